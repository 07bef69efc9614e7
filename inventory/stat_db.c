/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * INV_STAT  c zone, c what, c by, u month, s id -> how many (q)
 *
 * Kept in the transaction of whatever changes a line or a hold: what the record added before is
 * taken away, what it adds now is added. The rows of a month stand together.
 */
#include "inventory/circulation_int.h"

#include "base/text.h"

#include <stdlib.h>

struct store_key inv_stat_key(const struct inv_stat_row *r)
{
	return store_key("cccus", (int)r->zone, (int)r->what, (int)r->by, r->month, r->id);
}

static bool same(const struct inv_stat_row *a, const struct inv_stat_row *b)
{
	return a->what == b->what && a->by == b->by && a->zone == b->zone &&
	       a->month == b->month && a->n == b->n && text_equal(a->id, b->id);
}

static bool holds(const struct inv_stat_rows *r, const struct inv_stat_row *x)
{
	for (size_t i = 0; i < r->n; i++) {
		if (same(&r->row[i], x))
			return true;
	}
	return false;
}

static int add_missing(struct store_txn *txn, const struct inv_stat_rows *from,
	const struct inv_stat_rows *but, int sign)
{
	int err = 0;

	for (size_t i = 0; err == 0 && i < from->n; i++) {
		struct store_key k = inv_stat_key(&from->row[i]);

		if (!holds(but, &from->row[i]))
			err = inv_number_add(txn, INV_STAT, &k, sign * (int)from->row[i].n);
	}
	return err;
}

static int move(struct store_txn *txn, const struct inv_stat_rows *was,
	const struct inv_stat_rows *is)
{
	int err = add_missing(txn, is, was, 1);

	return err ? err : add_missing(txn, was, is, -1);
}

int inv_stat_line(struct store_txn *txn, const struct inv_loan_line *before,
	const struct inv_loan_line *now)
{
	struct inv_stat_rows was, is;

	inv_stat_of_line(before, &was);
	inv_stat_of_line(now, &is);
	return move(txn, &was, &is);
}

int inv_stat_hold(
	struct store_txn *txn, const struct inv_hold *before, const struct inv_hold *now)
{
	struct inv_stat_rows was, is;

	inv_stat_of_hold(before, &was);
	inv_stat_of_hold(now, &is);
	return move(txn, &was, &is);
}

/* --- read --- */

struct summing {
	struct arena *a;
	struct inv_stat_sum *list;
	size_t n, room;
	bool by_month;
};

static void cells_add(struct inv_stat_sum *x, int zone, uint64_t n)
{
	x->of[INV_STAT_OF_BOTH] += n;
	if (zone == PEOPLE_CARE)
		x->of[INV_STAT_OF_CARE] += n;
	else if (zone == PEOPLE_LIBRARY)
		x->of[INV_STAT_OF_LIBRARY] += n;
}

static void sum_add(struct summing *s, int zone, const char *id, uint32_t month, uint64_t n)
{
	for (size_t i = 0; i < s->n; i++) {
		if (s->by_month ? s->list[i].month == month : text_equal(s->list[i].id, id)) {
			cells_add(&s->list[i], zone, n);
			return;
		}
	}
	if (s->n == s->room)
		return;
	s->list[s->n] = (struct inv_stat_sum){.id = arena_strdup(s->a, id), .month = month};
	cells_add(&s->list[s->n++], zone, n);
}

static int sum_zone(struct store_txn *txn, const struct inv_stat_ask *ask, int zone,
	struct summing *s)
{
	struct store_key prefix = store_key("ccc", zone, (int)ask->what, (int)ask->by);
	struct store_key from =
		store_key("cccu", zone, (int)ask->what, (int)ask->by, ask->from);
	AUTO(store_iter) struct store_iter it = {0};
	struct bytes k, v;
	int err = store_iter_init(&it, txn, INV_STAT, &prefix);

	if (err)
		return err;
	store_iter_seek(&it, &from);
	while ((err = store_iter_next(&it, &k, &v)) == 0) {
		int z, what, by;
		uint32_t month;
		const char *id;
		uint64_t n;

		err = store_key_parse(k, "cccus", &z, &what, &by, &month, &id);
		if (err == 0)
			err = store_key_parse(v, "q", &n);
		if (err || month > ask->to)
			break;
		sum_add(s, zone, id, month, n);
	}
	return err == ERR_NOTFOUND ? 0 : err;
}

static int by_size(const void *x, const void *y)
{
	const struct inv_stat_sum *a = x, *b = y;

	if (a->n != b->n)
		return a->n < b->n ? 1 : -1;
	return strcmp(a->id, b->id);
}

static int by_month(const void *x, const void *y)
{
	const struct inv_stat_sum *a = x, *b = y;

	return (a->month > b->month) - (a->month < b->month);
}

/* Both zones whatever is asked: what one of them tells must not give away the other. */
static int sum_all(struct store_txn *txn, struct arena *a, const struct inv_stat_ask *ask,
	struct summing *ret)
{
	int err = 0;

	*ret = (struct summing){.a = a,
		.room = INV_STAT_SUMS,
		.list = ARENA_ARRAY(a, struct inv_stat_sum, INV_STAT_SUMS),
		.by_month = ask->by == INV_STAT_ALL};
	/* What was lent before zones were kept is of none. */
	for (int zone = 0; err == 0 && zone <= PEOPLE_ZONES; zone++)
		err = sum_zone(txn, ask, zone, ret);
	return err;
}

/* What days are counted of; 0: it is no sum of days. */
static enum inv_stat days_of(enum inv_stat what)
{
	return what == INV_STAT_DAYS ? INV_STAT_RETURNS : what == INV_STAT_WAIT_DAYS ? INV_STAT_WAITS : 0;
}

