/* SPDX-License-Identifier: EUPL-1.2 */
/* Apple's codes for why a declaration was refused, as sentences: what it means, what to do. */
#include "mdm/ddm_int.h"

#include "base/text.h"

#define REASON(code_, sv_, fi_, en_) {code_, {sv_, fi_, en_}}

static const struct say reasons[] = {
	REASON("Error.ActivationFailed", "något annat som den hör ihop med gick inte att slå på; se de andra felen här",
		"jotakin muuta, johon se liittyy, ei voitu ottaa käyttöön; katso muut viat tästä",
		"something else that it belongs to could not be switched on; see the other faults here"),
	REASON("Error.AssetCannotBeDeserialized", "innehållet som den hämtar är inte av rätt slag; lägg upp det på nytt",
		"sen hakema sisältö ei ole oikeaa lajia; lisää se uudelleen",
		"what it fetches is not of the right kind; put it up anew"),
	REASON("Error.AssetCannotBeDownloaded",
		"iPaden kunde inte hämta det som hör till; se att den har nät och når servern, och försök igen",
		"iPad ei voinut hakea siihen kuuluvaa sisältöä; tarkista verkko ja yhteys palvelimeen ja yritä "
		"uudestaan",
		"the iPad could not fetch what belongs to it; see that it has a network and reaches the server, and "
		"try again"),
	REASON("Error.AssetCannotBeVerified",
		"det hämtade är inte det som var lovat; något på vägen har ändrat det, försök igen från ett annat nät",
		"haettu sisältö ei ole luvattu; jokin matkalla on muuttanut sitä, yritä uudestaan toisesta verkosta",
		"what came is not what was promised; something on the way changed it, try again from another network"),
	REASON("Error.ConfigurationCannotBeApplied",
		"den är rätt skriven men går inte att använda på just den här iPaden; se vad som redan är inställt på den",
		"se on oikein kirjoitettu mutta ei sovellu juuri tälle iPadille; katso, mitä sille on jo asetettu",
		"it is written right but cannot be used on this very iPad; see what is set on it already"),
	REASON("Error.ConfigurationCannotBeDeserialized", "den är fel skriven; rätta dess innehåll",
		"se on kirjoitettu väärin; korjaa sen sisältö", "it is written wrong; mend its content"),
	REASON("Error.ConfigurationFailed", "en annan inställning som den bygger på misslyckades; rätta den först",
		"toinen asetus, johon se perustuu, epäonnistui; korjaa se ensin",
		"another setting that it rests on failed; mend that one first"),
	REASON("Error.ConfigurationIsInvalid", "ett av dess värden godtas inte; rätta det",
		"jotakin sen arvoista ei hyväksytä; korjaa se", "one of its values is not accepted; mend it"),
	REASON("Error.ConfigurationNotSupported",
		"den är inte till för iPads, eller inte för så som den här är ansluten; ta bort den",
		"se ei ole tarkoitettu iPadeille tai tällä tavalla liitetyille; poista se",
		"it is not for iPads, or not for the way this one is enrolled; take it away"),
	REASON("Error.InvalidPayload", "iPaden fick inte hela; den hämtas igen nästa gång iPaden hör av sig",
		"iPad ei saanut sitä kokonaan; se haetaan uudelleen, kun iPad ottaa yhteyttä",
		"the iPad did not get all of it; it is fetched again when the iPad calls next"),
	REASON("Error.MissingAssets", "den pekar på innehåll som inte finns; lägg till det eller ta bort hänvisningen",
		"se viittaa sisältöön, jota ei ole; lisää se tai poista viittaus",
		"it points at content that is not there; add that, or take the reference away"),
	REASON("Error.MissingConfigurations",
		"den pekar på en inställning som inte finns; lägg till den eller ta bort hänvisningen",
		"se viittaa asetukseen, jota ei ole; lisää se tai poista viittaus",
		"it points at a setting that is not there; add that, or take the reference away"),
	REASON("Error.MissingState", "iPaden har tappat bort sig; starta om den och försök igen",
		"iPad on sekaisin; käynnistä se uudelleen ja yritä sitten",
		"the iPad has lost track; restart it, and try again"),
	REASON("Error.PredicateFailed", "villkoret för den gick inte att räkna ut; rätta villkoret",
		"sen ehtoa ei voitu laskea; korjaa ehto", "its condition could not be worked out; mend the condition"),
	REASON("Error.UnableToEvaluatePredicate", "villkoret för den gick inte att räkna ut; rätta villkoret",
		"sen ehtoa ei voitu laskea; korjaa ehto", "its condition could not be worked out; mend the condition"),
	REASON("Error.UnableToParsePredicate", "villkoret för den är fel skrivet; rätta villkoret",
		"sen ehto on kirjoitettu väärin; korjaa ehto", "its condition is written wrong; mend the condition"),
	REASON("Error.UnableToParsePredicateWithCustomOperator",
		"villkoret för den använder ett ord som iPadens version inte kan; skriv det enklare",
		"sen ehdossa on sana, jota iPadin versio ei tunne; kirjoita se yksinkertaisemmin",
		"its condition uses a word that this version of iPadOS does not know; write it more plainly"),
	REASON("Error.Unknown", "iPaden vet inte själv varför; försök igen, och läs dess egna ord",
		"iPad ei itsekään tiedä syytä; yritä uudestaan ja lue sen omat sanat",
		"the iPad itself does not know why; try again, and read its own words"),
	REASON("Error.UnknownPayloadKeys",
		"den har värden som iPadens version inte känner; ta bort dem, eller uppdatera iPadOS",
		"siinä on arvoja, joita iPadin versio ei tunne; poista ne tai päivitä iPadOS",
		"it has values that this version of iPadOS does not know; take them away, or update iPadOS"),
	REASON("Info.NotReferencedByActivation", "ingenting slår på den ännu", "mikään ei vielä ota sitä käyttöön",
		"nothing switches it on yet"),
	REASON("Info.NotReferencedByConfiguration", "ingen inställning använder den ännu",
		"mikään asetus ei vielä käytä sitä", "no setting uses it yet"),
	REASON("Info.Predicate", "villkoret för den är inte uppfyllt just nu", "sen ehto ei täyty juuri nyt",
		"its condition does not hold just now"),
};
static const struct say reason_unknown = {"declaration.reason_unknown",
	{"iPaden säger nej med koden {0}, som Hylla inte känner",
		"iPad kieltäytyy koodilla {0}, jota Hylla ei tunne",
		"the iPad says no with the code {0}, which Hylla does not know"}};
