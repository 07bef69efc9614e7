/* SPDX-License-Identifier: EUPL-1.2 */
/* Sheets and labels, read back by the tools that people's machines have: poppler and a scanner. */
#include "base/clock.h"
#include "base/text.h"
#include "print/print.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#define INK "1000 400;100 200,200 100,300 300,400 150;500 200,600 180"

struct paper {
	struct arena *a;
	char dir[64];
	struct buf pdf;
};

static void begin(struct paper *p)
{
	*p = (struct paper){
		.a = arena_new(), .dir = "/tmp/hylla-print-XXXXXX", .pdf = BUF_INIT(8 << 20)};
	cr_assert_not_null(mkdtemp(p->dir));
}

static void end(struct paper *p)
{
	cr_assert_eq(system(arena_printf(p->a, "rm -rf '%s'", p->dir)), 0);
	buf_release(&p->pdf);
	arena_free(p->a);
}

static bool have(const char *tool)
{
	char command[128];

	snprintf(command, sizeof(command), "command -v %s >/dev/null 2>&1", tool);
	return system(command) == 0;
}

/* What a command says of the PDF, which it finds as $PDF. */
static const char *said(struct paper *p, const char *command)
{
	const char *path = arena_printf(p->a, "%s/x.pdf", p->dir);
	AUTO(buf) struct buf out = BUF_INIT(1 << 20);
	char line[4096];
	size_t n;
	FILE *f = fopen(path, "w");

	cr_assert_not_null(f);
	cr_assert_eq(fwrite(p->pdf.p, 1, p->pdf.n, f), p->pdf.n);
	fclose(f);
	/* the sanitizers' library is not for others' programs */
	f = popen(
		arena_printf(p->a, "unset ASAN_OPTIONS LD_PRELOAD; cd %s; PDF=%s; %s", p->dir, path, command),
		"r");
	cr_assert_not_null(f);
	while ((n = fread(line, 1, sizeof(line), f)) > 0)
		buf_add(&out, line, n);
	pclose(f);
	return arena_strdup(p->a, buf_str(&out));
}

#define EXPECT_SAYS(text, what) cr_expect_not_null(strstr(text, what), "no %s in: %s", what, text)

static struct print_sheet sheet_of(struct paper *p, enum print_paper paper)
{
	static const char *const cells[] = {"Nummer", "Sak", "Ersättning", "INV-000417",
		"Trådlös ringklocka", "399 kr", "INV-000418", "Förstoringsglas", NULL};
	static struct print_block blocks[] = {{.kind = PRINT_TITLE, .text = "Låneöverenskommelse"},
		{.kind = PRINT_HEADING, .text = "Det här lånar du"},
		{.kind = PRINT_TABLE, .cells = cells, .columns = 3, .rows = 3},
		{.kind = PRINT_BIG,
			.label = "Lämna tillbaka senast",
			.text = "tisdag 8 december 2026"},
		{.kind = PRINT_ITEM, .text = "Var rädd om sakerna."},
		{.kind = PRINT_TEXT, .text = "Åäö, Öberg och Ærø \xff slut."},
		{.kind = PRINT_SMALL, .text = "Fint tryckt."},
		{.kind = PRINT_INK, .label = "Låntagarens namnteckning"},
		{.kind = PRINT_SIGN, .label = "Personalens namnteckning"},
		{.kind = PRINT_BARCODE, .label = "Lån", .text = "L-10009"}};
	struct print_ink *ink = arena_alloc(p->a, sizeof(*ink));

	cr_assert_eq(print_ink_parse(p->a, INK, ink), 0);
	blocks[7].ink = ink;
	return (struct print_sheet){.paper = paper,
		.title = "Låneöverenskommelse L-10009",
		.author = "Testkommun",
		.lang = "sv",
		.foot = "Lån L-10009",
		.blocks = blocks,
		.block_count = sizeof(blocks) / sizeof(blocks[0])};
}

