/* SPDX-License-Identifier: EUPL-1.2 */
#include "mdm/desired_int.h"

#define SAY(name_, code_, sv_, fi_, en_) const struct say name_ = {code_, {sv_, fi_, en_}}

SAY(mdm_say_group_name, "group.name",
	"En grupps namn har 1-40 tecken: små bokstäver a-z, siffror och bindestreck.",
	"Ryhmän nimessä on 1-40 merkkiä: pieniä kirjaimia a-z, numeroita ja väliviivoja.",
	"A group's name has 1-40 characters: small letters a-z, digits and dashes.");
SAY(mdm_say_group_title, "group.title", "Gruppens rubrik får ha högst 200 tecken.",
	"Ryhmän otsikossa saa olla enintään 200 merkkiä.",
	"The group's title may have at most 200 characters.");
SAY(mdm_say_group_there, "group.there", "Det finns redan en grupp som heter {0}.",
	"Ryhmä {0} on jo olemassa.", "There is a group named {0} already.");
SAY(mdm_say_group_none, "group.none", "Det finns ingen grupp som heter {0}. Gör den först.",
	"Ryhmää {0} ei ole. Tee se ensin.", "There is no group named {0}. Make it first.");
SAY(mdm_say_group_all, "group.all",
	"Gruppen all är alla iPads. Den kan inte tas bort och har inga egna medlemmar.",
	"Ryhmä all on kaikki iPadit. Sitä ei voi poistaa, eikä sillä ole omia jäseniä.",
	"The group all is every iPad. It cannot be removed and has no members of its own.");
SAY(mdm_say_groups_many, "group.many", "{0} är redan med i 50 grupper. Ta bort den ur någon först.",
	"{0} on jo 50 ryhmässä. Poista se ensin jostakin.",
	"{0} is in 50 groups already. Take it out of one first.");
SAY(mdm_say_serial_form, "desired.serial", "\"{0}\" är inget serienummer.",
	"\"{0}\" ei ole sarjanumero.", "\"{0}\" is no serial number.");
SAY(mdm_say_item_id, "desired.id",
	"Ett namn har 1-64 tecken: små bokstäver a-z, siffror, bindestreck och punkt.",
	"Nimessä on 1-64 merkkiä: pieniä kirjaimia a-z, numeroita, väliviivoja ja pisteitä.",
	"A name has 1-64 characters: small letters a-z, digits, dashes and dots.");
SAY(mdm_say_item_none, "desired.none", "{0} finns inte bland det som {1} ska ha.",
	"{0} ei ole niiden joukossa, jotka {1} saa.", "{0} is not among what {1} should have.");
SAY(mdm_say_item_many, "desired.many", "Det finns redan 200 saker i mängden. Ta bort några först.",
	"Joukossa on jo 200 kohdetta. Poista ensin joitakin.",
	"There are 200 things in this set already. Remove some first.");
SAY(mdm_say_item_kind, "desired.kind",
	"Sorten ska vara profile, web-clip, setting eller declaration.",
	"Lajin on oltava profile, web-clip, setting tai declaration.",
	"The kind must be profile, web-clip, setting or declaration.");
SAY(mdm_say_item_slot, "desired.slot",
	"En iPad kan bara ha en sådan. Kalla den {0}, så vet Hylla vilken som gäller.",
	"iPadissa voi olla vain yksi tällainen. Anna sen nimeksi {0}, niin Hylla tietää, mikä "
	"pätee.",
	"An iPad can have only one of these. Name it {0}, so that Hylla knows which one counts.");
SAY(mdm_say_item_priority, "desired.priority", "Företrädet ska vara 0-1000.",
	"Etusijan on oltava 0-1000.", "The priority must be 0-1000.");
SAY(mdm_say_desired_self, "desired.self", "Ange två olika iPads.", "Anna kaksi eri iPadia.",
	"Name two different iPads.");

SAY(mdm_say_state_none, "desired.state.none", "Har inte skickats till iPaden än.",
	"Ei ole vielä lähetetty iPadille.", "Has not been sent to the iPad yet.");
