/* SPDX-License-Identifier: EUPL-1.2 */
/* Labels for things, many on an A4 page. */
#include "print/print_int.h"

#include "base/text.h"

#include <cairo-pdf.h>

#define PAD 3 /* mm of white inside of a label */

struct print_labels print_labels_a4(void)
{
	return (struct print_labels){.columns = 3,
		.rows = 8,
		.width_mm = 70,
		.height_mm = 37,
		.left_mm = 0,
		.top_mm = 0.5};
}

static bool is_sane(const struct print_labels *l)
{
	return l->columns >= 1 && l->columns <= 20 && l->rows >= 1 && l->rows <= 40 &&
	       l->width_mm >= 15 && l->height_mm >= 8 && l->left_mm >= 0 && l->top_mm >= 0 &&
	       l->gap_x_mm >= 0 && l->gap_y_mm >= 0 &&
	       l->left_mm + l->columns * l->width_mm + (l->columns - 1) * l->gap_x_mm <= 211 &&
	       l->top_mm + l->rows * l->height_mm + (l->rows - 1) * l->gap_y_mm <= 298 &&
	       l->skip < l->columns * l->rows && !text_empty(l->title) && !text_empty(l->lang);
}

static void draw_words(struct print_pen *p, const char *text, double size, bool bold, double x,
	double *y, double width)
{
	PangoLayout *l;
	PangoRectangle r;

	if (text_empty(text))
		return;
	l = print_layout(p, text, size, bold, width);
	pango_layout_set_height(l, -1);
	pango_layout_set_ellipsize(l, PANGO_ELLIPSIZE_END);
	cairo_move_to(p->cr, x, *y);
	cairo_tag_begin(p->cr, "P", NULL);
	pango_cairo_show_layout(p->cr, l);
	cairo_tag_end(p->cr, "P");
	pango_layout_get_extents(l, NULL, &r);
	*y += (double)r.height / PANGO_SCALE;
	g_object_unref(l);
}

static int draw_label(struct print_pen *p, const struct print_labels *l, size_t i)
{
	const struct print_label *label = &l->label[i];
	size_t place = (i + l->skip) % (l->columns * l->rows);
	double x = (l->left_mm + (double)(place % l->columns) * (l->width_mm + l->gap_x_mm) + PAD) *
		   PRINT_MM;
	double y = (l->top_mm + (double)(place / l->columns) * (l->height_mm + l->gap_y_mm) + PAD) *
		   PRINT_MM;
	double width = (l->width_mm - 2 * PAD) * PRINT_MM;
	double high = (l->height_mm - 2 * PAD) * PRINT_MM, module;
	const char *stamp;
	struct print_bars bars;
	int err = print_bars_make(label->code, &bars);

	if (err)
		return err;
	module = print_bars_module(&bars, width);
	if (module == 0)
		return ERR_BADINPUT;
	cairo_tag_begin(p->cr, "Figure", NULL);
	print_bars_draw(p->cr, &bars, x, y, module, high * 0.45);
	cairo_tag_end(p->cr, "Figure");
	y += high * 0.48;
	draw_words(p, label->code, high * 0.15, true, x, &y, width);
	draw_words(p, label->title, high * 0.12, false, x, &y, width);
	stamp = print_stamp(l->lang);
	draw_words(p, stamp ? stamp : label->line, high * 0.10, false, x, &y, width);
	return 0;
}

static int draw_all(struct print_pen *p, const struct print_labels *l)
{
	size_t page = l->columns * l->rows;
	int err = 0;

	cairo_tag_begin(p->cr, "Document", NULL);
	for (size_t i = 0; err == 0 && i < l->count; i++) {
		if (i && (i + l->skip) % page == 0)
			cairo_show_page(p->cr);
		err = draw_label(p, l, i);
	}
	cairo_tag_end(p->cr, "Document");
	cairo_show_page(p->cr);
	return err;
}

int print_labels_pdf(const struct print_labels *l, struct buf *out)
{
	const struct print_sheet sheet = {.paper = PRINT_A4};
	struct print_pen p = {.sheet = &sheet};
	int err;

	if (l->count > PRINT_LABELS)
		return ERR_TOOBIG;
	if (l->count == 0 || !is_sane(l))
		return ERR_BADINPUT;
	p.type = print_type_begin();
	p.surface = print_surface_new(210 * PRINT_MM, 297 * PRINT_MM, out);
	p.cr = cairo_create(p.surface);
	cairo_pdf_surface_set_metadata(p.surface, CAIRO_PDF_METADATA_TITLE, l->title);
	err = draw_all(&p, l);
	cairo_destroy(p.cr);
	if (err == 0)
		err = print_surface_end(p.surface, out);
	cairo_surface_destroy(p.surface);
	print_type_end(p.type);
	return err ? err : print_pdf_lang(l->lang, out);
}
