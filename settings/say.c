/* SPDX-License-Identifier: EUPL-1.2 */
/* Why a value cannot be. */
#include "settings/settings_int.h"

#define SAY(name, code, sv, fi, en) const struct say name = {code, {sv, fi, en}}

SAY(setting_say_number, "setting.number", "Skriv ett helt tal mellan {0} och {1}.",
	"Kirjoita kokonaisluku väliltä {0}–{1}.", "Write a whole number from {0} to {1}.");
SAY(setting_say_span, "setting.span",
	"Skriv ett tal och en bokstav: 90d är dagar, 12h timmar, 30m minuter. Minst {0}, högst {1}.",
	"Kirjoita luku ja kirjain: 90d on päiviä, 12h tunteja, 30m minuutteja. Vähintään {0}, "
	"enintään {1}.",
	"Write a number and a letter: 90d is days, 12h hours, 30m minutes. At least {0}, at most "
	"{1}.");
SAY(setting_say_choice, "setting.choice", "Svara yes eller no (ja eller nej).",
	"Vastaa yes tai no (kyllä tai ei).", "Answer yes or no.");
SAY(setting_say_one_of, "setting.one-of", "\"{0}\" går inte att välja. Välj bland: {1}.",
	"\"{0}\" ei ole valittavissa. Valitse näistä: {1}.",
	"\"{0}\" cannot be chosen. Choose from: {1}.");
SAY(setting_say_empty, "setting.empty", "Här måste stå något. Skriv ett värde och försök igen.",
	"Tämä ei voi olla tyhjä. Kirjoita arvo ja yritä uudelleen.",
	"Something must stand here. Write a value and try again.");
SAY(setting_say_long, "setting.long", "Texten är för lång. Korta den till högst {0} tecken.",
	"Teksti on liian pitkä. Lyhennä se enintään {0} merkkiin.",
	"The text is too long. Make it at most {0} characters.");
SAY(setting_say_line, "setting.line",
	"Texten måste stå på en rad, utan osynliga tecken. Ta bort radbrytningar.",
	"Tekstin on oltava yhdellä rivillä ilman näkymättömiä merkkejä. Poista rivinvaihdot.",
	"The text must stand on one line, without invisible characters. Take out line breaks.");
SAY(setting_say_mail, "setting.mail",
	"\"{0}\" är ingen e-postadress. Skriv som namn@kommun.se, med mellanslag mellan flera.",
	"\"{0}\" ei ole sähköpostiosoite. Kirjoita muodossa nimi@kunta.se, välilyönti osoitteiden "
	"väliin.",
	"\"{0}\" is no e-mail address. Write it as name@municipality.se, with blanks between "
	"several.");
SAY(setting_say_hours, "setting.hours",
	"Skriv två klockslag som 20:00-08:00, eller lämna tomt för ingen tyst tid.",
	"Kirjoita kaksi kellonaikaa muodossa 20:00-08:00, tai jätä tyhjäksi.",
	"Write two times like 20:00-08:00, or leave it empty for none.");
SAY(setting_say_dates, "setting.dates",
	"\"{0}\" är ingen dag med ett namn. Skriv som 2027-03-01 Utvecklaravtalet; 2027-05-30 Domännamnet, högst {1} stycken.",
	"\"{0}\" ei ole päivä ja nimi. Kirjoita kuten 2027-03-01 Kehittäjäsopimus; 2027-05-30 Verkkotunnus, enintään {1}.",
	"\"{0}\" is no day with a name. Write like 2027-03-01 Developer agreement; 2027-05-30 Domain name, {1} at most.");
SAY(setting_say_version, "setting.version",
	"Skriv en version som 18.2, eller lämna tomt för vilken som helst.",
	"Kirjoita versio muodossa 18.2, tai jätä tyhjäksi.",
	"Write a version like 18.2, or leave it empty for any.");
SAY(setting_say_why, "setting.why",
	"Skriv varför, så att den som läser historiken förstår. Högst 200 tecken på en rad.",
	"Kirjoita syy, jotta historiaa lukeva ymmärtää. Enintään 200 merkkiä yhdellä rivillä.",
	"Write why, so that whoever reads the history understands. At most 200 characters on one "
	"line.");
SAY(setting_say_same, "setting.same",
	"Inget ändrades: det värdet gäller redan. Ändra värdet, eller gå tillbaka.",
	"Mikään ei muuttunut: arvo on jo voimassa. Muuta arvoa tai palaa takaisin.",
	"Nothing changed: that value counts already. Change it, or go back.");
