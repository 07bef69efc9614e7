/* SPDX-License-Identifier: EUPL-1.2 */
/* What is said of products, kits, places and the like. */
#include "inventory/inventory_int.h"

#define SAY(name, code, sv, fi, en) const struct say name = {code, {sv, fi, en}}

SAY(inv_say_no_product, "product.unknown",
	"Det finns ingen produkt som heter {0}. Lägg till produkten först, eller välj en ur "
	"listan.",
	"Tuotetta {0} ei ole. Lisää tuote ensin tai valitse luettelosta.",
	"There is no product called {0}. Add it first, or choose one from the list.");
SAY(inv_say_product_exists, "product.exists",
	"Det finns redan en produkt som heter {0}. Ändra den, eller ge den nya ett annat namn.",
	"Tuote {0} on jo olemassa. Muuta sitä tai anna uudelle toinen tunnus.",
	"There is a product called {0} already. Change that one, or give the new one another id.");
SAY(inv_say_product_kind, "product.kind-fixed",
	"Det finns exemplar av {0}, så produktens slag kan inte ändras. Gör en ny produkt.",
	"Tuotteesta {0} on kappaleita, joten sen lajia ei voi muuttaa. Tee uusi tuote.",
	"There are units of {0}, so its kind cannot change. Make a new product.");
SAY(inv_say_product_used, "product.used",
	"{1} exemplar hör till {0}. Flytta dem till en annan produkt först, eller avveckla "
	"produkten.",
	"Tuotteesta {0} on {1} kappaletta. Siirrä ne ensin toiselle tuotteelle tai poista tuote "
	"käytöstä.",
	"{1} units are of {0}. Move them to another product first, or wind the product down.");
SAY(inv_say_gtin_taken, "product.gtin-taken",
	"Streckkoden {0} hör redan till produkten {1}. Kontrollera vilken av dem som är rätt.",
	"Viivakoodi {0} kuuluu jo tuotteelle {1}. Tarkista, kumpi on oikea.",
	"The barcode {0} is the product {1}'s already. Check which of them is right.");
SAY(inv_say_gtin_bad, "product.gtin-bad",
	"{0} är inget GTIN: kontrollsiffran stämmer inte. Skanna streckkoden på förpackningen.",
	"{0} ei ole GTIN: tarkistusnumero on väärä. Skannaa pakkauksen viivakoodi.",
	"{0} is no GTIN: its check digit is wrong. Scan the barcode on the box.");
SAY(inv_say_name_needed, "thing.name-needed", "Skriv ett namn på svenska.",
	"Kirjoita nimi ruotsiksi.", "Write a name in Swedish.");
SAY(inv_say_kind_needed, "thing.kind-needed", "Välj ett slag.", "Valitse laji.", "Choose a kind.");
SAY(inv_say_number_bad, "thing.number-bad",
	"Ett belopp eller antal är mindre än noll eller orimligt stort. Rätta det.",
	"Summa tai määrä on negatiivinen tai kohtuuttoman suuri. Korjaa se.",
	"An amount or a number is below zero or far too large. Mend it.");
SAY(inv_say_text_long, "thing.text-long", "En text är för lång. Korta den.",
	"Teksti on liian pitkä. Lyhennä sitä.", "A text is too long. Shorten it.");
SAY(inv_say_id_bad, "thing.id-bad",
	"\"{0}\" kan inte vara ett id: bara bokstäver a till z, siffror och bindestreck, högst 64.",
	"\"{0}\" ei kelpaa tunnukseksi: vain kirjaimia a-z, numeroita ja yhdysviivoja, enintään "
	"64.",
	"\"{0}\" cannot be an id: letters a to z, digits and hyphens only, at most 64.");
SAY(inv_say_no_place, "place.unknown",
	"Det finns ingen plats som heter {0}. Lägg till platsen först, eller välj en ur listan.",
	"Paikkaa {0} ei ole. Lisää paikka ensin tai valitse luettelosta.",
	"There is no place called {0}. Add it first, or choose one from the list.");
