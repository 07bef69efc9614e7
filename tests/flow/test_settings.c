/* SPDX-License-Identifier: EUPL-1.2 */
/* Settings by page, API and command line: what counts, what a change would do, and the way back. */
#include "base/text.h"
#include "tests/flow/browser.h"

static struct browser b;

static const char *value_of(const char *name)
{
	const struct doc *d = flow_api(&b.f, 200, "GET",
		arena_printf(b.f.a, "/api/v1/settings/%s", name), NULL);

	return doc_str(d, "value");
}

static void begin(void)
{
	b = (struct browser){.f = {.set = {"server.contact=0123-45 67 89"}}};
	flow_start(&b.f);
	sign_in_first(&b);
}

static void end(void)
{
	flow_expect_well(&b.f);
	flow_stop(&b.f);
}

TestSuite(settings, .init = begin, .fini = end, .timeout = 300);

Test(settings, by_the_api_at_once_and_back)
{
	struct doc *d = flow_api(&b.f, 200, "GET", "/api/v1/settings", NULL);
	const struct doc *would;

	cr_expect_gt(doc_list_size(doc_list(d, "settings")), 20);
	d = flow_api(&b.f, 200, "GET", "/api/v1/settings/server.contact", NULL);
	cr_expect_str_eq(doc_str(d, "from"), "file");
	cr_expect_str_eq(doc_str(d, "value"), "0123-45 67 89");
	flow_api(&b.f, 404, "GET", "/api/v1/settings/store.seal_key", NULL);
	flow_api(&b.f, 409, "POST", "/api/v1/settings/server.contact",
		"{\"value\":\"033-35 70 00\"}");
	flow_api(&b.f, 400, "POST", "/api/v1/settings/server.contact", "{\"why\":\"x\"}");
	flow_api(&b.f, 200, "POST", "/api/v1/settings/server.contact",
		"{\"value\":\"033-35 70 00\",\"why\":\"ny växel\"}");
	cr_expect_not_null(strstr(visit(&b, "GET", "/accessibility", NULL).body, "033-35 70 00"));
	/* a preview counts, and does nothing */
	d = flow_api(&b.f, 200, "POST", "/api/v1/settings/signin.two_step_roles/preview",
		"{\"value\":\"admin\"}");
	would = doc_list_object(doc_list(d, "would"), 0);
	cr_expect_str_eq(doc_str(would, "code"), "setting.would-two-step");
	cr_expect_not_null(strstr(doc_str(would, "text"), "1 "));
	cr_expect_str_eq(value_of("signin.two_step_roles"), "");
	/* what iPads show is counted: none is enrolled, and no group says a telephone */
	d = flow_api(&b.f, 200, "POST", "/api/v1/settings/server.contact/preview",
		"{\"value\":\"033-35 70 01\"}");
	cr_expect_str_eq(doc_str(doc_list_object(doc_list(d, "would"), 1), "code"),
		"setting.would-show-none");
	d = flow_api(&b.f, 200, "POST", "/api/v1/settings/server.organisation/preview",
		"{\"value\":\"Ny kommun\"}");
	cr_expect_str_eq(
		doc_str(doc_list_object(doc_list(d, "would"), 1), "code"), "setting.would-profiles");
	/* somebody was there before */
	flow_api(&b.f, 409, "POST", "/api/v1/settings/server.contact",
		"{\"value\":\"112\",\"why\":\"x\",\"seen\":7}");
	flow_api(&b.f, 400, "POST", "/api/v1/settings/server.contact",
		"{\"value\":\"112\",\"why\":\"x\",\"seen\":\"the last\"}");
	flow_api(&b.f, 200, "POST", "/api/v1/settings/server.contact/undo",
		"{\"number\":1,\"why\":\"växeln flyttar inte\"}");
	d = flow_api(&b.f, 200, "GET", "/api/v1/settings/server.contact", NULL);
	cr_expect_str_eq(doc_str(d, "from"), "file");
	cr_expect_eq(doc_list_size(doc_list(d, "history")), 2);
	cr_expect_null(strstr(visit(&b, "GET", "/accessibility", NULL).body, "033-35 70 00"));
	d = flow_api(&b.f, 200, "GET", "/api/v1/audit?object=setting:server.contact", NULL);
	cr_expect_eq(doc_list_size(doc_list(d, "records")), 2);
}

