/* SPDX-License-Identifier: EUPL-1.2 */
#include "base/text.h"
#include "http/http_int.h"
#include "tests/fuzz/fuzz.h"

/* A query that was let through gives only whole UTF-8 values, and each of them. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	static const char *const names[] = {"a", "q", "message", "lang", ""};
	AUTO(arena) struct arena *a = arena_new();
	struct bytes in = bytes_of(data, n);
	char *plain, *plus, *value;

	if (http_percent_decode(a, in, false, &plain) == 0) {
		FUZZ_CHECK(strlen(plain) <= n && text_is_utf8(bytes_of_str(plain)));
		FUZZ_CHECK(http_percent_decode(a, in, true, &plus) == 0);
		FUZZ_CHECK(strlen(plus) == strlen(plain));
	}
	if (http_query_check(a, in) != 0)
		return 0;
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		int err = http_query_find(a, in, names[i], true, &value);

		FUZZ_CHECK(err == 0 || err == ERR_NOTFOUND);
		if (!err)
			FUZZ_CHECK(text_is_utf8(bytes_of_str(value)) && strlen(value) <= n);
	}
	return 0;
}
