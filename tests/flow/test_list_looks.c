/* SPDX-License-Identifier: EUPL-1.2 */
/* What a list says of itself and of people: its order, and whom nobody asked for. */
#include "tests/flow/listed.h"

static size_t count_of(const char *s, const char *what)
{
	size_t n = 0;

	for (; (s = strstr(s, what)); s += strlen(what))
		n++;
	return n;
}

static size_t looks(void)
{
	struct doc *d = call(200, b.f.token, "GET", "/api/v1/audit?act=borrower.look&most=500", NULL);

	return doc_list_size(doc_list(d, "records"));
}

/* What fetches itself looks at nobody. */
Test(list_looks, no_page_opens_names_by_itself, .timeout = 300, .init = begin, .fini = end)
{
	static const char *const pages[] = {
		"/safety-notices/1/calls?names=yes", "/loans?names=yes", "/holds?all=yes&names=yes"};
	size_t before;
	struct flow_reply r;

	for (size_t i = 0; i < sizeof(pages) / sizeof(pages[0]); i++) {
		r = visit(&b, "GET", pages[i], NULL);
		cr_expect_not_null(strstr(r.body, "Anna R"), "%s", pages[i]);
		cr_expect_null(strstr(r.body, "data-live-on"), "%s", pages[i]);
		before = looks();
		b.alone = true;
		r = visit(&b, "GET", pages[i], NULL);
		b.alone = false;
		cr_expect_eq(r.status, 200);
		cr_expect_null(strstr(r.body, "Anna R"), "%s", pages[i]);
		cr_expect_eq(looks(), before, "%s", pages[i]);
	}
}

/* What is open begins with what has waited longest; what there ever was with the newest. */
Test(list_looks, faults_say_which_way_they_stand, .timeout = 300, .init = begin, .fini = end)
{
	static const struct {
		const char *path, *aria;
	} cases[] = {
		{"/faults", "aria-sort=\"ascending\""},
		{"/faults?all=yes", "aria-sort=\"descending\""},
		{"/faults?state=closed", "aria-sort=\"descending\""},
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct flow_reply r = visit(&b, "GET", cases[i].path, NULL);

		cr_expect_not_null(strstr(r.body, cases[i].aria), "%s", cases[i].path);
		cr_expect_eq(count_of(r.body, "aria-sort"), 1, "%s", cases[i].path);
	}
}

/* Of a borrower and a product: no more than both say. */
Test(list_looks, holds_of_a_borrower_for_a_product, .timeout = 300, .init = begin, .fini = end)
{
	struct doc *d = call(200, library, "GET", "/api/v1/holds?product=gps-klocka", NULL);
	const struct doc *first = doc_list_object(doc_list(d, "holds"), 0);
	const char *who = doc_str(first, "borrower");

	cr_expect_eq(doc_list_size(doc_list(d, "holds")), 2);
	cr_assert_not_null(who);
	d = call(200, library, "GET",
		arena_printf(b.f.a, "/api/v1/holds?product=gps-klocka&borrower=%s", who), NULL);
	cr_assert_eq(doc_list_size(doc_list(d, "holds")), 1);
	first = doc_list_object(doc_list(d, "holds"), 0);
	cr_expect_str_eq(doc_str(first, "borrower"), who);
	cr_expect_str_eq(doc_str(first, "product"), "gps-klocka");
}

/* A page is to be light: it goes on instead. A program gets what it asks for. */
Test(list_looks, a_page_has_few_rows_however_many_are_asked_for, .timeout = 300, .init = begin,
	.fini = end)
{
	static const struct {
		const char *path, *list, *mark;
		size_t rows;
	} cases[] = {
		{"/accounts?most=500", "accounts", "/close\"", 15},
		{"/accounts?most=3", "accounts", "/close\"", 3},
		{"/places?most=500", "places", "<th scope=\"row\"", 50},
	};

	for (unsigned i = 0; i < 60; i++) {
		call(201, b.f.token, "POST", "/api/v1/accounts",
			arena_printf(b.f.a, "{\"name\":\"namn%u\",\"roles\":\"reader\"}", i));
		FLOW_EXPECT(&b.f, 0, "place", "add", arena_printf(b.f.a, "plats-%u", i), "Plats");
	}
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct flow_reply r = visit(&b, "GET", cases[i].path, NULL);
		struct doc *d = call(200, b.f.token, "GET",
			arena_printf(b.f.a, "/api/v1/%s?most=500", cases[i].list), NULL);

		cr_expect_eq(count_of(r.body, cases[i].mark), cases[i].rows, "%s: %zu",
			cases[i].path, count_of(r.body, cases[i].mark));
		cr_expect_not_null(strstr(r.body, "rel=\"next\""), "%s", cases[i].path);
		cr_expect_geq(doc_list_size(doc_list(d, cases[i].list)), 60, "%s", cases[i].list);
	}
}
