/* SPDX-License-Identifier: EUPL-1.2 */
#include "store_test.h"

#include <limits.h>

static int key_order(const struct store_key *a, const struct store_key *b)
{
	int order = memcmp(a->b, b->b, a->n < b->n ? a->n : b->n);

	return order != 0 ? order : (int)a->n - (int)b->n;
}

/* Keys given in the order people mean must be in byte order. */
static void must_rise(const struct store_key *keys, size_t n, const char *what)
{
	for (size_t i = 0; i < n; i++)
		cr_assert_not(keys[i].bad, "%s %zu", what, i);
	for (size_t i = 1; i < n; i++)
		cr_assert_lt(key_order(&keys[i - 1], &keys[i]), 0, "%s %zu", what, i);
}

#define RISE(what, ...)                                                   \
	do {                                                              \
		struct store_key keys_[] = {__VA_ARGS__};                 \
		must_rise(keys_, sizeof(keys_) / sizeof(keys_[0]), what); \
	} while (0)

Test(store_key, bytes_sort_as_people_do)
{
	RISE("u", store_key("u", 0u), store_key("u", 1u), store_key("u", 255u),
		store_key("u", 256u), store_key("u", 65536u), store_key("u", UINT32_MAX));
	RISE("q", store_key("q", UINT64_C(0)), store_key("q", UINT64_C(255)),
		store_key("q", UINT64_C(256)), store_key("q", UINT64_C(1) << 40),
		store_key("q", UINT64_MAX));
	RISE("t", store_key("t", INT64_MIN), store_key("t", INT64_C(-256)),
		store_key("t", INT64_C(-1)), store_key("t", INT64_C(0)), store_key("t", INT64_C(1)),
		store_key("t", INT64_C(1) << 33), store_key("t", INT64_MAX));
	RISE("s", store_key("s", ""), store_key("s", "a"), store_key("s", "a "),
		store_key("s", "aa"), store_key("s", "b"), store_key("s", "\xc3\xa5"));
	RISE("c", store_key("c", 0), store_key("c", 1), store_key("c", 127), store_key("c", 128),
		store_key("c", 255));
	RISE("b", store_key("b", "\0", (size_t)1), store_key("b", "\0\1", (size_t)2),
		store_key("b", "\1\0", (size_t)2), store_key("b", "\xff", (size_t)1));
	/* the first part decides before the second is looked at */
	RISE("sq", store_key("sq", "a", UINT64_MAX), store_key("sq", "ab", UINT64_C(0)),
		store_key("sq", "b", UINT64_C(0)), store_key("sq", "b", UINT64_C(1)));
	RISE("ts", store_key("ts", INT64_C(-5), "z"), store_key("ts", INT64_C(4), "a"),
		store_key("ts", INT64_C(4), "b"));
}

Test(store_key, every_letter_is_read_back)
{
	static const uint8_t raw[3] = {0, 255, 7};
	struct store_key k =
		store_key("sBuqtc", "name", raw, sizeof(raw), 1u, UINT64_MAX, INT64_MIN, 200);
	struct bytes rest;
	const char *s;
	uint8_t back[3];
	uint32_t u;
	uint64_t q;
	int64_t t;
	int c;

	cr_assert(k.bad, "B is a letter for reading");
	k = store_key("sbuqtc", "name", raw, sizeof(raw), 1u, UINT64_MAX, INT64_MIN, 200);
	cr_assert_not(k.bad);
	cr_assert_eq(store_key_parse(
			     bytes_of(k.b, k.n), "sBuqtc", &s, back, sizeof(back), &u, &q, &t, &c),
		0);
	cr_assert_str_eq(s, "name");
	cr_assert_arr_eq(back, raw, sizeof(raw));
	cr_assert_eq(u, 1);
	cr_assert_eq(q, UINT64_MAX);
	cr_assert_eq(t, INT64_MIN);
	cr_assert_eq(c, 200);
	cr_assert_eq(store_key_parse(bytes_of(k.b, k.n), "sb", &s, &rest), 0);
	cr_assert_eq(rest.n, 3 + 4 + 8 + 8 + 1);
	k = store_key("s", "only");
	cr_assert_eq(store_key_parse(bytes_of(k.b, k.n), "sb", &s, &rest), 0);
	cr_assert_eq(rest.n, 0, "the rest may be nothing");
}

