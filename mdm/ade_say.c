/* SPDX-License-Identifier: EUPL-1.2 */
/* What people are told of device assignment. */
#include "mdm/ade_int.h"

#include "base/text.h"

const struct say mdm_say_ade_no_key = {"ade.no_key",
	{"Det finns ingen nyckel för Apples servertoken än. Gör en med `hylla ade key` och lämna "
	 "den "
	 "till Apples portal först.",
		"Applen palvelinpoletille ei ole vielä avainta. Tee se komennolla `hylla ade key` "
		"ja "
		"vie se ensin Applen portaaliin.",
		"There is no key for Apple's server token yet. Make one with `hylla ade key` and "
		"give it to Apple's portal first."}};
const struct say mdm_say_ade_token_form = {"ade.token_form",
	{"Filen är ingen servertoken från Apples portal. Hämta den igen (den slutar på .p7m).",
		"Tiedosto ei ole Applen portaalin palvelinpoletti. Lataa se uudelleen (päättyy "
		".p7m).",
		"This file is no server token of Apple's portal. Download it again (it ends in "
		".p7m)."}};
const struct say mdm_say_ade_token_key = {"ade.token_key",
	{"Servertoken är krypterad till en annan nyckel. Lämna nyckeln från `hylla ade key` till "
	 "portalen och hämta en ny token.",
		"Palvelinpoletti on salattu toiselle avaimelle. Vie `hylla ade key` -komennon "
		"avain "
		"portaaliin ja lataa uusi poletti.",
		"The server token is encrypted to another key. Give the one of `hylla ade key` to "
		"the portal and download a new token."}};
const struct say mdm_say_ade_token_old = {"ade.token_old",
	{"Servertoken har gått ut. Hämta en ny i Apples portal.",
		"Palvelinpoletti on vanhentunut. Lataa uusi Applen portaalista.",
		"The server token has expired. Download a new one from Apple's portal."}};
const struct say mdm_say_ade_no_token = {"ade.no_token",
	{"Hylla har ingen servertoken från Apple. Lägg in en med `hylla ade token FIL`.",
		"Hyllalla ei ole Applen palvelinpolettia. Lisää se komennolla `hylla ade token "
		"TIEDOSTO`.",
		"Hylla has no server token from Apple. Bring one in with `hylla ade token FILE`."}};
const struct say mdm_say_ade_unknown = {"ade.unknown",
	{"Apple har inte tilldelat oss någon enhet med serienummer {0}. Kontrollera numret, eller "
	 "tilldela den i Apples portal och kör `hylla ade sync`.",
		"Apple ei ole antanut meille laitetta, jonka sarjanumero on {0}. Tarkista numero "
		"tai "
		"lisää laite Applen portaalissa ja suorita `hylla ade sync`.",
		"Apple has not assigned us a device with the serial number {0}. Check the number, "
		"or "
		"assign it in Apple's portal and run `hylla ade sync`."}};
const struct say mdm_say_ade_enrolled = {"ade.enrolled",
	{"{0} är ansluten. Radera den och lämna tillbaka den innan den släpps för gott.",
		"{0} on liitetty. Tyhjennä ja palauta se ennen lopullista vapauttamista.",
		"{0} is enrolled. Erase and return it before it is released for good."}};
const struct say mdm_say_ade_not_asked = {"ade.not_asked",
	{"Ingen har begärt att {0} släpps den senaste timmen. Begär det först, och bekräfta sedan: "
	 "det "
	 "går inte att ångra.",
		"Kukaan ei ole pyytänyt laitteen {0} vapauttamista viimeisen tunnin aikana. Pyydä "
		"ensin "
		"ja vahvista sitten: sitä ei voi perua.",
		"Nobody has asked within the last hour for {0} to be released. Ask first, then "
		"confirm: it cannot be undone."}};
const struct say mdm_say_ade_asked = {
	"ade.asked", {"{0} är redan på väg att släppas.", "{0} on jo vapautettavana.",
			     "{0} is being released already."}};

