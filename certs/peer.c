/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The keys of certificates that our CA is known to have signed, by fingerprint. Bounded: four
 * places for each hash, the one longest unused gives way. In shards, each with a lock held for a
 * few comparisons, so that threads seldom meet.
 */
#include "certs/certs_int.h"

#include <pthread.h>

#define SHARDS 16
#define SETS 64
#define WAYS 4 /* 4096 certificates in all */

struct slot {
	uint8_t fingerprint[CERT_FINGERPRINT];
	struct cert_known known; /* key NULL: free */
	uint32_t used;           /* the shard's tick when last asked for */
};

struct shard {
	pthread_mutex_t lock;
	uint32_t tick;
	struct slot slot[SETS][WAYS];
};

struct cert_peers {
	struct shard shard[SHARDS];
};

struct cert_peers *cert_peers_new(void)
{
	struct cert_peers *p = mem_zalloc(sizeof(*p));

	for (size_t i = 0; i < SHARDS; i++)
		pthread_mutex_init(&p->shard[i].lock, NULL);
	return p;
}

void cert_peers_free(struct cert_peers *p)
{
	if (!p)
		return;
	for (size_t i = 0; i < SHARDS; i++) {
		struct slot *slot = &p->shard[i].slot[0][0];

		for (size_t j = 0; j < (size_t)SETS * WAYS; j++)
			cert_pub_free(slot[j].known.key);
		pthread_mutex_destroy(&p->shard[i].lock);
	}
	free(p);
}

/* A fingerprint is as good as random: its first octets choose the place. */
static struct shard *shard_of(struct cert_peers *p, const uint8_t *fingerprint)
{
	return &p->shard[fingerprint[0] % SHARDS];
}

static struct slot *find(struct shard *s, const uint8_t *fingerprint)
{
	struct slot *set = s->slot[fingerprint[1] % SETS];

	for (size_t i = 0; i < WAYS; i++) {
		if (set[i].known.key && !memcmp(set[i].fingerprint, fingerprint, CERT_FINGERPRINT))
			return &set[i];
	}
	return NULL;
}

int cert_peers_get(
	struct cert_peers *p, const uint8_t fingerprint[CERT_FINGERPRINT], struct cert_known *ret)
{
	struct shard *s = shard_of(p, fingerprint);
	struct slot *slot;
	int err = ERR_NOTFOUND;

	pthread_mutex_lock(&s->lock);
	slot = find(s, fingerprint);
	if (slot) {
		slot->used = ++s->tick;
		*ret = slot->known;
		cert_pub_up(ret->key);
		err = 0;
	}
	pthread_mutex_unlock(&s->lock);
	return err;
}

/* A free place in the set, or the one longest unused. */
static struct slot *choose(struct shard *s, const uint8_t *fingerprint)
{
	struct slot *set = s->slot[fingerprint[1] % SETS], *worst = &set[0];

	for (size_t i = 0; i < WAYS; i++) {
		if (!set[i].known.key)
			return &set[i];
		if (s->tick - set[i].used > s->tick - worst->used)
			worst = &set[i];
	}
	return worst;
}

void cert_peers_put(struct cert_peers *p, const uint8_t fingerprint[CERT_FINGERPRINT],
	const struct cert_known *known)
{
	struct shard *s = shard_of(p, fingerprint);
	struct slot *slot;
	struct cert_pub *old;

	cert_pub_up(known->key);
	pthread_mutex_lock(&s->lock);
	slot = find(s, fingerprint);
	if (!slot)
		slot = choose(s, fingerprint);
	old = slot->known.key;
	memcpy(slot->fingerprint, fingerprint, CERT_FINGERPRINT);
	slot->known = *known;
	slot->used = ++s->tick;
	pthread_mutex_unlock(&s->lock);
	cert_pub_free(old);
}
