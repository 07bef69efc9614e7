/* SPDX-License-Identifier: EUPL-1.2 */
/* What Apple tells of devices: replies of fetch, sync, assign and disown. */
#include "mdm/ade_int.h"

#include "base/clock.h"
#include "base/text.h"

#define RETRY_MOST_S (2 * 86400)

/* Longer than any of Apple's is not kept. */
static const char *text_of(const struct doc *d, const char *key)
{
	const char *s = doc_str(d, key);

	return text_empty(s) || strlen(s) > MDM_TEXT_MAX ? NULL : s;
}

/* One text, or the first of a list of them. */
static const char *first_of(const struct doc *d, const char *key)
{
	const char *s = text_of(d, key);

	if (!s)
		s = doc_list_str(doc_list(d, key), 0);
	return text_empty(s) || strlen(s) > MDM_TEXT_MAX ? NULL : s;
}

static int64_t time_of(const struct doc *d, const char *key)
{
	const char *s = doc_str(d, key);
	int64_t t;

	return s && clock_parse(s, &t) == 0 ? t : 0;
}

/* False: no serial number that can be one. Who assigned it (an e-mail address) is not read. */
static bool device_read(const struct doc *d, struct mdm_ade_device *to)
{
	const char *serial = doc_str(d, "serial_number");

	if (text_empty(serial) || strlen(serial) > MDM_SERIAL_MAX || !mdm_id_is_plain(serial))
		return false;
	*to = (struct mdm_ade_device){
		.serial = serial,
		.model = text_of(d, "model"),
		.description = text_of(d, "description"),
		.color = text_of(d, "color"),
		.family = text_of(d, "device_family"),
		.os = text_of(d, "os"),
		.asset_tag = text_of(d, "asset_tag"),
		.imei = first_of(d, "imei"),
		.meid = first_of(d, "meid"),
		.eid = first_of(d, "eid"),
		.wifi_mac = first_of(d, "wifi_mac_address"),
		.bluetooth_mac = first_of(d, "bluetooth_mac_address"),
		.profile_uuid = text_of(d, "profile_uuid"),
		.profile_status = text_of(d, "profile_status"),
		.assigned_at = time_of(d, "device_assigned_date"),
		.migrate_by = time_of(d, "mdm_migration_deadline"),
		.op_at = time_of(d, "op_date"),
		.is_replacement = doc_bool(d, "is_replacement_device", false),
		.is_replaced = doc_bool(d, "is_released_by_replacement", false),
	};
	return true;
}

static void devices_read(const struct doc *list, struct arena *a, struct ade_page *to)
{
	size_t n = doc_list_size(list);

	to->devices = ARENA_ARRAY(a, struct mdm_ade_device, n + 1);
	to->deleted = ARENA_ARRAY(a, bool, n + 1);
	for (size_t i = 0; i < n; i++) {
		const struct doc *row = doc_list_object(list, i);

		if (!row || !device_read(row, &to->devices[to->count])) {
			to->skipped++;
			continue;
		}
		to->deleted[to->count++] = text_equal_case(doc_str(row, "op_type"), "deleted");
	}
}

int ade_page_parse(struct bytes body, struct arena *a, struct ade_page *ret)
{
	struct ade_page page = {NULL};
	struct doc *d;

	if (doc_parse(a, body, &d) != 0)
		return ERR_BADINPUT;
	page.cursor = doc_str(d, "cursor");
	page.more = doc_bool(d, "more_to_follow", false);
	if (text_empty(page.cursor) || strlen(page.cursor) > ADE_CURSOR_MAX)
		return ERR_BADINPUT;
	if (doc_list_size(doc_list(d, "devices")) > 2 * ADE_PAGE)
		return ERR_TOOBIG;
	devices_read(doc_list(d, "devices"), a, &page);
	*ret = page;
	return 0;
}

int ade_verdicts_parse(struct bytes body, struct arena *a, struct ade_verdicts *ret)
{
	struct ade_verdicts v = {NULL};
	struct doc *d;

	if (doc_parse(a, body, &d) != 0)
		return ERR_BADINPUT;
	v.devices = doc_object(d, "devices");
	v.profile_uuid = text_of(d, "profile_uuid");
	if (doc_int(d, "retry_after_seconds", &v.retry_after_s) != 0 || v.retry_after_s < 0)
		v.retry_after_s = 0;
	if (v.retry_after_s > RETRY_MOST_S)
		v.retry_after_s = RETRY_MOST_S;
	*ret = v;
	return 0;
}

/* A word, or since version 9 an object with one. */
const char *ade_verdict_of(const struct ade_verdicts *v, const char *serial)
{
	const char *word = text_of(v->devices, serial);

	return word ? word : text_of(doc_object(v->devices, serial), "response_status");
}
