/* SPDX-License-Identifier: EUPL-1.2 */
/* What the files of this room share. */
#ifndef PEOPLE_PEOPLE_INT_H
#define PEOPLE_PEOPLE_INT_H

#include "base/rec.h"
#include "people/people.h"

#include "base/text.h"

#define PEOPLE_TEXT 200            /* octets of one field */
#define PEOPLE_LONG 2000           /* of a note, of needs */
#define PEOPLE_CODE 32             /* of a kind, a reason */
#define PEOPLE_LIST_MOST 20        /* relatives; consents have five times as many */
#define PEOPLE_LOOK_S 900          /* one look lasts so long */
#define PEOPLE_LOOK_PROTECTED_S 10 /* one request, and no more */
#define PEOPLE_DAY_S 86400

/* --- index_db.c: keyed hashes that lead to borrowers --- */
enum people_key {
	PEOPLE_KEY_IDENTITY = 1,
	PEOPLE_KEY_CARD,
	PEOPLE_KEY_PHONE,
	PEOPLE_KEY_SOUND, /* of a word of the name */
	PEOPLE_KEY_BEGIN, /* the first three letters of one */
	PEOPLE_KEYS
};
#define PEOPLE_HASH 16 /* octets of the longest */

struct people_mac { /* derived from one sealing key */
	uint32_t id;
	uint8_t key[2][PEOPLE_KEYS][32]; /* by zone, by kind */
};
struct people {
	struct store *st;
	struct certs *certs;
	struct people_mac mac[CERT_SEAL_KEYS];
	size_t mac_n;
	void (*card_make)(char ret_card[PEOPLE_CARD]); /* people_card_make(); tests draw their own */
};

/* Which sealing key the index is made with; `next` while it is moved to a newer one. */
struct people_meta {
	uint32_t now, next;
	const char *at; /* the last borrower that was moved */
	struct bytes unknown;
};
int people_meta_get(struct people *p, struct store_txn *txn, struct arena *a,
	struct people_meta *ret) MUST_CHECK;
int people_meta_put(struct store_txn *txn, const struct people_meta *m) MUST_CHECK;

int people_meta_keep(struct store_txn *txn, const struct people_meta *m) MUST_CHECK;

/* The rows of one borrower: key number (4), then kind (1) and hash of each. */
struct people_rows {
	struct people *p;
	enum people_zone zone;
	uint32_t key;
	struct buf *out;
};
int people_rows_add(struct people_rows *rows, enum people_key kind, struct bytes value) MUST_CHECK;
/* Takes the rows of `before` away (may be empty) and puts those of `rows`. ERR_EXISTS: an identity
 * or card is another's. */
int people_index_move(struct store_txn *txn, enum people_zone z, const char *id,
	struct bytes before, struct bytes rows) MUST_CHECK;
/* Is each row there? For people_check(). */
int people_index_holds(struct store_txn *txn, enum people_zone z, const char *id, struct bytes rows,
	size_t *ret_n, bool *ret_all) MUST_CHECK;
/* Ids under a hash, at most `most`, behind what is in the list. */
struct people_ids {
	struct arena *a;
	const char **id;
	size_t n, most;
	bool cut;
};
int people_index_list(struct people *p, struct store_txn *txn, const struct people_meta *m,
	enum people_zone z, enum people_key kind, struct bytes value,
	struct people_ids *ids) MUST_CHECK;
int people_index_has(struct people *p, struct store_txn *txn, const struct people_meta *m,
	enum people_zone z, enum people_key kind, struct bytes value, const char *id,
	bool *ret) MUST_CHECK;

/* --- borrower_db.c --- */
int people_borrower_get(struct store_txn *txn, struct arena *a, const char *id,
	struct people_borrower *ret) MUST_CHECK;
/* Writes it and its rows of PEOPLE_DUE; `before` NULL for a new one. */
int people_borrower_put(struct store_txn *txn, const struct people_borrower *before,
	struct people_borrower *b) MUST_CHECK;
/* When the next of its times is up; 0: never. */
int64_t people_due_of(const struct people_borrower *b);
int people_borrower_list(struct store_txn *txn, const struct store_piece *piece,
	struct people_borrower **ret, size_t *ret_n) MUST_CHECK;

