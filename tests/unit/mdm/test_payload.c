/* SPDX-License-Identifier: EUPL-1.2 */
#include "mdm/payload_int.h"
#include "tests/unit/mdm/house.h"

#include "base/text.h"

static struct arena *a;
static struct refusal r;
static const struct mdm_vars vars = {
	.serial = "SER1", .item = "1234", .phone = "033-35 70 00", .organisation = "Borås"};

static void begin(void)
{
	xml_init();
	a = arena_new();
}

static void end(void)
{
	arena_free(a);
}

TestSuite(payload, .init = begin, .fini = end);

static struct mdm_build build(void)
{
	r = (struct refusal){0};
	return (struct mdm_build){.a = a,
		.vars = &vars,
		.profile_id = "se.example.mdm",
		.organisation = "Borås",
		.r = &r};
}

static struct doc *doc(const char *json)
{
	struct doc *d = NULL;

	cr_assert_eq(doc_parse(a, bytes_of_str(json), &d), 0, "%s", json);
	return d;
}

static int profile(const char *json, const struct mdm_plist **ret)
{
	const struct mdm_build b = build();
	struct mdm_plist *root = NULL;
	struct bytes plain;
	int err = mdm_profile_build(&b, "profile.x", doc(json), &plain);

	if (err == 0) {
		cr_assert_eq(mdm_plist_parse(plain, NULL, a, &root), 0);
		*ret = root;
	}
	return err;
}

static const struct mdm_plist *payload(const char *json)
{
	const struct mdm_plist *root = NULL;

	cr_assert_eq(profile(json, &root), 0, "%s: %s %s", json, r.say ? r.say->code : "?",
		r.arg[0] ? r.arg[0] : "");
	return mdm_plist_first(mdm_plist_array(root, "PayloadContent"));
}

Test(payload, a_network_that_is_signed_in_to_by_name)
{
	const char *json = "{\"type\":\"wifi\",\"ssid\":\"Kommun\",\"security\":\"WPA3\",\"account\":"
			   "{\"user\":\"platta\",\"password\":\"hemligt\",\"servers\":"
			   "[\"radius.example.se\"]}}";
	const struct mdm_plist *p = payload(json), *eap = mdm_plist_dict(p, "EAPClientConfiguration");
	const struct mdm_plist *type = mdm_plist_first(mdm_plist_array(eap, "AcceptEAPTypes"));
	struct doc *spec;

	cr_expect_null(mdm_plist_str(p, "Password"));
	cr_expect_str_eq(mdm_plist_str(eap, "UserName"), "platta");
	cr_expect_str_eq(mdm_plist_str(eap, "UserPassword"), "hemligt");
	cr_expect_str_eq(mdm_plist_text(mdm_plist_first(
				 mdm_plist_array(eap, "TLSTrustedServerNames"))),
		"radius.example.se");
	cr_assert_not_null(type);
	cr_expect_eq(type->v.i, 25);
	cr_assert_eq(doc_parse(a, bytes_of_str(json), &spec), 0);
	spec = mdm_spec_show(a, mdm_payload_type("wifi"), spec);
	cr_expect_null(doc_str(doc_object(spec, "account"), "password"), "never shown again");
}

Test(payload, each_type_says_what_apple_knows)
{
	static const struct {
		const char *spec, *type, *key, *text;
	} cases[] = {
		{"{\"type\":\"wifi\",\"ssid\":\"Hemma\",\"password\":\"12345678\"}",
			"com.apple.wifi.managed", "EncryptionType", "WPA2"},
		{"{\"type\":\"wifi\",\"ssid\":\"Torget\",\"security\":\"None\"}",
			"com.apple.wifi.managed", "SSID_STR", "Torget"},
		{"{\"type\":\"wifi\",\"ssid\":\"x\",\"password\":\"12345678\",\"proxy\":\"p.se\","
		 "\"proxy_port\":3128}",
			"com.apple.wifi.managed", "ProxyType", "Manual"},
		{"{\"type\":\"wifi\",\"ssid\":\"x\",\"password\":\"12345678\","
		 "\"proxy_pac\":\"https://p.se/a.pac\"}",
			"com.apple.wifi.managed", "ProxyType", "Auto"},
		{"{\"type\":\"lock-screen\",\"footnote\":\"Platta {item}, ring {phone}\"}",
			"com.apple.shareddeviceconfiguration", "LockScreenFootnote",
			"Platta 1234, ring 033-35 70 00"},
		{"{\"type\":\"web-clip\",\"url\":\"https://boras.se/"
		 "a?b={serial}\",\"label\":\"B\"}",
			"com.apple.webClip.managed", "URL", "https://boras.se/a?b=SER1"},
		{"{\"type\":\"content-filter\",\"automatic\":true}", "com.apple.webcontent-filter",
			"FilterType", "BuiltIn"},
		{"{\"type\":\"cellular\",\"apns\":[{\"name\":\"online.telia.se\"}]}",
			"com.apple.cellular", NULL, NULL},
		{"{\"type\":\"passcode\",\"required\":true,\"length\":6}",
			"com.apple.mobiledevice.passwordpolicy", NULL, NULL},
		{"{\"type\":\"notifications\",\"apps\":[{\"app\":\"com.apple.mobilemail\","
		 "\"alert\":2}]}",
			"com.apple.notificationsettings", NULL, NULL},
		{"{\"type\":\"restrictions\",\"allowMarketplaceAppInstallation\":false,"
		 "\"blockedAppBundleIDs\":[\"se.x\"]}",
			"com.apple.applicationaccess", NULL, NULL},
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		const struct mdm_plist *d = payload(cases[i].spec);

		cr_expect_str_eq(mdm_plist_str(d, "PayloadType"), cases[i].type);
		cr_expect(mdm_plist_str(d, "PayloadUUID"));
		if (cases[i].key)
			cr_expect_str_eq(mdm_plist_str(d, cases[i].key), cases[i].text);
	}
}

