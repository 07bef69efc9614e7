/* SPDX-License-Identifier: EUPL-1.2 */
/* A leased thing goes back to its lessor: no loan of it lasts longer. */
#include "tests/unit/inventory/counter.h"

/* The lease of the one ends on New Year's Day, and its eve is closed as well: the loan ends on the day before. */
Test(loan_lease, lasts_no_longer_than_the_lease)
{
	struct counter c;
	struct inv_out_result out;
	struct inv_renewed re;
	int32_t due;

	counter_open(&c);
	counter_lease(&c, "VB-0001", "2027-01-01");
	counter_lease(&c, "VB-0002", "2029-01-01");
	cr_assert_eq(COUNTER_LEND(&c, 0, 0, &out, "VB-0001", "VB-0002"), 0);
	cr_expect_eq(out.item_due[0], on("2026-12-30"));
	cr_expect(out.item_by_lease[0]);
	cr_expect_not(out.item_by_lease[1]);
	/* nor is it renewed, or given a day, beyond it */
	cr_expect_eq(counter_renew(&c, out.loan, 1, &re), ERR_REFUSED);
	cr_expect_str_eq(counter_said(&c), "renew.lease");
	cr_expect_not_null(strstr(refusal_text(c.a, SAY_SV, &c.r), "1 januari 2027"));
	cr_expect_eq(counter_due(&c, out.loan, 1, on("2027-01-02"), NULL),
		ERR_REFUSED);
	cr_expect_str_eq(counter_said(&c), "loan.due-lease");
	cr_expect_eq(counter_due(&c, out.loan, 1, on("2027-01-01"), &due), 0);
	cr_expect_eq(due, on("2026-12-30"), "closed then, and the lease is over when it is open again");
	c.by.now += 7 * DAY_S;
	cr_expect_eq(counter_renew(&c, out.loan, 2, &re), 0);
	/* one that was prolonged is renewed as others are */
	counter_lease(&c, "VB-0001", "2027-02-01");
	c.by.now += 30 * DAY_S;
	cr_expect_eq(counter_renew(&c, out.loan, 1, &re), 0);
	cr_expect_eq(re.due, on("2027-02-01"));
	counter_check(&c);
	counter_close(&c);
}

Test(loan_lease, of_what_the_lessor_wants_back_is_refused)
{
	struct counter c;
	struct inv_out_result out;

	counter_open(&c);
	counter_lease(&c, "VB-0001", "2026-11-20");
	cr_expect_eq(COUNTER_LEND(&c, 0, 0, &out, "VB-0001"), ERR_REFUSED);
	cr_expect_str_eq(counter_said(&c), "loan.lease-over");
	/* it is Saturday, and the desk is closed until the lease is over */
	counter_lease(&c, "VB-0001", "2026-11-22");
	cr_expect_eq(COUNTER_LEND(&c, 0, 0, &out, "VB-0001"), ERR_REFUSED);
	cr_expect_str_eq(counter_said(&c), "loan.lease-over");
	counter_lease(&c, "VB-0001", "2026-11-23");
	cr_expect_eq(COUNTER_LEND(&c, 0, 0, &out, "VB-0001"), 0);
	cr_expect_eq(out.due, on("2026-11-23"));
	counter_check(&c);
	counter_close(&c);
}

static int lend_until(struct counter *c, const char *day, struct inv_out_result *ret)
{
	const struct inv_out_item item = {.code = "VB-0001", .due = on(day)};
	const struct inv_out out = {.borrower = c->borrower[0], .items = &item, .item_count = 1};

	return inv_check_out(c->inv, &c->by, &out, &c->r, ret);
}

