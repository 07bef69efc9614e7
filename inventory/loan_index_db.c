/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The ways to loans and lines, and their counts.
 *
 * INV_LOAN_UNIT      s serial                       -> q loan, u line; the open line of a unit
 * INV_LOAN_PAST      s serial, q ~loan, u line      -> empty; all lines of a unit, newest first
 * INV_LOAN_BORROWER  s borrower, c closed, q ~loan  -> empty; open first, newest first
 * INV_LOAN_DUE       u due, q loan, u line          -> empty; open lines
 * INV_LOAN_PRODUCT   s product, u due, q loan, u line -> empty; open lines
 * INV_LOAN_PLACE     s place, q loan                -> empty; open loans
 * INV_LOAN_FORGET    t when, q loan                 -> empty; closed, with a borrower
 * INV_LOAN_SWAPPED      s serial                       -> q loan; open, lent in place of that unit
 * INV_LOAN_UNSIGNED  c zone, q loan                 -> empty; waits for a signature; zone 0: of any
 * INV_LOAN_COUNT     c what                         -> q
 */
#include "inventory/circulation_int.h"

#include "base/text.h"

static const struct bytes nothing = {(const uint8_t *)"", 0};

/* --- counts --- */

int inv_counted_get(struct store_txn *txn, enum inv_counted what, uint64_t *ret)
{
	struct store_key k = store_key("c", (int)what);
	struct bytes v;
	int err = store_get(txn, INV_LOAN_COUNT, &k, &v);

	if (err == ERR_NOTFOUND) {
		*ret = 0;
		return 0;
	}
	return err ? err : store_key_parse(v, "q", ret);
}

int inv_counted_add(struct store_txn *txn, enum inv_counted what, int by)
{
	struct store_key k = store_key("c", (int)what), v;
	uint64_t n;
	int err = by ? inv_counted_get(txn, what, &n) : 0;

	if (err || by == 0)
		return err;
	if (by < 0 && n < (uint64_t)-by)
		return ERR_CORRUPT;
	v = store_key("q", by < 0 ? n - (uint64_t)-by : n + (uint64_t)by);
	return store_put(txn, INV_LOAN_COUNT, &k, bytes_of(v.b, v.n));
}

int inv_counted_next(
	struct store_txn *txn, enum inv_counted what, enum store_table t, uint64_t *ret)
{
	uint64_t kept, last = 0;
	int err = inv_counted_get(txn, what, &kept);

	if (err == 0)
		err = inv_number_last(txn, t, &last);
	if (err)
		return err;
	last = last > kept ? last : kept;
	err = inv_counted_add(txn, what, (int)(last + 1 - kept));
	if (err == 0)
		*ret = last + 1;
	return err;
}

int inv_loan_count(struct store_txn *txn, struct inv_loan_counts *ret)
{
	struct inv_loan_counts c = {0};
	uint64_t *const to[INV_COUNTED] = {
		[INV_COUNT_LOANS] = &c.loans,
		[INV_COUNT_OPEN_LOANS] = &c.open_loans,
		[INV_COUNT_LINES] = &c.lines,
		[INV_COUNT_OPEN_LINES] = &c.open_lines,
		[INV_COUNT_LOST_LINES] = &c.lost_lines,
		[INV_COUNT_HANDED_IN] = &c.handed_in,
	};
	int err = 0;

	for (int i = 1; err == 0 && i < INV_COUNTED; i++) {
		if (to[i])
			err = inv_counted_get(txn, (enum inv_counted)i, to[i]);
	}
	if (err == 0)
		*ret = c;
	return err;
}

/* --- one row of an index: taken away, put there, or left --- */

static bool key_same(const struct store_key *a, const struct store_key *b)
{
	return a->n == b->n && memcmp(a->b, b->b, a->n) == 0;
}

/* A NULL key: no row. */
static int move_row(struct store_txn *txn, enum store_table t, const struct store_key *from,
	const struct store_key *to)
{
	int err = 0;

	if (from && to && key_same(from, to))
		return 0;
	if (from)
		err = store_del(txn, t, from);
	if (err == 0 && to)
		err = store_put(txn, t, to, nothing);
	return err;
}

