/* SPDX-License-Identifier: EUPL-1.2 */
#include "mdm/queue_int.h"

#include "base/text.h"
#include "tests/unit/mdm/msg.h"

MESSAGES(ask_msg);

/* Out as bytes and in again. */
static const struct mdm_plist *sent(const struct mdm_ask *ask)
{
	struct mdm_plist *root;
	struct bytes b;

	cr_assert_eq(mdm_ask_format(mdm_ask_build(ask, a), "UUID-1", a, &b), 0);
	cr_assert_eq(mdm_plist_parse(b, NULL, a, &root), 0);
	cr_assert_str_eq(mdm_plist_str(root, "CommandUUID"), "UUID-1");
	return mdm_plist_dict(root, "Command");
}

static struct mdm_ask full(enum mdm_request request)
{
	return (struct mdm_ask){.request = request,
		.message = "Hej",
		.phone = "018",
		.footnote = "f",
		.profile = bytes_of_str("<plist/>"),
		.identifier = "se.example",
		.preserve_data_plan = MDM_YES,
		.return_to_service = MDM_YES,
		.return_wifi_profile = bytes_of_str("<plist/>"),
		.device_name = "Lisa",
		.wallpaper = bytes_of_str("\x89PNG\r\n\x1a\n."),
		.wallpaper_where = 3,
		.time_zone = "Europe/Stockholm",
		.organisation_name = "Kommunen",
		.organisation_phone = "018",
		.organisation_email = "a@example.se",
		.accessibility = {.set = true,
			.text_size = 7,
			.bold = MDM_YES,
			.contrast = MDM_NO,
			.reduce_motion = MDM_YES,
			.reduce_transparency = MDM_YES,
			.touch = MDM_YES,
			.voice_over = MDM_NO,
			.zoom = MDM_YES}};
}

/* The tables judge our own builders as they judge a stranger's plist: every key known, of the
 * right kind, none that is needed missing. The tables themselves are held against Apple's. */
Test(ask_msg, what_is_built_is_what_the_tables_allow)
{
	for (int r = MDM_DEVICE_INFORMATION; r < MDM_RAW; r++) {
		const struct mdm_ask ask = full(r);
		const struct mdm_request_row *want = mdm_request_row(r), *row;
		struct mdm_ask judged = {.request = MDM_RAW};
		struct mdm_plist *command;
		struct refusal no = {0};
		struct bytes b;
		int err;

		cr_assert_str_eq(mdm_plist_str(sent(&ask), "RequestType"), want->type);
		cr_assert_eq(mdm_ask_format(mdm_ask_build(&ask, a), "U", a, &b), 0);
		err = mdm_raw_check(b, a, NULL, &judged, &command, &row, &no);
		if (want->own_way) {
			cr_assert_eq(no.say, &mdm_say_own_way, "%s", want->type);
			continue;
		}
		cr_assert_eq(
			err, 0, "%s: %s", want->type, no.say ? refusal_text(a, SAY_EN, &no) : "?");
		cr_assert_eq(row, want);
	}
}

Test(ask_msg, lost_mode_carries_its_words)
{
	const struct mdm_ask ask = full(MDM_ENABLE_LOST_MODE);
	const struct mdm_plist *d = sent(&ask);

	cr_assert_str_eq(mdm_plist_str(d, "Message"), "Hej");
	cr_assert_str_eq(mdm_plist_str(d, "PhoneNumber"), "018");
	cr_assert_str_eq(mdm_plist_str(d, "Footnote"), "f");
}

Test(ask_msg, an_erase_says_both_choices)
{
	struct mdm_ask ask = full(MDM_ERASE_DEVICE);
	const struct mdm_plist *d = sent(&ask);
	bool b = false;

	cr_assert_eq(mdm_plist_bool(d, "PreserveDataPlan", &b), 0);
	cr_assert(b);
	cr_assert_eq(mdm_plist_bool(mdm_plist_dict(d, "ReturnToService"), "Enabled", &b), 0);
	cr_assert(b);
	cr_assert_eq(mdm_plist_data(mdm_plist_dict(d, "ReturnToService"), "WiFiProfileData").n, 8);
	ask.preserve_data_plan = ask.return_to_service = MDM_NO;
	d = sent(&ask);
	cr_assert_eq(mdm_plist_bool(d, "PreserveDataPlan", &b), 0);
	cr_assert_not(b);
	cr_assert_null(mdm_plist_get(d, "ReturnToService"));
}

Test(ask_msg, settings_hold_only_what_was_set)
{
	struct mdm_ask ask = {.request = MDM_SETTINGS, .device_name = "Lisa & Bo"};
	const struct mdm_plist *items = mdm_plist_array(sent(&ask), "Settings"), *it;
	int64_t n;

	cr_assert_eq(items->v.in.n, 1);
	cr_assert_str_eq(mdm_plist_str(mdm_plist_first(items), "DeviceName"), "Lisa & Bo");
	ask = full(MDM_SETTINGS);
	items = mdm_plist_array(sent(&ask), "Settings");
	cr_assert_eq(items->v.in.n, 5);
	ask = (struct mdm_ask){.request = MDM_SETTINGS,
		.accessibility = {.set = true, .text_size = -1, .zoom = MDM_YES}};
	it = mdm_plist_first(mdm_plist_array(sent(&ask), "Settings"));
	cr_assert_eq(it->v.in.n, 2, "Item and ZoomEnabled");
	cr_assert_neq(mdm_plist_int(it, "TextSize", &n), 0);
}

Test(ask_msg, the_token_is_merged_and_controls_are_refused)
{
	const struct mdm_ask lock = {.request = MDM_DEVICE_LOCK, .message = "a\x01"};
	struct mdm_plist *root;
	struct bytes b;

	cr_assert_eq(mdm_ask_merge_token("U", bytes_of("\0\1\2", 3), a, &b), 0);
	cr_assert_eq(mdm_plist_parse(b, NULL, a, &root), 0);
	cr_assert_eq(mdm_plist_data(mdm_plist_dict(root, "Command"), "UnlockToken").n, 3);
	cr_assert_eq(mdm_ask_format(mdm_ask_build(&lock, a), "U", a, &b), ERR_BADINPUT);
}
