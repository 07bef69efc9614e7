/* SPDX-License-Identifier: EUPL-1.2 */
#include "tests/unit/mdm/desired.h"

TestSuite(desired_db, .init = q_open, .fini = house_close);

static int items_in(struct store_txn *txn, void *arg)
{
	struct mdm_item x = d_item(MDM_OF_GROUP, "g", MDM_ITEM_PROFILE, "wifi", D_WIFI), back,
			*list;
	struct store_key k = store_key("cscs", MDM_OF_GROUP, "g", MDM_ITEM_PROFILE, "wifi");
	struct bytes raw;
	size_t n;

	x.priority = 7;
	x.blob = bytes_of_str("blob");
	cr_assert_eq(mdm_item_get(house.m, txn, house.a, &x, &back), ERR_NOTFOUND);
	cr_assert_eq(mdm_item_store(house.m, txn, &x), 0);
	cr_assert_eq(mdm_item_get(house.m, txn, house.a, &x, &back), 0);
	cr_expect_str_eq(back.spec, D_WIFI);
	cr_expect(bytes_equal(back.blob, x.blob));
	cr_expect_eq(back.priority, 7);
	cr_assert_eq(store_get(txn, MDM_ITEM, &k, &raw), 0);
	cr_expect_not(q_holds(raw, "korvstroganoff"), "a password lies sealed");
	x.id = "a";
	cr_assert_eq(mdm_item_store(house.m, txn, &x), 0);
	cr_assert_eq(mdm_item_list(house.m, txn, house.a, MDM_OF_GROUP, "g", &list, &n), 0);
	cr_assert_eq(n, 2);
	cr_expect_str_eq(list[0].id, "a");
	cr_assert_eq(mdm_item_drop(txn, &x), 0);
	cr_assert_eq(mdm_item_drop(txn, &x), ERR_NOTFOUND);
	return 0;
}

static int applied_in(struct store_txn *txn, void *arg)
{
	struct mdm_applied x = {.kind = MDM_ITEM_PROFILE, .state = MDM_APPLIED_SENT}, *list;
	size_t n;

	for (int i = 0; i < 40; i++) {
		x.id = arena_printf(house.a, "p%02d", i);
		cr_assert_eq(mdm_applied_put(txn, "S", &x), 0);
	}
	cr_assert_eq(mdm_applied_list(txn, house.a, "S", &list, &n), 0);
	cr_assert_eq(n, 40);
	cr_expect_str_eq(list[39].id, "p39");
	cr_assert_eq(mdm_desired_forget(txn, "S"), 0);
	cr_assert_eq(mdm_applied_list(txn, house.a, "S", &list, &n), 0);
	cr_expect_eq(n, 0);
	return 0;
}

Test(desired_db, items)
{
	cr_assert_eq(q_write(items_in, NULL), 0);
}

Test(desired_db, applied)
{
	cr_assert_eq(q_write(applied_in, NULL), 0);
}
