/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Every command that Apple's schema lists for iPads, and what this house does with it. The order
 * of a row: what it is, what it needs, how it behaves in the line, what it may hold.
 */
#include "mdm/request_int.h"

#include "base/text.h"

#define HOUR_S 3600
#define DAY_S 86400
/* Lost Mode is wanted until it is not: such commands do not grow old by themselves. */
#define ALWAYS_S (3650 * (int64_t)DAY_S)

#define ABOUT(code_, sv_, fi_, en_)                                                                \
	{                                                                                          \
		.code = "request." code_, .text = {sv_, fi_, en_ }                                 \
	}

static const struct mdm_request_row rows[] = {
	{.type = "DeviceInformation", .request = MDM_DEVICE_INFORMATION, .keep = MDM_KEEP_FACTS,
		.while_lost = true, .untrusted = true, .never_not_now = true, .life_s = 7 * DAY_S,
		.since = "4.0", .keys = mdm_keys_device_information,
		.about = ABOUT("device-information", "Modell, version, batteri, lagring och SIM",
			"Malli, versio, akku, tallennustila ja SIM",
			"Model, version, battery, storage and SIM")},
	{.type = "SecurityInfo", .request = MDM_SECURITY_INFO, .rights = MDM_RIGHT_SECURITY,
		.keep = MDM_KEEP_FACTS, .while_lost = true, .life_s = 7 * DAY_S, .since = "4.0",
		.keys = mdm_keys_none,
		.about = ABOUT("security-info", "Om lösenkod och kryptering är på",
			"Ovatko pääsykoodi ja salaus käytössä",
			"Whether passcode and encryption are on")},
	{.type = "ProfileList", .request = MDM_PROFILE_LIST, .rights = MDM_RIGHT_LIST_PROFILES,
		.never_not_now = true, .life_s = 7 * DAY_S, .since = "4.0",
		.keys = mdm_keys_managed_only,
		.about = ABOUT("profile-list", "Vilka inställningsprofiler som finns",
			"Mitkä asetusprofiilit on asennettu",
			"Which configuration profiles are installed")},
	{.type = "CertificateList", .request = MDM_CERTIFICATE_LIST,
		.rights = MDM_RIGHT_LIST_PROFILES, .life_s = 7 * DAY_S, .since = "4.0",
		.keys = mdm_keys_managed_only,
		.about = ABOUT("certificate-list", "Vilka certifikat som finns",
			"Mitkä varmenteet on asennettu", "Which certificates are installed")},
	{.type = "InstallProfile", .request = MDM_INSTALL_PROFILE,
		.rights = MDM_RIGHT_CHANGE_PROFILES, .secret = true, .life_s = 180 * DAY_S,
		.since = "4.0", .keys = mdm_keys_install_profile,
		.about = ABOUT("install-profile", "Lägga in en inställningsprofil",
			"Asettaa asetusprofiili", "Install a configuration profile")},
	{.type = "RemoveProfile", .request = MDM_REMOVE_PROFILE,
		.rights = MDM_RIGHT_CHANGE_PROFILES, .life_s = 180 * DAY_S, .since = "4.0",
		.keys = mdm_keys_identifier,
		.about = ABOUT("remove-profile", "Ta bort en inställningsprofil",
			"Poistaa asetusprofiili", "Remove a configuration profile")},
	{.type = "DeviceLock", .request = MDM_DEVICE_LOCK, .rights = MDM_RIGHT_LOCK,
		.momentary = true, .never_not_now = true, .one_alive = true, .urgent = true,
		.life_s = 7 * DAY_S, .since = "4.0", .keys = mdm_keys_lock,
		.about = ABOUT("device-lock", "Låsa skärmen", "Lukita näyttö", "Lock the screen")},
	{.type = "ClearPasscode", .request = MDM_CLEAR_PASSCODE, .rights = MDM_RIGHT_LOCK,
		.momentary = true, .never_not_now = true, .one_alive = true, .urgent = true,
		.life_s = 2 * DAY_S, .since = "4.0", .keys = mdm_keys_clear_passcode,
		.about = ABOUT("clear-passcode", "Ta bort en glömd lösenkod",
			"Poistaa unohtunut pääsykoodi", "Remove a forgotten passcode")},
	{.type = "EnableLostMode", .request = MDM_ENABLE_LOST_MODE, .supervised = true,
		.while_lost = true, .one_alive = true, .own_way = true, .urgent = true,
		.life_s = ALWAYS_S, .since = "9.3", .keys = mdm_keys_lost,
		.about = ABOUT("enable-lost-mode", "Sätta en borttappad iPad i förlorat läge",
			"Asettaa kadonnut iPad kadonnut-tilaan",
			"Put a lost iPad into Lost Mode")},
	{.type = "DisableLostMode", .request = MDM_DISABLE_LOST_MODE, .supervised = true,
		.while_lost = true, .one_alive = true, .own_way = true, .urgent = true,
		.life_s = ALWAYS_S, .since = "9.3", .keys = mdm_keys_none,
		.about = ABOUT("disable-lost-mode", "Ta en upphittad iPad ur förlorat läge",
			"Poistaa löytynyt iPad kadonnut-tilasta",
			"Take a found iPad out of Lost Mode")},
	{.type = "DeviceLocation", .request = MDM_DEVICE_LOCATION, .keep = MDM_KEEP_SEALED,
		.supervised = true, .while_lost = true, .one_alive = true, .own_way = true,
		.urgent = true, .life_s = 3 * DAY_S, .since = "9.3", .keys = mdm_keys_none,
		.about = ABOUT("device-location",
			"Var den är, bara i förlorat läge och på beslut av två personer",
			"Missä se on, vain kadonnut-tilassa ja kahden henkilön päätöksellä",
			"Where it is, only in Lost Mode and decided by two people")},
	{.type = "PlayLostModeSound", .request = MDM_PLAY_LOST_MODE_SOUND, .supervised = true,
		.while_lost = true, .one_alive = true, .urgent = true, .life_s = HOUR_S,
		.since = "10.3", .keys = mdm_keys_none,
		.about = ABOUT("play-lost-mode-sound", "Spela ett ljud i förlorat läge",
			"Soittaa ääni kadonnut-tilassa", "Play a sound in Lost Mode")},
	{.type = "EraseDevice", .request = MDM_ERASE_DEVICE, .rights = MDM_RIGHT_ERASE,
		.while_lost = true, .never_not_now = true, .one_alive = true, .urgent = true,
		.secret = true, .life_s = 90 * DAY_S, .since = "4.0", .keys = mdm_keys_erase,
		.about = ABOUT("erase-device", "Radera allt på iPaden", "Tyhjentää iPad kokonaan",
			"Erase everything on the iPad")},
	{.type = "RestartDevice", .request = MDM_RESTART_DEVICE, .rights = MDM_RIGHT_LOCK,
		.supervised = true, .momentary = true, .one_alive = true, .life_s = DAY_S,
		.since = "10.3", .keys = mdm_keys_none,
		.about = ABOUT("restart-device", "Starta om", "Käynnistää uudelleen", "Restart")},
	{.type = "ShutDownDevice", .request = MDM_SHUT_DOWN_DEVICE, .rights = MDM_RIGHT_LOCK,
		.supervised = true, .momentary = true, .one_alive = true, .life_s = DAY_S,
		.since = "10.3", .keys = mdm_keys_none,
		.about = ABOUT("shut-down-device", "Stänga av", "Sammuttaa", "Shut down")},
	{.type = "Settings", .request = MDM_SETTINGS, .rights = MDM_RIGHT_SETTINGS,
		.life_s = 90 * DAY_S, .since = "5.0", .keys = mdm_keys_settings,
		.about = ABOUT("settings", "Ställa in namn, bakgrund, tidszon och hjälpmedel",
			"Asettaa nimi, taustakuva, aikavyöhyke ja käyttöapu",
			"Set name, wallpaper, time zone and accessibility")},
	{.type = "ActivationLockBypassCode", .request = MDM_ACTIVATION_LOCK_BYPASS_CODE,
		.keep = MDM_KEEP_SEALED, .supervised = true, .one_alive = true,
		.life_s = 15 * DAY_S, .since = "7.1", .keys = mdm_keys_none,
		.about = ABOUT("bypass-code", "Koden som öppnar ett aktiveringslås",
			"Koodi, joka avaa aktivointilukon",
			"The code that opens an Activation Lock")},
	{.type = "DeviceConfigured", .request = MDM_DEVICE_CONFIGURED, .supervised = true,
		.ade_only = true, .while_lost = true, .one_alive = true, .life_s = ALWAYS_S,
		.since = "9.0", .keys = mdm_keys_none,
		.about = ABOUT("device-configured", "Släppa fram iPaden ur startguiden",
			"Päästää iPad käyttöönottoapurista",
			"Let the iPad out of Setup Assistant")},
	/* Only as a raw plist. */
	{.type = "InstallApplication", .request = MDM_RAW, .rights = MDM_RIGHT_APPS,
		.life_s = 30 * DAY_S, .since = "5.0", .keys = mdm_keys_install_application,
		.about = ABOUT("install-application", "Lägga in en app", "Asentaa appi",
			"Install an app")},
	{.type = "RemoveApplication", .request = MDM_RAW, .rights = MDM_RIGHT_APPS,
		.life_s = 30 * DAY_S, .since = "5.0", .keys = mdm_keys_identifier,
		.about = ABOUT("remove-application", "Ta bort en app som vi lagt in",
			"Poistaa asentamamme appi", "Remove an app that we installed")},
	{.type = "ManagedApplicationList", .request = MDM_RAW, .rights = MDM_RIGHT_APPS,
		.life_s = 7 * DAY_S, .since = "5.0", .keys = mdm_keys_managed_list,
		.about = ABOUT("managed-application-list", "Läget för appar som vi själva lagt in",
			"Itse asentamiemme appien tila",
			"The state of apps that we installed ourselves")},
	{.type = "ManagedApplicationAttributes", .request = MDM_RAW, .rights = MDM_RIGHT_APPS,
		.life_s = 7 * DAY_S, .since = "7.0", .keys = mdm_keys_identifiers_needed,
		.about = ABOUT("managed-application-attributes",
			"Egenskaper hos appar som vi lagt in", "Asentamiemme appien ominaisuudet",
			"Attributes of apps that we installed")},
	{.type = "ManagedApplicationConfiguration", .request = MDM_RAW,
		.rights = MDM_RIGHT_APPS, .secret = true, .life_s = 7 * DAY_S, .since = "7.0",
		.keys = mdm_keys_identifiers_needed,
		.about = ABOUT("managed-application-configuration",
			"Inställningar som vi gett våra appar",
			"Asentamillemme apeille antamamme asetukset",
			"Settings that we gave our apps")},
	{.type = "ValidateApplications", .request = MDM_RAW, .rights = MDM_RIGHT_APPS,
		.life_s = 7 * DAY_S, .since = "9.2", .keys = mdm_keys_identifiers,
		.about = ABOUT("validate-applications", "Bekräfta våra egna appar",
			"Vahvistaa omat appimme", "Validate our own apps")},
	{.type = "InviteToProgram", .request = MDM_RAW, .rights = MDM_RIGHT_APPS,
		.life_s = 30 * DAY_S, .since = "7.0", .keys = mdm_keys_invite_to_program,
		.about = ABOUT("invite-to-program", "Bjuda in till Apples köpprogram",
			"Kutsua Applen osto-ohjelmaan", "Invite to Apple's purchase programme")},
	{.type = "ApplyRedemptionCode", .request = MDM_RAW, .rights = MDM_RIGHT_APPS,
		.secret = true, .life_s = 30 * DAY_S, .since = "5.0",
		.keys = mdm_keys_redemption_code,
		.about = ABOUT("apply-redemption-code", "Lösa in en appkod",
			"Lunastaa appikoodi", "Redeem a code for an app")},
	{.type = "InstallMedia", .request = MDM_RAW, .rights = MDM_RIGHT_APPS,
		.life_s = 90 * DAY_S, .since = "8.0", .keys = mdm_keys_install_media,
		.about = ABOUT("install-media", "Lägga in en bok eller ett häfte",
			"Asentaa kirja tai vihko", "Install a book or booklet")},
	{.type = "RemoveMedia", .request = MDM_RAW, .rights = MDM_RIGHT_APPS,
		.life_s = 90 * DAY_S, .since = "8.0", .keys = mdm_keys_remove_media,
		.about = ABOUT("remove-media", "Ta bort en bok som vi lagt in",
			"Poistaa asentamamme kirja", "Remove a book that we installed")},
	{.type = "ManagedMediaList", .request = MDM_RAW, .rights = MDM_RIGHT_APPS,
		.life_s = 7 * DAY_S, .since = "8.0", .keys = mdm_keys_none,
		.about = ABOUT("managed-media-list", "Vilka böcker vi själva lagt in",
			"Mitkä kirjat olemme itse asentaneet",
			"Which books we installed ourselves")},
	{.type = "DeclarativeManagement", .request = MDM_RAW, .life_s = 90 * DAY_S,
		.since = "15.0", .keys = mdm_keys_declarative,
		.about = ABOUT("declarative-management", "Slå på deklarationer",
			"Ottaa määritykset käyttöön", "Switch on declarations")},
	{.type = "ClearActivationLockBypassCode", .request = MDM_RAW, .supervised = true,
		.life_s = 7 * DAY_S, .since = "7.1", .keys = mdm_keys_none,
		.about = ABOUT("clear-bypass-code", "Glömma koden för aktiveringslåset",
			"Unohtaa aktivointilukon koodi",
			"Forget the code of the Activation Lock")},
	{.type = "ClearRestrictionsPassword", .request = MDM_RAW, .supervised = true,
		.life_s = 2 * DAY_S, .since = "8.0", .keys = mdm_keys_none,
		.about = ABOUT("clear-restrictions-password", "Ta bort koden för Skärmtid",
			"Poistaa Ruutuajan koodi", "Remove the Screen Time code")},
	{.type = "RefreshCellularPlans", .request = MDM_RAW, .life_s = 7 * DAY_S,
		.since = "13.0", .keys = mdm_keys_esim,
		.about = ABOUT("refresh-cellular-plans", "Hämta eSIM från operatören",
			"Hakea eSIM operaattorilta", "Fetch the eSIM from the operator")},
	{.type = "StopMirroring", .request = MDM_RAW, .supervised = true, .life_s = HOUR_S,
		.since = "7.0", .keys = mdm_keys_none,
		.about = ABOUT("stop-mirroring", "Avbryta visning på en annan skärm",
			"Lopettaa näytön peilaus", "Stop showing the screen elsewhere")},
	{.type = "CancelEnhancedLogCollection", .request = MDM_RAW, .supervised = true,
		.life_s = DAY_S, .since = "27.0", .keys = mdm_keys_none,
		.about = ABOUT("cancel-log-collection", "Avbryta insamling av loggar",
			"Keskeyttää lokien keruu", "Stop a collection of logs")},
};

