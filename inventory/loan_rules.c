/* SPDX-License-Identifier: EUPL-1.2 */
/* What may be lent, renewed, brought back; each no says why and what to do. Pure. */
#include "inventory/circulation_int.h"

#include "base/clock.h"
#include "base/text.h"

#include <stdio.h>

bool inv_line_is_open(unsigned state)
{
	return state == INV_LINE_OUT || state == INV_LINE_CLAIMED || state == INV_LINE_LOST;
}

int32_t inv_loan_due(const struct inv_loan_line *lines, size_t n)
{
	int32_t due = 0;

	for (size_t i = 0; i < n; i++) {
		if (inv_line_is_open(lines[i].state) && (due == 0 || lines[i].due < due))
			due = lines[i].due;
	}
	return due;
}

unsigned inv_loan_unsigned(const struct inv_loan *l)
{
	bool out = l->sign_out && l->open && text_empty(l->agreement);

	if (text_empty(l->borrower))
		return 0;
	return (out ? INV_UNSIGNED_OUT : 0u) | (l->back_unsigned ? INV_UNSIGNED_IN : 0u);
}

/* --- check out --- */

/* With who and when for those who may know; what stands in `kept` outlives the rule. */
static int refuse_out(const struct inv_out_facts *f, struct refusal *r)
{
	const struct inv_loan *loan = f->out_on;
	bool same = f->borrower && text_equal(loan->borrower, f->borrower);

	refuse(r, same ? &inv_say_out_here : &inv_say_out, inv_unit_label(f->unit), NULL, NULL);
	inv_loan_number(loan->id, r->kept[1]);
	if (!same && !(loan->zone & f->zones)) {
		r->say = &inv_say_out_elsewhere;
		return ERR_REFUSED;
	}
	clock_format_local(f->out_line->out_registered_at, r->kept[2]);
	return ERR_REFUSED;
}

static int decide_state(const struct inv_out_facts *f, struct refusal *r)
{
	switch (f->unit->state) {
	case INV_IN_STOCK:
	case INV_DELIVERED:
	case INV_AWAITING:
		return 0;
	case INV_HANDED_IN:
		return refuse(r, &inv_say_state_handed_in, inv_unit_label(f->unit), NULL, NULL);
	default:
		refuse(r, &inv_say_state_stops, inv_unit_label(f->unit), NULL, NULL);
		r->arg_say[1] = inv_state_say((enum inv_state)f->unit->state);
		return ERR_REFUSED;
	}
}

static int decide_product(const struct inv_out_facts *f, struct refusal *r)
{
	const struct inv_product *p = f->product;
	const char *label = inv_unit_label(f->unit);
	uint32_t zone = f->unit->zone ? f->unit->zone : p->zone;

	if (!text_empty(f->unit->kit))
		return refuse(r, &inv_say_part_of_kit, label, f->kit, NULL);
	if (f->unit->display || p->display_only)
		return refuse(r, &inv_say_display, label, NULL, NULL);
	if (!p->lendable)
		return refuse(r, &inv_say_not_lendable, label, NULL, NULL);
	if (zone && f->borrower_zone && !(zone & f->borrower_zone))
		return refuse(r, &inv_say_other_zone, label, NULL, NULL);
	if (!f->terms->value[INV_TERM_LENDABLE])
		return refuse(r, &inv_say_by_rule, label, NULL, NULL);
	return 0;
}

static int decide_waiting(const struct inv_out_facts *f, struct refusal *r)
{
	const char *label = inv_unit_label(f->unit);

	if (f->yes & INV_YES_HOLD)
		return 0;
	if (f->shelf && !text_equal(f->shelf->borrower, f->borrower))
		return refuse(r, &inv_say_awaited, label, NULL, NULL);
	if (!f->shelf && !f->own_hold && f->free_after < 0)
		return refuse(r, &inv_say_promised, label, NULL, NULL);
	return 0;
}

static int decide_borrower(const struct inv_out_facts *f, struct refusal *r)
{
	uint32_t limit = f->terms->value[INV_TERM_LIMIT];
	uint32_t stop = f->terms->value[INV_TERM_STOP_LATE_DAYS];

	if (limit && f->open_lines >= limit && !(f->yes & INV_YES_LIMIT)) {
		refuse(r, &inv_say_limit, NULL, NULL, NULL);
		snprintf(r->kept[0], SAY_KEPT, "%zu", f->open_lines);
		snprintf(r->kept[1], SAY_KEPT, "%u", limit);
		return ERR_REFUSED;
	}
	if (stop && f->days_late > (int32_t)stop && !(f->yes & INV_YES_LATE)) {
		refuse(r, &inv_say_late, NULL, NULL, NULL);
		snprintf(r->kept[0], SAY_KEPT, "%d", f->days_late);
		return ERR_REFUSED;
	}
	return 0;
}

/* Ten years, the longest that any agreement lends for. */
#define DUE_MOST 3700

static int refuse_day(const struct say *say, const char *label, int32_t day, struct refusal *r)
{
	refuse(r, say, label, NULL, NULL);
	day_format(day, r->kept[1]);
	return ERR_REFUSED;
}

