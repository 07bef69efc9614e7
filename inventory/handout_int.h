/* SPDX-License-Identifier: EUPL-1.2 */
/* What the files of planned hand-outs share. */
#ifndef INVENTORY_HANDOUT_INT_H
#define INVENTORY_HANDOUT_INT_H

#include "inventory/circulation_int.h"
#include "inventory/handout.h"

/* --- handout_rules.c (pure) --- */
struct inv_ready_facts {
	int64_t at, now;
	bool blocked;
	bool named;        /* a thing is set aside, or was named */
	uint32_t unit;     /* its enum inv_state */
	bool waits_here;   /* it stands on the shelf for this very hand-out */
	uint64_t on_shelf; /* of the product, in stock */
	bool ipad, enrolled;
	int battery;     /* -1: not known */
	int64_t told_at; /* when the iPad told it */
	bool own_text;   /* the agreement's text was written here */
};
unsigned inv_ready_decide(const struct inv_ready_facts *f);
/* May it be planned for then? */
int inv_handout_when_decide(int64_t at, int64_t now, struct refusal *r);

/* --- handout_db.c --- */
int inv_handout_put(struct store_txn *txn, const struct inv_handout *before,
	const struct inv_handout *now) MUST_CHECK;
int inv_handout_next_id(struct store_txn *txn, uint64_t *ret) MUST_CHECK;
extern const struct rec_type inv_handout_rec;
/* layout.c: rows of before there was one list for each zone become rows of theirs. */
int inv_handout_index_zones(struct store_txn *txn, size_t most, bool *ret_more) MUST_CHECK;
int inv_handout_check(struct store_txn *txn, struct inv_faults *f) MUST_CHECK;

/* --- seats_db.c --- */
extern const struct rec_type inv_seats_rec;
int inv_seats_get(struct store_txn *txn, struct arena *a, int64_t at, const char *place,
	struct inv_seats *ret) MUST_CHECK;
/* now NULL: gone. */
int inv_seats_put(struct store_txn *txn, const struct inv_seats *before,
	const struct inv_seats *now) MUST_CHECK;
/* How many people are planned for then and there, but for this one (NULL: for nobody). */
int inv_seats_booked(struct store_txn *txn, const struct inv_seats *s, const char *but,
	uint32_t *ret) MUST_CHECK;
/* Those before then, the first ones; nobody counts who is booked. */
int inv_seats_past(struct store_txn *txn, struct arena *a, int64_t before, size_t most,
	struct inv_seats_list *ret) MUST_CHECK;

/* --- seats.c --- */
/* Is there a seat for it? */
int inv_seats_admit(struct inv_work *w, const struct inv_handout *h) MUST_CHECK;
/* Refused when it would not be undone; the seats as they are, and as they would be again. */
int inv_seats_undoable(struct inv_work *w, const struct inv_image *x, struct inv_seats *ret_now,
	struct inv_seats *ret_was) MUST_CHECK;
int inv_seats_undo(struct inv_work *w, const struct inv_image *x) MUST_CHECK;

/* --- loan_undo_hold.c: who waits, and what is planned, as they were --- */
/* ERR_REFUSED: changed since. `ret_was`: all zeros for one that was not there. */
int inv_undo_hold_admit(struct inv_work *w, const struct inv_image *x, struct inv_hold *ret,
	struct inv_hold *ret_was) MUST_CHECK;
int inv_undo_hold(struct inv_work *w, const struct inv_image *x) MUST_CHECK;
int inv_undo_handout_admit(struct inv_work *w, const struct inv_image *x,
	struct inv_handout *ret_now, struct inv_handout *ret_was) MUST_CHECK;
int inv_undo_handout(struct inv_work *w, const struct inv_image *x) MUST_CHECK;
/* (loan_undo.c) "Something was done with it since." ERR_REFUSED. */
int inv_undo_refuse_built(struct inv_work *w, const char *what);
/* Those of long ago are taken away. */
int inv_seats_tend_in(struct inv_work *w, int64_t before) MUST_CHECK;

/* --- handout_rules.c (pure) --- */
int inv_seats_decide(uint32_t seats, uint32_t booked, struct refusal *r);

/* --- loan_work.c --- */
/* now without seats: there is no limit any more. */
int inv_work_seats(
	struct inv_work *w, const struct inv_seats *before, struct inv_seats *now) MUST_CHECK;
int inv_work_handout(struct inv_work *w, const struct inv_handout *before,
	struct inv_handout *now) MUST_CHECK;

/* --- handout_ready.c --- */
/* The hold it stands on: the borrower's own, else a new one; the thing is set aside for it. */
int inv_handout_reserve(struct inv_work *w, struct inv_handout *h, struct inv_unit *u,
	unsigned yes) MUST_CHECK;
/* Its hold goes to its day. */
int inv_handout_shift(struct inv_work *w, const struct inv_handout *h) MUST_CHECK;
/* The hold of `was` serves what it is now, the thing `u` when one is named; else what was reserved is
 * free, and something else is. */
int inv_handout_swap(struct inv_work *w, const struct inv_handout *was, struct inv_handout *h,
	struct inv_unit *u, unsigned yes) MUST_CHECK;
/* What is set aside for it, or was named; NULL: nothing yet. */
int inv_handout_serial(struct store_txn *txn, struct arena *a, const struct inv_handout *h,
	const char **ret) MUST_CHECK;

/* --- handout.c, for seats.c --- */
/* Is there such a place? Empty is at the borrower's. */
int inv_handout_place_admit(struct inv_work *w, const char *place) MUST_CHECK;

/* --- handout.c, for loan_out.c and loan_tend.c --- */
/* What of the loan was planned is done. */
int inv_handout_fill(struct inv_work *w, const struct inv_loan *loan, const char *serial,
	const char *product) MUST_CHECK;
int inv_handout_tend_in(struct inv_work *w, size_t most) MUST_CHECK;

extern const struct say inv_say_no_handout, inv_say_handout_over, inv_say_handout_past,
	inv_say_handout_far, inv_say_handout_what, inv_say_handout_twice, inv_say_handout_place, inv_say_handout_zone,
	inv_say_handout_note, inv_say_handout_same, inv_say_seats_full, inv_say_seats_few,
	inv_say_seats_many, inv_say_seats_where, inv_say_seats_changed;

#endif
