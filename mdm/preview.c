/* SPDX-License-Identifier: EUPL-1.2 */
/* What a command would do, said before it is put in the line. */
#include "mdm/queue_int.h"
#include "mdm/return.h"

#include "base/text.h"

struct consequence {
	const char *type; /* Apple's RequestType */
	struct say say;
};

static const struct consequence consequences[] = {
	{"EraseDevice",
		{"preview.erase",
			{"Allt på iPaden raderas och kan inte fås tillbaka.",
				"Kaikki iPadilla tyhjennetään, eikä sitä saa takaisin.",
				"Everything on the iPad is erased and cannot be brought back."}}},
	{"DeviceLock",
		{"preview.lock",
			{"Skärmen låses; den som har lösenkoden kan öppna den igen.",
				"Näyttö lukittuu; pääsykoodin tietävä voi avata sen.",
				"The screen is locked; whoever has the passcode opens it again."}}},
	{"ClearPasscode",
		{"preview.clear", {"Lösenkoden tas bort: den som har iPaden kan öppna den.",
					  "Pääsykoodi poistetaan: kuka tahansa, jolla iPad on, voi "
					  "avata sen.",
					  "The passcode goes: whoever has the iPad can open it."}}},
	{"RestartDevice", {"preview.restart",
				  {"iPaden startar om. Tills den har låsts upp kan den sakna nät.",
					  "iPad käynnistyy uudelleen. Ennen avaamista siltä voi "
					  "puuttua verkko.",
					  "The iPad restarts. Until it is unlocked it may have no "
					  "network."}}},
	{"ShutDownDevice",
		{"preview.off",
			{"iPaden stängs av och kan inte nås förrän någon slår på den.",
				"iPad sammuu, eikä sitä tavoita ennen kuin joku käynnistää sen.",
				"The iPad goes off and cannot be reached until somebody turns it "
				"on."}}},
	{"RemoveProfile",
		{"preview.remove-profile", {"Profilen och det den ställde in försvinner.",
						   "Profiili ja sen asetukset poistuvat.",
						   "The profile goes, and what it set."}}},
	{"InstallProfile",
		{"preview.install-profile",
			{"Profilen läggs in och gäller tills den tas bort.",
				"Profiili asennetaan ja on voimassa, kunnes se poistetaan.",
				"The profile is installed, and holds until it is removed."}}},
	{"RemoveApplication", {"preview.remove-app", {"Appen och det som finns i den försvinner.",
							     "Appi ja sen sisältö poistuvat.",
							     "The app goes, and what is in it."}}},
	{"ClearActivationLockBypassCode",
		{"preview.clear-code",
			{"Koden glöms: ett aktiveringslås kan sedan inte öppnas med den.",
				"Koodi unohdetaan: aktivointilukkoa ei voi enää avata sillä.",
				"The code is forgotten: an Activation Lock can then not be opened "
				"with it."}}},
	{"DeviceConfigured",
		{"preview.configured",
			{"iPaden släpps ur startguiden med det den har nu.",
				"iPad vapautetaan käyttöönottoapurista sellaisena kuin se on.",
				"The iPad leaves Setup Assistant with what it has now."}}},
	{"InstallApplication",
		{"preview.install-app", {"Appen hämtas; det kan kosta data.",
						"Appi ladataan; se voi kuluttaa dataa.",
						"The app is downloaded; that may cost data."}}},
	{"InstallMedia", {"preview.install-media",
				 {"Boken hämtas; det kan kosta data. En som har samma PersistentID byts ut.",
					 "Kirja ladataan; se voi kuluttaa dataa. Samalla PersistentID:llä "
					 "oleva korvataan.",
					 "The book is downloaded; that may cost data. One with the same "
					 "PersistentID is replaced."}}},
	{"RemoveMedia", {"preview.remove-media", {"Boken försvinner, med markeringar och anteckningar i den.",
							 "Kirja poistuu merkintöineen ja muistiinpanoineen.",
							 "The book goes, with marks and notes in it."}}},
	{"RefreshCellularPlans",
		{"preview.cellular",
			{"iPaden hämtar mobilabonnemang (eSIM) från adressen: fel adress kan ge "
			 "kostnader hos en annan operatör.",
				"iPad hakee mobiililiittymän (eSIM) osoitteesta: väärä osoite voi tuoda "
				"kuluja toisella operaattorilla.",
				"The iPad fetches a data plan (eSIM) from the address: a wrong one may "
				"cost, at another carrier."}}},
};

