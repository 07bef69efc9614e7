/* SPDX-License-Identifier: EUPL-1.2 */
#include "base/text.h"
#include "http/http_int.h"

#include <criterion/criterion.h>
#include <stdio.h>

static int handler(struct http_request *rq, void *ctx)
{
	return 0;
}

#define D HTTP_DEVICE_SIDE
#define S HTTP_STAFF_SIDE
#define P HTTP_PUBLIC_SIDE

static const struct http_route routes[] = {{"GET", "/", S, HTTP_ANYONE, 0, 0, handler, "root"},
	{"GET", "/items", S, HTTP_STAFF, 1, 0, handler, "list"},
	{"POST", "/items", S, HTTP_STAFF, 1, 1, handler, "add"},
	{"GET", "/items/{id}", S, HTTP_STAFF, 1, 0, handler, "one"},
	{"PUT", "/items/{code}", S, HTTP_STAFF, 1, 1, handler, "put"},
	{"GET", "/items/lost", S, HTTP_STAFF, 1, 0, handler, "lost"},
	{"GET", "/items/lost/{day}/x", S, HTTP_STAFF, 1, 0, handler, "lost day"},
	{"GET", "/items/{id}/{part}/y", S, HTTP_STAFF, 1, 0, handler, "part"},
	{"GET", "/items/", S, HTTP_STAFF, 1, 0, handler, "slash"},
	{"PUT", "/mdm", D, HTTP_DEVICE, 0, 1, handler, "mdm"},
	{"GET", "/mdm", S, HTTP_STAFF, 1, 0, handler, "mdm page"},
	{"GET", "/closed", D | S | P, HTTP_NOBODY, 0, 0, handler, "closed"},
	{"HEAD", "/own", P, HTTP_ANYONE, 0, 0, handler, "own head"},
	{"GET", "/own", P, HTTP_ANYONE, 0, 0, handler, "own get"}, {NULL}};

static struct arena *a;
static struct http_map *m;

static void begin(void)
{
	struct http_routes tables[] = {{routes, (void *)(uintptr_t) "ctx"}};
	const struct http_route *bad = NULL;

	a = arena_new();
	cr_assert_eq(http_map_new(tables, 1, &m, &bad), 0);
}

static void end(void)
{
	http_map_free(m);
	http_map_free(NULL);
	arena_free(a);
}

TestSuite(route, .init = begin, .fini = end);

/* What each request finds: a route by its line, "-" nothing, or the methods allowed. */
Test(route, find)
{
	static const struct {
		const char *method;
		unsigned sides;
		const char *path, *found, *allow;
	} cases[] = {
		{"GET", S, "/", "root", NULL},
		{"GET", S, "/items", "list", NULL},
		{"POST", S, "/items", "add", NULL},
		{"HEAD", S, "/items", "list", NULL},
		{"GET", S, "/items/7", "one", NULL},
		{"PUT", S, "/items/7", "put", NULL},
		{"GET", S, "/items/lost", "lost", NULL},
		{"GET", S, "/items/", "slash", NULL},
		{"GET", S, "/items/lost/1/x", "lost day", NULL},
		/* the literal branch ends nowhere: the parameter gets its turn */
		{"GET", S, "/items/lost/1/y", "part", NULL},
		{"GET", S, "/items/8/1/y", "part", NULL},
		{"GET", S, "/items/8/1/x", "-", NULL},
		{"GET", S, "/items//1/y", "-", NULL},
		{"GET", S, "//", "-", NULL},
		{"GET", S, "", "-", NULL},
		{"GET", S, "items", "-", NULL},
		{"GET", S, "/Items", "-", NULL},
		{"GET", S, "/item", "-", NULL},
		{"GET", S, "/itemss", "-", NULL},
		{"GET", S, "/%69tems", "-", NULL},
		{"GET", S, "/items/7/", "-", NULL},
		{"GET", S, "/{id}", "-", NULL},
		/* a literal owns its path: POST is not tried as an id named "lost" */
		{"PUT", S, "/items/lost", NULL, "GET, HEAD"},
		{"DELETE", S, "/items", NULL, "GET, HEAD, POST"},
		{"DELETE", S, "/items/7", NULL, "GET, HEAD, PUT"},
		{"get", S, "/items", NULL, "GET, HEAD, POST"},
		{"PUT", D, "/mdm", "mdm", NULL},
		{"GET", S, "/mdm", "mdm page", NULL},
		{"GET", D, "/mdm", NULL, "PUT"},
		{"PUT", S, "/mdm", NULL, "GET, HEAD"},
		{"PUT", P, "/mdm", "-", NULL},
		{"PUT", D | S, "/mdm", "mdm", NULL},
		{"GET", D | S | P, "/closed", "-", NULL},
		{"POST", S, "/closed", "-", NULL},
		{"HEAD", P, "/own", "own head", NULL},
		{"GET", S, "/a/b/c/d/e/f/g/h/i/j/k/l/m/n/o/p/q/r/s", "-", NULL},
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct http_match r = {0};
		int err = http_map_find(
			m, a, cases[i].method, cases[i].sides, bytes_of_str(cases[i].path), &r);

		if (text_equal(cases[i].found, "-")) {
			cr_expect_eq(err, ERR_NOTFOUND, "%s %s", cases[i].method, cases[i].path);
			continue;
		}
		cr_assert_eq(err, 0, "%s %s", cases[i].method, cases[i].path);
		if (!cases[i].found) {
			cr_expect_null(r.route);
			cr_expect_str_eq(r.allow, cases[i].allow);
			continue;
		}
		cr_assert_not_null(r.route, "%s %s", cases[i].method, cases[i].path);
		cr_expect_str_eq(r.route->about, cases[i].found);
		cr_expect_str_eq(r.ctx, "ctx");
	}
}

