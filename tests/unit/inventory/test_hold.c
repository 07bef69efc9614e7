/* SPDX-License-Identifier: EUPL-1.2 */
/* Queues, reservations for dates, and the calendar that due days go by. */
#include "tests/unit/inventory/counter.h"

static uint64_t wait_for(struct counter *c, int borrower, const char *product, int expect)
{
	const struct inv_hold_want want = {.borrower = c->borrower[borrower], .product = product};
	uint64_t id = 0;

	cr_assert_eq(
		inv_hold_add(c->inv, &c->by, &want, &c->r, &id), expect, "%s", counter_said(c));
	return id;
}

struct asked {
	struct counter *c;
	uint64_t id;
	struct inv_hold h;
	size_t place;
	struct inv_free f;
	const char *product;
	int32_t from, to, day, open;
};

static int ask_in(struct store_txn *txn, void *arg)
{
	struct asked *x = arg;
	int32_t today = day_of_time(x->c->by.now);
	int err = 0;

	if (x->id) {
		err = inv_hold_get(txn, x->c->a, x->id, &x->h);
		if (err == 0)
			err = inv_hold_place(txn, x->c->a, &x->h, &x->place);
	}
	if (err == 0 && x->product)
		err = inv_free_between(txn, x->c->a, x->product, x->from, x->to, today, &x->f);
	if (err == 0 && x->day)
		err = inv_open_day(txn, NULL, x->day, &x->open);
	return err;
}

static struct asked ask(struct counter *c, struct asked x)
{
	x.c = c;
	cr_assert_eq(store_read(c->st, ask_in, &x), 0);
	return x;
}

Test(hold, is_served_in_order_and_a_pause_keeps_the_place)
{
	struct counter c;
	struct inv_out_result out;
	struct inv_in_result in;
	uint64_t first, second, third;

	counter_open(&c);
	cr_assert_eq(COUNTER_LEND(&c, 2, 0, &out, "VB-0012"), 0);
	first = wait_for(&c, 0, "platta", 0);
	second = wait_for(&c, 1, "platta", 0);
	wait_for(&c, 0, "platta", ERR_REFUSED);
	cr_expect_str_eq(counter_said(&c), "hold.has");
	third = wait_for(&c, 2, "platta", 0);
	cr_expect_eq(ask(&c, (struct asked){.id = third}).place, 3);
	cr_assert_eq(inv_hold_move(c.inv, &c.by, third, 1, &c.r), 0, "%s", counter_said(&c));
	cr_expect_eq(ask(&c, (struct asked){.id = third}).place, 1);
	cr_expect_eq(ask(&c, (struct asked){.id = first}).place, 2);
	cr_expect_eq(inv_hold_move(c.inv, &c.by, third, 9, &c.r), ERR_REFUSED);
	cr_assert_eq(inv_hold_move(c.inv, &c.by, third, 3, &c.r), 0);
	cr_assert_eq(inv_hold_pause(c.inv, &c.by, first, true, 0, &c.r), 0);
	cr_expect_eq(ask(&c, (struct asked){.id = first}).place, 1, "it keeps its place");
	counter_check(&c);
	/* Back, looked at, and on the shelf for the first who is not paused. */
	cr_assert_eq(counter_back(&c, "VB-0012", &in), 0);
	cr_expect_eq(in.hold, 0, "it is handed in first");
	{
		const struct inv_inspect x = {.code = "VB-0012"};

		cr_assert_eq(inv_inspected(c.inv, &c.by, &x, &c.r, &in), 0);
	}
	cr_expect_eq(in.hold, second);
	cr_expect_eq(counter_look(&c, 0, "VB-0012", NULL).u.state, INV_AWAITING);
	cr_assert_eq(COUNTER_LEND(&c, 2, 0, &out, "VB-0012"), ERR_REFUSED);
	cr_expect_eq(inv_refusal_asks(&c.r), INV_YES_HOLD);
	cr_assert_eq(COUNTER_LEND(&c, 1, 0, &out, "VB-0012"), 0);
	cr_expect_eq(ask(&c, (struct asked){.id = second}).h.state, INV_HOLD_FILLED);
	cr_expect_eq(ask(&c, (struct asked){.id = second}).h.loan, out.loan);
	cr_expect_eq(inv_hold_cancel(c.inv, &c.by, second, &c.r), ERR_REFUSED);
	counter_check(&c);
	counter_close(&c);
}

