/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Identities are renewed before they end: an iPad never does it by itself. The renewal is the same
 * enrolment profile again with a fresh challenge bound to the UDID; that it runs is remembered, so
 * that nothing is started twice and an expired identity can still be handed this one command.
 */
#include "mdm/mdm_int.h"

#include "base/rec.h"

#include <pthread.h>
#include <stdlib.h>

#define DAY_S 86400
#define BEFORE_S (90 * DAY_S)
#define PER_HOUR 60u
#define LIFE_S (30 * DAY_S) /* of command and challenge: an iPad may lie in a drawer */
#define GAP_MOST_S (7 * DAY_S)
#define PAGE 32u
#define LOOKED_AT_MOST 256u /* identities a round */
#define COST 3600           /* of one renewal; the rate brings as much in an hour as it allows */

struct mdm_renewer {
	pthread_mutex_t lock; /* one round at a time */
	int64_t credit, credited_at;
	bool has_after;
	struct cert_identity after; /* how far the walk came */
};

static const struct rec_field fields[] = {
	REC_STR(1, struct mdm_renewal, udid),
	REC_STR(2, struct mdm_renewal, command),
	REC_FIXED(3, struct mdm_renewal, identity),
	REC_I64(4, struct mdm_renewal, started_at),
	REC_U32(5, struct mdm_renewal, tries),
	REC_END,
};
static const struct rec_type renewal_rec = REC_TYPE(struct mdm_renewal, 1, fields);

int mdm_renewal_get(
	struct store_txn *txn, struct arena *a, const char *udid, struct mdm_renewal *ret)
{
	struct store_key k = store_key("s", udid);
	struct mdm_renewal r;
	struct bytes value;
	int err = store_get(txn, MDM_RENEWAL, &k, &value);

	if (err == 0)
		err = rec_decode(&renewal_rec, value, a, &r);
	if (err == 0)
		*ret = r;
	return err;
}

int mdm_renewal_put(struct store_txn *txn, const struct mdm_renewal *r)
{
	struct store_key k = store_key("s", r->udid);
	AUTO(buf) struct buf b = BUF_INIT(4096);

	rec_encode(&renewal_rec, r, &b);
	return buf_ok(&b) ? store_put(txn, MDM_RENEWAL, &k, buf_bytes(&b)) : ERR_TOOBIG;
}

int mdm_renewal_del(struct store_txn *txn, const char *udid)
{
	struct store_key k = store_key("s", udid);
	int err = store_del(txn, MDM_RENEWAL, &k);

	return err == ERR_NOTFOUND ? 0 : err;
}

/* --- pure --- */

bool mdm_renewal_due(const struct mdm_renewal *running, const struct mdm_enrollment *e,
	bool command_waits, int64_t now)
{
	int64_t gap = DAY_S;

	if (!running || memcmp(running->identity, e->identity, CERT_FINGERPRINT) != 0)
		return true;
	if (command_waits)
		return false;
	for (uint32_t i = 1; i < running->tries && gap < GAP_MOST_S; i++)
		gap *= 2;
	return now >= running->started_at + (gap < GAP_MOST_S ? gap : GAP_MOST_S);
}

/* --- which --- */

/* Whether this identity is one to renew now, and the row of a try before. */
static int candidate_load(struct store_txn *txn, struct arena *a, const struct cert_identity *id,
	int64_t now, struct mdm_enrollment *ret, uint32_t *ret_tries)
{
	struct mdm_renewal r;
	struct mdm_command c;
	struct mdm_enrollment e;
	bool running, waits;
	int err;

	if (!id->udid)
		return ERR_NOTFOUND;
	err = mdm_enrollment_get(txn, a, id->udid, &e);
	if (err != 0)
		return err;
	if (e.state != MDM_ENROLLED || !e.trusted ||
		memcmp(e.identity, id->fingerprint, CERT_FINGERPRINT) != 0)
		return ERR_NOTFOUND;
	err = mdm_renewal_get(txn, a, e.udid, &r);
	running = err == 0;
	if (err != 0 && err != ERR_NOTFOUND)
		return err;
	err = running ? mdm_command_get(txn, a, r.command, &c) : ERR_NOTFOUND;
	waits = err == 0 && c.state == MDM_QUEUED;
	if (err != 0 && err != ERR_NOTFOUND)
		return err;
	if (!mdm_renewal_due(running ? &r : NULL, &e, waits, now))
		return ERR_NOTFOUND;
	*ret = e;
	*ret_tries = running ? r.tries : 0;
	return 0;
}

struct page {
	const struct mdm *m;
	struct arena *a;
	int64_t now;
	size_t most;                       /* to start */
	const struct cert_identity *after; /* NULL: from the soonest */
	struct cert_identity last;         /* looked at */
	size_t seen;                       /* how many were */
	bool more;
	struct mdm_enrollment e[PAGE];
	size_t n;
};

