/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * print: the door to barcodes, and to paper: agreements, slips, letters and labels as PDF; and to
 * lists as workbooks (XLSX). Whoever prints gives the texts; this room opens no record and knows no
 * person.
 *
 * Words. Sheet: one document, a list of blocks set from top to bottom. Block: a heading, a
 * paragraph, a table, a barcode. Ink: a signature as strokes of points.
 *
 * A PDF is tagged (ISO 32000-1 section 14.8: headings, paragraphs, tables), with title and
 * language, so that it can be read aloud. Codes are Code 128 (ISO/IEC 15417) drawn as vectors;
 * QR codes are those of ISO/IEC 18004. The typeface is DejaVu Sans.
 *
 * Threads. Any; rendering is done one at a time (the typefaces are loaded once and shared), a few
 * milliseconds a page, and never inside a transaction.
 */
#ifndef PRINT_PRINT_H
#define PRINT_PRINT_H

#include "base/buf.h"
#include "base/say.h"
#include "base/err.h"

/* Half-block characters for a terminal, with a quiet zone; dark on light. ERR_TOOBIG. */
int print_qr_text(const char *text, struct buf *out) MUST_CHECK;
/* An SVG document with role="img" and `title` as its accessible name. */
int print_qr_svg(const char *text, const char *title, struct buf *out) MUST_CHECK;

/* --- ink --- */
#define PRINT_INK_POINTS 4000
#define PRINT_INK_STROKES 200
#define PRINT_INK_SIDE 10000 /* coordinates are 0 to this; y goes down */
struct print_point {
	uint16_t x, y;
	bool begins; /* of a stroke */
};
struct print_ink {
	const struct print_point *point;
	size_t n;
	uint16_t width, height; /* of the field it was written in */
};
/*
 * "1000 400;12 300,15 304;20 31,22 35": size of the field, then strokes, each points of x and y.
 * ERR_BADINPUT: of another form, outside of the field, too many, or hardly anything written: a
 * dot is no signature. Points in the arena.
 */
int print_ink_parse(struct arena *a, const char *s, struct print_ink *ret) MUST_CHECK;

/* --- sheets --- */
enum print_paper {
	PRINT_A4 = 1,
	PRINT_A5,
	PRINT_RECEIPT /* 80 mm wide, as long as it gets */
};
enum print_kind {
	PRINT_TITLE = 1,
	PRINT_HEADING,
	PRINT_TEXT,
	PRINT_SMALL,
	PRINT_ITEM,    /* of a list, with a dot before it */
	PRINT_BIG,     /* `label` above `text` in very large type: the last day */
	PRINT_TABLE,   /* the first row is its heading */
	PRINT_BARCODE, /* `text` as Code 128 with its letters under it; `label` before */
	PRINT_INK,     /* a signature with `label` under it */
	PRINT_SIGN,    /* an empty line to sign on, `label` under it */
	PRINT_ADDRESS  /* A4: where the window of a C5 envelope is; lines of `text` */
};
struct print_block {
	enum print_kind kind;
	const char *text, *label;
	const char *const *cells; /* rows times columns; NULL is an empty one */
	size_t columns, rows;
	const struct print_ink *ink;
};
struct print_sheet {
	enum print_paper paper;
	const char *title, *author;
	const char *lang; /* "sv" */
	const char *foot; /* on each page, before its number; NULL: none */
	const char *mark; /* at the top of each page, what it is not: "Förhandsvisning"; NULL: none */
	unsigned percent; /* of the type; 0: 100; 50 to 200 */
	const struct print_block *blocks;
	size_t block_count;
};
#define PRINT_BLOCKS 2000
#define PRINT_PAGES 100
/* ERR_TOOBIG: more blocks or pages than that, or than `out` holds; ERR_BADINPUT: a code that cannot
 * be one, a table of no columns. Broken UTF-8 is printed as U+FFFD. */
int print_pdf(const struct print_sheet *s, struct buf *out) MUST_CHECK;

/* Stands on every page and label from now on, in the reader's language: that its persons are invented.
 * NULL: nothing. A text that stays; told once, before anything is printed. */
void print_stamp_set(const struct say *text);

/* --- labels --- */
struct print_label {
	const char *code;         /* as Code 128 */
	const char *title, *line; /* under it; may be NULL */
};
struct print_labels {
	unsigned columns, rows;     /* on an A4 page */
	double width_mm, height_mm; /* of one label */
	double left_mm, top_mm;     /* of the first */
	double gap_x_mm, gap_y_mm;
	unsigned skip; /* labels of the first page that are used already */
	const char *title, *lang;
	const struct print_label *label;
	size_t count;
};
#define PRINT_LABELS 2000
/* A common sheet: 3 by 8 labels of 70 by 37 mm. */
struct print_labels print_labels_a4(void);
/* ERR_BADINPUT also when a code is too long for the label to be read. */
int print_labels_pdf(const struct print_labels *l, struct buf *out) MUST_CHECK;

/* --- books: a list for spreadsheets --- */
enum print_cell_kind {
	PRINT_CELL_TEXT, /* stays text whatever it begins with: never a formula, never a number */
	PRINT_CELL_NUMBER,
	PRINT_CELL_DAY, /* days since 1970-01-01 */
	PRINT_CELL_WHEN /* the same with a fraction, in people's time */
};
struct print_cell {
	enum print_cell_kind kind;
	const char *text; /* NULL or "": an empty cell */
	double number;
};
struct print_book {
	const char *title; /* of the one sheet */
	const char *const *heads;
	size_t columns;
	const struct print_cell *cells; /* rows times columns */
	size_t rows;
};
#define PRINT_BOOK_COLUMNS 200
#define PRINT_BOOK_ROWS 200000
/* As XLSX. ERR_TOOBIG: more than that, or than `out` holds; ERR_BADINPUT: no columns; ERR_NOSPACE,
 * ERR_IO. Broken UTF-8 becomes U+FFFD, texts are cut at what a cell holds. */
int print_book(const struct print_book *b, struct buf *out) MUST_CHECK;

#endif
