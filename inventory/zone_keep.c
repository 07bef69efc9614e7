/* SPDX-License-Identifier: EUPL-1.2 */
/* What belongs to one service is the other's to leave alone: products and places. (Things: unit_duty.c,
 * loans: loan_zone.c) */
#include "inventory/inventory_int.h"

#include "base/text.h"

#define SAY(name, code, sv, fi, en) static const struct say name = {code, {sv, fi, en}}

SAY(say_place, "place.other-zone",
	"{0} är den andra verksamhetens plats. Be dem att ändra den.",
	"{0} on toisen palvelun paikka. Pyydä heitä muuttamaan se.",
	"{0} is the other service's place. Ask them to change it.");
SAY(say_product, "product.other-zone",
	"{0} är den andra verksamhetens produkt. Be dem att ändra den, eller gör en egen.",
	"{0} on toisen palvelun tuote. Pyydä heitä muuttamaan se tai tee oma.",
	"{0} is the other service's product. Ask them to change it, or make one of your own.");
SAY(say_give, "zone.give",
	"{0} kan du inte flytta till den andra verksamheten. Be en administratör att göra det.",
	"Kohdetta {0} et voi siirtää toiseen palveluun. Pyydä ylläpitäjää tekemään se.",
	"You cannot move {0} to the other service. Ask an administrator to do it.");
SAY(say_machines, "product.role-zone",
	"Din roll får inte ändra vilken verksamhet {0} hör till: det är iPads eller abonnemang. Det gör en "
	"konsulent eller IT vård och omsorg: ring dem.",
	"Roolisi ei saa muuttaa, mille palvelulle {0} kuuluu: ne ovat iPadeja tai liittymiä. Sen tekee "
	"konsultti tai hoivan IT: soita heille.",
	"Your role may not change which service {0} belongs to: they are iPads or subscriptions. A "
	"consultant or the care's IT does that: call them.");

bool inv_zone_is_theirs(uint32_t zone, unsigned zones)
{
	return !zones || !zone || (zone & zones);
}

bool inv_duty_is_library(unsigned duties)
{
	return duties && !(duties & (INV_DUTY_IT | INV_DUTY_CARE | INV_DUTY_ADMIN));
}

bool inv_kind_is_machine(unsigned kind)
{
	return kind == 0 || kind == INV_KIND_IPAD || kind == INV_KIND_SIM;
}

int inv_zone_admit_place(const struct inv_place *was, const struct inv_place *is, unsigned zones,
	struct refusal *r)
{
	if (!inv_zone_is_theirs(was->zone, zones))
		return refuse(r, &say_place, inv_place_name(was, SAY_SV), NULL, NULL);
	if (is && is->zone != was->zone && !inv_zone_is_theirs(is->zone, zones))
		return refuse(r, &say_give, inv_place_name(was, SAY_SV), NULL, NULL);
	return 0;
}

int inv_zone_admit_product(
	const struct inv_product *was, const struct inv_product *is, const struct inv_job *j)
{
	const char *name = inv_product_name(was, SAY_SV);

	if (!inv_zone_is_theirs(was->zone, j->zones))
		return refuse(j->r, &say_product, name, NULL, NULL);
	if (!is || is->zone == was->zone)
		return 0;
	if (!inv_zone_is_theirs(is->zone, j->zones))
		return refuse(j->r, &say_give, name, NULL, NULL);
	if (inv_duty_is_library(j->duties) && inv_kind_is_machine(was->kind))
		return refuse(j->r, &say_machines, name, NULL, NULL);
	return 0;
}
