/* SPDX-License-Identifier: EUPL-1.2 */
/* The desk beside its quick way: earlier, on trial, back to another place; and how a thing was. */
#include "web/circulation_int.h"

#include "base/text.h"

#define PLACES_MOST 200

/* --- told --- */

void web_how_doc(const struct inv_desk_how *how, struct doc *d)
{
	struct doc *x;

	if (!how->kind && !how->happened_at && text_empty(how->place_back))
		return;
	x = doc_set_object(d, "how");
	if (how->kind)
		doc_set_str(x, "kind", inv_loan_kind_name(how->kind));
	web_doc_opt_time(x, "happened", how->happened_at);
	web_doc_opt(x, "back_reason", how->back_reason);
	web_doc_opt(x, "place_back", how->place_back);
}

void web_conditions_put(struct doc *row, enum say_lang lang, const char *now)
{
	struct doc *list = doc_set_list(row, "conditions");

	for (unsigned c = 1; c < INV_CONDITIONS; c++) {
		struct doc *one = doc_add_object(list);
		const char *text = say_plain(inv_condition_say(c), lang);
		bool chosen = text_equal(now, inv_condition_name(c));

		doc_set_str(one, "code", inv_condition_name(c));
		doc_set_str(one, "text", text);
		doc_set_bool(one, "chosen", chosen);
		if (chosen)
			doc_set_str(row, "condition_text", text);
	}
}

void web_reasons_put(struct doc *row, enum say_lang lang, int32_t today, const char *now)
{
	const char *day = doc_str(row, doc_has(row, "was_due") ? "was_due" : "due");
	const struct say *said = inv_reason_say(now);
	struct doc *list;
	int32_t due;
	bool late;

	if (!day || day_parse(day, &due) != 0)
		return;
	late = due < today;
	if (!late && !inv_reason_is_early(due, today))
		return;
	doc_set_str(row, "reason_name", late ? "late_reason" : "early_reason");
	doc_set_str(row, "reason_label",
		web_text(lang, late ? "field.late_reason" : "field.early_reason"));
	web_doc_opt(row, "reason_text", said ? say_plain(said, lang) : now);
	list = doc_set_list(row, "reasons");
	for (size_t i = 0; inv_reason_at(late, i); i++) {
		const char *code = inv_reason_at(late, i);
		struct doc *one = doc_add_object(list);

		doc_set_str(one, "code", code);
		doc_set_str(one, "text", say_plain(inv_reason_say(code), lang));
		doc_set_bool(one, "chosen", text_equal(code, now));
	}
}

static void put_place(
	struct doc *list, const struct inv_place *p, bool chosen, enum say_lang lang)
{
	struct doc *row = doc_add_object(list);

	doc_set_str(row, "code", p->id);
	doc_set_str(row, "text", inv_place_name(p, lang));
	doc_set_bool(row, "chosen", chosen);
}

/* The one that is chosen stands first and in any case: behind the last that is listed it would be
 * dropped by the next who saves. */
static int put_places(struct store_txn *txn, struct http_request *rq, struct doc *d, const char *now)
{
	struct doc *list = doc_set_list(d, "places");
	struct inv_place chosen, *p;
	const char *next;
	size_t n;
	int err = text_empty(now) ? ERR_NOTFOUND : inv_place_get(txn, rq->arena, now, &chosen);

	if (err == 0) {
		put_place(list, &chosen, true, rq->lang);
		doc_set_str(d, "place_back_name", inv_place_name(&chosen, rq->lang));
	}
	if (err && err != ERR_NOTFOUND)
		return err;
	err = inv_place_list(txn, rq->arena, NULL, PLACES_MOST, &p, &n, &next);
	for (size_t i = 0; err == 0 && i < n; i++) {
		if (!p[i].closed && !text_equal(p[i].id, now))
			put_place(list, &p[i], false, rq->lang);
	}
	return err;
}

/* As it goes out when nobody says otherwise: as the thing itself is known. */
static int put_own(struct store_txn *txn, struct http_request *rq, struct doc *row)
{
	struct inv_unit u;
	int err = doc_has(row, "condition")
			  ? ERR_NOTFOUND
			  : inv_unit_get(txn, rq->arena, doc_str(row, "serial"), &u);

	if (err)
		return err == ERR_NOTFOUND ? 0 : err;
	if (u.condition)
		doc_set_str(row, "condition", inv_condition_name(u.condition));
	web_doc_opt(row, "note", u.condition_note);
	return 0;
}

/* What was typed goes before what is kept. */
static void put_values(struct http_request *rq, const struct inv_desk_how *how, struct doc *d)
{
	const struct web_note *note = rq->note;
	bool again = note && note->problem && text_equal(rq->path, "/desk/how");

	doc_set_bool(d, "again", again);
	if (again) {
		doc_set_str(d, "happened_day", web_form_str(rq, "happened"));
		doc_set_str(d, "why", web_form_str(rq, "back_reason"));
		doc_set_bool(d, "trial", text_equal(web_form_str(rq, "kind"), "trial"));
		return;
	}
	if (how->happened_at)
		web_doc_opt_day(d, "happened_day", day_of_time(how->happened_at));
	doc_set_str(d, "why", how->back_reason);
	doc_set_bool(d, "trial", how->kind == INV_LOAN_TRIAL);
}

