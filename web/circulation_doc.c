/* SPDX-License-Identifier: EUPL-1.2 */
/* Loans, holds, rules and desks as documents. Ids only: a borrower's name is people's to tell. */
#include "web/circulation_int.h"

#include "base/text.h"

#include <stdio.h>

void web_doc_opt_day(struct doc *d, const char *key, int32_t day)
{
	char text[DAY_TEXT];

	if (day)
		doc_set_str(d, key, day_format(day, text));
}

static void set_number(struct doc *d, const char *key, uint64_t loan)
{
	char number[INV_LOAN_NUMBER];

	if (loan)
		doc_set_str(d, key, inv_loan_number(loan, number));
}

void web_terms_doc(const struct inv_terms *t, struct doc *d)
{
	for (unsigned i = 0; i < INV_TERMS; i++) {
		const char *name = inv_term_name((enum inv_term)i);

		if (inv_term_is_choice((enum inv_term)i))
			doc_set_bool(d, name, t->value[i] != 0);
		else
			doc_set_int(d, name, t->value[i]);
	}
	doc_set_int(d, "replacement_ore", t->replacement_ore);
}

void web_loan_doc(const struct inv_loan *l, struct doc *d)
{
	set_number(d, "loan", l->id);
	doc_set_str(d, "zone", people_zone_name((enum people_zone)l->zone));
	doc_set_str(d, "kind", inv_loan_kind_name(l->kind));
	web_doc_opt(d, "borrower", l->borrower);
	web_doc_opt(d, "place", l->place);
	web_doc_opt(d, "place_back", l->place_back);
	doc_set_time(d, "happened", l->happened_at);
	doc_set_time(d, "registered", l->registered_at);
	doc_set_str(d, "by", l->registered_by);
	web_doc_opt(d, "back_reason", l->back_reason);
	doc_set_int(d, "lines_count", l->lines);
	doc_set_int(d, "open", l->open);
	web_doc_opt_day(d, "due", l->due);
	doc_set_bool(d, "sign_out", l->sign_out);
	doc_set_bool(d, "sign_in", l->sign_in);
	doc_set_bool(d, "unsigned_out", (inv_loan_unsigned(l) & INV_UNSIGNED_OUT) != 0);
	doc_set_bool(d, "unsigned_in", (inv_loan_unsigned(l) & INV_UNSIGNED_IN) != 0);
	web_doc_opt(d, "agreement", l->agreement);
	web_doc_opt(d, "return_agreement", l->return_agreement);
	set_number(d, "swap_of", l->swap_of);
	web_doc_opt(d, "swap_thing", l->swap_serial);
	if (l->fault)
		doc_set_int(d, "fault", (int64_t)l->fault);
	web_doc_opt_time(d, "closed", l->closed_at);
	web_doc_opt_time(d, "forgotten", l->forgotten_at);
	doc_set_int(d, "version", l->version);
}

void web_contact_doc(const struct inv_loan_line *l, struct doc *d, enum say_lang lang)
{
	if (!l->contact)
		return;
	doc_set_str(d, "contact", inv_contact_name(l->contact));
	doc_set_str(d, "contact_text", say_plain(inv_contact_say(l->contact), lang));
	web_doc_opt_time(d, "contacted", l->contact_at);
	web_doc_opt(d, "contacted_by", l->contact_by);
	web_doc_opt_day(d, "promised", l->promised);
	doc_set_int(d, "contacts", l->contacts);
}

static void reason_doc(struct doc *d, const char *key, const char *code, enum say_lang lang)
{
	const struct say *say = inv_reason_say(code);
	char text[40];

	web_doc_opt(d, key, code);
	snprintf(text, sizeof(text), "%s_text", key);
	web_doc_opt(d, text, say ? say_plain(say, lang) : code);
}

/* What is told of its way back. */
static void line_back_doc(const struct inv_loan_line *l, struct doc *d, enum say_lang lang)
{
	web_doc_opt_time(d, "in", l->in_at);
	web_doc_opt_time(d, "in_registered", l->in_registered_at);
	web_doc_opt(d, "in_by", l->in_by);
	web_doc_opt(d, "in_place", l->in_place);
	web_doc_opt_time(d, "inspected", l->inspected_at);
	web_doc_opt(d, "inspected_by", l->inspected_by);
	web_doc_opt_time(d, "claimed", l->claimed_at);
	web_doc_opt_time(d, "lost", l->lost_at);
	reason_doc(d, "end_reason", l->end_reason, lang);
	reason_doc(d, "late_reason", l->late_reason, lang);
	if (l->in_condition)
		doc_set_str(d, "in_condition", inv_condition_name(l->in_condition));
	web_doc_opt(d, "in_note", l->in_note);
}

