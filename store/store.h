/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * store: the LMDB door. One file holds everything; two calls run everything.
 *
 * Words. Table: a named set of records sorted by key. Key: big-endian bytes built by store_key()
 * so that byte order is the order people mean. Transaction: what a store_fn sees; all of it or
 * nothing.
 *
 * Threads. Any thread may read and write. Writers are run in small groups: one of them runs the
 * functions of all who wait, each in a nested transaction of its own, makes one durable commit,
 * and wakes them all. So a store_fn may run on another thread, may be run again (it begins by
 * setting what it gives back in `arg`), and must touch nothing but the transaction and its `arg`;
 * it must not sleep, do network, make keys or render. One that fails (returns non-zero) is rolled
 * back alone. One that writes nothing costs no sync.
 *
 * Nothing outside this folder may depend on LMDB's types, its single writer, or one machine.
 * A process opens a store once, and does not use it across fork(); several processes may have it
 * open (the command line beside the server). A process that writes ignores SIGXFSZ.
 */
#ifndef STORE_STORE_H
#define STORE_STORE_H

#include "base/buf.h"
#include "base/bytes.h"
#include "base/err.h"
#include "base/rec.h"
#include "store/tables.h"

struct store;
struct store_txn;

struct store_options {
	bool create; /* make the directory and file when absent */
	bool read_only;
	uint64_t map_bytes; /* address space kept for growth; 0 is 1 TiB */
};

/* The layout version of this program; a store with a higher one is refused (ERR_NEWER). It rises when
 * an older program could not read the store, or would leave behind what this one makes of records
 * (an index, a counter) and fills but once. */
#define STORE_SCHEMA 5

/* `dir` holds hylla.mdb. ERR_NOTFOUND without create; ERR_EXISTS when this process has it open
 * already; ERR_BUSY while it is being restored; ERR_DENIED by the file system; ERR_NEWER; ERR_IO;
 * ERR_CORRUPT. Clears readers that died. Work at start does not grow with the data. */
int store_open(const char *dir, const struct store_options *opt, struct store **ret) MUST_CHECK;
/* Makes the store this program's: from now on an older one is refused. Drops the tables that older
 * programs kept and nobody reads any more, with all that is in them. For the server at its start, before it has other threads: no older program may have the store
 * open. ret_dropped may be NULL. */
int store_retire(struct store *st, unsigned *ret_dropped) MUST_CHECK;
/* No server of this program has had it yet, and one of an older program may: what is filled but once
 * must wait for store_retire(). */
bool store_is_older(const struct store *st);
/* The same of one schema: what came with it waits. */
bool store_txn_is_before(const struct store_txn *txn, uint32_t schema);
/*
 * With `lazy`, commits no longer wait for the disk: a process that is killed loses nothing, a machine
 * that stops may lose the whole store. For one that is being filled and could be made anew, before
 * anything in it is acknowledged to anybody. Without, puts all of it on disk, and each commit from
 * now on. Nobody writes meanwhile.
 */
int store_be_lazy(struct store *st, bool lazy) MUST_CHECK;
/* Waits for writers in flight. Accepts NULL. */
void store_close(struct store *st);

typedef int store_fn(struct store_txn *txn, void *arg);
/* A consistent view. The function's result is returned. */
int store_read(struct store *st, store_fn *fn, void *arg) MUST_CHECK;
/* 0 only after the data are on disk. ERR_NOSPACE when disk or map is full (nothing written;
 * reads go on); ERR_IO when the disk failed (when it failed in writing the head, every call gives
 * ERR_IO until the process is started anew). Read and write called from inside a store_fn give
 * ERR_INTERNAL. */
int store_write(struct store *st, store_fn *fn, void *arg) MUST_CHECK;
/* Rises with every commit of any process: "has anything changed since I looked?" */
uint64_t store_version(struct store *st);

/* --- keys --- */
#define STORE_KEY_MAX 511
struct store_key {
	uint16_t n;
	bool bad; /* too long, or a text with NUL: every use gives ERR_BADINPUT */
	uint8_t b[STORE_KEY_MAX];
};
/*
 * Builds a key from a format, one letter a part:
 *   s  const char *      text, ended by NUL in the key (no NUL inside)
 *   u  uint32_t          q  uint64_t          t  int64_t (sorts negatives first)
 *   c  int               one byte
 *   b  const void *, size_t   bytes as they are: of fixed length, or last
 * Texts that could be too long must be cut or refused by the caller.
 */
struct store_key store_key(const char *fmt, ...);
/* Reads a key back by the same letters: s const char ** (borrowed), u uint32_t *, q uint64_t *,
 * t int64_t *, c int *, b struct bytes * (the rest; only last) or, as 'B', uint8_t *, size_t.
 * ERR_CORRUPT when the bytes do not fit; what was read before the misfit is then filled. */
int store_key_parse(struct bytes key, const char *fmt, ...) MUST_CHECK;

