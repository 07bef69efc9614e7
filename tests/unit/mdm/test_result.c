/* SPDX-License-Identifier: EUPL-1.2 */
#include "tests/unit/mdm/queue.h"

#include "base/text.h"

TestSuite(result, .init = q_open, .fini = house_close);

Test(result, a_session_runs_the_line_in_order)
{
	const char *a = q_add(MDM_SECURITY_INFO), *b = q_add(MDM_PROFILE_LIST);

	cr_assert(q_wished(NULL));
	cr_assert_str_eq(q_poll(), "SecurityInfo");
	cr_assert_str_eq(q_next_uuid(), a);
	cr_assert_str_eq(q_poll(), "SecurityInfo", "what was not answered comes again");
	cr_assert_str_eq(q_answer(a, "Acknowledged",
				 "<key>SecurityInfo</key><dict><key>PasscodePresent</key><true/>"
				 "</dict>"),
		"ProfileList");
	cr_assert_str_eq(q_next_uuid(), b);
	cr_assert_null(q_ack(b), "an empty line ends the session");
	cr_assert_not(q_wished(NULL), "nobody is woken for nothing");
	cr_assert_null(q_poll());
	cr_assert_eq(q_get(a).state, MDM_ACKNOWLEDGED);
	cr_assert_eq(q_get(b).done_at, q.now);
	cr_assert_eq(q_history().n, 2);
	cr_assert_str_eq(q_history().c[0].uuid, b, "newest first");
	q_check();
}

Test(result, not_now_is_not_repeated_in_its_session)
{
	const char *a = q_add(MDM_SECURITY_INFO), *b = q_add(MDM_CERTIFICATE_LIST);
	struct apns_wish w;

	q_poll();
	cr_assert_str_eq(q_answer(a, "NotNow", NULL), "CertificateList");
	cr_assert_null(q_answer(b, "NotNow", NULL), "both wait for the next session");
	cr_assert(q_wished(&w));
	cr_assert_eq(q_get(a).put_off_count, 1);
	cr_assert_eq(q_get(a).put_off_at, q.now);
	cr_assert_eq(q_line().n, 2);
	cr_assert_str_eq(q_poll(), "SecurityInfo", "a new session tries again");
	cr_assert_null(q_ack(a) && q_answer(b, "NotNow", NULL) ? "more" : NULL);
	cr_assert_str_eq(q_poll(), "CertificateList");
	cr_assert_null(q_ack(b));
	cr_assert_not(q_wished(NULL));
	cr_assert_null(q_poll());
	q_check();
}

/* The iPad calls by itself only when NotNow was its last word. */
Test(result, a_push_is_owed_after_a_mixed_session)
{
	const char *a = q_add(MDM_SECURITY_INFO), *b = q_add(MDM_PROFILE_LIST);
	struct apns_wish w = {0};

	q_withdraw();
	q.now += 100;
	q_poll();
	q_answer(a, "NotNow", NULL);
	cr_assert_not(q_wished(NULL), "it will call by itself");
	cr_assert_null(q_ack(b));
	cr_assert(q_wished(&w), "it will not");
	cr_assert_eq(w.due_at, q.now);
}

Test(result, each_status_ends_its_command)
{
	static const struct {
		const char *status;
		uint32_t state;
	} cases[] = {{"Acknowledged", MDM_ACKNOWLEDGED}, {"Error", MDM_ERROR},
		{"CommandFormatError", MDM_FORMAT_ERROR}, {"Nonsense", MDM_ERROR}};

	for (size_t i = 0; i < 4; i++) {
		const char *a = q_add(MDM_PROFILE_LIST);

		q_poll();
		cr_assert_null(q_answer(a, cases[i].status, NULL));
		cr_assert_eq(q_get(a).state, cases[i].state, "%s", cases[i].status);
		cr_assert_eq(q_get(a).answer_unreadable, i == 3);
		cr_assert_gt(q_get(a).answer.n, 100, "the answer is kept as it came");
	}
}