Test(hold, that_is_not_fetched_lapses_and_the_next_gets_it)
{
	struct counter c;
	struct inv_out_result out;
	struct inv_in_result in;
	uint64_t first, second;
	size_t n;

	counter_open(&c);
	cr_assert_eq(COUNTER_LEND(&c, 2, 0, &out, "VB-0001"), 0);
	first = wait_for(&c, 0, "ringklocka", 0);
	second = wait_for(&c, 1, "ringklocka", 0);
	cr_assert_eq(counter_back(&c, "VB-0001", &in), 0);
	cr_expect_eq(in.hold, first);
	cr_assert_eq(inv_circulation_tend(c.inv, c.by.now + 30 * DAY_S, 100, &n), 0);
	cr_expect_eq(ask(&c, (struct asked){.id = first}).h.state, INV_HOLD_LAPSED);
	cr_expect_null(ask(&c, (struct asked){.id = first}).h.borrower, "nothing to remember for");
	cr_expect_eq(ask(&c, (struct asked){.id = second}).h.state, INV_HOLD_READY);
	cr_expect_str_eq(ask(&c, (struct asked){.id = second}).h.serial, "VB-0001");
	counter_check(&c);
	/* A thing that is taken off the shelf by another act leaves its hold waiting. */
	cr_assert_eq(inv_mark(c.inv, &((struct inv_act){&counter_anna, "VB-0001", c.by.now}),
			     &((struct inv_mark){.to = INV_REPAIR}), &c.r),
		0);
	cr_expect_eq(ask(&c, (struct asked){.id = second}).h.state, INV_HOLD_WAITING);
	counter_check(&c);
	counter_close(&c);
}

Test(hold, for_dates_counts_what_is_free_and_the_nearest_start_goes_first)
{
	struct counter c;
	struct inv_hold_want want = {.product = "lupp", .from = 0};
	struct inv_out_result out;
	uint64_t id[5];
	struct asked x;

	counter_open(&c);
	want.from = on("2026-12-01");
	want.to = on("2026-12-10");
	for (int i = 0; i < 3; i++) {
		want.borrower = c.borrower[i];
		cr_assert_eq(inv_hold_add(c.inv, &c.by, &want, &c.r, &id[i]), 0);
	}
	x = ask(&c, (struct asked){
			    .product = "lupp", .from = on("2026-12-05"), .to = on("2026-12-20")});
	cr_expect_eq(x.f.units, 5);
	cr_expect_eq(x.f.free, 2);
	x = ask(&c, (struct asked){
			    .product = "lupp", .from = on("2026-12-11"), .to = on("2026-12-20")});
	cr_expect_eq(x.f.free, 5);
	/* Two are free; a loan of six weeks may take those, and asks before it takes a third. */
	cr_assert_eq(COUNTER_LEND(&c, 0, INV_YES_LIMIT, &out, "VB-0007"), 0,
		"it is the borrower's own: %s", counter_said(&c));
	cr_expect_eq(ask(&c, (struct asked){.id = id[0]}).h.state, INV_HOLD_FILLED);
	cr_assert_eq(COUNTER_LEND(&c, 0, 0, &out, "VB-0008"), 0);
	cr_assert_eq(COUNTER_LEND(&c, 0, 0, &out, "VB-0009"), 0);
	cr_assert_eq(COUNTER_LEND(&c, 0, 0, &out, "VB-0010"), ERR_REFUSED);
	cr_expect_str_eq(counter_said(&c), "loan.promised");
	cr_assert_eq(COUNTER_LEND(&c, 0, INV_YES_HOLD, &out, "VB-0010"), 0);
	/* Nothing is left on those days. */
	want.borrower = c.borrower[0];
	cr_expect_eq(inv_hold_add(c.inv, &c.by, &want, &c.r, &id[3]), ERR_REFUSED);
	cr_expect_str_eq(counter_said(&c), "hold.full");
	want.from = on("2026-11-01");
	cr_expect_eq(inv_hold_add(c.inv, &c.by, &want, &c.r, &id[3]), ERR_REFUSED);
	cr_expect_str_eq(counter_said(&c), "hold.past");
	counter_check(&c);
	counter_close(&c);
}

