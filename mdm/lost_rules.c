/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What we want (the phase) against what the iPad tells. An erase, a restore or a lost answer can
 * make the two differ; each row of the table leads back to what we want, and none of them can
 * go round for ever: EnableLostMode and DisableLostMode are repeated at most once an hour.
 */
#include "mdm/queue_int.h"

static const uint8_t steps[MDM_TOLDS][4] = {
	/* phase:               NOT_LOST          WANTED            ON                LEAVING */
	[MDM_TOLD_LOST] = {MDM_LOST_DISABLE, MDM_LOST_CONFIRM, MDM_LOST_NOTHING, MDM_LOST_DISABLE},
	[MDM_TOLD_NOT_LOST] = {MDM_LOST_NOTHING, MDM_LOST_ENABLE, MDM_LOST_ENABLE, MDM_LOST_OVER},
	[MDM_TOLD_ENABLED] = {MDM_LOST_DISABLE, MDM_LOST_CONFIRM, MDM_LOST_NOTHING,
		MDM_LOST_NOTHING},
	[MDM_TOLD_NOT_ENABLED] = {MDM_LOST_NOTHING, MDM_LOST_ASK, MDM_LOST_NOTHING,
		MDM_LOST_NOTHING},
	[MDM_TOLD_DISABLED] = {MDM_LOST_NOTHING, MDM_LOST_ENABLE, MDM_LOST_ENABLE, MDM_LOST_OVER},
	[MDM_TOLD_NOT_DISABLED] = {MDM_LOST_NOTHING, MDM_LOST_NOTHING, MDM_LOST_NOTHING,
		MDM_LOST_ASK},
	[MDM_TOLD_INVALID] = {MDM_LOST_ASK, MDM_LOST_ASK, MDM_LOST_NOTHING, MDM_LOST_NOTHING},
	[MDM_TOLD_ERASED] = {MDM_LOST_NOTHING, MDM_LOST_NOTHING, MDM_LOST_AGAIN, MDM_LOST_OVER},
};

enum mdm_lost_act mdm_lost_step(uint32_t phase, enum mdm_lost_told told, int64_t tried_s)
{
	enum mdm_lost_act act;
	bool hasty = tried_s < MDM_LOST_RETRY_S;

	if (phase > MDM_LOST_LEAVING || (unsigned)told >= MDM_TOLDS)
		return MDM_LOST_NOTHING;
	act = steps[told][phase];
	/* A poll may tell of a moment before the command that is on its way; and an iPad that
	 * refused a moment ago would refuse again. What it does against our last word, though,
	 * is answered at once. */
	if (hasty && told == MDM_TOLD_LOST && act == MDM_LOST_DISABLE)
		return MDM_LOST_NOTHING;
	if (hasty && told == MDM_TOLD_NOT_LOST && act == MDM_LOST_ENABLE && phase != MDM_LOST_ON)
		return MDM_LOST_NOTHING;
	return act;
}
