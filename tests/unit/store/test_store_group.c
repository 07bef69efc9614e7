/* SPDX-License-Identifier: EUPL-1.2 */
#include "store_test.h"

#include "store/store_int.h"

#include <semaphore.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>

TestSuite(store_group, .init = test_setup, .fini = test_teardown);
TestSuite(store_group_bare, .init = test_dir_make, .fini = test_dir_remove);

#define MOST 300

/* A writer on a thread of its own: puts `key`, and then ends as it is told to. */
struct job {
	char key[32];
	const char *value;
	size_t value_bytes; /* when value is NULL: that many zeros */
	bool add, overlook; /* add instead of put; ignore what the store says */
	int end_with;
	int result;
	pthread_t thread;
};

static int job_fn(struct store_txn *txn, void *arg)
{
	struct job *j = arg;
	struct store_key k = store_key("s", j->key);
	uint8_t *big = j->value ? NULL : mem_zalloc(j->value_bytes + 1);
	struct bytes v = j->value ? bytes_of_str(j->value) : bytes_of(big, j->value_bytes);
	int err = j->add ? store_add(txn, INV_UNIT, &k, v) : store_put(txn, INV_UNIT, &k, v);

	free(big);
	if (err != 0 && !j->overlook)
		return err;
	return j->end_with;
}

static void *job_run(void *arg)
{
	struct job *j = arg;

	j->result = store_write(test_store, job_fn, j);
	return NULL;
}

static unsigned waiting(void)
{
	struct store_group *g = &test_store->group;
	unsigned n;

	pthread_mutex_lock(&g->lock);
	n = store_group_waiting(g);
	pthread_mutex_unlock(&g->lock);
	return n;
}

static sem_t held;

static int hold_fn(struct store_txn *txn, void *arg)
{
	while (sem_wait(&held) != 0)
		;
	return test_put_fn(txn, arg);
}

static void *hold_run(void *arg)
{
	return store_write(test_store, hold_fn, arg) == 0 ? arg : NULL;
}

/* Runs the jobs as one group: somebody holds the lead until all of them wait. */
static void run_as_group(struct job *jobs, unsigned n)
{
	struct test_act first = {.table = MDM_SEEN, .key = "first", .value = "x"};
	pthread_t holder;
	void *ok;

	sem_init(&held, 0, 0);
	cr_assert_eq(pthread_create(&holder, NULL, hold_run, &first), 0);
	while (!test_store->group.led)
		usleep(100);
	for (unsigned i = 0; i < n; i++)
		cr_assert_eq(pthread_create(&jobs[i].thread, NULL, job_run, &jobs[i]), 0);
	while (waiting() < n)
		usleep(100);
	sem_post(&held);
	pthread_join(holder, &ok);
	cr_assert_not_null(ok);
	for (unsigned i = 0; i < n; i++)
		pthread_join(jobs[i].thread, NULL);
}

static void jobs_make(struct job *jobs, unsigned n)
{
	memset(jobs, 0, n * sizeof(*jobs));
	for (unsigned i = 0; i < n; i++) {
		snprintf(jobs[i].key, sizeof(jobs[i].key), "k%03u", i);
		jobs[i].value = "v";
	}
}

static uint64_t commits(void)
{
	struct store_stat s;

	cr_assert_eq(store_stat(test_store, &s), 0);
	return s.commits;
}

static int on_which_thread(struct store_txn *txn, void *arg)
{
	*(pthread_t *)arg = pthread_self();
	return 0;
}

Test(store_group, a_lone_writer_commits_at_once_on_its_own_thread)
{
	uint64_t before = commits();
	pthread_t ran_on;

	for (int i = 0; i < 20; i++)
		cr_assert_eq(test_put(INV_UNIT, "a", i % 2 ? "x" : "y"), 0);
	cr_assert_eq(commits() - before, 20, "one each, and nothing waited for");
	cr_assert_eq(store_write(test_store, on_which_thread, &ran_on), 0);
	cr_assert(pthread_equal(ran_on, pthread_self()));
	cr_assert_eq(commits() - before, 20, "nothing changed, nothing committed");
}

Test(store_group, those_who_wait_share_one_commit)
{
	static struct job jobs[64];
	struct store_stat s;

	jobs_make(jobs, 64);
	run_as_group(jobs, 64);
	for (int i = 0; i < 64; i++) {
		cr_assert_eq(jobs[i].result, 0);
		cr_assert_str_eq(test_get(INV_UNIT, jobs[i].key), "v");
	}
	cr_assert_eq(store_stat(test_store, &s), 0);
	cr_assert_eq(s.commits, 2, "the holder's and the group's, not %d", (int)s.commits);
	cr_assert_eq(s.writes, 65);
}

Test(store_group, one_who_fails_takes_only_its_own_back)
{
	static struct job jobs[30];

	jobs_make(jobs, 30);
	for (int i = 0; i < 30; i += 3)
		jobs[i].end_with = i % 2 ? ERR_REFUSED : 17;
	run_as_group(jobs, 30);
	for (int i = 0; i < 30; i++) {
		cr_assert_eq(jobs[i].result, jobs[i].end_with);
		cr_assert_str_eq(test_get(INV_UNIT, jobs[i].key), i % 3 ? "v" : "(none)");
	}
	cr_assert_eq(commits(), 2);
}

