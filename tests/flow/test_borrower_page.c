/* SPDX-License-Identifier: EUPL-1.2 */
/* What a borrower's page says of a person, when little or something unusual is known. */
#include "tests/flow/browser.h"

static struct browser b;

static void begin(void)
{
	b = (struct browser){0};
	flow_start(&b.f);
	sign_in_new(&b, "kim", "konsulent");
}

static void end(void)
{
	flow_expect_well(&b.f);
	flow_stop(&b.f);
}

/* The borrower's page, opened, of somebody about whom `fields` are known. */
static const char *opened(const char *fields)
{
	struct flow_reply r;

	expect(&b, 200, "GET", "/borrowers/new", NULL);
	expect(&b, 303, "POST", "/borrowers/new",
		form(&b, arena_printf(b.f.a,
				 "zone=care&kind=senior&given=Anna&family=Ros&lang=sv&next=/borrowers/"
				 "*%s",
				 fields)));
	r = visit(&b, "POST", arena_printf(b.f.a, "%.*s/look", (int)strcspn(b.place, "?"), b.place),
		form(&b, "why=desk"));
	cr_assert_eq(r.status, 200, "%d %s", r.status, r.body);
	return arena_strdup(b.f.a, r.body);
}

Test(borrower_page, says_no_more_of_an_address_than_is_known, .timeout = 120, .init = begin, .fini = end)
{
	static const struct {
		const char *fields, *line;
	} cases[] = {
		{"&street=Gatan+1&postcode=50180&city=Bor%C3%A5s", "Gatan 1, 501 80 Borås"},
		{"&street=Gatan+1&city=Bor%C3%A5s", "Gatan 1, Borås"},
		{"&street=Gatan+1", "Gatan 1"},
		{"&care_of=Ek&city=Bor%C3%A5s", "c/o Ek, Borås"},
		{"&postcode=50180", "501 80"},
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		const char *page = opened(cases[i].fields);

		cr_expect_not_null(strstr(page, arena_printf(b.f.a, "<dt>Adress</dt><dd>%s</dd>",
							cases[i].line)),
			"%s", cases[i].line);
	}
	cr_expect_null(strstr(opened(""), "<dt>Adress</dt>"));
}

Test(borrower_page, calls_a_number_what_it_is, .timeout = 120, .init = begin, .fini = end)
{
	const char *page = opened("&identity=19701063-2391");

	cr_expect_not_null(strstr(page, "<dt>Samordningsnummer</dt><dd>197010632391</dd>"), "%s", page);
	page = opened("&identity=R-4711-02&reserve=yes");
	cr_expect_not_null(strstr(page, "<dt>Reservnummer</dt>"), "%s", page);
	cr_expect_null(strstr(page, "<dt>Personnummer</dt>"));
}

/* The form comes back as it was filled in, with what to do. */
Test(borrower_page, a_name_with_what_is_not_seen_is_refused_and_kept, .timeout = 120, .init = begin, .fini = end)
{
	static const char *const odd[] = {"An%E2%80%AEna", "An%1Bna", "An%09na"};
	struct flow_reply r;

	for (size_t i = 0; i < sizeof(odd) / sizeof(odd[0]); i++) {
		expect(&b, 200, "GET", "/borrowers/new", NULL);
		r = visit(&b, "POST", "/borrowers/new",
			form(&b, arena_printf(b.f.a,
					 "zone=care&kind=senior&given=%s&family=Rosenquist&lang=sv&next=/borrowers/"
					 "*&street=Gatan+1",
					 odd[i])));
		cr_expect_eq(r.status, 409, "%d", r.status);
		cr_expect_not_null(strstr(r.body, "Skriv det för hand"), "%s", r.body);
		cr_expect_not_null(strstr(r.body, "ältet Förnamn har tecken"), "%s", r.body);
		cr_expect_not_null(strstr(r.body, "value=\"Rosenquist\""), "%s", r.body);
		cr_expect_not_null(strstr(r.body, "value=\"Gatan 1\""));
	}
	cr_expect_not_null(strstr(opened("&note=Rad+ett%0D%0Arad+tv%C3%A5%09kolumn"), "Rad ett"));
	cr_expect_not_null(strstr(opened("&care_of=%D7%9E%D7%A0%D7%95%D7%A8%D7%94"), "\u05de\u05e0\u05d5\u05e8\u05d4"));
}

