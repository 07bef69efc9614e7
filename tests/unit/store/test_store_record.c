/* SPDX-License-Identifier: EUPL-1.2 */
#include "store_test.h"

TestSuite(store_record, .init = test_setup, .fini = test_teardown);

static int add_get_del(struct store_txn *txn, void *arg)
{
	struct store_key k = store_key("s", "key"), other = store_key("s", "other");
	uint64_t n = 77;
	struct bytes v = bytes_of_str("untouched");

	cr_assert_eq(store_get(txn, WEB_TOKEN, &k, &v), ERR_NOTFOUND);
	cr_assert(bytes_equal(v, bytes_of_str("untouched")));
	cr_assert_eq(store_del(txn, WEB_TOKEN, &k), ERR_NOTFOUND);
	cr_assert_eq(store_add(txn, WEB_TOKEN, &k, bytes_of_str("one")), 0);
	cr_assert_eq(store_add(txn, WEB_TOKEN, &k, bytes_of_str("two")), ERR_EXISTS);
	cr_assert_eq(store_get(txn, WEB_TOKEN, &k, &v), 0);
	cr_assert(bytes_equal(v, bytes_of_str("one")), "the first stays");
	cr_assert_eq(store_put(txn, WEB_TOKEN, &k, bytes_of_str("three")), 0);
	cr_assert_eq(store_put(txn, WEB_TOKEN, &other, bytes_of("", 0)), 0);
	cr_assert_eq(store_get(txn, WEB_TOKEN, &k, &v), 0);
	cr_assert(bytes_equal(v, bytes_of_str("three")));
	cr_assert_eq(store_get(txn, WEB_TOKEN, &other, &v), 0);
	cr_assert_eq(v.n, 0, "nothing is a value too");
	cr_assert_eq(store_get(txn, WEB_ACCOUNT, &k, &v), ERR_NOTFOUND, "tables are apart");
	cr_assert_eq(store_count(txn, WEB_TOKEN, &n), 0);
	cr_assert_eq(n, 2);
	cr_assert_eq(store_del(txn, WEB_TOKEN, &k), 0);
	cr_assert_eq(store_del(txn, WEB_TOKEN, &k), ERR_NOTFOUND);
	cr_assert_eq(store_count(txn, WEB_TOKEN, &n), 0);
	cr_assert_eq(n, 1);
	return 0;
}

Test(store_record, refusals_do_not_spoil_the_transaction)
{
	cr_assert_eq(store_write(test_store, add_get_del, NULL), 0);
	cr_assert_eq(test_count(WEB_TOKEN), 1, "it was committed");
}

static int copy_about(struct store_txn *txn, void *arg)
{
	struct bytes v;

	for (uint32_t i = 1; i < 500; i++) {
		struct store_key from = store_key("u", i - 1), to = store_key("u", i);
		int err = store_get(txn, INV_HISTORY, &from, &v);

		if (err == 0)
			err = store_put(txn, INV_HISTORY, &to, v);
		if (err != 0)
			return err;
	}
	return 0;
}

static int put_first(struct store_txn *txn, void *arg)
{
	struct store_key k = store_key("u", 0u);
	struct bytes *v = arg;

	return store_put(txn, INV_HISTORY, &k, *v);
}

static int check_copies(struct store_txn *txn, void *arg)
{
	struct bytes v, *want = arg;

	for (uint32_t i = 0; i < 500; i++) {
		struct store_key k = store_key("u", i);

		cr_assert_eq(store_get(txn, INV_HISTORY, &k, &v), 0);
		cr_assert(bytes_equal(v, *want), "copy %u", i);
	}
	return 0;
}

Test(store_record, a_borrowed_value_may_be_put_elsewhere)
{
	static uint8_t bytes[100 << 10];
	static const size_t sizes[] = {0, 1, 300, 1900, 5000, sizeof(bytes)};

	for (size_t i = 0; i < sizeof(bytes); i++)
		bytes[i] = (uint8_t)(i * 31 + i / 256);
	for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
		struct bytes v = bytes_of(bytes, sizes[i]);

		cr_assert_eq(store_write(test_store, put_first, &v), 0);
		cr_assert_eq(store_write(test_store, copy_about, NULL), 0);
		cr_assert_eq(store_read(test_store, check_copies, &v), 0);
	}
}
