/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * INV_UNIT      s serial            -> struct inv_unit
 * INV_BY_ITEM   s item number       -> serial
 * INV_BY_STATE  c state, s serial   -> empty
 * INV_COUNT     c state             -> number of units, as text
 */
#include "inventory/inventory_int.h"

#include "base/rec.h"
#include "base/text.h"

#include <ctype.h>

static const struct rec_field unit_fields[] = {
	REC_STR(1, struct inv_unit, serial),
	REC_STR(2, struct inv_unit, item_number),
	REC_U32(3, struct inv_unit, state),
	REC_U32(4, struct inv_unit, state_before),
	REC_STR(5, struct inv_unit, product),
	REC_STR(6, struct inv_unit, lease),
	REC_STR(7, struct inv_unit, imei),
	REC_STR(8, struct inv_unit, sim),
	REC_WORDS(9, struct inv_unit, note),
	REC_I64(10, struct inv_unit, made_at),
	REC_I64(11, struct inv_unit, changed_at),
	REC_I64(12, struct inv_unit, lease_ends_at),
	REC_BOOL(13, struct inv_unit, enrolled),
	REC_I64(14, struct inv_unit, history_seq),
	REC_STR(15, struct inv_unit, product_id),
	REC_STR(16, struct inv_unit, place),
	REC_STR(17, struct inv_unit, home),
	REC_STR(18, struct inv_unit, bound_for),
	REC_U32(19, struct inv_unit, zone),
	REC_U32(20, struct inv_unit, condition),
	REC_WORDS(21, struct inv_unit, condition_note),
	REC_U32(22, struct inv_unit, ownership),
	REC_STR(23, struct inv_unit, supplier),
	REC_STR(24, struct inv_unit, delivery),
	REC_STR(25, struct inv_unit, maker_serial),
	REC_STR(26, struct inv_unit, lot),
	REC_STR(27, struct inv_unit, model),
	REC_I64(28, struct inv_unit, price_ore),
	REC_U32(29, struct inv_unit, made_day),
	REC_U32(30, struct inv_unit, expires_day),
	REC_U32(31, struct inv_unit, bought_day),
	REC_BOOL(32, struct inv_unit, display),
	REC_STR(33, struct inv_unit, kit),
	REC_U32(34, struct inv_unit, parts),
	REC_U32(35, struct inv_unit, parts_missing),
	REC_U32(36, struct inv_unit, faults_open),
	REC_STR(37, struct inv_unit, codes),
	REC_STR(38, struct inv_unit, loan),
	REC_I64(39, struct inv_unit, lent_at),
	REC_U32(40, struct inv_unit, loans),
	REC_I64(41, struct inv_unit, photo),
	REC_U32(42, struct inv_unit, kind),
	REC_STR(60, struct inv_unit, color),
	REC_STR(61, struct inv_unit, eid),
	REC_I64(62, struct inv_unit, received_at),
	REC_BOOL(63, struct inv_unit, announced),
	REC_WORDS(64, struct inv_unit, police),
	REC_END,
};
const struct rec_type inv_unit_rec =
	REC_TYPE_WORDS("inv.unit", struct inv_unit, 1, unit_fields);

int inv_code_parse(struct arena *a, const char *s, const char **ret)
{
	size_t n = s ? strlen(s) : 0;
	char *out = arena_alloc(a, n + 1);
	size_t w = 0;

	for (size_t i = 0; i < n; i++) {
		unsigned char c = (unsigned char)s[i];

		if (c == ' ')
			continue;
		if (!isalnum(c) && c != '-' && c != '.' && c != '/' && c != '_')
			return ERR_BADINPUT;
		out[w++] = (char)toupper(c);
	}
	if (w == 0 || w > INV_CODE_MAX)
		return ERR_BADINPUT;
	*ret = out;
	return 0;
}

int inv_unit_get(struct store_txn *txn, struct arena *a, const char *serial, struct inv_unit *ret)
{
	struct store_key k = store_key("s", serial);
	struct inv_unit u;
	struct bytes v;
	int err = store_get(txn, INV_UNIT, &k, &v);

	if (err == 0)
		err = store_rec_decode(txn, &inv_unit_rec, v, a, &u);
	if (err == 0)
		*ret = u;
	return err;
}

const char *inv_unit_label_of(struct store_txn *txn, struct arena *a, const char *serial)
{
	struct inv_unit u;

	return inv_unit_get(txn, a, serial, &u) == 0 ? inv_unit_label(&u) : serial;
}

static int count_get(struct store_txn *txn, unsigned state, uint64_t *ret)
{
	struct store_key k = store_key("c", (int)state);
	char text[24];
	struct bytes v;
	int err = store_get(txn, INV_COUNT, &k, &v);

	if (err == ERR_NOTFOUND) {
		*ret = 0;
		return 0;
	}
	if (err)
		return err;
	if (v.n >= sizeof(text))
		return ERR_CORRUPT;
	memcpy(text, v.p, v.n);
	text[v.n] = '\0';
	return text_parse_u64(text, ret) == 0 ? 0 : ERR_CORRUPT;
}

static int count_add(struct store_txn *txn, unsigned state, int by)
{
	struct store_key k = store_key("c", (int)state);
	AUTO(buf) struct buf text = BUF_INIT(24);
	uint64_t n;
	int err = count_get(txn, state, &n);

	if (err)
		return err;
	if (by < 0 && n == 0)
		return ERR_CORRUPT;
	buf_printf(&text, "%llu", (unsigned long long)(by < 0 ? n - 1 : n + 1));
	return store_put(txn, INV_COUNT, &k, buf_bytes(&text));
}

