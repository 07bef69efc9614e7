/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Check in, by line and piece by piece. The terms are those the line was lent on: a rule that was
 * changed since neither stops a return nor asks for more.
 */
#include "inventory/circulation_int.h"

#include "base/text.h"

#include <stdio.h>

struct coming {
	const struct inv_in *in;
	struct inv_unit u;
	struct inv_loan loan;
	struct inv_loan_line was, line;
	struct inv_loan_part *parts;
	size_t part_count;
	struct inv_mark mark; /* words alone: erasing is the return's */
	struct inv_return_ask ipad;
	enum inv_state to;
};

/* --- pieces of a kit --- */

static const struct inv_in_part *seen_of(const struct inv_in_part *seen, size_t n, uint32_t no)
{
	for (size_t i = 0; i < n; i++) {
		if (seen[i].no == no)
			return &seen[i];
	}
	return NULL;
}

/* Of a part by its number. */
static int refuse_part(
	struct inv_work *w, const struct say *say, const struct coming *c, uint32_t no)
{
	refuse(w->r, say, inv_unit_label(&c->u), NULL, NULL);
	snprintf(w->r->kept[1], SAY_KEPT, "%u", no);
	return ERR_REFUSED;
}

/* As many as were lent; or as belong to the kit, where one was missing then and has come to light. */
static uint32_t most_of(const struct inv_loan_part *p, const struct inv_part *kit, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (kit[i].pos == p->no && kit[i].expected > p->count)
			return kit[i].expected;
	}
	return p->count;
}

static int decide_one(struct inv_work *w, const struct coming *c, const struct inv_in_part *seen,
	const struct inv_part *kit, size_t n)
{
	const struct inv_loan_part *p = NULL;

	for (size_t i = 0; i < c->part_count && !p; i++)
		p = c->parts[i].no == seen->no ? &c->parts[i] : NULL;
	if (!p)
		return refuse_part(w, &inv_say_part_unknown, c, seen->no);
	if (seen->back <= most_of(p, kit, n))
		return 0;
	refuse(w->r, &inv_say_part_many, inv_unit_label(&c->u), p->name, NULL);
	snprintf(w->r->kept[2], SAY_KEPT, "%u", most_of(p, kit, n));
	return ERR_REFUSED;
}

static int decide_seen(
	struct inv_work *w, const struct coming *c, const struct inv_in_part *seen, size_t n)
{
	struct inv_part *kit;
	size_t kit_n;
	int err = n ? inv_kit_parts(w->txn, w->a, c->u.serial, &kit, &kit_n) : 0;

	for (size_t i = 0; err == 0 && i < n; i++) {
		err = decide_one(w, c, &seen[i], kit, kit_n);
		if (err == 0 && seen_of(seen, i, seen[i].no))
			err = refuse_part(w, &inv_say_part_twice, c, seen[i].no);
	}
	return err;
}

static const char *names_of(struct inv_work *w, const struct coming *c)
{
	const char *all = "";

	for (size_t i = 0; i < c->part_count; i++) {
		if (!c->parts[i].consumable && c->parts[i].count &&
			!inv_names_add(w->a, &all, c->parts[i].name))
			break;
	}
	return all;
}

/* Of a kit that was only scanned nobody has said that its parts are there. */
static int decide_whole(struct inv_work *w, const struct coming *c)
{
	const char *names = names_of(w, c);

	if (!c->in->asks_parts || !*names || (c->in->yes & INV_YES_WHOLE))
		return 0;
	return refuse(w->r, &inv_say_whole, inv_unit_label(&c->u), names, NULL);
}

/* What came back of each piece, in the loan and in the kit itself. */
static int take_parts(
	struct inv_work *w, struct coming *c, const struct inv_in_part *seen, size_t seen_count)
{
	struct inv_part_seen *kit = ARENA_ARRAY(w->a, struct inv_part_seen, c->part_count + 1);
	struct inv_part *missing;
	size_t missing_count;
	int err = decide_seen(w, c, seen, seen_count);

