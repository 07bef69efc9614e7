/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Lost state lives here, not on the iPad: an erase ends Lost Mode, so an iPad that enrols again
 * is put back into it before it is let out of Setup Assistant. The state may be wanted before
 * there is anyone to tell.
 */
#include "mdm/queue_int.h"

#include "base/clock.h"
#include "base/text.h"
#include "base/when.h"

/* --- commands --- */

/* What is done to an iPad's line when its lost state changes. */
struct turn {
	struct mdm *m;
	struct store_txn *txn;
	const struct mdm_enrollment *e;
	const char *by;
	int64_t now;
};

/*
 * Puts EnableLostMode or DisableLostMode at the head of the line, once. What keeps it from the
 * iPad is remembered in the state: the state itself stands all the same. The caller writes *l.
 */
static int command_want(const struct turn *n, struct mdm_lost *l, enum mdm_request request)
{
	AUTO(arena) struct arena *a = arena_new();
	const struct mdm_ask ask = {.request = request,
		.message = l->message,
		.phone = l->phone,
		.footnote = l->footnote};
	struct mdm_ask_facts f = {.serial = l->serial, .e = n->e, .phase = l->phase, .a = a};
	struct mdm_new_command want = {
		.e = n->e, .row = mdm_request_row(request), .made_by = l->by, .own = MDM_OWN_HEAD};
	struct refusal r = {0};
	struct mdm_command live;
	char uuid[MDM_UUID];
	int err = mdm_ask_decide(want.row, &f, &r);

	l->hindrance = r.say ? r.say->code : NULL;
	if (err)
		return err == ERR_REFUSED ? 0 : err;
	err = mdm_line_find_type(n->txn, a, n->e->udid, want.row->type, &live);
	if (err != ERR_NOTFOUND)
		return err;
	want.command = mdm_ask_build(&ask, a);
	err = mdm_queue_put(n->m, n->txn, &want, n->now, uuid);
	if (err == 0)
		l->tried_at = n->now;
	return err;
}

static bool was_handed(struct mdm *m, const struct mdm_command *c)
{
	char uuid[MDM_UUID];
	int64_t at;

	return c->handed_at || c->put_off_count ||
	       (mdm_handed_get(m->line, c->udid, uuid, &at) && text_equal(uuid, c->uuid));
}

/* Cancels the live one of a type. *ret_untold: there was one, and the iPad never saw it. */
static int live_cancel(const struct turn *n, enum mdm_request request, bool *ret_untold)
{
	AUTO(arena) struct arena *a = arena_new();
	const struct mdm_request_row *row = mdm_request_row(request);
	struct mdm_command c;
	int err = mdm_line_find_type(n->txn, a, n->e->udid, row->type, &c);

	*ret_untold = false;
	if (err)
		return err == ERR_NOTFOUND ? 0 : err;
	*ret_untold = !was_handed(n->m, &c);
	c.state = MDM_CANCELLED;
	c.error = n->by;
	return mdm_queue_finish(n->m, n->txn, n->e, &c, n->now);
}

static int enrollment_find(struct store_txn *txn, struct arena *a, const char *serial,
	struct mdm_enrollment *ret, bool *ret_found)
{
	int err = mdm_enrollment_by_serial(txn, a, serial, ret);

	*ret_found = err == 0;
	return err == ERR_NOTFOUND ? 0 : err;
}

static int act_audit(struct store_txn *txn, const struct audit_who *who, const char *act,
	const struct mdm_lost *l, int64_t now)
{
	AUTO(arena) struct arena *a = arena_new();
	AUTO(buf) struct buf b = BUF_INIT(1024);
	struct doc *d = doc_new(a);

	doc_set_str(d, "reason", l->reason);
	doc_format(d, &b);
	return audit_add(txn, who, now, act, l->serial, buf_str(&b));
}

/* --- lost --- */

static int want_check(const struct mdm_lost *want, struct arena *a, struct refusal *r)
{
	const struct mdm_ask ask = {.request = MDM_ENABLE_LOST_MODE,
		.message = want->message,
		.phone = want->phone,
		.footnote = want->footnote};
	const struct mdm_ask_facts f = {.a = a};

	if (text_empty(want->serial) || strlen(want->serial) > MDM_SERIAL_MAX)
		return refuse(r, &mdm_say_lost_serial, NULL, NULL, NULL);
	if (want->reason && !text_equal(want->reason, "lost") &&
		!text_equal(want->reason, "stolen"))
		return refuse(r, &mdm_say_lost_reason, NULL, NULL, NULL);
	return mdm_ask_check(&ask, &f, r);
}

