/* SPDX-License-Identifier: EUPL-1.2 */
/* What the files of this room share: the pen that a sheet is set with. */
#ifndef PRINT_PRINT_INT_H
#define PRINT_PRINT_INT_H

#include "print/print.h"

#include <cairo.h>
#include <pango/pangocairo.h>

#define PRINT_MM (72.0 / 25.4)

struct print_pen {
	const struct print_sheet *sheet;
	struct arena *a;
	cairo_surface_t *surface;
	cairo_t *cr;
	PangoContext *type;
	double width, height; /* of the page */
	double left, right, top, bottom;
	double begin; /* of this page: the top, or under the stamp */
	double y;
	double size; /* of running text, points */
	int page, pages;
	bool lists;    /* between items of one list */
	bool measures; /* nothing is drawn: how many pages, how long */
	int err;
};

/* --- pdf.c --- */
const char *print_stamp(const char *lang); /* or NULL */
/* One at a time; the shared typefaces. */
PangoContext *print_type_begin(void);
void print_type_end(PangoContext *type);
cairo_surface_t *print_surface_new(double width, double height, struct buf *out);
/* Ends the surface; ERR_TOOBIG when `out` is full. */
int print_surface_end(cairo_surface_t *s, struct buf *out) MUST_CHECK;
void print_tag_begin(struct print_pen *p, const char *tag);
void print_tag_end(struct print_pen *p, const char *tag);
void print_page_next(struct print_pen *p);
/* Room for `h` more, on this page or the next. */
void print_room(struct print_pen *p, double h);

/* --- layout.c --- */
PangoLayout *print_layout(
	struct print_pen *p, const char *text, double size, bool bold, double width);
void print_block_set(struct print_pen *p, const struct print_block *b);
/* Items that follow each other are one list to a reader: it begins, or ends, here. */
void print_list_set(struct print_pen *p, bool wanted);

/* --- barcode.c --- */
struct print_bars {
	uint8_t dark[512]; /* by module */
	size_t n;
};
int print_bars_make(const char *text, struct print_bars *ret) MUST_CHECK;
/* Within a width, quiet zones of ten modules included; the width of one module, or 0 when it would
 * be too thin to be read. */
double print_bars_module(const struct print_bars *b, double width);
void print_bars_draw(
	cairo_t *cr, const struct print_bars *b, double x, double y, double module, double height);

/* --- pdf_lang.c --- */
/* Adds language and "show the title" to the catalog by an incremental update (ISO 32000-1 section
 * 7.5.6), since cairo 1.16 cannot. ERR_CORRUPT: not a PDF as cairo writes it. */
int print_pdf_lang(const char *lang, struct buf *pdf) MUST_CHECK;

static inline void auto_PangoLayout(PangoLayout **l)
{
	if (*l)
		g_object_unref(*l);
}

#endif
