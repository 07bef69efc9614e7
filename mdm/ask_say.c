/* SPDX-License-Identifier: EUPL-1.2 */
/* What the queue, the lost state and location say when they refuse: each names what to do. */
#include "mdm/queue_int.h"

#define SAY(name_, code_, sv_, fi_, en_) const struct say name_ = {code_, {sv_, fi_, en_}}

/* --- the iPad's side --- */
SAY(mdm_say_not_enrolled, "ask.not-enrolled",
	"Ingen iPad med serienummer {0} är ansluten. Bjud in den först.",
	"Sarjanumerolla {0} ei ole liitettyä iPadia. Kutsu se ensin.",
	"No iPad with serial number {0} is enrolled. Invite it first.");
SAY(mdm_say_not_yet, "ask.not-yet", "iPad {0} håller på att anslutas. Försök igen om en minut.",
	"iPadin {0} liittäminen on kesken. Yritä uudelleen minuutin kuluttua.",
	"iPad {0} is in the middle of enrolling. Try again in a minute.");
SAY(mdm_say_left, "ask.left", "iPad {0} har lämnat hanteringen. Anslut den på nytt först.",
	"iPad {0} on poistunut hallinnasta. Liitä se ensin uudelleen.",
	"iPad {0} has left the management. Enrol it again first.");
SAY(mdm_say_erased, "ask.erased",
	"iPad {0} raderade sig {1:when}. Vänta tills den har anslutits på nytt.",
	"iPad {0} tyhjensi itsensä {1:when}. Odota, kunnes se on liitetty uudelleen.",
	"iPad {0} erased itself {1:when}. Wait until it has enrolled again.");
SAY(mdm_say_untrusted, "ask.untrusted",
	"iPad {0} är inte godkänd som vår. Märk den som levererad först; sedan kan {1} skickas.",
	"iPad {0} ei ole hyväksytty. Merkitse se ensin toimitetuksi; sitten {1} voidaan lähettää.",
	"iPad {0} is not approved as ours. Mark it as delivered first; then {1} can be sent.");
SAY(mdm_say_right, "ask.right",
	"{0} kräver en rättighet som anslutningen saknar. Den kan inte läggas till i efterhand.",
	"{0} vaatii oikeuden, jota liitoksella ei ole. Sitä ei voi lisätä jälkikäteen.",
	"{0} needs an access right that the enrolment lacks. It cannot be added afterwards.");
SAY(mdm_say_supervised, "ask.supervised",
	"{0} kräver att iPaden är övervakad. Anslut den på nytt som övervakad.",
	"{0} edellyttää, että iPad on valvottu. Liitä se uudelleen valvottuna.",
	"{0} needs a supervised iPad. Enrol it again as supervised.");
SAY(mdm_say_version, "ask.version",
	"{0} kräver iPadOS {1}, men iPaden har {2}. Uppdatera den först.",
	"{0} vaatii iPadOS {1}:n, mutta iPadissa on {2}. Päivitä se ensin.",
	"{0} needs iPadOS {1}, but the iPad has {2}. Update it first.");
SAY(mdm_say_own_way, "ask.own-way",
	"{0} skickas inte för sig. Märk iPaden som borttappad eller upphittad, eller begär plats.",
	"Komentoa {0} ei lähetetä erikseen. Merkitse iPad kadonneeksi tai löytyneeksi, tai pyydä "
	"sijaintia.",
	"{0} is not sent by itself. Mark the iPad as lost or found, or ask for its location.");
SAY(mdm_say_lost_moment, "ask.lost",
	"iPad {0} är märkt som borttappad. Märk den som upphittad innan {1} skickas.",
	"iPad {0} on merkitty kadonneeksi. Merkitse se löytyneeksi ennen komentoa {1}.",
	"iPad {0} is marked as lost. Mark it as found before sending {1}.");
SAY(mdm_say_not_lost, "ask.not-lost",
	"{0} går bara i förlorat läge. Märk iPaden som borttappad först.",
	"{0} toimii vain kadonnut-tilassa. Merkitse iPad ensin kadonneeksi.",
	"{0} works only in Lost Mode. Mark the iPad as lost first.");
SAY(mdm_say_twice, "ask.twice",
	"{0} väntar redan på iPaden sedan {1:when}. Avbryt det kommandot först om det ska ändras.",
	"{0} odottaa jo iPadia ({1:when} alkaen). Peru se ensin, jos haluat muuttaa sitä.",
	"{0} has been waiting for the iPad since {1:when}. Cancel that one first to change it.");
