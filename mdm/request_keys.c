/* SPDX-License-Identifier: EUPL-1.2 */
/* The keys that commands, settings and queries may hold, as Apple's schema gives them for iPads. */
#include "mdm/request_int.h"

#include "base/text.h"

#define NEED(name_, kind_)                                                   \
	{                                                                    \
		.name = (name_), .kind = MDM_PLIST_##kind_, .required = true \
	}
#define MAY(name_, kind_)                                  \
	{                                                  \
		.name = (name_), .kind = MDM_PLIST_##kind_ \
	}
#define MAY_SINCE(name_, kind_, since_)                                       \
	{                                                                     \
		.name = (name_), .kind = MDM_PLIST_##kind_, .since = (since_) \
	}
#define END                  \
	{                    \
		.name = NULL \
	}

const struct mdm_key mdm_keys_none[] = {END};

static const struct mdm_key purchase_keys[] = {
	{.name = "PurchaseMethod", .kind = MDM_PLIST_INTEGER, .min = 0, .max = 1}, END};
static const struct mdm_key attribute_keys[] = {MAY("VPNUUID", STRING),
	MAY_SINCE("ContentFilterUUID", STRING, "16.0"), MAY_SINCE("DNSProxyUUID", STRING, "16.0"),
	MAY_SINCE("RelayUUID", STRING, "17.0"), MAY_SINCE("AssociatedDomains", ARRAY, "13.0"),
	MAY_SINCE("AssociatedDomainsEnableDirectDownloads", BOOL, "14.0"),
	MAY_SINCE("Removable", BOOL, "14.0"), MAY_SINCE("TapToPayScreenLock", BOOL, "16.4"),
	MAY_SINCE("CellularSliceUUID", STRING, "17.0"), MAY_SINCE("Hideable", BOOL, "18.1"),
	MAY_SINCE("Lockable", BOOL, "18.1"), END};
const struct mdm_key mdm_keys_install_application[] = {MAY("iTunesStoreID", INTEGER),
	MAY_SINCE("Identifier", STRING, "7.0"),
	{.name = "Options", .kind = MDM_PLIST_DICT, .since = "7.0", .inner = purchase_keys},
	MAY_SINCE("ManifestURL", STRING, "7.0"),
	{.name = "ManagementFlags", .kind = MDM_PLIST_INTEGER, .min = 1, .max = 5},
	MAY_SINCE("Configuration", DICT, "7.0"),
	{.name = "Attributes", .kind = MDM_PLIST_DICT, .since = "7.0", .inner = attribute_keys},
	MAY_SINCE("ChangeManagementState", STRING, "9.0"), END};
const struct mdm_key mdm_keys_invite_to_program[] = {
	NEED("ProgramID", STRING), NEED("InvitationURL", STRING), END};
const struct mdm_key mdm_keys_identifiers[] = {MAY("Identifiers", ARRAY), END};
const struct mdm_key mdm_keys_managed_list[] = {MAY_SINCE("Identifiers", ARRAY, "7.0"), END};
const struct mdm_key mdm_keys_identifiers_needed[] = {NEED("Identifiers", ARRAY), END};
const struct mdm_key mdm_keys_redemption_code[] = {
	NEED("Identifier", STRING), NEED("RedemptionCode", STRING), END};
const struct mdm_key mdm_keys_identifier[] = {NEED("Identifier", STRING), END};
const struct mdm_key mdm_keys_managed_only[] = {MAY_SINCE("ManagedOnly", BOOL, "13.0"), END};
const struct mdm_key mdm_keys_declarative[] = {MAY("Data", DATA), END};
static const struct mdm_key return_keys[] = {NEED("Enabled", BOOL), MAY("WiFiProfileData", DATA),
	MAY("MDMProfileData", DATA), MAY_SINCE("BootstrapToken", DATA, "26.0"),
	MAY_SINCE("ShouldRetryEnrollment", BOOL, "27.0"), END};
const struct mdm_key mdm_keys_erase[] = {MAY_SINCE("PreserveDataPlan", BOOL, "11.0"),
	MAY_SINCE("DisallowProximitySetup", BOOL, "11.3"),
	{.name = "ReturnToService", .kind = MDM_PLIST_DICT, .since = "17.0", .inner = return_keys},
	END};
const struct mdm_key mdm_keys_esim[] = {NEED("eSIMServerURL", STRING), END};
const struct mdm_key mdm_keys_lock[] = {
	MAY_SINCE("Message", STRING, "7.0"), MAY_SINCE("PhoneNumber", STRING, "7.0"), END};