	c->line.parts_missing = 0;
	for (size_t i = 0; err == 0 && i < c->part_count; i++) {
		const struct inv_in_part *s = seen_of(seen, seen_count, c->parts[i].no);
		struct inv_loan_part now = c->parts[i];

		now.back = s ? s->back : now.count;
		now.note = s ? s->note : now.note;
		kit[i] = (struct inv_part_seen){
			.pos = now.no, .present = now.back, .note = s ? s->note : NULL};
		c->line.parts_missing += now.back < now.count && !now.consumable;
		err = inv_work_part(w, &c->parts[i], &now);
	}
	if (err || c->part_count == 0)
		return err;
	return inv_kit_check(w->inv, w->txn, w->who, w->a, &c->u, kit, c->part_count, w->now, w->r,
		&missing, &missing_count);
}

/* --- back --- */

static bool goes_to_repair(const struct coming *c)
{
	return c->in->condition == INV_CONDITION_BROKEN;
}

/* Whether the iPad is erased: as it was chosen, else as the terms say; the SIM's plan stays with
 * the iPad unless it was chosen otherwise. */
static void shape_return(struct coming *c)
{
	const struct inv_in *in = c->in;
	bool wipe = c->was.terms.value[INV_TERM_WIPE] != 0;

	c->ipad.erase = in->erase != MDM_NOT_CHOSEN ? in->erase : wipe ? MDM_YES : MDM_NO;
	c->ipad.preserve_data_plan =
		in->preserve_data_plan != MDM_NOT_CHOSEN ? in->preserve_data_plan : MDM_YES;
	c->mark.to = c->to;
	c->mark.erase = MDM_NO;
}

/* Said now; else of a day before that it was renewed past, unless it is late anew. */
static const char *late_reason_of(const struct coming *c)
{
	if (!text_empty(c->in->late_reason))
		return c->in->late_reason;
	return day_of_time(c->line.in_at) > c->line.due ? NULL : c->was.late_reason;
}

static void shape_line(struct inv_work *w, struct coming *c)
{
	const struct inv_in *in = c->in;
	bool inspect = c->was.terms.value[INV_TERM_INSPECT] && !in->inspected;

	c->to = inspect ? INV_HANDED_IN : goes_to_repair(c) ? INV_REPAIR : INV_IN_STOCK;
	c->line = c->was;
	c->line.state = inspect ? INV_LINE_HANDED_IN : INV_LINE_IN;
	c->line.in_at = in->happened_at ? inv_when_of_day(in->happened_at, c->was.out_at) : w->now;
	c->line.in_registered_at = w->now;
	c->line.in_by = w->who->actor;
	c->line.in_place = in->place;
	c->line.in_condition = in->condition;
	c->line.in_note = in->note;
	c->line.end_reason = in->early_reason;
	c->line.late_reason = late_reason_of(c);
	if (!inspect) {
		c->line.inspected_at = w->now;
		c->line.inspected_by = w->who->actor;
	}
	shape_return(c);
}

/* The thing that was lent in its place is still out: a question before, not a surprise after. */
static int decide_swap(struct inv_work *w, const struct coming *c)
{
	uint64_t swap;
	int err = inv_loan_of_swap(w->txn, c->u.serial, &swap);

	if (err == ERR_NOTFOUND || (err == 0 && (c->in->yes & INV_YES_SWAP)))
		return 0;
	if (err)
		return err;
	refuse(w->r, &inv_say_swap_first, inv_unit_label(&c->u), NULL, NULL);
	inv_loan_number(swap, w->r->kept[1]);
	return ERR_REFUSED;
}

static int move_back(struct inv_work *w, struct coming *c, uint64_t *ret_hold)
{
	char number[INV_LOAN_NUMBER];
	const struct inv_move move = {
		.to = c->to,
		.event = "loan.in",
		.text = inv_loan_number(c->loan.id, number),
		.loan = "",
		.place = c->in->place,
		.found = c->was.state == INV_LINE_LOST,
		.mark = &c->mark,
		.condition = c->in->condition,
		.condition_note = c->in->note,
	};
	int err = inv_work_move(w, &c->u, &move);

	if (err || c->to != INV_IN_STOCK || c->line.parts_missing || c->u.enrolled)
		return err;
	return inv_hold_take(w, &c->u, ret_hold);
}

