/* SPDX-License-Identifier: EUPL-1.2 */
/* Code 128 by libzint: the modules are taken from its row of bits and drawn here. */
#include "print/print_int.h"

#include <zint.h>

#define QUIET 10               /* modules of white on each side, ISO/IEC 15417 section 4.6 */
#define THIN (0.19 * PRINT_MM) /* what desk scanners and phones still read */
#define WIDE (0.50 * PRINT_MM)

static void symbol_free(struct zint_symbol **z)
{
	if (*z)
		ZBarcode_Delete(*z);
}

int print_bars_make(const char *text, struct print_bars *ret)
{
	__attribute__((cleanup(symbol_free))) struct zint_symbol *z = ZBarcode_Create();
	size_t n = text ? strlen(text) : 0;

	if (!z)
		return ERR_INTERNAL;
	if (n == 0 || n > 64)
		return ERR_BADINPUT;
	for (size_t i = 0; i < n; i++) {
		if (text[i] < ' ' || text[i] > '~')
			return ERR_BADINPUT;
	}
	z->symbology = BARCODE_CODE128;
	if (ZBarcode_Encode(z, (const unsigned char *)text, (int)n) >= ZINT_ERROR)
		return ERR_BADINPUT;
	if (z->width <= 0 || (size_t)z->width > sizeof(ret->dark))
		return ERR_TOOBIG;
	ret->n = (size_t)z->width;
	for (size_t i = 0; i < ret->n; i++)
		ret->dark[i] = (z->encoded_data[0][i / 8] >> (i % 8)) & 1;
	return 0;
}

double print_bars_module(const struct print_bars *b, double width)
{
	double module = width / (double)(b->n + 2 * QUIET);

	if (module < THIN)
		return 0;
	return module > WIDE ? WIDE : module;
}

void print_bars_draw(
	cairo_t *cr, const struct print_bars *b, double x, double y, double module, double height)
{
	x += QUIET * module;
	for (size_t i = 0; i < b->n;) {
		size_t from = i;

		while (i < b->n && b->dark[i] == b->dark[from])
			i++;
		if (b->dark[from])
			cairo_rectangle(cr, x + (double)from * module, y,
				(double)(i - from) * module, height);
	}
	cairo_set_source_rgb(cr, 0, 0, 0);
	cairo_fill(cr);
}
