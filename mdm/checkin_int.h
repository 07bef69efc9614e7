/* SPDX-License-Identifier: EUPL-1.2 */
/* What checkin.c and authenticate.c share. */
#ifndef MDM_CHECKIN_INT_H
#define MDM_CHECKIN_INT_H

#include "mdm/mdm_int.h"

/* RFC 5280 5.3.1 */
#define MDM_SUPERSEDED 4
#define MDM_CESSATION_OF_OPERATION 5

/* One message on its way through; filled outside the transaction, read inside. */
struct mdm_checkin_job {
	struct mdm *m;
	const struct mdm_caller *who;
	const struct mdm_checkin *c;
	struct bytes sealed; /* UnlockToken or BootstrapToken */
	int64_t now;
	struct arena *a;
	struct mdm_checkin_answer answer;
	struct bytes bootstrap; /* what GetBootstrapToken found, sealed */
};

extern const struct audit_who mdm_device_who;

void mdm_job_fine(struct mdm_checkin_job *x, const char *why);
/* Keeps why, for the log, and returns the error. */
int mdm_job_deny(struct mdm_checkin_job *x, int err, const char *why);
/* No identity, or one that is not there, is no error. */
int mdm_job_revoke(struct mdm_checkin_job *x, struct store_txn *txn,
	const uint8_t fp[CERT_FINGERPRINT], uint32_t reason) MUST_CHECK;
/* Takes an enrolment out of everything that works for enrolled iPads. */
int mdm_job_leave(struct mdm_checkin_job *x, struct store_txn *txn, const struct mdm_enrollment *e,
	uint32_t reason) MUST_CHECK;
/* authenticate.c */
int mdm_authenticate(struct store_txn *txn, struct mdm_checkin_job *x) MUST_CHECK;

#endif
