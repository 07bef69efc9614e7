/* SPDX-License-Identifier: EUPL-1.2 */
#include "web/listed_int.h"

#include "base/clock.h"
#include "base/text.h"

#include <criterion/criterion.h>
#include <string.h>

static const struct web_col columns[] = {{"title"}, {"serial"}, {"count"}, {0}};

static struct doc *row(struct arena *a, const char *json)
{
	struct doc *d;

	cr_assert_eq(doc_parse(a, bytes_of_str(json), &d), 0, "%s", json);
	return d;
}

static const char *word(unsigned i)
{
	static const char *const words[] = {"", "open", "closed"};

	return i < 3 ? words[i] : "unknown";
}

Test(sift_rules, a_row_fits_when_it_fits_all_that_is_asked)
{
	static const struct web_sift same = {"state", WEB_SIFT_SAME},
				     other = {"where", WEB_SIFT_SAME, NULL, "place"},
				     text = {"q", WEB_SIFT_TEXT},
				     age = {"older", WEB_SIFT_AGE, NULL, "made"},
				     past = {"late", WEB_SIFT_PAST, NULL, "due"},
				     said = {"done", WEB_SIFT_SAID},
				     among = {"role", WEB_SIFT_AMONG, NULL, "roles"},
				     source = {"all", WEB_SIFT_SOURCE};
	static const struct {
		const struct web_sift *sift;
		const char *value, *row;
		bool fits;
	} cases[] = {
		{&same, "open", "{\"state\":\"open\"}", true},
		{&same, "open", "{\"state\":\"opened\"}", false},
		{&same, "open", "{}", false},
		{&same, "7", "{\"state\":7}", true},
		{&other, "disk", "{\"place\":\"disk\",\"where\":\"buss\"}", true},
		{&text, "ÅBERG rulla", "{\"title\":\"Rullator\",\"serial\":\"Åberg\"}", true},
		{&text, "aberg", "{\"title\":\"Åberg\"}", false},
		{&text, "12", "{\"count\":4127}", true},
		{&text, "hemlig", "{\"title\":\"Stol\",\"other\":\"hemlig\"}", false},
		{&text, " ", "{\"title\":null}", true},
		{&age, "7", "{\"made\":\"2026-11-15T10:00:00Z\"}", true},
		{&age, "7", "{\"made\":\"2026-11-16T10:00:00Z\"}", false},
		{&age, "7", "{\"made\":\"2026-11-01\"}", true},
		{&age, "7", "{}", false},
		{&past, "yes", "{\"due\":\"2026-11-21\"}", true},
		{&past, "yes", "{\"due\":\"2026-11-22\"}", false},
		{&past, "yes", "{\"due\":null}", false},
		{&said, "yes", "{\"done\":\"2026-11-21\"}", true},
		{&said, "yes", "{\"done\":0}", false},
		{&said, "yes", "{\"done\":true}", true},
		{&said, "no", "{\"done\":false}", true},
		{&said, "no", "{\"done\":\"\"}", true},
		{&said, "no", "{\"done\":3}", false},
		{&among, "it", "{\"roles\":\"reader it\"}", true},
		{&among, "it", "{\"roles\":\"it\"}", true},
		{&among, "it", "{\"roles\":\"bit itx\"}", false},
		{&among, "it", "{\"roles\":\"\"}", false},
		{&among, "it", "{}", false},
		{&source, "yes", "{}", true},
	};
	AUTO(arena) struct arena *a = arena_new();
	struct web_sift_ask ask = {.a = a, .columns = columns};

	cr_assert_eq(clock_set_zone("Europe/Stockholm"), 0);
	cr_assert_eq(clock_parse("2026-11-22T12:00:00Z", &ask.now), 0);
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		ask.by[0] = (struct web_sifting){cases[i].sift, cases[i].value};
		ask.n = 1;
		cr_expect_eq(web_sift_fits(&ask, row(a, cases[i].row)), cases[i].fits, "%s=%s %s",
			cases[i].sift->key, cases[i].value, cases[i].row);
	}
	ask.by[0] = (struct web_sifting){&same, "open"};
	ask.by[1] = (struct web_sifting){&past, "yes"};
	ask.n = 2;
	cr_expect(web_sift_fits(&ask, row(a, "{\"state\":\"open\",\"due\":\"2020-01-01\"}")));
	cr_expect_not(web_sift_fits(&ask, row(a, "{\"state\":\"open\",\"due\":\"2030-01-01\"}")));
}

Test(sift_rules, what_no_filter_knows_is_not_taken_for_everything)
{
	static const struct web_sift choices = {"all", WEB_SIFT_SOURCE, .choices = web_yes},
				     words = {"state", WEB_SIFT_SAME, .word = word},
				     free_one = {"q", WEB_SIFT_TEXT};

	cr_expect(web_sift_knows(&choices, "yes"));
	cr_expect_not(web_sift_knows(&choices, "no"));
	cr_expect(web_sift_knows(&words, "closed"));
	cr_expect_not(web_sift_knows(&words, "unknown"));
	cr_expect_not(web_sift_knows(&words, ""));
	cr_expect(web_sift_knows(&free_one, "whatever"));
}

static const char *sorted(struct arena *a, const char *key, bool down)
{
	static const char *const rows[] = {"{\"id\":\"a\",\"t\":\"Örjan\",\"n\":10,\"d\":\"2026-02-01\"}",
		"{\"id\":\"b\",\"t\":\"anna\",\"n\":9}", "{\"id\":\"c\",\"t\":null,\"n\":0,\"d\":\"2025-12-31\"}",
		"{\"id\":\"d\",\"t\":\"Zara\",\"d\":\"\"}", "{\"id\":\"e\",\"t\":\"Anna\",\"n\":9}"};
	const struct doc *docs[5];
	AUTO(buf) struct buf out = BUF_INIT(64);

	for (size_t i = 0; i < 5; i++)
		docs[i] = row(a, rows[i]);
	web_rows_sort(a, docs, 5, key, down);
	for (size_t i = 0; i < 5; i++)
		buf_add_str(&out, doc_str(docs[i], "id"));
	return arena_strdup(a, buf_str(&out));
}

Test(sift_rules, rows_stand_as_people_sort_and_what_says_nothing_stands_last)
{
	AUTO(arena) struct arena *a = arena_new();

	cr_expect_str_eq(sorted(a, "t", false), "bedac");
	cr_expect_str_eq(sorted(a, "t", true), "adebc");
	cr_expect_str_eq(sorted(a, "n", false), "cbead");
	cr_expect_str_eq(sorted(a, "n", true), "abecd");
	cr_expect_str_eq(sorted(a, "d", false), "cabde");
	cr_expect_str_eq(sorted(a, "no such", true), "abcde");
}
