/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Thousands of random acts at a desk, against a model that knows only this: a thing is with one
 * borrower on one loan, or with nobody. Whatever is done, refused, undone or scanned: one open
 * line a thing, counts that add up, and a story of each thing with nothing left out.
 */
#include "tests/unit/inventory/counter.h"

#define ACTS 2500
#define CHECK_EVERY 100

struct model {
	struct counter c;
	uint32_t seed;
	struct {
		uint64_t loan; /* 0: with nobody */
		int borrower;
		bool handed_in, lost;
	} thing[COUNTER_UNITS];
	/* as it was before the last act that can be undone; -1: unknown */
	int last[COUNTER_UNITS];
	unsigned done, refused, undone;
};

static uint32_t any(struct model *m, uint32_t n)
{
	m->seed = m->seed * 1664525u + 1013904223u;
	return (m->seed >> 8) % n;
}

static int thing(struct model *m)
{
	return (int)any(m, COUNTER_UNITS);
}

static void count(struct model *m, int err)
{
	cr_assert(err == 0 || err == ERR_REFUSED, "%s", err_name(err));
	if (err == 0) {
		m->done++;
	} else {
		m->refused++;
		cr_assert_not_null(m->c.r.say);
		for (int l = 0; l < SAY_LANGS; l++)
			cr_assert_gt(strlen(refusal_text(m->c.a, (enum say_lang)l, &m->c.r)), 5);
	}
}

/* --- acts --- */

static void lend(struct model *m)
{
	const char *codes[4] = {0};
	int which[3], n = 1 + (int)any(m, 3), who = (int)any(m, 3), err;
	struct inv_out_result out;
	bool free_all = true;

	for (int i = 0; i < n; i++) {
		which[i] = thing(m);
		codes[i] = counter_serial(which[i]);
		free_all &= m->thing[which[i]].loan == 0 && !m->thing[which[i]].handed_in;
	}
	err = counter_lend(&m->c, who, any(m, 2) ? ~0u : 0, &out, codes);
	count(m, err);
	cr_assert(err || free_all, "lent what was out");
	for (int i = 0; err == 0 && i < n; i++) {
		m->thing[which[i]].loan = out.loan;
		m->thing[which[i]].borrower = who;
	}
}

static void take_back(struct model *m)
{
	int t = thing(m);
	struct inv_in_result in;
	const struct inv_in how = {
		.code = counter_serial(t), .yes = ~0u, .inspected = any(m, 2) != 0};
	int err = inv_check_in(m->c.inv, &m->c.by, &how, &m->c.r, &in);

	count(m, err);
	cr_assert_eq(err == 0, m->thing[t].loan != 0);
	if (err)
		return;
	cr_assert_eq(in.loan, m->thing[t].loan);
	m->thing[t].loan = 0;
	m->thing[t].lost = false;
	m->thing[t].handed_in = in.handed_in;
}

static void inspect(struct model *m)
{
	int t = thing(m);
	const struct inv_inspect x = {.code = counter_serial(t)};
	struct inv_in_result in;
	int err = inv_inspected(m->c.inv, &m->c.by, &x, &m->c.r, &in);

	count(m, err);
	cr_assert_eq(err == 0, m->thing[t].handed_in);
	if (err == 0)
		m->thing[t].handed_in = false;
}

static void renew(struct model *m)
{
	int t = thing(m);
	struct inv_renewed re;

	count(m, inv_renew(m->c.inv, &m->c.by, m->thing[t].loan ? m->thing[t].loan : 7, any(m, 3),
			 ~0u, &m->c.r, &re));
}

static void claim(struct model *m)
{
	count(m, inv_claim(m->c.inv, &m->c.by, counter_serial(thing(m)), any(m, 2) != 0, &m->c.r));
}

static void lose(struct model *m)
{
	const struct inv_mark words = {.phone = "033-35 70 00"};
	int t = thing(m);
	int err = inv_loan_lost(
		m->c.inv, &m->c.by, counter_serial(t), any(m, 2) != 0, &words, &m->c.r);

	count(m, err);
	cr_assert(err || m->thing[t].loan);
	m->thing[t].lost |= err == 0;
}

static void find(struct model *m)
{
	int t = thing(m);
	const struct inv_act act = {&counter_anna, counter_serial(t), m->c.by.now};
	int err = inv_found(m->c.inv, &act, &m->c.r);

	count(m, err);
	cr_assert_eq(err == 0, m->thing[t].lost);
	m->thing[t].lost = false;
}

static void hold(struct model *m)
{
	const struct inv_hold_want want = {.borrower = m->c.borrower[any(m, 3)],
		.product = counter_product(thing(m)),
		.yes = ~0u};
	uint64_t id;

	count(m, inv_hold_add(m->c.inv, &m->c.by, &want, &m->c.r, &id));
}

