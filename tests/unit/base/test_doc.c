/* SPDX-License-Identifier: EUPL-1.2 */
#include "base/doc.h"
#include "base/text.h"

#include <criterion/criterion.h>
#include <math.h>
#include <signal.h>

static const char *formatted(struct arena *a, const struct doc *d)
{
	AUTO(buf) struct buf out = BUF_INIT(1000000);

	doc_format(d, &out);
	return arena_strdup(a, buf_str(&out));
}

static int parsed(struct arena *a, const char *s, struct doc **ret)
{
	return doc_parse(a, bytes_of_str(s), ret);
}

Test(doc, is_written_in_the_order_set)
{
	AUTO(arena) struct arena *a = arena_new();
	struct doc *d = doc_new(a), *list, *inner;

	cr_expect_str_eq(formatted(a, d), "{}");
	doc_set_str(d, "z", "hej \"du\"\n\x01\\å");
	doc_set_str(d, "none", NULL);
	doc_set_int(d, "least", INT64_MIN);
	doc_set_int(d, "most", INT64_MAX);
	doc_set_bool(d, "t", true);
	doc_set_bool(d, "f", false);
	doc_set_real(d, "lat", 59.3293);
	doc_set_real(d, "nan", NAN);
	doc_set_time(d, "at", 1795252320);
	doc_set_time(d, "never", 0);
	list = doc_set_list(d, "list");
	doc_add_str(list, "a");
	doc_add_int(list, 0);
	inner = doc_add_object(list);
	doc_set_int(inner, "x", 1);
	doc_set_str(doc_set_object(d, "object"), "k", "v");
	doc_set_str(d, "t", "again");
	cr_expect_str_eq(formatted(a, d),
		"{\"z\":\"hej \\\"du\\\"\\n\\u0001\\\\å\",\"none\":null,"
		"\"least\":-9223372036854775808,\"most\":9223372036854775807,\"t\":\"again\","
		"\"f\":false,\"lat\":59.3293,\"nan\":null,\"at\":\"2026-11-21T09:12:00Z\","
		"\"never\":null,\"list\":[\"a\",0,{\"x\":1}],\"object\":{\"k\":\"v\"}}");
}

Test(doc, is_pretty_for_people)
{
	AUTO(arena) struct arena *a = arena_new();
	AUTO(buf) struct buf out = BUF_INIT(1000);
	struct doc *d = doc_new(a);

	doc_set_int(d, "a", 1);
	doc_set_list(d, "none");
	doc_add_int(doc_set_list(d, "some"), 2);
	doc_format_pretty(d, &out);
	cr_expect_str_eq(
		buf_str(&out), "{\n  \"a\": 1,\n  \"none\": [],\n  \"some\": [\n    2\n  ]\n}");
}

Test(doc, mends_text_that_is_not_utf8)
{
	AUTO(arena) struct arena *a = arena_new();
	struct doc *d = doc_new(a);

	doc_set_str(d, "s", "L\xe4rare");
	doc_set_int(d, "\xe5", 1);
	doc_add_str(doc_set_list(d, "l"), "\xff");
	cr_expect_str_eq(formatted(a, d), "{\"s\":\"L\xef\xbf\xbdrare\",\"\xef\xbf\xbd\":1,"
					  "\"l\":[\"\xef\xbf\xbd\"]}");
}

Test(doc, lists)
{
	AUTO(arena) struct arena *a = arena_new();
	struct doc *d = doc_new(a), *list = doc_set_list(d, "l");

	cr_expect_str_eq(formatted(a, d), "{\"l\":[]}");
	doc_add_int(list, -1);
	doc_add_int(list, 10);
	cr_expect_str_eq(formatted(a, d), "{\"l\":[-1,10]}");
}

Test(doc, a_key_in_a_list_is_our_slip, .signal = SIGABRT)
{
	AUTO(arena) struct arena *a = arena_new();

	doc_set_int(doc_set_list(doc_new(a), "l"), "x", 1);
	cr_assert_fail("still running");
}

