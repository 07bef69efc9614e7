/* SPDX-License-Identifier: EUPL-1.2 */
/* /api/v1/prices and one of /api/v1/price-lists: the price table, one of before, and a new one. */
#include "web/price_int.h"

#include "base/day.h"
#include "base/money.h"
#include "base/text.h"
#include "inventory/circulation.h"
#include "web/listed_int.h"
#include "web/product_int.h"
#include "web/thing_int.h"

/* --- reading --- */

static void rows_doc(struct api_read *job, const struct inv_price_rows *rows, struct doc *list,
	bool before)
{
	for (size_t i = 0; i < rows->n; i++) {
		const struct inv_price_row *row = &rows->row[i];
		struct doc *d = doc_add_object(list);

		doc_set_str(d, "product", row->product);
		doc_set_str(d, "name", row->name);
		if (before)
			doc_set_int(d, "before_ore", row->before);
		doc_set_int(d, "price_ore", row->ore);
		if (!before && row->said_by)
			doc_set_int(d, "version", row->said_by);
		if (web_is_page(job->rq))
			web_price_row_face(job->rq, d);
	}
}

/* A version of the address or the path; 0 where there is none. */
static int table_head(struct api_read *job, struct store_txn *txn, uint32_t version)
{
	struct inv_price_list x;
	uint32_t now, newest;
	int err = inv_price_in_force(txn, &now);

	if (err == 0)
		err = inv_price_newest(txn, &newest);
	if (err)
		return err;
	doc_set_int(job->d, "in_force", now);
	doc_set_int(job->d, "newest", newest);
	version = version ? version : now;
	if (version == 0)
		return 0;
	err = inv_price_list_get(txn, job->rq->arena, version, &x);
	if (err == 0)
		web_price_list_doc(&x, job->d);
	return err;
}

static int table_in(struct store_txn *txn, void *arg)
{
	struct api_read *job = arg;
	struct inv_price_ask ask = {.category = http_query(job->rq, "category"),
		.after = http_query(job->rq, "after"),
		.most = web_is_page(job->rq) ? WEB_PRICE_ROWS : api_most(job->rq),
		.lang = job->rq->lang};
	struct inv_price_rows rows;
	int err = web_price_version_of(http_query(job->rq, "version"), &ask.version);

	if (err == 0)
		err = table_head(job, txn, ask.version);
	if (err == 0)
		err = inv_price_table(txn, job->rq->arena, &ask, &rows);
	if (err)
		return err;
	rows_doc(job, &rows, doc_set_list(job->d, "rows"), false);
	web_doc_opt(job->d, "next", rows.next);
	return web_is_page(job->rq) ? web_price_table_face(job, txn) : 0;
}

/* --- the table as a file --- */

static int walk_prices(struct web_walk *k)
{
	struct http_request *rq = k->job->rq;
	struct inv_price_ask ask = {.category = http_query(rq, "category"),
		.after = k->after,
		.most = k->most,
		.lang = rq->lang};
	struct inv_price_rows rows;
	int err = web_price_version_of(http_query(rq, "version"), &ask.version);

	if (err == 0)
		err = inv_price_table(k->txn, rq->arena, &ask, &rows);
	if (err)
		return err;
	rows_doc(k->job, &rows, k->rows, false);
	for (size_t i = 0; i < rows.n; i++)
		web_doc_kronor(rq->arena, doc_list_object(k->rows, doc_list_size(k->rows) - rows.n + i), "price");
	k->next = rows.next;
	return 0;
}

static const struct web_col price_columns[] = {
	{"name", "column.product", WEB_COL_OWN, "/products/", "product"},
	{"product", "column.number", WEB_COL_SORT},
	{"price_text", "price.price", WEB_COL_SORT | WEB_COL_DOWN, .by = "price_ore"},
	{"version", "price.version", WEB_COL_SORT},
	{0},
};
static const struct web_sift price_sifts[] = {{"q", WEB_SIFT_TEXT, "sift.text"}, {0}};
static const struct web_listed price_files = {
	.list = "rows",
	.path = "/prices",
	.title = "place.prices",
	.none = "price.none",
	.columns = price_columns,
	.sifts = price_sifts,
	.walk = walk_prices,
};

int api_price_table(struct http_request *rq, void *ctx)
{
	return web_is_file(rq) ? web_listed(rq, ctx, &price_files)
			       : web_read(rq, ctx, table_in, "prices");
}

