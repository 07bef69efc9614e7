/* SPDX-License-Identifier: EUPL-1.2 */
/* What signing in says beyond the password. */
#include "web/sign_in_int.h"

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
