/* SPDX-License-Identifier: EUPL-1.2 */
/* Seats at one time and place (seats.c, seats_db.c), and what they refuse (handout_rules.c). */
#include "tests/unit/inventory/planned.h"

static void begin(struct counter *c)
{
	const struct inv_place p = {.id = "disk", .name = {"Disken", "Tiski", "The desk"}, .kind = INV_PLACE_DESK, .lends = true};

	counter_open(c);
	cr_assert_eq(inv_place_put(c->inv, ACT_OF(&counter_anna, COUNTER_NOW - 1000), &p, true, &c->r), 0,
		"%s", counter_said(c));
}

static int tend_in(struct inv_work *w, void *arg)
{
	(void)arg;
	return inv_handout_tend_in(w, 10);
}

struct listed {
	struct arena *a;
	int64_t from;
	unsigned zones;
	size_t most;
	struct inv_seats_list list;
};

static int list_in(struct store_txn *txn, void *arg)
{
	struct listed *x = arg;

	const struct inv_seats_ask ask = {.from = x->from, .zones = x->zones, .most = x->most};

	return inv_seats_list(txn, x->a, &ask, &x->list);
}

static struct inv_seats_list listed(struct counter *c, int64_t from, size_t most)
{
	struct listed x = {.a = c->a, .from = from, .most = most};

	cr_assert_eq(store_read(c->st, list_in, &x), 0);
	return x.list;
}

static int set(struct counter *c, int64_t at, const char *place, uint32_t seats)
{
	const struct inv_seats want = {.at = at, .place = place, .seats = seats};

	return inv_seats_set(c->inv, &c->by, &want, &c->r);
}

static int plan_for(struct counter *c, size_t who, int64_t at, uint64_t *ret)
{
	const struct inv_handout_want want = {.borrower = c->borrower[who],
		.product = "lupp", .at = at, .place = "disk", .yes = INV_YES_HOLD};

	return inv_handout_add(c->inv, &c->by, &want, &c->r, ret);
}

static int move(struct counter *c, uint64_t id, int64_t at)
{
	const struct inv_handout_want want = {.at = at};

	return inv_handout_move(c->inv, &c->by, id, &want, &c->r);
}

#define REFUSED(call_, code_)                              \
	do {                                               \
		cr_expect_eq(call_, ERR_REFUSED, "%s", code_); \
		cr_expect_str_eq(counter_said(&c), code_); \
		counter_check(&c);                         \
	} while (0)

Test(seats, nobody_is_planned_in_beyond_them)
{
	struct counter c;
	struct inv_seats_list l;
	uint64_t first, second, third, spare = 0;

	begin(&c);
	cr_assert_eq(set(&c, SOON, "disk", 1), 0);
	cr_assert_eq(plan_for(&c, 0, SOON, &first), 0);
	REFUSED(plan_for(&c, 1, SOON, &spare), "seats.full");
	cr_expect_not_null(strstr(refusal_text(c.a, SAY_SV, &c.r), "platser: 1"));
	cr_assert_eq(plan_for(&c, 1, SOON + 3600, &second), 0, "another time has no limit");
	REFUSED(move(&c, second, SOON), "seats.full");
	/* The one who has the seat may stay there, with another colleague. */
	cr_expect_eq(move(&c, first, SOON), 0);
	/* Moved away, the seat is the other's; and the move is not taken back onto it. */
	cr_assert_eq(move(&c, first, SOON + 7200), 0);
	cr_assert_eq(move(&c, second, SOON), 0);
	l = listed(&c, 0, 10);
	cr_assert_eq(l.n, 1);
	cr_expect_eq(l.rows[0].booked, 1);
	undo(&c);
	cr_expect_eq(listed(&c, 0, 10).rows[0].booked, 0, "the second went back");
	cr_assert_eq(plan_for(&c, 2, SOON, &third), 0);
	cr_assert_eq(inv_handout_cancel(c.inv, &c.by, third, &c.r), 0);
	cr_assert_eq(move(&c, second, SOON), 0);
	REFUSED(plan_for(&c, 2, SOON, &spare), "seats.full");
	counter_close(&c);
}

Test(seats, who_gets_two_things_sits_on_one)
{
	const struct inv_handout_want more = {
		.product = "ringklocka", .at = SOON, .place = "disk", .yes = INV_YES_HOLD};
	struct inv_handout_want want = more;
	struct counter c;
	uint64_t id;

	begin(&c);
	cr_assert_eq(set(&c, SOON, "disk", 2), 0);
	cr_assert_eq(plan_for(&c, 0, SOON, &id), 0);
	cr_assert_eq(plan_for(&c, 1, SOON, &id), 0);
	want.borrower = c.borrower[0];
	cr_assert_eq(inv_handout_add(c.inv, &c.by, &want, &c.r, &id), 0, "%s", counter_said(&c));
	cr_expect_eq(listed(&c, 0, 10).rows[0].booked, 2);
	want.borrower = c.borrower[2];
	REFUSED(inv_handout_add(c.inv, &c.by, &want, &c.r, &id), "seats.full");
	counter_close(&c);
}

/* Another colleague takes the seat between the act and its undoing. */
Test(seats, what_is_undone_takes_no_seat_of_somebody_else)
{
	struct counter c;
	struct inv_last last;
	struct inv_desk_who anna;
	uint64_t first, second;

	begin(&c);
	anna = c.by;
	cr_assert_eq(set(&c, SOON, "disk", 1), 0);
	cr_assert_eq(plan_for(&c, 0, SOON, &first), 0);
	cr_assert_eq(inv_handout_cancel(c.inv, &c.by, first, &c.r), 0);
	c.by.desk = "disk-2";
	cr_assert_eq(plan_for(&c, 1, SOON, &second), 0);
	c.by = anna;
	REFUSED(inv_undo(c.inv, &c.by, 0, &c.r, &last, c.a), "seats.full");
	cr_assert_eq(move(&c, second, SOON + 3600), 0);
	counter_close(&c);
}

