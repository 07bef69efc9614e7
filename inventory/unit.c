/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Acts on a unit. Each is one transaction that covers the unit, its history, the iPad's command,
 * the SIM's task and the audit log: all of it happens or nothing.
 */
#include "inventory/inventory_int.h"

#include "base/text.h"

struct act {
	struct inv *inv;
	const struct audit_who *who;
	const char *code;
	const struct inv_mark *mark;
	const char *name; /* in the audit log */
	int64_t now;
	struct refusal *r;
	bool found; /* back to the state before, whatever that was */
	bool woken; /* commands were added */
};

/* One thing on its way through an act: as stored, and as it will be. */
struct step {
	struct arena *a;
	struct inv_unit before, u;
};

static int add_state_event(struct store_txn *txn, struct act *act, struct step *s)
{
	const struct inv_event e = {
		.at = act->now,
		.actor = act->who->actor,
		.kind = "state",
		.from = s->before.state,
		.to = s->u.state,
		.text = act->mark ? act->mark->note : NULL,
	};

	return inv_history_add(txn, &s->u, &e);
}

/* Lost Mode wanted or no longer wanted, as the new state says. */
static int set_lost(struct store_txn *txn, struct act *act, const struct step *s)
{
	const struct mdm_lost want = {
		.serial = s->u.serial,
		.message = act->mark ? act->mark->message : NULL,
		.phone = act->mark ? act->mark->phone : NULL,
		.footnote = act->mark && !text_empty(act->mark->footnote) ? act->mark->footnote
									  : s->u.item_number,
		.reason = s->u.state == INV_STOLEN ? "stolen" : "lost",
	};

	if (!act->inv->mdm || inv_state_is_away(s->u.state) == inv_state_is_away(s->before.state))
		return 0;
	act->woken = true;
	if (inv_state_is_away(s->u.state))
		return mdm_lost_set(act->inv->mdm, txn, act->who, &want, act->now, act->r);
	/* Written off while lost: the iPad stays locked, for whoever has it. */
	if (s->u.state == INV_DISCARDED)
		return 0;
	return mdm_lost_clear(act->inv->mdm, txn, act->who, s->u.serial, act->now, act->r);
}

static int erase(struct store_txn *txn, struct act *act, const struct step *s)
{
	const struct mdm_ask ask = {
		.request = MDM_ERASE_DEVICE,
		.preserve_data_plan = act->mark ? act->mark->preserve_data_plan : MDM_NOT_CHOSEN,
		.return_to_service = MDM_NO,
	};
	char uuid[MDM_UUID];

	if (!act->inv->mdm || !act->mark || act->mark->erase != MDM_YES || !s->u.enrolled)
		return 0;
	act->woken = true;
	return mdm_command_add(
		act->inv->mdm, txn, act->who, s->u.serial, &ask, act->now, act->r, uuid);
}

/* A SIM that went away with its iPad is to be stopped by a person; one that came back is to be
 * opened again if it was stopped in between. */
static int set_sim_task(struct store_txn *txn, struct act *act, const struct step *s)
{
	bool away = inv_state_is_away(s->u.state), was = inv_state_is_away(s->before.state);
	unsigned still_open = 0;
	int err;

	if (text_empty(s->u.sim) || away == was)
		return 0;
	if (away)
		return inv_task_add(
			txn, s->u.serial, "sim.stop", s->u.sim, act->who->actor, act->now);
	err = inv_task_close_for(
		txn, s->u.serial, "sim.stop", act->who->actor, act->now, &still_open);
	if (err || still_open || s->u.state == INV_DISCARDED)
		return err;
	return inv_task_add(txn, s->u.serial, "sim.open", s->u.sim, act->who->actor, act->now);
}

/* One that becomes ours: mdm may speak to the iPad now. One that leaves us goes on hearing us, or
 * the erase that goes with it would never reach it; if it enrols again it is a stranger. */
static int set_trust(struct store_txn *txn, struct act *act, const struct step *s)
{
	bool now = inv_state_is_ours(s->u.state), was = inv_state_is_ours(s->before.state);

	if (!act->inv->mdm || !now || was)
		return 0;
	act->woken = true;
	return mdm_trust_set(act->inv->mdm, txn, s->u.serial, true, act->now);
}

