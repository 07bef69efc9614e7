/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * When an iPad last spoke. A poll costs a lock on one of sixteen shards and no disk; now and then
 * all that was noted goes to disk in a few transactions. A crash loses the last seconds of this,
 * and nothing is decided by them. Bounded: a full shard takes no new names until it is flushed.
 */
#include "mdm/mdm_int.h"

#include <pthread.h>
#include <stdlib.h>

#define SHARDS 16u
#define SHARD_MOST 16384u /* names; 262 144 in all */
#define SLICE 2000u       /* names a transaction */

struct name {
	int64_t at; /* 0: a free place */
	char udid[MDM_UDID_MAX + 1];
};

/* Open addressing, at most half full. */
struct names {
	struct name *list;
	size_t cap, n;
};

struct shard {
	pthread_mutex_t lock;
	struct names now;
	struct names leaving; /* on its way to disk; still looked up */
};

struct mdm_seen {
	pthread_mutex_t flushing;
	struct shard shards[SHARDS];
};

static uint32_t hash_of(const char *s) /* FNV-1a */
{
	uint32_t h = 2166136261u;

	for (; *s; s++)
		h = (h ^ (uint8_t)*s) * 16777619u;
	return h;
}

static struct shard *shard_of(struct mdm_seen *s, uint32_t hash)
{
	return &s->shards[hash % SHARDS];
}

/* Its place, or the free one where it would go. */
static struct name *names_place(const struct names *t, const char *udid, uint32_t hash)
{
	size_t i = (hash / SHARDS) & (t->cap - 1);

	while (t->list[i].at != 0 && strcmp(t->list[i].udid, udid) != 0)
		i = (i + 1) & (t->cap - 1);
	return &t->list[i];
}

static int64_t names_get(const struct names *t, const char *udid, uint32_t hash)
{
	return t->cap ? names_place(t, udid, hash)->at : 0;
}

static void names_grow(struct names *t)
{
	struct names bigger = {.cap = t->cap ? t->cap * 2 : 64, .n = t->n};

	bigger.list = mem_zalloc(bigger.cap * sizeof(*bigger.list));
	for (size_t i = 0; i < t->cap; i++) {
		const struct name *from = &t->list[i];

		if (from->at != 0)
			*names_place(&bigger, from->udid, hash_of(from->udid)) = *from;
	}
	free(t->list);
	*t = bigger;
}

static void names_note(struct names *t, const char *udid, uint32_t hash, int64_t at)
{
	struct name *place;

	if (t->n * 2 >= t->cap && t->n < SHARD_MOST)
		names_grow(t);
	place = names_place(t, udid, hash);
	if (place->at == 0) {
		if (t->n >= SHARD_MOST)
			return;
		memcpy(place->udid, udid, strlen(udid) + 1);
		t->n++;
	}
	if (place->at < at)
		place->at = at;
}

static void names_release(struct names *t)
{
	free(t->list);
	*t = (struct names){NULL, 0, 0};
}

struct mdm_seen *mdm_seen_new(void)
{
	struct mdm_seen *s = mem_zalloc(sizeof(*s));

	pthread_mutex_init(&s->flushing, NULL);
	for (size_t i = 0; i < SHARDS; i++)
		pthread_mutex_init(&s->shards[i].lock, NULL);
	return s;
}

void mdm_seen_free(struct mdm_seen *s)
{
	if (!s)
		return;
	for (size_t i = 0; i < SHARDS; i++) {
		names_release(&s->shards[i].now);
		names_release(&s->shards[i].leaving);
		pthread_mutex_destroy(&s->shards[i].lock);
	}
	pthread_mutex_destroy(&s->flushing);
	free(s);
}

void mdm_seen_note(struct mdm_seen *s, const char *udid, int64_t now)
{
	uint32_t hash = hash_of(udid);
	struct shard *sh = shard_of(s, hash);

	if (now <= 0 || strlen(udid) > MDM_UDID_MAX)
		return;
	pthread_mutex_lock(&sh->lock);
	names_note(&sh->now, udid, hash, now);
	pthread_mutex_unlock(&sh->lock);
}

