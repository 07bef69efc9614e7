/* SPDX-License-Identifier: EUPL-1.2 */
/* The lists of a model's desk: each has what the others have, in its own order, and the same backwards. */
#ifndef TEST_MODEL_LISTS_H
#define TEST_MODEL_LISTS_H

#include "tests/unit/inventory/model.h"

/* A borrower's count, and the list of what the borrower has, are the same. */
static int borrowers_in(struct store_txn *txn, void *arg)
{
	struct model *m = arg;

	for (int b = 0; b < COUNTER_BORROWERS; b++) {
		const struct inv_loan_ask ask = {.order = INV_LOANS_OF_BORROWER,
			.key = m->c.borrower[b],
			.zones = PEOPLE_ZONES,
			.open_only = true,
			.most = 100};
		struct people_borrower p;
		struct inv_loan_row *rows;
		const char *next;
		size_t n;

		cr_assert_eq(people_get(m->c.people, txn, m->c.a, PEOPLE_ZONES, ask.key, &p), 0);
		cr_assert_eq(inv_loan_list(txn, m->c.a, &ask, &rows, &n, &next), 0);
		cr_assert_eq(n, p.open_loans);
		for (size_t i = 0; i < n; i++)
			cr_assert_str_eq(rows[i].loan.borrower, ask.key);
	}
	return 0;
}

#define OPEN_MOST 300

/* Every line of an order, a page of three at a time: "loan.line" after "loan.line". */
static size_t walk(
	struct store_txn *txn, struct model *m, struct inv_loan_ask ask, struct inv_loan_line *ret)
{
	size_t all = 0;

	ask.zones = PEOPLE_ZONES;
	ask.most = 3;
	do {
		struct inv_loan_row *rows;
		size_t n;

		cr_assert_eq(inv_loan_list(txn, m->c.a, &ask, &rows, &n, &ask.after), 0);
		for (size_t i = 0; i < n; i++) {
			cr_assert_lt(all, OPEN_MOST);
			ret[all++] = rows[i].line;
		}
	} while (ask.after);
	return all;
}

static bool goes_up(enum inv_loan_order o, const struct inv_loan_line *x)
{
	int by = o == INV_LOANS_BY_PRODUCT ? strcmp(x[0].product, x[1].product) : 0;

	return by < 0 || (by == 0 && x[0].due <= x[1].due);
}

/* Each order has the same lines, and backwards they are the same backwards; of some days, those. */
static int orders_in(struct store_txn *txn, void *arg)
{
	static const enum inv_loan_order orders[] = {INV_LOANS_DUE, INV_LOANS_BY_PRODUCT};
	static struct inv_loan_line up[OPEN_MOST], down[OPEN_MOST], few[OPEN_MOST];
	size_t all[2], within[2];

	for (int o = 0; o < 2; o++) {
		struct inv_loan_ask ask = {.order = orders[o]};
		size_t n = all[o] = walk(txn, arg, ask, up), some = 0;

		ask.down = true;
		cr_assert_eq(walk(txn, arg, ask, down), n);
		for (size_t i = 0; i < n; i++) {
			cr_assert_eq(up[i].loan, down[n - 1 - i].loan);
			cr_assert_eq(up[i].no, down[n - 1 - i].no);
			cr_assert(i + 1 == n || goes_up(orders[o], up + i));
		}
		if (n == 0)
			continue;
		ask.from = up[n / 3].due < up[n / 2].due ? up[n / 3].due : up[n / 2].due;
		ask.to = up[n / 3].due + up[n / 2].due - ask.from;
		for (size_t i = 0; i < n; i++)
			some += up[i].due >= ask.from && up[i].due <= ask.to;
		within[o] = walk(txn, arg, ask, few);
		cr_assert_eq(within[o], some);
		ask.down = false;
		cr_assert_eq(walk(txn, arg, ask, few), some);
	}
	cr_assert_eq(all[0], all[1]);
	return 0;
}

/* By number stands all there ever was, also what came back, once each, and the same backwards. */
static int numbers_in(struct store_txn *txn, void *arg)
{
	const struct model *m = arg;
	struct inv_loan_ask ask = {
		.order = INV_LOANS_BY_NUMBER, .most = 7, .zones = PEOPLE_ZONES};
	uint64_t lines = 0, seen[2] = {0}, last = 0;

	cr_assert_eq(store_count(txn, INV_LOAN_LINE, &lines), 0);
	for (int down = 0; down < 2; down++) {
		ask.down = down;
		ask.after = NULL;
		do {
			struct inv_loan_row *rows;
			size_t n;

			cr_assert_eq(inv_loan_list(txn, m->c.a, &ask, &rows, &n, &ask.after), 0);
			for (size_t i = 0; i < n; i++) {
				uint64_t at = rows[i].loan.id * 100 + rows[i].line.no;

				cr_assert(seen[down] == 0 || (down ? at < last : at > last));
				last = at;
				seen[down]++;
			}
		} while (ask.after);
		cr_expect_eq(seen[down], lines);
	}
	return 0;
}

#endif
