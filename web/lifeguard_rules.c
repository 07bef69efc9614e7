/* SPDX-License-Identifier: EUPL-1.2 */
/* When a date becomes a worry, and what is said of it. Pure. */
#include "web/web_int.h"

#include "base/day.h"
#include "base/text.h"
#include "base/when.h"

#define DAYS(n) ((n) * (int64_t)DAY_S)

static const struct {
	const char *name;
	unsigned amber, red; /* days before */
	struct say title, effect, remedy;
} ends[WEB_ENDS] = {
	[WEB_END_PUSH] = {"push_certificate", 60, 14,
		{"end.push", {"Pushcertifikatet", "Push-varmenne", "The push certificate"}},
		{"end.push.effect",
			{"går inga iPads att väcka: kommandon, förlorat läge och enkäter når dem "
			 "inte",
				"yhtään iPadia ei voi herättää: komennot, kadonnut-tila ja kyselyt "
				"eivät tavoita niitä",
				"no iPad can be woken: commands, Lost Mode and surveys do not "
				"reach "
				"them"}},
		{"end.push.remedy", {"Förnya det hos Apple (identity.apple.com) med samma "
				     "Apple-konto – förnya, "
				     "skapa inte nytt – och läs in det på sidan Pushcertifikatet.",
					    "Uusi se Applella (identity.apple.com) samalla "
					    "Apple-tilillä – uusi, "
					    "älä luo uutta – ja tuo se sivulla Push-varmenne.",
					    "Renew it at Apple (identity.apple.com) with the same "
					    "Apple Account - "
					    "renew, do not create - and import it on the page of the push certificate."}}},
	[WEB_END_PUSH_STOP] = {"push_refused", 0, 0,
		{"end.push-stop", {"Apple nekar pushcertifikatet", "Apple hylkää push-varmenteen",
					  "Apple refuses the push certificate"}},
		{"end.push-stop.effect",
			{"väcks inga iPads", "yhtään iPadia ei herätetä", "no iPad is woken"}},
		{"end.push-stop.remedy",
			{"Se hylla push-cert show; förnya certifikatet om det är slut eller "
			 "återkallat.",
				"Katso hylla push-cert show; uusi varmenne, jos se on päättynyt "
				"tai "
				"peruttu.",
				"See hylla push-cert show; renew the certificate if it is over or "
				"was revoked."}}},
	[WEB_END_ADE] = {"ade_token", 30, 7,
		{"end.ade", {"Nyckeln till Apples enhetsregister", "Applen laiterekisterin avain",
				    "The token of Apple's device assignment"}},
		{"end.ade.effect", {"ansluter inga nya eller raderade iPads av sig själva",
					   "uudet tai tyhjennetyt iPadit eivät liity itsestään",
					   "no new or erased iPad enrols by itself"}},
		{"end.ade.remedy",
			{"Hämta en ny nyckel i Apple Business/School Manager och läs in den.",
				"Hae uusi avain Apple Business/School Managerista ja tuo se.",
				"Fetch a new token in Apple Business or School Manager, and import "
				"it."}}},
	[WEB_END_ADE_STOP] = {"ade_refused", 3650, 3650,
		{"end.ade-stop", {"Apple godtar inte nyckeln till enhetsregistret",
					 "Apple ei hyväksy laiterekisterin avainta",
					 "Apple does not take the token of device assignment"}},
		{"end.ade-stop.effect",
			{"står Apples enhetsregister stilla", "Applen laiterekisteri seisoo",
				"Apple's device assignment stands still"}},
		{"end.ade-stop.remedy",
			{"Hämta en ny nyckel i Apple Business/School Manager och läs in den.",
				"Hae uusi avain Apple Business/School Managerista ja tuo se.",
				"Fetch a new token in Apple Business or School Manager, and import "
				"it."}}},
	[WEB_END_ADE_STILL] = {"ade_still", 3650, 3650,
		{"end.ade-still", {"Apples enhetsregister står stilla", "Applen laiterekisteri seisoo",
					  "Apple's device assignment stands still"}},
		{"end.ade-still.effect",
			{"kan nya iPads utebli, och stulna bli kvar utan lås hos Apple",
				"uudet iPadit voivat puuttua ja varastetut jäädä Applella lukitsematta",
				"new iPads may be missing, and stolen ones left unlocked at Apple"}},
		{"end.ade-still.remedy",
			{"Vad Apple svarade, och vad som hjälper, står på sidan Plattor från Apple "
			 "(hylla ade show).",
				"Applen vastaus ja mikä auttaa näkyvät sivulla Laitteet Applelta "
				"(hylla ade show).",
				"What Apple answered, and what helps, stands on the page iPads from "
				"Apple (hylla ade show)."}}},
	[WEB_END_TERMS] = {"terms", 3650, 3650,
		{"end.terms", {"Apples nya villkor är inte godkända",
				      "Applen uusia ehtoja ei ole "
				      "hyväksytty",
				      "Apple's new terms are not accepted"}},
		{"end.terms.effect",
			{"står Apples enhetsregister stilla", "Applen laiterekisteri seisoo",
				"Apple's device assignment stands still"}},
		{"end.terms.remedy",
			{"En administratör loggar in i Apple Business/School Manager och godkänner "
			 "dem.",
				"Ylläpitäjä kirjautuu Apple Business/School Manageriin ja hyväksyy "
				"ne.",
				"An administrator signs in to Apple Business or School Manager and "
				"accepts them."}}},
	[WEB_END_CA] = {"ca", 365, 90,
		{"end.ca", {"Vår egen CA", "Oma varmentajamme", "Our own CA"}},
		{"end.ca.effect", {"godkänns ingen iPads identitet",
					  "yhdenkään iPadin varmennetta ei "
					  "hyväksytä",
					  "no iPad's identity is accepted"}},
		{"end.ca.remedy",
			{"Planera en ny installation och flytta iPaden dit i god tid; se "
			 "docs/OPERATING.md.",
				"Suunnittele uusi asennus ja siirrä iPadit ajoissa; katso "
				"docs/OPERATING.md.",
				"Plan a new installation and move the iPads in good time; see "
				"docs/OPERATING.md."}}},
	[WEB_END_SIGNER] = {"profile_signer", 365, 90,
		{"end.signer", {"Certifikatet som skriver under profiler",
				       "Profiilit allekirjoittava "
				       "varmenne",
				       "The certificate that signs profiles"}},
		{"end.signer.effect",
			{"kan iPadens anslutning inte förnyas", "iPadien liitosta ei voi uusia",
				"the enrolments of iPads cannot be renewed"}},
		{"end.signer.remedy", {"Det slutar med CA:n; se den.",
					      "Se päättyy varmentajan mukana; katso "
					      "sitä.",
					      "It ends with the CA; see there."}}},
	[WEB_END_IDENTITIES] = {"identities", 30, 7,
		{"end.identities",
			{"iPads identiteter", "iPadien varmenteet", "Identities of iPads"}},
		{"end.identities.effect", {"tystnar de, för gott", "ne vaikenevat lopullisesti",
						  "they fall silent, for good"}},
		{"end.identities.remedy",
			{"De förnyas av sig själva när de hör av sig: se till att de är laddade "
			 "och "
			 "på ett nät. En som ändå är tyst när dagen har gått får anslutas på "
			 "nytt.",
				"Ne uusiutuvat itsestään, kun ne ottavat yhteyttä: lataa ne ja "
				"liitä "
				"verkkoon. Jos jokin on silti hiljaa määräpäivän jälkeen, liitä se "
				"uudelleen.",
				"They are renewed by themselves when they call: see that they are "
				"charged and on a network. One that is still silent when the day "
				"has passed must be enrolled again."}}},
	[WEB_END_TLS] = {"tls", 21, 7,
		{"end.tls",
			{"Serverns certifikat", "Palvelimen varmenne", "The server's certificate"}},
		{"end.tls.effect", {"når inga iPads servern", "yksikään iPad ei tavoita palvelinta",
					   "no iPad reaches the server"}},
		{"end.tls.remedy", {"Byt filen; Hylla läser in den av sig själv.",
					   "Vaihda tiedosto; Hylla "
					   "lukee sen itse.",
					   "Replace the file; Hylla takes it up by itself."}}},
	[WEB_END_LEASES] = {"leases", 90, 14,
		{"end.leases", {"Leasingtiden", "Leasingaika", "The lease"}},
		{"end.leases.effect",
			{"kan leasingbolaget kräva tillbaka dem och ta bort dem ur Apples register",
				"leasingyhtiö voi vaatia ne takaisin ja poistaa ne Applen "
				"rekisteristä",
				"the lessor may call them back and release them from Apple's "
				"register"}},
		{"end.leases.remedy",
			{"Beställ nya i god tid och boka in återlämningen med dem som lånar, "
			 "eller förläng leasingen.",
				"Tilaa uudet ajoissa ja sovi palautuksesta lainaajien kanssa, tai "
				"jatka leasingsopimusta.",
				"Order new ones in good time and agree with the borrowers when "
				"they come back, or prolong the lease."}}},
	[WEB_END_KEEPING] = {"keeping", 30, 0,
		{"end.keeping", {"En kortare tid att spara uppgifter", "Lyhyempi säilytysaika",
					"A shorter time of keeping"}},
		{"end.keeping.effect",
			{"glöms det som är äldre, för gott", "vanhemmat tiedot unohdetaan lopullisesti",
				"what is older is forgotten, for good"}},
		{"end.keeping.remedy",
			{"Är det fel tar en administratör tillbaka ändringen innan dess, under "
			 "Inställningar eller Gallring.",
				"Jos se on väärin, järjestelmänvalvoja peruu muutoksen sitä ennen "
				"asetuksissa tai poistosivulla.",
				"If it is wrong, an administrator takes the change back before then, "
				"under Settings or Erasing."}}},
	[WEB_END_LICENCE] = {"licence", 60, 14,
		{"end.licence", {"Licens eller avtal", "Lisenssi tai sopimus", "Licence or contract"}},
		{"end.licence.effect",
			{"gäller den inte längre, och det som hänger på den kan stanna",
				"se ei ole enää voimassa, ja siitä riippuva voi pysähtyä",
				"it holds no longer, and what hangs on it may stop"}},
		{"end.licence.remedy",
			{"Förnya den, och skriv den nya dagen under Inställningar, Larm.",
				"Uusi se ja kirjoita uusi päivä asetusten hälytyksiin.",
				"Renew it, and write the new day under Settings, Alarms."}}},
	[WEB_END_CLOCK] = {"clock", 30, 30,
		{"end.clock", {"Serverns klocka har hoppat", "Palvelimen kello on hypännyt",
				      "The server's clock has leapt"}},
		{"end.clock.effect",
			{"glöms och avslutas åter det vars tid är ute, för gott",
				"se, minkä aika on ohi, unohdetaan ja päätetään taas lopullisesti",
				"what is due is forgotten and ended again, for good"}},
		{"end.clock.remedy",
			{"Tills dess väntar allt sådant. Går klockan fel: ställ den rätt innan dess. "
			 "Går den rätt säger en administratör det här, eller hylla clock confirm.",
				"Siihen asti kaikki sellainen odottaa. Jos kello on väärässä, korjaa se sitä "
				"ennen. Jos se on oikeassa, järjestelmänvalvoja vahvistaa sen tässä, tai "
				"hylla clock confirm.",
				"Until then all of that waits. If the clock is wrong, set it right before "
				"then. If it is right, an administrator says so here, or by hylla clock "
				"confirm."}}},
};

