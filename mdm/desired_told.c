/* SPDX-License-Identifier: EUPL-1.2 */
/* What iPads say of their slots: how commands ended, and what they tell of themselves. */
#include "mdm/media_int.h"

#include "base/text.h"

#define DRIFT_MOST 200
#define REMOVALS_MOST 3
#define FETCH_LOOK_S 60    /* after it began to fetch a book */
#define FETCH_AGAIN_S 3600 /* while it still does */

/* --- a command has ended --- */

/* Tried again later, until it has been refused often enough to need a person. */
static int slot_failed(
	struct store_txn *txn, const struct mdm_command *c, struct mdm_applied *x, int64_t now)
{
	int64_t gap;

	x->state = MDM_APPLIED_FAILED;
	x->error = c->state == MDM_CANCELLED      ? "cancelled"
		   : c->state == MDM_FORMAT_ERROR ? "CommandFormatError"
		   : c->error                     ? c->error
						  : "?";
	x->at = now;
	x->tries++;
	gap = c->state == MDM_ERROR ? mdm_slot_retry_s(x->tries) : 0;
	x->retry_at = gap ? now + gap : 0;
	return gap ? mdm_visit_put(txn, c->serial, x->retry_at) : 0;
}

/* Refused to go: most often because it was gone already. */
static int removal_failed(
	struct store_txn *txn, const struct mdm_command *c, struct mdm_applied *x, int64_t now)
{
	if (++x->tries >= REMOVALS_MOST || c->state == MDM_CANCELLED)
		return mdm_applied_del(txn, c->serial, x->kind, x->id);
	x->error = c->error;
	x->at = now;
	x->retry_at = now + mdm_slot_retry_s(x->tries);
	return mdm_visit_put(txn, c->serial, x->retry_at);
}

static int leaving_done(
	struct store_txn *txn, const struct mdm_command *c, struct mdm_applied *x, int64_t now)
{
	int err;

	if (c->state == MDM_ACKNOWLEDGED)
		return mdm_applied_del(txn, c->serial, x->kind, x->id);
	err = removal_failed(txn, c, x, now);
	if (err || x->tries >= REMOVALS_MOST || c->state == MDM_CANCELLED)
		return err;
	return mdm_applied_put(txn, c->serial, x);
}

/* How far its mailing has come with this iPad; the slot bears the mailing's name. */
static int mailing_told(
	struct store_txn *txn, const char *serial, const struct mdm_applied *x, int64_t now)
{
	if (!x->mailing)
		return 0;
	if (x->state == MDM_APPLIED_ON)
		return mdm_recipient_told(txn, serial, x, MDM_TO_DELIVERED, now);
	if (x->state == MDM_APPLIED_FAILED && !text_equal(x->error, "expired"))
		return mdm_recipient_told(txn, serial, x, MDM_TO_FAILED, now);
	if (x->state == MDM_APPLIED_FETCHING)
		return mdm_recipient_told(txn, serial, x, MDM_TO_WAITING, now);
	return 0;
}

static int slot_done(struct store_txn *txn, const struct mdm_command *c, int64_t now)
{
	AUTO(arena) struct arena *a = arena_new();
	struct mdm_applied x;
	uint32_t kind;
	const char *id;
	int err = mdm_slot_parse(a, c->slot, &kind, &id);

	if (err == 0)
		err = mdm_applied_get(txn, a, c->serial, kind, id, &x);
	/* forgotten meanwhile, or overtaken by a newer command */
	if (err || !text_equal(x.command, c->uuid))
		return err == ERR_NOTFOUND || err == ERR_BADINPUT ? 0 : err;
	if (x.state == MDM_APPLIED_LEAVING)
		return leaving_done(txn, c, &x, now);
	if (c->state == MDM_ACKNOWLEDGED) {
		x.state = kind == MDM_ITEM_MEDIA ? MDM_APPLIED_FETCHING : MDM_APPLIED_ON;
		x.had = true;
		x.error = x.drift = NULL;
		x.tries = 0;
		x.retry_at = 0;
		x.at = now;
	} else if (c->state == MDM_EXPIRED) { /* it never called: still wanted */
		x.state = MDM_APPLIED_FAILED;
		x.error = "expired";
		x.at = x.retry_at = now;
		err = mdm_visit_put(txn, c->serial, now);
	} else {
		err = slot_failed(txn, c, &x, now);
	}
	if (err == 0)
		err = mdm_applied_put(txn, c->serial, &x);
	if (err == 0 && x.state == MDM_APPLIED_FETCHING)
		err = mdm_visit_put(txn, c->serial, now + FETCH_LOOK_S);
	return err ? err : mailing_told(txn, c->serial, &x, now);
}

