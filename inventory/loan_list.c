/* SPDX-License-Identifier: EUPL-1.2 */
/* Lists of loans, a page at a time, each from its index. */
#include "inventory/circulation_int.h"

#include "base/text.h"

struct listing {
	struct store_txn *txn;
	struct arena *a, *scratch; /* scratch: to look at what may be left out; or NULL */
	const struct inv_loan_ask *ask;
	struct inv_loan_row *rows;
	size_t n;
};

/* What one row of each index says: the loan, and the line where there is one (0: the first). */
static int parse_borrower(struct bytes k, uint64_t *loan, uint32_t *line)
{
	const char *of;
	int closed;
	int err = store_key_parse(k, "scq", &of, &closed, loan);

	*loan = ~*loan;
	*line = 0;
	return err;
}

static int parse_unit(struct bytes k, uint64_t *loan, uint32_t *line)
{
	const char *of;
	int err = store_key_parse(k, "squ", &of, loan, line);

	*loan = ~*loan;
	return err;
}

static int parse_due(struct bytes k, uint64_t *loan, uint32_t *line)
{
	uint32_t due;

	return store_key_parse(k, "uqu", &due, loan, line);
}

static int parse_place(struct bytes k, uint64_t *loan, uint32_t *line)
{
	const char *of;

	*line = 0;
	return store_key_parse(k, "sq", &of, loan);
}

static int parse_unsigned(struct bytes k, uint64_t *loan, uint32_t *line)
{
	int zone;

	*line = 0;
	return store_key_parse(k, "cq", &zone, loan);
}

static int parse_line(struct bytes k, uint64_t *loan, uint32_t *line)
{
	return store_key_parse(k, "qu", loan, line);
}

static int parse_product(struct bytes k, uint64_t *loan, uint32_t *line)
{
	const char *of;
	uint32_t due;

	return store_key_parse(k, "suqu", &of, &due, loan, line);
}

static const struct {
	enum store_table table;
	int (*parse)(struct bytes k, uint64_t *loan, uint32_t *line);
} orders[] = {
	[INV_LOANS_OF_BORROWER] = {INV_LOAN_BORROWER, parse_borrower},
	[INV_LOANS_OF_UNIT] = {INV_LOAN_PAST, parse_unit},
	[INV_LOANS_DUE] = {INV_LOAN_DUE, parse_due},
	[INV_LOANS_OF_PLACE] = {INV_LOAN_PLACE, parse_place},
	[INV_LOANS_OF_PRODUCT] = {INV_LOAN_PRODUCT, parse_product},
	[INV_LOANS_BY_PRODUCT] = {INV_LOAN_PRODUCT, parse_product},
	[INV_LOANS_BY_NUMBER] = {INV_LOAN_LINE, parse_line},
	[INV_LOANS_UNSIGNED] = {INV_LOAN_UNSIGNED, parse_unsigned},
};

/* Of another zone's: which loan, and from when to when. */
static void keep_days(struct inv_loan_row *row)
{
	const struct inv_loan *l = &row->loan;
	const struct inv_loan_line *x = &row->line;

	row->loan = (struct inv_loan){.id = l->id,
		.zone = l->zone,
		.kind = INV_LOAN_ORDINARY,
		.happened_at = l->happened_at,
		.lines = 1,
		.open = inv_line_is_open(x->state),
		.due = l->due,
		.closed_at = l->closed_at,
		.version = l->version};
	row->line = (struct inv_loan_line){.loan = x->loan,
		.no = x->no,
		.serial = x->serial,
		.item_number = x->item_number,
		.product = x->product,
		.name = x->name,
		.state = x->state,
		.due = x->due,
		.terms = x->terms,
		.out_at = x->out_at,
		.in_at = x->in_at};
}

/* A loan of another zone is not told, but of a unit's story its number and days are. */
static bool is_told(const struct inv_loan_ask *ask, const struct inv_loan *loan)
{
	return (loan->zone & ask->zones) || ask->order == INV_LOANS_OF_UNIT;
}

/* Who works in one zone may look past thousands of another's: those leave nothing in the arena. */
static int look(const struct listing *l, uint64_t loan, bool *ret_told)
{
	struct inv_loan x;
	int err = l->scratch ? inv_loan_get(l->txn, l->scratch, loan, &x) : 0;

	*ret_told = err == 0 && (!l->scratch || is_told(l->ask, &x));
	if (l->scratch)
		arena_reset(l->scratch);
	return err;
}

static int add(struct listing *l, uint64_t loan, uint32_t line)
{
	struct inv_loan_row *row = &l->rows[l->n];
	bool told;
	int err = look(l, loan, &told);

	if (err || !told)
		return err;
	err = inv_loan_get(l->txn, l->a, loan, &row->loan);
	if (err == 0)
		err = inv_line_get(l->txn, l->a, loan, line ? line : 1, &row->line);
	if (err || !is_told(l->ask, &row->loan) ||
		(l->ask->awaited && row->line.state == INV_LINE_LOST))
		return err;
	if (!(row->loan.zone & l->ask->zones))
		keep_days(row);
	l->n++;
	return 0;
}

/* Just behind the key that stood in ret_next; going down, the one before it is next as it is. */
static void seek_behind(struct store_iter *it, struct arena *a, const struct inv_loan_ask *ask)
{
	struct store_key from = {0};
	struct bytes b;

	if (text_parse_hex(a, bytes_of_str(ask->after), &b) != 0 || b.n == 0 ||
		b.n >= STORE_KEY_MAX)
		return;
	memcpy(from.b, b.p, b.n);
	from.n = (uint16_t)(b.n + (ask->down ? 0 : 1));
	store_iter_seek(it, &from);
}

