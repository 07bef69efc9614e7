/* SPDX-License-Identifier: EUPL-1.2 */
#include "store_test.h"

#include "base/text.h"
#include "store/store_int.h"

#include <pthread.h>
#include <signal.h>
#include <sys/wait.h>

TestSuite(store_reader, .init = test_setup, .fini = test_teardown);
TestSuite(store_reader_bare, .init = test_dir_make, .fini = test_dir_remove);

#define READERS (STORE_READ_SLOTS + 32)

static pthread_barrier_t all_in;

static int read_slowly(struct store_txn *txn, void *arg)
{
	int err = test_get_fn(txn, arg);

	pthread_barrier_wait(&all_in);
	return err;
}

static void *reader_run(void *arg)
{
	struct test_act *a = arg;

	a->count = store_read(test_store, read_slowly, a) == 0;
	return NULL;
}

Test(store_reader, many_readers_at_once)
{
	static struct test_act act[READERS];
	pthread_t thread[READERS];
	struct store_stat s;

	cr_assert_eq(test_put(INV_UNIT, "a", "x"), 0);
	pthread_barrier_init(&all_in, NULL, READERS);
	for (int i = 0; i < READERS; i++) {
		act[i] = (struct test_act){.table = INV_UNIT, .key = "a"};
		cr_assert_eq(pthread_create(&thread[i], NULL, reader_run, &act[i]), 0);
	}
	for (int i = 0; i < READERS; i++) {
		pthread_join(thread[i], NULL);
		cr_assert_eq(act[i].count, 1);
		cr_assert_str_eq(act[i].got, "x");
	}
	cr_assert_eq(store_stat(test_store, &s), 0);
	cr_assert_eq(s.readers, 0);
}

/* A snapshot does not change while it is read, and a writer does not wait for readers. */
static int read_while_written(struct store_txn *txn, void *arg)
{
	pthread_barrier_wait(&all_in);
	pthread_barrier_wait(&all_in);
	return test_get_fn(txn, arg);
}

static void *snapshot_run(void *arg)
{
	return store_read(test_store, read_while_written, arg) == 0 ? arg : NULL;
}

Test(store_reader, a_reader_sees_one_moment)
{
	struct test_act a = {.table = INV_UNIT, .key = "a"};
	pthread_t thread;
	void *ok;

	cr_assert_eq(test_put(INV_UNIT, "a", "before"), 0);
	pthread_barrier_init(&all_in, NULL, 2);
	cr_assert_eq(pthread_create(&thread, NULL, snapshot_run, &a), 0);
	pthread_barrier_wait(&all_in);
	cr_assert_eq(test_put(INV_UNIT, "a", "after"), 0);
	pthread_barrier_wait(&all_in);
	pthread_join(thread, &ok);
	cr_assert_not_null(ok);
	cr_assert_str_eq(a.got, "before");
	cr_assert_str_eq(test_get(INV_UNIT, "a"), "after");
}

/* Another process that dies while it reads must not keep old pages for ever. */
static int die_reading(struct store_txn *txn, void *arg)
{
	char one = 1;

	if (write(*(int *)arg, &one, 1) != 1)
		_exit(2);
	for (;;)
		pause();
}

static pid_t dying_reader(void)
{
	char dir[400], one;
	int ends[2];
	pid_t pid;

	text_copy(dir, sizeof(dir), test_path("s"));
	cr_assert_eq(pipe(ends), 0);
	pid = fork();
	if (pid == 0) {
		struct store_options opt = {0};
		struct store *st;

		if (store_open(dir, &opt, &st) != 0)
			_exit(3);
		_exit(store_read(st, die_reading, &ends[1]) == 0);
	}
	close(ends[1]);
	cr_assert_eq(read(ends[0], &one, 1), 1, "the other process reads");
	close(ends[0]);
	return pid;
}

Test(store_reader_bare, readers_of_dead_processes_are_cleared)
{
	struct store_stat s;
	pid_t pid;

	test_store_open();
	test_store_close();
	pid = dying_reader();
	test_store_open();
	cr_assert_eq(store_stat(test_store, &s), 0);
	cr_assert_eq(s.readers, 1, "alive, it counts");
	cr_assert_eq(store_clear_readers(test_store), 0, "and is let be");
	kill(pid, SIGKILL);
	waitpid(pid, NULL, 0);
	cr_assert_eq(store_clear_readers(test_store), 1);
	cr_assert_eq(store_stat(test_store, &s), 0);
	cr_assert_eq(s.readers, 0);

	/* and at open */
	test_store_close();
	pid = dying_reader();
	kill(pid, SIGKILL);
	waitpid(pid, NULL, 0);
	test_store_open();
	cr_assert_eq(store_clear_readers(test_store), 0);
	test_store_close();
}

static int count_readers(const char *line, void *arg)
{
	++*(unsigned *)arg;
	return 0;
}

/* A reader's place is kept, not taken anew: the table does not grow with the number of reads. */
Test(store_reader, reads_use_one_place_again_and_again)
{
	unsigned lines = 0;

	for (int i = 0; i < 500; i++)
		test_get(INV_UNIT, "a");
	cr_assert_geq(mdb_reader_list(test_store->env, count_readers, &lines), 0);
	cr_assert_eq(lines, 2, "a heading and one reader, not %u lines", lines);
}

/* A place lost to somebody else's clearing is replaced by a new one. */
Test(store_reader, a_lost_place_is_taken_anew)
{
	cr_assert_eq(test_put(INV_UNIT, "a", "x"), 0);
	cr_assert_str_eq(test_get(INV_UNIT, "a"), "x");
	for (int i = 0; i < STORE_READ_SLOTS; i++) {
		/* ended behind the slot's back: LMDB refuses to renew what is in use */
		if (test_store->slots[i].txn)
			cr_assert_eq(mdb_txn_renew(test_store->slots[i].txn), 0);
	}
	cr_assert_str_eq(test_get(INV_UNIT, "a"), "x");
	cr_assert_str_eq(test_get(INV_UNIT, "a"), "x");
}