SAY(inv_say_ambiguous, "unit.ambiguous",
	"Numret {0} hör till flera saker. Skanna etiketten med inventarienumret i stället.",
	"Numero {0} kuuluu usealle esineelle. Skannaa sen sijaan inventaariotarra.",
	"The number {0} belongs to several things. Scan the label with the item number instead.");
SAY(inv_say_is_ipad, "unit.is-ipad",
	"{0} är en iPad som är ansluten, och kan bara höra till en produkt av slaget iPad.",
	"{0} on liitetty iPad, ja se voi kuulua vain iPad-tuotteelle.",
	"{0} is an enrolled iPad, and can only be of a product of kind iPad.");
SAY(inv_say_code_taken, "unit.code-taken",
	"Numret {0} hör redan till en annan sak. Sök på numret för att se vilken.",
	"Numero {0} kuuluu jo toiselle esineelle. Hae numerolla nähdäksesi, mille.",
	"The number {0} belongs to another thing already. Search for it to see which.");
SAY(inv_say_code_held, "unit.code-held",
	"Koden {0} sitter redan på {1}, och en sådan kod har bara en enda sak. Är det samma sak, använd {1}. Annars: "
	"skanna igen, eller ta först bort koden från {1}.",
	"Koodi {0} on jo esineellä {1}, ja sellainen koodi on vain yhdellä esineellä. Jos esine on sama, käytä "
	"numeroa {1}. Muuten skannaa uudelleen tai poista koodi ensin esineeltä {1}.",
	"The code {0} is on {1} already, and only one thing has such a code. If it is the same thing, use {1}. "
	"Otherwise scan again, or take the code off {1} first.");
SAY(inv_say_code_kind, "unit.code-kind",
	"Inventarienummer och serienummer läggs inte till som extra kod ({0}). Inventarienumret ändras på saken; "
	"tillverkarens serienummer läggs till som sådant (maker_serial).",
	"Inventaarionumeroa ja sarjanumeroa ei lisätä lisäkoodina ({0}). Inventaarionumero muutetaan esineen "
	"tiedoissa; valmistajan sarjanumero lisätään sellaisena (maker_serial).",
	"An item number or a serial number is not added as a further code ({0}). The item number is changed on the "
	"thing; the maker's serial number is added as such (maker_serial).");
SAY(inv_say_ipad_serial, "unit.ipad-serial",
	"En iPad läggs upp med Apples serienummer. Skanna det på lådan eller på iPadens baksida.",
	"iPad lisätään Applen sarjanumerolla. Skannaa se laatikosta tai iPadin takaa.",
	"An iPad is added by its serial number from Apple. Scan it from the box or its back.");
SAY(inv_say_codes_of_many, "unit.codes-of-many",
	"Flera saker på en gång kan inte ha samma nummer. Lägg upp dem en och en, eller utan "
	"nummer.",
	"Useammalla esineellä ei voi olla samaa numeroa. Lisää ne yksitellen tai ilman numeroa.",
	"Several things cannot share one number. Add them one by one, or without numbers.");
SAY(inv_say_begin_state, "unit.begin-state", "En ny sak är beställd, levererad eller i lager.",
	"Uusi esine on tilattu, toimitettu tai varastossa.",
	"A new thing is ordered, delivered or in stock.");
SAY(inv_say_in_transit, "unit.in-transit",
	"{0} är på väg. Ta emot den först; då får den sin plats.",
	"{0} on matkalla. Ota se ensin vastaan; silloin se saa paikkansa.",
	"{0} is in transit. Let it arrive first; that gives it its place.");
SAY(inv_say_code_there, "unit.code-there", "{0} har redan den koden.", "Koodi {0} on jo merkitty.",
	"The code {0} is on it already.");
SAY(inv_say_codes_many, "unit.codes-many",
	"{0} har så många koder det går att ha. Ta bort en först.",
	"{0}: koodeja on jo enimmäismäärä. Poista ensin yksi.",
	"{0} has as many codes as there can be. Drop one first.");
