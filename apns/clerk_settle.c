/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Settling: what Apple's answers made of the wishes is written, up to a thousand of them in one
 * transaction. Nothing is forgotten when that fails: a row that is not settled is still due.
 */
#include "apns/clerk_int.h"
#include "base/clock.h"
#include "base/log.h"
#include "base/metric.h"
#include "base/random.h"

#include <stdlib.h>

/* Pause after a transaction that failed: disk full, store trouble. */
#define TROUBLE_MS 1000

static struct metric pushes[] = {
	[APNS_SENT] = {.name = "hylla_apns_pushes_total",
		.help = "Pushes answered, by verdict",
		.labels = "verdict=\"sent\""},
	[APNS_AGAIN] = {.name = "hylla_apns_pushes_total",
		.help = "Pushes answered, by verdict",
		.labels = "verdict=\"again\""},
	[APNS_GONE] = {.name = "hylla_apns_pushes_total",
		.help = "Pushes answered, by verdict",
		.labels = "verdict=\"gone\""},
	[APNS_BAD_TOKEN] = {.name = "hylla_apns_pushes_total",
		.help = "Pushes answered, by verdict",
		.labels = "verdict=\"bad_token\""},
	[APNS_BAD_TOPIC] = {.name = "hylla_apns_pushes_total",
		.help = "Pushes answered, by verdict",
		.labels = "verdict=\"bad_topic\""},
	[APNS_BAD_CERT] = {.name = "hylla_apns_pushes_total",
		.help = "Pushes answered, by verdict",
		.labels = "verdict=\"bad_cert\""},
	[APNS_OUR_FAULT] = {.name = "hylla_apns_pushes_total",
		.help = "Pushes answered, by verdict",
		.labels = "verdict=\"our_fault\""},
};

struct settle {
	struct apns_push *push[CLERK_SETTLE_MAX];
	size_t n;
	struct arena *arena;
	const struct apns_events *ev; /* NULL: nobody is told */
	unsigned jitter;
	int64_t now;
};

static int settle_fn(struct store_txn *txn, void *arg)
{
	struct settle *s = arg;

	arena_reset(s->arena);
	for (size_t i = 0; i < s->n; i++) {
		struct apns_push *p = s->push[i];
		struct apns_wish w;
		int rc = apns_outbox_settle(txn, s->arena, p, s->jitter, s->now, &w);

		p->verdict = rc == 0 ? w.verdict : apns_verdict_decide(&p->answer, &p->wish);
		if (rc == ERR_CONFLICT)
			continue; /* withdrawn or renewed while it was under way */
		if (rc == 0 && s->ev && s->ev->settled)
			rc = s->ev->settled(s->ev->ctx, txn, &w, s->now);
		if (rc)
			return rc;
	}
	return 0;
}

/* By id: neighbours in the table lie on the same pages. */
static int by_id(const void *a, const void *b)
{
	const struct apns_push *const *pa = a, *const *pb = b;

	return strcmp((*pa)->wish.id, (*pb)->wish.id);
}

static bool is_trouble(int rc)
{
	return rc == ERR_NOSPACE || rc == ERR_IO || rc == ERR_BUSY || rc == ERR_TIMEOUT;
}

/* Waits a little; false when the server stops. */
static bool trouble_wait(struct apns *ap)
{
	struct timespec until;
	bool stopping;

	clerk_later(&until, TROUBLE_MS);
	pthread_mutex_lock(&ap->lock);
	while (!ap->stopping && pthread_cond_timedwait(&ap->changed, &ap->lock, &until) == 0)
		;
	stopping = ap->stopping;
	pthread_mutex_unlock(&ap->lock);
	return !stopping;
}

/* Until it succeeds, or fails for a reason that lies in the records. */
static int settle_write(struct settle *s, struct apns *ap)
{
	int rc;

	while (is_trouble(rc = store_write(ap->st, settle_fn, s))) {
		log_event(LOG_ERROR, "apns.settle", "n=%zu error=%s", s->n, err_name(rc));
		if (!trouble_wait(ap))
			break;
	}
	return rc;
}

