/* SPDX-License-Identifier: EUPL-1.2 */
#include "apns/apns_int.h"
#include "base/text.h"

#define MINUTE 60
#define HOUR 3600
#define DAY 86400

/* --- verdicts --- */

/*
 * Every reason Apple documents for a push, and two of ours. Matched exactly and never by part of
 * a text; a reason that is new to us is judged by its status alone (verdict_by_status).
 */
static const struct {
	const char *reason;
	enum apns_verdict verdict;
} reasons[] = {
	{"BadCertificate", APNS_BAD_CERT},
	{"BadCertificateEnvironment", APNS_BAD_CERT},
	{"BadCollapseId", APNS_OUR_FAULT},
	{"BadDeviceToken", APNS_BAD_TOKEN},
	{"BadEnvironmentKeyIdInToken", APNS_BAD_CERT},
	{"BadExpirationDate", APNS_OUR_FAULT},
	{"BadMessageId", APNS_OUR_FAULT},
	{"BadPath", APNS_OUR_FAULT},
	{"BadPriority", APNS_OUR_FAULT},
	{"BadTopic", APNS_BAD_TOPIC},
	{"DeviceTokenNotForTopic", APNS_BAD_TOPIC},
	{"DuplicateHeaders", APNS_OUR_FAULT},
	{"ExpiredProviderToken", APNS_BAD_CERT},
	{"ExpiredToken", APNS_GONE},
	/* One push that Apple does not allow; nothing says that others are not allowed. */
	{"Forbidden", APNS_OUR_FAULT},
	{"IdleTimeout", APNS_AGAIN},
	{"InternalServerError", APNS_AGAIN},
	{"InvalidProviderToken", APNS_BAD_CERT},
	{"InvalidPushType", APNS_OUR_FAULT},
	{"MethodNotAllowed", APNS_OUR_FAULT},
	{"MissingDeviceToken", APNS_BAD_TOKEN},
	/* We never send provider tokens: so a certificate is told that it was not taken. */
	{"MissingProviderToken", APNS_BAD_CERT},
	{"MissingTopic", APNS_OUR_FAULT},
	{"PayloadEmpty", APNS_OUR_FAULT},
	{"PayloadTooLarge", APNS_OUR_FAULT},
	{"ServiceUnavailable", APNS_AGAIN},
	{"Shutdown", APNS_AGAIN},
	{"TooManyProviderTokenUpdates", APNS_AGAIN},
	{"TooManyRequests", APNS_AGAIN},
	{"TopicDisallowed", APNS_BAD_TOPIC},
	{APNS_REASON_OTHER_TOPIC, APNS_BAD_TOPIC},
	{"UnrelatedKeyIdInToken", APNS_BAD_CERT},
	{"Unregistered", APNS_GONE},
};

#define REASONS (sizeof(reasons) / sizeof(reasons[0]))

static size_t reason_index(const char *reason)
{
	size_t i;

	for (i = 0; reason && i < REASONS; i++)
		if (strcmp(reasons[i].reason, reason) == 0)
			return i;
	return REASONS;
}

const char *apns_reason_static(const char *reason)
{
	size_t i = reason_index(reason);

	return i < REASONS ? reasons[i].reason : "other";
}

bool apns_reason_stops(const char *reason)
{
	size_t i = reason_index(reason);

	return i < REASONS && reasons[i].verdict == APNS_BAD_CERT;
}

/* An unknown word must neither stop all pushes nor be repeated every few seconds for ever. */
static enum apns_verdict verdict_by_status(int status)
{
	switch (status) {
	case 410:
		return APNS_GONE;
	case 400:
	case 404:
	case 405:
	case 413:
		return APNS_OUR_FAULT;
	default:
		return APNS_AGAIN;
	}
}

enum apns_verdict apns_verdict_decide(const struct apns_answer *an, const struct apns_wish *w)
{
	size_t i = reason_index(an->reason);
	enum apns_verdict v = i < REASONS ? reasons[i].verdict : verdict_by_status(an->status);

