/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * people: those who borrow, and who may speak for them. The only room that opens personal data.
 *
 * Words. Borrower: a record with a random id, which is all that other rooms, the audit log and
 * the loans know of a person. Person: what is personal of a borrower (name, identity, contact),
 * sealed at rest and opened here alone. Zone: care or library; two secrecies in one store. Each
 * call is given the zones its caller works in, and a borrower of another zone is to it as if
 * absent. Card: the number on a loan card, or in a letter, that finds a borrower without opening
 * anything. Look: one opening of a person, which is in the audit log with its reason. Protected:
 * an identity that the authorities protect: it is in no list, no name goes on paper, each look
 * needs a reason in words and is told to the officer in charge (a notice).
 *
 * What is in clear in the store: id, zone, kind, language, state, whether protected, dates and how
 * many loans are open. All else is sealed (cert_seal), bound to the borrower's id and the group of
 * fields, and padded so that its length tells little. Identity, card and telephone are found
 * again by keyed hashes that differ from zone to zone, so that not even equality can be seen
 * across them. Names are found by keyed hashes of the sound of each word (16 bits) and of its first
 * three letters (12 bits): many names share one, who has the store but not the sealing key sees
 * only that two borrowers of a zone may have a word in common. Protected names are not there at
 * all.
 *
 * Threads. struct people may be used by all threads at once. Functions with a transaction do
 * nothing slow: to open one person takes a few microseconds.
 */
#ifndef PEOPLE_PEOPLE_H
#define PEOPLE_PEOPLE_H

#include "audit/audit.h"
#include "base/doc.h"
#include "base/say.h"
#include "certs/certs.h"
#include "store/store.h"

/* Bits, so that a caller may work in both. */
enum people_zone { PEOPLE_CARE = 1, PEOPLE_LIBRARY = 2 };
#define PEOPLE_ZONES (PEOPLE_CARE | PEOPLE_LIBRARY)
const char *people_zone_name(enum people_zone z); /* "care" */
int people_zone_parse(const char *s, enum people_zone *ret) MUST_CHECK;

enum people_state {
	PEOPLE_ACTIVE = 1,
	PEOPLE_BLOCKED, /* no new loans; the reason is a code */
	PEOPLE_EXPIRED, /* moved, died, asked to end: no new loans */
	PEOPLE_ERASED   /* nothing personal is left; the id stands in old loans */
};
const char *people_state_name(enum people_state s); /* "active" */
int people_state_parse(const char *s, enum people_state *ret) MUST_CHECK;

#define PEOPLE_ID 16 /* with the NUL */

struct people;
int people_open(struct store *st, struct certs *c, struct people **ret) MUST_CHECK;
void people_close(struct people *p);

/* Who asks, and what for. */
struct people_caller {
	const struct audit_who *who;
	unsigned zones; /* enum people_zone, or-ed; 0 sees nobody */
	int64_t now;
};

/* --- what every room may know --- */
struct people_borrower {
	const char *id;
	uint32_t zone;
	const char *kind;   /* what rules of loans go by: "senior", "relative", "staff" */
	uint32_t lang;      /* enum say_lang */
	uint32_t state;     /* enum people_state */
	const char *reason; /* a code, of blocked and expired: "unpaid", "moved" */
	bool is_protected;
	bool no_identity; /* the service stores no name and no identity: by the rule in force */
	uint32_t open_loans;
	int64_t made_at, changed_at;
	int64_t last_at;  /* the end of the last loan, or when it was made */
	int64_t erase_at; /* 0: not while a loan is open, or no rule says so */
	int64_t needs_at; /* the same for the needs alone */
	uint32_t version; /* rises with each change; see people_edit */
	/* Inside of this room: sealed groups, and what indexes hold of it. */
	struct bytes person, needs, relatives, consents, keys;
	const char *export_by; /* protected: who asked for the extract first */
	int64_t export_at;
	struct bytes unknown;
};

/* By id. ERR_NOTFOUND: none, or one of another zone. */
int people_get(struct people *p, struct store_txn *txn, struct arena *a, unsigned zones,
	const char *id, struct people_borrower *ret) MUST_CHECK;
