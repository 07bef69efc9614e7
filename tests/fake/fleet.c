/* SPDX-License-Identifier: EUPL-1.2 */
#include "tests/fake/fleet.h"
#include "base/clock.h"
#include "base/text.h"

#include <pthread.h>
#include <stdlib.h>
#include <time.h>

#define TICK_MS 250
#define PREFIX 8

enum job { JOB_ENROL = 1, JOB_WAKE = 2, JOB_PUSH = 4, JOB_WORK = 8, JOB_SETUP = 16 };

struct slot {
	struct fleet *fleet;
	struct ipad *ipad;
	pthread_mutex_t own; /* who holds it has the iPad */
	unsigned index;
	/* under the fleet's lock */
	unsigned jobs;
	bool queued, restless;
	char *enrol_url;
	int64_t setup_at_us; /* erased, and to be set up again then; 0: not */
	char magic[40];      /* of the latest push */
	uint8_t token[IPAD_TOKEN];
};

struct fleet {
	struct fleet_options o;
	struct ipad_keys *keys;
	struct slot *slots;
	unsigned count, worker_count;
	pthread_t *workers, ticker;
	pthread_mutex_t lock;
	pthread_cond_t more, quiet, stopping;
	unsigned *ring; /* indices with a job; each at most once */
	unsigned ring_at, ring_n, running;
	bool stop;
};

/* Called under the fleet's lock. */
static void job_add(struct fleet *f, struct slot *s, unsigned job)
{
	s->jobs |= job;
	if (s->queued || f->stop)
		return;
	s->queued = true;
	f->ring[(f->ring_at + f->ring_n++) % f->count] = s->index;
	pthread_cond_signal(&f->more);
}

static void setup_later(struct slot *s)
{
	struct fleet *f = s->fleet;

	pthread_mutex_lock(&f->lock);
	s->setup_at_us = clock_mono_us() + (int64_t)f->o.setup_after_s * 1000000;
	pthread_mutex_unlock(&f->lock);
}

/* A new token must be known here before the server hears of it. */
static void on_event(void *ctx, struct ipad *p, enum ipad_event event, const char *detail)
{
	struct slot *s = ctx;
	struct fleet *f = s->fleet;

	if (event == IPAD_EV_TOKEN) {
		pthread_mutex_lock(&f->lock);
		memcpy(s->token, ipad_state(p)->token, IPAD_TOKEN);
		pthread_mutex_unlock(&f->lock);
	}
	if (event == IPAD_EV_ERASED && f->o.set_up && !ipad_state(p)->returns)
		setup_later(s);
	if (f->o.tell)
		f->o.tell(f->o.ctx, s->index, p, event, detail);
}

static void set_up(struct slot *s)
{
	const struct fleet_options *o = &s->fleet->o;

	if (ipad_state(s->ipad)->enrolled)
		return;
	if (o->set_up(o->ctx, s->index, s->ipad) != 0)
		setup_later(s);
	else
		(void)!ipad_wake(s->ipad);
}

/* The jobs of one iPad, in the order in which a person would expect them. */
static void jobs_run(struct slot *s, unsigned jobs, const char *url, const char *magic)
{
	struct ipad *p = s->ipad;

	if ((jobs & JOB_ENROL) && url && !ipad_state(p)->enrolled)
		(void)!ipad_restart_setup(p, url);
	if (jobs & JOB_SETUP)
		set_up(s);
	if (jobs & JOB_PUSH)
		(void)!ipad_push(p, magic);
	if (jobs & JOB_WAKE)
		(void)!ipad_wake(p);
	if (ipad_has_work(p))
		(void)!ipad_work(p);
}

/* Takes the oldest job; false when the fleet stops. Called and left under the lock. */
static bool job_take(struct fleet *f, struct slot **ret)
{
	while (f->ring_n == 0 && !f->stop)
		pthread_cond_wait(&f->more, &f->lock);
	if (f->stop)
		return false;
	*ret = &f->slots[f->ring[f->ring_at]];
	f->ring_at = (f->ring_at + 1) % f->count;
	f->ring_n--;
	f->running++;
	(*ret)->queued = false;
	return true;
}

