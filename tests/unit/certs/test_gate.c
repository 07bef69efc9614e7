/* SPDX-License-Identifier: EUPL-1.2 */
#include "certs/gate_int.h"

#include <criterion/criterion.h>

static struct cert_gate gate = CERT_GATE_INIT;
static unsigned at_once, most_at_once;

Test(gate, who_waits_too_long_comes_again)
{
	cr_assert_eq(cert_gate_enter(&gate, 2, 0), 0);
	cr_assert_eq(cert_gate_enter(&gate, 2, 1), 0);
	cr_assert_eq(cert_gate_enter(&gate, 2, 20), ERR_BUSY);
	cr_assert_eq(gate.running, 2);
	cert_gate_leave(&gate);
	cr_assert_eq(cert_gate_enter(&gate, 2, 20), 0);
}

static void *come(void *arg)
{
	(void)arg;
	for (int i = 0; i < 200; i++) {
		unsigned n, seen;

		if (cert_gate_enter(&gate, 3, i % 2 ? 0 : 60000) != 0)
			return &gate;
		n = __atomic_add_fetch(&at_once, 1, __ATOMIC_SEQ_CST);
		seen = __atomic_load_n(&most_at_once, __ATOMIC_SEQ_CST);
		while (n > seen && !__atomic_compare_exchange_n(&most_at_once, &seen, n, false,
					   __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST))
			;
		__atomic_sub_fetch(&at_once, 1, __ATOMIC_SEQ_CST);
		cert_gate_leave(&gate);
	}
	return NULL;
}

Test(gate, a_crowd_goes_through_a_few_at_a_time)
{
	pthread_t t[8];
	void *failed;

	for (size_t i = 0; i < 8; i++)
		cr_assert_eq(pthread_create(&t[i], NULL, come, NULL), 0);
	for (size_t i = 0; i < 8; i++) {
		cr_assert_eq(pthread_join(t[i], &failed), 0);
		cr_expect_null(failed);
	}
	cr_expect_leq(most_at_once, 3);
	cr_expect_eq(gate.running, 0);
}
