/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Mailings: surveys and educational material to a group or one iPad. Included by mdm/mdm.h.
 *
 * A mailing gives each iPad that is a member when it starts one item: a survey's web clip, which
 * removes itself and holds a link of its own that is good once; a book (PDF, EPUB); or a link.
 *
 * What cannot be joined: a link's word goes into the iPad's command and nowhere else. The store
 * knows the word's hash, its mailing and whether it was used: not whose it is nor when. When the
 * iPad has the clip its command is dropped. Fetching a book or opening a link writes no line in
 * the log.
 */
#ifndef MDM_MAILING_H
#define MDM_MAILING_H

#define MDM_MEDIA_MOST (50u << 20)

struct mdm_media {
	const char *id;   /* also the secret word of its address */
	const char *name; /* the end of its address: "handbok.pdf" */
	const char *title, *author;
	uint32_t kind; /* 1 PDF, 2 EPUB */
	int64_t bytes;
	uint8_t hash[32];
	int64_t made_at;
	const char *made_by;
	struct bytes unknown;
};
struct mdm_media_ask {
	const struct audit_who *who;
	const char *name; /* of the file, as it came */
	struct bytes content;
	int64_t now;
};
/* Judges the content and keeps it. ERR_REFUSED. Opens transactions. */
int mdm_media_add(struct mdm *m, const struct mdm_media_ask *ask, struct arena *a,
	struct mdm_media *ret, struct refusal *r) MUST_CHECK;
int mdm_media_get(
	struct store_txn *txn, struct arena *a, const char *id, struct mdm_media *ret) MUST_CHECK;

/* In no order that means something. */
int mdm_media_list(struct store_txn *txn, const struct store_piece *piece, struct mdm_media **ret,
	size_t *ret_n) MUST_CHECK;

/* Drops it for good. ERR_NOTFOUND; ERR_REFUSED: a mailing that is not withdrawn, or a set, uses it. */
int mdm_media_remove(struct mdm *m, const struct mdm_act *act, const char *id) MUST_CHECK;

enum mdm_mailing_kind { MDM_MAILING_SURVEY = 1, MDM_MAILING_MEDIA, MDM_MAILING_LINK };
enum mdm_mailing_state { MDM_MAILING_PLANNED = 1, MDM_MAILING_RUNNING, MDM_MAILING_WITHDRAWN };
struct mdm_mailing {
	const char *id;
	uint32_t kind, state;
	const char *title;          /* for staff, and what stands under the clip */
	const char *group, *serial; /* one of them */
	const char *url;            /* of the survey or link */
	const char *media;          /* id */
	const char *media_before;   /* id of the file that it took the place of; NULL: none */
	uint32_t version;           /* of the file: 0, and one more with each change */
	uint8_t item_hash[32];      /* of the item since then */
	int64_t changed_at;
	const char *changed_by;
	int64_t remove_after_s;     /* survey: how long the clip stays */
	int64_t starts_at, made_at, ended_at;
	const char *made_by;
	int64_t total, delivered, failed; /* iPads; the rest waits */
	int64_t older;                    /* iPads that have a file of before, not this one */
	int64_t opened;                   /* survey: links used */
	bool returned;                    /* withdrawn since its one iPad was given back */
	struct bytes unknown;
};
/* Would it be taken? ERR_REFUSED. */
int mdm_mailing_check(struct mdm *m, struct store_txn *txn, const struct mdm_mailing *want,
	int64_t now, struct refusal *r) MUST_CHECK;
/* Is it such a time, "20:00-08:00"? NULL and "" never are. */
bool mdm_quiet_now(const char *quiet, int64_t now);
/* When mailings wait: "20:00-08:00", or NULL. */
const char *mdm_mailing_quiet(const struct mdm *m);
/* `want` without id, state and counts; starts_at 0: now. The id in ret. ERR_REFUSED. */
int mdm_mailing_add(struct mdm *m, const struct mdm_act *act, const struct mdm_mailing *want,
	struct arena *a, struct mdm_mailing *ret) MUST_CHECK;
/* Undo: those who have it lose it, the others never get it. Its book goes from the store when no
 * other mailing and no set uses it. */
int mdm_mailing_withdraw(struct mdm *m, const struct mdm_act *act, const char *id) MUST_CHECK;
/* A corrected file takes the place of the book, under the same PersistentID: those who have it get
 * it anew, those who wait get the new one alone. The file before is kept for mdm_mailing_file_undo,
 * the one before that is let go. ERR_REFUSED. */
int mdm_mailing_file(struct mdm *m, const struct mdm_act *act, const char *id,
	const struct mdm_media *file) MUST_CHECK;
/* The file before comes back; undone again, the other. */
int mdm_mailing_file_undo(struct mdm *m, const struct mdm_act *act, const char *id) MUST_CHECK;
/* Could it have another file at all? Asked before one is uploaded. ERR_REFUSED. */
int mdm_mailing_file_check(struct store_txn *txn, struct arena *a, const char *id,
	struct mdm_mailing *ret, struct refusal *r) MUST_CHECK;
/* Drops a file that was uploaded for nothing: nothing uses it. */
int mdm_media_let_go(struct mdm *m, const struct mdm_act *act, const char *id) MUST_CHECK;
int mdm_mailing_get(
	struct store_txn *txn, struct arena *a, const char *id, struct mdm_mailing *ret) MUST_CHECK;
/* Which mailing a command brings or takes away; ERR_NOTFOUND: none. */
int mdm_mailing_of_command(struct store_txn *txn, struct arena *a, const struct mdm_command *c,
	struct mdm_mailing *ret) MUST_CHECK;
/* Newest first. */
int mdm_mailing_list(struct store_txn *txn, const struct store_piece *piece,
	struct mdm_mailing **ret, size_t *ret_n) MUST_CHECK;
struct mdm_mailing_to {
	const char *serial;
	uint32_t state; /* 1 waiting, 2 delivered, 3 failed */
	bool older;     /* it has a file of before */
	const char *why;
};
/* Who gets it, and for those who wait, why. */
int mdm_mailing_recipients(struct mdm *m, struct store_txn *txn, struct arena *a, const char *id,
	const char *after, size_t most, enum say_lang lang, int64_t now,
	struct mdm_mailing_to **ret, size_t *ret_n) MUST_CHECK;

#endif
