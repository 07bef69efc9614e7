/* SPDX-License-Identifier: EUPL-1.2 */
/* How many of a product are free on which days. */
#include "inventory/circulation_int.h"

/* Lines of the product that are out on `day`: those due later, and those that are late. */
static int count_out(
	struct store_txn *txn, const char *product, int32_t day, int32_t today, uint64_t *ret)
{
	struct store_key prefix = store_key("s", product);
	AUTO(store_iter) struct store_iter it = {0};
	struct bytes k, v;
	uint64_t n = 0;
	int err = store_iter_init(&it, txn, INV_LOAN_PRODUCT, &prefix);

	while (err == 0 && (err = store_iter_next(&it, &k, &v)) == 0) {
		const char *of;
		uint32_t due, line;
		uint64_t loan;

		err = store_key_parse(k, "suqu", &of, &due, &loan, &line);
		n += (int32_t)due >= day || (int32_t)due < today;
	}
	if (err != ERR_NOTFOUND)
		return err;
	*ret = n;
	return 0;
}

/* On the shelf, lent, or on the way between: what can be counted on. */
static int count_units(struct store_txn *txn, const char *product, uint64_t *ret)
{
	static const enum inv_state usable[] = {INV_DELIVERED, INV_IN_STOCK, INV_ON_LOAN,
		INV_HANDED_IN, INV_AWAITING, INV_IN_TRANSIT};
	uint64_t by_state[INV_STATES], n = 0;
	int err = inv_count_for_loan(txn, product, by_state);

	for (size_t i = 0; err == 0 && i < sizeof(usable) / sizeof(usable[0]); i++)
		n += by_state[usable[i]];
	if (err == 0)
		*ret = n;
	return err;
}

struct counting {
	const char *product;
	struct inv_hold *queue;
	size_t queue_count;
	int32_t today;
	uint64_t but; /* a hold that is left out */
};

static int free_on(struct store_txn *txn, const struct counting *c, int32_t day, struct inv_free *f)
{
	uint64_t out;
	int64_t n;
	int err = count_out(txn, c->product, day, c->today, &out);

	if (err)
		return err;
	n = (int64_t)f->units - (int64_t)out -
	    (int64_t)inv_hold_claims(c->queue, c->queue_count, day, 28, c->but);
	if (f->fullest == 0 || n < f->free) {
		f->free = n;
		f->fullest = day;
	}
	return 0;
}

/* Things get fewer only where a hold begins, so those days and the first are enough. */
static int free_between(struct store_txn *txn, const struct counting *c, int32_t from, int32_t to,
	struct inv_free *ret)
{
	struct inv_free f = {0};
	int err = count_units(txn, c->product, &f.units);

	if (err == 0)
		err = free_on(txn, c, from, &f);
	for (size_t i = 0; err == 0 && i < c->queue_count; i++) {
		if (c->queue[i].start > from && c->queue[i].start <= to)
			err = free_on(txn, c, c->queue[i].start, &f);
	}
	if (err == 0)
		*ret = f;
	return err;
}

int inv_free_between(struct store_txn *txn, struct arena *a, const char *product, int32_t from,
	int32_t to, int32_t today, struct inv_free *ret)
{
	struct counting c = {.product = product, .today = today};
	int err = inv_hold_queue(txn, a, product, &c.queue, &c.queue_count);

	return err ? err : free_between(txn, &c, from, to, ret);
}
