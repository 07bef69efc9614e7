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
