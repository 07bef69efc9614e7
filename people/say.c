/* SPDX-License-Identifier: EUPL-1.2 */
/* What this room says to people. Each "no" says what to do instead. */
#include "people/people_int.h"

#include "base/text.h"

#define SAY(name, code_, sv, fi, en) \
	const struct say people_say_##name = {.code = code_, .text = {sv, fi, en}}

SAY(none, "borrower.none", "Det finns ingen låntagare {0}. Sök på namn, eller skanna lånekortet.",
	"Lainaajaa {0} ei ole. Hae nimellä tai lue lainauskortti.",
	"There is no borrower {0}. Search by name, or scan the loan card.");
SAY(nobody, "borrower.nobody",
	"Det står inte vilken låntagare det gäller. Sök på namn, eller skanna lånekortet.",
	"Lainaajaa ei ole valittu. Hae nimellä tai lue lainauskortti.",
	"It does not say which borrower this is for. Search by name, or scan the loan card.");
SAY(no_reason, "borrower.no_reason",
	"Säg varför du öppnar uppgifterna: vid disken, samtal, brev, rättelse eller utdrag.",
	"Kerro, miksi avaat tiedot: palvelutiskillä, puhelu, kirje, korjaus tai ote.",
	"Say why you open this: desk, call, letter, correct or extract.");
SAY(no_words, "borrower.no_words",
	"Uppgifterna är skyddade. Skriv med minst åtta tecken varför du behöver dem; den ansvariga "
	"får veta att du har tittat.",
	"Tiedot on suojattu. Kirjoita vähintään kahdeksalla merkillä, miksi tarvitset niitä; "
	"vastuuhenkilö saa tiedon katselustasi.",
	"This identity is protected. Write, in eight characters or more, why you need it; the "
	"officer in charge is told that you looked.");
SAY(in_list, "borrower.in_list", "En skyddad identitet visas inte i listor. Skanna lånekortet.",
	"Suojattua henkilöllisyyttä ei näytetä luetteloissa. Lue lainauskortti.",
	"A protected identity is shown in no list. Scan the loan card.");
SAY(number_in_words, "borrower.number_in_words",
	"Skälet sparas: skriv det utan nummer och namn, med högst 200 tecken.",
	"Syy tallentuu: kirjoita se ilman numeroita ja nimiä, enintään 200 merkkiä.",
	"The reason is kept: write it without numbers and names, in 200 characters at most.");
SAY(blocked, "borrower.blocked",
	"Låntagaren är spärrad ({0}). Häv spärren först, om den inte gäller längre.",
	"Lainaaja on lainauskiellossa ({0}). Poista kielto ensin, jos se ei ole enää voimassa.",
	"The borrower is blocked ({0}). Lift the block first, if it no longer holds.");
SAY(expired, "borrower.expired",
	"Låntagaren är avslutad ({0}). Gör låntagaren aktiv igen, om det är fel.",
	"Lainaajan asiakkuus on päättynyt ({0}). Ota se uudelleen käyttöön, jos se on virhe.",
	"The borrower has ended ({0}). Make the borrower active again, if that is wrong.");
SAY(erased, "borrower.erased", "Låntagarens uppgifter är gallrade. Lägg upp personen på nytt.",
	"Lainaajan tiedot on poistettu. Lisää henkilö uudelleen.",
	"What was stored of the borrower is erased. Add the person anew.");
SAY(identity_taken, "borrower.identity_taken",
	"Numret hör redan till låntagare {0}. Öppna den i stället för att lägga upp en till.",
	"Numero kuuluu jo lainaajalle {0}. Avaa se, älä lisää toista.",
	"That number is already borrower {0}'s. Open it instead of adding another.");
SAY(card_taken, "borrower.card_taken",
	"Lånekortet hör redan till låntagare {0}. Välj ett annat kort.",
	"Lainauskortti kuuluu jo lainaajalle {0}. Valitse toinen kortti.",
	"That card is already borrower {0}'s. Choose another card.");
SAY(bad_field, "borrower.bad_field", "Fältet {0} saknas eller är skrivet på ett sätt som inte går.",
	"Kenttä {0} puuttuu tai on kirjoitettu väärin.",
	"The field {0} is missing, or written in a way that cannot be.");
SAY(odd, "borrower.text_odd",
	"Fältet {0} har tecken som inte syns: en tabb, ett styrtecken eller något som vänder skrivriktningen. "
	"Skriv det för hand i stället för att klistra in det.",
	"Kentässä {0} on merkkejä, joita ei näe: sarkain, ohjausmerkki tai jotain, mikä kääntää "
	"kirjoitussuunnan. Kirjoita se käsin liittämisen sijaan.",
	"The field {0} has characters that are not seen: a tab, a control character or something that turns "
	"the direction of writing. Type it instead of pasting it.");
