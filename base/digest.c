/* SPDX-License-Identifier: EUPL-1.2 */
#include "base/digest.h"

/* FIPS 180-4, 4.2.2: the first 32 bits of the fractions of the cube roots of the first primes. */
/* clang-format off */
static const uint32_t round_constants[64] = {
	0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4,
	0xab1c5ed5, 0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe,
	0x9bdc06a7, 0xc19bf174, 0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f,
	0x4a7484aa, 0x5cb0a9dc, 0x76f988da, 0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7,
	0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967, 0x27b70a85, 0x2e1b2138, 0x4d2c6dfc,
	0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85, 0xa2bfe8a1, 0xa81a664b,
	0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070, 0x19a4c116,
	0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
	0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7,
	0xc67178f2,
};
/* clang-format on */

static inline uint32_t rotate_right(uint32_t x, unsigned n)
{
	return x >> n | x << (32 - n);
}

static inline uint32_t load_be32(const uint8_t *p)
{
	return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3];
}

static inline void store_be32(uint8_t *p, uint32_t x)
{
	p[0] = (uint8_t)(x >> 24);
	p[1] = (uint8_t)(x >> 16);
	p[2] = (uint8_t)(x >> 8);
	p[3] = (uint8_t)x;
}

/* FIPS 180-4, 6.2.2, step 1: the word that takes the place of the one sixteen before it. */
static inline uint32_t schedule_next(uint32_t w[16], unsigned i)
{
	uint32_t a = w[(i + 1) % 16], b = w[(i + 14) % 16];
	uint32_t s0 = rotate_right(a, 7) ^ rotate_right(a, 18) ^ a >> 3;
	uint32_t s1 = rotate_right(b, 17) ^ rotate_right(b, 19) ^ b >> 10;

	return w[i % 16] += s0 + w[(i + 9) % 16] + s1;
}

/*
 * Step 3: one round. The standard moves all eight variables on by one; here the variables stay
 * and the names move, so that a compiler keeps them in registers: after eight rounds each name
 * is back.
 */
static inline void round_add(uint32_t s[8], unsigned i, uint32_t word)
{
	uint32_t a = s[-i % 8], b = s[(1 - i) % 8], c = s[(2 - i) % 8];
	uint32_t e = s[(4 - i) % 8], f = s[(5 - i) % 8], g = s[(6 - i) % 8];
	uint32_t *d = &s[(3 - i) % 8], *h = &s[(7 - i) % 8];
	uint32_t sum1 = rotate_right(e, 6) ^ rotate_right(e, 11) ^ rotate_right(e, 25);
	uint32_t sum0 = rotate_right(a, 2) ^ rotate_right(a, 13) ^ rotate_right(a, 22);
	uint32_t t = *h + sum1 + (g ^ (e & (f ^ g))) + round_constants[i] + word;

	*d += t;
	*h = t + sum0 + ((a & b) | (c & (a | b)));
}

static void block_add(struct digest *d, const uint8_t *block)
{
	uint32_t w[16], s[8];

	memcpy(s, d->h, sizeof(s));
	for (unsigned i = 0; i < 16; i++)
		w[i] = load_be32(block + 4 * i);
#pragma GCC unroll 16
	for (unsigned i = 0; i < 16; i++)
		round_add(s, i, w[i]);
#pragma GCC unroll 48
	for (unsigned i = 16; i < 64; i++)
		round_add(s, i, schedule_next(w, i));
	for (unsigned i = 0; i < 8; i++)
		d->h[i] += s[i];
}

void digest_init(struct digest *d)
{
	static const uint32_t start[8] = {
		0x6a09e667,
		0xbb67ae85,
		0x3c6ef372,
		0xa54ff53a,
		0x510e527f,
		0x9b05688c,
		0x1f83d9ab,
		0x5be0cd19,
	};

	memcpy(d->h, start, sizeof(start));
	d->total = 0;
}

void digest_add(struct digest *d, const void *data, size_t n)
{
	const uint8_t *p = data;
	size_t held = d->total % sizeof(d->block);

	if (n == 0)
		return;
	d->total += n;
	if (held > 0) {
		size_t room = sizeof(d->block) - held;
		size_t take = n < room ? n : room;

		memcpy(d->block + held, p, take);
		if (take < room)
			return;
		block_add(d, d->block);
		p += take;
		n -= take;
	}
	for (; n >= sizeof(d->block); p += sizeof(d->block), n -= sizeof(d->block))
		block_add(d, p);
	if (n > 0)
		memcpy(d->block, p, n);
}

void digest_finish(struct digest *d, uint8_t ret[DIGEST_BYTES])
{
	size_t held = d->total % sizeof(d->block);
	uint64_t bits = d->total * 8;

	d->block[held++] = 0x80;
	if (held > 56) {
		memset(d->block + held, 0, sizeof(d->block) - held);
		block_add(d, d->block);
		held = 0;
	}
	memset(d->block + held, 0, 56 - held);
	store_be32(d->block + 56, (uint32_t)(bits >> 32));
	store_be32(d->block + 60, (uint32_t)bits);
	block_add(d, d->block);
	for (unsigned i = 0; i < 8; i++)
		store_be32(ret + 4 * i, d->h[i]);
}

void digest_of(struct bytes b, uint8_t ret[DIGEST_BYTES])
{
	struct digest d;

	digest_init(&d);
	digest_add(&d, b.p, b.n);
	digest_finish(&d, ret);
}