/* One by one, so that a record that cannot be written stops only itself; without the listener
 * when it is he who fails, for otherwise the push would be sent again and again. */
static void settle_each(struct settle *all, struct apns *ap)
{
	for (size_t i = 0; i < all->n; i++) {
		struct settle one = *all;
		int rc;

		one.n = 1;
		one.push[0] = all->push[i];
		rc = settle_write(&one, ap);
		if (rc == 0 || is_trouble(rc))
			continue;
		log_event(LOG_ERROR, "apns.settle", "id=%s error=%s", one.push[0]->wish.id,
			err_name(rc));
		one.ev = NULL;
		if (settle_write(&one, ap))
			log_event(LOG_ERROR, "apns.settle", "id=%s error=again",
				one.push[0]->wish.id);
	}
}

/* Counts, and tells people what they must know. */
static void settled_tell(struct clerk *k, const struct settle *s)
{
	uint64_t count[APNS_OUR_FAULT + 1] = {0};
	struct apns *ap = k->ap;

	for (size_t i = 0; i < s->n; i++) {
		const struct apns_push *p = s->push[i];

		count[p->verdict]++;
		if (p->verdict == APNS_SENT || p->verdict == APNS_BAD_CERT)
			continue;
		log_event(p->verdict == APNS_AGAIN ? LOG_DEBUG : LOG_WARN, "apns.refused",
			"id=%s verdict=%s status=%d reason=%s", p->wish.id,
			apns_verdict_name(p->verdict), p->answer.status,
			p->answer.reason ? p->answer.reason : "-");
		if (p->verdict == APNS_BAD_TOPIC || p->verdict == APNS_OUR_FAULT)
			apns_alarm(ap, apns_reason_static(p->answer.reason),
				apns_verdict_advice(p->verdict));
	}
	for (size_t v = APNS_SENT; v <= APNS_OUR_FAULT; v++)
		if (count[v])
			metric_add(&pushes[v], (int64_t)count[v]);
	pthread_mutex_lock(&ap->lock);
	ap->state.sent += count[APNS_SENT];
	ap->state.failed += s->n - count[APNS_SENT];
	pthread_mutex_unlock(&ap->lock);
	log_event(LOG_DEBUG, "apns.settled", "n=%zu sent=%llu", s->n,
		(unsigned long long)count[APNS_SENT]);
}

static void settle_some(struct clerk *k, struct settle *s)
{
	int rc;

	s->arena = k->arena;
	s->ev = &k->ap->ev;
	s->now = clock_now();
	k->dice = k->dice * 1664525u + 1013904223u;
	/* The same for all of a batch: then their next entries lie together too. */
	s->jitter = (k->dice >> 16) % 1000;
	qsort(s->push, s->n, sizeof(s->push[0]), by_id);
	rc = settle_write(s, k->ap);
	if (rc && !is_trouble(rc))
		settle_each(s, k->ap);
	if (!is_trouble(rc))
		settled_tell(k, s);
	for (size_t i = 0; i < s->n; i++)
		clerk_out_drop(k, s->push[i]);
}

void clerk_settle(struct clerk *k)
{
	struct settle s;
	struct apns_push *p;

	while (k->done.n) {
		s.n = 0;
		while (s.n < CLERK_SETTLE_MAX && (p = apns_list_take(&k->done))) {
			if (p->fate == APNS_ANSWERED)
				s.push[s.n++] = p;
			else
				clerk_out_drop(k, p);
		}
		if (s.n)
			settle_some(k, &s);
		k->look = true;
	}
}

void clerk_settle_init(struct clerk *k)
{
	random_bytes(&k->dice, sizeof(k->dice));
	for (size_t v = APNS_SENT; v <= APNS_OUR_FAULT; v++)
		metric_list(&pushes[v]);
}