/* An iPad's way back goes on in its own time: lock off, erase, proof, verdict. */
static int open_return(struct inv_work *w, struct coming *c)
{
	const struct inv_act act = {.who = w->who, .code = c->u.serial, .now = w->now};
	char number[INV_LOAN_NUMBER];

	if (!w->inv->mdm || (!c->u.enrolled && c->u.kind != INV_KIND_IPAD))
		return 0;
	c->ipad.loan = inv_loan_number(c->loan.id, number);
	w->wake = true;
	return inv_return_open(w->inv, w->txn, &act, &c->ipad, w->r);
}

static int end_in(struct inv_work *w, const struct coming *c)
{
	const struct inv_last last = {
		.act = "loan.in", .loan = c->loan.id, .serial = c->u.serial, .count = 1};
	struct doc *d = doc_new(w->a);

	doc_set_str(d, "thing", c->u.serial);
	doc_set_int(d, "line", c->line.no);
	if (c->line.parts_missing)
		doc_set_int(d, "parts_missing", c->line.parts_missing);
	if (c->line.in_at != c->line.in_registered_at)
		doc_set_time(d, "happened", c->line.in_at);
	/* The words are the loan's, and go with it; the audit log is for ever. */
	if (!text_empty(c->in->early_reason))
		doc_set_bool(d, "early", true);
	return inv_work_end(w, &last, d);
}

static void tell(const struct coming *c, struct inv_in_result *ret)
{
	int32_t back = day_of_time(c->line.in_at);

	ret->loan = c->loan.id;
	ret->line = c->line.no;
	ret->closed = c->loan.open == 0;
	ret->handed_in = c->line.state == INV_LINE_HANDED_IN;
	ret->back = back;
	ret->days_late = back > c->line.due ? back - c->line.due : 0;
	ret->parts_missing = c->line.parts_missing;
	ret->was_lost = c->was.state == INV_LINE_LOST;
	ret->asks_sign = (inv_loan_unsigned(&c->loan) & INV_UNSIGNED_IN) != 0;
}

static int words_check(struct inv_work *w, const struct inv_in *in, const char *borrower)
{
	const char *const words[] = {in->early_reason, in->late_reason, in->note};
	int err = 0;

	for (size_t i = 0; err == 0 && i < sizeof(words) / sizeof(words[0]); i++)
		err = inv_work_said(w, borrower, words[i], INV_WORDS_MOST);
	for (size_t i = 0; err == 0 && i < in->part_count; i++)
		err = inv_work_said(w, borrower, in->parts[i].note, INV_WORDS_MOST);
	return err;
}

static int load(struct inv_work *w, struct coming *c)
{
	const struct inv_in *in = c->in;
	int err = inv_work_open(w, in->code, &c->u, &c->loan, &c->was);

	/* Scanned once more: it is no loan any longer, but not done with either. */
	if (err == ERR_REFUSED && w->r->say == &inv_say_not_out && c->u.state == INV_HANDED_IN)
		return refuse(w->r, &inv_say_in_already, inv_unit_label(&c->u), NULL, NULL);
	if (err == 0)
		err = inv_work_when(w,
			&(struct inv_when){inv_when_of_day(in->happened_at, c->was.out_at),
				c->was.out_at, in->back_reason, c->loan.borrower});
	if (err == 0)
		err = words_check(w, in, c->loan.borrower);
	/* whoever holds it may not know, and a return may erase it */
	if (err == 0 && c->u.state == INV_STOLEN && !(in->yes & INV_YES_FOUND))
		return refuse(w->r, &inv_say_stolen_back, inv_unit_label(&c->u), NULL, NULL);
	if (err == 0)
		err = decide_swap(w, c);
	return err ? err
		   : inv_loan_parts(w->txn, w->a, c->loan.id, c->was.no, &c->parts, &c->part_count);
}

int inv_in_in(struct inv_work *w, const struct inv_in *in, struct inv_in_result *ret)
{
	struct coming c = {.in = in};
	int err;

	*ret = (struct inv_in_result){0};
	err = load(w, &c);
	if (err == 0)
		err = decide_whole(w, &c);
	if (err)
		return err;
	shape_line(w, &c);
	err = take_parts(w, &c, in->parts, in->part_count);
	if (err == 0)
		err = inv_work_line_change(w, &c.loan, &c.was, &c.line);
	if (err == 0)
		err = move_back(w, &c, &ret->hold);
	if (err == 0)
		err = open_return(w, &c);
	if (err)
		return err;
	tell(&c, ret);
	return end_in(w, &c);
}

