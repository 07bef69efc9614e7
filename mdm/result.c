/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * A session, one message at a time: the iPad polls or answers, we store and give the next.
 *
 * A poll is a read: what it hands out is written down only seconds later, and only if no answer
 * came. An answer is one write: the command leaves the line for history, and the next is chosen
 * in the same transaction. The raw bytes are what is kept first; reading them comes after, and
 * nothing that cannot be read keeps the line standing.
 */
#include "mdm/ade_int.h"

#include "base/random.h"
#include "base/text.h"

struct job {
	struct mdm *m;
	const struct mdm_caller *who;
	const struct mdm_result *r;
	struct bytes body;
	int64_t now;
	struct arena *a;
	/* out */
	struct mdm_owner owner;
	struct bytes next;
	char handed[MDM_UUID]; /* "" for none */
	bool write;            /* a poll that has something to write after all */
	bool lost_wreck;       /* unreadable, and nobody knows what it answers */
};

static int owner_find(struct job *j, struct store_txn *txn)
{
	const char *udid = j->r->udid;
	struct cert_identity id;
	int err;

	/* it may have run before: nothing of that holds */
	j->next = (struct bytes){NULL, 0};
	j->handed[0] = '\0';
	j->write = j->lost_wreck = false;
	if (!udid) {
		err = cert_identity_get(txn, j->a, j->who->peer.fingerprint, &id);
		if (err)
			return err == ERR_NOTFOUND ? ERR_STRANGER : err;
		if (!id.udid)
			return ERR_DENIED;
		udid = id.udid;
	}
	return mdm_owner_get(txn, j->a, j->who, udid, &j->owner);
}

/* May it be given anything at all? */
static bool may_be_handed(const struct mdm_owner *o)
{
	return !o->superseded && !o->renewing && o->e.state == MDM_ENROLLED;
}

/* --- the next one --- */

struct choice {
	struct mdm_command c;
	bool found;
	size_t put_off;
};

static int next_choose(struct job *j, struct store_txn *txn, struct choice *ret)
{
	const struct mdm_line_view view = {
		.e = &j->owner.e, .identity_expired = j->owner.expired, .now = j->now};
	AUTO(mdm_line_walk) struct mdm_line_walk w = {0};
	struct mdm_line_state s;
	int err = mdm_line_state_get(txn, j->a, &view, &s);

	ret->found = false;
	ret->put_off = 0;
	if (err == 0)
		err = mdm_line_walk_init(&w, txn, j->owner.e.udid);
	while (err == 0 && !ret->found) {
		enum mdm_hold hold;

		err = mdm_line_walk_next(&w, j->a, &ret->c);
		if (err)
			break;
		err = mdm_erase_look(txn, j->a, &j->owner.e, &ret->c, &s);
		if (err)
			break;
		hold = mdm_hold_decide(&ret->c, mdm_command_row(&ret->c), &s);
		ret->found = hold == MDM_HOLD_NONE;
		ret->put_off += hold == MDM_HOLD_PUT_OFF;
	}
	return err == ERR_NOTFOUND ? 0 : err;
}

/* ERR_CRYPTO, ERR_CORRUPT: this one can never be sent. */
static int next_hand(struct job *j, struct store_txn *txn, const struct choice *x)
{
	struct bytes message;
	int err = mdm_queue_message(j->m, txn, &j->owner.e, &x->c, j->a, &message);

	if (err)
		return err;
	j->next = message;
	text_copy(j->handed, sizeof(j->handed), x->c.uuid);
	return 0;
}

static bool is_unsendable(int err)
{
	return err == ERR_CRYPTO || err == ERR_CORRUPT;
}

/* One whose message cannot be opened (a lost key) ends with that word instead of standing in the
 * way of all behind it. */
static int unsendable_end(struct job *j, struct store_txn *txn, struct choice *x)
{
	x->c.state = MDM_ERROR;
	x->c.error = "unsendable";
	x->c.sealed = false;
	return mdm_queue_finish(j->m, txn, &j->owner.e, &x->c, j->now);
}

static int next_give(struct job *j, struct store_txn *txn, struct choice *x)
{
	for (;;) {
		int err = next_choose(j, txn, x);

		if (err || !x->found)
			return err;
		err = next_hand(j, txn, x);
		if (!is_unsendable(err))
			return err;
		err = unsendable_end(j, txn, x);
		if (err)
			return err;
	}
}

/* --- a poll --- */

