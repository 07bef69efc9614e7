/* SPDX-License-Identifier: EUPL-1.2 */
/* The statement of accessibility and its form: open to anyone, on both sides, and a mail to those who look after
 * the service; nothing of it is kept. */
#include "tests/fake/mail_service.h"
#include "tests/flow/browser.h"

#define WORDS "Rubriken+%C3%A5+l%C3%A4ses+inte"

static struct mail_service *sink;
static struct browser b;

static void begin(void)
{
	static char port[32];

	cr_assert_eq(mail_service_start(&(struct mail_service_options){0}, &sink), 0);
	snprintf(port, sizeof(port), "mail.port=%u", mail_service_port(sink));
	b = (struct browser){.f = {.set = {port, "mail.host=127.0.0.1", "mail.security=plain",
					   "mail.from=hylla@kommun.example",
					   "alarm.to=it@kommun.example"}}};
	flow_start(&b.f);
}

static void end(void)
{
	flow_expect_well(&b.f);
	flow_stop(&b.f);
	mail_service_stop(sink);
}

static bool says(const char *words)
{
	return strstr(visit(&b, "GET", "/accessibility", NULL).body, words) != NULL;
}

static struct flow_reply tell(const char *fields)
{
	return visit(&b, "POST", "/accessibility", fields);
}

Test(statement, a_fault_is_told_by_anyone_and_is_a_mail, .timeout = 300, .init = begin, .fini = end)
{
	struct mail_service_mail m;
	struct flow_reply r;

	cr_expect(says("https://www.digg.se/tdosanmalan"));
	cr_expect(says("2026-11-22<"));
	r = tell("where=%2Fdesk");
	cr_expect_eq(r.status, 400);
	cr_expect_not_null(strstr(r.body, "Skriv vad som inte fungerar"));
	cr_expect_not_null(strstr(r.body, "value=\"/desk\""), "what was typed stands there");
	r = tell("text=" WORDS "&where=%2Fdesk&reply=eva%40example.se");
	cr_expect_eq(r.status, 303);
	cr_expect_str_eq(b.place, "/accessibility?done=accessibility-told");
	cr_assert(mail_service_wait(sink, 0, 60000, &m));
	cr_expect_str_eq(m.to, "<it@kommun.example>");
	cr_expect_not_null(strstr(m.text, "eva@example.se"));
	b.site = "cross-site";
	cr_expect_eq(tell("text=" WORDS).status, 403);
	b.site = NULL;
	cr_expect_eq(mail_service_count(sink), 1);
	cr_expect_null(strstr(flow_log(&b.f), "eva@example.se"), "nor is it in the log");
}

static void set(const char *name, const char *value)
{
	flow_api(&b.f, 200, "POST", arena_printf(b.f.a, "/api/v1/settings/%s", name),
		arena_printf(b.f.a, "{\"value\":\"%s\",\"why\":\"bedömd\"}", value));
}

Test(statement, the_owners_own_assessment_goes_first, .timeout = 300, .init = begin, .fini = end)
{
	cr_expect(says("Det är vår egen bedömning"));
	set("accessibility.faults", "Filmerna på biblioteket <saknar> text.");
	set("accessibility.assessed", "2026-11-03 Granskarna AB");
	cr_expect(says("&lt;saknar&gt; text."));
	cr_expect(says("<dd>Granskarna AB</dd>"));
	cr_expect(says("2026-11-03"));
	cr_expect_not(says("Det är vår egen bedömning"));
	flow_api(&b.f, 409, "POST", "/api/v1/settings/accessibility.assessed",
		"{\"value\":\"i höstas\",\"why\":\"x\"}");
}

Test(statement, a_mail_that_does_not_leave_is_told_and_what_was_typed_stays, .timeout = 300,
	.init = begin, .fini = end)
{
	static const struct mail_service_faults no = {.to = "550 No such user"};
	struct flow_reply r;

	mail_service_set_faults(sink, &no);
	r = tell("text=" WORDS);
	cr_expect_eq(r.status, 409);
	cr_expect_not_null(strstr(r.body, "kom inte i väg"));
	cr_expect_not_null(strstr(r.body, "Rubriken å läses inte</textarea>"));
	mail_service_set_faults(sink, &(struct mail_service_faults){0});
	/* a mailbox is not filled by it: the one above counts, and twenty are enough for an hour */
	for (unsigned i = 1; i < 20; i++)
		cr_assert_eq(tell("text=" WORDS).status, 303, "%u", i);
	r = tell("text=" WORDS);
	cr_expect_eq(r.status, 409);
	cr_expect_not_null(strstr(r.body, "många meddelanden"));
	cr_expect_eq(mail_service_count(sink), 19);
}

Test(statement, without_mail_there_is_a_telephone_and_no_form, .timeout = 300)
{
	struct client_request rq = {.method = "GET", .path = "/accessibility"};
	const struct client_header page = {"Accept", "text/html"};
	struct flow_reply r;

	b = (struct browser){.f = {.set = {"server.contact=0123-45 67 89"}}};
	flow_start(&b.f);
	cr_expect(says("0123-45 67 89"));
	cr_expect(!says("f-text"));
	/* and on the public's side, where everybody comes */
	rq.headers = &page;
	rq.header_count = 1;
	r = flow_ask(&b.f, b.f.public_port, &rq);
	cr_expect_eq(r.status, 200);
	cr_expect_not_null(strstr(r.body, "tdosanmalan"));
	rq.path = "/";
	r = flow_ask(&b.f, b.f.public_port, &rq);
	cr_expect_not_null(strstr(r.body, "href=\"/accessibility\""));
	flow_stop(&b.f);
}
