/* SPDX-License-Identifier: EUPL-1.2 */
/* The fields of things by the names that programs and files know. */
#include "web/thing_int.h"

#define F(key, kind, type, member)                                   \
	{                                                            \
		key, WEB_FIELD_##kind, offsetof(struct type, member) \
	}
#define W(key, type, member, name)                                       \
	{                                                                \
		key, WEB_FIELD_WORD, offsetof(struct type, member), name \
	}
#define TOLD(key, kind, type, member)                                            \
	{                                                                        \
		key, WEB_FIELD_##kind, offsetof(struct type, member), NULL, true \
	}

static const char *zone_name(unsigned zone)
{
	static const char *const names[] = {"unknown", "care", "library"};

	return names[zone < 3 ? zone : 0];
}

const struct web_field web_product_fields[] = {
	TOLD("id", STR, inv_product, id),
	F("version", U32, inv_product, version),
	W("kind", inv_product, kind, inv_kind_name),
	F("name", STR, inv_product, name[SAY_SV]),
	F("name_fi", STR, inv_product, name[SAY_FI]),
	F("name_en", STR, inv_product, name[SAY_EN]),
	F("about", STR, inv_product, about[SAY_SV]),
	F("about_fi", STR, inv_product, about[SAY_FI]),
	F("about_en", STR, inv_product, about[SAY_EN]),
	F("help", STR, inv_product, help[SAY_SV]),
	F("help_fi", STR, inv_product, help[SAY_FI]),
	F("help_en", STR, inv_product, help[SAY_EN]),
	F("category", STR, inv_product, category),
	F("maker", STR, inv_product, maker),
	F("model", STR, inv_product, model),
	F("gtin", STR, inv_product, gtin),
	F("iso9999", STR, inv_product, iso9999),
	F("price_ore", INT, inv_product, price_ore),
	F("loan_days", U32, inv_product, loan_days),
	W("zone", inv_product, zone, zone_name),
	W("privacy", inv_product, privacy, inv_privacy_name),
	W("life", inv_product, life, inv_life_name),
	F("lendable", BOOL, inv_product, lendable),
	F("display_only", BOOL, inv_product, display_only),
	F("shown", BOOL, inv_product, shown),
	F("prescribed", BOOL, inv_product, prescribed),
	F("sold", BOOL, inv_product, sold),
	F("sold_ore", INT, inv_product, sold_ore),
	F("sold_where", STR, inv_product, sold_where),
	F("prefix", STR, inv_product, prefix),
	TOLD("photo", INT, inv_product, photo),
	TOLD("ratings", U32, inv_product, ratings),
	TOLD("made", TIME, inv_product, made_at),
	TOLD("changed", TIME, inv_product, changed_at),
	{0},
};

const struct web_field web_place_fields[] = {
	TOLD("id", STR, inv_place, id),
	F("version", U32, inv_place, version),
	W("kind", inv_place, kind, inv_place_kind_name),
	F("name", STR, inv_place, name[SAY_SV]),
	F("name_fi", STR, inv_place, name[SAY_FI]),
	F("name_en", STR, inv_place, name[SAY_EN]),
	F("parent", STR, inv_place, parent),
	F("address", STR, inv_place, address),
	F("phone", STR, inv_place, phone),
	F("hours", STR, inv_place, hours),
	F("open_days", U32, inv_place, open_days),
	W("zone", inv_place, zone, zone_name),
	F("lends", BOOL, inv_place, lends),
	F("offline", BOOL, inv_place, offline),
	F("closed", BOOL, inv_place, closed),
	F("open_on_holidays", BOOL, inv_place, open_on_holidays),
	TOLD("made", TIME, inv_place, made_at),
	TOLD("changed", TIME, inv_place, changed_at),
	{0},
};

