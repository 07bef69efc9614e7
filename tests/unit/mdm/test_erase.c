/* SPDX-License-Identifier: EUPL-1.2 */
#include "mdm/desired_int.h"
#include "tests/unit/mdm/queue.h"

TestSuite(erase, .init = q_open, .fini = house_close);

#define LOCK(is_)                                                                             \
	"<key>QueryResponses</key><dict><key>IsActivationLockEnabled</key>" is_ "</dict>"

static struct mdm_ask erase = {.request = MDM_ERASE_DEVICE,
	.preserve_data_plan = MDM_YES,
	.return_to_service = MDM_NO};

static int add_in(struct store_txn *txn, void *arg)
{
	char uuid[MDM_UUID];

	return mdm_command_add(house.m, &(struct mdm_act){txn, &q.who, q.now, &q.r}, Q_SERIAL, arg, uuid);
}

static int add(struct mdm_ask ask)
{
	q.r = (struct refusal){0};
	return q_write(add_in, &ask);
}

static int visit_in(struct store_txn *txn, void *arg)
{
	(void)arg;
	return mdm_erase_visit(house.m, txn, Q_SERIAL, q.now);
}

static int visits_in(struct store_txn *txn, void *arg)
{
	return store_count(txn, MDM_VISIT, arg);
}

static uint64_t visits(void)
{
	uint64_t n;

	cr_assert_eq(q_read(visits_in, &n), 0);
	return n;
}

static int why_in(struct store_txn *txn, void *arg)
{
	const struct mdm_command *c = arg;
	const char *text = NULL;
	int err = mdm_command_why(house.m, txn, house.a, c, SAY_EN, q.now, &text);

	cr_expect(text && strstr(text, "Activation Lock is on"), "%s", text);
	return err;
}

Test(erase, one_that_tells_of_a_lock_on_the_way_waits_until_it_is_off)
{
	cr_assert_eq(add(erase), 0);
	cr_assert_str_eq(q_poll(), "DeviceInformation", "first how it is");
	cr_expect_null(q_answer(q_next_uuid(), "Acknowledged", LOCK("<true/>")));
	cr_assert_eq(q_line().n, 1, "the erase waits");
	cr_expect_eq(q_read(why_in, q_line().c), 0);
	cr_expect_eq(q_write(visit_in, NULL), 0);
	cr_assert_str_eq(q_poll(), "DeviceInformation", "asked again");
	cr_assert_str_eq(q_answer(q_next_uuid(), "Acknowledged", LOCK("<false/>")), "EraseDevice");
	q_ack(q_next_uuid());
	cr_expect_eq(q_line().n, 0);
	q_check();
}

Test(erase, a_lock_that_is_known_refuses_unless_it_is_said)
{
	struct mdm_ask anyway = erase;

	q_add(MDM_DEVICE_INFORMATION);
	q_poll();
	q_answer(q_next_uuid(), "Acknowledged", LOCK("<true/>"));
	cr_expect_eq(add(erase), ERR_REFUSED);
	cr_expect_str_eq(q.r.say->code, "ask.erase-locked");
	cr_expect_eq(q_line().n, 0);
	anyway.although_locked = MDM_YES;
	cr_expect_eq(add(anyway), ERR_REFUSED);
	cr_expect_str_eq(q.r.say->code, "ask.erase-reason");
	anyway.reason = "skrotas";
	cr_expect_eq(add(anyway), 0);
	cr_assert_str_eq(q_poll(), "EraseDevice");
	q_ack(q_next_uuid());
}

/* However often it is looked at, it is looked at again once. */
Test(erase, one_that_waits_has_one_next_visit)
{
	uint64_t first;

	q.now = HOUSE_NOW / 900 * 900 + 900;
	cr_assert_eq(add(erase), 0);
	first = visits();
	for (int i = 0; i < 5; i++) {
		q.now += 100;
		cr_assert_eq(q_write(visit_in, NULL), 0);
	}
	cr_expect_eq(visits(), first, "%llu", (unsigned long long)visits());
	q.now = HOUSE_NOW;
}
