/* SPDX-License-Identifier: EUPL-1.2 */
#include "store_test.h"

#include "store/store_int.h"

#include <fcntl.h>
#include <sys/stat.h>

TestSuite(store, .init = test_setup, .fini = test_teardown);
TestSuite(store_bare, .init = test_dir_make, .fini = test_dir_remove);

Test(store, what_is_written_is_read_and_stays)
{
	cr_assert_eq(test_put(INV_UNIT, "a", "one"), 0);
	cr_assert_eq(test_put(INV_UNIT, "a", "two"), 0);
	cr_assert_eq(test_put(MDM_SEEN, "a", "other table"), 0);
	cr_assert_str_eq(test_get(INV_UNIT, "a"), "two");
	cr_assert_str_eq(test_get(INV_UNIT, "b"), "(none)");
	test_store_close();
	test_store_open();
	cr_assert_str_eq(test_get(INV_UNIT, "a"), "two");
	cr_assert_str_eq(test_get(MDM_SEEN, "a"), "other table");
	cr_assert_eq(test_count(INV_UNIT), 1);
}

static int put_and_refuse(struct store_txn *txn, void *arg)
{
	int err = test_put_fn(txn, arg);

	return err != 0 ? err : ERR_REFUSED;
}

Test(store, a_function_that_fails_leaves_nothing)
{
	struct test_act a = {.table = INV_UNIT, .key = "a", .value = "x"};

	cr_assert_eq(store_write(test_store, put_and_refuse, &a), ERR_REFUSED);
	cr_assert_str_eq(test_get(INV_UNIT, "a"), "(none)");
}

static int read_tries_to_write(struct store_txn *txn, void *arg)
{
	struct store_key k = store_key("s", "a");
	int err = test_put_fn(txn, arg);

	return err == ERR_INTERNAL ? store_del(txn, INV_UNIT, &k) : 0;
}

Test(store, a_reader_cannot_write)
{
	struct test_act a = {.table = INV_UNIT, .key = "a", .value = "x"};

	cr_assert_eq(store_read(test_store, read_tries_to_write, &a), ERR_INTERNAL);
}

struct nesting {
	int read, write;
};

static int tries_from_inside(struct store_txn *txn, void *arg)
{
	struct nesting *n = arg;
	struct test_act a = {.table = INV_UNIT, .key = "a", .value = "x"};

	n->read = store_read(test_store, test_get_fn, &a);
	n->write = store_write(test_store, test_put_fn, &a);
	return 0;
}

Test(store, a_call_from_inside_a_function_is_refused_and_does_not_hang)
{
	struct nesting n = {0};

	cr_assert_eq(store_write(test_store, tries_from_inside, &n), 0);
	cr_assert_eq(n.read, ERR_INTERNAL);
	cr_assert_eq(n.write, ERR_INTERNAL);
	cr_assert_eq(test_put(INV_UNIT, "a", "after"), 0);
}

Test(store, version_rises_with_commits_only)
{
	uint64_t v = store_version(test_store);

	cr_assert_eq(store_version(test_store), v);
	test_get(INV_UNIT, "a");
	cr_assert_eq(store_version(test_store), v);
	cr_assert_eq(test_put(INV_UNIT, "a", "x"), 0);
	cr_assert_gt(store_version(test_store), v);
}

Test(store, stat_counts)
{
	struct store_stat s;

	cr_assert_eq(test_put(INV_UNIT, "a", "x"), 0);
	cr_assert_eq(test_put(INV_UNIT, "b", "x"), 0);
	test_get(INV_UNIT, "c");
	cr_assert_eq(store_stat(test_store, &s), 0);
	cr_assert_eq(s.records, 3, "two and the store's own, not %d", (int)s.records);
	cr_assert_eq(s.commits, 2);
	cr_assert_eq(s.writes, 2);
	cr_assert_eq(s.readers, 0, "a reader between uses holds nothing");
	cr_assert_gt(s.used_bytes, 0);
	cr_assert_geq(s.file_bytes, s.used_bytes);
	cr_assert_gt(s.created_at, 1700000000);
	cr_assert_eq(strlen(s.instance), 36);
}

Test(store, the_same_store_cannot_be_opened_twice_in_a_process)
{
	struct store_options opt = {0};
	struct store *again = NULL;
	char other_name[300];

	snprintf(other_name, sizeof(other_name), "%s/../s/.", test_path("s"));
	cr_assert_eq(store_open(test_path("s"), &opt, &again), ERR_EXISTS);
	cr_assert_eq(store_open(other_name, &opt, &again), ERR_EXISTS);
	cr_assert_null(again);
	cr_assert_eq(test_put(INV_UNIT, "a", "still works"), 0);
	test_store_close();
	cr_assert_eq(store_open(test_path("s"), &opt, &test_store), 0);
}

