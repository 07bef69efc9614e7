/* SPDX-License-Identifier: EUPL-1.2 */
/* All that is late with a borrower, a call about it, and why it was late when it is renewed. */
#include "tests/unit/inventory/counter.h"

struct looking {
	struct counter *c;
	struct inv_late_ask ask;
	struct inv_late late;
};

static int late_in(struct store_txn *txn, void *arg)
{
	struct looking *l = arg;

	return inv_late_of(txn, l->c->a, &l->ask, &l->late);
}

static struct inv_late late_of(struct counter *c, int borrower, unsigned zones)
{
	struct looking l = {c, {zones, c->borrower[borrower], day_of_time(c->by.now)}, {0}};

	cr_assert_eq(store_read(c->st, late_in, &l), 0);
	return l.late;
}

static int called(struct counter *c, uint64_t loan, unsigned how, int32_t promised)
{
	const struct inv_contacted x = {.loan = loan, .how = how, .promised = promised};

	return inv_contacted(c->inv, &c->by, &x, &c->r);
}

Test(loan_contact, is_noted_with_all_that_is_late)
{
	struct inv_out_result first, second, other;
	struct inv_renewed renewed;
	struct inv_late late;
	struct counter c;
	int32_t day;

	counter_open(&c);
	cr_assert_eq(COUNTER_LEND(&c, 0, 0, &first, "VB-0001", "VB-0002"), 0);
	cr_assert_eq(COUNTER_LEND(&c, 1, 0, &other, "VB-0004"), 0);
	c.by.now += 2 * DAY_S;
	cr_assert_eq(COUNTER_LEND(&c, 0, 0, &second, "VB-0003"), 0);
	cr_expect_eq(called(&c, first.loan, INV_CONTACT_NO_ANSWER, 0), ERR_REFUSED);
	cr_expect_str_eq(counter_said(&c), "loan.none-late");
	c.by.now += 60 * DAY_S;
	day = day_of_time(c.by.now);
	late = late_of(&c, 0, PEOPLE_LIBRARY);
	cr_assert_eq(late.n, 3);
	cr_expect_eq(late.rows[0].line.loan, first.loan, "the earliest due first");
	cr_expect_eq(late.rows[2].line.loan, second.loan);
	cr_expect_null(late.said);
	cr_expect_eq(late_of(&c, 0, PEOPLE_CARE).n, 0, "of one's own zones");
	cr_expect_eq(called(&c, second.loan, INV_CONTACT_PROMISED, day - 1), ERR_REFUSED);
	cr_expect_str_eq(counter_said(&c), "loan.promise");
	cr_assert_eq(called(&c, second.loan, INV_CONTACT_NO_ANSWER, 0), 0);
	cr_assert_eq(called(&c, second.loan, INV_CONTACT_PROMISED, day + 2), 0);
	late = late_of(&c, 0, PEOPLE_LIBRARY);
	cr_assert_not_null(late.said);
	cr_expect_eq(late.said->contact, INV_CONTACT_PROMISED);
	for (size_t i = 0; i < late.n; i++) {
		cr_expect_eq(late.rows[i].line.contacts, 2);
		cr_expect_eq(late.rows[i].line.promised, day + 2);
		cr_expect_eq(late.rows[i].line.contact_at, c.by.now);
		cr_expect_str_eq(late.rows[i].line.contact_by, "anna");
	}
	cr_expect_null(late_of(&c, 1, PEOPLE_LIBRARY).said, "another borrower");
	/* renewed: what was said of the day before counts no more */
	cr_assert_eq(inv_renew(c.inv, &c.by,
		&(struct inv_renewal){.loan = second.loan, .yes = INV_YES_RENEW}, &c.r, &renewed), 0, "%s",
		counter_said(&c));
	cr_expect_eq(counter_look(&c, second.loan, NULL, NULL).f.lines[0].contacts, 0);
	cr_expect_eq(late_of(&c, 0, PEOPLE_LIBRARY).n, 2);
	c.by.zones = PEOPLE_CARE;
	cr_expect_eq(called(&c, first.loan, INV_CONTACT_REACHED, 0), ERR_REFUSED);
	cr_expect_str_eq(counter_said(&c), "loan.other-zone");
	counter_check(&c);
	counter_close(&c);
}

