/* SPDX-License-Identifier: EUPL-1.2 */
/* How long, and whether at all. */
#include "tests/unit/people/desk.h"

#define DAY 86400

struct borrowing {
	const char *id;
	int by;
	int64_t at;
	struct people_borrower b;
};

static int borrow_in(struct desk *d, struct store_txn *txn, void *arg)
{
	struct borrowing *j = arg;
	int err = j->by ? people_loans_add(d->p, txn, j->id, j->by, j->at) : 0;

	return err ? err : people_get(d->p, txn, d->a, PEOPLE_ZONES, j->id, &j->b);
}

static struct people_borrower after_loan(struct desk *d, const char *id, int by, int64_t at)
{
	struct borrowing j = {id, by, at, {0}};

	cr_assert_eq(desk_run(d, borrow_in, &j), 0);
	return j.b;
}

static void set_policy(struct desk *d, struct people_policy x)
{
	x.zone = PEOPLE_CARE;
	x.decision = "SN 2026/12 § 4";
	cr_assert_eq(people_policy_set(d->p, &d->care, &x, &d->r), 0);
	cr_assert_eq(people_policy_tend(d->p, d->care.now + PEOPLE_WAIT_S), 0);
}

struct rules {
	struct people_policy now, *waiting;
	size_t n;
};

static int rules_in(struct desk *d, struct store_txn *txn, void *arg)
{
	struct rules *x = arg;
	int err = people_policy_get(txn, d->a, PEOPLE_CARE, "senior", &x->now);

	return err ? err : people_policy_waiting(txn, d->a, &x->waiting, &x->n);
}

/* One administrator alone lets go of nothing at once. */
Test(retention, a_shorter_time_waits_and_can_be_taken_back)
{
	struct people_policy shorter = {.zone = PEOPLE_CARE, .keep_days = 100, .needs_days = 90,
		.decision = "SN § 1"};
	struct people_policy longer = {.zone = PEOPLE_CARE, .keep_days = 900, .needs_days = 90,
		.by_protocol = true, .decision = "SN § 2"};
	struct people_policy alone = longer;
	struct rules x;
	struct desk d;

	desk_open(&d);
	cr_assert_eq(people_policy_set(d.p, &d.care, &shorter, &d.r), 0);
	cr_assert_eq(people_policy_tend(d.p, DESK_NOW + PEOPLE_WAIT_S - 1), 0);
	cr_assert_eq(desk_run(&d, rules_in, &x), 0);
	cr_expect_eq(x.now.keep_days, 730);
	cr_assert_eq(x.n, 1);
	cr_expect_eq(x.waiting[0].counts_at, d.care.now + PEOPLE_WAIT_S);
	cr_assert_eq(people_policy_withdraw(d.p, &d.care, PEOPLE_CARE, ""), 0);
	cr_expect_eq(people_policy_withdraw(d.p, &d.care, PEOPLE_CARE, ""), ERR_NOTFOUND);
	cr_assert_eq(people_policy_tend(d.p, DESK_NOW + PEOPLE_WAIT_S), 0);
	cr_assert_eq(desk_run(&d, rules_in, &x), 0);
	cr_expect_eq(x.now.keep_days, 730);
	/* a longer one counts at once, and ends what waited */
	cr_assert_eq(people_policy_set(d.p, &d.care, &shorter, &d.r), 0);
	cr_assert_eq(people_policy_set(d.p, &d.care, &longer, &d.r), 0);
	cr_assert_eq(desk_run(&d, rules_in, &x), 0);
	cr_expect_eq(x.now.keep_days, 900);
	cr_expect_eq(x.n, 0);
	/* two people no longer asked is letting go too; when its time has come it counts */
	alone.by_protocol = false;
	cr_assert_eq(people_policy_set(d.p, &d.care, &alone, &d.r), 0);
	cr_assert_eq(desk_run(&d, rules_in, &x), 0);
	cr_expect(x.now.by_protocol);
	cr_assert_eq(people_policy_tend(d.p, d.care.now + PEOPLE_WAIT_S), 0);
	cr_assert_eq(desk_run(&d, rules_in, &x), 0);
	cr_expect(!x.now.by_protocol);
	cr_expect_eq(x.n, 0);
	desk_close(&d);
}

static size_t tend(struct desk *d, int64_t now)
{
	size_t n;

	cr_assert_eq(people_tend(d->p, now, 10, &n), 0);
	return n;
}

/* --- a new rule reaches all --- */

struct counted {
	struct people_sweep sweep;
	int64_t before;
	size_t due;
};