Test(result, an_error_keeps_apples_words)
{
	const char *a = q_add(MDM_REMOVE_PROFILE), *b;

	q_poll();
	q_error(a, 12013);
	cr_assert_eq(q_get(a).error_code, 12013);
	cr_assert_str_eq(q_get(a).error, "MCMDMErrorDomain 12013: No.");
	/* each thing set is answered on its own; one that failed is not hidden */
	b = q_add(MDM_SETTINGS);
	q_poll();
	q_answer(b, "Acknowledged",
		"<key>Settings</key><array><dict><key>Status</key><string>Acknowledged</string>"
		"</dict><dict><key>Status</key><string>Error</string></dict></array>");
	cr_assert_eq(q_get(b).state, MDM_ERROR);
	cr_assert_str_eq(q_get(b).error, "Settings[2] Error");
}

Test(result, replays_and_strangers_change_nothing)
{
	const char *a = q_add(MDM_PROFILE_LIST), *b;
	struct q_list h;

	q_poll();
	q_ack(a);
	b = q_add(MDM_SECURITY_INFO);
	cr_assert_str_eq(q_error(a, 1), "SecurityInfo", "the session goes on");
	cr_assert_eq(q_get(a).state, MDM_ACKNOWLEDGED, "the first word stands");
	q_answer(a, "NotNow", NULL);
	cr_assert_eq(q_get(a).put_off_count, 0);
	cr_assert_str_eq(q_answer("5EE0F1A2-not-ours", "Acknowledged", NULL), "SecurityInfo");
	q_answer("5EE0F1A2-not-ours", "Error", NULL);
	q_answer("5EE0F1A2-not-ours-either", "NotNow", NULL);
	h = q_history();
	cr_assert_eq(h.n, 2, "one for the record");
	cr_assert_str_eq(h.c[0].made_by, "device");
	cr_assert_eq(h.c[0].state, MDM_ACKNOWLEDGED);
	cr_assert_str_eq(q_ack(b) ? "more" : "end", "end");
	q_check();
}

/* What it invents has a few places; what people asked stays, however much it invents. */
Test(result, inventions_push_nothing_out)
{
	const char *first = q_add(MDM_PROFILE_LIST), *last;
	unsigned strange = 0;
	struct q_list h;

	q_poll();
	q_ack(first);
	for (int i = 0; i < MDM_HISTORY_MAX + 200; i++) {
		q.now++;
		(void)!q_send(arena_printf(house.a,
			"<plist version=\"1.0\"><dict><key>UDID</key><string>%s</string>"
			"<key>CommandUUID</key><string>invented-%d</string>"
			"<key>Status</key><string>Acknowledged</string></dict></plist>",
			Q_UDID, i));
	}
	last = q_add(MDM_SECURITY_INFO);
	q_poll();
	q_ack(last);
	cr_assert_eq(q_get(first).state, MDM_ACKNOWLEDGED, "the oldest is still there");
	cr_assert_eq(q_get(last).state, MDM_ACKNOWLEDGED);
	h = q_history();
	for (size_t i = 0; i < h.n; i++)
		strange += text_equal(h.c[i].made_by, MDM_STRANGE_BY);
	cr_assert_eq(strange, MDM_STRANGE_KEPT);
	cr_assert_str_eq(h.c[1].uuid, arena_printf(house.a, "invented-%d", MDM_HISTORY_MAX + 199),
		"the newest of them");
	q_check();
}

