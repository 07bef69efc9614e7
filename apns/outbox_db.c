/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * APNS_OUTBOX: id -> struct apns_wish without its id. APNS_DUE: due_at, id -> nothing; there is
 * one for each row whose due_at is not 0.
 */
#include "apns/apns_int.h"
#include "base/random.h"
#include "base/rec.h"
#include "base/text.h"

static const struct rec_field wish_fields[] = {REC_BYTES(1, struct apns_wish, token),
	REC_STR(2, struct apns_wish, magic), REC_STR(3, struct apns_wish, topic),
	REC_I64(4, struct apns_wish, token_at_ms), REC_I64(5, struct apns_wish, wished_at),
	REC_I64(6, struct apns_wish, due_at), REC_I64(7, struct apns_wish, sent_at),
	REC_U32(8, struct apns_wish, sent_count), REC_U32(9, struct apns_wish, fail_count),
	REC_U32(10, struct apns_wish, verdict), REC_STR(11, struct apns_wish, reason),
	REC_BOOL(12, struct apns_wish, urgent), REC_I64(13, struct apns_wish, mark), REC_END};
static const struct rec_type wish_rec = REC_TYPE(struct apns_wish, 1, wish_fields);

/* Token, magic, topic and reason at their longest, and what a newer version may add. */
#define ROW_MAX 16384

static int row_decode(struct bytes row, const char *id, struct arena *a, struct apns_wish *ret)
{
	struct apns_wish w;
	int rc = rec_decode(&wish_rec, row, a, &w);

	if (rc)
		return rc;
	w.id = arena_strdup(a, id);
	*ret = w;
	return 0;
}

/* `due_before` is the row's due_at as it is stored, 0 when there is no row or entry. */
static int row_put(struct store_txn *txn, const struct apns_wish *w, int64_t due_before)
{
	AUTO(buf) struct buf row = {.limit = ROW_MAX, .secret = true};
	struct store_key key = store_key("s", w->id);
	int rc;

	rec_encode(&wish_rec, w, &row);
	if (!buf_ok(&row))
		return ERR_TOOBIG;
	rc = store_put(txn, APNS_OUTBOX, &key, buf_bytes(&row));
	if (rc || w->due_at == due_before)
		return rc;
	if (due_before) {
		key = store_key("ts", due_before, w->id);
		rc = store_del(txn, APNS_DUE, &key);
		if (rc && rc != ERR_NOTFOUND)
			return rc;
	}
	if (w->due_at == 0)
		return 0;
	key = store_key("ts", w->due_at, w->id);
	return store_put(txn, APNS_DUE, &key, bytes_of(NULL, 0));
}

static int64_t mark_new(void)
{
	int64_t mark;

	random_bytes(&mark, sizeof(mark));
	return mark;
}

int apns_wish_get(struct store_txn *txn, struct arena *a, const char *id, struct apns_wish *ret)
{
	struct store_key key = store_key("s", id);
	struct bytes row;
	int rc = store_get(txn, APNS_OUTBOX, &key, &row);

	return rc ? rc : row_decode(row, id, a, ret);
}

int apns_wish(struct store_txn *txn, const struct apns_wish *w, bool fresh, int64_t now)
{
	AUTO(arena) struct arena *a = arena_new();
	struct apns_wish old, next;
	bool known;
	int rc = apns_wish_validate(w);

	if (rc)
		return rc;
	rc = apns_wish_get(txn, a, w->id, &old);
	if (rc && rc != ERR_NOTFOUND)
		return rc;
	known = rc == 0;
	if (apns_wish_merge(known ? &old : NULL, w, fresh, now, &next))
		next.mark = mark_new();
	return row_put(txn, &next, known ? old.due_at : 0);
}

