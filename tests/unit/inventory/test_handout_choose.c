/* SPDX-License-Identifier: EUPL-1.2 */
/* Another thing or product for a planned hand-out (inv_handout_choose). */
#include "tests/unit/inventory/planned.h"

static void choose(struct counter *c, uint64_t id, const char *thing, const char *product)
{
	const struct inv_handout_want want = {.thing = thing, .product = product};

	cr_assert_eq(inv_handout_choose(c->inv, &c->by, id, &want, &c->r), 0, "%s",
		counter_said(c));
	counter_check(c);
}

static unsigned state_of(struct counter *c, const char *code)
{
	return counter_look(c, 0, code, NULL).u.state;
}

Test(handout_choose, another_thing_is_chosen_for_it)
{
	struct counter c;
	struct asked x;
	uint64_t id, hold;

	counter_open(&c);
	id = plan(&c, &(struct inv_handout_want){.borrower = c.borrower[0], .thing = "VB-0001",
			       .at = SOON, .note = "Porten: 1234"});
	hold = ask(&c, (struct asked){.id = id}).h.hold;
	/* Another of the product: the same hold, so the same place in the queue. */
	choose(&c, id, "VB-0002", NULL);
	x = ask(&c, (struct asked){.id = id});
	cr_expect_str_eq(x.ready.number, "VB-0002");
	cr_expect_eq(x.h.hold, hold);
	cr_expect_eq(x.h.at, SOON);
	cr_expect_str_eq(x.note, "Porten: 1234", "the words beside it stay");
	cr_expect_eq(state_of(&c, "VB-0001"), INV_IN_STOCK);
	cr_expect_eq(state_of(&c, "VB-0002"), INV_AWAITING);
	undo(&c);
	cr_expect_eq(state_of(&c, "VB-0001"), INV_AWAITING);
	cr_expect_eq(state_of(&c, "VB-0002"), INV_IN_STOCK);
	/* Of another product: what was reserved is free. */
	choose(&c, id, NULL, "lupp");
	x = ask(&c, (struct asked){.id = id});
	cr_expect_str_eq(x.h.product, "lupp");
	cr_expect_null(x.h.serial);
	cr_expect_neq(x.h.hold, hold);
	cr_expect_eq(x.hold.state, INV_HOLD_WAITING);
	cr_expect_eq(state_of(&c, "VB-0001"), INV_IN_STOCK);
	choose(&c, id, "VB-0012", NULL);
	x = ask(&c, (struct asked){.id = id});
	cr_expect_str_eq(x.h.product, "platta");
	cr_expect_eq(state_of(&c, "VB-0012"), INV_AWAITING);
	undo(&c);
	x = ask(&c, (struct asked){.id = id});
	cr_expect_str_eq(x.h.product, "lupp");
	cr_expect_eq(x.hold.state, INV_HOLD_WAITING);
	cr_expect_eq(state_of(&c, "VB-0012"), INV_IN_STOCK);
	counter_close(&c);
}

/* A hold that the borrower had before goes on, whatever the hand-out becomes. */
Test(handout_choose, another_thing_leaves_the_borrower_s_own_hold)
{
	struct counter c;
	const struct inv_hold_want own = {.product = "lupp"};
	struct inv_hold_want want = own;
	struct asked x;
	uint64_t id, hold = 0;

	counter_open(&c);
	want.borrower = c.borrower[0];
	cr_assert_eq(inv_hold_add(c.inv, &c.by, &want, &c.r, &hold), 0);
	id = plan(&c, &(struct inv_handout_want){
			      .borrower = c.borrower[0], .thing = "VB-0007", .at = SOON});
	cr_expect_eq(ask(&c, (struct asked){.id = id}).h.hold, hold);
	choose(&c, id, "VB-0008", NULL);
	x = ask(&c, (struct asked){.id = id});
	cr_expect_eq(x.h.hold, hold);
	cr_expect_str_eq(x.ready.number, "VB-0008");
	cr_expect_eq(state_of(&c, "VB-0007"), INV_IN_STOCK);
	choose(&c, id, "VB-0001", NULL);
	x = ask(&c, (struct asked){.id = id});
	cr_expect_neq(x.h.hold, hold);
	cr_assert_eq(inv_handout_cancel(c.inv, &c.by, id, &c.r), 0);
	cr_expect_eq(state_of(&c, "VB-0001"), INV_IN_STOCK);
	cr_expect_eq(state_of(&c, "VB-0008"), INV_AWAITING, "the borrower's own hold stands");
	counter_check(&c);
	counter_close(&c);
}

static void not_chosen(struct counter *c, uint64_t id, struct inv_handout_want want,
	const char *code)
{
	cr_expect_eq(inv_handout_choose(c->inv, &c->by, id, &want, &c->r), ERR_REFUSED, "%s", code);
	cr_expect_str_eq(counter_said(c), code);
	counter_check(c);
}

#define NOT(id_, code_, ...) not_chosen(&c, id_, (struct inv_handout_want){__VA_ARGS__}, code_)

Test(handout_choose, what_cannot_be_chosen_is_refused_with_its_reason)
{
	struct counter c;
	struct inv_out_result out;
	uint64_t id, other;

	counter_open(&c);
	id = plan(&c, &(struct inv_handout_want){
			      .borrower = c.borrower[0], .thing = "VB-0001", .at = SOON});
	other = plan(&c, &(struct inv_handout_want){
				 .borrower = c.borrower[0], .product = "lupp", .at = SOON});
	NOT(id, "handout.same", .thing = "VB-0001");
	NOT(id, "handout.what", .thing = "");
	NOT(id, "unit.unknown", .thing = "VB-9999");
	NOT(id, "handout.twice", .product = "lupp");
	cr_assert_eq(COUNTER_LEND(&c, 1, 0, &out, "VB-0002"), 0);
	NOT(id, "loan.state", .thing = "VB-0002");
	cr_expect_eq(state_of(&c, "VB-0001"), INV_AWAITING, "what was reserved still is");
	NOT(other + 1, "handout.unknown", .product = "lupp");
	c.by.zones = PEOPLE_CARE;
	NOT(id, "handout.unknown", .product = "lupp");
	c.by.zones = PEOPLE_ZONES;
	cr_assert_eq(inv_handout_cancel(c.inv, &c.by, id, &c.r), 0);
	NOT(id, "handout.over", .product = "lupp");
	counter_close(&c);
}
