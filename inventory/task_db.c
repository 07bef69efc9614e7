/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * INV_TASK       q id                    -> struct inv_task
 * INV_TASK_OPEN  s serial, s kind, q id  -> empty, while it is open
 */
#include "inventory/inventory_int.h"

#include "base/rec.h"
#include "base/text.h"

static const struct rec_field task_fields[] = {
	REC_I64(1, struct inv_task, id),
	REC_STR(2, struct inv_task, serial),
	REC_STR(3, struct inv_task, kind),
	REC_STR(4, struct inv_task, detail),
	REC_I64(5, struct inv_task, made_at),
	REC_I64(6, struct inv_task, done_at),
	REC_STR(7, struct inv_task, made_by),
	REC_STR(8, struct inv_task, done_by),
	REC_END,
};
static const struct rec_type task_rec = REC_TYPE(struct inv_task, 1, task_fields);

static int task_put(struct store_txn *txn, const struct inv_task *t)
{
	struct store_key k = store_key("q", t->id);
	AUTO(buf) struct buf v = BUF_INIT(4096);
	int err = store_rec_encode(txn, &task_rec, t, &v);

	return err ? err : store_put(txn, INV_TASK, &k, buf_bytes(&v));
}

static int task_get(struct store_txn *txn, struct arena *a, uint64_t id, struct inv_task *ret)
{
	struct store_key k = store_key("q", id);
	struct bytes v;
	int err = store_get(txn, INV_TASK, &k, &v);

	return err ? err : store_rec_decode(txn, &task_rec, v, a, ret);
}

static int next_id(struct store_txn *txn, uint64_t *ret)
{
	AUTO(store_iter) struct store_iter it = {0};
	struct bytes k, v;
	uint64_t last = 0;
	int err = store_iter_init(&it, txn, INV_TASK, NULL);

	if (err)
		return err;
	err = store_iter_prev(&it, &k, &v);
	if (err == 0)
		err = store_key_parse(k, "q", &last);
	if (err && err != ERR_NOTFOUND)
		return err;
	*ret = last + 1;
	return 0;
}

int inv_task_add(struct store_txn *txn, const char *serial, const char *kind, const char *detail,
	const char *by, int64_t now)
{
	struct inv_task t = {
		.serial = serial, .kind = kind, .detail = detail, .made_at = now, .made_by = by};
	struct store_key k;
	int err = next_id(txn, &t.id);

	if (err == 0)
		err = task_put(txn, &t);
	if (err)
		return err;
	k = store_key("ssq", serial, kind, t.id);
	return store_put(txn, INV_TASK_OPEN, &k, bytes_of("", 0));
}

int inv_task_is_open(struct store_txn *txn, const char *serial, const char *kind, bool *ret)
{
	struct store_key prefix = store_key("ss", serial, kind);
	AUTO(store_iter) struct store_iter it = {0};
	struct bytes k, v;
	int err = store_iter_init(&it, txn, INV_TASK_OPEN, &prefix);

	if (err == 0)
		err = store_iter_next(&it, &k, &v);
	if (err && err != ERR_NOTFOUND)
		return err;
	*ret = err == 0;
	return 0;
}

/* Out of the open ones, with who and when. */
static int task_close(struct store_txn *txn, struct inv_task *t, const char *by, int64_t now)
{
	struct store_key k = store_key("ssq", t->serial, t->kind, t->id);
	int err = store_del(txn, INV_TASK_OPEN, &k);

	t->done_at = now;
	t->done_by = by;
	return err ? err : task_put(txn, t);
}

int inv_task_close_for(struct store_txn *txn, const char *serial, const char *kind, const char *by,
	int64_t now, unsigned *ret_n)
{
	AUTO(arena) struct arena *a = arena_new();
	struct store_key prefix = store_key("ss", serial, kind);
	AUTO(store_iter) struct store_iter it = {0};
	const char *s, *w;
	struct inv_task t;
	struct bytes k, v;
	unsigned n = 0;
	uint64_t id;
	int err = store_iter_init(&it, txn, INV_TASK_OPEN, &prefix);

	while (err == 0 && (err = store_iter_next(&it, &k, &v)) == 0) {
		err = store_key_parse(k, "ssq", &s, &w, &id);
		if (err == 0)
			err = task_get(txn, a, id, &t);
		if (err == 0)
			err = task_close(txn, &t, by, now);
		n++;
	}
	if (err != ERR_NOTFOUND)
		return err;
	*ret_n = n;
	return 0;
}

