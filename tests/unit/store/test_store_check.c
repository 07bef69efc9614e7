/* SPDX-License-Identifier: EUPL-1.2 */
#include "store_test.h"

#include "store/store_int.h"

TestSuite(store_check, .init = test_setup, .fini = test_teardown);

static unsigned faults;

static void tell_fault(void *arg, const char *what)
{
	fprintf(stderr, "%s\n", what);
	faults++;
}

static uint32_t chance(uint32_t *x)
{
	*x = *x * 1664525u + 1013904223u;
	return *x >> 8;
}

/* A mess: small and long values in several tables, put, replaced and deleted; some fail. */
struct mess {
	uint32_t seed;
	bool stop_on_full;
	int result;
};

static int mess_fn(struct store_txn *txn, void *arg)
{
	static const uint8_t zeros[70000];
	static const enum store_table tables[] = {INV_UNIT, INV_HISTORY, AUDIT_LOG, WEB_TOKEN};
	struct mess *m = arg;
	unsigned acts = 1 + chance(&m->seed) % 60;

	for (unsigned i = 0; i < acts; i++) {
		enum store_table t = tables[chance(&m->seed) % 4];
		struct store_key k = store_key("su", "key", chance(&m->seed) % 900);
		size_t n = chance(&m->seed) % (chance(&m->seed) % 20 ? 500 : sizeof(zeros));
		int err = chance(&m->seed) % 3 ? store_put(txn, t, &k, bytes_of(zeros, n))
					       : store_del(txn, t, &k);

		if (err != 0 && err != ERR_NOTFOUND)
			return err;
	}
	return chance(&m->seed) % 5 ? 0 : ERR_REFUSED;
}

static void *mess_run(void *arg)
{
	struct mess *m = arg;

	for (int i = 0; i < 40; i++) {
		int err = store_write(test_store, mess_fn, m);

		if (err != 0 && err != ERR_REFUSED)
			m->result = err;
	}
	return NULL;
}

static int count_all(struct store_txn *txn, void *arg)
{
	uint64_t *sum = arg, n;

	for (int t = 0; t < STORE_TABLE_COUNT; t++) {
		cr_assert_eq(store_count(txn, t, &n), 0);
		*sum += n;
	}
	return 0;
}

Test(store_check, a_new_store_is_sound)
{
	uint64_t records = 0;

	cr_assert_eq(store_check(test_store, tell_fault, NULL, &records), 0);
	cr_assert_eq(records, 1);
	cr_assert_eq(faults, 0);
}

Test(store_check, a_much_used_store_is_sound_also_while_it_is_written)
{
	uint64_t records = 0, counted = 0;
	struct mess mess[4];
	pthread_t thread[4];

	for (uint32_t i = 0; i < 4; i++) {
		mess[i] = (struct mess){.seed = i + 1};
		cr_assert_eq(pthread_create(&thread[i], NULL, mess_run, &mess[i]), 0);
	}
	for (int i = 0; i < 8; i++)
		cr_assert_eq(store_check(test_store, tell_fault, NULL, &records), 0);
	for (int i = 0; i < 4; i++) {
		pthread_join(thread[i], NULL);
		cr_assert_eq(mess[i].result, 0, "%d", mess[i].result);
	}
	cr_assert_eq(store_check(test_store, tell_fault, NULL, &records), 0);
	cr_assert_eq(store_read(test_store, count_all, &counted), 0);
	cr_assert_eq(records, counted);
	cr_assert_gt(records, 1000);
	cr_assert_eq(faults, 0);
}

Test(store_check, damage_is_found_and_told)
{
	uint64_t records = 77;
	uint8_t number[8];
	FILE *f;

	for (int i = 0; i < 30; i++) {
		char key[16];

		snprintf(key, sizeof(key), "%d", i);
		cr_assert_eq(test_put(INV_UNIT, key, "value"), 0);
	}
	/* every page bears its number: take one away behind the store's back */
	f = fopen(test_path("s/hylla.mdb"), "r+");
	cr_assert_not_null(f);
	for (long page = 2; page < 30; page++) {
		uint64_t zero = 0;

		fseek(f, page * 4096, SEEK_SET);
		if (fread(number, sizeof(number), 1, f) != 1)
			break;
		fseek(f, page * 4096, SEEK_SET);
		fwrite(&zero, sizeof(zero), 1, f);
	}
	fclose(f);
	cr_assert_eq(store_check(test_store, tell_fault, NULL, &records), ERR_CORRUPT);
	cr_assert_gt(faults, 0);
	cr_assert_eq(store_check(test_store, NULL, NULL, &records), ERR_CORRUPT);
}

static int drop_meta(struct store_txn *txn, void *arg)
{
	struct store_key k = store_meta_key();

	return store_del(txn, STORE_META, &k);
}

Test(store_check, a_store_without_its_own_record_is_unsound)
{
	uint64_t records;

	cr_assert_eq(store_write(test_store, drop_meta, NULL), 0);
	cr_assert_eq(store_check(test_store, tell_fault, NULL, &records), ERR_CORRUPT);
	cr_assert_eq(faults, 1);
}
