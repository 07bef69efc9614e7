/* SPDX-License-Identifier: EUPL-1.2 */
/* mdm/ending_db.c, layout.c: when identities end, with what an older store did not have. That every
 * change of an enrolment is followed is held against a full count in tests/unit/web. */
#include "tests/unit/mdm/ipads.h"
#include "tests/unit/store/clear_rows.h"

#include "base/text.h"
#include "mdm/desired_int.h"

#define DAY INT64_C(86400)
#define IPADS 450 /* more than two pages of the filling */

static void open_fleet(void)
{
	house_open();
	cr_assert_eq(mdm_layout_renew(house.m), 0);
}

TestSuite(ending_db, .init = open_fleet, .fini = ipads_close);

struct asked {
	struct store_span span;
	struct store_look look;
};

static int look_in(struct store_txn *txn, void *arg)
{
	struct asked *x = arg;

	return mdm_ending_look(txn, house.a, &x->span, &x->look);
}

static struct store_look all(void)
{
	struct asked x = {.span = {STORE_TIME_BEGIN, INT64_MAX, 5}};

	cr_assert_eq(store_read(house.st, look_in, &x), 0);
	return x.look;
}

Test(ending_db, follows_an_iPad_through_its_enrolment)
{
	struct store_look l;

	IPADS_IDENTITY(1, .life_s = 100 * DAY);
	cr_assert_eq(ipads_say(1, ipads_authenticate("U-1", "S1")), 0);
	cr_expect_eq(all().n, 0, "it has only asked");
	cr_assert_eq(ipads_say(1, ipads_token("U-1", "token")), 0);
	l = all();
	cr_assert_eq(l.n, 1);
	cr_expect_eq(l.first, HOUSE_NOW + 100 * DAY);
	cr_expect_str_eq(l.names[0], "S1");
	IPADS_IDENTITY(2, .purpose = CERT_FOR_RENEWAL, .udid = "U-1", .life_s = 900 * DAY);
	cr_assert_eq(ipads_say(2, ipads_token("U-1", "token2")), 0);
	l = all();
	cr_assert_eq(l.n, 1);
	cr_expect_eq(l.first, HOUSE_NOW + 900 * DAY, "the renewed one");
	cr_assert_eq(ipads_say(2, ipads_other(MDM_CHECKIN_CHECK_OUT, "U-1")), 0);
	cr_expect_eq(all().n, 0);
}

Test(ending_db, one_that_came_under_another_udid_is_counted_once)
{
	IPADS_IDENTITY(1, .serial = "S1");
	IPADS_IDENTITY(2, .serial = "S1");
	ipads_enrol(1, "U-1", "S1");
	ipads_enrol(2, "U-2", "S1");
	cr_expect_eq(all().n, 1);
}

/* --- an older store --- */

static int fleet_in(struct store_txn *txn, void *arg)
{
	int err = 0;

	(void)arg;
	for (uint32_t i = 0; err == 0 && i < IPADS; i++) {
		struct cert_identity id = {.udid = arena_printf(house.a, "U-%03u", (unsigned)i),
			.purpose = CERT_FOR_ENROLMENT,
			.not_after = HOUSE_NOW + (int64_t)i * DAY};
		struct mdm_enrollment e = {.udid = id.udid,
			.serial = arena_printf(house.a, "S%03u", (unsigned)i),
			.state = i % 3 ? MDM_ENROLLED : MDM_CHECKED_OUT,
			.topic = HOUSE_TOPIC,
			.push_token = bytes_of_str("token"),
			.push_magic = "magic",
			.identity_ends_at = id.not_after};

		memcpy(id.fingerprint, &i, sizeof(i));
		memcpy(id.serial, &i, sizeof(i));
		memcpy(e.identity, &i, sizeof(i));
		id.fingerprint[31] = e.identity[31] = id.serial[9] = 1;
		err = cert_identity_adopt(txn, &id);
		if (err == 0)
			err = mdm_enrollment_put(txn, &e);
		if (err == 0)
			err = mdm_serial_put(txn, e.serial, e.udid);
		if (err == 0 && e.state == MDM_ENROLLED)
			err = mdm_topic_add(txn, HOUSE_TOPIC, 1);
	}
	return err;
}

static int forget_in(struct store_txn *txn, void *arg)
{
	struct store_key done = store_key("sc", MDM_STANDING_LAYOUT, MDM_LAYOUT_ENDING);
	int err = store_del(txn, MDM_STANDING_COUNT, &done);

	(void)arg;
	return err ? err : clear_rows(txn, MDM_ENDING, NULL);
}

Test(ending_db, an_older_store_is_counted_once)
{
	uint64_t version;

	cr_assert_eq(store_write(house.st, fleet_in, NULL), 0);
	cr_expect_eq(all().n, IPADS / 3 * 2);
	cr_assert_eq(store_write(house.st, forget_in, NULL), 0);
	cr_expect_eq(all().n, 0);
	cr_assert_eq(store_read(house.st, ipads_check_in, NULL), 0, "not counted yet is no fault");
	cr_assert_eq(mdm_layout_renew(house.m), 0);
	cr_expect_eq(all().n, IPADS / 3 * 2);
	version = store_version(house.st);
	cr_assert_eq(mdm_layout_renew(house.m), 0);
	cr_expect_eq(store_version(house.st), version, "the second time there is nothing to do");
}

/* --- the check sees what is wrong --- */

static void fault_count(void *arg, const char *what)
{
	(void)what;
	++*(unsigned *)arg;
}

static int faults_in(struct store_txn *txn, void *arg)
{
	return mdm_ending_check(txn, fault_count, arg);
}

struct harm {
	bool lose;
	const char *udid, *name;
};

static int harm_in(struct store_txn *txn, void *arg)
{
	const struct harm *h = arg;
	int64_t at = HOUSE_NOW + 100 * DAY;

	return h->lose ? store_time_del(txn, MDM_ENDING, at, h->udid)
		       : store_time_add(txn, MDM_ENDING, at, h->udid, h->name);
}

static unsigned faults_after(struct harm h)
{
	unsigned n = 0;

	cr_assert_eq(store_write(house.st, harm_in, &h), 0);
	cr_assert_eq(store_read(house.st, faults_in, &n), 0);
	return n;
}

Test(ending_db, one_too_few_too_many_or_misnamed_is_told)
{
	IPADS_IDENTITY(1, .life_s = 100 * DAY);
	ipads_enrol(1, "U-1", "S1");
	cr_expect_gt(faults_after((struct harm){true, "U-1", NULL}), 0);
	cr_expect_gt(faults_after((struct harm){false, "U-1", "S2"}), 0);
	cr_expect_gt(faults_after((struct harm){true, "U-1", NULL}), 0);
	cr_expect_eq(faults_after((struct harm){false, "U-1", "S1"}), 0);
	cr_expect_gt(faults_after((struct harm){false, "U-9", "S9"}), 0);
	cr_expect_eq(faults_after((struct harm){true, "U-9", NULL}), 0);
}