static int add_audit(struct store_txn *txn, struct act *act, const struct step *s)
{
	AUTO(buf) struct buf text = BUF_INIT(4096);
	struct doc *d = doc_new(s->a);

	doc_set_str(d, "from", inv_state_name((enum inv_state)s->before.state));
	doc_set_str(d, "to", inv_state_name((enum inv_state)s->u.state));
	doc_format(d, &text);
	return audit_add(txn, act->who, act->now, act->name, s->u.serial, buf_str(&text));
}

/* The effects in one order: whatever refuses, refuses all of it. */
static int take_effect(struct store_txn *txn, struct act *act, struct step *s)
{
	typedef int effect_fn(struct store_txn *, struct act *, const struct step *);
	static effect_fn *const effects[] = {
		set_trust,
		set_lost,
		erase,
		set_sim_task,
		add_audit,
	};
	int err = add_state_event(txn, act, s);

	if (err == 0)
		err = inv_unit_put(txn, &s->before, &s->u);
	for (size_t i = 0; err == 0 && i < sizeof(effects) / sizeof(effects[0]); i++)
		err = effects[i](txn, act, s);
	return err;
}

/* Where "found" leads: to where it was, and to stock when nobody knows. */
static enum inv_state state_when_found(const struct inv_unit *u)
{
	return u->state_before && !inv_state_is_away(u->state_before)
		       ? (enum inv_state)u->state_before
		       : INV_IN_STOCK;
}

static int decide(struct act *act, struct step *s)
{
	int err = act->found ? inv_found_decide(&s->u, act->r)
			     : inv_mark_decide(&s->u, act->mark, act->r);

	if (err)
		return err;
	if (act->found) {
		s->u.state = state_when_found(&s->u);
		s->u.state_before = 0;
	} else {
		if (!inv_state_is_away(s->u.state))
			s->u.state_before = s->u.state;
		s->u.state = act->mark->to;
	}
	s->u.changed_at = act->now;
	return 0;
}

static int act_in(struct store_txn *txn, void *arg)
{
	AUTO(arena) struct arena *a = arena_new();
	struct act *act = arg;
	struct step s = {.a = a};
	int err = inv_unit_find(txn, a, act->code, &s.u);

	act->woken = false;
	if (err == ERR_NOTFOUND)
		return refuse(act->r, &inv_say_no_unit, act->code, NULL, NULL);
	if (err)
		return err;
	s.before = s.u;
	err = decide(act, &s);
	if (err == 0)
		err = take_effect(txn, act, &s);
	/* A refusal speaks of the thing as the caller named it: the arena ends here. */
	if (err == ERR_REFUSED && act->r->arg[0] == s.u.serial)
		act->r->arg[0] = act->code;
	return err;
}

static int do_act(struct act *act)
{
	int err;

	*act->r = (struct refusal){0};
	err = store_write(act->inv->st, act_in, act);
	if (err == 0 && act->woken)
		mdm_wake(act->inv->mdm);
	return err;
}

int inv_mark(struct inv *inv, const struct audit_who *who, const char *code,
	const struct inv_mark *mark, int64_t now, struct refusal *r)
{
	struct act act = {.inv = inv,
		.who = who,
		.code = code,
		.mark = mark,
		.name = "item.mark",
		.now = now,
		.r = r};

	return do_act(&act);
}

int inv_lost(struct inv *inv, const struct audit_who *who, const char *code, bool stolen,
	const struct inv_mark *words, int64_t now, struct refusal *r)
{
	struct inv_mark mark = *words;

	mark.to = stolen ? INV_STOLEN : INV_LOST;
	return inv_mark(inv, who, code, &mark, now, r);
}

int inv_found(struct inv *inv, const struct audit_who *who, const char *code, int64_t now,
	struct refusal *r)
{
	struct act act = {.inv = inv,
		.who = who,
		.code = code,
		.name = "item.found",
		.now = now,
		.r = r,
		.found = true};

	return do_act(&act);
}

int inv_returned(struct inv *inv, const struct audit_who *who, const char *code,
	const struct inv_mark *choices, int64_t now, struct refusal *r)
{
	struct inv_mark mark = *choices;
	struct act act = {.inv = inv,
		.who = who,
		.code = code,
		.mark = &mark,
		.name = "item.returned",
		.now = now,
		.r = r};

	mark.to = INV_IN_STOCK;
	return do_act(&act);
}
