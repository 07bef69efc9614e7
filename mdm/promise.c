/* SPDX-License-Identifier: EUPL-1.2 */
/* What the public is told that we can and cannot do, made from the tables that the code runs on. */
#include "mdm/mdm_int.h"
#include "mdm/request_int.h"

static const struct right {
	uint32_t bit;
	struct say say;
} rights[] = {
	{1, {"right.list_profiles",
		    {"Se vilka inställningsprofiler som finns", "Nähdä asetusprofiilit",
			    "See which configuration profiles there are"}}},
	{2, {"right.profiles", {"Installera och ta bort inställningsprofiler",
				       "Asentaa ja poistaa asetusprofiileja",
				       "Install and remove configuration profiles"}}},
	{4, {"right.lock", {"Låsa, starta om och ta bort lösenkod",
				   "Lukita, käynnistää uudelleen ja poistaa "
				   "pääsykoodi",
				   "Lock, restart and clear the passcode"}}},
	{8, {"right.erase", {"Radera iPaden", "Tyhjentää iPad", "Erase the iPad"}}},
	{16, {"right.device",
		     {"Läsa modell, serienummer och batteri", "Lukea malli, sarjanumero ja akku",
			     "Read model, serial number and battery"}}},
	{32, {"right.network",
		     {"Läsa uppgifter om SIM-kort och nät", "Lukea SIM-kortin ja verkon tiedot",
			     "Read facts about the SIM and network"}}},
	{64, {"right.list_provisioning",
		     {"Se vilka utvecklarprofiler som finns", "Nähdä kehittäjäprofiilit",
			     "See which developer profiles there are"}}},
	{128, {"right.provisioning", {"Installera utvecklarprofiler", "Asentaa kehittäjäprofiileja",
					     "Install developer profiles"}}},
	{256, {"right.list_apps", {"Se vilka appar som är installerade", "Nähdä asennetut apit",
					  "See which apps are installed"}}},
	{512, {"right.restrictions",
		      {"Se vilka begränsningar som gäller", "Nähdä voimassa olevat rajoitukset",
			      "See which restrictions hold"}}},
	{1024, {"right.security", {"Se om lösenkod och kryptering är på",
					  "Nähdä, ovatko pääsykoodi ja salaus "
					  "käytössä",
					  "See whether passcode and encryption are on"}}},
	{2048, {"right.settings", {"Ändra inställningar, till exempel namn och bakgrund",
					  "Muuttaa asetuksia, kuten nimeä ja taustakuvaa",
					  "Change settings such as name and wallpaper"}}},
	{4096, {"right.media", {"Installera appar, böcker och dokument",
				       "Asentaa appeja, kirjoja ja "
				       "asiakirjoja",
				       "Install apps, books and documents"}}},
};

static void put_say(struct doc *d, enum say_lang lang, const struct say *s)
{
	doc_set_str(d, "code", s->code);
	doc_set_str(d, "text", say_plain(s, lang));
}

static void rights_put(struct doc *d, enum say_lang lang)
{
	struct doc *asked = doc_set_list(d, "rights"), *never = doc_set_list(d, "never");
	size_t n;
	const struct mdm_request_row *rows = mdm_request_never(&n);

	for (size_t i = 0; i < sizeof(rights) / sizeof(rights[0]); i++) {
		bool have = MDM_RIGHTS & rights[i].bit;
		struct doc *row = doc_add_object(have ? asked : never);

		doc_set_int(row, "value", rights[i].bit);
		put_say(row, lang, &rights[i].say);
	}
	for (size_t i = 0; i < n; i++) {
		const char *const arg[SAY_ARGS] = {rows[i].type};
		struct doc *row = doc_add_object(never);
		AUTO(buf) struct buf why = BUF_INIT(1024);

		say_format(&why, lang, rows[i].never, arg);
		doc_set_str(row, "request", rows[i].type);
		doc_set_str(row, "code", rows[i].never->code);
		doc_set_str(row, "text", buf_str(&why));
	}
}

void mdm_promise(struct doc *d, enum say_lang lang)
{
	size_t n;
	const struct mdm_request_row *rows = mdm_request_rows(&n);
	struct doc *asked, *queries;

	rights_put(d, lang);
	asked = doc_set_list(d, "asked");
	for (size_t i = 0; i < n; i++) {
		struct doc *row = doc_add_object(asked);

		doc_set_str(row, "request", rows[i].type);
		put_say(row, lang, &rows[i].about);
		if (rows[i].request != MDM_DEVICE_INFORMATION)
			continue;
		queries = doc_set_list(row, "queries");
		for (const char *const *q = mdm_device_queries; *q; q++)
			doc_add_str(queries, *q);
	}
}
