/* SPDX-License-Identifier: EUPL-1.2 */
#include "base/bolt.h"

#include <string.h>

#define MAGIC 0xed0cdaedu
#define VERSION 2
#define HEAD 16 /* of a page: id 8, flags 2, count 2, overflow 4 */
#define META 64
#define META_SUMMED 56
#define ELEMENT 16
#define DEPTH_MOST 24
#define KEY_MOST 32768

enum { BRANCH = 0x01, LEAF = 0x02, META_PAGE = 0x04 };
enum { ELEMENT_BUCKET = 0x01 };

/* The file is of the machine that wrote it; those all count with the small end first. */
static uint64_t number(const uint8_t *p, size_t n)
{
	uint64_t v = 0;

	while (n-- > 0)
		v = v << 8 | p[n];
	return v;
}

/* FNV-1a, 64 bits. */
static uint64_t sum_of(const uint8_t *p, size_t n)
{
	uint64_t h = UINT64_C(0xcbf29ce484222325);

	for (size_t i = 0; i < n; i++)
		h = (h ^ p[i]) * UINT64_C(0x100000001b3);
	return h;
}

static bool page_bytes_ok(uint64_t n)
{
	return n >= 512 && n <= 65536 && (n & (n - 1)) == 0;
}

/* The meta page at that place, when it is one and its checksum holds. */
static bool meta_read(struct bytes file, uint64_t at, struct bolt *ret, uint64_t *ret_txid)
{
	const uint8_t *m = file.p + at + HEAD;
	uint64_t page_bytes;

	if (at > file.n || file.n - at < HEAD + META || !(number(m - 8, 2) & META_PAGE) ||
		number(m, 4) != MAGIC || number(m + 4, 4) != VERSION ||
		number(m + META_SUMMED, 8) != sum_of(m, META_SUMMED))
		return false;
	page_bytes = number(m + 8, 4);
	if (!page_bytes_ok(page_bytes) || (at && at != page_bytes))
		return false;
	*ret = (struct bolt){.file = file,
		.page_bytes = (uint32_t)page_bytes,
		.root = number(m + 16, 8),
		.pages = number(m + 40, 8)};
	*ret_txid = number(m + 48, 8);
	return true;
}

static bool is_bolt(struct bytes file)
{
	return file.n >= HEAD + META && number(file.p + HEAD, 4) == MAGIC;
}

int bolt_open(struct bytes file, struct bolt *ret)
{
	struct bolt best = {0}, b;
	uint64_t best_txid = 0, txid;
	bool found = meta_read(file, 0, &best, &best_txid), looks = is_bolt(file);

	/* Where the second lies the first one says, which may be the broken one. */
	for (uint64_t at = 512; at <= 65536; at *= 2) {
		if (!meta_read(file, at, &b, &txid))
			continue;
		looks = true;
		if (!found || txid > best_txid) {
			best = b;
			best_txid = txid;
			found = true;
		}
	}
	if (!found)
		return looks ? ERR_CORRUPT : ERR_BADINPUT;
	if (best.pages > file.n / best.page_bytes || best.root < 2 || best.root >= best.pages)
		return ERR_CORRUPT;
	*ret = best;
	return 0;
}

/* --- pages --- */

struct page {
	struct bytes all; /* from its head to the end of the pages it goes on in */
	unsigned flags, count;
};

static int page_of(struct bytes all, struct page *ret)
{
	struct page g = {.all = all};

	if (all.n < HEAD)
		return ERR_CORRUPT;
	g.flags = (unsigned)number(all.p + 8, 2);
	g.count = (unsigned)number(all.p + 10, 2);
	if ((g.flags != BRANCH && g.flags != LEAF) || g.count > (all.n - HEAD) / ELEMENT)
		return ERR_CORRUPT;
	*ret = g;
	return 0;
}

static int page_get(const struct bolt *b, uint64_t id, struct page *ret)
{
	const uint8_t *p;
	uint64_t more;

	if (id < 2 || id >= b->pages)
		return ERR_CORRUPT;
	p = b->file.p + id * b->page_bytes;
	more = number(p + 12, 4);
	if (number(p, 8) != id || more >= b->pages - id)
		return ERR_CORRUPT;
	return page_of(bytes_of(p, (size_t)(more + 1) * b->page_bytes), ret);
}

