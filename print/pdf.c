/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * A sheet becomes a PDF: first it is set without drawing, to know how many pages there are and how
 * long a receipt gets, then it is drawn.
 */
#include "print/print_int.h"

#include "base/text.h"

#include <cairo-pdf.h>
#include <pthread.h>

#define FOOT_MM 12

/* Loading typefaces takes tens of milliseconds, so it is done once; they are not safe for several
 * threads at a time. */
static pthread_mutex_t type_lock = PTHREAD_MUTEX_INITIALIZER;
static PangoFontMap *type_map;

PangoContext *print_type_begin(void)
{
	PangoContext *type;

	pthread_mutex_lock(&type_lock);
	if (!type_map)
		type_map = pango_cairo_font_map_new();
	type = pango_font_map_create_context(type_map);
	pango_context_set_base_dir(type, PANGO_DIRECTION_LTR);
	return type;
}

void print_type_end(PangoContext *type)
{
	g_object_unref(type);
	pthread_mutex_unlock(&type_lock);
}

static cairo_status_t take(void *arg, const unsigned char *p, unsigned n)
{
	struct buf *out = arg;

	buf_add(out, p, n);
	return buf_ok(out) ? CAIRO_STATUS_SUCCESS : CAIRO_STATUS_WRITE_ERROR;
}

cairo_surface_t *print_surface_new(double width, double height, struct buf *out)
{
	cairo_surface_t *s = cairo_pdf_surface_create_for_stream(take, out, width, height);

	cairo_pdf_surface_restrict_to_version(s, CAIRO_PDF_VERSION_1_5);
	return s;
}

int print_surface_end(cairo_surface_t *s, struct buf *out)
{
	cairo_status_t status;

	cairo_surface_finish(s);
	status = cairo_surface_status(s);
	if (!buf_ok(out))
		return ERR_TOOBIG;
	return status == CAIRO_STATUS_SUCCESS ? 0 : ERR_INTERNAL;
}

void print_tag_begin(struct print_pen *p, const char *tag)
{
	if (!p->measures)
		cairo_tag_begin(p->cr, tag, NULL);
}

void print_tag_end(struct print_pen *p, const char *tag)
{
	if (!p->measures)
		cairo_tag_end(p->cr, tag);
}

/* Outside of the structure: it is not read aloud. */
static void draw_foot(struct print_pen *p)
{
	AUTO(buf) struct buf text = BUF_INIT(1024);
	AUTO(PangoLayout) PangoLayout *l = NULL;

	if (p->measures || p->sheet->paper == PRINT_RECEIPT)
		return;
	buf_printf(&text, "%s%s%d (%d)", p->sheet->foot ? p->sheet->foot : "",
		p->sheet->foot ? "   " : "", p->page, p->pages);
	l = print_layout(p, buf_str(&text), p->size * 0.75, false, p->right - p->left);
	cairo_move_to(p->cr, p->left, p->height - FOOT_MM * PRINT_MM);
	pango_cairo_show_layout(p->cr, l);
}

static const struct say *_Atomic stamp;

void print_stamp_set(const struct say *text)
{
	stamp = text;
}

const char *print_stamp(const char *lang)
{
	const struct say *said = stamp;
	enum say_lang l = say_lang_parse(lang, SAY_SV);

	return said ? say_plain(said, l) : NULL;
}

/* One line at the top of a page behind the first one. */
static void draw_said(struct print_pen *p, const char *said, bool bold)
{
	AUTO(PangoLayout) PangoLayout *l = NULL;
	int height;

	if (!said)
		return;
	l = print_layout(p, said, p->size * (bold ? 1.0 : 0.85), bold, p->right - p->left);
	pango_layout_get_size(l, NULL, &height);
	if (!p->measures) {
		cairo_move_to(p->cr, p->left, p->y);
		pango_cairo_show_layout(p->cr, l);
	}
	p->y += (double)height / PANGO_SCALE + p->size * 0.5;
}

/* On the pages behind the first one: seen, and not read aloud again. */
static void draw_stamp(struct print_pen *p)
{
	draw_said(p, p->sheet->mark, true);
	draw_said(p, print_stamp(p->sheet->lang), false);
	p->begin = p->y;
}

