/* SPDX-License-Identifier: EUPL-1.2 */
/* How an iPad stands against what it should have, in words. */
#include "mdm/ddm_int.h"
#include "mdm/media_int.h"

#include "base/clock.h"
#include "base/text.h"
#include "base/when.h"

struct showing {
	struct mdm *m;
	struct store_txn *txn;
	struct arena *a;
	const char *serial;
	enum say_lang lang;
	int64_t now;
	struct mdm_applied *applied;
	size_t applied_n;
};

static const char *said(
	const struct showing *s, const struct say *say, const char *arg0, const char *arg1)
{
	const struct refusal r = {.say = say, .arg = {arg0, arg1}};

	return refusal_text(s->a, s->lang, &r);
}

static const char *when(const struct showing *s, int64_t t)
{
	return when_text(s->a, s->lang, t, s->now);
}

/* Codes of ours behind x->error, as sentences. */
static const char *error_text(const struct showing *s, const struct mdm_applied *x)
{
	static const struct say *const known[] = {&mdm_say_supervised, &mdm_say_version,
		&mdm_say_field_form, &mdm_say_field_missing, &mdm_say_icon};

	for (size_t i = 0; x->error && i < sizeof(known) / sizeof(known[0]); i++) {
		if (text_equal(known[i]->code, x->error))
			return said(s, known[i], mdm_slot_name(s->a, x->kind, x->id), "?");
	}
	if (text_equal(x->error, "gone"))
		return said(s, &mdm_say_state_gone, NULL, NULL);
	return x->error ? mdm_reason_text(s->a, x->error, s->lang) : "?";
}

/* The line knows best why something waits. */
static int sent_why(const struct showing *s, const struct mdm_applied *x, const char **ret)
{
	struct mdm_command c;
	int err = x->command ? mdm_command_get(s->txn, s->a, x->command, &c) : ERR_NOTFOUND;

	*ret = said(s, &mdm_say_state_sent, when(s, x->at), NULL);
	if (err)
		return err == ERR_NOTFOUND ? 0 : err;
	return mdm_command_why(s->m, s->txn, s->a, &c, s->lang, s->now, ret);
}

static int why_of(const struct showing *s, const struct mdm_applied *x, const char **ret)
{
	switch (x->state) {
	case MDM_APPLIED_SENT:
		return sent_why(s, x, ret);
	case MDM_APPLIED_ON:
		*ret = x->drift ? said(s, &mdm_say_state_drift, x->drift, NULL)
				: said(s, &mdm_say_state_on, when(s, x->at), NULL);
		return 0;
	case MDM_APPLIED_FETCHING:
		*ret = said(s, &mdm_say_state_fetching, when(s, x->at), NULL);
		return 0;
	case MDM_APPLIED_UNABLE:
		*ret = said(s, &mdm_say_state_unable, error_text(s, x), NULL);
		return 0;
	case MDM_APPLIED_LEAVING:
		*ret = said(s, &mdm_say_state_leaving, when(s, x->at), NULL);
		return 0;
	default:
		*ret = x->retry_at ? said(s, &mdm_say_state_failed_retry, error_text(s, x),
					     when(s, x->retry_at))
				   : said(s, &mdm_say_state_failed, error_text(s, x), NULL);
		return 0;
	}
}

static int slot_fill(const struct showing *s, const struct mdm_applied *x, struct mdm_desired *d)
{
	d->state = x->state;
	d->at = x->at;
	d->command = x->command;
	d->drift = x->drift != NULL;
	return why_of(s, x, &d->why);
}

static int declaration_fill(
	const struct showing *s, const struct mdm_item *item, struct mdm_desired *d)
{
	struct mdm_applied x;
	int err = mdm_ddm_slot(s->m, s->txn, s->a, s->serial, item, &x);

	if (err == 0)
		return slot_fill(s, &x, d);
	d->why = said(s, &mdm_say_state_none, NULL, NULL);
	return err == ERR_NOTFOUND ? 0 : err;
}

/* What became of a mailing that has no slot on the iPad; NULL: it is still to come. A survey
 * that came before a reset is not sent again, and one that was withdrawn goes nowhere. */
static const char *mailing_over(
	const struct showing *s, const struct mdm_mailing *x, struct mdm_recipient *to)
{
	bool came, withdrawn = x->state == MDM_MAILING_WITHDRAWN;

	mdm_recipient_now(x, to);
	came = to->state == MDM_TO_DELIVERED || to->older;
	if (withdrawn && came)
		return said(s, &mdm_say_state_taken, when(s, to->at), when(s, x->ended_at));
	if (withdrawn)
		return said(s, &mdm_say_state_never, when(s, x->ended_at), NULL);
	return came && x->kind == MDM_MAILING_SURVEY
		       ? said(s, &mdm_say_state_once, when(s, to->at), NULL)
		       : NULL;
}

