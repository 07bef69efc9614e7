/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * LMDB writes its compact copy into a pipe from a thread of its own; this side hashes it and puts
 * it into the file, so that the snapshot is held no longer than the copy takes. Compact, because
 * the plain copy stalls writers.
 */
#include "store/store_backup_int.h"

#include "base/clock.h"
#include "base/file.h"
#include "store/store_file_int.h"
#include "store/store_int.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

struct copy {
	struct store *st;
	unsigned flags;
	int to; /* write end of the pipe */
	int rc; /* LMDB's, when it has ended */
};

struct backup {
	struct store *st;
	int fd, from; /* the file, and the pipe's read end */
	struct digest sum;
	uint64_t image_bytes, expected_bytes;
	store_progress *progress;
	void *arg;
};

static void put_be(uint8_t *to, uint64_t x, unsigned size)
{
	for (unsigned i = 0; i < size; i++)
		to[i] = (uint8_t)(x >> (8 * (size - 1 - i)));
}

void store_backup_head(uint8_t to[STORE_BACKUP_HEAD], int64_t now)
{
	memset(to, 0, STORE_BACKUP_HEAD);
	memcpy(to, "HYLLABKP", 8);
	put_be(to + 8, STORE_BACKUP_FORM, 4);
	put_be(to + 12, STORE_SCHEMA, 4);
	put_be(to + 16, (uint64_t)now, 8);
}

static void *copy_run(void *arg)
{
	struct copy *c = arg;

	c->rc = mdb_env_copyfd2(c->st->env, c->to, c->flags);
	close(c->to); /* the reader sees the end */
	return NULL;
}

static int sum_write(struct backup *b, const void *p, size_t n)
{
	digest_add(&b->sum, p, n);
	return store_file_write(b->fd, bytes_of(p, n));
}

static void tell(struct backup *b, bool done)
{
	uint64_t all = b->expected_bytes > b->image_bytes ? b->expected_bytes : b->image_bytes;

	if (b->progress)
		b->progress(b->arg, b->image_bytes, done ? b->image_bytes : all);
}

/* Empties the pipe into the file until its other end is closed. */
static int image_write(struct backup *b)
{
	uint8_t *block = mem_alloc(STORE_BLOCK_BYTES);
	int err = 0;

	while (err == 0) {
		ssize_t n = read(b->from, block, STORE_BLOCK_BYTES);

		if (n < 0 && errno == EINTR)
			continue;
		if (n == 0)
			break;
		err = n < 0 ? ERR_IO : sum_write(b, block, (size_t)n);
		b->image_bytes += n > 0 ? (uint64_t)n : 0;
		tell(b, false);
	}
	free(block);
	return err;
}

/* Returns LMDB's code in ret_rc; closing our end makes it stop when we cannot go on. */
static int image_copy(struct backup *b, unsigned flags, int *ret_rc)
{
	struct copy c = {.st = b->st, .flags = flags};
	pthread_t thread;
	int ends[2], err;

	if (pipe2(ends, O_CLOEXEC) != 0)
		return file_err(errno);
	fcntl(ends[1], F_SETPIPE_SZ, 1 << 20); /* only quicker */
	b->from = ends[0];
	c.to = ends[1];
	if (pthread_create(&thread, NULL, copy_run, &c) != 0) {
		close(ends[0]);
		close(ends[1]);
		return ERR_BUSY;
	}
	err = image_write(b);
	close(ends[0]);
	pthread_join(thread, NULL);
	*ret_rc = c.rc;
	return err;
}

static int backup_fill(struct backup *b, unsigned flags, int *ret_rc)
{
	uint8_t head[STORE_BACKUP_HEAD], tail[STORE_BACKUP_TAIL];
	int err;

	store_backup_head(head, clock_now());
	digest_init(&b->sum);
	b->image_bytes = 0;
	if (lseek(b->fd, 0, SEEK_SET) != 0 || ftruncate(b->fd, 0) != 0)
		return file_err(errno);
	err = sum_write(b, head, sizeof(head));
	if (err == 0)
		err = image_copy(b, flags, ret_rc);
	if (err != 0 || *ret_rc != 0)
		return err;
	put_be(tail, b->image_bytes, 8);
	digest_add(&b->sum, tail, 8);
	digest_finish(&b->sum, tail + 8);
	err = store_file_write(b->fd, bytes_of(tail, sizeof(tail)));
	if (err == 0 && fsync(b->fd) != 0)
		err = file_err(errno);
	return err;
}

static int backup_write(struct backup *b)
{
	int rc = 0;
	int err = backup_fill(b, MDB_CP_COMPACT, &rc);

	/* pages that belong to nothing keep LMDB from making a compact copy: then a plain one */
	if (err == 0 && rc == MDB_INCOMPATIBLE)
		err = backup_fill(b, 0, &rc);
	if (err != 0)
		return err;
	return store_err(rc);
}

static int backup_place(const char *part, const char *path)
{
	char dir[4096];
	int err = store_dir_of(path, dir, sizeof(dir));

	if (err != 0)
		return err;
	if (rename(part, path) != 0)
		return file_err(errno);
	return store_dir_sync(dir);
}

int store_backup(struct store *st, const char *path, store_progress *p, void *arg)
{
	AUTO(arena) struct arena *a = arena_new();
	const char *part = arena_printf(a, "%s" STORE_BACKUP_PART, path);
	struct backup b = {.st = st, .progress = p, .arg = arg};
	struct store_stat stat;
	int err = store_stat(st, &stat);

	if (err == 0)
		err = store_file_make(part, &b.fd);
	if (err != 0)
		return err;
	b.expected_bytes = stat.used_bytes;
	err = backup_write(&b);
	close(b.fd);
	if (err == 0)
		err = backup_place(part, path);
	if (err != 0)
		unlink(part);
	else
		tell(&b, true);
	return err;
}
