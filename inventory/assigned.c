/* SPDX-License-Identifier: EUPL-1.2 */
/* What Apple's device assignment tells: boxes on their way to us, and exchanged iPads. */
#include "inventory/circulation_int.h"

#include "base/text.h"

static int put_with(struct store_txn *txn, const struct inv_unit *before, struct inv_unit *u,
	const struct inv_event *e)
{
	int err = inv_history_add(txn, u, e);

	return err ? err : inv_unit_put(txn, before, u);
}

/* The serial number as a code of ours, or ERR_BADINPUT: written otherwise it would be another's. */
static int own_serial(struct arena *a, const char *serial, const char **ret)
{
	const char *code;

	if (inv_code_parse(a, serial, &code) != 0 || !text_equal(code, serial))
		return ERR_BADINPUT;
	*ret = code;
	return 0;
}

/* What people know better is not overwritten. */
static bool fill(const char **member, const char *told)
{
	if (!text_empty(*member) || text_empty(told))
		return false;
	*member = told;
	return true;
}

static bool facts_take(struct inv_unit *u, const struct mdm_ade_device *d)
{
	bool changed = fill(&u->product, d->description ? d->description : d->model);

	changed |= fill(&u->model, d->model);
	changed |= fill(&u->imei, d->imei);
	changed |= fill(&u->color, d->color);
	changed |= fill(&u->eid, d->eid);
	return changed;
}

static bool becomes_delivered(const struct inv_unit *u)
{
	return u->state == 0 || u->state == INV_ORDERED || u->state == INV_QUARANTINED;
}

/* Its maker counts it as ours: that is as good as a delivery list. */
static int deliver(struct inv *inv, struct store_txn *txn, const struct inv_unit *before,
	struct inv_unit *u, int64_t now)
{
	const struct inv_event e = {.at = now,
		.actor = "apple",
		.kind = "assigned",
		.from = before ? before->state : 0,
		.to = INV_DELIVERED};
	bool stranger = before && before->state == INV_QUARANTINED;
	int err;

	u->state = INV_DELIVERED;
	u->announced = true;
	u->changed_at = now;
	err = put_with(txn, before, u, &e);
	if (err == 0 && stranger && inv->mdm)
		err = mdm_trust_set(inv->mdm, txn, u->serial, true, now);
	return err;
}

int inv_hear_assigned(void *ctx, struct store_txn *txn, const struct mdm_ade_device *d, int64_t now)
{
	AUTO(arena) struct arena *a = arena_new();
	struct inv_unit before, u;
	const char *serial;
	bool known, changed;
	int err;

	if (own_serial(a, d->serial, &serial) != 0)
		return 0;
	err = inv_unit_get(txn, a, serial, &before);
	if (err && err != ERR_NOTFOUND)
		return err;
	known = err == 0;
	u = known ? before : (struct inv_unit){.serial = serial, .made_at = now};
	changed = facts_take(&u, d);
	if (becomes_delivered(&u))
		return deliver(ctx, txn, known ? &before : NULL, &u, now);
	return changed ? inv_unit_put(txn, &before, &u) : 0;
}

static int note(
	struct store_txn *txn, const char *serial, const char *kind, const char *text, int64_t now)
{
	AUTO(arena) struct arena *a = arena_new();
	const struct inv_event e = {.at = now, .actor = "apple", .kind = kind, .text = text};
	struct inv_unit before, u;
	int err = inv_unit_get(txn, a, serial, &before);

	if (err)
		return err == ERR_NOTFOUND ? 0 : err;
	u = before;
	return put_with(txn, &before, &u, &e);
}

int inv_hear_unassigned(
	void *ctx, struct store_txn *txn, const struct mdm_ade_device *d, int64_t now)
{
	unsigned closed;
	int err = note(txn, d->serial, "unassigned", NULL, now);

	(void)ctx;
	return err ? err : inv_task_close_for(txn, d->serial, "left.enrolled", "apple", now, &closed);
}

/* --- one that has left us, and that Apple still counts as ours --- */

static int left_tell(struct store_txn *txn, const char *serial, int64_t now)
{
	static const struct audit_who apple = {.actor = "apple", .via = "mdm"};
	bool open;
	int err = inv_task_is_open(txn, serial, "left.enrolled", &open);

	if (err == 0 && !open)
		err = inv_task_add(txn, serial, "left.enrolled", NULL, "apple", now);
	if (err == 0)
		err = note(txn, serial, "left.enrolled", NULL, now);
	return err ? err : audit_add(txn, &apple, now, "device.left.enrolled", serial, NULL);
}

