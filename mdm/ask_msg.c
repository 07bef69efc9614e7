/* SPDX-License-Identifier: EUPL-1.2 */
#include "mdm/queue_int.h"

#include "base/text.h"

static void lock_build(const struct mdm_ask *ask, struct mdm_plist *d)
{
	if (!text_empty(ask->message))
		mdm_plist_set_str(d, "Message", ask->message);
	if (!text_empty(ask->phone))
		mdm_plist_set_str(d, "PhoneNumber", ask->phone);
}

static void lost_build(const struct mdm_ask *ask, struct mdm_plist *d)
{
	lock_build(ask, d);
	if (!text_empty(ask->footnote))
		mdm_plist_set_str(d, "Footnote", ask->footnote);
}

static void information_build(struct mdm_plist *d)
{
	struct mdm_plist *queries = mdm_plist_set_array(d, "Queries");

	for (const char *const *q = mdm_device_queries; *q; q++)
		mdm_plist_add_str(queries, *q);
}

static void erase_build(const struct mdm_ask *ask, struct mdm_plist *d)
{
	struct mdm_plist *back;

	/* Said outright even where Apple's default is the same: the choice is on record. */
	mdm_plist_set_bool(d, "PreserveDataPlan", ask->preserve_data_plan == MDM_YES);
	if (ask->return_to_service != MDM_YES)
		return;
	back = mdm_plist_set_dict(d, "ReturnToService");
	mdm_plist_set_bool(back, "Enabled", true);
	if (ask->return_wifi_profile.n)
		mdm_plist_set_data(back, "WiFiProfileData", ask->return_wifi_profile);
	if (ask->return_mdm_profile.n)
		mdm_plist_set_data(back, "MDMProfileData", ask->return_mdm_profile);
}

static void choice_set(struct mdm_plist *d, const char *key, enum mdm_choice c)
{
	if (c != MDM_NOT_CHOSEN)
		mdm_plist_set_bool(d, key, c == MDM_YES);
}

static void accessibility_build(const struct mdm_accessibility *x, struct mdm_plist *items)
{
	struct mdm_plist *d = mdm_plist_add_dict(items);

	mdm_plist_set_str(d, "Item", "AccessibilitySettings");
	if (x->text_size >= 0)
		mdm_plist_set_int(d, "TextSize", x->text_size);
	choice_set(d, "BoldTextEnabled", x->bold);
	choice_set(d, "IncreaseContrastEnabled", x->contrast);
	choice_set(d, "ReduceMotionEnabled", x->reduce_motion);
	choice_set(d, "ReduceTransparencyEnabled", x->reduce_transparency);
	choice_set(d, "TouchAccommodationsEnabled", x->touch);
	choice_set(d, "VoiceOverEnabled", x->voice_over);
	choice_set(d, "ZoomEnabled", x->zoom);
}

static struct mdm_plist *item_add(struct mdm_plist *items, const char *item)
{
	struct mdm_plist *d = mdm_plist_add_dict(items);

	mdm_plist_set_str(d, "Item", item);
	return d;
}

static void settings_build(const struct mdm_ask *ask, struct mdm_plist *d)
{
	struct mdm_plist *items = mdm_plist_set_array(d, "Settings"), *it;

	if (ask->device_name)
		mdm_plist_set_str(item_add(items, "DeviceName"), "DeviceName", ask->device_name);
	if (ask->wallpaper.n) {
		it = item_add(items, "Wallpaper");
		mdm_plist_set_data(it, "Image", ask->wallpaper);
		mdm_plist_set_int(it, "Where", ask->wallpaper_where);
	}
	if (ask->time_zone)
		mdm_plist_set_str(item_add(items, "TimeZone"), "TimeZone", ask->time_zone);
	if (ask->organisation_name) {
		it = mdm_plist_set_dict(item_add(items, "OrganizationInfo"), "OrganizationInfo");
		mdm_plist_set_str(it, "OrganizationName", ask->organisation_name);
		mdm_plist_set_str(it, "OrganizationPhone", ask->organisation_phone);
		mdm_plist_set_str(it, "OrganizationEmail", ask->organisation_email);
	}
	if (ask->accessibility.set)
		accessibility_build(&ask->accessibility, items);
}

struct mdm_plist *mdm_ask_build(const struct mdm_ask *ask, struct arena *a)
{
	const struct mdm_request_row *row = mdm_request_row(ask->request);
	struct mdm_plist *d = mdm_plist_new(a, MDM_PLIST_DICT);

	mdm_plist_set_str(d, "RequestType", row ? row->type : NULL);
	switch (ask->request) {
	case MDM_DEVICE_INFORMATION:
		information_build(d);
		break;
	case MDM_PROFILE_LIST:
		mdm_plist_set_bool(d, "ManagedOnly", false);
		break;
	case MDM_INSTALL_PROFILE:
		mdm_plist_set_data(d, "Payload", ask->profile);
		break;
	case MDM_REMOVE_PROFILE:
		mdm_plist_set_str(d, "Identifier", ask->identifier);
		break;
	case MDM_DEVICE_LOCK:
		lock_build(ask, d);
		break;
	case MDM_ENABLE_LOST_MODE:
		lost_build(ask, d);
		break;
	case MDM_ERASE_DEVICE:
		erase_build(ask, d);
		break;
	case MDM_SETTINGS:
		settings_build(ask, d);
		break;
	default:
		break;
	}
	return d;
}

int mdm_ask_format(struct mdm_plist *command, const char *uuid, struct arena *a, struct bytes *ret)
{
	struct mdm_plist *message = mdm_plist_new(a, MDM_PLIST_DICT);

	mdm_plist_set(message, "Command", command);
	mdm_plist_set_str(message, "CommandUUID", uuid);
	return mdm_plist_format_in(message, MDM_MESSAGE_MAX, a, ret);
}

int mdm_ask_merge_token(
	const char *uuid, struct bytes unlock_token, struct arena *a, struct bytes *ret)
{
	struct mdm_plist *d = mdm_plist_new(a, MDM_PLIST_DICT);

	mdm_plist_set_str(d, "RequestType", "ClearPasscode");
	mdm_plist_set_data(d, "UnlockToken", unlock_token);
	return mdm_ask_format(d, uuid, a, ret);
}