int mdm_desired_done(struct mdm *m, struct store_txn *txn, const struct mdm_command *c, int64_t now)
{
	int err = c->slot ? slot_done(txn, c, now) : 0;

	(void)m;
	return err || !c->slot ? err : mdm_standing_settle(txn, c->serial);
}

/* --- drift --- */

struct telling {
	struct mdm_answer *an;
	const char *serial;
};

static int drift_set(const struct telling *t, uint32_t kind, const char *id, const char *drift)
{
	struct mdm_applied x;
	int err = mdm_applied_get(t->an->txn, t->an->a, t->serial, kind, id, &x);

	if (err || x.state != MDM_APPLIED_ON)
		return err == ERR_NOTFOUND ? 0 : err;
	if (text_equal(x.drift, drift))
		return 0;
	x.drift = drift;
	return mdm_applied_put(t->an->txn, t->serial, &x);
}

/* The wanted Settings item of an iPad, as it would be sent; ERR_NOTFOUND. */
static int setting_wanted(const struct telling *t, const char *id, const struct mdm_plist **ret)
{
	struct arena *a = t->an->a;
	struct mdm_round *rd = mdm_round_new(t->an->m, t->an->txn, a, t->an->now);
	struct mdm_live_item **list;
	struct mdm_vars vars;
	struct refusal r = {0};
	struct mdm_build b = {.a = a, .vars = &vars, .r = &r};
	struct mdm_plist *command;
	size_t n;
	int err = mdm_effective(rd, rd->a, t->serial, &list, &n);

	if (err == 0)
		err = mdm_vars_get(t->an->m, t->an->txn, a, t->serial, &vars);
	for (size_t i = 0; err == 0 && i < n; i++) {
		if (list[i]->item.kind != MDM_ITEM_SETTING || !text_equal(list[i]->item.id, id))
			continue;
		b.blob = list[i]->item.blob;
		err = mdm_setting_build(&b, id, list[i]->spec, &command);
		if (err)
			return err == ERR_REFUSED ? ERR_NOTFOUND : err;
		*ret = mdm_plist_first(mdm_plist_array(command, "Settings"));
		return 0;
	}
	return err ? err : ERR_NOTFOUND;
}

static const char *text_of(struct arena *a, const struct mdm_plist *p)
{
	switch (p->kind) {
	case MDM_PLIST_STRING:
		return mdm_plist_text(p);
	case MDM_PLIST_INTEGER:
		return arena_printf(a, "%lld", (long long)p->v.i);
	case MDM_PLIST_BOOL:
		return p->v.b ? "true" : "false";
	default:
		return NULL;
	}
}

/* "TextSize 4", where it was to be 10; NULL: all as wanted, or not told. */
static const char *dict_drift(
	struct arena *a, const struct mdm_plist *wanted, const struct mdm_plist *told)
{
	AUTO(buf) struct buf b = BUF_INIT(DRIFT_MOST);

	for (const struct mdm_plist *p = mdm_plist_first(wanted); p; p = p->next) {
		const struct mdm_plist *is = mdm_plist_get(told, p->key);
		const char *want = text_of(a, p), *have = is ? text_of(a, is) : NULL;

		if (text_equal(p->key, "Item") || !want || !have || text_equal(want, have))
			continue;
		buf_printf(&b, "%s%s: %s", b.n ? "; " : "", p->key, have);
	}
	return b.n ? arena_strdup(a, buf_str(&b)) : NULL;
}

static int setting_compare(const struct telling *t, const char *id, const struct mdm_plist *told)
{
	const struct mdm_plist *wanted;
	struct mdm_applied x;
	int err = told ? mdm_applied_get(t->an->txn, t->an->a, t->serial, MDM_ITEM_SETTING, id, &x)
		       : ERR_NOTFOUND;

	if (err == 0)
		err = setting_wanted(t, id, &wanted);
	if (err)
		return err == ERR_NOTFOUND ? 0 : err;
	return drift_set(t, MDM_ITEM_SETTING, id, dict_drift(t->an->a, wanted, told));
}

/* A senior may set the text as they please: that is told, and not fought. */
static int information_told(const struct telling *t)
{
	const struct mdm_plist *d = mdm_plist_dict(t->an->result->root, "QueryResponses");
	int err = setting_compare(t, "device-name", d);

	if (err == 0)
		err = setting_compare(t, "time-zone", d);
	if (err == 0)
		err = setting_compare(
			t, "accessibility", mdm_plist_dict(d, "AccessibilitySettings"));
	/* a newer iPadOS may take what the old one could not */
	return err || !t->an->changed ? err : mdm_visit_put(t->an->txn, t->serial, t->an->now);
}

