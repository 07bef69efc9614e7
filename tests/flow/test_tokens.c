/* SPDX-License-Identifier: EUPL-1.2 */
/* Tokens of programs that are narrowed: to areas, to reading, to a last day. */
#include "tests/flow/flow.h"

#include "base/text.h"

#include <stdlib.h>

#define ALL_ROLES "\"roles\":\"it konsulent bibliotek admin\""

static struct flow f;

static void begin(void)
{
	f = (struct flow){0};
	setenv("LC_ALL", "C.UTF-8", 1);
	flow_start(&f);
}

static void end(void)
{
	flow_stop(&f);
}

static const char *made(const char *scope)
{
	const char *body = arena_printf(f.a, "{" ALL_ROLES "%s}", scope);

	return doc_str(flow_api(&f, 201, "POST", "/api/v1/tokens", body), "token");
}

static struct flow_reply ask(const char *who, const char *method, const char *path)
{
	const char *body = text_equal(method, "POST") ? "{}" : NULL;

	return flow_call(&f, method, path, who, body);
}

static void expect(const char *who, int status, const char *method, const char *path)
{
	struct flow_reply r = ask(who, method, path);

	cr_expect_eq(r.status, status, "%s %s: %d %s", method, path, r.status, r.body);
}

/* 403, with a sentence that says this. */
static void refused(const char *who, const char *method, const char *path, const char *says)
{
	struct flow_reply r = ask(who, method, path);

	cr_expect_eq(r.status, 403, "%s %s: %d %s", method, path, r.status, r.body);
	cr_expect(r.doc && doc_str(r.doc, "text") && strstr(doc_str(r.doc, "text"), says),
		"%s %s: %s", method, path, r.body);
}

/* What is sent is answered so; a 409 with this code. */
static struct doc *post(
	const char *who, const char *path, const char *body, int status, const char *code)
{
	struct flow_reply r = flow_call(&f, "POST", path, who, body);

	cr_assert_eq(r.status, status, "%s: %d %s", path, r.status, r.body);
	if (code)
		cr_expect_str_eq(doc_str(r.doc, "code"), code);
	return r.doc;
}

Test(tokens, may_only_what_their_scope_says, .timeout = 300, .init = begin, .fini = end)
{
	const char *all = made(""), *reads = made(",\"read_only\":true");
	const char *items = made(",\"areas\":\"items\"");
	struct flow_reply r;

	expect(all, 200, "GET", "/api/v1/loans/counts");
	expect(all, 200, "GET", "/api/v1/items");
	expect(all, 400, "POST", "/api/v1/products");
	expect(reads, 200, "GET", "/api/v1/items");
	expect(reads, 200, "GET", "/api/v1/loans/counts");
	refused(reads, "POST", "/api/v1/products", "read");
	refused(reads, "POST", "/api/v1/tokens", "read");
	expect(items, 200, "GET", "/api/v1/items");
	expect(items, 400, "POST", "/api/v1/products");
	refused(items, "GET", "/api/v1/loans/counts", "loans");
	refused(items, "GET", "/api/v1/loans/counts?lang=sv", "området loans");
	refused(items, "GET", "/api/v1/loans/counts?lang=fi", "alue loans");
	refused(items, "POST", "/api/v1/borrowers/search", "people");
	expect(items, 403, "GET", "/loans");
	r = flow_call(&f, "POST", "/api/v1/sign-out", items, NULL);
	cr_expect_eq(r.status, 200, "one's own: %s", r.body);
	expect(items, 401, "GET", "/api/v1/items");
}

/* An address of one area may reach into another: what is in an iPad is not a matter of lists. */
Test(tokens, of_things_neither_erase_nor_group, .timeout = 300, .init = begin, .fini = end)
{
	static const char mark[] = "/api/v1/items/SCOPE0001/mark";
	const char *items = made(",\"areas\":\"items\"");

	FLOW_EXPECT(&f, 0, "item", "add", "--serial", "SCOPE0001", "--state", "delivered");
	post(items, mark, "{\"state\":\"in_stock\",\"erase\":\"yes\"}", 409, "token.area");
	post(items, "/api/v1/items/chosen",
		"{\"act\":\"group\",\"group\":\"all\",\"codes\":[\"SCOPE0001\"]}", 409,
		"token.area");
	post(items, mark, "{\"state\":\"in_stock\"}", 200, NULL);
}

/* A picture of 64 by 32, as far as its frame tells. */
static const uint8_t jpeg[] = {0xff, 0xd8, 0xff, 0xc0, 0, 11, 8, 0, 32, 0, 64, 1, 1, 0x11, 0, 0xff,
	0xda, 0, 8, 1, 1, 0, 0, 63, 0, 1, 2, 3, 0xff, 0xd9};

static const char *photo_added(const char *who, const char *path)
{
	const struct client_header headers[] = {{"Content-Type", "image/jpeg"},
		{"Authorization", arena_printf(f.a, "Bearer %s", who)}};
	struct flow_reply r = flow_ask(&f, f.staff_port,
		&(const struct client_request){.method = "POST",
			.path = path,
			.headers = headers,
			.header_count = 2,
			.body = bytes_of(jpeg, sizeof(jpeg))});

	cr_assert_eq(r.status, 200, "%s: %d %s", path, r.status, r.body);
	return arena_printf(f.a, "/api/v1/photos/%s", doc_str(r.doc, "photo"));
}

static void kept_out(const char *who, const char *method, const char *path)
{
	struct flow_reply r = ask(who, method, path);

	cr_expect_eq(r.status, 409, "%s %s: %d", method, path, r.status);
	cr_expect(r.doc && text_equal(doc_str(r.doc, "code"), "token.area"), "%s %s", method, path);
}

