/* SPDX-License-Identifier: EUPL-1.2 */
/* What the scan box says: what it did, why not, and what one can do then. */
#include "inventory/circulation_int.h"

#define SAY(name, code, sv, fi, en) const struct say name = {code, {sv, fi, en}}

SAY(inv_say_scan_unknown, "scan.unknown",
	"Ingen sak har koden {0}, och inget lånekort. Skanna en annan etikett, eller sök på namnet.",
	"Millään esineellä ei ole koodia {0}, eikä millään lainauskortilla. Skannaa toinen tarra tai etsi nimellä.",
	"Nothing has the code {0}, and no card has. Scan another label, or search by the name.");
SAY(inv_say_scan_worn, "scan.worn",
	"Ingen sak har koden {0}, och den kan vara fel läst: som varukod, IMEI eller SIM-kort har "
	"den fel kontrollsiffra. Skanna igen, eller sök på namnet.",
	"Millään esineellä ei ole koodia {0}, ja se on voitu lukea väärin: tuotekoodina, IMEI-koodina "
	"tai SIM-korttina sen tarkistusnumero ei täsmää. Skannaa uudelleen tai etsi nimellä.",
	"Nothing has the code {0}, and it may have been read wrong: as the code of a product, an "
	"IMEI or a SIM card its check digit does not fit. Scan again, or search by its name.");
SAY(inv_say_scan_near, "scan.near", "Ingen sak har koden {0}. Menade du {1}?",
	"Millään esineellä ei ole koodia {0}. Tarkoititko {1}?",
	"Nothing has the code {0}. Did you mean {1}?");
SAY(inv_say_scan_several, "scan.several", "Flera saker har koden {0}. Välj vilken det är.",
	"Usealla esineellä on koodi {0}. Valitse oikea.",
	"Several things have the code {0}. Choose which it is.");
SAY(inv_say_scan_product, "scan.product",
	"{0} är produktens kod, lika på alla. Skanna etiketten med vårt eget nummer.",
	"{0} on tuotteen koodi, sama kaikissa. Skannaa oman numeromme tarra.",
	"{0} is the product's code, the same on all. Scan the label with our own number.");
SAY(inv_say_scan_product_in, "scan.product-in",
	"{0}: alla har den koden. Vilken är det? Skanna etiketten med vårt eget nummer, eller välj.",
	"{0}: kaikilla on sama koodi. Mikä niistä? Skannaa oman numeromme tarra tai valitse.",
	"{0}: all of them have that code. Which is it? Scan the label with our own number, or choose.");
SAY(inv_say_scan_product_out, "scan.product-out",
	"{0}: ingen är inne just nu. Ställ låntagaren i kö, så säger vi till när en kommer.",
	"{0}: yhtään ei ole nyt paikalla. Aseta lainaaja jonoon, niin ilmoitamme, kun sellainen tulee.",
	"{0}: none is in just now. Put the borrower in the queue, and we say when one comes.");
SAY(inv_say_scan_no_card, "scan.no-card",
	"Inget lånekort har det numret här. Sök på namnet, eller lägg till låntagaren.",
	"Millään lainauskortilla ei ole tätä numeroa. Etsi nimellä tai lisää lainaaja.",
	"No loan card here has that number. Search by name, or add the borrower.");
SAY(inv_say_scan_no_place, "scan.no-place", "Det finns ingen plats som heter {0}.",
	"Paikkaa {0} ei ole.", "There is no place called {0}.");
SAY(inv_say_scan_place_closed, "scan.place-closed", "{0} används inte längre. Välj en annan plats.",
	"{0} ei ole enää käytössä. Valitse toinen paikka.",
	"{0} is no longer in use. Choose another place.");
SAY(inv_say_scan_place_zone, "scan.place-zone",
	"{0} är den andra verksamhetens plats. Välj en av era egna.",
	"{0} on toisen palvelun paikka. Valitse oma paikka.",
	"{0} is the other service's place. Choose one of your own.");
SAY(inv_say_scan_bad_loan, "scan.bad-loan",
	"{0} är inget lånenummer: kontrollsiffran stämmer inte. Skanna igen.",
	"{0} ei ole lainan numero: tarkistusnumero ei täsmää. Skannaa uudelleen.",
	"{0} is no loan's number: its check digit does not fit. Scan again.");
SAY(inv_say_scan_no_agreement, "scan.no-agreement",
	"Det finns inget lån med avtalet {0}. Skanna saken eller lånets nummer.",
	"Sopimuksella {0} ei ole lainaa. Skannaa esine tai lainan numero.",
	"No loan has the agreement {0}. Scan the thing, or the loan's number.");
