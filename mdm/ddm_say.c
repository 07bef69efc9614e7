/* SPDX-License-Identifier: EUPL-1.2 */
#include "mdm/ddm_int.h"

#define SAY(name_, code_, sv_, fi_, en_) \
	const struct say name_ = {"declaration." code_, {sv_, fi_, en_}}

SAY(mdm_say_declaration_type, "type",
	"iPads känner ingen deklaration som heter \"{0}\", eller så är den inte till för oss.",
	"iPadit eivät tunne määritystä \"{0}\", tai se ei ole meitä varten.",
	"iPads know no declaration named \"{0}\", or it is not for us.");
SAY(mdm_say_declaration_key, "key", "Deklarationen {1} har inget som heter \"{0}\".",
	"Määrityksessä {1} ei ole kohtaa \"{0}\".",
	"The declaration {1} has nothing named \"{0}\".");
SAY(mdm_say_declaration_missing, "missing", "Deklarationen {1} behöver \"{0}\".",
	"Määritys {1} tarvitsee kohdan \"{0}\".", "The declaration {1} needs \"{0}\".");
SAY(mdm_say_declaration_payload, "payload",
	"En deklaration beskrivs av \"type\" och ett objekt \"payload\".",
	"Määritys kuvataan kohdilla \"type\" ja \"payload\" (objekti).",
	"A declaration is described by \"type\" and an object \"payload\".");
SAY(mdm_say_declaration_version, "version",
	"TargetOSVersion är ett versionsnummer som 18.2 eller 18.2.1.",
	"TargetOSVersion on versionumero, kuten 18.2 tai 18.2.1.",
	"TargetOSVersion is a version number like 18.2 or 18.2.1.");
SAY(mdm_say_declaration_time, "time",
	"TargetLocalDateTime är iPadens egen tid och skrivs 2026-12-08T03:00:00.",
	"TargetLocalDateTime on iPadin oma aika ja kirjoitetaan 2026-12-08T03:00:00.",
	"TargetLocalDateTime is the iPad's own time, written 2026-12-08T03:00:00.");
SAY(mdm_say_declaration_past, "past",
	"Tiden är redan förbi: då skulle iPaden uppdateras mitt i det som pågår. Välj en tid framåt, gärna en natt.",
	"Aika on jo mennyt: iPad päivittyisi kesken kaiken. Valitse tuleva aika, mieluiten yö.",
	"The time has passed already: the iPad would update in the middle of what is going on. Choose a time ahead, best at night.");
SAY(mdm_say_declaration_url, "url",
	"En deklaration med \"profile\" får sin adress av Hylla: ta bort \"ProfileURL\".",
	"Määritys, jossa on \"profile\", saa osoitteensa Hyllalta: poista \"ProfileURL\".",
	"A declaration with \"profile\" gets its address from Hylla: leave out \"ProfileURL\".");
SAY(mdm_say_no_apps, "no_apps",
	"Hylla skickar bara enkäter och utbildningsmaterial. {0} kan föra med sig appar eller "
	"annat; det måste en administratör först tillåta med inställningen mdm.allow_apps.",
	"Hylla lähettää vain kyselyjä ja opastusaineistoa. {0} voi tuoda appeja tai muuta; "
	"ylläpitäjän on ensin sallittava se asetuksella mdm.allow_apps.",
	"Hylla sends surveys and educational material only. {0} can bring apps or other things; "
	"an administrator must first allow that with the setting mdm.allow_apps.");
