/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * An iPad that comes back: what it is asked before it is erased, and the erase itself. One that is
 * to enrol again by itself (Return to Service) takes its enrolment profile with it; that is made
 * with no transaction open, so such an erase is planned first and put in the line a moment later.
 */
#include "mdm/ddm_int.h"
#include "mdm/queue_int.h"

#include "base/log.h"
#include "base/text.h"

#define DAY_S 86400
#define LIFE_S (90 * (int64_t)DAY_S) /* of the erase, and of the challenge in its profile */
#define AGAIN_S 60                   /* between two tries to put it in the line */
#define A_ROUND 8

/* --- what is known --- */

static int waits_find(struct store_txn *txn, struct arena *a, const char *udid,
	enum mdm_request request, bool *ret)
{
	struct mdm_command c;
	int err = mdm_line_find_type(txn, a, udid, mdm_request_row(request)->type, &c);

	/* What it has put off may take for ever; it is not waited for. */
	*ret = err == 0 && c.put_off_count == 0;
	return err == ERR_NOTFOUND ? 0 : err;
}

static void facts_read(const char *json, struct arena *a, struct mdm_return_facts *f)
{
	struct doc *d;

	if (!json || doc_parse(a, bytes_of_str(json), &d) != 0)
		return;
	if (doc_has(d, "IsActivationLockEnabled"))
		f->lock = doc_bool(d, "IsActivationLockEnabled", true) ? MDM_LOCK_ON : MDM_LOCK_OFF;
	f->battery = mdm_facts_battery(d);
}

static int told_get(
	struct store_txn *txn, struct arena *a, const char *udid, struct mdm_return_facts *f)
{
	struct mdm_latest_value v;
	int err = mdm_latest_get(txn, a, MDM_LATEST_INFORMATION, udid, &v);

	if (err)
		return err == ERR_NOTFOUND ? 0 : err;
	f->told_at = v.told_at;
	facts_read(v.json, a, f);
	return 0;
}

static int health_get(
	struct store_txn *txn, struct arena *a, const char *serial, struct mdm_return_facts *f)
{
	struct mdm_health h;
	struct mdm_report x;
	struct doc *d;
	int err = mdm_report_get(txn, a, serial, &x);

	if (err || doc_parse(a, bytes_of_str(x.json), &d) != 0)
		return err == ERR_NOTFOUND ? 0 : err;
	mdm_status_health(a, d, &h);
	if (!h.told)
		return 0;
	f->health_at = x.at;
	f->battery_health = h.battery;
	f->faulty_parts = h.faulty_parts;
	return 0;
}

static int line_get(
	struct store_txn *txn, struct arena *a, const char *udid, struct mdm_return_facts *f)
{
	bool information, code, erase;
	int err = waits_find(txn, a, udid, MDM_DEVICE_INFORMATION, &information);

	if (err == 0)
		err = waits_find(txn, a, udid, MDM_ACTIVATION_LOCK_BYPASS_CODE, &code);
	if (err == 0)
		err = waits_find(txn, a, udid, MDM_ERASE_DEVICE, &erase);
	if (err)
		return err;
	f->asking = information || code;
	f->erasing = f->erasing || erase;
	return 0;
}

static int our_lock_get(struct store_txn *txn, struct arena *a, const char *serial, bool *ret)
{
	struct mdm_activation x;
	int err = mdm_activation_get(txn, a, serial, &x);

	if (err && err != ERR_NOTFOUND)
		return err;
	*ret = err == 0 &&
	       (x.state == MDM_ACTIVATION_LOCKED || x.state == MDM_ACTIVATION_UNLOCK_WANTED);
	return 0;
}

int mdm_return_facts_get(
	struct store_txn *txn, struct arena *a, const char *serial, struct mdm_return_facts *ret)
{
	struct mdm_return_facts f = {.battery = -1};
	struct mdm_return_plan p;
	struct mdm_enrollment e;
	bool due;
	int err = mdm_return_plan_get(txn, a, serial, &p, &due);

