/* SPDX-License-Identifier: EUPL-1.2 */
/* The desk's page beside its quick way: the place that was chosen, and how each thing is. */
#include "tests/flow/listed.h"

#define PLACES 205 /* more than are listed */

static const char *made(void)
{
	struct doc *d = call(200, library, "POST", "/api/v1/items",
		"{\"product\":\"tradlos-ringklocka\",\"place\":\"disk\",\"count\":1}");

	return doc_list_str(doc_list(d, "serials"), 0);
}

static void scan(const char *code)
{
	expect(&b, 200, "GET", "/desk", NULL);
	expect(&b, 303, "POST", "/desk/scan",
		form(&b, arena_printf(b.f.a, "key=k%s&code=%s", code, code)));
}

Test(desk_page, a_place_beyond_the_list_keeps_its_name, .timeout = 300, .init = begin, .fini = end)
{
	struct flow_reply r;

	for (int i = 0; i < PLACES; i++)
		call(200, library, "POST", "/api/v1/places",
			arena_printf(b.f.a,
				"{\"id\":\"p%03d\",\"kind\":\"desk\",\"name\":\"Zinken %03d\",\"lends\":true}",
				i, i));
	scan(made());
	expect(&b, 303, "POST", "/desk/how", form(&b, "place_back=p204&next=/desk"));
	r = visit(&b, "GET", "/desk", NULL);
	cr_expect_not_null(strstr(r.body, "<strong>Zinken 204</strong>"), "%s", r.body);
	cr_expect_not_null(strstr(r.body, "<option value=\"p204\" selected>"));
	cr_expect_null(strstr(r.body, "<option value=\"p204\">"), "and stands there once");
}

Test(desk_page, a_thing_is_as_it_is_known_until_somebody_says, .timeout = 300, .init = begin,
	.fini = end)
{
	const char *one = made(), *path = arena_printf(b.f.a, "/api/v1/items/%s", one);
	const char *typed = arena_printf(b.f.a, "data-typed=\"look-1-%s\"", one);
	struct flow_reply r;

	scan(one);
	call(200, library, "POST", path, "{\"condition\":\"poor\",\"condition_note\":\"sprucken\"}");
	r = visit(&b, "GET", "/desk", NULL);
	cr_expect_not_null(strstr(r.body, "<option value=\"poor\" selected>"), "%s", r.body);
	cr_expect_not_null(strstr(r.body, "sprucken"));
	cr_expect_not_null(strstr(r.body, typed));
	/* a form that was open while the desk was cleared: nothing is said of what lies there now */
	r = visit(&b, "POST", "/desk/look",
		form(&b, "line=1&serial=VB-000001&condition=broken&next=/desk"));
	cr_expect_eq(r.status, 409, "%d", r.status);
	cr_expect_not_null(strstr(r.body, "VB-000001 ligger inte längre på disken"));
	expect(&b, 303, "POST", "/desk/look",
		form(&b, arena_printf(b.f.a, "line=1&serial=%s&condition=worn&next=/desk", one)));
	r = visit(&b, "GET", "/desk", NULL);
	cr_expect_not_null(strstr(r.body, "<option value=\"worn\" selected>"));
	cr_expect_null(strstr(r.body, "sprucken"), "what was said goes out with it");
}

/* The page that answers a scan. */
static const char *answered(const char *code)
{
	struct flow_reply r;

	scan(code);
	r = visit(&b, "GET", arena_printf(b.f.a, "/desk?answer=k%s", code), NULL);
	cr_assert_eq(r.status, 200);
	return r.body;
}

/* It is erased as its loan's terms say: beside the answer stands what goes with that. */
Test(desk_page, an_ipad_that_comes_back_says_what_goes_with_its_erase, .timeout = 300,
	.init = begin, .fini = end)
{
	static const char goes[] = "<p>Låntagarens egna inställningar och det som skickats";
	struct ipad *p = flow_ipad(&b.f, 7, NULL, NULL);
	const char *serial = flow_serial(p), *lamp = made(), *page;
	const char *berta = borrower(
		care, "care", "\"given\":\"Berta\",\"family\":\"Ek\",\"card\":\"KBERTA001\"");

	flow_own(&b.f, p);
	flow_enrol(&b.f, p);
	call(200, b.f.token, "POST", arena_printf(b.f.a, "/api/v1/items/%s", lamp),
		"{\"zone\":\"care\"}");
	lend(care, berta, serial);
	lend(care, berta, lamp);
	sign_in_new(&b, "kia", "konsulent");
	page = answered(serial);
	cr_expect_not_null(strstr(page, goes), "%s", page);
	page = answered(lamp);
	cr_expect_null(strstr(page, goes), "a lamp: %s", page);
	ipad_free(p);
}

/* What a thing was worth to who had it is asked when it is back, and one press answers. */
Test(desk_page, asks_what_it_was_worth_and_takes_the_answer, .timeout = 120, .init = begin, .fini = end)
{
	const char *one = made(), *rate = "action=\"/products/tradlos-ringklocka/rate\"";
	const char *who = borrower(library, "library", "\"given\":\"Asta\",\"family\":\"Provare\"");

	lend(library, who, one);
	cr_expect_null(strstr(visit(&b, "GET", "/desk", NULL).body, rate));
	cr_assert_not_null(strstr(answered(one), rate));
	expect(&b, 303, "POST", "/products/tradlos-ringklocka/rate",
		form(&b, "stars=5&next=/desk%3Fdone%3Drated"));
	cr_expect_str_eq(b.place, "/desk?done=rated");
	cr_expect_not_null(strstr(visit(&b, "GET", b.place, NULL).body, "class=\"done\""));
}
