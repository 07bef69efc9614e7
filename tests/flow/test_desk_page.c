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
