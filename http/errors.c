/* SPDX-License-Identifier: EUPL-1.2 */
#include "http/http_int.h"

/* One language a line. */
/* clang-format off */
static const struct say bad_request = {"http.bad_request", {
	"Servern kunde inte läsa det som skickades. Ladda om sidan och försök igen.",
	"Palvelin ei voinut lukea lähetettyä. Lataa sivu uudelleen ja yritä uudestaan.",
	"The server could not read what was sent. Reload the page and try again."}};
static const struct say sign_in = {"http.sign_in", {
	"Logga in för att fortsätta.",
	"Kirjaudu sisään jatkaaksesi.",
	"Sign in to go on."}};
static const struct say denied = {"http.denied", {
	"Ditt konto får inte göra detta. Fråga den som sköter kontona om du behöver det.",
	"Tililläsi ei ole oikeutta tähän. Pyydä oikeutta tilien hoitajalta, jos tarvitset sitä.",
	"Your account may not do this. Ask whoever manages the accounts if you need to."}};
static const struct say not_found = {"http.not_found", {
	"Det finns inget med den adressen eller det numret. Kontrollera det och försök igen.",
	"Tällä osoitteella tai numerolla ei löydy mitään. Tarkista se ja yritä uudestaan.",
	"There is nothing by that address or number. Check it and try again."}};
static const struct say wrong_method = {"http.wrong_method", {
	"Adressen tar inte emot sådana anrop. Börja om från sidan du kom från.",
	"Osoite ei ota vastaan tällaista pyyntöä. Aloita uudelleen siltä sivulta, jolta tulit.",
	"This address takes no such requests. Start again from the page you came from."}};
static const struct say exists = {"http.exists", {
	"Det finns redan. Sök upp det och ändra det i stället för att lägga till det.",
	"Se on jo olemassa. Hae se ja muuta sitä lisäämisen sijaan.",
	"It is already there. Look it up and change it instead of adding it."}};
static const struct say conflict = {"http.conflict", {
	"Någon annan hann ändra detta. Ladda om sidan, se vad som gäller nu och försök igen.",
	"Joku muu ehti muuttaa tätä. Lataa sivu uudelleen, katso nykytilanne ja yritä uudestaan.",
	"Somebody else has changed this. Reload the page, see how it stands and try again."}};
static const struct say expired = {"http.expired", {
	"Länken eller koden gäller inte längre. Be om en ny.",
	"Linkki tai koodi ei ole enää voimassa. Pyydä uusi.",
	"The link or code is no longer valid. Ask for a new one."}};
static const struct say too_big = {"http.too_big", {
	"Det är mer än vi kan ta emot på en gång. Skicka en mindre fil eller dela upp den.",
	"Tämä on enemmän kuin voimme ottaa kerralla. Lähetä pienempi tiedosto tai jaa se osiin.",
	"This is more than we can take at once. Send a smaller file, or split it."}};
/* {1}: the most that the address takes */
static const struct say body_too_big = {"http.too_big", {
	"Här tas högst {1} emot, och det här är mer. Skicka en mindre fil eller dela upp den; ett foto blir mindre med lägre upplösning.",
	"Tässä voidaan vastaanottaa enintään {1}, ja tämä on enemmän. Lähetä pienempi tiedosto tai jaa se osiin; valokuva pienenee, kun tarkkuutta lasketaan.",
	"At most {1} are taken here, and this is more. Send a smaller file, or split it; a photo gets smaller with a lower resolution."}};
const struct say http_say_no_body = {"http.no_body", {
	"Den här adressen tar inte emot något innehåll. Skicka samma anrop utan det.",
	"Tämä osoite ei ota vastaan sisältöä. Lähetä sama pyyntö ilman sitä.",
	"This address takes no body. Send the same request without one."}};
static const struct say header_too_big = {"http.header_too_big", {
	"Adressen eller webbläsarens kakor är för långa. Rensa kakorna för sidan och försök igen.",
	"Osoite tai selaimen evästeet ovat liian pitkiä. Poista sivun evästeet ja yritä uudestaan.",
	"The address or the browser's cookies are too long. Clear the cookies and try again."}};
static const struct say unsupported = {"http.unsupported", {
	"Sådana filer eller ärenden kan vi inte ta emot. Välj ett annat format.",
	"Emme voi ottaa vastaan tällaista tiedostoa tai pyyntöä. Valitse toinen muoto.",
	"We cannot take files or requests of this kind. Choose another format."}};