const struct say *mdm_ade_say_no_token(void)
{
	return &mdm_say_ade_no_token;
}

/* --- why a round did not end well --- */

/* What Apple takes no more until a setting is another: the setting is named. */
#define SETTING_TROUBLE(code_, setting_)                                                         \
	{                                                                                        \
		code_,                                                                           \
		{                                                                                \
			"Apple godtar inte inställningen " setting_ " (" code_                   \
			"). Ändra den; sedan försöks det igen av sig självt.",                   \
				"Apple ei hyväksy asetusta " setting_ " (" code_                 \
				"). Muuta sitä; sitten yritetään uudelleen itsestään.",          \
				"Apple does not accept the setting " setting_ " (" code_         \
				"). Change it; then it is tried again by itself."                \
		}                                                                                \
	}
#define CONF_TROUBLE(code_, setting_)                                                            \
	{                                                                                        \
		code_,                                                                           \
		{                                                                                \
			"Apple godtar inte " setting_ " (" code_                                 \
			"). Ändra den i hylla.conf och starta om Hylla.",                        \
				"Apple ei hyväksy asetusta " setting_ " (" code_                 \
				"). Muuta se tiedostossa hylla.conf ja käynnistä Hylla "         \
				"uudelleen.",                                                    \
				"Apple does not accept " setting_ " (" code_                     \
				"). Change it in hylla.conf and restart Hylla."                  \
		}                                                                                \
	}
/* What no setting mends: Hylla writes it by itself. */
#define OWN_TROUBLE(code_)                                                                       \
	{                                                                                        \
		code_,                                                                           \
		{                                                                                \
			"Apple godtar inte hur Hylla frågar (" code_                             \
			"). Ingen inställning hjälper: uppdatera Hylla, eller anmäl felet.",     \
				"Apple ei hyväksy Hyllan kysymystapaa (" code_                   \
				"). Mikään asetus ei auta: päivitä Hylla tai ilmoita viasta.",   \
				"Apple does not accept how Hylla asks (" code_                   \
				"). No setting helps: update Hylla, or report the fault."        \
		}                                                                                \
	}

