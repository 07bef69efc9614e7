/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The open catalogue: what the library lends, for anybody, without signing in. It tells of products and of sums; no
 * thing, loan or person stands in any document here, nor what is meant for staff (`help`). What may be seen is asked of
 * each product (`shown`), never of the caller, so an answer is the same for everybody and may be kept for a minute.
 */
#include "web/circulation_int.h"
#include "web/product_int.h"

#include "base/fold.h"
#include "base/text.h"

#define ROWS 24
#define PIECE 100
#define LOOKED_AT 2000 /* products that a question in words goes through */
#define WORDS_MOST 8
#define PHOTOS 6
#define PLACES 100
#define FRESH "public, max-age=60"
#define FRESH_PICTURE "public, max-age=86400"

struct asking {
	struct api_read *job;
	struct store_txn *txn;
	const char *words[WORDS_MOST];
	size_t word_count, found, looked;
	const char *after;
	struct doc *rows;
};

/* --- what is told of a product --- */

static int put_home(struct asking *x, const struct inv_product *p, struct doc *d)
{
	int32_t today = day_of_time(x->job->rq->now);
	char day[DAY_TEXT];
	struct inv_home h;
	int err = inv_home_now(x->txn, p->id, today, &h);

	if (err)
		return err;
	doc_set_int(d, "all", (int64_t)h.all);
	doc_set_int(d, "home", (int64_t)h.home);
	doc_set_bool(d, "many", h.many);
	doc_set_bool(d, "waited", h.waited);
	doc_set_str(d, "back", h.back ? day_format(h.back, day) : NULL);
	if (!web_is_page(x->job->rq))
		return 0;
	doc_set_bool(d, "any_home", h.home > 0);
	doc_set_bool(d, "out", h.home == 0 && h.all > 0);
	doc_set_bool(d, "none", h.home == 0 && h.all == 0);
	return 0;
}

static int put_photos(struct asking *x, const struct inv_product *p, size_t most, struct doc *d)
{
	struct arena *a = x->job->rq->arena;
	struct doc *list = doc_set_list(d, "photos");
	struct inv_photo *photo;
	size_t n;
	int err = inv_photo_list(x->txn, arena_printf(a, "product:%s", p->id),
		STORE_PIECE(a, NULL, most), &photo, &n);

	for (size_t i = 0; err == 0 && i < n; i++) {
		struct doc *row = doc_add_object(list);

		doc_set_str(row, "at",
			arena_printf(a, "/catalogue/products/%s/photos/%llu", p->id,
				(unsigned long long)photo[i].id));
		doc_set_int(row, "width", photo[i].width);
		doc_set_int(row, "height", photo[i].height);
	}
	return err;
}

static const char *own_words(const char *const text[SAY_LANGS], enum say_lang lang)
{
	return text_empty(text[lang]) ? text[SAY_SV] : text[lang];
}

static int put_product(struct asking *x, const struct inv_product *p, size_t photos, struct doc *d)
{
	const enum say_lang lang = x->job->rq->lang;
	const struct say *category = inv_category_say(p->category);
	int err;

	doc_set_str(d, "id", p->id);
	doc_set_str(d, "title", inv_product_name(p, lang));
	web_doc_opt(d, "category", p->category);
	web_doc_opt(d, "category_text", category ? say_plain(category, lang) : p->category);
	web_doc_opt(d, "about", own_words(p->about, lang));
	err = put_home(x, p, d);
	return err ? err : put_photos(x, p, photos, d);
}

/* --- the list --- */

static bool fits(const struct asking *x, const struct inv_product *p)
{
	struct arena *a = x->job->rq->arena;
	const struct say *category = inv_category_say(p->category);
	const char *all = "", *folded;

	for (unsigned l = 0; l < SAY_LANGS; l++)
		all = arena_printf(a, "%s %s %s %s", all, p->name[l] ? p->name[l] : "",
			p->about[l] ? p->about[l] : "", category ? category->text[l] : "");
	folded = fold_text(a, all);
	for (size_t i = 0; i < x->word_count; i++) {
		if (!strstr(folded, x->words[i]))
			return false;
	}
	return true;
}

