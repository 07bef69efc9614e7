/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Nothing left: of the map, of the file size a process may have, of a real file system. Each time
 * the writer is told, nothing is half-written, reads go on, and so do writes once there is room.
 */
#include "store_test.h"

#include "store/store_int.h"

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/stat.h>

TestSuite(store_full, .init = test_dir_make, .fini = test_dir_remove);

#define CHUNK 20000

/* Two records that belong together, the first before the big one. */
static int put_linked(struct store_txn *txn, void *arg)
{
	static const uint8_t zeros[CHUNK];
	uint32_t i = *(uint32_t *)arg;
	struct store_key k = store_key("u", i);
	int err = store_put(txn, MDM_BY_SERIAL, &k, bytes_of(&i, sizeof(i)));

	return err != 0 ? err : store_put(txn, MDM_ENROLLMENT, &k, bytes_of(zeros, sizeof(zeros)));
}

static int del_linked(struct store_txn *txn, void *arg)
{
	struct store_key k = store_key("u", *(uint32_t *)arg);
	int err = store_del(txn, MDM_BY_SERIAL, &k);

	return err != 0 ? err : store_del(txn, MDM_ENROLLMENT, &k);
}

static int del_unit(struct store_txn *txn, void *arg)
{
	struct store_key k = store_key("s", "a");

	return store_del(txn, INV_UNIT, &k);
}

/* Writes until there is no room; how many were acknowledged. */
static uint32_t fill_up(uint32_t from)
{
	for (uint32_t i = from; i < 100000; i++) {
		int err = store_write(test_store, put_linked, &i);

		if (err != 0) {
			cr_assert_eq(err, ERR_NOSPACE, "at %u: %d", i, err);
			return i;
		}
	}
	cr_assert_fail("it never filled up");
	return 0;
}

/* What was acknowledged is there, whole, and nothing else. */
static void must_be_whole(uint32_t n)
{
	uint64_t records;

	cr_assert_eq(test_count(MDM_BY_SERIAL), n);
	cr_assert_eq(test_count(MDM_ENROLLMENT), n);
	cr_assert_eq(store_check(test_store, NULL, NULL, &records), 0);
	cr_assert_eq(records, 2 * (uint64_t)n + 1);
}

static void full_then_reads_then_room(uint32_t least)
{
	uint32_t n = fill_up(0);

	cr_assert_gt(n, least);
	must_be_whole(n);
	for (int i = 0; i < 5; i++)
		cr_assert_eq(store_write(test_store, put_linked, &n), ERR_NOSPACE, "still");
	must_be_whole(n);
	test_store_close();
	cr_assert_eq(store_open(test_path("s"), &(struct store_options){0}, &test_store), 0,
		"a full store can be opened");
	must_be_whole(n);
}

Test(store_full, the_map)
{
	struct store_options opt = {.create = true, .map_bytes = 4 << 20};
	uint32_t n;

	cr_assert_eq(store_open(test_path("s"), &opt, &test_store), 0);
	n = fill_up(0);
	cr_assert_gt(n, 100);
	must_be_whole(n);
	/* deleting makes room, for those who come after the next commit */
	for (uint32_t i = 0; i < 50; i++)
		cr_assert_eq(store_write(test_store, del_linked, &i), 0, "%u", i);
	cr_assert_eq(test_put(INV_UNIT, "a", "x"), 0);
	cr_assert_eq(store_write(test_store, del_unit, NULL), 0);
	for (uint32_t i = 0; i < 30; i++)
		cr_assert_eq(store_write(test_store, put_linked, &i), 0, "%u", i);
	must_be_whole(n - 20);
	/* and so does opening it with a larger map */
	test_store_close();
	opt.map_bytes = 8 << 20;
	cr_assert_eq(store_open(test_path("s"), &opt, &test_store), 0);
	cr_assert_eq(store_write(test_store, put_linked, &n), 0);
	test_store_close();
}