static void *worker(void *arg)
{
	struct fleet *f = arg;
	struct slot *s;

	pthread_mutex_lock(&f->lock);
	while (job_take(f, &s)) {
		char magic[sizeof(s->magic)];
		char *url = TAKE(s->enrol_url);
		unsigned jobs = s->jobs;
		bool restless;

		s->jobs = 0;
		memcpy(magic, s->magic, sizeof(magic));
		pthread_mutex_unlock(&f->lock);
		pthread_mutex_lock(&s->own);
		jobs_run(s, jobs, url, magic);
		restless = ipad_has_work(s->ipad);
		pthread_mutex_unlock(&s->own);
		free(url);
		pthread_mutex_lock(&f->lock);
		s->restless = restless;
		if (--f->running == 0 && f->ring_n == 0)
			pthread_cond_broadcast(&f->quiet);
	}
	pthread_mutex_unlock(&f->lock);
	return NULL;
}

static void deadline(unsigned ms, struct timespec *ret)
{
	clock_gettime(CLOCK_REALTIME, ret);
	ret->tv_sec += ms / 1000;
	ret->tv_nsec += (long)(ms % 1000) * 1000000;
	if (ret->tv_nsec >= 1000000000) {
		ret->tv_sec++;
		ret->tv_nsec -= 1000000000;
	}
}

/* Called under the lock. */
static void setup_when_due(struct fleet *f, struct slot *s)
{
	if (s->setup_at_us == 0 || clock_mono_us() < s->setup_at_us)
		return;
	s->setup_at_us = 0;
	job_add(f, s, JOB_SETUP);
}

/* What could not be done at once (a server that is away) is tried again now and then. */
static void *ticker(void *arg)
{
	struct fleet *f = arg;
	struct timespec at;

	pthread_mutex_lock(&f->lock);
	while (!f->stop) {
		deadline(TICK_MS, &at);
		pthread_cond_timedwait(&f->stopping, &f->lock, &at);
		for (unsigned i = 0; i < f->count && !f->stop; i++) {
			setup_when_due(f, &f->slots[i]);
			if (!f->slots[i].restless)
				continue;
			f->slots[i].restless = false;
			job_add(f, &f->slots[i], JOB_WORK);
		}
	}
	pthread_mutex_unlock(&f->lock);
	return NULL;
}

static void slot_open(struct fleet *f, unsigned i, struct arena *a)
{
	struct slot *s = &f->slots[i];
	struct ipad_options o = f->o.ipad;
	struct ipad_model m;
	uint8_t prefix[PREFIX] = {'f', 'l', 'e', 'e', (uint8_t)(i >> 24), (uint8_t)(i >> 16),
		(uint8_t)(i >> 8), (uint8_t)i};

	s->fleet = f;
	s->index = i;
	pthread_mutex_init(&s->own, NULL);
	o.keys = f->keys;
	o.token_prefix = bytes_of(prefix, PREFIX);
	o.tell = on_event;
	o.tell_ctx = s;
	arena_reset(a);
	ipad_model_make(a, f->o.first_number + i, &m);
	if (f->o.model)
		f->o.model(f->o.ctx, i, &m);
	s->ipad = ipad_new(&m, &o);
}

struct fleet *fleet_new(const struct fleet_options *o)
{
	AUTO(arena) struct arena *a = arena_new();
	struct fleet *f = mem_zalloc(sizeof(*f));

	f->o = *o;
	f->count = o->count;
	f->worker_count = o->workers ? o->workers : 4;
	f->keys = ipad_keys_new(o->keys ? o->keys : 8);
	f->slots = mem_zalloc(f->count * sizeof(*f->slots));
	f->ring = mem_zalloc(f->count * sizeof(*f->ring));
	pthread_mutex_init(&f->lock, NULL);
	pthread_cond_init(&f->more, NULL);
	pthread_cond_init(&f->quiet, NULL);
	pthread_cond_init(&f->stopping, NULL);
	for (unsigned i = 0; i < f->count; i++)
		slot_open(f, i, a);
	f->workers = mem_zalloc(f->worker_count * sizeof(*f->workers));
	for (unsigned i = 0; i < f->worker_count; i++)
		if (pthread_create(&f->workers[i], NULL, worker, f) != 0)
			abort();
	if (pthread_create(&f->ticker, NULL, ticker, f) != 0)
		abort();
	return f;
}

static void slot_close(struct slot *s)
{
	ipad_free(s->ipad);
	free(s->enrol_url);
	pthread_mutex_destroy(&s->own);
}

