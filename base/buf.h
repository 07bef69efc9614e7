/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * A byte buffer that cannot be made without a limit. Going past the limit marks the buffer as
 * overflown: what follows is dropped, and buf_ok() tells, so that a caller may check once at the
 * end. The content always has a NUL behind it (not counted).
 */
#ifndef BASE_BUF_H
#define BASE_BUF_H

#include "base/mem.h"

struct buf {
	uint8_t *p;
	size_t n;
	size_t cap;   /* allocated */
	size_t limit; /* content may not grow past this */
	bool overflow;
	bool secret; /* overwritten before its memory is given back, also when it moves to grow */
};

#define BUF_INIT(limit_)          \
	{                         \
		.limit = (limit_) \
	}

#define BUF_INIT_SECRET(limit_)                   \
	{                                         \
		.limit = (limit_), .secret = true \
	}

void buf_release(struct buf *b); /* frees the memory; the buffer may be used again */
void buf_wipe(struct buf *b);    /* the same, overwriting it first */
void buf_reset(struct buf *b);   /* empties, keeps the memory, clears overflow */
bool buf_ok(const struct buf *b);
void buf_add(struct buf *b, const void *p, size_t n);
/* n more bytes for the caller to fill at once; NULL when they would go past the limit. */
uint8_t *buf_extend(struct buf *b, size_t n);
void buf_cut(struct buf *b, size_t n); /* keeps the first n bytes */
void buf_add_str(struct buf *b, const char *s);
void buf_add_char(struct buf *b, char c);
void buf_add_bytes(struct buf *b, struct bytes x);
void buf_printf(struct buf *b, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
void buf_add_hex(struct buf *b, struct bytes x);    /* lower case */
void buf_add_base64(struct buf *b, struct bytes x); /* RFC 4648 with padding, one line */
struct bytes buf_bytes(const struct buf *b);
const char *buf_str(const struct buf *b); /* "" when empty, never NULL */
AUTO_RELEASE(buf, buf_release)

#endif
