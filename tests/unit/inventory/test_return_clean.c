/* SPDX-License-Identifier: EUPL-1.2 */
/* Whose an iPad's own things are when its return is over: a loan that goes on keeps them. */
#include "inventory/circulation_int.h"
#include "tests/unit/inventory/shelf_mdm.h"

#include "base/text.h"

#define KIT "BAG1"

static struct inv_loan_line line;

static void open_all(void)
{
	shelf_mdm_open("serial,state\n" Q_SERIAL ",in_stock\n" KIT ",in_stock\n");
	cr_assert_eq(d_put(d_item(MDM_OF_IPAD, Q_SERIAL, MDM_ITEM_PROFILE, "wifi", D_WIFI)), 0);
}

static void close_all(void)
{
	inv_close(inv);
	house_close();
}

TestSuite(return_clean, .init = open_all, .fini = close_all);

/* --- a loan of one line --- */

static int lend_in(struct store_txn *txn, void *arg)
{
	const struct inv_loan loan = {.id = 1, .lines = 1, .open = 1, .happened_at = q.now};
	int err = inv_loan_put(txn, NULL, &loan);

	line = (struct inv_loan_line){
		.loan = 1, .no = 1, .serial = arg, .state = INV_LINE_OUT, .out_at = q.now};
	return err ? err : inv_line_put(txn, NULL, &line);
}

static int step_in(struct store_txn *txn, void *arg)
{
	struct inv_loan_line before = line;

	line.state = *(uint32_t *)arg;
	return inv_line_put(txn, &before, &line);
}

static void line_is(uint32_t state)
{
	cr_assert_eq(q_write(step_in, &state), 0);
}

static int bag_in(struct store_txn *txn, void *arg)
{
	struct inv_unit before, u;
	int err = inv_unit_get(txn, house.a, Q_SERIAL, &before);

	(void)arg;
	u = before;
	u.kit = KIT;
	u.loan = "1";
	return err ? err : inv_unit_put(txn, &before, &u);
}

/* --- cleaned, and what is left --- */

static int clean_in(struct store_txn *txn, void *arg)
{
	return inv_return_clean(inv, txn, arg, &q.who, q.now);
}

struct left {
	size_t items, told;
};

static int left_in(struct store_txn *txn, void *arg)
{
	struct left *x = arg;
	struct mdm_item *items;
	struct inv_event *e;
	size_t n;
	int err = mdm_item_list(house.m, txn, house.a, MDM_OF_IPAD, Q_SERIAL, &items, &x->items);

	if (err == 0)
		err = inv_history_list(txn, Q_SERIAL, STORE_PIECE_N(house.a, 0, 50), &e, &n);
	for (size_t i = 0; err == 0 && i < n; i++)
		x->told += text_equal(e[i].kind, "cleaned");
	return err;
}

static struct left cleaned(struct inv_return *r)
{
	struct left x = {0};

	cr_assert_eq(q_write(clean_in, r), 0);
	cr_assert_eq(q_read(left_in, &x), 0);
	return x;
}

static struct inv_return over(void)
{
	return (struct inv_return){.serial = Q_SERIAL, .phase = INV_RETURN_DONE};
}

Test(return_clean, a_loan_that_goes_on_keeps_what_is_its_borrowers)
{
	static const uint32_t open[] = {INV_LINE_OUT, INV_LINE_CLAIMED, INV_LINE_LOST};
	struct inv_return r = over();
	struct left x;

	cr_assert_eq(q_write(lend_in, (void *)(uintptr_t)Q_SERIAL), 0);
	for (size_t i = 0; i < sizeof(open) / sizeof(open[0]); i++) {
		line_is(open[i]);
		x = cleaned(&r);
		cr_expect_eq(r.cleaned_at, 0, "%s", inv_line_state_name(open[i]));
		cr_expect_eq(x.items, 1, "%s", inv_line_state_name(open[i]));
		cr_expect_eq(x.told, 0);
	}
	line_is(INV_LINE_IN);
	x = cleaned(&r);
	cr_expect_eq(r.cleaned_at, q.now);
	cr_expect_eq(x.items, 0);
	cr_expect_eq(x.told, 1);
}

/* The line is the bag's, and the iPad has none of its own. */
Test(return_clean, so_does_one_in_a_bag_that_is_lent)
{
	struct inv_return r = over();

	cr_assert_eq(q_write(lend_in, (void *)(uintptr_t)KIT), 0);
	cr_assert_eq(q_write(bag_in, NULL), 0);
	cr_expect_eq(cleaned(&r).items, 1);
	cr_expect_eq(r.cleaned_at, 0);
	line_is(INV_LINE_IN);
	cr_expect_eq(cleaned(&r).items, 0);
	cr_expect_eq(r.cleaned_at, q.now);
}

Test(return_clean, nothing_goes_before_the_erase_is_proved_and_nothing_twice)
{
	static const struct inv_return not_yet[] = {
		{.serial = Q_SERIAL, .phase = INV_RETURN_ASKING},
		{.serial = Q_SERIAL, .phase = INV_RETURN_ERASING, .erasing_at = 1},
		{.serial = Q_SERIAL, .phase = INV_RETURN_JUDGING, .proof = INV_PROOF_SILENT},
		{.serial = Q_SERIAL, .phase = INV_RETURN_JUDGING, .proof = INV_PROOF_NONE},
	};
	struct inv_return r;

	for (size_t i = 0; i < sizeof(not_yet) / sizeof(not_yet[0]); i++) {
		r = not_yet[i];
		cr_expect_eq(cleaned(&r).items, 1, "%zu", i);
		cr_expect_eq(r.cleaned_at, 0, "%zu", i);
	}
	r = (struct inv_return){.serial = Q_SERIAL,
		.phase = INV_RETURN_JUDGING,
		.proof = INV_PROOF_ANEW};
	cr_expect_eq(cleaned(&r).items, 0, "set up anew by somebody");
	cr_expect_eq(r.cleaned_at, q.now);
	cr_assert_eq(d_put(d_item(MDM_OF_IPAD, Q_SERIAL, MDM_ITEM_PROFILE, "wifi", D_WIFI)), 0);
	r.phase = INV_RETURN_DONE;
	cr_expect_eq(cleaned(&r).items, 1, "what is put on it since is the next one's");
}
