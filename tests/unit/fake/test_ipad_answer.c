/* SPDX-License-Identifier: EUPL-1.2 */
/* The state machine: a command in, a result out, by tables. */
#include "tests/unit/fake/office.h"
#include "base/text.h"

#include <criterion/criterion.h>

#define KEY(k, v) "<key>" k "</key>" v
#define STR(s) "<string>" s "</string>"

/* How the iPad is when it is asked. */
enum {
	LOCKED = 1,
	BARE = 2 /* no passcode */,
	LOST = 4,
	PLAIN = 8 /* unsupervised */,
	NOWHERE = 16,
	AWAITING = 32,
	OLD = 64 /* supervised long ago */
};

static struct ipad *made(struct office *o, unsigned how)
{
	struct ipad_model m;
	struct ipad *p;

	ipad_model_make(o->arena, 7, &m);
	m.passcode = !(how & BARE);
	m.supervised = !(how & PLAIN);
	m.location_known = !(how & NOWHERE);
	m.awaits_configuration = how & AWAITING;
	p = office_ipad(o, &m);
	if (how & LOCKED)
		ipad_lock(p);
	if (how & OLD)
		ipad_supervised_for(p, 16 * 86400);
	if (how & LOST) {
		struct bytes r;

		cr_assert_eq(ipad_answer(p, o->arena,
				     office_command(
					     o, "L", "EnableLostMode", KEY("Message", STR("Lost"))),
				     &r),
			0);
		cr_assert(ipad_state(p)->lost);
	}
	return p;
}

static const char *asked(struct office *o, struct ipad *p, const char *type, const char *inside)
{
	static unsigned number;
	struct bytes r;
	const char *uuid = arena_printf(o->arena, "N%u", number++);

	cr_assert_eq(ipad_answer(p, o->arena, office_command(o, uuid, type, inside), &r), 0);
	cr_assert(memmem(r.p, r.n, uuid, strlen(uuid)));
	return arena_strndup(o->arena, r.p, r.n);
}

#define ACK STR("Acknowledged")
#define ERR STR("Error")
#define BAD STR("CommandFormatError")
#define NOT STR("NotNow")
#define CODE(n) "<integer>" #n "</integer>"

