/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The return of an iPad, moved on by what the iPad does (inv_return_hear), by time (inv_tend) and
 * by people. Each step is in its unit's history.
 */
#include "inventory/inventory_int.h"

#include "base/text.h"

#define PAGE 64
#define ASK_AGAIN_S 900 /* one whose Activation Lock is on is asked again: is it gone? */

/* --- history --- */

static int tell(struct store_txn *txn, struct arena *a, const struct inv_return *r,
	const char *actor, int64_t now)
{
	struct inv_unit before, u;
	struct inv_event e = {.at = now, .actor = actor, .kind = "return"};
	int err = inv_unit_get(txn, a, r->serial, &u);

	if (err)
		return err;
	before = u;
	e.text = r->phase == INV_RETURN_DONE
			 ? inv_verdict_name(r->verdict)
			 : arena_printf(a, "%s%s%s", inv_return_phase_name(r->phase),
				   r->proof ? " " : "", r->proof ? inv_proof_name(r->proof) : "");
	err = inv_history_add(txn, &u, &e);
	return err ? err : inv_unit_put(txn, &before, &u);
}

/* --- moving on --- */

struct move {
	struct inv *inv;
	struct store_txn *txn;
	struct arena *a;
	int64_t now;
	bool woken;
};

static int seen_get(struct move *m, const char *serial, struct inv_return_seen *ret)
{
	int err = audit_clock_leapt(m->txn, &ret->leapt);

	ret->now = m->now;
	return err ? err : mdm_return_facts_get(m->txn, m->a, serial, &ret->facts);
}

/* Into the iPad's line, when that is where the step led. */
static int follow(struct move *m, const struct inv_return *r)
{
	int err;

	if (r->phase != INV_RETURN_ERASING)
		return 0;
	err = mdm_return_go(m->inv->mdm, m->txn, r->serial, m->now);
	m->woken = true;
	return err == ERR_NOTFOUND ? 0 : err;
}

static int move_on(struct move *m, struct inv_return *r, struct inv_return_seen *s)
{
	struct inv_return before = *r;
	bool stepped;
	int err = 0;

	/* Each step leads nearer to the end, and there are few phases. */
	for (unsigned i = 0; err == 0 && i < INV_RETURN_PHASES; i++) {
		stepped = inv_return_step(s, r);
		if (!stepped)
			break;
		err = follow(m, r);
		if (err == 0)
			err = tell(m->txn, m->a, r, "server", m->now);
		/* What an answer means for the iPad is written after it was told here. */
		if (s->ended)
			break;
	}
	if (err == 0)
		err = inv_return_clean(m->inv, m->txn, r,
			&(struct audit_who){.actor = r->opened_by, .via = "server"}, m->now);
	if (err || memcmp(&before, r, sizeof(before)) == 0)
		return err;
	return inv_return_put(m->txn, r);
}

int inv_return_hear(
	struct inv *inv, struct store_txn *txn, const char *serial, uint32_t ended, int64_t now)
{
	AUTO(arena) struct arena *a = arena_new();
	struct move m = {.inv = inv, .txn = txn, .a = a, .now = now};
	struct inv_return_seen s = {.ended = ended};
	struct inv_return r;
	int err;

	if (!inv->mdm)
		return 0;
	err = inv_return_get(txn, a, serial, &r);
	if (err || r.phase == INV_RETURN_DONE)
		return err == ERR_NOTFOUND ? 0 : err;
	/* An erase that somebody ordered by itself is no part of it. */
	if (ended && r.erase != MDM_YES)
		return 0;
	err = seen_get(&m, serial, &s);
	return err ? err : move_on(&m, &r, &s);
}

/* --- opening --- */

static struct mdm_ask erase_ask(const struct inv_return_ask *ask)
{
	return (struct mdm_ask){.request = MDM_ERASE_DEVICE,
		.preserve_data_plan = ask->preserve_data_plan,
		.return_to_service = ask->return_to_service == MDM_YES ? MDM_YES : MDM_NO,
		.return_wifi_profile = ask->wifi_profile};
}

