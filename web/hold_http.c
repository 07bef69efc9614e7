/* SPDX-License-Identifier: EUPL-1.2 */
/* /api/v1/holds, and what is free on which days. */
#include "web/circulation_int.h"

#include "base/text.h"

static int get_in(struct store_txn *txn, void *arg)
{
	struct api_read *job = arg;
	struct inv_hold h;
	size_t place;
	uint64_t id;
	int err = api_id(job->rq, &id);

	if (err == 0)
		err = inv_hold_get(txn, job->rq->arena, id, &h);
	if (err == 0 && !(h.zone & api_people_caller(job->rq).zones))
		return ERR_NOTFOUND;
	if (err == 0)
		err = inv_hold_place(txn, job->rq->arena, &h, &place);
	if (err)
		return err;
	web_hold_doc(&h, job->d, job->rq->lang);
	doc_set_int(job->d, "place_in_queue", (int64_t)place);
	return 0;
}

int api_hold_get(struct http_request *rq, void *ctx)
{
	return api_read(rq, ctx, get_in);
}

int api_hold_add(struct http_request *rq, void *ctx)
{
	static const char *const known[] = {
		"borrower", "product", "place", "from", "to", "note", "yes", NULL};
	struct web *w = ctx;
	struct doc *in, *d = doc_new(rq->arena);
	const struct inv_desk_who by = api_desk_who(rq, NULL);
	struct inv_hold_want want = {0};
	struct refusal r = {0};
	uint64_t id;
	int err = api_body(rq, known, &in);

	if (err == 0)
		err = api_day(rq, in, "from", &want.from);
	if (err == 0)
		err = api_day(rq, in, "to", &want.to);
	if (err == 0)
		err = api_yes(rq, in, &want.yes);
	if (err)
		return err == ERR_BADINPUT ? 0 : err;
	want.borrower = doc_str(in, "borrower");
	if (want.borrower && web_is_page(rq)) {
		err = web_borrower_typed(rq, w, want.borrower, &want.borrower);
		if (err)
			return err;
		if (!want.borrower)
			return web_page_again(
				rq, 400, web_text(rq->lang, "hold.who_wrong"), "borrower");
	}
	want.product = doc_str(in, "product");
	want.place = doc_str(in, "place");
	want.note = doc_str(in, "note");
	err = inv_hold_add(w->o.inv, &by, &want, &r, &id);
	if (err == 0)
		doc_set_int(d, "hold", (int64_t)id);
	return api_circulated(rq, err, &r, d);
}

int api_hold_cancel(struct http_request *rq, void *ctx)
{
	struct web *w = ctx;
	const struct inv_desk_who by = api_desk_who(rq, NULL);
	struct refusal r = {0};
	uint64_t id;
	int err = api_id(rq, &id);

	return err ? err : api_done(rq, inv_hold_cancel(w->o.inv, &by, id, &r), &r);
}

int api_hold_pause(struct http_request *rq, void *ctx)
{
	static const char *const known[] = {"paused", "until", NULL};
	struct web *w = ctx;
	const struct inv_desk_who by = api_desk_who(rq, NULL);
	struct refusal r = {0};
	int32_t until = 0;
	struct doc *in;
	uint64_t id;
	int err = api_id(rq, &id);

	if (err)
		return err;
	err = api_body(rq, known, &in);
	if (err == 0)
		err = api_day(rq, in, "until", &until);
	if (err)
		return err == ERR_BADINPUT ? 0 : err;
	return api_done(rq,
		inv_hold_pause(w->o.inv, &by, id,
			doc_bool(in, "paused", !text_equal(doc_str(in, "paused"), "no")), until,
			&r),
		&r);
}

