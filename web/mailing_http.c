/* SPDX-License-Identifier: EUPL-1.2 */
/* /api/v1/mailings and /api/v1/media: surveys and educational material. */
#include "web/api_int.h"

#include "base/clock.h"
#include "base/text.h"

/* --- media --- */

int api_media_add(struct http_request *rq, void *ctx)
{
	struct web *w = ctx;
	struct mdm_media x;
	struct refusal r = {0};
	struct doc *d;
	int err = mdm_media_add(w->o.mdm, &api_caller(rq)->who, http_query(rq, "name"), rq->body,
		rq->now, rq->arena, &x, &r);

	if (err)
		return err == ERR_REFUSED ? http_reply_refusal(rq, &r) : err;
	d = doc_new(rq->arena);
	web_media_doc(&x, d);
	return http_reply_doc(rq, 201, d);
}

/* --- mailings --- */

static int list_in(struct store_txn *txn, void *arg)
{
	struct api_read *job = arg;
	struct doc *list = doc_set_list(job->d, "mailings");
	struct mdm_mailing *x;
	size_t n, most = api_most(job->rq);
	int err =
		mdm_mailing_list(txn, job->rq->arena, http_query(job->rq, "before"), most, &x, &n);

	for (size_t i = 0; err == 0 && i < n; i++)
		web_mailing_doc(&x[i], doc_add_object(list));
	if (err == 0)
		doc_set_str(job->d, "next", n == most ? x[n - 1].id : NULL);
	return err;
}

int api_mailing_list(struct http_request *rq, void *ctx)
{
	return api_read(rq, ctx, list_in);
}

static int get_in(struct store_txn *txn, void *arg)
{
	struct api_read *job = arg;

	return web_mailing_whole_doc(job->w, txn, job->rq->arena, http_param(job->rq, "id"),
		http_query(job->rq, "after"), api_most(job->rq), job->rq->lang, job->rq->now,
		job->d);
}

int api_mailing_get(struct http_request *rq, void *ctx)
{
	return api_read(rq, ctx, get_in);
}

/* The field that is wrong, or NULL. */
static const char *mailing_take(
	struct http_request *rq, const struct doc *d, struct web_mailing_ask *ask)
{
	const char *stay = doc_str(d, "stay"), *at = doc_str(d, "at");
	const char *code = doc_str(d, "item");

	if (web_mailing_kind_parse(doc_str(d, "kind"), &ask->want.kind) != 0)
		return "kind";
	if (stay && clock_parse_span(stay, &ask->want.remove_after_s) != 0)
		return "stay";
	if (at && clock_parse(at, &ask->want.starts_at) != 0)
		return "at";
	if (code && inv_code_parse(rq->arena, code, &ask->code) != 0)
		return "item";
	ask->want.title = doc_str(d, "title");
	ask->want.group = doc_str(d, "group");
	ask->want.url = doc_str(d, "url");
	ask->want.media = doc_str(d, "media");
	return NULL;
}

int api_mailing_add(struct http_request *rq, void *ctx)
{
	static const char *const known[] = {
		"kind", "title", "group", "item", "url", "media", "stay", "at", NULL};
	struct web_mailing_ask ask = {.who = &api_caller(rq)->who, .now = rq->now};
	struct mdm_mailing made;
	const char *bad;
	struct refusal r;
	struct doc *d;
	int err = api_body(rq, known, &d);

	if (err)
		return err == ERR_BADINPUT ? 0 : err;
	bad = mailing_take(rq, d, &ask);
	if (bad)
		return api_bad_field(rq, bad, "survey, media, link; 14d; 2026-12-08");
	err = web_mailing_add(ctx, &ask, rq->arena, &r, &made);
	if (err)
		return api_done(rq, err, &r);
	d = doc_new(rq->arena);
	web_mailing_doc(&made, d);
	return http_reply_doc(rq, 201, d);
}

int api_mailing_withdraw(struct http_request *rq, void *ctx)
{
	struct refusal r;

	return api_done(rq,
		web_mailing_withdraw(ctx, &api_caller(rq)->who, http_param(rq, "id"), rq->now, &r),
		&r);
}
