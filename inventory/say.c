/* SPDX-License-Identifier: EUPL-1.2 */
/* What the inventory says to people: names of states, refusals, faults of an import. */
#include "inventory/inventory_int.h"

#include "base/text.h"

#define SAY(name, code, sv, fi, en) const struct say name = {code, {sv, fi, en}}

SAY(inv_say_same_state, "unit.same-state", "{0} är redan {1}. Inget har ändrats.",
	"{0} on jo tilassa {1}. Mitään ei muutettu.", "{0} is {1} already. Nothing was changed.");
SAY(inv_say_duty_care, "item.role",
	"{0} får din roll inte märka som {1}. Det gör en konsulent eller IT vård och omsorg: ring dem. En iPad låses och ett abonnemang stoppas då med detsamma.",
	"Roolisi ei saa merkitä kohdetta {0} tilaan {1}. Sen tekee konsultti tai hoivan IT: soita heille. iPad lukitaan ja liittymä suljetaan samalla.",
	"Your role may not mark {0} as {1}. A consultant or the care's IT does that: call them. An iPad is then locked and a subscription stopped at once.");
SAY(inv_say_duty_found, "item.role",
	"{0} får din roll inte märka som upphittad. Det gör en konsulent eller IT vård och omsorg: ring dem. En iPad låses då upp igen.",
	"Roolisi ei saa merkitä kohdetta {0} löytyneeksi. Sen tekee konsultti tai hoivan IT: soita heille. Silloin iPadin lukitus avataan.",
	"Your role may not mark {0} as found. A consultant or the care's IT does that: call them. An iPad is then unlocked again.");
SAY(inv_say_duty_it, "item.role-it",
	"{0} får din roll inte märka som {1} i det tillstånd den har. Det gör IT vård och omsorg eller en administratör: ring dem.",
	"Roolisi ei saa merkitä kohdetta {0} sen nykyisessä tilassa tilaan {1}. Sen tekee hoivan IT tai ylläpitäjä: soita heille.",
	"Your role may not mark {0} as {1} in the state it is in. The care's IT or an administrator does that: call them.");
SAY(inv_say_not_from, "unit.not-from-here",
	"{0} ({1}) kan inte bli {2} direkt. Märk den som i lager först.",
	"{0} on tilassa {1} eikä voi siirtyä suoraan tilaan {2}. Merkitse se ensin varastoon.",
	"{0} is {1} and cannot become {2} at once. Mark it as in stock first.");
SAY(inv_say_police, "unit.police",
	"\"{0}\" är inget ärendenummer. Skriv det som polisen gav det, till exempel 5000-K123456-26: bokstäver, siffror och bindestreck, högst {1} tecken.",
	"\"{0}\" ei ole asianumero. Kirjoita se niin kuin poliisi sen antoi, esimerkiksi 5000-K123456-26: kirjaimia, numeroita ja yhdysmerkkejä, enintään {1} merkkiä.",
	"\"{0}\" is no case number. Write it as the police gave it, for example 5000-K123456-26: letters, digits and hyphens, {1} characters at most.");
SAY(inv_say_police_not_away, "unit.police-not-away",
	"{0} är {1}. Ett ärendenummer hör till det som är stulet eller borttappat: märk den så först.",
	"{0} on tilassa {1}. Asianumero kuuluu varastettuun tai kadonneeseen: merkitse se ensin sellaiseksi.",
	"{0} is {1}. A case number belongs to what is stolen or lost: mark it so first.");
SAY(inv_say_found_first, "unit.found-first",
	"{0} är {1}. Märk den som upphittad först; då låses också iPaden upp.",
	"{0} on tilassa {1}. Merkitse se ensin löytyneeksi; silloin myös iPadin lukitus avautuu.",
	"{0} is {1}. Mark it as found first; that also unlocks the iPad.");
SAY(inv_say_not_lost, "unit.not-lost",
	"{0} är {1}, varken borttappad eller stulen. Det finns inget att märka som upphittat.",
	"{0} on tilassa {1}, ei kadonnut eikä varastettu. Löytyneeksi merkittävää ei ole.",
	"{0} is {1}, neither lost nor stolen. There is nothing to find.");
SAY(inv_say_words_needed, "unit.words-needed",
	"Skriv ett meddelande eller ett telefonnummer till den som hittar iPaden.",
	"Kirjoita viesti tai puhelinnumero iPadin löytäjälle.",
	"Write a message or a phone number for whoever finds the iPad.");
