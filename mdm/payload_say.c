/* SPDX-License-Identifier: EUPL-1.2 */
#include "mdm/payload_int.h"

#define SAY(name_, code_, sv_, fi_, en_) \
	const struct say name_ = {       \
		"payload." code_,        \
		{sv_, fi_, en_},         \
	}

SAY(mdm_say_field_missing, "field_missing", "Fältet \"{0}\" behövs för {1}.",
	"Kenttä \"{0}\" tarvitaan kohteelle {1}.", "The field \"{0}\" is needed for {1}.");
SAY(mdm_say_field_unknown, "field_unknown",
	"Fältet \"{0}\" finns inte för {1}. Kontrollera stavningen.",
	"Kenttää \"{0}\" ei ole kohteella {1}. Tarkista kirjoitusasu.",
	"There is no field \"{0}\" for {1}. Check the spelling.");
SAY(mdm_say_field_form, "field_form", "Fältet \"{0}\" ska vara {1}.",
	"Kentän \"{0}\" on oltava {1}.", "The field \"{0}\" must be {1}.");
SAY(mdm_say_spec_type, "type", "Det finns inget som heter \"{0}\" att ställa in. Välj bland: {1}.",
	"Asetusta \"{0}\" ei ole. Valitse näistä: {1}.",
	"There is nothing named \"{0}\" to set. Choose among: {1}.");
SAY(mdm_say_spec_form, "form", "Beskrivningen ska vara ett JSON-objekt.",
	"Kuvauksen on oltava JSON-objekti.", "The description must be a JSON object.");
SAY(mdm_say_wifi_password, "wifi_password",
	"Ett skyddat nätverk behöver ett lösenord på 8-63 tecken, ett konto (account) eller ett certifikat "
	"(certificate): ett av dem. Ett öppet (None) behöver inget.",
	"Suojattu verkko tarvitsee 8-63 merkin salasanan, tilin (account) tai varmenteen (certificate): yhden "
	"näistä. Avoin (None) ei tarvitse mitään.",
	"A protected network needs a password of 8-63 characters, an account or a certificate: one of them. An "
	"open one (None) needs none.");
SAY(mdm_say_wifi_anchors, "wifi_anchors",
	"Serverns certifikat ska vara ett certifikat (DER), eller ett till åtta i PEM.",
	"Palvelimen varmenteen on oltava yksi varmenne (DER) tai yhdestä kahdeksaan PEM-muodossa.",
	"The certificates of the server must be one certificate (DER), or one to eight in PEM.");
SAY(mdm_say_wifi_anchors_alone, "wifi_anchors_alone",
	"Serverns certifikat behövs bara där plattan loggar in med namn eller med certifikat. Ta bort filen "
	"eller fyll i hur den loggar in.",
	"Palvelimen varmennetta tarvitaan vain, kun laite kirjautuu nimellä tai varmenteella. Poista tiedosto tai "
	"täytä kirjautumistapa.",
	"The certificates of the server are only needed where the iPad signs in by name or by certificate. Take the "
	"file away, or say how it signs in.");
SAY(mdm_say_wifi_p12, "wifi_p12",
	"Filen är ingen PKCS12-fil (.p12, .pfx) som går att läsa. Exportera certifikatet med sin nyckel på nytt.",
	"Tiedosto ei ole luettava PKCS12-tiedosto (.p12, .pfx). Vie varmenne ja sen avain uudelleen.",
	"The file is no PKCS12 file (.p12, .pfx) that can be read. Export the certificate with its key anew.");
SAY(mdm_say_wifi_p12_password, "wifi_p12_password",
	"Lösenordet passar inte certifikatfilen. Skriv det som valdes när filen exporterades.",
	"Salasana ei sovi varmennetiedostoon. Kirjoita tiedostoa vietäessä valittu salasana.",
	"The password does not fit the certificate file. Write the one that was chosen when the file was exported.");
SAY(mdm_say_wifi_p12_key, "wifi_p12_key",
	"Filen har inte både certifikatet och dess nyckel. Exportera dem tillsammans.",
	"Tiedostossa ei ole sekä varmennetta että sen avainta. Vie ne yhdessä.",
	"The file does not have both the certificate and its key. Export them together.");
