/* SPDX-License-Identifier: EUPL-1.2 */
/* The price table, for the files that write prices. */
#ifndef INVENTORY_PRICE_INT_H
#define INVENTORY_PRICE_INT_H

#include "inventory/inventory_int.h"

/* --- price_db.c --- */
/* Where a version stands in the order in which they count. */
struct inv_price_at {
	int32_t day;
	uint32_t version;
};
int inv_price_list_put(struct store_txn *txn, const struct inv_price_list *x) MUST_CHECK;
/* In the order of days, or out of it. */
int inv_price_order_put(struct store_txn *txn, const struct inv_price_list *x) MUST_CHECK;
int inv_price_order_del(struct store_txn *txn, const struct inv_price_list *x) MUST_CHECK;
/* The first that counts after `at`, up to `day`; ERR_NOTFOUND. */
int inv_price_order_next(struct store_txn *txn, const struct inv_price_at *at, int32_t day,
	uint32_t *ret_version) MUST_CHECK;
/* One price of a version. ERR_EXISTS: it says one of that product already. */
int inv_price_say(struct store_txn *txn, const struct inv_price_list *x,
	const struct inv_price *p) MUST_CHECK;
/* It says them no longer, but still shows what it said. */
int inv_price_unsay(struct store_txn *txn, const struct inv_price_list *x) MUST_CHECK;
/* What a version says, by id: `most` of it, behind `after`. */
struct inv_price_said {
	const char *after;
	size_t most;
	struct inv_price *price;
	size_t n;
};
int inv_price_said(struct store_txn *txn, struct arena *a, uint32_t version,
	struct inv_price_said *said) MUST_CHECK;
/* A product's price at a place in the order, and who said it; 0 and 0 where nobody did. */
int inv_price_of(struct store_txn *txn, const char *product, const struct inv_price_at *at,
	int64_t *ret_ore, uint32_t *ret_said_by) MUST_CHECK;
int inv_price_in_force_set(struct store_txn *txn, uint32_t version) MUST_CHECK;

/* --- price.c: in the caller's transaction --- */
/* Before any price is written: what is due is in force, and older prices are in the table. */
int inv_price_ready_in(struct store_txn *txn, int64_t now) MUST_CHECK;
struct inv_price_act {
	const struct audit_who *who;
	int64_t now;
	const char *way;
};
/* A version from today with those of them that are other than now; none: no version. */
int inv_price_say_in(struct store_txn *txn, const struct inv_price_act *act,
	const struct inv_price *price, size_t n) MUST_CHECK;

extern const struct say inv_say_price_same, inv_say_price_why, inv_say_price_past,
	inv_say_price_twice, inv_say_price_sum, inv_say_price_gone, inv_say_price_over,
	inv_say_price_none;

#endif
