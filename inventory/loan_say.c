/* SPDX-License-Identifier: EUPL-1.2 */
/* What circulation says to people: refusals of rules, and the names of states. */
#include "inventory/circulation_int.h"

#include "base/text.h"

#define SAY(name, code, sv, fi, en) const struct say name = {code, {sv, fi, en}}

SAY(inv_say_rule_number, "rule.number", "Talet för {0} är för stort eller noll. Rätta det.",
	"Arvo {0} on liian suuri tai nolla. Korjaa se.",
	"The number for {0} is too large, or zero. Correct it.");
SAY(inv_say_rule_empty, "rule.empty",
	"Regeln säger ingenting. Fyll i minst ett villkor, eller avsluta regeln.",
	"Sääntö ei sano mitään. Täytä vähintään yksi ehto tai päätä sääntö.",
	"The rule says nothing. Fill in at least one term, or end the rule.");
SAY(inv_say_rule_word, "rule.word",
	"Ett av regelns ord är för långt (högst 64 tecken, skälet högst 500).",
	"Jokin säännön sanoista on liian pitkä (enintään 64 merkkiä, perustelu 500).",
	"One of the rule's words is too long (at most 64 characters, the reason 500).");
SAY(inv_say_rule_why, "rule.why", "Skriv varför regeln finns, så att den som kommer efter förstår.",
	"Kirjoita, miksi sääntö on olemassa, jotta seuraavakin ymmärtää.",
	"Write why there is such a rule, so that those who come after understand.");
SAY(inv_say_rule_gone, "rule.unknown", "Det finns ingen sådan regel i kraft.",
	"Tällaista voimassa olevaa sääntöä ei ole.", "There is no such rule in force.");
SAY(inv_say_try_place, "rule.place", "Det finns ingen plats {0}.", "Paikkaa {0} ei ole.",
	"There is no place {0}.");
SAY(inv_say_rule_many, "rule.many", "Det finns redan {0} regler. Avsluta någon först.",
	"Sääntöjä on jo {0}. Päätä jokin ensin.", "There are {0} rules already. End one first.");

SAY(inv_say_no_loan, "loan.unknown",
	"Det finns inget lån {0}. Kontrollera numret, eller sök på saken.",
	"Lainaa {0} ei ole. Tarkista numero tai etsi esineellä.",
	"There is no loan {0}. Check the number, or search for the thing.");
SAY(inv_say_loan_zone, "loan.other-zone",
	"Lån {0} hör till en annan verksamhet. Lämna saken till dem.",
	"Laina {0} kuuluu toiselle toiminnolle. Anna esine heille.",
	"Loan {0} belongs to another service. Hand the thing to them.");
SAY(inv_say_no_items, "loan.no-items", "Skanna minst en sak först.",
	"Skannaa ensin vähintään yksi esine.", "Scan at least one thing first.");
SAY(inv_say_many_items, "loan.many-items", "Ett lån har högst {0} saker. Börja ett nytt lån.",
	"Lainassa on enintään {0} esinettä. Aloita uusi laina.",
	"A loan has at most {0} things. Begin another loan.");
SAY(inv_say_twice, "loan.twice", "{0} är redan med i lånet. Skanna nästa sak.",
	"{0} on jo lainassa mukana. Skannaa seuraava esine.",
	"{0} is in the loan already. Scan the next thing.");
SAY(inv_say_out_here, "loan.out-here",
	"{0} är redan utlånad till samma låntagare, på lån {1} sedan {2:when}. Gör omlån i stället.",
	"{0} on jo lainassa samalla lainaajalla, lainassa {1} alkaen {2:when}. Uusi laina sen sijaan.",
	"{0} is lent to the same borrower already, on loan {1} since {2:when}. Renew it instead.");
SAY(inv_say_out, "loan.out",
	"{0} är utlånad på lån {1} sedan {2:when}. Ta emot den först, eller ta en annan.",
	"{0} on lainassa {1} alkaen {2:when}. Ota se ensin vastaan tai valitse toinen.",
	"{0} is out on loan {1} since {2:when}. Take it back first, or take another.");
