/* SPDX-License-Identifier: EUPL-1.2 */
#include "web/find_int.h"

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

static unsigned fit(const char *q, const char *name, const char *rest, bool *slip)
{
	const struct web_find_ask ask = web_find_ask(a, q);
	const char *texts[WEB_FIND_TEXTS] = {name, NULL, rest};

	*slip = false;
	return web_find_fit(a, &ask, texts, slip);
}

Test(find_rules, every_word_is_somewhere_or_it_does_not_fit, .init = begin, .fini = end)
{
	static const struct {
		const char *q, *name, *rest;
		bool fits, slip;
	} cases[] = {
		{"höst", "Höstenkät", NULL, true, false},
		{"ENKÄT", "Höstenkät", NULL, true, false},
		{"enkät höst", "Höstenkät", "till alla", true, false},
		{"enkät vår", "Höstenkät", "till alla", false, false},
		{"alla enkät", "Enkät", "till alla", true, false},
		{"ide", "Idé", NULL, true, false},
		{"host", "Höst", NULL, true, true},
		{"zripar", "Zirpar", NULL, true, true},
		{"zir", "Arziro", NULL, false, false},
		{"zri", "Zir", NULL, false, false},
		{"leverantoren", "x", "Leverantören", true, true},
		{"", "Höst", NULL, false, false},
		{"...", "Höst", NULL, false, false},
		{"x", NULL, NULL, false, false},
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		bool slip;
		unsigned n = fit(cases[i].q, cases[i].name, cases[i].rest, &slip);

		cr_expect_eq(n > 0, cases[i].fits, "%s in %s: %u", cases[i].q, cases[i].name, n);
		cr_expect_eq(slip, cases[i].slip, "%s in %s", cases[i].q, cases[i].name);
	}
}

Test(find_rules, slips_are_forgiven_where_that_is_asked, .init = begin, .fini = end)
{
	struct web_find_ask ask = web_find_ask(a, "zripar enkät");
	const char *texts[WEB_FIND_TEXTS] = {"Zirpar", "Enkät"};
	bool slip = false;

	cr_expect_gt(web_find_fit(a, &ask, texts, &slip), 0);
	cr_expect(slip);
	ask.whole = true;
	cr_expect_eq(web_find_fit(a, &ask, texts, &slip), 0);
	texts[0] = "Zripar";
	cr_expect_gt(web_find_fit(a, &ask, texts, &slip), 0);
	cr_expect_not(slip);
}

Test(find_rules, a_word_is_known_by_its_other_endings)
{
	static const struct {
		const char *asked, *word;
		bool same;
	} cases[] = {
		{"utlånad", "utlånad", true}, {"utlånade", "utlånad", true}, {"utlåna", "utlånad", true},
		{"stulna", "stulen", true}, {"stul", "stulen", true}, {"stu", "stulen", false},
		{"försenad", "försenat", true}, {"lost", "lost", true}, {"los", "lost", false},
		{"varastetut", "varastettu", true}, {"varasto", "varastettu", false},
		{"i lager", "i lager", true}, {"lager", "i lager", false}, {"in stock", "in transit", false},
		{"utlåningsdisken", "utlånad", false}, {"", "x", false},
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		cr_expect_eq(web_find_same(cases[i].asked, cases[i].word), cases[i].same, "%s %s",
			cases[i].asked, cases[i].word);
}

Test(find_rules, the_name_weighs_more_than_the_rest_and_the_word_more_than_its_beginning,
	.init = begin, .fini = end)
{
	bool slip;
	unsigned name = fit("lampa", "Lampa", NULL, &slip), rest = fit("lampa", "x", "lampa", &slip),
		 begun = fit("lamp", "Lampa", NULL, &slip),
		 inside = fit("lampa", "Sänglampan", NULL, &slip),
		 slipped = fit("lmapa", "Lampa", NULL, &slip);

	cr_expect_gt(name, rest);
	cr_expect_gt(name, begun);
	cr_expect_gt(begun, inside);
	cr_expect_gt(inside, slipped);
	cr_expect_gt(slipped, 0);
}
