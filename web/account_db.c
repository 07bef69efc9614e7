/* SPDX-License-Identifier: EUPL-1.2 */
/* WEB_ACCOUNT  s name -> struct web_account */
#include "web/web_int.h"

#include "base/rec.h"
#include "base/text.h"

static const struct rec_field account_fields[] = {
	REC_STR(1, struct web_account, name),
	REC_U32(2, struct web_account, roles),
	REC_STR(3, struct web_account, password_hash),
	REC_BOOL(4, struct web_account, one_time),
	REC_I64(5, struct web_account, made_at),
	REC_I64(6, struct web_account, changed_at),
	REC_I64(7, struct web_account, closed_at),
	REC_I64(8, struct web_account, signed_in_at),
	REC_U32(9, struct web_account, wrong_count),
	REC_I64(10, struct web_account, wrong_at),
	REC_STR(11, struct web_account, given_by),
	REC_I64(12, struct web_account, given_at),
	REC_U32(13, struct web_account, lang),
	REC_I64(14, struct web_account, totp_reset_at),
	REC_STR(15, struct web_account, totp_reset_by),
	REC_BOOL(16, struct web_account, by_provider),
	REC_STR(17, struct web_account, issuer),
	REC_STR(18, struct web_account, subject),
	REC_U32(19, struct web_account, guided),
	REC_STR(20, struct web_account, pin_hash),
	REC_I64(21, struct web_account, pin_at),
	REC_END,
};
static const struct rec_type account_rec = REC_TYPE(struct web_account, 1, account_fields);

#define ACCOUNTS_MOST 10000

bool web_account_name_ok(const char *name)
{
	size_t n = name ? strlen(name) : 0;

	return n >= 2 && n <= 32 && strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789.-_") == n;
}

int web_account_put(struct store_txn *txn, const struct web_account *u)
{
	struct store_key k = store_key("s", u->name);
	AUTO(buf) struct buf v = BUF_INIT(8192);

	rec_encode(&account_rec, u, &v);
	return buf_ok(&v) ? store_put(txn, WEB_ACCOUNT, &k, buf_bytes(&v)) : ERR_TOOBIG;
}

int web_account_get(
	struct store_txn *txn, struct arena *a, const char *name, struct web_account *ret)
{
	struct store_key k;
	struct bytes v;
	int err;

	if (!web_account_name_ok(name))
		return ERR_NOTFOUND;
	k = store_key("s", name);
	err = store_get(txn, WEB_ACCOUNT, &k, &v);
	return err ? err : rec_decode(&account_rec, v, a, ret);
}

int web_account_list(
	struct store_txn *txn, struct arena *a, struct web_account **ret, size_t *ret_n)
{
	AUTO(store_iter) struct store_iter it = {0};
	struct web_account *accounts;
	struct bytes k, v;
	uint64_t all;
	size_t n = 0;
	int err = store_count(txn, WEB_ACCOUNT, &all);

	if (err == 0 && all > ACCOUNTS_MOST)
		all = ACCOUNTS_MOST;
	if (err == 0)
		err = store_iter_init(&it, txn, WEB_ACCOUNT, NULL);
	if (err)
		return err;
	accounts = ARENA_ARRAY(a, struct web_account, all + 1);
	while (n < all && (err = store_iter_next(&it, &k, &v)) == 0) {
		err = rec_decode(&account_rec, v, a, &accounts[n]);
		if (err)
			return err;
		n++;
	}
	if (err && err != ERR_NOTFOUND)
		return err;
	*ret = accounts;
	*ret_n = n;
	return 0;
}
