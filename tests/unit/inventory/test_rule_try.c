/* SPDX-License-Identifier: EUPL-1.2 */
#include "tests/unit/inventory/counter.h"

struct trying {
	struct counter *c;
	struct inv_rule_ask ask;
	struct inv_rule_tried x;
};

static int try_in(struct store_txn *txn, void *arg)
{
	struct trying *t = arg;

	return inv_rule_try(txn, t->c->a, &t->ask, &t->x, &t->c->r);
}

static uint64_t rule(struct counter *c, enum inv_term term, uint32_t value)
{
	struct inv_rule r = {.product = "lupp", .borrower_kind = "senior", .why = "nämnden"};
	uint64_t id;

	r.set[term] = value + 1;
	cr_assert_eq(inv_rule_put(c->inv, &c->by, &r, &c->r, &id), 0);
	return id;
}

Test(rule_try, tells_the_day_the_rule_and_the_no, .timeout = 300)
{
	struct counter c;
	struct trying t = {.c = &c,
		.ask = {.zone = PEOPLE_LIBRARY, .product = "lupp", .borrower_kind = "senior"}};
	uint64_t days;

	counter_open(&c);
	t.ask.start = day_of_time(COUNTER_NOW); /* a Saturday */
	cr_assert_eq(store_read(c.st, try_in, &t), 0);
	cr_expect(t.x.lent);
	cr_expect_eq(t.x.by[INV_TERM_LOAN_DAYS], 0);
	cr_expect_eq(t.x.counted, t.ask.start + 42);
	cr_expect_eq(t.x.due, t.ask.start + 44, "closed on Saturday and Sunday");
	days = rule(&c, INV_TERM_LOAN_DAYS, 9);
	cr_assert_eq(store_read(c.st, try_in, &t), 0);
	cr_expect_eq(t.x.by[INV_TERM_LOAN_DAYS], days);
	cr_expect_eq(t.x.due, t.ask.start + 9);
	rule(&c, INV_TERM_LENDABLE, 0);
	cr_assert_eq(store_read(c.st, try_in, &t), 0);
	cr_expect_not(t.x.lent);
	cr_expect_str_eq(t.x.no.say->code, "loan.rule");
	t.ask.borrower_kind = "staff";
	cr_assert_eq(store_read(c.st, try_in, &t), 0);
	cr_expect(t.x.lent, "the rules are for seniors");
	counter_close(&c);
}

Test(rule_try, refuses_what_is_not_there, .timeout = 300)
{
	struct counter c;
	struct trying t = {.c = &c, .ask = {.product = "ingen"}};

	counter_open(&c);
	t.ask.start = day_of_time(COUNTER_NOW);
	cr_assert_eq(store_read(c.st, try_in, &t), ERR_REFUSED);
	t.ask.product = "lupp";
	t.ask.place = "ingen";
	cr_assert_eq(store_read(c.st, try_in, &t), ERR_REFUSED);
	cr_expect_str_eq(c.r.say->code, "rule.place");
	counter_close(&c);
}
