/* SPDX-License-Identifier: EUPL-1.2 */
#include "tests/unit/mdm/queue.h"

TestSuite(queue_tend, .init = q_open, .fini = house_close);

Test(queue_tend, ends_what_waited_too_long)
{
	const char *a, *b = q_add(MDM_PROFILE_LIST);
	uint64_t before;

	q_ask((struct mdm_ask){.request = MDM_SECURITY_INFO, .life_s = 60});
	a = arena_strdup(house.a, q.uuid);
	before = store_version(house.st);
	cr_assert_eq(mdm_queue_tend(house.m, q.now + 59), 0);
	cr_assert_eq(store_version(house.st), before, "a quiet house writes nothing");
	q.now += 60;
	cr_assert_str_eq(q_poll(), "ProfileList", "overdue is not handed out any more");
	cr_assert_eq(mdm_queue_tend(house.m, q.now), 0);
	cr_assert_eq(q_get(a).state, MDM_EXPIRED);
	cr_assert_eq(q_get(a).done_at, q.now);
	cr_assert_eq(q_get(b).state, MDM_QUEUED);
	cr_assert(q_wished(NULL));
	q.now += 7 * 86400;
	cr_assert_eq(mdm_queue_tend(house.m, q.now), 0);
	cr_assert_eq(q_get(b).state, MDM_EXPIRED);
	cr_assert_not(q_wished(NULL), "nobody is woken for an empty line");
	/* it did it all the same, and says so late */
	cr_assert_null(q_ack(b));
	cr_assert_eq(q_get(b).state, MDM_ACKNOWLEDGED);
	q_check();
}

Test(queue_tend, ends_nothing_by_a_clock_that_leapt)
{
	const char *a = q_add(MDM_PROFILE_LIST);
	int64_t then = q.now + 900 * INT64_C(86400);
	bool steady;

	cr_assert_eq(audit_clock_watch(house.st, q.now, &steady), 0);
	cr_assert_eq(audit_clock_watch(house.st, then, &steady), 0);
	cr_assert_not(steady);
	cr_assert_eq(mdm_queue_tend(house.m, then), 0);
	cr_assert_eq(q_get(a).state, MDM_QUEUED);
	cr_assert_eq(audit_clock_watch(house.st, q.now + 5, &steady), 0);
	cr_assert(steady, "it was set right again");
	cr_assert_eq(mdm_queue_tend(house.m, q.now + 5), 0);
	cr_assert_str_eq(q_poll(), "ProfileList");
}

Test(queue_tend, ends_a_few_hundred_at_a_time)
{
	for (int i = 0; i < 250; i++)
		q_ask((struct mdm_ask){.request = MDM_SECURITY_INFO, .life_s = 1});
	q.now += 2;
	cr_assert_eq(mdm_queue_tend(house.m, q.now), 0);
	cr_assert_eq(q_line().n, 50);
	cr_assert_eq(mdm_queue_tend(house.m, q.now), 0);
	cr_assert_eq(q_line().n, 0);
	q_check();
}

Test(queue_tend, old_history_goes)
{
	const char *a = q_add(MDM_PROFILE_LIST);

	q_poll();
	q_ack(a);
	cr_assert_eq(mdm_queue_tend(house.m, q.now + MDM_HISTORY_LIFE_S), 0);
	cr_assert_eq(q_history().n, 1);
	for (int i = 0; i < 2; i++)
		cr_assert_eq(mdm_queue_tend(house.m, q.now + MDM_HISTORY_LIFE_S + 1), 0);
	cr_assert_eq(q_history().n, 0);
	q_check();
}
