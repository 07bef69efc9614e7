/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * How many units are in each state, of a product, at a place and so on: numbers that move in the transaction that
 * moves a unit, so that nobody who asks has to count.
 *
 * INV_TALLY  c 'p', s product, c inv_unit_counted()           -> how many (q)
 *            c 'l' or 'a', s place or lease, c state     -> how many (q)
 *            c 'd', s delivery, c enum inv_stage         -> how many (q)
 *            c 'k', s "sim", c state                     -> how many (q)
 */
#include "inventory/inventory_int.h"

#include "base/text.h"

/* Beside the state, of what is there and still for nobody to borrow by itself. */
#define APART 0x40
_Static_assert(INV_STATES <= APART, "a state is no mark");

static bool is_apart(const struct inv_unit *u)
{
	return u->display || !text_empty(u->kit);
}

/* An older server does not know the mark: it is set from the day this program's has had the store. */
uint8_t inv_unit_counted(const struct store_txn *txn, const struct inv_unit *u)
{
	return (uint8_t)(u->state | (is_apart(u) && !store_txn_is_before(txn, 3) ? APART : 0));
}

unsigned inv_counted_state(uint8_t as)
{
	return as & ~(unsigned)APART;
}

int inv_unit_counted_kept(struct store_txn *txn, const struct inv_unit *u, uint8_t *ret)
{
	struct store_key k;
	struct bytes v;
	int err;

	*ret = inv_unit_counted(txn, u);
	if (!is_apart(u) || text_empty(u->product_id))
		return 0;
	k = store_key("ss", u->product_id, u->serial);
	err = store_get(txn, INV_BY_PRODUCT, &k, &v);
	if (err == 0 && v.n == 1)
		*ret = v.p[0];
	return err == ERR_NOTFOUND ? 0 : err;
}

/* --- write --- */

int inv_tally_add(struct store_txn *txn, int what, const char *id, unsigned as, int by)
{
	struct store_key k = store_key("csc", what, id, (int)as);

	return text_empty(id) ? 0 : inv_number_add(txn, INV_TALLY, &k, by);
}

/* SIMs are counted together, so that what sits in another thing can be named apart from things. */
#define SIMS "sim"

/* Where a unit is counted, and as what. */
struct counted {
	const char *id;
	unsigned as;
};

static struct counted counted_at(int what, const struct inv_unit *u, uint8_t as)
{
	switch (what) {
	case 'p':
		return (struct counted){u->product_id, as};
	case 'l':
		return (struct counted){u->place, u->state};
	case 'a':
		return (struct counted){u->lease, u->state};
	case 'k':
		return (struct counted){u->kind == INV_KIND_SIM ? SIMS : NULL, u->state};
	default:
		return (struct counted){u->delivery, inv_unit_stage(u)};
	}
}

/* One fewer where it was, one more where it is. */
static int move(struct store_txn *txn, int what, const struct counted *was, const struct counted *is)
{
	int err;

	if (text_equal(was->id, is->id) && was->as == is->as)
		return 0;
	err = inv_tally_add(txn, what, was->id, was->as, -1);
	return err ? err : inv_tally_add(txn, what, is->id, is->as, 1);
}

int inv_tally_move(struct store_txn *txn, const struct inv_unit *before, uint8_t was_as,
	const struct inv_unit *u)
{
	/* SIMs are counted from the day this program's server has had the store: step 13 of layout.c */
	const char *what = store_txn_is_before(txn, 3) ? "plad" : "pladk";
	int err = 0;

	for (size_t i = 0; err == 0 && what[i]; i++) {
		struct counted was = {0}, is = {0};

		if (before)
			was = counted_at(what[i], before, was_as);
		if (u)
			is = counted_at(what[i], u, inv_unit_counted(txn, u));
		err = move(txn, what[i], &was, &is);
	}
	return err;
}

/* --- read --- */

/* `apart`: also those that nobody can borrow by themselves. */
static int count_states(struct store_txn *txn, int what, const char *id, bool apart,
	uint64_t ret[INV_STATES])
{
	struct store_key prefix = store_key("cs", what, id);
	AUTO(store_iter) struct store_iter it = {0};
	uint64_t n[INV_STATES] = {0}, more;
	struct bytes k, v;
	int err = store_iter_init(&it, txn, INV_TALLY, &prefix);

	while (err == 0 && (err = store_iter_next(&it, &k, &v)) == 0) {
		unsigned as = k.p[k.n - 1], state = inv_counted_state((uint8_t)as);

		err = store_key_parse(v, "q", &more);
		if (err == 0 && state < INV_STATES && (apart || as == state))
			n[state] += more;
	}
	if (err != ERR_NOTFOUND)
		return err;
	memcpy(ret, n, sizeof(n));
	return 0;
}

int inv_count_product(struct store_txn *txn, const char *product, uint64_t ret[INV_STATES])
{
	return count_states(txn, 'p', product, true, ret);
}

int inv_count_for_loan(struct store_txn *txn, const char *product, uint64_t ret[INV_STATES])
{
	return count_states(txn, 'p', product, false, ret);
}

int inv_count_sims(struct store_txn *txn, uint64_t ret[INV_STATES])
{
	return count_states(txn, 'k', SIMS, true, ret);
}

/* Of those with no product: each has a record of its own. */
static int count_loose_sims(struct store_txn *txn, uint64_t n[INV_STATES])
{
	AUTO(store_iter) struct store_iter it = {0};
	struct bytes k, v;
	int err = store_iter_init(&it, txn, INV_SIM, NULL);

	while (err == 0 && (err = store_iter_next(&it, &k, &v)) == 0) {
		AUTO(arena) struct arena *a = arena_new();
		struct inv_unit u;
		const char *serial;

		err = store_key_parse(k, "s", &serial);
		if (err == 0)
			err = inv_unit_get(txn, a, serial, &u);
		if (err == 0 && text_empty(u.product_id))
			n[u.state]++;
	}
	return err == ERR_NOTFOUND ? 0 : err;
}

int inv_sims_recount(struct store_txn *txn)
{
	AUTO(arena) struct arena *a = arena_new();
	uint64_t n[INV_STATES], is[INV_STATES];
	int err = inv_count_kind(txn, a, INV_KIND_SIM, n);

	if (err == 0)
		err = count_loose_sims(txn, n);
	if (err == 0)
		err = inv_count_sims(txn, is);
	for (unsigned s = 1; err == 0 && s < INV_STATES; s++) {
		if (n[s] != is[s])
			err = inv_tally_add(txn, 'k', SIMS, s, (int)n[s] - (int)is[s]);
	}
	return err;
}

int inv_count_place(struct store_txn *txn, const char *place, uint64_t ret[INV_STATES])
{
	return count_states(txn, 'l', place, true, ret);
}

int inv_count_lease(struct store_txn *txn, const char *lease, uint64_t ret[INV_STATES])
{
	return count_states(txn, 'a', lease, true, ret);
}

int inv_count_delivery(struct store_txn *txn, const char *delivery, uint64_t ret[INV_STATES])
{
	return count_states(txn, 'd', delivery, true, ret);
}
