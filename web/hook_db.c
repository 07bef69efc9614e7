/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * WEB_HOOK      s id                     -> struct web_hook
 * WEB_POST      s hook, q number         -> struct web_post, until it is delivered
 * WEB_POST_DUE  t due, s hook, q number  -> empty; not those that are dead
 */
#include "web/event_int.h"

#include "base/rec.h"
#include "base/text.h"

static const struct rec_field hook_fields[] = {
	REC_STR(1, struct web_hook, id),
	REC_STR(2, struct web_hook, url),
	REC_WORDS(3, struct web_hook, note),
	REC_STR(4, struct web_hook, topics),
	REC_BYTES(5, struct web_hook, secret),
	REC_I64(6, struct web_hook, audit_seq),
	REC_I64(7, struct web_hook, news_seq),
	REC_I64(8, struct web_hook, posts),
	REC_I64(9, struct web_hook, made_at),
	REC_I64(10, struct web_hook, paused_at),
	REC_STR(11, struct web_hook, made_by),
	REC_I64(12, struct web_hook, delivered_at),
	REC_I64(13, struct web_hook, failed_at),
	REC_STR(14, struct web_hook, failure),
	REC_I64(15, struct web_hook, waiting),
	REC_I64(16, struct web_hook, dead),
	REC_BOOL(17, struct web_hook, results),
	REC_BOOL(18, struct web_hook, calls),
	REC_BOOL(19, struct web_hook, counted),
	REC_END,
};
const struct rec_type web_hook_rec =
	REC_TYPE_WORDS("web.hook", struct web_hook, 1, hook_fields);

static const struct rec_field post_fields[] = {
	REC_STR(1, struct web_post, hook),
	REC_I64(2, struct web_post, number),
	REC_STR(3, struct web_post, topic),
	REC_STR(4, struct web_post, event_id),
	REC_WORDS(5, struct web_post, body),
	REC_I64(6, struct web_post, made_at),
	REC_I64(7, struct web_post, due_at),
	REC_U32(8, struct web_post, tries),
	REC_U32(9, struct web_post, status),
	REC_STR(10, struct web_post, error),
	REC_END,
};
const struct rec_type web_post_rec =
	REC_TYPE_WORDS("web.post", struct web_post, 1, post_fields);

int web_hook_put(struct store_txn *txn, const struct web_hook *h)
{
	struct store_key k = store_key("s", h->id);
	AUTO(buf) struct buf v = BUF_INIT(65536);
	int err = store_rec_encode(txn, &web_hook_rec, h, &v);

	return err ? err : store_put(txn, WEB_HOOK, &k, buf_bytes(&v));
}

int web_hook_get(struct store_txn *txn, struct arena *a, const char *id, struct web_hook *ret)
{
	struct store_key k = store_key("s", id);
	struct web_hook h;
	struct bytes v;
	int err = store_get(txn, WEB_HOOK, &k, &v);

	if (err == 0)
		err = store_rec_decode(txn, &web_hook_rec, v, a, &h);
	if (err == 0)
		*ret = h;
	return err == ERR_BADINPUT ? ERR_NOTFOUND : err;
}

int web_hook_list(struct store_txn *txn, struct arena *a, struct web_hook **ret, size_t *ret_n)
{
	static const struct store_list list = {.table = WEB_HOOK, .type = &web_hook_rec};
	struct store_rows rows = {0};
	int err = store_list_read(txn, &list, NULL, STORE_PIECE(a, NULL, WEB_HOOKS_MOST), &rows);

	if (err == 0) {
		*ret = rows.at;
		*ret_n = rows.n;
	}
	return err;
}

/* --- posts --- */

static int due_del(struct store_txn *txn, const struct web_post *p)
{
	struct store_key k = store_key("tsq", p->due_at, p->hook, p->number);
	int err = p->due_at ? store_del(txn, WEB_POST_DUE, &k) : 0;

	return err == ERR_NOTFOUND ? 0 : err;
}

int web_post_put(struct store_txn *txn, const struct web_post *before, const struct web_post *p)
{
	struct store_key k = store_key("sq", p->hook, p->number);
	struct store_key due = store_key("tsq", p->due_at, p->hook, p->number);
	AUTO(buf) struct buf v = BUF_INIT(256 * 1024);
	int err = before ? due_del(txn, before) : 0;

	if (err == 0)
		err = store_rec_encode(txn, &web_post_rec, p, &v);
	if (err == 0)
		err = store_put(txn, WEB_POST, &k, buf_bytes(&v));
	return err || !p->due_at ? err : store_put(txn, WEB_POST_DUE, &due, bytes_of("", 0));
}

