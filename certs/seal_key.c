/* SPDX-License-Identifier: EUPL-1.2 */
/* The file of sealing keys: read, checked, made. */
#include "certs/seal_int.h"

#include "base/file.h"
#include "base/random.h"
#include "base/text.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#define KEY_FILE_MAX 65536
#define PREAMBLE                                                                                 \
	"# Hylla's sealing keys: without this file nothing that is sealed in the store can be\n" \
	"# opened again. Keep a copy of it, and never where the store's backups are kept.\n"     \
	"# The highest number seals; all of them open; the lowest must always stay.\n"

static int add_key(struct cert_ring *r, const char *id_text, const char *base64, struct arena *a)
{
	struct bytes key;
	uint64_t id;

	if (r->n == CERT_RING_MAX || text_parse_u64(id_text, &id) || id == 0 || id > UINT32_MAX ||
		text_parse_base64(a, bytes_of_str(base64), &key))
		return ERR_BADINPUT;
	cert_wipe_later(a, key);
	if (key.n != CERT_RING_KEY)
		return ERR_BADINPUT;
	for (size_t i = 0; i < r->n; i++) {
		if (r->key[i].id == id)
			return ERR_BADINPUT;
	}
	cert_ring_add(r, (uint32_t)id, key.p);
	return 0;
}

/* "key ID BASE64", a comment, or nothing but blanks. */
static int parse_line(struct cert_ring *r, char *line, struct arena *a)
{
	char *save = NULL;
	const char *word = strtok_r(line, " \t\r", &save);
	const char *id, *base64;

	if (!word || word[0] == '#')
		return 0;
	id = strtok_r(NULL, " \t\r", &save);
	base64 = strtok_r(NULL, " \t\r", &save);
	if (strcmp(word, "key") != 0 || !id || !base64 || strtok_r(NULL, " \t\r", &save))
		return ERR_BADINPUT;
	return add_key(r, id, base64, a);
}

int cert_ring_parse(struct bytes text, struct cert_ring **ret)
{
	AUTO(arena) struct arena *a = arena_new();
	AUTO(cert_ring) struct cert_ring *r = mem_zalloc(sizeof(*r));
	char *copy, *end;
	int err = 0;

	if (text.n == 0 || memchr(text.p, 0, text.n))
		return ERR_BADINPUT;
	copy = arena_strndup(a, text.p, text.n);
	cert_wipe_later(a, bytes_of(copy, text.n));
	for (char *line = copy; line && !err; line = end) {
		end = strchr(line, '\n');
		if (end)
			*end++ = 0;
		err = parse_line(r, line, a);
	}
	if (err || r->n == 0)
		return ERR_BADINPUT;
	*ret = TAKE(r);
	return 0;
}

int cert_ring_load(const char *path, struct cert_ring **ret)
{
	struct buf b = BUF_INIT(KEY_FILE_MAX);
	struct stat st;
	int err;

	if (stat(path, &st))
		return file_err(errno);
	/* whoever reads the keys reads all that is sealed */
	if (st.st_mode & 077)
		return ERR_DENIED;
	err = file_read(path, &b);
	if (!err && cert_ring_parse(buf_bytes(&b), ret))
		err = ERR_CRYPTO;
	buf_wipe(&b);
	return err;
}

static int write_and_sync(int fd, struct bytes b)
{
	while (b.n) {
		ssize_t n = write(fd, b.p, b.n);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return file_err(errno);
		b = bytes_of(b.p + n, b.n - (size_t)n);
	}
	return fsync(fd) ? file_err(errno) : 0;
}

static int sync_directory_of(const char *path, struct arena *a)
{
	const char *slash = strrchr(path, '/');
	const char *dir = slash ? arena_strndup(a, path, (size_t)(slash - path) + 1) : ".";
	int fd = open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC), err = 0;

	if (fd < 0)
		return file_err(errno);
	if (fsync(fd))
		err = file_err(errno);
	close(fd);
	return err;
}

/* Whole under another name first, so that a crash never leaves half a key file; then the name,
 * which must be free. */
static int write_new(const char *path, struct bytes content, struct arena *a)
{
	char *part = arena_printf(a, "%s.%ld.part", path, (long)getpid());
	int fd = open(part, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600), err;

	if (fd < 0)
		return file_err(errno);
	err = write_and_sync(fd, content);
	close(fd);
	if (!err && renameat2(AT_FDCWD, part, AT_FDCWD, path, RENAME_NOREPLACE))
		err = errno == EEXIST ? ERR_EXISTS : file_err(errno);
	if (err) {
		unlink(part);
		return err;
	}
	return sync_directory_of(path, a);
}

int cert_ring_create(const char *path)
{
	AUTO(arena) struct arena *a = arena_new();
	struct buf b = BUF_INIT(KEY_FILE_MAX);
	uint8_t key[CERT_RING_KEY];
	int err;

	random_bytes(key, sizeof(key));
	buf_add_str(&b, PREAMBLE "key 1 ");
	buf_add_base64(&b, bytes_of(key, sizeof(key)));
	buf_add_char(&b, '\n');
	err = write_new(path, buf_bytes(&b), a);
	buf_wipe(&b);
	mem_wipe(key, sizeof(key));
	return err;
}
