/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The inside of store. One LMDB environment per directory; LMDB's types stop at this header.
 *
 * Reading: each reader takes one of a fixed row of slots, which keeps its LMDB transaction for
 * the next reader, so that a read costs a renewal and no lock. When the row is full a reader
 * makes a transaction of its own.
 * Writing: see store_group.c.
 */
#ifndef STORE_STORE_INT_H
#define STORE_STORE_INT_H

#include "store/store.h"

#include <lmdb.h>
#include <pthread.h>
#include <stdatomic.h>
#include <sys/types.h>

#define STORE_FILE "hylla.mdb"
#define STORE_READ_SLOTS 128
#define STORE_GROUP_MOST 256 /* writers in one commit: bounds the wait of the first */

struct store_txn {
	struct store *st;
	MDB_txn *mdb;
	int broken;      /* LMDB's error after which the transaction can only be given up, or 0 */
	uint64_t writes; /* changes so far; iterators look whether it moved */
	bool read_only;
};

struct store_slot {
	_Alignas(64) atomic_bool busy;
	MDB_txn *txn; /* reset between uses; NULL before the first */
};

struct store_writer;

struct store_group {
	pthread_mutex_t lock;
	pthread_cond_t idle;
	struct store_writer *first, **last; /* who waits, in order of arrival */
	bool led;                           /* some thread runs a group */
};

/* The record of the store about itself, in STORE_META under "schema". */
struct store_meta {
	uint32_t schema;
	int64_t created_at;
	const char *instance;
	struct bytes unknown;
};

struct store {
	MDB_env *env;
	MDB_dbi dbi[STORE_TABLE_COUNT];
	bool have[STORE_TABLE_COUNT]; /* false: read-only, and the table is not made yet */
	bool read_only;
	int dir_fd; /* holds the shared lock that keeps store_restore() away */
	dev_t dev;  /* of the directory: a process opens a store once */
	ino_t ino;
	struct store *next_open;
	int64_t created_at;
	uint32_t schema;
	char instance[40];
	bool seals; /* there is a sealer */
	struct rec_sealer sealer;
	struct store_group group;
	atomic_uint_fast64_t commits, writes;
	atomic_uint readers_without_slot;
	uint8_t *scratch; /* of the one who holds LMDB's write lock */
	size_t scratch_cap;
	struct store_slot slots[STORE_READ_SLOTS];
};

/* store_err.c: LMDB's and the system's errors in our words; logs what its caller cannot know. */
int store_err(int rc) MUST_CHECK;
/* The same for a failed commit, where LMDB calls a short write on a full disk an I/O error. */
int store_err_commit(struct store *st, int rc) MUST_CHECK;
/* Errors that a smaller transaction might not meet. */
bool store_err_is_size(int rc);
/* Remembers an error that makes the transaction useless, and translates. */
int store_txn_err(struct store_txn *txn, int rc) MUST_CHECK;

/* store_env.c */
int store_env_open(const char *path, const struct store_options *opt, MDB_env **ret) MUST_CHECK;
/* ERR_CORRUPT for a file that was cut short: LMDB would not notice before it crashed. */
int store_env_is_whole(struct store *st) MUST_CHECK;
/* Opens (makes) the tables and the record about the store. */
int store_env_tables(struct store *st, bool create) MUST_CHECK;

/* store_meta.c */
int store_meta_decode(struct bytes in, struct arena *a, struct store_meta *ret) MUST_CHECK;
void store_meta_encode(const struct store_meta *m, struct buf *out);
struct store_key store_meta_key(void);
/* ERR_NEWER for a store that this program does not understand. */
int store_meta_admit(const struct store_meta *m) MUST_CHECK;
const char *store_table_name(enum store_table t);

/* store_check.c: walks the pages of one moment; fault, record and arg are the caller's. */
struct store_pages;
int store_check_pages(struct store *st, struct store_pages *pages) MUST_CHECK;

/* store_reader.c */
struct store_reader {
	MDB_txn *txn;
	struct store_slot *slot; /* NULL: a transaction without a slot */
};
int store_reader_take(struct store *st, struct store_reader *ret) MUST_CHECK;
void store_reader_give(struct store *st, struct store_reader *r);
/* Ends every kept transaction; waits for readers still in flight. */
void store_reader_drain(struct store *st);

/* store_group.c */
void store_group_init(struct store_group *g);
void store_group_release(struct store_group *g);
void store_group_drain(struct store_group *g);
/* How many wait behind the leader; with the lock held. */
unsigned store_group_waiting(const struct store_group *g);
/* False, and logged, while this thread runs a store_fn (it would wait for itself), and for a
 * write in a store opened for reading. */
bool store_may_begin(const struct store *st, bool write);
int store_run(store_fn *fn, struct store_txn *txn, void *arg) MUST_CHECK;

static inline MDB_val store_val(const void *p, size_t n)
{
	/* LMDB does not write through it */
	return (MDB_val){.mv_size = n, .mv_data = (void *)(uintptr_t)p};
}

#endif
