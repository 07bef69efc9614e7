/* SPDX-License-Identifier: EUPL-1.2 */
#include "tests/unit/mdm/queue.h"

TestSuite(queue_own, .init = q_open, .fini = house_close);

static int setup_in(struct store_txn *txn, void *arg)
{
	return mdm_setup_queue(house.m, txn, arg, q.now);
}

static void setup(bool trusted, bool awaiting)
{
	struct mdm_enrollment e = q_enrollment();

	e.trusted = trusted;
	e.awaiting_configuration = awaiting;
	q_enrollment_set(&e);
	cr_assert_eq(q_write(setup_in, &e), 0);
}

Test(queue_own, a_stranger_is_asked_what_it_is_and_nothing_more)
{
	setup(false, true);
	cr_assert_eq(q_line().n, 1);
	cr_assert_str_eq(q_line().c[0].request_type, "DeviceInformation");
	q_withdraw();
	setup(true, true);
	cr_assert_eq(q_line().n, 2, "nothing twice, and not yet DeviceConfigured");
	cr_assert_str_eq(q_line().c[1].request_type, "SecurityInfo");
	cr_assert_str_eq(q_line().c[1].made_by, "server");
	cr_assert(q_wished(NULL));
	q_check();
}

static int own_in(struct store_txn *txn, void *arg)
{
	const struct mdm_ask ask = {
		.request = MDM_INSTALL_PROFILE, .profile = bytes_of_str("<plist/>")};
	struct mdm_enrollment e = q_enrollment();

	return mdm_command_add_own(
		house.m, txn, &e, &ask, MDM_OWN_HEAD | MDM_OWN_SEALED, q.now, arg);
}

Test(queue_own, the_head_goes_before_all)
{
	char uuid[MDM_UUID];

	q_add(MDM_PROFILE_LIST);
	cr_assert_eq(q_write(own_in, uuid), 0);
	cr_assert_str_eq(q_line().c[0].uuid, uuid);
	cr_assert(q_get(uuid).sealed);
	cr_assert_str_eq(q_poll(), "InstallProfile");
}

/* Answers to lost commands that nobody asked must not open a way round the rules. */
static int raw_in(struct store_txn *txn, void *arg)
{
	const struct mdm_ask ask = {.request = MDM_RAW};
	struct mdm_enrollment e = q_enrollment();

	return mdm_command_add_own(house.m, txn, &e, &ask, 0, q.now, arg);
}

Test(queue_own, knows_only_typed_ones)
{
	char uuid[MDM_UUID];

	cr_assert_eq(q_write(raw_in, uuid), ERR_UNSUPPORTED);
}

static int forget_in(struct store_txn *txn, void *arg)
{
	return mdm_queue_forget(house.m, txn, arg, q.now);
}

Test(queue_own, a_forgotten_line_is_history)
{
	const char *a = q_add(MDM_PROFILE_LIST);

	q_add(MDM_SECURITY_INFO);
	cr_assert_eq(q_write(forget_in, (void *)(uintptr_t)Q_UDID), 0);
	cr_assert_eq(q_write(forget_in, (void *)(uintptr_t) "nobody"), 0);
	cr_assert_eq(q_line().n, 0);
	cr_assert_eq(q_history().n, 2);
	cr_assert_eq(q_get(a).state, MDM_CANCELLED);
	q_check();
}

static int renewal_in(struct store_txn *txn, void *arg)
{
	const struct mdm_renewal r = {.udid = Q_UDID, .command = arg, .started_at = 1};

	return mdm_renewal_put(txn, &r);
}

Test(queue_own, an_expired_identity_is_handed_its_renewal_alone)
{
	char uuid[MDM_UUID];

	q_add(MDM_INSTALL_PROFILE);
	cr_assert_eq(q_write(own_in, uuid), 0);
	q.now += 5 * 365 * 86400L + 1;
	cr_assert_null(q_poll(), "all of it grew old in five years");
	cr_assert_eq(q_write(own_in, uuid), 0);
	cr_assert_null(q_poll(), "a profile, but no renewal");
	cr_assert_eq(q_write(renewal_in, uuid), 0);
	cr_assert_str_eq(q_poll(), "InstallProfile");
	cr_assert_str_eq(q_next_uuid(), uuid);
}