	f.erasing = err == 0 && due;
	f.hindrance = err == 0 ? p.hindrance : NULL;
	if (err == 0 || err == ERR_NOTFOUND)
		err = mdm_enrollment_by_serial(txn, a, serial, &e);
	if (err == ERR_NOTFOUND) {
		*ret = f;
		return 0;
	}
	if (err)
		return err;
	f.state = e.state;
	f.authenticated_at = e.authenticated_at;
	f.enrolled_at = e.enrolled_at;
	f.erased_at = e.erased_at;
	err = mdm_lost_phase_felt(txn, a, &e, &f.lost);
	if (err == 0)
		err = our_lock_get(txn, a, serial, &f.our_lock);
	if (err == 0)
		err = told_get(txn, a, e.udid, &f);
	if (err == 0)
		err = health_get(txn, a, serial, &f);
	if (err == 0)
		err = line_get(txn, a, e.udid, &f);
	if (err == 0)
		*ret = f;
	return err;
}

/* --- asking --- */

int mdm_return_ask(struct mdm *m, struct store_txn *txn, const char *serial, int64_t now)
{
	AUTO(arena) struct arena *a = arena_new();
	struct mdm_enrollment e;
	int err = mdm_enrollment_by_serial(txn, a, serial, &e);

	if (err)
		return err == ERR_NOTFOUND ? 0 : err;
	if (e.state != MDM_ENROLLED || !e.trusted || e.erased_at)
		return 0;
	err = mdm_queue_own_once(m, txn, &e, MDM_DEVICE_INFORMATION, now);
	if (err == 0 && e.supervised != 1)
		err = mdm_queue_own_once(m, txn, &e, MDM_ACTIVATION_LOCK_BYPASS_CODE, now);
	return err;
}

/* --- the erase --- */

static struct mdm_ask erase_ask(const struct mdm_return_plan *p)
{
	return (struct mdm_ask){.request = MDM_ERASE_DEVICE,
		.preserve_data_plan = p->keep_plan ? MDM_YES : MDM_NO,
		.return_to_service = p->service ? MDM_YES : MDM_NO,
		.lock_seen_to = true,
		.life_s = LIFE_S};
}

int mdm_return_plan(
	struct mdm *m, const struct mdm_act *act, const char *serial, const struct mdm_ask *erase)
{
	AUTO(arena) struct arena *a = arena_new();
	struct mdm_return_plan p = {.serial = serial,
		.keep_plan = erase->preserve_data_plan == MDM_YES,
		.service = erase->return_to_service == MDM_YES,
		.by = act->who->actor,
		.made_at = act->now};
	int err = mdm_command_check(m, act->txn, serial, erase, act->r);

	if (err == 0 && erase->return_wifi_profile.n)
		err = cert_seal(m->certs, mdm_seal_context(a, MDM_RETURN_CONTEXT, serial),
			erase->return_wifi_profile, a, &p.wifi);
	if (err == 0)
		err = mdm_return_plan_del(act->txn, serial);
	return err ? err : mdm_return_plan_put(act->txn, &p, false);
}

int mdm_return_drop(struct mdm *m, struct store_txn *txn, const struct audit_who *who,
	const char *serial, int64_t now)
{
	AUTO(arena) struct arena *a = arena_new();
	struct mdm_enrollment e;
	struct mdm_command c;
	struct refusal r = {0};
	int err = mdm_return_plan_del(txn, serial);

	if (err == 0)
		err = mdm_enrollment_by_serial(txn, a, serial, &e);
	if (err == 0)
		err = mdm_line_find_type(
			txn, a, e.udid, mdm_request_row(MDM_ERASE_DEVICE)->type, &c);
	if (err)
		return err == ERR_NOTFOUND ? 0 : err;
	return mdm_command_cancel(m, &(struct mdm_act){txn, who, now, &r}, c.uuid);
}

/* What is in the way is remembered, and tried again. */
static int plan_hinder(
	struct store_txn *txn, struct mdm_return_plan *p, const struct refusal *r, int64_t now)
{
	p->tried_at = now;
	p->hindrance = r->say ? r->say->code : NULL;
	return mdm_return_plan_put(txn, p, true);
}

