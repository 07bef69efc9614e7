/* SPDX-License-Identifier: EUPL-1.2 */
/* Clients, one thread and one connection each, that send what was prepared. */
#include "tests/bench/bench.h"

#include "base/clock.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>

struct worker {
	struct bench_load *l;
	unsigned index;
	pthread_t thread;
	pthread_barrier_t *start;
	uint32_t *us; /* of each exchange */
	size_t n, cap;
	uint64_t failed;
	int64_t ended;
};

static void note(struct worker *w, int64_t us)
{
	if (w->n == w->cap) {
		w->cap = w->cap ? w->cap * 2 : 4096;
		w->us = mem_grow(w->us, w->cap * sizeof(*w->us));
	}
	w->us[w->n++] = (uint32_t)us;
}

/* One exchange; true when the reply is what it must be. */
static bool exchange(struct client *c, struct bytes rq, bool command_expected)
{
	struct client_reply r;

	return client_exchange_raw(c, rq, &r) == 0 && r.status == 200 &&
	       (r.body.n > 0) == command_expected;
}

static bool unit(struct worker *w, struct client *c, size_t i)
{
	const struct bytes *rq = w->l->requests;

	if (!w->l->pairs)
		return exchange(c, rq[i], w->l->answered);
	return exchange(c, rq[2 * i], true) && exchange(c, rq[2 * i + 1], false);
}

static void run_round(struct worker *w, struct client *c, int64_t end)
{
	size_t units = w->l->pairs ? w->l->request_count / 2 : w->l->request_count;

	for (size_t i = w->index; i < units; i += w->l->clients) {
		int64_t t0 = clock_mono_us(), t1;

		if (end && t0 >= end)
			return;
		if (!unit(w, c, i))
			w->failed++;
		t1 = clock_mono_us();
		note(w, t1 - t0);
	}
}

static void *work(void *arg)
{
	struct worker *w = arg;
	const struct client_options o = {.host = "127.0.0.1", .port = w->l->port};
	struct client *c = client_new(&o);
	int64_t end;

	if (client_connect(c) != 0)
		w->failed++;
	pthread_barrier_wait(w->start);
	end = w->l->seconds > 0 ? clock_mono_us() + (int64_t)(w->l->seconds * 1e6) : 0;
	do {
		run_round(w, c, end);
	} while (end && clock_mono_us() < end);
	w->ended = clock_mono_us();
	client_free(c);
	return NULL;
}

static int by_size(const void *x, const void *y)
{
	uint32_t a = *(const uint32_t *)x, b = *(const uint32_t *)y;

	return (a > b) - (a < b);
}

static void sum_up(struct bench_load *l, struct worker *w, int64_t began)
{
	int64_t ended = began;
	uint32_t *all;
	size_t n = 0;

	l->done = l->failed = 0;
	for (unsigned i = 0; i < l->clients; i++) {
		l->done += w[i].n;
		l->failed += w[i].failed;
		ended = w[i].ended > ended ? w[i].ended : ended;
	}
	all = mem_alloc((l->done + 1) * sizeof(*all));
	for (unsigned i = 0; i < l->clients; i++) {
		memcpy(all + n, w[i].us, w[i].n * sizeof(*all));
		n += w[i].n;
		free(w[i].us);
	}
	qsort(all, n, sizeof(*all), by_size);
	l->rate = (double)l->done * 1e6 / (double)(ended - began + 1);
	l->p50_ms = n ? all[n / 2] / 1000.0 : 0;
	l->p99_ms = n ? all[n - 1 - n / 100] / 1000.0 : 0;
	free(all);
}

void bench_load_run(struct bench_load *l)
{
	struct worker *w = mem_zalloc(l->clients * sizeof(*w));
	pthread_barrier_t start;
	pthread_attr_t small;
	int64_t began;

	pthread_barrier_init(&start, NULL, l->clients + 1);
	pthread_attr_init(&small);
	pthread_attr_setstacksize(&small, 256 * 1024);
	for (unsigned i = 0; i < l->clients; i++) {
		w[i] = (struct worker){.l = l, .index = i, .start = &start};
		if (pthread_create(&w[i].thread, &small, work, &w[i]) != 0)
			bench_must(ERR_INTERNAL, "a thread");
	}
	pthread_barrier_wait(&start);
	began = clock_mono_us();
	for (unsigned i = 0; i < l->clients; i++)
		pthread_join(w[i].thread, NULL);
	sum_up(l, w, began);
	pthread_barrier_destroy(&start);
	pthread_attr_destroy(&small);
	free(w);
	if (l->failed)
		bench_note("%llu of %llu exchanges went wrong: the figure below does not count",
			(unsigned long long)l->failed, (unsigned long long)l->done);
}
