/* SPDX-License-Identifier: EUPL-1.2 */
#include "mdm/queue_int.h"

#include "base/text.h"
#include "tests/unit/mdm/msg.h"

MESSAGES(raw_rules);

static struct mdm_ask ask;
static const struct mdm_request_row *row;

/* The inside of a Command dictionary behind its RequestType; the refusal's code, NULL if taken. */
static const char *raw(const char *type, const char *keys)
{
	static const struct mdm_enrollment e = {.os_version = "18.0", .supervised = 1};
	const char *text = arena_printf(a,
		"<plist version=\"1.0\"><dict><key>RequestType</key><string>%s</string>%s</dict>"
		"</plist>",
		type, keys);
	struct mdm_plist *command;
	struct refusal r = {0};
	int err;

	ask = (struct mdm_ask){.request = MDM_RAW};
	err = mdm_raw_check(bytes_of_str(text), a, &e, &ask, &command, &row, &r);
	cr_assert(err == 0 || err == ERR_REFUSED);
	cr_assert_eq(err == 0, r.say == NULL);
	if (r.say)
		cr_assert_gt(strlen(refusal_text(a, SAY_EN, &r)), 10);
	return r.say ? r.say->code : NULL;
}

static const struct {
	const char *type, *keys, *code;
} cases[] = {
	{"ProfileList", "", NULL},
	{"ProfileList", "<key>ManagedOnly</key><true/>", NULL},
	{"ProfileList", "<key>ManagedOnly</key><string>yes</string>", "raw.kind"},
	{"ProfileList", "<key>Managed</key><true/>", "raw.key"},
	{"Nonsense", "", "raw.type"},
	{"InstalledApplicationList", "", "never.watching"},
	{"RequestMirroring", "", "never.watching"},
	{"Restrictions", "", "never.right"},
	{"ScheduleOSUpdate", "", "never.gone"},
	{"RequestUnlockToken", "", "never.dead"},
	{"UserList", "", "never.shared"},
	{"EnableLostMode", "<key>Message</key><string>x</string>", "ask.own-way"},
	{"DisableLostMode", "", "ask.own-way"},
	{"DeviceLocation", "", "ask.own-way"},
	{"ClearPasscode", "<key>UnlockToken</key><data>AAAA</data>", "raw.token"},
	{"ClearPasscode", "", NULL},
	{"RemoveProfile", "", "raw.missing"},
	{"InstallMedia", "<key>MediaType</key><string>Book</string>", NULL},
	{"InstallApplication", "<key>ManagementFlags</key><integer>9</integer>", "raw.range"},
	{"InstallApplication", "<key>Configuration</key><dict><key>any</key><array/></dict>", NULL},
	{"InstallApplication", "<key>Attributes</key><dict><key>VPN</key><true/></dict>",
		"raw.key"},
	{"InstallApplication", "<key>Attributes</key><dict><key>Hideable</key><true/></dict>",
		"ask.version"},
	{"Settings",
		"<key>Settings</key><array><dict><key>Item</key><string>MDMOptions</string>"
		"<key>MDMOptions</key><dict><key>ActivationLockAllowedWhileSupervised</key><true/>"
		"</dict></dict></array>",
		"never.own-lock"},
	{"Settings",
		"<key>Settings</key><array><dict><key>Item</key><string>MDMOptions</string>"
		"<key>MDMOptions</key><dict><key>ActivationLockAllowedWhileSupervised</key><false/>"
		"</dict></dict></array>",
		NULL},
	{"DeviceInformation", "", "raw.missing"},
	{"DeviceInformation", "<key>Queries</key><array/>", "raw.empty"},
	{"DeviceInformation", "<key>Queries</key><array><string>UDID</string></array>", NULL},
	{"DeviceInformation", "<key>Queries</key><array><true/></array>", "raw.kind"},
	{"DeviceInformation", "<key>Queries</key><array><string>Age</string></array>", "raw.query"},
	{"DeviceInformation", "<key>Queries</key><array><string>IsRoaming</string></array>",
		"never.watching"},
	{"DeviceInformation", "<key>Queries</key><array><string>QuotaSize</string></array>",
		"never.shared"},
	{"Settings", "<key>Settings</key><array/>", "raw.empty"},
	{"Settings", "<key>Settings</key><array><dict/></array>", "raw.missing"},
	{"Settings", "<key>Settings</key><array><true/></array>", "raw.missing"},
	{"Settings",
		"<key>Settings</key><array><dict><key>Item</key><string>Disco</string></dict>"
		"</array>",
		"raw.item"},
	{"Settings",
		"<key>Settings</key><array><dict><key>Item</key><string>AppAnalytics</string>"
		"</dict></array>",
		"never.shared"},
	{"Settings",
		"<key>Settings</key><array><dict><key>Item</key><string>DataRoaming</string>"
		"<key>Enabled</key><false/></dict></array>",
		NULL},
	{"Settings",
		"<key>Settings</key><array><dict><key>Item</key><string>DataRoaming</string>"
		"</dict></array>",
		"raw.missing"},
	{"Settings",
		"<key>Settings</key><array><dict><key>Item</key><string>DeviceName</string>"
		"<key>DeviceName</key><string>x</string></dict></array>",
		"ask.supervised"},
	{"Settings",
		"<key>Settings</key><array><dict><key>Item</key>"
		"<string>DefaultApplications</string></dict></array>",
		"ask.version"},
	{"EraseDevice", "<key>PIN</key><string>123456</string>", "raw.key"},
};

