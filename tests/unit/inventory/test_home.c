/* SPDX-License-Identifier: EUPL-1.2 */
/* What everybody may know of a product: home.c, with the sums it is made of (unit_tally.c, hold_claim_db.c), and which
 * products are shown (product_db.c). What they read is counted: the linker gives the room's reads to this file. */
#include "tests/unit/inventory/by_hand.h"

static size_t reads;

int __real_store_get(
	struct store_txn *txn, enum store_table t, const struct store_key *k, struct bytes *ret);
int __real_store_iter_next(struct store_iter *it, struct bytes *k, struct bytes *v);
int __wrap_store_get(
	struct store_txn *txn, enum store_table t, const struct store_key *k, struct bytes *ret);
int __wrap_store_iter_next(struct store_iter *it, struct bytes *k, struct bytes *v);

int __wrap_store_get(
	struct store_txn *txn, enum store_table t, const struct store_key *k, struct bytes *ret)
{
	reads++;
	return __real_store_get(txn, t, k, ret);
}

int __wrap_store_iter_next(struct store_iter *it, struct bytes *k, struct bytes *v)
{
	reads++;
	return __real_store_iter_next(it, k, v);
}

struct asked {
	struct counter *c;
	const char *product;
	struct inv_home h;
};

static int ask_in(struct store_txn *txn, void *arg)
{
	struct asked *x = arg;

	by_hand_compare(txn, x->c->a, x->product, day_of_time(x->c->by.now));
	reads = 0;
	return inv_home_now(txn, x->product, day_of_time(x->c->by.now), &x->h);
}

static struct inv_home home(struct counter *c, const char *product)
{
	struct asked x = {.c = c, .product = product};

	cr_assert_eq(store_read(c->st, ask_in, &x), 0);
	return x.h;
}

static void wait_for(struct counter *c, int borrower, const char *product)
{
	const struct inv_hold_want want = {.borrower = c->borrower[borrower], .product = product};
	uint64_t id;

	cr_assert_eq(inv_hold_add(c->inv, &c->by, &want, &c->r, &id), 0, "%s", counter_said(c));
}

Test(home, tells_how_many_and_when_the_next_comes)
{
	struct counter c;
	struct inv_out_result out;
	struct inv_home before, h;
	int32_t today;

	counter_open(&c);
	today = day_of_time(c.by.now);
	before = home(&c, "ringklocka");
	cr_assert_geq(before.home, 1);
	cr_expect_eq(before.back, 0, "some are at home");
	cr_assert_eq(COUNTER_LEND(&c, 2, 0, &out, "VB-0001"), 0);
	h = home(&c, "ringklocka");
	cr_expect_eq(h.home, before.home - 1);
	cr_expect_eq(h.all, before.all, "what is out can be lent all the same");
	if (h.home == 0)
		cr_expect_gt(h.back, today);
	counter_close(&c);
}

Test(home, of_the_last_one_the_day_it_is_due_and_nobody_before_the_queue)
{
	struct counter c;
	struct inv_out_result out;
	struct inv_home h;

	counter_open(&c);
	cr_assert_eq(COUNTER_LEND(&c, 2, 0, &out, "VB-0012"), 0);
	h = home(&c, "platta");
	cr_assert_eq(h.home, 0);
	cr_assert_eq(h.all, 1);
	cr_expect_gt(h.back, day_of_time(c.by.now));
	/* late: by no day */
	c.by.now += 2000 * DAY_S;
	cr_expect_eq(home(&c, "platta").back, 0);
	c.by.now -= 2000 * DAY_S;
	wait_for(&c, 0, "platta");
	h = home(&c, "platta");
	cr_expect(h.waited);
	cr_expect_eq(h.back, 0, "it is for somebody else then");
	cr_expect_eq(home(&c, "no-such").all, 0);
	counter_close(&c);
}

Test(home, does_not_count_what_is_for_display)
{
	const struct inv_act act = {&counter_anna, "VB-0001", COUNTER_NOW};
	struct inv_fields f = INV_FIELDS_NONE;
	struct counter c;
	struct inv_home before, h;

	counter_open(&c);
	before = home(&c, "ringklocka");
	f.display = 1;
	cr_assert_eq(inv_unit_change(c.inv, &act, &f, &c.r), 0);
	h = home(&c, "ringklocka");
	cr_expect_eq(h.home, before.home - 1);
	cr_expect_eq(h.all, before.all - 1);
	counter_close(&c);
}

static int kit_in(struct store_txn *txn, void *arg)
{
	const struct inv_unit u = {.serial = "VASKA",
		.item_number = "VASKA",
		.state = INV_IN_STOCK,
		.product_id = "lupp",
		.made_at = COUNTER_NOW,
		.changed_at = COUNTER_NOW};

	(void)arg;
	return inv_unit_put(txn, NULL, &u);
}

