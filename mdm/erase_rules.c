/* SPDX-License-Identifier: EUPL-1.2 */
/* What an Activation Lock makes of an erase. */
#include "mdm/ade_int.h"
#include "mdm/queue_int.h"

/* What the iPad told before Apple opened its lock is old. */
static bool is_told(const struct mdm_erase_facts *f)
{
	bool opened = f->activation == MDM_ACTIVATION_UNLOCKED && f->settled_at >= f->told_at;

	return f->told == MDM_LOCK_ON && !opened;
}

enum mdm_erase_way mdm_erase_decide(const struct mdm_erase_facts *f)
{
	switch (f->activation) {
	case MDM_ACTIVATION_LOCK_WANTED:
	case MDM_ACTIVATION_LOCKED:
		return f->lost ? MDM_ERASE_STOLEN : MDM_ERASE_CLEARS;
	case MDM_ACTIVATION_UNLOCK_WANTED:
		return MDM_ERASE_OPENING;
	default:
		break;
	}
	if (!is_told(f))
		return MDM_ERASE_FREE;
	/* codes that Apple did not take are not tried again by ourselves */
	return f->has_code && f->activation != MDM_ACTIVATION_NOT_OPENED ? MDM_ERASE_OPENS
									  : MDM_ERASE_SHUT;
}
