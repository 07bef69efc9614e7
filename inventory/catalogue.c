/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The catalogue that comes with the program: the nine things a welfare library begins with, and
 * the families of welfare technology that municipalities name. Prices are what such things cost at
 * about, and every row is there to be changed.
 */
#include "inventory/catalogue_int.h"
#include "inventory/price_int.h"

#include "base/text.h"

#define KR 100 /* öre */

enum flag { LEND = 1, SOLD = 2, SHOW = 4, PRESCRIBED = 8 };

struct part {
	const char *name;
	uint32_t count;
	bool consumable;
};

static const struct starter {
	const char *id, *category;
	unsigned kind, zone, privacy, flags, loan_days, price_kr;
	const char *name[SAY_LANGS], *about[SAY_LANGS];
	struct part parts[4];
} starters[] = {
	/* --- the nine of the library --- */
	{"medicinpaminnare", "medicine", INV_KIND_THING, 2, INV_PRIVACY_NONE, LEND | SOLD, 42, 450,
		{"Medicinpåminnare", "Lääkemuistuttaja", "Medicine reminder"},
		{"En dosett som ljuder och blinkar när det är dags att ta medicin.",
			"Annostelija, joka soi ja vilkkuu, kun on lääkkeen aika.",
			"A pill box that sounds and blinks when it is time for medicine."},
		{{"Dosett", 1, false}, {"Nyckel", 1, false}, {"Batterier AAA", 2, true}}},
	{"sensorlampa", "light", INV_KIND_THING, 2, INV_PRIVACY_SENSOR, LEND | SOLD, 42, 200,
		{"Sensorlampa", "Liiketunnistinvalo", "Sensor lamp"},
		{"En lampa som tänds av sig själv när någon går förbi i mörkret.",
			"Valo, joka syttyy itsestään, kun joku kulkee pimeässä ohi.",
			"A lamp that lights by itself when somebody passes in the dark."},
		{{"Lampa", 1, false}, {"Magnetfäste", 1, false}, {"Batterier AA", 3, true}}},
	{"fjarrstyrda-eluttag", "light", INV_KIND_THING, 2, INV_PRIVACY_NONE, LEND | SOLD, 42, 350,
		{"Fjärrstyrda eluttag", "Kauko-ohjattavat pistorasiat",
			"Remote-controlled sockets"},
		{"Tre uttag som slås av och på med en fjärrkontroll, utan att någon behöver böja "
		 "sig.",
			"Kolme pistorasiaa, jotka kytketään kaukosäätimellä ilman kumartumista.",
			"Three sockets switched by a remote control, without bending down."},
		{{"Eluttag", 3, false}, {"Fjärrkontroll", 1, false},
			{"Batteri till fjärrkontroll", 1, true}}},
	{"nyckelhittare", "find", INV_KIND_THING, 2, INV_PRIVACY_NONE, LEND | SOLD, 42, 300,
		{"Nyckelhittare", "Avaintenetsin", "Key finder"},
		{"En sändare och brickor i olika färger. Tryck på färgen, så piper brickan.",
			"Lähetin ja erivärisiä tunnisteita. Paina väriä, niin tunniste piippaa.",
			"A sender and tags in different colours. Press a colour, and its tag "
			"beeps."},
		{{"Sändare", 1, false}, {"Bricka", 4, false}, {"Batterier CR2032", 4, true}}},
	{"tradlos-ringklocka", "sight", INV_KIND_THING, 2, INV_PRIVACY_NONE, LEND | SOLD, 42, 400,
		{"Trådlös ringklocka", "Langaton ovikello", "Wireless door bell"},
		{"En tryckknapp till dörren och en mottagare med stark signal och blinkande ljus.",
			"Painike oveen ja vastaanotin, jossa on voimakas ääni ja vilkkuva valo.",
			"A button for the door and a receiver with a loud signal and a blinking "
			"light."},
		{{"Tryckknapp", 1, false}, {"Mottagare", 1, false},
			{"Batteri till knappen", 1, true}}},
	{"forstoringsglas-belysning", "sight", INV_KIND_THING, 2, INV_PRIVACY_NONE, LEND | SOLD, 42,
		250,
		{"Förstoringsglas med belysning", "Valaistu suurennuslasi", "Magnifier with light"},
		{"Ett handhållet glas med lampa, för post, recept och stickbeskrivningar.",
			"Kädessä pidettävä valaistu lasi postia, reseptejä ja ohjeita varten.",
			"A hand-held glass with a lamp, for mail, recipes and patterns."},
		{{"Förstoringsglas", 1, false}, {"Fodral", 1, false}, {"Batterier AAA", 2, true}}},
	{"korttidstimer", "memory", INV_KIND_THING, 2, INV_PRIVACY_NONE, LEND | SOLD, 42, 350,
		{"Korttidstimer", "Lyhytaikaisajastin", "Short-time timer"},
		{"Visar med färg eller ljus hur mycket tid som är kvar, till exempel av kokningen.",
			"Näyttää värein tai valoin, paljonko aikaa on jäljellä, esimerkiksi "
			"keittämisestä.",
			"Shows by colour or light how much time is left, of boiling for example."},
		{{"Timer", 1, false}, {"Batterier AAA", 2, true}}},
	{"gps-klocka", "outdoors", INV_KIND_THING, 2, INV_PRIVACY_POSITION, LEND | SOLD, 42, 1500,
		{"GPS-klocka", "GPS-kello", "GPS watch"},
		{"En klocka med larmknapp som närstående kan se på en karta när bäraren har sagt "
		 "ja.",
			"Hälytyspainikkeella varustettu kello, jonka omaiset näkevät kartalta "
			"kantajan "
			"suostumuksella.",
			"A watch with an alarm button, which relatives can see on a map when its "
			"bearer "
			"has agreed."},
		{{"Klocka", 1, false}, {"Laddare", 1, false}}},
	{"aktivitetsarmband", "health", INV_KIND_THING, 2, INV_PRIVACY_SENSOR, LEND | SOLD, 42, 600,
		{"Aktivitetsarmband", "Aktiivisuusranneke", "Activity band"},
		{"Räknar steg, visar puls och påminner om att röra på sig.",
			"Laskee askeleet, näyttää sykkeen ja muistuttaa liikkumaan.",
			"Counts steps, shows the pulse and reminds to move."},
		{{"Armband", 1, false}, {"Laddkabel", 1, false}}},
	/* --- tablets --- */
	{"surfplatta", "tablet", INV_KIND_IPAD, 1, INV_PRIVACY_NONE, LEND, 1095, 5000,
		{"Surfplatta (iPad)", "Tabletti (iPad)", "Tablet (iPad)"},
		{"En iPad med mobilabonnemang, att låna hem för den som har fyllt 75 år.",
			"iPad ja mobiililiittymä kotilainaan 75 vuotta täyttäneelle.",
			"An iPad with a data plan, to borrow for those who are 75 and older."},
		{{"Laddare", 1, false}, {"Laddkabel", 1, false}, {"Fodral", 1, false},
			{"Handbok", 1, true}}},
	{"mobilabonnemang", "sim", INV_KIND_SIM, 1, INV_PRIVACY_NONE, LEND, 0, 0,
		{"Mobilabonnemang", "Mobiililiittymä", "Data plan"},
		{"SIM-kort med surf som hör till en utlånad surfplatta.",
			"Lainatabletin SIM-kortti ja nettiliittymä.",
			"The SIM with data that goes with a lent tablet."},
		{{NULL, 0, false}}},
	{"demovaska", "kit", INV_KIND_KIT, 2, INV_PRIVACY_NONE, LEND, 14, 3000,
		{"Demoväska", "Esittelylaukku", "Demonstration bag"},
		{"En väska med saker att prova hemma eller på en träff.",
			"Laukullinen esineitä kokeiltavaksi kotona tai tapaamisessa.",
			"A bag of things to try at home or at a gathering."},
		{{NULL, 0, false}}},
	/* --- families --- */
	{"trygghetslarm-inomhus", "alarm", INV_KIND_THING, 1, INV_PRIVACY_SENSOR, 0, 0, 2000,
		{"Trygghetslarm inomhus", "Turvahälytin sisätiloihin", "Alarm for the home"},
		{"En larmknapp på armen som når larmcentralen från hemmet.",
			"Rannepainike, jolla saa kotoa yhteyden hälytyskeskukseen.",
			"A button on the wrist that reaches the alarm centre from home."},
		{{"Larmknapp", 1, false}, {"Basenhet", 1, false}, {"Nätadapter", 1, false}}},
	{"trygghetslarm-mobilt", "alarm", INV_KIND_THING, 1, INV_PRIVACY_POSITION, 0, 0, 2500,
		{"Mobilt trygghetslarm", "Liikkuva turvahälytin", "Alarm to carry along"},
		{"Ett larm som fungerar även utomhus och visar var bäraren är när det utlöses.",
			"Hälytin, joka toimii myös ulkona ja näyttää kantajan sijainnin "
			"hälytettäessä.",
			"An alarm that works outdoors too, and shows where its bearer is when set "
			"off."},
		{{"Larm", 1, false}, {"Laddare", 1, false}}},
	{"fall-larm", "alarm", INV_KIND_THING, 1, INV_PRIVACY_SENSOR, 0, 0, 2500,
		{"Fall-larm", "Kaatumishälytin", "Fall alarm"},
		{"Känner av ett fall och larmar själv.", "Havaitsee kaatumisen ja hälyttää itse.",
			"Notices a fall and calls for help by itself."},
		{{"Larmknapp", 1, false}, {"Laddare", 1, false}}},
	{"passivt-larm-sang", "alarm", INV_KIND_THING, 1, INV_PRIVACY_SENSOR, 0, 0, 1800,
		{"Sänglarm", "Vuodehälytin", "Bed alarm"},
		{"Säger till när någon har lämnat sängen och inte kommit tillbaka.",
			"Ilmoittaa, kun joku on noussut vuoteesta eikä ole palannut.",
			"Tells when somebody has left the bed and not come back."},
		{{"Sensormatta", 1, false}, {"Mottagare", 1, false}, {"Nätadapter", 1, false}}},
	{"trapplarm", "alarm", INV_KIND_THING, 1, INV_PRIVACY_SENSOR, 0, 0, 1800,
		{"Trapplarm", "Porrashälytin", "Stair alarm"},
		{"Säger till när någon är på väg ut i en trappa där det är lätt att falla.",
			"Ilmoittaa, kun joku on menossa portaisiin, joissa on helppo kaatua.",
			"Tells when somebody is on the way into a stair where it is easy to fall."},
		{{"Sensor", 2, false}, {"Mottagare", 1, false}, {"Batterier AA", 4, true}}},
	{"dorrlarm", "alarm", INV_KIND_THING, 1, INV_PRIVACY_SENSOR, 0, 0, 1500,
		{"Dörrlarm med passageknapp", "Ovihälytin ja kulkupainike",
			"Door alarm with pass button"},
		{"Larmar när dörren öppnas, utom när den som går har tryckt på passageknappen.",
			"Hälyttää oven avautuessa, ellei kulkija ole painanut kulkupainiketta.",
			"Sounds when the door opens, unless whoever passes has pressed the pass "
			"button."},
		{{"Dörrsensor", 1, false}, {"Passageknapp", 1, false}, {"Mottagare", 1, false},
			{"Batterier AA", 2, true}}},
	{"gps-sensor", "outdoors", INV_KIND_THING, 1, INV_PRIVACY_POSITION, 0, 0, 2000,
		{"GPS-sensor", "GPS-paikannin", "GPS sensor"},
		{"Visar var bäraren är, utan att larma. Sitter i en sula eller i kläderna.",
			"Näyttää kantajan sijainnin hälyttämättä. Sijoitetaan pohjalliseen tai "
			"vaatteisiin.",
			"Shows where its bearer is, without an alarm. Sits in a sole or in the "
			"clothes."},
		{{"Sensor", 1, false}, {"Laddare", 1, false}}},
	{"gps-larm", "outdoors", INV_KIND_THING, 1, INV_PRIVACY_POSITION, 0, 0, 2500,
		{"GPS-larm", "GPS-hälytin", "GPS alarm"},
		{"Visar var bäraren är när den har gått utanför ett område som man kommit överens "
		 "om.",
			"Näyttää kantajan sijainnin, kun hän on poistunut sovitulta alueelta.",
			"Shows where its bearer is once outside an area that was agreed on."},
		{{"Sändare", 1, false}, {"Laddare", 1, false}}},
	{"trygghetskamera", "watching", INV_KIND_THING, 1, INV_PRIVACY_CAMERA, 0, 0, 4000,
		{"Trygghetskamera", "Valvontakamera", "Care camera"},
		{"En kamera för överenskommen tillsyn vissa tider på natten.",
			"Kamera sovittuun yölliseen valvontaan.",
			"A camera for agreed checks at certain times of the night."},
		{{"Kamera", 1, false}, {"Router med SIM", 1, false},
			{"Förlängningssladd", 1, false}}},
	{"handelsebaserad-tillsyn", "watching", INV_KIND_THING, 1, INV_PRIVACY_SENSOR, 0, 0, 3500,
		{"Händelsebaserad tillsyn", "Tapahtumapohjainen valvonta", "Checks by event"},
		{"Sensorer utan bild och ljud som bara säger till när något avviker.",
			"Antureita ilman kuvaa ja ääntä; ilmoittavat vain poikkeamista.",
			"Sensors without picture or sound that tell only when something is "
			"unusual."},
		{{"Sensor", 2, false}, {"Nätadapter", 2, false}}},
	{"vitala-tecken-sensor", "health", INV_KIND_THING, 1, INV_PRIVACY_SENSOR, PRESCRIBED, 0,
		3000, {"Sensor för vitala tecken", "Elintoimintojen anturi", "Vital signs sensor"},
		{"Mäter andning och puls utan att röra den som sover.",
			"Mittaa hengitystä ja sykettä koskematta nukkujaan.",
			"Measures breath and pulse without touching the sleeper."},
		{{"Sensor", 1, false}, {"Nätadapter", 1, false}}},
	{"blodtrycksmatare", "health", INV_KIND_THING, 1, INV_PRIVACY_NONE, PRESCRIBED, 0, 700,
		{"Blodtrycksmätare", "Verenpainemittari", "Blood pressure meter"},
		{"Förskrivs av vården; finns här bara för den som undrar.",
			"Terveydenhuolto määrää; täällä vain tiedoksi.",
			"Prescribed by health care; listed here only to be told of."},
		{{"Mätare", 1, false}, {"Manschett", 1, false}, {"Batterier AA", 4, true}}},
	{"vag", "health", INV_KIND_THING, 1, INV_PRIVACY_NONE, PRESCRIBED, 0, 900,
		{"Våg som skickar vikten", "Painon lähettävä vaaka", "Scales that send the weight"},
		{"Förskrivs av vården, som följer vikten; finns här bara för den som undrar.",
			"Terveydenhuolto määrää ja seuraa painoa; täällä vain tiedoksi.",
			"Prescribed by health care, which follows the weight; listed here only to "
			"be told of."},
		{{"Våg", 1, false}, {"Batterier AA", 4, true}}},
	{"egenmonitorering", "health", INV_KIND_THING, 1, INV_PRIVACY_SENSOR, PRESCRIBED, 0, 6000,
		{"Utrustning för egenmonitorering", "Omamittausvälineet",
			"Kit for measuring at home"},
		{"Mätare och surfplatta som skickar egna värden till vården; förskrivs av den.",
			"Mittarit ja tabletti, jotka lähettävät omat arvot terveydenhuollolle; "
			"terveydenhuolto määrää.",
			"Meters and a tablet that send one's own values to health care, which "
			"prescribes them."},
		{{"Blodtrycksmätare", 1, false}, {"Våg", 1, false}, {"Surfplatta", 1, false},
			{"Laddare", 1, false}}},
	{"lakemedelsautomat", "medicine", INV_KIND_THING, 1, INV_PRIVACY_NONE, 0, 0, 15000,
		{"Läkemedelsautomat", "Lääkeautomaatti", "Medicine dispenser"},
		{"Delar ut rätt dos i rätt tid och säger till om den inte tas.",
			"Antaa oikean annoksen oikeaan aikaan ja ilmoittaa, jos sitä ei oteta.",
			"Gives the right dose at the right time, and tells when it is not taken."},
		{{"Automat", 1, false}, {"Nyckel", 1, false}, {"Nätadapter", 1, false}}},
	{"aktivitetsskarm", "company", INV_KIND_THING, 1, INV_PRIVACY_NONE, SHOW, 0, 30000,
		{"Aktivitetsskärm", "Aktiviteettinäyttö", "Activity screen"},
		{"En stor pekskärm med spel, musik och bilder att samlas kring.",
			"Suuri kosketusnäyttö, jossa on pelejä, musiikkia ja kuvia.",
			"A large touch screen with games, music and pictures to gather round."},
		{{"Skärm", 1, false}, {"Fjärrkontroll", 1, false}, {"Nätkabel", 1, false}}},
	{"traningsprogram", "health", INV_KIND_THING, 1, INV_PRIVACY_NONE, 0, 0, 0,
		{"Digitalt träningsprogram", "Digitaalinen harjoitusohjelma",
			"Digital training programme"},
		{"Övningar på skärm, valda för den som ska träna.",
			"Ruudulla näytettävät harjoitukset, valittu harjoittelijalle.",
			"Exercises on a screen, chosen for whoever is to train."},
		{{NULL, 0, false}}},
	{"vr-glasogon", "company", INV_KIND_THING, 2, INV_PRIVACY_NONE, LEND | SOLD, 14, 5000,
		{"VR-glasögon", "VR-lasit", "VR glasses"},
		{"Upplev en plats eller en stund utan att lämna stolen.",
			"Koe paikka tai hetki tuolilta nousematta.",
			"See a place, or relive a moment, without leaving the chair."},
		{{"Glasögon", 1, false}, {"Handkontroll", 2, false}, {"Laddare", 1, false}}},
	{"smarta-textilier", "health", INV_KIND_THING, 1, INV_PRIVACY_SENSOR, SHOW, 0, 1000,
		{"Smarta textilier", "Älytekstiilit", "Smart textiles"},
		{"Kläder och skydd som känner av väta eller rörelse.",
			"Vaatteita ja suojia, jotka tunnistavat kosteuden tai liikkeen.",
			"Clothes and pads that notice wetness or movement."},
		{{NULL, 0, false}}},
	{"digitalt-hembesok", "watching", INV_KIND_IPAD, 1, INV_PRIVACY_CAMERA, 0, 0, 5000,
		{"Surfplatta för digitala hembesök", "Tabletti etäkäynteihin",
			"Tablet for digital visits"},
		{"Samtal med bild med hemtjänsten, på avtalade tider.",
			"Kuvapuheluita kotihoidon kanssa sovittuina aikoina.",
			"Calls with picture with the home help, at agreed times."},
		{{"Laddare", 1, false}, {"Ställ", 1, false}}},
	{"robotdammsugare", "home", INV_KIND_THING, 2, INV_PRIVACY_NONE, LEND | SOLD, 42, 3000,
		{"Robotdammsugare", "Robotti-imuri", "Robot vacuum cleaner"},
		{"Dammsuger golven medan den som bor där gör något annat.",
			"Imuroi lattiat asukkaan tehdessä muuta.",
			"Cleans the floors while whoever lives there does something else."},
		{{"Dammsugare", 1, false}, {"Laddstation", 1, false}, {"Filter", 1, true}}},
	{"spisvakt", "home", INV_KIND_THING, 1, INV_PRIVACY_SENSOR, SHOW | SOLD, 0, 3500,
		{"Spisvakt", "Liesivahti", "Stove guard"},
		{"Stänger av spisen när den glömts på.", "Sammuttaa unohtuneen lieden.",
			"Turns off a stove that was forgotten."},
		{{"Sensor", 1, false}, {"Styrenhet", 1, false}, {"Batterier AA", 2, true}}},
	{"smart-kylskap", "home", INV_KIND_THING, 1, INV_PRIVACY_CAMERA, SHOW | SOLD, 0, 12000,
		{"Smart kylskåp", "Älyjääkaappi", "Smart fridge"},
		{"Säger till när dörren står öppen eller det har blivit för varmt, och kan visa "
		 "vad "
		 "som finns i det.",
			"Ilmoittaa, kun ovi on auki tai sisällä on liian lämmintä, ja voi näyttää "
			"sisällön.",
			"Tells when its door is open or it is too warm, and can show what is in "
			"it."},
		{{NULL, 0, false}}},
	{"smart-belysning", "home", INV_KIND_THING, 2, INV_PRIVACY_NONE, LEND | SOLD, 42, 900,
		{"Smart belysning", "Älyvalaistus", "Smart lighting"},
		{"Lampor som styrs med knapp, röst eller klocka.",
			"Valaisimia, joita ohjataan painikkeella, äänellä tai kellolla.",
			"Lamps that go by a button, a voice or the clock."},
		{{"Lampa", 3, false}, {"Brygga", 1, false}, {"Fjärrkontroll", 1, false}}},
	{"digitalt-las", "home", INV_KIND_THING, 1, INV_PRIVACY_NONE, 0, 0, 3000,
		{"Digitalt lås", "Digitaalinen lukko", "Digital lock"},
		{"Låter hemtjänsten öppna utan nyckel, och minns vem som öppnade.",
			"Kotihoito avaa ilman avainta; avaaja jää muistiin.",
			"Lets the home help open without a key, and remembers who did."},
		{{"Lås", 1, false}, {"Batterier AA", 4, true}}},
	{"rostassistent", "home", INV_KIND_THING, 2, INV_PRIVACY_SENSOR, LEND | SOLD, 42, 800,
		{"Digital röstassistent", "Digitaalinen puheavustaja", "Voice assistant"},
		{"En högtalare som svarar på frågor, påminner och spelar radio.",
			"Kaiutin, joka vastaa, muistuttaa ja soittaa radiota.",
			"A loudspeaker that answers, reminds and plays the radio."},
		{{"Högtalare", 1, false}, {"Nätadapter", 1, false}}},
	{"social-robot", "company", INV_KIND_THING, 1, INV_PRIVACY_SENSOR, SHOW, 0, 2000,
		{"Social robot", "Sosiaalinen robotti", "Social robot"},
		{"En mjuk katt, hund eller säl som svarar på beröring.",
			"Pehmeä kissa, koira tai hylje, joka vastaa kosketukseen.",
			"A soft cat, dog or seal that answers to touch."},
		{{"Robot", 1, false}, {"Laddare", 1, false}}},
	{"digital-motesplats", "company", INV_KIND_THING, 1, INV_PRIVACY_NONE, 0, 0, 0,
		{"Digital mötesplats", "Digitaalinen kohtaamispaikka", "Digital meeting place"},
		{"Träffar på skärm: samtal, musik och aktiviteter tillsammans med andra.",
			"Tapaamisia ruudulla: keskustelua, musiikkia ja tekemistä yhdessä.",
			"Meetings on a screen: talks, music and activities together with others."},
		{{NULL, 0, false}}},
	{"trygghetssystem-boende", "alarm", INV_KIND_THING, 1, INV_PRIVACY_SENSOR, 0, 0, 0,
		{"Trygghetssystem på boende", "Hoivakodin turvajärjestelmä",
			"Safety system of a home"},
		{"Larm, lås och sensorer som hör ihop på ett vård- och omsorgsboende.",
			"Hoivakodin yhteen kuuluvat hälyttimet, lukot ja anturit.",
			"The alarms, locks and sensors of a nursing home, working together."},
		{{NULL, 0, false}}},
	/* --- accessories --- */
	{"batterier", "spare", INV_KIND_CONSUMABLE, 2, INV_PRIVACY_NONE, 0, 0, 20,
		{"Batterier", "Paristot", "Batteries"},
		{"Förbrukningsvara till sakerna i biblioteket.",
			"Kirjaston esineiden kulutustarvike.",
			"A consumable for the things of the library."},
		{{NULL, 0, false}}},
	{"laddare-usb-c", "spare", INV_KIND_THING, 1, INV_PRIVACY_NONE, 0, 0, 250,
		{"Laddare USB-C", "USB-C-laturi", "USB-C charger"},
		{"Laddare till surfplattor.", "Tablettien laturi.", "A charger for tablets."},
		{{NULL, 0, false}}},
	{"fodral-surfplatta", "spare", INV_KIND_THING, 1, INV_PRIVACY_NONE, 0, 0, 300,
		{"Fodral till surfplatta", "Tabletin suojakotelo", "Tablet case"},
		{"Stötskydd med handtag eller ställ.",
			"Iskunkestävä kotelo, jossa on kahva tai jalka.",
			"A case against bumps, with a handle or a stand."},
		{{NULL, 0, false}}},
};

