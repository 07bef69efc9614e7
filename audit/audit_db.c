/* SPDX-License-Identifier: EUPL-1.2 */
#include "audit/audit_int.h"

#include "base/rec.h"

/* Numbers are never used again for something else. */
static const struct rec_field fields[] = {REC_I64(1, struct audit_record, seq),
	REC_I64(2, struct audit_record, at), REC_STR(3, struct audit_record, actor),
	REC_STR(4, struct audit_record, via), REC_STR(5, struct audit_record, act),
	REC_STR(6, struct audit_record, object), REC_WORDS(7, struct audit_record, detail),
	REC_I64(8, struct audit_record, request), REC_FIXED(9, struct audit_record, before),
	REC_END};
const struct rec_type audit_rec =
	REC_TYPE_WORDS("audit.log", struct audit_record, 1, fields);
