/* SPDX-License-Identifier: EUPL-1.2 */
#include "web/web_int.h"

#include "base/clock.h"
#include "base/day.h"
#include "base/text.h"

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

			web_when_text(&out, (enum say_lang)lang, at(rows[i].t), now);
			cr_expect_str_eq(buf_str(&out), rows[i].text[lang]);
		}
	}
}

Test(when, every_time_of_a_document_has_its_words_beside_it)
{
	static const char json[] =
		"{\"seen\":\"2026-12-08T08:00:00Z\",\"due\":\"2026-12-09\",\"was\":\"2026-12-07\","
		"\"no\":null,"
		"\"in\":{\"made\":\"2026-12-07T08:00:00Z\"},"
		"\"list\":[{\"at\":\"2026-12-08T08:11:00Z\"},\"2026-12-08T08:11:00Z\"],"
		"\"odd\":\"2026-13-08T08:11:00Z\"}";
	AUTO(arena) struct arena *a = arena_new();
	const struct doc *when;
	struct doc *d;

	cr_assert_eq(doc_parse(a, bytes_of_str(json), &d), 0);
	web_doc_when(d, SAY_SV, at("2026-12-08T08:12:00Z"));
	when = doc_object(d, "seen_when");
	cr_assert_not_null(when);
	cr_expect_str_eq(doc_str(when, "text"), "i dag 09.00");
	cr_expect_str_eq(doc_str(when, "exact"), "2026-12-08 09:00");
	cr_expect_str_eq(doc_str(when, "iso"), "2026-12-08T08:00:00Z");
	cr_expect(doc_bool(when, "past", false));
	cr_expect_str_eq(doc_str(d, "seen"), "2026-12-08T08:00:00Z", "and it stays itself");
	cr_expect_not_null(doc_object(doc_object(d, "in"), "made_when"));
	cr_expect_not_null(doc_object(doc_list_object(doc_list(d, "list"), 0), "at_when"));
	when = doc_object(d, "due_when");
	cr_expect_str_eq(doc_str(when, "text"), "i morgon");
	cr_expect_str_eq(doc_str(when, "exact"), "2026-12-09");
	cr_expect_not(doc_bool(when, "past", true));
	cr_expect(doc_bool(doc_object(d, "was_when"), "past", false));
	cr_expect_not(doc_has(d, "odd_when"));
}

Test(when, a_day_has_its_weekday)
{
	static const char *const said[SAY_LANGS] = {
		"tisdag 8 december", "tiistaina 8. joulukuuta", "Tuesday 8 December"};

	for (int lang = 0; lang < SAY_LANGS; lang++) {
		AUTO(buf) struct buf out = BUF_INIT(256);

		web_date_text(&out, (enum say_lang)lang, day_from_date(2026, 12, 8));
		cr_expect_str_eq(buf_str(&out), said[lang]);
	}
}