static int open_decide(const struct inv_unit *u, const struct inv_return_ask *ask,
	const struct mdm_return_facts *f, struct refusal *r)
{
	bool enrolled = f->state == MDM_ENROLLED && !f->erased_at;

	if (enrolled && ask->erase == MDM_NOT_CHOSEN)
		return refuse(r, &inv_say_choose_erase, inv_unit_label(u), NULL, NULL);
	if (enrolled && ask->erase == MDM_YES && ask->preserve_data_plan == MDM_NOT_CHOSEN)
		return refuse(r, &inv_say_choose_plan, inv_unit_label(u), NULL, NULL);
	return 0;
}

/* A number of its own, or that of the one that is open. */
static int number_take(struct store_txn *txn, struct arena *a, struct inv_return *r)
{
	struct inv_return old;
	int err = inv_return_get(txn, a, r->serial, &old);

	r->number = 1;
	if (err)
		return err == ERR_NOTFOUND ? 0 : err;
	r->number = old.number + 1;
	if (old.phase == INV_RETURN_DONE)
		return 0;
	old.phase = INV_RETURN_DONE;
	old.closed_at = r->opened_at;
	old.closed_by = r->opened_by;
	return inv_return_put(txn, &old);
}

static int open_audit(struct store_txn *txn, const struct inv_act *act, struct arena *a,
	const struct inv_return *r)
{
	AUTO(buf) struct buf text = BUF_INIT(4096);
	struct doc *d = doc_new(a);

	doc_set_bool(d, "erase", r->erase == MDM_YES);
	doc_set_bool(d, "return_to_service", r->service);
	if (r->loan)
		doc_set_str(d, "loan", r->loan);
	doc_format(d, &text);
	return audit_add(txn, act->who, act->now, "return.open", r->serial, buf_str(&text));
}

/* Asked how it is; its erase planned. */
static int open_ask(struct move *m, const struct inv_act *act, const struct inv_return *r,
	const struct inv_return_ask *ask, struct refusal *refusal)
{
	const struct mdm_ask erase = erase_ask(ask);
	int err = mdm_return_ask(m->inv->mdm, m->txn, r->serial, m->now);

	if (err == 0)
		err = mdm_activation_clear(m->inv->mdm, m->txn, act->who, r->serial, m->now);
	if (err == 0 && r->erase == MDM_YES)
		err = mdm_return_plan(m->inv->mdm,
			&(struct mdm_act){m->txn, act->who, m->now, refusal}, r->serial, &erase);
	return err;
}

static int open_write(struct move *m, const struct inv_act *act, struct inv_return *r,
	const struct inv_return_ask *ask, struct refusal *refusal)
{
	struct inv_return_seen s = {0};
	int err = number_take(m->txn, m->a, r);

	if (err == 0)
		err = open_ask(m, act, r, ask, refusal);
	if (err == 0)
		err = inv_return_put(m->txn, r);
	if (err == 0)
		err = tell(m->txn, m->a, r, act->who->actor, m->now);
	if (err == 0)
		err = open_audit(m->txn, act, m->a, r);
	if (err == 0)
		err = seen_get(m, r->serial, &s);
	return err ? err : move_on(m, r, &s);
}

int inv_return_open(struct inv *inv, struct store_txn *txn, const struct inv_act *act,
	const struct inv_return_ask *ask, struct refusal *r)
{
	AUTO(arena) struct arena *a = arena_new();
	struct move m = {.inv = inv, .txn = txn, .a = a, .now = act->now};
	struct inv_return x = {.phase = INV_RETURN_ASKING, .opened_at = act->now};
	struct mdm_return_facts f;
	struct inv_unit u;
	int err = inv_unit_find(txn, a, act->code, &u);

	if (err || !inv->mdm)
		return err;
	err = mdm_return_facts_get(txn, a, u.serial, &f);
	if (err || f.state == 0)
		return err;
	err = open_decide(&u, ask, &f, r);
	if (err)
		return refusal_keep(r, err);
	x.serial = u.serial;
	x.opened_by = act->who->actor;
	x.loan = ask->loan;
	/* One that cannot hear us is erased by hand. */
	x.erase = f.state == MDM_ENROLLED && !f.erased_at ? ask->erase : MDM_NO;
	x.keep_plan = ask->preserve_data_plan == MDM_YES;
	x.service = x.erase == MDM_YES && ask->return_to_service == MDM_YES;
	return refusal_keep(r, open_write(&m, act, &x, ask, r));
}

/* --- people --- */

struct job {
	struct inv *inv;
	const struct inv_act *act;
	const struct inv_judgement *judgement;
	struct refusal *r;
	const char *label; /* of the iPad: the arena's of whoever loads */
	bool although_locked;
	bool woken;
};