/* By the number on the card, as typed or scanned. Opens nothing. */
int people_by_card(struct people *p, struct store_txn *txn, struct arena *a, unsigned zones,
	const char *card, struct people_borrower *ret) MUST_CHECK;
/* By personnummer, samordningsnummer or reserve number. Opens nothing; finds protected ones too. Ten
 * digits of a child who is not here are taken for whoever is a hundred years older.
 * ERR_BADINPUT: it is none of those. */
int people_by_identity(struct people *p, struct store_txn *txn, struct arena *a, unsigned zones,
	const char *identity, int64_t now, struct people_borrower *ret) MUST_CHECK;
/* Does the text hold what is surely a personnummer or samordningsnummer, as a note never should? Ten
 * digits alone that begin as a telephone number does are not taken for one. Pure. */
bool people_text_has_identity(const char *text, int64_t now);
/* By telephone: several may share one. Protected ones are left out. */
int people_by_phone(struct people *p, struct store_txn *txn, struct arena *a, unsigned zones,
	const char *phone, struct people_borrower **ret, size_t *ret_n) MUST_CHECK;
/* Counts a loan (`by` 1) or its end (-1) of a borrower of any zone; the date of erasure follows. */
int people_loans_add(
	struct people *p, struct store_txn *txn, const char *id, int by, int64_t now) MUST_CHECK;
/* Who asks for something (a hold, a hand-out) is as present as who has it: erasure counts from now. */
int people_asked(struct people *p, struct store_txn *txn, const char *id, int64_t now) MUST_CHECK;
/* Does the text hold the given or the family name of that borrower, of any zone, as a word of three letters or more?
 * A machine asks, to keep it out of what is not sealed: it is no look, and nothing of the name is told. */
int people_named_in(struct people *p, struct store_txn *txn, const char *id, const char *text,
	bool *ret) MUST_CHECK;
/* May this borrower take something home? Pure. */
int people_loan_decide(const struct people_borrower *b, struct refusal *r);

/* --- what is personal --- */
enum people_identity_kind {
	PEOPLE_ID_NONE,
	PEOPLE_PERSONNUMMER,
	PEOPLE_SAMORDNING,
	PEOPLE_RESERVE /* of a region or a system: any form */
};
struct people_person {
	const char *given, *family;
	uint32_t identity_kind;
	const char *identity; /* personnummer: 12 digits */
	const char *phone, *email;
	const char *care_of, *street, *postcode, *city;
	const char *card;
	const char *channel; /* how to reach: "letter", "phone", "sms", "email" */
	const char *note;
	struct bytes pad; /* makes lengths alike */
	struct bytes unknown;
};

enum people_why {
	PEOPLE_WHY_DESK = 1, /* a loan, a return, the person is there */
	PEOPLE_WHY_CALL,     /* the person called, or is called */
	PEOPLE_WHY_LETTER,   /* something is sent to the person */
	PEOPLE_WHY_CORRECT,  /* to correct what is stored */
	PEOPLE_WHY_EXTRACT,  /* the person asked what is stored */
	PEOPLE_WHY_LIST,     /* one line of a list of today's work */
	PEOPLE_WHYS
};
const char *people_why_name(enum people_why w); /* "desk" */
int people_why_parse(const char *s, enum people_why *ret) MUST_CHECK;

struct people_look {
	enum people_why why;
	const char *words; /* needed for a protected identity; kept sealed: the audit log has `why` */
	/* without `why`: the reason the caller gave within the last quarter of an hour (never of a
	 * protected identity) */
	bool again;
};
/*
 * Opens a person; in a transaction that writes, since the look is audited ("borrower.look"). The
 * same look by the same person within a quarter of an hour is one look (of a protected identity:
 * within ten seconds, which is one request). ERR_NOTFOUND as in
 * people_get(), and for one that is erased. ERR_REFUSED without a reason; for a protected identity
 * without words, or in a list.
 */
