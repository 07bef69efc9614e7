/* SPDX-License-Identifier: EUPL-1.2 */
/* Media: what is uploaded, judged by its content, kept in pieces in the store. */
#ifndef MDM_MEDIA_INT_H
#define MDM_MEDIA_INT_H

#include "mdm/desired_int.h"

#define MDM_PIECE_BYTES (256u << 10)

/* --- content: media_msg.c (pure) --- */
enum mdm_media_kind { MDM_MEDIA_PDF = 1, MDM_MEDIA_EPUB = 2 };
struct mdm_media_content {
	enum mdm_media_kind kind;
	const char *title, *author; /* as an EPUB tells them; NULL */
};
/* PDF: header, startxref and end mark. EPUB: a ZIP whose first file is its type, uncompressed,
 * with container.xml and the OPF that it names. ERR_REFUSED. */
int mdm_media_judge(struct bytes in, struct arena *a, struct mdm_media_content *ret,
	struct refusal *r) MUST_CHECK;

/* --- records: media_db.c --- */
int mdm_media_put(struct store_txn *txn, const struct mdm_media *x) MUST_CHECK;
int mdm_piece_put(struct store_txn *txn, const char *id, uint32_t n, struct bytes piece) MUST_CHECK;
int mdm_piece_get(struct store_txn *txn, const char *id, uint32_t n, struct bytes *ret) MUST_CHECK;
int mdm_media_drop(struct store_txn *txn, const struct mdm_media *x) MUST_CHECK;

/* --- mailings: mailing_db.c --- */
enum mdm_recipient_state { MDM_TO_WAITING = 1, MDM_TO_DELIVERED, MDM_TO_FAILED };
struct mdm_recipient {
	uint32_t state;
	int64_t at;
	uint32_t version; /* of the mailing's file that the state is about */
	bool older;       /* it has a file of before */
	struct bytes unknown;
};
int mdm_mailing_put(struct store_txn *txn, const struct mdm_mailing *x) MUST_CHECK;
int mdm_mailing_due(
	struct store_txn *txn, struct arena *a, int64_t now, const char **ret_id) MUST_CHECK;
int mdm_mailing_due_put(struct store_txn *txn, int64_t at, const char *id) MUST_CHECK;
int mdm_mailing_due_del(struct store_txn *txn, int64_t at, const char *id) MUST_CHECK;
int mdm_recipient_get(struct store_txn *txn, struct arena *a, const char *mailing,
	const char *serial, struct mdm_recipient *ret) MUST_CHECK;
/* Both indexes. */
int mdm_recipient_put(struct store_txn *txn, const char *mailing, const char *serial,
	const struct mdm_recipient *x) MUST_CHECK;
int mdm_recipients_list(struct store_txn *txn, const char *mailing, const struct store_piece *piece,
	const char ***ret, size_t *ret_n) MUST_CHECK;
int mdm_mailings_of(struct store_txn *txn, struct arena *a, const char *serial, const char ***ret,
	size_t *ret_n) MUST_CHECK;
/* The mailings to this iPad alone that are not withdrawn, planned ones too. */
int mdm_mailings_to(struct store_txn *txn, struct arena *a, const char *serial, const char ***ret,
	size_t *ret_n) MUST_CHECK;
/* A link knows its mailing and whether it was used: not whose it is, nor when. */
int mdm_link_put(struct store_txn *txn, const char *word, const char *mailing) MUST_CHECK;
/* ERR_NOTFOUND; ERR_EXPIRED: used already. Spends it. */
int mdm_link_take(struct store_txn *txn, struct arena *a, const char *word,
	const char **ret_mailing) MUST_CHECK;

/* The mailing of one that was used; spends nothing. ERR_NOTFOUND. */
int mdm_link_again(struct store_txn *txn, struct arena *a, const char *word,
	const char **ret_mailing) MUST_CHECK;

/* --- link_grace.c: links that lead on again for ten minutes; in memory alone --- */
struct mdm_grace *mdm_grace_new(void);
void mdm_grace_free(struct mdm_grace *g);
void mdm_grace_note(struct mdm_grace *g, const char *word, int64_t now);
bool mdm_grace_holds(struct mdm_grace *g, const char *word, int64_t now);

/* Of a link's record. */
int mdm_link_mailing(struct bytes record, struct arena *a, const char **ret) MUST_CHECK;
/* --- media_check.c: also of what moved in --- */
int mdm_media_check(struct store_txn *txn, store_fault *fault, void *arg) MUST_CHECK;

/* --- flow: mailing.c --- */
/* Starts what is due; by mdm_desired_tend(). */
int mdm_mailing_tend(struct mdm *m, int64_t now) MUST_CHECK;
/* A recipient of a running mailing, when it is not one yet. */
int mdm_recipient_add(
	struct store_txn *txn, const char *mailing, const char *serial, int64_t now) MUST_CHECK;
/* A slot of a mailing, which bears its name, has come to an end on an iPad. */
int mdm_recipient_told(struct store_txn *txn, const char *serial, const struct mdm_applied *slot,
	uint32_t state, int64_t now) MUST_CHECK;
/* How it stands towards the file that the mailing has now. */
void mdm_recipient_now(const struct mdm_mailing *m, struct mdm_recipient *x);
/* The item that each recipient gets, with the hash of its spec. */
int mdm_mailing_item_put(
	struct mdm *m, struct store_txn *txn, struct arena *a, struct mdm_mailing *x) MUST_CHECK;
/* The InstallMedia command of a book. */
struct mdm_plist *mdm_media_command(struct arena *a, const char *device_url,
	const char *persistent_id, const struct mdm_media *x, const char *title);

/* mailing_http.c */
http_handler mdm_http_media, mdm_http_link, mdm_http_declared;

extern const struct say mdm_say_media_kind, mdm_say_media_pdf, mdm_say_media_epub,
	mdm_say_media_big, mdm_say_media_mailing, mdm_say_media_wanted, mdm_say_media_none, mdm_say_mailing_kind, mdm_say_mailing_none,
	mdm_say_mailing_to, mdm_say_mailing_url, mdm_say_mailing_public, mdm_say_mailing_title,
	mdm_say_mailing_over, mdm_say_mailing_returned, mdm_say_mailing_past, mdm_say_mailing_no_file,
	mdm_say_mailing_file_over, mdm_say_mailing_file_same, mdm_say_mailing_file_first;

#endif
