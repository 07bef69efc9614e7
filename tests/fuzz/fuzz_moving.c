/* SPDX-License-Identifier: EUPL-1.2 */
/* The enrolment profile of another server, and the hash of a certificate as it keeps it. */
#include "mdm/moving_int.h"
#include "tests/fuzz/fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct arena *a = arena_new();
	const struct bytes in = bytes_of(data, n);
	const struct mdm_move_files f = {.authenticate = in, .token_update = in, .hash = in};
	struct mdm_move_profile p = {0};
	struct mdm_move x = {0};
	const char *bad = NULL;

	xml_init();
	if (mdm_move_profile_parse(in, a, &p, &bad) == 0) {
		FUZZ_CHECK(p.id && *p.id && strlen(p.id) <= MDM_TEXT_MAX);
		FUZZ_CHECK(p.server_url && strlen(p.server_url) <= MDM_TEXT_MAX);
	} else {
		FUZZ_CHECK(bad && !p.id);
	}
	/* One message cannot be both. */
	FUZZ_CHECK(mdm_move_parse(&f, a, &x, &bad) != 0 && !x.udid);
	arena_free(a);
	return 0;
}
