/* SPDX-License-Identifier: EUPL-1.2 */
/* Products and places over HTTP. */
#include "web/product_int.h"

#include "base/text.h"

/* A record to be changed: as it is, before the body is put over it. */
struct loading {
	struct arena *a;
	const char *id;
	void *record;
	int (*get)(struct store_txn *txn, struct arena *a, const char *id, void *record);
};

static int load_in(struct store_txn *txn, void *arg)
{
	struct loading *l = arg;

	return l->get(txn, l->a, l->id, l->record);
}

static int get_product(struct store_txn *txn, struct arena *a, const char *id, void *record)
{
	return inv_product_get(txn, a, id, record);
}

static int get_place(struct store_txn *txn, struct arena *a, const char *id, void *record)
{
	return inv_place_get(txn, a, id, record);
}

static int load(struct web *w, struct http_request *rq, const char *id, void *record,
	int (*get)(struct store_txn *, struct arena *, const char *, void *))
{
	struct loading l = {rq->arena, id, record, get};

	return store_read(w->o.st, load_in, &l);
}

/* --- products --- */

static int product_counts(struct store_txn *txn, const struct inv_product *p, struct doc *d)
{
	struct doc *units = doc_set_object(d, "units");
	uint64_t n[INV_STATES], all = 0;
	int err = inv_count_product(txn, p->id, n);

	for (unsigned s = 1; err == 0 && s < INV_STATES; s++) {
		if (n[s])
			doc_set_int(units, inv_state_name((enum inv_state)s), (int64_t)n[s]);
		all += n[s];
	}
	if (err == 0) {
		doc_set_int(d, "count", (int64_t)all);
		doc_set_int(d, "in_stock", (int64_t)n[INV_IN_STOCK]);
	}
	return err;
}

static void product_says(const struct inv_product *p, enum say_lang lang, struct doc *d)
{
	const struct say *category = inv_category_say(p->category);

	doc_set_str(d, "title", inv_product_name(p, lang));
	web_doc_opt(d, "category_text", category ? say_plain(category, lang) : p->category);
}

int web_product_row(struct api_read *job, struct store_txn *txn, const struct inv_product *p,
	struct doc *row)
{
	const enum say_lang lang = job->rq->lang;

	web_fields_doc(web_product_fields, p, row);
	product_says(p, lang, row);
	doc_set_str(row, "kind_text", say_plain(inv_kind_say(p->kind), lang));
	doc_set_str(row, "lent_text", p->lendable ? NULL : web_text(lang, "product.not_lent"));
	web_doc_kronor(job->rq->arena, row, "price");
	return product_counts(txn, p, row);
}

static int product_in(struct store_txn *txn, void *arg)
{
	struct api_read *job = arg;
	struct inv_part *parts;
	struct inv_product p;
	size_t n;
	int err = inv_product_get(txn, job->rq->arena, http_param(job->rq, "product"), &p);

	if (err == 0)
		err = inv_template_parts(txn, job->rq->arena, p.id, &parts, &n);
	if (err)
		return err;
	web_fields_doc(web_product_fields, &p, job->d);
	product_says(&p, job->rq->lang, job->d);
	web_of_use_doc(&p, job->d);
	web_rows_doc(web_part_fields, parts, sizeof(*parts), n, doc_set_list(job->d, "parts"));
	err = product_counts(txn, &p, job->d);
	return err || !web_is_page(job->rq) ? err : web_product_face(job, txn, &p);
}

int api_product_get(struct http_request *rq, void *ctx)
{
	return web_read(rq, ctx, product_in, "product");
}

int api_product_add(struct http_request *rq, void *ctx)
{
	static const char *const besides[] = {"id", NULL};
	struct web *w = ctx;
	const struct inv_act act = api_act(rq);
	struct inv_product p = {.lendable = true};
	struct refusal r = {0};
	struct doc *body;
	bool done;
	int err = web_take_body(rq, web_product_fields, besides, &p, &body, &done);

	if (err || done)
		return err;
	p.id = web_id_of(rq, body);
	if (text_empty(p.id))
		return api_missing_field(rq, web_is_page(rq) ? "name" : "id");
	err = inv_product_put(w->o.inv, &act, &p, true, &r);
	return web_made(rq, err, &r, "id", p.id);
}

int api_product_change(struct http_request *rq, void *ctx)
{
	struct web *w = ctx;
	const struct inv_act act = api_act(rq);
	struct inv_product p;
	struct refusal r = {0};
	struct doc *body;
	bool done;
	int err = load(w, rq, http_param(rq, "product"), &p, get_product);

	/* One that came into force while this was typed stays. */
	p.price_ore = INV_PRICE_AS_IS;
	if (err == 0)
		err = web_take_body(rq, web_product_fields, NULL, &p, &body, &done);
	if (err || done)
		return err;
	err = inv_product_put(w->o.inv, &act, &p, false, &r);
	return api_done(rq, err, &r);
}

int api_product_remove(struct http_request *rq, void *ctx)
{
	struct web *w = ctx;
	const struct inv_act act = api_act(rq);
	struct refusal r = {0};

	return api_done(rq,
		inv_product_del(
			w->o.inv, &act, http_param(rq, "product"), &r),
		&r);
}

static int put_template(
	struct http_request *rq, struct web *w, const struct inv_part *parts, size_t n)
{
	const struct inv_act act = api_act(rq);
	struct refusal r = {0};

	return api_done(rq,
		inv_template_put(w->o.inv, &act, http_param(rq, "product"), parts,
			n, &r),
		&r);
}

