/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * PEOPLE_NOTICE       c zone, q number -> struct people_notice
 * PEOPLE_NOTICE_OPEN  c zone, q number -> empty, until the officer has seen it
 */
#include "people/people_int.h"

#include "base/rec.h"
#include "base/text.h"

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

const char *people_notice_cursor(struct arena *a, const struct people_notice *x)
{
	return arena_printf(a, "%s-%llu", people_zone_name((enum people_zone)x->zone),
		(unsigned long long)x->number);
}

/* "library-17", or NULL: from the beginning, which is before any zone. */
static int cursor_parse(const char *s, unsigned *ret_zone, uint64_t *ret_number)
{
	char name[16];
	enum people_zone zone;
	size_t n = s ? strcspn(s, "-") : 0;

	*ret_zone = 0;
	*ret_number = 0;
	if (!s)
		return 0;
	if (n >= sizeof(name) || s[n] != '-')
		return ERR_BADINPUT;
	memcpy(name, s, n);
	name[n] = '\0';
	if (people_zone_parse(name, &zone) != 0 || text_parse_u64(s + n + 1, ret_number) != 0)
		return ERR_BADINPUT;
	*ret_zone = zone;
	return *ret_number ? 0 : ERR_BADINPUT;
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
	unsigned from;
	uint64_t number;
	size_t n = 0;
	int err = cursor_parse(piece->after, &from, &number);

	if (err)
		return err;
	for (unsigned z = from ? from : PEOPLE_CARE; z <= PEOPLE_LIBRARY; z <<= 1) {
		struct store_key of = store_key("c", (int)z);
		const struct store_piece rest = {
			.a = piece->a, .most = piece->most - n, .after_n = z == from ? number : 0};
		struct store_rows rows = {0};

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
