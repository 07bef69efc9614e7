/* SPDX-License-Identifier: EUPL-1.2 */
#include "mdm/mdm_int.h"
#include "tests/fuzz/fuzz.h"

static void check_id(const char *s, size_t most)
{
	FUZZ_CHECK(s && *s && strlen(s) <= most);
	FUZZ_CHECK(mdm_id_is_plain(s));
}

static void check_message(const struct mdm_checkin *c)
{
	FUZZ_CHECK(c->kind > 0 && c->kind < MDM_CHECKIN_KINDS);
	FUZZ_CHECK(c->message_type);
	check_id(c->udid, MDM_UDID_MAX);
	if (c->kind <= MDM_CHECKIN_CHECK_OUT)
		check_id(c->topic, MDM_TEXT_MAX);
	if (c->kind == MDM_CHECKIN_AUTHENTICATE)
		check_id(c->serial, MDM_SERIAL_MAX);
	if (c->kind == MDM_CHECKIN_TOKEN_UPDATE) {
		FUZZ_CHECK(c->token.n > 0 && c->token.n <= APNS_TOKEN_MAX);
		FUZZ_CHECK(c->push_magic && *c->push_magic);
		FUZZ_CHECK(c->unlock_token.n <= 16384);
	}
	FUZZ_CHECK(c->bootstrap_token.n <= 16384);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct arena *a = arena_new();
	struct mdm_checkin c = {.kind = 0};
	const char *bad = NULL;

	xml_init();
	if (mdm_checkin_parse(bytes_of(data, n), a, &c, &bad) == 0) {
		FUZZ_CHECK(!bad);
		check_message(&c);
	} else {
		FUZZ_CHECK(bad && c.kind == 0);
	}
	arena_free(a);
	return 0;
}