Test(home, a_part_is_not_told_of_in_its_kit_or_out_with_it)
{
	const struct inv_act bag = {&counter_anna, "VASKA", COUNTER_NOW};
	struct inv_out_result out;
	struct counter c;
	struct inv_home h;

	counter_open(&c);
	cr_assert_eq(store_write(c.st, kit_in, NULL), 0);
	h = home(&c, "ringklocka");
	cr_assert_eq(h.all, 6);
	cr_assert_eq(inv_kit_add(c.inv, &bag, &(struct inv_part){.unit = "VB-0001"}, &c.r), 0);
	for (int out_of_house = 0; out_of_house < 2; out_of_house++) {
		if (out_of_house)
			cr_assert_eq(COUNTER_LEND(&c, 2, 0, &out, "VASKA"), 0, "%s",
				counter_said(&c));
		h = home(&c, "ringklocka");
		cr_expect_eq(h.all, 5);
		cr_expect_eq(h.home, 5);
		cr_expect_eq(home(&c, "lupp").home, out_of_house ? 5 : 6);
		counter_check(&c);
	}
	counter_close(&c);
}

static uint64_t hold_for(struct counter *c, int borrower, int32_t from, int32_t to)
{
	const struct inv_hold_want want = {.borrower = c->borrower[borrower],
		.product = "ringklocka",
		.from = from,
		.to = to,
		.yes = ~0u};
	uint64_t id;

	cr_assert_eq(inv_hold_add(c->inv, &c->by, &want, &c->r, &id), 0, "%s", counter_said(c));
	return id;
}

Test(home, leaves_what_others_wait_for_on_the_days_on_which_they_do)
{
	struct counter c;
	struct inv_home h;
	int32_t today;
	uint64_t id;

	counter_open(&c);
	today = day_of_time(c.by.now);
	id = hold_for(&c, 0, 0, 0);
	hold_for(&c, 1, today + 10, today + 12);
	hold_for(&c, 2, today, today + 1);
	h = home(&c, "ringklocka");
	cr_expect_eq(h.all, 6);
	cr_expect_eq(h.home, 4, "today two: %u", (unsigned)h.home);
	cr_assert_eq(inv_hold_pause(c.inv, &c.by, id, true, 0, &c.r), 0);
	cr_expect_eq(home(&c, "ringklocka").home, 5);
	cr_assert_eq(inv_hold_pause(c.inv, &c.by, id, false, 0, &c.r), 0);
	cr_expect_eq(home(&c, "ringklocka").home, 4);
	/* set aside: it has left the shelf, and is waited for no more */
	cr_assert_eq(inv_hold_pick(c.inv, &c.by, "VB-0001", &c.r, &id), 0, "%s", counter_said(&c));
	cr_expect_eq(home(&c, "ringklocka").home, 4);
	cr_assert_eq(inv_hold_cancel(c.inv, &c.by, id, &c.r), 0);
	counter_check(&c);
	c.by.now += 5 * DAY_S;
	home(&c, "ringklocka"); /* compared on the way */
	c.by.now += 6 * DAY_S;
	home(&c, "ringklocka");
	counter_close(&c);
}

/* A store with many things, most of them apart from those that are lent. */
#define MANY 4200
struct many {
	int from;
};

static int many_in(struct store_txn *txn, void *arg)
{
	const struct many *m = arg;
	int err = 0;

	for (int i = m->from; err == 0 && i < m->from + 300; i++) {
		char serial[16];
		struct inv_unit u = {.serial = serial,
			.state = INV_IN_STOCK,
			.product_id = "lupp",
			.display = i % 100 != 0,
			.made_at = COUNTER_NOW,
			.changed_at = COUNTER_NOW};

		snprintf(serial, sizeof(serial), "M-%05d", i);
		err = inv_unit_put(txn, NULL, &u);
	}
	return err;
}

static int cost_in(struct store_txn *txn, void *arg)
{
	struct asked *x = arg;

	reads = 0;
	return inv_home_now(txn, x->product, day_of_time(x->c->by.now), &x->h);
}

Test(home, costs_as_much_of_thousands_and_says_how_many)
{
	struct counter c;
	struct asked x = {.c = &c, .product = "lupp"};
	size_t few;

	counter_open(&c);
	cr_assert_eq(store_read(c.st, cost_in, &x), 0);
	cr_assert_eq(x.h.all, 5);
	few = reads;
	cr_assert_gt(few, 0, "reads are counted");
	for (struct many m = {0}; m.from < MANY; m.from += 300)
		cr_assert_eq(store_write(c.st, many_in, &m), 0);
	cr_assert_eq(store_read(c.st, cost_in, &x), 0);
	cr_expect_eq(x.h.all, 5 + MANY / 100);
	cr_expect_eq(x.h.home, 5 + MANY / 100);
	cr_expect_leq(reads, few + 1, "%zu reads, then %zu", few, reads); /* the sum of those apart */
	counter_close(&c);
}

