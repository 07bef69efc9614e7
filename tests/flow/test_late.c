/* SPDX-License-Identifier: EUPL-1.2 */
/* Who answers for a loan: who may say that it is gone, and who may sign for the borrower. */
#include "tests/flow/callers.h"

#include "base/clock.h"

static void begin(void)
{
	b = (struct browser){0};
	flow_start(&b.f);
	FLOW_EXPECT(&b.f, 0, "item", "import",
		flow_file(&b.f, "things.csv",
			"serial,item_number,state\nGLAS00001,GL-1,in_stock\n"
			"GLAS00002,GL-2,in_stock\nGLAS00003,GL-3,in_stock\nLAMPA9,GL-9,in_stock\n"));
	FLOW_EXPECT(&b.f, 0, "catalogue", "load");
	library = token("bibliotek");
	care = token("konsulent");
}

/* A relative's scope is asked when it is signed; staff of another zone sign nothing. */
Test(late, who_may_fetch_may_sign, .timeout = 300, .init = begin, .fini = end)
{
	const char *anna = borrower(library, "library", "\"given\":\"Anna\",\"family\":\"Ros\"");
	const char *sign;
	const char *relatives = arena_printf(b.f.a, "/api/v1/borrowers/%s/relatives", anna);
	int64_t relative;
	struct doc *d;

	d = call(200, library, "POST", "/api/v1/loans",
		arena_printf(b.f.a, "{\"borrower\":\"%s\",\"things\":[\"GL-1\"]}", anna));
	d = call(201, library, "POST",
		arena_printf(b.f.a, "/api/v1/loans/%s/agreements", doc_str(d, "loan")), "{}");
	sign = arena_printf(b.f.a, "/api/v1/agreements/%s", doc_str(d, "id"));
	call(200, library, "POST", relatives,
		"{\"name\":\"Bo Ros\",\"relation\":\"relative\",\"may_know\":true}");
	call(200, library, "POST", relatives,
		"{\"name\":\"Eva Ros\",\"relation\":\"relative\",\"may_collect\":true}");
	refused(library, arena_printf(b.f.a, "%s/sign", sign),
		"{\"way\":\"paper\",\"signer\":\"relative\",\"relative\":1,\"identity\":\"known\"}", "agreement.signer_may_not");
	call(404, care, "POST", arena_printf(b.f.a, "%s/sign", sign),
		"{\"way\":\"paper\",\"signer\":\"relative\",\"relative\":2,\"identity\":\"known\"}");
	call(400, library, "POST", arena_printf(b.f.a, "%s/sign", sign),
		"{\"way\":\"paper\",\"signer\":\"relative:x\",\"identity\":\"known\"}");
	call(200, library, "POST", arena_printf(b.f.a, "%s/sign", sign),
		"{\"way\":\"paper\",\"signer\":\"relative:2\",\"identity\":\"known\"}");
	d = call(200, library, "GET", sign, NULL);
	cr_expect_str_eq(doc_str(d, "signer"), "relative");
	cr_assert_eq(doc_int(d, "relative", &relative), 0);
	cr_expect_eq(relative, 2);
}

/* The form of what will not come back is of that loan's thing, for those whose it is. */
static void is_asked_at(const char *loan, const char *lamp)
{
	const char *ours = arena_printf(b.f.a, "/loans/%s/things/%s/write-off", loan, lamp);

	cr_assert_not_null(loan);
	sign_in_new(&b, "lovis", "bibliotek");
	expect(&b, 200, "GET", ours, NULL);
	expect(&b, 404, "GET", arena_printf(b.f.a, "/loans/L-99999/things/%s/write-off", lamp), NULL);
	expect(&b, 404, "GET", arena_printf(b.f.a, "/loans/%s/things/GL-3/write-off", loan), NULL);
	sign_in_new(&b, "kim", "konsulent");
	expect(&b, 404, "GET", ours, NULL);
}

