/* SPDX-License-Identifier: EUPL-1.2 */
/* The last day on papers (agreement_days.c), where things of a bundle have days of their own. */
#include "inventory/agreement_int.h"

#include <criterion/criterion.h>

#define FIRST 20795 /* tisdag 8 december 2026 */

static struct inv_sheet *sheet_of(struct arena *a, const struct inv_paper *p, const char *body)
{
	struct inv_sheet *s = arena_alloc(a, sizeof(*s));

	s->n = 0;
	s->a = a;
	s->paper = p;
	inv_sheet_body(s, body);
	return s;
}

static void expect_big(const struct inv_sheet *s, size_t i, const char *label, const char *text)
{
	cr_assert_lt(i, s->n);
	cr_expect_eq(s->block[i].kind, PRINT_BIG);
	cr_expect_str_eq(s->block[i].label, label);
	cr_expect_str_eq(s->block[i].text, text);
}

Test(agreement_days, each_is_large_with_what_it_is_of)
{
	static const struct inv_paper_line line[] = {{.number = "A-1", .name = "Klocka", .due = FIRST + 1},
		{.number = "A-2", .name = "Lampa", .due = FIRST}, {.number = "A-3", .due = FIRST + 1},
		{.number = "A-4", .name = "Kvar", .due = DAY_NONE}};
	const struct inv_paper p = {.due = FIRST, .line = line, .line_count = 4};
	AUTO(arena) struct arena *a = arena_new();
	const struct inv_sheet *s = sheet_of(a, &p, "före\n{due-large}\nefter");

	cr_assert_eq(s->n, 4);
	cr_expect_str_eq(s->block[0].text, "före");
	expect_big(s, 1, "Lampa A-2: lämna tillbaka senast", "tisdag 8 december 2026");
	expect_big(s, 2, "Klocka A-1, A-3: lämna tillbaka senast", "onsdag 9 december 2026");
	cr_expect_str_eq(s->block[3].text, "efter");
	cr_expect_str_eq(inv_field_fill(a, &p, "Åter {due}."),
		"Åter tisdag 8 december 2026 (den första dagen; varje saks egen dag står i listan).");
}

Test(agreement_days, many_are_told_by_the_first)
{
	static const struct inv_paper_line line[] = {{.name = "a", .due = FIRST + 3},
		{.name = "b", .due = FIRST}, {.name = "c", .due = FIRST + 1},
		{.name = "d", .due = FIRST + 2}, {.name = "e", .due = FIRST}};
	struct inv_paper p = {.due = FIRST, .line = line, .line_count = 5};
	AUTO(arena) struct arena *a = arena_new();
	const struct inv_sheet *s = sheet_of(a, &p, "{due-large}");

	cr_assert_eq(s->n, 2);
	expect_big(s, 0, "Lämna tillbaka det första senast", "tisdag 8 december 2026");
	cr_expect_str_eq(
		s->block[1].text, "Sakerna har olika sista dagar. Varje saks egen dag står i listan.");
	p.line = line + 1;
	p.line_count = 3;
	s = sheet_of(a, &p, "{due-large}");
	cr_assert_eq(s->n, 3);
	expect_big(s, 0, "b: lämna tillbaka senast", "tisdag 8 december 2026");
	expect_big(s, 2, "d: lämna tillbaka senast", "torsdag 10 december 2026");
}

Test(agreement_days, one_for_all_is_told_as_ever)
{
	static const struct inv_paper_line line[] = {{.name = "a", .due = FIRST}, {.name = "b", .due = FIRST}};
	struct inv_paper p = {.due = FIRST, .line = line, .line_count = 2};
	AUTO(arena) struct arena *a = arena_new();
	const struct inv_sheet *s = sheet_of(a, &p, "{due-large}");

	cr_assert_eq(s->n, 1);
	expect_big(s, 0, "Lämna tillbaka senast", "tisdag 8 december 2026");
	cr_expect_str_eq(inv_field_fill(a, &p, "{due}"), "tisdag 8 december 2026");
	p.due = DAY_NONE;
	cr_expect_eq(sheet_of(a, &p, "{due-large}")->n, 0);
	cr_expect_str_eq(inv_field_fill(a, &p, "{due}"), "");
}

/* What was signed is what was signed. */
Test(agreement_days, what_was_frozen_before_tells_the_first_alone)
{
	static const char old[] =
		"{\"form\":1,\"loan\":\"L-1\",\"lang\":\"sv\",\"no_gaps\":true,\"no_dashes\":true,\"today\":20750,"
		"\"due\":20795,\"lines\":[{\"name\":\"a\",\"due\":20795,\"price\":0},{\"name\":\"b\",\"due\":20796,"
		"\"price\":0}],\"texts\":[{\"title\":\"T\",\"body\":\"{due-large}\"}]}";
	AUTO(arena) struct arena *a = arena_new();
	AUTO(buf) struct buf out = BUF_INIT(1 << 16);
	const struct inv_sheet *s;
	struct inv_frozen f;

	cr_assert_eq(inv_frozen_parse(a, bytes_of_str(old), &f), 0);
	s = sheet_of(a, &f.paper, f.body[0]);
	cr_assert_eq(s->n, 1);
	expect_big(s, 0, "Lämna tillbaka senast", "tisdag 8 december 2026");
	cr_expect_str_eq(inv_field_fill(a, &f.paper, "{due}"), "tisdag 8 december 2026");
	/* what is frozen from now on keeps that it tells each */
	f.paper.one_day = false;
	inv_frozen_format(a, &f, &out);
	cr_assert_eq(inv_frozen_parse(a, buf_bytes(&out), &f), 0);
	cr_expect_eq(sheet_of(a, &f.paper, f.body[0])->n, 2);
}
