/* SPDX-License-Identifier: EUPL-1.2 */
#include "store_test.h"

#include "base/file.h"
#include "store/store_int.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>

TestSuite(store_backup, .init = test_setup, .fini = test_teardown);

/* Two records that must always be equal: a copy of one moment has them so. */
static int put_pair(struct store_txn *txn, void *arg)
{
	uint64_t *n = arg;
	struct store_key a = store_key("sq", "pair", UINT64_C(1)),
			 b = store_key("sq", "pair", UINT64_C(2));
	struct store_key log = store_key("q", *n);
	int err = store_put(txn, INV_UNIT, &a, bytes_of(n, sizeof(*n)));

	if (err == 0)
		err = store_put(txn, WEB_TOKEN, &b, bytes_of(n, sizeof(*n)));
	if (err == 0)
		err = store_put(txn, AUDIT_LOG, &log, bytes_of("some bytes, so that it grows", 28));
	return err;
}

struct pair {
	uint64_t a, b, logged;
};

static int get_pair(struct store_txn *txn, void *arg)
{
	struct pair *p = arg;
	struct store_key a = store_key("sq", "pair", UINT64_C(1)),
			 b = store_key("sq", "pair", UINT64_C(2));
	struct bytes v;
	int err = store_get(txn, INV_UNIT, &a, &v);

	if (err == 0)
		memcpy(&p->a, v.p, sizeof(p->a));
	if (err == 0)
		err = store_get(txn, WEB_TOKEN, &b, &v);
	if (err == 0)
		memcpy(&p->b, v.p, sizeof(p->b));
	return err != 0 ? err : store_count(txn, AUDIT_LOG, &p->logged);
}

static atomic_bool stop;
static atomic_ulong written;

static void *write_pairs(void *arg)
{
	for (uint64_t n = 1; !atomic_load(&stop); n++) {
		if (store_write(test_store, put_pair, &n) != 0)
			return NULL;
		atomic_store(&written, n);
	}
	return arg;
}

struct progress {
	unsigned calls;
	uint64_t done, all;
	bool wrong;
};

static void note_progress(void *arg, uint64_t done, uint64_t all)
{
	struct progress *p = arg;

	p->wrong = p->wrong || done < p->done || done > all;
	p->calls++;
	p->done = done;
	p->all = all;
}

static void check_copy(const char *backup, const char *dir, uint64_t least)
{
	struct store_options opt = {0};
	struct pair p = {0};
	uint64_t records;

	cr_assert_eq(store_restore(backup, dir, false, NULL, NULL), 0);
	test_store_close();
	cr_assert_eq(store_open(dir, &opt, &test_store), 0);
	cr_assert_eq(store_read(test_store, get_pair, &p), 0);
	cr_assert_eq(p.a, p.b, "one moment");
	cr_assert_eq(p.a, p.logged);
	cr_assert_geq(p.a, least, "all that was there when it began");
	cr_assert_eq(store_check(test_store, NULL, NULL, &records), 0);
	cr_assert_eq(records, p.logged + 3);
}

Test(store_backup, copies_one_moment_while_writers_go_on)
{
	struct progress pr = {0};
	unsigned long first, before, after;
	struct store_stat was, now;
	pthread_t thread;
	void *ok;

	cr_assert_eq(pthread_create(&thread, NULL, write_pairs, &stop), 0);
	while (atomic_load(&written) < 200)
		usleep(1000);
	first = atomic_load(&written);
	for (int i = 0; i < 3; i++) {
		before = atomic_load(&written);
		cr_assert_eq(store_backup(test_store, test_path("b"), note_progress, &pr), 0);
	}
	after = atomic_load(&written);
	atomic_store(&stop, true);
	pthread_join(thread, &ok);
	cr_assert_not_null(ok);
	cr_assert_gt(after, first, "writers were not held up");
	cr_assert_gt(pr.calls, 3);
	cr_assert_eq(pr.done, pr.all, "ends at the end");
	cr_assert_eq(store_backup_verify(test_path("b"), NULL, NULL), 0);
	cr_assert_eq(store_stat(test_store, &was), 0);
	check_copy(test_path("b"), test_path("r"), before);
	cr_assert_eq(store_stat(test_store, &now), 0);
	cr_assert_str_eq(was.instance, now.instance, "it is the same store");
	cr_assert_eq(was.created_at, now.created_at);
}

