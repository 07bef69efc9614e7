/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What is said of a desk beside the quick way: that it happened earlier, that it is a trial, that it
 * comes back to another place; and how a thing on it was when it was looked at.
 */
#include "inventory/scan_int.h"

#include "base/text.h"

void inv_desk_how_end(struct inv_desk *desk, int32_t today)
{
	if (day_of_time(desk->changed_at) != today)
		desk->how = (struct inv_desk_how){0};
}

void inv_desk_how_fill(const struct inv_desk *d, struct inv_out *out)
{
	if (!out->kind)
		out->kind = (enum inv_loan_kind)d->how.kind;
	if (text_empty(out->place_back))
		out->place_back = d->how.place_back;
	if (out->happened_at)
		return;
	out->happened_at = d->how.happened_at;
	out->back_reason = d->how.back_reason;
}

/* --- how --- */

static int decide_how(struct inv_work *w, const struct inv_desk_how *how)
{
	struct inv_place p;
	int err = inv_work_when(w,
		&(struct inv_when){.happened_at = how->happened_at, .why = how->back_reason});

	if (err || text_empty(how->place_back))
		return err;
	err = inv_place_get(w->txn, w->a, how->place_back, &p);
	return err == ERR_NOTFOUND
		       ? refuse(w->r, &inv_say_scan_no_place, how->place_back, NULL, NULL)
		       : err;
}

/* What lies there already: may it be lent so, and until when? */
static int ask_lines(struct inv_work *w, struct inv_desk *d)
{
	struct inv_out_item items[INV_DESK_LINES] = {0};
	struct inv_out out = {
		.borrower = d->borrower, .place = d->place, .items = items, .yes = d->yes};
	struct inv_out_result res;
	int err;

	if (d->mode != INV_DESK_LEND || d->line_count == 0)
		return 0;
	for (uint32_t i = 0; i < d->line_count; i++)
		items[out.item_count++].code = d->lines[i].serial;
	inv_desk_how_fill(d, &out);
	err = inv_out_try(w, &out, &res);
	for (uint32_t i = 0; err == 0 && i < d->line_count; i++) {
		d->lines[i].due = res.item_due[i];
		d->lines[i].by_lease = res.item_by_lease[i];
		err = inv_desk_line_put(w->txn, d->account, d->desk, &d->lines[i]);
	}
	return err;
}

static int how_in(struct inv_work *w, void *arg)
{
	struct inv_desk d;
	int err = decide_how(w, arg);

	w->plain = true;
	if (err == 0)
		err = inv_desk_load_in(w, w->a, &d);
	if (err)
		return err;
	d.how = *(const struct inv_desk_how *)arg;
	err = ask_lines(w, &d);
	return err ? err : inv_desk_keep(w, &d);
}

int inv_desk_how(struct inv *inv, const struct inv_desk_who *by, const struct inv_desk_how *how,
	struct refusal *r)
{
	struct inv_desk_how copy = *how;

	return inv_work_run(inv, by, r, how_in, &copy);
}

/* --- how a thing was --- */

/* Is it of what was just taken back, or renewed? Then undo leads back to that as well. */
static int lies_on_act(struct inv_work *w, const struct inv_desk_line *on, bool *ret)
{
	struct inv_last before;
	bool mine;
	int err = inv_last_get(w->txn, w->a, w->who->actor, w->by->desk, &before);

	if (err)
		return err == ERR_NOTFOUND ? 0 : err;
	mine = on->was_due || text_equal(before.serial, on->serial); /* a renewal is of the loan */
	*ret = before.loan == on->loan && mine &&
	       (text_equal(before.act, "loan.look") ||
		       text_equal(before.act, on->was_due ? "loan.renew" : "loan.in"));
	return 0;
}

/* A reason is of its day: after it, or before. What is out still was late when it was renewed. */
static void shape_look(const struct inv_desk_look *look, struct inv_loan_line *line)
{
	bool out = inv_line_is_open(line->state);
	bool late = out || (line->due && day_of_time(line->in_at) > line->due);

	if (look->condition) {
		line->in_condition = look->condition;
		line->in_note = look->note;
	}
	if (text_empty(look->reason))
		return;
	line->late_reason = late ? look->reason : line->late_reason;
	line->end_reason = late ? line->end_reason : look->reason;
}

/* It is where it was when it came to lie here: back, or renewed and out, whose condition nobody saw. */
static bool is_as_laid(const struct inv_desk_line *on, const struct inv_desk_look *look,
	const struct inv_loan_row *row)
{
	bool out = inv_line_is_open(row->line.state);

	return row->loan.id == on->loan && out == (on->was_due != 0) && !(out && look->condition);
}

/* What came back: its loan and the thing itself say so, and what is broken leaves the shelf. What was renewed:
 * its loan. */
