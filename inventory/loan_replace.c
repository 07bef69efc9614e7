/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * One iPad took the place of another. Who borrowed the one has the other: the loan goes on, with
 * its number, its terms and its agreement; the old one's line ends as replaced, and a new line
 * begins. Nothing of it can be undone from a desk, since no desk did it.
 */
#include "inventory/circulation_int.h"

#include "base/text.h"

bool inv_replace_decide(const struct inv_loan *loan, const struct inv_loan_line *line,
	const struct inv_unit *u, bool in_return)
{
	if (line->state != INV_LINE_OUT || loan->lines >= INV_LOAN_LINES || in_return)
		return false;
	if (u->zone && u->zone != loan->zone)
		return false;
	return !u->display && text_empty(u->loan) &&
	       (u->state == INV_DELIVERED || u->state == INV_IN_STOCK);
}

/* --- kits --- */

static int save(struct inv_work *w, const struct inv_unit *before, struct inv_unit *u,
	const struct inv_event *e)
{
	struct inv_event event = *e;
	int err;

	event.at = w->now;
	event.actor = w->who->actor;
	err = inv_history_add(w->txn, u, &event);
	u->changed_at = w->now;
	return err ? err : inv_unit_put(w->txn, before, u);
}

static int rename_part(struct inv_work *w, struct inv_part *p, const struct inv_unit *u)
{
	const struct inv_event e = {.kind = "kit", .text = u->serial};
	struct inv_unit before, part;
	int err = inv_part_del(w->txn, 'u', p);

	p->kit = u->serial;
	if (err == 0)
		err = inv_part_put(w->txn, 'u', p);
	if (err || !p->unit)
		return err;
	err = inv_unit_get(w->txn, w->a, p->unit, &before);
	part = before;
	part.kit = u->serial;
	return err ? err : save(w, &before, &part, &e);
}

/* Its case and its charger stay with the borrower: they are the new one's now. */
static int take_parts(struct inv_work *w, struct inv_unit *old, struct inv_unit *u)
{
	const struct inv_event e = {.kind = "kit", .text = old->serial};
	const struct inv_unit old_before = *old, before = *u;
	struct inv_part *parts;
	size_t n;
	int err = old->parts && !u->parts ? inv_kit_parts(w->txn, w->a, old->serial, &parts, &n)
					  : ERR_NOTFOUND;

	if (err)
		return err == ERR_NOTFOUND ? 0 : err;
	for (size_t i = 0; err == 0 && i < n; i++)
		err = rename_part(w, &parts[i], u);
	u->parts = old->parts;
	u->parts_missing = old->parts_missing;
	old->parts = old->parts_missing = 0;
	if (err == 0)
		err = inv_unit_put(w->txn, &old_before, old);
	return err ? err : save(w, &before, u, &e);
}

/* It was one of the things in a bag: the new one lies there instead. */
static int take_place(struct inv_work *w, struct inv_unit *old, struct inv_unit *u)
{
	const struct inv_event e = {.kind = "kit", .text = old->kit};
	const struct inv_unit old_before = *old, before = *u;
	struct inv_part *parts;
	size_t n;
	int err;

	if (text_empty(old->kit) || !text_empty(u->kit) || u->parts)
		return 0;
	err = inv_kit_parts(w->txn, w->a, old->kit, &parts, &n);
	for (size_t i = 0; err == 0 && i < n; i++) {
		if (!text_equal(parts[i].unit, old->serial))
			continue;
		parts[i].unit = u->serial;
		err = inv_part_put(w->txn, 'u', &parts[i]);
	}
	u->kit = old->kit;
	old->kit = NULL;
	if (err == 0)
		err = inv_unit_put(w->txn, &old_before, old);
	return err ? err : save(w, &before, u, &e);
}

/* --- the loan --- */

/* The pieces that went out with it are to come back with the new one. */
static int move_loan_parts(struct inv_work *w, const struct inv_loan_line *was, uint32_t no)
{
	struct inv_loan_part *parts;
	size_t n;
	int err = inv_loan_parts(w->txn, w->a, was->loan, was->no, &parts, &n);

	for (size_t i = 0; err == 0 && i < n; i++) {
		err = inv_loan_part_del(w->txn, was->loan, was->no, parts[i].no);
		parts[i].line = no;
		if (err == 0)
			err = inv_loan_part_put(w->txn, &parts[i]);
	}
	return err;
}

static struct inv_loan_line new_line(const struct inv_work *w, const struct inv_loan *loan,
	const struct inv_loan_line *was, const struct inv_unit *u)
{
	struct inv_loan_line now = *was;

	now.no = loan->lines + 1;
	now.serial = u->serial;
	now.item_number = u->item_number;
	now.out_at = now.out_registered_at = w->now;
	now.out_by = w->who->actor;
	now.out_condition = u->condition;
	now.out_note = NULL;
	now.replaces = was->serial;
	now.replaced_by = NULL;
	now.unknown = (struct bytes){0};
	return now;
}

