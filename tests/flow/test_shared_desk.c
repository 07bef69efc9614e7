/* SPDX-License-Identifier: EUPL-1.2 */
/* Two librarians and one computer: locked by hand and by time, opened by PIN, changed, and what was
 * being sent is not lost. */
#include "tests/flow/browser.h"

#include <stdio.h>

static void come(struct browser *b, const char *name, const char *one_time, const char *pin)
{
	b->cookie = NULL;
	expect(b, 303, "POST", "/sign-in",
		arena_printf(b->f.a, "name=%s&password=%s", name, one_time));
	expect(b, 200, "GET", "/password", NULL);
	expect(b, 303, "POST", "/password",
		form(b, "new_password=" OWN_PASSWORD "&again=" OWN_PASSWORD));
	expect(b, 200, "GET", "/pin", NULL);
	expect(b, 400, "POST", "/pin", form(b, "pin=4711&again=4712"));
	expect(b, 409, "POST", "/pin", form(b, "pin=1234&again=1234"));
	expect(b, 303, "POST", "/pin", form(b, arena_printf(b->f.a, "pin=%s&again=%s", pin, pin)));
}

static const char *one_time(struct flow *f, const char *name)
{
	return doc_str(
		FLOW_JSON(f, "user", "add", name, "--roles", "bibliotek"), "one_time_password");
}

static const char *kept_of(struct browser *b, const char *body)
{
	const char *s = strstr(body, "name=\"kept\" value=\"");

	cr_assert_not_null(s, "%s", body);
	s += strlen("name=\"kept\" value=\"");
	return arena_strndup(b->f.a, s, strcspn(s, "\""));
}

Test(shared_desk, two_people_and_one_computer, .timeout = 300)
{
	struct browser b = {.f = {0}};
	const char *annas, *bos, *station, *was, *token;
	struct flow_reply r;

	flow_start(&b.f);
	annas = one_time(&b.f, "anna");
	bos = one_time(&b.f, "bo");
	come(&b, "anna", annas, "4711");
	station = b.station;
	cr_assert_not_null(station);
	expect(&b, 303, "POST", "/station", form(&b, "station=Disken+Simonsland"));
	was = b.cookie;
	come(&b, "bo", bos, "2957");
	cr_expect_str_eq(b.station, station, "the computer stays what it is");
	/* Anna's word is locked, not ended; nothing but her PIN opens it */
	b.cookie = was;
	expect(&b, 303, "GET", "/desk", NULL);
	cr_expect_str_eq(b.place, "/locked?return=/desk");
	r = visit(&b, "GET", "/locked?return=/desk", NULL);
	cr_expect_not_null(strstr(r.body, "value=\"anna\""));
	cr_expect_not_null(strstr(r.body, "value=\"bo\""));
	expect(&b, 409, "POST", "/locked", "name=anna&pin=9999&return=/desk");
	expect(&b, 303, "POST", "/locked", "name=anna&pin=4711&return=/desk");
	cr_expect_str_eq(b.place, "/desk");
	cr_expect_str_neq(b.cookie, was, "a new word");
	r = visit(&b, "GET", "/sessions", NULL);
	cr_expect_not_null(strstr(r.body, "Disken Simonsland"));
	cr_expect_not_null(strstr(r.body, "accesskey=\"b\""));
	/* the old word is worth nothing */
	token = b.cookie;
	b.cookie = was;
	expect(&b, 303, "GET", "/desk", NULL);
	cr_expect(text_starts(b.place, "/sign-in"));
	b.cookie = token;
	/* without the station's cookie no PIN counts; from another site neither */
	expect(&b, 200, "GET", "/desk", NULL);
	expect(&b, 303, "POST", "/lock", form(&b, "return=/desk"));
	cr_expect_str_eq(b.place, "/locked?return=/desk");
	b.station = NULL;
	expect(&b, 409, "POST", "/locked", "name=anna&pin=4711");
	b.station = station;
	b.site = "cross-site";
	expect(&b, 403, "POST", "/locked", "name=anna&pin=4711");
	b.site = NULL;
	/* a page's script asks as a program does */
	r = visit(&b, "GET", "/here?look=yes", NULL);
	cr_expect_eq(r.status, 303);
	/* what is no PIN, as a code that was scanned, is no try */
	for (unsigned i = 0; i < 4; i++) {
		r = visit(&b, "POST", "/locked", "name=anna&pin=INV-0001234567890123");
		cr_expect_eq(r.status, 409);
		cr_expect_not_null(strstr(r.body, "fyra till"));
	}
	/* three wrong ones: the usual way */
	expect(&b, 409, "POST", "/locked", "name=anna&pin=0001");
	expect(&b, 409, "POST", "/locked", "name=anna&pin=0002");
	expect(&b, 409, "POST", "/locked", "name=anna&pin=0003");
	r = visit(&b, "GET", "/locked", NULL);
	cr_expect_null(strstr(r.body, "value=\"anna\""));
	cr_expect_not_null(strstr(r.body, "value=\"bo\""));
	expect(&b, 303, "POST", "/locked", "name=bo&pin=2957&return=//evil.example/");
	cr_expect_str_eq(b.place, "/");
	cr_expect_null(strstr(flow_log(&b.f), "4711"));
	flow_expect_well(&b.f);
	flow_stop(&b.f);
}