/* One piece; x->after NULL: there are no more. */
static int read_piece(struct asking *x)
{
	size_t room = ROWS - x->found, n;
	const struct inv_product_ask ask = {.shown_only = true,
		.after = x->after,
		.most = x->word_count ? PIECE : room};
	struct inv_product *p;
	int err = inv_product_list(x->txn, x->job->rq->arena, &ask, &p, &n, &x->after);

	x->looked += n;
	for (size_t i = 0; err == 0 && i < n; i++) {
		if (!fits(x, &p[i]))
			continue;
		if (x->found == ROWS) {
			x->after = p[i - 1].id;
			return 0;
		}
		err = put_product(x, &p[i], 1, doc_add_object(x->rows));
		x->found++;
	}
	return err;
}

static int list_in(struct store_txn *txn, void *arg)
{
	struct api_read *job = arg;
	const char *q = http_query(job->rq, "q");
	struct asking x = {.job = job,
		.txn = txn,
		.after = http_query(job->rq, "after"),
		.rows = doc_set_list(job->d, "catalogue")};
	int err;

	if (!text_empty(q))
		x.word_count = fold_words(job->rq->arena, q, WORDS_MOST, x.words);
	do {
		err = read_piece(&x);
	} while (err == 0 && x.after && x.found < ROWS && x.looked < LOOKED_AT);
	if (err)
		return err;
	doc_set_str(job->d, "next", x.after);
	if (!web_is_page(job->rq))
		return 0;
	doc_set_bool(job->d, "open", true);
	doc_set_str(job->d, "q", q);
	doc_set_str(job->d, "kept_query", text_empty(q) ? NULL : web_escape(job->rq->arena, q));
	doc_set_bool(job->d, "any", x.found > 0);
	doc_set_bool(job->d, "asked", x.word_count > 0);
	doc_set_str(job->d, "next_query", x.after ? web_escape(job->rq->arena, x.after) : NULL);
	return 0;
}

/* --- one --- */

/* Where one borrows: the library's places that lend. */
static int put_places(struct asking *x, struct doc *d)
{
	struct doc *list = doc_set_list(d, "places");
	struct inv_place *p;
	const char *next;
	size_t n;
	int err = inv_place_list(x->txn, x->job->rq->arena, NULL, PLACES, &p, &n, &next);

	for (size_t i = 0; err == 0 && i < n; i++) {
		struct doc *row;

		if (!p[i].lends || p[i].closed || p[i].zone == PEOPLE_CARE)
			continue;
		row = doc_add_object(list);
		doc_set_str(row, "name", inv_place_name(&p[i], x->job->rq->lang));
		web_doc_opt(row, "address", p[i].address);
		web_doc_opt(row, "hours", p[i].hours);
		web_doc_opt(row, "phone", p[i].phone);
	}
	return err;
}

static int put_parts(struct asking *x, const struct inv_product *p, struct doc *d)
{
	struct doc *list = doc_set_list(d, "parts");
	struct inv_part *part;
	size_t n;
	int err = inv_template_parts(x->txn, x->job->rq->arena, p->id, &part, &n);

	for (size_t i = 0; err == 0 && i < n; i++) {
		struct doc *row;

		if (text_empty(part[i].name))
			continue;
		row = doc_add_object(list);
		doc_set_str(row, "name", part[i].name);
		doc_set_int(row, "count", part[i].expected);
	}
	return err;
}

