/* SPDX-License-Identifier: EUPL-1.2 */
/* The audit log as it is read: in words, by act, by what it concerns, from either end, as a file. */
#include "tests/flow/browser.h"

#include "base/clock.h"
#include "base/day.h"

static struct browser b;

static void begin(void)
{
	b = (struct browser){0};
	flow_start(&b.f);
	sign_in_first(&b);
	flow_api(&b.f, 200, "POST", "/api/v1/settings/server.contact",
		"{\"value\":\"033-35 70 00\",\"why\":\"ny växel\"}");
	for (int i = 0; i < 3; i++)
		flow_api(&b.f, 200, "POST", "/api/v1/places",
			arena_printf(b.f.a, "{\"id\":\"hylla-%d\",\"kind\":\"desk\",\"name\":\"Hylla %d\"}", i, i));
}

static void end(void)
{
	flow_expect_well(&b.f);
	flow_stop(&b.f);
}

TestSuite(log, .init = begin, .fini = end, .timeout = 120);

static struct doc *records(const char *query)
{
	return doc_list(flow_api(&b.f, 200, "GET",
				arena_printf(b.f.a, "/api/v1/audit%s", query), NULL),
		"records");
}

static bool page_has(const char *address, const char *text)
{
	return strstr(visit(&b, "GET", address, NULL).body, text) != NULL;
}

Test(log, is_sifted_by_act_and_by_what_it_concerns)
{
	size_t all = doc_list_size(records(""));

	cr_expect_eq(doc_list_size(records("?act=setting.change")), 1);
	cr_expect_eq(doc_list_size(records("?act=place.add")), 3);
	cr_expect_eq(doc_list_size(records("?act=place")), 3);
	cr_expect_eq(doc_list_size(records("?act=place.add&object=hylla-1")), 1);
	cr_expect_eq(doc_list_size(records("?act=fault&object=hylla-1")), 0);
	cr_expect_gt(doc_list_size(records("?act=account")), 0);
	cr_expect_gt(all, doc_list_size(records("?act=account")) + 3);
	cr_expect_eq(doc_list_size(records("?act=")), all, "a form left as it was");
}

Test(log, is_sifted_by_who_and_when_together_with_the_rest)
{
	char day[DAY_TEXT], later[DAY_TEXT];
	int32_t today = day_of_time(clock_now());
	const char *page;

	day_format(today - 1, day); /* the hour of midnight is nobody's failure */
	day_format(today + 2, later);
	cr_expect_eq(doc_list_size(records("?act=place.add&actor=server")), 0);
	cr_expect_eq(doc_list_size(records("?actor=nobody")), 0);
	cr_expect_eq(doc_list_size(records(arena_printf(b.f.a, "?act=place.add&from=%s", day))), 3);
	cr_expect_eq(doc_list_size(records(
			     arena_printf(b.f.a, "?act=place.add&from=%s&to=%s", day, later))),
		3);
	cr_expect_eq(doc_list_size(records(arena_printf(b.f.a, "?from=%s", later))), 0);
	cr_expect_eq(doc_list_size(records("?act=place.add&to=2020-01-01")), 0);
	cr_expect_eq(doc_list_size(records("?from=&to=&actor=&act=place.add")), 3, "left empty");
	flow_api(&b.f, 400, "GET", "/api/v1/audit?from=yesterday", NULL);
	page = visit(&b, "GET", arena_printf(b.f.a, "/audit?act=place.add&from=%s&most=2", day), NULL).body;
	cr_expect_not_null(strstr(page, arena_printf(b.f.a, "value=\"%s\"", day)));
	cr_expect_not_null(strstr(page,
		arena_printf(b.f.a, "/audit?act=place.add&amp;from=%s&amp;after=", day)), "the span goes on");
	cr_expect_not_null(strstr(page, "<option value=\"server\">"), "who there is");
	cr_expect(page_has("/audit?actor=nobody", "Inget är skrivet om det du söker"));
	cr_expect_null(strstr(visit(&b, "GET", "/audit?actor=server&format=csv", NULL).body, "place.add"));
	cr_expect_not_null(strstr(FLOW_EXPECT(&b.f, 0, "audit", "--act", "place.add", "--from", day), "hylla-2"));
	cr_expect_null(strstr(FLOW_EXPECT(&b.f, 0, "audit", "--to", "2020-01-01"), "place.add"));
	cr_expect_null(strstr(FLOW_EXPECT(&b.f, 0, "audit", "--actor", "server"), "place.add"));
	FLOW_EXPECT(&b.f, 2, "audit", "--from", "igår");
}

Test(log, is_read_from_either_end)
{
	struct doc *d = flow_api(&b.f, 200, "GET", "/api/v1/audit?act=place.add&sort=at&most=2", NULL);
	struct doc *list = doc_list(d, "records");
	int64_t next = 0;

	cr_assert_eq(doc_list_size(list), 2);
	cr_expect_str_eq(doc_str(doc_list_object(list, 0), "object"), "hylla-0");
	cr_expect_eq(doc_int(d, "next", &next), 0);
	list = records(arena_printf(b.f.a, "?act=place.add&sort=at&most=2&after=%d", (int)next));
	cr_assert_eq(doc_list_size(list), 1);
	cr_expect_str_eq(doc_str(doc_list_object(list, 0), "object"), "hylla-2");
	list = records("?act=place.add");
	cr_expect_str_eq(doc_str(doc_list_object(list, 0), "object"), "hylla-2", "newest first");
	list = records(arena_printf(b.f.a, "?act=place.add&before=%d", (int)next));
	cr_expect_eq(doc_list_size(list), 1, "the older name of after");
	flow_api(&b.f, 400, "GET", "/api/v1/audit?sort=actor", NULL);
	flow_api(&b.f, 400, "GET", "/api/v1/audit?after=x", NULL);
}

Test(log, is_a_page_in_words_and_a_file_with_codes)
{
	const char *page = "/audit?act=place";
	const char *file;

	cr_expect(page_has(page, "Lade till en plats"));
	cr_expect(page_has(page, "<code>place.add</code>"), "and the code for an exact search");
	cr_expect(page_has(page, "value=\"place\" selected"));
	cr_expect(page_has(page, "genom ett program"));
	cr_expect(page_has("/audit", "aria-sort=\"descending\""));
	cr_expect(page_has("/audit?sort=at", "aria-sort=\"ascending\""));
	cr_expect(page_has("/audit?act=place&sort=at&most=2", "/audit?act=place&amp;sort=at&amp;after="));
	file = visit(&b, "GET", "/audit?act=place&format=csv", NULL).body;
	cr_expect_not_null(strstr(file, "\"Lade till en plats\""));
	cr_expect_not_null(strstr(file, "\"place.add\""));
}

Test(log, is_read_by_the_command_line)
{
	const char *s = FLOW_EXPECT(&b.f, 0, "audit", "--act", "place.add");

	cr_expect_not_null(strstr(s, "hylla-2"));
	cr_expect_not_null(strstr(s, "place.add"));
	cr_expect_null(strstr(s, "setting"));
}
