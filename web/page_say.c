/* SPDX-License-Identifier: EUPL-1.2 */
/* The words of pages. {0} is whose pages they are. One language a line. */
#include "web/web_int.h"

#define WORD(key, sv, fi, en)              \
	{                                  \
		key,                       \
		{                          \
			"page." key,       \
			{                  \
				sv, fi, en \
			}                  \
		}                          \
	}

/* clang-format off */
const struct web_page_word web_page_words[] = {
	WORD("skip",
		"Hoppa till innehållet",
		"Siirry sisältöön",
		"Skip to the content"),
	WORD("language",
		"Språk",
		"Kieli",
		"Language"),
	WORD("questions",
		"Vill du fråga någon?",
		"Haluatko kysyä joltakulta?",
		"Would you like to ask someone?"),
	WORD("contact",
		"Kontakt",
		"Yhteystiedot",
		"Contact"),
	WORD("call",
		"Hör av dig:",
		"Ota yhteyttä:",
		"Get in touch:"),
	WORD("ask",
		"Fråga den som lånade ut iPaden till dig.",
		"Kysy siltä, joka lainasi iPadin sinulle.",
		"Ask whoever lent you the iPad."),
	WORD("home",
		"Till första sidan",
		"Etusivulle",
		"To the first page"),

	WORD("promise_title",
		"Vi ser inte vad du gör på iPaden",
		"Emme näe, mitä teet iPadilla",
		"We do not see what you do on the iPad"),
	WORD("promise_lead",
		"Du lånar en iPad av {0}. Vi sköter den på avstånd, så att den fungerar och är säker. "
		"Vi följer inte hur du använder den.",
		"Lainaat iPadin, jonka omistaja on {0}. Hoidamme sitä etänä, jotta se toimii ja on "
		"turvallinen. Emme seuraa, miten käytät sitä.",
		"You borrow an iPad from {0}. We look after it from a distance, so that it works and "
		"is safe. We do not follow how you use it."),
	WORD("promise_none",
		"Vi har inga frågor om dina bilder, meddelanden, samtal eller de webbsidor du läser.",
		"Meillä ei ole kysymyksiä kuvistasi, viesteistäsi, puheluistasi tai lukemistasi "
		"verkkosivuista.",
		"We have no questions about your pictures, messages, calls or the web pages you "
		"read."),
	WORD("never_title",
		"Det här frågar vi aldrig efter",
		"Tätä emme koskaan kysy",
		"What we never ask for"),
	WORD("never_word",
		"Aldrig:",
		"Emme koskaan:",
		"Never:"),
	WORD("where_title",
		"Var iPaden är",
		"Missä iPad on",
		"Where the iPad is"),
	WORD("where_text",
		"Det kan vi bara fråga om iPaden är borttappad eller stulen. Två personer måste "
		"bestämma det tillsammans, och det skrivs ner vilka de var och varför.",
		"Sen voimme kysyä vain, jos iPad on kadonnut tai varastettu. Kahden henkilön on "
		"päätettävä siitä yhdessä, ja muistiin kirjataan, ketkä päättivät ja miksi.",
		"We can only ask for that if the iPad is lost or stolen. Two people must decide it "
		"together, and who they were and why is written down."),
	WORD("rights_title",
		"Det här kan vi göra",
		"Tämän voimme tehdä",
		"What we can do"),
	WORD("rights_why",
		"Vi behöver det för att hjälpa dig, hålla iPaden säker och ta hand om den när du "
		"lämnar tillbaka den.",
		"Tarvitsemme sitä auttaaksemme sinua, pitääksemme iPadin turvallisena ja "
		"huolehtiaksemme siitä, kun palautat sen.",
		"We need it to help you, to keep the iPad safe and to take care of it when you bring "
		"it back."),
	WORD("true_title",
		"Hur vet jag att det är sant?",
		"Mistä tiedän, että se on totta?",
		"How do I know that it is true?"),
	WORD("true_text",
		"Listorna på den här sidan skriver programmet själv, ur det som styr vad det kan "
		"göra. Ändras programmet så ändras sidan.",
		"Ohjelma kirjoittaa tämän sivun luettelot itse siitä, mikä ohjaa sen toimintaa. Jos "
		"ohjelma muuttuu, sivukin muuttuu.",
		"The program writes the lists on this page itself, from what decides what it can do. "
		"If the program changes, so does the page."),
	WORD("true_see",
		"Du kan också se på iPaden vad vi får göra: Inställningar, Allmänt, VPN och "
		"enhetshantering.",
		"Voit myös katsoa iPadista, mitä saamme tehdä: Asetukset, Yleiset, VPN ja "
		"laitehallinta.",
		"You can also see on the iPad what we may do: Settings, General, VPN & Device "
		"Management."),
	WORD("all_asked",
		"Allt som programmet kan be en iPad om",
		"Kaikki, mitä ohjelma voi pyytää iPadilta",
		"Everything the program can ask of an iPad"),
	WORD("all_asked_text",
		"Efter varje rad står Apples eget namn, så att den som vill kan kontrollera.",
		"Jokaisen rivin jälkeen on Applen oma nimi, jotta sen voi halutessaan tarkistaa.",
		"After each line stands Apple's own name, so that anyone who wants to can check."),
	WORD("all_never",
		"Allt som programmet har avstått från",
		"Kaikki, mistä ohjelma on luopunut",
		"Everything the program does without"),
	{0},
};

static const struct say title_missing = {"page.error.missing", {
	"Sidan finns inte",
	"Sivua ei ole",
	"There is no such page"}};
static const struct say title_denied = {"page.error.denied", {
	"Här behöver du en annan behörighet",
	"Tähän tarvitset toisen oikeuden",
	"You need another permission here"}};
static const struct say title_later = {"page.error.later", {
	"Försök igen om en stund",
	"Yritä hetken kuluttua uudelleen",
	"Try again in a while"}};
static const struct say title_ours = {"page.error.ours", {
	"Något gick fel hos oss",
	"Meillä meni jotain vikaan",
	"Something went wrong here"}};
static const struct say title_not_done = {"page.error.not-done", {
	"Det gick inte",
	"Se ei onnistunut",
	"That did not work"}};
/* clang-format on */

const struct say *web_error_title(int status)
{
	switch (status) {
	case 404:
	case 410:
		return &title_missing;
	case 401:
	case 403:
		return &title_denied;
	case 502:
	case 503:
		return &title_later;
	default:
		return status >= 500 ? &title_ours : &title_not_done;
	}
}
