/* SPDX-License-Identifier: EUPL-1.2 */
/* The desk beside its quick way: earlier, on trial, back elsewhere; and how a thing was. */
#include "tests/unit/inventory/counter.h"

static struct counter c;

static void begin(void)
{
	const struct inv_place p = {
		.id = "bussen", .kind = INV_PLACE_DESK, .name = {"Bussen", "Bussi", "The bus"}};

	counter_open(&c);
	cr_assert_eq(inv_place_put(c.inv, ACT_OF(&counter_anna, COUNTER_NOW - 1000), &p, true, &c.r), 0);
}

static void end(void)
{
	counter_check(&c);
	counter_close(&c);
}

static struct inv_scanned scan(const char *raw)
{
	return counter_scan(&c, raw, NULL);
}

static int say(struct inv_desk_how how)
{
	return inv_desk_how(c.inv, &c.by, &how, &c.r);
}

Test(desk_how, what_is_refused_says_why, .init = begin, .fini = end)
{
	static const struct {
		struct inv_desk_how how;
		const char *code;
	} rows[] = {
		{{.happened_at = COUNTER_NOW + 1, .back_reason = "kö"}, "loan.future"},
		{{.happened_at = COUNTER_NOW - DAY_S}, "loan.back-reason"},
		{{.happened_at = COUNTER_NOW - 500 * DAY_S, .back_reason = "kö"}, "loan.too-old"},
		{{.happened_at = COUNTER_NOW - DAY_S, .back_reason = "200316-9816"}, "note.identity"},
		{{.place_back = "ingenstans"}, "scan.no-place"},
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		cr_expect_eq(say(rows[i].how), ERR_REFUSED, "row %zu", i);
		cr_expect_str_eq(counter_said(&c), rows[i].code);
	}
	cr_expect_eq(scan("VB-0001").desk.how.happened_at, 0, "nothing of it was kept");
}

Test(desk_how, all_that_is_scanned_is_lent_so, .init = begin, .fini = end)
{
	const int64_t then = COUNTER_NOW - 3 * DAY_S;
	struct counter_look l;
	struct inv_scanned s;
	int32_t usual;

	usual = scan("VB-0001").desk.lines[0].due;
	cr_assert_eq(say((struct inv_desk_how){INV_LOAN_TRIAL, then, "kön var lång", "bussen"}), 0,
		"%s", counter_said(&c));
	s = scan("VB-0002");
	cr_assert_eq(s.tone, INV_TONE_YES);
	cr_expect_lt(s.desk.lines[0].due, usual, "counted from the day it happened");
	cr_expect_eq(s.desk.lines[1].due, s.desk.lines[0].due);
	scan(c.borrower[0]);
	s = scan("C-KLAR");
	cr_assert_str_eq(s.did, "lent");
	l = counter_look(&c, s.loan, NULL, NULL);
	cr_expect_eq(l.f.loan.kind, INV_LOAN_TRIAL);
	cr_expect_eq(l.f.loan.happened_at, then);
	cr_expect_eq(l.f.loan.registered_at, COUNTER_NOW);
	cr_expect_str_eq(l.f.loan.back_reason, "kön var lång");
	cr_expect_str_eq(l.f.loan.place_back, "bussen");
	cr_expect_eq(scan("VB-0003").desk.how.kind, 0, "the next one is as usual");
}

