/* SPDX-License-Identifier: EUPL-1.2 */
#include "tests/unit/mdm/queue.h"

TestSuite(lost_db, .init = house_store, .fini = house_close);

static int keeps(struct store_txn *txn, void *arg)
{
	struct mdm_lost l = {.phase = MDM_LOST_ON,
				.message = "m",
				.phone = "p",
				.footnote = "f",
				.since = 1,
				.on_since = 2,
				.by = "anna",
				.reason = "stolen",
				.hindrance = "x.y",
				.tried_at = 3},
			got;
	static const char *const serials[] = {"A", "AB", "B"};
	const char *after = NULL;
	uint32_t phase = 9;

	for (int i = 0; i < 3; i++) {
		l.serial = serials[i];
		cr_assert_eq(mdm_lost_put(txn, &l), 0);
	}
	for (int i = 0; i < 3; i++) {
		cr_assert_eq(mdm_lost_next(txn, house.a, after, &got), 0);
		cr_assert_str_eq(got.serial, serials[i]);
		after = got.serial;
	}
	cr_assert_eq(mdm_lost_next(txn, house.a, after, &got), ERR_NOTFOUND);
	cr_assert_eq(mdm_lost_get(txn, house.a, "AB", &got), 0);
	cr_assert_str_eq(got.hindrance, "x.y");
	cr_assert_eq(got.tried_at, 3);
	cr_assert_eq(mdm_lost_phase(txn, house.a, "AB", &phase), 0);
	cr_assert_eq(phase, MDM_LOST_ON);
	cr_assert_eq(mdm_lost_del(txn, "AB"), 0);
	cr_assert_eq(mdm_lost_del(txn, "AB"), 0, "twice is as good");
	cr_assert_eq(mdm_lost_phase(txn, house.a, "AB", &phase), 0);
	cr_assert_eq(phase, MDM_NOT_LOST);
	cr_assert_eq(mdm_lost_get(txn, house.a, "AB", &got), ERR_NOTFOUND);
	return 0;
}

Test(lost_db, no_record_is_not_lost)
{
	cr_assert_eq(q_write(keeps, NULL), 0);
}