int apns_withdraw(struct store_txn *txn, const char *id)
{
	AUTO(arena) struct arena *a = arena_new();
	struct store_key key = store_key("s", id);
	struct apns_wish w;
	int rc = apns_wish_get(txn, a, id, &w);

	if (rc)
		return rc == ERR_NOTFOUND ? 0 : rc;
	rc = store_del(txn, APNS_OUTBOX, &key);
	if (rc || w.due_at == 0)
		return rc;
	key = store_key("ts", w.due_at, id);
	rc = store_del(txn, APNS_DUE, &key);
	return rc == ERR_NOTFOUND ? 0 : rc;
}

/* --- what the clerk does --- */

/* Takes one due entry into the batch. */
static int due_take(struct store_txn *txn, const struct apns_due_ask *ask, const char *id,
	struct apns_batch *b, struct apns_due *due)
{
	struct apns_push *p = &b->push[b->n];
	int rc;

	if (ask->skip && ask->skip(ask->ctx, id))
		return 0;
	memset(p, 0, offsetof(struct apns_push, body));
	rc = apns_wish_get(txn, b->arena, id, &p->wish);
	if (rc == ERR_NOTFOUND || rc == ERR_CORRUPT || rc == ERR_NEWER) {
		due->broken++;
		return 0;
	}
	if (rc)
		return rc;
	p->batch = b;
	b->n++;
	return 0;
}

static void key_keep(struct store_key *to, struct bytes key)
{
	to->n = (uint16_t)key.n;
	memcpy(to->b, key.p, key.n);
}

/* The next entry behind `after`. */
static int due_next(struct store_iter *it, const struct store_key *after, struct bytes *ret_key)
{
	struct bytes value;
	int rc = store_iter_next(it, ret_key, &value);

	if (rc == 0 && after->n && bytes_equal(*ret_key, bytes_of(after->b, after->n)))
		rc = store_iter_next(it, ret_key, &value);
	return rc;
}

int apns_outbox_due(struct store_txn *txn, const struct apns_due_ask *ask, struct apns_batch *b,
	struct apns_due *ret)
{
	AUTO(store_iter) struct store_iter it;
	struct apns_due due = {.last = ask->after, .next_at = INT64_MAX};
	int rc = store_iter_init(&it, txn, APNS_DUE, NULL);

	if (rc)
		return rc;
	if (ask->after.n)
		store_iter_seek(&it, &ask->after);
	for (;;) {
		struct bytes key;
		const char *id;
		int64_t at;

		rc = due_next(&it, &ask->after, &key);
		if (rc == 0)
			rc = store_key_parse(key, "ts", &at, &id);
		if (rc)
			break;
		due.more = at <= ask->now && b->n >= ask->most;
		if (due.more)
			break;
		if (at > ask->now) {
			due.next_at = at;
			break;
		}
		key_keep(&due.last, key);
		rc = due_take(txn, ask, id, b, &due);
		if (rc)
			break;
	}
	if (rc && rc != ERR_NOTFOUND)
		return rc;
	*ret = due;
	return 0;
}

int apns_outbox_settle(struct store_txn *txn, struct arena *a, const struct apns_push *p,
	unsigned jitter, int64_t now, struct apns_wish *ret)
{
	struct apns_wish row, next;
	int rc = apns_wish_get(txn, a, p->wish.id, &row);

	if (rc == ERR_NOTFOUND || (rc == 0 && row.mark != p->wish.mark))
		return ERR_CONFLICT;
	if (rc)
		return rc;
	apns_wish_answer(&row, &p->answer, jitter, now, &next);
	rc = row_put(txn, &next, row.due_at);
	if (rc == 0)
		*ret = next;
	return rc;
}

static bool is_refused(const struct apns_wish *w)
{
	return w->verdict == APNS_BAD_TOPIC && w->due_at == 0;
}

/* Begins to walk the rows from id `from` on. */
static int rows_from(struct store_iter *it, struct store_txn *txn, const char *from)
{
	struct store_key key = store_key("s", from);
	int rc = store_iter_init(it, txn, APNS_OUTBOX, NULL);

	if (rc == 0 && from[0])
		store_iter_seek(it, &key);
	return rc;
}