static int counted_in(struct desk *d, struct store_txn *txn, void *arg)
{
	struct counted *x = arg;
	struct people_borrower *b;
	int err = people_sweep_get(txn, d->a, &x->sweep);

	return err ? err : people_due_list(d->p, txn, d->a, PEOPLE_ZONES, x->before, 100, &b, &x->due);
}

static struct counted counted(struct desk *d, int64_t before)
{
	struct counted x = {.before = before};

	cr_assert_eq(desk_run(d, counted_in, &x), 0);
	return x;
}

static bool step(struct desk *d)
{
	bool more;

	cr_assert_eq(people_sweep_step(d->p, DESK_NOW, 4, &more), 0);
	return more;
}

Test(retention, a_new_rule_reaches_all_some_at_a_time_and_over_a_stop)
{
	struct counted x;
	struct desk d;

	desk_open(&d);
	for (int i = 0; i < 10; i++)
		desk_add(&d, &d.care, (struct people_edit){.given = "Anna", .family = "Ek"});
	while (step(&d)) /* once, as an older store */
		;
	set_policy(&d, (struct people_policy){.keep_days = 30, .needs_days = 10});
	x = counted(&d, DESK_NOW + 31 * DAY);
	cr_expect(x.sweep.under_way);
	cr_expect_eq(x.sweep.all, 10);
	cr_expect_eq(x.due, 0, "nobody yet");
	cr_expect(step(&d));
	desk_reopen(&d);
	x = counted(&d, DESK_NOW + 31 * DAY);
	cr_expect(x.sweep.under_way);
	cr_expect_eq(x.sweep.done, 4);
	cr_expect_eq(x.due, 4);
	cr_expect(step(&d), "it goes on where it was");
	cr_expect_not(step(&d));
	x = counted(&d, DESK_NOW + 31 * DAY);
	cr_expect_not(x.sweep.under_way);
	cr_expect_eq(x.sweep.done, 10);
	cr_expect_eq(x.due, 10);
	cr_expect_not(step(&d), "and that was all");
	/* one that comes while another is on its way begins anew */
	set_policy(&d, (struct people_policy){.keep_days = 20, .needs_days = 10});
	cr_expect(step(&d));
	set_policy(&d, (struct people_policy){.keep_days = 900, .needs_days = 10});
	cr_expect_eq(counted(&d, DESK_NOW).sweep.done, 0);
	while (step(&d))
		;
	cr_expect_eq(counted(&d, DESK_NOW + 899 * DAY).due, 0);
	desk_close(&d);
}

Test(retention, nothing_is_erased_while_a_loan_is_open)
{
	struct desk d;
	struct people_borrower b;
	const char *id;

	desk_open(&d);
	set_policy(&d, (struct people_policy){.keep_days = 30, .needs_days = 10});
	id = desk_add(&d, &d.care,
		(struct people_edit){.given = "Anna", .family = "Ek", .needs = "ser dåligt"});
	b = after_loan(&d, id, 1, DESK_NOW);
	cr_expect_eq(b.erase_at, 0);
	cr_expect_eq(tend(&d, DESK_NOW + 400 * (int64_t)DAY), 0);
	cr_expect_eq(people_erase(d.p, &d.care, id, "asked", &d.r), ERR_REFUSED);
	cr_expect_str_eq(d.r.say->code, "borrower.loans_open");
	b = after_loan(&d, id, -1, DESK_NOW + 400 * (int64_t)DAY);
	cr_expect_eq(b.erase_at, DESK_NOW + 430 * (int64_t)DAY);
	cr_expect_eq(tend(&d, DESK_NOW + 411 * (int64_t)DAY), 1, "the needs go first");
	b = after_loan(&d, id, 0, 0);
	cr_expect_eq(b.needs.n, 0);
	cr_expect_gt(b.person.n, 0);
	cr_expect_eq(tend(&d, DESK_NOW + 431 * (int64_t)DAY), 1);
	b = after_loan(&d, id, 0, 0);
	cr_expect_eq(b.state, PEOPLE_ERASED);
	cr_expect_eq(b.person.n, 0);
	cr_expect_eq(desk_search(&d, &d.care, "anna ek").n, 0);
	cr_expect_eq(people_loan_decide(&b, &d.r), ERR_REFUSED);
	cr_expect_eq(tend(&d, DESK_NOW + 9000 * (int64_t)DAY), 0);
	desk_close(&d);
}