Test(doc, reads)
{
	AUTO(arena) struct arena *a = arena_new();
	struct doc *d, *list;
	int64_t v = 7;

	cr_assert_eq(parsed(a,
			     " {\"s\":\"\\u00e5\\n\",\"i\":-5,\"b\":true,\"n\":null,\"r\":1.5,"
			     "\"o\":{\"k\":1},\"l\":[\"x\",{\"y\":2},3]} \r\n",
			     &d),
		0);
	cr_expect_str_eq(doc_str(d, "s"), "å\n");
	cr_expect_null(doc_str(d, "i"));
	cr_expect_null(doc_str(d, "absent"));
	cr_expect_eq(doc_int(d, "r", &v), ERR_BADINPUT);
	cr_expect_eq(doc_int(d, "s", &v), ERR_BADINPUT);
	cr_expect_eq(doc_int(d, "absent", &v), ERR_NOTFOUND);
	cr_expect_eq(v, 7);
	cr_expect_eq(doc_int(d, "i", &v), 0);
	cr_expect_eq(v, -5);
	cr_expect(doc_bool(d, "b", false));
	cr_expect(doc_bool(d, "absent", true));
	cr_expect(!doc_bool(d, "s", false));
	cr_expect(doc_has(d, "n"));
	cr_expect(!doc_has(d, "absent"));
	cr_expect_eq(doc_int(doc_object(d, "o"), "k", &v), 0);
	cr_expect_null(doc_object(d, "l"));
	cr_expect_null(doc_list(d, "o"));
	list = doc_list(d, "l");
	cr_expect_eq(doc_list_size(list), 3);
	cr_expect_str_eq(doc_list_str(list, 0), "x");
	cr_expect_null(doc_list_str(list, 1));
	cr_expect_not_null(doc_list_object(list, 1));
	cr_expect_null(doc_list_object(list, 2));
	cr_expect_null(doc_list_str(list, 3));
	cr_expect_str_eq(doc_key(d, 0), "s");
	cr_expect_str_eq(doc_key(d, 6), "l");
	cr_expect_null(doc_key(d, 7));
}

Test(doc, null_is_nothing_to_read_from)
{
	int64_t v;

	cr_expect_null(doc_str(NULL, "x"));
	cr_expect_eq(doc_int(NULL, "x", &v), ERR_NOTFOUND);
	cr_expect_eq(doc_list_size(NULL), 0);
	cr_expect_null(doc_object(NULL, "x"));
	cr_expect_null(doc_list_object(NULL, 0));
	cr_expect_null(doc_key(NULL, 0));
}

Test(doc, refuses)
{
	static const char *const cases[] = {
		"",
		" ",
		"1",
		"\"x\"",
		"null",
		"true",
		"{",
		"}",
		"[",
		"{}x",
		"{} {}",
		"[1,]",
		"[,1]",
		"{\"a\":1,\"a\":2}",
		"{\"a\":{\"b\":1,\"b\":1}}",
		"{\"a\"}",
		"{a:1}",
		"{'a':1}",
		"[\"\\u0000\"]",
		"{\"\\u0000\":1}",
		"[\"\xe5\"]",
		"[\"\\ud800\"]",
		"[\"a\nb\"]",
		"[01]",
		"[1e999]",
		"[9223372036854775808]",
		"[NaN]",
		"[+1]",
		"[.5]",
		"/**/[]",
		"\xef\xbb\xbf[]",
		"[\"\\x\"]",
		"[\"",
		"[\"\\",
	};
	AUTO(arena) struct arena *a = arena_new();

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct doc *d = NULL;

		cr_expect_eq(parsed(a, cases[i], &d), ERR_BADINPUT, "%s", cases[i]);
		cr_expect_null(d);
	}
}

static char *repeated(struct arena *a, const char *s, size_t times, const char *behind)
{
	AUTO(buf) struct buf b = BUF_INIT(SIZE_MAX);

	for (size_t i = 0; i < times; i++)
		buf_add_str(&b, s);
	buf_add_str(&b, behind);
	return arena_strdup(a, buf_str(&b));
}

