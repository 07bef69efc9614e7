/* SPDX-License-Identifier: EUPL-1.2 */
/* How each kind of block is set. */
#include "print/print_int.h"

#include "base/text.h"

#define FACE "DejaVu Sans"
#define COLUMNS 8
#define CELL_GAP 6
#define INK_WIDE (75 * PRINT_MM)
#define INK_HIGH (24 * PRINT_MM)

PangoLayout *print_layout(
	struct print_pen *p, const char *text, double size, bool bold, double width)
{
	PangoFontDescription *face = pango_font_description_from_string(FACE);
	PangoLayout *l = pango_layout_new(p->type);
	AUTO(buf) struct buf clean = BUF_INIT(1 << 20);

	text_add_utf8(&clean, bytes_of_str(text ? text : ""));
	pango_font_description_set_absolute_size(face, size * PANGO_SCALE);
	pango_font_description_set_weight(face, bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
	pango_layout_set_font_description(l, face);
	pango_font_description_free(face);
	pango_layout_set_width(l, width > 0 ? (int)(width * PANGO_SCALE) : -1);
	/* Or a sentence that begins with an Arabic name would be set from right to left, all of it. */
	pango_layout_set_auto_dir(l, FALSE);
	pango_layout_set_wrap(l, PANGO_WRAP_WORD_CHAR);
	pango_layout_set_spacing(l, (int)(size * 0.25 * PANGO_SCALE));
	pango_layout_set_text(l, buf_str(&clean), (int)clean.n);
	return l;
}

static double height_of(PangoLayout *l)
{
	PangoRectangle r;

	pango_layout_get_extents(l, NULL, &r);
	return (double)r.height / PANGO_SCALE;
}

static double width_of(PangoLayout *l)
{
	PangoRectangle r;

	pango_layout_get_extents(l, NULL, &r);
	return (double)r.width / PANGO_SCALE;
}

/* One line as a layout of its own: the blank at its end is drawn then. Else it is told beside the letters, and
 * there are readers that stop at that. */
static void show_line(struct print_pen *p, PangoLayout *l, const PangoLayoutLine *line)
{
	AUTO(PangoLayout) PangoLayout *one = pango_layout_copy(l);

	pango_layout_set_text(one, pango_layout_get_text(l) + line->start_index, line->length);
	pango_layout_set_width(one, -1);
	pango_cairo_show_layout_line(p->cr, pango_layout_get_line_readonly(one, 0));
}

/* Line by line, so that a long paragraph goes on over the page's end. */
static void set_lines(struct print_pen *p, PangoLayout *l, double x, const char *tag)
{
	int n = pango_layout_get_line_count(l);
	double spacing = (double)pango_layout_get_spacing(l) / PANGO_SCALE;

	print_tag_begin(p, tag);
	for (int i = 0; i < n && p->err == 0; i++) {
		PangoLayoutLine *line = pango_layout_get_line_readonly(l, i);
		PangoRectangle r;
		double h;

		pango_layout_line_get_extents(line, NULL, &r);
		h = (double)r.height / PANGO_SCALE;
		if (p->y + h > p->bottom && p->sheet->paper != PRINT_RECEIPT) {
			print_tag_end(p, tag);
			print_page_next(p);
			print_tag_begin(p, tag);
		}
		if (!p->measures) {
			cairo_move_to(p->cr, x, p->y - (double)r.y / PANGO_SCALE);
			show_line(p, l, line);
		}
		p->y += h + spacing;
	}
	print_tag_end(p, tag);
}

struct style {
	double size; /* of running text */
	bool bold;
	double before, after; /* lines of running text */
	const char *tag;
};

static void set_text(struct print_pen *p, const char *text, const struct style *s)
{
	AUTO(PangoLayout)
	PangoLayout *l = print_layout(p, text, p->size * s->size, s->bold, p->right - p->left);

	if (p->y > p->top)
		p->y += s->before * p->size;
	/* no heading alone at the foot of a page */
	if (s->bold)
		print_room(p, height_of(l) + 3 * p->size);
	set_lines(p, l, p->left, s->tag);
	p->y += s->after * p->size;
}

static void set_item(struct print_pen *p, const char *text)
{
	double in = 1.4 * p->size;
	AUTO(PangoLayout)
	PangoLayout *l = print_layout(p, text, p->size, false, p->right - p->left - in);
	AUTO(PangoLayout) PangoLayout *dot = print_layout(p, "•", p->size, false, 0);

	print_tag_begin(p, "LI");
	print_room(p, height_of(dot));
	print_tag_begin(p, "Lbl");
	if (!p->measures) {
		cairo_move_to(p->cr, p->left + 0.3 * p->size, p->y);
		pango_cairo_show_layout(p->cr, dot);
	}
	print_tag_end(p, "Lbl");
	set_lines(p, l, p->left + in, "LBody");
	print_tag_end(p, "LI");
	p->y += 0.3 * p->size;
}

/* --- tables --- */

struct table {
	const struct print_block *b;
	double x[COLUMNS + 1];
};

static const char *cell(const struct print_block *b, size_t row, size_t column)
{
	const char *s = b->cells[row * b->columns + column];

	return s ? s : "";
}

/* Each column as wide as it would like; if that is too much, the widest gives way. */
static void set_columns(struct print_pen *p, struct table *t)
{
	double want[COLUMNS] = {0}, sum = 0, room = p->right - p->left;
	size_t n = t->b->columns, widest = 0;

	for (size_t c = 0; c < n; c++) {
		for (size_t r = 0; r < t->b->rows; r++) {
			AUTO(PangoLayout)
			PangoLayout *l = print_layout(p, cell(t->b, r, c), p->size, r == 0, 0);
			double w = width_of(l) + CELL_GAP;

			want[c] = w > want[c] ? w : want[c];
		}
		widest = want[c] > want[widest] ? c : widest;
		sum += want[c];
	}
	want[widest] += room - sum;
	if (want[widest] < room / (double)(n + 1)) {
		for (size_t c = 0; c < n; c++)
			want[c] = room / (double)n;
	}
	t->x[0] = p->left;
	for (size_t c = 0; c < n; c++)
		t->x[c + 1] = t->x[c] + want[c];
}

static void set_rule(struct print_pen *p, double width)
{
	if (p->measures)
		return;
	cairo_set_line_width(p->cr, width);
	cairo_move_to(p->cr, p->left, p->y);
	cairo_line_to(p->cr, p->right, p->y);
	cairo_stroke(p->cr);
}

static void set_row(struct print_pen *p, const struct table *t, size_t row)
{
	PangoLayout *l[COLUMNS];
	double high = 0;

	for (size_t c = 0; c < t->b->columns; c++) {
		l[c] = print_layout(
			p, cell(t->b, row, c), p->size, row == 0, t->x[c + 1] - t->x[c] - CELL_GAP);
		high = height_of(l[c]) > high ? height_of(l[c]) : high;
	}
	if (row && p->y + high > p->bottom && p->sheet->paper != PRINT_RECEIPT &&
		p->y > p->top + high) {
		print_page_next(p);
		set_row(p, t, 0);
	}
	print_tag_begin(p, "TR");
	for (size_t c = 0; c < t->b->columns; c++) {
		print_tag_begin(p, row ? "TD" : "TH");
		if (!p->measures) {
			cairo_move_to(p->cr, t->x[c], p->y);
			pango_cairo_show_layout(p->cr, l[c]);
		}
		print_tag_end(p, row ? "TD" : "TH");
		g_object_unref(l[c]);
	}
	print_tag_end(p, "TR");
	p->y += high + 0.2 * p->size;
	set_rule(p, row ? 0.3 : 0.8);
	p->y += 0.2 * p->size;
}

static void set_table(struct print_pen *p, const struct print_block *b)
{
	struct table t = {.b = b};

	if (b->columns == 0 || b->columns > COLUMNS || b->rows == 0 || !b->cells) {
		p->err = ERR_BADINPUT;
		return;
	}
	p->y += 0.4 * p->size;
	print_room(p, 4 * p->size);
	set_columns(p, &t);
	print_tag_begin(p, "Table");
	for (size_t r = 0; r < b->rows && p->err == 0; r++)
		set_row(p, &t, r);
	print_tag_end(p, "Table");
	p->y += 0.6 * p->size;
}

/* --- codes and signatures --- */

static void set_barcode(struct print_pen *p, const struct print_block *b)
{
	static const struct style words = {0.9, false, 0, 0.5, "P"};
	double high = 13 * PRINT_MM, module;
	struct print_bars bars;

	p->err = print_bars_make(b->text, &bars);
	module = p->err ? 0 : print_bars_module(&bars, p->right - p->left);
	if (p->err == 0 && module == 0)
		p->err = ERR_BADINPUT;
	if (p->err)
		return;
	p->y += 0.4 * p->size;
	print_room(p, high + 2 * p->size);
	print_tag_begin(p, "Figure");
	if (!p->measures)
		print_bars_draw(p->cr, &bars, p->left, p->y, module, high);
	print_tag_end(p, "Figure");
	p->y += high + 0.2 * p->size;
	set_text(p, b->label ? arena_printf(p->a, "%s %s", b->label, b->text) : b->text, &words);
}

static void draw_ink(struct print_pen *p, const struct print_ink *ink)
{
	double scale = INK_WIDE / ink->width, other = INK_HIGH / ink->height;

	scale = other < scale ? other : scale;
	cairo_save(p->cr);
	cairo_set_line_width(p->cr, 1.2);
	cairo_set_line_cap(p->cr, CAIRO_LINE_CAP_ROUND);
	cairo_set_line_join(p->cr, CAIRO_LINE_JOIN_ROUND);
	for (size_t i = 0; i < ink->n; i++) {
		double x = p->left + ink->point[i].x * scale, y = p->y + ink->point[i].y * scale;

		if (ink->point[i].begins)
			cairo_move_to(p->cr, x, y);
		cairo_line_to(p->cr, x, y);
	}
	cairo_stroke(p->cr);
	cairo_restore(p->cr);
}

static void set_sign(struct print_pen *p, const struct print_block *b)
{
	static const struct style words = {0.9, false, 0.2, 0.8, "P"};

	p->y += 0.6 * p->size;
	print_room(p, INK_HIGH + 3 * p->size);
	if (b->kind == PRINT_INK && b->ink) {
		print_tag_begin(p, "Figure");
		if (!p->measures)
			draw_ink(p, b->ink);
		print_tag_end(p, "Figure");
	}
	p->y += INK_HIGH;
	if (!p->measures) {
		cairo_set_line_width(p->cr, 0.6);
		cairo_move_to(p->cr, p->left, p->y);
		cairo_rel_line_to(
			p->cr, INK_WIDE < p->right - p->left ? INK_WIDE : p->right - p->left, 0);
		cairo_stroke(p->cr);
	}
	set_text(p, b->label ? b->label : "", &words);
}

/* The window of a C5 envelope, on the right as Swedish offices have it. */
static void set_address(struct print_pen *p, const char *text)
{
	double y = p->y;
	AUTO(PangoLayout)
	PangoLayout *l = print_layout(p, text, p->size, false, 85 * PRINT_MM);

	if (p->sheet->paper != PRINT_A4) {
		set_lines(p, l, p->left, "P");
		return;
	}
	p->y = 48 * PRINT_MM;
	set_lines(p, l, 108 * PRINT_MM, "P");
	y = y > 95 * PRINT_MM ? y : 95 * PRINT_MM;
	p->y = p->y > y ? p->y : y;
}

static void set_big(struct print_pen *p, const struct print_block *b)
{
	static const struct style label = {1, false, 0.6, 0, "P"};
	static const struct style big = {2.6, true, 0, 0.5, "P"};
	static const struct style big_receipt = {2.1, true, 0, 0.5, "P"};

	if (b->label)
		set_text(p, b->label, &label);
	set_text(p, b->text, p->sheet->paper == PRINT_RECEIPT ? &big_receipt : &big);
}

void print_list_set(struct print_pen *p, bool wanted)
{
	if (wanted && !p->lists)
		print_tag_begin(p, "L");
	else if (!wanted && p->lists)
		print_tag_end(p, "L");
	p->lists = wanted;
}

void print_block_set(struct print_pen *p, const struct print_block *b)
{
	static const struct style title = {1.7, true, 0, 0.6, "H1"};
	static const struct style heading = {1.2, true, 1, 0.3, "H2"};
	static const struct style text = {1, false, 0, 0.6, "P"};
	static const struct style small = {0.8, false, 0, 0.5, "P"};

	print_list_set(p, b->kind == PRINT_ITEM);
	switch (b->kind) {
	case PRINT_TITLE:
		return set_text(p, b->text, &title);
	case PRINT_HEADING:
		return set_text(p, b->text, &heading);
	case PRINT_TEXT:
		return set_text(p, b->text, &text);
	case PRINT_SMALL:
		return set_text(p, b->text, &small);
	case PRINT_ITEM:
		return set_item(p, b->text);
	case PRINT_BIG:
		return set_big(p, b);
	case PRINT_TABLE:
		return set_table(p, b);
	case PRINT_BARCODE:
		return set_barcode(p, b);
	case PRINT_INK:
	case PRINT_SIGN:
		return set_sign(p, b);
	case PRINT_ADDRESS:
		return set_address(p, b->text);
	}
	p->err = ERR_BADINPUT;
}
