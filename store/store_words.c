/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Records with words: what somebody typed freely is sealed by whoever has the key, and lies in the file
 * as octets. A store whose server is of an older program keeps it in clear: that one could not read it.
 */
#include "store/store_int.h"

#define SEALED_SINCE 5 /* STORE_SCHEMA */

void store_sealer_set(struct store *st, const struct rec_sealer *sealer)
{
	st->seals = sealer != NULL;
	st->sealer = sealer ? *sealer : (struct rec_sealer){0};
}

static const struct rec_sealer *sealer_of(const struct store_txn *txn)
{
	return txn->st->seals ? &txn->st->sealer : NULL;
}

/* Of what is written now. */
static const struct rec_sealer *seals(const struct store_txn *txn)
{
	return store_txn_is_before(txn, SEALED_SINCE) ? NULL : sealer_of(txn);
}

int store_rec_encode(
	struct store_txn *txn, const struct rec_type *type, const void *record, struct buf *out)
{
	return rec_encode_words(type, seals(txn), record, out);
}

int store_rec_decode(struct store_txn *txn, const struct rec_type *type, struct bytes in,
	struct arena *a, void *record)
{
	return rec_decode_words(type, sealer_of(txn), in, a, record);
}

bool store_words_hash(
	struct store_txn *txn, const char *context, struct bytes word, uint8_t out[32])
{
	const struct rec_sealer *s = seals(txn);

	if (!s || !s->hash)
		return false;
	s->hash(s->ctx, context, word, out);
	return true;
}

/* The record after the one named, when it has words in clear: written again. */
static int seal_one(struct store_txn *txn, struct store_words *w, struct bytes key, struct bytes v)
{
	AUTO(arena) struct arena *a = arena_new();
	AUTO(buf) struct buf out = BUF_INIT(16u << 20);
	void *record = arena_alloc(a, w->type->size);
	struct store_key k = {.n = (uint16_t)key.n};
	bool clear = false;
	int err = rec_words_clear(w->type, v, &clear);

	memcpy(k.b, key.p, key.n);
	w->after = k;
	if (err || !clear)
		return err;
	err = store_rec_decode(txn, w->type, v, a, record);
	if (err == 0)
		err = store_rec_encode(txn, w->type, record, &out);
	return err ? err : store_put(txn, w->table, &k, buf_bytes(&out));
}

int store_words_seal(struct store_txn *txn, struct store_words *w, size_t most)
{
	AUTO(store_iter) struct store_iter it = {0};
	struct store_key from = w->after;
	struct bytes k, v;
	int err = seals(txn) ? store_iter_init(&it, txn, w->table, NULL) : ERR_NOTFOUND;

	if (err == 0 && from.n) {
		if (from.n == STORE_KEY_MAX)
			return ERR_INTERNAL; /* no table has such keys */
		from.b[from.n++] = 0;
		store_iter_seek(&it, &from);
	}
	for (size_t n = 0; err == 0 && n < most; n++) {
		err = store_iter_next(&it, &k, &v);
		if (err == 0)
			err = seal_one(txn, w, k, v);
	}
	w->more = err == 0;
	return err == ERR_NOTFOUND ? 0 : err;
}

#define AT_ONCE 300

struct sealing {
	const char *room;
	struct store_words from, to; /* where to begin; what the run gives back */
	bool done;
};

static struct store_key mark_key(const char *room)
{
	return store_key("ss", "words", room);
}

static int look_in(struct store_txn *txn, void *arg)
{
	struct sealing *s = arg;
	struct store_key k = mark_key(s->room);
	struct bytes v;
	int err = store_get(txn, STORE_META, &k, &v);

	s->done = err == 0 || !seals(txn);
	return err == ERR_NOTFOUND ? 0 : err;
}

static int mark_in(struct store_txn *txn, void *arg)
{
	const struct sealing *s = arg;
	struct store_key k = mark_key(s->room);

	return store_put(txn, STORE_META, &k, bytes_of("", 0));
}

static int page_in(struct store_txn *txn, void *arg)
{
	struct sealing *s = arg;

	s->to = s->from;
	return store_words_seal(txn, &s->to, AT_ONCE);
}

int store_words_seal_once(
	struct store *st, const char *room, const struct store_words *of, size_t n)
{
	struct sealing s = {.room = room};
	int err = store_read(st, look_in, &s);

	if (err || s.done)
		return err;
	for (size_t i = 0; err == 0 && i < n; i++) {
		s.from = of[i];
		do {
			err = store_write(st, page_in, &s);
			s.from = s.to;
		} while (err == 0 && s.from.more);
	}
	return err ? err : store_write(st, mark_in, &s);
}