int api_product_parts(struct http_request *rq, void *ctx)
{
	static const char *const known[] = {"parts", NULL};
	struct inv_part parts[INV_PARTS] = {0};
	struct web *w = ctx;
	struct doc *d, *list;
	const char *bad;
	size_t n;
	int err = 0;

	if (web_form(rq)) {
		err = web_parts_of_form(rq, parts, &n);
		if (err)
			return api_bad_field(rq, "expected", "1, 2, 3 …");
		return put_template(rq, w, parts, n);
	}
	err = api_body(rq, known, &d);
	if (err)
		return err == ERR_BADINPUT ? 0 : err;
	list = doc_list(d, "parts");
	n = list ? doc_list_size(list) : INV_PARTS + 1;
	if (n > INV_PARTS)
		return api_bad_field(rq, "parts", "0-50");
	for (size_t i = 0; i < n; i++) {
		struct doc *one = doc_list_object(list, i);

		if (!one || web_fields_take(web_part_fields, one, NULL, &parts[i], &bad) != 0)
			return api_bad_field(rq, "parts", "name, product, expected, consumable");
	}
	return put_template(rq, w, parts, n);
}

int api_catalogue_load(struct http_request *rq, void *ctx)
{
	struct web *w = ctx;
	struct doc *d = doc_new(rq->arena);
	unsigned made, there;
	int err = inv_catalogue_load(w->o.inv, &api_caller(rq)->who, rq->now, &made, &there);

	if (err || web_is_page(rq))
		return err ? err : web_page_done(rq);
	doc_set_int(d, "made", made);
	doc_set_int(d, "there", there);
	return http_reply_doc(rq, 200, d);
}

/* --- places --- */

/* With the days it is closed in the year to come. */
static int place_in(struct store_txn *txn, void *arg)
{
	struct api_read *job = arg;
	struct doc *list = doc_set_list(job->d, "closed_days");
	int32_t today = day_of_time(job->rq->now);
	struct inv_closed_day *days;
	struct inv_place p;
	char text[DAY_TEXT];
	size_t n;
	int err = inv_place_get(txn, job->rq->arena, http_param(job->rq, "place"), &p);

	if (err == 0)
		err = inv_place_closed_list(
			txn, job->rq->arena, p.id, today, today + 366, &days, &n);
	if (err)
		return err;
	web_fields_doc(web_place_fields, &p, job->d);
	for (size_t i = 0; i < n; i++) {
		struct doc *d = doc_add_object(list);

		doc_set_str(d, "day", day_format(days[i].day, text));
		doc_set_str(d, "why", days[i].why);
	}
	return web_is_page(job->rq) ? web_place_face(job, txn, &p) : 0;
}

int api_place_get(struct http_request *rq, void *ctx)
{
	return web_read(rq, ctx, place_in, "place");
}

/* Boxes of a page's form, as the number that programs send. */
int page_place_week_do(struct http_request *rq, void *ctx)
{
	static const char *const known[] = {"day", NULL};
	struct web *w = ctx;
	const struct inv_act act = api_act(rq);
	struct inv_place p;
	struct refusal r = {0};
	struct doc *d;
	int err = load(w, rq, http_param(rq, "place"), &p, get_place);

	if (err == 0)
		err = api_body(rq, known, &d);
	if (err)
		return err == ERR_BADINPUT ? 0 : err;
	p.open_days = 0;
	for (const char *s = doc_str(d, "day"); s && *s; s++) {
		if (*s >= '0' && *s <= '6')
			p.open_days |= 1u << (*s - '0');
	}
	if (!p.open_days)
		return web_page_again(rq, 400, web_text(rq->lang, "place_page.no_day"), NULL);
	err = inv_place_put(w->o.inv, &act, &p, false, &r);
	return api_done(rq, err, &r);
}

int api_place_add(struct http_request *rq, void *ctx)
{
	static const char *const besides[] = {"id", NULL};
	struct web *w = ctx;
	const struct inv_act act = api_act(rq);
	struct inv_place p = {0};
	struct refusal r = {0};
	struct doc *body;
	bool done;
	int err = web_take_body(rq, web_place_fields, besides, &p, &body, &done);

	if (err || done)
		return err;
	p.id = web_id_of(rq, body);
	if (text_empty(p.id))
		return api_missing_field(rq, web_is_page(rq) ? "name" : "id");
	err = inv_place_put(w->o.inv, &act, &p, true, &r);
	return web_made(rq, err, &r, "id", p.id);
}

int api_place_change(struct http_request *rq, void *ctx)
{
	struct web *w = ctx;
	const struct inv_act act = api_act(rq);
	struct inv_place p;
	struct refusal r = {0};
	struct doc *body;
	bool done;
	int err = load(w, rq, http_param(rq, "place"), &p, get_place);

	if (err == 0)
		err = web_take_body(rq, web_place_fields, NULL, &p, &body, &done);
	if (err || done)
		return err;
	err = inv_place_put(w->o.inv, &act, &p, false, &r);
	return api_done(rq, err, &r);
}

/* Closed from a day to a day; without `why` open again. */
int api_place_close(struct http_request *rq, void *ctx)
{
	static const char *const known[] = {"from", "to", "why", NULL};
	struct web *w = ctx;
	const struct inv_act act = api_act(rq);
	struct refusal r = {0};
	int32_t from, to;
	struct doc *d;
	int err = api_body(rq, known, &d);

	if (err)
		return err == ERR_BADINPUT ? 0 : err;
	if (!doc_str(d, "from") || day_parse(doc_str(d, "from"), &from) != 0)
		return api_bad_field(rq, "from", "2026-12-24");
	to = from;
	if (doc_str(d, "to") && day_parse(doc_str(d, "to"), &to) != 0)
		return api_bad_field(rq, "to", "2026-12-26");
	err = inv_place_close_days(w->o.inv, &act, http_param(rq, "place"), from,
		to, doc_str(d, "why"), &r);
	return api_done(rq, err, &r);
}
