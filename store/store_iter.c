/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * A walk remembers the key it stands on. As long as its transaction has written nothing since,
 * LMDB's cursor stands there too and steps cheaply; after a write the place is looked up anew, so
 * that nothing depends on how LMDB moves cursors under changes.
 */
#include "store/store_int.h"

enum iter_state {
	ITER_FRESH, /* nowhere yet: next starts at the first, prev at the last */
	ITER_GAP,   /* just before the first key >= at */
	ITER_ON,    /* on the record whose key is at, which may be gone by now */
};

static int bytes_order(const void *a, size_t a_n, const void *b, size_t b_n)
{
	size_t least = a_n < b_n ? a_n : b_n;
	int order = least > 0 ? memcmp(a, b, least) : 0;

	return order != 0 ? order : (a_n > b_n) - (a_n < b_n);
}

/* The first key behind all that begin with the prefix; false when there can be none. */
static bool key_after_prefix(const struct store_key *prefix, struct store_key *ret)
{
	size_t n = prefix->n;

	while (n > 0 && prefix->b[n - 1] == UINT8_MAX)
		n--;
	if (n == 0)
		return false;
	memcpy(ret->b, prefix->b, n);
	ret->b[n - 1]++;
	ret->n = (uint16_t)n;
	ret->bad = false;
	return true;
}

int store_iter_init(struct store_iter *it, struct store_txn *txn, enum store_table t,
	const struct store_key *prefix)
{
	MDB_cursor *cursor = NULL;
	int rc;

	it->txn = txn;
	it->cursor = NULL;
	it->table = t;
	it->state = ITER_FRESH;
	it->in_step = false;
	it->at_n = 0;
	it->prefix.n = 0;
	it->prefix.bad = prefix && prefix->bad;
	if (it->prefix.bad)
		return ERR_BADINPUT;
	if (prefix) {
		memcpy(it->prefix.b, prefix->b, prefix->n);
		it->prefix.n = prefix->n;
	}
	if (!txn->st->have[t])
		return 0;
	rc = mdb_cursor_open(txn->mdb, txn->st->dbi[t], &cursor);
	it->cursor = cursor;
	return store_txn_err(txn, rc);
}

void store_iter_release(struct store_iter *it)
{
	if (it->cursor)
		mdb_cursor_close(it->cursor);
	it->cursor = NULL;
}

void store_iter_seek(struct store_iter *it, const struct store_key *from)
{
	if (from->bad) {
		it->prefix.bad = true; /* told by the next step */
		return;
	}
	it->state = ITER_GAP;
	it->in_step = false;
	memcpy(it->at, from->b, from->n);
	it->at_n = from->n;
}

/* The first record with a key >= p; nothing at all is the first of the table. */
static int cursor_from(MDB_cursor *c, const void *p, size_t n, MDB_val *key, MDB_val *value)
{
	if (n == 0)
		return mdb_cursor_get(c, key, value, MDB_FIRST);
	*key = store_val(p, n);
	return mdb_cursor_get(c, key, value, MDB_SET_RANGE);
}

/* The last record with a key < p. */
static int cursor_before(MDB_cursor *c, const void *p, size_t n, MDB_val *key, MDB_val *value)
{
	int rc = cursor_from(c, p, n, key, value);

	if (rc == MDB_NOTFOUND)
		return mdb_cursor_get(c, key, value, MDB_LAST);
	return rc != 0 ? rc : mdb_cursor_get(c, key, value, MDB_PREV);
}

static bool is_in_step(const struct store_iter *it)
{
	return it->state == ITER_ON && it->in_step && it->writes_seen == it->txn->writes;
}

static int step_next(struct store_iter *it, MDB_val *key, MDB_val *value)
{
	const struct store_key *prefix = &it->prefix;
	int rc;

	if (is_in_step(it))
		return mdb_cursor_get(it->cursor, key, value, MDB_NEXT);
	if (it->state == ITER_FRESH || bytes_order(it->at, it->at_n, prefix->b, prefix->n) < 0)
		return cursor_from(it->cursor, prefix->b, prefix->n, key, value);
	rc = cursor_from(it->cursor, it->at, it->at_n, key, value);
	if (rc == 0 && it->state == ITER_ON &&
		bytes_order(key->mv_data, key->mv_size, it->at, it->at_n) == 0)
		return mdb_cursor_get(it->cursor, key, value, MDB_NEXT);
	return rc;
}

static int step_prev(struct store_iter *it, MDB_val *key, MDB_val *value)
{
	struct store_key end;
	bool bounded;

	if (is_in_step(it))
		return mdb_cursor_get(it->cursor, key, value, MDB_PREV);
	bounded = key_after_prefix(&it->prefix, &end);
	if (it->state == ITER_FRESH && !bounded)
		return mdb_cursor_get(it->cursor, key, value, MDB_LAST);
	if (it->state == ITER_FRESH || (bounded && bytes_order(it->at, it->at_n, end.b, end.n) > 0))
		return cursor_before(it->cursor, end.b, end.n, key, value);
	return cursor_before(it->cursor, it->at, it->at_n, key, value);
}

static int iter_step(struct store_iter *it, int (*step)(struct store_iter *, MDB_val *, MDB_val *),
	struct bytes *ret_key, struct bytes *ret_value)
{
	MDB_val key, value;
	int rc;

	if (it->prefix.bad)
		return ERR_BADINPUT;
	if (!it->cursor)
		return ERR_NOTFOUND;
	rc = step(it, &key, &value);
	it->in_step = false;
	if (rc != 0)
		return store_txn_err(it->txn, rc);
	if (key.mv_size < it->prefix.n ||
		(it->prefix.n > 0 && memcmp(key.mv_data, it->prefix.b, it->prefix.n) != 0))
		return ERR_NOTFOUND;
	it->state = ITER_ON;
	it->in_step = true;
	it->writes_seen = it->txn->writes;
	it->at_n = (uint16_t)key.mv_size;
	memcpy(it->at, key.mv_data, key.mv_size);
	*ret_key = bytes_of(key.mv_data, key.mv_size);
	*ret_value = bytes_of(value.mv_data, value.mv_size);
	return 0;
}

int store_iter_next(struct store_iter *it, struct bytes *ret_key, struct bytes *ret_value)
{
	return iter_step(it, step_next, ret_key, ret_value);
}

int store_iter_prev(struct store_iter *it, struct bytes *ret_key, struct bytes *ret_value)
{
	return iter_step(it, step_prev, ret_key, ret_value);
}
