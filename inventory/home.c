/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * How many of a product are at home, for everybody to read. Counted from what is kept as sums, from the queue and
 * from the first row of the loans by day: a page that anybody may ask for must cost the same however much is lent.
 */
#include "inventory/circulation_int.h"

#include "base/text.h"

#define LOOKED_AT 5000 /* with more things than that, those for display among them are not looked for */

struct standing {
	uint64_t lends[INV_STATES]; /* how many are in each state */
	uint64_t aside;             /* of those on the shelf: for display, or inside a kit */
	uint64_t claims;            /* that the queue lays on the shelf today */
};

/* Pure. What is set aside already has left the shelf, so it claims nothing more of it. */
static void home_decide(const struct standing *s, struct inv_home *ret)
{
	static const enum inv_state lendable[] = {INV_IN_STOCK, INV_ON_LOAN, INV_HANDED_IN,
		INV_AWAITING, INV_IN_TRANSIT};
	uint64_t shelf = s->lends[INV_IN_STOCK] > s->aside ? s->lends[INV_IN_STOCK] - s->aside : 0;
	uint64_t wanted = s->claims > s->lends[INV_AWAITING] ? s->claims - s->lends[INV_AWAITING] : 0;

	for (size_t i = 0; i < sizeof(lendable) / sizeof(lendable[0]); i++)
		ret->all += s->lends[lendable[i]];
	ret->all -= s->aside < ret->all ? s->aside : ret->all;
	ret->home = shelf > wanted ? shelf - wanted : 0;
	ret->waited = ret->home == 0 && s->claims > 0;
	ret->many = ret->home >= INV_HOME_MOST;
	ret->home = ret->many ? INV_HOME_MOST : ret->home;
}

static int count_aside(
	struct store_txn *txn, struct arena *a, const char *product, struct standing *s)
{
	const struct inv_filter f = {.product = product,
		.state = INV_IN_STOCK,
		.order = INV_BY_KEY,
		.most = INV_HOME_MOST};
	struct inv_unit *u;
	const char *next;
	uint64_t all = 0;
	size_t n;
	int err;

	for (unsigned i = 1; i < INV_STATES; i++)
		all += s->lends[i];
	if (s->lends[INV_IN_STOCK] == 0 || all > LOOKED_AT)
		return 0;
	err = inv_unit_filter(txn, a, &f, &u, &n, &next);
	for (size_t i = 0; err == 0 && i < n; i++)
		s->aside += u[i].display || !text_empty(u[i].kit);
	return err;
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

int inv_home_now(struct store_txn *txn, struct arena *a, const char *product, int32_t today,
	struct inv_home *ret)
{
	struct inv_home home = {0};
	struct standing s = {0};
	struct inv_hold *queue;
	size_t n;
	int err = inv_count_product(txn, product, s.lends);

	if (err == 0)
		err = count_aside(txn, a, product, &s);
	if (err == 0)
		err = inv_hold_queue(txn, a, product, &queue, &n);
	if (err)
		return err;
	s.claims = inv_hold_claims(queue, n, today, 28, 0);
	home_decide(&s, &home);
	if (home.home == 0 && !home.waited)
		err = next_back(txn, product, today, &home.back);
	if (err == 0)
		*ret = home;
	return err;
}