void fleet_free(struct fleet *f)
{
	if (!f)
		return;
	pthread_mutex_lock(&f->lock);
	f->stop = true;
	pthread_cond_broadcast(&f->more);
	pthread_cond_broadcast(&f->stopping);
	pthread_mutex_unlock(&f->lock);
	for (unsigned i = 0; i < f->worker_count; i++)
		pthread_join(f->workers[i], NULL);
	pthread_join(f->ticker, NULL);
	f->o.tell = NULL;
	for (unsigned i = 0; i < f->count; i++)
		slot_close(&f->slots[i]);
	pthread_cond_destroy(&f->stopping);
	pthread_cond_destroy(&f->quiet);
	pthread_cond_destroy(&f->more);
	pthread_mutex_destroy(&f->lock);
	ipad_keys_free(f->keys);
	free(f->workers);
	free(f->slots);
	free(f->ring);
	free(f);
}

unsigned fleet_count(const struct fleet *f)
{
	return f->count;
}

void fleet_with(struct fleet *f, unsigned index, void (*fn)(struct ipad *p, void *arg), void *arg)
{
	struct slot *s = &f->slots[index];
	bool restless;

	pthread_mutex_lock(&s->own);
	fn(s->ipad, arg);
	restless = ipad_has_work(s->ipad);
	pthread_mutex_unlock(&s->own);
	pthread_mutex_lock(&f->lock);
	if (restless)
		job_add(f, s, JOB_WORK);
	pthread_mutex_unlock(&f->lock);
}

/* A model does not change while its iPad lives: no lock is needed. */
int fleet_find(struct fleet *f, const char *serial, unsigned *ret)
{
	for (unsigned i = 0; i < f->count; i++) {
		if (text_equal(ipad_model(f->slots[i].ipad)->serial, serial)) {
			*ret = i;
			return 0;
		}
	}
	return ERR_NOTFOUND;
}

void fleet_enrol(struct fleet *f, unsigned index, const char *url)
{
	struct slot *s = &f->slots[index];

	pthread_mutex_lock(&f->lock);
	free(s->enrol_url);
	s->enrol_url = mem_strdup(url);
	job_add(f, s, JOB_ENROL);
	pthread_mutex_unlock(&f->lock);
}

void fleet_enrol_all(struct fleet *f, const char *url)
{
	for (unsigned i = 0; i < f->count; i++)
		fleet_enrol(f, i, url);
}

void fleet_wake(struct fleet *f, unsigned index)
{
	pthread_mutex_lock(&f->lock);
	job_add(f, &f->slots[index], JOB_WAKE);
	pthread_mutex_unlock(&f->lock);
}

int fleet_push(struct fleet *f, struct bytes token, const char *magic)
{
	struct slot *s;
	unsigned i;
	int err = ERR_NOTFOUND;

	if (token.n != IPAD_TOKEN || memcmp(token.p, "flee", 4) != 0)
		return ERR_NOTFOUND;
	i = (unsigned)token.p[4] << 24 | (unsigned)token.p[5] << 16 | (unsigned)token.p[6] << 8 |
	    token.p[7];
	if (i >= f->count)
		return ERR_NOTFOUND;
	s = &f->slots[i];
	pthread_mutex_lock(&f->lock);
	if (memcmp(s->token, token.p, IPAD_TOKEN) == 0) {
		text_copy(s->magic, sizeof(s->magic), magic);
		job_add(f, s, JOB_PUSH);
		err = 0;
	}
	pthread_mutex_unlock(&f->lock);
	return err;
}

bool fleet_wait(struct fleet *f, unsigned timeout_ms)
{
	struct timespec at;
	bool quiet;

	deadline(timeout_ms, &at);
	pthread_mutex_lock(&f->lock);
	while (f->ring_n > 0 || f->running > 0)
		if (pthread_cond_timedwait(&f->quiet, &f->lock, &at) != 0)
			break;
	quiet = f->ring_n == 0 && f->running == 0;
	pthread_mutex_unlock(&f->lock);
	return quiet;
}

static void enrolled_count(struct ipad *p, void *arg)
{
	*(unsigned *)arg += ipad_state(p)->enrolled;
}

unsigned fleet_enrolled(struct fleet *f)
{
	unsigned n = 0;

	for (unsigned i = 0; i < f->count; i++)
		fleet_with(f, i, enrolled_count, &n);
	return n;
}

static void counters_add(struct ipad *p, void *arg)
{
	const uint64_t *from = (const uint64_t *)ipad_counters(p);
	uint64_t *to = arg;

	/* struct ipad_counters is made of uint64_t alone */
	for (size_t i = 0; i < sizeof(struct ipad_counters) / sizeof(uint64_t); i++)
		to[i] += from[i];
}

void fleet_totals(struct fleet *f, struct ipad_counters *ret)
{
	struct ipad_counters sum = {0};

	for (unsigned i = 0; i < f->count; i++)
		fleet_with(f, i, counters_add, &sum);
	*ret = sum;
}
