/* SPDX-License-Identifier: EUPL-1.2 */
/* Leases and deliveries over HTTP. */
#include "web/product_int.h"

#include "base/text.h"

static int leases_in(struct store_txn *txn, void *arg)
{
	struct api_read *job = arg;
	struct inv_lease *l;
	size_t n;
	int err = inv_lease_list(txn,
		STORE_PIECE(job->rq->arena, http_query(job->rq, "after"), api_most(job->rq)), &l,
		&n);

	if (err)
		return err;
	for (size_t i = 0; i < n; i++)
		l[i].end_day = inv_lease_end(&l[i]);
	web_rows_doc(web_lease_fields, l, sizeof(*l), n, doc_set_list(job->d, "leases"));
	return 0;
}

int api_lease_list(struct http_request *rq, void *ctx)
{
	return api_read(rq, ctx, leases_in);
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
	return api_done(rq, inv_lease_put(w->o.inv, &api_caller(rq)->who, &l, rq->now, &r), &r);
}

static int deliveries_in(struct store_txn *txn, void *arg)
{
	struct api_read *job = arg;
	struct inv_delivery *l;
	size_t n;
	int err = inv_delivery_list(txn,
		STORE_PIECE(job->rq->arena, http_query(job->rq, "after"), api_most(job->rq)), &l,
		&n);

	if (err == 0)
		web_rows_doc(
			web_delivery_fields, l, sizeof(*l), n, doc_set_list(job->d, "deliveries"));
	return err;
}

int api_delivery_list(struct http_request *rq, void *ctx)
{
	return api_read(rq, ctx, deliveries_in);
}

int api_delivery_put(struct http_request *rq, void *ctx)
{
	struct web *w = ctx;
	struct inv_delivery l = {0};
	struct refusal r = {0};
	struct doc *body;
	bool done;
	int err = web_take_body(rq, web_delivery_fields, NULL, &l, &body, &done);

	if (err || done)
		return err;
	return api_done(rq, inv_delivery_put(w->o.inv, &api_caller(rq)->who, &l, rq->now, &r), &r);
}

int api_delivery_receive(struct http_request *rq, void *ctx)
{
	static const char *const known[] = {"code", NULL};
	struct web *w = ctx;
	struct inv_act act = api_act(rq);
	struct refusal r = {0};
	struct doc *d;
	int err = api_body(rq, known, &d);

	if (err)
		return err == ERR_BADINPUT ? 0 : err;
	act.code = doc_str(d, "code");
	if (text_empty(act.code))
		return api_missing_field(rq, "code");
	return api_done(
		rq, inv_delivery_receive(w->o.inv, &act, http_param(rq, "delivery"), &r), &r);
}