void web_loan_line_doc(const struct inv_loan_line *l, struct doc *d, enum say_lang lang)
{
	doc_set_int(d, "line", l->no);
	doc_set_str(d, "serial", l->serial);
	web_doc_opt(d, "item_number", l->item_number);
	web_doc_opt(d, "product", l->product);
	web_doc_opt(d, "name", l->name);
	doc_set_str(d, "state", inv_line_state_name(l->state));
	doc_set_str(d, "state_text", say_plain(inv_line_state_say(l->state), lang));
	web_doc_opt_day(d, "due", l->due);
	web_doc_opt_day(d, "due_asked", l->due_asked);
	web_doc_opt_day(d, "first_due", l->first_due);
	doc_set_int(d, "renewals", l->renewals);
	doc_set_time(d, "out", l->out_at);
	doc_set_time(d, "out_registered", l->out_registered_at);
	doc_set_str(d, "out_by", l->out_by);
	if (l->out_condition)
		doc_set_str(d, "out_condition", inv_condition_name(l->out_condition));
	web_doc_opt(d, "out_note", l->out_note);
	line_back_doc(l, d, lang);
	web_contact_doc(l, d, lang);
	web_doc_opt(d, "replaced_by", l->replaced_by);
	web_doc_opt(d, "replaces", l->replaces);
	if (l->parts) {
		doc_set_int(d, "parts_count", l->parts);
		doc_set_int(d, "parts_missing", l->parts_missing);
	}
	web_terms_doc(&l->terms, doc_set_object(d, "terms"));
}

static void part_doc(const struct inv_loan_part *p, struct doc *d)
{
	doc_set_int(d, "part", p->no);
	web_doc_opt(d, "name", p->name);
	web_doc_opt(d, "serial", p->serial);
	doc_set_int(d, "count", p->count);
	doc_set_int(d, "back", p->back);
	doc_set_bool(d, "consumable", p->consumable);
	web_doc_opt(d, "note", p->note);
}

void web_loan_full_doc(const struct inv_loan_full *f, struct doc *d, enum say_lang lang)
{
	struct doc *lines;

	web_loan_doc(&f->loan, d);
	lines = doc_set_list(d, "lines");
	for (size_t i = 0; i < f->line_count; i++) {
		struct doc *line = doc_add_object(lines), *parts = NULL;

		web_loan_line_doc(&f->lines[i], line, lang);
		for (size_t p = 0; p < f->part_count; p++) {
			if (f->parts[p].line != f->lines[i].no)
				continue;
			if (!parts)
				parts = doc_set_list(line, "parts");
			part_doc(&f->parts[p], doc_add_object(parts));
		}
	}
}

void web_loan_row_doc(const struct inv_loan_row *r, struct doc *d, enum say_lang lang)
{
	web_loan_doc(&r->loan, d);
	web_loan_line_doc(&r->line, doc_set_object(d, "thing"), lang);
}

struct inv_hold web_hold_told(const struct inv_hold *h, unsigned zones)
{
	if (h->zone & zones)
		return *h;
	return (struct inv_hold){.zone = h->zone,
		.state = h->state,
		.product = h->product,
		.place = h->place,
		.from = h->from};
}

void web_hold_doc(const struct inv_hold *h, struct doc *d, enum say_lang lang)
{
	doc_set_int(d, "hold", (int64_t)h->id);
	doc_set_str(d, "zone", people_zone_name((enum people_zone)h->zone));
	doc_set_str(d, "state", inv_hold_state_name(h->state));
	doc_set_str(d, "state_text", say_plain(inv_hold_state_say(h->state), lang));
	web_doc_opt(d, "borrower", h->borrower);
	doc_set_str(d, "product", h->product);
	web_doc_opt(d, "place", h->place);
	web_doc_opt_day(d, "from", h->from);
	web_doc_opt_day(d, "to", h->to);
	doc_set_bool(d, "paused", h->paused);
	web_doc_opt_day(d, "paused_until", h->paused_until);
	web_doc_opt(d, "serial", h->serial);
	web_doc_opt_day(d, "ready_until", h->ready_until);
	set_number(d, "loan", h->loan);
	doc_set_time(d, "made", h->made_at);
	doc_set_str(d, "made_by", h->made_by);
	web_doc_opt(d, "note", h->note);
}

