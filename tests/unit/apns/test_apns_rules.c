/* SPDX-License-Identifier: EUPL-1.2 */
#include "apns/apns_int.h"

#include <criterion/criterion.h>

#define NOW 1800000000
#define HOUR 3600
#define DAY 86400

static struct apns_wish a_wish(void)
{
	return (struct apns_wish){.id = "00008030-000A1B2C3D4E5F60",
		.token = bytes_of("\x01\x02\x03\x04", 4),
		.magic = "magic",
		.topic = "topic",
		.token_at_ms = 1000000,
		.wished_at = NOW - 50,
		.due_at = NOW - 5,
		.mark = 7};
}

/* What Apple documents: status, reason, verdict. */
static const struct {
	int status;
	const char *reason;
	enum apns_verdict verdict;
} documented[] = {
	{200, NULL, APNS_SENT},
	{400, "BadCollapseId", APNS_OUR_FAULT},
	{400, "BadDeviceToken", APNS_BAD_TOKEN},
	{400, "BadExpirationDate", APNS_OUR_FAULT},
	{400, "BadMessageId", APNS_OUR_FAULT},
	{400, "BadPriority", APNS_OUR_FAULT},
	{400, "BadTopic", APNS_BAD_TOPIC},
	{400, "DeviceTokenNotForTopic", APNS_BAD_TOPIC},
	{400, "DuplicateHeaders", APNS_OUR_FAULT},
	{400, "IdleTimeout", APNS_AGAIN},
	{400, "InvalidPushType", APNS_OUR_FAULT},
	{400, "MissingDeviceToken", APNS_BAD_TOKEN},
	{400, "MissingTopic", APNS_OUR_FAULT},
	{400, "PayloadEmpty", APNS_OUR_FAULT},
	{400, "TopicDisallowed", APNS_BAD_TOPIC},
	{403, "BadCertificate", APNS_BAD_CERT},
	{403, "BadCertificateEnvironment", APNS_BAD_CERT},
	{403, "BadEnvironmentKeyIdInToken", APNS_BAD_CERT},
	{403, "ExpiredProviderToken", APNS_BAD_CERT},
	{403, "Forbidden", APNS_OUR_FAULT},
	{403, "InvalidProviderToken", APNS_BAD_CERT},
	{403, "MissingProviderToken", APNS_BAD_CERT},
	{403, "UnrelatedKeyIdInToken", APNS_BAD_CERT},
	{404, "BadPath", APNS_OUR_FAULT},
	{405, "MethodNotAllowed", APNS_OUR_FAULT},
	{410, "ExpiredToken", APNS_GONE},
	{410, "Unregistered", APNS_GONE},
	{413, "PayloadTooLarge", APNS_OUR_FAULT},
	{429, "TooManyProviderTokenUpdates", APNS_AGAIN},
	{429, "TooManyRequests", APNS_AGAIN},
	{500, "InternalServerError", APNS_AGAIN},
	{503, "ServiceUnavailable", APNS_AGAIN},
	{503, "Shutdown", APNS_AGAIN},
	/* not documented: a new reason, none, or one that Apple only hints at by case */
	{0, NULL, APNS_AGAIN},
	{204, NULL, APNS_AGAIN},
	{302, NULL, APNS_AGAIN},
	{400, NULL, APNS_OUR_FAULT},
	{400, "SomethingNew", APNS_OUR_FAULT},
	{400, "baddevicetoken", APNS_OUR_FAULT},
	{400, "BadDeviceTokens", APNS_OUR_FAULT},
	{403, NULL, APNS_AGAIN},
	{403, "SomethingNew", APNS_AGAIN},
	{404, NULL, APNS_OUR_FAULT},
	{405, NULL, APNS_OUR_FAULT},
	{410, NULL, APNS_GONE},
	{410, "SomethingNew", APNS_GONE},
	{413, NULL, APNS_OUR_FAULT},
	{418, "Teapot", APNS_AGAIN},
	{429, NULL, APNS_AGAIN},
	{429, "BadDeviceToken", APNS_AGAIN},
	{500, "Unregistered", APNS_AGAIN},
	{599, NULL, APNS_AGAIN},
};

