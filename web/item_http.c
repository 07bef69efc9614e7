/* SPDX-License-Identifier: EUPL-1.2 */
/* /api/v1/items and /api/v1/tasks/{id}: one thing, its story, and what is done of what is to be. */
#include "web/circulation_int.h"
#include "web/list_int.h"

#include "base/text.h"
#include "web/product_int.h"
#include "web/scope_int.h"

static int get_in(struct store_txn *txn, void *arg)
{
	struct api_read *job = arg;
	struct inv_unit u;
	int err = inv_unit_find(txn, job->rq->arena, http_param(job->rq, "code"), &u);

	if (err == 0)
		err = web_item_row(txn, job->rq, &u, job->d);
	if (err)
		return err;
	if (!web_is_page(job->rq))
		return 0;
	err = web_item_face(job, txn, &u);
	return err ? err : web_unit_face(job, txn, &u);
}

int api_item_get(struct http_request *rq, void *ctx)
{
	return web_read(rq, ctx, get_in, "item");
}

static int history_in(struct store_txn *txn, void *arg)
{
	struct api_read *job = arg;
	const char *before = http_query(job->rq, "before");
	struct doc *list = doc_set_list(job->d, "history");
	struct inv_event *e;
	struct inv_unit u;
	uint64_t seq = 0;
	size_t n;
	int err = inv_unit_find(txn, job->rq->arena, http_param(job->rq, "code"), &u);

	if (err == 0 && before)
		err = text_parse_u64(before, &seq);
	if (err == 0)
		err = inv_history_list(txn, u.serial,
			STORE_PIECE_N(job->rq->arena, seq, api_most(job->rq)), &e, &n);
	for (size_t i = 0; err == 0 && i < n; i++) {
		struct doc *row = doc_add_object(list);

		web_event_doc(&e[i], row);
		doc_set_str(row, "words", web_event_say(job->rq->arena, job->rq->lang, &e[i]));
	}
	return err;
}

int api_item_history(struct http_request *rq, void *ctx)
{
	return api_read(rq, ctx, history_in);
}

int api_item_mark(struct http_request *rq, void *ctx)
{
	static const char *const known[] = {"state", "message", "phone", "footnote", "note",
		"police", "erase", "preserve_data_plan", NULL};
	struct web *w = ctx;
	const struct inv_act act = api_act(rq);
	struct inv_mark mark = {0};
	struct refusal r;
	struct doc *d;
	int err = api_body(rq, known, &d);

	if (err)
		return err == ERR_BADINPUT ? 0 : err;
	if (!doc_str(d, "state") || inv_state_parse(doc_str(d, "state"), &mark.to) != 0)
		return api_bad_field(rq, "state",
			"ordered, delivered, in_stock, on_loan, lost, "
			"stolen, repair, returned_to_lessor, discarded");
	if (api_choice(d, "erase", &mark.erase) != 0)
		return api_bad_field(rq, "erase", "yes, no");
	if (api_choice(d, "preserve_data_plan", &mark.preserve_data_plan) != 0)
		return api_bad_field(rq, "preserve_data_plan", "yes, no");
	mark.message = doc_str(d, "message");
	mark.phone = doc_str(d, "phone");
	mark.footnote = doc_str(d, "footnote");
	mark.note = doc_str(d, "note");
	mark.police = doc_str(d, "police");
	if (!api_note_ok(mark.note))
		return api_bad_field(rq, "note", "0-500");
	r = (struct refusal){0};
	/* a list of things is not yet a hand on what is in the iPads */
	if (mark.erase == MDM_YES)
		err = web_scope_reaches(api_caller(rq)->areas, WEB_AREA_DEVICES, &r);
	if (err)
		return api_done(rq, err, &r);
	err = inv_mark(w->o.inv, &act, &mark, &r);
	return api_done(rq, err, &r);
}

/* Refused or not a list at all: 409 and 400 with the same report, so that every fault is told. */
int api_item_import(struct http_request *rq, void *ctx)
{
	struct web *w = ctx;
	struct inv_import_report report = {0};
	struct doc *d = doc_new(rq->arena);
	struct bytes csv = rq->body;
	int err = inv_import_read(rq->arena, rq->body, &csv);

	if (err == 0)
		err = inv_import_csv(w->o.inv, &api_caller(rq)->who, csv,
		text_equal(http_query(rq, "take_good_rows"), "yes"),
		text_equal(http_query(rq, "dry_run"), "yes"), rq->lang, rq->now, rq->arena,
		&report);

	if (err && err != ERR_REFUSED && err != ERR_BADINPUT)
		return err;
	web_import_doc(&report, d);
	web_import_verdicts(rq, &report, d);
	if (report.id)
		doc_set_int(d, "id", (int64_t)report.id);
	return http_reply_doc(rq, err == ERR_REFUSED ? 409 : err ? 400 : 200, d);
}

int api_task_move_loan(struct http_request *rq, void *ctx)
{
	const struct inv_desk_who by = api_desk_who(rq, NULL);
	struct web *w = ctx;
	struct refusal r = {0};
	uint64_t id;

	if (text_parse_u64(http_param(rq, "id"), &id) != 0)
		return ERR_NOTFOUND;
	return api_done(rq, inv_task_move_loan(w->o.inv, &by, id, &r), &r);
}

int api_task_done(struct http_request *rq, void *ctx)
{
	const struct inv_act act = api_act(rq);
	struct web *w = ctx;
	struct refusal r = {0};
	uint64_t id;

	if (text_parse_u64(http_param(rq, "id"), &id) != 0)
		return ERR_NOTFOUND;
	return api_done(rq, inv_task_done(w->o.inv, &act, id, &r), &r);
}
