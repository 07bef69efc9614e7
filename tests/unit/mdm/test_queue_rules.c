/* SPDX-License-Identifier: EUPL-1.2 */
#include "mdm/queue_int.h"

#include "base/text.h"

#include <criterion/criterion.h>

#define NOW 1000000

struct hold_case {
	const char *type;
	struct mdm_line_state s;
	struct mdm_command c;
	enum mdm_hold hold;
};

#define ENROLLED .enrolled = MDM_ENROLLED, .trusted = true

static const struct hold_case cases[] = {
	{"ProfileList", {ENROLLED}, {0}, MDM_HOLD_NONE},
	{"ProfileList", {.enrolled = MDM_AUTHENTICATED, .trusted = true}, {0},
		MDM_HOLD_NOT_ENROLLED},
	{"ProfileList", {.enrolled = 0}, {0}, MDM_HOLD_NOT_ENROLLED},
	{"ProfileList", {ENROLLED, .erased = true}, {0}, MDM_HOLD_ERASED},
	{"ProfileList", {.enrolled = MDM_ENROLLED}, {0}, MDM_HOLD_UNTRUSTED},
	{"DeviceInformation", {.enrolled = MDM_ENROLLED}, {0}, MDM_HOLD_NONE},
	{"EnableLostMode", {.enrolled = MDM_ENROLLED}, {0}, MDM_HOLD_UNTRUSTED},
	{"NotInOurTable", {ENROLLED}, {0}, MDM_HOLD_UNTRUSTED},
	{"InstalledApplicationList", {ENROLLED}, {0}, MDM_HOLD_UNTRUSTED},
	/* an expired identity may only renew, whatever else is the matter */
	{"DeviceInformation", {ENROLLED, .identity_expired = true}, {0}, MDM_HOLD_IDENTITY},
	{"InstallProfile", {ENROLLED, .identity_expired = true, .renewal = "U"}, {0},
		MDM_HOLD_NONE},
	{"InstallProfile", {ENROLLED, .identity_expired = true, .renewal = "X"}, {0},
		MDM_HOLD_IDENTITY},
	{"InstallProfile", {ENROLLED, .phase = MDM_LOST_ON, .renewal = "U"}, {0}, MDM_HOLD_NONE},
	{"InstallProfile", {.enrolled = MDM_ENROLLED, .renewal = "U"}, {0}, MDM_HOLD_NONE},
	/* lost */
	{"InstallProfile", {ENROLLED, .phase = MDM_LOST_WANTED}, {0}, MDM_HOLD_LOST},
	{"InstallProfile", {ENROLLED, .phase = MDM_LOST_ON}, {0}, MDM_HOLD_LOST},
	{"InstallProfile", {ENROLLED, .phase = MDM_LOST_LEAVING}, {0}, MDM_HOLD_LOST},
	{"EnableLostMode", {ENROLLED, .phase = MDM_LOST_WANTED}, {0}, MDM_HOLD_NONE},
	{"EraseDevice", {ENROLLED, .phase = MDM_LOST_ON}, {0}, MDM_HOLD_NONE},
	{"DeviceLocation", {ENROLLED, .phase = MDM_LOST_WANTED}, {0}, MDM_HOLD_NOT_LOST_YET},
	{"DeviceLocation", {ENROLLED, .phase = MDM_LOST_ON}, {0}, MDM_HOLD_NONE},
	{"DeviceLocation", {ENROLLED, .phase = MDM_LOST_LEAVING}, {0}, MDM_HOLD_NOT_LOST_YET},
	{"PlayLostModeSound", {ENROLLED}, {0}, MDM_HOLD_NOT_LOST_YET},
	{"DeviceConfigured", {ENROLLED, .phase = MDM_LOST_WANTED}, {0}, MDM_HOLD_RELEASE},
	{"DeviceConfigured", {ENROLLED, .phase = MDM_LOST_ON}, {0}, MDM_HOLD_NONE},
	{"DeviceConfigured", {ENROLLED}, {0}, MDM_HOLD_NONE},
	/* an erase and the Activation Lock */
	{"EraseDevice", {ENROLLED, .lock = MDM_ERASE_OPENING}, {0}, MDM_HOLD_OPENING},
	{"EraseDevice", {ENROLLED, .lock = MDM_ERASE_SHUT}, {0}, MDM_HOLD_LOCKED},
	{"EraseDevice", {ENROLLED, .lock = MDM_ERASE_OPENS}, {0}, MDM_HOLD_LOCKED},
	{"EraseDevice", {ENROLLED, .lock = MDM_ERASE_STOLEN}, {0}, MDM_HOLD_LOCKED},
	{"EraseDevice", {ENROLLED, .lock = MDM_ERASE_SHUT}, {.although_locked = true},
		MDM_HOLD_NONE},
	{"ProfileList", {ENROLLED, .lock = MDM_ERASE_SHUT}, {0}, MDM_HOLD_NONE},
	/* NotNow */
	{"ProfileList", {ENROLLED, .session = 4}, {.put_off_session = 4, .put_off_count = 1},
		MDM_HOLD_PUT_OFF},
	{"ProfileList", {ENROLLED, .session = 5}, {.put_off_session = 4, .put_off_count = 9},
		MDM_HOLD_NONE},
	{"ProfileList", {ENROLLED, .session = 0}, {.put_off_session = 0}, MDM_HOLD_NONE},
	{"ProfileList", {ENROLLED}, {.expires_at = NOW}, MDM_HOLD_OVERDUE},
	{"ProfileList", {ENROLLED}, {.expires_at = NOW + 1}, MDM_HOLD_NONE},
};

Test(queue_rules, holds_back_what_must_wait)
{
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct mdm_command c = cases[i].c;
		struct mdm_line_state s = cases[i].s;

		c.uuid = "U";
		c.request_type = cases[i].type;
		s.now = NOW;
		cr_assert_eq(mdm_hold_decide(&c, mdm_command_row(&c), &s), cases[i].hold,
			"case %zu: %s", i, cases[i].type);
	}
}

Test(queue_rules, the_push_follows_the_last_word)
{
	static const struct {
		struct mdm_session_end end;
		enum mdm_push push;
	} ends[] = {{{.handing = true, .put_off = 3}, MDM_PUSH_KEEP},
		{{.put_off = 0}, MDM_PUSH_WITHDRAW},
		{{.put_off = 0, .not_now_last = true}, MDM_PUSH_WITHDRAW},
		{{.put_off = 1, .not_now_last = true}, MDM_PUSH_KEEP},
		{{.put_off = 1}, MDM_PUSH_OWE}};

	for (size_t i = 0; i < sizeof(ends) / sizeof(ends[0]); i++)
		cr_assert_eq(mdm_push_decide(&ends[i].end), ends[i].push, "case %zu", i);
}

Test(queue_rules, each_status_has_its_state)
{
	cr_assert_eq(mdm_status_state(MDM_STATUS_ACKNOWLEDGED), MDM_ACKNOWLEDGED);
	cr_assert_eq(mdm_status_state(MDM_STATUS_ERROR), MDM_ERROR);
	cr_assert_eq(mdm_status_state(MDM_STATUS_NONE), MDM_ERROR);
	cr_assert_eq(mdm_status_state(MDM_STATUS_FORMAT_ERROR), MDM_FORMAT_ERROR);
	cr_assert_eq(mdm_status_state(MDM_STATUS_NOT_NOW), MDM_QUEUED);
}