static bool has_whole_table(const struct inv_loan_ask *ask)
{
	return ask->order == INV_LOANS_DUE || ask->order == INV_LOANS_BY_PRODUCT ||
	       ask->order == INV_LOANS_BY_NUMBER;
}

/* Are there rows of zones that were not asked for between those that were? */
static bool is_mixed(const struct inv_loan_ask *ask)
{
	return (ask->zones & PEOPLE_ZONES) != PEOPLE_ZONES &&
	       ask->order != INV_LOANS_OF_BORROWER && ask->order != INV_LOANS_OF_UNIT &&
	       ask->order != INV_LOANS_UNSIGNED;
}

/* Those that wait for a signature lie by zone, and once more as those of any. */
static struct store_key prefix_of(const struct inv_loan_ask *ask)
{
	bool one_zone = ask->zones == PEOPLE_CARE || ask->zones == PEOPLE_LIBRARY;

	if (ask->order == INV_LOANS_UNSIGNED)
		return store_key("c", one_zone ? (int)ask->zones : 0);
	return store_key("s", ask->key ? ask->key : "");
}

/* The first day that is asked for in the walk's direction. */
static void start(struct store_iter *it, struct arena *a, const struct inv_loan_ask *ask)
{
	uint32_t day = (uint32_t)(ask->down ? ask->to + 1 : ask->from);
	bool bound = ask->down ? ask->to > 0 : ask->from > 0;
	struct store_key from = ask->order == INV_LOANS_OF_PRODUCT ? store_key("su", ask->key, day)
								   : store_key("u", day);

	if (ask->after)
		seek_behind(it, a, ask);
	else if (bound && (ask->order == INV_LOANS_OF_PRODUCT || ask->order == INV_LOANS_DUE))
		store_iter_seek(it, &from);
}

static bool is_day_past(const struct inv_loan_ask *ask, uint32_t due)
{
	return ask->down ? (int32_t)due < ask->from : ask->to && (int32_t)due > ask->to;
}

/* Has the walk come to what was not asked for? */
static bool is_past(const struct inv_loan_ask *ask, struct bytes k)
{
	const char *of;
	uint64_t q;
	uint32_t u, due;
	int closed;

	if (ask->order == INV_LOANS_OF_PRODUCT)
		return store_key_parse(k, "suqu", &of, &due, &q, &u) == 0 && is_day_past(ask, due);
	if (ask->order == INV_LOANS_DUE)
		return store_key_parse(k, "uqu", &due, &q, &u) == 0 && is_day_past(ask, due);
	if (ask->order == INV_LOANS_OF_BORROWER && ask->open_only)
		return store_key_parse(k, "scq", &of, &closed, &q) == 0 && closed;
	return false;
}

/* Product after product, days that were not asked for are leapt over and not read. */
static bool leaps(struct store_iter *it, const struct inv_loan_ask *ask, struct bytes k)
{
	const char *of;
	uint64_t q;
	uint32_t u, due, to;
	struct store_key on;

	if (ask->order != INV_LOANS_BY_PRODUCT ||
		store_key_parse(k, "suqu", &of, &due, &q, &u) != 0)
		return false;
	if ((int32_t)due < ask->from)
		to = ask->down ? 0 : (uint32_t)ask->from;
	else if (ask->to && (int32_t)due > ask->to)
		to = ask->down ? (uint32_t)ask->to + 1 : UINT32_MAX;
	else
		return false;
	on = store_key("su", of, to);
	store_iter_seek(it, &on);
	return true;
}

static int step(struct store_iter *it, const struct inv_loan_ask *ask, struct bytes *ret_k)
{
	struct bytes v;
	int err = ask->down ? store_iter_prev(it, ret_k, &v) : store_iter_next(it, ret_k, &v);

	return err == 0 && is_past(ask, *ret_k) ? ERR_NOTFOUND : err;
}

/* One row of the index; ERR_NOTFOUND: that was all. */
static int walk_one(struct listing *l, struct store_iter *it, struct store_key *ret_at)
{
	struct bytes k;
	uint64_t loan;
	uint32_t line;
	int err = step(it, l->ask, &k);

	if (err)
		return err;
	memcpy(ret_at->b, k.p, k.n);
	ret_at->n = (uint16_t)k.n;
	if (leaps(it, l->ask, k))
		return 0;
	err = orders[l->ask->order].parse(k, &loan, &line);
	if (err == 0)
		err = add(l, loan, line);
	return err == ERR_NOTFOUND ? ERR_CORRUPT : err;
}

int inv_loan_list(struct store_txn *txn, struct arena *a, const struct inv_loan_ask *ask,
	struct inv_loan_row **ret, size_t *ret_n, const char **ret_next)
{
	const size_t most = ask->look ? ask->look : ask->most * 4 + 100;
	struct store_key prefix = prefix_of(ask), at = {0};
	AUTO(arena) struct arena *scratch = is_mixed(ask) ? arena_new() : NULL;
	struct listing l = {.txn = txn, .a = a, .scratch = scratch, .ask = ask};
	AUTO(store_iter) struct store_iter it = {0};
	int err = store_iter_init(
		&it, txn, orders[ask->order].table, has_whole_table(ask) ? NULL : &prefix);

	if (err)
		return err;
	l.rows = ARENA_ARRAY(a, struct inv_loan_row, ask->most + 1);
	start(&it, a, ask);
	for (size_t looked = 0; err == 0 && l.n < ask->most && looked < most; looked++)
		err = walk_one(&l, &it, &at);
	if (err && err != ERR_NOTFOUND)
		return err;
	*ret_next = err == 0 && at.n ? text_hex(a, bytes_of(at.b, at.n)) : NULL;
	*ret = l.rows;
	*ret_n = l.n;
	return 0;
}