/* The new line first: the loan is never without an open one, so it does not end. */
static int move_line(struct inv_work *w, struct inv_loan *loan, const struct inv_loan_line *was,
	const struct inv_unit *u)
{
	struct inv_loan_line line = new_line(w, loan, was, u), now = *was;
	int32_t lease;
	int err = inv_lease_last(w->txn, w->a, u, &lease);

	if (err == 0)
		err = inv_lease_shorten(w->txn, loan->place_back, lease, &line.due);
	if (line.due != was->due)
		line.due_asked = 0;
	if (err == 0)
		err = inv_work_line(w, NULL, &line);
	if (err == 0)
		err = move_loan_parts(w, was, line.no);
	loan->lines++;
	now.state = INV_LINE_REPLACED;
	now.replaced_by = u->serial;
	now.end_reason = "replaced";
	now.in_at = now.in_registered_at = w->now;
	now.in_by = w->who->actor;
	now.parts = now.parts_missing = 0;
	return err ? err : inv_work_line_change(w, loan, was, &now);
}

static int hand_over(
	struct inv_work *w, struct inv_unit *u, const struct inv_unit *old, uint64_t loan)
{
	char number[INV_LOAN_NUMBER];
	const struct inv_last last = {.act = "loan.replaced", .loan = loan, .serial = u->serial};
	const struct inv_move move = {.to = INV_ON_LOAN,
		.event = "loan.out",
		.text = inv_loan_number(loan, number),
		.loan = number,
		.lent = true};
	struct doc *d = doc_new(w->a);
	int err = inv_work_move(w, u, &move);

	doc_set_str(d, "from", old->serial);
	doc_set_str(d, "to", u->serial);
	return err ? err : inv_work_end(w, &last, d);
}

/* As a thing in a bag that is lent: the line is the bag's and stays. */
static int rename_in_line(struct inv_work *w, const struct inv_loan_line *line,
	const struct inv_unit *old, const struct inv_unit *u)
{
	struct inv_loan_part *parts;
	size_t n;
	int err = inv_loan_parts(w->txn, w->a, line->loan, line->no, &parts, &n);

	for (size_t i = 0; err == 0 && i < n; i++) {
		if (!text_equal(parts[i].serial, old->serial))
			continue;
		parts[i].serial = u->serial;
		err = inv_loan_part_put(w->txn, &parts[i]);
	}
	return err;
}

static int move_swap(struct inv_work *w, const struct inv_unit *old, const struct inv_unit *u)
{
	struct inv_loan was, now;
	uint64_t id;
	int err = inv_loan_of_swap(w->txn, old->serial, &id);

	if (err == 0)
		err = inv_loan_get(w->txn, w->a, id, &was);
	if (err)
		return err == ERR_NOTFOUND ? 0 : err;
	now = was;
	now.swap_serial = u->serial;
	return inv_work_loan(w, &was, &now);
}

/* The open line it stands on: its own, or that of the bag it lies in. */
static int open_line(struct inv_work *w, const struct inv_unit *old, struct inv_loan *loan,
	struct inv_loan_line *line, bool *ret_bag)
{
	int err = inv_loan_of_unit(w->txn, w->a, old->serial, loan, line);

	*ret_bag = err == ERR_NOTFOUND && !text_empty(old->kit) && !text_empty(old->loan);
	return *ret_bag ? inv_loan_of_unit(w->txn, w->a, old->kit, loan, line) : err;
}

static int take_kit(struct inv_work *w, struct inv_unit *old, struct inv_unit *u)
{
	int err = take_parts(w, old, u);

	if (err == 0)
		err = take_place(w, old, u);
	return err ? err : move_swap(w, old, u);
}

int inv_replace_in(struct inv_work *w, struct inv_unit *old, struct inv_unit *u, bool *ret_moved)
{
	struct inv_loan loan;
	struct inv_loan_line line;
	bool in_return = false, bag;
	int err = open_line(w, old, &loan, &line, &bag);

	*ret_moved = true;
	w->plain = true;
	if (err == ERR_NOTFOUND)
		return take_kit(w, old, u);
	if (err == 0)
		err = inv_return_is_open(w->txn, u->serial, &in_return);
	if (err)
		return err;
	*ret_moved = inv_replace_decide(&loan, &line, u, in_return);
	if (!*ret_moved)
		return 0;
	err = take_kit(w, old, u);
	if (err == 0)
		err = bag ? rename_in_line(w, &line, old, u) : move_line(w, &loan, &line, u);
	return err ? err : hand_over(w, u, old, loan.id);
}
