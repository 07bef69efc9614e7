/* SPDX-License-Identifier: EUPL-1.2 */
/* WEB_TOTP  s account -> struct web_totp */
#include "web/sign_in_int.h"

#include "base/rec.h"

static const struct rec_field totp_fields[] = {
	REC_BYTES(1, struct web_totp, key),
	REC_BYTES(2, struct web_totp, pending),
	REC_I64(3, struct web_totp, on_at),
	REC_I64(4, struct web_totp, pending_at),
	REC_I64(5, struct web_totp, last_step),
	REC_U32(6, struct web_totp, wrong_count),
	REC_I64(7, struct web_totp, wrong_at),
	REC_BYTES(8, struct web_totp, recovery),
	REC_END,
};
static const struct rec_type totp_rec = REC_TYPE(struct web_totp, 1, totp_fields);

int web_totp_get(struct store_txn *txn, struct arena *a, const char *account, struct web_totp *ret)
{
	struct store_key k = store_key("s", account);
	struct bytes v;
	int err = store_get(txn, WEB_TOTP, &k, &v);

	if (err == ERR_NOTFOUND) {
		*ret = (struct web_totp){0};
		return 0;
	}
	return err ? err : rec_decode(&totp_rec, v, a, ret);
}

int web_totp_put(struct store_txn *txn, const char *account, const struct web_totp *x)
{
	struct store_key k = store_key("s", account);
	AUTO(buf) struct buf v = BUF_INIT(8192);

	rec_encode(&totp_rec, x, &v);
	return buf_ok(&v) ? store_put(txn, WEB_TOTP, &k, buf_bytes(&v)) : ERR_TOOBIG;
}

int web_totp_del(struct store_txn *txn, const char *account)
{
	struct store_key k = store_key("s", account);
	int err = store_del(txn, WEB_TOTP, &k);

	return err == ERR_NOTFOUND ? 0 : err;
}