SAY(inv_say_scan_nobody, "scan.nobody", "Vem lånar? Skanna lånekortet eller sök på namnet.",
	"Kuka lainaa? Skannaa lainauskortti tai etsi nimellä.",
	"Who borrows? Scan the loan card, or search by name.");
SAY(inv_say_scan_full, "scan.full", "Disken är full ({0} saker). Lämna ut dem först.",
	"Tiski on täynnä ({0} esinettä). Luovuta ne ensin.",
	"The desk is full ({0} things). Lend them first.");
SAY(inv_say_scan_empty, "scan.empty", "Inget blev skannat. Försök igen.",
	"Mitään ei skannattu. Yritä uudelleen.", "Nothing was scanned. Try again.");
SAY(inv_say_scan_long, "scan.long", "Det var för mycket på en gång. Skanna en sak i taget.",
	"Liian paljon kerralla. Skannaa yksi esine kerrallaan.",
	"That was too much at once. Scan one thing at a time.");
SAY(inv_say_scan_nothing, "scan.nothing", "Ingenting ligger på disken. Skanna en sak först.",
	"Tiskillä ei ole mitään. Skannaa ensin esine.",
	"There is nothing on the desk. Scan a thing first.");
SAY(inv_say_scan_in_bundle, "scan.in-bundle",
	"{0} är utlånad. Lämna ut det som ligger på disken först, eller ta emot den nu.",
	"{0} on lainassa. Luovuta ensin tiskillä olevat tai ota se nyt vastaan.",
	"{0} is out. Lend what is on the desk first, or take it back now.");
SAY(inv_say_scan_chosen, "scan.chosen",
	"{0} är utlånad, och du håller på att låna ut. Skanna en annan sak, eller ta emot den först.",
	"{0} on lainassa, ja olet antamassa lainaksi. Skannaa toinen esine tai ota se ensin vastaan.",
	"{0} is out, and you are about to lend. Scan another thing, or take this one back first.");
SAY(inv_say_scan_away, "scan.away",
	"{0} är {1}, men här är den. Gör klart utlåningen först, eller ta emot den nu.",
	"{0} on {1}, mutta tässä se on. Tee lainaus ensin loppuun tai ota se nyt vastaan.",
	"{0} is {1}, but here it is. Finish the lending first, or take it back now.");
SAY(inv_say_scan_other_person, "scan.other-person",
	"Det ligger saker för en annan låntagare på disken. Lämna ut dem eller töm disken först.",
	"Tiskillä on toisen lainaajan esineitä. Luovuta ne tai tyhjennä tiski ensin.",
	"There are things for another borrower on the desk. Lend them, or clear the desk first.");

SAY(inv_say_look_gone, "scan.look-gone",
	"{0} har hunnit vidare sedan den togs emot. Ändra skicket på sakens egen sida.",
	"{0} on jo liikkunut vastaanoton jälkeen. Muuta kuntoa esineen omalla sivulla.",
	"{0} has moved on since it came back. Change its condition on its own page.");

SAY(inv_say_look_other, "scan.look-other",
	"{0} ligger inte längre på disken. Ändra skicket på sakens egen sida.",
	"{0} ei ole enää tiskillä. Muuta kuntoa esineen omalla sivulla.",
	"{0} is no longer on the desk. Change its condition on its own page.");

SAY(inv_say_did_added, "did.added", "{1} ({0}) ligger på disken, åter {2:when}.",
	"{1} ({0}) on tiskillä, palautus {2:when}.", "{1} ({0}) is on the desk, due {2:when}.");
SAY(inv_say_did_added_lease, "did.added-lease",
	"{1} ({0}) ligger på disken, åter {2:when}. Det är tidigare än vanligt, för leasingen "
	"slutar då.",
	"{1} ({0}) on tiskillä, palautus {2:when}. Se on tavallista aikaisemmin, sillä leasing "
	"päättyy silloin.",
	"{1} ({0}) is on the desk, due {2:when}. That is sooner than usual, since its lease ends "
	"then.");
SAY(inv_say_did_returned, "did.returned", "{1} ({0}) är återlämnad.", "{1} ({0}) on palautettu.",
	"{1} ({0}) is back.");
SAY(inv_say_did_handed_in, "did.handed-in", "{1} ({0}) är inlämnad. Den ska kontrolleras.",
	"{1} ({0}) on palautettu. Se on vielä tarkastettava.",
	"{1} ({0}) is handed in. It is to be inspected.");