/* The next row; one that cannot be read comes as a wish that was never tried. */
static int row_next(struct store_iter *it, struct arena *a, struct apns_wish *ret)
{
	struct bytes key, row;
	const char *id;
	int rc = store_iter_next(it, &key, &row);

	if (rc == 0)
		rc = store_key_parse(key, "s", &id);
	if (rc)
		return rc;
	if (row_decode(row, id, a, ret))
		*ret = (struct apns_wish){.verdict = APNS_NOT_TRIED};
	return 0;
}

int apns_outbox_refused(
	struct store_txn *txn, struct arena *a, const char *from, const char **ret_id)
{
	AUTO(store_iter) struct store_iter it;
	AUTO(arena) struct arena *row = arena_new();
	struct apns_wish w;
	int rc = rows_from(&it, txn, from);

	while (rc == 0) {
		arena_reset(row);
		rc = row_next(&it, row, &w);
		if (rc == 0 && is_refused(&w)) {
			*ret_id = arena_strdup(a, w.id);
			return 0;
		}
	}
	return rc;
}

int apns_outbox_revive(struct store_txn *txn, const char *from, size_t most, int64_t now)
{
	AUTO(store_iter) struct store_iter it;
	AUTO(arena) struct arena *a = arena_new();
	struct apns_wish w;
	int rc = rows_from(&it, txn, from);

	for (size_t n = 0; n < most && rc == 0; n++) {
		rc = row_next(&it, a, &w);
		if (rc || !is_refused(&w))
			continue;
		w.due_at = now;
		w.mark = mark_new();
		rc = row_put(txn, &w, 0);
	}
	return rc == ERR_NOTFOUND ? 0 : rc;
}

/* --- the check --- */

struct checker {
	struct store_txn *txn;
	store_fault *fault;
	void *arg;
	struct arena *arena;
	uint64_t due_rows; /* rows that must have an entry */
};

static void tell(struct checker *c, const char *id, const char *what)
{
	c->fault(c->arg, arena_printf(c->arena, "apns.outbox %s: %s", id, what));
}

static int check_row(struct checker *c, const char *id, struct bytes row)
{
	struct store_key key;
	struct apns_wish w;
	struct bytes value;
	int rc = row_decode(row, id, c->arena, &w);

	if (rc) {
		tell(c, id, err_name(rc));
		return 0;
	}
	if (apns_wish_validate(&w))
		tell(c, id, "cannot be sent");
	if (w.due_at == 0)
		return 0;
	c->due_rows++;
	key = store_key("ts", w.due_at, id);
	rc = store_get(c->txn, APNS_DUE, &key, &value);
	if (rc == ERR_NOTFOUND) {
		tell(c, id, "has no entry in apns.due");
		c->due_rows--;
		return 0;
	}
	return rc;
}

int apns_check(struct store_txn *txn, store_fault *fault, void *arg)
{
	AUTO(arena) struct arena *a = arena_new();
	AUTO(store_iter) struct store_iter it;
	struct checker c = {txn, fault, arg, a, 0};
	uint64_t entries = 0;
	int rc = rows_from(&it, txn, "");

	while (rc == 0) {
		struct bytes key, row;
		const char *id;

		rc = store_iter_next(&it, &key, &row);
		if (rc == 0)
			rc = store_key_parse(key, "s", &id);
		if (rc == 0)
			rc = check_row(&c, id, row);
		arena_reset(a);
	}
	if (rc != ERR_NOTFOUND)
		return rc;
	rc = store_count(txn, APNS_DUE, &entries);
	if (rc == 0 && entries != c.due_rows)
		fault(arg, arena_printf(a, "apns.due: %llu entries for %llu rows",
				   (unsigned long long)entries, (unsigned long long)c.due_rows));
	return rc;
}
