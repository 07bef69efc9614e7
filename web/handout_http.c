/* SPDX-License-Identifier: EUPL-1.2 */
/* /api/v1/handouts: hand-outs that are planned. */
#include "web/handout_int.h"

#include "base/random.h"
#include "base/text.h"

/* Who it is for and the words beside it: a look. */
static int get_in(struct store_txn *txn, void *arg)
{
	struct api_read *job = arg;
	const struct people_caller who = api_people_caller(job->rq);
	const struct inv_handout_look look = {
		job->w->o.inv, txn, job->rq->arena, job->rq->now};
	struct inv_handout h;
	const char *note = NULL;
	uint64_t id;
	int err = api_id(job->rq, &id);

	job->d = doc_new(job->rq->arena);
	if (err == 0)
		err = inv_handout_get(txn, job->rq->arena, id, &h);
	if (err == 0 && !(h.zone & who.zones))
		return ERR_NOTFOUND;
	if (err == 0)
		err = web_is_page(job->rq) ? web_handout_row(job, txn, &h, job->d)
					   : web_handout_doc(job, txn, &h, job->d);
	if (err == 0 && web_is_page(job->rq) && h.state == INV_HANDOUT_PLANNED)
		err = web_seats_beside(job, txn, &h);
	if (err)
		return err;
	err = inv_handout_note(&look, &who, &h, &note);
	doc_set_bool(job->d, "note_hidden", err == ERR_REFUSED);
	web_doc_opt(job->d, "note", note);
	return err == ERR_REFUSED || err == ERR_NOTFOUND ? 0 : err;
}

int api_handout_get(struct http_request *rq, void *ctx)
{
	struct api_read job = {.w = ctx, .rq = rq};
	int err = store_write(job.w->o.st, get_in, &job);

	return err ? err : web_reply(rq, 200, "handout", job.d);
}

/* --- acts --- */

static int wrong_time(struct http_request *rq, const char *field, const char *form)
{
	int err = web_is_page(rq)
			  ? web_page_again(rq, 400,
				    web_text(rq->lang, text_equal(field, "time")
							       ? "handout.time_wrong"
							       : "handout.day_wrong"),
				    field)
			  : api_bad_field(rq, field, form);

	return err ? err : ERR_BADINPUT;
}

int web_handout_at(struct http_request *rq, const struct doc *in, int64_t *ret)
{
	const char *day = doc_str(in, "day"), *time = doc_str(in, "time");
	const char *clock = web_clock_typed(rq->arena, text_empty(time) ? "9.00" : time);
	int err = api_time(rq, in, "at", ret);

	if (err || text_empty(day))
		return err;
	if (!clock)
		return wrong_time(rq, "time", "10.30");
	return web_mailing_start(day, clock, ret) == 0 ? 0
						       : wrong_time(rq, "day", "2026-11-21");
}

static int read_want(struct http_request *rq, struct web *w, const char *const *known,
	struct inv_handout_want *ret)
{
	struct doc *in;
	int err = api_body(rq, known, &in);

	if (err == 0)
		err = web_handout_at(rq, in, &ret->at);
	if (err == 0)
		err = api_yes(rq, in, &ret->yes);
	if (err)
		return err;
	ret->borrower = doc_str(in, "borrower");
	ret->thing = doc_str(in, "thing");
	ret->product = doc_str(in, "product");
	ret->place = doc_str(in, "place");
	/* A form without it says that it is at the borrower's. */
	if (web_is_page(rq) && !ret->place)
		ret->place = "";
	ret->staff = doc_str(in, "staff");
	ret->note = doc_str(in, "note");
	if (!ret->borrower || !web_is_page(rq))
		return 0;
	err = web_borrower_typed(rq, w, ret->borrower, &ret->borrower);
	if (err || ret->borrower)
		return err;
	err = web_page_again(rq, 400, web_text(rq->lang, "hold.who_wrong"), "borrower");
	return err ? err : ERR_BADINPUT;
}

