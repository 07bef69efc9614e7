/* SPDX-License-Identifier: EUPL-1.2 */
#include "mdm/queue_int.h"

#include "base/text.h"

#include <criterion/criterion.h>

static struct arena *a;

static void begin(void)
{
	a = arena_new();
}

static void end(void)
{
	arena_free(a);
}

TestSuite(ask_rules, .init = begin, .fini = end);

static struct mdm_enrollment ipad(void)
{
	return (struct mdm_enrollment){.udid = "U",
		.serial = "S",
		.state = MDM_ENROLLED,
		.trusted = true,
		.os_version = "18.2",
		.supervised = 2,
		.unlock_token = bytes_of_str("x"),
		.awaiting_configuration = true};
}

/* The code of the refusal, NULL when it may be sent. */
static const char *decide(const struct mdm_request_row *row, const struct mdm_enrollment *e,
	const struct mdm_ask_facts *more)
{
	struct mdm_ask_facts f = more ? *more : (struct mdm_ask_facts){.phase = MDM_NOT_LOST};
	struct refusal r = {0};
	int err;

	f.serial = "S";
	f.e = e;
	f.a = a;
	err = mdm_ask_decide(row, &f, &r);
	cr_assert(err == 0 || err == ERR_REFUSED);
	cr_assert_eq(err == 0, r.say == NULL);
	if (r.say)
		cr_assert_gt(strlen(refusal_text(a, SAY_SV, &r)), 10);
	return r.say ? r.say->code : NULL;
}

#define REFUSED(expected_, ...) cr_assert_str_eq(decide(__VA_ARGS__), expected_)
#define ALLOWED(...) cr_assert_null(decide(__VA_ARGS__))

Test(ask_rules, the_ipad_must_be_there_and_ours)
{
	const struct mdm_request_row *list = mdm_request_row(MDM_PROFILE_LIST);
	struct mdm_enrollment e = ipad();

	ALLOWED(list, &e, NULL);
	REFUSED("ask.not-enrolled", list, NULL, NULL);
	e.state = MDM_AUTHENTICATED;
	REFUSED("ask.not-yet", list, &e, NULL);
	e.state = MDM_CHECKED_OUT;
	REFUSED("ask.left", list, &e, NULL);
	e = ipad();
	e.erased_at = 1;
	REFUSED("ask.erased", list, &e, NULL);
	e = ipad();
	e.trusted = false;
	REFUSED("ask.untrusted", list, &e, NULL);
	ALLOWED(mdm_request_row(MDM_DEVICE_INFORMATION), &e, NULL);
}

Test(ask_rules, the_ipad_must_be_able)
{
	struct mdm_request_row odd = *mdm_request_row(MDM_PROFILE_LIST);
	struct mdm_enrollment e = ipad();

	odd.rights = 256;
	REFUSED("ask.right", &odd, &e, NULL);
	REFUSED("never.watching", mdm_request_by_type("InstalledApplicationList"), &e, NULL);
	e.supervised = 1;
	REFUSED("ask.supervised", mdm_request_row(MDM_RESTART_DEVICE), &e, NULL);
	e.supervised = 0;
	ALLOWED(mdm_request_row(MDM_RESTART_DEVICE), &e, NULL);
	e.os_version = "9.1";
	REFUSED("ask.version", mdm_request_row(MDM_RESTART_DEVICE), &e, NULL);
	e.os_version = NULL;
	ALLOWED(mdm_request_row(MDM_RESTART_DEVICE), &e, NULL);
	e = ipad();
	e.unlock_token = bytes_of(NULL, 0);
	REFUSED("ask.no-token", mdm_request_row(MDM_CLEAR_PASSCODE), &e, NULL);
	e.awaiting_configuration = false;
	REFUSED("ask.not-awaiting", mdm_request_row(MDM_DEVICE_CONFIGURED), &e, NULL);
}

Test(ask_rules, lost_state_decides_what_makes_sense)
{
	static const struct {
		enum mdm_request request;
		bool at_peace, wanted, on, leaving;
	} cases[] = {{MDM_DEVICE_LOCK, true, false, false, false},
		{MDM_RESTART_DEVICE, true, false, false, false},
		{MDM_CLEAR_PASSCODE, true, false, false, false},
		{MDM_PLAY_LOST_MODE_SOUND, false, true, true, false},
		{MDM_DEVICE_LOCATION, false, true, true, false},
		{MDM_ERASE_DEVICE, true, true, true, true},
		{MDM_INSTALL_PROFILE, true, true, true, true},
		{MDM_DEVICE_INFORMATION, true, true, true, true}};
	struct mdm_enrollment e = ipad();

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		const struct mdm_request_row *row = mdm_request_row(cases[i].request);
		const bool want[] = {
			cases[i].at_peace, cases[i].wanted, cases[i].on, cases[i].leaving};

		for (uint32_t phase = 0; phase < 4; phase++) {
			const struct mdm_ask_facts f = {.phase = phase};

			cr_assert_eq(decide(row, &e, &f) == NULL, want[phase], "%s %u", row->type,
				phase);
		}
	}
}

Test(ask_rules, one_of_a_kind_and_not_too_many)
{
	const struct mdm_ask_facts twice = {.same_since = 1000, .waiting = 1};
	const struct mdm_ask_facts full = {.waiting = MDM_LINE_MAX};
	struct mdm_enrollment e = ipad();

	REFUSED("ask.twice", mdm_request_row(MDM_DEVICE_LOCK), &e, &twice);
	REFUSED("ask.twice", mdm_request_row(MDM_ERASE_DEVICE), &e, &twice);
	ALLOWED(mdm_request_row(MDM_INSTALL_PROFILE), &e, &twice);
	REFUSED("ask.full", mdm_request_row(MDM_INSTALL_PROFILE), &e, &full);
}

