/* SPDX-License-Identifier: EUPL-1.2 */
#include "web/pin_int.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>

#define MOST 400 /* web/kept_db.c */
#define NOW 1000

static void name(uint8_t hash[WEB_KEPT_HASH], int i)
{
	memset(hash, 0, WEB_KEPT_HASH);
	hash[0] = (uint8_t)(i >> 8);
	hash[1] = (uint8_t)i;
}

static int many_in(struct store_txn *txn, void *arg)
{
	struct arena *a = arg;
	uint8_t hash[WEB_KEPT_HASH];
	const char *text;
	uint64_t n;

	for (int i = 0; i < MOST + 3; i++) {
		name(hash, i);
		cr_assert_eq(web_kept_put(txn, NOW + i, hash, "sealed", NOW), 0);
		cr_assert_eq(web_kept_put(txn, NOW + i, hash, "sealed", NOW), 0, "again");
	}
	cr_assert_eq(store_count(txn, WEB_KEPT, &n), 0);
	cr_expect_eq(n, MOST, "however many are sent");
	cr_assert_eq(web_kept_get(txn, a, NOW + MOST + 2, hash, &text), 0);
	cr_expect_str_eq(text, "sealed");
	name(hash, 2);
	cr_expect_eq(web_kept_get(txn, a, NOW + 2, hash, &text), ERR_NOTFOUND, "the oldest went");
	name(hash, 3);
	cr_expect_eq(web_kept_get(txn, a, NOW + 3, hash, &text), 0);
	name(hash, 9999);
	cr_assert_eq(web_kept_put(txn, NOW + 9999, hash, "new", NOW + 20), 0);
	name(hash, 19);
	cr_expect_eq(web_kept_get(txn, a, NOW + 19, hash, &text), ERR_NOTFOUND, "too old");
	name(hash, 20);
	cr_expect_eq(web_kept_get(txn, a, NOW + 20, hash, &text), 0);
	return 0;
}

Test(kept_db, the_oldest_goes_when_there_are_too_many)
{
	struct store_options so = {.create = true, .map_bytes = 1u << 30};
	AUTO(arena) struct arena *a = arena_new();
	char dir[64] = "/tmp/hylla-kept-XXXXXX";
	struct store *st;

	cr_assert_not_null(mkdtemp(dir));
	cr_assert_eq(store_open(dir, &so, &st), 0);
	cr_assert_eq(store_write(st, many_in, a), 0);
	store_close(st);
	cr_assert_eq(system(arena_printf(a, "rm -rf '%s'", dir)), 0);
}
