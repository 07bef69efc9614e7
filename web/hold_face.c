/* SPDX-License-Identifier: EUPL-1.2 */
/* The pages of holds: what to fetch today, the hold shelf, a product's queue, one for a borrower.
 * A name is a look and so a write: shown when somebody asks for names. */
#include "web/product_int.h"

#include "base/text.h"
#include "web/circulation_int.h"

#define HOLDS_SHOWN 200
#define SHELVES 3 /* things told of in a pick */

struct face {
	struct api_read job;
	struct people_caller who;
	bool names;
};

static int put_name(struct face *f, struct store_txn *txn, const char *id, struct doc *row)
{
	const char *name;
	int err = !f->names || text_empty(id)
			  ? ERR_NOTFOUND
			  : people_short_name(f->job.w->o.people, txn, f->job.rq->arena, &f->who, id,
				    f->job.rq->lang, &name);

	if (err == 0)
		doc_set_str(row, "name", name);
	return err == ERR_NOTFOUND ? 0 : err;
}

int web_hold_row(
	struct api_read *job, struct store_txn *txn, const struct inv_hold *h, struct doc *row)
{
	struct inv_product p;
	struct inv_unit u;
	int err = inv_product_get(txn, job->rq->arena, h->product, &p);

	web_hold_doc(h, row, job->rq->lang);
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

static int put_hold(
	struct face *f, struct store_txn *txn, const struct inv_hold *h, struct doc *row)
{
	const struct inv_hold told = web_hold_told(h, f->who.zones);
	bool ours = h->zone & f->who.zones;
	int err = web_hold_row(&f->job, txn, &told, row);

	doc_set_bool(row, "ours", ours);
	return err || !ours ? err : put_name(f, txn, h->borrower, row);
}

/* --- what to fetch --- */

static int put_shelves(struct face *f, struct store_txn *txn, const char *product, struct doc *row)
{
	const struct inv_filter ask = {
		.product = product, .state = INV_IN_STOCK, .most = SHELVES};
	struct doc *list = doc_set_list(row, "things");
	struct inv_unit *u;
	const char *next;
	size_t n;
	int err = inv_unit_filter(txn, f->job.rq->arena, &ask, &u, &n, &next);

	for (size_t i = 0; err == 0 && i < n; i++) {
		struct doc *d = doc_add_object(list);

		doc_set_str(d, "serial", u[i].serial);
		doc_set_str(d, "number",
			text_empty(u[i].item_number) ? u[i].serial : u[i].item_number);
		err = web_doc_place(&f->job, txn, d, "where", u[i].place);
	}
	return err;
}

static int put_picks(struct face *f, struct store_txn *txn)
{
	struct doc *list = doc_set_list(f->job.d, "picks");
	struct inv_pick *rows;
	size_t n;
	int err = inv_pick_list(txn, f->job.rq->arena, day_of_time(f->job.rq->now), HOLDS_SHOWN,
		&rows, &n);

	for (size_t i = 0; err == 0 && i < n; i++) {
		struct doc *row = doc_add_object(list);

		err = put_hold(f, txn, &rows[i].hold, row);
		if (err == 0)
			err = put_shelves(f, txn, rows[i].product.id, row);
	}
	if (err == 0)
		doc_set_bool(f->job.d, "any_picks", n > 0);
	return err;
}

/* --- the page --- */

static int put_list(struct face *f, struct store_txn *txn)
{
	const struct inv_hold_ask ask = {.product = http_query(f->job.rq, "product"),
		.borrower = http_query(f->job.rq, "borrower"),
		.zones = f->who.zones,
		.most = HOLDS_SHOWN};
	struct doc *list = doc_set_list(f->job.d, "holds");
	struct inv_product p;
	struct inv_hold *h;
	const char *next;
	size_t n;
	int err = inv_hold_list(txn, f->job.rq->arena, &ask, &h, &n, &next);

	for (size_t i = 0; err == 0 && i < n; i++) {
		struct doc *row = doc_add_object(list);

		doc_set_int(row, "number_in_list", (int64_t)i + 1);
		err = put_hold(f, txn, &h[i], row);
	}
	if (err)
		return err;
	doc_set_bool(f->job.d, "any", n > 0);
	doc_set_str(f->job.d, "product", ask.product);
	doc_set_str(f->job.d, "borrower", ask.borrower);
	doc_set_bool(f->job.d, "shelf", !ask.product && !ask.borrower);
	if (ask.product && inv_product_get(txn, f->job.rq->arena, ask.product, &p) == 0)
		doc_set_str(f->job.d, "of", inv_product_name(&p, f->job.rq->lang));
	return 0;
}

static const char *here(const struct http_request *rq)
{
	const char *product = http_query(rq, "product"), *borrower = http_query(rq, "borrower");

	if (product)
		return arena_printf(
			rq->arena, "/holds?product=%s&", web_escape(rq->arena, product));
	return borrower ? arena_printf(rq->arena, "/holds?borrower=%s&",
				  web_escape(rq->arena, borrower))
			: "/holds?";
}

static int holds_in(struct store_txn *txn, void *arg)
{
	struct face *f = arg;
	int err;

	f->job.d = doc_new(f->job.rq->arena);
	doc_set_bool(f->job.d, "names", f->names);
	doc_set_str(f->job.d, "here", here(f->job.rq));
	err = put_list(f, txn);
	if (err == 0 && doc_bool(f->job.d, "shelf", false))
		err = put_picks(f, txn);
	return err;
}

int page_holds(struct http_request *rq, void *ctx)
{
	struct face f = {.job = {.w = ctx, .rq = rq}, .who = api_people_caller(rq)};
	int err;

	f.names = text_equal(http_query(rq, "names"), "yes");
	err = f.names ? store_write(f.job.w->o.st, holds_in, &f)
		      : store_read(f.job.w->o.st, holds_in, &f);
	return err ? err : web_reply(rq, 200, "holds", f.job.d);
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
