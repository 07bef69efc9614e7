/* SPDX-License-Identifier: EUPL-1.2 */
/* INV_HISTORY  s serial, q number -> struct inv_event */
#include "inventory/inventory_int.h"

#include "base/rec.h"

static const struct rec_field event_fields[] = {
	REC_I64(1, struct inv_event, seq),
	REC_I64(2, struct inv_event, at),
	REC_STR(3, struct inv_event, actor),
	REC_STR(4, struct inv_event, kind),
	REC_U32(5, struct inv_event, from),
	REC_U32(6, struct inv_event, to),
	REC_WORDS(7, struct inv_event, text),
	REC_END,
};
const struct rec_type inv_event_rec =
	REC_TYPE_WORDS("inv.history", struct inv_event, 1, event_fields);

int inv_history_add(struct store_txn *txn, struct inv_unit *u, const struct inv_event *e)
{
	struct inv_event copy = *e;
	AUTO(buf) struct buf v = BUF_INIT(65536);
	struct store_key k;
	int err;

	copy.seq = ++u->history_seq;
	k = store_key("sq", u->serial, copy.seq);
	err = store_rec_encode(txn, &inv_event_rec, &copy, &v);
	return err ? err : store_add(txn, INV_HISTORY, &k, buf_bytes(&v));
}

int inv_history_drop(struct store_txn *txn, const char *serial)
{
	struct store_key prefix = store_key("s", serial);

	return inv_rows_drop(txn, INV_HISTORY, &prefix);
}

int inv_history_list(struct store_txn *txn, const char *serial, const struct store_piece *piece,
	struct inv_event **ret, size_t *ret_n)
{
	static const struct store_list list = {
		.table = INV_HISTORY, .newest_first = true, .type = &inv_event_rec};
	struct store_key of = store_key("s", serial);
	struct store_rows rows = {0};
	int err = store_list_read(txn, &list, &of, piece, &rows);

	if (err == 0) {
		*ret = rows.at;
		*ret_n = rows.n;
	}
	return err;
}
