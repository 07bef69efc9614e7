/* SPDX-License-Identifier: EUPL-1.2 */
/* The page of a list: what it is sifted by as a form and in words, its heads as orders, its rows as
 * cells of a table. The templates are sift and rows. */
#include "web/listed_int.h"

#include "base/clock.h"
#include "base/day.h"
#include "base/text.h"

#define VALUES_MOST 200

bool web_col_shows(const struct web_listing *g, const struct web_col *c)
{
	const struct http_request *rq = g->job.rq;

	if (c->is & WEB_COL_NAMES && !web_listed_names(rq))
		return false;
	return !(c->is & (web_is_file(rq) ? WEB_COL_PAGE : WEB_COL_FILE));
}

/* --- the form --- */

static int put_options(struct web_form_ask *ask, const struct web_sift *s)
{
	const enum say_lang lang = ask->job->rq->lang;

	for (const struct web_choice *c = s->choices; c && c->code; c++)
		web_option_add(ask, c->code, web_text(lang, c->text));
	for (unsigned i = 1; s->word && i < VALUES_MOST && !text_equal(s->word(i), "unknown"); i++)
		web_option_add(ask, s->word(i), say_plain(s->say(i), lang));
	return s->options ? s->options(ask) : 0;
}

/* What was chosen, in words: "Läge: Hos service". */
static void put_chip(
	struct web_listing *g, const struct web_sift *s, const struct doc *field, struct doc *chips)
{
	const char *value = doc_str(field, "value");
	const struct doc *options = doc_list(field, "options");
	struct doc *row = doc_add_object(chips);

	for (size_t i = 0; i < doc_list_size(options); i++) {
		const struct doc *one = doc_list_object(options, i);

		if (text_equal(doc_str(one, "code"), value))
			value = doc_str(one, "text");
	}
	doc_set_str(row, "label", doc_str(field, "label"));
	doc_set_str(row, "words", value);
	doc_set_str(row, "href", web_list_address(g->job.rq, &g->face, s->key, ""));
}

static int put_field(struct web_listing *g, struct web_form_ask *ask, const struct web_sift *s,
	struct doc *list)
{
	const char *value = http_query(g->job.rq, s->key);
	struct doc *field = doc_add_object(doc_list(list, "sifts"));
	bool choice = s->choices || s->word || s->options;
	int err = 0;

	doc_set_str(field, "name", s->key);
	doc_set_str(field, "label", s->text ? web_text(g->job.rq->lang, s->text) : NULL);
	doc_set_bool(field, "is_shown", s->text);
	doc_set_str(field, "value", value ? value : "");
	doc_set_bool(field, "is_choice", choice);
	doc_set_str(field, "type", s->day ? "date" : "text");
	doc_set_str(field, "every", web_text(g->job.rq->lang, s->every ? s->every : "sift.every"));
	ask->list = doc_set_list(field, "options");
	ask->now = value;
	if (choice)
		err = put_options(ask, s);
	if (err == 0 && s->text && !text_empty(value))
		put_chip(g, s, field, doc_list(list, "chips"));
	return err;
}

static int put_sifts(struct web_listing *g, struct store_txn *txn, struct doc *list)
{
	struct web_form_ask ask = {.job = &g->job, .txn = txn};
	int err = 0;

	doc_set_list(list, "sifts");
	doc_set_list(list, "chips");
	for (const struct web_sift *s = g->l->sifts; err == 0 && s->key; s++)
		err = put_field(g, &ask, s, list);
	doc_set_bool(list, "can_sift", g->l->sifts->key);
	doc_set_bool(list, "sifted", doc_list_size(doc_list(list, "chips")) > 0);
	return err;
}

/* --- the table --- */

static void put_heads(struct web_listing *g, struct doc *list)
{
	const struct doc *order = doc_object(g->job.d, "order");
	struct doc *heads = doc_set_list(list, "heads");

	for (const struct web_col *c = g->l->columns; c->key; c++) {
		const struct doc *of = doc_object(order, c->key);
		struct doc *head;

		if (!web_col_shows(g, c))
			continue;
		head = doc_add_object(heads);
		doc_set_str(head, "head_text", web_text(g->job.rq->lang, c->text));
		doc_set_str(head, "head_href", doc_str(of, "href"));
		doc_set_str(head, "head_aria", doc_str(of, "aria"));
	}
}

static bool is_when(const char *s)
{
	int32_t day;
	int64_t t;

	return s && (clock_parse(s, &t) == 0 || day_parse(s, &day) == 0);
}

static const char *link_of(struct arena *a, const struct doc *row, const struct web_col *c)
{
	const char *to = c->to ? web_row_text(a, row, c->to_key) : NULL;

	return text_empty(to) ? NULL : arena_printf(a, "%s%s", c->to, web_escape(a, to));
}

static void put_cell(
	struct web_listing *g, const struct web_col *c, const struct doc *row, struct doc *cell)
{
	struct arena *a = g->job.rq->arena;
	const char *s = web_row_text(a, row, c->key);

	doc_set_str(cell, "cell_is", web_text(g->job.rq->lang, c->text));
	doc_set_str(cell, is_when(s) ? "cell_at" : "cell_text", s);
	doc_set_str(cell, "cell_href", link_of(a, row, c));
	doc_set_str(cell, "cell_look",
		text_empty(s) ? NULL : c->look ? doc_str(row, c->look) : c->shape);
	doc_set_bool(cell, "cell_head", c == g->l->columns);
}

static void put_cells(struct web_listing *g, struct doc *row)
{
	struct doc *cells = doc_set_list(row, "cells");

	for (const struct web_col *c = g->l->columns; c->key; c++) {
		if (web_col_shows(g, c))
			put_cell(g, c, row, doc_add_object(cells));
	}
}

void web_listed_cells(struct web_listing *g)
{
	struct doc *rows = doc_list(g->job.d, g->l->list);

	for (size_t i = 0; i < doc_list_size(rows); i++)
		put_cells(g, doc_list_object(rows, i));
	doc_set_doc(doc_object(g->job.d, "list"), "rows", rows);
	doc_set_bool(doc_object(g->job.d, "list"), "any", doc_list_size(rows) > 0);
}

int web_listed_face(struct web_listing *g, struct store_txn *txn)
{
	const struct http_request *rq = g->job.rq;
	struct doc *list;

	web_list_face(rq, &g->face, g->job.d);
	list = doc_object(g->job.d, "list");
	doc_set_str(list, "id", g->l->list);
	doc_set_str(list, "path", g->face.path);
	doc_set_str(list, "title", web_text(rq->lang, g->l->title));
	doc_set_str(list, "none", web_text(rq->lang, g->l->none));
	/* Names are a look of somebody who asked: no page opens them by itself. */
	doc_set_str(list, "live", g->l->open && web_listed_names(rq) ? NULL : g->l->live);
	doc_set_bool(list, "bounded", g->bounded);
	doc_set_int(list, "look", WEB_LISTED_LOOK);
	doc_set_bool(list, "names", g->l->open && web_listed_names(rq));
	doc_set_str(list, "with_names",
		g->l->open && !web_listed_names(rq)
			? web_list_address(rq, &g->face, "names", "names=yes")
			: NULL);
	put_heads(g, list);
	return put_sifts(g, txn, list);
}