Test(loan_contact, of_some_of_the_things_leaves_the_others)
{
	static const char *const only[] = {"VB-0002", NULL};
	struct inv_out_result out;
	struct counter_look l;
	struct inv_last last;
	struct counter c;

	counter_open(&c);
	cr_assert_eq(COUNTER_LEND(&c, 0, 0, &out, "VB-0001", "VB-0002"), 0);
	c.by.now += 60 * DAY_S;
	{
		const struct inv_contacted x = {
			.loan = out.loan, .how = INV_CONTACT_LETTER, .serials = only};

		cr_assert_eq(inv_contacted(c.inv, &c.by, &x, &c.r), 0);
	}
	l = counter_look(&c, out.loan, NULL, NULL);
	cr_expect_eq(l.f.lines[0].contact, 0);
	cr_expect_eq(l.f.lines[1].contact, INV_CONTACT_LETTER);
	/* a call is no act to undo, but the hand-out had something built on it */
	cr_assert_eq(inv_undo(c.inv, &c.by, 0, &c.r, &last, c.a), ERR_REFUSED);
	counter_check(&c);
	counter_close(&c);
}

/* One is worked out for each row of a list: what it takes is what is late, not what might be. */
Test(loan_contact, takes_no_more_than_what_is_late)
{
	struct inv_out_result out;
	struct counter c;
	size_t before;

	counter_open(&c);
	cr_assert_eq(COUNTER_LEND(&c, 0, 0, &out, "VB-0001", "VB-0002"), 0);
	c.by.now += 60 * DAY_S;
	cr_assert_eq(COUNTER_LEND(&c, 0, INV_YES_LATE, &out, "VB-0003"), 0, "%s", counter_said(&c));
	before = arena_used(c.a);
	cr_assert_eq(late_of(&c, 0, PEOPLE_LIBRARY).n, 2);
	cr_expect_lt(arena_used(c.a) - before, 8192, "%zu", arena_used(c.a) - before);
	before = arena_used(c.a);
	cr_assert_eq(late_of(&c, 1, PEOPLE_LIBRARY).n, 0);
	cr_expect_lt(arena_used(c.a) - before, 1024, "%zu", arena_used(c.a) - before);
	counter_close(&c);
}

/* Kept of what was late alone; a return in time leaves it, one that is late anew says its own. */
Test(loan_contact, a_loan_that_is_renewed_late_keeps_why)
{
	struct inv_renewal how = {.late_reason = "away", .yes = ~0u};
	const struct inv_in in = {.code = "VB-0001", .yes = ~0u}, late = {.code = "VB-0002", .yes = ~0u};
	struct inv_in_result back;
	struct inv_out_result out;
	struct inv_renewed re;
	struct counter c;

	counter_open(&c);
	cr_assert_eq(COUNTER_LEND(&c, 0, 0, &out, "VB-0001", "VB-0002"), 0);
	how.loan = out.loan;
	how.line = 1;
	c.by.now += 7 * DAY_S;
	cr_assert_eq(inv_renew(c.inv, &c.by, &how, &c.r, &re), 0);
	cr_expect_null(counter_look(&c, out.loan, NULL, NULL).f.lines[0].late_reason, "in time");
	c.by.now += 100 * DAY_S;
	how.line = 0;
	how.late_reason = "200316-9816";
	cr_expect_eq(inv_renew(c.inv, &c.by, &how, &c.r, &re), ERR_REFUSED);
	cr_expect_str_eq(counter_said(&c), "note.identity");
	how.late_reason = "need";
	cr_assert_eq(inv_renew(c.inv, &c.by, &how, &c.r, &re), 0, "%s", counter_said(&c));
	for (int i = 0; i < 2; i++)
		cr_expect_str_eq(counter_look(&c, out.loan, NULL, NULL).f.lines[i].late_reason, "need");
	cr_assert_eq(inv_check_in(c.inv, &c.by, &in, &c.r, &back), 0, "%s", counter_said(&c));
	cr_expect_str_eq(counter_look(&c, out.loan, NULL, NULL).f.lines[0].late_reason, "need");
	c.by.now += 100 * DAY_S;
	cr_assert_eq(inv_check_in(c.inv, &c.by, &late, &c.r, &back), 0);
	cr_expect_null(counter_look(&c, out.loan, NULL, NULL).f.lines[1].late_reason);
	counter_check(&c);
	counter_close(&c);
}