SAY(inv_say_did_returned_late, "did.returned-late", "{1} ({0}) är återlämnad, {2} dagar för sent.",
	"{1} ({0}) on palautettu, {2} päivää myöhässä.", "{1} ({0}) is back, {2} days late.");
SAY(inv_say_did_returned_late_one, "did.returned-late-one",
	"{1} ({0}) är återlämnad, 1 dag för sent.", "{1} ({0}) on palautettu, 1 päivän myöhässä.",
	"{1} ({0}) is back, 1 day late.");
SAY(inv_say_did_returned_short, "did.returned-short",
	"{1} ({0}) är återlämnad, men {2} delar saknas.",
	"{1} ({0}) on palautettu, mutta {2} osaa puuttuu.",
	"{1} ({0}) is back, but {2} parts are missing.");
SAY(inv_say_did_returned_short_one, "did.returned-short-one",
	"{1} ({0}) är återlämnad, men 1 del saknas.",
	"{1} ({0}) on palautettu, mutta 1 osa puuttuu.",
	"{1} ({0}) is back, but 1 part is missing.");
SAY(inv_say_did_hold, "did.hold", "{1} ({0}) är återlämnad. Ställ den på hämthyllan: någon väntar.",
	"{1} ({0}) on palautettu. Laita se noutohyllyyn: joku odottaa.",
	"{1} ({0}) is back. Put it on the hold shelf: somebody waits.");
SAY(inv_say_did_hold_at, "did.hold-at",
	"{1} ({0}) är återlämnad. Någon väntar på den och hämtar på {2}: skicka den dit.",
	"{1} ({0}) on palautettu. Joku odottaa sitä, ja noutopaikka on {2}: lähetä se sinne.",
	"{1} ({0}) is back. Somebody waits for it and fetches it at {2}: send it there.");
SAY(inv_say_did_found_hold, "did.found-hold",
	"{1} ({0}) var anmäld som borta och är här igen. Ställ den på hämthyllan: någon väntar.",
	"{1} ({0}) oli kadonnut ja on nyt täällä. Laita se noutohyllyyn: joku odottaa.",
	"{1} ({0}) was gone and is here again. Put it on the hold shelf: somebody waits.");
SAY(inv_say_did_found_handed_in, "did.found-handed-in",
	"{1} ({0}) var anmäld som borta och är här igen. Den ska kontrolleras.",
	"{1} ({0}) oli kadonnut ja on nyt täällä. Se on vielä tarkastettava.",
	"{1} ({0}) was gone and is here again. It is to be inspected.");
SAY(inv_say_did_found_short, "did.found-short",
	"{1} ({0}) var anmäld som borta och är här igen, men {2} delar saknas.",
	"{1} ({0}) oli kadonnut ja on nyt täällä, mutta {2} osaa puuttuu.",
	"{1} ({0}) was gone and is here again, but {2} parts are missing.");
SAY(inv_say_did_found_short_one, "did.found-short-one",
	"{1} ({0}) var anmäld som borta och är här igen, men 1 del saknas.",
	"{1} ({0}) oli kadonnut ja on nyt täällä, mutta 1 osa puuttuu.",
	"{1} ({0}) was gone and is here again, but 1 part is missing.");
SAY(inv_say_did_found, "did.found", "{1} ({0}) var anmäld som borta och är här igen.",
	"{1} ({0}) oli kadonnut ja on nyt täällä.", "{1} ({0}) was gone and is here again.");
SAY(inv_say_did_borrower, "did.borrower", "Låntagaren är vald. Skanna sakerna.",
	"Lainaaja on valittu. Skannaa esineet.", "The borrower is chosen. Scan the things.");
SAY(inv_say_did_loan, "did.loan", "Lån {0}: {1} saker ute, åter {2:when}.",
	"Laina {0}: {1} esinettä lainassa, palautus {2:when}.", "Loan {0}: {1} things out, due {2:when}.");
SAY(inv_say_did_loan_one, "did.loan-one", "Lån {0}: 1 sak ute, åter {2:when}.",
	"Laina {0}: 1 esine lainassa, palautus {2:when}.", "Loan {0}: 1 thing out, due {2:when}.");
SAY(inv_say_did_place, "did.place", "Disken är nu {0}.", "Tiski on nyt {0}.",
	"The desk is now {0}.");
SAY(inv_say_did_renewed, "did.renewed", "Omlånat: {0} saker, åter {1:when} (lån {2}).",
	"Uusittu: {0} esinettä, palautus {1:when} (laina {2}).",
	"Renewed: {0} things, due {1:when} (loan {2}).");
