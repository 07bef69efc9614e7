/* SPDX-License-Identifier: EUPL-1.2 */
/* Workbooks as spreadsheet programs write them, read as CSV. */
#include "tests/unit/inventory/shelf.h"
#include "tests/unit/mdm/books.h"

#include "base/text.h"
#include "inventory/inventory_int.h"

#define NS "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
#define STRINGS                                                                      \
	"<sst xmlns=\"" NS "\"><si><t>serienummer</t></si><si><t>leasing_slut</t></si>" \
	"<si><r><t>Ring</t></r><r><t>klocka \"röd\"</t></r><rPh><t>yomi</t></rPh></si></sst>"
#define STYLES                                                                          \
	"<styleSheet xmlns=\"" NS "\"><numFmts><numFmt numFmtId=\"164\" "                  \
	"formatCode=\"yyyy\\-mm\\-dd\"/><numFmt numFmtId=\"165\" "                         \
	"formatCode=\"[Yellow]0&quot;y&quot;\"/></numFmts><cellStyleXfs><xf numFmtId=\"14\"/>" \
	"</cellStyleXfs><cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"164\"/><xf "           \
	"numFmtId=\"14\"/><xf numFmtId=\"165\"/></cellXfs></styleSheet>"
#define SHEET(rows) "<worksheet xmlns=\"" NS "\"><sheetData>" rows "</sheetData></worksheet>"

static int read_book(struct arena *a, const char *sheet, struct buf *out)
{
	const struct book_part parts[] = {{"[Content_Types].xml", "<Types/>"},
		{"xl/sharedStrings.xml", STRINGS}, {"xl/styles.xml", STYLES},
		{"xl/worksheets/sheet1.xml", sheet}, {NULL, NULL}};
	AUTO(buf) struct buf zip = BUF_INIT(1 << 20);

	book_zip(&zip, parts);
	cr_assert(inv_sheet_is(buf_bytes(&zip)));
	buf_reset(out);
	return inv_sheet_csv(a, buf_bytes(&zip), out);
}

Test(sheet_msg, cells_are_read_as_people_see_them)
{
	static const struct {
		const char *sheet, *csv;
	} cases[] = {
		{SHEET("<row><c r=\"A1\" t=\"s\"><v>0</v></c><c r=\"B1\" t=\"s\"><v>1</v></c></row>"),
			"\"serienummer\";\"leasing_slut\"\r\n"},
		{SHEET("<row><c r=\"A1\" t=\"inlineStr\"><is><t>DMPX1</t></is></c>"
		       "<c r=\"C1\" s=\"1\"><v>46721</v></c></row>"),
			"\"DMPX1\";\"\";\"2027-11-30\"\r\n"},
		{SHEET("<row><c s=\"2\"><v>46721.5</v></c><c s=\"3\"><v>7</v></c><c t=\"b\"><v>1</v>"
		       "</c></row>"),
			"\"2027-11-30\";\"7\";\"yes\"\r\n"},
		{SHEET("<row><c r=\"A1\" t=\"s\"><v>2</v></c><c t=\"str\"><f>1+1</f><v>2</v></c></row>"
		       "<row/>"),
			"\"Ringklocka \"\"röd\"\"\";\"2\"\r\n\"\"\r\n"},
		{SHEET("<row><c t=\"s\"><v>99</v></c><c><v>0007</v></c></row>"),
			"\"\";\"0007\"\r\n"},
	};
	AUTO(arena) struct arena *a = arena_new();
	AUTO(buf) struct buf out = BUF_INIT(1 << 20);

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		cr_expect_eq(read_book(a, cases[i].sheet, &out), 0, "case %zu", i);
		cr_expect_str_eq(buf_str(&out), cases[i].csv, "case %zu: %s", i, buf_str(&out));
	}
}

Test(sheet_msg, of_a_cell_that_is_too_long_the_beginning_stays)
{
	AUTO(arena) struct arena *a = arena_new();
	AUTO(buf) struct buf out = BUF_INIT(1 << 20), sheet = BUF_INIT(1 << 20);

	buf_add_str(&sheet, "<worksheet xmlns=\"" NS "\"><sheetData><row><c t=\"str\"><v>x");
	for (int i = 0; i < 3000; i++)
		buf_add_str(&sheet, "ö");
	buf_add_str(&sheet, "</v></c></row></sheetData></worksheet>");
	cr_assert_eq(read_book(a, buf_str(&sheet), &out), 0);
	cr_expect_eq(out.n, 2 + 3999 + 2, "%zu", out.n);
	cr_expect(text_is_utf8(buf_bytes(&out)), "no letter is cut");
}

Test(sheet_msg, what_is_no_workbook_is_refused)
{
	static const char *const sheets[] = {SHEET("<row><c r=\"ZZZ1\"><v>1</v></c></row>"),
		SHEET("<row><c r=\"7\"><v>1</v></c></row>"), "<worksheet", ""};
	static const struct book_part empty[] = {{"a.txt", "a"}, {NULL, NULL}};
	AUTO(arena) struct arena *a = arena_new();
	AUTO(buf) struct buf out = BUF_INIT(1 << 20), zip = BUF_INIT(1 << 20);

	for (size_t i = 0; i < sizeof(sheets) / sizeof(sheets[0]); i++)
		cr_expect_neq(read_book(a, sheets[i], &out), 0, "case %zu", i);
	book_zip(&zip, empty);
	cr_expect_eq(inv_sheet_csv(a, buf_bytes(&zip), &out), ERR_BADINPUT);
	cr_expect_eq(inv_sheet_csv(a, bytes_of_str("PK\3\4 no"), &out), ERR_BADINPUT);
	cr_expect_not(inv_sheet_is(bytes_of_str("serial\nDMPX1\n")));
}

Test(sheet_msg, a_workbook_is_imported_as_a_list_is)
{
	const struct book_part parts[] = {{"xl/sharedStrings.xml", STRINGS}, {"xl/styles.xml", STYLES},
		{"xl/worksheets/sheet1.xml",
			SHEET("<row><c t=\"s\"><v>0</v></c><c t=\"s\"><v>1</v></c></row>"
			      "<row><c t=\"str\"><v>dmpx1</v></c><c s=\"1\"><v>46721</v></c></row>")},
		{NULL, NULL}};
	AUTO(buf) struct buf zip = BUF_INIT(1 << 20);
	struct bytes csv;
	struct shelf s;

	shelf_open(&s);
	book_zip(&zip, parts);
	cr_assert_eq(inv_import_read(s.a, buf_bytes(&zip), &csv), 0);
	cr_expect_eq(shelf_import(&s, arena_strndup(s.a, (const char *)csv.p, csv.n), 0).made, 1);
	cr_expect_eq(shelf_find(&s, "DMPX1").u.lease_ends_at,
		day_start(day_from_date(2027, 11, 30)));
	shelf_close(&s);
}
