/* SPDX-License-Identifier: EUPL-1.2 */
#include "apns/apns_int.h"
#include "base/text.h"
#include "tests/fuzz/fuzz.h"

/* What Apple's push service, or who speaks in its place, says when it refuses: whatever it is, a
 * reason is one short word, and a verdict and a time come of it. The first two bytes give the
 * status. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	AUTO(arena) struct arena *a = arena_new();
	struct apns_wish w = {.id = "A", .token_at_ms = 1700000000000, .due_at = 1700000000};
	struct apns_answer an = {.status = 0};
	struct apns_wish next;

	if (n < 2)
		return 0;
	an.status = (data[0] << 8 | data[1]) % 1000;
	an.retry_after_s = apns_retry_after_parse(bytes_of(data + 2, n - 2));
	FUZZ_CHECK(an.retry_after_s >= 0);
	if (apns_answer_parse(bytes_of(data + 2, n - 2), a, &an) == 0) {
		FUZZ_CHECK(an.timestamp_ms >= 0);
		FUZZ_CHECK(!an.reason || strlen(an.reason) < APNS_REASON_MAX);
		FUZZ_CHECK(!an.reason || !strpbrk(an.reason, " \n\"<>="));
	}
	apns_wish_answer(&w, &an, 999, 1700000100, &next);
	FUZZ_CHECK(next.verdict >= APNS_SENT && next.verdict <= APNS_OUR_FAULT);
	FUZZ_CHECK(next.due_at == 0 || next.due_at == w.due_at || next.due_at > 1700000100);
	FUZZ_CHECK(text_empty(an.reason) || apns_reason_static(an.reason)[0]);
	return 0;
}
