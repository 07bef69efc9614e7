/* SPDX-License-Identifier: EUPL-1.2 */
#include "base/text.h"
#include "tests/fuzz/fuzz.h"

/* Rows end, lines only rise, and no field is longer than the file. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	AUTO(arena) struct arena *a = arena_new();
	size_t n_fields, line = 0, all = 0;
	const char **fields;
	struct text_csv c;

	if (text_csv_init(&c, bytes_of(data, n)) != 0)
		return 0;
	while (text_csv_row(&c, a, &fields, &n_fields) == 0) {
		FUZZ_CHECK(n_fields > 0);
		FUZZ_CHECK(c.line > line);
		line = c.line;
		for (size_t i = 0; i < n_fields; i++) {
			FUZZ_CHECK(text_is_utf8(bytes_of_str(fields[i])));
			all += strlen(fields[i]);
		}
		FUZZ_CHECK(all <= n);
	}
	return 0;
}
