/* SPDX-License-Identifier: EUPL-1.2 */
/* What the files of circulation share with each other. */
#ifndef INVENTORY_CIRCULATION_INT_H
#define INVENTORY_CIRCULATION_INT_H

#include "inventory/circulation.h"
#include "inventory/inventory_int.h"

/* --- rule_rules.c (pure) --- */
bool inv_terms_equal(const struct inv_terms *a, const struct inv_terms *b);

/* --- rule_db.c --- */
int inv_rule_get(
	struct store_txn *txn, struct arena *a, uint64_t id, struct inv_rule *ret) MUST_CHECK;
/* The version before is kept. */
int inv_rule_store(struct store_txn *txn, const struct inv_rule *before,
	const struct inv_rule *rule) MUST_CHECK;
int inv_rule_next_id(struct store_txn *txn, uint64_t *ret) MUST_CHECK;

/* A record's terms are fields of their own, from 100 on: a new one stands here, and both rules and loans keep it. */
#define INV_TERM_FIELD(t, type, values) REC_U32(100 + (t), type, values[t])
#define INV_TERM_FIELDS(type, values) \
	INV_TERM_FIELD(INV_TERM_LENDABLE, type, values), \
	INV_TERM_FIELD(INV_TERM_LOAN_DAYS, type, values), \
	INV_TERM_FIELD(INV_TERM_LOAN_MONTHS, type, values), \
	INV_TERM_FIELD(INV_TERM_RENEWALS, type, values), \
	INV_TERM_FIELD(INV_TERM_RENEW_DAYS, type, values), \
	INV_TERM_FIELD(INV_TERM_LIMIT, type, values), \
	INV_TERM_FIELD(INV_TERM_STOP_LATE_DAYS, type, values), \
	INV_TERM_FIELD(INV_TERM_HOLD_DAYS, type, values), \
	INV_TERM_FIELD(INV_TERM_SIGN_OUT, type, values), \
	INV_TERM_FIELD(INV_TERM_SIGN_IN, type, values), \
	INV_TERM_FIELD(INV_TERM_WIPE, type, values), \
	INV_TERM_FIELD(INV_TERM_INSPECT, type, values), \
	INV_TERM_FIELD(INV_TERM_KEEP_DAYS, type, values)

/* --- loan_db.c --- */
/* Each brings its indexes and counts along; `before` is as stored, NULL when new; `now` NULL
 * takes it away. */
int inv_loan_put(struct store_txn *txn, const struct inv_loan *before,
	const struct inv_loan *now) MUST_CHECK;
int inv_line_put(struct store_txn *txn, const struct inv_loan_line *before,
	const struct inv_loan_line *now) MUST_CHECK;
int inv_loan_part_put(struct store_txn *txn, const struct inv_loan_part *p) MUST_CHECK;
int inv_loan_part_del(struct store_txn *txn, uint64_t loan, uint32_t line, uint32_t no) MUST_CHECK;
/* Marks a line that is about to be written as one whose reason is in the figures, where it may be. */
void inv_line_mark(const struct store_txn *txn, struct inv_loan_line *now);
int inv_line_get(struct store_txn *txn, struct arena *a, uint64_t loan, uint32_t no,
	struct inv_loan_line *ret) MUST_CHECK;
int inv_loan_parts(struct store_txn *txn, struct arena *a, uint64_t loan, uint32_t line,
	struct inv_loan_part **ret, size_t *ret_n) MUST_CHECK;
/* Never the same twice, not even of a loan that was undone. */
int inv_loan_next_id(struct store_txn *txn, uint64_t *ret) MUST_CHECK;
/* The open loan lent in place of this thing. ERR_NOTFOUND. */
int inv_loan_of_swap(struct store_txn *txn, const char *serial, uint64_t *ret) MUST_CHECK;
extern const struct rec_type inv_loan_rec, inv_line_rec;

