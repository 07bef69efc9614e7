/* SPDX-License-Identifier: EUPL-1.2 */
#include "tests/unit/mdm/queue.h"

TestSuite(latest_db, .init = house_store, .fini = house_close);

static int keeps(struct store_txn *txn, void *arg)
{
	const struct mdm_latest_value v = {.json = "{\"a\":1}",
		.told_at = 5,
		.sealed = bytes_of_str("s"),
		.sealed_before = bytes_of_str("b")};
	const struct mdm_latest_value w = {.json = "{}", .told_at = 6};
	struct mdm_latest_value got;

	cr_assert_eq(mdm_latest_get(txn, house.a, MDM_LATEST_BYPASS, "S", &got), ERR_NOTFOUND);
	cr_assert_eq(mdm_latest_put(txn, MDM_LATEST_BYPASS, "S", &v), 0);
	cr_assert_eq(mdm_latest_get(txn, house.a, MDM_LATEST_INFORMATION, "S", &got), ERR_NOTFOUND,
		"each kind by itself");
	cr_assert_eq(mdm_latest_get(txn, house.a, MDM_LATEST_BYPASS, "S", &got), 0);
	cr_assert_str_eq(got.json, "{\"a\":1}");
	cr_assert(bytes_equal(got.sealed_before, bytes_of_str("b")));
	cr_assert_eq(mdm_latest_put(txn, MDM_LATEST_BYPASS, "S", &w), 0);
	cr_assert_eq(mdm_latest_get(txn, house.a, MDM_LATEST_BYPASS, "S", &got), 0);
	cr_assert_eq(got.told_at, 6);
	cr_assert_eq(got.sealed.n, 0);
	return 0;
}

Test(latest_db, the_newest_replaces_the_last)
{
	cr_assert_eq(q_write(keeps, NULL), 0);
}
