/* SPDX-License-Identifier: EUPL-1.2 */
#include "base/buf.h"

#include <stdio.h>
#include <stdlib.h>

#define BUF_FIRST 256

void buf_release(struct buf *b)
{
	if (b->secret && b->p)
		mem_wipe(b->p, b->cap);
	free(b->p);
	b->p = NULL;
	b->n = b->cap = 0;
	b->overflow = false;
}

void buf_wipe(struct buf *b)
{
	if (b->p)
		mem_wipe(b->p, b->cap);
	buf_release(b);
}

void buf_reset(struct buf *b)
{
	b->n = 0;
	b->overflow = false;
	if (b->p)
		b->p[0] = '\0';
}

bool buf_ok(const struct buf *b)
{
	return !b->overflow;
}

static void buf_move(struct buf *b, size_t cap)
{
	uint8_t *p;

	if (!b->secret) {
		b->p = mem_grow(b->p, cap);
	} else {
		/* realloc would leave the old bytes behind. */
		p = mem_alloc(cap);
		if (b->p) {
			memcpy(p, b->p, b->n);
			mem_wipe(b->p, b->cap);
			free(b->p);
		}
		b->p = p;
	}
	b->cap = cap;
}

/* Room for n more bytes and a NUL; false, and marked, when that passes the limit. */
static __attribute__((noinline)) bool buf_grow(struct buf *b, size_t n)
{
	size_t cap = b->cap ? b->cap : BUF_FIRST;

	if (b->n > b->limit || n > b->limit - b->n || b->n + n >= SIZE_MAX / 4) {
		b->overflow = true;
		return false;
	}
	while (cap <= b->n + n)
		cap *= 2;
	if (cap > b->cap)
		buf_move(b, cap);
	return true;
}

static inline bool buf_room(struct buf *b, size_t n)
{
	if (b->overflow)
		return false;
	if (n < b->cap - b->n && n <= b->limit - b->n)
		return true;
	return buf_grow(b, n);
}

uint8_t *buf_extend(struct buf *b, size_t n)
{
	uint8_t *p;

	if (!buf_room(b, n))
		return NULL;
	p = b->p + b->n;
	b->n += n;
	b->p[b->n] = '\0';
	return p;
}

void buf_cut(struct buf *b, size_t n)
{
	if (n >= b->n)
		return;
	b->n = n;
	b->p[n] = '\0';
}

void buf_add(struct buf *b, const void *p, size_t n)
{
	if (!buf_room(b, n))
		return;
	if (n)
		memcpy(b->p + b->n, p, n);
	b->n += n;
	b->p[b->n] = '\0';
}

void buf_add_str(struct buf *b, const char *s)
{
	buf_add(b, s, strlen(s));
}

void buf_add_char(struct buf *b, char c)
{
	buf_add(b, &c, 1);
}

void buf_add_bytes(struct buf *b, struct bytes x)
{
	buf_add(b, x.p, x.n);
}

void buf_printf(struct buf *b, const char *fmt, ...)
{
	size_t room;
	va_list ap;
	int n;

	if (!buf_room(b, 0))
		return;
	room = b->cap - b->n;
	va_start(ap, fmt);
	n = vsnprintf((char *)b->p + b->n, room, fmt, ap);
	va_end(ap);
	if (n >= 0 && (size_t)n >= room) {
		b->p[b->n] = '\0';
		if (!buf_room(b, (size_t)n))
			return;
		va_start(ap, fmt);
		n = vsnprintf((char *)b->p + b->n, (size_t)n + 1, fmt, ap);
		va_end(ap);
	}
	if (n < 0 || (size_t)n > b->limit - b->n) {
		b->p[b->n] = '\0';
		b->overflow = true;
		return;
	}
	b->n += (size_t)n;
}

void buf_add_hex(struct buf *b, struct bytes x)
{
	static const char digits[] = "0123456789abcdef";
	uint8_t *to;

	if (x.n > SIZE_MAX / 4) {
		b->overflow = true;
		return;
	}
	to = buf_extend(b, x.n * 2);
	if (!to)
		return;
	for (size_t i = 0; i < x.n; i++) {
		*to++ = (uint8_t)digits[x.p[i] >> 4];
		*to++ = (uint8_t)digits[x.p[i] & 15];
	}
}

static const char base64[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/* The last one or two bytes, with their padding. */
static void base64_tail(uint8_t *to, const uint8_t *from, size_t n)
{
	unsigned v = (unsigned)from[0] << 16 | (n > 1 ? (unsigned)from[1] << 8 : 0);

	to[0] = (uint8_t)base64[v >> 18];
	to[1] = (uint8_t)base64[v >> 12 & 63];
	to[2] = n > 1 ? (uint8_t)base64[v >> 6 & 63] : '=';
	to[3] = '=';
}

void buf_add_base64(struct buf *b, struct bytes x)
{
	const uint8_t *p = x.p;
	size_t n = x.n;
	uint8_t *to;

	if (n > SIZE_MAX / 4) {
		b->overflow = true;
		return;
	}
	to = buf_extend(b, (n + 2) / 3 * 4);
	if (!to)
		return;
	for (; n >= 3; n -= 3, p += 3, to += 4) {
		unsigned v = (unsigned)p[0] << 16 | (unsigned)p[1] << 8 | p[2];

		to[0] = (uint8_t)base64[v >> 18];
		to[1] = (uint8_t)base64[v >> 12 & 63];
		to[2] = (uint8_t)base64[v >> 6 & 63];
		to[3] = (uint8_t)base64[v & 63];
	}
	if (n)
		base64_tail(to, p, n);
}

struct bytes buf_bytes(const struct buf *b)
{
	return bytes_of(b->p, b->n);
}

const char *buf_str(const struct buf *b)
{
	return b->p ? (const char *)b->p : "";
}
