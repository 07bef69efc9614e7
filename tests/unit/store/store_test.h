/* SPDX-License-Identifier: EUPL-1.2 */
/* What the tests of store and audit share: a store in a folder of its own, and one-line acts. */
#ifndef TESTS_STORE_TEST_H
#define TESTS_STORE_TEST_H

#include "store/store.h"

#include <criterion/criterion.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static char test_dir[256];
static struct store *test_store;

static inline int test_remove_one(const char *path, const struct stat *s, int kind, struct FTW *f)
{
	return remove(path);
}

static inline const char *test_path(const char *name)
{
	static char path[8][400];
	static unsigned next;
	char *p = path[next++ % 8];

	snprintf(p, sizeof(path[0]), "%s/%s", test_dir, name);
	return p;
}

static inline void test_dir_make(void)
{
	const char *tmp = getenv("TMPDIR");

	snprintf(test_dir, sizeof(test_dir), "%s/hylla-test-XXXXXX", tmp ? tmp : "/tmp");
	cr_assert_not_null(mkdtemp(test_dir));
}

static inline void test_dir_remove(void)
{
	nftw(test_dir, test_remove_one, 16, FTW_DEPTH | FTW_PHYS);
}

static inline void test_store_open(void)
{
	struct store_options opt = {.create = true};

	cr_assert_eq(store_open(test_path("s"), &opt, &test_store), 0);
}

static inline void test_store_close(void)
{
	store_close(test_store);
	test_store = NULL;
}

static inline void test_setup(void)
{
	test_dir_make();
	test_store_open();
}

static inline void test_teardown(void)
{
	test_store_close();
	test_dir_remove();
}

/* One record, put, got or deleted in a transaction of its own. */
struct test_act {
	enum store_table table;
	const char *key, *value;
	char got[128];
	uint64_t count;
};

static inline int test_put_fn(struct store_txn *txn, void *arg)
{
	struct test_act *a = arg;
	struct store_key k = store_key("s", a->key);

	return store_put(txn, a->table, &k, bytes_of_str(a->value));
}

static inline int test_get_fn(struct store_txn *txn, void *arg)
{
	struct test_act *a = arg;
	struct store_key k = store_key("s", a->key);
	struct bytes v;
	int err = store_get(txn, a->table, &k, &v);

	if (err == 0)
		snprintf(a->got, sizeof(a->got), "%.*s", (int)v.n, (const char *)v.p);
	return err;
}

static inline int test_count_fn(struct store_txn *txn, void *arg)
{
	struct test_act *a = arg;

	return store_count(txn, a->table, &a->count);
}

static inline int test_put(enum store_table t, const char *key, const char *value)
{
	struct test_act a = {.table = t, .key = key, .value = value};

	return store_write(test_store, test_put_fn, &a);
}

/* What is there, or "(none)". */
static inline const char *test_get(enum store_table t, const char *key)
{
	static struct test_act a;

	a = (struct test_act){.table = t, .key = key};
	return store_read(test_store, test_get_fn, &a) == 0 ? a.got : "(none)";
}

static inline uint64_t test_count(enum store_table t)
{
	struct test_act a = {.table = t};

	cr_assert_eq(store_read(test_store, test_count_fn, &a), 0);
	return a.count;
}

#endif
