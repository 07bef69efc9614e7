/* SPDX-License-Identifier: EUPL-1.2 */
/* Every command can say in one sentence why it has not run yet, or how it ended. */
#include "mdm/queue_int.h"

#define WHY(name_, code_, sv_, fi_, en_, ...) \
	static const struct mdm_why name_ = { \
		.say = {"why." code_, {sv_, fi_, en_}}, .arg = {__VA_ARGS__}}

/* --- ended --- */
WHY(done, "done", "iPaden utförde kommandot {0}.", "iPad suoritti komennon {0}.",
	"The iPad carried it out {0}.", MDM_WHY_DONE_AT);
WHY(done_unreadable, "done-unreadable",
	"iPaden utförde kommandot {0}, men svaret gick inte att läsa.",
	"iPad suoritti komennon {0}, mutta vastausta ei voitu lukea.",
	"The iPad carried it out {0}, but its answer could not be read.", MDM_WHY_DONE_AT);
WHY(failed, "failed", "iPaden svarade {0} att det inte gick: {1}",
	"iPad vastasi {0}, ettei se onnistunut: {1}", "The iPad answered {0} that it failed: {1}",
	MDM_WHY_DONE_AT, MDM_WHY_ERROR);
WHY(out_already, "out-already", "iPaden svarade {0} att den redan var ute ur förlorat läge.",
	"iPad vastasi {0} olevansa jo poissa kadonnut-tilasta.",
	"The iPad answered {0} that it was out of Lost Mode already.", MDM_WHY_DONE_AT);
WHY(failed_unreadable, "failed-unreadable",
	"iPadens svar {0} gick inte att läsa; det är sparat som det kom.",
	"iPadin vastausta {0} ei voitu lukea; se on tallennettu sellaisenaan.",
	"The iPad's answer of {0} could not be read; it is kept as it came.", MDM_WHY_DONE_AT);
WHY(format, "format", "iPaden förstod inte kommandot ({0}).", "iPad ei ymmärtänyt komentoa ({0}).",
	"The iPad did not understand the command ({0}).", MDM_WHY_DONE_AT);
WHY(expired, "expired", "iPaden hämtade inte kommandot i tid; det togs bort {0}.",
	"iPad ei noutanut komentoa ajoissa; se poistettiin {0}.",
	"The iPad did not take the command in time; it was dropped {0}.", MDM_WHY_DONE_AT);
WHY(cancelled, "cancelled", "{1} avbröt kommandot {0}.", "{1} perui komennon {0}.",
	"{1} cancelled it {0}.", MDM_WHY_DONE_AT, MDM_WHY_BY);
WHY(overtaken, "overtaken", "Kommandot föll bort {0}, när iPaden raderades eller anslöts på nytt.",
	"Komento raukesi {0}, kun iPad tyhjennettiin tai liitettiin uudelleen.",
	"It fell away {0}, when the iPad was erased or enrolled anew.", MDM_WHY_DONE_AT);

/* --- held back --- */
WHY(not_enrolled, "not-enrolled", "iPaden är inte ansluten just nu; kommandot går när den är det.",
	"iPad ei ole nyt liitetty; komento lähtee, kun se on.",
	"The iPad is not enrolled at present; the command goes when it is.", MDM_WHY_NONE);
WHY(erased, "erased", "iPaden har fått order att radera sig och väntas ansluta på nytt.",
	"iPad on saanut käskyn tyhjentyä, ja sen odotetaan liittyvän uudelleen.",
	"The iPad has been told to erase itself and is expected to enrol again.", MDM_WHY_NONE);
WHY(identity, "identity", "iPadens identitet har gått ut; först måste den förnyas.",
	"iPadin varmenne on vanhentunut; se on ensin uusittava.",
	"The iPad's identity has expired; it must be renewed first.", MDM_WHY_NONE);
WHY(untrusted, "untrusted",
	"iPaden är inte godkänd som vår; kommandot går när den har märkts som levererad.",
	"iPad ei ole hyväksytty; komento lähtee, kun se on merkitty toimitetuksi.",
	"The iPad is not approved as ours; the command goes when it is marked as delivered.",
	MDM_WHY_NONE);
WHY(lost, "lost", "iPaden är borttappad; kommandot går när den är upphittad.",
	"iPad on kadonnut; komento lähtee, kun se on löytynyt.",
	"The iPad is lost; the command goes when it is found.", MDM_WHY_NONE);
WHY(not_lost_yet, "not-lost-yet", "iPaden har ännu inte bekräftat förlorat läge.",
	"iPad ei ole vielä vahvistanut kadonnut-tilaa.",
	"The iPad has not confirmed Lost Mode yet.", MDM_WHY_NONE);
