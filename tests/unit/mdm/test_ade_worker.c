/* SPDX-License-Identifier: EUPL-1.2 */
/* The rounds against the stand-in: session, pages, cursors, profiles, locks, errands. */
#include "mdm/ade_int.h"
#include "tests/fake/device_assignment.h"
#include "tests/unit/mdm/ipads.h"

#include "base/clock.h"
#include "base/file.h"
#include "base/log.h"
#include "base/text.h"

#include <fcntl.h>
#include <signal.h>

static struct device_assignment *da;
static struct net *net;
static unsigned told, gone;
static const struct audit_who who = {.actor = "test", .via = "cli"};

static int assigned(void *ctx, struct store_txn *txn, const struct mdm_ade_device *d, int64_t now)
{
	told++;
	return 0;
}

static int unassigned(void *ctx, struct store_txn *txn, const struct mdm_ade_device *d, int64_t now)
{
	gone++;
	return 0;
}

static void token_in(int days)
{
	struct refusal r;
	const char *pem, *token;

	cr_assert_eq(mdm_ade_key(house.m, &who, false, clock_now(), house.a, &pem), 0);
	token = device_assignment_token(da, house.a, pem, days);
	cr_assert_eq(mdm_ade_token_import(house.m, &who, bytes_of_str(token), clock_now(), &r), 0);
}

static void begin(void)
{
	struct mdm_options o = {0};

	signal(SIGPIPE, SIG_IGN);
	log_set_fd(open("/dev/null", O_WRONLY | O_CLOEXEC));
	told = gone = 0;
	cr_assert_eq(device_assignment_start(0, &da), 0);
	cr_assert_eq(net_open(&(struct net_options){0}, &net), 0);
	house.ev = (struct mdm_events){.assigned = assigned, .unassigned = unassigned};
	house_store();
	house_certs();
	house_topic(HOUSE_TOPIC);
	o.ade.url = device_assignment_url(da);
	o.ade.unlock_url = device_assignment_url(da);
	house_mdm(&o);
	token_in(365);
}

static void end(void)
{
	ipads_close();
	net_close(net);
	device_assignment_stop(da);
}

TestSuite(ade_worker, .init = begin, .fini = end);

/* --- one line of rounds, as the worker has it --- */

static struct ade_line line;

static int load_in(struct store_txn *txn, void *arg)
{
	struct ade_sealed_token t;
	struct bytes json;
	int err = ade_sealed_token_get(txn, house.a, &t);

	if (err == 0)
		err = cert_unseal(house.certs, ADE_TOKEN_CONTEXT, t.sealed, house.a, &json);
	return err ? err : ade_token_parse(json, house.a, &line.token);
}

static void line_open(void)
{
	line = (struct ade_line){.m = house.m, .net = net, .now = clock_now()};
	cr_assert_eq(store_read(house.st, load_in, NULL), 0);
}

static int state_in(struct store_txn *txn, void *arg)
{
	return mdm_ade_state_get(txn, house.a, arg);
}

static struct mdm_ade_state state(void)
{
	struct mdm_ade_state s;

	cr_assert_eq(store_read(house.st, state_in, &s), 0);
	return s;
}

static enum ade_verdict sync_once(void)
{
	enum ade_verdict v;

	line.now = clock_now();
	cr_assert_eq(ade_sync_round(&line, &v), 0);
	return v;
}

static struct device_assignment_counts counts(void)
{
	struct device_assignment_counts c;

	device_assignment_counts(da, &c);
	return c;
}

/* So many iPads of ours, heard of. */
static void line_with(unsigned ipads)
{
	line_open();
	device_assignment_fill(da, ipads);
	cr_expect_eq(sync_once(), ADE_FINE);
}