int api_handout_add(struct http_request *rq, void *ctx)
{
	static const char *const known[] = {"borrower", "thing", "product", "at", "day", "time",
		"place", "staff", "note", "yes", NULL};
	const struct inv_desk_who by = api_desk_who(rq, NULL);
	struct inv_handout_want want = {0};
	struct doc *d = doc_new(rq->arena);
	struct web *w = ctx;
	struct refusal r = {0};
	uint64_t id;
	int err = read_want(rq, w, known, &want);

	if (err)
		return err == ERR_BADINPUT ? 0 : err;
	err = inv_handout_add(w->o.inv, &by, &want, &r, &id);
	if (err == 0)
		doc_set_int(d, "handout", (int64_t)id);
	return api_circulated(rq, err, &r, d);
}

int api_handout_move(struct http_request *rq, void *ctx)
{
	static const char *const known[] = {"at", "day", "time", "place", "staff", NULL};
	const struct inv_desk_who by = api_desk_who(rq, NULL);
	struct inv_handout_want want = {0};
	struct web *w = ctx;
	struct refusal r = {0};
	uint64_t id;
	int err = api_id(rq, &id);

	if (err == 0)
		err = read_want(rq, w, known, &want);
	if (err)
		return err == ERR_BADINPUT ? 0 : err;
	return api_done(rq, inv_handout_move(w->o.inv, &by, id, &want, &r), &r);
}

int api_handout_choose(struct http_request *rq, void *ctx)
{
	static const char *const known[] = {"thing", "product", "yes", NULL};
	const struct inv_desk_who by = api_desk_who(rq, NULL);
	struct inv_handout_want want = {0};
	struct web *w = ctx;
	struct refusal r = {0};
	uint64_t id;
	int err = api_id(rq, &id);

	if (err == 0)
		err = read_want(rq, w, known, &want);
	if (err)
		return err == ERR_BADINPUT ? 0 : err;
	err = inv_handout_choose(w->o.inv, &by, id, &want, &r);
	return api_circulated(rq, err, &r, doc_new(rq->arena));
}

int api_handout_cancel(struct http_request *rq, void *ctx)
{
	const struct inv_desk_who by = api_desk_who(rq, NULL);
	struct web *w = ctx;
	struct refusal r = {0};
	uint64_t id;
	int err = api_id(rq, &id);

	return err ? err : api_done(rq, inv_handout_cancel(w->o.inv, &by, id, &r), &r);
}

/* What was set aside is scanned as if it lay there; what the desk says to it is shown there. */
static int scan_it(struct http_request *rq, struct web *w, const struct inv_desk_who *by,
	const char *code, struct inv_scanned *ret)
{
	char uuid[UUID_TEXT];
	const struct inv_scan_ask ask = {
		.raw = bytes_of_str(code), .key = arena_strdup(rq->arena, random_uuid(uuid))};

	return inv_scan(w->o.inv, by, &ask, rq->arena, ret);
}

int api_handout_start(struct http_request *rq, void *ctx)
{
	static const char *const known[] = {"desk", NULL};
	struct inv_scanned s = {0};
	struct inv_desk_who by;
	struct web *w = ctx;
	struct refusal r = {0};
	struct inv_handout_begin x = {.a = rq->arena};
	struct doc *in;
	int err = api_id(rq, &x.id);

	if (err)
		return err;
	err = api_body(rq, known, &in);
	if (err)
		return err == ERR_BADINPUT ? 0 : err;
	by = api_desk_who(rq, doc_str(in, "desk"));
	err = inv_handout_start(w->o.inv, &by, &x, &r);
	if (err == 0 && x.code)
		err = scan_it(rq, w, &by, x.code, &s);
	if (err || !web_is_page(rq))
		return api_done(rq, err, &r);
	return http_reply_see_other(
		rq, s.key ? arena_printf(rq->arena, "/desk?answer=%s", s.key) : "/desk");
}