Test(desk_how, what_came_back_earlier_came_back_then, .init = begin, .fini = end)
{
	struct inv_out_result res, early;
	struct inv_out_item item = {.code = "VB-0001"};
	struct inv_out out = {.borrower = c.borrower[0],
		.items = &item,
		.item_count = 1,
		.happened_at = COUNTER_NOW - 5 * DAY_S,
		.back_reason = "kö"};
	struct counter_look l;

	cr_assert_eq(inv_check_out(c.inv, &c.by, &out, &c.r, &res), 0, "%s", counter_said(&c));
	cr_assert_eq(say((struct inv_desk_how){0, COUNTER_NOW - 9 * DAY_S, "inkastet", NULL}), 0);
	cr_expect_str_eq(scan("VB-0001").said.say->code, "loan.before-out");
	cr_assert_eq(say((struct inv_desk_how){0, COUNTER_NOW - 2 * DAY_S, "inkastet", NULL}), 0);
	cr_expect_str_eq(scan("VB-0001").did, "returned");
	l = counter_look(&c, res.loan, NULL, NULL);
	cr_expect_eq(l.f.lines[0].in_at, COUNTER_NOW - 2 * DAY_S);
	cr_expect_eq(l.f.lines[0].in_registered_at, COUNTER_NOW);
	/* out again before it was back: no; on that very day, told as a day: after it */
	out.happened_at = COUNTER_NOW - 3 * DAY_S;
	cr_expect_eq(inv_check_out(c.inv, &c.by, &out, &c.r, &early), ERR_REFUSED);
	cr_expect_str_eq(counter_said(&c), "loan.before-last");
	out.happened_at = day_start(day_of_time(COUNTER_NOW) - 2) + DAY_S / 2;
	cr_expect_eq(inv_check_out(c.inv, &c.by, &out, &c.r, &early), 0, "%s", counter_said(&c));
	/* the next day nothing of it holds */
	c.by.now += DAY_S;
	cr_expect_eq(scan("VB-0002").desk.how.happened_at, 0);
}

static int look(uint32_t line, unsigned condition, const char *note)
{
	const struct inv_desk_look x = {line, condition, note};

	return inv_desk_look(c.inv, &c.by, &x, &c.r);
}

static int conditions_in(struct store_txn *txn, void *arg)
{
	const char **said = arg;
	struct inv_event *e;
	size_t n;
	int err = inv_history_list(txn, "VB-0001", STORE_PIECE(c.a, NULL, 20), &e, &n);

	*said = "";
	for (size_t i = 0; err == 0 && i < n; i++) {
		if (text_equal(e[i].kind, "condition"))
			*said = arena_printf(c.a, "%s%s;", *said, e[i].text);
	}
	return err;
}

