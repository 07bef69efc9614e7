/* SPDX-License-Identifier: EUPL-1.2 */
#include "apns/apns_int.h"
#include "base/doc.h"
#include "base/text.h"

/* Reasons are stored, logged and shown: one short word, or it is none. */
static bool reason_fits(const char *s)
{
	size_t n = 0;

	for (; s && s[n]; n++) {
		char c = s[n];
		bool letter = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');

		if (n + 1 >= APNS_REASON_MAX || !(letter || (c >= '0' && c <= '9')))
			return false;
	}
	return n > 0;
}

int apns_answer_parse(struct bytes body, struct arena *a, struct apns_answer *ret)
{
	const char *reason;
	int64_t ts = 0;
	struct doc *d;

	if (body.n > APNS_ANSWER_MAX || doc_parse(a, body, &d))
		return ERR_BADINPUT;
	reason = doc_str(d, "reason");
	if (doc_int(d, "timestamp", &ts) || ts < 0)
		ts = 0;
	ret->reason = reason_fits(reason) ? arena_strdup(a, reason) : NULL;
	ret->timestamp_ms = ts;
	return 0;
}

int64_t apns_retry_after_parse(struct bytes value)
{
	int64_t s = 0;

	if (value.n == 0 || value.n > 9)
		return 0;
	for (size_t i = 0; i < value.n; i++) {
		if (value.p[i] < '0' || value.p[i] > '9')
			return 0;
		s = s * 10 + (value.p[i] - '0');
	}
	return s;
}