int inv_count_by_state(struct store_txn *txn, uint64_t ret[INV_STATES])
{
	uint64_t n[INV_STATES] = {0};

	for (unsigned s = 1; s < INV_STATES; s++) {
		int err = count_get(txn, s, &n[s]);

		if (err)
			return err;
	}
	memcpy(ret, n, sizeof(n));
	return 0;
}

static int move_state(
	struct store_txn *txn, const struct inv_unit *before, const struct inv_unit *u)
{
	struct store_key k;
	int err = 0;

	if (before && before->state == u->state)
		return 0;
	if (before) {
		k = store_key("cs", (int)before->state, u->serial);
		err = store_del(txn, INV_BY_STATE, &k);
		if (err == 0)
			err = count_add(txn, before->state, -1);
	}
	if (err)
		return err;
	k = store_key("cs", (int)u->state, u->serial);
	err = store_put(txn, INV_BY_STATE, &k, bytes_of("", 0));
	return err ? err : count_add(txn, u->state, 1);
}

static int move_item_number(
	struct store_txn *txn, const struct inv_unit *before, const struct inv_unit *u)
{
	struct store_key k;
	int err;

	if (before && text_equal(before->item_number, u->item_number))
		return 0;
	if (!text_empty(u->item_number)) {
		k = store_key("s", u->item_number);
		err = store_add(txn, INV_BY_ITEM, &k, bytes_of_str(u->serial));
		if (err)
			return err;
	}
	if (!before || text_empty(before->item_number))
		return 0;
	k = store_key("s", before->item_number);
	return store_del(txn, INV_BY_ITEM, &k);
}

int inv_unit_put(struct store_txn *txn, const struct inv_unit *before, const struct inv_unit *u)
{
	struct store_key k = store_key("s", u->serial);
	AUTO(buf) struct buf v = BUF_INIT(65536);
	int err = move_item_number(txn, before, u);

	/* its number stands on the iPad's lock screen */
	if (err == 0 && before && u->enrolled && !text_equal(before->item_number, u->item_number))
		err = mdm_desired_touch(txn, u->serial, u->changed_at);
	if (err == 0)
		err = move_state(txn, before, u);
	if (err == 0)
		err = inv_unit_index(txn, before, u);
	if (err)
		return err;
	err = store_rec_encode(txn, &inv_unit_rec, u, &v);
	return err ? err : store_put(txn, INV_UNIT, &k, buf_bytes(&v));
}

int inv_unit_encode(
	struct store_txn *txn, struct arena *a, const struct inv_unit *u, struct bytes *ret)
{
	AUTO(buf) struct buf v = BUF_INIT(65536);
	int err = store_rec_encode(txn, &inv_unit_rec, u, &v);

	if (err)
		return err;
	*ret = bytes_of(arena_strndup(a, (const char *)v.p, v.n), v.n);
	return 0;
}

int inv_unit_decode(struct store_txn *txn, struct bytes v, struct arena *a, struct inv_unit *ret)
{
	return store_rec_decode(txn, &inv_unit_rec, v, a, ret);
}

int inv_unit_forget(struct store_txn *txn, const struct inv_unit *u)
{
	struct store_key item = store_key("s", u->item_number ? u->item_number : "");
	struct store_key state = store_key("cs", (int)u->state, u->serial);
	struct store_key k = store_key("s", u->serial);
	int err = text_empty(u->item_number) ? 0 : store_del(txn, INV_BY_ITEM, &item);

	if (err == 0)
		err = store_del(txn, INV_BY_STATE, &state);
	if (err == 0)
		err = count_add(txn, u->state, -1);
	if (err == 0)
		err = inv_unit_index(txn, u, NULL);
	if (err == 0)
		err = inv_history_drop(txn, u->serial);
	return err ? err : store_del(txn, INV_UNIT, &k);
}

struct listing {
	struct arena *a;
	struct inv_unit *units;
	size_t n, most;
};

/* Every unit, or those of one state: both in serial number order. */
static int list_next(struct store_txn *txn, struct store_iter *it, bool by_state, struct listing *l)
{
	struct bytes k, v;
	const char *serial;
	int state, err = store_iter_next(it, &k, &v);

	if (err)
		return err;
	if (!by_state)
		return store_rec_decode(txn, &inv_unit_rec, v, l->a, &l->units[l->n]);
	err = store_key_parse(k, "cs", &state, &serial);
	return err ? err : inv_unit_get(txn, l->a, serial, &l->units[l->n]);
}

static void list_start(struct store_iter *it, const struct inv_list_ask *ask)
{
	struct store_key from;

	if (!ask->after)
		return;
	/* Just behind `after`: its key with one byte more is the smallest that is greater. */
	from = ask->state ? store_key("cs", (int)ask->state, ask->after)
			  : store_key("s", ask->after);
	if (!from.bad && from.n < STORE_KEY_MAX)
		from.b[from.n++] = 0;
	store_iter_seek(it, &from);
}

int inv_unit_list(struct store_txn *txn, struct arena *a, const struct inv_list_ask *ask,
	struct inv_unit **ret, size_t *ret_n)
{
	struct store_key prefix = store_key("c", (int)ask->state);
	struct listing l = {.a = a, .most = ask->most};
	AUTO(store_iter) struct store_iter it = {0};
	int err = store_iter_init(
		&it, txn, ask->state ? INV_BY_STATE : INV_UNIT, ask->state ? &prefix : NULL);

	if (err)
		return err;
	l.units = ARENA_ARRAY(a, struct inv_unit, ask->most + 1);
	list_start(&it, ask);
	while (l.n < l.most) {
		err = list_next(txn, &it, ask->state != 0, &l);
		if (err)
			break;
		l.n++;
	}
	if (err && err != ERR_NOTFOUND)
		return err;
	*ret = l.units;
	*ret_n = l.n;
	return 0;
}
