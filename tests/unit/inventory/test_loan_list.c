/* SPDX-License-Identifier: EUPL-1.2 */
/* Who works in one zone finds their loans behind any number of another's, and looks at so many rows
 * as were asked for: loan_list.c, loan_index_db.c. */
#include "tests/unit/inventory/counter.h"

#define OTHERS 700

static struct counter c;

static int put_in(struct store_txn *txn, unsigned zone, uint64_t id)
{
	const char *serial = arena_printf(c.a, "SN-%04u", (unsigned)id);
	struct inv_loan loan = {.id = id,
		.zone = zone,
		.kind = INV_LOAN_ORDINARY,
		.borrower = "someone",
		.happened_at = COUNTER_NOW,
		.lines = 1,
		.open = 1,
		.due = 20000,
		.sign_out = true};
	struct inv_loan_line line = {.loan = id,
		.no = 1,
		.serial = serial,
		.name = "Ringklocka",
		.state = INV_LINE_OUT,
		.due = 20000};
	int err = inv_loan_put(txn, NULL, &loan);

	return err ? err : inv_line_put(txn, NULL, &line);
}

/* The library's own stands behind all others. */
static int fill_in(struct store_txn *txn, void *arg)
{
	int err = 0;

	(void)arg;
	for (uint64_t id = 1; err == 0 && id <= OTHERS; id++)
		err = put_in(txn, PEOPLE_CARE, id);
	return err ? err : put_in(txn, PEOPLE_LIBRARY, OTHERS + 1);
}

static void begin(void)
{
	counter_open(&c);
	cr_assert_eq(store_write(c.st, fill_in, NULL), 0);
}

static void end(void)
{
	counter_close(&c);
}

struct asking {
	struct inv_loan_ask ask;
	struct inv_loan_row *rows;
	size_t n, used;
	const char *next;
};

static int ask_in(struct store_txn *txn, void *arg)
{
	struct asking *x = arg;
	size_t before = arena_used(c.a);
	int err = inv_loan_list(txn, c.a, &x->ask, &x->rows, &x->n, &x->next);

	x->used = arena_used(c.a) - before;
	return err;
}

static struct asking list(enum inv_loan_order order, unsigned zones, size_t look)
{
	struct asking x = {.ask = {.order = order, .zones = zones, .most = 10, .look = look}};

	cr_assert_eq(store_read(c.st, ask_in, &x), 0);
	return x;
}

Test(loan_list, looks_at_so_many_rows_and_says_that_there_are_more, .init = begin, .fini = end,
	.timeout = 300)
{
	struct asking x = list(INV_LOANS_DUE, PEOPLE_LIBRARY, 300);

	cr_expect_eq(x.n, 0);
	cr_assert_not_null(x.next, "it goes on there");
	x.ask.after = x.next;
	cr_assert_eq(store_read(c.st, ask_in, &x), 0);
	cr_expect_eq(x.n, 0);
	x.ask.after = x.next;
	cr_assert_eq(store_read(c.st, ask_in, &x), 0);
	cr_expect_eq(x.n, 1, "the third piece has it");
	cr_expect_null(x.next);
	x = list(INV_LOANS_DUE, PEOPLE_LIBRARY, OTHERS + 10);
	cr_assert_eq(x.n, 1);
	cr_expect_eq(x.rows[0].loan.id, OTHERS + 1);
	cr_expect_null(x.next);
}

Test(loan_list, what_is_left_out_is_not_kept, .init = begin, .fini = end, .timeout = 300)
{
	static const enum inv_loan_order orders[] = {INV_LOANS_DUE, INV_LOANS_BY_NUMBER};

	for (size_t i = 0; i < sizeof(orders) / sizeof(orders[0]); i++) {
		struct asking few = list(orders[i], PEOPLE_LIBRARY, 5);
		struct asking many = list(orders[i], PEOPLE_LIBRARY, OTHERS);

		cr_expect_eq(few.n, 0);
		cr_expect_eq(many.n, 0);
		cr_expect_eq(many.used, few.used, "order %zu: %zu octets", i, many.used);
	}
}

Test(loan_list, unsigned_ones_stand_by_zone, .init = begin, .fini = end, .timeout = 300)
{
	struct asking x = list(INV_LOANS_UNSIGNED, PEOPLE_LIBRARY, 0);

	cr_assert_eq(x.n, 1, "no row of another zone is looked at");
	cr_expect_eq(x.rows[0].loan.id, OTHERS + 1);
	cr_expect_null(x.next);
	x = list(INV_LOANS_UNSIGNED, PEOPLE_CARE, 0);
	cr_expect_eq(x.n, 10);
	cr_expect_not_null(x.next);
	x = list(INV_LOANS_UNSIGNED, PEOPLE_ZONES, 0);
	cr_assert_eq(x.n, 10);
	cr_expect_eq(x.rows[9].loan.id, 10, "all are in one order");
	x.ask.down = true;
	cr_assert_eq(store_read(c.st, ask_in, &x), 0);
	cr_assert_eq(x.n, 10);
	cr_expect_eq(x.rows[0].loan.id, OTHERS + 1);
	cr_expect_eq(list(INV_LOANS_UNSIGNED, 0, 0).n, 0);
}

/* As a program of before had it: one row a loan, by number alone. */
static int older_in(struct store_txn *txn, void *arg)
{
	struct store_key layout = store_key("s", "=layout");
	int err = 0;

	(void)arg;
	for (uint64_t id = 1; err == 0 && id <= OTHERS + 1; id++) {
		unsigned zone = id <= OTHERS ? PEOPLE_CARE : PEOPLE_LIBRARY;
		struct store_key of = store_key("cq", (int)zone, id);
		struct store_key any = store_key("cq", 0, id), older = store_key("q", id);

		err = store_del(txn, INV_LOAN_UNSIGNED, &of);
		if (err == 0)
			err = store_del(txn, INV_LOAN_UNSIGNED, &any);
		if (err == 0)
			err = store_put(txn, INV_LOAN_UNSIGNED, &older, bytes_of("", 0));
	}
	if (err == 0)
		err = store_del(txn, INV_SERIES, &layout);
	return err == ERR_NOTFOUND ? 0 : err;
}

static int count_in(struct store_txn *txn, void *arg)
{
	return store_count(txn, INV_LOAN_UNSIGNED, arg);
}

Test(loan_list, an_older_store_gets_them_by_zone, .init = begin, .fini = end, .timeout = 300)
{
	uint64_t n = 0;

	cr_assert_eq(store_write(c.st, older_in, NULL), 0);
	cr_assert_eq(inv_layout_renew(c.st), 0);
	cr_assert_eq(store_read(c.st, count_in, &n), 0);
	cr_expect_eq(n, 2 * (OTHERS + 1), "and none of the older ones: %llu", (unsigned long long)n);
	cr_expect_eq(list(INV_LOANS_UNSIGNED, PEOPLE_LIBRARY, 0).n, 1);
}
