/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The declarations that iPads know, as Apple's schema gives them, with the keys at the top of
 * their payloads ("!": must be there; "*": any), and the status items that are subscribed to.
 *
 * Not among the status items: those that tell of accounts, apps and certificates of whoever uses
 * the iPad. What an iPad tells unasked is dropped.
 */
#include "mdm/ddm_int.h"

#include "base/text.h"

/* One declaration a line. */
/* clang-format off */
const struct mdm_declaration_type mdm_declaration_types[] = {
	{"com.apple.asset.credential.acme", MDM_CLASS_ASSET, false, "17.0", "Reference! Authentication Accessible"},
	{"com.apple.asset.credential.certificate", MDM_CLASS_ASSET, false, "17.0", "Reference! Authentication"},
	{"com.apple.asset.credential.identity", MDM_CLASS_ASSET, false, "17.0", "Reference! Authentication Accessible"},
	{"com.apple.asset.credential.scep", MDM_CLASS_ASSET, false, "17.0", "Reference! Authentication Accessible"},
	{"com.apple.asset.credential.userpassword", MDM_CLASS_ASSET, false, "15.0", "Reference! Authentication"},
	{"com.apple.asset.data", MDM_CLASS_ASSET, false, "17.0", "Reference! Authentication"},
	{"com.apple.asset.useridentity", MDM_CLASS_ASSET, false, "15.0", "FullName EmailAddress"},
	{"com.apple.configuration.account.caldav", MDM_CLASS_CONFIGURATION, false, "15.0", "VisibleName HostName! Port Path AuthenticationCredentialsAssetReference"},
	{"com.apple.configuration.account.carddav", MDM_CLASS_CONFIGURATION, false, "15.0", "VisibleName HostName! Port Path AuthenticationCredentialsAssetReference"},
	{"com.apple.configuration.account.exchange", MDM_CLASS_CONFIGURATION, false, "15.0", "VisibleName EnabledProtocolTypes! UserIdentityAssetReference HostName OAuth AuthenticationCredentialsAssetReference AuthenticationIdentityAssetReference SMIME MailServiceActive LockMailService ContactsServiceActive LockContactsService CalendarServiceActive LockCalendarService RemindersServiceActive LockRemindersService NotesServiceActive LockNotesService"},
	{"com.apple.configuration.account.google", MDM_CLASS_CONFIGURATION, false, "15.0", "VisibleName UserIdentityAssetReference!"},
	{"com.apple.configuration.account.ldap", MDM_CLASS_CONFIGURATION, false, "15.0", "VisibleName HostName! Port AuthenticationCredentialsAssetReference SearchSettings"},
	{"com.apple.configuration.account.mail", MDM_CLASS_CONFIGURATION, false, "15.0", "VisibleName UserIdentityAssetReference IncomingServer! OutgoingServer! SMIME"},
	{"com.apple.configuration.account.subscribed-calendar", MDM_CLASS_CONFIGURATION, false, "15.0", "VisibleName CalendarURL! AuthenticationCredentialsAssetReference"},
	{"com.apple.configuration.app.managed", MDM_CLASS_CONFIGURATION, false, "17.2", "AppStoreID BundleID ManifestURL InstallBehavior IncludeInBackup Attributes", .apps = true},
	{"com.apple.configuration.legacy.interactive", MDM_CLASS_CONFIGURATION, false, "15.0", "ProfileURL! VisibleName!", .apps = true},
	{"com.apple.configuration.legacy", MDM_CLASS_CONFIGURATION, false, "15.0", "ProfileURL!", .apps = true},
	{"com.apple.configuration.management.test", MDM_CLASS_CONFIGURATION, false, "15.0", "Echo! EchoDataAssetReference ReturnStatus"},
	{"com.apple.configuration.math.settings", MDM_CLASS_CONFIGURATION, true, "18.0", "Calculator SystemBehavior"},
	{"com.apple.configuration.passcode.settings", MDM_CLASS_CONFIGURATION, false, "15.0", "RequirePasscode RequireAlphanumericPasscode RequireComplexPasscode MinimumLength MinimumComplexCharacters MaximumFailedAttempts MaximumGracePeriodInMinutes MaximumInactivityInMinutes MaximumPasscodeAgeInDays PasscodeReuseLimit"},
	{"com.apple.configuration.safari.extensions.settings", MDM_CLASS_CONFIGURATION, true, "18.0", "ManagedExtensions"},
	{"com.apple.configuration.security.certificate", MDM_CLASS_CONFIGURATION, false, "17.0", "CredentialAssetReference!"},
	{"com.apple.configuration.security.identity", MDM_CLASS_CONFIGURATION, false, "17.0", "CredentialAssetReference!"},
	{"com.apple.configuration.security.passkey.attestation", MDM_CLASS_CONFIGURATION, false, "17.0", "AttestationIdentityAssetReference! RelyingParties!"},
	{"com.apple.configuration.softwareupdate.enforcement.specific", MDM_CLASS_CONFIGURATION, false, "17.0", "TargetOSVersion! TargetBuildVersion TargetLocalDateTime! DetailsURL"},
	{"com.apple.configuration.softwareupdate.settings", MDM_CLASS_CONFIGURATION, false, "18.0", "Notifications Deferrals RecommendedCadence AutomaticActions RapidSecurityResponse Beta"},
	{"com.apple.configuration.watch.enrollment", MDM_CLASS_CONFIGURATION, true, "17.0", "EnrollmentProfileURL! AnchorCertificateAssetReferences", .apps = true},
	{"com.apple.management.organization-info", MDM_CLASS_MANAGEMENT, false, "15.0", "Name! Email URL Proof"},
	{"com.apple.management.properties", MDM_CLASS_MANAGEMENT, false, "16.0", "*"},
	{"com.apple.management.server-capabilities", MDM_CLASS_MANAGEMENT, false, "15.0", "Version! SupportedFeatures!"},
	{"com.apple.configuration.app.settings", MDM_CLASS_CONFIGURATION, true, "27.0", "AllowedApps DeniedApps Privacy", .apps = true},
	{"com.apple.configuration.accessibility.settings", MDM_CLASS_CONFIGURATION, true, "27.0", "Vision"},
	{"com.apple.configuration.siri.settings", MDM_CLASS_CONFIGURATION, true, "26.4", "AllowSiriAI ForceReduceSensitiveContent *"},
	{"com.apple.configuration.intelligence.settings", MDM_CLASS_CONFIGURATION, true, "26.4", "AllowWritingTools AllowImagePlayground AllowGenmoji ForceOnDeviceOnlyDictation AllowVisualIntelligence *"},
	{"com.apple.configuration.safari.settings", MDM_CLASS_CONFIGURATION, false, "26.0", "NewTabStartPage AllowPopups AllowPrivateBrowsing AcceptCookies AllowDisablingFraudWarning Privacy *"},
	{"com.apple.configuration.webcontent-filter.plugin", MDM_CLASS_CONFIGURATION, false, "27.0", "VisibleName! PluginBundleID! Filter *"},
	{"com.apple.configuration.network.dns-settings", MDM_CLASS_CONFIGURATION, false, "27.0", "*"},
	{"com.apple.configuration.network.dns-proxy", MDM_CLASS_CONFIGURATION, false, "27.0", "*"},
	{"com.apple.configuration.network.relay", MDM_CLASS_CONFIGURATION, false, "27.0", "*"},
	{"com.apple.configuration.network.vpn.ikev2", MDM_CLASS_CONFIGURATION, false, "27.0", "*"},
	{NULL},
};

