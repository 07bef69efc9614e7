/* SPDX-License-Identifier: EUPL-1.2 */
#include "store_test.h"

#include "base/mem.h"
#include "base/text.h"

TestSuite(store_list, .init = test_setup, .fini = test_teardown);

static const char *const words[] = {"a", "b", "c", "d", "e"};
#define WORDS (sizeof(words) / sizeof(words[0]))

/* Each word under "of", and one under a neighbour on either side; numbers 1 to 5 under "no". */
static int put_words(struct store_txn *txn, void *arg)
{
	struct store_key beside[] = {store_key("ss", "oe", "z"), store_key("ss", "og", "a")};
	int err = 0;

	for (size_t i = 0; err == 0 && i < WORDS; i++) {
		struct store_key k = store_key("ss", "of", words[i]);
		struct store_key no = store_key("sq", "no", (uint64_t)i + 1);

		err = store_put(txn, INV_HISTORY, &k, bytes_of_str(words[i]));
		if (err == 0)
			err = store_put(txn, INV_HISTORY, &no, bytes_of_str(words[i]));
	}
	for (size_t i = 0; err == 0 && i < 2; i++)
		err = store_put(txn, INV_HISTORY, &beside[i], bytes_of_str("!"));
	return err;
}

static int take_word(const struct store_row *row, void *ret)
{
	const char **word = ret;

	*word = arena_strndup(row->a, row->value.p, row->value.n);
	return text_equal(*word, "!") ? ERR_NOTFOUND : 0;
}

struct asked {
	const char *prefix, *after;
	uint64_t after_n;
	bool newest_first;
	size_t most;
	const char *want; /* NULL: ERR_BADINPUT */
};

static const struct asked table[] = {
	{"of", NULL, 0, false, 9, "abcde"},
	{"of", NULL, 0, false, 5, "abcde"},
	{"of", NULL, 0, false, 2, "ab"},
	{"of", "b", 0, false, 2, "cd"},
	{"of", "bb", 0, false, 2, "cd"}, /* no such record (any more) */
	{"of", "d", 0, false, 2, "e"},
	{"of", "e", 0, false, 2, ""},
	{"of", "", 0, false, 1, "a"},
	{"of", NULL, 0, true, 2, "ed"},
	{"of", "d", 0, true, 2, "cb"},
	{"of", "a", 0, true, 2, ""},
	{"of", "c", 0, false, 0, ""},
	{"no", NULL, 0, false, 9, "abcde"},
	{"no", NULL, 3, false, 9, "de"},
	{"no", NULL, 3, true, 9, "ba"},
	{"none", NULL, 0, false, 9, ""},
};

static int read_table(struct store_txn *txn, void *arg)
{
	struct arena *a = arg;

	for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++) {
		const struct asked *x = &table[i];
		const struct store_list list = {.table = INV_HISTORY,
			.newest_first = x->newest_first,
			.size = sizeof(char *),
			.take = take_word};
		const struct store_piece piece = {a, x->most, x->after, x->after_n};
		struct store_key prefix = store_key("s", x->prefix);
		struct store_rows rows = {0};
		char got[20] = "";

		cr_assert_eq(store_list_read(txn, &list, &prefix, &piece, &rows), 0);
		for (size_t j = 0; j < rows.n; j++)
			got[j] = ((const char **)rows.at)[j][0];
		cr_expect_str_eq(got, x->want, "row %zu: %s", i, got);
	}
	return 0;
}

Test(store_list, each_piece_goes_on_behind_the_one_before)
{
	AUTO(arena) struct arena *a = arena_new();

	cr_assert_eq(store_write(test_store, put_words, NULL), 0);
	cr_assert_eq(store_read(test_store, read_table, a), 0);
}

static int read_bad(struct store_txn *txn, void *arg)
{
	struct arena *a = arg;
	const struct store_list list = {
		.table = INV_HISTORY, .size = sizeof(char *), .take = take_word};
	struct store_key beside = store_key("s", "og"), of = store_key("s", "of");
	struct store_rows rows = {.n = 77};
	char longest[STORE_KEY_MAX + 2], long_enough[STORE_KEY_MAX];

	memset(longest, 'x', sizeof(longest));
	longest[STORE_KEY_MAX + 1] = 0;
	memset(long_enough, 'x', sizeof(long_enough));
	long_enough[STORE_KEY_MAX - 1] = 0; /* a key alone, but not with its prefix */
	cr_expect_eq(store_list_read(txn, &list, &of, STORE_PIECE(a, longest, 5), &rows),
		ERR_BADINPUT);
	cr_expect_eq(store_list_read(txn, &list, &of, STORE_PIECE(a, long_enough, 5), &rows),
		ERR_BADINPUT);
	cr_expect_eq(store_list_read(txn, &list, &beside, STORE_PIECE(a, NULL, 5), &rows),
		ERR_CORRUPT, "the record that the list promised is not there");
	cr_expect_eq(rows.n, 77, "untouched");
	return 0;
}

Test(store_list, what_can_be_no_key_and_what_is_missing)
{
	AUTO(arena) struct arena *a = arena_new();

	cr_assert_eq(store_write(test_store, put_words, NULL), 0);
	cr_assert_eq(store_read(test_store, read_bad, a), 0);
}
