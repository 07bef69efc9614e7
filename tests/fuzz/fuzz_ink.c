/* SPDX-License-Identifier: EUPL-1.2 */
#include "print/print.h"
#include "tests/fuzz/fuzz.h"

/* Whatever is taken lies within the field, and begins with a stroke. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	AUTO(arena) struct arena *a = arena_new();
	struct print_ink ink;

	if (print_ink_parse(a, arena_strndup(a, data, n), &ink) != 0)
		return 0;
	FUZZ_CHECK(ink.n >= 4 && ink.n <= PRINT_INK_POINTS && ink.point[0].begins);
	for (size_t i = 0; i < ink.n; i++)
		FUZZ_CHECK(ink.point[i].x <= ink.width && ink.point[i].y <= ink.height);
	return 0;
}
