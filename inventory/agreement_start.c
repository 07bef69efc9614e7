/* SPDX-License-Identifier: EUPL-1.2 */
/* The texts the program comes with, until a municipality writes its own. Plain words. */
#include "inventory/agreement_int.h"

#include "base/text.h"

struct text {
	const char *title, *body;
};

static const struct text texts[INV_TEXTS][SAY_LANGS] = {
	[INV_TEXT_LOAN] =
		{
			{"Låneöverenskommelse",
				"{name} lånar det här av {organisation}.\n\n"
				"{items}\n\n"
				"{due-large}\n\n"
				"# Det här har vi kommit överens om\n"
				"- Lånet kostar ingenting.\n"
				"- Du lämnar tillbaka sakerna i samma skick som när du fick dem, "
				"senast den dag som står här ovanför. Vanligt slitage gör "
				"ingenting.\n"
				"- Lämna tillbaka dem till {place}. Vill du låna längre, hör av dig "
				"innan den dagen.\n"
				"- Sakerna är kommunens. Du får inte sälja dem eller låna ut dem "
				"till någon annan.\n"
				"- Går något sönder eller kommer bort, hör av dig genast. Det gör "
				"ingenting om du är osäker på vad som har hänt. Ring {phone}.\n"
				"- Kommer en sak inte tillbaka kan du bli skyldig att ersätta den. "
				"Vad varje sak då kostar står i bilagan.\n\n"
				"# Dina uppgifter\n"
				"Vi sparar bara det som behövs för lånet och tar bort det när det "
				"inte behövs längre. Du har rätt att få veta vad vi har sparat. "
				"Ring {phone}.\n"},
			{"Lainaussopimus",
				"{name} lainaa nämä tavarat. Lainan antaa {organisation}.\n\n"
				"{items}\n\n"
				"{due-large}\n\n"
				"# Tästä olemme sopineet\n"
				"- Laina on maksuton.\n"
				"- Palautat tavarat samassa kunnossa kuin sait ne, viimeistään "
				"yllä "
				"mainittuna päivänä. Tavallinen kuluminen ei haittaa.\n"
				"- Palautuspaikka on {place}. Jos haluat lainata pidempään, ota "
				"yhteyttä ennen sitä päivää.\n"
				"- Tavarat ovat kunnan omaisuutta. Et saa myydä tai lainata niitä "
				"edelleen.\n"
				"- Jos jokin rikkoutuu tai katoaa, ota heti yhteyttä. Ei haittaa, "
				"vaikka et tietäisi, mitä on tapahtunut. Soita {phone}.\n"
				"- Jos tavaraa ei palauteta, voit joutua korvaamaan sen. Hinnat "
				"ovat liitteessä.\n\n"
				"# Tietosi\n"
				"Tallennamme vain sen, mitä laina vaatii, ja poistamme tiedot, kun "
				"niitä ei enää tarvita. Sinulla on oikeus saada tietää, mitä "
				"olemme "
				"tallentaneet. Soita {phone}.\n"},
			{"Loan agreement",
				"{name} borrows this from {organisation}.\n\n"
				"{items}\n\n"
				"{due-large}\n\n"
				"# What we agree on\n"
				"- The loan costs nothing.\n"
				"- You bring the things back in the condition in which you got "
				"them, no later than the day above. Ordinary wear does no harm.\n"
				"- Bring them back to {place}. To borrow them for longer, tell us "
				"before that day.\n"
				"- The things belong to the municipality. Do not sell them or lend "
				"them to others.\n"
				"- If something breaks or gets lost, tell us at once. Never mind if "
				"you are not sure what happened. Call {phone}.\n"
				"- If a thing does not come back you may have to pay for it. What "
				"each would cost stands in the appendix.\n\n"
				"# What we keep about you\n"
				"Only what the loan needs, and no longer than it is needed. You "
				"have the right to know what we keep. Call {phone}.\n"},
		},
	[INV_TEXT_INSURANCE] =
		{
			{"Bilaga: om något går sönder eller kommer bort",
				"Den här bilagan hör till lån {loan}.\n\n"
				"- Du behöver inte ha någon egen försäkring för att låna.\n"
				"- Går en sak sönder vid vanlig användning betalar du ingenting.\n"
				"- Blir en sak stulen: ring oss och gör en polisanmälan. Då "
				"spärrar "
				"vi den.\n"
				"- Har du varit oaktsam, eller kommer en sak inte tillbaka, kan du "
				"bli skyldig att betala högst det som står här. En människa "
				"bestämmer det, och du får säga din mening först.\n\n"
				"{prices}\n\n"
				"Alltihop kan kosta högst {total}.\n"},
			{"Liite: jos jokin rikkoutuu tai katoaa",
				"Tämä liite kuuluu lainaan {loan}.\n\n"
				"- Et tarvitse omaa vakuutusta lainataksesi.\n"
				"- Jos tavara rikkoutuu tavallisessa käytössä, et maksa mitään.\n"
				"- Jos tavara varastetaan: soita meille ja tee rikosilmoitus. "
				"Lukitsemme sen.\n"
				"- Jos olet ollut huolimaton tai tavaraa ei palauteta, voit joutua "
				"maksamaan enintään alla mainitun hinnan. Siitä päättää ihminen, "
				"ja "
				"saat ensin kertoa oman näkemyksesi.\n\n"
				"{prices}\n\n"
				"Yhteensä enintään {total}.\n"},
			{"Appendix: if something breaks or gets lost",
				"This appendix belongs to loan {loan}.\n\n"
				"- You need no insurance of your own to borrow.\n"
				"- If a thing breaks in ordinary use you pay nothing.\n"
				"- If a thing is stolen: call us and report it to the police. We "
				"lock it.\n"
				"- If you were careless, or a thing does not come back, you may "
				"have "
				"to pay no more than what stands here. A person decides that, and "
				"hears you first.\n\n"
				"{prices}\n\n"
				"All of it together costs {total} at most.\n"},
		},
	[INV_TEXT_RETURN] =
		{
			{"Återlämningskvitto",
				"{name} har lämnat tillbaka det här till {organisation}, "
				"{date}.\n\n"
				"{items}\n\n"
				"Vi har gått igenom sakerna tillsammans. Saknas något står det här "
				"ovanför. Har du frågor, ring {phone}.\n"},
			{"Palautuskuitti",
				"{name} on palauttanut nämä tavarat. Vastaanottaja: "
				"{organisation}, {date}.\n\n"
				"{items}\n\n"
				"Olemme käyneet tavarat läpi yhdessä. Jos jotain puuttuu, se on "
				"mainittu yllä. Jos sinulla on kysyttävää, soita {phone}.\n"},
			{"Receipt of a return",
				"{name} has brought this back to {organisation}, {date}.\n\n"
				"{items}\n\n"
				"We have gone through the things together. If something is "
				"missing, "
				"it is told above. For questions, call {phone}.\n"},
		},
};

void inv_wording_start(enum inv_text kind, enum say_lang lang, struct inv_wording *ret)
{
	const struct text *t = &texts[kind][lang];

	*ret = (struct inv_wording){.kind = kind, .lang = lang, .title = t->title, .body = t->body};
}
