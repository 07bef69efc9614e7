/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The yardstick of `tokenupdate_vs_raw`: what LMDB gives on this disk when nothing of ours is in
 * the way. Calls mdb_* itself and is linked into the bench only.
 */
#ifndef TESTS_BENCH_RAW_LMDB_H
#define TESTS_BENCH_RAW_LMDB_H

/*
 * `clients` threads each submit one update after the other: read and rewrite one record of 400
 * bytes out of 10 000, and put one index entry of 20 bytes. One committer runs all who wait in
 * one durable LMDB commit (default flags), then wakes them. Makes its file in `dir`, which must
 * exist, and removes it. Returns acknowledged updates a second, negative on failure.
 */
#define BENCH_RAW_DOES                                                                         \
	"each update reads and rewrites one of 10 000 records of 400 bytes and adds an index " \
	"entry of 20"
double bench_raw_lmdb(const char *dir, unsigned clients, double seconds);

#endif
