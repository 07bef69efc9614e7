/* SPDX-License-Identifier: EUPL-1.2 */
/* What home.c tells from sums, counted from every thing and every hold there is. */
#ifndef TEST_BY_HAND_H
#define TEST_BY_HAND_H

#include "tests/unit/inventory/counter.h"

static inline bool by_hand_lendable(const struct inv_unit *u)
{
	return !u->display && text_empty(u->kit) &&
	       (u->state == INV_IN_STOCK || u->state == INV_ON_LOAN || u->state == INV_HANDED_IN ||
		       u->state == INV_AWAITING || u->state == INV_IN_TRANSIT);
}

/* Of those who wait and have nothing set aside. */
static inline uint64_t by_hand_wanted(
	struct store_txn *txn, struct arena *a, const char *product, int32_t today)
{
	struct inv_hold *queue;
	size_t n, waiting = 0;

	cr_assert_eq(inv_hold_queue(txn, a, product, &queue, &n), 0);
	for (size_t i = 0; i < n; i++) {
		if (queue[i].state == INV_HOLD_WAITING)
			queue[waiting++] = queue[i];
	}
	return inv_hold_claims(queue, waiting, today, 28, 0);
}

static inline void by_hand_compare(
	struct store_txn *txn, struct arena *a, const char *product, int32_t today)
{
	const struct inv_list_ask ask = {.most = 2000};
	uint64_t wanted = by_hand_wanted(txn, a, product, today), all = 0, shelf = 0, home;
	struct inv_unit *u;
	struct inv_home h;
	size_t n;

	cr_assert_eq(inv_unit_list(txn, a, &ask, &u, &n), 0);
	cr_assert_lt(n, ask.most);
	for (size_t i = 0; i < n; i++) {
		bool of_it = text_equal(u[i].product_id, product) && by_hand_lendable(&u[i]);

		all += of_it;
		shelf += of_it && u[i].state == INV_IN_STOCK;
	}
	home = shelf > wanted ? shelf - wanted : 0;
	cr_assert_eq(inv_home_now(txn, product, today, &h), 0);
	cr_assert_eq(h.all, all, "%s: %llu in all", product, (unsigned long long)h.all);
	cr_assert_eq(h.home, home < INV_HOME_MOST ? home : INV_HOME_MOST, "%s: %llu at home, not %llu",
		product, (unsigned long long)h.home, (unsigned long long)home);
	cr_assert_eq(h.waited, home == 0 && wanted > 0, "%s", product);
}

#endif
