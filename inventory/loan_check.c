/* SPDX-License-Identifier: EUPL-1.2 */
/* Do loans, their lines, their indexes and counts, and the units say the same? */
#include "inventory/circulation_int.h"
#include "inventory/handout_int.h"

#include "base/text.h"

struct sums {
	uint64_t loans, open_loans, lines, open_lines, lost, handed_in;
	uint64_t due, product, unit, past, borrower, place, waits;
};

struct checking {
	struct store_txn *txn;
	struct arena *a; /* emptied after each loan */
	struct inv_faults f;
	struct sums s;
};

static void tell(struct checking *c, uint64_t loan, const char *what)
{
	char number[INV_LOAN_NUMBER];

	c->f.fn(c->f.arg, arena_printf(c->f.a, "loan %s: %s", inv_loan_number(loan, number), what));
}

static int expect_row(
	struct checking *c, enum store_table t, const struct store_key *k, uint64_t loan)
{
	struct bytes v;
	int err = store_get(c->txn, t, k, &v);

	if (err == ERR_NOTFOUND) {
		tell(c, loan, "is missing in an index");
		return 0;
	}
	return err;
}

/* Stopped or missing while it is out: the line stays open until it is taken back or written off. */
static bool may_be_out(unsigned state)
{
	return state == INV_ON_LOAN || inv_state_is_away(state) || state == INV_STOPPED ||
	       state == INV_MISSING;
}

static int check_unit(struct checking *c, const struct inv_loan_line *l)
{
	char number[INV_LOAN_NUMBER];
	struct inv_unit u;
	int err = inv_unit_get(c->txn, c->a, l->serial, &u);

	if (err == ERR_NOTFOUND) {
		tell(c, l->loan, "lends a thing that is not there");
		return 0;
	}
	if (err)
		return err;
	if (!may_be_out(u.state))
		tell(c, l->loan, "lends a thing that does not say so");
	if (!text_equal(u.loan, inv_loan_number(l->loan, number)))
		tell(c, l->loan, "lends a thing that names another loan");
	return 0;
}

static int check_open_line(struct checking *c, const struct inv_loan_line *l)
{
	struct store_key due = store_key("uqu", (uint32_t)l->due, l->loan, l->no);
	struct store_key unit = store_key("s", l->serial);
	int err = expect_row(c, INV_LOAN_DUE, &due, l->loan);

	c->s.open_lines++;
	c->s.lost += l->state == INV_LINE_LOST;
	if (err == 0)
		err = expect_row(c, INV_LOAN_UNIT, &unit, l->loan);
	if (err == 0 && !text_empty(l->product)) {
		struct store_key p =
			store_key("suqu", l->product, (uint32_t)l->due, l->loan, l->no);

		c->s.product++;
		err = expect_row(c, INV_LOAN_PRODUCT, &p, l->loan);
	}
	return err ? err : check_unit(c, l);
}

static int check_line(struct checking *c, const struct inv_loan_line *l)
{
	struct inv_stat_rows figures;
	struct store_key past = store_key("squ", l->serial, ~l->loan, l->no);
	int err = expect_row(c, INV_LOAN_PAST, &past, l->loan);

	inv_stat_of_line(l, &figures);
	inv_stat_truth_add(c->f.truth, &figures);
	c->s.lines++;
	c->s.handed_in += l->state == INV_LINE_HANDED_IN;
	if (l->state == 0 || l->state >= INV_LINE_STATES)
		tell(c, l->loan, "has a line in a state that does not exist");
	return err == 0 && inv_line_is_open(l->state) ? check_open_line(c, l) : err;
}

