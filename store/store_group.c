/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Group commit. A commit costs two syncs of the disk whatever is in it, so writers who come while
 * one is under way share the next.
 *
 * There is no committer thread: whoever finds nobody leading, leads. The leader takes those who
 * wait (itself first), runs their functions, commits once, hands the lead to the first of those
 * who came meanwhile, and then wakes the others: the next commit is under way while they work. The
 * other way round they all come again before the one who leads gets a processor, and then all wait
 * for one commit while nobody works. So a lone writer never waits and never changes thread, and
 * nobody leads for longer than its own write needs.
 *
 * A group's functions run in the common transaction one behind the other. One who fails without
 * having changed anything leaves nothing to take back; when one fails after it had, all of it is
 * thrown away and the group runs again, each function in a nested transaction of its own, so that
 * only its own changes are lost. That is rare, and nesting costs more than most functions do. If
 * the common commit fails, all get its error, those too who had failed already: they decided by
 * what was never stored.
 */
#include "store/store_int.h"

#include "base/log.h"

#include <errno.h>
#include <semaphore.h>

struct store_writer {
	store_fn *fn;
	void *arg;
	int result;
	bool leads;     /* was woken to lead: not done yet */
	bool run_alone; /* the group was too big for it */
	uint64_t changes;
	struct store_writer *next;
	sem_t woken;
};

static _Thread_local bool inside;

bool store_may_begin(const struct store *st, bool write)
{
	if (!inside && !(write && st->read_only))
		return true;
	log_event(LOG_ERROR, "store.misuse", "inside=%d write=%d", inside, write);
	return false;
}

int store_run(store_fn *fn, struct store_txn *txn, void *arg)
{
	int err;

	inside = true;
	err = fn(txn, arg);
	inside = false;
	/* a function that overlooked an error of the store must not be told that all is well */
	if (err == 0 && txn->broken != 0)
		return store_err(txn->broken);
	return err;
}

/* `writers` succeeded, `changes` in all; without changes LMDB has nothing to commit. */
static int commit(struct store *st, MDB_txn *txn, unsigned writers, uint64_t changes)
{
	int rc = mdb_txn_commit(txn);

	if (rc == 0 && changes > 0) {
		atomic_fetch_add_explicit(&st->commits, 1, memory_order_relaxed);
		atomic_fetch_add_explicit(&st->writes, writers, memory_order_relaxed);
	}
	return rc;
}

static void run_alone(struct store *st, struct store_writer *w)
{
	struct store_txn txn = {.st = st};
	int rc = mdb_txn_begin(st->env, NULL, 0, &txn.mdb);

	if (rc != 0) {
		w->result = store_err(rc);
		return;
	}
	w->result = store_run(w->fn, &txn, w->arg);
	if (w->result != 0) {
		mdb_txn_abort(txn.mdb);
		return;
	}
	w->result = store_err_commit(st, commit(st, txn.mdb, 1, txn.writes));
}

/* LMDB's error when the group as a whole cannot go on; what the function says is in w. */
static int run_nested(struct store *st, MDB_txn *parent, struct store_writer *w)
{
	struct store_txn txn = {.st = st};
	int rc = mdb_txn_begin(st->env, parent, 0, &txn.mdb);

	if (rc != 0)
		return rc;
	w->result = store_run(w->fn, &txn, w->arg);
	w->run_alone = store_err_is_size(txn.broken);
	w->changes = txn.writes;
	if (w->result == 0)
		return mdb_txn_commit(txn.mdb);
	mdb_txn_abort(txn.mdb);
	return 0;
}

/* False: nothing of this may stay. */
static bool run_flat(struct store *st, MDB_txn *mdb, struct store_writer *w)
{
	struct store_txn txn = {.st = st, .mdb = mdb};

	w->result = store_run(w->fn, &txn, w->arg);
	w->changes = txn.writes;
	return txn.broken == 0 && (w->result == 0 || txn.writes == 0);
}

/* All in one transaction without nesting; false when one of them needs it. */
static bool run_all_flat(struct store *st, struct store_writer *first, MDB_txn *parent)
{
	for (struct store_writer *w = first; w; w = w->next) {
		if (!run_flat(st, parent, w))
			return false;
	}
	return true;
}

static int run_all_nested(struct store *st, struct store_writer *first, MDB_txn *parent)
{
	int rc = 0;

	for (struct store_writer *w = first; w && rc == 0; w = w->next)
		rc = run_nested(st, parent, w);
	return rc;
}