Test(apns_rules, verdict_of_every_documented_answer)
{
	struct apns_wish w = a_wish();

	for (size_t i = 0; i < sizeof(documented) / sizeof(documented[0]); i++) {
		struct apns_answer an = {
			.status = documented[i].status, .reason = documented[i].reason};

		cr_expect_eq(apns_verdict_decide(&an, &w), documented[i].verdict, "%d %s: %s",
			an.status, an.reason ? an.reason : "-",
			apns_verdict_name(apns_verdict_decide(&an, &w)));
	}
}

Test(apns_rules, gone_is_compared_with_the_token)
{
	struct apns_wish w = a_wish();
	struct apns_answer an = {.status = 410, .reason = "Unregistered"};

	an.timestamp_ms = w.token_at_ms - 1;
	cr_expect_eq(apns_verdict_decide(&an, &w), APNS_AGAIN, "our token is newer");
	an.timestamp_ms = w.token_at_ms;
	cr_expect_eq(apns_verdict_decide(&an, &w), APNS_GONE);
	an.timestamp_ms = w.token_at_ms + 1;
	cr_expect_eq(apns_verdict_decide(&an, &w), APNS_GONE);
	an.timestamp_ms = 0;
	cr_expect_eq(apns_verdict_decide(&an, &w), APNS_GONE, "without a time it is believed");
	/* a time beside another reason changes nothing */
	an = (struct apns_answer){.status = 400, .reason = "BadDeviceToken", .timestamp_ms = 1};
	cr_expect_eq(apns_verdict_decide(&an, &w), APNS_BAD_TOKEN);
}

static const struct {
	enum apns_verdict v;
	struct apns_answer an;
	uint32_t sent, failed;
	int64_t gap, most; /* without and with the most jitter; -1: not by itself */
} gaps[] = {
	{APNS_SENT, {200}, 0, 0, HOUR, HOUR + 360},
	{APNS_SENT, {200}, 1, 0, 6 * HOUR, 6 * HOUR + 2160},
	{APNS_SENT, {200}, 2, 0, DAY, DAY + 8640},
	{APNS_SENT, {200}, 3, 0, DAY, DAY + 8640},
	{APNS_SENT, {200}, 4000000000u, 0, DAY, DAY + 8640},
	{APNS_AGAIN, {0}, 0, 0, 5, 7},
	{APNS_AGAIN, {0}, 0, 1, 10, 15},
	{APNS_AGAIN, {0}, 0, 20, 900, 1350},
	{APNS_AGAIN, {500, "InternalServerError"}, 0, 0, 900, 1350},
	{APNS_AGAIN, {503, "ServiceUnavailable"}, 0, 1, 1800, 2700},
	{APNS_AGAIN, {503, NULL}, 0, 4000000000u, 4 * HOUR, 6 * HOUR},
	{APNS_AGAIN, {503, "Shutdown"}, 0, 0, 15, 23},
	{APNS_AGAIN, {400, "IdleTimeout"}, 0, 0, 15, 23},
	{APNS_AGAIN, {429, "TooManyRequests"}, 0, 0, 900, 1350},
	{APNS_AGAIN, {429, NULL, 0, 120}, 0, 9, 120, 180},
	{APNS_AGAIN, {503, NULL, 0, 999999999}, 0, 0, DAY, DAY + DAY / 2},
	{APNS_AGAIN, {410, "Unregistered", 1}, 0, 0, 60, 90},
	{APNS_OUR_FAULT, {400, "BadPriority"}, 0, 0, DAY, DAY + 8640},
	{APNS_GONE, {410}, 0, 0, -1, -1},
	{APNS_BAD_TOKEN, {400}, 0, 0, -1, -1},
	{APNS_BAD_TOPIC, {400}, 0, 0, -1, -1},
};