Test(result, a_wreck_never_blocks_the_line)
{
	const char *a = q_add(MDM_PROFILE_LIST), *b = q_add(MDM_CERTIFICATE_LIST), *c;
	const char *body;

	/* its UUID can be found */
	q_poll();
	body = arena_printf(house.a,
		"<plist><dict><key>CommandUUID</key> <string>%s</string><key>Status</key>"
		"<string>Acknowledged</string><key>x</key><data>!!",
		a);
	cr_assert_eq(q_send(body), 0);
	cr_assert_str_eq(q_next_type(), "CertificateList");
	cr_assert_eq(q_get(a).state, MDM_ACKNOWLEDGED);
	cr_assert(q_get(a).answer_unreadable);
	cr_assert_eq(q_get(a).answer.n, strlen(body));
	/* nothing can be found, but we know what is out */
	cr_assert_eq(q_send("bplist00 garbage"), 0);
	cr_assert_null(q_next_type());
	cr_assert_eq(q_get(b).state, MDM_ERROR);
	cr_assert(q_get(b).answer_unreadable);
	/* nothing is out and nothing waits */
	cr_assert_eq(q_send("bplist00 garbage"), ERR_BADINPUT);
	cr_assert_eq(q_send(""), ERR_BADINPUT);
	/* something waits, that may have been out before we were started again */
	c = q_add(MDM_PROFILE_LIST);
	cr_assert_eq(q_send("garbage"), 0);
	cr_assert_str_eq(q_next_uuid(), c);
	cr_assert_eq(q_send("garbage"), 0);
	cr_assert_eq(q_get(c).state, MDM_ERROR);
	q_check();
}

Test(result, what_is_out_is_known_from_disk_after_a_restart)
{
	const char *a = q_add(MDM_PROFILE_LIST), *b = q_add(MDM_CERTIFICATE_LIST);

	q_poll();
	cr_assert_eq(mdm_handed_flush(house.m, q.now + 5), 0);
	cr_assert_eq(q_get(a).handed_at, 0, "a moment is given for the answer");
	cr_assert_eq(mdm_handed_flush(house.m, q.now + 60), 0);
	cr_assert_eq(q_get(a).handed_at, q.now);
	cr_assert_eq(q_send("garbage"), 0);
	cr_assert_str_eq(q_next_uuid(), b);
	cr_assert_eq(q_get(a).state, MDM_ERROR);
}

