/* SPDX-License-Identifier: EUPL-1.2 */
/* store_time.c: counts of a span against a look at every row. */
#include "store_test.h"

#include "base/mem.h"
#include "base/text.h"

#include <string.h>

TestSuite(store_time, .init = test_setup, .fini = test_teardown);

#define HOUR 3600
#define DAY 86400
#define ROWS 300
#define T INV_HISTORY

static struct row {
	int64_t at; /* 0: not there */
	char id[12];
} rows[ROWS];
static uint32_t dice = 77;

static uint32_t roll(uint32_t sides)
{
	dice = dice * 1664525u + 1013904223u;
	return (dice >> 16) % sides;
}

/* Some days around 1970, with the moments where a day or an hour begins or ends. */
static int64_t moment(void)
{
	int64_t at = ((int64_t)roll(40) - 20) * DAY;

	switch (roll(4)) {
	case 0:
		return at;
	case 1:
		return at - 1;
	case 2:
		return at + (int64_t)roll(24) * HOUR;
	default:
		return at + (int64_t)roll(24) * HOUR + roll(HOUR);
	}
}

static int change_in(struct store_txn *txn, void *arg)
{
	struct row *r = arg;
	int64_t at = r->at ? 0 : moment();
	int err;

	if (r->at)
		err = store_time_del(txn, T, r->at, r->id);
	else
		err = at ? store_time_add(txn, T, at, r->id, r->id) : 0;
	r->at = at;
	return err;
}

struct asked {
	struct store_span span;
	struct store_look look;
	struct arena *a;
};

static int look_in(struct store_txn *txn, void *arg)
{
	struct asked *x = arg;

	return store_time_look(txn, T, x->a, &x->span, &x->look);
}

static void look_compare(struct asked *x)
{
	uint64_t n = 0;
	int64_t first = INT64_MAX;

	for (size_t i = 0; i < ROWS; i++) {
		if (!rows[i].at || rows[i].at < x->span.from || rows[i].at >= x->span.to)
			continue;
		n++;
		first = rows[i].at < first ? rows[i].at : first;
	}
	cr_assert_eq(store_read(test_store, look_in, x), 0);
	cr_assert_eq(x->look.n, n, "%lld to %lld: %llu counted, %llu are",
		(long long)x->span.from, (long long)x->span.to, (unsigned long long)x->look.n,
		(unsigned long long)n);
	cr_assert_eq(x->look.any, n > 0);
	cr_assert_eq(x->look.named, n < x->span.most ? n : x->span.most);
	if (n)
		cr_assert_eq(x->look.first, first);
}

struct faults {
	unsigned n;
	uint64_t rows;
};

static void fault_count(void *arg, const char *what)
{
	(void)what;
	((struct faults *)arg)->n++;
}

static int check_in(struct store_txn *txn, void *arg)
{
	struct faults *f = arg;

	return store_time_check(txn, T, fault_count, f, &f->rows);
}

static struct faults check(void)
{
	struct faults f = {0};

	cr_assert_eq(store_read(test_store, check_in, &f), 0);
	return f;
}

Test(store_time, a_span_is_counted_as_if_each_row_were_looked_at)
{
	struct asked x = {.a = arena_new()};

	for (size_t i = 0; i < ROWS; i++)
		snprintf(rows[i].id, sizeof(rows[i].id), "r%zu", i);
	for (int i = 0; i < 800; i++) {
		cr_assert_eq(store_write(test_store, change_in, &rows[roll(ROWS)]), 0);
		x.span = (struct store_span){moment(), moment(), roll(5)};
		look_compare(&x);
		x.span.from = STORE_TIME_BEGIN;
		look_compare(&x);
		arena_reset(x.a);
	}
	cr_expect_eq(check().n, 0);
	cr_expect_gt(check().rows, 100);
	arena_free(x.a);
}

/* --- one row --- */

static int twice_in(struct store_txn *txn, void *arg)
{
	int err = store_time_add(txn, T, 1000, "a", "Anna");

	(void)arg;
	if (err == 0)
		err = store_time_add(txn, T, 1000, "a", "Anna");
	if (err == 0)
		err = store_time_add(txn, T, 1000, "b", "Bo");
	if (err == 0)
		err = store_time_del(txn, T, 1000, "c");
	return err ? err : store_time_del(txn, T, 1001, "a");
}

static int name_in(struct store_txn *txn, void *arg)
{
	struct bytes name;
	int err = store_time_get(txn, T, 1000, arg, &name);

	return err == 0 && !bytes_equal(name, bytes_of_str("Anna")) ? ERR_CORRUPT : err;
}

Test(store_time, what_is_there_or_gone_already_counts_once)
{
	struct asked x = {.span = {1000, 1001, 5}, .a = arena_new()};

	cr_assert_eq(store_write(test_store, twice_in, NULL), 0);
	cr_assert_eq(store_read(test_store, look_in, &x), 0);
	cr_expect_eq(x.look.n, 2);
	cr_expect_str_eq(x.look.names[0], "Anna");
	cr_expect_str_eq(x.look.names[1], "Bo");
	cr_expect_eq(store_read(test_store, name_in, (void *)(uintptr_t) "a"), 0);
	cr_expect_eq(store_read(test_store, name_in, (void *)(uintptr_t) "c"), ERR_NOTFOUND);
	cr_expect_eq(check().n, 0);
	arena_free(x.a);
}

/* --- what is wrong is told --- */

static int harm_in(struct store_txn *txn, void *arg)
{
	struct store_key k = store_key("ct", *(int *)arg, INT64_C(0)), v = store_key("q", UINT64_C(7));

	return store_put(txn, T, &k, bytes_of(v.b, v.n));
}

static int lose_in(struct store_txn *txn, void *arg)
{
	struct store_key k = store_key("ct", *(int *)arg, INT64_C(0));

	return store_del(txn, T, &k);
}

Test(store_time, a_count_that_is_wrong_or_missing_is_told)
{
	for (int level = 1; level <= 2; level++) {
		cr_assert_eq(store_write(test_store, twice_in, NULL), 0);
		cr_expect_eq(check().n, 0);
		cr_assert_eq(store_write(test_store, harm_in, &level), 0);
		cr_expect_neq(check().n, 0);
		cr_assert_eq(store_write(test_store, lose_in, &level), 0);
		cr_expect_neq(check().n, 0);
		test_teardown();
		test_setup();
	}
}
