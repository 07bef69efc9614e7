/* SPDX-License-Identifier: EUPL-1.2 */
/* The scan box and the desk it fills. */
#include "web/circulation_int.h"

#include "base/text.h"

/* Each account has its desks by a word of its own ("disk-2"); none is one, too. */
static const char *desk_of(const struct http_request *rq, const struct doc *in)
{
	const char *desk = in ? doc_str(in, "desk") : http_query(rq, "desk");

	return text_empty(desk) ? NULL : desk;
}

struct desk_read {
	struct web *w;
	struct http_request *rq;
	struct doc *d;
	const char *desk;
};

/* The borrower who stands there: by the short name, which is a look and so a write. */
static int name_in(struct store_txn *txn, struct desk_read *j, const char *id)
{
	const struct people_caller who = api_people_caller(j->rq);
	struct doc *d = doc_set_object(j->d, "who");
	struct people_borrower b;
	const char *name;
	int err = people_get(j->w->o.people, txn, j->rq->arena, who.zones, id, &b);

	if (err == 0)
		err = people_short_name(
			j->w->o.people, txn, j->rq->arena, &who, id, j->rq->lang, &name);
	if (err)
		return err == ERR_NOTFOUND ? 0 : err;
	doc_set_str(d, "id", id);
	doc_set_str(d, "name", name);
	doc_set_int(d, "open_loans", b.open_loans);
	return 0;
}

static int desk_in(struct store_txn *txn, void *arg)
{
	struct desk_read *j = arg;
	const char *actor = api_caller(j->rq)->who.actor;
	struct inv_last last;
	struct inv_desk desk;
	int err = inv_desk_load(txn, j->rq->arena, actor, j->desk, &desk);

	j->d = doc_new(j->rq->arena);
	if (err)
		return err;
	web_desk_doc(&desk, j->d);
	if (!text_empty(desk.borrower))
		err = name_in(txn, j, desk.borrower);
	if (err == 0)
		err = inv_last_get(txn, j->rq->arena, actor, j->desk, &last);
	if (err == 0)
		web_last_doc(&last, doc_set_object(j->d, "undo"), j->rq->arena, j->rq->lang);
	return err == ERR_NOTFOUND ? 0 : err;
}

/* --- as a page --- */

/* Where a door leads that is no more than an address. */
static const char *door_address(struct arena *a, const struct doc *door)
{
	const char *act = doc_str(door, "act"), *code = doc_str(door, "code");

	if (text_equal(act, "item") && code)
		return arena_printf(a, "/find?q=%s", web_escape(a, code));
	return text_equal(act, "search") ? "/items" : NULL;
}

/* What the scan said, and what a form must say to let it through. */
static void put_scan(struct http_request *rq, const char *code, struct doc *scan)
{
	const struct doc *asks = doc_list(scan, "asks");
	struct doc *doors = doc_list(scan, "doors");
	const char *ask = NULL;

	doc_set_str(scan, "raw", code);
	for (size_t i = 0; i < doc_list_size(asks); i++)
		ask = arena_printf(
			rq->arena, "%s%s%s", ask ? ask : "", ask ? " " : "", doc_list_str(asks, i));
	doc_set_str(scan, "ask", ask);
	for (size_t i = 0; i < doc_list_size(doors); i++) {
		struct doc *door = doc_list_object(doors, i);

		doc_set_str(door, "to", door_address(rq->arena, door));
	}
}

/* A template cannot ask whether a number is 0. */
static bool is_some(const struct doc *d, const char *key)
{
	int64_t n = 0;

	return doc_int(d, key, &n) == 0 && n > 0;
}

static void put_some(struct doc *d)
{
	struct doc *lines = doc_list(d, "lines"), *who = doc_object(d, "who");

	for (size_t i = 0; i < doc_list_size(lines); i++) {
		struct doc *row = doc_list_object(lines, i);

		doc_set_bool(row, "short", is_some(row, "parts_missing"));
	}
	if (who)
		doc_set_bool(who, "has_loans", is_some(who, "open_loans"));
}

static int desk_face(struct http_request *rq, struct doc *d)
{
	bool lines = doc_list_size(doc_list(d, "lines")) > 0;
	bool who = doc_object(d, "who") != NULL;
	const struct doc *undo = doc_object(d, "undo");

	if (web_is_page(rq)) {
		put_some(d);
		doc_set_bool(d, "any_lines", lines);
		doc_set_bool(d, "busy", lines || who);
		doc_set_bool(d, "ready", lines && who && text_equal(doc_str(d, "mode"), "lend"));
		if (undo && !doc_has(undo, "id"))
			doc_set_bool(d, "undo", false);
	}
	return web_reply(rq, 200, "desk", d);
}

