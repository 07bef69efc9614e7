/* SPDX-License-Identifier: EUPL-1.2 */
/* The page of an iPad, which the box on every page leads to: from there one comes to all that is known of the
 * thing itself, and nobody finds a fold that opens to nothing. */
#include "tests/flow/browser.h"

#define MORE "Mer för dig som sköter plattorna"

static struct browser b;
static struct ipad *p;

static void begin(void)
{
	b = (struct browser){0};
	flow_start(&b.f);
	p = flow_ours(&b.f, 1, NULL);
}

static void end(void)
{
	flow_expect_well(&b.f);
	ipad_free(p);
	flow_stop(&b.f);
}

/* As the box on every page leads to it. */
static const char *found(void)
{
	struct flow_reply r;

	expect(&b, 200, "GET", "/", NULL);
	expect(&b, 303, "POST", "/find",
		form(&b, arena_printf(b.f.a, "q=%s", flow_serial(p))));
	r = visit(&b, "GET", b.place, NULL);
	cr_assert_eq(r.status, 200, "%d %s", r.status, r.body);
	return arena_strdup(b.f.a, r.body);
}

Test(device_page, leads_to_the_thing_and_tells_its_troubles, .timeout = 120, .init = begin, .fini = end)
{
	const char *thing = arena_printf(b.f.a, "/items/%s", flow_serial(p)), *page;

	sign_in_new(&b, "kim", "konsulent");
	page = found();
	cr_expect_not_null(strstr(page, arena_printf(b.f.a, "href=\"%s\"", thing)), "%s", page);
	cr_expect_null(strstr(page, "href=\"/faults/1\""));
	cr_expect_not_null(strstr(page, "<dt>Batteri</dt><dd>81 %</dd>"), "%s", page);
	expect(&b, 200, "GET", thing, NULL);
	flow_api(&b.f, 200, "POST",
		arena_printf(b.f.a, "/api/v1/items/%s/faults", flow_serial(p)),
		"{\"symptom\":\"Skärmen flimrar\"}");
	flow_api(&b.f, 200, "POST", "/api/v1/safety-notices",
		arena_printf(b.f.a,
			"{\"title\":\"Blir varm\",\"text\":\"Ta in den\",\"serial_from\":\"%s\","
			"\"serial_to\":\"%s\"}",
			flow_serial(p), flow_serial(p)));
	page = found();
	cr_expect_not_null(strstr(page, "<a href=\"/faults/1\">Skärmen flimrar</a>"), "%s", page);
	cr_expect_not_null(strstr(page, "<a href=\"/safety-notices/1\">Blir varm</a>"));
	/* reported by a program, which is called by its name */
	cr_expect_not_null(strstr(visit(&b, "GET", "/faults/1", NULL).body, ", programmet "));
	cr_expect_null(strstr(visit(&b, "GET", "/faults/1", NULL).body, "token:"));
	cr_expect_null(strstr(visit(&b, "GET", "/faults", NULL).body, "token:"));
	/* and so does the thing's own page */
	page = visit(&b, "GET", thing, NULL).body;
	cr_expect_not_null(strstr(page, "<a href=\"/faults/1\">Skärmen flimrar</a>"), "%s", page);
	cr_expect_not_null(strstr(page, "<a href=\"/safety-notices/1\">Blir varm</a>"));
}

Test(device_page, folds_nothing_that_is_empty, .timeout = 120, .init = begin, .fini = end)
{
	const char *page;

	sign_in_new(&b, "kim", "konsulent");
	page = found();
	cr_expect_null(strstr(page, MORE), "%s", page);
	sign_in_new(&b, "ida", "it");
	page = found();
	cr_expect_not_null(strstr(page, MORE), "%s", page);
	cr_expect_not_null(strstr(page, "/bypass-code\""));
}

static void asks(const char *path, const char *fields, const char *leads_to)
{
	expect(&b, 200, "GET", arena_printf(b.f.a, "/devices/%s/locate", flow_serial(p)), NULL);
	expect(&b, 303, "POST", arena_printf(b.f.a, "/devices/%s/%s", flow_serial(p), path),
		form(&b, arena_printf(b.f.a, "%s&next=%s", fields, leads_to)));
	cr_expect_str_eq(b.place, leads_to);
}

/* One asks, another confirms, and what the iPad told is shown to who asks for it, never by itself. */
Test(device_page, shows_where_a_lost_one_is_by_its_form, .timeout = 120, .init = begin, .fini = end)
{
	const char *where, *serial = flow_serial(p);
	struct flow_reply r;

	ipad_move(p, true, 57.721, 12.940);
	FLOW_EXPECT(&b.f, 0, "device", "lost", serial, "--phone", "033-35 70 00");
	cr_assert_eq(ipad_wake(p), 0);
	sign_in_new(&b, "kim", "konsulent");
	asks("locate", "purpose=polisanmälan", "/");
	sign_in_new(&b, "ida", "it");
	asks("locate/confirm", "", "/");
	cr_assert_eq(ipad_wake(p), 0);
	r = visit(&b, "GET", arena_printf(b.f.a, "/devices/%s/locate", serial), NULL);
	where = arena_printf(b.f.a, "/devices/%s/location", serial);
	cr_expect_null(strstr(r.body, "57.72"), "%s", r.body);
	cr_assert_not_null(strstr(r.body, arena_printf(b.f.a, "action=\"%s\"", where)), "%s", r.body);
	r = visit(&b, "POST", where, form(&b, ""));
	cr_expect_eq(r.status, 200, "%d %s", r.status, r.body);
	cr_expect_not_null(strstr(r.body, "57.72"), "%s", r.body);
	cr_expect_not_null(strstr(FLOW_EXPECT(&b.f, 0, "audit"), "ida"));
}
