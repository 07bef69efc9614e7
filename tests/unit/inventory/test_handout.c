/* SPDX-License-Identifier: EUPL-1.2 */
/* Planned hand-outs: what they reserve, how they are moved, undone, begun and done. */
#include "tests/unit/inventory/planned.h"

static void refused(struct counter *c, const struct inv_handout_want *want, const char *code)
{
	uint64_t id = 0;

	cr_expect_eq(inv_handout_add(c->inv, &c->by, want, &c->r, &id), ERR_REFUSED, "%s", code);
	cr_expect_str_eq(counter_said(c), code);
}

Test(handout, a_thing_is_set_aside_and_lent_to_whom_it_was_meant_for)
{
	struct counter c;
	struct inv_out_result out;
	struct asked x;
	uint64_t id;

	counter_open(&c);
	id = plan(&c, &(struct inv_handout_want){.borrower = c.borrower[0], .thing = "VB-0012",
			       .at = SOON, .note = "Porten: 1234, ring Greta"});
	x = ask(&c, (struct asked){.id = id});
	cr_expect_eq(x.list.n, 1);
	cr_expect_str_eq(x.h.product, "platta");
	cr_expect_str_eq(x.h.staff, "anna");
	cr_expect_str_eq(x.note, "Porten: 1234, ring Greta");
	cr_expect_null(memmem(x.h.note.p, x.h.note.n, "Greta", 5), "words are sealed");
	cr_expect_eq(x.hold.state, INV_HOLD_READY);
	cr_expect_eq(x.hold.from, day_of_time(SOON));
	cr_expect_eq(counter_look(&c, 0, "VB-0012", NULL).u.state, INV_AWAITING);
	cr_expect_eq(COUNTER_LEND(&c, 1, 0, &out, "VB-0012"), ERR_REFUSED, "it is promised");
	counter_check(&c);
	cr_assert_eq(COUNTER_LEND(&c, 0, 0, &out, "VB-0012"), 0, "%s", counter_said(&c));
	x = ask(&c, (struct asked){.id = id});
	cr_expect_eq(x.h.state, INV_HANDOUT_DONE);
	cr_expect_eq(x.h.loan, out.loan);
	cr_expect_null(x.h.borrower, "nobody is left to remember");
	cr_expect_eq(x.h.note.n, 0);
	cr_expect_eq(x.hold.state, INV_HOLD_FILLED);
	cr_expect_eq(x.list.n, 0);
	counter_check(&c);
	counter_close(&c);
}

Test(handout, moving_and_cancelling_take_the_reservation_along_and_can_be_undone)
{
	struct counter c;
	struct inv_handout_want there = {.at = SOON + 5 * DAY_S, .staff = "bo"};
	struct asked x;
	uint64_t id;

	counter_open(&c);
	id = plan(&c, &(struct inv_handout_want){
			      .borrower = c.borrower[0], .thing = "VB-0001", .at = SOON});
	cr_assert_eq(inv_handout_move(c.inv, &c.by, id, &there, &c.r), 0, "%s", counter_said(&c));
	x = ask(&c, (struct asked){.id = id});
	cr_expect_eq(x.h.at, there.at);
	cr_expect_str_eq(x.h.staff, "bo");
	cr_expect_eq(x.hold.from, day_of_time(there.at));
	cr_expect_eq(x.hold.state, INV_HOLD_READY);
	cr_expect_geq(x.hold.ready_until, x.hold.to);
	undo(&c);
	x = ask(&c, (struct asked){.id = id});
	cr_expect_eq(x.h.at, SOON);
	cr_expect_eq(x.hold.from, day_of_time(SOON));
	cr_assert_eq(inv_handout_cancel(c.inv, &c.by, id, &c.r), 0);
	x = ask(&c, (struct asked){.id = id});
	cr_expect_eq(x.h.state, INV_HANDOUT_CANCELLED);
	cr_expect_eq(x.hold.state, INV_HOLD_CANCELLED);
	cr_expect_eq(counter_look(&c, 0, "VB-0001", NULL).u.state, INV_IN_STOCK);
	counter_check(&c);
	cr_expect_eq(inv_handout_cancel(c.inv, &c.by, id, &c.r), ERR_REFUSED);
	cr_expect_str_eq(counter_said(&c), "handout.over");
	undo(&c);
	x = ask(&c, (struct asked){.id = id});
	cr_expect_eq(x.h.state, INV_HANDOUT_PLANNED);
	cr_expect_str_eq(x.h.borrower, c.borrower[0]);
	cr_expect_eq(counter_look(&c, 0, "VB-0001", NULL).u.state, INV_AWAITING);
	counter_close(&c);
}