#define NEVER(type_, rights_, why_)                                                                \
	{                                                                                          \
		.type = (type_), .rights = (rights_), .never = &(why_)                             \
	}
static const struct mdm_request_row never[] = {
	NEVER("InstalledApplicationList", MDM_RIGHT_LIST_APPS, mdm_never_watching),
	NEVER("ManagedApplicationFeedback", MDM_RIGHT_APPS, mdm_never_watching),
	NEVER("RequestMirroring", 0, mdm_never_watching),
	NEVER("TriggerEnhancedLogCollection", 0, mdm_never_watching),
	NEVER("Restrictions", MDM_RIGHT_RESTRICTIONS, mdm_never_right),
	NEVER("ProvisioningProfileList", MDM_RIGHT_LIST_PROVISIONING, mdm_never_right),
	NEVER("InstallProvisioningProfile", MDM_RIGHT_CHANGE_PROVISIONING, mdm_never_right),
	NEVER("RemoveProvisioningProfile", MDM_RIGHT_CHANGE_PROVISIONING, mdm_never_right),
	NEVER("RequestUnlockToken", 0, mdm_never_dead),
	NEVER("AvailableOSUpdates", MDM_RIGHT_APPS, mdm_never_gone),
	NEVER("ScheduleOSUpdate", MDM_RIGHT_APPS, mdm_never_gone),
	NEVER("OSUpdateStatus", MDM_RIGHT_APPS, mdm_never_gone),
	NEVER("UserConfigured", 0, mdm_never_shared),
	NEVER("DeleteUser", 0, mdm_never_shared),
	NEVER("UserList", 0, mdm_never_shared),
	NEVER("LogOutUser", 0, mdm_never_shared),
};

