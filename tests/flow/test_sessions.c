/* SPDX-License-Identifier: EUPL-1.2 */
/* A browser's session from the first page to the last, and what it is not to be talked into. */
#include "tests/flow/browser.h"

#include <stdio.h>

Test(sessions, from_the_first_page_to_the_last, .timeout = 300)
{
	struct browser b = {.f = {0}};
	struct flow_reply r;

	flow_start(&b.f);
	/* nobody yet: to the sign-in page, and back afterwards */
	expect(&b, 303, "GET", "/sessions?a=b", NULL);
	cr_expect_str_eq(b.place, "/sign-in?return=/sessions%3Fa%3Db");
	r = visit(&b, "GET", b.place, NULL);
	cr_expect_eq(r.status, 200);
	cr_expect_not_null(strstr(r.body, "name=\"return\" value=\"/sessions?a=b\""));
	/* wrong: the page again, with what was typed but for the password */
	r = visit(&b, "POST", "/sign-in", "name=it&password=hemligt-fel&return=/sessions");
	cr_expect_eq(r.status, 409);
	cr_expect_not_null(strstr(r.body, "role=\"alert\""));
	cr_expect_not_null(strstr(r.body, "value=\"it\""));
	cr_expect_null(strstr(r.body, "hemligt-fel"));
	cr_expect_null(b.cookie);
	r = visit(&b, "POST", "/sign-in", "name=it");
	cr_expect_eq(r.status, 400);
	cr_expect_not_null(strstr(r.body, "href=\"#f-password\""));
	/* a one-time password opens only the page to choose another on */
	expect(&b, 303, "POST", "/sign-in",
		arena_printf(b.f.a, "name=it&password=%s&return=/sessions", b.f.password));
	cr_expect_str_eq(b.place, "/password");
	cr_assert_not_null(b.cookie);
	cr_expect(text_starts(b.cookie, "__Host-hylla="));
	expect(&b, 303, "GET", "/sessions", NULL);
	cr_expect_str_eq(b.place, "/password");
	expect(&b, 200, "GET", "/password", NULL);
	r = visit(&b, "POST", "/password", form(&b, "new_password=" OWN_PASSWORD "&again=annat"));
	cr_expect_eq(r.status, 400);
	expect(&b, 409, "POST", "/password", form(&b, "new_password=kort&again=kort"));
	expect(&b, 409, "POST", "/password",
		form(&b, arena_printf(
				 b.f.a, "new_password=%s&again=%s", b.f.password, b.f.password)));
	expect(&b, 303, "POST", "/password",
		form(&b, "new_password=" OWN_PASSWORD "&again=" OWN_PASSWORD
			 "&next=/?done=password"));
	cr_expect_str_eq(b.place, "/?done=password");
	r = visit(&b, "GET", b.place, NULL);
	cr_expect_eq(r.status, 200);
	cr_expect_not_null(strstr(r.body, "role=\"status\""));
	cr_expect_not_null(strstr(r.head, "script-src 'self'"));
	/* the page says what browser it is; signing out ends it */
	r = visit(&b, "GET", "/sessions", NULL);
	cr_expect_not_null(strstr(r.body, "Firefox, Linux"));
	expect(&b, 303, "POST", "/sign-out", form(&b, ""));
	cr_expect_null(b.cookie);
	expect(&b, 303, "GET", "/sessions", NULL);
	flow_expect_well(&b.f);
	flow_stop(&b.f);
}

Test(sessions, are_rotated_listed_and_ended, .timeout = 300)
{
	struct browser b = {.f = {0}};
	const char *first, *second, *id;
	struct flow_reply r;

	flow_start(&b.f);
	sign_in_first(&b);
	first = b.cookie;
	/* signing in again in the same browser ends what was before */
	expect(&b, 303, "POST", "/sign-in", "name=it&password=" OWN_PASSWORD);
	cr_expect_str_neq(b.cookie, first);
	second = b.cookie;
	b.cookie = first;
	expect(&b, 303, "GET", "/sessions", NULL);
	cr_expect(text_starts(b.place, "/sign-in"));
	/* two browsers: one ends the other */
	b.cookie = b.station = NULL;
	expect(&b, 303, "POST", "/sign-in", "name=it&password=" OWN_PASSWORD);
	r = visit(&b, "GET", "/sessions", NULL);
	id = strstr(r.body, "action=\"/sessions/");
	cr_assert_not_null(id);
	id += strlen("action=\"/sessions/");
	id = arena_strndup(b.f.a, id, strcspn(id, "/"));
	expect(&b, 303, "POST", arena_printf(b.f.a, "/sessions/%s/end", id), form(&b, ""));
	b.cookie = second;
	expect(&b, 303, "GET", "/sessions", NULL);
	cr_expect(text_starts(b.place, "/sign-in"));
	flow_stop(&b.f);
}

