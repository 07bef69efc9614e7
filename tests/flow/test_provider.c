/* SPDX-License-Identifier: EUPL-1.2 */
/* Signing in at a real provider (Debian's glewlwyd), as a browser walks between the two. */
#include "tests/flow/browser.h"

#include "tests/fake/free_port.h"
#include "tests/flow/provider.h"

struct there {
	struct browser b;
	struct provider p;
	const char *cookie; /* of the provider */
	struct client *c;
};

static void there_stop(struct there *t)
{
	provider_stop(&t->p);
	client_free(t->c);
}

/* One request to the provider, with its cookie; Location in the arena. */
static int ask(struct there *t, const char *method, const char *path, const char *body,
	const char **ret_location)
{
	const struct client_options o = {.host = "localhost", .port = t->p.port};
	const struct client_header headers[] = {
		{"Content-Type", "application/json"}, {"Cookie", t->cookie ? t->cookie : "none=1"}};
	const struct client_request rq = {.method = method,
		.path = path,
		.headers = headers,
		.header_count = 2,
		.body = bytes_of_str(body ? body : "")};
	struct client_reply r;
	const char *cookie;

	if (!t->c)
		t->c = client_new(&o);
	cr_assert_eq(client_exchange(t->c, &rq, &r), 0);
	if (ret_location)
		*ret_location = r.location ? arena_strdup(t->b.f.a, r.location) : NULL;
	cookie = strstr(arena_strndup(t->b.f.a, r.head.p, r.head.n), "Set-Cookie: GLEWLWYD2");
	if (cookie)
		t->cookie = arena_strndup(t->b.f.a, cookie + 12, strcspn(cookie + 12, ";\r"));
	return r.status;
}

/* What stands in an address behind its host. */
static const char *path_of(const char *address)
{
	const char *s = strstr(address, "//");

	cr_assert_not_null(s, "%s", address);
	return strchr(s + 2, '/');
}

/* The two cookies of a round are told apart by name; the browser helper keeps one. */
static const char *round_cookie(const char *head)
{
	const char *s = strstr(head, "Set-Cookie: __Host-hylla-round=");

	cr_assert_not_null(s, "%s", head);
	s += strlen("Set-Cookie: ");
	return s;
}

/* From our button to the provider and back: the address it sends the browser to. */
static const char *walk(struct there *t, const char *return_to)
{
	struct browser *b = &t->b;
	const char *back, *carried;
	struct flow_reply r;

	b->cookie = NULL;
	r = visit(b, "GET", arena_printf(b->f.a, "/sign-in/provider?return=%s", return_to), NULL);
	cr_assert_eq(r.status, 303, "%s", r.body);
	carried = round_cookie(r.head);
	cr_expect_not_null(strstr(carried, "HttpOnly; SameSite=Lax; Secure"));
	b->cookie = arena_strndup(b->f.a, carried, strcspn(carried, ";"));
	cr_assert(text_starts(b->place, arena_printf(b->f.a, "http://localhost:%u/", t->p.port)));
	/* Elsa said yes before, so there is nothing to click */
	cr_expect_eq(ask(t, "GET", arena_printf(b->f.a, "%s&g_continue", path_of(b->place)), NULL,
			     &back),
		302);
	cr_assert_not_null(back);
	cr_assert(text_starts(
			  back, arena_printf(b->f.a, "https://localhost:%u/sign-in/provider/back?",
					b->f.staff_port)),
		"%s", back);
	return path_of(back);
}

static void elsa(struct there *t)
{
	cr_assert_eq(ask(t, "POST", "/api/auth/",
			     "{\"username\":\"elsa.test\",\"password\":\"elsas egna ord\"}", NULL),
		200);
	cr_assert_not_null(t->cookie);
}

