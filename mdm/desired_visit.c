/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * A visit: what one iPad should have is held against what it is known to have, and the difference
 * becomes commands in its line. Many visits share a round, which reads each set once.
 */
#include "mdm/ddm_int.h"
#include "mdm/media_int.h"

#include "base/random.h"

#include "base/text.h"

/* --- who --- */

int mdm_vars_get(struct mdm *m, struct store_txn *txn, struct arena *a, const char *serial,
	struct mdm_vars *ret)
{
	struct mdm_vars v = {
		.serial = serial, .phone = m->o->contact, .organisation = m->o->organisation};
	int err = mdm_event_item_number(m, txn, a, serial, &v.item);

	/* a thing without a number of ours is told by its serial number */
	if (text_empty(v.item))
		v.item = serial;
	if (err == 0)
		*ret = v;
	return err;
}

int mdm_visit_hindrance(struct store_txn *txn, struct arena *a, const char *serial,
	struct mdm_enrollment *ret_e, bool *ret_enrolled, const struct say **ret)
{
	uint32_t phase;
	int err = mdm_enrollment_by_serial(txn, a, serial, ret_e);

	*ret = NULL;
	*ret_enrolled = err == 0;
	if (err == ERR_NOTFOUND) {
		*ret = &mdm_say_not_enrolled;
		return 0;
	}
	if (err)
		return err;
	if (ret_e->state != MDM_ENROLLED)
		*ret = ret_e->state == MDM_AUTHENTICATED ? &mdm_say_not_yet : &mdm_say_left;
	else if (ret_e->erased_at)
		*ret = &mdm_say_erased;
	else if (!ret_e->trusted)
		*ret = &mdm_say_why_untrusted;
	if (*ret)
		return 0;
	err = mdm_lost_phase_felt(txn, a, ret_e, &phase);
	if (err == 0 && phase != MDM_NOT_LOST)
		*ret = &mdm_say_why_lost;
	return err;
}

/* --- one visit --- */

struct visit {
	struct mdm_round *rd;
	struct arena *a;
	const struct mdm_enrollment *e;
	struct mdm_vars vars;
	bool again, named;
	struct refusal r;
	struct mdm_applied *applied;
	size_t applied_n, queued;
};

static struct mdm_build build_for(struct visit *v)
{
	return (struct mdm_build){.a = v->a,
		.vars = &v->vars,
		.profile_id = v->rd->m->o->profile_id,
		.organisation = v->rd->m->o->organisation,
		.device_url = v->rd->m->o->device_url,
		.r = &v->r};
}

static struct mdm_applied *applied_find(struct visit *v, uint32_t kind, const char *id)
{
	for (size_t i = 0; i < v->applied_n; i++) {
		if (v->applied[i].kind == kind && text_equal(v->applied[i].id, id))
			return &v->applied[i];
	}
	return NULL;
}

/* The last command of a slot: is it in the line, and may it have reached the iPad? */
static int command_fate(
	struct visit *v, const struct mdm_applied *x, struct mdm_command *ret_c, bool *ret_handed)
{
	char uuid[MDM_UUID];
	int64_t at;
	int err = x->command ? mdm_command_find(v->rd->txn, v->a, x->command, ret_c) : ERR_NOTFOUND;

	*ret_handed = false;
	if (err)
		return err;
	*ret_handed = !mdm_command_is_live(ret_c) || ret_c->handed_at || ret_c->put_off_count ||
		      (mdm_handed_get(v->rd->m->line, ret_c->udid, uuid, &at) &&
			      text_equal(uuid, ret_c->uuid));
	return mdm_command_is_live(ret_c) ? 0 : ERR_NOTFOUND;
}

/* Takes it out of the line if it stands there; whoever does so writes the slot's record. */
static int command_end(struct visit *v, const struct mdm_applied *x, bool *ret_handed)
{
	struct mdm_command c;
	int err = command_fate(v, x, &c, ret_handed);

	if (err)
		return err == ERR_NOTFOUND ? 0 : err;
	c.state = MDM_CANCELLED;
	c.error = "server";
	c.slot = NULL;
	err = mdm_queue_finish(v->rd->m, v->rd->txn, v->e, &c, v->rd->now);
	return err ? err : mdm_queue_settle_push(v->rd->txn, v->e->udid);
}

static int slot_queue(struct visit *v, const struct mdm_request_row *row, struct mdm_plist *command,
	struct mdm_applied *x)
{
	const struct mdm_new_command n = {.e = v->e,
		.row = row,
		.command = command,
		.made_by = MDM_DESIRED_BY,
		.own = MDM_OWN_CALM,
		.slot = mdm_slot_name(v->a, x->kind, x->id)};
	char uuid[MDM_UUID];
	int err = mdm_queue_put(v->rd->m, v->rd->txn, &n, v->rd->now, uuid);

