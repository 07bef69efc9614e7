/* SPDX-License-Identifier: EUPL-1.2 */
/* What of an answer others may be told. */
#include "mdm/queue_int.h"

#include "base/text.h"

#include <criterion/criterion.h>

static struct arena *a;

static void begin(void)
{
	a = arena_new();
	xml_init();
}

static void end(void)
{
	arena_free(a);
}

TestSuite(told_rules, .init = begin, .fini = end);

#define WORDS                                                                    \
	"<key>CommandUUID</key><string>C-1</string><key>Status</key><string>Acknowledged" \
	"</string><key>UDID</key><string>U-1</string>"

static const char *body(const char *more)
{
	return arena_printf(
		a, "<plist version=\"1.0\"><dict>" WORDS "%s</dict></plist>", more);
}

static const char *told(const char *type, const char *in)
{
	const struct mdm_command c = {.request_type = type, .heard = bytes_of_str(in)};
	struct bytes out;

	if (mdm_answer_told(&c, a, &out) != 0)
		return NULL;
	return arena_strndup(a, out.p, out.n);
}

Test(told_rules, an_answer_with_nothing_to_hide_goes_as_it_came)
{
	const char *in = body("<key>QueryResponses</key><dict><key>Model</key><string>MK2L3"
			      "</string></dict>");

	cr_expect_str_eq(told("DeviceInformation", in), in);
	in = body("<key>ErrorChain</key><array><dict><key>ErrorCode</key><integer>7</integer>"
		  "</dict></array>");
	cr_expect_str_eq(told("DeviceLocation", in), in, "why not may be told of any");
}

Test(told_rules, what_was_promised_to_stay_stays)
{
	static const struct {
		const char *type, *more, *secret;
	} r[] = {
		{"DeviceLocation", "<key>Latitude</key><real>57.7</real>", "57.7"},
		{"DeviceLocation", "<key>Timestamp</key><string>2026-11-21</string>", "2026"},
		{"ActivationLockBypassCode",
			"<key>ActivationLockBypassCode</key><string>AAAA-BBBB</string>", "AAAA"},
		{"RequestUnlockToken", "<key>UnlockToken</key><data>U0VDUkVU</data>", "U0VD"},
		{"InstalledApplicationList",
			"<key>InstalledApplicationList</key><array><string>se.bank</string></array>",
			"se.bank"},
		{"ManagedMediaList", "<key>Books</key><array><string>Hjertat</string></array>",
			"Hjertat"},
		{"DeviceInformation",
			"<key>QueryResponses</key><dict><key>IsRoaming</key><true/></dict>",
			"IsRoaming"},
		{"DeviceInformation",
			"<key>QueryResponses</key><dict><key>ServiceSubscriptions</key><array><dict>"
			"<key>CurrentMCC</key><string>240</string></dict></array></dict>",
			"240"},
		{"SecurityInfo",
			"<key>SecurityInfo</key><dict><key>UnlockToken</key><data>U0VDUkVU</data>"
			"</dict>",
			"U0VD"},
		{"InstallMedia", "<key>MediaURL</key><string>https://x/m/LONG</string>", "LONG"},
		{"NobodyKnows", "<key>Anything</key><string>whatever</string>", "whatever"},
		{"NobodyKnows", "<key>QueryResponses</key><dict><key>A</key><true/></dict>",
			"QueryResponses"},
	};

	for (size_t i = 0; i < sizeof(r) / sizeof(r[0]); i++) {
		const char *out = told(r[i].type, body(r[i].more));

		cr_assert_not_null(out, "%zu", i);
		cr_expect_null(strstr(out, r[i].secret), "%s: %s", r[i].type, out);
		cr_expect_not_null(strstr(out, "<string>Acknowledged</string>"), "%s", out);
		cr_expect_not_null(strstr(out, "<string>C-1</string>"), "%s", out);
	}
}

Test(told_rules, what_stands_beside_a_secret_goes_on)
{
	const char *out = told("DeviceInformation",
		body("<key>QueryResponses</key><dict><key>IsRoaming</key><true/><key>Model</key>"
		     "<string>MK2L3</string><key>CurrentMNC</key><string>01</string></dict>"));

	cr_expect_not_null(strstr(out, "MK2L3"), "%s", out);
	cr_expect_null(strstr(out, "CurrentMNC"), "%s", out);
}

Test(told_rules, what_cannot_be_read_is_not_told)
{
	cr_expect_null(told("DeviceLock", "<plist><dict><key>Latitude</key>"));
	cr_expect_null(told("DeviceLock", "<plist version=\"1.0\"><array/></plist>"));
	cr_expect_null(told("DeviceLock", ""));
}