static const struct say refused = {"http.refused", {
	"Det går inte i det läge som nu gäller. Ladda om sidan och se vad som kan göras.",
	"Se ei onnistu nykytilanteessa. Lataa sivu uudelleen ja katso, mitä voi tehdä.",
	"This cannot be done as things stand. Reload the page and see what can be done."}};
static const struct say internal = {"http.internal", {
	"Något gick fel hos oss. Försök igen; händer det på nytt, ge IT detta nummer: {0}.",
	"Jotain meni vikaan. Yritä uudestaan; jos se toistuu, anna IT:lle tämä numero: {0}.",
	"Something went wrong here. Try again; if it happens again, give IT this number: {0}."}};
static const struct say elsewhere = {"http.elsewhere", {
	"En tjänst som vi är beroende av svarar inte. Försök igen om några minuter.",
	"Palvelu, jota tarvitsemme, ei vastaa. Yritä uudestaan muutaman minuutin kuluttua.",
	"A service that we depend on does not answer. Try again in a few minutes."}};
static const struct say busy = {"http.busy", {
	"Det är mycket att göra just nu. Vänta en stund och försök igen.",
	"Palvelimella on nyt paljon tehtävää. Odota hetki ja yritä uudestaan.",
	"The server is busy right now. Wait a moment and try again."}};
static const struct say disk_full = {"http.disk_full", {
	"Inget kunde sparas: serverns disk är full. Säg till IT genast.",
	"Mitään ei voitu tallentaa: palvelimen levy on täynnä. Ilmoita IT:lle heti.",
	"Nothing could be saved: the server's disk is full. Tell IT at once."}};
/* clang-format on */

struct row {
	int err;
	/* By caller. A device's 401 would unenrol it and its 404 means "no such declaration", so
	 * whatever is wrong with its message is 400: it stays enrolled and comes again later. */
	int anyone, staff, device;
	const struct say *say;
	unsigned retry_after_s;
};

static const struct row table[] = {
	{ERR_INTERNAL, 500, 500, 500, &internal, 0},
	{ERR_NOTFOUND, 404, 404, 400, &not_found, 0},
	{ERR_EXISTS, 409, 409, 400, &exists, 0},
	{ERR_BADINPUT, 400, 400, 400, &bad_request, 0},
	{ERR_TOOBIG, 413, 413, 413, &too_big, 0},
	{ERR_STRANGER, 401, 401, 400, &sign_in, 0},
	{ERR_DENIED, 403, 403, 400, &denied, 0},
	{ERR_EXPIRED, 410, 401, 400, &expired, 0},
	{ERR_REFUSED, 409, 409, 400, &refused, 0},
	{ERR_CONFLICT, 409, 409, 503, &conflict, 0},
	{ERR_BUSY, 503, 503, 503, &busy, 5},
	{ERR_TIMEOUT, 503, 503, 503, &busy, 30},
	{ERR_NOSPACE, 503, 503, 503, &disk_full, 300},
	{ERR_IO, 500, 500, 500, &internal, 0},
	{ERR_CORRUPT, 500, 500, 500, &internal, 0},
	{ERR_NEWER, 500, 500, 500, &internal, 0},
	{ERR_CRYPTO, 400, 500, 400, &bad_request, 0},
	{ERR_NET, 502, 502, 503, &elsewhere, 60},
	{ERR_UNSUPPORTED, 422, 422, 400, &unsupported, 0},
	{ERR_USAGE, 500, 500, 500, &internal, 0},
};

static const struct row *row_of(int err)
{
	for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++) {
		if (table[i].err == err)
			return &table[i];
	}
	return &table[0]; /* not one of ours: a slip of the handler's */
}

struct http_error http_error_of(int err, enum http_caller caller)
{
	const struct row *row = row_of(err);
	struct http_error e = {.say = row->say, .retry_after_s = row->retry_after_s};

	e.status = caller == HTTP_DEVICE  ? row->device
		   : caller == HTTP_STAFF ? row->staff
					  : row->anyone;
	if (e.status == 500)
		e.say = &internal;
	else if (e.status == 401)
		e.say = &sign_in;
	return e;
}

int http_status(int err, enum http_caller caller)
{
	return http_error_of(err, caller).status;
}

const struct say *http_say_of_status(int status)
{
	switch (status) {
	case 404:
		return &not_found;
	case 405:
		return &wrong_method;
	case 413:
		return &body_too_big;
	case 414:
	case 431:
		return &header_too_big;
	case 503:
		return &busy;
	default:
		return status >= 500 ? &internal : &bad_request;
	}
}