static int poll_read(struct store_txn *txn, void *arg)
{
	struct job *j = arg;
	struct choice x;
	int err = owner_find(j, txn);

	if (err || !may_be_handed(&j->owner))
		return err;
	err = mdm_event_calls_wanted(j->m, txn, &j->write);
	j->write = j->write || j->owner.e.put_off || j->owner.e.erased_at;
	if (err || j->write)
		return err;
	err = next_choose(j, txn, &x);
	if (err || !x.found)
		return err;
	err = next_hand(j, txn, &x);
	j->write = is_unsendable(err);
	return j->write ? 0 : err;
}

/* A new session: what was put off in the last one may be tried again. One that calls has not
 * erased itself. */
static int poll_write(struct store_txn *txn, void *arg)
{
	struct job *j = arg;
	struct choice x;
	int err = owner_find(j, txn);

	if (err || !may_be_handed(&j->owner))
		return err;
	if (j->owner.e.put_off || j->owner.e.erased_at) {
		j->owner.e.session += j->owner.e.put_off;
		j->owner.e.put_off = false;
		j->owner.e.erased_at = 0;
		err = mdm_enrollment_put(txn, &j->owner.e);
	}
	if (err == 0)
		err = mdm_event_called(j->m, txn, &j->owner.e, NULL, j->now);
	return err ? err : next_give(j, txn, &x);
}

/* --- an answer --- */

static struct bytes cut(struct bytes b, size_t most)
{
	return bytes_of(b.p, b.n < most ? b.n : most);
}

static int put_off(struct job *j, struct store_txn *txn, struct mdm_command *c)
{
	struct mdm_enrollment *e = &j->owner.e;
	bool first = !e->put_off;
	int err;

	c->put_off_at = j->now;
	c->put_off_session = e->session;
	c->put_off_count++;
	err = mdm_line_put(txn, c);
	if (err == 0)
		err = mdm_event_called(j->m, txn, e, c, j->now);
	if (err || !first)
		return err;
	e->put_off = true;
	return mdm_enrollment_put(txn, e);
}

static void outcome_set(struct job *j, struct mdm_command *c)
{
	c->state = j->r->in_part ? MDM_ERROR : mdm_status_state(j->r->status);
	c->answer = cut(j->body, MDM_ANSWER_MAX);
	c->answer_unreadable = !j->r->readable;
	c->error = j->r->error;
	c->error_code = j->r->error_code;
	c->done_at = j->now;
}

/* One no more in the line was cancelled or grew old while the iPad had it, and was carried out
 * after all. History tells what happened. */
static int outcome_take(struct job *j, struct store_txn *txn, struct mdm_command *c)
{
	struct mdm_answer an = {.m = j->m,
		.txn = txn,
		.a = j->a,
		.e = &j->owner.e,
		.c = c,
		.result = j->r,
		.now = j->now};
	int err;

	outcome_set(j, c);
	c->heard = j->body;
	err = mdm_answer_take(&an);
	if (err)
		return err;
	err = mdm_command_is_live(c) ? mdm_queue_finish(j->m, txn, an.e, c, j->now)
				     : mdm_done_put(txn, c);
	if (err == 0)
		err = mdm_answer_follow(&an);
	if (err == 0 && an.changed)
		err = mdm_enrollment_put(txn, an.e);
	return err;
}

/* An answer to nothing we asked is kept for the record, in the few places there are for such. */
static int strange_keep(struct job *j, struct store_txn *txn)
{
	char uuid[MDM_UUID];
	struct mdm_command c = {.uuid = j->r->uuid ? j->r->uuid : random_uuid(uuid),
		.udid = j->owner.e.udid,
		.serial = j->owner.e.serial,
		.request_type = j->r->type ? j->r->type : "?",
		.made_by = MDM_STRANGE_BY,
		.made_at = j->now,
		.sealed = true};
	size_t pruned;
	int err;

	if (j->r->status == MDM_STATUS_NOT_NOW || j->r->status == MDM_STATUS_IDLE)
		return 0;
	outcome_set(j, &c);
	err = cert_seal(j->m->certs, mdm_seal_context(j->a, MDM_ANSWER_CONTEXT, c.uuid),
		cut(j->body, MDM_STRANGE_ANSWER_MAX), j->a, &c.answer);
	if (err == 0)
		err = mdm_strange_add(txn, &c);
	if (err == 0 && c.order > MDM_HISTORY_MAX)
		err = mdm_done_prune(txn, c.udid, j->now, 2, &pruned);
	return err;
}