/* --- which are shown --- */

struct listed {
	struct counter *c;
	struct inv_product *p;
	size_t n;
	const char *after;
};

static int list_in(struct store_txn *txn, void *arg)
{
	struct listed *x = arg;
	const struct inv_product_ask ask = {.shown_only = true, .after = x->after, .most = 200};
	const char *next;

	reads = 0;
	return inv_product_list(txn, x->c->a, &ask, &x->p, &x->n, &next);
}

static bool is_shown(struct counter *c, const char *id)
{
	struct listed x = {.c = c};

	cr_assert_eq(store_read(c->st, list_in, &x), 0);
	for (size_t i = 0; i < x.n; i++) {
		if (strcmp(x.p[i].id, id) == 0)
			return true;
	}
	return false;
}

Test(home, shows_what_the_library_lends_of_the_starter_catalogue_and_what_is_marked)
{
	static const char *const not[] = {"surfplatta", "mobilabonnemang", "trygghetslarm-inomhus",
		"spisvakt", "batterier", "blodtrycksmatare", "ringklocka"};
	struct inv_product own = {.id = "lupplampa",
		.kind = INV_KIND_THING,
		.name = {[SAY_SV] = "Lupplampa"},
		.zone = 2,
		.lendable = true};
	struct counter c;
	unsigned made, there;

	counter_open(&c);
	cr_assert_eq(inv_catalogue_load(c.inv, &counter_anna, COUNTER_NOW, &made, &there), 0);
	cr_expect(is_shown(&c, "sensorlampa"));
	for (size_t i = 0; i < sizeof(not) / sizeof(not[0]); i++)
		cr_expect(!is_shown(&c, not[i]), "%s", not[i]);
	cr_assert_eq(inv_product_put(c.inv, ACT_OF(&counter_anna, COUNTER_NOW), &own, true, &c.r), 0);
	cr_expect(!is_shown(&c, "lupplampa"), "made here: somebody marks it");
	own.shown = true;
	cr_assert_eq(inv_product_put(c.inv, ACT_OF(&counter_anna, COUNTER_NOW), &own, false, &c.r), 0);
	cr_expect(is_shown(&c, "lupplampa"));
	own.life = INV_LIFE_END;
	cr_assert_eq(inv_product_put(c.inv, ACT_OF(&counter_anna, COUNTER_NOW), &own, false, &c.r), 0);
	cr_expect(!is_shown(&c, "lupplampa"), "no longer used");
	counter_close(&c);
}

static void put(struct counter *c, const char *id, bool shown, bool is_new)
{
	const struct inv_product p = {.id = id,
		.kind = INV_KIND_THING,
		.name = {[SAY_SV] = id},
		.zone = 2,
		.shown = shown,
		.lendable = true};

	cr_assert_eq(inv_product_put(c->inv, ACT_OF(&counter_anna, COUNTER_NOW), &p, is_new, &c->r), 0);
}

Test(home, reads_none_of_what_is_not_shown_and_does_not_tell_that_it_is_there)
{
	struct counter c;
	struct listed x = {.c = &c};
	char id[24];

	counter_open(&c);
	put(&c, "lupplampa", true, true);
	put(&c, "zoomlampa", true, true);
	for (int i = 0; i < 300; i++) {
		snprintf(id, sizeof(id), "mellan-%d", i);
		put(&c, id, false, true);
	}
	cr_assert_eq(store_read(c.st, list_in, &x), 0);
	cr_assert_eq(x.n, 2);
	cr_expect_leq(reads, 5, "%zu reads", reads);
	x.after = "lupplampa";
	cr_assert_eq(store_read(c.st, list_in, &x), 0);
	cr_assert_eq(x.n, 1);
	x.after = "mellan-7";
	cr_expect_eq(store_read(c.st, list_in, &x), ERR_BADINPUT);
	x.after = "no-such";
	cr_expect_eq(store_read(c.st, list_in, &x), ERR_BADINPUT);
	put(&c, "lupplampa", false, false);
	x.after = NULL;
	cr_assert_eq(store_read(c.st, list_in, &x), 0);
	cr_expect_eq(x.n, 1);
	cr_assert_eq(inv_product_del(c.inv, ACT_OF(&counter_anna, COUNTER_NOW), "zoomlampa", &c.r), 0);
	cr_assert_eq(store_read(c.st, list_in, &x), 0);
	cr_expect_eq(x.n, 0);
	counter_check(&c);
	counter_close(&c);
}
