/* SPDX-License-Identifier: EUPL-1.2 */
/* A service that decides, with borrowers and loans there already, to store nobody's identity. */
#include "tests/flow/callers.h"

#define PERSON                                                                             \
	"\"given\":\"Anna\",\"family\":\"Ros\",\"phone\":\"033-35 70 00\",\"care_of\":\"Bo Ek\"," \
	"\"postcode\":\"501 80\",\"city\":\"Borås\",\"card\":\"LAN10446\",\"note\":\"ringer sent\""

static struct browser desk;
static const char *anna;

static void begin(void)
{
	b = (struct browser){0};
	flow_start(&b.f);
	FLOW_EXPECT(&b.f, 0, "item", "import",
		flow_file(&b.f, "things.csv", "serial,item_number,state\nGL-1,GL-1,in_stock\n"));
	library = token("bibliotek");
	anna = borrower(library, "library", PERSON);
	call(200, library, "POST", arena_printf(b.f.a, "/api/v1/borrowers/%s/relatives", anna),
		"{\"name\":\"Eva Ros\",\"relation\":\"relative\",\"may_collect\":true}");
	desk = (struct browser){.f = b.f};
	sign_in_new(&desk, "kim", "bibliotek");
}

static void knows_nobody(void)
{
	call(200, token("admin"), "POST", "/api/v1/borrower-policies",
		"{\"zone\":\"library\",\"keep_days\":900,\"needs_days\":90,\"no_identity\":true,"
		"\"decision\":\"KN § 4\"}");
}

static const char *page_of(const char *method, const char *path, const char *fields)
{
	struct flow_reply r = visit(&desk, method, path, fields ? form(&desk, fields) : NULL);

	cr_assert_eq(r.status, 200, "%s: %d", path, r.status);
	return arena_strdup(b.f.a, r.body);
}

#define SAYS(page, what) cr_expect_not_null(strstr(page, what), "no %s in %s", what, page)
#define SAYS_NOT(page, what) cr_expect_null(strstr(page, what), "%s in %s", what, page)

Test(nameless, who_signs_is_named_nowhere, .timeout = 300, .init = begin, .fini = end)
{
	struct doc *d = call(200, library, "POST", "/api/v1/loans",
		arena_printf(b.f.a, "{\"borrower\":\"%s\",\"things\":[\"GL-1\"]}", anna));
	const char *loan = doc_str(d, "loan"), *page, *sign, *id;

	id = doc_str(call(201, library, "POST", arena_printf(b.f.a, "/api/v1/loans/%s/agreements", loan),
			     "{}"),
		"id");
	sign = arena_printf(b.f.a, "/loans/%s/sign", loan);
	page = page_of("GET", sign, NULL);
	SAYS(page, "Anna Ros");
	SAYS(page, "Eva Ros");
	SAYS_NOT(page, "sparas inte vem som lånar");
	knows_nobody();
	page = page_of("GET", sign, NULL);
	SAYS_NOT(page, "Anna Ros");
	SAYS_NOT(page, "Eva Ros");
	SAYS(page, "value=\"relative\"");
	SAYS(page, "sparas inte vem som lånar");
	call(200, library, "POST", arena_printf(b.f.a, "/api/v1/agreements/%s/sign", id),
		"{\"way\":\"typed\",\"name\":\"Eva Ros\",\"signer\":\"relative\",\"identity\":\"known\"}");
	SAYS_NOT(page_of("GET", arena_printf(b.f.a, "/loans/%s", loan), NULL), "Ros");
}

/* One button empties all that is left but the relatives, who go first. */
Test(nameless, what_is_left_is_emptied_at_once, .timeout = 300, .init = begin, .fini = end)
{
	const char *path = arena_printf(b.f.a, "/borrowers/%s", anna), *page, *at;
	struct flow_reply r;
	AUTO(buf) struct buf fields = BUF_INIT(4096);

	knows_nobody();
	SAYS(page_of("GET", path, NULL), "sparas inte i den här tjänsten");
	page = page_of("POST", arena_printf(b.f.a, "%s/look", path), "why=correct");
	SAYS(page, "Töm det som visar vem det är");
	buf_printf(&fields, "next=%s", path);
	for (at = page; (at = strstr(at, "data-left name=\"")) != NULL;) {
		at += strlen("data-left name=\"");
		buf_printf(&fields, "&%.*s=", (int)strcspn(at, "\""), at);
	}
	r = visit(&desk, "POST", arena_printf(b.f.a, "%s/change", path), form(&desk, buf_str(&fields)));
	cr_expect_eq(r.status, 409);
	SAYS(r.body, "ta bort anhöriga");
	expect(&desk, 303, "POST", arena_printf(b.f.a, "%s/relatives/1/remove", path),
		form(&desk, arena_printf(b.f.a, "next=%s", path)));
	expect(&desk, 303, "POST", arena_printf(b.f.a, "%s/change", path), form(&desk, buf_str(&fields)));
	page = page_of("POST", arena_printf(b.f.a, "%s/look", path), "why=correct");
	SAYS(page, "LAN10446");
	SAYS_NOT(page, "Töm det som visar vem det är");
	SAYS_NOT(page, "Bo Ek");
	SAYS_NOT(page, "501 80");
	SAYS_NOT(page, "Eva Ros");
}