Test(store_group, each_sees_what_those_before_it_did)
{
	static struct job jobs[20];
	int done = 0, refused = 0;

	jobs_make(jobs, 20);
	for (int i = 0; i < 20; i++) {
		snprintf(jobs[i].key, sizeof(jobs[i].key), "same");
		jobs[i].add = true;
		/* the first of all is rolled back, and so does not count */
		jobs[i].end_with = i == 0 ? ERR_REFUSED : 0;
	}
	run_as_group(jobs, 20);
	for (int i = 0; i < 20; i++) {
		done += jobs[i].result == 0;
		refused += jobs[i].result == ERR_EXISTS;
	}
	cr_assert_eq(done, 1);
	cr_assert_geq(refused, 18);
	cr_assert_eq(test_count(INV_UNIT), 1);
}

Test(store_group, a_group_is_bounded)
{
	static struct job jobs[MOST];

	jobs_make(jobs, MOST);
	run_as_group(jobs, MOST);
	for (int i = 0; i < MOST; i++)
		cr_assert_eq(jobs[i].result, 0);
	cr_assert_eq(commits(), 3, "the holder, %d and the rest", STORE_GROUP_MOST);
	cr_assert_eq(test_count(INV_UNIT), MOST);
}

static pthread_barrier_t start;

static void *write_many(void *arg)
{
	struct job *j = arg;

	pthread_barrier_wait(&start);
	for (unsigned i = 0; i < 20 && j->result == 0; i++) {
		snprintf(j->key + 4, sizeof(j->key) - 4, "-%u", i);
		j->result = store_write(test_store, job_fn, j);
	}
	return NULL;
}

Test(store_group, sixty_four_writers_need_fewer_commits_than_writes)
{
	static struct job jobs[64];
	struct store_stat s;

	jobs_make(jobs, 64);
	pthread_barrier_init(&start, NULL, 64);
	for (int i = 0; i < 64; i++)
		cr_assert_eq(pthread_create(&jobs[i].thread, NULL, write_many, &jobs[i]), 0);
	for (int i = 0; i < 64; i++) {
		pthread_join(jobs[i].thread, NULL);
		cr_assert_eq(jobs[i].result, 0);
	}
	cr_assert_eq(test_count(INV_UNIT), 64 * 20);
	cr_assert_eq(store_stat(test_store, &s), 0);
	cr_assert_eq(s.writes, 64 * 20);
	cr_assert_lt(s.commits, s.writes, "%d commits", (int)s.commits);
}

static void open_small(uint64_t map_bytes)
{
	struct store_options opt = {.create = true, .map_bytes = map_bytes};

	cr_assert_eq(store_open(test_path("s"), &opt, &test_store), 0);
}

Test(store_group_bare, one_who_is_too_big_does_not_hinder_the_others)
{
	static struct job jobs[10];

	open_small(1 << 20);
	jobs_make(jobs, 10);
	for (int i = 0; i < 10; i += 5) {
		jobs[i].value = NULL;
		jobs[i].value_bytes = 4 << 20;
		jobs[i].overlook = i == 5;
	}
	run_as_group(jobs, 10);
	for (int i = 0; i < 10; i++) {
		cr_assert_eq(
			jobs[i].result, i % 5 ? 0 : ERR_NOSPACE, "job %d: %d", i, jobs[i].result);
		cr_assert_str_eq(test_get(INV_UNIT, jobs[i].key), i % 5 ? "v" : "(none)");
	}
	test_store_close();
}

Test(store_group_bare, what_does_not_fit_together_is_done_one_by_one)
{
	static struct job jobs[8];
	int done = 0, full = 0;

	/* half of them fit */
	open_small(1 << 20);
	jobs_make(jobs, 8);
	for (int i = 0; i < 8; i++) {
		jobs[i].value = NULL;
		jobs[i].value_bytes = 150 << 10;
	}
	run_as_group(jobs, 8);
	for (int i = 0; i < 8; i++) {
		done += jobs[i].result == 0;
		full += jobs[i].result == ERR_NOSPACE;
	}
	cr_assert_eq(done + full, 8);
	cr_assert_geq(done, 3, "%d", done);
	cr_assert_geq(full, 1, "%d", full);
	cr_assert_eq(test_count(INV_UNIT), done);
	test_store_close();
}

Test(store_group, an_overlooked_error_is_not_forgotten)
{
	struct job j = {.key = "k", .overlook = true, .value_bytes = 64 << 20};

	test_store_close();
	open_small(1 << 20);
	cr_assert_eq(store_write(test_store, job_fn, &j), ERR_NOSPACE);
	cr_assert_eq(test_put(INV_UNIT, "a", "x"), 0);
	cr_assert_str_eq(test_get(INV_UNIT, "k"), "(none)");
}

