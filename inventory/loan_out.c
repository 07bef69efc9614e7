/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Check out. First everything is looked at and decided (loan_look.c), then everything is written,
 * so that the scan box can ask the same questions without writing.
 */
#include "inventory/handout_int.h"
#include "inventory/loan_out_int.h"

#include "base/clock.h"
#include "base/text.h"

static int put_parts(
	struct inv_work *w, const struct inv_leaving_item *it, const struct inv_loan_line *line)
{
	int err = 0;

	for (size_t i = 0; err == 0 && i < it->part_count; i++) {
		const struct inv_part *p = &it->parts[i];
		const struct inv_loan_part part = {
			.loan = line->loan,
			.line = line->no,
			.no = p->pos,
			.name = p->name,
			.serial = p->unit,
			.count = p->present,
			.consumable = p->consumable,
		};

		err = inv_work_part(w, NULL, &part);
	}
	return err;
}

static int fill_hold(struct inv_work *w, const struct inv_leaving_item *it, uint64_t loan)
{
	struct inv_hold now = it->fills;
	int err;

	/* It stood on the shelf for somebody else, and the staff said yes. */
	if (it->shelf.id && it->shelf.id != it->fills.id) {
		err = inv_hold_untake(w, &it->shelf);
		if (err)
			return err;
	}
	if (!it->fills.id)
		return 0;
	now.state = INV_HOLD_FILLED;
	now.serial = it->u.serial;
	now.served_at = now.served_at ? now.served_at : w->now;
	now.loan = loan;
	now.ready_until = 0;
	err = inv_work_hold(w, &it->fills, &now);
	/* Another than the one that stood there went out: that one is free. */
	if (err == 0 && it->fills.state == INV_HOLD_READY &&
		!text_equal(it->fills.serial, it->u.serial))
		err = inv_hold_off_shelf(w, it->fills.serial);
	return err;
}

static int put_line(struct inv_work *w, struct inv_leaving *l, struct inv_leaving_item *it,
	struct inv_loan *loan)
{
	char number[INV_LOAN_NUMBER];
	struct inv_loan_line line = {
		.loan = loan->id,
		.no = (uint32_t)(it - l->items) + 1,
		.serial = it->u.serial,
		.item_number = it->u.item_number,
		.product = it->p.id,
		.name = inv_product_name(&it->p, SAY_SV),
		.state = INV_LINE_OUT,
		.due = it->due,
		.first_due = it->due,
		.due_asked = it->asked,
		.terms = it->terms,
		.out_at = loan->happened_at,
		.out_registered_at = w->now,
		.out_by = w->who->actor,
		.out_condition = it->ask->condition ? it->ask->condition : it->u.condition,
		.out_note =
			it->ask->condition || it->ask->note ? it->ask->note : it->u.condition_note,
		.parts = (uint32_t)it->part_count,
		.hold = it->fills.id,
		.zone = loan->zone,
		.place = loan->place,
		.borrower_kind = l->b.kind,
		.counted = true,
	};
	const struct inv_move move = {
		.to = INV_ON_LOAN,
		.event = "loan.out",
		.text = inv_loan_number(loan->id, number),
		.loan = number,
		.lent = true,
		.condition = it->ask->condition,
		.condition_note = it->ask->note,
	};
	int err = inv_work_line(w, NULL, &line);

	if (err == 0)
		err = put_parts(w, it, &line);
	if (err == 0)
		err = fill_hold(w, it, loan->id);
	if (err == 0)
		err = inv_handout_fill(w, loan, it->u.serial, it->p.id);
	return err ? err : inv_work_move(w, &it->u, &move);
}

