/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * A process that writes is killed at any moment, again and again. What it had acknowledged must
 * be there, indexes must agree with records, and what failed must have left nothing.
 * HYLLA_CRASH_ROUNDS asks for more rounds than `make check` makes.
 */
#include "store_test.h"

#include "base/text.h"

#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>

TestSuite(store_crash, .init = test_dir_make, .fini = test_dir_remove, .timeout = 600);

#define THREADS 8

static unsigned rounds(unsigned usual)
{
	const char *s = getenv("HYLLA_CRASH_ROUNDS");
	int64_t n;

	return s && text_parse_i64(s, &n) == 0 && n > 0 ? (unsigned)n : usual;
}

static uint32_t chance(uint32_t *x)
{
	*x = *x * 1664525u + 1013904223u;
	return *x >> 8;
}

/* --- the process that is killed --- */

struct line {
	uint32_t thread, n;
};

struct worker {
	struct line line;
	int to;
	uint32_t seed;
	pthread_t thread;
};

/* Record, index and the writer's own count: three tables, one truth. */
static int write_line(struct store_txn *txn, void *arg)
{
	static const uint8_t zeros[9000];
	struct worker *w = arg;
	struct line *l = &w->line;
	struct store_key record = store_key("uu", l->thread, l->n);
	struct store_key index = store_key("uu", l->n, l->thread);
	struct store_key count = store_key("u", l->thread);
	size_t n = w->seed % (w->seed % 30 ? 300 : sizeof(zeros));
	int err = store_add(txn, INV_HISTORY, &record, bytes_of(zeros, n));

	if (err == 0)
		err = store_add(txn, INV_BY_STATE, &index, bytes_of("", 0));
	if (err == 0)
		err = store_put(txn, INV_UNIT, &count, bytes_of(&l->n, sizeof(l->n)));
	return err;
}

static int write_and_fail(struct store_txn *txn, void *arg)
{
	struct store_key k = store_key("s", "this must never be there");
	int err = store_put(txn, INV_TASK, &k, bytes_of("x", 1));

	return err != 0 ? err : ERR_REFUSED;
}

static int count_of(struct store_txn *txn, void *arg)
{
	struct line *l = arg;
	struct store_key k = store_key("u", l->thread);
	struct bytes v;
	int err = store_get(txn, INV_UNIT, &k, &v);

	l->n = 0;
	if (err == ERR_NOTFOUND)
		return 0;
	if (err != 0 || v.n != sizeof(l->n))
		return err != 0 ? err : ERR_CORRUPT;
	memcpy(&l->n, v.p, sizeof(l->n));
	return 0;
}

static void *worker_run(void *arg)
{
	struct worker *w = arg;

	if (store_read(test_store, count_of, &w->line) != 0)
		_exit(4);
	for (;;) {
		w->line.n++;
		w->seed = chance(&w->seed);
		if (w->seed % 4 == 0 &&
			store_write(test_store, write_and_fail, NULL) != ERR_REFUSED)
			_exit(5);
		if (store_write(test_store, write_line, w) != 0)
			_exit(6);
		/* only now is it acknowledged */
		if (write(w->to, &w->line, sizeof(w->line)) != sizeof(w->line))
			_exit(7);
	}
	return NULL;
}

static void __attribute__((noreturn)) child_run(const char *dir, int to, uint32_t seed)
{
	struct store_options opt = {.create = true};
	static struct worker w[THREADS];

	if (store_open(dir, &opt, &test_store) != 0)
		_exit(3);
	for (uint32_t i = 0; i < THREADS; i++) {
		w[i] = (struct worker){.line = {.thread = i}, .to = to, .seed = seed + i};
		pthread_create(&w[i].thread, NULL, worker_run, &w[i]);
	}
	for (;;)
		pause();
}

/* --- the one who kills and looks --- */

