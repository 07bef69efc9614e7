/* SPDX-License-Identifier: EUPL-1.2 */
/* Check out, check in, and what happens between, each against the whole store. */
#include "tests/unit/inventory/counter.h"

Test(loan, is_lent_and_comes_back_line_by_line)
{
	struct counter c;
	struct inv_out_result out;
	struct inv_in_result in;
	struct counter_look l;

	counter_open(&c);
	cr_assert_eq(COUNTER_LEND(&c, 0, 0, &out, "VB-0001", "vb-0007"), 0, "%s", counter_said(&c));
	/* Six weeks from Saturday 21 November is Saturday 2 January: the next open day. */
	cr_expect_eq(out.due, on("2027-01-04"));
	l = counter_look(&c, out.loan, "VB-0001", c.borrower[0]);
	cr_expect_eq(l.f.line_count, 2);
	cr_expect_eq(l.f.loan.open, 2);
	cr_expect_eq(l.f.loan.zone, PEOPLE_LIBRARY);
	cr_expect(l.f.loan.sign_out);
	cr_expect_eq(l.u.state, INV_ON_LOAN);
	cr_expect_eq(l.u.loans, 1);
	cr_expect_eq(l.b.open_loans, 1);
	cr_expect_str_eq(l.f.lines[1].name, "Förstoringsglas");
	cr_expect_eq(l.f.lines[0].terms.replacement_ore, 19900);
	counter_check(&c);

	cr_assert_eq(counter_back(&c, "VB-0007", &in), 0);
	cr_expect_eq(in.loan, out.loan);
	cr_expect_eq(in.line, 2);
	cr_expect_not(in.closed);
	c.by.now += 50 * DAY_S;
	cr_assert_eq(counter_back(&c, "VB-0001", &in), 0);
	cr_expect(in.closed);
	cr_expect_eq(in.days_late, 6);
	l = counter_look(&c, out.loan, "VB-0001", c.borrower[0]);
	cr_expect_eq(l.u.state, INV_IN_STOCK);
	cr_expect_null(l.u.loan);
	cr_expect_eq(l.b.open_loans, 0);
	cr_expect_eq(l.f.loan.closed_at, c.by.now);
	cr_expect_eq(l.f.loan.due, 0);
	cr_assert_eq(counter_back(&c, "VB-0001", &in), ERR_REFUSED);
	cr_expect_str_eq(counter_said(&c), "loan.not-out");
	counter_check(&c);
	counter_close(&c);
}

Test(loan, is_refused_with_a_reason_and_nothing_is_written)
{
	static const struct {
		const char *codes[4];
		const char *code;
		size_t bad;
	} cases[] = {
		{{"VB-0001"}, "loan.out-here", 0},
		{{"VB-0002", "VB-0002"}, "loan.twice", 1},
		{{"VB-0002", "NOSUCH"}, "unit.unknown", 1},
		{{NULL}, "loan.no-items", 0},
	};
	struct counter c;
	struct inv_out_result out;

	counter_open(&c);
	cr_assert_eq(COUNTER_LEND(&c, 0, 0, &out, "VB-0001"), 0);
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		cr_expect_eq(counter_lend(&c, 0, 0, &out, cases[i].codes), ERR_REFUSED);
		cr_expect_str_eq(counter_said(&c), cases[i].code);
		cr_expect_eq(out.bad_item, cases[i].bad);
	}
	cr_expect_eq(COUNTER_LEND(&c, 1, 0, &out, "VB-0001"), ERR_REFUSED);
	cr_expect_str_eq(counter_said(&c), "loan.out");
	cr_expect(strstr(refusal_text(c.a, SAY_SV, &c.r), "L-1000"), "names the loan: %s",
		refusal_text(c.a, SAY_SV, &c.r));
	/* A borrower of the other zone is nobody here. */
	cr_expect_eq(COUNTER_LEND(&c, 3, 0, &out, "VB-0002"), ERR_REFUSED);
	/* Who works in the other zone is told only that it is out, and on which loan. */
	c.by.zones = PEOPLE_CARE;
	cr_expect_eq(COUNTER_LEND(&c, 3, 0, &out, "VB-0001"), ERR_REFUSED);
	cr_expect(strstr(refusal_text(c.a, SAY_EN, &c.r), "another service"));
	cr_expect_eq(counter_look(&c, 0, "VB-0002", NULL).u.state, INV_IN_STOCK);
	counter_check(&c);
	counter_close(&c);
}

