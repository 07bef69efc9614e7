/* SPDX-License-Identifier: EUPL-1.2 */
/* MDM_ERRAND, (kind, when, serial number) -> nothing: what is still to be done for one device. */
#include "mdm/ade_int.h"

static struct store_key errand_key(enum mdm_errand kind, int64_t due_at, const char *serial)
{
	return store_key("cts", (int)kind, due_at, serial);
}

int mdm_errand_add(struct store_txn *txn, enum mdm_errand kind, int64_t due_at, const char *serial)
{
	struct store_key k = errand_key(kind, due_at, serial);

	return store_put(txn, MDM_ERRAND, &k, bytes_of("", 0));
}

int mdm_errand_del(struct store_txn *txn, enum mdm_errand kind, int64_t due_at, const char *serial)
{
	struct store_key k = errand_key(kind, due_at, serial);
	int err = store_del(txn, MDM_ERRAND, &k);

	return err == ERR_NOTFOUND ? 0 : err;
}

int mdm_errand_due(struct store_txn *txn, struct arena *a, enum mdm_errand kind, int64_t now,
	struct mdm_errand_row *rows, size_t most, size_t *ret_n)
{
	AUTO(store_iter) struct store_iter it = {0};
	struct store_key prefix = store_key("c", (int)kind);
	struct bytes key, value;
	size_t n = 0;
	int err = store_iter_init(&it, txn, MDM_ERRAND, &prefix);

	while (err == 0 && n < most) {
		const char *serial;
		int64_t due_at;
		int which;

		err = store_iter_next(&it, &key, &value);
		if (err == 0)
			err = store_key_parse(key, "cts", &which, &due_at, &serial);
		if (err == 0 && due_at > now)
			break;
		if (err == 0)
			rows[n++] = (struct mdm_errand_row){
				.due_at = due_at, .serial = arena_strdup(a, serial)};
	}
	if (err && err != ERR_NOTFOUND)
		return err;
	*ret_n = n;
	return 0;
}

int mdm_errand_next(struct store_txn *txn, enum mdm_errand kind, int64_t *ret)
{
	AUTO(arena) struct arena *a = arena_new();
	struct mdm_errand_row row;
	size_t n;
	int err = mdm_errand_due(txn, a, kind, INT64_MAX, &row, 1, &n);

	if (err == 0)
		*ret = n ? row.due_at : INT64_MAX;
	return err;
}
