/* SPDX-License-Identifier: EUPL-1.2 */
#include "store/store_int.h"

#include <stdlib.h>

/* A value up to this size is copied to a place that is kept. */
#define SCRATCH_MOST (64u << 10)

static bool key_is_bad(const struct store_key *k)
{
	return k->bad || k->n == 0;
}

int store_get(
	struct store_txn *txn, enum store_table t, const struct store_key *k, struct bytes *ret)
{
	MDB_val key, value;
	int rc;

	if (key_is_bad(k))
		return ERR_BADINPUT;
	if (!txn->st->have[t])
		return ERR_NOTFOUND;
	key = store_val(k->b, k->n);
	rc = mdb_get(txn->mdb, txn->st->dbi[t], &key, &value);
	if (rc == 0)
		*ret = bytes_of(value.mv_data, value.mv_size);
	return store_txn_err(txn, rc);
}

/*
 * LMDB moves records about in a page before it copies the new value in, so a value borrowed from
 * this very transaction must be brought to safety first.
 */
static void *value_copy(struct store *st, struct bytes value)
{
	if (value.n > SCRATCH_MOST)
		return memcpy(mem_alloc(value.n), value.p, value.n);
	if (value.n > st->scratch_cap) {
		st->scratch = mem_grow(st->scratch, value.n);
		st->scratch_cap = value.n;
	}
	if (value.n > 0)
		memcpy(st->scratch, value.p, value.n);
	return st->scratch;
}

static int record_put(struct store_txn *txn, enum store_table t, const struct store_key *k,
	struct bytes value, unsigned flags)
{
	struct store *st = txn->st;
	MDB_val key, val;
	void *copy;
	int rc;

	if (key_is_bad(k))
		return ERR_BADINPUT;
	if (txn->read_only)
		return ERR_INTERNAL;
	copy = value_copy(st, value);
	key = store_val(k->b, k->n);
	val = store_val(copy, value.n);
	rc = mdb_put(txn->mdb, st->dbi[t], &key, &val, flags);
	if (copy != st->scratch)
		free(copy);
	txn->writes++;
	return store_txn_err(txn, rc);
}

int store_put(
	struct store_txn *txn, enum store_table t, const struct store_key *k, struct bytes value)
{
	return record_put(txn, t, k, value, 0);
}

int store_add(
	struct store_txn *txn, enum store_table t, const struct store_key *k, struct bytes value)
{
	return record_put(txn, t, k, value, MDB_NOOVERWRITE);
}

int store_del(struct store_txn *txn, enum store_table t, const struct store_key *k)
{
	MDB_val key;

	if (key_is_bad(k))
		return ERR_BADINPUT;
	if (txn->read_only)
		return ERR_INTERNAL;
	key = store_val(k->b, k->n);
	txn->writes++;
	return store_txn_err(txn, mdb_del(txn->mdb, txn->st->dbi[t], &key, NULL));
}

int store_count(struct store_txn *txn, enum store_table t, uint64_t *ret)
{
	MDB_stat stat;
	int rc;

	if (!txn->st->have[t]) {
		*ret = 0;
		return 0;
	}
	rc = mdb_stat(txn->mdb, txn->st->dbi[t], &stat);
	if (rc == 0)
		*ret = stat.ms_entries;
	return store_txn_err(txn, rc);
}
