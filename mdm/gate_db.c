/* SPDX-License-Identifier: EUPL-1.2 */
/* MDM_GATE, (part, UDID) -> struct mdm_gate. Part 1: waits; part 2: was let out unfinished. */
#include "mdm/ade_int.h"

#include "base/rec.h"

enum { WAITS = 1, LATE = 2 };

static const struct rec_field fields[] = {
	REC_STR(1, struct mdm_gate, udid),
	REC_STR(2, struct mdm_gate, serial),
	REC_I64(3, struct mdm_gate, since),
	REC_I64(4, struct mdm_gate, until),
	REC_I64(5, struct mdm_gate, opened_at),
	REC_BOOL(6, struct mdm_gate, late),
	REC_END,
};
static const struct rec_type gate_rec = REC_TYPE(struct mdm_gate, 1, fields);

static int part_get(
	struct store_txn *txn, struct arena *a, int part, const char *udid, struct mdm_gate *ret)
{
	struct store_key k = store_key("cs", part, udid);
	struct mdm_gate g;
	struct bytes value;
	int err = store_get(txn, MDM_GATE, &k, &value);

	if (err == 0)
		err = rec_decode(&gate_rec, value, a, &g);
	if (err == 0)
		*ret = g;
	return err;
}

int mdm_gate_get(struct store_txn *txn, struct arena *a, const char *udid, struct mdm_gate *ret)
{
	int err = part_get(txn, a, WAITS, udid, ret);

	return err == ERR_NOTFOUND ? part_get(txn, a, LATE, udid, ret) : err;
}

int mdm_gate_del(struct store_txn *txn, const char *udid)
{
	struct store_key waits = store_key("cs", WAITS, udid), late = store_key("cs", LATE, udid);
	int err = store_del(txn, MDM_GATE, &waits);

	if (err == 0 || err == ERR_NOTFOUND)
		err = store_del(txn, MDM_GATE, &late);
	return err == ERR_NOTFOUND ? 0 : err;
}

int mdm_gate_put(struct store_txn *txn, const struct mdm_gate *g)
{
	struct store_key k = store_key("cs", g->late ? LATE : WAITS, g->udid);
	AUTO(buf) struct buf b = BUF_INIT(4096);
	int err = mdm_gate_del(txn, g->udid);

	if (err)
		return err;
	rec_encode(&gate_rec, g, &b);
	return buf_ok(&b) ? store_put(txn, MDM_GATE, &k, buf_bytes(&b)) : ERR_TOOBIG;
}

int mdm_gate_list(struct store_txn *txn, const struct store_piece *piece, struct mdm_gate **ret,
	size_t *ret_n)
{
	static const struct store_list list = {.table = MDM_GATE, .type = &gate_rec};
	struct store_key waits = store_key("c", WAITS);
	struct store_rows rows = {0};
	int err = store_list_read(txn, &list, &waits, piece, &rows);

	if (err == 0) {
		*ret = rows.at;
		*ret_n = rows.n;
	}
	return err;
}