/* Who may say that a thing is gone: by API, by the page, for an iPad and for a lamp. */
Test(late, only_care_marks_an_ipad_gone, .timeout = 300, .init = begin, .fini = end)
{
	static const char lost[] = "{\"phone\":\"033-35 70 00\",\"stolen\":true}";
	static const char gone[] = "{\"reason\":\"brand\"}";
	static const char lamp[] = "LAMPA9";
	static const char noted[] = "{\"stolen\":true,\"note\":\"ur cykelkorgen\"}";
	const char *senior = borrower(
		care, "care", "\"given\":\"Olle\",\"family\":\"Ros\",\"card\":\"KOLLE0001\"");
	const char *anna = borrower(library, "library",
		"\"given\":\"Anna\",\"family\":\"Ros\",\"card\":\"KANNA0001\"");
	struct doc *d;

	call(200, token("admin it"), "POST", "/api/v1/products",
		"{\"id\":\"lampa\",\"name\":\"Lampa\",\"kind\":\"thing\"}");
	call(200, care, "POST", "/api/v1/items/LAMPA9", "{\"product\":\"lampa\"}");
	d = call(200, library, "POST", "/api/v1/loans",
		arena_printf(b.f.a, "{\"borrower\":\"%s\",\"things\":[\"GL-1\",\"%s\"]}", anna,
			lamp));
	is_asked_at(doc_str(d, "loan"), lamp);
	/* what came without a product may be an iPad */
	refused(library, "/api/v1/items/GL-1/lost-on-loan", lost, "item.role");
	refused(library, "/api/v1/items/GL-1/write-off", gone, "item.role");
	refused(library, "/api/v1/items/GL-1/mark", "{\"state\":\"discarded\"}", "item.role");
	call(409, care, "POST", "/api/v1/items/GL-1/write-off", gone); /* another zone's loan */
	/* a lamp has no screen to put words on, and what is noted of it is kept */
	refused(library, arena_printf(b.f.a, "/api/v1/items/%s/lost-on-loan", lamp),
		"{\"note\":\"hos 19121212-1212\"}", "note.identity");
	refused(library, arena_printf(b.f.a, "/api/v1/items/%s/lost-on-loan", lamp),
		"{\"note\":\"ANNA glömde den\"}", "note.name");
	refused(library, arena_printf(b.f.a, "/api/v1/items/%s/write-off", lamp),
		"{\"reason\":\"enligt fru Ros\"}", "note.name");
	refused(library, arena_printf(b.f.a, "/api/v1/items/%s/check-in", lamp),
		"{\"note\":\"fru Ros hade den\"}", "note.name");
	call(200, library, "POST", arena_printf(b.f.a, "/api/v1/items/%s/lost-on-loan", lamp), noted);
	cr_expect(strstr(
		flow_call(&b.f, "GET", "/api/v1/items/LAMPA9/history", library, NULL).body,
		"ur cykelkorgen"));
	call(200, library, "POST", arena_printf(b.f.a, "/api/v1/devices/%s/found", lamp), NULL);
	call(200, library, "POST", arena_printf(b.f.a, "/api/v1/items/%s/mark", lamp), "{\"state\":\"lost\"}");
	call(200, library, "POST", arena_printf(b.f.a, "/api/v1/devices/%s/found", lamp), NULL);
	call(200, library, "POST", arena_printf(b.f.a, "/api/v1/items/%s/lost-on-loan", lamp), "{}");
	call(200, library, "POST", arena_printf(b.f.a, "/api/v1/items/%s/write-off", lamp), gone);
	call(200, care, "POST", "/api/v1/loans",
		arena_printf(b.f.a, "{\"borrower\":\"%s\",\"things\":[\"GL-2\"]}", senior));
	refused(care, "/api/v1/items/GL-2/lost-on-loan", noted, "unit.words-needed");
	call(200, care, "POST", "/api/v1/items/GL-2/lost-on-loan", lost);
	call(200, care, "POST", "/api/v1/devices/GL-3/lost", lost);
	refused(library, "/api/v1/devices/GL-3/found", NULL, "item.role");
	call(200, care, "POST", "/api/v1/devices/GL-3/found", NULL);
	call(200, care, "POST", "/api/v1/items/GL-2/write-off", gone);
}

