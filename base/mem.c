/* SPDX-License-Identifier: EUPL-1.2 */
#include "base/mem.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

/*
 * Under AddressSanitizer what an arena has not handed out is poisoned and a gap is left behind
 * each piece, so that running off a piece is found as it is for malloc.
 */
#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#define ARENA_POISON 1
#endif
#elif defined(__SANITIZE_ADDRESS__)
#define ARENA_POISON 1
#endif

#ifdef ARENA_POISON
#include <sanitizer/asan_interface.h>
#define POISON(p, n) ASAN_POISON_MEMORY_REGION(p, n)
#define UNPOISON(p, n) ASAN_UNPOISON_MEMORY_REGION(p, n)
#define GAP 16
#define TIGHT 16
#else
#define POISON(p, n) ((void)0)
#define UNPOISON(p, n) ((void)0)
#define GAP 0
#define TIGHT 1
#endif

#define ALIGN 16
#define CHUNK_FIRST 4096
#define CHUNK_MOST (256 * 1024)
#define CHUNK_KEPT (64 * 1024)

static _Noreturn void mem_stop(const char *why)
{
	/* No log here: it may be what ran out. */
	ssize_t done = write(STDERR_FILENO, why, strlen(why));

	(void)done;
	abort();
}

static _Noreturn void mem_out(void)
{
	mem_stop("hylla: out of memory\n");
}

void *mem_alloc(size_t n)
{
	void *p = malloc(n ? n : 1);

	if (!p)
		mem_out();
	return p;
}

void *mem_zalloc(size_t n)
{
	void *p = calloc(1, n ? n : 1);

	if (!p)
		mem_out();
	return p;
}

void *mem_grow(void *p, size_t n)
{
	void *q = realloc(p, n ? n : 1);

	if (!q)
		mem_out();
	return q;
}

char *mem_strdup(const char *s)
{
	size_t n = strlen(s) + 1;

	return memcpy(mem_alloc(n), s, n);
}

void mem_wipe(void *p, size_t n)
{
	if (n)
		explicit_bzero(p, n);
}

/* --- arena --- */

struct chunk {
	struct chunk *before;
	size_t n; /* bytes behind this header */
} __attribute__((aligned(ALIGN)));

struct deferred {
	struct deferred *before;
	void (*fn)(void *);
	void *p;
};

struct arena {
	uint8_t *at;          /* the newest chunk's free part */
	size_t room;          /* bytes from there to its end */
	struct chunk *chunks; /* newest first */
	struct deferred *deferred;
	size_t used;
	size_t next; /* size of the next regular chunk */
};

static uint8_t *chunk_begin(struct chunk *c)
{
	return (uint8_t *)(c + 1);
}

static struct chunk *chunk_new(size_t n)
{
	struct chunk *c = mem_alloc(sizeof(*c) + n);

	c->n = n;
	POISON(chunk_begin(c), n);
	return c;
}

static void chunk_free(struct chunk *c)
{
	UNPOISON(chunk_begin(c), c->n);
	free(c);
}

struct arena *arena_new(void)
{
	struct arena *a = mem_zalloc(sizeof(*a));

	a->next = CHUNK_FIRST;
	return a;
}

/* A piece that fills most of a chunk gets one of its own, behind the newest. */
static void *arena_take_own(struct arena *a, size_t n)
{
	struct chunk *c = chunk_new(n + GAP);

	if (a->chunks) {
		c->before = a->chunks->before;
		a->chunks->before = c;
	} else {
		c->before = NULL;
		a->chunks = c;
	}
	UNPOISON(chunk_begin(c), n);
	return chunk_begin(c);
}

static __attribute__((noinline)) void *arena_take_slowly(struct arena *a, size_t n)
{
	struct chunk *c;

	if (n > SIZE_MAX / 2)
		mem_out();
	if (n > a->next / 2)
		return arena_take_own(a, n);
	c = chunk_new(a->next);
	c->before = a->chunks;
	a->chunks = c;
	a->at = chunk_begin(c) + n + GAP;
	a->room = c->n - n - GAP;
	if (a->next < CHUNK_MOST)
		a->next *= 2;
	UNPOISON(chunk_begin(c), n);
	return chunk_begin(c);
}