static struct inv_product product_of(const struct starter *s)
{
	struct inv_product p = {
		.id = s->id,
		.kind = s->kind,
		.category = s->category,
		.price_ore = (int64_t)s->price_kr * KR,
		.loan_days = s->loan_days,
		.zone = s->zone,
		.privacy = s->privacy,
		.life = INV_LIFE_USE,
		.lendable = (s->flags & LEND) != 0,
		.display_only = (s->flags & SHOW) != 0,
		.prescribed = (s->flags & PRESCRIBED) != 0,
		.sold = (s->flags & SOLD) != 0,
		.sold_ore = s->flags & SOLD ? (int64_t)s->price_kr * KR : 0,
		.sold_where =
			s->flags & SOLD ? "Elektronikbutik, hjälpmedelsbutik eller på nätet" : NULL,
		.prefix = s->zone == 2 ? "VB" : NULL,
		.starter = true,
	};

	p.shown = inv_product_shown_at_first(&p);
	for (unsigned l = 0; l < SAY_LANGS; l++) {
		p.name[l] = s->name[l];
		p.about[l] = s->about[l];
		p.help[l] = inv_starter_help(s->id, l);
	}
	return p;
}

static int put_parts(struct store_txn *txn, const struct starter *s)
{
	int err = 0;

	for (uint32_t i = 0; err == 0 && i < 4 && s->parts[i].name; i++) {
		const struct inv_part part = {.kit = s->id,
			.pos = i + 1,
			.name = s->parts[i].name,
			.expected = s->parts[i].count,
			.consumable = s->parts[i].consumable};

		err = inv_part_put(txn, 'p', &part);
	}
	return err;
}