/* Every text that is read by more than may see who borrows; of a borrower it may say who it is. */
Test(late, no_text_in_clear_holds_a_persons_number, .timeout = 300, .init = begin, .fini = end)
{
#define NUMBER "hos 19121212-1212"
	static const struct {
		const char *path, *body;
	} rows[] = {
		{"items/GL-1/mark", "{\"state\":\"repair\",\"note\":\"" NUMBER "\"}"},
		{"devices/GL-1/lost", "{\"phone\":\"033-357000\",\"note\":\"" NUMBER "\"}"},
		{"devices/GL-1/lost", "{\"message\":\"" NUMBER "\"}"},
		{"devices/GL-1/lost", "{\"phone\":\"033-357000\",\"footnote\":\"" NUMBER "\"}"},
		{"devices/GL-1/lost", "{\"police\":\"K 19121212-1212\"}"},
		{"devices/GL-1/locate", "{\"purpose\":\"" NUMBER "\"}"},
		{"sims/GL-1/codes", "{\"reason\":\"" NUMBER "\"}"},
		{"safety-notices", "{\"title\":\"" NUMBER "\",\"text\":\"x\",\"product\":\"x\"}"},
		{"safety-notices", "{\"title\":\"x\",\"text\":\"" NUMBER "\",\"product\":\"x\"}"},
		{"settings/server.contact", "{\"value\":\"x\",\"why\":\"" NUMBER "\"}"},
		{"settings/server.contact", "{\"value\":\"" NUMBER "\",\"why\":\"x\"}"},
		{"devices/GL-1/commands", "{\"request\":\"lock\",\"message\":\"" NUMBER "\"}"},
		{"places/disk/closed", "{\"why\":\"" NUMBER "\"}"},
		{"places", "{\"id\":\"disk\",\"kind\":\"desk\",\"name\":\"" NUMBER "\"}"},
	};
	const char *staff = token("admin it konsulent");
	struct doc *d;

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		d = call(409, staff, "POST", arena_printf(b.f.a, "/api/v1/%s", rows[i].path),
			rows[i].body);
		cr_expect_str_eq(doc_str(d, "code"), "note.identity", "row %zu", i);
	}
	/* a finder is told whom to call, however it is written */
	call(200, staff, "POST", "/api/v1/devices/GL-1/lost",
		"{\"message\":\"Ring 0701234567 eller 033-35 70 00\",\"phone\":\"0701234567\"}");
	call(200, care, "POST",
		arena_printf(b.f.a, "/api/v1/borrowers/%s",
			borrower(care, "care", "\"given\":\"Olle\",\"family\":\"Ros\"")),
		"{\"note\":\"" NUMBER "\"}");
#undef NUMBER
}

/* A no about a note comes back to the page it was typed on, with what was typed. */
Test(late, a_note_that_is_refused_stands_on_its_page, .timeout = 300, .init = begin, .fini = end)
{
	static const char *const typed[] = {"note=19121212-1212", "note=hos+fru+Ros"};
	const char *anna = borrower(library, "library",
		"\"given\":\"Anna\",\"family\":\"Ros\",\"card\":\"KANNA0001\"");
	const char *path;
	struct doc *d;

	call(200, token("admin it"), "POST", "/api/v1/products",
		"{\"id\":\"lampa\",\"name\":\"Lampa\",\"kind\":\"thing\"}");
	call(200, care, "POST", "/api/v1/items/LAMPA9", "{\"product\":\"lampa\"}");
	d = call(200, library, "POST", "/api/v1/loans",
		arena_printf(b.f.a, "{\"borrower\":\"%s\",\"things\":[\"LAMPA9\"]}", anna));
	path = arena_printf(b.f.a, "/loans/%s/things/LAMPA9/lost", doc_str(d, "loan"));
	sign_in_new(&b, "bo", "bibliotek");
	for (size_t i = 0; i < 2; i++) {
		struct flow_reply r = visit(&b, "GET", path, NULL);

		cr_expect_eq(r.status, 200);
		r = visit(&b, "POST", path, form(&b, typed[i]));
		cr_expect_eq(r.status, 409, "%d %s", r.status, r.body);
		cr_expect_not_null(strstr(r.body, i ? "hos fru Ros" : "19121212-1212"));
	}
}

/* The heading of what is to be done has something under it, also where the fleet is not told of. */
Test(late, the_start_page_says_that_nothing_is_to_be_done, .timeout = 300, .init = begin, .fini = end)
{
	struct ipad *stranger = flow_ipad(&b.f, 9, NULL, NULL);
	struct flow_reply r;

	sign_in_new(&b, "bo", "bibliotek");
	for (int i = 0; i < 2; i++) {
		r = visit(&b, "GET", "/", NULL);
		cr_expect_eq(r.status, 200);
		cr_expect_not_null(strstr(r.body, "id=\"todo\""));
		cr_expect_not_null(strstr(r.body, "Inget att göra just nu"), "%d %s", i, r.body);
		if (i)
			break;
		/* one in quarantine, which others decide of */
		flow_enrol(&b.f, stranger);
		cr_assert_eq(ipad_wake(stranger), 0);
	}
	ipad_free(stranger);
}
