/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * WEB_TOKEN     b SHA-256 of the word (32)   -> struct web_token
 * WEB_TOKEN_ID  s id                         -> that hash
 */
#include "web/web_int.h"

#include "base/rec.h"
#include "base/text.h"

#define DAY_S 86400
#define SESSION_KEPT_S (7 * DAY_S) /* a form left open over a weekend finds its owner again */

static const struct rec_field token_fields[] = {
	REC_STR(1, struct web_token, id),
	REC_STR(2, struct web_token, account),
	REC_WORDS(3, struct web_token, note),
	REC_U32(4, struct web_token, roles),
	REC_I64(5, struct web_token, made_at),
	REC_I64(6, struct web_token, expires_at),
	REC_I64(7, struct web_token, closed_at),
	REC_I64(8, struct web_token, used_at),
	REC_STR(9, struct web_token, made_by),
	REC_BOOL(10, struct web_token, browser),
	REC_STR(11, struct web_token, agent),
	REC_U32(12, struct web_token, stage),
	REC_BOOL(13, struct web_token, provider),
	REC_STR(14, struct web_token, subject),
	REC_STR(15, struct web_token, sid),
	REC_BYTES(16, struct web_token, id_token),
	REC_STR(17, struct web_token, station),
	REC_I64(18, struct web_token, full_at),
	REC_I64(19, struct web_token, locked_at),
	REC_U32(20, struct web_token, pin_wrong),
	REC_BOOL(21, struct web_token, by_pin),
	REC_U32(22, struct web_token, areas),
	REC_BOOL(23, struct web_token, read_only),
	REC_BOOL(24, struct web_token, elsewhere),
	REC_END,
};
const struct rec_type web_token_rec =
	REC_TYPE_WORDS("web.token", struct web_token, 1, token_fields);

int web_token_put(struct store_txn *txn, const uint8_t hash[32], const struct web_token *t)
{
	struct store_key k = store_key("b", hash, (size_t)32), id = store_key("s", t->id);
	AUTO(buf) struct buf v = BUF_INIT(65536);
	int err;

	err = store_rec_encode(txn, &web_token_rec, t, &v);
	if (err)
		return err;
	err = store_put(txn, WEB_TOKEN, &k, buf_bytes(&v));
	return err ? err : store_put(txn, WEB_TOKEN_ID, &id, bytes_of(hash, 32));
}

int web_token_move(struct store_txn *txn, const uint8_t from[32], const uint8_t to[32],
	const struct web_token *t)
{
	struct store_key k = store_key("b", from, (size_t)32);
	int err = store_del(txn, WEB_TOKEN, &k);

	return err ? err : web_token_put(txn, to, t);
}

int web_token_get(
	struct store_txn *txn, struct arena *a, const uint8_t hash[32], struct web_token *ret)
{
	struct store_key k = store_key("b", hash, (size_t)32);
	struct bytes v;
	int err = store_get(txn, WEB_TOKEN, &k, &v);

	return err ? err : store_rec_decode(txn, &web_token_rec, v, a, ret);
}

int web_token_hash(struct store_txn *txn, const char *id, uint8_t ret[32])
{
	struct store_key k = store_key("s", id);
	struct bytes hash;
	int err = store_get(txn, WEB_TOKEN_ID, &k, &hash);

	if (err == 0 && hash.n != 32)
		err = ERR_CORRUPT;
	if (err == 0)
		memcpy(ret, hash.p, 32);
	return err;
}

int web_token_by_id(struct store_txn *txn, struct arena *a, const char *id, struct web_token *ret)
{
	uint8_t hash[32];
	int err = web_token_hash(txn, id, hash);

	return err ? err : web_token_get(txn, a, hash, ret);
}

typedef int token_fn(struct store_txn *, const uint8_t *, struct web_token *, void *);

/* Each token with its hash to `fn`; the closed ones too, if wanted. */
static int each(
	struct store_txn *txn, struct arena *a, bool closed_too, token_fn *fn, void *arg)
{
	AUTO(store_iter) struct store_iter it = {0};
	struct web_token t;
	uint8_t hash[32];
	struct bytes k, v;
	int err = store_iter_init(&it, txn, WEB_TOKEN, NULL);

	while (err == 0 && (err = store_iter_next(&it, &k, &v)) == 0) {
		if (k.n != sizeof(hash))
			return ERR_CORRUPT;
		memcpy(hash, k.p, sizeof(hash));
		err = store_rec_decode(txn, &web_token_rec, v, a, &t);
		if (err == 0 && (closed_too || !t.closed_at))
			err = fn(txn, hash, &t, arg);
	}
	return err == ERR_NOTFOUND ? 0 : err;
}

