/* SPDX-License-Identifier: EUPL-1.2 */
#include "store/store_backup_int.h"

#include "base/file.h"
#include "store/store_file_int.h"
#include "store/store_int.h"
#include "store/store_pages_int.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#define STORE_BEFORE STORE_FILE ".before"
#define STORE_PART STORE_FILE STORE_BACKUP_PART
#define STORE_LOCK STORE_FILE "-lock"

static uint64_t take_be(const uint8_t *p, unsigned size)
{
	uint64_t x = 0;

	for (unsigned i = 0; i < size; i++)
		x = x << 8 | p[i];
	return x;
}

/* --- the backup file --- */

static int head_admit(const uint8_t head[STORE_BACKUP_HEAD])
{
	if (memcmp(head, "HYLLABKP", 8) != 0)
		return ERR_CORRUPT;
	if (take_be(head + 8, 4) > STORE_BACKUP_FORM || take_be(head + 12, 4) > STORE_SCHEMA)
		return ERR_NEWER;
	return 0;
}

struct reading {
	int fd, to_fd; /* to_fd < 0: only looked at */
	uint64_t bytes;
	struct digest sum;
	store_progress *progress;
	void *arg;
};

/* Hashes what lies between head and tail, copying it on the way. */
static int image_read(struct reading *r)
{
	uint8_t *block = mem_alloc(STORE_BLOCK_BYTES);
	uint64_t done = 0;
	int err = 0;

	while (err == 0 && done < r->bytes) {
		uint64_t left = r->bytes - done;
		size_t n = left < STORE_BLOCK_BYTES ? (size_t)left : STORE_BLOCK_BYTES;

		err = store_file_read_at(r->fd, STORE_BACKUP_HEAD + done, block, n);
		if (err != 0)
			break;
		digest_add(&r->sum, block, n);
		if (r->to_fd >= 0)
			err = store_file_write(r->to_fd, bytes_of(block, n));
		done += n;
		if (r->progress)
			r->progress(r->arg, done, r->bytes);
	}
	free(block);
	return err;
}

/* Head and tail must be sound before the long way through the image is gone. */
static int ends_read(
	struct reading *r, uint8_t head[STORE_BACKUP_HEAD], uint8_t tail[STORE_BACKUP_TAIL])
{
	struct stat file;
	int err;

	if (fstat(r->fd, &file) != 0)
		return file_err(errno);
	if (file.st_size < STORE_BACKUP_HEAD + STORE_BACKUP_TAIL)
		return ERR_CORRUPT;
	r->bytes = (uint64_t)file.st_size - STORE_BACKUP_HEAD - STORE_BACKUP_TAIL;
	err = store_file_read_at(r->fd, 0, head, STORE_BACKUP_HEAD);
	if (err == 0)
		err = head_admit(head);
	if (err == 0)
		err = store_file_read_at(
			r->fd, STORE_BACKUP_HEAD + r->bytes, tail, STORE_BACKUP_TAIL);
	if (err != 0)
		return err;
	return take_be(tail, 8) == r->bytes ? 0 : ERR_CORRUPT;
}

int store_backup_read(
	int fd, int to_fd, uint64_t *ret_image_bytes, store_progress *progress, void *arg)
{
	struct reading r = {.fd = fd, .to_fd = to_fd, .progress = progress, .arg = arg};
	uint8_t head[STORE_BACKUP_HEAD], tail[STORE_BACKUP_TAIL], sum[DIGEST_BYTES];
	int err = ends_read(&r, head, tail);

	if (err != 0)
		return err;
	digest_init(&r.sum);
	digest_add(&r.sum, head, sizeof(head));
	err = image_read(&r);
	if (err != 0)
		return err;
	digest_add(&r.sum, tail, 8);
	digest_finish(&r.sum, sum);
	if (memcmp(sum, tail + 8, sizeof(sum)) != 0)
		return ERR_CORRUPT;
	*ret_image_bytes = r.bytes;
	return 0;
}

struct schema_search {
	bool found;
	int err;
};