Test(ade_worker, pages_follow_each_other_and_the_cursor_stays_with_the_devices)
{
	line_with(2500);
	cr_expect_eq(state().devices, 2500);
	cr_expect_eq(told, 2500);
	cr_expect_eq(counts().fetches, 3);
	cr_expect(state().fetched);
	cr_expect_eq(sync_once(), ADE_FINE);
	cr_expect_eq(told, 2500, "nothing new");
	cr_expect_eq(counts().syncs, 1);
	/* A device twice in one page, and one that goes. */
	device_assignment_add(da, &(struct assigned_device){.serial = "NEW1", .color = "A"});
	device_assignment_add(da, &(struct assigned_device){.serial = "NEW1", .color = "B"});
	device_assignment_remove(da, "BULK000007", false);
	cr_expect_eq(sync_once(), ADE_FINE);
	cr_expect_eq(state().devices, 2500);
	cr_expect_eq(told, 2501);
	cr_expect_eq(gone, 1);
}

Test(ade_worker, a_session_is_renewed_once_and_not_in_a_circle)
{
	const struct device_assignment_fault no = {
		.path = "/devices/sync", .status = 403, .body = "\"FORBIDDEN\""};
	unsigned before;

	line_open();
	cr_expect_eq(sync_once(), ADE_FINE);
	before = counts().sessions;
	device_assignment_end_sessions(da);
	cr_expect_eq(sync_once(), ADE_FINE);
	cr_expect_eq(counts().sessions, before + 1);
	device_assignment_fault(da, &no);
	cr_expect_eq(sync_once(), ADE_TOKEN);
	cr_expect_eq(counts().sessions, before + 2);
	cr_expect_str_eq(line.code, "FORBIDDEN");
}

Test(ade_worker, a_cursor_that_apple_forgot_begins_anew_once)
{
	const struct device_assignment_fault forgot = {
		.path = "/devices/sync", .status = 400, .body = "EXPIRED_CURSOR", .times = 1};
	uint64_t run;

	line_with(5);
	run = state().run;
	device_assignment_remove(da, "BULK000003", true);
	device_assignment_fault(da, &forgot);
	cr_expect_eq(sync_once(), ADE_FINE);
	cr_expect_eq(state().run, run + 1);
	cr_expect_eq(state().devices, 4, "what a full fetch does not see is gone");
	cr_expect_eq(gone, 1);
}

Test(ade_worker, the_profile_is_defined_once_and_given_to_all)
{
	struct device_assignment_status s;
	enum ade_verdict v;

	line_with(1500);
	cr_assert_eq(ade_assign_round(&line, &v), 0);
	cr_expect_eq(v, ADE_FINE);
	cr_expect_eq(counts().profiles, 1);
	cr_expect_eq(counts().assigns, 2, "a thousand at once");
	cr_assert_eq(device_assignment_status(da, house.a, "BULK001500", &s), 0);
	cr_expect_not_null(s.profile);
	cr_assert_eq(ade_assign_round(&line, &v), 0);
	cr_expect_eq(counts().assigns, 2, "nothing is due");
	/* Other settings: another profile, and all get it. */
	house_options()->ade.department = "Omsorg";
	cr_assert_eq(ade_assign_round(&line, &v), 0);
	cr_expect_eq(counts().profiles, 2);
	cr_expect_eq(counts().assigns, 4);
}

static int lock_in(struct store_txn *txn, void *arg)
{
	return mdm_activation_lock(
		house.m, &(struct mdm_act){txn, &who, line.now, NULL}, arg, "Ring oss");
}

static int clear_in(struct store_txn *txn, void *arg)
{
	return mdm_activation_clear(house.m, txn, &who, arg, line.now);
}

static int activation_in(struct store_txn *txn, void *arg)
{
	struct mdm_activation *v = arg;

	return mdm_activation_get(txn, house.a, "BULK000001", v);
}

static uint32_t activation_state(void)
{
	struct mdm_activation v;

	cr_assert_eq(store_read(house.st, activation_in, &v), 0);
	return v.state;
}

