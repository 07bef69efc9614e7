/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The clerk: reads what is due, hands it to the courier, and settles what comes back, many
 * wishes in one transaction. It knows by a table which wishes are on their way, so that none is
 * sent twice; a wish leaves the table when it is settled.
 */
#include "apns/clerk_int.h"
#include "base/clock.h"
#include "base/log.h"
#include "base/text.h"

#include <stdlib.h>

/* So many answers are worth a transaction of their own at once. */
#define SETTLE_GOOD 256

/* --- the table --- */

static struct apns_push **bucket_of(struct clerk *k, const char *id)
{
	uint32_t h = 2166136261u;

	for (; *id; id++)
		h = (h ^ (uint8_t)*id) * 16777619u;
	return &k->bucket[(h ^ h >> 16) % CLERK_BUCKETS];
}

static bool out_has(void *arg, const char *id)
{
	const struct apns_push *p = *bucket_of(arg, id);

	while (p && strcmp(p->wish.id, id) != 0)
		p = p->same_bucket;
	return p != NULL;
}

static void out_add(struct clerk *k, struct apns_push *p)
{
	struct apns_push **b = bucket_of(k, p->wish.id);

	p->same_bucket = *b;
	*b = p;
	k->out++;
}

void clerk_out_drop(struct clerk *k, struct apns_push *p)
{
	struct apns_push **at = bucket_of(k, p->wish.id);

	while (*at != p)
		at = &(*at)->same_bucket;
	*at = p->same_bucket;
	k->out--;
	apns_push_drop(p);
}

void clerk_later(struct timespec *t, int64_t ms)
{
	clock_gettime(CLOCK_MONOTONIC, t);
	t->tv_sec += ms / 1000;
	t->tv_nsec += ms % 1000 * 1000000;
	if (t->tv_nsec >= 1000000000) {
		t->tv_nsec -= 1000000000;
		t->tv_sec++;
	}
}

/* --- looking --- */

struct look {
	struct clerk *k;
	int64_t now;
	bool changed;             /* out: another push certificate, or none where there was one */
	uint64_t generation;      /* out: of it, as the clerk counts */
	struct apns_batch *batch; /* for what is due; NULL: not asked for */
	struct apns_due due;
};

static int look_fn(struct store_txn *txn, void *arg)
{
	struct look *l = arg;
	struct clerk *k = l->k;
	struct apns_due_ask ask = {.now = l->now, .most = APNS_BATCH, .skip = out_has, .ctx = k};
	struct cert_push push;
	int rc = cert_push_get(k->ap->certs, txn, k->arena, false, &push);

	if (rc && rc != ERR_NOTFOUND)
		return rc;
	l->generation = rc ? 0 : push.generation + 1;
	l->changed = k->generation != l->generation;
	if (l->changed || !l->batch)
		return 0;
	if (k->more)
		ask.after = k->after;
	arena_reset(l->batch->arena);
	l->batch->n = 0;
	return apns_outbox_due(txn, &ask, l->batch, &l->due);
}

/* Those for another topic than the certificate's are not sent: Apple would take them and drop
 * them. The rest goes to the courier. */
static void batch_hand_out(struct clerk *k, struct apns_batch *b)
{
	struct apns_list ready = {.n = 0};
	struct apns *ap = k->ap;

	b->left = b->n;
	for (size_t i = 0; i < b->n; i++) {
		struct apns_push *p = &b->push[i];

		out_add(k, p);
		if (strcmp(p->wish.topic ? p->wish.topic : "", k->topic) == 0) {
			apns_list_add(&ready, p);
			continue;
		}
		p->fate = APNS_ANSWERED;
		p->answer.status = 400;
		p->answer.reason = APNS_REASON_OTHER_TOPIC;
		apns_list_add(&k->done, p);
	}
	pthread_mutex_lock(&ap->lock);
	apns_list_append(&ap->ready, &ready);
	apns_courier_wake(ap);
	pthread_mutex_unlock(&ap->lock);
}

struct load {
	struct certs *certs;
	struct apns_identity *id;
};

static int load_fn(struct store_txn *txn, void *arg)
{
	struct load *l = arg;

	arena_reset(l->id->arena);
	return cert_push_get(l->certs, txn, l->id->arena, true, &l->id->push);
}

/* Reads the push certificate with its key and puts it out for the courier. */
static void identity_load(struct clerk *k)
{
	struct load l = {k->ap->certs, apns_identity_new()};
	struct apns *ap = k->ap;
	int rc = store_read(ap->st, load_fn, &l);

	if (rc) {
		apns_identity_free(l.id);
		if (rc != ERR_NOTFOUND)
			apns_alarm(ap, "the push certificate's key cannot be opened",
				"see that store.seal_key is this store's key file");
		return;
	}
	text_copy(k->topic, sizeof(k->topic), l.id->push.topic);
	pthread_mutex_lock(&ap->lock);
	apns_identity_free(ap->identity);
	ap->identity = l.id;
	apns_courier_wake(ap);
	pthread_mutex_unlock(&ap->lock);
}

struct revive {
	struct arena *arena;
	const char *from, *found;
	int64_t now;
};

static int revive_find_fn(struct store_txn *txn, void *arg)
{
	struct revive *r = arg;

	return apns_outbox_refused(txn, r->arena, r->from, &r->found);
}

static int revive_fn(struct store_txn *txn, void *arg)
{
	struct revive *r = arg;

	return apns_outbox_revive(txn, r->found, CLERK_SETTLE_MAX, r->now);
}