static int look_back(struct inv_work *w, const struct inv_desk_line *on, const struct inv_desk_look *look)
{
	const struct inv_loan_ask ask = {
		.order = INV_LOANS_OF_UNIT, .key = on->serial, .zones = w->by->zones, .most = 1};
	const struct inv_last last = {
		.act = "loan.look", .loan = on->loan, .serial = on->serial, .count = 1};
	struct inv_move m = {.condition = look->condition, .condition_note = look->note};
	struct inv_loan_line now;
	struct inv_loan_row *rows;
	struct doc *d = doc_new(w->a);
	struct inv_loan loan;
	struct inv_unit u;
	const char *next;
	size_t n;
	int err = inv_loan_list(w->txn, w->a, &ask, &rows, &n, &next);

	if (err == 0)
		err = inv_work_unit(w, on->serial, &u);
	if (err == 0 && (n == 0 || !is_as_laid(on, look, &rows[0])))
		return refuse(w->r, &inv_say_look_gone, inv_unit_label(&u), NULL, NULL);
	if (err == 0)
		err = inv_work_loan_get(w, on->loan, &loan);
	if (err == 0)
		err = inv_work_unnamed(w, loan.borrower, look->note);
	if (err == 0)
		err = inv_work_unnamed(w, loan.borrower, look->reason);
	if (err)
		return err;
	err = lies_on_act(w, on, &w->on_top);
	if (err)
		return err;
	now = rows[0].line;
	shape_look(look, &now);
	m.to = u.state == INV_IN_STOCK && look->condition == INV_CONDITION_BROKEN ? INV_REPAIR
										  : u.state;
	err = inv_work_line_change(w, &loan, &rows[0].line, &now);
	if (err == 0 && look->condition)
		err = inv_work_move(w, &u, &m);
	if (look->condition)
		doc_set_str(d, "condition", inv_condition_name(look->condition));
	return err ? err : inv_work_end(w, &last, d);
}

static int unlook(struct inv_work *w, struct inv_desk *d, const struct inv_last *last)
{
	struct inv_loan_full f;
	int err = inv_loan_load(w->txn, w->a, last->loan, &f);

	for (uint32_t i = 0; err == 0 && i < d->line_count; i++) {
		struct inv_desk_line *on = &d->lines[i];

		if (on->loan != last->loan || !text_equal(on->serial, last->serial))
			continue;
		for (size_t k = 0; k < f.line_count; k++) {
			if (!text_equal(f.lines[k].serial, on->serial))
				continue;
			on->condition = f.lines[k].in_condition;
			on->note = f.lines[k].in_note;
			on->reason = text_empty(f.lines[k].late_reason) ? f.lines[k].end_reason
									: f.lines[k].late_reason;
		}
		err = inv_desk_line_put(w->txn, d->account, d->desk, on);
	}
	return err == ERR_NOTFOUND ? 0 : err;
}

int inv_desk_undone(struct inv_work *w, struct inv_desk *d, const struct inv_last *last)
{
	int err = 0;

	if (text_equal(last->act, "loan.look"))
		return unlook(w, d, last);
	for (uint32_t i = 0; err == 0 && last->loan && i < d->line_count; i++) {
		/* a renewal is of the loan */
		if (d->lines[i].loan == last->loan &&
			(text_empty(last->serial) || text_equal(d->lines[i].serial, last->serial)))
			err = inv_desk_drop(w, d, d->lines[i].no);
	}
	return err;
}

static struct inv_desk_line *line_of(struct inv_desk *d, uint32_t no)
{
	for (uint32_t i = 0; i < d->line_count; i++) {
		if (d->lines[i].no == no)
			return &d->lines[i];
	}
	return NULL;
}

static void keep_look(struct inv_desk_line *on, const struct inv_desk_look *look)
{
	if (look->condition) {
		on->condition = look->condition;
		on->note = look->note;
	}
	if (on->loan && !text_empty(look->reason))
		on->reason = look->reason;
}

static int look_in(struct inv_work *w, void *arg)
{
	const struct inv_desk_look *look = arg;
	struct inv_desk_line *on;
	struct inv_desk d;
	int err = inv_work_words(w, look->note, INV_WORDS_MOST);

	if (err == 0)
		err = inv_work_words(w, look->reason, INV_WORDS_MOST);
	if (err == 0)
		err = inv_desk_load_in(w, w->a, &d);
	if (err)
		return err;
	on = line_of(&d, look->line);
	/* numbers begin anew when the desk does */
	if (!text_empty(look->serial) && (!on || !text_equal(on->serial, look->serial)))
		return refuse(w->r, &inv_say_look_other, inv_unit_label_of(w->txn, w->a, look->serial), NULL, NULL);
	if (!on)
		return refuse(w->r, &inv_say_scan_nothing, NULL, NULL, NULL);
	if (on->loan)
		err = look_back(w, on, look);
	else
		w->plain = true;
	keep_look(on, look);
	if (err == 0)
		err = inv_desk_line_put(w->txn, d.account, d.desk, on);
	return err ? err : inv_desk_keep(w, &d);
}

int inv_desk_look(struct inv *inv, const struct inv_desk_who *by, const struct inv_desk_look *look,
	struct refusal *r)
{
	struct inv_desk_look copy = *look;

	return inv_work_run(inv, by, r, look_in, &copy);
}
