/* SPDX-License-Identifier: EUPL-1.2 */
#include "tests/unit/mdm/queue.h"

TestSuite(answer, .init = q_open, .fini = house_close);

Test(answer, secrets_lie_sealed_when_they_could_not_be_read)
{
	const char *uuid = q_add(MDM_ACTIVATION_LOCK_BYPASS_CODE);
	struct mdm_command c;
	struct bytes plain;

	q_poll();
	cr_assert_eq(q_send(arena_printf(
			     house.a, "<key>CommandUUID</key><string>%s</string> SECRET", uuid)),
		0);
	c = q_get(uuid);
	cr_assert(c.sealed);
	cr_assert_not(q_holds(c.answer, "SECRET"));
	cr_assert_eq(cert_unseal(house.certs, mdm_seal_context(house.a, MDM_ANSWER_CONTEXT, uuid),
			     c.answer, house.a, &plain),
		0);
	cr_assert(q_holds(plain, "SECRET"));
}

Test(answer, an_error_is_no_secret)
{
	const char *uuid = q_add(MDM_ACTIVATION_LOCK_BYPASS_CODE);

	q_poll();
	q_error(uuid, 12026);
	cr_assert_not(q_get(uuid).sealed);
	cr_assert(q_holds(q_get(uuid).answer, "12026"));
}

Test(answer, a_refused_erase_leaves_all_as_it_was)
{
	const char *uuid = q_add(MDM_ERASE_DEVICE);

	q_add(MDM_PROFILE_LIST);
	q_poll(); /* first how it is */
	cr_assert_str_eq(q_ack(q_next_uuid()), "EraseDevice");
	cr_assert_str_eq(q_error(uuid, 1), "ProfileList");
	cr_assert_eq(q_enrollment_now().erased_at, 0);
}

/* Error codes of Lost Mode mean something only in an error. */
Test(answer, only_errors_speak_of_lost_mode)
{
	const char *uuid;

	q_lost();
	q_poll();
	q_ack(q_next_uuid());
	uuid = q_add(MDM_PLAY_LOST_MODE_SOUND);
	q_poll();
	q_answer(uuid, "Acknowledged",
		"<key>ErrorChain</key><array><dict><key>ErrorCode</key>"
		"<integer>12067</integer></dict></array>");
	cr_assert_eq(q_phase(), MDM_LOST_ON);
	uuid = q_add(MDM_PLAY_LOST_MODE_SOUND);
	q_poll();
	cr_assert_str_eq(q_error(uuid, 12067), "EnableLostMode", "it has left by itself");
	cr_assert_eq(q_phase(), MDM_LOST_WANTED);
}