static const struct say own_words = {"declaration.own_words",
	{"{0}; iPadens egna ord: {1}", "{0}; iPadin omat sanat: {1}",
		"{0}; the iPad's own words: {1}"}};

static const struct say *reason_find(const char *code)
{
	for (size_t i = 0; i < sizeof(reasons) / sizeof(reasons[0]); i++) {
		if (text_equal(reasons[i].code, code))
			return &reasons[i];
	}
	return NULL;
}

static bool is_code(const char *s, size_t n)
{
	return n > 6 && n < 80 &&
	       (strncmp(s, "Error.", 6) == 0 || strncmp(s, "Info.", 5) == 0) &&
	       strspn(s, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-") >= n;
}

const char *mdm_reason_text(struct arena *a, const char *reason, enum say_lang lang)
{
	size_t n = reason ? strcspn(reason, ": ") : 0;
	struct refusal r = {0};
	const char *words, *text;
	const struct say *known;

	if (!reason || !is_code(reason, n))
		return reason;
	words = reason[n] == ':' ? reason + n + 1 + strspn(reason + n + 1, " ") : "";
	r.arg[0] = arena_strndup(a, reason, n);
	known = reason_find(r.arg[0]);
	r.say = known ? known : &reason_unknown;
	text = refusal_text(a, lang, &r);
	if (!*words)
		return text;
	r = (struct refusal){.say = &own_words, .arg = {text, words}};
	return refusal_text(a, lang, &r);
}

/* --- from a report --- */

static const char *details_text(struct arena *a, const struct doc *details)
{
	AUTO(buf) struct buf b = BUF_INIT(600);
	static const char *const lists[] = {
		"UnknownPayloadKeys", "AssetIdentifiers", "ConfigurationIdentifiers"};

	for (size_t i = 0; i < sizeof(lists) / sizeof(lists[0]); i++) {
		const struct doc *l = doc_list(details, lists[i]);

		for (size_t j = 0; j < doc_list_size(l) && j < 5; j++)
			if (doc_list_str(l, j))
				buf_printf(&b, "%s%.80s", b.n ? ", " : "", doc_list_str(l, j));
	}
	if (b.n)
		return arena_strdup(a, buf_str(&b));
	return doc_str(details, "Error");
}

const char *mdm_reason_of(struct arena *a, const struct doc *reason)
{
	const char *code = doc_str(reason, "code"), *said = doc_str(reason, "description");
	const struct doc *details = doc_object(reason, "details");
	const char *words;

	code = code ? code : doc_str(reason, "Code");
	said = said ? said : doc_str(reason, "Description");
	words = details_text(a, details ? details : doc_object(reason, "Details"));
	words = words ? words : said;
	if (!code)
		return words;
	return words ? arena_printf(a, "%.100s: %.300s", code, words) : arena_strdup(a, code);
}
