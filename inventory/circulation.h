/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * circulation: loans, holds, their rules, the calendar and the scan box.
 *
 * Words. Loan: what one borrower takes home at one time, a bundle with a number of its own
 * ("L-10009") that stands as a barcode on the slip and the agreement. Line: one thing of a loan; a
 * kit is one line with parts. Terms: what the rules said when the line was lent; they are frozen on
 * the line, so a rule that is changed later changes no loan that is out. Due: the last day, as
 * people mean it; it skips the days on which the place of return is closed. Hold: somebody waits
 * for a product, or has it reserved for dates. Desk: one working place of one account; what is
 * being scanned there is kept in the store. Yes: the staff's answer to a question that a rule
 * asked.
 *
 * A loan belongs to one zone of secrecy (people/people.h). Every function that tells of a borrower
 * takes the zones of whoever asks, and tells others no more than the loan's number.
 *
 * Times. `happened_at` is when it was done at the desk, `registered_at` when it was written down.
 * What happened may lie in the past, with a reason, and never in the future: a later date is a
 * reservation.
 *
 * Each act is one transaction: loan, unit, history, borrower's count, holds, audit and what an
 * iPad is to do. Refusals name what to do instead.
 */
#ifndef INVENTORY_CIRCULATION_H
#define INVENTORY_CIRCULATION_H

#include "base/day.h"
#include "inventory/inventory.h"
#include "people/people.h"

/* Who acts, for whom they may see, from which desk. */
struct inv_desk_who {
	const struct audit_who *who;
	unsigned zones;   /* enum people_zone, or-ed */
	const char *desk; /* which of an account's desks; NULL: "" */
	int64_t now;
	unsigned duties; /* as in struct inv_act */
};
/* Borrowers are looked up here; before any act of circulation. */
void inv_set_people(struct inv *inv, struct people *p);

/* --- rules: what a loan's terms are --- */
/* Their numbers are on disk, in rules and lines: a new one goes to the end. */
enum inv_term {
	INV_TERM_LENDABLE, /* 0: not lent to these */
	INV_TERM_LOAN_DAYS,
	INV_TERM_LOAN_MONTHS, /* not 0: instead of days */
	INV_TERM_RENEWALS,    /* how many times */
	INV_TERM_RENEW_DAYS,
	INV_TERM_LIMIT,          /* things at a time of one borrower; 0: any number */
	INV_TERM_STOP_LATE_DAYS, /* no new loan while one is later than this; 0: never stops */
	INV_TERM_HOLD_DAYS,      /* how long a thing waits on the shelf for who ordered it */
	INV_TERM_SIGN_OUT,       /* signature needed at the hand-out; at the return */
	INV_TERM_SIGN_IN,
	INV_TERM_WIPE,      /* an iPad is erased when it comes back */
	INV_TERM_INSPECT,   /* a return is handed in first, and checked later */
	INV_TERM_KEEP_DAYS, /* how long a past loan remembers its borrower */
	INV_TERMS
};
struct inv_terms {
	uint32_t value[INV_TERMS];
	int64_t replacement_ore;
	uint64_t price_rule; /* the rule that said it; 0: the price table (price.h) did. Not stored */
	uint32_t price_list; /* of a thing that is lent: the version in force; 0: a rule said it */
};
const char *inv_term_name(enum inv_term t); /* "loan_days" */
int inv_term_parse(const char *s, enum inv_term *ret) MUST_CHECK;
/* Is it yes or no (and not a number)? */
bool inv_term_is_choice(enum inv_term t);
const struct say *inv_term_say(enum inv_term t);
/* The most a number may be. */
uint32_t inv_term_most(enum inv_term t);

/* A rule says some terms for some loans; for each term the narrowest rule that says it decides:
 * one that names a product before one of a category, that before one of a kind of thing, a kind of
 * borrower, a place, a zone; of two alike the newer. */
