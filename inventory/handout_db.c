/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * INV_HANDOUT           q handout                -> struct inv_handout
 * INV_HANDOUT_AT        c zone, q at, q handout  -> empty; planned ones
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
const struct rec_type inv_handout_rec = REC_TYPE(struct inv_handout, 1, handout_fields);

static const struct bytes nothing = {(const uint8_t *)"", 0};

int inv_handout_get(struct store_txn *txn, struct arena *a, uint64_t id, struct inv_handout *ret)
{
	struct store_key k = store_key("q", id);

	return inv_rec_get(txn, INV_HANDOUT, &k, &inv_handout_rec, a, ret);
}

int inv_handout_next_id(struct store_txn *txn, uint64_t *ret)
{
	return inv_counted_next(txn, INV_COUNT_LAST_HANDOUT, INV_HANDOUT, ret);
}

/* --- write --- */

static struct store_key at_key(const struct inv_handout *h)
{
	return store_key("cqq", (int)h->zone, (uint64_t)h->at, h->id);
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
	int err = 0;

	if (before && before->state == INV_HANDOUT_PLANNED)
		err = unlist(txn, before);
	if (err == 0 && now && now->state == INV_HANDOUT_PLANNED)
		err = enlist(txn, now);
	if (err)
		return err;
	if (!now)
		return store_del(txn, INV_HANDOUT, &k);
	return inv_rec_put(txn, INV_HANDOUT, &k, &inv_handout_rec, now);
}

/* --- lists --- */

/* Planned ones lie by zone, so that nobody walks over the other's; who may see both has them merged.
 * Both keys end with the time and the id: that is the cursor. */
#define TAIL 16
#define WAYS 2 /* one for each zone, or the borrower's alone */

struct way {
	struct store_iter it;
	bool more;
	uint64_t at, id;
	struct bytes key;
};
struct listing {
	const struct inv_handout_ask *ask;
	struct arena *a;
	struct way ways[WAYS];
	size_t way_count;
	struct inv_handout *rows;
	size_t n;
	const char *last;
};

static void listing_release(struct listing *l)
{
	for (size_t i = 0; i < l->way_count; i++)
		store_iter_release(&l->ways[i].it);
}
AUTO_RELEASE(listing, listing_release)

static int way_step(struct way *w, int64_t to)
{
	struct bytes v;
	int err = store_iter_next(&w->it, &w->key, &v);

	if (err == 0 && w->key.n < TAIL)
		err = ERR_CORRUPT;
	if (err == 0)
		err = store_key_parse(bytes_of(w->key.p + w->key.n - TAIL, TAIL), "qq", &w->at,
			&w->id);
	w->more = err == 0 && (!to || (int64_t)w->at < to);
	return err == ERR_NOTFOUND ? 0 : err;
}

/* Behind the row that the page before ended with; else where the days begin. */
static int way_open(
	struct listing *l, struct store_txn *txn, enum store_table t, struct store_key prefix)
{
	struct way *w = &l->ways[l->way_count];
	const char *after = l->ask->after;
	struct store_key from = prefix;
	struct store_key at = store_key("q", (uint64_t)l->ask->from);
	struct bytes tail = bytes_of(at.b, at.n), b;
	bool behind = after && text_parse_hex(l->a, bytes_of_str(after), &b) == 0 && b.n == TAIL;
	int err;

	/* a borrower's id as somebody wrote it may fill the whole key */
	if (prefix.bad || prefix.n + TAIL > STORE_KEY_MAX)
		return ERR_BADINPUT;
	err = store_iter_init(&w->it, txn, t, &prefix);
	if (err)
		return err;
	l->way_count++;
	if (behind)
		tail = b;
	memcpy(from.b + from.n, tail.p, tail.n);
	from.n = (uint16_t)(from.n + tail.n);
	if (behind)
		inv_key_behind(&from);
	store_iter_seek(&w->it, &from);
	return way_step(w, l->ask->to);
}