/* Rows of before they lay by zone: by time alone. */
static int old_in(struct store_txn *txn, void *arg)
{
	struct asked *x = arg;
	struct store_key layout = store_key("s", "=layout");
	int err = store_del(txn, INV_SERIES, &layout);

	for (size_t i = 0; (err == 0 || err == ERR_NOTFOUND) && i < x->list.n; i++) {
		const struct inv_handout *h = &x->list.rows[i];
		struct store_key old = store_key("qq", (uint64_t)h->at, h->id);
		struct store_key now =
			store_key("cqq", (int)h->zone, (uint64_t)h->at, h->id);

		err = store_del(txn, INV_HANDOUT_AT, &now);
		if (err == 0)
			err = store_put(txn, INV_HANDOUT_AT, &old, bytes_of("", 0));
	}
	return err == ERR_NOTFOUND ? 0 : err;
}

Test(handout, rows_of_an_older_program_are_laid_by_zone)
{
	struct counter c;
	struct asked x;

	counter_open(&c);
	for (int i = 0; i < 3; i++)
		plan(&c, &(struct inv_handout_want){.borrower = c.borrower[i], .product = "lupp",
				 .at = SOON + (3 - i) * DAY_S});
	x = ask(&c, (struct asked){0});
	cr_assert_eq(x.list.n, 3);
	cr_assert_eq(store_write(c.st, old_in, &x), 0);
	cr_expect_eq(ask(&c, (struct asked){0}).list.n, 0);
	cr_assert_eq(inv_layout_renew(c.st), 0);
	x = ask(&c, (struct asked){0});
	cr_assert_eq(x.list.n, 3);
	cr_expect_eq(x.list.rows[0].at, SOON + DAY_S);
	counter_check(&c);
	counter_close(&c);
}

/* What stands in an address may be as long as a key, and the time has no room behind it. */
Test(handout, of_a_borrower_whose_name_fills_a_key_there_are_none)
{
	struct counter c;

	counter_open(&c);
	for (size_t n = STORE_KEY_MAX - 20; n < STORE_KEY_MAX + 20; n++) {
		struct asked x = {.c = &c, .borrower = arena_printf(c.a, "%0*d", (int)n, 7)};
		int err = store_write(c.st, ask_in, &x);

		cr_expect_eq(err, n + 1 + 16 > STORE_KEY_MAX ? ERR_BADINPUT : 0, "%zu", n);
	}
	counter_close(&c);
}

Test(handout, is_listed_by_its_time_in_one_s_own_zones)
{
	struct counter c;
	struct asked x;

	counter_open(&c);
	for (int i = 0; i < 3; i++)
		plan(&c, &(struct inv_handout_want){.borrower = c.borrower[i], .product = "lupp",
				 .at = SOON + (3 - i) * DAY_S});
	x = ask(&c, (struct asked){.most = 2});
	cr_assert_eq(x.list.n, 2);
	cr_expect_eq(x.list.rows[0].at, SOON + DAY_S);
	cr_assert_not_null(x.list.next);
	x = ask(&c, (struct asked){.most = 2, .after = x.list.next});
	cr_assert_eq(x.list.n, 1);
	cr_expect_eq(x.list.rows[0].at, SOON + 3 * DAY_S);
	cr_expect_null(x.list.next);
	cr_expect_null(ask(&c, (struct asked){.most = 3}).list.next, "nothing is behind it");
	cr_expect_eq(ask(&c, (struct asked){.from = SOON + 2 * DAY_S}).list.n, 2);
	cr_expect_eq(ask(&c, (struct asked){.to = SOON + 2 * DAY_S}).list.n, 1);
	cr_expect_eq(ask(&c, (struct asked){.zones = PEOPLE_CARE}).list.n, 0);
	x = ask(&c, (struct asked){.borrower = c.borrower[1]});
	cr_assert_eq(x.list.n, 1);
	cr_expect_str_eq(x.list.rows[0].borrower, c.borrower[1]);
	c.by.zones = PEOPLE_CARE;
	cr_expect_eq(inv_handout_cancel(c.inv, &c.by, x.list.rows[0].id, &c.r), ERR_REFUSED);
	cr_expect_str_eq(counter_said(&c), "handout.unknown", "of another zone is as if absent");
	counter_close(&c);
}

