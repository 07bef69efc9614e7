/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * PEOPLE_POLICY        c zone, s kind ("": all others) -> struct people_policy
 * PEOPLE_POLICY_WAITS  the same, with when it will count
 * PEOPLE_SWEEP         u 1 -> struct people_sweep
 */
#include "people/people_int.h"

#include "base/rec.h"

#define POLICIES_MOST 200

static const struct rec_field policy_fields[] = {
	REC_U32(1, struct people_policy, zone),
	REC_STR(2, struct people_policy, kind),
	REC_U32(3, struct people_policy, keep_days),
	REC_U32(4, struct people_policy, needs_days),
	REC_BOOL(5, struct people_policy, no_identity),
	REC_STR(6, struct people_policy, decision),
	REC_I64(7, struct people_policy, changed_at),
	REC_STR(8, struct people_policy, changed_by),
	REC_BOOL(9, struct people_policy, by_protocol),
	REC_I64(10, struct people_policy, counts_at),
	REC_END,
};
static const struct rec_type policy_rec = REC_TYPE(struct people_policy, 1, policy_fields);

static int get(struct store_txn *txn, struct arena *a, enum people_zone zone, const char *kind,
	struct people_policy *ret)
{
	struct store_key k = store_key("cs", (int)zone, kind);
	struct bytes v;
	int err = store_get(txn, PEOPLE_POLICY, &k, &v);

	return err ? err : rec_decode(&policy_rec, v, a, ret);
}

int people_policy_get(struct store_txn *txn, struct arena *a, enum people_zone zone,
	const char *kind, struct people_policy *ret)
{
	int err = get(txn, a, zone, kind ? kind : "", ret);

	if (err == ERR_NOTFOUND)
		err = get(txn, a, zone, "", ret);
	if (err != ERR_NOTFOUND)
		return err;
	*ret = (struct people_policy){.zone = zone, .kind = "", .keep_days = 730, .needs_days = 90};
	return 0;
}

static struct store_key key_of(const struct people_policy *x)
{
	return store_key("cs", (int)x->zone, x->kind ? x->kind : "");
}

static int put(struct store_txn *txn, enum store_table t, const struct people_policy *x)
{
	struct store_key k = key_of(x);
	AUTO(buf) struct buf v = BUF_INIT(4096);

	rec_encode(&policy_rec, x, &v);
	return buf_ok(&v) ? store_put(txn, t, &k, buf_bytes(&v)) : ERR_TOOBIG;
}

int people_policy_put(struct store_txn *txn, const struct people_policy *x)
{
	return put(txn, PEOPLE_POLICY, x);
}

int people_policy_wait(struct store_txn *txn, const struct people_policy *x)
{
	return put(txn, PEOPLE_POLICY_WAITS, x);
}

int people_policy_unwait(struct store_txn *txn, const struct people_policy *x)
{
	struct store_key k = key_of(x);

	return store_del(txn, PEOPLE_POLICY_WAITS, &k);
}

static int list_of(struct store_txn *txn, enum store_table t, struct arena *a,
	struct people_policy **ret, size_t *ret_n)
{
	struct people_policy *list = ARENA_ARRAY(a, struct people_policy, POLICIES_MOST);
	AUTO(store_iter) struct store_iter it = {0};
	struct bytes k, v;
	size_t n = 0;
	int err = store_iter_init(&it, txn, t, NULL);

	while (err == 0 && n < POLICIES_MOST && (err = store_iter_next(&it, &k, &v)) == 0)
		err = rec_decode(&policy_rec, v, a, &list[n++]);
	if (err && err != ERR_NOTFOUND)
		return err;
	*ret = list;
	*ret_n = n;
	return 0;
}

int people_policy_list(
	struct store_txn *txn, struct arena *a, struct people_policy **ret, size_t *ret_n)
{
	return list_of(txn, PEOPLE_POLICY, a, ret, ret_n);
}

int people_policy_waiting(
	struct store_txn *txn, struct arena *a, struct people_policy **ret, size_t *ret_n)
{
	return list_of(txn, PEOPLE_POLICY_WAITS, a, ret, ret_n);
}

static const struct rec_field sweep_fields[] = {
	REC_BOOL(1, struct people_sweep, under_way),
	REC_STR(2, struct people_sweep, after),
	REC_I64(3, struct people_sweep, done),
	REC_I64(4, struct people_sweep, all),
	REC_I64(5, struct people_sweep, begun_at),
	REC_END,
};
static const struct rec_type sweep_rec = REC_TYPE(struct people_sweep, 1, sweep_fields);

int people_sweep_get(struct store_txn *txn, struct arena *a, struct people_sweep *ret)
{
	struct store_key k = store_key("u", (uint32_t)1);
	struct bytes v;
	int err = store_get(txn, PEOPLE_SWEEP, &k, &v);

	return err ? err : rec_decode(&sweep_rec, v, a, ret);
}

int people_sweep_put(struct store_txn *txn, const struct people_sweep *x)
{
	struct store_key k = store_key("u", (uint32_t)1);
	AUTO(buf) struct buf v = BUF_INIT(4096);

	rec_encode(&sweep_rec, x, &v);
	return buf_ok(&v) ? store_put(txn, PEOPLE_SWEEP, &k, buf_bytes(&v)) : ERR_TOOBIG;
}