/* The disk is full when the group commits: nobody may believe anything of it. */
Test(store_group, when_the_commit_fails_all_get_its_error)
{
	static struct job jobs[12];
	struct rlimit most = {.rlim_max = RLIM_INFINITY};
	struct store_stat s;

	signal(SIGXFSZ, SIG_IGN);
	cr_assert_eq(test_put(MDM_SEEN, "first", "x"), 0);
	jobs_make(jobs, 12);
	for (int i = 0; i < 12; i++) {
		jobs[i].value = NULL;
		jobs[i].value_bytes = 100 << 10;
		jobs[i].end_with = i == 7 ? ERR_CONFLICT : 0;
	}
	cr_assert_eq(store_stat(test_store, &s), 0);
	/* room for the holder's pages, not for the group's */
	most.rlim_cur = s.file_bytes + (64 << 10);
	cr_assert_eq(setrlimit(RLIMIT_FSIZE, &most), 0);
	run_as_group(jobs, 12);
	for (int i = 0; i < 12; i++)
		cr_assert_eq(jobs[i].result, ERR_NOSPACE, "job %d: %d", i, jobs[i].result);
	cr_assert_eq(test_count(INV_UNIT), 0);

	most.rlim_cur = RLIM_INFINITY;
	cr_assert_eq(setrlimit(RLIMIT_FSIZE, &most), 0);
	jobs[0].result = store_write(test_store, job_fn, &jobs[0]);
	cr_assert_eq(jobs[0].result, 0, "and goes on when there is room again");
}

/* --- beside another process --- */

static int count_up(struct store_txn *txn, void *arg)
{
	struct store_key k = store_key("s", "sum");
	uint64_t n = 0;
	struct bytes v;

	if (store_get(txn, INV_UNIT, &k, &v) == 0)
		memcpy(&n, v.p, sizeof(n));
	n++;
	return store_put(txn, INV_UNIT, &k, bytes_of(&n, sizeof(n)));
}

static void *count_many(void *arg)
{
	for (int i = 0; i < 100; i++) {
		if (store_write(test_store, count_up, NULL) != 0)
			return NULL;
	}
	return arg;
}

static bool count_with_threads(void)
{
	pthread_t thread[4];
	bool all = true;

	for (int i = 0; i < 4; i++)
		pthread_create(&thread[i], NULL, count_many, &all);
	for (int i = 0; i < 4; i++) {
		void *ok;

		pthread_join(thread[i], &ok);
		all = all && ok;
	}
	return all;
}

static int get_sum(struct store_txn *txn, void *arg)
{
	struct store_key k = store_key("s", "sum");
	struct bytes v;
	int err = store_get(txn, INV_UNIT, &k, &v);

	if (err == 0)
		memcpy(arg, v.p, sizeof(uint64_t));
	return err;
}

static int child_counts(const char *dir)
{
	struct store_options opt = {.create = true};
	bool ok;

	if (store_open(dir, &opt, &test_store) != 0)
		return 2;
	ok = count_with_threads();
	store_close(test_store);
	return ok ? 0 : 3;
}

Test(store_group_bare, processes_write_beside_each_other)
{
	uint64_t sum = 0;
	pid_t child[2];
	int status;

	for (int i = 0; i < 2; i++) {
		child[i] = fork();
		if (child[i] == 0)
			_exit(child_counts(test_path("s")));
	}
	test_store_open(); /* all three may be the one who makes it */
	cr_assert(count_with_threads());
	for (int i = 0; i < 2; i++) {
		waitpid(child[i], &status, 0);
		cr_assert_eq(status, 0);
	}
	cr_assert_eq(store_read(test_store, get_sum, &sum), 0);
	cr_assert_eq(sum, 3 * 4 * 100, "not %d", (int)sum);
	test_store_close();
}

static int die_writing(struct store_txn *txn, void *arg)
{
	struct test_act a = {.table = INV_UNIT, .key = "a", .value = "half"};
	char one = 1;

	if (test_put_fn(txn, &a) != 0 || write(*(int *)arg, &one, 1) != 1)
		_exit(2);
	for (;;)
		pause();
}

/* The lock of a writer that was killed goes to the next, and its half work is gone. */
Test(store_group_bare, a_process_that_dies_writing_does_not_block_the_others)
{
	int ends[2], status;
	pid_t pid;
	char one;

	cr_assert_eq(pipe(ends), 0);
	pid = fork();
	if (pid == 0) {
		struct store_options opt = {.create = true};

		if (store_open(test_path("s"), &opt, &test_store) != 0)
			_exit(3);
		_exit(store_write(test_store, die_writing, &ends[1]) == 0);
	}
	cr_assert_eq(read(ends[0], &one, 1), 1);
	test_store_open();
	kill(pid, SIGKILL);
	cr_assert_eq(test_put(INV_UNIT, "b", "x"), 0);
	waitpid(pid, &status, 0);
	cr_assert_str_eq(test_get(INV_UNIT, "a"), "(none)");
	cr_assert_str_eq(test_get(INV_UNIT, "b"), "x");
	test_store_close();
}