static int64_t now_us(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

/* Notes acknowledgements until the time is up (or, without one, the pipe's end). */
static void listen_until(int from, int64_t until_us, uint32_t acked[THREADS])
{
	for (;;) {
		struct pollfd p = {.fd = from, .events = POLLIN};
		int64_t left = until_us - now_us();
		struct line l;

		if (until_us > 0 && left <= 0)
			return;
		if (poll(&p, 1, until_us > 0 ? (int)(left / 1000) : -1) <= 0)
			continue;
		if (read(from, &l, sizeof(l)) != sizeof(l))
			return;
		cr_assert_lt(l.thread, THREADS);
		acked[l.thread] = l.n;
	}
}

/* A machine that is busy may take longer to the first acknowledgement than the kill would wait. */
static void wait_for_the_first(int from)
{
	struct pollfd p = {.fd = from, .events = POLLIN};

	cr_assert_eq(poll(&p, 1, 60000), 1, "nothing was acknowledged within a minute");
}

struct kill {
	bool early; /* counted from the start, so that it may not even have made the store */
	int64_t us;
};

static void kill_after(const struct kill *when, uint32_t seed, uint32_t acked[THREADS])
{
	int ends[2], status;
	pid_t pid;

	cr_assert_eq(pipe(ends), 0);
	pid = fork();
	if (pid == 0) {
		close(ends[0]);
		child_run(test_path("s"), ends[1], seed);
	}
	close(ends[1]);
	if (!when->early)
		wait_for_the_first(ends[0]);
	listen_until(ends[0], now_us() + when->us, acked);
	kill(pid, SIGKILL);
	listen_until(ends[0], 0, acked);
	close(ends[0]);
	waitpid(pid, &status, 0);
	cr_assert(WIFSIGNALED(status), "it ended by itself: %x", status);
}

static int look(struct store_txn *txn, void *arg)
{
	const uint32_t *acked = arg;
	uint64_t sum = 0, n;

	for (uint32_t t = 0; t < THREADS; t++) {
		struct line l = {.thread = t};

		cr_assert_eq(count_of(txn, &l), 0);
		cr_assert_geq(
			l.n, acked[t], "thread %u: %u acknowledged, %u there", t, acked[t], l.n);
		cr_assert_leq(l.n, acked[t] + 1, "at most one was under way");
		sum += l.n;
		for (uint32_t i = 1; i <= l.n; i++) {
			struct store_key record = store_key("uu", t, i);
			struct store_key index = store_key("uu", i, t);
			struct bytes v;

			cr_assert_eq(store_get(txn, INV_HISTORY, &record, &v), 0, "%u %u", t, i);
			cr_assert_eq(store_get(txn, INV_BY_STATE, &index, &v), 0, "%u %u", t, i);
		}
	}
	cr_assert_eq(store_count(txn, INV_HISTORY, &n), 0);
	cr_assert_eq(n, sum);
	cr_assert_eq(store_count(txn, INV_BY_STATE, &n), 0);
	cr_assert_eq(n, sum);
	cr_assert_eq(store_count(txn, INV_TASK, &n), 0);
	cr_assert_eq(n, 0, "what was refused left nothing");
	return 0;
}

static int read_counts(struct store_txn *txn, void *arg)
{
	uint32_t *acked = arg;

	for (uint32_t t = 0; t < THREADS; t++) {
		struct line l = {.thread = t};

		cr_assert_eq(count_of(txn, &l), 0);
		acked[t] = l.n;
	}
	return 0;
}

/* The next round starts from what is there, acknowledged or not. */
static void look_after(uint32_t acked[THREADS])
{
	uint64_t records;

	test_store_open();
	cr_assert_eq(store_read(test_store, look, acked), 0);
	cr_assert_eq(store_check(test_store, NULL, NULL, &records), 0);
	cr_assert_eq(store_read(test_store, read_counts, acked), 0);
	test_store_close();
}

Test(store_crash, nothing_acknowledged_is_missing)
{
	uint32_t acked[THREADS] = {0}, seed = (uint32_t)now_us();
	unsigned n = rounds(20), all = 0;

	fprintf(stderr, "seed %u\n", seed);
	for (unsigned i = 0; i < n; i++) {
		bool early = i % 5 == 0;
		struct kill when = {.early = early, .us = chance(&seed) % (early ? 4000 : 60000)};

		kill_after(&when, seed, acked);
		look_after(acked);
	}
	for (int t = 0; t < THREADS; t++)
		all += acked[t];
	cr_assert_geq(all, n * 4 / 5, "each that was not killed early wrote");
	fprintf(stderr, "%u rounds, %u lines\n", n, all);
}

/* The lock of the writer that is killed is in the middle of use by others. */
Test(store_crash, the_others_go_on_when_one_is_killed)
{
	uint32_t acked[THREADS] = {0}, seed = (uint32_t)now_us();
	unsigned n = rounds(10);

	test_store_open();
	test_store_close();
	for (unsigned i = 0; i < n; i++) {
		struct store_stat before, after;
		int ends[2];
		pid_t pid;

		cr_assert_eq(pipe(ends), 0);
		pid = fork();
		if (pid == 0)
			child_run(test_path("s"), ends[1], seed);
		close(ends[1]);
		test_store_open();
		cr_assert_eq(store_stat(test_store, &before), 0);
		for (int k = 0; k < 30; k++) {
			if (k == 15)
				kill(pid, SIGKILL);
			cr_assert_eq(test_put(WEB_TOKEN, "mine", k % 2 ? "odd" : "even"), 0);
		}
		cr_assert_eq(store_stat(test_store, &after), 0);
		cr_assert_eq(after.commits - before.commits, 30);
		store_clear_readers(test_store);
		test_store_close();
		listen_until(ends[0], 0, acked);
		close(ends[0]);
		waitpid(pid, NULL, 0);
		look_after(acked);
	}
}

/* --- backup and restore --- */

static pid_t start(int (*fn)(void))
{
	pid_t pid = fork();

	if (pid == 0)
		_exit(fn());
	return pid;
}

static int child_backs_up(void)
{
	struct store_options opt = {0};

	if (store_open(test_path("s"), &opt, &test_store) != 0)
		return 3;
	for (;;) {
		if (store_backup(test_store, test_path("b"), NULL, NULL) != 0)
			return 4;
	}
}

static int child_restores(void)
{
	for (;;) {
		if (store_restore(test_path("b"), test_path("s"), true, NULL, NULL) != 0)
			return 4;
	}
}

static void fill(const char *value)
{
	static char big[100000];

	memset(big, 'x', sizeof(big) - 1);
	for (int i = 0; i < 10; i++) {
		char key[16];

		snprintf(key, sizeof(key), "big%d", i);
		cr_assert_eq(test_put(INV_HISTORY, key, big), 0);
	}
	cr_assert_eq(test_put(INV_UNIT, "which", value), 0);
}

static void kill_soon(pid_t pid, uint32_t *seed)
{
	int status;

	usleep(chance(seed) % 25000);
	kill(pid, SIGKILL);
	waitpid(pid, &status, 0);
	cr_assert(WIFSIGNALED(status), "it ended by itself: %x", status);
}

Test(store_crash, a_backup_is_the_old_or_the_new)
{
	uint32_t seed = (uint32_t)now_us();
	unsigned n = rounds(10);

	test_store_open();
	fill("x");
	cr_assert_eq(store_backup(test_store, test_path("b"), NULL, NULL), 0);
	test_store_close();
	for (unsigned i = 0; i < n; i++) {
		kill_soon(start(child_backs_up), &seed);
		cr_assert_eq(store_backup_verify(test_path("b"), NULL, NULL), 0, "round %u", i);
	}
}

Test(store_crash, a_restore_leaves_a_whole_store)
{
	uint32_t seed = (uint32_t)now_us();
	unsigned n = rounds(10);

	test_store_open();
	fill("in the backup");
	cr_assert_eq(store_backup(test_store, test_path("b"), NULL, NULL), 0);
	test_store_close();
	for (unsigned i = 0; i < n; i++) {
		const char *which;
		uint64_t records;

		test_store_open();
		cr_assert_eq(test_put(INV_UNIT, "which", "later"), 0);
		test_store_close();
		kill_soon(start(child_restores), &seed);
		test_store_open();
		cr_assert_eq(store_check(test_store, NULL, NULL, &records), 0);
		which = test_get(INV_UNIT, "which");
		cr_assert(text_equal(which, "later") || text_equal(which, "in the backup"), "%s",
			which);
		test_store_close();
	}
}
