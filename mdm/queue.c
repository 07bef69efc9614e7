/* SPDX-License-Identifier: EUPL-1.2 */
/* Commands into the line and out of it again, by people. */
#include "mdm/desired_int.h"
#include "mdm/return.h"

#include "base/random.h"
#include "base/text.h"

/* --- the push --- */

static int push_wish(
	struct store_txn *txn, const struct mdm_enrollment *e, bool urgent, bool fresh, int64_t now)
{
	const struct apns_wish w = {.id = e->udid,
		.token = e->push_token,
		.magic = e->push_magic,
		.topic = e->topic,
		.token_at_ms = e->token_at_ms,
		.urgent = urgent};

	if (e->push_token.n == 0 || !e->push_magic || !e->topic)
		return 0;
	return apns_wish(txn, &w, fresh, now);
}

int mdm_push_wish(struct store_txn *txn, const struct mdm_enrollment *e, bool fresh, int64_t now)
{
	return push_wish(txn, e, true, fresh, now);
}

int mdm_queue_settle_push(struct store_txn *txn, const char *udid)
{
	AUTO(arena) struct arena *a = arena_new();
	AUTO(mdm_line_walk) struct mdm_line_walk w = {0};
	struct mdm_command c;
	int err = mdm_line_walk_init(&w, txn, udid);

	if (err == 0)
		err = mdm_line_walk_next(&w, a, &c);
	return err == ERR_NOTFOUND ? apns_withdraw(txn, udid) : err;
}

/* --- into the line --- */

static int plist_make(
	struct mdm *m, const struct mdm_new_command *n, struct arena *a, struct mdm_command *c)
{
	int err = mdm_ask_format(n->command, c->uuid, a, &c->plist);

	if (err || !c->sealed)
		return err;
	return cert_seal(
		m->certs, mdm_seal_context(a, MDM_PLIST_CONTEXT, c->uuid), c->plist, a, &c->plist);
}

int mdm_queue_put(struct mdm *m, struct store_txn *txn, const struct mdm_new_command *n,
	int64_t now, char ret_uuid[MDM_UUID])
{
	AUTO(arena) struct arena *a = arena_new();
	char uuid[MDM_UUID];
	bool calm = (n->own & MDM_OWN_CALM) || text_equal(n->made_by, "server");
	struct mdm_command c = {.uuid = random_uuid(uuid),
		.udid = n->e->udid,
		.serial = n->e->serial,
		.request_type = n->row->type,
		.request = n->row->request,
		.state = MDM_QUEUED,
		.sealed = n->row->secret || (n->own & MDM_OWN_SEALED),
		.made_at = now,
		.expires_at = now + (n->life_s > 0 ? n->life_s : n->row->life_s),
		.made_by = n->made_by,
		.slot = n->slot,
		.although_locked = n->although_locked};
	int err = plist_make(m, n, a, &c);

	if (err == 0)
		err = mdm_line_add(txn, &c, n->own & MDM_OWN_HEAD ? MDM_LANE_HEAD : MDM_LANE_LINE);
	if (err == 0)
		err = push_wish(txn, n->e, n->row->urgent || !calm, true, now);
	if (err == 0)
		text_copy(ret_uuid, MDM_UUID, uuid);
	return err;
}

/* How full the line is, and whether one of this type waits already. */
static int line_count(
	struct store_txn *txn, const char *udid, const char *type, struct mdm_ask_facts *f)
{
	AUTO(arena) struct arena *a = arena_new();
	AUTO(mdm_line_walk) struct mdm_line_walk w = {0};
	int err = mdm_line_walk_init(&w, txn, udid);

	while (err == 0) {
		struct mdm_command c;

		err = mdm_line_walk_next(&w, a, &c);
		if (err)
			break;
		f->waiting++;
		if (text_equal(c.request_type, type))
			f->same_since = c.made_at;
		arena_reset(a);
	}
	return err == ERR_NOTFOUND ? 0 : err;
}

static int facts_get(struct mdm *m, struct store_txn *txn, const char *serial,
	struct mdm_enrollment *e, struct mdm_ask_facts *f)
{
	int err = mdm_enrollment_by_serial(txn, f->a, serial, e);

	f->serial = serial;
	f->profile_id = m->o->profile_id;
	if (err)
		return err == ERR_NOTFOUND ? 0 : err;
	f->e = e;
	return mdm_lost_phase_felt(txn, f->a, e, &f->phase);
}

/* Which row, and which Command dictionary. */
static int ask_open(const struct mdm_ask_facts *f, struct mdm_ask *ask, struct mdm_new_command *n,
	struct refusal *r)
{
	if (ask->request == MDM_RAW)
		return mdm_raw_check(ask->raw, f->a, f->e, ask, &n->command, &n->row, r);
	n->row = mdm_request_row(ask->request);
	if (!n->row)
		return refuse(r, &mdm_say_raw_type, "?", NULL, NULL);
	if (n->row->own_way)
		return refuse(r, &mdm_say_own_way, n->row->type, NULL, NULL);
	return 0;
}