SAY(mdm_say_wifi_p12_ended, "wifi_p12_ended",
	"Certifikatet i filen gäller inte längre. Skaffa ett nytt.",
	"Tiedoston varmenne ei ole enää voimassa. Hanki uusi.",
	"The certificate in the file has ended. Get a new one.");
SAY(mdm_say_wifi_proxy, "wifi_proxy",
	"En proxy är antingen en server med sin port (proxy, proxy_port) eller en PAC-adress "
	"(proxy_pac), inte båda.",
	"Välityspalvelin on joko palvelin portteineen (proxy, proxy_port) tai PAC-osoite (proxy_pac), "
	"ei molempia.",
	"A proxy is either a server with its port (proxy, proxy_port) or a PAC address (proxy_pac), "
	"not both.");
SAY(mdm_say_icon, "icon", "Ikonen ska vara en PNG-bild på högst 400 x 400 punkter och 1 MB.",
	"Kuvakkeen on oltava PNG-kuva, enintään 400 x 400 kuvapistettä ja 1 Mt.",
	"The icon must be a PNG picture of at most 400 x 400 points and 1 MB.");
SAY(mdm_say_profile_raw, "profile_raw",
	"Filen är ingen konfigurationsprofil (.mobileconfig) med PayloadContent.",
	"Tiedosto ei ole määritysprofiili (.mobileconfig), jossa on PayloadContent.",
	"The file is no configuration profile (.mobileconfig) with a PayloadContent.");
SAY(mdm_say_profile_signed, "profile_signed",
	"Profilen är signerad. Ge den osignerad: Hylla sätter sin egen identifierare på den.",
	"Profiili on allekirjoitettu. Anna se allekirjoittamattomana: Hylla antaa sille oman "
	"tunnisteen.",
	"The profile is signed. Give it unsigned: Hylla puts its own identifier on it.");
SAY(mdm_say_profile_own, "profile_own",
	"Profilen innehåller {0}, som bara anslutningsprofilen får ha.",
	"Profiilissa on {0}, joka saa olla vain liittymisprofiilissa.",
	"The profile holds {0}, which only the enrolment profile may have.");
SAY(mdm_say_profile_ended, "ended",
	"Dagen då den tas bort av sig själv har redan varit. Välj en dag som kommer, eller ingen.",
	"Päivä, jona se poistuu itsestään, on jo mennyt. Valitse tuleva päivä tai jätä tyhjäksi.",
	"The day when it removes itself has been already. Choose a day to come, or none.");
SAY(mdm_say_nothing_in_spec, "nothing", "Ange minst ett fält för {0}.",
	"Anna vähintään yksi kenttä kohteelle {0}.", "Give at least one field for {0}.");
SAY(mdm_say_home_icon, "home_icon",
	"En ikon är en app (\"app\"), en webblänk (\"url\") eller en mapp (\"folder\" med \"pages\"): en av dem.",
	"Kuvake on appi (\"app\"), verkkolinkki (\"url\") tai kansio (\"folder\" ja \"pages\"): yksi näistä.",
	"An icon is an app (\"app\"), a web link (\"url\") or a folder (\"folder\" with \"pages\"): one of them.");
SAY(mdm_say_app_lock, "app_lock",
	"Plattan visar sedan bara {0} tills låset tas bort här: ingen kan lämna appen, ringa, öppna böcker, "
	"enkäter eller inställningar, och saknas appen är skärmen tom. Är det meningen, säg \"sure\": true.",
	"Laite näyttää sitten vain kohteen {0}, kunnes lukitus poistetaan täällä: apista ei pääse pois, ei voi "
	"soittaa eikä avata kirjoja, kyselyjä tai asetuksia, ja jos appi puuttuu, näyttö on tyhjä. Jos tämä on "
	"tarkoitus, sano \"sure\": true.",
	"The iPad then shows only {0} until the lock is taken away here: nobody can leave the app, call, open books, "
	"surveys or settings, and if the app is missing the screen is empty. If that is meant, say \"sure\": true.");
SAY(mdm_say_both_lists, "both_lists", "Välj antingen {0} eller {1}: iPaden kan inte följa båda.",
	"Valitse joko {0} tai {1}: iPad ei voi noudattaa molempia.",
	"Choose either {0} or {1}: the iPad cannot follow both.");