/* --- a service that stores no identity --- */

static const char *page_of(const char *id)
{
	struct flow_reply r = visit(&b, "GET", arena_printf(b.f.a, "/borrowers/%s", id), NULL);

	cr_assert_eq(r.status, 200);
	return arena_strdup(b.f.a, r.body);
}

static void knows_nobody(void)
{
	struct browser admin = {.f = b.f};
	struct flow_reply r;

	sign_in_new(&admin, "ada", "admin");
	r = visit(&admin, "GET", "/retention", NULL);
	cr_expect_not_null(strstr(r.body, "står kvar tills någon tömmer dem"), "%s", r.body);
	expect(&admin, 303, "POST", "/retention/rules",
		form(&admin, "zone=care&kind=senior&keep_days=730&needs_days=90&no_identity=yes&decision=SN+%C2%A7+4&"
			     "next=/retention"));
}

Test(borrower_page, of_a_nameless_service_has_no_form_for_relatives_and_is_cleared, .timeout = 120, .init = begin,
	.fini = end)
{
	static const char relative[] = "name=Bo+Ek&relation=relative";
	const char *page = opened("&street=Gatan+1"), *id, *path;
	struct flow_reply r;

	id = strstr(page, "borrower=");
	cr_assert_not_null(id);
	id = arena_strndup(b.f.a, id + strlen("borrower="), strcspn(id + strlen("borrower="), "\"&"));
	path = arena_printf(b.f.a, "/borrowers/%s/relatives", id);
	cr_expect_not_null(strstr(page, path));
	knows_nobody();
	page = page_of(id);
	cr_expect_null(strstr(page, path), "no form");
	cr_expect_not_null(strstr(page, "sparas inte i den här tjänsten"));
	cr_expect_null(strstr(page, "Anna R"));
	r = visit(&b, "POST", path, form(&b, relative));
	cr_expect_eq(r.status, 409, "%d", r.status);
	cr_expect_not_null(strstr(r.body, "så inte heller anhöriga"), "%s", r.body);
	/* the form of a change, with all that names emptied */
	r = visit(&b, "POST", arena_printf(b.f.a, "/borrowers/%s/change", id),
		form(&b, "ticks=reserve+protected&given=Anna&family=&street=&lang=fi"));
	cr_expect_eq(r.status, 409);
	cr_expect_not_null(strstr(r.body, "Töm namn"), "%s", r.body);
	expect(&b, 303, "POST", arena_printf(b.f.a, "/borrowers/%s/change", id),
		form(&b, arena_printf(b.f.a,
				 "ticks=reserve+protected&given=&family=&street=&lang=fi&next=/borrowers/%s", id)));
	r = visit(&b, "POST", arena_printf(b.f.a, "/borrowers/%s/look", id), form(&b, "why=desk"));
	cr_expect_not_null(strstr(r.body, "<dt>Lånekort"), "%s", r.body);
	cr_expect_null(strstr(r.body, "Gatan 1"));
	cr_expect_null(strstr(r.body, "\"Anna\""));
}

/* Nobody new: a digit was read wrongly. */
Test(borrower_page, a_number_that_nobody_can_have_is_said_to_be_misread, .timeout = 120, .init = begin, .fini = end)
{
	struct flow_reply r;

	expect(&b, 200, "GET", "/borrowers", NULL);
	r = visit(&b, "POST", "/borrowers/search", form(&b, "words=19701063-2392"));
	cr_expect_eq(r.status, 400);
	cr_expect(strstr(r.body, "en siffra fel eller saknas"), "%s", r.body);
	cr_expect_not_null(strstr(r.body, "value=\"19701063-2392\""), "what was typed stands there");
	r = visit(&b, "POST", "/borrowers/search", form(&b, "words=19701063-2391"));
	cr_expect_eq(r.status, 200);
	cr_expect(strstr(r.body, "Ingen hittades"), "%s", r.body);
}
