/* SPDX-License-Identifier: EUPL-1.2 */
/* The things of a loan's page: how each stands, what of it is missing, and the form that takes it back. */
#include "web/circulation_int.h"
#include "web/product_int.h"

#include "base/text.h"

static void put_line(struct doc *line)
{
	static const struct {
		const char *state, *look;
	} looks[] = {{"out", "on_loan"}, {"claimed", "waits"}, {"lost", "lost"},
		{"handed_in", "waits"}, {"in", "in_stock"}, {"written_off", "over"},
		{"replaced", "over"}};
	const char *state = doc_str(line, "state");
	int64_t missing = 0;

	for (size_t i = 0; i < sizeof(looks) / sizeof(looks[0]); i++) {
		if (!text_equal(state, looks[i].state))
			continue;
		doc_set_str(line, "look", looks[i].look);
		doc_set_bool(doc_set_object(line, "is"), state, true);
	}
	doc_set_bool(line, "still_open",
		text_equal(state, "out") || text_equal(state, "claimed") ||
			text_equal(state, "lost"));
	doc_set_bool(line, "short", doc_int(line, "parts_missing", &missing) == 0 && missing > 0);
}

/* Ticked is what did not come back, until it is counted anew; by name where it is told. */
static void put_parts(struct arena *a, struct doc *line)
{
	struct doc *parts = doc_list(line, "parts");
	const char *gone = NULL;

	doc_set_bool(line, "is_kit", doc_list_size(parts) > 0);
	for (size_t i = 0; i < doc_list_size(parts); i++) {
		struct doc *part = doc_list_object(parts, i);
		int64_t back = 0, count = 0;

		if (doc_int(part, "back", &back) != 0 || doc_int(part, "count", &count) != 0)
			continue;
		doc_set_bool(part, "gone", back < count);
		if (back < count && !doc_bool(part, "consumable", false))
			gone = arena_printf(a, "%s%s%s", gone ? gone : "", gone ? ", " : "", doc_str(part, "name"));
	}
	doc_set_str(line, "gone_names", gone);
}

static const char *condition_text(const struct http_request *rq, const struct doc *line, const char *key)
{
	enum inv_condition c;

	if (!doc_has(line, key) || inv_condition_parse(doc_str(line, key), &c) != 0)
		return NULL;
	return say_plain(inv_condition_say(c), rq->lang);
}

/* How it went out and came back; a return that is looked at begins with what is known. */
static void put_conditions(const struct http_request *rq, struct doc *line)
{
	const char *out = condition_text(rq, line, "out_condition");
	const char *in = condition_text(rq, line, "in_condition");
	bool open = doc_bool(line, "still_open", false);

	doc_set_str(line, "out_condition_text", out);
	doc_set_str(line, "in_condition_text", in);
	doc_set_bool(line, "any_condition", out || in);
	web_conditions_put(line, rq->lang,
		open ? NULL : doc_str(line, in ? "in_condition" : "out_condition"));
}

static void put_reasons(const struct http_request *rq, struct doc *line)
{
	if (!doc_bool(line, "still_open", false))
		return;
	web_reasons_put(line, rq->lang, day_of_time(rq->now), NULL);
	doc_set_bool(line, "was_late", text_equal(doc_str(line, "reason_name"), "late_reason"));
}

/* Once for all that is late; what is lost is renewed by nobody. */
static void put_late(const struct http_request *rq, struct doc *d, const struct doc *line)
{
	struct doc *all;

	if (!doc_bool(line, "was_late", false) || doc_object(d, "late_all") ||
		text_equal(doc_str(line, "state"), inv_line_state_name(INV_LINE_LOST)))
		return;
	all = doc_set_object(d, "late_all");
	doc_set_str(all, "due", doc_str(line, "due"));
	web_reasons_put(all, rq->lang, day_of_time(rq->now), NULL);
}

/* A return that was refused is as it was typed. */
static void put_typed(struct http_request *rq, struct doc *line)
{
	static const char *const names[] = {"note", "happened", "back_reason"};
	const struct web_note *note = rq->note;
	bool here = note && note->problem &&
		    text_equal(http_param(rq, "code"), doc_str(line, "serial"));
	int64_t no = 0;

	if (here) {
		struct doc *typed = doc_set_object(line, "typed");

		doc_set_bool(line, "chosen", true);
		doc_set_str(line, "at_line", "");
		for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
			doc_set_str(typed, names[i], web_form_str(rq, names[i]));
		web_conditions_put(line, rq->lang, web_form_str(rq, "condition"));
	} else if (doc_int(line, "line", &no) == 0) {
		doc_set_str(line, "at_line", arena_printf(rq->arena, "-%lld", (long long)no));
	}
}

/* By any of the two numbers that staff may have scanned. */
static bool is_asked(const struct http_request *rq, const struct doc *line)
{
	const char *thing = http_query(rq, "thing");

	return thing && (text_equal_case(thing, doc_str(line, "serial")) ||
				text_equal_case(thing, doc_str(line, "item_number")));
}

void web_loan_lines_face(struct http_request *rq, struct doc *d)
{
	struct doc *lines = doc_list(d, "lines");
	size_t open = 0;
	bool any_short = false;

	for (size_t i = 0; i < doc_list_size(lines); i++) {
		struct doc *line = doc_list_object(lines, i);

		put_line(line);
		put_parts(rq->arena, line);
		doc_set_bool(line, "chosen", is_asked(rq, line));
		put_conditions(rq, line);
		put_reasons(rq, line);
		put_late(rq, d, line);
		put_typed(rq, line);
		open += doc_bool(line, "still_open", false);
		any_short |= doc_bool(line, "short", false);
	}
	doc_set_bool(d, "any_short", any_short);
	doc_set_bool(d, "any_open", open > 0);
	doc_set_bool(d, "some_back", open < doc_list_size(lines));
}