Test(apns_rules, when_to_try_next)
{
	for (size_t i = 0; i < sizeof(gaps) / sizeof(gaps[0]); i++) {
		struct apns_wish w = a_wish();
		int64_t first, last;

		w.sent_count = gaps[i].sent;
		w.fail_count = gaps[i].failed;
		first = apns_next_due(gaps[i].v, &gaps[i].an, &w, 0, NOW);
		last = apns_next_due(gaps[i].v, &gaps[i].an, &w, 999, NOW);
		if (gaps[i].gap < 0) {
			cr_expect_eq(first, 0, "row %zu", i);
			cr_expect_eq(last, 0, "row %zu", i);
			continue;
		}
		cr_expect_eq(
			first - NOW, gaps[i].gap, "row %zu: %lld", i, (long long)(first - NOW));
		cr_expect_geq(last, first, "row %zu", i);
		cr_expect_leq(
			last - NOW, gaps[i].most, "row %zu: %lld", i, (long long)(last - NOW));
	}
}

Test(apns_rules, a_refused_certificate_leaves_the_wish_due)
{
	struct apns_answer an = {.status = 403, .reason = "BadCertificate"};
	struct apns_wish w = a_wish(), next;

	apns_wish_answer(&w, &an, 500, NOW, &next);
	cr_expect_eq(next.due_at, w.due_at);
	cr_expect_eq(next.verdict, APNS_BAD_CERT);
	cr_expect_str_eq(next.reason, "BadCertificate");
	cr_expect_eq(next.fail_count, 0);
}

Test(apns_rules, counts_after_answers)
{
	struct apns_answer sent = {.status = 200}, busy = {.status = 503, .reason = "Shutdown"};
	struct apns_wish w = a_wish(), next;

	apns_wish_answer(&w, &busy, 0, NOW, &next);
	apns_wish_answer(&next, &busy, 0, NOW + 20, &next);
	cr_expect_eq(next.fail_count, 2);
	cr_expect_eq(next.sent_count, 0);
	cr_expect_eq(next.sent_at, 0);
	cr_expect_str_eq(next.reason, "Shutdown");
	apns_wish_answer(&next, &sent, 0, NOW + 60, &next);
	cr_expect_eq(next.fail_count, 0);
	cr_expect_eq(next.sent_count, 1);
	cr_expect_eq(next.sent_at, NOW + 60);
	cr_expect_null(next.reason);
	cr_expect_eq(next.wished_at, w.wished_at);
	cr_expect_eq(next.mark, w.mark);
}

Test(apns_rules, reasons_for_people)
{
	cr_expect(apns_reason_stops("BadCertificate"));
	cr_expect(apns_reason_stops("MissingProviderToken"));
	cr_expect_not(apns_reason_stops("Shutdown"));
	cr_expect_not(apns_reason_stops("BadCertificat"));
	cr_expect_not(apns_reason_stops(NULL));
	cr_expect_str_eq(apns_reason_static("Unregistered"), "Unregistered");
	cr_expect_str_eq(apns_reason_static("Nonsense"), "other");
	cr_expect_str_eq(apns_reason_static(NULL), "other");
	for (int v = APNS_NOT_TRIED; v <= APNS_OUR_FAULT; v++) {
		bool person = v == APNS_BAD_CERT || v == APNS_BAD_TOPIC || v == APNS_OUR_FAULT;

		cr_expect_eq(apns_verdict_advice((enum apns_verdict)v) != NULL, person, "%d", v);
		cr_expect_str_neq(apns_verdict_name((enum apns_verdict)v), "unknown");
	}
	cr_expect_str_eq(apns_verdict_name((enum apns_verdict)99), "unknown");
}

/* --- wishes --- */

