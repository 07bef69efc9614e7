/* SPDX-License-Identifier: EUPL-1.2 */
/* Damages a store's file in every way there is a check for, and then at random. */
#include "store_test.h"

#include "store/store_pages_int.h"

#include <fcntl.h>
#include <sys/stat.h>

#define PAGE 4096
#define BRANCH 1
#define LEAF 2
#define BIG 4

static int fd;
static uint8_t *image; /* the sound file */
static size_t image_bytes;

static int fill_fn(struct store_txn *txn, void *arg)
{
	static const uint8_t zeros[20000];
	uint32_t from = *(uint32_t *)arg;

	for (uint32_t i = from; i < from + 400; i++) {
		struct store_key k = store_key("su", "some longer name", i);
		int err = store_put(txn, i % 3 ? INV_UNIT : INV_HISTORY, &k,
			bytes_of(zeros, i % 50 ? i % 300 : 20000));

		if (err != 0)
			return err;
	}
	return 0;
}

static int thin_fn(struct store_txn *txn, void *arg)
{
	for (uint32_t i = 0; i < 800; i++) {
		struct store_key k = store_key("su", "some longer name", i);
		int err = i % 7 ? store_del(txn, i % 3 ? INV_UNIT : INV_HISTORY, &k) : 0;

		if (err != 0)
			return err;
	}
	return 0;
}

/* Trees of several levels, long values, and pages that are free again. */
static void pages_setup(void)
{
	struct stat s;

	test_setup();
	for (uint32_t from = 0; from < 2000; from += 400)
		cr_assert_eq(store_write(test_store, fill_fn, &from), 0);
	cr_assert_eq(store_write(test_store, thin_fn, NULL), 0);
	test_store_close();
	fd = open(test_path("s/hylla.mdb"), O_RDWR);
	cr_assert_geq(fd, 0);
	cr_assert_eq(fstat(fd, &s), 0);
	image_bytes = (size_t)s.st_size;
	image = mem_alloc(image_bytes);
	cr_assert_eq(pread(fd, image, image_bytes, 0), (ssize_t)image_bytes);
}

static void pages_teardown(void)
{
	close(fd);
	free(image);
	test_dir_remove();
}

TestSuite(store_pages, .init = pages_setup, .fini = pages_teardown);

static char last_fault[256];

static void note_fault(void *arg, const char *what)
{
	snprintf(last_fault, sizeof(last_fault), "%s", what);
}

/* 0, a fault (ERR_CORRUPT) or the walk's own error. */
static int walk_image(size_t bytes)
{
	struct store_pages p = {.fd = fd, .bytes = bytes, .fault = note_fault};
	int err;

	last_fault[0] = '\0';
	err = store_pages_walk(&p);
	if (err == 0 && p.faults > 0)
		cr_assert(last_fault[0] != '\0', "each fault is told");
	return err == 0 && p.faults > 0 ? ERR_CORRUPT : err;
}

static void patch(size_t at, const void *bytes, size_t n)
{
	cr_assert_eq(pwrite(fd, bytes, n, (off_t)at), (ssize_t)n);
}

static void mend(size_t at, size_t n)
{
	patch(at, image + at, n);
}

static uint16_t u16_at(size_t at)
{
	uint16_t x;

	memcpy(&x, image + at, sizeof(x));
	return x;
}

static uint64_t u64_at(size_t at)
{
	uint64_t x;

	memcpy(&x, image + at, sizeof(x));
	return x;
}

/* The head in use lies at page 0 or 1; its free tree and main tree are noted there. */
static size_t head_at(void)
{
	size_t txn_in_head = 16 + 24 + 96 + 8;

	return u64_at(PAGE + txn_in_head) > u64_at(txn_in_head) ? PAGE : 0;
}

static size_t main_root(void)
{
	return (size_t)u64_at(head_at() + 16 + 24 + 48 + 40) * PAGE;
}

static size_t node_at(size_t page, unsigned i)
{
	return page + u16_at(page + 16 + 2 * i);
}

static unsigned nodes_of(size_t page)
{
	return (u16_at(page + 12) - 16) / 2u;
}

/* Below the page `i` of a branch points to. */
static size_t child_at(size_t page, unsigned i)
{
	size_t node = node_at(page, i);

	return ((size_t)u16_at(node) | (size_t)u16_at(node + 2) << 16) * PAGE;
}

/* The note of a table (48 bytes) in a leaf of the main tree, from this page down; 0: not there. */
static size_t note_below(size_t page, const char *name)
{
	size_t found = 0;

	for (unsigned i = 0; i < nodes_of(page) && !found; i++) {
		size_t node = node_at(page, i);

		if (u16_at(page + 10) == BRANCH)
			found = note_below(child_at(page, i), name);
		else if (u16_at(node + 6) == strlen(name) &&
			 memcmp(image + node + 8, name, strlen(name)) == 0)
			found = node + 8 + strlen(name);
	}
	return found;
}