const struct mdm_key mdm_keys_lost[] = {
	MAY("Message", STRING), MAY("PhoneNumber", STRING), MAY("Footnote", STRING), END};
const struct mdm_key mdm_keys_device_information[] = {
	NEED("Queries", ARRAY), MAY_SINCE("DeviceAttestationNonce", DATA, "16.0"), END};
const struct mdm_key mdm_keys_install_media[] = {MAY("iTunesStoreID", INTEGER),
	MAY("MediaURL", STRING), NEED("MediaType", STRING), MAY("PersistentID", STRING),
	MAY("Kind", STRING), MAY("Version", STRING), MAY("Author", STRING), MAY("Title", STRING),
	END};
const struct mdm_key mdm_keys_remove_media[] = {
	NEED("MediaType", STRING), MAY("iTunesStoreID", STRING), MAY("PersistentID", STRING), END};
const struct mdm_key mdm_keys_clear_passcode[] = {NEED("UnlockToken", DATA), END};
const struct mdm_key mdm_keys_install_profile[] = {NEED("Payload", DATA), END};
const struct mdm_key mdm_keys_settings[] = {NEED("Settings", ARRAY), END};

/* --- Settings --- */
static const struct mdm_key enabled_keys[] = {NEED("Enabled", BOOL), END};
static const struct mdm_key wallpaper_keys[] = {NEED("Image", DATA),
	{.name = "Where", .kind = MDM_PLIST_INTEGER, .required = true, .min = 1, .max = 3}, END};
static const struct mdm_key app_configuration_keys[] = {
	NEED("Identifier", STRING), MAY("Configuration", DICT), END};
static const struct mdm_key app_attribute_keys[] = {NEED("Identifier", STRING),
	{.name = "Attributes", .kind = MDM_PLIST_DICT, .inner = attribute_keys}, END};
static const struct mdm_key device_name_keys[] = {NEED("DeviceName", STRING), END};
static const struct mdm_key organisation_inner[] = {NEED("OrganizationName", STRING),
	MAY_SINCE("OrganizationShortName", STRING, "13.0"), MAY("OrganizationAddress", STRING),
	MAY("OrganizationPhone", STRING), MAY("OrganizationEmail", STRING),
	MAY("OrganizationMagic", STRING), END};
static const struct mdm_key organisation_keys[] = {
	{.name = "OrganizationInfo", .kind = MDM_PLIST_DICT, .inner = organisation_inner}, END};
static const struct mdm_key default_app_keys[] = {MAY("WebBrowser", STRING),
	MAY_SINCE("Calling", STRING, "26.0"), MAY_SINCE("Messaging", STRING, "26.0"), END};
static const struct mdm_key options_inner[] = {{.name = "ActivationLockAllowedWhileSupervised",
						   .kind = MDM_PLIST_BOOL,
						   .never_true = &mdm_never_own_lock},
	MAY_SINCE("IdleRebootAllowed", BOOL, "18.4"), END};
static const struct mdm_key options_keys[] = {
	{.name = "MDMOptions", .kind = MDM_PLIST_DICT, .required = true, .inner = options_inner},
	END};
static const struct mdm_key time_zone_keys[] = {NEED("TimeZone", STRING), END};
static const struct mdm_key accessibility_keys[] = {MAY("BoldTextEnabled", BOOL),
	MAY("IncreaseContrastEnabled", BOOL), MAY("ReduceMotionEnabled", BOOL),
	MAY("ReduceTransparencyEnabled", BOOL),
	{.name = "TextSize", .kind = MDM_PLIST_INTEGER, .min = 0, .max = 11},
	MAY("TouchAccommodationsEnabled", BOOL), MAY("VoiceOverEnabled", BOOL),
	MAY("ZoomEnabled", BOOL), END};