/* Whoever has it now is not kept waiting for us, and somebody here is told. */
int inv_hear_left(
	struct inv *inv, struct store_txn *txn, const struct mdm_enrollment *e, int64_t now)
{
	AUTO(arena) struct arena *a = arena_new();
	const char *serial;
	struct inv_unit u;
	int err = own_serial(a, e->serial, &serial) == 0 ? inv_unit_get(txn, a, serial, &u)
							 : ERR_NOTFOUND;

	if (err || (u.state != INV_RETURNED_TO_LESSOR && u.state != INV_DISCARDED))
		return err == ERR_NOTFOUND ? 0 : err;
	err = left_tell(txn, serial, now);
	return err || !inv->mdm ? err : mdm_gate_let_out(inv->mdm, txn, e, now);
}

int inv_hear_activation(
	void *ctx, struct store_txn *txn, const char *serial, uint32_t state, int64_t now)
{
	(void)ctx;
	return note(txn, serial,
		state == MDM_ACTIVATION_LOCKED	   ? "lock.locked"
		: state == MDM_ACTIVATION_UNLOCKED ? "lock.opened"
						   : "lock.not-opened",
		NULL, now);
}

/* --- the code that it should have told --- */

int inv_bypass_tasks_close(struct store_txn *txn, const char *serial, const char *by, int64_t now)
{
	unsigned closed;
	int err = inv_task_close_for(txn, serial, "bypass.wanted", by, now, &closed);

	return err ? err : inv_task_close_for(txn, serial, "bypass.over", by, now, &closed);
}

int inv_hear_bypass(void *ctx, struct store_txn *txn, const char *serial,
	enum mdm_bypass_news news, int64_t now)
{
	static const struct audit_who server = {.actor = "server", .via = "server"};
	const bool over = news == MDM_BYPASS_OVER;
	const char *kind = over ? "bypass.over" : "bypass.wanted";
	int err = inv_bypass_tasks_close(txn, serial, "device", now);

	(void)ctx;
	if (err || news == MDM_BYPASS_TOLD)
		return err;
	err = inv_task_add(txn, serial, kind, NULL, "server", now);
	if (err == 0)
		err = note(txn, serial, kind, NULL, now);
	return err ? err
		   : audit_add(txn, &server, now,
			     over ? "device.bypass.over" : "device.bypass.wanted", serial, NULL);
}

int inv_hear_setup_late(
	void *ctx, struct store_txn *txn, const struct mdm_enrollment *e, int64_t now)
{
	(void)ctx;
	return note(txn, e->serial, "setup_late", NULL, now);
}

/* --- an exchanged iPad --- */

/* The agreement, its home and what it is one of go over; number and label are the old one's until
 * somebody moves them. */
static void inherit(const struct inv_unit *old, struct inv_unit *u)
{
	(void)fill(&u->lease, old->lease);
	(void)fill(&u->product_id, old->product_id);
	(void)fill(&u->home, old->home);
	(void)fill(&u->place, old->place);
	(void)fill(&u->supplier, old->supplier);
	if (!u->lease_ends_at)
		u->lease_ends_at = old->lease_ends_at;
	if (!u->zone)
		u->zone = old->zone;
	if (!u->ownership)
		u->ownership = old->ownership;
	if (!u->kind)
		u->kind = old->kind;
}

/* What only a person can move, who has both iPads at hand. */
static int leave_tasks(struct inv_work *w, const struct inv_unit *old, const char *to, bool moved)
{
	int err = inv_task_add(w->txn, to, "replaced.label", old->serial, "apple", w->now);

	if (err == 0 && !text_empty(old->sim))
		err = inv_task_add(w->txn, to, "replaced.sim", old->sim, "apple", w->now);
	if (err == 0 && !moved)
		err = inv_task_add(w->txn, to, "replaced.loan", old->loan, "apple", w->now);
	return err;
}

/* It went back to its maker: to the lessor if it was leased. One that is lost stays so, with its
 * lock; one whose loan could not be moved stays on it until somebody has seen to that. */