Test(apns_rules, a_first_wish_is_due_now)
{
	struct apns_wish w = a_wish(), next;

	w.due_at = w.wished_at = 1;
	w.sent_count = w.fail_count = 9;
	w.verdict = APNS_GONE;
	for (int fresh = 0; fresh < 2; fresh++) {
		cr_expect(apns_wish_merge(NULL, &w, fresh, NOW, &next));
		cr_expect_eq(next.due_at, NOW);
		cr_expect_eq(next.wished_at, NOW);
		cr_expect_eq(next.sent_count, 0);
		cr_expect_eq(next.fail_count, 0);
		cr_expect_eq(next.verdict, APNS_NOT_TRIED);
		cr_expect_str_eq(next.magic, "magic");
		cr_expect_eq(next.token_at_ms, w.token_at_ms);
	}
}

Test(apns_rules, a_fresh_wish_starts_the_gaps_over)
{
	struct apns_wish old = a_wish(), w = a_wish(), next;

	old.due_at = NOW + HOUR;
	old.sent_count = 3;
	old.sent_at = NOW - 100;
	old.urgent = true;
	old.verdict = APNS_SENT;
	cr_expect(apns_wish_merge(&old, &w, true, NOW, &next));
	cr_expect_eq(next.due_at, NOW);
	cr_expect_eq(next.sent_count, 0);
	cr_expect_eq(next.wished_at, old.wished_at, "the first wish is remembered");
	cr_expect_eq(next.sent_at, old.sent_at);
	cr_expect(next.urgent, "once urgent, urgent until withdrawn");
}

Test(apns_rules, a_stale_wish_keeps_its_time)
{
	struct apns_wish old = a_wish(), w = a_wish(), next;

	old.due_at = NOW + HOUR;
	old.sent_count = 3;
	old.verdict = APNS_SENT;
	cr_expect_not(apns_wish_merge(&old, &w, false, NOW, &next), "nothing else is to be sent");
	cr_expect_eq(next.due_at, NOW + HOUR);
	cr_expect_eq(next.sent_count, 3);
	w.urgent = true;
	w.token_at_ms++;
	cr_expect_not(apns_wish_merge(&old, &w, false, NOW, &next));
	cr_expect(next.urgent);
	cr_expect_eq(next.token_at_ms, w.token_at_ms);
	w.token = bytes_of("\x09\x09", 2);
	cr_expect(apns_wish_merge(&old, &w, false, NOW, &next), "another token");
	cr_expect_eq(next.due_at, NOW + HOUR);
	cr_expect_eq(next.token.p[0], 9);
	cr_expect_eq(next.verdict, APNS_NOT_TRIED, "Apple spoke of another token");
}

Test(apns_rules, a_refused_wish_revives_with_a_new_address)
{
	struct apns_wish old = a_wish(), w = a_wish(), next;

	old.due_at = 0;
	old.verdict = APNS_GONE;
	old.reason = "Unregistered";
	old.fail_count = 1;
	cr_expect_not(apns_wish_merge(&old, &w, false, NOW, &next));
	cr_expect_eq(next.due_at, 0, "the same token stays refused");
	cr_expect_eq(next.verdict, APNS_GONE);
	w.token_at_ms++;
	cr_expect(apns_wish_merge(&old, &w, false, NOW, &next));
	cr_expect_eq(next.due_at, NOW, "the iPad has told its token again");
	cr_expect_eq(next.verdict, APNS_NOT_TRIED);
	cr_expect_null(next.reason);
	cr_expect_eq(next.fail_count, 0);
	w = a_wish();
	w.topic = "another";
	cr_expect(apns_wish_merge(&old, &w, false, NOW, &next));
	cr_expect_eq(next.due_at, NOW);
}