Test(doc, refuses_depth_and_number_before_they_cost)
{
	AUTO(arena) struct arena *a = arena_new();
	struct doc *d;

	cr_expect_eq(parsed(a, repeated(a, "[", 32, repeated(a, "]", 32, "")), &d), 0);
	cr_expect_eq(parsed(a, repeated(a, "[", 33, repeated(a, "]", 33, "")), &d), ERR_BADINPUT);
	cr_expect_eq(parsed(a, repeated(a, "[", 300000, ""), &d), ERR_BADINPUT);
	cr_expect_eq(parsed(a, repeated(a, "{\"a\":", 300000, ""), &d), ERR_BADINPUT);
	cr_expect_eq(
		parsed(a, arena_printf(a, "[%s", repeated(a, "1,", 200000, "1]")), &d), ERR_TOOBIG);
	cr_expect_eq(parsed(a, arena_printf(a, "[\"%s\\\"]\"]", repeated(a, "[,{", 99999, "")), &d),
		0, "what stands in text does not count");
}

Test(doc, comes_back)
{
	static const char *const cases[] = {
		"{}",
		"[]",
		"[[],{},[[]]]",
		"{\"a\":[1,2,{\"b\":null}],\"c\":true}",
		"[\"\\\"\\\\\\b\\f\\n\\r\\t\\u001f/å€\"]",
		"[0,-1,1.5,1e20,0.1]",
		"[\"\"]",
	};
	AUTO(arena) struct arena *a = arena_new();

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct doc *d;

		cr_assert_eq(parsed(a, cases[i], &d), 0, "%s", cases[i]);
		cr_expect(text_equal_case(formatted(a, d), cases[i]), "%s", formatted(a, d));
	}
}

Test(doc, gives_values_of_any_kind)
{
	static const struct {
		const char *key;
		enum doc_kind kind;
		const char *bytes, *text;
	} rows[] = {
		{"no", DOC_FALSE, "", "false"},
		{"yes", DOC_TRUE, "", "true"},
		{"n", DOC_NULL, "", "null"},
		{"i", DOC_NUMBER, "", "85"},
		{"r", DOC_NUMBER, "", "1.21"},
		{"s", DOC_STRING, "hej", "\"hej\""},
		{"l", DOC_LIST, "", "[1,\"b\"]"},
		{"o", DOC_OBJECT, "", "{}"},
	};
	AUTO(arena) struct arena *a = arena_new();
	struct doc *d;

	cr_assert_eq(parsed(a,
			     "{\"no\":false,\"yes\":true,\"n\":null,\"i\":85,\"r\":1.21,"
			     "\"s\":\"hej\",\"l\":[1,\"b\"],\"o\":{}}",
			     &d),
		0);
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		const struct doc *v = doc_value(d, rows[i].key);

		cr_expect_eq(doc_kind(v), rows[i].kind, "%s", rows[i].key);
		cr_expect(bytes_equal(doc_bytes(v), bytes_of_str(rows[i].bytes)));
		cr_expect_str_eq(formatted(a, v), rows[i].text);
	}
}

Test(doc, gives_nothing_where_there_is_nothing)
{
	AUTO(arena) struct arena *a = arena_new();
	struct doc *d;

	cr_assert_eq(parsed(a, "{\"l\":[1,\"b\"]}", &d), 0);
	cr_expect_null(doc_value(d, "absent"));
	cr_expect_null(doc_value(NULL, "l"));
	cr_expect_null(doc_value(doc_value(d, "l"), "l"));
	cr_expect_null(doc_list_value(doc_value(d, "l"), 2));
	cr_expect_null(doc_list_value(d, 0));
	cr_expect_eq(doc_kind(NULL), DOC_NULL);
	cr_expect_eq(doc_bytes(NULL).n, 0);
	cr_expect(bytes_equal(doc_bytes(doc_list_value(doc_value(d, "l"), 1)), bytes_of_str("b")));
}
