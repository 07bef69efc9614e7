/* SPDX-License-Identifier: EUPL-1.2 */
/* A hold as a row of any page, and the form of a new one. */
#include "web/product_int.h"

#include "base/text.h"
#include "web/circulation_int.h"

int web_hold_row(
	struct api_read *job, struct store_txn *txn, const struct inv_hold *h, struct doc *row)
{
	struct inv_product p;
	struct inv_unit u;
	int err = inv_product_get(txn, job->rq->arena, h->product, &p);

	web_hold_doc(h, row, job->rq->lang);
	doc_set_str(row, "look", h->state == INV_HOLD_READY ? "in_stock" : "on_loan");
	doc_set_bool(row, "waits", h->state == INV_HOLD_WAITING);
	doc_set_bool(row, "ready", h->state == INV_HOLD_READY);
	doc_set_bool(row, "can_move", h->state == INV_HOLD_WAITING && !h->from);
	if (err == 0)
		doc_set_str(row, "title", inv_product_name(&p, job->rq->lang));
	if (h->serial && inv_unit_get(txn, job->rq->arena, h->serial, &u) == 0)
		doc_set_str(row, "number", text_empty(u.item_number) ? u.serial : u.item_number);
	err = err == ERR_NOTFOUND ? 0 : err;
	return err ? err : web_doc_place(job, txn, row, "place_name", h->place);
}

/* --- a new one --- */

static int options_lendable(struct web_form_ask *ask)
{
	return web_options_product_of(
		ask, &(struct inv_product_ask){.lendable_only = true, .most = 1000});
}

static const struct web_input inputs[] = {
	{.name = "borrower", .label = "column.borrower", .needed = true, .hint = "hold.who_hint"},
	{.name = "product",
		.kind = WEB_INPUT_CHOICE,
		.label = "column.product",
		.needed = true,
		.options = options_lendable},
	{.name = "place",
		.kind = WEB_INPUT_CHOICE,
		.label = "hold.fetch_at",
		.options = web_options_place},
	{.name = "from", .kind = WEB_INPUT_DAY, .hint = "hold.days_hint"},
	{.name = "to", .kind = WEB_INPUT_DAY, .label = "hold.until"},
	{.name = "note", .hint = "form.no_names"},
	{0},
};

static int fill_new(struct web_form_ask *ask)
{
	const struct http_request *rq = ask->job->rq;
	const char *borrower = http_query(rq, "borrower"), *product = http_query(rq, "product");
	struct doc *d = doc_new(rq->arena);

	doc_set_str(d, "borrower", borrower);
	doc_set_str(d, "product", product);
	ask->values = d;
	ask->next = borrower ? arena_printf(rq->arena, "/borrowers/%s?done=held",
				       web_escape(rq->arena, borrower))
			     : "/holds?done=held";
	ask->back = "/holds";
	return 0;
}

int page_hold_new(struct http_request *rq, void *ctx)
{
	static const struct web_form f = {
		.title = "hold.new", .button = "hold.new_button", .inputs = inputs};

	return web_form_reply(rq, ctx, &f, fill_new);
}

/* Who is typed: an id, a card, an identity, a telephone number that only one has. */
struct finding {
	struct http_request *rq;
	struct web *w;
	const char *words, *id;
};

static int who_in(struct store_txn *txn, void *arg)
{
	struct finding *f = arg;
	const struct people_caller who = api_people_caller(f->rq);
	struct people *p = f->w->o.people;
	struct people_borrower one, *b = &one;
	size_t n = 1;
	int err = people_get(p, txn, f->rq->arena, who.zones, f->words, &one);

	if (err == ERR_NOTFOUND || err == ERR_BADINPUT)
		err = people_by_card(p, txn, f->rq->arena, who.zones, f->words, &one);
	if (err == ERR_NOTFOUND || err == ERR_BADINPUT)
		err = people_by_identity(
			p, txn, f->rq->arena, who.zones, f->words, f->rq->now, &one);
	if (err == ERR_NOTFOUND || err == ERR_BADINPUT)
		err = people_by_phone(p, txn, f->rq->arena, who.zones, f->words, &b, &n);
	if (err == 0 && n == 1)
		f->id = b->id;
	return err == ERR_NOTFOUND || err == ERR_BADINPUT ? 0 : err;
}

int web_borrower_typed(
	struct http_request *rq, struct web *w, const char *words, const char **ret_id)
{
	struct finding f = {.rq = rq, .w = w, .words = words};
	int err = store_read(w->o.st, who_in, &f);

	if (err == 0)
		*ret_id = f.id;
	return err;
}
