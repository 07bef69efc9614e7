/* SPDX-License-Identifier: EUPL-1.2 */
/* Random bytes of the kernel's CSPRNG, and names made of them. Never fails: without it we stop. */
#ifndef BASE_RANDOM_H
#define BASE_RANDOM_H

#include "base/mem.h"

void random_bytes(void *p, size_t n);

#define UUID_TEXT 37
/* RFC 9562 version 4, upper case as Apple writes them. */
const char *random_uuid(char out[UUID_TEXT]);
/* n random bytes as URL-safe Base64 without padding, in the arena: tokens, one-time words. */
char *random_token(struct arena *a, size_t n);

#endif
