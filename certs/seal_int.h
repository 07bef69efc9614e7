/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Sealing keys. They stand in a text file outside the store, one a line: `key ID BASE64`, where
 * ID is a number and the Base64 is of 32 random bytes. The highest ID seals; all of them open;
 * the lowest makes the keyed hashes, so it must stay for as long as the store lives.
 */
#ifndef CERTS_SEAL_INT_H
#define CERTS_SEAL_INT_H

#include "certs/certs_int.h"

/* The keyed hash of nothing under this context is kept, to know the key file again. */
#define CERT_SEAL_CHECK_CONTEXT "cert.kept/seal"

#define CERT_RING_MAX 16
#define CERT_RING_KEY 32

/* What is derived from one key of the file; the key itself is not kept. */
struct cert_ring_key {
	uint32_t id;
	uint8_t seal[32], hash[32];
};

struct cert_ring {
	size_t n; /* at least one */
	struct cert_ring_key key[CERT_RING_MAX];
};

/* Derives and adds; there must be room. */
void cert_ring_add(struct cert_ring *r, uint32_t id, const uint8_t key[CERT_RING_KEY]);
/* From the file's text; ERR_BADINPUT: no key, a doubled ID, anything else than keys, comments
 * and blank lines. Pure. */
int cert_ring_parse(struct bytes text, struct cert_ring **ret) MUST_CHECK;
void cert_ring_free(struct cert_ring *r); /* wipes; accepts NULL */
/* ERR_NOTFOUND without the file; ERR_DENIED when others may read it, or we may not; ERR_CRYPTO
 * when it is no key file. */
int cert_ring_load(const char *path, struct cert_ring **ret) MUST_CHECK;
/* Makes the file with one new key, mode 0600, on disk when this returns; ERR_EXISTS. */
int cert_ring_create(const char *path) MUST_CHECK;

/* As in certs.h, before there is a struct certs. */
int cert_ring_seal(const struct cert_ring *r, const char *context, struct bytes plain,
	struct arena *a, struct bytes *ret) MUST_CHECK;
int cert_ring_unseal(const struct cert_ring *r, const char *context, struct bytes sealed,
	struct arena *a, struct bytes *ret) MUST_CHECK;
void cert_ring_hash(
	const struct cert_ring *r, const char *context, struct bytes in, uint8_t out[32]);

static inline void auto_cert_ring(struct cert_ring **r)
{
	cert_ring_free(*r);
}

#endif
