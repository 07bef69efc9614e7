/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * How many of a product those take today who wait for one. Kept by the days on which it changes, so that nobody who
 * asks has to read the queue:
 *
 * INV_HOLD_CLAIM  s product, c 'b', u day  -> q how many begin to wait; day 0: who asked for the next one
 *                 s product, c 'e', u day  -> q how many reservations have it as their last day
 *
 * A hold with something set aside for it takes nothing more, and one that is paused nothing yet.
 */
#include "inventory/circulation_int.h"

static bool claims(const struct inv_hold *h)
{
	return h && h->state == INV_HOLD_WAITING && !h->paused;
}

uint64_t inv_hold_claims_of(const struct inv_hold *h)
{
	return claims(h) ? 1 + (h->to != 0) : 0;
}

static struct store_key begin_key(const struct inv_hold *h)
{
	return store_key("scu", h->product, 'b', (uint32_t)(h->to ? h->start : 0));
}

static struct store_key end_key(const struct inv_hold *h)
{
	return store_key("scu", h->product, 'e', (uint32_t)h->to);
}

static int add(struct store_txn *txn, const struct inv_hold *h, int by)
{
	struct store_key k;
	int err;

	if (!claims(h))
		return 0;
	k = begin_key(h);
	err = inv_number_add(txn, INV_HOLD_CLAIM, &k, by);
	if (err || !h->to)
		return err;
	k = end_key(h);
	return inv_number_add(txn, INV_HOLD_CLAIM, &k, by);
}

int inv_hold_claim_move(
	struct store_txn *txn, const struct inv_hold *before, const struct inv_hold *now)
{
	int err;

	if (store_txn_is_before(txn, 3)) /* whose server would not keep them: step 12 of layout.c */
		return 0;
	err = add(txn, before, -1);
	return err ? err : add(txn, now, 1);
}

/* Those of one kind on days up to `last`. */
static int sum(struct store_txn *txn, const char *product, int kind, int32_t last, uint64_t *ret)
{
	struct store_key prefix = store_key("sc", product, kind);
	AUTO(store_iter) struct store_iter it = {0};
	uint64_t n = 0, more;
	const char *of;
	struct bytes k, v;
	uint32_t day;
	int what, err = store_iter_init(&it, txn, INV_HOLD_CLAIM, &prefix);

	while (err == 0 && (err = store_iter_next(&it, &k, &v)) == 0) {
		err = store_key_parse(k, "scu", &of, &what, &day);
		if (err == 0)
			err = store_key_parse(v, "q", &more);
		if (err == 0 && (int32_t)day > last)
			break;
		n += err ? 0 : more;
	}
	if (err && err != ERR_NOTFOUND)
		return err;
	*ret = n;
	return 0;
}

int inv_hold_claims_now(
	struct store_txn *txn, const char *product, int32_t today, uint64_t *ret)
{
	uint64_t begun, over;
	int err = sum(txn, product, 'b', today, &begun);

	if (err == 0)
		err = sum(txn, product, 'e', today - 1, &over);
	if (err == 0)
		*ret = begun > over ? begun - over : 0;
	return err;
}

typedef int hold_fn(struct store_txn *txn, const struct inv_hold *h, void *arg);

/* Each active hold, of a product or (NULL) all. */
static int each(struct store_txn *txn, const struct store_key *product, hold_fn *fn, void *arg)
{
	AUTO(arena) struct arena *a = arena_new();
	AUTO(store_iter) struct store_iter it = {0};
	struct bytes k, v;
	int err = store_iter_init(&it, txn, INV_HOLD_QUEUE, product);

	while (err == 0 && (err = store_iter_next(&it, &k, &v)) == 0) {
		struct inv_hold h;
		uint64_t id;

		err = inv_key_number(k, &id);
		if (err == 0)
			err = inv_hold_get(txn, a, id, &h);
		if (err == 0)
			err = fn(txn, &h, arg);
		arena_reset(a);
	}
	return err == ERR_NOTFOUND ? 0 : err;
}

static int count_one(struct store_txn *txn, const struct inv_hold *h, void *arg)
{
	(void)arg;
	return add(txn, h, 1);
}

int inv_hold_claims_recount(struct store_txn *txn)
{
	int err = inv_rows_drop(txn, INV_HOLD_CLAIM, NULL);

	return err ? err : each(txn, NULL, count_one, NULL);
}

/* --- the check --- */

struct row {
	struct bytes key;
	uint64_t n;
};

static int count_same(struct store_txn *txn, const struct inv_hold *h, void *arg)
{
	struct row *row = arg;
	struct store_key b = begin_key(h), e = end_key(h);

	(void)txn;
	if (claims(h))
		row->n += bytes_equal(bytes_of(b.b, b.n), row->key) ||
			  (h->to && bytes_equal(bytes_of(e.b, e.n), row->key));
	return 0;
}

int inv_hold_claims_check(struct store_txn *txn, uint64_t all, bool *ret_right)
{
	AUTO(store_iter) struct store_iter it = {0};
	struct bytes k, v;
	bool right = true;
	int err = store_iter_init(&it, txn, INV_HOLD_CLAIM, NULL);

	while (err == 0 && (err = store_iter_next(&it, &k, &v)) == 0) {
		struct row row = {.key = k};
		struct store_key product;
		const char *of;
		uint64_t told;
		uint32_t day;
		int what;

		err = store_key_parse(k, "scu", &of, &what, &day);
		if (err == 0)
			err = store_key_parse(v, "q", &told);
		if (err)
			break;
		product = store_key("s", of);
		err = each(txn, &product, count_same, &row);
		right &= row.n == told;
		all -= told;
	}
	if (err == 0 || err == ERR_NOTFOUND)
		*ret_right = right && all == 0;
	return err == ERR_NOTFOUND ? 0 : err;
}
