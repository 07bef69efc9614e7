/* SPDX-License-Identifier: EUPL-1.2 */
/* /api/v1/price-lists: the price tables there have been and are to be. */
#include "web/listed_int.h"
#include "web/price_int.h"
#include "web/thing_int.h"

#include "base/day.h"
#include "base/text.h"
#include "inventory/circulation.h"

void web_price_list_doc(const struct inv_price_list *x, struct doc *d)
{
	char day[DAY_TEXT];

	doc_set_int(d, "version", x->version);
	doc_set_str(d, "from", day_format(x->from, day));
	doc_set_int(d, "prices", x->prices);
	doc_set_str(d, "way", x->way);
	web_doc_opt(d, "why", x->why);
	doc_set_time(d, "made_at", x->made_at);
	doc_set_str(d, "made_by", x->made_by);
	doc_set_str(d, "state",
		x->withdrawn_at  ? "withdrawn"
		: x->in_force_at ? "made"
				 : "planned");
	if (x->in_force_at)
		doc_set_time(d, "in_force_at", x->in_force_at);
	if (x->withdrawn_at) {
		doc_set_time(d, "withdrawn_at", x->withdrawn_at);
		doc_set_str(d, "withdrawn_by", x->withdrawn_by);
	}
	if (x->undoes)
		doc_set_int(d, "undoes", x->undoes);
}

int web_price_version_of(const char *s, uint32_t *ret)
{
	uint64_t n = 0;

	if (!text_empty(s) && (text_parse_u64(s, &n) != 0 || n == 0 || n > UINT32_MAX))
		return ERR_NOTFOUND;
	*ret = (uint32_t)n;
	return 0;
}

static int lists_in(struct store_txn *txn, void *arg)
{
	struct api_read *job = arg;
	struct doc *list = doc_set_list(job->d, "versions");
	struct inv_price_lists x = {0};
	size_t most = api_most(job->rq);
	uint32_t before, now;
	int err = web_price_version_of(http_query(job->rq, "after"), &before);

	if (err == 0)
		err = inv_price_in_force(txn, &now);
	if (err == 0)
		err = inv_price_list_all(txn, job->rq->arena, before, most, &x);
	for (size_t i = 0; err == 0 && i < x.n; i++) {
		struct doc *row = doc_add_object(list);

		web_price_list_doc(&x.list[i], row);
		if (x.list[i].version == now)
			doc_set_str(row, "state", "in_force");
		if (web_is_page(job->rq))
			web_price_list_face(job->rq, row);
	}
	if (err == 0 && x.n == most)
		doc_set_str(job->d, "next",
			arena_printf(job->rq->arena, "%u", x.list[x.n - 1].version));
	return err;
}

static int walk_lists(struct web_walk *k)
{
	struct http_request *rq = k->job->rq;
	struct inv_price_lists x = {0};
	uint32_t before, now;
	int err = web_price_version_of(k->after, &before);

	if (err == 0)
		err = inv_price_in_force(k->txn, &now);
	if (err == 0)
		err = inv_price_list_all(k->txn, rq->arena, before, k->most, &x);
	for (size_t i = 0; err == 0 && i < x.n; i++) {
		struct doc *row = doc_add_object(k->rows);

		web_price_list_doc(&x.list[i], row);
		if (x.list[i].version == now)
			doc_set_str(row, "state", "in_force");
		web_price_list_face(rq, row);
	}
	if (err == 0 && x.n)
		web_walk_next(k, x.n, x.list[x.n - 1].version);
	return err;
}

static const struct web_col list_columns[] = {
	{"version", "price.version", WEB_COL_OWN | WEB_COL_DOWN, "/prices/versions/", "version"},
	{"state_text", "column.state", WEB_COL_SORT},
	{"from", "price.from", WEB_COL_SORT | WEB_COL_DOWN},
	{"prices", "price.how_many", WEB_COL_SORT | WEB_COL_DOWN},
	{"why", "price.why", WEB_COL_SORT},
	{"made_at", "column.made", WEB_COL_SORT | WEB_COL_DOWN},
	{"made_by", "column.made_by", WEB_COL_SORT},
	{0},
};
static const struct web_sift no_sifts[] = {{0}};
static const struct web_listed list_files = {
	.list = "versions",
	.path = "/prices/versions",
	.title = "price.versions",
	.none = "price.none",
	.columns = list_columns,
	.sifts = no_sifts,
	.walk = walk_lists,
};

int api_price_lists(struct http_request *rq, void *ctx)
{
	return web_is_file(rq) ? web_listed(rq, ctx, &list_files)
			       : web_read(rq, ctx, lists_in, "price-versions");
}
