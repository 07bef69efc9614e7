/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * INV_RETURN       s serial, q number     -> struct inv_return
 * INV_RETURN_OPEN  t opened, s serial     -> empty, until it is done
 */
#include "inventory/inventory_int.h"

#include "base/rec.h"

static const struct rec_field fields[] = {
	REC_STR(1, struct inv_return, serial),
	REC_I64(2, struct inv_return, number),
	REC_U32(3, struct inv_return, phase),
	REC_U32(4, struct inv_return, erase),
	REC_U32(5, struct inv_return, proof),
	REC_BOOL(6, struct inv_return, service),
	REC_BOOL(7, struct inv_return, keep_plan),
	REC_STR(8, struct inv_return, loan),
	REC_STR(9, struct inv_return, opened_by),
	REC_I64(10, struct inv_return, opened_at),
	REC_I64(11, struct inv_return, erasing_at),
	REC_I64(12, struct inv_return, erased_at),
	REC_I64(13, struct inv_return, back_at),
	REC_U32(14, struct inv_return, lock),
	REC_U32(15, struct inv_return, battery),
	REC_I64(16, struct inv_return, told_at),
	REC_U32(17, struct inv_return, verdict),
	REC_BOOL(18, struct inv_return, looked),
	REC_STR(19, struct inv_return, closed_by),
	REC_I64(20, struct inv_return, closed_at),
	REC_WORDS(21, struct inv_return, note),
	REC_U32(22, struct inv_return, battery_health),
	REC_STR(23, struct inv_return, faulty_parts),
	REC_I64(24, struct inv_return, health_at),
	REC_I64(25, struct inv_return, cleaned_at),
	REC_END,
};
const struct rec_type inv_return_rec =
	REC_TYPE_WORDS("inv.return", struct inv_return, 1, fields);

static int index_put(struct store_txn *txn, const struct inv_return *r)
{
	struct store_key k = store_key("ts", r->opened_at, r->serial);
	int err;

	if (r->phase != INV_RETURN_DONE)
		return store_put(txn, INV_RETURN_OPEN, &k, bytes_of("", 0));
	err = store_del(txn, INV_RETURN_OPEN, &k);
	return err == ERR_NOTFOUND ? 0 : err;
}

int inv_return_put(struct store_txn *txn, const struct inv_return *r)
{
	struct store_key k = store_key("sq", r->serial, r->number);
	AUTO(buf) struct buf v = BUF_INIT(65536);
	int err;

	err = store_rec_encode(txn, &inv_return_rec, r, &v);
	if (err == 0)
		err = store_put(txn, INV_RETURN, &k, buf_bytes(&v));
	return err ? err : index_put(txn, r);
}

int inv_return_get(
	struct store_txn *txn, struct arena *a, const char *serial, struct inv_return *ret)
{
	struct store_key prefix = store_key("s", serial);
	AUTO(store_iter) struct store_iter it = {0};
	struct inv_return r;
	struct bytes k, v;
	int err = store_iter_init(&it, txn, INV_RETURN, &prefix);

	if (err == 0)
		err = store_iter_prev(&it, &k, &v);
	if (err == 0)
		err = store_rec_decode(txn, &inv_return_rec, v, a, &r);
	if (err == 0)
		*ret = r;
	return err;
}

int inv_return_is_open(struct store_txn *txn, const char *serial, bool *ret)
{
	AUTO(arena) struct arena *a = arena_new();
	struct inv_return r;
	int err = inv_return_get(txn, a, serial, &r);

	if (err && err != ERR_NOTFOUND)
		return err;
	*ret = err == 0 && r.phase != INV_RETURN_DONE;
	return 0;
}

int inv_return_list(struct store_txn *txn, struct arena *a, const struct inv_return_after *after,
	size_t most, struct inv_return **ret, size_t *ret_n)
{
	struct inv_return *list = ARENA_ARRAY(a, struct inv_return, most + 1);
	AUTO(store_iter) struct store_iter it = {0};
	struct bytes k, v;
	size_t n = 0;
	int err = store_iter_init(&it, txn, INV_RETURN_OPEN, NULL);

	if (err == 0 && after && after->serial) {
		struct store_key from = store_key("tsc", after->opened_at, after->serial, 0);

		store_iter_seek(&it, &from);
	}
	while (err == 0 && n < most && (err = store_iter_next(&it, &k, &v)) == 0) {
		const char *serial;
		int64_t at;

		err = store_key_parse(k, "ts", &at, &serial);
		if (err == 0)
			err = inv_return_get(txn, a, serial, &list[n]);
		if (err == 0)
			n++;
		else if (err == ERR_NOTFOUND)
			err = ERR_CORRUPT;
	}
	if (err && err != ERR_NOTFOUND)
		return err;
	*ret = list;
	*ret_n = n;
	return 0;
}
