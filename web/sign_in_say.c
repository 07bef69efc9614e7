/* SPDX-License-Identifier: EUPL-1.2 */
/* What signing in says beyond the password. */
#include "web/oidc_int.h"
#include "web/pin_int.h"

#define SAY(name, code, sv, fi, en) const struct say name = {code, {sv, fi, en}}

SAY(web_say_code_needed, "sign-in.code-needed",
	"Kontot har tvåstegsinloggning. Skicka också koden från appen, eller en reservkod.",
	"Tunnuksella on kaksivaiheinen kirjautuminen. Lähetä myös sovelluksen koodi tai varakoodi.",
	"The account has two-step sign-in. Send the code from the app as well, or a recovery "
	"code.");
SAY(web_say_code_wrong, "sign-in.code-wrong",
	"Koden stämmer inte, eller är redan använd. Vänta på nästa kod i appen och skriv den, "
	"eller "
	"använd en reservkod.",
	"Koodi on väärä tai jo käytetty. Odota sovelluksen seuraavaa koodia ja kirjoita se, tai "
	"käytä "
	"varakoodia.",
	"The code is wrong, or was used already. Wait for the next one in the app and write it, or "
	"use "
	"a recovery code.");
SAY(web_say_code_wait, "sign-in.code-wait",
	"För många fel koder. Vänta en stund och försök igen, eller be en administratör om hjälp.",
	"Liian monta väärää koodia. Odota hetki ja yritä uudelleen, tai pyydä apua ylläpitäjältä.",
	"Too many wrong codes. Wait a while and try again, or ask an administrator for help.");
SAY(web_say_totp_needed, "sign-in.two-step-needed",
	"Kontot måste ha tvåstegsinloggning. Logga in i webbläsaren och ställ in den först.",
	"Tunnuksella on oltava kaksivaiheinen kirjautuminen. Kirjaudu selaimella ja ota se ensin "
	"käyttöön.",
	"The account must have two-step sign-in. Sign in with a browser and set it up first.");
SAY(web_say_totp_required, "two-step.required",
	"Din roll kräver tvåstegsinloggning. Har du bytt telefon, be en administratör nollställa "
	"den.",
	"Roolisi vaatii kaksivaiheisen kirjautumisen. Jos vaihdoit puhelinta, pyydä ylläpitäjää "
	"nollaamaan se.",
	"Your role needs two-step sign-in. If you have a new phone, ask an administrator to reset "
	"it.");
SAY(web_say_totp_none, "two-step.none", "Tvåstegsinloggningen är inte påslagen. Ladda om sidan.",
	"Kaksivaiheinen kirjautuminen ei ole käytössä. Lataa sivu uudelleen.",
	"Two-step sign-in is not on. Reload the page.");
SAY(web_say_totp_not_fresh, "two-step.not-fresh",
	"Det var ett tag sedan du loggade in. Logga ut och in igen, så kan du ställa in "
	"tvåstegsinloggning.",
	"Kirjautumisestasi on jo hetki. Kirjaudu ulos ja uudelleen sisään, niin voit ottaa "
	"kaksivaiheisen kirjautumisen käyttöön.",
	"It is a while since you signed in. Sign out and in again, and you can set up two-step "
	"sign-in.");

/* --- by a provider --- */

SAY(web_say_provider_down, "provider.down",
	"{0} svarar inte just nu. Vänta en stund och försök igen, eller logga in med lösenord om "
	"du har "
	"ett här.",
	"{0} ei vastaa juuri nyt. Odota hetki ja yritä uudelleen, tai kirjaudu salasanalla, jos "
	"sinulla "
	"on täällä sellainen.",
	"{0} does not answer just now. Wait a while and try again, or sign in with a password if "
	"you "
	"have one here.");
SAY(web_say_provider_refused, "provider.refused",
	"Inloggningen hos {0} gick inte att kontrollera. Det händer när den har tagit mer än tio "
	"minuter "
	"eller började i ett annat fönster. Försök igen härifrån.",
	"Kirjautumista palvelussa {0} ei voitu tarkistaa. Näin käy, kun se on kestänyt yli "
	"kymmenen "
	"minuuttia tai alkoi toisessa ikkunassa. Yritä uudelleen tästä.",
	"The sign-in at {0} could not be verified. That happens when it took more than ten "
	"minutes, or "
	"began in another window. Try again from here.");
SAY(web_say_provider_denied, "provider.denied",
	"{0} släppte inte in dig. Försök igen, eller fråga IT om du ska ha tillgång till Hylla.",
	"{0} ei päästänyt sinua sisään. Yritä uudelleen tai kysy IT:ltä, onko sinulla oikeus "
	"käyttää "
	"Hyllaa.",
	"{0} did not let you in. Try again, or ask IT whether you should have access to Hylla.");
SAY(web_say_provider_taken, "provider.taken",
	"Kontot {0} finns, men är inte kopplat till din inloggning. Be en administratör tillåta "
	"det på "
	"sidan Konton.",
	"Tunnus {0} on olemassa, mutta sitä ei ole liitetty kirjautumiseesi. Pyydä ylläpitäjää "
	"sallimaan "
	"se Tunnukset-sivulla.",
	"The account {0} exists, but is not joined to your sign-in. Ask an administrator to allow "
	"it on "
	"the page of accounts.");