/* Of the Settings command, item by item; those that are switches by how they are set. */
enum set { SET_ANY, SET_ON, SET_OFF };
static const struct {
	const char *item;
	enum set set;
	struct say say;
} settings_mean[] = {
	{"DataRoaming", SET_ON,
		{"preview.roaming-on", {"Mobildata används även utomlands; det kan kosta mycket.",
					       "Mobiilidataa käytetään myös ulkomailla; se voi maksaa paljon.",
					       "Mobile data is used abroad too; that may cost a lot."}}},
	{"DataRoaming", SET_OFF,
		{"preview.roaming-off",
			{"Utomlands har iPaden inget nät utan Wi-Fi, och vi når den inte.",
				"Ulkomailla iPadilla ei ole verkkoa ilman Wi-Fiä, emmekä tavoita sitä.",
				"Abroad the iPad has no network without Wi-Fi, and we do not reach it."}}},
	{"PersonalHotspot", SET_ON,
		{"preview.hotspot-on", {"Andra kan använda iPadens abonnemang; det kan kosta data.",
					       "Muut voivat käyttää iPadin liittymää; se voi kuluttaa dataa.",
					       "Others can use the iPad's data plan; that may cost data."}}},
	{"PersonalHotspot", SET_OFF,
		{"preview.hotspot-off",
			{"Det som är anslutet genom iPaden tappar nätet.",
				"iPadin kautta liitetyt laitteet menettävät verkon.",
				"What is connected through the iPad loses its network."}}},
	{"Bluetooth", SET_OFF,
		{"preview.bluetooth-off",
			{"Hörapparater, tangentbord och annat med Bluetooth tappar kontakten.",
				"Kuulolaitteet, näppäimistöt ja muut Bluetooth-laitteet menettävät "
				"yhteyden.",
				"Hearing aids, keyboards and all else with Bluetooth lose contact."}}},
	{"Bluetooth", SET_ON,
		{"preview.bluetooth-on", {"Det som har parkopplats ansluter igen.",
						 "Pariliitetyt laitteet yhdistyvät uudelleen.",
						 "What has been paired connects again."}}},
	{"Wallpaper", SET_ANY,
		{"preview.wallpaper", {"Bilden som någon har valt själv byts ut.",
					      "Itse valittu taustakuva vaihtuu.",
					      "A picture that somebody chose is replaced."}}},
	{"TimeZone", SET_ANY,
		{"preview.time-zone", {"Klockan ställs om; påminnelser och alarm följer den.",
					      "Kello siirtyy; muistutukset ja herätykset seuraavat sitä.",
					      "The clock is set; reminders and alarms follow it."}}},
	{"AccessibilitySettings", SET_ANY,
		{"preview.accessibility",
			{"Text och hjälpmedel ändras genast på skärmen, kanske mitt i något.",
				"Teksti ja apuvälineet muuttuvat heti näytöllä, ehkä kesken jonkin.",
				"Text and aids change on the screen at once, perhaps in the middle of "
				"something."}}},
	{"MDMOptions", SET_ANY,
		{"preview.mdm-options",
			{"Får iPaden starta om av sig själv kan den sakna nät tills den låses upp.",
				"Jos iPad saa käynnistyä itsestään, siltä voi puuttua verkko, kunnes se "
				"avataan.",
				"An iPad that may restart by itself may have no network until it is "
				"unlocked."}}},
	{"DefaultApplications", SET_ANY,
		{"preview.default-apps", {"Länkar och samtal öppnas i en annan app än förut.",
						 "Linkit ja puhelut avautuvat eri apissa kuin ennen.",
						 "Links and calls open in another app than before."}}},
};

static const struct say keeps_plan = {"preview.keeps-plan",
	{"Mobilabonnemanget (eSIM) blir kvar.", "Mobiililiittymä (eSIM) säilyy.",
		"The data plan (eSIM) stays."}};
static const struct say loses_plan = {"preview.loses-plan",
	{"Mobilabonnemanget (eSIM) försvinner.", "Mobiililiittymä (eSIM) katoaa.",
		"The data plan (eSIM) goes."}};
static const struct say returns = {"preview.returns",
	{"Den ansluter sedan igen av sig själv.", "Sen jälkeen se liittyy takaisin itsestään.",
		"Afterwards it enrols again by itself."}};
static const struct say waits = {"preview.waits",
	{"Det väntar högst {0} dagar på att iPaden hör av sig, och kan tas tillbaka tills den har "
	 "fått det.",
		"Se odottaa iPadin yhteydenottoa enintään {0} päivää, ja sen voi perua, kunnes "
		"iPad "
		"on saanut sen.",
		"It waits at most {0} days for the iPad to call, and can be taken back until the "
		"iPad has it."}};
