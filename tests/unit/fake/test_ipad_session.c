/* SPDX-License-Identifier: EUPL-1.2 */
/* Sessions: what is said, what is kept, what ends an enrolment, and faults on order. */
#include "tests/unit/fake/office.h"
#include "base/text.h"

#include <criterion/criterion.h>

#define MESSAGE "<key>Message</key><string>Lost</string>"

Test(ipad_session, commands_until_there_are_none)
{
	struct office o = {0};
	struct ipad *p;

	office_open(&o);
	p = office_ipad(&o, NULL);
	cr_assert_eq(ipad_wake(p), 0);
	cr_assert_eq(o.results, 1);
	cr_assert(memmem(o.last_result.p, o.last_result.n, "Idle", 4));
	office_add(&o, "SecurityInfo", "");
	office_add(&o, "EnableLostMode", MESSAGE);
	office_add(&o, "DeviceLocation", "");
	cr_assert_eq(ipad_wake(p), 0, "%s", ipad_why(p));
	cr_assert_eq(o.results, 1 + 1 + 3);
	cr_assert(memmem(o.last_result.p, o.last_result.n, "Longitude", 9));
	cr_assert(ipad_state(p)->lost);
	cr_assert_eq(o.bad_signatures + o.unsigned_messages, 0);
	ipad_free(p);
	office_close(&o);
}

Test(ipad_session, push_with_the_right_magic_wakes)
{
	struct office o = {0};
	struct ipad *p;

	office_open(&o);
	p = office_ipad(&o, NULL);
	cr_assert_eq(ipad_push(p, "wrong"), 0);
	cr_assert_eq(o.results, 0);
	cr_assert_eq(ipad_push(p, ipad_state(p)->magic), 0);
	cr_assert_eq(o.results, 1);
	ipad_power(p, false);
	cr_assert_eq(ipad_push(p, ipad_state(p)->magic), 0);
	cr_assert_eq(o.results, 1);
	cr_assert_eq(ipad_counters(p)->strange_pushes, 2);
	cr_assert_eq(ipad_wake(p), ERR_BUSY);
	ipad_free(p);
	office_close(&o);
}

Test(ipad_session, calls_again_after_not_now)
{
	struct office o = {0};
	struct ipad *p;

	office_open(&o);
	p = office_ipad(&o, NULL);
	ipad_lock(p);
	office_add(&o, "SecurityInfo", "");
	cr_assert_eq(ipad_wake(p), 0);
	cr_assert(ipad_state(p)->poll_owed);
	cr_assert(!ipad_has_work(p), "not while it is locked");
	ipad_unlock(p);
	cr_assert(ipad_has_work(p));
	cr_assert_eq(ipad_work(p), 0);
	cr_assert(!ipad_has_work(p) && !ipad_state(p)->poll_owed);
	/* Another answer behind the NotNow: a push is owed, it does not call. */
	ipad_lock(p);
	office_add(&o, "SecurityInfo", "");
	office_add(&o, "DeviceLock", "");
	cr_assert_eq(ipad_wake(p), 0);
	ipad_unlock(p);
	cr_assert(!ipad_has_work(p));
	cr_assert_eq(ipad_counters(p)->violations, 0);
	ipad_free(p);
	office_close(&o);
}

Test(ipad_session, notices_what_a_server_may_not_do)
{
	struct office o = {0};
	struct ipad *p;

	office_open(&o);
	p = office_ipad(&o, NULL);
	ipad_lock(p);
	office_add(&o, "SecurityInfo", "");
	o.never_ends = true;
	cr_assert_eq(ipad_wake(p), 0);
	cr_assert_gt(ipad_counters(p)->violations, 900);
	cr_assert_str_eq(ipad_why(p), "the session does not end");
	o.never_ends = false;
	ipad_unlock(p);
	cr_assert_eq(ipad_wake(p), 0);
	o.queue_at = 0; /* the finished command once more */
	cr_assert_eq(ipad_wake(p), 0);
	cr_assert(strstr(ipad_why(p), "came again after its result was taken"), "%s", ipad_why(p));
	ipad_free(p);
	office_close(&o);
}

Test(ipad_session, only_an_empty_body_ends_it)
{
	struct office o = {0};
	struct ipad *p;

	office_open(&o);
	p = office_ipad(&o, NULL);
	o.fault = OFFICE_EMPTY_PLIST;
	cr_assert_eq(ipad_wake(p), ERR_BADINPUT);
	cr_assert(strstr(ipad_why(p), "no CommandUUID"));
	o.fault = OFFICE_NOT_A_PLIST;
	cr_assert_eq(ipad_wake(p), ERR_BADINPUT);
	cr_assert(ipad_state(p)->enrolled);
	ipad_free(p);
	office_close(&o);
}

