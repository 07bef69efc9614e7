/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The thread that talks to Apple's device assignment. It is woken when something was asked for or
 * is due, by this process at once and for others by mdm_tend() within seconds; all it has to do
 * stands in the store.
 */
#include "mdm/ade_int.h"

#include "base/clock.h"
#include "base/log.h"
#include "base/metric.h"
#include "base/text.h"

#include <signal.h>
#include <stdlib.h>

#define SYNC_EVERY_S 1800
#define WARN_BEFORE_S (30 * 86400)
#define WARN_EVERY_S 86400

static struct metric token_ends = METRIC_GAUGE(
	"hylla_ade_token_expires", "End of the server token, seconds since 1970; 0: none");
static struct metric in_trouble =
	METRIC_GAUGE("hylla_ade_trouble", "1 while device assignment does not work");
static struct metric assigned =
	METRIC_GAUGE("hylla_ade_devices", "Devices that Apple counts as ours");

struct mdm_ade {
	struct mdm *m;
	struct net *net;
	pthread_t thread;
	pthread_mutex_t lock;
	pthread_cond_t more;
	bool wake, stop;
	/* the thread's own */
	char session[512];
	int64_t session_token; /* of which token it is */
	/* of the thread that tends */
	int64_t warned_at;
};

/* --- a round --- */

struct load {
	struct mdm *m;
	struct arena *a;
	struct mdm_ade_state s;
	struct ade_sealed_token sealed;
	bool has_token;
};

static int load_in(struct store_txn *txn, void *arg)
{
	struct load *k = arg;
	int err = mdm_ade_state_get(txn, k->a, &k->s);

	if (err == 0)
		err = ade_sealed_token_get(txn, k->a, &k->sealed);
	k->has_token = err == 0;
	return err == ERR_NOTFOUND ? 0 : err;
}

static bool sync_is_due(const struct mdm *m, const struct mdm_ade_state *s, int64_t now)
{
	int64_t every = m->o->ade.sync_every_s ? m->o->ade.sync_every_s : SYNC_EVERY_S;

	/* Any trouble but an errand's is over when the account and the list are well again. */
	return s->asked_at != s->answered_at || s->tried_at == 0 || now < s->tried_at ||
	       now - s->tried_at >= every ||
	       (s->trouble && s->trouble_of != MDM_ADE_OF_ERRAND);
}

/* An error of ours or of the net as a word for people. */
static void code_of_err(struct ade_line *l, int err)
{
	text_copy(l->code, sizeof(l->code),
		err == ERR_TIMEOUT  ? "NET_TIMEOUT"
		: err == ERR_CRYPTO ? "NET_CERTIFICATE"
		: err == ERR_NET    ? "NET_UNREACHABLE"
				    : "OUR_FAULT");
}

struct note {
	struct ade_line *l;
	enum ade_verdict v;
	enum mdm_ade_whose whose;
	bool bad, synced;
	int64_t answered_at; /* what was asked for before the round began */
	bool changed;
	char code[ADE_CODE];
	int64_t retry_after_s;
};

static void note_bad(const struct note *n, struct mdm_ade_state *s)
{
	s->failures++;
	if (n->changed)
		s->trouble_at = n->l->now;
	if (!s->failing_at)
		s->failing_at = n->l->now;
	s->trouble = n->code;
	s->trouble_of = n->whose;
	/* What was asked for while the round ran did not ask to wait for what the round met. */
	s->retry_at = s->asked_at != n->answered_at
			      ? 0
			      : n->l->now + ade_wait_s(n->v, s->failures, n->retry_after_s);
}

static void note_well(const struct note *n, struct mdm_ade_state *s)
{
	s->failures = 0;
	s->trouble = NULL;
	s->trouble_of = 0;
	s->trouble_at = s->retry_at = s->failing_at = 0;
	if (n->synced)
		s->synced_at = n->l->now;
}

static int note_in(struct store_txn *txn, void *arg)
{
	AUTO(arena) struct arena *a = arena_new();
	struct note *n = arg;
	struct mdm_ade_state s;
	int err = mdm_ade_state_get(txn, a, &s);

	if (err)
		return err;
	n->changed = n->bad ? !text_equal(s.trouble, n->code) : s.trouble != NULL;
	if (n->synced) {
		s.tried_at = n->l->now;
		s.answered_at = n->answered_at;
	}
	if (n->bad)
		note_bad(n, &s);
	else if (n->synced || s.trouble_of == MDM_ADE_OF_ERRAND)
		note_well(n, &s);
	return ade_state_put(txn, &s);
}

static void trouble_log(const struct note *n)
{
	AUTO(arena) struct arena *a = arena_new();

	metric_set(&in_trouble, n->bad);
	if (!n->changed)
		return;
	if (n->bad)
		log_event(LOG_ERROR, "ade.trouble", "code=%s do=%s", n->code,
			mdm_ade_trouble_say(a, n->code, SAY_EN));
	else
		log_event(LOG_INFO, "ade.well", "result=again");
}

