/* SPDX-License-Identifier: EUPL-1.2 */
#include "certs/kept_int.h"

#include "base/rec.h"

#define RECORD_MAX ((size_t)1 << 20)

static const struct rec_field kept_fields[] = {
	REC_BYTES(1, struct cert_kept, certificate),
	REC_BYTES(2, struct cert_kept, sealed_key),
	REC_STR(3, struct cert_kept, name),
	REC_I64(4, struct cert_kept, not_before),
	REC_I64(5, struct cert_kept, not_after),
	REC_I64(6, struct cert_kept, generation),
	REC_STR(7, struct cert_kept, refused),
	REC_END,
};
static const struct rec_type kept_rec = REC_TYPE(struct cert_kept, 1, kept_fields);

int cert_kept_get(struct store_txn *txn, struct arena *a, const char *name, struct cert_kept *ret)
{
	struct store_key key = store_key("s", name);
	struct bytes value;
	int err = store_get(txn, CERT_KEPT, &key, &value);

	return err ? err : rec_decode(&kept_rec, value, a, ret);
}

int cert_kept_put(struct store_txn *txn, const char *name, const struct cert_kept *k)
{
	AUTO(buf) struct buf b = BUF_INIT(RECORD_MAX);
	struct store_key key = store_key("s", name);

	rec_encode(&kept_rec, k, &b);
	if (!buf_ok(&b))
		return ERR_TOOBIG;
	return store_put(txn, CERT_KEPT, &key, buf_bytes(&b));
}

int cert_kept_del(struct store_txn *txn, const char *name)
{
	struct store_key key = store_key("s", name);

	return store_del(txn, CERT_KEPT, &key);
}
