/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Rows of moments. A table of them holds, by the first byte of its keys:
 *
 *   0  t at, s id  -> the row's name
 *   1  t hour      -> how many rows are of that hour (q)
 *   2  t day       -> and of that day, in UTC
 *
 * A span is put together from days, hours at its edges, and, where an edge is no whole hour, rows.
 */
#include "store/store.h"

#include "base/mem.h"

#include <inttypes.h>
#include <stdio.h>

static const int64_t unit_s[] = {1, 3600, 86400};
#define LEVELS (sizeof(unit_s) / sizeof(unit_s[0]))

static int64_t round_down(int64_t t, int64_t unit)
{
	int64_t rest = t % unit;

	return t - (rest < 0 ? rest + unit : rest);
}

static int64_t round_up(int64_t t, int64_t unit)
{
	int64_t down = round_down(t, unit);

	return down == t ? t : down + unit;
}

static struct store_key row_key(int64_t at, const char *id)
{
	return store_key("cts", 0, at, id);
}

static int count_move(
	struct store_txn *txn, enum store_table t, unsigned level, int64_t at, bool more)
{
	struct store_key k = store_key("ct", (int)level, round_down(at, unit_s[level])), v;
	uint64_t n = 0;
	struct bytes was;
	int err = store_get(txn, t, &k, &was);

	if (err == 0)
		err = store_key_parse(was, "q", &n);
	if (err == ERR_NOTFOUND && more)
		err = 0;
	if (err)
		return err == ERR_NOTFOUND ? ERR_CORRUPT : err;
	n = more ? n + 1 : n - 1;
	v = store_key("q", n);
	return n ? store_put(txn, t, &k, bytes_of(v.b, v.n)) : store_del(txn, t, &k);
}

static int counts_move(struct store_txn *txn, enum store_table t, int64_t at, bool more)
{
	int err = 0;

	for (unsigned level = 1; err == 0 && level < LEVELS; level++)
		err = count_move(txn, t, level, at, more);
	return err;
}

int store_time_add(
	struct store_txn *txn, enum store_table t, int64_t at, const char *id, const char *name)
{
	struct store_key k = row_key(at, id);
	int err = store_add(txn, t, &k, bytes_of_str(name));

	if (err)
		return err == ERR_EXISTS ? 0 : err;
	return counts_move(txn, t, at, true);
}

int store_time_del(struct store_txn *txn, enum store_table t, int64_t at, const char *id)
{
	struct store_key k = row_key(at, id);
	int err = store_del(txn, t, &k);

	if (err)
		return err == ERR_NOTFOUND ? 0 : err;
	return counts_move(txn, t, at, false);
}

int store_time_get(struct store_txn *txn, enum store_table t, int64_t at, const char *id,
	struct bytes *ret_name)
{
	struct store_key k = row_key(at, id);

	return store_get(txn, t, &k, ret_name);
}

/* --- how many --- */

/* One row or one count; `value` of a row is its name. */
struct step {
	int64_t at;
	struct bytes value;
	uint64_t n;
};

static int walk_begin(struct store_iter *it, struct store_txn *txn, enum store_table t,
	unsigned level, int64_t from)
{
	struct store_key of = store_key("c", (int)level), k = store_key("ct", (int)level, from);
	int err = store_iter_init(it, txn, t, &of);

	if (err == 0)
		store_iter_seek(it, &k);
	return err;
}

/* ERR_NOTFOUND: nothing more before `to`. */
static int walk_step(struct store_iter *it, unsigned level, int64_t to, struct step *ret)
{
	struct bytes key;
	const char *id;
	int of, err = store_iter_next(it, &key, &ret->value);

	if (err)
		return err;
	ret->n = 1;
	err = level == 0 ? store_key_parse(key, "cts", &of, &ret->at, &id)
			 : store_key_parse(key, "ct", &of, &ret->at);
	if (err == 0 && level)
		err = store_key_parse(ret->value, "q", &ret->n);
	return err == 0 && ret->at >= to ? ERR_NOTFOUND : err;
}