/* Pictures have one address, whatever they are of: those of a loan are the loan's. */
Test(tokens, of_things_see_no_picture_of_a_loan, .timeout = 300, .init = begin, .fini = end)
{
	const char *all = made(""), *items = made(",\"areas\":\"items\"");
	const char *both = made(",\"areas\":\"items loans\"");
	const char *who, *loan, *of_thing, *of_loan, *back;

	FLOW_EXPECT(&f, 0, "catalogue", "load");
	FLOW_EXPECT(&f, 0, "place", "add", "disk", "Lånedisken", "--lends");
	post(all, "/api/v1/items", "{\"product\":\"gps-klocka\",\"place\":\"disk\",\"count\":1}",
		200, NULL);
	who = doc_str(post(all, "/api/v1/borrowers",
			      "{\"zone\":\"library\",\"kind\":\"senior\",\"given\":\"Anna\","
			      "\"family\":\"Ros\",\"card\":\"KANNA0001\"}",
			      201, NULL),
		"id");
	loan = doc_str(post(all, "/api/v1/loans",
			       arena_printf(f.a,
				       "{\"borrower\":\"%s\",\"things\":[{\"code\":\"VB-000001\"}],"
				       "\"place\":\"disk\",\"yes\":\"parts\"}",
				       who),
			       200, NULL),
		"loan");
	of_thing = photo_added(all, "/api/v1/items/VB-000001/photos");
	of_loan = photo_added(all, arena_printf(f.a, "/api/v1/loans/%s/photos", loan));
	back = arena_printf(f.a, "%s/restore", of_loan);
	expect(items, 200, "GET", of_thing);
	kept_out(items, "GET", of_loan);
	kept_out(items, "DELETE", of_loan);
	expect(both, 200, "GET", of_loan);
	expect(both, 200, "DELETE", of_loan);
	kept_out(items, "POST", back);
	expect(both, 200, "POST", back);
	expect(items, 200, "DELETE", of_thing);
}

/* A list opens names for who may open people, whatever the list is of. */
Test(tokens, of_loans_open_no_names, .timeout = 300, .init = begin, .fini = end)
{
	static const char *const lists[] = {"/api/v1/holds?names=yes", "/api/v1/holds?names=yes&format=csv",
		"/api/v1/loans?format=csv&names=yes"};
	const char *loans = made(",\"areas\":\"loans\"");
	const char *both = made(",\"areas\":\"loans people\"");

	expect(loans, 200, "GET", "/api/v1/holds");
	expect(loans, 200, "GET", "/api/v1/loans?format=csv");
	for (size_t i = 0; i < sizeof(lists) / sizeof(lists[0]); i++) {
		struct flow_reply r = ask(loans, "GET", lists[i]);

		cr_expect_eq(r.status, 409, "%s: %d %s", lists[i], r.status, r.body);
		cr_expect_not_null(strstr(r.body, "people"), "%s", r.body);
		expect(both, 200, "GET", lists[i]);
	}
}

Test(tokens, of_settings_leave_how_one_signs_in, .timeout = 300, .init = begin, .fini = end)
{
	const char *settings = made(",\"areas\":\"settings\"");

	post(settings, "/api/v1/settings/signin.lock_minutes",
		"{\"value\":\"100\",\"why\":\"tried\"}", 409, "token.area");
	post(settings, "/api/v1/settings/staff.notice",
		"{\"value\":\"Hej\",\"why\":\"tried\"}", 200, NULL);
}

Test(tokens, give_none_that_may_more, .timeout = 300, .init = begin, .fini = end)
{
	static const char path[] = "/api/v1/tokens";
	const char *accounts = made(",\"areas\":\"accounts items\"");
	struct doc *d;

	post(accounts, path, "{" ALL_ROLES "}", 409, "token.wider");
	d = post(accounts, path,
		"{" ALL_ROLES ",\"areas\":\"items\",\"read_only\":\"yes\"}", 201, NULL);
	cr_expect_str_eq(doc_str(d, "areas"), "items");
	post(f.token, path, "{" ALL_ROLES ",\"areas\":\"all\"}", 400, NULL);
	post(f.token, path, "{" ALL_ROLES ",\"until\":\"2020-01-31\"}", 409, "token.until-past");
}

Test(tokens, end_with_their_last_day, .timeout = 300, .init = begin, .fini = end)
{
	struct doc *d = FLOW_JSON(&f, "token", "add", "--roles", "reader", "--scope",
		"items, statistics", "--read-only", "--until", "2999-12-31", "--note", "shown");
	const char *far = doc_str(d, "token"), *near = made(",\"life\":\"1d\"");

	cr_expect_str_eq(doc_str(d, "areas"), "items statistics");
	cr_expect(doc_bool(d, "read_only", false));
	FLOW_EXPECT(&f, 2, "token", "add", "--roles", "reader", "--scope", "everything");
	FLOW_EXPECT(&f, 2, "token", "add", "--roles", "reader", "--until", "soon");
	FLOW_EXPECT(&f, 3, "token", "add", "--roles", "reader", "--until", "2020-01-31");
	expect(far, 200, "GET", "/api/v1/items");
	expect(near, 200, "GET", "/api/v1/items");
	flow_server_stop(&f);
	f.clock_shift_s = 3 * 86400;
	flow_server_start(&f);
	expect(near, 401, "GET", "/api/v1/items");
	expect(far, 200, "GET", "/api/v1/items");
	expect(f.token, 200, "GET", "/api/v1/loans/counts");
}
