/* SPDX-License-Identifier: EUPL-1.2 */
#include "mdm/queue_int.h"

#include <criterion/criterion.h>

#define LONG 86400

Test(lost_rules, each_word_leads_to_what_is_wanted)
{
	static const struct {
		uint32_t phase;
		enum mdm_lost_told told;
		int64_t tried_s;
		enum mdm_lost_act act;
	} cases[] = {
		{MDM_LOST_WANTED, MDM_TOLD_ENABLED, 5, MDM_LOST_CONFIRM},
		{MDM_LOST_WANTED, MDM_TOLD_LOST, 5, MDM_LOST_CONFIRM},
		{MDM_LOST_WANTED, MDM_TOLD_NOT_LOST, 5, MDM_LOST_NOTHING},
		{MDM_LOST_WANTED, MDM_TOLD_NOT_LOST, LONG, MDM_LOST_ENABLE},
		{MDM_LOST_WANTED, MDM_TOLD_NOT_ENABLED, 5, MDM_LOST_ASK},
		{MDM_LOST_WANTED, MDM_TOLD_INVALID, 5, MDM_LOST_ASK},
		{MDM_LOST_WANTED, MDM_TOLD_ERASED, 5, MDM_LOST_NOTHING},
		{MDM_LOST_ON, MDM_TOLD_LOST, 5, MDM_LOST_NOTHING},
		{MDM_LOST_ON, MDM_TOLD_NOT_LOST, 5, MDM_LOST_ENABLE},
		{MDM_LOST_ON, MDM_TOLD_ERASED, 5, MDM_LOST_AGAIN},
		{MDM_LOST_ON, MDM_TOLD_DISABLED, 5, MDM_LOST_ENABLE},
		{MDM_LOST_ON, MDM_TOLD_INVALID, 5, MDM_LOST_NOTHING},
		{MDM_LOST_LEAVING, MDM_TOLD_DISABLED, 5, MDM_LOST_OVER},
		{MDM_LOST_LEAVING, MDM_TOLD_NOT_LOST, 5, MDM_LOST_OVER},
		{MDM_LOST_LEAVING, MDM_TOLD_ERASED, 5, MDM_LOST_OVER},
		{MDM_LOST_LEAVING, MDM_TOLD_LOST, 5, MDM_LOST_NOTHING},
		{MDM_LOST_LEAVING, MDM_TOLD_LOST, LONG, MDM_LOST_DISABLE},
		{MDM_LOST_LEAVING, MDM_TOLD_NOT_DISABLED, 5, MDM_LOST_ASK},
		{MDM_LOST_LEAVING, MDM_TOLD_ENABLED, 5, MDM_LOST_NOTHING},
		{MDM_NOT_LOST, MDM_TOLD_LOST, LONG, MDM_LOST_DISABLE},
		{MDM_NOT_LOST, MDM_TOLD_ENABLED, 5, MDM_LOST_DISABLE},
		{MDM_NOT_LOST, MDM_TOLD_NOT_LOST, LONG, MDM_LOST_NOTHING},
		{MDM_NOT_LOST, MDM_TOLD_INVALID, LONG, MDM_LOST_ASK},
		{99, MDM_TOLD_LOST, LONG, MDM_LOST_NOTHING},
		{MDM_LOST_ON, MDM_TOLDS, LONG, MDM_LOST_NOTHING},
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		cr_assert_eq(mdm_lost_step(cases[i].phase, cases[i].told, cases[i].tried_s),
			cases[i].act, "case %zu", i);
}

/* An iPad that keeps saying the same can make us send a command once, not for ever: whatever it
 * refuses or denies leads to a question at most. */
Test(lost_rules, nothing_goes_round_for_ever)
{
	static const enum mdm_lost_told refusals[] = {
		MDM_TOLD_NOT_ENABLED, MDM_TOLD_NOT_DISABLED, MDM_TOLD_INVALID};

	for (uint32_t phase = 0; phase < 4; phase++)
		for (size_t i = 0; i < 3; i++) {
			enum mdm_lost_act act = mdm_lost_step(phase, refusals[i], LONG);

			cr_assert(act == MDM_LOST_NOTHING || act == MDM_LOST_ASK);
		}
	for (uint32_t phase = MDM_LOST_WANTED; phase < 4; phase += 2) {
		enum mdm_lost_act act = mdm_lost_step(phase, MDM_TOLD_LOST, 10);

		cr_assert_neq(act, MDM_LOST_ENABLE);
		cr_assert_neq(act, MDM_LOST_DISABLE);
		act = mdm_lost_step(phase, MDM_TOLD_NOT_LOST, 10);
		cr_assert_neq(act, MDM_LOST_ENABLE);
		cr_assert_neq(act, MDM_LOST_DISABLE);
	}
}
