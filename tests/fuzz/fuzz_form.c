/* SPDX-License-Identifier: EUPL-1.2 */
#include "base/text.h"
#include "http/http_int.h"
#include "tests/fuzz/fuzz.h"

/* A form that was let through holds only whole UTF-8 texts without carriage returns. */
static void check_text(const char *s)
{
	FUZZ_CHECK(text_is_utf8(bytes_of_str(s)) && !strchr(s, '\r'));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	AUTO(arena) struct arena *a = arena_new();
	const char *header = arena_strndup(a, data, n), *value;
	struct doc *d;

	if (http_form_parse(a, bytes_of(data, n), &d) == 0) {
		for (size_t i = 0; doc_key(d, i); i++) {
			struct doc *list = doc_list(d, doc_key(d, i));

			FUZZ_CHECK(*doc_key(d, i));
			FUZZ_CHECK(list || doc_str(d, doc_key(d, i)));
			if (!list)
				check_text(doc_str(d, doc_key(d, i)));
			for (size_t k = 0; k < doc_list_size(list); k++)
				check_text(doc_list_str(list, k));
		}
	}
	if (http_cookie_find(a, header, "hylla", &value) == 0)
		FUZZ_CHECK(!strchr(value, ';') && strstr(header, "hylla="));
	if (http_is_local(header))
		FUZZ_CHECK(header[0] == '/' && header[1] != '/' && !strpbrk(header, "\\\r\n"));
	return 0;
}
