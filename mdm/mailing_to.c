/* SPDX-License-Identifier: EUPL-1.2 */
/* Who gets a mailing, and how it stands with each. */
#include "mdm/media_int.h"

int mdm_recipient_add(struct store_txn *txn, const char *mailing, const char *serial, int64_t now)
{
	AUTO(arena) struct arena *a = arena_new();
	struct mdm_recipient x;
	struct mdm_mailing m = {0};
	int err = mdm_recipient_get(txn, a, mailing, serial, &x);

	if (err != ERR_NOTFOUND)
		return err;
	err = mdm_mailing_get(txn, a, mailing, &m);
	x = (struct mdm_recipient){.state = MDM_TO_WAITING, .at = now, .version = m.version};
	if (err == 0)
		err = mdm_recipient_put(txn, mailing, serial, &x);
	if (err)
		return err;
	m.total++;
	return mdm_mailing_put(txn, &m);
}

void mdm_recipient_now(const struct mdm_mailing *m, struct mdm_recipient *x)
{
	if (x->version == m->version)
		return;
	x->older |= x->state == MDM_TO_DELIVERED;
	x->state = MDM_TO_WAITING;
	x->version = m->version;
}

static void count_move(struct mdm_mailing *m, uint32_t state, int by)
{
	if (state == MDM_TO_DELIVERED)
		m->delivered += by;
	else if (state == MDM_TO_FAILED)
		m->failed += by;
}

/* What came is the file of before: overtaken under way. */
static bool is_older(const struct mdm_mailing *m, const struct mdm_applied *slot)
{
	return m->version && memcmp(m->item_hash, slot->hash, sizeof(m->item_hash)) != 0;
}

/* False: nothing is new. */
static bool told_step(struct mdm_mailing *m, struct mdm_recipient *x, uint32_t state, bool older)
{
	bool had = x->older;

	if (older)
		x->older |= state == MDM_TO_DELIVERED && x->state != MDM_TO_DELIVERED;
	else if (x->state == state || x->state == MDM_TO_DELIVERED)
		return false;
	else {
		count_move(m, x->state, -1);
		count_move(m, state, 1);
		x->state = state;
		x->older &= state != MDM_TO_DELIVERED;
	}
	m->older += (int)x->older - (int)had;
	return !older || x->older != had;
}

/* Delivered stays delivered: an erase later is another matter. */
int mdm_recipient_told(struct store_txn *txn, const char *serial, const struct mdm_applied *slot,
	uint32_t state, int64_t now)
{
	AUTO(arena) struct arena *a = arena_new();
	struct mdm_recipient x;
	struct mdm_mailing m;
	int err = mdm_recipient_get(txn, a, slot->id, serial, &x);

	if (err == 0)
		err = mdm_mailing_get(txn, a, slot->id, &m);
	if (err)
		return err == ERR_NOTFOUND ? 0 : err;
	mdm_recipient_now(&m, &x);
	if (!told_step(&m, &x, state, is_older(&m, slot)))
		return 0;
	x.at = now;
	err = mdm_recipient_put(txn, slot->id, serial, &x);
	return err ? err : mdm_mailing_put(txn, &m);
}

int mdm_mailing_recipients(struct mdm *m, struct store_txn *txn, struct arena *a, const char *id,
	const char *after, size_t most, enum say_lang lang, int64_t now,
	struct mdm_mailing_to **ret, size_t *ret_n)
{
	const char **serials;
	struct mdm_mailing_to *list;
	struct mdm_mailing x;
	size_t n;
	int err = mdm_mailing_get(txn, a, id, &x);

	if (err == 0)
		err = mdm_recipients_list(txn, id, STORE_PIECE(a, after, most), &serials, &n);
	if (err)
		return err;
	list = ARENA_ARRAY(a, struct mdm_mailing_to, n ? n : 1);
	for (size_t i = 0; err == 0 && i < n; i++) {
		struct mdm_recipient to;

		err = mdm_recipient_get(txn, a, id, serials[i], &to);
		if (err)
			break;
		mdm_recipient_now(&x, &to);
		list[i] = (struct mdm_mailing_to){
			.serial = serials[i], .state = to.state, .older = to.older};
		err = mdm_slot_why(m, txn, a, serials[i],
			x.kind == MDM_MAILING_MEDIA ? MDM_ITEM_MEDIA : MDM_ITEM_WEB_CLIP, id, lang,
			now, &list[i].why);
		if (x.returned)
			list[i].why = say_plain(&mdm_say_mailing_returned, lang);
	}
	if (err)
		return err;
	*ret = list;
	*ret_n = n;
	return 0;
}

/* Slot and mailing have one name. */
int mdm_mailing_of_command(struct store_txn *txn, struct arena *a, const struct mdm_command *c,
	struct mdm_mailing *ret)
{
	uint32_t kind;
	const char *id;
	int err = c->slot ? mdm_slot_parse(a, c->slot, &kind, &id) : ERR_NOTFOUND;

	if (err || (kind != MDM_ITEM_MEDIA && kind != MDM_ITEM_WEB_CLIP))
		return ERR_NOTFOUND;
	return mdm_mailing_get(txn, a, id, ret);
}