/* The id an index row or a table row names. */
static int list_id(struct bytes k, bool open_only, uint64_t *ret)
{
	const char *serial, *kind;

	return open_only ? store_key_parse(k, "ssq", &serial, &kind, ret)
			 : store_key_parse(k, "q", ret);
}

static bool goes_up(const struct inv_task_ask *ask)
{
	return ask->open_only || ask->oldest_first;
}

static int seek(struct store_iter *it, struct arena *a, const struct inv_task_ask *ask)
{
	struct store_key from = {0};
	struct bytes b;

	if (!ask->after)
		return 0;
	if (text_parse_hex(a, bytes_of_str(ask->after), &b) != 0 || b.n == 0 || b.n >= STORE_KEY_MAX)
		return ERR_BADINPUT;
	memcpy(from.b, b.p, b.n);
	from.n = (uint16_t)b.n;
	/* Backwards, the one before this is next. */
	if (goes_up(ask))
		inv_key_behind(&from);
	store_iter_seek(it, &from);
	return 0;
}

int inv_task_page(struct store_txn *txn, struct arena *a, const struct inv_task_ask *ask,
	struct inv_task **ret, size_t *ret_n, const char **ret_next)
{
	struct inv_task *tasks = ARENA_ARRAY(a, struct inv_task, ask->most + 1);
	AUTO(store_iter) struct store_iter it = {0};
	const char *last = NULL;
	struct bytes k, v;
	uint64_t id;
	size_t n = 0;
	int err = store_iter_init(&it, txn, ask->open_only ? INV_TASK_OPEN : INV_TASK, NULL);

	if (err == 0)
		err = seek(&it, a, ask);
	while (err == 0 && n < ask->most) {
		err = goes_up(ask) ? store_iter_next(&it, &k, &v) : store_iter_prev(&it, &k, &v);
		if (err)
			break;
		last = text_hex(a, k);
		err = list_id(k, ask->open_only, &id);
		if (err == 0)
			err = task_get(txn, a, id, &tasks[n]);
		if (err)
			return err;
		n++;
	}
	if (err && err != ERR_NOTFOUND)
		return err;
	*ret = tasks;
	*ret_n = n;
	*ret_next = err == 0 ? last : NULL;
	return 0;
}

int inv_task_list(struct store_txn *txn, struct arena *a, bool open_only, size_t most,
	struct inv_task **ret, size_t *ret_n)
{
	const struct inv_task_ask ask = {.open_only = open_only, .most = most};
	const char *next;

	return inv_task_page(txn, a, &ask, ret, ret_n, &next);
}

struct done_job {
	const struct inv_act *act;
	uint64_t id;
	struct refusal *r;
};

static int done_in(struct store_txn *txn, void *arg)
{
	AUTO(arena) struct arena *a = arena_new();
	struct done_job *j = arg;
	struct inv_task t;
	int err = task_get(txn, a, j->id, &t);

	if (err)
		return err;
	if (t.done_at)
		return refuse(j->r, &inv_say_task_done, NULL, NULL, NULL);
	err = inv_task_admit(txn, &t, j->act, j->r);
	if (err == 0)
		err = task_close(txn, &t, j->act->who->actor, j->act->now);
	if (err == 0)
		err = audit_add(txn, j->act->who, j->act->now, "task.done", t.serial, NULL);
	return err;
}

int inv_task_get(struct store_txn *txn, struct arena *a, uint64_t id, struct inv_task *ret)
{
	return task_get(txn, a, id, ret);
}

int inv_task_done(struct inv *inv, const struct inv_act *act, uint64_t id, struct refusal *r)
{
	struct done_job j = {.act = act, .id = id, .r = r};

	return store_write(inv->st, done_in, &j);
}