const struct web_field web_part_fields[] = {
	TOLD("position", U32, inv_part, pos),
	F("name", STR, inv_part, name),
	F("product", STR, inv_part, product),
	F("unit", STR, inv_part, unit),
	F("expected", U32, inv_part, expected),
	F("present", U32, inv_part, present),
	F("consumable", BOOL, inv_part, consumable),
	F("optional", BOOL, inv_part, optional),
	F("note", STR, inv_part, note),
	{0},
};

const struct web_field web_sim_fields[] = {
	TOLD("serial", STR, inv_sim, serial),
	F("iccid", STR, inv_sim, iccid),
	F("msisdn", STR, inv_sim, msisdn),
	F("operator", STR, inv_sim, operator_name),
	F("plan", STR, inv_sim, plan),
	F("agreement", STR, inv_sim, agreement),
	F("data_gb", U32, inv_sim, data_gb),
	W("state", inv_sim, state, inv_sim_state_name),
	F("monthly_ore", INT, inv_sim, monthly_ore),
	F("from", DAY, inv_sim, from_day),
	F("to", DAY, inv_sim, to_day),
	TOLD("changed", TIME, inv_sim, changed_at),
	{0},
};

const struct web_field web_transfer_fields[] = {
	TOLD("id", INT, inv_transfer, id),
	TOLD("serial", STR, inv_transfer, serial),
	TOLD("from", STR, inv_transfer, from),
	TOLD("to", STR, inv_transfer, to),
	TOLD("note", STR, inv_transfer, note),
	TOLD("sent", TIME, inv_transfer, sent_at),
	TOLD("sent_by", STR, inv_transfer, sent_by),
	{0},
};

const struct web_field web_lease_fields[] = {
	F("id", STR, inv_lease, id),
	F("supplier", STR, inv_lease, supplier),
	F("agreement", STR, inv_lease, agreement),
	F("funding", STR, inv_lease, funding),
	F("terms", STR, inv_lease, terms),
	F("start", DAY, inv_lease, start_day),
	F("end", DAY, inv_lease, end_day),
	F("months", U32, inv_lease, months),
	F("notice_days", U32, inv_lease, notice_days),
	F("monthly_ore", INT, inv_lease, monthly_ore),
	F("residual_ore", INT, inv_lease, residual_ore),
	F("closed", BOOL, inv_lease, closed),
	TOLD("changed", TIME, inv_lease, changed_at),
	{0},
};

const struct web_field web_delivery_fields[] = {
	F("id", STR, inv_delivery, id),
	F("order", STR, inv_delivery, order),
	F("supplier", STR, inv_delivery, supplier),
	F("lease", STR, inv_delivery, lease),
	F("product", STR, inv_delivery, product_id),
	F("place", STR, inv_delivery, place),
	F("note", STR, inv_delivery, note),
	F("expected_day", DAY, inv_delivery, expected_day),
	F("expected", U32, inv_delivery, expected),
	F("closed", BOOL, inv_delivery, closed),
	TOLD("announced", U32, inv_delivery, announced),
	TOLD("awaited", U32, inv_delivery, awaited),
	TOLD("received", U32, inv_delivery, received),
	TOLD("unlisted", U32, inv_delivery, unlisted),
	TOLD("changed", TIME, inv_delivery, changed_at),
	{0},
};

const struct web_field web_fault_fields[] = {
	TOLD("id", INT, inv_fault, id),
	TOLD("serial", STR, inv_fault, serial),
	W("state", inv_fault, state, inv_fault_state_name),
	F("symptom", STR, inv_fault, symptom),
	F("tried", STR, inv_fault, tried),
	F("outcome", STR, inv_fault, outcome),
	F("channel", STR, inv_fault, channel),
	F("loan", STR, inv_fault, loan),
	TOLD("swap_unit", STR, inv_fault, swap_unit),
	TOLD("swap_loan", STR, inv_fault, swap_loan),
	TOLD("made", TIME, inv_fault, made_at),
	TOLD("made_by", STR, inv_fault, made_by),
	TOLD("closed", TIME, inv_fault, closed_at),
	TOLD("closed_by", STR, inv_fault, closed_by),
	{0},
};