struct inv_rule {
	uint64_t id;
	uint32_t zone;       /* 0: both */
	uint32_t kind;       /* enum inv_kind; 0: any */
	const char *product; /* id; NULL: any */
	const char *category;
	const char *borrower_kind; /* of people_borrower.kind */
	const char *place;         /* where it is lent; id */
	uint32_t set[INV_TERMS];   /* value + 1; 0: this rule does not say */
	int64_t replacement_ore;   /* + 1; 0: the product's price */
	const char *why;           /* the decision behind it, for those who come after */
	int64_t changed_at, ended_at;
	const char *changed_by;
	uint32_t version;
	struct bytes unknown;
};
/* For whom and what. Borrowed strings. */
struct inv_rule_case {
	uint32_t zone;
	const char *borrower_kind, *place;
	const struct inv_product *product;
};
/* Pure. Where no rule says anything: six weeks, two renewals, ten things; three years for an
 * iPad, erased and inspected at return. */
void inv_terms_decide(const struct inv_rule *rules, size_t n, const struct inv_rule_case *c,
	struct inv_terms *ret);
/* The same, and which rule said each term (0: none; the program's or the product's own). */
void inv_terms_explain(const struct inv_rule *rules, size_t n, const struct inv_rule_case *c,
	struct inv_terms *ret, uint64_t ret_by[INV_TERMS]);
/* Pure: may this be a rule? And how narrow it is: each word outweighs all that stand after it. */
int inv_rule_decide(const struct inv_rule *rule, struct refusal *r);
unsigned inv_rule_weight(const struct inv_rule *rule);
#define INV_RULES_MOST 500
/* Those in force, in order of their numbers. */
int inv_rule_list(
	struct store_txn *txn, struct arena *a, struct inv_rule **ret, size_t *ret_n) MUST_CHECK;
/* One as it is and was, newest first. */
int inv_rule_history(struct store_txn *txn, struct arena *a, uint64_t id, struct inv_rule **ret,
	size_t *ret_n) MUST_CHECK;
/* New with id 0; else in its place, where `version` must be the one it was made from (0: any;
 * ERR_CONFLICT). */
int inv_rule_put(struct inv *inv, const struct inv_desk_who *by, const struct inv_rule *want,
	struct refusal *r, uint64_t *ret_id) MUST_CHECK;
int inv_rule_end(
	struct inv *inv, const struct inv_desk_who *by, uint64_t id, struct refusal *r) MUST_CHECK;
/* "What would this change?" For each product, kind of borrower and place that a rule or this one
 * names: the terms before and after, where they differ. */
struct inv_rule_change {
	const char *product, *product_name, *borrower_kind, *place;
	uint32_t zone;
	struct inv_terms before, after;
};
#define INV_RULE_CHANGES 200
struct inv_rule_preview {
	struct inv_rule_change *changes; /* at most INV_RULE_CHANGES */
	size_t change_count;
	uint64_t products;   /* how many were looked at */
	uint64_t open_lines; /* loans that keep the terms they were lent on */
	bool cut;
};
int inv_rule_preview(struct store_txn *txn, struct arena *a, const struct inv_rule *want, bool ends,
	enum say_lang lang, struct inv_rule_preview *ret) MUST_CHECK;

/* "What would happen?" Nobody is asked and nothing is lent: one of the product, at home, to somebody
 * of that kind who has nothing yet. */
struct inv_rule_ask {
	uint32_t zone; /* 0: any */
	const char *borrower_kind, *product, *place;
	int32_t start;
	enum say_lang lang;
};
struct inv_rule_tried {
	struct inv_product product;
	struct inv_terms terms;
	uint64_t by[INV_TERMS]; /* the rule that said it */
	int32_t counted, due;   /* the last day by the terms, and on a day when the place is open */
	bool lent;
	struct refusal no; /* where it is not; its strings are in the arena */
};
/* Refused: no such product or place. */
int inv_rule_try(struct store_txn *txn, struct arena *a, const struct inv_rule_ask *ask,
	struct inv_rule_tried *ret, struct refusal *r) MUST_CHECK;

/* --- calendar: the last day of a loan --- */
/* The last day on which it may be out: that of its lease, or of a part's that ends sooner; 0: no
 * lease of theirs has an end. */
int inv_lease_last(
	struct store_txn *txn, struct arena *a, const struct inv_unit *u, int32_t *ret) MUST_CHECK;
/* Where nobody has said when a place is open: Mondays to Fridays that are no holidays. */
bool inv_usually_open(int32_t day);
/* The first day from `day` on that the place (NULL: as usual) is open; `day` itself when none
 * comes within a year. Closed days of places are in inventory.h. */