Test(settings, by_the_page_with_a_look_first)
{
	struct flow_reply r = visit(&b, "GET", "/settings", NULL);

	cr_assert_eq(r.status, 200);
	cr_expect_not_null(strstr(r.body, "/settings/agreement.keep_days"));
	cr_expect_not_null(strstr(r.body, "store.seal_key"), "hylla.conf is shown");
	cr_expect_null(strstr(r.body, ">seal.key<"), "but not where its keys are");
	expect(&b, 200, "GET", "/settings/agreement.keep_days", NULL);
	r = visit(&b, "POST", "/settings/agreement.keep_days/preview",
		form(&b, "value=12&why=kortare&seen=0"));
	cr_expect_eq(r.status, 409);
	cr_expect_not_null(strstr(r.body, "3660"), "the sentence says what may be");
	cr_expect_not_null(strstr(r.body, "value=\"12\""), "what was typed is kept");
	r = visit(&b, "POST", "/settings/agreement.keep_days/preview",
		form(&b, "value=365&why=kortare"));
	cr_expect_eq(r.status, 200);
	cr_expect_str_eq(value_of("agreement.keep_days"), "730");
	expect(&b, 303, "POST", "/settings/agreement.keep_days",
		form(&b, "value=365&why=kortare&next=/settings/agreement.keep_days"));
	cr_expect_str_eq(value_of("agreement.keep_days"), "730");
	r = visit(&b, "GET", "/settings/agreement.keep_days", NULL);
	cr_expect_not_null(strstr(r.body, "kortare"), "what waits is shown, with its way back");
	r = visit(&b, "GET", "/retention", NULL);
	cr_expect_not_null(strstr(r.body, "kortare"), "and where how long is decided");
	expect(&b, 303, "POST", "/settings/agreement.keep_days/undo",
		form(&b, "number=1&why=fel"));
	cr_expect_null(
		strstr(visit(&b, "GET", "/settings/agreement.keep_days", NULL).body, "f-why-waits"));
	/* a message stands on the start page, and goes */
	flow_api(&b.f, 200, "POST", "/api/v1/settings/staff.notice",
		"{\"value\":\"Stängt <fredag>\",\"why\":\"möte\"}");
	cr_expect_not_null(
		strstr(visit(&b, "GET", "/", NULL).body, "Stängt &lt;fredag&gt;"));
}

static bool is_shorter(void *arg)
{
	(void)arg;
	return text_equal(value_of("agreement.keep_days"), "400");
}

/* A week later, by a server that was started meanwhile. */
Test(settings, a_shorter_time_waits_for_its_day)
{
	const struct doc *d;

	flow_api(&b.f, 200, "POST", "/api/v1/settings/agreement.keep_days",
		"{\"value\":\"400\",\"why\":\"beslut\"}");
	cr_expect_str_eq(value_of("agreement.keep_days"), "730");
	d = flow_api(&b.f, 200, "GET", "/api/v1/settings/agreement.keep_days", NULL);
	cr_expect_str_eq(doc_str(doc_object(d, "waiting"), "new"), "400");
	flow_server_stop(&b.f);
	b.f.clock_shift_s = 8 * 86400;
	flow_server_start(&b.f);
	flow_clock_confirm(&b.f);
	cr_expect(flow_until(is_shorter, NULL), "its hourly round begins with it");
	d = flow_api(&b.f, 200, "GET", "/api/v1/settings/agreement.keep_days", NULL);
	cr_expect_null(doc_object(d, "waiting"));
}

