/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Kept as bare as it can be while staying honest: no nested transactions (nobody fails here), a
 * committer thread of its own, one semaphore a client.
 */
#include "tests/bench/raw_lmdb.h"

#include <errno.h>
#include <lmdb.h>
#include <pthread.h>
#include <semaphore.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define RECORDS 10000
#define RECORD_BYTES 400
#define INDEX_BYTES 20

struct raw_client {
	struct raw *raw;
	pthread_t thread;
	uint32_t id, chance;
	uint64_t record, time; /* of the update that waits */
	unsigned long done;
	bool failed;
	sem_t woken;
	struct raw_client *next;
};

struct raw {
	MDB_env *env;
	MDB_dbi records, index;
	pthread_mutex_t lock;
	pthread_cond_t work;
	struct raw_client *waiting;
	unsigned live; /* clients that have not ended */
	double until;
};

static double now_s(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void put_be64(uint8_t *to, uint64_t x)
{
	for (int i = 0; i < 8; i++)
		to[i] = (uint8_t)(x >> (56 - 8 * i));
}

static int update(struct raw *r, MDB_txn *txn, const struct raw_client *c)
{
	uint8_t key[8], record[RECORD_BYTES], entry[INDEX_BYTES] = {0};
	MDB_val k = {.mv_size = sizeof(key), .mv_data = key}, v;
	int rc;

	put_be64(key, c->record);
	rc = mdb_get(txn, r->records, &k, &v);
	if (rc != 0)
		return rc;
	if (v.mv_size != sizeof(record))
		return EINVAL;
	memcpy(record, v.mv_data, sizeof(record));
	put_be64(record, c->time);
	v = (MDB_val){.mv_size = sizeof(record), .mv_data = record};
	rc = mdb_put(txn, r->records, &k, &v, 0);
	if (rc != 0)
		return rc;
	put_be64(entry, c->time);
	put_be64(entry + 8, c->record);
	k = (MDB_val){.mv_size = sizeof(entry), .mv_data = entry};
	v = (MDB_val){.mv_size = 0, .mv_data = entry};
	return mdb_put(txn, r->index, &k, &v, 0);
}

static int commit_all(struct raw *r, struct raw_client *first)
{
	MDB_txn *txn;
	int rc = mdb_txn_begin(r->env, NULL, 0, &txn);

	if (rc != 0)
		return rc;
	for (struct raw_client *c = first; c && rc == 0; c = c->next)
		rc = update(r, txn, c);
	if (rc != 0) {
		mdb_txn_abort(txn);
		return rc;
	}
	return mdb_txn_commit(txn);
}

static void wake_all(struct raw_client *first, bool failed)
{
	struct raw_client *next;

	for (struct raw_client *c = first; c; c = next) {
		next = c->next;
		c->failed = failed;
		sem_post(&c->woken);
	}
}

static void *committer_run(void *arg)
{
	struct raw *r = arg;

	for (;;) {
		struct raw_client *first;

		pthread_mutex_lock(&r->lock);
		while (!r->waiting && r->live > 0)
			pthread_cond_wait(&r->work, &r->lock);
		first = r->waiting;
		r->waiting = NULL;
		pthread_mutex_unlock(&r->lock);
		if (!first)
			return NULL;
		wake_all(first, commit_all(r, first) != 0);
	}
}

static void submit_and_wait(struct raw *r, struct raw_client *c)
{
	pthread_mutex_lock(&r->lock);
	c->next = r->waiting;
	r->waiting = c;
	if (!c->next)
		pthread_cond_signal(&r->work);
	pthread_mutex_unlock(&r->lock);
	while (sem_wait(&c->woken) != 0)
		;
}

static void *client_run(void *arg)
{
	struct raw_client *c = arg;
	struct raw *r = c->raw;

	while (!c->failed && now_s() < r->until) {
		c->chance = c->chance * 1664525u + 1013904223u;
		c->record = (c->chance >> 8) % RECORDS;
		c->time = (uint64_t)c->id << 40 | c->done;
		submit_and_wait(r, c);
		c->done += !c->failed;
	}
	pthread_mutex_lock(&r->lock);
	r->live--;
	pthread_cond_signal(&r->work);
	pthread_mutex_unlock(&r->lock);
	return NULL;
}

static int fill(struct raw *r)
{
	uint8_t key[8], record[RECORD_BYTES];
	MDB_txn *txn;
	int rc = mdb_txn_begin(r->env, NULL, 0, &txn);

	if (rc != 0)
		return rc;
	memset(record, 'r', sizeof(record));
	rc = mdb_dbi_open(txn, "records", MDB_CREATE, &r->records);
	if (rc == 0)
		rc = mdb_dbi_open(txn, "index", MDB_CREATE, &r->index);
	for (uint64_t i = 0; i < RECORDS && rc == 0; i++) {
		MDB_val k = {.mv_size = sizeof(key), .mv_data = key};
		MDB_val v = {.mv_size = sizeof(record), .mv_data = record};

		put_be64(key, i);
		rc = mdb_put(txn, r->records, &k, &v, MDB_APPEND);
	}
	if (rc != 0) {
		mdb_txn_abort(txn);
		return rc;
	}
	return mdb_txn_commit(txn);
}

static int raw_open(struct raw *r, const char *path)
{
	int rc = mdb_env_create(&r->env);

	if (rc != 0)
		return rc;
	mdb_env_set_mapsize(r->env, (size_t)1 << 34);
	mdb_env_set_maxdbs(r->env, 2);
	rc = mdb_env_open(r->env, path, MDB_NOSUBDIR | MDB_NORDAHEAD, 0600);
	return rc != 0 ? rc : fill(r);
}

static double measure(struct raw *r, struct raw_client *clients, unsigned n, double seconds)
{
	double start = now_s();
	unsigned long done = 0;
	pthread_t committer;
	bool failed = false;

	r->until = start + seconds;
	r->live = n;
	for (unsigned i = 0; i < n; i++) {
		clients[i] = (struct raw_client){.raw = r, .id = i, .chance = i * 77u + 1};
		sem_init(&clients[i].woken, 0, 0);
	}
	if (pthread_create(&committer, NULL, committer_run, r) != 0)
		return -1;
	for (unsigned i = 0; i < n; i++) {
		if (pthread_create(&clients[i].thread, NULL, client_run, &clients[i]) != 0)
			abort(); /* the others could not be ended in order */
	}
	for (unsigned i = 0; i < n; i++) {
		pthread_join(clients[i].thread, NULL);
		done += clients[i].done;
		failed = failed || clients[i].failed;
	}
	pthread_join(committer, NULL);
	return failed ? -1 : (double)done / (now_s() - start);
}

double bench_raw_lmdb(const char *dir, unsigned clients, double seconds)
{
	struct raw r = {.lock = PTHREAD_MUTEX_INITIALIZER, .work = PTHREAD_COND_INITIALIZER};
	struct raw_client *c = calloc(clients ? clients : 1, sizeof(*c));
	char path[4096], lock[4200];
	double rate = -1;

	snprintf(path, sizeof(path), "%s/raw.mdb", dir);
	snprintf(lock, sizeof(lock), "%s-lock", path);
	if (c && raw_open(&r, path) == 0)
		rate = measure(&r, c, clients, seconds);
	if (r.env)
		mdb_env_close(r.env);
	unlink(path);
	unlink(lock);
	free(c);
	return rate;
}
