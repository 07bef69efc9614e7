/* SPDX-License-Identifier: EUPL-1.2 */
/* The words in an address's query: each that docs/openapi.yaml tells of is known, no other is taken.
 * It reads lines, as test_openapi does. */
#include "tests/flow/flow.h"
#include "web/web.h"

#include "base/file.h"
#include "base/text.h"

#include <stdlib.h>

#define NO_SUCH "finns inte h\xc3\xa4r. R\xc3\xa4tta stavningen"

static struct flow f;

static struct flow_reply get(const char *path, const char *name, const char *value)
{
	const char *at = arena_printf(f.a, "%s?%s=%s", path, name, value);

	return flow_call(&f, "GET", at, f.token, NULL);
}

/* "state" of "        - {name: state, in: query", of "        - name: state", or of what is used at many. */
static const char *named(const char *line)
{
	static const char *const begins[] = {"        - {name: ", "        - name: ",
		"        - $ref: '#/components/parameters/", "        - {$ref: '#/components/parameters/"};

	for (size_t i = 0; i < sizeof(begins) / sizeof(begins[0]); i++) {
		const char *s = line + strlen(begins[i]);

		if (text_starts(line, begins[i]))
			return text_starts(s, "before") ? "before"
							: arena_strndup(f.a, s, strcspn(s, ",'} "));
	}
	return NULL;
}

static bool is_in_path(const char *line, const char *next)
{
	return strstr(line, "in: path") || (next && strstr(next, "in: path"));
}

/* What reads lists takes any word as what it looks for, or says what it takes. */
static unsigned ask_all(char **lines, size_t n)
{
	const char *path = "", *name;
	bool gets = false;
	unsigned asked = 0;

	for (size_t i = 0; i < n; i++) {
		const char *s = lines[i];

		if (text_starts(s, "  /"))
			path = arena_strndup(f.a, s + 2, strlen(s) - 3);
		if (text_starts(s, "    ") && s[4] != ' ')
			gets = text_equal(s, "    get:");
		name = gets && text_starts(path, "/api/") && !strchr(path, '{') ? named(s) : NULL;
		/* that one goes on */
		if (text_equal(path, "/api/v1/events"))
			continue;
		if (!name || is_in_path(s, i + 1 < n ? lines[i + 1] : NULL))
			continue;
		cr_expect_null(strstr(get(path, name, "1").body, NO_SUCH), "%s?%s", path, name);
		asked++;
	}
	return asked;
}

Test(queries, all_that_is_described_is_known, .timeout = 300)
{
	AUTO(buf) struct buf text = BUF_INIT(4u << 20);
	char **lines, *rest, *line;
	size_t n = 0;

	flow_start(&f);
	cr_assert_eq(file_read(arena_printf(f.a, "%s/docs/openapi.yaml", getenv("top_srcdir")), &text), 0);
	lines = ARENA_ARRAY(f.a, char *, text.n);
	for (line = strtok_r(arena_strdup(f.a, buf_str(&text)), "\n", &rest); line; line = strtok_r(NULL, "\n", &rest))
		lines[n++] = line;
	cr_expect_gt(ask_all(lines, n), 150);
	flow_stop(&f);
}

static bool is_json(const struct flow_reply *r)
{
	return strstr(r->head, "\r\nContent-Type: application/json") != NULL;
}

/* A word that is misspelt would be a list of everything. */
Test(queries, no_other_is_taken, .timeout = 300)
{
	const struct web_options options = {0};
	unsigned told = 0;
	struct web *web;

	flow_start(&f);
	cr_assert_eq(web_open(&options, &web), 0);
	for (const struct http_route *r = web_routes(web).routes; r->method; r++) {
		struct flow_reply x;

		if (!text_equal(r->method, "GET") || r->caller != HTTP_STAFF || strchr(r->path, '{') ||
			!text_starts(r->path, "/api/") || text_equal(r->path, "/api/v1/events"))
			continue;
		x = get(r->path, "stat", "lent");
		cr_expect(x.status != 200 || !is_json(&x), "%s: %d %s", r->path, x.status, x.body);
		told += x.doc && text_equal(doc_str(x.doc, "field"), "stat");
	}
	web_close(web);
	cr_expect_geq(told, 45, "%u", told);
	cr_expect_eq(flow_call(&f, "GET", "/api/v1/items?format=csv&stat=lent", f.token, NULL).status, 400);
	cr_expect_eq(flow_call(&f, "GET", "/api/v1/items?lang=en&state=lent", f.token, NULL).status, 400, "its value");
	flow_api(&f, 200, "GET", "/api/v1/items?lang=en&state=on_loan", NULL);
	flow_stop(&f);
}
