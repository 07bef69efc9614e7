/* SPDX-License-Identifier: EUPL-1.2 */
#include "tests/unit/mdm/queue.h"

TestSuite(back, .init = q_open, .fini = house_close);

#define FACTS                                                                      \
	"<key>QueryResponses</key><dict><key>BatteryLevel</key><real>0.126</real>" \
	"<key>IsActivationLockEnabled</key><true/></dict>"

static int facts_in(struct store_txn *txn, void *arg)
{
	return mdm_return_facts_get(txn, house.a, Q_SERIAL, arg);
}

static struct mdm_return_facts facts(void)
{
	struct mdm_return_facts f;

	cr_assert_eq(q_read(facts_in, &f), 0);
	return f;
}

static int ask_in(struct store_txn *txn, void *arg)
{
	return mdm_return_ask(house.m, txn, arg, q.now);
}

static int plan_in(struct store_txn *txn, void *arg)
{
	return mdm_return_plan(house.m, &(struct mdm_act){txn, &q.who, q.now, &q.r}, Q_SERIAL, arg);
}

static int plan(enum mdm_choice service)
{
	struct mdm_ask ask = {.request = MDM_ERASE_DEVICE,
		.preserve_data_plan = MDM_YES,
		.return_to_service = service};

	if (service == MDM_YES)
		ask.return_wifi_profile = bytes_of_str("<plist>wifi-word</plist>");
	q.r = (struct refusal){0};
	return q_write(plan_in, &ask);
}

static int go_in(struct store_txn *txn, void *arg)
{
	return mdm_return_go(house.m, txn, Q_SERIAL, q.now);
}

static int drop_in(struct store_txn *txn, void *arg)
{
	return mdm_return_drop(house.m, txn, &q.who, Q_SERIAL, q.now);
}

Test(back, is_asked_how_it_is_and_tells)
{
	cr_assert_eq(facts().battery, -1);
	cr_assert_eq(q_write(ask_in, (char[]){Q_SERIAL}), 0);
	cr_assert_eq(q_write(ask_in, (char[]){Q_SERIAL}), 0, "nothing twice");
	cr_assert_eq(q_write(ask_in, (char[]){"NOBODY"}), 0);
	cr_assert_eq(q_line().n, 2);
	cr_assert(facts().asking);
	cr_assert_str_eq(q_poll(), "DeviceInformation");
	cr_assert_str_eq(
		q_answer(q_next_uuid(), "Acknowledged", FACTS), "ActivationLockBypassCode");
	cr_assert_eq(facts().battery, 13);
	cr_assert_eq(facts().lock, MDM_LOCK_ON);
	cr_assert_eq(facts().told_at, q.now);
	cr_assert(facts().asking, "its code");
	q_answer(q_next_uuid(), "NotNow", "");
	cr_assert_not(facts().asking, "what it puts off is not waited for");
	q_check();
}

Test(back, is_erased_when_it_is_time)
{
	const char *uuid;
	bool kept = false;

	cr_assert_eq(q_write(go_in, NULL), ERR_NOTFOUND, "nothing was planned");
	cr_assert_eq(plan(MDM_NO), 0);
	cr_assert_eq(q_line().n, 0, "planned, not done");
	cr_assert_not(facts().erasing);
	cr_assert_eq(q_write(go_in, NULL), 0);
	cr_assert_eq(q_line().n, 1);
	cr_assert(facts().erasing);
	cr_assert_str_eq(q_line().c[0].made_by, "anna");
	cr_assert_str_eq(q_poll(), "EraseDevice");
	cr_assert_eq(mdm_plist_bool(q_command(&uuid), "PreserveDataPlan", &kept), 0);
	cr_assert(kept);
	cr_assert_not(q_holds(q.next, "ReturnToService"));
	cr_assert_eq(q_write(go_in, NULL), ERR_NOTFOUND, "once");
}