/* The command that a wreck without UUID must be the answer to; ERR_NOTFOUND. */
static int out_find(struct job *j, struct store_txn *txn, struct mdm_command *ret)
{
	AUTO(mdm_line_walk) struct mdm_line_walk w = {0};
	char uuid[MDM_UUID];
	int64_t at;
	bool found = false;
	int err;

	if (mdm_handed_get(j->m->line, j->owner.e.udid, uuid, &at)) {
		err = mdm_command_find(txn, j->a, uuid, ret);
		return err == 0 && !mdm_command_is_live(ret) ? ERR_NOTFOUND : err;
	}
	err = mdm_line_walk_init(&w, txn, j->owner.e.udid);
	while (err == 0) {
		struct mdm_command c;

		err = mdm_line_walk_next(&w, j->a, &c);
		if (err == 0 && c.handed_at && (!found || c.handed_at > ret->handed_at)) {
			*ret = c;
			found = true;
		}
	}
	return err == ERR_NOTFOUND && found ? 0 : err;
}

static bool ended_by_us(const struct mdm_command *c)
{
	return c->state == MDM_EXPIRED || c->state == MDM_CANCELLED;
}

static int answer_store(struct job *j, struct store_txn *txn)
{
	struct mdm_command c;
	bool ours;
	int err = j->r->uuid ? mdm_command_find(txn, j->a, j->r->uuid, &c) : out_find(j, txn, &c);

	if (err && err != ERR_NOTFOUND)
		return err;
	ours = err == 0 && strcmp(c.udid, j->owner.e.udid) == 0;
	j->lost_wreck = !ours && !j->r->readable && !j->r->uuid;
	if (!ours)
		return strange_keep(j, txn);
	if (j->r->status == MDM_STATUS_NOT_NOW)
		return mdm_command_is_live(&c) ? put_off(j, txn, &c) : 0;
	/* said before: the first word stands */
	if (!mdm_command_is_live(&c) && !ended_by_us(&c))
		return 0;
	return outcome_take(j, txn, &c);
}

static int push_settle(struct job *j, struct store_txn *txn, const struct choice *x)
{
	const struct mdm_session_end end = {.handing = x->found,
		.put_off = x->put_off,
		.not_now_last = j->r->status == MDM_STATUS_NOT_NOW};

	switch (mdm_push_decide(&end)) {
	case MDM_PUSH_WITHDRAW:
		return apns_withdraw(txn, j->owner.e.udid);
	case MDM_PUSH_OWE:
		return mdm_push_wish(txn, &j->owner.e, true, j->now);
	default:
		return 0;
	}
}

static int answer_write(struct store_txn *txn, void *arg)
{
	struct job *j = arg;
	struct choice x;
	int err = owner_find(j, txn);

	if (err == 0)
		err = answer_store(j, txn);
	if (err || !may_be_handed(&j->owner))
		return err;
	if (j->owner.e.awaiting_configuration)
		err = mdm_gate_try(j->m, txn, &j->owner.e, j->now);
	if (err)
		return err;
	err = next_give(j, txn, &x);
	/* Not ours to keep when nothing waits. Something that waits may have been out before we
	 * were started again: it goes out once more, and then a wreck is known to be its answer. */
	if (err == 0 && j->lost_wreck && !x.found)
		return ERR_BADINPUT;
	return err ? err : push_settle(j, txn, &x);
}

/* --- both --- */

int mdm_result_apply(struct mdm *m, const struct mdm_caller *who, struct bytes body,
	struct arena *a, struct bytes *ret_next_command)
{
	struct mdm_result r;
	struct job j = {.m = m, .who = who, .r = &r, .body = body, .now = who->now, .a = a};
	int err = mdm_result_parse(body, a, &r);

	if (err)
		return err;
	if (r.readable && r.status == MDM_STATUS_IDLE) {
		err = store_read(m->st, poll_read, &j);
		if (err == 0 && j.write)
			err = store_write(m->st, poll_write, &j);
	} else {
		err = store_write(m->st, answer_write, &j);
	}
	if (err)
		return err;
	mdm_seen_note(m->seen, j.owner.e.udid, who->now);
	if (j.handed[0])
		mdm_handed_note(m->line, j.owner.e.udid, j.handed, who->now);
	else
		mdm_handed_forget(m->line, j.owner.e.udid);
	*ret_next_command = j.next;
	return 0;
}