Test(desk_how, how_a_thing_was_goes_with_the_loan_and_the_thing, .init = begin, .fini = end)
{
	struct counter_look l;
	struct inv_scanned s;
	const char *story;
	uint32_t line;

	s = scan("VB-0001");
	cr_expect_eq(s.desk.lines[0].condition, 0, "nobody said: it is as the thing's");
	cr_expect_eq(look(7, INV_CONDITION_WORN, NULL), ERR_REFUSED);
	cr_expect_eq(look(1, INV_CONDITION_WORN, "200316-9816"), ERR_REFUSED);
	cr_expect_str_eq(counter_said(&c), "note.identity");
	cr_assert_eq(look(1, INV_CONDITION_WORN, "repa"), 0, "%s", counter_said(&c));
	scan(c.borrower[0]);
	s = scan("C-KLAR");
	l = counter_look(&c, s.loan, "VB-0001", NULL);
	cr_expect_eq(l.f.lines[0].out_condition, INV_CONDITION_WORN);
	cr_expect_str_eq(l.f.lines[0].out_note, "repa");
	cr_expect_eq(l.u.condition, INV_CONDITION_WORN);
	/* back: on the shelf, until it is said to be broken; undone, it is on the shelf again */
	cr_expect_str_eq(scan("VB-0001").did, "returned");
	cr_assert_eq(look(1, INV_CONDITION_BROKEN, "knappen sitter fast"), 0, "%s", counter_said(&c));
	l = counter_look(&c, s.loan, "VB-0001", NULL);
	cr_expect_eq(l.f.lines[0].in_condition, INV_CONDITION_BROKEN);
	cr_expect_str_eq(l.f.lines[0].in_note, "knappen sitter fast");
	cr_expect_eq(l.u.state, INV_REPAIR);
	cr_assert_eq(store_read(c.st, conditions_in, &story), 0);
	cr_expect_str_eq(story, "broken knappen sitter fast;worn repa;");
	cr_expect_str_eq(scan("C-ANGRA").did, "undone");
	l = counter_look(&c, s.loan, "VB-0001", NULL);
	cr_expect_eq(l.u.state, INV_IN_STOCK);
	cr_expect_eq(l.f.lines[0].in_condition, 0);
	/* said twice: each is undone, and then the return itself */
	line = scan("C-RETUR").desk.lines[0].no;
	cr_assert_eq(look(line, INV_CONDITION_WORN, NULL), 0, "%s", counter_said(&c));
	cr_assert_eq(look(line, INV_CONDITION_POOR, NULL), 0, "%s", counter_said(&c));
	for (int i = 0; i < 2; i++) {
		cr_expect_str_eq(scan("C-ANGRA").did, "undone");
		cr_expect_eq(counter_look(&c, s.loan, "VB-0001", NULL).u.state, INV_IN_STOCK);
	}
	cr_expect_str_eq(scan("C-ANGRA").did, "undone");
	l = counter_look(&c, s.loan, "VB-0001", NULL);
	cr_expect_eq(l.u.state, INV_ON_LOAN);
	cr_expect_eq(l.u.condition, INV_CONDITION_WORN, "as it went out");
	cr_expect(inv_line_is_open(l.f.lines[0].state));
	cr_expect_eq(scan("C-ANGRA").tone, INV_TONE_NO, "and no further");
	counter_check(&c);
	cr_assert_eq(counter_back(&c, "VB-0001", &(struct inv_in_result){0}), 0);
	/* lent again in the meantime: it is no longer this return's to say */
	cr_assert_eq(COUNTER_LEND(&c, 1, 0, &(struct inv_out_result){0}, "VB-0001"), 0);
	s = scan("VB-0001");
	cr_assert_str_eq(s.did, "returned");
	cr_assert_eq(COUNTER_LEND(&c, 0, 0, &(struct inv_out_result){0}, "VB-0001"), 0);
	cr_assert_eq(s.desk.line_count, 1);
	cr_expect_eq(look(s.desk.lines[0].no, INV_CONDITION_POOR, NULL), ERR_REFUSED);
	cr_expect_str_eq(counter_said(&c), "scan.look-gone");
}

static struct counter_look why(uint64_t loan, uint32_t line, const char *reason)
{
	const struct inv_desk_look x = {.line = line, .reason = reason};

	cr_assert_eq(inv_desk_look(c.inv, &c.by, &x, &c.r), 0, "%s", counter_said(&c));
	return counter_look(&c, loan, "VB-0001", NULL);
}

/* Said where it was scanned, or not at all; of its day: after it or before; undone before the return is. */
Test(desk_how, why_it_was_late_or_early_is_said_at_the_desk, .init = begin, .fini = end)
{
	struct inv_out_result res;
	struct counter_look l;
	struct inv_scanned s;
	uint32_t line;

	cr_assert_eq(COUNTER_LEND(&c, 0, 0, &res, "VB-0001"), 0);
	s = scan("VB-0001");
	cr_assert_str_eq(s.did, "returned");
	cr_expect_eq(s.desk.lines[0].back, day_of_time(COUNTER_NOW));
	l = why(res.loan, s.desk.lines[0].no, "no-use");
	cr_expect_str_eq(l.f.lines[0].end_reason, "no-use");
	cr_expect_null(l.f.lines[0].late_reason);
	cr_expect_eq(l.f.lines[0].in_condition, 0, "nobody said how it was");
	cr_expect_eq(l.u.state, INV_IN_STOCK);
	s = scan("C-RETUR");
	cr_expect_str_eq(s.desk.lines[0].reason, "no-use");
	cr_expect_str_eq(scan("C-ANGRA").did, "undone");
	l = counter_look(&c, res.loan, "VB-0001", NULL);
	cr_expect_null(l.f.lines[0].end_reason);
	cr_expect_not(inv_line_is_open(l.f.lines[0].state), "it is back all the same");
	cr_assert_eq(COUNTER_LEND(&c, 0, 0, &res, "VB-0001"), 0);
	c.by.now += 400 * DAY_S;
	s = scan("VB-0001");
	cr_assert_str_eq(s.did, "returned");
	line = s.desk.lines[s.desk.line_count - 1].no; /* the one before lies there still */
	cr_assert_eq(look(line, INV_CONDITION_WORN, "repa"), 0);
	l = why(res.loan, line, "away");
	cr_expect_str_eq(l.f.lines[0].late_reason, "away");
	cr_expect_null(l.f.lines[0].end_reason);
	cr_expect_eq(l.f.lines[0].in_condition, INV_CONDITION_WORN, "what was said before stays");
	cr_expect_str_eq(l.f.lines[0].in_note, "repa");
	cr_expect_eq(inv_desk_look(c.inv, &c.by, &(struct inv_desk_look){.line = line,
		.reason = "200316-9816"}, &c.r), ERR_REFUSED);
	cr_expect_str_eq(counter_said(&c), "note.identity");
}

