/* SPDX-License-Identifier: EUPL-1.2 */
/* What a line and a hold add to the figures, and what is not told. */
#include "base/clock.h"
#include "base/text.h"
#include "inventory/circulation_int.h"

#include <criterion/criterion.h>

static int64_t at(const char *day)
{
	int32_t d;

	cr_assert_eq(clock_set_zone("Europe/Stockholm"), 0);
	cr_assert_eq(day_parse(day, &d), 0);
	return day_start(d) + 36000;
}

static uint64_t of(const struct inv_stat_rows *r, enum inv_stat what, enum inv_stat_by by,
	uint32_t month)
{
	for (size_t i = 0; i < r->n; i++) {
		if (r->row[i].what == what && r->row[i].by == by && r->row[i].month == month)
			return r->row[i].n;
	}
	return 0;
}

Test(stat_rules, a_line_counts_when_it_goes_and_when_it_comes)
{
	struct inv_loan_line l = {.counted = true,
		.zone = 2,
		.product = "lampa",
		.place = "disk",
		.borrower_kind = "senior",
		.state = INV_LINE_OUT,
		.out_at = at("2026-10-30")};
	struct inv_stat_rows r;

	cr_assert_eq(day_parse("2026-11-10", &l.due), 0);
	inv_stat_of_line(&l, &r);
	cr_expect_eq(r.n, 4);
	cr_expect_eq(r.zone, 2);
	cr_expect_eq(of(&r, INV_STAT_LOANS, INV_STAT_KIND, 202610), 1);
	l.state = INV_LINE_IN;
	l.in_at = at("2026-11-12");
	inv_stat_of_line(&l, &r);
	cr_expect_eq(of(&r, INV_STAT_RETURNS, INV_STAT_ALL, 202611), 1);
	cr_expect_eq(of(&r, INV_STAT_LATE, INV_STAT_PRODUCT, 202611), 1);
	cr_expect_eq(of(&r, INV_STAT_DAYS, INV_STAT_ALL, 202611), 13);
	l.replaces = "DMPX1";
	inv_stat_of_line(&l, &r);
	cr_expect_eq(of(&r, INV_STAT_LOANS, INV_STAT_ALL, 202610), 0, "the same loan goes on");
	l.replaces = NULL;
	l.counted = false;
	inv_stat_of_line(&l, &r);
	cr_expect_eq(r.n, 0);
	inv_stat_of_line(NULL, &r);
	cr_expect_eq(r.n, 0);
}

Test(stat_rules, what_is_gone_counts_until_it_is_found)
{
	struct inv_loan_line l = {.counted = true,
		.state = INV_LINE_LOST,
		.out_at = at("2026-10-30"),
		.lost_at = at("2026-11-02")};
	struct inv_stat_rows r;

	inv_stat_of_line(&l, &r);
	cr_expect_eq(of(&r, INV_STAT_LOST, INV_STAT_ALL, 202611), 1);
	l.state = INV_LINE_OUT;
	inv_stat_of_line(&l, &r);
	cr_expect_eq(of(&r, INV_STAT_LOST, INV_STAT_ALL, 202611), 0);
}

Test(stat_rules, who_reserved_for_a_day_does_not_wait)
{
	struct inv_hold h = {.product = "lampa", .made_at = at("2026-11-01")};
	struct inv_stat_rows r;

	inv_stat_of_hold(&h, &r);
	cr_expect_eq(r.n, 0, "it waits still");
	h.served_at = at("2026-11-09");
	inv_stat_of_hold(&h, &r);
	cr_expect_eq(of(&r, INV_STAT_WAITS, INV_STAT_PRODUCT, 202611), 1);
	cr_expect_eq(of(&r, INV_STAT_WAIT_DAYS, INV_STAT_ALL, 202611), 8);
	h.from = 20000;
	inv_stat_of_hold(&h, &r);
	cr_expect_eq(r.n, 0);
}

Test(stat_rules, few_are_not_told_and_cannot_be_worked_out)
{
	struct inv_stat_sum two[] = {{.n = 40}, {.n = 4}, {.n = 1}, {.n = 0}},
			    one[] = {{.n = 40}, {.n = 12}, {.n = 4}}, none[] = {{.n = 5}};

	inv_stat_hide(two, 4);
	cr_expect(!two[0].few && two[1].few && two[2].few && !two[3].few);
	inv_stat_hide(one, 3);
	cr_expect(!one[0].few && one[1].few && one[2].few, "one alone is hidden with the next");
	inv_stat_hide(none, 1);
	cr_expect(!none[0].few);
}

static const char *reason(const struct inv_stat_rows *r, enum inv_stat what)
{
	for (size_t i = 0; i < r->n; i++) {
		if (r->row[i].what == what && r->row[i].by == INV_STAT_REASON)
			return r->row[i].id;
	}
	return "";
}

Test(stat_rules, why_it_was_late_or_early_counts_by_its_code)
{
	static const struct {
		const char *in, *late_reason, *end_reason, *late, *early;
	} rows[] = {
		{"2026-11-12", "away", NULL, "away", ""},
		{"2026-11-12", NULL, NULL, "none", ""},
		{"2026-11-12", "min mor blev sjuk", NULL, "other", ""},
		{"2026-11-12", "moved", NULL, "other", ""}, /* is said of what is early */
		{"2026-11-10", "away", "no-use", "", ""},
		{"2026-10-27", NULL, "no-use", "", ""}, /* two weeks are not long */
		{"2026-10-26", "away", "no-use", "", "no-use"},
		{"2026-10-26", NULL, "", "", "none"},
	};
	struct inv_loan_line l = {.counted = true,
		.reason_counted = true,
		.state = INV_LINE_IN,
		.out_at = at("2026-10-01")};
	struct inv_stat_rows r;

	cr_assert_eq(day_parse("2026-11-10", &l.due), 0);
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		l.in_at = at(rows[i].in);
		l.late_reason = rows[i].late_reason;
		l.end_reason = rows[i].end_reason;
		inv_stat_of_line(&l, &r);
		cr_expect_str_eq(reason(&r, INV_STAT_LATE), rows[i].late, "row %zu", i);
		cr_expect_str_eq(reason(&r, INV_STAT_EARLY), rows[i].early, "row %zu", i);
		cr_expect_eq(of(&r, INV_STAT_EARLY, INV_STAT_ALL, 202610), *rows[i].early != '\0');
	}
	l.reason_counted = false;
	inv_stat_of_line(&l, &r);
	cr_expect_str_eq(reason(&r, INV_STAT_EARLY), "", "not yet");
	cr_expect_eq(of(&r, INV_STAT_RETURNS, INV_STAT_ALL, 202610), 1);
}
