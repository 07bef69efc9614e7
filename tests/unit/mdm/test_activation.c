/* SPDX-License-Identifier: EUPL-1.2 */
/* Of activation.c, what is written before Apple is asked; the rest is walked by tests/flow/test_ade.c. */
#include "mdm/ade_int.h"
#include "tests/unit/mdm/queue.h"

TestSuite(activation, .init = q_open, .fini = house_close);

static struct mdm_activation was;
static bool wanted;

static int lock_in(struct store_txn *txn, void *arg)
{
	(void)arg;
	return mdm_activation_lock(
		house.m, &(struct mdm_act){txn, &q.who, q.now, &q.r}, Q_SERIAL, "Ring oss");
}

static int found_in(struct store_txn *txn, void *arg)
{
	(void)arg;
	return mdm_activation_clear(house.m, txn, &q.who, Q_SERIAL, q.now);
}

static int get_in(struct store_txn *txn, void *arg)
{
	return mdm_activation_get(txn, house.a, Q_SERIAL, arg);
}

static int sending_in(struct store_txn *txn, void *arg)
{
	(void)arg;
	return mdm_activation_sending(txn, house.a, &was, bytes_of_str("sealed hash"), &wanted);
}

static struct mdm_activation now(void)
{
	struct mdm_activation v;

	cr_assert_eq(q_read(get_in, &v), 0);
	return v;
}

Test(activation, what_is_sent_is_written_first)
{
	cr_assert_eq(q_write(lock_in, NULL), 0);
	was = now();
	cr_assert_eq(q_write(sending_in, NULL), 0);
	cr_expect(wanted);
	cr_expect(bytes_equal(now().hash, bytes_of_str("sealed hash")));
	cr_assert_eq(q_write(found_in, NULL), 0);
	cr_expect_eq(now().state, MDM_ACTIVATION_UNLOCK_WANTED, "Apple may have it");
}

/* Between the worker's look and its call. */
Test(activation, one_that_is_found_meanwhile_is_not_sent)
{
	cr_assert_eq(q_write(lock_in, NULL), 0);
	was = now();
	cr_assert_eq(q_write(found_in, NULL), 0);
	cr_assert_eq(now().state, MDM_ACTIVATION_NONE);
	cr_assert_eq(q_write(sending_in, NULL), 0);
	cr_expect_not(wanted);
	cr_expect_eq(now().hash.n, 0);
	cr_expect_eq(now().state, MDM_ACTIVATION_NONE);
}