Test(back, takes_its_profiles_along)
{
	const char *uuid;
	const struct mdm_plist *service;
	struct bytes profile;

	cr_assert_eq(plan(MDM_YES), 0);
	cr_assert_eq(q_write(go_in, NULL), 0);
	cr_assert_eq(q_line().n, 0, "its profile is not made yet");
	cr_assert(facts().erasing);
	cr_assert_eq(mdm_return_tend(house.m, q.now), 0);
	cr_assert_eq(mdm_return_tend(house.m, q.now), 0);
	cr_assert_eq(q_line().n, 1);
	cr_assert(q_line().c[0].sealed);
	cr_assert_str_eq(q_poll(), "EraseDevice");
	service = mdm_plist_dict(q_command(&uuid), "ReturnToService");
	cr_assert_not_null(service);
	cr_assert(q_holds(mdm_plist_data(service, "WiFiProfileData"), "wifi-word"));
	profile = mdm_plist_data(service, "MDMProfileData");
	cr_assert(q_holds(profile, "com.apple.mdm") && q_holds(profile, HOUSE_URL));
}

Test(back, waits_for_a_clock_that_is_believed)
{
	bool steady;

	cr_assert_eq(plan(MDM_YES), 0);
	cr_assert_eq(q_write(go_in, NULL), 0);
	cr_assert_eq(audit_clock_watch(house.st, q.now, &steady), 0);
	q.now += 900 * INT64_C(86400);
	cr_assert_eq(audit_clock_watch(house.st, q.now, &steady), 0);
	cr_assert_eq(mdm_return_tend(house.m, q.now), 0);
	cr_assert_eq(q_line().n, 0);
	cr_assert_eq(audit_clock_confirm(house.st, &q.who, q.now, &q.r), 0);
	cr_assert_eq(mdm_return_tend(house.m, q.now), 0);
	cr_assert_eq(q_line().n, 1);
}

struct planned {
	struct mdm_return_plan p;
	bool due;
};

static int planned_in(struct store_txn *txn, void *arg)
{
	struct planned *x = arg;

	return mdm_return_plan_get(txn, house.a, Q_SERIAL, &x->p, &x->due);
}

Test(back, a_plan_is_sealed_and_can_be_dropped)
{
	struct planned x;

	cr_assert_eq(plan(MDM_YES), 0);
	cr_assert_eq(q_read(planned_in, &x), 0);
	cr_assert_gt(x.p.wifi.n, 20);
	cr_assert_not(q_holds(x.p.wifi, "wifi-word"), "it may hold a password");
	cr_assert_eq(q_write(drop_in, NULL), 0);
	cr_assert_eq(q_write(go_in, NULL), ERR_NOTFOUND, "dropped");
	cr_assert_eq(plan(MDM_NO), 0);
	cr_assert_eq(q_write(go_in, NULL), 0);
	cr_assert_eq(q_write(drop_in, NULL), 0);
	cr_assert_eq(q_line().n, 0, "out of the line again");
	cr_assert_eq(q_history().n, 1);
}

Test(back, what_hinders_it_is_known_and_tried_again)
{
	cr_assert_eq(plan(MDM_YES), 0);
	q_add(MDM_ERASE_DEVICE); /* and before it how the iPad is */
	cr_assert_str_eq(q_poll(), "DeviceInformation");
	q_ack(q_next_uuid());
	cr_assert_eq(q_write(go_in, NULL), 0);
	cr_assert_eq(mdm_return_tend(house.m, q.now), 0);
	cr_assert_eq(q_line().n, 1);
	cr_assert_str_eq(facts().hindrance, "ask.twice");
	cr_assert_eq(q_cancel(arena_strdup(house.a, q_line().c[0].uuid)), 0);
	cr_assert_eq(mdm_return_tend(house.m, q.now + 30), 0);
	cr_assert_eq(q_line().n, 0, "not at once");
	cr_assert_eq(mdm_return_tend(house.m, q.now + 60), 0);
	cr_assert_eq(q_line().n, 1);
	cr_assert_null(facts().hindrance);
}

Test(back, what_cannot_be_is_refused_at_once)
{
	struct mdm_enrollment e = q_enrollment();

	e.os_version = "16.7";
	q_enrollment_set(&e);
	cr_assert_eq(plan(MDM_YES), ERR_REFUSED);
	cr_assert_str_eq(q.r.say->code, "ask.version");
	cr_assert_eq(plan(MDM_NO), 0);
	e.state = MDM_CHECKED_OUT;
	q_enrollment_set(&e);
	cr_assert_eq(plan(MDM_NO), ERR_REFUSED);
	cr_assert_eq(facts().state, MDM_CHECKED_OUT);
	cr_assert_eq(q_write(ask_in, (char[]){Q_SERIAL}), 0, "nobody is asked");
	cr_assert_eq(q_line().n, 0);
}
