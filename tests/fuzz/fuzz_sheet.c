/* SPDX-License-Identifier: EUPL-1.2 */
#include "inventory/inventory_int.h"
#include "base/text.h"
#include "tests/fuzz/fuzz.h"
#include "tests/unit/mdm/books.h"

/* A workbook, or the sheet that is put into one: what comes out is CSV of our own making. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	AUTO(arena) struct arena *a = arena_new();
	AUTO(buf) struct buf out = BUF_INIT(1 << 22), zip = BUF_INIT(1 << 22);
	const char *sheet = arena_strndup(a, (const char *)data, n);
	const struct book_part parts[] = {{"xl/sharedStrings.xml", sheet},
		{"xl/styles.xml", sheet}, {"xl/worksheets/sheet1.xml", sheet}, {NULL, NULL}};
	const char **fields;
	struct text_csv c;
	size_t fields_n;

	if (inv_sheet_is(bytes_of(data, n)))
		buf_add(&zip, data, n);
	else
		book_zip(&zip, parts);
	if (inv_sheet_csv(a, buf_bytes(&zip), &out) != 0 || out.n == 0)
		return 0;
	FUZZ_CHECK(text_csv_init(&c, buf_bytes(&out)) == 0);
	while (text_csv_row(&c, a, &fields, &fields_n) == 0)
		FUZZ_CHECK(fields_n > 0 && fields_n <= 64);
	return 0;
}