static const struct {
	unsigned how;
	int rights; /* 0: 7231 */
	const char *type, *inside;
	const char *status;
	const char *holds; /* in the result, or NULL */
} cases[] = {
	/* what a locked screen refuses, and what it does not */
	{LOCKED, 0, "SecurityInfo", "", NOT, NULL},
	{LOCKED, 0, "CertificateList", "", NOT, NULL},
	{LOCKED, 0, "InstallProfile", KEY("Payload", "<data>AA==</data>"), NOT, NULL},
	{LOCKED, 0, "InstallApplication", "", NOT, NULL},
	{LOCKED, 0, "ManagedMediaList", "", NOT, NULL},
	{LOCKED, 0, "DeviceInformation", KEY("Queries", "<array/>"), ACK, "QueryResponses"},
	{LOCKED, 0, "ProfileList", "", ACK, "se.example.enrol"},
	{LOCKED, 0, "DeviceLock", "", ACK, NULL},
	{LOCKED, 0, "EraseDevice", "", ACK, NULL},
	{LOCKED, 8191, "ProvisioningProfileList", "", ACK, "<array"},
	{LOCKED, 8191, "InstalledApplicationList", "", ACK, "<array"},
	{LOCKED, 8191, "Restrictions", "", ACK, "GlobalRestrictions"},
	{LOCKED, 0, "EnableLostMode", KEY("Message", STR("x")), ACK, NULL},
	{LOCKED | BARE, 0, "SecurityInfo", "", ACK, "PasscodePresent</key>\n\t\t<false/>"},
	/* unlocked */
	{0, 0, "SecurityInfo", "", ACK, "PasscodePresent</key>\n\t\t<true/>"},
	{0, 0, "CertificateList", "", ACK, "IsIdentity</key>\n\t\t\t<true/>"},
	{0, 0, "ProfileList", "", ACK, "com.apple.security.scep"},
	{0, 0, "InstallProfile", "", BAD, NULL},
	{0, 0, "InstallProfile", KEY("Payload", "<data>AA==</data>"), ERR, CODE(1000)},
	{0, 0, "RemoveProfile", "", BAD, NULL},
	{0, 0, "RemoveProfile", KEY("Identifier", STR("se.nobody")), ERR, CODE(12013)},
	{0, 0, "FlyAway", "", ERR, CODE(12021)},
	{0, 0, "DeviceInformation", "", BAD, NULL},
	/* rights */
	{0, 0, "InstalledApplicationList", "", ERR, CODE(12007)},
	{0, 0, "ProvisioningProfileList", "", ERR, CODE(12007)},
	{0, 0, "Restrictions", "", ERR, CODE(12007)},
	{0, 1, "InstallProfile", "", ERR, CODE(12007)},
	{0, 2 | 1, "EraseDevice", "", ERR, CODE(12007)},
	{0, 1, "DeviceLock", "", ERR, CODE(12007)},
	{0, 1, "SecurityInfo", "", ERR, CODE(12007)},
	{0, 2048, "ProfileList", "", ERR, CODE(12007)},
	/* lock and passcode */
	{0, 0, "DeviceLock", "", ACK, NULL},
	{0, 0, "DeviceLock", KEY("Message", STR("Hej")), ACK, STR("Success")},
	{BARE, 0, "DeviceLock", KEY("Message", STR("Hej")), ACK, STR("NoPasscodeSet")},
	{LOST, 0, "DeviceLock", KEY("PhoneNumber", STR("1")), ACK, STR("DeviceInLostMode")},
	{0, 0, "ClearPasscode", "", BAD, NULL},
	{0, 0, "ClearPasscode", KEY("UnlockToken", "<data>AAAA</data>"), ERR, CODE(5013)},
	/* lost mode */
	{0, 0, "EnableLostMode", "", BAD, NULL},
	{0, 0, "EnableLostMode", KEY("Footnote", STR("x")), BAD, NULL},
	{0, 0, "EnableLostMode", KEY("PhoneNumber", STR("112")), ACK, NULL},
	{PLAIN, 0, "EnableLostMode", KEY("Message", STR("x")), ERR, CODE(12064)},
	{0, 0, "DisableLostMode", "", ERR, CODE(12067)},
	{0, 0, "DeviceLocation", "", ERR, CODE(12067)},
	{0, 0, "PlayLostModeSound", "", ERR, CODE(12067)},
	{LOST, 0, "DeviceLocation", "", ACK, "<key>Latitude</key>\n\t<real>57.7"},
	{LOST | NOWHERE, 0, "DeviceLocation", "", ERR, CODE(12068)},
	{LOST, 0, "PlayLostModeSound", "", ACK, NULL},
	{LOST, 0, "DisableLostMode", "", ACK, NULL},
	{LOST, 0, "EnableLostMode", KEY("Message", STR("again")), ACK, NULL},
	{LOST, 0, "EraseDevice", "", ACK, NULL},
	{LOST, 0, "ProfileList", "", ACK, NULL},
	{LOST, 0, "InstallProfile", "", ERR, CODE(12078)},
	{LOST, 0, "RemoveProfile", "", ERR, CODE(12078)},
	{LOST, 0, "ClearPasscode", "", ERR, CODE(12078)},
	{LOST, 0, "RestartDevice", "", ERR, CODE(12078)},
	{LOST, 0, "Settings", "", ERR, CODE(12078)},
	{LOST, 0, "SecurityInfo", "", NOT, NULL},
	{LOST | BARE, 0, "SecurityInfo", "", ACK, NULL},
	/* supervised only */
	{PLAIN, 0, "RestartDevice", "", ERR, CODE(12064)},
	{PLAIN, 0, "ShutDownDevice", "", ERR, CODE(12064)},
	{PLAIN, 0, "ActivationLockBypassCode", "", ERR, CODE(12064)},
	{PLAIN, 0, "EraseDevice", "", ACK, NULL},
	{0, 0, "ActivationLockBypassCode", "", ACK, "<key>ActivationLockBypassCode</key>"},
	{OLD, 0, "ActivationLockBypassCode", "", ERR, CODE(12065)},
	/* Setup Assistant */
	{0, 0, "DeviceConfigured", "", ERR, CODE(101)},
	{AWAITING, 0, "DeviceConfigured", "", ACK, NULL},
	{AWAITING | LOCKED, 0, "SecurityInfo", "", ACK, NULL},
	/* erase */
	{0, 0, "EraseDevice", KEY("ReturnToService", "<dict/>"), BAD, NULL},
	{0, 0, "EraseDevice", KEY("ReturnToService", STR("yes")), BAD, NULL},
	{0, 0, "InstallMedia", KEY("MediaType", STR("Film")), BAD, NULL},
	{0, 0, "InstallMedia", KEY("MediaType", STR("Book")), ACK, "Queued"},
	{0, 0, "Settings", "", BAD, NULL},
};