static int64_t seen_in_memory(struct mdm_seen *s, const char *udid)
{
	uint32_t hash = hash_of(udid);
	struct shard *sh = shard_of(s, hash);
	int64_t at;

	pthread_mutex_lock(&sh->lock);
	at = names_get(&sh->now, udid, hash);
	if (at == 0)
		at = names_get(&sh->leaving, udid, hash);
	pthread_mutex_unlock(&sh->lock);
	return at;
}

int mdm_seen_on_disk(struct store_txn *txn, const char *udid, int64_t *ret)
{
	struct store_key k = store_key("s", udid);
	struct bytes value;
	int err = store_get(txn, MDM_SEEN, &k, &value);

	if (err == ERR_NOTFOUND) {
		*ret = 0;
		return 0;
	}
	return err != 0 ? err : store_key_parse(value, "t", ret);
}

int mdm_seen_get(struct mdm *m, struct store_txn *txn, const char *udid, int64_t *ret)
{
	int64_t memory = seen_in_memory(m->seen, udid), disk;
	int err = mdm_seen_on_disk(txn, udid, &disk);

	if (err == 0)
		*ret = memory > disk ? memory : disk;
	return err;
}

/* --- to disk --- */

struct slice {
	const struct name *list;
	size_t n;
};

static int slice_write(struct store_txn *txn, void *arg)
{
	const struct slice *sl = arg;
	int err = 0;

	for (size_t i = 0; i < sl->n && err == 0; i++) {
		struct store_key k = store_key("s", sl->list[i].udid);
		struct store_key at = store_key("t", sl->list[i].at);
		int64_t was;

		err = mdm_seen_on_disk(txn, sl->list[i].udid, &was);
		if (err == 0)
			err = mdm_fleet_heard(txn, sl->list[i].udid, was, sl->list[i].at);
		if (err == 0)
			err = store_put(txn, MDM_SEEN, &k, bytes_of(at.b, at.n));
	}
	return err;
}

/* Everything noted, as one list; the shards' tables are now `leaving`. */
static struct name *shards_leave(struct mdm_seen *s, size_t *ret_n)
{
	struct name *list = NULL;
	size_t n = 0;

	for (size_t i = 0; i < SHARDS; i++) {
		struct shard *sh = &s->shards[i];

		pthread_mutex_lock(&sh->lock);
		sh->leaving = sh->now;
		sh->now = (struct names){NULL, 0, 0};
		if (sh->leaving.n > 0)
			list = mem_grow(list, (n + sh->leaving.n) * sizeof(*list));
		for (size_t j = 0; j < sh->leaving.cap; j++) {
			if (sh->leaving.list[j].at != 0)
				list[n++] = sh->leaving.list[j];
		}
		pthread_mutex_unlock(&sh->lock);
	}
	*ret_n = n;
	return list;
}

/* What left is on disk, or comes back. */
static void shards_settle(struct mdm_seen *s, bool on_disk)
{
	for (size_t i = 0; i < SHARDS; i++) {
		struct shard *sh = &s->shards[i];

		pthread_mutex_lock(&sh->lock);
		for (size_t j = 0; !on_disk && j < sh->leaving.cap; j++) {
			const struct name *nm = &sh->leaving.list[j];

			if (nm->at != 0)
				names_note(&sh->now, nm->udid, hash_of(nm->udid), nm->at);
		}
		names_release(&sh->leaving);
		pthread_mutex_unlock(&sh->lock);
	}
}

int mdm_seen_flush(struct mdm_seen *s, struct store *st)
{
	struct name *list;
	size_t n, at = 0;
	int err = 0;

	pthread_mutex_lock(&s->flushing);
	list = shards_leave(s, &n);
	while (at < n && err == 0) {
		struct slice sl = {list + at, n - at < SLICE ? n - at : SLICE};

		err = store_write(st, slice_write, &sl);
		at += sl.n;
	}
	shards_settle(s, err == 0);
	free(list);
	pthread_mutex_unlock(&s->flushing);
	return err;
}