/* By the provider, in: where the browser is sent on to. */
static const char *arrive(struct there *t, const char *return_to)
{
	struct browser *b = &t->b;
	const char *back = walk(t, return_to), *to, *cookie;
	struct flow_reply r;

	b->site = "cross-site";
	r = visit(b, "GET", back, NULL);
	b->site = NULL;
	cr_assert_eq(r.status, 200, "%s", r.body);
	to = strstr(r.head, "Refresh: 0; url=");
	cookie = strstr(r.head, "Set-Cookie: __Host-hylla=");
	cr_assert(to && cookie, "%s", r.head);
	to += strlen("Refresh: 0; url=");
	cookie += strlen("Set-Cookie: ");
	b->cookie = arena_strndup(b->f.a, cookie, strcspn(cookie, ";"));
	return arena_strndup(b->f.a, to, strcspn(to, "\r"));
}

/* A form that came when the session had ended: it is there again behind the provider. */
static void kept_over_a_round(struct there *t)
{
	static const char fields[] = "zone=library&kind=senior&given=Asta&family=Ekdahl";
	struct browser *b = &t->b;
	const char *sent, *at, *to, *session, *station;
	struct flow_reply r;

	cr_expect_str_eq(arrive(t, "/loans"), "/loans");
	expect(b, 200, "GET", "/borrowers/new", NULL);
	sent = form(b, fields);
	expect(b, 303, "POST", "/lock", form(b, ""));
	r = visit(b, "POST", "/borrowers/new", sent);
	cr_assert_eq(r.status, 401, "%s", r.body);
	cr_expect_null(strstr(r.body, "Asta"), "the page tells nothing");
	at = strstr(r.body, "/sign-in/provider?return=/kept%3Fform%3D");
	cr_assert_not_null(at, "%s", r.body);
	at += strlen("/sign-in/provider?return=");
	to = arrive(t, arena_strndup(b->f.a, at, strcspn(at, "\"")));
	cr_assert(text_starts(to, "/kept?form="), "%s", to);
	session = b->cookie;
	b->cookie = NULL;
	expect(b, 303, "GET", to, NULL);
	cr_expect(text_starts(b->place, "/sign-in"), "nobody else is offered it: %s", b->place);
	b->cookie = session;
	expect(b, 303, "GET", "/kept?form=1.00", NULL);
	station = b->station;
	b->station = NULL;
	arrive(t, "/loans");
	cr_assert_str_neq(b->station, station);
	expect(b, 303, "GET", to, NULL);
	cr_expect_str_eq(b->place, "/", "nor is another browser, whoever is in it");
	b->cookie = session;
	b->station = station;
	r = visit(b, "GET", to, NULL);
	cr_assert_eq(r.status, 200, "%s", r.body);
	cr_expect_not_null(strstr(r.body, "value=\"Asta\""));
	cr_expect_not_null(strstr(r.body, "action=\"/borrowers/new\""));
}