Test(ipad_answer, table)
{
	struct office o = {0};

	office_open(&o);
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct ipad *p;
		const char *r;

		o.rights = cases[i].rights ? cases[i].rights : 7231;
		p = made(&o, cases[i].how);
		r = asked(&o, p, cases[i].type, cases[i].inside);
		cr_expect(strstr(r, cases[i].status), "case %zu %s: %s", i, cases[i].type, r);
		if (cases[i].holds)
			cr_expect(
				strstr(r, cases[i].holds), "case %zu %s: %s", i, cases[i].type, r);
		if (text_equal(cases[i].status, ERR))
			cr_expect(strstr(r, "ErrorChain"));
		if (text_equal(cases[i].status, BAD))
			cr_expect(!strstr(r, "ErrorChain"));
		ipad_free(p);
	}
	office_close(&o);
}

#define ITEM(name, inside) "<dict>" KEY("Item", STR(name)) inside "</dict>"

Test(ipad_answer, settings_are_answered_one_by_one)
{
	static const char items[] = KEY("Settings",
		"<array>" ITEM("DeviceName", KEY("DeviceName", STR("Anna's iPad"))) ITEM(
			"Nonsense", "") ITEM("AccessibilitySettings",
			KEY("TextSize", "<integer>9</integer>")
				KEY("BoldTextEnabled", "<true/>")) ITEM("AccessibilitySettings",
			KEY("TextSize", "<integer>12</integer>")) ITEM("TimeZone",
			KEY("TimeZone", STR("Europe/Helsinki"))) ITEM("Wallpaper",
			KEY("Where", "<integer>3</integer>")) ITEM("PersonalHotspot",
			KEY("Enabled", "<true/>")) ITEM("OrganizationInfo",
			KEY("OrganizationInfo", "<dict>" KEY("OrganizationName",
							STR("Town")) "</dict>")) "</array>");
	static const char queries[] = KEY("Queries",
		"<array>" STR("DeviceName") STR("TimeZone") STR("AccessibilitySettings")
			STR("OrganizationInfo") STR("PersonalHotspotEnabled") "</array>");
	struct office o = {0};
	struct ipad *p;
	const char *r, *at;
	unsigned done = 0, failed = 0;

	office_open(&o);
	p = made(&o, 0);
	r = asked(&o, p, "Settings", items);
	for (at = r; (at = strstr(at, ACK)); at++)
		done++;
	for (at = r; (at = strstr(at, ERR)); at++)
		failed++;
	cr_assert_eq(done, 5 + 1, "%s", r); /* and the whole command */
	cr_assert_eq(failed, 3, "%s", r);
	r = asked(&o, p, "DeviceInformation", queries);
	cr_assert(strstr(r, "Anna&apos;s iPad") || strstr(r, "Anna's iPad"), "%s", r);
	cr_assert(strstr(r, "Europe/Helsinki"));
	cr_assert(strstr(r, "<integer>9</integer>"));
	cr_assert(strstr(r, STR("Town")));
	cr_assert(strstr(r, "PersonalHotspotEnabled</key>\n\t\t<true/>"));
	ipad_free(p);
	office_close(&o);
}

Test(ipad_answer, queries_without_their_right_are_dropped)
{
	static const char queries[] =
		KEY("Queries", "<array>" STR("UDID") STR("SerialNumber") STR("WiFiMAC") STR("IMEI")
				       STR("Unheard") STR("IsMDMLostModeEnabled") "</array>");
	struct office o = {.rights = 32};
	struct ipad *p;
	const char *r;

	office_open(&o);
	p = made(&o, 0);
	r = asked(&o, p, "DeviceInformation", queries);
	cr_assert(strstr(r, "<key>UDID</key>"));
	cr_assert(strstr(r, "<key>WiFiMAC</key>"));
	cr_assert(!strstr(r, "SerialNumber") && !strstr(r, "IsMDMLostModeEnabled"));
	cr_assert(!strstr(r, "IMEI") && !strstr(r, "Unheard"));
	cr_assert(!memmem(o.last_checkin.p, o.last_checkin.n, "UnlockToken", 11));
	ipad_free(p);
	office_close(&o);
}

