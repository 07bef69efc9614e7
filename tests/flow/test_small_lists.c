/* SPDX-License-Identifier: EUPL-1.2 */
/* The lists of few rows, which are read whole: sifted, in each order, in pieces and as files, as the
 * long ones are. */
#include "tests/flow/view.h"

#define PDF "%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\nxref\n0 1\n0000000000 65535 f \n" \
	    "trailer<</Size 2/Root 1 0 R>>\nstartxref\n44\n%%EOF\n"

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

/* Each row once, one at a time; where an index is walked the last page may be empty. */
static void expect_pieces(const char *path, const char *list, const char *key, size_t n)
{
	const char *seen = " ", *after = "";
	size_t got = 0;

	while (after && got <= n) {
		const struct doc *d = piece(path, after), *rows = doc_list(d, list);
		const char *id = id_of(doc_list_object(rows, 0), key);

		after = id_of(d, "next");
		if (!after && doc_list_size(rows) == 0)
			break;
		cr_assert_eq(doc_list_size(rows), 1, "%s", path);
		cr_expect_null(strstr(seen, arena_printf(b.f.a, " %s ", id)), "%s twice", id);
		seen = arena_printf(b.f.a, "%s%s ", seen, id);
		got++;
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
	/* whose row is gone: a program would take rows twice, somebody who reads sees it */
	call(400, b.f.token, "GET", "/api/v1/accounts?sort=name&most=1&after=nobody", NULL);
	r = visit(&b, "GET", "/accounts?sort=name&most=1&after=nobody", NULL);
	cr_expect_eq(r.status, 200);
	cr_expect_not_null(strstr(r.body, ">bo<"), "%s", r.body);
	/* whose row fits no longer: behind it */
	expect_behind("/accounts?role=admin", "bo", "it");
	r = visit(&b, "GET", "/tokens?format=csv&read_only=yes", NULL);
	cr_expect_not_null(strstr(r.body, "\"'=2+3\""), "%s", r.body);
	call(400, b.f.token, "GET", "/api/v1/accounts?role=chef", NULL);
	call(400, b.f.token, "GET", "/api/v1/accounts?sort=roles", NULL);
	call(403, library, "GET", "/api/v1/accounts?format=csv", NULL);
}

static const char *upload(const char *name, const char *bytes)
{
	return doc_str(call(201, b.f.token, "POST",
			       arena_printf(b.f.a, "/api/v1/media?name=%s", name), bytes),
		"id");
}

static void make_fleet(void)
{
	call(200, b.f.token, "POST", "/api/v1/groups",
		"{\"name\":\"rond-1\",\"title\":\"\\u00d6vriga\"}");
	call(200, b.f.token, "POST", "/api/v1/groups", "{\"name\":\"rond-2\",\"title\":\"Alba\"}");
	call(200, b.f.token, "POST", "/api/v1/groups/rond-1/members", "{\"in\":[\"VB-000004\"]}");
	call(201, b.f.token, "POST", "/api/v1/invitations", "{\"most\":40,\"note\":\"Leverans\"}");
	call(201, b.f.token, "POST", "/api/v1/invitations", "{\"serial\":\"DMPX1\"}");
	call(200, b.f.token, "DELETE",
		arena_printf(b.f.a, "/api/v1/invitations/%s",
			doc_str(call(201, b.f.token, "POST", "/api/v1/invitations", "{}"), "id")),
		NULL);
	call(201, b.f.token, "POST", "/api/v1/webhooks",
		"{\"url\":\"https://b.invalid/x\",\"topics\":\"item.*\",\"note\":\"tavlan\"}");
	call(200, b.f.token, "POST",
		arena_printf(b.f.a, "/api/v1/webhooks/%s/pause",
			doc_str(call(201, b.f.token, "POST", "/api/v1/webhooks",
					"{\"url\":\"https://a.invalid/x\"}"),
				"id")),
		NULL);
	upload("Handbok.pdf", PDF);
}

Test(small_lists, groups_media_webhooks_invitations, .timeout = 300, .init = begin, .fini = end)
{
	static const struct view views[] = {
		{"/groups", "groups", "", 2, "name", "rond-1"},
		{"/groups", "groups", "?sort=title", 2, "title", "Alba"},
		{"/groups", "groups", "?members=no", 1, "title", "Alba"},
		{"/groups", "groups", "?q=%C3%B6vriga&sort=-members", 1, "name", "rond-1"},
		{"/groups", "groups", "?older=7", 0, NULL, NULL},
		{"/invitations", "invitations", "", 3, "state", NULL},
		{"/invitations", "invitations", "?sort=made", 3, "note", NULL},
		{"/invitations", "invitations", "?state=open&sort=called", 2, "called", "DMPX1"},
		{"/invitations", "invitations", "?q=leverans&used=no", 1, "used_text", "0 of 40"},
		{"/invitations", "invitations", "?used=yes", 0, NULL, NULL},
		{"/webhooks", "webhooks", "", 2, "url", "https://a.invalid/x"},
		{"/webhooks", "webhooks", "?state=paused", 1, "url", "https://a.invalid/x"},
		{"/webhooks", "webhooks", "?q=tavlan&delivered=no&sort=-url", 1, "topics_text", "item.*"},
		{"/media", "media", "?kind=pdf&sort=-size", 1, "name", "Handbok.pdf"},
		{"/media", "media", "?kind=epub", 0, NULL, NULL},
	};

	make_fleet();
	EXPECT_VIEWS(views);
	expect_pieces("/webhooks?sort=-url", "webhooks", "id", 2);
	expect_pieces("/groups?sort=name", "groups", "name", 2);
	expect_pieces("/invitations?sort=-made", "invitations", "id", 3);
	call(400, b.f.token, "GET", "/api/v1/media?kind=exe", NULL);
	call(403, care, "GET", "/api/v1/webhooks?format=xlsx", NULL);
	call(403, reader, "GET", "/api/v1/invitations?format=csv", NULL);
}

Test(small_lists, imports_and_rules, .timeout = 300, .init = begin, .fini = end)
{
	static const struct view views[] = {
		{"/imports", "imports", "", 2, "made", NULL},
		{"/imports", "imports", "?undone=yes", 1, "undone_by", NULL},
		{"/imports", "imports", "?made=yes&undone=no&sort=-made", 1, "by", NULL},
		{"/imports", "imports", "?older=30", 0, NULL, NULL},
		{"/loan-rules", "rules", "", 3, "why", "alla"},
		{"/loan-rules", "rules", "?sort=-changed", 3, "why", NULL},
		{"/loan-rules", "rules", "?product=gps-klocka", 1, "why", "dyr"},
		{"/loan-rules", "rules", "?borrower_kind=staff&zone=library", 1, "why", "personal"},
		{"/loan-rules", "rules", "?place=buss", 0, NULL, NULL},
		{"/loan-rules", "rules", "?q=dyr&sort=scope", 1, "scope", "GPS watch"},
	};

	call(200, b.f.token, "POST", "/api/v1/loan-rules",
		"{\"product\":\"gps-klocka\",\"loan_days\":7,\"why\":\"dyr\"}");
	call(200, b.f.token, "POST", "/api/v1/loan-rules", "{\"loan_days\":21,\"why\":\"alla\"}");
	call(200, b.f.token, "POST", "/api/v1/loan-rules",
		"{\"borrower_kind\":\"staff\",\"zone\":\"library\",\"renewals\":0,"
		"\"why\":\"personal\"}");
	FLOW_EXPECT(&b.f, 0, "item", "import",
		flow_file(&b.f, "one.csv", "serienummer;status\nUPPG1;i lager\nUPPG2;i lager\n"));
	FLOW_EXPECT(&b.f, 0, "item", "import",
		flow_file(&b.f, "two.csv", "serienummer;status\nUPPG3;i lager\n"));
	call(200, b.f.token, "POST", "/api/v1/imports/2/undo", "{}");
	EXPECT_VIEWS(views);
	expect_pieces("/loan-rules?sort=own", "rules", "rule", 3);
	expect_pieces("/imports?sort=-at", "imports", "id", 2);
	call(403, library, "GET", "/api/v1/imports", NULL);
}

/* One version of a text at a time, the newest first; none that is not there. */
Test(small_lists, versions_of_a_text_in_pieces, .timeout = 120, .init = begin, .fini = end)
{
	const char *path = "/api/v1/wordings/loan/sv";
	int64_t version, next;

	for (unsigned i = 0; i < 3; i++)
		call(201, b.f.token, "POST", path,
			arena_printf(b.f.a,
				"{\"title\":\"Avtal %u\",\"body\":\"{items}\",\"version\":%u,"
				"\"why\":\"prov\"}",
				i + 1, i));
	for (next = 0, version = 3; version > 0; version--) {
		const struct doc *d = call(200, b.f.token, "GET",
			next ? arena_printf(b.f.a, "%s?most=1&after=%lld", path, (long long)next)
			     : arena_printf(b.f.a, "%s?most=1", path),
			NULL);
		const struct doc *rows = doc_list(d, "wordings");
		int64_t told = 0;

		cr_assert_eq(doc_list_size(rows), 1);
		cr_expect(doc_int(doc_list_object(rows, 0), "version", &told) == 0 && told == version,
			"version %lld", (long long)told);
		cr_expect_eq(doc_int(d, "next", &next) == 0, version > 1);
	}
	call(400, b.f.token, "GET", "/api/v1/wordings/loan/sv?after=x", NULL);
	call(400, library, "GET", "/api/v1/borrower-notices?after=home-1", NULL);
	expect(&b, 200, "GET", "/wordings/loan/sv?after=2", NULL);
	expect(&b, 200, "GET", "/protected-looks?after=library-9&all=yes", NULL);
}

Test(small_lists, the_price_table_is_a_file_too, .timeout = 300, .init = begin, .fini = end)
{
	size_t n = doc_list_size(doc_list(call(200, b.f.token, "GET", "/api/v1/prices", NULL), "rows"));
	const char *file;

	cr_assert_gt(n, 3);
	cr_expect_eq(rows_of_file("/prices", "csv"), n);
	cr_expect_eq(rows_of_file("/prices?sort=-price_text", "xlsx"), n);
	file = visit(&b, "GET", "/prices?q=ringklocka&format=csv", NULL).body;
	cr_expect_not_null(strstr(file, "tradlos-ringklocka"), "%s", file);
	cr_expect_null(strstr(file, "gps-klocka"), "%s", file);
	cr_expect_not_null(strstr(visit(&b, "GET", "/prices", NULL).body, "/prices?format=csv"));
	n = doc_list_size(doc_list(call(200, b.f.token, "GET", "/api/v1/price-lists", NULL), "versions"));
	cr_assert_gt(n, 0);
	cr_expect_eq(rows_of_file("/prices/versions", "csv"), n);
	cr_expect_eq(rows_of_file("/prices/versions?sort=made_by", "xlsx"), n);
}
