/* SPDX-License-Identifier: EUPL-1.2 */
/* The lists of few rows, which are read whole: sifted, in each order, in pieces and as files, as the
 * long ones are. */
#include "tests/flow/view.h"

static void expect_views(const struct view *views, size_t n)
{
	for (size_t i = 0; i < n; i++)
		expect_view(&views[i]);
}
#define EXPECT_VIEWS(views) expect_views(views, sizeof(views) / sizeof((views)[0]))

/* A text, or a number as its digits; NULL: none. */
static const char *id_of(const struct doc *row, const char *key)
{
	int64_t n;

	if (doc_str(row, key) || doc_int(row, key, &n) != 0)
		return doc_str(row, key);
	return arena_printf(b.f.a, "%lld", (long long)n);
}

static const struct doc *piece(const char *path, const char *after)
{
	return call(200, b.f.token, "GET",
		arena_printf(b.f.a, "/api/v1%s&most=1&after=%s", path, after), NULL);
}

/* Each row once, one at a time. */
static void expect_pieces(const char *path, const char *list, const char *key, size_t n)
{
	const char *seen = " ", *after = "";
	size_t got = 0;

	for (; after && got <= n; got++) {
		const struct doc *d = piece(path, after), *rows = doc_list(d, list);
		const char *id = id_of(doc_list_object(rows, 0), key);

		cr_assert_eq(doc_list_size(rows), 1, "%s after %s", path, after);
		cr_expect_null(strstr(seen, arena_printf(b.f.a, " %s ", id)), "%s twice", id);
		seen = arena_printf(b.f.a, "%s%s ", seen, id);
		after = id_of(d, "next");
	}
	cr_expect_eq(got, n, "%s in pieces: %zu", path, got);
}

static void expect_behind(const char *path, const char *after, const char *name)
{
	const struct doc *rows = doc_list(piece(path, after), "accounts");

	cr_expect_str_eq(doc_str(doc_list_object(rows, 0), "name"), name);
}

static void make_accounts(void)
{
	call(201, b.f.token, "POST", "/api/v1/accounts", "{\"name\":\"cilla\",\"roles\":\"reader\"}");
	call(201, b.f.token, "POST", "/api/v1/accounts",
		"{\"name\":\"bo\",\"roles\":\"konsulent bibliotek\"}");
	call(200, b.f.token, "DELETE", "/api/v1/accounts/cilla", NULL);
	call(201, b.f.token, "POST", "/api/v1/tokens",
		"{\"note\":\"=2+3\",\"roles\":\"reader\",\"areas\":\"items\",\"read_only\":true,"
		"\"life\":\"3d\"}");
}

Test(small_lists, accounts_and_tokens, .timeout = 300, .init = begin, .fini = end)
{
	static const struct view views[] = {
		{"/accounts", "accounts", "", 4, "name", "bo"},
		{"/accounts", "accounts", "?sort=-name", 4, "name", "lisa"},
		{"/accounts", "accounts", "?sort=-signed_in", 4, "name", "lisa"},
		{"/accounts", "accounts", "?role=bibliotek", 2, "name", "bo"},
		{"/accounts", "accounts", "?role=reader&state=closed", 1, "name", "cilla"},
		{"/accounts", "accounts", "?state=new", 2, "name", "bo"},
		{"/accounts", "accounts", "?state=open", 1, "name", "lisa"},
		{"/accounts", "accounts", "?two_step=yes", 0, NULL, NULL},
		{"/accounts", "accounts", "?older=7", 0, NULL, NULL},
		{"/accounts", "accounts", "?q=cill", 1, "name", "cilla"},
		{"/tokens", "tokens", "?kind=person", 1, "account", "lisa"},
		{"/tokens", "tokens", "?read_only=yes", 1, "note", "=2+3"},
		{"/tokens", "tokens", "?ends=yes&kind=program&role=reader&q=2%2b3", 1, "limits",
			"Things, places, leases and SIMs; Only reads"},
		{"/tokens", "tokens", "?older=30&sort=called", 0, NULL, NULL},
	};
	struct flow_reply r;

	make_accounts();
	EXPECT_VIEWS(views);
	expect_pieces("/accounts?sort=name", "accounts", "name", 4);
	expect_pieces("/accounts?sort=-state_text", "accounts", "name", 4);
	expect_pieces("/accounts?role=bibliotek", "accounts", "name", 2);
	/* whose row is gone: from the beginning, rather than past some */
	expect_behind("/accounts?sort=name", "nobody", "bo");
	/* whose row fits no longer: behind it */
	expect_behind("/accounts?role=admin", "bo", "it");
	r = visit(&b, "GET", "/tokens?format=csv&read_only=yes", NULL);
	cr_expect_not_null(strstr(r.body, "\"'=2+3\""), "%s", r.body);
	call(400, b.f.token, "GET", "/api/v1/accounts?role=chef", NULL);
	call(400, b.f.token, "GET", "/api/v1/accounts?sort=roles", NULL);
	call(403, library, "GET", "/api/v1/accounts?format=csv", NULL);
}