static bool known(enum web_end what)
{
	return what > 0 && what < WEB_ENDS;
}

const char *web_end_name(enum web_end what)
{
	return known(what) ? ends[what].name : "unknown";
}

const struct say *web_end_title(enum web_end what)
{
	return &ends[known(what) ? what : WEB_END_PUSH].title;
}

const struct say *web_end_effect(enum web_end what)
{
	return &ends[known(what) ? what : WEB_END_PUSH].effect;
}

const struct say *web_end_remedy(enum web_end what)
{
	return &ends[known(what) ? what : WEB_END_PUSH].remedy;
}

const char *web_light_name(enum web_light l)
{
	static const char *const names[] = {"green", "amber", "red", "over"};

	return l <= WEB_OVER ? names[l] : "unknown";
}

enum web_light web_light_decide(const struct web_deadline *d, int64_t now)
{
	int64_t left = d->at - now;

	if (!known(d->what) || d->at == 0)
		return WEB_GREEN;
	if (left <= 0)
		return WEB_OVER;
	if (left <= DAYS(ends[d->what].red))
		return WEB_RED;
	return left <= DAYS(ends[d->what].amber) ? WEB_AMBER : WEB_GREEN;
}

/* Each at most once: the first when the light turns amber, then nearer and nearer, and the last
 * when it is over. */