Test(apns_rules, what_cannot_be_sent_is_refused)
{
	static char long_text[5000];
	struct apns_wish w = a_wish();

	memset(long_text, 'x', sizeof(long_text) - 1);
	cr_expect_eq(apns_wish_validate(&w), 0);
	w.id = "";
	cr_expect_eq(apns_wish_validate(&w), ERR_BADINPUT);
	w.id = long_text;
	cr_expect_eq(apns_wish_validate(&w), ERR_BADINPUT);
	w = a_wish();
	w.token.n = 0;
	cr_expect_eq(apns_wish_validate(&w), ERR_BADINPUT);
	w.token = bytes_of(long_text, APNS_TOKEN_MAX + 1);
	cr_expect_eq(apns_wish_validate(&w), ERR_BADINPUT);
	w.token.n = APNS_TOKEN_MAX;
	cr_expect_eq(apns_wish_validate(&w), 0);
	for (size_t i = 0; i < 5; i++) {
		const char *topics[] = {NULL, "", "with blank", "line\nbreak", long_text};

		w = a_wish();
		w.topic = topics[i];
		cr_expect_eq(apns_wish_validate(&w), ERR_BADINPUT, "topic %zu", i);
	}
	for (size_t i = 0; i < 4; i++) {
		const char *magics[] = {NULL, "", "\xc3\x28", long_text};

		w = a_wish();
		w.magic = magics[i];
		cr_expect_eq(apns_wish_validate(&w), ERR_BADINPUT, "magic %zu", i);
	}
}

/* --- the request --- */

Test(apns_rules, body)
{
	static const struct {
		const char *magic, *body;
	} rows[] = {
		{"7E1F0B5C-0000", "{\"mdm\":\"7E1F0B5C-0000\"}"},
		{"a\"b", "{\"mdm\":\"a\\\"b\"}"},
		{"a\\", "{\"mdm\":\"a\\\\\"}"},
		{"\n\x01z", "{\"mdm\":\"\\u000a\\u0001z\"}"},
		{"å", "{\"mdm\":\"å\"}"},
		{"</script>/", "{\"mdm\":\"</script>/\"}"},
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		AUTO(buf) struct buf b = BUF_INIT(APNS_BODY_MAX);
		struct apns_wish w = a_wish();

		w.magic = rows[i].magic;
		cr_expect_eq(apns_body_format(&w, &b), 0);
		cr_expect_str_eq(buf_str(&b), rows[i].body);
	}
}

Test(apns_rules, body_has_a_limit)
{
	static char magic[5000];
	AUTO(buf) struct buf b = BUF_INIT(APNS_BODY_MAX);
	struct apns_wish w = a_wish();

	memset(magic, 'x', APNS_BODY_MAX - 10);
	w.magic = magic;
	cr_expect_eq(apns_body_format(&w, &b), 0);
	cr_expect_eq(b.n, APNS_BODY_MAX);
	buf_reset(&b);
	memset(magic, 'x', APNS_BODY_MAX - 9);
	cr_expect_eq(apns_body_format(&w, &b), ERR_TOOBIG);
	buf_reset(&b);
	w.magic = "\xff";
	cr_expect_eq(apns_body_format(&w, &b), ERR_BADINPUT);
}

Test(apns_rules, request)
{
	AUTO(arena) struct arena *a = arena_new();
	AUTO(buf) struct buf b = BUF_INIT(APNS_BODY_MAX);
	struct apns_wish w = a_wish();
	struct apns_request rq;

	w.token = bytes_of("\x00\xab\xff", 3);
	cr_assert_eq(apns_request_build(&w, &b, a, &rq), 0);
	cr_expect_str_eq(rq.path, "/3/device/00abff");
	cr_expect_eq(rq.path_n, strlen(rq.path));
	cr_expect(bytes_equal(rq.body, bytes_of_str("{\"mdm\":\"magic\"}")));
	w.magic = "";
	cr_expect_eq(apns_request_build(&w, &b, a, &rq), ERR_BADINPUT);
	w = a_wish();
	w.topic = NULL;
	cr_expect_eq(apns_request_build(&w, &b, a, &rq), ERR_BADINPUT);
}
