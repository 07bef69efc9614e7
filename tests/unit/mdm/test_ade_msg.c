/* SPDX-License-Identifier: EUPL-1.2 */
/* Of ade_token_msg.c, ade_device_msg.c and ade_profile_msg.c: what Apple and we say of assigned devices. */
#include "mdm/ade_int.h"

#include "base/text.h"
#include "tests/unit/mdm/msg.h"

MESSAGES(ade_msg);

/* --- the token --- */

Test(ade_msg, the_envelope_is_found_in_every_wrapping)
{
	static const char *const good[] = {
		"Content-Type: application/pkcs7-mime\r\nContent-Transfer-Encoding: "
		"base64\r\n\r\nMAMBAf8w\r\nAwEB/w==\r\n",
		"MIME-Version: 1.0\n\nMAMBAf8wAwEB/w==\n",
		"-----BEGIN PKCS7-----\nMAMBAf8wAwEB/w==\n-----END PKCS7-----\n",
		"MAMBAf8wAwEB/w==",
	};
	static const uint8_t want[] = {0x30, 3, 1, 1, 0xff, 0x30, 3, 1, 1, 0xff};
	static const char *const bad[] = {"", "short", "Header: x\n\n!!!! not base64 !!!!"};
	struct bytes der;

	for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++) {
		cr_assert_eq(ade_token_envelope(bytes_of_str(good[i]), a, &der), 0, "%zu", i);
		cr_expect(bytes_equal(der, bytes_of(want, sizeof(want))), "%zu", i);
	}
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		cr_expect_eq(
			ade_token_envelope(bytes_of_str(bad[i]), a, &der), ERR_BADINPUT, "%zu", i);
}

Test(ade_msg, the_token_is_read_whole_or_not_at_all)
{
	static const char plain[] =
		"Content-Type: text/plain;charset=UTF-8\r\n\r\n-----BEGIN MESSAGE-----\r\n"
		"{\"consumer_key\":\"CK\",\"consumer_secret\":\"CS\",\"access_token\":\"AT\","
		"\"access_secret\":\"AS\",\"access_token_expiry\":\"2027-11-22T02:00:00Z\"}\r\n"
		"-----END MESSAGE-----\r\n";
	static const char *const bad[] = {"", "{}", "[]", "{\"consumer_key\":\"CK\"}",
		"{\"consumer_key\":\"\",\"consumer_secret\":\"CS\",\"access_token\":\"AT\","
		"\"access_secret\":\"AS\",\"access_token_expiry\":\"2027-11-22T02:00:00Z\"}",
		"{\"consumer_key\":\"CK\",\"consumer_secret\":\"CS\",\"access_token\":\"AT\","
		"\"access_secret\":\"AS\",\"access_token_expiry\":\"soon\"}"};
	struct ade_token t;
	struct bytes json;

	cr_assert_eq(ade_token_text(bytes_of_str(plain), a, &json), 0);
	cr_assert_eq(ade_token_parse(json, a, &t), 0);
	cr_expect_str_eq(t.consumer_key, "CK");
	cr_expect_str_eq(t.access_secret, "AS");
	cr_expect_eq(t.expires_at, 1826848800);
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		cr_expect_eq(ade_token_parse(bytes_of_str(bad[i]), a, &t), ERR_BADINPUT, "%zu", i);
}

/* The signature of RFC 5849's method over known values, worked out elsewhere. */

/* --- devices --- */

