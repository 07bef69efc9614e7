/* SPDX-License-Identifier: EUPL-1.2 */
/* DeviceInformation and SecurityInfo. A query without its right is dropped without a word. */
#include "tests/fake/ipad_answer_int.h"
#include "base/text.h"

struct answers {
	struct ipad *p;
	plist_t to;
	const char *key;
};

static void put_text(struct answers *x, const char *s)
{
	ipad_plist_set_string(x->to, x->key, s);
}

static void put_flag(struct answers *x, bool b)
{
	ipad_plist_set_bool(x->to, x->key, b);
}

static void put_number(struct answers *x, double n)
{
	ipad_plist_set_real(x->to, x->key, n);
}

static void ask_udid(struct answers *x)
{
	put_text(x, x->p->model.udid);
}

static void ask_organisation(struct answers *x)
{
	plist_t dict = NULL;

	if (x->p->organisation.n > 0)
		plist_from_xml(
			(const char *)x->p->organisation.p, (uint32_t)x->p->organisation.n, &dict);
	if (dict)
		plist_dict_set_item(x->to, x->key, dict);
}

static void ask_options(struct answers *x)
{
	plist_t dict = plist_new_dict();

	ipad_plist_set_bool(dict, "ActivationLockAllowedWhileSupervised", x->p->lock_allowed);
	plist_dict_set_item(x->to, x->key, dict);
}

static void ask_awaiting(struct answers *x)
{
	put_flag(x, x->p->state.awaiting);
}

static void ask_name(struct answers *x)
{
	put_text(x, x->p->state.name);
}

static void ask_os(struct answers *x)
{
	put_text(x, x->p->model.os_version);
}

static void ask_build(struct answers *x)
{
	put_text(x, x->p->model.build);
}

static void ask_model_name(struct answers *x)
{
	put_text(x, "iPad");
}

static void ask_model(struct answers *x)
{
	put_text(x, x->p->model.imei ? "MQ6J3" : "MPQ03");
}

static void ask_model_number(struct answers *x)
{
	put_text(x, x->p->model.imei ? "MQ6J3KN/A" : "MPQ03KN/A");
}

static void ask_product(struct answers *x)
{
	put_text(x, x->p->model.product);
}

static void ask_serial(struct answers *x)
{
	put_text(x, x->p->model.serial);
}

static void ask_capacity(struct answers *x)
{
	put_number(x, 64);
}

static void ask_available(struct answers *x)
{
	put_number(x, 41.25);
}

static void ask_battery(struct answers *x)
{
	put_number(x, x->p->model.battery);
}

static void ask_cellular(struct answers *x)
{
	ipad_plist_set_int(x->to, x->key, x->p->model.imei ? 1 : 0);
}

static void ask_supervised(struct answers *x)
{
	put_flag(x, x->p->model.supervised);
}

static void ask_no(struct answers *x)
{
	put_flag(x, false);
}

static void ask_account_lock(struct answers *x)
{
	put_flag(x, x->p->account_lock);
}

static void ask_lost(struct answers *x)
{
	put_flag(x, x->p->state.lost);
}

static void ask_time_zone(struct answers *x)
{
	put_text(x, x->p->time_zone);
}

static void ask_imei(struct answers *x)
{
	put_text(x, x->p->model.imei);
}

static void ask_bluetooth_mac(struct answers *x)
{
	put_text(x, "02:00:00:00:00:01");
}

static void ask_wifi_mac(struct answers *x)
{
	put_text(x, "02:00:00:00:00:02");
}

static void ask_roaming(struct answers *x)
{
	put_flag(x, x->p->roaming);
}

static void ask_hotspot(struct answers *x)
{
	put_flag(x, x->p->hotspot);
}

static void ask_subscriptions(struct answers *x)
{
	plist_t list, one;

	if (!x->p->model.imei)
		return;
	list = plist_new_array();
	one = plist_new_dict();
	ipad_plist_set_string(one, "Slot", "CTSubscriptionSlotOne");
	ipad_plist_set_string(one, "IMEI", x->p->model.imei);
	ipad_plist_set_bool(one, "IsDataPreferred", true);
	ipad_plist_set_bool(one, "IsRoaming", false);
	if (!x->p->state.plan_lost) {
		ipad_plist_set_string(one, "ICCID", "8946071600000000001");
		ipad_plist_set_string(one, "PhoneNumber", "+46700000001");
		ipad_plist_set_string(one, "CurrentCarrierNetwork", "Telia");
	}
	plist_array_append_item(list, one);
	plist_dict_set_item(x->to, x->key, list);
}

