/* SPDX-License-Identifier: EUPL-1.2 */
/* Deliveries over HTTP: what was ordered, announced and received, and each difference. */
#include "web/product_int.h"

#include "base/text.h"

static int delivery_in(struct store_txn *txn, void *arg)
{
	struct api_read *job = arg;
	struct inv_delivery l;
	const char *id;
	int err = inv_code_parse(job->rq->arena, http_param(job->rq, "delivery"), &id);

	if (err == 0)
		err = inv_delivery_get(txn, job->rq->arena, id, &l);
	if (err)
		return err == ERR_BADINPUT ? ERR_NOTFOUND : err;
	web_fields_doc(web_delivery_fields, &l, job->d);
	web_delivery_sums(job, &l, job->d);
	err = web_delivery_things(job, txn, &l);
	return err || !web_is_page(job->rq) ? err : web_delivery_face(job, txn, &l);
}

int api_delivery_get(struct http_request *rq, void *ctx)
{
	return web_read(rq, ctx, delivery_in, "delivery");
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
	if (http_param(rq, "delivery"))
		l.id = http_param(rq, "delivery");
	err = inv_delivery_put(w->o.inv, &api_caller(rq)->who, &l, rq->now, &r);
	return web_agreed_made(rq, err, &r, l.id);
}

int api_delivery_receive(struct http_request *rq, void *ctx)
{
	struct web *w = ctx;
	struct inv_act act = api_act(rq);
	struct refusal r = {0};
	bool done;
	int err = api_body_text(rq, "code", &act.code, &done);

	if (err || done)
		return err;
	return api_done(
		rq, inv_delivery_receive(w->o.inv, &act, http_param(rq, "delivery"), &r), &r);
}

/* Serial numbers as they are written in an e-mail: apart by lines, blanks, commas, semicolons. */
static size_t split(struct arena *a, const char *s, const char ***ret)
{
	static const char apart[] = " \t\r\n,;";
	const char **list = ARENA_ARRAY(a, const char *, strlen(s) / 2 + 2);
	size_t n = 0;

	for (s += strspn(s, apart); *s; s += strspn(s, apart)) {
		size_t len = strcspn(s, apart);

		list[n++] = arena_strndup(a, s, len);
		s += len;
	}
	*ret = list;
	return n;
}

int api_delivery_announce(struct http_request *rq, void *ctx)
{
	struct web *w = ctx;
	struct inv_act act = api_act(rq);
	struct refusal r = {0};
	const char *text, **codes;
	bool done;
	size_t n;
	int err = api_body_text(rq, "codes", &text, &done);

	if (err || done)
		return err;
	act.code = http_param(rq, "delivery");
	n = split(rq->arena, text, &codes);
	return api_done(rq, inv_delivery_announce(w->o.inv, &act, codes, n, &r), &r);
}

static int settle(struct http_request *rq, struct web *w, enum inv_settle how)
{
	struct inv_act act = api_act(rq);
	struct refusal r = {0};
	bool done;
	int err = api_body_text(rq, "code", &act.code, &done);

	if (err || done)
		return err;
	return api_done(rq,
		inv_delivery_settle(w->o.inv, &act, http_param(rq, "delivery"), how, &r), &r);
}

int api_delivery_keep(struct http_request *rq, void *ctx)
{
	return settle(rq, ctx, INV_SETTLE_KEEP);
}

int api_delivery_later(struct http_request *rq, void *ctx)
{
	return settle(rq, ctx, INV_SETTLE_LATER);
}

int api_delivery_undo(struct http_request *rq, void *ctx)
{
	return settle(rq, ctx, INV_SETTLE_UNDO);
}