SAY(inv_say_did_renewed_one, "did.renewed-one", "Omlånat: 1 sak, åter {1:when} (lån {2}).",
	"Uusittu: 1 esine, palautus {1:when} (laina {2}).",
	"Renewed: 1 thing, due {1:when} (loan {2}).");
SAY(inv_say_did_undone, "did.undone", "Ångrat. Allt är som det var.",
	"Peruttu. Kaikki on ennallaan.", "Undone. Everything is as it was.");
SAY(inv_say_did_mode_lend, "did.lend-mode", "Nu lånas ut. Skanna lånekort och saker.",
	"Nyt lainataan. Skannaa kortti ja esineet.", "Lending now. Scan the card and the things.");
SAY(inv_say_did_mode_return, "did.return-mode", "Nu tas emot. Skanna sakerna.",
	"Nyt otetaan vastaan. Skannaa esineet.", "Taking back now. Scan the things.");
SAY(inv_say_did_mode_renew, "did.renew-mode", "Nu lånas om. Skanna sakerna eller lånets nummer.",
	"Nyt uusitaan. Skannaa esineet tai lainan numero.",
	"Renewing now. Scan the things, or the loan's number.");
SAY(inv_say_did_clear, "did.clear", "Disken är tom.", "Tiski on tyhjä.", "The desk is clear.");
SAY(inv_say_did_lent, "did.lent", "Utlämnat: {0} saker på lån {1}, åter {2:when}.",
	"Luovutettu: {0} esinettä lainalla {1}, palautus {2:when}.",
	"Lent: {0} things on loan {1}, due {2:when}.");
SAY(inv_say_did_lent_one, "did.lent-one", "Utlämnat: 1 sak på lån {1}, åter {2:when}.",
	"Luovutettu: 1 esine lainalla {1}, palautus {2:when}.",
	"Lent: 1 thing on loan {1}, due {2:when}.");
SAY(inv_say_did_print, "did.print", "Kvittot för lån {0} öppnas för utskrift.",
	"Lainan {0} kuitti avataan tulostettavaksi.", "The slip of loan {0} opens to be printed.");

SAY(inv_say_door_open_loan, "door.open-loan", "Öppna lånet", "Avaa laina", "Open the loan");
SAY(inv_say_door_return, "door.return", "Ta emot den", "Ota vastaan", "Take it back");
SAY(inv_say_door_yes, "door.yes", "Ja, gör det ändå", "Kyllä, tee silti", "Yes, do it anyway");
SAY(inv_say_door_item, "door.item", "Visa saken", "Näytä esine", "Show the thing");
SAY(inv_say_door_hold, "door.hold", "Reservera en annan dag", "Varaa toinen päivä",
	"Reserve another day");
SAY(inv_say_door_inspect, "door.inspect", "Kontrollera den", "Tarkasta se", "Inspect it");
SAY(inv_say_door_borrower, "door.borrower", "Visa låntagaren", "Näytä lainaaja",
	"Show the borrower");
SAY(inv_say_door_scan_again, "door.again", "Skanna igen", "Skannaa uudelleen", "Scan again");
SAY(inv_say_door_search, "door.search", "Sök", "Etsi", "Search");
SAY(inv_say_door_clear, "door.clear", "Töm disken", "Tyhjennä tiski", "Clear the desk");
SAY(inv_say_door_renew, "door.renew", "Låna om", "Uusi laina", "Renew");
SAY(inv_say_door_lend, "door.lend", "Lämna ut", "Luovuta", "Lend");
SAY(inv_say_door_new_borrower, "door.new-borrower", "Lägg till låntagare", "Lisää lainaaja",
	"Add a borrower");
SAY(inv_say_door_sign, "door.sign", "Skriv under lånet", "Allekirjoita laina", "Sign the loan");
SAY(inv_say_door_sign_return, "door.sign-return", "Skriv under återlämningen",
	"Allekirjoita palautus", "Sign the return");
SAY(inv_say_door_whole, "door.whole", "Ja, allt är med", "Kyllä, kaikki on mukana",
	"Yes, everything is there");
SAY(inv_say_door_missing, "door.missing", "Något saknas", "Jotain puuttuu",
	"Something is missing");
SAY(inv_say_door_all, "door.all", "Visa alla av den", "Näytä kaikki", "Show all of them");
SAY(inv_say_door_hold_one, "door.hold-one", "Reservera en", "Varaa yksi", "Reserve one");
SAY(inv_say_door_make, "door.make", "Lägg till saken", "Lisää esine", "Add the thing");