static int close_old(struct inv_work *w, struct inv_unit *old, const char *to, bool moved)
{
	bool leased = old->ownership == INV_LEASED || !text_empty(old->lease);
	struct inv_move m = {.to = leased ? INV_RETURNED_TO_LESSOR : INV_DISCARDED,
		.event = "replaced_by",
		.text = to,
		.loan = ""};

	if (!moved || inv_state_is_away(old->state) || !inv_state_is_ours(old->state))
		return note(w->txn, old->serial, "replaced_by", to, w->now);
	return inv_work_move(w, old, &m);
}

static int take_over(struct inv_work *w, struct inv_unit *old, struct inv_unit *u)
{
	struct inv_event e = {.at = w->now, .actor = "apple", .kind = "replaces"};
	const struct inv_unit before = *u;
	bool moved = true;
	int err;

	e.text = old->serial;
	inherit(old, u);
	u->changed_at = w->now;
	err = put_with(w->txn, &before, u, &e);
	if (err == 0)
		err = inv_replace_in(w, old, u, &moved);
	if (err == 0)
		err = close_old(w, old, u->serial, moved);
	/* what was wanted on it alone is wanted on the one that takes its place */
	if (err == 0 && w->inv->mdm)
		err = mdm_desired_move(
			w->inv->mdm, w->txn, w->who, old->serial, u->serial, w->now, w->r);
	return err ? err : leave_tasks(w, old, u->serial, moved);
}

int inv_hear_replaced(
	void *ctx, struct store_txn *txn, const char *from, const char *to, int64_t now)
{
	static const struct audit_who apple = {.actor = "apple", .via = "mdm"};
	const struct inv_desk_who by = {.who = &apple, .zones = PEOPLE_ZONES, .now = now};
	AUTO(inv_work) struct inv_work w;
	struct inv_unit old, u;
	struct refusal r = {0};
	int err;

	inv_work_init(&w, ctx, txn, &by, &r);
	err = inv_unit_get(txn, w.a, from, &old);
	if (err == 0)
		err = inv_unit_get(txn, w.a, to, &u);
	if (err)
		return err == ERR_NOTFOUND ? 0 : err;
	return take_over(&w, &old, &u);
}

/* --- the loan, when it did not go along by itself --- */

/* Which one it took the place of: the newest line of its history that says so. */
static int replaced_by_it(struct inv_work *w, const char *serial, struct inv_unit *ret)
{
	struct inv_event *e;
	size_t n;
	int err = inv_history_list(w->txn, serial, STORE_PIECE_N(w->a, 0, 500), &e, &n);

	for (size_t i = 0; err == 0 && i < n; i++) {
		if (text_equal(e[i].kind, "replaces"))
			return inv_unit_get(w->txn, w->a, e[i].text, ret);
	}
	return err ? err : ERR_NOTFOUND;
}

static int refuse_stays(struct inv_work *w, const struct inv_unit *u)
{
	refuse(w->r, &inv_say_task_loan_stays, inv_unit_label(u), NULL, NULL);
	w->r->arg_say[1] = inv_state_say((enum inv_state)u->state);
	return ERR_REFUSED;
}

static int move_loan_in(struct inv_work *w, void *arg)
{
	struct inv_unit old, u;
	struct inv_task t;
	unsigned closed;
	bool moved = false;
	int err = inv_task_get(w->txn, w->a, *(const uint64_t *)arg, &t);

	if (err)
		return err;
	if (t.done_at || !text_equal(t.kind, "replaced.loan"))
		return refuse(w->r, t.done_at ? &inv_say_task_done : &inv_say_task_other, NULL, NULL,
			NULL);
	err = inv_zone_admit_loan(w->txn, w->by->zones, t.detail, w->r);
	if (err == 0)
		err = inv_unit_get(w->txn, w->a, t.serial, &u);
	if (err == 0)
		err = replaced_by_it(w, t.serial, &old);
	if (err == 0 && !text_equal(old.loan, t.detail))
		err = ERR_NOTFOUND;
	if (err)
		return err == ERR_NOTFOUND
			       ? refuse(w->r, &inv_say_task_loan_gone, NULL, NULL, NULL)
			       : err;
	err = inv_replace_in(w, &old, &u, &moved);
	if (err == 0 && !moved)
		return refuse_stays(w, &u);
	if (err == 0)
		err = close_old(w, &old, u.serial, true);
	return err ? err
		   : inv_task_close_for(
			     w->txn, u.serial, "replaced.loan", w->who->actor, w->now, &closed);
}

int inv_task_move_loan(
	struct inv *inv, const struct inv_desk_who *by, uint64_t id, struct refusal *r)
{
	return inv_work_run(inv, by, r, move_loan_in, &id);
}