static size_t table_note(const char *name)
{
	size_t note = note_below(main_root(), name);

	cr_assert_neq(note, 0, "no table %s", name);
	return note;
}

static size_t leaf_below(size_t page)
{
	while (u16_at(page + 10) == BRANCH)
		page = child_at(page, 0);
	return page;
}

static size_t table_root(const char *name)
{
	return (size_t)u64_at(table_note(name) + 40) * PAGE;
}

/* A leaf of the table inv.unit, the first. */
static size_t first_leaf(void)
{
	return leaf_below(table_root("inv.unit"));
}

/* Pages that are free still look like what they were. */
static bool is_in_use(size_t page)
{
	uint64_t wrong = 1;
	int err;

	patch(page, &wrong, sizeof(wrong));
	err = walk_image(image_bytes);
	mend(page, sizeof(wrong));
	return err != 0;
}

static size_t first_big_node(void)
{
	for (size_t page = 2 * PAGE; page + PAGE <= image_bytes; page += PAGE) {
		if (u16_at(page + 10) != LEAF || u64_at(page) * PAGE != page || !is_in_use(page))
			continue;
		for (unsigned i = 0; i < (u16_at(page + 12) - 16) / 2u; i++) {
			size_t node = node_at(page, i);

			if (u16_at(node + 4) == 1 && u16_at(node) == 20000)
				return node;
		}
	}
	cr_assert_fail("no long value");
	return 0;
}

static void must_be_found(size_t at, const void *bytes, size_t n, const char *what)
{
	int err;

	cr_assert_neq(memcmp(image + at, bytes, n), 0, "%s: the damage changes nothing", what);
	patch(at, bytes, n);
	err = walk_image(image_bytes);
	mend(at, n);
	cr_assert_eq(err, ERR_CORRUPT, "%s: %d", what, err);
}

static void u16_found(size_t at, unsigned value, const char *what)
{
	uint16_t x = (uint16_t)value;

	must_be_found(at, &x, sizeof(x), what);
}

static void u64_found(size_t at, uint64_t value, const char *what)
{
	must_be_found(at, &value, sizeof(value), what);
}

Test(store_pages, the_sound_file_is_sound)
{
	cr_assert_eq(walk_image(image_bytes), 0, "%s", last_fault);
}

Test(store_pages, heads_are_checked)
{
	for (size_t head = 0; head <= PAGE; head += PAGE) {
		u16_found(head + 10, LEAF, "kind of head");
		u16_found(head + 16, 0xdead, "magic");
		u16_found(head + 20, 9, "format");
	}
	u16_found(16 + 24, 1000, "page size that is no power of two");
	u64_found(head_at() + 16 + 24 + 96, 1, "last page too small");
	u64_found(head_at() + 16 + 24 + 96, UINT64_MAX - 5, "last page beyond reason");
	u64_found(head_at() + 16 + 24 + 96, image_bytes / PAGE + 3, "pages nobody owns");
	u64_found(head_at() + 16 + 24 + 48 + 40, 1, "main root is a head");
	u64_found(head_at() + 16 + 24 + 48 + 40, UINT64_MAX, "main root gone");
	u64_found(head_at() + 16 + 24 + 40, UINT64_MAX, "list of free pages gone");
}

Test(store_pages, pages_are_checked)
{
	size_t leaf = first_leaf(), root = table_root("inv.unit");
	uint8_t gap[2];

	cr_assert_eq(u16_at(root + 10), BRANCH, "the table has more than one page");
	u64_found(leaf, 3, "number");
	u16_found(leaf + 10, BRANCH, "leaf said to be branch");
	u16_found(leaf + 10, BIG, "leaf said to be long value");
	u16_found(root + 10, LEAF, "branch said to be leaf");
	u16_found(leaf + 12, 14, "lower bound in the head");
	u16_found(leaf + 12, 16, "no records");
	u16_found(leaf + 12, u16_at(leaf + 12) - 2u, "a record less");
	u16_found(leaf + 12, u16_at(leaf + 12) + 1u, "odd bound");
	u16_found(leaf + 12, u16_at(leaf + 14) + 2u, "lower above upper");
	u16_found(leaf + 14, 5000, "upper beyond the page");
	u16_found(leaf + 14, u16_at(leaf + 14) + 2u, "upper into a record");
	u16_found(leaf + 16, 4094, "record across the end");
	u16_found(leaf + 16, 20, "record in the head");
	memcpy(gap, image + leaf + 18, 2);
	must_be_found(leaf + 16, gap, 2, "two records in one place");
	u16_found(node_at(leaf, 0) + 6, 600, "key longer than can be");
	u16_found(node_at(leaf, 0) + 6, 3, "key shorter than it was");
	u16_found(node_at(leaf, 0) + 4, 4, "kind of record");
	u16_found(node_at(leaf, 0) + 2, 1, "value longer than the page");
	must_be_found(node_at(leaf, 1) + 8, "aaaa", 4, "key order");
	must_be_found(node_at(leaf, 0) + 8, "zzzz", 4, "key above its page's bound");
	must_be_found(node_at(root, 1) + 8, "aaaa", 4, "separator below what is left of it");
}

