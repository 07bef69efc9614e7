/* SPDX-License-Identifier: EUPL-1.2 */
/* WEB_NETWORK  s account, b network (16)  -> struct web_network */
#include "web/web_int.h"

#include "base/rec.h"

#define NETWORKS_MOST 16

static const struct rec_field network_fields[] = {
	REC_I64(1, struct web_network, signed_in_at),
	REC_U32(2, struct web_network, wrong_count),
	REC_I64(3, struct web_network, wrong_at),
	REC_END,
};
static const struct rec_type network_rec = REC_TYPE(struct web_network, 1, network_fields);

int web_network_get(struct store_txn *txn, struct arena *a, const char *account,
	const uint8_t network[WEB_NETWORK], struct web_network *ret)
{
	struct store_key k = store_key("sb", account, network, (size_t)WEB_NETWORK);
	struct bytes v;
	int err = store_get(txn, WEB_NETWORKS, &k, &v);

	return err ? err : rec_decode(&network_rec, v, a, ret);
}

int web_network_put(struct store_txn *txn, const char *account, const uint8_t network[WEB_NETWORK],
	const struct web_network *p)
{
	struct store_key k = store_key("sb", account, network, (size_t)WEB_NETWORK);
	AUTO(buf) struct buf v = BUF_INIT(1024);

	rec_encode(&network_rec, p, &v);
	return buf_ok(&v) ? store_put(txn, WEB_NETWORKS, &k, buf_bytes(&v)) : ERR_TOOBIG;
}

struct oldest {
	size_t n;
	int64_t at;
	uint8_t network[WEB_NETWORK];
};

static int networks_read(
	struct store_txn *txn, struct arena *a, const char *account, struct oldest *ret)
{
	AUTO(store_iter) struct store_iter it = {0};
	struct store_key prefix = store_key("s", account);
	struct bytes k, v;
	int err = store_iter_init(&it, txn, WEB_NETWORKS, &prefix);

	*ret = (struct oldest){.at = INT64_MAX};
	while (err == 0 && (err = store_iter_next(&it, &k, &v)) == 0) {
		struct web_network p;

		if (k.n < WEB_NETWORK)
			return ERR_CORRUPT;
		err = rec_decode(&network_rec, v, a, &p);
		ret->n++;
		if (err || p.signed_in_at >= ret->at)
			continue;
		ret->at = p.signed_in_at;
		memcpy(ret->network, k.p + k.n - WEB_NETWORK, WEB_NETWORK);
	}
	return err == ERR_NOTFOUND ? 0 : err;
}

int web_network_add(struct store_txn *txn, const char *account, const uint8_t network[WEB_NETWORK],
	const struct web_network *p)
{
	AUTO(arena) struct arena *a = arena_new();
	struct oldest old;
	struct web_network had;
	int err = web_network_get(txn, a, account, network, &had);

	if (err == ERR_NOTFOUND) {
		err = networks_read(txn, a, account, &old);
		if (err == 0 && old.n >= NETWORKS_MOST) {
			struct store_key k =
				store_key("sb", account, old.network, (size_t)WEB_NETWORK);

			err = store_del(txn, WEB_NETWORKS, &k);
		}
	}
	return err ? err : web_network_put(txn, account, network, p);
}
