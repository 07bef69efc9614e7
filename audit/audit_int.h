/* SPDX-License-Identifier: EUPL-1.2 */
/* How an audit record is stored. */
#ifndef AUDIT_AUDIT_INT_H
#define AUDIT_AUDIT_INT_H

#include "audit/audit.h"

void audit_record_encode(const struct audit_record *r, struct buf *out);
int audit_record_decode(struct bytes in, struct arena *a, struct audit_record *ret) MUST_CHECK;

/* The clock stands at `now`: is it believed? */
bool audit_clock_step(struct audit_clock *c, int64_t now);

#endif
