/* SPDX-License-Identifier: EUPL-1.2 */
/* What every list's page has beside its rows: its own address, the orders it can be put in, where
 * it goes on, and the files it can be fetched as. */
#include "web/list_int.h"

#include "base/text.h"

/* "a=b&c=d&" of what the question says under these keys; "" when nothing. */
static const char *said(
	const struct http_request *rq, const char *const *keys, const char *but, bool sort)
{
	const char *all = "", *s;

	for (; *keys; keys++) {
		s = text_equal(*keys, but) ? NULL : http_query(rq, *keys);
		if (!text_empty(s))
			all = arena_printf(
				rq->arena, "%s%s=%s&", all, *keys, web_escape(rq->arena, s));
	}
	s = http_query(rq, "sort");
	if (sort && !text_empty(s))
		all = arena_printf(rq->arena, "%ssort=%s&", all, web_escape(rq->arena, s));
	return all;
}

const char *web_list_address(
	const struct http_request *rq, const struct web_list *l, const char *but, const char *more)
{
	const char *query = arena_printf(rq->arena, "%s%s", said(rq, l->filters, but, true), more);
	size_t n = strlen(query);

	if (n && query[n - 1] == '&')
		query = arena_strndup(rq->arena, query, n - 1);
	return *query ? arena_printf(rq->arena, "%s?%s", l->path, query) : l->path;
}

int web_list_order(const struct http_request *rq, const struct web_list *l, struct web_sorted *ret)
{
	const char *sort = http_query(rq, "sort");
	struct web_sorted found = {0};

	if (text_empty(sort)) {
		found.down = l->sorts && l->sorts->down_first;
		*ret = found;
		return 0;
	}
	found.down = *sort == '-';
	for (const struct web_sort *s = l->sorts; s && s->key; s++, found.index++) {
		if (!text_equal(s->key, sort + found.down))
			continue;
		if (found.down && s->up_only)
			return ERR_BADINPUT;
		*ret = found;
		return 0;
	}
	return ERR_BADINPUT;
}

/* {"order":{"serial":{"href","aria"}}}: the head of the column in force turns it round. */
static void put_orders(
	const struct http_request *rq, const struct web_list *l, const struct web_sorted *now,
	struct doc *d)
{
	struct doc *order = doc_set_object(d, "order");
	size_t i = 0;

	for (const struct web_sort *s = l->sorts; s && s->key; s++, i++) {
		struct doc *one = doc_set_object(order, s->key);
		bool current = i == now->index;
		bool down = current ? !now->down && !s->up_only : s->down_first;

		doc_set_str(one, "href",
			arena_printf(rq->arena, "%s?%ssort=%s%s", l->path,
				said(rq, l->filters, NULL, false), down ? "-" : "", s->key));
		if (current)
			doc_set_str(one, "aria", now->down ? "descending" : "ascending");
	}
}

void web_list_face(const struct http_request *rq, const struct web_list *l, struct doc *d)
{
	const char *next = doc_str(d, "next");
	struct doc *list = doc_set_object(d, "list");
	struct web_sorted now = {0};

	if (web_list_order(rq, l, &now) == 0)
		put_orders(rq, l, &now, d);
	doc_set_str(list, "here", web_list_address(rq, l, NULL, ""));
	/* A form that is refused is this view again. */
	doc_set_str(list, "query", web_list_address(rq, l, NULL, "") + strlen(l->path));
	doc_set_bool(list, "later", !text_empty(http_query(rq, "after")));
	if (next)
		doc_set_str(list, "next",
			web_list_address(rq, l, NULL,
				arena_printf(rq->arena, "after=%s", web_escape(rq->arena, next))));
	doc_set_str(list, "csv", web_list_address(rq, l, NULL, "format=csv"));
	doc_set_str(list, "xlsx", web_list_address(rq, l, NULL, "format=xlsx"));
	doc_set_str(list, "sort", http_query(rq, "sort"));
}

void web_list_option(struct doc *list, const char *id, const char *name, const char *current)
{
	struct doc *row = doc_add_object(list);

	doc_set_str(row, "id", id);
	doc_set_str(row, "name", name);
	doc_set_bool(row, "current", text_equal(id, current));
}
