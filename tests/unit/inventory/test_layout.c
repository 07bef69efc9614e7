/* SPDX-License-Identifier: EUPL-1.2 */
/* A store of an older program gets what it did not have. */
#include "tests/unit/inventory/shelf.h"

#include "base/text.h"

#define UNITS 700 /* more than two pages of the renewal */

static int forget_in(struct store_txn *txn, void *arg)
{
	AUTO(store_iter) struct store_iter it = {0};
	struct store_key layout = store_key("s", "=layout");
	struct bytes k, v;
	int err = store_iter_init(&it, txn, INV_BY_LEASE_END, NULL);

	while (err == 0 && (err = store_iter_next(&it, &k, &v)) == 0) {
		struct store_key key = {.n = (uint16_t)k.n};

		memcpy(key.b, k.p, k.n);
		err = store_del(txn, INV_BY_LEASE_END, &key);
	}
	if (err != ERR_NOTFOUND)
		return err;
	err = store_del(txn, INV_SERIES, &layout);
	return err == ERR_NOTFOUND ? 0 : err;
}

static int count_in(struct store_txn *txn, void *arg)
{
	return store_count(txn, INV_BY_LEASE_END, arg);
}

Test(layout, is_made_once_from_the_records)
{
	AUTO(buf) struct buf csv = BUF_INIT(1 << 20);
	uint64_t n, version;
	struct shelf s;

	shelf_open(&s);
	buf_add_str(&csv, "serial,state,lease_end\n");
	for (int i = 0; i < UNITS; i++)
		buf_printf(&csv, "DMPX%05d,in_stock,2028-03-%02d\n", i, i % 28 + 1);
	shelf_import(&s, buf_str(&csv), 0);
	cr_assert_eq(store_write(s.st, forget_in, NULL), 0);
	cr_assert_eq(inv_layout_renew(s.st), 0);
	cr_assert_eq(store_read(s.st, count_in, &n), 0);
	cr_expect_eq(n, UNITS);
	shelf_is_sound(&s);
	version = store_version(s.st);
	cr_assert_eq(inv_layout_renew(s.st), 0);
	cr_expect_eq(store_version(s.st), version, "the second time there is nothing to do");
	shelf_close(&s);
}
