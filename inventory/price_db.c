/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * INV_PRICE_LIST  u version                    -> struct inv_price_list
 * INV_PRICE_FROM  u day, u version             -> empty; in the order in which they count, without
 *                                                 those that were withdrawn
 * INV_PRICE       u version, s product         -> q öre: what each version says
 * INV_PRICE_OF    s product, u day, u version  -> q öre; without those that were withdrawn
 * INV_SERIES      "=price-list", "=price-now"  -> q the newest number; the version in force
 */
#include "inventory/price_int.h"

#include "base/text.h"

static const struct rec_field list_fields[] = {
	REC_U32(1, struct inv_price_list, version),
	REC_U32(2, struct inv_price_list, from),
	REC_U32(3, struct inv_price_list, prices),
	REC_STR(4, struct inv_price_list, way),
	REC_WORDS(5, struct inv_price_list, why),
	REC_I64(6, struct inv_price_list, made_at),
	REC_STR(7, struct inv_price_list, made_by),
	REC_I64(8, struct inv_price_list, in_force_at),
	REC_I64(9, struct inv_price_list, withdrawn_at),
	REC_STR(10, struct inv_price_list, withdrawn_by),
	REC_U32(11, struct inv_price_list, undoes),
	REC_END,
};
const struct rec_type inv_price_list_rec =
	REC_TYPE_WORDS("inv.price_list", struct inv_price_list, 1, list_fields);

int inv_price_list_get(
	struct store_txn *txn, struct arena *a, uint32_t version, struct inv_price_list *ret)
{
	struct store_key k = store_key("u", version);

	return inv_rec_get(txn, INV_PRICE_LIST, &k, &inv_price_list_rec, a, ret);
}

int inv_price_list_put(struct store_txn *txn, const struct inv_price_list *x)
{
	struct store_key k = store_key("u", x->version);

	return inv_rec_put(txn, INV_PRICE_LIST, &k, &inv_price_list_rec, x);
}

int inv_price_list_all(struct store_txn *txn, struct arena *a, uint32_t before, size_t most,
	struct inv_price_lists *ret)
{
	struct inv_price_list *list = ARENA_ARRAY(a, struct inv_price_list, most + 1);
	AUTO(store_iter) struct store_iter it = {0};
	struct store_key from = store_key("u", before);
	struct bytes k, v;
	size_t n = 0;
	int err = store_iter_init(&it, txn, INV_PRICE_LIST, NULL);

	if (err == 0 && before)
		store_iter_seek(&it, &from);
	while (err == 0 && n < most && (err = store_iter_prev(&it, &k, &v)) == 0) {
		err = store_rec_decode(txn, &inv_price_list_rec, v, a, &list[n]);
		n += err == 0;
	}
	if (err && err != ERR_NOTFOUND)
		return err;
	*ret = (struct inv_price_lists){list, n};
	return 0;
}

/* --- which are there, and in what order they count --- */

static int number(struct store_txn *txn, const char *name, uint32_t *ret)
{
	struct store_key k = store_key("s", name);
	uint64_t n;
	int err = inv_number_get(txn, INV_SERIES, &k, &n);

	if (err == 0)
		*ret = (uint32_t)n;
	return err;
}

int inv_price_newest(struct store_txn *txn, uint32_t *ret)
{
	return number(txn, "=price-list", ret);
}

int inv_price_in_force(struct store_txn *txn, uint32_t *ret)
{
	return number(txn, "=price-now", ret);
}

int inv_price_in_force_set(struct store_txn *txn, uint32_t version)
{
	struct store_key k = store_key("s", "=price-now");
	uint32_t now;
	int err = inv_price_in_force(txn, &now);

	return err ? err : inv_number_add(txn, INV_SERIES, &k, (int)version - (int)now);
}

static struct store_key order_key(const struct inv_price_list *x)
{
	return store_key("uu", (uint32_t)x->from, x->version);
}

int inv_price_order_put(struct store_txn *txn, const struct inv_price_list *x)
{
	struct store_key k = order_key(x);

	return inv_row_put(txn, INV_PRICE_FROM, &k);
}

int inv_price_order_del(struct store_txn *txn, const struct inv_price_list *x)
{
	struct store_key k = order_key(x);

	return inv_row_del(txn, INV_PRICE_FROM, &k);
}

