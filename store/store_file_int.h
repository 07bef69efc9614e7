/* SPDX-License-Identifier: EUPL-1.2 */
/* Files too big for base/file.h: written, read and hashed a block at a time. */
#ifndef STORE_STORE_FILE_INT_H
#define STORE_STORE_FILE_INT_H

#include "base/bytes.h"
#include "base/err.h"

#define STORE_BLOCK_BYTES (256u << 10)

/* Makes the last part of the path when absent, for its owner alone. */
int store_dir_make(const char *dir) MUST_CHECK;
int store_dir_sync(const char *dir) MUST_CHECK;
/* The folder of a path, in buf: "." for a plain name. ERR_BADINPUT when it does not fit. */
int store_dir_of(const char *path, char *ret, size_t size) MUST_CHECK;
/* A fresh file for its owner alone in place of whatever has that name; never through a link. */
int store_file_make(const char *path, int *ret_fd) MUST_CHECK;
int store_file_write(int fd, struct bytes b) MUST_CHECK;
/* n bytes from a place; ERR_CORRUPT when the file ends before. */
int store_file_read_at(int fd, uint64_t at, void *to, size_t n) MUST_CHECK;

#endif
