/* SPDX-License-Identifier: EUPL-1.2 */
/* A store of a test's own, where a record's keys and bytes are all there is to try. */
#ifndef SMALL_STORE_H
#define SMALL_STORE_H

#include "base/mem.h"
#include "store/store.h"

#include <criterion/criterion.h>
#include <stdlib.h>

struct small_store {
	struct arena *a;
	struct store *st;
	char dir[64];
};

static inline void small_store_open(struct small_store *s)
{
	const struct store_options so = {.create = true, .map_bytes = 1u << 30};

	*s = (struct small_store){.a = arena_new(), .dir = "/tmp/hylla-small-XXXXXX"};
	cr_assert_not_null(mkdtemp(s->dir));
	cr_assert_eq(store_open(s->dir, &so, &s->st), 0);
}

static inline void small_store_close(struct small_store *s)
{
	store_close(s->st);
	cr_assert_eq(system(arena_printf(s->a, "rm -rf '%s'", s->dir)), 0);
	arena_free(s->a);
}

#endif