/* Two tabs of one browser, neither of which had heard of the other's cookie when it asked: whichever the
 * browser keeps is good. */
Test(sessions, two_tabs_that_sign_in_at_once_do_not_end_one_another, .timeout = 300)
{
	static const char in[] = "name=it&password=" OWN_PASSWORD;
	struct browser b = {.f = {0}};
	const char *one, *other, *station;

	flow_start(&b.f);
	sign_in_first(&b);
	b.cookie = b.station = NULL;
	b.site = "cross-site";
	expect(&b, 200, "GET", "/sign-in", NULL);
	cr_expect_null(b.station, "a new one would end what is open at the one it has");
	b.site = NULL;
	expect(&b, 200, "GET", "/sign-in", NULL);
	station = b.station;
	cr_assert_not_null(station);
	expect(&b, 303, "POST", "/sign-in", in);
	one = b.cookie;
	b.cookie = NULL;
	expect(&b, 303, "POST", "/sign-in", in);
	other = b.cookie;
	cr_expect_str_neq(other, one);
	cr_expect_str_eq(b.station, station);
	for (int i = 0; i < 2; i++) {
		b.cookie = i ? other : one;
		expect(&b, 200, "GET", "/sessions", NULL);
	}
	/* who shows a session and signs in anew leaves that one, however young it is */
	expect(&b, 303, "POST", "/sign-in", in);
	b.cookie = other;
	expect(&b, 303, "GET", "/sessions", NULL);
	cr_expect(text_starts(b.place, "/sign-in"));
	flow_stop(&b.f);
}

/* The session's cookie alone is nobody's: the thief is out, and the owner is told why. */
Test(sessions, stolen_cookie_is_let_in_nowhere, .timeout = 300)
{
	struct browser b = {.f = {0}};
	const char *cookie, *station;
	struct flow_reply r;

	flow_start(&b.f);
	sign_in_first(&b);
	expect(&b, 200, "GET", "/sessions", NULL);
	cookie = b.cookie;
	station = b.station;
	cr_assert_not_null(station);
	/* the thief's browser is another station, or none */
	b.station = "__Host-hylla-station=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
	expect(&b, 303, "GET", "/sessions", NULL);
	cr_expect_str_eq(b.place, "/sign-in?done=elsewhere&return=/sessions");
	b.station = NULL;
	expect(&b, 303, "GET", "/", NULL);
	cr_expect_str_eq(b.place, "/sign-in?done=elsewhere");
	expect(&b, 401, "POST", "/language", form(&b, "lang=fi"));
	/* whose it is: out as well, told why, and in again */
	b.cookie = cookie;
	b.station = station;
	expect(&b, 303, "GET", "/sessions", NULL);
	cr_expect_str_eq(b.place, "/sign-in?done=elsewhere&return=/sessions");
	r = visit(&b, "GET", b.place, NULL);
	cr_expect_eq(r.status, 200);
	cr_expect_not_null(strstr(r.body, "för säkerhets skull"));
	expect(&b, 303, "POST", "/sign-in", "name=it&password=" OWN_PASSWORD "&return=/sessions");
	expect(&b, 200, "GET", "/sessions", NULL);
	/* the log has it, once */
	r = flow_call(&b.f, "GET", "/api/v1/audit?act=token.elsewhere", b.f.token, NULL);
	cr_expect_eq(r.status, 200);
	station = strstr(r.body, "\"token.elsewhere\"");
	cr_assert_not_null(station, "%s", r.body);
	cr_expect_null(strstr(station + 1, "\"token.elsewhere\""));
	flow_stop(&b.f);
}

/* A session that is carried off while nothing but the API is asked. */
Test(sessions, stolen_cookie_ends_by_the_api_too, .timeout = 300)
{
	struct browser b = {.f = {0}};
	const char *station;

	flow_start(&b.f);
	sign_in_first(&b);
	expect(&b, 200, "GET", "/api/v1/status", NULL);
	station = b.station;
	b.station = NULL;
	expect(&b, 401, "GET", "/api/v1/status", NULL);
	b.station = station;
	expect(&b, 401, "GET", "/api/v1/status", NULL);
	flow_stop(&b.f);
}