Test(loan, never_lends_what_is_not_there_to_be_lent)
{
	static const enum inv_state states[] = {INV_REPAIR, INV_LOST, INV_STOLEN, INV_DISCARDED,
		INV_RETURNED_TO_LESSOR, INV_STOPPED, INV_MISSING};
	struct counter c;
	struct inv_out_result out;

	counter_open(&c);
	for (size_t i = 0; i < sizeof(states) / sizeof(states[0]); i++) {
		const struct inv_mark mark = {.to = states[i], .phone = "033-35 70 00"};
		const struct inv_act act = {&counter_anna, counter_serial((int)i), COUNTER_NOW};

		cr_assert_eq(inv_mark(c.inv, &act, &mark, &c.r), 0, "%s", counter_said(&c));
		cr_expect_eq(COUNTER_LEND(&c, 0, ~0u, &out, counter_serial((int)i)), ERR_REFUSED);
		cr_expect_str_eq(counter_said(&c), "loan.state");
	}
	counter_check(&c);
	counter_close(&c);
}

Test(loan, may_be_registered_afterwards_but_never_before)
{
	struct inv_out_item item = {.code = "VB-0001"};
	struct inv_out out = {.items = &item, .item_count = 1};
	struct inv_out_result res;
	struct inv_in_result in;
	struct counter_look l;
	struct counter c;

	counter_open(&c);
	cr_expect_eq(inv_check_out(c.inv, &c.by, &out, &c.r, &res), ERR_REFUSED);
	cr_expect_str_eq(counter_said(&c), "borrower.nobody");
	out.borrower = c.borrower[0];
	out.happened_at = COUNTER_NOW + 1;
	out.back_reason = "glömt";
	cr_expect_eq(inv_check_out(c.inv, &c.by, &out, &c.r, &res), ERR_REFUSED);
	cr_expect_str_eq(counter_said(&c), "loan.future");
	out.happened_at = COUNTER_NOW - 3 * DAY_S;
	out.back_reason = NULL;
	cr_expect_eq(inv_check_out(c.inv, &c.by, &out, &c.r, &res), ERR_REFUSED);
	cr_expect_str_eq(counter_said(&c), "loan.back-reason");
	out.back_reason = "kön var lång";
	cr_assert_eq(inv_check_out(c.inv, &c.by, &out, &c.r, &res), 0);
	l = counter_look(&c, res.loan, NULL, NULL);
	cr_expect_eq(l.f.loan.happened_at, COUNTER_NOW - 3 * DAY_S);
	cr_expect_eq(l.f.loan.registered_at, COUNTER_NOW);
	/* Counted from the day it happened: Wednesday 30 December. */
	cr_expect_eq(res.due, on("2026-12-30"));
	{
		struct inv_in early = {.code = "VB-0001",
			.happened_at = COUNTER_NOW - 4 * DAY_S,
			.back_reason = "lapp"};

		cr_expect_eq(inv_check_in(c.inv, &c.by, &early, &c.r, &in), ERR_REFUSED);
		cr_expect_str_eq(counter_said(&c), "loan.before-out");
		early.happened_at = COUNTER_NOW - DAY_S;
		early.early_reason = "moved";
		cr_expect_eq(inv_check_in(c.inv, &c.by, &early, &c.r, &in), 0);
	}
	l = counter_look(&c, res.loan, NULL, NULL);
	cr_expect_eq(l.f.lines[0].in_at, COUNTER_NOW - DAY_S);
	cr_expect_eq(l.f.lines[0].in_registered_at, COUNTER_NOW);
	cr_expect_str_eq(l.f.lines[0].end_reason, "moved");
	counter_check(&c);
	counter_close(&c);
}