static int list_in(struct store_txn *txn, void *arg)
{
	struct api_read *job = arg;
	struct inv_price_ask ask = {
		.said_only = true, .most = INV_PRICES, .lang = job->rq->lang};
	struct inv_price_rows rows;
	struct inv_price_list x;
	uint32_t now;
	int err = web_price_version_of(http_param(job->rq, "version"), &ask.version);

	if (err == 0)
		err = inv_price_list_get(txn, job->rq->arena, ask.version, &x);
	if (err == 0)
		err = inv_price_in_force(txn, &now);
	if (err == 0)
		err = inv_price_table(txn, job->rq->arena, &ask, &rows);
	if (err)
		return err;
	web_price_list_doc(&x, job->d);
	if (x.version == now)
		doc_set_str(job->d, "state", "in_force");
	rows_doc(job, &rows, doc_set_list(job->d, "rows"), true);
	if (web_is_page(job->rq))
		web_price_list_face(job->rq, job->d);
	return 0;
}

int api_price_list(struct http_request *rq, void *ctx)
{
	return web_read(rq, ctx, list_in, "price-version");
}

/* --- a new one: what was sent --- */

struct asked {
	struct web *w;
	struct http_request *rq;
	struct inv_price *price;
	struct inv_price_want want;
	uint32_t shown; /* the table that a page showed; 0: all that is typed counts */
};

/* All of these make the reply; ERR_BADINPUT then says to stop. */
static int stop(int err)
{
	return err ? err : ERR_BADINPUT;
}

static int read_day(struct asked *x, const struct doc *in)
{
	const char *day = doc_str(in, "from");

	if (text_empty(day) || day_parse(day, &x->want.from) == 0)
		return 0;
	return stop(api_bad_field(x->rq, "from", "2027-01-31"));
}

static int add_price(struct asked *x, const char *product, int64_t ore)
{
	if (x->want.n == INV_PRICES)
		return ERR_TOOBIG;
	x->price[x->want.n++] = (struct inv_price){product, ore};
	return 0;
}

static int read_list(struct asked *x, const struct doc *in)
{
	const struct doc *list = doc_list(in, "prices");
	int64_t seen = 0;
	int err = 0;

	if (doc_has(in, "seen") &&
		(web_number_of(in, "seen", &seen) != 0 || seen < 0 || seen > UINT32_MAX))
		return stop(api_bad_field(x->rq, "seen", "0…"));
	x->want.seen = (uint32_t)seen;
	for (size_t i = 0; err == 0 && i < doc_list_size(list); i++) {
		const struct doc *one = doc_list_object(list, i);
		int64_t ore;

		if (!one || text_empty(doc_str(one, "product")) || doc_int(one, "price_ore", &ore) != 0)
			return stop(api_bad_field(
				x->rq, "prices", "[{\"product\":…,\"price_ore\":…}]"));
		err = add_price(x, doc_str(one, "product"), ore);
	}
	return err;
}

/* One product alone, as the command line says it. */
static int read_one(struct asked *x, const struct doc *in)
{
	const char *product = doc_str(in, "product");
	int64_t ore;

	if (!product)
		return 0;
	if (web_number_of(in, "price_ore", &ore) != 0)
		return stop(api_bad_field(x->rq, "price_ore", "0…"));
	return add_price(x, product, ore);
}

static int read_box(struct asked *x, const char *key, const char *value)
{
	int64_t ore;

	if (text_empty(value) || money_parse(value, &ore) != 0)
		return stop(web_page_again(x->rq, 400,
			web_text(x->rq->lang, "price.bad_sum"), key));
	return add_price(x, key + strlen(WEB_PRICE_FIELD), ore);
}

static int read_form(struct asked *x)
{
	const struct doc *form = web_form(x->rq);
	int64_t shown = 0;
	int err = 0;

	if (doc_has(form, "table") &&
		(text_parse_i64(doc_str(form, "table"), &shown) != 0 || shown < 0 || shown > UINT32_MAX))
		return ERR_BADINPUT;
	x->shown = (uint32_t)shown;
	x->want.why = doc_str(form, "why");
	for (size_t i = 0; err == 0 && doc_key(form, i); i++) {
		if (text_starts(doc_key(form, i), WEB_PRICE_FIELD))
			err = read_box(x, doc_key(form, i), doc_str(form, doc_key(form, i)));
	}
	return err ? err : read_day(x, form);
}

static void keep_other(struct asked *x, const struct inv_price_row *shown, size_t *kept)
{
	for (size_t k = *kept; k < x->want.n; k++) {
		const struct inv_price p = x->price[k];

		if (!text_equal(p.product, shown->product) || p.ore == shown->ore)
			continue;
		x->price[k] = x->price[*kept];
		x->price[(*kept)++] = p;
	}
}