void web_rule_doc(const struct inv_rule *r, struct doc *d)
{
	doc_set_int(d, "rule", (int64_t)r->id);
	if (r->zone)
		doc_set_str(d, "zone", people_zone_name((enum people_zone)r->zone));
	if (r->kind)
		doc_set_str(d, "kind", inv_kind_name(r->kind));
	web_doc_opt(d, "product", r->product);
	web_doc_opt(d, "category", r->category);
	web_doc_opt(d, "borrower_kind", r->borrower_kind);
	web_doc_opt(d, "place", r->place);
	for (unsigned i = 0; i < INV_TERMS; i++) {
		const char *name = inv_term_name((enum inv_term)i);

		if (r->set[i] && inv_term_is_choice((enum inv_term)i))
			doc_set_bool(d, name, r->set[i] > 1);
		else if (r->set[i])
			doc_set_int(d, name, r->set[i] - 1);
	}
	if (r->replacement_ore)
		doc_set_int(d, "replacement_ore", r->replacement_ore - 1);
	doc_set_str(d, "why", r->why);
	doc_set_time(d, "changed", r->changed_at);
	doc_set_str(d, "changed_by", r->changed_by);
	web_doc_opt_time(d, "ended", r->ended_at);
	doc_set_int(d, "version", r->version);
}

/* --- the desk --- */

static const struct {
	const char *name;
	enum inv_yes bit;
} answers[] = {{"hold", INV_YES_HOLD}, {"limit", INV_YES_LIMIT}, {"late", INV_YES_LATE},
	{"parts", INV_YES_PARTS}, {"swap", INV_YES_SWAP}, {"renew", INV_YES_RENEW},
	{"whole", INV_YES_WHOLE}, {"found", INV_YES_FOUND}};

void web_yes_doc(unsigned yes, struct doc *list)
{
	for (size_t i = 0; i < sizeof(answers) / sizeof(answers[0]); i++) {
		if (yes & answers[i].bit)
			doc_add_str(list, answers[i].name);
	}
}

static void desk_line_doc(const struct inv_desk_line *l, struct doc *d)
{
	doc_set_int(d, "line", l->no);
	doc_set_str(d, "serial", l->serial);
	web_doc_opt(d, "item_number", l->item_number);
	web_doc_opt(d, "product", l->product);
	web_doc_opt(d, "name", l->name);
	web_doc_opt_day(d, "due", l->due);
	web_doc_opt_day(d, "was_due", l->was_due);
	set_number(d, "loan", l->loan);
	if (l->parts) {
		doc_set_int(d, "parts_count", l->parts);
		doc_set_int(d, "parts_missing", l->parts_missing);
	}
	doc_set_bool(d, "handed_in", l->handed_in);
	if (l->hold)
		doc_set_int(d, "hold", (int64_t)l->hold);
	if (l->condition)
		doc_set_str(d, "condition", inv_condition_name(l->condition));
	web_doc_opt(d, "note", l->note);
	web_doc_opt_day(d, "returned", l->back);
	web_doc_opt(d, "reason", l->reason);
	if (l->by_lease)
		doc_set_bool(d, "by_lease", true);
}

void web_desk_doc(const struct inv_desk *desk, struct doc *d)
{
	struct doc *lines;

	doc_set_str(d, "desk", desk->desk);
	doc_set_str(d, "mode", inv_desk_mode_name(desk->mode));
	web_doc_opt(d, "place", desk->place);
	web_doc_opt(d, "borrower", desk->borrower);
	set_number(d, "loan", desk->loan);
	doc_set_int(d, "version", desk->version);
	web_how_doc(&desk->how, d);
	lines = doc_set_list(d, "lines");
	for (uint32_t i = 0; i < desk->line_count; i++)
		desk_line_doc(&desk->lines[i], doc_add_object(lines));
}

static const char *hit_kind_name(unsigned kind)
{
	return kind == INV_HIT_UNIT ? "thing" : kind == INV_HIT_PRODUCT ? "product" : "place";
}

