/* SPDX-License-Identifier: EUPL-1.2 */
/* A sealer without cryptography, for tests of rooms that know none: a key, a checksum of the context and
 * the text turned over. */
#ifndef TEST_TOY_SEALER_H
#define TEST_TOY_SEALER_H

#include "base/rec.h"
#include "base/text.h"

static inline uint8_t toy_sum(const char *context)
{
	uint8_t sum = 1;

	for (; *context; context++)
		sum = (uint8_t)(sum * 31 + (uint8_t)*context);
	return sum;
}

static inline int toy_seal(
	void *ctx, const char *context, struct bytes plain, struct arena *a, struct bytes *ret)
{
	uint8_t *out = arena_alloc(a, plain.n + 2);

	out[0] = *(const uint8_t *)ctx;
	out[1] = toy_sum(context);
	for (size_t i = 0; i < plain.n; i++)
		out[2 + i] = plain.p[i] ^ 0xa5;
	*ret = bytes_of(out, plain.n + 2);
	return 0;
}

static inline int toy_open(
	void *ctx, const char *context, struct bytes sealed, struct arena *a, struct bytes *ret)
{
	uint8_t *out = arena_alloc(a, sealed.n);

	if (sealed.n < 2 || sealed.p[0] != *(const uint8_t *)ctx || sealed.p[1] != toy_sum(context))
		return ERR_CRYPTO;
	for (size_t i = 2; i < sealed.n; i++)
		out[i - 2] = sealed.p[i] ^ 0xa5;
	*ret = bytes_of(out, sealed.n - 2);
	return 0;
}

static inline void toy_hash(void *ctx, const char *context, struct bytes in, uint8_t out[32])
{
	memset(out, toy_sum(context), 32);
	out[0] = *(const uint8_t *)ctx;
	for (size_t i = 0; i < in.n; i++)
		out[1 + i % 8] = (uint8_t)(out[1 + i % 8] * 31 + in.p[i]);
}

/* `key`: one octet. */
#define TOY_SEALER(key)                                                                    \
	((struct rec_sealer){                                                              \
		.ctx = (uint8_t *)(key), .seal = toy_seal, .open = toy_open, .hash = toy_hash})

#endif