	if (an->status == 200)
		return APNS_SENT;
	if (an->status < 400 || an->status == 429 || an->status >= 500)
		return APNS_AGAIN;
	/* The token died before the iPad gave us the one we have: news of an older one. */
	if (v == APNS_GONE && an->timestamp_ms > 0 && w->token_at_ms > an->timestamp_ms)
		return APNS_AGAIN;
	return v;
}

const char *apns_verdict_name(enum apns_verdict v)
{
	static const char *const names[] = {"not_tried", "sent", "again", "gone", "bad_token",
		"bad_topic", "bad_cert", "our_fault"};

	return (unsigned)v < sizeof(names) / sizeof(names[0]) ? names[v] : "unknown";
}

const char *apns_verdict_advice(enum apns_verdict v)
{
	switch (v) {
	case APNS_BAD_CERT:
		return "pushes stand still: renew the same push certificate in Apple's portal and "
		       "import it with 'hylla push-cert import'";
	case APNS_BAD_TOPIC:
		return "the push certificate is not the one the iPad enrolled with: import the "
		       "renewal of the original entry; no iPad needs to be touched";
	case APNS_OUR_FAULT:
		return "Apple calls our request malformed: look for a newer version of Hylla";
	default:
		return NULL;
	}
}

/* --- when to try next --- */

/* first << n, at most `most`. */
static int64_t gap_doubled(int64_t first, uint32_t n, int64_t most)
{
	int64_t gap = first << (n < 16 ? n : 16);

	return gap < most ? gap : most;
}

static int64_t gap_again(const struct apns_answer *an, const struct apns_wish *w)
{
	if (an->retry_after_s > 0)
		return an->retry_after_s < DAY ? an->retry_after_s : DAY;
	if (an->status == 0)
		return gap_doubled(5, w->fail_count, 15 * MINUTE);
	if (an->status == 410)
		return gap_doubled(MINUTE, w->fail_count, 4 * HOUR);
	/* This server of Apple's is going; the next connection meets another. */
	if (text_equal(an->reason, "Shutdown") || text_equal(an->reason, "IdleTimeout"))
		return gap_doubled(15, w->fail_count, 15 * MINUTE);
	return gap_doubled(15 * MINUTE, w->fail_count, 4 * HOUR);
}

static int64_t gap_sent(uint32_t sent_before)
{
	static const int64_t gaps[] = {HOUR, 6 * HOUR, DAY};

	return gaps[sent_before < 2 ? sent_before : 2];
}

int64_t apns_next_due(enum apns_verdict v, const struct apns_answer *an, const struct apns_wish *w,
	unsigned jitter, int64_t now)
{
	int64_t gap;

	switch (v) {
	case APNS_SENT:
		gap = gap_sent(w->sent_count);
		return now + gap + gap * (int64_t)(jitter % 1000) / 10000;
	case APNS_AGAIN:
		gap = gap_again(an, w);
		return now + gap + gap * (int64_t)(jitter % 1000) / 2000;
	case APNS_OUR_FAULT:
		/* By tomorrow we may have been updated. */
		return now + DAY + DAY * (int64_t)(jitter % 1000) / 10000;
	case APNS_BAD_CERT:
	case APNS_NOT_TRIED:
		return w->due_at ? w->due_at : now;
	case APNS_GONE:
	case APNS_BAD_TOKEN:
	case APNS_BAD_TOPIC:
		break;
	}
	return 0;
}

void apns_wish_answer(const struct apns_wish *w, const struct apns_answer *an, unsigned jitter,
	int64_t now, struct apns_wish *ret)
{
	enum apns_verdict v = apns_verdict_decide(an, w);
	struct apns_wish next = *w;

	next.due_at = apns_next_due(v, an, w, jitter, now);
	next.verdict = v;
	next.reason = v == APNS_SENT ? NULL : an->reason;
	if (v == APNS_SENT) {
		next.sent_at = now;
		next.sent_count++;
		next.fail_count = 0;
	} else if (v != APNS_BAD_CERT) {
		/* That one is not about this iPad. */
		next.fail_count++;
	}
	*ret = next;
}

