/* SPDX-License-Identifier: EUPL-1.2 */
/* A lending desk where hand-outs are planned. */
#ifndef TEST_PLANNED_H
#define TEST_PLANNED_H

#include "inventory/handout_int.h"
#include "tests/unit/inventory/counter.h"

#define SOON (COUNTER_NOW + 2 * DAY_S)

struct asked {
	struct counter *c;
	uint64_t id;
	const char *borrower;
	unsigned zones;
	int64_t from, to;
	size_t most;
	struct inv_handout h;
	struct inv_handouts list;
	struct inv_hold hold;
	const char *after, *note;
	struct inv_ready ready;
	struct inv_desk desk;
};

static inline int ask_in(struct store_txn *txn, void *arg)
{
	struct asked *x = arg;
	struct counter *c = x->c;
	const struct people_caller who = {&counter_anna, PEOPLE_LIBRARY, c->by.now};
	const struct inv_handout_ask ask = {.borrower = x->borrower,
		.zones = x->zones ? x->zones : PEOPLE_ZONES,
		.from = x->from,
		.to = x->to,
		.after = x->after,
		.most = x->most ? x->most : 50};
	const struct inv_handout_look look = {c->inv, txn, c->a, c->by.now};
	int err = inv_handout_list(txn, c->a, &ask, &x->list);

	if (err == 0)
		err = inv_desk_see(txn, c->a, &c->by, &x->desk);
	if (err || !x->id)
		return err;
	err = inv_handout_get(txn, c->a, x->id, &x->h);
	if (err == 0 && x->h.hold)
		err = inv_hold_get(txn, c->a, x->h.hold, &x->hold);
	if (err == 0 && x->h.state == INV_HANDOUT_PLANNED)
		err = inv_handout_ready(&look, &x->h, &x->ready);
	return err ? err : inv_handout_note(&look, &who, &x->h, &x->note);
}

static inline struct asked ask(struct counter *c, struct asked x)
{
	int err;

	x.c = c;
	err = store_write(c->st, ask_in, &x);
	cr_assert_eq(err, 0, "%s", err_name(err));
	return x;
}

static inline uint64_t plan(struct counter *c, const struct inv_handout_want *want)
{
	uint64_t id = 0;

	cr_assert_eq(inv_handout_add(c->inv, &c->by, want, &c->r, &id), 0, "%s", counter_said(c));
	return id;
}

static inline void undo(struct counter *c)
{
	struct inv_last last;

	cr_assert_eq(inv_undo(c->inv, &c->by, 0, &c->r, &last, c->a), 0, "%s", counter_said(c));
	counter_check(c);
}

#endif
