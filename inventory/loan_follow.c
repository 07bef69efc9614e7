/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * A thing that is on a loan is moved by an act that does not speak of loans: reported lost or
 * found, taken in by its mark, discarded. The line follows, so that loan and thing never say two
 * different things. Acts of circulation have changed the line before they move the thing.
 */
#include "inventory/circulation_int.h"

#include "base/text.h"

/* What the line becomes when its thing goes to a state; 0: it stays as it is. */
static unsigned follow_decide(unsigned line, unsigned to)
{
	switch (to) {
	case INV_ON_LOAN:
		return line == INV_LINE_LOST ? INV_LINE_OUT : 0;
	case INV_LOST:
	case INV_STOLEN:
		return line == INV_LINE_LOST ? 0 : INV_LINE_LOST;
	case INV_HANDED_IN:
		return INV_LINE_HANDED_IN;
	case INV_DISCARDED:
		return INV_LINE_WRITTEN_OFF;
	case INV_STOPPED:
	case INV_MISSING:
		return 0;
	default:
		return INV_LINE_IN;
	}
}

static int follow(struct inv_work *w, struct inv_unit *u, unsigned to)
{
	struct inv_loan_line was, now;
	struct inv_loan loan;
	int err = inv_loan_of_unit(w->txn, w->a, u->serial, &loan, &was);
	unsigned state = err ? 0 : follow_decide(was.state, to);

	if (err || !state)
		return err == ERR_NOTFOUND ? 0 : err;
	now = was;
	now.state = state;
	if (state == INV_LINE_LOST) {
		now.lost_at = w->now;
	} else if (!inv_line_is_open(state)) {
		now.in_at = now.in_registered_at = w->now;
		now.in_by = w->who->actor;
	}
	err = inv_work_line_change(w, &loan, &was, &now);
	if (err == 0 && !inv_line_is_open(state))
		u->loan = NULL;
	return err;
}

/* Somebody judged it: what was handed in is in. */
static int end_handed_in(struct inv_work *w, const struct inv_unit *u)
{
	const struct inv_loan_ask ask = {
		.order = INV_LOANS_OF_UNIT, .key = u->serial, .zones = PEOPLE_ZONES, .most = 1};
	struct inv_loan_row *rows;
	struct inv_loan_line now;
	const char *next;
	size_t n;
	int err = inv_loan_list(w->txn, w->a, &ask, &rows, &n, &next);

	if (err || n == 0 || rows[0].line.state != INV_LINE_HANDED_IN)
		return err;
	now = rows[0].line;
	now.state = INV_LINE_IN;
	now.inspected_at = w->now;
	now.inspected_by = w->who->actor;
	return inv_work_line_change(w, &rows[0].loan, &rows[0].line, &now);
}

/* The thing was set aside for somebody, and goes elsewhere. */
static int leave_shelf(struct inv_work *w, const struct inv_unit *u)
{
	struct inv_hold h;
	int err = inv_hold_of_unit(w->txn, w->a, u->serial, &h);

	return err == ERR_NOTFOUND ? 0 : err ? err : inv_hold_untake(w, &h);
}

int inv_loan_follow(struct inv *inv, struct store_txn *txn, const struct audit_who *who,
	struct inv_unit *u, unsigned from, int64_t now)
{
	const struct inv_desk_who by = {.who = who, .zones = PEOPLE_ZONES, .now = now};
	struct refusal r = {0};
	AUTO(inv_work) struct inv_work w;
	int err = 0;

	inv_work_init(&w, inv, txn, &by, &r);
	if (!text_empty(u->loan))
		err = follow(&w, u, u->state);
	if (err == 0 && from == INV_HANDED_IN && u->state != INV_HANDED_IN)
		err = end_handed_in(&w, u);
	if (err == 0 && from == INV_AWAITING && u->state != INV_AWAITING)
		err = leave_shelf(&w, u);
	return err;
}