Test(store_key, numbers_of_every_size_come_back)
{
	for (int bit = 0; bit < 64; bit++) {
		uint64_t q;
		int64_t t, want = (int64_t)((UINT64_C(1) << bit) - 1) * (bit % 2 ? -1 : 1);
		struct store_key k = store_key("qt", UINT64_C(1) << bit, want);

		cr_assert_eq(store_key_parse(bytes_of(k.b, k.n), "qt", &q, &t), 0);
		cr_assert_eq(q, UINT64_C(1) << bit);
		cr_assert_eq(t, want);
	}
}

Test(store_key, bytes_that_do_not_fit_the_letters_are_damage)
{
	static const struct {
		const char *bytes;
		size_t n;
		const char *fmt;
	} bad[] = {
		{"", 0, "u"},
		{"abc", 3, "u"},
		{"abcde", 5, "u"},
		{"abcdefg", 7, "q"},
		{"abcdefg", 7, "t"},
		{"", 0, "c"},
		{"name", 4, "s"},
		{"name\0x", 6, "s"},
		{"", 0, "s"},
		{"x", 1, ""},
		{"abcd", 4, "?"},
	};
	uint64_t room[4];

	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		cr_assert_eq(store_key_parse(bytes_of(bad[i].bytes, bad[i].n), bad[i].fmt, room),
			ERR_CORRUPT, "%zu", i);
	cr_assert_eq(store_key_parse(bytes_of("ab", 2), "B", room, (size_t)3), ERR_CORRUPT);
	cr_assert_eq(store_key_parse(bytes_of(NULL, 0), ""), 0);
}

static int use_bad_key(struct store_txn *txn, void *arg)
{
	const struct store_key *k = arg;
	struct store_iter it = {0};
	struct bytes v;

	cr_assert_eq(store_get(txn, INV_UNIT, k, &v), ERR_BADINPUT);
	cr_assert_eq(store_put(txn, INV_UNIT, k, bytes_of("", 0)), ERR_BADINPUT);
	cr_assert_eq(store_add(txn, INV_UNIT, k, bytes_of("", 0)), ERR_BADINPUT);
	cr_assert_eq(store_del(txn, INV_UNIT, k), ERR_BADINPUT);
	if (k->bad)
		cr_assert_eq(store_iter_init(&it, txn, INV_UNIT, k), ERR_BADINPUT);
	cr_assert_eq(store_iter_init(&it, txn, INV_UNIT, NULL), 0);
	store_iter_seek(&it, k);
	cr_assert_eq(store_iter_next(&it, &v, &v), k->bad ? ERR_BADINPUT : ERR_NOTFOUND);
	store_iter_release(&it);
	return 0;
}

Test(store_key, a_bad_key_is_refused_at_every_use, .init = test_setup, .fini = test_teardown)
{
	char text[STORE_KEY_MAX + 1];
	struct store_key bad[7];

	memset(text, 'x', sizeof(text));
	text[STORE_KEY_MAX] = '\0';
	bad[0] = store_key("s", text);
	bad[1] = store_key("s", (const char *)NULL);
	bad[2] = store_key("c", 256);
	bad[3] = store_key("c", -1);
	bad[4] = store_key("sb", "a", text, (size_t)STORE_KEY_MAX);
	bad[5] = store_key("x", 1);
	bad[6] = store_key(""); /* not bad for a walk, but no record has it */
	for (int i = 0; i < 7; i++) {
		cr_assert_eq(bad[i].bad, i < 6, "%d", i);
		cr_assert_eq(store_write(test_store, use_bad_key, &bad[i]), 0);
	}
	text[STORE_KEY_MAX - 1] = '\0';
	cr_assert_not(store_key("s", text).bad, "the longest there is");
	cr_assert_eq(test_put(INV_UNIT, text, "long"), 0);
	cr_assert_str_eq(test_get(INV_UNIT, text), "long");
}
