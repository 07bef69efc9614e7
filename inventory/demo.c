/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Whether the persons of this store are invented: said once, when a demonstration fills it, and
 * never taken back. INV_SERIES "=demo" is then 1.
 */
#include "inventory/inventory_int.h"

static struct store_key demo_key(void)
{
	return store_key("s", "=demo");
}

static int mark_in(struct store_txn *txn, void *arg)
{
	struct store_key k = demo_key();
	bool marked;
	int err = inv_demo_get(txn, &marked);

	return err || marked ? err : inv_number_add(txn, INV_SERIES, &k, 1);
}

int inv_demo_mark(struct store *st)
{
	return store_write(st, mark_in, NULL);
}

int inv_demo_get(struct store_txn *txn, bool *ret)
{
	struct store_key k = demo_key();
	uint64_t n;
	int err = inv_number_get(txn, INV_SERIES, &k, &n);

	if (err == 0)
		*ret = n != 0;
	return err;
}
