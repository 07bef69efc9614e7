/* SPDX-License-Identifier: EUPL-1.2 */
/* A book that nothing uses any longer is dropped from the store. */
#include "mdm/media_int.h"

#include "base/text.h"

#define PAGE 50

/* The file before is kept as long as it can come back. */
static bool uses(const struct mdm_mailing *x, const char *media)
{
	return x->state != MDM_MAILING_WITHDRAWN &&
	       (text_equal(x->media, media) || text_equal(x->media_before, media));
}

/* A mailing that is planned or under way with it; its title, or NULL. */
static int mailing_with(
	struct store_txn *txn, struct arena *a, const char *media, const char **ret_title)
{
	const char *before = NULL;
	struct mdm_mailing *x;
	size_t n;
	int err;

	*ret_title = NULL;
	do {
		err = mdm_mailing_list(txn, STORE_PIECE(a, before, PAGE), &x, &n);
		for (size_t i = 0; err == 0 && i < n && !*ret_title; i++) {
			if (uses(&x[i], media))
				*ret_title = x[i].title;
		}
		before = n ? x[n - 1].id : NULL;
	} while (err == 0 && n == PAGE && !*ret_title);
	return err;
}

/* A set that has it; whose, or NULL. */
static int set_with(struct mdm *m, struct store_txn *txn, struct arena *a, const char *media,
	const char **ret_owner)
{
	AUTO(store_iter) struct store_iter it = {0};
	struct bytes key, value;
	int err = store_iter_init(&it, txn, MDM_ITEM, NULL);

	*ret_owner = NULL;
	while (err == 0 && !*ret_owner && (err = store_iter_next(&it, &key, &value)) == 0) {
		struct mdm_item slot = {0}, x;
		int owner_kind, kind;

		err = store_key_parse(key, "cscs", &owner_kind, &slot.owner, &kind, &slot.id);
		if (err || kind != MDM_ITEM_MEDIA)
			continue;
		slot.owner_kind = (uint32_t)owner_kind;
		slot.kind = (uint32_t)kind;
		err = mdm_item_get(m, txn, a, &slot, &x);
		if (err == 0 && x.spec && strstr(x.spec, media))
			*ret_owner = arena_strdup(a, slot.owner);
	}
	return err == ERR_NOTFOUND ? 0 : err;
}

static int remove_in(struct mdm *m, struct store_txn *txn, struct arena *a,
	const struct mdm_media *x, struct refusal *r)
{
	const char *user;
	int err = mailing_with(txn, a, x->id, &user);

	if (err == 0 && user)
		return refuse(r, &mdm_say_media_mailing, x->name, user, NULL);
	if (err == 0)
		err = set_with(m, txn, a, x->id, &user);
	if (err == 0 && user)
		return refuse(r, &mdm_say_media_wanted, x->name, user, NULL);
	return err ? err : mdm_media_drop(txn, x);
}

/* Which one it was stands nowhere else any longer. */
static int remove_audit(struct store_txn *txn, const struct audit_who *who,
	const struct mdm_media *x, int64_t now)
{
	AUTO(arena) struct arena *a = arena_new();
	AUTO(buf) struct buf b = BUF_INIT(4096);
	struct doc *d = doc_new(a);

	doc_set_str(d, "title", x->name);
	doc_set_str(d, "media", x->id);
	doc_format(d, &b);
	return audit_add(txn, who, now, "media.remove", "mailing/-", buf_str(&b));
}

int mdm_media_remove(struct mdm *m, const struct mdm_act *act, const char *id)
{
	AUTO(arena) struct arena *a = arena_new();
	struct mdm_media x;
	int err = mdm_media_get(act->txn, a, id, &x);

	if (err)
		return err;
	err = remove_in(m, act->txn, a, &x, act->r);
	return err ? refusal_keep(act->r, err) : remove_audit(act->txn, act->who, &x, act->now);
}

int mdm_media_let_go(struct mdm *m, const struct mdm_act *act, const char *id)
{
	struct refusal used;
	int err = mdm_media_remove(
		m, &(struct mdm_act){act->txn, act->who, act->now, &used}, id);

	return err == ERR_REFUSED || err == ERR_NOTFOUND ? 0 : err;
}
