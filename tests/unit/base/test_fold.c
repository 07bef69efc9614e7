/* SPDX-License-Identifier: EUPL-1.2 */
#include "base/fold.h"

#include <criterion/criterion.h>

Test(fold, what_is_alike_in_a_search_comes_down_to_the_same)
{
	static const char *const cases[][2] = {
		{"Ringklocka", "ringklocka"},
		{"ÅÄÖ", "åäö"},
		{"a\xcc\x8a", "å"}, /* a and a ring of its own */
		{"Énormé", "enorme"},
		{"Müller", "muller"},
		{"Æbler Øl", "äbler öl"},
		{"ＩＰＡＤ", "ipad"},
		{"ﬁn", "fin"},
		{"", ""},
		{"\xff\xfe", "\xef\xbf\xbd\xef\xbf\xbd"},
	};
	AUTO(arena) struct arena *a = arena_new();

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		cr_expect_str_eq(fold_text(a, cases[i][0]), cases[i][1], "%s", cases[i][0]);
}

/* Plain texts go a way of their own, past ICU: to the same. */
Test(fold, the_short_way_leads_where_the_long_one_does)
{
	static const char *const letters[] = {"Å", "Ä", "Ö", "å", "ä", "ö"};
	AUTO(arena) struct arena *a = arena_new();
	AUTO(buf) struct buf b = BUF_INIT(1 << 16);
	const char *all, *other;

	for (char c = 1; c > 0 && c < 0x7f; c++) {
		buf_add_char(&b, c);
		buf_add_str(&b, letters[(unsigned char)c % 6]);
	}
	all = fold_text(a, buf_str(&b));
	buf_add_str(&b, "é");
	other = fold_text(a, buf_str(&b));
	cr_assert_eq(strlen(other), strlen(all) + 1);
	cr_expect(strncmp(all, other, strlen(all)) == 0);
	cr_expect_str_eq(fold_text(a, "A\xcc\x8aÅ"), "åå", "no short way");
	cr_expect_str_eq(fold_text(a, "a\xc3"), "a\xef\xbf\xbd");
}

Test(fold, words_are_letters_and_digits)
{
	AUTO(arena) struct arena *a = arena_new();
	const char *w[4];

	cr_assert_eq(fold_words(a, "  Trådlös, ring-klocka 2!  ", 4, w), 4);
	cr_expect_str_eq(w[0], "trådlös");
	cr_expect_str_eq(w[2], "klocka");
	cr_expect_str_eq(w[3], "2");
	cr_expect_eq(fold_words(a, "a b c d e f", 4, w), 4, "no more than asked for");
	cr_expect_eq(fold_words(a, "<>!? \xf0\x9f\x98\x80", 4, w), 0);
	cr_expect_eq(fold_words(a, NULL, 4, w), 0);
	cr_assert_eq(fold_words(a, "ååååååååååååååååååååååååååååååååååååååååååååååååååååååååååååå",
			     4, w),
		1);
	cr_expect_leq(strlen(w[0]), FOLD_WORD);
	cr_expect_eq(strlen(w[0]) % 2, 0, "cut between letters");
}

Test(fold, sorts_as_swedes_do)
{
	static const char *const order[] = {
		"", "iPad 2", "iPad 10", "Vas", "Wax", "zebra", "Ålder", "älg", "Öga"};
	AUTO(arena) struct arena *a = arena_new();

	for (size_t i = 1; i < sizeof(order) / sizeof(order[0]); i++)
		cr_expect_lt(strcmp(fold_sort_key(a, order[i - 1]), fold_sort_key(a, order[i])), 0,
			"%s before %s", order[i - 1], order[i]);
	cr_expect_leq(strlen(fold_sort_key(a, "ååååååååååååååååååååååååååååååååååååååååååååååååå"
					      "ååååååååååååååååååååååååååååååååååååååååååååååååå"
					      "ååååååååååååååååååååååååååååååååååååååååååååååååå")),
		FOLD_KEY);
}

Test(fold, slips_are_counted_in_letters)
{
	static const struct {
		const char *a, *b;
		unsigned most, distance;
	} cases[] = {
		{"klocka", "klocka", 2, 0},
		{"klocka", "klokca", 2, 1},
		{"klocka", "kloka", 2, 1},
		{"klocka", "klåcka", 2, 1},
		{"larm", "lärm", 1, 1},
		{"abc", "xyz", 2, 3},
		{"a", "abcdef", 2, 3},
		{"", "ab", 2, 2},
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		cr_expect_eq(fold_distance(cases[i].a, cases[i].b, cases[i].most),
			cases[i].distance, "%s %s", cases[i].a, cases[i].b);
		cr_expect_eq(
			fold_distance(cases[i].b, cases[i].a, cases[i].most), cases[i].distance);
	}
}

Test(fold, a_word_is_meant_by_its_beginning_too_and_the_longer_the_more_is_forgiven)
{
	static const struct {
		const char *typed, *word;
		unsigned slips, distance;
	} cases[] = {
		{"arm", "larm", 0, 1},
		{"lram", "larm", 1, 1},
		{"ringklcka", "ringklockan", 2, 2},
		{"ringklocka", "ringklockan", 2, 1},
		{"trygghtslarm", "trygghetslarm", 2, 1},
		{"ringklocka", "ringklockornas", 2, 1},
		{"stol", "säng", 1, 2},
		{"sål", "stol", 0, 1},
		{"löpåsöx", "vagnarna", 1, 2},
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		unsigned most = fold_slips(cases[i].typed);

		cr_expect_eq(most, cases[i].slips, "%s", cases[i].typed);
		cr_expect_eq(fold_nearness(cases[i].typed, cases[i].word, most), cases[i].distance,
			"%s %s: %u", cases[i].typed, cases[i].word,
			fold_nearness(cases[i].typed, cases[i].word, most));
	}
}

Test(fold, a_word_is_meant_by_its_end_too_and_less_is_forgiven_there)
{
	static const struct {
		const char *typed, *word;
		unsigned slips, distance;
	} cases[] = {
		{"larm", "trygghetslarm", 0, 0},
		{"lram", "trygghetslarm", 0, 1},
		{"armbamd", "aktivitetsarmband", 1, 1},
		{"armbadn", "aktivitetsarmband", 1, 1},
		{"armban", "aktivitetsarmband", 1, 1},
		{"ringklckr", "dörringklockor", 1, 2},
		{"ringklockr", "dörringklockor", 2, 1},
		{"armband", "aktivitetsarmbanden", 1, 2},
		{"armband", "arm", 1, 2},
		{"sängar", "vårdsangar", 1, 1},
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		unsigned most = fold_end_slips(cases[i].typed);

		cr_expect_eq(most, cases[i].slips, "%s", cases[i].typed);
		cr_expect_eq(fold_end_distance(cases[i].typed, cases[i].word, most), cases[i].distance,
			"%s %s: %u", cases[i].typed, cases[i].word,
			fold_end_distance(cases[i].typed, cases[i].word, most));
	}
}
