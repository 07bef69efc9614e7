/* SPDX-License-Identifier: EUPL-1.2 */
#include "tests/unit/mdm/house.h"

TestSuite(invitation_db, .init = house_store, .fini = house_close);

static int round_trip(struct store_txn *txn, void *arg)
{
	struct mdm_invitation i = {.id = "i1",
				      .serial = "S",
				      .note = "Leverans 4711",
				      .most = 3,
				      .used = 2,
				      .begun = 7,
				      .made_at = 10,
				      .expires_at = 20,
				      .closed_at = 15,
				      .made_by = "anna",
				      .word_hash = bytes_of("hash", 4)},
			      got;

	cr_assert_eq(mdm_invitation_get(txn, house.a, "i1", &got), ERR_NOTFOUND);
	cr_assert_eq(mdm_invitation_put(txn, &i), 0);
	cr_assert_eq(mdm_invitation_get(txn, house.a, "i1", &got), 0);
	cr_assert_str_eq(got.id, "i1");
	cr_assert_str_eq(got.serial, "S");
	cr_assert_str_eq(got.note, "Leverans 4711");
	cr_assert_str_eq(got.made_by, "anna");
	cr_assert(got.most == 3 && got.used == 2 && got.begun == 7 && got.made_at == 10 &&
		  got.expires_at == 20 && got.closed_at == 15);
	cr_assert(bytes_equal(got.word_hash, i.word_hash));
	return 0;
}

Test(invitation_db, every_field_comes_back)
{
	cr_assert_eq(store_write(house.st, round_trip, NULL), 0);
}

static int listing(struct store_txn *txn, void *arg)
{
	struct mdm_invitation *list;
	size_t n;

	for (int k = 0; k < 5; k++) {
		struct mdm_invitation i = {.id = arena_printf(house.a, "i%d", k), .most = 1};

		cr_assert_eq(mdm_invitation_put(txn, &i), 0);
	}
	cr_assert_eq(mdm_invitation_list(txn, false, STORE_PIECE(house.a, NULL, 3), &list, &n), 0);
	cr_assert_eq(n, 3);
	cr_assert_str_eq(list[0].id, "i0");
	cr_assert_eq(mdm_invitation_list(txn, false, STORE_PIECE(house.a, list[2].id, 3), &list, &n), 0);
	cr_assert_eq(n, 2);
	cr_assert_str_eq(list[1].id, "i4");
	return 0;
}

Test(invitation_db, list_goes_on_where_it_stopped)
{
	cr_assert_eq(store_write(house.st, listing, NULL), 0);
}