Test(store_pages, trees_are_checked)
{
	size_t root = table_root("inv.unit"), note = table_note("inv.unit");
	size_t other = table_root("inv.history");
	size_t node = node_at(root, 1);

	u16_found(node, (unsigned)(first_leaf() / PAGE), "child used twice");
	u16_found(node, (unsigned)(other / PAGE), "child of another table");
	u16_found(node, 0xffff, "child outside the file");
	u16_found(node + 4, 1, "child far outside the file");
	u16_found(node, 0, "child is a head");
	u64_found(note + 40, other / PAGE, "root of another table");
	u64_found(note + 40, first_leaf() / PAGE, "root is a leaf");
	u64_found(note + 40, UINT64_MAX, "no root");
	u64_found(note + 40, UINT64_C(1) << 60, "root beyond everything");
	u16_found(note + 6, 0, "depth 0");
	u16_found(note + 6, 1, "depth less than it is");
	u16_found(note + 6, 5, "depth more than it is");
	u16_found(note + 6, 60000, "depth that cannot be");
	for (size_t count = 8; count < 40; count += 8)
		u64_found(note + count, u64_at(note + count) + 1, "a count");
	u16_found(node_at(leaf_below(main_root()), 0) + 4, 0, "a table that is none");
	u16_found(node_at(leaf_below(main_root()), 0), 40, "a note cut short");
}

Test(store_pages, long_values_are_checked)
{
	size_t node = first_big_node();
	size_t pointer = node + 8 + u16_at(node + 6);
	size_t page = (size_t)u64_at(pointer) * PAGE;
	uint32_t few = 1, many = 1u << 30;

	cr_assert_eq(u16_at(page + 10), BIG);
	u64_found(page, 2, "number");
	u16_found(page + 10, LEAF, "kind");
	must_be_found(page + 12, &few, 4, "fewer pages than the value needs");
	must_be_found(page + 12, &many, 4, "more pages than the file has");
	u64_found(pointer, main_root() / PAGE, "points at a tree");
	u64_found(pointer, UINT64_MAX / PAGE, "points outside");
	u64_found(pointer, 0, "points at a head");
	u16_found(node + 2, 60000, "value longer than its pages");
}

Test(store_pages, the_free_list_is_checked)
{
	size_t root = (size_t)u64_at(head_at() + 16 + 24 + 40) * PAGE;
	size_t list;

	cr_assert_eq(u16_at(root + 10), LEAF);
	list = node_at(root, 0) + 16;
	cr_assert_gt(u64_at(list), 0);
	u64_found(list + 8, main_root() / PAGE, "a used page is called free");
	u64_found(list + 8, 1, "a head is called free");
	u64_found(list + 8, UINT64_MAX, "a page outside");
	u64_found(list, 100000, "longer than its record");
	u64_found(list, u64_at(list) - 1, "a page that belongs to nothing");
}

Test(store_pages, a_file_cut_short_is_found_wherever_it_is_cut)
{
	for (size_t n = 0; n < image_bytes; n += n < 3 * PAGE ? 777 : 5 * PAGE + 11)
		cr_assert_neq(walk_image(n), 0, "cut at %zu", n);
	/* what was said to be there and is not */
	cr_assert_eq(ftruncate(fd, PAGE * 5), 0);
	cr_assert_neq(walk_image(image_bytes), 0);
}

/* Any byte anywhere: no crash, and a page's head and places are never believed. */
Test(store_pages, damage_at_random_never_harms)
{
	uint32_t x = 99;

	for (int i = 0; i < 1500; i++) {
		size_t at;
		uint8_t byte;

		x = x * 1664525u + 1013904223u;
		at = (x >> 4) % image_bytes;
		byte = (uint8_t)(image[at] ^ (1u << (x >> 29)));
		patch(at, &byte, 1);
		cr_assert_leq(walk_image(image_bytes), 0);
		mend(at, 1);
	}
	cr_assert_eq(walk_image(image_bytes), 0, "mended");
}

Test(store_pages, a_wanted_head_must_be_there)
{
	struct store_pages p = {.fd = fd, .bytes = image_bytes, .txn_id = 4711};

	cr_assert_eq(store_pages_walk(&p), ERR_CONFLICT);
}
