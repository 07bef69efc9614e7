/* SPDX-License-Identifier: EUPL-1.2 */
/* What time asks of the queue. Each piece looks first with a read, so that a quiet house writes
 * nothing, and does a bounded amount. */
#include "mdm/queue_int.h"

#include "base/text.h"

#define EXPIRE_MOST 200
#define PRUNE_UDIDS 20
#define PRUNE_MOST 50

struct tend {
	struct mdm *m;
	int64_t now;
	const char *udid;
	size_t n;
};

/* --- what has waited too long --- */

static int due_look(struct store_txn *txn, void *arg)
{
	AUTO(arena) struct arena *a = arena_new();
	struct tend *t = arg;
	const char *uuid;
	bool leapt = false;
	int64_t at;
	int err = mdm_due_first(txn, a, t->now, &uuid, &at);

	t->n = err == 0;
	if (err == 0) /* by a clock that leapt, all of them are over */
		err = audit_clock_leapt(txn, &leapt);
	if (leapt)
		t->n = 0;
	return err == ERR_NOTFOUND ? 0 : err;
}

static int expire_one(
	struct tend *t, struct store_txn *txn, struct arena *a, const char *uuid, int64_t at)
{
	struct mdm_enrollment e = {0};
	struct mdm_command c;
	int err = mdm_command_find(txn, a, uuid, &c);

	if (err == ERR_NOTFOUND || (err == 0 && !mdm_command_is_live(&c)))
		return mdm_due_del(txn, at, uuid);
	if (err == 0)
		err = mdm_enrollment_get(txn, a, c.udid, &e);
	if (err == ERR_NOTFOUND) {
		e.udid = c.udid;
		e.serial = c.serial;
		err = 0;
	}
	if (err)
		return err;
	c.state = MDM_EXPIRED;
	err = mdm_queue_finish(t->m, txn, &e, &c, t->now);
	return err ? err : mdm_queue_settle_push(txn, c.udid);
}

static int expire_some(struct store_txn *txn, void *arg)
{
	struct tend *t = arg;

	for (size_t i = 0; i < EXPIRE_MOST; i++) {
		AUTO(arena) struct arena *a = arena_new();
		const char *uuid;
		int64_t at;
		int err = mdm_due_first(txn, a, t->now, &uuid, &at);

		if (err == 0)
			err = expire_one(t, txn, a, uuid, at);
		if (err)
			return err == ERR_NOTFOUND ? 0 : err;
	}
	return 0;
}

static int expire_tend(struct mdm *m, int64_t now)
{
	struct tend t = {.m = m, .now = now};
	int err = store_read(m->st, due_look, &t);

	return err || !t.n ? err : store_write(m->st, expire_some, &t);
}

/* --- history --- */

static int history_is_old(
	struct store_txn *txn, struct arena *a, const char *udid, int64_t now, bool *ret)
{
	struct mdm_command c;
	int err = mdm_done_oldest(txn, udid, a, &c);

	*ret = err == 0 && c.done_at < now - MDM_HISTORY_LIFE_S;
	return err == ERR_NOTFOUND ? 0 : err;
}

/* The next few iPads behind the mark; stops at one with something to drop. */
static int history_look(struct store_txn *txn, void *arg)
{
	AUTO(arena) struct arena *a = arena_new();
	struct tend *t = arg;
	char *mark = mdm_line_tidy_mark(t->m->line);

	t->n = 0;
	for (size_t i = 0; i < PRUNE_UDIDS && !t->n; i++) {
		const char *udid;
		bool old;
		int err = mdm_queue_next_udid(txn, a, *mark ? mark : NULL, &udid);

		if (err == ERR_NOTFOUND) {
			*mark = '\0';
			return 0;
		}
		if (err == 0)
			err = history_is_old(txn, a, udid, t->now, &old);
		if (err)
			return err;
		text_copy(mark, MDM_UDID_MAX + 1, udid);
		t->n = old;
	}
	return 0;
}

static int history_drop(struct store_txn *txn, void *arg)
{
	struct tend *t = arg;
	size_t n;

	return mdm_done_prune(txn, t->udid, t->now, PRUNE_MOST, &n);
}

static int history_tend(struct mdm *m, int64_t now)
{
	struct tend t = {.m = m, .now = now, .udid = mdm_line_tidy_mark(m->line)};
	int err = store_read(m->st, history_look, &t);

	return err || !t.n ? err : store_write(m->st, history_drop, &t);
}

int mdm_queue_tend(struct mdm *m, int64_t now)
{
	int expire = expire_tend(m, now), handed = mdm_handed_flush(m, now);
	int lost = mdm_lost_tend(m, now), history = history_tend(m, now);

	return expire ? expire : handed ? handed : lost ? lost : history;
}
