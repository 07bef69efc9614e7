/* SPDX-License-Identifier: EUPL-1.2 */
/* Items of the Settings command. Each is set once: whoever uses the iPad may change it again. */
#include "mdm/payload_int.h"

#include "base/text.h"

#define FORM(name_, key_, form_, required_, min_, max_)                                   \
	{                                                                                 \
		.name = (name_), .key = (key_), .form = (form_), .required = (required_), \
		.min = (min_), .max = (max_)                                              \
	}
#define END                  \
	{                    \
		.name = NULL \
	}

static const struct mdm_field device_name[] = {
	FORM("name", "DeviceName", MDM_FORM_TEXT, true, 0, 63), END};
static const struct mdm_field organisation[] = {
	FORM("name", "OrganizationName", MDM_FORM_TEXT, true, 0, 200),
	FORM("phone", "OrganizationPhone", MDM_FORM_TEXT, false, 0, 100),
	FORM("email", "OrganizationEmail", MDM_FORM_TEXT, false, 0, 200),
	FORM("address", "OrganizationAddress", MDM_FORM_TEXT, false, 0, 300), END};
static const struct mdm_field accessibility[] = {
	FORM("text_size", "TextSize", MDM_FORM_INT, false, 0, 11),
	FORM("bold", "BoldTextEnabled", MDM_FORM_BOOL, false, 0, 0),
	FORM("contrast", "IncreaseContrastEnabled", MDM_FORM_BOOL, false, 0, 0),
	FORM("reduce_motion", "ReduceMotionEnabled", MDM_FORM_BOOL, false, 0, 0),
	FORM("reduce_transparency", "ReduceTransparencyEnabled", MDM_FORM_BOOL, false, 0, 0),
	FORM("touch", "TouchAccommodationsEnabled", MDM_FORM_BOOL, false, 0, 0),
	FORM("voice_over", "VoiceOverEnabled", MDM_FORM_BOOL, false, 0, 0),
	FORM("zoom", "ZoomEnabled", MDM_FORM_BOOL, false, 0, 0), END};
static const struct mdm_field time_zone[] = {
	FORM("zone", "TimeZone", MDM_FORM_TEXT, true, 0, 60), END};
static const struct mdm_field wallpaper[] = {FORM("where", "Where", MDM_FORM_INT, true, 1, 3), END};
static const struct mdm_field switched[] = {FORM("on", "Enabled", MDM_FORM_BOOL, true, 0, 0), END};

/* What Apple wants one level further in. */
static int organisation_finish(
	const struct mdm_build *b, const struct doc *spec, struct mdm_plist *d)
{
	struct mdm_plist *inner = mdm_plist_new(b->a, MDM_PLIST_DICT);

	(void)spec;
	*inner = *d;
	inner->key = NULL;
	inner->next = NULL;
	d->v.in.first = d->v.in.last = NULL;
	d->v.in.n = 0;
	mdm_plist_set(d, "OrganizationInfo", inner);
	return 0;
}

static int accessibility_finish(
	const struct mdm_build *b, const struct doc *spec, struct mdm_plist *d)
{
	(void)spec;
	return mdm_plist_first(d)
		       ? 0
		       : refuse(b->r, &mdm_say_nothing_in_spec, "accessibility", NULL, NULL);
}

static bool is_picture(struct bytes b)
{
	static const uint8_t png[] = {0x89, 'P', 'N', 'G'}, jpeg[] = {0xff, 0xd8, 0xff};

	return (b.n > 8 && memcmp(b.p, png, sizeof(png)) == 0) ||
	       (b.n > 8 && memcmp(b.p, jpeg, sizeof(jpeg)) == 0);
}

static int wallpaper_finish(const struct mdm_build *b, const struct doc *spec, struct mdm_plist *d)
{
	(void)spec;
	if (!is_picture(b->blob))
		return refuse(b->r, &mdm_say_field_form, "file", "PNG, JPEG", NULL);
	mdm_plist_set_data(d, "Image", b->blob);
	return 0;
}

#define ABOUT(code_, sv_, fi_, en_)                                      \
	{                                                                \
		.code = "setting.type." code_, .text = { sv_, fi_, en_ } \
	}
#define SETTING(name_, apple_, fields_, supervised_, since_, finish_)             \
	.name = (name_), .apple = (apple_), .fields = (fields_), .slot = (name_), \
	.supervised = (supervised_), .since = (since_), .finish = (finish_)
const struct mdm_payload_type mdm_setting_types[] = {
	{SETTING("device-name", "DeviceName", device_name, true, "5.0", NULL),
		.about = ABOUT("device-name", "Namn", "Nimi", "Name")},
	{SETTING("organisation", "OrganizationInfo", organisation, false, "5.0",
		 organisation_finish),
		.about = ABOUT("organisation", "Vem iPaden tillhör", "Kenelle iPad kuuluu",
			"Whose the iPad is")},
	{SETTING("accessibility", "AccessibilitySettings", accessibility, true, "16.0",
		 accessibility_finish),
		.about = ABOUT("accessibility", "Hjälpmedel", "Käyttöapu", "Accessibility")},
	{SETTING("time-zone", "TimeZone", time_zone, true, "14.0", NULL),
		.about = ABOUT("time-zone", "Tidszon", "Aikavyöhyke", "Time zone")},
	{SETTING("wallpaper", "Wallpaper", wallpaper, true, "8.0", wallpaper_finish),
		.about = ABOUT("wallpaper", "Bakgrundsbild", "Taustakuva", "Wallpaper")},
	{SETTING("data-roaming", "DataRoaming", switched, false, "5.0", NULL),
		.about = ABOUT("data-roaming", "Mobildata utomlands", "Mobiilidata ulkomailla",
			"Mobile data abroad")},
	{SETTING("personal-hotspot", "PersonalHotspot", switched, false, "5.0", NULL),
		.about = ABOUT("personal-hotspot", "Internetdelning", "Yhteyden jakaminen",
			"Personal hotspot")},
	{SETTING("bluetooth", "Bluetooth", switched, true, "11.3", NULL),
		.about = ABOUT("bluetooth", "Bluetooth", "Bluetooth", "Bluetooth")},
	{.name = NULL},
};

const struct mdm_payload_type *mdm_setting_type(const char *name)
{
	for (const struct mdm_payload_type *t = mdm_setting_types; t->name; t++) {
		if (text_equal(t->name, name))
			return t;
	}
	return NULL;
}

int mdm_setting_build(
	const struct mdm_build *b, const char *name, const struct doc *spec, struct mdm_plist **ret)
{
	static const char *const also[] = {"type", "title", NULL};
	const struct mdm_payload_type *t = mdm_setting_type(name);
	struct mdm_plist *command = mdm_plist_new(b->a, MDM_PLIST_DICT), *item;
	int err;

	if (!t)
		return refuse(b->r, &mdm_say_spec_type, name ? name : "", "settings", NULL);
	item = mdm_plist_new(b->a, MDM_PLIST_DICT);
	err = mdm_fields_build(b, t, spec, also, item);
	if (err)
		return err;
	mdm_plist_set_str(item, "Item", t->apple);
	mdm_plist_set_str(command, "RequestType", "Settings");
	item->next = NULL;
	{
		struct mdm_plist *list = mdm_plist_set_array(command, "Settings");
		struct mdm_plist *only = mdm_plist_add_dict(list);

		only->v = item->v;
	}
	*ret = command;
	return 0;
}
