/* SPDX-License-Identifier: EUPL-1.2 */
#include "tests/unit/mdm/queue.h"

static void begin(void)
{
	house_store();
	house_certs();
}

TestSuite(location_db, .init = begin, .fini = house_close);

static int keeps(struct store_txn *txn, void *arg)
{
	const struct mdm_place_on_earth p = {.latitude_e7 = 598586000,
		.longitude_e7 = -176389000,
		.accuracy_mm = -1,
		.located_at = 77};
	struct mdm_place_on_earth back;
	struct mdm_location_row row = {.serial = "S",
					.purpose = "why",
					.asked_by = "a",
					.confirmed_by = "b",
					.command = "U",
					.error = "e",
					.asked_at = 1,
					.confirmed_at = 2,
					.answered_at = 3},
				got;

	cr_assert_eq(mdm_location_seal(house.certs, &p, house.a, &row), 0);
	cr_assert_null(memmem(row.sealed.p, row.sealed.n, &p.latitude_e7, 4));
	cr_assert_eq(mdm_location_row_put(txn, &row), 0);
	cr_assert_eq(mdm_location_row_get(txn, house.a, "S", &got), 0);
	cr_assert_str_eq(got.confirmed_by, "b");
	cr_assert_eq(got.answered_at, 3);
	cr_assert_eq(mdm_location_unseal(house.certs, &got, house.a, &back), 0);
	cr_assert_eq(back.latitude_e7, p.latitude_e7);
	cr_assert_eq(back.longitude_e7, p.longitude_e7);
	cr_assert_eq(back.accuracy_mm, -1);
	cr_assert_eq(back.located_at, 77);
	got.serial = "ANOTHER";
	cr_assert_eq(mdm_location_unseal(house.certs, &got, house.a, &back), ERR_CRYPTO);
	got.serial = "S";
	((uint8_t *)(uintptr_t)got.sealed.p)[got.sealed.n / 2] ^= 1;
	cr_assert_eq(mdm_location_unseal(house.certs, &got, house.a, &back), ERR_CRYPTO);
	cr_assert_eq(mdm_location_row_del(txn, "S"), 0);
	cr_assert_eq(mdm_location_row_get(txn, house.a, "S", &got), ERR_NOTFOUND);
	return 0;
}

Test(location_db, a_place_is_sealed)
{
	cr_assert_eq(q_write(keeps, NULL), 0);
}
