/* SPDX-License-Identifier: EUPL-1.2 */
/* For audit/clock.c and audit/clock_rules.c. */
#include "store_test.h"

#include "audit/audit_int.h"

#define DAY INT64_C(86400)
#define T0 (20000 * DAY)

TestSuite(audit_clock, .init = test_setup, .fini = test_teardown);

/* --- the rule --- */

struct look {
	int64_t now;
	bool steady;
};

static void walk(const struct look *x, size_t n)
{
	struct audit_clock c = {.seen_at = T0};

	for (size_t i = 0; i < n; i++)
		cr_expect_eq(audit_clock_step(&c, x[i].now), x[i].steady, "look %zu", i);
}
#define WALK(...)                                                        \
	do {                                                             \
		static const struct look looks[] = {__VA_ARGS__};        \
		walk(looks, sizeof(looks) / sizeof(looks[0]));           \
	} while (0)

Test(audit_clock, that_goes_on_is_believed)
{
	WALK({T0 + 60, true}, {T0 + DAY, true}, {T0 + 4 * DAY, true}, {T0 + 4 * DAY - 3600, true});
}

Test(audit_clock, that_leaps_is_believed_after_a_steady_day)
{
	WALK({T0 + 3650 * DAY, false}, {T0 + 3650 * DAY + 3600, false},
		{T0 + 3651 * DAY - 1, false}, {T0 + 3651 * DAY, true}, {T0 + 3652 * DAY, true});
}

Test(audit_clock, that_is_set_right_again_is_believed_at_once)
{
	WALK({T0 + 3650 * DAY, false}, {T0 + 3650 * DAY + 7200, false}, {T0 + 7300, true},
		{T0 + 7400, true});
	WALK({T0 - 3650 * DAY, false}, {T0 + 60, true});
}

Test(audit_clock, that_leaps_twice_waits_anew)
{
	WALK({T0 + 100 * DAY, false}, {T0 + 100 * DAY + 80000, false}, {T0 + 200 * DAY, false},
		{T0 + 200 * DAY + 80000, false}, {T0 + 201 * DAY, true});
	WALK({T0 + 100 * DAY, false}, {T0 + 100 * DAY + 80000, false}, {T0 + 200 * DAY, false},
		{T0 + 80000, true});
}

Test(audit_clock, that_falls_back_waits_too)
{
	WALK({T0 - 4 * DAY, false}, {T0 - 3 * DAY - 1, false}, {T0 - 3 * DAY, true});
}

Test(audit_clock, that_nobody_has_looked_at_is_believed)
{
	struct audit_clock c = {0};

	cr_expect(audit_clock_step(&c, T0));
	cr_expect_eq(c.seen_at, T0);
}

/* --- over a stop --- */

static const struct audit_who anna = {.actor = "anna", .via = "api"};

static bool watch(int64_t now)
{
	bool steady = false;

	cr_assert_eq(audit_clock_watch(test_store, now, &steady), 0);
	return steady;
}

static int act_in(struct store_txn *txn, void *arg)
{
	return audit_add(txn, &anna, *(int64_t *)arg, "item.mark", "SN1", NULL);
}

static int last_in(struct store_txn *txn, void *arg)
{
	AUTO(arena) struct arena *a = arena_new();
	struct audit_record *x;
	size_t n;
	int err = audit_list(txn, NULL, STORE_PIECE_N(a, 0, 1), &x, &n);

	cr_assert_eq(err, 0);
	cr_expect_str_eq(n ? x->act : "", arg);
	return 0;
}

static void last_is(const char *act)
{
	cr_assert_eq(store_read(test_store, last_in, (void *)(uintptr_t)act), 0);
}

Test(audit_clock, of_an_older_store_is_held_against_its_newest_act)
{
	int64_t at = T0;

	cr_assert_eq(store_write(test_store, act_in, &at), 0);
	cr_expect_not(watch(T0 + 400 * DAY));
	last_is("clock.leapt");
	cr_expect_not(watch(T0 + 400 * DAY + 3600), "and not again");
	cr_expect(watch(T0 + 401 * DAY));
}

Test(audit_clock, of_a_new_store_is_believed)
{
	cr_expect(watch(T0));
	cr_expect(watch(T0 + 5));
	cr_expect_eq(test_count(AUDIT_CLOCK), 1);
	cr_expect_eq(test_count(AUDIT_LOG), 0);
}

/* What was done meanwhile does not make a wrong clock right. */
Test(audit_clock, is_not_proved_by_acts_under_it)
{
	int64_t at = T0 + 900 * DAY;

	int64_t before = T0;

	cr_assert_eq(store_write(test_store, act_in, &before), 0);
	cr_expect(watch(T0 + 5));
	cr_assert_eq(store_write(test_store, act_in, &at), 0);
	cr_expect_not(watch(at + 1));
}

Test(audit_clock, is_right_when_somebody_says_so)
{
	struct refusal r = {0};

	cr_expect(watch(T0));
	cr_expect_eq(audit_clock_confirm(test_store, &anna, T0, &r), ERR_REFUSED, "no need");
	cr_expect_not(watch(T0 + 900 * DAY));
	cr_expect_eq(audit_clock_confirm(test_store, &anna, T0 + 900 * DAY + 5, &r), 0);
	last_is("clock.confirm");
	cr_expect(watch(T0 + 900 * DAY + 10));
	cr_expect_not(watch(T0), "and back is a leap again");
}
