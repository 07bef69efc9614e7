/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * A survey's link is spent as it is opened, and the answer that leads on may be lost on bad coverage.
 * So it leads on again for some minutes. That is remembered here alone, in memory and as hashes: no
 * record says when a link was opened, or an answer could be joined to the iPad whose link it was.
 */
#include "mdm/media_int.h"

#include "base/digest.h"
#include "base/mem.h"

#include <pthread.h>
#include <stdlib.h>

#define PLACES 1024 /* of links opened in so few minutes; the oldest goes */
#define GRACE_S 600

struct mdm_grace {
	pthread_mutex_t lock;
	size_t next;
	struct {
		uint8_t hash[DIGEST_BYTES];
		int64_t until; /* 0: free */
	} at[PLACES];
};

struct mdm_grace *mdm_grace_new(void)
{
	struct mdm_grace *g = mem_zalloc(sizeof(*g));

	pthread_mutex_init(&g->lock, NULL);
	return g;
}

void mdm_grace_free(struct mdm_grace *g)
{
	if (!g)
		return;
	pthread_mutex_destroy(&g->lock);
	free(g);
}

void mdm_grace_note(struct mdm_grace *g, const char *word, int64_t now)
{
	pthread_mutex_lock(&g->lock);
	digest_of(bytes_of_str(word), g->at[g->next].hash);
	g->at[g->next].until = now + GRACE_S;
	g->next = (g->next + 1) % PLACES;
	pthread_mutex_unlock(&g->lock);
}

/* What is over is wiped as it is come across. */
bool mdm_grace_holds(struct mdm_grace *g, const char *word, int64_t now)
{
	uint8_t hash[DIGEST_BYTES];
	bool holds = false;

	digest_of(bytes_of_str(word), hash);
	pthread_mutex_lock(&g->lock);
	for (size_t i = 0; i < PLACES; i++) {
		if (!g->at[i].until)
			continue;
		if (now >= g->at[i].until || now < g->at[i].until - GRACE_S)
			mem_wipe(&g->at[i], sizeof(g->at[i]));
		else
			holds = holds || memcmp(g->at[i].hash, hash, sizeof(hash)) == 0;
	}
	pthread_mutex_unlock(&g->lock);
	return holds;
}
