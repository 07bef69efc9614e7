/* SPDX-License-Identifier: EUPL-1.2 */
/* Every address of the house: with no caller, the wrong one, a byte too much, the wrong method,
 * at the wrong door. The tables are the server's own; what answers is the server. */
#include "tests/flow/flow.h"
#include "web/web.h"

struct walk {
	struct flow f;
	const struct http_route *r;
	const char *path; /* with something in each {name} */
	bool devices;
	unsigned asked;
};

static const char *filled(struct arena *a, const char *path)
{
	AUTO(buf) struct buf b = BUF_INIT(4096);

	for (; *path; path++) {
		if (*path != '{') {
			buf_add_char(&b, *path);
			continue;
		}
		buf_add_str(&b, "nothing-here");
		path += strcspn(path, "}");
	}
	return arena_strdup(a, buf_str(&b));
}

static unsigned home_port(struct walk *w)
{
	if (w->r->sides & HTTP_STAFF_SIDE)
		return w->f.staff_port;
	return w->r->sides & HTTP_DEVICE_SIDE ? w->f.device_port : w->f.public_port;
}

struct
try {
	unsigned port;
	const char *method, *token;
	struct bytes body;
};

static int try(struct walk *w, const struct try *t)
{
	const struct client_header headers[] = {{"Accept", "application/json"},
		{"Content-Type", w->devices ? "application/x-apple-aspen-mdm" : "application/json"},
		{"Authorization", arena_printf(w->f.a, "Bearer %s", t->token ? t->token : "")}};
	const struct client_request rq = {.method = t->method ? t->method : w->r->method,
		.path = w->path,
		.headers = headers,
		.header_count = t->token ? 3 : 2,
		.body = t->body};

	w->asked++;
	return flow_ask(&w->f, t->port ? t->port : home_port(w), &rq).status;
}

#define EXPECT(w, got, want, what) \
	cr_expect_eq(              \
		got, want, "%s %s, %s: %d, not %d", (w)->r->method, (w)->r->path, what, got, want)

static void with_no_caller(struct walk *w)
{
	struct try t = {0};
	int status = try(w, &t);

	if (w->r->caller == HTTP_STAFF)
		EXPECT(w, status, 401, "no caller");
	else if (w->r->caller == HTTP_DEVICE)
		EXPECT(w, status, 400, "no caller");
	else
		cr_expect(status < 500 && (status != 401 || !w->devices), "%s: %d", w->r->path,
			status);
}

/* A token that may everything but this. */
static void with_wrong_role(struct walk *w)
{
	static const char *const names[] = {"it", "konsulent", "bibliotek", "admin", "reader"};
	AUTO(buf) struct buf roles = BUF_INIT(256);
	struct try t = {0};
	const char *body;
	struct doc *d;

	if (w->r->caller != HTTP_STAFF)
		return;
	t.token = "a-word-nobody-was-given-0123456789abcdef";
	EXPECT(w, try(w, &t), 401, "an unknown token");
	for (size_t i = 0; i < 5; i++) {
		if (!(w->r->roles & (1u << i)))
			buf_printf(&roles, "%s%s", roles.n ? " " : "", names[i]);
	}
	if (!roles.n)
		return;
	body = arena_printf(w->f.a, "{\"note\":\"walk\",\"roles\":\"%s\"}", buf_str(&roles));
	d = flow_api(&w->f, 201, "POST", "/api/v1/tokens", body);
	t.token = doc_str(d, "token");
	cr_assert_not_null(t.token);
	EXPECT(w, try(w, &t), 403, buf_str(&roles));
}

/* The length alone is enough to be refused; where no body is taken, that there is one. */
static void with_too_much(struct walk *w)
{
	struct try t = {.token = w->devices ? NULL : w->f.token};
	size_t n = w->r->body_cap + 1;

	t.body = bytes_of(arena_alloc(w->f.a, n), n);
	memset((void *)(uintptr_t)t.body.p, 'x', n);
	if (n > (2u << 20))
		return;
	EXPECT(w, try(w, &t), w->r->body_cap ? 413 : 400, "a byte too much");
}

static void with_wrong_method(struct walk *w)
{
	struct try t = {.method = "PATCH", .token = w->devices ? NULL : w->f.token};

	EXPECT(w, try(w, &t), 405, "PATCH");
}

