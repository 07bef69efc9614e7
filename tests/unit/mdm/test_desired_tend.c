/* SPDX-License-Identifier: EUPL-1.2 */
#include "tests/unit/mdm/desired.h"

TestSuite(desired_tend, .init = q_open, .fini = d_close);

#define MANY 450

static int fleet_in(struct store_txn *txn, void *arg)
{
	for (int i = 0; i < MANY; i++) {
		struct mdm_enrollment e = q_enrollment();
		struct arena *a = house.a;
		int err;

		e.serial = arena_printf(a, "FLEET%04d", i);
		e.udid = arena_printf(a, "0000-%04d", i);
		err = mdm_enrollment_put(txn, &e);
		if (err == 0)
			err = mdm_serial_put(txn, e.serial, e.udid);
		if (err)
			return err;
	}
	return 0;
}

static int count_in(struct store_txn *txn, void *arg)
{
	return store_count(txn, MDM_APPLIED, arg);
}

static int walk_in(struct store_txn *txn, void *arg)
{
	return mdm_walk_of_group(txn, house.a, MDM_GROUP_ALL, arg);
}

Test(desired_tend, a_walk_comes_to_everybody_once)
{
	struct mdm_walk w;
	uint64_t n = 0;

	cr_assert_eq(q_write(fleet_in, NULL), 0);
	cr_assert_eq(d_put(d_item(MDM_OF_GROUP, MDM_GROUP_ALL, MDM_ITEM_WEB_CLIP, "b", D_CLIP)), 0);
	cr_assert_eq(q_read(walk_in, &w), 0);
	cr_expect_eq(w.seen, 0);
	d_tend();
	cr_assert_eq(q_read(count_in, &n), 0);
	cr_expect_eq(n, MANY + 1);
	cr_assert_eq(q_read(walk_in, &w), ERR_NOTFOUND);
}

static int half_in(struct store_txn *txn, void *arg)
{
	const struct mdm_walk w = {
		.name = "group/" MDM_GROUP_ALL, .cursor = "FLEET0399", .seen = 400};

	return mdm_walk_put(txn, &w);
}

Test(desired_tend, a_walk_goes_on_where_it_stood)
{
	uint64_t n = 0;

	cr_assert_eq(q_write(fleet_in, NULL), 0);
	d_put(d_item(MDM_OF_GROUP, MDM_GROUP_ALL, MDM_ITEM_WEB_CLIP, "b", D_CLIP));
	cr_assert_eq(q_write(half_in, NULL), 0);
	d_tend();
	cr_assert_eq(q_read(count_in, &n), 0);
	cr_expect_eq(n, MANY - 400, "those before the cursor have had their turn");
}
