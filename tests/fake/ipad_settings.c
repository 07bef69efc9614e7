/* SPDX-License-Identifier: EUPL-1.2 */
/* The Settings command: each item is answered on its own. */
#include "tests/fake/ipad_answer_int.h"
#include "base/text.h"

#include <stdlib.h>

/* What came of one item. */
enum verdict { DONE, MALFORMED, IMPOSSIBLE };

static const char *const accessibility_flags[] = {
	"BoldTextEnabled",
	"IncreaseContrastEnabled",
	"ReduceMotionEnabled",
	"ReduceTransparencyEnabled",
	"TouchAccommodationsEnabled",
	"VoiceOverEnabled",
	"ZoomEnabled",
};

static enum verdict set_accessibility(struct ipad *p, plist_t item)
{
	struct ipad_accessibility was = p->accessibility, is = was;

	for (unsigned i = 0; i < 7; i++)
		if (ipad_plist_bool(item, accessibility_flags[i], &is.flags[i]) == ERR_BADINPUT)
			return MALFORMED;
	if (ipad_plist_int(item, "TextSize", &is.text_size) == ERR_BADINPUT || is.text_size < 0 ||
		is.text_size > 11)
		return MALFORMED;
	p->accessibility = is;
	return DONE;
}

void settings_report_accessibility(struct ipad *p, plist_t into)
{
	for (unsigned i = 0; i < 7; i++)
		ipad_plist_set_bool(into, accessibility_flags[i], p->accessibility.flags[i]);
	ipad_plist_set_int(into, "TextSize", (uint64_t)p->accessibility.text_size);
}

static bool is_picture(struct bytes b)
{
	if (b.n > 8 && memcmp(b.p, "\x89PNG\r\n\x1a\n", 8) == 0)
		return true;
	return b.n > 3 && memcmp(b.p, "\xff\xd8\xff", 3) == 0;
}

static enum verdict set_wallpaper(struct ipad *p, plist_t item)
{
	struct bytes image;
	int64_t where;

	if (ipad_plist_data(item, "Image", &image) || ipad_plist_int(item, "Where", &where) ||
		where < 1 || where > 3)
		return MALFORMED;
	if (!is_picture(image))
		return IMPOSSIBLE;
	for (unsigned i = 0; i < 2; i++)
		if (where & (1 << i)) {
			buf_reset(&p->wallpaper[i]);
			buf_add_bytes(&p->wallpaper[i], image);
		}
	return DONE;
}

static enum verdict set_flag(plist_t item, bool *flag)
{
	return ipad_plist_bool(item, "Enabled", flag) ? MALFORMED : DONE;
}

static enum verdict set_roaming(struct ipad *p, plist_t item)
{
	return set_flag(item, &p->roaming);
}

static enum verdict set_hotspot(struct ipad *p, plist_t item)
{
	return set_flag(item, &p->hotspot);
}

static enum verdict set_bluetooth(struct ipad *p, plist_t item)
{
	return set_flag(item, &p->bluetooth);
}

static enum verdict set_name(struct ipad *p, plist_t item)
{
	const char *name;

	if (ipad_plist_string(item, "DeviceName", &name) || text_empty(name))
		return MALFORMED;
	ipad_string_set((char **)&p->state.name, name);
	return DONE;
}

/* Without the inner dictionary the information is taken away. */
static enum verdict set_organisation(struct ipad *p, plist_t item)
{
	plist_t info = NULL;
	const char *name;
	char *xml = NULL;
	uint32_t n = 0;
	int err = ipad_plist_dict(item, "OrganizationInfo", &info);

	if (err == ERR_BADINPUT || (info && ipad_plist_string(info, "OrganizationName", &name)))
		return MALFORMED;
	buf_reset(&p->organisation);
	if (!info)
		return DONE;
	plist_to_xml(info, &xml, &n);
	buf_add(&p->organisation, xml, n);
	free(xml);
	return DONE;
}