/* --- loan_index_db.c --- */
enum inv_counted {
	INV_COUNT_LOANS = 1,
	INV_COUNT_OPEN_LOANS,
	INV_COUNT_LINES,
	INV_COUNT_OPEN_LINES,
	INV_COUNT_LOST_LINES,
	INV_COUNT_HANDED_IN,
	INV_COUNT_LAST_ID, /* the newest number given out */
	INV_COUNT_LAST_HOLD,
	INV_COUNT_LAST_HANDOUT,
	INV_COUNTED
};
int inv_counted_get(struct store_txn *txn, enum inv_counted what, uint64_t *ret) MUST_CHECK;
int inv_counted_add(struct store_txn *txn, enum inv_counted what, int by) MUST_CHECK;
/* The number after the newest that was given out, kept in `what`; a store of before it was kept begins after the
 * newest of the table. Never the same twice, not even of what was undone. */
int inv_counted_next(
	struct store_txn *txn, enum inv_counted what, enum store_table t, uint64_t *ret) MUST_CHECK;
/* Its row among those that wait for a signature, for a store of before there were such rows. */
int inv_loan_index_unsigned(struct store_txn *txn, const struct inv_loan *l) MUST_CHECK;
int inv_loan_index(struct store_txn *txn, const struct inv_loan *before,
	const struct inv_loan *now) MUST_CHECK;
int inv_line_index(struct store_txn *txn, const struct inv_loan_line *before,
	const struct inv_loan_line *now) MUST_CHECK;

/* --- hold_db.c --- */
int inv_hold_put(struct store_txn *txn, const struct inv_hold *before,
	const struct inv_hold *now) MUST_CHECK;
int inv_hold_next_id(struct store_txn *txn, uint64_t *ret) MUST_CHECK;
/* What stands on the shelf: for which hold. ERR_NOTFOUND. */
int inv_hold_of_unit(struct store_txn *txn, struct arena *a, const char *serial,
	struct inv_hold *ret) MUST_CHECK;
/* Active ones of a product in their order, at most INV_QUEUE_MOST. */
#define INV_QUEUE_MOST 1000
int inv_hold_queue(struct store_txn *txn, struct arena *a, const char *product,
	struct inv_hold **ret, size_t *ret_n) MUST_CHECK;
extern const struct rec_type inv_hold_rec;
bool inv_hold_is_active(unsigned state);
/* Whose day has come: ready ones not fetched, reservations gone by, pauses over. */
int inv_hold_due(struct store_txn *txn, struct arena *a, int32_t today, size_t most,
	struct inv_hold **ret, size_t *ret_n) MUST_CHECK;

/* --- hold_claim_db.c --- */
/* With inv_hold_put(): how many wait for a thing of a product, kept by when they begin and end to. */
int inv_hold_claim_move(struct store_txn *txn, const struct inv_hold *before,
	const struct inv_hold *now) MUST_CHECK;
/* How many of the product those take today who wait and have nothing set aside for them yet. Reads a
 * row for each day on which a reservation of today began, and none for who asked for the next one. */
int inv_hold_claims_now(
	struct store_txn *txn, const char *product, int32_t today, uint64_t *ret) MUST_CHECK;
/* For layout.c: counted anew. */
int inv_hold_claims_recount(struct store_txn *txn) MUST_CHECK;
/* For the check: in how many rows `h` counts; and whether each row says what the holds do, which
 * count in `all` together. */
uint64_t inv_hold_claims_of(const struct inv_hold *h);
int inv_hold_claims_check(struct store_txn *txn, uint64_t all, bool *ret_right) MUST_CHECK;

/* --- hold_rules.c (pure) --- */
/* Which of the queue a thing that came in is for on `today`: the index, or n. */
size_t inv_hold_choose(const struct inv_hold *queue, size_t n, int32_t today);
/* Which of the borrower's own holds a hand-out fills: the nearest start. The index, or n. */
size_t inv_hold_fill(const struct inv_hold *queue, size_t n, const char *borrower);
/* How many things holds claim on a day; a plain one claims from its start for `loan_days`. One
 * that is paused claims nothing; `but` (id or 0) is left out. */
size_t inv_hold_claims(
	const struct inv_hold *queue, size_t n, int32_t day, uint32_t loan_days, uint64_t but);

