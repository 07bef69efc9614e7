/* SPDX-License-Identifier: EUPL-1.2 */
/* A store as an older program left it: without rows that it did not have. */
#ifndef STORE_CLEAR_ROWS_H
#define STORE_CLEAR_ROWS_H

#include "store/store.h"

#include <string.h>

/* All rows of a table, or those that begin so. */
static inline int clear_rows(
	struct store_txn *txn, enum store_table t, const struct store_key *prefix)
{
	int err = 0;

	while (err == 0) {
		AUTO(store_iter) struct store_iter it = {0};
		struct store_key k = {0};
		struct bytes key, value;

		err = store_iter_init(&it, txn, t, prefix);
		if (err == 0)
			err = store_iter_next(&it, &key, &value);
		if (err)
			break;
		memcpy(k.b, key.p, key.n);
		k.n = (uint16_t)key.n;
		err = store_del(txn, t, &k);
	}
	return err == ERR_NOTFOUND ? 0 : err;
}

#endif
