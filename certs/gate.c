/* SPDX-License-Identifier: EUPL-1.2 */
/* A gate lets few work at once; who waits too long is told to come again. */
#include "certs/gate_int.h"

#include "base/err.h"

#include <errno.h>
#include <time.h>

static struct timespec deadline(unsigned wait_ms)
{
	struct timespec at;

	clock_gettime(CLOCK_MONOTONIC, &at);
	at.tv_sec += wait_ms / 1000;
	at.tv_nsec += (long)(wait_ms % 1000) * 1000000;
	if (at.tv_nsec >= 1000000000) {
		at.tv_sec++;
		at.tv_nsec -= 1000000000;
	}
	return at;
}

int cert_gate_enter(struct cert_gate *g, unsigned most, unsigned wait_ms)
{
	const struct timespec at = deadline(wait_ms);
	int late = 0;
	bool mine;

	pthread_mutex_lock(&g->lock);
	while (g->running >= most && late != ETIMEDOUT) {
		if (wait_ms == 0)
			pthread_cond_wait(&g->free, &g->lock);
		else
			late = pthread_cond_clockwait(&g->free, &g->lock, CLOCK_MONOTONIC, &at);
	}
	mine = g->running < most;
	g->running += mine;
	pthread_mutex_unlock(&g->lock);
	return mine ? 0 : ERR_BUSY;
}

void cert_gate_leave(struct cert_gate *g)
{
	pthread_mutex_lock(&g->lock);
	g->running--;
	pthread_cond_signal(&g->free);
	pthread_mutex_unlock(&g->lock);
}