/* Not lost, or found a moment ago and not yet out of Lost Mode: both may become lost. For the
 * latter *ret_on_since stays what it was, so that a second "found" knows the iPad must be told. */
static int standing_check(struct store_txn *txn, struct arena *a, const char *serial,
	struct refusal *r, int64_t *ret_on_since)
{
	struct mdm_lost l;
	char when[CLOCK_TEXT];
	int err = mdm_lost_get(txn, a, serial, &l);

	if (err)
		return err == ERR_NOTFOUND ? 0 : err;
	if (l.phase == MDM_LOST_LEAVING)
		*ret_on_since = l.on_since ? l.on_since : l.since;
	if (l.phase == MDM_LOST_LEAVING || l.phase == MDM_NOT_LOST)
		return 0;
	clock_format_local(l.since, when);
	return refuse(r, &mdm_say_lost_already, serial, arena_strdup(a, when), NULL);
}

static int lost_begin(
	struct mdm *m, struct store_txn *txn, struct arena *a, struct mdm_lost *l, int64_t now)
{
	struct mdm_enrollment e;
	bool found, untold;
	int err = enrollment_find(txn, a, l->serial, &e, &found);

	if (err == 0 && found) {
		struct turn n = {.m = m, .txn = txn, .e = &e, .by = l->by, .now = now};

		err = live_cancel(&n, MDM_DISABLE_LOST_MODE, &untold);
		if (err == 0)
			err = command_want(&n, l, MDM_ENABLE_LOST_MODE);
	}
	return err ? err : mdm_lost_put(txn, l);
}

int mdm_lost_set(struct mdm *m, const struct mdm_act *act, const struct mdm_lost *want)
{
	AUTO(arena) struct arena *a = arena_new();
	struct mdm_lost l = {.serial = want->serial,
		.phase = MDM_LOST_WANTED,
		.message = want->message,
		.phone = want->phone,
		.footnote = want->footnote,
		.since = act->now,
		.by = act->who->actor,
		.reason = want->reason ? want->reason : "lost"};
	int err = want_check(want, a, act->r);

	if (err == 0)
		err = standing_check(act->txn, a, l.serial, act->r, &l.on_since);
	if (err == 0)
		err = lost_begin(m, act->txn, a, &l, act->now);
	if (err == 0)
		err = act_audit(act->txn, act->who, "device.lost", &l, act->now);
	return refusal_keep(act->r, err);
}

/* The new text in place of the old, when there is one and it is another. */
static bool words_take(const char **have, const char *want)
{
	if (text_empty(want) || text_equal(*have, want))
		return false;
	*have = want;
	return true;
}

/* The one in its line has the old words, and goes. */
static int words_tell(struct mdm *m, const struct mdm_act *act, struct arena *a, struct mdm_lost *l)
{
	struct mdm_enrollment e;
	const struct turn n = {.m = m, .txn = act->txn, .e = &e, .by = l->by, .now = act->now};
	bool found, untold;
	int err = enrollment_find(act->txn, a, l->serial, &e, &found);

	if (err || !found)
		return err;
	err = live_cancel(&n, MDM_ENABLE_LOST_MODE, &untold);
	return err ? err : command_want(&n, l, MDM_ENABLE_LOST_MODE);
}

static int change(struct mdm *m, const struct mdm_act *act, struct arena *a, struct mdm_lost *l,
	const struct mdm_lost *want)
{
	bool words = words_take(&l->message, want->message);
	char when[CLOCK_TEXT];
	int err;

	words |= words_take(&l->phone, want->phone);
	words |= words_take(&l->footnote, want->footnote);
	if (!words_take(&l->reason, want->reason) && !words) {
		clock_format_local(l->since, when);
		return refuse(
			act->r, &mdm_say_lost_already, l->serial, arena_strdup(a, when), NULL);
	}
	l->by = act->who->actor;
	err = want_check(l, a, act->r);
	if (err == 0 && words)
		err = words_tell(m, act, a, l);
	if (err == 0)
		err = mdm_lost_put(act->txn, l);
	return err ? err : act_audit(act->txn, act->who, "device.lost", l, act->now);
}