static int job_load(struct store_txn *txn, struct arena *a, struct job *j, struct inv_return *ret)
{
	struct inv_unit u;
	int err = inv_unit_find(txn, a, j->act->code, &u);

	if (err == ERR_NOTFOUND)
		return refuse(j->r, &inv_say_no_unit, j->act->code, NULL, NULL);
	if (err)
		return err;
	j->label = inv_unit_label(&u);
	err = inv_return_get(txn, a, u.serial, ret);
	if (err == ERR_NOTFOUND)
		return refuse(j->r, &inv_say_return_none, j->label, NULL, NULL);
	/* Whose loan it comes from goes on counting until it is through. */
	if (err == 0)
		err = inv_zone_admit_loan(txn, j->act->zones, ret->loan, j->r);
	return err ? err : inv_zone_admit(txn, j->act->zones, u.serial, j->r);
}

static int job_run(struct job *j, store_fn *fn)
{
	int err;

	*j->r = (struct refusal){0};
	err = store_write(j->inv->st, fn, j);
	if (err == 0 && j->woken)
		mdm_wake(j->inv->mdm);
	return err;
}

static int go_in(struct store_txn *txn, void *arg)
{
	AUTO(arena) struct arena *a = arena_new();
	struct job *j = arg;
	struct move m = {.inv = j->inv, .txn = txn, .a = a, .now = j->act->now};
	struct inv_return r;
	int err = job_load(txn, a, j, &r);

	if (err == 0)
		err = inv_return_go_decide(&r, j->label, j->although_locked, j->r);
	if (err)
		return refusal_keep(j->r, err);
	r.phase = INV_RETURN_ERASING;
	r.erasing_at = m.now;
	err = follow(&m, &r);
	if (err == 0)
		err = inv_return_put(txn, &r);
	if (err == 0)
		err = tell(txn, a, &r, j->act->who->actor, m.now);
	j->woken = m.woken;
	return err ? err : audit_add(txn, j->act->who, j->act->now, "return.go", r.serial, NULL);
}

int inv_return_go(
	struct inv *inv, const struct inv_act *act, bool although_locked, struct refusal *r)
{
	struct job j = {.inv = inv, .act = act, .although_locked = although_locked, .r = r};

	return job_run(&j, go_in);
}

static enum inv_state state_after(enum inv_verdict v)
{
	return v == INV_VERDICT_REPAIR   ? INV_REPAIR
	       : v == INV_VERDICT_LESSOR ? INV_RETURNED_TO_LESSOR
					 : INV_IN_STOCK;
}

/* One that is set aside, on its way, or stopped for another reason stays so. */
static bool stays(const struct inv_unit *u, enum inv_state to)
{
	bool waits = u->state == INV_AWAITING || u->state == INV_IN_TRANSIT ||
		     u->state == INV_STOPPED || u->state == INV_MISSING;

	return u->state == (uint32_t)to || (to == INV_IN_STOCK && waits);
}

/* The unit's state follows the verdict, with all that follows from that. */
static int finish_state(struct store_txn *txn, struct arena *a, struct job *j, const char *serial)
{
	const struct inv_mark mark = {.to = state_after(j->judgement->verdict), .erase = MDM_NO};
	const struct inv_move move = {.to = mark.to, .no_return = true};
	struct inv_unit u;
	int err = inv_unit_get(txn, a, serial, &u);

	if (err || stays(&u, mark.to))
		return err;
	err = inv_mark_decide(&u, &mark, j->r);
	return err ? err
		   : inv_unit_move(
			     j->inv, txn, j->act->who, &u, &move, j->act->now, j->r, &j->woken);
}

/* One that goes to somebody must not be erased in their hands by a command that still waits. */
static int finish_erase(struct store_txn *txn, struct job *j, const struct inv_return *r)
{
	bool goes_out = j->judgement->verdict == INV_VERDICT_LEND ||
			j->judgement->verdict == INV_VERDICT_CHARGE;

	if (!goes_out || !j->inv->mdm)
		return 0;
	return mdm_return_drop(j->inv->mdm, txn, j->act->who, r->serial, j->act->now);
}

static int finish_audit(
	struct store_txn *txn, struct arena *a, const struct job *j, const struct inv_return *r)
{
	AUTO(buf) struct buf text = BUF_INIT(4096);
	struct doc *d = doc_new(a);

