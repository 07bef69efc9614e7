/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * SETTING_VALUE  s name            -> the value as a record, with the change that made it
 * SETTING_PAST   s name, u number  -> struct setting_change
 * SETTING_WAITS  s name            -> struct setting_change, with when it will count
 */
#include "settings/settings_int.h"

#include "base/rec.h"

#define VALUE_MOST 8192

static const struct rec_field change_fields[] = {
	REC_STR(1, struct setting_change, name),
	REC_U32(2, struct setting_change, number),
	REC_STR(3, struct setting_change, old),
	REC_STR(4, struct setting_change, value),
	REC_BOOL(5, struct setting_change, was_kept),
	REC_BOOL(6, struct setting_change, is_kept),
	REC_U32(7, struct setting_change, undoes),
	REC_WORDS(8, struct setting_change, why),
	REC_I64(9, struct setting_change, at),
	REC_STR(10, struct setting_change, by),
	REC_I64(11, struct setting_change, counts_at),
	REC_END,
};
static const struct rec_type change_rec =
	REC_TYPE_WORDS("setting.value", struct setting_change, 1, change_fields);

static int change_decode(
	struct store_txn *txn, struct bytes v, struct arena *a, struct setting_change *ret)
{
	int err = store_rec_decode(txn, &change_rec, v, a, ret);

	if (err)
		return err;
	ret->old = ret->old ? ret->old : "";
	ret->value = ret->value ? ret->value : "";
	return 0;
}

int setting_change_put(struct store_txn *txn, enum setting x, const struct setting_change *c)
{
	const char *name = setting_row(x)->name;
	struct store_key now = store_key("s", name), past = store_key("su", name, c->number);
	AUTO(buf) struct buf v = BUF_INIT(VALUE_MOST);
	int err;

	err = store_rec_encode(txn, &change_rec, c, &v);
	if (err)
		return err;
	err = store_add(txn, SETTING_PAST, &past, buf_bytes(&v));
	return err ? err : store_put(txn, SETTING_VALUE, &now, buf_bytes(&v));
}

int setting_last(struct store_txn *txn, struct arena *a, enum setting x, struct setting_change *ret)
{
	struct store_key k = store_key("s", setting_row(x)->name);
	struct bytes v;
	int err = store_get(txn, SETTING_VALUE, &k, &v);

	return err ? err : change_decode(txn, v, a, ret);
}

int setting_waiting(
	struct store_txn *txn, struct arena *a, enum setting x, struct setting_change *ret)
{
	struct store_key k = store_key("s", setting_row(x)->name);
	struct bytes v;
	int err = store_get(txn, SETTING_WAITS, &k, &v);

	return err ? err : change_decode(txn, v, a, ret);
}

int setting_waiting_put(struct store_txn *txn, enum setting x, const struct setting_change *c)
{
	struct store_key k = store_key("s", setting_row(x)->name);
	AUTO(buf) struct buf v = BUF_INIT(VALUE_MOST);
	int err = store_rec_encode(txn, &change_rec, c, &v);

	return err ? err : store_put(txn, SETTING_WAITS, &k, buf_bytes(&v));
}

int setting_waiting_del(struct store_txn *txn, enum setting x)
{
	struct store_key k = store_key("s", setting_row(x)->name);
	int err = store_del(txn, SETTING_WAITS, &k);

	return err == ERR_NOTFOUND ? 0 : err;
}

int setting_kept(struct store_txn *txn, struct arena *a, enum setting x, const char **ret)
{
	struct setting_change c;
	int err = setting_last(txn, a, x, &c);

	if (err || !c.is_kept)
		return err ? err : ERR_NOTFOUND;
	*ret = c.value;
	return 0;
}

int setting_change_get(struct store_txn *txn, struct arena *a, enum setting x, uint32_t number,
	struct setting_change *ret)
{
	struct store_key k = store_key("su", setting_row(x)->name, number);
	struct bytes v;
	int err = store_get(txn, SETTING_PAST, &k, &v);

	return err ? err : change_decode(txn, v, a, ret);
}

int setting_history(struct store_txn *txn, struct arena *a, enum setting x, size_t most,
	struct setting_change **ret, size_t *ret_n)
{
	struct setting_change *list = ARENA_ARRAY(a, struct setting_change, most + 1);
	struct store_key prefix = store_key("s", setting_row(x)->name);
	AUTO(store_iter) struct store_iter it = {0};
	struct bytes k, v;
	size_t n = 0;
	int err = store_iter_init(&it, txn, SETTING_PAST, &prefix);

	while (err == 0 && n < most && (err = store_iter_prev(&it, &k, &v)) == 0)
		err = change_decode(txn, v, a, &list[n++]);
	if (err && err != ERR_NOTFOUND)
		return err;
	*ret = list;
	*ret_n = n;
	return 0;
}

int setting_text_in(struct store_txn *txn, struct arena *a, enum setting x, const char **ret)
{
	const char *built_in = setting_row(x)->otherwise;
	int err = setting_kept(txn, a, x, ret);

	if (err == ERR_NOTFOUND) {
		*ret = built_in ? built_in : "";
		err = 0;
	}
	return err;
}

int setting_number_in(struct store_txn *txn, enum setting x, int64_t *ret)
{
	AUTO(arena) struct arena *a = arena_new();
	const struct conf_key key = setting_conf_key(x);
	const char *text;
	int err = setting_text_in(txn, a, x, &text);

	if (err == 0 && conf_value_wrong(&key, text, ret))
		err = ERR_CORRUPT;
	return err;
}

int setting_layout_renew(struct store *st)
{
	static const struct store_words of[] = {{.table = SETTING_VALUE, .type = &change_rec},
		{.table = SETTING_PAST, .type = &change_rec},
		{.table = SETTING_WAITS, .type = &change_rec}};

	return store_words_seal_once(st, "setting", of, sizeof(of) / sizeof(of[0]));
}
