/* SPDX-License-Identifier: EUPL-1.2 */
#include "web/web_int.h"

#include "tests/unit/web/small_store.h"

#include <criterion/criterion.h>

static int none_in(struct store_txn *txn, void *arg)
{
	struct web_guess g = {.wrong_count = 9};

	cr_assert_eq(web_guess_get(txn, arg, "anna", &g), 0);
	cr_expect_eq(g.wrong_count, 0, "nobody tried, and there is no secret yet");
	return 0;
}

static int put_in(struct store_txn *txn, void *arg)
{
	struct web_guess g = {.wrong_count = 3, .wrong_at = 77}, got;

	cr_assert_eq(web_guess_put(txn, "anna", &g), 0);
	cr_assert_eq(web_guess_get(txn, arg, "anna", &got), 0);
	cr_expect_eq(got.wrong_count, 3);
	cr_expect_eq(got.wrong_at, 77);
	g.wrong_count = 4;
	cr_assert_eq(web_guess_put(txn, "anna", &g), 0);
	return 0;
}

static int invented_in(struct store_txn *txn, void *arg)
{
	AUTO(arena) struct arena *a = arena_new();
	AUTO(store_iter) struct store_iter it = {0};
	struct web_guess g = {.wrong_count = 1, .wrong_at = 5};
	struct bytes k, v;
	size_t rows = 0;

	(void)arg;
	for (int i = 0; i < 100000; i++)
		cr_assert_eq(web_guess_put(txn, arena_printf(a, "name%d", i), &g), 0);
	cr_assert_eq(store_iter_init(&it, txn, WEB_GUESS, NULL), 0);
	while (store_iter_next(&it, &k, &v) == 0)
		rows++;
	cr_expect_leq(rows, 65537);
	cr_expect_gt(rows, 40000, "they spread");
	return 0;
}

Test(guess_db, counts_by_name_and_stays_bounded)
{
	struct small_store s;

	small_store_open(&s);
	cr_assert_eq(store_read(s.st, none_in, s.a), 0);
	cr_assert_eq(store_write(s.st, put_in, s.a), 0);
	cr_assert_eq(store_write(s.st, invented_in, NULL), 0);
	small_store_close(&s);
}