/* --- loan_rules.c (pure) --- */
struct inv_out_facts {
	const struct inv_unit *unit;
	const char *kit; /* what the kit is called that it is part of, or NULL */
	const char *missing; /* of the kit that it is, by name; asked where some are */
	const struct inv_product *product;
	const struct inv_terms *terms;
	const char *borrower;
	uint32_t borrower_zone;
	const struct inv_loan *out_on; /* the loan it is out on, or NULL */
	const struct inv_loan_line *out_line;
	const struct inv_hold *shelf; /* it stands on the shelf for this one, or NULL */
	bool twice;                   /* scanned already in this bundle */
	int64_t free_after; /* of the product, when this one is gone; no holds of the borrower's */
	bool own_hold;
	size_t open_lines; /* the borrower's, with the bundle so far */
	int32_t days_late; /* the borrower's latest */
	int32_t due, today;
	int32_t lease; /* the last day of the thing's lease; 0: none */
	bool by_lease; /* `due` was brought forward to it */
	unsigned yes, zones;
};
int inv_out_decide(const struct inv_out_facts *f, struct refusal *r);
/* When it happened: not in the future, not without a reason in the past, not before `earliest`. */
int inv_when_decide(
	int64_t happened_at, const char *reason, int64_t now, int64_t earliest, struct refusal *r);
/* A day alone is told as its noon: on the day of `earliest` it was after that. */
int64_t inv_when_of_day(int64_t happened_at, int64_t earliest);
#define INV_BACK_S (400LL * DAY_S)
/* May it be out until then? Not a day that has been, nor one beyond any agreement or its lease. */
struct inv_due_facts {
	const char *label;
	int32_t due, today, lease; /* the lease's last day; 0: none */
	bool by_lease;             /* `due` was brought forward to it */
};
int inv_due_day_decide(const struct inv_due_facts *f, struct refusal *r);
struct inv_renew_facts {
	const struct inv_loan *loan;
	const struct inv_loan_line *line;
	int32_t today;
	int32_t due, lease; /* the new day; the last one of the thing's lease, 0: none */
	bool by_lease;      /* `due` was brought forward to it */
	int64_t free;       /* of the product until the new day */
	unsigned yes;
};
int inv_renew_decide(const struct inv_renew_facts *f, struct refusal *r);
/* (loan_lease.c) A day beyond `last` (0: none is) becomes the last one until then on which the place is open. */
int inv_lease_shorten(
	struct store_txn *txn, const char *place, int32_t last, int32_t *due) MUST_CHECK;
/* A day that somebody chose: on a closed one it becomes the next that is open, as those of the terms do. One
 * that is refused anyway stays. */
struct inv_chosen_day {
	const char *place; /* of return */
	int32_t today, lease;
	int32_t due, asked; /* asked: what `due` was, when it became another; else 0 */
	bool by_lease;      /* the next open day is after the lease: it became the one before */
};
int inv_day_chosen(struct store_txn *txn, struct inv_chosen_day *d) MUST_CHECK;
/* The earliest day of the open lines; 0: none is open. */
int32_t inv_loan_due(const struct inv_loan_line *lines, size_t n);

/* --- loan_work.c: what every act does round its own work --- */
struct inv_work {
	struct inv *inv;
	struct store_txn *txn;
	struct arena *a;
	const struct inv_desk_who *by;
	struct refusal *r;
	const struct audit_who *who;
	int64_t now;
	int32_t today;
	bool wake;
	struct inv_rule *rules; /* loaded when first asked for */
	size_t rule_count;
	bool rules_loaded;
	struct buf before; /* images for undo */
	bool plain; /* this act cannot be undone, and leaves the last one that can */
	bool on_top; /* once this act is undone, the one before it can be */
	const struct inv_image *undoing; /* all that one undo puts back; or NULL */
	size_t undoing_n;
};
typedef int inv_work_fn(struct inv_work *w, void *arg);
/* One write transaction round `fn`, the refusal kept, the push worker woken. */
int inv_work_run(struct inv *inv, const struct inv_desk_who *by, struct refusal *r, inv_work_fn *fn,
	void *arg) MUST_CHECK;
/* Sets up for a transaction that somebody else has opened. */
void inv_work_init(struct inv_work *w, struct inv *inv, struct store_txn *txn,
	const struct inv_desk_who *by, struct refusal *r);