Test(payload, what_is_wrong_is_refused_with_its_reason)
{
	static const struct {
		const char *spec, *code;
	} cases[] = {
		{"{}", "payload.type"},
		{"{\"type\":\"wlan\"}", "payload.type"},
		{"{\"type\":\"wifi\"}", "payload.field_missing"},
		{"{\"type\":\"wifi\",\"ssid\":7}", "payload.field_form"},
		{"{\"type\":\"wifi\",\"ssid\":\"x\",\"password\":\"12345678\",\"proxy\":\"p\"}",
			"payload.wifi_proxy"},
		{"{\"type\":\"wifi\",\"ssid\":\"x\",\"password\":\"12345678\",\"proxy\":\"p\","
		 "\"proxy_port\":80,\"proxy_pac\":\"https://p.se/\"}",
			"payload.wifi_proxy"},
		{"{\"type\":\"wifi\",\"ssid\":\"x\",\"account\":{\"user\":\"a\",\"password\":\"b\","
		 "\"servers\":[]}}",
			"payload.field_missing"},
		{"{\"type\":\"wifi\",\"ssid\":\"x\",\"password\":\"12345678\",\"account\":{\"user\":"
		 "\"a\",\"password\":\"b\",\"servers\":[\"radius.se\"]}}",
			"payload.wifi_password"},
		{"{\"type\":\"passcode\",\"required\":true,\"remove_at\":\"soon\"}",
			"payload.field_form"},
		{"{\"type\":\"passcode\",\"required\":true,\"remove_after\":\"3d\","
		 "\"remove_at\":\"2027-06-30T12:00:00Z\"}",
			"payload.field_form"},
		{"{\"type\":\"wifi\",\"ssid\":\"x\",\"passwrod\":\"y\"}", "payload.field_unknown"},
		{"{\"type\":\"wifi\",\"ssid\":\"x\"}", "payload.wifi_password"},
		{"{\"type\":\"wifi\",\"ssid\":\"x\",\"security\":\"None\",\"password\":"
		 "\"12345678\"}",
			"payload.wifi_password"},
		{"{\"type\":\"wifi\",\"ssid\":\"x\",\"security\":\"WPA9\",\"password\":"
		 "\"12345678\"}",
			"payload.field_form"},
		{"{\"type\":\"wifi\",\"ssid\":\"123456789012345678901234567890123\"}",
			"payload.field_form"},
		{"{\"type\":\"web-clip\",\"url\":\"javascript:x\",\"label\":\"x\"}",
			"payload.field_form"},
		{"{\"type\":\"web-clip\",\"url\":\"https://\",\"label\":\"x\"}",
			"payload.field_form"},
		{"{\"type\":\"web-clip\",\"url\":\"https://x/\",\"label\":\"x\",\"icon\":\"AAAA\"}",
			"payload.icon"},
		{"{\"type\":\"passcode\"}", "payload.nothing"},
		{"{\"type\":\"passcode\",\"length\":17}", "payload.field_form"},
		{"{\"type\":\"restrictions\",\"allowHostPairing\":\"no\"}", "payload.field_form"},
		{"{\"type\":\"restrictions\",\"blockedAppBundleIDs\":[],\"allowListedAppBundleIDs\""
		 ":[]}",
			"payload.both_lists"},
		{"{\"type\":\"content-filter\",\"only\":[{\"url\":\"https://x/\",\"title\":\"x\"}],"
		 "\"automatic\":true}",
			"payload.both_lists"},
		{"{\"type\":\"lock-screen\",\"footnote\":\"a\\u0001\"}", "payload.field_form"},
		{"{\"type\":\"passcode\",\"required\":true,\"remove_after\":\"soon\"}",
			"payload.field_form"},
		{"{\"type\":\"raw\"}", "payload.profile_raw"},
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		const struct mdm_plist *root;

		cr_expect_eq(profile(cases[i].spec, &root), ERR_REFUSED, "%s", cases[i].spec);
		cr_expect_str_eq(r.say ? r.say->code : "-", cases[i].code, "%s", cases[i].spec);
	}
}

