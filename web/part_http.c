/* SPDX-License-Identifier: EUPL-1.2 */
/* The pages of kits: what belongs to a product, and what is there of one unit, piece by piece. */
#include "web/product_int.h"

#include "base/text.h"

#define EMPTY_LINES 2 /* each names every product */

/* "NAME_7" of the form; NULL when absent or empty. */
static const char *typed(struct http_request *rq, const char *name, size_t line)
{
	return web_form_str(rq, arena_printf(rq->arena, "%s_%zu", name, line));
}

static int count_typed(struct http_request *rq, const char *name, size_t line, uint32_t *ret)
{
	const char *s = typed(rq, name, line);
	int64_t n;

	if (!s)
		return 0;
	if (text_parse_i64(s, &n) != 0 || n < 0 || n > 1000)
		return ERR_BADINPUT;
	*ret = (uint32_t)n;
	return 0;
}

int web_parts_of_form(struct http_request *rq, struct inv_part *parts, size_t *ret_n)
{
	size_t n = 0;

	for (size_t i = 1; i <= INV_PARTS; i++) {
		struct inv_part p = {.expected = 1};

		p.name = typed(rq, "name", i);
		p.product = typed(rq, "product", i);
		p.consumable = typed(rq, "consumable", i) != NULL;
		p.optional = typed(rq, "optional", i) != NULL;
		if (!p.name && !p.product)
			continue;
		if (count_typed(rq, "expected", i, &p.expected) != 0)
			return ERR_BADINPUT;
		parts[n++] = p;
	}
	*ret_n = n;
	return 0;
}

int web_seen_of_form(struct http_request *rq, struct inv_part_seen *seen, size_t *ret_n)
{
	size_t n = 0;

	for (uint32_t i = 1; i <= INV_PARTS; i++) {
		struct inv_part_seen s = {.pos = i, .note = typed(rq, "note", i)};

		if (!typed(rq, "present", i))
			continue;
		if (count_typed(rq, "present", i, &s.present) != 0 || !api_note_ok(s.note))
			return ERR_BADINPUT;
		seen[n++] = s;
	}
	*ret_n = n;
	return 0;
}

/* --- a product's list --- */

/* All products where a part is added; where one is, its own: the page would carry all of them once for each. */
static int put_products(struct web_form_ask *ask, struct doc *row, const struct inv_part *p)
{
	struct inv_product own;
	int err;

	ask->list = doc_set_list(row, "options");
	ask->now = p ? p->product : NULL;
	if (!p)
		return web_options_product(ask);
	if (text_empty(p->product))
		return 0;
	err = inv_product_get(ask->txn, ask->job->rq->arena, p->product, &own);
	web_option_add(ask, p->product, err ? p->product : inv_product_name(&own, ask->job->rq->lang));
	return err == ERR_NOTFOUND ? 0 : err;
}

static int put_line(struct web_form_ask *ask, struct doc *list, size_t no, const struct inv_part *p)
{
	struct doc *row = doc_add_object(list);

	doc_set_int(row, "no", (int64_t)no);
	doc_set_str(row, "name", p ? p->name : NULL);
	doc_set_int(row, "expected", p ? p->expected : 1);
	doc_set_bool(row, "consumable", p && p->consumable);
	doc_set_bool(row, "optional", p && p->optional);
	return put_products(ask, row, p);
}

static int template_in(struct store_txn *txn, void *arg)
{
	struct api_read *job = arg;
	struct web_form_ask ask = {.job = job, .txn = txn};
	struct doc *list = doc_set_list(job->d, "lines");
	struct inv_product p;
	struct inv_part *parts;
	size_t n;
	int err = inv_product_get(txn, job->rq->arena, http_param(job->rq, "product"), &p);

	if (err == 0)
		err = inv_template_parts(txn, job->rq->arena, p.id, &parts, &n);
	if (err)
		return err;
	doc_set_str(job->d, "id", p.id);
	doc_set_str(job->d, "title", inv_product_name(&p, job->rq->lang));
	for (size_t i = 0; err == 0 && i < n + EMPTY_LINES && i < INV_PARTS; i++)
		err = put_line(&ask, list, i + 1, i < n ? &parts[i] : NULL);
	return err;
}

int page_product_parts(struct http_request *rq, void *ctx)
{
	return web_read(rq, ctx, template_in, "product-parts");
}

/* --- a unit's --- */

static const struct web_input part_inputs[] = {
	{.name = "name", .needed = true},
	{.name = "unit", .hint = "part.unit_hint"},
	{.name = "expected", .kind = WEB_INPUT_COUNT, .needed = true},
	{.name = "consumable", .kind = WEB_INPUT_TICK},
	{.name = "optional", .kind = WEB_INPUT_TICK},
	{.name = "note", .hint = "form.no_names"},
	{0},
};

static int put_add_form(struct api_read *job, struct store_txn *txn)
{
	static const struct web_form f = {
		.title = "part.add", .button = "part.add_button", .inputs = part_inputs};
	struct web_form_ask ask = {.job = job, .txn = txn, .form = &f};
	struct doc *d = doc_new(job->rq->arena);

	doc_set_int(d, "expected", 1);
	ask.values = d;
	ask.next = arena_printf(job->rq->arena, "/items/%s/parts?done=saved",
		web_escape(job->rq->arena, doc_str(job->d, "serial")));
	return web_form_put(&ask, "asked");
}

static int kit_in(struct store_txn *txn, void *arg)
{
	struct api_read *job = arg;
	struct doc *list;
	struct inv_part *p;
	struct inv_unit u;
	size_t n;
	int err = inv_unit_find(txn, job->rq->arena, http_param(job->rq, "code"), &u);

	if (err == 0)
		err = inv_kit_parts(txn, job->rq->arena, u.serial, &p, &n);
	if (err)
		return err;
	doc_set_str(job->d, "serial", u.serial);
	doc_set_str(job->d, "title", web_unit_title(job, txn, &u));
	list = doc_set_list(job->d, "lines");
	web_rows_doc(web_part_fields, p, sizeof(*p), n, list);
	for (size_t i = 0; i < n; i++)
		doc_set_bool(doc_list_object(list, i), "short",
			p[i].present < p[i].expected && !p[i].consumable && !p[i].optional);
	doc_set_bool(job->d, "any_lines", n > 0);
	doc_set_bool(job->d, "has_product", !text_empty(u.product_id));
	return put_add_form(job, txn);
}

int page_item_parts(struct http_request *rq, void *ctx)
{
	return web_read(rq, ctx, kit_in, "item-parts");
}
