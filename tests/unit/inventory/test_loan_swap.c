/* SPDX-License-Identifier: EUPL-1.2 */
/* Something else is lent while a thing is mended: on which ticket, in place of what, and undone. */
#include "tests/unit/inventory/counter.h"

static uint64_t report(struct counter *c, const char *serial)
{
	const struct inv_act act = {.who = &counter_anna, .code = serial, .now = c->by.now};
	const struct inv_fault f = {.symptom = "tyst", .channel = "desk"};
	uint64_t id = 0;

	cr_assert_eq(inv_fault_add(c->inv, &act, &f, &c->r, &id), 0, "%s", counter_said(c));
	return id;
}

struct ticket {
	struct counter *c;
	uint64_t id;
	struct inv_fault f;
};

static int ticket_in(struct store_txn *txn, void *arg)
{
	struct ticket *t = arg;

	return inv_fault_get(txn, t->c->a, t->id, &t->f);
}

static struct inv_fault ticket(struct counter *c, uint64_t id)
{
	struct ticket t = {.c = c, .id = id};

	cr_assert_eq(store_read(c->st, ticket_in, &t), 0);
	return t.f;
}

static int to; /* whom it is lent to */

static int swap(struct counter *c, const char *one, const char *other, uint64_t fault, uint64_t *ret)
{
	const struct inv_out_item item = {.code = other};
	const struct inv_out how = {.kind = INV_LOAN_SWAP,
		.borrower = c->borrower[to],
		.items = &item,
		.item_count = 1,
		.swap_serial = one,
		.fault = fault};
	struct inv_out_result out = {0};
	int err = inv_check_out(c->inv, &c->by, &how, &c->r, &out);

	*ret = out.loan;
	return err;
}

static void undo(struct counter *c)
{
	struct inv_last last;

	cr_assert_eq(inv_undo(c->inv, &c->by, 0, &c->r, &last, c->a), 0, "%s", counter_said(c));
}

/* A ticket that names a loan that was undone offers no other swap. */
Test(loan_swap, that_is_undone_leaves_its_ticket_as_it_was)
{
	char number[INV_LOAN_NUMBER];
	struct inv_out_result out;
	struct inv_in_result in;
	uint64_t id, first, second;
	struct counter c;

	counter_open(&c);
	cr_assert_eq(COUNTER_LEND(&c, 0, 0, &out, "VB-0001"), 0);
	id = report(&c, "VB-0001");
	cr_assert_eq(swap(&c, "VB-0001", "VB-0002", id, &first), 0, "%s", counter_said(&c));
	cr_expect_str_eq(ticket(&c, id).swap_loan, inv_loan_number(first, number));
	undo(&c);
	cr_expect_null(ticket(&c, id).swap_loan);
	cr_expect_null(ticket(&c, id).swap_unit);
	cr_assert_eq(swap(&c, "VB-0001", "VB-0003", id, &first), 0, "%s", counter_said(&c));
	cr_assert_eq(counter_back(&c, "VB-0003", &in), 0);
	cr_assert_eq(swap(&c, "VB-0001", "VB-0002", id, &second), 0, "%s", counter_said(&c));
	cr_expect_str_eq(ticket(&c, id).swap_unit, "VB-0002");
	undo(&c);
	cr_expect_str_eq(ticket(&c, id).swap_loan, inv_loan_number(first, number), "the one before it");
	cr_expect_str_eq(ticket(&c, id).swap_unit, "VB-0003");
	counter_check(&c);
	counter_close(&c);
}