void inv_work_release(struct inv_work *w);
AUTO_RELEASE(inv_work, inv_work_release)
int inv_work_rules(struct inv_work *w) MUST_CHECK;
int inv_work_terms(
	struct inv_work *w, const struct inv_rule_case *c, struct inv_terms *ret) MUST_CHECK;
/* Writes, and remembers for undo what was before. */
int inv_work_loan(
	struct inv_work *w, const struct inv_loan *before, struct inv_loan *now) MUST_CHECK;
int inv_work_line(struct inv_work *w, const struct inv_loan_line *before,
	struct inv_loan_line *now) MUST_CHECK;
int inv_work_part(struct inv_work *w, const struct inv_loan_part *before,
	const struct inv_loan_part *now) MUST_CHECK;
int inv_work_hold(
	struct inv_work *w, const struct inv_hold *before, struct inv_hold *now) MUST_CHECK;
/* Lent in place of what the ticket is about. */
int inv_work_swap(
	struct inv_work *w, uint64_t fault, const char *serial, const char *loan) MUST_CHECK;
int inv_work_move(struct inv_work *w, struct inv_unit *u, const struct inv_move *m) MUST_CHECK;
/* The line in the audit log, and the last act of this desk. */
int inv_work_end(struct inv_work *w, const struct inv_last *l, struct doc *detail) MUST_CHECK;
#define INV_WORDS_MOST 200
/* Words of somebody's own, or none: not too long, and without a person's number, since who reads of things
 * reads them. */
int inv_work_words(struct inv_work *w, const char *s, size_t most) MUST_CHECK;
/* Words about a loan that is its caller's to see: they are read by others too, and do not name its borrower. */
int inv_work_unnamed(struct inv_work *w, const char *borrower, const char *s) MUST_CHECK;
/* Both: words of somebody's own about a loan or a hold of that borrower. */
int inv_work_said(struct inv_work *w, const char *borrower, const char *s, size_t most) MUST_CHECK;
/* inv_when_decide() by the clock of the act, and the words of why; `borrower` NULL: nobody yet. */
struct inv_when {
	int64_t happened_at, earliest;
	const char *why, *borrower;
};
int inv_work_when(struct inv_work *w, const struct inv_when *x) MUST_CHECK;
/* The unit a code names; a refusal when there is none. */
int inv_work_unit(struct inv_work *w, const char *code, struct inv_unit *ret) MUST_CHECK;
/* The loan, which must be in the caller's zones; a refusal when not. */
int inv_work_loan_get(struct inv_work *w, uint64_t id, struct inv_loan *ret) MUST_CHECK;
/* The open loan and line of the unit a code names. */
int inv_work_open(struct inv_work *w, const char *code, struct inv_unit *u, struct inv_loan *loan,
	struct inv_loan_line *line) MUST_CHECK;
/* Is this thing among those of the bundle, from that one on? */
bool inv_work_names(
	struct inv_work *w, const struct inv_out *out, size_t from, const char *serial);
/* The serial of the thing that code names, in whose place something is to be lent. Refused: there is no such thing,
 * or something is lent in place of it already. */
int inv_work_unswapped(struct inv_work *w, const char *code, const char **ret_serial) MUST_CHECK;
int inv_work_borrower(struct inv_work *w, const char *id, struct people_borrower *ret) MUST_CHECK;
/* The borrower waits for something: nobody is to be erased meanwhile. */
int inv_work_asked(struct inv_work *w, const char *id) MUST_CHECK;
/* The line as it is now and the loan's sums after it; closes the loan with its last line. */
int inv_work_line_change(struct inv_work *w, struct inv_loan *loan,
	const struct inv_loan_line *before, struct inv_loan_line *now) MUST_CHECK;

/* --- loan_out.c, loan_in.c, hold.c: for each other and the scan box --- */
int inv_out_in(
	struct inv_work *w, const struct inv_out *out, struct inv_out_result *ret) MUST_CHECK;
int inv_out_try(
	struct inv_work *w, const struct inv_out *out, struct inv_out_result *ret) MUST_CHECK;
