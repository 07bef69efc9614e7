/* SPDX-License-Identifier: EUPL-1.2 */
/* The pages of deliveries: three numbers side by side, and a line for each thing that differs. */
#include "web/list_int.h"
#include "web/product_int.h"

#include "base/text.h"

#define THINGS_SHOWN 500

void web_delivery_sums(struct api_read *job, const struct inv_delivery *l, struct doc *d)
{
	doc_set_bool(d, "agrees", inv_delivery_agrees(l));
	doc_set_int(d, "expected", l->expected);
	doc_set_int(d, "announced", l->announced);
	doc_set_int(d, "received", l->received);
	if (!web_is_page(job->rq))
		return;
	doc_set_bool(d, "is_open", !l->closed);
	doc_set_str(d, "href", web_escape(job->rq->arena, l->id));
}

/* A leased or owned iPad that Apple does not count as ours never enrols by itself. */
static int apple_knows(struct store_txn *txn, struct arena *a, const struct inv_unit *u, bool *ret)
{
	struct mdm_ade_device known;
	int err = mdm_ade_device_get(txn, a, u->serial, &known);

	*ret = err == 0;
	return err == ERR_NOTFOUND ? 0 : err;
}

static bool uses_apple(struct store_txn *txn, struct arena *a)
{
	struct mdm_ade_state s;

	return mdm_ade_state_get(txn, a, &s) == 0 && s.has_token;
}

/* What is not as it should be with one thing; NULL: nothing. */
static int difference(struct api_read *job, struct store_txn *txn, const struct inv_delivery *l,
	const struct inv_unit *u, const char **ret)
{
	bool known = true;
	int err = 0;

	*ret = NULL;
	if (u->received_at == 0 && (u->state == INV_ORDERED || u->announced)) {
		if (u->state == INV_ORDERED || u->state == INV_DELIVERED)
			*ret = "awaited";
		return 0;
	}
	if (u->received_at && !u->announced)
		*ret = "unlisted";
	else if (!text_empty(l->product_id) && !text_equal(l->product_id, u->product_id))
		*ret = "other_product";
	else if (u->kind == INV_KIND_IPAD && uses_apple(txn, job->rq->arena))
		err = apple_knows(txn, job->rq->arena, u, &known);
	if (!known)
		*ret = "not_at_apple";
	return err;
}

static void count_line(struct arena *a, struct doc *list, const char *kind, int64_t n)
{
	struct doc *row;

	if (n <= 0)
		return;
	row = doc_add_object(list);
	doc_set_str(row, "kind", kind);
	doc_set_int(row, "count", n);
	doc_set_bool(row, arena_printf(a, "is_%s", kind), true);
}

static int put_thing(struct api_read *job, struct store_txn *txn, const struct inv_delivery *l,
	const struct inv_unit *u)
{
	struct doc *row = doc_add_object(doc_list(job->d, "things"));
	struct doc *other;
	const char *kind;
	int err = web_item_row(txn, job->rq, u, row);

	doc_set_time(row, "received", u->received_at);
	if (err == 0)
		err = difference(job, txn, l, u, &kind);
	if (err || !kind)
		return err;
	other = doc_add_object(doc_list(job->d, "differences"));
	err = web_item_row(txn, job->rq, u, other);
	doc_set_str(other, "kind", kind);
	doc_set_bool(other, arena_printf(job->rq->arena, "is_%s", kind), true);
	if (web_is_page(job->rq))
		doc_set_str(other, "title", web_unit_title(job, txn, u));
	return err;
}

int web_delivery_things(
	struct api_read *job, struct store_txn *txn, const struct inv_delivery *l)
{
	struct doc *list = doc_set_list(job->d, "differences");
	size_t most = web_is_page(job->rq) ? API_ROWS : THINGS_SHOWN, n = 0;
	struct inv_unit *u;
	int err = inv_delivery_units(txn, l->id,
		STORE_PIECE(job->rq->arena, http_query(job->rq, "after"), most), &u, &n);

	doc_set_list(job->d, "things");
	count_line(job->rq->arena, list, "not_announced", (int64_t)l->expected - l->announced);
	count_line(job->rq->arena, list, "over_announced", (int64_t)l->announced - l->expected);
	for (size_t i = 0; err == 0 && i < n; i++)
		err = put_thing(job, txn, l, &u[i]);
	if (err == 0 && n == most)
		doc_set_str(job->d, "next", web_next_text(job->rq, u[n - 1].serial));
	return err;
}

