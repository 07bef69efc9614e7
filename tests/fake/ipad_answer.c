/* SPDX-License-Identifier: EUPL-1.2 */
/* One command in, one result out: what may be asked of this iPad, and when. */
#include "tests/fake/ipad_answer_int.h"
#include "base/text.h"

#include <stdio.h>

/* Acknowledged, and an empty list under this key where the answer must have one. */
static void answer_nothing(struct answer *an)
{
}

static void list_empty(struct answer *an, const char *key)
{
	plist_dict_set_item(an->result, key, plist_new_array());
}

static void answer_app_list(struct answer *an)
{
	list_empty(an, "InstalledApplicationList");
}

static void answer_provisioning_list(struct answer *an)
{
	list_empty(an, "ProvisioningProfileList");
}

static void answer_managed_apps(struct answer *an)
{
	plist_dict_set_item(an->result, "ManagedApplicationList", plist_new_dict());
}

static void answer_restrictions(struct answer *an)
{
	plist_dict_set_item(an->result, "GlobalRestrictions", plist_new_dict());
}

static void answer_install_application(struct answer *an)
{
	ipad_plist_set_string(
		an->result, "Identifier", ipad_plist_string_or(an->command, "Identifier", NULL));
	ipad_plist_set_string(an->result, "State", "Queued");
}

/* A table from Apple's schema; NOT_NOW: refused while the screen is locked; LOST: also obeyed in
 * lost mode. */
enum { SUPERVISED = 1, NOT_NOW = 2, LOST = 4 };

static const struct row {
	const char *type;
	int64_t rights; /* any of them missing is an error */
	unsigned flags;
	void (*fn)(struct answer *an);
} rows[] = {
	{"ActivationLockBypassCode", 0, SUPERVISED, answer_bypass_code},
	{"CertificateList", RIGHT_PROFILE_LIST, NOT_NOW | LOST, answer_certificate_list},
	{"ClearActivationLockBypassCode", 0, SUPERVISED, answer_bypass_code_clear},
	{"ClearPasscode", RIGHT_LOCK, 0, answer_clear_passcode},
	{"DeclarativeManagement", 0, 0, answer_declarative},
	{"DeviceConfigured", 0, SUPERVISED | LOST, answer_device_configured},
	{"DeviceInformation", 0, LOST, answer_device_information},
	{"DeviceLocation", 0, SUPERVISED | LOST, answer_device_location},
	{"DeviceLock", RIGHT_LOCK, LOST, answer_device_lock},
	{"DisableLostMode", 0, SUPERVISED | LOST, answer_disable_lost_mode},
	{"EnableLostMode", 0, SUPERVISED | LOST, answer_enable_lost_mode},
	{"EraseDevice", RIGHT_ERASE, LOST, answer_erase_device},
	{"InstallApplication", RIGHT_APPS, NOT_NOW, answer_install_application},
	{"InstallMedia", RIGHT_APPS, 0, answer_install_media},
	{"InstallProfile", RIGHT_PROFILE, NOT_NOW, answer_install_profile},
	{"InstalledApplicationList", RIGHT_APP_LIST, LOST, answer_app_list},
	{"ManagedApplicationList", RIGHT_APPS, LOST, answer_managed_apps},
	{"ManagedMediaList", RIGHT_APPS, NOT_NOW | LOST, answer_media_list},
	{"PlayLostModeSound", 0, SUPERVISED | LOST, answer_play_sound},
	{"ProfileList", RIGHT_PROFILE_LIST, LOST, answer_profile_list},
	{"ProvisioningProfileList", RIGHT_PROVISION_LIST, LOST, answer_provisioning_list},
	{"RefreshCellularPlans", 0, 0, answer_nothing},
	{"RemoveMedia", RIGHT_APPS, 0, answer_remove_media},
	{"RemoveProfile", RIGHT_PROFILE, 0, answer_remove_profile},
	{"RestartDevice", RIGHT_LOCK, SUPERVISED, answer_restart_device},
	{"Restrictions", RIGHT_RESTRICTIONS, LOST, answer_restrictions},
	{"SecurityInfo", RIGHT_SECURITY, NOT_NOW | LOST, answer_security_info},
	{"Settings", 0, 0, answer_settings},
	{"ShutDownDevice", RIGHT_LOCK, SUPERVISED, answer_shut_down_device},
};

static const struct row *row_find(const char *type)
{
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		if (text_equal(rows[i].type, type))
			return &rows[i];
	return NULL;
}

