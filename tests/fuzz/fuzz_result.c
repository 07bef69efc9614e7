/* SPDX-License-Identifier: EUPL-1.2 */
#include "mdm/queue_int.h"
#include "tests/fuzz/fuzz.h"

#include "base/text.h"

static void check_id(const char *s)
{
	FUZZ_CHECK(!s || (*s && strlen(s) <= MDM_UDID_MAX && mdm_id_is_plain(s)));
}

/* What is kept of an answer can be read again and tells nothing of use. */
static void check_facts(const struct mdm_result *r, struct arena *a)
{
	const char *json = mdm_facts_json(mdm_plist_dict(r->root, "QueryResponses"), a);
	struct doc *d;

	if (!json)
		return;
	FUZZ_CHECK(doc_parse(a, bytes_of_str(json), &d) == 0);
	for (size_t i = 0; doc_key(d, i); i++)
		FUZZ_CHECK(!mdm_query_is_watching(doc_key(d, i)));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct arena *a = arena_new();
	struct mdm_result r = {.status = MDM_STATUS_NONE};

	xml_init();
	if (mdm_result_parse(bytes_of(data, n), a, &r) == 0) {
		check_id(r.udid);
		check_id(r.uuid);
		check_id(r.type);
		FUZZ_CHECK(!r.error || text_is_utf8(bytes_of_str(r.error)));
		FUZZ_CHECK(!r.error || strlen(r.error) <= 1000);
		FUZZ_CHECK(r.readable == (r.root != NULL));
		if (r.readable) {
			FUZZ_CHECK(r.udid && r.status != MDM_STATUS_NONE);
			FUZZ_CHECK(r.uuid || r.status == MDM_STATUS_IDLE);
			check_facts(&r, a);
		}
	} else {
		FUZZ_CHECK(!r.uuid && !r.root);
	}
	arena_free(a);
	return 0;
}