Test(loan, asks_where_a_rule_would_rather_not)
{
	struct counter c;
	struct inv_out_result out;
	struct inv_rule rule = {.why = "test"};
	uint64_t id;

	counter_open(&c);
	rule.set[INV_TERM_LIMIT] = 2 + 1;
	rule.set[INV_TERM_STOP_LATE_DAYS] = 3 + 1;
	cr_assert_eq(inv_rule_put(c.inv, &c.by, &rule, &c.r, &id), 0, "%s", counter_said(&c));
	cr_assert_eq(COUNTER_LEND(&c, 0, 0, &out, "VB-0001", "VB-0002"), 0);
	cr_assert_eq(COUNTER_LEND(&c, 0, 0, &out, "VB-0003"), ERR_REFUSED);
	cr_expect_eq(inv_refusal_asks(&c.r), INV_YES_LIMIT);
	cr_assert_eq(COUNTER_LEND(&c, 0, INV_YES_LIMIT, &out, "VB-0003"), 0);
	c.by.now += 60 * DAY_S;
	cr_assert_eq(COUNTER_LEND(&c, 0, INV_YES_LIMIT, &out, "VB-0004"), ERR_REFUSED);
	cr_expect_eq(inv_refusal_asks(&c.r), INV_YES_LATE);
	cr_assert_eq(COUNTER_LEND(&c, 0, INV_YES_LIMIT | INV_YES_LATE, &out, "VB-0004"), 0);
	counter_check(&c);
	counter_close(&c);
}

Test(loan, keeps_the_terms_it_was_lent_on)
{
	struct counter c;
	struct inv_out_result out;
	struct inv_in_result in;
	struct inv_rule rule = {.why = "test", .product = "ringklocka"};
	uint64_t id;

	counter_open(&c);
	cr_assert_eq(COUNTER_LEND(&c, 0, 0, &out, "VB-0001"), 0);
	rule.set[INV_TERM_INSPECT] = 1 + 1;
	rule.set[INV_TERM_LENDABLE] = 0 + 1;
	cr_assert_eq(inv_rule_put(c.inv, &c.by, &rule, &c.r, &id), 0);
	cr_expect_eq(COUNTER_LEND(&c, 0, 0, &out, "VB-0002"), ERR_REFUSED);
	cr_expect_str_eq(counter_said(&c), "loan.rule");
	cr_assert_eq(counter_back(&c, "VB-0001", &in), 0);
	cr_expect_not(in.handed_in, "lent before the rule");
	counter_check(&c);
	counter_close(&c);
}

Test(loan, comes_back_in_two_steps_where_the_terms_say_so)
{
	struct counter c;
	struct inv_out_result out;
	struct inv_in_result in;
	struct inv_inspect x = {.code = "VB-0012", .condition = INV_CONDITION_WORN};
	struct counter_look l;

	counter_open(&c);
	cr_assert_eq(COUNTER_LEND(&c, 0, 0, &out, "VB-0012"), 0);
	cr_expect_eq(out.due, on("2029-11-21"), "three years");
	cr_assert_eq(counter_back(&c, "VB-0012", &in), 0);
	cr_expect(in.handed_in);
	cr_expect(in.closed, "off the borrower's hook");
	cr_expect_eq(counter_look(&c, 0, NULL, c.borrower[0]).b.open_loans, 0);
	cr_expect_eq(COUNTER_LEND(&c, 1, 0, &out, "VB-0012"), ERR_REFUSED);
	cr_expect_str_eq(counter_said(&c), "loan.handed-in");
	cr_expect_eq(counter_back(&c, "VB-0012", &in), ERR_REFUSED);
	cr_expect_str_eq(counter_said(&c), "loan.in-already");
	counter_check(&c);
	c.by.now += DAY_S;
	cr_assert_eq(inv_inspected(c.inv, &c.by, &x, &c.r, &in), 0, "%s", counter_said(&c));
	l = counter_look(&c, in.loan, "VB-0012", NULL);
	cr_expect_eq(l.u.state, INV_IN_STOCK);
	cr_expect_eq(l.u.condition, INV_CONDITION_WORN);
	cr_expect_eq(l.f.lines[0].state, INV_LINE_IN);
	cr_expect_eq(l.f.loan.closed_at, COUNTER_NOW, "closed when it was handed in");
	cr_expect_eq(inv_inspected(c.inv, &c.by, &x, &c.r, &in), ERR_REFUSED);
	counter_check(&c);
	counter_close(&c);
}

