/* SPDX-License-Identifier: EUPL-1.2 */
#include "web/scope_int.h"

#define SAY(name, code, sv, fi, en) const struct say name = {code, {sv, fi, en}}

SAY(web_say_scope_area, "token.area",
	"Nyckeln får inte det här: den saknar området {0}. Be en administratör om en nyckel som har "
	"det.",
	"Tällä avaimella ei ole tähän oikeutta: siltä puuttuu alue {0}. Pyydä pääkäyttäjältä "
	"avain, jolla se on.",
	"The token may not do this: it lacks the area {0}. Ask an administrator for a token that "
	"has it.");
SAY(web_say_scope_read, "token.read-only",
	"Nyckeln får bara läsa (read), och det här ändrar något (write). Be en administratör om en "
	"nyckel som får ändra.",
	"Tällä avaimella saa vain lukea (read), ja tämä muuttaa jotakin (write). Pyydä "
	"pääkäyttäjältä avain, jolla saa muuttaa.",
	"The token may only read, and this changes something (write). Ask an administrator for a "
	"token that may write.");
SAY(web_say_scope_page, "token.page",
	"Nyckeln är begränsad till områden av /api/v1, och den här adressen är inget av dem. Hämta "
	"samma sak under /api/v1.",
	"Avain on rajattu /api/v1:n alueisiin, eikä tämä osoite kuulu niihin. Hae sama asia "
	"/api/v1:n alta.",
	"The token is narrowed to areas of /api/v1, and this address is of none. Ask for the same "
	"below /api/v1.");
SAY(web_say_scope_wider, "token.wider",
	"En nyckel kan inte göra en nyckel som får mer än den själv. Välj färre områden, eller bara "
	"läsa.",
	"Avaimella ei voi tehdä avainta, jolla on laajemmat oikeudet. Valitse vähemmän alueita tai "
	"pelkkä lukeminen.",
	"A token cannot make one that may more than itself. Choose fewer areas, or only reading.");
SAY(web_say_until_past, "token.until-past",
	"Dagen {0} har redan varit. Välj en dag som kommer, eller ingen alls.",
	"Päivä {0} on jo mennyt. Valitse tuleva päivä tai jätä tyhjäksi.",
	"The day {0} has already been. Choose one that comes, or none.");
SAY(web_say_two_ends, "token.two-ends",
	"Välj antingen en sista dag (until) eller hur länge (life), inte båda.",
	"Valitse joko viimeinen päivä (until) tai kesto (life), ei molempia.",
	"Choose either a last day (until) or how long (life), not both.");