/* A form that is left open while the desk locks by itself, and then sent. */
Test(shared_desk, what_was_sent_is_kept, .timeout = 300)
{
	struct browser b = {.f = {0}};
	const char *annas, *bos, *its, *kept, *stale;
	struct flow_reply r;

	flow_start(&b.f);
	annas = one_time(&b.f, "anna");
	bos = one_time(&b.f, "bo");
	its = doc_str(
		FLOW_JSON(&b.f, "user", "add", "kim", "--roles", "konsulent"), "one_time_password");
	come(&b, "kim", its, "8305");
	come(&b, "bo", bos, "2957");
	come(&b, "anna", annas, "4711");
	expect(&b, 200, "GET", "/borrowers/new", NULL);
	stale = form(&b, "zone=library&kind=person&given=Asta&family=Ekdahl&next=/borrowers");
	flow_server_stop(&b.f);
	b.f.clock_shift_s = 11 * 60;
	flow_server_start(&b.f);
	r = visit(&b, "POST", "/borrowers/new", stale);
	cr_expect_eq(r.status, 401);
	cr_expect_null(strstr(r.body, "Asta"), "the locked page tells nothing");
	kept = kept_of(&b, r.body);
	/* somebody of the other zone does not get to see it */
	r = visit(&b, "POST", "/locked", arena_printf(b.f.a, "name=kim&pin=8305&kept=%s", kept));
	cr_expect_eq(r.status, 303, "%d %s", r.status, r.body);
	cr_expect_null(strstr(r.body, "Asta"));
	/* a colleague of the same desk does, with a form token of the new session */
	r = visit(&b, "POST", "/locked", arena_printf(b.f.a, "name=bo&pin=2957&kept=%s", kept));
	cr_expect_eq(r.status, 200);
	cr_expect_not_null(strstr(r.body, "value=\"Asta\""));
	cr_expect_not_null(strstr(r.body, "action=\"/borrowers/new\""));
	/* and so does its owner, who sends it */
	r = visit(&b, "POST", "/locked", arena_printf(b.f.a, "name=anna&pin=4711&kept=%s", kept));
	cr_expect_eq(r.status, 200);
	r = visit(&b, "POST", "/borrowers/new",
		form(&b, "zone=library&kind=person&given=Asta&family=Ekdahl&next=/borrowers"));
	cr_expect_neq(r.status, 401);
	cr_expect_neq(r.status, 403);
	/* nothing that was bent is taken for kept */
	expect(&b, 303, "POST", "/lock", form(&b, ""));
	r = visit(&b, "POST", "/locked", arena_printf(b.f.a, "name=anna&pin=4711&kept=A%s", kept));
	cr_expect_eq(r.status, 303);
	/* the shift is over: by password, and it is still there */
	expect(&b, 200, "GET", "/borrowers/new", NULL);
	stale = form(&b, "zone=library&kind=person&given=Siv&family=Ek&next=/borrowers");
	flow_server_stop(&b.f);
	b.f.clock_shift_s = 11 * 3600;
	flow_server_start(&b.f);
	r = visit(&b, "POST", "/borrowers/new", stale);
	cr_expect_eq(r.status, 401);
	cr_expect_not_null(strstr(r.body, "f-password"));
	cr_expect_null(strstr(r.body, "Siv"));
	kept = kept_of(&b, r.body);
	r = visit(&b, "POST", "/sign-in",
		arena_printf(b.f.a, "name=anna&password=" OWN_PASSWORD "&kept=%s", kept));
	cr_expect_eq(r.status, 200);
	cr_expect_not_null(strstr(r.body, "value=\"Siv\""));
	flow_expect_well(&b.f);
	flow_stop(&b.f);
}