/* What is renewed when its day is past lies there, and asks; what is renewed in time does not. */
Test(desk_how, why_it_was_renewed_late_is_said_at_the_desk, .init = begin, .fini = end)
{
	const struct inv_desk_look worn = {.line = 1, .condition = INV_CONDITION_WORN};
	struct inv_out_result res;
	struct counter_look l;
	struct inv_scanned s;
	int32_t due;

	cr_assert_eq(COUNTER_LEND(&c, 0, 0, &res, "VB-0001", "VB-0002"), 0);
	due = res.due;
	c.by.now += 7 * DAY_S;
	scan("C-OMLAN");
	s = scan("VB-0001");
	cr_assert_str_eq(s.did, "renewed");
	cr_expect_eq(s.desk.line_count, 0);
	c.by.now += 100 * DAY_S;
	s = scan("VB-0002");
	cr_assert_str_eq(s.did, "renewed");
	cr_assert_eq(s.desk.line_count, 1);
	cr_expect_str_eq(s.desk.lines[0].serial, counter_look(&c, res.loan, "VB-0002", NULL).u.serial);
	cr_expect_eq(s.desk.lines[0].was_due, due);
	cr_expect_eq(inv_desk_look(c.inv, &c.by, &worn, &c.r), ERR_REFUSED);
	cr_expect_str_eq(counter_said(&c), "scan.look-gone", "nobody saw it");
	l = why(res.loan, s.desk.lines[0].no, "away");
	cr_expect_str_eq(l.f.lines[1].late_reason, "away");
	cr_expect_null(l.f.lines[0].late_reason);
	cr_expect_eq(l.f.lines[1].state, INV_LINE_OUT);
	cr_expect_str_eq(scan("C-ANGRA").did, "undone");
	l = counter_look(&c, res.loan, "VB-0002", NULL);
	cr_expect_null(l.f.lines[1].late_reason);
	cr_expect_neq(l.f.lines[1].due, due, "it is renewed all the same");
	s = scan("C-ANGRA");
	cr_expect_str_eq(s.did, "undone");
	cr_expect_eq(counter_look(&c, res.loan, "VB-0002", NULL).f.lines[1].due, due);
	cr_expect_eq(s.desk.line_count, 0, "nor does it lie there");
}