plist_t answer_error_chain(const char *domain, int code, const char *text)
{
	plist_t chain = plist_new_array(), one = plist_new_dict();

	ipad_plist_set_int(one, "ErrorCode", (uint64_t)code);
	ipad_plist_set_string(one, "ErrorDomain", domain);
	ipad_plist_set_string(one, "LocalizedDescription", text);
	ipad_plist_set_string(one, "USEnglishDescription", text);
	plist_array_append_item(chain, one);
	return chain;
}

void answer_error(struct answer *an, const char *domain, int code, const char *fmt, ...)
{
	char text[256];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	an->status = "Error";
	an->result = ipad_result_new(an->p, an->a, an->status, an->uuid);
	plist_dict_set_item(an->result, "ErrorChain", answer_error_chain(domain, code, text));
}

void answer_format_error(struct answer *an)
{
	an->status = "CommandFormatError";
	an->result = ipad_result_new(an->p, an->a, an->status, an->uuid);
}

static void answer_not_now(struct answer *an)
{
	an->status = "NotNow";
	an->result = ipad_result_new(an->p, an->a, an->status, an->uuid);
}

static void obey(struct answer *an, const char *type)
{
	const struct row *row = row_find(type);
	struct ipad *p = an->p;

	if (!row)
		answer_error(an, DOMAIN_MDM, ERROR_REQUEST_TYPE,
			"“%s” is not a valid request type.", type);
	else if (row->rights & ~p->mdm.rights)
		answer_error(an, DOMAIN_MDM, ERROR_UNAUTHORIZED,
			"The server is not authorized to perform “%s”.", type);
	else if ((row->flags & SUPERVISED) && !p->model.supervised)
		answer_error(an, DOMAIN_MDM, ERROR_NOT_SUPERVISED,
			"“%s” needs a supervised device.", type);
	else if (p->state.lost && !(row->flags & LOST))
		answer_error(
			an, DOMAIN_MDM, ERROR_WHILE_LOST, "“%s” is not valid in Lost Mode.", type);
	else if (p->state.locked && (row->flags & NOT_NOW))
		answer_not_now(an);
	else
		row->fn(an);
}

static bool seen(const uint64_t *list, unsigned n, uint64_t what)
{
	for (unsigned i = 0; i < n && i < IPAD_SEEN; i++)
		if (list[i] == what)
			return true;
	return false;
}

/* What a server may not do, though no iPad complains. */
static void conduct_check(struct ipad *p, const char *uuid, const char *type)
{
	uint64_t hash = ipad_hash(uuid);

	if (seen(p->not_now_seen, p->not_now_n, hash))
		ipad_violation(p, "%s came again in the session of its NotNow", type);
	if (seen(p->done_seen, p->done_n, hash))
		ipad_violation(p, "%s came again after its result was taken", type);
}

static void count(struct ipad *p, const char *status)
{
	struct ipad_counters *c = &p->counters;

	c->commands++;
	if (text_equal(status, "Acknowledged"))
		c->acknowledged++;
	else if (text_equal(status, "NotNow"))
		c->not_now++;
	else if (text_equal(status, "CommandFormatError"))
		c->format_errors++;
	else
		c->errors++;
}

static void remember(struct ipad *p, const struct answer *an)
{
	p->answered = ipad_hash(an->uuid);
	p->answered_not_now = text_equal(an->status, "NotNow");
	if (p->answered_not_now)
		p->not_now_seen[p->not_now_n++ % IPAD_SEEN] = p->answered;
}

int ipad_answer(struct ipad *p, struct arena *a, struct bytes command, struct bytes *ret_result)
{
	struct answer an = {.p = p, .a = a, .status = "Acknowledged"};
	plist_t outer = NULL;
	const char *type = NULL;

	if (!p->state.enrolled)
		return ERR_STRANGER;
	if (ipad_plist_parse(a, command, &outer))
		return ipad_refuse(p, "reply: neither empty nor a property list");
	if (ipad_plist_string(outer, "CommandUUID", &an.uuid) || text_empty(an.uuid))
		return ipad_refuse(p, "reply: no CommandUUID");
	if (ipad_plist_dict(outer, "Command", &an.command))
		return ipad_refuse(p, "reply: no Command");
	an.result = ipad_result_new(p, a, an.status, an.uuid);
	if (ipad_plist_string(an.command, "RequestType", &type) || text_empty(type)) {
		type = "a command without RequestType";
		answer_format_error(&an);
	} else {
		conduct_check(p, an.uuid, type);
		obey(&an, type);
	}
	count(p, an.status);
	remember(p, &an);
	ipad_tell(p, IPAD_EV_COMMAND, "%s %s", type, an.status);
	*ret_result = ipad_plist_xml(a, an.result);
	return 0;
}
