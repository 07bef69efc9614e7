/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Signed messages cannot be guessed: a fuzzer only ever sees them refused. So some targets take
 * their input as a list of changes to a good message made in the same run: five octets each, what
 * to do, where (two, big-endian), with which value, how many.
 */
#ifndef TESTS_FUZZ_BEND_H
#define TESTS_FUZZ_BEND_H

#include "base/mem.h"

#define BEND_OCTETS 5
#define BEND_ROOM 4096

enum bend { BEND_SET, BEND_XOR, BEND_INSERT, BEND_DELETE, BEND_REPEAT, BEND_CUT, BEND_KINDS };

static inline void bend_insert(uint8_t *p, size_t *n, size_t at, const uint8_t *what, size_t count)
{
	uint8_t copy[256];

	if (*n + count > BEND_ROOM)
		return;
	memcpy(copy, what, count);
	memmove(p + at + count, p + at, *n - at);
	memcpy(p + at, copy, count);
	*n += count;
}

static inline void bend_once(uint8_t *p, size_t *n, const uint8_t *change)
{
	size_t at = (size_t)(change[1] << 8 | change[2]) % (*n + 1), count = change[4];
	uint8_t value[256];

	if (count > *n - at)
		count = *n - at;
	memset(value, change[3], sizeof(value));
	switch (change[0] % BEND_KINDS) {
	case BEND_SET:
		memset(p + at, change[3], count);
		break;
	case BEND_XOR:
		if (at < *n)
			p[at] ^= change[3];
		break;
	case BEND_INSERT:
		bend_insert(p, n, at, value, change[4]);
		break;
	case BEND_DELETE:
		memmove(p + at, p + at + count, *n - at - count);
		*n -= count;
		break;
	case BEND_REPEAT:
		bend_insert(p, n, at, p + at, count);
		break;
	case BEND_CUT:
		*n = at;
		break;
	}
}

/* The bent message in the arena, in memory of just its size. */
static inline struct bytes bend(
	struct arena *a, struct bytes good, const uint8_t *changes, size_t n)
{
	uint8_t *p = mem_zalloc(BEND_ROOM);
	size_t size = good.n < BEND_ROOM ? good.n : BEND_ROOM;
	struct bytes out;

	memcpy(p, good.p, size);
	for (; n >= BEND_OCTETS && size; n -= BEND_OCTETS, changes += BEND_OCTETS)
		bend_once(p, &size, changes);
	out = bytes_of(mem_alloc(size + !size), size);
	memcpy((void *)(uintptr_t)out.p, p, size);
	arena_defer(a, free, (void *)(uintptr_t)out.p);
	free(p);
	return out;
}

#endif