/* Who may see both zones has them in one order, page by page. */
Test(handout, both_zones_are_merged_by_time)
{
	struct counter c;
	struct asked x;

	counter_open(&c);
	c.by.zones = PEOPLE_ZONES;
	for (int i = 0; i < 6; i++)
		plan(&c, &(struct inv_handout_want){
				 .borrower = c.borrower[i % 2 ? COUNTER_BORROWERS - 1 : 0],
				 .product = "lupp",
				 .at = SOON + (6 - i) * DAY_S,
				 .yes = INV_YES_HOLD});
	cr_expect_eq(ask(&c, (struct asked){.zones = PEOPLE_CARE}).list.n, 3);
	for (int from = 0; from < 6; from += 2) {
		x = ask(&c, (struct asked){.most = 2, .after = from ? x.list.next : NULL});
		cr_assert_eq(x.list.n, 2);
		cr_expect_eq(x.list.rows[0].at, SOON + (from + 1) * DAY_S);
		cr_expect_eq(x.list.rows[1].at, SOON + (from + 2) * DAY_S);
	}
	cr_expect_null(x.list.next);
	counter_close(&c);
}

Test(handout, what_cannot_be_is_refused_with_its_reason)
{
	struct counter c;
	struct inv_out_result out;
	static char much[INV_HANDOUT_NOTE_MOST + 2];

	counter_open(&c);
	memset(much, 'x', sizeof(much) - 1);
	refused(&c, &(struct inv_handout_want){.borrower = c.borrower[0], .at = SOON},
		"handout.what");
#define WANT(...) \
	(&(struct inv_handout_want){.borrower = c.borrower[0], .product = "lupp", __VA_ARGS__})
	refused(&c, WANT(.at = COUNTER_NOW - DAY_S), "handout.past");
	refused(&c, WANT(.at = COUNTER_NOW + 400 * DAY_S), "handout.far");
	refused(&c, WANT(.at = SOON, .place = "ingenstans"), "handout.place");
	refused(&c, WANT(.at = SOON, .note = much), "handout.note");
	refused(&c, WANT(.at = SOON, .thing = "VB-9999"), "unit.unknown");
	plan(&c, WANT(.at = SOON));
	refused(&c, WANT(.at = SOON + 60), "handout.twice");
	cr_assert_eq(COUNTER_LEND(&c, 1, 0, &out, "VB-0012"), 0);
	refused(&c, WANT(.at = SOON, .thing = "VB-0012"), "loan.state");
	counter_check(&c);
	counter_close(&c);
}

Test(handout, tells_what_it_needs)
{
	struct counter c;
	struct inv_out_result out;
	uint64_t lupp, bell;

	counter_open(&c);
	bell = plan(&c, &(struct inv_handout_want){
				.borrower = c.borrower[0], .thing = "VB-0001", .at = SOON});
	lupp = plan(&c, &(struct inv_handout_want){
				.borrower = c.borrower[0], .product = "lupp", .at = SOON});
	cr_expect_str_eq(ask(&c, (struct asked){.id = bell}).ready.number, "VB-0001");
	cr_expect_eq(ask(&c, (struct asked){.id = bell}).ready.needs & ~INV_NEED_AGREEMENT, 0);
	cr_expect_eq(ask(&c, (struct asked){.id = lupp}).ready.needs & ~INV_NEED_AGREEMENT,
		INV_NEED_THING);
	cr_assert_eq(COUNTER_LEND(&c, 1, INV_YES_HOLD, &out, "VB-0007", "VB-0008", "VB-0009",
			     "VB-0010", "VB-0011"),
		0, "%s", counter_said(&c));
	cr_expect(ask(&c, (struct asked){.id = lupp}).ready.needs & INV_NEED_NONE);
	c.by.now = SOON + DAY_S;
	cr_expect(ask(&c, (struct asked){.id = bell}).ready.needs & INV_NEED_TIME);
	counter_close(&c);
}

Test(handout, begins_at_the_desk_with_all_of_it)
{
	struct counter c;
	struct inv_handout_begin begin;
	struct asked x;
	struct inv_scanned s;
	struct inv_scan_ask scan = {.raw = bytes_of_str("VB-0002")};
	uint64_t id, other;

	counter_open(&c);
	c.by.desk = "";
	id = plan(&c, &(struct inv_handout_want){
			      .borrower = c.borrower[0], .thing = "VB-0001", .at = SOON});
	other = plan(&c, &(struct inv_handout_want){
				 .borrower = c.borrower[1], .product = "lupp", .at = SOON});
	begin = (struct inv_handout_begin){.id = id, .a = c.a};
	cr_assert_eq(inv_handout_start(c.inv, &c.by, &begin, &c.r), 0, "%s",
		counter_said(&c));
	cr_expect_str_eq(begin.code, "VB-0001");
	x = ask(&c, (struct asked){.id = id});
	cr_expect_str_eq(x.desk.borrower, c.borrower[0]);
	cr_expect_eq(x.desk.mode, INV_DESK_LEND);
	cr_expect_eq(x.h.state, INV_HANDOUT_PLANNED, "it is done by the loan");
	cr_assert_eq(inv_scan(c.inv, &c.by, &scan, c.a, &s), 0);
	cr_expect_eq(s.desk.line_count, 1);
	begin.id = other;
	cr_expect_eq(inv_handout_start(c.inv, &c.by, &begin, &c.r), ERR_REFUSED);
	cr_expect_str_eq(counter_said(&c), "scan.other-person");
	counter_close(&c);
}