/* Numbers of lines begin anew with the desk: what was typed of one thing is not said of another. */
Test(desk_how, how_it_was_is_said_of_the_thing_that_was_meant, .init = begin, .fini = end)
{
	struct inv_desk_look x = {1, INV_CONDITION_BROKEN, "repa", "VB-0001"};
	struct inv_scanned s;

	scan("VB-0002");
	cr_expect_eq(inv_desk_look(c.inv, &c.by, &x, &c.r), ERR_REFUSED);
	cr_expect_str_eq(counter_said(&c), "scan.look-other");
	x.line = 7;
	cr_expect_eq(inv_desk_look(c.inv, &c.by, &x, &c.r), ERR_REFUSED);
	cr_expect_str_eq(counter_said(&c), "scan.look-other");
	cr_expect_eq(scan("VB-0003").desk.lines[0].condition, 0, "nothing of it was kept");
	x.line = 1;
	x.serial = "VB-0002";
	cr_expect_eq(inv_desk_look(c.inv, &c.by, &x, &c.r), 0, "%s", counter_said(&c));
	s = scan("VB-0004");
	cr_expect_eq(s.desk.lines[0].condition, INV_CONDITION_BROKEN);
}

/* Said of the thing while it lay on the desk: newer than the scan, and so it stays. */
Test(desk_how, a_newer_word_of_the_thing_stays, .init = begin, .fini = end)
{
	const struct inv_act act = {
		.who = &counter_bo, .code = "VB-0001", .now = COUNTER_NOW, .zones = INV_ZONED | PEOPLE_ZONES};
	struct inv_fields f = INV_FIELDS_NONE;
	struct counter_look l;
	struct inv_scanned s;

	scan("VB-0001");
	scan(c.borrower[0]);
	f.condition = INV_CONDITION_WORN;
	f.condition_note = "knappen kärvar";
	cr_assert_eq(inv_unit_change(c.inv, &act, &f, &c.r), 0, "%s", counter_said(&c));
	s = scan("C-KLAR");
	cr_assert_str_eq(s.did, "lent");
	l = counter_look(&c, s.loan, "VB-0001", NULL);
	cr_expect_eq(l.u.condition, INV_CONDITION_WORN);
	cr_expect_str_eq(l.u.condition_note, "knappen kärvar");
	cr_expect_eq(l.f.lines[0].out_condition, INV_CONDITION_WORN);
	cr_expect_str_eq(l.f.lines[0].out_note, "knappen kärvar");
}

/* Two came back on one day, at 14 and 15. Told as that day they are lent again, in either order,
 * from when the last of them was back. */
static void lent_and_back_on(int32_t day)
{
	const int64_t noon = day_start(day) + DAY_S / 2;
	struct inv_out_item items[2] = {{.code = "VB-0001"}, {.code = "VB-0002"}};
	struct inv_out out = {.borrower = c.borrower[0],
		.items = items,
		.item_count = 2,
		.happened_at = noon - 5 * DAY_S,
		.back_reason = "kö"};
	struct inv_out_result res;
	struct inv_in_result back;

	cr_assert_eq(inv_check_out(c.inv, &c.by, &out, &c.r, &res), 0, "%s", counter_said(&c));
	for (int i = 0; i < 2; i++) {
		const struct inv_in in = {.code = items[i].code,
			.happened_at = noon + (2 + i) * 3600,
			.back_reason = "inkastet"};

		cr_assert_eq(inv_check_in(c.inv, &c.by, &in, &c.r, &back), 0, "%s", counter_said(&c));
	}
}

Test(desk_how, a_whole_day_is_one_for_all_of_a_bundle, .init = begin, .fini = end)
{
	static const char *const orders[][2] = {{"VB-0001", "VB-0002"}, {"VB-0002", "VB-0001"}};
	struct inv_last last;

	for (size_t i = 0; i < 2; i++) {
		const int32_t day = day_of_time(COUNTER_NOW) - 10 + (int32_t)i * 6;
		const int64_t noon = day_start(day) + DAY_S / 2;
		struct inv_out_item items[2] = {{.code = orders[i][0]}, {.code = orders[i][1]}};
		struct inv_out out = {.borrower = c.borrower[1],
			.items = items,
			.item_count = 2,
			.happened_at = noon,
			.back_reason = "kö"};
		struct inv_out_result res;
		struct counter_look l;

		lent_and_back_on(day);
		cr_assert_eq(inv_check_out(c.inv, &c.by, &out, &c.r, &res), 0, "order %zu: %s", i,
			counter_said(&c));
		l = counter_look(&c, res.loan, NULL, NULL);
		cr_expect_eq(l.f.loan.happened_at, noon + 3 * 3600, "order %zu", i);
		cr_assert_eq(inv_undo(c.inv, &c.by, 0, &c.r, &last, c.a), 0, "%s", counter_said(&c));
		/* at the desk the same */
		cr_assert_eq(say((struct inv_desk_how){0, noon, "kö", NULL}), 0);
		cr_expect_eq(scan(orders[i][0]).tone, INV_TONE_YES);
		cr_expect_eq(scan(orders[i][1]).tone, INV_TONE_YES, "order %zu", i);
		scan(c.borrower[1]);
		cr_expect_str_eq(scan("C-KLAR").did, "lent");
		cr_assert_eq(inv_undo(c.inv, &c.by, 0, &c.r, &last, c.a), 0, "%s", counter_said(&c));
	}
}

