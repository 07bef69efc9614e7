/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Acts on a unit. Each is one transaction that covers the unit, its history, the iPad's command,
 * the SIM's task and the audit log: all of it happens or nothing.
 */
#include "inventory/inventory_int.h"

#include "base/text.h"

/* One thing on its way through a move: as stored, as it will be, and what goes with that. */
struct step {
	struct inv *inv;
	const struct audit_who *who;
	const struct inv_move *m;
	int64_t now;
	struct refusal *r;
	struct inv_unit before, u;
	bool woken; /* commands were added */
};

static bool moves(const struct step *s)
{
	return s->before.state != s->u.state;
}

static int add_state_event(struct store_txn *txn, struct step *s)
{
	const char *note = s->m->mark ? s->m->mark->note : NULL;
	const struct inv_event e = {
		.at = s->now,
		.actor = s->who->actor,
		.kind = s->m->event ? s->m->event : moves(s) ? "state" : "note",
		.from = moves(s) ? s->before.state : 0,
		.to = moves(s) ? s->u.state : 0,
		.text = s->m->text ? s->m->text : note,
	};

	return moves(s) || s->m->event || !text_empty(e.text) ? inv_history_add(txn, &s->u, &e) : 0;
}

/* Its word, then who saw it has written: "worn repa i hörnet". */
static int add_condition_event(struct store_txn *txn, struct step *s)
{
	AUTO(arena) struct arena *a = arena_new();
	const char *note = s->u.condition_note;
	struct inv_event e = {.at = s->now, .actor = s->who->actor, .kind = "condition"};

	if (!s->m->condition || (s->u.condition == s->before.condition &&
					text_equal(note, s->before.condition_note)))
		return 0;
	e.text = arena_printf(a, "%s%s%s", inv_condition_name(s->u.condition),
		text_empty(note) ? "" : " ", note ? note : "");
	return inv_history_add(txn, &s->u, &e);
}

static int add_police_event(struct store_txn *txn, struct step *s)
{
	const struct inv_event e = {.at = s->now,
		.actor = s->who->actor,
		.kind = "police",
		.text = s->u.police};

	return text_empty(s->u.police) || text_equal(s->u.police, s->before.police)
		       ? 0
		       : inv_history_add(txn, &s->u, &e);
}

static bool written_off(const struct step *s)
{
	return moves(s) && s->u.state == INV_DISCARDED;
}

/* Written off while lost it stayed locked; ours again, it is as good as found. */
static int lost_undo(struct store_txn *txn, struct step *s)
{
	AUTO(arena) struct arena *a = arena_new();
	struct mdm_lost l;
	int err = mdm_lost_get(txn, a, s->u.serial, &l);

	if (err || l.phase == MDM_LOST_LEAVING)
		return err == ERR_NOTFOUND ? 0 : err;
	return mdm_lost_clear(
		s->inv->mdm, &(struct mdm_act){txn, s->who, s->now, s->r}, s->u.serial);
}

/* Still away: for another reason, or with other words. The house's own are for one that has none. */
static int lost_change(struct store_txn *txn, struct step *s, struct mdm_lost *want)
{
	AUTO(arena) struct arena *a = arena_new();
	struct mdm_lost have;
	int err = mdm_lost_get(txn, a, want->serial, &have);

	if (err && err != ERR_NOTFOUND)
		return err;
	if (err == 0 && s->m->mark && s->m->mark->house_words)
		want->message = NULL;
	return mdm_lost_change(
		s->inv->mdm, &(struct mdm_act){txn, s->who, s->now, s->r}, want);
}

/* Lost Mode wanted, with other words, or no longer wanted, as the new state says. */
static int set_lost(struct store_txn *txn, struct step *s)
{
	const struct inv_mark *mark = s->m->mark;
	const struct mdm_act act = {txn, s->who, s->now, s->r};
	struct mdm_lost want = {
		.serial = s->u.serial,
		.message = mark ? mark->message : NULL,
		.phone = mark ? mark->phone : NULL,
		.footnote = mark ? mark->footnote : NULL,
		.reason = s->u.state == INV_STOLEN ? "stolen" : "lost",
	};
	bool away = inv_state_is_away(s->u.state), was = inv_state_is_away(s->before.state);

	if (!s->inv->mdm || !inv_unit_may_enrol(&s->u) ||
		(!away && !was && s->before.state != INV_DISCARDED))
		return 0;
	s->woken = true;
	if (away && was)
		return lost_change(txn, s, &want);
	if (text_empty(want.footnote))
		want.footnote = s->u.item_number;
	if (away)
		return mdm_lost_set(s->inv->mdm, &act, &want);
	/* The iPad stays locked, for whoever has it. */
	return written_off(s) ? mdm_lost_write_off(txn, s->u.serial) : lost_undo(txn, s);
}

