/* SPDX-License-Identifier: EUPL-1.2 */
/* Do holds, their queues and the shelf say the same? */
#include "inventory/circulation_int.h"

#include "base/text.h"

struct checking {
	struct store_txn *txn;
	struct arena *a;
	struct inv_faults *f;
	uint64_t active, ready, with_borrower, claims;
};

static void tell(struct checking *c, const struct inv_hold *h, const char *what)
{
	c->f->fn(
		c->f->arg, arena_printf(c->f->a, "hold %llu: %s", (unsigned long long)h->id, what));
}

static int check_shelf(struct checking *c, const struct inv_hold *h)
{
	struct inv_hold on;
	struct inv_unit u;
	int err;

	c->ready++;
	if (text_empty(h->serial)) {
		tell(c, h, "is ready without a thing");
		return 0;
	}
	err = inv_hold_of_unit(c->txn, c->a, h->serial, &on);
	if (err == ERR_NOTFOUND || (err == 0 && on.id != h->id))
		tell(c, h, "its thing stands for another");
	if (err && err != ERR_NOTFOUND)
		return err;
	err = inv_unit_get(c->txn, c->a, h->serial, &u);
	if (err == 0 && u.state != INV_AWAITING)
		tell(c, h, "its thing is not on the shelf");
	return err == ERR_NOTFOUND ? 0 : err;
}

static int check_one(struct checking *c, const struct inv_hold *h)
{
	struct store_key k = store_key("suqq", h->product, (uint32_t)h->start, h->order, h->id);
	struct inv_stat_rows figures;
	struct bytes v;
	int err;

	inv_stat_of_hold(h, &figures);
	inv_stat_truth_add(c->f->truth, &figures);
	if (h->state == 0 || h->state >= INV_HOLD_STATES)
		tell(c, h, "is in a state that does not exist");
	c->with_borrower += !text_empty(h->borrower);
	if (!inv_hold_is_active(h->state))
		return 0;
	c->active++;
	c->claims += inv_hold_claims_of(h);
	err = store_get(c->txn, INV_HOLD_QUEUE, &k, &v);
	if (err == ERR_NOTFOUND)
		tell(c, h, "is missing in its queue");
	else if (err)
		return err;
	return h->state == INV_HOLD_READY ? check_shelf(c, h) : 0;
}

static int check_sizes(struct checking *c)
{
	uint64_t queue, unit, borrower;
	int err = store_count(c->txn, INV_HOLD_QUEUE, &queue);

	if (err == 0)
		err = store_count(c->txn, INV_HOLD_UNIT, &unit);
	if (err == 0)
		err = store_count(c->txn, INV_HOLD_BORROWER, &borrower);
	if (err == 0 && (queue != c->active || unit != c->ready || borrower != c->with_borrower))
		c->f->fn(c->f->arg, "holds: an index has other rows");
	return err;
}

static int check_claims(struct checking *c)
{
	bool right = true;
	int err = store_txn_is_before(c->txn, 3) ? 0
					     : inv_hold_claims_check(c->txn, c->claims, &right);

	if (err == 0 && !right)
		c->f->fn(c->f->arg, "holds: what they claim is counted wrong");
	return err;
}

int inv_hold_check(struct store_txn *txn, struct inv_faults *f)
{
	AUTO(arena) struct arena *a = arena_new();
	struct checking c = {.txn = txn, .a = a, .f = f};
	AUTO(store_iter) struct store_iter it = {0};
	struct bytes k, v;
	int err = store_iter_init(&it, txn, INV_HOLD, NULL);

	while (err == 0 && (err = store_iter_next(&it, &k, &v)) == 0) {
		struct inv_hold h;

		err = store_rec_decode(txn, &inv_hold_rec, v, a, &h);
		if (err == 0)
			err = check_one(&c, &h);
		arena_reset(a);
	}
	if (err == ERR_NOTFOUND)
		err = check_sizes(&c);
	return err ? err : check_claims(&c);
}
