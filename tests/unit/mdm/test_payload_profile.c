/* SPDX-License-Identifier: EUPL-1.2 */
#include "mdm/payload_int.h"
#include "tests/unit/mdm/house.h"

#include "base/text.h"

static struct refusal r;
static const struct mdm_vars vars = {.serial = "S", .item = "1"};

static int make(struct arena *a, const char *spec, const char *blob, struct mdm_plist **ret)
{
	const struct mdm_build b = {.a = a,
		.vars = &vars,
		.profile_id = "se.example.mdm",
		.organisation = "K",
		.blob = bytes_of_str(blob),
		.r = &r};
	struct bytes plain;
	struct doc *d;
	int err;

	xml_init();
	r = (struct refusal){0};
	cr_assert_eq(doc_parse(a, bytes_of_str(spec), &d), 0);
	err = mdm_profile_build(&b, "profile.eget", d, &plain);
	if (err == 0)
		cr_assert_eq(mdm_plist_parse(plain, NULL, a, ret), 0);
	return err;
}

#define RAW(content)                                                                        \
	"<plist version=\"1.0\"><dict><key>PayloadType</key><string>Configuration</string>" \
	"<key>PayloadIdentifier</key><string>com.other</string>"                            \
	"<key>PayloadContent</key><array>" content "</array></dict></plist>"

Test(payload_profile, the_top_of_a_profile)
{
	AUTO(arena) struct arena *a = arena_new();
	struct mdm_plist *root;
	bool locked = false;
	double after = 0;
	int64_t at = 0;

	cr_assert_eq(make(a,
			     "{\"type\":\"passcode\",\"length\":4,\"title\":\"Kod {item}\","
			     "\"remove_after\":\"14d\"}",
			     NULL, &root),
		0);
	cr_expect_str_eq(
		mdm_plist_str(root, "PayloadIdentifier"), "se.example.mdm.item.profile.eget");
	cr_expect_str_eq(mdm_plist_str(root, "PayloadDisplayName"), "Kod 1");
	cr_expect_eq(mdm_plist_bool(root, "PayloadRemovalDisallowed", &locked), 0);
	cr_expect(locked);
	cr_expect_eq(mdm_plist_real(root, "DurationUntilRemoval", &after), 0);
	cr_expect_float_eq(after, 14 * 86400, 0.1);
	cr_assert_eq(make(a,
			     "{\"type\":\"passcode\",\"length\":4,"
			     "\"remove_at\":\"2027-06-30T12:00:00Z\"}",
			     NULL, &root),
		0);
	cr_expect_eq(mdm_plist_date(root, "RemovalDate", &at), 0);
	cr_expect_eq(at, 1814356800);
	cr_expect_eq(mdm_plist_real(root, "DurationUntilRemoval", &after), ERR_NOTFOUND);
}

Test(payload_profile, one_of_somebody_elses_making)
{
	AUTO(arena) struct arena *a = arena_new();
	struct mdm_plist *root;

	cr_assert_eq(
		make(a, "{\"type\":\"raw\"}",
			RAW("<dict><key>PayloadType</key><string>com.apple.font</string></dict>"),
			&root),
		0);
	cr_expect_str_eq(
		mdm_plist_str(root, "PayloadIdentifier"), "se.example.mdm.item.profile.eget");
	cr_expect(mdm_plist_str(root, "PayloadUUID"));
	cr_expect_eq(
		make(a, "{\"type\":\"raw\"}",
			RAW("<dict><key>PayloadType</key><string>com.apple.mdm</string></dict>"),
			&root),
		ERR_REFUSED);
	cr_expect_str_eq(r.say->code, "payload.profile_own");
	cr_expect_eq(make(a, "{\"type\":\"raw\"}", "0\x82\x01\x01", &root), ERR_REFUSED);
	cr_expect_str_eq(r.say->code, "payload.profile_signed");
	cr_expect_eq(make(a, "{\"type\":\"raw\"}", "<plist/>", &root), ERR_REFUSED);
}
