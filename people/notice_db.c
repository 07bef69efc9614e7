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

struct listing {
	struct store_txn *txn;
	struct arena *a;
	struct people_notice *list;
	size_t n, most;
	bool open_only;
	uint64_t before;
};

static int list_next(struct listing *l, struct store_iter *it)
{
	struct store_key at;
	struct bytes k, v;
	uint64_t number;
	int zone, err = store_iter_prev(it, &k, &v);

	if (err || !l->open_only)
		return err ? err : rec_decode(&notice_rec, v, l->a, &l->list[l->n]);
	err = store_key_parse(k, "cq", &zone, &number);
	at = store_key("cq", zone, number);
	if (err == 0)
		err = store_get(l->txn, PEOPLE_NOTICE, &at, &v);
	return err ? err : rec_decode(&notice_rec, v, l->a, &l->list[l->n]);
}

static int list_zone(struct listing *l, enum people_zone zone)
{
	struct store_key prefix = store_key("c", (int)zone);
	struct store_key from = store_key("cq", (int)zone, l->before);
	AUTO(store_iter) struct store_iter it = {0};
	int err = store_iter_init(
		&it, l->txn, l->open_only ? PEOPLE_NOTICE_OPEN : PEOPLE_NOTICE, &prefix);

	if (err == 0 && l->before)
		store_iter_seek(&it, &from);
	while (err == 0 && l->n < l->most && (err = list_next(l, &it)) == 0)
		l->n++;
	return err == ERR_NOTFOUND ? 0 : err;
}

int people_notice_list(struct store_txn *txn, struct arena *a, unsigned zones, bool open_only,
	uint64_t before, size_t most, struct people_notice **ret, size_t *ret_n)
{
	struct listing l = {.txn = txn,
		.a = a,
		.list = ARENA_ARRAY(a, struct people_notice, most + 1),
		.most = most,
		.open_only = open_only,
		.before = before};
	int err = 0;

	for (unsigned z = PEOPLE_CARE; err == 0 && z <= PEOPLE_LIBRARY; z <<= 1) {
		if (zones & z)
			err = list_zone(&l, (enum people_zone)z);
	}
	if (err)
		return err;
	*ret = l.list;
	*ret_n = l.n;
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