Test(ade_worker, a_lock_is_set_when_apple_can_be_reached_and_not_before)
{
	const struct device_assignment_fault away = {.path = "/device/activationlock", .cut = true};
	char serial[] = "BULK000001";
	struct device_assignment_status s;
	enum ade_verdict v;

	line_with(1);
	cr_assert_eq(store_write(house.st, lock_in, serial), 0);
	device_assignment_fault(da, &away);
	cr_expect_eq(mdm_activation_lock_round(&line, &v), ERR_NET);
	cr_expect_eq(activation_state(), MDM_ACTIVATION_LOCK_WANTED, "it is still wanted");
	device_assignment_fault(da, NULL);
	cr_assert_eq(mdm_activation_lock_round(&line, &v), 0);
	cr_expect_eq(activation_state(), MDM_ACTIVATION_LOCKED);
	cr_assert_eq(device_assignment_status(da, house.a, serial, &s), 0);
	cr_expect(s.locked);
	cr_assert_eq(mdm_activation_lock_round(&line, &v), 0);
	cr_expect_eq(counts().locks, 1);
	cr_assert_eq(store_write(house.st, clear_in, serial), 0);
	cr_expect_eq(activation_state(), MDM_ACTIVATION_UNLOCK_WANTED);
}

static int words_in(struct store_txn *txn, void *arg)
{
	return mdm_activation_words(txn, "BULK000001", arg);
}

Test(ade_worker, other_words_reach_apple_until_it_has_locked)
{
	char serial[] = "BULK000001", other[] = "Hittelön", later[] = "För sent";
	struct device_assignment_status s;
	struct mdm_activation act;
	enum ade_verdict v;

	line_with(1);
	cr_assert_eq(store_write(house.st, words_in, later), 0);
	cr_assert_eq(store_write(house.st, lock_in, serial), 0);
	cr_assert_eq(store_write(house.st, words_in, other), 0);
	cr_assert_eq(mdm_activation_lock_round(&line, &v), 0);
	cr_assert_eq(device_assignment_status(da, house.a, serial, &s), 0);
	cr_expect_str_eq(s.lost_message, "Hittelön");
	cr_assert_eq(store_write(house.st, words_in, later), 0);
	cr_assert_eq(store_read(house.st, activation_in, &act), 0);
	cr_expect_eq(act.state, MDM_ACTIVATION_LOCKED);
	cr_expect_str_eq(act.message, "Hittelön", "what Apple has, not what we would like");
}

static struct mdm_activation lock_tried(const struct device_assignment_fault *fault, int err)
{
	struct mdm_activation v;
	enum ade_verdict verdict;

	device_assignment_fault(da, fault);
	cr_expect_eq(mdm_activation_lock_round(&line, &verdict), err);
	device_assignment_fault(da, NULL);
	cr_assert_eq(store_read(house.st, activation_in, &v), 0);
	line.now = v.due_at ? v.due_at : line.now;
	return v;
}

Test(ade_worker, a_lock_that_stood_there_before_ours_is_not_ours)
{
	static const struct device_assignment_fault
		already = {.path = "/device/activationlock", .status = 200,
			.body = "{\"response_status\":\"DEVICE_ALREADY_LOCKED\"}"},
		away = {.path = "/device/activationlock", .cut = true};
	char serial[] = "BULK000001";
	struct mdm_activation v;

	line_with(1);
	cr_assert_eq(store_write(house.st, lock_in, serial), 0);
	for (int i = 0; i < 2; i++) {
		v = lock_tried(&already, 0);
		cr_expect_eq(v.state, MDM_ACTIVATION_LOCK_WANTED, "try %d", i);
		cr_expect_str_eq(v.trouble, "DEVICE_ALREADY_LOCKED");
	}
	cr_expect(strstr(mdm_ade_trouble_say(house.a, v.trouble, SAY_EN), "not by Hylla"));
	/* One that was sent, and whose answer was lost on its way, may well be ours. */
	(void)lock_tried(&away, ERR_NET);
	v = lock_tried(&already, 0);
	cr_expect_eq(v.state, MDM_ACTIVATION_LOCKED);
}