static void schema_look(void *arg, const char *table, struct bytes key, struct bytes value)
{
	struct schema_search *s = arg;
	struct store_key want = store_meta_key();
	struct store_meta meta = {0};
	struct arena *a;

	if (strcmp(table, store_table_name(STORE_META)) != 0 ||
		!bytes_equal(key, bytes_of(want.b, want.n)))
		return;
	a = arena_new();
	s->found = true;
	s->err = store_meta_decode(value, a, &meta);
	if (s->err == 0)
		s->err = store_meta_admit(&meta);
	arena_free(a);
}

int store_backup_image_check(int fd, uint64_t start, uint64_t bytes)
{
	struct schema_search s = {0};
	struct store_pages p = {
		.fd = fd, .start = start, .bytes = bytes, .record = schema_look, .arg = &s};
	int err = store_pages_walk(&p);

	if (err != 0)
		return err;
	if (p.faults > 0 || !s.found)
		return ERR_CORRUPT;
	return s.err;
}

int store_backup_verify(const char *path, store_progress *p, void *arg)
{
	int err, fd = open(path, O_RDONLY | O_CLOEXEC);
	uint64_t bytes = 0;

	if (fd < 0)
		return file_err(errno);
	err = store_backup_read(fd, -1, &bytes, p, arg);
	if (err == 0)
		err = store_backup_image_check(fd, STORE_BACKUP_HEAD, bytes);
	close(fd);
	return err;
}

/* --- putting it in place --- */

/* The lock that every open store shares, for us alone. */
static int dir_lock(const char *dir, int *ret_fd)
{
	int fd = open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	if (fd < 0)
		return file_err(errno);
	if (flock(fd, LOCK_EX | LOCK_NB) != 0) {
		int err = errno == EWOULDBLOCK ? ERR_BUSY : file_err(errno);

		close(fd);
		return err;
	}
	*ret_fd = fd;
	return 0;
}

static bool is_there(int dir_fd)
{
	return faccessat(dir_fd, STORE_FILE, F_OK, 0) == 0;
}

/* Extracts beside the store's file and checks there what was really written. */
static int part_write(int dir_fd, const char *backup, store_progress *p, void *arg)
{
	int err, to, from = open(backup, O_RDONLY | O_CLOEXEC);
	uint64_t bytes = 0;

	if (from < 0)
		return file_err(errno);
	(void)unlinkat(dir_fd, STORE_PART, 0); /* of a restore that was cut short */
	to = openat(dir_fd, STORE_PART, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
	if (to < 0) {
		err = file_err(errno);
		close(from);
		return err;
	}
	err = store_backup_read(from, to, &bytes, p, arg);
	if (err == 0 && fsync(to) != 0)
		err = file_err(errno);
	if (err == 0)
		err = store_backup_image_check(to, 0, bytes);
	close(from);
	close(to);
	return err;
}

/* There is a whole store at every moment: the old one gets a second name before the new one
 * takes the first. */
static int part_place(int dir_fd)
{
	if (is_there(dir_fd)) {
		(void)unlinkat(dir_fd, STORE_BEFORE, 0);
		if (linkat(dir_fd, STORE_FILE, dir_fd, STORE_BEFORE, 0) != 0)
			return file_err(errno);
	}
	/* its lock file speaks of the old file's transactions; nobody has it open */
	if (unlinkat(dir_fd, STORE_LOCK, 0) != 0 && errno != ENOENT)
		return file_err(errno);
	if (renameat(dir_fd, STORE_PART, dir_fd, STORE_FILE) != 0 || fsync(dir_fd) != 0)
		return file_err(errno);
	return 0;
}

static int restore_in(int dir_fd, const char *path, bool replace, store_progress *p, void *arg)
{
	int err;

	if (is_there(dir_fd) && !replace)
		return ERR_EXISTS;
	err = part_write(dir_fd, path, p, arg);
	if (err == 0)
		err = part_place(dir_fd);
	if (err != 0)
		(void)unlinkat(dir_fd, STORE_PART, 0);
	return err;
}

int store_restore(const char *path, const char *dir, bool replace, store_progress *p, void *arg)
{
	int dir_fd = -1;
	int err = store_dir_make(dir);

	if (err == 0)
		err = dir_lock(dir, &dir_fd);
	if (err != 0)
		return err;
	err = restore_in(dir_fd, path, replace, p, arg);
	close(dir_fd);
	return err;
}
