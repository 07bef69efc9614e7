/* SPDX-License-Identifier: EUPL-1.2 */
/* The gate of Setup Assistant, its record and its limit; codes read again in time. */
#include "mdm/ade_int.h"
#include "tests/unit/mdm/ipads.h"

#define U "UDID-1"
#define S "SER1"

static unsigned late;

static int trust(void *ctx, struct store_txn *txn, const struct mdm_enrollment *e,
	bool *ret_trusted, int64_t now)
{
	*ret_trusted = true;
	return 0;
}

static int is_late(void *ctx, struct store_txn *txn, const struct mdm_enrollment *e, int64_t now)
{
	late++;
	return 0;
}

static void begin(void)
{
	struct mdm_checkin token = ipads_token(U, "token");

	house.ev = (struct mdm_events){.enrolling = trust, .setup_late = is_late};
	house_open();
	IPADS_IDENTITY(1);
	token.awaiting_configuration = true;
	cr_assert_eq(ipads_say(1, ipads_authenticate(U, S)), 0);
	cr_assert_eq(ipads_say(1, token), 0);
}

TestSuite(gate, .init = begin, .fini = ipads_close);

static const char *answer(const char *uuid, const char *more)
{
	const char *body = arena_printf(house.a,
		"<?xml version=\"1.0\"?><plist version=\"1.0\"><dict><key>UDID</key><string>" U
		"</string><key>Status</key><string>%s</string>%s%s%s%s</dict></plist>",
		uuid ? "Acknowledged" : "Idle", uuid ? "<key>CommandUUID</key><string>" : "",
		uuid ? uuid : "", uuid ? "</string>" : "", more);
	struct mdm_caller who = ipads_caller(1);
	struct bytes next = {NULL, 0};

	cr_assert_eq(mdm_result_apply(house.m, &who, bytes_of_str(body), house.a, &next), 0);
	return arena_strndup(house.a, next.p, next.n);
}

static const char *type_of(const char *message)
{
	static const char key[] = "<key>RequestType</key>";
	const char *at = strstr(message, key);

	if (!at)
		return "";
	at = strstr(at, "<string>") + 8;
	return arena_strndup(house.a, at, strcspn(at, "<"));
}

static const char *uuid_of(const char *message)
{
	const char *at = strstr(strstr(message, "<key>CommandUUID</key>"), "<string>") + 8;

	return arena_strndup(house.a, at, strcspn(at, "<"));
}

/* Answers all that comes until `type` does, or nothing. */
static const char *session_until(const char *type)
{
	const char *m = answer(NULL, "");

	while (*m && strcmp(type_of(m), type) != 0)
		m = answer(uuid_of(m), "");
	return m;
}

static int gate_in(struct store_txn *txn, void *arg)
{
	return mdm_gate_get(txn, house.a, U, arg);
}

static int gate_get(struct mdm_gate *ret)
{
	return store_read(house.st, gate_in, ret);
}

Test(gate, opens_in_the_session_in_which_all_is_answered)
{
	struct mdm_gate g;
	const char *m;

	m = session_until("DeviceConfigured");
	cr_assert_str_eq(type_of(m), "DeviceConfigured");
	cr_expect_eq(gate_get(&g), ERR_NOTFOUND, "in good order");
	m = answer(uuid_of(m), "");
	cr_expect_not(ipads_get(U).e.awaiting_configuration);
	cr_expect_str_eq(type_of(m), "ActivationLockBypassCode", "setting up made a new one");
	cr_expect_eq(late, 0);
}

Test(gate, stays_closed_while_something_in_its_line_is_unanswered)
{
	struct mdm_gate g;
	const char *m = answer(NULL, "");

	cr_expect_str_neq(type_of(m), "DeviceConfigured");
	cr_assert_eq(gate_get(&g), 0);
	cr_expect_eq(g.opened_at, 0);
	cr_expect_str_eq(uuid_of(answer(NULL, "")), uuid_of(m), "the same is asked again");
	cr_assert_eq(gate_get(&g), 0);
	cr_expect_eq(g.opened_at, 0);
	cr_expect_str_eq(type_of(session_until("DeviceConfigured")), "DeviceConfigured");
}

Test(gate, opens_at_the_limit_and_remembers_it)
{
	struct mdm_gate g;

	cr_assert_eq(mdm_gate_tend(house.m, ipads_now + 599), 0);
	cr_assert_eq(gate_get(&g), 0);
	cr_expect_not(g.late);
	cr_assert_eq(mdm_gate_tend(house.m, ipads_now + 600), 0);
	cr_assert_eq(gate_get(&g), 0);
	cr_expect(g.late);
	cr_expect_eq(late, 1);
	cr_assert_eq(mdm_gate_tend(house.m, ipads_now + 700), 0);
	cr_expect_eq(late, 1, "once");
	cr_expect_str_eq(type_of(session_until("DeviceConfigured")), "DeviceConfigured");
}

Test(gate, ends_with_the_enrolment)
{
	struct mdm_gate g;

	cr_assert_eq(ipads_say(1, ipads_other(MDM_CHECKIN_CHECK_OUT, U)), 0);
	cr_expect_eq(gate_get(&g), ERR_NOTFOUND);
}

/* --- the code of its own Activation Lock --- */

static int supervised_in(struct store_txn *txn, void *arg)
{
	struct mdm_enrollment e;
	int err = mdm_enrollment_get(txn, house.a, U, &e);

	e.supervised = 2;
	return err ? err : mdm_enrollment_put(txn, &e);
}

static bool in_line(const char *type)
{
	struct ipads_get g = ipads_get(U);

	for (size_t i = 0; i < g.queued; i++) {
		if (strcmp(g.queue[i].request_type, type) == 0)
			return true;
	}
	return false;
}

Test(gate, the_code_is_read_within_the_fifteen_days)
{
	cr_assert_eq(store_write(house.st, supervised_in, NULL), 0);
	cr_assert_eq(mdm_bypass_tend(house.m, ipads_now + 599), 0);
	cr_expect_not(in_line("ActivationLockBypassCode"));
	cr_assert_eq(mdm_bypass_tend(house.m, ipads_now + 600), 0);
	cr_expect(in_line("ActivationLockBypassCode"));
	cr_assert_eq(mdm_bypass_tend(house.m, ipads_now + 14 * 86400), 0);
}