Test(ipad_answer, passcode_is_cleared_by_its_token)
{
	struct office o = {0};
	struct ipad *p;
	const char *text, *token, *end;

	office_open(&o);
	p = made(&o, LOCKED);
	text = arena_strndup(o.arena, o.last_checkin.p, o.last_checkin.n);
	token = strstr(strstr(text, "<key>UnlockToken</key>"), "<data>");
	end = strstr(token, "</data>");
	asked(&o, p, "ClearPasscode",
		arena_printf(o.arena, "<key>UnlockToken</key>%.*s", (int)(end + 7 - token), token));
	cr_assert(!ipad_state(p)->passcode && !ipad_state(p)->locked);
	cr_assert_eq(ipad_counters(p)->acknowledged, 1);
	ipad_free(p);
	office_close(&o);
}

Test(ipad_answer, erase_forgets_everything)
{
	struct office o = {0};
	struct ipad_model m;
	struct ipad *p;
	uint8_t token[IPAD_TOKEN];

	office_open(&o);
	ipad_model_make(o.arena, 8, &m);
	m.imei = "35 000000 000000 1";
	m.esim = true;
	p = office_ipad(&o, &m);
	memcpy(token, ipad_state(p)->token, IPAD_TOKEN);
	asked(&o, p, "EnableLostMode", KEY("Message", STR("Lost")));
	asked(&o, p, "EraseDevice", KEY("PreserveDataPlan", "<true/>"));
	cr_assert(ipad_state(p)->enrolled, "it answers first");
	ipad_settle(p);
	cr_assert(!ipad_state(p)->enrolled && !ipad_state(p)->lost);
	cr_assert(ipad_state(p)->kept_plan && !ipad_state(p)->plan_lost);
	cr_assert(!ipad_state(p)->returns && !ipad_has_work(p));
	cr_assert(memcmp(token, ipad_state(p)->token, IPAD_TOKEN) != 0);
	cr_assert_eq(ipad_restart_setup(p, NULL), 0);
	cr_assert(ipad_state(p)->enrolled);
	asked(&o, p, "EraseDevice", "");
	ipad_settle(p);
	cr_assert(ipad_state(p)->plan_lost);
	ipad_free(p);
	office_close(&o);
}

Test(ipad_answer, return_to_service)
{
	struct office o = {0};
	struct ipad *p;

	office_open(&o);
	p = made(&o, 0);
	/* Without a Wi-Fi profile a Wi-Fi iPad is stranded. */
	asked(&o, p, "EraseDevice",
		KEY("ReturnToService", "<dict>" KEY("Enabled", "<true/>") "</dict>"));
	ipad_settle(p);
	cr_assert(!ipad_has_work(p));
	cr_assert_eq(ipad_restart_setup(p, NULL), 0);
	asked(&o, p, "EraseDevice",
		KEY("ReturnToService", "<dict>" KEY("Enabled", "<true/>") KEY(
					       "WiFiProfileData", "<data>AAAA</data>") "</dict>"));
	ipad_settle(p);
	cr_assert(ipad_has_work(p) && !ipad_state(p)->enrolled);
	o.fault = OFFICE_UNREACHABLE;
	cr_assert_eq(ipad_work(p), ERR_NET);
	cr_assert(ipad_has_work(p), "it tries again");
	o.fault = OFFICE_HONEST;
	cr_assert_eq(ipad_work(p), 0, "%s", ipad_why(p));
	cr_assert(ipad_state(p)->enrolled && !ipad_has_work(p));
	ipad_free(p);
	office_close(&o);
}

static const char *payload_of(struct office *o, struct bytes profile)
{
	return arena_printf(
		o->arena, "<key>Payload</key><data>%s</data>", text_base64(o->arena, profile));
}

Test(ipad_answer, profiles_come_and_go)
{
	struct office o = {.check_out = true};
	struct ipad *p;
	const char *r, *clip;

	office_open(&o);
	p = made(&o, 0);
	clip = payload_of(&o, office_sign(&o, office_web_clip(&o, "se.example.clips")));
	asked(&o, p, "InstallProfile", clip);
	asked(&o, p, "InstallProfile", clip);
	cr_assert_eq(ipad_state(p)->profiles, 2, "the same identifier replaces");
	r = asked(&o, p, "ProfileList", "");
	cr_assert(strstr(r, "se.example.clips") && strstr(r, "SignerCertificates"));
	cr_assert(!strstr(r, "IsManaged"), "supervised iPads do not say");
	asked(&o, p, "RemoveProfile", KEY("Identifier", STR("se.example.clips")));
	cr_assert_eq(ipad_state(p)->profiles, 1);
	cr_assert_eq(ipad_profile_by_hand(p, office_web_clip(&o, "se.mine")), 0);
	asked(&o, p, "RemoveProfile", KEY("Identifier", STR("se.mine")));
	cr_assert_eq(ipad_state(p)->profiles, 1);
	asked(&o, p, "RemoveProfile", KEY("Identifier", STR("se.example.enrol")));
	ipad_settle(p);
	cr_assert(ipad_state(p)->unenrolled);
	cr_assert_eq(ipad_counters(p)->check_outs, 1);
	ipad_free(p);
	p = made(&o, PLAIN);
	cr_assert_eq(ipad_profile_by_hand(p, office_web_clip(&o, "se.mine")), 0);
	r = asked(&o, p, "RemoveProfile", KEY("Identifier", STR("se.mine")));
	cr_assert(strstr(r, CODE(12013)));
	cr_assert(strstr(asked(&o, p, "ProfileList", ""), "IsManaged"));
	ipad_free(p);
	office_close(&o);
}