static void shape_loan(struct inv_work *w, const struct inv_leaving *l, struct inv_loan *loan)
{
	const struct inv_out *o = l->out;

	*loan = (struct inv_loan){
		.id = loan->id,
		.zone = l->b.zone,
		.kind = o->kind ? o->kind : INV_LOAN_ORDINARY,
		.borrower = l->b.id,
		.place = o->place,
		.place_back = l->back_place,
		.happened_at = l->happened ? l->happened : w->now,
		.registered_at = w->now,
		.registered_by = w->who->actor,
		.back_reason = o->happened_at ? o->back_reason : NULL,
		.lines = (uint32_t)l->n,
		.open = (uint32_t)l->n,
		.agreement = o->agreement,
		.swap_of = o->swap_of,
		.swap_serial = l->swap_serial,
		.fault = o->fault,
	};
	for (size_t i = 0; i < l->n; i++) {
		loan->sign_out |= l->items[i].terms.value[INV_TERM_SIGN_OUT] != 0;
		loan->sign_in |= l->items[i].terms.value[INV_TERM_SIGN_IN] != 0;
		if (loan->due == 0 || l->items[i].due < loan->due)
			loan->due = l->items[i].due;
	}
}

/* A swap loan takes the place of a thing that is out, on the ticket that says why. */
static int put_swap(struct inv_work *w, const struct inv_leaving *l, const struct inv_loan *loan)
{
	char number[INV_LOAN_NUMBER];

	if (!loan->fault)
		return 0;
	return inv_work_swap(
		w, loan->fault, l->items[0].u.serial, inv_loan_number(loan->id, number));
}

static int end_out(struct inv_work *w, const struct inv_leaving *l, const struct inv_loan *loan)
{
	const struct inv_last last = {.act = "loan.out",
		.loan = loan->id,
		.serial = l->items[0].u.serial,
		.count = (uint32_t)l->n};
	struct doc *d = doc_new(w->a), *things = doc_set_list(d, "things");
	char day[DAY_TEXT];

	for (size_t i = 0; i < l->n; i++)
		doc_add_str(things, l->items[i].u.serial);
	doc_set_str(d, "due", day_format(loan->due, day));
	if (l->out->yes)
		doc_set_int(d, "yes", l->out->yes);
	if (l->swap_serial)
		doc_set_str(d, "instead_of", l->swap_serial);
	if (loan->happened_at != loan->registered_at)
		doc_set_time(d, "happened", loan->happened_at);
	return inv_work_end(w, &last, d);
}

int inv_out_in(struct inv_work *w, const struct inv_out *out, struct inv_out_result *ret)
{
	struct inv_leaving l = {.out = out};
	struct inv_loan loan;
	int err = inv_out_look(w, &l, ret);

	if (err == 0)
		err = inv_loan_next_id(w->txn, &loan.id);
	if (err)
		return err;
	shape_loan(w, &l, &loan);
	err = inv_work_loan(w, NULL, &loan);
	for (size_t i = 0; err == 0 && i < l.n; i++) {
		err = put_line(w, &l, &l.items[i], &loan);
		if (err)
			ret->bad_item = i;
	}
	if (err == 0 && w->inv->people)
		err = people_loans_add(w->inv->people, w->txn, loan.borrower, 1, w->now);
	if (err == 0)
		err = put_swap(w, &l, &loan);
	ret->loan = loan.id;
	ret->asks_sign = (inv_loan_unsigned(&loan) & INV_UNSIGNED_OUT) != 0;
	return err ? err : end_out(w, &l, &loan);
}

int inv_out_try(struct inv_work *w, const struct inv_out *out, struct inv_out_result *ret)
{
	struct inv_leaving l = {.out = out, .trying = true};

	return inv_out_look(w, &l, ret);
}

struct out_job {
	const struct inv_out *out;
	struct inv_out_result *ret;
};

static int check_out_in(struct inv_work *w, void *arg)
{
	struct out_job *j = arg;

	return inv_out_in(w, j->out, j->ret);
}

int inv_check_out(struct inv *inv, const struct inv_desk_who *by, const struct inv_out *out,
	struct refusal *r, struct inv_out_result *ret)
{
	struct out_job j = {out, ret};

	return inv_work_run(inv, by, r, check_out_in, &j);
}
