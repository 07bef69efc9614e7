/* SPDX-License-Identifier: EUPL-1.2 */
/* The lists of products, places, what is on its way between them, and SIMs. */
#include "web/listed_int.h"
#include "web/product_int.h"

#include "base/text.h"

/* --- products --- */

static int walk_products(struct web_walk *k)
{
	const struct inv_product_ask ask = {.after = k->after, .most = k->most};
	struct inv_product *p;
	size_t n = 0;
	int err = inv_product_list(k->txn, k->job->rq->arena, &ask, &p, &n, &k->next);

	for (size_t i = 0; err == 0 && i < n; i++)
		err = web_product_row(k->job, k->txn, &p[i], doc_add_object(k->rows));
	return err;
}

static const struct web_col product_columns[] = {
	{"title", "column.product", WEB_COL_OWN, "/products/", "id"},
	{"category_text", "field.category", WEB_COL_SORT},
	{"kind_text", "product.kind", WEB_COL_SORT | WEB_COL_FILE},
	{"in_stock", "column.in_stock", WEB_COL_SORT | WEB_COL_DOWN},
	{"count", "column.count", WEB_COL_SORT | WEB_COL_DOWN},
	{"price_text", "column.price", WEB_COL_SORT | WEB_COL_DOWN, .by = "price_ore"},
	{"lent_text", "column.lent_out", WEB_COL_SORT},
	{"maker", "field.maker", WEB_COL_FILE},
	{"model", "field.model", WEB_COL_FILE},
	{"gtin", "field.gtin", WEB_COL_FILE},
	{"changed", "column.changed", WEB_COL_FILE},
	{0},
};
static const struct web_sift product_sifts[] = {
	{"q", WEB_SIFT_TEXT, "sift.text"},
	{"category", WEB_SIFT_SAME, "field.category", .options = web_options_category},
	{"kind", WEB_SIFT_SAME, "product.kind", .word = inv_kind_name, .say = inv_kind_say},
	{"life", WEB_SIFT_SAME, "field.life", .word = inv_life_name, .say = inv_life_say},
	{"lendable", WEB_SIFT_SAID, "field.lendable", .choices = web_yes_no},
	{"in_stock", WEB_SIFT_SAID, "column.in_stock", .choices = web_yes_no},
	{0},
};
static const struct web_listed products = {
	.list = "products",
	.path = "/products",
	.title = "place.products",
	.none = "products.none",
	.columns = product_columns,
	.sifts = product_sifts,
	.walk = walk_products,
	.live = "product. item. loan.",
};

int api_product_list(struct http_request *rq, void *ctx)
{
	return web_listed(rq, ctx, &products);
}

/* --- places --- */

static int walk_places(struct web_walk *k)
{
	struct inv_place *p;
	size_t n = 0;
	int err = inv_place_list(
		k->txn, k->job->rq->arena, k->after, k->most, &p, &n, &k->next);

	for (size_t i = 0; err == 0 && i < n; i++)
		err = web_place_row(k->job, k->txn, &p[i], doc_add_object(k->rows));
	return err;
}

static const struct web_col place_columns[] = {
	{"title", "column.place", WEB_COL_OWN, "/places/", "id"},
	{"kind_text", "product.kind", WEB_COL_SORT},
	{"hours", "field.hours"},
	{"count", "column.count", WEB_COL_SORT | WEB_COL_DOWN},
	{"closed_text", "column.state", WEB_COL_SORT},
	{"parent", "field.parent", WEB_COL_FILE},
	{"address", "field.address", WEB_COL_FILE},
	{"phone", "field.phone", WEB_COL_FILE},
	{0},
};
static const struct web_sift place_sifts[] = {
	{"q", WEB_SIFT_TEXT, "sift.text"},
	{"kind", WEB_SIFT_SAME, "product.kind", .word = inv_place_kind_name,
		.say = inv_place_kind_say},
	{"lends", WEB_SIFT_SAID, "field.lends", .choices = web_yes_no},
	{"closed", WEB_SIFT_SAID, "sift.closed", .choices = web_yes_no},
	{0},
};
static const struct web_listed places = {
	.list = "places",
	.path = "/places",
	.title = "place.places",
	.none = "place_page.none",
	.columns = place_columns,
	.sifts = place_sifts,
	.walk = walk_places,
	.live = "place. item.",
};

int api_place_list(struct http_request *rq, void *ctx)
{
	return web_listed(rq, ctx, &places);
}

/* --- what is on its way --- */

static int walk_transfers(struct web_walk *k)
{
	const char *to = http_query(k->job->rq, "to");
	struct arena *a = k->job->rq->arena;
	struct inv_transfer *t;
	uint64_t after;
	size_t n = 0;
	int err = web_walk_after(k, &after);

	if (err == 0)
		err = inv_transfer_list(k->txn, text_empty(to) ? NULL : to,
			STORE_PIECE_N(a, after, k->most), &t, &n);
	for (size_t i = 0; err == 0 && i < n; i++) {
		struct doc *row = doc_add_object(k->rows);

		web_fields_doc(web_transfer_fields, &t[i], row);
		err = web_listed_thing(k, t[i].serial, row);
		if (err == 0)
			err = web_doc_place(k->job, k->txn, row, "from_name", t[i].from);
		if (err == 0)
			err = web_doc_place(k->job, k->txn, row, "to_name", t[i].to);
	}
	if (err == 0)
		web_walk_next(k, n, n ? t[n - 1].id : 0);
	return err;
}

