/* SPDX-License-Identifier: EUPL-1.2 */
/* Walks and due visits, in bounded transactions: a fleet is never gone through in one. */
#include "mdm/media_int.h"

#include "base/text.h"

#define MEMBERS_AT_ONCE 200
#define DUE_AT_ONCE 100
#define ROUNDS_MOST 20

struct tend {
	struct mdm *m;
	int64_t now;
	bool due, walking; /* there is something to do */
};

/* In quiet hours nothing new goes out, but what groups should have is kept, and a mailing that is
 * withdrawn is taken back at once: it must not reach whoever calls during the night. */
static int may_walk_now(
	struct tend *t, struct store_txn *txn, struct arena *a, const struct mdm_walk *w, bool *ret)
{
	struct mdm_mailing x;
	int err;

	*ret = !mdm_quiet_now(t->m->o->quiet, t->now) || text_starts(w->name, "group/");
	if (*ret || !text_starts(w->name, "mailing/"))
		return 0;
	err = mdm_mailing_get(txn, a, w->name + strlen("mailing/"), &x);
	*ret = err == 0 && x.state == MDM_MAILING_WITHDRAWN;
	return err == ERR_NOTFOUND ? 0 : err;
}

/* The first walk that may go on; ERR_NOTFOUND. */
static int walk_choose(
	struct tend *t, struct store_txn *txn, struct arena *a, struct mdm_walk *ret)
{
	bool may = false;
	int err = mdm_walk_next(txn, a, NULL, ret);

	while (err == 0) {
		err = may_walk_now(t, txn, a, ret, &may);
		if (err || may)
			break;
		err = mdm_walk_next(txn, a, ret->name, ret);
	}
	return err;
}

static int look_in(struct store_txn *txn, void *arg)
{
	AUTO(arena) struct arena *a = arena_new();
	struct tend *t = arg;
	struct mdm_walk w;
	int err = mdm_visit_due(txn, t->now);

	t->due = err == 0;
	if (err == 0 || err == ERR_NOTFOUND)
		err = walk_choose(t, txn, a, &w);
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
		if (err == 0)
			err = mdm_erase_visit(t->m, txn, serial, t->now);
		if (err)
			return err == ERR_NOTFOUND ? 0 : err;
	}
	return 0;
}

/* Those whom a mailing goes to: by its group as it is now, and once it is withdrawn by its list. */
static int mailing_members(struct store_txn *txn, struct arena *a, const struct mdm_mailing *x,
	const char *cursor, const char ***ret, size_t *ret_n)
{
	if (x->state == MDM_MAILING_WITHDRAWN)
		return mdm_recipients_list(
			txn, x->id, STORE_PIECE(a, cursor, MEMBERS_AT_ONCE), ret, ret_n);
	if (x->group)
		return mdm_member_list(
			txn, x->group, STORE_PIECE(a, cursor, MEMBERS_AT_ONCE), ret, ret_n);
	*ret = ARENA_ARRAY(a, const char *, 1);
	(*ret)[0] = x->serial;
	*ret_n = 1;
	return 0;
}

static int members_next(struct mdm_round *rd, struct store_txn *txn, struct arena *a,
	const struct mdm_walk *w, const char ***ret, size_t *ret_n, int64_t now)
{
	struct mdm_mailing x;
	int err;

	(void)rd;
	if (text_starts(w->name, "group/"))
		return mdm_member_list(txn, w->name + strlen("group/"),
			STORE_PIECE(a, w->cursor, MEMBERS_AT_ONCE), ret, ret_n);
	if (text_starts(w->name, MDM_WALK_AGAIN))
		return mdm_recipients_list(txn, w->name + strlen(MDM_WALK_AGAIN),
			STORE_PIECE(a, w->cursor, MEMBERS_AT_ONCE), ret, ret_n);
	err = mdm_mailing_get(txn, a, w->name + strlen("mailing/"), &x);
	if (err == 0)
		err = mailing_members(txn, a, &x, w->cursor, ret, ret_n);
	for (size_t i = 0; err == 0 && x.state == MDM_MAILING_RUNNING && i < *ret_n; i++)
		err = mdm_recipient_add(txn, x.id, (*ret)[i], now);
	return err;
}

/* The next members of the group; the walk ends with the last. */
static int walk_piece(struct mdm_round *rd, struct store_txn *txn, struct arena *a,
	struct mdm_walk *w, int64_t now)
{
	const char **serials;
	size_t n, queued = 0;
	int err = members_next(rd, txn, a, w, &serials, &n, now);

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
	int err = walk_choose(t, txn, a, &w);

	if (err)
		return err == ERR_NOTFOUND ? 0 : err;
	return walk_piece(mdm_round_new(t->m, txn, a, t->now), txn, a, &w, t->now);
}

int mdm_desired_tend(struct mdm *m, int64_t now)
{
	struct tend t = {.m = m, .now = now};
	int err = mdm_mailing_tend(m, now);

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
