/* SPDX-License-Identifier: EUPL-1.2 */
/* An index that was damaged is told of; a shelf that is whole is not. */
#include "tests/unit/inventory/shelf.h"

#include "base/text.h"

struct damage {
	const char *name;
	store_fn *fn;
	const char *told; /* part of the first fault's text */
};

static int spare_nothing(struct store_txn *txn, void *arg)
{
	(void)txn;
	(void)arg;
	return 0;
}

static int lose_state_row(struct store_txn *txn, void *arg)
{
	const struct store_key k = store_key("cs", (int)INV_IN_STOCK, "A1");

	(void)arg;
	return store_del(txn, INV_BY_STATE, &k);
}

static int turn_item_number(struct store_txn *txn, void *arg)
{
	const struct store_key k = store_key("s", "I-1");

	(void)arg;
	return store_put(txn, INV_BY_ITEM, &k, bytes_of_str("B2"));
}

static int leave_item_number(struct store_txn *txn, void *arg)
{
	const struct store_key k = store_key("s", "I-9");

	(void)arg;
	return store_put(txn, INV_BY_ITEM, &k, bytes_of_str("A1"));
}

static int miscount(struct store_txn *txn, void *arg)
{
	const struct store_key k = store_key("c", (int)INV_IN_STOCK);

	(void)arg;
	return store_put(txn, INV_COUNT, &k, bytes_of_str("7"));
}

static int row_put(struct store_txn *txn, enum store_table t, struct store_key k)
{
	return store_put(txn, t, &k, bytes_of("", 0));
}

static int photo_of_nothing(struct store_txn *txn, void *arg)
{
	(void)arg;
	return row_put(txn, INV_PHOTO_OF, store_key("sq", "A1", (uint64_t)7));
}

static int piece_of_nothing(struct store_txn *txn, void *arg)
{
	(void)arg;
	return row_put(txn, INV_PHOTO, store_key("qu", (uint64_t)7, 1u));
}

static int agreement_of_nothing(struct store_txn *txn, void *arg)
{
	(void)arg;
	return row_put(txn, INV_AGREEMENT_DUE, store_key("ts", (int64_t)7, "A-1"));
}

static int agreement_of_loan(struct store_txn *txn, void *arg)
{
	(void)arg;
	return row_put(txn, INV_AGREEMENT_LOAN, store_key("ss", "10000", "A-1"));
}

static int history_of_nothing(struct store_txn *txn, void *arg)
{
	(void)arg;
	return row_put(txn, INV_HISTORY, store_key("sq", "NOSUCH", (uint64_t)1));
}

static const struct damage damages[] = {
	{"whole", spare_nothing, NULL},
	{"state index", lose_state_row, "A1: is missing in the index by state"},
	{"item number", turn_item_number, "A1: its item number leads elsewhere"},
	{"left over", leave_item_number, "item numbers without a unit"},
	{"count", miscount, "in_stock: the count of a state is wrong"},
	{"photo", photo_of_nothing, "A1: inventory: a photo that is not there"},
	{"piece", piece_of_nothing, "a piece of a photo that is not there"},
	{"agreement", agreement_of_nothing, "agreements that are not there"},
	{"loan's agreement", agreement_of_loan, "agreements that are not there"},
	{"history", history_of_nothing, "NOSUCH: inventory: history of no thing"},
};

struct told {
	struct arena *a;
	const char *first;
	size_t n;
};

static void fault(void *arg, const char *what)
{
	struct told *t = arg;

	if (t->n++ == 0)
		t->first = arena_strdup(t->a, what);
}

static int check_in(struct store_txn *txn, void *arg)
{
	return inv_check(txn, fault, arg);
}

Test(check, tells_of_each_damaged_index)
{
	for (size_t i = 0; i < sizeof(damages) / sizeof(damages[0]); i++) {
		const struct damage *d = &damages[i];
		struct shelf s;
		struct told t;

		shelf_open(&s);
		shelf_import(&s, "serial;item_number;state\nA1;I-1;in_stock\nB2;I-2;in_stock\n", 0);
		cr_assert_eq(store_write(s.st, d->fn, NULL), 0, "%s", d->name);
		t = (struct told){.a = s.a};
		cr_assert_eq(store_read(s.st, check_in, &t), 0, "%s", d->name);
		cr_expect_eq(t.n > 0, d->told != NULL, "%s: %zu faults", d->name, t.n);
		if (d->told && t.n)
			cr_expect_not_null(strstr(t.first, d->told), "%s: %s", d->name, t.first);
		shelf_close(&s);
	}
}