static const struct {
	const char *code;
	const char *text[SAY_LANGS];
} troubles[] = {
	SETTING_TROUBLE("DEPARTMENT_INVALID", "ade.department"),
	SETTING_TROUBLE("SUPPORT_PHONE_INVALID", "ade.support_phone"),
	SETTING_TROUBLE("SUPPORT_EMAIL_INVALID", "ade.support_email"),
	CONF_TROUBLE("CONFIG_NAME_REQUIRED", "ade.profile_name"),
	CONF_TROUBLE("CONFIG_NAME_INVALID", "ade.profile_name"),
	CONF_TROUBLE("CONFIG_URL_REQUIRED", "device.url"),
	CONF_TROUBLE("CONFIG_URL_INVALID", "device.url"),
	OWN_TROUBLE("MAGIC_INVALID"),
	OWN_TROUBLE("FLAGS_INVALID"),
	OWN_TROUBLE("LOCALE_INVALID"),
	OWN_TROUBLE("DESCRIPTION_INVALID"),
	OWN_TROUBLE("MALFORMED_REQUEST_BODY"),
	OWN_TROUBLE("DEVICE_ID_REQUIRED"),
	OWN_TROUBLE("USER_AGENT_MISSING"),
	OWN_TROUBLE("USER_AGENT_INVALID"),
	OWN_TROUBLE("PROTOCOL_VERSION_INVALID"),
	{"T_C_NOT_SIGNED",
		{"Apple har nya villkor. En administratör måste logga in i Apples portal och "
		 "godkänna "
		 "dem; till dess står allt stilla. Sedan går det vidare av sig självt.",
			"Applella on uudet ehdot. Pääkäyttäjän on hyväksyttävä ne Applen "
			"portaalissa; "
			"siihen asti kaikki seisoo. Sen jälkeen jatkuu itsestään.",
			"Apple has new terms. An administrator must sign in to Apple's portal and "
			"accept them; until then everything stands still. Then it goes on by "
			"itself."}},
	{"TOKEN_EXPIRED",
		{"Servertoken har gått ut. Hämta en ny i Apples portal: `hylla ade token FIL`.",
			"Palvelinpoletti on vanhentunut. Lataa uusi Applen portaalista: `hylla ade "
			"token TIEDOSTO`.",
			"The server token has expired. Download a new one from Apple's portal: "
			"`hylla "
			"ade token FILE`."}},
	{"ACCESS_DENIED",
		{"Apple nekar servern åtkomst. Kontrollera i Apples portal att servern finns kvar.",
			"Apple epää palvelimen pääsyn. Tarkista Applen portaalista, että palvelin "
			"on "
			"yhä olemassa.",
			"Apple denies this server access. Check in Apple's portal that the server "
			"is "
			"still there."}},
	{"OTHER_SERVER",
		{"Servertoken hör till en annan server hos Apple än den våra enheter kom från. "
		 "Lägg in "
		 "rätt token; är bytet meningen, kör `hylla ade sync --full`.",
			"Palvelinpoletti kuuluu toiselle palvelimelle kuin laitteemme. Lisää oikea "
			"poletti; jos vaihto on tarkoitus, suorita `hylla ade sync --full`.",
			"The server token belongs to another server at Apple than our devices came "
			"from. Bring in the right one; if the change is meant, run `hylla ade sync "
			"--full`."}},
	{"THROTTLED",
		{"Apple låter vänta: enheten har flyttats för ofta. Det försöks igen av sig "
		 "självt.",
			"Apple odotuttaa: laitetta on siirretty liian usein. Yritetään uudelleen "
			"itsestään.",
			"Apple makes it wait: the device was moved too often. It is tried again by "
			"itself."}},
	{"TOO_MANY_REQUESTS",
		{"Apple har bett oss vänta. Det försöks igen av sig självt.",
			"Apple on pyytänyt odottamaan. Yritetään uudelleen itsestään.",
			"Apple has asked us to wait. It is tried again by itself."}},
	{"HTTP_429", {"Apple har bett oss vänta. Det försöks igen av sig självt.",
			     "Apple on pyytänyt odottamaan. Yritetään uudelleen itsestään.",
			     "Apple has asked us to wait. It is tried again by itself."}},
	{"SAME_CURSOR", {"Apple upprepar sig. Det försöks igen; hjälper det inte, kör `hylla ade "
			 "sync --full`.",
				"Apple toistaa itseään. Yritetään uudelleen; ellei auta, suorita "
				"`hylla ade sync "
				"--full`.",
				"Apple repeats itself. It is tried again; if that does not help, "
				"run `hylla "
				"ade sync --full`."}},
	{"NET_UNREACHABLE",
		{"Apple går inte att nå. Kontrollera brandvägg och proxy; det försöks igen.",
			"Appleen ei saada yhteyttä. Tarkista palomuuri ja välityspalvelin; "
			"yritetään "
			"uudelleen.",
			"Apple cannot be reached. Check firewall and proxy; it is tried again."}},
	{"NET_TIMEOUT", {"Apple svarar inte i tid. Det försöks igen.",
				"Apple ei vastaa ajoissa. Yritetään uudelleen.",
				"Apple does not answer in time. It is tried again."}},
	{"NET_CERTIFICATE", {"Apples certifikat godtas inte. Bryter något upp TLS på vägen?",
				    "Applen varmennetta ei hyväksytä. Avaako jokin TLS:n matkalla?",
				    "Apple's certificate is not accepted. Does something on the "
				    "way open TLS?"}},
	{"NOT_ASSIGNED",
		{"Apple har inte tilldelat oss enheten, så den kan inte låsas hos Apple.",
			"Apple ei ole antanut laitetta meille, joten sitä ei voi lukita Applella.",
			"Apple has not assigned the device to us, so it cannot be locked at "
			"Apple."}},
	{"DEVICE_ALREADY_LOCKED",
		{"Enheten är redan låst hos Apple, men inte av Hylla: Hyllas kod öppnar den inte. Lås "
		 "upp den i Apples portal, eller visa kvittot för Apples support; sedan låses den "
		 "härifrån av sig självt.",
			"Laite on jo lukittu Applella, mutta Hylla ei lukinnut sitä: Hyllan koodi ei "
			"avaa sitä. Avaa lukko Applen portaalissa tai näytä ostokuitti Applen tuelle; "
			"sitten se lukitaan täältä itsestään.",
			"The device is locked at Apple already, but not by Hylla: Hylla's code does "
			"not open it. Unlock it in Apple's portal, or show the proof of purchase to "
			"Apple's support; then it is locked from here by itself."}},
	{"NOT_ACCESSIBLE",
		{"Apple säger att enheten inte är vår. Kontrollera den i Apples portal.",
			"Applen mukaan laite ei ole meidän. Tarkista se Applen portaalista.",
			"Apple says that the device is not ours. Check it in Apple's portal."}},
	{"FAILED",
		{"Apple kunde inte göra det för den här enheten, och säger inte varför. Det försöks "
		 "igen av sig självt; händer det flera gånger, fråga Apples support.",
			"Apple ei onnistunut tämän laitteen kohdalla eikä kerro syytä. Yritetään "
			"uudelleen itsestään; jos se toistuu, kysy Applen tuesta.",
			"Apple could not do it for this device, and does not say why. It is tried "
			"again by itself; if it happens again and again, ask Apple's support."}},
	{"NOT_MENTIONED",
		{"Apple svarade, men sade inget om den här enheten. Det försöks igen av sig "
		 "självt.",
			"Apple vastasi mutta ei sanonut mitään tästä laitteesta. Yritetään "
			"uudelleen itsestään.",
			"Apple answered, but said nothing of this device. It is tried again by "
			"itself."}},
	{"DEVICE_NOT_SUPPORTED",
		{"Apple kan inte låsa en enhet av den här sorten. Förlustläget gäller ändå.",
			"Apple ei voi lukita tällaista laitetta. Kadonnut-tila on silti voimassa.",
			"Apple cannot lock a device of this kind. Lost Mode holds all the same."}},
	{"ORG_NOT_SUPPORTED",
		{"Apple säger att enheten hör till en organisation vars program inte har det här. "
		 "Kontrollera den i Apples portal.",
			"Applen mukaan laite kuuluu organisaatioon, jonka ohjelmassa tätä ei ole. "
			"Tarkista se Applen portaalista.",
			"Apple says that the device belongs to an organisation whose programme has "
			"not got this. Check it in Apple's portal."}},
	{"PROFILE_NOT_FOUND",
		{"Apple har glömt anslutningsprofilen. Hylla lämnar en ny av sig själv.",
			"Apple on unohtanut liitosprofiilin. Hylla antaa uuden itsestään.",
			"Apple has forgotten the enrolment profile. Hylla gives it a new one by "
			"itself."}},
	{"UNREADABLE",
		{"Apples svar går inte att läsa. Det försöks igen av sig självt; håller det i sig, "
		 "ändrar något på vägen svaren?",
			"Applen vastausta ei voi lukea. Yritetään uudelleen itsestään; jos se "
			"jatkuu, muuttaako jokin matkalla vastauksia?",
			"Apple's answer cannot be read. It is tried again by itself; if it lasts, "
			"does something on the way change the answers?"}},
	{"NO_CODE_FITS",
		{"Apple godtog ingen av koderna. Be låntagaren logga ut under Inställningar, eller "
		 "ta kvittot till Apples support: de kan öppna låset.",
			"Apple ei hyväksynyt yhtään koodia. Pyydä lainaajaa kirjautumaan ulos "
			"Asetuksissa, tai näytä ostokuitti Applen tuelle: he voivat avata lukon.",
			"Apple took none of the codes. Ask the borrower to sign out in Settings, or "
			"take the proof of purchase to Apple's support: they can open the lock."}},
	{"UNLOCK_REFUSED",
		{"Apple öppnade inte låset: ingen av koderna godtogs. Det försöks igen av sig självt; "
		 "håller det i sig, kontrollera push-certifikatet, eller visa kvittot för Apples "
		 "support: de kan öppna låset.",
			"Apple ei avannut lukkoa: mikään koodi ei kelvannut. Yritetään uudelleen "
			"itsestään; jos se jatkuu, tarkista push-varmenne tai näytä ostokuitti Applen "
			"tuelle: he voivat avata lukon.",
			"Apple did not open the lock: none of the codes was taken. It is tried again by "
			"itself; if it lasts, check the push certificate, or show the proof of purchase "
			"to Apple's support: they can open the lock."}},
	{"NO_PUSH_CERTIFICATE",
		{"Utan Apples push-certifikat kan låset inte öppnas härifrån.",
			"Ilman Applen push-varmennetta lukkoa ei voi avata täältä.",
			"Without Apple's push certificate the lock cannot be opened from here."}},
};
static const char *const other_trouble[SAY_LANGS] = {
	"Apple svarade {0}. Det försöks igen av sig självt; håller det i sig behövs en människa.",
	"Apple vastasi {0}. Yritetään uudelleen itsestään; jos se jatkuu, tarvitaan ihminen.",
	"Apple answered {0}. It is tried again by itself; if it lasts, a person is needed."};

