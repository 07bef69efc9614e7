/* SPDX-License-Identifier: EUPL-1.2 */
#include "web/web_int.h"

#include "base/text.h"

#include <criterion/criterion.h>

static int parse(struct arena *a, const char *json, struct mdm_ask *ret, const char **bad)
{
	struct doc *d;

	cr_assert_eq(doc_parse(a, bytes_of_str(json), &d), 0, "%s", json);
	return web_ask_parse(a, d, ret, bad);
}

Test(ask_doc, what_is_right_is_read)
{
	AUTO(arena) struct arena *a = arena_new();
	struct mdm_ask ask;
	const char *bad = NULL;

	cr_assert_eq(parse(a, "{\"request\":\"DeviceLock\",\"message\":\"Hej\",\"life\":\"2d\"}",
			     &ask, &bad),
		0);
	cr_expect_eq(ask.request, MDM_DEVICE_LOCK);
	cr_expect_str_eq(ask.message, "Hej");
	cr_expect_eq(ask.life_s, 172800);
	cr_assert_eq(parse(a,
			     "{\"request\":\"EraseDevice\",\"preserve_data_plan\":\"yes\",\"return_"
			     "to_service\":false}",
			     &ask, &bad),
		0);
	cr_expect_eq(ask.preserve_data_plan, MDM_YES);
	cr_expect_eq(ask.return_to_service, MDM_NO);
	cr_assert_eq(parse(a, "{\"request\":\"EraseDevice\"}", &ask, &bad), 0);
	cr_expect_eq(ask.preserve_data_plan, MDM_NOT_CHOSEN, "chosen by nobody stays so");
	cr_assert_eq(parse(a,
			     "{\"request\":\"Settings\",\"accessibility\":{\"text_size\":9,\"bold_"
			     "text\":true}}",
			     &ask, &bad),
		0);
	cr_expect(ask.accessibility.set);
	cr_expect_eq(ask.accessibility.text_size, 9);
	cr_expect_eq(ask.accessibility.bold, MDM_YES);
	cr_expect_eq(ask.accessibility.zoom, MDM_NOT_CHOSEN);
	cr_assert_eq(
		parse(a, "{\"request\":\"InstallProfile\",\"profile\":\"aGVq\"}", &ask, &bad), 0);
	cr_expect(bytes_equal(ask.profile, bytes_of_str("hej")));
}

Test(ask_doc, a_slip_is_named_and_never_passes)
{
	static const struct {
		const char *json, *bad;
	} cases[] = {
		{"{}", "request"},
		{"{\"request\":\"InstalledApplicationList\"}", "request"},
		{"{\"request\":\"EnableLostMode\"}", "request"},
		{"{\"request\":\"DeviceLocation\"}", "request"},
		{"{\"request\":\"EraseDevice\",\"preserve_dataplan\":true}", "preserve_dataplan"},
		{"{\"request\":\"EraseDevice\",\"preserve_data_plan\":\"maybe\"}",
			"preserve_data_plan"},
		{"{\"request\":\"DeviceLock\",\"message\":5}", "message"},
		{"{\"request\":\"InstallProfile\",\"profile\":\"%%\"}", "profile"},
		{"{\"request\":\"Settings\",\"accessibility\":[]}", "accessibility"},
		{"{\"request\":\"Settings\",\"accessibility\":{\"text_size\":12}}", "text_size"},
		{"{\"request\":\"Settings\",\"accessibility\":{\"bold\":true}}", "bold"},
		{"{\"request\":\"EraseDevice\",\"mdm_profile\":\"aGVq\"}", "mdm_profile"},
		{"{\"request\":\"DeviceInformation\",\"life\":\"soon\"}", "life"},
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		AUTO(arena) struct arena *a = arena_new();
		struct mdm_ask ask = {.request = MDM_RAW};
		const char *bad = NULL;

		cr_expect_eq(
			parse(a, cases[i].json, &ask, &bad), ERR_BADINPUT, "%s", cases[i].json);
		cr_expect(text_equal(bad, cases[i].bad), "%s names %s", cases[i].json, bad);
		cr_expect_eq(ask.request, MDM_RAW, "untouched on failure");
	}
}