int inv_open_day(struct store_txn *txn, const char *place, int32_t day, int32_t *ret) MUST_CHECK;
/* The same backwards: the last day up to `day`. */
int inv_open_day_before(
	struct store_txn *txn, const char *place, int32_t day, int32_t *ret) MUST_CHECK;
/* Pure: the last day of a loan that begins on `start`, and of a renewal on `today` of what is due
 * on `due`, before closed days are skipped. */
int32_t inv_due_decide(const struct inv_terms *t, int32_t start);
int32_t inv_renew_due_decide(const struct inv_terms *t, int32_t due, int32_t today);

/* --- loans --- */
enum inv_loan_kind {
	INV_LOAN_ORDINARY = 1,
	INV_LOAN_TRIAL, /* provperiod: a decision at its end */
	INV_LOAN_SWAP,  /* in place of something that is being mended */
	INV_LOAN_KINDS
};
const char *inv_loan_kind_name(unsigned kind);
int inv_loan_kind_parse(const char *s, enum inv_loan_kind *ret) MUST_CHECK;

#define INV_LOAN_NUMBER 24
/* "L-10009": L, the number, a check digit. */
const char *inv_loan_number(uint64_t id, char out[INV_LOAN_NUMBER]);
/* With or without "L-", as typed or scanned. ERR_BADINPUT: not a loan's number, or its check
 * digit is wrong. */
int inv_loan_number_parse(const char *s, uint64_t *ret) MUST_CHECK;

struct inv_loan {
	uint64_t id;
	uint32_t zone, kind;
	const char *borrower; /* id; NULL once the time is up for remembering who */
	const char *place, *place_back;
	int64_t happened_at, registered_at;
	const char *registered_by, *back_reason;
	uint32_t lines, open;   /* of them not come back */
	int32_t due;            /* the earliest of its open lines; 0: none is open */
	bool sign_out, sign_in; /* signature needed */
	int64_t back_unsigned;  /* when something came back that is to be signed for; 0: nothing waits */
	const char *agreement, *return_agreement; /* signed ones; ids of the agreements */
	uint64_t swap_of;                         /* the loan whose thing is being mended */
	const char *swap_serial;                  /* that thing */
	uint64_t fault;                           /* its fault ticket */
	uint32_t warned;                          /* bits of enum inv_warning */
	int64_t closed_at, forget_at, forgotten_at;
	uint32_t version; /* rises with each change of the loan or a line */
	struct bytes unknown;
};

enum inv_line_state {
	INV_LINE_OUT = 1,
	INV_LINE_CLAIMED,   /* the borrower says it was brought back; still open */
	INV_LINE_LOST,      /* lost or stolen while out; still open, so that it can come back */
	INV_LINE_HANDED_IN, /* back, not yet looked at: off the borrower's hook */
	INV_LINE_IN,
	INV_LINE_WRITTEN_OFF, /* will not come back; whether it is charged is decided by people */
	INV_LINE_REPLACED,    /* another took its place on the same loan, in a line of its own */
	INV_LINE_STATES
};
const char *inv_line_state_name(unsigned s); /* "handed_in" */
const struct say *inv_line_state_say(unsigned s);
bool inv_line_is_open(unsigned state);

