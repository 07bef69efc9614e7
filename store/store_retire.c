/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * A store of an older program becomes this one's. Its number rises: an older program would go on
 * without what this one keeps besides. Tables that older programs kept are dropped: what is not
 * read is only carried along.
 */
#include "store/store_int.h"

static int schema_raise(struct store_txn *txn)
{
	AUTO(arena) struct arena *a = arena_new();
	AUTO(buf) struct buf out = BUF_INIT(4096);
	struct store_key k = store_meta_key();
	struct store_meta meta = {0};
	struct bytes v;
	int err = store_get(txn, STORE_META, &k, &v);

	if (err == 0)
		err = store_meta_decode(v, a, &meta);
	if (err || meta.schema >= STORE_SCHEMA)
		return err;
	meta.schema = STORE_SCHEMA;
	store_meta_encode(&meta, &out);
	return buf_ok(&out) ? store_put(txn, STORE_META, &k, buf_bytes(&out)) : ERR_TOOBIG;
}

static int drop_one(struct store_txn *txn, const char *name, unsigned *dropped)
{
	MDB_dbi dbi;
	int rc = mdb_dbi_open(txn->mdb, name, 0, &dbi);

	if (rc == MDB_NOTFOUND)
		return 0;
	if (rc == 0)
		rc = mdb_drop(txn->mdb, dbi, 1);
	txn->writes++;
	*dropped += rc == 0;
	return store_txn_err(txn, rc);
}

static int retire_in(struct store_txn *txn, void *arg)
{
	static const char *const names[STORE_RETIRED_COUNT] = STORE_RETIRED;
	unsigned *dropped = arg;
	int err = schema_raise(txn);

	*dropped = 0;
	for (size_t i = 0; err == 0 && i < STORE_RETIRED_COUNT; i++)
		err = drop_one(txn, names[i], dropped);
	return err;
}

int store_retire(struct store *st, unsigned *ret_dropped)
{
	unsigned dropped;
	int err = store_write(st, retire_in, &dropped);

	if (err)
		return err;
	st->schema = STORE_SCHEMA;
	if (ret_dropped)
		*ret_dropped = dropped;
	return 0;
}

bool store_is_older(const struct store *st)
{
	return st->schema < STORE_SCHEMA;
}

bool store_txn_is_before(const struct store_txn *txn, uint32_t schema)
{
	return txn->st->schema < schema;
}
