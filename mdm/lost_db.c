/* SPDX-License-Identifier: EUPL-1.2 */
/* MDM_LOST, serial number -> the wanted state. No record: not lost. */
#include "mdm/queue_int.h"

#include "base/rec.h"

static const struct rec_field lost_fields[] = {REC_STR(1, struct mdm_lost, serial),
	REC_U32(2, struct mdm_lost, phase), REC_WORDS(3, struct mdm_lost, message),
	REC_WORDS(4, struct mdm_lost, phone), REC_WORDS(5, struct mdm_lost, footnote),
	REC_I64(6, struct mdm_lost, since), REC_I64(7, struct mdm_lost, on_since),
	REC_STR(8, struct mdm_lost, by), REC_WORDS(9, struct mdm_lost, reason),
	REC_STR(10, struct mdm_lost, hindrance), REC_I64(11, struct mdm_lost, tried_at),
	REC_BOOL(12, struct mdm_lost, written_off), REC_END};
const struct rec_type mdm_lost_rec =
	REC_TYPE_WORDS("mdm.lost", struct mdm_lost, 1, lost_fields);

int mdm_lost_get(struct store_txn *txn, struct arena *a, const char *serial, struct mdm_lost *ret)
{
	struct store_key k = store_key("s", serial);
	struct mdm_lost l = {0};
	struct bytes v;
	int err = store_get(txn, MDM_LOST, &k, &v);

	if (err == 0)
		err = store_rec_decode(txn, &mdm_lost_rec, v, a, &l);
	if (err == 0)
		*ret = l;
	return err;
}

int mdm_lost_put(struct store_txn *txn, const struct mdm_lost *l)
{
	AUTO(buf) struct buf b = BUF_INIT(16 * 1024);
	struct store_key k = store_key("s", l->serial);
	int err = store_rec_encode(txn, &mdm_lost_rec, l, &b);

	return err ? err : store_put(txn, MDM_LOST, &k, buf_bytes(&b));
}

int mdm_lost_del(struct store_txn *txn, const char *serial)
{
	struct store_key k = store_key("s", serial);
	int err = store_del(txn, MDM_LOST, &k);

	return err == ERR_NOTFOUND ? 0 : err;
}

int mdm_lost_next(struct store_txn *txn, struct arena *a, const char *after, struct mdm_lost *ret)
{
	AUTO(store_iter) struct store_iter it = {0};
	struct store_key from = store_key("s", after ? after : "");
	struct mdm_lost l = {0};
	struct bytes key, value;
	int err = store_iter_init(&it, txn, MDM_LOST, NULL);

	if (err)
		return err;
	if (after) {
		from.b[from.n++] = 0; /* just behind it */
		store_iter_seek(&it, &from);
	}
	err = store_iter_next(&it, &key, &value);
	if (err == 0)
		err = store_rec_decode(txn, &mdm_lost_rec, value, a, &l);
	if (err == 0)
		*ret = l;
	return err;
}

int mdm_lost_phase(struct store_txn *txn, struct arena *a, const char *serial, uint32_t *ret_phase)
{
	struct mdm_lost l = {0};
	int err = mdm_lost_get(txn, a, serial, &l);

	if (err && err != ERR_NOTFOUND)
		return err;
	*ret_phase = l.phase;
	return 0;
}

int mdm_lost_phase_felt(
	struct store_txn *txn, struct arena *a, const struct mdm_enrollment *e, uint32_t *ret_phase)
{
	if (e->supervised != 1)
		return mdm_lost_phase(txn, a, e->serial, ret_phase);
	*ret_phase = MDM_NOT_LOST;
	return 0;
}