static void put_terms(struct asking *x, const struct inv_product *p, struct doc *d)
{
	struct http_request *rq = x->job->rq;

	doc_set_bool(d, "free", true);
	if (p->loan_days)
		doc_set_int(d, "loan_days", p->loan_days);
	if (p->price_ore > 0)
		doc_set_int(d, "price_ore", p->price_ore);
	doc_set_bool(d, "sold", p->sold);
	if (p->sold && p->sold_ore > 0)
		doc_set_int(d, "sold_ore", p->sold_ore);
	web_doc_opt(d, "sold_where", p->sold ? p->sold_where : NULL);
	web_doc_kronor(rq->arena, d, "price");
	web_doc_kronor(rq->arena, d, "sold");
	doc_set_str(d, "privacy_text",
		p->privacy > INV_PRIVACY_NONE ? say_plain(inv_privacy_say(p->privacy), rq->lang) : NULL);
	web_of_use_doc(p, d);
}

/* The product of the path, as one that is not shown would not be there. */
static int shown_product(struct api_read *job, struct store_txn *txn, struct inv_product *ret)
{
	struct inv_product p;
	int err = inv_product_get(txn, job->rq->arena, http_param(job->rq, "product"), &p);

	if (err == 0 && !inv_product_is_shown(&p))
		err = ERR_NOTFOUND;
	if (err == 0)
		*ret = p;
	return err;
}

static int one_in(struct store_txn *txn, void *arg)
{
	struct api_read *job = arg;
	struct asking x = {.job = job, .txn = txn};
	struct inv_product p;
	int err = shown_product(job, txn, &p);

	if (err == 0)
		err = put_product(&x, &p, PHOTOS, job->d);
	if (err == 0)
		err = put_parts(&x, &p, job->d);
	if (err == 0)
		err = put_places(&x, job->d);
	if (err)
		return err;
	put_terms(&x, &p, job->d);
	doc_set_str(job->d, "words", web_words(job->w, SETTING_CATALOGUE_WORDS));
	if (web_is_page(job->rq))
		doc_set_bool(job->d, "any_parts", doc_list_size(doc_list(job->d, "parts")) > 0);
	return 0;
}

struct picture {
	struct api_read job;
	struct inv_photo photo;
	struct bytes content;
};

static int picture_in(struct store_txn *txn, void *arg)
{
	struct picture *x = arg;
	struct http_request *rq = x->job.rq;
	struct inv_product p;
	uint64_t id;
	int err = shown_product(&x->job, txn, &p);

	if (err == 0 && text_parse_u64(http_param(rq, "id"), &id) != 0)
		err = ERR_NOTFOUND;
	if (err == 0)
		err = inv_photo_read(txn, rq->arena, id, &x->photo, &x->content);
	if (err == 0 && !text_equal(x->photo.object, arena_printf(rq->arena, "product:%s", p.id)))
		err = ERR_NOTFOUND;
	return err;
}

/* --- faces --- */

/* A house that has not opened it tells people whom to ask, and programs that nothing is here. */
static int closed(struct http_request *rq)
{
	return web_is_page(rq) ? web_reply(rq, 404, "catalogue", doc_new(rq->arena)) : ERR_NOTFOUND;
}

static int shown_read(struct http_request *rq, struct web *w, store_fn *fn, const char *template)
{
	int err;

	if (!web_catalogue_open(w))
		return closed(rq);
	err = web_read(rq, w, fn, template);
	if (err)
		return err;
	http_reply_header(rq, "Cache-Control", FRESH);
	http_reply_header(rq, "Vary", "Accept, Accept-Language");
	return 0;
}

int api_shown_list(struct http_request *rq, void *ctx)
{
	return shown_read(rq, ctx, list_in, "catalogue");
}

int api_shown_get(struct http_request *rq, void *ctx)
{
	return shown_read(rq, ctx, one_in, "catalogue-product");
}

int api_shown_photo(struct http_request *rq, void *ctx)
{
	struct web *w = ctx;
	struct picture x = {.job = {.w = w, .rq = rq}};
	int err = web_catalogue_open(w) ? store_read(w->o.st, picture_in, &x) : ERR_NOTFOUND;

	if (err)
		return err;
	http_reply_header(rq, "Cache-Control", FRESH_PICTURE);
	return http_reply(rq, 200, x.photo.type, x.content);
}
