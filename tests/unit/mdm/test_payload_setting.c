/* SPDX-License-Identifier: EUPL-1.2 */
#include "mdm/payload_int.h"
#include "tests/unit/mdm/house.h"

static struct refusal r;

static int make(struct arena *a, const char *name, const char *spec, struct bytes blob,
	const struct mdm_plist **ret)
{
	static const struct mdm_vars vars = {.serial = "S", .item = "417"};
	const struct mdm_build b = {.a = a, .vars = &vars, .blob = blob, .r = &r};
	struct mdm_plist *command;
	struct bytes out;
	struct doc *d;
	int err;

	r = (struct refusal){0};
	cr_assert_eq(doc_parse(a, bytes_of_str(spec), &d), 0);
	err = mdm_setting_build(&b, name, d, &command);
	if (err == 0) {
		cr_expect_eq(mdm_plist_format_in(command, 65536, a, &out), 0);
		*ret = mdm_plist_first(mdm_plist_array(command, "Settings"));
	}
	return err;
}

Test(payload_setting, items)
{
	AUTO(arena) struct arena *a = arena_new();
	struct bytes none = {NULL, 0}, png = mdm_icon_make(a);
	const struct mdm_plist *d = NULL;
	bool on = false;
	int64_t n = 0;

	cr_assert_eq(make(a, "device-name", "{\"name\":\"Platta {item}\"}", none, &d), 0);
	cr_expect_str_eq(mdm_plist_str(d, "Item"), "DeviceName");
	cr_expect_str_eq(mdm_plist_str(d, "DeviceName"), "Platta 417");
	cr_assert_eq(make(a, "organisation", "{\"name\":\"Borås\",\"phone\":\"1\"}", none, &d), 0);
	d = mdm_plist_dict(d, "OrganizationInfo");
	cr_expect_str_eq(mdm_plist_str(d, "OrganizationName"), "Borås");
	cr_assert_eq(make(a, "accessibility", "{\"text_size\":10,\"bold\":true}", none, &d), 0);
	cr_expect_eq(mdm_plist_int(d, "TextSize", &n), 0);
	cr_expect_eq(n, 10);
	cr_assert_eq(make(a, "data-roaming", "{\"on\":true}", none, &d), 0);
	cr_expect_eq(mdm_plist_bool(d, "Enabled", &on), 0);
	cr_assert_eq(make(a, "wallpaper", "{\"where\":3}", png, &d), 0);
	cr_expect(bytes_equal(mdm_plist_data(d, "Image"), png));
}

Test(payload_setting, refusals)
{
	static const struct {
		const char *name, *spec, *code;
	} cases[] = {{"colour", "{}", "payload.type"},
		{"device-name", "{}", "payload.field_missing"},
		{"accessibility", "{}", "payload.nothing"},
		{"accessibility", "{\"text_size\":12}", "payload.field_form"},
		{"wallpaper", "{\"where\":1}", "payload.field_form"},
		{"time-zone", "{\"zone\":1}", "payload.field_form"}};
	AUTO(arena) struct arena *a = arena_new();
	const struct mdm_plist *d;

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		cr_expect_eq(
			make(a, cases[i].name, cases[i].spec, bytes_of(NULL, 0), &d), ERR_REFUSED);
		cr_expect_str_eq(r.say ? r.say->code : "-", cases[i].code, "%zu", i);
	}
}
