/* SPDX-License-Identifier: EUPL-1.2 */
#include "base/day.h"

#include <criterion/criterion.h>

static int32_t on(const char *s)
{
	int32_t d = 0;

	cr_assert_eq(day_parse(s, &d), 0, "%s", s);
	return d;
}

Test(holiday, moves_with_easter_and_midsummer)
{
	static const struct {
		const char *good_friday, *easter, *ascension, *whit, *midsummer, *saints;
	} years[] = {
		{"2026-04-03", "2026-04-05", "2026-05-14", "2026-05-24", "2026-06-20",
			"2026-10-31"},
		{"2027-03-26", "2027-03-28", "2027-05-06", "2027-05-16", "2027-06-26",
			"2027-11-06"},
		{"2028-04-14", "2028-04-16", "2028-05-25", "2028-06-04", "2028-06-24",
			"2028-11-04"},
		{"2029-03-30", "2029-04-01", "2029-05-10", "2029-05-20", "2029-06-23",
			"2029-11-03"},
		{"2030-04-19", "2030-04-21", "2030-05-30", "2030-06-09", "2030-06-22",
			"2030-11-02"},
		{"2031-04-11", "2031-04-13", "2031-05-22", "2031-06-01", "2031-06-21",
			"2031-11-01"},
	};

	for (size_t i = 0; i < sizeof(years) / sizeof(years[0]); i++) {
		const struct say *eve = day_holiday(on(years[i].midsummer) - 1);

		cr_expect_eq(day_easter(2026 + (int)i), on(years[i].easter));
		cr_expect_str_eq(
			day_holiday(on(years[i].good_friday))->code, "holiday.good-friday");
		cr_expect_str_eq(day_holiday(on(years[i].easter))->code, "holiday.easter");
		cr_expect_str_eq(
			day_holiday(on(years[i].easter) + 1)->code, "holiday.easter-monday");
		cr_expect_str_eq(day_holiday(on(years[i].ascension))->code, "holiday.ascension");
		cr_expect_str_eq(day_holiday(on(years[i].whit))->code, "holiday.whit-sunday");
		cr_expect_null(day_holiday(on(years[i].whit) + 1), "no holiday since 2005");
		cr_expect_str_eq(day_holiday(on(years[i].midsummer))->code, "holiday.midsummer");
		cr_expect_str_eq(eve->code, "holiday.midsummer-eve");
		cr_expect_str_eq(day_holiday(on(years[i].saints))->code, "holiday.all-saints");
	}
}

/* Easter Days that press on the computus' corrections. */
Test(holiday, knows_the_hard_easters)
{
	static const char *const days[] = {"1818-03-22", "1943-04-25", "1954-04-18", "1981-04-19",
		"2000-04-23", "2008-03-23", "2025-04-20", "2038-04-25", "2049-04-18", "2076-04-19",
		"2285-03-22"};

	for (size_t i = 0; i < sizeof(days) / sizeof(days[0]); i++) {
		struct day_date d;

		day_to_date(on(days[i]), &d);
		cr_expect_eq(day_easter(d.year), on(days[i]), "%s", days[i]);
	}
	for (int y = 1900; y < 2300; y++) {
		int32_t e = day_easter(y);

		cr_assert_eq(day_weekday(e), 7);
		cr_assert(e >= day_from_date(y, 3, 22) && e <= day_from_date(y, 4, 25));
	}
}

Test(holiday, has_its_fixed_days)
{
	static const char *const closed[] = {"2026-01-01", "2026-01-06", "2026-05-01", "2026-06-06",
		"2026-12-24", "2026-12-25", "2026-12-26", "2026-12-31", "2004-05-31"};
	static const char *const open[] = {
		"2026-01-02", "2026-01-05", "2026-04-30", "2004-06-06", "2026-12-23", "2026-11-21"};

	for (size_t i = 0; i < sizeof(closed) / sizeof(closed[0]); i++) {
		const struct say *name = day_holiday(on(closed[i]));

		cr_assert_not_null(name, "%s", closed[i]);
		for (int l = 0; l < SAY_LANGS; l++)
			cr_expect_not_null(name->text[l]);
	}
	for (size_t i = 0; i < sizeof(open) / sizeof(open[0]); i++)
		cr_expect_null(day_holiday(on(open[i])), "%s", open[i]);
}