static int note_round(struct note *n, bool anything)
{
	int err;

	if (!anything && !n->bad)
		return 0;
	err = store_write(n->l->m->st, note_in, n);
	if (err == 0)
		trouble_log(n);
	return err;
}

typedef int round_fn(struct ade_line *, enum ade_verdict *);

/* The first trouble of a round, kept while others go on. */
static void trouble_keep(struct note *n, struct ade_line *l, enum ade_verdict v, bool of_sync)
{
	if (v == ADE_FINE || n->v != ADE_FINE)
		return;
	n->v = v;
	n->whose = ade_whose(v, of_sync);
	text_copy(n->code, sizeof(n->code), l->code);
	n->retry_after_s = l->retry_after_s;
}

/* One of them; that the net carried nothing is an answer like others. */
static int round_one(struct note *n, round_fn *fn, bool of_sync, enum ade_verdict *ret)
{
	struct ade_line *l = n->l;
	int err = fn(l, ret);

	if (err == ERR_NET || err == ERR_TIMEOUT || err == ERR_CRYPTO) {
		code_of_err(l, err);
		l->retry_after_s = 0;
		*ret = ADE_LATER;
		err = 0;
	}
	if (err == 0)
		trouble_keep(n, l, *ret, of_sync);
	return err;
}

/* Whose server this is comes first: with the token of another one nothing is sent. */
static int sync_run(struct note *n, bool *ret_ours)
{
	enum ade_verdict v;
	int err = round_one(n, ade_account_round, true, &v);

	*ret_ours = err == 0 && v == ADE_FINE;
	if (!*ret_ours) {
		n->whose = text_equal(n->code, "OTHER_SERVER") ? MDM_ADE_PERSONS : n->whose;
		return err;
	}
	return round_one(n, ade_sync_round, true, &v);
}

/*
 * What is due in its order. What was stolen is locked first and whatever else goes wrong, unless it
 * is the token's or the terms' fault; what Apple refuses of the others does not hold the rest up.
 */
static int rounds_run(struct note *n, bool lock_only)
{
	static round_fn *const errands[] = {
		mdm_activation_lock_round, ade_assign_round, ade_disown_round, ade_replace_round};
	size_t count = lock_only ? 1 : sizeof(errands) / sizeof(errands[0]);
	bool ours = true;
	int err = n->synced ? sync_run(n, &ours) : 0;

	for (size_t i = 0; err == 0 && ours && i < count; i++) {
		enum ade_verdict v;

		if (n->v != ADE_FINE && n->whose == MDM_ADE_PERSONS)
			break;
		if (i > 0 && n->v != ADE_FINE && n->whose == MDM_ADE_PASSES)
			break;
		err = round_one(n, errands[i], false, &v);
	}
	return err;
}

static int token_read(struct mdm_ade *w, const struct load *k, struct ade_line *l, struct arena *a)
{
	struct bytes json;
	int err = cert_unseal(w->m->certs, ADE_TOKEN_CONTEXT, k->sealed.sealed, a, &json);

	if (err == 0)
		err = ade_token_parse(json, a, &l->token);
	if (err == 0 && w->session_token == k->sealed.imported_at)
		memcpy(l->session, w->session, sizeof(l->session));
	return err;
}

static int apple_round(struct mdm_ade *w, const struct load *k, struct ade_line *l, struct arena *a)
{
	bool waits = l->now < k->s.retry_at;
	struct note n = {.l = l, .synced = !waits && sync_is_due(w->m, &k->s, l->now),
		.answered_at = k->s.asked_at};
	int err = token_read(w, k, l, a);

	if (err == 0 && l->token.expires_at <= l->now) {
		text_copy(l->code, sizeof(l->code), "TOKEN_EXPIRED");
		trouble_keep(&n, l, ADE_TOKEN, true);
	} else if (err == 0) {
		err = rounds_run(&n, waits);
	}
	memcpy(w->session, l->session, sizeof(w->session));
	w->session_token = k->sealed.imported_at;
	if (err == ERR_BUSY) /* we are stopping */
		return 0;
	if (err) {
		code_of_err(l, err);
		n.v = ADE_FINE;
		trouble_keep(&n, l, ADE_LATER, n.synced);
	}
	n.bad = n.v != ADE_FINE;
	return note_round(&n, n.synced || (k->s.trouble && !waits));
}

/* While it waits for a trouble that is not the lock's, what was stolen is locked all the same. */
static bool may_run(const struct mdm_ade_state *s, int64_t now)
{
	return s->has_token && (now >= s->retry_at || s->trouble_of >= MDM_ADE_OF_SYNC);
}

static void round_run(struct mdm_ade *w)
{
	AUTO(arena) struct arena *a = arena_new();
	struct load k = {.m = w->m, .a = a};
	struct ade_line l = {.m = w->m, .net = w->net, .now = clock_now()};
	int err = store_read(w->m->st, load_in, &k);

	if (err == 0)
		err = mdm_activation_unlock_round(&l);
	if (err == 0 && k.has_token && may_run(&k.s, l.now))
		err = apple_round(w, &k, &l, a);
	mem_wipe(l.session, sizeof(l.session));
	if (err)
		log_event(LOG_ERROR, "ade.round", "err=%s", err_name(err));
}

