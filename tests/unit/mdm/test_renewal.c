/* SPDX-License-Identifier: EUPL-1.2 */
#include "tests/unit/mdm/ipads.h"

#define DAY_S 86400
#define LIFE_S (100 * DAY_S)

static int on_enrolling(void *ctx, struct store_txn *txn, const struct mdm_enrollment *e,
	bool *ret_trusted, int64_t now)
{
	*ret_trusted = strncmp(e->serial, "STRANGE", 7) != 0;
	return 0;
}

static void open_house(void)
{
	house.ev.enrolling = on_enrolling;
	house_open();
}

TestSuite(renewal, .init = open_house, .fini = ipads_close);

/* The InstallProfile among an iPad's waiting commands, with its plist; NULL: none. */
struct found {
	const char *udid;
	struct mdm_command c;
	size_t n;
	struct mdm_renewal r;
	bool running;
};

static int find_in(struct store_txn *txn, void *arg)
{
	struct found *f = arg;
	struct mdm_command *list;
	size_t n;

	f->n = 0;
	f->running = mdm_renewal_get(txn, house.a, f->udid, &f->r) == 0;
	cr_assert_eq(mdm_queue_list(txn, house.a, f->udid, 100, &list, &n), 0);
	for (size_t i = 0; i < n; i++) {
		if (strcmp(list[i].request_type, "InstallProfile") != 0)
			continue;
		f->n++;
		cr_assert_eq(mdm_command_get(txn, house.a, list[i].uuid, &f->c), 0);
	}
	return 0;
}

static struct found find(const char *udid)
{
	struct found f = {.udid = udid};

	cr_assert_eq(store_read(house.st, find_in, &f), 0);
	return f;
}

static void tend_for(int64_t seconds)
{
	for (int64_t end = ipads_now + seconds; ipads_now < end; ipads_now += 60)
		cr_assert_eq(mdm_renewal_tend(house.m, ipads_now), 0);
}

Test(renewal, starts_ninety_days_before_the_end)
{
	struct found f;

	IPADS_IDENTITY(1, .life_s = LIFE_S);
	ipads_enrol(1, "U", "S");
	ipads_now = HOUSE_NOW + 9 * DAY_S;
	cr_assert_eq(mdm_renewal_tend(house.m, ipads_now), 0);
	cr_assert_eq(find("U").n, 0);
	ipads_now = HOUSE_NOW + 11 * DAY_S;
	cr_assert_eq(mdm_renewal_tend(house.m, ipads_now), 0);
	f = find("U");
	cr_assert_eq(f.n, 1);
	cr_assert(f.running);
	cr_assert_str_eq(f.r.command, f.c.uuid);
	cr_assert(ipads_is(f.r.identity, 1));
	cr_assert(f.c.sealed, "it holds a challenge");
	cr_assert_gt(f.c.expires_at, ipads_now + 20 * DAY_S);
	tend_for(2 * DAY_S);
	cr_assert_eq(find("U").n, 1, "it runs: no other is started");
	cr_assert_eq(find("U").r.tries, 1);
}

Test(renewal, ends_with_the_new_identity)
{
	IPADS_IDENTITY(1, .life_s = LIFE_S);
	ipads_enrol(1, "U", "S");
	ipads_now += 20 * DAY_S;
	tend_for(60);
	cr_assert(find("U").running);
	IPADS_IDENTITY(2, .purpose = CERT_FOR_RENEWAL, .udid = "U");
	cr_assert_eq(ipads_say(2, ipads_token("U", "t")), 0);
	cr_assert_not(find("U").running);
	tend_for(3600);
	cr_assert_not(find("U").running, "the new one has years to go");
}

Test(renewal, not_for_those_we_do_not_trust_or_have_lost)
{
	IPADS_IDENTITY(1, .life_s = LIFE_S);
	IPADS_IDENTITY(2, .life_s = LIFE_S);
	IPADS_IDENTITY(3, .life_s = LIFE_S);
	ipads_enrol(1, "U-1", "STRANGE");
	ipads_enrol(2, "U-2", "S-2");
	cr_assert_eq(ipads_say(2, ipads_other(MDM_CHECKIN_CHECK_OUT, "U-2")), 0);
	cr_assert_eq(ipads_say(3, ipads_authenticate("U-3", "S-3")), 0);
	ipads_now += 20 * DAY_S;
	tend_for(600);
	cr_assert_not(find("U-1").running);
	cr_assert_not(find("U-2").running);
	cr_assert_not(find("U-3").running);
}

static void many(int n)
{
	for (int i = 1; i <= n; i++) {
		IPADS_IDENTITY((uint8_t)i, .life_s = LIFE_S);
		ipads_enrol((uint8_t)i, arena_printf(house.a, "U-%d", i),
			arena_printf(house.a, "S-%d", i));
	}
	ipads_now += 20 * DAY_S;
}

static int running(int n)
{
	int sum = 0;

	for (int i = 1; i <= n; i++)
		sum += find(arena_printf(house.a, "U-%d", i)).running;
	return sum;
}

Test(renewal, is_rate_limited_and_reaches_all)
{
	many(70);
	cr_assert_eq(mdm_renewal_tend(house.m, ipads_now), 0);
	cr_assert_eq(running(70), 1, "sixty an hour: one a minute");
	cr_assert_eq(mdm_renewal_tend(house.m, ipads_now + 5), 0);
	cr_assert_eq(running(70), 1);
	tend_for(30 * 60);
	cr_assert(running(70) >= 29 && running(70) <= 31, "%d", running(70));
	tend_for(45 * 60);
	cr_assert_eq(running(70), 70);
}

static int cancel_in(struct store_txn *txn, void *arg)
{
	static const struct audit_who who = {.actor = "anna", .via = "cli"};
	struct refusal r = {NULL};

	return mdm_command_cancel(house.m, &(struct mdm_act){txn, &who, ipads_now, &r}, arg);
}

Test(renewal, is_tried_again_after_a_failure)
{
	struct found f;

	IPADS_IDENTITY(1, .life_s = LIFE_S);
	ipads_enrol(1, "U", "S");
	ipads_now += 20 * DAY_S;
	tend_for(60);
	f = find("U");
	cr_assert_eq(store_write(house.st, cancel_in, (void *)(uintptr_t)f.c.uuid), 0);
	tend_for(DAY_S - 3600);
	cr_assert_eq(find("U").n, 0, "not at once");
	tend_for(2 * 3600);
	f = find("U");
	cr_assert_eq(f.n, 1);
	cr_assert_eq(f.r.tries, 2);
}

Test(renewal, due)
{
	struct mdm_enrollment e = {.udid = "U"};
	struct mdm_renewal r = {.udid = "U", .started_at = 0, .tries = 1};

	memset(e.identity, 1, sizeof(e.identity));
	cr_assert(mdm_renewal_due(NULL, &e, false, 0));
	cr_assert(mdm_renewal_due(&r, &e, true, 0), "a row for another identity is an old one");
	memset(r.identity, 1, sizeof(r.identity));
	cr_assert_not(mdm_renewal_due(&r, &e, true, 1000 * DAY_S), "its command waits");
	for (uint32_t tries = 1; tries < 50; tries++) {
		int64_t gap = tries < 4 ? (int64_t)DAY_S << (tries - 1) : 7 * DAY_S;

		r.tries = tries;
		cr_expect_not(mdm_renewal_due(&r, &e, false, gap - 1), "%u", tries);
		cr_expect(mdm_renewal_due(&r, &e, false, gap), "%u", tries);
	}
}