/* The days of few returns would tell how long one of them was. */
static int hide_days(struct store_txn *txn, const struct inv_stat_ask *ask, struct summing *days,
	struct inv_stat_total *total)
{
	struct inv_stat_ask same = *ask;
	struct inv_stat_told of;
	int err;

	same.what = days_of(ask->what);
	err = inv_stat_list(txn, days->a, &same, &of);
	if (err)
		return err;
	total->few = of.total.few;
	for (size_t i = 0; i < days->n; i++) {
		days->list[i].few = false;
		for (size_t k = 0; k < of.n; k++) {
			if (of.list[k].month == days->list[i].month &&
				text_equal(of.list[k].id, days->list[i].id))
				days->list[i].few = of.list[k].few;
		}
	}
	return 0;
}

static unsigned column_of(uint32_t zone)
{
	return zone == PEOPLE_CARE      ? INV_STAT_OF_CARE
	       : zone == PEOPLE_LIBRARY ? INV_STAT_OF_LIBRARY
					: INV_STAT_OF_BOTH;
}

/* A month's figure is of no thing and no kind of person, and what is lent any day is seen by all who work here: one
 * zone's months are not held against the other's, or few of one would hide the hundreds of both. */
static void alone(struct summing *s, unsigned of)
{
	for (size_t i = 0; i < s->n; i++) {
		uint64_t n = s->list[i].of[of];

		memset(s->list[i].of, 0, sizeof(s->list[i].of));
		s->list[i].of[of] = n;
	}
}

static void choose(struct summing *s, unsigned of)
{
	size_t n = 0;

	for (size_t i = 0; i < s->n; i++) {
		s->list[i].n = s->list[i].of[of];
		if (s->list[i].n)
			s->list[n++] = s->list[i];
	}
	s->n = n;
	qsort(s->list, s->n, sizeof(*s->list), s->by_month ? by_month : by_size);
}

int inv_stat_list(struct store_txn *txn, struct arena *a, const struct inv_stat_ask *ask,
	struct inv_stat_told *ret)
{
	struct inv_stat_total total;
	struct summing s;
	int err = sum_all(txn, a, ask, &s);

	if (err)
		return err;
	/* but where one has few in all: its rows could be had from what the sums tell */
	if (s.by_month && !inv_stat_total_of(s.list, s.n, INV_STAT_OF_BOTH).few)
		alone(&s, column_of(ask->zone));
	inv_stat_hide(s.list, s.n);
	total = inv_stat_total_of(s.list, s.n, column_of(ask->zone));
	if (days_of(ask->what))
		err = hide_days(txn, ask, &s, &total);
	if (err)
		return err;
	choose(&s, column_of(ask->zone));
	*ret = (struct inv_stat_told){s.list, s.n, total};
	return 0;
}

/* What is told to be lost or stolen is waited for no longer. */
static int is_awaited(struct store_txn *txn, struct arena *scratch, uint64_t loan, uint32_t no, bool *ret)
{
	struct inv_loan_line line = {0};
	int err = inv_line_get(txn, scratch, loan, no, &line);

	*ret = line.state != INV_LINE_LOST;
	arena_reset(scratch);
	return err == ERR_NOTFOUND ? ERR_CORRUPT : err;
}

/* Open lines that are past their day, by how long, from the index by due day. */
int inv_stat_overdue(struct store_txn *txn, int32_t today, struct inv_overdue *ret)
{
	AUTO(arena) struct arena *scratch = arena_new();
	AUTO(store_iter) struct store_iter it = {0};
	struct inv_overdue o = {0};
	struct bytes k, v;
	int err = store_iter_init(&it, txn, INV_LOAN_DUE, NULL);

	while (err == 0 && (err = store_iter_next(&it, &k, &v)) == 0) {
		uint32_t due, line;
		uint64_t loan;
		bool awaited = true;
		int32_t late;

		err = store_key_parse(k, "uqu", &due, &loan, &line);
		late = today - (int32_t)due;
		if (err || late <= 0)
			break;
		err = is_awaited(txn, scratch, loan, line, &awaited);
		if (!awaited)
			continue;
		if (++o.all == INV_OVERDUE_MOST) {
			o.cut = true;
			break;
		}
		o.week += late <= 7;
		o.month += late > 7 && late <= 30;
		o.quarter += late > 30 && late <= 90;
		o.longer += late > 90;
	}
	if (err && err != ERR_NOTFOUND)
		return err;
	*ret = o;
	return 0;
}

/* Ends of leases by month, from their index alone. */
int inv_stat_lease_ends(
	struct store_txn *txn, struct arena *a, struct inv_stat_sum **ret, size_t *ret_n)
{
	struct summing s = {.a = a,
		.room = INV_STAT_SUMS,
		.list = ARENA_ARRAY(a, struct inv_stat_sum, INV_STAT_SUMS),
		.by_month = true};
	AUTO(store_iter) struct store_iter it = {0};
	struct bytes k, v;
	int err = store_iter_init(&it, txn, INV_BY_LEASE_END, NULL);

	for (size_t read = 0; err == 0 && read < INV_LEASED_MOST; read++) {
		const char *serial;
		int64_t ends;

		err = store_iter_next(&it, &k, &v);
		if (err == 0)
			err = store_key_parse(k, "ts", &ends, &serial);
		if (err == 0)
			sum_add(&s, 0, "", inv_stat_month(ends), 1);
	}
	if (err && err != ERR_NOTFOUND)
		return err;
	choose(&s, INV_STAT_OF_BOTH);
	*ret = s.list;
	*ret_n = s.n;
	return 0;
}
