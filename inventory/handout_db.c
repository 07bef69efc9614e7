/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * INV_HANDOUT           q handout                -> struct inv_handout
 * INV_HANDOUT_AT        q at, q handout          -> empty; planned ones
 * INV_HANDOUT_BORROWER  s borrower, q at, q handout -> empty; planned ones
 */
#include "inventory/handout_int.h"

#include "base/rec.h"
#include "base/text.h"

static const struct rec_field handout_fields[] = {
	REC_I64(1, struct inv_handout, id),
	REC_U32(2, struct inv_handout, zone),
	REC_U32(3, struct inv_handout, state),
	REC_STR(4, struct inv_handout, borrower),
	REC_I64(5, struct inv_handout, at),
	REC_STR(6, struct inv_handout, place),
	REC_STR(7, struct inv_handout, product),
	REC_STR(8, struct inv_handout, serial),
	REC_I64(9, struct inv_handout, hold),
	REC_BOOL(10, struct inv_handout, hold_made),
	REC_STR(11, struct inv_handout, staff),
	REC_BYTES(12, struct inv_handout, note),
	REC_I64(13, struct inv_handout, loan),
	REC_I64(14, struct inv_handout, made_at),
	REC_I64(15, struct inv_handout, changed_at),
	REC_STR(16, struct inv_handout, made_by),
	REC_U32(17, struct inv_handout, version),
	REC_END,
};
static const struct rec_type handout_rec = REC_TYPE(struct inv_handout, 1, handout_fields);

static const struct bytes nothing = {(const uint8_t *)"", 0};

void inv_handout_encode(const struct inv_handout *h, struct buf *out)
{
	rec_encode(&handout_rec, h, out);
}

int inv_handout_decode(struct bytes v, struct arena *a, struct inv_handout *ret)
{
	return rec_decode(&handout_rec, v, a, ret);
}

int inv_handout_get(struct store_txn *txn, struct arena *a, uint64_t id, struct inv_handout *ret)
{
	struct store_key k = store_key("q", id);
	struct bytes v;
	int err = store_get(txn, INV_HANDOUT, &k, &v);

	return err ? err : rec_decode(&handout_rec, v, a, ret);
}

int inv_handout_next_id(struct store_txn *txn, uint64_t *ret)
{
	AUTO(store_iter) struct store_iter it = {0};
	uint64_t last = 0;
	struct bytes k, v;
	int err = store_iter_init(&it, txn, INV_HANDOUT, NULL);

	if (err == 0)
		err = store_iter_prev(&it, &k, &v);
	if (err == 0)
		err = store_key_parse(k, "q", &last);
	if (err && err != ERR_NOTFOUND)
		return err;
	*ret = last + 1;
	return 0;
}

/* --- write --- */

static struct store_key at_key(const struct inv_handout *h)
{
	return store_key("qq", (uint64_t)h->at, h->id);
}

static struct store_key borrower_key(const struct inv_handout *h)
{
	return store_key("sqq", h->borrower ? h->borrower : "", (uint64_t)h->at, h->id);
}

/* Out of the lists of planned ones, and into them. */
static int unlist(struct store_txn *txn, const struct inv_handout *h)
{
	struct store_key at = at_key(h), of = borrower_key(h);
	int err = store_del(txn, INV_HANDOUT_AT, &at);

	return err ? err : store_del(txn, INV_HANDOUT_BORROWER, &of);
}

static int enlist(struct store_txn *txn, const struct inv_handout *h)
{
	struct store_key at = at_key(h), of = borrower_key(h);
	int err = store_put(txn, INV_HANDOUT_AT, &at, nothing);

	return err ? err : store_put(txn, INV_HANDOUT_BORROWER, &of, nothing);
}

int inv_handout_put(
	struct store_txn *txn, const struct inv_handout *before, const struct inv_handout *now)
{
	struct store_key k = store_key("q", now ? now->id : before->id);
	AUTO(buf) struct buf v = BUF_INIT(65536);
	int err = 0;

	if (before && before->state == INV_HANDOUT_PLANNED)
		err = unlist(txn, before);
	if (err == 0 && now && now->state == INV_HANDOUT_PLANNED)
		err = enlist(txn, now);
	if (err)
		return err;
	if (!now)
		return store_del(txn, INV_HANDOUT, &k);
	rec_encode(&handout_rec, now, &v);
	return buf_ok(&v) ? store_put(txn, INV_HANDOUT, &k, buf_bytes(&v)) : ERR_TOOBIG;
}

/* --- lists --- */

struct listing {
	const struct inv_handout_ask *ask;
	struct arena *a;
	struct inv_handout *rows;
	size_t n;
	const char *next;
};

