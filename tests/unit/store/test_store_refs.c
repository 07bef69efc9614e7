/* SPDX-License-Identifier: EUPL-1.2 */
#include "store_test.h"

TestSuite(store_refs, .init = test_setup, .fini = test_teardown);

static char told[1024];

static void fault(void *arg, const char *what)
{
	size_t n = strlen(told);

	(void)arg;
	snprintf(told + n, sizeof(told) - n, "%s|", what);
}

static int put(struct store_txn *txn, enum store_table t, struct store_key k, const char *value)
{
	return store_put(txn, t, &k, bytes_of_str(value));
}

static int fill_in(struct store_txn *txn, void *arg)
{
	uint64_t five = 5;
	int err = put(txn, INV_UNIT, store_key("s", "S1"), "x");

	(void)arg;
	if (err == 0)
		err = put(txn, INV_HISTORY, store_key("sq", "S1", five), "");
	if (err == 0)
		err = put(txn, INV_HISTORY, store_key("sq", "S2", five), "");
	if (err == 0)
		err = put(txn, INV_PHOTO, store_key("qu", five, 0u), "");
	if (err == 0)
		err = put(txn, INV_PHOTO, store_key("qu", five, 1u), "");
	if (err == 0)
		err = put(txn, INV_PHOTO, store_key("qu", (uint64_t)6, 1u), "");
	if (err == 0)
		err = put(txn, INV_BY_ITEM, store_key("s", "I1"), "S1");
	if (err == 0)
		err = put(txn, INV_BY_ITEM, store_key("s", "I2"), "S9");
	if (err == 0)
		err = put(txn, INV_IN_KIT, store_key("ss", "K", "S1"), "");
	if (err == 0)
		err = put(txn, INV_IN_KIT, store_key("b", "no end", (size_t)6), "");
	return err;
}

static int check_in(struct store_txn *txn, void *arg)
{
	static const struct store_ref refs[] = {
		{"history of nothing", INV_HISTORY, "sq", INV_UNIT, "s", "0"},
		{"a piece of nothing", INV_PHOTO, "qu", INV_PHOTO, "qu", "0z"},
		{"a number of nothing", INV_BY_ITEM, "s", INV_UNIT, "s", "v"},
		{"a part of nothing", INV_IN_KIT, "ss", INV_UNIT, "s", "1"},
		{NULL, 0, NULL, 0, NULL, NULL},
	};

	told[0] = '\0';
	return store_refs_check(txn, refs, fault, arg);
}

Test(store_refs, what_leads_nowhere_is_told)
{
	cr_assert_eq(store_write(test_store, fill_in, NULL), 0);
	cr_assert_eq(store_read(test_store, check_in, NULL), 0);
	cr_expect_str_eq(told,
		"S2: history of nothing|a piece of nothing|I2: a number of nothing|"
		"a part of nothing|");
}
