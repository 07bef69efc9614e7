/* SPDX-License-Identifier: EUPL-1.2 */
/* WEB_SETTING  s "sign-in" -> struct web_sign_in_rules */
#include "web/sign_in_int.h"

#include "base/rec.h"

static const struct rec_field rules_fields[] = {
	REC_U32(1, struct web_sign_in_rules, totp_roles),
	REC_U32(2, struct web_sign_in_rules, lock_s),
	REC_U32(3, struct web_sign_in_rules, shift_s),
	REC_END,
};
static const struct rec_type rules_rec = REC_TYPE(struct web_sign_in_rules, 1, rules_fields);

static struct store_key rules_key(void)
{
	return store_key("s", "sign-in");
}

int web_sign_in_rules_get(struct store_txn *txn, struct arena *a, struct web_sign_in_rules *ret)
{
	struct store_key k = rules_key();
	struct bytes v;
	int err = store_get(txn, WEB_SETTING, &k, &v);

	if (err == ERR_NOTFOUND) {
		*ret = (struct web_sign_in_rules){0};
		return 0;
	}
	return err ? err : rec_decode(&rules_rec, v, a, ret);
}

int web_sign_in_rules_put(struct store_txn *txn, const struct web_sign_in_rules *x)
{
	struct store_key k = rules_key();
	AUTO(buf) struct buf v = BUF_INIT(1024);

	rec_encode(&rules_rec, x, &v);
	return buf_ok(&v) ? store_put(txn, WEB_SETTING, &k, buf_bytes(&v)) : ERR_TOOBIG;
}