SAY(inv_say_out_elsewhere, "loan.out",
	"{0} är utlånad på lån {1} i en annan verksamhet. Lämna den till dem.",
	"{0} on lainassa {1} toisessa toiminnossa. Anna se heille.",
	"{0} is out on loan {1} of another service. Hand it to them.");
SAY(inv_say_not_lendable, "loan.not-lendable",
	"{0} lånas inte ut: produkten är märkt så. Välj en annan, eller ändra produkten.",
	"{0} ei ole lainattavissa: tuote on merkitty niin. Valitse toinen tai muuta tuotetta.",
	"{0} is not lent: its product says so. Take another, or change the product.");
SAY(inv_say_display, "loan.display", "{0} är ett visningsexemplar och lånas inte ut. Ta en annan.",
	"{0} on esittelykappale eikä sitä lainata. Valitse toinen.",
	"{0} is for display and is not lent. Take another.");
SAY(inv_say_state_handed_in, "loan.handed-in",
	"{0} är inlämnad men inte kontrollerad. Kontrollera den först.",
	"{0} on palautettu mutta tarkastamatta. Tarkasta se ensin.",
	"{0} is handed in but not inspected. Inspect it first.");
SAY(inv_say_state_stops, "loan.state",
	"{0} kan inte lånas ut nu ({1}). Ta en annan, eller ändra sakens tillstånd först.",
	"{0} on tilassa {1} eikä sitä voi lainata. Valitse toinen tai muuta ensin tilaa.",
	"{0} is {1} and cannot be lent. Take another, or change its state first.");
SAY(inv_say_other_zone, "loan.item-zone",
	"{0} hör till en annan verksamhet än låntagaren. Ta en annan.",
	"{0} kuuluu toiselle toiminnolle kuin lainaaja. Valitse toinen.",
	"{0} belongs to another service than the borrower. Take another.");
SAY(inv_say_by_rule, "loan.rule", "Reglerna lånar inte ut {0} till den här sortens låntagare.",
	"Sääntöjen mukaan {0} ei ole lainattavissa tällaiselle lainaajalle.",
	"The rules do not lend {0} to this kind of borrower.");
SAY(inv_say_limit, "loan.limit",
	"Låntagaren har redan så många saker som reglerna tillåter (har: {0}, högst: {1}). Lämna ut ändå?",
	"Lainaajalla on jo niin monta esinettä kuin säännöt sallivat (nyt: {0}, enintään: {1}). "
	"Lainataanko silti?",
	"The borrower has as many things as the rules allow (has: {0}, at most: {1}). Lend it anyway?");
SAY(inv_say_late, "loan.late", "Låntagaren har något som är sent (dagar: {0}). Lämna ut ändå?",
	"Lainaajalla on jotain myöhässä (päiviä: {0}). Lainataanko silti?",
	"The borrower has something that is late (days: {0}). Lend it anyway?");
SAY(inv_say_awaited, "loan.awaited", "{0} står undanställd åt någon annan. Lämna ut den här ändå?",
	"{0} on varattu toiselle noutohyllyyn. Lainataanko silti?",
	"{0} is set aside for somebody else. Lend it here anyway?");
SAY(inv_say_promised, "loan.promised",
	"Någon annan väntar på eller har reserverat en sådan som {0} under lånetiden. Lämna ut "
	"ändå?",
	"Joku muu odottaa tai on varannut samanlaisen kuin {0} laina-ajaksi. Lainataanko silti?",
	"Somebody else waits for or has reserved one like {0} in that time. Lend it anyway?");
SAY(inv_say_parts, "loan.parts", "{0} är inte komplett. Det här saknas: {1}. Lämna ut ändå?",
	"{0} ei ole täydellinen. Puuttuu: {1}. Lainataanko silti?",
	"{0} is not whole. This is missing: {1}. Lend it anyway?");
SAY(inv_say_due_moved, "loan.due-moved", "{0:when} är stängt; sista dag blev {1:when}.",
	"{0:when} on suljettu; viimeiseksi päiväksi tuli {1:when}.",
	"{0:when} is closed; the last day became {1:when}.");
