/* SPDX-License-Identifier: EUPL-1.2 */
#include "tests/unit/mdm/house.h"

TestSuite(enrollment_db, .init = house_store, .fini = house_close);

static struct mdm_enrollment sample(const char *udid, const char *serial)
{
	struct mdm_enrollment e = {
		.udid = udid,
		.serial = serial,
		.state = MDM_ENROLLED,
		.trusted = true,
		.topic = HOUSE_TOPIC,
		.push_token = bytes_of("\1\0\2", 3),
		.push_magic = "magic",
		.token_at_ms = 5,
		.unlock_token = bytes_of("u", 1),
		.bootstrap_token = bytes_of("b", 1),
		.identity_ends_at = 6,
		.os_version = "18.2",
		.build = "22C",
		.product = "iPad13,18",
		.imei = "i",
		.meid = "m",
		.supervised = 2,
		.awaiting_configuration = true,
		.authenticated_at = 7,
		.enrolled_at = 8,
		.checked_out_at = 9,
		.session = 10,
		.put_off = true,
		.invitation = "inv",
		.told_at = 11,
		.erased_at = 12,
	};

	memset(e.identity, 0xaa, sizeof(e.identity));
	memset(e.identity_before, 0xbb, sizeof(e.identity_before));
	return e;
}

static int every_field(struct store_txn *txn, void *arg)
{
	struct mdm_enrollment e = sample("U-1", "S-1"), got;

	cr_assert_eq(mdm_enrollment_get(txn, house.a, "U-1", &got), ERR_NOTFOUND);
	cr_assert_eq(mdm_enrollment_put(txn, &e), 0);
	cr_assert_eq(mdm_enrollment_get(txn, house.a, "U-1", &got), 0);
	cr_assert_str_eq(got.udid, "U-1");
	cr_assert_str_eq(got.serial, "S-1");
	cr_assert_eq(got.state, MDM_ENROLLED);
	cr_assert(got.trusted && got.awaiting_configuration && got.put_off);
	cr_assert_str_eq(got.topic, HOUSE_TOPIC);
	cr_assert(bytes_equal(got.push_token, e.push_token));
	cr_assert_str_eq(got.push_magic, "magic");
	cr_assert_eq(got.token_at_ms, 5);
	cr_assert(bytes_equal(got.unlock_token, e.unlock_token));
	cr_assert(bytes_equal(got.bootstrap_token, e.bootstrap_token));
	cr_assert_arr_eq(got.identity, e.identity, CERT_FINGERPRINT);
	cr_assert_arr_eq(got.identity_before, e.identity_before, CERT_FINGERPRINT);
	cr_assert_eq(got.identity_ends_at, 6);
	cr_assert_str_eq(got.os_version, "18.2");
	cr_assert_str_eq(got.build, "22C");
	cr_assert_str_eq(got.product, "iPad13,18");
	cr_assert_str_eq(got.imei, "i");
	cr_assert_str_eq(got.meid, "m");
	cr_assert_eq(got.supervised, 2);
	cr_assert_eq(got.authenticated_at, 7);
	cr_assert_eq(got.enrolled_at, 8);
	cr_assert_eq(got.checked_out_at, 9);
	cr_assert_eq(got.session, 10);
	cr_assert_str_eq(got.invitation, "inv");
	cr_assert_eq(got.told_at, 11);
	cr_assert_eq(got.erased_at, 12);
	return 0;
}

Test(enrollment_db, every_field_comes_back)
{
	cr_assert_eq(store_write(house.st, every_field, NULL), 0);
}

static int five(struct store_txn *txn, void *arg)
{
	for (int i = 0; i < 5; i++) {
		struct mdm_enrollment e =
			sample(arena_printf(house.a, "U-%d", i), arena_printf(house.a, "S-%d", i));

		cr_assert_eq(mdm_enrollment_put(txn, &e), 0);
	}
	return 0;
}

static int pages(struct store_txn *txn, void *arg)
{
	struct mdm_enrollment *list;
	const char *after = NULL;
	size_t n, seen = 0;

	do {
		cr_assert_eq(
			mdm_enrollment_list(txn, STORE_PIECE(house.a, after, 2), &list, &n), 0);
		for (size_t i = 0; i < n; i++)
			cr_assert_str_eq(list[i].udid, arena_printf(house.a, "U-%zu", seen++));
		after = n ? list[n - 1].udid : NULL;
	} while (n == 2);
	cr_assert_eq(seen, 5);
	cr_assert_eq(mdm_enrollment_list(txn, STORE_PIECE(house.a, "U-9", 2), &list, &n), 0);
	cr_assert_eq(n, 0);
	return 0;
}

Test(enrollment_db, list_goes_on_where_it_stopped)
{
	cr_assert_eq(store_write(house.st, five, NULL), 0);
	cr_assert_eq(store_read(house.st, pages, NULL), 0);
}

static int by_serial(struct store_txn *txn, void *arg)
{
	struct mdm_enrollment e = sample("U-1", "S-1"), got;
	const char *udid;

	cr_assert_eq(mdm_enrollment_by_serial(txn, house.a, "S-1", &got), ERR_NOTFOUND);
	cr_assert_eq(mdm_enrollment_put(txn, &e), 0);
	cr_assert_eq(mdm_serial_put(txn, "S-1", "U-1"), 0);
	cr_assert_eq(mdm_enrollment_by_serial(txn, house.a, "S-1", &got), 0);
	cr_assert_str_eq(got.udid, "U-1");
	cr_assert_eq(mdm_serial_put(txn, "S-1", "U-2"), 0);
	cr_assert_eq(mdm_serial_get(txn, house.a, "S-1", &udid), 0);
	cr_assert_str_eq(udid, "U-2");
	return 0;
}

Test(enrollment_db, serial_number_leads_to_the_newest)
{
	cr_assert_eq(store_write(house.st, by_serial, NULL), 0);
}

static int topics(struct store_txn *txn, void *arg)
{
	const char *other = NULL;
	uint64_t n;

	cr_assert_eq(mdm_topic_other(txn, house.a, "t.a", &other, &n), ERR_NOTFOUND);
	cr_assert_eq(mdm_topic_add(txn, "t.a", 1), 0);
	cr_assert_eq(mdm_topic_other(txn, house.a, "t.a", &other, &n), ERR_NOTFOUND);
	cr_assert_eq(mdm_topic_add(txn, "t.b", 2), 0);
	cr_assert_eq(mdm_topic_add(txn, "t.c", 1), 0);
	cr_assert_eq(mdm_topic_other(txn, house.a, "t.a", &other, &n), 0);
	cr_assert_str_eq(other, "t.b");
	cr_assert_eq(n, 2);
	cr_assert_eq(mdm_topic_other(txn, house.a, "t.b", &other, &n), 0);
	cr_assert_eq(n, 1);
	cr_assert_eq(mdm_topic_add(txn, "t.b", -2), 0);
	cr_assert_eq(mdm_topic_count(txn, "t.b", &n), 0);
	cr_assert_eq(n, 0);
	cr_assert_eq(mdm_topic_add(txn, "t.b", -1), ERR_CORRUPT);
	cr_assert_eq(store_count(txn, MDM_TOPIC, &n), 0);
	cr_assert_eq(n, 2, "a count of none leaves no record");
	return 0;
}

Test(enrollment_db, counts_by_topic)
{
	cr_assert_eq(store_write(house.st, topics, NULL), 0);
}
