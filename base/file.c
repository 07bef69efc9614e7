/* SPDX-License-Identifier: EUPL-1.2 */
#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

int file_err(int errno_value)
{
	switch (errno_value) {
	case ENOENT:
	case ENOTDIR:
		return ERR_NOTFOUND;
	case EEXIST:
		return ERR_EXISTS;
	case EACCES:
	case EPERM:
	case EROFS:
		return ERR_DENIED;
	case ENOSPC:
	case EDQUOT:
	case EFBIG:
		return ERR_NOSPACE;
	default:
		return ERR_IO;
	}
}

static int read_all(int fd, struct buf *out)
{
	uint8_t block[16384];

	for (;;) {
		ssize_t got = read(fd, block, sizeof(block));

		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			return file_err(errno);
		if (got == 0)
			return 0;
		buf_add(out, block, (size_t)got);
		if (out->secret)
			mem_wipe(block, (size_t)got);
		if (!buf_ok(out))
			return ERR_TOOBIG;
	}
}

int file_read(const char *path, struct buf *out)
{
	const bool overflow = out->overflow;
	const size_t before = out->n;
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY), err;

	if (fd < 0)
		return file_err(errno);
	err = read_all(fd, out);
	close(fd);
	if (err != 0) {
		buf_cut(out, before);
		out->overflow = overflow;
	}
	return err;
}

static int write_all(int fd, struct bytes b)
{
	while (b.n > 0) {
		ssize_t done = write(fd, b.p, b.n);

		if (done < 0 && errno == EINTR)
			continue;
		if (done < 0)
			return file_err(errno);
		b.p += done;
		b.n -= (size_t)done;
	}
	return fsync(fd) == 0 ? 0 : file_err(errno);
}

static int write_part(const char *part, struct bytes content, unsigned mode)
{
	int fd, err;

	/* A leftover of a crash may have other permissions. */
	unlink(part);
	fd = open(part, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode);
	if (fd < 0)
		return file_err(errno);
	err = fchmod(fd, mode) == 0 ? write_all(fd, content) : file_err(errno);
	if (close(fd) != 0 && err == 0)
		err = file_err(errno);
	return err;
}

/* The rename itself must be on disk as well. */
static int sync_directory_of(const char *path)
{
	const char *slash = strrchr(path, '/');
	size_t n = slash ? (size_t)(slash - path) : 0;
	char dir[PATH_MAX];
	int fd, err;

	snprintf(dir, sizeof(dir), "%.*s", (int)n, path);
	fd = open(n ? dir : slash ? "/" : ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd < 0)
		return file_err(errno);
	err = fsync(fd) == 0 ? 0 : file_err(errno);
	close(fd);
	return err;
}

int file_write(const char *path, struct bytes content, unsigned mode)
{
	char part[PATH_MAX];
	int n = snprintf(part, sizeof(part), "%s.part", path), err;

	if (n < 0 || (size_t)n >= sizeof(part))
		return ERR_BADINPUT;
	err = write_part(part, content, mode);
	if (err == 0 && rename(part, path) != 0)
		err = file_err(errno);
	if (err != 0) {
		unlink(part);
		return err;
	}
	return sync_directory_of(path);
}