SAY(no_identity, "borrower.no_identity",
	"För den här tjänsten sparas inga personuppgifter (beslut: {0}). Töm namn, nummer, telefon, "
	"e-post, hela adressen, anteckning och behov, ta bort anhöriga om det finns några, och spara "
	"igen. Lånekortet räcker.",
	"Tässä palvelussa ei tallenneta henkilötietoja (päätös: {0}). Tyhjennä nimi, numero, puhelin, "
	"sähköposti, koko osoite, muistiinpano ja tarpeet, poista mahdolliset omaiset ja tallenna "
	"uudelleen. Lainauskortti riittää.",
	"No personal data are stored for this service (decision: {0}). Empty the name, number, "
	"telephone, e-mail, whole address, note and needs, take away relatives if there are any, and "
	"save again. The card is enough.");
SAY(no_relatives, "borrower.no_relatives",
	"För den här tjänsten sparas inga personuppgifter (beslut: {0}), så inte heller anhöriga. Den "
	"som kommer med lånekortet får låna och lämna tillbaka utan att namnet sparas.",
	"Tässä palvelussa ei tallenneta henkilötietoja (päätös: {0}), ei siis omaisiakaan. "
	"Lainauskortin tuoja saa lainata ja palauttaa ilman, että nimeä tallennetaan.",
	"No personal data are stored for this service (decision: {0}), and so no relatives. Whoever "
	"comes with the card may borrow and bring back without a name being stored.");
SAY(no_giver, "borrower.no_giver",
	"För den här tjänsten sparas inga personuppgifter (beslut: {0}). Lämna namnet tomt: det räcker "
	"att välja vem som svarade.",
	"Tässä palvelussa ei tallenneta henkilötietoja (päätös: {0}). Jätä nimi tyhjäksi: riittää, "
	"että valitset kuka vastasi.",
	"No personal data are stored for this service (decision: {0}). Leave the name empty: to choose "
	"who answered is enough.");
SAY(number_in_field, "borrower.number_in_field",
	"I fältet {0} står ett personnummer eller samordningsnummer. Ta bort det därifrån: det hör bara "
	"hemma i fältet för personnummer.",
	"Kentässä {0} on henkilönumero tai koordinointinumero. Poista se sieltä: se kuuluu vain "
	"henkilönumeron kenttään.",
	"The field {0} holds a personnummer or samordningsnummer. Take it out: it belongs in the field "
	"for the personnummer alone.");
SAY(loans_open, "borrower.loans_open",
	"Låntagaren har {0} lån kvar. Ta emot sakerna först; sedan kan uppgifterna gallras.",
	"Lainaajalla on {0} lainaa. Ota tavarat ensin vastaan; sitten tiedot voi poistaa.",
	"The borrower still has {0} loans. Take the things back first; then this can be erased.");
SAY(zone_needs, "borrower.zone_needs",
	"Uppgifter om behov och hälsa hör till omsorgen och sparas inte i biblioteket. Ta bort "
	"dem.",
	"Tarpeita ja terveyttä koskevat tiedot kuuluvat hoivaan, eikä niitä tallenneta "
	"kirjastossa. "
	"Poista ne.",
	"What concerns needs and health belongs to care and is not stored in the library. Leave it "
	"out.");
SAY(changed, "borrower.changed",
	"Någon annan har ändrat uppgifterna sedan du öppnade dem. Hämta dem på nytt och ändra "
	"igen.",
	"Joku muu on muuttanut tietoja avaamisesi jälkeen. Hae ne uudelleen ja tee muutos.",
	"Somebody else changed this since you opened it. Fetch it again and make the change anew.");
SAY(doubtful, "borrower.doubtful",
	"Numret kan höra till ett barn eller till någon över hundra år. Skriv det med tolv "
	"siffror.",
	"Numero voi kuulua lapselle tai yli satavuotiaalle. Kirjoita se kahdellatoista numerolla.",
	"That number may be a child's or that of somebody over a hundred. Write all twelve "
	"digits.");
SAY(bad_identity, "borrower.bad_identity",
	"Det är inget personnummer eller samordningsnummer. Skriv tolv siffror, ÅÅÅÅMMDDNNNN, "
	"eller "
	"säg att det är ett reservnummer.",
	"Se ei ole henkilönumero eikä koordinointinumero. Kirjoita kaksitoista numeroa, "
	"VVVVKKPPNNNN, tai ilmoita, että se on varanumero.",
	"That is no personnummer or samordningsnummer. Write twelve digits, YYYYMMDDNNNN, or say "
	"that "
	"it is a reserve number.");
