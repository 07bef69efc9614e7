/* SPDX-License-Identifier: EUPL-1.2 */
/* What accounts and the API say to people. */
#include "web/web_int.h"

#define SAY(name, code, sv, fi, en) const struct say name = {code, {sv, fi, en}}

SAY(web_say_bad_name, "account.bad-name",
	"Ett kontonamn har 2 till 32 tecken: a-z, 0-9, punkt, bindestreck eller understreck.",
	"Tunnuksessa on 2-32 merkkiä: a-z, 0-9, piste, yhdysviiva tai alaviiva.",
	"An account name has 2 to 32 characters: a-z, 0-9, dot, hyphen or underscore.");
SAY(web_say_name_taken, "account.exists", "Kontot {0} finns redan. Välj ett annat namn.",
	"Tunnus {0} on jo olemassa. Valitse toinen.",
	"The account {0} exists already. Choose another name.");
SAY(web_say_no_account, "account.unknown", "Det finns inget konto som heter {0}.",
	"Tunnusta {0} ei ole.", "There is no account called {0}.");
SAY(web_say_closed, "account.closed", "Kontot {0} är stängt.", "Tunnus {0} on suljettu.",
	"The account {0} is closed.");
SAY(web_say_wrong_password, "sign-in.wrong",
	"Namnet eller lösenordet stämmer inte. Försök igen, eller be IT om ett nytt lösenord.",
	"Nimi tai salasana on väärä. Yritä uudelleen tai pyydä IT:ltä uusi salasana.",
	"The name or the password is wrong. Try again, or ask IT for a new password.");
SAY(web_say_wait, "sign-in.wait", "För många fel lösenord. Vänta en stund och försök igen.",
	"Liian monta väärää salasanaa. Odota hetki ja yritä uudelleen.",
	"Too many wrong passwords. Wait a while and try again.");
SAY(web_say_new_password, "sign-in.new-password",
	"Det här är ett engångslösenord. Välj ett eget lösenord på minst 12 tecken.",
	"Tämä on kertakäyttöinen salasana. Valitse oma, vähintään 12 merkin salasana.",
	"This is a one-time password. Choose one of your own with at least 12 characters.");
SAY(web_say_short_password, "password.short",
	"Lösenordet är för kort: minst 12 tecken. Några ord i rad går bra.",
	"Salasana on liian lyhyt: vähintään 12 merkkiä. Muutama sana peräkkäin käy.",
	"The password is too short: at least 12 characters. A few words in a row will do.");
SAY(web_say_same_password, "password.same",
	"Det nya lösenordet är kontots namn eller det gamla lösenordet. Välj ett annat.",
	"Uusi salasana on sama kuin tunnus tai vanha salasana. Valitse toinen.",
	"The new password is the account's name or the old one. Choose another.");
SAY(web_say_last_admin, "account.last-admin",
	"{0} är den sista administratören. Gör någon annan till administratör först.",
	"{0} on viimeinen ylläpitäjä. Tee ensin jostakusta toisesta ylläpitäjä.",
	"{0} is the last administrator. Make somebody else one first.");
SAY(web_say_no_roles, "account.no-roles",
	"Välj minst en roll: it, konsulent, bibliotek, admin eller reader.",
	"Valitse vähintään yksi rooli: it, konsulent, bibliotek, admin tai reader.",
	"Choose at least one role: it, konsulent, bibliotek, admin or reader.");
SAY(web_say_person_needed, "act.person-needed",
	"Det här får bara en person göra, inte ett program. Logga in med ett eget konto.",
	"Tämän saa tehdä vain ihminen, ei ohjelma. Kirjaudu omalla tunnuksella.",
	"Only a person may do this, not a program. Sign in with an account of your own.");
SAY(web_say_just_given, "locate.just-given",
	"Kontot {0} är nytt eller fick ett nytt lösenord av {1} för mindre än ett dygn sedan. Låt "
	"någon "
	"annan bekräfta, eller vänta till i morgon.",
	"Tunnus {0} on uusi tai sai uuden salasanan ({1}) alle vuorokausi sitten. Pyydä jotakuta "
	"toista "
	"vahvistamaan tai odota huomiseen.",
	"The account {0} is new or was given a new password by {1} less than a day ago. Let "
	"somebody "
	"else confirm, or wait until tomorrow.");
SAY(web_say_not_the_same, "password.not-the-same",
	"De två nya lösenorden är inte lika. Skriv samma lösenord i båda rutorna.",
	"Uudet salasanat eivät ole samat. Kirjoita sama salasana molempiin kenttiin.",
	"The two new passwords are not alike. Write the same password in both boxes.");
SAY(web_say_setting_since, "setting.changed-since",
	"Någon annan har ändrat inställningen sedan du öppnade den. Vad som gäller nu står här ovanför, och det du skrev står kvar. "
	"Titta igen och spara om ditt ska gälla.",
	"Joku muu on muuttanut asetusta sen jälkeen, kun avasit sen. Nykyinen arvo on yllä ja kirjoittamasi on tallella. "
	"Katso uudelleen ja tallenna, jos omasi jää voimaan.",
	"Somebody else has changed the setting since you opened it. What counts now stands above, and what you typed is still there. "
	"Look again, and save if yours is to count.");
