/* SPDX-License-Identifier: EUPL-1.2 */
/* How a wording looks on paper before it is put to use: of a loan and a borrower that do not exist.
 * Nothing is stored, and every page says so. */
#include "inventory/agreement_int.h"

#include "base/text.h"

#define WORD(id, sv, fi, en) static const struct say word_##id = {.code = #id, .text = {sv, fi, en}}

WORD(mark, "Förhandsvisning. Låntagaren och lånet är påhittade.",
	"Esikatselu. Lainaaja ja laina ovat keksittyjä.",
	"Preview. The borrower and the loan are invented.");
WORD(name, "Vera Exempel", "Vera Esimerkki", "Vera Example");
WORD(tablet, "Läsplatta", "Tabletti", "Tablet");
WORD(parts, "Laddare, fodral", "Laturi, kotelo", "Charger, case");
WORD(clock, "Klocka som talar", "Puhuva kello", "Talking clock");

#define LOAN "L-00000"
#define PHONE "031-390 06 00" /* of those that the telephone authority keeps for invented ones */
#define LENT_DAYS 28

static void invent(const struct inv_paper *of, struct inv_paper_line line[2], struct inv_paper *ret)
{
	bool back = of->of_return;
	int32_t due = back ? DAY_NONE : of->today + LENT_DAYS;

	line[0] = (struct inv_paper_line){.number = "INV-00001",
		.name = say_plain(&word_tablet, of->lang),
		.parts = say_plain(&word_parts, of->lang),
		.due = due,
		.price_ore = 450000,
		.price_list = 1,
		.price_from = of->today};
	line[1] = (struct inv_paper_line){.number = "INV-00002",
		.name = say_plain(&word_clock, of->lang),
		.due = due,
		.price_ore = 39950,
		.price_list = 1,
		.price_from = of->today,
		.missing = back};
	*ret = *of;
	ret->loan = LOAN;
	ret->name = say_plain(&word_name, of->lang);
	ret->card = "K000000000";
	if (text_empty(ret->phone))
		ret->phone = PHONE;
	ret->due = due;
	ret->line = line;
	ret->line_count = 2;
}

int inv_wording_preview(const struct inv_wording *t, const struct inv_paper *of, struct buf *out,
	struct refusal *r)
{
	AUTO(arena) struct arena *a = arena_new();
	struct inv_sheet *s = arena_alloc(a, sizeof(*s));
	struct inv_paper_line line[2];
	struct inv_paper paper;
	int err;

	*r = (struct refusal){0};
	err = inv_wording_decide(t, r);
	if (err)
		return err;
	invent(of, line, &paper);
	s->a = a;
	s->paper = &paper;
	s->mark = say_plain(&word_mark, of->lang);
	inv_sheet_add(s, PRINT_TITLE, NULL, t->title);
	inv_sheet_body(s, t->body);
	inv_sheet_add(s, PRINT_SIGN, say_plain(&inv_word_signature, of->lang), NULL);
	inv_sheet_add(s, PRINT_SIGN, say_plain(&inv_word_sign_staff, of->lang), NULL);
	inv_sheet_add(s, PRINT_BARCODE, say_plain(&inv_word_loan, of->lang), LOAN);
	return inv_sheet_print(s, PRINT_A4, 100, t->title, out);
}