static int scan_face(struct http_request *rq, struct web *w, const struct inv_desk_who *by,
	const char *code, struct doc *scan)
{
	struct desk_read j = {.w = w, .rq = rq, .desk = by->desk};
	int err = store_write(w->o.st, desk_in, &j);

	if (err)
		return err;
	put_scan(rq, code, scan);
	doc_set_doc(j.d, "scan", scan);
	return desk_face(rq, j.d);
}

int api_scan(struct http_request *rq, void *ctx)
{
	static const char *const known[] = {"code", "desk", "yes", NULL};
	struct web *w = ctx;
	struct doc *in, *d = doc_new(rq->arena);
	struct inv_scanned s;
	struct inv_desk_who by;
	const char *code;
	unsigned yes;
	int err = api_body(rq, known, &in);

	if (err == 0)
		err = api_yes(rq, in, &yes);
	if (err)
		return err == ERR_BADINPUT ? 0 : err;
	code = doc_str(in, "code");
	by = api_desk_who(rq, desk_of(rq, in));
	err = inv_scan(w->o.inv, &by, bytes_of_str(code ? code : ""), yes, rq->arena, &s);
	if (err)
		return err;
	web_scanned_doc(&s, d, rq->arena, rq->lang);
	return web_is_page(rq) ? scan_face(rq, w, &by, code, d) : http_reply_doc(rq, 200, d);
}

int api_desk_get(struct http_request *rq, void *ctx)
{
	struct desk_read j = {.w = ctx, .rq = rq, .desk = desk_of(rq, NULL)};
	int err = store_write(j.w->o.st, desk_in, &j);

	return err ? err : desk_face(rq, j.d);
}

int api_desk_clear(struct http_request *rq, void *ctx)
{
	static const char *const known[] = {"desk", "line", NULL};
	struct web *w = ctx;
	struct inv_desk_who by;
	struct refusal r = {0};
	uint32_t line = 0;
	struct doc *in;
	int err = api_body(rq, known, &in);

	if (err == 0)
		err = api_count(rq, in, "line", UINT32_MAX, &line);
	if (err)
		return err == ERR_BADINPUT ? 0 : err;
	by = api_desk_who(rq, desk_of(rq, in));
	return api_done(rq, inv_desk_clear(w->o.inv, &by, line), &r);
}

int api_desk_lend(struct http_request *rq, void *ctx)
{
	static const char *const known[] = {"desk", "place", "place_back", "kind", "happened",
		"back_reason", "agreement", "yes", NULL};
	struct web *w = ctx;
	struct doc *in, *d = doc_new(rq->arena);
	char number[INV_LOAN_NUMBER];
	struct inv_out more = {0};
	struct inv_out_result res;
	struct inv_desk_who by;
	struct refusal r = {0};
	int err = api_body(rq, known, &in);

	if (err == 0)
		err = api_yes(rq, in, &more.yes);
	if (err == 0)
		err = api_time(rq, in, "happened", &more.happened_at);
	if (err)
		return err == ERR_BADINPUT ? 0 : err;
	if (doc_has(in, "kind") && inv_loan_kind_parse(doc_str(in, "kind"), &more.kind) != 0)
		return api_bad_field(rq, "kind", "ordinary, trial, swap");
	more.place = doc_str(in, "place");
	more.place_back = doc_str(in, "place_back");
	more.back_reason = doc_str(in, "back_reason");
	more.agreement = doc_str(in, "agreement");
	by = api_desk_who(rq, desk_of(rq, in));
	err = inv_desk_lend(w->o.inv, &by, &more, &r, &res);
	if (err == 0) {
		doc_set_str(d, "loan", inv_loan_number(res.loan, number));
		web_doc_opt_day(d, "due", res.due);
	}
	return api_circulated(rq, err, &r, d);
}

int api_desk_undo(struct http_request *rq, void *ctx)
{
	static const char *const known[] = {"desk", "id", NULL};
	struct web *w = ctx;
	struct doc *in, *d = doc_new(rq->arena);
	struct inv_desk_who by;
	struct inv_last last;
	struct refusal r = {0};
	int64_t id = 0;
	int err = api_body(rq, known, &in);

	if (err == 0 && doc_has(in, "id")) {
		const char *s = doc_str(in, "id");

		if ((s ? text_parse_i64(s, &id) : doc_int(in, "id", &id)) != 0 || id < 0)
			return api_bad_field(rq, "id", "…");
	}
	if (err)
		return err == ERR_BADINPUT ? 0 : err;
	by = api_desk_who(rq, desk_of(rq, in));
	err = inv_undo(w->o.inv, &by, (uint64_t)id, &r, &last, rq->arena);
	if (err == 0)
		web_last_doc(&last, d, rq->arena, rq->lang);
	return api_circulated(rq, err, &r, d);
}
