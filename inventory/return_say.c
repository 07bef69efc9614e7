/* SPDX-License-Identifier: EUPL-1.2 */
/* What is said of returns: where one stands, what is advised, why something is refused. */
#include "inventory/inventory_int.h"

#include "base/clock.h"
#include "base/text.h"
#include "base/when.h"

#define SAY(name, code, sv, fi, en) const struct say name = {code, {sv, fi, en}}

SAY(inv_say_return_none, "return.none", "{0} har ingen pågående återlämning.",
	"Laitteella {0} ei ole kesken olevaa palautusta.", "No return of {0} is under way.");
SAY(inv_say_return_open, "return.open",
	"Återlämningen av {0} är inte avslutad. Säg först vad som ska hända med den: låna ut, "
	"laga, ladda eller lämna till leasegivaren.",
	"Laitteen {0} palautus on kesken. Päätä ensin: lainaan, korjaukseen, lataukseen vai "
	"vuokranantajalle.",
	"The return of {0} is not finished. Say first what becomes of it: lend, repair, charge or "
	"lessor.");
SAY(inv_say_return_verdict, "return.verdict",
	"Välj vad som ska hända med {0}: lend, repair, "
	"charge eller lessor.",
	"Valitse, mitä laitteelle {0} tehdään: lend, repair, charge tai lessor.",
	"Choose what becomes of {0}: lend, repair, charge or lessor.");
SAY(inv_say_return_unproved, "return.unproved",
	"Det är inte visat att {0} är raderad. Titta på den: visar den startguiden, säg att du har "
	"sett det. Annars radera den för hand, eller skicka den på lagning.",
	"Ei ole varmaa, että {0} on tyhjennetty. Katso sitä: jos siinä näkyy käyttöönottoapuri, "
	"kerro nähneesi sen. Muuten tyhjennä se käsin tai lähetä korjaukseen.",
	"It is not proved that {0} is erased. Look at it: if it shows Setup Assistant, say that "
	"you "
	"have seen it. Otherwise erase it by hand, or send it to repair.");
SAY(inv_say_return_locked, "return.locked",
	"{0} sade att aktiveringslåset är på. Be låntagaren stänga av Hitta, eller lås upp med "
	"koden; har du sett att låset är borta, säg det.",
	"{0} kertoi aktivointilukon olevan päällä. Pyydä lainaajaa poistamaan Etsi-toiminto tai "
	"avaa lukko koodilla; jos näit lukon poistuneen, kerro se.",
	"{0} said that its Activation Lock is on. Ask the borrower to switch off Find My, or open "
	"it with the code; if you have seen that it is gone, say so.");
SAY(inv_say_return_go_locked, "return.go-locked",
	"{0} sade att aktiveringslåset är på: raderad nu vore den låst till någons konto. Be "
	"låntagaren logga ut, eller öppna låset med koden.",
	"{0} kertoi aktivointilukon olevan päällä: tyhjennettynä se jäisi lukkoon jonkun tilille. "
	"Pyydä lainaajaa kirjautumaan ulos, tai avaa lukko koodilla.",
	"{0} said that its Activation Lock is on: erased now it would be locked to somebody's "
	"account. Ask the borrower to sign out, or open the lock with the code.");
SAY(inv_say_return_nothing_waits, "return.nothing-waits",
	"Raderingen av {0} väntar inte på något: den är redan på väg eller inte vald.",
	"Laitteen {0} tyhjennys ei odota mitään: se on jo matkalla tai sitä ei ole valittu.",
	"The erase of {0} waits for nothing: it is on its way already, or was not chosen.");

SAY(inv_say_advice_wait, "advice.wait", "Återlämningen pågår; vänta på iPaden.",
	"Palautus on kesken; odota iPadia.", "The return is under way; wait for the iPad.");
SAY(inv_say_advice_look, "advice.look",
	"Ingen har visat att den är raderad: titta på den innan den lämnas vidare.",
	"Tyhjennystä ei ole osoitettu: katso laitetta ennen kuin se annetaan eteenpäin.",
	"Nobody has shown that it is erased: look at it before it goes on.");
SAY(inv_say_advice_by_hand, "advice.by-hand",
	"Den är inte raderad. Radera den för hand med Apple Configurator eller försök igen.",
	"Sitä ei ole tyhjennetty. Tyhjennä se käsin Apple Configuratorilla tai yritä uudelleen.",
	"It is not erased. Erase it by hand with Apple Configurator, or try again.");
SAY(inv_say_advice_silent, "advice.silent",
	"Den har inte svarat på två veckor: ladda den och sätt den på ett nät som den känner.",
	"Se ei ole vastannut kahteen viikkoon: lataa se ja liitä tuttuun verkkoon.",
	"It has not answered for two weeks: charge it, and give it a network it knows.");
