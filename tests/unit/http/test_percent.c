/* SPDX-License-Identifier: EUPL-1.2 */
#include "http/http_int.h"

#include <criterion/criterion.h>

static struct arena *a;

static void begin(void)
{
	a = arena_new();
}

static void end(void)
{
	arena_free(a);
}

TestSuite(percent, .init = begin, .fini = end);

Test(percent, decode)
{
	static const struct {
		const char *in, *out;
		bool plus;
	} cases[] = {
		{"", "", false},
		{"abc", "abc", false},
		{"a%20b", "a b", false},
		{"a+b", "a+b", false},
		{"a+b", "a b", true},
		{"%2B+", "+ ", true},
		{"%c3%A5", "\xc3\xa5", false},
		{"%25", "%", false},
		{"%2520", "%20", false},
		{"a%0Ab", "a\nb", false},
		{"%", NULL, false},
		{"%2", NULL, false},
		{"a%", NULL, false},
		{"%zz", NULL, false},
		{"%2g", NULL, false},
		{"%-1", NULL, false},
		{"% 20", NULL, false},
		{"%00", NULL, false},
		{"a%00b", NULL, true},
		{"%E5", NULL, false},
		{"%c0%af", NULL, false},
		{"%ed%a0%80", NULL, false},
		{"%f8%88%80%80%80", NULL, false},
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		char *out = NULL;
		int err = http_percent_decode(a, bytes_of_str(cases[i].in), cases[i].plus, &out);

		cr_expect_eq(err, cases[i].out ? 0 : ERR_BADINPUT, "%s", cases[i].in);
		if (cases[i].out)
			cr_expect_str_eq(out, cases[i].out);
		else
			cr_expect_null(out, "untouched on failure");
	}
	cr_expect_eq(
		http_percent_decode(a, bytes_of("a\0b", 3), false, &(char *){NULL}), ERR_BADINPUT);
}

Test(percent, path)
{
	static const struct {
		const char *in, *out;
	} cases[] = {
		{"/", "/"},
		{"/a/b", "/a/b"},
		{"/a%20b", "/a b"},
		{"/%C3%A5", "/\xc3\xa5"},
		{"/a/", "/a/"},
		{"//", "//"},
		{"/...", "/..."},
		{"/.a", "/.a"},
		{"/a.", "/a."},
		{"", NULL},
		{"a", NULL},
		{"*", NULL},
		{"http://h/", NULL},
		{"/a%2fb", NULL},
		{"/a%2Fb", NULL},
		{"/a%00", NULL},
		{"/a%0a", NULL},
		{"/a%0d%0aX:1", NULL},
		{"/%7f", NULL},
		{"/.", NULL},
		{"/..", NULL},
		{"/a/../b", NULL},
		{"/a/..", NULL},
		{"/%2e%2e/a", NULL},
		{"/%2e", NULL},
		{"/.%2e/", NULL},
		{"/a b", NULL},
		{"/a#b", NULL},
		{"/\xc3\xa5", NULL},
		{"/%", NULL},
		{"/%c3", NULL},
		{"/a\tb", NULL},
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		char *out = NULL;
		int err = http_path_decode(a, bytes_of_str(cases[i].in), &out);

		cr_expect_eq(err, cases[i].out ? 0 : ERR_BADINPUT, "%s", cases[i].in);
		if (cases[i].out)
			cr_expect_str_eq(out, cases[i].out);
	}
}

Test(percent, query)
{
	static const struct {
		const char *query, *name, *out;
		bool plus;
	} cases[] = {
		{"a=1&b=2", "b", "2", true},
		{"a=1&a=2", "a", "1", true},
		{"a", "a", "", true},
		{"a=", "a", "", true},
		{"&&a=1", "a", "1", true},
		{"a=b=c", "a", "b=c", true},
		{"=1&a=2", "a", "2", true},
		{"a=1", "A", NULL, true},
		{"ab=1", "a", NULL, true},
		{"", "a", NULL, true},
		{"a%62=x", "ab", "x", true},
		{"a+b=x", "a b", "x", true},
		{"a=x+y%2Bz", "a", "x y+z", true},
		{"a=x+y%2Bz", "a", "x+y+z", false},
		{"b=%26a%3D1&a=2", "a", "2", true},
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		char *out = NULL;
		int err = http_query_find(
			a, bytes_of_str(cases[i].query), cases[i].name, cases[i].plus, &out);

		cr_expect_eq(err, cases[i].out ? 0 : ERR_NOTFOUND, "%s", cases[i].query);
		if (cases[i].out)
			cr_expect_str_eq(out, cases[i].out, "%s", cases[i].query);
	}
}

Test(percent, query_is_checked_whole)
{
	static const char *const good[] = {
		"", "a=1", "a=%C3%A5&b=+", "a=\xc3\xa5", "&&&", "a=%0A", "message=AB+/=", "a=?"};
	static const char *const bad[] = {"a=%", "a=%4", "a=%zz&b=1", "a=%00", "a=%E5", "a=\xe5",
		"a=1 2", "a=1#b", "a=%c3&b=%a5", "a=\x7f", "a=\x01"};

	cr_expect_eq(http_query_check(a, bytes_of(NULL, 0)), 0);
	for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++)
		cr_expect_eq(http_query_check(a, bytes_of_str(good[i])), 0, "%s", good[i]);
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		cr_expect_eq(http_query_check(a, bytes_of_str(bad[i])), ERR_BADINPUT, "%s", bad[i]);
}