/* What a status does to an enrolled iPad. */
static const struct {
	int status;
	const char *type, *body;
	int err;
	bool stays;
} statuses[] = {
	{400, NULL, "", ERR_DENIED, true},
	{403, NULL, "", ERR_DENIED, true},
	{403, "text/html", "com.apple.unrecognized.device", ERR_DENIED, true},
	{403, "application/json", "{\"code\":\"com.apple.softwareupdate.required\"}", ERR_DENIED,
		true},
	{403, "application/json", "{\"code\":\"com.apple.unrecognized.device\"}", ERR_STRANGER,
		false},
	{403, "application/xml",
		"<plist version=\"1.0\"><dict><key>code</key>"
		"<string>com.apple.unrecognized.device</string></dict></plist>",
		ERR_STRANGER, false},
	{404, NULL, "", ERR_DENIED, true},
	{500, NULL, "", ERR_DENIED, true},
	{503, NULL, "", ERR_DENIED, true},
	{401, NULL, "", ERR_STRANGER, false},
};

Test(ipad_session, statuses)
{
	struct office o = {0};

	office_open(&o);
	for (size_t i = 0; i < sizeof(statuses) / sizeof(statuses[0]); i++) {
		struct ipad *p = office_ipad(&o, NULL);

		o.status = statuses[i].status;
		o.status_type = statuses[i].type;
		o.status_body = bytes_of_str(statuses[i].body);
		cr_expect_eq(ipad_wake(p), statuses[i].err, "case %zu", i);
		cr_expect_eq(ipad_state(p)->enrolled, statuses[i].stays, "case %zu", i);
		cr_expect_eq(ipad_counters(p)->unenrolled_401, statuses[i].status == 401);
		o.status = 0;
		o.status_body = bytes_of(NULL, 0);
		cr_expect_eq(ipad_wake(p), statuses[i].stays ? 0 : ERR_STRANGER);
		ipad_free(p);
	}
	office_close(&o);
}

/* The network goes while a result is on its way: the iPad keeps it and sends it again. */
Test(ipad_session, a_result_is_kept_until_it_is_taken)
{
	static const enum ipad_fault faults[] = {IPAD_FAULT_BREAK_REQUEST, IPAD_FAULT_BREAK_REPLY};
	struct office o = {0};
	struct ipad *p;

	office_open(&o);
	p = office_ipad(&o, NULL);
	for (unsigned i = 0; i < 2; i++) {
		ipad_fault(p, faults[i], 1);
		cr_assert_eq(ipad_wake(p), ERR_NET, "the poll itself");
		cr_assert(!ipad_has_work(p), "a lost poll is nothing to repeat");
		office_add(&o, "EnableLostMode", MESSAGE);
		ipad_fault_at(p, faults[i], 1, 1);
		cr_assert_eq(ipad_wake(p), ERR_NET);
		cr_assert(ipad_state(p)->lost && ipad_has_work(p));
		cr_assert_eq(ipad_work(p), 0);
		cr_assert(memmem(o.last_result.p, o.last_result.n, "Acknowledged", 12));
		cr_assert(!ipad_has_work(p));
	}
	cr_assert_eq(ipad_counters(p)->commands, 2);
	ipad_free(p);
	office_close(&o);
}

Test(ipad_session, the_first_token_update_is_repeated)
{
	struct office o = {0};
	struct ipad *p;

	office_open(&o);
	p = office_ipad(&o, NULL);
	cr_assert_eq(ipad_remove_enrolment(p), 0);
	ipad_fault_at(p, IPAD_FAULT_BREAK_REPLY, 1, 1);
	cr_assert_eq(ipad_enrol_url(p, "https://mdm.example.se/enrol"), ERR_NET);
	cr_assert(!ipad_state(p)->enrolled && ipad_has_work(p));
	cr_assert_eq(ipad_work(p), 0);
	cr_assert(ipad_state(p)->enrolled && !ipad_has_work(p));
	ipad_free(p);
	office_close(&o);
}

Test(ipad_session, restart_and_shut_down)
{
	struct office o = {0};
	struct ipad *p;

	office_open(&o);
	p = office_ipad(&o, NULL);
	office_add(&o, "RestartDevice", "");
	cr_assert_eq(ipad_wake(p), 0);
	cr_assert(ipad_state(p)->locked && ipad_state(p)->before_unlock);
	ipad_unlock(p);
	cr_assert(!ipad_state(p)->before_unlock);
	office_add(&o, "ShutDownDevice", "");
	cr_assert_eq(ipad_wake(p), 0);
	cr_assert(!ipad_state(p)->on);
	ipad_power(p, true);
	cr_assert(ipad_state(p)->locked);
	cr_assert_eq(ipad_wake(p), 0);
	ipad_free(p);
	office_close(&o);
}