/* Read aloud it goes on to its last word, over lines and pages. */
Test(pdf, what_is_long_is_read_to_its_end, .timeout = 300)
{
	struct paper p;
	struct print_sheet s;
	struct print_block b[] = {{.kind = PRINT_TEXT}, {.kind = PRINT_ITEM}, {.kind = PRINT_ITEM, .text = "En till."},
		{.kind = PRINT_TEXT, .text = "Efter listan."}};
	const char *read, *list;
	AUTO(buf) struct buf text = BUF_INIT(4096);

	begin(&p);
	if (!have("pdfinfo")) {
		end(&p);
		cr_skip_test("there is no pdfinfo");
	}
	for (int i = 0; i < 60; i++)
		buf_printf(&text, "ord%d ", i);
	b[0].text = arena_printf(p.a, "%sstyckets slut.", buf_str(&text));
	b[1].text = arena_printf(p.a, "%sradens slut.", buf_str(&text));
	s = (struct print_sheet){
		.paper = PRINT_A4, .title = "Lång", .author = "Testkommun", .lang = "sv", .blocks = b, .block_count = 4};
	cr_assert_eq(print_pdf(&s, &p.pdf), 0);
	read = said(&p, "pdfinfo -struct-text $PDF 2>&1");
	EXPECT_SAYS(read, "ord58 ord59 styckets slut.");
	EXPECT_SAYS(read, "ord58 ord59 radens slut.");
	list = strstr(read, "  L (block)");
	cr_assert_not_null(list, "%s", read);
	cr_expect_null(strstr(list + 1, "  L (block)"), "two items are one list: %s", read);
	EXPECT_SAYS(list, "En till.");
	end(&p);
}

Test(pdf, every_paper_is_tagged_and_read_back, .timeout = 300)
{
	for (int paper = PRINT_A4; paper <= PRINT_RECEIPT; paper++) {
		struct paper p;
		struct print_sheet s;

		begin(&p);
		s = sheet_of(&p, (enum print_paper)paper);
		cr_assert_eq(print_pdf(&s, &p.pdf), 0);
		cr_expect_eq(memcmp(p.pdf.p, "%PDF-1.5", 8), 0);
		cr_expect_not_null(memmem(p.pdf.p, p.pdf.n, "/Lang (sv)", 10));
		if (have("pdfinfo")) {
			const char *info = said(&p, "pdfinfo $PDF 2>&1 | tr -s ' '");

			EXPECT_SAYS(info, "Tagged: yes");
			EXPECT_SAYS(info, "Låneöverenskommelse L-10009");
			EXPECT_SAYS(info, paper == PRINT_A5 ? "Pages: 2" : "Pages: 1");
			cr_expect_null(strstr(info, "rror"), "%s", info);
			EXPECT_SAYS(said(&p, "pdfinfo -struct $PDF 2>&1"), "H1");
			EXPECT_SAYS(said(&p, "pdfinfo -struct $PDF 2>&1"), "TH");
		}
		if (have("pdftotext")) {
			const char *text = said(&p, "pdftotext -layout $PDF - 2>&1");

			EXPECT_SAYS(text, "Trådlös");
			EXPECT_SAYS(text, "december");
			EXPECT_SAYS(text, "Ærø \xef\xbf\xbd slut");
			EXPECT_SAYS(text, "L-10009");
		}
		if (have("zbarimg") && have("pdftoppm"))
			EXPECT_SAYS(said(&p, "pdftoppm -r 150 -png $PDF p && zbarimg -q *.png "
					     "2>/dev/null"),
				"CODE-128:L-10009");
		end(&p);
	}
}

Test(pdf, long_texts_go_on_over_pages, .timeout = 300)
{
	struct print_block blocks[21];
	const char *cells[2 * 120];
	struct paper p;
	struct print_sheet s;
	AUTO(buf) struct buf text = BUF_INIT(1 << 20);

	begin(&p);
	for (int i = 0; i < 400; i++)
		buf_printf(&text, "ord%d och ännu ett ord. ", i);
	for (int i = 0; i < 240; i++)
		cells[i] = "cell";
	cells[0] = "Rubrik";
	for (int i = 0; i < 20; i++)
		blocks[i] = (struct print_block){.kind = PRINT_TEXT, .text = buf_str(&text)};
	blocks[20] = (struct print_block){
		.kind = PRINT_TABLE, .cells = cells, .columns = 2, .rows = 120};
	s = (struct print_sheet){.paper = PRINT_A4,
		.title = "Lång",
		.lang = "sv",
		.blocks = blocks,
		.block_count = 21};
	cr_assert_eq(print_pdf(&s, &p.pdf), 0);
	if (have("pdftotext")) {
		const char *said_text = said(&p, "pdftotext -layout $PDF - 2>&1");

		cr_expect_gt(strlen(said_text), 20 * text.n * 9 / 10);
		EXPECT_SAYS(said(&p, "pdftotext -layout $PDF - | grep -c Rubrik"), "4");
		EXPECT_SAYS(said(&p, "pdfinfo $PDF | tr -s ' '"), "Tagged: yes");
	}
	buf_reset(&p.pdf);
	s.paper = PRINT_A5;
	s.percent = 200;
	cr_expect_eq(print_pdf(&s, &p.pdf), ERR_TOOBIG, "more than a hundred pages");
	end(&p);
}

