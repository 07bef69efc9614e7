/* SPDX-License-Identifier: EUPL-1.2 */
#include "web/scope_int.h"

#include "base/day.h"
#include "base/text.h"

#include <criterion/criterion.h>

/* A new address without an area would be closed to every narrowed token, and nobody would know. */
Test(scope_rules, every_address_of_the_api_has_an_area)
{
	size_t n = 0;

	for (const struct http_route *r = web_routes(NULL).routes; r->method; r++) {
		if (r->caller != HTTP_STAFF)
			continue;
		cr_expect(web_route_need(r).areas, "%s %s: give it a row in web/scope_rules.c",
			r->method, r->path);
		n++;
	}
	cr_expect_gt(n, 200);
	for (const struct http_route *r = web_page_routes(NULL).routes; r->method; r++)
		cr_expect_eq(web_route_need(r).areas, 0, "%s is a page", r->path);
}

static struct web_need need(const char *method, const char *path)
{
	return web_route_need(&(struct http_route){.method = method, .path = path});
}

Test(scope_rules, the_narrower_address_counts)
{
	static const struct {
		const char *method, *path;
		uint32_t areas;
		bool writes;
	} rows[] = {
		{"GET", "/api/v1/items", WEB_AREA_ITEMS, false},
		{"POST", "/api/v1/items/{code}/mark", WEB_AREA_ITEMS, true},
		{"POST", "/api/v1/items/{code}/check-in", WEB_AREA_LOANS, true},
		{"GET", "/api/v1/loans/{number}", WEB_AREA_LOANS, false},
		{"GET", "/api/v1/loans/{loan}/slip", WEB_AREA_LOANS | WEB_AREA_PEOPLE, false},
		{"GET", "/api/v1/handouts", WEB_AREA_LOANS, false},
		{"GET", "/api/v1/handouts/{id}", WEB_AREA_LOANS | WEB_AREA_PEOPLE, false},
		{"POST", "/api/v1/handouts/{id}/start", WEB_AREA_LOANS | WEB_AREA_PEOPLE, true},
		{"POST", "/api/v1/handouts/{id}/move", WEB_AREA_LOANS, true},
		{"POST", "/api/v1/borrowers/search", WEB_AREA_PEOPLE, false},
		{"POST", "/api/v1/borrowers", WEB_AREA_PEOPLE, true},
		{"GET", "/api/v1/invitations/{id}/profile", WEB_AREA_DEVICES, true},
		{"GET", "/api/v1/sign-in-rules", WEB_AREA_ACCOUNTS, false},
		{"POST", "/api/v1/sign-out", WEB_AREA_OWN, true},
		{"GET", "/api/v1/itemsandmore", 0, false},
		{"DELETE", "/tokens", 0, true},
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct web_need got = need(rows[i].method, rows[i].path);

		cr_expect_eq(got.areas, rows[i].areas, "%s: %x", rows[i].path, got.areas);
		cr_expect_eq(got.writes, rows[i].writes, "%s", rows[i].path);
	}
}

static const char *said(struct arena *a, const struct web_token *t, const char *method,
	const char *path)
{
	const struct http_route route = {.method = method, .path = path};
	struct refusal r = {0};
	int err = web_scope_decide(t, &route, &r);

	cr_expect_eq(err, r.say ? ERR_REFUSED : 0);
	return r.say ? refusal_text(a, SAY_EN, &r) : "";
}

Test(scope_rules, a_refusal_names_what_is_missing)
{
	const struct web_token all = {0}, reads = {.read_only = true};
	const struct web_token items = {.areas = WEB_AREA_ITEMS};
	const struct web_token both = {.areas = WEB_AREA_ITEMS, .read_only = true};
	struct arena *a = arena_new();

	cr_expect_str_eq(said(a, &all, "POST", "/api/v1/loans"), "");
	cr_expect_str_eq(said(a, &all, "POST", "/tokens"), "", "a page, as before");
	cr_expect_str_eq(said(a, &reads, "GET", "/api/v1/loans"), "");
	cr_expect_str_eq(said(a, &reads, "POST", "/api/v1/borrowers/search"), "");
	cr_expect(strstr(said(a, &reads, "POST", "/api/v1/loans"), "may only read"));
	cr_expect_str_eq(said(a, &items, "POST", "/api/v1/products"), "");
	cr_expect(strstr(said(a, &items, "GET", "/api/v1/loans"), "lacks the area loans."));
	cr_expect(strstr(said(a, &items, "GET", "/api/v1/desk"), "the area loans people."));
	cr_expect(strstr(said(a, &items, "GET", "/items"), "/api/v1"), "pages are of no area");
	cr_expect_str_eq(said(a, &both, "GET", "/api/v1/items"), "");
	cr_expect(strstr(said(a, &both, "POST", "/api/v1/products"), "may only read"));
	cr_expect_str_eq(said(a, &both, "POST", "/api/v1/sign-out"), "", "one's own");
	arena_free(a);
}

