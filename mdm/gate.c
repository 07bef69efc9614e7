/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Setup Assistant's gate. An iPad that came by device assignment waits there until it is told
 * DeviceConfigured: it is told when all that was put in its line has been answered, what it should
 * have among that (mdm_visit_enrollment()), and its declarations are in force or refused; or when a person has waited long enough, and then that
 * is remembered. Lost Mode goes before: a stolen one stays where it is (queue_rules.c).
 */
#include "mdm/ade_int.h"
#include "mdm/ddm_int.h"

#include "base/log.h"
#include "base/metric.h"
#include "base/text.h"

#define LIMIT_S 600
#define MOST 200

static struct metric late = METRIC_COUNTER("hylla_mdm_setup_late_total",
	"iPads let out of Setup Assistant before their set-up was done");

int mdm_gate_close(
	struct mdm *m, struct store_txn *txn, const struct mdm_enrollment *e, int64_t now)
{
	int64_t limit = m->o->ade.await_limit_s ? m->o->ade.await_limit_s : LIMIT_S;
	const struct mdm_gate g = {
		.udid = e->udid, .serial = e->serial, .since = now, .until = now + limit};

	return mdm_gate_put(txn, &g);
}

int mdm_gate_let_out(
	struct mdm *m, struct store_txn *txn, const struct mdm_enrollment *e, int64_t now)
{
	AUTO(arena) struct arena *a = arena_new();
	uint32_t phase;
	int err = mdm_lost_phase(txn, a, e->serial, &phase);

	if (err || !e->awaiting_configuration || phase != MDM_NOT_LOST)
		return err;
	return mdm_gate_close(m, txn, e, now);
}

static int gate_open(struct mdm *m, struct store_txn *txn, const struct mdm_enrollment *e,
	struct mdm_gate *g, int64_t now)
{
	int err = mdm_queue_own_once(m, txn, e, MDM_DEVICE_CONFIGURED, now);

	g->opened_at = now;
	if (err == 0)
		err = g->late ? mdm_gate_put(txn, g) : mdm_gate_del(txn, g->udid);
	if (err == 0 && g->late && m->ev.setup_late)
		err = m->ev.setup_late(m->ev.ctx, txn, e, now);
	return err ? err : mdm_push_wish(txn, e, true, now);
}

/* Is anything in the line that can be done while it waits? What Lost Mode holds back cannot. */
static int line_is_done(struct store_txn *txn, struct arena *a, const struct mdm_enrollment *e,
	int64_t now, bool *ret)
{
	AUTO(mdm_line_walk) struct mdm_line_walk w = {0};
	struct mdm_command c;
	uint32_t phase;
	int err = mdm_lost_phase_felt(txn, a, e, &phase);

	*ret = true;
	if (err == 0)
		err = mdm_line_walk_init(&w, txn, e->udid);
	while (err == 0 && *ret) {
		const struct mdm_request_row *row;

		err = mdm_line_walk_next(&w, a, &c);
		if (err)
			break;
		row = mdm_command_row(&c);
		if (c.request == MDM_DEVICE_CONFIGURED || (c.expires_at && c.expires_at <= now))
			continue;
		*ret = phase != MDM_NOT_LOST && row && !row->while_lost;
	}
	return err == ERR_NOTFOUND ? 0 : err;
}

/* Having answered that it will fetch them is not having them. One that it refused is an answer: no
 * waiting makes it better, and who sets it up is told of it by how the iPad stands. */
static int declarations_stand(
	struct store_txn *txn, struct arena *a, const char *serial, bool *ret)
{
	bool waits = false;
	int err = mdm_ddm_waits(txn, a, serial, &waits);

	*ret = !waits;
	return err;
}

int mdm_gate_try(struct mdm *m, struct store_txn *txn, const struct mdm_enrollment *e, int64_t now)
{
	AUTO(arena) struct arena *a = arena_new();
	struct mdm_gate g;
	bool ready;
	int err = mdm_gate_get(txn, a, e->udid, &g);

	if (err || g.opened_at)
		return err == ERR_NOTFOUND ? 0 : err;
	err = line_is_done(txn, a, e, now, &ready);
	if (err == 0 && ready)
		err = declarations_stand(txn, a, e->serial, &ready);
	return err || !ready ? err : gate_open(m, txn, e, &g, now);
}

/* --- the limit --- */

struct tend {
	struct mdm *m;
	struct arena *a;
	int64_t now;
	struct mdm_gate *gates;
	size_t n;
	size_t due;
};

static bool is_due(const struct mdm_gate *g, int64_t now)
{
	return g->until <= now || now < g->since - 3600;
}

static int tend_read(struct store_txn *txn, void *arg)
{
	struct tend *t = arg;
	int err = mdm_gate_list(txn, STORE_PIECE(t->a, NULL, MOST), &t->gates, &t->n);

	t->due = 0;
	for (size_t i = 0; err == 0 && i < t->n; i++)
		t->due += is_due(&t->gates[i], t->now);
	return err;
}

static int tend_one(struct tend *t, struct store_txn *txn, const char *udid)
{
	struct mdm_enrollment e;
	struct mdm_gate g;
	int err = mdm_gate_get(txn, t->a, udid, &g);

	if (err || g.opened_at || !is_due(&g, t->now))
		return err == ERR_NOTFOUND ? 0 : err;
	err = mdm_enrollment_get(txn, t->a, udid, &e);
	if (err == ERR_NOTFOUND || (err == 0 && e.state != MDM_ENROLLED))
		return mdm_gate_del(txn, udid);
	g.late = true;
	return err ? err : gate_open(t->m, txn, &e, &g, t->now);
}

static int tend_write(struct store_txn *txn, void *arg)
{
	struct tend *t = arg;
	int err = 0;

	for (size_t i = 0; err == 0 && i < t->n; i++)
		err = is_due(&t->gates[i], t->now) ? tend_one(t, txn, t->gates[i].udid) : 0;
	return err;
}

int mdm_gate_tend(struct mdm *m, int64_t now)
{
	AUTO(arena) struct arena *a = arena_new();
	struct tend t = {.m = m, .a = a, .now = now};
	int err = store_read(m->st, tend_read, &t);

	if (err || !t.due)
		return err;
	err = store_write(m->st, tend_write, &t);
	for (size_t i = 0; err == 0 && i < t.n; i++) {
		if (!is_due(&t.gates[i], now))
			continue;
		metric_add(&late, 1);
		log_event(LOG_WARN, "mdm.setup_late", "udid=%s waited_s=%lld", t.gates[i].udid,
			(long long)(now - t.gates[i].since));
	}
	return err;
}
