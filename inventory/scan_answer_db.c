/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What was answered to a scan, by the scan's own key: a scan that is told again, since its answer
 * was lost or its page was loaded anew, is answered again and not done again. What was scanned may
 * be a number of a person, so all of it is sealed, and kept for a day.
 *
 * INV_SCAN_ANSWER  s account, s desk, s key -> struct kept
 */
#include "inventory/scan_int.h"

#include "base/text.h"

#define CONTEXT "inv.scan_answer"
#define KEPT_S DAY_S
#define KEPT_MOST 64 /* of a desk */

struct kept {
	int64_t at;
	struct bytes sealed; /* struct inv_told */
	struct bytes unknown;
};

static const struct rec_field kept_fields[] = {
	REC_I64(1, struct kept, at),
	REC_BYTES(2, struct kept, sealed),
	REC_END,
};
static const struct rec_type kept_rec = REC_TYPE(struct kept, 1, kept_fields);

static const struct rec_field told_fields[] = {
	REC_STR(1, struct inv_told, raw),
	REC_U32(2, struct inv_told, yes),
	REC_U32(3, struct inv_told, tone),
	REC_STR(4, struct inv_told, did),
	REC_STR(5, struct inv_told, code),
	REC_STR(6, struct inv_told, text[SAY_SV]),
	REC_STR(7, struct inv_told, text[SAY_FI]),
	REC_STR(8, struct inv_told, text[SAY_EN]),
	REC_STR(9, struct inv_told, serial),
	REC_I64(10, struct inv_told, loan),
	REC_STR(11, struct inv_told, borrower),
	REC_U32(12, struct inv_told, asks),
	REC_STR(13, struct inv_told, doors),
	REC_STR(14, struct inv_told, choices),
	REC_END,
};
static const struct rec_type told_rec = REC_TYPE(struct inv_told, 1, told_fields);

struct store_key inv_told_key(const struct inv_desk_who *by, const char *key)
{
	return store_key("sss", by->who->actor, by->desk ? by->desk : "", key);
}

void inv_told_encode(const struct inv_told *t, struct buf *out)
{
	rec_encode(&told_rec, t, out);
}

int inv_told_decode(struct bytes in, struct arena *a, struct inv_told *ret)
{
	struct inv_told told = {0};
	int err = rec_decode(&told_rec, in, a, &told);

	if (err == 0)
		*ret = told;
	return err;
}

int inv_told_get(struct inv *inv, struct store_txn *txn, const struct inv_desk_who *by,
	const char *key, struct arena *a, struct inv_told *ret)
{
	struct store_key k = inv_told_key(by, key);
	struct bytes plain;
	struct kept kept;
	int err = inv_rec_get(txn, INV_SCAN_ANSWER, &k, &kept_rec, a, &kept);

	if (err)
		return err;
	if (!inv->certs || kept.at + KEPT_S <= by->now)
		return ERR_NOTFOUND;
	err = cert_unseal(inv->certs, CONTEXT, kept.sealed, a, &plain);
	if (err == 0)
		err = inv_told_decode(plain, a, ret);
	return err;
}

/* --- how many, and for how long --- */

struct sweep {
	int64_t now, oldest_at;
	struct store_key oldest;
	size_t left;
};

static int sweep_one(struct store_txn *txn, struct sweep *s, struct bytes key, struct bytes v)
{
	AUTO(arena) struct arena *a = arena_new();
	const char *account, *desk, *name;
	struct store_key k;
	struct kept kept;
	int err = store_key_parse(key, "sss", &account, &desk, &name);

	if (err == 0)
		err = store_rec_decode(txn, &kept_rec, v, a, &kept);
	if (err)
		return err;
	k = store_key("sss", account, desk, name);
	if (kept.at + KEPT_S <= s->now)
		return store_del(txn, INV_SCAN_ANSWER, &k);
	if (s->left++ == 0 || kept.at < s->oldest_at) {
		s->oldest = k;
		s->oldest_at = kept.at;
	}
	return 0;
}

/* Takes away what is too old, of one desk or (prefix NULL) of all. */
static int sweep(struct store_txn *txn, const struct store_key *prefix, struct sweep *s)
{
	AUTO(store_iter) struct store_iter it = {0};
	struct bytes key, v;
	int err = store_iter_init(&it, txn, INV_SCAN_ANSWER, prefix);

	while (err == 0 && (err = store_iter_next(&it, &key, &v)) == 0)
		err = sweep_one(txn, s, key, v);
	return err == ERR_NOTFOUND ? 0 : err;
}

int inv_told_put(struct inv *inv, struct store_txn *txn, const struct inv_desk_who *by,
	const char *key, const struct inv_told *told)
{
	AUTO(arena) struct arena *a = arena_new();
	AUTO(buf) struct buf plain = BUF_INIT(65536);
	struct store_key k = store_key("ss", by->who->actor, by->desk ? by->desk : "");
	struct kept kept = {.at = by->now};
	struct sweep s = {.now = by->now};
	int err;

	if (!inv->certs)
		return 0;
	inv_told_encode(told, &plain);
	err = buf_ok(&plain) ? cert_seal(inv->certs, CONTEXT, buf_bytes(&plain), a, &kept.sealed)
			     : ERR_TOOBIG;
	if (err == 0)
		err = sweep(txn, &k, &s);
	if (err == 0 && s.left >= KEPT_MOST)
		err = store_del(txn, INV_SCAN_ANSWER, &s.oldest);
	k = inv_told_key(by, key);
	return err ? err : inv_rec_put(txn, INV_SCAN_ANSWER, &k, &kept_rec, &kept);
}

int inv_told_tend(struct store_txn *txn, int64_t now)
{
	struct sweep s = {.now = now};

	return sweep(txn, NULL, &s);
}
