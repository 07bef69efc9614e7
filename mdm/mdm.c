/* SPDX-License-Identifier: EUPL-1.2 */
#include "mdm/ade_int.h"
#include "mdm/desired_int.h"
#include "mdm/media_int.h"

#include <stdatomic.h>
#include <stdlib.h>

#define FLUSH_EACH_S 15

void mdm_options_set(struct mdm *m, const struct mdm_options *o)
{
	struct mdm_options *kept = ARENA_NEW(m->options, struct mdm_options);

	*kept = *o;
	m->o = kept;
}

int mdm_open(struct store *st, struct certs *c, struct apns *ap, const struct mdm_options *o,
	const struct mdm_events *ev, struct mdm **ret)
{
	struct mdm *m = mem_zalloc(sizeof(*m));

	m->st = st;
	m->certs = c;
	m->apns = ap;
	m->options = arena_new();
	mdm_options_set(m, o);
	if (ev)
		m->ev = *ev;
	m->seen = mdm_seen_new();
	m->renewer = mdm_renewer_new();
	m->line = mdm_line_new();
	m->grace = mdm_grace_new();
	pthread_mutex_init(&m->crl.lock, NULL);
	m->crl.der = (struct buf)BUF_INIT(16 << 20);
	*ret = m;
	return 0;
}

void mdm_close(struct mdm *m)
{
	if (!m)
		return;
	mdm_ade_stop(m);
	buf_release(&m->crl.der);
	pthread_mutex_destroy(&m->crl.lock);
	mdm_grace_free(m->grace);
	mdm_line_free(m->line);
	mdm_renewer_free(m->renewer);
	mdm_seen_free(m->seen);
	arena_free(m->options);
	free(m);
}

void mdm_listen(struct mdm *m, const struct mdm_events *ev)
{
	m->also = *ev;
}

void mdm_wake(struct mdm *m)
{
	if (m->apns)
		apns_wake(m->apns);
}

int mdm_enrollment_seen(
	struct mdm *m, struct store_txn *txn, const struct mdm_enrollment *e, int64_t *ret)
{
	int64_t told_at = e->token_at_ms / 1000;
	int64_t seen;
	int err = mdm_seen_get(m, txn, e->udid, &seen);

	if (err == 0)
		*ret = seen > told_at ? seen : told_at;
	return err;
}

int mdm_flush(struct mdm *m)
{
	return mdm_seen_flush(m->seen, m->st);
}

static int seen_tend(struct mdm *m, int64_t now)
{
	int64_t last = atomic_load(&m->seen_flushed_at);

	if (now >= last && now - last < FLUSH_EACH_S)
		return 0;
	atomic_store(&m->seen_flushed_at, now);
	return mdm_flush(m);
}

/* Each has its turn, whatever became of the one before; the first error is told. */
int mdm_tend(struct mdm *m, int64_t now)
{
	int seen = seen_tend(m, now);
	int queue = mdm_queue_tend(m, now);
	int renewal = mdm_renewal_tend(m, now);
	int desired = mdm_desired_tend(m, now);
	int back = mdm_return_tend(m, now);
	int gate = mdm_gate_tend(m, now);
	int bypass = mdm_bypass_tend(m, now);
	int ade = mdm_ade_tend(m, now);

	mdm_wake(m);
	return seen != 0      ? seen
	       : queue != 0   ? queue
	       : renewal != 0 ? renewal
	       : desired != 0 ? desired
	       : back != 0    ? back
	       : gate != 0    ? gate
	       : bypass != 0  ? bypass
			      : ade;
}

/* --- what others hear --- */

int mdm_event_enrolling(struct mdm *m, struct store_txn *txn, const struct mdm_enrollment *e,
	bool *ret_trusted, int64_t now)
{
	bool ignored;
	int err;

	*ret_trusted = false;
	err = m->ev.enrolling ? m->ev.enrolling(m->ev.ctx, txn, e, ret_trusted, now) : 0;
	if (err == 0 && m->also.enrolling)
		err = m->also.enrolling(m->also.ctx, txn, e, &ignored, now);
	return err;
}

int mdm_event_enrolled(
	struct mdm *m, struct store_txn *txn, const struct mdm_enrollment *e, int64_t now)
{
	int err = m->ev.enrolled ? m->ev.enrolled(m->ev.ctx, txn, e, now) : 0;

	if (err == 0 && m->also.enrolled)
		err = m->also.enrolled(m->also.ctx, txn, e, now);
	return err;
}

int mdm_event_token(
	struct mdm *m, struct store_txn *txn, const struct mdm_enrollment *e, int64_t now)
{
	int err = m->ev.token ? m->ev.token(m->ev.ctx, txn, e, now) : 0;

	if (err == 0 && m->also.token)
		err = m->also.token(m->also.ctx, txn, e, now);
	return err;
}

int mdm_event_checked_out(
	struct mdm *m, struct store_txn *txn, const struct mdm_enrollment *e, int64_t now)
{
	int err = m->ev.checked_out ? m->ev.checked_out(m->ev.ctx, txn, e, now) : 0;

	if (err == 0 && m->also.checked_out)
		err = m->also.checked_out(m->also.ctx, txn, e, now);
	return err;
}

int mdm_event_command_done(struct mdm *m, struct store_txn *txn, const struct mdm_enrollment *e,
	const struct mdm_command *c, int64_t now)
{
	int err = m->ev.command_done ? m->ev.command_done(m->ev.ctx, txn, e, c, now) : 0;

	if (err == 0 && m->also.command_done)
		err = m->also.command_done(m->also.ctx, txn, e, c, now);
	return err;
}

int mdm_event_called(struct mdm *m, struct store_txn *txn, const struct mdm_enrollment *e,
	const struct mdm_command *c, int64_t now)
{
	int err = m->ev.called ? m->ev.called(m->ev.ctx, txn, e, c, now) : 0;

	if (err == 0 && m->also.called)
		err = m->also.called(m->also.ctx, txn, e, c, now);
	return err;
}

int mdm_event_calls_wanted(struct mdm *m, struct store_txn *txn, bool *ret)
{
	int err;

	*ret = false;
	err = m->ev.calls_wanted ? m->ev.calls_wanted(m->ev.ctx, txn, ret) : 0;
	if (err == 0 && !*ret && m->also.calls_wanted)
		err = m->also.calls_wanted(m->also.ctx, txn, ret);
	return err;
}

int mdm_event_item_number(
	struct mdm *m, struct store_txn *txn, struct arena *a, const char *serial, const char **ret)
{
	*ret = NULL;
	return m->ev.item_number ? m->ev.item_number(m->ev.ctx, txn, a, serial, ret) : 0;
}

/* --- trust --- */

int mdm_trust_set(
	struct mdm *m, struct store_txn *txn, const char *serial, bool trusted, int64_t now)
{
	AUTO(arena) struct arena *a = arena_new();
	struct mdm_enrollment e;
	int err = mdm_enrollment_by_serial(txn, a, serial, &e);

	if (err != 0)
		return err == ERR_NOTFOUND ? 0 : err;
	if (e.trusted == trusted)
		return 0;
	e.trusted = trusted;
	err = mdm_enrollment_put(txn, &e);
	if (err != 0 || !trusted || e.state != MDM_ENROLLED)
		return err;
	err = mdm_setup_queue(m, txn, &e, now);
	return err != 0 ? err : mdm_lost_reapply(m, txn, &e, now);
}