/* ret_size: whether fewer in the transaction might do. */
static int run_together(struct store *st, struct store_writer *first, bool *ret_size)
{
	uint64_t changes = 0;
	unsigned done = 0;
	MDB_txn *parent;
	int rc = mdb_txn_begin(st->env, NULL, 0, &parent);

	if (rc != 0)
		return store_err(rc);
	if (!run_all_flat(st, first, parent)) {
		mdb_txn_abort(parent);
		rc = mdb_txn_begin(st->env, NULL, 0, &parent);
		if (rc != 0)
			return store_err(rc);
		rc = run_all_nested(st, first, parent);
	}
	for (struct store_writer *w = first; w; w = w->next) {
		if (w->result == 0) {
			changes += w->changes;
			done++;
		}
	}
	if (rc != 0) {
		mdb_txn_abort(parent);
		*ret_size = true;
		return ERR_INTERNAL;
	}
	rc = commit(st, parent, done, changes);
	*ret_size = store_err_is_size(rc);
	return store_err_commit(st, rc);
}

static void group_run(struct store *st, struct store_writer *first)
{
	bool one_by_one = false;
	int err;

	if (!first->next) {
		run_alone(st, first);
		return;
	}
	err = run_together(st, first, &one_by_one);
	for (struct store_writer *w = first; w; w = w->next) {
		if (one_by_one || (err == 0 && w->run_alone))
			run_alone(st, w);
		else if (err != 0)
			w->result = err;
	}
}

/* Cuts the first who wait off the queue; called with the lock. */
static struct store_writer *group_cut(struct store_group *g)
{
	struct store_writer *first = g->first, *last = first;

	for (unsigned n = 1; n < STORE_GROUP_MOST && last->next; n++)
		last = last->next;
	g->first = last->next;
	if (!g->first)
		g->last = &g->first;
	last->next = NULL;
	return first;
}

/* Hands the lead on, or gives it up. */
static void group_pass(struct store_group *g)
{
	struct store_writer *next;

	pthread_mutex_lock(&g->lock);
	next = g->first;
	if (!next) {
		g->led = false;
		pthread_cond_broadcast(&g->idle);
	}
	pthread_mutex_unlock(&g->lock);
	if (next) {
		next->leads = true;
		sem_post(&next->woken);
	}
}

static void group_lead(struct store *st, struct store_writer *me)
{
	struct store_group *g = &st->group;
	struct store_writer *w, *next;

	pthread_mutex_lock(&g->lock);
	w = group_cut(g);
	pthread_mutex_unlock(&g->lock);
	group_run(st, w);
	group_pass(g);
	for (; w; w = next) {
		next = w->next; /* w is on a stack that is gone once it wakes */
		if (w != me)
			sem_post(&w->woken);
	}
}

/* True when the caller is to lead. */
static bool group_join(struct store_group *g, struct store_writer *me)
{
	bool lead;

	pthread_mutex_lock(&g->lock);
	*g->last = me;
	g->last = &me->next;
	lead = !g->led;
	g->led = true;
	pthread_mutex_unlock(&g->lock);
	return lead;
}

int store_write(struct store *st, store_fn *fn, void *arg)
{
	struct store_writer me = {.fn = fn, .arg = arg};

	if (!store_may_begin(st, true))
		return ERR_INTERNAL;
	sem_init(&me.woken, 0, 0);
	if (group_join(&st->group, &me)) {
		me.leads = true;
	} else {
		while (sem_wait(&me.woken) != 0 && errno == EINTR)
			;
	}
	if (me.leads)
		group_lead(st, &me);
	sem_destroy(&me.woken);
	return me.result;
}

void store_group_init(struct store_group *g)
{
	pthread_mutex_init(&g->lock, NULL);
	pthread_cond_init(&g->idle, NULL);
	g->last = &g->first;
}

void store_group_release(struct store_group *g)
{
	pthread_mutex_destroy(&g->lock);
	pthread_cond_destroy(&g->idle);
}

unsigned store_group_waiting(const struct store_group *g)
{
	unsigned n = 0;

	for (const struct store_writer *w = g->first; w; w = w->next)
		n++;
	return n;
}

void store_group_drain(struct store_group *g)
{
	pthread_mutex_lock(&g->lock);
	while (g->led)
		pthread_cond_wait(&g->idle, &g->lock);
	pthread_mutex_unlock(&g->lock);
}