const struct mdm_setting mdm_settings[] = {
	{"Wallpaper", MDM_RIGHT_SETTINGS, true, "8.0", wallpaper_keys, NULL},
	{"DataRoaming", MDM_RIGHT_SETTINGS, false, "5.0", enabled_keys, NULL},
	{"VoiceRoaming", MDM_RIGHT_SETTINGS, false, "5.0", enabled_keys, &mdm_never_gone},
	{"PersonalHotspot", MDM_RIGHT_NETWORK, false, "5.0", enabled_keys, NULL},
	{"Bluetooth", MDM_RIGHT_SETTINGS, true, "11.3", enabled_keys, NULL},
	{"ApplicationConfiguration", MDM_RIGHT_APPS, false, "7.0", app_configuration_keys, NULL},
	{"ApplicationAttributes", MDM_RIGHT_APPS, false, "7.0", app_attribute_keys, NULL},
	{"DeviceName", MDM_RIGHT_SETTINGS, true, "5.0", device_name_keys, NULL},
	{"OrganizationInfo", MDM_RIGHT_SETTINGS, false, "5.0", organisation_keys, NULL},
	{"DefaultApplications", MDM_RIGHT_SETTINGS, false, "18.2", default_app_keys, NULL},
	{"MDMOptions", MDM_RIGHT_SETTINGS, false, "7.0", options_keys, NULL},
	{"TimeZone", MDM_RIGHT_SETTINGS, true, "14.0", time_zone_keys, NULL},
	{"AccessibilitySettings", MDM_RIGHT_SETTINGS, true, "16.0", accessibility_keys, NULL},
	{"SoftwareUpdateSettings", MDM_RIGHT_SETTINGS, true, "14.5", mdm_keys_none,
		&mdm_never_gone},
	{"MaximumResidentUsers", MDM_RIGHT_SETTINGS, false, "9.3", mdm_keys_none,
		&mdm_never_shared},
	{"SharedDeviceConfiguration", MDM_RIGHT_SETTINGS, false, "13.4", mdm_keys_none,
		&mdm_never_shared},
	{"DiagnosticSubmission", MDM_RIGHT_SETTINGS, false, "9.3", mdm_keys_none,
		&mdm_never_shared},
	{"AppAnalytics", MDM_RIGHT_SETTINGS, false, "9.3.2", mdm_keys_none, &mdm_never_shared},
	{"PasscodeLockGracePeriod", MDM_RIGHT_SETTINGS, false, "9.3.2", mdm_keys_none,
		&mdm_never_shared},
	{NULL}};

const struct mdm_setting *mdm_setting_by_item(const char *item)
{
	for (const struct mdm_setting *s = mdm_settings; s->item; s++)
		if (text_equal(s->item, item))
			return s;
	return NULL;
}

