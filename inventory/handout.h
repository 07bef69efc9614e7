/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * handout: hand-outs that are planned. Who (an id; the name is people's), when, where, what, and by
 * whom of the staff; and whether all is ready for it. What is to be handed out is reserved by a hold
 * of its own (circulation.h) from that day on, and when one certain thing was named, that thing is
 * set aside. Moving it moves the hold, cancelling it gives the thing back; both can be undone as any
 * act of a desk (inv_undo). A loan to the borrower with the thing, or one of the product, makes
 * it done.
 *
 * The words beside it may hold a name or a door's code: they are sealed by people/, and gone, as the
 * borrower is, once it is over.
 */
#ifndef INVENTORY_HANDOUT_H
#define INVENTORY_HANDOUT_H

#include "inventory/circulation.h"

enum inv_handout_state {
	INV_HANDOUT_PLANNED = 1,
	INV_HANDOUT_DONE,
	INV_HANDOUT_CANCELLED,
	INV_HANDOUT_LAPSED, /* nobody said what became of it, for a month */
	INV_HANDOUT_STATES
};
const char *inv_handout_state_name(unsigned s); /* "planned" */

struct inv_handout {
	uint64_t id;
	uint32_t zone, state;
	const char *borrower; /* NULL once it is over */
	int64_t at;
	const char *place;   /* NULL: at the borrower's */
	const char *product; /* NULL: a thing of none */
	const char *serial;  /* one certain thing; NULL: any of the product */
	uint64_t hold;       /* what it reserves; 0: nothing can be */
	bool hold_made;      /* by this one, and so ended with it */
	const char *staff;   /* the account that hands out */
	struct bytes note;   /* sealed; empty: none */
	uint64_t loan;       /* that it became */
	int64_t made_at, changed_at;
	const char *made_by;
	uint32_t version;
	struct bytes unknown;
};
int inv_handout_get(
	struct store_txn *txn, struct arena *a, uint64_t id, struct inv_handout *ret) MUST_CHECK;

/* Planned ones, the soonest first. */
struct inv_handout_ask {
	const char *borrower; /* NULL: everybody's */
	unsigned zones;
	int64_t from, to; /* moments; 0: no bound; `to` is not included */
	const char *after;
	size_t most;
};
struct inv_handouts {
	struct inv_handout *rows;
	size_t n;
	const char *next; /* NULL: that was all */
};
int inv_handout_list(struct store_txn *txn, struct arena *a, const struct inv_handout_ask *ask,
	struct inv_handouts *ret) MUST_CHECK;
/* Where one is looked at closer. */
struct inv_handout_look {
	struct inv *inv;
	struct store_txn *txn;
	struct arena *a;
	int64_t now;
};
/* The words beside it, for whoever may see the borrower: a look, so a transaction that writes. NULL:
 * there are none. */
int inv_handout_note(const struct inv_handout_look *l, const struct people_caller *who,
	const struct inv_handout *h, const char **ret) MUST_CHECK;

struct inv_handout_want {
	const char *borrower;
	const char *thing, *product; /* a code, or a product's id */
	int64_t at;
	const char *place, *staff, *note;
	unsigned yes; /* INV_YES_HOLD: also when all are taken on that day */
};
#define INV_HANDOUT_NOTE_MOST 500
int inv_handout_add(struct inv *inv, const struct inv_desk_who *by,
	const struct inv_handout_want *want, struct refusal *r, uint64_t *ret_id) MUST_CHECK;
/* To another time, place or colleague; what is NULL or 0 stays ("" as place: at the borrower's). */
int inv_handout_move(struct inv *inv, const struct inv_desk_who *by, uint64_t id,
	const struct inv_handout_want *want, struct refusal *r) MUST_CHECK;
/* Another thing, or another product, at the same time: what was reserved for it is free, and the other
 * one reserved. Of `want` only thing, product and yes count. */
int inv_handout_choose(struct inv *inv, const struct inv_desk_who *by, uint64_t id,
	const struct inv_handout_want *want, struct refusal *r) MUST_CHECK;
int inv_handout_cancel(
	struct inv *inv, const struct inv_desk_who *by, uint64_t id, struct refusal *r) MUST_CHECK;
/* The desk stands for this borrower. x->code: what is to be scanned there next, NULL when nothing
 * is set aside, or it lies there. Refused: there are things for another borrower on the desk. */
struct inv_handout_begin {
	uint64_t id;
	struct arena *a;
	const char *code;
};
int inv_handout_start(struct inv *inv, const struct inv_desk_who *by, struct inv_handout_begin *x,
	struct refusal *r) MUST_CHECK;

/* --- how many are handed to at one time and place --- */
/* Hand-outs planned for the same moment and place are a group. Where seats are set for it, nobody is planned
 * in beyond them; one of another zone takes a seat as well, and one who gets several things a single one. Without a row
 * there is no limit. */
struct inv_seats {
	int64_t at;
	const char *place;
	uint32_t seats;
	uint32_t version;
	int64_t changed_at;
	const char *changed_by;
	uint32_t booked; /* people; counted, not kept */
	struct bytes unknown;
};
#define INV_SEATS_MOST 200
struct inv_seats_list {
	struct inv_seats *rows;
	size_t n;
	bool more;
};
struct inv_seats_ask {
	int64_t from;
	unsigned zones; /* as in struct inv_act: whose places; what has no zone is there for all */
	size_t most;
};
/* From then on, the soonest first, with how many are booked. */
int inv_seats_list(struct store_txn *txn, struct arena *a, const struct inv_seats_ask *ask,
	struct inv_seats_list *ret) MUST_CHECK;
/* seats 0: no limit any more. Refused: more are booked already. */
int inv_seats_set(struct inv *inv, const struct inv_desk_who *by, const struct inv_seats *want,
	struct refusal *r) MUST_CHECK;

/* --- is all ready? --- */
enum inv_need { /* what is missing; or-ed */
	INV_NEED_TIME = 1,       /* its time has gone by */
	INV_NEED_BORROWER = 2,   /* may not borrow now */
	INV_NEED_THING = 4,      /* one is there, but none is set aside */
	INV_NEED_NONE = 8,       /* none is there */
	INV_NEED_STATE = 16,     /* the thing cannot be lent as it is */
	INV_NEED_ENROL = 32,     /* the iPad is not enrolled */
	INV_NEED_CHARGE = 64,    /* told little battery, or nothing for long */
	INV_NEED_AGREEMENT = 128 /* nobody has gone through the agreement's text in that language */
};
#define INV_NEEDS 8
/* What is to be done about it; `bit` is 0 to 7. */
const struct say *inv_need_say(unsigned bit);
const char *inv_need_name(unsigned bit); /* "charge" */
struct inv_ready {
	unsigned needs;
	const char *serial, *number; /* the thing, when one is set aside; number: as on its label */
	bool ipad;
	int battery; /* percent; -1: not known */
};
int inv_handout_ready(const struct inv_handout_look *l, const struct inv_handout *h,
	struct inv_ready *ret) MUST_CHECK;

#endif
