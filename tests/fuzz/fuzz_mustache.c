/* SPDX-License-Identifier: EUPL-1.2 */
#include "http/mustache_int.h"
#include "tests/fuzz/fuzz.h"

static const char data_json[] =
	"{\"a\":{\"b\":\"<&>\",\"c\":[[1,2],[]]},\"l\":[1,\"b\",{\"c\":null,\"x\":\"y\\nz\"}],"
	"\"t\":true,\"f\":false,\"n\":-1.5}";

static void check_nodes(const struct mustache_template *t)
{
	for (size_t i = 0; i < t->n; i++) {
		const struct mustache_node *node = &t->nodes[i];

		FUZZ_CHECK(node->end > i && node->end <= t->n);
		FUZZ_CHECK(node->kind < MUSTACHE_VALUE || node->name);
	}
}

/* Two templates that may call each other, cut at the first NUL: whatever they are, they are read
 * or refused, and what is read ends, within the page's limit. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	AUTO(arena) struct arena *a = arena_new();
	AUTO(buf) struct buf out = BUF_INIT(100000);
	const uint8_t *cut = n ? memchr(data, '\0', n) : NULL;
	size_t first = cut ? (size_t)(cut - data) : n;
	const struct mustache_source sources[] = {{"page", bytes_of(data, first)},
		{"other", cut ? bytes_of(cut + 1, n - first - 1)
			      : bytes_of_str("x\n  {{$main}}y{{/main}}\n")}};
	struct mustache_set set;
	struct mustache_fault bad = {NULL, 0};
	struct doc *d;
	const struct doc *docs[1];

	FUZZ_CHECK(doc_parse(a, bytes_of_str(data_json), &d) == 0);
	docs[0] = d;
	if (mustache_set_make(a, sources, 2, &set, &bad) != 0) {
		FUZZ_CHECK(bad.name && bad.line > 0);
		return 0;
	}
	check_nodes(&set.templates[0]);
	check_nodes(&set.templates[1]);
	if (mustache_render(&set.templates[0], docs, 1, &out) == 0)
		FUZZ_CHECK(buf_ok(&out));
	return 0;
}