Test(retention, a_longer_rule_keeps_who_was_due_by_the_shorter)
{
	struct desk d;
	struct people_borrower b;
	const char *id;

	desk_open(&d);
	set_policy(&d, (struct people_policy){.keep_days = 30});
	id = desk_add(&d, &d.care, (struct people_edit){.given = "Anna", .family = "Ek"});
	set_policy(&d, (struct people_policy){.kind = "senior", .keep_days = 100});
	cr_expect_eq(tend(&d, DESK_NOW + 31 * (int64_t)DAY), 1);
	b = after_loan(&d, id, 0, 0);
	cr_expect_eq(b.state, PEOPLE_ACTIVE);
	cr_expect_eq(b.erase_at, DESK_NOW + 100 * (int64_t)DAY);
	cr_expect_eq(tend(&d, DESK_NOW + 101 * (int64_t)DAY), 1);
	cr_expect_eq(after_loan(&d, id, 0, 0).state, PEOPLE_ERASED);
	desk_close(&d);
}

Test(retention, a_service_may_store_no_identity)
{
	struct desk d;
	struct people_edit want = {.zone = PEOPLE_CARE, .kind = "dropin", .given = "Anna"};
	struct people_borrower b;
	char id[PEOPLE_ID];

	desk_open(&d);
	set_policy(
		&d, (struct people_policy){.kind = "dropin", .no_identity = true, .keep_days = 30});
	cr_expect_eq(people_add(d.p, &d.care, &want, id, &d.r), ERR_REFUSED);
	cr_expect_str_eq(d.r.say->code, "borrower.no_identity");
	cr_expect_not_null(strstr(refusal_text(d.a, SAY_SV, &d.r), "SN 2026/12 § 4"));
	want.given = NULL;
	want.card = "LÅN1";
	cr_expect_eq(people_add(d.p, &d.care, &want, id, &d.r), ERR_REFUSED);
	want.card = "LAN10442";
	cr_assert_eq(people_add(d.p, &d.care, &want, id, &d.r), 0);
	b = after_loan(&d, id, 1, DESK_NOW);
	cr_expect(b.no_identity);
	cr_expect_eq(people_loan_decide(&b, &d.r), 0);
	cr_expect(desk_finds(&d, &d.care, "lan 10442"));
	/* but elsewhere a name is needed */
	want.kind = "senior";
	want.card = "LAN10443";
	cr_expect_eq(people_add(d.p, &d.care, &want, id, &d.r), ERR_REFUSED);
	cr_expect_str_eq(d.r.say->code, "borrower.name_needed");
	desk_close(&d);
}

Test(retention, states_and_their_reasons)
{
	struct desk d;
	struct people_borrower b;
	const char *id;

	desk_open(&d);
	id = desk_add(&d, &d.care, (struct people_edit){.given = "Anna", .family = "Ek"});
	cr_expect_eq(people_state_set(d.p, &d.care, id, PEOPLE_BLOCKED, NULL, &d.r), ERR_REFUSED);
	cr_expect_eq(people_state_set(d.p, &d.care, id, PEOPLE_ERASED, "x", &d.r), ERR_REFUSED);
	cr_assert_eq(people_state_set(d.p, &d.care, id, PEOPLE_BLOCKED, "unpaid", &d.r), 0);
	b = after_loan(&d, id, 0, 0);
	cr_expect_eq(people_loan_decide(&b, &d.r), ERR_REFUSED);
	cr_expect_str_eq(d.r.say->code, "borrower.blocked");
	cr_expect_not_null(strstr(refusal_text(d.a, SAY_SV, &d.r), "(obetald ersättning)"));
	cr_assert_eq(people_state_set(d.p, &d.care, id, PEOPLE_ACTIVE, NULL, &d.r), 0);
	b = after_loan(&d, id, 0, 0);
	cr_expect_eq(people_loan_decide(&b, &d.r), 0);
	cr_expect_null(b.reason);
	cr_assert_eq(people_erase(d.p, &d.care, id, "asked", &d.r), 0);
	cr_expect_eq(people_erase(d.p, &d.care, id, "asked", &d.r), ERR_NOTFOUND);
	desk_close(&d);
}

/* --- erasing that two people confirm --- */

struct protocol_read {
	struct people_protocol x;
	struct people_protocol_row *row;
	size_t n;
};

static int protocol_in(struct desk *d, struct store_txn *txn, void *arg)
{
	struct protocol_read *j = arg;
	int err = people_protocol_get(txn, d->a, PEOPLE_CARE, 1, &j->x);

	return err ? err : people_protocol_rows(txn, d->a, &j->x, &j->row, &j->n);
}

static const char *two_persons_add(struct desk *d, const char *given)
{
	return desk_add(d, &d->care, (struct people_edit){.given = given, .family = "Ek"});
}

