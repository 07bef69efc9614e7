/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Lists: filters and order stand in the address, so that the address is the view. Which orders
 * there are is what the store has an index for.
 */
#ifndef WEB_LIST_INT_H
#define WEB_LIST_INT_H

#include "web/api_int.h"

struct web_sort {
	const char *key; /* ?sort=key, ?sort=-key */
	bool up_only;
	bool down_first; /* what is newest or largest is looked for first */
};
struct web_list {
	const char *path;
	const char *const *filters;   /* keys of the question; NULL-ended */
	const struct web_sort *sorts; /* the first is the usual one; ends with a NULL key; or NULL */
};
struct web_sorted {
	size_t index; /* of l->sorts */
	bool down;
};
/* What ?sort= says. ERR_BADINPUT: no such order. */
int web_list_order(const struct http_request *rq, const struct web_list *l,
	struct web_sorted *ret) MUST_CHECK;
/* This view as an address, without the filter `but` (or NULL) and with `more` of a question. */
const char *web_list_address(
	const struct http_request *rq, const struct web_list *l, const char *but, const char *more);
/* {{list.here}}, next, later, csv, xlsx, sort and {{order.KEY.href}}, aria; "next" of the document
 * says where it goes on. */
void web_list_face(const struct http_request *rq, const struct web_list *l, struct doc *d);
/* A choice of a filter: {"id","name","current"}. */
void web_list_option(struct doc *list, const char *id, const char *name, const char *current);

/* --- item_list_http.c --- */
/* A thing that no list ever named is called by its product. */
int web_item_row(struct store_txn *txn, const struct http_request *rq, const struct inv_unit *u,
	struct doc *d) MUST_CHECK;

#endif