struct element {
	struct bytes key, value; /* of a branch: no value */
	uint64_t child;          /* of a branch */
	bool is_bucket;
};

/* What an element points at lies behind it, in its own page. */
static int element_get(const struct page *g, unsigned i, struct element *ret)
{
	size_t at = HEAD + (size_t)i * ELEMENT;
	const uint8_t *e = g->all.p + at;
	bool leaf = g->flags == LEAF;
	uint64_t from = at + number(leaf ? e + 4 : e, 4), k = number(leaf ? e + 8 : e + 4, 4);
	uint64_t v = leaf ? number(e + 12, 4) : 0;
	uint64_t data = HEAD + (uint64_t)g->count * ELEMENT;

	if (k > KEY_MOST || from < data || from > g->all.n || k + v > g->all.n - from)
		return ERR_CORRUPT;
	*ret = (struct element){.key = bytes_of(g->all.p + from, (size_t)k),
		.value = bytes_of(g->all.p + from + k, (size_t)v),
		.child = leaf ? 0 : number(e + 8, 8),
		.is_bucket = leaf && (number(e, 4) & ELEMENT_BUCKET)};
	return 0;
}

/* --- walks --- */

struct walk {
	const struct bolt *b;
	uint64_t left; /* pages that may still be read */
	bool buckets;  /* what is wanted: buckets, or pairs */
	struct bytes last;
	bool any;
	bolt_fn *fn;
	void *arg;
};

/* Keys rise, through the whole tree. */
static int key_step(struct walk *w, struct bytes key)
{
	size_t n = key.n < w->last.n ? key.n : w->last.n;
	int c = w->any && n ? memcmp(w->last.p, key.p, n) : 0;

	if (w->any && (c > 0 || (c == 0 && w->last.n >= key.n)))
		return ERR_CORRUPT;
	w->any = true;
	w->last = key;
	return 0;
}

static int leaf_walk(struct walk *w, const struct page *g)
{
	struct element e;
	int err = 0;

	for (unsigned i = 0; err == 0 && i < g->count; i++) {
		err = element_get(g, i, &e);
		if (err == 0)
			err = key_step(w, e.key);
		if (err == 0 && e.is_bucket == w->buckets)
			err = w->fn(w->arg, e.key, e.value);
	}
	return err;
}

static int tree_walk(struct walk *w, uint64_t id, unsigned depth)
{
	struct element e;
	struct page g;
	int err;

	if (depth > DEPTH_MOST || w->left == 0)
		return ERR_CORRUPT;
	w->left--;
	err = page_get(w->b, id, &g);
	if (err)
		return err;
	if (g.flags == LEAF)
		return leaf_walk(w, &g);
	if (g.count == 0)
		return ERR_CORRUPT;
	for (unsigned i = 0; err == 0 && i < g.count; i++) {
		err = element_get(&g, i, &e);
		if (err == 0)
			err = tree_walk(w, e.child, depth + 1);
	}
	return err;
}

struct find {
	struct bytes name, value;
	bool found;
};

static int find_fn(void *arg, struct bytes key, struct bytes value)
{
	struct find *f = arg;

	if (bytes_equal(key, f->name)) {
		f->value = value;
		f->found = true;
	}
	return 0;
}

/* A bucket's value: the page of its root (8), a number (8), and when there is no such page the leaf
 * itself. */
static int bucket_walk(struct walk *w, struct bytes value)
{
	struct page g;
	uint64_t root;
	int err;

	if (value.n < HEAD)
		return ERR_CORRUPT;
	root = number(value.p, 8);
	if (root)
		return tree_walk(w, root, 0);
	err = page_of(bytes_of(value.p + HEAD, value.n - HEAD), &g);
	if (err == 0 && g.flags != LEAF)
		err = ERR_CORRUPT;
	return err ? err : leaf_walk(w, &g);
}

int bolt_each(const struct bolt *b, const char *bucket, bolt_fn *fn, void *arg)
{
	struct find f = {.name = bytes_of_str(bucket)};
	struct walk top = {.b = b, .left = b->pages, .buckets = true, .fn = find_fn, .arg = &f};
	struct walk w = {.b = b, .left = b->pages, .fn = fn, .arg = arg};
	int err = tree_walk(&top, b->root, 0);

	if (err == 0 && !f.found)
		err = ERR_NOTFOUND;
	return err ? err : bucket_walk(&w, f.value);
}
