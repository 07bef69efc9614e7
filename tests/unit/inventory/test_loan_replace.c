/* SPDX-License-Identifier: EUPL-1.2 */
/* An iPad that took the place of another inherits its loan, or leaves a task when it cannot. */
#include "tests/unit/inventory/counter.h"

#define NEW "NEWPAD0001"

static struct counter c;

static int hear_in(struct store_txn *txn, void *arg)
{
	const struct mdm_ade_device d = {.serial = arg, .description = "IPAD 10.9"};

	return inv_hear_assigned(c.inv, txn, &d, c.by.now);
}

static int replace_in(struct store_txn *txn, void *arg)
{
	return inv_hear_replaced(c.inv, txn, arg, NEW, c.by.now);
}

static void replaced(const char *old)
{
	c.by.now += 100;
	cr_assert_eq(store_write(c.st, hear_in, (void *)NEW), 0);
	cr_assert_eq(store_write(c.st, replace_in, (void *)old), 0);
	counter_check(&c);
}

struct tale {
	const char *serial;
	struct inv_event *events;
	size_t n;
	struct inv_task *tasks;
	size_t task_count;
	struct inv_part *parts;
	size_t part_count;
	uint64_t swap;
	bool acted; /* the audit log has loan.replaced */
};

static int tale_in(struct store_txn *txn, void *arg)
{
	struct tale *t = arg;
	struct audit_record *lines;
	size_t n;
	int err = inv_history_list(txn, t->serial, STORE_PIECE_N(c.a, 0, 20), &t->events, &t->n);

	if (err == 0)
		err = inv_task_list(txn, c.a, true, 20, &t->tasks, &t->task_count);
	if (err == 0)
		err = inv_kit_parts(txn, c.a, t->serial, &t->parts, &t->part_count);
	if (err == 0 && inv_loan_of_swap(txn, t->serial, &t->swap) != 0)
		t->swap = 0;
	if (err == 0)
		err = audit_list(txn, NULL, STORE_PIECE_N(c.a, 0, 20), &lines, &n);
	for (size_t i = 0; err == 0 && i < n; i++)
		t->acted = t->acted || text_equal(lines[i].act, "loan.replaced");
	return err;
}

static struct tale tale(const char *serial)
{
	struct tale t = {.serial = serial};

	cr_assert_eq(store_read(c.st, tale_in, &t), 0);
	return t;
}

static bool has(const struct tale *t, const char *kind, const char *text)
{
	for (size_t i = 0; i < t->n; i++) {
		if (text_equal(t->events[i].kind, kind) && text_equal(t->events[i].text, text))
			return true;
	}
	return false;
}

static bool task(const struct tale *t, const char *kind, const char *detail)
{
	for (size_t i = 0; i < t->task_count; i++) {
		if (text_equal(t->tasks[i].kind, kind) && text_equal(t->tasks[i].detail, detail))
			return text_equal(t->tasks[i].serial, NEW);
	}
	return false;
}

static void begin(void)
{
	counter_open(&c);
}

static void end(void)
{
	counter_close(&c);
}

TestSuite(loan_replace, .init = begin, .fini = end);

Test(loan_replace, the_loan_goes_on_with_the_new_one)
{
	struct inv_out_result out;
	struct inv_in_result in;
	char number[INV_LOAN_NUMBER];
	struct counter_look l, was;
	struct tale t;

	cr_assert_eq(COUNTER_LEND(&c, 0, 0, &out, "VB-0012", "VB-0007"), 0, "%s", counter_said(&c));
	inv_loan_number(out.loan, number);
	was = counter_look(&c, out.loan, "VB-0012", c.borrower[0]);
	replaced("VB-0012");
	l = counter_look(&c, out.loan, NEW, c.borrower[0]);
	cr_assert_eq(l.f.line_count, 3);
	cr_expect_eq(l.f.lines[0].state, INV_LINE_REPLACED);
	cr_expect_str_eq(l.f.lines[0].replaced_by, NEW);
	cr_expect_eq(l.f.lines[2].state, INV_LINE_OUT);
	cr_expect_str_eq(l.f.lines[2].replaces, "VB-0012");
	cr_expect_eq(l.f.lines[2].due, was.f.lines[0].due);
	cr_expect(inv_terms_equal(&l.f.lines[2].terms, &was.f.lines[0].terms));
	cr_expect_eq(l.f.loan.open, 2);
	cr_expect_eq(l.f.loan.closed_at, 0);
	cr_expect_eq(l.b.open_loans, 1);
	cr_expect_eq(l.u.state, INV_ON_LOAN);
	cr_expect_str_eq(l.u.loan, number);
	cr_expect_eq(counter_look(&c, 0, "VB-0012", NULL).u.state, INV_DISCARDED);
	cr_expect_null(counter_look(&c, 0, "VB-0012", NULL).u.loan);
	t = tale(NEW);
	cr_expect(has(&t, "replaces", "VB-0012"));
	cr_expect(has(&t, "loan.out", number));
	cr_expect(t.acted);
	cr_expect(task(&t, "replaced.label", "VB-0012"));
	cr_expect_not(task(&t, "replaced.loan", number));
	t = tale("VB-0012");
	cr_expect(has(&t, "replaced_by", NEW));
	/* What the desk did before is built upon now. */
	cr_expect_eq(inv_undo(c.inv, &c.by, 0, &c.r, &(struct inv_last){0}, c.a), ERR_REFUSED);
	cr_assert_eq(counter_back(&c, NEW, &in), 0);
	cr_expect_eq(in.loan, out.loan);
	counter_check(&c);
}

