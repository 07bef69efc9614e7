/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Barcodes as rows of modules, for the reader of pictures to be tried on:
 *   draw_bars KIND TEXT...   prints a line each: the text, a tab, ones and zeros
 * KIND is code_128 (as the print room draws it), gs1_128 or ean (both by libzint alone).
 */
#include "base/text.h"
#include "print/print_int.h"

#include <stdio.h>
#include <zint.h>

static int own(const char *text)
{
	struct print_bars b;

	if (print_bars_make(text, &b) != 0)
		return 1;
	for (size_t i = 0; i < b.n; i++)
		putchar(b.dark[i] ? '1' : '0');
	return 0;
}

static int zint(const char *text, bool gs1)
{
	struct zint_symbol *z = ZBarcode_Create();
	int err;

	z->symbology = gs1 ? BARCODE_GS1_128 : BARCODE_EANX;
	err = ZBarcode_Encode(z, (const unsigned char *)text, 0) >= ZINT_ERROR;
	for (int i = 0; err == 0 && i < z->width; i++)
		putchar(z->encoded_data[0][i / 8] >> (i % 8) & 1 ? '1' : '0');
	ZBarcode_Delete(z);
	return err;
}

int main(int argc, char **argv)
{
	int err = argc < 3;

	for (int i = 2; err == 0 && i < argc; i++) {
		printf("%s\t", argv[i]);
		err = text_equal(argv[1], "code_128")
			      ? own(argv[i])
			      : zint(argv[i], text_equal(argv[1], "gs1_128"));
		putchar('\n');
	}
	return err;
}
