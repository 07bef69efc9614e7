/* SPDX-License-Identifier: EUPL-1.2 */
/* Templates: the specification's own files where they are at hand, and cases of ours always. */
#include "base/file.h"
#include "base/text.h"
#include "http/mustache_int.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>

#define PARTIALS_MOST 16

static const char *render_set(
	struct arena *a, const struct mustache_source *sources, size_t n, const struct doc *data)
{
	AUTO(buf) struct buf out = BUF_INIT(1 << 20);
	struct mustache_set set;
	struct mustache_fault bad;
	int err = mustache_set_make(a, sources, n, &set, &bad);

	if (err)
		return arena_printf(a, "%s line %zu: %s", bad.name, bad.line, err_name(err));
	err = mustache_render(&set.templates[0], &data, 1, &out);
	return err ? err_name(err) : arena_strdup(a, buf_str(&out));
}

/* --- the specification --- */

static size_t sources_of(const struct doc *test, struct mustache_source out[PARTIALS_MOST])
{
	const struct doc *partials = doc_value(test, "partials");
	size_t n = 1;
	const char *key;

	out[0] = (struct mustache_source){"(page)", doc_bytes(doc_value(test, "template"))};
	for (; (key = doc_key(partials, n - 1)); n++) {
		cr_assert_lt(n, PARTIALS_MOST);
		out[n] = (struct mustache_source){key, doc_bytes(doc_value(partials, key))};
	}
	return n;
}

static void run_file(const char *name, const struct doc *file)
{
	const struct doc *tests = doc_value(file, "tests");

	cr_assert_gt(doc_list_size(tests), 5, "%s", name);
	for (size_t i = 0; i < doc_list_size(tests); i++) {
		AUTO(arena) struct arena *a = arena_new();
		const struct doc *test = doc_list_value(tests, i);
		struct mustache_source sources[PARTIALS_MOST];
		size_t n = sources_of(test, sources);
		const char *got = render_set(a, sources, n, doc_value(test, "data"));

		cr_expect_str_eq(got, doc_str(test, "expected"), "%s: %s: got \"%s\"", name,
			doc_str(test, "name"), got);
	}
}

Test(mustache, does_as_the_specification_says)
{
	static const char *const names[] = {"comments", "delimiters", "inheritance",
		"interpolation", "inverted", "partials", "sections"};
	const char *top = getenv("top_srcdir");

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		AUTO(arena) struct arena *a = arena_new();
		AUTO(buf) struct buf text = BUF_INIT(1 << 20);
		const char *path = arena_printf(
			a, "%s/../shared/data/mustache-spec/%s.json", top ? top : ".", names[i]);
		struct doc *file;

		if (file_read(path, &text) != 0) {
			fprintf(stderr, "SKIPPED: there is no %s\n", path);
			continue;
		}
		cr_assert_eq(doc_parse(a, buf_bytes(&text), &file), 0);
		run_file(names[i], file);
	}
}

/* --- ours --- */

static const char *render(struct arena *a, const char *text, const char *json)
{
	const struct mustache_source source = {"page", bytes_of_str(text)};
	struct doc *d;

	cr_assert_eq(doc_parse(a, bytes_of_str(json), &d), 0);
	return render_set(a, &source, 1, d);
}

Test(mustache, puts_values_in_their_place)
{
	static const struct {
		const char *text, *json, *want;
	} rows[] = {
		{"", "{}", ""},
		{"no tag", "{}", "no tag"},
		{"{{x}}", "{\"x\":\"<a href='\\\"&\\\"'>\"}",
			"&lt;a href=&#39;&quot;&amp;&quot;&#39;&gt;"},
		{"{{{x}}}{{&x}}", "{\"x\":\"<&>\"}", "<&><&>"},
		{"{{x}}", "{\"x\":\"å\"}", "å"},
		{"{{a}} {{b}} {{c}}", "{\"a\":1,\"b\":true,\"c\":-0.5}", "1 true -0.5"},
		{"[{{a}}{{b}}{{c}}]", "{\"a\":null,\"b\":[1],\"c\":{}}", "[]"},
		{"{{a.b}}", "{\"a\":{\"b\":\"x\"}}", "x"},
		/* what is false */
		{"{{#x}}no{{/x}}{{^x}}yes{{/x}}", "{\"x\":\"\"}", "yes"},
		{"{{#x}}yes{{/x}}{{^x}}no{{/x}}", "{\"x\":0}", "yes"},
		{"{{^x}}yes{{/x}}", "{}", "yes"},
		/* lines */
		{"<ul>\n  {{#l}}\n  <li>{{.}}\n  {{/l}}\n</ul>\n", "{\"l\":[\"a\",\"b\"]}",
			"<ul>\n  <li>a\n  <li>b\n</ul>\n"},
		{"a\r\n{{! gone }}\r\nb", "{}", "a\r\nb"},
		{"{{=<< >>=}}<<x>>{{x}}", "{\"x\":1}", "1{{x}}"},
		/* a dot alone is the whole document, which has no text */
		{"[{{.}}]", "{}", "[]"},
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		AUTO(arena) struct arena *a = arena_new();

		cr_expect_str_eq(
			render(a, rows[i].text, rows[i].json), rows[i].want, "%s", rows[i].text);
	}
}

