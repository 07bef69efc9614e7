/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What time does to loans: a past one forgets its borrower, a long one that nears its end leaves a
 * task six, three and one months ahead, holds lapse. Each round does a bounded number.
 */
#include "inventory/circulation_int.h"
#include "inventory/handout_int.h"

#include "base/text.h"

static const struct audit_who server = {.actor = "server", .via = "server"};

/* --- forgetting --- */

/* The holds that its lines filled say whose they were, too. */
static int forget_hold(struct inv_work *w, uint64_t id)
{
	struct inv_hold was, now;
	int err = inv_hold_get(w->txn, w->a, id, &was);

	if (err)
		return err == ERR_NOTFOUND ? 0 : err;
	now = was;
	now.borrower = NULL;
	now.version++;
	return inv_hold_put(w->txn, &was, &now);
}

static int forget_one(struct inv_work *w, uint64_t id)
{
	struct inv_loan_full f;
	struct inv_loan was, now;
	char number[INV_LOAN_NUMBER];
	int err = inv_loan_load(w->txn, w->a, id, &f);

	for (size_t i = 0; err == 0 && i < f.line_count; i++) {
		if (f.lines[i].hold)
			err = forget_hold(w, f.lines[i].hold);
	}
	if (err)
		return err;
	was = f.loan;
	now = was;
	now.borrower = NULL;
	now.forgotten_at = w->now;
	now.version++;
	err = inv_loan_put(w->txn, &was, &now);
	if (err == 0)
		err = inv_photos_forget(w->txn, w->a, inv_loan_photos(w->a, id));
	return err ? err
		   : audit_add(w->txn, w->who, w->now, "loan.forget", inv_loan_number(id, number),
			     NULL);
}

/* The due ones first, gathered before anything is written. */
static int list_due(struct store_txn *txn, struct arena *a, int64_t now, size_t most,
	uint64_t **ret, size_t *ret_n)
{
	AUTO(store_iter) struct store_iter it = {0};
	uint64_t *ids = ARENA_ARRAY(a, uint64_t, most + 1);
	struct bytes k, v;
	size_t n = 0;
	int err = store_iter_init(&it, txn, INV_LOAN_FORGET, NULL);

	while (err == 0 && n < most) {
		int64_t when;

		err = store_iter_next(&it, &k, &v);
		if (err == 0)
			err = store_key_parse(k, "tq", &when, &ids[n]);
		if (err == 0 && when > now)
			break;
		n += err == 0;
	}
	if (err && err != ERR_NOTFOUND)
		return err;
	*ret = ids;
	*ret_n = n;
	return 0;
}

static int forget(struct inv_work *w, size_t most, size_t *ret_n)
{
	uint64_t *ids;
	size_t n;
	int err = list_due(w->txn, w->a, w->now, most, &ids, &n);

	for (size_t i = 0; err == 0 && i < n; i++)
		err = forget_one(w, ids[i]);
	*ret_n += err == 0 ? n : 0;
	return err;
}

/* --- long loans near their end --- */

#define LONG_MONTHS 12
static const struct {
	int months;
	enum inv_warning bit;
} warnings[] = {{1, INV_WARNED_1}, {3, INV_WARNED_3}, {6, INV_WARNED_6}};

/* Which warning is due, 0 when none: the nearest that was not given, with those it makes idle. */
static unsigned warning_due(const struct inv_loan *l, const struct inv_loan_line *line, int32_t today)
{
	if (line->terms.value[INV_TERM_LOAN_MONTHS] < LONG_MONTHS || line->state != INV_LINE_OUT)
		return 0;
	for (size_t i = 0; i < sizeof(warnings) / sizeof(warnings[0]); i++) {
		if (today < day_add_months(line->due, -warnings[i].months))
			continue;
		return l->warned & warnings[i].bit ? 0 : (unsigned)warnings[i].bit;
	}
	return 0;
}

static int warn_one(struct inv_work *w, const struct inv_loan_row *row, unsigned bit)
{
	struct inv_loan now = row->loan;
	char number[INV_LOAN_NUMBER], day[DAY_TEXT];
	int err;

	now.warned |= bit;
	now.version++;
	err = inv_loan_put(w->txn, &row->loan, &now);
	return err ? err
		   : inv_task_add(w->txn, row->line.serial, "loan.ends",
			     arena_printf(w->a, "%s %s", inv_loan_number(now.id, number),
				     day_format(row->line.due, day)),
			     w->who->actor, w->now);
}

/* A page of what is due within half a year, a round; where it came to is in memory alone. */
struct tend_job {
	size_t most, n;
	const char *after; /* in the arena below */
	struct arena *a;
};

static int warn(struct inv_work *w, struct tend_job *j)
{
	const struct inv_loan_ask ask = {.order = INV_LOANS_DUE,
		.zones = PEOPLE_ZONES,
		.from = w->today,
		.to = day_add_months(w->today, 6),
		.after = j->after,
		.most = 500};
	struct inv_loan_row *rows;
	const char *next;
	size_t n;
	int err = inv_loan_list(w->txn, w->a, &ask, &rows, &n, &next);

	for (size_t i = 0; err == 0 && i < n; i++) {
		unsigned bit = warning_due(&rows[i].loan, &rows[i].line, w->today);

		if (!bit)
			continue;
		err = inv_loan_get(w->txn, w->a, rows[i].loan.id, &rows[i].loan);
		if (err == 0 && !(rows[i].loan.warned & bit))
			err = warn_one(w, &rows[i], bit);
	}
	j->after = err == 0 && next ? arena_strdup(j->a, next) : NULL;
	return err;
}

static int tend_in(struct inv_work *w, void *arg)
{
	struct tend_job *j = arg;
	size_t holds = 0;
	int err;

	j->n = 0;
	w->plain = true;
	err = forget(w, j->most, &j->n);
	if (err == 0)
		err = inv_hold_tend_in(w, j->most, &holds);
	j->n += holds;
	if (err == 0 && j->after == NULL)
		err = inv_handout_tend_in(w, j->most);
	if (err == 0 && j->after == NULL)
		err = inv_told_tend(w->txn, w->now);
	if (err == 0 && j->after == NULL)
		err = inv_photos_tend(w->txn, w->a, w->now, j->most, &j->n);
	return err ? err : warn(w, j);
}

/* On a timer: rounds until the list of what is due was gone through once. */
#define ROUNDS_MOST 200

int inv_circulation_tend(struct inv *inv, int64_t now, size_t most, size_t *ret_n)
{
	AUTO(arena) struct arena *a = arena_new();
	const struct inv_desk_who by = {.who = &server, .zones = PEOPLE_ZONES, .now = now};
	struct tend_job j = {.most = most, .a = a};
	struct refusal r;
	size_t n = 0;
	int err = 0;

	for (size_t i = 0; err == 0 && i < ROUNDS_MOST; i++) {
		err = inv_work_run(inv, &by, &r, tend_in, &j);
		n += j.n;
		if (j.after == NULL)
			break;
	}
	if (err == 0)
		*ret_n = n;
	return err;
}
