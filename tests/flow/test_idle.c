/* SPDX-License-Identifier: EUPL-1.2 */
/* The lists of what nobody borrows, as documents, pages and files. */
#include "tests/flow/callers.h"

static const char *reader, *made[3];

static void begin(void)
{
	struct doc *d;

	flow_start(&b.f);
	library = token("bibliotek");
	reader = token("reader");
	call(200, b.f.token, "POST", "/api/v1/catalogue/load", NULL);
	d = flow_call(&b.f, "POST", "/api/v1/items", b.f.token,
		"{\"product\":\"sensorlampa\",\"count\":3}").doc;
	for (size_t i = 0; i < 3; i++)
		made[i] = arena_strdup(b.f.a, doc_list_str(doc_list(d, "serials"), i));
	d = call(201, library, "POST", "/api/v1/borrowers",
		"{\"zone\":\"library\",\"kind\":\"senior\",\"given\":\"Bo\",\"family\":\"Ek\"}");
	d = flow_call(&b.f, "POST", "/api/v1/loans", library,
		arena_printf(b.f.a, "{\"borrower\":\"%s\",\"things\":[\"%s\"]}", doc_str(d, "id"), made[0])).doc;
	cr_assert(doc_has(d, "loan"));
}

TestSuite(idle, .timeout = 300, .init = begin, .fini = end);

static size_t rows(const char *path, const char *list)
{
	struct doc *d = call(200, reader, "GET", arena_printf(b.f.a, "/api/v1%s", path), NULL);

	return doc_list_size(doc_list(d, list));
}

Test(idle, has_what_is_on_the_shelf_and_says_whether_it_was_ever_lent)
{
	struct flow_reply r;

	cr_expect_eq(rows("/idle", "idle"), 2, "one is out");
	cr_expect_eq(rows("/idle?product=sensorlampa&lent=no", "idle"), 2);
	cr_expect_eq(rows("/idle?product=nyckelhittare", "idle"), 0);
	cr_expect_eq(rows("/idle?older=91", "idle"), 0, "they came today");
	call(200, library, "POST", arena_printf(b.f.a, "/api/v1/items/%s/check-in", made[0]), "{}");
	cr_expect_eq(rows("/idle?lent=yes", "idle"), 1);
	cr_expect_eq(rows("/idle?sort=-loans", "idle"), 3);
	call(400, reader, "GET", "/api/v1/idle?older=5", NULL);
	r = flow_call(&b.f, "GET", "/api/v1/idle?format=csv", reader, NULL);
	cr_expect_eq(r.status, 200);
	cr_expect_not_null(strstr(r.head, "text/csv"));
	r = flow_call(&b.f, "GET", "/api/v1/idle/products?format=xlsx", reader, NULL);
	cr_expect_eq(r.status, 200);
}

Test(idle, has_products_by_the_month_one_was_lent_last)
{
	struct doc *d = call(200, reader, "GET", "/api/v1/idle/products", NULL);
	const struct doc *row = doc_list_object(doc_list(d, "products"), 0);
	const char *month = doc_str(row, "lent");

	cr_assert_eq(doc_list_size(doc_list(d, "products")), 1, "those there are things of");
	cr_expect_str_eq(doc_str(row, "id"), "sensorlampa");
	cr_assert_not_null(month);
	cr_expect_eq(strlen(month), 7);
	cr_expect_eq(rows("/idle/products?lent=no", "products"), 0);
	flow_call(&b.f, "POST", "/api/v1/items", b.f.token, "{\"product\":\"nyckelhittare\"}");
	cr_expect_eq(rows("/idle/products?lent=no", "products"), 1);
	cr_expect_eq(rows("/idle/products?older=91", "products"), 0);
}