/* Each row is a request with the cookie of somebody who is signed in. */
Test(sessions, cannot_be_used_from_elsewhere, .timeout = 300)
{
	struct browser b = {.f = {0}};
	const char *word, *token;
	struct flow_reply r;

	flow_start(&b.f);
	sign_in_first(&b);
	expect(&b, 200, "GET", "/", NULL);
	token = b.form_token;
	/* without its token, with another's, from another site */
	expect(&b, 403, "POST", "/language", "lang=fi");
	expect(&b, 403, "POST", "/language",
		"lang=fi&form_token=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA");
	b.site = "cross-site";
	expect(&b, 403, "POST", "/language", arena_printf(b.f.a, "lang=fi&form_token=%s", token));
	expect(&b, 403, "POST", "/sign-in", "name=it&password=" OWN_PASSWORD);
	b.site = "same-site";
	expect(&b, 403, "POST", "/language", arena_printf(b.f.a, "lang=fi&form_token=%s", token));
	b.site = NULL;
	r = visit(&b, "GET", "/", NULL);
	cr_expect_not_null(strstr(r.body, "<html lang=\"sv\">"), "nothing was changed");
	/* with it, it works, and stays */
	expect(&b, 303, "POST", "/language", form(&b, "lang=fi&next=/"));
	r = visit(&b, "GET", "/", NULL);
	cr_expect_not_null(strstr(r.body, "<html lang=\"fi\">"));
	/* no open redirect */
	expect(&b, 303, "POST", "/language", form(&b, "lang=sv&next=https://evil.example/"));
	cr_expect_str_eq(b.place, "/");
	expect(&b, 303, "POST", "/sign-in",
		"name=it&password=" OWN_PASSWORD "&return=//evil.example/");
	cr_expect_str_eq(b.place, "/");
	/* a cookie's word is no bearer's, and a bearer's no cookie */
	word = strchr(b.cookie, '=') + 1;
	cr_expect_eq(flow_call(&b.f, "GET", "/api/v1/status", word, NULL).status, 401);
	b.cookie = arena_printf(b.f.a, "__Host-hylla=%s", b.f.token);
	expect(&b, 303, "GET", "/", NULL);
	/* nor does the API take a cookie's word without the token */
	b.cookie = arena_printf(b.f.a, "__Host-hylla=%s", word);
	expect(&b, 403, "POST", "/api/v1/tasks/1/done", "");
	/* what the log knows */
	cr_expect_null(strstr(flow_log(&b.f), word));
	flow_stop(&b.f);
}

/* A clock that has gone on: idle for two hours, or twelve hours old. */
Test(sessions, end_by_themselves, .timeout = 300)
{
	struct browser b = {.f = {0}};
	struct flow_reply r;

	flow_start(&b.f);
	sign_in_first(&b);
	expect(&b, 200, "GET", "/", NULL);
	flow_server_stop(&b.f);
	b.f.clock_shift_s = 9 * 60;
	flow_server_start(&b.f);
	expect(&b, 200, "GET", "/", NULL);
	flow_server_stop(&b.f);
	/* left alone it locks, also of whoever has no PIN: opened by the password */
	b.f.clock_shift_s = 2 * 3600;
	flow_server_start(&b.f);
	expect(&b, 303, "GET", "/items", NULL);
	cr_expect_str_eq(b.place, "/locked?return=/items");
	r = visit(&b, "GET", "/locked?return=/items", NULL);
	cr_expect_not_null(strstr(r.body, "action=\"/sign-in/other"));
	cr_expect_null(strstr(r.body, "f-pin"));
	flow_server_stop(&b.f);
	b.f.clock_shift_s = 4 * 3600;
	flow_server_start(&b.f);
	expect(&b, 303, "GET", "/", NULL);
	flow_stop(&b.f);
}

/* --- a form that comes too late --- */

#define TYPED "zone=library&kind=person&given=Asta&family=Ekdahl&next=/borrowers"

static int written(struct browser *b)
{
	struct flow_reply r = flow_call(&b->f, "GET", "/api/v1/audit?act=borrower.add", b->f.token, NULL);
	int n = 0;

	cr_assert_eq(r.status, 200, "%s", r.body);
	for (const char *s = r.body; (s = strstr(s, "\"borrower.add\"")); s++)
		n++;
	return n;
}

static const char *kept_in(struct browser *b, const char *body)
{
	const char *s = strstr(body, "name=\"kept\" value=\"");

	cr_assert_not_null(s, "%s", body);
	s += strlen("name=\"kept\" value=\"");
	return arena_strndup(b->f.a, s, strcspn(s, "\""));
}