static int check_loan(struct checking *c, const struct inv_loan_full *f)
{
	const struct inv_loan *l = &f->loan;
	uint32_t open = 0;
	int err = 0;

	for (size_t i = 0; err == 0 && i < f->line_count; i++) {
		open += inv_line_is_open(f->lines[i].state);
		err = check_line(c, &f->lines[i]);
	}
	if (err)
		return err;
	c->s.loans++;
	c->s.open_loans += l->open != 0;
	if (l->lines != f->line_count || l->open != open)
		tell(c, l->id, "counts its lines wrong");
	if (l->due != inv_loan_due(f->lines, f->line_count))
		tell(c, l->id, "has the wrong day");
	if ((l->open == 0) != (l->closed_at != 0))
		tell(c, l->id, "is closed and open");
	if (l->open && !text_empty(l->place)) {
		struct store_key k = store_key("sq", l->place, l->id);

		c->s.place++;
		err = expect_row(c, INV_LOAN_PLACE, &k, l->id);
	}
	if (err == 0 && !text_empty(l->borrower)) {
		struct store_key k = store_key("scq", l->borrower, l->open == 0, ~l->id);

		c->s.borrower++;
		err = expect_row(c, INV_LOAN_BORROWER, &k, l->id);
	}
	if (err == 0 && inv_loan_unsigned(l) && !store_txn_is_before(c->txn, 3)) {
		struct store_key k = store_key("cq", (int)l->zone, l->id);
		struct store_key any = store_key("cq", 0, l->id);

		c->s.waits += 2;
		err = expect_row(c, INV_LOAN_UNSIGNED, &k, l->id);
		if (err == 0)
			err = expect_row(c, INV_LOAN_UNSIGNED, &any, l->id);
	}
	return err;
}

/* As many rows as there should be, and those that should be are there: none is too much. */
static int check_sizes(struct checking *c)
{
	const struct {
		enum store_table t;
		uint64_t n;
		const char *what;
	} tables[] = {
		{INV_LOAN_DUE, c->s.open_lines, "loans: the index by due day has other rows"},
		{INV_LOAN_UNIT, c->s.open_lines, "loans: the index by unit has other rows"},
		{INV_LOAN_PRODUCT, c->s.product, "loans: the index by product has other rows"},
		{INV_LOAN_PAST, c->s.lines, "loans: the story of units has other rows"},
		{INV_LOAN_BORROWER, c->s.borrower, "loans: the index by borrower has other rows"},
		{INV_LOAN_PLACE, c->s.place, "loans: the index by place has other rows"},
		{INV_LOAN_UNSIGNED, c->s.waits, "loans: the index of unsigned ones has other rows"},
		{INV_LOAN_LINE, c->s.lines, "loans: lines without a loan"},
	};
	int err = 0;

	for (size_t i = 0; err == 0 && i < sizeof(tables) / sizeof(tables[0]); i++) {
		uint64_t n = 0;

		err = store_count(c->txn, tables[i].t, &n);
		if (tables[i].t == INV_LOAN_UNSIGNED && store_txn_is_before(c->txn, 3))
			continue;
		if (err == 0 && n != tables[i].n)
			c->f.fn(c->f.arg, tables[i].what);
	}
	return err;
}

static int check_counts(struct checking *c)
{
	struct inv_loan_counts n;
	int err = inv_loan_count(c->txn, &n);

	if (err == 0 && (n.loans != c->s.loans || n.open_loans != c->s.open_loans))
		c->f.fn(c->f.arg, "loans: the count of loans is wrong");
	if (err == 0 && (n.lines != c->s.lines || n.open_lines != c->s.open_lines ||
				n.lost_lines != c->s.lost || n.handed_in != c->s.handed_in))
		c->f.fn(c->f.arg, "loans: the count of lines is wrong");
	return err;
}

int inv_circulation_check(struct store_txn *txn, store_fault *fault, void *arg)
{
	AUTO(arena) struct arena *a = arena_new(), *kept = arena_new();
	struct checking c = {.txn = txn, .a = a, .f = {fault, arg, kept, inv_stat_truth_new(kept)}};
	AUTO(store_iter) struct store_iter it = {0};
	struct bytes k, v;
	int err = store_iter_init(&it, txn, INV_LOAN, NULL);

	while (err == 0 && (err = store_iter_next(&it, &k, &v)) == 0) {
		struct inv_loan_full f;
		uint64_t id;

		err = store_key_parse(k, "q", &id);
		if (err == 0)
			err = inv_loan_load(txn, a, id, &f);
		if (err == 0)
			err = check_loan(&c, &f);
		arena_reset(a);
	}
	if (err != ERR_NOTFOUND)
		return err;
	err = check_sizes(&c);
	if (err == 0)
		err = check_counts(&c);
	if (err == 0)
		err = inv_hold_check(txn, &c.f);
	if (err == 0)
		err = inv_handout_check(txn, &c.f);
	return err ? err : inv_stat_truth_check(txn, c.f.truth, &c.f);
}