SAY(inv_say_code_product, "unit.code-product",
	"{0} säger vilken produkt det är, inte vilken sak: alla av samma slag har samma etikett. Skanna "
	"etiketten med sakens serienummer, eller skriv serienumret. Produktens nummer (GTIN) hör hemma på "
	"produktens sida.",
	"{0} kertoo, mikä tuote tämä on, ei mikä tavara: kaikissa samanlaisissa on sama tarra. Skannaa tarra, "
	"jossa on tavaran sarjanumero, tai kirjoita sarjanumero. Tuotteen numero (GTIN) kuuluu tuotteen sivulle.",
	"{0} names the product and not this one thing: all of its kind have the same label. Scan the label with "
	"the thing's serial number, or type that number. The product's number (GTIN) belongs on the product's "
	"page.");
SAY(inv_say_code_digit, "unit.code-digit",
	"Kontrollsiffran i {0} stämmer inte. Skanna igen, eller jämför siffra för siffra.",
	"Numeron {0} tarkistusnumero on väärä. Skannaa uudelleen tai vertaa numero numerolta.",
	"The check digit of {0} is wrong. Scan again, or compare digit by digit.");
SAY(inv_say_code_not_there, "unit.code-not-there",
	"Saken har ingen sådan extra kod: {0}. Inventarienumret och serienumret ändras för sig.",
	"Esineellä ei ole lisäkoodia {0}. Inventaarionumero ja sarjanumero muutetaan erikseen.",
	"The thing has no such further code: {0}. Item number and serial number are changed by "
	"themselves.");
SAY(inv_say_part_what, "kit.part-what",
	"Skriv vad delen är: ett namn, en produkt eller en saks nummer.",
	"Kirjoita, mikä osa on: nimi, tuote tai esineen numero.",
	"Say what the part is: a name, a product or the number of a thing.");
SAY(inv_say_parts_many, "kit.parts-many", "Ett set kan ha högst 50 delar.",
	"Sarjassa voi olla enintään 50 osaa.", "A kit can have 50 parts at most.");
SAY(inv_say_kit_begun, "kit.begun", "{0} har redan delar. Lägg till eller ta bort dem en i taget.",
	"{0}: osia on jo. Lisää tai poista niitä yksi kerrallaan.",
	"{0} has parts already. Add or drop them one by one.");
SAY(inv_say_kit_no_template, "kit.no-template",
	"Produkten för {0} har ingen lista över delar. Skriv listan på produkten först.",
	"Esineen {0} tuotteella ei ole osaluetteloa. Kirjoita se ensin tuotteelle.",
	"The product of {0} has no list of parts. Write that list first.");
SAY(inv_say_kit_in_kit, "kit.in-kit",
	"{0} kan inte vara en del: ett set kan inte ligga i ett annat set.",
	"{0} ei voi olla osa: sarja ei voi olla toisen sarjan sisällä.",
	"{0} cannot be a part: a kit cannot be inside another kit.");
SAY(inv_say_part_elsewhere, "kit.part-elsewhere",
	"{0} hör redan till {1}. Ta bort den därifrån först.",
	"{0} kuuluu jo sarjaan {1}. Poista se ensin sieltä.",
	"{0} is a part of {1} already. Take it out there first.");
SAY(inv_say_part_state, "kit.part-state",
	"{0} och {1} är inte i samma tillstånd. Lämna tillbaka eller märk om en av dem först.",
	"{0} ja {1} eivät ole samassa tilassa. Palauta tai merkitse toinen ensin.",
	"{0} and {1} are not in the same state. Return or mark one of them first.");
SAY(inv_say_no_part, "kit.no-part", "{0} har ingen del på den platsen. Läs in listan igen.",
	"{0}: tällä kohdalla ei ole osaa. Lataa luettelo uudelleen.",
	"{0} has no part at that position. Load the list again.");
SAY(inv_say_goes_with_kit, "kit.part-of-kit",
	"{0} är en del av {1} och följer med det. Flytta {1}, eller ta bort delen först.",
	"{0} on sarjan {1} osa ja kulkee sen mukana. Siirrä {1} tai poista osa ensin.",
	"{0} is a part of {1} and goes with it. Move {1}, or take the part out first.");