int web_post_add(struct store_txn *txn, struct web_hook *h, struct web_post *p)
{
	p->hook = h->id;
	p->number = ++h->posts;
	h->waiting++;
	return web_post_put(txn, NULL, p);
}

int web_post_del(struct store_txn *txn, const struct web_post *p)
{
	struct store_key k = store_key("sq", p->hook, p->number);
	int err = due_del(txn, p);

	if (err == 0)
		err = store_del(txn, WEB_POST, &k);
	return err == ERR_NOTFOUND ? 0 : err;
}

int web_post_get(struct store_txn *txn, struct arena *a, const char *hook, uint64_t number,
	struct web_post *ret)
{
	struct store_key k = store_key("sq", hook, number);
	struct web_post p;
	struct bytes v;
	int err = store_get(txn, WEB_POST, &k, &v);

	if (err == 0)
		err = store_rec_decode(txn, &web_post_rec, v, a, &p);
	if (err == 0)
		*ret = p;
	return err;
}

/* Its hook's place in the list; hook_n: it is not to be taken. */
static size_t taker_of(const struct web_due *x, const unsigned *taken, const char *id)
{
	size_t i = 0;

	while (i < x->hook_n && !text_equal(x->hooks[i].id, id))
		i++;
	if (i == x->hook_n || x->hooks[i].paused_at)
		return x->hook_n;
	if (x->hooks[i].failure && (taken[i] || x->hooks[i].failed_at == x->now))
		return x->hook_n;
	return i;
}

int web_post_due(struct store_txn *txn, struct arena *a, struct web_due *x)
{
	unsigned *taken = ARENA_ARRAY(a, unsigned, x->hook_n + 1);
	AUTO(store_iter) struct store_iter it = {0};
	struct bytes k, v;
	int err = store_iter_init(&it, txn, WEB_POST_DUE, NULL);

	x->n = 0;
	x->posts = ARENA_ARRAY(a, struct web_post, x->most + 1);
	while (err == 0 && x->n < x->most && (err = store_iter_next(&it, &k, &v)) == 0) {
		const char *hook;
		uint64_t number;
		int64_t at;
		size_t i;

		err = store_key_parse(k, "tsq", &at, &hook, &number);
		if (err == 0 && at > x->now)
			break;
		i = err ? x->hook_n : taker_of(x, taken, hook);
		if (i == x->hook_n)
			continue;
		taken[i]++;
		err = web_post_get(txn, a, hook, number, &x->posts[x->n]);
		x->n += err == 0;
	}
	return err == ERR_NOTFOUND ? 0 : err;
}

int web_post_list(struct store_txn *txn, struct arena *a, const char *hook, uint64_t after,
	size_t most, struct web_post **ret, size_t *ret_n)
{
	struct web_post *list = ARENA_ARRAY(a, struct web_post, most + 1);
	struct store_key prefix = store_key("s", hook), from = store_key("sq", hook, after + 1);
	AUTO(store_iter) struct store_iter it = {0};
	struct bytes k, v;
	size_t n = 0;
	int err = store_iter_init(&it, txn, WEB_POST, &prefix);

	if (err == 0)
		store_iter_seek(&it, &from);
	while (err == 0 && n < most && (err = store_iter_next(&it, &k, &v)) == 0) {
		err = store_rec_decode(txn, &web_post_rec, v, a, &list[n]);
		n += err == 0;
	}
	if (err && err != ERR_NOTFOUND)
		return err;
	*ret = list;
	*ret_n = n;
	return 0;
}

int web_hook_del(struct store_txn *txn, const char *id)
{
	struct store_key k = store_key("s", id);
	int err = 0;

	for (;;) {
		AUTO(arena) struct arena *a = arena_new();
		struct web_post *posts;
		size_t n;

		err = web_post_list(txn, a, id, 0, 100, &posts, &n);
		for (size_t i = 0; err == 0 && i < n; i++)
			err = web_post_del(txn, &posts[i]);
		if (err || n == 0)
			break;
	}
	return err ? err : store_del(txn, WEB_HOOK, &k);
}
