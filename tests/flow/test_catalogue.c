/* SPDX-License-Identifier: EUPL-1.2 */
/* The open catalogue: closed until it is opened, the same for everybody on both sides, without a cookie; and never a
 * thing, a loan, a person, or what is not marked as shown. */
#include "tests/flow/browser.h"

#define V1 "/api/v1/catalogue"

static struct browser b;

static struct flow_reply outside(const char *path, const char *accept)
{
	const struct client_header header = {"Accept", accept};
	const struct client_request rq = {
		.method = "GET", .path = path, .headers = &header, .header_count = 1};

	return flow_ask(&b.f, b.f.public_port, &rq);
}

static struct flow_reply page(const char *path)
{
	return outside(path, "text/html");
}

static struct doc *document(const char *path)
{
	struct flow_reply r = outside(path, "application/json");

	cr_assert_eq(r.status, 200, "%s: %d %s", path, r.status, r.body);
	cr_assert_not_null(r.doc, "%s", path);
	return r.doc;
}

static struct doc *api(const char *path, const char *body)
{
	struct flow_reply r = flow_call(
		&b.f, "POST", arena_printf(b.f.a, "/api/v1%s", path), b.f.token, body);

	cr_assert_eq(r.status / 100, 2, "%s: %d %s", path, r.status, r.body);
	return r.doc;
}

static void begin(void)
{
	b = (struct browser){.f = {.set = {"server.contact=0123-45 67 89"}}};
	flow_start(&b.f);
}

static void end(void)
{
	flow_expect_well(&b.f);
	flow_stop(&b.f);
}

TestSuite(open_catalogue, .timeout = 300, .init = begin, .fini = end);

static const char *fill(void)
{
	struct doc *d;
	const char *item;

	api("/catalogue/load", NULL);
	api("/settings/catalogue.open", "{\"value\":\"yes\",\"why\":\"texterna är lästa\"}");
	api("/settings/catalogue.words",
		"{\"value\":\"Fråga i informationsdisken.\",\"why\":\"nytt\"}");
	api("/places",
		"{\"id\":\"disk\",\"kind\":\"desk\",\"name\":\"Simonsland\",\"lends\":true,\"address\":"
		"\"Storgatan 1\",\"hours\":\"Vardagar 10-18\",\"phone\":\"0123-99 88 77\"}");
	api("/places",
		"{\"id\":\"vard\",\"kind\":\"desk\",\"name\":\"Vårdens lager\",\"lends\":true,\"zone\":"
		"\"care\"}");
	d = api("/items",
		"{\"product\":\"sensorlampa\",\"place\":\"disk\",\"count\":2,\"note\":\"repig fot\"}");
	item = doc_list_str(doc_list(d, "serials"), 0);
	cr_assert_not_null(item);
	return item;
}

static void lend(const char *item)
{
	struct doc *d = api("/borrowers",
		"{\"zone\":\"library\",\"kind\":\"senior\",\"given\":\"Rutger\",\"family\":"
		"\"Lampelund\"}");

	api("/loans",
		arena_printf(b.f.a, "{\"borrower\":\"%s\",\"things\":[\"%s\"],\"yes\":\"hold parts limit\"}",
			doc_str(d, "id"), item));
}

Test(open_catalogue, is_closed_until_somebody_opens_it)
{
	struct flow_reply r = page("/catalogue");

	cr_expect_eq(r.status, 404);
	cr_expect_not_null(strstr(r.body, "Här visar vi snart"));
	cr_expect_not_null(strstr(r.body, "0123-45 67 89"), "whom to ask stands there");
	cr_expect_eq(page("/catalogue/products/sensorlampa").status, 404);
	cr_expect_eq(outside(V1, "application/json").status, 404);
	cr_expect_null(strstr(page("/").body, "/catalogue"));
	fill();
	cr_expect_eq(page("/catalogue").status, 200);
	cr_expect_not_null(strstr(page("/").body, "/catalogue?lang=sv"));
	api("/settings/catalogue.open", "{\"value\":\"no\",\"why\":\"rättar en text\"}");
	cr_expect_eq(page("/catalogue").status, 404);
}

static void expect_sums(const char *path, int64_t home, int64_t all)
{
	struct doc *d = document(path);
	int64_t n = -1;

	cr_expect_eq(doc_int(d, "home", &n), 0);
	cr_expect_eq(n, home, "home %lld", (long long)n);
	cr_expect_eq(doc_int(d, "all", &n), 0);
	cr_expect_eq(n, all, "all %lld", (long long)n);
}

