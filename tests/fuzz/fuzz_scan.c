/* SPDX-License-Identifier: EUPL-1.2 */
#include "base/text.h"
#include "inventory/inventory.h"
#include "tests/fuzz/fuzz.h"

/* Whatever a scanner types: a clean code comes out, or the reason why not. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	AUTO(arena) struct arena *a = arena_new();
	struct inv_scan *s;
	size_t count;

	if (inv_scan_parse(a, bytes_of(data, n), &s, &count) != 0)
		return 0;
	FUZZ_CHECK(n <= INV_SCAN_BYTES && count > 0 && count <= INV_SCANS);
	for (size_t i = 0; i < count; i++) {
		FUZZ_CHECK((s[i].kind == INV_SCAN_BAD) == (s[i].why != NULL));
		FUZZ_CHECK(text_is_utf8(bytes_of_str(s[i].raw)));
		FUZZ_CHECK(s[i].kind == INV_SCAN_BAD || !text_empty(s[i].text));
		FUZZ_CHECK(!s[i].gtin || (strlen(s[i].gtin) == 14 && inv_gtin_is(s[i].gtin)));
		FUZZ_CHECK((s[i].kind == INV_SCAN_COMMAND) == (s[i].command != 0));
	}
	return 0;
}