Test(loan, is_renewed_within_its_limits_and_due_dates_change_with_a_reason)
{
	struct counter c;
	struct inv_out_result out;
	struct inv_renewed re;
	int32_t due;

	counter_open(&c);
	cr_assert_eq(COUNTER_LEND(&c, 0, 0, &out, "VB-0001", "VB-0002"), 0);
	c.by.now += 40 * DAY_S;
	cr_assert_eq(counter_renew(&c, out.loan, 0, &re), 0);
	cr_expect_eq(re.lines, 2);
	cr_expect_eq(re.due, day_of_time(c.by.now) + 42);
	c.by.now += 7 * DAY_S;
	cr_assert_eq(counter_renew(&c, out.loan, 1, &re), 0);
	cr_expect_eq(re.lines, 1);
	cr_expect_eq(counter_renew(&c, out.loan, 0, &re), ERR_REFUSED);
	cr_expect_str_eq(counter_said(&c), "renew.most");
	cr_expect_eq(counter_renew(&c, out.loan, 9, &re), ERR_REFUSED);
	cr_expect_str_eq(counter_said(&c), "loan.line");
	cr_expect_eq(counter_due(&c, out.loan, 2, 10, NULL), ERR_REFUSED);
	cr_expect_str_eq(counter_said(&c), "loan.due-past");
	due = on("2027-06-01");
	cr_expect_eq(inv_due_change(c.inv, &c.by, out.loan, 2, &due, "", &c.r), ERR_REFUSED);
	cr_assert_eq(counter_due(&c, out.loan, 2, on("2027-01-20"), NULL), 0);
	cr_expect_eq(counter_look(&c, out.loan, NULL, NULL).f.loan.due, on("2027-01-20"));
	counter_check(&c);
	counter_close(&c);
}

Test(loan, a_renewal_that_moves_no_day_is_none)
{
	struct counter c;
	struct inv_out_result out;
	struct inv_renewed re;

	counter_open(&c);
	cr_assert_eq(COUNTER_LEND(&c, 0, 0, &out, "VB-0001", "VB-0002"), 0);
	for (uint32_t line = 0; line <= 2; line++) {
		cr_expect_eq(counter_renew(&c, out.loan, line, &re), ERR_REFUSED);
		cr_expect_str_eq(counter_said(&c), "renew.same");
	}
	c.by.now += 7 * DAY_S;
	cr_assert_eq(counter_due(&c, out.loan, 2, on("2027-06-01"), NULL), 0);
	/* of a bundle what gains by it */
	cr_assert_eq(counter_renew(&c, out.loan, 0, &re), 0, "%s", counter_said(&c));
	cr_expect_eq(re.lines, 1);
	cr_expect_eq(counter_look(&c, out.loan, NULL, NULL).f.lines[1].due, on("2027-06-01"));
	cr_expect_eq(counter_look(&c, out.loan, NULL, NULL).f.lines[0].renewals, 1);
	cr_expect_eq(counter_look(&c, out.loan, NULL, NULL).f.lines[1].renewals, 0);
	cr_expect_eq(counter_renew(&c, out.loan, 2, &re), ERR_REFUSED);
	cr_expect_str_eq(counter_said(&c), "renew.same");
	counter_check(&c);
	counter_close(&c);
}

