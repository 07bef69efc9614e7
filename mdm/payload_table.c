/* SPDX-License-Identifier: EUPL-1.2 */
/* The types of payloads, as Apple's schema gives them for supervised iPads. */
#include "mdm/payload_int.h"
#include "mdm/payload_rows_int.h"

#include "base/text.h"

/* A restriction keeps Apple's own name. */
#define RULE(key_) BOOL(key_, key_)
/* --- web clips --- */

static const struct mdm_field web_clip[] = {
	{.name = "url", .key = "URL", .form = MDM_FORM_URL, .required = true, .max = 2000},
	NEED_TEXT("label", "Label", 60),
	{.name = "icon", .key = "Icon", .form = MDM_FORM_DATA, .max = 1000000},
	BOOL("full_screen", "FullScreen"),
	BOOL("ignore_scope", "IgnoreManifestScope"),
	BOOL("precomposed", "Precomposed"),
	TEXT("app", "TargetApplicationBundleIdentifier", 200),
	END,
};

static int web_clip_finish(const struct mdm_build *b, const struct doc *spec, struct mdm_plist *d)
{
	struct bytes icon = mdm_plist_data(d, "Icon");
	uint32_t w, h;

	(void)spec;
	mdm_plist_set_bool(d, "IsRemovable", false);
	if (icon.n == 0) {
		mdm_plist_set_data(d, "Icon", mdm_icon_make(b->a));
		return 0;
	}
	if (mdm_png_size(icon, &w, &h) != 0 || w > 400 || h > 400)
		return refuse(b->r, &mdm_say_icon, NULL, NULL, NULL);
	return 0;
}

/* --- the lock screen: whose it is, without Lost Mode --- */

static const struct mdm_field lock_screen[] = {
	TEXT("footnote", "LockScreenFootnote", 300),
	TEXT("tag", "AssetTagInformation", 100),
	END,
};

static int something_needed(const struct mdm_build *b, const struct doc *spec, struct mdm_plist *d)
{
	(void)spec;
	return mdm_plist_first(d)
		       ? 0
		       : refuse(b->r, &mdm_say_nothing_in_spec, "lock-screen", NULL, NULL);
}

/* --- notifications --- */

static const struct mdm_field notification[] = {
	NEED_TEXT("app", "BundleIdentifier", 200),
	BOOL("enabled", "NotificationsEnabled"),
	BOOL("in_centre", "ShowInNotificationCenter"),
	BOOL("on_lock_screen", "ShowInLockScreen"),
	INT("alert", "AlertType", 0, 2),
	BOOL("badges", "BadgesEnabled"),
	BOOL("sounds", "SoundsEnabled"),
	BOOL("critical", "CriticalAlertEnabled"),
	INT("grouping", "GroupingType", 0, 2),
	INT("preview", "PreviewType", 0, 2),
	END,
};
static const struct mdm_field notifications[] = {
	{.name = "apps",
		.key = "NotificationSettings",
		.form = MDM_FORM_DICTS,
		.required = true,
		.max = 100,
		.inner = notification},
	END,
};

/* --- cellular --- */

static const struct mdm_field attach_apn[] = {
	NEED_TEXT("name", "Name", 100),
	WORD("authentication", "AuthenticationType", "PAP CHAP"),
	TEXT("user", "Username", 100),
	SECRET("password", "Password", 100),
	INT("protocols", "AllowedProtocolMask", 1, 3),
	END,
};
static const struct mdm_field data_apn[] = {
	NEED_TEXT("name", "Name", 100),
	WORD("authentication", "AuthenticationType", "PAP CHAP"),
	TEXT("user", "Username", 100),
	SECRET("password", "Password", 100),
	TEXT("proxy", "ProxyServer", 200),
	INT("proxy_port", "ProxyPort", 1, 65535),
	INT("protocols", "AllowedProtocolMask", 1, 3),
	INT("protocols_roaming", "AllowedProtocolMaskInRoaming", 1, 3),
	INT("protocols_home_roaming", "AllowedProtocolMaskInDomesticRoaming", 1, 3),
	BOOL("xlat464", "EnableXLAT464"),
	END,
};
static const struct mdm_field cellular[] = {
	DICT("attach", "AttachAPN", attach_apn),
	DICTS("apns", "APNs", 1, data_apn),
	END,
};

static int cellular_finish(const struct mdm_build *b, const struct doc *spec, struct mdm_plist *d)
{
	(void)spec;
	return mdm_plist_first(d) ? 0
				  : refuse(b->r, &mdm_say_nothing_in_spec, "cellular", NULL, NULL);
}

