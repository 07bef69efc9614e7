/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Reading the log by what is asked for. Each filter is an index whose rows end in the record's
 * number; walks over several meet where all of them have the same number. Each leaps to where the
 * other stands, so that a rare act of a busy object is found without reading what lies between.
 * A span of time is a span of numbers, found by halving the log.
 */
#include "audit/audit_int.h"

#include "base/text.h"

/* Of one text of an index, or of the log itself: its number at or after where one looks. */
struct trail {
	struct store_iter it;
	enum store_table table;
	const char *of; /* NULL: the log */
	uint64_t at;
	bool begun, over;
};
struct walk {
	struct store_txn *txn;
	bool up; /* oldest first */
	struct trail object, actor;
	struct trail *acts;
	size_t act_n;
	uint64_t first, end; /* of the numbers that were asked for, and the one behind */
};

static bool is_before(const struct walk *w, uint64_t a, uint64_t b)
{
	return w->up ? a < b : a > b;
}

static struct store_key trail_key(const struct trail *t, uint64_t seq)
{
	return t->of ? store_key("sq", t->of, seq) : store_key("q", seq);
}

/* To the first number at `seq` or behind it. */
static int trail_go(const struct walk *w, struct trail *t, uint64_t seq)
{
	struct store_key from = trail_key(t, w->up || seq == UINT64_MAX ? seq : seq + 1);
	struct bytes k, v;
	const char *of;
	int err;

	if (t->over || (t->begun && !is_before(w, t->at, seq)))
		return 0;
	t->begun = true;
	store_iter_seek(&t->it, &from);
	err = w->up ? store_iter_next(&t->it, &k, &v) : store_iter_prev(&t->it, &k, &v);
	if (err == ERR_NOTFOUND) {
		t->over = true;
		return 0;
	}
	if (err)
		return err;
	return t->of ? store_key_parse(k, "sq", &of, &t->at) : store_key_parse(k, "q", &t->at);
}

/* The same, to where it came. ERR_NOTFOUND: it has come to its end. */
static int trail_take(const struct walk *w, struct trail *t, uint64_t *seq)
{
	int err = trail_go(w, t, *seq);

	if (err == 0 && t->over)
		err = ERR_NOTFOUND;
	if (err == 0)
		*seq = t->at;
	return err;
}

/* The first number at `seq` or behind it that one of the acts has. */
static int acts_go(const struct walk *w, uint64_t seq, uint64_t *ret)
{
	const struct trail *best = NULL;
	int err = 0;

	for (size_t i = 0; err == 0 && i < w->act_n; i++) {
		struct trail *t = &w->acts[i];

		err = trail_go(w, t, seq);
		if (err == 0 && !t->over && (!best || is_before(w, t->at, best->at)))
			best = t;
	}
	if (err)
		return err;
	*ret = best ? best->at : seq;
	return best || !w->acts ? 0 : ERR_NOTFOUND;
}

/* The first number at `seq` or behind it that is all that was asked for. ERR_NOTFOUND: none. */
static int walk_go(struct walk *w, uint64_t seq, uint64_t *ret)
{
	uint64_t all = seq;
	int err = 0;

	do {
		seq = all;
		err = trail_take(w, &w->object, &all);
		if (err == 0 && w->actor.of)
			err = trail_take(w, &w->actor, &all);
		if (err == 0)
			err = acts_go(w, all, &all);
	} while (err == 0 && all != seq);
	if (err == 0 && (all < w->first || all >= w->end))
		err = ERR_NOTFOUND;
	if (err == 0)
		*ret = all;
	return err;
}

/* --- the walk is made and ended --- */

static int trail_init(struct walk *w, struct trail *t, enum store_table table, const char *of)
{
	struct store_key prefix = store_key("s", of ? of : "");

	t->table = table;
	t->of = of;
	return store_iter_init(&t->it, w->txn, table, of ? &prefix : NULL);
}

static bool is_asked(const struct audit_ask *ask, const struct audit_act *x)
{
	return (!ask->act || text_equal(x->name, ask->act)) && text_equal(x->about, ask->about);
}

/* An act alone is taken as it is: an older program may have written it. */
static int acts_init(struct walk *w, struct arena *a, const struct audit_ask *ask)
{
	int err = 0;

	if (!ask->act && !ask->about)
		return 0;
	for (const struct audit_act *x = audit_acts; x->name; x++)
		w->act_n += ask->about && is_asked(ask, x);
	w->acts = ARENA_ARRAY(a, struct trail, w->act_n + 1);
	if (!ask->about)
		return trail_init(w, &w->acts[w->act_n++], AUDIT_BY_ACT, ask->act);
	w->act_n = 0;
	for (const struct audit_act *x = audit_acts; err == 0 && x->name; x++) {
		if (is_asked(ask, x))
			err = trail_init(w, &w->acts[w->act_n++], AUDIT_BY_ACT, x->name);
	}
	return err;
}

static void walk_release(struct walk *w)
{
	store_iter_release(&w->object.it);
	store_iter_release(&w->actor.it);
	for (size_t i = 0; i < w->act_n; i++)
		store_iter_release(&w->acts[i].it);
}
AUTO_RELEASE(walk, walk_release)