	doc_set_str(d, "verdict", inv_verdict_name(r->verdict));
	doc_set_str(d, "proof", inv_proof_name(r->proof));
	doc_set_bool(d, "looked", r->looked);
	doc_format(d, &text);
	return audit_add(txn, j->act->who, j->act->now, "return.finish", r->serial, buf_str(&text));
}

static int finish_write(struct store_txn *txn, struct arena *a, struct job *j, struct inv_return *r)
{
	int err;

	r->phase = INV_RETURN_DONE;
	r->verdict = j->judgement->verdict;
	r->looked = j->judgement->looked;
	r->note = j->judgement->note;
	r->closed_by = j->act->who->actor;
	r->closed_at = j->act->now;
	/* Done before the rest is told: what follows is not news to it. */
	err = inv_return_put(txn, r);
	if (err == 0)
		err = finish_erase(txn, j, r);
	if (err == 0)
		err = finish_state(txn, a, j, r->serial);
	if (err == 0)
		err = inv_return_clean(j->inv, txn, r, j->act->who, j->act->now);
	if (err == 0)
		err = inv_return_put(txn, r);
	if (err == 0)
		err = tell(txn, a, r, j->act->who->actor, j->act->now);
	if (err == 0 && r->verdict == INV_VERDICT_CHARGE)
		err = inv_task_add(
			txn, r->serial, "charge", r->serial, j->act->who->actor, j->act->now);
	return err ? err : finish_audit(txn, a, j, r);
}

static int finish_in(struct store_txn *txn, void *arg)
{
	AUTO(arena) struct arena *a = arena_new();
	struct job *j = arg;
	struct inv_return r;
	int err = job_load(txn, a, j, &r);

	j->woken = false;
	if (err == 0)
		err = inv_return_decide(&r, j->label, j->judgement, j->r);
	if (err == 0)
		err = finish_write(txn, a, j, &r);
	return refusal_keep(j->r, err);
}

int inv_return_finish(struct inv *inv, const struct inv_act *act, const struct inv_judgement *j,
	struct refusal *r)
{
	struct job job = {.inv = inv, .act = act, .judgement = j, .r = r};

	*r = (struct refusal){0};
	return inv_words_decide(j->note, act->now, r) ? ERR_REFUSED : job_run(&job, finish_in);
}

/* --- time --- */

struct tending {
	struct inv *inv;
	int64_t now;
	struct inv_return_after after;
	struct arena *a; /* holds `after` */
	size_t n;
	bool woken;
};

static int tend_one(struct tending *t, struct store_txn *txn, struct inv_return *r)
{
	AUTO(arena) struct arena *a = arena_new();
	struct move m = {.inv = t->inv, .txn = txn, .a = a, .now = t->now};
	struct inv_return_seen s = {0};
	int err = seen_get(&m, r->serial, &s);

	if (err == 0)
		err = move_on(&m, r, &s);
	t->woken = t->woken || m.woken;
	if (err || r->phase != INV_RETURN_LOCKED || t->now - s.facts.told_at < ASK_AGAIN_S)
		return err;
	t->woken = true;
	return mdm_return_ask(t->inv->mdm, txn, r->serial, t->now);
}

static int tend_in(struct store_txn *txn, void *arg)
{
	AUTO(arena) struct arena *a = arena_new();
	struct tending *t = arg;
	struct inv_return_after after = t->after;
	struct inv_return *list;
	int err = inv_return_list(txn, a, &after, PAGE, &list, &t->n);

	for (size_t i = 0; err == 0 && i < t->n; i++) {
		after.opened_at = list[i].opened_at;
		after.serial = list[i].serial;
		err = tend_one(t, txn, &list[i]);
	}
	if (err == 0 && t->n)
		after.serial = arena_strdup(t->a, after.serial);
	if (err == 0)
		t->after = after;
	return err;
}

int inv_tend(struct inv *inv, int64_t now)
{
	AUTO(arena) struct arena *a = arena_new();
	struct tending t = {.inv = inv, .now = now, .a = a};
	int err;

	if (!inv->mdm)
		return 0;
	do
		err = store_write(inv->st, tend_in, &t);
	while (err == 0 && t.n == PAGE);
	if (t.woken)
		mdm_wake(inv->mdm);
	return err;
}