struct in_job {
	const struct inv_in *in;
	const struct inv_inspect *x;
	struct inv_in_result *ret;
};

static int check_in_in(struct inv_work *w, void *arg)
{
	struct in_job *j = arg;

	return inv_in_in(w, j->in, j->ret);
}

int inv_check_in(struct inv *inv, const struct inv_desk_who *by, const struct inv_in *in,
	struct refusal *r, struct inv_in_result *ret)
{
	struct in_job j = {.in = in, .ret = ret};

	return inv_work_run(inv, by, r, check_in_in, &j);
}

/* --- the second step --- */

/* The newest line of the unit, which is the one that waits. */
static int load_handed_in(struct inv_work *w, const char *code, struct coming *c)
{
	const struct inv_loan_ask ask = {
		.order = INV_LOANS_OF_UNIT, .zones = PEOPLE_ZONES, .most = 1};
	struct inv_loan_ask mine = ask;
	struct inv_loan_row *rows;
	bool returning = false;
	const char *next;
	size_t n;
	int err = inv_work_unit(w, code, &c->u);

	if (err)
		return err;
	mine.key = c->u.serial;
	err = inv_loan_list(w->txn, w->a, &mine, &rows, &n, &next);
	if (err)
		return err;
	if (c->u.state != INV_HANDED_IN || n == 0 || rows[0].line.state != INV_LINE_HANDED_IN)
		return refuse(w->r, &inv_say_no_inspection, inv_unit_label(&c->u), NULL, NULL);
	err = w->inv->mdm ? inv_return_is_open(w->txn, c->u.serial, &returning) : 0;
	if (err == 0 && returning) /* whoever judges it there inspects it too */
		err = refuse(w->r, &inv_say_returning, inv_unit_label(&c->u), NULL, NULL);
	c->was = rows[0].line;
	if (err == 0)
		err = inv_work_loan_get(w, rows[0].loan.id, &c->loan);
	return err ? err
		   : inv_loan_parts(w->txn, w->a, c->loan.id, c->was.no, &c->parts, &c->part_count);
}

static int end_inspect(struct inv_work *w, const struct coming *c)
{
	const struct inv_last last = {
		.act = "loan.inspect", .loan = c->loan.id, .serial = c->u.serial, .count = 1};
	struct doc *d = doc_new(w->a);

	doc_set_str(d, "thing", c->u.serial);
	doc_set_str(d, "to", inv_state_name(c->to));
	return inv_work_end(w, &last, d);
}

static int inspect_in(struct inv_work *w, void *arg)
{
	struct in_job *j = arg;
	const struct inv_inspect *x = j->x;
	const struct inv_in in = {.condition = x->condition,
		.note = x->note,
		.parts = x->parts,
		.part_count = x->part_count};
	struct coming c = {.in = &in};
	int err;

	*j->ret = (struct inv_in_result){0};
	err = load_handed_in(w, x->code, &c);
	if (err == 0)
		err = words_check(w, &in, c.loan.borrower);
	if (err)
		return err;
	c.to = x->broken ? INV_REPAIR : INV_IN_STOCK;
	c.mark.to = c.to;
	c.line = c.was;
	c.line.state = INV_LINE_IN;
	c.line.inspected_at = w->now;
	c.line.inspected_by = w->who->actor;
	if (x->condition)
		c.line.in_condition = x->condition;
	if (x->note)
		c.line.in_note = x->note;
	/* What was seen at the desk stands unless it is counted anew. */
	if (x->parts)
		err = take_parts(w, &c, x->parts, x->part_count);
	if (err == 0)
		err = inv_work_line_change(w, &c.loan, &c.was, &c.line);
	if (err == 0)
		err = move_back(w, &c, &j->ret->hold);
	if (err)
		return err;
	tell(&c, j->ret);
	return end_inspect(w, &c);
}

int inv_inspected(struct inv *inv, const struct inv_desk_who *by, const struct inv_inspect *x,
	struct refusal *r, struct inv_in_result *ret)
{
	struct in_job j = {.x = x, .ret = ret};

	return inv_work_run(inv, by, r, inspect_in, &j);
}
