/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The sheet of a workbook that was made first (sheet1.xml; Office Open XML, ISO/IEC 29500-1: 18.3
 * worksheets, 18.4.9 shared strings, 18.8 styles) as CSV: what people see in the cells, days as
 * 2026-11-30.
 */
#include "inventory/inventory_int.h"

#include "base/day.h"
#include "base/packed.h"
#include "base/text.h"
#include "base/xml.h"

#include <stdlib.h>

#define PART_BYTES (48u << 20)
#define COLUMNS_MOST 64
#define STRINGS_MOST 1000000
#define STYLES_MOST 4096
#define CELL_BYTES 4000
#define CUSTOM_MOST 512
#define EPOCH_1900 25569 /* days from 1899-12-30 to 1970-01-01 */

static const struct xml_limits limits = {
	.bytes = PART_BYTES, .depth = 32, .elements = 8000000, .entities = 400000, .namespaces = true};

struct book {
	struct arena *a;
	const char **strings; /* shared */
	size_t string_n, string_room;
	bool is_day[STYLES_MOST]; /* by style of a cell */
	size_t style_n;
	unsigned custom[CUSTOM_MOST]; /* numbers of formats of their own that write a day */
	size_t custom_n;
};

struct part { /* one part while it is read */
	struct book *b;
	struct buf text;
	bool keep, in_styles, phonetic;
	/* of a sheet */
	struct buf *out;
	const char *cells[COLUMNS_MOST];
	size_t cell_n, column;
	char type; /* of the cell: 's' shared, 't' text, 'n' number, 'b' yes or no */
	unsigned style;
};

static const char *attribute(const char *const *at, const char *name)
{
	for (; at && at[0]; at += 2) {
		if (text_equal(at[0], name))
			return at[1];
	}
	return NULL;
}

/* Of a longer cell the beginning, to a whole letter: longer than any field may be, so that its row
 * is refused and nothing is lost in silence. */
static int keep_text(void *ctx, const char *s, size_t n)
{
	struct part *p = ctx;
	size_t room = CELL_BYTES - p->text.n;

	if (n > room) {
		n = room;
		while (n && ((unsigned char)s[n] & 0xc0) == 0x80)
			n--;
	}
	if (p->keep && !p->phonetic)
		buf_add(&p->text, s, n);
	return 0;
}

/* --- shared strings: <si><t>…</t></si>, or in pieces <r><t>…</t></r> --- */

static int string_start(void *ctx, const char *name, const char *const *at)
{
	struct part *p = ctx;

	(void)at;
	if (text_equal(name, "si"))
		buf_reset(&p->text);
	p->phonetic = p->phonetic || text_equal(name, "rPh");
	p->keep = text_equal(name, "t");
	return 0;
}

static int add_string(struct book *b, const char *s)
{
	if (b->string_n == STRINGS_MOST)
		return ERR_TOOBIG;
	if (b->string_n == b->string_room) {
		size_t room = b->string_room ? 2 * b->string_room : 256;
		const char **more = ARENA_ARRAY(b->a, const char *, room);

		if (b->string_n)
			memcpy(more, b->strings, b->string_n * sizeof(*more));
		b->strings = more;
		b->string_room = room;
	}
	b->strings[b->string_n++] = arena_strdup(b->a, s);
	return 0;
}

static int string_end(void *ctx, const char *name)
{
	struct part *p = ctx;

	p->keep = false;
	if (text_equal(name, "rPh"))
		p->phonetic = false;
	return text_equal(name, "si") ? add_string(p->b, buf_str(&p->text)) : 0;
}

/* --- styles: which cells hold a day --- */

static bool writes_day(unsigned format)
{
	return (format >= 14 && format <= 17) || format == 22;
}

/* A year in the format, but not in a colour or a quoted word. */
static bool has_year(const char *code)
{
	for (; *code; code++) {
		const char *end = *code == '[' ? strchr(code, ']')
				: *code == '"' ? strchr(code + 1, '"')
					       : NULL;

		if (*code == 'y' || *code == 'Y')
			return true;
		if (end)
			code = end;
	}
	return false;
}

static unsigned number_of(const char *s)
{
	uint64_t n = 0;

	return s && text_parse_u64(s, &n) == 0 && n < 1000000 ? (unsigned)n : 0;
}

static int style_start(void *ctx, const char *name, const char *const *at)
{
	struct part *p = ctx;
	struct book *b = p->b;
	const char *code = attribute(at, "formatCode");
	unsigned format = number_of(attribute(at, "numFmtId"));

	if (text_equal(name, "cellXfs"))
		p->in_styles = true;
	if (text_equal(name, "numFmt") && code && has_year(code) &&
		b->custom_n < CUSTOM_MOST)
		b->custom[b->custom_n++] = format;
	if (!p->in_styles || !text_equal(name, "xf"))
		return 0;
	if (b->style_n == STYLES_MOST)
		return ERR_TOOBIG;
	b->is_day[b->style_n] = writes_day(format);
	for (size_t i = 0; i < b->custom_n; i++)
		b->is_day[b->style_n] |= b->custom[i] == format;
	b->style_n++;
	return 0;
}