int mdm_lost_change(struct mdm *m, const struct mdm_act *act, const struct mdm_lost *want)
{
	AUTO(arena) struct arena *a = arena_new();
	struct mdm_lost l;
	int err = mdm_lost_get(act->txn, a, want->serial, &l);

	if (err == ERR_NOTFOUND || (err == 0 && l.phase == MDM_LOST_LEAVING))
		return mdm_lost_set(m, act, want);
	if (err == 0)
		err = change(m, act, a, &l, want);
	return refusal_keep(act->r, err);
}

int mdm_lost_write_off(struct store_txn *txn, const char *serial)
{
	AUTO(arena) struct arena *a = arena_new();
	struct mdm_lost l;
	int err = mdm_location_forget(txn, serial);

	if (err == 0)
		err = mdm_lost_get(txn, a, serial, &l);
	if (err)
		return err == ERR_NOTFOUND ? 0 : err;
	l.written_off = true;
	return mdm_lost_put(txn, &l);
}

/* --- found --- */

/* Must the iPad be told? Not when it never heard of being lost. */
static int found_commands(const struct turn *n, const struct mdm_lost *l, bool *ret_tell)
{
	bool untold, ignored;
	int err = live_cancel(n, MDM_ENABLE_LOST_MODE, &untold);

	if (err == 0)
		err = live_cancel(n, MDM_DEVICE_LOCATION, &ignored);
	if (err == 0)
		err = live_cancel(n, MDM_PLAY_LOST_MODE_SOUND, &ignored);
	if (err)
		return err;
	*ret_tell = l->on_since || (l->tried_at && !untold);
	return 0;
}

/* The state is over: what waited for that may go now. */
static int lost_over(
	struct store_txn *txn, const struct mdm_enrollment *e, const char *serial, int64_t now)
{
	AUTO(arena) struct arena *a = arena_new();
	AUTO(mdm_line_walk) struct mdm_line_walk w = {0};
	struct mdm_command c;
	int err = mdm_lost_del(txn, serial);

	if (err == 0)
		err = mdm_desired_touch(txn, serial, now);
	if (err || !e)
		return err;
	err = mdm_line_walk_init(&w, txn, e->udid);
	if (err == 0)
		err = mdm_line_walk_next(&w, a, &c);
	if (err == ERR_NOTFOUND)
		return mdm_queue_settle_push(txn, e->udid);
	return err ? err : mdm_push_wish(txn, e, true, now);
}

static int lost_end(struct mdm *m, const struct mdm_act *act, struct arena *a, struct mdm_lost *l)
{
	struct store_txn *txn = act->txn;
	struct mdm_enrollment e;
	struct turn n = {.m = m, .txn = txn, .e = &e, .by = act->who->actor, .now = act->now};
	bool found, tell = false;
	int err = enrollment_find(txn, a, l->serial, &e, &found);

	if (err == 0)
		err = mdm_location_forget(txn, l->serial);
	if (err == 0 && found)
		err = found_commands(&n, l, &tell);
	if (err)
		return err;
	if (!found || !tell || e.state != MDM_ENROLLED || e.erased_at)
		return lost_over(txn, found ? &e : NULL, l->serial, act->now);
	l->phase = MDM_LOST_LEAVING;
	l->by = n.by;
	err = command_want(&n, l, MDM_DISABLE_LOST_MODE);
	return err ? err : mdm_lost_put(txn, l);
}

int mdm_lost_clear(struct mdm *m, const struct mdm_act *act, const char *serial)
{
	AUTO(arena) struct arena *a = arena_new();
	struct mdm_lost l;
	int err = mdm_lost_get(act->txn, a, serial, &l);

	if (err == ERR_NOTFOUND)
		err = refuse(act->r, &mdm_say_lost_not, serial, NULL, NULL);
	else if (err == 0 && l.phase == MDM_LOST_LEAVING)
		err = refuse(act->r, &mdm_say_lost_leaving, serial, NULL, NULL);
	if (err == 0)
		err = lost_end(m, act, a, &l);
	if (err == 0)
		err = act_audit(act->txn, act->who, "device.found", &l, act->now);
	return refusal_keep(act->r, err);
}

/* --- what the iPad tells --- */