SAY(inv_say_advice_parts, "advice.parts", "Den anger att en del är trasig eller utbytt.",
	"Se ilmoittaa viallisesta tai vaihdetusta osasta.",
	"It tells of a part that is broken or was replaced.");
SAY(inv_say_advice_battery_worn, "advice.battery-worn", "Den anger att batteriet bör bytas.",
	"Se ilmoittaa, että akku pitäisi vaihtaa.", "It tells that its battery wants service.");
SAY(inv_say_advice_battery_foreign, "advice.battery-foreign",
	"Den anger att batteriet inte är Apples.", "Se ilmoittaa, ettei akku ole Applen.",
	"It tells that its battery is not Apple's.");
SAY(inv_say_advice_lessor, "advice.lessor", "Den är märkt som återlämnad till leasegivaren.",
	"Se on merkitty palautetuksi vuokranantajalle.", "It is marked as returned to the lessor.");
SAY(inv_say_advice_lease, "advice.lease", "Leasingen slutar inom två månader.",
	"Vuokrasopimus päättyy kahden kuukauden sisällä.", "Its lease ends within two months.");
SAY(inv_say_advice_charge, "advice.charge", "Batteriet är nästan tomt.", "Akku on lähes tyhjä.",
	"Its battery is nearly empty.");
SAY(inv_say_advice_lend, "advice.lend", "Raderad, hel och laddad: den kan lånas ut igen.",
	"Tyhjennetty, ehjä ja ladattu: sen voi lainata uudelleen.",
	"Erased, sound and charged: it can be lent again.");

/* --- words of files and the API --- */

static const char *const phases[INV_RETURN_PHASES] = {[INV_RETURN_ASKING] = "asking",
	[INV_RETURN_LOCKED] = "locked",
	[INV_RETURN_ERASING] = "erasing",
	[INV_RETURN_ERASED] = "erased",
	[INV_RETURN_JUDGING] = "judging",
	[INV_RETURN_DONE] = "done"};
static const char *const proofs[INV_PROOFS] = {[INV_PROOF_NONE] = "none",
	[INV_PROOF_SAID] = "said",
	[INV_PROOF_BACK] = "back",
	[INV_PROOF_SPOKE] = "spoke",
	[INV_PROOF_REFUSED] = "refused",
	[INV_PROOF_SILENT] = "silent",
	[INV_PROOF_ANEW] = "anew"};
static const char *const verdicts[INV_VERDICTS] = {[INV_VERDICT_NONE] = "none",
	[INV_VERDICT_LEND] = "lend",
	[INV_VERDICT_REPAIR] = "repair",
	[INV_VERDICT_CHARGE] = "charge",
	[INV_VERDICT_LESSOR] = "lessor"};

const char *inv_return_phase_name(uint32_t phase)
{
	return phase < INV_RETURN_PHASES && phases[phase] ? phases[phase] : "unknown";
}

const char *inv_proof_name(uint32_t proof)
{
	return proof < INV_PROOFS ? proofs[proof] : "unknown";
}

const char *inv_verdict_name(uint32_t verdict)
{
	return verdict < INV_VERDICTS ? verdicts[verdict] : "unknown";
}

int inv_verdict_parse(const char *s, enum inv_verdict *ret)
{
	for (unsigned v = INV_VERDICT_LEND; v < INV_VERDICTS; v++) {
		if (text_equal_case(s, verdicts[v])) {
			*ret = (enum inv_verdict)v;
			return 0;
		}
	}
	return ERR_BADINPUT;
}

/* --- where it stands --- */

static const struct say asking = {
	"return.asking", {"Öppnad {0}. iPaden tillfrågas hur den mår innan den raderas.",
				 "Avattu {0}. iPadilta kysytään sen tila ennen tyhjennystä.",
				 "Opened {0}. The iPad is asked how it is before it is erased."}};
static const struct say locked = {"return.waits-for-lock",
	{"Aktiveringslåset är på sedan {0}: be låntagaren stänga av Hitta, eller lås upp med "
	 "koden. "
	 "Sedan raderas den.",
		"Aktivointilukko on päällä ({0} alkaen): pyydä lainaajaa poistamaan Etsi tai avaa "
		"se koodilla. Sitten laite tyhjennetään.",
		"Its Activation Lock is on, as told {0}: ask the borrower to switch off Find My, "
		"or "
		"open it with the code. Then it is erased."}};
static const struct say erasing = {
	"return.erasing", {"Ska raderas sedan {0}; väntar på att iPaden hör av sig.",
				  "Tyhjennys tilattu {0}; odotetaan iPadin yhteydenottoa.",
				  "To be erased since {0}; waits for the iPad to call."}};