static void change_hold(struct model *m)
{
	uint64_t id = 1 + any(m, 60);

	switch (any(m, 3)) {
	case 0:
		count(m, inv_hold_cancel(m->c.inv, &m->c.by, id, &m->c.r));
		break;
	case 1:
		count(m, inv_hold_pause(m->c.inv, &m->c.by, id, any(m, 2) != 0, 0, &m->c.r));
		break;
	default:
		count(m, inv_hold_move(m->c.inv, &m->c.by, id, 1 + any(m, 3), &m->c.r));
		break;
	}
}

/* Scanned codes of every kind, with whatever a scanner puts behind them. */
static void scan(struct model *m)
{
	static const char *const other[] = {"C-UNDO", "C-RETUR", "C-LAN", "C-KLAR", "C-AVBRYT",
		"C-OMLAN", "L-10009", "L-10008", "7312345678901", "??", "", "P-NOWHERE"};
	struct inv_scanned s;
	const char *code = any(m, 4) ? counter_serial(thing(m))
				     : other[any(m, sizeof(other) / sizeof(other[0]))];
	const char *raw = arena_printf(m->c.a, "%s%s", code, any(m, 2) ? "\r\n" : "\t");
	const struct inv_scan_ask ask = {bytes_of_str(raw), any(m, 2) ? ~0u : 0, NULL};

	m->c.by.desk = "scan";
	cr_assert_eq(inv_scan(m->c.inv, &m->c.by, &ask, m->c.a, &s), 0);
	m->c.by.desk = NULL;
	cr_assert(s.tone >= INV_TONE_YES && s.tone <= INV_TONE_NO);
	cr_assert_not_null(s.said.say);
	cr_assert(s.tone == INV_TONE_YES || s.door_count > 0, "every no is a door: %s",
		s.said.say->code);
}

static void undo(struct model *m)
{
	struct inv_last last;
	int err = inv_undo(m->c.inv, &m->c.by, 0, &m->c.r, &last, m->c.a);

	count(m, err);
	m->undone += err == 0;
}

static void wait(struct model *m)
{
	size_t n;

	m->c.by.now += (int64_t)any(m, 20) * DAY_S;
	cr_assert_eq(inv_circulation_tend(m->c.inv, m->c.by.now, 50, &n), 0);
}

/* --- the store and the model --- */

/* What undo and the scan box did is read back from the store; that it fits is checked there. */
static int read_in(struct store_txn *txn, void *arg)
{
	struct model *m = arg;
	uint64_t open = 0;

	for (int i = 0; i < COUNTER_UNITS; i++) {
		struct inv_loan loan;
		struct inv_loan_line line;
		struct inv_unit u;
		int err = inv_unit_get(txn, m->c.a, counter_serial(i), &u);

		cr_assert_eq(err, 0);
		err = inv_loan_of_unit(txn, m->c.a, counter_serial(i), &loan, &line);
		cr_assert(err == 0 || err == ERR_NOTFOUND);
		m->thing[i].loan = err == 0 ? loan.id : 0;
		m->thing[i].lost = inv_state_is_away(u.state);
		m->thing[i].handed_in = u.state == INV_HANDED_IN;
		open += err == 0;
		cr_assert_eq(err == 0, u.state == INV_ON_LOAN || m->thing[i].lost);
	}
	{
		struct inv_loan_counts n;

		cr_assert_eq(inv_loan_count(txn, &n), 0);
		cr_assert_eq(n.open_lines, open);
	}
	return 0;
}

/* The story of a thing has as many lines as it was given, and begins with none missing. */
static int story_in(struct store_txn *txn, void *arg)
{
	struct model *m = arg;

	for (int i = 0; i < COUNTER_UNITS; i++) {
		struct inv_event *e;
		struct inv_unit u;
		size_t n;

		cr_assert_eq(inv_unit_get(txn, m->c.a, counter_serial(i), &u), 0);
		cr_assert_eq(
			inv_history_list(txn, u.serial, STORE_PIECE_N(m->c.a, 0, 5000), &e, &n), 0);
		cr_assert_eq(n, u.history_seq);
		for (size_t k = 0; k < n; k++)
			cr_assert_eq(e[k].seq, n - k);
		cr_assert(n == 0 || e[0].to == u.state);
	}
	return 0;
}

/* A borrower's count, and the list of what the borrower has, are the same. */
static int borrowers_in(struct store_txn *txn, void *arg)
{
	struct model *m = arg;

	for (int b = 0; b < 3; b++) {
		const struct inv_loan_ask ask = {.order = INV_LOANS_OF_BORROWER,
			.key = m->c.borrower[b],
			.zones = PEOPLE_LIBRARY,
			.open_only = true,
			.most = 100};
		struct people_borrower p;
		struct inv_loan_row *rows;
		const char *next;
		size_t n;

		cr_assert_eq(people_get(m->c.people, txn, m->c.a, PEOPLE_ZONES, ask.key, &p), 0);
		cr_assert_eq(inv_loan_list(txn, m->c.a, &ask, &rows, &n, &next), 0);
		cr_assert_eq(n, p.open_loans);
		for (size_t i = 0; i < n; i++)
			cr_assert_str_eq(rows[i].loan.borrower, ask.key);
	}
	return 0;
}

#define OPEN_MOST 300