Test(loan, may_be_claimed_lost_found_and_written_off)
{
	const struct inv_mark words = {.phone = "033-35 70 00", .note = "sedan bussen"};
	struct counter c;
	struct inv_out_result out;
	struct inv_in_result in;
	struct counter_look l;

	counter_open(&c);
	cr_assert_eq(COUNTER_LEND(&c, 0, 0, &out, "VB-0001", "VB-0002", "VB-0003"), 0);
	cr_assert_eq(inv_claim(c.inv, &c.by, "VB-0001", false, &c.r), 0);
	cr_expect_eq(inv_claim(c.inv, &c.by, "VB-0001", false, &c.r), ERR_REFUSED);
	cr_assert_eq(inv_claim(c.inv, &c.by, "VB-0001", true, &c.r), 0);
	cr_assert_eq(inv_loan_lost(c.inv, &c.by, "VB-0002", true, &words, &c.r), 0, "%s",
		counter_said(&c));
	l = counter_look(&c, out.loan, "VB-0002", NULL);
	cr_expect_eq(l.u.state, INV_STOLEN);
	cr_expect_eq(l.f.lines[1].state, INV_LINE_LOST);
	cr_expect_str_eq(l.told, "sedan bussen");
	counter_check(&c);
	/* Found by the old act, which knows nothing of loans: the line follows. */
	cr_assert_eq(
		inv_found(c.inv, &((struct inv_act){&counter_anna, "VB-0002", COUNTER_NOW}), &c.r),
		0);
	l = counter_look(&c, out.loan, "VB-0002", NULL);
	cr_expect_eq(l.u.state, INV_ON_LOAN);
	cr_expect_eq(l.f.lines[1].state, INV_LINE_OUT);
	counter_check(&c);
	cr_assert_eq(inv_loan_lost(c.inv, &c.by, "VB-0002", false, &words, &c.r), 0);
	cr_assert_eq(counter_back(&c, "VB-0002", &in), 0, "%s", counter_said(&c));
	cr_expect(in.was_lost);
	cr_expect_eq(inv_write_off(c.inv, &c.by, "VB-0003", "", &c.r), ERR_REFUSED);
	cr_assert_eq(inv_write_off(c.inv, &c.by, "VB-0003", "brand", &c.r), 0);
	cr_expect_eq(counter_look(&c, 0, "VB-0003", NULL).u.state, INV_DISCARDED);
	/* Taken in by its mark alone. */
	cr_assert_eq(inv_returned(c.inv, &((struct inv_act){&counter_anna, "VB-0001", COUNTER_NOW}),
			     &((struct inv_mark){0}), &c.r),
		0);
	l = counter_look(&c, out.loan, "VB-0001", c.borrower[0]);
	cr_expect_eq(l.f.loan.open, 0);
	cr_expect_null(l.u.loan);
	cr_expect_eq(l.b.open_loans, 0);
	counter_check(&c);
	counter_close(&c);
}

Test(loan, forgets_its_borrower_when_the_time_is_up)
{
	struct counter c;
	struct inv_out_result out;
	struct inv_in_result in;
	size_t n;

	counter_open(&c);
	cr_assert_eq(COUNTER_LEND(&c, 0, 0, &out, "VB-0001"), 0);
	cr_assert_eq(counter_back(&c, "VB-0001", &in), 0);
	cr_assert_eq(inv_circulation_tend(c.inv, c.by.now + 29 * DAY_S, 100, &n), 0);
	cr_expect_eq(n, 0);
	cr_expect_not_null(counter_look(&c, out.loan, NULL, NULL).f.loan.borrower);
	cr_assert_eq(inv_circulation_tend(c.inv, c.by.now + 31 * DAY_S, 100, &n), 0);
	cr_expect_eq(n, 1);
	cr_expect_null(counter_look(&c, out.loan, NULL, NULL).f.loan.borrower);
	counter_check(&c);
	counter_close(&c);
}