/* --- what the web shows --- */

static const struct mdm_field bookmark[] = {
	{.name = "url", .key = "URL", .form = MDM_FORM_URL, .required = true, .max = 2000},
	NEED_TEXT("title", "Title", 100),
	END,
};
static const struct mdm_field content_filter[] = {
	BOOL("automatic", "AutoFilterEnabled"),
	TEXTS("permitted", "PermittedURLs", 500),
	TEXTS("denied", "DenyListURLs", 500),
	BOOL("hide_denied", "HideDenyListURLs"),
	DICTS("only", "AllowListBookmarks", 500, bookmark),
	END,
};

static int content_filter_finish(
	const struct mdm_build *b, const struct doc *spec, struct mdm_plist *d)
{
	if (doc_has(spec, "only") && (doc_has(spec, "automatic") || doc_has(spec, "denied")))
		return refuse(b->r, &mdm_say_both_lists, "only", "automatic/denied", NULL);
	if (!mdm_plist_first(d))
		return refuse(b->r, &mdm_say_nothing_in_spec, "content-filter", NULL, NULL);
	mdm_plist_set_str(d, "FilterType", "BuiltIn");
	return 0;
}

/* --- the passcode, for iPads older than its declaration --- */

static const struct mdm_field passcode[] = {
	BOOL("required", "forcePIN"),
	BOOL("simple", "allowSimple"),
	BOOL("letters", "requireAlphanumeric"),
	INT("length", "minLength", 0, 16),
	INT("complex", "minComplexChars", 0, 4),
	INT("attempts", "maxFailedAttempts", 2, 11),
	INT("grace_min", "maxGracePeriod", 0, 240),
	INT("lock_after_min", "maxInactivity", 0, 15),
	INT("age_days", "maxPINAgeInDays", 0, 730),
	INT("history", "pinHistory", 1, 50),
	END,
};

static int passcode_finish(const struct mdm_build *b, const struct doc *spec, struct mdm_plist *d)
{
	(void)spec;
	return mdm_plist_first(d) ? 0
				  : refuse(b->r, &mdm_say_nothing_in_spec, "passcode", NULL, NULL);
}

/* --- restrictions worth having --- */

static const struct mdm_field restrictions[] = {
	RULE("allowEraseContentAndSettings"),
	RULE("allowUIConfigurationProfileInstallation"),
	RULE("allowAccountModification"),
	RULE("allowFindMyDevice"),
	RULE("allowFindMyFriends"),
	RULE("allowESIMModification"),
	RULE("allowESIMOutgoingTransfers"),
	RULE("allowCellularPlanModification"),
	RULE("allowHostPairing"),
	RULE("allowUnpairedExternalBootToRecovery"),
	RULE("allowProximitySetupToNewDevice"),
	RULE("allowMarketplaceAppInstallation"),
	RULE("allowWebDistributionAppInstallation"),
	RULE("allowDiagnosticSubmission"),
	RULE("allowDiagnosticSubmissionModification"),
	RULE("forceLimitAdTracking"),
	RULE("allowApplePersonalizedAdvertising"),
	RULE("safariForceFraudWarning"),
	RULE("forceWiFiPowerOn"),
	RULE("allowAppsToBeHidden"),
	RULE("allowAppsToBeLocked"),
	RULE("allowExternalIntelligenceIntegrations"),
	RULE("allowDefaultBrowserModification"),
	RULE("allowPasscodeModification"),
	RULE("allowDeviceNameModification"),
	RULE("allowWallpaperModification"),
	RULE("allowBookstore"),
	RULE("allowEnterpriseBookBackup"),
	RULE("allowInAppPurchases"),
	RULE("allowAppRemoval"),
	RULE("allowUIAppInstallation"),
	RULE("allowAirDrop"),
	RULE("forceAutomaticDateAndTime"),
	TEXTS("blockedAppBundleIDs", "blockedAppBundleIDs", 500),
	TEXTS("allowListedAppBundleIDs", "allowListedAppBundleIDs", 500),
	END,
};

/* Education by PDF and EPUB lives in Books: whoever lists apps must not lose it by oversight. */
static int restrictions_finish(
	const struct mdm_build *b, const struct doc *spec, struct mdm_plist *d)
{
	if (doc_has(spec, "blockedAppBundleIDs") && doc_has(spec, "allowListedAppBundleIDs"))
		return refuse(b->r, &mdm_say_both_lists, "blockedAppBundleIDs",
			"allowListedAppBundleIDs", NULL);
	if (!mdm_plist_first(d))
		return refuse(b->r, &mdm_say_nothing_in_spec, "restrictions", NULL, NULL);
	return 0;
}

