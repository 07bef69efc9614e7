/* SPDX-License-Identifier: EUPL-1.2 */
/* /api/v1/returns and /api/v1/devices/{code}/return: iPads on their way back. */
#include "web/listed_int.h"

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
static int after_parse(const struct web_walk *k, struct inv_return_after *ret)
{
	const char *dot = k->after ? strchr(k->after, '.') : NULL;
	struct arena *a = k->job->rq->arena;

	if (!k->after)
		return 0;
	if (!dot || text_parse_i64(arena_strndup(a, k->after, (size_t)(dot - k->after)),
			    &ret->opened_at) != 0)
		return ERR_BADINPUT;
	ret->serial = dot + 1;
	return 0;
}

static int walk(struct web_walk *k)
{
	const struct http_request *rq = k->job->rq;
	struct inv_return_after after = {0};
	struct inv_return *r = NULL;
	size_t n = 0;
	int err = after_parse(k, &after);

	if (err == 0)
		err = inv_return_list(k->txn, rq->arena, &after, k->most, &r, &n);
	for (size_t i = 0; err == 0 && i < n; i++) {
		struct doc *row = doc_add_object(k->rows);

		err = web_return_doc(k->txn, &r[i], row, rq->arena, rq->lang, rq->now);
		if (err == 0)
			err = web_listed_thing(k, r[i].serial, row);
		if (err == 0)
			web_return_row(rq, row);
	}
	if (err == 0)
		k->next = n && n == k->most ? arena_printf(rq->arena, "%lld.%s",
						      (long long)r[n - 1].opened_at,
						      r[n - 1].serial)
					    : NULL;
	return err;
}

static int options_phase(struct web_form_ask *ask)
{
	for (unsigned i = INV_RETURN_ASKING; i < INV_RETURN_DONE; i++) {
		const char *name = inv_return_phase_name(i);

		web_option_add(ask, name,
			web_text(ask->job->rq->lang,
				arena_printf(ask->job->rq->arena, "return.phase.%s", name)));
	}
	return 0;
}

static const struct web_col columns[] = {
	{"unit_title", "column.thing", WEB_COL_SORT, "", "return_href"},
	{"serial", "column.serial", WEB_COL_FILE},
	{"stage", "column.state", WEB_COL_SORT, .look = "shape"},
	{"text", "column.why"},
	{"advised", "column.advice", WEB_COL_SORT},
	{"opened", "returns.since", WEB_COL_OWN},
	{"opened_by", "column.made_by", WEB_COL_SORT | WEB_COL_FILE},
	{"loan", "column.loan", WEB_COL_SORT | WEB_COL_FILE},
	{"place_name", "column.place", WEB_COL_SORT},
	{0},
};
static const struct web_sift sifts[] = {
	{"q", WEB_SIFT_TEXT, "sift.text"},
	{"phase", WEB_SIFT_SAME, "column.state", .options = options_phase},
	{"place", WEB_SIFT_SAME, "column.place", .options = web_options_place},
	{"older", WEB_SIFT_AGE, "sift.older", "opened", .choices = web_ages},
	{0},
};
static const struct web_listed returns = {
	.list = "returns",
	.path = "/returns",
	.title = "returns.title",
	.none = "returns.none",
	.columns = columns,
	.sifts = sifts,
	.walk = walk,
	.live = "return. device.heard",
};

int api_return_list(struct http_request *rq, void *ctx)
{
	return web_listed(rq, ctx, &returns);
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