/* Minutes after the last touch the page still freshens itself: the desk locks all the same. */
Test(shared_desk, a_page_that_freshens_itself_is_nobody, .timeout = 300)
{
	struct browser b = {.f = {0}};
	struct client_header headers[] = {{"Accept", "text/html"}, {"Sec-Fetch-Site", "same-origin"},
		{"X-By-Itself", "yes"}, {"Cookie", NULL}};
	const struct client_request fresh = {
		.method = "GET", .path = "/", .headers = headers, .header_count = 4};
	struct flow_reply r;

	flow_start(&b.f);
	come(&b, "anna", one_time(&b.f, "anna"), "4711");
	flow_server_stop(&b.f);
	b.f.clock_shift_s = 6 * 60;
	flow_server_start(&b.f);
	headers[3].value = arena_printf(b.f.a, "%s; %s", b.cookie, b.station);
	r = flow_ask(&b.f, b.f.staff_port, &fresh);
	cr_expect_eq(r.status, 200, "%s", r.body);
	flow_server_stop(&b.f);
	b.f.clock_shift_s = 11 * 60;
	flow_server_start(&b.f);
	expect(&b, 303, "GET", "/", NULL);
	cr_expect(text_starts(b.place, "/locked"), "%s", b.place);
	/* what only an administrator may do is not laid before the next one */
	r = visit(&b, "POST", "/accounts/anna/roles", "roles=admin");
	cr_expect_eq(r.status, 401);
	cr_expect_null(strstr(r.body, "name=\"kept\""), "%s", r.body);
	r = visit(&b, "POST", "/borrowers/new", "given=Asta");
	cr_expect_gt(strlen(kept_of(&b, r.body)), 20, "and what she may is kept");
	flow_expect_well(&b.f);
	flow_stop(&b.f);
}

/* Where an iPad is looked for is not for whoever has a PIN alone; what was written is kept. */
Test(shared_desk, a_pin_does_not_ask_for_a_location, .timeout = 300)
{
	static const char path[] = "/devices/DMPX00000001/locate";
	struct browser b = {.f = {0}};
	struct flow_reply r;
	const char *kept, *hidden;

	flow_start(&b.f);
	come(&b, "kim",
		doc_str(FLOW_JSON(&b.f, "user", "add", "kim", "--roles", "konsulent"),
			"one_time_password"),
		"8305");
	r = visit(&b, "POST", path, form(&b, "purpose=borttappad"));
	cr_expect_neq(r.status, 401, "signed in in full");
	expect(&b, 303, "POST", "/borrowers/new",
		form(&b, "zone=care&kind=senior&given=Maria&family=Hemlig&protected=yes"));
	hidden = arena_strndup(b.f.a, b.place, strcspn(b.place, "?"));
	expect(&b, 303, "POST", "/lock", form(&b, ""));
	expect(&b, 303, "POST", "/locked", "name=kim&pin=8305");
	expect(&b, 200, "GET", "/devices", NULL);
	r = visit(&b, "POST", path, form(&b, "purpose=borttappad"));
	cr_expect_eq(r.status, 401, "%d %s", r.status, r.body);
	cr_expect_not_null(strstr(r.body, "beslutas av tv"));
	kept = kept_of(&b, r.body);
	r = visit(&b, "POST", arena_printf(b.f.a, "%s/confirm", path), form(&b, ""));
	cr_expect_eq(r.status, 401);
	/* nor who is erased, or what is told of a protected identity, which two decide as well */
	r = visit(&b, "POST", arena_printf(b.f.a, "%s/extract", hidden),
		form(&b, "words=begäran i brev"));
	cr_expect_eq(r.status, 401, "%s: %d", hidden, r.status);
	r = visit(&b, "POST", "/retention/lists", form(&b, "zone=care"));
	cr_expect_eq(r.status, 401, "%d", r.status);
	r = visit(&b, "POST", "/retention/lists/care/1/confirm", form(&b, ""));
	cr_expect_eq(r.status, 401, "%d", r.status);
	r = visit(&b, "POST", "/sign-in",
		arena_printf(b.f.a, "name=kim&password=" OWN_PASSWORD "&kept=%s", kept));
	cr_expect_eq(r.status, 200, "%d %s", r.status, r.body);
	cr_expect_not_null(strstr(r.body, "value=\"borttappad\""));
	flow_expect_well(&b.f);
	flow_stop(&b.f);
}
