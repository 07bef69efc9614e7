/* SPDX-License-Identifier: EUPL-1.2 */
/* Who waits at a model's desk, and who has something reserved for days that two desks want. */
#ifndef TEST_MODEL_HOLD_H
#define TEST_MODEL_HOLD_H

#include "tests/unit/inventory/model_end.h"

static void set_aside(struct model *m)
{
	uint64_t hold;

	count(m, inv_hold_pick(m->c.inv, &m->c.by, model_serial(thing(m)), &m->c.r, &hold));
}

static void hold(struct model *m)
{
	const struct inv_hold_want want = {.borrower = m->c.borrower[somebody(m)],
		.product = model_product(thing(m)),
		.from = m->act % 2 ? day_of_time(m->c.by.now) + m->act % 7 : 0,
		.to = m->act % 2 ? day_of_time(m->c.by.now) + m->act % 7 + m->act % 5 : 0,
		.yes = ~0u};
	uint64_t id;

	count(m, inv_hold_add(m->c.inv, &m->c.by, &want, &m->c.r, &id));
}

static void change_hold(struct model *m)
{
	uint64_t id = 1 + any(m, 60);

	switch (any(m, 3)) {
	case 0:
		count(m, inv_hold_cancel(m->c.inv, &m->c.by, id, &m->c.r));
		break;
	case 1:
		count(m, inv_hold_pause(m->c.inv, &m->c.by, id, any(m, 2) != 0, 0, &m->c.r));
		break;
	default:
		count(m, inv_hold_move(m->c.inv, &m->c.by, id, 1 + any(m, 3), &m->c.r));
		break;
	}
}

struct free_ask {
	struct model *m;
	const char *product;
	int32_t from, to;
	struct inv_free f;
};

static int free_ask_in(struct store_txn *txn, void *arg)
{
	struct free_ask *x = arg;

	return inv_free_between(txn, x->m->c.a, x->product, x->from, x->to, day_of_time(x->m->c.by.now), &x->f);
}

static int64_t free_of(struct free_ask *x)
{
	cr_assert_eq(store_read(x->m->c.st, free_ask_in, x), 0);
	return x->f.free;
}

/* Two desks want the same days: each has one as long as there is one, and one less is left. */
static void reserve(struct model *m)
{
	static const char *const products[] = {"ringklocka", "lupp", "platta", "vaska"};
	static const struct audit_who *const who[] = {&counter_anna, &counter_bo};
	struct free_ask x = {.m = m, .product = products[any(m, 4)]};

	x.from = day_of_time(m->c.by.now) + 1 + (int32_t)any(m, 9);
	x.to = x.from + (int32_t)any(m, 9);
	for (int desk = 0; desk < 2; desk++) {
		const struct inv_hold_want want = {.borrower = m->c.borrower[somebody(m)],
			.product = x.product,
			.from = x.from,
			.to = x.to};
		int64_t left = free_of(&x);
		uint64_t id;
		int err;

		m->c.by.who = who[desk];
		err = inv_hold_add(m->c.inv, &m->c.by, &want, &m->c.r, &id);
		count(m, err);
		cr_assert(err || left > 0, "act %d: reserved, and none was free", m->act);
		cr_assert(err == 0 || !text_equal(counter_said(&m->c), "hold.full") || left <= 0);
		cr_assert_eq(free_of(&x), left - (err == 0), "act %d: another number is free", m->act);
		m->reserved += err == 0;
		m->full += err && left <= 0;
		model_go_on(m);
	}
}

#endif