/* What Apple shows on the lock: the words on its screen, and whom to call. */
static int lock_words(struct store_txn *txn, struct arena *a, const struct step *s, const char **ret)
{
	const struct inv_mark *mark = s->m->mark;
	struct mdm_lost l = {.message = mark ? mark->message : NULL,
		.phone = mark ? mark->phone : NULL};
	int err = mdm_lost_get(txn, a, s->u.serial, &l);

	if (err && err != ERR_NOTFOUND)
		return err;
	*ret = text_empty(l.message) ? l.phone
	       : text_empty(l.phone) || strstr(l.message, l.phone)
		       ? l.message
		       : arena_printf(a, "%s %s", l.message, l.phone);
	return 0;
}

/* What is stolen is locked at Apple as well, which no erase undoes; lost is not, since whoever finds
 * it may bring it back. Written off while stolen it stays locked, until it is ours again. */
static int set_activation(struct store_txn *txn, struct step *s)
{
	AUTO(arena) struct arena *a = arena_new();
	const struct mdm_act act = {txn, s->who, s->now, NULL};
	bool stolen = s->u.state == INV_STOLEN;
	bool was = s->before.state == INV_STOLEN || s->before.state == INV_DISCARDED;
	const char *words = NULL;
	int err;

	if (!s->inv->mdm || !inv_unit_may_enrol(&s->u) || (!stolen && !was) || written_off(s))
		return 0;
	s->woken = true;
	if (!stolen)
		return mdm_activation_clear(s->inv->mdm, txn, s->who, s->u.serial, s->now);
	err = lock_words(txn, a, s, &words);
	if (err == 0 && was)
		return mdm_activation_words(txn, s->u.serial, words);
	return err ? err : mdm_activation_lock(s->inv->mdm, &act, s->u.serial, words);
}

/* One that leaves its borrower or goes back to the lessor: erased, proved so, and judged. */
static int open_return(struct store_txn *txn, struct step *s)
{
	AUTO(arena) struct arena *a = arena_new();
	const struct inv_mark *mark = s->m->mark;
	const struct inv_act act = {.who = s->who, .code = s->u.serial, .now = s->now};
	const struct inv_return_ask ask = {
		.erase = mark ? mark->erase : MDM_NOT_CHOSEN,
		.preserve_data_plan = mark ? mark->preserve_data_plan : MDM_NOT_CHOSEN,
		.return_to_service = mark ? mark->return_to_service : MDM_NOT_CHOSEN,
		.wifi_profile = mark ? mark->wifi_profile : bytes_of(NULL, 0),
		.loan = s->before.loan,
	};
	struct inv_unit stored;
	int err;

	if (!s->inv->mdm || !mark || s->m->no_return || !inv_unit_may_enrol(&s->u) ||
		!inv_mark_returns(&s->before, mark, s->m->to))
		return 0;
	s->woken = true;
	err = inv_return_open(s->inv, txn, &act, &ask, s->r);
	if (err == 0)
		err = inv_unit_get(txn, a, s->u.serial, &stored);
	if (err == 0)
		s->u.history_seq = stored.history_seq;
	return err;
}

/* A SIM that went away with its iPad is to be stopped by a person; one that came back is to be
 * opened again if it was stopped in between. */
static int set_sim_task(struct store_txn *txn, struct step *s)
{
	bool away = inv_state_is_away(s->u.state), was = inv_state_is_away(s->before.state);
	unsigned still_open = 0;
	int err;

	if (text_empty(s->u.sim) || away == was)
		return 0;
	if (away)
		return inv_task_add(txn, s->u.serial, "sim.stop", s->u.sim, s->who->actor, s->now);
	err = inv_task_close_for(txn, s->u.serial, "sim.stop", s->who->actor, s->now, &still_open);
	if (err || still_open || s->u.state == INV_DISCARDED)
		return err;
	return inv_task_add(txn, s->u.serial, "sim.open", s->u.sim, s->who->actor, s->now);
}

