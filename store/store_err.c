/* SPDX-License-Identifier: EUPL-1.2 */
#include "store/store_int.h"

#include "base/log.h"

#include <errno.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/statvfs.h>

/* Less free space than this, and an I/O error of a commit is taken for a full disk. */
#define NEARLY_FULL_BYTES (64u << 20)

static const struct {
	int rc, err;
} translation[] = {
	{0, 0},
	{MDB_NOTFOUND, ERR_NOTFOUND},
	{ENOENT, ERR_NOTFOUND},
	{ENOTDIR, ERR_NOTFOUND},
	{MDB_KEYEXIST, ERR_EXISTS},
	{EEXIST, ERR_EXISTS},
	{MDB_BAD_VALSIZE, ERR_BADINPUT},
	{MDB_MAP_FULL, ERR_NOSPACE},
	{MDB_TXN_FULL, ERR_NOSPACE},
	{MDB_MAP_RESIZED, ERR_NOSPACE},
	{ENOSPC, ERR_NOSPACE},
	{EDQUOT, ERR_NOSPACE},
	{EFBIG, ERR_NOSPACE},
	{MDB_READERS_FULL, ERR_BUSY},
	{EAGAIN, ERR_BUSY},
	{EBUSY, ERR_BUSY},
	{MDB_CORRUPTED, ERR_CORRUPT},
	{MDB_PAGE_NOTFOUND, ERR_CORRUPT},
	{MDB_INVALID, ERR_CORRUPT},
	{MDB_INCOMPATIBLE, ERR_CORRUPT},
	{MDB_VERSION_MISMATCH, ERR_NEWER},
	{EACCES, ERR_DENIED},
	{EPERM, ERR_DENIED},
	{EROFS, ERR_DENIED},
};

int store_err(int rc)
{
	for (size_t i = 0; i < sizeof(translation) / sizeof(translation[0]); i++) {
		if (translation[i].rc == rc)
			return translation[i].err;
	}
	/* the number is lost in translation, and whoever mends the machine needs it */
	log_event(LOG_ERROR, "store.trouble", "rc=%d text=%s", rc, mdb_strerror(rc));
	return ERR_IO;
}

static bool disk_is_nearly_full(struct store *st)
{
	struct statvfs fs;
	struct rlimit most;
	struct stat file;
	int fd;

	if (mdb_env_get_fd(st->env, &fd) != 0)
		return false;
	if (fstatvfs(fd, &fs) == 0 && (uint64_t)fs.f_bavail * fs.f_frsize < NEARLY_FULL_BYTES)
		return true;
	return getrlimit(RLIMIT_FSIZE, &most) == 0 && most.rlim_cur != RLIM_INFINITY &&
	       fstat(fd, &file) == 0 && (uint64_t)file.st_size + NEARLY_FULL_BYTES > most.rlim_cur;
}

int store_err_commit(struct store *st, int rc)
{
	if (rc == EIO && disk_is_nearly_full(st))
		return ERR_NOSPACE;
	return store_err(rc);
}

bool store_err_is_size(int rc)
{
	return rc == MDB_MAP_FULL || rc == MDB_TXN_FULL;
}

int store_txn_err(struct store_txn *txn, int rc)
{
	switch (rc) {
	case 0:
	case MDB_NOTFOUND:
	case MDB_KEYEXIST:
	case MDB_BAD_VALSIZE:
		break;
	default:
		if (txn->broken == 0)
			txn->broken = rc;
	}
	return store_err(rc);
}