static int open_ways(struct listing *l, struct store_txn *txn)
{
	int err = 0;

	if (l->ask->borrower)
		return way_open(l, txn, INV_HANDOUT_BORROWER, store_key("s", l->ask->borrower));
	for (unsigned zone = 1; err == 0 && zone <= PEOPLE_ZONES; zone <<= 1) {
		if (l->ask->zones & zone)
			err = way_open(l, txn, INV_HANDOUT_AT, store_key("c", (int)zone));
	}
	return err;
}

/* NULL: that was all. */
static struct way *soonest(struct listing *l)
{
	struct way *found = NULL;

	for (size_t i = 0; i < l->way_count; i++) {
		struct way *w = &l->ways[i];

		if (w->more && (!found || w->at < found->at ||
				       (w->at == found->at && w->id < found->id)))
			found = w;
	}
	return found;
}

static int take_row(struct store_txn *txn, struct listing *l, struct way *w)
{
	struct inv_handout *h = &l->rows[l->n];
	int err = inv_handout_get(txn, l->a, w->id, h);

	if (err)
		return err == ERR_NOTFOUND ? ERR_CORRUPT : err;
	l->last = text_hex(l->a, bytes_of(w->key.p + w->key.n - TAIL, TAIL));
	l->n += (h->zone & l->ask->zones) != 0;
	return way_step(w, l->ask->to);
}

int inv_handout_list(struct store_txn *txn, struct arena *a, const struct inv_handout_ask *ask,
	struct inv_handouts *ret)
{
	AUTO(listing) struct listing l = {.ask = ask, .a = a};
	struct way *w;
	int err = open_ways(&l, txn);

	l.rows = ARENA_ARRAY(a, struct inv_handout, ask->most + 1);
	while (err == 0 && l.n < ask->most && (w = soonest(&l)) != NULL)
		err = take_row(txn, &l, w);
	if (err)
		return err;
	*ret = (struct inv_handouts){l.rows, l.n, soonest(&l) ? l.last : NULL};
	return 0;
}

/* --- layout: rows of a store that had them by time alone --- */

/* Sorted before all others: their first byte is that of a time. */
static int old_rows(struct store_txn *txn, uint64_t (*ret)[2], size_t most, size_t *ret_n)
{
	AUTO(store_iter) struct store_iter it = {0};
	struct bytes k, v;
	size_t n = 0;
	int err = store_iter_init(&it, txn, INV_HANDOUT_AT, NULL);

	while (err == 0 && n < most && (err = store_iter_next(&it, &k, &v)) == 0) {
		if (k.n != TAIL)
			break;
		err = store_key_parse(k, "qq", &ret[n][0], &ret[n][1]);
		n += err == 0;
	}
	*ret_n = n;
	return err == ERR_NOTFOUND ? 0 : err;
}

int inv_handout_index_zones(struct store_txn *txn, size_t most, bool *ret_more)
{
	AUTO(arena) struct arena *a = arena_new();
	uint64_t(*row)[2] = arena_alloc(a, most * sizeof(*row));
	size_t n;
	int err = old_rows(txn, row, most, &n);

	for (size_t i = 0; err == 0 && i < n; i++) {
		struct store_key old = store_key("qq", row[i][0], row[i][1]);
		struct inv_handout h;

		err = inv_handout_get(txn, a, row[i][1], &h);
		if (err == 0 && h.state == INV_HANDOUT_PLANNED)
			err = enlist(txn, &h);
		if (err == 0 || err == ERR_NOTFOUND)
			err = store_del(txn, INV_HANDOUT_AT, &old);
	}
	*ret_more = err == 0 && n == most;
	return err;
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

		err = store_rec_decode(txn, &inv_handout_rec, v, a, &h);
		if (err == 0)
			err = check_one(txn, &h, f);
		planned += err == 0 && h.state == INV_HANDOUT_PLANNED;
		arena_reset(a);
	}
	return err == ERR_NOTFOUND ? check_sizes(txn, planned, f) : err;
}
