/* SPDX-License-Identifier: EUPL-1.2 */
/* The code of an iPad's own Activation Lock: asked for while it tells it, and who is told that the
 * time runs out. */
#include "mdm/ade_int.h"
#include "tests/unit/mdm/ipads.h"

#define U "UDID-1"
#define S "SER1"
#define DAY 86400

static enum mdm_bypass_news news[8];
static size_t told;

static int trust(void *ctx, struct store_txn *txn, const struct mdm_enrollment *e,
	bool *ret_trusted, int64_t now)
{
	*ret_trusted = true;
	return 0;
}

static int hear(void *ctx, struct store_txn *txn, const char *serial, enum mdm_bypass_news n,
	int64_t now)
{
	cr_assert_str_eq(serial, S);
	cr_assert_lt(told, 8);
	news[told++] = n;
	return 0;
}

static int supervised_in(struct store_txn *txn, void *arg)
{
	struct mdm_enrollment e;
	int err = mdm_enrollment_get(txn, house.a, U, &e);

	e.supervised = *(uint32_t *)arg;
	return err ? err : mdm_enrollment_put(txn, &e);
}

static void supervised(uint32_t how)
{
	cr_assert_eq(store_write(house.st, supervised_in, &how), 0);
}

/* As an enrolment does it. */
static int anew_in(struct store_txn *txn, void *arg)
{
	struct mdm_enrollment e;
	int err = mdm_enrollment_get(txn, house.a, U, &e);

	e.enrolled_at = *(const int64_t *)arg;
	if (err == 0)
		err = mdm_enrollment_put(txn, &e);
	return err ? err : mdm_bypass_plan(txn, &e, e.enrolled_at);
}

static void begin(void)
{
	told = 0;
	house.ev = (struct mdm_events){.enrolling = trust, .bypass = hear};
	house_open();
	IPADS_IDENTITY(1);
	cr_assert_eq(ipads_say(1, ipads_authenticate(U, S)), 0);
	cr_assert_eq(ipads_say(1, ipads_token(U, "token")), 0);
	supervised(2);
}

TestSuite(bypass, .init = begin, .fini = ipads_close);

static void tend(int64_t after_s)
{
	cr_assert_eq(mdm_bypass_tend(house.m, HOUSE_NOW + after_s), 0);
}

static bool in_line(void)
{
	struct ipads_get g = ipads_get(U);

	for (size_t i = 0; i < g.queued; i++) {
		if (strcmp(g.queue[i].request_type, "ActivationLockBypassCode") == 0)
			return true;
	}
	return false;
}

static int told_in(struct store_txn *txn, void *arg)
{
	const struct mdm_latest_value v = {
		.sealed = bytes_of_str("sealed"), .told_at = *(const int64_t *)arg};

	return mdm_latest_put(txn, MDM_LATEST_BYPASS, S, &v);
}

static void code_of(int64_t at)
{
	cr_assert_eq(store_write(house.st, told_in, &at), 0);
}

Test(bypass, nobody_is_told_of_one_that_told_its_code)
{
	tend(600);
	cr_expect(in_line());
	code_of(HOUSE_NOW + 700);
	tend(13 * DAY);
	tend(20 * DAY);
	cr_expect_eq(told, 0);
}

Test(bypass, people_are_told_on_the_twelfth_day_and_on_the_fifteenth)
{
	tend(12 * DAY - 1);
	cr_expect_eq(told, 0);
	tend(12 * DAY);
	cr_assert_eq(told, 1);
	cr_expect_eq(news[0], MDM_BYPASS_WANTED);
	tend(15 * DAY - 1);
	cr_expect_eq(told, 1);
	tend(15 * DAY);
	cr_assert_eq(told, 2);
	cr_expect_eq(news[1], MDM_BYPASS_OVER);
	tend(40 * DAY);
	cr_expect_eq(told, 2, "once each");
}

Test(bypass, between_the_two_it_may_still_come)
{
	tend(12 * DAY);
	code_of(HOUSE_NOW + 13 * DAY);
	tend(15 * DAY);
	cr_expect_eq(told, 1);
}

Test(bypass, the_code_of_an_earlier_set_up_is_none)
{
	code_of(HOUSE_NOW - DAY);
	tend(12 * DAY);
	cr_expect_eq(told, 1);
}

/* What was planned for the set-up before says nothing of this one. */
Test(bypass, a_new_set_up_has_its_own_fifteen_days)
{
	int64_t then = HOUSE_NOW + 10 * DAY;

	cr_assert_eq(store_write(house.st, anew_in, &then), 0);
	tend(12 * DAY);
	tend(21 * DAY);
	cr_expect_eq(told, 0);
	tend(22 * DAY);
	cr_assert_eq(told, 1);
	cr_expect_eq(news[0], MDM_BYPASS_WANTED);
}

Test(bypass, one_that_is_not_supervised_has_none)
{
	supervised(1);
	tend(15 * DAY);
	cr_expect_eq(told, 0);
	cr_expect_not(in_line());
}

/* Switched off since it was set up: it is not even known what it is. */
Test(bypass, one_that_never_spoke_is_told_of_too)
{
	supervised(0);
	tend(12 * DAY);
	cr_expect_eq(told, 1);
	cr_expect_not(in_line());
}