int inv_in_in(struct inv_work *w, const struct inv_in *in, struct inv_in_result *ret) MUST_CHECK;
int inv_renew_in(
	struct inv_work *w, const struct inv_renewal *how, struct inv_renewed *ret) MUST_CHECK;
int inv_undo_in(struct inv_work *w, uint64_t id, struct arena *a, struct inv_last *ret) MUST_CHECK;
/* Something of the product came in and is free: who waits gets it. *ret_hold 0: nobody. */
int inv_hold_take(struct inv_work *w, struct inv_unit *u, uint64_t *ret_hold) MUST_CHECK;
/* Made and ended as a part of another act. */
int inv_hold_add_in(
	struct inv_work *w, const struct inv_hold_want *want, uint64_t *ret_id) MUST_CHECK;
int inv_hold_end_in(struct inv_work *w, uint64_t id) MUST_CHECK;
/* What stood on the shelf goes to the next who waits, or back to stock. */
int inv_hold_off_shelf(struct inv_work *w, const char *serial) MUST_CHECK;
/* Its thing was taken by another act: back in the queue. */
int inv_hold_untake(struct inv_work *w, const struct inv_hold *h) MUST_CHECK;

/* --- loan_replace.c --- */
/* What hangs on the one goes to the other that took its place: its kit or the parts it has, its
 * loan as a new line with the same terms, the loan lent in its place while it was mended. False in
 * *ret_moved: it is on a loan that could not be moved, and nothing of that was. */
int inv_replace_in(
	struct inv_work *w, struct inv_unit *old, struct inv_unit *u, bool *ret_moved) MUST_CHECK;
/* May the new one take the line over? Pure. */
bool inv_replace_decide(const struct inv_loan *loan, const struct inv_loan_line *line,
	const struct inv_unit *u, bool in_return);

/* --- loan_undo_db.c --- */
enum inv_image_kind {
	INV_IMAGE_LOAN = 1,
	INV_IMAGE_LINE,
	INV_IMAGE_PART,
	INV_IMAGE_HOLD,
	INV_IMAGE_UNIT,
	INV_IMAGE_HANDOUT,
	INV_IMAGE_SEATS,
	INV_IMAGE_FAULT
};
struct inv_image { /* one record as it was before the act */
	uint32_t kind;
	uint64_t id; /* loan, hold, ticket; of seats the time */
	uint32_t line, part;
	const char *serial;
	uint32_t version;    /* of the loan or hold after the act: another one was built on it */
	uint32_t state;      /* of the unit after the act */
	struct bytes record; /* before; empty: there was none */
	const char *note;    /* of a part, and of a unit its condition's: sealed */
	struct bytes unknown;
};
int inv_image_add(struct store_txn *txn, struct buf *out, const struct inv_image *x) MUST_CHECK;
/* The next image; ERR_NOTFOUND at the end. */
int inv_image_next(struct store_txn *txn, struct bytes *in, struct arena *a,
	struct inv_image *ret) MUST_CHECK;
/* What the undone act left on the desk goes with it; of a look its line says what the loan says. */
int inv_desk_undone(
	struct inv_work *w, struct inv_desk *d, const struct inv_last *last) MUST_CHECK;
int inv_last_put(struct store_txn *txn, const struct inv_last *l, struct bytes images,
	bool on_top) MUST_CHECK;
int inv_last_load(struct store_txn *txn, struct arena *a, const char *actor, const char *desk,
	struct inv_last *ret, struct bytes *ret_images) MUST_CHECK;
int inv_last_del(struct store_txn *txn, const char *actor, const char *desk) MUST_CHECK;

/* --- scan_db.c --- */
/* As it was kept: account and desk named, and its lines, or empty. */
int inv_desk_load(struct store_txn *txn, struct arena *a, const char *account, const char *desk,
	struct inv_desk *ret) MUST_CHECK;
int inv_desk_put(struct store_txn *txn, const struct inv_desk *d) MUST_CHECK;
int inv_desk_line_put(struct store_txn *txn, const char *account, const char *desk,
	const struct inv_desk_line *l) MUST_CHECK;
int inv_desk_line_del(
	struct store_txn *txn, const char *account, const char *desk, uint32_t no) MUST_CHECK;

