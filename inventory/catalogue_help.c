/* SPDX-License-Identifier: EUPL-1.2 */
/* What the staff should know of the starter catalogue's products when they hand one out. */
#include "inventory/catalogue_int.h"

#include "base/text.h"

static const struct help {
	const char *id, *text[SAY_LANGS];
} helps[] = {
	/* --- the nine of the library --- */
	{"medicinpaminnare",
		{"Ställ klockan och tiderna tillsammans med låntagaren. Medicinerna lägger "
		 "låntagaren, en närstående eller vården i.",
			"Aseta kello ja ajat yhdessä lainaajan kanssa. Lääkkeet laittaa lainaaja, "
			"omainen tai hoitohenkilökunta.",
			"Set the clock and the times together with the borrower. The borrower, a "
			"relative or the carers put the medicine in."}},
	{"sensorlampa",
		{"Sätt lampan i knähöjd mellan sängen och toaletten, riktad mot golvet.",
			"Kiinnitä valo polven korkeudelle vuoteen ja vessan välille, lattiaa "
			"kohti.",
			"Fix the lamp at knee height between the bed and the toilet, towards the "
			"floor."}},
	{"fjarrstyrda-eluttag",
		{"Prova varje uttag innan du lämnar ut lådan. Inte för värmeelement.",
			"Kokeile jokaista pistorasiaa ennen lainaamista. Ei lämmityslaitteille.",
			"Try each socket before you hand out the box. Not for heaters."}},
	{"nyckelhittare",
		{"Fäst en bricka på nyckelknippan och en i plånboken. Visa hur långt signalen når.",
			"Kiinnitä yksi tunniste avainnippuun ja laita toinen lompakkoon. Näytä, "
			"miten kauas ääni kuuluu.",
			"Put one tag on the keys and one in the purse. Show how far the signal "
			"reaches."}},
	{"tradlos-ringklocka",
		{"Ställ mottagaren där låntagaren brukar sitta. Välj signal tillsammans.",
			"Aseta vastaanotin sinne, missä lainaaja yleensä istuu. Valitkaa ääni "
			"yhdessä.",
			"Put the receiver where the borrower usually sits. Choose the signal "
			"together."}},
	{"forstoringsglas-belysning", {"Pröva glaset på låntagarens egen post.",
					      "Kokeilkaa lasia lainaajan omaan postiin.",
					      "Try the glass on the borrower's own mail."}},
	{"korttidstimer",
		{"Börja med en enda användning, till exempel kaffebryggaren.",
			"Aloittakaa yhdestä käyttötavasta, esimerkiksi kahvinkeittimestä.",
			"Begin with one single use, the coffee maker for example."}},
	{"gps-klocka",
		{"Bäraren ska själv ha sagt ja till att synas. Nollställ klockan när den kommer "
		 "tillbaka.",
			"Kantajan on itse annettava suostumus siihen, että sijainti näkyy. Palauta "
			"kellon tehdasasetukset, kun se palautetaan.",
			"The bearer must have agreed to be seen. Reset the watch when it comes "
			"back."}},
	{"aktivitetsarmband",
		{"Fungerar utan telefon för steg och klocka. Nollställ armbandet vid retur.",
			"Askeleet ja kello toimivat ilman puhelinta. Palauta rannekkeen "
			"tehdasasetukset, kun se palautetaan.",
			"Steps and clock work without a telephone. Reset the band when it comes "
			"back."}},
	/* --- tablets --- */
	{"surfplatta",
		{"Gå igenom avtalet, Apple-ID och hjälpmedelsinställningarna vid utlämningen.",
			"Käykää luovutettaessa läpi sopimus, Apple ID ja käyttöapuasetukset.",
			"Go through the agreement, the Apple ID and the accessibility settings at "
			"the "
			"hand-out."}},
	{"mobilabonnemang",
		{"PIN och PUK visas bara för den som skriver varför. Stoppas hos operatören om "
		 "plattan kommer bort.",
			"PIN ja PUK näytetään vain sille, joka kirjoittaa syyn. Liittymä suljetaan "
			"operaattorilla, jos tabletti katoaa.",
			"PIN and PUK are shown only to whoever writes why. Stopped at the operator "
			"if "
			"the tablet goes missing."}},
	{"demovaska", {"Räkna innehållet innan väskan går ut och när den kommer tillbaka.",
			      "Laske sisältö ennen lainaamista ja palautuksen yhteydessä.",
			      "Count what is in it before it goes out and when it comes back."}},
	/* --- families --- */
	{"trygghetslarm-inomhus",
		{"Provlarma tillsammans med bäraren, från sovrummet och badrummet.",
			"Tehkää koehälytys yhdessä kantajan kanssa makuuhuoneesta ja "
			"kylpyhuoneesta.",
			"Try the alarm together with its bearer, from the bedroom and the "
			"bathroom."}},
	{"trygghetslarm-mobilt",
		{"Bäraren ska veta när läget visas. Laddas varje natt; provlarma utomhus.",
			"Kantajan on tiedettävä, milloin sijainti näkyy. Ladataan joka yö; tehkää "
			"koehälytys ulkona.",
			"The bearer must know when the position is shown. Charged each night; try "
			"it "
			"outdoors."}},
	{"fall-larm",
		{"Larmar inte vid varje fall, och ibland utan fall. Säg det, och visa knappen.",
			"Ei hälytä jokaisesta kaatumisesta ja joskus hälyttää turhaan. Kerro tämä "
			"ja "
			"näytä painike.",
			"Does not notice each fall, and sometimes calls without one. Say so, and "
			"show "
			"the button."}},
	{"passivt-larm-sang",
		{"Kom överens om hur länge någon får vara uppe innan det larmar.",
			"Sopikaa, miten kauan vuoteesta voi olla poissa ennen hälytystä.",
			"Agree how long somebody may be up before it calls."}},
	{"trapplarm", {"En sensor uppe och en nere. Prova i den takt som den går som ska skyddas. "
		       "Ersätter "
		       "inte en grind.",
			      "Yksi anturi ylös ja yksi alas. Kokeilkaa käyttäjän omalla "
			      "kävelyvauhdilla. "
			      "Ei korvaa porttia.",
			      "One sensor at the top and one at the bottom. Try it at the pace of "
			      "whoever "
			      "it is for. It does not replace a gate."}},
	{"dorrlarm", {"Tryck på passageknappen före dörren. Prova med någon som tar emot larmet.",
			     "Paina kulkupainiketta ennen oven avaamista. Kokeilkaa hälytyksen "
			     "vastaanottajan kanssa.",
			     "Press the pass button before the door. Try it with whoever takes the "
			     "alarm."}},
	{"gps-sensor",
		{"Bäraren ska själv ha sagt ja. Den som får se läget ska vara bestämd i förväg.",
			"Kantajan on itse annettava suostumus. Sovitaan etukäteen, kuka näkee "
			"sijainnin.",
			"The bearer must have agreed. Who may see the position is settled "
			"beforehand."}},
	{"gps-larm", {"Bäraren ska själv ha sagt ja. Gå gränsen tillsammans och prova larmet.",
			     "Kantajan on itse annettava suostumus. Kiertäkää rajat yhdessä ja "
			     "kokeilkaa "
			     "hälytystä.",
			     "The bearer must have agreed. Walk the border together and try the "
			     "alarm."}},
	{"trygghetskamera",
		{"Skrivet samtycke först. Bara vid de tider som har avtalats, och aldrig mot "
		 "badrum.",
			"Ensin kirjallinen suostumus. Vain sovittuina aikoina, eikä koskaan "
			"kylpyhuoneeseen päin.",
			"A written consent first. Only at the times agreed, and never towards the "
			"bathroom."}},
	{"handelsebaserad-tillsyn",
		{"Skrivet samtycke först. Följ upp efter två veckor om den larmar i rätt stunder.",
			"Ensin kirjallinen suostumus. Tarkista kahden viikon kuluttua, tulevatko "
			"hälytykset oikeaan aikaan.",
			"A written consent first. Look after two weeks whether it tells at the "
			"right "
			"moments."}},
	{"vitala-tecken-sensor",
		{"Förskrivs. Hänvisa till vårdcentralen eller kommunens sjuksköterska.",
			"Terveydenhuolto määrää. Ohjaa terveyskeskukseen tai kunnan "
			"sairaanhoitajalle.",
			"Prescribed. Send people to the health centre or the municipality's "
			"nurse."}},
	{"blodtrycksmatare",
		{"Förskrivs. Hänvisa till vårdcentralen eller kommunens sjuksköterska.",
			"Terveydenhuolto määrää. Ohjaa terveyskeskukseen tai kunnan "
			"sairaanhoitajalle.",
			"Prescribed. Send people to the health centre or the municipality's "
			"nurse."}},
	{"vag", {"Förskrivs. Hänvisa till vårdcentralen eller kommunens sjuksköterska.",
			"Terveydenhuolto määrää. Ohjaa terveyskeskukseen tai kunnan "
			"sairaanhoitajalle.",
			"Prescribed. Send people to the health centre or the municipality's "
			"nurse."}},
	{"egenmonitorering",
		{"Förskrivs. Hänvisa till vårdcentralen eller kommunens sjuksköterska.",
			"Terveydenhuolto määrää. Ohjaa terveyskeskukseen tai kunnan "
			"sairaanhoitajalle.",
			"Prescribed. Send people to the health centre or the municipality's "
			"nurse."}},
	{"lakemedelsautomat",
		{"Fylls av vården. Larmet går till dem: se till att någon tar emot det.",
			"Hoitohenkilökunta täyttää. Hälytys menee heille: varmista, että joku "
			"vastaanottaa sen.",
			"Filled by the carers. The alarm goes to them: see that somebody takes "
			"it."}},
	{"aktivitetsskarm", {"Visas i sällskap. Torka av skärmen efter varje grupp.",
				    "Esitellään ryhmälle. Pyyhi näyttö jokaisen ryhmän jälkeen.",
				    "Shown in company. Wipe the screen after each group."}},
	{"traningsprogram",
		{"Övningarna väljs av en fysioterapeut eller arbetsterapeut.",
			"Harjoitukset valitsee fysioterapeutti tai toimintaterapeutti.",
			"The exercises are chosen by a physiotherapist or an occupational "
			"therapist."}},
	{"vr-glasogon",
		{"Sitt ner, börja med en kort film och håll sällskap. Torka av glasögonen efteråt.",
			"Istukaa alas, aloittakaa lyhyellä elokuvalla ja pitäkää seuraa. Pyyhi "
			"lasit "
			"lopuksi.",
			"Sit down, begin with a short film and stay. Wipe the glasses "
			"afterwards."}},
	{"smarta-textilier",
		{"Läs tvättrådet innan du visar dem; sensorn tas ofta ut först.",
			"Lue pesuohje ennen esittelyä; anturi otetaan usein ensin pois.",
			"Read how to wash them before you show them; the sensor often comes out "
			"first."}},
	{"digitalt-hembesok",
		{"Provring hemtjänsten innan du går. Ställ plattan där låntagaren brukar sitta.",
			"Soita kotihoitoon koepuhelu ennen kuin lähdet. Aseta tabletti sinne, "
			"missä "
			"lainaaja yleensä istuu.",
			"Make a call to the home help before you leave. Put the tablet where the "
			"borrower usually sits."}},
	{"robotdammsugare",
		{"Plocka upp sladdar och mattfransar först. Töm behållaren före retur.",
			"Siirrä ensin johdot ja maton hapsut. Tyhjennä säiliö ennen palautusta.",
			"Pick up cords and fringes first. Empty its bin before it comes back."}},
	{"spisvakt", {"Monteras av en elektriker. I en hyreslägenhet frågar man hyresvärden.",
			     "Sähköasentaja asentaa. Vuokra-asunnossa kysytään vuokranantajalta.",
			     "Fitted by an electrician. In a rented home, ask the landlord."}},
	{"smart-kylskap",
		{"Visas, lånas inte ut. Har det en kamera syns det som står i kylskåpet: berätta "
		 "det.",
			"Esittelyyn, ei lainattavaksi. Jos siinä on kamera, jääkaapin sisältö "
			"näkyy: "
			"kerro se.",
			"To be shown, not lent. If it has a camera, what stands in it is seen: say "
			"so."}},
	{"smart-belysning",
		{"Börja med knappen; röst och klocka kan komma sedan. Nollställ bryggan vid retur.",
			"Aloittakaa painikkeesta; ääni ja kello voivat tulla myöhemmin. Palauta "
			"sillan tehdasasetukset, kun se palautetaan.",
			"Begin with the button; voice and clock can come later. Reset the bridge "
			"when "
			"it comes back."}},
	{"digitalt-las", {"Låntagaren behåller sin nyckel. Monteras av den som svarar för låsen.",
				 "Asukas pitää oman avaimensa. Asentaa lukoista vastaava.",
				 "Whoever lives there keeps the key. Fitted by those who see to "
				 "the locks."}},
	{"rostassistent",
		{"Berätta att den lyssnar efter sitt namn. Nollställ den vid retur.",
			"Kerro, että se kuuntelee nimeään. Palauta sen tehdasasetukset, kun se "
			"palautetaan.",
			"Tell that it listens for its name. Reset it when it comes back."}},
	{"social-robot", {"Presentera den som en robot. Låt den som vill hålla i den.",
				 "Esittele se robottina. Anna halukkaiden pitää sitä sylissä.",
				 "Present it as a robot. Let those who wish hold it."}},
	{"digital-motesplats",
		{"Var med första gången. En lånad platta räcker; se till att ljudet hörs.",
			"Ole mukana ensimmäisellä kerralla. Lainatabletti riittää; varmista, että "
			"ääni kuuluu.",
			"Be there the first time. A lent tablet will do; see that it can be "
			"heard."}},
	{"trygghetssystem-boende",
		{"Hör till huset: varje byte anmäls till dem som svarar för larmet.",
			"Kuuluu taloon: jokaisesta vaihdosta ilmoitetaan hälytyksistä vastaaville.",
			"Belongs to the house: those who see to the alarm are told of each "
			"change."}},
};

const char *inv_starter_help(const char *id, enum say_lang lang)
{
	for (size_t i = 0; i < sizeof(helps) / sizeof(helps[0]); i++) {
		if (text_equal(helps[i].id, id))
			return helps[i].text[lang];
	}
	return NULL;
}