static int record_get(
	struct store_txn *txn, struct arena *a, uint64_t seq, struct audit_record *ret)
{
	struct store_key key = store_key("q", seq);
	struct bytes value;
	int err = store_get(txn, AUDIT_LOG, &key, &value);

	/* the index promised it */
	if (err == ERR_NOTFOUND)
		return ERR_CORRUPT;
	return err != 0 ? err : store_rec_decode(txn, &audit_rec, value, a, ret);
}

/* --- a span of time --- */

static int time_get(struct store_txn *txn, struct arena *a, uint64_t seq, int64_t *ret)
{
	struct audit_record r = {0};
	int err = record_get(txn, a, seq, &r);

	if (err == 0)
		*ret = r.at;
	return err;
}

/* The first number whose time is `at` or later; the one behind the last when there is none. */
static int number_at(struct store_txn *txn, struct arena *a, int64_t at, uint64_t *ret)
{
	uint8_t hash[AUDIT_HASH];
	uint64_t low = 1, high = 0;
	int64_t t = 0;
	int err = audit_head(txn, &high, hash);

	for (high++; err == 0 && low < high;) {
		uint64_t middle = low + (high - low) / 2;

		err = time_get(txn, a, middle, &t);
		if (err == 0 && t >= at)
			high = middle;
		else
			low = middle + 1;
	}
	if (err == 0)
		*ret = low;
	return err;
}

static int span_init(struct walk *w, struct arena *a, const struct audit_ask *ask)
{
	int err = 0;

	w->end = UINT64_MAX;
	if (ask->from)
		err = number_at(w->txn, a, ask->from, &w->first);
	if (err == 0 && ask->to)
		err = number_at(w->txn, a, ask->to, &w->end);
	return err;
}

static bool is_in_time(const struct audit_ask *ask, int64_t at)
{
	return (!ask->from || at >= ask->from) && (!ask->to || at < ask->to);
}

/* --- */

static int walk_init(struct walk *w, struct arena *a, const struct audit_ask *ask)
{
	int err = trail_init(
		w, &w->object, ask->object ? AUDIT_BY_OBJECT : AUDIT_LOG, ask->object);

	if (err == 0 && ask->actor)
		err = trail_init(w, &w->actor, AUDIT_BY_ACTOR, ask->actor);
	if (err == 0)
		err = acts_init(w, a, ask);
	return err ? err : span_init(w, a, ask);
}

/* false: there is nothing behind. */
static bool first_number(const struct walk *w, uint64_t after, uint64_t *ret)
{
	uint64_t seq = after ? after + (w->up ? 1 : -1) : w->up ? 0 : UINT64_MAX;

	if (w->up && seq < w->first)
		seq = w->first;
	if (!w->up && seq >= w->end && w->end < UINT64_MAX)
		seq = w->end - 1;
	*ret = seq;
	return seq >= w->first && seq <= w->end && (seq || !after);
}

int audit_find(struct store_txn *txn, const struct audit_ask *ask, const struct store_piece *piece,
	struct audit_record **ret, size_t *ret_n)
{
	static const struct audit_ask all = {0};
	const struct audit_ask *asked = ask ? ask : &all;
	struct audit_record *list = ARENA_ARRAY(piece->a, struct audit_record, piece->most + 1);
	AUTO(walk) struct walk w = {.txn = txn, .up = asked->oldest_first};
	uint64_t seq = piece->after_n;
	size_t n = 0;
	int err = walk_init(&w, piece->a, asked);

	while (err == 0 && n < piece->most && first_number(&w, seq, &seq)) {
		err = walk_go(&w, seq, &seq);
		if (err == 0)
			err = record_get(txn, piece->a, seq, &list[n]);
		n += err == 0 && is_in_time(asked, list[n].at);
	}
	if (err && err != ERR_NOTFOUND)
		return err;
	*ret = list;
	*ret_n = n;
	return 0;
}

int audit_list(struct store_txn *txn, const char *object, const struct store_piece *piece,
	struct audit_record **ret, size_t *ret_n)
{
	const struct audit_ask ask = {.object = object};

	return audit_find(txn, &ask, piece, ret, ret_n);
}

int audit_follow(struct store_txn *txn, const struct store_piece *piece, struct audit_record **ret,
	size_t *ret_n)
{
	const struct audit_ask ask = {.oldest_first = true};

	return audit_find(txn, &ask, piece, ret, ret_n);
}

int audit_actors(
	struct store_txn *txn, struct arena *a, size_t most, const char ***ret, size_t *ret_n)
{
	AUTO(store_iter) struct store_iter it = {0};
	const char **list = ARENA_ARRAY(a, const char *, most + 1);
	struct bytes k, v;
	uint64_t seq;
	size_t n = 0;
	int err = store_iter_init(&it, txn, AUDIT_BY_ACTOR, NULL);

	while (err == 0 && n < most && (err = store_iter_next(&it, &k, &v)) == 0) {
		const char *who;
		struct store_key behind;

		err = store_key_parse(k, "sq", &who, &seq);
		if (err)
			break;
		list[n++] = arena_strdup(a, who);
		behind = store_key("sq", who, UINT64_MAX);
		store_iter_seek(&it, &behind);
	}
	if (err && err != ERR_NOTFOUND)
		return err;
	*ret = list;
	*ret_n = n;
	return 0;
}
