/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Memory. Three ways to hold it:
 *   borrowed: const, good for the call;
 *   arena: whatever has variable size lives in the arena it was given (one a request, a worker's
 *          round, a test) and ends with it;
 *   owned: X_new/X_free, for what lives as long as the server.
 * Out of memory stops the program: the store keeps the data whole.
 *
 * An arena is used by one thread at a time.
 */
#ifndef BASE_MEM_H
#define BASE_MEM_H

#include "base/bytes.h"

#include <stdarg.h>

/* Like malloc, calloc, realloc, strdup, but never return NULL. */
void *mem_alloc(size_t n) __attribute__((malloc, returns_nonnull));
void *mem_zalloc(size_t n) __attribute__((malloc, returns_nonnull));
void *mem_grow(void *p, size_t n) __attribute__((returns_nonnull));
char *mem_strdup(const char *s) __attribute__((malloc, returns_nonnull));
/* Overwrites with zeros in a way the compiler keeps. */
void mem_wipe(void *p, size_t n);

/*
 * AUTO(buf) struct buf b = …;    released at the end of the scope.
 * TAKE(p)                        moves a pointer out of an AUTO variable.
 * A type joins by AUTO_RELEASE(type, function) for values or AUTO_FREE for pointers.
 */
#define AUTO(type) __attribute__((cleanup(auto_##type)))
#define AUTO_RELEASE(type, fn)                         \
	static inline void auto_##type(struct type *p) \
	{                                              \
		fn(p);                                 \
	}
#define AUTO_FREE(type, fn)                             \
	static inline void auto_##type(struct type **p) \
	{                                               \
		fn(*p);                                 \
	}
#define TAKE(p)                            \
	__extension__({                    \
		__typeof__(p) take_ = (p); \
		(p) = NULL;                \
		take_;                     \
	})

struct arena;

/* An empty arena; chunk memory is taken lazily. free accepts NULL. */
struct arena *arena_new(void);
void arena_free(struct arena *a);
/* Drops all content, runs the deferred functions, keeps one chunk for reuse. */
void arena_reset(struct arena *a);
/* 16-byte aligned, zeroed. */
void *arena_alloc(struct arena *a, size_t n) __attribute__((returns_nonnull));
/* The same without zeroing, for what is overwritten at once. */
void *arena_alloc_raw(struct arena *a, size_t n) __attribute__((returns_nonnull));
/* n times size, the product checked. */
void *arena_alloc_array(struct arena *a, size_t n, size_t size) __attribute__((returns_nonnull));
char *arena_strdup(struct arena *a, const char *s) __attribute__((returns_nonnull));
/* A copy of n bytes with a NUL behind them. */
char *arena_strndup(struct arena *a, const void *s, size_t n) __attribute__((returns_nonnull));
struct bytes arena_bytes(struct arena *a, struct bytes b);
char *arena_printf(struct arena *a, const char *fmt, ...)
	__attribute__((format(printf, 2, 3), returns_nonnull));
/* fn(p) is called when the arena is reset or freed, latest first. */
void arena_defer(struct arena *a, void (*fn)(void *), void *p);
/* Bytes handed out since new or reset. */
size_t arena_used(const struct arena *a);

#define ARENA_NEW(a, type) ((type *)arena_alloc((a), sizeof(type)))
#define ARENA_ARRAY(a, type, n) ((type *)arena_alloc_array((a), (n), sizeof(type)))
AUTO_FREE(arena, arena_free)

#endif
