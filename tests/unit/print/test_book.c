/* SPDX-License-Identifier: EUPL-1.2 */
/* A workbook, opened as the archive of XML that it is. */
#include "base/packed.h"
#include "print/print.h"

#include <criterion/criterion.h>

static const char *const heads[] = {"Serienummer", "Antal", "Dag", "Tid"};

static const char *part(struct arena *a, const struct buf *book, const char *name)
{
	AUTO(packed) struct packed *p = NULL;
	AUTO(buf) struct buf out = BUF_INIT(1 << 20);

	cr_assert_eq(packed_open(buf_bytes(book), &p), 0);
	cr_assert_eq(packed_read(p, name, &out), 0, "%s", name);
	return arena_strdup(a, buf_str(&out));
}

Test(book, holds_texts_as_texts_and_numbers_as_numbers)
{
	AUTO(arena) struct arena *a = arena_new();
	AUTO(buf) struct buf out = BUF_INIT(1 << 20);
	const struct print_cell cells[] = {
		{.text = "=cmd|' /C calc'!A0"},
		{.kind = PRINT_CELL_NUMBER, .number = 7},
		{.kind = PRINT_CELL_DAY, .number = 20000},
		{.kind = PRINT_CELL_WHEN, .number = 20000.5},
		{.text = "0017 å < \xff"},
		{0},
		{0},
		{0},
	};
	const struct print_book b = {.title = "Saker [i] lager: hela listan som den ser ut i dag",
		.heads = heads,
		.columns = 4,
		.cells = cells,
		.rows = 2};
	const char *sheet, *texts;

	cr_assert_eq(print_book(&b, &out), 0);
	sheet = part(a, &out, "xl/worksheets/sheet1.xml");
	texts = part(a, &out, "xl/sharedStrings.xml");
	cr_expect_null(strstr(sheet, "<f>"), "nothing in it is a formula");
	cr_expect(strstr(texts, "=cmd|' /C calc'!A0"));
	cr_expect(strstr(texts, "0017 å &lt; \xef\xbf\xbd"));
	cr_expect(strstr(sheet, "<v>7</v>"));
	cr_expect(strstr(sheet, "<v>45569</v>"), "2024-10-04 as spreadsheets count");
	cr_expect(strstr(sheet, "<v>45569.5</v>"));
	cr_expect(strstr(sheet, "<autoFilter ref=\"A1:D3\""));
	cr_expect(strstr(part(a, &out, "xl/styles.xml"), "yyyy-mm-dd hh:mm"));
	cr_expect(strstr(part(a, &out, "xl/workbook.xml"), "name=\"Saker  i  lager  hela listan so\""));
}

Test(book, has_its_limits)
{
	AUTO(buf) struct buf small = BUF_INIT(100), out = BUF_INIT(1 << 20);
	AUTO(arena) struct arena *a = arena_new();
	char *word = arena_alloc(a, 60001);
	struct print_cell cell = {.text = word};
	struct print_book b = {.title = "", .heads = heads, .columns = 1, .cells = &cell, .rows = 1};

	memset(word, 'x', 60000);
	word[60000] = '\0';
	cr_expect_eq(print_book(&b, &small), ERR_TOOBIG);
	cr_expect_eq(print_book(&b, &out), 0, "a long text is cut");
	b.columns = 0;
	cr_expect_eq(print_book(&b, &out), ERR_BADINPUT);
	b.columns = 1;
	b.rows = PRINT_BOOK_ROWS + 1;
	cr_expect_eq(print_book(&b, &out), ERR_TOOBIG);
}
