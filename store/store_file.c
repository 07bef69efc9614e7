/* SPDX-License-Identifier: EUPL-1.2 */
#include "store/store_file_int.h"

#include "base/file.h"
#include "base/text.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

int store_dir_sync(const char *dir)
{
	int fd = open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	int err = 0;

	if (fd < 0)
		return file_err(errno);
	if (fsync(fd) != 0)
		err = file_err(errno);
	close(fd);
	return err;
}

int store_dir_of(const char *path, char *ret, size_t size)
{
	const char *slash = strrchr(path, '/');
	size_t n = slash ? (size_t)(slash - path) : 0;

	if (n + 2 > size)
		return ERR_BADINPUT;
	if (!slash)
		text_copy(ret, size, ".");
	else if (n == 0)
		text_copy(ret, size, "/");
	else
		text_copy(ret, n + 1, path);
	return 0;
}

int store_dir_make(const char *dir)
{
	char parent[4096];
	int err;

	if (mkdir(dir, 0700) != 0)
		return errno == EEXIST ? 0 : file_err(errno);
	err = store_dir_of(dir, parent, sizeof(parent));
	return err != 0 ? err : store_dir_sync(parent);
}

int store_file_make(const char *path, int *ret_fd)
{
	int fd;

	if (unlink(path) != 0 && errno != ENOENT)
		return file_err(errno);
	fd = open(path, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
	if (fd < 0)
		return file_err(errno);
	*ret_fd = fd;
	return 0;
}

int store_file_write(int fd, struct bytes b)
{
	while (b.n > 0) {
		ssize_t n = write(fd, b.p, b.n);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return file_err(errno);
		b = bytes_of(b.p + n, b.n - (size_t)n);
	}
	return 0;
}

int store_file_read_at(int fd, uint64_t at, void *to, size_t n)
{
	uint8_t *p = to;

	while (n > 0) {
		ssize_t got = pread(fd, p, n, (off_t)at);

		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			return file_err(errno);
		if (got == 0)
			return ERR_CORRUPT;
		p += got;
		at += (uint64_t)got;
		n -= (size_t)got;
	}
	return 0;
}
