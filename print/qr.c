/* SPDX-License-Identifier: EUPL-1.2 */
/* QR codes by libzint: the modules are taken from its rows of bits and drawn here. */
#include "print/print.h"

#include "base/text.h"

#include <zint.h>

#define QUIET 4 /* modules of white around the code, ISO/IEC 18004 section 9.1 */

static void symbol_free(struct zint_symbol **z)
{
	if (*z)
		ZBarcode_Delete(*z);
}

static int encode(const char *text, struct zint_symbol *z)
{
	if (strlen(text) > 2000)
		return ERR_TOOBIG;
	z->symbology = BARCODE_QRCODE;
	z->input_mode = UNICODE_MODE;
	z->option_1 = 2; /* error correction M: read from a scratched screen too */
	if (ZBarcode_Encode(z, (const unsigned char *)text, (int)strlen(text)) >= ZINT_ERROR)
		return ERR_BADINPUT;
	return 0;
}

static bool dark(const struct zint_symbol *z, int x, int y)
{
	x -= QUIET;
	y -= QUIET;
	if (x < 0 || y < 0 || x >= z->width || y >= z->rows)
		return false;
	return (z->encoded_data[y][x / 8] >> (x % 8)) & 1;
}

int print_qr_text(const char *text, struct buf *out)
{
	__attribute__((cleanup(symbol_free))) struct zint_symbol *z = ZBarcode_Create();
	int err = z ? encode(text, z) : ERR_INTERNAL;
	int side;

	if (err)
		return err;
	side = z->width + 2 * QUIET;
	/* Two rows a line: a terminal's cell is twice as high as wide. Light is drawn, so that the
	 * code is dark on light whatever the terminal's colours are. */
	for (int y = 0; y < side; y += 2) {
		buf_add_str(out, "\033[30;107m");
		for (int x = 0; x < side; x++) {
			bool up = dark(z, x, y), low = y + 1 < side && dark(z, x, y + 1);

			buf_add_str(out, up && low ? "█" : up ? "▀" : low ? "▄" : " ");
		}
		buf_add_str(out, "\033[0m\n");
	}
	return buf_ok(out) ? 0 : ERR_TOOBIG;
}

static void add_escaped(struct buf *out, const char *s)
{
	for (; *s; s++) {
		if (*s == '&')
			buf_add_str(out, "&amp;");
		else if (*s == '<')
			buf_add_str(out, "&lt;");
		else if (*s == '"')
			buf_add_str(out, "&quot;");
		else
			buf_add_char(out, *s);
	}
}

int print_qr_svg(const char *text, const char *title, struct buf *out)
{
	__attribute__((cleanup(symbol_free))) struct zint_symbol *z = ZBarcode_Create();
	int err = z ? encode(text, z) : ERR_INTERNAL;
	int side;

	if (err)
		return err;
	side = z->width + 2 * QUIET;
	buf_printf(out,
		"<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" viewBox=\"0 0 %d %d\" "
		"shape-rendering=\"crispEdges\"><title>",
		side, side);
	add_escaped(out, title);
	buf_printf(out, "</title><rect width=\"%d\" height=\"%d\" fill=\"#fff\"/><path d=\"", side,
		side);
	for (int y = 0; y < side; y++) {
		for (int x = 0; x < side; x++) {
			if (dark(z, x, y))
				buf_printf(out, "M%d %dh1v1h-1z", x, y);
		}
	}
	buf_add_str(out, "\"/></svg>\n");
	return buf_ok(out) ? 0 : ERR_TOOBIG;
}
