/* SPDX-License-Identifier: EUPL-1.2 */
/* MDM_RETURN  c due (0, 1), s serial -> struct mdm_return_plan */
#include "mdm/queue_int.h"

#include "base/rec.h"

static const struct rec_field fields[] = {
	REC_STR(1, struct mdm_return_plan, serial),
	REC_BOOL(2, struct mdm_return_plan, keep_plan),
	REC_BOOL(3, struct mdm_return_plan, service),
	REC_BYTES(4, struct mdm_return_plan, wifi),
	REC_STR(5, struct mdm_return_plan, by),
	REC_I64(6, struct mdm_return_plan, made_at),
	REC_I64(7, struct mdm_return_plan, tried_at),
	REC_STR(8, struct mdm_return_plan, hindrance),
	REC_END,
};
static const struct rec_type plan_rec = REC_TYPE(struct mdm_return_plan, 1, fields);

int mdm_return_plan_put(struct store_txn *txn, const struct mdm_return_plan *p, bool due)
{
	struct store_key k = store_key("cs", due, p->serial);
	AUTO(buf) struct buf b = BUF_INIT(MDM_BLOB_MAX + 65536);

	rec_encode(&plan_rec, p, &b);
	return buf_ok(&b) ? store_put(txn, MDM_RETURN, &k, buf_bytes(&b)) : ERR_TOOBIG;
}

int mdm_return_plan_get(struct store_txn *txn, struct arena *a, const char *serial,
	struct mdm_return_plan *ret, bool *ret_due)
{
	for (int due = 1; due >= 0; due--) {
		struct store_key k = store_key("cs", due, serial);
		struct mdm_return_plan p;
		struct bytes v;
		int err = store_get(txn, MDM_RETURN, &k, &v);

		if (err == ERR_NOTFOUND)
			continue;
		if (err == 0)
			err = rec_decode(&plan_rec, v, a, &p);
		if (err)
			return err;
		*ret = p;
		*ret_due = due;
		return 0;
	}
	return ERR_NOTFOUND;
}

int mdm_return_plan_del(struct store_txn *txn, const char *serial)
{
	for (int due = 0; due <= 1; due++) {
		struct store_key k = store_key("cs", due, serial);
		int err = store_del(txn, MDM_RETURN, &k);

		if (err && err != ERR_NOTFOUND)
			return err;
	}
	return 0;
}

int mdm_return_plan_next(
	struct store_txn *txn, struct arena *a, const char *after, struct mdm_return_plan *ret)
{
	struct store_key prefix = store_key("c", 1);
	struct store_key from = store_key("csc", 1, after ? after : "", 0);
	AUTO(store_iter) struct store_iter it = {0};
	struct mdm_return_plan p;
	struct bytes k, v;
	int err = store_iter_init(&it, txn, MDM_RETURN, &prefix);

	if (err == 0 && after)
		store_iter_seek(&it, &from);
	if (err == 0)
		err = store_iter_next(&it, &k, &v);
	if (err == 0)
		err = rec_decode(&plan_rec, v, a, &p);
	if (err == 0)
		*ret = p;
	return err;
}
