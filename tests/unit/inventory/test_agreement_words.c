/* SPDX-License-Identifier: EUPL-1.2 */
/* Fields of a template (agreement_words.c), and what is left of a text where nothing is known of one; the
 * texts the program comes with (agreement_start.c) read as whole ones then too. */
#include "base/text.h"
#include "inventory/agreement_int.h"

#include <criterion/criterion.h>

static const struct inv_paper bare = {.loan = "L-1", .organisation = "Kommunen", .due = DAY_NONE};
static const struct inv_paper full = {.loan = "L-1",
	.organisation = "Kommunen",
	.place = "Huset",
	.phone = "010-1",
	.card = "K-1",
	.due = 20795};

Test(agreement_words, a_sentence_without_its_word_is_left_out)
{
	static const struct {
		const char *line, *bare, *full;
	} rows[] = {
		{"Ring {phone}.", "", "Ring 010-1."},
		{"Lämna det till {place}. Hör av dig.", "Hör av dig.", "Lämna det till Huset. Hör av dig."},
		{"Hör av dig. Ring {phone}.", "Hör av dig.", "Hör av dig. Ring 010-1."},
		{"Vart? Till {place}! Tack.", "Tack.", "Vart? Till Huset! Tack."},
		{"Bra? Frågor? Ring {phone}. Tack.", "Bra? Tack.", "Bra? Frågor? Ring 010-1. Tack."},
		{"Bra? Ring oss. Ring {phone}.", "Bra? Ring oss.", "Bra? Ring oss. Ring 010-1."},
		/* what a dot shortens before a field is of the field's sentence */
		{"Tel. {phone}", "", "Tel. 010-1"},
		{"Välkommen. Tel. {phone}. Tack.", "Välkommen. Tack.", "Välkommen. Tel. 010-1. Tack."},
		{"{organisation}. Puh. {phone}", "Kommunen.", "Kommunen. Puh. 010-1"},
		{"Ring oss, tel. {phone}. Tack.", "Tack.", "Ring oss, tel. 010-1. Tack."},
		{"Kort nr. {card} gäller.", "", "Kort nr. K-1 gäller."},
		{"Här är hotel. {place}", "Här är hotel.", "Här är hotel. Huset"},
		{"Tack. Öppet hos {place}. Åter {due}.", "Tack.",
			"Tack. Öppet hos Huset. Åter tisdag 8 december 2026."},
		{"{organisation}. {place}. {loan}.", "Kommunen. L-1.", "Kommunen. Huset. L-1."},
		/* not an end: within a word, before a small letter or a figure */
		{"Ring t.ex. {phone} nu. Tack.", "Tack.", "Ring t.ex. 010-1 nu. Tack."},
		{"Ring kl. 9 el. sen på {phone}. Tack.", "Tack.", "Ring kl. 9 el. sen på 010-1. Tack."},
		{"Lån {loan} kostar 1.50 kr.", "Lån L-1 kostar 1.50 kr.", "Lån L-1 kostar 1.50 kr."},
		{"Av {name}, {nope} { och }.", "Av Låntagaren, {nope} { och }.",
			"Av Låntagaren, {nope} { och }."},
		{"", "", ""},
		{"...  ? !", "...  ? !", "...  ? !"},
	};
	AUTO(arena) struct arena *a = arena_new();

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		cr_expect_str_eq(inv_field_fill(a, &bare, rows[i].line), rows[i].bare, "row %zu", i);
		cr_expect_str_eq(inv_field_fill(a, &full, rows[i].line), rows[i].full, "row %zu", i);
	}
}

Test(agreement_words, what_was_frozen_with_a_dash_keeps_it)
{
	AUTO(arena) struct arena *a = arena_new();
	AUTO(buf) struct buf now = BUF_INIT(1 << 16);
	struct inv_frozen f = {.texts = 1, .title = {"T"}, .body = {"Ring {phone}."}, .paper = bare};
	static const char old[] = "{\"form\":1,\"loan\":\"L-1\",\"today\":1,\"due\":2,\"lines\":[],"
				  "\"texts\":[{\"title\":\"T\",\"body\":\"Ring {phone}.\"}]}";

	inv_frozen_format(a, &f, &now);
	cr_assert_eq(inv_frozen_parse(a, buf_bytes(&now), &f), 0);
	cr_expect_str_eq(inv_field_fill(a, &f.paper, f.body[0]), "");
	cr_expect_str_eq(inv_field_fill(a, &f.paper, "Frågor? Tel. {phone}"), "");
	cr_assert_eq(inv_frozen_parse(a, bytes_of_str(old), &f), 0);
	cr_expect_str_eq(inv_field_fill(a, &f.paper, f.body[0]), "Ring –.");
	f.paper.dashes = false;
	cr_expect(f.paper.gaps, "frozen before labels went with their fields");
	cr_expect_str_eq(inv_field_fill(a, &f.paper, "Frågor? Tel. {phone}"), "Frågor? Tel.");
}

Test(agreement_words, what_is_left_empty_is_not_there)
{
	AUTO(arena) struct arena *a = arena_new();
	struct inv_sheet *s = arena_alloc(a, sizeof(*s));

	s->a = a;
	s->paper = &bare;
	inv_sheet_body(s, "ett\n- Ring {phone}.\ntvå. Lämna\ndet till {place}.\n\n# Hos {place}\n\nRing\n{phone}.\n");
	cr_assert_eq(s->n, 2);
	cr_expect_str_eq(s->block[0].text, "ett");
	cr_expect_str_eq(s->block[1].text, "två.");
}

/* Of what is left nothing points at what is gone. */
Test(agreement_words, the_shipped_texts_are_whole_without_a_telephone)
{
	static const char *const dangling[] = {"–", "{", "  ", ": .", " .", " på .", "ring .", "Ring "};
	AUTO(arena) struct arena *a = arena_new();
	struct inv_sheet *s = arena_alloc(a, sizeof(*s));

	for (unsigned k = 1; k < INV_TEXTS; k++) {
		for (unsigned lang = 0; lang < SAY_LANGS; lang++) {
			struct inv_paper p = bare;
			struct inv_wording t;

			p.lang = (enum say_lang)lang;
			p.today = 20795;
			inv_wording_start((enum inv_text)k, p.lang, &t);
			memset(s, 0, sizeof(*s));
			s->a = a;
			s->paper = &p;
			inv_sheet_body(s, t.body);
			if (k == INV_TEXT_LOAN && lang == SAY_SV)
				cr_expect_str_eq(s->block[0].text, "Låntagaren lånar det här av Kommunen.");
			cr_expect_gt(s->n, 1);
			for (size_t i = 0; i < s->n; i++) {
				for (size_t d = 0; d < sizeof(dangling) / sizeof(dangling[0]); d++)
					cr_expect_null(strstr(s->block[i].text, dangling[d]), "%s", s->block[i].text);
			}
		}
	}
}