int people_read(struct people *p, struct store_txn *txn, struct arena *a,
	const struct people_caller *who, const struct people_look *look, const char *id,
	struct people_person *ret, struct refusal *r) MUST_CHECK;
/* "Anna S." for a desk where others see the screen; for a protected identity, or one without a
 * name, a word in the caller's language. Audited as a look with why PEOPLE_WHY_LIST. */
int people_short_name(struct people *p, struct store_txn *txn, struct arena *a,
	const struct people_caller *who, const char *id, enum say_lang lang,
	const char **ret) MUST_CHECK;
/* What of a person may stand on paper that goes with things or by post. */
struct people_address {
	const char *name;    /* NULL: protected, or of a service that stores none */
	const char *line[4]; /* of the address block, NULL-ended; none for a protected one: its
				letters go by the tax agency */
};
int people_address_of(struct people *p, struct store_txn *txn, struct arena *a,
	const struct people_caller *who, const struct people_look *look, const char *id,
	struct people_address *ret, struct refusal *r) MUST_CHECK;

struct people_needs { /* health: of the care zone alone, erased first */
	const char *text;
	struct bytes pad, unknown;
};
int people_needs_read(struct people *p, struct store_txn *txn, struct arena *a,
	const struct people_caller *who, const struct people_look *look, const char *id,
	const char **ret, struct refusal *r) MUST_CHECK;

/* --- papers of others that hold what is personal: agreements --- */
/* `what` names the paper and is bound in ("a…/content"). */
int people_paper_seal(struct people *p, struct arena *a, const char *what, struct bytes plain,
	struct bytes *ret) MUST_CHECK;
/* A look at the borrower, as people_read(). */
int people_paper_open(struct people *p, struct store_txn *txn, struct arena *a,
	const struct people_caller *who, const struct people_look *look, const char *id,
	const char *what, struct bytes sealed, struct bytes *ret, struct refusal *r) MUST_CHECK;

/* --- search by name --- */
struct people_hit {
	const char *id;
	enum people_zone zone;
	const char *given, *family;
	int birth_year;       /* 0: not known */
	const char *card_end; /* the last four */
	unsigned slips;       /* 0: as typed */
};
#define PEOPLE_HITS_MOST 50
/*
 * Words of a name in any order, whole or begun, å ä ö or without; a slip or two is forgiven. Best
 * first. Each hit is a look (why PEOPLE_WHY_LIST), so the transaction writes. Protected identities
 * are never among them. Opens at most 2000 records; ret_cut tells that there may be more.
 * ERR_BADINPUT with fewer than two letters.
 */
int people_search(struct people *p, struct store_txn *txn, struct arena *a,
	const struct people_caller *who, const char *words, size_t most, struct people_hit **ret,
	size_t *ret_n, bool *ret_cut) MUST_CHECK;

/* --- acts: each one transaction with its line in the audit log --- */
enum people_choice { PEOPLE_KEEP, PEOPLE_YES, PEOPLE_NO };
struct people_edit {
	enum people_zone zone; /* add alone */
	const char *kind;      /* NULL leaves a text as it is, "" clears it */
	const char *given, *family;
	const char *identity; /* parsed unless reserve */
	bool reserve;         /* `identity` is a reserve number */
	const char *phone, *email;
	const char *care_of, *street, *postcode, *city;
	const char *card; /* add: NULL makes one */
	const char *channel, *note, *needs;
	const char *lang; /* "sv" */
	enum people_choice protect;
	uint32_t version; /* change: the version the form was made from; 0: whatever is there */
};
int people_add(struct people *p, const struct people_caller *who, const struct people_edit *want,
	char ret_id[PEOPLE_ID], struct refusal *r) MUST_CHECK;
/* The same in the caller's transaction; `id` is from people_id_make(), `card` must be given. */
int people_add_in(struct people *p, struct store_txn *txn, const struct people_caller *who,
	const struct people_edit *want, const char *id, struct refusal *r) MUST_CHECK;