SAY(mdm_say_state_once, "desired.state.once",
	"Kom fram {0}, innan iPaden nollställdes. Ingen får samma enkät två gånger.",
	"Perille {0}, ennen kuin iPad nollattiin. Samaa kyselyä ei lähetetä kahdesti.",
	"Delivered {0}, before the iPad was reset. Nobody gets the same survey twice.");
SAY(mdm_say_state_taken, "desired.state.taken",
	"Kom fram {0} och finns inte kvar: utskicket återkallades {1}.",
	"Perille {0}, mutta ei enää iPadissa: lähetys peruttiin {1}.",
	"Delivered {0}, and there no more: the mailing was withdrawn {1}.");
SAY(mdm_say_state_never, "desired.state.never", "Kom inte fram: utskicket återkallades {0}.",
	"Ei perillä: lähetys peruttiin {0}.", "Not delivered: the mailing was withdrawn {0}.");
SAY(mdm_say_state_sent, "desired.state.sent", "Skickad {0}; väntar på att iPaden ska svara.",
	"Lähetetty {0}; odottaa iPadin vastausta.", "Sent {0}; waits for the iPad to answer.");
SAY(mdm_say_state_on, "desired.state.on", "På plats sedan {0}.", "Paikallaan {0} alkaen.",
	"In place since {0}.");
SAY(mdm_say_state_fetching, "desired.state.fetching", "iPaden hämtar filen sedan {0}.",
	"iPad hakee tiedostoa {0} alkaen.", "The iPad has been fetching the file since {0}.");
SAY(mdm_say_state_failed, "desired.state.failed",
	"iPaden tog inte emot det: {0}. Ändra det, eller försök igen.",
	"iPad ei ottanut sitä vastaan: {0}. Muuta sitä tai yritä uudestaan.",
	"The iPad did not take it: {0}. Change it, or try again.");
SAY(mdm_say_state_failed_retry, "desired.state.retry",
	"iPaden tog inte emot det: {0}. Nytt försök {1}.",
	"iPad ei ottanut sitä vastaan: {0}. Uusi yritys {1}.",
	"The iPad did not take it: {0}. Tried again {1}.");
SAY(mdm_say_state_unable, "desired.state.unable", "Den här iPaden kan inte få det: {0}",
	"Tämä iPad ei voi saada sitä: {0}", "This iPad cannot have it: {0}");
SAY(mdm_say_state_leaving, "desired.state.leaving", "Tas bort sedan {0}.", "Poistetaan {0} alkaen.",
	"Being taken away since {0}.");
SAY(mdm_say_state_drift, "desired.state.drift",
	"Har satts, men iPaden säger nu {0}. Den som använder iPaden får ändra; sätt om det "
	"behövs.",
	"Asetettu, mutta iPad kertoo nyt {0}. Käyttäjä saa muuttaa sitä; aseta tarvittaessa "
	"uudelleen.",
	"Was set, but the iPad now says {0}. Whoever uses it may change it; set it again if "
	"needed.");
SAY(mdm_say_state_gone, "desired.state.gone", "den finns inte längre på iPaden",
	"sitä ei enää ole iPadissa", "it is no longer on the iPad");
SAY(mdm_say_why_untrusted, "desired.untrusted",
	"iPad {0} är inte godkänd som vår. Märk den som levererad, så skickas det den ska ha.",
	"iPad {0} ei ole hyväksytty. Merkitse se toimitetuksi, niin sille kuuluva lähetetään.",
	"iPad {0} is not approved as ours. Mark it as delivered, and what it should have is sent.");
SAY(mdm_say_why_lost, "desired.lost",
	"{0} är borttappad eller på väg ur förlorat läge: inget annat skickas till den nu.",
	"{0} on kadonnut tai poistumassa kadonnut-tilasta: muuta ei nyt lähetetä.",
	"{0} is lost, or on its way out of Lost Mode: nothing else is sent to it now.");
