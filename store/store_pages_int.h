/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Reads an LMDB file (data format 1) page by page without LMDB, and believes nothing it has not
 * checked: LMDB itself trusts its file and may crash on a damaged one. Checked are: both heads;
 * that every page is used once, by one tree or by the list of free pages; each page's own number,
 * kind, bounds and records; order and bounds of keys; and the counts each tree keeps.
 * What a record's value means is not seen here, and a bit turned over inside one is not found:
 * the file has no checksums. (Backups have.)
 */
#ifndef STORE_STORE_PAGES_INT_H
#define STORE_STORE_PAGES_INT_H

#include "store/store.h"

/* More faults than this are not told; the walk then ends. */
#define STORE_PAGES_FAULTS_MOST 50

struct store_pages {
	int fd;
	uint64_t start, bytes; /* where in the file the image lies */
	uint64_t txn_id;       /* which of the two heads; 0 is the newer */
	store_fault *fault;    /* may be NULL */
	/* Told of every record, before its tree has been found whole. A value that lies on pages
	 * of its own is given as empty. May be NULL. */
	void (*record)(void *arg, const char *table, struct bytes key, struct bytes value);
	void *arg; /* of both */
	/* results */
	uint64_t records;
	unsigned faults;
};

/* 0 when the walk was made, whatever it found (see faults). ERR_CONFLICT: no head has that
 * txn_id (any more). ERR_CORRUPT: not an LMDB file. ERR_IO. */
int store_pages_walk(struct store_pages *p) MUST_CHECK;

#endif