void print_page_next(struct print_pen *p)
{
	draw_foot(p);
	if (!p->measures)
		cairo_show_page(p->cr);
	p->page++;
	p->y = p->top;
	draw_stamp(p);
	if (p->page > PRINT_PAGES)
		p->err = ERR_TOOBIG;
}

void print_room(struct print_pen *p, double h)
{
	if (p->y + h > p->bottom && p->y > p->begin && p->sheet->paper != PRINT_RECEIPT)
		print_page_next(p);
}

static void set_paper(struct print_pen *p)
{
	static const struct {
		double width, height, margin, size;
	} papers[] = {{0}, {210, 297, 22, 11}, {148, 210, 13, 10}, {80, 120, 5, 9}};
	unsigned percent = p->sheet->percent ? p->sheet->percent : 100;

	percent = percent < 50 ? 50 : percent > 200 ? 200 : percent;
	p->width = papers[p->sheet->paper].width * PRINT_MM;
	p->height = papers[p->sheet->paper].height * PRINT_MM;
	p->left = p->top = papers[p->sheet->paper].margin * PRINT_MM;
	p->right = p->width - p->left;
	p->bottom = p->height - (FOOT_MM + 5) * PRINT_MM;
	p->size = papers[p->sheet->paper].size * percent / 100;
}

static int set_blocks(struct print_pen *p)
{
	const struct print_block said = {
		.kind = PRINT_SMALL, .text = print_stamp(p->sheet->lang)};
	const struct print_block mark = {.kind = PRINT_HEADING, .text = p->sheet->mark};

	p->y = p->begin = p->top;
	p->page = 1;
	print_tag_begin(p, "Document");
	if (mark.text)
		print_block_set(p, &mark);
	if (said.text)
		print_block_set(p, &said);
	for (size_t i = 0; p->err == 0 && i < p->sheet->block_count; i++)
		print_block_set(p, &p->sheet->blocks[i]);
	print_list_set(p, false);
	print_tag_end(p, "Document");
	draw_foot(p);
	return p->err;
}

/* Where nothing is drawn, but all is measured. */
static int measure(struct print_pen *p)
{
	int err;

	p->measures = true;
	p->surface = cairo_recording_surface_create(CAIRO_CONTENT_COLOR_ALPHA, NULL);
	p->cr = cairo_create(p->surface);
	err = set_blocks(p);
	cairo_destroy(p->cr);
	cairo_surface_destroy(p->surface);
	p->pages = p->page;
	p->measures = false;
	if (p->sheet->paper == PRINT_RECEIPT)
		p->height = p->y + p->top;
	return err;
}

static void set_words(const struct print_pen *p)
{
	cairo_pdf_surface_set_metadata(p->surface, CAIRO_PDF_METADATA_TITLE, p->sheet->title);
	if (p->sheet->author)
		cairo_pdf_surface_set_metadata(
			p->surface, CAIRO_PDF_METADATA_AUTHOR, p->sheet->author);
	cairo_pdf_surface_set_metadata(p->surface, CAIRO_PDF_METADATA_CREATOR, "Hylla");
}

static int draw(struct print_pen *p, struct buf *out)
{
	int err;

	p->surface = print_surface_new(p->width, p->height, out);
	p->cr = cairo_create(p->surface);
	set_words(p);
	err = set_blocks(p);
	if (err == 0 && cairo_status(p->cr) != CAIRO_STATUS_SUCCESS)
		err = ERR_INTERNAL;
	cairo_show_page(p->cr);
	cairo_destroy(p->cr);
	if (err == 0)
		err = print_surface_end(p->surface, out);
	cairo_surface_destroy(p->surface);
	return err;
}

int print_pdf(const struct print_sheet *s, struct buf *out)
{
	AUTO(arena) struct arena *a = arena_new();
	struct print_pen p = {.sheet = s, .a = a};
	int err;

	if (s->paper < PRINT_A4 || s->paper > PRINT_RECEIPT || text_empty(s->title) ||
		text_empty(s->lang))
		return ERR_BADINPUT;
	if (s->block_count > PRINT_BLOCKS)
		return ERR_TOOBIG;
	p.type = print_type_begin();
	pango_context_set_language(p.type, pango_language_from_string(s->lang));
	set_paper(&p);
	err = measure(&p);
	if (err == 0)
		err = draw(&p, out);
	print_type_end(p.type);
	return err ? err : print_pdf_lang(s->lang, out);
}
