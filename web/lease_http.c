/* SPDX-License-Identifier: EUPL-1.2 */
/* Leases over HTTP: what stands on one, what it costs, and what has to go back. */
#include "web/product_int.h"

#include "base/text.h"

static int lease_in(struct store_txn *txn, void *arg)
{
	struct api_read *job = arg;
	struct inv_lease l;
	const char *id;
	int err = inv_code_parse(job->rq->arena, http_param(job->rq, "lease"), &id);

	if (err == 0)
		err = inv_lease_get(txn, job->rq->arena, id, &l);
	if (err)
		return err == ERR_BADINPUT ? ERR_NOTFOUND : err;
	l.end_day = inv_lease_end(&l);
	web_fields_doc(web_lease_fields, &l, job->d);
	err = web_lease_counts(job, txn, &l, job->d);
	return err || !web_is_page(job->rq) ? err : web_lease_face(job, txn, &l);
}

int api_lease_get(struct http_request *rq, void *ctx)
{
	return web_read(rq, ctx, lease_in, "lease");
}

int api_lease_put(struct http_request *rq, void *ctx)
{
	struct web *w = ctx;
	struct inv_lease l = {0};
	struct refusal r = {0};
	struct doc *body;
	bool done;
	int err = web_take_body(rq, web_lease_fields, NULL, &l, &body, &done);

	if (err || done)
		return err;
	if (http_param(rq, "lease"))
		l.id = http_param(rq, "lease");
	err = inv_lease_put(w->o.inv, &api_caller(rq)->who, &l, rq->now, &r);
	return web_agreed_made(rq, err, &r, l.id);
}

int api_lease_follow(struct http_request *rq, void *ctx)
{
	static const char *const known[] = {NULL};
	struct web *w = ctx;
	struct inv_act act = api_act(rq);
	struct refusal r = {0};
	struct doc *d;
	size_t n = 0;
	int err = api_body(rq, known, &d);

	if (err)
		return err == ERR_BADINPUT ? 0 : err;
	act.code = http_param(rq, "lease");
	err = inv_lease_follow(w->o.inv, &act, &r, &n);
	if (err || web_is_page(rq))
		return api_done(rq, err, &r);
	d = doc_new(rq->arena);
	doc_set_bool(d, "done", true);
	doc_set_int(d, "changed", (int64_t)n);
	return http_reply_doc(rq, 200, d);
}