/* One that becomes ours: mdm may speak to the iPad now. One that leaves us goes on hearing us, or
 * the erase that goes with it would never reach it; if it enrols again it is a stranger. */
static int set_trust(struct store_txn *txn, struct step *s)
{
	bool now = inv_state_is_ours(s->u.state), was = inv_state_is_ours(s->before.state);
	unsigned closed;
	int err;

	if (!now && was)
		return inv_bypass_tasks_close(txn, s->u.serial, s->who->actor, s->now);
	if (!s->inv->mdm || !now || was || !inv_unit_may_enrol(&s->u))
		return 0;
	s->woken = true;
	err = inv_task_close_for(
		txn, s->u.serial, "left.enrolled", s->who->actor, s->now, &closed);
	return err ? err : mdm_trust_set(s->inv->mdm, txn, s->u.serial, true, s->now);
}

static int add_audit(struct store_txn *txn, struct step *s)
{
	AUTO(arena) struct arena *a = arena_new();
	AUTO(buf) struct buf text = BUF_INIT(4096);
	struct doc *d = doc_new(a);

	if (!s->m->act)
		return 0;
	doc_set_str(d, "from", inv_state_name((enum inv_state)s->before.state));
	doc_set_str(d, "to", inv_state_name((enum inv_state)s->u.state));
	if (s->m->mark && !text_empty(s->m->mark->police))
		doc_set_str(d, "police", s->m->mark->police);
	doc_format(d, &text);
	return audit_add(txn, s->who, s->now, s->m->act, s->u.serial, buf_str(&text));
}

/* If it was where the whole was; and one that turned up by itself while the whole was gone is lent with it, and
 * comes back with it. */
static bool goes_along(const struct step *s, const struct inv_unit *part)
{
	return part->state == s->before.state ||
	       (part->state == INV_ON_LOAN && s->u.state != INV_ON_LOAN &&
		       !inv_state_is_away(s->u.state));
}

/* The units that are parts of it go where it goes. */
static int move_parts(struct store_txn *txn, struct step *s)
{
	AUTO(arena) struct arena *a = arena_new();
	struct inv_move m = *s->m;
	const char **serials;
	size_t n = 0;
	int err = s->u.parts ? inv_kit_units(txn, a, s->u.serial, &serials, &n) : 0;

	m.act = NULL;
	m.condition = 0; /* said of the whole, not of each */
	for (size_t i = 0; err == 0 && i < n; i++) {
		struct inv_unit part;
		bool woken = false;

		err = inv_unit_get(txn, a, serials[i], &part);
		if (err || !goes_along(s, &part))
			continue;
		err = inv_unit_move(s->inv, txn, s->who, &part, &m, s->now, s->r, &woken);
		s->woken = s->woken || woken;
	}
	return err;
}

/* Nobody is handed an iPad that is not through its return. */
static int check_return(struct store_txn *txn, struct step *s)
{
	bool open = false;
	int err = moves(s) && s->u.state == INV_ON_LOAN && !s->m->found
			  ? inv_return_is_open(txn, s->u.serial, &open)
			  : 0;

	return err == 0 && open ? refuse(s->r, &inv_say_return_open, inv_unit_label(&s->u), NULL, NULL) : err;
}

/* Whatever takes it out of transit ends the transfer. */
static int end_transfer(struct store_txn *txn, struct step *s)
{
	AUTO(arena) struct arena *a = arena_new();

	if (s->before.state != INV_IN_TRANSIT || s->u.state == INV_IN_TRANSIT)
		return 0;
	return inv_transfer_end(txn, a, &s->before, s->u.place, s->who->actor, s->now);
}

/* The effects in one order: whatever refuses, refuses all of it. */
static int take_effect(struct store_txn *txn, struct step *s)
{
	typedef int effect_fn(struct store_txn *, struct step *);
	static effect_fn *const effects[] = {
		set_trust,
		set_lost,
		set_activation,
		open_return,
		set_sim_task,
		add_audit,
		end_transfer,
		move_parts,
	};
	int err = check_return(txn, s);

	if (err == 0)
		err = add_state_event(txn, s);
	if (err == 0)
		err = add_condition_event(txn, s);
	if (err == 0)
		err = add_police_event(txn, s);
	if (err == 0)
		err = inv_unit_put(txn, &s->before, &s->u);
	for (size_t i = 0; err == 0 && i < sizeof(effects) / sizeof(effects[0]); i++)
		err = effects[i](txn, s);
	return err;
}

