/* SPDX-License-Identifier: EUPL-1.2 */
#include "store/store_page_int.h"

#include <criterion/criterion.h>
#include <stdlib.h>

#define SIZE 512

/* A page made by hand: head, places from the front, nodes from the back. */
struct made {
	uint8_t *p; /* exactly the page, so that a step outside is seen */
	size_t lower, upper;
};

static void put16(uint8_t *to, size_t x)
{
	uint16_t v = (uint16_t)x;

	memcpy(to, &v, sizeof(v));
}

static void page_start(struct made *m, uint16_t kind)
{
	uint64_t number = 7;

	m->p = calloc(1, SIZE);
	memcpy(m->p, &number, sizeof(number));
	put16(m->p + 10, kind);
	m->lower = STORE_PAGE_HEAD;
	m->upper = SIZE;
}

static void page_add(struct made *m, const char *key, const char *value)
{
	size_t k = strlen(key), v = value ? strlen(value) : 0;

	m->upper -= (8 + k + v + 1) & ~(size_t)1;
	put16(m->p + m->upper, v);
	put16(m->p + m->upper + 6, k);
	memcpy(m->p + m->upper + 8, key, k);
	if (v > 0)
		memcpy(m->p + m->upper + 8 + k, value, v);
	put16(m->p + m->lower, m->upper);
	m->lower += 2;
	put16(m->p + 12, m->lower);
	put16(m->p + 14, m->upper);
}

Test(store_page, a_sound_leaf_is_read)
{
	struct store_node n;
	struct made m;

	page_start(&m, STORE_PAGE_LEAF);
	page_add(&m, "a", "first");
	page_add(&m, "bcd", "");
	cr_assert_null(store_page_fault(m.p, SIZE, 7));
	cr_assert_eq(store_page_nodes(m.p), 2);
	cr_assert(store_page_node(m.p, SIZE, 0, &n));
	cr_assert(bytes_equal(n.key, bytes_of_str("a")));
	cr_assert(bytes_equal(n.value, bytes_of_str("first")));
	cr_assert(store_page_node(m.p, SIZE, 1, &n));
	cr_assert(bytes_equal(n.key, bytes_of_str("bcd")));
	cr_assert_eq(n.value.n, 0);
	cr_assert_not_null(store_page_fault(m.p, SIZE, 8), "another page's number");
	free(m.p);
}

Test(store_page, order_and_span)
{
	static const struct {
		const char *a, *b, *lo, *hi;
		bool ok;
	} cases[] = {
		{"b", "c", NULL, NULL, true},
		{"c", "b", NULL, NULL, false},
		{"b", "b", NULL, NULL, false},
		{"b", "bb", NULL, NULL, true},
		{"b", "c", "b", NULL, true},
		{"b", "c", "ba", NULL, false},
		{"b", "c", "b", "d", true},
		{"b", "c", NULL, "c", false},
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct store_page_span s = {
			.lo = bytes_of_str(cases[i].lo),
			.hi = bytes_of_str(cases[i].hi),
			.has_lo = cases[i].lo,
			.has_hi = cases[i].hi,
		};
		struct made m;

		page_start(&m, STORE_PAGE_LEAF);
		page_add(&m, cases[i].a, "v");
		page_add(&m, cases[i].b, "v");
		cr_assert_eq(store_page_in_order(m.p, SIZE, &s), cases[i].ok, "%zu", i);
		/* a branch's first key does not count */
		put16(m.p + 10, STORE_PAGE_BRANCH);
		if (!cases[i].lo && !cases[i].hi)
			cr_assert(store_page_in_order(m.p, SIZE, &s), "branch %zu", i);
		free(m.p);
	}
}

Test(store_page, numbers_are_ordered_as_numbers)
{
	uint64_t small = 2, big = 256; /* their bytes in memory are in the other order */
	struct store_page_span s = {.lo = bytes_of(&small, 8), .has_lo = true, .numbers = true};
	struct made m;

	page_start(&m, STORE_PAGE_LEAF);
	page_add(&m, "01234567", "v");
	memcpy(m.p + m.upper + 8, &big, 8);
	cr_assert(store_page_in_order(m.p, SIZE, &s));
	s.numbers = false;
	cr_assert_not(store_page_in_order(m.p, SIZE, &s));
	free(m.p);
}

/* Every value of every byte of head and places: an answer, and no step outside the page. */
Test(store_page, no_byte_of_the_head_leads_outside)
{
	struct store_page_span s = {.has_lo = false};
	unsigned sound = 0;
	struct made m;

	page_start(&m, STORE_PAGE_LEAF);
	page_add(&m, "key one", "value");
	page_add(&m, "key two", "another value");
	for (size_t at = 8; at < m.lower; at++) {
		uint8_t was = m.p[at];

		for (unsigned x = 0; x < 256; x++) {
			m.p[at] = (uint8_t)x;
			if (store_page_fault(m.p, SIZE, 7))
				continue;
			sound++;
			store_page_in_order(m.p, SIZE, &s);
		}
		m.p[at] = was;
	}
	cr_assert_geq(sound, 512 + m.lower - 10, "what is not read may be anything");
	cr_assert_lt(sound, 512 + 100, "and the rest not: %u", sound);
	free(m.p);
}