/* Every line of an order, a page of three at a time: "loan.line" after "loan.line". */
static size_t walk(
	struct store_txn *txn, struct model *m, struct inv_loan_ask ask, struct inv_loan_line *ret)
{
	size_t all = 0;

	ask.zones = PEOPLE_LIBRARY;
	ask.most = 3;
	do {
		struct inv_loan_row *rows;
		size_t n;

		cr_assert_eq(inv_loan_list(txn, m->c.a, &ask, &rows, &n, &ask.after), 0);
		for (size_t i = 0; i < n; i++) {
			cr_assert_lt(all, OPEN_MOST);
			ret[all++] = rows[i].line;
		}
	} while (ask.after);
	return all;
}

static bool goes_up(enum inv_loan_order o, const struct inv_loan_line *x)
{
	int by = o == INV_LOANS_BY_PRODUCT ? strcmp(x[0].product, x[1].product) : 0;

	return by < 0 || (by == 0 && x[0].due <= x[1].due);
}

/* Each order has the same lines, and backwards they are the same backwards; of some days, those. */
static int orders_in(struct store_txn *txn, void *arg)
{
	static const enum inv_loan_order orders[] = {INV_LOANS_DUE, INV_LOANS_BY_PRODUCT};
	static struct inv_loan_line up[OPEN_MOST], down[OPEN_MOST], few[OPEN_MOST];
	size_t all[2], within[2];

	for (int o = 0; o < 2; o++) {
		struct inv_loan_ask ask = {.order = orders[o]};
		size_t n = all[o] = walk(txn, arg, ask, up), some = 0;

		ask.down = true;
		cr_assert_eq(walk(txn, arg, ask, down), n);
		for (size_t i = 0; i < n; i++) {
			cr_assert_eq(up[i].loan, down[n - 1 - i].loan);
			cr_assert_eq(up[i].no, down[n - 1 - i].no);
			cr_assert(i + 1 == n || goes_up(orders[o], up + i));
		}
		if (n == 0)
			continue;
		ask.from = up[n / 3].due < up[n / 2].due ? up[n / 3].due : up[n / 2].due;
		ask.to = up[n / 3].due + up[n / 2].due - ask.from;
		for (size_t i = 0; i < n; i++)
			some += up[i].due >= ask.from && up[i].due <= ask.to;
		within[o] = walk(txn, arg, ask, few);
		cr_assert_eq(within[o], some);
		ask.down = false;
		cr_assert_eq(walk(txn, arg, ask, few), some);
	}
	cr_assert_eq(all[0], all[1]);
	return 0;
}

/* By number stands all there ever was, also what came back, once each, and the same backwards. */
static int numbers_in(struct store_txn *txn, void *arg)
{
	const struct model *m = arg;
	struct inv_loan_ask ask = {
		.order = INV_LOANS_BY_NUMBER, .most = 7, .zones = PEOPLE_ZONES};
	uint64_t lines = 0, seen[2] = {0}, last = 0;

	cr_assert_eq(store_count(txn, INV_LOAN_LINE, &lines), 0);
	for (int down = 0; down < 2; down++) {
		ask.down = down;
		ask.after = NULL;
		do {
			struct inv_loan_row *rows;
			size_t n;

			cr_assert_eq(inv_loan_list(txn, m->c.a, &ask, &rows, &n, &ask.after), 0);
			for (size_t i = 0; i < n; i++) {
				uint64_t at = rows[i].loan.id * 100 + rows[i].line.no;

				cr_assert(seen[down] == 0 || (down ? at < last : at > last));
				last = at;
				seen[down]++;
			}
		} while (ask.after);
		cr_expect_eq(seen[down], lines);
	}
	return 0;
}

Test(loan_model, keeps_its_promises_whatever_is_done)
{
	typedef void act_fn(struct model *);
	static act_fn *const acts[] = {lend, lend, lend, take_back, take_back, take_back, inspect,
		renew, claim, lose, find, find, hold, change_hold, scan, scan, scan, undo, wait};
	static struct model m;

	m = (struct model){.seed = 20261121};
	counter_open(&m.c);
	for (int i = 0; i < ACTS; i++) {
		acts[any(&m, sizeof(acts) / sizeof(acts[0]))](&m);
		cr_assert_eq(store_read(m.c.st, read_in, &m), 0);
		if (i % CHECK_EVERY == 0)
			counter_check(&m.c);
		if (i % CHECK_EVERY == 50) {
			cr_assert_eq(store_read(m.c.st, borrowers_in, &m), 0);
			cr_assert_eq(store_read(m.c.st, orders_in, &m), 0);
			cr_assert_eq(store_read(m.c.st, numbers_in, &m), 0);
			arena_reset(m.c.a);
		}
	}
	cr_assert_eq(store_read(m.c.st, story_in, &m), 0);
	counter_check(&m.c);
	cr_expect_gt(
		m.done, ACTS / 5, "%u done, %u refused, %u undone", m.done, m.refused, m.undone);
	cr_expect_gt(m.refused, ACTS / 10);
	cr_expect_gt(m.undone, 10);
	counter_close(&m.c);
}
