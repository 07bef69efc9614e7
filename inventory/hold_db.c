/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * INV_HOLD           q hold                             -> struct inv_hold
 * INV_HOLD_QUEUE     s product, u start, q order, q hold -> empty; active ones
 * INV_HOLD_BORROWER  s borrower, q ~hold                 -> empty
 * INV_HOLD_UNIT      s serial                            -> q hold; what stands on the shelf
 * INV_HOLD_DUE       u day, q hold                       -> empty; active ones for which a day
 * comes
 */
#include "inventory/circulation_int.h"

#include "base/rec.h"
#include "base/text.h"

static const struct rec_field hold_fields[] = {
	REC_I64(1, struct inv_hold, id),
	REC_U32(2, struct inv_hold, zone),
	REC_U32(3, struct inv_hold, state),
	REC_STR(4, struct inv_hold, borrower),
	REC_STR(5, struct inv_hold, product),
	REC_STR(6, struct inv_hold, place),
	REC_U32(7, struct inv_hold, from),
	REC_U32(8, struct inv_hold, to),
	REC_U32(9, struct inv_hold, start),
	REC_I64(10, struct inv_hold, order),
	REC_BOOL(11, struct inv_hold, paused),
	REC_U32(12, struct inv_hold, paused_until),
	REC_STR(13, struct inv_hold, serial),
	REC_U32(14, struct inv_hold, ready_until),
	REC_U32(15, struct inv_hold, hold_days),
	REC_I64(16, struct inv_hold, loan),
	REC_I64(17, struct inv_hold, made_at),
	REC_I64(18, struct inv_hold, changed_at),
	REC_STR(19, struct inv_hold, made_by),
	REC_WORDS(20, struct inv_hold, note),
	REC_U32(21, struct inv_hold, version),
	REC_I64(22, struct inv_hold, served_at),
	REC_END,
};
const struct rec_type inv_hold_rec =
	REC_TYPE_WORDS("inv.hold", struct inv_hold, 1, hold_fields);

static const struct bytes nothing = {(const uint8_t *)"", 0};

bool inv_hold_is_active(unsigned state)
{
	return state == INV_HOLD_WAITING || state == INV_HOLD_READY;
}

int inv_hold_get(struct store_txn *txn, struct arena *a, uint64_t id, struct inv_hold *ret)
{
	struct store_key k = store_key("q", id);

	return inv_rec_get(txn, INV_HOLD, &k, &inv_hold_rec, a, ret);
}

int inv_hold_next_id(struct store_txn *txn, uint64_t *ret)
{
	return inv_counted_next(txn, INV_COUNT_LAST_HOLD, INV_HOLD, ret);
}

/* --- write --- */

static bool queue_key(const struct inv_hold *h, struct store_key *ret)
{
	if (!inv_hold_is_active(h->state))
		return false;
	*ret = store_key("suqq", h->product, (uint32_t)h->start, h->order, h->id);
	return true;
}

/* The next day on which something becomes of it by itself. */
static bool due_key(const struct inv_hold *h, struct store_key *ret)
{
	int32_t day = 0;

	if (h->state == INV_HOLD_READY)
		day = h->ready_until;
	else if (h->state == INV_HOLD_WAITING && h->paused && h->paused_until)
		day = h->paused_until;
	else if (h->state == INV_HOLD_WAITING && h->to)
		day = h->to;
	if (day == 0)
		return false;
	*ret = store_key("uq", (uint32_t)day, h->id);
	return true;
}

static bool borrower_key(const struct inv_hold *h, struct store_key *ret)
{
	if (text_empty(h->borrower))
		return false;
	*ret = store_key("sq", h->borrower, ~h->id);
	return true;
}

static int move_row(struct store_txn *txn, enum store_table t,
	bool (*key)(const struct inv_hold *h, struct store_key *ret), const struct inv_hold *before,
	const struct inv_hold *now)
{
	struct store_key from, to;
	bool was = before && key(before, &from), is = now && key(now, &to);
	int err = 0;

	if (was && is && from.n == to.n && memcmp(from.b, to.b, to.n) == 0)
		return 0;
	if (was)
		err = store_del(txn, t, &from);
	return err == 0 && is ? store_put(txn, t, &to, nothing) : err;
}

static int move_unit(
	struct store_txn *txn, const struct inv_hold *before, const struct inv_hold *now)
{
	bool was = before && before->state == INV_HOLD_READY;
	bool is = now && now->state == INV_HOLD_READY;
	struct store_key k, v;
	int err = 0;

	if (was && is && text_equal(before->serial, now->serial))
		return 0;
	if (was) {
		k = store_key("s", before->serial);
		err = store_del(txn, INV_HOLD_UNIT, &k);
	}
	if (err || !is)
		return err;
	k = store_key("s", now->serial);
	v = store_key("q", now->id);
	return store_add(txn, INV_HOLD_UNIT, &k, bytes_of(v.b, v.n));
}

int inv_hold_put(struct store_txn *txn, const struct inv_hold *before, const struct inv_hold *now)
{
	struct store_key k = store_key("q", now ? now->id : before->id);
	int err = move_row(txn, INV_HOLD_QUEUE, queue_key, before, now);

	if (err == 0)
		err = move_row(txn, INV_HOLD_DUE, due_key, before, now);
	if (err == 0)
		err = move_row(txn, INV_HOLD_BORROWER, borrower_key, before, now);
	if (err == 0)
		err = move_unit(txn, before, now);
	if (err == 0)
		err = inv_hold_claim_move(txn, before, now);
	if (err == 0)
		err = inv_stat_hold(txn, before, now);
	if (err)
		return err;
	if (!now)
		return store_del(txn, INV_HOLD, &k);
	return inv_rec_put(txn, INV_HOLD, &k, &inv_hold_rec, now);
}

