/* SPDX-License-Identifier: EUPL-1.2 */
/* WEB_PLACE  s account, b place (16)  -> struct web_place */
#include "web/web_int.h"

#include "base/rec.h"

#define PLACES_MOST 16

static const struct rec_field place_fields[] = {
	REC_I64(1, struct web_place, signed_in_at),
	REC_U32(2, struct web_place, wrong_count),
	REC_I64(3, struct web_place, wrong_at),
	REC_END,
};
static const struct rec_type place_rec = REC_TYPE(struct web_place, 1, place_fields);

int web_place_get(struct store_txn *txn, struct arena *a, const char *account,
	const uint8_t place[WEB_PLACE], struct web_place *ret)
{
	struct store_key k = store_key("sb", account, place, (size_t)WEB_PLACE);
	struct bytes v;
	int err = store_get(txn, WEB_PLACES, &k, &v);

	return err ? err : rec_decode(&place_rec, v, a, ret);
}

int web_place_put(struct store_txn *txn, const char *account, const uint8_t place[WEB_PLACE],
	const struct web_place *p)
{
	struct store_key k = store_key("sb", account, place, (size_t)WEB_PLACE);
	AUTO(buf) struct buf v = BUF_INIT(1024);

	rec_encode(&place_rec, p, &v);
	return buf_ok(&v) ? store_put(txn, WEB_PLACES, &k, buf_bytes(&v)) : ERR_TOOBIG;
}

struct oldest {
	size_t n;
	int64_t at;
	uint8_t place[WEB_PLACE];
};

static int places_read(
	struct store_txn *txn, struct arena *a, const char *account, struct oldest *ret)
{
	AUTO(store_iter) struct store_iter it = {0};
	struct store_key prefix = store_key("s", account);
	struct bytes k, v;
	int err = store_iter_init(&it, txn, WEB_PLACES, &prefix);

	*ret = (struct oldest){.at = INT64_MAX};
	while (err == 0 && (err = store_iter_next(&it, &k, &v)) == 0) {
		struct web_place p;

		if (k.n < WEB_PLACE)
			return ERR_CORRUPT;
		err = rec_decode(&place_rec, v, a, &p);
		ret->n++;
		if (err || p.signed_in_at >= ret->at)
			continue;
		ret->at = p.signed_in_at;
		memcpy(ret->place, k.p + k.n - WEB_PLACE, WEB_PLACE);
	}
	return err == ERR_NOTFOUND ? 0 : err;
}

int web_place_add(struct store_txn *txn, const char *account, const uint8_t place[WEB_PLACE],
	const struct web_place *p)
{
	AUTO(arena) struct arena *a = arena_new();
	struct oldest old;
	struct web_place had;
	int err = web_place_get(txn, a, account, place, &had);

	if (err == ERR_NOTFOUND) {
		err = places_read(txn, a, account, &old);
		if (err == 0 && old.n >= PLACES_MOST) {
			struct store_key k = store_key("sb", account, old.place, (size_t)WEB_PLACE);

			err = store_del(txn, WEB_PLACES, &k);
		}
	}
	return err ? err : web_place_put(txn, account, place, p);
}
