/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Check out. First everything is looked at and decided, then everything is written, so that the
 * scan box can ask the same questions without writing.
 */
#include "inventory/circulation_int.h"
#include "inventory/handout_int.h"

#include "base/clock.h"
#include "base/text.h"

#include <stdio.h>

struct item { /* one thing on its way out */
	const struct inv_out_item *ask;
	struct inv_unit u;
	struct inv_product p;
	struct inv_terms terms;
	int32_t due;
	struct inv_hold shelf, fills; /* id 0: none */
	size_t waiting;               /* holds of the product */
	struct inv_part *parts;
	size_t part_count;
};

struct leaving {
	const struct inv_out *out;
	struct people_borrower b;
	struct item *items;
	size_t n, open_lines;
	int32_t days_late, start;
	int64_t happened; /* 0: now */
	const char *back_place, *swap_serial;
	bool trying; /* only asked; nobody may be named yet */
};

/* --- look --- */

/* What the borrower has: how many things, and how late the latest is. */
static int load_borrowed(struct inv_work *w, struct leaving *l)
{
	const struct inv_loan_ask ask = {.order = INV_LOANS_OF_BORROWER,
		.key = l->b.id,
		.zones = l->b.zone,
		.open_only = true,
		.most = 200};
	struct inv_loan_row *rows;
	const char *next;
	size_t n;
	int err = inv_loan_list(w->txn, w->a, &ask, &rows, &n, &next);

	for (size_t i = 0; err == 0 && i < n; i++) {
		l->open_lines += rows[i].loan.open;
		if (w->today - rows[i].loan.due > l->days_late)
			l->days_late = w->today - rows[i].loan.due;
	}
	return err;
}

/* An iPad whose return is not done may still hold what the one before left in it. */
static int decide_return(struct inv_work *w, const struct inv_unit *u)
{
	bool open = false;
	int err = w->inv->mdm && u->state != INV_ON_LOAN
			  ? inv_return_is_open(w->txn, u->serial, &open)
			  : 0;

	if (err == 0 && open)
		return refuse(w->r, &inv_say_returning, inv_unit_label(u), NULL, NULL);
	return err;
}

static int load_unit(struct inv_work *w, struct leaving *l, struct item *it)
{
	const struct inv_rule_case c = {.zone = l->b.zone,
		.borrower_kind = l->b.kind,
		.place = l->out->place,
		.product = &it->p};
	int err = inv_work_unit(w, it->ask->code, &it->u);

	if (err == 0)
		err = inv_unit_product(w->txn, w->a, &it->u, &it->p);
	if (err == 0)
		err = inv_work_terms(w, &c, &it->terms);
	if (err == 0 && !it->terms.price_rule && it->terms.replacement_ore)
		err = inv_price_in_force(w->txn, &it->terms.price_list);
	if (err == 0)
		err = decide_return(w, &it->u);
	if (err == 0 && it->u.parts)
		err = inv_kit_parts(w->txn, w->a, it->u.serial, &it->parts, &it->part_count);
	if (err)
		return err;
	it->due = it->ask->due;
	if (it->due)
		return 0;
	return inv_open_day(w->txn, l->back_place, inv_due_decide(&it->terms, l->start), &it->due);
}

/* The hold this hand-out fills, if the borrower has one for the product. */
static int load_holds(struct inv_work *w, struct leaving *l, struct item *it)
{
	struct inv_hold *queue;
	size_t n, mine;
	int err = inv_hold_of_unit(w->txn, w->a, it->u.serial, &it->shelf);

	if (err == ERR_NOTFOUND)
		err = 0;
	if (err || text_empty(it->p.id))
		return err;
	if (it->shelf.id && text_equal(it->shelf.borrower, l->b.id)) {
		it->fills = it->shelf;
		return 0;
	}
	err = inv_hold_queue(w->txn, w->a, it->p.id, &queue, &n);
	if (err)
		return err;
	it->waiting = n;
	mine = inv_hold_fill(queue, n, l->b.id);
	for (struct item *x = l->items; x < it && mine < n; x++) {
		if (x->fills.id == queue[mine].id)
			mine = n;
	}
	/* What stands on the shelf for it is in the same bundle: that one fills it. */
	if (mine < n && !inv_work_names(w, l->out, (size_t)(it - l->items) + 1, queue[mine].serial))
		it->fills = queue[mine];
	return 0;
}

