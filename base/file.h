/* SPDX-License-Identifier: EUPL-1.2 */
/* Whole small files: read up to a limit, written so that a crash leaves the old or the new. */
#ifndef BASE_FILE_H
#define BASE_FILE_H

#include "base/buf.h"
#include "base/err.h"

/* Adds the file's content. ERR_NOTFOUND, ERR_DENIED, ERR_IO; ERR_TOOBIG past the buffer's limit:
 * then the buffer is as it was. */
int file_read(const char *path, struct buf *out) MUST_CHECK;
/* Writes `path`.part with these permission bits, syncs it, renames it over `path` and syncs the
 * directory. ERR_NOTFOUND (no such directory), ERR_DENIED, ERR_NOSPACE, ERR_IO. */
int file_write(const char *path, struct bytes content, unsigned mode) MUST_CHECK;
/* What errno of a failed file call means. */
int file_err(int errno_value);

#endif
