/* SPDX-License-Identifier: EUPL-1.2 */
#include "base/when.h"

#include "base/clock.h"
#include "base/day.h"

#include <criterion/criterion.h>

static void zone(void)
{
	cr_assert_eq(clock_set_zone("Europe/Stockholm"), 0);
}

TestSuite(when, .init = zone);

static int64_t at(const char *s)
{
	int64_t t;

	cr_assert_eq(clock_parse(s, &t), 0, "%s", s);
	return t;
}

Test(when, as_people_say_it)
{
	static const struct {
		const char *t, *text[SAY_LANGS];
	} rows[] = {
		/* now is Tuesday 8 December 2026, 09.12 */
		{"2026-12-08T09:12:00+01:00", {"i dag 09.12", "tänään klo 09.12", "today 09:12"}},
		{"2026-12-08T23:59:00+01:00", {"i dag 23.59", "tänään klo 23.59", "today 23:59"}},
		{"2026-12-07T23:59:59+01:00",
			{"i går 23.59", "eilen klo 23.59", "yesterday 23:59"}},
		{"2026-12-09T00:00:00+01:00",
			{"i morgon 00.00", "huomenna klo 00.00", "tomorrow 00:00"}},
		{"2026-12-04T14:03:00+01:00",
			{"i fredags 14.03", "viime perjantaina klo 14.03", "last Friday 14:03"}},
		{"2026-12-02T08:00:00+01:00", {"i onsdags 08.00", "viime keskiviikkona klo 08.00",
						      "last Wednesday 08:00"}},
		{"2026-12-13T10:00:00+01:00",
			{"på söndag 10.00", "sunnuntaina klo 10.00", "on Sunday 10:00"}},
		{"2026-12-01T10:00:00+01:00", {"1 december", "1. joulukuuta", "1 December"}},
		{"2026-12-15T10:00:00+01:00", {"15 december", "15. joulukuuta", "15 December"}},
		{"2028-03-14T10:00:00+01:00",
			{"14 mars 2028", "14. maaliskuuta 2028", "14 March 2028"}},
		/* it is another day in the zone than in UTC */
		{"2026-12-06T23:30:00Z", {"i går 00.30", "eilen klo 00.30", "yesterday 00:30"}},
	};
	const int64_t now = at("2026-12-08T09:12:00+01:00");

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		for (int lang = 0; lang < SAY_LANGS; lang++) {
			AUTO(buf) struct buf out = BUF_INIT(256);

			when_near(&out, (enum say_lang)lang, at(rows[i].t), now);
			cr_expect_str_eq(buf_str(&out), rows[i].text[lang]);
		}
	}
}

Test(when, a_day_has_its_weekday)
{
	static const char *const said[SAY_LANGS] = {
		"tisdag 8 december", "tiistaina 8. joulukuuta", "Tuesday 8 December"};

	for (int lang = 0; lang < SAY_LANGS; lang++) {
		AUTO(buf) struct buf out = BUF_INIT(256);

		when_weekday(&out, (enum say_lang)lang, day_from_date(2026, 12, 8));
		cr_expect_str_eq(buf_str(&out), said[lang]);
	}
}

Test(when, what_a_program_wrote_is_said_as_people_do)
{
	static const struct {
		const char *iso, *said[SAY_LANGS];
	} rows[] = {
		{"2027-01-04", {"4 januari 2027", "4. tammikuuta 2027", "4 January 2027"}},
		{"2026-12-08 09:12", {"8 december 2026 kl. 09.12", "8. joulukuuta 2026 klo 09.12",
					     "8 December 2026 at 09:12"}},
		{"-", {"-", "-", "-"}},
		{"", {"", "", ""}},
		{"2027-02-30", {"2027-02-30", "2027-02-30", "2027-02-30"}},
		{"2027-01-04X09:12", {"2027-01-04X09:12", "2027-01-04X09:12", "2027-01-04X09:12"}},
		{"2027-01-04 9:12", {"2027-01-04 9:12", "2027-01-04 9:12", "2027-01-04 9:12"}},
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		for (int lang = 0; lang < SAY_LANGS; lang++) {
			AUTO(buf) struct buf out = BUF_INIT(256);

			when_said(&out, (enum say_lang)lang, rows[i].iso);
			cr_expect_str_eq(buf_str(&out), rows[i].said[lang]);
		}
	}
}

Test(when, a_month_has_its_name_and_year)
{
	static const char *const said[SAY_LANGS] = {
		[SAY_SV] = "januari 2027", [SAY_FI] = "tammikuu 2027", [SAY_EN] = "January 2027"};
	int32_t day;

	cr_assert_eq(day_parse("2027-01-31", &day), 0);
	for (int lang = 0; lang < SAY_LANGS; lang++) {
		AUTO(buf) struct buf out = BUF_INIT(64);

		when_month(&out, (enum say_lang)lang, day);
		cr_expect_str_eq(buf_str(&out), said[lang]);
	}
}

Test(when, a_moment_has_its_date_and_time)
{
	AUTO(buf) struct buf out = BUF_INIT(256);
	AUTO(arena) struct arena *a = arena_new();

	when_moment(&out, SAY_SV, at("2027-01-04T08:05:00Z"));
	cr_expect_str_eq(buf_str(&out), "4 januari 2027 kl. 09.05");
	cr_expect_str_eq(when_date_text(a, SAY_FI, day_from_date(2027, 1, 4)), "4. tammikuuta 2027");
	cr_expect_str_eq(when_text(a, SAY_SV, at("2027-01-04T08:05:00Z"), at("2027-01-03T08:00:00Z")),
		"i morgon 09.05");
}
