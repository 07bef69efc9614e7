/* SPDX-License-Identifier: EUPL-1.2 */
/* Reports of declarative management: two in a row, the second merged into the first. */
#include "mdm/ddm_int.h"
#include "tests/fuzz/fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct arena *a = arena_new();
	const char *one = NULL, *two = NULL;
	size_t ignored;

	if (mdm_status_merge(a, NULL, bytes_of(data, n), &one, &ignored) == 0) {
		struct mdm_declaration_state st;
		struct doc *d;

		FUZZ_CHECK(strlen(one) <= MDM_STATUS_KEPT_MOST);
		FUZZ_CHECK(doc_parse(a, bytes_of_str(one), &d) == 0);
		FUZZ_CHECK(mdm_status_merge(a, one, bytes_of(data, n), &two, &ignored) == 0);
		mdm_status_of(d, MDM_CLASS_CONFIGURATION, "a", &st);
	}
	arena_free(a);
	return 0;
}