struct loading {
	unsigned made, there;
};

static int load_in(struct store_txn *txn, struct inv_job *j, struct arena *a, struct inv_unit *none)
{
	const struct inv_price_act act = {j->who, j->now, "catalogue"};
	struct inv_price price[sizeof(starters) / sizeof(starters[0])];
	struct loading *l = j->out;
	int err = inv_price_ready_in(txn, j->now);

	(void)none;
	*l = (struct loading){0};
	for (size_t i = 0; err == 0 && i < sizeof(starters) / sizeof(starters[0]); i++) {
		struct inv_product p = product_of(&starters[i]), old;

		err = inv_product_get(txn, a, p.id, &old);
		if (err != ERR_NOTFOUND) {
			l->there += err == 0;
			continue;
		}
		p.made_at = p.changed_at = j->now;
		err = inv_product_write(txn, NULL, &p);
		if (err == 0)
			err = put_parts(txn, &starters[i]);
		price[l->made++] = (struct inv_price){p.id, p.price_ore};
	}
	if (err == 0)
		err = inv_price_say_in(txn, &act, price, l->made);
	if (err || l->made == 0)
		return err;
	return audit_add(txn, j->who, j->now, "catalogue.load", "catalogue",
		arena_printf(a, "{\"made\":%u}", l->made));
}

int inv_catalogue_load(struct inv *inv, const struct audit_who *who, int64_t now, unsigned *ret_new,
	unsigned *ret_there)
{
	struct loading l = {0};
	struct refusal r;
	struct inv_job j = {.inv = inv, .who = who, .now = now, .r = &r, .fn = load_in, .out = &l};
	int err = inv_job_run(&j);

	if (err)
		return err;
	*ret_new = l.made;
	*ret_there = l.there;
	return 0;
}