static const struct say erased = {"return.erased",
	{"iPaden sade {0} att den raderar sig. Säg vad som ska hända med den.",
		"iPad kertoi {0} tyhjentävänsä itsensä. Päätä, mitä sille tehdään.",
		"The iPad said {0} that it erases itself. Say what becomes of it."}};
static const struct say erased_service = {"return.erased-service",
	{"iPaden sade {0} att den raderar sig; den ska ansluta igen av sig själv.",
		"iPad kertoi {0} tyhjentävänsä itsensä; se liittyy takaisin itsestään.",
		"The iPad said {0} that it erases itself; it is to enrol again by itself."}};
static const struct say done = {"return.done", {"Avslutad {0}.", "Päätetty {0}.", "Finished {0}."}};
static const struct say judging[INV_PROOFS] = {
	[INV_PROOF_NONE] = {"return.judge",
		{"Inte raderad av oss. Titta på den och säg vad som ska hända.",
			"Emme tyhjentäneet sitä. Katso laitetta ja päätä, mitä sille tehdään.",
			"Not erased by us. Look at it, and say what becomes of it."}},
	[INV_PROOF_SAID] = {"return.judge-said",
		{"iPaden sade {0} att den raderar sig men har inte kommit tillbaka. Titta på den.",
			"iPad kertoi {0} tyhjentävänsä itsensä, mutta ei ole palannut. Katso sitä.",
			"The iPad said {0} that it erases itself, and has not come back. Look at "
			"it."}},
	[INV_PROOF_BACK] = {"return.judge-back",
		{"Raderad: den kom tillbaka som ny {0}. Säg vad som ska hända med den.",
			"Tyhjennetty: se palasi uutena {0}. Päätä, mitä sille tehdään.",
			"Erased: it came back as new {0}. Say what becomes of it."}},
	[INV_PROOF_SPOKE] = {"return.judge-spoke",
		{"iPaden sade att den raderar sig men hör av sig som förut. Den är inte raderad.",
			"iPad kertoi tyhjentävänsä itsensä, mutta ottaa yhteyttä kuten ennen. Sitä "
			"ei ole tyhjennetty.",
			"The iPad said that it erases itself but speaks as before. It is not "
			"erased."}},
	[INV_PROOF_REFUSED] = {"return.judge-refused",
		{"Raderingen blev inte av: iPaden sade nej, eller kommandot togs tillbaka.",
			"Tyhjennys ei toteutunut: iPad kieltäytyi tai komento peruttiin.",
			"The erase did not happen: the iPad said no, or the command was taken "
			"back."}},
	[INV_PROOF_SILENT] = {"return.judge-silent",
		{"iPaden har inte svarat sedan {0}. Raderingen väntar kvar tills den hör av sig.",
			"iPad ei ole vastannut ({0} alkaen). Tyhjennys odottaa yhteydenottoa.",
			"The iPad has not answered since {0}. The erase goes on waiting for it."}},
	[INV_PROOF_ANEW] = {"return.judge-anew",
		{"iPaden anslöt på nytt utan att ha sagt att den raderades. Titta på den.",
			"iPad liittyi uudelleen kertomatta tyhjennyksestä. Katso sitä.",
			"The iPad enrolled anew without having said that it was erased. Look at "
			"it."}},
};

static const struct say *standing(const struct inv_return *r, int64_t *ret_at)
{
	switch (r->phase) {
	case INV_RETURN_ASKING:
		*ret_at = r->opened_at;
		return &asking;
	case INV_RETURN_LOCKED:
		*ret_at = r->told_at;
		return &locked;
	case INV_RETURN_ERASING:
		*ret_at = r->erasing_at;
		return &erasing;
	case INV_RETURN_ERASED:
		*ret_at = r->erased_at;
		return r->service ? &erased_service : &erased;
	case INV_RETURN_DONE:
		*ret_at = r->closed_at;
		return &done;
	default:
		*ret_at = r->proof == INV_PROOF_BACK     ? r->back_at
			  : r->proof == INV_PROOF_SILENT ? r->erasing_at
							 : r->erased_at;
		return &judging[r->proof < INV_PROOFS ? r->proof : INV_PROOF_NONE];
	}
}

const char *inv_return_why(
	struct arena *a, const struct inv_return *r, enum say_lang lang, int64_t now)
{
	AUTO(buf) struct buf out = BUF_INIT(4096);
	int64_t when = 0;
	const struct say *s = standing(r, &when);
	const char *const arg[SAY_ARGS] = {when_text(a, lang, when, now)};

	say_format(&out, lang, s, arg);
	return arena_strdup(a, buf_str(&out));
}
