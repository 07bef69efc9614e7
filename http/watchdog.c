/* SPDX-License-Identifier: EUPL-1.2 */
#include "base/clock.h"
#include "base/log.h"
#include "http/server_int.h"

#include <time.h>

/*
 * The library's own timeout is for silence alone: a byte a second keeps a connection open for
 * ever. Here every phase of a request has an end that does not move, and a connection that is
 * past it is cut with shutdown(), which wakes its thread in any state.
 */
static void port_watch(struct http_port *p, int64_t now_us)
{
	static const char *const phases[] = {[CONN_FRESH] = "fresh",
		[CONN_HEAD] = "head",
		[CONN_BODY] = "body",
		[CONN_WORK] = "work",
		[CONN_SEND] = "send",
		[CONN_IDLE] = "idle"};

	pthread_mutex_lock(&p->lock);
	for (struct http_conn *c = p->conns; c; c = c->next) {
		int phase = atomic_load_explicit(&c->phase, memory_order_relaxed);

		if (atomic_load_explicit(&c->deadline_us, memory_order_relaxed) > now_us)
			continue;
		/* Again at every round: the library may have missed the first. */
		shutdown(c->fd, SHUT_RDWR);
		if (atomic_exchange(&c->cut, true) || phase == CONN_IDLE)
			continue;
		http_meter_event(HTTP_METER_CUT);
		log_event(LOG_DEBUG, "http.cut", "listener=%s peer=%s phase=%s", p->name, c->peer,
			phases[phase]);
	}
	pthread_mutex_unlock(&p->lock);
}

static unsigned smallest(unsigned a, unsigned b, unsigned c)
{
	unsigned m = a < b ? a : b;

	return m < c ? m : c;
}

/* Often enough that a deadline is kept to a tenth, but not oftener than is worth waking for. */
static int64_t round_ms(const struct http_options *o)
{
	int64_t ms = smallest(o->header_s, o->body_s, o->idle_s) * 1000LL / 10;

	return ms < 50 ? 50 : ms > 1000 ? 1000 : ms;
}

static void *watchdog_run(void *arg)
{
	struct http_server *s = arg;
	int64_t ms = round_ms(&s->o);
	struct timespec at;

	pthread_mutex_lock(&s->watch_lock);
	while (!s->watch_stop) {
		clock_gettime(CLOCK_MONOTONIC, &at);
		at.tv_nsec += (ms % 1000) * 1000000;
		at.tv_sec += ms / 1000 + at.tv_nsec / 1000000000;
		at.tv_nsec %= 1000000000;
		pthread_cond_timedwait(&s->watch_wake, &s->watch_lock, &at);
		pthread_mutex_unlock(&s->watch_lock);
		for (size_t i = 0; i < s->port_count; i++)
			port_watch(&s->ports[i], clock_mono_us());
		pthread_mutex_lock(&s->watch_lock);
	}
	pthread_mutex_unlock(&s->watch_lock);
	return NULL;
}

int http_watchdog_start(struct http_server *s)
{
	pthread_condattr_t attr;
	int failed;

	pthread_condattr_init(&attr);
	pthread_condattr_setclock(&attr, CLOCK_MONOTONIC);
	pthread_mutex_init(&s->watch_lock, NULL);
	pthread_cond_init(&s->watch_wake, &attr);
	pthread_condattr_destroy(&attr);
	failed = pthread_create(&s->watchdog, NULL, watchdog_run, s);
	if (failed)
		return ERR_BUSY;
	pthread_setname_np(s->watchdog, "http-watchdog");
	s->watching = true;
	return 0;
}

void http_watchdog_stop(struct http_server *s)
{
	if (!s->watching)
		return;
	pthread_mutex_lock(&s->watch_lock);
	s->watch_stop = true;
	pthread_cond_signal(&s->watch_wake);
	pthread_mutex_unlock(&s->watch_lock);
	pthread_join(s->watchdog, NULL);
	s->watching = false;
}
