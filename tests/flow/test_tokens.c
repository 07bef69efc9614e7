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
	const char *items = made(",\"areas\":\"items\"");
	struct flow_reply r;

	FLOW_EXPECT(&f, 0, "item", "add", "--serial", "SCOPE0001", "--state", "delivered");
	r = flow_call(&f, "POST", "/api/v1/items/SCOPE0001/mark", items,
		"{\"state\":\"in_stock\",\"erase\":\"yes\"}");
	cr_expect_eq(r.status, 409, "%s", r.body);
	cr_expect_str_eq(doc_str(r.doc, "code"), "token.area");
	r = flow_call(&f, "POST", "/api/v1/items/chosen", items,
		"{\"act\":\"group\",\"group\":\"all\",\"codes\":[\"SCOPE0001\"]}");
	cr_expect_eq(r.status, 409, "%s", r.body);
	cr_expect_str_eq(doc_str(r.doc, "code"), "token.area");
	r = flow_call(
		&f, "POST", "/api/v1/items/SCOPE0001/mark", items, "{\"state\":\"in_stock\"}");
	cr_expect_eq(r.status, 200, "%s", r.body);
}

Test(tokens, of_settings_leave_how_one_signs_in, .timeout = 300, .init = begin, .fini = end)
{
	const char *settings = made(",\"areas\":\"settings\"");
	struct flow_reply r;

	r = flow_call(&f, "POST", "/api/v1/settings/signin.lock_minutes", settings,
		"{\"value\":\"100\",\"why\":\"tried\"}");
	cr_expect_eq(r.status, 409, "%s", r.body);
	cr_expect_str_eq(doc_str(r.doc, "code"), "token.area");
	r = flow_call(&f, "POST", "/api/v1/settings/staff.notice", settings,
		"{\"value\":\"Hej\",\"why\":\"tried\"}");
	cr_expect_eq(r.status, 200, "%s", r.body);
}

Test(tokens, give_none_that_may_more, .timeout = 300, .init = begin, .fini = end)
{
	const char *accounts = made(",\"areas\":\"accounts items\"");
	struct flow_reply r;

	r = flow_call(&f, "POST", "/api/v1/tokens", accounts, "{" ALL_ROLES "}");
	cr_assert_eq(r.status, 409, "%s", r.body);
	cr_expect_str_eq(doc_str(r.doc, "code"), "token.wider");
	r = flow_call(&f, "POST", "/api/v1/tokens", accounts,
		"{" ALL_ROLES ",\"areas\":\"items\",\"read_only\":\"yes\"}");
	cr_assert_eq(r.status, 201, "%s", r.body);
	cr_expect_str_eq(doc_str(r.doc, "areas"), "items");
	r = flow_call(&f, "POST", "/api/v1/tokens", f.token, "{" ALL_ROLES ",\"areas\":\"all\"}");
	cr_expect_eq(r.status, 400, "%s", r.body);
	r = flow_call(&f, "POST", "/api/v1/tokens", f.token,
		"{" ALL_ROLES ",\"until\":\"2020-01-31\"}");
	cr_expect_eq(r.status, 409, "%s", r.body);
	cr_expect_str_eq(doc_str(r.doc, "code"), "token.until-past");
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
