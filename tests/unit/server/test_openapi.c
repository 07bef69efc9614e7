/* SPDX-License-Identifier: EUPL-1.2 */
/* docs/openapi.yaml against the route tables, both ways. It reads lines, not YAML: each fact
 * stands on a line of its own, at a fixed depth. */
#include "base/file.h"
#include "base/text.h"
#include "web/web.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <stdlib.h>

#define OPERATIONS_MOST 400

struct operation {
	const char *path, *method;
	const char *summary, *caller, *roles, *scope, *sides, *cap;
};

struct description {
	struct arena *arena;
	const char *path; /* while reading */
	struct operation ops[OPERATIONS_MOST];
	size_t n;
};

/* "get" of "    get:" at depth 4; NULL for any other line. */
static const char *heading(struct arena *a, const char *line, size_t depth)
{
	size_t n = strlen(line);

	if (strspn(line, " ") != depth || line[n - 1] != ':')
		return NULL;
	return arena_strndup(a, line + depth, n - depth - 1);
}

static const char *upper(struct arena *a, const char *s)
{
	char *out = arena_strdup(a, s);

	for (char *p = out; *p; p++)
		*p = *p >= 'a' && *p <= 'z' ? (char)(*p - 'a' + 'A') : *p;
	return out;
}

/* The value of "      key: value", without the quotes it may have. */
static bool take(struct arena *a, const char *line, const char *key, const char **ret)
{
	const char *start = arena_printf(a, "      %s: ", key), *value;
	size_t n;

	if (!text_starts(line, start))
		return false;
	value = line + strlen(start);
	n = strlen(value);
	if (n > 1 && value[0] == '"' && value[n - 1] == '"')
		value = arena_strndup(a, value + 1, n - 2);
	*ret = value;
	return true;
}

static void read_line(struct description *d, const char *line)
{
	const char *path = heading(d->arena, line, 2), *method = heading(d->arena, line, 4);
	struct operation *o;

	if (path)
		d->path = path;
	if (method && d->n < OPERATIONS_MOST)
		d->ops[d->n++] =
			(struct operation){.path = d->path, .method = upper(d->arena, method)};
	if (!d->n)
		return;
	o = &d->ops[d->n - 1];
	(void)(take(d->arena, line, "summary", &o->summary) ||
		take(d->arena, line, "x-caller", &o->caller) ||
		take(d->arena, line, "x-roles", &o->roles) ||
		take(d->arena, line, "x-scope", &o->scope) ||
		take(d->arena, line, "x-sides", &o->sides) ||
		take(d->arena, line, "x-body-cap", &o->cap));
}

/* The lines below "paths:". */
static struct description *read_description(struct arena *a)
{
	struct description *d = ARENA_NEW(a, struct description);
	const char *top = getenv("top_srcdir");
	AUTO(buf) struct buf file = BUF_INIT(4 << 20);
	const char *at, *line;
	bool inside = false;

	d->arena = a;
	cr_assert(eq(int,
		file_read(arena_printf(a, "%s/docs/openapi.yaml", top ? top : "."), &file), 0));
	for (at = arena_strdup(a, buf_str(&file)); *at; at += strlen(line) + 1) {
		line = arena_strndup(a, at, strcspn(at, "\n"));
		if (*line && *line != ' ')
			inside = text_equal(line, "paths:");
		else if (inside && *line)
			read_line(d, line);
	}
	return d;
}

static const struct operation *find(const struct description *d, const struct http_route *r)
{
	for (size_t i = 0; i < d->n; i++) {
		if (text_equal(d->ops[i].path, r->path) && text_equal(d->ops[i].method, r->method))
			return &d->ops[i];
	}
	return NULL;
}

/* --- a route's facts as the description writes them --- */

static const char *caller_text(const struct http_route *r)
{
	static const char *const names[HTTP_CALLERS] = {
		[HTTP_ANYONE] = "anyone", [HTTP_DEVICE] = "device", [HTTP_STAFF] = "staff"};

	return names[r->caller];
}

static const char *roles_text(struct arena *a, const struct http_route *r)
{
	AUTO(buf) struct buf words = BUF_INIT(256);
	AUTO(buf) struct buf out = BUF_INIT(256);

	if (r->caller != HTTP_STAFF)
		return NULL;
	web_roles_format(r->roles, &words);
	buf_add_char(&out, '[');
	for (const char *s = buf_str(&words); *s; s++) {
		if (*s == ' ')
			buf_add_char(&out, ',');
		buf_add_char(&out, *s);
	}
	buf_add_char(&out, ']');
	return arena_strdup(a, buf_str(&out));
}

