/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Acts on a unit. Each is one transaction that covers the unit, its history, the iPad's command,
 * the SIM's task and the audit log: all of it happens or nothing.
 */
#include "inventory/inventory_int.h"

#include "base/text.h"

struct job {
	struct inv *inv;
	const struct inv_act *act;
	const struct inv_mark *mark;
	const char *name; /* in the audit log */
	struct refusal *r;
	bool found; /* back to the state before, whatever that was */
	bool woken; /* commands were added */
};

/* One thing on its way through an act: as stored, and as it will be. */
struct step {
	struct arena *a;
	struct inv_unit before, u;
};

static int add_state_event(struct store_txn *txn, struct job *j, struct step *s)
{
	const struct inv_event e = {
		.at = j->act->now,
		.actor = j->act->who->actor,
		.kind = "state",
		.from = s->before.state,
		.to = s->u.state,
		.text = j->mark ? j->mark->note : NULL,
	};

	return inv_history_add(txn, &s->u, &e);
}

/* Lost Mode wanted or no longer wanted, as the new state says. */
static int set_lost(struct store_txn *txn, struct job *j, const struct step *s)
{
	const struct mdm_lost want = {
		.serial = s->u.serial,
		.message = j->mark ? j->mark->message : NULL,
		.phone = j->mark ? j->mark->phone : NULL,
		.footnote = j->mark && !text_empty(j->mark->footnote) ? j->mark->footnote
								      : s->u.item_number,
		.reason = s->u.state == INV_STOLEN ? "stolen" : "lost",
	};

	bool away = inv_state_is_away(s->u.state), was = inv_state_is_away(s->before.state);

	if (!j->inv->mdm || (!away && !was))
		return 0;
	if (away && was)
		return mdm_lost_reason_set(txn, j->act->who, s->u.serial, want.reason, j->act->now);
	j->woken = true;
	if (away)
		return mdm_lost_set(j->inv->mdm, txn, j->act->who, &want, j->act->now, j->r);
	/* Written off while lost: the iPad stays locked, for whoever has it. */
	if (s->u.state == INV_DISCARDED)
		return 0;
	return mdm_lost_clear(j->inv->mdm, txn, j->act->who, s->u.serial, j->act->now, j->r);
}

static int erase(struct store_txn *txn, struct job *j, const struct step *s)
{
	const struct mdm_ask ask = {
		.request = MDM_ERASE_DEVICE,
		.preserve_data_plan = j->mark ? j->mark->preserve_data_plan : MDM_NOT_CHOSEN,
		.return_to_service = MDM_NO,
	};
	char uuid[MDM_UUID];

	if (!j->inv->mdm || !j->mark || j->mark->erase != MDM_YES || !s->u.enrolled)
		return 0;
	j->woken = true;
	return mdm_command_add(
		j->inv->mdm, txn, j->act->who, s->u.serial, &ask, j->act->now, j->r, uuid);
}

/* A SIM that went away with its iPad is to be stopped by a person; one that came back is to be
 * opened again if it was stopped in between. */
static int set_sim_task(struct store_txn *txn, struct job *j, const struct step *s)
{
	bool away = inv_state_is_away(s->u.state), was = inv_state_is_away(s->before.state);
	unsigned still_open = 0;
	int err;

	if (text_empty(s->u.sim) || away == was)
		return 0;
	if (away)
		return inv_task_add(
			txn, s->u.serial, "sim.stop", s->u.sim, j->act->who->actor, j->act->now);
	err = inv_task_close_for(
		txn, s->u.serial, "sim.stop", j->act->who->actor, j->act->now, &still_open);
	if (err || still_open || s->u.state == INV_DISCARDED)
		return err;
	return inv_task_add(
		txn, s->u.serial, "sim.open", s->u.sim, j->act->who->actor, j->act->now);
}

/* One that becomes ours: mdm may speak to the iPad now. One that leaves us goes on hearing us, or
 * the erase that goes with it would never reach it; if it enrols again it is a stranger. */
