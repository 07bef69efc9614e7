/* SPDX-License-Identifier: EUPL-1.2 */
#include "store/store_int.h"

#include "base/clock.h"
#include "base/random.h"
#include "base/text.h"
#include "store/store_pages_int.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#define MAP_DEFAULT (UINT64_C(1) << 40)
/* Below this much address space there is no use in trying. */
#define MAP_LEAST (UINT64_C(1) << 28)
#define READERS_MOST 4096
/* A line of cache for each reader, and two for LMDB's own; a little more would do no harm. */
#define LOCK_BYTES ((READERS_MOST + 2) * 64)

static int env_try(const char *path, uint64_t map_bytes, unsigned flags, MDB_env **ret)
{
	MDB_env *env;
	int rc = mdb_env_create(&env);

	if (rc != 0)
		return rc;
	rc = mdb_env_set_mapsize(env, (size_t)map_bytes);
	if (rc == 0)
		rc = mdb_env_set_maxdbs(env, STORE_TABLE_COUNT + STORE_RETIRED_COUNT);
	if (rc == 0)
		rc = mdb_env_set_maxreaders(env, READERS_MOST);
	if (rc == 0)
		rc = mdb_env_open(env, path, flags, 0600);
	if (rc != 0) {
		mdb_env_close(env);
		return rc;
	}
	*ret = env;
	return 0;
}

/*
 * LMDB makes its lock file sparse and writes into it through a map: on a full disk that would be
 * SIGBUS, an end without a word. So a new one gets its room first.
 */
static int lock_reserve(const char *path)
{
	AUTO(arena) struct arena *a = arena_new();
	const char *name = arena_printf(a, "%s-lock", path);
	int rc, fd = open(name, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);

	/* there already; or in a place that cannot be written, which LMDB judges better */
	if (fd < 0)
		return errno == ENOSPC ? ENOSPC : 0;
	rc = posix_fallocate(fd, 0, LOCK_BYTES);
	close(fd);
	if (rc != 0)
		(void)unlink(name);
	return rc == ENOSPC || rc == EDQUOT || rc == EFBIG ? rc : 0;
}

/* The map is only address space, but a machine or a limit may not have that much to give. */
int store_env_open(const char *path, const struct store_options *opt, MDB_env **ret)
{
	unsigned flags = MDB_NOSUBDIR | MDB_NORDAHEAD | MDB_NOTLS;
	uint64_t map_bytes = opt->map_bytes > 0 ? opt->map_bytes : MAP_DEFAULT;
	int rc;

	if (opt->read_only)
		flags |= MDB_RDONLY;
	rc = lock_reserve(path);
	if (rc != 0)
		return store_err(rc);
	while (map_bytes > SIZE_MAX / 2)
		map_bytes /= 2;
	rc = env_try(path, map_bytes, flags, ret);
	while (rc == ENOMEM && opt->map_bytes == 0 && map_bytes / 2 >= MAP_LEAST) {
		map_bytes /= 2;
		rc = env_try(path, map_bytes, flags, ret);
	}
	return store_err(rc);
}

/*
 * Pages at the end that no transaction ever filled may lie behind the end of a sound file, but
 * that is rare; so only a file that is shorter than its head says is walked.
 */
int store_env_is_whole(struct store *st)
{
	struct store_pages pages = {.fault = NULL};
	MDB_envinfo info;
	struct stat file;
	MDB_stat stat;
	int err, fd;

	if (mdb_env_info(st->env, &info) != 0 || mdb_env_stat(st->env, &stat) != 0 ||
		mdb_env_get_fd(st->env, &fd) != 0)
		return ERR_INTERNAL;
	if (fstat(fd, &file) != 0)
		return store_err(errno);
	if ((uint64_t)file.st_size / stat.ms_psize > info.me_last_pgno)
		return 0;
	err = store_check_pages(st, &pages);
	return err == 0 && pages.faults > 0 ? ERR_CORRUPT : err;
}

/* Returns LMDB's code; NOTFOUND when a table that must be there is not. */
static int tables_open(struct store *st, MDB_txn *txn, unsigned flags)
{
	for (int t = 0; t < STORE_TABLE_COUNT; t++) {
		int rc = mdb_dbi_open(txn, store_table_name(t), flags, &st->dbi[t]);

		st->have[t] = rc == 0;
		if (rc == MDB_NOTFOUND && st->read_only)
			continue;
		if (rc != 0)
			return rc;
	}
	return 0;
}

/* A store that has no record about itself is new: ERR_NOTFOUND. */
static int meta_load(struct store *st, MDB_txn *txn)
{
	AUTO(arena) struct arena *a = arena_new();
	struct store_txn t = {.st = st, .mdb = txn, .read_only = true};
	struct store_key key = store_meta_key();
	struct store_meta meta = {0};
	struct bytes value;
	int err = store_get(&t, STORE_META, &key, &value);

	if (err == 0)
		err = store_meta_decode(value, a, &meta);
	if (err == 0)
		err = store_meta_admit(&meta);
	if (err != 0)
		return err;
	st->created_at = meta.created_at;
	st->schema = meta.schema;
	text_copy(st->instance, sizeof(st->instance), meta.instance);
	return 0;
}

static int meta_make(struct store *st, MDB_txn *txn)
{
	AUTO(buf) struct buf out = BUF_INIT(1024);
	struct store_txn t = {.st = st, .mdb = txn};
	struct store_key key = store_meta_key();
	struct store_meta meta = {.schema = STORE_SCHEMA, .created_at = clock_now()};
	char uuid[UUID_TEXT];

	meta.instance = random_uuid(uuid);
	st->created_at = meta.created_at;
	st->schema = meta.schema;
	text_copy(st->instance, sizeof(st->instance), uuid);
	store_meta_encode(&meta, &out);
	return store_put(&t, STORE_META, &key, buf_bytes(&out));
}

/* What is there already, without writing: the usual start. */
static int tables_find(struct store *st)
{
	MDB_txn *txn;
	int err, rc = mdb_txn_begin(st->env, NULL, MDB_RDONLY, &txn);

	if (rc != 0)
		return store_err(rc);
	err = store_err(tables_open(st, txn, 0));
	if (err == 0)
		err = meta_load(st, txn);
	if (err != 0) {
		mdb_txn_abort(txn);
		return err;
	}
	return store_err(mdb_txn_commit(txn)); /* so that the handles outlive it */
}

/* Tables and record in one transaction: another process may be doing the same. */
static int tables_make(struct store *st, bool create)
{
	MDB_txn *txn;
	int err, rc = mdb_txn_begin(st->env, NULL, 0, &txn);

	if (rc != 0)
		return store_err(rc);
	err = store_err(tables_open(st, txn, MDB_CREATE));
	if (err == 0)
		err = meta_load(st, txn);
	if (err == ERR_NOTFOUND && create)
		err = meta_make(st, txn);
	if (err != 0) {
		mdb_txn_abort(txn);
		return err;
	}
	return store_err(mdb_txn_commit(txn));
}

int store_env_tables(struct store *st, bool create)
{
	int err = tables_find(st);

	/* absent tables: a new store, or one of a program that had fewer */
	if (err == ERR_NOTFOUND && !st->read_only)
		return tables_make(st, create);
	return err;
}