const struct web_field web_notice_fields[] = {
	TOLD("id", INT, inv_notice, id),
	F("title", STR, inv_notice, title),
	F("text", STR, inv_notice, text),
	F("source", STR, inv_notice, source),
	F("product", STR, inv_notice, product_id),
	F("model", STR, inv_notice, model),
	F("lot", STR, inv_notice, lot),
	F("serial_from", STR, inv_notice, serial_from),
	F("serial_to", STR, inv_notice, serial_to),
	F("made_from", DAY, inv_notice, made_from),
	F("made_to", DAY, inv_notice, made_to),
	F("stop", BOOL, inv_notice, stop),
	TOLD("hits", U32, inv_notice, hits),
	TOLD("handled", U32, inv_notice, handled),
	TOLD("looking", BOOL, inv_notice, looking),
	TOLD("made", TIME, inv_notice, made_at),
	TOLD("made_by", STR, inv_notice, made_by),
	TOLD("closed", TIME, inv_notice, closed_at),
	{0},
};

static const char *state_name(unsigned state)
{
	return inv_state_name((enum inv_state)state);
}

const struct web_field web_hit_fields[] = {
	TOLD("serial", STR, inv_notice_hit, serial),
	TOLD("loan", STR, inv_notice_hit, loan),
	W("state", inv_notice_hit, state, state_name),
	TOLD("found", TIME, inv_notice_hit, found_at),
	TOLD("handled", TIME, inv_notice_hit, handled_at),
	TOLD("handled_by", STR, inv_notice_hit, handled_by),
	TOLD("note", STR, inv_notice_hit, note),
	TOLD("unsure", BOOL, inv_notice_hit, unsure),
	{0},
};

const struct web_field web_photo_fields[] = {
	TOLD("id", INT, inv_photo, id),
	TOLD("object", STR, inv_photo, object),
	TOLD("type", STR, inv_photo, type),
	TOLD("note", STR, inv_photo, note),
	TOLD("width", U32, inv_photo, width),
	TOLD("height", U32, inv_photo, height),
	TOLD("bytes", U32, inv_photo, bytes),
	TOLD("made", TIME, inv_photo, made_at),
	TOLD("made_by", STR, inv_photo, made_by),
	{0},
};

/* What may be said of a unit. */
const struct web_field web_item_fields[] = {
	F("item_number", STR, inv_fields, item_number),
	F("product_text", STR, inv_fields, product),
	F("product", STR, inv_fields, product_id),
	F("lease", STR, inv_fields, lease),
	F("imei", STR, inv_fields, imei),
	F("sim", STR, inv_fields, sim),
	F("note", STR, inv_fields, note),
	F("place", STR, inv_fields, place),
	F("home", STR, inv_fields, home),
	F("maker_serial", STR, inv_fields, maker_serial),
	F("lot", STR, inv_fields, lot),
	F("model", STR, inv_fields, model),
	F("supplier", STR, inv_fields, supplier),
	F("delivery", STR, inv_fields, delivery),
	F("condition_note", STR, inv_fields, condition_note),
	{"condition", WEB_FIELD_SIGNED, offsetof(struct inv_fields, condition), inv_condition_name},
	{"ownership", WEB_FIELD_SIGNED, offsetof(struct inv_fields, ownership), inv_ownership_name},
	{"zone", WEB_FIELD_SIGNED, offsetof(struct inv_fields, zone), zone_name},
	{"display", WEB_FIELD_SIGNED, offsetof(struct inv_fields, display)},
	F("price_ore", INT, inv_fields, price_ore),
	F("made_day", DAY, inv_fields, made_day),
	F("expires_day", DAY, inv_fields, expires_day),
	F("bought_day", DAY, inv_fields, bought_day),
	{0},
};