static const struct say found_first = {"preview.lost",
	{"iPaden är märkt som borttappad: det går först när den är upphittad.",
		"iPad on merkitty kadonneeksi: komento lähtee vasta, kun se on löytynyt.",
		"The iPad is marked as lost: this goes only once it is found."}};
static const struct say sealed = {
	"preview.sealed", {"Innehållet är en hemlighet: det förvaras förseglat.",
				  "Sisältö on salaisuus: se säilytetään sinetöitynä.",
				  "What is in it is a secret: it is kept sealed."}};

static const struct say account_lock = {"preview.account-lock",
	{"Aktiveringslåset är på: efter raderingen går den inte att använda utan låntagarens "
	 "Apple-konto. Be låntagaren logga ut, eller öppna låset hos Apple först.",
		"Aktivointilukko on päällä: tyhjennyksen jälkeen sitä ei voi käyttää ilman "
		"lainaajan Apple-tiliä. Pyydä lainaajaa kirjautumaan ulos tai avaa lukko ensin "
		"Applella.",
		"Activation Lock is on: after the erase it cannot be used without the borrower's "
		"Apple account. Ask the borrower to sign out, or open the lock at Apple first."}};
static const struct say our_lock = {"preview.our-lock",
	{"Vårt eget aktiveringslås är på: efter raderingen går den inte att använda förrän den är "
	 "upphittad.",
		"Oma aktivointilukkomme on päällä: tyhjennyksen jälkeen sitä ei voi käyttää, ennen "
		"kuin se on löytynyt.",
		"Our own Activation Lock is on: after the erase it cannot be used until it is "
		"found."}};

static void say_add(
	struct doc *list, struct arena *a, enum say_lang lang, const struct say *s, const char *arg)
{
	AUTO(buf) struct buf out = BUF_INIT(4096);
	const char *const args[SAY_ARGS] = {arg};

	say_format(&out, lang, s, args);
	doc_add_str(list, arena_strdup(a, buf_str(&out)));
}

void mdm_preview_doc(const struct mdm_request_row *row, const struct mdm_ask *ask, bool lost,
	enum say_lang lang, struct arena *a, struct doc *d)
{
	struct doc *list;

	doc_set_str(d, "request_type", row->type);
	doc_set_str(d, "text", say_plain(&row->about, lang));
	list = doc_set_list(d, "consequences");
	for (size_t i = 0; i < sizeof(consequences) / sizeof(consequences[0]); i++) {
		if (text_equal(consequences[i].type, row->type))
			say_add(list, a, lang, &consequences[i].say, NULL);
	}
	if (row->request == MDM_ERASE_DEVICE) {
		say_add(list, a, lang,
			ask->preserve_data_plan == MDM_YES ? &keeps_plan : &loses_plan, NULL);
		if (ask->return_to_service == MDM_YES)
			say_add(list, a, lang, &returns, NULL);
	}
	if (row->secret)
		say_add(list, a, lang, &sealed, NULL);
	if (lost && !row->while_lost)
		say_add(list, a, lang, &found_first, NULL);
	say_add(list, a, lang, &waits,
		arena_printf(a, "%lld",
			(long long)((ask->life_s ? ask->life_s : row->life_s) + 86399) / 86400));
}

void mdm_preview_lock_doc(
	const struct mdm_return_facts *f, enum say_lang lang, struct arena *a, struct doc *d)
{
	struct doc *list = doc_list(d, "consequences");

	if (f->our_lock)
		say_add(list, a, lang, &our_lock, NULL);
	else if (f->lock == MDM_LOCK_ON)
		say_add(list, a, lang, &account_lock, NULL);
}

static bool means(enum set set, const struct mdm_plist *item)
{
	bool on;

	return set == SET_ANY ||
	       (mdm_plist_bool(item, "Enabled", &on) == 0 && on == (set == SET_ON));
}

void mdm_preview_settings_doc(
	const struct mdm_plist *command, enum say_lang lang, struct arena *a, struct doc *d)
{
	const struct mdm_plist *p = mdm_plist_first(mdm_plist_array(command, "Settings"));
	struct doc *list = doc_list(d, "consequences");

	for (; p; p = p->next) {
		const char *item = mdm_plist_str(p, "Item");

		for (size_t i = 0; i < sizeof(settings_mean) / sizeof(settings_mean[0]); i++)
			if (text_equal(settings_mean[i].item, item) && means(settings_mean[i].set, p))
				say_add(list, a, lang, &settings_mean[i].say, NULL);
	}
}