SAY(inv_say_due_past, "loan.due-past", "{0:when} har redan varit. Välj en återlämningsdag som kommer.",
	"{0:when} on jo mennyt. Valitse tuleva palautuspäivä.",
	"{0:when} has been. Choose a day that is to come.");
SAY(inv_say_due_far, "loan.due-far",
	"Återlämningsdagen ligger mer än tio år bort. Kontrollera den.",
	"Palautuspäivä on yli kymmenen vuoden päässä. Tarkista se.",
	"The due date is more than ten years away. Check it.");
SAY(inv_say_due_lease, "loan.due-lease",
	"Leasingens sista dag för {0} är {1:when}. Välj den dagen eller en tidigare.",
	"Kohteen {0} leasingin viimeinen päivä on {1:when}. Valitse se tai aikaisempi päivä.",
	"The last day of the lease of {0} is {1:when}. Choose that day or an earlier one.");
SAY(inv_say_lease_over, "loan.lease-over",
	"Leasingens sista dag för {0} är {1:when}, och efter den kan ingen låna den. Lämna den till "
	"leverantören, eller ändra leasingens slut på saken om den är förlängd.",
	"Kohteen {0} leasingin viimeinen päivä on {1:when}, eikä sitä voi sen jälkeen lainata. Palauta se "
	"toimittajalle tai muuta leasingin loppua esineen sivulla, jos sitä on jatkettu.",
	"The last day of the lease of {0} is {1:when}, and nobody can borrow it after that. Give it back "
	"to the supplier, or change the end of the lease on the thing if it was prolonged.");
SAY(inv_say_future, "loan.future",
	"Dagen ligger framåt i tiden. Reservera i stället; ett datum som kommer lämnar inte ut "
	"något nu.",
	"Päivä on tulevaisuudessa. Tee varaus; tuleva päivä ei lainaa mitään nyt.",
	"That is in the future. Reserve instead; a date to come lends nothing now.");
SAY(inv_say_back_reason, "loan.back-reason", "Skriv varför det registreras i efterhand.",
	"Kirjoita, miksi tämä kirjataan jälkikäteen.", "Write why this is registered afterwards.");
SAY(inv_say_too_old, "loan.too-old",
	"Det är mer än ett år sedan. Välj en senare dag; äldre lån läses in som en fil under Läs in.",
	"Siitä on yli vuosi. Valitse myöhempi päivä; vanhemmat lainat luetaan tiedostosta.",
	"That is more than a year ago. Choose a later day; older loans are read in as a file.");
SAY(inv_say_before_out, "loan.before-out",
	"Den lämnades ut senare än så, {0:when}. Välj en dag efter den.",
	"Se lainattiin vasta myöhemmin, {0:when}. Valitse sen jälkeinen päivä.",
	"It was lent later than that, {0:when}. Choose a day after it.");
SAY(inv_say_before_last, "loan.before-last",
	"{0} var inte här då: lån {1} slutade {2:when}. Välj en dag efter den, eller rätta det lånet först.",
	"{0} ei ollut silloin täällä: laina {1} päättyi {2:when}. Valitse sen jälkeinen päivä tai oikaise "
	"ensin se laina.",
	"{0} was not here then: loan {1} ended {2:when}. Choose a day after that, or put that loan right "
	"first.");
SAY(inv_say_not_out, "loan.not-out", "{0} är inte utlånad. Den behöver inte tas emot.",
	"{0} ei ole lainassa. Sitä ei tarvitse ottaa vastaan.",
	"{0} is not on loan. It need not be taken back.");
SAY(inv_say_in_already, "loan.in-already",
	"{0} är redan inlämnad och väntar på kontroll. Kontrollera den.",
	"{0} on jo palautettu ja odottaa tarkastusta. Tarkasta se.",
	"{0} is handed in already and waits to be inspected. Inspect it.");
SAY(inv_say_swap_first, "loan.swap-first",
	"Lånet {1} är ett byte för {0} och är inte tillbaka. Ta emot {0} ändå?",
	"Laina {1} on {0} tilalla eikä ole palautunut. Otetaanko {0} silti vastaan?",
	"Loan {1} was lent in place of {0} and is not back. Take {0} back anyway?");