static void at_the_wrong_door(struct walk *w)
{
	const struct {
		unsigned side, port;
	} doors[] = {{HTTP_DEVICE_SIDE, w->f.device_port}, {HTTP_STAFF_SIDE, w->f.staff_port},
		{HTTP_PUBLIC_SIDE, w->f.public_port}};

	for (size_t i = 0; i < 3; i++) {
		struct try t = {.port = doors[i].port, .token = w->f.token};

		/* The first page of the public's side is not that of the staff's. */
		if (!(w->r->sides & doors[i].side) && !text_equal(w->r->path, "/"))
			EXPECT(w, try(w, &t), 404, "the wrong door");
	}
}

static void walk_table(struct walk *w, const struct http_route *r)
{
	static void (*const steps[])(struct walk * w) = {with_no_caller, with_wrong_role,
		with_too_much, with_wrong_method, at_the_wrong_door};

	for (; r->method; r++) {
		w->r = r;
		w->path = filled(w->f.a, r->path);
		cr_expect_neq((int)r->caller, HTTP_NOBODY, "%s is for nobody", r->path);
		cr_expect(r->caller == HTTP_STAFF || r->roles == 0);
		cr_expect(r->about && *r->about);
		for (size_t i = 0; i < sizeof(steps) / sizeof(steps[0]); i++)
			steps[i](w);
	}
}

Test(routes, are_closed_to_who_they_are_not_for, .timeout = 300)
{
	struct walk w = {{0}};
	struct web *web;
	const struct web_options none = {0};

	flow_start(&w.f);
	cr_assert_eq(web_open(&none, &web), 0);
	walk_table(&w, web_routes(web).routes);
	walk_table(&w, web_page_routes(web).routes);
	web_close(web);
	w.devices = true;
	walk_table(&w, mdm_routes(NULL).routes);
	cr_expect_gt(w.asked, 200);
	flow_expect_well(&w.f);
	flow_stop(&w.f);
}

static bool is_json(const struct flow_reply *r)
{
	return strstr(r->head, "\r\nContent-Type: application/json") != NULL;
}

static struct flow_reply with_format(struct walk *w, const char *format)
{
	const char *path = arena_printf(w->f.a, "%s?format=%s", w->path, format);

	return flow_call(&w->f, "GET", path, w->f.token, NULL);
}

/* A word in the address that does nothing is a list somebody believes to be another. */
Test(routes, give_the_file_that_is_asked_for_or_say_that_there_is_none, .timeout = 300)
{
	static const char *const none[] = {"/api/v1/status", "/api/v1/ade/profile", "/lifeguard"};
	const struct web_options options = {0};
	struct walk w = {{0}};
	struct web *web;
	unsigned files = 0;

	flow_start(&w.f);
	cr_assert_eq(web_open(&options, &web), 0);
	for (w.r = web_routes(web).routes; w.r->method; w.r++) {
		struct flow_reply r;

		if (!text_equal(w.r->method, "GET") || w.r->caller != HTTP_STAFF)
			continue;
		w.path = filled(w.f.a, w.r->path);
		r = with_format(&w, "nonsense");
		cr_expect_eq(r.status, 400, "%s as nonsense: %d", w.path, r.status);
		cr_expect_not_null(strstr(r.body, "csv"), "%s: %s", w.path, r.body);
		r = with_format(&w, "csv");
		cr_expect(r.status == 400 || r.status == 404 || r.status == 403 || r.status == 409 ||
				  (r.status == 200 && !is_json(&r)),
			"%s as csv: %d %s", w.path, r.status, r.body);
		files += r.status == 200;
	}
	web_close(web);
	cr_expect_geq(files, 30, "%u files", files);
	for (size_t i = 0; i < sizeof(none) / sizeof(none[0]); i++) {
		w.path = none[i];
		cr_expect_eq(with_format(&w, "xlsx").status, 400, "%s", w.path);
	}
	flow_stop(&w.f);
}

/* Addresses that try to be others. */
Test(routes, are_not_found_under_other_names, .timeout = 300)
{
	static const struct {
		const char *path;
		int least, most;
	} rows[] = {
		{"/api", 404, 404},
		{"/api/v1/devices/../accounts", 400, 404},
		{"/api/v1/devices/%2e%2e", 400, 404},
		{"/api/v1/devices/a%2fb", 400, 404},
		{"/api/v1/devices/%00", 400, 404},
		{"//api/v1/status", 400, 404},
		{"/API/V1/STATUS", 404, 404},
		{"/api/v1/%73tatus", 400, 404},
	};
	struct flow f = {0};

	flow_start(&f);
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		int status = flow_call(&f, "GET", rows[i].path, f.token, NULL).status;

		cr_expect(status >= rows[i].least && status <= rows[i].most, "%s: %d", rows[i].path,
			status);
	}
	flow_api(&f, 200, "GET", "/api/v1/status", NULL);
	flow_stop(&f);
}
