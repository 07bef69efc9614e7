/* SPDX-License-Identifier: EUPL-1.2 */
#include "base/day.h"

#include "base/clock.h"

#include <criterion/criterion.h>

Test(day, counts_every_day_of_four_centuries)
{
	int32_t n = day_from_date(1800, 1, 1);
	struct day_date d = {1800, 1, 1}, back;

	cr_assert_eq(day_from_date(1970, 1, 1), 0);
	cr_assert_eq(day_from_date(2026, 11, 21), 20778);
	while (d.year < 2300) {
		cr_assert_eq(day_from_date(d.year, d.month, d.day), n);
		day_to_date(n, &back);
		cr_assert(back.year == d.year && back.month == d.month && back.day == d.day);
		n++;
		if (day_date_exists(d.year, d.month, d.day + 1)) {
			d.day++;
		} else {
			d.day = 1;
			d.year += d.month == 12;
			d.month = d.month % 12 + 1;
		}
	}
}

Test(day, reads_only_dates_that_exist)
{
	static const char *const wrong[] = {"", "2026-11-2", "2026-11-021", "2026-02-29",
		"2026-13-01", "2026-00-10", "2026-1a-01", "2026/11/21", "0000-01-01", "1900-02-29",
		"2026-04-31", " 2026-04-3", "-026-04-30"};
	char text[DAY_TEXT];
	int32_t d = 7;

	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++)
		cr_expect_eq(day_parse(wrong[i], &d), ERR_BADINPUT, "%s", wrong[i]);
	cr_expect_eq(day_parse(NULL, &d), ERR_BADINPUT);
	cr_expect_eq(d, 7);
	cr_assert_eq(day_parse("2028-02-29", &d), 0);
	cr_expect_str_eq(day_format(d, text), "2028-02-29");
	cr_expect_str_eq(day_format(INT32_MAX, text), "9999-12-31");
	cr_expect_str_eq(day_format(INT32_MIN, text), "0001-01-01");
}

Test(day, adds_months_as_agreements_mean_them)
{
	static const struct {
		const char *from;
		int months;
		const char *to;
	} cases[] = {
		{"2026-01-31", 1, "2026-02-28"},
		{"2028-01-31", 1, "2028-02-29"},
		{"2026-11-21", 36, "2029-11-21"},
		{"2028-02-29", 36, "2031-02-28"},
		{"2026-11-21", -6, "2026-05-21"},
		{"2026-03-31", -1, "2026-02-28"},
		{"2026-12-31", 2, "2027-02-28"},
		{"9999-06-01", 12, "9999-12-31"},
		{"0001-06-01", -12, "0001-01-01"},
	};
	char text[DAY_TEXT];

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		int32_t d = 0;

		cr_assert_eq(day_parse(cases[i].from, &d), 0);
		cr_expect_str_eq(day_format(day_add_months(d, cases[i].months), text), cases[i].to);
	}
}

Test(day, knows_weekdays)
{
	static const struct {
		int y, m, d;
		unsigned weekday;
	} cases[] = {
		{2026, 11, 21, 6},
		{2027, 1, 1, 5},
		{2027, 1, 4, 1},
		{2024, 12, 30, 1},
		{1969, 12, 31, 3},
		{2020, 12, 31, 4},
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		int32_t d = day_from_date(cases[i].y, cases[i].m, cases[i].d);

		cr_expect_eq(day_weekday(d), cases[i].weekday);
	}
}

Test(day, is_that_of_the_zone_also_where_summer_time_turns)
{
	int32_t spring = day_from_date(2026, 3, 29), autumn = day_from_date(2026, 10, 25);
	int64_t t;

	cr_assert_eq(clock_set_zone("Europe/Stockholm"), 0);
	cr_expect_eq(day_start(spring + 1) - day_start(spring), 23 * 3600);
	cr_expect_eq(day_start(autumn + 1) - day_start(autumn), 25 * 3600);
	for (int32_t d = spring - 400; d < spring + 400; d++) {
		cr_assert_eq(day_of_time(day_start(d)), d);
		cr_assert_eq(day_of_time(day_end(d)), d);
		cr_assert_eq(day_end(d) + 1, day_start(d + 1));
	}
	/* Half past eleven in the evening UTC is the next day here. */
	cr_assert_eq(clock_parse("2026-11-21T23:30:00Z", &t), 0);
	cr_expect_eq(day_of_time(t), day_from_date(2026, 11, 22));
	cr_expect_eq(day_of_time(INT64_MAX), day_from_date(9999, 12, 31));
	cr_expect_eq(day_of_time(INT64_MIN), day_from_date(1, 1, 1));
}
