/* SPDX-License-Identifier: EUPL-1.2 */
#include "base/text.h"
#include "http/http_int.h"
#include "tests/fuzz/fuzz.h"

/* Files lie within the body, and texts are whole UTF-8. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	AUTO(arena) struct arena *a = arena_new();
	struct http_form f;

	if (http_multipart_parse(a, "multipart/form-data; boundary=x", bytes_of(data, n), &f) != 0)
		return 0;
	FUZZ_CHECK(f.file_n <= HTTP_UPLOADS);
	for (size_t i = 0; i < f.file_n; i++) {
		FUZZ_CHECK(*f.files[i].field && f.files[i].content.p >= data);
		FUZZ_CHECK(f.files[i].content.p + f.files[i].content.n <= data + n);
	}
	for (size_t i = 0; doc_key(f.fields, i); i++) {
		const char *s = doc_str(f.fields, doc_key(f.fields, i));

		FUZZ_CHECK(*doc_key(f.fields, i));
		FUZZ_CHECK(!s || (text_is_utf8(bytes_of_str(s)) && !strchr(s, '\r')));
	}
	return 0;
}