/* --- loans --- */

typedef bool loan_key_fn(const struct inv_loan *l, struct store_key *ret);

static bool borrower_key(const struct inv_loan *l, struct store_key *ret)
{
	if (text_empty(l->borrower))
		return false;
	*ret = store_key("scq", l->borrower, l->open == 0, ~l->id);
	return true;
}

static bool place_key(const struct inv_loan *l, struct store_key *ret)
{
	if (text_empty(l->place) || l->open == 0)
		return false;
	*ret = store_key("sq", l->place, l->id);
	return true;
}

static bool forget_key(const struct inv_loan *l, struct store_key *ret)
{
	if (l->forget_at == 0 || l->forgotten_at)
		return false;
	*ret = store_key("tq", l->forget_at, l->id);
	return true;
}

/* In the order of numbers, so that a hand-out only adds to an end. Who works in one zone looks past
 * none of another's; who works in all reads one list of all. */
static bool unsigned_key(const struct inv_loan *l, struct store_key *ret)
{
	*ret = store_key("cq", (int)l->zone, l->id);
	return inv_loan_unsigned(l) != 0;
}

static bool unsigned_any_key(const struct inv_loan *l, struct store_key *ret)
{
	*ret = store_key("cq", 0, l->id);
	return inv_loan_unsigned(l) != 0;
}

int inv_loan_index_unsigned(struct store_txn *txn, const struct inv_loan *l)
{
	struct store_key of_zone, of_any, older = store_key("q", l->id);
	bool waits = unsigned_key(l, &of_zone) && unsigned_any_key(l, &of_any);
	int err = store_del(txn, INV_LOAN_UNSIGNED, &older);

	if (err == ERR_NOTFOUND)
		err = 0;
	if (err == 0 && waits)
		err = store_put(txn, INV_LOAN_UNSIGNED, &of_zone, nothing);
	return err || !waits ? err : store_put(txn, INV_LOAN_UNSIGNED, &of_any, nothing);
}

static int move_loan_row(struct store_txn *txn, enum store_table t, loan_key_fn *key,
	const struct inv_loan *before, const struct inv_loan *now)
{
	struct store_key from, to;
	bool was = before && key(before, &from), is = now && key(now, &to);

	return move_row(txn, t, was ? &from : NULL, is ? &to : NULL);
}

static bool swaps(const struct inv_loan *l)
{
	return l && l->open && !text_empty(l->swap_serial);
}

static int move_swap(
	struct store_txn *txn, const struct inv_loan *before, const struct inv_loan *now)
{
	bool was = swaps(before), is = swaps(now);
	struct store_key k, v;
	int err = 0;

	if (was == is && (!is || text_equal(before->swap_serial, now->swap_serial)))
		return 0;
	if (was) {
		k = store_key("s", before->swap_serial);
		err = store_del(txn, INV_LOAN_SWAPPED, &k);
	}
	if (err || !is)
		return err;
	k = store_key("s", now->swap_serial);
	v = store_key("q", now->id);
	return store_add(txn, INV_LOAN_SWAPPED, &k, bytes_of(v.b, v.n));
}

int inv_loan_of_swap(struct store_txn *txn, const char *serial, uint64_t *ret)
{
	struct store_key k = store_key("s", serial);
	struct bytes v;
	int err = store_get(txn, INV_LOAN_SWAPPED, &k, &v);

	return err ? err : store_key_parse(v, "q", ret);
}

int inv_loan_index(struct store_txn *txn, const struct inv_loan *before, const struct inv_loan *now)
{
	bool was = before && before->open, is = now && now->open;
	int err = move_loan_row(txn, INV_LOAN_BORROWER, borrower_key, before, now);

	if (err == 0)
		err = move_loan_row(txn, INV_LOAN_PLACE, place_key, before, now);
	if (err == 0)
		err = move_loan_row(txn, INV_LOAN_FORGET, forget_key, before, now);
	if (err == 0)
		err = move_loan_row(txn, INV_LOAN_UNSIGNED, unsigned_key, before, now);
	if (err == 0)
		err = move_loan_row(txn, INV_LOAN_UNSIGNED, unsigned_any_key, before, now);
	if (err == 0)
		err = move_swap(txn, before, now);
	if (err == 0)
		err = inv_counted_add(txn, INV_COUNT_LOANS, (now != NULL) - (before != NULL));
	return err ? err : inv_counted_add(txn, INV_COUNT_OPEN_LOANS, is - was);
}