int inv_due_day_decide(const struct inv_due_facts *f, struct refusal *r)
{
	/* over already, or on closed days alone until it is */
	if (f->lease && (f->lease < f->today || (f->by_lease && f->due < f->today)))
		return refuse_day(&inv_say_lease_over, f->label, f->lease, r);
	if (f->due < f->today) {
		refuse(r, &inv_say_due_past, NULL, NULL, NULL);
		day_format(f->due, r->kept[0]);
		return ERR_REFUSED;
	}
	if (f->lease && f->due > f->lease)
		return refuse_day(&inv_say_due_lease, f->label, f->lease, r);
	return f->due > f->today + DUE_MOST ? refuse(r, &inv_say_due_far, NULL, NULL, NULL) : 0;
}

static int decide_due(const struct inv_out_facts *f, struct refusal *r)
{
	const struct inv_due_facts d = {.label = inv_unit_label(f->unit),
		.due = f->due,
		.today = f->today,
		.lease = f->lease,
		.by_lease = f->by_lease};

	return inv_due_day_decide(&d, r);
}

int inv_out_decide(const struct inv_out_facts *f, struct refusal *r)
{
	typedef int decide_fn(const struct inv_out_facts *f, struct refusal *r);
	static decide_fn *const rest[] = {
		decide_state, decide_product, decide_borrower, decide_waiting, decide_due};
	const char *label = inv_unit_label(f->unit);
	int err = 0;

	if (f->twice)
		return refuse(r, &inv_say_twice, label, NULL, NULL);
	if (f->out_on)
		return refuse_out(f, r);
	for (size_t i = 0; err == 0 && i < sizeof(rest) / sizeof(rest[0]); i++)
		err = rest[i](f, r);
	if (err == 0 && f->unit->parts_missing && !(f->yes & INV_YES_PARTS))
		err = refuse(r, &inv_say_parts, label, f->missing, NULL);
	return err;
}

unsigned inv_refusal_asks(const struct refusal *r)
{
	static const struct {
		const struct say *say;
		enum inv_yes yes;
	} questions[] = {
		{&inv_say_awaited, INV_YES_HOLD},
		{&inv_say_promised, INV_YES_HOLD},
		{&inv_say_hold_full, INV_YES_HOLD},
		{&inv_say_hold_longer, INV_YES_HOLD},
		{&inv_say_limit, INV_YES_LIMIT},
		{&inv_say_late, INV_YES_LATE},
		{&inv_say_parts, INV_YES_PARTS},
		{&inv_say_swap_first, INV_YES_SWAP},
		{&inv_say_renew_waited, INV_YES_RENEW},
		{&inv_say_whole, INV_YES_WHOLE},
		{&inv_say_stolen_back, INV_YES_FOUND},
	};

	for (size_t i = 0; i < sizeof(questions) / sizeof(questions[0]); i++) {
		if (r->say == questions[i].say)
			return questions[i].yes;
	}
	return 0;
}

/* --- when --- */

int inv_when_decide(
	int64_t happened_at, const char *reason, int64_t now, int64_t earliest, struct refusal *r)
{
	if (happened_at == 0)
		return 0;
	if (happened_at > now)
		return refuse(r, &inv_say_future, NULL, NULL, NULL);
	if (text_empty(reason))
		return refuse(r, &inv_say_back_reason, NULL, NULL, NULL);
	if (happened_at < now - INV_BACK_S)
		return refuse(r, &inv_say_too_old, NULL, NULL, NULL);
	if (happened_at >= earliest)
		return 0;
	refuse(r, &inv_say_before_out, NULL, NULL, NULL);
	clock_format_local(earliest, r->kept[0]);
	return ERR_REFUSED;
}

int64_t inv_when_of_day(int64_t happened_at, int64_t earliest)
{
	int32_t day = day_of_time(happened_at);
	bool whole_day = happened_at && happened_at == day_start(day) + DAY_S / 2;

	return whole_day && happened_at < earliest && day_of_time(earliest) == day ? earliest
										   : happened_at;
}

/* --- renew --- */

int inv_renew_decide(const struct inv_renew_facts *f, struct refusal *r)
{
	const struct inv_loan_line *l = f->line;
	const char *label = text_empty(l->item_number) ? l->serial : l->item_number;
	uint32_t most = l->terms.value[INV_TERM_RENEWALS];

	if (l->state != INV_LINE_OUT) {
		refuse(r, &inv_say_renew_state, label, NULL, NULL);
		r->arg_say[1] = inv_line_state_say(l->state);
		return ERR_REFUSED;
	}
	if (l->renewals >= most) {
		refuse(r, &inv_say_renew_most, label, NULL, NULL);
		snprintf(r->kept[1], SAY_KEPT, "%u", l->renewals);
		return ERR_REFUSED;
	}
	if (f->by_lease && f->due <= l->due)
		return refuse_day(&inv_say_renew_lease, label, f->lease, r);
	if (f->due <= l->due)
		return refuse_day(&inv_say_renew_same, label, l->due, r);
	if (f->free < 0 && !(f->yes & INV_YES_RENEW))
		return refuse(r, &inv_say_renew_waited, label, NULL, NULL);
	return 0;
}