static int add_audit(const struct mdm_act *act, const struct mdm_ask *ask,
	const struct mdm_new_command *n, const char *uuid)
{
	AUTO(arena) struct arena *a = arena_new();
	AUTO(buf) struct buf b = BUF_INIT(4096);
	struct doc *d = doc_new(a);

	doc_set_str(d, "type", n->row->type);
	doc_set_str(d, "command", uuid);
	if (n->row->request == MDM_ERASE_DEVICE) {
		doc_set_bool(d, "preserve_data_plan", ask->preserve_data_plan == MDM_YES);
		doc_set_bool(d, "return_to_service", ask->return_to_service == MDM_YES);
		if (ask->although_locked == MDM_YES)
			doc_set_str(d, "although_locked", ask->reason);
	}
	if (n->row->request == MDM_REMOVE_PROFILE)
		doc_set_str(d, "identifier", ask->identifier);
	doc_format(d, &b);
	return audit_add(act->txn, act->who, act->now, "command.add", n->e->serial, buf_str(&b));
}

static bool is_unwritable(int err)
{
	return err == ERR_BADINPUT || err == ERR_UNSUPPORTED || err == ERR_TOOBIG;
}

/* A command on its way into the line: what was asked, of whom, and what became of it. */
struct adding {
	struct mdm_ask asked;
	struct mdm_enrollment e;
	struct mdm_ask_facts f;
	struct mdm_new_command n;
};

static int adding_decide(struct mdm *m, struct store_txn *txn, const char *serial, struct adding *x,
	struct refusal *r)
{
	int err = facts_get(m, txn, serial, &x->e, &x->f);

	if (err == 0)
		err = ask_open(&x->f, &x->asked, &x->n, r);
	if (err == 0 && x->f.e)
		err = line_count(txn, x->e.udid, x->n.row->type, &x->f);
	if (err == 0 && x->n.row->brings_apps && !m->o->allow_apps)
		err = refuse(r, &mdm_say_no_apps, x->n.row->type, NULL, NULL);
	if (err == 0)
		err = mdm_ask_decide(x->n.row, &x->f, r);
	return err ? err : mdm_ask_check(&x->asked, &x->f, r);
}

int mdm_command_check(struct mdm *m, struct store_txn *txn, const char *serial,
	const struct mdm_ask *ask, struct refusal *r)
{
	AUTO(arena) struct arena *a = arena_new();
	struct adding x = {.asked = *ask, .f = {.a = a}};

	return refusal_keep(r, adding_decide(m, txn, serial, &x, r));
}

int mdm_command_preview(struct mdm *m, struct store_txn *txn, const char *serial,
	const struct mdm_ask *ask, enum say_lang lang, struct arena *a, struct doc *d,
	struct refusal *r)
{
	struct adding x = {.asked = *ask, .f = {.a = a}};
	int err = adding_decide(m, txn, serial, &x, r);

	if (err)
		return refusal_keep(r, err);
	mdm_preview_doc(x.n.row, &x.asked, x.f.phase != MDM_NOT_LOST, lang, a, d);
	if (x.n.row->request == MDM_SETTINGS)
		mdm_preview_settings_doc(
			x.n.command ? x.n.command : mdm_ask_build(&x.asked, a), lang, a, d);
	if (x.n.row->request != MDM_ERASE_DEVICE)
		return 0;
	return mdm_erase_preview(
		&(struct mdm_erase_view){m, txn, &x.e, &x.asked, lang, a}, d, r);
}

int mdm_command_add(struct mdm *m, const struct mdm_act *act, const char *serial,
	const struct mdm_ask *ask, char ret_uuid[MDM_UUID])
{
	AUTO(arena) struct arena *a = arena_new();
	struct adding x = {.asked = *ask,
		.f = {.a = a},
		.n = {.made_by = act->who->actor, .life_s = ask->life_s}};
	char uuid[MDM_UUID] = "";
	int err = adding_decide(m, act->txn, serial, &x, act->r);

	if (err)
		return refusal_keep(act->r, err);
	x.n.e = &x.e;
	if (x.n.row->request == MDM_ERASE_DEVICE)
		err = mdm_erase_begin(m, act, &x.e, &x.asked);
	if (err)
		return refusal_keep(act->r, err);
	x.n.although_locked = x.asked.lock_seen_to || x.asked.although_locked == MDM_YES;
	if (!x.n.command)
		x.n.command = mdm_ask_build(&x.asked, a);
	err = mdm_queue_put(m, act->txn, &x.n, act->now, uuid);
	/* what has a form of its own was judged value by value, a raw plist was not */
	if (ask->request == MDM_RAW && is_unwritable(err))
		return refusal_keep(
			act->r, refuse(act->r, &mdm_say_raw_value, x.n.row->type, NULL, NULL));
	if (err == 0)
		err = add_audit(act, &x.asked, &x.n, uuid);
	if (err == 0)
		text_copy(ret_uuid, MDM_UUID, uuid);
	return err;
}

/* --- out of it --- */