/* --- scan_rules.c (pure) --- */
enum inv_scan_act {
	INV_DO_ADD = 1, /* put it on the desk, for whoever borrows */
	INV_DO_RETURN,
	INV_DO_RENEW,
	INV_DO_BORROWER,
	INV_DO_LOAN,
	INV_DO_PLACE,
	INV_DO_LEND,
	INV_DO_UNDO,
	INV_DO_MODE,
	INV_DO_CLEAR,
	INV_DO_PRINT,
	INV_DO_CHOOSE,
	INV_DO_RENEW_LOAN,
	INV_DO_PRODUCT, /* the code of all that are alike: which of them? */
	INV_DO_REFUSE
};
struct inv_scan_facts {
	const struct inv_scan *scan;
	const struct inv_desk *desk;
	const struct inv_hit *hits;
	size_t hit_count;
	bool near;                   /* the hits only look much like it */
	const struct inv_unit *unit; /* of the only hit */
	const char *kit;             /* what the kit is called that it is part of, or NULL */
	bool out;                    /* it is on an open line */
	bool foreign;                /* of a service that is not the caller's */
	bool theirs;                 /* by whoever is chosen on the desk */
	bool card;                   /* it is a borrower's card or number */
	bool on_desk;                /* it is in the bundle already */
};
/* What a scan means; a refusal says why nothing. */
enum inv_scan_act inv_scan_decide(const struct inv_scan_facts *f, struct refusal *r);
/* What a door is called; NULL: there is none such. */
const struct say *inv_door_say(const char *act);
/* What one can do about a refusal. */
size_t inv_scan_doors(const struct refusal *r, const struct inv_desk *d, const char *code,
	struct inv_door ret[INV_DOORS]);

/* --- stat_rules.c (pure), stat_db.c, stat_check.c --- */
struct inv_stat_row {
	enum inv_stat what;
	enum inv_stat_by by;
	const char *id; /* "" for INV_STAT_ALL */
	uint32_t zone, month, n;
};
#define INV_STAT_ROWS 16
struct inv_stat_rows {
	uint32_t zone;
	struct inv_stat_row row[INV_STAT_ROWS];
	size_t n;
};
/* What the record adds; NULL nothing. Borrowed. */
void inv_stat_of_line(const struct inv_loan_line *l, struct inv_stat_rows *ret);
/* It came back late or long before its day: why is in the figures, or that nobody said. */
bool inv_stat_has_reason(const struct inv_loan_line *l);
void inv_stat_of_hold(const struct inv_hold *h, struct inv_stat_rows *ret);
struct store_key inv_stat_key(const struct inv_stat_row *r);
int inv_stat_line(struct store_txn *txn, const struct inv_loan_line *before,
	const struct inv_loan_line *now) MUST_CHECK;
int inv_stat_hold(struct store_txn *txn, const struct inv_hold *before,
	const struct inv_hold *now) MUST_CHECK;
struct inv_stat_truth; /* in the arena */
struct inv_stat_truth *inv_stat_truth_new(struct arena *a);
void inv_stat_truth_add(struct inv_stat_truth *t, const struct inv_stat_rows *r);

/* --- loan_check.c, hold_check.c --- */
struct inv_faults {
	store_fault *fn;
	void *arg;
	struct arena *a;
	struct inv_stat_truth *truth; /* figures counted anew */
};
int inv_stat_truth_check(struct store_txn *txn, struct inv_stat_truth *t,
	const struct inv_faults *f) MUST_CHECK;
int inv_hold_check(struct store_txn *txn, struct inv_faults *f) MUST_CHECK;

/* --- loan_tend.c, hold.c, scan_answer_db.c --- */
/* Forgets answers of yesterday. */
int inv_told_tend(struct store_txn *txn, int64_t now) MUST_CHECK;
int inv_hold_tend_in(struct inv_work *w, size_t most, size_t *ret_n) MUST_CHECK;

/* --- loan_say.c --- */
extern const struct say inv_say_try_place, inv_say_rule_number, inv_say_rule_empty, inv_say_rule_word,
	inv_say_rule_why, inv_say_rule_gone, inv_say_rule_many;