int web_delivery_face(struct api_read *job, struct store_txn *txn, const struct inv_delivery *l)
{
	struct inv_product p;
	int err = 0;

	doc_set_bool(job->d, "any", doc_list_size(doc_list(job->d, "differences")) > 0);
	doc_set_bool(job->d, "any_things", doc_list_size(doc_list(job->d, "things")) > 0);
	doc_set_str(job->d, "lease_href",
		text_empty(l->lease) ? NULL : web_escape(job->rq->arena, l->lease));
	if (!text_empty(l->product_id) &&
		inv_product_get(txn, job->rq->arena, l->product_id, &p) == 0)
		doc_set_str(job->d, "product_title", inv_product_name(&p, job->rq->lang));
	if (!text_empty(l->place))
		err = web_doc_place(job, txn, job->d, "place_name", l->place);
	return err;
}

/* --- forms --- */

static int options_lease(struct web_form_ask *ask)
{
	struct inv_lease *l;
	size_t n;
	int err = inv_lease_list(ask->txn, STORE_PIECE(ask->job->rq->arena, NULL, 500), &l, &n);

	for (size_t i = 0; err == 0 && i < n; i++) {
		if (l[i].closed && !text_equal(l[i].id, ask->now))
			continue;
		web_option_add(ask, l[i].id,
			text_empty(l[i].supplier)
				? l[i].id
				: arena_printf(ask->job->rq->arena, "%s, %s", l[i].id,
					  l[i].supplier));
	}
	return err;
}

#define ORDER                                                                                     \
	{.name = "supplier"},                                                                      \
		{.name = "product",                                                                \
			.kind = WEB_INPUT_CHOICE,                                                  \
			.label = "column.product",                                                 \
			.hint = "delivery.product_hint",                                           \
			.options = web_options_product},                                           \
		{.name = "expected",                                                               \
			.kind = WEB_INPUT_COUNT,                                                   \
			.label = "delivery.expected",                                              \
			.needed = true},                                                           \
		{.name = "expected_day", .kind = WEB_INPUT_DAY, .label = "delivery.expected_day"}, \
		{.name = "lease",                                                                  \
			.kind = WEB_INPUT_CHOICE,                                                  \
			.label = "column.lease",                                                   \
			.hint = "delivery.lease_hint",                                             \
			.options = options_lease},                                                 \
		{.name = "place",                                                                  \
			.kind = WEB_INPUT_CHOICE,                                                  \
			.label = "delivery.place",                                                 \
			.options = web_options_place},                                             \
		{.name = "order", .more = true, .label = "delivery.order"},                        \
		{.name = "note", .kind = WEB_INPUT_AREA, .more = true}

static int fill_new(struct web_form_ask *ask)
{
	ask->next = "/deliveries/*?done=saved";
	ask->back = "/deliveries";
	return 0;
}

int page_delivery_new(struct http_request *rq, void *ctx)
{
	static const struct web_input inputs[] = {{.name = "id",
							  .needed = true,
							  .label = "delivery.id",
							  .hint = "delivery.id_hint"},
		ORDER, {0}};
	static const struct web_form f = {.title = "delivery.new",
		.lead = "delivery.lead",
		.button = "form.save",
		.inputs = inputs};

	return web_form_reply(rq, ctx, &f, fill_new);
}

static int fill_change(struct web_form_ask *ask)
{
	const struct http_request *rq = ask->job->rq;
	struct doc *d = doc_new(rq->arena);
	struct inv_delivery l;
	const char *id;
	int err = inv_code_parse(rq->arena, http_param(rq, "delivery"), &id);

	if (err == 0)
		err = inv_delivery_get(ask->txn, rq->arena, id, &l);
	if (err)
		return err == ERR_BADINPUT ? ERR_NOTFOUND : err;
	web_fields_doc(web_delivery_fields, &l, d);
	ask->values = d;
	ask->subject = l.id;
	ask->back = arena_printf(rq->arena, "/deliveries/%s", web_escape(rq->arena, l.id));
	ask->next = arena_printf(rq->arena, "%s?done=saved", ask->back);
	return 0;
}

int page_delivery_change(struct http_request *rq, void *ctx)
{
	static const struct web_input inputs[] = {ORDER,
		{.name = "closed",
			.kind = WEB_INPUT_TICK,
			.label = "delivery.closed",
			.hint = "delivery.closed_hint"},
		{0}};
	static const struct web_form f = {
		.title = "delivery.change", .button = "form.save", .inputs = inputs};

	return web_form_reply(rq, ctx, &f, fill_change);
}
