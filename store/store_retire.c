/* SPDX-License-Identifier: EUPL-1.2 */
/* Tables that older programs kept are dropped: what is not read is only carried along. */
#include "store/store_int.h"

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
	int err = 0;

	*dropped = 0;
	for (size_t i = 0; err == 0 && i < STORE_RETIRED_COUNT; i++)
		err = drop_one(txn, names[i], dropped);
	return err;
}

int store_retire(struct store *st, unsigned *ret_dropped)
{
	unsigned dropped;
	int err = store_write(st, retire_in, &dropped);

	if (err == 0 && ret_dropped)
		*ret_dropped = dropped;
	return err;
}