/* Who reads of a thing reads what was written of it, in both services. */
Test(desk_how, no_words_hold_a_persons_number, .init = begin, .fini = end)
{
	static const char number[] = "frågade efter 200316-9816";
	const struct inv_out_item items[] = {{.code = "VB-0001", .note = number}};
	const struct inv_out out = {.borrower = c.borrower[0], .items = items, .item_count = 1};
	const struct inv_in ins[] = {{.code = "VB-0002", .note = number},
		{.code = "VB-0002", .early_reason = number},
		{.code = "VB-0002", .late_reason = number},
		{.code = "VB-0002",
			.back_reason = number,
			.happened_at = COUNTER_NOW}};
	const struct inv_hold_want hold = {
		.borrower = c.borrower[0], .product = "lupp", .note = number};
	const struct inv_fault fault = {.symptom = "brummar", .tried = number};
	const struct inv_act act = {.who = c.by.who, .code = "VB-0003", .now = c.by.now};
	const struct inv_mark mark = {.to = INV_LOST, .phone = "033-35 70 00", .note = number};
	const struct inv_part part = {.name = "Fodral", .note = number};
	struct inv_out_result lent;
	struct inv_in_result in;
	uint64_t id;

	cr_assert_eq(COUNTER_LEND(&c, 0, 0, &lent, "VB-0002"), 0, "%s", counter_said(&c));
	cr_expect_eq(inv_loan_lost(c.inv, &c.by, "VB-0002", false, &mark, &c.r), ERR_REFUSED);
	cr_expect_str_eq(counter_said(&c), "note.identity");
	cr_expect_eq(inv_mark(c.inv, &act, &mark, &c.r), ERR_REFUSED);
	cr_expect_str_eq(counter_said(&c), "note.identity");
	cr_expect_eq(inv_kit_add(c.inv, &act, &part, &c.r), ERR_REFUSED);
	cr_expect_str_eq(counter_said(&c), "note.identity");
	cr_expect_eq(inv_check_out(c.inv, &c.by, &out, &c.r, &lent), ERR_REFUSED);
	cr_expect_str_eq(counter_said(&c), "note.identity");
	for (size_t i = 0; i < sizeof(ins) / sizeof(ins[0]); i++) {
		cr_expect_eq(inv_check_in(c.inv, &c.by, &ins[i], &c.r, &in), ERR_REFUSED, "%zu", i);
		cr_expect_str_eq(counter_said(&c), "note.identity", "%zu", i);
	}
	cr_expect_eq(inv_write_off(c.inv, &c.by, "VB-0002", number, &c.r), ERR_REFUSED);
	cr_expect_str_eq(counter_said(&c), "note.identity");
	cr_expect_eq(inv_hold_add(c.inv, &c.by, &hold, &c.r, &id), ERR_REFUSED);
	cr_expect_str_eq(counter_said(&c), "note.identity");
	cr_expect_eq(inv_fault_add(c.inv, &act, &fault, &c.r, &id), ERR_REFUSED);
	cr_expect_str_eq(counter_said(&c), "note.identity");
}