SAY(inv_say_not_sim, "sim.not-one", "{0} är inget SIM-kort. Lägg upp SIM-kortet för sig.",
	"{0} ei ole SIM-kortti. Lisää SIM-kortti erikseen.",
	"{0} is no SIM. Add the SIM by itself.");
SAY(inv_say_phone_bad, "sim.phone-bad",
	"{0} är inget telefonnummer. Skriv som 070-123 45 67 eller +46701234567.",
	"{0} ei ole puhelinnumero. Kirjoita muodossa 070-123 45 67 tai +46701234567.",
	"{0} is no phone number. Write it like 070-123 45 67 or +46701234567.");
SAY(inv_say_pin_bad, "sim.pin-bad", "PIN har fyra till åtta siffror och PUK har åtta.",
	"PIN-koodissa on neljästä kahdeksaan numeroa ja PUK-koodissa kahdeksan.",
	"A PIN has four to eight digits and a PUK has eight.");
SAY(inv_say_reason_needed, "thing.reason-needed", "Skriv varför, med några ord.",
	"Kirjoita lyhyesti, miksi.", "Write why, in a few words.");
SAY(inv_say_place_round, "place.round",
	"{0} kan inte ligga inuti sig själv. Välj en annan plats ovanför.",
	"{0} ei voi olla itsensä sisällä. Valitse toinen yläpaikka.",
	"{0} cannot be inside itself. Choose another place above it.");
SAY(inv_say_place_exists, "place.exists", "Det finns redan en plats som heter {0}.",
	"Paikka {0} on jo olemassa.", "There is a place called {0} already.");
SAY(inv_say_place_closed, "place.closed", "{0} används inte längre. Välj en annan plats.",
	"{0} ei ole enää käytössä. Valitse toinen paikka.",
	"{0} is no longer used. Choose another place.");
SAY(inv_say_days_bad, "place.days-bad", "Välj en första och en sista dag, högst ett år.",
	"Valitse ensimmäinen ja viimeinen päivä, enintään vuosi.",
	"Choose a first and a last day, a year at most.");
SAY(inv_say_there_already, "transfer.there-already", "{0} är redan på {1}.",
	"{0} on jo paikassa {1}.", "{0} is at {1} already.");
SAY(inv_say_not_in_transit, "transfer.not-in-transit",
	"{0} är inte på väg någonstans. Ställ den på en hylla i stället.",
	"{0} ei ole matkalla. Aseta se sen sijaan hyllyyn.",
	"{0} is not in transit. Put it on a shelf instead.");
SAY(inv_say_not_here, "transfer.not-here",
	"{0} är inte här, enligt vad som står om den. Lämna tillbaka eller märk den först.",
	"{0} ei tietojen mukaan ole täällä. Palauta tai merkitse se ensin.",
	"{0} is not here, by what is written of it. Return it or mark it first.");
SAY(inv_say_no_delivery, "delivery.unknown",
	"Det finns ingen leverans som heter {0}. Lägg upp den först.",
	"Toimitusta {0} ei ole. Lisää se ensin.", "There is no delivery called {0}. Add it first.");
SAY(inv_say_delivery_closed, "delivery.closed", "Leveransen {0} är avslutad.",
	"Toimitus {0} on päätetty.", "The delivery {0} is closed.");
SAY(inv_say_delivery_differs, "delivery.differs",
	"Leveransen {0} stämmer inte än. Gå igenom skillnaderna på leveransens sida, eller ändra hur "
	"många som är beställda.",
	"Toimitus {0} ei täsmää vielä. Käy erot läpi toimituksen sivulla tai muuta tilattua määrää.",
	"The delivery {0} does not agree yet. Go through the differences on its page, or change how "
	"many are ordered.");
SAY(inv_say_delivery_moved, "delivery.moved",
	"{0} är inte längre som när den togs emot. Ändra på sakens egen sida.",
	"{0} ei ole enää sellainen kuin vastaanotettaessa. Muuta sitä esineen omalla sivulla.",
	"{0} is no longer as it was when it was received. Change it on the thing's own page.");
SAY(inv_say_not_of_delivery, "delivery.not-of", "{0} hör inte till leveransen {1}.",
	"{0} ei kuulu toimitukseen {1}.", "{0} does not belong to the delivery {1}.");
