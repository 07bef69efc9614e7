/* SPDX-License-Identifier: EUPL-1.2 */
#include "base/doc.h"
#include "tests/fuzz/fuzz.h"

/* What is accepted is written as a document that reads back and is written the same again. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	AUTO(buf) struct buf one = BUF_INIT(1 << 26), two = BUF_INIT(1 << 26);
	AUTO(buf) struct buf pretty = BUF_INIT(1 << 28);
	AUTO(arena) struct arena *a = arena_new();
	struct doc *d, *again;

	if (doc_parse(a, bytes_of(data, n), &d) != 0)
		return 0;
	doc_format(d, &one);
	FUZZ_CHECK(doc_parse(a, buf_bytes(&one), &again) == 0);
	doc_format(again, &two);
	FUZZ_CHECK(bytes_equal(buf_bytes(&one), buf_bytes(&two)));
	doc_format_pretty(d, &pretty);
	FUZZ_CHECK(doc_parse(a, buf_bytes(&pretty), &again) == 0);
	return 0;
}