SAY(inv_say_choose_erase, "unit.choose-erase", "Välj om {0} ska raderas nu: ja eller nej.",
	"Valitse, tyhjennetäänkö {0} nyt: kyllä tai ei.",
	"Choose whether {0} is to be erased now: yes or no.");
SAY(inv_say_choose_plan, "unit.choose-plan",
	"Välj om mobilabonnemanget (eSIM) i {0} ska finnas kvar efter raderingen: ja eller nej.",
	"Valitse, säilyykö mobiililiittymä (eSIM) laitteessa {0} tyhjennyksen jälkeen: kyllä tai "
	"ei.",
	"Choose whether the data plan (eSIM) in {0} is to survive the erase: yes or no.");
SAY(inv_say_no_unit, "unit.unknown",
	"Det finns ingen sak med numret {0}. Kontrollera numret eller importera saken först.",
	"Numerolla {0} ei ole mitään. Tarkista numero tai tuo esine ensin.",
	"There is no thing with the number {0}. Check the number, or import it first.");
SAY(inv_say_task_done, "task.done", "Uppgiften är redan klar.", "Tehtävä on jo valmis.",
	"The task is done already.");
SAY(inv_say_mark_awaiting, "unit.mark-awaiting",
	"{0} ställs fram till någon som väntar: reservera den, eller plocka fram den på sidan Reserverat.",
	"{0} pannaan esille jollekulle, joka odottaa: varaa se tai poimi se sivulla Varaukset.",
	"{0} is set aside for somebody who waits: reserve it, or pick it on the page of holds.");
SAY(inv_say_quarantined, "unit.quarantined",
	"{0} har anmält sig själv och är inte godkänd. Märk den som levererad om den är vår.",
	"{0} ilmoittautui itse eikä ole hyväksytty. Merkitse se toimitetuksi, jos se on meidän.",
	"{0} enrolled by itself and is not approved. Mark it as delivered if it is ours.");

SAY(inv_say_no_serial_column, "import.no-serial-column",
	"Första raden ska namnge kolumnerna, och ingen heter serienummer eller inventarienummer.",
	"Ensimmäisen rivin on nimettävä sarakkeet, eikä mikään ole serienummer tai inventarienummer.",
	"The first line must name the columns, and none is called serial or item_number.");
SAY(inv_say_bad_csv, "import.bad-csv", "Filen går inte att läsa som CSV i UTF-8.",
	"Tiedostoa ei voi lukea UTF-8-muotoisena CSV:nä.",
	"The file cannot be read as CSV in UTF-8.");
SAY(inv_say_bad_serial, "import.bad-serial",
	"Serienumret \"{0}\" ser inte rätt ut: bara bokstäver, siffror och bindestreck, högst 64.",
	"Sarjanumero \"{0}\" ei kelpaa: vain kirjaimia, numeroita ja yhdysviivoja, enintään 64.",
	"The serial number \"{0}\" is not right: letters, digits and hyphens only, at most 64.");
SAY(inv_say_bad_state, "import.bad-state",
	"Tillståndet \"{0}\" är okänt; skriv beställd, levererad eller i lager.",
	"Tila \"{0}\" on tuntematon; kirjoita tilattu, toimitettu tai varastossa.",
	"The state \"{0}\" is not known; write ordered, delivered or in stock.");
SAY(inv_say_bad_date, "import.bad-date", "\"{0}\" är inget datum; skriv som 2029-11-30.",
	"\"{0}\" ei ole päivämäärä; kirjoita muodossa 2029-11-30.",
	"\"{0}\" is no date; write it like 2029-11-30.");
SAY(inv_say_bad_code, "import.bad-code",
	"\"{0}\" är för långt eller har tecken som inte får finnas i ett nummer.",
	"\"{0}\" on liian pitkä tai sisältää merkkejä, joita numerossa ei saa olla.",
	"\"{0}\" is too long or has characters that a number may not have.");
SAY(inv_say_doubled_serial, "import.doubled-serial",
	"Serienumret {0} står också på en tidigare rad.",
	"Sarjanumero {0} on myös aiemmalla rivillä.",
	"The serial number {0} is on an earlier line as well.");
SAY(inv_say_item_taken, "import.item-taken", "Inventarienumret {0} hör till en annan sak.",
	"Inventaarionumero {0} kuuluu toiselle esineelle.",
	"The item number {0} belongs to another thing.");