SAY(inv_say_swapped, "loan.swapped",
	"{0} har redan en ersättare, på lån {1}. Ta emot den först.",
	"{0} on jo korvattu lainalla {1}. Ota se ensin vastaan.",
	"Something else is lent in place of {0} already, on loan {1}. Take that back first.");
SAY(inv_say_swap_itself, "loan.swap-itself",
	"{0} kan inte lånas ut i stället för sig själv. Skanna en annan.",
	"Esinettä {0} ei voi lainata sen itsensä tilalle. Skannaa toinen.",
	"{0} cannot be lent in place of itself. Scan another.");
SAY(inv_say_swap_other, "loan.swap-other",
	"Lån {0} är någon annans. En ersättare lånas ut till den som har saken.",
	"Laina {0} on jonkun toisen. Korvaava esine lainataan sille, jolla esine on.",
	"Loan {0} is somebody else's. What stands in for a thing is lent to whoever has it.");
SAY(inv_say_swap_fault, "loan.swap-fault",
	"Felanmälan {0} gäller inte {1}. Välj den felanmälan som hör till saken, eller byt utan en.",
	"Vikailmoitus {0} ei koske esinettä {1}. Valitse esineen oma vikailmoitus tai vaihda ilman sitä.",
	"Fault {0} is not about {1}. Choose the fault of that thing, or swap without one.");
SAY(inv_say_whole, "loan.whole", "Är allt med till {0}? {1}.", "Onko kaikki mukana ({0})? {1}.",
	"Is everything there for {0}? {1}.");
SAY(inv_say_stolen_back, "loan.stolen-back",
	"{0} är anmäld som stulen. Har den kommit till rätta och ska tas emot?",
	"{0} on ilmoitettu varastetuksi. Onko se löytynyt ja otetaanko se vastaan?",
	"{0} is reported stolen. Has it been found, and is it to be taken back?");
SAY(inv_say_no_inspection, "loan.no-inspection", "{0} väntar inte på kontroll.",
	"{0} ei odota tarkastusta.", "{0} does not wait to be inspected.");
SAY(inv_say_part_unknown, "loan.part-unknown", "{0} har ingen del med nummer {1}.",
	"{0}: osaa numero {1} ei ole.", "{0} has no part with number {1}.");
SAY(inv_say_part_twice, "loan.part-twice",
	"Del {1} av {0} står två gånger. Skriv den en gång, med hur många som kom tillbaka.",
	"Osa {1} ({0}) on mainittu kahdesti. Kirjoita se kerran ja kuinka monta palautui.",
	"Part {1} of {0} is there twice. Write it once, with how many came back.");
SAY(inv_say_part_many, "loan.part-many",
	"Av {1} till {0} kan högst {2} komma tillbaka. Räkna igen; hör något annat dit nu, så lägg till "
	"det på sakens sida.",
	"{1} ({0}): enintään {2} voi palautua. Laske uudelleen; jos mukaan kuuluu nyt muuta, lisää se "
	"esineen sivulla.",
	"At most {2} of {1} can come back with {0}. Count again; if something more belongs to it now, add "
	"it on the page of the thing.");
SAY(inv_say_part_of_kit, "loan.part-of-kit", "{0} är en del av {1}. Skanna {1} i stället.",
	"{0} on osa sarjasta {1}. Skannaa {1}.", "{0} is a part of {1}. Scan {1} instead.");
SAY(inv_say_renew_most, "renew.most",
	"{0} kan inte lånas om fler gånger (omlån hittills: {1}). Ändra återlämningsdagen om det "
	"behövs.",
	"{0}: enempää ei voi uusia (uusintoja tähän asti: {1}). Muuta tarvittaessa palautuspäivää.",
	"{0} cannot be renewed any more (renewals so far: {1}). Change the due date if it must be.");
