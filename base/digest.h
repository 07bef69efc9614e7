/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * SHA-256 (FIPS 180-4) for what must not depend on the OpenSSL door: checksums of backups and
 * the audit chain. It guards against damage and shows tampering; it is no signature and no
 * password hash.
 */
#ifndef BASE_DIGEST_H
#define BASE_DIGEST_H

#include "base/bytes.h"

#define DIGEST_BYTES 32

struct digest {
	uint32_t h[8];
	uint64_t total; /* bytes added so far */
	uint8_t block[64];
};

void digest_init(struct digest *d);
void digest_add(struct digest *d, const void *p, size_t n);
/* Ends the sum; the struct must be initialised again before further use. */
void digest_finish(struct digest *d, uint8_t ret[DIGEST_BYTES]);
/* All three in one. */
void digest_of(struct bytes b, uint8_t ret[DIGEST_BYTES]);

#endif
