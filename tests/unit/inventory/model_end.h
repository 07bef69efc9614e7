/* SPDX-License-Identifier: EUPL-1.2 */
/* Of what an act at a model's desk is tried, and what must be true of all stories and of the audit log at the end. */
#ifndef TEST_MODEL_END_H
#define TEST_MODEL_END_H

#include "tests/unit/inventory/model.h"

static int thing(struct model *m)
{
	return (int)any(m, MODEL_THINGS);
}

/* One that is lent, or is not: mostly, so that more is done than refused. */
static int thing_that(struct model *m, bool is_lent)
{
	int t = thing(m);

	for (int i = 0; i < 3 && ((m->thing[t].loan != 0) != is_lent || model_is_lamp(t)); i++)
		t = thing(m);
	return t;
}

/* One that is so, mostly. */
static int thing_in(struct model *m, enum inv_state s)
{
	int t = thing(m);

	for (int i = 0; i < 8 && m->thing[t].state != s; i++)
		t = thing(m);
	return t;
}

/* Of the two services there is one for each borrower, and each leaves the other's alone. */
#define CARES (COUNTER_BORROWERS - 1)
static bool is_theirs(const struct model *m, int borrower)
{
	return (m->c.by.zones & (borrower == CARES ? PEOPLE_CARE : PEOPLE_LIBRARY)) != 0;
}

static int somebody(struct model *m)
{
	if (any(m, 8) == 0)
		return (int)any(m, COUNTER_BORROWERS);
	return m->c.by.zones == PEOPLE_CARE ? CARES : (int)any(m, CARES);
}

static void expect_theirs(struct model *m, int err, int borrower)
{
	cr_assert(err || is_theirs(m, borrower), "act %d: %s: done for the other service", m->act, m->doing);
	m->elsewhere += err && !is_theirs(m, borrower);
}

/* How many lines of loans a thing has had. */
static size_t lines_of(struct store_txn *txn, struct model *m, const char *serial)
{
	struct inv_loan_ask ask = {
		.order = INV_LOANS_OF_UNIT, .key = serial, .zones = PEOPLE_ZONES, .most = 500};
	struct inv_loan_row *rows;
	size_t n;

	cr_assert_eq(inv_loan_list(txn, m->c.a, &ask, &rows, &n, &ask.after), 0);
	cr_assert_null(ask.after);
	return n;
}

/* From its first line to its last, each beginning where the one before ended. */
static enum inv_state story_ends(const struct inv_event *e, size_t n)
{
	enum inv_state at = INV_IN_STOCK;

	while (n--) {
		if (!e[n].to)
			continue;
		cr_assert_eq(e[n].from, at);
		at = e[n].to;
	}
	return at;
}

/* The audit log has as many rows as acts succeeded: those that stand beside an act left out, as by model_sums_in(). */
static int rows_in(struct store_txn *txn, void *arg)
{
	struct model *m = arg;
	struct audit_record *x;
	size_t n, rows = 0;
	int err = audit_list(txn, NULL, STORE_PIECE_N(m->c.a, 0, 100000), &x, &n);

	for (size_t i = 0; err == 0 && i < n && x[i].seq > m->began; i++)
		rows += !text_equal(x[i].act, "item.mark") && !text_equal(x[i].act, "kit.count") &&
			!stands_beside(x[i].act);
	cr_assert_eq(rows, m->rows, "%zu rows of %u acts", rows, m->rows);
	return err;
}

/* The story of a thing has as many lines as it was given, and begins with none missing. */
static int story_in(struct store_txn *txn, void *arg)
{
	struct model *m = arg;

	for (int i = 0; i < MODEL_THINGS; i++) {
		struct inv_event *e;
		struct inv_unit u;
		size_t n, k;

		cr_assert_eq(inv_unit_get(txn, m->c.a, model_serial(i), &u), 0);
		cr_assert_eq(
			inv_history_list(txn, u.serial, STORE_PIECE_N(m->c.a, 0, 5000), &e, &n), 0);
		cr_assert_eq(n, m->thing[i].told);
		for (k = 0; k < n; k++)
			cr_assert_eq(e[k].seq, n - k);
		cr_assert_eq(story_ends(e, n), u.state, "%s is %s", u.serial, inv_state_name(u.state));
		if (!model_is_lamp(i)) /* which goes with its bag */
			cr_assert_eq(lines_of(txn, m, u.serial), u.loans, "%s", u.serial);
	}
	return 0;
}

#endif