Test(loan, of_three_years_tells_six_three_and_one_months_ahead)
{
	struct counter c;
	struct inv_out_result out;
	static const struct {
		const char *day;
		unsigned warned;
	} steps[] = {{"2029-05-20", 0}, {"2029-05-21", INV_WARNED_6}, {"2029-06-01", INV_WARNED_6},
		{"2029-08-21", INV_WARNED_6 | INV_WARNED_3},
		{"2029-10-21", INV_WARNED_6 | INV_WARNED_3 | INV_WARNED_1}};
	size_t n;

	counter_open(&c);
	cr_assert_eq(COUNTER_LEND(&c, 0, 0, &out, "VB-0012"), 0);
	for (size_t i = 0; i < sizeof(steps) / sizeof(steps[0]); i++) {
		cr_assert_eq(
			inv_circulation_tend(c.inv, day_start(on(steps[i].day)) + 3600, 100, &n),
			0);
		cr_expect_eq(counter_look(&c, out.loan, NULL, NULL).f.loan.warned, steps[i].warned,
			"%s", steps[i].day);
	}
	counter_check(&c);
	counter_close(&c);
}

Test(loan, of_a_kit_is_one_line_that_comes_back_piece_by_piece)
{
	const struct inv_product p = {.id = "sats",
		.kind = INV_KIND_KIT,
		.name = {"Ringklocka", "Ovikello", "Door bell"},
		.category = "larm",
		.life = INV_LIFE_USE,
		.privacy = INV_PRIVACY_NONE,
		.lendable = true};
	const struct inv_part parts[] = {{.pos = 1, .name = "knapp", .expected = 1},
		{.pos = 2, .name = "mottagare", .expected = 1},
		{.pos = 3, .name = "batteri", .expected = 2, .consumable = true}};
	const struct inv_in_part short_by[] = {{.no = 2, .back = 0, .note = "hemma"}, {.no = 3}};
	const struct inv_in_part unknown = {.no = 9};
	struct inv_new kit = {.f = INV_FIELDS_NONE};
	struct inv_in in = {.parts = &unknown, .part_count = 1};
	struct inv_out_result out;
	struct inv_in_result res;
	struct inv_last last;
	struct counter_look l;
	const char **serials;
	struct counter c;

	counter_open(&c);
	cr_assert_eq(inv_product_put(c.inv, ACT_OF(&counter_anna, COUNTER_NOW), &p, true, &c.r), 0);
	cr_assert_eq(inv_template_put(c.inv, ACT_OF(&counter_anna, COUNTER_NOW), "sats", parts, 3, &c.r), 0,
		"%s", counter_said(&c));
	kit.f.product_id = "sats";
	cr_assert_eq(inv_unit_make(c.inv, &counter_anna, &kit, COUNTER_NOW, c.a, &c.r, &serials), 0,
		"%s", counter_said(&c));
	if (counter_look(&c, 0, serials[0], NULL).u.parts == 0)
		cr_assert_eq(
			inv_kit_begin(c.inv,
				&((struct inv_act){&counter_anna, serials[0], COUNTER_NOW}), &c.r),
			0, "%s", counter_said(&c));
	in.code = serials[0];
	cr_assert_eq(COUNTER_LEND(&c, 0, 0, &out, serials[0]), 0, "%s", counter_said(&c));
	l = counter_look(&c, out.loan, NULL, NULL);
	cr_expect_eq(l.f.line_count, 1);
	cr_expect_eq(l.f.part_count, 3);
	cr_expect_eq(inv_check_in(c.inv, &c.by, &in, &c.r, &res), ERR_REFUSED);
	cr_expect_str_eq(counter_said(&c), "loan.part-unknown");
	in.parts = (const struct inv_in_part[]){{.no = 2, .back = 2}};
	cr_expect_eq(inv_check_in(c.inv, &c.by, &in, &c.r, &res), ERR_REFUSED, "more than were lent");
	cr_expect_str_eq(counter_said(&c), "loan.part-many");
	cr_expect_str_eq(c.r.kept[2], "1");
	in.parts = (const struct inv_in_part[]){{.no = 2, .back = 1}, {.no = 2}};
	in.part_count = 2;
	cr_expect_eq(inv_check_in(c.inv, &c.by, &in, &c.r, &res), ERR_REFUSED, "told twice");
	cr_expect_str_eq(counter_said(&c), "loan.part-twice");
	in.parts = short_by;
	in.part_count = 2;
	cr_assert_eq(inv_check_in(c.inv, &c.by, &in, &c.r, &res), 0, "%s", counter_said(&c));
	cr_expect_eq(res.parts_missing, 1, "batteries are not missed");
	cr_expect(res.closed);
	l = counter_look(&c, out.loan, serials[0], NULL);
	cr_expect_eq(l.u.parts_missing, 1);
	cr_expect_eq(l.f.parts[1].back, 0);
	cr_expect_str_eq(l.f.parts[1].note, "hemma");
	counter_check(&c);
	/* Undone, it is whole and out again. */
	cr_assert_eq(inv_undo(c.inv, &c.by, 0, &c.r, &last, c.a), 0, "%s", counter_said(&c));
	l = counter_look(&c, out.loan, serials[0], NULL);
	cr_expect_eq(l.u.state, INV_ON_LOAN);
	cr_expect_eq(l.u.parts_missing, 0);
	counter_check(&c);
	cr_assert_eq(inv_check_in(c.inv, &c.by, &in, &c.r, &res), 0);
	cr_assert_eq(COUNTER_LEND(&c, 1, 0, &out, serials[0]), ERR_REFUSED);
	cr_expect_eq(inv_refusal_asks(&c.r), INV_YES_PARTS);
	cr_expect(strstr(refusal_text(c.a, SAY_SV, &c.r), "Det här saknas: mottagare."), "%s",
		refusal_text(c.a, SAY_SV, &c.r));
	cr_assert_eq(COUNTER_LEND(&c, 1, INV_YES_PARTS, &out, serials[0]), 0);
	counter_check(&c);
	counter_close(&c);
}