static int style_end(void *ctx, const char *name)
{
	struct part *p = ctx;

	if (text_equal(name, "cellXfs"))
		p->in_styles = false;
	return 0;
}

/* --- the sheet --- */

/* "C7" is in column 2; what is not said stands behind the one before. */
static int column_of(const char *ref, size_t next, size_t *ret)
{
	size_t n = 0;

	if (!ref) {
		*ret = next;
		return next < COLUMNS_MOST ? 0 : ERR_TOOBIG;
	}
	for (; *ref >= 'A' && *ref <= 'Z' && n <= COLUMNS_MOST; ref++)
		n = n * 26 + (size_t)(*ref - 'A') + 1;
	if (n == 0)
		return ERR_BADINPUT;
	*ret = n - 1;
	return n <= COLUMNS_MOST ? 0 : ERR_TOOBIG;
}

static char type_of(const char *t)
{
	if (!t || text_equal(t, "n"))
		return 'n';
	if (text_equal(t, "s"))
		return 's';
	return text_equal(t, "b") ? 'b' : 't';
}

static int sheet_start(void *ctx, const char *name, const char *const *at)
{
	struct part *p = ctx;

	if (text_equal(name, "row")) {
		p->cell_n = 0;
		p->column = 0;
		memset(p->cells, 0, sizeof(p->cells));
	}
	if (text_equal(name, "c")) {
		buf_reset(&p->text);
		p->type = type_of(attribute(at, "t"));
		p->style = number_of(attribute(at, "s"));
		return column_of(attribute(at, "r"), p->column, &p->column);
	}
	p->keep = text_equal(name, "v") || text_equal(name, "t");
	p->phonetic = p->phonetic || text_equal(name, "rPh");
	return 0;
}

static const char *day_text(struct arena *a, const char *number)
{
	char *end, out[DAY_TEXT];
	long day = strtol(number, &end, 10);

	if (end == number || (*end && *end != '.') || day < 1 || day > 200000)
		return number;
	return arena_strdup(a, day_format((int32_t)day - EPOCH_1900, out));
}

/* As it stands in the cell. */
static const char *cell_text(struct part *p)
{
	struct book *b = p->b;
	const char *s = buf_str(&p->text);
	uint64_t n;

	if (p->type == 's')
		return text_parse_u64(s, &n) == 0 && n < b->string_n ? b->strings[n] : "";
	if (p->type == 'b')
		return text_equal(s, "1") ? "yes" : "no";
	if (p->type == 'n' && p->style < b->style_n && b->is_day[p->style])
		return day_text(b->a, s);
	return arena_strdup(b->a, s);
}

static void quote(struct buf *out, const char *s)
{
	buf_add_char(out, '"');
	for (; s && *s; s++) {
		if (*s == '"')
			buf_add_char(out, '"');
		buf_add_char(out, *s);
	}
	buf_add_char(out, '"');
}

static int sheet_end(void *ctx, const char *name)
{
	struct part *p = ctx;

	p->keep = false;
	if (text_equal(name, "rPh"))
		p->phonetic = false;
	if (text_equal(name, "c") && p->column < COLUMNS_MOST) {
		p->cells[p->column++] = cell_text(p);
		if (p->column > p->cell_n)
			p->cell_n = p->column;
	}
	if (!text_equal(name, "row"))
		return 0;
	for (size_t i = 0; i < (p->cell_n ? p->cell_n : 1); i++) {
		if (i)
			buf_add_char(p->out, ';');
		quote(p->out, p->cells[i]);
	}
	buf_add_str(p->out, "\r\n");
	return buf_ok(p->out) ? 0 : ERR_TOOBIG;
}

/* --- the workbook --- */

static int read_part(struct packed *z, const char *name, const struct xml_handler *h,
	struct part *p)
{
	AUTO(buf) struct buf bytes = BUF_INIT(PART_BYTES);
	int err = packed_read(z, name, &bytes);

	buf_reset(&p->text);
	return err ? err : xml_parse(buf_bytes(&bytes), &limits, h, p);
}

bool inv_sheet_is(struct bytes in)
{
	return in.n > 4 && memcmp(in.p, "PK\3\4", 4) == 0;
}

int inv_sheet_csv(struct arena *a, struct bytes in, struct buf *out)
{
	static const struct xml_handler strings = {string_start, string_end, keep_text},
					styles = {style_start, style_end, keep_text},
					sheet = {sheet_start, sheet_end, keep_text};
	AUTO(packed) struct packed *z = NULL;
	struct book *b = ARENA_NEW(a, struct book);
	struct part p = {.b = b, .text = BUF_INIT(CELL_BYTES + 1), .out = out};
	int err = packed_open(in, &z);

	*b = (struct book){.a = a};
	if (err == 0)
		err = read_part(z, "xl/sharedStrings.xml", &strings, &p);
	if (err == 0 || err == ERR_NOTFOUND)
		err = z ? read_part(z, "xl/styles.xml", &styles, &p) : err;
	if (err == 0 || err == ERR_NOTFOUND)
		err = z ? read_part(z, "xl/worksheets/sheet1.xml", &sheet, &p) : err;
	buf_release(&p.text);
	return err == ERR_NOTFOUND ? ERR_BADINPUT : err;
}
