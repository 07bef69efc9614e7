/* SPDX-License-Identifier: EUPL-1.2 */
/* What agreements and wordings say to people. Each "no" says what to do instead. */
#include "inventory/agreement_int.h"

#define SAY(name, code_, sv, fi, en) \
	const struct say inv_say_##name = {.code = code_, .text = {sv, fi, en}}

SAY(agreement_signed, "agreement.signed",
	"Överenskommelsen är redan undertecknad och kan inte ändras. Gör en ny om något är fel.",
	"Sopimus on jo allekirjoitettu, eikä sitä voi muuttaa. Tee uusi, jos jokin on väärin.",
	"This agreement is signed and cannot be changed. Make a new one if something is wrong.");
SAY(agreement_void, "agreement.void", "Överenskommelsen gäller inte längre. Gör en ny.",
	"Sopimus ei ole enää voimassa. Tee uusi.",
	"This agreement is no longer in force. Make a new one.");
SAY(void_reason, "agreement.void_reason",
	"Avtalet är underskrivet. Skriv varför det inte ska gälla, med högst 500 tecken.",
	"Sopimus on allekirjoitettu. Kirjoita enintään 500 merkillä, miksi se ei ole voimassa.",
	"The agreement is signed. Write why it shall not hold, in 500 characters at most.");
SAY(bad_ink, "agreement.bad_ink",
	"Namnteckningen syns inte. Be låntagaren skriva en gång till, eller skriv under på papper.",
	"Allekirjoitus ei näy. Pyydä lainaajaa kirjoittamaan uudelleen tai allekirjoittakaa "
	"paperilla.",
	"The signature cannot be seen. Ask the borrower to write once more, or sign on paper.");
SAY(bad_name, "agreement.bad_name",
	"Skriv ditt namn med bokstäver, för- och efternamn. Det räknas som din namnteckning.",
	"Kirjoita nimesi kirjaimin, etu- ja sukunimi. Se on allekirjoituksesi.",
	"Write your name in letters, first and last. It counts as your signature.");
SAY(bad_way, "agreement.bad_way",
	"Säg om det undertecknas på skärm (screen), med namnet på tangentbordet (typed) eller på "
	"papper (paper).",
	"Kerro, allekirjoitetaanko näytöllä (screen), nimi näppäillen (typed) vai paperilla (paper).",
	"Say whether it is signed on the screen, by typing the name (typed) or on paper.");
SAY(bad_signer, "agreement.bad_signer",
	"Säg vem som skriver under: self, relative, representative eller guardian.",
	"Kerro, kuka allekirjoittaa: self, relative, representative tai guardian.",
	"Say who signs: self, relative, representative or guardian.");
SAY(signer_may_not, "agreement.signer_may_not",
	"Den personen får inte hämta och lämna åt låntagaren och kan därför inte skriva under. Låt låntagaren "
	"skriva under, eller fråga låntagaren och skriv in på låntagarens sida att personen får hämta och lämna.",
	"Tämä henkilö ei saa noutaa ja palauttaa lainaajan puolesta, joten hän ei voi allekirjoittaa. Anna lainaajan "
	"allekirjoittaa, tai kysy lainaajalta ja merkitse lainaajan sivulle, että henkilö saa noutaa ja palauttaa.",
	"That person may not fetch and bring back for the borrower, and so cannot sign. Let the borrower sign, or "
	"ask the borrower and write on the borrower's page that the person may fetch and bring back.");
SAY(signer_which, "agreement.signer_which",
	"Flera anhöriga eller ombud får hämta och lämna åt låntagaren. Välj vem av dem som skriver under.",
	"Useampi läheinen saa noutaa ja palauttaa lainaajan puolesta. Valitse, kuka heistä allekirjoittaa.",
	"Several relatives may fetch and bring back for the borrower. Choose which of them signs.");
SAY(bad_identity, "agreement.bad_identity",
	"Säg vilken sorts legitimation du såg: id_card, driving_licence, passport, residence_card, "
	"known eller none. Skriv aldrig numret.",
	"Kerro, minkä henkilöllisyystodistuksen näit: id_card, driving_licence, passport, "
	"residence_card, known tai none. Älä koskaan kirjoita numeroa.",
	"Say which kind of identification you saw: id_card, driving_licence, passport, "
	"residence_card, known or none. Never write its number.");
SAY(wording_field, "wording.field",
	"Texten har ett fält som inte finns: {0}. Rätta det eller ta bort klamrarna.",
	"Tekstissä on kenttä, jota ei ole: {0}. Korjaa se tai poista aaltosulkeet.",
	"The text has a field that there is not: {0}. Mend it, or take the braces away.");
SAY(wording_items, "wording.items",
	"Texten måste ha raden {0} för sig själv, annars står inte sakerna på pappret.",
	"Tekstissä on oltava rivi {0} omana rivinään, muuten tavarat eivät näy paperissa.",
	"The text needs the line {0} by itself, or the things would not be on the paper.");
SAY(wording_empty, "wording.empty", "Skriv både rubrik och text, med högst 32 000 tecken.",
	"Kirjoita sekä otsikko että teksti, enintään 32 000 merkkiä.",
	"Write both a title and a text, of 32 000 characters at most.");
SAY(wording_changed, "wording.changed",
	"Någon annan har ändrat texten sedan du öppnade den. Hämta den på nytt.",
	"Joku muu on muuttanut tekstiä avaamisesi jälkeen. Hae se uudelleen.",
	"Somebody else changed the text since you opened it. Fetch it again.");
SAY(paper_empty, "agreement.empty", "Det finns inga saker att skriva på pappret.",
	"Paperiin ei ole kirjoitettavia tavaroita.", "There are no things to put on the paper.");

SAY(nothing_left, "letter.nothing-left",
	"Ingen del saknas av det som kom tillbaka, så det finns inget att skriva om.",
	"Palautetuista ei puutu mitään osaa, joten kirjoitettavaa ei ole.",
	"No part is missing of what came back, so there is nothing to write about.");