Test(scope_rules, a_token_gives_none_that_is_wider)
{
	static const struct {
		uint32_t areas;
		bool read_only;
		struct web_token want;
		int err;
	} rows[] = {
		{0, false, {.areas = 0}, 0},
		{0, false, {.areas = WEB_AREA_ITEMS, .read_only = true}, 0},
		{0, true, {.areas = WEB_AREA_ITEMS}, ERR_REFUSED},
		{0, true, {.read_only = true}, 0},
		{WEB_AREA_ACCOUNTS, false, {.areas = 0}, ERR_REFUSED},
		{WEB_AREA_ACCOUNTS, false, {.areas = WEB_AREA_ITEMS}, ERR_REFUSED},
		{WEB_AREA_ACCOUNTS | WEB_AREA_ITEMS, false, {.areas = WEB_AREA_ITEMS}, 0},
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct refusal r = {0};

		cr_expect_eq(web_scope_give(rows[i].areas, rows[i].read_only, &rows[i].want, &r),
			rows[i].err, "row %zu", i);
	}
}

Test(scope_rules, areas_are_words)
{
	AUTO(buf) struct buf out = BUF_INIT(256);
	uint32_t areas = 77;

	cr_assert_eq(web_areas_parse(WEB_AREAS_KNOWN, &areas), 0);
	cr_expect_eq(areas, (1u << WEB_AREAS) - 1);
	web_areas_format(areas, &out);
	cr_expect_str_eq(buf_str(&out), WEB_AREAS_KNOWN);
	cr_assert_eq(web_areas_parse("people, items", &areas), 0);
	cr_expect_eq(areas, WEB_AREA_PEOPLE | WEB_AREA_ITEMS);
	cr_expect_eq(web_areas_parse("", &areas), ERR_BADINPUT);
	cr_expect_eq(web_areas_parse("items own", &areas), ERR_BADINPUT);
	cr_expect_eq(areas, WEB_AREA_PEOPLE | WEB_AREA_ITEMS);
}

Test(scope_rules, an_end_is_a_day_or_a_span)
{
	const int64_t now = 1795250000; /* in November 2026 */
	struct refusal r = {0};
	int64_t end = 5;
	int32_t day;

	cr_assert_eq(web_token_end(NULL, NULL, now, &end, &r), 0);
	cr_expect_eq(end, 0, "until it is closed");
	cr_assert_eq(web_token_end(NULL, "2d", now, &end, &r), 0);
	cr_expect_eq(end, now + 2 * 86400);
	cr_assert_eq(day_parse("2027-01-31", &day), 0);
	cr_assert_eq(web_token_end("2027-01-31", NULL, now, &end, &r), 0);
	cr_expect_eq(end, day_end(day), "the whole of its last day");
	cr_expect_eq(web_token_end("31/1", NULL, now, &end, &r), ERR_BADINPUT);
	cr_expect_eq(web_token_end(NULL, "soon", now, &end, &r), ERR_BADINPUT);
	cr_assert_eq(web_token_end("2026-01-31", NULL, now, &end, &r), ERR_REFUSED);
	cr_expect_eq(r.say, &web_say_until_past);
	cr_assert_eq(web_token_end("2027-01-31", "2d", now, &end, &r), ERR_REFUSED);
	cr_expect_eq(r.say, &web_say_two_ends);
	cr_expect_eq(end, day_end(day));
}

Test(scope_rules, an_act_that_reaches_further_needs_that_area_too)
{
	struct refusal r = {0};

	cr_expect_eq(web_scope_reaches(0, WEB_AREA_DEVICES, &r), 0);
	cr_expect_eq(web_scope_reaches(WEB_AREA_ITEMS | WEB_AREA_DEVICES, WEB_AREA_DEVICES, &r), 0);
	cr_expect_eq(web_scope_reaches(WEB_AREA_ITEMS, WEB_AREA_DEVICES, &r), ERR_REFUSED);
	cr_expect_eq(r.say, &web_say_scope_area);
}