void people_id_make(char ret_id[PEOPLE_ID]);
#define PEOPLE_CARD 16
void people_card_make(char ret_card[PEOPLE_CARD]); /* "K", eight digits, a check digit */
/* ERR_CONFLICT when another changed it since `version`. */
int people_change(struct people *p, const struct people_caller *who, const char *id,
	const struct people_edit *edit, struct refusal *r) MUST_CHECK;
/* Active, blocked or expired, with a reason code for the last two. */
int people_state_set(struct people *p, const struct people_caller *who, const char *id,
	enum people_state to, const char *reason, struct refusal *r) MUST_CHECK;
/* Leaves nothing personal: now, because the person or the plan says so. Not with open loans. */
int people_erase(struct people *p, const struct people_caller *who, const char *id,
	const char *reason, struct refusal *r) MUST_CHECK;

/* --- relatives, and what people were told or agreed to --- */
enum people_scope {
	PEOPLE_MAY_COLLECT = 1, /* fetch and bring back */
	PEOPLE_MAY_BE_CALLED = 2,
	PEOPLE_MAY_KNOW = 4 /* be told what is stored and lent; without it: not */
};
struct people_relative {
	uint32_t number; /* within the borrower */
	const char *name, *phone, *email;
	const char *relation; /* a code: "relative", "representative", "guardian" */
	uint32_t scope;
	int64_t made_at;
	struct bytes unknown;
};
int people_relative_add(struct people *p, const struct people_caller *who, const char *id,
	const struct people_relative *want, struct refusal *r) MUST_CHECK;
int people_relative_del(struct people *p, const struct people_caller *who, const char *id,
	uint32_t number, struct refusal *r) MUST_CHECK;
/* May somebody of theirs fetch, bring back and sign for them? Told is the number and nothing of who it
 * is, so it is no look. ERR_NOTFOUND: nobody of that relation (and number) who may; ERR_CONFLICT: several. */
struct people_collector {
	const char *borrower;
	const char *relation;
	uint32_t number; /* 0: the one there is */
};
int people_collector_find(struct people *p, struct store_txn *txn, unsigned zones,
	const struct people_collector *want, uint32_t *ret_number) MUST_CHECK;
int people_relatives_read(struct people *p, struct store_txn *txn, struct arena *a,
	const struct people_caller *who, const struct people_look *look, const char *id,
	struct people_relative **ret, size_t *ret_n, struct refusal *r) MUST_CHECK;

struct people_consent {
	uint32_t number;
	const char *kind;  /* a code: "informed", "consent", "form_in_file" */
	const char *about; /* a code: "loan", "digital_technology" */
	const char *text;  /* which version of which information text */
	const char *giver; /* a code: "self", "guardian", "household" */
	const char *giver_name;
	int64_t given_at, withdrawn_at;
	const char *by; /* account that wrote it down */
	struct bytes unknown;
};
int people_consent_add(struct people *p, const struct people_caller *who, const char *id,
	const struct people_consent *want, struct refusal *r) MUST_CHECK;
/* Taken back: the record stays, with the time. */
int people_consent_withdraw(struct people *p, const struct people_caller *who, const char *id,
	uint32_t number, struct refusal *r) MUST_CHECK;
int people_consents_read(struct people *p, struct store_txn *txn, struct arena *a,
	const struct people_caller *who, const struct people_look *look, const char *id,
	struct people_consent **ret, size_t *ret_n, struct refusal *r) MUST_CHECK;

/* --- how long, and whether at all: a rule for each zone and kind, as data --- */
struct people_policy {
	uint32_t zone;
	const char *kind;     /* "" : all kinds of the zone without one of their own */
	uint32_t keep_days;   /* after the last loan ended; 0: until somebody erases */
	uint32_t needs_days;  /* the same for needs */
	bool no_identity;     /* nothing but a card number is stored */
	bool by_protocol;     /* erased when two of the staff have confirmed it, not by the timer */
	const char *decision; /* the board's decision that it rests on */
	int64_t changed_at;
	const char *changed_by;
	int64_t counts_at; /* of one that waits, and of one that waited; 0: at once */
	struct bytes unknown;
};
/* The rule in force: of the kind, else of the zone, else a built-in one (730 days, needs 90). */
int people_policy_get(struct store_txn *txn, struct arena *a, enum people_zone zone,
	const char *kind, struct people_policy *ret) MUST_CHECK;