Test(store_bare, what_is_absent_is_made_only_when_asked)
{
	struct store_options opt = {0}, create = {.create = true};
	struct store *st = NULL;
	struct stat s;

	cr_assert_eq(store_open(test_path("s"), &opt, &st), ERR_NOTFOUND);
	cr_assert_neq(stat(test_path("s"), &s), 0, "not even the folder");
	cr_assert_eq(mkdir(test_path("s"), 0700), 0);
	cr_assert_eq(store_open(test_path("s"), &opt, &st), ERR_NOTFOUND);
	cr_assert_neq(stat(test_path("s/hylla.mdb"), &s), 0);
	cr_assert_eq(store_open(test_path("no/such/place"), &create, &st), ERR_NOTFOUND);
	cr_assert_eq(store_open(test_path("s"), &create, &st), 0);
	store_close(st);
	cr_assert_eq(stat(test_path("s/hylla.mdb"), &s), 0);
	cr_assert_eq(s.st_mode & 0777, 0600, "for its owner alone");
	cr_assert_eq(store_open(test_path("s"), &opt, &st), 0);
	store_close(st);
	store_close(NULL);
}

Test(store_bare, read_only_reads_and_does_not_write)
{
	struct store_options opt = {.read_only = true, .create = true};

	cr_assert_eq(store_open(test_path("s"), &opt, &test_store), ERR_NOTFOUND);
	test_store_open();
	cr_assert_eq(test_put(INV_UNIT, "a", "x"), 0);
	test_store_close();
	cr_assert_eq(store_open(test_path("s"), &opt, &test_store), 0);
	cr_assert_str_eq(test_get(INV_UNIT, "a"), "x");
	cr_assert_eq(test_put(INV_UNIT, "a", "y"), ERR_INTERNAL);
	test_store_close();
}

Test(store_bare, what_is_no_store_is_refused)
{
	struct store_options opt = {.create = true};
	struct store *st = NULL;
	FILE *f;

	cr_assert_eq(mkdir(test_path("s"), 0700), 0);
	f = fopen(test_path("s/hylla.mdb"), "w");
	cr_assert_not_null(f);
	for (int i = 0; i < 3000; i++)
		fputs("no store", f);
	fclose(f);
	cr_assert_eq(store_open(test_path("s"), &opt, &st), ERR_CORRUPT);
	cr_assert_null(st);
	cr_assert_eq(store_open(test_path("s/hylla.mdb"), &opt, &st), ERR_NOTFOUND);
}

/* LMDB writes the file's head through a descriptor of its own: the one that is not the first. */
static int head_fd(void)
{
	int fd = -1, first;
	char path[64], to[512];

	cr_assert_eq(mdb_env_get_fd(test_store->env, &first), 0);
	for (int i = 0; i < 256 && fd < 0; i++) {
		ssize_t n;

		snprintf(path, sizeof(path), "/proc/self/fd/%d", i);
		n = readlink(path, to, sizeof(to) - 1);
		if (n < 0 || i == first)
			continue;
		to[n] = '\0';
		if (strstr(to, "/" STORE_FILE) && !strstr(to, "-lock"))
			fd = i;
	}
	return fd;
}

Test(store, a_head_that_cannot_be_written_ends_the_store_until_it_is_opened_anew)
{
	int fd = head_fd(), unwritable = open("/dev/null", O_RDONLY);

	cr_assert_geq(fd, 0);
	cr_assert_eq(test_put(INV_UNIT, "a", "acknowledged"), 0);
	cr_assert_not(store_is_dead(test_store));
	cr_assert_eq(dup2(unwritable, fd), fd);
	cr_assert_neq(test_put(INV_UNIT, "a", "not"), 0);
	cr_assert(store_is_dead(test_store));
	cr_assert_neq(test_put(INV_UNIT, "a", "nor this"), 0);
	test_store_close();
	test_store_open();
	cr_assert_not(store_is_dead(test_store));
	cr_assert_str_eq(test_get(INV_UNIT, "a"), "acknowledged");
	close(unwritable);
}

/* The head is written through a file that waits for the disk; a lazy store has no use for that one. */
Test(store, a_lazy_store_waits_for_no_disk_until_it_is_lazy_no_more)
{
	int fd = head_fd(), unwritable = open("/dev/null", O_RDONLY);

	cr_assert_geq(fd, 0);
	cr_assert_eq(store_be_lazy(test_store, true), 0);
	cr_assert_eq(dup2(unwritable, fd), fd);
	cr_assert_eq(test_put(INV_UNIT, "a", "filled"), 0);
	cr_assert_eq(store_be_lazy(test_store, false), 0);
	cr_assert_neq(test_put(INV_UNIT, "b", "waits again"), 0);
	test_store_close();
	test_store_open();
	cr_assert_str_eq(test_get(INV_UNIT, "a"), "filled");
	cr_assert_str_eq(test_get(INV_UNIT, "b"), "(none)");
	close(unwritable);
}