/* Asked of what just came back, or was renewed late; and never needed. */
static void put_why(struct http_request *rq, struct doc *row)
{
	int32_t day = day_of_time(rq->now);
	bool back = doc_has(row, "returned") && day_parse(doc_str(row, "returned"), &day) == 0;

	if (back || doc_has(row, "was_due"))
		web_reasons_put(row, rq->lang, day, doc_str(row, "reason"));
}

int web_how_face(struct store_txn *txn, struct http_request *rq, const struct inv_desk *desk,
	struct doc *d)
{
	struct doc *how = doc_object(d, "how"), *more = doc_set_object(d, "more");
	struct doc *lines = doc_list(d, "lines");
	bool again, renews = desk->mode == INV_DESK_RENEW;
	char day[DAY_TEXT];
	int err = 0;

	day_format(day_of_time(rq->now), day);
	doc_set_str(more, "today", day);
	put_values(rq, &desk->how, more);
	again = doc_bool(more, "again", false);
	if (how) {
		doc_set_bool(how, "on_trial", desk->how.kind == INV_LOAN_TRIAL);
		if (desk->how.happened_at)
			web_doc_opt_day(how, "day", day_of_time(desk->how.happened_at));
	}
	for (size_t i = 0; err == 0 && i < doc_list_size(lines); i++) {
		struct doc *row = doc_list_object(lines, i);

		put_why(rq, row);
		if (renews)
			continue;
		if (desk->mode == INV_DESK_LEND)
			err = put_own(txn, rq, row);
		web_conditions_put(row, rq->lang, doc_str(row, "condition"));
		doc_set_bool(row, "looked_at", true);
	}
	return err ? err : put_places(txn, rq, more,
		again ? web_form_str(rq, "place_back") : desk->how.place_back);
}

/* --- said --- */

int api_condition(struct http_request *rq, const struct doc *d, uint32_t *ret)
{
	enum inv_condition c;

	if (!doc_has(d, "condition"))
		return 0;
	if (inv_condition_parse(doc_str(d, "condition"), &c) != 0)
		return api_bad_field(rq, "condition", "new, good, worn, poor, broken") == 0
			       ? ERR_BADINPUT
			       : ERR_INTERNAL;
	*ret = c;
	return 0;
}

int api_desk_how(struct http_request *rq, void *ctx)
{
	static const char *const known[] = {
		"desk", "kind", "happened", "back_reason", "place_back", NULL};
	struct web *w = ctx;
	struct inv_desk_how how = {0};
	enum inv_loan_kind kind = 0;
	struct inv_desk_who by;
	struct refusal r = {0};
	struct doc *in;
	int err = api_body(rq, known, &in);

	if (err == 0)
		err = api_time(rq, in, "happened", &how.happened_at);
	if (err)
		return err == ERR_BADINPUT ? 0 : err;
	if (doc_has(in, "kind") && (inv_loan_kind_parse(doc_str(in, "kind"), &kind) != 0 ||
					   kind == INV_LOAN_SWAP))
		return api_bad_field(rq, "kind", "ordinary, trial");
	how.kind = kind == INV_LOAN_TRIAL ? kind : 0;
	how.back_reason = how.happened_at ? doc_str(in, "back_reason") : NULL;
	how.place_back = doc_str(in, "place_back");
	by = api_desk_who(rq, doc_str(in, "desk"));
	return api_done(rq, inv_desk_how(w->o.inv, &by, &how, &r), &r);
}

int api_desk_look(struct http_request *rq, void *ctx)
{
	static const char *const known[] = {
		"desk", "line", "serial", "condition", "note", "reason", NULL};
	struct web *w = ctx;
	struct inv_desk_look look = {0};
	struct inv_desk_who by;
	struct refusal r = {0};
	struct doc *in;
	int err = api_body(rq, known, &in);

	if (err == 0)
		err = api_count(rq, in, "line", UINT32_MAX, &look.line);
	if (err == 0)
		err = api_condition(rq, in, &look.condition);
	if (err)
		return err == ERR_BADINPUT ? 0 : err;
	look.reason = doc_str(in, "reason");
	if (!look.line || (!look.condition && text_empty(look.reason)))
		return api_missing_field(rq, look.line ? "condition" : "line");
	look.note = doc_str(in, "note");
	look.serial = doc_str(in, "serial");
	by = api_desk_who(rq, doc_str(in, "desk"));
	return api_done(rq, inv_desk_look(w->o.inv, &by, &look, &r), &r);
}
