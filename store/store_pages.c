/* SPDX-License-Identifier: EUPL-1.2 */
#include "store/store_pages_int.h"

#include "store/store_file_int.h"
#include "store/store_page_int.h"

#include <stdio.h>
#include <stdlib.h>

#define HEAD_MAGIC 0xBEEFC0DEu
#define HEAD_VERSION 1
#define HEADS 2
#define NOTE_BYTES 48
#define PAGE_LEAST 512
#define PAGE_MOST 65536
#define NO_PAGE UINT64_MAX
/* LMDB's own bound of a tree's depth; a table's tree hangs below the main one's. */
#define DEPTH_MOST 32
#define LEVELS_MOST (2 * DEPTH_MOST)
#define NAME_MOST 64

enum tree_kind { TREE_FREE, TREE_MAIN, TREE_TABLE };

/* LMDB's note about a tree: its counts and its root. */
struct tree_note {
	uint32_t pad;
	uint16_t flags, depth;
	uint64_t branches, leaves, overflows, entries, root;
};

struct head {
	uint64_t last_page, txn_id;
	struct tree_note free, main;
};

struct tree {
	enum tree_kind kind;
	struct tree_note note;
	char name[NAME_MOST];
	unsigned level;                                /* of its root */
	uint64_t branches, leaves, overflows, entries; /* as found */
};

struct walk {
	struct store_pages *p;
	size_t page_bytes;
	uint64_t pages;
	uint8_t *used; /* a bit a page */
	uint8_t *level[LEVELS_MOST];
	int err;
};

static void fault(struct walk *w, const struct tree *t, uint64_t page, const char *what)
{
	char line[200];

	w->p->faults++;
	if (!w->p->fault)
		return;
	snprintf(line, sizeof(line), "%s: page %llu: %s", t ? t->name : "file",
		(unsigned long long)page, what);
	w->p->fault(w->p->arg, line);
}

static bool gave_up(const struct walk *w)
{
	return w->err != 0 || w->p->faults >= STORE_PAGES_FAULTS_MOST;
}

/* --- heads --- */

static void note_load(const uint8_t *p, struct tree_note *ret)
{
	ret->pad = store_page_u32(p);
	ret->flags = store_page_u16(p + 4);
	ret->depth = store_page_u16(p + 6);
	ret->branches = store_page_u64(p + 8);
	ret->leaves = store_page_u64(p + 16);
	ret->overflows = store_page_u64(p + 24);
	ret->entries = store_page_u64(p + 32);
	ret->root = store_page_u64(p + 40);
}

static int head_load(struct store_pages *p, uint64_t at, struct head *ret)
{
	uint8_t raw[STORE_PAGE_HEAD + 24 + 2 * NOTE_BYTES + 16];
	const uint8_t *m = raw + STORE_PAGE_HEAD;
	int err;

	if (at + sizeof(raw) > p->bytes)
		return ERR_CORRUPT;
	err = store_file_read_at(p->fd, p->start + at, raw, sizeof(raw));
	if (err != 0)
		return err;
	if (!(store_page_u16(raw + 10) & STORE_PAGE_HEADS) || store_page_u32(m) != HEAD_MAGIC ||
		store_page_u32(m + 4) != HEAD_VERSION)
		return ERR_CORRUPT;
	note_load(m + 24, &ret->free);
	note_load(m + 24 + NOTE_BYTES, &ret->main);
	ret->last_page = store_page_u64(m + 24 + 2 * NOTE_BYTES);
	ret->txn_id = store_page_u64(m + 24 + 2 * NOTE_BYTES + 8);
	return 0;
}

static bool page_bytes_ok(uint32_t n)
{
	return n >= PAGE_LEAST && n <= PAGE_MOST && (n & (n - 1)) == 0;
}

/* Both heads must be sound, as LMDB will not open the file otherwise. */
static int heads_load(struct walk *w, struct head *ret)
{
	struct head h[HEADS];
	const struct head *best;
	int err = head_load(w->p, 0, &h[0]);

	if (err == 0 && !page_bytes_ok(h[0].free.pad))
		err = ERR_CORRUPT;
	if (err == 0)
		err = head_load(w->p, h[0].free.pad, &h[1]);
	if (err != 0)
		return err;
	best = h[1].txn_id > h[0].txn_id ? &h[1] : &h[0];
	if (w->p->txn_id != 0)
		best = &h[w->p->txn_id & 1];
	if (w->p->txn_id != 0 && best->txn_id != w->p->txn_id)
		return ERR_CONFLICT;
	w->page_bytes = h[0].free.pad;
	*ret = *best;
	return best->free.pad == h[0].free.pad ? 0 : ERR_CORRUPT;
}

/* --- pages --- */

