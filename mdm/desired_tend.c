/* SPDX-License-Identifier: EUPL-1.2 */
/* Walks and due visits, in bounded transactions: a fleet is never gone through in one. */
#include "mdm/desired_int.h"

#include "base/text.h"

#define MEMBERS_AT_ONCE 200
#define DUE_AT_ONCE 100
#define ROUNDS_MOST 20

struct tend {
	struct mdm *m;
	int64_t now;
	bool due, walking; /* there is something to do */
};

static int look_in(struct store_txn *txn, void *arg)
{
	AUTO(arena) struct arena *a = arena_new();
	struct tend *t = arg;
	struct mdm_walk w;
	int err = mdm_visit_due(txn, t->now);

	t->due = err == 0;
	if (err == 0 || err == ERR_NOTFOUND)
		err = mdm_walk_next(txn, a, NULL, &w);
	t->walking = err == 0;
	return err == ERR_NOTFOUND ? 0 : err;
}

static int due_in(struct store_txn *txn, void *arg)
{
	AUTO(arena) struct arena *a = arena_new();
	struct tend *t = arg;
	struct mdm_round *rd = mdm_round_new(t->m, txn, a, t->now);

	for (size_t i = 0; i < DUE_AT_ONCE; i++) {
		const char *serial;
		size_t queued = 0;
		int err = mdm_visit_take(txn, a, t->now, &serial);

		if (err == 0)
			err = mdm_visit(rd, serial, false, &queued);
		if (err)
			return err == ERR_NOTFOUND ? 0 : err;
	}
	return 0;
}

/* The next members of the group; the walk ends with the last. */
static int walk_piece(
	struct mdm_round *rd, struct store_txn *txn, struct arena *a, struct mdm_walk *w)
{
	const char *group = strchr(w->name, '/');
	const char **serials;
	size_t n, queued = 0;
	int err = group ? 0 : ERR_CORRUPT;

	if (err == 0)
		err = mdm_member_list(txn, a, group + 1, w->cursor, MEMBERS_AT_ONCE, &serials, &n);
	for (size_t i = 0; err == 0 && i < n; i++)
		err = mdm_visit(rd, serials[i], false, &queued);
	if (err)
		return err;
	if (n < MEMBERS_AT_ONCE)
		return mdm_walk_del(txn, w->name);
	w->cursor = serials[n - 1];
	w->seen += (int64_t)n;
	w->queued += (int64_t)queued;
	return mdm_walk_put(txn, w);
}

static int walk_in(struct store_txn *txn, void *arg)
{
	AUTO(arena) struct arena *a = arena_new();
	struct tend *t = arg;
	struct mdm_walk w;
	int err = mdm_walk_next(txn, a, NULL, &w);

	if (err)
		return err == ERR_NOTFOUND ? 0 : err;
	return walk_piece(mdm_round_new(t->m, txn, a, t->now), txn, a, &w);
}

int mdm_desired_tend(struct mdm *m, int64_t now)
{
	struct tend t = {.m = m, .now = now};
	int err = 0;

	for (size_t i = 0; i < ROUNDS_MOST && err == 0; i++) {
		err = store_read(m->st, look_in, &t);
		if (err == 0 && t.due)
			err = store_write(m->st, due_in, &t);
		if (err == 0 && t.walking)
			err = store_write(m->st, walk_in, &t);
		if (!t.due && !t.walking)
			break;
	}
	return err;
}