struct task_ask {
	const char *kind;
	uint64_t id;
};

static int task_id_in(struct store_txn *txn, void *arg)
{
	struct task_ask *ask = arg;
	struct inv_task *t;
	size_t n;
	int err = inv_task_list(txn, c.a, false, 100, &t, &n);

	for (size_t i = 0; err == 0 && i < n; i++)
		ask->id = text_equal(t[i].kind, ask->kind) ? t[i].id : ask->id;
	return err;
}

static uint64_t task_id(const char *kind)
{
	struct task_ask ask = {.kind = kind};

	cr_assert_eq(store_read(c.st, task_id_in, &ask), 0);
	return ask.id;
}

Test(loan_replace, the_loan_ends_with_the_lease_of_the_new_one)
{
	struct inv_out_result out;

	cr_assert_eq(COUNTER_LEND(&c, 0, 0, &out, "VB-0012"), 0, "%s", counter_said(&c));
	cr_assert_eq(store_write(c.st, hear_in, (void *)NEW), 0);
	counter_lease(&c, NEW, "2027-01-02");
	replaced("VB-0012");
	cr_expect_eq(counter_look(&c, out.loan, NEW, NULL).f.loan.due, on("2026-12-30"));
	counter_check(&c);
}

Test(loan_replace, what_cannot_be_moved_stays_and_is_a_task)
{
	const struct inv_act act = {&counter_anna, NEW, c.by.now};
	const struct inv_act others = {
		.who = &counter_anna, .now = c.by.now, .zones = INV_ZONED | PEOPLE_CARE};
	struct inv_fields fields = INV_FIELDS_NONE;
	struct inv_out_result out, other;
	struct inv_in_result in;
	char number[INV_LOAN_NUMBER];
	struct counter_look l;
	struct tale t;
	uint64_t id;

	cr_assert_eq(COUNTER_LEND(&c, 0, 0, &out, "VB-0012"), 0, "%s", counter_said(&c));
	cr_assert_eq(store_write(c.st, hear_in, (void *)NEW), 0);
	fields.product_id = "platta";
	cr_assert_eq(inv_unit_change(c.inv, &act, &fields, &c.r), 0);
	cr_assert_eq(COUNTER_LEND(&c, 1, 0, &other, NEW), 0, "%s", counter_said(&c));
	replaced("VB-0012");
	l = counter_look(&c, out.loan, "VB-0012", NULL);
	cr_expect_eq(l.f.lines[0].state, INV_LINE_OUT);
	cr_expect_eq(l.u.state, INV_ON_LOAN, "it is still on that loan");
	t = tale(NEW);
	cr_expect(task(&t, "replaced.loan", inv_loan_number(out.loan, number)));
	cr_expect(has(&t, "replaces", "VB-0012"));
	cr_expect_not(t.acted);
	id = task_id("replaced.loan");
	cr_expect_eq(inv_task_move_loan(c.inv, &c.by, id, &c.r), ERR_REFUSED);
	cr_expect_str_eq(c.r.say->code, "task.loan-stays");
	cr_expect_eq(inv_task_done(c.inv, &others, id, &c.r), ERR_REFUSED);
	cr_expect_str_eq(c.r.say->code, "loan.other-zone");
	cr_assert_eq(counter_back(&c, NEW, &in), 0);
	if (counter_look(&c, 0, NEW, NULL).u.state == INV_HANDED_IN)
		cr_assert_eq(inv_mark(c.inv, &act, &(struct inv_mark){.to = INV_IN_STOCK}, &c.r), 0);
	c.by.zones = PEOPLE_CARE;
	cr_expect_eq(inv_task_move_loan(c.inv, &c.by, id, &c.r), ERR_REFUSED);
	cr_expect_str_eq(c.r.say->code, "loan.other-zone");
	c.by.zones = PEOPLE_LIBRARY;
	cr_assert_eq(inv_task_move_loan(c.inv, &c.by, id, &c.r), 0, "%s", counter_said(&c));
	l = counter_look(&c, out.loan, NEW, NULL);
	cr_expect_eq(l.f.lines[0].state, INV_LINE_REPLACED);
	cr_expect_str_eq(l.u.loan, number);
	cr_expect_eq(inv_task_move_loan(c.inv, &c.by, id, &c.r), ERR_REFUSED);
	cr_expect_str_eq(c.r.say->code, "task.done");
	cr_expect_eq(inv_task_move_loan(c.inv, &c.by, task_id("replaced.label"), &c.r), ERR_REFUSED);
	cr_expect_str_eq(c.r.say->code, "task.other");
	counter_check(&c);
}