/* --- the thread --- */

static void *worker(void *arg)
{
	struct mdm_ade *w = arg;

	pthread_mutex_lock(&w->lock);
	while (!w->stop) {
		if (!w->wake) {
			pthread_cond_wait(&w->more, &w->lock);
			continue;
		}
		w->wake = false;
		pthread_mutex_unlock(&w->lock);
		round_run(w);
		pthread_mutex_lock(&w->lock);
	}
	pthread_mutex_unlock(&w->lock);
	return NULL;
}

/* No signal is for this thread. */
static int thread_start(struct mdm_ade *w)
{
	sigset_t all, before;
	int rc;

	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &before);
	rc = pthread_create(&w->thread, NULL, worker, w);
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	return rc ? ERR_INTERNAL : 0;
}

int mdm_ade_start(struct mdm *m, struct net *n)
{
	struct mdm_ade *w = mem_zalloc(sizeof(*w));
	int err;

	w->m = m;
	w->net = n;
	w->wake = true;
	pthread_mutex_init(&w->lock, NULL);
	pthread_cond_init(&w->more, NULL);
	metric_list(&token_ends);
	metric_list(&in_trouble);
	metric_list(&assigned);
	err = thread_start(w);
	if (err) {
		free(w);
		return err;
	}
	m->ade = w;
	return 0;
}

void mdm_ade_wake(struct mdm *m)
{
	struct mdm_ade *w = m->ade;

	if (!w)
		return;
	pthread_mutex_lock(&w->lock);
	w->wake = true;
	pthread_cond_signal(&w->more);
	pthread_mutex_unlock(&w->lock);
}

void mdm_ade_stop(struct mdm *m)
{
	struct mdm_ade *w = m ? m->ade : NULL;

	if (!w)
		return;
	pthread_mutex_lock(&w->lock);
	w->stop = true;
	pthread_cond_signal(&w->more);
	pthread_mutex_unlock(&w->lock);
	pthread_join(w->thread, NULL);
	m->ade = NULL;
	mem_wipe(w->session, sizeof(w->session));
	pthread_cond_destroy(&w->more);
	pthread_mutex_destroy(&w->lock);
	free(w);
}

/* --- by the clock --- */

struct look {
	struct mdm *m;
	struct arena *a;
	int64_t now;
	struct mdm_ade_state s;
	bool due;
};

static int errand_look(struct store_txn *txn, enum mdm_errand kind, struct look *k)
{
	int64_t at;
	int err = k->due ? 0 : mdm_errand_next(txn, kind, &at);

	if (err == 0 && !k->due)
		k->due = at <= k->now;
	return err;
}

static int look_in(struct store_txn *txn, void *arg)
{
	static const enum mdm_errand kinds[] = {
		MDM_ERRAND_ASSIGN, MDM_ERRAND_REPLACE, MDM_ERRAND_DISOWN};
	struct look *k = arg;
	int err = mdm_ade_state_get(txn, k->a, &k->s);
	bool may = err == 0 && k->s.has_token && k->now >= k->s.retry_at;

	k->due = may && sync_is_due(k->m, &k->s, k->now);
	for (size_t i = 0; err == 0 && may && i < sizeof(kinds) / sizeof(kinds[0]); i++)
		err = errand_look(txn, kinds[i], k);
	if (err == 0 && may_run(&k->s, k->now))
		err = errand_look(txn, MDM_ERRAND_LOCK, k);
	return err ? err : errand_look(txn, MDM_ERRAND_UNLOCK, k);
}

static void token_watch(struct mdm_ade *w, const struct mdm_ade_state *s, int64_t now)
{
	int64_t left = s->token_expires_at - now;

	metric_set(&token_ends, s->token_expires_at);
	metric_set(&assigned, (int64_t)s->devices);
	metric_set(&in_trouble, s->trouble != NULL);
	if (!s->has_token || left > WARN_BEFORE_S ||
		(w->warned_at && now >= w->warned_at && now - w->warned_at < WARN_EVERY_S))
		return;
	w->warned_at = now;
	log_event(left > 0 ? LOG_WARN : LOG_ERROR, "ade.token", "days_left=%lld do=%s",
		(long long)(left > 0 ? left / 86400 : 0),
		"download a new server token from Apple's portal: hylla ade token FILE");
}

int mdm_ade_tend(struct mdm *m, int64_t now)
{
	AUTO(arena) struct arena *a = arena_new();
	struct look k = {.m = m, .a = a, .now = now};
	int err;

	if (!m->ade)
		return 0;
	err = store_read(m->st, look_in, &k);
	if (err)
		return err;
	token_watch(m->ade, &k.s, now);
	if (k.due)
		mdm_ade_wake(m);
	return 0;
}
