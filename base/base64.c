/* SPDX-License-Identifier: EUPL-1.2 */
/* Base64 (RFC 4648), as text.h promises it. Signatures come in it with every poll of an iPad. */
#include "base/text.h"

enum { BAD = 0xff, BLANK = 0xfe, PAD = 0xfd };

/* clang-format off */
#define B BAD
#define W BLANK
static const uint8_t value_of[256] = {
	B, B, B, B, B, B, B, B, B, W, W, B, B, W, B, B, /* 0x00: tab, LF, CR */
	B, B, B, B, B, B, B, B, B, B, B, B, B, B, B, B, /* 0x10 */
	W, B, B, B, B, B, B, B, B, B, B, 62, B, 62, B, 63, /* 0x20: blank + - / */
	52, 53, 54, 55, 56, 57, 58, 59, 60, 61, B, B, B, PAD, B, B, /* 0x30: digits = */
	B, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, /* 0x40 */
	15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, B, B, B, B, 63, /* 0x50: _ */
	B, 26, 27, 28, 29, 30, 31, 32, 33, 34, 35, 36, 37, 38, 39, 40, /* 0x60 */
	41, 42, 43, 44, 45, 46, 47, 48, 49, 50, 51, B, B, B, B, B, /* 0x70 */
	B, B, B, B, B, B, B, B, B, B, B, B, B, B, B, B, /* 0x80 */
	B, B, B, B, B, B, B, B, B, B, B, B, B, B, B, B, /* 0x90 */
	B, B, B, B, B, B, B, B, B, B, B, B, B, B, B, B, /* 0xa0 */
	B, B, B, B, B, B, B, B, B, B, B, B, B, B, B, B, /* 0xb0 */
	B, B, B, B, B, B, B, B, B, B, B, B, B, B, B, B, /* 0xc0 */
	B, B, B, B, B, B, B, B, B, B, B, B, B, B, B, B, /* 0xd0 */
	B, B, B, B, B, B, B, B, B, B, B, B, B, B, B, B, /* 0xe0 */
	B, B, B, B, B, B, B, B, B, B, B, B, B, B, B, B, /* 0xf0 */
};
#undef B
#undef W
/* clang-format on */

struct decoder {
	uint8_t *to;
	uint32_t bits;
	unsigned digits; /* of the group of four begun */
	unsigned pads;
};

/* Whole groups of four digits; returns how many bytes of s it took. */
static size_t decode_groups(struct decoder *d, struct bytes s)
{
	size_t i = 0;

	for (; i + 4 <= s.n; i += 4) {
		uint32_t a = value_of[s.p[i]], b = value_of[s.p[i + 1]];
		uint32_t c = value_of[s.p[i + 2]], e = value_of[s.p[i + 3]];
		uint32_t v = a << 18 | b << 12 | c << 6 | e;

		if ((a | b | c | e) & 0xc0)
			break;
		d->to[0] = (uint8_t)(v >> 16);
		d->to[1] = (uint8_t)(v >> 8);
		d->to[2] = (uint8_t)v;
		d->to += 3;
	}
	return i;
}

static int decode_one(struct decoder *d, uint8_t c)
{
	uint8_t v = value_of[c];

	if (v == BLANK)
		return 0;
	if (v == PAD) {
		d->pads++;
		return 0;
	}
	if (v == BAD || d->pads)
		return ERR_BADINPUT;
	d->bits = d->bits << 6 | v;
	if (++d->digits < 4)
		return 0;
	*d->to++ = (uint8_t)(d->bits >> 16);
	*d->to++ = (uint8_t)(d->bits >> 8);
	*d->to++ = (uint8_t)d->bits;
	d->bits = 0;
	d->digits = 0;
	return 0;
}

/* The last group may be short. Bits that belong to no byte must be 0: one text, one meaning. */
static int decode_end(struct decoder *d)
{
	if (d->pads && (d->digits < 2 || d->digits + d->pads != 4))
		return ERR_BADINPUT;
	switch (d->digits) {
	case 0:
		return 0;
	case 2:
		if (d->bits & 0xf)
			return ERR_BADINPUT;
		*d->to++ = (uint8_t)(d->bits >> 4);
		return 0;
	case 3:
		if (d->bits & 0x3)
			return ERR_BADINPUT;
		*d->to++ = (uint8_t)(d->bits >> 10);
		*d->to++ = (uint8_t)(d->bits >> 2);
		return 0;
	default:
		return ERR_BADINPUT;
	}
}

int text_parse_base64(struct arena *a, struct bytes s, struct bytes *ret)
{
	uint8_t *out = arena_alloc_raw(a, s.n / 4 * 3 + 4);
	struct decoder d = {.to = out};

	for (size_t i = 0; i < s.n; i++) {
		if (d.digits == 0 && !d.pads)
			i += decode_groups(&d, bytes_of(s.p + i, s.n - i));
		if (i < s.n && decode_one(&d, s.p[i]) != 0)
			return ERR_BADINPUT;
	}
	if (decode_end(&d) != 0)
		return ERR_BADINPUT;
	*ret = bytes_of(out, (size_t)(d.to - out));
	return 0;
}

char *text_base64(struct arena *a, struct bytes b)
{
	AUTO(buf) struct buf out = BUF_INIT_SECRET(SIZE_MAX);

	buf_add_base64(&out, b);
	return arena_strndup(a, out.p, out.n);
}

char *text_base64url(struct arena *a, struct bytes b)
{
	char *s = text_base64(a, b);

	for (char *p = s; *p; p++) {
		if (*p == '+')
			*p = '-';
		else if (*p == '/')
			*p = '_';
		else if (*p == '=')
			*p-- = '\0';
	}
	return s;
}
