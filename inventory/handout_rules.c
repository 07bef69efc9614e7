/* SPDX-License-Identifier: EUPL-1.2 */
/* When a hand-out may be planned for, and what it still needs. Pure. */
#include "inventory/handout_int.h"

#include "base/day.h"

#include <stdio.h>

#define AHEAD_MOST (366LL * DAY_S)
/* Until then it may be that it is being done. */
#define GRACE_S (2 * 3600)
#define BATTERY_LEAST 50
/* What an iPad told of its battery before that says nothing of today. */
#define TOLD_MOST (3LL * DAY_S)

#define SAY(name, code, sv, fi, en) const struct say name = {code, {sv, fi, en}}

SAY(inv_say_no_handout, "handout.unknown", "Det finns ingen sådan planerad utlämning.",
	"Tällaista suunniteltua luovutusta ei ole.", "There is no such planned hand-out.");
SAY(inv_say_handout_over, "handout.over",
	"Utlämningen är redan avslutad. Planera en ny om den ska bli av.",
	"Luovutus on jo päättynyt. Suunnittele uusi, jos se halutaan tehdä.",
	"The hand-out is over already. Plan another one if it is to happen.");
SAY(inv_say_handout_past, "handout.past",
	"Tiden har redan varit. Välj en tid som kommer, eller lämna ut vid disken nu.",
	"Aika on jo mennyt. Valitse tuleva aika tai luovuta tiskillä nyt.",
	"That time has been. Choose one to come, or hand it out at the desk now.");
SAY(inv_say_handout_far, "handout.far", "En utlämning planeras högst ett år framåt.",
	"Luovutuksen voi suunnitella enintään vuoden päähän.",
	"A hand-out is planned a year ahead at most.");
SAY(inv_say_handout_what, "handout.what",
	"Säg vad som ska lämnas ut: en produkt, eller en viss sak.",
	"Kerro, mitä luovutetaan: tuote tai tietty esine.",
	"Say what is to be handed out: a product, or one certain thing.");
SAY(inv_say_handout_twice, "handout.twice",
	"Samma utlämning är redan planerad. Flytta den i stället.",
	"Sama luovutus on jo suunniteltu. Siirrä sitä.",
	"The same hand-out is planned already. Move that one instead.");
SAY(inv_say_handout_same, "handout.same",
	"Det är redan det som ska lämnas ut. Välj något annat, eller gå tillbaka.",
	"Juuri se on jo luovutettavana. Valitse jokin muu tai palaa takaisin.",
	"That is what is to be handed out already. Choose something else, or go back.");
SAY(inv_say_handout_place, "handout.place",
	"Det finns ingen plats {0}. Välj en annan, eller hemma hos låntagaren.",
	"Paikkaa {0} ei ole. Valitse toinen tai lainaajan koti.",
	"There is no place {0}. Choose another, or the borrower's home.");
SAY(inv_say_handout_zone, "handout.other-zone",
	"{0} är den andra verksamhetens plats. Välj en av era egna, eller hemma hos låntagaren.",
	"{0} on toisen palvelun paikka. Valitse oma paikka tai lainaajan koti.",
	"{0} is the other service's place. Choose one of your own, or the borrower's home.");
SAY(inv_say_handout_note, "handout.note", "Texten är för lång (högst {0} tecken).",
	"Teksti on liian pitkä (enintään {0} merkkiä).",
	"The words are too long (at most {0} characters).");

SAY(inv_say_seats_full, "seats.full",
	"Det är fullt den tiden (platser: {0}). Välj en annan tid eller plats, flytta någon annan, "
	"eller sätt fler platser.",
	"Silloin on täynnä (paikkoja: {0}). Valitse toinen aika tai paikka, siirrä joku muu "
	"tai lisää paikkoja.",
	"It is full at that time (seats: {0}). Choose another time or place, move somebody else, "
	"or set more seats.");
SAY(inv_say_seats_few, "seats.few",
	"Fler är redan bokade då ({0}). Flytta någon till en annan tid först, eller sätt fler platser.",
	"Useampi on jo varattu silloin ({0}). Siirrä ensin joku toiseen aikaan tai lisää paikkoja.",
	"More are booked already ({0}). Move somebody to another time first, or set more seats.");
SAY(inv_say_seats_many, "seats.many", "Högst {0} platser på en gång. Sätt ett lägre antal.",
	"Enintään {0} paikkaa kerralla. Anna pienempi määrä.",
	"At most {0} seats at one time. Set a lower number.");
SAY(inv_say_seats_where, "seats.where",
	"Välj var det är. Hemma hos låntagaren har ingen grupp.",
	"Valitse paikka. Lainaajan kotona ei ole ryhmää.",
	"Choose where it is. There is no group at a borrower's home.");
