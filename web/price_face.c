/* SPDX-License-Identifier: EUPL-1.2 */
/* The price table as people read and change it. */
#include "web/price_int.h"

#include "base/day.h"
#include "base/money.h"
#include "base/text.h"

/* What was typed stands there again when the form comes back, and the box that is wrong is marked. */
void web_price_row_face(const struct http_request *rq, struct doc *row)
{
	const struct web_note *note = rq->note;
	const char *field = arena_printf(rq->arena, "%s%s", WEB_PRICE_FIELD, doc_str(row, "product"));
	const char *typed = note && note->form ? doc_str(note->form, field) : NULL;
	int64_t ore = 0, before = 0;

	if (doc_int(row, "price_ore", &ore) != 0)
		return;
	doc_set_str(row, "field", field);
	doc_set_str(row, "price_text", money_text(rq->arena, ore));
	doc_set_str(row, "typed", typed ? typed : money_typed(rq->arena, ore));
	doc_set_bool(row, "wrong_here", note && text_equal(note->field, field));
	if (doc_int(row, "before_ore", &before) != 0)
		return;
	doc_set_str(row, "before_text", money_text(rq->arena, before));
	doc_set_bool(row, "rises", ore > before);
}

static const char *text_of(const struct http_request *rq, const char *group, const char *word)
{
	return web_text(rq->lang, arena_printf(rq->arena, "%s.%s", group, word));
}

void web_price_list_face(const struct http_request *rq, struct doc *d)
{
	const char *state = doc_str(d, "state");

	doc_set_str(d, "state_text", text_of(rq, "price.state", state));
	doc_set_str(d, "way_text", text_of(rq, "price.way", doc_str(d, "way")));
	doc_set_bool(d, "planned", text_equal(state, "planned"));
	doc_set_bool(d, "undoable", !text_equal(state, "withdrawn"));
	doc_set_str(d, "mark",
		text_equal(state, "in_force")    ? "done"
		: text_equal(state, "planned")   ? "waits"
						 : "over");
}

static int put_planned(struct api_read *job, struct store_txn *txn)
{
	struct doc *list = doc_set_list(job->d, "planned");
	struct inv_price_lists all;
	int err = inv_price_list_all(txn, job->rq->arena, 0, 100, &all);

	for (size_t i = 0; err == 0 && i < all.n; i++) {
		const struct inv_price_list *x = &all.list[i];
		char day[DAY_TEXT];
		struct doc *row;

		if (x->in_force_at || x->withdrawn_at)
			continue;
		row = doc_add_object(list);
		doc_set_int(row, "version", x->version);
		doc_set_int(row, "prices", x->prices);
		doc_set_str(row, "from", day_format(x->from, day));
	}
	return err;
}

int web_price_table_face(struct api_read *job, struct store_txn *txn)
{
	const char *version = http_query(job->rq, "version"), *next = doc_str(job->d, "next");
	const struct web_note *note = job->rq->note;
	char day[DAY_TEXT];

	if (note && note->form) {
		doc_set_str(job->d, "typed_from", doc_str(note->form, "from"));
		doc_set_str(job->d, "typed_why", doc_str(note->form, "why"));
	}
	doc_set_str(job->d, "today", day_format(day_of_time(job->rq->now), day));
	doc_set_bool(job->d, "old", !text_empty(version));
	doc_set_bool(job->d, "any", doc_list_size(doc_list(job->d, "rows")) > 0);
	if (doc_has(job->d, "state"))
		web_price_list_face(job->rq, job->d);
	doc_set_bool(job->d, "change",
		text_empty(version) && (api_caller(job->rq)->roles & WEB_ADMIN));
	if (next)
		doc_set_str(job->d, "more",
			arena_printf(job->rq->arena, "/prices?after=%s%s%s", next,
				text_empty(version) ? "" : "&version=",
				text_empty(version) ? "" : version));
	return put_planned(job, txn);
}

static void put_field(struct doc *list, const char *name, const char *value)
{
	struct doc *row;

	if (text_empty(value))
		return;
	row = doc_add_object(list);
	doc_set_str(row, "name", name);
	doc_set_str(row, "value", value);
}

void web_price_preview_face(struct http_request *rq, const struct inv_price_want *want, struct doc *d)
{
	const int32_t today = day_of_time(rq->now), from = want->from ? want->from : today;
	struct doc *list = doc_set_list(d, "fields"), *rows = doc_list(d, "changes");
	char day[DAY_TEXT];

	doc_set_str(d, "from", day_format(from, day));
	doc_set_bool(d, "later", from > today);
	doc_set_str(d, "why", want->why);
	for (size_t i = 0; i < doc_list_size(rows); i++) {
		const struct doc *row = doc_list_object(rows, i);
		int64_t ore = 0;

		if (doc_int(row, "price_ore", &ore) == 0)
			put_field(list, doc_str(row, "field"), money_typed(rq->arena, ore));
	}
	put_field(list, "why", want->why);
	if (want->from)
		put_field(list, "from", day);
}