struct inv_loan_line {
	uint64_t loan;
	uint32_t no;                                       /* 1, 2 … */
	const char *serial, *item_number, *product, *name; /* name in Swedish, as when lent */
	uint32_t state;
	int32_t due, first_due;
	int32_t due_asked; /* the closed day somebody chose, which `due` stands for; 0: none */
	uint32_t renewals;
	struct inv_terms terms;
	int64_t out_at, out_registered_at;
	const char *out_by;
	uint32_t out_condition, in_condition; /* enum inv_condition */
	const char *out_note, *in_note;
	int64_t in_at, in_registered_at; /* handed in */
	const char *in_by, *in_place;
	int64_t inspected_at;
	const char *inspected_by;
	int64_t claimed_at, lost_at;
	const char *end_reason; /* a code: "moved", "no-use" … of an early return; of a write-off */
	const char *late_reason; /* why it was late: said when it came back, was renewed or got another day */
	uint32_t parts, parts_missing;
	uint64_t hold;           /* the hold it filled */
	uint32_t zone; /* the loan's, with its place and the kind of who borrows: for figures */
	const char *place, *borrower_kind;
	bool counted; /* it is in the figures; those of before them were put in once */
	bool reason_counted; /* and so is why it was late or early */
	const char *replaced_by; /* serial; INV_LINE_REPLACED */
	const char *replaces;    /* serial of the one whose place it took on this loan */
	uint32_t contact, contacts; /* enum inv_contact: what came of the last one; how many */
	int64_t contact_at;
	const char *contact_by;
	int32_t promised; /* the day it was said to come back; 0: none */
	struct bytes unknown;
};
struct inv_loan_part { /* of a kit's line */
	uint64_t loan;
	uint32_t line, no;
	const char *name;
	const char *serial;   /* NULL: not a unit */
	uint32_t count, back; /* back: how many came back */
	bool consumable;      /* need not come back */
	const char *note;
	struct bytes unknown;
};

struct inv_loan_full {
	struct inv_loan loan;
	struct inv_loan_line *lines;
	size_t line_count;
	struct inv_loan_part *parts; /* of all lines */
	size_t part_count;
};
#define INV_LOAN_LINES 50
/* Which signatures it waits for. Pure. A loan that is over needs none for its hand-out, and one
 * that has forgotten its borrower none at all. */
enum inv_unsigned { INV_UNSIGNED_OUT = 1, INV_UNSIGNED_IN = 2 };
unsigned inv_loan_unsigned(const struct inv_loan *l);
int inv_loan_get(
	struct store_txn *txn, struct arena *a, uint64_t id, struct inv_loan *ret) MUST_CHECK;
int inv_loan_load(
	struct store_txn *txn, struct arena *a, uint64_t id, struct inv_loan_full *ret) MUST_CHECK;
/* The open line of a unit. ERR_NOTFOUND: it is not out. */
int inv_loan_of_unit(struct store_txn *txn, struct arena *a, const char *serial,
	struct inv_loan *ret, struct inv_loan_line *ret_line) MUST_CHECK;

/* Lists, each from its index. `after` is a ret_next of the same question. */
enum inv_loan_order {
	INV_LOANS_OF_BORROWER, /* open first, newest first */
	INV_LOANS_OF_UNIT,     /* newest first */
	INV_LOANS_DUE,         /* open lines, the earliest due first */
	INV_LOANS_OF_PLACE,    /* open, oldest first */
	INV_LOANS_OF_PRODUCT,  /* open lines, the earliest due first */
	INV_LOANS_BY_PRODUCT,  /* every open line, by its product's id, there the earliest due first */
	INV_LOANS_BY_NUMBER,   /* every line there is, also what came back: the oldest loan first */
	INV_LOANS_UNSIGNED     /* those that wait for a signature, the oldest loan first */
};
struct inv_loan_ask {
	enum inv_loan_order order;
	const char *key; /* borrower, serial, place or product; NULL for _DUE and _BY_… */
	unsigned zones;  /* others are left out, but of a unit's they are told without a borrower */
	int32_t from, to; /* INV_LOANS_DUE, _OF_PRODUCT, _BY_PRODUCT: days; 0: no bound */
	bool down;        /* the same: the other way round */
	bool open_only;   /* INV_LOANS_OF_BORROWER */
	bool awaited;     /* what is told to be lost or stolen is left out: its day is no day to wait for */
	const char *after;
	size_t most;
	size_t look; /* rows of the index at most, also those left out; 0: four a row and a hundred */
};
struct inv_loan_row {
	struct inv_loan loan;
	struct inv_loan_line line; /* of a unit, due; else the loan's first */
};
int inv_loan_list(struct store_txn *txn, struct arena *a, const struct inv_loan_ask *ask,
	struct inv_loan_row **ret, size_t *ret_n, const char **ret_next) MUST_CHECK;
struct inv_loan_counts {
	uint64_t loans, open_loans, lines, open_lines, lost_lines, handed_in;
};
int inv_loan_count(struct store_txn *txn, struct inv_loan_counts *ret) MUST_CHECK;