int api_hold_move(struct http_request *rq, void *ctx)
{
	static const char *const known[] = {"to", NULL};
	struct web *w = ctx;
	const struct inv_desk_who by = api_desk_who(rq, NULL);
	struct refusal r = {0};
	uint32_t to = 0;
	struct doc *in;
	uint64_t id;
	int err = api_id(rq, &id);

	if (err)
		return err;
	err = api_body(rq, known, &in);
	if (err == 0)
		err = api_count(rq, in, "to", INT32_MAX, &to);
	if (err)
		return err == ERR_BADINPUT ? 0 : err;
	return api_done(rq, inv_hold_move(w->o.inv, &by, id, to, &r), &r);
}

static int picks_in(struct store_txn *txn, void *arg)
{
	struct api_read *job = arg;
	const struct inv_pick_ask ask = {.today = day_of_time(job->rq->now),
		.zones = api_people_caller(job->rq).zones,
		.most = api_most(job->rq)};
	struct doc *list = doc_set_list(job->d, "picks");
	struct inv_pick *rows;
	size_t n;
	int err = inv_pick_list(txn, job->rq->arena, &ask, &rows, &n);

	for (size_t i = 0; err == 0 && i < n; i++) {
		const struct inv_hold told = web_hold_told(&rows[i].hold, ask.zones);
		struct doc *row = doc_add_object(list);

		web_hold_doc(&told, row, job->rq->lang);
		doc_set_bool(row, "left_to_others", rows[i].thing_count == 0);
	}
	return err;
}

int api_pick_list(struct http_request *rq, void *ctx)
{
	return api_read(rq, ctx, picks_in);
}

int api_hold_pick(struct http_request *rq, void *ctx)
{
	struct web *w = ctx;
	const struct inv_desk_who by = api_desk_who(rq, NULL);
	struct doc *d = doc_new(rq->arena);
	struct refusal r = {0};
	const char *code;
	uint64_t id = 0;
	bool done;
	int err = api_body_text(rq, "code", &code, &done);

	if (err || done)
		return err;
	err = inv_hold_pick(w->o.inv, &by, code, &r, &id);
	if (err == 0 && id)
		doc_set_int(d, "hold", (int64_t)id);
	return api_circulated(rq, err, &r, d);
}

/* Of nothing said today alone; which one could not be read, or NULL. */
static const char *free_days(const struct http_request *rq, int32_t *ret_first, int32_t *ret_last)
{
	const char *from = http_query(rq, "from"), *to = http_query(rq, "to");

	*ret_first = day_of_time(rq->now);
	if (from && day_parse(from, ret_first) != 0)
		return "from";
	*ret_last = *ret_first;
	return to && day_parse(to, ret_last) != 0 ? "to" : NULL;
}

static int free_in(struct store_txn *txn, void *arg)
{
	struct api_read *job = arg;
	int32_t today = day_of_time(job->rq->now), first, last;
	struct inv_product p;
	struct inv_free f;
	int err = inv_product_get(txn, job->rq->arena, http_param(job->rq, "product"), &p);

	if (err == 0 && free_days(job->rq, &first, &last))
		err = ERR_BADINPUT;
	if (err == 0)
		err = inv_free_between(txn, job->rq->arena, p.id, first, last, today, &f);
	if (err)
		return err;
	doc_set_str(job->d, "product", p.id);
	web_doc_opt_day(job->d, "from", first);
	web_doc_opt_day(job->d, "to", last);
	doc_set_int(job->d, "units", (int64_t)f.units);
	doc_set_int(job->d, "free", f.free);
	web_doc_opt_day(job->d, "fullest", f.fullest);
	return 0;
}

int api_product_free(struct http_request *rq, void *ctx)
{
	struct refusal r = {0};
	int32_t first, last;
	const char *wrong = free_days(rq, &first, &last);

	if (wrong)
		return api_bad_field(rq, wrong, "2026-11-21");
	if (inv_hold_days_decide(first, last, day_of_time(rq->now), &r))
		return http_reply_refusal(rq, &r);
	return api_read(rq, ctx, free_in);
}
