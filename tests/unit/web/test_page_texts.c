/* SPDX-License-Identifier: EUPL-1.2 */
#include "web/web_int.h"

#include "base/text.h"

#include <criterion/criterion.h>

Test(page_texts, are_found_by_key_in_every_language)
{
	size_t n = 0;

	for (const struct web_text *t = web_texts; t->key; t++, n++) {
		if (n)
			cr_expect_lt(strcmp(t[-1].key, t->key), 0, "%s is out of order", t->key);
		for (int lang = 0; lang < SAY_LANGS; lang++) {
			cr_expect(!text_empty(t->text[lang]), "%s", t->key);
			cr_expect_eq(web_text((enum say_lang)lang, t->key), t->text[lang]);
		}
	}
	cr_expect_gt(n, 50);
	cr_expect_null(web_text(SAY_SV, "no.such"));
	cr_expect_null(web_text(SAY_SV, ""));
	cr_expect_null(web_text(SAY_SV, "~"));
}

Test(page_texts, a_colour_of_apples_is_told_in_words)
{
	cr_expect_str_eq(web_color_say(SAY_SV, "SPACE GRAY"), "rymdgrå");
	cr_expect_str_eq(web_color_say(SAY_FI, "Silver"), "hopea");
	cr_expect_str_eq(web_color_say(SAY_SV, "röd med prickar"), "röd med prickar");
}

static int fill(const char *template, struct buf *out)
{
	buf_reset(out);
	return web_texts_fill(SAY_SV, bytes_of_str(template), out);
}

Test(page_texts, are_put_in_their_place)
{
	AUTO(buf) struct buf out = BUF_INIT(4096);

	cr_assert_eq(fill("<p>{{t.frame.find}}</p>{{name}}{{t.frame.find}}", &out), 0);
	cr_expect_str_eq(buf_str(&out), "<p>Sök</p>{{name}}Sök");
	cr_assert_eq(fill("", &out), 0);
	cr_expect_str_eq(buf_str(&out), "");
	cr_assert_eq(fill("{{#t}}{{/t}}{{text}}", &out), 0);
	cr_expect_str_eq(buf_str(&out), "{{#t}}{{/t}}{{text}}");
	/* a text's own names are left for the renderer */
	cr_assert_eq(fill("{{t.promise.lead}}", &out), 0);
	cr_expect_not_null(strstr(buf_str(&out), "{{organisation}}"));
}

Test(page_texts, a_slip_stops_the_start)
{
	AUTO(buf) struct buf out = BUF_INIT(4096), small = BUF_INIT(4);
	char long_key[200];

	cr_expect_eq(fill("{{t.no.such}}", &out), ERR_NOTFOUND);
	cr_expect_eq(fill("{{t.frame.find", &out), ERR_BADINPUT);
	memset(long_key, 'a', sizeof(long_key));
	memcpy(long_key, "{{t.", 4);
	memcpy(long_key + 196, "}}", 3);
	cr_expect_eq(fill(long_key, &out), ERR_BADINPUT);
	cr_expect_eq(web_texts_fill(SAY_SV, bytes_of_str("too much"), &small), ERR_TOOBIG);
}

Test(page_texts, a_lost_mode_that_was_over_already_is_told_so)
{
	static const char *const want[SAY_LANGS] = {
		[SAY_SV] = "Låses upp igen: den var redan ute ur förlorat läge",
		[SAY_FI] = "Avataan uudelleen: se oli jo poissa kadonnut-tilasta",
		[SAY_EN] = "Unlocked again: it was out of Lost Mode already"};
	const struct inv_event e = {.kind = "command", .text = "DisableLostMode out_already"};
	AUTO(arena) struct arena *a = arena_new();

	for (int lang = 0; lang < SAY_LANGS; lang++)
		cr_expect_str_eq(web_event_say(a, (enum say_lang)lang, &e), want[lang]);
}

Test(page_texts, what_is_noted_of_a_count_is_in_words)
{
	static const struct {
		const char *kept, *said;
	} rows[] = {{"1 of 3 lines short", "delar som saknas: 1/3"},
		{"0 of 3 lines short", "alla delar var med"},
		{"part added", "en del till"},
		{"x of 3 lines short", "x of 3 lines short"},
		{"repa i hörnet", "repa i hörnet"}};
	AUTO(arena) struct arena *a = arena_new();

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		cr_expect_str_eq(web_note_say(a, SAY_SV, rows[i].kept), rows[i].said);
}
