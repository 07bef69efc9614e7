/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * INV_RULE       q id             -> struct inv_rule, as it is in force
 * INV_RULE_PAST  q id, u version  -> struct inv_rule, as each version was
 */
#include "inventory/circulation_int.h"

#include "base/rec.h"

static const struct rec_field rule_fields[] = {
	REC_I64(1, struct inv_rule, id),
	REC_U32(2, struct inv_rule, zone),
	REC_U32(3, struct inv_rule, kind),
	REC_STR(4, struct inv_rule, product),
	REC_STR(5, struct inv_rule, category),
	REC_STR(6, struct inv_rule, borrower_kind),
	REC_STR(7, struct inv_rule, place),
	REC_I64(8, struct inv_rule, replacement_ore),
	REC_WORDS(9, struct inv_rule, why),
	REC_I64(10, struct inv_rule, changed_at),
	REC_I64(11, struct inv_rule, ended_at),
	REC_STR(12, struct inv_rule, changed_by),
	REC_U32(13, struct inv_rule, version),
	INV_TERM_FIELDS(struct inv_rule, set),
	REC_END,
};
const struct rec_type inv_rule_rec =
	REC_TYPE_WORDS("inv.rule", struct inv_rule, 1, rule_fields);

int inv_rule_get(struct store_txn *txn, struct arena *a, uint64_t id, struct inv_rule *ret)
{
	struct store_key k = store_key("q", id);
	struct bytes v;
	int err = store_get(txn, INV_RULE, &k, &v);

	return err ? err : store_rec_decode(txn, &inv_rule_rec, v, a, ret);
}

/* Every rule has few bytes and there are INV_RULES_MOST at most: all of them are one list. */
static int list(struct arena *a, struct store_iter *it, bool newest_first, struct inv_rule **ret,
	size_t *ret_n)
{
	size_t n = 0, room = 16;
	struct inv_rule *all = ARENA_ARRAY(a, struct inv_rule, room);
	struct bytes k, v;
	int err = 0;

	while (err == 0 && n < INV_RULES_MOST) {
		err = newest_first ? store_iter_prev(it, &k, &v) : store_iter_next(it, &k, &v);
		if (err)
			break;
		if (n == room) {
			struct inv_rule *more = ARENA_ARRAY(a, struct inv_rule, room * 2);

			memcpy(more, all, n * sizeof(*all));
			all = more;
			room *= 2;
		}
		err = store_rec_decode(it->txn, &inv_rule_rec, v, a, &all[n]);
		n++;
	}
	if (err && err != ERR_NOTFOUND)
		return err;
	*ret = all;
	*ret_n = n;
	return 0;
}

int inv_rule_list(struct store_txn *txn, struct arena *a, struct inv_rule **ret, size_t *ret_n)
{
	AUTO(store_iter) struct store_iter it = {0};
	int err = store_iter_init(&it, txn, INV_RULE, NULL);

	return err ? err : list(a, &it, false, ret, ret_n);
}

int inv_rule_history(
	struct store_txn *txn, struct arena *a, uint64_t id, struct inv_rule **ret, size_t *ret_n)
{
	struct store_key prefix = store_key("q", id);
	AUTO(store_iter) struct store_iter it = {0};
	int err = store_iter_init(&it, txn, INV_RULE_PAST, &prefix);

	return err ? err : list(a, &it, true, ret, ret_n);
}

int inv_rule_store(
	struct store_txn *txn, const struct inv_rule *before, const struct inv_rule *rule)
{
	struct store_key k = store_key("q", rule->id);
	struct store_key past = store_key("qu", rule->id, rule->version);
	AUTO(buf) struct buf v = BUF_INIT(65536);
	int err;

	err = store_rec_encode(txn, &inv_rule_rec, rule, &v);
	if (err == 0)
		err = store_add(txn, INV_RULE_PAST, &past, buf_bytes(&v));
	if (err)
		return err;
	if (!rule->ended_at)
		return store_put(txn, INV_RULE, &k, buf_bytes(&v));
	return before ? store_del(txn, INV_RULE, &k) : 0;
}

int inv_rule_next_id(struct store_txn *txn, uint64_t *ret)
{
	AUTO(store_iter) struct store_iter it = {0};
	uint64_t last = 0;
	uint32_t version;
	struct bytes k, v;
	int err = store_iter_init(&it, txn, INV_RULE_PAST, NULL);

	if (err == 0)
		err = store_iter_prev(&it, &k, &v);
	if (err == 0)
		err = store_key_parse(k, "qu", &last, &version);
	if (err && err != ERR_NOTFOUND)
		return err;
	*ret = last + 1;
	return 0;
}