static void begin_form(struct browser *b, const char *name, const char **ret)
{
	flow_start(&b->f);
	sign_in_new(b, name, "bibliotek");
	expect(b, 200, "GET", "/borrowers/new", NULL);
	*ret = form(b, TYPED "&pin=7391");
}

/* What is uploaded cannot be kept, and the rest is not offered without it. */
static void with_a_file(struct browser *b, size_t token_n, const char *token)
{
	const struct client_header headers[] = {{"Accept", "text/html"}, {"Accept-Language", "sv"},
		{"Sec-Fetch-Site", "same-origin"}, {"Content-Type", "multipart/form-data; boundary=x"},
		{"Cookie", arena_printf(b->f.a, "%s; %s", b->cookie, b->station)}};
	const struct client_request rq = {.method = "POST", .path = "/borrowers/new", .headers = headers,
		.header_count = 5,
		.body = bytes_of_str(arena_printf(b->f.a,
			"--x\r\nContent-Disposition: form-data; name=\"form_token\"\r\n\r\n%.*s\r\n"
			"--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a\"\r\n\r\na\r\n--x--\r\n",
			(int)token_n, token))};
	struct flow_reply r = flow_ask(&b->f, b->f.staff_port, &rq);

	cr_expect_eq(r.status, 403, "%d %s", r.status, r.head);
	cr_expect_null(strstr(r.head, "/kept"));
}

/* Signed in anew in another tab, as the same person: nothing is done, and it is asked about. */
Test(sessions, an_old_form_of_ones_own_is_offered_again, .timeout = 300)
{
	struct browser b = {.f = {0}};
	struct flow_reply r;
	const char *old;

	begin_form(&b, "anna", &old);
	expect(&b, 303, "POST", "/sign-in", "name=anna&password=" OWN_PASSWORD);
	expect(&b, 303, "POST", "/borrowers/new", old);
	cr_assert(text_starts(b.place, "/kept?form="), "%s", b.place);
	r = visit(&b, "GET", b.place, NULL);
	cr_expect_eq(r.status, 200);
	cr_expect_not_null(strstr(r.body, "Se igenom det och skicka igen"));
	cr_expect_not_null(strstr(r.body, "value=\"Asta\""));
	cr_expect_null(strstr(r.body, "7391"), "a PIN is typed again");
	cr_expect_eq(written(&b), 0);
	with_a_file(&b, strcspn(old, "&") - strlen("form_token="), strchr(old, '=') + 1);
	expect(&b, 303, "POST", "/borrowers/new", form(&b, TYPED));
	cr_expect_eq(written(&b), 1);
	flow_expect_well(&b.f);
	flow_stop(&b.f);
}

static void not_taken(struct browser *b, const char *fields, const char *why)
{
	struct flow_reply r = visit(b, "POST", "/borrowers/new", fields);

	cr_expect_eq(r.status, 403, "%d %s", r.status, fields);
	cr_expect_null(b->place, "kept: %s", b->place);
	cr_expect_not_null(strstr(r.body, "Formuläret togs inte emot"), "%s", r.body);
	cr_expect_not_null(strstr(r.body, why), "%s", r.body);
	cr_expect_null(strstr(r.body, "behörighet"));
	cr_expect_null(strstr(r.body, "Asta"));
}

/* Neither done nor kept, and no role is blamed. */
Test(sessions, a_form_of_another_is_neither_done_nor_kept, .timeout = 300)
{
	static const char foreign[] = "kom inte från Hyllas egen sida", *other = "annan inloggning";
	struct browser b = {.f = {0}};
	const char *old, *right, *session, *station;
	struct client_header bare[] = {{"Accept", "text/html"}, {"Accept-Language", "sv"},
		{"Content-Type", FORM}, {"Cookie", NULL}};
	struct client_request rq = {.method = "POST", .path = "/borrowers/new", .headers = bare,
		.header_count = 4};
	struct flow_reply r;

	begin_form(&b, "anna", &old);
	expect(&b, 200, "GET", "/borrowers/new", NULL);
	right = form(&b, TYPED);
	/* from another site, even with the right token; and from nobody knows where */
	b.site = "cross-site";
	not_taken(&b, right, foreign);
	b.site = "same-site";
	not_taken(&b, old, foreign);
	b.site = NULL;
	bare[3].value = arena_printf(b.f.a, "%s; %s", b.cookie, b.station);
	rq.body = bytes_of_str(right);
	r = flow_ask(&b.f, b.f.staff_port, &rq);
	cr_expect_eq(r.status, 403);
	cr_expect_not_null(strstr(r.body, foreign), "%s", r.body);
	/* without one, with one that is made up */
	not_taken(&b, TYPED, other);
	session = arena_strndup(b.f.a, b.form_token, strcspn(b.form_token, "."));
	cr_assert_str_neq(session, b.form_token);
	not_taken(&b, "form_token=AAAA&" TYPED, other);
	not_taken(&b, arena_printf(b.f.a, "form_token=AAAA.%s&" TYPED, session), other);
	not_taken(&b, "form_token=.&" TYPED, other);
	/* a colleague's at the same browser; and one's own of another browser */
	sign_in_new(&b, "bo", "bibliotek");
	not_taken(&b, old, other);
	station = b.station;
	b.cookie = b.station = NULL;
	expect(&b, 303, "POST", "/sign-in", "name=anna&password=" OWN_PASSWORD);
	cr_assert_str_neq(b.station, station);
	not_taken(&b, old, other);
	cr_expect_eq(written(&b), 0);
	flow_expect_well(&b.f);
	flow_stop(&b.f);
}