Test(loan, undo_gives_back_what_was_and_not_what_was_built_on)
{
	struct counter c;
	struct inv_out_result out, next;
	struct inv_in_result in;
	struct inv_last last;
	struct counter_look before, after;

	counter_open(&c);
	before = counter_look(&c, 0, "VB-0001", c.borrower[0]);
	cr_assert_eq(COUNTER_LEND(&c, 0, 0, &out, "VB-0001"), 0);
	cr_assert_eq(inv_undo(c.inv, &c.by, 0, &c.r, &last, c.a), 0);
	cr_expect_str_eq(last.act, "loan.out");
	cr_expect(strstr(inv_last_text(c.a, SAY_SV, &last), "L-1000"));
	after = counter_look(&c, 0, "VB-0001", c.borrower[0]);
	cr_expect_eq(after.u.state, before.u.state);
	cr_expect_eq(after.u.loans, before.u.loans);
	cr_expect_eq(after.u.lent_at, before.u.lent_at);
	cr_expect_eq(after.b.open_loans, 0);
	cr_expect_eq(inv_undo(c.inv, &c.by, 0, &c.r, &last, c.a), ERR_REFUSED);
	cr_expect_str_eq(counter_said(&c), "undo.none");
	counter_check(&c);
	/* Somebody else took it back meanwhile: anna's hand-out stands. */
	cr_assert_eq(COUNTER_LEND(&c, 0, 0, &next, "VB-0001"), 0);
	cr_expect_neq(next.loan, out.loan, "a number that stood on a slip is not used again");
	c.by.who = &counter_bo;
	cr_assert_eq(counter_back(&c, "VB-0001", &in), 0);
	c.by.who = &counter_anna;
	cr_expect_eq(inv_undo(c.inv, &c.by, 0, &c.r, &last, c.a), ERR_REFUSED);
	cr_expect_str_eq(counter_said(&c), "undo.built");
	counter_check(&c);
	counter_close(&c);
}