Test(pdf, refuses_what_cannot_be_printed)
{
	const struct {
		struct print_block b;
	} bad[] = {{{.kind = PRINT_BARCODE, .text = "åäö"}}, {{.kind = PRINT_BARCODE, .text = ""}},
		{{.kind = PRINT_TABLE, .columns = 0, .rows = 1}}, {{.kind = 99}},
		{{.kind = PRINT_BARCODE,
			.text = "a-code-much-too-long-for-the-width-of-a-receipt-to-be-read-"
				"ever"}}};

	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		AUTO(buf) struct buf out = BUF_INIT(1 << 20);
		struct print_sheet s = {.paper = PRINT_RECEIPT,
			.title = "x",
			.lang = "sv",
			.blocks = &bad[i].b,
			.block_count = 1};

		cr_expect_eq(print_pdf(&s, &out), ERR_BADINPUT, "%zu", i);
	}
	{
		AUTO(buf) struct buf out = BUF_INIT(100);
		struct print_block b = {.kind = PRINT_TEXT, .text = "text"};
		struct print_sheet s = {.paper = PRINT_A4,
			.title = "x",
			.lang = "sv",
			.blocks = &b,
			.block_count = 1};

		cr_expect_eq(print_pdf(&s, &out), ERR_TOOBIG);
	}
}

Test(pdf, a_letter_has_its_address_in_the_window)
{
	struct print_block blocks[] = {
		{.kind = PRINT_ADDRESS, .text = "Anna Svensson\nStorgatan 1\n501 80  Borås"},
		{.kind = PRINT_TEXT, .text = "Hej!"}};
	struct paper p;
	struct print_sheet s = {.paper = PRINT_A4,
		.title = "Brev",
		.lang = "fi",
		.blocks = blocks,
		.block_count = 2};

	begin(&p);
	cr_assert_eq(print_pdf(&s, &p.pdf), 0);
	if (have("pdftotext")) {
		/* 108 mm from the left, 48 from the top, at 72 dots an inch */
		EXPECT_SAYS(said(&p, "pdftotext -x 300 -y 130 -W 240 -H 70 $PDF - 2>&1"),
			"Storgatan 1");
		EXPECT_SAYS(said(&p, "pdftotext -x 0 -y 260 -W 590 -H 60 $PDF - 2>&1"), "Hej!");
	}
	end(&p);
}

Test(pdf, labels_are_read_back, .timeout = 300)
{
	struct print_label label[30];
	struct print_labels l = print_labels_a4();
	struct paper p;

	begin(&p);
	for (int i = 0; i < 30; i++)
		label[i] = (struct print_label){
			arena_printf(p.a, "INV-%06d", 417 + i), "Trådlös ringklocka", "Testkommun"};
	l.title = "Etiketter";
	l.lang = "sv";
	l.label = label;
	l.count = 30;
	l.skip = 2;
	cr_assert_eq(print_labels_pdf(&l, &p.pdf), 0);
	if (have("zbarimg") && have("pdftoppm")) {
		const char *codes = said(&p,
			"pdftoppm -r 200 -png $PDF p && zbarimg -q *.png 2>/dev/null | sort -u");

		for (int i = 0; i < 30; i++)
			EXPECT_SAYS(codes, label[i].code);
	}
	l.skip = 24;
	cr_expect_eq(print_labels_pdf(&l, &p.pdf), ERR_BADINPUT);
	l.skip = 0;
	label[3].code = "A-CODE-THAT-NO-LABEL-OF-THIS-WIDTH-CAN-HOLD";
	buf_reset(&p.pdf);
	cr_expect_eq(print_labels_pdf(&l, &p.pdf), ERR_BADINPUT);
	end(&p);
}