Test(result, refuses_what_is_no_answer)
{
	static const struct {
		const char *body;
		int err;
	} cases[] = {
		{Q_HEAD "<key>UDID</key><string>other</string><key>Status</key>"
			"<string>Idle</string>" Q_TAIL,
			ERR_DENIED},
		{Q_HEAD "<key>Status</key><string>Idle</string>" Q_TAIL, ERR_BADINPUT},
		{Q_HEAD "<key>UDID</key><string>" Q_UDID "</string>" Q_TAIL, ERR_BADINPUT},
		{Q_HEAD "<key>EnrollmentID</key><string>x</string><key>Status</key>"
			"<string>Idle</string>" Q_TAIL,
			ERR_UNSUPPORTED},
		{Q_HEAD "<key>UDID</key><string>" Q_UDID "</string><key>UserID</key>"
			"<string>u</string><key>Status</key><string>Idle</string>" Q_TAIL,
			ERR_UNSUPPORTED},
		{"<plist version=\"1.0\"><array/></plist>", ERR_BADINPUT},
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		cr_assert_eq(q_send(cases[i].body), cases[i].err, "case %zu", i);
	memset(q.caller.peer.fingerprint, 9, CERT_FINGERPRINT);
	cr_assert_eq(q_send("garbage"), ERR_STRANGER);
}

Test(result, nobody_is_handed_what_is_not_theirs)
{
	struct mdm_enrollment e = q_enrollment();

	q_add(MDM_PROFILE_LIST);
	e.state = MDM_AUTHENTICATED;
	q_enrollment_set(&e);
	cr_assert_null(q_poll());
	e.state = MDM_ENROLLED;
	e.trusted = false;
	q_enrollment_set(&e);
	cr_assert_null(q_poll());
	e.trusted = true;
	q_enrollment_set(&e);
	cr_assert_str_eq(q_poll(), "ProfileList");
	/* five years on: the identity has expired, and no renewal is under way */
	q.now += 6 * 365 * 86400L;
	cr_assert_null(q_poll());
}

Test(result, an_erased_ipad_loses_its_line_and_may_speak_again)
{
	const char *a = q_add(MDM_ERASE_DEVICE), *b = q_add(MDM_PROFILE_LIST);
	struct mdm_enrollment e;

	cr_assert_str_eq(q_poll(), "DeviceInformation", "first how it is");
	cr_assert_str_eq(q_ack(q_next_uuid()), "EraseDevice");
	cr_assert_null(q_ack(a));
	cr_assert_eq(q_get(b).state, MDM_CANCELLED);
	cr_assert_str_eq(q_get(b).error, "server");
	cr_assert_not(q_wished(NULL));
	e = q_enrollment_now();
	cr_assert_eq(e.erased_at, q.now);
	cr_assert_eq(q_ask((struct mdm_ask){.request = MDM_PROFILE_LIST}), ERR_REFUSED);
	cr_assert_str_eq(q.r.say->code, "ask.erased");
	cr_assert_null(q_poll());
	e = q_enrollment_now();
	cr_assert_eq(e.erased_at, 0, "it spoke, so it was not erased");
	q_add(MDM_PROFILE_LIST);
	q_check();
}

Test(result, a_late_answer_corrects_history)
{
	const char *a = q_add(MDM_PROFILE_LIST);

	q_poll();
	cr_assert_eq(q_cancel(a), 0);
	cr_assert_eq(q_get(a).state, MDM_CANCELLED);
	cr_assert_null(q_ack(a));
	cr_assert_eq(q_get(a).state, MDM_ACKNOWLEDGED, "it was carried out after all");
	cr_assert_eq(q_history().n, 1);
	q_check();
}

Test(result, a_passcode_is_cleared_with_the_token_that_is_merged_late)
{
	struct mdm_enrollment e = q_enrollment();
	const struct mdm_plist *d;
	const char *uuid;
	struct bytes token;

	cr_assert_eq(
		cert_seal(house.certs, mdm_seal_context(house.a, MDM_UNLOCK_TOKEN_CONTEXT, e.udid),
			bytes_of_str("unlock-secret"), house.a, &e.unlock_token),
		0);
	q_enrollment_set(&e);
	uuid = q_add(MDM_CLEAR_PASSCODE);
	cr_assert_not(q_holds(q_get(uuid).plist, "UnlockToken"));
	cr_assert_str_eq(q_poll(), "ClearPasscode");
	d = q_command(&uuid);
	token = mdm_plist_data(d, "UnlockToken");
	cr_assert(bytes_equal(token, bytes_of_str("unlock-secret")));
}

/* Put into another iPad's record it opens nothing. */
Test(result, an_unlock_token_of_another_ipad_cannot_be_used)
{
	struct mdm_enrollment e = q_enrollment();

	cr_assert_eq(cert_seal(house.certs,
			     mdm_seal_context(house.a, MDM_UNLOCK_TOKEN_CONTEXT, "ANOTHER"),
			     bytes_of_str("unlock-secret"), house.a, &e.unlock_token),
		0);
	q_enrollment_set(&e);
	q_add(MDM_CLEAR_PASSCODE);
	cr_assert_null(q_poll());
}

/* A sealing key that is gone must not stop the line. */
Test(result, one_that_cannot_be_opened_is_ended)
{
	struct mdm_enrollment e = q_enrollment();
	const char *a, *b;

	e.unlock_token = bytes_of_str("not sealed by us at all");
	q_enrollment_set(&e);
	a = q_add(MDM_CLEAR_PASSCODE);
	b = q_add(MDM_PROFILE_LIST);
	cr_assert_str_eq(q_poll(), "ProfileList");
	cr_assert_str_eq(q_next_uuid(), b);
	cr_assert_eq(q_get(a).state, MDM_ERROR);
	cr_assert_str_eq(q_get(a).error, "unsendable");
	q_check();
}
