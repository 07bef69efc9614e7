/* SPDX-License-Identifier: EUPL-1.2 */
/* One view of a list, four times: as a document, a page and two kinds of files. */
#ifndef FLOW_VIEW_H
#define FLOW_VIEW_H

#include "tests/flow/listed.h"

static size_t count_of(const char *s, const char *what)
{
	size_t n = 0;

	for (; (s = strstr(s, what)); s += strlen(what))
		n++;
	return n;
}

static size_t rows_of_page(const char *path)
{
	struct flow_reply r = visit(&b, "GET", path, NULL);
	const char *table;

	cr_assert_eq(r.status, 200, "%s: %d %s", path, r.status, r.body);
	cr_expect_not_null(strstr(r.body, "class=\"sift\""), "%s has nothing to sift by", path);
	table = strstr(r.body, "<table class=\"cards\">");
	return table ? count_of(arena_strndup(b.f.a, table, (size_t)(strstr(table, "</table>") - table)),
			       "<tr><th scope=\"row\"")
		     : 0;
}

static size_t rows_of_file(const char *path, const char *format)
{
	const char *full = arena_printf(
		b.f.a, "%s%sformat=%s", path, strchr(path, '?') ? "&" : "?", format);
	struct flow_reply r = visit(&b, "GET", full, NULL);
	const char *length = header_of(&b, &r, "Content-Length");
	struct bytes csv;

	cr_assert_eq(r.status, 200, "%s: %d %s", full, r.status, r.body);
	cr_assert_not_null(length);
	cr_assert_eq(inv_import_read(b.f.a, bytes_of(r.body, strtoul(length, NULL, 10)), &csv), 0,
		"%s", full);
	return count_of(arena_strndup(b.f.a, csv.p, csv.n), "\n") - 1;
}

struct view {
	const char *path, *list, *query;
	size_t n;
	const char *key, *first; /* what the first row says */
};

static void expect_view(const struct view *v)
{
	const char *page = arena_printf(b.f.a, "%s%s", v->path, v->query);
	struct doc *d = call(200, b.f.token, "GET", arena_printf(b.f.a, "/api/v1%s", page), NULL);
	const struct doc *rows = doc_list(d, v->list);

	cr_expect_eq(doc_list_size(rows), v->n, "%s: %zu rows", page, doc_list_size(rows));
	if (v->first)
		cr_expect(text_equal(doc_str(doc_list_object(rows, 0), v->key), v->first),
			"%s: first is %s", page, doc_str(doc_list_object(rows, 0), v->key));
	cr_expect_eq(rows_of_page(page), v->n, "%s as a page: %zu", page, rows_of_page(page));
	cr_expect_eq(rows_of_file(page, "csv"), v->n, "%s as CSV", page);
	cr_expect_eq(rows_of_file(page, "xlsx"), v->n, "%s as XLSX", page);
}

#endif