/* Two routes may name the same segment differently. */
Test(route, params)
{
	struct http_match r;

	cr_assert_eq(http_map_find(m, a, "GET", S, bytes_of_str("/items/a%20b"), &r), 0);
	cr_assert_eq(r.param_count, 1);
	cr_expect(bytes_equal(r.params[0].name, bytes_of_str("id")));
	cr_expect(bytes_equal(r.params[0].raw, bytes_of_str("a%20b")));
	cr_assert_eq(http_map_find(m, a, "PUT", S, bytes_of_str("/items/z"), &r), 0);
	cr_expect(bytes_equal(r.params[0].name, bytes_of_str("code")));
	cr_assert_eq(http_map_find(m, a, "GET", S, bytes_of_str("/items/lost/2/y"), &r), 0);
	cr_assert_eq(r.param_count, 2);
	cr_expect(bytes_equal(r.params[0].raw, bytes_of_str("lost")));
	cr_expect(bytes_equal(r.params[1].name, bytes_of_str("part")));
	cr_expect(bytes_equal(r.params[1].raw, bytes_of_str("2")));
}

Test(route, tables_that_make_no_sense)
{
	static const struct {
		struct http_route rows[3];
		int err;
	} cases[] = {
		{{{"GET", "a", S, HTTP_ANYONE, 0, 0, handler, ""}, {NULL}}, ERR_USAGE},
		{{{"GET", NULL, S, HTTP_ANYONE, 0, 0, handler, ""}, {NULL}}, ERR_USAGE},
		{{{"GET", "/a", 0, HTTP_ANYONE, 0, 0, handler, ""}, {NULL}}, ERR_USAGE},
		{{{"GET", "/a", S, HTTP_ANYONE, 0, 0, NULL, ""}, {NULL}}, ERR_USAGE},
		{{{"GET", "/a", S, HTTP_CALLERS, 0, 0, handler, ""}, {NULL}}, ERR_USAGE},
		{{{"GET", "/{}", S, HTTP_ANYONE, 0, 0, handler, ""}, {NULL}}, ERR_USAGE},
		{{{"GET", "/a{b}", S, HTTP_ANYONE, 0, 0, handler, ""}, {NULL}}, ERR_USAGE},
		{{{"GET", "/{b", S, HTTP_ANYONE, 0, 0, handler, ""}, {NULL}}, ERR_USAGE},
		{{{"GET", "/{b}/{b}", S, HTTP_ANYONE, 0, 0, handler, ""}, {NULL}}, ERR_USAGE},
		{{{"GET", "/{1}/{2}/{3}/{4}/{5}/{6}/{7}/{8}/{9}", S, HTTP_ANYONE, 0, 0, handler,
			  ""},
			 {NULL}},
			ERR_USAGE},
		{{{"GET", "/1/2/3/4/5/6/7/8/9/10/11/12/13/14/15/16/17", S, HTTP_ANYONE, 0, 0,
			  handler, ""},
			 {NULL}},
			ERR_USAGE},
		{{{"GET", "/a", S | D, HTTP_ANYONE, 0, 0, handler, ""},
			 {"GET", "/a", S, HTTP_STAFF, 0, 0, handler, ""}, {NULL}},
			ERR_EXISTS},
		{{{"GET", "/{a}", S, HTTP_ANYONE, 0, 0, handler, ""},
			 {"GET", "/{b}", S, HTTP_STAFF, 0, 0, handler, ""}, {NULL}},
			ERR_EXISTS},
		{{{"GET", "/a", D, HTTP_ANYONE, 0, 0, handler, ""},
			 {"GET", "/a", S, HTTP_STAFF, 0, 0, handler, ""}, {NULL}},
			0},
		{{{"GET", "/a", S, HTTP_NOBODY, 0, 0, NULL, ""}, {NULL}}, 0},
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct http_routes tables[] = {{cases[i].rows, NULL}};
		const struct http_route *bad = NULL;
		struct http_map *map = NULL;

		cr_expect_eq(http_map_new(tables, 1, &map, &bad), cases[i].err, "case %zu", i);
		cr_expect_eq(bad != NULL, cases[i].err != 0);
		http_map_free(map);
	}
}

/* Many siblings stay sorted and are all found. */
Test(route, wide)
{
	static char paths[300][16];
	static struct http_route rows[301];
	struct http_routes tables[] = {{rows, NULL}};
	const struct http_route *bad = NULL;
	struct http_map *map = NULL;
	struct http_match r;

	for (int i = 0; i < 300; i++) {
		snprintf(paths[i], sizeof(paths[i]), "/%d", i * 7919 % 300);
		rows[i] = (struct http_route){
			"GET", paths[i], S, HTTP_ANYONE, 0, 0, handler, paths[i]};
	}
	cr_assert_eq(http_map_new(tables, 1, &map, &bad), 0);
	for (int i = 0; i < 300; i++) {
		cr_assert_eq(http_map_find(map, a, "GET", S, bytes_of_str(paths[i]), &r), 0);
		cr_assert_str_eq(r.route->about, paths[i]);
	}
	cr_expect_eq(http_map_find(map, a, "GET", S, bytes_of_str("/300"), &r), ERR_NOTFOUND);
	http_map_free(map);
}
