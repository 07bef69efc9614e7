/* SPDX-License-Identifier: EUPL-1.2 */
/* SIM cards over HTTP. */
#include "web/product_int.h"

static int sim_in(struct store_txn *txn, void *arg)
{
	struct api_read *job = arg;
	const char *host = NULL;
	struct inv_sim sim;
	struct inv_unit u;
	int err = inv_unit_find(txn, job->rq->arena, http_param(job->rq, "code"), &u);

	if (err == 0)
		err = inv_sim_get(txn, job->rq->arena, u.serial, &sim);
	if (err == 0)
		err = inv_sim_host(txn, job->rq->arena, &sim, &host);
	if (err)
		return err;
	web_fields_doc(web_sim_fields, &sim, job->d);
	web_doc_opt(job->d, "in_unit", host);
	doc_set_bool(job->d, "has_pin", sim.pin.n > 0);
	doc_set_bool(job->d, "has_puk", sim.puk.n > 0);
	return web_is_page(job->rq) ? web_sim_face(job, txn, &sim) : 0;
}

int api_sim_get(struct http_request *rq, void *ctx)
{
	return web_read(rq, ctx, sim_in, "sim");
}

/* New without {code}; otherwise the SIM as a whole. */
int api_sim_put(struct http_request *rq, void *ctx)
{
	static const char *const besides[] = {
		"pin", "puk", "item_number", "product", "place", NULL};
	struct web *w = ctx;
	const struct inv_act act = api_act(rq);
	struct inv_sim_ask ask = {0};
	struct refusal r = {0};
	const char *serial = NULL;
	struct doc *body;
	bool done;
	int err = web_take_body(rq, web_sim_fields, besides, &ask.sim, &body, &done);

	if (err || done)
		return err;
	ask.pin = doc_str(body, "pin");
	ask.puk = doc_str(body, "puk");
	ask.item_number = doc_str(body, "item_number");
	ask.product_id = doc_str(body, "product");
	ask.place = doc_str(body, "place");
	err = inv_sim_put(w->o.inv, &act, &ask, rq->arena, &r, &serial);
	return web_made(rq, err, &r, "serial", serial);
}

/* To a browser the SIM's own page, with them on it this once. */
static int reply_codes(
	struct http_request *rq, struct web *w, const char *pin, const char *puk)
{
	struct api_read job = {.w = w, .rq = rq, .d = doc_new(rq->arena)};
	int err = web_is_page(rq) ? store_read(w->o.st, sim_in, &job) : 0;

	if (err)
		return err;
	doc_set_str(job.d, "pin", pin);
	doc_set_str(job.d, "puk", puk);
	if (!web_is_page(rq))
		return web_reply(rq, 200, NULL, job.d);
	doc_set_bool(job.d, "opened", true);
	return web_reply(rq, 200, "sim", job.d);
}

int api_sim_codes(struct http_request *rq, void *ctx)
{
	static const char *const known[] = {"reason", NULL};
	struct web *w = ctx;
	const struct inv_act act = api_act(rq);
	struct refusal r = {0};
	const char *pin, *puk;
	struct doc *d;
	int err = api_body(rq, known, &d);

	if (err)
		return err == ERR_BADINPUT ? 0 : err;
	err = inv_sim_codes_read(w->o.inv, &act, doc_str(d, "reason"), rq->arena, &r, &pin, &puk);
	if (err)
		return api_done(rq, err, &r);
	return reply_codes(rq, w, pin, puk);
}
