/* SPDX-License-Identifier: EUPL-1.2 */
/* /api/v1/ade: Apple's device assignment. */
#include "web/api_int.h"
#include "web/listed_int.h"

#include "base/text.h"

/* What Apple says of one's profile, in words. */
static void put_device(const struct http_request *rq, struct doc *row)
{
	const char *status = doc_str(row, "profile_status");
	bool pushed = text_equal(status, "pushed"), assigned = text_equal(status, "assigned");
	const char *word = !doc_bool(row, "assigned", true) ? "gone"
			   : pushed                         ? "pushed"
			   : assigned                       ? "assigned"
							    : "empty";

	doc_set_str(row, "profile_text",
		web_text(rq->lang, arena_printf(rq->arena, "ade.profile.%s", word)));
	doc_set_str(row, "shape",
		pushed || assigned ? "done" : doc_bool(row, "assigned", true) ? "waits" : "over");
	doc_set_bool(row, "disown_waits",
		doc_has(row, "disown_asked") && !doc_has(row, "disowned"));
}

/* The page lists the devices as well. */
static int state_face(struct api_read *job, struct store_txn *txn, const struct mdm_ade_state *s)
{
	struct doc *list = doc_set_list(job->d, "rows");
	struct mdm_ade_device *x;
	size_t n;
	int err = mdm_ade_device_list(
		txn, STORE_PIECE(job->rq->arena, http_query(job->rq, "after"), API_ROWS), &x, &n);

	for (size_t i = 0; err == 0 && i < n; i++) {
		struct doc *row = doc_add_object(list);

		web_ade_device_doc(&x[i], job->rq->lang, job->rq->arena, row);
		put_device(job->rq, row);
	}
	if (err)
		return err;
	doc_set_str(job->d, "next", n == API_ROWS ? x[n - 1].serial : NULL);
	doc_set_bool(job->d, "later", http_query(job->rq, "after") != NULL);
	doc_set_bool(doc_object(job->d, "ade"), "well", s->has_token && !s->trouble);
	return 0;
}

static int state_in(struct store_txn *txn, void *arg)
{
	struct api_read *job = arg;
	struct mdm_ade_state s;
	int err = mdm_ade_state_get(txn, job->rq->arena, &s);

	/* the page's own "organisation" is the layout's */
	if (err == 0)
		web_ade_doc(&s, job->rq->lang, job->rq->arena,
			web_is_page(job->rq) ? doc_set_object(job->d, "ade") : job->d);
	return err == 0 && web_is_page(job->rq) ? state_face(job, txn, &s) : err;
}

int api_ade_get(struct http_request *rq, void *ctx)
{
	return web_read(rq, ctx, state_in, "ade");
}

static int list_in(struct store_txn *txn, void *arg)
{
	struct api_read *job = arg;
	struct doc *list = doc_set_list(job->d, "devices");
	size_t n, most = api_most(job->rq);
	struct mdm_ade_device *x;
	int err = mdm_ade_device_list(
		txn, STORE_PIECE(job->rq->arena, http_query(job->rq, "after"), most), &x, &n);

	for (size_t i = 0; err == 0 && i < n; i++)
		web_ade_device_doc(&x[i], job->rq->lang, job->rq->arena, doc_add_object(list));
	if (err == 0)
		doc_set_str(job->d, "next", n == most ? x[n - 1].serial : NULL);
	return err;
}

/* --- the devices as a file --- */

static int walk_devices(struct web_walk *k)
{
	struct http_request *rq = k->job->rq;
	struct mdm_ade_device *x;
	size_t n;
	int err = mdm_ade_device_list(k->txn, STORE_PIECE(rq->arena, k->after, k->most), &x, &n);

	for (size_t i = 0; err == 0 && i < n; i++) {
		struct doc *row = doc_add_object(k->rows);

		web_ade_device_doc(&x[i], rq->lang, rq->arena, row);
		put_device(rq, row);
	}
	if (err == 0 && n)
		web_walk_next_text(k, n, x[n - 1].serial);
	return err;
}

