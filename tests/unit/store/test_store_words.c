/* SPDX-License-Identifier: EUPL-1.2 */
/* Records with words: sealed by the store's sealer, in clear for an older server, and sealed once later. */
#include "tests/unit/base/toy_sealer.h"
#include "tests/unit/store/store_test.h"

#include "store/store_int.h"

#define MANY 700 /* more than two pages */

struct paper {
	const char *note;
	struct bytes unknown;
};
static const struct rec_field fields[] = {REC_WORDS(1, struct paper, note), REC_END};
static const struct rec_type paper_rec = REC_TYPE_WORDS("test.paper", struct paper, 1, fields);
static const struct store_words all = {.table = INV_TASK, .type = &paper_rec};

static uint8_t key = 7;

static int put(struct store_txn *txn, uint64_t id, const char *note)
{
	AUTO(buf) struct buf out = BUF_INIT(1000);
	const struct paper p = {.note = note};
	struct store_key k = store_key("q", id);
	int err = store_rec_encode(txn, &paper_rec, &p, &out);

	return err ? err : store_put(txn, INV_TASK, &k, buf_bytes(&out));
}

static int put_many(struct store_txn *txn, void *arg)
{
	int err = 0;

	for (uint64_t i = 1; err == 0 && i <= MANY; i++)
		err = put(txn, i, arg);
	return err;
}

/* How many stand in clear; each reads as it was written. */
static int count_in(struct store_txn *txn, void *arg)
{
	AUTO(arena) struct arena *a = arena_new();
	AUTO(store_iter) struct store_iter it = {0};
	unsigned *clear = arg;
	struct bytes k, v;
	int err = store_iter_init(&it, txn, INV_TASK, NULL);

	*clear = 0;
	while (err == 0 && (err = store_iter_next(&it, &k, &v)) == 0) {
		struct paper p;

		*clear += memmem(v.p, v.n, "Zaida", 5) != NULL;
		err = store_rec_decode(txn, &paper_rec, v, a, &p);
		if (err == 0)
			cr_expect_str_eq(p.note, "Zaida");
	}
	return err == ERR_NOTFOUND ? 0 : err;
}

static unsigned in_clear(void)
{
	unsigned n = 0;

	cr_assert_eq(store_read(test_store, count_in, &n), 0);
	return n;
}

static void fill(void)
{
	cr_assert_eq(store_write(test_store, put_many, (void *)(uintptr_t)"Zaida"), 0);
}

static void seal_once(void)
{
	cr_assert_eq(store_words_seal_once(test_store, "test", &all, 1), 0);
}

Test(store_words, are_sealed_once, .init = test_setup, .fini = test_teardown)
{
	const struct rec_sealer toy = TOY_SEALER(&key);
	uint64_t version;

	fill();
	cr_expect_eq(in_clear(), MANY);
	seal_once();
	cr_expect_eq(in_clear(), MANY, "without a sealer nothing is done, and it is not said to be done");
	store_sealer_set(test_store, &toy);
	cr_expect_eq(in_clear(), MANY, "what stands in clear is read");
	seal_once();
	cr_expect_eq(in_clear(), 0);
	version = store_version(test_store);
	seal_once();
	cr_expect_eq(store_version(test_store), version, "the second time there is nothing to do");
	store_sealer_set(test_store, NULL);
	cr_expect_eq(store_read(test_store, count_in, &(unsigned){0}), ERR_DENIED);
}

Test(store_words, stay_in_clear_for_an_older_server, .init = test_setup, .fini = test_teardown)
{
	const struct rec_sealer toy = TOY_SEALER(&key);

	store_sealer_set(test_store, &toy);
	test_store->schema = 4;
	fill();
	seal_once();
	cr_expect_eq(in_clear(), MANY);
	test_store->schema = STORE_SCHEMA;
	seal_once();
	cr_expect_eq(in_clear(), 0);
	fill();
	cr_expect_eq(in_clear(), 0);
}