unsigned web_alarm_step(const struct web_deadline *d, int64_t now)
{
	static const unsigned days[WEB_ALARM_STEPS] = {60, 30, 14, 7, 3, 1, 0};
	int64_t left = d->at - now;
	unsigned step = 0;

	if (web_light_decide(d, now) == WEB_GREEN)
		return 0;
	for (unsigned i = 0; i < WEB_ALARM_STEPS; i++) {
		if (left <= DAYS(days[i]))
			step = i + 1;
	}
	return step ? step : 1;
}

static const struct say will = {"deadline.will",
	{"{0} slutar {1}. Från och med då {2}.", "{0} päättyy {1}. Siitä alkaen {2}.",
		"{0}: the end is {1}. From then on {2}."}};
static const struct say will_these = {
	"deadline.will-these", {"{0}: den {1} tystnar {2} om de inte förnyas.",
				       "{0}: {1} vaikenee {2}, ellei niitä uusita.",
				       "{0}: on {1} {2} go silent, unless they are renewed."}};
static const struct say will_go = {"deadline.will-go",
	{"{0}: från och med {1} ska {2} lämnas tillbaka om leasingen inte förlängs.",
		"{0}: {1} alkaen {2} on palautettava, ellei leasingsopimusta jatketa.",
		"{0}: from {1} {2} are to go back, unless the lease is prolonged."}};