/* Both keys end with the time and the id. */
static int tail_parse(struct bytes key, uint64_t *ret_at, uint64_t *ret_id)
{
	return key.n < 16 ? ERR_CORRUPT
			  : store_key_parse(bytes_of(key.p + key.n - 16, 16), "qq", ret_at, ret_id);
}

/* Behind the row that the page before ended with; else where the days begin. */
static void seek_first(struct store_iter *it, const struct listing *l)
{
	const struct inv_handout_ask *ask = l->ask;
	struct store_key from = ask->borrower
					? store_key("sq", ask->borrower, (uint64_t)ask->from)
					: store_key("q", (uint64_t)ask->from);
	struct bytes b;

	if (ask->after && text_parse_hex(l->a, bytes_of_str(ask->after), &b) == 0 && b.n > 0 &&
		b.n < STORE_KEY_MAX) {
		memcpy(from.b, b.p, b.n);
		from.b[b.n] = 0;
		from.n = (uint16_t)(b.n + 1);
	}
	store_iter_seek(it, &from);
}

/* ERR_NOTFOUND: that was the last. */
static int list_next(struct store_txn *txn, struct store_iter *it, struct listing *l)
{
	struct inv_handout *h = &l->rows[l->n];
	struct bytes k, v;
	uint64_t at, id;
	int err = store_iter_next(it, &k, &v);

	if (err == 0)
		err = tail_parse(k, &at, &id);
	if (err == 0 && l->ask->to && (int64_t)at >= l->ask->to)
		return ERR_NOTFOUND;
	if (err)
		return err;
	l->next = text_hex(l->a, k);
	err = inv_handout_get(txn, l->a, id, h);
	if (err)
		return err == ERR_NOTFOUND ? ERR_CORRUPT : err;
	l->n += (h->zone & l->ask->zones) != 0;
	return 0;
}

int inv_handout_list(struct store_txn *txn, struct arena *a, const struct inv_handout_ask *ask,
	struct inv_handouts *ret)
{
	struct store_key prefix = store_key("s", ask->borrower ? ask->borrower : "");
	struct listing l = {.ask = ask, .a = a};
	AUTO(store_iter) struct store_iter it = {0};
	int err = store_iter_init(&it, txn, ask->borrower ? INV_HANDOUT_BORROWER : INV_HANDOUT_AT,
		ask->borrower ? &prefix : NULL);

	if (err)
		return err;
	l.rows = ARENA_ARRAY(a, struct inv_handout, ask->most + 1);
	seek_first(&it, &l);
	while (err == 0 && l.n < ask->most)
		err = list_next(txn, &it, &l);
	if (err && err != ERR_NOTFOUND)
		return err;
	*ret = (struct inv_handouts){l.rows, l.n, err == 0 ? l.next : NULL};
	return 0;
}

/* --- check --- */

static int check_one(struct store_txn *txn, const struct inv_handout *h, struct inv_faults *f)
{
	struct store_key at = at_key(h), of = borrower_key(h);
	struct bytes v;
	int err;

	if (h->state != INV_HANDOUT_PLANNED)
		return 0;
	err = store_get(txn, INV_HANDOUT_AT, &at, &v);
	if (err == 0)
		err = store_get(txn, INV_HANDOUT_BORROWER, &of, &v);
	if (err == ERR_NOTFOUND)
		f->fn(f->arg, arena_printf(f->a, "handout %llu: is missing in a list",
				      (unsigned long long)h->id));
	return err == ERR_NOTFOUND ? 0 : err;
}

static int check_sizes(struct store_txn *txn, uint64_t planned, struct inv_faults *f)
{
	uint64_t at, of;
	int err = store_count(txn, INV_HANDOUT_AT, &at);

	if (err == 0)
		err = store_count(txn, INV_HANDOUT_BORROWER, &of);
	if (err == 0 && (at != planned || of != planned))
		f->fn(f->arg, "handouts: a list has other rows");
	return err;
}

int inv_handout_check(struct store_txn *txn, struct inv_faults *f)
{
	AUTO(arena) struct arena *a = arena_new();
	AUTO(store_iter) struct store_iter it = {0};
	uint64_t planned = 0;
	struct bytes k, v;
	int err = store_iter_init(&it, txn, INV_HANDOUT, NULL);

	while (err == 0 && (err = store_iter_next(&it, &k, &v)) == 0) {
		struct inv_handout h;

		err = inv_handout_decode(v, a, &h);
		if (err == 0)
			err = check_one(txn, &h, f);
		planned += err == 0 && h.state == INV_HANDOUT_PLANNED;
		arena_reset(a);
	}
	return err == ERR_NOTFOUND ? check_sizes(txn, planned, f) : err;
}