/* Marks n pages as used; each may be used once. */
static bool pages_use(struct walk *w, struct tree *t, uint64_t page, uint64_t n)
{
	if (page < HEADS || page >= w->pages || n > w->pages - page) {
		fault(w, t, page, "lies outside the file");
		return false;
	}
	for (uint64_t i = page; i < page + n; i++) {
		if (w->used[i / 8] & (1u << i % 8)) {
			fault(w, t, i, "is used twice");
			return false;
		}
		w->used[i / 8] |= (uint8_t)(1u << i % 8);
	}
	return true;
}

static bool page_read(struct walk *w, struct tree *t, uint64_t page, uint8_t *to)
{
	uint64_t at = page * w->page_bytes;

	if (at + w->page_bytes > w->p->bytes) {
		fault(w, t, page, "is cut off: the file is too short");
		return false;
	}
	w->err = store_file_read_at(w->p->fd, w->p->start + at, to, w->page_bytes);
	return w->err == 0;
}

/* --- trees --- */

static void tree_walk(struct walk *w, struct tree *t, unsigned level);

static void big_value(struct walk *w, struct tree *t, const struct store_node *n, uint8_t *scratch)
{
	uint64_t page = store_page_u64(n->value.p);
	uint64_t need = (STORE_PAGE_HEAD - 1 + (uint64_t)n->value_bytes) / w->page_bytes + 1;
	uint64_t has;

	if (page < HEADS || page >= w->pages) {
		fault(w, t, page, "lies outside the file");
		return;
	}
	if (!page_read(w, t, page, scratch))
		return;
	has = store_page_u32(scratch + 12);
	if (store_page_u64(scratch) != page || store_page_u16(scratch + 10) != STORE_PAGE_BIG ||
		has < need) {
		fault(w, t, page, "does not hold the long value it should");
		return;
	}
	t->overflows += has;
	if (!pages_use(w, t, page, has))
		return;
	for (uint64_t i = 1; i < need && !gave_up(w); i++)
		page_read(w, t, page + i, scratch); /* that it can be read */
}

/* Value of a free-list record: how many, and then page numbers. */
static void free_list(struct walk *w, struct tree *t, struct bytes list, uint64_t page)
{
	uint64_t n;

	if (list.n < 8 || store_page_u64(list.p) > list.n / 8 - 1) {
		fault(w, t, page, "has a broken list of free pages");
		return;
	}
	n = store_page_u64(list.p);
	for (uint64_t i = 1; i <= n && !gave_up(w); i++)
		pages_use(w, t, store_page_u64(list.p + 8 * i), 1);
}

/* A long free list lies on pages of its own, side by side. */
static void free_list_big(
	struct walk *w, struct tree *t, const struct store_node *n, uint8_t *scratch)
{
	uint64_t page = store_page_u64(n->value.p);
	unsigned faults = w->p->faults;
	uint8_t *list;

	big_value(w, t, n, scratch);
	if (w->p->faults != faults || w->err != 0)
		return;
	if (page * w->page_bytes + STORE_PAGE_HEAD + n->value_bytes > w->p->bytes) {
		fault(w, t, page, "is cut off: the file is too short");
		return;
	}
	list = mem_alloc(n->value_bytes + 1);
	w->err = store_file_read_at(w->p->fd, w->p->start + page * w->page_bytes + STORE_PAGE_HEAD,
		list, n->value_bytes);
	if (w->err == 0)
		free_list(w, t, bytes_of(list, n->value_bytes), page);
	free(list);
}

static void table_found(struct walk *w, struct tree *t, const struct store_node *n, unsigned level)
{
	struct tree table = {.kind = TREE_TABLE};

	if (n->flags != STORE_NODE_TABLE || n->value.n != NOTE_BYTES || n->key.n == 0 ||
		n->key.n >= sizeof(table.name)) {
		fault(w, t, t->note.root, "holds something that is no table");
		return;
	}
	memcpy(table.name, n->key.p, n->key.n);
	note_load(n->value.p, &table.note);
	tree_walk(w, &table, level + 1);
}

static void record_found(
	struct walk *w, struct tree *t, const struct store_node *n, uint64_t page, unsigned level)
{
	uint8_t *scratch = w->level[level + 1];

	t->entries++;
	if (t->kind == TREE_MAIN) {
		table_found(w, t, n, level);
		return;
	}
	if (n->flags & ~STORE_NODE_BIG) {
		fault(w, t, page, "holds a record of unknown kind");
		return;
	}
	if (t->kind == TREE_FREE) {
		if (n->flags & STORE_NODE_BIG)
			free_list_big(w, t, n, scratch);
		else
			free_list(w, t, n->value, page);
		return;
	}
	if (n->flags & STORE_NODE_BIG)
		big_value(w, t, n, scratch);
	w->p->records++;
	if (w->p->record)
		w->p->record(w->p->arg, t->name, n->key,
			n->flags & STORE_NODE_BIG ? bytes_of(NULL, 0) : n->value);
}