static int set_trust(struct store_txn *txn, struct job *j, const struct step *s)
{
	bool now = inv_state_is_ours(s->u.state), was = inv_state_is_ours(s->before.state);

	if (!j->inv->mdm || !now || was)
		return 0;
	j->woken = true;
	return mdm_trust_set(j->inv->mdm, txn, s->u.serial, true, j->act->now);
}

static int add_audit(struct store_txn *txn, struct job *j, const struct step *s)
{
	AUTO(buf) struct buf text = BUF_INIT(4096);
	struct doc *d = doc_new(s->a);

	doc_set_str(d, "from", inv_state_name((enum inv_state)s->before.state));
	doc_set_str(d, "to", inv_state_name((enum inv_state)s->u.state));
	doc_format(d, &text);
	return audit_add(txn, j->act->who, j->act->now, j->name, s->u.serial, buf_str(&text));
}

/* The effects in one order: whatever refuses, refuses all of it. */
static int take_effect(struct store_txn *txn, struct job *j, struct step *s)
{
	typedef int effect_fn(struct store_txn *, struct job *, const struct step *);
	static effect_fn *const effects[] = {
		set_trust,
		set_lost,
		erase,
		set_sim_task,
		add_audit,
	};
	int err = add_state_event(txn, j, s);

	if (err == 0)
		err = inv_unit_put(txn, &s->before, &s->u);
	for (size_t i = 0; err == 0 && i < sizeof(effects) / sizeof(effects[0]); i++)
		err = effects[i](txn, j, s);
	return err;
}

/* Where "found" leads: to where it was, and to stock when nobody knows. */
static enum inv_state state_when_found(const struct inv_unit *u)
{
	return u->state_before && !inv_state_is_away(u->state_before)
		       ? (enum inv_state)u->state_before
		       : INV_IN_STOCK;
}

static int decide(struct job *j, struct step *s)
{
	int err = j->found ? inv_found_decide(&s->u, j->r) : inv_mark_decide(&s->u, j->mark, j->r);

	if (err)
		return err;
	if (j->found) {
		s->u.state = state_when_found(&s->u);
		s->u.state_before = 0;
	} else {
		if (!inv_state_is_away(s->u.state))
			s->u.state_before = s->u.state;
		s->u.state = j->mark->to;
	}
	s->u.changed_at = j->act->now;
	return 0;
}

static int act_in(struct store_txn *txn, void *arg)
{
	AUTO(arena) struct arena *a = arena_new();
	struct job *j = arg;
	struct step s = {.a = a};
	int err = inv_unit_find(txn, a, j->act->code, &s.u);

	j->woken = false;
	if (err == ERR_NOTFOUND)
		return refuse(j->r, &inv_say_no_unit, j->act->code, NULL, NULL);
	if (err)
		return err;
	s.before = s.u;
	err = decide(j, &s);
	if (err == 0)
		err = take_effect(txn, j, &s);
	return refusal_keep(j->r, err);
}

static int run(struct job *j)
{
	int err;

	*j->r = (struct refusal){0};
	err = store_write(j->inv->st, act_in, j);
	if (err == 0 && j->woken)
		mdm_wake(j->inv->mdm);
	return err;
}

int inv_mark(
	struct inv *inv, const struct inv_act *act, const struct inv_mark *mark, struct refusal *r)
{
	struct job j = {.inv = inv, .act = act, .mark = mark, .name = "item.mark", .r = r};

	return run(&j);
}

int inv_lost(struct inv *inv, const struct inv_act *act, bool stolen, const struct inv_mark *words,
	struct refusal *r)
{
	struct inv_mark mark = *words;

	mark.to = stolen ? INV_STOLEN : INV_LOST;
	return inv_mark(inv, act, &mark, r);
}

int inv_found(struct inv *inv, const struct inv_act *act, struct refusal *r)
{
	struct job j = {.inv = inv, .act = act, .name = "item.found", .r = r, .found = true};

	return run(&j);
}

int inv_returned(struct inv *inv, const struct inv_act *act, const struct inv_mark *choices,
	struct refusal *r)
{
	struct inv_mark mark = *choices;
	struct job j = {.inv = inv, .act = act, .mark = &mark, .name = "item.returned", .r = r};

	mark.to = INV_IN_STOCK;
	return run(&j);
}
