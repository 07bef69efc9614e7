/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Reading a bbolt database (the one-file store of many Go programs) that lies whole in memory. It
 * writes nothing, takes no lock and believes nothing: every page number, offset and length is held
 * against the file, every page is read at most once a walk, so that a bent file ends as
 * ERR_CORRUPT and never as a loop.
 *
 * The file is pages. Pages 0 and 1 are two copies of the meta page; of those whose checksum holds
 * the one with the greater transaction number counts. It names the root of the top bucket, a tree
 * of branch and leaf pages, whose values are buckets again: a root page, or when small the whole
 * tree's one leaf inline. A page that does not fit goes on in the pages behind it.
 */
#ifndef BASE_BOLT_H
#define BASE_BOLT_H

#include "base/bytes.h"
#include "base/err.h"

struct bolt {
	struct bytes file;
	uint32_t page_bytes;
	uint64_t root;  /* page of the top bucket */
	uint64_t pages; /* those from here on were never used */
};
/* Borrows the file. ERR_BADINPUT: it is no such file; ERR_CORRUPT: neither meta page holds. */
int bolt_open(struct bytes file, struct bolt *ret) MUST_CHECK;

/* The pairs of a bucket of the top, in the order of their keys; buckets inside it are left out.
 * Stops at the first error of `fn`. ERR_NOTFOUND: there is no such bucket. */
typedef int bolt_fn(void *arg, struct bytes key, struct bytes value);
int bolt_each(const struct bolt *b, const char *bucket, bolt_fn *fn, void *arg) MUST_CHECK;

#endif