SAY(inv_say_seats_changed, "seats.changed",
	"Platserna har ändrats sedan dess. Se listan, och ändra där.",
	"Paikkoja on muutettu sen jälkeen. Katso luettelo ja muuta siellä.",
	"The seats have been changed since. See the list, and change them there.");

int inv_seats_decide(uint32_t seats, uint32_t booked, struct refusal *r)
{
	if (booked < seats)
		return 0;
	refuse(r, &inv_say_seats_full, NULL, NULL, NULL);
	snprintf(r->kept[0], SAY_KEPT, "%u", seats);
	return ERR_REFUSED;
}

int inv_handout_when_decide(int64_t at, int64_t now, struct refusal *r)
{
	if (at < now - GRACE_S)
		return refuse(r, &inv_say_handout_past, NULL, NULL, NULL);
	return at > now + AHEAD_MOST ? refuse(r, &inv_say_handout_far, NULL, NULL, NULL) : 0;
}

/* --- needs --- */

static unsigned thing_needs(const struct inv_ready_facts *f)
{
	if (!f->named)
		return f->on_shelf ? INV_NEED_THING : INV_NEED_NONE;
	if (f->waits_here || f->unit == INV_IN_STOCK || f->unit == INV_DELIVERED)
		return 0;
	return INV_NEED_STATE;
}

/* An iPad that waits switched off in its box tells nothing, and has to be looked at. */
static unsigned ipad_needs(const struct inv_ready_facts *f)
{
	if (!f->named || !f->ipad)
		return 0;
	if (!f->enrolled)
		return INV_NEED_ENROL;
	return f->battery < BATTERY_LEAST || f->told_at < f->now - TOLD_MOST ? INV_NEED_CHARGE : 0;
}

unsigned inv_ready_decide(const struct inv_ready_facts *f)
{
	return (f->at < f->now - GRACE_S ? INV_NEED_TIME : 0u) |
	       (f->blocked ? INV_NEED_BORROWER : 0u) | thing_needs(f) | ipad_needs(f) |
	       (f->own_text ? 0u : INV_NEED_AGREEMENT);
}

static const struct say needs[INV_NEEDS] = {
	{"time", {"Tiden har gått. Lämna ut, flytta eller avboka.",
			 "Aika on mennyt. Luovuta, siirrä tai peru.",
			 "Its time has gone. Hand it out, move it, or cancel it."}},
	{"borrower", {"Låntagaren får inte låna just nu. Se låntagarens sida.",
			     "Lainaaja ei saa nyt lainata. Katso lainaajan sivu.",
			     "The borrower may not borrow now. See the borrower's page."}},
	{"thing", {"Finns på hyllan men är inte undanställd. Ställ undan en.",
			  "On hyllyssä mutta ei varattu erikseen. Ota yksi sivuun.",
			  "There is one on the shelf; none is set aside. Set one aside."}},
	{"none", {"Ingen finns inne. Välj en annan sak, eller flytta utlämningen.",
			 "Yhtään ei ole paikalla. Valitse toinen tai siirrä luovutusta.",
			 "None is in. Take another thing, or move the hand-out."}},
	{"state", {"Saken kan inte lånas ut som den är nu. Välj en annan.",
			  "Esinettä ei voi nyt lainata. Valitse toinen.",
			  "The thing cannot be lent as it is now. Take another."}},
	{"enrol", {"iPaden är inte ansluten. Starta den så att den ansluter.",
			  "iPad ei ole liitetty. Käynnistä se, jotta se liittyy.",
			  "The iPad is not enrolled. Start it, so that it enrols."}},
	{"charge", {"iPaden har inte sagt att den är laddad. Ladda den.",
			   "iPad ei ole kertonut olevansa ladattu. Lataa se.",
			   "The iPad has not told that it is charged. Charge it."}},
	{"agreement", {"Avtalstexten på låntagarens språk är programmets egen. Läs igenom den.",
			      "Sopimusteksti lainaajan kielellä on ohjelman oma. Lue se läpi.",
			      "The agreement's text in the borrower's language is the program's "
			      "own. Go through it."}},
};

const struct say *inv_need_say(unsigned bit)
{
	return bit < INV_NEEDS ? &needs[bit] : NULL;
}

const char *inv_need_name(unsigned bit)
{
	return bit < INV_NEEDS ? needs[bit].code : "unknown";
}

const char *inv_handout_state_name(unsigned s)
{
	static const char *const names[INV_HANDOUT_STATES] = {
		"unknown", "planned", "done", "cancelled", "lapsed"};

	return names[s < INV_HANDOUT_STATES ? s : 0];
}
