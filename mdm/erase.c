/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * An erase that is asked for by hand: an Activation Lock that is on is cleared first, while the iPad
 * can still be reached, and the erase waits for it in the line. A return sees to the lock itself.
 */
#include "mdm/ade_int.h"
#include "mdm/ddm_int.h"
#include "mdm/queue_int.h"

#include "base/text.h"

#define TOLD_OLD_S 900 /* what it told longer ago is asked anew */
#define WORD "EraseDevice"

/* All who look again at one iPad meet in the same row, however many they are. */
static int look_again(struct store_txn *txn, const char *serial, int64_t now)
{
	return mdm_visit_put(txn, serial, (now / TOLD_OLD_S + 1) * TOLD_OLD_S);
}

static int facts_get(struct store_txn *txn, struct arena *a, const struct mdm_enrollment *e,
	struct mdm_erase_facts *ret)
{
	struct mdm_activation lock = {0};
	struct mdm_return_facts now;
	int err = mdm_activation_get(txn, a, e->serial, &lock);

	if (err == 0 || err == ERR_NOTFOUND)
		err = mdm_return_facts_get(txn, a, e->serial, &now);
	if (err)
		return err;
	*ret = (struct mdm_erase_facts){.activation = lock.state,
		.settled_at = lock.settled_at,
		.told = now.lock,
		.told_at = now.told_at,
		.lost = now.lost == MDM_LOST_WANTED || now.lost == MDM_LOST_ON};
	return 0;
}

int mdm_erase_look(struct store_txn *txn, struct arena *a, const struct mdm_enrollment *e,
	const struct mdm_command *c, struct mdm_line_state *s)
{
	struct mdm_erase_facts f;
	int err;

	if (!e || c->request != MDM_ERASE_DEVICE || c->although_locked)
		return 0;
	err = facts_get(txn, a, e, &f);
	if (err == 0)
		s->lock = mdm_erase_decide(&f);
	return err;
}

int mdm_erase_way_get(struct mdm *m, struct store_txn *txn, struct arena *a,
	const struct mdm_enrollment *e, enum mdm_erase_way *ret)
{
	struct mdm_bypass codes = {0};
	struct mdm_erase_facts f;
	int err = facts_get(txn, a, e, &f);

	if (err)
		return err;
	err = mdm_bypass_codes(m, txn, e->serial, a, &codes);
	f.has_code = err == 0 && (codes.code || codes.code_before);
	*ret = mdm_erase_decide(&f);
	return err == ERR_NOTFOUND ? 0 : err;
}

static bool is_exempt(const struct mdm_ask *ask)
{
	return ask->lock_seen_to || ask->although_locked == MDM_YES;
}

/* NULL: nothing stands in the way. */
static const struct say *way_say(enum mdm_erase_way way, bool *ret_shut)
{
	*ret_shut = way == MDM_ERASE_SHUT || way == MDM_ERASE_STOLEN;
	if (way == MDM_ERASE_FREE)
		return NULL;
	return way == MDM_ERASE_SHUT     ? &mdm_say_erase_locked
	       : way == MDM_ERASE_STOLEN ? &mdm_say_erase_stolen
					 : &mdm_say_erase_opens;
}

static int way_refuse(enum mdm_erase_way way, struct refusal *r)
{
	bool shut;
	const struct say *say = way_say(way, &shut);

	return shut ? refuse(r, say, NULL, NULL, NULL) : 0;
}

int mdm_erase_lock_say(struct mdm *m, struct store_txn *txn, const char *serial,
	const struct say **ret, bool *ret_shut)
{
	AUTO(arena) struct arena *a = arena_new();
	struct mdm_enrollment e;
	enum mdm_erase_way way = MDM_ERASE_FREE;
	int err = mdm_enrollment_by_serial(txn, a, serial, &e);

	if (err == 0)
		err = mdm_erase_way_get(m, txn, a, &e, &way);
	if (err && err != ERR_NOTFOUND)
		return err;
	*ret = way_say(way, ret_shut);
	return 0;
}