Test(hold, rules_choose_by_day_and_place)
{
	const struct inv_hold queue[] = {
		{.id = 1,
			.state = INV_HOLD_WAITING,
			.from = 200,
			.to = 210,
			.start = 200,
			.borrower = "b"},
		{.id = 2, .state = INV_HOLD_WAITING, .start = 100, .paused = true, .borrower = "a"},
		{.id = 3, .state = INV_HOLD_WAITING, .start = 101, .borrower = "a"},
		{.id = 4, .state = INV_HOLD_READY, .start = 90, .borrower = "a"},
	};

	cr_expect_eq(inv_hold_choose(queue, 4, 110), 2);
	cr_expect_eq(inv_hold_choose(queue, 4, 198), 0);
	cr_expect_eq(inv_hold_choose(queue, 2, 110), 2, "nobody: the future one may wait");
	cr_expect_eq(inv_hold_fill(queue, 4, "a"), 3, "the nearest start");
	cr_expect_eq(inv_hold_fill(queue, 4, "nobody"), 4);
	cr_expect_eq(inv_hold_claims(queue, 4, 205, 28, 0), 3);
	cr_expect_eq(inv_hold_claims(queue, 4, 205, 28, 1), 2);
	cr_expect_eq(inv_hold_claims(queue, 4, 95, 28, 0), 1);
}

Test(hold, calendar_skips_closed_days)
{
	static const struct {
		const char *due, *open;
	} cases[] = {
		{"2026-11-20", "2026-11-20"},
		{"2026-11-21", "2026-11-23"},
		{"2026-12-24", "2026-12-28"},
		{"2026-12-31", "2027-01-04"},
		{"2026-04-03", "2026-04-07"},
		{"2026-06-19", "2026-06-22"},
		{"2028-02-29", "2028-02-29"},
		{"2027-10-31", "2027-11-01"},
	};
	struct inv_terms t = {.value = {[INV_TERM_LOAN_DAYS] = 42}};
	struct counter c;

	counter_open(&c);
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		cr_expect_eq(ask(&c, (struct asked){.day = on(cases[i].due)}).open,
			on(cases[i].open), "%s", cases[i].due);
	cr_expect_eq(inv_due_decide(&t, on("2026-11-16")), on("2026-12-28"));
	t.value[INV_TERM_LOAN_MONTHS] = 36;
	cr_expect_eq(inv_due_decide(&t, on("2028-02-29")), on("2031-02-28"));
	t.value[INV_TERM_LOAN_MONTHS] = 0;
	cr_expect_eq(inv_renew_due_decide(&t, on("2027-06-01"), on("2026-11-16")), on("2027-06-01"),
		"never earlier than it was");
	counter_close(&c);
}

struct picks {
	struct counter *c;
	struct inv_pick *rows;
	size_t n;
};

static int picks_in(struct store_txn *txn, void *arg)
{
	struct picks *x = arg;

	const struct inv_pick_ask ask = {
		.today = day_of_time(x->c->by.now), .zones = x->c->by.zones, .most = 50};

	return inv_pick_list(txn, x->c->a, &ask, &x->rows, &x->n);
}

static struct picks *picks(struct picks *x)
{
	cr_assert_eq(store_read(x->c->st, picks_in, x), 0);
	return x;
}

static int wear_in(struct store_txn *txn, void *arg)
{
	AUTO(arena) struct arena *a = arena_new();
	struct inv_unit before, u;
	int err = inv_unit_get(txn, a, arg, &before);

	u = before;
	u.parts_missing = 1;
	return err ? err : inv_unit_put(txn, &before, &u);
}

Test(hold, what_lacks_a_part_is_the_last_to_be_proposed)
{
	struct counter c;
	struct picks x = {.c = &c};

	counter_open(&c);
	cr_assert_gt(wait_for(&c, 0, "ringklocka", 0), 0);
	cr_assert_eq(picks(&x)->n, 1);
	cr_assert_eq(x.rows[0].thing_count, 6);
	cr_expect_str_eq(x.rows[0].things[0].serial, "VB-0001");
	cr_assert_eq(store_write(c.st, wear_in, (void *)(uintptr_t)"VB-0001"), 0);
	cr_assert_eq(picks(&x)->n, 1);
	cr_assert_eq(x.rows[0].thing_count, 6);
	cr_expect_str_eq(x.rows[0].things[0].serial, "VB-0002");
	cr_expect_str_eq(x.rows[0].things[5].serial, "VB-0001");
	counter_close(&c);
}