Test(provider, signs_in_and_out, .timeout = 300)
{
	struct there t = {.p = {.port = free_port()}};
	struct browser *b = &t.b;
	const char *back, *session;
	struct flow_reply r;
	int status;

	flow_start(&b->f);
	t.p.f = &b->f;
	status = provider_start(&t.p);
	if (status) {
		there_stop(&t);
		flow_stop(&b->f);
		cr_assert_eq(status, 77, "the provider did not come up: %d", status);
		cr_skip_test("there is no provider to try with");
	}
	flow_server_stop(&b->f);
	provider_settings(&t.p);
	flow_server_start(&b->f);
	r = visit(b, "GET", "/sign-in?return=/loans", NULL);
	cr_expect_not_null(strstr(r.body, "Logga in med Kommunkontot"));
	cr_expect_not_null(strstr(r.body, "/sign-in/provider?return=/loans"));
	elsa(&t);
	back = walk(&t, "/loans");
	b->site = "cross-site";
	r = visit(b, "GET", back, NULL);
	b->site = NULL;
	cr_assert_eq(r.status, 200, "%s\n%s", r.body, flow_log(&b->f));
	cr_expect_not_null(strstr(r.head, "Refresh: 0; url=/loans"));
	session = strstr(r.head, "Set-Cookie: __Host-hylla=");
	cr_assert_not_null(session, "%s", r.head);
	session += strlen("Set-Cookie: ");
	session = arena_strndup(b->f.a, session, strcspn(session, ";"));
	b->cookie = session;
	r = visit(b, "GET", "/loans", NULL);
	cr_expect_eq(r.status, 200);
	cr_expect_not_null(strstr(r.body, "elsa.test"));
	expect(b, 403, "GET", "/accounts", NULL);
	/* the same answer again: its round is over, and so is its code */
	b->cookie = NULL;
	r = visit(b, "GET", back, NULL);
	cr_expect_eq(r.status, 403);
	cr_expect_not_null(strstr(r.body, "role=\"alert\""));
	/* out here, and the way out there */
	b->cookie = session;
	expect(b, 200, "GET", "/loans", NULL);
	r = visit(b, "POST", "/sign-out", form(b, ""));
	cr_expect_eq(r.status, 200);
	cr_expect_not_null(strstr(r.body, "/api/oidc/end_session?client_id=hylla"));
	b->cookie = session;
	expect(b, 303, "GET", "/loans", NULL);
	kept_over_a_round(&t);
	cr_expect_null(strstr(flow_log(&b->f), "eyJ"), "no token in the log");
	flow_expect_well(&b->f);
	there_stop(&t);
	flow_stop(&b->f);
}

/* What comes back is not for this browser, or says no. */
Test(provider, is_not_believed_without_our_round, .timeout = 300)
{
	struct there t = {.p = {.port = free_port()}};
	struct browser *b = &t.b;
	const char *back, *evil;
	struct flow_reply r;
	int status;

	flow_start(&b->f);
	t.p.f = &b->f;
	status = provider_start(&t.p);
	if (status) {
		there_stop(&t);
		flow_stop(&b->f);
		cr_assert_eq(status, 77, "the provider did not come up: %d", status);
		cr_skip_test("there is no provider to try with");
	}
	flow_server_stop(&b->f);
	provider_settings(&t.p);
	b->f.set[7] = "oidc.local_roles=admin";
	flow_server_start(&b->f);
	elsa(&t);
	/* somebody else's link, in a browser that began nothing, or another round */
	back = walk(&t, "/");
	b->cookie = NULL;
	expect(b, 403, "GET", back, NULL);
	evil = walk(&t, "//evil.example/");
	r = visit(b, "GET", back, NULL);
	cr_expect_eq(r.status, 403);
	cr_expect_null(strstr(r.head, "__Host-hylla="));
	/* no open redirect */
	walk(&t, "//evil.example/");
	evil = walk(&t, "https://evil.example/");
	r = visit(b, "GET", evil, NULL);
	cr_expect_eq(r.status, 200);
	cr_expect_not_null(strstr(r.head, "Refresh: 0; url=/\r\n"));
	/* it said no */
	b->cookie = NULL;
	r = visit(b, "GET", "/sign-in/provider/back?error=access_denied&state=x", NULL);
	cr_expect_eq(r.status, 403);
	cr_expect_not_null(strstr(r.body, "Kommunkontot"));
	/* only administrators by password; the first account is one */
	expect(b, 303, "POST", "/sign-in",
		arena_printf(b->f.a, "name=it&password=%s", b->f.password));
	/* it is gone: said plainly, and the password's door is there */
	kill(t.p.pid, SIGKILL);
	flow_server_stop(&b->f);
	flow_server_start(&b->f);
	b->cookie = NULL;
	r = visit(b, "GET", "/sign-in/provider", NULL);
	cr_expect_eq(r.status, 503);
	cr_expect_not_null(strstr(r.body, "svarar inte"));
	cr_expect_not_null(strstr(r.body, "f-password"));
	flow_expect_well(&b->f);
	there_stop(&t);
	flow_stop(&b->f);
}