Test(payload, the_same_spec_gives_the_same_bytes)
{
	const struct mdm_build b = build();
	struct bytes one, two, other;

	cr_assert_eq(mdm_profile_build(
			     &b, "profile.x", doc("{\"type\":\"passcode\",\"length\":4}"), &one),
		0);
	cr_assert_eq(mdm_profile_build(
			     &b, "profile.x", doc("{\"type\":\"passcode\",\"length\":4}"), &two),
		0);
	cr_assert_eq(mdm_profile_build(
			     &b, "profile.x", doc("{\"type\":\"passcode\",\"length\":5}"), &other),
		0);
	cr_expect(bytes_equal(one, two));
	cr_expect_not(bytes_equal(one, other));
}

Test(payload, secrets_are_not_shown)
{
	struct doc *d = mdm_spec_show(a, mdm_payload_type("wifi"),
		doc("{\"type\":\"wifi\",\"ssid\":\"Hemma\",\"password\":\"hemligt12\"}"));
	AUTO(buf) struct buf b = BUF_INIT(4096);

	doc_format(d, &b);
	cr_expect_str_eq(doc_str(d, "ssid"), "Hemma");
	cr_expect_null(strstr(buf_str(&b), "hemligt12"));
	cr_expect(doc_bool(d, "password", false));
}

Test(payload, words_in_braces)
{
	cr_expect_str_eq(
		mdm_vars_fill(a, &vars, "{item}{item} {x} {serial"), "12341234 {x} {serial");
	cr_expect_str_eq(mdm_vars_fill(a, &vars, "{link}"), "{link}", "until there is one");
	cr_expect(mdm_vars_in("a {organisation}"));
	cr_expect_not(mdm_vars_in("{link}"));
}

static const char *formed(const char *json)
{
	AUTO(buf) struct buf b = BUF_INIT(1 << 16);
	const struct mdm_plist *d = payload(json);

	cr_assert_eq(mdm_plist_format(d, &b), 0);
	return arena_strdup(a, buf_str(&b));
}

Test(payload, a_home_screen)
{
	const char *xml = formed(
		"{\"type\":\"home-screen\",\"dock\":[{\"url\":\"https://a.se/\"}],\"pages\":"
		"[[{\"app\":\"com.apple.iBooks\"}],[{\"folder\":\"Spel\",\"pages\":[[{\"app\":\"b\"}]]}]]}");
	static const char *const bad[] = {
		"{\"type\":\"home-screen\"}",
		"{\"type\":\"home-screen\",\"pages\":[{\"app\":\"a\"}]}",
		"{\"type\":\"home-screen\",\"pages\":[[\"a\"]]}",
		"{\"type\":\"home-screen\",\"pages\":[[{}]]}",
		"{\"type\":\"home-screen\",\"pages\":[[{\"app\":\"a\",\"url\":\"https://a/\"}]]}",
		"{\"type\":\"home-screen\",\"pages\":[[{\"folder\":\"a\"}]]}",
		"{\"type\":\"home-screen\",\"pages\":[[{\"app\":\"a\",\"pages\":[]}]]}",
		"{\"type\":\"home-screen\",\"pages\":[[{\"folder\":\"a\",\"pages\":[[{\"folder\":"
		"\"b\",\"pages\":[]}]]}]]}",
		"{\"type\":\"home-screen\",\"pages\":[],\"dock\":[{\"colour\":\"red\"}]}",
	};
	const struct mdm_plist *none;

	cr_expect_not_null(strstr(xml, "<string>WebClip</string>"), "%s", xml);
	cr_expect_not_null(strstr(xml, "<string>Folder</string>"));
	cr_expect_not_null(strstr(xml, "<key>DisplayName</key>"));
	cr_expect_not_null(strstr(xml, "com.apple.homescreenlayout"));
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		cr_expect_eq(profile(bad[i], &none), ERR_REFUSED, "%s", bad[i]);
		cr_expect_not_null(r.say, "%s", bad[i]);
	}
}

Test(payload, a_lock_to_one_app_says_first_what_it_means)
{
	const struct mdm_plist *none;
	const char *xml;

	cr_expect_eq(profile("{\"type\":\"app-lock\",\"app\":{\"id\":\"a.b\"}}", &none), ERR_REFUSED);
	cr_expect_eq(r.say, &mdm_say_app_lock);
	cr_expect_eq(profile("{\"type\":\"app-lock\",\"sure\":true}", &none), ERR_REFUSED);
	cr_expect_eq(profile("{\"type\":\"app-lock\",\"sure\":true,\"app\":{\"id\":\"a.b\","
			     "\"options\":{\"no_tuch\":true}}}",
			     &none),
		ERR_REFUSED);
	xml = formed("{\"type\":\"app-lock\",\"sure\":true,\"app\":{\"id\":\"a.b\",\"options\":"
		     "{\"no_auto_lock\":true},\"own_choice\":{\"zoom\":true}}}");
	cr_expect_not_null(strstr(xml, "<key>DisableAutoLock</key>"), "%s", xml);
	cr_expect_not_null(strstr(xml, "<key>UserEnabledOptions</key>"));
	cr_expect_null(strstr(xml, "sure"), "that is between us");
}
