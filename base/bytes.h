/* SPDX-License-Identifier: EUPL-1.2 */
/* A borrowed stretch of bytes. Owns nothing; n counts bytes; p may be NULL only when n is 0. */
#ifndef BASE_BYTES_H
#define BASE_BYTES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

struct bytes {
	const uint8_t *p;
	size_t n;
};

static inline struct bytes bytes_of(const void *p, size_t n)
{
	return (struct bytes){p, n};
}

/* The characters of a C string without its NUL. */
static inline struct bytes bytes_of_str(const char *s)
{
	return (struct bytes){(const uint8_t *)s, s ? strlen(s) : 0};
}

/* Equal content. Not constant-time: for secrets use cert_secret_equal(). */
static inline bool bytes_equal(struct bytes a, struct bytes b)
{
	return a.n == b.n && (a.n == 0 || memcmp(a.p, b.p, a.n) == 0);
}

#endif