/* How many are left of the product when this one, and those before it in the bundle, are gone. */
static int load_free(
	struct inv_work *w, const struct leaving *l, const struct item *it, int64_t *ret)
{
	struct inv_free f;
	int err;

	*ret = 0;
	if (text_empty(it->p.id) || it->fills.id || it->waiting == 0)
		return 0;
	err = inv_free_between(w->txn, w->a, it->p.id, w->today, it->due, w->today, &f);
	if (err)
		return err;
	*ret = f.free - 1;
	for (const struct item *x = l->items; x < it; x++)
		*ret -= text_equal(x->p.id, it->p.id) && !x->fills.id;
	return 0;
}

static int64_t end_of(const struct inv_loan_line *l)
{
	return l->in_at > l->lost_at ? l->in_at : l->lost_at;
}

/* Told later, it cannot have been lent before it came back from the loan before. Told as a day, the
 * bundle left when the last of it had come back. */
static int decide_before(struct inv_work *w, struct leaving *l, const struct item *it)
{
	const struct inv_loan_ask ask = {.order = INV_LOANS_OF_UNIT,
		.key = it->u.serial,
		.zones = PEOPLE_ZONES,
		.most = 1};
	const int64_t told = l->out->happened_at;
	struct inv_loan_row *rows;
	const char *next;
	int64_t end, at;
	size_t n;
	int err = told ? inv_loan_list(w->txn, w->a, &ask, &rows, &n, &next) : ERR_NOTFOUND;

	if (err || n == 0)
		return err == ERR_NOTFOUND ? 0 : err;
	end = end_of(&rows[0].line);
	at = inv_when_of_day(told, end);
	if (at >= end) {
		l->happened = at > l->happened ? at : l->happened;
		return 0;
	}
	refuse(w->r, &inv_say_before_last, inv_unit_label(&it->u), NULL, NULL);
	inv_loan_number(rows[0].loan.id, w->r->kept[1]);
	clock_format_local(end, w->r->kept[2]);
	return ERR_REFUSED;
}

static bool is_twice(const struct leaving *l, const struct item *it)
{
	for (const struct item *x = l->items; x < it; x++) {
		if (text_equal(x->u.serial, it->u.serial))
			return true;
	}
	return false;
}

static int decide_item(struct inv_work *w, struct leaving *l, struct item *it)
{
	struct inv_loan on;
	struct inv_loan_line line;
	struct inv_out_facts f = {
		.unit = &it->u,
		.product = &it->p,
		.terms = &it->terms,
		.borrower = l->b.id,
		.borrower_zone = l->b.zone,
		.open_lines = l->open_lines + (size_t)(it - l->items),
		.days_late = l->days_late,
		.today = w->today,
		.yes = l->out->yes,
		.zones = w->by->zones,
	};
	int err = load_unit(w, l, it);

	if (err == 0)
		err = inv_work_words(w, it->ask->note, INV_WORDS_MOST);
	if (err == 0)
		err = load_holds(w, l, it);
	if (err == 0)
		err = load_free(w, l, it, &f.free_after);
	if (err)
		return err;
	err = inv_loan_of_unit(w->txn, w->a, it->u.serial, &on, &line);
	if (err && err != ERR_NOTFOUND)
		return err;
	if (err == 0) {
		f.out_on = &on;
		f.out_line = &line;
	}
	f.shelf = it->shelf.id ? &it->shelf : NULL;
	f.own_hold = it->fills.id != 0;
	f.twice = is_twice(l, it);
	f.due = it->due;
	err = inv_out_decide(&f, w->r);
	return err ? err : decide_before(w, l, it);
}