Test(hold, what_is_of_another_service_is_left_for_them_to_pick)
{
	struct inv_product p = {.id = "platta",
		.kind = INV_KIND_IPAD,
		.name = {"Surfplatta"},
		.price_ore = INV_PRICE_AS_IS,
		.zone = PEOPLE_CARE,
		.lendable = true};
	struct counter c;
	struct picks x = {.c = &c};
	uint64_t first, got = 0;

	counter_open(&c);
	c.by.zones = PEOPLE_ZONES;
	first = wait_for(&c, COUNTER_BORROWERS - 1, "platta", 0);
	cr_assert_gt(first, 0);
	cr_assert_eq(inv_product_put(c.inv, ACT_OF(&counter_anna, COUNTER_NOW), &p, false, &c.r), 0, "%s",
		counter_said(&c));
	c.by.zones = PEOPLE_LIBRARY;
	cr_assert_eq(inv_hold_pick(c.inv, &c.by, "VB-0012", &c.r, &got), ERR_REFUSED);
	cr_expect_str_eq(counter_said(&c), "hold.other-zone");
	cr_expect_eq(picks(&x)->n, 0, "what the library may not set aside is not in its list");
	c.by.zones = PEOPLE_CARE;
	cr_assert_eq(picks(&x)->n, 1);
	cr_expect_eq(x.rows[0].thing_count, 1);
	c.by.zones = PEOPLE_ZONES;
	cr_assert_eq(inv_hold_cancel(c.inv, &c.by, first, &c.r), 0, "%s", counter_said(&c));
	first = wait_for(&c, 0, "platta", 0);
	c.by.zones = PEOPLE_LIBRARY;
	cr_assert_eq(picks(&x)->n, 1, "its own borrower waits");
	cr_expect_eq(x.rows[0].hold.id, first);
	cr_expect_eq(x.rows[0].thing_count, 0, "and the other service sets it aside");
	c.by.zones = PEOPLE_ZONES;
	cr_assert_eq(inv_hold_cancel(c.inv, &c.by, first, &c.r), 0, "%s", counter_said(&c));
	cr_assert_gt(wait_for(&c, COUNTER_BORROWERS - 1, "platta", 0), 0);
	c.by.zones = PEOPLE_LIBRARY;
	p.zone = 0;
	cr_assert_eq(inv_product_put(c.inv, ACT_OF(&counter_anna, COUNTER_NOW), &p, false, &c.r), 0);
	cr_assert_eq(inv_hold_pick(c.inv, &c.by, "VB-0012", &c.r, &got), 0, "%s", counter_said(&c));
	cr_expect_eq(got, 0, "whose it is, is not told");
	cr_expect_eq(counter_look(&c, 0, "VB-0012", NULL).u.state, INV_AWAITING);
	counter_check(&c);
	counter_close(&c);
}

Test(hold, what_stands_there_is_picked_for_whoever_is_next)
{
	struct counter c;
	struct inv_out_result out;
	uint64_t first, second, got = 0;
	struct picks x = {.c = &c};

	counter_open(&c);
	cr_assert_eq(store_read(c.st, picks_in, &x), 0);
	cr_expect_eq(x.n, 0, "nobody waits");
	cr_assert_eq(inv_hold_pick(c.inv, &c.by, "VB-0012", &c.r, &got), ERR_REFUSED);
	cr_expect_str_eq(counter_said(&c), "hold.nobody");
	first = wait_for(&c, 0, "platta", 0);
	second = wait_for(&c, 1, "platta", 0);
	cr_assert_eq(store_read(c.st, picks_in, &x), 0);
	cr_assert_eq(x.n, 1, "there is one platta for the two who wait");
	cr_expect_eq(x.rows[0].hold.id, first);
	cr_expect_str_eq(x.rows[0].product.id, "platta");
	cr_assert_eq(inv_hold_pick(c.inv, &c.by, "VB-0012", &c.r, &got), 0, "%s", counter_said(&c));
	cr_expect_eq(got, first);
	cr_expect_eq(counter_look(&c, 0, "VB-0012", NULL).u.state, INV_AWAITING);
	cr_expect_eq(ask(&c, (struct asked){.id = first}).h.state, INV_HOLD_READY);
	cr_expect_eq(ask(&c, (struct asked){.id = second}).h.state, INV_HOLD_WAITING);
	cr_assert_eq(store_read(c.st, picks_in, &x), 0);
	cr_expect_eq(x.n, 0);
	cr_assert_eq(inv_hold_pick(c.inv, &c.by, "VB-0012", &c.r, &got), ERR_REFUSED);
	cr_expect_str_eq(counter_said(&c), "hold.stands");
	cr_assert_eq(inv_hold_pick(c.inv, &c.by, "VB-9999", &c.r, &got), ERR_REFUSED);
	cr_assert_eq(COUNTER_LEND(&c, 0, 0, &out, "VB-0012"), 0, "%s", counter_said(&c));
	counter_check(&c);
	counter_close(&c);
}