/* What it told long ago is asked anew: the answer comes before the erase goes. */
static int fresh_ask(struct mdm *m, struct store_txn *txn, struct arena *a,
	const struct mdm_enrollment *e, int64_t now)
{
	struct mdm_return_facts f;
	int err = mdm_return_facts_get(txn, a, e->serial, &f);

	if (err || (f.told_at && now - f.told_at < TOLD_OLD_S))
		return err;
	return mdm_queue_own_once(m, txn, e, MDM_DEVICE_INFORMATION, now);
}

int mdm_erase_begin(struct mdm *m, const struct mdm_act *act, const struct mdm_enrollment *e,
	const struct mdm_ask *ask)
{
	AUTO(arena) struct arena *a = arena_new();
	enum mdm_erase_way way;
	int err = is_exempt(ask) ? 0 : mdm_erase_way_get(m, act->txn, a, e, &way);

	if (err || is_exempt(ask))
		return err;
	err = way_refuse(way, act->r);
	if (err == 0 && way == MDM_ERASE_CLEARS)
		err = mdm_activation_clear(m, act->txn, act->who, e->serial, act->now);
	if (err == 0 && way == MDM_ERASE_OPENS)
		err = mdm_activation_open(m, act, e->serial, WORD);
	if (err == 0)
		err = fresh_ask(m, act->txn, a, e, act->now);
	return err ? err : look_again(act->txn, e->serial, act->now);
}

int mdm_erase_preview(const struct mdm_erase_view *v, struct doc *d, struct refusal *r)
{
	struct mdm_return_facts now;
	enum mdm_erase_way way;
	int err = mdm_erase_way_get(v->m, v->txn, v->a, v->e, &way);

	if (err == 0 && !is_exempt(v->ask))
		err = way_refuse(way, r);
	if (err)
		return refusal_keep(r, err);
	if (!is_exempt(v->ask)) {
		if (way != MDM_ERASE_FREE)
			doc_add_str(doc_list(d, "consequences"),
				say_plain(&mdm_say_erase_opens, v->lang));
		return 0;
	}
	err = mdm_return_facts_get(v->txn, v->a, v->e->serial, &now);
	if (err == 0)
		mdm_preview_lock_doc(&now, v->lang, v->a, d);
	return err;
}

/* The erase that waits for its lock; ERR_NOTFOUND. */
static int waiting_find(
	struct store_txn *txn, struct arena *a, const char *udid, struct mdm_command *ret)
{
	int err = mdm_line_find_type(
		txn, a, udid, mdm_request_row(MDM_ERASE_DEVICE)->type, ret);

	return err == 0 && ret->although_locked ? ERR_NOTFOUND : err;
}

int mdm_erase_visit(struct mdm *m, struct store_txn *txn, const char *serial, int64_t now)
{
	AUTO(arena) struct arena *a = arena_new();
	struct mdm_enrollment e;
	enum mdm_erase_way way;
	struct mdm_command c;
	int err = mdm_enrollment_by_serial(txn, a, serial, &e);

	if (err == 0)
		err = waiting_find(txn, a, e.udid, &c);
	if (err == 0)
		err = mdm_erase_way_get(m, txn, a, &e, &way);
	if (err || way == MDM_ERASE_FREE)
		return err == ERR_NOTFOUND ? 0 : err;
	err = mdm_queue_own_once(m, txn, &e, MDM_DEVICE_INFORMATION, now);
	return err ? err : look_again(txn, serial, now);
}

int mdm_erase_told(struct mdm_answer *an)
{
	struct refusal none = {0};
	enum mdm_erase_way way;
	struct mdm_command c;
	int err;

	if (an->c->request != MDM_DEVICE_INFORMATION || an->c->state != MDM_ACKNOWLEDGED)
		return 0;
	err = waiting_find(an->txn, an->a, an->e->udid, &c);
	if (err == 0)
		err = mdm_erase_way_get(an->m, an->txn, an->a, an->e, &way);
	if (err || way != MDM_ERASE_OPENS)
		return err == ERR_NOTFOUND ? 0 : err;
	/* in the name of whoever asked for the erase */
	return mdm_activation_open(an->m,
		&(struct mdm_act){an->txn, &(struct audit_who){.actor = c.made_by, .via = "server"},
			an->now, &none},
		an->e->serial, WORD);
}
