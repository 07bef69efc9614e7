/* SPDX-License-Identifier: EUPL-1.2 */
/* A store of an older program gets what it did not have. */
#include "tests/unit/inventory/shelf.h"

#include "base/text.h"

#define UNITS 700 /* more than two pages of the renewal */

static int empty_table(struct store_txn *txn, enum store_table t)
{
	AUTO(store_iter) struct store_iter it = {0};
	struct bytes k, v;
	int err = store_iter_init(&it, txn, t, NULL);

	while (err == 0 && (err = store_iter_next(&it, &k, &v)) == 0) {
		struct store_key key = {.n = (uint16_t)k.n};

		memcpy(key.b, k.p, k.n);
		err = store_del(txn, t, &key);
	}
	return err == ERR_NOTFOUND ? 0 : err;
}

/* Those of leases or of deliveries; another table's stay. */
static int forget_tallies(struct store_txn *txn, int what)
{
	struct store_key prefix = store_key("c", what);
	AUTO(store_iter) struct store_iter it = {0};
	struct bytes k, v;
	int err = store_iter_init(&it, txn, INV_TALLY, &prefix);

	while (err == 0 && (err = store_iter_next(&it, &k, &v)) == 0) {
		struct store_key key = {.n = (uint16_t)k.n};

		memcpy(key.b, k.p, k.n);
		err = store_del(txn, INV_TALLY, &key);
	}
	return err == ERR_NOTFOUND ? 0 : err;
}

static int forget_layout_in(struct store_txn *txn, void *arg)
{
	struct store_key layout = store_key("s", "=layout");
	int err = store_del(txn, INV_SERIES, &layout);

	(void)arg;
	return err == ERR_NOTFOUND ? 0 : err;
}

static int forget_in(struct store_txn *txn, void *arg)
{
	static const enum store_table newer[] = {INV_BY_LEASE_END, INV_BY_PRODUCT, INV_BY_PLACE,
		INV_BY_LEASE, INV_BY_DELIVERY, INV_ENDING, INV_SHOWN};
	struct store_key layout = store_key("s", "=layout");
	int err = 0;

	for (size_t i = 0; err == 0 && i < sizeof(newer) / sizeof(newer[0]); i++)
		err = empty_table(txn, newer[i]);
	for (const char *what = "adk"; err == 0 && *what; what++)
		err = forget_tallies(txn, *what);
	if (err == 0)
		err = store_del(txn, INV_SERIES, &layout);
	return err == ERR_NOTFOUND ? 0 : err;
}

/* How many rows by lease end, by product and by place. */
static int count_in(struct store_txn *txn, void *arg)
{
	uint64_t *n = arg;
	int err = store_count(txn, INV_BY_LEASE_END, &n[0]);

	if (err == 0)
		err = store_count(txn, INV_BY_PRODUCT, &n[1]);
	if (err == 0)
		err = store_count(txn, INV_BY_PLACE, &n[2]);
	if (err == 0)
		err = store_count(txn, INV_BY_LEASE, &n[3]);
	return err ? err : store_count(txn, INV_BY_DELIVERY, &n[4]);
}

/* Those for display stand among the others, as an older program had them. */
static int mix_in(struct store_txn *txn, void *arg)
{
	struct store_key in_stock = store_key("csc", 'p', "lampa", INV_IN_STOCK);
	int err = forget_tallies(txn, 'p');

	(void)arg;
	return err ? err : inv_number_add(txn, INV_TALLY, &in_stock, UNITS);
}

static int rows_of_old_in(struct store_txn *txn, void *arg)
{
	AUTO(store_iter) struct store_iter it = {0};
	static const uint8_t state = INV_IN_STOCK;
	struct bytes k, v;
	int err = store_iter_init(&it, txn, INV_BY_PRODUCT, NULL);

	(void)arg;
	while (err == 0 && (err = store_iter_next(&it, &k, &v)) == 0) {
		struct store_key key = {.n = (uint16_t)k.n};

		memcpy(key.b, k.p, k.n);
		err = store_put(txn, INV_BY_PRODUCT, &key, bytes_of(&state, 1));
	}
	return err == ERR_NOTFOUND ? 0 : err;
}

static int for_loan_in(struct store_txn *txn, void *arg)
{
	return inv_count_for_loan(txn, "lampa", arg);
}

static uint64_t for_loan(struct shelf *s)
{
	uint64_t n[INV_STATES];

	cr_assert_eq(store_read(s->st, for_loan_in, n), 0);
	return n[INV_IN_STOCK];
}

static void show_off(struct shelf *s, int i, bool display)
{
	const struct inv_act act = SHELF_ACT(arena_printf(s->a, "DMPX%05d", i), 3000);
	struct inv_fields f = INV_FIELDS_NONE;

	f.display = display;
	cr_assert_eq(inv_unit_change(s->inv, &act, &f, &s->r), 0);
}

