/* SPDX-License-Identifier: EUPL-1.2 */
#include "base/text.h"
#include "http/http_int.h"
#include "tests/fuzz/fuzz.h"

static int handler(struct http_request *rq, void *ctx)
{
	return 0;
}

static const struct http_route routes[] = {{"GET", "/", 1, HTTP_ANYONE, 0, 0, handler, ""},
	{"GET", "/items/{id}", 1, HTTP_ANYONE, 0, 0, handler, ""},
	{"PUT", "/items/lost", 2, HTTP_ANYONE, 0, 0, handler, ""},
	{"GET", "/items/{id}/{part}/y", 3, HTTP_ANYONE, 0, 0, handler, ""},
	{"GET", "/items/lost/{day}/x", 1, HTTP_ANYONE, 0, 0, handler, ""},
	{"GET", "/{a}/{b}/{c}/{d}/{e}/{f}/{g}/{h}", 1, HTTP_ANYONE, 0, 0, handler, ""},
	{"GET", "/closed", 3, HTTP_NOBODY, 0, 0, handler, ""}, {NULL}};

static size_t param_count(const char *path)
{
	size_t n = 0;

	for (; *path; path++)
		n += *path == '{';
	return n;
}

/* A path that was let through has the shape of its route, and no parameter hides a segment. */
static void path_check(const struct http_map *m, struct arena *a, unsigned sides, struct bytes raw)
{
	struct http_match r;
	char *path, *value;

	if (http_path_decode(a, raw, &path) != 0)
		return;
	FUZZ_CHECK(path[0] == '/' && strlen(path) <= raw.n);
	FUZZ_CHECK(text_is_utf8(bytes_of_str(path)));
	if (http_map_find(m, a, "GET", sides, raw, &r) != 0)
		return;
	FUZZ_CHECK(r.route || !text_empty(r.allow));
	if (!r.route)
		return;
	FUZZ_CHECK((r.route->sides & sides) && r.route->caller != HTTP_NOBODY);
	FUZZ_CHECK(r.param_count == param_count(r.route->path));
	for (size_t i = 0; i < r.param_count; i++) {
		FUZZ_CHECK(r.params[i].raw.n > 0);
		FUZZ_CHECK(http_percent_decode(a, r.params[i].raw, false, &value) == 0);
		FUZZ_CHECK(value[0] && !strchr(value, '/'));
		FUZZ_CHECK(!text_equal(value, ".") && !text_equal(value, ".."));
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	static const struct http_routes tables[] = {{routes, NULL}};
	static struct http_map *m;
	const struct http_route *bad;
	AUTO(arena) struct arena *a = arena_new();

	if (!m)
		FUZZ_CHECK(http_map_new(tables, 1, &m, &bad) == 0);
	if (n > 0)
		path_check(m, a, data[0] & 3, bytes_of(data + 1, n - 1));
	return 0;
}