/* "[loans, people, read]"; iPads and whoever needs no token have no scope. */
static const char *scope_text(struct arena *a, const struct http_route *r)
{
	const struct web_need need = web_route_need(r);
	AUTO(buf) struct buf words = BUF_INIT(256);
	const char *out = "";

	if (r->caller != HTTP_STAFF)
		return NULL;
	web_areas_format(need.areas, &words);
	if (need.areas == WEB_AREA_OWN)
		buf_printf(&words, "own");
	for (const char *s = buf_str(&words); *s; s++)
		out = arena_printf(a, "%s%.1s%s", out, *s == ' ' ? "," : s, *s == ' ' ? " " : "");
	return arena_printf(a, "[%s, %s]", out, need.writes ? "write" : "read");
}

static const char *sides_text(struct arena *a, const struct http_route *r)
{
	static const struct {
		unsigned side;
		const char *name;
	} sides[] = {{HTTP_DEVICE_SIDE, "device"}, {HTTP_STAFF_SIDE, "staff"},
		{HTTP_PUBLIC_SIDE, "public"}};
	const char *out = "";

	for (size_t i = 0; i < 3; i++) {
		if (r->sides & sides[i].side)
			out = arena_printf(a, "%s%s%s", out, *out ? ", " : "", sides[i].name);
	}
	return arena_printf(a, "[%s]", out);
}

static void same(const struct http_route *r, const char *what, const char *route, const char *said)
{
	cr_expect(text_equal(route, said),
		"%s %s: %s is \"%s\" in the table and \"%s\" in openapi.yaml", r->method, r->path,
		what, route ? route : "(none)", said ? said : "(none)");
}

static void compare(struct arena *a, const struct description *d, const struct http_route *r)
{
	const struct operation *o = find(d, r);

	cr_expect(o != NULL, "%s %s is not in openapi.yaml", r->method, r->path);
	if (!o)
		return;
	same(r, "summary", r->about, o->summary);
	same(r, "x-caller", caller_text(r), o->caller);
	same(r, "x-roles", roles_text(a, r), o->roles);
	same(r, "x-scope", scope_text(a, r), o->scope);
	same(r, "x-sides", sides_text(a, r), o->sides);
	same(r, "x-body-cap", arena_printf(a, "%u", r->body_cap), o->cap);
}

static const struct http_route *tables(size_t i)
{
	return i == 0 ? mdm_routes(NULL).routes : web_routes(NULL).routes;
}

Test(openapi, every_route_is_described_as_it_is)
{
	AUTO(arena) struct arena *a = arena_new();
	const struct description *d = read_description(a);
	size_t n = 0;

	for (size_t t = 0; t < 2; t++) {
		for (const struct http_route *r = tables(t); r->method; r++, n++)
			compare(a, d, r);
	}
	cr_expect(gt(sz, n, 40));
}

/* A page is a face of the API: whoever may act by the one may act by the other. */
Test(openapi, an_act_is_for_the_same_people_by_page_and_by_api)
{
	AUTO(arena) struct arena *a = arena_new();
	size_t n = 0;

	for (const struct http_route *p = web_page_routes(NULL).routes; p->method; p++) {
		const char *path = arena_printf(a, "/api/v1%s", p->path);

		if (text_equal(p->method, "GET"))
			continue;
		for (const struct http_route *r = tables(1); r->method; r++) {
			if (!text_equal(r->path, path) || !text_equal(r->method, p->method))
				continue;
			cr_expect_eq(r->roles, p->roles, "%s %s", p->method, p->path);
			n++;
		}
	}
	cr_expect(gt(sz, n, 40));
}

static bool is_route(const struct operation *o)
{
	for (size_t t = 0; t < 2; t++) {
		for (const struct http_route *r = tables(t); r->method; r++) {
			if (text_equal(o->path, r->path) && text_equal(o->method, r->method))
				return true;
		}
	}
	return false;
}

Test(openapi, nothing_is_described_that_is_no_route)
{
	AUTO(arena) struct arena *a = arena_new();
	const struct description *d = read_description(a);

	cr_expect(gt(sz, d->n, 40));
	cr_expect(lt(sz, d->n, OPERATIONS_MOST));
	for (size_t i = 0; i < d->n; i++)
		cr_expect(is_route(&d->ops[i]), "%s %s is in openapi.yaml and in no table",
			d->ops[i].method, d->ops[i].path);
}
