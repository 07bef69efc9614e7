/* SPDX-License-Identifier: EUPL-1.2 */
/* The profile that Apple gives an assigned iPad before it asks us. */
#include "mdm/ade_int.h"

#include "base/text.h"

/*
 * Panes that tell a senior nothing, or lead where this iPad is not to go. Kept are Language and
 * region, Wi-Fi, Accessibility (Apple does not let it be skipped), Passcode, TouchID and FaceID,
 * and SIMSetup, without which no eSIM comes by itself during set-up.
 */
const char *const ade_skip_default[] = {"Android", "AppleID", "AppStore", "CameraButton",
	"Diagnostics", "DeviceToDeviceMigration", "EnableLockdownMode", "Intelligence", "Keyboard",
	"Location", "MessagingActivationUsingPhoneNumber", "Multitasking", "OSShowcase", "Payment",
	"Privacy", "Restore", "RestoreCompleted", "SafetyAndHandling", "ScreenSaver", "ScreenTime",
	"Siri", "SoftwareUpdate", "SpokenLanguage", "TapToSetup", "TermsOfAddress", "TOS",
	"UpdateCompleted", "WatchMigration", "WebContentFiltering", "Welcome", NULL};

bool mdm_ade_skips_sim(const char *const *skip)
{
	while (skip && *skip && !text_equal(*skip, "SIMSetup"))
		skip++;
	return skip && *skip;
}

struct doc *ade_profile_build(const struct mdm_options *o, struct bytes anchor, struct arena *a)
{
	const struct mdm_ade_options *ade = &o->ade;
	const char *const *skip = ade->skip ? ade->skip : ade_skip_default;
	struct doc *d = doc_new(a), *list;

	doc_set_str(d, "profile_name", text_empty(ade->profile_name) ? "Hylla" : ade->profile_name);
	doc_set_str(d, "url", arena_printf(a, "%s/ade", o->device_url));
	if (!text_empty(ade->department))
		doc_set_str(d, "department", ade->department);
	if (!text_empty(ade->support_phone))
		doc_set_str(d, "support_phone_number", ade->support_phone);
	if (!text_empty(ade->support_email))
		doc_set_str(d, "support_email_address", ade->support_email);
	doc_set_bool(d, "is_supervised", true);
	doc_set_bool(d, "is_mandatory", true);
	doc_set_bool(d, "is_mdm_removable", false);
	doc_set_bool(d, "await_device_configured", true);
	doc_set_bool(d, "is_multi_user", false);
	doc_set_bool(d, "auto_advance_setup", false);
	/* A backup of another's iPad brings no other profile. */
	doc_set_bool(d, "do_not_use_profile_from_backup", true);
	list = doc_set_list(d, "anchor_certs");
	if (anchor.n)
		doc_add_str(list, text_base64(a, anchor));
	list = doc_set_list(d, "skip_setup_items");
	for (; *skip; skip++)
		doc_add_str(list, *skip);
	return d;
}