/* --- group_msg.c: the sealed groups of fields --- */
enum people_group {
	PEOPLE_GROUP_PERSON,
	PEOPLE_GROUP_NEEDS,
	PEOPLE_GROUP_RELATIVES,
	PEOPLE_GROUP_CONSENTS,
	PEOPLE_GROUP_SAID, /* of one look: its id is the borrower's and the look's number */
	PEOPLE_GROUPS
};
struct people_list { /* relatives or consents */
	void *item;
	size_t n;
};
int people_seal(struct people *p, struct arena *a, const char *id, enum people_group g,
	struct bytes plain, struct bytes *ret) MUST_CHECK;
int people_unseal(struct people *p, struct arena *a, const char *id, enum people_group g,
	struct bytes sealed, struct bytes *ret) MUST_CHECK;
extern const struct rec_type people_person_rec;
/* Does it tell nothing of who it is: a card and how to reach, and no more? */
bool people_person_is_bare(const struct people_person *x);
int people_person_seal(struct people *p, struct arena *a, const char *id,
	const struct people_person *x, struct bytes *ret) MUST_CHECK;
int people_person_open(struct people *p, struct arena *a, const struct people_borrower *b,
	struct people_person *ret) MUST_CHECK;
int people_needs_seal(struct people *p, struct arena *a, const char *id, const char *text,
	struct bytes *ret) MUST_CHECK;
int people_needs_open(struct people *p, struct arena *a, const struct people_borrower *b,
	const char **ret) MUST_CHECK;
int people_list_seal(struct people *p, struct arena *a, const char *id, enum people_group g,
	const struct people_list *l, struct bytes *ret) MUST_CHECK;
int people_list_open(struct people *p, struct arena *a, const struct people_borrower *b,
	enum people_group g, struct people_list *ret) MUST_CHECK;

/* --- identity_msg.c --- */
struct people_identity {
	enum people_identity_kind kind;
	char text[24];        /* 12 digits, or the reserve number in capitals */
	int year, month, day; /* born; 0: not known */
	bool is_test;         /* of the tax agency's series for tests */
};
/* 12 or 10 digits with '-', '+' or nothing between; blanks are skipped. Ten digits without a mark
 * are of the youngest who can be meant at `now`, with '+' of a hundred or more. ERR_BADINPUT. */
int people_identity_parse(const char *s, int64_t now, struct people_identity *ret) MUST_CHECK;
int people_reserve_parse(const char *s, struct people_identity *ret) MUST_CHECK;
/* Ten digits without a mark that could as well be somebody of a hundred or more. */
bool people_identity_is_doubtful(const char *s, int64_t now);
/* The one who has the same ten digits and is a hundred years older; `x` has 12 digits. */
void people_identity_make_older(struct people_identity *x);

/* --- contact_msg.c --- */
/* "+46333570 00", "033-35 70 00" -> "+4633357000". ERR_BADINPUT. */
int people_phone_parse(struct arena *a, const char *s, const char **ret) MUST_CHECK;
bool people_email_is(const char *s);
int people_postcode_parse(struct arena *a, const char *s, const char **ret) MUST_CHECK;
/* Capitals and digits, 4 to 32, hyphens and blanks dropped. */
int people_card_parse(struct arena *a, const char *s, const char **ret) MUST_CHECK;
bool people_code_is(const char *s); /* a-z 0-9 . _ -, to PEOPLE_CODE */
/* UTF-8 with nothing that is not seen (text_is_shown()), not longer, and not of blanks alone; of several
 * lines, or of one. */
bool people_lines_are(const char *s, size_t most);
bool people_text_is(const char *s, size_t most);
bool people_text_is_blank(const char *s);
/* Six digits in a row or more: perhaps somebody's number. */
bool people_has_number(const char *s);

/* --- name_rules.c --- */
#define PEOPLE_WORDS 8
#define PEOPLE_WORD 32
struct people_words {
	char word[PEOPLE_WORDS][PEOPLE_WORD]; /* folded: small letters without marks */
	size_t n;
};
void people_words_of(const char *text, struct people_words *ret); /* added behind what is there */
/* How a word sounds, roughly: at most 11 letters. */
#define PEOPLE_SOUND 12
void people_sound_of(const char *word, char ret[PEOPLE_SOUND]);
/* Slips between what was typed and a name; -1: too many. */
int people_words_match(const struct people_words *asked, const struct people_words *name);
/* All that one slip can make of a sound, for a search that found nothing. */
#define PEOPLE_NEAR 256
size_t people_sounds_near(const char *sound, char ret[PEOPLE_NEAR][PEOPLE_SOUND]);
const char *people_name_short(struct arena *a, const char *given, const char *family);