Test(seats, they_are_set_changed_and_taken_back)
{
	struct counter c;
	uint64_t first, second;

	begin(&c);
	cr_assert_eq(plan_for(&c, 0, SOON, &first), 0);
	cr_assert_eq(plan_for(&c, 1, SOON, &second), 0);
	REFUSED(set(&c, SOON, "disk", 1), "seats.few");
	REFUSED(set(&c, SOON, "", 3), "seats.where");
	REFUSED(set(&c, SOON, "nowhere", 3), "handout.place");
	REFUSED(set(&c, SOON, "disk", INV_SEATS_MOST + 1), "seats.many");
	REFUSED(set(&c, c.by.now - DAY_S, "disk", 3), "handout.past");
	cr_expect_eq(listed(&c, 0, 10).n, 0);
	cr_assert_eq(set(&c, SOON, "disk", 2), 0);
	cr_assert_eq(set(&c, SOON, "disk", 8), 0);
	cr_expect_eq(listed(&c, 0, 10).rows[0].seats, 8);
	undo(&c);
	cr_expect_eq(listed(&c, 0, 10).rows[0].seats, 2);
	cr_assert_eq(set(&c, SOON, "disk", 0), 0, "no limit any more");
	cr_expect_eq(listed(&c, 0, 10).n, 0);
	undo(&c);
	cr_expect_eq(listed(&c, 0, 10).rows[0].booked, 2);
	counter_close(&c);
}

/* A colleague took them away and set them anew: the same number of changes, and not the same seats. */
Test(seats, what_a_colleague_set_anew_is_not_undone)
{
	struct counter c;
	struct inv_last last;
	struct inv_desk_who anna;

	begin(&c);
	anna = c.by;
	cr_assert_eq(set(&c, SOON, "disk", 3), 0);
	c.by.desk = "disk-2";
	c.by.now += 60;
	cr_assert_eq(set(&c, SOON, "disk", 0), 0);
	cr_assert_eq(set(&c, SOON, "disk", 5), 0);
	c.by = anna;
	REFUSED(inv_undo(c.inv, &c.by, 0, &c.r, &last, c.a), "seats.changed");
	cr_expect_eq(listed(&c, 0, 10).rows[0].seats, 5);
	counter_close(&c);
}

Test(seats, the_list_is_from_then_on_and_forgets)
{
	struct counter c;
	struct inv_seats_list l;

	begin(&c);
	cr_assert_eq(set(&c, SOON + 3600, "disk", 2), 0);
	cr_assert_eq(set(&c, SOON, "disk", 2), 0);
	l = listed(&c, 0, 1);
	cr_expect_eq(l.n, 1);
	cr_expect(l.more);
	cr_expect_eq(l.rows[0].at, SOON);
	cr_expect_eq(listed(&c, SOON + 1, 10).n, 1);
	c.by.now = SOON + 40 * DAY_S;
	cr_assert_eq(inv_work_run(c.inv, &c.by, &c.r, tend_in, NULL), 0);
	cr_expect_eq(listed(&c, 0, 10).n, 0, "a month after they are gone");
	counter_close(&c);
}

static struct inv_seats_list told_to(struct counter *c, unsigned zones, size_t most)
{
	struct listed x = {.a = c->a, .zones = INV_ZONED | zones, .most = most};

	cr_assert_eq(store_read(c->st, list_in, &x), 0);
	return x.list;
}

Test(seats, a_place_of_another_service_is_not_theirs_to_fill)
{
	const struct inv_place cares = {.id = "omsorgen", .name = {"Omsorgen"}, .kind = INV_PLACE_DESK,
		.lends = true, .zone = PEOPLE_CARE};
	struct inv_desk_who library, care;
	struct counter c;

	begin(&c);
	cr_assert_eq(inv_place_put(c.inv, ACT_OF(&counter_anna, COUNTER_NOW - 1000), &cares, true, &c.r), 0,
		"%s", counter_said(&c));
	library = care = c.by;
	care.zones = PEOPLE_CARE;
	REFUSED(set(&c, SOON, "omsorgen", 1), "handout.other-zone");
	c.by = care;
	cr_assert_eq(set(&c, SOON, "omsorgen", 1), 0, "%s", counter_said(&c));
	c.by = library;
	REFUSED(set(&c, SOON, "omsorgen", 5), "handout.other-zone");
	cr_assert_eq(set(&c, SOON + 60, "disk", 2), 0, "%s", counter_said(&c));
	cr_expect_eq(told_to(&c, PEOPLE_LIBRARY, 10).n, 1);
	cr_expect_not(told_to(&c, PEOPLE_LIBRARY, 1).more, "what is not theirs is not told to be there");
	cr_expect_eq(told_to(&c, PEOPLE_CARE, 10).n, 2);
	cr_expect(told_to(&c, PEOPLE_ZONES, 1).more);
	cr_expect_eq(listed(&c, 0, 10).n, 2);
	counter_close(&c);
}

Test(seats, the_rule)
{
	static const struct {
		uint32_t seats, booked;
		int err;
	} rows[] = {{1, 0, 0}, {1, 1, ERR_REFUSED}, {8, 7, 0}, {8, 9, ERR_REFUSED}};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct refusal r = {0};

		cr_expect_eq(inv_seats_decide(rows[i].seats, rows[i].booked, &r), rows[i].err);
	}
}
