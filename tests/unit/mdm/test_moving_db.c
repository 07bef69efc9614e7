/* SPDX-License-Identifier: EUPL-1.2 */
#include "mdm/moving_int.h"
#include "tests/unit/mdm/house.h"

#include "base/text.h"

TestSuite(moving_db, .init = house_store, .fini = house_close);

static const uint8_t print[CERT_FINGERPRINT] = {7, 0, 9}, other[CERT_FINGERPRINT] = {7, 0, 8};

static int put_in(struct store_txn *txn, void *arg)
{
	const struct mdm_moved x = {.udid = "U",
		.profile_id = "com.example.mdm",
		.server_url = "https://m.example.se/mdm",
		.checkin_url = "https://m.example.se/checkin",
		.rights = 8191,
		.source = "nanomdm",
		.moved_at = 5};
	int err = mdm_moved_put(txn, &x);

	(void)arg;
	return err ? err : mdm_pin_put(txn, print, "U");
}

static int get_in(struct store_txn *txn, void *arg)
{
	struct mdm_moved *x = arg;
	const char *udid;
	int err = mdm_moved_get(txn, house.a, "U", x);

	if (err)
		return err;
	cr_expect_eq(mdm_pin_get(txn, house.a, other, &udid), ERR_NOTFOUND);
	err = mdm_pin_get(txn, house.a, print, &udid);
	cr_expect(err || text_equal(udid, "U"));
	return err;
}

static int del_in(struct store_txn *txn, void *arg)
{
	int err = mdm_pin_del(txn, print);

	(void)arg;
	return err ? err : mdm_pin_del(txn, print);
}

static int forget_in(struct store_txn *txn, void *arg)
{
	int err = mdm_moved_del(txn, "U");

	(void)arg;
	return err ? err : mdm_moved_del(txn, "U");
}

Test(moving_db, is_kept_and_goes)
{
	struct mdm_moved x = {0};

	cr_assert_eq(store_write(house.st, put_in, NULL), 0);
	cr_assert_eq(store_read(house.st, get_in, &x), 0);
	cr_expect_str_eq(x.profile_id, "com.example.mdm");
	cr_expect_str_eq(x.checkin_url, "https://m.example.se/checkin");
	cr_expect_str_eq(x.source, "nanomdm");
	cr_expect_eq(x.rights * 10 + x.moved_at, 81915);
	cr_assert_eq(store_write(house.st, del_in, NULL), 0, "twice is no fault");
	cr_expect_eq(store_read(house.st, get_in, &x), ERR_NOTFOUND, "the pin is gone");
	cr_assert_eq(store_write(house.st, forget_in, NULL), 0);
	cr_expect_eq(store_read(house.st, get_in, &x), ERR_NOTFOUND);
}
