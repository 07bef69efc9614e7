/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * One page of an LMDB file (data format 1, in the machine's own byte order), read without LMDB
 * and without trust. A page of a tree:
 *   u64 number, u16 -, u16 kind, u16 lower, u16 upper, u16 places[], room, nodes
 * `lower` ends the places, `upper` begins the nodes, which fill the rest of the page. A node:
 *   branch  u16 u16 u16 child's page number, u16 length of key, key
 *   leaf    u32 length of value, u16 flags, u16 length of key, key, value (or, for a big one, the
 *           number of the first of its own pages)
 */
#ifndef STORE_STORE_PAGE_INT_H
#define STORE_STORE_PAGE_INT_H

#include "store/store.h"

#define STORE_PAGE_HEAD 16

enum store_page_kind {
	STORE_PAGE_BRANCH = 0x01,
	STORE_PAGE_LEAF = 0x02,
	STORE_PAGE_BIG = 0x04,   /* a long value */
	STORE_PAGE_HEADS = 0x08, /* one of the first two of the file */
};

enum store_node_flag { STORE_NODE_BIG = 0x01, STORE_NODE_TABLE = 0x02 };

struct store_node {
	uint16_t flags;
	struct bytes key;
	struct bytes value; /* of a leaf; the page number for a big one */
	uint64_t child;     /* of a branch */
	uint32_t value_bytes;
	size_t size; /* with padding */
};

/* The keys between which those of a page must lie: lo itself may be there, hi may not. */
struct store_page_span {
	struct bytes lo, hi;
	bool has_lo, has_hi;
	bool numbers; /* keys are u64 and not text */
};

static inline uint16_t store_page_u16(const uint8_t *p)
{
	uint16_t x;

	memcpy(&x, p, sizeof(x));
	return x;
}

static inline uint32_t store_page_u32(const uint8_t *p)
{
	uint32_t x;

	memcpy(&x, p, sizeof(x));
	return x;
}

static inline uint64_t store_page_u64(const uint8_t *p)
{
	uint64_t x;

	memcpy(&x, p, sizeof(x));
	return x;
}

static inline uint16_t store_page_kind(const uint8_t *page)
{
	return store_page_u16(page + 10);
}

/* How many nodes; the page must have been found without fault. */
unsigned store_page_nodes(const uint8_t *page);
/* False when the node does not lie within its page. */
bool store_page_node(const uint8_t *page, size_t page_bytes, unsigned i, struct store_node *ret);
/* What is wrong with a tree's page taken by itself, or NULL. */
const char *store_page_fault(const uint8_t *page, size_t page_bytes, uint64_t number);
/* The keys rise, and stay within the span. */
bool store_page_in_order(const uint8_t *page, size_t page_bytes, const struct store_page_span *s);

#endif
