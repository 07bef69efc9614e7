/* SPDX-License-Identifier: EUPL-1.2 */
/* What the checks of this folder share: a walk over a table that tells each fault and goes on. */
#ifndef MDM_CHECK_INT_H
#define MDM_CHECK_INT_H

#include "mdm/mdm_int.h"

struct mdm_checking {
	struct store_txn *txn;
	store_fault *fault;
	void *arg;
	struct arena *a; /* of one record */
	uint64_t count;  /* of whatever its user counts */
};
typedef int mdm_check_one(struct mdm_checking *c, struct bytes key, struct bytes value);
struct mdm_check_walk {
	enum store_table table;
	mdm_check_one *fn;
};
/* "mdm: ID: WHAT"; an id that is not known may be NULL. */
void mdm_check_tell(const struct mdm_checking *c, const char *what, const char *id);
/* Each record of each table; only trouble with the store ends it. */
int mdm_check_walks(
	struct mdm_checking *c, const struct mdm_check_walk *walks, size_t n) MUST_CHECK;

#endif
