/* SPDX-License-Identifier: EUPL-1.2 */
/* /api/v1/mailings and /api/v1/media: surveys and educational material. */
#include "web/listed_int.h"

#include "base/clock.h"
#include "base/text.h"

/* --- media --- */

/* A program sends the file itself, a page a form with it: true, and a form without it. */
static bool file_take(struct http_request *rq, const char **ret_name, struct bytes *ret)
{
	const struct http_upload *up = web_form_file(rq, "file");

	*ret_name = web_is_page(rq) ? up ? up->name : NULL : http_query(rq, "name");
	*ret = up ? up->content : rq->body;
	return web_is_page(rq) && !up;
}

int api_media_add(struct http_request *rq, void *ctx)
{
	struct mdm_media_ask ask = {.who = &api_caller(rq)->who, .now = rq->now};
	struct web *w = ctx;
	struct mdm_media x;
	struct refusal r = {0};
	struct doc *d;
	int err;

	if (file_take(rq, &ask.name, &ask.content))
		return api_missing_field(rq, "file");
	err = mdm_media_add(w->o.mdm, &ask, rq->arena, &x, &r);
	if (err || web_is_page(rq))
		return api_done(rq, err, &r);
	d = doc_new(rq->arena);
	web_media_doc(&x, d);
	return http_reply_doc(rq, 201, d);
}

int api_media_remove(struct http_request *rq, void *ctx)
{
	struct web *w = ctx;
	struct refusal r;
	int err = web_media_remove(w, &api_caller(rq)->who, http_param(rq, "id"), rq->now, &r);

	return api_done(rq, err, &r);
}

/* --- mailings --- */

static int walk(struct web_walk *k)
{
	struct arena *a = k->job->rq->arena;
	struct mdm_mailing *x;
	size_t n = 0;
	int err = mdm_mailing_list(k->txn, STORE_PIECE(a, k->after, k->most), &x, &n);

	for (size_t i = 0; err == 0 && i < n; i++) {
		struct doc *row = doc_add_object(k->rows);

		web_mailing_doc(&x[i], row);
		err = web_mailing_row(k->job, k->txn, row);
	}
	if (err == 0)
		web_walk_next_text(k, n, n ? x[n - 1].id : NULL);
	return err;
}

static int beside(struct api_read *job, struct store_txn *txn)
{
	(void)txn;
	if (web_is_page(job->rq))
		doc_set_str(job->d, "quiet", mdm_mailing_quiet(job->w->o.mdm));
	return 0;
}

static const struct web_col columns[] = {
	{"title", "field.title", WEB_COL_SORT, "/mailings/", "id"},
	{"sort", "column.what", WEB_COL_SORT},
	{"stage", "column.state", WEB_COL_SORT, .look = "shape"},
	{"to", "mailings.to", WEB_COL_SORT, "", "to_href"},
	{"delivered", "column.got_it", WEB_COL_SORT | WEB_COL_DOWN},
	{"waiting", "column.waiting", WEB_COL_SORT | WEB_COL_DOWN},
	{"failed", "column.failed", WEB_COL_SORT | WEB_COL_DOWN},
	{"total", "column.count", WEB_COL_SORT | WEB_COL_DOWN | WEB_COL_FILE},
	{"starts", "mailings.starts", WEB_COL_SORT | WEB_COL_DOWN},
	{"made", "column.made", WEB_COL_OWN | WEB_COL_DOWN | WEB_COL_FILE},
	{"made_by", "column.made_by", WEB_COL_SORT | WEB_COL_FILE},
	{0},
};
static const struct web_choice kinds[] = {{"survey", "name.mailing.survey"},
	{"media", "name.mailing.media"}, {"link", "name.mailing.link"}, {0}};
static const struct web_choice stages[] = {{"planned", "name.stage.planned"},
	{"started", "name.stage.started"}, {"running", "name.stage.running"},
	{"over", "name.stage.over"}, {"withdrawn", "name.stage.withdrawn"}, {0}};
static const struct web_sift sifts[] = {
	{"q", WEB_SIFT_TEXT, "sift.text"},
	{"kind", WEB_SIFT_SAME, "column.what", .choices = kinds},
	{"stage", WEB_SIFT_SAME, "column.state", "stage_word", .choices = stages},
	{"failed", WEB_SIFT_SAID, "sift.failed", .choices = web_yes_no},
	{"older", WEB_SIFT_AGE, "sift.older", "made", .choices = web_ages},
	{0},
};
static const struct web_listed mailings = {
	.list = "mailings",
	.path = "/mailings",
	.title = "place.mailings",
	.none = "mailings.none",
	.columns = columns,
	.sifts = sifts,
	.walk = walk,
	.beside = beside,
	.live = "mailing. device.heard",
};