static int sum(struct store_txn *txn, enum store_table t, unsigned level,
	const struct store_span *span, uint64_t *n)
{
	AUTO(store_iter) struct store_iter it = {0};
	struct step s;
	int err = span->from < span->to ? walk_begin(&it, txn, t, level, span->from)
					: ERR_NOTFOUND;

	while (err == 0 && (err = walk_step(&it, level, span->to, &s)) == 0)
		*n += s.n;
	return err == ERR_NOTFOUND ? 0 : err;
}

/* The greater units inside the span, and what is left at its two edges in this one. */
static int count_in(struct store_txn *txn, enum store_table t, unsigned level,
	const struct store_span *span, uint64_t *n)
{
	struct store_span inner = *span;
	int err;

	if (level + 1 < LEVELS) {
		inner.from = round_up(span->from, unit_s[level + 1]);
		inner.to = round_down(span->to, unit_s[level + 1]);
	}
	if (level + 1 == LEVELS || inner.from >= inner.to)
		return sum(txn, t, level, span, n);
	err = sum(txn, t, level, &(struct store_span){.from = span->from, .to = inner.from}, n);
	if (err == 0)
		err = count_in(txn, t, level + 1, &inner, n);
	return err ? err
		   : sum(txn, t, level, &(struct store_span){.from = inner.to, .to = span->to}, n);
}

static int names_take(struct store_txn *txn, enum store_table t, struct arena *a,
	const struct store_span *span, struct store_look *look)
{
	AUTO(store_iter) struct store_iter it = {0};
	struct step s;
	int err = walk_begin(&it, txn, t, 0, span->from);

	while (err == 0 && look->named <= span->most &&
		(err = walk_step(&it, 0, span->to, &s)) == 0) {
		if (!look->any)
			look->first = s.at;
		look->any = true;
		if (look->named == span->most)
			break;
		look->names[look->named++] = arena_strndup(a, s.value.p, s.value.n);
	}
	return err == ERR_NOTFOUND ? 0 : err;
}

int store_time_look(struct store_txn *txn, enum store_table t, struct arena *a,
	const struct store_span *span, struct store_look *ret)
{
	struct store_look look = {.names = ARENA_ARRAY(a, const char *, span->most + 1)};
	int err = names_take(txn, t, a, span, &look);

	if (err == 0 && look.any)
		err = count_in(txn, t, 0, span, &look.n);
	if (err == 0)
		*ret = look;
	return err;
}

/* --- do the counts add up? --- */

struct adding {
	struct store_txn *txn;
	enum store_table t;
	store_fault *fault;
	void *arg;
};

static void tell(const struct adding *x, unsigned level, int64_t at)
{
	char text[80];

	snprintf(text, sizeof(text), "the count of %s %" PRId64 " is wrong",
		level == 1 ? "hour" : "day", at);
	x->fault(x->arg, text);
}

/* Each count is the sum of those below it, and none is missing: so all of them are as many. */
static int level_check(const struct adding *x, unsigned level, uint64_t rows)
{
	AUTO(store_iter) struct store_iter it = {0};
	uint64_t all = 0;
	struct step s;
	int err = walk_begin(&it, x->txn, x->t, level, STORE_TIME_BEGIN);

	while (err == 0 && (err = walk_step(&it, level, INT64_MAX, &s)) == 0) {
		const struct store_span span = {.from = s.at, .to = s.at + unit_s[level]};
		uint64_t n = 0;

		err = sum(x->txn, x->t, level - 1, &span, &n);
		all += n;
		if (err == 0 && n != s.n)
			tell(x, level, s.at);
	}
	if (err == ERR_NOTFOUND && all != rows)
		tell(x, level, 0);
	return err == ERR_NOTFOUND ? 0 : err;
}

int store_time_check(struct store_txn *txn, enum store_table t, store_fault *fault, void *arg,
	uint64_t *ret_rows)
{
	const struct adding x = {txn, t, fault, arg};
	const struct store_span all = {.from = STORE_TIME_BEGIN, .to = INT64_MAX};
	uint64_t rows = 0;
	int err = sum(txn, t, 0, &all, &rows);

	for (unsigned level = 1; err == 0 && level < LEVELS; level++)
		err = level_check(&x, level, rows);
	if (err == 0)
		*ret_rows = rows;
	return err;
}
