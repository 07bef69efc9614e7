/* SPDX-License-Identifier: EUPL-1.2 */
#include "base/clock.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <time.h>

Test(clock, runs)
{
	int64_t before = clock_mono_us();

	cr_assert_gt(clock_now(), 1700000000);
	cr_assert_geq(clock_mono_us(), before);
	cr_assert_geq(clock_thread_cpu_us(), 0);
}

Test(clock, formats_utc)
{
	static const struct {
		int64_t t;
		const char *text;
	} cases[] = {
		{0, "1970-01-01T00:00:00Z"},
		{-1, "1969-12-31T23:59:59Z"},
		{1795252320, "2026-11-21T09:12:00Z"},
		{951782400, "2000-02-29T00:00:00Z"},
		{253402300799, "9999-12-31T23:59:59Z"},
	};
	char text[CLOCK_TEXT];

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		cr_expect_str_eq(clock_format_utc(cases[i].t, text), cases[i].text);
	/* Nonsense is text too. */
	cr_expect_gt(strlen(clock_format_utc(INT64_MAX, text)), 0);
	cr_expect_gt(strlen(clock_format_local(INT64_MIN, text)), 0);
}

Test(clock, parses_rfc_3339)
{
	static const struct {
		const char *text;
		int64_t t;
	} cases[] = {
		{"1970-01-01T00:00:00Z", 0},
		{"2026-11-21T09:12:00Z", 1795252320},
		{"2026-11-21T10:12:00+01:00", 1795252320},
		{"2026-11-20T23:42:00-09:30", 1795252320},
		{"2026-11-21t09:12:00.123456789z", 1795252320},
		{"2000-02-29T00:00:00Z", 951782400},
		{"1999-12-31T23:59:60Z", 946684800},
		{"0000-01-01T00:00:00Z", -62167219200},
		{"0001-01-01T00:00:00Z", -62135596800},
		{"9999-12-31T23:59:59Z", 253402300799},
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		int64_t t = 7;

		cr_expect_eq(clock_parse(cases[i].text, &t), 0, "%s", cases[i].text);
		cr_expect_eq(t, cases[i].t, "%s gave %lld", cases[i].text, (long long)t);
	}
}

Test(clock, comes_back_for_every_day)
{
	char text[CLOCK_TEXT];
	int64_t t = 0;

	for (int64_t day = -719528; day <= 2932896; day += 13) {
		clock_format_utc(day * 86400 + 3661, text);
		cr_assert_eq(clock_parse(text, &t), 0, "%s", text);
		cr_assert_eq(t, day * 86400 + 3661, "%s", text);
	}
}

Test(clock, refuses_other_dates)
{
	static const char *const cases[] = {
		"",
		"2026",
		"2026-11",
		"2026-11-",
		"2026-11-1",
		"2026-13-01",
		"2026-00-01",
		"2026-11-00",
		"2026-11-31",
		"2025-02-29",
		"1900-02-29",
		"26-11-21",
		"2026/11/21",
		"2026-11-21 ",
		" 2026-11-21",
		"2026-11-21T",
		"2026-11-21T09:12:00",
		"2026-11-21T09:12Z",
		"2026-11-21T24:00:00Z",
		"2026-11-21T09:60:00Z",
		"2026-11-21T09:12:61Z",
		"2026-11-21T09:12:00+1:00",
		"2026-11-21T09:12:00+24:00",
		"2026-11-21T09:12:00+01:60",
		"2026-11-21T09:12:00.Z",
		"2026-11-21T09:12:00ZZ",
		"2026-11-21T09:12:00Z ",
		"2026-11-21T9:12:00Z",
		"+026-11-21",
		"2026-11-21T09:12:-1Z",
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		int64_t t = 7;

		cr_expect_eq(clock_parse(cases[i], &t), ERR_BADINPUT, "%s", cases[i]);
		cr_expect_eq(t, 7);
	}
}

Test(clock, knows_the_zone_of_people)
{
	char text[CLOCK_TEXT];
	int64_t t;

	cr_assert_eq(clock_set_zone("Europe/Stockholm"), 0);
	cr_expect_str_eq(clock_format_local(1795252320, text), "2026-11-21 10:12");
	cr_expect_str_eq(clock_format_local(1782036720, text), "2026-06-21 12:12");
	cr_assert_eq(clock_parse("2026-11-21", &t), 0);
	cr_expect_str_eq(clock_format_utc(t, text), "2026-11-20T23:00:00Z");
	cr_assert_eq(clock_parse("2026-06-21", &t), 0);
	cr_expect_str_eq(clock_format_utc(t, text), "2026-06-20T22:00:00Z");
}

Test(clock, refuses_zones_the_system_lacks)
{
	static const char *const cases[] = {
		"Europe/Stokholm", "", "/etc/passwd", "../../../etc/passwd", "Sweden"};
	char text[CLOCK_TEXT];

	cr_assert_eq(clock_set_zone("UTC"), 0);
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		cr_expect_eq(clock_set_zone(cases[i]), ERR_NOTFOUND, "%s", cases[i]);
	cr_expect_str_eq(clock_format_local(0, text), "1970-01-01 00:00");
}

Test(clock, parses_spans)
{
	static const struct {
		const char *text;
		int64_t s; /* -1: refused */
	} cases[] = {
		{"90d", 7776000},
		{"12h", 43200},
		{"30m", 1800},
		{"45s", 45},
		{"0s", 0},
		{"", -1},
		{"90", -1},
		{"d", -1},
		{"-1d", -1},
		{"+1d", -1},
		{"1.5h", -1},
		{"1w", -1},
		{"1d ", -1},
		{" 1d", -1},
		{"1d1h", -1},
		{"36525d", 3155760000},
		{"36526d", -1},
		{"9223372036854775807s", -1},
		{"9999999999999999999s", -1},
		{"999999999999999999d", -1},
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		int64_t s = -1;
		int err = clock_parse_span(cases[i].text, &s);

		cr_expect_eq(err, cases[i].s < 0 ? ERR_BADINPUT : 0, "\"%s\"", cases[i].text);
		cr_expect_eq(s, cases[i].s, "\"%s\"", cases[i].text);
	}
}