/* Reads and checks one page of a tree into the level's buffer. */
static bool page_admit(struct walk *w, struct tree *t, uint64_t number,
	const struct store_page_span *s, unsigned level)
{
	const char *what;
	uint8_t *page;

	if (!w->level[level])
		w->level[level] = mem_alloc(w->page_bytes);
	if (!w->level[level + 1])
		w->level[level + 1] = mem_alloc(w->page_bytes);
	page = w->level[level];
	if (!pages_use(w, t, number, 1) || !page_read(w, t, number, page))
		return false;
	what = store_page_fault(page, w->page_bytes, number);
	if (!what && !store_page_in_order(page, w->page_bytes, s))
		what = "has keys out of order";
	if (what)
		fault(w, t, number, what);
	return !what;
}

static void page_walk(
	struct walk *w, struct tree *t, uint64_t number, struct store_page_span s, unsigned level)
{
	const uint8_t *page;
	struct store_node n, next;
	bool leaf;

	if (!page_admit(w, t, number, &s, level))
		return;
	page = w->level[level];
	leaf = store_page_kind(page) == STORE_PAGE_LEAF;
	if (leaf != (level - t->level + 1 == t->note.depth)) {
		fault(w, t, number, "lies at the wrong depth");
		return;
	}
	t->leaves += leaf;
	t->branches += !leaf;
	for (unsigned i = 0; i < store_page_nodes(page) && !gave_up(w); i++) {
		struct store_page_span below = s;

		(void)store_page_node(page, w->page_bytes, i, &n);
		if (leaf) {
			record_found(w, t, &n, number, level);
			continue;
		}
		if (i > 0) {
			below.lo = n.key;
			below.has_lo = true;
		}
		if (i + 1 < store_page_nodes(page) &&
			store_page_node(page, w->page_bytes, i + 1, &next)) {
			below.hi = next.key;
			below.has_hi = true;
		}
		page_walk(w, t, n.child, below, level + 1);
	}
}

static void tree_walk(struct walk *w, struct tree *t, unsigned level)
{
	struct store_page_span all = {.numbers = t->kind == TREE_FREE};
	const struct tree_note *n = &t->note;
	unsigned faults = w->p->faults;

	if (n->root == NO_PAGE) {
		if (n->entries != 0)
			fault(w, t, 0, "a table that should have records has none");
		return;
	}
	if (n->depth == 0 || n->depth > DEPTH_MOST || level + n->depth + 1 >= LEVELS_MOST) {
		fault(w, t, n->root, "has a depth that cannot be");
		return;
	}
	t->level = level;
	page_walk(w, t, n->root, all, level);
	/* after another fault the counts differ anyway */
	if (w->p->faults == faults && w->err == 0 &&
		(t->entries != n->entries || t->leaves != n->leaves || t->branches != n->branches ||
			t->overflows != n->overflows))
		fault(w, t, n->root, "counts differ from what is there");
}

static void leaks_find(struct walk *w)
{
	uint64_t first = 0, n = 0;

	for (uint64_t i = HEADS; i < w->pages; i++) {
		if (w->used[i / 8] & (1u << i % 8))
			continue;
		if (n++ == 0)
			first = i;
	}
	if (n > 0)
		fault(w, NULL, first, "is the first of pages that belong to nothing");
}

static void walk_trees(struct walk *w, const struct head *h)
{
	struct tree free_tree = {.kind = TREE_FREE, .note = h->free, .name = "free pages"};
	struct tree main_tree = {.kind = TREE_MAIN, .note = h->main, .name = "tables"};

	tree_walk(w, &main_tree, 0);
	if (!gave_up(w))
		tree_walk(w, &free_tree, 0);
	if (w->err == 0 && w->p->faults == 0)
		leaks_find(w);
}

int store_pages_walk(struct store_pages *p)
{
	struct walk w = {.p = p};
	struct head head;
	int err = heads_load(&w, &head);

	if (err != 0)
		return err;
	/* pages at the end that were never needed may lie behind the end of the file, but a head
	 * cannot name more than LMDB could have asked for */
	if (head.last_page < HEADS - 1 || head.last_page >= p->bytes / w.page_bytes + (1u << 17))
		return ERR_CORRUPT;
	w.pages = head.last_page + 1;
	w.used = mem_zalloc(w.pages / 8 + 1);
	walk_trees(&w, &head);
	for (unsigned i = 0; i < LEVELS_MOST; i++)
		free(w.level[i]);
	free(w.used);
	return w.err;
}