Test(mustache, refuses_what_is_no_template)
{
	static const struct {
		const char *text, *want;
	} rows[] = {
		{"a\n{{x", "page line 2: bad input"},
		{"{{#x}}", "page line 1: bad input"},
		{"{{/x}}", "page line 1: bad input"},
		{"{{#x}}\n{{/y}}", "page line 2: bad input"},
		{"{{#a}}{{#b}}{{/a}}{{/b}}", "page line 1: bad input"},
		{"{{}}", "page line 1: bad input"},
		{"{{a b}}", "page line 1: bad input"},
		{"{{a..b}}", "page line 1: bad input"},
		{"{{.a}}", "page line 1: bad input"},
		{"{{{x}}", "page line 1: bad input"},
		{"{{=<<=}}", "page line 1: bad input"},
		{"{{=a b c=}}", "page line 1: bad input"},
		{"{{=123456789 x=}}", "page line 1: bad input"},
		{"{{\xff}}", "page line 1: bad input"},
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		AUTO(arena) struct arena *a = arena_new();

		cr_expect_str_eq(render(a, rows[i].text, "{}"), rows[i].want, "%s", rows[i].text);
	}
}

Test(mustache, looks_in_the_last_document_first)
{
	AUTO(arena) struct arena *a = arena_new();
	AUTO(buf) struct buf out = BUF_INIT(100);
	const struct mustache_source source = {"page", bytes_of_str("{{a}}{{b}}{{c}}")};
	struct doc *outer = doc_new(a), *inner = doc_new(a);
	const struct doc *docs[] = {outer, inner};
	struct mustache_set set;
	struct mustache_fault bad;

	doc_set_str(outer, "a", "1");
	doc_set_str(outer, "b", "2");
	doc_set_str(inner, "b", "3");
	cr_assert_eq(mustache_set_make(a, &source, 1, &set, &bad), 0);
	cr_assert_eq(mustache_render(mustache_find(&set, "page"), docs, 2, &out), 0);
	cr_expect_str_eq(buf_str(&out), "13");
	cr_expect_null(mustache_find(&set, "pag"));
	cr_expect_eq(mustache_render(set.templates, docs, 0, &out), ERR_USAGE);
	cr_expect_eq(mustache_render(set.templates, docs, MUSTACHE_DOCS + 1, &out), ERR_USAGE);
}

Test(mustache, a_name_is_given_once)
{
	AUTO(arena) struct arena *a = arena_new();
	const struct mustache_source sources[] = {
		{"page", bytes_of_str("a")}, {"page", bytes_of_str("b")}};

	cr_expect_str_eq(render_set(a, sources, 2, doc_new(a)), "page line 0: exists already");
}

/* --- what has no end --- */

Test(mustache, stops_what_calls_itself_for_ever)
{
	static const char *const rows[] = {"{{>page}}", "x{{#y}}{{>page}}{{/y}}{{>page}}",
		"{{<page}}{{$a}}b{{/a}}{{/page}}", " {{>page}}\n {{>page}}\n"};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		AUTO(arena) struct arena *a = arena_new();

		cr_expect_str_eq(
			render(a, rows[i], "{\"y\":1}"), err_name(ERR_TOOBIG), "%s", rows[i]);
	}
}

Test(mustache, stops_what_grows_past_its_limit)
{
	AUTO(arena) struct arena *a = arena_new();
	AUTO(buf) struct buf json = BUF_INIT(1 << 20);
	const char *text = "{{#l}}{{#l}}{{#l}}{{#l}}{{/l}}{{/l}}{{/l}}{{/l}}";

	buf_add_str(&json, "{\"l\":[0");
	for (int i = 0; i < 2000; i++)
		buf_add_str(&json, ",0");
	buf_add_str(&json, "]}");
	/* Not a byte is written, but it would take all day. */
	cr_expect_str_eq(render(a, text, buf_str(&json)), err_name(ERR_TOOBIG));
	cr_expect_str_eq(render(a, "{{#l}}{{#l}}0123456789{{/l}}{{/l}}", buf_str(&json)),
		err_name(ERR_TOOBIG));
}

Test(mustache, has_a_bottom)
{
	AUTO(arena) struct arena *a = arena_new();
	AUTO(buf) struct buf text = BUF_INIT(4 << 20);

	for (int i = 0; i < MUSTACHE_DEPTH; i++)
		buf_add_str(&text, "{{#a}}");
	for (int i = 0; i < MUSTACHE_DEPTH; i++)
		buf_add_str(&text, "{{/a}}");
	cr_expect_str_eq(render(a, buf_str(&text), "{\"a\":1}"), "");
	buf_reset(&text);
	for (int i = 0; i <= MUSTACHE_DEPTH; i++)
		buf_add_str(&text, "{{#a}}");
	cr_expect_str_eq(render(a, buf_str(&text), "{}"), "page line 1: too big");
	buf_reset(&text);
	for (int i = 0; i <= MUSTACHE_SOURCE / 8; i++)
		buf_add_str(&text, "a lot. \n");
	cr_expect(text_starts(render(a, buf_str(&text), "{}"), "page line"));
}
