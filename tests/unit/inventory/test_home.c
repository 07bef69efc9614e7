/* SPDX-License-Identifier: EUPL-1.2 */
/* What everybody may know of a product: home.c, and which products are shown (product_db.c). */
#include "tests/unit/inventory/counter.h"

struct asked {
	struct counter *c;
	const char *product;
	struct inv_home h;
};

static int ask_in(struct store_txn *txn, void *arg)
{
	struct asked *x = arg;

	return inv_home_now(txn, x->c->a, x->product, day_of_time(x->c->by.now), &x->h);
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

/* --- which are shown --- */

struct listed {
	struct counter *c;
	struct inv_product *p;
	size_t n;
};

static int list_in(struct store_txn *txn, void *arg)
{
	struct listed *x = arg;
	const struct inv_product_ask ask = {.shown_only = true, .most = 200};
	const char *next;

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
	cr_assert_eq(inv_product_put(c.inv, &counter_anna, &own, true, COUNTER_NOW, &c.r), 0);
	cr_expect(!is_shown(&c, "lupplampa"), "made here: somebody marks it");
	own.shown = true;
	cr_assert_eq(inv_product_put(c.inv, &counter_anna, &own, false, COUNTER_NOW, &c.r), 0);
	cr_expect(is_shown(&c, "lupplampa"));
	own.life = INV_LIFE_END;
	cr_assert_eq(inv_product_put(c.inv, &counter_anna, &own, false, COUNTER_NOW, &c.r), 0);
	cr_expect(!is_shown(&c, "lupplampa"), "no longer used");
	counter_close(&c);
}