/* --- check out --- */
/* What a rule asks before it lets something through; the answers are or-ed. */
enum inv_yes {
	INV_YES_HOLD = 1,  /* somebody else waits for it */
	INV_YES_LIMIT = 2, /* more things than the rules let one have */
	INV_YES_LATE = 4,  /* has something that is late */
	INV_YES_PARTS = 8, /* the kit is not whole */
	INV_YES_SWAP = 16, /* the original goes back before the one lent in its place */
	INV_YES_RENEW = 32, /* renewed although others wait */
	INV_YES_WHOLE = 64, /* every part of the kit came back */
	INV_YES_FOUND = 128 /* it was reported stolen, and is taken back all the same */
};
#define INV_YES_LAST INV_YES_FOUND
/* The bit that would let it through; 0: it stays a no. */
unsigned inv_refusal_asks(const struct refusal *r);

struct inv_out_item {
	const char *code;
	int32_t due;        /* 0: by the rules; a closed day becomes the next that is open */
	uint32_t condition; /* 0: as the unit's */
	const char *note;
};
struct inv_out {
	const char *borrower;           /* id */
	const char *place, *place_back; /* ids or NULL; back NULL: where it is lent */
	enum inv_loan_kind kind;        /* 0: ordinary */
	int64_t happened_at;            /* 0: now */
	const char *back_reason;        /* needed with happened_at */
	const struct inv_out_item *items;
	size_t item_count;
	unsigned yes; /* enum inv_yes */
	const char *agreement;
	uint64_t swap_of, fault; /* of a swap loan */
	const char *swap_serial; /* any code of that thing */
};
struct inv_out_result {
	uint64_t loan;
	size_t bad_item; /* with ERR_REFUSED: which one; item_count: the loan as a whole */
	int32_t due;                        /* the last of them */
	int32_t item_due[INV_LOAN_LINES];   /* of each that was looked at */
	bool item_by_lease[INV_LOAN_LINES]; /* sooner than the terms say: its lease ends */
	int32_t item_asked[INV_LOAN_LINES]; /* the day that was chosen, where it is a closed one; else 0 */
	bool asks_sign;                     /* the hand-out is to be signed, and is not */
};
int inv_check_out(struct inv *inv, const struct inv_desk_who *by, const struct inv_out *out,
	struct refusal *r, struct inv_out_result *ret) MUST_CHECK;

/* --- check in --- */
struct inv_in_part {
	uint32_t no;
	uint32_t back; /* how many came back */
	const char *note;
};
struct inv_in {
	const char *code;
	const char *place;
	int64_t happened_at; /* 0: now */
	const char *back_reason;
	uint32_t condition; /* 0: not looked at */
	const char *note;
	const struct inv_in_part *parts; /* those that are not whole; the others all came back */
	size_t part_count;
	const char *early_reason; /* a code, of a return long before its day */
	const char *late_reason;
	enum mdm_choice erase, preserve_data_plan; /* not chosen: as the terms say */
	bool inspected;                            /* looked at already: both steps at once */
	bool asks_parts; /* by its code alone: whether a kit is whole is asked, not taken for granted */
	unsigned yes;
};
struct inv_in_result {
	uint64_t loan;
	uint32_t line;
	bool closed;       /* it was the last of the loan */
	bool handed_in;    /* it is still to be looked at */
	uint64_t hold;     /* it is now for this one; else 0 */
	int32_t back;      /* the day it came back */
	int32_t days_late; /* 0: in time */
	uint32_t parts_missing;
	bool was_lost;
	bool asks_sign; /* its return is to be signed */
};
int inv_check_in(struct inv *inv, const struct inv_desk_who *by, const struct inv_in *in,
	struct refusal *r, struct inv_in_result *ret) MUST_CHECK;
/* The second step. `broken`: to repair instead of the shelf. */
struct inv_inspect {
	const char *code;
	uint32_t condition;
	const char *note;
	const struct inv_in_part *parts; /* NULL: what was seen at the desk stands */
	size_t part_count;
	bool broken;
};
int inv_inspected(struct inv *inv, const struct inv_desk_who *by, const struct inv_inspect *x,
	struct refusal *r, struct inv_in_result *ret) MUST_CHECK;