Test(loan_swap, is_on_a_ticket_of_that_thing_and_never_of_itself)
{
	const struct inv_act act = {.who = &counter_anna, .now = COUNTER_NOW};
	struct inv_fault close = {.state = INV_FAULT_CLOSED, .outcome = "lagad"};
	struct inv_out_result out;
	uint64_t id, loan;
	struct counter c;

	counter_open(&c);
	cr_assert_eq(COUNTER_LEND(&c, 0, 0, &out, "VB-0001"), 0);
	id = report(&c, "VB-0001");
	cr_expect_eq(swap(&c, "VB-0004", "VB-0002", id, &loan), ERR_REFUSED);
	cr_expect_str_eq(counter_said(&c), "loan.swap-fault");
	cr_expect_eq(swap(&c, "VB-0001", "VB-0002", id + 7, &loan), ERR_REFUSED, "there is no such ticket");
	cr_expect_str_eq(counter_said(&c), "loan.swap-fault");
	cr_expect_eq(swap(&c, "VB-0004", "VB-0004", 0, &loan), ERR_REFUSED);
	cr_expect_str_eq(counter_said(&c), "loan.swap-itself");
	close.id = id;
	cr_assert_eq(inv_fault_step(c.inv, &act, &close, &c.r), 0, "%s", counter_said(&c));
	cr_expect_eq(swap(&c, "VB-0001", "VB-0002", id, &loan), ERR_REFUSED);
	cr_expect_str_eq(counter_said(&c), "fault.closed");
	cr_expect_eq(swap(&c, "VB-0001", "VB-0002", 0, &loan), 0, "%s", counter_said(&c));
	counter_check(&c);
	counter_close(&c);
}

/* The thing in whose place it is, is named as it was typed: by any of its codes. */
Test(loan_swap, in_place_of_another_asks_before_the_original_goes_back)
{
	const struct inv_act act = {
		.who = &counter_anna, .code = "VB-0001", .now = COUNTER_NOW, .zones = INV_ZONED | PEOPLE_ZONES};
	const struct inv_code sticker = {INV_CODE_OTHER, "00017"};
	struct inv_out_item item = {.code = "VB-0002"};
	struct inv_out swap = {.kind = INV_LOAN_SWAP,
		.items = &item,
		.item_count = 1,
		.swap_serial = "NO-SUCH",
		.yes = ~0u};
	struct counter c;
	struct inv_out_result out, second;
	struct inv_in_result in;

	counter_open(&c);
	cr_assert_eq(COUNTER_LEND(&c, 0, 0, &out, "VB-0001"), 0);
	swap.borrower = c.borrower[0];
	swap.swap_of = out.loan;
	cr_assert_eq(inv_code_add(c.inv, &act, &sticker, &c.r), 0, "%s", counter_said(&c));
	cr_expect_eq(inv_check_out(c.inv, &c.by, &swap, &c.r, &second), ERR_REFUSED);
	cr_expect_str_eq(counter_said(&c), "unit.unknown");
	swap.swap_serial = "00017";
	cr_assert_eq(inv_check_out(c.inv, &c.by, &swap, &c.r, &second), 0, "%s", counter_said(&c));
	cr_expect_str_eq(counter_look(&c, second.loan, NULL, NULL).f.loan.swap_serial, "VB-0001");
	cr_expect_eq(counter_back(&c, "VB-0001", &in), ERR_REFUSED);
	cr_expect_eq(inv_refusal_asks(&c.r), INV_YES_SWAP);
	cr_assert_eq(counter_back(&c, "VB-0002", &in), 0);
	cr_assert_eq(counter_back(&c, "VB-0001", &in), 0, "the other one is back");
	counter_check(&c);
	counter_close(&c);
}

/* What stands in for a thing is its borrower's, and no thing more. */
Test(loan_swap, is_for_whoever_has_the_thing_and_counts_no_more)
{
	struct inv_rule rule = {.product = "ringklocka", .why = "provet"};
	struct inv_out_result out;
	uint64_t id, loan;
	struct counter c;

	counter_open(&c);
	rule.set[INV_TERM_LIMIT] = 1 + 1;
	cr_assert_eq(inv_rule_put(c.inv, &c.by, &rule, &c.r, &id), 0, "%s", counter_said(&c));
	cr_assert_eq(COUNTER_LEND(&c, 0, 0, &out, "VB-0001"), 0);
	cr_expect_eq(COUNTER_LEND(&c, 0, 0, &out, "VB-0002"), ERR_REFUSED);
	cr_expect_str_eq(counter_said(&c), "loan.limit");
	to = 1;
	cr_expect_eq(swap(&c, "VB-0001", "VB-0002", 0, &loan), ERR_REFUSED);
	cr_expect_str_eq(counter_said(&c), "loan.swap-other");
	to = 0;
	cr_assert_eq(swap(&c, "VB-0001", "VB-0002", 0, &loan), 0, "%s", counter_said(&c));
	counter_check(&c);
	counter_close(&c);
}