SAY(inv_say_renew_lease, "renew.lease",
	"{0} kan inte lånas om längre än så: leasingens sista dag är {1:when}. Är den förlängd "
	"ändras leasingens slut på saken.",
	"{0}: lainaa ei voi jatkaa pidempään, sillä leasingin viimeinen päivä on {1:when}. Jos "
	"sitä on "
	"jatkettu, muuta leasingin loppua esineen sivulla.",
	"{0} cannot be renewed beyond that: the last day of its lease is {1:when}. If it was "
	"prolonged, change the end of the lease on the thing.");
SAY(inv_say_renew_same, "renew.same",
	"{0} är redan utlånad till {1:when}, och längre blir det inte i dag. Låna om närmare den dagen.",
	"{0} on jo lainassa {1:when} asti, eikä laina pitene tänään. Uusi lähempänä sitä päivää.",
	"{0} is lent until {1:when} already, and it would not be longer today. Renew it nearer that day.");
SAY(inv_say_renew_waited, "renew.waited", "Någon annan väntar på {0}. Låna om ändå?",
	"Joku muu odottaa esinettä {0}. Uusitaanko silti?",
	"Somebody else waits for {0}. Renew it anyway?");
SAY(inv_say_renew_state, "renew.state", "{0} är {1} och kan inte lånas om.",
	"{0} on tilassa {1} eikä sitä voi uusia.", "{0} is {1} and cannot be renewed.");
SAY(inv_say_renew_none, "renew.none", "Ingenting är ute på lån {0}. Det finns inget att låna om.",
	"Lainassa {0} ei ole mitään ulkona. Uusittavaa ei ole.",
	"Nothing is out on loan {0}. There is nothing to renew.");
SAY(inv_say_line_gone, "loan.line", "Lån {0} har ingen rad {1} som är ute.",
	"Lainassa {0} ei ole ulkona riviä {1}.", "Loan {0} has no line {1} that is out.");
SAY(inv_say_reason, "loan.reason", "Skriv ett skäl (1 till 200 tecken, inga namn).",
	"Kirjoita syy (1-200 merkkiä, ei nimiä).",
	"Write a reason (1 to 200 characters, no names).");
SAY(inv_say_claimed, "loan.claimed", "{0} är redan uppgiven som återlämnad. Leta på hyllan.",
	"{0} on jo ilmoitettu palautetuksi. Etsi hyllystä.",
	"{0} is claimed as returned already. Look on the shelf.");
SAY(inv_say_not_claimed, "loan.not-claimed", "{0} är inte uppgiven som återlämnad.",
	"{0} ei ole ilmoitettu palautetuksi.", "{0} is not claimed as returned.");
SAY(inv_say_lost_already, "loan.lost-already", "{0} är redan anmäld som borta.",
	"{0} on jo ilmoitettu kadonneeksi.", "{0} is reported as gone already.");

SAY(inv_say_returning, "loan.return-open",
	"{0} är på väg tillbaka och är inte bedömd än. Avsluta återlämningen först.",
	"{0} on palautumassa eikä sitä ole vielä arvioitu. Päätä palautus ensin.",
	"{0} is on its way back and not judged yet. End its return first.");

SAY(inv_say_undo_none, "undo.none",
	"Det finns inget att ångra här. Bara det du gjorde senast vid den här disken kan ångras; annat rättas på sakens eller lånets sida.",
	"Täällä ei ole peruttavaa. Vain viimeisimmän tällä tiskillä tekemäsi voi perua; muu korjataan esineen tai lainan sivulla.",
	"There is nothing to undo here. Only what you did last at this desk can be undone; all else is mended on the page of the thing or the loan.");
SAY(inv_say_undo_signed, "undo.signed",
	"Avtalet för {0} är underskrivet, så det går inte att ångra. Ta emot sakerna i stället.",
	"Lainan {0} sopimus on allekirjoitettu, joten sitä ei voi perua. Ota esineet vastaan sen sijaan.",
	"The agreement of {0} is signed, so this cannot be undone. Take the things back instead.");
SAY(inv_say_undo_built, "undo.built",
	"Något har gjorts sedan dess med {0}, så det går inte att ångra. Rätta det för hand.",
	"Kohteelle {0} on tehty jotain sen jälkeen, joten sitä ei voi perua. Korjaa käsin.",
	"Something was done with {0} since, so it cannot be undone. Correct it by hand.");