Test(raw_rules, the_table_decides)
{
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		const char *code = raw(cases[i].type, cases[i].keys);

		cr_assert(text_equal(code, cases[i].code), "%s %s: %s", cases[i].type,
			cases[i].keys, code ? code : "taken");
	}
}

Test(raw_rules, what_the_rules_must_see_is_handed_on)
{
	cr_assert_null(raw("EraseDevice", "<key>PreserveDataPlan</key><true/>"));
	cr_assert_eq(ask.request, MDM_ERASE_DEVICE);
	cr_assert_eq(ask.preserve_data_plan, MDM_YES);
	cr_assert_eq(ask.return_to_service, MDM_NOT_CHOSEN, "so the erase is refused");
	cr_assert_null(raw("EraseDevice", "<key>PreserveDataPlan</key><false/><key>ReturnToService"
					  "</key><dict><key>Enabled</key><false/></dict>"));
	cr_assert_eq(ask.return_to_service, MDM_NO);
	cr_assert_null(raw("RemoveProfile", "<key>Identifier</key><string>x.y</string>"));
	cr_assert_str_eq(ask.identifier, "x.y");
	cr_assert_null(raw("InstallProfile", "<key>Payload</key><data>PHBsaXN0Lz4=</data>"));
	cr_assert_eq(ask.profile.n, 8);
	cr_assert_null(raw("InviteToProgram", "<key>ProgramID</key><string>x</string>"
					      "<key>InvitationURL</key><string>y</string>"));
	cr_assert_eq(ask.request, MDM_RAW);
	cr_assert_str_eq(row->type, "InviteToProgram");
}

Test(raw_rules, a_whole_message_will_do_and_garbage_will_not)
{
	static const char *const bad[] = {"", "hello", "<plist><dict/></plist>",
		"<plist><array/></plist>", "bplist00",
		"<plist><dict><key>RequestType</key><integer>1</integer></dict></plist>"};
	const char *whole = "<plist><dict><key>Command</key><dict><key>RequestType</key>"
			    "<string>ProfileList</string></dict><key>CommandUUID</key>"
			    "<string>theirs</string></dict></plist>";
	struct mdm_plist *command;
	struct refusal r = {0};

	cr_assert_eq(mdm_raw_check(bytes_of_str(whole), a, NULL, &ask, &command, &row, &r), 0);
	cr_assert_null(mdm_plist_get(command, "CommandUUID"));
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		cr_assert_eq(mdm_raw_check(bytes_of_str(bad[i]), a, NULL, &ask, &command, &row, &r),
			ERR_REFUSED);
		cr_assert_str_eq(r.say->code, "raw.form");
	}
}