static int plan_carry_out(struct mdm *m, struct store_txn *txn, struct mdm_return_plan *p,
	const struct mdm_ask *ask, int64_t now)
{
	const struct audit_who who = {.actor = p->by, .via = "server"};
	struct refusal r = {0};
	char uuid[MDM_UUID];
	int err = mdm_command_add(m, &(struct mdm_act){txn, &who, now, &r}, p->serial, ask, uuid);

	if (err == ERR_REFUSED)
		return plan_hinder(txn, p, &r, now);
	return err ? err : mdm_return_plan_del(txn, p->serial);
}

int mdm_return_go(struct mdm *m, struct store_txn *txn, const char *serial, int64_t now)
{
	AUTO(arena) struct arena *a = arena_new();
	struct mdm_return_plan p;
	struct mdm_ask ask;
	bool due;
	int err = mdm_return_plan_get(txn, a, serial, &p, &due);

	if (err || due)
		return err;
	err = mdm_return_plan_del(txn, serial);
	if (err == 0 && p.service) /* its profile is made by mdm_return_tend() */
		return mdm_return_plan_put(txn, &p, true);
	ask = erase_ask(&p);
	return err ? err : plan_carry_out(m, txn, &p, &ask, now);
}

/* --- Return to Service: the profile, and then the erase --- */

struct going {
	struct mdm *m;
	struct arena *a;
	const char *after;
	struct mdm_return_plan p;
	struct mdm_enrollment e;
	struct mdm_ask ask;
	int64_t now;
	bool found;
};

static int going_next(struct store_txn *txn, void *arg)
{
	struct going *g = arg;
	bool leapt;
	int err = audit_clock_leapt(txn, &leapt);

	g->found = false;
	if (err || leapt)
		return err;
	do {
		err = mdm_return_plan_next(txn, g->a, g->after, &g->p);
		if (err)
			return err == ERR_NOTFOUND ? 0 : err;
		g->after = g->p.serial;
	} while (g->p.tried_at && g->now - g->p.tried_at < AGAIN_S);
	err = mdm_enrollment_by_serial(txn, g->a, g->p.serial, &g->e);
	g->found = err == 0;
	return err == ERR_NOTFOUND ? 0 : err;
}

/* Still so, now that the profile is made? */
static int going_add(struct store_txn *txn, void *arg)
{
	struct going *g = arg;
	struct mdm_return_plan p;
	bool due;
	int err = mdm_return_plan_get(txn, g->a, g->p.serial, &p, &due);

	if (err)
		return err == ERR_NOTFOUND ? 0 : err;
	return plan_carry_out(g->m, txn, &p, &g->ask, g->now);
}

static int going_run(struct going *g)
{
	struct mdm *m = g->m;
	int err = 0;

	g->ask = erase_ask(&g->p);
	if (g->p.service)
		err = mdm_profile_make(m,
			&(struct mdm_profile_ask){
				.e = &g->e, .again = true, .life_s = LIFE_S, .now = g->now},
			g->a, &g->ask.return_mdm_profile);
	if (err == 0 && g->p.wifi.n)
		err = cert_unseal(m->certs, mdm_seal_context(g->a, MDM_RETURN_CONTEXT, g->p.serial),
			g->p.wifi, g->a, &g->ask.return_wifi_profile);
	return err ? err : store_write(m->st, going_add, g);
}

int mdm_return_tend(struct mdm *m, int64_t now)
{
	AUTO(arena) struct arena *a = arena_new();
	struct going g = {.m = m, .a = a, .now = now};

	for (unsigned i = 0; i < A_ROUND; i++) {
		int err = store_read(m->st, going_next, &g);

		if (err || !g.found)
			return err;
		err = going_run(&g);
		if (err) {
			log_event(LOG_ERROR, "mdm.return", "serial=%s err=%s", g.p.serial,
				err_name(err));
			return err;
		}
	}
	return 0;
}
