/* SPDX-License-Identifier: EUPL-1.2 */
/* Uploaded files: PDF, EPUB, and what only calls itself so. */
#include "mdm/media_int.h"
#include "tests/fuzz/fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct arena *a = arena_new();
	struct mdm_media_content c = {0};
	struct refusal r = {0};
	int err;

	xml_init();
	err = mdm_media_judge(bytes_of(data, n), a, &c, &r);
	FUZZ_CHECK(err == 0 || err == ERR_REFUSED);
	FUZZ_CHECK(err == 0 ? c.kind == MDM_MEDIA_PDF || c.kind == MDM_MEDIA_EPUB : r.say != NULL);
	arena_free(a);
	return 0;
}