static const struct web_col transfer_columns[] = {
	{"unit_title", "column.thing", WEB_COL_SORT, "/items/", "serial"},
	{"serial", "column.serial", WEB_COL_FILE},
	{"from_name", "column.from", WEB_COL_SORT},
	{"to_name", "column.to", WEB_COL_SORT},
	{"sent", "column.sent", WEB_COL_OWN},
	{"sent_by", "column.sent_by", WEB_COL_SORT},
	{"note", "column.note"},
	{0},
};
static const struct web_sift transfer_sifts[] = {
	{"q", WEB_SIFT_TEXT, "sift.text"},
	{"to", WEB_SIFT_SOURCE, "column.to", .options = web_options_place},
	{"from", WEB_SIFT_SAME, "column.from", .options = web_options_place},
	{"product", WEB_SIFT_SAME, "column.product", .options = web_options_product},
	{"older", WEB_SIFT_AGE, "sift.older", "sent", .choices = web_ages},
	{0},
};
static const struct web_listed transfers = {
	.list = "transfers",
	.path = "/transfers",
	.title = "place.transfers",
	.none = "transfer.none",
	.columns = transfer_columns,
	.sifts = transfer_sifts,
	.walk = walk_transfers,
	.beside = web_transfer_list_face,
	.live = "item. transfer.",
	.numbered = true,
};

int api_transfer_list(struct http_request *rq, void *ctx)
{
	return web_listed(rq, ctx, &transfers);
}

/* --- SIMs --- */

static int put_sim(struct web_walk *k, const struct inv_unit *u, struct doc *row)
{
	const enum say_lang lang = k->job->rq->lang;
	struct inv_sim sim;
	int err = inv_sim_get(k->txn, k->job->rq->arena, u->serial, &sim);

	if (err == 0) {
		web_fields_doc(web_sim_fields, &sim, row);
		doc_set_str(row, "sim_text", say_plain(inv_sim_state_say(sim.state), lang));
		web_doc_kronor(k->job->rq->arena, row, "monthly");
	}
	doc_set_str(row, "serial", u->serial);
	doc_set_str(row, "called", doc_has(row, "iccid") ? doc_str(row, "iccid") : u->serial);
	return err && err != ERR_NOTFOUND ? err : web_listed_thing(k, u->serial, row);
}

static int walk_sims(struct web_walk *k)
{
	const struct inv_filter f = {.kind = INV_KIND_SIM, .after = k->after, .most = k->most};
	struct inv_unit *u;
	size_t n = 0;
	int err = inv_unit_filter(k->txn, k->job->rq->arena, &f, &u, &n, &k->next);

	for (size_t i = 0; err == 0 && i < n; i++)
		err = put_sim(k, &u[i], doc_add_object(k->rows));
	return err;
}

static const struct web_col sim_columns[] = {
	{"called", "field.iccid", WEB_COL_SORT, "/sims/", "serial"},
	{"msisdn", "field.msisdn", WEB_COL_SORT},
	{"operator", "field.operator", WEB_COL_SORT},
	{"plan", "field.plan", WEB_COL_SORT | WEB_COL_FILE},
	{"monthly_text", "field.monthly", WEB_COL_SORT | WEB_COL_DOWN | WEB_COL_FILE, .by = "monthly_ore"},
	{"sim_text", "sim.plan_state", WEB_COL_SORT},
	{"to", "column.plan_ends", WEB_COL_SORT},
	{"now_text", "column.state", WEB_COL_SORT, .look = "now_state"},
	{"place_name", "column.place", WEB_COL_SORT | WEB_COL_FILE},
	{"serial", "column.serial", WEB_COL_OWN | WEB_COL_FILE},
	{0},
};
static const struct web_sift sim_sifts[] = {
	{"q", WEB_SIFT_TEXT, "sift.text"},
	{"state", WEB_SIFT_SAME, "sim.plan_state", .word = inv_sim_state_name,
		.say = inv_sim_state_say},
	{"place", WEB_SIFT_SAME, "column.place", .options = web_options_place},
	{"late", WEB_SIFT_PAST, "sift.plan_over", "to", .choices = web_yes},
	{0},
};
static const struct web_listed sims = {
	.list = "sims",
	.path = "/sims",
	.title = "place.sims",
	.none = "sim.none",
	.columns = sim_columns,
	.sifts = sim_sifts,
	.walk = walk_sims,
	.live = "sim. item.",
};

int api_sim_list(struct http_request *rq, void *ctx)
{
	return web_listed(rq, ctx, &sims);
}
