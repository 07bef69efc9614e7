/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The order of the home screen, and the lock to one app. A home screen is written as Apple has it,
 * {"dock":[icon…], "pages":[[icon…]…]}, where an icon is {"app":…}, {"url":…} or {"folder":…,
 * "pages":…}; Apple's word for which of these it is follows from what stands there.
 */
#include "mdm/payload_int.h"

#include "base/text.h"

#define ICONS_MOST 60 /* of a page; more than fit */
#define PAGES_MOST 20

static const struct mdm_field icon_plain[] = {
	{.name = "app", .key = "BundleID", .form = MDM_FORM_TEXT, .max = 200},
	{.name = "url", .key = "URL", .form = MDM_FORM_URL, .max = 2000},
	{.name = NULL},
};
static const struct mdm_field icon[] = {
	{.name = "app", .key = "BundleID", .form = MDM_FORM_TEXT, .max = 200},
	{.name = "url", .key = "URL", .form = MDM_FORM_URL, .max = 2000},
	{.name = "folder", .key = "DisplayName", .form = MDM_FORM_TEXT, .max = 60},
	{.name = "pages",
		.key = "Pages",
		.form = MDM_FORM_PAGES,
		.min = ICONS_MOST,
		.max = PAGES_MOST,
		.inner = icon_plain},
	{.name = NULL},
};
const struct mdm_field mdm_home_fields[] = {
	{.name = "dock",
		.key = "Dock",
		.form = MDM_FORM_DICTS,
		.max = 20,
		.inner = icon},
	{.name = "pages",
		.key = "Pages",
		.form = MDM_FORM_PAGES,
		.required = true,
		.min = ICONS_MOST,
		.max = PAGES_MOST,
		.inner = icon},
	{.name = NULL},
};

static int pages_finish(const struct mdm_build *b, const struct mdm_plist *pages);

static int icon_finish(const struct mdm_build *b, struct mdm_plist *d)
{
	const char *app = mdm_plist_str(d, "BundleID"), *url = mdm_plist_str(d, "URL");
	const char *folder = mdm_plist_str(d, "DisplayName");
	const struct mdm_plist *pages = mdm_plist_array(d, "Pages");

	if ((app != NULL) + (url != NULL) + (folder != NULL) != 1 || !folder != !pages)
		return refuse(b->r, &mdm_say_home_icon, NULL, NULL, NULL);
	mdm_plist_set_str(d, "Type", app ? "App" : url ? "WebClip" : "Folder");
	return pages ? pages_finish(b, pages) : 0;
}

static int icons_finish(const struct mdm_build *b, const struct mdm_plist *icons)
{
	int err = 0;

	for (const struct mdm_plist *d = mdm_plist_first(icons); d && err == 0; d = d->next)
		err = icon_finish(b, (struct mdm_plist *)(uintptr_t)d);
	return err;
}

static int pages_finish(const struct mdm_build *b, const struct mdm_plist *pages)
{
	int err = 0;

	for (const struct mdm_plist *p = mdm_plist_first(pages); p && err == 0; p = p->next)
		err = icons_finish(b, p);
	return err;
}

int mdm_home_finish(const struct mdm_build *b, const struct doc *spec, struct mdm_plist *d)
{
	int err = icons_finish(b, mdm_plist_array(d, "Dock"));

	(void)spec;
	return err ? err : pages_finish(b, mdm_plist_array(d, "Pages"));
}

/* --- one app, and nothing else --- */

#define BOOL(name_, key_)                                             \
	{                                                             \
		.name = (name_), .key = (key_), .form = MDM_FORM_BOOL \
	}
static const struct mdm_field options[] = {
	BOOL("no_touch", "DisableTouch"),
	BOOL("no_rotation", "DisableDeviceRotation"),
	BOOL("no_volume", "DisableVolumeButtons"),
	BOOL("no_ringer", "DisableRingerSwitch"),
	BOOL("no_sleep_button", "DisableSleepWakeButton"),
	BOOL("no_auto_lock", "DisableAutoLock"),
	BOOL("voice_over", "EnableVoiceOver"),
	BOOL("zoom", "EnableZoom"),
	BOOL("invert_colours", "EnableInvertColors"),
	BOOL("assistive_touch", "EnableAssistiveTouch"),
	BOOL("speak_selection", "EnableSpeakSelection"),
	BOOL("mono_audio", "EnableMonoAudio"),
	BOOL("voice_control", "EnableVoiceControl"),
	{.name = NULL},
};
static const struct mdm_field own_choice[] = {
	BOOL("voice_control", "VoiceControl"),
	BOOL("voice_over", "VoiceOver"),
	BOOL("zoom", "Zoom"),
	BOOL("invert_colours", "InvertColors"),
	BOOL("assistive_touch", "AssistiveTouch"),
	{.name = NULL},
};
static const struct mdm_field app[] = {
	{.name = "id",
		.key = "Identifier",
		.form = MDM_FORM_TEXT,
		.required = true,
		.max = 200},
	{.name = "options", .key = "Options", .form = MDM_FORM_DICT, .inner = options},
	{.name = "own_choice",
		.key = "UserEnabledOptions",
		.form = MDM_FORM_DICT,
		.inner = own_choice},
	{.name = NULL},
};
const struct mdm_field mdm_app_lock_fields[] = {
	{.name = "app", .key = "App", .form = MDM_FORM_DICT, .required = true, .inner = app},
	{.name = NULL},
};

/* Whoever borrowed it can then do nothing else with it: that is said before it is done. */
int mdm_app_lock_finish(const struct mdm_build *b, const struct doc *spec, struct mdm_plist *d)
{
	if (doc_bool(spec, "sure", false))
		return 0;
	return refuse(b->r, &mdm_say_app_lock, mdm_plist_str(mdm_plist_dict(d, "App"), "Identifier"),
		NULL, NULL);
}