/* Where "found" leads: to where it was, and to stock when nobody knows. */
static enum inv_state state_when_found(const struct inv_unit *u)
{
	return u->state_before && !inv_state_is_away(u->state_before)
		       ? (enum inv_state)u->state_before
		       : INV_IN_STOCK;
}

/* The report is of this loss: back again, the next one has its own. */
static void apply_police(const struct inv_move *m, struct inv_unit *u)
{
	if (m->mark && !text_empty(m->mark->police))
		u->police = m->mark->police;
	else if (!inv_state_is_away(m->to) && m->to != INV_DISCARDED)
		u->police = NULL;
}

static void apply(const struct inv_move *m, struct inv_unit *u, int64_t now)
{
	apply_police(m, u);
	if (m->found)
		u->state_before = 0;
	else if (u->state != (uint32_t)m->to && !inv_state_is_away(u->state))
		u->state_before = u->state;
	u->state = m->to;
	if (m->loan)
		u->loan = text_empty(m->loan) ? NULL : m->loan;
	if (m->place)
		u->place = text_empty(m->place) ? NULL : m->place;
	u->bound_for = m->to == INV_IN_TRANSIT ? m->bound_for : NULL;
	if (m->condition) {
		u->condition = m->condition;
		u->condition_note = m->condition_note;
	}
	if (m->lent) {
		u->lent_at = now;
		u->loans++;
	}
	u->changed_at = now;
}

int inv_unit_move(struct inv *inv, struct store_txn *txn, const struct audit_who *who,
	struct inv_unit *u, const struct inv_move *m, int64_t now, struct refusal *r,
	bool *ret_wake)
{
	struct step s = {.inv = inv, .who = who, .m = m, .now = now, .r = r, .before = *u, .u = *u};
	int err = m->mark ? inv_words_decide(m->mark->note, now, r) : 0;

	if (err)
		return err;
	apply(m, &s.u, now);
	err = inv_loan_follow(inv, txn, who, &s.u, s.before.state, now);
	if (err == 0)
		err = take_effect(txn, &s);
	if (err)
		return err;
	*u = s.u;
	*ret_wake = *ret_wake || s.woken;
	return 0;
}

/* An act of its own: the unit is looked up and asked whether it may. */
struct job {
	struct inv *inv;
	const struct inv_act *act;
	const struct inv_mark *mark;
	const char *name; /* in the audit log */
	struct refusal *r;
	bool found; /* back to the state before, whatever that was */
	bool woken;
};

static int act_in(struct store_txn *txn, void *arg)
{
	AUTO(arena) struct arena *a = arena_new();
	struct job *j = arg;
	struct inv_move m = {.act = j->name,
		.found = j->found,
		.mark = j->mark};
	struct inv_mark found = {0};
	struct inv_unit u;
	int err = inv_unit_find(txn, a, j->act->code, &u);

	j->woken = false;
	if (err == ERR_NOTFOUND)
		return refuse(j->r, &inv_say_no_unit, j->act->code, NULL, NULL);
	if (err)
		return err;
	found.to = state_when_found(&u);
	err = inv_zone_admit(txn, j->act->zones, u.serial, j->r);
	if (err == 0 && (!j->found || inv_state_is_away(u.state)))
		err = inv_duty_admit(txn, &u, j->found ? &found : j->mark, j->act->duties, j->r);
	if (err == 0)
		err = j->found ? inv_found_decide(&u, j->r) : inv_mark_decide(&u, j->mark, j->r);
	m.to = j->found ? found.to : j->mark->to;
	if (err == 0)
		err = inv_unit_move(j->inv, txn, j->act->who, &u, &m, j->act->now, j->r, &j->woken);
	return refusal_keep(j->r, err);
}

static int run(struct job *j)
{
	int err;

	*j->r = (struct refusal){0};
	err = store_write(j->inv->st, act_in, j);
	if (err == 0 && j->woken)
		inv_wake(j->inv);
	return err;
}

int inv_mark(
	struct inv *inv, const struct inv_act *act, const struct inv_mark *mark, struct refusal *r)
{
	struct job j = {.inv = inv, .act = act, .mark = mark, .name = "item.mark", .r = r};

	*r = (struct refusal){0};
	if (mark->to == INV_AWAITING) /* it would stand there for nobody */
		return refuse(r, &inv_say_mark_awaiting, act->code, NULL, NULL);
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