Test(ipad_answer, renewal)
{
	struct office o = {.sign_profile = true};
	struct ipad *p;
	struct bytes before, after;
	const char *r;

	office_open(&o);
	p = made(&o, 0);
	cr_assert_eq(ipad_identity(p, o.arena, &before), 0);
	r = asked(&o, p, "InstallProfile", payload_of(&o, office_profile(&o)));
	cr_assert(strstr(r, ACK), "%s", r);
	cr_assert_eq(ipad_identity(p, o.arena, &after), 0);
	cr_assert(!bytes_equal(before, after));
	cr_assert_eq(ipad_counters(p)->authenticates, 2);
	cr_assert_eq(ipad_counters(p)->token_updates, 2);
	cr_assert_eq(o.bad_signatures, 0);
	cr_assert_eq(ipad_state(p)->profiles, 1);
	/* A failing one leaves the old identity in place. */
	o.fault = OFFICE_SCEP_REFUSES;
	r = asked(&o, p, "InstallProfile", payload_of(&o, office_profile(&o)));
	cr_assert(strstr(r, ERR) && strstr(r, "failInfo"));
	o.fault = OFFICE_CHECKIN_400;
	r = asked(&o, p, "InstallProfile", payload_of(&o, office_profile(&o)));
	cr_assert(strstr(r, ERR));
	cr_assert_eq(ipad_identity(p, o.arena, &before), 0);
	cr_assert(bytes_equal(before, after));
	ipad_free(p);
	office_close(&o);
}

Test(ipad_answer, renewal_may_not_change_the_enrolment)
{
	struct office o = {.rights = 7231}, same;
	struct ipad *p;
	const char *r;

	office_open(&o);
	p = made(&o, 0);
	same = o;
	for (unsigned i = 0; i < 4; i++) {
		static const char *const why[] = {"Topic may not change",
			"AccessRights may not grow", "there is an enrolment profile already",
			"no MDM payload"};
		const char *payload;

		if (i == 0)
			o.topic = "com.apple.mgmt.External.other";
		if (i == 1)
			o.rights = 8191;
		if (i == 2)
			o.identifier = "se.example.second";
		payload = payload_of(
			&o, i < 3 ? office_profile(&o) : office_web_clip(&o, "se.example.enrol"));
		r = asked(&o, p, "InstallProfile", payload);
		cr_expect(strstr(r, i < 3 ? why[i] : CODE(12012)), "%u: %s", i, r);
		o.topic = same.topic;
		o.rights = same.rights;
		o.identifier = same.identifier;
	}
	o.rights = 7231 & ~8;
	r = asked(&o, p, "InstallProfile", payload_of(&o, office_profile(&o)));
	cr_assert(strstr(r, ACK), "rights may shrink: %s", r);
	cr_assert_eq(ipad_state(p)->rights, 7231 & ~8);
	ipad_free(p);
	office_close(&o);
}

Test(ipad_answer, what_is_no_command)
{
	static const char *const wrong[] = {"", "OK", "<plist version=\"1.0\"><dict/></plist>",
		"<plist version=\"1.0\"><array/></plist>",
		"<plist "
		"version=\"1.0\"><dict><key>CommandUUID</key><string>A</string></dict></plist>",
		"<plist version=\"1.0\"><dict><key>Command</key><dict/></dict></plist>"};
	struct office o = {0};
	struct ipad *p;
	struct bytes r;

	office_open(&o);
	p = made(&o, 0);
	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++)
		cr_expect_eq(ipad_answer(p, o.arena, bytes_of_str(wrong[i]), &r), ERR_BADINPUT);
	cr_assert_eq(ipad_counters(p)->refusals, 6);
	ipad_free(p);
	office_close(&o);
}