SAY(web_say_provider_unknown, "provider.unknown",
	"Det finns inget konto för {0} i Hylla. Be en administratör göra ett.",
	"Hyllassa ei ole tunnusta nimelle {0}. Pyydä ylläpitäjää tekemään sellainen.",
	"There is no account for {0} in Hylla. Ask an administrator to make one.");
SAY(web_say_full_first, "sign-in.full_first",
	"Det här beslutas av två personer som har loggat in på vanligt sätt, inte med PIN-kod. Logga "
	"in, så fortsätter du där du var.",
	"Tästä päättää kaksi henkilöä, jotka ovat kirjautuneet tavalliseen tapaan, ei PIN-koodilla. "
	"Kirjaudu, niin jatkat siitä, mihin jäit.",
	"This is decided by two people who signed in the usual way, not by PIN. Sign in, and you go "
	"on where you were.");
SAY(web_say_provider_domain, "provider.domain",
	"Ditt konto hör inte till en domän som får logga in här. Använd ditt eget konto i kommunen, "
	"eller be IT se över inställningen oidc.domains.",
	"Tunnuksesi ei kuulu verkkotunnukseen, jolla saa kirjautua tänne. Käytä kunnan omaa "
	"tunnustasi tai pyydä IT:tä tarkistamaan asetus oidc.domains.",
	"Your account is not of a domain that may sign in here. Use your own account of the "
	"municipality, or ask IT to look at the setting oidc.domains.");
SAY(web_say_provider_name, "provider.name",
	"Ditt namn hos leverantören går inte att använda som kontonamn i Hylla. Be IT se över "
	"inställningen "
	"oidc.name_claim.",
	"Nimeäsi palveluntarjoajalla ei voi käyttää Hyllan tunnuksena. Pyydä IT:tä tarkistamaan "
	"asetus "
	"oidc.name_claim.",
	"Your name at the provider cannot be an account name in Hylla. Ask IT to look at the "
	"setting "
	"oidc.name_claim.");
SAY(web_say_provider_roles, "provider.roles",
	"Du finns, men ingen av dina grupper ger tillgång till Hylla. Be IT lägga till dig i rätt "
	"grupp.",
	"Sinut tunnetaan, mutta mikään ryhmistäsi ei anna pääsyä Hyllaan. Pyydä IT:tä lisäämään "
	"sinut "
	"oikeaan ryhmään.",
	"You are known, but none of your groups gives access to Hylla. Ask IT to add you to the "
	"right "
	"group.");
SAY(web_say_provider_only, "provider.only",
	"Ditt konto loggar inte in med lösenord här. Använd knappen för {0}.",
	"Tunnuksellasi ei kirjauduta tässä salasanalla. Käytä painiketta {0}.",
	"Your account does not sign in with a password here. Use the button for {0}.");

/* --- at a shared desk --- */

SAY(web_say_pin_form, "pin.form", "En PIN-kod har fyra till åtta siffror.",
	"PIN-koodissa on neljästä kahdeksaan numeroa.", "A PIN has four to eight digits.");
SAY(web_say_pin_simple, "pin.simple",
	"Den PIN-koden är för lätt att gissa. Välj en där siffrorna inte är lika eller kommer i "
	"ordning.",
	"PIN-koodi on liian helppo arvata. Valitse sellainen, jossa numerot eivät ole samoja tai "
	"järjestyksessä.",
	"That PIN is too easy to guess. Choose one whose digits are not alike or in order.");
SAY(web_say_pin_not_the_same, "pin.not-the-same",
	"De två PIN-koderna är inte lika. Skriv samma i båda rutorna.",
	"PIN-koodit eivät ole samat. Kirjoita sama koodi molempiin kenttiin.",
	"The two PINs are not alike. Write the same in both boxes.");
SAY(web_say_pin_not_fresh, "pin.not-fresh",
	"Det var ett tag sedan du loggade in. Logga ut och in igen, så kan du välja PIN-kod.",
	"Kirjautumisestasi on jo hetki. Kirjaudu ulos ja uudelleen sisään, niin voit valita "
	"PIN-koodin.",
	"It is a while since you signed in. Sign out and in again, and you can choose a PIN.");
SAY(web_say_pin_wrong, "pin.wrong",
	"PIN-koden stämmer inte. Efter tre fel får du logga in på vanligt sätt.",
	"PIN-koodi on väärä. Kolmen virheen jälkeen on kirjauduttava tavalliseen tapaan.",
	"The PIN is wrong. After three wrong ones you sign in the usual way.");
SAY(web_say_pin_out, "pin.out",
	"Tre fel PIN-koder. Logga in på vanligt sätt; det som skrevs här finns kvar tills du gör "
	"det.",
	"Kolme väärää PIN-koodia. Kirjaudu tavalliseen tapaan; tähän kirjoitettu säilyy siihen "
	"asti.",
	"Three wrong PINs. Sign in the usual way; what was written here stays until you do.");
SAY(web_say_pin_none, "pin.none", "Ingen PIN-kod gäller här just nu. Logga in på vanligt sätt.",
	"Mikään PIN-koodi ei kelpaa tässä juuri nyt. Kirjaudu tavalliseen tapaan.",
	"No PIN counts here just now. Sign in the usual way.");