SAY(inv_say_undo_erase, "undo.erase",
	"{0} har fått order om att raderas, så återlämningen går inte att ångra. Lämna ut den på "
	"nytt när den är klar.",
	"{0} on saanut tyhjennyskäskyn, joten palautusta ei voi perua. Lainaa se uudelleen, kun se on valmis.",
	"{0} was told to erase itself, so its return cannot be undone. Lend it anew when it is done.");

SAY(inv_say_no_hold, "hold.unknown", "Det finns ingen sådan reservation.",
	"Tällaista varausta ei ole.", "There is no such hold.");
SAY(inv_say_hold_over, "hold.over", "Reservationen är redan {0}.", "Varaus on jo {0}.",
	"The hold is {0} already.");
SAY(inv_say_hold_both, "hold.both",
	"Ange både första och sista dagen, eller ingen av dem för att ställa i kö.",
	"Anna sekä ensimmäinen että viimeinen päivä tai jätä molemmat tyhjiksi, niin lainaaja asetetaan jonoon.",
	"Give both the first and the last day, or neither to put the borrower in the queue.");
SAY(inv_say_hold_past, "hold.past",
	"Den {0:when} har redan varit. En reservation börjar tidigast i dag: välj en senare första dag.",
	"{0:when} on jo mennyt. Varaus alkaa aikaisintaan tänään: valitse myöhempi ensimmäinen päivä.",
	"{0:when} has been already. A reservation begins today at the earliest: choose a later first day.");
SAY(inv_say_hold_turned, "hold.turned",
	"Sista dagen, den {1:when}, kommer före den första, den {0:when}. Byt plats på dagarna.",
	"Viimeinen päivä, {1:when}, on ennen ensimmäistä, {0:when}. Vaihda päivien paikkaa.",
	"The last day, {1:when}, comes before the first, {0:when}. Change the days about.");
SAY(inv_say_hold_long, "hold.long",
	"En reservation är högst ett år lång. Välj en sista dag som är senast den {0:when}.",
	"Varaus kestää enintään vuoden. Valitse viimeiseksi päiväksi viimeistään {0:when}.",
	"A reservation is a year at most. Choose a last day no later than {0:when}.");
SAY(inv_say_hold_longer, "hold.longer",
	"Reservationen är längre än ett lån: det som lämnas ut den {0:when} ska vara åter den {1:when}. Välj en "
	"tidigare sista dag, eller reservera ändå?",
	"Varaus on pidempi kuin laina: {0:when} luovutettu on palautettava {1:when}. Valitse aikaisempi viimeinen päivä "
	"tai varataanko silti?",
	"The reservation is longer than a loan: what is lent on {0:when} is due {1:when}. Choose an earlier last day, or "
	"reserve anyway?");
SAY(inv_say_hold_until, "hold.until",
	"Pausen slutar tidigast i morgon. Välj en senare dag, eller ingen dag för en paus tills någon säger till.",
	"Tauko päättyy aikaisintaan huomenna. Valitse myöhempi päivä tai jätä päivä pois, niin tauko jatkuu toistaiseksi.",
	"The pause ends tomorrow at the earliest. Choose a later day, or none for a pause until somebody says so.");
SAY(inv_say_hold_full, "hold.full",
	"Alla är upptagna den {0:when}. Välj andra dagar, eller reservera ändå?",
	"Kaikki ovat varattuja {0:when}. Valitse muut päivät tai varataanko silti?",
	"All are taken on {0:when}. Choose other days, or reserve anyway?");
SAY(inv_say_hold_has, "hold.has", "Låntagaren väntar redan på en sådan.",
	"Lainaaja odottaa jo tällaista.", "The borrower waits for one already.");
SAY(inv_say_hold_product, "hold.product", "Det finns ingen produkt {0} som lånas ut.",
	"Lainattavaa tuotetta {0} ei ole.", "There is no product {0} that is lent.");