SAY(protocol_open, "borrower.protocol_open",
	"Gallringslista {0} väntar på en kollegas beslut. Bekräfta eller dra tillbaka den först.",
	"Poistoluettelo {0} odottaa kollegan päätöstä. Vahvista tai peru se ensin.",
	"Erasure list {0} waits for a colleague's decision. Confirm or withdraw it first.");
SAY(protocol_over, "borrower.protocol_over",
	"Den här gallringslistan är redan avslutad. Upprätta en ny, om det behövs.",
	"Tämä poistoluettelo on jo päättynyt. Laadi tarvittaessa uusi.",
	"This erasure list is already ended. Draw up a new one, if it is needed.");
SAY(protocol_second, "borrower.protocol_second",
	"Du har själv upprättat listan. Be en kollega läsa och bekräfta den.",
	"Olet itse laatinut luettelon. Pyydä kollegaa lukemaan ja vahvistamaan se.",
	"You drew this list up yourself. Ask a colleague to read and confirm it.");
SAY(person_needed, "borrower.person_needed",
	"Det här gör två personer med egna konton, inte {0}. Logga in med ditt konto.",
	"Tämän tekevät kaksi henkilöä omilla tunnuksillaan, ei {0}. Kirjaudu omalla "
	"tunnuksellasi.",
	"Two people with accounts of their own do this, not {0}. Sign in with your account.");
SAY(nobody_due, "borrower.nobody_due",
	"Ingens tid är ute, så det finns inget att gallra. Titta på nytt en annan dag.",
	"Kenenkään määräaika ei ole päättynyt, joten poistettavaa ei ole. Katso uudelleen "
	"toisena päivänä.",
	"Nobody's time is up, so there is nothing to erase. Look again another day.");
SAY(second_person, "borrower.second_person",
	"Utdraget om en skyddad identitet kräver två personer. Din begäran är noterad; be en "
	"kollega "
	"hämta utdraget inom ett dygn.",
	"Suojatun henkilön ote vaatii kaksi henkilöä. Pyyntösi on merkitty; pyydä kollegaa "
	"hakemaan "
	"ote vuorokauden kuluessa.",
	"An extract of a protected identity needs two people. Your request is noted; ask a "
	"colleague "
	"to fetch it within a day.");
SAY(too_many, "borrower.too_many", "Det finns redan så många som får sparas. Ta bort någon först.",
	"Niitä on jo niin monta kuin saa tallentaa. Poista ensin jokin.",
	"There are as many as may be stored. Take one away first.");
SAY(protected, "borrower.protected", "Skyddad identitet", "Suojattu henkilöllisyys",
	"Protected identity");
SAY(unnamed, "borrower.unnamed", "Utan namn", "Ilman nimeä", "Without a name");
SAY(own_look, "borrower.own_look",
	"Du har själv tittat på uppgifterna. En annan person ska granska och kvittera.",
	"Katselit tietoja itse. Toisen henkilön on tarkistettava ja kuitattava.",
	"That look was your own. Another person has to judge it and sign.");
SAY(zone_needed, "borrower.zone_needed",
	"Säg om låntagaren hör till omsorgen (care) eller biblioteket (library).",
	"Kerro, kuuluuko lainaaja hoivaan (care) vai kirjastoon (library).",
	"Say whether the borrower belongs to care or to the library.");
SAY(name_needed, "borrower.name_needed", "Skriv låntagarens namn.", "Kirjoita lainaajan nimi.",
	"Write the borrower's name.");

const struct say *people_reason_say(const char *code)
{
	static const struct {
		const char *code;
		struct say say;
	} known[] = {
		{"unpaid", {"borrower.reason-unpaid", {"obetald ersättning", "maksamaton korvaus",
						     "unpaid compensation"}}},
		{"moved", {"borrower.reason-moved", {"har flyttat", "on muuttanut", "has moved"}}},
		{"died", {"borrower.reason-died", {"har avlidit", "on kuollut", "has died"}}},
		{"asked", {"borrower.reason-asked", {"har bett om det", "on pyytänyt sitä", "asked for it"}}},
		{"other", {"borrower.reason-other", {"annat skäl", "muu syy", "another reason"}}},
	};

	for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++) {
		if (text_equal(known[i].code, code))
			return &known[i].say;
	}
	return NULL;
}
