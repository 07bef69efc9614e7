/* SPDX-License-Identifier: EUPL-1.2 */
#include "store/store_int.h"

#include <time.h>

static unsigned slot_of_thread(void)
{
	static atomic_uint next;
	static _Thread_local unsigned mine;

	if (mine == 0)
		mine = 1 + atomic_fetch_add_explicit(&next, 1, memory_order_relaxed);
	return mine;
}

/* Each thread starts looking at its own place, so that they seldom meet. */
static struct store_slot *slot_take(struct store *st)
{
	unsigned from = slot_of_thread();

	for (unsigned i = 0; i < STORE_READ_SLOTS; i++) {
		struct store_slot *s = &st->slots[(from + i) % STORE_READ_SLOTS];

		if (!atomic_load_explicit(&s->busy, memory_order_relaxed) &&
			!atomic_exchange_explicit(&s->busy, true, memory_order_acquire))
			return s;
	}
	return NULL;
}

static int read_begin(struct store *st, MDB_txn **ret)
{
	int rc = mdb_txn_begin(st->env, NULL, MDB_RDONLY, ret);

	/* places of processes that died may be all that is missing */
	if (rc == MDB_READERS_FULL && store_clear_readers(st) > 0)
		rc = mdb_txn_begin(st->env, NULL, MDB_RDONLY, ret);
	return rc;
}

static int slot_begin(struct store *st, struct store_slot *s)
{
	if (s->txn) {
		int rc = mdb_txn_renew(s->txn);

		if (rc == 0)
			return 0;
		/* MDB_BAD_RSLOT: somebody took our place in the reader table for a dead one's */
		mdb_txn_abort(s->txn);
		s->txn = NULL;
	}
	return read_begin(st, &s->txn);
}

int store_reader_take(struct store *st, struct store_reader *ret)
{
	struct store_reader r = {.slot = slot_take(st)};
	int rc;

	if (r.slot) {
		rc = slot_begin(st, r.slot);
		r.txn = r.slot->txn;
		if (rc != 0)
			atomic_store_explicit(&r.slot->busy, false, memory_order_release);
	} else {
		atomic_fetch_add(&st->readers_without_slot, 1);
		rc = read_begin(st, &r.txn);
		if (rc != 0)
			atomic_fetch_sub(&st->readers_without_slot, 1);
	}
	if (rc == 0)
		*ret = r;
	return store_err(rc);
}

void store_reader_give(struct store *st, struct store_reader *r)
{
	if (!r->slot) {
		mdb_txn_abort(r->txn);
		atomic_fetch_sub(&st->readers_without_slot, 1);
		return;
	}
	mdb_txn_reset(r->txn);
	atomic_store_explicit(&r->slot->busy, false, memory_order_release);
}

static void wait_a_little(void)
{
	nanosleep(&(struct timespec){.tv_nsec = 1000000}, NULL);
}

void store_reader_drain(struct store *st)
{
	for (unsigned i = 0; i < STORE_READ_SLOTS; i++) {
		struct store_slot *s = &st->slots[i];

		while (atomic_exchange_explicit(&s->busy, true, memory_order_acquire))
			wait_a_little();
		mdb_txn_abort(s->txn); /* accepts NULL */
		s->txn = NULL;
	}
	while (atomic_load(&st->readers_without_slot) > 0)
		wait_a_little();
}