/* Counted apart once; also when somebody changes a thing before its turn, and when it is begun again. */
Test(layout, counts_apart_what_an_older_program_counted_together)
{
	AUTO(buf) struct buf csv = BUF_INIT(1 << 20);
	struct shelf s;

	shelf_open(&s);
	shelf_product(&s, "lampa", INV_KIND_THING, "Sensorlampa");
	buf_add_str(&csv, "serial,state,product_id\n");
	for (int i = 0; i < UNITS; i++)
		buf_printf(&csv, "DMPX%05d,in_stock,lampa\n", i);
	shelf_import(&s, buf_str(&csv), 0);
	for (int i = 0; i < 40; i++)
		show_off(&s, i * 10, true);
	cr_expect_eq(for_loan(&s), UNITS - 40);
	shelf_is_sound(&s);
	cr_assert_eq(store_write(s.st, mix_in, NULL), 0);
	cr_assert_eq(store_write(s.st, rows_of_old_in, NULL), 0);
	cr_expect_eq(for_loan(&s), UNITS);
	for (int i = 0; i < 5; i++)
		show_off(&s, i * 10, false);
	show_off(&s, 3, true);
	for (int again = 0; again < 2; again++) {
		cr_assert_eq(store_write(s.st, forget_layout_in, NULL), 0);
		cr_assert_eq(inv_layout_renew(s.st), 0);
		cr_expect_eq(for_loan(&s), UNITS - 36);
		shelf_is_sound(&s);
	}
	shelf_close(&s);
}

#define ENROLLED 350

static int enrolled_in(struct store_txn *txn, void *arg)
{
	struct shelf *s = arg;
	const struct mdm_events ev = inv_mdm_events(s->inv);
	int err = 0;

	for (int i = 0; err == 0 && i < ENROLLED; i++)
		err = ev.enrolled(ev.ctx, txn,
			&(struct mdm_enrollment){.serial = arena_printf(s->a, "DMPX%05d", i * 2)},
			2000);
	return err;
}

static int endings_in(struct store_txn *txn, struct arena *a, void *out)
{
	return inv_ending_look(
		txn, a, &(struct store_span){STORE_TIME_BEGIN, INT64_MAX, 0}, out);
}

static uint64_t endings(struct shelf *s)
{
	struct store_look look;

	cr_assert_eq(shelf_read(s, endings_in, &look), 0);
	return look.n;
}

Test(layout, is_made_once_from_the_records)
{
	AUTO(buf) struct buf csv = BUF_INIT(1 << 20);
	uint64_t n[5], version;
	struct shelf s;

	shelf_open(&s);
	shelf_product(&s, "lampa", INV_KIND_THING, "Sensorlampa");
	shelf_place(&s, "disk", INV_PLACE_DESK, "Disken", NULL);
	buf_add_str(&csv, "serial,state,lease_end,product_id,place,lease,delivery\n");
	for (int i = 0; i < UNITS; i++)
		buf_printf(&csv, "DMPX%05d,in_stock,2028-03-%02d,lampa,disk,L-1,D-1\n", i, i % 28 + 1);
	shelf_import(&s, buf_str(&csv), 0);
	cr_assert_eq(store_write(s.st, enrolled_in, &s), 0);
	cr_expect_eq(endings(&s), ENROLLED);
	cr_assert_eq(store_write(s.st, forget_in, NULL), 0);
	cr_assert_eq(inv_layout_renew(s.st), 0);
	cr_expect_eq(endings(&s), ENROLLED);
	cr_assert_eq(store_read(s.st, count_in, n), 0);
	for (int i = 0; i < 5; i++)
		cr_expect_eq(n[i], UNITS, "table %d", i);
	shelf_is_sound(&s);
	version = store_version(s.st);
	cr_assert_eq(inv_layout_renew(s.st), 0);
	cr_expect_eq(store_version(s.st), version, "the second time there is nothing to do");
	shelf_close(&s);
}

static int demo_in(struct store_txn *txn, void *arg)
{
	return inv_demo_get(txn, arg);
}

Test(layout, invented_data_is_marked_once_and_for_all)
{
	bool demo = true;
	struct shelf s;

	shelf_open(&s);
	cr_assert_eq(store_read(s.st, demo_in, &demo), 0);
	cr_expect_not(demo);
	cr_assert_eq(inv_demo_mark(s.st), 0);
	cr_assert_eq(inv_demo_mark(s.st), 0);
	cr_assert_eq(store_read(s.st, demo_in, &demo), 0);
	cr_expect(demo);
	shelf_close(&s);
}
