/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * How many of a product are at home, for everybody to read. All of it is kept as sums, but the first row of the
 * loans by day: a page that anybody may ask for must cost the same however much there is, is lent or is waited for.
 */
#include "inventory/circulation_int.h"

struct standing {
	uint64_t lends[INV_STATES]; /* how many are in each state, of those that can be borrowed by themselves */
	uint64_t wanted;            /* that those who wait take off the shelf today */
};

/* Pure. */
static void home_decide(const struct standing *s, struct inv_home *ret)
{
	static const enum inv_state lendable[] = {INV_IN_STOCK, INV_ON_LOAN, INV_HANDED_IN,
		INV_AWAITING, INV_IN_TRANSIT};
	uint64_t shelf = s->lends[INV_IN_STOCK];

	for (size_t i = 0; i < sizeof(lendable) / sizeof(lendable[0]); i++)
		ret->all += s->lends[lendable[i]];
	ret->home = shelf > s->wanted ? shelf - s->wanted : 0;
	ret->waited = ret->home == 0 && s->wanted > 0;
	ret->many = ret->home >= INV_HOME_MOST;
	ret->home = ret->many ? INV_HOME_MOST : ret->home;
}

/* The first that is due from today on; what is late is waited for by no day. */
static int next_back(struct store_txn *txn, const char *product, int32_t today, int32_t *ret)
{
	struct store_key prefix = store_key("s", product);
	struct store_key from = store_key("su", product, (uint32_t)today);
	AUTO(store_iter) struct store_iter it = {0};
	const char *of;
	struct bytes k, v;
	uint32_t due, line;
	uint64_t loan;
	int err = store_iter_init(&it, txn, INV_LOAN_PRODUCT, &prefix);

	if (err)
		return err;
	store_iter_seek(&it, &from);
	err = store_iter_next(&it, &k, &v);
	if (err)
		return err == ERR_NOTFOUND ? 0 : err;
	err = store_key_parse(k, "suqu", &of, &due, &loan, &line);
	if (err == 0)
		*ret = (int32_t)due;
	return err;
}

int inv_home_now(
	struct store_txn *txn, const char *product, int32_t today, struct inv_home *ret)
{
	struct inv_home home = {0};
	struct standing s = {0};
	int err = inv_count_for_loan(txn, product, s.lends);

	if (err == 0)
		err = inv_hold_claims_now(txn, product, today, &s.wanted);
	if (err)
		return err;
	home_decide(&s, &home);
	if (home.home == 0 && !home.waited)
		err = next_back(txn, product, today, &home.back);
	if (err == 0)
		*ret = home;
	return err;
}