/* The next identities by their end, and those of them that are due. */
static int page_load(struct store_txn *txn, void *arg)
{
	struct page *p = arg;
	struct cert_identity *ids;
	size_t n = 0;
	int64_t before = p->m->o->renew_before_s ? p->m->o->renew_before_s : BEFORE_S;
	int err = cert_identity_expiring(txn, p->a, p->now + before, p->after, PAGE, &ids, &n);

	p->n = 0;
	p->seen = 0;
	if (err != 0)
		return err;
	while (p->seen < n && p->n < p->most) {
		const struct cert_identity *id = &ids[p->seen++];
		uint32_t tries;

		err = candidate_load(txn, p->a, id, p->now, &p->e[p->n], &tries);
		if (err == 0)
			p->n++;
		else if (err != ERR_NOTFOUND)
			return err;
		p->last = (struct cert_identity){.not_after = id->not_after};
		memcpy(p->last.fingerprint, id->fingerprint, CERT_FINGERPRINT);
	}
	p->more = p->seen < n || n == PAGE;
	return 0;
}

/* --- starting one --- */

struct starting {
	struct mdm *m;
	struct arena *a;
	const struct mdm_enrollment *e;
	struct bytes profile;
	int64_t now;
};

static int start_in(struct store_txn *txn, void *arg)
{
	struct starting *s = arg;
	struct mdm_ask ask = {
		.request = MDM_INSTALL_PROFILE, .profile = s->profile, .life_s = LIFE_S};
	struct cert_identity id;
	struct mdm_enrollment e;
	char uuid[MDM_UUID];
	struct mdm_renewal r = {.udid = s->e->udid, .command = uuid, .started_at = s->now};
	uint32_t tries;
	int err = cert_identity_get(txn, s->a, s->e->identity, &id);

	if (err == 0) /* still so, now that the profile is made? */
		err = candidate_load(txn, s->a, &id, s->now, &e, &tries);
	if (err != 0)
		return err == ERR_NOTFOUND ? 0 : err;
	err = mdm_command_add_own(s->m, txn, &e, &ask, MDM_OWN_SEALED, s->now, uuid);
	if (err != 0)
		return err;
	memcpy(r.identity, e.identity, sizeof(r.identity));
	r.tries = tries + 1;
	return mdm_renewal_put(txn, &r);
}

static int renewal_start(
	struct mdm *m, struct arena *a, const struct mdm_enrollment *e, int64_t now)
{
	struct starting s = {.m = m, .a = a, .e = e, .now = now};
	int err = mdm_profile_make(
		m, &(struct mdm_profile_ask){.e = e, .life_s = LIFE_S, .now = now}, a, &s.profile);

	return err != 0 ? err : store_write(m->st, start_in, &s);
}

/* --- the round --- */

struct mdm_renewer *mdm_renewer_new(void)
{
	struct mdm_renewer *r = mem_zalloc(sizeof(*r));

	pthread_mutex_init(&r->lock, NULL);
	return r;
}

void mdm_renewer_free(struct mdm_renewer *r)
{
	if (!r)
		return;
	pthread_mutex_destroy(&r->lock);
	free(r);
}

/* At least one, and at most a minute's worth, may be saved up. */
static void credit_grow(struct mdm_renewer *r, unsigned per_hour, int64_t now)
{
	int64_t most = (int64_t)per_hour * 60;

	if (most < COST)
		most = COST;
	if (r->credited_at == 0)
		r->credit = most;
	else if (now > r->credited_at)
		r->credit += (now - r->credited_at) * per_hour;
	if (r->credit > most)
		r->credit = most;
	r->credited_at = now;
}

static int round_run(struct mdm *m, struct mdm_renewer *r, int64_t now)
{
	size_t looked_at = 0;
	int err = 0;

	while (err == 0 && r->credit >= COST && looked_at < LOOKED_AT_MOST) {
		AUTO(arena) struct arena *a = arena_new();
		size_t most = (size_t)(r->credit / COST);
		struct page *p = ARENA_NEW(a, struct page);

		*p = (struct page){.m = m,
			.a = a,
			.now = now,
			.most = most < PAGE ? most : PAGE,
			.after = r->has_after ? &r->after : NULL};
		err = store_read(m->st, page_load, p);
		if (err != 0)
			return err;
		looked_at += p->seen;
		r->has_after = p->more;
		r->after = p->last;
		for (size_t i = 0; i < p->n && err == 0; i++) {
			r->credit -= COST;
			err = renewal_start(m, a, &p->e[i], now);
		}
		if (!r->has_after)
			break;
	}
	return err;
}

int mdm_renewal_tend(struct mdm *m, int64_t now)
{
	struct mdm_renewer *r = m->renewer;
	int err;

	pthread_mutex_lock(&r->lock);
	credit_grow(r, m->o->renew_per_hour ? m->o->renew_per_hour : PER_HOUR, now);
	err = round_run(m, r, now);
	pthread_mutex_unlock(&r->lock);
	return err;
}
