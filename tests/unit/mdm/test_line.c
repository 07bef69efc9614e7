/* SPDX-License-Identifier: EUPL-1.2 */
#include "tests/unit/mdm/queue.h"

TestSuite(line, .init = q_open, .fini = house_close);

Test(line, remembers_what_is_out)
{
	struct mdm_line *l = mdm_line_new();
	char uuid[MDM_UUID];
	int64_t at;

	cr_assert_not(mdm_handed_get(l, "A", uuid, &at));
	mdm_handed_note(l, "A", "U1", 5);
	mdm_handed_note(l, "B", "U2", 6);
	mdm_handed_note(l, "A", "U3", 7);
	cr_assert(mdm_handed_get(l, "A", uuid, &at));
	cr_assert_str_eq(uuid, "U3");
	cr_assert_eq(at, 7);
	mdm_handed_forget(l, "A");
	mdm_handed_forget(l, "A");
	cr_assert_not(mdm_handed_get(l, "A", uuid, &at));
	cr_assert(mdm_handed_get(l, "B", uuid, &at));
	mdm_line_free(l);
	mdm_line_free(NULL);
}

Test(line, is_bounded)
{
	struct mdm_line *l = mdm_line_new();
	char udid[32], uuid[MDM_UUID];
	int64_t at;

	for (int i = 0; i < 30000; i++) {
		snprintf(udid, sizeof(udid), "ipad-%d", i);
		mdm_handed_note(l, udid, "U", i);
	}
	cr_assert(mdm_handed_get(l, "ipad-0", uuid, &at));
	cr_assert_not(mdm_handed_get(l, "ipad-29999", uuid, &at));
	mdm_handed_note(l, "ipad-5", "V", 1);
	cr_assert(mdm_handed_get(l, "ipad-5", uuid, &at));
	cr_assert_str_eq(uuid, "V", "one that is known can still change");
	mdm_line_free(l);
}

Test(line, what_is_out_for_long_is_written_down)
{
	const char *a = q_add(MDM_PROFILE_LIST);
	char uuid[MDM_UUID];
	int64_t at;

	q_poll();
	cr_assert_eq(mdm_handed_flush(house.m, q.now + 60), 0);
	cr_assert_eq(q_get(a).handed_at, q.now);
	cr_assert_not(mdm_handed_get(house.m->line, Q_UDID, uuid, &at));
	q_poll();
	q_ack(a);
	cr_assert_eq(mdm_handed_flush(house.m, q.now + 120), 0);
	/* one that ended or never was */
	mdm_handed_note(house.m->line, Q_UDID, a, q.now);
	mdm_handed_note(house.m->line, "X", "none", q.now);
	cr_assert_eq(mdm_handed_flush(house.m, q.now + 120), 0);
	cr_assert_eq(q_get(a).state, MDM_ACKNOWLEDGED);
	q_check();
}
