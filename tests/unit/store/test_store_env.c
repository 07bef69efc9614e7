/* SPDX-License-Identifier: EUPL-1.2 */
#include "store_test.h"

#include "store/store_int.h"

#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>

TestSuite(store_env, .init = test_dir_make, .fini = test_dir_remove);

#if !defined(__SANITIZE_ADDRESS__) /* which needs more than that for itself */
/* A terabyte is asked for; a process that may not have that much gets along with less. */
Test(store_env, little_address_space_is_enough)
{
	struct rlimit most = {.rlim_cur = (rlim_t)8 << 30, .rlim_max = (rlim_t)8 << 30};

	cr_assert_eq(setrlimit(RLIMIT_AS, &most), 0);
	test_store_open();
	cr_assert_eq(test_put(INV_UNIT, "a", "x"), 0);
	cr_assert_str_eq(test_get(INV_UNIT, "a"), "x");
	test_store_close();
}
#endif

static size_t map_bytes(void)
{
	MDB_envinfo info;

	cr_assert_eq(mdb_env_info(test_store->env, &info), 0);
	return info.me_mapsize;
}

Test(store_env, the_map_is_as_large_as_asked_and_never_too_small)
{
	struct store_options opt = {.create = true, .map_bytes = 8 << 20};
	static uint8_t big[3 << 20];
	struct test_act a = {.table = INV_UNIT, .key = "big", .value = (const char *)big};

	test_store_open();
	cr_assert_geq(map_bytes(), UINT64_C(1) << 38, "room to grow without a restart");
	memset(big, 'x', sizeof(big) - 1);
	cr_assert_eq(store_write(test_store, test_put_fn, &a), 0);
	test_store_close();
	cr_assert_eq(store_open(test_path("s"), &opt, &test_store), 0);
	cr_assert_eq(map_bytes(), 8 << 20);
	test_store_close();
	opt.map_bytes = 1 << 20;
	cr_assert_eq(store_open(test_path("s"), &opt, &test_store), 0);
	cr_assert_geq(map_bytes(), sizeof(big), "what is there is always reached");
	test_store_close();
}

/* Many at once may find nothing and make it; they must all end in the same store. */
Test(store_env, several_processes_may_make_the_same_store)
{
	pid_t pid[6];
	int status;

	for (int i = 0; i < 6; i++) {
		pid[i] = fork();
		if (pid[i] == 0) {
			struct store_options opt = {.create = true};
			struct test_act a = {.table = INV_UNIT, .value = "x"};
			static const char *const keys[] = {"0", "1", "2", "3", "4", "5"};

			a.key = keys[i];
			if (store_open(test_path("s"), &opt, &test_store) != 0)
				_exit(2);
			if (store_write(test_store, test_put_fn, &a) != 0)
				_exit(3);
			store_close(test_store);
			_exit(0);
		}
	}
	for (int i = 0; i < 6; i++) {
		waitpid(pid[i], &status, 0);
		cr_assert_eq(status, 0, "process %d: %x", i, status);
	}
	test_store_open();
	cr_assert_eq(test_count(INV_UNIT), 6);
	cr_assert_eq(test_count(STORE_META), 1);
	test_store_close();
}

/* However it is cut: refused, or what is left is whole. Never a crash. */
Test(store_env, a_file_cut_short_is_refused)
{
	struct store_options opt = {0};
	static uint8_t big[30000];
	struct test_act a = {.table = INV_UNIT, .key = "big", .value = (const char *)big};
	unsigned refused = 0;
	struct stat s;

	test_store_open();
	memset(big, 'x', sizeof(big) - 1);
	for (int i = 0; i < 20; i++) {
		char key[16];

		snprintf(key, sizeof(key), "%d", i);
		cr_assert_eq(test_put(INV_HISTORY, key, "value"), 0);
		cr_assert_eq(store_write(test_store, test_put_fn, &a), 0);
	}
	test_store_close();
	cr_assert_eq(stat(test_path("s/hylla.mdb"), &s), 0);
	for (off_t size = s.st_size - 1; size > 0; size -= size > 20000 ? 4095 : 777) {
		uint64_t records;
		int err;

		cr_assert_eq(truncate(test_path("s/hylla.mdb"), size), 0);
		err = store_open(test_path("s"), &opt, &test_store);
		if (err == 0) {
			cr_assert_eq(store_check(test_store, NULL, NULL, &records), 0);
			test_store_close();
		} else {
			cr_assert_eq(err, ERR_CORRUPT, "cut to %ld: %d", (long)size, err);
			refused++;
		}
	}
	cr_assert_gt(refused, 10);
}