static int each_open(struct store_txn *txn, struct arena *a, token_fn *fn, void *arg)
{
	return each(txn, a, false, fn, arg);
}

/* Nobody can use it any more, and the audit log tells that it was. One that was closed stays a day:
 * who ends it twice is not told that it never was. A browser's stays longer, closed: what comes
 * from its pages is kept for whoever it was (web/kept.c). */
static int drop_one(struct store_txn *txn, const uint8_t *hash, struct web_token *t, void *arg)
{
	const int64_t *now = arg;
	struct store_key k = store_key("b", hash, (size_t)32), id = store_key("s", t->id);
	int64_t over = t->closed_at ? t->closed_at : t->expires_at;
	int64_t stays = t->browser ? SESSION_KEPT_S : t->closed_at ? DAY_S : 0;
	int err;

	if (!over || over + (t->closed_at ? stays : 0) > *now)
		return 0;
	if (over + stays > *now) {
		t->closed_at = over;
		return web_token_put(txn, hash, t);
	}
	err = store_del(txn, WEB_TOKEN, &k);
	return err ? err : store_del(txn, WEB_TOKEN_ID, &id);
}

int web_token_drop_expired(struct store_txn *txn, int64_t now)
{
	AUTO(arena) struct arena *a = arena_new();

	return each(txn, a, true, drop_one, &now);
}

struct closing {
	const char *account;
	int64_t now;
};

static int close_one(struct store_txn *txn, const uint8_t *hash, struct web_token *t, void *arg)
{
	const struct closing *c = arg;

	if (!text_equal(t->account, c->account))
		return 0;
	t->closed_at = c->now;
	return web_token_put(txn, hash, t);
}

int web_token_close_all(struct store_txn *txn, const char *account, int64_t now)
{
	AUTO(arena) struct arena *a = arena_new();
	struct closing c = {account, now};

	return each_open(txn, a, close_one, &c);
}

struct provider_end {
	const char *subject, *sid;
	int64_t now;
};

static int close_provider_one(
	struct store_txn *txn, const uint8_t *hash, struct web_token *t, void *arg)
{
	const struct provider_end *e = arg;

	if (!t->provider || (e->subject && !text_equal(t->subject, e->subject)) ||
		(e->sid && t->sid && !text_equal(t->sid, e->sid)) ||
		(!e->subject && !text_equal(t->sid, e->sid)))
		return 0;
	t->closed_at = e->now;
	return web_token_put(txn, hash, t);
}

int web_token_close_provider(
	struct store_txn *txn, const char *subject, const char *sid, int64_t now)
{
	AUTO(arena) struct arena *a = arena_new();
	struct provider_end e = {subject, sid, now};

	return each_open(txn, a, close_provider_one, &e);
}

struct collecting {
	struct arena *a;
	const char *station; /* NULL: any */
	struct web_token *tokens;
	size_t n, room;
};

static int collect_one(struct store_txn *txn, const uint8_t *hash, struct web_token *t, void *arg)
{
	struct collecting *c = arg;

	(void)txn;
	(void)hash;
	if (c->station && !(t->browser && t->account && text_equal(t->station, c->station)))
		return 0;
	if (c->n == c->room) {
		struct web_token *more = ARENA_ARRAY(c->a, struct web_token, 2 * c->room);

		memcpy(more, c->tokens, c->n * sizeof(*more));
		c->tokens = more;
		c->room *= 2;
	}
	c->tokens[c->n++] = *t;
	return 0;
}

static int collect(struct store_txn *txn, struct collecting *c, bool closed_too,
	struct web_token **ret, size_t *ret_n)
{
	int err;

	c->room = 64;
	c->tokens = ARENA_ARRAY(c->a, struct web_token, c->room);
	err = each(txn, c->a, closed_too, collect_one, c);
	if (err)
		return err;
	*ret = c->tokens;
	*ret_n = c->n;
	return 0;
}

int web_token_list_at(struct store_txn *txn, struct arena *a, const char *station,
	struct web_token **ret, size_t *ret_n)
{
	struct collecting c = {.a = a, .station = station};

	return collect(txn, &c, false, ret, ret_n);
}

int web_token_list_known(struct store_txn *txn, struct arena *a, const char *station,
	struct web_token **ret, size_t *ret_n)
{
	struct collecting c = {.a = a, .station = station};

	return collect(txn, &c, true, ret, ret_n);
}

int web_token_list(struct store_txn *txn, struct arena *a, struct web_token **ret, size_t *ret_n)
{
	return web_token_list_at(txn, a, NULL, ret, ret_n);
}
