/* SPDX-License-Identifier: EUPL-1.2 */
/* The promise as a document: what the code's tables say, and what of it concerns watching in
 * words that need no Apple names. */
#include "web/web_int.h"

#include "base/text.h"

/* One language a line. */
/* clang-format off */
static const struct {
	const char *request;
	struct say say;
} plain[] = {
	{"InstalledApplicationList", {"unwatched.apps", {
		"vilka appar du har på iPaden",
		"mitä sovelluksia iPadissasi on",
		"which apps you have on the iPad"}}},
	{"ManagedApplicationFeedback", {"unwatched.app-use", {
		"vad du gör i en app",
		"mitä teet sovelluksessa",
		"what you do in an app"}}},
	{"RequestMirroring", {"unwatched.screen", {
		"vad som syns på skärmen",
		"mitä näytöllä näkyy",
		"what is on the screen"}}},
	{"TriggerEnhancedLogCollection", {"unwatched.logs", {
		"iPadens loggar över vad som har hänt i den",
		"iPadin lokeja siitä, mitä siinä on tapahtunut",
		"the iPad's own logs of what has happened in it"}}},
};
/* Why we have each right. */
static const struct say whys[] = {
	{"right.list_profiles", {
		"För att se att rätt inställningar finns.",
		"Jotta näemme, että oikeat asetukset ovat paikallaan.",
		"To see that the right settings are there."}},
	{"right.profiles", {
		"Så att nät och säkerhet fungerar utan att du behöver ställa in något.",
		"Jotta verkko ja suojaus toimivat ilman, että sinun tarvitsee säätää mitään.",
		"So that network and security work without your having to set anything."}},
	{"right.lock", {
		"Om iPaden försvinner, eller om du har glömt koden.",
		"Jos iPad katoaa tai olet unohtanut koodin.",
		"If the iPad is lost, or you have forgotten the code."}},
	{"right.erase", {
		"När du har lämnat tillbaka den, eller om den är stulen: ingen ska kunna läsa det du "
		"har sparat.",
		"Kun olet palauttanut sen tai jos se on varastettu: kukaan ei saa lukea, mitä olet "
		"tallentanut.",
		"When you have brought it back, or if it is stolen: nobody shall be able to read what "
		"you have saved."}},
	{"right.device", {
		"För att veta vilken iPad det är och om den är laddad.",
		"Jotta tiedämme, mikä iPad se on ja onko se ladattu.",
		"To know which iPad it is and whether it is charged."}},
	{"right.network", {
		"För att hjälpa till när nätet inte fungerar, och spärra SIM-kortet om iPaden "
		"försvinner.",
		"Jotta voimme auttaa, kun verkko ei toimi, ja sulkea SIM-kortin, jos iPad katoaa.",
		"To help when the network does not work, and to stop the SIM if the iPad is lost."}},
	{"right.security", {
		"För att kunna säga till om iPaden är oskyddad.",
		"Jotta voimme kertoa, jos iPad on suojaamaton.",
		"To be able to tell you if the iPad is unprotected."}},
	{"right.settings", {
		"Så att iPaden är färdig att använda när du får den.",
		"Jotta iPad on käyttövalmis, kun saat sen.",
		"So that the iPad is ready to use when you get it."}},
	{"right.media", {
		"Så att de appar du behöver finns på den.",
		"Jotta tarvitsemasi sovellukset ovat siinä.",
		"So that the apps you need are on it."}},
};
/* clang-format on */

static void put_whys(struct doc *rights, enum say_lang lang)
{
	for (size_t i = 0; i < doc_list_size(rights); i++) {
		struct doc *row = doc_list_object(rights, i);

		for (size_t k = 0; k < sizeof(whys) / sizeof(whys[0]); k++) {
			if (text_equal(whys[k].code, doc_str(row, "code")))
				doc_set_str(row, "why", whys[k].text[lang]);
		}
	}
}

static void put_plain(struct doc *list, const struct doc *never, enum say_lang lang)
{
	const char *request = doc_str(never, "request");
	struct doc *row = doc_add_object(list);

	doc_set_str(row, "request", request);
	doc_set_str(row, "text", doc_str(never, "text"));
	for (size_t i = 0; i < sizeof(plain) / sizeof(plain[0]); i++) {
		if (!text_equal(plain[i].request, request))
			continue;
		doc_set_str(row, "code", plain[i].say.code);
		doc_set_str(row, "text", plain[i].say.text[lang]);
	}
}

void web_promise_doc(struct doc *d, enum say_lang lang)
{
	struct doc *list;
	const struct doc *never;

	mdm_promise(d, lang);
	put_whys(doc_list(d, "rights"), lang);
	never = doc_list(d, "never");
	list = doc_set_list(d, "unwatched");
	for (size_t i = 0; i < doc_list_size(never); i++) {
		const struct doc *row = doc_list_value(never, i);

		if (text_equal(doc_str(row, "code"), "never.watching"))
			put_plain(list, row, lang);
	}
}
