/* SPDX-License-Identifier: EUPL-1.2 */
/* The inside of the fleet's list. */
#ifndef MDM_FLEET_INT_H
#define MDM_FLEET_INT_H

#include "mdm/desired_int.h"

struct mdm_sift {
	struct mdm *m;
	struct store_txn *txn;
	struct arena *a, *scratch; /* of one page; the second is emptied for each */
	const struct mdm_fleet_ask *ask;
	enum mdm_fleet_order order;
};
struct mdm_met {
	const char *udid, *serial;
};
/* *e lives in the scratch arena. */
int mdm_fleet_fit(struct mdm_sift *s, const struct mdm_met *x, struct mdm_enrollment *e,
	bool *ret) MUST_CHECK;

#endif