	if (err)
		return err;
	v->queued++;
	x->command = arena_strdup(v->a, uuid);
	x->at = v->rd->now;
	return mdm_applied_put(v->rd->txn, v->e->serial, x);
}

/* This iPad cannot have it; said once, not written each time. */
static int slot_unable(struct visit *v, struct mdm_applied *x, const struct say *why)
{
	if (x->state == MDM_APPLIED_UNABLE && text_equal(x->error, why->code))
		return 0;
	x->state = MDM_APPLIED_UNABLE;
	x->error = why->code;
	x->at = v->rd->now;
	return mdm_applied_put(v->rd->txn, v->e->serial, x);
}

static const struct say *unable_decide(
	const struct mdm_live_item *x, const struct mdm_enrollment *e)
{
	if (x->type && x->type->supervised && e->supervised == 1)
		return &mdm_say_supervised;
	if (x->type && !mdm_version_at_least(e->os_version, x->type->since))
		return &mdm_say_version;
	return NULL;
}

static bool is_survey(const struct mdm_live_item *x)
{
	return x->item.owner_kind == MDM_OF_MAILING &&
	       text_equal(doc_str(x->spec, "url"), "{link}");
}

/* A word for this command alone. It is written down nowhere else but as a hash, without whose it
 * is; when the iPad has the command, the command is dropped. */
static int link_make(struct visit *v, const struct mdm_live_item *x)
{
	const char *word;

	if (!is_survey(x))
		return 0;
	word = random_token(v->a, 24);
	v->vars.link = arena_printf(v->a, "%s/e/%s", v->rd->m->o->public_url, word);
	return mdm_link_put(v->rd->txn, word, x->item.owner);
}

/* Not of the spec: the file of before that comes back is not fetched anew by who still has it. */
static int edition_get(struct visit *v, const struct mdm_live_item *x, unsigned *ret)
{
	struct mdm_mailing mailing;
	int err = ERR_NOTFOUND;

	if (x->item.owner_kind == MDM_OF_MAILING)
		err = mdm_mailing_get(v->rd->txn, v->a, x->item.owner, &mailing);
	*ret = err ? 0 : mailing.version + 1;
	return err == ERR_NOTFOUND ? 0 : err;
}

/* The Command dictionary, with what it needs of the store. */
static int command_make(struct visit *v, struct mdm_live_item *x, struct mdm_plist **ret)
{
	struct mdm_build b = build_for(v);
	struct mdm_media media;
	int err = link_make(v, x);

	if (err == 0 && x->item.kind == MDM_ITEM_MEDIA) {
		const char *id = doc_str(x->spec, "media");

		err = id ? mdm_media_get(v->rd->txn, v->a, id, &media) : ERR_NOTFOUND;
		if (err == ERR_NOTFOUND)
			err = refuse(&v->r, &mdm_say_media_none, NULL, NULL, NULL);
		b.media = &media;
		if (err == 0)
			err = edition_get(v, x, &b.edition);
	}
	if (err == 0)
		err = mdm_item_command(&b, x, ret);
	v->vars.link = NULL;
	return err;
}

static int slot_apply(struct visit *v, struct mdm_live_item *x, struct mdm_applied *to)
{
	const struct say *unable = unable_decide(x, v->e);
	struct mdm_plist *command;
	int err;

	if (to->state == MDM_APPLIED_ON)
		memcpy(to->kept, to->hash, sizeof(to->kept));
	else if (to->state != MDM_APPLIED_SENT)
		memset(to->kept, 0, sizeof(to->kept));
	memcpy(to->hash, x->hash, sizeof(to->hash));
	if (unable)
		return slot_unable(v, to, unable);
	err = command_make(v, x, &command);
	if (err == ERR_REFUSED)
		return slot_unable(v, to, v->r.say);
	if (err)
		return err;
	to->state = MDM_APPLIED_SENT;
	to->error = NULL;
	to->drift = NULL;
	to->retry_at = 0;
	return slot_queue(v, mdm_item_row(x->item.kind), command, to);
}

static int slot_remove(struct visit *v, struct mdm_applied *x)
{
	const struct mdm_request_row *row;
	struct mdm_plist *command =
		mdm_item_removal(v->a, v->rd->m->o->profile_id, x->kind, x->id, &row);

	x->state = MDM_APPLIED_LEAVING;
	x->error = NULL;
	x->retry_at = 0;
	return slot_queue(v, row, command, x);
}

