/* SPDX-License-Identifier: EUPL-1.2 */
#include "tests/unit/mdm/ipads.h"

static bool trust;

static int on_enrolling(void *ctx, struct store_txn *txn, const struct mdm_enrollment *e,
	bool *ret_trusted, int64_t now)
{
	*ret_trusted = trust;
	return 0;
}

static void open_house(void)
{
	house.ev.enrolling = on_enrolling;
	house_open();
}

TestSuite(mdm, .init = open_house, .fini = ipads_close);

struct trust {
	const char *serial;
	bool trusted;
};

static int trust_in(struct store_txn *txn, void *arg)
{
	struct trust *t = arg;

	return mdm_trust_set(house.m, txn, t->serial, t->trusted, ipads_now);
}

static int trust_set(const char *serial, bool trusted)
{
	return store_write(house.st, trust_in, &(struct trust){serial, trusted});
}

Test(mdm, waiting_ipad_is_set_up_once_it_is_trusted)
{
	IPADS_IDENTITY(1);
	ipads_enrol(1, "U", "S");
	cr_assert_not(ipads_get("U").e.trusted);
	cr_assert_eq(ipads_get("U").queued, 1);
	cr_assert_eq(trust_set("S", true), 0);
	cr_assert(ipads_get("U").e.trusted);
	cr_assert_geq(ipads_get("U").queued, 2);
	cr_assert_eq(trust_set("S", false), 0);
	cr_assert_not(ipads_get("U").e.trusted);
}

Test(mdm, trust_before_anything_is_enrolled)
{
	cr_assert_eq(trust_set("NOBODY", true), 0);
	IPADS_IDENTITY(1);
	cr_assert_eq(ipads_say(1, ipads_authenticate("U", "S")), 0);
	cr_assert_eq(trust_set("S", true), 0);
	cr_assert(ipads_get("U").e.trusted);
	cr_assert_eq(ipads_get("U").queued, 0, "not before its token");
}

static int disk_in(struct store_txn *txn, void *arg)
{
	return mdm_seen_on_disk(txn, "U", arg);
}

static int64_t on_disk(void)
{
	int64_t at = -1;

	cr_assert_eq(store_read(house.st, disk_in, &at), 0);
	return at;
}

Test(mdm, tending_brings_last_seen_to_disk_now_and_then)
{
	mdm_seen_note(house.m->seen, "U", ipads_now);
	cr_assert_eq(mdm_tend(house.m, ipads_now), 0);
	cr_assert_eq(on_disk(), ipads_now);
	mdm_seen_note(house.m->seen, "U", ipads_now + 3);
	cr_assert_eq(mdm_tend(house.m, ipads_now + 5), 0);
	cr_assert_eq(on_disk(), ipads_now, "not each time");
	cr_assert_eq(mdm_tend(house.m, ipads_now + 20), 0);
	cr_assert_eq(on_disk(), ipads_now + 3);
	mdm_seen_note(house.m->seen, "U", ipads_now + 21);
	cr_assert_eq(mdm_flush(house.m), 0);
	cr_assert_eq(on_disk(), ipads_now + 21, "and before stopping");
}

Test(mdm, no_listener_is_no_trouble)
{
	mdm_close(house.m);
	house.ev = (struct mdm_events){NULL};
	house_mdm(NULL);
	IPADS_IDENTITY(1);
	ipads_enrol(1, "U", "S");
	cr_assert_not(ipads_get("U").e.trusted, "nobody said that it is ours");
	cr_assert_eq(ipads_say(1, ipads_other(MDM_CHECKIN_CHECK_OUT, "U")), 0);
}
