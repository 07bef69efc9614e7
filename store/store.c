/* SPDX-License-Identifier: EUPL-1.2 */
#include "store/store_int.h"

#include "base/text.h"
#include "store/store_file_int.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

/* LMDB's locks break when one process opens the same file twice, so it is not let. */
static pthread_mutex_t open_lock = PTHREAD_MUTEX_INITIALIZER;
static struct store *open_stores;

static int registry_add(struct store *st)
{
	int err = 0;

	pthread_mutex_lock(&open_lock);
	for (struct store *o = open_stores; o; o = o->next_open) {
		if (o->dev == st->dev && o->ino == st->ino)
			err = ERR_EXISTS;
	}
	if (err == 0) {
		st->next_open = open_stores;
		open_stores = st;
	}
	pthread_mutex_unlock(&open_lock);
	return err;
}

static void registry_remove(struct store *st)
{
	struct store **at = &open_stores;

	pthread_mutex_lock(&open_lock);
	while (*at && *at != st)
		at = &(*at)->next_open;
	if (*at)
		*at = st->next_open;
	pthread_mutex_unlock(&open_lock);
}

static int dir_open(struct store *st, const char *dir, bool create)
{
	struct stat s;
	int err;

	if (create) {
		err = store_dir_make(dir);
		if (err != 0)
			return err;
	}
	st->dir_fd = open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (st->dir_fd < 0 || fstat(st->dir_fd, &s) != 0)
		return store_err(errno);
	st->dev = s.st_dev;
	st->ino = s.st_ino;
	if (!create && faccessat(st->dir_fd, STORE_FILE, F_OK, 0) != 0)
		return store_err(errno);
	/* shared by all who use the store; store_restore() wants it alone */
	if (flock(st->dir_fd, LOCK_SH | LOCK_NB) != 0)
		return store_err(errno);
	return 0;
}

static void store_free(struct store *st)
{
	if (st->env) {
		store_reader_drain(st);
		mdb_env_close(st->env);
	}
	registry_remove(st);
	if (st->dir_fd >= 0)
		close(st->dir_fd);
	store_group_release(&st->group);
	free(st->scratch);
	free(st);
}

static int store_start(struct store *st, const char *dir, const struct store_options *opt)
{
	AUTO(arena) struct arena *a = arena_new();
	bool create = opt->create && !opt->read_only;
	int err = dir_open(st, dir, create);

	if (err == 0)
		err = registry_add(st);
	if (err == 0)
		err = store_env_open(arena_printf(a, "%s/" STORE_FILE, dir), opt, &st->env);
	if (err != 0)
		return err;
	store_clear_readers(st);
	err = store_env_is_whole(st);
	if (err == 0)
		err = store_env_tables(st, create);
	/* the name of a file that was just made is not on disk by itself */
	if (err == 0 && create && fsync(st->dir_fd) != 0)
		return store_err(errno);
	return err;
}

int store_open(const char *dir, const struct store_options *opt, struct store **ret)
{
	struct store *st = aligned_alloc(64, sizeof(*st));
	int err;

	if (!st)
		abort();
	memset(st, 0, sizeof(*st));
	st->dir_fd = -1;
	st->read_only = opt->read_only;
	store_group_init(&st->group);
	err = store_start(st, dir, opt);
	if (err != 0) {
		store_free(st);
		return err;
	}
	*ret = st;
	return 0;
}

void store_close(struct store *st)
{
	if (!st)
		return;
	store_group_drain(&st->group);
	store_free(st);
}

int store_be_lazy(struct store *st, bool lazy)
{
	int rc = mdb_env_set_flags(st->env, MDB_NOSYNC, lazy);

	if (rc == 0 && !lazy)
		rc = mdb_env_sync(st->env, 1);
	return rc == 0 ? 0 : store_err(rc);
}

int store_read(struct store *st, store_fn *fn, void *arg)
{
	struct store_txn txn = {.st = st, .read_only = true};
	struct store_reader r;
	int err;

	if (!store_may_begin(st, false))
		return ERR_INTERNAL;
	err = store_reader_take(st, &r);
	if (err != 0)
		return err;
	txn.mdb = r.txn;
	err = store_run(fn, &txn, arg);
	store_reader_give(st, &r);
	return err;
}

uint64_t store_version(struct store *st)
{
	struct store_reader r;
	uint64_t id;

	/* asked of a reader and not of the file's head: the head is ahead of what readers see */
	if (store_reader_take(st, &r) != 0)
		return 0;
	id = mdb_txn_id(r.txn);
	store_reader_give(st, &r);
	return id;
}

int store_clear_readers(struct store *st)
{
	int dead = 0;

	return mdb_reader_check(st->env, &dead) == 0 ? dead : 0;
}

bool store_is_dead(struct store *st)
{
	MDB_txn *txn;
	int rc = mdb_txn_begin(st->env, NULL, MDB_RDONLY, &txn);

	if (rc == 0)
		mdb_txn_abort(txn);
	return rc == MDB_PANIC;
}

/* A line of LMDB's list: process, thread, transaction; "-" when it waits for its next. */
static int count_reader(const char *line, void *arg)
{
	size_t n = strlen(line);

	while (n > 0 && (line[n - 1] == '\n' || line[n - 1] == ' '))
		n--;
	if (n > 0 && line[n - 1] >= '0' && line[n - 1] <= '9')
		(*(uint32_t *)arg)++;
	return 0;
}

static int stat_add_tables(struct store_txn *txn, void *arg)
{
	struct store_stat *s = arg;

	s->txn_id = mdb_txn_id(txn->mdb);
	for (int t = 0; t < STORE_TABLE_COUNT; t++) {
		MDB_stat m;
		int rc;

		if (!txn->st->have[t])
			continue;
		rc = mdb_stat(txn->mdb, txn->st->dbi[t], &m);
		if (rc != 0)
			return store_txn_err(txn, rc);
		s->records += m.ms_entries;
		s->used_bytes +=
			m.ms_psize * (m.ms_branch_pages + m.ms_leaf_pages + m.ms_overflow_pages);
	}
	return 0;
}

int store_stat(struct store *st, struct store_stat *ret)
{
	struct store_stat s = {.created_at = st->created_at};
	struct stat file;
	int err, fd = -1;

	mdb_reader_list(st->env, count_reader, &s.readers);
	err = store_read(st, stat_add_tables, &s);
	if (err != 0)
		return err;
	if (mdb_env_get_fd(st->env, &fd) != 0 || fstat(fd, &file) != 0)
		return ERR_IO;
	s.file_bytes = (uint64_t)file.st_size;
	s.commits = atomic_load(&st->commits);
	s.writes = atomic_load(&st->writes);
	text_copy(s.instance, sizeof(s.instance), st->instance);
	*ret = s;
	return 0;
}
