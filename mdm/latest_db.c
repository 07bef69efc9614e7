/* SPDX-License-Identifier: EUPL-1.2 */
/* MDM_LATEST, (what, UDID or serial number) -> the newest of what an iPad told about itself. */
#include "mdm/queue_int.h"

#include "base/rec.h"

static const struct rec_field latest_fields[] = {REC_STR(1, struct mdm_latest_value, json),
	REC_I64(2, struct mdm_latest_value, told_at), REC_BYTES(3, struct mdm_latest_value, sealed),
	REC_BYTES(4, struct mdm_latest_value, sealed_before), REC_END};
static const struct rec_type latest_rec = REC_TYPE(struct mdm_latest_value, 1, latest_fields);

int mdm_latest_get(struct store_txn *txn, struct arena *a, enum mdm_latest what, const char *id,
	struct mdm_latest_value *ret)
{
	struct store_key k = store_key("cs", (int)what, id);
	struct mdm_latest_value v = {0};
	struct bytes b;
	int err = store_get(txn, MDM_LATEST, &k, &b);

	if (err == 0)
		err = rec_decode(&latest_rec, b, a, &v);
	if (err == 0)
		*ret = v;
	return err;
}

int mdm_latest_put(struct store_txn *txn, enum mdm_latest what, const char *id,
	const struct mdm_latest_value *v)
{
	AUTO(buf) struct buf b = BUF_INIT(256 * 1024);
	struct store_key k = store_key("cs", (int)what, id);

	rec_encode(&latest_rec, v, &b);
	return buf_ok(&b) ? store_put(txn, MDM_LATEST, &k, buf_bytes(&b)) : ERR_TOOBIG;
}
