/* SPDX-License-Identifier: EUPL-1.2 */
/* What the tables of this folder have in common: records, rows of indexes, numbers that rise. */
#include "inventory/inventory_int.h"

#include "base/text.h"

#define RECORD_MOST 65536

int inv_rec_get(struct store_txn *txn, enum store_table t, const struct store_key *k,
	const struct rec_type *type, struct arena *a, void *record)
{
	struct bytes v;
	int err = store_get(txn, t, k, &v);

	return err ? err : store_rec_decode(txn, type, v, a, record);
}

int inv_rec_put(struct store_txn *txn, enum store_table t, const struct store_key *k,
	const struct rec_type *type, const void *record)
{
	AUTO(buf) struct buf v = BUF_INIT(RECORD_MOST);
	int err = store_rec_encode(txn, type, record, &v);

	return err ? err : store_put(txn, t, k, buf_bytes(&v));
}

int inv_row_put(struct store_txn *txn, enum store_table t, const struct store_key *k)
{
	return store_put(txn, t, k, bytes_of("", 0));
}

int inv_row_del(struct store_txn *txn, enum store_table t, const struct store_key *k)
{
	int err = store_del(txn, t, k);

	return err == ERR_NOTFOUND ? 0 : err;
}

int inv_number_get(
	struct store_txn *txn, enum store_table t, const struct store_key *k, uint64_t *ret)
{
	struct bytes v;
	int err = store_get(txn, t, k, &v);

	if (err == ERR_NOTFOUND) {
		*ret = 0;
		return 0;
	}
	return err ? err : store_key_parse(v, "q", ret);
}

static int number_put(
	struct store_txn *txn, enum store_table t, const struct store_key *k, uint64_t n)
{
	struct store_key v = store_key("q", n);

	return store_put(txn, t, k, bytes_of(v.b, v.n));
}

int inv_number_add(struct store_txn *txn, enum store_table t, const struct store_key *k, int by)
{
	uint64_t n;
	int err = inv_number_get(txn, t, k, &n);

	if (err)
		return err;
	if (by < 0 && n < (uint64_t)-by)
		return ERR_CORRUPT;
	n = by < 0 ? n - (uint64_t)-by : n + (uint64_t)by;
	return n ? number_put(txn, t, k, n) : inv_row_del(txn, t, k);
}

int inv_number_last(struct store_txn *txn, enum store_table t, uint64_t *ret)
{
	AUTO(store_iter) struct store_iter it = {0};
	struct bytes k, v;
	int err = store_iter_init(&it, txn, t, NULL);

	if (err == 0)
		err = store_iter_prev(&it, &k, &v);
	if (err == ERR_NOTFOUND) {
		*ret = 0;
		return 0;
	}
	return err ? err : store_key_parse(k, "q", ret);
}

int inv_key_number(struct bytes key, uint64_t *ret)
{
	return key.n < 8 ? ERR_CORRUPT : store_key_parse(bytes_of(key.p + key.n - 8, 8), "q", ret);
}

int inv_rows_drop(struct store_txn *txn, enum store_table t, const struct store_key *prefix)
{
	AUTO(store_iter) struct store_iter it = {0};
	struct bytes k, v;
	int err = store_iter_init(&it, txn, t, prefix);

	while (err == 0 && (err = store_iter_next(&it, &k, &v)) == 0) {
		struct store_key key = {.n = (uint16_t)k.n};

		memcpy(key.b, k.p, k.n);
		err = store_del(txn, t, &key);
	}
	return err == ERR_NOTFOUND ? 0 : err;
}

int inv_series_next(struct store_txn *txn, const char *series, uint64_t *ret)
{
	struct store_key k = store_key("s", series);
	uint64_t n;
	int err = inv_number_get(txn, INV_SERIES, &k, &n);

	if (err == 0)
		err = number_put(txn, INV_SERIES, &k, n + 1);
	if (err == 0)
		*ret = n + 1;
	return err;
}

void inv_key_behind(struct store_key *k)
{
	if (!k->bad && k->n < STORE_KEY_MAX)
		k->b[k->n++] = 0;
}

const char *inv_detail(struct arena *a, ...)
{
	AUTO(buf) struct buf text = BUF_INIT(32768);
	struct doc *d = doc_new(a);
	const char *key;
	va_list ap;

	va_start(ap, a);
	while ((key = va_arg(ap, const char *))) {
		const char *value = va_arg(ap, const char *);

		if (!text_empty(value))
			doc_set_str(d, key, value);
	}
	va_end(ap);
	doc_format(d, &text);
	return arena_strdup(a, buf_str(&text));
}
