/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Files packed in one (ZIP), from bytes in memory: which are there, and the content of one. The
 * only door to libzip. What is unpacked is capped before it is read.
 */
#ifndef BASE_PACKED_H
#define BASE_PACKED_H

#include "base/buf.h"
#include "base/err.h"

struct packed;
/* `in` must outlive the result. ERR_BADINPUT: no ZIP, or a broken one; ERR_TOOBIG: more than 10 000
 * files. */
int packed_open(struct bytes in, struct packed **ret) MUST_CHECK;
void packed_close(struct packed *p);
AUTO_FREE(packed, packed_close)
/* The name of the first file; NULL when there is none. */
const char *packed_first(struct packed *p);
/* Its content, added to `out`. ERR_NOTFOUND; ERR_TOOBIG: more than the buffer's limit;
 * ERR_BADINPUT: its checksum does not hold, or it is encrypted. */
int packed_read(struct packed *p, const char *name, struct buf *out) MUST_CHECK;

#endif
