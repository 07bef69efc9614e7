/* SPDX-License-Identifier: EUPL-1.2 */
/* The bodies an iPad sends, key by key as in Apple's schema (mdm/checkin). */
#include "tests/fake/ipad_int.h"

static void udid_set(struct ipad *p, plist_t dict)
{
	bool other = ipad_fault_take(p, IPAD_FAULT_OTHER_UDID);

	ipad_plist_set_string(dict, "UDID", other ? "00008101-0000DEADBEEF0000" : p->model.udid);
}

plist_t ipad_checkin_new(struct ipad *p, struct arena *a, const char *type)
{
	plist_t m = ipad_plist_new(a);

	ipad_plist_set_string(m, "MessageType", type);
	udid_set(p, m);
	return m;
}

static void topic_set(struct ipad *p, plist_t dict)
{
	bool other = ipad_fault_take(p, IPAD_FAULT_OTHER_TOPIC);

	ipad_plist_set_string(dict, "Topic",
		other ? "com.apple.mgmt.External.00000000-0000-0000-0000-000000000000"
		      : p->mdm.topic);
}

struct bytes ipad_body_authenticate(struct ipad *p, struct arena *a)
{
	plist_t m = ipad_checkin_new(p, a, "Authenticate");

	topic_set(p, m);
	if (p->mdm.rights & RIGHT_DEVICE) {
		ipad_plist_set_string(m, "OSVersion", p->model.os_version);
		ipad_plist_set_string(m, "BuildVersion", p->model.build);
		ipad_plist_set_string(m, "ProductName", p->model.product);
		ipad_plist_set_string(m, "SerialNumber", p->model.serial);
		ipad_plist_set_string(m, "IMEI", p->model.imei);
	}
	return ipad_plist_xml(a, m);
}

struct bytes ipad_body_token_update(struct ipad *p, struct arena *a, bool with_unlock_token)
{
	plist_t m = ipad_checkin_new(p, a, "TokenUpdate");

	topic_set(p, m);
	ipad_plist_set_data(m, "Token", bytes_of(p->state.token, IPAD_TOKEN));
	ipad_plist_set_string(m, "PushMagic", p->state.magic);
	if (with_unlock_token && (p->mdm.rights & RIGHT_LOCK))
		ipad_plist_set_data(
			m, "UnlockToken", bytes_of(p->unlock_token, sizeof(p->unlock_token)));
	ipad_plist_set_bool(m, "AwaitingConfiguration", p->state.awaiting);
	return ipad_plist_xml(a, m);
}

struct bytes ipad_body_check_out(struct ipad *p, struct arena *a)
{
	plist_t m = ipad_checkin_new(p, a, "CheckOut");

	topic_set(p, m);
	return ipad_plist_xml(a, m);
}

plist_t ipad_result_new(struct ipad *p, struct arena *a, const char *status, const char *uuid)
{
	plist_t m = ipad_plist_new(a);

	ipad_plist_set_string(m, "CommandUUID", uuid);
	ipad_plist_set_string(m, "Status", status);
	udid_set(p, m);
	return m;
}

struct bytes ipad_body_idle(struct ipad *p, struct arena *a)
{
	return ipad_plist_xml(a, ipad_result_new(p, a, "Idle", NULL));
}

int ipad_token_update(struct ipad *p, bool with_unlock_token)
{
	AUTO(arena) struct arena *a = arena_new();
	struct ipad_reply reply;
	int err = ipad_message(p, a, true, ipad_body_token_update(p, a, with_unlock_token), &reply);

	if (err)
		return err;
	p->counters.token_updates++;
	return 0;
}

int ipad_check_out(struct ipad *p)
{
	AUTO(arena) struct arena *a = arena_new();
	struct ipad_reply reply;
	int err;

	if (!p->mdm.check_out)
		return 0;
	err = ipad_message(p, a, true, ipad_body_check_out(p, a), &reply);
	if (!err)
		p->counters.check_outs++;
	return err;
}

int ipad_bootstrap_set(struct ipad *p, struct bytes token)
{
	AUTO(arena) struct arena *a = arena_new();
	plist_t m = ipad_checkin_new(p, a, "SetBootstrapToken");
	struct ipad_reply reply;

	if (token.n > 0)
		ipad_plist_set_data(m, "BootstrapToken", token);
	ipad_plist_set_bool(m, "AwaitingConfiguration", p->state.awaiting);
	return ipad_message(p, a, true, ipad_plist_xml(a, m), &reply);
}

int ipad_bootstrap_get(struct ipad *p, struct arena *a, struct ipad_reply *ret)
{
	plist_t m = ipad_checkin_new(p, a, "GetBootstrapToken");

	ipad_plist_set_bool(m, "AwaitingConfiguration", p->state.awaiting);
	return ipad_message(p, a, true, ipad_plist_xml(a, m), ret);
}

int ipad_token_get(struct ipad *p, const char *service, struct arena *a, struct ipad_reply *ret)
{
	plist_t m = ipad_checkin_new(p, a, "GetToken");

	ipad_plist_set_string(m, "TokenServiceType", service);
	return ipad_message(p, a, true, ipad_plist_xml(a, m), ret);
}
