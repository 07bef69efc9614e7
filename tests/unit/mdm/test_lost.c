/* SPDX-License-Identifier: EUPL-1.2 */
#include "tests/unit/mdm/queue.h"

TestSuite(lost, .init = q_open, .fini = house_close);

static int lost_get_in(struct store_txn *txn, void *arg)
{
	return mdm_lost_get(txn, house.a, Q_SERIAL, arg);
}

static struct mdm_lost lost_now(void)
{
	struct mdm_lost l = {0};

	cr_assert_eq(q_read(lost_get_in, &l), 0);
	return l;
}

static int reapply_in(struct store_txn *txn, void *arg)
{
	return mdm_lost_reapply(house.m, txn, arg, q.now);
}

Test(lost, from_lost_to_found)
{
	const char *waits = q_add(MDM_INSTALL_PROFILE), *uuid;
	const struct mdm_plist *d;

	cr_assert_eq(q_lost(), 0);
	cr_assert_eq(q_phase(), MDM_LOST_WANTED);
	cr_assert(q_wished(NULL));
	cr_assert_eq(q_lost(), ERR_REFUSED);
	cr_assert_str_eq(q.r.say->code, "lost.already");
	cr_assert_str_eq(q_poll(), "EnableLostMode", "before all that waited");
	d = q_command(&uuid);
	cr_assert_str_eq(mdm_plist_str(d, "Message"), "Ring oss");
	cr_assert_null(q_ack(uuid), "the rest is held back");
	cr_assert_eq(q_phase(), MDM_LOST_ON);
	cr_assert_eq(lost_now().on_since, q.now);
	cr_assert_not(q_wished(NULL), "and nobody is woken for it");
	cr_assert_null(q_poll());
	q_add(MDM_PLAY_LOST_MODE_SOUND);
	cr_assert_str_eq(q_poll(), "PlayLostModeSound");
	cr_assert_null(q_ack(q_next_uuid()));
	cr_assert_eq(q_found(), 0);
	cr_assert_eq(q_phase(), MDM_LOST_LEAVING);
	cr_assert_eq(q_found(), ERR_REFUSED);
	cr_assert_str_eq(q.r.say->code, "lost.leaving");
	cr_assert(q_wished(NULL));
	cr_assert_str_eq(q_poll(), "DisableLostMode");
	cr_assert_str_eq(q_ack(q_next_uuid()), "InstallProfile");
	cr_assert_str_eq(q_next_uuid(), waits);
	cr_assert_eq(q_phase(), MDM_NOT_LOST);
	cr_assert_eq(q_found(), ERR_REFUSED);
	cr_assert_str_eq(q.r.say->code, "lost.not");
	q_check();
}

static int change_in(struct store_txn *txn, void *arg)
{
	return mdm_lost_change(house.m, &(struct mdm_act){txn, &q.who, q.now, &q.r}, arg);
}

static int changed(const char *message, const char *phone, const char *reason)
{
	struct mdm_lost want = {
		.serial = Q_SERIAL, .message = message, .phone = phone, .reason = reason};

	q.r = (struct refusal){0};
	return q_write(change_in, &want);
}

Test(lost, other_words_reach_its_screen)
{
	const char *uuid;

	cr_assert_eq(q_lost(), 0);
	cr_assert_str_eq(q_poll(), "EnableLostMode");
	cr_assert_null(q_ack(q_next_uuid()));
	cr_assert_eq(changed("Ring oss", NULL, "lost"), ERR_REFUSED);
	cr_assert_str_eq(q.r.say->code, "lost.already");
	cr_assert_eq(changed("Stulen", NULL, "stolen"), 0);
	cr_assert_eq(changed(NULL, "112", NULL), 0, "before the iPad has heard the first");
	cr_assert_str_eq(lost_now().reason, "stolen");
	cr_assert(q_wished(NULL));
	cr_assert_str_eq(q_poll(), "EnableLostMode");
	cr_assert_str_eq(mdm_plist_str(q_command(&uuid), "Message"), "Stulen");
	cr_assert_str_eq(mdm_plist_str(q_command(&uuid), "PhoneNumber"), "112");
	cr_assert_null(q_ack(uuid), "once");
	cr_assert_eq(q_phase(), MDM_LOST_ON);
	cr_assert_eq(changed(NULL, NULL, "lost"), 0);
	cr_assert_null(q_poll(), "a reason is no word on the screen");
	q_check();
}

Test(lost, words_are_needed)
{
	static const struct {
		struct mdm_lost want;
		const char *code;
	} cases[] = {{{.serial = Q_SERIAL}, "lost.words"}, {{.message = "x"}, "lost.serial"},
		{{.serial = "", .message = "x"}, "lost.serial"},
		{{.serial = Q_SERIAL, .phone = "1", .reason = "eaten"}, "lost.reason"},
		{{.serial = Q_SERIAL, .message = "x\x01"}, "ask.text"}};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		q.r = (struct refusal){0};
		cr_assert_eq(q_write(q_lost_in, (void *)(uintptr_t)&cases[i].want), ERR_REFUSED);
		cr_assert_str_eq(q.r.say->code, cases[i].code);
	}
	cr_assert_eq(q_phase(), MDM_NOT_LOST);
}

Test(lost, found_before_the_ipad_ever_heard_of_it)
{
	cr_assert_eq(q_lost(), 0);
	cr_assert_eq(q_found(), 0);
	cr_assert_eq(q_phase(), MDM_NOT_LOST);
	cr_assert_eq(q_line().n, 0);
	cr_assert_not(q_wished(NULL));
	/* handed out, not answered: it may be in Lost Mode, so it must be told */
	cr_assert_eq(q_lost(), 0);
	q_poll();
	cr_assert_eq(q_found(), 0);
	cr_assert_eq(q_phase(), MDM_LOST_LEAVING);
	cr_assert_str_eq(q_poll(), "DisableLostMode");
	q_error(q_next_uuid(), 12067);
	cr_assert_eq(q_phase(), MDM_NOT_LOST, "it was not lost: just as well");
	q_check();
}

