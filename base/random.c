/* SPDX-License-Identifier: EUPL-1.2 */
#include "base/random.h"
#include "base/text.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/random.h>

void random_bytes(void *p, size_t n)
{
	uint8_t *at = p;

	while (n > 0) {
		ssize_t got = getrandom(at, n, 0);

		if (got < 0 && errno != EINTR)
			abort(); /* keys from anything weaker are worse than no server */
		if (got > 0) {
			at += got;
			n -= (size_t)got;
		}
	}
}

const char *random_uuid(char out[UUID_TEXT])
{
	uint8_t r[16];

	random_bytes(r, sizeof(r));
	r[6] = (uint8_t)((r[6] & 0x0f) | 0x40);
	r[8] = (uint8_t)((r[8] & 0x3f) | 0x80);
	snprintf(out, UUID_TEXT,
		"%02X%02X%02X%02X-%02X%02X-%02X%02X-%02X%02X-%02X%02X%02X%02X%02X%02X", r[0], r[1],
		r[2], r[3], r[4], r[5], r[6], r[7], r[8], r[9], r[10], r[11], r[12], r[13], r[14],
		r[15]);
	return out;
}

char *random_token(struct arena *a, size_t n)
{
	uint8_t *r = arena_alloc(a, n);
	char *token;

	random_bytes(r, n);
	token = text_base64url(a, bytes_of(r, n));
	mem_wipe(r, n);
	return token;
}