SAY(inv_say_id_slash, "id.slash", "{0} har ett snedstreck. Skriv ett bindestreck i stället.",
	"Numerossa {0} on vinoviiva. Kirjoita sen sijaan yhdysmerkki.",
	"{0} has a slash. Write a hyphen instead.");
SAY(inv_say_import_gone, "import.gone",
	"Den inläsningen finns inte kvar. Bara de 20 senaste kan ångras.",
	"Sitä luentaa ei enää ole. Vain 20 viimeisintä voi kumota.",
	"That list is not kept any more. Only the last 20 can be undone.");
SAY(inv_say_import_undone, "import.undone", "Inläsningen är redan ångrad.",
	"Luenta on jo kumottu.", "It is undone already.");
SAY(inv_say_import_touched, "import.touched",
	"Det har hänt något med {0} sedan listan lästes in, så den kan inte ångras som helhet. "
	"Ändra i stället på sakerna var för sig.",
	"Esineelle {0} on tapahtunut jotain listan lukemisen jälkeen, joten sitä ei voi kumota "
	"kokonaan. Muuta esineitä yksitellen.",
	"Something has happened to {0} since the list was read in, so it cannot be undone as a "
	"whole. Change the things one by one instead.");
SAY(inv_say_task_other, "task.other", "Den uppgiften har ingen egen åtgärd. Markera den som gjord.",
	"Tällä tehtävällä ei ole omaa toimintoa. Merkitse se tehdyksi.",
	"That task has no act of its own. Mark it as done.");
SAY(inv_say_task_loan_gone, "task.loan-gone",
	"Lånet står inte längre på den utbytta plattan. Markera uppgiften som gjord.",
	"Laina ei ole enää vaihdetulla iPadilla. Merkitse tehtävä tehdyksi.",
	"The loan is no longer on the iPad that was exchanged. Mark the task as done.");
SAY(inv_say_task_loan_stays, "task.loan-stays",
	"Lånet kan inte flyttas till {0} än: den är {1}. Ta först emot den, så att den är i lager, och "
	"tryck igen.",
	"Lainaa ei voi vielä siirtää: {0} on {1}. Ota se ensin vastaan niin, että se on varastossa, ja "
	"paina uudelleen.",
	"The loan cannot be moved to {0} yet: it is {1}. First take it back, so that it is in stock, "
	"and press again.");
SAY(inv_say_announce_none, "delivery.announce-none",
	"Skriv serienumren, ett på varje rad, högst 5 000 åt gången.",
	"Kirjoita sarjanumerot, yksi riville, enintään 5 000 kerralla.",
	"Write the serial numbers, one a line, at most 5,000 at a time.");
SAY(inv_say_no_lease, "lease.unknown",
	"Det finns inget leasingavtal {0}. Lägg upp det under Leasingavtal.",
	"Leasingsopimusta {0} ei ole. Lisää se kohdassa Leasingsopimukset.",
	"There is no lease {0}. Add it under Leases.");
SAY(inv_say_lease_holds, "lease.holds",
	"Avtalet {0} kan inte avslutas än: {1} saker på det har inte lämnats tillbaka. Lämna tillbaka "
	"dem, eller flytta dem till ett annat avtal.",
	"Sopimusta {0} ei voi vielä päättää: {1} siihen kuuluvaa esinettä on palauttamatta. Palauta "
	"ne tai siirrä ne toiseen sopimukseen.",
	"The lease {0} cannot be closed yet: {1} things on it have not gone back. Return them, or "
	"move them to another lease.");
SAY(inv_say_lease_endless, "lease.endless",
	"Avtalet {0} har inget slutdatum. Skriv ett, eller en början och antalet månader.",
	"Sopimuksella {0} ei ole päättymispäivää. Kirjoita se, tai alku ja kuukausien määrä.",
	"The lease {0} has no end. Give one, or a start and the number of months.");
SAY(inv_say_received, "delivery.received", "{0} är redan mottagen.", "{0} on jo vastaanotettu.",
	"{0} was received already.");
