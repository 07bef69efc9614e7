/* SPDX-License-Identifier: EUPL-1.2 */
/* The records of this folder. Each function works in the transaction it is given. */
#ifndef CERTS_KEPT_INT_H
#define CERTS_KEPT_INT_H

#include "certs/certs.h"

/* --- kept_db.c: table CERT_KEPT, by name --- */
#define CERT_KEPT_CA "ca"
#define CERT_KEPT_SIGNER "signer"
#define CERT_KEPT_PUSH "push"
#define CERT_KEPT_PUSH_PENDING "push.pending"
#define CERT_KEPT_SEAL "seal"

/* What the private keys are sealed as; the push key's is CERT_PUSH_KEY_CONTEXT. */
#define CERT_CA_KEY_CONTEXT "cert.kept/ca.key"
#define CERT_SIGNER_KEY_CONTEXT "cert.kept/signer.key"
#define CERT_PENDING_KEY_CONTEXT "cert.kept/push.pending.key"

struct cert_kept {
	struct bytes certificate; /* DER; of "push" PEM, leaf first; of the pending key
				   * its public half; of "seal" a check value */
	struct bytes sealed_key;
	const char *name; /* the CA's organisation, the push certificate's topic */
	int64_t not_before, not_after;
	int64_t generation;
	const char *refused; /* the push certificate: why Apple takes nothing under it, or NULL */
	struct bytes unknown;
};
int cert_kept_get(
	struct store_txn *txn, struct arena *a, const char *name, struct cert_kept *ret) MUST_CHECK;
int cert_kept_put(struct store_txn *txn, const char *name, const struct cert_kept *k) MUST_CHECK;
int cert_kept_del(struct store_txn *txn, const char *name) MUST_CHECK; /* ERR_NOTFOUND */

/* --- identity_db.c: CERT_IDENTITY by fingerprint, CERT_BY_EXPIRY, CERT_REVOKED --- */
/* ERR_EXISTS. */
int cert_identity_add(struct store_txn *txn, const struct cert_identity *id) MUST_CHECK;
/* What the revocation list must know; by fingerprint. */
struct cert_revoked {
	uint8_t serial[CERT_SERIAL], fingerprint[CERT_FINGERPRINT];
	int64_t at, not_after;
	uint32_t reason;
	struct bytes unknown;
};
/* All that have not expired by `now`, in the arena. */
int cert_revoked_list(struct store_txn *txn, struct arena *a, int64_t now,
	struct cert_revoked **ret, size_t *ret_n) MUST_CHECK;
/* A row of CERT_REVOKED. */
int cert_revoked_decode(
	struct bytes key, struct bytes value, struct arena *a, struct cert_revoked *ret) MUST_CHECK;

/* --- challenge_db.c: CERT_CHALLENGE by the word's hash, CERT_CHALLENGE_DUE --- */
struct cert_challenge {
	uint8_t hash[32]; /* SHA-256 of the word; the word itself is nowhere */
	const char *device_serial, *udid, *invitation;
	int64_t expires_at;
	/* once burned: for which key, and the certificate, to be given again to that key only */
	int64_t used_at;
	uint8_t used_key[32];
	uint8_t fingerprint[CERT_FINGERPRINT];
	struct bytes certificate;
	struct bytes unknown;
};
/* ERR_NOTFOUND for a word that is not known (or no longer). */
int cert_challenge_get(struct store_txn *txn, struct arena *a, const char *word,
	struct cert_challenge *ret) MUST_CHECK;
int cert_challenge_put(struct store_txn *txn, const struct cert_challenge *ch) MUST_CHECK;
/* A row of CERT_CHALLENGE; the hash's first CERT_CHALLENGE_KEY octets are its key. */
#define CERT_CHALLENGE_KEY 16
int cert_challenge_decode(
	struct bytes value, struct arena *a, struct cert_challenge *ret) MUST_CHECK;

#endif