/* What was shown and not typed over says nothing: another may have changed it since. */
static int keep_typed(struct asked *x, struct store_txn *txn)
{
	struct inv_price_ask ask = {.version = x->shown, .most = WEB_PRICE_ROWS};
	struct inv_price_rows rows;
	size_t kept = 0;
	int err = 0;

	do {
		err = inv_price_table(txn, x->rq->arena, &ask, &rows);
		for (size_t i = 0; err == 0 && i < rows.n; i++)
			keep_other(x, &rows.row[i], &kept);
		ask.after = rows.next;
	} while (err == 0 && ask.after);
	x->want.n = kept;
	return err;
}

static int read_asked(struct asked *x)
{
	static const char *const known[] = {
		"prices", "product", "price_ore", "from", "why", "seen", NULL};
	struct doc *in;
	int err;

	x->price = ARENA_ARRAY(x->rq->arena, struct inv_price, INV_PRICES);
	x->want.price = x->price;
	if (web_is_page(x->rq) && web_form(x->rq))
		return read_form(x);
	err = api_body(x->rq, known, &in);
	if (err)
		return err;
	x->want.why = doc_str(in, "why");
	err = read_list(x, in);
	if (err == 0)
		err = read_one(x, in);
	return err ? err : read_day(x, in);
}

/* --- what it would change, and doing it --- */

struct looking {
	struct api_read job;
	struct asked *x;
	struct refusal *r;
};

static int try_in(struct store_txn *txn, void *arg)
{
	struct looking *l = arg;
	const struct inv_price_look look = {
		day_of_time(l->job.rq->now), l->job.rq->lang, l->r};
	struct inv_price_rows rows;
	struct inv_loan_counts counts;
	int err = web_form(l->job.rq) && l->x->shown ? keep_typed(l->x, txn) : 0;

	if (err == 0)
		err = inv_price_try(txn, l->job.rq->arena, &l->x->want, &look, &rows);
	if (err == 0)
		err = inv_loan_count(txn, &counts);
	if (err)
		return err;
	rows_doc(&l->job, &rows, doc_set_list(l->job.d, "changes"), true);
	doc_set_int(l->job.d, "open_lines", (int64_t)counts.open_lines);
	return 0;
}

static int reply_preview(struct http_request *rq, struct web *w, struct asked *x)
{
	struct refusal r = {0};
	struct looking l = {
		.job = {.w = w, .rq = rq, .d = doc_new(rq->arena)}, .x = x, .r = &r};
	int err = store_read(w->o.st, try_in, &l);

	if (err)
		return api_done(rq, err, &r);
	if (web_is_page(rq) && text_empty(x->want.why))
		return api_missing_field(rq, "why");
	if (web_is_page(rq))
		web_price_preview_face(rq, &x->want, l.job.d);
	return web_reply(rq, 200, "price-preview", l.job.d);
}

int api_price_preview(struct http_request *rq, void *ctx)
{
	struct asked x = {.w = ctx, .rq = rq};
	int err = read_asked(&x);

	return err ? (err == ERR_BADINPUT ? 0 : err) : reply_preview(rq, ctx, &x);
}

/* A page first shows what would change, and does it when it is sent again with "sure". */
int api_price_put(struct http_request *rq, void *ctx)
{
	struct web *w = ctx;
	struct asked x = {.w = w, .rq = rq};
	struct doc *d = doc_new(rq->arena);
	const struct inv_price_by by = {&api_caller(rq)->who, rq->now};
	struct refusal r = {0};
	uint32_t version;
	int err;

	if (web_is_page(rq) && web_form_str(rq, "again"))
		return api_price_table(rq, ctx);
	err = read_asked(&x);
	if (err)
		return err == ERR_BADINPUT ? 0 : err;
	if (web_is_page(rq) && !web_form_str(rq, "sure"))
		return reply_preview(rq, w, &x);
	err = inv_price_put(w->o.inv, &by, &x.want, &r, &version);
	if (err || web_is_page(rq))
		return api_done(rq, err, &r);
	doc_set_int(d, "version", version);
	return http_reply_doc(rq, 201, d);
}

int api_price_undo(struct http_request *rq, void *ctx)
{
	static const char *const known[] = {"why", NULL};
	struct web *w = ctx;
	struct doc *in, *d = doc_new(rq->arena);
	const struct inv_price_by by = {&api_caller(rq)->who, rq->now};
	struct inv_price_back back = {0};
	struct refusal r = {0};
	uint32_t made;
	int err = web_price_version_of(http_param(rq, "version"), &back.version);

	if (err == 0)
		err = api_body(rq, known, &in);
	if (err)
		return err == ERR_BADINPUT ? 0 : err;
	back.why = doc_str(in, "why");
	err = inv_price_undo(w->o.inv, &by, &back, &r, &made);
	if (err || web_is_page(rq))
		return api_done(rq, err, &r);
	doc_set_int(d, "version", made);
	return http_reply_doc(rq, 200, d);
}