/* Each try takes along the words as they are then, until Apple has said yes to one. */
Test(ade_worker, words_that_change_while_apple_is_silent_go_with_the_next_try)
{
	static const struct device_assignment_fault away = {
		.path = "/device/activationlock", .cut = true};
	char serial[] = "BULK000001", other[] = "Hittelön", third[] = "Ring 112";
	struct device_assignment_status s;
	struct mdm_activation v;

	line_with(1);
	cr_assert_eq(store_write(house.st, lock_in, serial), 0);
	(void)lock_tried(&away, ERR_NET);
	cr_assert_eq(store_write(house.st, words_in, other), 0);
	v = lock_tried(NULL, 0);
	cr_expect_eq(v.state, MDM_ACTIVATION_LOCKED);
	cr_expect_str_eq(v.message, "Hittelön");
	cr_assert_eq(device_assignment_status(da, house.a, serial, &s), 0);
	cr_expect_str_eq(s.lost_message, "Hittelön");
	/* Found, and stolen once more before Apple opened it: it has the words it had. */
	cr_assert_eq(store_write(house.st, clear_in, serial), 0);
	cr_assert_eq(store_write(house.st, lock_in, serial), 0);
	(void)lock_tried(&away, ERR_NET);
	cr_assert_eq(store_write(house.st, words_in, third), 0);
	v = lock_tried(NULL, 0);
	cr_expect_eq(v.state, MDM_ACTIVATION_LOCKED);
	cr_expect_str_eq(v.message, "Hittelön", "what Apple has, not what we would like");
}

Test(ade_worker, a_lock_whose_answer_was_lost_is_undone_at_apple)
{
	static const struct device_assignment_fault away = {
		.path = "/device/activationlock", .cut = true};
	char serial[] = "BULK000001";

	line_with(1);
	cr_assert_eq(store_write(house.st, lock_in, serial), 0);
	(void)lock_tried(&away, ERR_NET);
	cr_assert_eq(store_write(house.st, clear_in, serial), 0);
	cr_expect_eq(activation_state(), MDM_ACTIVATION_UNLOCK_WANTED);
}

Test(ade_worker, a_lock_that_nobody_wants_any_more_is_not_set)
{
	char serial[] = "BULK000001";
	enum ade_verdict v;

	line_open();
	cr_assert_eq(store_write(house.st, lock_in, serial), 0);
	cr_assert_eq(store_write(house.st, clear_in, serial), 0);
	cr_expect_eq(activation_state(), MDM_ACTIVATION_NONE);
	cr_assert_eq(mdm_activation_lock_round(&line, &v), 0);
	cr_expect_eq(counts().locks, 0);
}

/* --- the thread --- */

static bool synced(void)
{
	for (int i = 0; i < 12000; i++) {
		if (state().synced_at)
			return true;
		usleep(10000);
	}
	return false;
}

Test(ade_worker, works_by_itself_and_stops_at_once)
{
	device_assignment_fill(da, 3);
	cr_assert_eq(mdm_ade_start(house.m, net), 0);
	cr_expect(synced());
	cr_expect_eq(state().devices, 3);
	cr_expect_null(state().trouble);
	device_assignment_fault(da, &(struct device_assignment_fault){.hang = true});
	cr_assert_eq(mdm_ade_sync_ask(house.m, &who, false, clock_now()), 0);
	net_stop(net);
	mdm_ade_stop(house.m);
}

Test(ade_worker, releasing_asks_twice_and_knows_what_is_ours)
{
	int64_t now = clock_now();
	struct refusal r;
	enum ade_verdict v;

	line_with(2);
	cr_expect_eq(mdm_ade_disown_confirm(house.m, &who, "BULK000001", now, &r), ERR_REFUSED);
	cr_expect_eq(mdm_ade_disown_ask(house.m, &who, "NOBODYS", now, &r), ERR_REFUSED);
	cr_assert_eq(mdm_ade_disown_ask(house.m, &who, "BULK000001", now - 3601, &r), 0);
	cr_expect_eq(mdm_ade_disown_confirm(house.m, &who, "BULK000001", now, &r), ERR_REFUSED,
		"an hour is over");
	cr_assert_eq(mdm_ade_disown_ask(house.m, &who, "BULK000001", now, &r), 0);
	cr_assert_eq(mdm_ade_disown_confirm(house.m, &who, "BULK000001", now, &r), 0);
	cr_expect_eq(mdm_ade_disown_confirm(house.m, &who, "BULK000001", now, &r), ERR_REFUSED);
	line.now = clock_now();
	cr_assert_eq(ade_disown_round(&line, &v), 0);
	cr_expect_eq(counts().disowns, 1);
	cr_expect_eq(state().devices, 1);
	cr_expect_eq(gone, 1);
}