SAY(web_say_form_old, "form.old",
	"Formuläret hör till en annan inloggning eller ett annat konto. Inget är gjort, och inget av det är sparat. Öppna sidan på "
	"nytt och fyll i den igen; det du skrev står ofta kvar om du går bakåt i webbläsaren.",
	"Lomake kuuluu toiseen kirjautumiseen tai toiselle tunnukselle. Mitään ei tehty eikä tallennettu. Avaa sivu uudelleen ja täytä "
	"se; kirjoittamasi on usein tallella, kun palaat selaimessa taaksepäin.",
	"The form belongs to another sign-in or another account. Nothing is done, and nothing of it is saved. Open the page anew and "
	"fill it in again; what you typed is often still there when you go back in the browser.");
SAY(web_say_form_foreign, "form.foreign",
	"Formuläret kom inte från Hyllas egen sida. Inget är gjort, och inget av det är sparat. Skickade du det inte själv behöver du "
	"inte göra något; annars öppnar du sidan här i Hylla och gör det där.",
	"Lomake ei tullut Hyllan omalta sivulta. Mitään ei tehty eikä tallennettu. Jos et lähettänyt sitä itse, sinun ei tarvitse "
	"tehdä mitään; muuten avaa sivu täällä Hyllassa ja tee se siellä.",
	"The form did not come from a page of Hylla's own. Nothing is done, and nothing of it is saved. If you did not send it "
	"yourself there is nothing to do; else open the page here in Hylla and do it there.");
SAY(web_say_form_ended, "form.ended",
	"Det du skickade är inte sparat. Inloggningen var avslutad, av dig eller av någon annan, och då sparas bara det som säkert "
	"är ditt. Logga in, så kommer du till sidan igen.",
	"Lähettämääsi ei ole tallennettu. Istunto oli päätetty, sinun tai jonkun muun toimesta, ja silloin säilytetään vain se, mikä "
	"on varmasti sinun. Kirjaudu, niin pääset takaisin sivulle.",
	"What you sent is not saved. The session had been ended, by you or by somebody else, and then only what is surely yours is "
	"kept. Sign in, and you come back to the page.");
SAY(web_say_lost_or_stolen, "lost.which", "Välj om plattan är borttappad eller stulen.",
	"Valitse, onko laite kadonnut vai varastettu.",
	"Choose whether the iPad is lost or stolen.");
SAY(web_say_screen_words, "lost.words",
	"Skriv ett meddelande eller ett telefonnummer, så att den som hittar plattan vet vad man "
	"gör.",
	"Kirjoita viesti tai puhelinnumero, jotta löytäjä tietää, mitä tehdä.",
	"Write a message or a telephone number, so that whoever finds the iPad knows what to do.");
SAY(web_say_bad_body, "request.bad-body", "Anropets innehåll är inte ett JSON-objekt.",
	"Pyynnön sisältö ei ole JSON-objekti.", "The request's body is not a JSON object.");
SAY(web_say_bad_field, "request.bad-field", "Fältet {0} saknas eller är fel. Det tar emot: {1}.",
	"Kenttä {0} puuttuu tai on väärin. Se ottaa vastaan: {1}.",
	"The field {0} is missing or wrong. It takes: {1}.");
SAY(web_say_no_plist, "command.no-plist",
	"Det här är ingen egenskapslista (plist) i XML. Klistra in hela dokumentet.",
	"Tämä ei ole XML-muotoinen ominaisuusluettelo (plist). Liitä koko asiakirja.",
	"This is no property list (plist) in XML. Paste the whole document.");
SAY(web_say_no_push, "push.none",
	"Filen är inget pushcertifikat för en begäran härifrån. Ta filen som Apples portal gav, den som slutar på .pem.",
	"Tiedosto ei ole täältä pyydetty push-varmenne. Ota Applen portaalin antama .pem-tiedosto.",
	"The file is no push certificate for a request from here. Take the file that Apple's portal gave, ending in .pem.");
SAY(web_say_field_wrong, "request.bad-field",
	"Det som står i fältet {0} går inte att läsa. Rätta det och försök igen.",
	"Kentän {0} sisältöä ei voi lukea. Korjaa se ja yritä uudestaan.",
	"What stands in the field {0} cannot be read. Correct it and try again.");
SAY(web_say_missing_field, "request.bad-field", "Fältet {0} saknas. Lägg till det.",
	"Kenttä {0} puuttuu. Lisää se.", "The field {0} is missing. Add it.");
SAY(web_say_unknown_field, "request.bad-field",
	"Fältet {0} finns inte här. Rätta stavningen eller ta bort det.",
	"Kenttää {0} ei ole täällä. Korjaa kirjoitusasu tai poista se.",
	"There is no field {0} here. Mend the spelling, or remove it.");
