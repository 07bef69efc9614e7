/* SPDX-License-Identifier: EUPL-1.2 */
#include "store_test.h"

#include "store/store_int.h"

TestSuite(store_meta, .init = test_setup, .fini = test_teardown);

static int put_meta(struct store_txn *txn, void *arg)
{
	AUTO(buf) struct buf out = BUF_INIT(1000);
	struct store_key k = store_meta_key();

	store_meta_encode(arg, &out);
	return store_put(txn, STORE_META, &k, buf_bytes(&out));
}

static int put_raw_meta(struct store_txn *txn, void *arg)
{
	struct store_key k = store_meta_key();
	const char *const *raw = arg;

	return store_put(txn, STORE_META, &k, bytes_of_str(*raw));
}

static int reopen(bool read_only)
{
	struct store_options opt = {.create = true, .read_only = read_only};

	test_store_close();
	return store_open(test_path("s"), &opt, &test_store);
}

Test(store_meta, a_newer_store_is_refused_and_left_alone)
{
	struct store_meta m = {.schema = STORE_SCHEMA + 1, .created_at = 5, .instance = "i"};
	struct store_options opt = {.create = true};
	struct store *st = NULL;

	cr_assert_eq(store_write(test_store, put_meta, &m), 0);
	cr_assert_eq(store_backup(test_store, test_path("b"), NULL, NULL), 0);
	cr_assert_eq(reopen(false), ERR_NEWER);
	cr_assert_eq(reopen(true), ERR_NEWER);
	cr_assert_null(test_store);
	cr_assert_eq(store_backup_verify(test_path("b"), NULL, NULL), ERR_NEWER);
	cr_assert_eq(store_restore(test_path("b"), test_path("r"), false, NULL, NULL), ERR_NEWER);
	cr_assert_eq(store_open(test_path("r"), &(struct store_options){0}, &st), ERR_NOTFOUND);
	cr_assert_eq(store_open(test_path("s"), &opt, &st), ERR_NEWER, "creating changes nothing");
}

Test(store_meta, a_record_of_a_later_form_is_newer_too)
{
	const char *raw = "\x7f"; /* the first byte of a record is its form */

	cr_assert_eq(store_write(test_store, put_raw_meta, &raw), 0);
	cr_assert_eq(reopen(false), ERR_NEWER);
}

Test(store_meta, damage_is_damage)
{
	static const char *bad[] = {"", "\x01", "\x01garbage", "\x01\xff\xff\xff\xff"};
	struct store_meta none = {.created_at = 5, .instance = "i"};

	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		struct store_meta good = {
			.schema = STORE_SCHEMA, .created_at = 1, .instance = "again"};
		MDB_env *env;
		MDB_txn *txn;
		MDB_dbi dbi;
		AUTO(buf) struct buf out = BUF_INIT(1000);
		struct store_key k = store_meta_key();
		MDB_val key = store_val(k.b, k.n), val;

		cr_assert_eq(store_write(test_store, put_raw_meta, &bad[i]), 0);
		cr_assert_eq(reopen(false), ERR_CORRUPT, "%zu", i);
		/* mended with LMDB's own hands */
		store_meta_encode(&good, &out);
		val = store_val(out.p, out.n);
		cr_assert_eq(mdb_env_create(&env), 0);
		mdb_env_set_maxdbs(env, 4);
		cr_assert_eq(mdb_env_open(env, test_path("s/hylla.mdb"), MDB_NOSUBDIR, 0600), 0);
		cr_assert_eq(mdb_txn_begin(env, NULL, 0, &txn), 0);
		cr_assert_eq(mdb_dbi_open(txn, "store.meta", 0, &dbi), 0);
		cr_assert_eq(mdb_put(txn, dbi, &key, &val, 0), 0);
		cr_assert_eq(mdb_txn_commit(txn), 0);
		mdb_env_close(env);
		cr_assert_eq(reopen(false), 0);
	}
	cr_assert_eq(store_write(test_store, put_meta, &none), 0);
	cr_assert_eq(reopen(false), ERR_CORRUPT, "no schema number");
}

Test(store_meta, instances_differ_and_stay)
{
	struct store_stat first, second, other;
	struct store_options opt = {.create = true};
	struct store *st;

	cr_assert_eq(store_stat(test_store, &first), 0);
	cr_assert_eq(reopen(false), 0);
	cr_assert_eq(store_stat(test_store, &second), 0);
	cr_assert_str_eq(first.instance, second.instance);
	cr_assert_eq(store_open(test_path("s2"), &opt, &st), 0, "two stores in one process");
	cr_assert_eq(store_stat(st, &other), 0);
	cr_assert_str_neq(first.instance, other.instance);
	store_close(st);
}

Test(store_meta, table_names_are_all_different)
{
	for (int i = 0; i < STORE_TABLE_COUNT; i++) {
		cr_assert_lt(strlen(store_table_name(i)), 64);
		for (int j = 0; j < i; j++)
			cr_assert_str_neq(store_table_name(i), store_table_name(j));
	}
}

/* A store made by a program that knew fewer tables. */
static void drop_table(const char *name)
{
	MDB_env *env;
	MDB_txn *txn;
	MDB_dbi dbi;

	cr_assert_eq(mdb_env_create(&env), 0);
	mdb_env_set_maxdbs(env, 4);
	cr_assert_eq(mdb_env_open(env, test_path("s/hylla.mdb"), MDB_NOSUBDIR, 0600), 0);
	cr_assert_eq(mdb_txn_begin(env, NULL, 0, &txn), 0);
	cr_assert_eq(mdb_dbi_open(txn, name, 0, &dbi), 0);
	cr_assert_eq(mdb_drop(txn, dbi, 1), 0);
	cr_assert_eq(mdb_txn_commit(txn), 0);
	mdb_env_close(env);
}

static int walk_missing(struct store_txn *txn, void *arg)
{
	AUTO(store_iter) struct store_iter it = {0};
	struct bytes k, v;
	int err = store_iter_init(&it, txn, WEB_TOKEN, NULL);

	return err != 0 ? err : store_iter_next(&it, &k, &v);
}

Test(store_meta, tables_that_came_later_are_empty_for_readers_and_made_for_writers)
{
	struct store_options no_create = {0};

	cr_assert_eq(test_put(INV_UNIT, "a", "x"), 0);
	test_store_close();
	drop_table("web.token");
	cr_assert_eq(reopen(true), 0);
	cr_assert_str_eq(test_get(WEB_TOKEN, "a"), "(none)");
	cr_assert_eq(test_count(WEB_TOKEN), 0);
	cr_assert_eq(store_read(test_store, walk_missing, NULL), ERR_NOTFOUND);
	cr_assert_str_eq(test_get(INV_UNIT, "a"), "x");
	test_store_close();
	cr_assert_eq(store_open(test_path("s"), &no_create, &test_store), 0);
	cr_assert_eq(test_put(WEB_TOKEN, "a", "y"), 0);
	cr_assert_str_eq(test_get(WEB_TOKEN, "a"), "y");
	cr_assert_str_eq(test_get(INV_UNIT, "a"), "x");
}