SAY(mdm_say_full, "ask.full",
	"{0} kommandon väntar redan på iPaden. Avbryt några eller vänta tills den har svarat.",
	"iPadia odottaa jo {0} komentoa. Peru osa tai odota, kunnes se on vastannut.",
	"{0} commands are waiting for this iPad already. Cancel some or wait until it has "
	"answered.");
SAY(mdm_say_not_awaiting, "ask.not-awaiting",
	"iPad {0} väntar inte i startguiden, så det finns inget att släppa fram.",
	"iPad {0} ei odota käyttöönottoapurissa, joten vapautettavaa ei ole.",
	"iPad {0} does not wait in Setup Assistant, so there is nothing to let go.");
SAY(mdm_say_no_token, "ask.no-token",
	"iPad {0} har aldrig lämnat någon upplåsningsnyckel. Lösenkoden kan bara tas bort genom "
	"radering.",
	"iPad {0} ei ole koskaan antanut avausavainta. Pääsykoodin voi poistaa vain tyhjentämällä.",
	"iPad {0} has never given us an unlock token. Only erasing removes its passcode.");
SAY(mdm_say_own_profile, "ask.own-profile",
	"Profilen {0} är själva anslutningen. Radera iPaden om den ska lämna hanteringen.",
	"Profiili {0} on itse liitos. Tyhjennä iPad, jos sen pitää poistua hallinnasta.",
	"Profile {0} is the enrolment itself. Erase the iPad if it is to leave the management.");

/* --- the asker's side --- */
SAY(mdm_say_missing, "ask.missing", "{0} behöver {1}.", "{0} tarvitsee tiedon {1}.",
	"{0} needs {1}.");
SAY(mdm_say_too_long, "ask.too-long", "{0} är för lång: högst {1}.",
	"{0} on liian pitkä: enintään {1}.", "{0} is too long: at most {1}.");
SAY(mdm_say_text, "ask.text", "{0} innehåller tecken som inte kan skickas till en iPad.",
	"{0} sisältää merkkejä, joita ei voi lähettää iPadiin.",
	"{0} holds characters that cannot be sent to an iPad.");
SAY(mdm_say_erase_choice, "ask.erase-choice",
	"Välj ja eller nej för både {0} (behåll eSIM) och {1} (sätt upp sig själv igen).",
	"Valitse kyllä tai ei sekä kohtaan {0} (säilytä eSIM) että kohtaan {1} (ota itse uudelleen "
	"käyttöön).",
	"Choose yes or no for both {0} (keep the eSIM) and {1} (set itself up again).");
SAY(mdm_say_erase_reason, "ask.erase-reason",
	"Skriv varför den ska raderas trots att aktiveringslåset är på, i högst 200 tecken och utan namn.",
	"Kirjoita, miksi se tyhjennetään, vaikka aktivointilukko on päällä, enintään 200 merkkiä ja "
	"ilman nimiä.",
	"Write why it is to be erased although the Activation Lock is on, in at most 200 characters "
	"and without names.");
SAY(mdm_say_erase_locked, "ask.erase-locked",
	"Låntagarens eget aktiveringslås är på, och vi har ingen kod som öppnar det: raderad går den inte "
	"att använda utan låntagarens Apple-konto. Be låntagaren logga ut under Inställningar, eller "
	"radera ändå och skriv varför.",
	"Lainaajan oma aktivointilukko on päällä, eikä meillä ole sitä avaavaa koodia: tyhjennettynä "
	"laitetta ei voi käyttää ilman lainaajan Apple-tiliä. Pyydä lainaajaa kirjautumaan ulos "
	"Asetuksissa, tai tyhjennä silti ja kirjoita, miksi.",
	"The borrower's own Activation Lock is on, and we have no code that opens it: once erased it "
	"cannot be used without the borrower's Apple account. Ask the borrower to sign out in "
	"Settings, or erase it anyway and write why.");
SAY(mdm_say_erase_stolen, "ask.erase-stolen",
	"Den är borttappad, och vårt eget aktiveringslås skyddar den. Märk den som upphittad först, så "
	"öppnas låset; eller radera ändå och skriv varför: låset är då kvar.",
	"Se on kadonnut, ja oma aktivointilukkomme suojaa sitä. Merkitse se ensin löytyneeksi, niin "
	"lukko avataan; tai tyhjennä silti ja kirjoita, miksi: lukko jää silloin päälle.",
	"It is lost, and our own Activation Lock protects it. Mark it found first, which opens the "
	"lock; or erase it anyway and write why: the lock then stays.");
