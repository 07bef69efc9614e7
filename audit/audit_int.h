/* SPDX-License-Identifier: EUPL-1.2 */
/* How an audit record is stored. */
#ifndef AUDIT_AUDIT_INT_H
#define AUDIT_AUDIT_INT_H

#include "audit/audit.h"

/* The detail is sealed: reasons are typed freely. The chain is of the octets as they are stored, so it
 * holds and is checked without the key. */
extern const struct rec_type audit_rec;

/* The clock stands at `now`: is it believed? */
bool audit_clock_step(struct audit_clock *c, int64_t now);

#endif
