/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What the web does by itself, on a thread of its own since it waits for others: webhooks as soon
 * as there is something to deliver, looks at protected identities soon after, alarms each five minutes.
 */
#include "web/event_int.h"

#include "base/clock.h"
#include "base/log.h"

#include <pthread.h>
#include <stdlib.h>
#include <time.h>

#define ROUND_MS 250
#define ALARMS_EVERY_S 300
#define LOOKS_EVERY_S 10

struct web_worker {
	struct web *w;
	pthread_t thread;
	pthread_mutex_t lock;
	pthread_cond_t wake;
	bool stop;
	int64_t alarmed; /* monotonic */
	int64_t looked;
	int64_t mailed; /* looks; ahead after one that failed */
	uint64_t version; /* of the store, when webhooks were last looked after */
};

#define LOOK_EVERY_S 1 /* for what is due by time alone */

static void hooks_run(struct web_worker *k, int64_t mono)
{
	uint64_t version = store_version(k->w->o.st);
	int err;

	if (version == k->version && mono - k->looked < LOOK_EVERY_S)
		return;
	k->version = version;
	k->looked = mono;
	err = web_hook_round(k->w, clock_now());
	if (err && err != ERR_BUSY)
		log_event(LOG_ERROR, "hook.round", "err=%s", err_name(err));
}

static void looks_run(struct web_worker *k, int64_t mono)
{
	int err;

	if (k->mailed && mono - k->mailed < LOOKS_EVERY_S)
		return;
	err = web_looks_round(k->w, clock_now());
	k->mailed = err ? mono + ALARMS_EVERY_S - LOOKS_EVERY_S : mono;
	if (err)
		log_event(LOG_ERROR, "looks.round", "err=%s", err_name(err));
}

static void round_run(struct web_worker *k)
{
	int64_t mono = clock_mono_us() / 1000000;
	int err;

	hooks_run(k, mono);
	looks_run(k, mono);
	if (k->alarmed && mono - k->alarmed < ALARMS_EVERY_S)
		return;
	err = web_alarm_round(k->w, clock_now());
	k->alarmed = mono;
	if (err && err != ERR_UNSUPPORTED)
		log_event(LOG_ERROR, "lifeguard.round", "err=%s", err_name(err));
}

static void *worker_run(void *arg)
{
	struct web_worker *k = arg;
	struct timespec at;

	pthread_mutex_lock(&k->lock);
	while (!k->stop) {
		pthread_mutex_unlock(&k->lock);
		round_run(k);
		pthread_mutex_lock(&k->lock);
		clock_gettime(CLOCK_MONOTONIC, &at);
		at.tv_nsec += ROUND_MS * 1000000L;
		at.tv_sec += at.tv_nsec / 1000000000;
		at.tv_nsec %= 1000000000;
		if (!k->stop)
			pthread_cond_timedwait(&k->wake, &k->lock, &at);
	}
	pthread_mutex_unlock(&k->lock);
	return NULL;
}

int web_start(struct web *w)
{
	struct web_worker *k = mem_zalloc(sizeof(*k));
	pthread_condattr_t attr;

	k->w = w;
	pthread_mutex_init(&k->lock, NULL);
	pthread_condattr_init(&attr);
	pthread_condattr_setclock(&attr, CLOCK_MONOTONIC);
	pthread_cond_init(&k->wake, &attr);
	pthread_condattr_destroy(&attr);
	if (pthread_create(&k->thread, NULL, worker_run, k) != 0) {
		pthread_cond_destroy(&k->wake);
		pthread_mutex_destroy(&k->lock);
		free(k);
		return ERR_BUSY;
	}
	pthread_setname_np(k->thread, "web-worker");
	w->worker = k;
	return 0;
}

void web_stop(struct web *w)
{
	struct web_worker *k = w ? w->worker : NULL;

	if (!k)
		return;
	pthread_mutex_lock(&k->lock);
	k->stop = true;
	pthread_cond_signal(&k->wake);
	pthread_mutex_unlock(&k->lock);
	if (w->o.net)
		net_stop(w->o.net);
	pthread_join(k->thread, NULL);
	pthread_cond_destroy(&k->wake);
	pthread_mutex_destroy(&k->lock);
	free(k);
	w->worker = NULL;
}
