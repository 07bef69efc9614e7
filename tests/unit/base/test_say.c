/* SPDX-License-Identifier: EUPL-1.2 */
#include "base/say.h"

#include <criterion/criterion.h>

static const struct say greeting = {"greeting", {"Hej {0}, {1}!", "Hei {1} {0}{0}", "Hello {0}"}};
static const struct say odd = {"odd", {NULL, "{", "{3} {x} {0 {}{0}"}};
static const struct say bare = {"bare.code", {NULL, NULL, NULL}};

Test(say, knows_our_languages)
{
	static const struct {
		const char *s;
		enum say_lang lang;
	} cases[] = {
		{"sv", SAY_SV},
		{"SV", SAY_SV},
		{"fi-FI", SAY_FI},
		{"en_GB.UTF-8", SAY_EN},
		{"sv.UTF-8", SAY_SV},
		{"de", SAY_EN},
		{"C", SAY_EN},
		{"", SAY_EN},
		{NULL, SAY_EN},
		{"fil", SAY_EN},
		{"svx-SE", SAY_EN},
		{"sv-SE,sv;q=0.9,en;q=0.8", SAY_SV},
		{"de,fi;q=0.5,en;q=0.4", SAY_FI},
		{"en;q=0.2, sv;q=0.7", SAY_SV},
		{"en;q=0.25,sv;q=0.3", SAY_SV},
		{"en; q=0.5 ,fi ; q=0.501", SAY_FI},
		{"fi;q=0, de", SAY_EN},
		{"sv,fi", SAY_SV},
		{"*", SAY_EN},
		{",,,", SAY_EN},
		{"fi;", SAY_FI},
		{"fi;q", SAY_FI},
		{"fi;q=", SAY_FI},
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		cr_expect_eq(say_lang_parse(cases[i].s, SAY_EN), cases[i].lang, "%s", cases[i].s);
	cr_expect_eq(say_lang_parse("xx", SAY_FI), SAY_FI);
	for (enum say_lang l = 0; l < SAY_LANGS; l++)
		cr_expect_eq(say_lang_parse(say_lang_name(l), SAY_LANGS), l);
}

static const char *said(struct arena *a, enum say_lang lang, const struct say *say)
{
	static const char *const arg[SAY_ARGS] = {"A", NULL, "C"};
	AUTO(buf) struct buf out = BUF_INIT(1000);

	say_format(&out, lang, say, arg);
	return arena_strdup(a, buf_str(&out));
}

Test(say, puts_arguments_in_place)
{
	AUTO(arena) struct arena *a = arena_new();

	cr_expect_str_eq(said(a, SAY_SV, &greeting), "Hej A, !");
	cr_expect_str_eq(said(a, SAY_FI, &greeting), "Hei  AA");
	cr_expect_str_eq(said(a, SAY_EN, &greeting), "Hello A");
	cr_expect_str_eq(said(a, SAY_EN, &odd), "{3} {x} {0 {}A");
	cr_expect_str_eq(said(a, SAY_FI, &odd), "{");
	cr_expect_str_eq(said(a, SAY_SV, &odd), "{3} {x} {0 {}A", "English stands in");
	cr_expect_str_eq(said(a, SAY_SV, &bare), "bare.code");
}

Test(say, a_date_is_said_as_people_do)
{
	static const struct say due = {"due", {"åter {0:when}, {1}", "{0:when}{0:when", "{0} {9:when}"}};
	static const char *const arg[SAY_ARGS] = {"2027-01-04", "2027-01-04"};
	static const char *const said[SAY_LANGS] = {"åter 4 januari 2027, 2027-01-04",
		"4. tammikuuta 2027{0:when", "2027-01-04 {9:when}"};

	for (int l = 0; l < SAY_LANGS; l++) {
		AUTO(buf) struct buf out = BUF_INIT(1000);

		say_format(&out, (enum say_lang)l, &due, arg);
		cr_expect_str_eq(buf_str(&out), said[l]);
	}
}

Test(say, an_argument_is_not_a_format)
{
	AUTO(arena) struct arena *a = arena_new();
	struct refusal r = {NULL, {NULL}};

	cr_expect_str_eq(refusal_text(a, SAY_SV, &r), "");
	cr_expect_eq(refuse(&r, &greeting, "{1}", "%s", NULL), ERR_REFUSED);
	cr_expect_eq(r.say, &greeting);
	cr_expect_str_eq(refusal_text(a, SAY_SV, &r), "Hej {1}, %s!");
}

Test(say, a_language_without_a_text_falls_back)
{
	cr_expect_str_eq(say_plain(&greeting, SAY_FI), "Hei {1} {0}{0}");
	cr_expect_str_eq(say_plain(&odd, SAY_SV), odd.text[SAY_EN]);
	cr_expect_str_eq(say_plain(&bare, SAY_SV), "bare.code");
	cr_expect_str_eq(say_plain(&greeting, SAY_LANGS), "Hello {0}");
}
