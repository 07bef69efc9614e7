/* SPDX-License-Identifier: EUPL-1.2 */
#include "mdm/plist_int.h"
#include "tests/fuzz/fuzz.h"

/* Every node is of its kind, keys stand in dictionaries alone and none is there twice. */
static size_t walk(const struct mdm_plist *node, unsigned depth)
{
	size_t n = 1, children = 0;

	FUZZ_CHECK(depth <= 32);
	FUZZ_CHECK(node->kind >= MDM_PLIST_DICT && node->kind <= MDM_PLIST_BOOL);
	if (node->kind == MDM_PLIST_STRING)
		FUZZ_CHECK(strlen((const char *)node->v.data.p) == node->v.data.n);
	for (const struct mdm_plist *p = mdm_plist_first(node); p; p = p->next) {
		FUZZ_CHECK((p->key != NULL) == (node->kind == MDM_PLIST_DICT));
		FUZZ_CHECK(!p->key || mdm_plist_get(node, p->key) == p);
		n += walk(p, depth + 1);
		children++;
	}
	if (node->kind == MDM_PLIST_DICT || node->kind == MDM_PLIST_ARRAY)
		FUZZ_CHECK(children == node->v.in.n);
	return n;
}

/* What is read can be written, and reads back as the same. */
static void round_trip(struct arena *a, const struct mdm_plist *root)
{
	static const struct xml_limits wide = {
		.bytes = 16 << 20, .depth = 64, .elements = 100000, .entities = 1000000};
	struct bytes one, two;
	struct mdm_plist *again = NULL;

	if (mdm_plist_format_in(root, 16 << 20, a, &one) != 0)
		return; /* a text or date that we would not write ourselves */
	FUZZ_CHECK(mdm_plist_parse(one, &wide, a, &again) == 0);
	FUZZ_CHECK(mdm_plist_format_in(again, 16 << 20, a, &two) == 0);
	FUZZ_CHECK(bytes_equal(one, two));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct arena *a = arena_new();
	struct mdm_plist *root = NULL;

	xml_init();
	if (mdm_plist_parse(bytes_of(data, n), NULL, a, &root) == 0) {
		FUZZ_CHECK(walk(root, 0) <= mdm_plist_limits.elements);
		round_trip(a, root);
	} else {
		FUZZ_CHECK(!root);
	}
	arena_free(a);
	return 0;
}