SAY(mdm_say_erase_opens, "preview.lock-first",
	"Aktiveringslåset är på: det öppnas först hos Apple, och raderingen följer av sig själv när det "
	"är borta.",
	"Aktivointilukko on päällä: se avataan ensin Applella, ja tyhjennys seuraa itsestään, kun se on "
	"poissa.",
	"The Activation Lock is on: it is opened at Apple first, and the erase follows by itself when "
	"it is gone.");
SAY(mdm_say_profile_form, "ask.profile-form",
	"Det där är ingen profil: en .mobileconfig är XML eller signerad (CMS).",
	"Tämä ei ole profiili: .mobileconfig on XML:ää tai allekirjoitettu (CMS).",
	"This is no profile: a .mobileconfig is XML or signed (CMS).");
SAY(mdm_say_picture, "ask.picture", "Bakgrunden måste vara en PNG eller JPEG.",
	"Taustakuvan on oltava PNG tai JPEG.", "The wallpaper must be a PNG or a JPEG.");
SAY(mdm_say_range, "ask.range", "{0} måste vara {1} till {2}.", "Arvon {0} on oltava {1}–{2}.",
	"{0} must be {1} to {2}.");
SAY(mdm_say_nothing_set, "ask.nothing-set", "Ingen inställning är vald. Ange minst en.",
	"Yhtään asetusta ei ole valittu. Anna vähintään "
	"yksi.",
	"No setting is chosen. Give at least one.");

/* --- raw plists --- */
SAY(mdm_say_raw_form, "raw.form",
	"Filen är ingen XML-plist med en ordlista (dict) Command och en RequestType.",
	"Tiedosto ei ole XML-plist, jossa on Command-sanakirja ja RequestType.",
	"The file is no XML plist with a Command dictionary and RequestType.");
SAY(mdm_say_raw_type, "raw.type", "Det finns inget kommando {0} för iPad.",
	"iPadille ei ole komentoa {0}.", "There is no command {0} for iPads.");
SAY(mdm_say_raw_key, "raw.key", "{0} har ingen nyckel {1}. Ta bort den.",
	"Komennossa {0} ei ole avainta {1}. Poista se.", "{0} has no key {1}. Remove it.");
SAY(mdm_say_raw_kind, "raw.kind", "{1} i {0} måste vara {2}.",
	"Avaimen {1} komennossa {0} on oltava {2}.", "{1} in {0} must be {2}.");
SAY(mdm_say_raw_missing, "raw.missing", "{0} måste ha nyckeln {1}.",
	"Komennossa {0} on oltava avain {1}.", "{0} must have the key {1}.");
SAY(mdm_say_raw_range, "raw.range", "{1} i {0} är utanför {2}.",
	"Avain {1} komennossa {0} on välin {2} ulkopuolella.", "{1} in {0} is outside {2}.");
SAY(mdm_say_raw_value, "raw.value",
	"{0} har ett värde som inte kan skickas: ett datum före 1933 eller efter 2068, ett tal "
	"utanför 64 bitar, eller fler än 20 000 av tecknen &, < och >.",
	"Komennossa {0} on arvo, jota ei voi lähettää: päivämäärä ennen vuotta 1933 tai vuoden "
	"2068 jälkeen, yli 64-bittinen luku tai yli 20 000 merkkiä &, < ja >.",
	"{0} holds a value that cannot be sent: a date before 1933 or after 2068, a number beyond "
	"64 bits, or more than 20,000 of the characters &, < and >.");
SAY(mdm_say_raw_token, "raw.token",
	"Utelämna UnlockToken: Hylla lägger själv till den som iPaden lämnade.",
	"Jätä UnlockToken pois: Hylla lisää itse iPadin antaman avaimen.",
	"Leave UnlockToken out: Hylla adds the one that the iPad gave.");
SAY(mdm_say_raw_item, "raw.item", "Settings har ingen inställning {0} för iPad.",
	"Komennossa Settings ei ole iPadin asetusta {0}.", "Settings has no item {0} for iPads.");
SAY(mdm_say_raw_query, "raw.query", "DeviceInformation har ingen fråga {0} för iPad.",
	"Komennossa DeviceInformation ei ole iPadin kyselyä {0}.",
	"DeviceInformation has no query {0} for iPads.");
SAY(mdm_say_raw_empty, "raw.empty", "{1} i {0} är tom.", "{1} komennossa {0} on tyhjä.",
	"{1} in {0} is empty.");