const struct say mdm_never_watching = {"never.watching",
	{"{0} skulle visa hur eller var iPaden används. Det frågar Hylla aldrig efter.",
		"{0} näyttäisi, miten tai missä iPadia käytetään. Sitä Hylla ei koskaan kysy.",
		"{0} would show how or where the iPad is used. Hylla never asks for that."}};
const struct say mdm_never_shared = {"never.shared",
	{"{0} gäller bara Delad iPad, som vi inte har.",
		"{0} koskee vain jaettua iPadia, jota meillä ei ole.",
		"{0} is only for Shared iPad, which we do not have."}};
const struct say mdm_never_gone = {"never.gone",
	{"{0} tas bort av Apple. Använd i stället en deklaration för uppdateringar.",
		"Apple on poistamassa komennon {0}. Käytä sen sijaan päivitysten määritystä.",
		"Apple is removing {0}. Use a declaration for updates instead."}};
const struct say mdm_never_right = {"never.right",
	{"{0} kräver en rättighet som Hylla medvetet har avstått från.",
		"{0} vaatii oikeuden, josta Hylla on tietoisesti luopunut.",
		"{0} needs an access right that Hylla has given up on purpose."}};
const struct say mdm_never_dead = {"never.dead",
	{"{0} fungerar inte på någon iPad längre.", "{0} ei enää toimi missään iPadissa.",
		"{0} no longer works on any iPad."}};

const struct mdm_request_row *mdm_request_rows(size_t *ret_n)
{
	*ret_n = sizeof(rows) / sizeof(rows[0]);
	return rows;
}

const struct mdm_request_row *mdm_request_never(size_t *ret_n)
{
	*ret_n = sizeof(never) / sizeof(never[0]);
	return never;
}

const struct mdm_request_row *mdm_request_row(enum mdm_request request)
{
	if (request < MDM_DEVICE_INFORMATION || request >= MDM_RAW)
		return NULL;
	/* typed rows stand first and in the order of the enum; a test holds them to it */
	return &rows[request - MDM_DEVICE_INFORMATION];
}

const struct mdm_request_row *mdm_request_by_type(const char *type)
{
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		if (text_equal(rows[i].type, type))
			return &rows[i];
	for (size_t i = 0; i < sizeof(never) / sizeof(never[0]); i++)
		if (text_equal(never[i].type, type))
			return &never[i];
	return NULL;
}
