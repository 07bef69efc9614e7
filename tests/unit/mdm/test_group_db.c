/* SPDX-License-Identifier: EUPL-1.2 */
#include "tests/unit/mdm/desired.h"

static void begin(void)
{
	house_store();
}

static void end(void)
{
	store_close(house.st);
	arena_free(house.a);
	nftw(house.dir, house_remove, 8, FTW_DEPTH | FTW_PHYS);
}

TestSuite(group_db, .init = begin, .fini = end);

static int members_in(struct store_txn *txn, void *arg)
{
	const char **list;
	bool changed;
	size_t n;

	cr_assert_eq(mdm_member_put(txn, "g", "B", &changed), 0);
	cr_expect(changed);
	cr_assert_eq(mdm_member_put(txn, "g", "B", &changed), 0);
	cr_expect_not(changed);
	cr_assert_eq(mdm_member_put(txn, "g", "A", &changed), 0);
	cr_assert_eq(mdm_member_put(txn, "h", "B", &changed), 0);
	cr_assert_eq(mdm_member_list(txn, "g", STORE_PIECE(house.a, NULL, 10), &list, &n), 0);
	cr_assert_eq(n, 2);
	cr_expect_str_eq(list[0], "A");
	cr_assert_eq(mdm_member_list(txn, "g", STORE_PIECE(house.a, "A", 10), &list, &n), 0);
	cr_assert_eq(n, 1);
	cr_expect_str_eq(list[0], "B");
	cr_assert_eq(mdm_groups_of(txn, house.a, "B", &list, &n), 0);
	cr_expect_eq(n, 2);
	cr_assert_eq(mdm_member_drop(txn, "g", "B", &changed), 0);
	cr_expect(changed);
	cr_assert_eq(mdm_member_drop(txn, "g", "B", &changed), 0);
	cr_expect_not(changed);
	return 0;
}

static int rows_in(struct store_txn *txn, void *arg)
{
	const struct mdm_group g = {.name = "g", .title = "T", .made_by = "anna", .members = 3};
	struct mdm_group back, *list;
	struct mdm_walk w;
	const char *serial;
	size_t n;

	cr_assert_eq(mdm_group_get(txn, house.a, "g", &back), ERR_NOTFOUND);
	cr_assert_eq(mdm_group_put(txn, &g), 0);
	cr_assert_eq(mdm_group_get(txn, house.a, "g", &back), 0);
	cr_expect_eq(back.members, 3);
	cr_expect_str_eq(back.title, "T");
	cr_assert_eq(mdm_group_list(txn, STORE_PIECE(house.a, NULL, 10), &list, &n), 0);
	cr_expect_eq(n, 1);
	cr_assert_eq(mdm_group_get(txn, house.a, MDM_GROUP_ALL, &back), 0);
	cr_expect_eq(back.members, 0);
	cr_assert_eq(mdm_walk_start(txn, "group/g", 7), 0);
	cr_assert_eq(mdm_walk_of_group(txn, house.a, "g", &w), 0);
	cr_expect_eq(w.since, 7);
	cr_assert_eq(mdm_walk_next(txn, house.a, "group/g", &w), ERR_NOTFOUND);
	cr_assert_eq(mdm_visit_put(txn, "S2", 20), 0);
	cr_assert_eq(mdm_visit_put(txn, "S1", 10), 0);
	cr_expect_eq(mdm_visit_due(txn, 9), ERR_NOTFOUND);
	cr_assert_eq(mdm_visit_take(txn, house.a, 15, &serial), 0);
	cr_expect_str_eq(serial, "S1");
	cr_expect_eq(mdm_visit_take(txn, house.a, 15, &serial), ERR_NOTFOUND);
	return 0;
}

Test(group_db, members)
{
	cr_assert_eq(store_write(house.st, members_in, NULL), 0);
}

Test(group_db, groups_walks_and_visits)
{
	cr_assert_eq(store_write(house.st, rows_in, NULL), 0);
}
