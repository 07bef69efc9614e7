/* SPDX-License-Identifier: EUPL-1.2 */
/* /api/v1/ade: Apple's device assignment. */
#include "web/api_int.h"

#include "base/text.h"

static int state_in(struct store_txn *txn, void *arg)
{
	struct api_read *job = arg;
	struct mdm_ade_state s;
	int err = mdm_ade_state_get(txn, job->rq->arena, &s);

	if (err == 0)
		web_ade_doc(&s, job->rq->lang, job->rq->arena, job->d);
	return err;
}

int api_ade_get(struct http_request *rq, void *ctx)
{
	return api_read(rq, ctx, state_in);
}

static int list_in(struct store_txn *txn, void *arg)
{
	struct api_read *job = arg;
	struct doc *list = doc_set_list(job->d, "devices");
	size_t n, most = api_most(job->rq);
	struct mdm_ade_device *x;
	int err = mdm_ade_device_list(
		txn, job->rq->arena, http_query(job->rq, "after"), most, &x, &n);

	for (size_t i = 0; err == 0 && i < n; i++)
		web_ade_device_doc(&x[i], job->rq->lang, job->rq->arena, doc_add_object(list));
	if (err == 0)
		doc_set_str(job->d, "next", n == most ? x[n - 1].serial : NULL);
	return err;
}

int api_ade_devices(struct http_request *rq, void *ctx)
{
	return api_read(rq, ctx, list_in);
}

static int device_in(struct store_txn *txn, void *arg)
{
	struct api_read *job = arg;
	struct mdm_ade_device v;
	int err = mdm_ade_device_get(txn, job->rq->arena, http_param(job->rq, "serial"), &v);

	if (err)
		return err;
	web_ade_device_doc(&v, job->rq->lang, job->rq->arena, job->d);
	return web_activation_doc(txn, v.serial, job->rq->lang, job->rq->arena, job->d);
}

int api_ade_device(struct http_request *rq, void *ctx)
{
	return api_read(rq, ctx, device_in);
}

/* The certificate for Apple's portal. */
int api_ade_key(struct http_request *rq, void *ctx)
{
	struct web *w = ctx;
	const char *pem;
	int err = mdm_ade_key(w->o.mdm, &api_caller(rq)->who, http_query(rq, "new") != NULL,
		rq->now, rq->arena, &pem);

	return err ? err : http_reply(rq, 200, "application/x-pem-file", bytes_of_str(pem));
}

/* The body is the file as Apple gave it. */
int api_ade_token(struct http_request *rq, void *ctx)
{
	struct web *w = ctx;
	struct refusal r = {0};
	int err = mdm_ade_token_import(w->o.mdm, &api_caller(rq)->who, rq->body, rq->now, &r);

	return api_done(rq, err, &r);
}

int api_ade_sync(struct http_request *rq, void *ctx)
{
	static const char *const known[] = {"full", NULL};
	struct web *w = ctx;
	struct refusal r = {0};
	struct doc *d;
	int err = api_body(rq, known, &d);

	if (err)
		return err == ERR_BADINPUT ? 0 : err;
	err = mdm_ade_sync_ask(w->o.mdm, &api_caller(rq)->who, doc_bool(d, "full", false), rq->now);
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

	return err ? err : http_reply_doc(rq, 200, d);
}
