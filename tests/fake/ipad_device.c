/* SPDX-License-Identifier: EUPL-1.2 */
/* Commands to the device as a whole: lock, passcode, erase, restart, Setup Assistant. */
#include "tests/fake/ipad_answer_int.h"
#include "base/text.h"

#define BYPASS_READABLE_S (15 * 86400)

static const char *lock_message_result(const struct ipad *p)
{
	if (p->state.lost)
		return "DeviceInLostMode";
	return p->state.passcode ? "Success" : "NoPasscodeSet";
}

void answer_device_lock(struct answer *an)
{
	struct ipad *p = an->p;
	const char *message = ipad_plist_string_or(an->command, "Message", NULL);
	const char *phone = ipad_plist_string_or(an->command, "PhoneNumber", NULL);

	if (message || phone) {
		const char *result = lock_message_result(p);

		ipad_plist_set_string(an->result, "MessageResult", result);
		if (text_equal(result, "Success"))
			ipad_string_set((char **)&p->state.lock_message, message);
	}
	ipad_lock(p);
	ipad_tell(p, IPAD_EV_LOCKED, "by command");
}

void answer_clear_passcode(struct answer *an)
{
	struct ipad *p = an->p;
	struct bytes token;

	if (ipad_plist_data(an->command, "UnlockToken", &token)) {
		answer_format_error(an);
		return;
	}
	if (!bytes_equal(token, bytes_of(p->unlock_token, sizeof(p->unlock_token)))) {
		answer_error(an, DOMAIN_PASSCODE, ERROR_PASSCODE_CLEAR,
			"The passcode could not be cleared.");
		return;
	}
	ipad_passcode_set(p, false);
	ipad_tell(p, IPAD_EV_UNLOCKED, "its passcode was cleared");
}

/*
 * It comes back by itself when it has a network (its own, or the Wi-Fi profile) and a profile
 * (in the command, or from where it was enrolled).
 */
static void return_to_service_plan(struct ipad *p, plist_t plan)
{
	struct bytes wifi = {0}, profile = {0};
	bool network = ipad_plist_data(plan, "WiFiProfileData", &wifi) == 0 || p->model.imei;

	(void)!ipad_plist_data(plan, "MDMProfileData", &profile);
	buf_reset(&p->return_profile);
	buf_add_bytes(&p->return_profile, profile);
	p->state.returns =
		ipad_plist_is(plan, "Enabled") && network && (profile.n > 0 || p->enrol_url);
}

void answer_erase_device(struct answer *an)
{
	struct ipad *p = an->p;
	plist_t plan = NULL;
	bool enabled;

	if (ipad_plist_dict(an->command, "ReturnToService", &plan) == ERR_BADINPUT ||
		(plan && ipad_plist_bool(plan, "Enabled", &enabled))) {
		answer_format_error(an);
		return;
	}
	p->state.kept_plan = ipad_plist_is(an->command, "PreserveDataPlan");
	p->state.returns = false;
	if (plan)
		return_to_service_plan(p, plan);
	p->after = AFTER_ERASE;
}

void answer_restart_device(struct answer *an)
{
	an->p->after = AFTER_RESTART;
}

void answer_shut_down_device(struct answer *an)
{
	an->p->after = AFTER_OFF;
}

void answer_bypass_code(struct answer *an)
{
	struct ipad *p = an->p;

	if (!p->bypass_code[0] || ipad_now(p) - p->supervised_at > BYPASS_READABLE_S) {
		answer_error(an, DOMAIN_MDM, ERROR_NO_BYPASS_CODE,
			"The Activation Lock bypass code is not available.");
		return;
	}
	ipad_plist_set_string(an->result, "ActivationLockBypassCode", p->bypass_code);
}

void answer_bypass_code_clear(struct answer *an)
{
	an->p->bypass_code[0] = '\0';
}

void answer_device_configured(struct answer *an)
{
	if (!an->p->state.awaiting) {
		answer_error(an, "MDMDeviceEnrollment", 101,
			"The device is not awaiting configuration.");
		return;
	}
	an->p->state.awaiting = false;
	an->p->state.passcode = an->p->model.passcode;
	ipad_tell(an->p, IPAD_EV_CONFIGURED, "left Setup Assistant");
}
