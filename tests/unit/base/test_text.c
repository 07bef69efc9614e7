/* SPDX-License-Identifier: EUPL-1.2 */
#include "base/text.h"

#include <criterion/criterion.h>

#define COUNT(x) (sizeof(x) / sizeof((x)[0]))

Test(text, compares)
{
	cr_expect(text_equal("a", "a"));
	cr_expect(!text_equal("a", "A"));
	cr_expect(text_equal(NULL, NULL));
	cr_expect(!text_equal(NULL, ""));
	cr_expect(!text_equal("", NULL));
	cr_expect(text_equal_case("Content-Type", "content-type"));
	cr_expect(!text_equal_case("content", "content-type"));
	cr_expect(!text_equal_case("@", "`"), "only letters fold");
	cr_expect(!text_equal_case("\xc3\x85", "\xc3\xa5"), "only ASCII folds");
	cr_expect(text_equal_case(NULL, NULL));
	cr_expect(!text_equal_case("", NULL));
	cr_expect(text_starts("abc", "ab"));
	cr_expect(text_starts("abc", ""));
	cr_expect(!text_starts("ab", "abc"));
	cr_expect(text_empty(NULL));
	cr_expect(text_empty(""));
	cr_expect(!text_empty(" "));
}

Test(text, copy_cuts)
{
	char to[4];

	text_copy(to, sizeof(to), "abcdef");
	cr_expect_str_eq(to, "abc");
	text_copy(to, sizeof(to), "x");
	cr_expect_str_eq(to, "x");
	text_copy(to, 0, "yyy");
	cr_expect_str_eq(to, "x");
	text_copy(to, 1, "yyy");
	cr_expect_str_eq(to, "");
}

Test(text, knows_utf8)
{
	static const struct {
		const char *s;
		bool good;
		const char *mended;
	} cases[] = {
		{"", true, ""},
		{"plain ASCII that is long enough", true, "plain ASCII that is long enough"},
		{"åäö €", true, "åäö €"},
		{"\xf0\x9f\x93\x9a", true, "\xf0\x9f\x93\x9a"},
		{"\xed\x9f\xbf\xee\x80\x80", true, "\xed\x9f\xbf\xee\x80\x80"},
		{"\xf4\x8f\xbf\xbf", true, "\xf4\x8f\xbf\xbf"},
		{"\xe5", false, "\xef\xbf\xbd"},
		{"a\x80z", false, "a\xef\xbf\xbdz"},
		{"\xc0\xaf", false, "\xef\xbf\xbd\xef\xbf\xbd"},
		{"\xc1\xbf", false, "\xef\xbf\xbd\xef\xbf\xbd"},
		{"\xe0\x9f\xbf", false, "\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd"},
		{"\xed\xa0\x80", false, "\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd"},
		{"\xf0\x8f\xbf\xbf", false, "\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd"},
		{"\xf4\x90\x80\x80", false, "\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd"},
		{"\xf5\x80", false, "\xef\xbf\xbd\xef\xbf\xbd"},
		{"\xe2\x82", false, "\xef\xbf\xbd\xef\xbf\xbd"},
		{"\xe2\x82z", false, "\xef\xbf\xbd\xef\xbf\xbdz"},
		{"1234567\xe5"
		 "abcdefgh",
			false,
			"1234567\xef\xbf\xbd"
			"abcdefgh"},
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		AUTO(buf) struct buf out = BUF_INIT(1000);
		struct bytes b = bytes_of_str(cases[i].s);

		cr_expect_eq(text_is_utf8(b), cases[i].good, "case %zu", i);
		text_add_utf8(&out, b);
		cr_expect_str_eq(buf_str(&out), cases[i].mended, "case %zu", i);
	}
	cr_expect(text_is_utf8(bytes_of("a\0b", 3)));
}

