/* SPDX-License-Identifier: EUPL-1.2 */
#include "tests/unit/people/desk.h"

static int match(const char *asked, const char *name)
{
	struct people_words a = {.n = 0}, n = {.n = 0};

	people_words_of(asked, &a);
	people_words_of(name, &n);
	return people_words_match(&a, &n);
}

Test(name_rules, folds_marks_and_capitals)
{
	static const struct {
		const char *in, *out;
	} words[] = {{"Åsa", "asa"}, {"ÖBERG", "oberg"}, {"Müller-Lüdenscheid", "muller"},
		{"D'Arcy", "darcy"}, {"Łukasz", "lukasz"}, {"Søren", "soren"},
		{"Straße", "strasse"}, {"ИВАНОВ", "иванов"}, {"A\xcc\x8asa", "asa"}};

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		struct people_words w = {.n = 0};

		people_words_of(words[i].in, &w);
		cr_assert_geq(w.n, 1);
		cr_expect_str_eq(w.word[0], words[i].out, "%s: %s", words[i].in, w.word[0]);
	}
}

Test(name_rules, a_name_too_long_stays_within)
{
	struct people_words w = {.n = 0};
	char text[4096];

	memset(text, 'a', sizeof(text) - 1);
	text[sizeof(text) - 1] = '\0';
	people_words_of(text, &w);
	cr_expect_eq(w.n, 1);
	cr_expect_eq(strlen(w.word[0]), PEOPLE_WORD - 1);
	for (size_t i = 1; i < sizeof(text) - 1; i += 2)
		text[i] = ' ';
	people_words_of(text, &w);
	cr_expect_eq(w.n, PEOPLE_WORDS);
}

Test(name_rules, names_that_sound_alike_are_one)
{
	static const char *const same[][2] = {{"karlsson", "carlson"}, {"kristina", "christina"},
		{"gustavsson", "gustafson"}, {"hjalmar", "jalmar"}, {"sofia", "sophia"},
		{"schmidt", "smitt"}, {"filip", "philip"}, {"axel", "aksel"}, {"wiktor", "viktor"},
		{"andersson", "anderson"}, {"thomas", "tomas"}};
	char a[PEOPLE_SOUND], b[PEOPLE_SOUND];

	for (size_t i = 0; i < sizeof(same) / sizeof(same[0]); i++) {
		people_sound_of(same[i][0], a);
		people_sound_of(same[i][1], b);
		cr_expect_str_eq(a, b, "%s %s", same[i][0], same[i][1]);
	}
	people_sound_of("andersson", a);
	people_sound_of("johansson", b);
	cr_expect_str_neq(a, b);
}

Test(name_rules, a_slip_is_forgiven_another_name_is_not)
{
	static const struct {
		const char *asked, *name;
		int slips;
	} rows[] = {{"anna svensson", "Anna Svensson", 0}, {"svensson anna", "Anna Svensson", 0},
		{"sven", "Anna Svensson", 0}, {"asa", "Åsa Öberg", 0}, {"Åsa", "Asa Oberg", 0},
		{"adnersson", "Anna Andersson", 1}, {"andeson", "Anna Andersson", 2},
		{"anna anna", "Anna Svensson", -1}, {"bo", "Anna Svensson", -1},
		{"persson", "Anna Olsson", -1}, {"karl", "Carl Ek", 1}};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		int slips = match(rows[i].asked, rows[i].name);

		if (rows[i].slips <= 0)
			cr_expect_eq(slips, rows[i].slips, "%s / %s: %d", rows[i].asked,
				rows[i].name, slips);
		else
			cr_expect(slips > 0, "%s / %s: %d", rows[i].asked, rows[i].name, slips);
	}
}

/* Each slip of one sound is among those that are tried. */
Test(name_rules, sounds_near_hold_every_slip)
{
	char(*near)[PEOPLE_SOUND] = mem_zalloc(PEOPLE_NEAR * PEOPLE_SOUND);
	static const char *const want[] = {
		"natrsn", "ntrsn", "atrsn", "anttrsn", "antrsnt", "antrfn"};
	size_t n = people_sounds_near("antrsn", near);

	cr_assert_leq(n, PEOPLE_NEAR);
	for (size_t w = 0; w < sizeof(want) / sizeof(want[0]); w++) {
		bool found = false;

		for (size_t i = 0; i < n; i++)
			found = found || strcmp(near[i], want[w]) == 0;
		/* doubles fall together */
		cr_expect_eq(found, w != 3, "%s", want[w]);
	}
	free(near);
}

Test(name_rules, short_names)
{
	static const struct {
		const char *given, *family, *out;
	} rows[] = {{"Anna Maria", "Svensson", "Anna S."}, {"Åke", "Öberg", "Åke Ö."},
		{"Eva", "von Essen", "Eva E."}, {"Bo", NULL, "Bo"}, {NULL, "Ek", " E."},
		{"Anna-Lisa", "", "Anna-Lisa"}};
	AUTO(arena) struct arena *a = arena_new();

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		cr_expect_str_eq(people_name_short(a, rows[i].given, rows[i].family), rows[i].out);
}