static void limit_file(rlim_t bytes)
{
	struct rlimit most = {.rlim_cur = bytes, .rlim_max = RLIM_INFINITY};

	cr_assert_eq(setrlimit(RLIMIT_FSIZE, &most), 0);
}

/* The limit falls anywhere within a page and within a write of many pages. */
Test(store_full, the_file_may_not_grow)
{
	signal(SIGXFSZ, SIG_IGN);
	for (rlim_t odd = 0; odd < 3; odd++) {
		uint32_t n;

		test_store_open();
		limit_file((3 << 20) + odd * 5431);
		full_then_reads_then_room(50);
		n = (uint32_t)test_count(MDM_BY_SERIAL);
		limit_file(RLIM_INFINITY);
		cr_assert_eq(store_write(test_store, put_linked, &n), 0, "room again");
		must_be_whole(n + 1);
		test_store_close();
		cr_assert_eq(unlink(test_path("s/hylla.mdb")), 0);
		cr_assert_eq(unlink(test_path("s/hylla.mdb-lock")), 0);
	}
}

static bool mount_small(const char *at)
{
	/* a name space of our own: the mount ends with this process */
	if (geteuid() != 0 || unshare(CLONE_NEWNS) != 0)
		return false;
	return mount("none", "/", NULL, MS_REC | MS_PRIVATE, NULL) == 0 &&
	       mount("tmpfs", at, "tmpfs", 0, "size=3m") == 0;
}

/* Not a byte for the lock file, as after a restore: told, and not the end by a signal. */
static void cannot_be_opened(void)
{
	static const uint8_t zeros[4096];
	const struct store_options opt = {.create = false};
	struct store *st = NULL;
	int fd = open(test_path("filler"), O_WRONLY | O_CREAT, 0600);

	test_store_close();
	cr_assert_eq(unlink(test_path("s/hylla.mdb-lock")), 0);
	while (write(fd, zeros, sizeof(zeros)) > 0)
		;
	close(fd);
	cr_assert_eq(store_open(test_path("s"), &opt, &st), ERR_NOSPACE);
	cr_assert_neq(access(test_path("s/hylla.mdb-lock"), F_OK), 0);
	cr_assert_eq(unlink(test_path("filler")), 0);
	test_store_open();
}

Test(store_full, the_disk)
{
	char *end = test_dir + strlen(test_dir);
	uint32_t n;

	cr_assert_eq(mkdir(test_path("disk"), 0700), 0);
	if (!mount_small(test_path("disk"))) {
		test_dir_remove();
		cr_skip_test("SKIPPED: a small file system needs root");
	}
	memcpy(end, "/disk", sizeof("/disk"));
	test_store_open();
	full_then_reads_then_room(50);
	n = (uint32_t)test_count(MDM_BY_SERIAL);
	cr_assert_eq(store_backup(test_store, test_path("b"), NULL, NULL), ERR_NOSPACE);
	cr_assert_neq(access(test_path("b.part"), F_OK), 0);
	cannot_be_opened();
	cr_assert_eq(mount("tmpfs", test_dir, "tmpfs", MS_REMOUNT, "size=6m"), 0);
	cr_assert_eq(store_write(test_store, put_linked, &n), 0, "room again");
	must_be_whole(n + 1);
	test_store_close();
	cr_assert_eq(umount(test_dir), 0);
	*end = '\0';
}

Test(store_full, no_disk_to_begin_with)
{
	struct store *st = NULL;
	struct store_options opt = {.create = true};

	signal(SIGXFSZ, SIG_IGN);
	limit_file(6000); /* not even the heads */
	cr_assert_eq(store_open(test_path("s"), &opt, &st), ERR_NOSPACE);
	cr_assert_null(st);
	limit_file(RLIM_INFINITY);
	cr_assert_eq(
		store_open(test_path("s"), &opt, &st), 0, "and nothing stands in the way later");
	store_close(st);
}
