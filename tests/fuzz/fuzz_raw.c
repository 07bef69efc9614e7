/* SPDX-License-Identifier: EUPL-1.2 */
#include "mdm/queue_int.h"
#include "tests/fuzz/fuzz.h"

#include "base/text.h"

static const struct mdm_enrollment ipad = {.os_version = "18.2", .supervised = 2};

/* What was taken may be sent, and is taken again in the form in which it is sent. */
static void check_taken(
	struct mdm_plist *command, const struct mdm_request_row *row, struct arena *a)
{
	struct mdm_ask again = {.request = MDM_RAW};
	const struct mdm_request_row *row_again;
	struct refusal r = {0};
	struct bytes message;

	FUZZ_CHECK(!row->never && !row->own_way);
	FUZZ_CHECK((row->rights & MDM_RIGHTS) == row->rights);
	FUZZ_CHECK(text_equal(mdm_plist_str(command, "RequestType"), row->type));
	if (mdm_ask_format(command, "UUID", a, &message) != 0)
		return;
	FUZZ_CHECK(mdm_raw_check(message, a, &ipad, &again, &command, &row_again, &r) == 0);
	FUZZ_CHECK(row_again == row);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct arena *a = arena_new();
	struct mdm_ask ask = {.request = MDM_RAW};
	const struct mdm_request_row *row = NULL;
	struct mdm_plist *command = NULL;
	struct refusal r = {0};
	int err;

	xml_init();
	err = mdm_raw_check(bytes_of(data, n), a, &ipad, &ask, &command, &row, &r);
	if (err == 0)
		check_taken(command, row, a);
	else
		FUZZ_CHECK(err == ERR_REFUSED && r.say && !row && !command);
	for (int lang = 0; r.say && lang < SAY_LANGS; lang++)
		FUZZ_CHECK(*refusal_text(a, lang, &r));
	arena_free(a);
	return 0;
}