/* --- wishes --- */

static bool topic_fits(const char *topic)
{
	size_t n = topic ? strlen(topic) : 0;

	for (size_t i = 0; i < n; i++)
		if (topic[i] <= ' ' || topic[i] > '~')
			return false;
	return n > 0 && n <= APNS_TOPIC_MAX;
}

int apns_wish_validate(const struct apns_wish *w)
{
	AUTO(buf) struct buf body = {.limit = APNS_BODY_MAX, .secret = true};

	if (text_empty(w->id) || strlen(w->id) > STORE_KEY_MAX / 2)
		return ERR_BADINPUT;
	if (w->token.n == 0 || w->token.n > APNS_TOKEN_MAX || !topic_fits(w->topic))
		return ERR_BADINPUT;
	return apns_body_format(w, &body) ? ERR_BADINPUT : 0;
}

static bool address_is_new(const struct apns_wish *old, const struct apns_wish *w)
{
	return !bytes_equal(old->token, w->token) || !text_equal(old->magic, w->magic) ||
	       !text_equal(old->topic, w->topic);
}

bool apns_wish_merge(const struct apns_wish *old, const struct apns_wish *w, bool fresh,
	int64_t now, struct apns_wish *ret)
{
	struct apns_wish next = {.id = w->id, .wished_at = now, .due_at = now};
	bool address_new = !old || address_is_new(old, w);
	bool revived =
		old && old->due_at == 0 && (address_new || w->token_at_ms > old->token_at_ms);

	if (old)
		next = *old;
	next.token = w->token;
	next.magic = w->magic;
	next.topic = w->topic;
	next.token_at_ms = w->token_at_ms;
	next.urgent = w->urgent || next.urgent;
	if (fresh || revived) {
		next.due_at = now;
		next.sent_count = 0;
		next.fail_count = 0;
	}
	if (revived || address_new) {
		/* What Apple said was about another address. */
		next.verdict = APNS_NOT_TRIED;
		next.reason = NULL;
	}
	*ret = next;
	return fresh || revived || address_new;
}

/* --- the request --- */

/* RFC 8259 section 7: what must be escaped in a string. */
static void json_escape(struct buf *out, const char *s)
{
	while (*s) {
		size_t plain = 0;

		while ((unsigned char)s[plain] >= ' ' && s[plain] != '"' && s[plain] != '\\')
			plain++;
		buf_add(out, s, plain);
		s += plain;
		if (*s == '"' || *s == '\\')
			buf_printf(out, "\\%c", *s++);
		else if (*s)
			buf_printf(out, "\\u%04x", (unsigned)*s++);
	}
}

int apns_body_format(const struct apns_wish *w, struct buf *out)
{
	if (text_empty(w->magic) || !text_is_utf8(bytes_of_str(w->magic)))
		return ERR_BADINPUT;
	buf_add_str(out, "{\"mdm\":\"");
	json_escape(out, w->magic);
	buf_add_str(out, "\"}");
	return buf_ok(out) && out->n <= APNS_BODY_MAX ? 0 : ERR_TOOBIG;
}

int apns_request_build(
	const struct apns_wish *w, struct buf *scratch, struct arena *a, struct apns_request *ret)
{
	struct apns_request rq;
	int rc;

	if (w->token.n == 0 || w->token.n > APNS_TOKEN_MAX || !topic_fits(w->topic))
		return ERR_BADINPUT;
	buf_reset(scratch);
	buf_add_str(scratch, "/3/device/");
	buf_add_hex(scratch, w->token);
	rq.path_n = scratch->n;
	rq.path = arena_strndup(a, scratch->p, scratch->n);
	buf_reset(scratch);
	rc = apns_body_format(w, scratch);
	if (rc)
		return rc;
	rq.body = arena_bytes(a, buf_bytes(scratch));
	*ret = rq;
	return 0;
}