Test(open_catalogue, tells_sums_and_how_to_borrow_and_nothing_of_things_or_people)
{
	const char *item = fill();
	struct flow_reply r;

	expect_sums(V1 "/products/sensorlampa", 2, 2);
	lend(item);
	expect_sums(V1 "/products/sensorlampa", 1, 2);
	r = page("/catalogue/products/sensorlampa");
	cr_expect_not_null(strstr(r.body, "1 hemma"));
	cr_expect_not_null(strstr(r.body, "gratis"));
	cr_expect_not_null(strstr(r.body, "Storgatan 1"));
	cr_expect_not_null(strstr(r.body, "0123-99 88 77"));
	cr_expect_not_null(strstr(r.body, "Fråga i informationsdisken."));
	cr_expect_null(strstr(r.body, "Vårdens lager"), "where care lends is not for everybody");
	cr_expect_null(header_of(&b, &r, "Set-Cookie"));
	cr_expect_str_eq(header_of(&b, &r, "Cache-Control"), "public, max-age=60");
	cr_expect_str_eq(header_of(&b, &r, "Vary"), "Accept, Accept-Language");
	cr_expect_not_null(strstr(header_of(&b, &r, "Content-Security-Policy"), "default-src 'none'"));
	for (size_t i = 0; i < 2; i++) {
		r = outside(i ? "/catalogue" : V1 "/products/sensorlampa", "application/json");
		cr_expect_null(strstr(r.body, item), "a thing's number");
		cr_expect_null(strstr(r.body, "repig"), "its note");
		cr_expect_null(strstr(r.body, "Lampelund"), "a name");
	}
}

Test(open_catalogue, shows_what_is_marked_and_finds_it_by_words_in_each_language)
{
	struct doc *d;

	fill();
	cr_expect_eq(page("/catalogue/products/surfplatta").status, 404, "care's");
	cr_expect_eq(doc_list_size(doc_list(document(V1 "?q=surfplatta"), "catalogue")), 0);
	api("/products/surfplatta", "{\"shown\":true}");
	cr_expect_eq(page("/catalogue/products/surfplatta").status, 200, "marked");
	api("/products/sensorlampa", "{\"shown\":false}");
	cr_expect_eq(page("/catalogue/products/sensorlampa").status, 404);
	d = document(V1 "?q=key+finder&lang=en");
	cr_assert_eq(doc_list_size(doc_list(d, "catalogue")), 1);
	cr_expect_str_eq(doc_str(doc_list_object(doc_list(d, "catalogue"), 0), "title"), "Key finder");
	cr_expect_not_null(strstr(page("/catalogue?q=zzz").body, "Vi hittade ingenting"));
	cr_expect_not_null(strstr(page("/catalogue?lang=fi").body, "Lainaa meilt"));
	cr_expect_eq(outside(V1 "?after=no-such", "application/json").status, 400);
	cr_expect_eq(outside(V1 "?after=spisvakt", "application/json").status, 400,
		"one that is not shown is as none");
	cr_expect_str_eq(page("/catalogue?after=spisvakt").body, page("/catalogue?after=finns-inte").body);
	cr_expect_eq(page("/catalogue?q=%3Cscript%3E").status, 200);
	cr_expect_null(strstr(page("/catalogue?q=%3Cscript%3E").body, "<script>"));
}

Test(open_catalogue, goes_on_where_a_piece_ended)
{
	const char *after = NULL;
	size_t n = 0;

	fill();
	for (unsigned i = 0; i < 20; i++)
		api("/products",
			arena_printf(b.f.a,
				"{\"id\":\"provsak-%02u\",\"kind\":\"thing\",\"name\":\"Provsak %02u\","
				"\"zone\":\"library\",\"lendable\":true,\"shown\":true}",
				i, i));
	do {
		struct doc *d = document(after ? arena_printf(b.f.a, V1 "?q=provsak&after=%s", after)
					       : V1 "?q=provsak");

		n += doc_list_size(doc_list(d, "catalogue"));
		after = doc_str(d, "next");
	} while (after);
	cr_expect_eq(n, 20);
	for (n = 0, after = ""; after;) {
		struct doc *d = document(*after ? arena_printf(b.f.a, V1 "?after=%s", after) : V1);

		cr_assert_leq(doc_list_size(doc_list(d, "catalogue")), 24);
		n += doc_list_size(doc_list(d, "catalogue"));
		after = doc_str(d, "next");
	}
	cr_expect_gt(n, 30);
}
