/* SPDX-License-Identifier: EUPL-1.2 */
/* Check out: may these things go to this borrower, and until when? */
#include "inventory/loan_out_int.h"

#include "base/clock.h"
#include "base/text.h"

#include <stdio.h>

/* What the borrower has: how many things, and how late the latest is. */
static int load_borrowed(struct inv_work *w, struct inv_leaving *l)
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
		int32_t due = 0;

		l->open_lines += rows[i].loan.open;
		err = inv_loan_late(w->txn, &rows[i].loan, w->today, &due);
		if (due && w->today - due > l->days_late)
			l->days_late = w->today - due;
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

static int load_chosen(
	struct inv_work *w, const struct inv_leaving *l, struct inv_leaving_item *it)
{
	struct inv_chosen_day d = {
		.place = l->back_place, .today = w->today, .lease = it->lease, .due = it->ask->due};
	int err = inv_day_chosen(w->txn, &d);

	it->due = d.due;
	it->asked = d.asked;
	it->by_lease = d.by_lease;
	return err;
}

static int load_due(struct inv_work *w, const struct inv_leaving *l, struct inv_leaving_item *it)
{
	int32_t by_terms;
	int err;

	if (it->ask->due)
		return load_chosen(w, l, it);
	err = inv_open_day(w->txn, l->back_place, inv_due_decide(&it->terms, l->start), &by_terms);
	if (err)
		return err;
	it->due = by_terms;
	err = inv_lease_shorten(w->txn, l->back_place, it->lease, &it->due);
	it->by_lease = it->due < by_terms;
	return err;
}

static int load_unit(struct inv_work *w, struct inv_leaving *l, struct inv_leaving_item *it)
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
	err = inv_lease_last(w->txn, w->a, &it->u, &it->lease);
	return err ? err : load_due(w, l, it);
}

/* The hold this hand-out fills, if the borrower has one for the product. */
static int load_holds(struct inv_work *w, struct inv_leaving *l, struct inv_leaving_item *it)
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
	for (struct inv_leaving_item *x = l->items; x < it && mine < n; x++) {
		if (x->fills.id == queue[mine].id)
			mine = n;
	}
	/* What stands on the shelf for it is in the same bundle: that one fills it. */
	if (mine < n && !inv_work_names(w, l->out, (size_t)(it - l->items) + 1, queue[mine].serial))
		it->fills = queue[mine];
	return 0;
}

/* How many are left of the product when this one, and those before it in the bundle, are gone. */
static int load_free(struct inv_work *w, const struct inv_leaving *l,
	const struct inv_leaving_item *it, int64_t *ret)
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
	for (const struct inv_leaving_item *x = l->items; x < it; x++)
		*ret -= text_equal(x->p.id, it->p.id) && !x->fills.id;
	return 0;
}

static int64_t end_of(const struct inv_loan_line *l)
{
	return l->in_at > l->lost_at ? l->in_at : l->lost_at;
}

/* Told later, it cannot have been lent before it came back from the loan before. Told as a day, the
 * bundle left when the last of it had come back. */