static bool profile_is_listed(const struct mdm_plist *list, const char *identifier)
{
	for (const struct mdm_plist *p = mdm_plist_first(list); p; p = p->next) {
		if (text_equal(mdm_plist_str(p, "PayloadIdentifier"), identifier))
			return true;
	}
	return false;
}

/* A profile that went away by itself or by hand is put again at the next visit; one that came with
 * a mailing has done its work. */
static int profile_compare(
	const struct telling *t, const struct mdm_plist *list, struct mdm_applied *x)
{
	struct arena *a = t->an->a;
	const struct mdm_request_row *row;
	const char *identifier;

	if (x->state != MDM_APPLIED_ON ||
		(x->kind != MDM_ITEM_PROFILE && x->kind != MDM_ITEM_WEB_CLIP))
		return 0;
	identifier = mdm_plist_str(
		mdm_item_removal(a, t->an->m->o->profile_id, x->kind, x->id, &row), "Identifier");
	if (x->mailing || profile_is_listed(list, identifier))
		return 0;
	x->state = MDM_APPLIED_FAILED;
	x->error = "gone";
	x->had = false;
	x->at = t->an->now;
	x->tries++;
	x->retry_at = mdm_slot_retry_s(x->tries) ? t->an->now : 0;
	return mdm_applied_put(t->an->txn, t->serial, x);
}

static int profiles_told(const struct telling *t)
{
	const struct mdm_plist *list = mdm_plist_array(t->an->result->root, "ProfileList");
	struct mdm_applied *applied;
	size_t n;
	int err = list ? mdm_applied_list(t->an->txn, t->an->a, t->serial, &applied, &n)
		       : ERR_NOTFOUND;

	for (size_t i = 0; err == 0 && i < n; i++)
		err = profile_compare(t, list, &applied[i]);
	if (err)
		return err == ERR_NOTFOUND ? 0 : err;
	err = mdm_standing_settle(t->an->txn, t->serial);
	return err ? err : mdm_visit_put(t->an->txn, t->serial, t->an->now);
}

/* --- books --- */

static const struct mdm_plist *book_find(const struct mdm_plist *books, const char *id)
{
	for (const struct mdm_plist *p = mdm_plist_first(books); p; p = p->next) {
		if (text_equal(mdm_plist_str(p, "PersistentID"), id))
			return p;
	}
	return NULL;
}

static int book_compare(
	const struct telling *t, const struct mdm_plist *books, struct mdm_applied *x)
{
	const struct mdm_plist *book =
		book_find(books, mdm_persistent_id(t->an->a, t->an->m->o->profile_id, x->id));
	const char *state = mdm_plist_str(book, "State");
	int err;

	if (text_equal(state, "Managed") || text_equal(state, "Installed")) {
		x->state = MDM_APPLIED_ON;
	} else if (text_equal(state, "Failed") || text_equal(state, "Unknown")) {
		x->state = MDM_APPLIED_FAILED;
		x->error = "Failed";
		x->retry_at = t->an->now + mdm_slot_retry_s(++x->tries > 5 ? 5 : x->tries);
		err = mdm_visit_put(t->an->txn, t->serial, x->retry_at);
		if (err)
			return err;
	} else {
		return mdm_visit_put(t->an->txn, t->serial, t->an->now + FETCH_AGAIN_S);
	}
	x->at = t->an->now;
	err = mdm_applied_put(t->an->txn, t->serial, x);
	return err ? err : mailing_told(t->an->txn, t->serial, x, t->an->now);
}

static int books_told(const struct telling *t)
{
	const struct mdm_plist *books = mdm_plist_array(t->an->result->root, "Books");
	struct mdm_applied *applied;
	size_t n;
	int err = mdm_applied_list(t->an->txn, t->an->a, t->serial, &applied, &n);

	for (size_t i = 0; err == 0 && i < n; i++) {
		if (applied[i].state == MDM_APPLIED_FETCHING)
			err = book_compare(t, books, &applied[i]);
	}
	return err ? err : mdm_standing_settle(t->an->txn, t->serial);
}

int mdm_desired_told(struct mdm_answer *an)
{
	const struct telling t = {.an = an, .serial = an->e->serial};

	if (an->c->state != MDM_ACKNOWLEDGED || !an->result->readable)
		return 0;
	switch (an->c->request) {
	case MDM_DEVICE_INFORMATION:
		return information_told(&t);
	case MDM_PROFILE_LIST:
		return profiles_told(&t);
	default:
		return text_equal(an->c->request_type, "ManagedMediaList") ? books_told(&t) : 0;
	}
}
