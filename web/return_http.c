/* SPDX-License-Identifier: EUPL-1.2 */
/* /api/v1/returns and /api/v1/devices/{code}/return: iPads on their way back. */
#include "web/api_int.h"

#include "base/text.h"

static int get_in(struct store_txn *txn, void *arg)
{
	struct api_read *job = arg;
	struct inv_return r;
	struct inv_unit u;
	int err = inv_unit_find(txn, job->rq->arena, http_param(job->rq, "code"), &u);

	if (err == 0)
		err = inv_return_get(txn, job->rq->arena, u.serial, &r);
	if (err == 0)
		err = web_return_doc(txn, &r, job->d, job->rq->arena, job->rq->lang, job->rq->now);
	if (err == 0 && web_is_page(job->rq))
		web_return_face(job->rq, job->d);
	return err;
}

int api_return_get(struct http_request *rq, void *ctx)
{
	return web_read(rq, ctx, get_in, "return");
}

/* "1764000000.DMPX1" */
static int after_parse(struct http_request *rq, struct inv_return_after *ret)
{
	const char *s = http_query(rq, "after");
	const char *dot = s ? strchr(s, '.') : NULL;

	if (!s)
		return 0;
	if (!dot || text_parse_i64(
			    arena_strndup(rq->arena, s, (size_t)(dot - s)), &ret->opened_at) != 0)
		return ERR_BADINPUT;
	ret->serial = dot + 1;
	return 0;
}

static int list_in(struct store_txn *txn, void *arg)
{
	struct api_read *job = arg;
	struct http_request *rq = job->rq;
	struct doc *list = doc_set_list(job->d, "returns");
	struct inv_return_after after = {0};
	struct inv_return *r;
	size_t n, most = api_most(rq);
	int err = after_parse(rq, &after);

	if (err == 0)
		err = inv_return_list(txn, rq->arena, &after, most, &r, &n);
	for (size_t i = 0; err == 0 && i < n; i++) {
		struct doc *row = doc_add_object(list);

		err = web_return_doc(txn, &r[i], row, rq->arena, rq->lang, rq->now);
		if (err == 0 && web_is_page(rq))
			web_return_face(rq, row);
	}
	if (err == 0)
		doc_set_str(job->d, "next",
			n == most ? arena_printf(rq->arena, "%lld.%s",
					    (long long)r[n - 1].opened_at, r[n - 1].serial)
				  : NULL);
	return err;
}

int api_return_list(struct http_request *rq, void *ctx)
{
	return web_read(rq, ctx, list_in, "returns");
}

int api_return_go(struct http_request *rq, void *ctx)
{
	static const char *const known[] = {"although_locked", NULL};
	const struct inv_act act = api_act(rq);
	struct web *w = ctx;
	struct refusal r;
	struct doc *d;
	int err = api_body(rq, known, &d);

	if (err)
		return err == ERR_BADINPUT ? 0 : err;
	err = inv_return_go(w->o.inv, &act, doc_bool(d, "although_locked", false), &r);
	return api_done(rq, err, &r);
}

int api_return_finish(struct http_request *rq, void *ctx)
{
	static const char *const known[] = {"verdict", "looked", "note", NULL};
	const struct inv_act act = api_act(rq);
	struct inv_judgement j = {0};
	enum mdm_choice looked;
	struct web *w = ctx;
	struct refusal r;
	struct doc *d;
	int err = api_body(rq, known, &d);

	if (err)
		return err == ERR_BADINPUT ? 0 : err;
	if (!doc_str(d, "verdict") || inv_verdict_parse(doc_str(d, "verdict"), &j.verdict) != 0)
		return api_bad_field(rq, "verdict", "lend, repair, charge, lessor");
	if (api_choice(d, "looked", &looked) != 0)
		return api_bad_field(rq, "looked", "yes, no");
	j.looked = looked == MDM_YES;
	j.note = doc_str(d, "note");
	if (!api_note_ok(j.note))
		return api_bad_field(rq, "note", "0-500");
	err = inv_return_finish(w->o.inv, &act, &j, &r);
	return api_done(rq, err, &r);
}