Test(lost, lost_again_while_leaving)
{
	q_lost();
	q_poll();
	q_ack(q_next_uuid());
	q_found();
	cr_assert_eq(q_lost(), 0);
	cr_assert_eq(q_phase(), MDM_LOST_WANTED);
	cr_assert_eq(q_line().n, 1, "DisableLostMode is cancelled");
	cr_assert_str_eq(q_poll(), "EnableLostMode");
	q_ack(q_next_uuid());
	cr_assert_eq(q_phase(), MDM_LOST_ON);
	q_check();
}

Test(lost, a_late_yes_to_what_was_cancelled_is_undone)
{
	const char *uuid;

	q_lost();
	q_poll();
	uuid = arena_strdup(house.a, q_next_uuid());
	/* another process cannot know that it is out */
	mdm_handed_forget(house.m->line, Q_UDID);
	cr_assert_eq(q_found(), 0);
	cr_assert_eq(q_phase(), MDM_NOT_LOST);
	cr_assert_str_eq(q_ack(uuid), "DisableLostMode");
	cr_assert_eq(q_phase(), MDM_LOST_LEAVING);
	q_ack(q_next_uuid());
	cr_assert_eq(q_phase(), MDM_NOT_LOST);
}

Test(lost, an_erase_does_not_end_it)
{
	struct mdm_enrollment e = q_enrollment();
	const char *uuid;

	q_lost();
	q_poll();
	q_ack(q_next_uuid());
	uuid = q_add(MDM_ERASE_DEVICE);
	q_poll();
	q_ack(uuid);
	cr_assert_eq(q_phase(), MDM_LOST_WANTED);
	cr_assert_eq(q_line().n, 0);
	/* it comes back, and waits in Setup Assistant */
	e.awaiting_configuration = true;
	q_enrollment_set(&e);
	cr_assert_eq(q_write(reapply_in, &e), 0);
	q_add(MDM_DEVICE_CONFIGURED);
	cr_assert_str_eq(q_poll(), "EnableLostMode");
	cr_assert_null(q_answer(q_next_uuid(), "NotNow", NULL), "not let out before it is locked");
	cr_assert_str_eq(q_poll(), "EnableLostMode");
	cr_assert_str_eq(q_ack(q_next_uuid()), "DeviceConfigured");
	q_check();
}

Test(lost, is_wanted_of_one_that_has_not_enrolled)
{
	struct mdm_lost l = {.serial = "NEVER-SEEN", .message = "x"};

	cr_assert_eq(q_write(q_lost_in, &l), 0);
	cr_assert_eq(q_line().n, 0);
}

Test(lost, what_stands_in_the_way_is_remembered)
{
	struct mdm_enrollment e = q_enrollment();

	e.supervised = 1;
	q_enrollment_set(&e);
	cr_assert_eq(q_lost(), 0);
	cr_assert_str_eq(lost_now().hindrance, "ask.supervised");
	cr_assert_eq(q_line().n, 0);
	cr_assert_eq(q_found(), 0);
	cr_assert_eq(q_phase(), MDM_NOT_LOST);
	e.supervised = 2;
	e.trusted = false;
	q_enrollment_set(&e);
	cr_assert_eq(q_lost(), 0);
	cr_assert_str_eq(lost_now().hindrance, "ask.untrusted");
	e.trusted = true;
	q_enrollment_set(&e);
	cr_assert_eq(q_write(reapply_in, &e), 0);
	cr_assert_null(lost_now().hindrance);
	cr_assert_str_eq(q_poll(), "EnableLostMode");
}

#define TOLD(yes_) \
	"<key>QueryResponses</key><dict><key>IsMDMLostModeEnabled</key><" yes_ "/></dict>"

Test(lost, the_ipad_is_asked_when_it_acts_oddly)
{
	const char *uuid;

	q_lost();
	q_poll();
	cr_assert_str_eq(q_error(q_next_uuid(), 4711), "DeviceInformation");
	cr_assert_null(q_answer(q_next_uuid(), "Acknowledged", TOLD("false")),
		"it is not told again at once");
	cr_assert_eq(q_phase(), MDM_LOST_WANTED);
	q.now += MDM_LOST_RETRY_S;
	cr_assert_eq(mdm_lost_tend(house.m, q.now), 0);
	cr_assert_str_eq(q_poll(), "EnableLostMode");
	q_ack(q_next_uuid());
	/* restored from a backup: it has forgotten */
	uuid = q_add(MDM_DEVICE_INFORMATION);
	q_poll();
	cr_assert_str_eq(q_answer(uuid, "Acknowledged", TOLD("false")), "EnableLostMode");
	q_ack(q_next_uuid());
	cr_assert_eq(q_phase(), MDM_LOST_ON);
}

Test(lost, an_ipad_in_lost_mode_that_nobody_wants_there)
{
	const char *uuid = q_add(MDM_INSTALL_PROFILE);

	q_poll();
	cr_assert_str_eq(q_error(uuid, 12078), "DeviceInformation");
	cr_assert_str_eq(q_answer(q_next_uuid(), "Acknowledged", TOLD("true")), "DisableLostMode");
	cr_assert_eq(q_phase(), MDM_LOST_LEAVING);
	q_ack(q_next_uuid());
	cr_assert_eq(q_phase(), MDM_NOT_LOST);
	q_check();
}