static int lost_act(const struct turn *n, struct mdm_lost *l, enum mdm_lost_act act)
{
	int err = 0;

	switch (act) {
	case MDM_LOST_NOTHING:
		return 0;
	case MDM_LOST_ASK:
		return mdm_queue_own_once(n->m, n->txn, n->e, MDM_DEVICE_INFORMATION, n->now);
	case MDM_LOST_OVER:
		err = mdm_location_forget(n->txn, l->serial);
		return err ? err : lost_over(n->txn, n->e, l->serial, n->now);
	case MDM_LOST_CONFIRM:
		l->phase = MDM_LOST_ON;
		l->on_since = n->now;
		l->hindrance = NULL;
		break;
	case MDM_LOST_AGAIN:
		l->phase = MDM_LOST_WANTED;
		break;
	case MDM_LOST_ENABLE:
		l->phase = MDM_LOST_WANTED;
		err = command_want(n, l, MDM_ENABLE_LOST_MODE);
		break;
	case MDM_LOST_DISABLE:
		l->phase = MDM_LOST_LEAVING;
		err = command_want(n, l, MDM_DISABLE_LOST_MODE);
		break;
	}
	return err ? err : mdm_lost_put(n->txn, l);
}

int mdm_lost_told(struct mdm *m, struct store_txn *txn, const struct mdm_enrollment *e,
	enum mdm_lost_told told, int64_t now)
{
	AUTO(arena) struct arena *a = arena_new();
	const struct turn n = {.m = m, .txn = txn, .e = e, .now = now};
	/* For an iPad in Lost Mode that nobody here wants there. */
	struct mdm_lost l = {.serial = e->serial, .since = now, .by = "server", .reason = "lost"};
	int err = mdm_lost_get(txn, a, e->serial, &l);

	if (err && err != ERR_NOTFOUND)
		return err;
	return lost_act(&n, &l, mdm_lost_step(l.phase, told, now - l.tried_at));
}

int mdm_lost_reapply(
	struct mdm *m, struct store_txn *txn, const struct mdm_enrollment *e, int64_t now)
{
	AUTO(arena) struct arena *a = arena_new();
	const struct turn n = {.m = m, .txn = txn, .e = e, .now = now};
	struct mdm_lost l;
	int err = mdm_lost_get(txn, a, e->serial, &l);

	if (err)
		return err == ERR_NOTFOUND ? 0 : err;
	return lost_act(&n, &l, l.phase == MDM_LOST_LEAVING ? MDM_LOST_DISABLE : MDM_LOST_ENABLE);
}

int mdm_lost_hindrance(struct store_txn *txn, struct arena *a, const struct mdm_lost *l,
	enum say_lang lang, const char **ret)
{
	struct mdm_ask_facts f = {.serial = l->serial, .phase = l->phase, .a = a};
	struct mdm_enrollment e;
	struct refusal r = {0};
	int err = mdm_enrollment_by_serial(txn, a, l->serial, &e);

	if (err && err != ERR_NOTFOUND)
		return err;
	f.e = err == 0 ? &e : NULL;
	err = l->phase == MDM_LOST_WANTED
		      ? mdm_ask_decide(mdm_request_row(MDM_ENABLE_LOST_MODE), &f, &r)
		      : 0;
	if (err && err != ERR_REFUSED)
		return err;
	if (r.say == &mdm_say_supervised)
		r.say = &mdm_say_lost_unsupervised;
	*ret = r.say ? refusal_text(a, lang, &r) : NULL;
	return 0;
}

int mdm_lost_waits(
	const struct mdm_lost_view *v, const struct mdm_lost *l, const char **ret)
{
	struct refusal r = {.say = &mdm_say_lost_waits};
	struct mdm_enrollment e;
	const char *hindrance;
	int64_t seen = 0;
	int err = mdm_lost_hindrance(v->txn, v->a, l, v->lang, &hindrance);

	*ret = NULL;
	if (err || hindrance || l->phase != MDM_LOST_WANTED)
		return err;
	err = mdm_enrollment_by_serial(v->txn, v->a, l->serial, &e);
	if (err == 0)
		err = mdm_seen_get(v->m, v->txn, e.udid, &seen);
	if (err)
		return err == ERR_NOTFOUND ? 0 : err;
	r.arg[0] = when_text(v->a, v->lang, l->since, v->now);
	r.arg[1] = seen ? when_text(v->a, v->lang, seen, v->now) : "–";
	*ret = refusal_text(v->a, v->lang, &r);
	return 0;
}
