/* SPDX-License-Identifier: EUPL-1.2 */
#include "apns/apns_int.h"
#include "base/clock.h"
#include "base/log.h"
#include "base/metric.h"
#include "base/text.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/eventfd.h>
#include <unistd.h>

#define STREAMS_USUAL 500
/* The same alarm again only after this long. */
#define ALARM_QUIET_S 600

static struct metric alarms = METRIC_COUNTER("hylla_apns_alarms_total", "Times a person was told "
									"that pushes need help");

const struct apns_timing apns_timing_usual = {
	.look = 250,
	.linger = 15,
	.connect_wait = 10000,
	.answer_wait = 60000,
	.idle_ping = 60000,
	.ping_wait = 15000,
	.backoff_first = 1000,
	.backoff_most = 60000,
};

struct apns_identity *apns_identity_new(void)
{
	struct apns_identity *id = mem_zalloc(sizeof(*id));

	id->arena = arena_new();
	return id;
}

void apns_identity_free(struct apns_identity *id)
{
	if (!id)
		return;
	cert_push_wipe(&id->push);
	arena_free(id->arena);
	free(id);
}

/* --- begin --- */

static void options_keep(struct apns *ap, const struct apns_options *o)
{
	ap->options = *o;
	ap->options.host = mem_strdup(o->host);
	ap->options.root_path = text_empty(o->root_path) ? NULL : mem_strdup(o->root_path);
	if (o->streams == 0)
		ap->options.streams = STREAMS_USUAL;
}

static void apns_free(struct apns *ap)
{
	if (ap->wake_fd >= 0)
		close(ap->wake_fd);
	apns_identity_free(ap->identity);
	pthread_cond_destroy(&ap->changed);
	pthread_mutex_destroy(&ap->lock);
	free((void *)(uintptr_t)ap->options.host);
	free((void *)(uintptr_t)ap->options.root_path);
	free(ap);
}

static void locks_init(struct apns *ap)
{
	pthread_condattr_t attr;

	pthread_condattr_init(&attr);
	pthread_condattr_setclock(&attr, CLOCK_MONOTONIC);
	pthread_cond_init(&ap->changed, &attr);
	pthread_condattr_destroy(&attr);
	pthread_mutex_init(&ap->lock, NULL);
}

/* No signal is for these threads; a broken connection must not raise one (SIGPIPE). Those that
 * tell of a fault in the program itself are left alone. */
static void signals_block(sigset_t *ret_before)
{
	static const int faults[] = {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT, SIGTRAP};
	sigset_t all;

	sigfillset(&all);
	for (size_t i = 0; i < sizeof(faults) / sizeof(faults[0]); i++)
		sigdelset(&all, faults[i]);
	pthread_sigmask(SIG_SETMASK, &all, ret_before);
}

static int threads_start(struct apns *ap)
{
	sigset_t before;
	int rc;

	signals_block(&before);
	rc = pthread_create(&ap->courier, NULL, apns_courier_run, ap);
	if (rc == 0) {
		rc = pthread_create(&ap->clerk, NULL, apns_clerk_run, ap);
		if (rc) {
			pthread_mutex_lock(&ap->lock);
			ap->stopping = true;
			apns_courier_wake(ap);
			pthread_mutex_unlock(&ap->lock);
			pthread_join(ap->courier, NULL);
		}
	}
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	return rc ? ERR_INTERNAL : 0;
}

int apns_start_timed(struct store *st, struct certs *c, const struct apns_options *o,
	const struct apns_events *ev, const struct apns_timing *t, struct apns **ret)
{
	struct apns *ap = mem_zalloc(sizeof(*ap));

	ap->st = st;
	ap->certs = c;
	ap->timing = *t;
	if (ev)
		ap->ev = *ev;
	options_keep(ap, o);
	locks_init(ap);
	metric_list(&alarms);
	ap->wake_fd = eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC);
	if (ap->wake_fd < 0 || threads_start(ap)) {
		log_event(LOG_ERROR, "apns.start", "errno=%d", errno);
		apns_free(ap);
		return ERR_INTERNAL;
	}
	*ret = ap;
	return 0;
}

int apns_start(struct store *st, struct certs *c, const struct apns_options *o,
	const struct apns_events *ev, struct apns **ret)
{
	return apns_start_timed(st, c, o, ev, &apns_timing_usual, ret);
}

/* --- meanwhile --- */

void apns_wake(struct apns *ap)
{
	pthread_mutex_lock(&ap->lock);
	if (!ap->woken) {
		ap->woken = true;
		pthread_cond_signal(&ap->changed);
	}
	pthread_mutex_unlock(&ap->lock);
}

void apns_state_get(struct apns *ap, struct apns_state *ret)
{
	pthread_mutex_lock(&ap->lock);
	*ret = ap->state;
	pthread_mutex_unlock(&ap->lock);
}

void apns_alarm(struct apns *ap, const char *what, const char *advice)
{
	int64_t now = clock_now();
	bool news;

	pthread_mutex_lock(&ap->lock);
	news = !text_equal(ap->state.alarm, what) || now - ap->state.alarm_at >= ALARM_QUIET_S;
	if (news) {
		ap->state.alarm = what;
		ap->state.alarm_at = now;
	}
	pthread_mutex_unlock(&ap->lock);
	if (!news)
		return;
	metric_add(&alarms, 1);
	log_event(LOG_ERROR, "apns.alarm", "reason=%s do=%s", what, advice ? advice : "-");
}

/* --- end --- */

void apns_stop(struct apns *ap, unsigned wait_s)
{
	if (!ap)
		return;
	pthread_mutex_lock(&ap->lock);
	ap->stopping = true;
	ap->stop_by_us = clock_mono_us() + (int64_t)wait_s * 1000000;
	apns_courier_wake(ap);
	pthread_cond_signal(&ap->changed);
	pthread_mutex_unlock(&ap->lock);
	pthread_join(ap->courier, NULL);
	pthread_join(ap->clerk, NULL);
	apns_free(ap);
}