int people_policy_list(struct store_txn *txn, struct arena *a, struct people_policy **ret,
	size_t *ret_n) MUST_CHECK;
/* One that keeps for a shorter time, or no longer asks two people, waits for PEOPLE_WAIT_S, so that
 * another sees it and can take it back in time; one that does not counts at once, and whatever waited
 * is gone. Dates of erasure follow for all by people_sweep_step(), and as borrowers are touched. */
int people_policy_set(struct people *p, const struct people_caller *who,
	const struct people_policy *want, struct refusal *r) MUST_CHECK;
#define PEOPLE_WAIT_S (7 * 86400)
/* Those that wait. */
int people_policy_waiting(struct store_txn *txn, struct arena *a, struct people_policy **ret,
	size_t *ret_n) MUST_CHECK;
/* ERR_NOTFOUND: none waits for these. */
int people_policy_withdraw(struct people *p, const struct people_caller *who, enum people_zone zone,
	const char *kind) MUST_CHECK;
/* Those that have waited long enough are in force; people_tend() begins with it. */
int people_policy_tend(struct people *p, int64_t now) MUST_CHECK;
/* A rule that came into force reaches all: how far it has come. ERR_NOTFOUND: an older store, of which
 * nobody was counted yet. */
struct people_sweep {
	bool under_way;
	const char *after; /* this id; NULL: from the first */
	uint64_t done, all; /* how many, of about how many */
	int64_t begun_at;
	struct bytes unknown;
};
int people_sweep_get(struct store_txn *txn, struct arena *a, struct people_sweep *ret) MUST_CHECK;
/* On a timer: so many in one transaction; call again while there is more. The last tells the log
 * (borrower.policy_reached). */
int people_sweep_step(struct people *p, int64_t now, size_t most, bool *ret_more) MUST_CHECK;
/* Whose time is up before `before`, soonest first: for a preview, ids and dates alone. */
int people_due_list(struct people *p, struct store_txn *txn, struct arena *a, unsigned zones,
	int64_t before, size_t most, struct people_borrower **ret, size_t *ret_n) MUST_CHECK;
/* Erases some of those whose time is up, each with its line in the audit log; on a timer.
 * ret_n: how many; call again while it is not 0. */
int people_tend(struct people *p, int64_t now, size_t most, size_t *ret_n) MUST_CHECK;

/* --- erasing by the plan, with a protocol that two people sign --- */
enum people_protocol_state {
	PEOPLE_PROTOCOL_PROPOSED = 1,
	PEOPLE_PROTOCOL_DONE,
	PEOPLE_PROTOCOL_WITHDRAWN
};
const char *people_protocol_state_name(unsigned s); /* "proposed" */
#define PEOPLE_PROTOCOL_MOST 500 /* borrowers of one */
#define PEOPLE_PROTOCOLS 100     /* of a zone in a list */
struct people_protocol {
	uint64_t number; /* each zone's own, from 1 */
	uint32_t zone, state;
	uint32_t count, erased, needs_erased;
	int64_t made_at, ended_at;
	const char *made_by, *ended_by;
	struct bytes unknown;
};
struct people_protocol_row {
	const char *id, *kind;
	bool needs_only;
	int64_t last_at, due_at;
	const char *decision;
	bool done; /* erased; else it was no longer due when it was confirmed */
	struct bytes unknown;
};
/* Draws up a list of whose time is up in that zone. Refused: nobody's is, or there is an open one. */
int people_protocol_propose(struct people *p, const struct people_caller *who,
	enum people_zone zone, uint64_t *ret_number, struct refusal *r) MUST_CHECK;
/* Erases those of the list that are still due. Refused to who drew it up, and when it is over. */
int people_protocol_confirm(struct people *p, const struct people_caller *who,
	enum people_zone zone, uint64_t number, struct refusal *r) MUST_CHECK;