static int decide_before(
	struct inv_work *w, struct inv_leaving *l, const struct inv_leaving_item *it)
{
	const struct inv_loan_ask ask = {
		.order = INV_LOANS_OF_UNIT, .key = it->u.serial, .zones = PEOPLE_ZONES, .most = 1};
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

static bool is_twice(const struct inv_leaving *l, const struct inv_leaving_item *it)
{
	for (const struct inv_leaving_item *x = l->items; x < it; x++) {
		if (text_equal(x->u.serial, it->u.serial))
			return true;
	}
	return false;
}

static int decide_item(struct inv_work *w, struct inv_leaving *l, struct inv_leaving_item *it)
{
	struct inv_loan on;
	struct inv_loan_line line;
	struct inv_out_facts f = {
		.unit = &it->u,
		.product = &it->p,
		.terms = &it->terms,
		.borrower = l->b.id,
		.borrower_zone = l->b.zone,
		.open_lines = l->open_lines + (size_t)(it - l->items) - (l->swap_out && l->open_lines ? 1 : 0),
		.days_late = l->days_late,
		.today = w->today,
		.yes = l->out->yes,
		.zones = w->by->zones,
	};
	int err = load_unit(w, l, it);

	if (err == 0)
		err = inv_work_said(w, l->b.id, it->ask->note, INV_WORDS_MOST);
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
	err = it->u.parts_missing ? inv_kit_missing(w->txn, w->a, it->u.serial, &f.missing) : 0;
	if (err)
		return err;
	if (!text_empty(it->u.kit))
		f.kit = inv_unit_label_of(w->txn, w->a, it->u.kit);
	f.due = it->due;
	f.lease = it->lease;
	f.by_lease = it->by_lease;
	err = inv_out_decide(&f, w->r);
	return err ? err : decide_before(w, l, it);
}

/* Asked before anybody is named: as if for whoever comes, in a zone of the caller's. */
static int load_borrower(struct inv_work *w, struct inv_leaving *l)
{
	int err;

	if (l->trying && text_empty(l->out->borrower)) {
		l->b = (struct people_borrower){.state = PEOPLE_ACTIVE};
		return 0;
	}
	err = inv_work_borrower(w, l->out->borrower, &l->b);
	return err ? err : people_loan_decide(&l->b, w->r);
}

static int decide_loan(struct inv_work *w, struct inv_leaving *l)
{
	const struct inv_out *o = l->out;
	int err = load_borrower(w, l);

	if (err == 0)
		err = inv_work_when(w, &(struct inv_when){o->happened_at, 0, o->back_reason, l->b.id});
	if (err == 0 && o->item_count == 0)
		return refuse(w->r, &inv_say_no_items, NULL, NULL, NULL);
	if (err == 0 && o->item_count > INV_LOAN_LINES) {
		refuse(w->r, &inv_say_many_items, NULL, NULL, NULL);
		snprintf(w->r->kept[0], SAY_KEPT, "%d", INV_LOAN_LINES);
		return ERR_REFUSED;
	}
	return err || !l->b.id ? err : load_borrowed(w, l);
}

/* A ticket is of one thing, and is over when it is closed. */
static int decide_fault(struct inv_work *w, const struct inv_leaving *l)
{
	const uint64_t id = l->out->fault;
	struct inv_fault f;
	int err = id ? inv_fault_get(w->txn, w->a, id, &f) : 0;

	if (!id || (err && (err != ERR_NOTFOUND || !l->swap_serial)))
		return err;
	if (err || (l->swap_serial && !text_equal(f.serial, l->swap_serial))) {
		refuse(w->r, &inv_say_swap_fault, NULL, inv_unit_label_of(w->txn, w->a, l->swap_serial), NULL);
		snprintf(w->r->kept[0], SAY_KEPT, "%llu", (unsigned long long)id);
		return ERR_REFUSED;
	}
	return f.state == INV_FAULT_CLOSED ? refuse(w->r, &inv_say_fault_closed, NULL, NULL, NULL) : 0;
}

static int decide_whose(struct inv_work *w, const struct inv_leaving *l, const struct inv_loan *loan)
{
	if (l->trying || text_equal(loan->borrower, l->b.id))
		return 0;
	refuse(w->r, &inv_say_swap_other, NULL, NULL, NULL);
	inv_loan_number(loan->id, w->r->kept[0]);
	return ERR_REFUSED;
}

/* While it is still lent it counts, and what stands in for it does not. */
static int decide_swapped(struct inv_work *w, struct inv_leaving *l)
{
	struct inv_loan_line line;
	struct inv_loan loan;
	int err = inv_loan_of_unit(w->txn, w->a, l->swap_serial, &loan, &line);

	if (err)
		return err == ERR_NOTFOUND ? 0 : err;
	err = inv_work_loan_get(w, loan.id, &loan); /* of another service it is refused as such */
	if (err)
		return err;
	l->swap_out = true;
	return decide_whose(w, l, &loan);
}

/* What is lent in place of another: of which thing, on which ticket, of whose loan. */
static int decide_swap(struct inv_work *w, struct inv_leaving *l)
{
	const struct inv_out *o = l->out;
	struct inv_loan loan;
	int err = o->swap_of ? inv_work_loan_get(w, o->swap_of, &loan) : 0;

	if (err == 0 && o->swap_of)
		err = decide_whose(w, l, &loan);
	if (err == 0 && !text_empty(o->swap_serial))
		err = inv_work_unswapped(w, o->swap_serial, &l->swap_serial);
	if (err == 0 && inv_work_names(w, o, 0, l->swap_serial))
		return refuse(w->r, &inv_say_swap_itself, inv_unit_label_of(w->txn, w->a, l->swap_serial), NULL, NULL);
	if (err == 0 && l->swap_serial)
		err = decide_swapped(w, l);
	return err ? err : decide_fault(w, l);
}

int inv_out_look(struct inv_work *w, struct inv_leaving *l, struct inv_out_result *ret)
{
	const struct inv_out *o = l->out;
	int err;

	*ret = (struct inv_out_result){.bad_item = o->item_count};
	err = decide_loan(w, l);
	if (err == 0)
		err = decide_swap(w, l);
	if (err)
		return err;
	l->happened = o->happened_at;
	l->start = o->happened_at ? day_of_time(o->happened_at) : w->today;
	l->back_place = text_empty(o->place_back) ? o->place : o->place_back;
	l->items = ARENA_ARRAY(w->a, struct inv_leaving_item, o->item_count);
	for (l->n = 0; l->n < o->item_count; l->n++) {
		l->items[l->n].ask = &o->items[l->n];
		err = decide_item(w, l, &l->items[l->n]);
		if (err) {
			ret->bad_item = l->n;
			return err;
		}
		ret->item_due[l->n] = l->items[l->n].due;
		ret->item_by_lease[l->n] = l->items[l->n].by_lease;
		ret->item_asked[l->n] = l->items[l->n].asked;
		if (l->items[l->n].due > ret->due)
			ret->due = l->items[l->n].due;
	}
	return 0;
}
