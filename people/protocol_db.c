/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * PEOPLE_PROTOCOL      c zone, q number -> struct people_protocol
 * PEOPLE_PROTOCOL_ROW  c zone, q number, s id -> struct people_protocol_row
 */
#include "people/people_int.h"

#include "base/rec.h"

static const struct rec_field protocol_fields[] = {
	REC_I64(1, struct people_protocol, number),
	REC_U32(2, struct people_protocol, zone),
	REC_U32(3, struct people_protocol, state),
	REC_U32(4, struct people_protocol, count),
	REC_U32(5, struct people_protocol, erased),
	REC_U32(6, struct people_protocol, needs_erased),
	REC_I64(7, struct people_protocol, made_at),
	REC_STR(8, struct people_protocol, made_by),
	REC_I64(9, struct people_protocol, ended_at),
	REC_STR(10, struct people_protocol, ended_by),
	REC_END,
};
static const struct rec_type protocol_rec = REC_TYPE(struct people_protocol, 1, protocol_fields);

static const struct rec_field row_fields[] = {
	REC_STR(1, struct people_protocol_row, id),
	REC_STR(2, struct people_protocol_row, kind),
	REC_BOOL(3, struct people_protocol_row, needs_only),
	REC_I64(4, struct people_protocol_row, last_at),
	REC_I64(5, struct people_protocol_row, due_at),
	REC_STR(6, struct people_protocol_row, decision),
	REC_BOOL(7, struct people_protocol_row, done),
	REC_END,
};
static const struct rec_type row_rec = REC_TYPE(struct people_protocol_row, 1, row_fields);

int people_protocol_put(struct store_txn *txn, const struct people_protocol *x)
{
	struct store_key k = store_key("cq", (int)x->zone, x->number);
	AUTO(buf) struct buf v = BUF_INIT(4096);

	rec_encode(&protocol_rec, x, &v);
	return buf_ok(&v) ? store_put(txn, PEOPLE_PROTOCOL, &k, buf_bytes(&v)) : ERR_TOOBIG;
}

int people_protocol_row_put(struct store_txn *txn, const struct people_protocol *x,
	const struct people_protocol_row *row)
{
	struct store_key k = store_key("cqs", (int)x->zone, x->number, row->id);
	AUTO(buf) struct buf v = BUF_INIT(4096);

	rec_encode(&row_rec, row, &v);
	return buf_ok(&v) ? store_put(txn, PEOPLE_PROTOCOL_ROW, &k, buf_bytes(&v)) : ERR_TOOBIG;
}

int people_protocol_get(struct store_txn *txn, struct arena *a, enum people_zone zone,
	uint64_t number, struct people_protocol *ret)
{
	struct store_key k = store_key("cq", (int)zone, number);
	struct bytes v;
	int err = store_get(txn, PEOPLE_PROTOCOL, &k, &v);

	return err ? err : rec_decode(&protocol_rec, v, a, ret);
}

int people_protocol_rows(struct store_txn *txn, struct arena *a, const struct people_protocol *x,
	struct people_protocol_row **ret, size_t *ret_n)
{
	struct people_protocol_row *list = ARENA_ARRAY(a, struct people_protocol_row, x->count + 1);
	struct store_key prefix = store_key("cq", (int)x->zone, x->number);
	AUTO(store_iter) struct store_iter it = {0};
	struct bytes k, v;
	size_t n = 0;
	int err = store_iter_init(&it, txn, PEOPLE_PROTOCOL_ROW, &prefix);

	while (err == 0 && n < x->count && (err = store_iter_next(&it, &k, &v)) == 0)
		err = rec_decode(&row_rec, v, a, &list[n++]);
	if (err && err != ERR_NOTFOUND)
		return err;
	*ret = list;
	*ret_n = n;
	return 0;
}

static int list_zone(struct store_txn *txn, struct arena *a, enum people_zone zone,
	struct people_protocol *list, size_t *n)
{
	struct store_key prefix = store_key("c", (int)zone);
	AUTO(store_iter) struct store_iter it = {0};
	struct bytes k, v;
	size_t most = *n + PEOPLE_PROTOCOLS;
	int err = store_iter_init(&it, txn, PEOPLE_PROTOCOL, &prefix);

	while (err == 0 && *n < most && (err = store_iter_prev(&it, &k, &v)) == 0)
		err = rec_decode(&protocol_rec, v, a, &list[(*n)++]);
	return err == ERR_NOTFOUND ? 0 : err;
}

int people_protocol_list(struct store_txn *txn, struct arena *a, unsigned zones,
	struct people_protocol **ret, size_t *ret_n)
{
	struct people_protocol *list =
		ARENA_ARRAY(a, struct people_protocol, 2 * PEOPLE_PROTOCOLS + 1);
	size_t n = 0;
	int err = 0;

	for (unsigned z = PEOPLE_CARE; err == 0 && z <= PEOPLE_LIBRARY; z <<= 1) {
		if (zones & z)
			err = list_zone(txn, a, (enum people_zone)z, list, &n);
	}
	if (err)
		return err;
	*ret = list;
	*ret_n = n;
	return 0;
}