/* --- commands --- */
SAY(mdm_say_no_command, "command.none", "Det finns inget kommando {0}.", "Komentoa {0} ei ole.",
	"There is no command {0}.");
SAY(mdm_say_ended, "command.ended", "Kommandot är redan avslutat ({0}).",
	"Komento on jo päättynyt ({0}).", "The command has ended already ({0}).");

/* --- lost state --- */
SAY(mdm_say_lost_serial, "lost.serial", "Serienumret saknas eller är för långt.",
	"Sarjanumero puuttuu tai on liian pitkä.", "The serial number is missing or too long.");
SAY(mdm_say_lost_words, "lost.words", "Ange ett meddelande eller ett telefonnummer för skärmen.",
	"Anna näytölle viesti tai puhelinnumero.",
	"Give a message or a phone number for the screen.");
SAY(mdm_say_lost_unsupervised, "lost.unsupervised",
	"Förlorat läge går inte på den här iPaden: den är inte övervakad (supervised) och kan inte låsas "
	"så. Begär ett vanligt skärmlås, spärra SIM-kortet och anmäl den.",
	"Kadonnut-tila ei ole mahdollinen tässä iPadissa: sitä ei valvota (supervised), eikä sitä voi "
	"lukita niin. Pyydä tavallista näytön lukitusta, sulje SIM-kortti ja tee ilmoitus.",
	"Lost Mode is not possible on this iPad: it is not supervised and cannot be locked that way. Ask "
	"for an ordinary lock of its screen, stop the SIM, and report it.");
SAY(mdm_say_lost_waits, "lost.waits",
	"Väntar sedan {0} på att iPaden hör av sig: då låses den, också om det dröjer veckor. Senast "
	"hördes den {1}.",
	"Odottaa {0} alkaen, että iPad ottaa yhteyttä: silloin se lukittuu, vaikka siihen menisi viikkoja. "
	"Viimeksi siitä kuultiin {1}.",
	"Waits since {0} for the iPad to call: then it locks, even if that takes weeks. It was last "
	"heard {1}.");
SAY(mdm_say_lost_reason, "lost.reason", "Orsaken måste vara \"lost\" eller \"stolen\".",
	"Syyn on oltava \"lost\" tai \"stolen\".", "The reason must be \"lost\" or \"stolen\".");
SAY(mdm_say_lost_already, "lost.already",
	"Inget ändrades: iPad {0} är redan märkt så sedan {1:when}, och orden är desamma. Skriv ett annat "
	"meddelande eller telefonnummer för att ändra det som står på skärmen. Är den tillbaka, märk den "
	"som upphittad.",
	"Mitään ei muutettu: iPad {0} on merkitty näin jo {1:when}, ja sanat ovat samat. Kirjoita toinen "
	"viesti tai puhelinnumero, jos ruudun teksti pitää muuttaa. Jos se on löytynyt, merkitse se "
	"löytyneeksi.",
	"Nothing was changed: iPad {0} has been marked so since {1:when}, and the words are the same. Give "
	"another message or phone number to change what its screen shows. If it is back, mark it as found.");
SAY(mdm_say_lost_not, "lost.not", "iPad {0} är inte märkt som borttappad.",
	"iPadia {0} ei ole merkitty kadonneeksi.", "iPad {0} is not marked as lost.");
SAY(mdm_say_lost_leaving, "lost.leaving",
	"iPad {0} är redan märkt som upphittad. Den låses upp nästa gång den hör av sig.",
	"iPad {0} on jo merkitty löytyneeksi. Sen lukitus avautuu, kun se seuraavan kerran ottaa "
	"yhteyttä.",
	"iPad {0} is marked as found already. It unlocks when it calls next.");

/* --- location --- */
SAY(mdm_say_locate_lost, "locate.lost",
	"Plats kan bara begäras för en borttappad iPad. Märk {0} som borttappad först.",
	"Sijaintia voi pyytää vain kadonneelle iPadille. Merkitse {0} ensin kadonneeksi.",
	"Location can be asked only of a lost iPad. Mark {0} as lost first.");
SAY(mdm_say_locate_written_off, "locate.written-off",
	"{0} är avskriven, och ingen letar efter den längre. Dyker den upp, ta den tillbaka i lager.",
	"{0} on poistettu kirjoista, eikä sitä enää etsitä. Jos se löytyy, palauta se varastoon.",
	"{0} is written off, and nobody looks for it any more. If it turns up, take it back into stock.");