static int tend_in(struct inv_work *w, void *arg)
{
	(void)arg;
	return inv_handout_tend_in(w, 2);
}

Test(handout, is_forgotten_in_time)
{
	struct counter c;
	uint64_t id;

	counter_open(&c);
	id = plan(&c, &(struct inv_handout_want){.borrower = c.borrower[0], .product = "lupp",
			       .at = SOON, .note = "Greta"});
	cr_assert_eq(inv_work_run(c.inv, &c.by, &c.r, tend_in, NULL), 0);
	cr_expect_eq(ask(&c, (struct asked){.id = id}).h.state, INV_HANDOUT_PLANNED);
	c.by.now = SOON + 31 * DAY_S;
	cr_assert_eq(inv_work_run(c.inv, &c.by, &c.r, tend_in, NULL), 0);
	cr_expect_eq(ask(&c, (struct asked){.id = id}).h.state, INV_HANDOUT_LAPSED);
	cr_expect_null(ask(&c, (struct asked){.id = id}).h.borrower);
	counter_check(&c);
	counter_close(&c);
}

/* A timer looks at all of them, some at a time. */
Test(handout, of_one_who_is_erased_it_is_cancelled_however_far_off)
{
	const struct people_caller who = {&counter_anna, PEOPLE_LIBRARY, COUNTER_NOW};
	struct counter c;
	uint64_t id[3];

	counter_open(&c);
	for (int i = 0; i < 3; i++)
		id[i] = plan(&c, &(struct inv_handout_want){.borrower = c.borrower[i],
					 .product = "lupp", .at = SOON + i * DAY_S});
	cr_assert_eq(people_erase(c.people, &who, c.borrower[2], "asked", &c.r), 0);
	cr_assert_eq(inv_work_run(c.inv, &c.by, &c.r, tend_in, NULL), 0);
	cr_expect_eq(ask(&c, (struct asked){.id = id[2]}).h.state, INV_HANDOUT_CANCELLED);
	cr_expect_eq(ask(&c, (struct asked){.id = id[0]}).h.state, INV_HANDOUT_PLANNED);
	counter_check(&c);
	counter_close(&c);
}

/* Two who were here now. */
static int here_in(struct inv_work *w, void *arg)
{
	struct counter *c = arg;
	int err = inv_work_asked(w, c->borrower[0]);

	return err ? err : inv_work_asked(w, c->borrower[1]);
}

Test(handout, who_waits_for_one_is_not_erased)
{
	const struct people_caller who = {&counter_anna, PEOPLE_LIBRARY, COUNTER_NOW};
	const struct people_policy policy = {
		.zone = PEOPLE_LIBRARY, .keep_days = 30, .decision = "KS 1"};
	struct counter c;
	uint64_t id;
	size_t n = 0;

	counter_open(&c);
	cr_assert_eq(people_policy_set(c.people, &who, &policy, &c.r), 0);
	cr_assert_eq(people_policy_tend(c.people, COUNTER_NOW + PEOPLE_WAIT_S), 0);
	cr_assert_eq(inv_work_run(c.inv, &c.by, &c.r, here_in, &c), 0);
	c.by.now = COUNTER_NOW + 29 * (int64_t)DAY_S;
	id = plan(&c, &(struct inv_handout_want){.borrower = c.borrower[0], .product = "lupp",
			       .at = c.by.now + 4 * DAY_S});
	cr_assert_eq(people_tend(c.people, COUNTER_NOW + 32 * (int64_t)DAY_S, 10, &n), 0);
	c.by.now = COUNTER_NOW + 32 * (int64_t)DAY_S;
	cr_assert_eq(inv_work_run(c.inv, &c.by, &c.r, tend_in, NULL), 0);
	cr_expect_eq(ask(&c, (struct asked){.id = id}).h.state, INV_HANDOUT_PLANNED);
	cr_expect_eq(inv_handout_add(c.inv, &c.by,
			     &(struct inv_handout_want){.borrower = c.borrower[1],
				     .product = "lupp", .at = c.by.now + DAY_S},
			     &c.r, &id),
		ERR_REFUSED, "nobody waited with the other");
	counter_close(&c);
}
