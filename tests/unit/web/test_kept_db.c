/* SPDX-License-Identifier: EUPL-1.2 */
#include "web/pin_int.h"

#include "tests/unit/web/small_store.h"

#include <criterion/criterion.h>

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
	struct small_store s;

	small_store_open(&s);
	cr_assert_eq(store_write(s.st, many_in, s.a), 0);
	small_store_close(&s);
}