Test(ade_msg, a_page_is_read_and_what_is_none_is_refused)
{
	static const char body[] =
		"{\"cursor\":\"c1\",\"more_to_follow\":true,\"devices\":["
		"{\"serial_number\":\"A1\",\"color\":\"SILVER\",\"imei\":[\"35\",\"36\"],"
		"\"op_type\":\"deleted\",\"op_date\":\"2026-11-22T02:00:00Z\","
		"\"device_assigned_by\":\"someone@example.se\",\"is_replacement_device\":true},"
		"{\"serial_number\":\"B 2\"},{\"color\":\"x\"},17,"
		"{\"serial_number\":\"C3\",\"imei\":\"77\",\"eid\":\"89\","
		"\"mdm_migration_deadline\":\"2026-12-01T09:00:00Z\"}]}";
	static const char *const bad[] = {
		"", "[]", "{}", "{\"cursor\":\"\"}", "{\"cursor\":7}", "{\"cursor\":\"c\"} x"};
	struct ade_page p;

	cr_assert_eq(ade_page_parse(bytes_of_str(body), a, &p), 0);
	cr_expect_eq(p.count, 2);
	cr_expect_eq(p.skipped, 3);
	cr_expect(p.more && p.deleted[0] && !p.deleted[1]);
	cr_expect_str_eq(p.devices[0].imei, "35");
	cr_expect_eq(p.devices[0].op_at, 1795312800);
	cr_expect(p.devices[0].is_replacement);
	cr_expect_str_eq(p.devices[1].imei, "77");
	cr_expect_str_eq(p.devices[1].eid, "89");
	cr_expect_eq(p.devices[1].migrate_by, 1796115600);
	cr_expect_eq(p.devices[0].migrate_by, 0);
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		cr_expect_eq(ade_page_parse(bytes_of_str(bad[i]), a, &p), ERR_BADINPUT, "%zu", i);
}

Test(ade_msg, verdicts_are_words_or_objects)
{
	static const char body[] =
		"{\"profile_uuid\":\"P\",\"retry_after_seconds\":60,\"devices\":{"
		"\"A1\":\"SUCCESS\",\"B2\":{\"response_status\":\"THROTTLED\"}}}";
	struct ade_verdicts v;

	cr_assert_eq(ade_verdicts_parse(bytes_of_str(body), a, &v), 0);
	cr_expect_str_eq(ade_verdict_of(&v, "A1"), "SUCCESS");
	cr_expect_str_eq(ade_verdict_of(&v, "B2"), "THROTTLED");
	cr_expect_null(ade_verdict_of(&v, "C3"));
	cr_expect_str_eq(v.profile_uuid, "P");
	cr_expect_eq(v.retry_after_s, 60);
	cr_expect_eq(ade_verdicts_parse(bytes_of_str("no"), a, &v), ERR_BADINPUT);
}

static bool has(const struct doc *list, const char *word)
{
	for (size_t i = 0; i < doc_list_size(list); i++) {
		if (text_equal(doc_list_str(list, i), word))
			return true;
	}
	return false;
}

Test(ade_msg, the_profile_suits_seniors)
{
	struct mdm_options o = {.device_url = "https://mdm.example.se"};
	struct doc *d = ade_profile_build(&o, bytes_of("CA", 2), a);
	const struct doc *skip = doc_list(d, "skip_setup_items");

	cr_expect_str_eq(doc_str(d, "url"), "https://mdm.example.se/ade");
	cr_expect(doc_bool(d, "await_device_configured", false));
	cr_expect(doc_bool(d, "is_supervised", false));
	cr_expect_not(doc_bool(d, "is_mdm_removable", true));
	cr_expect_str_eq(doc_list_str(doc_list(d, "anchor_certs"), 0), "Q0E=");
	cr_expect_null(doc_str(d, "configuration_web_url"));
	cr_expect(has(skip, "Siri") && has(skip, "TOS"));
	cr_expect_not(has(skip, "Accessibility"), "it helps them");
	cr_expect_not(has(skip, "SIMSetup"), "no eSIM without it");
	cr_expect_not(mdm_ade_skips_sim(ade_skip_default));
	cr_expect_not(mdm_ade_skips_sim(NULL));
	cr_expect(mdm_ade_skips_sim((const char *const[]){"Siri", "SIMSetup", NULL}));
	cr_expect_not(has(skip, "Passcode"));
}