static inline void *arena_take(struct arena *a, size_t n, size_t align)
{
	size_t skip = -(uintptr_t)a->at & (align - 1);
	uint8_t *p;

	a->used += n;
	if (n > SIZE_MAX / 2 || skip + n + GAP >= a->room)
		return arena_take_slowly(a, n);
	p = a->at + skip;
	a->at = p + n + GAP;
	a->room -= skip + n + GAP;
	UNPOISON(p, n);
	return p;
}

void *arena_alloc(struct arena *a, size_t n)
{
	return memset(arena_take(a, n, ALIGN), 0, n);
}

void *arena_alloc_raw(struct arena *a, size_t n)
{
	return arena_take(a, n, ALIGN);
}

void *arena_alloc_array(struct arena *a, size_t n, size_t size)
{
	size_t all;

	if (__builtin_mul_overflow(n, size, &all))
		mem_out();
	return arena_alloc(a, all);
}

char *arena_strndup(struct arena *a, const void *s, size_t n)
{
	char *p;

	if (n == SIZE_MAX)
		mem_out();
	p = arena_take(a, n + 1, TIGHT);
	if (n)
		memcpy(p, s, n);
	p[n] = '\0';
	return p;
}

char *arena_strdup(struct arena *a, const char *s)
{
	return arena_strndup(a, s, strlen(s));
}

struct bytes arena_bytes(struct arena *a, struct bytes b)
{
	return bytes_of(arena_strndup(a, b.p, b.n), b.n);
}

char *arena_printf(struct arena *a, const char *fmt, ...)
{
	char small[256];
	va_list ap;
	char *p;
	int n;

	va_start(ap, fmt);
	n = vsnprintf(small, sizeof(small), fmt, ap);
	va_end(ap);
	if (n < 0)
		mem_stop("hylla: a format that cannot be written\n");
	if ((size_t)n < sizeof(small))
		return arena_strndup(a, small, (size_t)n);
	p = arena_take(a, (size_t)n + 1, TIGHT);
	va_start(ap, fmt);
	vsnprintf(p, (size_t)n + 1, fmt, ap);
	va_end(ap);
	return p;
}

void arena_defer(struct arena *a, void (*fn)(void *), void *p)
{
	struct deferred *d = arena_alloc(a, sizeof(*d));

	d->fn = fn;
	d->p = p;
	d->before = a->deferred;
	a->deferred = d;
}

/* A deferred function may use the arena and defer again. */
static void arena_run_deferred(struct arena *a)
{
	while (a->deferred) {
		struct deferred *d = a->deferred;

		a->deferred = d->before;
		d->fn(d->p);
	}
}

/* Frees all chunks but the largest that is no more than `most`. */
static struct chunk *arena_drop_chunks(struct arena *a, size_t most)
{
	struct chunk *kept = NULL;

	while (a->chunks) {
		struct chunk *c = a->chunks;

		a->chunks = c->before;
		if (c->n <= most && (!kept || c->n > kept->n)) {
			if (kept)
				chunk_free(kept);
			kept = c;
		} else {
			chunk_free(c);
		}
	}
	return kept;
}

void arena_reset(struct arena *a)
{
	struct chunk *kept;

	arena_run_deferred(a);
	kept = arena_drop_chunks(a, CHUNK_KEPT);
	a->used = 0;
	a->chunks = kept;
	a->at = NULL;
	a->room = 0;
	if (!kept) {
		a->next = CHUNK_FIRST;
		return;
	}
	kept->before = NULL;
	a->at = chunk_begin(kept);
	a->room = kept->n;
	POISON(a->at, kept->n);
}

void arena_free(struct arena *a)
{
	if (!a)
		return;
	arena_run_deferred(a);
	arena_drop_chunks(a, 0);
	free(a);
}

size_t arena_used(const struct arena *a)
{
	return a->used;
}