static const struct say will_forget = {"deadline.will-forget",
	{"{0}: från och med {1} {2}.", "{0}: {1} alkaen {2}.", "{0}: from {1} {2}."}};
static const struct say is_over = {"deadline.over",
	{"{0} slutade gälla {1}. Nu {2}.", "{0}: voimassaolo päättyi {1}. Nyt {2}.",
		"{0}: it ended {1}. Now {2}."}};
static const struct say these_are_over = {"deadline.these-over",
	{"{0} slutade gälla {1}. {2} hör inte av sig förrän de är förnyade.",
		"{0}: voimassaolo päättyi {1}. {2} ei ota yhteyttä ennen uusimista.",
		"{0} ended {1}. {2} are silent until they are renewed."}};
static const struct say is_now = {"deadline.now",
	{"{0} sedan {1}. Nu {2}.", "{0} ({1} alkaen). Nyt {2}.", "{0}, since {1}. Now {2}."}};
static const struct say some = {"deadline.some", {"{0} iPads", "{0} iPadia", "{0} iPads"}};
static const struct say one = {"deadline.one", {"{0} iPad", "{0} iPad", "{0} iPad"}};

/* Of the listeners, iPads speak with one alone. */
static const struct say staff_effect = {"end.tls.effect-staff",
	{"kommer personalen inte in på sidorna; iPads märker inget",
		"henkilöstö ei pääse sivuille; iPadit eivät huomaa mitään",
		"the staff cannot reach their pages; iPads notice nothing"}};
static const struct say public_effect = {"end.tls.effect-public",
	{"varnar webbläsare för de öppna sidorna; iPads märker inget",
		"selaimet varoittavat julkisista sivuista; iPadit eivät huomaa mitään",
		"browsers warn of the public pages; iPads notice nothing"}};

static const struct say *effect_of(const struct web_deadline *d)
{
	if (d->what == WEB_END_TLS && text_equal(d->name, "staff"))
		return &staff_effect;
	if (d->what == WEB_END_TLS && text_equal(d->name, "public"))
		return &public_effect;
	return web_end_effect(d->what);
}

static const struct say *form(const struct web_deadline *d, int64_t now)
{
	if (d->what == WEB_END_PUSH_STOP || d->what == WEB_END_ADE_STOP ||
		d->what == WEB_END_ADE_STILL || d->what == WEB_END_TERMS)
		return &is_now;
	if (d->what == WEB_END_CLOCK)
		return &will_forget;
	if (d->at <= now)
		return d->what == WEB_END_IDENTITIES ? &these_are_over : &is_over;
	if (d->what == WEB_END_LEASES)
		return &will_go;
	if (d->what == WEB_END_KEEPING)
		return &will_forget;
	return d->what == WEB_END_IDENTITIES ? &will_these : &will;
}

const char *web_deadline_sentence(
	struct arena *a, const struct web_deadline *d, enum say_lang lang, int64_t now)
{
	AUTO(buf) struct buf out = BUF_INIT(8192);
	AUTO(buf) struct buf who = BUF_INIT(256);
	const struct say *s = form(d, now);
	bool counts = s == &will_these || s == &these_are_over || s == &will_go; /* the sentence itself says how many */
	const char *title = say_plain(web_end_title(d->what), lang);
	const char *const n[SAY_ARGS] = {
		arena_printf(a, "%llu", (unsigned long long)d->ipads)};
	const char *arg[SAY_ARGS] = {title, when_date_text(a, lang, day_of_time(d->at)),
		say_plain(effect_of(d), lang)};

	if (!text_empty(d->name))
		arg[0] = arena_printf(a, "%s (%s)", title, d->name);
	say_format(&who, lang, d->ipads == 1 ? &one : &some, n);
	if (counts)
		arg[2] = buf_str(&who);
	say_format(&out, lang, s, arg);
	if (!counts && d->ipads)
		buf_printf(&out, " (%s)", buf_str(&who));
	return arena_strdup(a, buf_str(&out));
}