SAY(inv_say_hold_paused, "hold.ready", "Den står redan på hyllan. Avboka i stället.",
	"Se on jo hyllyssä. Peru varaus sen sijaan.",
	"It is on the shelf already. Cancel instead.");
SAY(inv_say_hold_place, "hold.place", "Platsen i kön är fel: 1 till {0}.",
	"Paikka jonossa on väärä: 1-{0}.", "There is no such place in the queue: 1 to {0}.");

/* --- names --- */

static const struct {
	const char *name;
	struct say say;
} line_states[INV_LINE_STATES] = {
	[INV_LINE_OUT] = {"out", {"line.out", {"utlånad", "lainassa", "out"}}},
	[INV_LINE_CLAIMED] = {"claimed",
		{"line.claimed", {"uppgiven som återlämnad", "ilmoitettu palautetuksi",
					 "claimed returned"}}},
	[INV_LINE_LOST] = {"lost", {"line.lost", {"borta", "kadonnut", "lost"}}},
	[INV_LINE_HANDED_IN] = {"handed_in",
		{"line.handed-in", {"inlämnad", "palautettu", "handed in"}}},
	[INV_LINE_IN] = {"in", {"line.in", {"återlämnad", "palautettu ja tarkastettu", "back"}}},
	[INV_LINE_WRITTEN_OFF] = {"written_off",
		{"line.written-off", {"avskriven", "poistettu", "written off"}}},
	[INV_LINE_REPLACED] = {"replaced",
		{"line.replaced",
			{"utbytt mot en annan", "vaihdettu toiseen", "replaced by another"}}},
};

const char *inv_line_state_name(unsigned s)
{
	return s > 0 && s < INV_LINE_STATES ? line_states[s].name : "unknown";
}

const struct say *inv_line_state_say(unsigned s)
{
	return &line_states[s > 0 && s < INV_LINE_STATES ? s : INV_LINE_OUT].say;
}

static const struct {
	const char *name;
	struct say say;
} hold_states[INV_HOLD_STATES] = {
	[INV_HOLD_WAITING] = {"waiting", {"hold.waiting", {"väntar", "odottaa", "waiting"}}},
	[INV_HOLD_READY] = {"ready",
		{"hold.is-ready", {"redo att hämta", "noudettavissa", "ready to fetch"}}},
	[INV_HOLD_FILLED] = {"filled", {"hold.filled", {"utlämnad", "lainattu", "filled"}}},
	[INV_HOLD_CANCELLED] = {"cancelled",
		{"hold.cancelled", {"avbokad", "peruttu", "cancelled"}}},
	[INV_HOLD_LAPSED] = {"lapsed", {"hold.lapsed", {"förfallen", "rauennut", "lapsed"}}},
};

const char *inv_hold_state_name(unsigned s)
{
	return s > 0 && s < INV_HOLD_STATES ? hold_states[s].name : "unknown";
}

const struct say *inv_hold_state_say(unsigned s)
{
	return &hold_states[s > 0 && s < INV_HOLD_STATES ? s : INV_HOLD_WAITING].say;
}

static const char *const loan_kinds[INV_LOAN_KINDS] = {
	[INV_LOAN_ORDINARY] = "ordinary", [INV_LOAN_TRIAL] = "trial", [INV_LOAN_SWAP] = "swap"};

const char *inv_loan_kind_name(unsigned kind)
{
	return kind > 0 && kind < INV_LOAN_KINDS ? loan_kinds[kind] : "unknown";
}

int inv_loan_kind_parse(const char *s, enum inv_loan_kind *ret)
{
	for (unsigned k = 1; s && k < INV_LOAN_KINDS; k++) {
		if (text_equal(s, loan_kinds[k])) {
			*ret = (enum inv_loan_kind)k;
			return 0;
		}
	}
	return ERR_BADINPUT;
}

const char *inv_due_moved_text(struct arena *a, enum say_lang lang, int32_t asked, int32_t due)
{
	struct refusal r = {.say = &inv_say_due_moved};

	day_format(asked, r.kept[0]);
	day_format(due, r.kept[1]);
	return refusal_text(a, lang, &r);
}