static bool taken_up(void *arg)
{
	(void)arg;
	return strstr(visit(&b, "GET", "/accessibility", NULL).body, "Stan &amp; landet") != NULL;
}

Test(settings, by_the_command_line_beside_the_server)
{
	const char *s = FLOW_EXPECT(&b.f, 0, "setting", "list");

	cr_expect_not_null(strstr(s, "server.organisation"));
	FLOW_EXPECT(&b.f, 3, "setting", "set", "server.organisation", "", "--why", "prov");
	FLOW_EXPECT(&b.f, 3, "setting", "set", "server.organisation", "X");
	FLOW_EXPECT(&b.f, 4, "setting", "set", "server.listen", "X", "--why", "prov");
	FLOW_EXPECT(&b.f, 0, "setting", "set", "server.organisation", "Stan & landet", "--why",
		"bytt namn");
	cr_expect(flow_until(taken_up, NULL), "the server takes it up by itself");
	s = FLOW_EXPECT(&b.f, 0, "setting", "history", "server.organisation");
	cr_expect_not_null(strstr(s, "bytt namn"));
	FLOW_EXPECT(&b.f, 0, "setting", "undo", "server.organisation", "1", "--why", "åter");
	FLOW_EXPECT(&b.f, 4, "setting", "undo", "server.organisation", "9", "--why", "åter");
	cr_expect_str_eq(value_of("server.organisation"), "Provkommunen");
}

/* Two have the same form open: the second is shown what counts now beside what was typed. */
Test(settings, who_comes_second_sees_both)
{
	struct flow_reply r = visit(&b, "GET", "/settings/server.contact", NULL);

	cr_expect_not_null(strstr(r.body, "name=\"seen\" value=\"0\""));
	expect(&b, 303, "POST", "/settings/server.contact",
		form(&b, "value=111&why=nytt&seen=0&next=/settings"));
	expect(&b, 200, "GET", "/settings/server.contact", NULL);
	r = visit(&b, "POST", "/settings/server.contact", form(&b, "value=222&why=annat&seen=0"));
	cr_expect_eq(r.status, 409);
	cr_expect_not_null(strstr(r.body, "har ändrat inställningen"), "%s", r.body);
	cr_expect_not_null(strstr(r.body, "<strong>111</strong>"), "what counts");
	cr_expect_not_null(strstr(r.body, "value=\"222\""), "what was typed");
	cr_expect_not_null(strstr(r.body, "name=\"seen\" value=\"1\""), "and the next one knows");
	r = flow_call(&b.f, "POST", "/api/v1/products", b.f.token,
		"{\"id\":\"lampa\",\"kind\":\"thing\",\"name\":\"Lampa\"}");
	cr_assert_eq(r.status, 200, "%s", r.body);
	r = visit(&b, "GET", "/products/lampa/change", NULL);
	cr_expect_not_null(strstr(r.body, "name=\"version\" value=\"1\""));
	expect(&b, 303, "POST", "/products/lampa/change",
		form(&b, "whole=yes&name=Taklampa&kind=thing&version=1&next=/products/lampa"));
	expect(&b, 200, "GET", "/products/lampa/change", NULL);
	r = visit(&b, "POST", "/products/lampa/change",
		form(&b, "whole=yes&name=Golvlampa&kind=thing&version=1"));
	cr_expect_eq(r.status, 409);
	cr_expect_not_null(strstr(r.body, "Någon annan har ändrat"), "%s", r.body);
	cr_expect_not_null(strstr(r.body, "Nu gäller: <strong>Taklampa</strong>"), "%s", r.body);
	cr_expect_not_null(strstr(r.body, "value=\"Golvlampa\""));
	cr_expect_not_null(strstr(r.body, "name=\"version\" value=\"2\""));
	expect(&b, 303, "POST", "/products/lampa/change",
		form(&b, "whole=yes&name=Golvlampa&kind=thing&version=2&next=/products/lampa"));
}