int inv_price_order_next(struct store_txn *txn, const struct inv_price_at *at, int32_t day,
	uint32_t *ret_version)
{
	struct store_key from = store_key("uu", (uint32_t)at->day, at->version);
	AUTO(store_iter) struct store_iter it = {0};
	uint32_t starts, version;
	struct bytes k, v;
	int err = store_iter_init(&it, txn, INV_PRICE_FROM, NULL);

	inv_key_behind(&from);
	if (err == 0)
		store_iter_seek(&it, &from);
	if (err == 0)
		err = store_iter_next(&it, &k, &v);
	if (err == 0)
		err = store_key_parse(k, "uu", &starts, &version);
	if (err)
		return err;
	if (starts > (uint32_t)day)
		return ERR_NOTFOUND;
	*ret_version = version;
	return 0;
}

/* --- what they say --- */

int inv_price_say(
	struct store_txn *txn, const struct inv_price_list *x, const struct inv_price *p)
{
	struct store_key said = store_key("us", x->version, p->product);
	struct store_key of = store_key("suu", p->product, (uint32_t)x->from, x->version);
	struct store_key ore = store_key("q", (uint64_t)p->ore);
	int err = store_add(txn, INV_PRICE, &said, bytes_of(ore.b, ore.n));

	return err ? err : store_put(txn, INV_PRICE_OF, &of, bytes_of(ore.b, ore.n));
}

int inv_price_said(struct store_txn *txn, struct arena *a, uint32_t version,
	struct inv_price_said *said)
{
	struct store_key prefix = store_key("u", version);
	struct store_key from = store_key("us", version, said->after ? said->after : "");
	struct inv_price *list = ARENA_ARRAY(a, struct inv_price, said->most + 1);
	AUTO(store_iter) struct store_iter it = {0};
	struct bytes k, v;
	size_t n = 0;
	int err = store_iter_init(&it, txn, INV_PRICE, &prefix);

	inv_key_behind(&from);
	if (err == 0 && said->after)
		store_iter_seek(&it, &from);
	while (err == 0 && n < said->most && (err = store_iter_next(&it, &k, &v)) == 0) {
		const char *product;
		uint32_t number_of;
		uint64_t ore;

		err = store_key_parse(k, "us", &number_of, &product);
		if (err == 0)
			err = store_key_parse(v, "q", &ore);
		if (err == 0)
			list[n++] = (struct inv_price){arena_strdup(a, product), (int64_t)ore};
	}
	if (err && err != ERR_NOTFOUND)
		return err;
	said->price = list;
	said->n = n;
	return 0;
}

int inv_price_unsay(struct store_txn *txn, const struct inv_price_list *x)
{
	AUTO(arena) struct arena *a = arena_new();
	struct inv_price_said said = {.most = x->prices};
	int err = inv_price_said(txn, a, x->version, &said);

	for (size_t i = 0; err == 0 && i < said.n; i++) {
		struct store_key of =
			store_key("suu", said.price[i].product, (uint32_t)x->from, x->version);

		err = inv_row_del(txn, INV_PRICE_OF, &of);
	}
	return err;
}

int inv_price_of(struct store_txn *txn, const char *product, const struct inv_price_at *at,
	int64_t *ret_ore, uint32_t *ret_said_by)
{
	struct store_key prefix = store_key("s", product);
	struct store_key behind = store_key("suu", product, (uint32_t)at->day, at->version);
	AUTO(store_iter) struct store_iter it = {0};
	uint32_t day, version = 0;
	uint64_t ore = 0;
	const char *id;
	struct bytes k, v;
	int err = store_iter_init(&it, txn, INV_PRICE_OF, &prefix);

	inv_key_behind(&behind);
	if (err == 0)
		store_iter_seek(&it, &behind);
	if (err == 0)
		err = store_iter_prev(&it, &k, &v);
	if (err == 0)
		err = store_key_parse(k, "suu", &id, &day, &version);
	if (err == 0)
		err = store_key_parse(v, "q", &ore);
	if (err && err != ERR_NOTFOUND)
		return err;
	*ret_ore = (int64_t)ore;
	*ret_said_by = version;
	return 0;
}
