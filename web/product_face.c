/* SPDX-License-Identifier: EUPL-1.2 */
/* The pages of products. */
#include "web/product_int.h"

#include "base/money.h"
#include "base/text.h"
#include "inventory/circulation.h"
#include "web/wanted_int.h"

#define UNITS_SHOWN 100

/* --- what they share --- */

const char *web_id_of(const struct http_request *rq, const struct doc *body)
{
	const char *id = doc_str(body, "id"), *name = doc_str(body, "name");

	return !text_empty(id) || !web_is_page(rq) || !name ? id : web_slug(rq->arena, name);
}

void web_doc_kronor(struct arena *a, struct doc *d, const char *key)
{
	int64_t ore;

	if (doc_int(d, arena_printf(a, "%s_ore", key), &ore) == 0 && ore)
		doc_set_str(d, arena_printf(a, "%s_text", key), money_text(a, ore));
}

/* --- the list --- */

/* How many there are, and how many can be lent now. */
static void put_counts(struct doc *row)
{
	const struct doc *units = doc_object(row, "units");
	int64_t all = 0, in = 0, n;

	for (size_t i = 0; doc_key(units, i); i++) {
		if (doc_int(units, doc_key(units, i), &n) == 0)
			all += n;
	}
	if (doc_int(units, "in_stock", &n) == 0)
		in = n;
	doc_set_int(row, "count", all);
	doc_set_int(row, "in_stock", in);
	doc_set_bool(row, "any", all > 0);
}

/* --- one --- */

static int put_units(struct api_read *job, struct store_txn *txn, const struct inv_product *p)
{
	const struct inv_filter f = {
		.product = p->id, .order = INV_BY_KEY, .most = UNITS_SHOWN};
	struct doc *list = doc_set_list(job->d, "rows");
	struct inv_unit *u;
	const char *next;
	size_t n;
	int err = inv_unit_filter(txn, job->rq->arena, &f, &u, &n, &next);

	for (size_t i = 0; err == 0 && i < n; i++) {
		struct doc *row = doc_add_object(list);

		web_unit_doc(&u[i], row, job->rq->lang);
		err = web_unit_place(job, txn, &u[i], row);
	}
	if (err == 0)
		doc_set_bool(job->d, "more_rows", next != NULL);
	return err;
}

static int put_photos(struct api_read *job, struct store_txn *txn, const struct inv_product *p)
{
	const char *object = arena_printf(job->rq->arena, "product:%s", p->id);
	struct inv_photo *photo;
	size_t n;
	int err = inv_photo_list(
		txn, object, STORE_PIECE(job->rq->arena, NULL, 6), &photo, &n);

	if (err == 0)
		web_rows_doc(web_photo_fields, photo, sizeof(*photo), n,
			doc_set_list(job->d, "photos"));
	return err;
}

/* "Is one free from … to …?" */
static int put_free(struct api_read *job, struct store_txn *txn, const struct inv_product *p)
{
	const char *from = http_query(job->rq, "from"), *to = http_query(job->rq, "to");
	int32_t today = day_of_time(job->rq->now), first, last;
	struct doc *d = doc_set_object(job->d, "asked");
	struct inv_free f;
	int err;

	doc_set_str(d, "from", from);
	doc_set_str(d, "to", to);
	if (text_empty(from) || text_empty(to))
		return 0;
	if (day_parse(from, &first) != 0 || day_parse(to, &last) != 0 || first < today ||
		last < first || last > first + 400) {
		doc_set_bool(d, "bad", true);
		return 0;
	}
	err = inv_free_between(txn, job->rq->arena, p->id, first, last, today, &f);
	if (err)
		return err;
	doc_set_bool(d, "told", true);
	doc_set_int(d, "free", f.free > 0 ? f.free : 0);
	doc_set_bool(d, "some", f.free > 0);
	doc_set_int(d, "units", (int64_t)f.units);
	return 0;
}

static int put_queue(struct api_read *job, struct store_txn *txn, const struct inv_product *p)
{
	const struct inv_hold_ask ask = {
		.product = p->id, .zones = api_people_caller(job->rq).zones, .most = API_PAGE};
	struct inv_hold *h;
	const char *next;
	size_t n;
	int err = inv_hold_list(txn, job->rq->arena, &ask, &h, &n, &next);

	if (err == 0)
		doc_set_int(job->d, "waiting", (int64_t)n);
	if (err == 0)
		doc_set_bool(job->d, "any_waiting", n > 0);
	return err;
}

static void put_words(struct api_read *job, const struct inv_product *p)
{
	const enum say_lang lang = job->rq->lang;

	doc_set_str(job->d, "kind_text", say_plain(inv_kind_say(p->kind), lang));
	doc_set_str(job->d, "privacy_text",
		p->privacy > INV_PRIVACY_NONE ? say_plain(inv_privacy_say(p->privacy), lang) : NULL);
	doc_set_str(job->d, "life_text", p->life ? say_plain(inv_life_say(p->life), lang) : NULL);
	doc_set_str(job->d, "about_text", p->about[lang] ? p->about[lang] : p->about[SAY_SV]);
	doc_set_str(job->d, "help_text", p->help[lang] ? p->help[lang] : p->help[SAY_SV]);
	doc_set_bool(job->d, "days_said", p->loan_days > 0);
	doc_set_bool(job->d, "is_public", p->shown && p->life != INV_LIFE_END &&
		web_catalogue_open(job->w));
	doc_set_bool(job->d, "is_sim", p->kind == INV_KIND_SIM);
	doc_set_bool(job->d, "lends", p->lendable && !p->display_only);
	web_doc_kronor(job->rq->arena, job->d, "price");
	web_doc_kronor(job->rq->arena, job->d, "sold");
}

int web_product_face(struct api_read *job, struct store_txn *txn, const struct inv_product *p)
{
	int err = put_units(job, txn, p);

	put_words(job, p);
	put_counts(job->d);
	doc_set_bool(job->d, "any_parts", doc_list_size(doc_list(job->d, "parts")) > 0);
	if (err == 0)
		err = put_photos(job, txn, p);
	if (err == 0)
		err = put_free(job, txn, p);
	return err ? err : put_queue(job, txn, p);
}