static int over_why(const struct showing *s, const char *mailing, const char **ret)
{
	struct mdm_recipient to;
	struct mdm_mailing x;
	int err = mdm_mailing_get(s->txn, s->a, mailing, &x);

	*ret = NULL;
	if (err == 0)
		err = mdm_recipient_get(s->txn, s->a, mailing, s->serial, &to);
	if (err == 0)
		*ret = mailing_over(s, &x, &to);
	return err == ERR_NOTFOUND ? 0 : err;
}

static const struct mdm_applied *applied_find(
	const struct showing *s, uint32_t kind, const char *id)
{
	for (size_t i = 0; i < s->applied_n; i++) {
		if (s->applied[i].kind == kind && text_equal(s->applied[i].id, id))
			return &s->applied[i];
	}
	return NULL;
}

static const char *owner_name(struct arena *a, const struct mdm_item *item)
{
	static const char *const names[] = {
		[MDM_OF_GROUP] = "group", [MDM_OF_IPAD] = "ipad", [MDM_OF_MAILING] = "mailing"};

	return arena_printf(a, "%s/%s", names[item->owner_kind], item->owner);
}

static int wanted_fill(
	const struct showing *s, const struct mdm_live_item *x, struct mdm_desired *d)
{
	const struct mdm_applied *applied = applied_find(s, x->item.kind, x->item.id);
	int err = 0;

	*d = (struct mdm_desired){.kind = x->item.kind,
		.id = x->item.id,
		.title = mdm_item_title(s->a, &x->item, s->lang),
		.from = owner_name(s->a, &x->item)};
	if (x->item.kind == MDM_ITEM_DECLARATION)
		return declaration_fill(s, &x->item, d);
	if (applied)
		return slot_fill(s, applied, d);
	if (x->item.owner_kind == MDM_OF_MAILING)
		err = over_why(s, x->item.owner, &d->why);
	if (err == 0 && !d->why)
		d->why = said(s, &mdm_say_state_none, NULL, NULL);
	return err;
}

static bool is_listed(const struct mdm_desired *list, size_t n, const struct mdm_applied *x)
{
	for (size_t i = 0; i < n; i++) {
		if (list[i].kind == x->kind && text_equal(list[i].id, x->id))
			return true;
	}
	return false;
}

static int list_fill(const struct showing *s, struct mdm_live_item **wanted, size_t n,
	struct mdm_desired *list, size_t *ret_n)
{
	int err = 0;

	for (size_t i = 0; err == 0 && i < n; i++)
		err = wanted_fill(s, wanted[i], &list[i]);
	for (size_t i = 0; err == 0 && i < s->applied_n; i++) {
		if (is_listed(list, n, &s->applied[i]))
			continue;
		list[n] = (struct mdm_desired){.kind = s->applied[i].kind, .id = s->applied[i].id};
		list[n].title = list[n].id;
		err = slot_fill(s, &s->applied[i], &list[n++]);
	}
	*ret_n = n;
	return err;
}

static int hindrance_get(const struct showing *s, const char **ret)
{
	struct mdm_enrollment e;
	const struct say *say;
	bool enrolled;
	int err = mdm_visit_hindrance(s->txn, s->a, s->serial, &e, &enrolled, &say);

	/* of all hindrances an erase alone has a time */
	*ret = err == 0 && say ? said(s, say, s->serial,
					 enrolled && e.erased_at ? when(s, e.erased_at) : NULL)
			       : NULL;
	return err;
}

int mdm_desired_list(struct mdm *m, struct store_txn *txn, struct arena *a, const char *serial,
	enum say_lang lang, int64_t now, struct mdm_desired **ret, size_t *ret_n,
	const char **ret_hindrance)
{
	struct showing s = {.m = m, .txn = txn, .a = a, .serial = serial, .lang = lang, .now = now};
	struct mdm_live_item **wanted;
	struct mdm_desired *list;
	size_t n;
	int err = hindrance_get(&s, ret_hindrance);

	if (err == 0)
		err = mdm_effective(mdm_round_new(m, txn, a, now), a, serial, &wanted, &n);
	if (err == 0)
		err = mdm_applied_list(txn, a, serial, &s.applied, &s.applied_n);
	if (err)
		return err;
	list = ARENA_ARRAY(a, struct mdm_desired, n + s.applied_n + 1);
	err = list_fill(&s, wanted, n, list, ret_n);
	if (err == 0)
		*ret = list;
	return err;
}

int mdm_slot_why(struct mdm *m, struct store_txn *txn, struct arena *a, const char *serial,
	uint32_t kind, const char *id, enum say_lang lang, int64_t now, const char **ret)
{
	const struct showing s = {
		.m = m, .txn = txn, .a = a, .serial = serial, .lang = lang, .now = now};
	struct mdm_applied x;
	int err = mdm_applied_get(txn, a, serial, kind, id, &x);

	if (err == 0)
		return why_of(&s, &x, ret);
	if (err == ERR_NOTFOUND)
		err = over_why(&s, id, ret);
	if (err == 0 && !*ret)
		err = hindrance_get(&s, ret);
	if (err == 0 && !*ret)
		*ret = said(&s, &mdm_say_state_none, NULL, NULL);
	return err;
}