/* --- lines --- */

static bool due_key(const struct inv_loan_line *l, struct store_key *ret)
{
	if (!inv_line_is_open(l->state))
		return false;
	*ret = store_key("uqu", (uint32_t)l->due, l->loan, l->no);
	return true;
}

static bool product_key(const struct inv_loan_line *l, struct store_key *ret)
{
	if (!inv_line_is_open(l->state) || text_empty(l->product))
		return false;
	*ret = store_key("suqu", l->product, (uint32_t)l->due, l->loan, l->no);
	return true;
}

static bool past_key(const struct inv_loan_line *l, struct store_key *ret)
{
	*ret = store_key("squ", l->serial, ~l->loan, l->no);
	return true;
}

static const struct {
	enum store_table table;
	bool (*key)(const struct inv_loan_line *l, struct store_key *ret);
} line_rows[] = {
	{INV_LOAN_DUE, due_key},
	{INV_LOAN_PRODUCT, product_key},
	{INV_LOAN_PAST, past_key},
};

/* That a unit has one open line at most is held here: the second one is ERR_EXISTS. */
static int move_unit(
	struct store_txn *txn, const struct inv_loan_line *before, const struct inv_loan_line *now)
{
	bool was = before && inv_line_is_open(before->state);
	bool is = now && inv_line_is_open(now->state);
	struct store_key k, v;

	if (was == is)
		return 0;
	k = store_key("s", was ? before->serial : now->serial);
	if (was)
		return store_del(txn, INV_LOAN_UNIT, &k);
	v = store_key("qu", now->loan, now->no);
	return store_add(txn, INV_LOAN_UNIT, &k, bytes_of(v.b, v.n));
}

static int count_lines(
	struct store_txn *txn, const struct inv_loan_line *before, const struct inv_loan_line *now)
{
	unsigned was = before ? before->state : 0, is = now ? now->state : 0;
	int err = inv_counted_add(txn, INV_COUNT_LINES, (now != NULL) - (before != NULL));

	if (err == 0)
		err = inv_counted_add(
			txn, INV_COUNT_OPEN_LINES, inv_line_is_open(is) - inv_line_is_open(was));
	if (err == 0)
		err = inv_counted_add(
			txn, INV_COUNT_LOST_LINES, (is == INV_LINE_LOST) - (was == INV_LINE_LOST));
	return err ? err
		   : inv_counted_add(txn, INV_COUNT_HANDED_IN,
			     (is == INV_LINE_HANDED_IN) - (was == INV_LINE_HANDED_IN));
}

int inv_line_index(
	struct store_txn *txn, const struct inv_loan_line *before, const struct inv_loan_line *now)
{
	int err = move_unit(txn, before, now);

	for (size_t i = 0; err == 0 && i < sizeof(line_rows) / sizeof(line_rows[0]); i++) {
		struct store_key from, to;
		bool was = before && line_rows[i].key(before, &from);
		bool is = now && line_rows[i].key(now, &to);

		err = move_row(txn, line_rows[i].table, was ? &from : NULL, is ? &to : NULL);
	}
	return err ? err : count_lines(txn, before, now);
}

int inv_loan_of_unit(struct store_txn *txn, struct arena *a, const char *serial,
	struct inv_loan *ret, struct inv_loan_line *ret_line)
{
	struct store_key k = store_key("s", serial);
	struct bytes v;
	uint64_t loan;
	uint32_t no;
	int err = store_get(txn, INV_LOAN_UNIT, &k, &v);

	if (err == 0)
		err = store_key_parse(v, "qu", &loan, &no);
	if (err == 0)
		err = inv_line_get(txn, a, loan, no, ret_line);
	return err ? err : inv_loan_get(txn, a, loan, ret);
}