int api_mailing_list(struct http_request *rq, void *ctx)
{
	return web_listed(rq, ctx, &mailings);
}

static int get_in(struct store_txn *txn, void *arg)
{
	struct api_read *job = arg;

	int err = web_mailing_whole_doc(job->w, txn, job->rq->arena, http_param(job->rq, "id"),
		http_query(job->rq, "after"), api_most(job->rq), job->rq->lang, job->rq->now,
		job->d);

	return err == 0 && web_is_page(job->rq) ? web_mailing_face(job, txn) : err;
}

int api_mailing_get(struct http_request *rq, void *ctx)
{
	return web_read(rq, ctx, get_in, "mailing");
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
	if (doc_str(d, "day") && web_mailing_start(doc_str(d, "day"), doc_str(d, "time"),
					 &ask->want.starts_at) != 0)
		return "day";
	if (code && inv_code_parse(rq->arena, code, &ask->code) != 0)
		return "item";
	ask->want.title = doc_str(d, "title");
	ask->want.group = doc_str(d, "group");
	ask->want.url = doc_str(d, "url");
	ask->want.media = doc_str(d, "media");
	return NULL;
}

/* On an error the reply is made. */
static int ask_take(struct http_request *rq, struct web_mailing_ask *ask)
{
	static const char *const known[] = {
		"kind", "title", "group", "item", "url", "media", "stay", "at", NULL};
	static const char *const of_page[] = {"kind", "title", "group", "item", "url", "media",
		"stay", "day", "time", "again", NULL};
	const char *bad;
	struct doc *d;
	int err = api_body(rq, web_is_page(rq) ? of_page : known, &d);

	if (err)
		return err;
	*ask = (struct web_mailing_ask){.who = &api_caller(rq)->who, .now = rq->now};
	bad = mailing_take(rq, d, ask);
	if (bad)
		err = api_bad_field(rq, bad, "survey, media, link; 14d; 2026-12-08");
	return bad ? err ? err : ERR_BADINPUT : 0;
}

static int look(struct http_request *rq, struct web *w, const struct web_mailing_ask *ask)
{
	struct doc *d = doc_new(rq->arena);
	struct refusal r;
	int err = web_mailing_look(w, ask, rq->arena, &r, d);

	if (err)
		return api_done(rq, err, &r);
	return web_is_page(rq) ? page_mailing_look(rq, w, ask, d) : http_reply_doc(rq, 200, d);
}

int api_mailing_add(struct http_request *rq, void *ctx)
{
	struct web_mailing_ask ask;
	struct mdm_mailing made;
	struct refusal r;
	struct doc *d;
	int err = ask_take(rq, &ask);

	if (err)
		return err == ERR_BADINPUT ? 0 : err;
	if (text_equal(http_query(rq, "preview"), "yes"))
		return look(rq, ctx, &ask);
	err = web_mailing_add(ctx, &ask, rq->arena, &r, &made);
	if (err)
		return api_done(rq, err, &r);
	if (web_is_page(rq))
		return web_page_go(rq,
			arena_printf(rq->arena, "/mailings/%s?done=mailing-made", made.id));
	d = doc_new(rq->arena);
	web_mailing_doc(&made, d);
	return http_reply_doc(rq, 201, d);
}

int page_mailing_preview(struct http_request *rq, void *ctx)
{
	struct web_mailing_ask ask;
	int err = ask_take(rq, &ask);

	/* the same form again, with what was typed, when one goes back to change it */
	if (err == 0 && web_form_str(rq, "again"))
		return page_mailing_new(rq, ctx);
	return err ? err == ERR_BADINPUT ? 0 : err : look(rq, ctx, &ask);
}

int api_mailing_withdraw(struct http_request *rq, void *ctx)
{
	struct refusal r;

	return api_done(rq,
		web_mailing_withdraw(ctx, &api_caller(rq)->who, http_param(rq, "id"), rq->now, &r),
		&r);
}

int api_mailing_file(struct http_request *rq, void *ctx)
{
	struct web_mailing_file ask = {
		.who = &api_caller(rq)->who, .id = http_param(rq, "id"), .now = rq->now};
	struct refusal r;

	if (file_take(rq, &ask.name, &ask.content))
		return api_missing_field(rq, "file");
	return api_done(rq, web_mailing_file(ctx, &ask, rq->arena, &r), &r);
}

int api_mailing_file_undo(struct http_request *rq, void *ctx)
{
	struct refusal r;

	return api_done(rq,
		web_mailing_file_undo(
			ctx, &api_caller(rq)->who, http_param(rq, "id"), rq->now, &r),
		&r);
}