/* --- DeviceInformation --- */
#define DEVICE MDM_RIGHT_DEVICE
#define NETWORK MDM_RIGHT_NETWORK
#define APPS MDM_RIGHT_APPS
const struct mdm_query mdm_queries[] = {{"UDID", 0, "4.0"}, {"OrganizationInfo", 0, "7.0"},
	{"MDMOptions", 0, "7.0"}, {"LastCloudBackupDate", 0, "8.0"},
	{"AwaitingConfiguration", 0, "9.0"},
	{"iTunesStoreAccountIsActive", APPS, "7.0", .watching = true},
	{"iTunesStoreAccountHash", APPS, "8.0", .watching = true}, {"DeviceName", DEVICE, "4.0"},
	{"OSVersion", DEVICE, "4.0"}, {"SupplementalOSVersionExtra", DEVICE, "16.1"},
	{"BuildVersion", DEVICE, "4.0"}, {"SupplementalBuildVersion", DEVICE, "16.1"},
	{"ModelName", DEVICE, "4.0"}, {"Model", DEVICE, "4.0"}, {"ModelNumber", DEVICE, "16.4"},
	{"ProductName", DEVICE, "4.0"}, {"SerialNumber", DEVICE, "4.0"},
	{"DeviceCapacity", DEVICE, "4.0"}, {"AvailableDeviceCapacity", DEVICE, "4.0"},
	{"IMEI", DEVICE, "4.0"}, {"MEID", DEVICE, "4.0"}, {"ModemFirmwareVersion", DEVICE, "4.0"},
	{"CellularTechnology", DEVICE, "4.2.6"}, {"BatteryLevel", DEVICE, "5.0"},
	{"IsSupervised", DEVICE, "6.0"}, {"IsMultiUser", DEVICE, "9.3"},
	{"IsDeviceLocatorServiceEnabled", DEVICE, "7.0"},
	{"IsActivationLockEnabled", DEVICE, "7.0"},
	{"IsDoNotDisturbInEffect", DEVICE, "7.0", .watching = true},
	{"EASDeviceIdentifier", DEVICE, "7.0"}, {"IsCloudBackupEnabled", DEVICE, "7.1"},
	{"IsMDMLostModeEnabled", DEVICE, "9.3"},
	{"MaximumResidentUsers", DEVICE, "9.3", .shared = true},
	{"EstimatedResidentUsers", DEVICE, "14.0", .shared = true},
	{"QuotaSize", DEVICE, "13.4", .shared = true},
	{"ResidentUsers", DEVICE, "13.4", .shared = true},
	{"UserSessionTimeout", DEVICE, "14.5", .shared = true},
	{"TemporarySessionTimeout", DEVICE, "14.5", .shared = true},
	{"TemporarySessionOnly", DEVICE, "14.5", .shared = true},
	{"ManagedAppleIDDefaultDomains", DEVICE, "16.0", .shared = true},
	{"OnlineAuthenticationGracePeriod", DEVICE, "16.0", .shared = true},
	{"SkipLanguageAndLocaleSetupForNewUsers", DEVICE, "16.2", .shared = true},
	{"PushToken", DEVICE, "9.3"}, {"DiagnosticSubmissionEnabled", DEVICE, "9.3"},
	{"AppAnalyticsEnabled", DEVICE, "9.3"}, {"TimeZone", DEVICE, "14.0"},
	{"ICCID", NETWORK, "4.0"}, {"BluetoothMAC", NETWORK, "4.0"}, {"WiFiMAC", NETWORK, "4.0"},
	{"CurrentCarrierNetwork", NETWORK, "4.0", .watching = true},
	{"SIMCarrierNetwork", NETWORK, "4.0"}, {"SubscriberCarrierNetwork", NETWORK, "5.0"},
	{"CarrierSettingsVersion", NETWORK, "4.0"}, {"PhoneNumber", NETWORK, "4.0"},
	{"DataRoamingEnabled", NETWORK, "5.0"}, {"VoiceRoamingEnabled", NETWORK, "5.0"},
	{"PersonalHotspotEnabled", NETWORK, "7.0"},
	{"IsNetworkTethered", NETWORK, "10.3", .watching = true},
	{"IsRoaming", NETWORK, "4.2", .watching = true}, {"SubscriberMCC", NETWORK, "4.2.6"},
	{"SubscriberMNC", NETWORK, "4.2.6"}, {"CurrentMCC", NETWORK, "4.0", .watching = true},
	{"CurrentMNC", NETWORK, "4.0", .watching = true}, {"ServiceSubscriptions", NETWORK, "12.0"},
	{"SoftwareUpdateDeviceID", 0, "15.0"}, {"SoftwareUpdateSettings", 0, "14.5"},
	{"AccessibilitySettings", 0, "16.0"}, {"DevicePropertiesAttestation", 0, "16.0"}, {NULL}};

/* What a help desk needs to know of an iPad: its make, its room, its care; not its days. */
const char *const mdm_device_queries[] = {"UDID", "SerialNumber", "DeviceName", "OSVersion",
	"SupplementalOSVersionExtra", "BuildVersion", "ModelName", "Model", "ModelNumber",
	"ProductName", "DeviceCapacity", "AvailableDeviceCapacity", "BatteryLevel", "IsSupervised",
	"IsMDMLostModeEnabled", "IsActivationLockEnabled", "AwaitingConfiguration",
	"IsDeviceLocatorServiceEnabled", "IsCloudBackupEnabled", "LastCloudBackupDate",
	"ServiceSubscriptions", "WiFiMAC", "DataRoamingEnabled", "PersonalHotspotEnabled",
	"TimeZone", "AccessibilitySettings", "OrganizationInfo", "MDMOptions", NULL};

const struct mdm_query *mdm_query_by_key(const char *key)
{
	for (const struct mdm_query *q = mdm_queries; q->key; q++)
		if (text_equal(q->key, key))
			return q;
	return NULL;
}

bool mdm_query_is_watching(const char *key)
{
	const struct mdm_query *q = mdm_query_by_key(key);

	return q && q->watching;
}

/* --- versions --- */
static unsigned long number_take(const char **s)
{
	unsigned long n = 0;

	while (**s >= '0' && **s <= '9' && n < 100000)
		n = n * 10 + (unsigned long)(*(*s)++ - '0');
	while (**s && **s != '.')
		(*s)++;
	if (**s == '.')
		(*s)++;
	return n;
}

bool mdm_version_at_least(const char *have, const char *want)
{
	if (text_empty(have) || text_empty(want))
		return true;
	while (*have || *want) {
		unsigned long h = number_take(&have), w = number_take(&want);

		if (h != w)
			return h > w;
	}
	return true;
}
