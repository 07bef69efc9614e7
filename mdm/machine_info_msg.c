/* SPDX-License-Identifier: EUPL-1.2 */
/* MachineInfo: what an iPad says of itself when it asks for its enrolment profile. */
#include "mdm/ade_int.h"

#define ID(key, required, most, member) \
	MDM_PLIST_FIELD(key, STRING, required, most, struct machine_info, member)

static const struct mdm_plist_field fields[] = {
	ID("SERIAL", true, MDM_SERIAL_MAX, serial),
	ID("UDID", true, MDM_UDID_MAX, udid),
	ID("PRODUCT", false, MDM_TEXT_MAX, product),
	ID("OS_VERSION", false, MDM_TEXT_MAX, os_version),
	ID("VERSION", false, MDM_TEXT_MAX, build),
	ID("IMEI", false, MDM_TEXT_MAX, imei),
	ID("MEID", false, MDM_TEXT_MAX, meid),
	ID("LANGUAGE", false, MDM_TEXT_MAX, language),
	MDM_PLIST_FIELDS_END,
};

int machine_info_parse(struct bytes plist, struct arena *a, struct machine_info *ret)
{
	static const struct xml_limits limits = {
		.bytes = 32768, .depth = 8, .elements = 400, .entities = 200};
	struct machine_info info = {NULL};
	struct mdm_plist *d;
	const char *bad;
	int err = mdm_plist_parse(plist, &limits, a, &d);

	if (err == 0)
		err = mdm_plist_fill(d, fields, &info, &bad);
	if (err)
		return ERR_BADINPUT;
	if (mdm_plist_bool(d, "MDM_CAN_REQUEST_SOFTWARE_UPDATE", &info.can_update) != 0)
		info.can_update = false;
	if (!mdm_id_is_plain(info.serial) || !mdm_id_is_plain(info.udid))
		return ERR_BADINPUT;
	*ret = info;
	return 0;
}