Test(ink, is_numbers_within_the_field)
{
	static const char *const bad[] = {NULL, "", "1000 400", "1000 400;", "1000 400;1 1",
		"1000 400;1 1,2 2,3 3,4 4", "1000 400;0 0,1001 0,2 2,3 3", "10001 400;0 0,900 0",
		"1000 400;0 0,900 0,900 10,0 10;", "1000 400;0 0,900 0,900 10,x 10",
		"1000 400;0  0,900 0,900 10,0 10", "1000 400;-1 0,900 0,900 10,0 10",
		"10 4;0 0,9 0,9 1,0 1", "1000 400;0000000 0,900 0,900 10,0 10"};
	AUTO(arena) struct arena *a = arena_new();
	AUTO(buf) struct buf many = BUF_INIT(1 << 20);
	struct print_ink ink;

	cr_assert_eq(print_ink_parse(a, INK, &ink), 0);
	cr_expect_eq(ink.n, 6);
	cr_expect(ink.point[0].begins && ink.point[4].begins && !ink.point[5].begins);
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		cr_expect_eq(print_ink_parse(a, bad[i], &ink), ERR_BADINPUT, "%zu", i);
	buf_add_str(&many, "1000 400;0 0");
	for (int i = 0; i < PRINT_INK_POINTS; i++)
		buf_printf(&many, ",%d 5", i % 1000);
	cr_expect_eq(print_ink_parse(a, buf_str(&many), &ink), ERR_BADINPUT);
}

/* A slip while somebody waits: generous here, since machines that test are busy. */
Test(pdf, a_slip_takes_no_time, .timeout = 300)
{
	struct paper p;
	struct print_sheet s;
	int64_t best = INT64_MAX;

	begin(&p);
	s = sheet_of(&p, PRINT_RECEIPT);
	for (int i = 0; i < 6; i++) {
		int64_t at = clock_mono_us();

		buf_reset(&p.pdf);
		cr_assert_eq(print_pdf(&s, &p.pdf), 0);
		at = clock_mono_us() - at;
		best = at < best ? at : best;
	}
	cr_log_info("a slip: %lld us", (long long)best);
	cr_expect_lt(best, 500000);
	end(&p);
}

Test(pdf, what_is_invented_says_so, .timeout = 300)
{
	static const struct say invented = {
		.text = {"Allt är påhittat", "Kaikki on keksittyä", "All of it is invented"}};
	struct print_block many[120];
	struct paper p;
	struct print_sheet s;
	const char *text, *page;
	unsigned pages = 0;

	begin(&p);
	s = sheet_of(&p, PRINT_A5);
	for (size_t i = 0; i < 120; i++)
		many[i] = (struct print_block){.kind = PRINT_TEXT, .text = "En rad till."};
	s.blocks = many;
	s.block_count = 120;
	s.lang = "fi";
	print_stamp_set(&invented);
	cr_assert_eq(print_pdf(&s, &p.pdf), 0);
	if (have("pdftotext")) {
		text = said(&p, "pdftotext -layout $PDF - 2>&1");
		for (page = text; *page; page = strchr(page, '\f') ? strchr(page, '\f') + 1 : "") {
			pages++;
			cr_expect_eq(strncmp(page + strspn(page, " \n"), "Kaikki on keksitty", 18), 0,
				"page %u: %.60s", pages, page);
		}
		cr_expect_geq(pages, 3);
	}
	print_stamp_set(NULL);
	end(&p);
}

Test(pdf, a_name_from_right_to_left_does_not_turn_its_sentence)
{
	static const struct print_block block = {
		.kind = PRINT_TEXT, .text = "محمد الأحمد lånar det av Demokommunen."};
	struct paper p;
	struct print_sheet s;

	begin(&p);
	s = sheet_of(&p, PRINT_A5);
	s.blocks = &block;
	s.block_count = 1;
	cr_assert_eq(print_pdf(&s, &p.pdf), 0);
	if (have("pdftotext"))
		EXPECT_SAYS(said(&p, "pdftotext -bbox $PDF - 2>&1"), ">Demokommunen.<");
	end(&p);
}