int people_protocol_withdraw(struct people *p, const struct people_caller *who,
	enum people_zone zone, uint64_t number, struct refusal *r) MUST_CHECK;
int people_protocol_get(struct store_txn *txn, struct arena *a, enum people_zone zone,
	uint64_t number, struct people_protocol *ret) MUST_CHECK;
int people_protocol_rows(struct store_txn *txn, struct arena *a, const struct people_protocol *x,
	struct people_protocol_row **ret, size_t *ret_n) MUST_CHECK;
/* Newest first, zone by zone. */
int people_protocol_list(struct store_txn *txn, struct arena *a, unsigned zones,
	struct people_protocol **ret, size_t *ret_n) MUST_CHECK;

/* --- the officer's notices --- */
struct people_notice {
	uint64_t number;
	uint32_t zone;
	const char *borrower, *actor, *why;
	const char *words; /* NULL until people_notice_open(); an older program's stand in clear */
	int64_t at, seen_at;
	const char *seen_by;
	uint64_t look; /* number of its record in the audit log */
	struct bytes unknown;
};
/* Newest first, zone by zone; numbers are each zone's own. A piece goes on behind the text that
 * people_notice_cursor() gives ("library-17"); ERR_BADINPUT: no such. */
int people_notice_list(struct store_txn *txn, unsigned zones, bool open_only,
	const struct store_piece *piece, struct people_notice **ret, size_t *ret_n) MUST_CHECK;
const char *people_notice_cursor(struct arena *a, const struct people_notice *x);
/* Their words, for the officer in charge: each opening is in the audit log ("borrower.look_words"), in
 * a transaction that writes. Words that went with their borrower stay NULL. */
int people_notice_open(struct people *p, struct store_txn *txn, struct arena *a,
	const struct people_caller *who, struct people_notice *x, size_t n) MUST_CHECK;
/* Of one zone, oldest first: those behind a number (STORE_PIECE_N). */
int people_notice_after(struct store_txn *txn, enum people_zone zone, const struct store_piece *piece,
	struct people_notice **ret, size_t *ret_n) MUST_CHECK;
/* ERR_NOTFOUND. One that was seen before stays as it is; nobody signs for a look of their own. */
int people_notice_seen(struct people *p, const struct people_caller *who, enum people_zone zone,
	uint64_t number, struct refusal *r) MUST_CHECK;

/* --- what the person may ask --- */
/* All that is stored of one person here, and who looked: for the extract of GDPR article 15. A
 * protected identity's needs two of the staff: the first call is refused and remembered, another
 * person's within a day is answered. */
int people_extract(struct people *p, const struct people_caller *who, const char *id,
	const char *words, struct arena *a, struct doc *ret, struct refusal *r) MUST_CHECK;

/* Documents for the API, the pages and the command line. */
void people_borrower_doc(const struct people_borrower *b, struct doc *d);
void people_person_doc(const struct people_person *x, struct doc *d);
void people_relative_doc(const struct people_relative *x, struct doc *d);
void people_consent_doc(const struct people_consent *x, struct doc *d);

/* --- care of the keys --- */
/* Seals and indexes some borrowers anew with the newest sealing key; ret_left is how many calls
 * are still needed at least (0: all is done). Reads go on meanwhile. */
int people_rekey(struct people *p, size_t most, uint64_t *ret_left) MUST_CHECK;
int people_check(struct people *p, struct store_txn *txn, store_fault *fault, void *arg) MUST_CHECK;

/* "There is no borrower {0}." for callers that look things up themselves. */
extern const struct say people_say_none;
/* Nobody was named at all. */
extern const struct say people_say_nobody;
/* What was given as one is no number that anybody has. */
extern const struct say people_say_bad_identity;
/* Written as an identity is and none, so that a digit of it is wrong. Ten digits that begin with 0 may
 * be a telephone's, twelve that begin with no century a card's. */
bool people_identity_is_slip(const char *s, int64_t now);

#endif
