/* SPDX-License-Identifier: EUPL-1.2 */
#include "tests/unit/mdm/queue.h"

TestSuite(lost_tend, .init = q_open, .fini = house_close);

Test(lost_tend, tries_again_after_an_hour_and_not_before)
{
	uint64_t version;

	q_lost();
	q_poll();
	q_error(q_next_uuid(), 4711);
	q_obey();
	cr_assert_eq(q_line().n, 0);
	cr_assert_eq(mdm_lost_tend(house.m, q.now + MDM_LOST_RETRY_S - 1), 0);
	cr_assert_eq(q_line().n, 0);
	cr_assert_eq(mdm_lost_tend(house.m, q.now + MDM_LOST_RETRY_S), 0);
	cr_assert_eq(q_line().n, 0, "it looks only each ten minutes");
	q.now += 2 * MDM_LOST_RETRY_S;
	cr_assert_eq(mdm_lost_tend(house.m, q.now), 0);
	cr_assert_eq(q_line().n, 1);
	cr_assert_str_eq(q_line().c[0].request_type, "EnableLostMode");
	version = store_version(house.st);
	q.now += 2 * MDM_LOST_RETRY_S;
	cr_assert_eq(mdm_lost_tend(house.m, q.now), 0);
	cr_assert_eq(store_version(house.st), version, "one that waits is enough");
}

Test(lost_tend, leaves_those_alone_that_cannot)
{
	struct mdm_enrollment e = q_enrollment();

	e.supervised = 1;
	q_enrollment_set(&e);
	q_lost();
	q.now += 2 * MDM_LOST_RETRY_S;
	cr_assert_eq(mdm_lost_tend(house.m, q.now), 0);
	cr_assert_eq(q_line().n, 0);
}