/* On Christmas Eve nobody is there, nor on the days after: it is the 28th, and both days are kept. */
Test(loan_lease, until_a_chosen_day_on_which_nobody_is_there_is_until_the_next)
{
	struct counter c;
	struct inv_out_result out;
	struct inv_renewed re;
	struct inv_loan_line line;
	int32_t due;

	counter_open(&c);
	cr_assert_eq(lend_until(&c, "2026-12-24", &out), 0, "%s", counter_said(&c));
	cr_expect_eq(out.due, on("2026-12-28"));
	cr_expect_eq(out.item_asked[0], on("2026-12-24"));
	cr_expect_not(out.item_by_lease[0]);
	line = counter_look(&c, out.loan, NULL, NULL).f.lines[0];
	cr_expect_eq(line.due, on("2026-12-28"));
	cr_expect_eq(line.first_due, line.due);
	cr_expect_eq(line.due_asked, on("2026-12-24"));
	cr_assert_eq(counter_due(&c, out.loan, 1, on("2026-11-28"), &due), 0);
	cr_expect_eq(due, on("2026-11-30"), "a Saturday");
	cr_expect_eq(counter_look(&c, out.loan, NULL, NULL).f.lines[0].due_asked, on("2026-11-28"));
	/* an open day is as it was typed, and one that has been is none */
	cr_assert_eq(counter_due(&c, out.loan, 1, on("2026-11-27"), &due), 0);
	cr_expect_eq(due, on("2026-11-27"));
	cr_expect_eq(counter_look(&c, out.loan, NULL, NULL).f.lines[0].due_asked, 0);
	cr_expect_eq(counter_due(&c, out.loan, 1, day_of_time(c.by.now) - 1, NULL), ERR_REFUSED);
	cr_expect_str_eq(counter_said(&c), "loan.due-past");
	/* nor does a renewal leave the day that was asked for */
	cr_assert_eq(counter_due(&c, out.loan, 1, on("2026-11-28"), NULL), 0);
	cr_assert_eq(counter_renew(&c, out.loan, 1, &re), 0, "%s", counter_said(&c));
	cr_expect_eq(counter_look(&c, out.loan, NULL, NULL).f.lines[0].due_asked, 0);
	cr_expect_str_eq(inv_due_moved_text(c.a, SAY_SV, on("2026-12-24"), on("2026-12-28")),
		"24 december 2026 är stängt; sista dag blev 28 december 2026.");
	counter_check(&c);
	counter_close(&c);
}

/* It is Saturday: of what is back at its lessor's on Sunday no day is left. */
Test(loan_lease, ends_before_the_next_day_that_is_open)
{
	struct counter c;
	struct inv_out_result out;

	counter_open(&c);
	counter_lease(&c, "VB-0001", "2026-11-22");
	cr_expect_eq(lend_until(&c, "2026-11-22", &out), ERR_REFUSED);
	cr_expect_str_eq(counter_said(&c), "loan.lease-over");
	counter_lease(&c, "VB-0001", "2026-12-27");
	cr_expect_eq(lend_until(&c, "2026-12-25", &out), 0, "%s", counter_said(&c));
	cr_expect_eq(out.due, on("2026-12-23"));
	cr_expect_eq(out.item_asked[0], on("2026-12-25"));
	cr_expect(out.item_by_lease[0]);
	counter_check(&c);
	counter_close(&c);
}

/* What goes with it may be the leased thing. */
Test(loan_lease, of_a_kit_lasts_no_longer_than_a_part_s_lease)
{
	const struct inv_act act = {&counter_anna, "VB-0007", COUNTER_NOW};
	const struct inv_part part = {.unit = "VB-0008", .expected = 1, .present = 1};
	struct counter c;
	struct inv_out_result out;

	counter_open(&c);
	counter_lease(&c, "VB-0007", "2027-01-20");
	counter_lease(&c, "VB-0008", "2026-12-15");
	cr_assert_eq(inv_kit_add(c.inv, &act, &part, &c.r), 0, "%s", counter_said(&c));
	cr_assert_eq(COUNTER_LEND(&c, 0, 0, &out, "VB-0007"), 0, "%s", counter_said(&c));
	cr_expect_eq(out.due, on("2026-12-15"));
	counter_check(&c);
	counter_close(&c);
}
