/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * A backup file, numbers big-endian:
 *   head   8 bytes "HYLLABKP", u32 form of this file, u32 schema, i64 made at, 40 zeros
 *   image  the LMDB file
 *   tail   u64 length of the image, SHA-256 of everything before it
 */
#ifndef STORE_STORE_BACKUP_INT_H
#define STORE_STORE_BACKUP_INT_H

#include "base/digest.h"
#include "store/store.h"

#define STORE_BACKUP_FORM 1
#define STORE_BACKUP_HEAD 64
#define STORE_BACKUP_TAIL (8 + DIGEST_BYTES)
#define STORE_BACKUP_PART ".part"

/* Checks head, length and sum, and copies the image to to_fd unless that is negative. */
int store_backup_read(int fd, int to_fd, uint64_t *ret_image_bytes, store_progress *progress,
	void *arg) MUST_CHECK;
/* Walks the image and looks that this program understands its schema. */
int store_backup_image_check(int fd, uint64_t start, uint64_t bytes) MUST_CHECK;
void store_backup_head(uint8_t to[STORE_BACKUP_HEAD], int64_t now);

#endif
