/* SPDX-License-Identifier: EUPL-1.2 */
/* The words for kinds, conditions and the like: stable English ones for files and the API, and
 * what people read. */
#include "inventory/inventory_int.h"

#include "base/text.h"

struct name {
	const char *name;
	struct say say;
};

static const char *name_of(const struct name *names, unsigned count, unsigned i)
{
	return i > 0 && i < count && names[i].name ? names[i].name : "unknown";
}

static const struct say *say_of(const struct name *names, unsigned count, unsigned i)
{
	static const struct say unknown = {"name.unknown", {"okänd", "tuntematon", "unknown"}};

	return i > 0 && i < count && names[i].name ? &names[i].say : &unknown;
}

/* The stable word, or what people write in any of the languages. */
static unsigned parse(const struct name *names, unsigned count, const char *s)
{
	for (unsigned i = 1; s && i < count; i++) {
		bool same = text_equal_case(s, names[i].name);

		for (unsigned l = 0; l < SAY_LANGS; l++)
			same = same || text_equal_case(s, names[i].say.text[l]);
		if (same)
			return i;
	}
	return 0;
}

/* The three functions of one list of words. */
#define NAMES(what, type, count)                                    \
	const char *inv_##what##_name(unsigned i)                   \
	{                                                           \
		return name_of(what##_names, count, i);             \
	}                                                           \
	const struct say *inv_##what##_say(unsigned i)              \
	{                                                           \
		return say_of(what##_names, count, i);              \
	}                                                           \
	int inv_##what##_parse(const char *s, enum inv_##type *ret) \
	{                                                           \
		unsigned i = parse(what##_names, count, s);         \
                                                                    \
		if (i == 0)                                         \
			return ERR_BADINPUT;                        \
		*ret = (enum inv_##type)i;                          \
		return 0;                                           \
	}

static const struct name kind_names[INV_KINDS] = {
	[INV_KIND_IPAD] = {"ipad", {"kind.ipad", {"iPad", "iPad", "iPad"}}},
	[INV_KIND_THING] = {"thing", {"kind.thing", {"sak", "esine", "thing"}}},
	[INV_KIND_SIM] = {"sim", {"kind.sim", {"SIM-kort", "SIM-kortti", "SIM"}}},
	[INV_KIND_KIT] = {"kit", {"kind.kit", {"väska", "laukku", "kit"}}},
	[INV_KIND_CONSUMABLE] = {"consumable",
		{"kind.consumable", {"förbrukningsvara", "kulutustarvike", "consumable"}}},
};
NAMES(kind, kind, INV_KINDS)

static const struct name life_names[INV_LIVES] = {
	[INV_LIFE_INTRODUCE] = {"introduce",
		{"life.introduce", {"införs", "otetaan käyttöön", "being introduced"}}},
	[INV_LIFE_USE] = {"use", {"life.use", {"används", "käytössä", "in use"}}},
	[INV_LIFE_EVALUATE] = {"evaluate",
		{"life.evaluate", {"utvärderas", "arvioitavana", "being evaluated"}}},
	[INV_LIFE_END] = {"end", {"life.end", {"avvecklas", "poistumassa", "being wound down"}}},
};
NAMES(life, life, INV_LIVES)

static const struct name privacy_names[INV_PRIVACIES] = {
	[INV_PRIVACY_NONE] = {"none", {"privacy.none", {"ser och hör inget", "ei näe eikä kuule",
							       "sees and hears nothing"}}},
	[INV_PRIVACY_SENSOR] = {"sensor",
		{"privacy.sensor", {"sensor utan bild och ljud", "anturi ilman kuvaa ja ääntä",
					   "sensor without picture or sound"}}},
	[INV_PRIVACY_POSITION] = {"position",
		{"privacy.position", {"positionering", "paikannus", "positioning"}}},
	[INV_PRIVACY_BLURRED] = {"blurred",
		{"privacy.blurred", {"avidentifierad bild", "tunnistamaton kuva",
					    "picture nobody can be known in"}}},
	[INV_PRIVACY_CAMERA] = {"camera", {"privacy.camera", {"kamera", "kamera", "camera"}}},
};
NAMES(privacy, privacy, INV_PRIVACIES)

static const struct name condition_names[INV_CONDITIONS] = {
	[INV_CONDITION_NEW] = {"new", {"condition.new", {"som ny", "kuin uusi", "as new"}}},
	[INV_CONDITION_GOOD] = {"good", {"condition.good", {"bra", "hyvä", "good"}}},
	[INV_CONDITION_WORN] = {"worn", {"condition.worn", {"sliten", "kulunut", "worn"}}},
	[INV_CONDITION_POOR] = {"poor", {"condition.poor", {"dålig", "huono", "poor"}}},
	[INV_CONDITION_BROKEN] = {"broken", {"condition.broken", {"trasig", "rikki", "broken"}}},
};
NAMES(condition, condition, INV_CONDITIONS)

static const struct name ownership_names[INV_OWNERSHIPS] = {
	[INV_OWNED] = {"owned", {"ownership.owned", {"köpt", "ostettu", "bought"}}},
	[INV_LEASED] = {"leased", {"ownership.leased", {"leasad", "leasattu", "leased"}}},
	[INV_ON_TRIAL] = {"on_trial", {"ownership.trial", {"på prov", "koekäytössä", "on trial"}}},
	[INV_BORROWED] = {"borrowed", {"ownership.borrowed", {"inlånad", "lainattu", "borrowed"}}},
};
NAMES(ownership, ownership, INV_OWNERSHIPS)

static const struct name sim_state_names[INV_SIM_STATES] = {
	[INV_SIM_ACTIVE] = {"active", {"sim.active", {"aktivt", "aktiivinen", "active"}}},
	[INV_SIM_PAUSED] = {"paused", {"sim.paused", {"pausat", "keskeytetty", "paused"}}},
	[INV_SIM_ENDED] = {"ended", {"sim.ended", {"avslutat", "päätetty", "ended"}}},
};
NAMES(sim_state, sim_state, INV_SIM_STATES)

static const struct name place_kind_names[INV_PLACE_KINDS] = {
	[INV_PLACE_DESK] = {"desk", {"place.desk", {"lånedisk", "lainaustiski", "desk"}}},
	[INV_PLACE_BUS] = {"bus", {"place.bus", {"buss", "bussi", "bus"}}},
	[INV_PLACE_SHOWROOM] = {"showroom",
		{"place.showroom", {"visningsmiljö", "näyttelytila", "showroom"}}},
	[INV_PLACE_SHELF] = {"shelf", {"place.shelf", {"hylla", "hylly", "shelf"}}},
	[INV_PLACE_STORE] = {"store", {"place.store", {"förråd", "varasto", "store room"}}},
	[INV_PLACE_WORKSHOP] = {"workshop",
		{"place.workshop", {"verkstad", "korjaamo", "workshop"}}},
};
NAMES(place_kind, place_kind, INV_PLACE_KINDS)

static const struct name fault_state_names[INV_FAULT_STATES] = {
	[INV_FAULT_OPEN] = {"open", {"fault.open", {"öppen", "avoin", "open"}}},
	[INV_FAULT_AT_SERVICE] = {"at_service",
		{"fault.at-service", {"på service", "huollossa", "at service"}}},
	[INV_FAULT_CLOSED] = {"closed", {"fault.closed", {"avslutad", "suljettu", "closed"}}},
};
NAMES(fault_state, fault_state, INV_FAULT_STATES)

/* The families of the catalogue. */
static const struct name categories[] = {
	{NULL},
	{"tablet", {"category.tablet", {"Surfplattor", "Tabletit", "Tablets"}}},
	{"sim", {"category.sim", {"Mobilabonnemang", "Mobiililiittymät", "Mobile plans"}}},
	{"memory", {"category.memory", {"Minne och planering", "Muisti ja suunnittelu",
					       "Memory and planning"}}},
	{"medicine", {"category.medicine", {"Läkemedel", "Lääkkeet", "Medicine"}}},
	{"light", {"category.light", {"Ljus och el", "Valo ja sähkö", "Light and power"}}},
	{"sight", {"category.sight", {"Syn och hörsel", "Näkö ja kuulo", "Sight and hearing"}}},
	{"find", {"category.find", {"Hitta saker", "Tavaroiden löytäminen", "Finding things"}}},
	{"outdoors", {"category.outdoors",
			     {"Ute på egen hand", "Ulkona omin päin", "Out on one's own"}}},
	{"health", {"category.health",
			   {"Hälsa och rörelse", "Terveys ja liikunta", "Health and movement"}}},
	{"alarm", {"category.alarm", {"Larm", "Hälyttimet", "Alarms"}}},
	{"watching", {"category.watching", {"Tillsyn", "Valvonta", "Night checks"}}},
	{"home", {"category.home", {"Smarta hem", "Älykoti", "Smart home"}}},
	{"company", {"category.company", {"Gemenskap och aktivitet", "Yhteys ja toiminta",
						 "Company and activity"}}},
	{"kit", {"category.kit", {"Väskor", "Laukut", "Kits"}}},
	{"spare", {"category.spare", {"Tillbehör", "Tarvikkeet", "Accessories"}}},
};

const struct say *inv_category_say(const char *category)
{
	for (size_t i = 1; category && i < sizeof(categories) / sizeof(categories[0]); i++) {
		if (text_equal(category, categories[i].name))
			return &categories[i].say;
	}
	return NULL;
}

const char *inv_category_name(unsigned i)
{
	return i > 0 && i < sizeof(categories) / sizeof(categories[0]) ? categories[i].name
									: "unknown";
}
