/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * PEOPLE_NOTICE       c zone, q number -> struct people_notice
 * PEOPLE_NOTICE_OPEN  c zone, q number -> empty, until the officer has seen it
 */
#include "people/people_int.h"

#include "base/rec.h"

static const struct rec_field notice_fields[] = {
	REC_I64(1, struct people_notice, number),
	REC_U32(2, struct people_notice, zone),
	REC_STR(3, struct people_notice, borrower),
	REC_STR(4, struct people_notice, actor),
	REC_STR(5, struct people_notice, why),
	REC_STR(6, struct people_notice, words),
	REC_I64(7, struct people_notice, at),
	REC_I64(8, struct people_notice, seen_at),
	REC_STR(9, struct people_notice, seen_by),
	REC_I64(10, struct people_notice, look),
	REC_END,
};
static const struct rec_type notice_rec = REC_TYPE(struct people_notice, 1, notice_fields);

static int put(struct store_txn *txn, const struct people_notice *x)
{
	struct store_key k = store_key("cq", (int)x->zone, x->number);
	AUTO(buf) struct buf v = BUF_INIT(8192);
	int err;

	rec_encode(&notice_rec, x, &v);
	if (!buf_ok(&v))
		return ERR_TOOBIG;
	err = store_put(txn, PEOPLE_NOTICE, &k, buf_bytes(&v));
	if (err)
		return err;
	if (x->seen_at)
		return store_del(txn, PEOPLE_NOTICE_OPEN, &k);
	return store_put(txn, PEOPLE_NOTICE_OPEN, &k, bytes_of("", 0));
}

int people_notice_add(struct store_txn *txn, struct people_notice *x)
{
	struct store_key prefix = store_key("c", (int)x->zone);
	AUTO(store_iter) struct store_iter it = {0};
	struct bytes k, v;
	uint64_t last = 0;
	int zone, err = store_iter_init(&it, txn, PEOPLE_NOTICE, &prefix);

	if (err == 0)
		err = store_iter_prev(&it, &k, &v);
	if (err == 0)
		err = store_key_parse(k, "cq", &zone, &last);
	if (err && err != ERR_NOTFOUND)
		return err;
	x->number = last + 1;
	return put(txn, x);
}

static int take_open(const struct store_row *row, void *ret)
{
	struct store_key at;
	struct bytes v;
	uint64_t number;
	int zone, err = store_key_parse(row->key, "cq", &zone, &number);

	at = store_key("cq", zone, number);
	if (err == 0)
		err = store_get(row->txn, PEOPLE_NOTICE, &at, &v);
	return err ? err : rec_decode(&notice_rec, v, row->a, ret);
}

int people_notice_list(struct store_txn *txn, unsigned zones, bool open_only,
	const struct store_piece *piece, struct people_notice **ret, size_t *ret_n)
{
	static const struct store_list all = {
		.table = PEOPLE_NOTICE, .newest_first = true, .type = &notice_rec};
	static const struct store_list open = {.table = PEOPLE_NOTICE_OPEN,
		.newest_first = true,
		.size = sizeof(struct people_notice),
		.take = take_open};
	struct people_notice *list = ARENA_ARRAY(piece->a, struct people_notice, piece->most + 1);
	size_t n = 0;

	for (unsigned z = PEOPLE_CARE; z <= PEOPLE_LIBRARY; z <<= 1) {
		struct store_key of = store_key("c", (int)z);
		struct store_piece rest = *piece;
		struct store_rows rows = {0};
		int err;

		rest.most -= n;
		err = zones & z ? store_list_read(txn, open_only ? &open : &all, &of, &rest, &rows)
				: 0;
		if (err)
			return err;
		if (rows.n)
			memcpy(list + n, rows.at, rows.n * sizeof(*list));
		n += rows.n;
	}
	*ret = list;
	*ret_n = n;
	return 0;
}

int people_notice_after(struct store_txn *txn, enum people_zone zone, const struct store_piece *piece,
	struct people_notice **ret, size_t *ret_n)
{
	static const struct store_list all = {.table = PEOPLE_NOTICE, .type = &notice_rec};
	struct store_key of = store_key("c", (int)zone);
	struct store_rows rows = {0};
	int err = store_list_read(txn, &all, &of, piece, &rows);

	if (err)
		return err;
	*ret = rows.at;
	*ret_n = rows.n;
	return 0;
}

struct seeing {
	const struct people_caller *who;
	enum people_zone zone;
	uint64_t number;
	struct refusal *r;
};

static int seen_in(struct store_txn *txn, void *arg)
{
	AUTO(arena) struct arena *a = arena_new();
	struct seeing *s = arg;
	struct store_key k = store_key("cq", (int)s->zone, s->number);
	struct people_notice x;
	struct bytes v;
	int err = store_get(txn, PEOPLE_NOTICE, &k, &v);

	if (err == 0)
		err = rec_decode(&notice_rec, v, a, &x);
	if (err || x.seen_at)
		return err;
	if (text_equal(x.actor, s->who->who->actor))
		return refuse(s->r, &people_say_own_look, NULL, NULL, NULL);
	x.seen_at = s->who->now;
	x.seen_by = s->who->who->actor;
	err = put(txn, &x);
	if (err)
		return err;
	return audit_add(txn, s->who->who, s->who->now, "borrower.notice_seen", x.borrower, NULL);
}

int people_notice_seen(struct people *p, const struct people_caller *who, enum people_zone zone,
	uint64_t number, struct refusal *r)
{
	struct seeing s = {who, zone, number, r};

	return who->zones & zone ? store_write(p->st, seen_in, &s) : ERR_NOTFOUND;
}