extern const struct say inv_say_no_loan, inv_say_loan_zone, inv_say_no_items, inv_say_many_items,
	inv_say_twice, inv_say_out_here, inv_say_out, inv_say_out_elsewhere, inv_say_not_lendable,
	inv_say_display, inv_say_state_handed_in, inv_say_state_stops, inv_say_other_zone,
	inv_say_by_rule, inv_say_limit, inv_say_late, inv_say_awaited, inv_say_promised,
	inv_say_parts, inv_say_due_past, inv_say_due_moved, inv_say_future, inv_say_back_reason, inv_say_too_old,
	inv_say_none_late, inv_say_before_out, inv_say_before_last, inv_say_not_out, inv_say_in_already, inv_say_swap_first, inv_say_swapped, inv_say_swap_itself, inv_say_swap_other, inv_say_swap_fault, inv_say_stolen_back, inv_say_whole,
	inv_say_no_inspection, inv_say_part_unknown, inv_say_part_twice, inv_say_part_many,
	inv_say_renew_most, inv_say_renew_waited,
	inv_say_renew_state, inv_say_renew_none, inv_say_line_gone, inv_say_reason, inv_say_claimed,
	inv_say_not_claimed, inv_say_lost_already, inv_say_returning, inv_say_part_of_kit,
	inv_say_due_far, inv_say_due_lease, inv_say_lease_over, inv_say_renew_lease,
	inv_say_renew_same;
extern const struct say inv_say_undo_none, inv_say_undo_signed, inv_say_undo_built, inv_say_undo_erase;
extern const struct say inv_say_no_hold, inv_say_hold_over, inv_say_hold_both, inv_say_hold_past, inv_say_hold_turned,
	inv_say_hold_long, inv_say_hold_longer, inv_say_hold_until, inv_say_hold_full,
	inv_say_hold_has, inv_say_hold_product, inv_say_hold_paused, inv_say_hold_place;

/* --- scan_say.c --- */
extern const struct say inv_say_scan_unknown, inv_say_scan_worn, inv_say_scan_near,
	inv_say_scan_several, inv_say_scan_product, inv_say_scan_product_in, inv_say_scan_product_out, inv_say_scan_no_card, inv_say_scan_no_place, inv_say_scan_place_closed, inv_say_scan_place_zone,
	inv_say_scan_bad_loan, inv_say_scan_no_agreement, inv_say_scan_nobody, inv_say_scan_full,
	inv_say_scan_empty, inv_say_scan_long, inv_say_scan_nothing,
	inv_say_scan_in_bundle, inv_say_scan_chosen, inv_say_scan_away, inv_say_scan_other_person, inv_say_look_gone, inv_say_look_other;
extern const struct say inv_say_did_added, inv_say_did_added_lease, inv_say_did_returned, inv_say_did_handed_in,
	inv_say_did_returned_late, inv_say_did_returned_short, inv_say_did_hold, inv_say_did_found,
	inv_say_did_hold_at, inv_say_did_found_hold, inv_say_did_found_handed_in, inv_say_did_found_short, inv_say_did_found_short_one,
	inv_say_did_borrower, inv_say_did_loan, inv_say_did_place, inv_say_did_renewed,
	inv_say_did_undone, inv_say_did_mode_lend, inv_say_did_mode_return, inv_say_did_mode_renew,
	inv_say_did_clear, inv_say_did_lent, inv_say_did_print;
/* the same of one: day, part, thing */
extern const struct say inv_say_did_returned_late_one, inv_say_did_returned_short_one,
	inv_say_did_loan_one, inv_say_did_renewed_one, inv_say_did_lent_one;
extern const struct say inv_say_door_open_loan, inv_say_door_return, inv_say_door_yes,
	inv_say_door_item, inv_say_door_hold, inv_say_door_inspect,
	inv_say_door_borrower, inv_say_door_scan_again, inv_say_door_search, inv_say_door_clear,
	inv_say_door_renew, inv_say_door_lend, inv_say_door_new_borrower,
	inv_say_door_make, inv_say_door_all, inv_say_door_hold_one, inv_say_door_whole, inv_say_door_missing,
	inv_say_door_sign, inv_say_door_sign_return;

#endif