/* Each no says what is wrong with the days, in three languages, and a longer one than a loan is a question. */
Test(hold, days_that_do_not_fit_are_told_apart)
{
	static const struct {
		const char *from, *to, *code;
		unsigned asks;
	} tries[] = {{"2026-12-10", "2026-12-01", "hold.turned", 0}, {"2026-11-20", "2026-12-01", "hold.past", 0},
		{"2026-11-20", "2026-11-10", "hold.turned", 0}, {"2026-12-01", NULL, "hold.both", 0},
		{NULL, "2026-12-01", "hold.both", 0}, {"2026-12-01", "2027-12-03", "hold.long", 0},
		{"2026-12-01", "2027-12-02", "hold.longer", INV_YES_HOLD},
		{"2026-12-01", "2027-02-01", "hold.longer", INV_YES_HOLD}, {"2026-12-01", "2027-01-12", NULL, 0}};
	struct counter c;
	uint64_t id;

	counter_open(&c);
	for (size_t i = 0; i < sizeof(tries) / sizeof(tries[0]); i++) {
		const struct inv_hold_want want = {.borrower = c.borrower[0],
			.product = "lupp",
			.from = tries[i].from ? on(tries[i].from) : 0,
			.to = tries[i].to ? on(tries[i].to) : 0};
		int err = inv_hold_add(c.inv, &c.by, &want, &c.r, &id);

		cr_expect_eq(err, tries[i].code ? ERR_REFUSED : 0, "row %zu: %s", i, counter_said(&c));
		if (!tries[i].code)
			continue;
		cr_expect_str_eq(counter_said(&c), tries[i].code, "row %zu", i);
		cr_expect_eq(inv_refusal_asks(&c.r), tries[i].asks, "row %zu", i);
		for (int l = 0; l < SAY_LANGS; l++)
			cr_expect_null(strchr(refusal_text(c.a, (enum say_lang)l, &c.r), '{'), "row %zu", i);
	}
	cr_expect_eq(inv_hold_pause(c.inv, &c.by, id, true, on("2026-11-21"), &c.r), ERR_REFUSED);
	cr_expect_str_eq(counter_said(&c), "hold.until");
	counter_check(&c);
	counter_close(&c);
}

static int last_in(struct store_txn *txn, void *arg)
{
	struct counter *c = arg;
	struct inv_last last;

	return inv_last_offered(c->inv, txn, c->a, &c->by, &last);
}

/* What stood ready for one stands ready for the next; undone, it never left the shelf. */
Test(hold, that_is_cancelled_while_ready_comes_back_from_the_next)
{
	struct counter c;
	struct inv_out_result out;
	struct inv_in_result in;
	struct inv_last undone;
	uint64_t first, second, third;

	counter_open(&c);
	cr_assert_eq(COUNTER_LEND(&c, 2, 0, &out, "VB-0001"), 0);
	first = wait_for(&c, 0, "ringklocka", 0);
	second = wait_for(&c, 1, "ringklocka", 0);
	cr_assert_eq(counter_back(&c, "VB-0001", &in), 0);
	cr_expect_eq(in.hold, first);
	cr_assert_eq(inv_hold_cancel(c.inv, &c.by, first, &c.r), 0, "%s", counter_said(&c));
	cr_expect_str_eq(ask(&c, (struct asked){.id = second}).h.serial, "VB-0001");
	cr_expect_eq(store_read(c.st, last_in, &c), 0, "it is offered to be undone");
	cr_assert_eq(inv_undo(c.inv, &c.by, 0, &c.r, &undone, c.a), 0, "%s", counter_said(&c));
	cr_expect_eq(ask(&c, (struct asked){.id = first}).h.state, INV_HOLD_READY);
	cr_expect_str_eq(ask(&c, (struct asked){.id = first}).h.serial, "VB-0001");
	cr_expect_eq(ask(&c, (struct asked){.id = second}).h.state, INV_HOLD_WAITING);
	cr_expect_eq(counter_look(&c, 0, "VB-0001", NULL).u.state, INV_AWAITING);
	counter_check(&c);
	/* a number is of one hold, also when that was undone */
	third = wait_for(&c, 2, "ringklocka", 0);
	cr_assert_eq(inv_undo(c.inv, &c.by, 0, &c.r, &undone, c.a), 0, "%s", counter_said(&c));
	cr_expect_gt(wait_for(&c, 2, "ringklocka", 0), third);
	cr_expect_eq(inv_hold_pick(c.inv, &c.by, "VB-0001", &c.r, &third), ERR_REFUSED);
	cr_expect_str_eq(counter_said(&c), "hold.stands");
	counter_check(&c);
	counter_close(&c);
}
