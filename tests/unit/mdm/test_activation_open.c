/* SPDX-License-Identifier: EUPL-1.2 */
#include "mdm/ade_int.h"

#include <criterion/criterion.h>

Test(activation_open, only_somebody_elses_lock_with_a_reason_and_a_code)
{
	static const struct {
		unsigned state;
		const char *was, *reason;
		bool has_code;
		const char *code;
	} cases[] = {
		{MDM_ACTIVATION_NONE, NULL, "moved", true, NULL},
		{MDM_ACTIVATION_UNLOCKED, NULL, "moved", true, NULL},
		{MDM_ACTIVATION_NOT_OPENED, "moved", "again", true, NULL},
		{MDM_ACTIVATION_UNLOCK_WANTED, "moved", "again", true, NULL},
		{MDM_ACTIVATION_NONE, NULL, "", true, "activation.reason"},
		{MDM_ACTIVATION_NONE, NULL, NULL, true, "activation.reason"},
		{MDM_ACTIVATION_NONE, NULL, "moved", false, "activation.no-code"},
		{MDM_ACTIVATION_LOCKED, NULL, "moved", true, "activation.ours"},
		{MDM_ACTIVATION_LOCK_WANTED, NULL, "moved", true, "activation.ours"},
		{MDM_ACTIVATION_UNLOCK_WANTED, NULL, "moved", true, "activation.ours"},
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		const struct mdm_activation v = {.state = cases[i].state, .reason = cases[i].was};
		struct refusal r = {0};
		int err = mdm_activation_open_decide(
			"DMPX1", &v, cases[i].reason, cases[i].has_code, &r);

		cr_expect_eq(err, cases[i].code ? ERR_REFUSED : 0, "case %zu", i);
		if (cases[i].code && r.say)
			cr_expect_str_eq(r.say->code, cases[i].code);
	}
}
