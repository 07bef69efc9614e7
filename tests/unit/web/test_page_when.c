/* SPDX-License-Identifier: EUPL-1.2 */
/* Of when.c: times and days as the pages say them. */
#include "web/web_int.h"

#include "base/clock.h"
#include "base/day.h"
#include "base/text.h"

#include <criterion/criterion.h>

static void zone(void)
{
	cr_assert_eq(clock_set_zone("Europe/Stockholm"), 0);
}

TestSuite(page_when, .init = zone);

static int64_t at(const char *s)
{
	int64_t t;

	cr_assert_eq(clock_parse(s, &t), 0, "%s", s);
	return t;
}

Test(page_when, every_time_of_a_document_has_its_words_beside_it)
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
