/* SPDX-License-Identifier: EUPL-1.2 */
#include "inventory/inventory_int.h"
#include "tests/fuzz/fuzz.h"

/* A picture that is taken is written so that it is taken again, unchanged. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	AUTO(arena) struct arena *a = arena_new();
	struct inv_picture p, again;

	if (inv_picture_parse(a, bytes_of(data, n), &p) != 0)
		return 0;
	FUZZ_CHECK(p.content.n <= n + 64);
	FUZZ_CHECK(p.width > 0 && p.width <= INV_PHOTO_SIDE);
	FUZZ_CHECK(p.height > 0 && p.height <= INV_PHOTO_SIDE);
	FUZZ_CHECK(inv_picture_parse(a, p.content, &again) == 0);
	FUZZ_CHECK(bytes_equal(p.content, again.content));
	FUZZ_CHECK(again.width == p.width && again.height == p.height);
	return 0;
}