/* All that token faults of Apple's have in common. */
static bool is_token_code(const char *code)
{
	static const char *const codes[] = {"token_rejected", "consumer_key_unknown",
		"consumer_key_rejected", "consumer_key_refused", "FORBIDDEN", "UNAUTHORIZED",
		"HTTP_401", "HTTP_403", "token_expired"};

	for (size_t i = 0; i < sizeof(codes) / sizeof(codes[0]); i++) {
		if (text_equal(code, codes[i]))
			return true;
	}
	return false;
}

bool mdm_ade_trouble_is_token(const char *trouble)
{
	return text_equal(trouble, "TOKEN_EXPIRED") || text_equal(trouble, "ACCESS_DENIED") ||
	       (trouble && is_token_code(trouble));
}

static const struct say bad_token = {"ade.bad_token",
	{"Apple godtar inte servertoken ({0}). Hämta en ny i Apples portal: `hylla ade token FIL`.",
		"Apple ei hyväksy palvelinpolettia ({0}). Lataa uusi Applen portaalista: `hylla "
		"ade "
		"token TIEDOSTO`.",
		"Apple does not accept the server token ({0}). Download a new one from Apple's "
		"portal: `hylla ade token FILE`."}};
static const struct say bad_clock = {"ade.bad_clock",
	{"Apple godtar inte signaturen ({0}). Går serverns klocka rätt?",
		"Apple ei hyväksy allekirjoitusta ({0}). Onko palvelimen kello oikeassa?",
		"Apple does not accept the signature ({0}). Is this server's clock right?"}};

const char *mdm_ade_trouble_say(struct arena *a, const char *trouble, enum say_lang lang)
{
	struct say other = {.code = "ade.trouble"};
	struct refusal r = {.say = &other, .arg = {trouble}};

	if (text_empty(trouble))
		return NULL;
	for (size_t i = 0; i < sizeof(troubles) / sizeof(troubles[0]); i++) {
		if (text_equal(troubles[i].code, trouble))
			return troubles[i].text[lang];
	}
	memcpy(other.text, other_trouble, sizeof(other.text));
	if (is_token_code(trouble))
		r.say = &bad_token;
	else if (text_equal(trouble, "timestamp_refused") ||
		 text_equal(trouble, "signature_invalid"))
		r.say = &bad_clock;
	return refusal_text(a, lang, &r);
}