Test(store_backup, a_new_store_too)
{
	struct store_options opt = {0};
	struct stat s;

	cr_assert_eq(store_backup(test_store, test_path("b"), NULL, NULL), 0);
	cr_assert_eq(stat(test_path("b"), &s), 0);
	cr_assert_eq(s.st_mode & 0777, 0600, "for its owner alone");
	cr_assert_neq(stat(test_path("b.part"), &s), 0);
	cr_assert_eq(store_restore(test_path("b"), test_path("r"), false, NULL, NULL), 0);
	test_store_close();
	cr_assert_eq(store_open(test_path("r"), &opt, &test_store), 0);
	cr_assert_eq(test_put(INV_UNIT, "a", "x"), 0);
	cr_assert_str_eq(test_get(INV_UNIT, "a"), "x");
}

Test(store_backup, a_link_in_the_way_is_not_followed)
{
	AUTO(buf) struct buf kept = BUF_INIT(100);

	cr_assert_eq(file_write(test_path("victim"), bytes_of_str("mine"), 0600), 0);
	cr_assert_eq(symlink(test_path("victim"), test_path("b.part")), 0);
	cr_assert_eq(store_backup(test_store, test_path("b"), NULL, NULL), 0);
	cr_assert_eq(file_read(test_path("victim"), &kept), 0);
	cr_assert_str_eq(buf_str(&kept), "mine");
	cr_assert_eq(store_backup_verify(test_path("b"), NULL, NULL), 0);
}

Test(store_backup, what_cannot_be_written_leaves_nothing)
{
	static uint8_t big[3 << 20];
	struct test_act a = {.table = INV_UNIT, .key = "big"};
	struct rlimit most = {.rlim_cur = 1 << 20, .rlim_max = RLIM_INFINITY};
	struct stat s;

	cr_assert_eq(store_backup(test_store, test_path("no/b"), NULL, NULL), ERR_NOTFOUND);
	memset(big, 'x', sizeof(big) - 1);
	a.value = (const char *)big;
	cr_assert_eq(store_write(test_store, test_put_fn, &a), 0);
	cr_assert_eq(file_write(test_path("b"), bytes_of_str("the backup of yesterday"), 0600), 0);
	signal(SIGXFSZ, SIG_IGN);
	cr_assert_eq(setrlimit(RLIMIT_FSIZE, &most), 0);
	cr_assert_eq(store_backup(test_store, test_path("b"), NULL, NULL), ERR_NOSPACE);
	cr_assert_eq(stat(test_path("b"), &s), 0);
	cr_assert_eq(s.st_size, 23, "the old one is still there");
	cr_assert_neq(stat(test_path("b.part"), &s), 0);
}

/* A page that belongs to nothing keeps LMDB from a compact copy; a backup is made all the same,
 * and that the page is astray is told. */
Test(store_backup, an_unsound_page_count_does_not_prevent_a_backup)
{
	size_t last_page = 16 + 24 + 96;
	uint64_t page, most = 0;
	int fd;

	cr_assert_eq(test_put(INV_UNIT, "a", "x"), 0);
	test_store_close();
	fd = open(test_path("s/hylla.mdb"), O_RDWR);
	for (off_t head = 0; head <= 4096; head += 4096) {
		cr_assert_eq(pread(fd, &page, 8, head + (off_t)last_page), 8);
		page++;
		most = page > most ? page : most;
		cr_assert_eq(pwrite(fd, &page, 8, head + (off_t)last_page), 8);
	}
	cr_assert_eq(ftruncate(fd, (off_t)(most + 1) * 4096), 0);
	close(fd);
	test_store_open();
	cr_assert_eq(store_backup(test_store, test_path("b"), NULL, NULL), 0);
	cr_assert_eq(store_backup_verify(test_path("b"), NULL, NULL), ERR_CORRUPT);
}