static const struct web_col device_columns[] = {
	{"serial", "column.serial", WEB_COL_OWN, "/apple/devices/", "serial"},
	{"description", "column.model", WEB_COL_SORT},
	{"color_text", "column.color", WEB_COL_SORT},
	{"imei", "column.imei", WEB_COL_SORT},
	{"eid", "ade.eid", WEB_COL_SORT},
	{"profile_text", "column.state", WEB_COL_SORT},
	{"trouble_text", "column.why", WEB_COL_SORT},
	{"replaces", "ade.replaces", WEB_COL_SORT},
	{"assigned_at", "ade.assigned_at", WEB_COL_SORT | WEB_COL_DOWN},
	{"gone", "ade.gone", WEB_COL_SORT | WEB_COL_DOWN},
	{0},
};
static const struct web_sift no_sifts[] = {{0}};
static const struct web_listed device_files = {
	.list = "devices",
	.path = "/apple",
	.title = "ade.devices",
	.none = "ade.no_devices",
	.columns = device_columns,
	.sifts = no_sifts,
	.walk = walk_devices,
};

int api_ade_devices(struct http_request *rq, void *ctx)
{
	return web_is_file(rq) ? web_listed(rq, ctx, &device_files) : api_read(rq, ctx, list_in);
}

int page_ade(struct http_request *rq, void *ctx)
{
	return web_is_file(rq) ? web_listed(rq, ctx, &device_files) : api_ade_get(rq, ctx);
}

static int device_in(struct store_txn *txn, void *arg)
{
	struct api_read *job = arg;
	struct mdm_ade_device v;
	int err = mdm_ade_device_get(txn, job->rq->arena, http_param(job->rq, "serial"), &v);

	if (err)
		return err;
	web_ade_device_doc(&v, job->rq->lang, job->rq->arena, job->d);
	if (web_is_page(job->rq))
		put_device(job->rq, job->d);
	return web_activation_doc(txn, v.serial, job->rq->lang, job->rq->arena, job->d);
}

int api_ade_device(struct http_request *rq, void *ctx)
{
	return web_read(rq, ctx, device_in, "ade-device");
}

/* The certificate for Apple's portal. */
int api_ade_key(struct http_request *rq, void *ctx)
{
	struct web *w = ctx;
	const char *pem;
	int err = mdm_ade_key(w->o.mdm, &api_caller(rq)->who, http_query(rq, "new") != NULL,
		rq->now, rq->arena, &pem);

	if (err)
		return err;
	http_reply_header(rq, "Content-Disposition", "attachment; filename=\"hylla.pem\"");
	return http_reply(rq, 200, "application/x-pem-file", bytes_of_str(pem));
}

/* The body is the file as Apple gave it. */
int api_ade_token(struct http_request *rq, void *ctx)
{
	const struct http_upload *up = web_form_file(rq, "file");
	struct web *w = ctx;
	struct refusal r = {0};
	int err;

	if (web_is_page(rq) && !up)
		return api_missing_field(rq, "file");
	err = mdm_ade_token_import(
		w->o.mdm, &api_caller(rq)->who, up ? up->content : rq->body, rq->now, &r);
	return api_done(rq, err, &r);
}

int api_ade_sync(struct http_request *rq, void *ctx)
{
	static const char *const known[] = {"full", NULL};
	enum mdm_choice full;
	struct web *w = ctx;
	struct refusal r = {0};
	struct doc *d;
	int err = api_body(rq, known, &d);

	if (err)
		return err == ERR_BADINPUT ? 0 : err;
	if (api_choice(d, "full", &full) != 0)
		return api_bad_field(rq, "full", "yes, no");
	err = mdm_ade_sync_ask(w->o.mdm, &api_caller(rq)->who, full == MDM_YES, rq->now);
	if (err == ERR_NOTFOUND)
		err = refuse(&r, mdm_ade_say_no_token(), NULL, NULL, NULL);
	return api_done(rq, err, &r);
}

static int act(struct http_request *rq, struct web *w,
	int (*fn)(struct mdm *m, const struct audit_who *who, const char *serial, int64_t now,
		struct refusal *r))
{
	struct refusal r = {0};
	int err = fn(w->o.mdm, &api_caller(rq)->who, http_param(rq, "serial"), rq->now, &r);

	return api_done(rq, err, &r);
}

int api_ade_assign(struct http_request *rq, void *ctx)
{
	return act(rq, ctx, mdm_ade_assign_ask);
}

int api_ade_disown(struct http_request *rq, void *ctx)
{
	return act(rq, ctx, mdm_ade_disown_ask);
}

int api_ade_disown_confirm(struct http_request *rq, void *ctx)
{
	return act(rq, ctx, mdm_ade_disown_confirm);
}

int api_ade_profile(struct http_request *rq, void *ctx)
{
	struct web *w = ctx;
	struct doc *d;
	int err = mdm_ade_profile_doc(w->o.mdm, rq->arena, &d);

	return err ? err : web_reply(rq, 200, NULL, d);
}