/* --- policy_db.c, policy_rules.c --- */
/* Does it let go of what is kept now? */
bool people_policy_shortens(const struct people_policy *now, const struct people_policy *next);
int people_policy_wait(struct store_txn *txn, const struct people_policy *x) MUST_CHECK;
int people_policy_unwait(struct store_txn *txn, const struct people_policy *x) MUST_CHECK;
int people_policy_put(struct store_txn *txn, const struct people_policy *x) MUST_CHECK;
int people_sweep_put(struct store_txn *txn, const struct people_sweep *x) MUST_CHECK;
/* From the first borrower, also when one is under way. (sweep.c) */
int people_sweep_begin(struct store_txn *txn, int64_t now) MUST_CHECK;
/* Sets erase_at and needs_at. */
void people_due_set(const struct people_policy *x, struct people_borrower *b);

/* --- protocol_db.c --- */
int people_protocol_put(struct store_txn *txn, const struct people_protocol *x) MUST_CHECK;
int people_protocol_row_put(struct store_txn *txn, const struct people_protocol *x,
	const struct people_protocol_row *row) MUST_CHECK;

/* --- said_db.c: the words of looks --- */
struct people_said {
	const char *borrower;
	uint64_t look; /* number of its record in the audit log */
	const char *words;
	struct bytes sealed, unknown;
};
int people_said_seal(struct people *p, struct arena *a, const struct people_said *x,
	struct bytes *ret) MUST_CHECK; /* group_msg.c */
int people_said_open(struct people *p, struct arena *a, struct people_said *x) MUST_CHECK;
int people_said_put(struct people *p, struct store_txn *txn, struct arena *a,
	const struct people_said *x) MUST_CHECK;
/* By borrower and look; fills the rest. ERR_NOTFOUND: without words. */
int people_said_get(struct people *p, struct store_txn *txn, struct arena *a,
	struct people_said *x) MUST_CHECK;
int people_said_wipe(struct store_txn *txn, const char *borrower) MUST_CHECK;
/* Do they all open? How many there are. */
int people_said_check(struct people *p, struct store_txn *txn, struct arena *a,
	const char *borrower, size_t *ret_n) MUST_CHECK;

/* --- notice_db.c --- */
int people_notice_add(struct store_txn *txn, struct people_notice *x) MUST_CHECK;

/* --- look.c --- */
struct people_noting {
	struct people *p;
	struct store_txn *txn;
	struct arena *a;
	const struct people_caller *who;
};
/* May this look be, and is it in the audit log? The borrower is of the caller's zones. */
int people_look_note(const struct people_noting *n, const struct people_look *look,
	const struct people_borrower *b, struct refusal *r) MUST_CHECK;

/* --- edit.c --- */
int people_rows_of(struct people *p, uint32_t key, const struct people_borrower *b,
	const struct people_person *x, struct buf *ret) MUST_CHECK;
int people_wipe_in(struct people *p, struct store_txn *txn, struct arena *a,
	const struct people_caller *who, const struct people_borrower *b, const char *reason,
	const char *decision) MUST_CHECK;

/* --- state.c --- */
/* The same by the rule of today, *ret. */
int people_due_renew(struct store_txn *txn, struct arena *a, struct people_borrower *b,
	struct people_policy *ret) MUST_CHECK;

/* --- tend.c --- */
/* Of `b` the needs alone; it is written. */
int people_needs_wipe_in(struct store_txn *txn, const struct people_caller *who,
	const struct people_borrower *before) MUST_CHECK;
void people_metrics_list(void);

/* --- say.c --- */
/* Why somebody is blocked or has ended; NULL: no code of ours. */
const struct say *people_reason_say(const char *code);
extern const struct say people_say_no_reason, people_say_no_words, people_say_in_list,
	people_say_number_in_words, people_say_blocked, people_say_expired, people_say_erased,
	people_say_identity_taken, people_say_card_taken, people_say_bad_field, people_say_odd,
	people_say_no_identity, people_say_no_relatives, people_say_no_giver,
	people_say_number_in_field, people_say_loans_open, people_say_zone_needs, people_say_changed,
	people_say_doubtful, people_say_second_person, people_say_too_many,
	people_say_protected, people_say_unnamed, people_say_zone_needed, people_say_name_needed,
	people_say_own_look, people_say_protocol_open, people_say_protocol_over,
	people_say_protocol_second, people_say_nobody_due, people_say_person_needed;

#endif