SAY(inv_say_state_by_act, "import.state-by-act",
	"{0}: en fil kan varken sätta eller ändra tillståndet {1}; märk saken för sig.",
	"{0}: tiedosto ei voi asettaa eikä muuttaa tilaa {1}; merkitse esine erikseen.",
	"{0}: a file can neither set nor change the state {1}; mark the thing by itself.");
SAY(inv_say_unknown_column, "import.unknown-column",
	"Kolumnen \"{0}\" känns inte igen och lästes inte.",
	"Saraketta \"{0}\" ei tunneta, eikä sitä luettu.",
	"The column \"{0}\" is not known and was not read.");

SAY(inv_say_scan_bad, "scan.bad",
	"Det skannade är ingen kod: den har tecken som en kod inte kan ha. Skanna igen.",
	"Skannattu ei ole koodi: siinä on merkkejä, joita koodissa ei voi olla. Skannaa uudelleen.",
	"What was scanned is no code: it has characters that a code cannot have. Scan again.");
SAY(inv_say_scan_bad_gs1, "scan.bad-gs1",
	"GS1-koden går inte att läsa; etiketten kan vara sliten. Skanna igen, eller skriv numret.",
	"GS1-koodia ei voi lukea; tarra voi olla kulunut. Skannaa uudelleen tai kirjoita numero.",
	"The GS1 code cannot be read; the label may be worn. Scan again, or type the number.");

static const struct {
	const char *name;
	struct say say;
} states[INV_STATES] = {
	[INV_ORDERED] = {"ordered", {"state.ordered", {"beställd", "tilattu", "ordered"}}},
	[INV_DELIVERED] = {"delivered",
		{"state.delivered", {"levererad", "toimitettu", "delivered"}}},
	[INV_IN_STOCK] = {"in_stock", {"state.in-stock", {"i lager", "varastossa", "in stock"}}},
	[INV_ON_LOAN] = {"on_loan", {"state.on-loan", {"utlånad", "lainassa", "on loan"}}},
	[INV_LOST] = {"lost", {"state.lost", {"borttappad", "kadonnut", "lost"}}},
	[INV_STOLEN] = {"stolen", {"state.stolen", {"stulen", "varastettu", "stolen"}}},
	[INV_REPAIR] = {"repair", {"state.repair", {"på lagning", "korjattavana", "under repair"}}},
	[INV_RETURNED_TO_LESSOR] = {"returned_to_lessor",
		{"state.returned-to-lessor",
			{"återlämnad till leasegivaren", "palautettu vuokranantajalle",
				"returned to the lessor"}}},
	[INV_DISCARDED] = {"discarded",
		{"state.discarded", {"utrangerad", "poistettu", "discarded"}}},
	[INV_QUARANTINED] = {"quarantined",
		{"state.quarantined", {"i karantän", "karanteenissa", "in quarantine"}}},
	[INV_HANDED_IN] = {"handed_in",
		{"state.handed-in", {"inlämnad, ej kontrollerad", "palautettu, tarkastamatta",
					    "handed in, not inspected"}}},
	[INV_AWAITING] = {"awaiting",
		{"state.awaiting", {"väntar på hämtning", "odottaa noutoa", "awaiting pickup"}}},
	[INV_IN_TRANSIT] = {"in_transit",
		{"state.in-transit", {"på väg", "matkalla", "in transit"}}},
	[INV_STOPPED] = {"stopped", {"state.stopped", {"stoppad", "käyttökiellossa", "stopped"}}},
	[INV_MISSING] = {"missing", {"state.missing", {"saknas", "kateissa", "missing"}}},
};

const char *inv_state_name(enum inv_state s)
{
	return s > 0 && s < INV_STATES ? states[s].name : "unknown";
}

const struct say *inv_state_say(enum inv_state s)
{
	static const struct say unknown = {"state.unknown", {"okänd", "tuntematon", "unknown"}};

	return s > 0 && s < INV_STATES ? &states[s].say : &unknown;
}

/* The stable word, or what people write in any of the languages. */
int inv_state_parse(const char *s, enum inv_state *ret)
{
	for (unsigned i = 1; i < INV_STATES; i++) {
		bool same = text_equal_case(s, states[i].name);

		for (unsigned l = 0; l < SAY_LANGS; l++)
			same = same || text_equal_case(s, states[i].say.text[l]);
		if (same) {
			*ret = (enum inv_state)i;
			return 0;
		}
	}
	return ERR_BADINPUT;
}