/* What comes when its session was ended: who that was is told by the form and the browser together. */
static void offered_after(struct browser *b, const char *old)
{
	struct flow_reply r = visit(b, "POST", "/borrowers/new", old);
	const char *kept;

	cr_assert_eq(r.status, 401, "%d %s", r.status, r.body);
	cr_expect_null(strstr(r.body, "Asta"));
	cr_expect_not_null(strstr(r.body, "name=\"return\" value=\"/borrowers/new\""), "%s", r.body);
	cr_expect_not_null(strstr(r.body, "bara för dig"));
	kept = kept_in(b, r.body);
	/* a colleague at the same browser does not get to see it */
	expect(b, 303, "POST", "/sign-in",
		arena_printf(b->f.a, "name=bo&password=" OWN_PASSWORD "&kept=%s", kept));
	r = visit(b, "POST", "/sign-in",
		arena_printf(b->f.a, "name=anna&password=" OWN_PASSWORD "&kept=%s", kept));
	cr_expect_eq(r.status, 200, "%d", r.status);
	cr_expect_not_null(strstr(r.body, "value=\"Asta\""));
	cr_expect_null(strstr(r.body, "7391"));
	cr_expect_eq(written(b), 0);
}

Test(sessions, a_form_after_signing_out_is_its_owners, .timeout = 300)
{
	struct browser b = {.f = {0}};
	const char *old, *id, *station, *cookie;
	struct flow_reply r;

	begin_form(&b, "bo", &old);
	sign_in_new(&b, "anna", "bibliotek");
	expect(&b, 200, "GET", "/borrowers/new", NULL);
	old = form(&b, TYPED "&pin=7391");
	expect(&b, 303, "POST", "/sign-out", form(&b, ""));
	cr_assert_null(b.cookie);
	offered_after(&b, old);
	/* ended from another browser: the cookie is still shown */
	expect(&b, 200, "GET", "/borrowers/new", NULL);
	old = form(&b, TYPED "&pin=7391");
	cookie = b.cookie;
	station = b.station;
	b.cookie = b.station = NULL;
	expect(&b, 303, "POST", "/sign-in", "name=anna&password=" OWN_PASSWORD);
	r = visit(&b, "GET", "/sessions", NULL);
	id = strstr(r.body, "action=\"/sessions/");
	cr_assert_not_null(id);
	id += strlen("action=\"/sessions/");
	id = arena_strndup(b.f.a, id, strcspn(id, "/"));
	expect(&b, 303, "POST", arena_printf(b.f.a, "/sessions/%s/end", id), form(&b, ""));
	b.cookie = cookie;
	b.station = station;
	offered_after(&b, old);
	expect(&b, 303, "POST", "/sign-out", form(&b, ""));
	/* elsewhere, forged or without a token it is not kept, and that is said */
	station = b.station;
	for (int i = 0; i < 4; i++) {
		b.station = i == 1 ? "__Host-hylla-station=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA" : station;
		b.site = i == 2 ? "cross-site" : NULL;
		r = visit(&b, "POST", "/borrowers/new",
			i == 0 ? TYPED : i == 3 ? "form_token=A.A&" TYPED : old);
		cr_expect_eq(r.status, 401, "%d: %d", i, r.status);
		cr_expect_null(strstr(r.body, "name=\"kept\""), "%d", i);
		cr_expect_not_null(strstr(r.body, "är inte sparat"), "%s", r.body);
		cr_expect_not_null(strstr(r.body, "return=/borrowers/new\""), "%s", r.body);
	}
	cr_expect_eq(written(&b), 0);
	flow_expect_well(&b.f);
	flow_stop(&b.f);
}
