/* SPDX-License-Identifier: EUPL-1.2 */
#include "mdm/ade_int.h"
#include "mdm/queue_int.h"

#include <criterion/criterion.h>

static const struct {
	struct mdm_erase_facts f;
	enum mdm_erase_way way;
} cases[] = {
	{{0}, MDM_ERASE_FREE},
	{{.told = MDM_LOCK_OFF, .told_at = 5, .has_code = true}, MDM_ERASE_FREE},
	/* somebody's own */
	{{.told = MDM_LOCK_ON, .told_at = 5}, MDM_ERASE_SHUT},
	{{.told = MDM_LOCK_ON, .told_at = 5, .has_code = true}, MDM_ERASE_OPENS},
	{{.activation = MDM_ACTIVATION_UNLOCK_WANTED, .told = MDM_LOCK_ON}, MDM_ERASE_OPENING},
	{{.activation = MDM_ACTIVATION_NOT_OPENED, .told = MDM_LOCK_ON, .has_code = true},
		MDM_ERASE_SHUT},
	{{.activation = MDM_ACTIVATION_NOT_OPENED, .told = MDM_LOCK_OFF, .has_code = true},
		MDM_ERASE_FREE},
	/* what it told before Apple opened it is old, and what it tells after is new */
	{{.activation = MDM_ACTIVATION_UNLOCKED, .settled_at = 6, .told = MDM_LOCK_ON, .told_at = 5},
		MDM_ERASE_FREE},
	{{.activation = MDM_ACTIVATION_UNLOCKED, .settled_at = 6, .told = MDM_LOCK_ON, .told_at = 7},
		MDM_ERASE_SHUT},
	/* ours */
	{{.activation = MDM_ACTIVATION_LOCKED}, MDM_ERASE_CLEARS},
	{{.activation = MDM_ACTIVATION_LOCK_WANTED}, MDM_ERASE_CLEARS},
	{{.activation = MDM_ACTIVATION_LOCKED, .lost = true}, MDM_ERASE_STOLEN},
	{{.activation = MDM_ACTIVATION_LOCK_WANTED, .lost = true}, MDM_ERASE_STOLEN},
	{{.activation = MDM_ACTIVATION_UNLOCK_WANTED, .lost = true}, MDM_ERASE_OPENING},
};

Test(erase_rules, a_lock_goes_first)
{
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		cr_expect_eq(mdm_erase_decide(&cases[i].f), cases[i].way, "case %zu", i);
}
