/* SPDX-License-Identifier: EUPL-1.2 */
#include "store/store_page_int.h"

#define NODE_HEAD 8
#define BIG_POINTER 8

unsigned store_page_nodes(const uint8_t *page)
{
	return (store_page_u16(page + 12) - STORE_PAGE_HEAD) / 2u;
}

bool store_page_node(const uint8_t *page, size_t page_bytes, unsigned i, struct store_node *ret)
{
	bool leaf = store_page_kind(page) & STORE_PAGE_LEAF;
	size_t at = store_page_u16(page + STORE_PAGE_HEAD + 2 * i);
	size_t upper = store_page_u16(page + 14), key_bytes, rest;
	const uint8_t *n = page + at;

	if (at < upper || at % 2 != 0 || at + NODE_HEAD > page_bytes)
		return false;
	ret->flags = store_page_u16(n + 4);
	key_bytes = store_page_u16(n + 6);
	ret->value_bytes = store_page_u16(n) | (uint32_t)store_page_u16(n + 2) << 16;
	ret->child = ret->value_bytes | (uint64_t)ret->flags << 32;
	rest = !leaf ? 0 : ret->flags & STORE_NODE_BIG ? BIG_POINTER : ret->value_bytes;
	if (key_bytes > STORE_KEY_MAX || rest > page_bytes ||
		at + NODE_HEAD + key_bytes + rest > page_bytes)
		return false;
	ret->key = bytes_of(n + NODE_HEAD, key_bytes);
	ret->value = bytes_of(n + NODE_HEAD + key_bytes, rest);
	ret->size = (NODE_HEAD + key_bytes + rest + 1) & ~(size_t)1;
	return true;
}

const char *store_page_fault(const uint8_t *page, size_t page_bytes, uint64_t number)
{
	size_t lower = store_page_u16(page + 12), upper = store_page_u16(page + 14), sum = 0;
	uint16_t kind = store_page_kind(page);
	struct store_node n;

	if (store_page_u64(page) != number)
		return "bears another page's number";
	if (kind != STORE_PAGE_BRANCH && kind != STORE_PAGE_LEAF)
		return "is not of a kind that belongs in a tree";
	if (lower < STORE_PAGE_HEAD || lower % 2 != 0 || lower > upper || upper > page_bytes)
		return "has bounds that cannot be";
	if (store_page_nodes(page) == 0)
		return "holds nothing";
	for (unsigned i = 0; i < store_page_nodes(page); i++) {
		if (!store_page_node(page, page_bytes, i, &n))
			return "holds a record outside itself";
		sum += n.size;
	}
	return sum == page_bytes - upper ? NULL : "has records that overlap or left gaps";
}

static int key_order(bool numbers, struct bytes a, struct bytes b)
{
	size_t least = a.n < b.n ? a.n : b.n;
	int order;

	if (numbers && a.n == 8 && b.n == 8) {
		uint64_t x = store_page_u64(a.p), y = store_page_u64(b.p);

		return (x > y) - (x < y);
	}
	order = least > 0 ? memcmp(a.p, b.p, least) : 0;
	return order != 0 ? order : (a.n > b.n) - (a.n < b.n);
}

bool store_page_in_order(const uint8_t *page, size_t page_bytes, const struct store_page_span *s)
{
	/* a branch's first key is not used by LMDB and may be anything */
	unsigned first = store_page_kind(page) == STORE_PAGE_BRANCH ? 1 : 0;
	struct bytes before = s->lo;
	bool has_before = s->has_lo;
	struct store_node n;

	for (unsigned i = first; i < store_page_nodes(page); i++) {
		int order;

		if (!store_page_node(page, page_bytes, i, &n))
			return false;
		order = has_before ? key_order(s->numbers, before, n.key) : -1;
		/* the lower bound itself may be there, a neighbour's key may not */
		if (order > 0 || (order == 0 && i > first))
			return false;
		if (s->has_hi && key_order(s->numbers, n.key, s->hi) >= 0)
			return false;
		before = n.key;
		has_before = true;
	}
	return true;
}