const struct mdm_status_item mdm_status_items[] = {
	{"device.identifier.serial-number", "16.0"},
	{"device.identifier.udid", "16.0"},
	{"device.model.family", "15.0"},
	{"device.model.identifier", "15.0"},
	{"device.model.marketing-name", "15.0"},
	{"device.model.number", "17.0"},
	{"device.operating-system.build-version", "15.0"},
	{"device.operating-system.family", "15.0"},
	{"device.operating-system.marketing-name", "15.0"},
	{"device.operating-system.supplemental.build-version", "16.1"},
	{"device.operating-system.supplemental.extra-version", "16.1"},
	{"device.operating-system.version", "15.0"},
	{"device.power.battery-health", "17.0"},
	{"device.system.health", "27.0"},
	{"management.client-capabilities", "15.0"},
	{"management.declarations", "15.0"},
	{"mdm.enrollment-type", "27.0"},
	{"mdm.is-awaiting-configuration", "27.0"},
	{"mdm.is-return-to-service", "27.0"},
	{"passcode.is-compliant", "16.0"},
	{"passcode.is-present", "16.0"},
	{"softwareupdate.beta-enrollment", "18.0"},
	{"softwareupdate.device-id", "18.0"},
	{"softwareupdate.failure-reason", "17.0"},
	{"softwareupdate.install-reason", "17.0"},
	{"softwareupdate.install-state", "17.0"},
	{"softwareupdate.pending-version", "17.0"},
	{NULL},
};
/* clang-format on */

/* With or without what they all begin with. */
const struct mdm_declaration_type *mdm_declaration_type(const char *name)
{
	static const char *const heads[] = {
		"", "com.apple.configuration.", "com.apple.management.", "com.apple.asset."};

	for (const struct mdm_declaration_type *t = mdm_declaration_types; name && t->type; t++) {
		for (size_t i = 0; i < sizeof(heads) / sizeof(heads[0]); i++) {
			size_t n = strlen(heads[i]);

			if (strncmp(t->type, heads[i], n) == 0 && text_equal(t->type + n, name))
				return t;
		}
	}
	return NULL;
}

const char *mdm_class_name(enum mdm_declaration_class c)
{
	static const char *const names[] = {"activation", "asset", "configuration", "management"};

	return c < MDM_CLASSES ? names[c] : "?";
}