Test(retention, what_two_people_confirm_is_left_by_the_timer)
{
	static const struct audit_who colleague = {.actor = "kollega", .via = "web"},
				      program = {.actor = "token:T1", .via = "api"};
	struct desk d;
	struct people_caller one, two;
	struct protocol_read j = {0};
	const char *gone, *again;
	uint64_t number = 0;

	desk_open(&d);
	set_policy(&d, (struct people_policy){.keep_days = 30, .by_protocol = true});
	gone = two_persons_add(&d, "Anna");
	again = two_persons_add(&d, "Bo");
	one = d.care;
	one.now = DESK_NOW + 31 * (int64_t)DAY;
	two = one;
	two.who = &colleague;
	cr_expect_eq(tend(&d, one.now), 0, "the timer leaves them");
	cr_expect_eq(people_protocol_propose(d.p, &d.care, PEOPLE_CARE, &number, &d.r), ERR_REFUSED);
	cr_expect_str_eq(d.r.say->code, "borrower.nobody_due");
	two.who = &program;
	cr_expect_eq(people_protocol_propose(d.p, &two, PEOPLE_CARE, &number, &d.r), ERR_REFUSED);
	cr_expect_str_eq(d.r.say->code, "borrower.person_needed");
	cr_assert_eq(people_protocol_propose(d.p, &one, PEOPLE_CARE, &number, &d.r), 0);
	cr_expect_eq(number, 1);
	cr_expect_eq(people_protocol_confirm(d.p, &two, PEOPLE_CARE, 1, &d.r), ERR_REFUSED);
	cr_expect_str_eq(d.r.say->code, "borrower.person_needed");
	two.who = &colleague;
	cr_expect_eq(people_protocol_propose(d.p, &two, PEOPLE_CARE, &number, &d.r), ERR_REFUSED);
	cr_expect_str_eq(d.r.say->code, "borrower.protocol_open");
	cr_expect_eq(people_protocol_confirm(d.p, &one, PEOPLE_CARE, 1, &d.r), ERR_REFUSED);
	cr_expect_str_eq(d.r.say->code, "borrower.protocol_second");
	two.zones = PEOPLE_LIBRARY;
	cr_expect_eq(people_protocol_confirm(d.p, &two, PEOPLE_CARE, 1, &d.r), ERR_NOTFOUND);
	two.zones = PEOPLE_CARE;
	after_loan(&d, again, 1, one.now); /* borrows again before the second comes */
	cr_assert_eq(people_protocol_confirm(d.p, &two, PEOPLE_CARE, 1, &d.r), 0);
	cr_expect_eq(after_loan(&d, gone, 0, 0).state, PEOPLE_ERASED);
	cr_expect_eq(after_loan(&d, again, 0, 0).state, PEOPLE_ACTIVE);
	cr_assert_eq(desk_run(&d, protocol_in, &j), 0);
	cr_expect_eq(j.x.state, PEOPLE_PROTOCOL_DONE);
	cr_expect_eq(j.x.count, 2);
	cr_expect_eq(j.x.erased, 1);
	cr_expect_str_eq(j.x.ended_by, "kollega");
	cr_assert_eq(j.n, 2);
	cr_expect_neq(j.row[0].done, j.row[1].done);
	cr_expect_str_eq(j.row[0].decision, "SN 2026/12 § 4");
	cr_expect_eq(people_protocol_confirm(d.p, &two, PEOPLE_CARE, 1, &d.r), ERR_REFUSED);
	cr_expect_str_eq(d.r.say->code, "borrower.protocol_over");
	desk_close(&d);
}

Test(retention, a_list_is_withdrawn_and_another_drawn_up)
{
	struct desk d;
	struct people_caller one;
	uint64_t number = 0;
	const char *id;

	desk_open(&d);
	set_policy(&d, (struct people_policy){.keep_days = 30, .by_protocol = true});
	id = two_persons_add(&d, "Anna");
	one = d.care;
	one.now = DESK_NOW + 31 * (int64_t)DAY;
	cr_assert_eq(people_protocol_propose(d.p, &one, PEOPLE_CARE, &number, &d.r), 0);
	cr_assert_eq(people_protocol_withdraw(d.p, &one, PEOPLE_CARE, 1, &d.r), 0);
	cr_expect_eq(after_loan(&d, id, 0, 0).state, PEOPLE_ACTIVE);
	cr_assert_eq(people_protocol_propose(d.p, &one, PEOPLE_CARE, &number, &d.r), 0);
	cr_expect_eq(number, 2);
	desk_close(&d);
}