/* --- read --- */

int inv_hold_of_unit(
	struct store_txn *txn, struct arena *a, const char *serial, struct inv_hold *ret)
{
	struct store_key k = store_key("s", serial);
	struct bytes v;
	uint64_t id;
	int err = store_get(txn, INV_HOLD_UNIT, &k, &v);

	if (err == 0)
		err = store_key_parse(v, "q", &id);
	return err ? err : inv_hold_get(txn, a, id, ret);
}

struct listing {
	struct arena *a;
	struct inv_hold *holds;
	size_t n, room, most;
};

static int list_add(struct store_txn *txn, struct listing *l, uint64_t id)
{
	if (l->n == l->room) {
		struct inv_hold *more = ARENA_ARRAY(l->a, struct inv_hold, l->room * 2 + 8);

		if (l->n)
			memcpy(more, l->holds, l->n * sizeof(*more));
		l->holds = more;
		l->room = l->room * 2 + 8;
	}
	return inv_hold_get(txn, l->a, id, &l->holds[l->n++]);
}

int inv_hold_queue(struct store_txn *txn, struct arena *a, const char *product,
	struct inv_hold **ret, size_t *ret_n)
{
	struct store_key prefix = store_key("s", product);
	struct listing l = {.a = a, .most = INV_QUEUE_MOST};
	AUTO(store_iter) struct store_iter it = {0};
	struct bytes k, v;
	int err = store_iter_init(&it, txn, INV_HOLD_QUEUE, &prefix);

	while (err == 0 && l.n < l.most) {
		const char *of;
		uint32_t start;
		uint64_t order, id;

		err = store_iter_next(&it, &k, &v);
		if (err == 0)
			err = store_key_parse(k, "suqq", &of, &start, &order, &id);
		if (err == 0)
			err = list_add(txn, &l, id);
	}
	if (err && err != ERR_NOTFOUND)
		return err;
	*ret = l.holds;
	*ret_n = l.n;
	return 0;
}

int inv_hold_due(struct store_txn *txn, struct arena *a, int32_t today, size_t most,
	struct inv_hold **ret, size_t *ret_n)
{
	struct listing l = {.a = a, .most = most};
	AUTO(store_iter) struct store_iter it = {0};
	struct bytes k, v;
	int err = store_iter_init(&it, txn, INV_HOLD_DUE, NULL);

	while (err == 0 && l.n < l.most) {
		uint32_t day;
		uint64_t id;

		err = store_iter_next(&it, &k, &v);
		if (err == 0)
			err = store_key_parse(k, "uq", &day, &id);
		if (err == 0 && (int32_t)day >= today)
			break;
		if (err == 0)
			err = list_add(txn, &l, id);
	}
	if (err && err != ERR_NOTFOUND)
		return err;
	*ret = l.holds;
	*ret_n = l.n;
	return 0;
}

/* --- pages --- */

/* The id stands last in every key; `upside` says that it is turned over. */
static int id_of_key(struct bytes key, bool upside, uint64_t *ret)
{
	int err =
		key.n < 8 ? ERR_CORRUPT : store_key_parse(bytes_of(key.p + key.n - 8, 8), "q", ret);

	if (err == 0 && upside)
		*ret = ~*ret;
	return err;
}

static void seek_behind(struct store_iter *it, struct arena *a, const char *after)
{
	struct store_key from = {0};
	struct bytes b;

	if (!after || text_parse_hex(a, bytes_of_str(after), &b) != 0 || b.n == 0 ||
		b.n >= STORE_KEY_MAX)
		return;
	memcpy(from.b, b.p, b.n);
	from.b[b.n] = 0;
	from.n = (uint16_t)(b.n + 1);
	store_iter_seek(it, &from);
}

int inv_hold_list(struct store_txn *txn, struct arena *a, const struct inv_hold_ask *ask,
	struct inv_hold **ret, size_t *ret_n, const char **ret_next)
{
	const char *of = ask->borrower ? ask->borrower : ask->product;
	bool shelf = !of && !ask->all;
	enum store_table t = shelf	     ? INV_HOLD_DUE
			     : ask->borrower ? INV_HOLD_BORROWER
					     : INV_HOLD_QUEUE;
	struct store_key prefix = store_key("s", of ? of : "");
	struct listing l = {.a = a};
	AUTO(store_iter) struct store_iter it = {0};
	const char *next = NULL;
	struct bytes k, v;
	int err = store_iter_init(&it, txn, t, of ? &prefix : NULL);

	if (err)
		return err;
	seek_behind(&it, a, ask->after);
	while (l.n < ask->most) {
		uint64_t id;

		err = store_iter_next(&it, &k, &v);
		if (err)
			break;
		err = id_of_key(k, t == INV_HOLD_BORROWER, &id);
		next = text_hex(a, k);
		if (err == 0)
			err = list_add(txn, &l, id);
		if (err)
			return err;
		if (shelf && l.holds[l.n - 1].state != INV_HOLD_READY) {
			l.n--;
		} else if (ask->borrower && ask->product &&
			   !text_equal(l.holds[l.n - 1].product, ask->product)) {
			l.n--;
		} else if (!(l.holds[l.n - 1].zone & ask->zones)) {
			l.holds[l.n - 1].borrower = NULL;
			l.n -= ask->borrower != NULL;
		}
	}
	if (err && err != ERR_NOTFOUND)
		return err;
	*ret = l.holds;
	*ret_n = l.n;
	*ret_next = err == 0 && l.n == ask->most ? next : NULL;
	return 0;
}
