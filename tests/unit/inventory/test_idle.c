/* SPDX-License-Identifier: EUPL-1.2 */
/* What nobody borrows: idle.c. */
#include "inventory/figures.h"
#include "tests/unit/inventory/counter.h"

struct asked {
	struct counter *c;
	const char *serial, *product;
	int64_t since, now;
	uint32_t month;
	bool counts;
};

static int ask_in(struct store_txn *txn, void *arg)
{
	struct asked *x = arg;
	struct inv_product p;
	struct inv_unit u;
	int err = inv_unit_get(txn, x->c->a, x->serial, &u);

	if (err == 0)
		err = inv_unit_product(txn, x->c->a, &u, &p);
	if (err)
		return err;
	x->counts = inv_idle_counts(&u, &p);
	err = inv_idle_unit(txn, x->c->a, &u, &x->since);
	return err ? err : inv_idle_product(txn, p.id, x->now, &x->month);
}

static struct asked ask(struct counter *c, const char *serial)
{
	struct asked x = {.c = c, .serial = serial, .now = c->by.now};

	cr_assert_eq(store_read(c->st, ask_in, &x), 0);
	return x;
}

Test(idle, of_a_thing_is_since_it_came_and_then_since_it_came_back)
{
	struct counter c;
	struct inv_out_result out;
	struct inv_in_result in;
	struct asked x;
	int64_t came;

	counter_open(&c);
	x = ask(&c, "VB-0001");
	came = x.since;
	cr_expect(x.counts);
	cr_expect_leq(came, c.by.now);
	cr_expect_eq(x.month, 0, "none of it was ever lent");
	c.by.now += 40 * DAY_S;
	cr_assert_eq(COUNTER_LEND(&c, 2, 0, &out, "VB-0001"), 0);
	x = ask(&c, "VB-0001");
	cr_expect(!x.counts, "it is out");
	cr_expect_eq(x.month, inv_stat_month(c.by.now));
	c.by.now += 20 * DAY_S;
	cr_assert_eq(counter_back(&c, "VB-0001", &in), 0, "%s", counter_said(&c));
	x = ask(&c, "VB-0001");
	cr_expect(x.counts);
	cr_expect_eq(x.since, c.by.now, "not since it went out");
	cr_expect_eq(ask(&c, "VB-0002").since, came, "another of the product stands as before");
	counter_close(&c);
}

Test(idle, of_a_product_looks_five_years_back_and_no_further)
{
	struct counter c;
	struct inv_out_result out;
	uint32_t month;

	counter_open(&c);
	cr_assert_eq(COUNTER_LEND(&c, 2, 0, &out, "VB-0001"), 0);
	month = inv_stat_month(c.by.now);
	c.by.now += 4 * 365 * DAY_S;
	cr_expect_eq(ask(&c, "VB-0002").month, month);
	c.by.now += 2 * 365 * DAY_S;
	cr_expect_eq(ask(&c, "VB-0002").month, 0);
	counter_close(&c);
}

Test(idle, does_not_count_what_cannot_be_lent_by_itself)
{
	const struct inv_unit on_shelf = {.state = INV_IN_STOCK}, in_kit = {.state = INV_IN_STOCK,
		.kit = "VB-1"}, shown = {.state = INV_IN_STOCK, .display = true},
		broken = {.state = INV_REPAIR};
	const struct inv_product lent = {.lendable = true, .kind = INV_KIND_THING},
		sim = {.lendable = true, .kind = INV_KIND_SIM},
		paper = {.lendable = true, .kind = INV_KIND_CONSUMABLE},
		display = {.lendable = true, .kind = INV_KIND_THING, .display_only = true},
		kept = {.kind = INV_KIND_THING};

	cr_expect(inv_idle_counts(&on_shelf, &lent));
	cr_expect(!inv_idle_counts(&in_kit, &lent));
	cr_expect(!inv_idle_counts(&shown, &lent));
	cr_expect(!inv_idle_counts(&broken, &lent));
	cr_expect(!inv_idle_counts(&on_shelf, &sim));
	cr_expect(!inv_idle_counts(&on_shelf, &paper));
	cr_expect(!inv_idle_counts(&on_shelf, &display));
	cr_expect(!inv_idle_counts(&on_shelf, &kept));
}