/* With another certificate a wish that was refused for its topic may be right again. */
static void topics_revive(struct clerk *k)
{
	struct revive r = {.arena = k->arena, .from = "", .now = clock_now()};
	int rc;

	arena_reset(k->arena);
	while ((rc = store_read(k->ap->st, revive_find_fn, &r)) == 0) {
		rc = store_write(k->ap->st, revive_fn, &r);
		if (rc)
			break;
		r.from = r.found;
	}
	if (rc != ERR_NOTFOUND)
		log_event(LOG_ERROR, "apns.revive", "error=%s", err_name(rc));
}

static void certificate_changed(struct clerk *k, uint64_t generation)
{
	k->generation = generation;
	if (generation == 0)
		return;
	identity_load(k);
	topics_revive(k);
	k->look = true;
	k->more = false;
}

/* Broken rows are told once a round at most; `hylla check` says more. */
static void looked(struct clerk *k, const struct look *l)
{
	k->more = l->due.more;
	k->after = l->due.last;
	k->next_at = l->due.more ? 0 : l->due.next_at;
	if (l->due.broken && !k->broken_told)
		log_event(LOG_ERROR, "apns.outbox", "broken=%zu", l->due.broken);
	k->broken_told = l->due.broken > 0;
}

/* Whether more may be handed out. */
static bool has_room(const struct clerk *k)
{
	return k->was_open && k->out < CLERK_OUT_MAX / 2;
}

static void look_around(struct clerk *k)
{
	bool room = has_room(k);
	uint64_t version = store_version(k->ap->st);
	struct look l = {.k = k, .now = clock_now(), .batch = room ? apns_batch_new() : NULL};
	int rc;

	arena_reset(k->arena);
	rc = store_read(k->ap->st, look_fn, &l);
	if (rc) {
		apns_alarm(k->ap, err_name(rc), "the outbox cannot be read: run 'hylla check'");
		k->more = false; /* from the first again, after a nap */
		k->look = true;
		k->next_at = INT64_MAX;
	}
	if (rc == 0 && l.changed)
		certificate_changed(k, l.generation);
	if (rc || l.changed || !l.batch) {
		apns_batch_free(l.batch);
		return;
	}
	if (!k->more) {
		k->look = false;
		k->version = version;
	}
	looked(k, &l);
	if (l.batch->n)
		batch_hand_out(k, l.batch);
	else
		apns_batch_free(l.batch);
}

static bool look_needed(const struct clerk *k)
{
	if (k->look || store_version(k->ap->st) != k->version)
		return true;
	return has_room(k) && (k->more || clock_now() >= k->next_at);
}

/* --- the round --- */

static int64_t nap_ms(const struct clerk *k)
{
	int64_t ms = k->ap->timing.look, due_ms;

	if (k->done.n || (k->more && has_room(k)))
		return 0;
	if (!has_room(k) || k->next_at >= clock_now() + 60)
		return ms;
	due_ms = (k->next_at - clock_now()) * 1000;
	return due_ms <= 0 ? 1 : due_ms < ms ? due_ms : ms;
}

/* A few answers of many to come: a little patience saves syncs of the disk. */
static void linger(struct clerk *k)
{
	size_t good = k->out < SETTLE_GOOD ? k->out : SETTLE_GOOD;
	struct apns *ap = k->ap;
	struct timespec until;

	clerk_later(&until, ap->timing.linger);
	while (ap->done.n && ap->done.n < good && !ap->courier_gone)
		if (pthread_cond_timedwait(&ap->changed, &ap->lock, &until))
			break;
}

/* With the lock held. */
static void standing_take(struct clerk *k)
{
	const struct apns_standing *s = &k->ap->standing;

	if (s->generation == k->standing.generation && s->refused == k->standing.refused)
		return;
	k->standing = *s;
	k->standing_news = true;
}

static int standing_fn(struct store_txn *txn, void *arg)
{
	const struct apns_standing *s = arg;

	return cert_push_stand(txn, s->generation, s->refused);
}

/* In the store, where whoever asks why an iPad is silent finds it. */
static void standing_write(struct clerk *k)
{
	int rc = store_write(k->ap->st, standing_fn, &k->standing);

	if (rc)
		log_event(LOG_ERROR, "apns.standing", "error=%s", err_name(rc));
	k->standing_news = rc != 0; /* again in the next round */
}

/* Sleeps until there is something to do and takes what has come; false: the courier is gone. */
static bool clerk_wait(struct clerk *k)
{
	struct apns *ap = k->ap;
	struct timespec until;
	bool go_on;

	clerk_later(&until, nap_ms(k));
	pthread_mutex_lock(&ap->lock);
	while (!ap->woken && !ap->done.n && !ap->courier_gone && ap->open == k->was_open)
		if (pthread_cond_timedwait(&ap->changed, &ap->lock, &until))
			break;
	linger(k);
	if (ap->woken || ap->open != k->was_open)
		k->look = true;
	if (ap->open != k->was_open)
		k->more = false;
	k->was_open = ap->open;
	standing_take(k);
	ap->woken = false;
	apns_list_append(&k->done, &ap->done);
	go_on = !ap->courier_gone;
	pthread_mutex_unlock(&ap->lock);
	return go_on;
}

static void clerk_end(struct clerk *k)
{
	clerk_settle(k);
	for (size_t i = 0; i < CLERK_BUCKETS; i++)
		while (k->bucket[i])
			clerk_out_drop(k, k->bucket[i]);
	arena_free(k->arena);
	free(k);
}

void *apns_clerk_run(void *arg)
{
	struct clerk *k = mem_zalloc(sizeof(*k));

	k->ap = arg;
	k->arena = arena_new();
	k->look = true;
	clerk_settle_init(k);
	while (clerk_wait(k)) {
		clerk_settle(k);
		if (k->standing_news)
			standing_write(k);
		if (look_needed(k))
			look_around(k);
	}
	clerk_end(k);
	return NULL;
}
