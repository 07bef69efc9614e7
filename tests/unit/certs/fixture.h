/* SPDX-License-Identifier: EUPL-1.2 */
/* A house with a CA of its own in a folder of its own, for a test. */
#ifndef TESTS_CERTS_FIXTURE_H
#define TESTS_CERTS_FIXTURE_H

#include "certs/certs_int.h"
#include "tests/unit/certs/client.h"

struct fixture {
	char dir[256], key_path[300];
	struct store *st;
	struct certs *c;
	struct arena *a;
	int64_t now;
};

/* The folder, an empty store and an arena. */
void fixture_store(struct fixture *f);
/* The same with a CA, opened. */
void fixture_house(struct fixture *f);
void fixture_reopen(struct fixture *f, bool refuse_old_algorithms);
void fixture_end(struct fixture *f);

/* Transactions in one line. */
int fixture_read(
	struct fixture *f, int (*fn)(struct store_txn *, struct fixture *, void *), void *arg);
int fixture_write(
	struct fixture *f, int (*fn)(struct store_txn *, struct fixture *, void *), void *arg);

/* An identity that the CA signed, outside SCEP; not in the store. P-256 when `key` is NULL. */
struct fixture_identity {
	EVP_PKEY *key;
	X509 *cert;
	struct bytes der;
	uint8_t fingerprint[CERT_FINGERPRINT];
};
void fixture_identity(
	struct fixture *f, EVP_PKEY *key, int64_t not_after, struct fixture_identity *ret);
void fixture_identity_free(struct fixture_identity *id);
/* A challenge for this iPad, good for an hour. */
const char *fixture_challenge(
	struct fixture *f, const char *device_serial, const char *udid, int64_t expires_at);
/* How many faults cert_check() finds. */
int fixture_faults(struct fixture *f);

#endif
