/* SPDX-License-Identifier: EUPL-1.2 */
/* A browser that keeps its cookie and the form token of the page it saw last. */
#ifndef FLOW_BROWSER_H
#define FLOW_BROWSER_H

#include "tests/flow/flow.h"

#define FORM "application/x-www-form-urlencoded"

struct browser {
	struct flow f;
	const char *cookie;     /* "__Host-hylla=…" */
	const char *station;    /* "__Host-hylla-station=…" */
	const char *form_token; /* of the page last seen */
	const char *site;       /* Sec-Fetch-Site; NULL: "same-origin" */
	bool alone;             /* its page asks by itself */
	const char *place;      /* Location of the last reply */
};

/* The value of a header, in the arena. */
static inline const char *header_of(struct browser *b, const struct flow_reply *r, const char *name)
{
	const char *at = strstr(r->head, arena_printf(b->f.a, "\r\n%s: ", name));

	if (!at)
		return NULL;
	at += strlen(name) + 4;
	return arena_strndup(b->f.a, at, strcspn(at, "\r"));
}

static inline void take_cookie(
	struct browser *b, const struct flow_reply *r, const char *name, const char **ret)
{
	const char *at = strstr(r->head, arena_printf(b->f.a, "\r\nSet-Cookie: %s", name));
	const char *line;

	if (!at)
		return;
	at += strlen("\r\nSet-Cookie: ");
	line = arena_strndup(b->f.a, at, strcspn(at, "\r"));
	*ret = strstr(line, "Max-Age=0") ? NULL : arena_strndup(b->f.a, line, strcspn(line, ";"));
}

static inline void remember(struct browser *b, const struct flow_reply *r)
{
	const char *token;

	take_cookie(b, r, "__Host-hylla=", &b->cookie);
	take_cookie(b, r, "__Host-hylla-station=", &b->station);
	token = strstr(r->body, "name=\"form_token\" value=\"");
	if (token) {
		token += strlen("name=\"form_token\" value=\"");
		b->form_token = arena_strndup(b->f.a, token, strcspn(token, "\""));
	}
	b->place = header_of(b, r, "Location");
}

static inline struct flow_reply visit(
	struct browser *b, const char *method, const char *path, const char *form)
{
	const struct client_header headers[] = {
		{"Accept", "text/html,application/xhtml+xml"},
		{"Accept-Language", "sv"},
		{"User-Agent", "Mozilla/5.0 (X11; Linux x86_64; rv:130.0) Firefox/130.0"},
		{"Sec-Fetch-Site", b->site ? b->site : "same-origin"},
		{"Content-Type", FORM},
		{"Cookie", arena_printf(b->f.a, "%s; %s", b->cookie ? b->cookie : "other=1",
				   b->station ? b->station : "another=1")},
		{"X-By-Itself", "yes"},
	};
	const struct client_request rq = {.method = method,
		.path = path,
		.headers = headers,
		.header_count = b->alone ? 7 : 6,
		.body = bytes_of_str(form ? form : "")};
	struct flow_reply r = flow_ask(&b->f, b->f.staff_port, &rq);

	remember(b, &r);
	return r;
}

static inline void expect(
	struct browser *b, int status, const char *method, const char *path, const char *form)
{
	struct flow_reply r = visit(b, method, path, form);

	cr_assert_eq(r.status, status, "%s %s: %d, not %d\n%s\n%s", method, path, r.status, status,
		r.head, r.body);
}

/* A form of the page last seen. */
static inline const char *form(struct browser *b, const char *fields)
{
	return arena_printf(b->f.a, "form_token=%s&%s", b->form_token, fields);
}

#define OWN_PASSWORD "fyra+helt+olika+ord"

/* With a one-time password, which is changed for an own one. */
static inline void sign_in_once(struct browser *b, const char *name, const char *once)
{
	expect(b, 303, "POST", "/sign-in",
		arena_printf(b->f.a, "name=%s&password=%s", name, once));
	cr_expect_str_eq(b->place, "/password");
	expect(b, 200, "GET", "/password", NULL);
	expect(b, 303, "POST", "/password",
		form(b, "new_password=" OWN_PASSWORD "&again=" OWN_PASSWORD));
}

/* Who made the house. */
static inline void sign_in_first(struct browser *b)
{
	sign_in_once(b, "it", b->f.password);
}

/* An account that did not exist, in place of whoever was signed in. */
static inline void sign_in_new(struct browser *b, const char *name, const char *roles)
{
	struct doc *d = FLOW_JSON(&b->f, "user", "add", name, "--roles", roles);

	b->cookie = NULL;
	sign_in_once(b, name, doc_str(d, "one_time_password"));
}

#endif
