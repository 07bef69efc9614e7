/* SPDX-License-Identifier: EUPL-1.2 */
#include "base/mem.h"

#include <criterion/criterion.h>
#include <criterion/redirect.h>
#include <signal.h>
#include <stdlib.h>

static bool zeroed(const uint8_t *p, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (p[i] != 0)
			return false;
	}
	return true;
}

Test(mem, heap_calls_never_give_null)
{
	uint8_t *p = mem_zalloc(100);
	char *s = mem_strdup("hej");
	void *none = mem_alloc(0);

	cr_expect(zeroed(p, 100));
	cr_expect_str_eq(s, "hej");
	cr_expect_not_null(none);
	p[99] = 7;
	p = mem_grow(p, 1000);
	cr_expect_eq(p[99], 7);
	mem_wipe(p, 1000);
	cr_expect(zeroed(p, 1000));
	mem_wipe(NULL, 0);
	free(p);
	free(s);
	free(none);
}

Test(mem, stops_when_there_is_no_more, .signal = SIGABRT)
{
	AUTO(arena) struct arena *a = arena_new();

	cr_redirect_stderr();
	arena_alloc_array(a, SIZE_MAX / 4, 8);
	cr_assert_fail("still running");
}

Test(mem, take_moves)
{
	char *p = mem_strdup("x"), *q = TAKE(p);

	cr_expect_null(p);
	cr_expect_str_eq(q, "x");
	free(q);
}

Test(arena, gives_aligned_zeroed_pieces_apart)
{
	AUTO(arena) struct arena *a = arena_new();
	enum { PIECES = 500 };
	uint8_t *piece[PIECES];
	size_t used = 0;

	for (size_t i = 0; i < PIECES; i++) {
		size_t n = i * i % 3000;

		piece[i] = arena_alloc(a, n);
		cr_assert_eq((uintptr_t)piece[i] % 16, 0);
		cr_assert(zeroed(piece[i], n), "piece %zu", i);
		memset(piece[i], (int)(i & 0xff) | 1, n);
		used += n;
	}
	cr_assert_eq(arena_used(a), used);
	for (size_t i = 0; i < PIECES; i++) {
		for (size_t k = 0; k < i * i % 3000; k++)
			cr_assert_eq(piece[i][k], (i & 0xff) | 1, "piece %zu was written over", i);
	}
}

Test(arena, is_zeroed_again_after_reset)
{
	AUTO(arena) struct arena *a = arena_new();

	for (int round = 0; round < 30; round++) {
		for (size_t n = 1; n < 200000; n *= 3) {
			uint8_t *p = arena_alloc(a, n);

			cr_assert(zeroed(p, n));
			memset(p, 0xff, n);
		}
		arena_reset(a);
		cr_assert_eq(arena_used(a), 0);
	}
}

Test(arena, takes_big_pieces_between_small)
{
	AUTO(arena) struct arena *a = arena_new();
	char *before = arena_strdup(a, "before");
	uint8_t *big = arena_alloc(a, 10 * 1024 * 1024);
	char *after = arena_strdup(a, "after");

	memset(big, 0xee, 10 * 1024 * 1024);
	cr_expect_str_eq(before, "before");
	cr_expect_str_eq(after, "after");
}

Test(arena, begins_with_a_big_piece)
{
	AUTO(arena) struct arena *a = arena_new();
	uint8_t *big = arena_alloc(a, 100000);
	char *after = arena_strdup(a, "after");

	memset(big, 0xee, 100000);
	cr_expect_str_eq(after, "after");
	arena_reset(a);
	cr_expect_str_eq(arena_strdup(a, "again"), "again");
}

Test(arena, copies)
{
	AUTO(arena) struct arena *a = arena_new();
	char *s = arena_strndup(a, "a\0b", 3);
	struct bytes b = arena_bytes(a, bytes_of("xyz", 2));

	cr_expect_eq(memcmp(s, "a\0b", 4), 0);
	cr_expect_eq(b.n, 2);
	cr_expect_eq(memcmp(b.p, "xy", 3), 0);
	cr_expect_eq(arena_bytes(a, bytes_of(NULL, 0)).n, 0);
	cr_expect_str_eq(arena_strdup(a, ""), "");
	for (int n = 1; n < 1000; n++) {
		char *p = arena_printf(a, "%*d", n, 7);

		cr_assert_eq(strlen(p), (size_t)n);
		cr_assert_eq(p[n - 1], '7');
	}
}

Test(arena, array_is_zeroed)
{
	AUTO(arena) struct arena *a = arena_new();
	void *volatile nothing = arena_alloc(a, 0);
	int64_t *v = ARENA_ARRAY(a, int64_t, 1000);

	cr_expect(zeroed((uint8_t *)v, 8000));
	cr_expect_not_null(nothing);
	cr_expect_eq(*ARENA_NEW(a, int64_t), 0);
}

static char order[8];

static void note(void *p)
{
	order[strlen(order)] = *(char *)p;
}

struct again {
	struct arena *a;
	char name;
};

static void note_and_defer(void *p)
{
	struct again *again = p;
	char *name = arena_strndup(again->a, &again->name, 1);

	arena_defer(again->a, note, name);
}

Test(arena, runs_deferred_latest_first)
{
	struct arena *a = arena_new();
	struct again *again = ARENA_NEW(a, struct again);

	*again = (struct again){a, 'z'};
	arena_defer(a, note, arena_strdup(a, "a"));
	arena_defer(a, note_and_defer, again);
	arena_defer(a, note, arena_strdup(a, "b"));
	arena_reset(a);
	cr_expect_str_eq(order, "bza");
	arena_reset(a);
	cr_expect_str_eq(order, "bza", "once only");
	arena_defer(a, note, arena_strdup(a, "c"));
	arena_free(a);
	cr_expect_str_eq(order, "bzac");
	arena_free(NULL);
}
