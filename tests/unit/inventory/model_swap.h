/* SPDX-License-Identifier: EUPL-1.2 */
/* What is broken at a model's desk: tickets, what is lent meanwhile, and what is mended. */
#ifndef TEST_MODEL_SWAP_H
#define TEST_MODEL_SWAP_H

#include "tests/unit/inventory/model_end.h"

/* The newest of the thing, or any: also closed, or of another thing. */
static struct model_ticket *some_ticket(struct model *m, int thing)
{
	for (unsigned i = m->tickets; thing >= 0 && i > 0; i--) {
		if (m->ticket[i - 1].thing == thing)
			return &m->ticket[i - 1];
	}
	return m->tickets ? &m->ticket[any(m, m->tickets)] : NULL;
}

/* It does not work: a ticket. */
static void fault(struct model *m)
{
	const int t = thing_that(m, true);
	const struct inv_act act = {.who = m->c.by.who, .code = model_serial(t), .now = m->c.by.now};
	const struct inv_fault f = {.symptom = "tyst", .channel = "desk"};
	struct model_ticket *x = &m->ticket[m->tickets];
	int err = m->tickets == MODEL_TICKETS ? ERR_REFUSED : inv_fault_add(m->c.inv, &act, &f, &m->c.r, &x->id);

	if (m->tickets == MODEL_TICKETS)
		return;
	count(m, err);
	if (err)
		return;
	*x = (struct model_ticket){.id = x->id, .thing = t, .open = true};
	m->tickets++;
}

/* Sent away, or the end of it: with what was done, or (which is no) without. */
static void end_fault(struct model *m)
{
	static const char *const outcome[] = {NULL, "bytte batteri"};
	const struct inv_act act = {.who = m->c.by.who, .now = m->c.by.now};
	struct model_ticket *x = some_ticket(m, any(m, 2) ? thing_that(m, true) : -1);
	struct inv_fault f = {.state = any(m, 3) ? INV_FAULT_CLOSED : INV_FAULT_AT_SERVICE,
		.outcome = outcome[any(m, 4) != 0]};
	int err;

	if (!x)
		return;
	f.id = x->id;
	err = inv_fault_step(m->c.inv, &act, &f, &m->c.r);
	count(m, err);
	cr_assert_eq(err == 0, x->open && (f.state != INV_FAULT_CLOSED || f.outcome || x->told), "act %d: %s", m->act,
		counter_said(&m->c));
	if (err)
		return;
	x->told |= f.outcome != NULL;
	x->open = f.state != INV_FAULT_CLOSED;
	m->mended += !x->open;
}

static void swapped(struct model *m, struct model_ticket *x, uint64_t loan)
{
	struct model_swap *s = &m->swap[m->swaps % MODEL_SWAPS];

	m->swapped++;
	if (!x)
		return;
	*s = (struct model_swap){.ticket = x, .loan = loan, .was = x->swap_loan};
	x->swap_loan = loan;
	m->swaps++;
}

/* Another thing while this one is being mended. */
static void swap(struct model *m)
{
	const int t = thing_that(m, true), s = any(m, 12) ? thing_that(m, false) : t;
	struct inv_out_item item = {.code = model_serial(s)};
	struct model_ticket *x = any(m, 3) ? some_ticket(m, any(m, 6) ? t : -1) : NULL;
	const struct inv_out out = {.kind = INV_LOAN_SWAP,
		.borrower = m->c.borrower[any(m, 8) ? m->thing[t].borrower : somebody(m)],
		.items = &item,
		.item_count = 1,
		.swap_of = m->thing[t].loan,
		.swap_serial = model_serial(t),
		.fault = x ? x->id : 0,
		.yes = ~0u};
	struct inv_out_result ret;
	int err = inv_check_out(m->c.inv, &m->c.by, &out, &m->c.r, &ret);

	count(m, err);
	if (err)
		return;
	cr_assert(m->thing[s].loan == 0 && s != t, "act %d: lent in place of itself, or when out", m->act);
	cr_assert(model_lendable(m->thing[s].state), "act %d: %s was %s", m->act, model_serial(s),
		inv_state_name(m->thing[s].state));
	cr_assert(!x || (x->open && x->thing == t), "act %d: on a ticket that is over, or of another thing", m->act);
	swapped(m, x, ret.loan);
}

/* What was lent is undone: its ticket says what it said before. */
static void unswapped(struct model *m, uint64_t loan)
{
	for (unsigned i = 0; i < MODEL_SWAPS && i < m->swaps; i++) {
		struct model_swap *s = &m->swap[i];

		if (s->loan != loan || !s->ticket)
			continue;
		if (s->ticket->swap_loan == loan)
			s->ticket->swap_loan = s->was;
		s->ticket = NULL;
		m->unswapped++;
	}
}

/* A ticket is open until it is ended, and names the loan that was lent for its thing, on which the other stands. */
static void check_ticket(struct store_txn *txn, struct model *m, const struct model_ticket *x)
{
	struct inv_loan_full f;
	struct inv_fault t;
	uint64_t loan = 0;
	bool stands = false;

	cr_assert_eq(inv_fault_get(txn, m->c.a, x->id, &t), 0);
	cr_assert_str_eq(t.serial, model_serial(x->thing));
	cr_assert_eq(t.state != INV_FAULT_CLOSED, x->open, "act %d: %s: ticket %llu", m->act, m->doing,
		(unsigned long long)x->id);
	if (t.swap_loan)
		cr_assert_eq(inv_loan_number_parse(t.swap_loan, &loan), 0);
	cr_assert_eq(loan, x->swap_loan, "act %d: %s: ticket %llu names loan %llu, not %llu", m->act, m->doing,
		(unsigned long long)x->id, (unsigned long long)loan, (unsigned long long)x->swap_loan);
	if (!loan)
		return;
	cr_assert_eq(inv_loan_load(txn, m->c.a, loan, &f), 0, "act %d: %s: it is no more", m->act, m->doing);
	cr_assert_eq(f.loan.fault, x->id);
	cr_assert_str_eq(f.loan.swap_serial, t.serial);
	for (size_t i = 0; i < f.line_count; i++)
		stands |= text_equal(f.lines[i].serial, t.swap_unit);
	cr_assert(stands, "act %d: %s: what was lent instead is not on that loan", m->act, m->doing);
}

/* All tickets, and as many open as each thing says. */
static int tickets_in(struct store_txn *txn, void *arg)
{
	struct model *m = arg;
	unsigned open[MODEL_THINGS] = {0};

	for (unsigned i = 0; i < m->tickets; i++) {
		check_ticket(txn, m, &m->ticket[i]);
		open[m->ticket[i].thing] += m->ticket[i].open;
	}
	for (int i = 0; i < MODEL_THINGS; i++) {
		struct inv_unit u;

		cr_assert_eq(inv_unit_get(txn, m->c.a, model_serial(i), &u), 0);
		cr_assert_eq(u.faults_open, open[i]);
	}
	return 0;
}

static int tickets_some_in(struct store_txn *txn, void *arg)
{
	struct model *m = arg;

	for (unsigned i = 0; i < 3 && i < m->tickets; i++)
		check_ticket(txn, m, &m->ticket[m->tickets - 1 - i]);
	return 0;
}

#endif
