/* SPDX-License-Identifier: EUPL-1.2 */
#include "apns/apns_int.h"

#include <criterion/criterion.h>

static const struct {
	const char *body;
	int rc;
	const char *reason;
	int64_t timestamp_ms;
} rows[] = {
	{"{\"reason\":\"BadDeviceToken\"}", 0, "BadDeviceToken", 0},
	{"{\"reason\":\"Unregistered\",\"timestamp\":1454948015990}", 0, "Unregistered",
		1454948015990},
	{"{\"timestamp\":1,\"reason\":\"Unregistered\"}", 0, "Unregistered", 1},
	{"{\"reason\":\"X\",\"more\":{\"a\":[1]}}", 0, "X", 0},
	{"{}", 0, NULL, 0},
	{"{\"reason\":null}", 0, NULL, 0},
	{"{\"reason\":7,\"timestamp\":\"1\"}", 0, NULL, 0},
	{"{\"reason\":\"\"}", 0, NULL, 0},
	{"{\"reason\":\"two words\"}", 0, NULL, 0},
	{"{\"reason\":\"a\\nlevel=error\"}", 0, NULL, 0},
	{"{\"reason\":\"<b>\"}", 0, NULL, 0},
	{"{\"reason\":\"Unregistered\",\"timestamp\":-5}", 0, "Unregistered", 0},
	{"{\"reason\":\"Unregistered\",\"timestamp\":1e300}", 0, "Unregistered", 0},
	{"{\"reason\":\"A2345678901234567890123456789012345678901234567\"}", 0,
		"A2345678901234567890123456789012345678901234567", 0},
	{"{\"reason\":\"A23456789012345678901234567890123456789012345678\"}", 0, NULL, 0},
	{"", ERR_BADINPUT, NULL, 0},
	{"nonsense", ERR_BADINPUT, NULL, 0},
	{"{\"reason\":\"BadDevice", ERR_BADINPUT, NULL, 0},
	{"{\"reason\":\"A\",\"reason\":\"B\"}", ERR_BADINPUT, NULL, 0},
	{"{\"reason\":\"A\"} x", ERR_BADINPUT, NULL, 0},
	{"<html>503</html>", ERR_BADINPUT, NULL, 0},
};

Test(answer_msg, bodies)
{
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		AUTO(arena) struct arena *a = arena_new();
		struct apns_answer an = {
			.status = 400, .reason = "Before", .timestamp_ms = 42, .retry_after_s = 3};

		cr_expect_eq(apns_answer_parse(bytes_of_str(rows[i].body), a, &an), rows[i].rc,
			"row %zu", i);
		cr_expect_eq(an.status, 400);
		cr_expect_eq(an.retry_after_s, 3);
		if (rows[i].rc) {
			cr_expect_str_eq(an.reason, "Before", "row %zu: untouched", i);
			cr_expect_eq(an.timestamp_ms, 42);
			continue;
		}
		if (rows[i].reason)
			cr_expect_str_eq(an.reason ? an.reason : "-", rows[i].reason, "row %zu", i);
		else
			cr_expect_null(an.reason, "row %zu", i);
		cr_expect_eq(an.timestamp_ms, rows[i].timestamp_ms, "row %zu", i);
	}
}

Test(answer_msg, a_list_is_no_answer)
{
	AUTO(arena) struct arena *a = arena_new();
	struct apns_answer an = {.status = 400};

	(void)!apns_answer_parse(bytes_of_str("[\"reason\",\"A\"]"), a, &an);
	cr_expect_null(an.reason);
}

Test(answer_msg, a_long_body_is_not_read)
{
	static char body[APNS_ANSWER_MAX + 64];
	AUTO(arena) struct arena *a = arena_new();
	struct apns_answer an = {.status = 400};

	memset(body, ' ', sizeof(body) - 1);
	memcpy(body, "{\"reason\":\"A\"}", 14);
	cr_expect_eq(apns_answer_parse(bytes_of(body, APNS_ANSWER_MAX), a, &an), 0);
	cr_expect_eq(apns_answer_parse(bytes_of(body, APNS_ANSWER_MAX + 1), a, &an), ERR_BADINPUT);
}

Test(answer_msg, retry_after)
{
	static const struct {
		const char *value;
		int64_t s;
	} values[] = {{"0", 0}, {"120", 120}, {"999999999", 999999999}, {"9999999999", 0}, {"", 0},
		{"-1", 0}, {"1.5", 0}, {" 7", 0}, {"Sat, 21 Nov 2026 10:00:00 GMT", 0}};

	for (size_t i = 0; i < sizeof(values) / sizeof(values[0]); i++)
		cr_expect_eq(apns_retry_after_parse(bytes_of_str(values[i].value)), values[i].s,
			"%s", values[i].value);
}
