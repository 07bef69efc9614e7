/* SPDX-License-Identifier: EUPL-1.2 */
/* The lists of what nobody borrows: things on the shelf by how long they stand there, and products by the month one of
 * them was lent last. */
#include "inventory/circulation.h"
#include "web/listed_int.h"
#include "web/product_int.h"

#include "base/text.h"

static const struct web_choice months[] = {{"91", "idle.months_3"}, {"182", "idle.months_6"},
	{"365", "idle.months_12"}, {"730", "idle.months_24"}, {0}};

static const char *asked(const struct web_walk *k, const char *key)
{
	const char *s = http_query(k->job->rq, key);

	return text_empty(s) ? NULL : s;
}

/* --- things --- */

static int put_thing(struct web_walk *k, const struct inv_unit *u, const struct inv_product *p)
{
	struct doc *row = doc_add_object(k->rows);
	struct arena *a = k->job->rq->arena;
	int64_t since;
	int err = inv_idle_unit(k->txn, a, u, &since);

	if (err)
		return err;
	doc_set_str(row, "serial", u->serial);
	doc_set_str(row, "number", u->item_number ? u->item_number : u->serial);
	doc_set_str(row, "product", p->id);
	doc_set_str(row, "title", inv_product_name(p, k->job->rq->lang));
	doc_set_time(row, "since", since);
	web_doc_opt_time(row, "lent", u->lent_at);
	doc_set_int(row, "loans", u->loans);
	doc_set_str(row, "place", u->place);
	return web_doc_place(k->job, k->txn, row, "place_name", u->place);
}

static int walk_things(struct web_walk *k)
{
	const struct inv_filter f = {.state = INV_IN_STOCK,
		.product = asked(k, "product"),
		.place = asked(k, "place"),
		.order = INV_BY_KEY,
		.after = k->after,
		.most = k->most};
	struct inv_product p;
	struct inv_unit *u;
	size_t n = 0;
	int err = inv_unit_filter(k->txn, k->job->rq->arena, &f, &u, &n, &k->next);

	for (size_t i = 0; err == 0 && i < n; i++) {
		err = inv_unit_product(k->txn, k->job->rq->arena, &u[i], &p);
		if (err == 0 && inv_idle_counts(&u[i], &p))
			err = put_thing(k, &u[i], &p);
	}
	return err;
}

static const struct web_col thing_columns[] = {
	{"number", "column.item_number", WEB_COL_OWN, "/items/", "serial"},
	{"title", "column.product", WEB_COL_SORT, "/products/", "product"},
	{"since", "idle.since", WEB_COL_SORT},
	{"lent", "idle.lent", WEB_COL_SORT},
	{"loans", "idle.loans", WEB_COL_SORT | WEB_COL_DOWN},
	{"place_name", "column.place", WEB_COL_SORT},
	{0},
};
static const struct web_sift thing_sifts[] = {
	{"q", WEB_SIFT_TEXT, "sift.text"},
	{"older", WEB_SIFT_AGE, "idle.older", "since", .choices = months},
	{"lent", WEB_SIFT_SAID, "idle.ever", .choices = web_yes_no},
	{"product", WEB_SIFT_SOURCE, "column.product", .options = web_options_product},
	{"place", WEB_SIFT_SOURCE, "column.place", .options = web_options_place},
	{0},
};
static const struct web_listed things = {
	.list = "idle",
	.path = "/idle",
	.title = "place.idle",
	.none = "idle.none",
	.columns = thing_columns,
	.sifts = thing_sifts,
	.walk = walk_things,
	.live = "item. loan.",
};

int api_idle_list(struct http_request *rq, void *ctx)
{
	return web_listed(rq, ctx, &things);
}

/* --- products --- */

/* "2026-11", and as the last day on which one may have gone out. */
static void put_month(struct web_walk *k, const struct inv_product *p, uint32_t month, struct doc *row)
{
	struct arena *a = k->job->rq->arena;
	int32_t first = 0, made = day_of_time(p->made_at);
	char day[DAY_TEXT];
	uint32_t next = month % 100 == 12 ? month - 11 + 100 : month + 1;

	if (month) {
		doc_set_str(row, "lent",
			arena_printf(a, "%04u-%02u", month / 100, month % 100));
		(void)!day_parse(arena_printf(a, "%04u-%02u-01", next / 100, next % 100), &first);
		first--;
	}
	doc_set_str(row, "since", day_format(first > made ? first : made, day));
}

static int put_product(struct web_walk *k, const struct inv_product *p)
{
	const struct http_request *rq = k->job->rq;
	const struct say *category = inv_category_say(p->category);
	uint64_t n[INV_STATES], all = 0;
	struct doc *row;
	uint32_t month;
	int err = inv_count_product(k->txn, p->id, n);

	for (unsigned s = 1; err == 0 && s < INV_STATES; s++)
		all += inv_state_is_ours(s) ? n[s] : 0;
	if (err || all == 0)
		return err;
	err = inv_idle_product(k->txn, p->id, rq->now, &month);
	if (err)
		return err;
	row = doc_add_object(k->rows);
	doc_set_str(row, "id", p->id);
	doc_set_str(row, "title", inv_product_name(p, rq->lang));
	web_doc_opt(row, "category", p->category);
	web_doc_opt(row, "category_text", category ? say_plain(category, rq->lang) : p->category);
	put_month(k, p, month, row);
	doc_set_int(row, "count", (int64_t)all);
	doc_set_int(row, "in_stock", (int64_t)n[INV_IN_STOCK]);
	return 0;
}

static int walk_products(struct web_walk *k)
{
	const struct inv_product_ask ask = {
		.lendable_only = true, .after = k->after, .most = k->most};
	struct inv_product *p;
	size_t n = 0;
	int err = inv_product_list(k->txn, k->job->rq->arena, &ask, &p, &n, &k->next);

	for (size_t i = 0; err == 0 && i < n; i++)
		err = p[i].display_only ? 0 : put_product(k, &p[i]);
	return err;
}

static const struct web_col product_columns[] = {
	{"title", "column.product", WEB_COL_OWN, "/products/", "id"},
	{"category_text", "field.category", WEB_COL_SORT},
	{"lent", "idle.lent", WEB_COL_SORT},
	{"in_stock", "column.in_stock", WEB_COL_SORT | WEB_COL_DOWN},
	{"count", "column.count", WEB_COL_SORT | WEB_COL_DOWN},
	{"since", "idle.since", WEB_COL_SORT | WEB_COL_FILE},
	{0},
};
static const struct web_sift product_sifts[] = {
	{"q", WEB_SIFT_TEXT, "sift.text"},
	{"category", WEB_SIFT_SAME, "field.category", .options = web_options_category},
	{"older", WEB_SIFT_AGE, "idle.older", "since", .choices = months},
	{"lent", WEB_SIFT_SAID, "idle.ever", .choices = web_yes_no},
	{0},
};
static const struct web_listed products = {
	.list = "products",
	.page = "idle-products",
	.path = "/idle/products",
	.title = "idle.products",
	.none = "idle.none",
	.columns = product_columns,
	.sifts = product_sifts,
	.walk = walk_products,
	.live = "product. item. loan.",
};

int api_idle_products(struct http_request *rq, void *ctx)
{
	return web_listed(rq, ctx, &products);
}
