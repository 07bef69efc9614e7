/* SPDX-License-Identifier: EUPL-1.2 */
/* What is said of the price table. */
#include "inventory/price_int.h"

#define SAY(name, code, sv, fi, en) const struct say name = {code, {sv, fi, en}}

SAY(inv_say_price_same, "price.same",
	"Inget pris blir ett annat. Skriv ett nytt pris på minst en rad, eller gå tillbaka.",
	"Yksikään hinta ei muutu. Kirjoita uusi hinta ainakin yhdelle riville tai palaa takaisin.",
	"No price becomes another. Write a new price on at least one row, or go back.");
SAY(inv_say_price_why, "price.why",
	"Skriv varför priserna ändras, till exempel beslutet, med högst 500 tecken.",
	"Kirjoita, miksi hinnat muuttuvat, esimerkiksi päätös, enintään 500 merkkiä.",
	"Write why the prices change, the decision for example, in at most 500 characters.");
SAY(inv_say_price_past, "price.past",
	"Priser kan gälla från i dag eller en dag inom fem år. Det som redan är utlånat behåller "
	"sitt pris.",
	"Hinnat voivat olla voimassa tästä päivästä tai päivästä viiden vuoden sisällä. Jo lainattu "
	"säilyttää hintansa.",
	"Prices can count from today or from a day within five years. What is lent already keeps its "
	"price.");
SAY(inv_say_price_twice, "price.twice", "{0} står två gånger. Låt en av raderna stå.",
	"{0} on mainittu kahdesti. Jätä yksi rivi.", "{0} stands twice. Keep one of the rows.");
SAY(inv_say_price_sum, "price.sum",
	"Priset på {0} måste vara mellan 0 och 1 000 000 kronor. Rätta det.",
	"Tuotteen {0} hinnan on oltava 0–1 000 000 kruunua. Korjaa se.",
	"The price of {0} must be between 0 and 1 000 000 kronor. Mend it.");
SAY(inv_say_price_gone, "price.gone", "Version {0} är redan återtagen.",
	"Versio {0} on jo peruttu.", "Version {0} is withdrawn already.");
SAY(inv_say_price_over, "price.over",
	"Inget av priserna i version {0} gäller längre, så det finns inget att ta tillbaka. Ändra "
	"priserna i stället.",
	"Mikään version {0} hinnoista ei ole enää voimassa, joten peruttavaa ei ole. Muuta hintoja.",
	"None of the prices of version {0} counts any more, so there is nothing to take back. Change "
	"the prices instead.");
SAY(inv_say_price_none, "price.none", "Skriv minst ett pris, högst 2 000 åt gången.",
	"Kirjoita vähintään yksi hinta, enintään 2 000 kerralla.",
	"Write at least one price, at most 2 000 at a time.");