SAY(inv_say_symptom_needed, "fault.symptom-needed", "Skriv vad som är fel.",
	"Kirjoita, mikä on vialla.", "Write what is wrong.");
SAY(inv_say_fault_closed, "fault.closed",
	"Felanmälan är redan avslutad. Gör en ny om felet är tillbaka.",
	"Vikailmoitus on jo suljettu. Tee uusi, jos vika palaa.",
	"The fault is closed already. Make a new one if it is back.");
SAY(inv_say_outcome_needed, "fault.outcome-needed", "Skriv hur det gick innan felanmälan avslutas.",
	"Kirjoita lopputulos ennen vikailmoituksen sulkemista.",
	"Write how it ended before closing the fault.");
SAY(inv_say_notices_many, "notice.many",
	"Det finns redan 50 öppna säkerhetsmeddelanden. Avsluta några först.",
	"Avoimia turvallisuusilmoituksia on jo 50. Sulje niistä osa ensin.",
	"There are 50 open safety notices already. Close some first.");
SAY(inv_say_notice_what, "notice.what",
	"Skriv vad meddelandet gäller: en produkt, en modell, ett parti eller serienummer.",
	"Kirjoita, mitä ilmoitus koskee: tuote, malli, erä tai sarjanumerot.",
	"Say what the notice is about: a product, a model, a lot or serial numbers.");
SAY(inv_say_notice_turned, "notice.turned",
	"Det första ({0}) kommer efter det sista ({1}), så ingen sak vore med. Byt plats på dem.",
	"Ensimmäinen ({0}) tulee viimeisen ({1}) jälkeen, joten yksikään esine ei olisi mukana. Vaihda ne "
	"keskenään.",
	"The first ({0}) comes after the last ({1}), so that no thing would be meant. Change them round.");
SAY(inv_say_notice_not_his, "notice.not-this",
	"{0} är inte kvar att hantera i det här meddelandet.",
	"{0} ei ole enää käsiteltävänä tässä ilmoituksessa.",
	"{0} is not left to handle in this notice.");
SAY(inv_say_notice_closed, "notice.closed", "Meddelandet är redan avslutat.",
	"Ilmoitus on jo suljettu.", "The notice is closed already.");
SAY(inv_say_notice_left, "notice.left", "{0} saker är inte hanterade än. Ta hand om dem först.",
	"{0} esinettä on vielä käsittelemättä. Käsittele ne ensin.",
	"{0} things are not handled yet. See to them first.");
SAY(inv_say_photo_large, "photo.large",
	"Bilden är för stor: högst 10 MB och 12 000 bildpunkter på en sida. Minska bilden, eller "
	"ta en ny med lägre upplösning.",
	"Kuva on liian suuri: enintään 10 Mt ja 12 000 kuvapistettä sivulla. Pienennä kuvaa tai "
	"ota uusi pienemmällä tarkkuudella.",
	"The picture is too large: 10 MB and 12 000 pixels a side at most. Make it smaller, or "
	"take a new one at a lower resolution.");
SAY(inv_say_photo_bad, "photo.bad",
	"Filen är ingen hel bild i JPEG, PNG eller WebP. Ta bilden igen.",
	"Tiedosto ei ole ehjä JPEG-, PNG- tai WebP-kuva. Ota kuva uudelleen.",
	"The file is no whole picture in JPEG, PNG or WebP. Take it again.");
SAY(inv_say_photos_many, "photo.many", "Det finns redan 40 bilder här. Ta bort några först.",
	"Täällä on jo 40 kuvaa. Poista niistä osa ensin.",
	"There are 40 pictures here already. Remove some first.");
SAY(inv_say_changed_since, "form.changed-since",
	"Någon annan har ändrat det här sedan du öppnade det. Vid varje fält som skiljer sig står vad som "
	"gäller nu. Rätta det du vill, och spara igen.",
	"Joku muu on muuttanut tätä sen jälkeen, kun avasit sen. Jokaisen eroavan kentän kohdalla on "
	"nykyinen arvo. Korjaa haluamasi ja tallenna uudelleen.",
	"Somebody else has changed this since you opened it. Beside each field that differs stands what "
	"counts now. Put right what you will, and save again.");
