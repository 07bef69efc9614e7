/* SPDX-License-Identifier: EUPL-1.2 */
/* Writes a small bbolt database, and the records MicroMDM keeps in one. */
#ifndef TESTS_FAKE_BOLT_FILE_H
#define TESTS_FAKE_BOLT_FILE_H

#include "base/buf.h"

struct bolt_pair {
	struct bytes key, value;
};
struct bolt_bucket {
	const char *name;
	const struct bolt_pair *pairs; /* in the order of their keys */
	size_t n;
};
/* Buckets in the order of their names, each in pages of its own. */
void bolt_file_write(struct buf *out, const struct bolt_bucket *buckets, size_t n);

/* Fields of a protocol buffer. */
void proto_add_text(struct buf *out, unsigned field, struct bytes text);
void proto_add_number(struct buf *out, unsigned field, uint64_t v);

#endif
