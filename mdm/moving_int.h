/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Moving in: iPads that were enrolled at another open MDM server go on here without enrolling
 * again. They call the address they were given, so this server must answer at it; they speak with
 * an identity that another CA issued, so its fingerprint is pinned: that very certificate is
 * believed, for that UDID, until its renewal by ours, which starts at once. No other CA is ever
 * trusted.
 *
 * What an enrolment may never change (identifier, addresses, rights) is kept per iPad, and each
 * renewal repeats it.
 */
#ifndef MDM_MOVING_INT_H
#define MDM_MOVING_INT_H

#include "mdm/queue_int.h"

#define MDM_MOVE_TOKEN_MOST 16384 /* as checkin_msg.c */

/* --- records: moving_db.c --- */
struct mdm_moved {
	const char *udid;
	const char *profile_id, *server_url, *checkin_url;
	int64_t rights;
	const char *source; /* "nanomdm" */
	int64_t moved_at;
	struct bytes unknown;
};
int mdm_moved_put(struct store_txn *txn, const struct mdm_moved *x) MUST_CHECK;
int mdm_moved_get(
	struct store_txn *txn, struct arena *a, const char *udid, struct mdm_moved *ret) MUST_CHECK;
int mdm_moved_del(struct store_txn *txn, const char *udid) MUST_CHECK;
/* Fingerprints of certificates that are not our CA's and yet believed. */
int mdm_pin_put(struct store_txn *txn, const uint8_t fingerprint[CERT_FINGERPRINT],
	const char *udid) MUST_CHECK;
int mdm_pin_del(struct store_txn *txn, const uint8_t fingerprint[CERT_FINGERPRINT]) MUST_CHECK;
int mdm_pin_get(struct store_txn *txn, struct arena *a, const uint8_t fingerprint[CERT_FINGERPRINT],
	const char **ret_udid) MUST_CHECK;

#endif