static const char *check(struct mdm_ask ask)
{
	struct mdm_enrollment e = ipad();
	const struct mdm_ask_facts f = {.e = &e, .profile_id = "se.example.mdm", .a = a};
	struct refusal r = {0};
	int err = mdm_ask_check(&ask, &f, &r);

	cr_assert_eq(err == 0, r.say == NULL);
	if (r.say)
		cr_assert_gt(strlen(refusal_text(a, SAY_FI, &r)), 10);
	return r.say ? r.say->code : NULL;
}

#define ASK(...) check((struct mdm_ask){__VA_ARGS__})

Test(ask_rules, the_asker_must_say_what_is_needed)
{
	const char *longer = arena_printf(a, "%01001d", 1);
	struct bytes profile = bytes_of_str("<?xml version=\"1.0\"?><plist/>");
	struct bytes big = bytes_of(arena_alloc(a, MDM_BLOB_MAX + 1), MDM_BLOB_MAX + 1);

	memset((void *)(uintptr_t)big.p, '<', big.n);
	cr_assert_null(ASK(.request = MDM_DEVICE_LOCK));
	cr_assert_str_eq(ASK(.request = MDM_DEVICE_LOCK, .message = longer), "ask.too-long");
	cr_assert_str_eq(ASK(.request = MDM_DEVICE_LOCK, .message = "a\x02"), "ask.text");
	cr_assert_str_eq(ASK(.request = MDM_DEVICE_LOCK, .message = "\xff"), "ask.text");
	cr_assert_str_eq(ASK(.request = MDM_ENABLE_LOST_MODE), "lost.words");
	cr_assert_str_eq(ASK(.request = MDM_ENABLE_LOST_MODE, .message = ""), "lost.words");
	cr_assert_null(ASK(.request = MDM_ENABLE_LOST_MODE, .phone = "018"));
	cr_assert_str_eq(ASK(.request = MDM_INSTALL_PROFILE), "ask.missing");
	cr_assert_str_eq(ASK(.request = MDM_INSTALL_PROFILE, .profile = bytes_of_str("hi")),
		"ask.profile-form");
	cr_assert_str_eq(ASK(.request = MDM_INSTALL_PROFILE, .profile = big), "ask.too-long");
	cr_assert_null(ASK(.request = MDM_INSTALL_PROFILE, .profile = profile));
	cr_assert_null(ASK(.request = MDM_INSTALL_PROFILE, .profile = bytes_of("\x30\x80", 2)));
	cr_assert_str_eq(ASK(.request = MDM_REMOVE_PROFILE), "ask.missing");
	cr_assert_str_eq(ASK(.request = MDM_REMOVE_PROFILE, .identifier = "se.example.mdm"),
		"ask.own-profile");
	cr_assert_null(ASK(.request = MDM_REMOVE_PROFILE, .identifier = "se.example.wifi"));
}

Test(ask_rules, an_erase_is_chosen_never_by_accident)
{
	cr_assert_str_eq(ASK(.request = MDM_ERASE_DEVICE), "ask.erase-choice");
	cr_assert_str_eq(
		ASK(.request = MDM_ERASE_DEVICE, .preserve_data_plan = MDM_NO), "ask.erase-choice");
	cr_assert_str_eq(
		ASK(.request = MDM_ERASE_DEVICE, .return_to_service = MDM_NO), "ask.erase-choice");
	cr_expect_str_eq(ASK(.request = MDM_ERASE_DEVICE, .preserve_data_plan = MDM_NO,
				 .return_to_service = MDM_NO, .although_locked = MDM_YES),
		"ask.erase-reason");
	cr_assert_null(ASK(.request = MDM_ERASE_DEVICE, .preserve_data_plan = MDM_NO,
		.return_to_service = MDM_NO));
	cr_assert_str_eq(
		ASK(.request = MDM_ERASE_DEVICE, .preserve_data_plan = MDM_NO,
			.return_to_service = MDM_YES, .return_wifi_profile = bytes_of_str("x")),
		"ask.profile-form");
}

Test(ask_rules, settings_have_their_own_needs)
{
	struct bytes png = bytes_of("\x89PNG\r\n\x1a\n.", 9);

	cr_assert_str_eq(ASK(.request = MDM_SETTINGS), "ask.nothing-set");
	cr_assert_null(ASK(.request = MDM_SETTINGS, .device_name = "Lisa"));
	cr_assert_str_eq(ASK(.request = MDM_SETTINGS, .device_name = ""), "ask.missing");
	cr_assert_str_eq(ASK(.request = MDM_SETTINGS, .organisation_phone = "1"), "ask.missing");
	cr_assert_str_eq(ASK(.request = MDM_SETTINGS, .wallpaper = png), "ask.range");
	cr_assert_null(ASK(.request = MDM_SETTINGS, .wallpaper = png, .wallpaper_where = 1));
	cr_assert_str_eq(ASK(.request = MDM_SETTINGS, .wallpaper = bytes_of_str("GIF89a"),
				 .wallpaper_where = 1),
		"ask.picture");
	cr_assert_str_eq(
		ASK(.request = MDM_SETTINGS, .accessibility = {.set = true, .text_size = 12}),
		"ask.range");
	cr_assert_null(
		ASK(.request = MDM_SETTINGS, .accessibility = {.set = true, .text_size = 11}));
}