WHY(release, "release", "iPaden är borttappad och släpps inte ur startguiden förrän den är låst.",
	"iPad on kadonnut, eikä sitä päästetä käyttöönottoapurista ennen kuin se on lukittu.",
	"The iPad is lost and is not let out of Setup Assistant before it is locked.",
	MDM_WHY_NONE);
WHY(opening, "opening",
	"Aktiveringslåset öppnas först hos Apple; raderingen går av sig själv när det är borta.",
	"Aktivointilukko avataan ensin Applella; tyhjennys lähtee itsestään, kun se on poissa.",
	"The Activation Lock is opened at Apple first; the erase goes by itself when it is gone.",
	MDM_WHY_NONE);
WHY(locked, "locked",
	"Aktiveringslåset är på: be låntagaren logga ut under Inställningar, så går raderingen av sig "
	"själv; eller avbryt den och radera ändå, med en anledning.",
	"Aktivointilukko on päällä: pyydä lainaajaa kirjautumaan ulos Asetuksissa, niin tyhjennys "
	"lähtee itsestään; tai peru se ja tyhjennä silti, syy ilmoittaen.",
	"The Activation Lock is on: ask the borrower to sign out in Settings, and the erase goes by "
	"itself; or cancel it and erase anyway, with a reason.",
	MDM_WHY_NONE);
WHY(overdue, "overdue", "Kommandots tid gick ut {0}; det tas strax bort.",
	"Komennon aika päättyi {0}; se poistetaan pian.",
	"The command's time ended {0}; it is dropped in a moment.", MDM_WHY_EXPIRES_AT);

/* --- on its way --- */
WHY(handed, "handed", "iPaden hämtade kommandot {0} och har ännu inte svarat.",
	"iPad nouti komennon {0} eikä ole vielä vastannut.",
	"The iPad took the command {0} and has not answered yet.", MDM_WHY_HANDED_AT);
WHY(put_off, "put-off",
	"iPaden sade \"inte nu\" {0}, troligen för att den är låst; den frågar själv när den låses "
	"upp.",
	"iPad vastasi \"ei nyt\" {0}, todennäköisesti koska se on lukittu; se kysyy itse, kun se "
	"avataan.",
	"The iPad said \"not now\" {0}, most likely because it is locked; it asks by itself when "
	"unlocked.",
	MDM_WHY_PUT_OFF_AT);
WHY(put_off_due, "put-off-due",
	"iPaden sade \"inte nu\" {0}, troligen för att den är låst; den frågar själv, och väcks "
	"annars {1}.",
	"iPad vastasi \"ei nyt\" {0}, todennäköisesti koska se on lukittu; se kysyy itse, ja "
	"muuten "
	"se herätetään {1}.",
	"The iPad said \"not now\" {0}, most likely because it is locked; it asks by itself, and "
	"is "
	"woken {1} otherwise.",
	MDM_WHY_PUT_OFF_AT, MDM_WHY_DUE_AT);
WHY(behind, "behind", "Väntar bakom {0}: {1}", "Odottaa komennon {0} takana: {1}",
	"Waits behind {0}: {1}", MDM_WHY_AHEAD, MDM_WHY_AHEAD_WHY);
WHY(no_push_cert, "no-push-cert",
	"Det finns inget push-certifikat, så iPaden kan inte väckas; läs in ett.",
	"Push-varmennetta ei ole, joten iPadia ei voi herättää; lue sellainen sisään.",
	"There is no push certificate, so the iPad cannot be woken; import one.", MDM_WHY_NONE);
WHY(no_token, "no-token", "iPaden har inte lämnat någon push-adress; den måste höra av sig själv.",
	"iPad ei ole antanut push-osoitetta; sen on otettava itse yhteyttä.",
	"The iPad has given no push address; it has to call by itself.", MDM_WHY_NONE);
WHY(bad_cert, "bad-cert",
	"Apple godtar inte vårt push-certifikat ({0}); ingenting skickas förrän det är bytt.",
	"Apple ei hyväksy push-varmennettamme ({0}); mitään ei lähetetä ennen kuin se on "
	"vaihdettu.",
	"Apple does not accept our push certificate ({0}); nothing is sent until it is replaced.",
	MDM_WHY_REASON);
WHY(bad_topic, "bad-topic",
	"Push-certifikatet hör inte till den här anslutningen ({0}); läs in rätt "
	"certifikat.",
	"Push-varmenne ei kuulu tähän liitokseen ({0}); lue sisään oikea varmenne.",
	"The push certificate does not belong to this enrolment ({0}); import the right one.",
	MDM_WHY_REASON);
WHY(gone, "gone",
	"Apple säger att iPadens push-adress är död ({0}); den måste höra av sig själv; "
	"senast {1}.",
	"Apple ilmoittaa iPadin push-osoitteen kuolleeksi ({0}); sen on otettava itse yhteyttä; "
	"viimeksi {1}.",
	"Apple says that the iPad's push address is dead ({0}); it has to call by itself; last "
	"seen "
	"{1}.",
	MDM_WHY_REASON, MDM_WHY_SEEN_AT);