/* Another one was to take its place and has not left us: what it has is wanted again. */
static int slot_stays(struct visit *v, struct mdm_applied *x)
{
	int err;

	memcpy(x->hash, x->kept, sizeof(x->hash));
	x->state = MDM_APPLIED_ON;
	x->error = NULL;
	x->at = v->rd->now;
	err = mdm_applied_put(v->rd->txn, v->e->serial, x);
	return err || !x->mailing ? err
				  : mdm_recipient_told(v->rd->txn, v->e->serial, x,
					    MDM_TO_DELIVERED, v->rd->now);
}

static bool is_removable(uint32_t kind)
{
	return kind == MDM_ITEM_PROFILE || kind == MDM_ITEM_WEB_CLIP || kind == MDM_ITEM_MEDIA;
}

static int slot_act(
	struct visit *v, enum mdm_slot_act act, struct mdm_live_item *x, struct mdm_applied *to)
{
	bool handed;
	int err = 0;

	switch (act) {
	case MDM_SLOT_NOTHING:
		return 0;
	case MDM_SLOT_REPLACE:
		err = command_end(v, to, &handed);
		if (err == 0 && !handed && to->had &&
			memcmp(to->kept, x->hash, sizeof(to->kept)) == 0)
			return slot_stays(v, to);
		to->had |= handed;
		return err ? err : slot_apply(v, x, to);
	case MDM_SLOT_APPLY:
		return slot_apply(v, x, to);
	case MDM_SLOT_REMOVE:
		return slot_remove(v, to);
	case MDM_SLOT_UNSEND:
		err = command_end(v, to, &handed);
		return err ? err : slot_remove(v, to);
	case MDM_SLOT_CANCEL:
		err = command_end(v, to, &handed);
		return err ? err : mdm_applied_del(v->rd->txn, v->e->serial, to->kind, to->id);
	case MDM_SLOT_FORGET:
		return mdm_applied_del(v->rd->txn, v->e->serial, to->kind, to->id);
	}
	return ERR_INTERNAL;
}

/* Names are looked up for the first item that has them in its texts. */
static int vars_fill(struct visit *v, const struct mdm_live_item *x)
{
	if (x->fixed || v->named)
		return 0;
	v->named = true;
	return mdm_vars_get(v->rd->m, v->rd->txn, v->a, v->e->serial, &v->vars);
}

/* It had this survey before it was reset: nobody is asked twice. */
static int survey_done(struct visit *v, const struct mdm_live_item *x, bool *ret)
{
	struct mdm_recipient to;
	int err = mdm_recipient_get(v->rd->txn, v->a, x->item.owner, v->e->serial, &to);

	*ret = err == 0 && to.state == MDM_TO_DELIVERED;
	return err == ERR_NOTFOUND ? 0 : err;
}

/* A file that was changed and taken back before anybody was visited: who has it was counted among
 * those who have the older one. */
static int file_stands(struct visit *v, const struct mdm_live_item *x, const struct mdm_slot *s)
{
	if (x->item.owner_kind != MDM_OF_MAILING || x->item.kind != MDM_ITEM_MEDIA || !s->same ||
		s->applied.state != MDM_APPLIED_ON)
		return 0;
	return mdm_recipient_told(
		v->rd->txn, v->e->serial, &s->applied, MDM_TO_DELIVERED, v->rd->now);
}

static int wanted_visit(struct visit *v, struct mdm_live_item *x)
{
	struct mdm_applied *known = applied_find(v, x->item.kind, x->item.id);
	struct mdm_applied fresh = {.kind = x->item.kind,
		.id = x->item.id,
		.mailing = x->item.owner_kind == MDM_OF_MAILING};
	struct mdm_slot s = {
		.wanted = true, .known = known != NULL, .again = v->again, .now = v->rd->now};
	struct mdm_build b;
	uint8_t hash[DIGEST_BYTES];
	bool done = false;
	int err = vars_fill(v, x);

	if (err == 0 && !known && is_survey(x))
		err = survey_done(v, x, &done);
	if (err || done)
		return err;
	b = build_for(v);
	err = mdm_item_hash(&b, x->item.owner_kind == MDM_OF_IPAD ? v->a : v->rd->a, x, hash);
	if (err == ERR_REFUSED)
		return slot_unable(v, known ? known : &fresh, v->r.say);
	if (err)
		return err;
	if (known) {
		s.applied = *known;
		s.same = memcmp(known->hash, hash, sizeof(hash)) == 0;
	}
	err = file_stands(v, x, &s);
	return err ? err : slot_act(v, mdm_slot_decide(&s), x, known ? known : &fresh);
}