static void ask_update_id(struct answers *x)
{
	put_text(x, "J272AP");
}

static void ask_accessibility(struct answers *x)
{
	plist_t dict;

	if (!x->p->model.supervised)
		return;
	dict = plist_new_dict();
	settings_report_accessibility(x->p, dict);
	plist_dict_set_item(x->to, x->key, dict);
}

static const struct query {
	const char *name;
	int64_t right;
	void (*ask)(struct answers *x);
} queries[] = {
	{"UDID", 0, ask_udid},
	{"OrganizationInfo", 0, ask_organisation},
	{"MDMOptions", 0, ask_options},
	{"AwaitingConfiguration", 0, ask_awaiting},
	{"DeviceName", RIGHT_DEVICE, ask_name},
	{"OSVersion", RIGHT_DEVICE, ask_os},
	{"BuildVersion", RIGHT_DEVICE, ask_build},
	{"ModelName", RIGHT_DEVICE, ask_model_name},
	{"Model", RIGHT_DEVICE, ask_model},
	{"ModelNumber", RIGHT_DEVICE, ask_model_number},
	{"ProductName", RIGHT_DEVICE, ask_product},
	{"SerialNumber", RIGHT_DEVICE, ask_serial},
	{"DeviceCapacity", RIGHT_DEVICE, ask_capacity},
	{"AvailableDeviceCapacity", RIGHT_DEVICE, ask_available},
	{"IMEI", RIGHT_DEVICE, ask_imei},
	{"CellularTechnology", RIGHT_DEVICE, ask_cellular},
	{"BatteryLevel", RIGHT_DEVICE, ask_battery},
	{"IsSupervised", RIGHT_DEVICE, ask_supervised},
	{"IsMultiUser", RIGHT_DEVICE, ask_no},
	{"IsDeviceLocatorServiceEnabled", RIGHT_DEVICE, ask_no},
	{"IsActivationLockEnabled", RIGHT_DEVICE, ask_account_lock},
	{"IsDoNotDisturbInEffect", RIGHT_DEVICE, ask_no},
	{"IsCloudBackupEnabled", RIGHT_DEVICE, ask_no},
	{"IsMDMLostModeEnabled", RIGHT_DEVICE, ask_lost},
	{"TimeZone", RIGHT_DEVICE, ask_time_zone},
	{"BluetoothMAC", RIGHT_NETWORK, ask_bluetooth_mac},
	{"WiFiMAC", RIGHT_NETWORK, ask_wifi_mac},
	{"DataRoamingEnabled", RIGHT_NETWORK, ask_roaming},
	{"PersonalHotspotEnabled", RIGHT_NETWORK, ask_hotspot},
	{"IsNetworkTethered", RIGHT_NETWORK, ask_no},
	{"IsRoaming", RIGHT_NETWORK, ask_no},
	{"ServiceSubscriptions", RIGHT_NETWORK, ask_subscriptions},
	{"SoftwareUpdateDeviceID", 0, ask_update_id},
	{"AccessibilitySettings", 0, ask_accessibility},
};

static const struct query *query_find(const char *name)
{
	for (size_t i = 0; i < sizeof(queries) / sizeof(queries[0]); i++)
		if (text_equal(queries[i].name, name))
			return &queries[i];
	return NULL;
}

void answer_device_information(struct answer *an)
{
	struct answers x = {.p = an->p};
	plist_t list = NULL;

	if (ipad_plist_array(an->command, "Queries", &list)) {
		answer_format_error(an);
		return;
	}
	x.to = plist_new_dict();
	for (uint32_t i = 0; i < plist_array_get_size(list); i++) {
		plist_t item = plist_array_get_item(list, i);
		const struct query *q = NULL;

		x.key = PLIST_IS_STRING(item) ? plist_get_string_ptr(item, NULL) : "";
		q = query_find(x.key);
		if (q && !(q->right & ~an->p->mdm.rights))
			q->ask(&x);
	}
	plist_dict_set_item(an->result, "QueryResponses", x.to);
}

void answer_security_info(struct answer *an)
{
	plist_t info = plist_new_dict(), status = plist_new_dict();

	ipad_plist_set_int(info, "HardwareEncryptionCaps", 3);
	ipad_plist_set_bool(info, "PasscodePresent", an->p->state.passcode);
	ipad_plist_set_bool(info, "PasscodeCompliant", true);
	ipad_plist_set_bool(info, "PasscodeCompliantWithProfiles", true);
	ipad_plist_set_bool(status, "IsUserEnrollment", false);
	plist_dict_set_item(info, "ManagementStatus", status);
	plist_dict_set_item(an->result, "SecurityInfo", info);
}