/* --- while it is out --- */
struct inv_renewed {
	uint32_t lines; /* how many got a new day */
	int32_t due;    /* the last of them */
};
struct inv_renewal {
	uint64_t loan;
	uint32_t line; /* 0: all that are open */
	unsigned yes;
	const char *late_reason; /* of those that are past their day; NULL: nobody said */
};
int inv_renew(struct inv *inv, const struct inv_desk_who *by, const struct inv_renewal *how,
	struct refusal *r, struct inv_renewed *ret) MUST_CHECK;
/* `due`: the day asked for; afterwards the one that holds, which is another where it is closed then. */
int inv_due_change(struct inv *inv, const struct inv_desk_who *by, uint64_t loan, uint32_t line,
	int32_t *due, const char *reason, struct refusal *r) MUST_CHECK;
/* "24 December is closed; the last day became 27 December." */
const char *inv_due_moved_text(
	struct arena *a, enum say_lang lang, int32_t asked, int32_t due);
/* The borrower says it was brought back; `no` takes that back. */
int inv_claim(struct inv *inv, const struct inv_desk_who *by, const char *code, bool no,
	struct refusal *r) MUST_CHECK;
/* Lost or stolen from the loan: the iPad's lock and the SIM's task with it. */
int inv_loan_lost(struct inv *inv, const struct inv_desk_who *by, const char *code, bool stolen,
	const struct inv_mark *words, struct refusal *r) MUST_CHECK;
/* Will not come back. The line ends; the thing is discarded. */
int inv_write_off(struct inv *inv, const struct inv_desk_who *by, const char *code,
	const char *reason, struct refusal *r) MUST_CHECK;
/* The signed agreement of the hand-out, or of the return; it says what had come back by `made_at`. */
int inv_loan_agreement_set(struct store_txn *txn, uint64_t loan, const char *agreement,
	bool of_return, int64_t made_at) MUST_CHECK;
/* One that was declared void, and what still holds of its kind: NULL, nothing. */
struct inv_unsigning {
	bool of_return;
	const char *holds;
	int64_t void_made_at, holds_made_at;
};
int inv_loan_agreement_leave(
	struct store_txn *txn, uint64_t loan, const struct inv_unsigning *x) MUST_CHECK;

/* --- the last act, undone --- */
struct inv_last {
	uint64_t id;
	const char *actor, *desk;
	const char *act; /* "loan.out", "loan.in", "loan.renew" … */
	uint64_t loan;
	const char *serial, *label; /* of one thing; what it is called by now is not kept */
	uint32_t count;     /* things */
	int64_t at;
	struct bytes unknown;
};
/* What undo would take back. ERR_NOTFOUND: nothing. */
int inv_last_get(struct store_txn *txn, struct arena *a, const char *actor, const char *desk,
	struct inv_last *ret) MUST_CHECK;
/* The same if inv_undo() would do it as things stand now: what is offered. ERR_NOTFOUND: nothing. */
int inv_last_offered(struct inv *inv, struct store_txn *txn, struct arena *a,
	const struct inv_desk_who *by, struct inv_last *ret) MUST_CHECK;
/* "{0} …", for the button: "Ångra: utlämning av 3 saker till lån L-10009". */
const char *inv_last_text(struct arena *a, enum say_lang lang, const struct inv_last *l);
/* Everything the act changed is as it was before, unless something was built on it since. */
int inv_undo(struct inv *inv, const struct inv_desk_who *by, uint64_t id, struct refusal *r,
	struct inv_last *ret, struct arena *a) MUST_CHECK;

/* --- on a timer --- */
enum inv_warning { INV_WARNED_6 = 1, INV_WARNED_3 = 2, INV_WARNED_1 = 4 };
/* Forgets whose time is up, lapses holds, ends pauses, leaves tasks for long loans that end in six,
 * three and one months; at most `most` of each, ret_n of them done. */
int inv_circulation_tend(struct inv *inv, int64_t now, size_t most, size_t *ret_n) MUST_CHECK;
int inv_circulation_check(struct store_txn *txn, store_fault *fault, void *arg) MUST_CHECK;

/* Parts of this header: whoever includes it has them. */
#include "inventory/contact.h"
#include "inventory/hold.h"
#include "inventory/scan.h"
#include "inventory/figures.h"

#endif