/* --- records (inside a transaction) --- */
/* ret is borrowed: good until the transaction ends or writes. ERR_NOTFOUND. A borrowed value may
 * be handed straight to store_put. */
int store_get(struct store_txn *txn, enum store_table t, const struct store_key *k,
	struct bytes *ret) MUST_CHECK;
int store_put(struct store_txn *txn, enum store_table t, const struct store_key *k,
	struct bytes value) MUST_CHECK; /* new or replaced */
int store_add(struct store_txn *txn, enum store_table t, const struct store_key *k,
	struct bytes value) MUST_CHECK; /* ERR_EXISTS */
int store_del(struct store_txn *txn, enum store_table t, const struct store_key *k) MUST_CHECK;
/* Number of records; costs the same at any size. */
int store_count(struct store_txn *txn, enum store_table t, uint64_t *ret) MUST_CHECK;

/* --- records with words (base/rec.h): store_words.c --- */
/* Who seals and opens them from now on: certs_open() sets it, before the store has more threads than
 * one. NULL: nobody; then words stay in clear, and sealed ones cannot be read. Copied. */
void store_sealer_set(struct store *st, const struct rec_sealer *sealer);
/* rec_encode_words() and rec_decode_words() with it. In a store of before schema 5 words stay in clear. */
int store_rec_encode(struct store_txn *txn, const struct rec_type *type, const void *record,
	struct buf *out) MUST_CHECK;
int store_rec_decode(struct store_txn *txn, const struct rec_type *type, struct bytes in,
	struct arena *a, void *record) MUST_CHECK;
/* For an index of such words: a keyed hash. False: there is no key, and words stand in clear. */
bool store_words_hash(
	struct store_txn *txn, const char *context, struct bytes word, uint8_t out[32]);
/* Seals what an older program left in clear, `most` records a call: begins with a table and a type,
 * and goes on from what it left in `w`. */
struct store_words {
	enum store_table table;
	const struct rec_type *type;
	struct store_key after;
	bool more;
};
int store_words_seal(struct store_txn *txn, struct store_words *w, size_t most) MUST_CHECK;
/* All of these tables, once in a store's life, a page a transaction; `room` names them in STORE_META.
 * Does nothing without a sealer, and in a store of an older program. */
int store_words_seal_once(struct store *st, const char *room, const struct store_words *of,
	size_t n) MUST_CHECK;

/*
 * Records in key order. `prefix` (NULL: the whole table) bounds the walk; seek moves before the
 * first key >= `from` within it, so that next gives that key and prev the one before. Key and
 * value are borrowed like store_get's. The walk stays right when records are put or deleted in
 * its transaction, the one last returned too.
 */
struct store_iter {
	struct store_txn *txn;
	void *cursor;
	struct store_key prefix;
	enum store_table table;
	int state;
	bool in_step; /* the cursor stands on `at` */
	uint64_t writes_seen;
	uint8_t at[STORE_KEY_MAX];
	uint16_t at_n;
};
int store_iter_init(struct store_iter *it, struct store_txn *txn, enum store_table t,
	const struct store_key *prefix) MUST_CHECK;
void store_iter_release(struct store_iter *it);
void store_iter_seek(struct store_iter *it, const struct store_key *from);
/* ERR_NOTFOUND at the end. Without a seek: from the first (next) or from the last (prev). One
 * after the other: next and prev go from the record last returned. */
int store_iter_next(
	struct store_iter *it, struct bytes *ret_key, struct bytes *ret_value) MUST_CHECK;
int store_iter_prev(
	struct store_iter *it, struct bytes *ret_key, struct bytes *ret_value) MUST_CHECK;
AUTO_RELEASE(store_iter, store_iter_release)

/* --- lists: store_list.c --- */
/*
 * Which piece of a list is wanted. `after` is what the list names its records by (the last part of
 * the key): the last one of the piece before, NULL at the beginning; `after_n` the same where they
 * are numbered, 0 at the beginning. Where the newest come first, after means older. What comes back
 * lives in `a`.
 */
struct store_piece {
	struct arena *a;
	size_t most;
	const char *after;
	uint64_t after_n;
};
#define STORE_PIECE(a, after, most) (&(const struct store_piece){(a), (most), (after), 0})
#define STORE_PIECE_N(a, after_n, most) (&(const struct store_piece){(a), (most), NULL, (after_n)})
/* How the records of a list become an array: by their record type, or by a function of their own.
 */
struct store_row {
	struct store_txn *txn;
	struct arena *a;
	struct bytes key, value; /* borrowed, see store_get() */
};
typedef int store_take(const struct store_row *row, void *ret);
struct store_list {
	enum store_table table;
	bool newest_first;
	size_t size; /* of an element; with a type: the type's */
	const struct rec_type *type;
	store_take *take;
};
struct store_rows {
	void *at; /* never NULL */
	size_t n; /* fewer than asked for: the list ends here */
};
/* Within `prefix` (NULL: the whole table). ERR_BADINPUT for an `after` that can be no key; one that
 * is not there (any more) is passed over. */
