/* SPDX-License-Identifier: EUPL-1.2 */
#include "base/text.h"
#include "tests/fuzz/fuzz.h"

/* What is accepted comes back from both alphabets. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	AUTO(arena) struct arena *a = arena_new();
	struct bytes one, two;

	if (text_parse_base64(a, bytes_of(data, n), &one) != 0)
		return 0;
	FUZZ_CHECK(one.n <= n / 4 * 3 + 2);
	FUZZ_CHECK(text_parse_base64(a, bytes_of_str(text_base64(a, one)), &two) == 0);
	FUZZ_CHECK(bytes_equal(one, two));
	FUZZ_CHECK(text_parse_base64(a, bytes_of_str(text_base64url(a, one)), &two) == 0);
	FUZZ_CHECK(bytes_equal(one, two));
	return 0;
}