static enum verdict set_options(struct ipad *p, plist_t item)
{
	plist_t options = NULL;

	if (ipad_plist_dict(item, "MDMOptions", &options))
		return MALFORMED;
	if (ipad_plist_bool(options, "ActivationLockAllowedWhileSupervised", &p->lock_allowed) ==
		ERR_BADINPUT)
		return MALFORMED;
	return DONE;
}

static enum verdict set_time_zone(struct ipad *p, plist_t item)
{
	const char *zone;

	if (ipad_plist_string(item, "TimeZone", &zone))
		return MALFORMED;
	if (!strchr(zone, '/') && !text_equal(zone, "UTC"))
		return IMPOSSIBLE;
	ipad_string_set(&p->time_zone, zone);
	return DONE;
}

static const struct setting {
	const char *item;
	int64_t right;
	bool supervised;
	enum verdict (*set)(struct ipad *p, plist_t item);
} settings[] = {
	{"AccessibilitySettings", RIGHT_SETTINGS, true, set_accessibility},
	{"Bluetooth", RIGHT_SETTINGS, true, set_bluetooth},
	{"DataRoaming", RIGHT_SETTINGS, false, set_roaming},
	{"DeviceName", RIGHT_SETTINGS, true, set_name},
	{"MDMOptions", RIGHT_SETTINGS, false, set_options},
	{"OrganizationInfo", RIGHT_SETTINGS, false, set_organisation},
	{"PersonalHotspot", RIGHT_NETWORK, false, set_hotspot},
	{"TimeZone", RIGHT_SETTINGS, true, set_time_zone},
	{"Wallpaper", RIGHT_SETTINGS, true, set_wallpaper},
};

static const struct setting *setting_find(const char *item)
{
	for (size_t i = 0; i < sizeof(settings) / sizeof(settings[0]); i++)
		if (text_equal(settings[i].item, item))
			return &settings[i];
	return NULL;
}

/* NULL: done; else why not. */
static const char *apply(struct ipad *p, plist_t item, int *ret_code)
{
	const struct setting *s = setting_find(ipad_plist_string_or(item, "Item", ""));

	*ret_code = ERROR_REQUEST_TYPE;
	if (!s)
		return "The setting is not supported.";
	*ret_code = ERROR_UNAUTHORIZED;
	if (s->right & ~p->mdm.rights)
		return "The server is not authorized to change this setting.";
	*ret_code = ERROR_NOT_SUPERVISED;
	if (s->supervised && !p->model.supervised)
		return "The setting needs a supervised device.";
	*ret_code = ERROR_INSTALL;
	switch (s->set(p, item)) {
	case MALFORMED:
		return "The setting is malformed.";
	case IMPOSSIBLE:
		return "The setting could not be applied.";
	default:
		return NULL;
	}
}

void answer_settings(struct answer *an)
{
	plist_t list = NULL, results;

	if (ipad_plist_array(an->command, "Settings", &list)) {
		answer_format_error(an);
		return;
	}
	results = plist_new_array();
	for (uint32_t i = 0; i < plist_array_get_size(list); i++) {
		plist_t one = plist_new_dict();
		int code = 0;
		const char *why = apply(an->p, plist_array_get_item(list, i), &code);

		ipad_plist_set_string(one, "Status", why ? "Error" : "Acknowledged");
		if (why)
			plist_dict_set_item(
				one, "ErrorChain", answer_error_chain(DOMAIN_SETTINGS, code, why));
		plist_array_append_item(results, one);
	}
	plist_dict_set_item(an->result, "Settings", results);
}

void ipad_settings_get(struct ipad *p, struct ipad_settings *ret)
{
	*ret = (struct ipad_settings){
		.time_zone = p->time_zone,
		.organisation = buf_str(&p->organisation),
		.lock_wallpaper = buf_bytes(&p->wallpaper[0]),
		.home_wallpaper = buf_bytes(&p->wallpaper[1]),
		.text_size = p->accessibility.text_size,
	};
}