Test(text, parses_numbers)
{
	static const struct {
		const char *s;
		bool i64_good, u64_good;
		int64_t v;
	} cases[] = {
		{"0", true, true, 0},
		{"007", true, true, 7},
		{"-1", true, false, -1},
		{"-0", true, false, 0},
		{"9223372036854775807", true, true, INT64_MAX},
		{"-9223372036854775808", true, false, INT64_MIN},
		{"9223372036854775808", false, true, INT64_MIN},
		{"18446744073709551615", false, true, -1},
		{"18446744073709551616", false, false, 0},
		{"-9223372036854775809", false, false, 0},
		{"99999999999999999999999", false, false, 0},
		{"", false, false, 0},
		{NULL, false, false, 0},
		{"-", false, false, 0},
		{"--1", false, false, 0},
		{"+1", false, false, 0},
		{" 1", false, false, 0},
		{"1 ", false, false, 0},
		{"1a", false, false, 0},
		{"0x1", false, false, 0},
		{"1.0", false, false, 0},
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		int64_t v = 77;
		uint64_t u = 77;

		cr_expect_eq(text_parse_i64(cases[i].s, &v), cases[i].i64_good ? 0 : ERR_BADINPUT,
			"\"%s\"", cases[i].s);
		cr_expect_eq(v, cases[i].i64_good ? cases[i].v : 77, "\"%s\"", cases[i].s);
		cr_expect_eq(text_parse_u64(cases[i].s, &u), cases[i].u64_good ? 0 : ERR_BADINPUT,
			"\"%s\"", cases[i].s);
		cr_expect_eq(
			u, cases[i].u64_good ? (uint64_t)cases[i].v : 77, "\"%s\"", cases[i].s);
	}
}

Test(text, hex)
{
	static const char *const bad[] = {"0", "0g", "g0", "0x00", " 00", "00 ", "0\xc3"};
	AUTO(arena) struct arena *a = arena_new();
	struct bytes b = {NULL, 0};

	cr_assert_eq(text_parse_hex(a, bytes_of_str("00fFAb10"), &b), 0);
	cr_expect(bytes_equal(b, bytes_of("\x00\xff\xab\x10", 4)));
	cr_expect_str_eq(text_hex(a, b), "00ffab10");
	cr_expect_str_eq(text_hex(a, bytes_of(NULL, 0)), "");
	for (size_t i = 0; i < COUNT(bad); i++)
		cr_expect_eq(
			text_parse_hex(a, bytes_of_str(bad[i]), &b), ERR_BADINPUT, "%s", bad[i]);
	cr_expect_eq(b.n, 4, "untouched on failure");
	cr_assert_eq(text_parse_hex(a, bytes_of_str(""), &b), 0);
	cr_expect_eq(b.n, 0);
}

Test(text, distance)
{
	static const struct {
		const char *a, *b;
		unsigned d;
	} cases[] = {
		{"", "", 0},
		{"a", "", 1},
		{"", "abc", 3},
		{"listen", "listen", 0},
		{"lisen", "listen", 1},
		{"listten", "listen", 1},
		{"lixten", "listen", 1},
		{"litsen", "listen", 1},
		{"kitten", "sitting", 3},
		{"port", "host", 2},
	};
	char long_a[300], long_b[256];

	for (size_t i = 0; i < COUNT(cases); i++) {
		cr_expect_eq(text_distance(cases[i].a, cases[i].b), cases[i].d, "%s %s", cases[i].a,
			cases[i].b);
		cr_expect_eq(text_distance(cases[i].b, cases[i].a), cases[i].d);
	}
	memset(long_a, 'a', sizeof(long_a));
	long_a[299] = '\0';
	memset(long_b, 'b', sizeof(long_b));
	long_b[255] = '\0';
	cr_expect_eq(text_distance(long_a, "a"), 255);
	cr_expect_eq(text_distance(long_b, ""), 255);
	cr_expect_eq(text_distance(long_b, "a"), 255);
}

Test(text, what_is_shown)
{
	static const struct {
		const char *s;
		bool line, lines;
	} rows[] = {
		{NULL, true, true},
		{"", true, true},
		{"Åsa å \xf0\x9f\x91\xa9", true, true},
		{"\u05de\u05e0\u05d5\u05e8\u05d4", true, true},
		{"\u200e\u2029", true, true},
		{"a\nb", false, true},
		{"a\r\nb", false, true},
		{"a\rb", false, false},
		{"a\r", false, false},
		{"a\tb", false, true},
		{"a\x7f", false, false},
		{"a\u202a", false, false},
		{"a\u202e", false, false},
		{"a\u202f", true, true},
		{"a\u2065", true, true},
		{"a\u2066", false, false},
		{"a\u2069b", false, false},
		{"a\xe2\x80", true, true}, /* cut short */
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		cr_expect_eq(text_is_shown(rows[i].s, false), rows[i].line, "%zu", i);
		cr_expect_eq(text_is_shown(rows[i].s, true), rows[i].lines, "%zu", i);
	}
}