Test(ipad_session, erase_ends_the_session)
{
	struct office o = {0};
	struct ipad *p;

	office_open(&o);
	p = office_ipad(&o, NULL);
	office_add(&o, "EraseDevice", "");
	office_add(&o, "ProfileList", "");
	cr_assert_eq(ipad_wake(p), 0);
	cr_assert(!ipad_state(p)->enrolled);
	cr_assert_eq(ipad_counters(p)->erases, 1);
	cr_assert_eq(ipad_wake(p), ERR_STRANGER);
	ipad_free(p);
	office_close(&o);
}

Test(ipad_session, faults_on_order)
{
	struct office o = {0};
	struct ipad *p, *other;
	struct arena *a;
	struct ipad_reply reply;
	struct ipad_put put = {0};
	X509 *mine;

	office_open(&o);
	a = o.arena;
	other = office_ipad(&o, NULL);
	p = office_ipad(&o, NULL);
	mine = o.last_cert;
	ipad_fault(p, IPAD_FAULT_BAD_SIGNATURE, 1);
	cr_assert_eq(ipad_wake(p), 0);
	cr_assert_eq(o.bad_signatures, 1);
	ipad_fault(p, IPAD_FAULT_OTHER_IDENTITY, 1);
	cr_assert_eq(ipad_wake(p), 0);
	cr_assert_eq(o.bad_signatures, 2);
	ipad_fault(p, IPAD_FAULT_NO_SIGNATURE, 1);
	cr_assert_eq(ipad_wake(p), 0);
	cr_assert_eq(o.unsigned_messages, 1);
	ipad_fault(p, IPAD_FAULT_OTHER_UDID, 1);
	cr_assert_eq(ipad_wake(p), 0);
	cr_assert(memmem(o.last_result.p, o.last_result.n, "DEADBEEF", 8));
	ipad_fault(p, IPAD_FAULT_GARBAGE, 1);
	cr_assert_eq(ipad_wake(p), 0);
	cr_assert(!memmem(o.last_result.p, o.last_result.n, "</plist>", 8));
	ipad_fault(p, IPAD_FAULT_OTHER_TOPIC, 1);
	cr_assert_eq(ipad_token_update(p, true), 0);
	cr_assert(memmem(o.last_checkin.p, o.last_checkin.n, "External.00000000", 17));
	ipad_fault(p, IPAD_FAULT_TWICE, 1);
	o.results = 0;
	cr_assert_eq(ipad_wake(p), 0);
	cr_assert_eq(o.results, 2);
	cr_assert_eq(o.bad_signatures, 2);
	put.body = bytes_of_str("hello");
	put.as = other;
	cr_assert_eq(ipad_put(p, &put, a, &reply), 0);
	cr_assert_eq(o.bad_signatures, 2);
	cr_assert(X509_cmp(mine, o.last_cert) != 0);
	put.bare = true;
	cr_assert_eq(ipad_put(p, &put, a, &reply), 0);
	cr_assert_eq(o.unsigned_messages, 2);
	ipad_free(p);
	ipad_free(other);
	office_close(&o);
}

Test(ipad_session, other_check_ins)
{
	struct office o = {0};
	struct ipad *p;
	struct ipad_reply reply;

	office_open(&o);
	p = office_ipad(&o, NULL);
	cr_assert_eq(ipad_bootstrap_set(p, bytes_of_str("secret")), 0);
	cr_assert(memmem(o.last_checkin.p, o.last_checkin.n, "SetBootstrapToken", 17));
	cr_assert_eq(ipad_bootstrap_get(p, o.arena, &reply), 0);
	cr_assert(memmem(o.last_checkin.p, o.last_checkin.n, "GetBootstrapToken", 17));
	cr_assert_eq(ipad_token_get(p, "com.apple.maid", o.arena, &reply), 0);
	cr_assert(memmem(o.last_checkin.p, o.last_checkin.n, "com.apple.maid", 14));
	cr_assert_eq(ipad_token_update(p, false), 0);
	cr_assert(!memmem(o.last_checkin.p, o.last_checkin.n, "UnlockToken", 11));
	cr_assert(strstr(ipad_describe(p, o.arena), "enrolled"));
	ipad_free(p);
	office_close(&o);
}
