/* SPDX-License-Identifier: EUPL-1.2 */
#include "web/sign_in_int.h"

#include "base/text.h"

#include <criterion/criterion.h>

/* RFC 6238 appendix B, SHA-1. */
#define KEY "12345678901234567890"

Test(totp_rules, are_those_of_the_rfc)
{
	static const struct {
		int64_t at;
		const char *code;
	} rows[] = {{59, "94287082"}, {1111111109, "07081804"}, {1111111111, "14050471"},
		{1234567890, "89005924"}, {2000000000, "69279037"}, {20000000000, "65353130"}};
	char code[WEB_TOTP_TEXT];

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		web_totp_code(bytes_of_str(KEY), rows[i].at / WEB_TOTP_STEP_S, 8, code);
		cr_expect_str_eq(code, rows[i].code);
	}
}

/* RFC 4226 appendix D. */
Test(totp_rules, counters_as_well)
{
	static const char *const codes[] = {"755224", "287082", "359152", "969429", "338314",
		"254676", "287922", "162583", "399871", "520489"};
	char code[WEB_TOTP_TEXT];

	for (int i = 0; i < 10; i++) {
		web_totp_code(bytes_of_str(KEY), i, 6, code);
		cr_expect_str_eq(code, codes[i]);
	}
}

Test(totp_rules, one_step_to_each_side_and_never_again)
{
	const struct bytes key = bytes_of_str(KEY);
	const int64_t now = 1111111111, step = now / WEB_TOTP_STEP_S;
	char code[WEB_TOTP_TEXT];

	for (int64_t i = -3; i <= 3; i++) {
		web_totp_code(key, step + i, 6, code);
		cr_expect_eq(web_totp_step(key, code, 0, now), i >= -1 && i <= 1 ? step + i : 0,
			"%d", (int)i);
	}
	web_totp_code(key, step, 6, code);
	cr_expect_eq(web_totp_step(key, code, step - 1, now), step);
	cr_expect_eq(web_totp_step(key, code, step, now), 0, "used");
	cr_expect_eq(web_totp_step(key, code, step + 1, now), 0, "a newer one was used");
}

Test(totp_rules, what_is_no_code)
{
	static const char *const bad[] = {"", "05047", "0504711", "05047x", "-50471", NULL};
	const struct bytes key = bytes_of_str(KEY);

	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		cr_expect_eq(web_totp_step(key, bad[i], 0, 1111111111), 0);
	cr_expect_neq(web_totp_step(key, " 050 471 ", 0, 1111111111), 0);
}

/* RFC 4648 section 10. */
Test(totp_rules, keys_as_text)
{
	static const char *const rows[][2] = {{"", ""}, {"f", "MY"}, {"fo", "MZXQ"},
		{"foo", "MZXW6"}, {"foob", "MZXW6YQ"}, {"fooba", "MZXW6YTB"},
		{"foobar", "MZXW6YTBOI"}};
	AUTO(arena) struct arena *a = arena_new();

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		cr_expect_str_eq(web_base32(a, bytes_of_str(rows[i][0])), rows[i][1]);
	cr_expect_str_eq(web_totp_uri(a, "Ängs kommun", "anna.b", bytes_of_str("foobar")),
		"otpauth://totp/%C3%84ngs%20kommun%3Aanna.b?secret=MZXW6YTBOI"
		"&issuer=%C3%84ngs%20kommun");
}

Test(totp_rules, recovery_codes_as_people_type_them)
{
	static const char *const bad[] = {"", "123456", "abcd-efgh-jkm", "abcd-efgh-jkmnp",
		"abcd-efgh-jkm!", "abcd-efgh-jkmå", NULL};
	AUTO(arena) struct arena *a = arena_new();

	cr_expect_str_eq(web_recovery_plain(a, "abcd-efgh-jkm2"), "abcdefghjkm2");
	cr_expect_str_eq(web_recovery_plain(a, " ABCD efgh JKM2 "), "abcdefghjkm2");
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		cr_expect_null(web_recovery_plain(a, bad[i]));
}