Test(loan_replace, its_bag_and_its_parts_go_along)
{
	const struct inv_act at_bag = {&counter_anna, "VB-0001", COUNTER_NOW};
	struct inv_out_result out;
	struct counter_look l;
	struct tale t;

	cr_assert_eq(inv_kit_add(c.inv, &at_bag, &(struct inv_part){.name = "Fodral"}, &c.r), 0);
	cr_assert_eq(inv_kit_add(c.inv, &at_bag, &(struct inv_part){.unit = "VB-0012"}, &c.r), 0);
	cr_assert_eq(COUNTER_LEND(&c, 0, 0, &out, "VB-0001"), 0, "%s", counter_said(&c));
	replaced("VB-0012");
	l = counter_look(&c, out.loan, NEW, NULL);
	cr_assert_eq(l.f.line_count, 1);
	cr_expect_eq(l.f.lines[0].state, INV_LINE_OUT);
	cr_expect_str_eq(l.f.parts[1].serial, NEW);
	cr_expect_str_eq(l.u.kit, "VB-0001");
	cr_expect_eq(l.u.state, INV_ON_LOAN);
	t = tale("VB-0001");
	cr_expect_str_eq(t.parts[1].unit, NEW);
	cr_expect_null(counter_look(&c, 0, "VB-0012", NULL).u.kit);
}

Test(loan_replace, its_case_comes_back_with_the_new_one)
{
	const struct inv_act act = {&counter_anna, "VB-0012", COUNTER_NOW};
	struct inv_out_result out;
	struct counter_look l;

	cr_assert_eq(inv_kit_add(c.inv, &act, &(struct inv_part){.name = "Fodral"}, &c.r), 0);
	cr_assert_eq(inv_kit_add(c.inv, &act, &(struct inv_part){.unit = "VB-0007"}, &c.r), 0);
	cr_assert_eq(COUNTER_LEND(&c, 0, 0, &out, "VB-0012"), 0, "%s", counter_said(&c));
	replaced("VB-0012");
	l = counter_look(&c, out.loan, "VB-0007", NULL);
	cr_assert_eq(l.f.part_count, 2);
	cr_expect_eq(l.f.parts[0].line, 2);
	cr_expect_str_eq(l.u.kit, NEW);
	cr_expect_eq(l.u.state, INV_ON_LOAN, "the case stays with the borrower");
	cr_expect_eq(tale(NEW).part_count, 2);
	cr_expect_eq(tale("VB-0012").part_count, 0);
}

Test(loan_replace, only_what_is_free_and_of_the_zone_takes_over)
{
	static const struct {
		unsigned line, state, zone, lines;
		bool in_return, display, expect;
	} cases[] = {
		{INV_LINE_OUT, INV_DELIVERED, 0, 1, false, false, true},
		{INV_LINE_OUT, INV_IN_STOCK, PEOPLE_LIBRARY, 1, false, false, true},
		{INV_LINE_OUT, INV_IN_STOCK, PEOPLE_CARE, 1, false, false, false},
		{INV_LINE_OUT, INV_AWAITING, 0, 1, false, false, false},
		{INV_LINE_OUT, INV_STOLEN, 0, 1, false, false, false},
		{INV_LINE_LOST, INV_DELIVERED, 0, 1, false, false, false},
		{INV_LINE_CLAIMED, INV_DELIVERED, 0, 1, false, false, false},
		{INV_LINE_OUT, INV_DELIVERED, 0, INV_LOAN_LINES, false, false, false},
		{INV_LINE_OUT, INV_DELIVERED, 0, 1, true, false, false},
		{INV_LINE_OUT, INV_DELIVERED, 0, 1, false, true, false},
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		const struct inv_loan loan = {.zone = PEOPLE_LIBRARY, .lines = cases[i].lines};
		const struct inv_loan_line line = {.state = cases[i].line};
		const struct inv_unit u = {.state = cases[i].state,
			.zone = cases[i].zone,
			.display = cases[i].display};

		cr_expect_eq(inv_replace_decide(&loan, &line, &u, cases[i].in_return),
			cases[i].expect, "case %zu", i);
	}
}
