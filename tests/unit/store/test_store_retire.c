/* SPDX-License-Identifier: EUPL-1.2 */
/* A store as older programs left it loses what nobody reads, and nothing else. */
#include "store_test.h"

#include "store/store_int.h"

#include <string.h>

#define ROWS 20000

TestSuite(store_retire, .init = test_dir_make, .fini = test_dir_remove);

static const char *const old_names[STORE_RETIRED_COUNT] = STORE_RETIRED;

/* With LMDB itself: this program has no way to write such a table. */
static int make_old(struct store_txn *txn, void *arg)
{
	char key[32];
	int rc = 0;

	for (size_t t = 0; rc == 0 && t < STORE_RETIRED_COUNT; t++) {
		MDB_val v = {.mv_size = 5, .mv_data = (void *)(uintptr_t)"value"};
		MDB_dbi dbi;

		rc = mdb_dbi_open(txn->mdb, old_names[t], MDB_CREATE, &dbi);
		for (int i = 0; rc == 0 && i < ROWS; i++) {
			MDB_val k = {.mv_data = key};

			k.mv_size = (size_t)snprintf(key, sizeof(key), "row-%08d", i);
			rc = mdb_put(txn->mdb, dbi, &k, &v, 0);
		}
	}
	txn->writes++;
	return store_txn_err(txn, rc);
}

static size_t names_there(void)
{
	MDB_val k, v;
	MDB_txn *txn;
	MDB_dbi main;
	size_t n = 0;

	cr_assert_eq(mdb_txn_begin(test_store->env, NULL, MDB_RDONLY, &txn), 0);
	cr_assert_eq(mdb_dbi_open(txn, NULL, 0, &main), 0);
	for (size_t t = 0; t < STORE_RETIRED_COUNT; t++) {
		k = (MDB_val){strlen(old_names[t]), (void *)(uintptr_t)old_names[t]};
		n += mdb_get(txn, main, &k, &v) == 0;
	}
	mdb_txn_abort(txn);
	return n;
}

static int meta_in(struct store_txn *txn, void *arg)
{
	AUTO(arena) struct arena *a = arena_new();
	AUTO(buf) struct buf out = BUF_INIT(4096);
	struct store_key k = store_meta_key();
	uint32_t *schema = arg;
	struct store_meta m;
	struct bytes v;
	int err = store_get(txn, STORE_META, &k, &v);

	if (err == 0)
		err = store_meta_decode(v, a, &m);
	if (err || !*schema) {
		*schema = m.schema;
		return err;
	}
	m.schema = *schema;
	store_meta_encode(&m, &out);
	return store_put(txn, STORE_META, &k, buf_bytes(&out));
}

static uint32_t schema(void)
{
	uint32_t ret = 0;

	cr_assert_eq(store_read(test_store, meta_in, &ret), 0);
	return ret;
}

static void no_fault(void *arg, const char *what)
{
	cr_assert_fail("%s", what);
}

static void is_sound(void)
{
	uint64_t records;

	cr_expect_eq(store_check(test_store, no_fault, NULL, &records), 0);
}

Test(store_retire, drops_what_older_programs_kept_and_gives_its_room_back)
{
	unsigned dropped = 99;
	MDB_envinfo before, after;
	uint64_t version;

	test_store_open();
	cr_assert_eq(test_put(INV_UNIT, "a", "x"), 0);
	cr_assert_eq(store_write(test_store, make_old, NULL), 0);
	cr_assert_eq(names_there(), STORE_RETIRED_COUNT);
	test_store_close();
	test_store_open();
	cr_assert_eq(names_there(), STORE_RETIRED_COUNT, "to open a store changes nothing");
	cr_assert_eq(store_retire(test_store, &dropped), 0);
	cr_expect_eq(dropped, STORE_RETIRED_COUNT);
	cr_expect_eq(names_there(), 0);
	cr_expect_str_eq(test_get(INV_UNIT, "a"), "x");
	is_sound();
	version = store_version(test_store);
	cr_assert_eq(store_retire(test_store, &dropped), 0);
	cr_expect_eq(dropped, 0);
	cr_expect_eq(store_version(test_store), version, "the second time nothing is written");
	/* the next who writes much uses their pages before the file grows */
	mdb_env_info(test_store->env, &before);
	for (int i = 0; i < 50; i++) {
		char key[16];

		snprintf(key, sizeof(key), "k%d", i);
		cr_assert_eq(test_put(INV_UNIT, key, "y"), 0);
	}
	mdb_env_info(test_store->env, &after);
	cr_expect_eq(after.me_last_pgno, before.me_last_pgno);
	is_sound();
	test_store_close();
	test_store_open();
	cr_expect_eq(names_there(), 0);
	cr_expect_str_eq(test_get(INV_UNIT, "k49"), "y");
	test_store_close();
}

static int before_in(struct store_txn *txn, void *arg)
{
	uint32_t *schema = arg;

	return store_txn_is_before(txn, *schema) ? 0 : ERR_NOTFOUND;
}

static bool before(uint32_t schema)
{
	return store_read(test_store, before_in, &schema) == 0;
}

/* Else an older program could write records without what is made of them here. */
Test(store_retire, an_older_program_cannot_have_the_store_any_more)
{
	uint32_t old = 1;
	struct store_stat was, is;

	test_store_open();
	cr_assert_eq(store_stat(test_store, &was), 0);
	cr_assert_eq(store_write(test_store, meta_in, &old), 0);
	test_store_close();
	test_store_open();
	cr_expect_eq(schema(), 1, "to open a store changes nothing");
	cr_expect(store_is_older(test_store));
	cr_expect_eq(before(STORE_SCHEMA), true);
	cr_assert_eq(store_retire(test_store, NULL), 0);
	cr_expect_eq(schema(), STORE_SCHEMA);
	cr_expect_not(store_is_older(test_store));
	cr_expect_eq(before(STORE_SCHEMA), false);
	cr_expect_eq(before(STORE_SCHEMA + 1), true);
	cr_assert_eq(store_stat(test_store, &is), 0);
	cr_expect_str_eq(is.instance, was.instance);
	test_store_close();
}

Test(store_retire, no_name_that_is_in_use)
{
	for (size_t i = 0; i < STORE_RETIRED_COUNT; i++) {
		for (int t = 0; t < STORE_TABLE_COUNT; t++)
			cr_expect_str_neq(old_names[i], store_table_name((enum store_table)t));
	}
}

Test(store_retire, a_store_opened_for_reading_is_left_alone)
{
	struct store_options opt = {.read_only = true};

	test_store_open();
	test_store_close();
	cr_assert_eq(store_open(test_path("s"), &opt, &test_store), 0);
	cr_expect_neq(store_retire(test_store, NULL), 0);
	test_store_close();
}
