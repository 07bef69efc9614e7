/* SPDX-License-Identifier: EUPL-1.2 */
/* The pages of places and of what is on its way between them. */
#include "web/product_int.h"

#include "base/text.h"

#define PLACES_MOST 500

/* --- places --- */

static void put_kind(const struct inv_place *p, struct doc *row, enum say_lang lang)
{
	doc_set_str(row, "title", inv_place_name(p, lang));
	doc_set_str(row, "kind_text", p->kind ? say_plain(inv_place_kind_say(p->kind), lang) : NULL);
}

static int put_counts(struct store_txn *txn, const char *id, struct doc *row)
{
	uint64_t n[INV_STATES], all = 0;
	int err = inv_count_place(txn, id, n);

	for (unsigned s = 1; err == 0 && s < INV_STATES; s++)
		all += n[s];
	if (err == 0)
		doc_set_int(row, "count", (int64_t)all);
	return err;
}

int web_place_row(
	struct api_read *job, struct store_txn *txn, const struct inv_place *p, struct doc *row)
{
	const enum say_lang lang = job->rq->lang;

	web_fields_doc(web_place_fields, p, row);
	put_kind(p, row, lang);
	doc_set_str(row, "closed_text", p->closed ? web_text(lang, "place_page.closed") : NULL);
	return put_counts(txn, p->id, row);
}

/* "måndag, tisdag …"; nothing said is the place's above, or weekdays. */
static const char *week_text(const struct http_request *rq, uint32_t days)
{
	const char *all = NULL;

	for (unsigned i = 0; i < 7; i++) {
		const char *day = web_text(rq->lang, arena_printf(rq->arena, "name.weekday.%u", i));

		if (days & (1u << i))
			all = arena_printf(
				rq->arena, "%s%s%s", all ? all : "", all ? ", " : "", day);
	}
	return all;
}

int web_place_face(struct api_read *job, struct store_txn *txn, const struct inv_place *p)
{
	struct doc *list = doc_set_list(job->d, "shelves");
	struct inv_place *all;
	const char *next;
	size_t n;
	int err = inv_place_list(txn, job->rq->arena, NULL, PLACES_MOST, &all, &n, &next);

	put_kind(p, job->d, job->rq->lang);
	doc_set_str(job->d, "week", week_text(job->rq, p->open_days));
	doc_set_bool(job->d, "any_closed", doc_list_size(doc_list(job->d, "closed_days")) > 0);
	for (size_t i = 0; err == 0 && i < n; i++) {
		struct doc *row;

		if (!text_equal(all[i].parent, p->id))
			continue;
		row = doc_add_object(list);
		doc_set_str(row, "id", all[i].id);
		put_kind(&all[i], row, job->rq->lang);
	}
	doc_set_bool(job->d, "any_shelves", doc_list_size(list) > 0);
	if (err == 0)
		err = web_doc_place(job, txn, job->d, "parent_name", p->parent);
	return err ? err : put_counts(txn, p->id, job->d);
}

static const struct web_input inputs[] = {
	{.name = "name", .needed = true},
	{.name = "kind",
		.kind = WEB_INPUT_CHOICE,
		.label = "product.kind",
		.needed = true,
		.word = inv_place_kind_name,
		.say = inv_place_kind_say},
	{.name = "parent",
		.kind = WEB_INPUT_CHOICE,
		.hint = "place_page.parent_hint",
		.options = web_options_place},
	{.name = "address", .hint = "place_page.address_hint"},
	{.name = "phone"},
	{.name = "hours", .kind = WEB_INPUT_AREA, .hint = "place_page.hours_hint"},
	{.name = "lends", .kind = WEB_INPUT_TICK},
	{.name = "offline", .kind = WEB_INPUT_TICK, .more = true},
	{.name = "open_on_holidays", .kind = WEB_INPUT_TICK, .more = true},
	{.name = "zone", .kind = WEB_INPUT_CHOICE, .more = true, .options = web_options_zone},
	{.name = "name_fi", .more = true},
	{.name = "name_en", .more = true},
	{.name = "closed", .kind = WEB_INPUT_TICK, .more = true, .hint = "place_page.closed_hint"},
	{.name = "version", .kind = WEB_INPUT_HIDDEN},
	{0},
};

/* A box for each day of the week, which are one number to programs: "day_0" … "day_6". */
static void put_week(struct web_form_ask *ask, uint32_t days)
{
	struct doc *list = doc_set_list(ask->job->d, "week");

	for (unsigned i = 0; i < 7; i++) {
		const struct http_request *rq = ask->job->rq;
		struct doc *row = doc_add_object(list);

		doc_set_int(row, "day", i);
		doc_set_str(row, "text",
			web_text(rq->lang, arena_printf(rq->arena, "name.weekday.%u", i)));
		doc_set_bool(row, "open", days & (1u << i));
	}
}

static int fill_new(struct web_form_ask *ask)
{
	struct doc *d = doc_new(ask->job->rq->arena);

	doc_set_bool(d, "lends", true);
	doc_set_str(d, "kind", "desk");
	ask->values = d;
	ask->next = "/places/*?done=saved";
	ask->back = "/places";
	return 0;
}

int page_place_new(struct http_request *rq, void *ctx)
{
	static const struct web_form f = {.title = "place_page.new",
		.lead = "place_page.new_lead",
		.button = "form.save",
		.inputs = inputs};

	return web_form_reply(rq, ctx, &f, fill_new);
}

static int place_of(struct web_form_ask *ask, struct inv_place *ret)
{
	const struct http_request *rq = ask->job->rq;
	int err = inv_place_get(ask->txn, rq->arena, http_param(rq, "place"), ret);

	if (err)
		return err;
	ask->subject = inv_place_name(ret, rq->lang);
	ask->back = arena_printf(rq->arena, "/places/%s", ret->id);
	ask->next = arena_printf(rq->arena, "%s?done=saved", ask->back);
	return 0;
}

static int fill_change(struct web_form_ask *ask)
{
	struct doc *d = doc_new(ask->job->rq->arena);
	struct inv_place p;
	int err = place_of(ask, &p);

	if (err)
		return err;
	web_fields_doc(web_place_fields, &p, d);
	ask->values = d;
	return 0;
}

int page_place_change(struct http_request *rq, void *ctx)
{
	static const struct web_form f = {.title = "place_page.change",
		.button = "form.save",
		.inputs = inputs,
		.whole = true};

	return web_form_reply(rq, ctx, &f, fill_change);
}

static int week_in(struct store_txn *txn, void *arg)
{
	struct api_read *job = arg;
	struct web_form_ask ask = {.job = job, .txn = txn};
	struct inv_place p;
	int err = place_of(&ask, &p);

	if (err)
		return err;
	doc_set_str(job->d, "id", p.id);
	doc_set_str(job->d, "title", ask.subject);
	put_week(&ask, p.open_days ? p.open_days : 31);
	return 0;
}

int page_place_week(struct http_request *rq, void *ctx)
{
	return web_read(rq, ctx, week_in, "place-week");
}

/* --- on the way --- */

/* Where what is scanned arrives. */
int web_transfer_list_face(struct api_read *job, struct store_txn *txn)
{
	struct web_form_ask ask = {.job = job, .txn = txn, .now = http_query(job->rq, "to")};

	if (!web_is_page(job->rq) || web_is_file(job->rq))
		return 0;
	ask.list = doc_set_list(job->d, "options");
	return web_options_place(&ask);
}