SAY(mdm_say_locate_person, "locate.person",
	"En plats begärs och bekräftas av personer med egna konton, inte av {0}. Logga in.",
	"Sijaintia pyytävät ja sen vahvistavat henkilöt omilla tunnuksillaan, ei {0}. Kirjaudu "
	"sisään.",
	"A location is asked and confirmed by people with accounts of their own, not by {0}. Sign "
	"in.");
SAY(mdm_say_locate_purpose, "locate.purpose",
	"Ange ändamålet, 5 till 200 tecken, utan namn på någon person.",
	"Ilmoita tarkoitus, 5–200 merkkiä, ilman kenenkään nimeä.",
	"Give the purpose, 5 to 200 characters, without anyone's name.");
SAY(mdm_say_locate_asked, "locate.asked",
	"{1} har redan begärt platsen för {0}. Någon annan behöver bekräfta.",
	"{1} on jo pyytänyt iPadin {0} sijaintia. Jonkun toisen on vahvistettava se.",
	"{1} has already asked for the location of {0}. Somebody else needs to confirm.");
SAY(mdm_say_locate_under_way, "locate.under-way",
	"Platsen för {0} är redan begärd av iPaden. Vänta på svaret.",
	"iPadin {0} sijaintia on jo pyydetty iPadilta. Odota vastausta.",
	"The location of {0} has been asked of the iPad already. Wait for its answer.");
SAY(mdm_say_locate_nothing, "locate.nothing",
	"Ingen har begärt platsen för {0}. Begär den först; en annan person bekräftar.",
	"Kukaan ei ole pyytänyt iPadin {0} sijaintia. Pyydä se ensin; toinen henkilö vahvistaa.",
	"Nobody has asked for the location of {0}. Ask first; another person confirms.");
SAY(mdm_say_locate_same, "locate.same",
	"{0} begärde platsen och kan inte bekräfta den själv. Be en annan person.",
	"{0} pyysi sijaintia eikä voi itse vahvistaa sitä. Pyydä toista henkilöä.",
	"{0} asked for the location and cannot confirm it as well. Ask another person.");
SAY(mdm_say_locate_late, "locate.late",
	"Begäran om plats för {0} är äldre än ett dygn. Begär på nytt.",
	"iPadin {0} sijaintipyyntö on yli vuorokauden vanha. Pyydä uudelleen.",
	"The request for the location of {0} is more than a day old. Ask again.");

/* --- what is never sent --- */
const struct say mdm_never_watching = {"never.watching",
	{"{0} skulle visa hur eller var iPaden används. Det frågar Hylla aldrig efter.",
		"{0} näyttäisi, miten tai missä iPadia käytetään. Sitä Hylla ei koskaan kysy.",
		"{0} would show how or where the iPad is used. Hylla never asks for that."}};
const struct say mdm_never_own_lock = {"never.own-lock",
	{"{0} skickas aldrig som sant: då kan låntagarens eget aktiveringslås stänga iPaden för nästa. "
	 "Vid stöld låser Hylla den hos Apple.",
		"{0} ei lähde koskaan arvolla tosi: lainaajan oma aktivointilukko voisi sulkea iPadin "
		"seuraavalta. Varkaudessa Hylla lukitsee sen Applella.",
		"{0} is never sent as true: the borrower's own Activation Lock could then shut the iPad for "
		"the next. When it is stolen Hylla locks it at Apple."}};
const struct say mdm_never_shared = {
	"never.shared", {"{0} gäller bara Delad iPad, som vi inte har.",
				"{0} koskee vain jaettua iPadia, jota meillä ei ole.",
				"{0} is only for Shared iPad, which we do not have."}};
const struct say mdm_never_gone = {"never.gone",
	{"{0} tas bort av Apple. Använd i stället en deklaration för uppdateringar.",
		"Apple on poistamassa komennon {0}. Käytä sen sijaan päivitysten määritystä.",
		"Apple is removing {0}. Use a declaration for updates instead."}};
const struct say mdm_never_right = {
	"never.right", {"{0} kräver en rättighet som Hylla medvetet har avstått från.",
			       "{0} vaatii oikeuden, josta Hylla on tietoisesti luopunut.",
			       "{0} needs an access right that Hylla has given up on purpose."}};
const struct say mdm_never_dead = {"never.dead",
	{"{0} fungerar inte på någon iPad längre.", "{0} ei enää toimi missään iPadissa.",
		"{0} no longer works on any iPad."}};
