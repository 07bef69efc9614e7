/* SPDX-License-Identifier: EUPL-1.2 */
#include "store/store_int.h"

#include <stdarg.h>

#define SIGN_BIT (UINT64_C(1) << 63)

static void key_add(struct store_key *k, const void *p, size_t n)
{
	if (k->bad || n > (size_t)(STORE_KEY_MAX - k->n)) {
		k->bad = true;
		return;
	}
	if (n > 0)
		memcpy(k->b + k->n, p, n);
	k->n = (uint16_t)(k->n + n);
}

static void key_add_number(struct store_key *k, uint64_t x, unsigned size)
{
	uint8_t be[8];

	for (unsigned i = 0; i < size; i++)
		be[i] = (uint8_t)(x >> (8 * (size - 1 - i)));
	key_add(k, be, size);
}

static void key_add_text(struct store_key *k, const char *s)
{
	if (!s) {
		k->bad = true;
		return;
	}
	key_add(k, s, strlen(s) + 1);
}

static void key_add_byte(struct store_key *k, int c)
{
	if (c < 0 || c > UINT8_MAX) {
		k->bad = true;
		return;
	}
	key_add_number(k, (uint64_t)c, 1);
}

struct store_key store_key(const char *fmt, ...)
{
	struct store_key k;
	const void *p;
	va_list ap;

	k.n = 0;
	k.bad = false;
	va_start(ap, fmt);
	for (; *fmt; fmt++) {
		switch (*fmt) {
		case 's':
			key_add_text(&k, va_arg(ap, const char *));
			break;
		case 'u':
			key_add_number(&k, va_arg(ap, uint32_t), 4);
			break;
		case 'q':
			key_add_number(&k, va_arg(ap, uint64_t), 8);
			break;
		case 't':
			key_add_number(&k, (uint64_t)va_arg(ap, int64_t) ^ SIGN_BIT, 8);
			break;
		case 'c':
			key_add_byte(&k, va_arg(ap, int));
			break;
		case 'b':
			p = va_arg(ap, const void *);
			key_add(&k, p, va_arg(ap, size_t));
			break;
		default: /* the remaining arguments cannot be known */
			k.bad = true;
			va_end(ap);
			return k;
		}
	}
	va_end(ap);
	return k;
}

static bool take_number(struct bytes *in, unsigned size, uint64_t *ret)
{
	uint64_t x = 0;

	if (in->n < size)
		return false;
	for (unsigned i = 0; i < size; i++)
		x = x << 8 | in->p[i];
	*in = bytes_of(in->p + size, in->n - size);
	*ret = x;
	return true;
}

static bool take_text(struct bytes *in, const char **ret)
{
	const uint8_t *nul = in->n > 0 ? memchr(in->p, 0, in->n) : NULL;

	if (!nul)
		return false;
	*ret = (const char *)in->p;
	*in = bytes_of(nul + 1, in->n - (size_t)(nul + 1 - in->p));
	return true;
}

static bool take_bytes(struct bytes *in, uint8_t *to, size_t n)
{
	if (in->n < n)
		return false;
	if (n > 0)
		memcpy(to, in->p, n);
	*in = bytes_of(in->p + n, in->n - n);
	return true;
}

/* One part; false when the bytes do not hold it or the letter is unknown. */
static bool take_part(struct bytes *in, char letter, va_list *ap)
{
	uint8_t *to;
	uint64_t x = 0;

	switch (letter) {
	case 's':
		return take_text(in, va_arg(*ap, const char **));
	case 'u':
		if (!take_number(in, 4, &x))
			return false;
		*va_arg(*ap, uint32_t *) = (uint32_t)x;
		return true;
	case 'q':
		return take_number(in, 8, va_arg(*ap, uint64_t *));
	case 't':
		if (!take_number(in, 8, &x))
			return false;
		*va_arg(*ap, int64_t *) = (int64_t)(x ^ SIGN_BIT);
		return true;
	case 'c':
		if (!take_number(in, 1, &x))
			return false;
		*va_arg(*ap, int *) = (int)x;
		return true;
	case 'b':
		*va_arg(*ap, struct bytes *) = *in;
		in->n = 0;
		return true;
	case 'B':
		to = va_arg(*ap, uint8_t *);
		return take_bytes(in, to, va_arg(*ap, size_t));
	default:
		return false;
	}
}

int store_key_parse(struct bytes key, const char *fmt, ...)
{
	bool ok = true;
	va_list ap;

	va_start(ap, fmt);
	for (; ok && *fmt; fmt++)
		ok = take_part(&key, *fmt, &ap);
	va_end(ap);
	return ok && key.n == 0 ? 0 : ERR_CORRUPT;
}