/* Asked before anybody is named: as if for whoever comes, in a zone of the caller's. */
static int load_borrower(struct inv_work *w, struct leaving *l)
{
	int err;

	if (l->trying && text_empty(l->out->borrower)) {
		l->b = (struct people_borrower){.state = PEOPLE_ACTIVE};
		return 0;
	}
	err = inv_work_borrower(w, l->out->borrower, &l->b);
	return err ? err : people_loan_decide(&l->b, w->r);
}

static int decide_loan(struct inv_work *w, struct leaving *l)
{
	const struct inv_out *o = l->out;
	int err = load_borrower(w, l);

	if (err == 0)
		err = inv_work_when(w, o->happened_at, o->back_reason, 0);
	if (err == 0 && o->item_count == 0)
		return refuse(w->r, &inv_say_no_items, NULL, NULL, NULL);
	if (err == 0 && o->item_count > INV_LOAN_LINES) {
		refuse(w->r, &inv_say_many_items, NULL, NULL, NULL);
		snprintf(w->r->kept[0], SAY_KEPT, "%d", INV_LOAN_LINES);
		return ERR_REFUSED;
	}
	return err || !l->b.id ? err : load_borrowed(w, l);
}

static int look(struct inv_work *w, struct leaving *l, struct inv_out_result *ret)
{
	const struct inv_out *o = l->out;
	int err;

	*ret = (struct inv_out_result){.bad_item = o->item_count};
	err = decide_loan(w, l);
	if (err)
		return err;
	err = text_empty(o->swap_serial) ? 0 : inv_work_unswapped(w, o->swap_serial, &l->swap_serial);
	if (err)
		return err;
	l->happened = o->happened_at;
	l->start = o->happened_at ? day_of_time(o->happened_at) : w->today;
	l->back_place = text_empty(o->place_back) ? o->place : o->place_back;
	l->items = ARENA_ARRAY(w->a, struct item, o->item_count);
	for (l->n = 0; l->n < o->item_count; l->n++) {
		l->items[l->n].ask = &o->items[l->n];
		err = decide_item(w, l, &l->items[l->n]);
		if (err) {
			ret->bad_item = l->n;
			return err;
		}
		ret->item_due[l->n] = l->items[l->n].due;
		if (l->items[l->n].due > ret->due)
			ret->due = l->items[l->n].due;
	}
	return 0;
}

/* --- write --- */

static int put_parts(struct inv_work *w, const struct item *it, const struct inv_loan_line *line)
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

static int fill_hold(struct inv_work *w, const struct item *it, uint64_t loan)
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

static int put_line(struct inv_work *w, struct leaving *l, struct item *it, struct inv_loan *loan)
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
		.terms = it->terms,
		.out_at = loan->happened_at,
		.out_registered_at = w->now,
		.out_by = w->who->actor,
		.out_condition = it->ask->condition ? it->ask->condition : it->u.condition,
		.out_note = it->ask->condition || it->ask->note ? it->ask->note
								: it->u.condition_note,
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

static void shape_loan(struct inv_work *w, const struct leaving *l, struct inv_loan *loan)
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
static int put_swap(struct inv_work *w, const struct leaving *l, const struct inv_loan *loan)
{
	char number[INV_LOAN_NUMBER];

	if (!loan->fault)
		return 0;
	return inv_fault_swap(w->txn, loan->fault, l->items[0].u.serial,
		inv_loan_number(loan->id, number), w->now);
}

static int end_out(struct inv_work *w, const struct leaving *l, const struct inv_loan *loan)
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
	if (loan->happened_at != loan->registered_at)
		doc_set_time(d, "happened", loan->happened_at);
	return inv_work_end(w, &last, d);
}

int inv_out_in(struct inv_work *w, const struct inv_out *out, struct inv_out_result *ret)
{
	struct leaving l = {.out = out};
	struct inv_loan loan;
	int err = look(w, &l, ret);

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
	struct leaving l = {.out = out, .trying = true};

	return look(w, &l, ret);
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