int mdm_queue_finish(struct mdm *m, struct store_txn *txn, const struct mdm_enrollment *e,
	const struct mdm_command *c, int64_t now)
{
	struct mdm_command done = *c;
	size_t n;
	int err = 0;

	done.done_at = now;
	done.plist = bytes_of(NULL, 0);
	if (done.state == MDM_EXPIRED || done.state == MDM_CANCELLED) {
		AUTO(arena) struct arena *a = arena_new();

		done.sealed = false;
		if (done.request == MDM_DEVICE_LOCATION)
			err = mdm_location_end(txn, a, &done);
	}
	if (err == 0)
		err = mdm_line_finish(txn, &done);
	/* orders begin at 1, so a short history need not be looked at */
	if (err == 0 && done.order > MDM_HISTORY_MAX)
		err = mdm_done_prune(txn, done.udid, now, 2, &n);
	if (err == 0 && done.slot)
		err = mdm_desired_done(m, txn, &done, now);
	return err ? err : mdm_event_command_done(m, txn, e, &done, now);
}

static const char *state_name(uint32_t state)
{
	static const char *const names[] = {[MDM_QUEUED] = "Queued",
		[MDM_ACKNOWLEDGED] = "Acknowledged",
		[MDM_ERROR] = "Error",
		[MDM_FORMAT_ERROR] = "CommandFormatError",
		[MDM_EXPIRED] = "Expired",
		[MDM_CANCELLED] = "Cancelled"};

	return state >= MDM_QUEUED && state <= MDM_CANCELLED ? names[state] : "?";
}

static int cancel_audit(struct store_txn *txn, const struct audit_who *who,
	const struct mdm_command *c, int64_t now)
{
	AUTO(arena) struct arena *a = arena_new();
	AUTO(buf) struct buf b = BUF_INIT(4096);
	struct doc *d = doc_new(a);

	doc_set_str(d, "type", c->request_type);
	doc_set_str(d, "command", c->uuid);
	doc_format(d, &b);
	return audit_add(txn, who, now, "command.cancel", c->serial, buf_str(&b));
}

static int cancel_check(const struct mdm_command *c, struct refusal *r)
{
	const struct mdm_request_row *row = mdm_command_row(c);

	if (!mdm_command_is_live(c))
		return refuse(r, &mdm_say_ended, state_name(c->state), NULL, NULL);
	if (row && row->own_way && row->request != MDM_DEVICE_LOCATION)
		return refuse(r, &mdm_say_own_way, row->type, NULL, NULL);
	return 0;
}

int mdm_command_cancel(struct mdm *m, const struct mdm_act *act, const char *uuid)
{
	AUTO(arena) struct arena *a = arena_new();
	struct mdm_enrollment e;
	struct mdm_command c;
	int err = mdm_command_find(act->txn, a, uuid, &c);

	if (err == ERR_NOTFOUND || err == ERR_BADINPUT)
		err = refuse(act->r, &mdm_say_no_command, uuid, NULL, NULL);
	if (err == 0)
		err = cancel_check(&c, act->r);
	if (err == 0)
		err = mdm_enrollment_get(act->txn, a, c.udid, &e);
	if (err)
		return refusal_keep(act->r, err);
	c.state = MDM_CANCELLED;
	c.error = act->who->actor;
	err = mdm_queue_finish(m, act->txn, &e, &c, act->now);
	if (err == 0)
		err = mdm_queue_settle_push(act->txn, c.udid);
	return err ? err : cancel_audit(act->txn, act->who, &c, act->now);
}

/* --- looking --- */

int mdm_command_get(
	struct store_txn *txn, struct arena *a, const char *uuid, struct mdm_command *ret)
{
	struct mdm_command c;
	int err = mdm_command_find(txn, a, uuid, &c);

	if (err == 0 && mdm_command_is_live(&c))
		err = mdm_line_plist(txn, &c, a, &c.plist);
	if (err == 0)
		*ret = c;
	return err == ERR_BADINPUT ? ERR_NOTFOUND : err;
}

int mdm_queue_list(struct store_txn *txn, struct arena *a, const char *udid, size_t most,
	struct mdm_command **ret, size_t *ret_n)
{
	AUTO(mdm_line_walk) struct mdm_line_walk w = {0};
	size_t room = most < MDM_LINE_MAX + 16 ? most : MDM_LINE_MAX + 16, n = 0;
	struct mdm_command *list = ARENA_ARRAY(a, struct mdm_command, room ? room : 1);
	int err = mdm_line_walk_init(&w, txn, udid);

	while (err == 0 && n < room) {
		err = mdm_line_walk_next(&w, a, &list[n]);
		if (err == 0)
			n++;
	}
	if (err && err != ERR_NOTFOUND)
		return err;
	*ret = list;
	*ret_n = n;
	return 0;
}

int mdm_line_find_type(struct store_txn *txn, struct arena *a, const char *udid, const char *type,
	struct mdm_command *ret)
{
	AUTO(mdm_line_walk) struct mdm_line_walk w = {0};
	int err = mdm_line_walk_init(&w, txn, udid);

	while (err == 0) {
		struct mdm_command c;

		err = mdm_line_walk_next(&w, a, &c);
		if (err == 0 && text_equal(c.request_type, type)) {
			*ret = c;
			return 0;
		}
	}
	return err;
}