int store_list_read(struct store_txn *txn, const struct store_list *l,
	const struct store_key *prefix, const struct store_piece *piece,
	struct store_rows *ret) MUST_CHECK;

/* --- moments: store_time.c --- */
/*
 * A table of rows that each stand at a moment, with counts of them by hour and by day that change in
 * the transaction that changes a row: how many lie in a span is known without a walk over them. Two
 * rows may have one moment, not one moment and one id. `name` is what a row is shown as.
 */
/* One that is there already, or not there (any more), is left as it is. */
int store_time_add(struct store_txn *txn, enum store_table t, int64_t at, const char *id,
	const char *name) MUST_CHECK;
int store_time_del(
	struct store_txn *txn, enum store_table t, int64_t at, const char *id) MUST_CHECK;
#define STORE_TIME_BEGIN (-(INT64_C(1) << 40)) /* before every moment */
/* Its name, borrowed; ERR_NOTFOUND. */
int store_time_get(struct store_txn *txn, enum store_table t, int64_t at, const char *id,
	struct bytes *ret_name) MUST_CHECK;
struct store_span {
	int64_t from, to; /* from <= at < to */
	size_t most;      /* of the names */
};
struct store_look {
	uint64_t n;
	bool any;
	int64_t first;      /* the soonest, when there is any */
	const char **names; /* of the soonest ones */
	size_t named;
};
int store_time_look(struct store_txn *txn, enum store_table t, struct arena *a,
	const struct store_span *span, struct store_look *ret) MUST_CHECK;

/* --- care of the file --- */
struct store_stat {
	uint64_t file_bytes, used_bytes, records, txn_id;
	uint32_t readers;
	uint64_t commits, writes; /* since open: writes / commits is the mean group */
	int64_t created_at;
	char instance[40]; /* a UUID made with the store; backups and their restores share it */
};
int store_stat(struct store *st, struct store_stat *ret) MUST_CHECK;
/* Drops readers of dead processes; on a timer. Returns how many. */
int store_clear_readers(struct store *st);
/* A write of the file's head failed: every read and write fails from now on, and only opening the
 * file anew helps. What was acknowledged is in it. */
bool store_is_dead(struct store *st);

/*
 * A hot, compact copy in one file: header, LMDB image, SHA-256 at the end, written to
 * `path`.part, synced and renamed. Writers go on. progress may be NULL; `all_bytes` is an
 * estimate until the last call. ERR_NOTFOUND (no such folder), ERR_DENIED, ERR_NOSPACE, ERR_IO.
 */
typedef void store_progress(void *arg, uint64_t done_bytes, uint64_t all_bytes);
int store_backup(struct store *st, const char *path, store_progress *p, void *arg) MUST_CHECK;
/* Verifies the checksum and walks every page of the copy before it takes the place of `dir`'s
 * store, which must be absent unless `replace` (ERR_EXISTS); then the old file is kept beside as
 * hylla.mdb.before. ERR_BUSY while any process has the store open; ERR_CORRUPT; ERR_NEWER. A crash
 * at any moment leaves the old store or the new one. */
int store_restore(
	const char *path, const char *dir, bool replace, store_progress *p, void *arg) MUST_CHECK;
/* Verifies a backup file alone: checksum, every page, schema. ERR_CORRUPT; ERR_NEWER. */
int store_backup_verify(const char *path, store_progress *p, void *arg) MUST_CHECK;
/* Walks every page and record of one moment, without trusting the file; tells each fault through
 * `fault` (may be NULL), and gives ERR_CORRUPT when there was one. Writers go on. A bit turned over
 * inside a value is not seen: records are checked by who decodes them, and rules that span tables
 * by their owners (audit_check, mdm_check, inv_check …). */
typedef void store_fault(void *arg, const char *what);
int store_check(struct store *st, store_fault *fault, void *arg, uint64_t *ret_records) MUST_CHECK;
/* The counts of a table of moments against its rows; how many rows there are. */
int store_time_check(struct store_txn *txn, enum store_table t, store_fault *fault, void *arg,
	uint64_t *ret_rows) MUST_CHECK;
/*
 * Rows that name rows of another table, for the checks of the rooms: each row of `from` must lead to
 * one of `to`, whose key is made of parts of the first one's key ("0" the first …), its value as a
 * text ("v"), or nothing but zeros ("z"). `what` is said of one that does not; ends with a NULL.
 */
struct store_ref {
	const char *what;
	enum store_table from;
	const char *key; /* as of store_key() */
	enum store_table to;
	const char *to_key;
	const char *parts; /* one letter for each of to_key */
};
int store_refs_check(struct store_txn *txn, const struct store_ref *refs, store_fault *fault,
	void *arg) MUST_CHECK;

#endif