void web_scanned_doc(
	const struct inv_scanned *s, struct doc *d, struct arena *a, enum say_lang lang)
{
	struct doc *list;

	doc_set_str(d, "tone", inv_tone_name(s->tone));
	doc_set_str(d, "did", s->did);
	doc_set_str(d, "code", s->again ? s->said_code : s->said.say ? s->said.say->code : "");
	doc_set_str(d, "text", s->again ? s->told[lang] : refusal_text(a, lang, &s->said));
	doc_set_bool(d, "again", s->again);
	web_doc_opt(d, "serial", s->serial);
	set_number(d, "loan", s->loan);
	web_doc_opt(d, "borrower", s->borrower);
	if (s->asks)
		web_yes_doc(s->asks, doc_set_list(d, "asks"));
	list = doc_set_list(d, "doors");
	for (size_t i = 0; i < s->door_count; i++) {
		struct doc *door = doc_add_object(list);

		doc_set_str(door, "act", s->doors[i].act);
		doc_set_str(door, "label", say_plain(s->doors[i].label, lang));
		web_doc_opt(door, "code", s->doors[i].code);
	}
	list = doc_set_list(d, "choices");
	for (size_t i = 0; i < s->choice_count; i++) {
		struct doc *choice = doc_add_object(list);

		doc_set_str(choice, "kind", hit_kind_name(s->choices[i].kind));
		doc_set_str(choice, "id", s->choices[i].id);
	}
	web_desk_doc(&s->desk, doc_set_object(d, "desk"));
}

void web_last_doc(const struct inv_last *l, struct doc *d, struct arena *a, enum say_lang lang)
{
	doc_set_int(d, "id", (int64_t)l->id);
	doc_set_str(d, "act", l->act);
	doc_set_str(d, "text", inv_last_text(a, lang, l));
	set_number(d, "loan", l->loan);
	web_doc_opt(d, "serial", l->serial);
	doc_set_int(d, "count", l->count);
	doc_set_time(d, "at", l->at);
}

/* --- closed days --- */

/* The closed day that somebody chose, and the one that holds, in words. */
void web_loan_moved_doc(
	const struct inv_loan_full *f, struct doc *d, const struct http_request *rq)
{
	struct doc *lines = doc_list(d, "lines");

	for (size_t i = 0; i < f->line_count; i++) {
		const struct inv_loan_line *l = &f->lines[i];

		if (l->due_asked && inv_line_is_open(l->state))
			doc_set_str(doc_list_object(lines, i), "due_moved",
				inv_due_moved_text(rq->arena, rq->lang, l->due_asked, l->due));
	}
}

/* A day that became a closed one since is told with the next that is open. */
int web_loan_opens_doc(struct store_txn *txn, const struct inv_loan_full *f, struct doc *d)
{
	struct doc *lines = doc_list(d, "lines");
	int err = 0;

	for (size_t i = 0; err == 0 && i < f->line_count; i++) {
		const struct inv_loan_line *l = &f->lines[i];
		int32_t day = l->due;

		if (l->due && inv_line_is_open(l->state))
			err = inv_open_day(txn, f->loan.place_back, l->due, &day);
		if (day != l->due)
			web_doc_opt_day(doc_list_object(lines, i), "opens", day);
	}
	return err;
}

/* What was asked for, what holds, and both in words. */
void web_day_moved_doc(
	struct doc *d, const struct http_request *rq, int32_t asked, int32_t due)
{
	web_doc_opt_day(d, "due", due);
	if (asked == due)
		return;
	web_doc_opt_day(d, "due_asked", asked);
	doc_set_str(d, "text", inv_due_moved_text(rq->arena, rq->lang, asked, due));
}

/* Those that were asked for until a closed day. */
void web_out_moved_doc(struct doc *d, const struct http_request *rq, const struct inv_out *out,
	const struct inv_out_result *res)
{
	struct doc *list = NULL, *one;

	for (size_t i = 0; i < out->item_count; i++) {
		if (!res->item_asked[i])
			continue;
		if (!list)
			list = doc_set_list(d, "moved");
		one = doc_add_object(list);
		doc_set_str(one, "code", out->items[i].code);
		web_day_moved_doc(one, rq, res->item_asked[i], res->item_due[i]);
	}
}