/* A profile of somebody else's making: payload_profile.c. */
static const struct mdm_field raw[] = {END};

#define ABOUT(code_, sv_, fi_, en_)                                      \
	{                                                                \
		.code = "payload.type." code_, .text = { sv_, fi_, en_ } \
	}
const struct mdm_payload_type mdm_payload_types[] = {
	{.name = "wifi",
		.apple = "com.apple.wifi.managed",
		.fields = mdm_wifi_fields,
		.since = "4.0",
		.finish = mdm_wifi_finish,
		.beside = mdm_wifi_beside,
		.about = ABOUT("wifi", "Trådlöst nätverk", "Langaton verkko", "Wi-Fi network")},
	{.name = "web-clip",
		.apple = "com.apple.webClip.managed",
		.fields = web_clip,
		.since = "4.0",
		.finish = web_clip_finish,
		.about = ABOUT("web-clip", "Webblänk på hemskärmen", "Verkkolinkki kotivalikossa",
			"Web link on the home screen")},
	{.name = "lock-screen",
		.apple = "com.apple.shareddeviceconfiguration",
		.fields = lock_screen,
		.slot = "lock-screen",
		.supervised = true,
		.since = "9.3",
		.finish = something_needed,
		.about = ABOUT("lock-screen", "Text på låsskärmen", "Teksti lukitussa näytössä",
			"Text on the lock screen")},
	{.name = "notifications",
		.apple = "com.apple.notificationsettings",
		.fields = notifications,
		.slot = "notifications",
		.supervised = true,
		.since = "9.3",
		.about = ABOUT("notifications", "Notiser", "Ilmoitukset", "Notifications")},
	{.name = "cellular",
		.apple = "com.apple.cellular",
		.fields = cellular,
		.slot = "cellular",
		.since = "7.0",
		.finish = cellular_finish,
		.about = ABOUT(
			"cellular", "Mobildata (APN)", "Mobiilidata (APN)", "Mobile data (APN)")},
	{.name = "content-filter",
		.apple = "com.apple.webcontent-filter",
		.fields = content_filter,
		.slot = "content-filter",
		.supervised = true,
		.since = "7.0",
		.finish = content_filter_finish,
		.about = ABOUT("content-filter", "Webbfilter", "Verkkosuodatin", "Web filter")},
	{.name = "passcode",
		.apple = "com.apple.mobiledevice.passwordpolicy",
		.fields = passcode,
		.slot = "passcode",
		.since = "4.0",
		.finish = passcode_finish,
		.about = ABOUT("passcode", "Krav på lösenkod", "Pääsykoodin vaatimukset",
			"Passcode rules")},
	{.name = "restrictions",
		.apple = "com.apple.applicationaccess",
		.fields = restrictions,
		.since = "4.0",
		.finish = restrictions_finish,
		.about = ABOUT("restrictions", "Begränsningar", "Rajoitukset", "Restrictions")},
	{.name = "home-screen",
		.apple = "com.apple.homescreenlayout",
		.fields = mdm_home_fields,
		.slot = "home-screen",
		.supervised = true,
		.since = "9.3",
		.finish = mdm_home_finish,
		.about = ABOUT("home-screen", "Hemskärmens ordning", "Kotivalikon järjestys",
			"The home screen's order")},
	{.name = "app-lock",
		.apple = "com.apple.app.lock",
		.fields = mdm_app_lock_fields,
		.slot = "app-lock",
		.supervised = true,
		.since = "6.0",
		.finish = mdm_app_lock_finish,
		.about = ABOUT("app-lock", "Bara en app (kiosk)", "Vain yksi appi (kioski)",
			"One app only (kiosk)")},
	{.name = "raw",
		.fields = raw,
		.since = "4.0",
		.about = ABOUT("raw", "Egen profil (.mobileconfig)", "Oma profiili (.mobileconfig)",
			"A profile of your own (.mobileconfig)")},
	{.name = NULL},
};

const struct mdm_payload_type *mdm_payload_type(const char *name)
{
	for (const struct mdm_payload_type *t = mdm_payload_types; t->name; t++) {
		if (text_equal(t->name, name))
			return t;
	}
	return NULL;
}