WHY(our_fault, "our-fault", "Apple förkastar vårt anrop ({0}); felet är vårt; se loggen.",
	"Apple hylkää pyyntömme ({0}); vika on meissä; katso loki.",
	"Apple rejects our request ({0}); the fault is ours; see the log.", MDM_WHY_REASON);
WHY(again, "again", "Apples push-tjänst kunde inte nås ({0}); nytt försök {1}.",
	"Applen push-palveluun ei saatu yhteyttä ({0}); uusi yritys {1}.",
	"Apple's push service could not be reached ({0}); next try {1}.", MDM_WHY_REASON,
	MDM_WHY_DUE_AT);
WHY(pushed, "pushed",
	"iPaden väcktes {0} och har inte hört av sig sedan dess (avstängd eller utan nät?); senast "
	"{1}.",
	"iPad herätettiin {0} eikä ole ottanut yhteyttä (sammutettu tai ilman verkkoa?); viimeksi "
	"{1}.",
	"The iPad was woken {0} and has not called since (off, or without network?); last seen "
	"{1}.",
	MDM_WHY_SENT_AT, MDM_WHY_SEEN_AT);
WHY(unreached, "unreached",
	"iPaden skulle ha väckts {0}, men servern når inte Apples push-tjänst (eller är inte i "
	"gång); den försöker igen själv.",
	"iPad olisi pitänyt herättää {0}, mutta palvelin ei saa yhteyttä Applen push-palveluun "
	"(tai "
	"ei ole käynnissä); se yrittää itse uudelleen.",
	"The iPad was to be woken {0}, but the server cannot reach Apple's push service (or is not "
	"running); it tries again by itself.",
	MDM_WHY_DUE_AT);
WHY(waking, "waking", "iPaden väcks strax.", "iPad herätetään pian.",
	"The iPad is woken in a moment.", MDM_WHY_NONE);
WHY(calling, "calling", "Kommandot går nästa gång iPaden hör av sig; senast {0}.",
	"Komento lähtee, kun iPad seuraavan kerran ottaa yhteyttä; viimeksi {0}.",
	"The command goes when the iPad calls next; last seen {0}.", MDM_WHY_SEEN_AT);

static const struct mdm_why *ended_decide(const struct mdm_why_facts *f)
{
	if (f->was_out)
		return &out_already;
	switch (f->state) {
	case MDM_ACKNOWLEDGED:
		return f->unreadable ? &done_unreadable : &done;
	case MDM_FORMAT_ERROR:
		return &format;
	case MDM_EXPIRED:
		return &expired;
	case MDM_CANCELLED:
		return f->by_server ? &overtaken : &cancelled;
	default:
		return f->unreadable ? &failed_unreadable : &failed;
	}
}

static const struct mdm_why *push_decide(const struct mdm_why_facts *f)
{
	if (f->no_push_cert)
		return &no_push_cert;
	if (f->no_token)
		return &no_token;
	if (!f->wished)
		return &calling;
	switch (f->verdict) {
	case APNS_BAD_CERT:
		return &bad_cert;
	case APNS_BAD_TOPIC:
		return &bad_topic;
	case APNS_GONE:
	case APNS_BAD_TOKEN:
		return &gone;
	case APNS_OUR_FAULT:
		return &our_fault;
	case APNS_AGAIN:
		return &again;
	default:
		if (f->overdue)
			return &unreached;
		return f->pushed ? &pushed : &waking;
	}
}

static const struct mdm_why *ready_decide(const struct mdm_why_facts *f)
{
	if (f->handed)
		return &handed;
	if (f->put_off)
		return f->wished ? &put_off_due : &put_off;
	if (f->behind)
		return &behind;
	return push_decide(f);
}

const struct mdm_why *mdm_why_decide(const struct mdm_why_facts *f)
{
	static const struct mdm_why *const held[MDM_HOLDS] = {
		[MDM_HOLD_NOT_ENROLLED] = &not_enrolled,
		[MDM_HOLD_ERASED] = &erased,
		[MDM_HOLD_IDENTITY] = &identity,
		[MDM_HOLD_UNTRUSTED] = &untrusted,
		[MDM_HOLD_LOST] = &lost,
		[MDM_HOLD_NOT_LOST_YET] = &not_lost_yet,
		[MDM_HOLD_RELEASE] = &release,
		[MDM_HOLD_OPENING] = &opening,
		[MDM_HOLD_LOCKED] = &locked,
		[MDM_HOLD_OVERDUE] = &overdue,
	};

	if (f->state != MDM_QUEUED)
		return ended_decide(f);
	if ((unsigned)f->hold < MDM_HOLDS && held[f->hold])
		return held[f->hold];
	return ready_decide(f);
}