static int unwanted_visit(struct visit *v, struct mdm_applied *x)
{
	struct mdm_slot s = {.known = true,
		.removable = is_removable(x->kind),
		.applied = *x,
		.now = v->rd->now};
	struct mdm_command c;
	int err = command_fate(v, x, &c, &s.handed);

	if (err && err != ERR_NOTFOUND)
		return err;
	return slot_act(v, mdm_slot_decide(&s), NULL, x);
}

static bool is_wanted(struct mdm_live_item *const *wanted, size_t n, const struct mdm_applied *x)
{
	for (size_t i = 0; i < n; i++) {
		if (wanted[i]->item.kind == x->kind && text_equal(wanted[i]->item.id, x->id))
			return true;
	}
	return false;
}

/* Books under way: how far has it come? */
static int books_ask(struct visit *v)
{
	const struct mdm_new_command n = {.e = v->e,
		.row = mdm_request_by_type("ManagedMediaList"),
		.command = mdm_plist_new(v->a, MDM_PLIST_DICT),
		.made_by = MDM_DESIRED_BY,
		.own = MDM_OWN_CALM};
	struct mdm_command c;
	char uuid[MDM_UUID];
	size_t under_way = 0;
	int err;

	for (size_t i = 0; i < v->applied_n; i++)
		under_way += v->applied[i].state == MDM_APPLIED_FETCHING;
	if (under_way == 0)
		return 0;
	err = mdm_line_find_type(v->rd->txn, v->a, v->e->udid, n.row->type, &c);
	if (err != ERR_NOTFOUND)
		return err;
	mdm_plist_set_str(n.command, "RequestType", n.row->type);
	return mdm_queue_put(v->rd->m, v->rd->txn, &n, v->rd->now, uuid);
}

static int visit_run(struct visit *v)
{
	struct mdm_live_item **wanted;
	struct mdm_ddm_ask ask;
	struct mdm_build b;
	size_t n;
	int err = mdm_applied_list(v->rd->txn, v->a, v->e->serial, &v->applied, &v->applied_n);

	if (err == 0)
		err = mdm_effective(v->rd, v->a, v->e->serial, &wanted, &n);
	if (err)
		return err;
	for (size_t i = 0; err == 0 && i < v->applied_n; i++) {
		if (!is_wanted(wanted, n, &v->applied[i]))
			err = unwanted_visit(v, &v->applied[i]);
	}
	for (size_t i = 0; err == 0 && i < n; i++) {
		if (wanted[i]->item.kind != MDM_ITEM_DECLARATION)
			err = wanted_visit(v, wanted[i]);
	}
	if (err == 0)
		err = books_ask(v);
	b = build_for(v);
	ask = (struct mdm_ddm_ask){.m = v->rd->m,
		.txn = v->rd->txn,
		.e = v->e,
		.items = wanted,
		.n = n,
		.build = &b,
		.now = v->rd->now};
	if (err == 0)
		err = mdm_ddm_visit(&ask, &v->queued);
	return err ? err : mdm_standing_visited(v->rd, v->e->serial, false, wanted, n);
}

/* It waits, if anything is wanted of it. */
static int hindered_visit(struct mdm_round *rd, struct arena *a, const char *serial)
{
	struct mdm_live_item **wanted;
	size_t n;
	int err = mdm_effective(rd, a, serial, &wanted, &n);

	return err ? err : mdm_standing_visited(rd, serial, true, wanted, n);
}

int mdm_visit(struct mdm_round *rd, const char *serial, bool again, size_t *ret_queued)
{
	AUTO(arena) struct arena *a = arena_new();
	struct mdm_enrollment e;
	struct visit v = {.rd = rd, .a = a, .e = &e, .again = again};
	const struct say *hindrance;
	bool enrolled;
	int err = mdm_visit_hindrance(rd->txn, a, serial, &e, &enrolled, &hindrance);

	if (err || hindrance)
		return err ? err : hindered_visit(rd, a, serial);
	v.vars = (struct mdm_vars){.serial = e.serial,
		.item = "",
		.phone = rd->m->o->contact,
		.organisation = rd->m->o->organisation};
	err = visit_run(&v);
	*ret_queued += v.queued;
	return err;
}

int mdm_visit_enrollment(
	struct mdm *m, struct store_txn *txn, const struct mdm_enrollment *e, int64_t now)
{
	AUTO(arena) struct arena *a = arena_new();
	size_t queued = 0;

	return mdm_visit(mdm_round_new(m, txn, a, now), e->serial, false, &queued);
}
