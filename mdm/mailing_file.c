/* SPDX-License-Identifier: EUPL-1.2 */
/* A mailing gets another file: the same book on the iPad, with new content. */
#include "mdm/media_int.h"

#include "base/text.h"

static int file_audit(const struct mdm_act *act, const char *what, const struct mdm_mailing *x,
	const char *file, const char *before)
{
	AUTO(arena) struct arena *a = arena_new();
	AUTO(buf) struct buf b = BUF_INIT(4096);
	struct doc *d = doc_new(a);

	doc_set_str(d, "title", x->title);
	doc_set_str(d, "file", file);
	doc_set_str(d, "before", before);
	doc_format(d, &b);
	return audit_add(
		act->txn, act->who, act->now, what, arena_printf(a, "mailing/%s", x->id), buf_str(&b));
}

int mdm_mailing_file_check(struct store_txn *txn, struct arena *a, const char *id,
	struct mdm_mailing *ret, struct refusal *r)
{
	int err = mdm_mailing_get(txn, a, id, ret);

	if (err == ERR_NOTFOUND)
		return refuse(r, &mdm_say_mailing_none, id, NULL, NULL);
	if (err == 0 && ret->kind != MDM_MAILING_MEDIA)
		return refuse(r, &mdm_say_mailing_no_file, ret->title, NULL, NULL);
	if (err == 0 && ret->state == MDM_MAILING_WITHDRAWN)
		return refuse(r, &mdm_say_mailing_file_over, ret->title, NULL, NULL);
	return err;
}

/* All who have a file now have one of before. */
static void version_step(struct mdm_mailing *x, const struct mdm_act *act)
{
	x->version++;
	x->older += x->delivered;
	x->delivered = x->failed = 0;
	x->changed_at = act->now;
	x->changed_by = act->who->actor;
}

static int change_put(
	struct mdm *m, const struct mdm_act *act, struct arena *a, struct mdm_mailing *x)
{
	int err;

	version_step(x, act);
	err = mdm_mailing_item_put(m, act->txn, a, x);
	if (err == 0)
		err = mdm_mailing_put(act->txn, x);
	if (err || x->state != MDM_MAILING_RUNNING)
		return err;
	return mdm_walk_start(act->txn, arena_printf(a, MDM_WALK_AGAIN "%s", x->id), act->now);
}

/* NULL when it is gone. */
static const char *name_of(struct store_txn *txn, struct arena *a, const char *media)
{
	struct mdm_media x;

	return media && mdm_media_get(txn, a, media, &x) == 0 ? x.name : NULL;
}

static int same_check(const struct mdm_act *act, struct arena *a, const struct mdm_mailing *x,
	const struct mdm_media *file)
{
	struct mdm_media is;
	int err = mdm_media_get(act->txn, a, x->media, &is);

	if (err == 0 && memcmp(is.hash, file->hash, sizeof(is.hash)) == 0)
		return refuse(act->r, &mdm_say_mailing_file_same, file->name, NULL, NULL);
	return err == ERR_NOTFOUND ? 0 : err;
}

int mdm_mailing_file(
	struct mdm *m, const struct mdm_act *act, const char *id, const struct mdm_media *file)
{
	AUTO(arena) struct arena *a = arena_new();
	struct mdm_mailing x;
	const char *drop;
	int err = mdm_mailing_file_check(act->txn, a, id, &x, act->r);

	if (err == 0)
		err = same_check(act, a, &x, file);
	if (err)
		return refusal_keep(act->r, err);
	drop = x.media_before;
	x.media_before = x.media;
	x.media = file->id;
	err = change_put(m, act, a, &x);
	if (err == 0 && drop)
		err = mdm_media_let_go(m, act, drop);
	return err ? err
		   : file_audit(act, "mailing.file", &x, file->name,
			     name_of(act->txn, a, x.media_before));
}

int mdm_mailing_file_undo(struct mdm *m, const struct mdm_act *act, const char *id)
{
	AUTO(arena) struct arena *a = arena_new();
	struct mdm_mailing x;
	const char *was;
	int err = mdm_mailing_file_check(act->txn, a, id, &x, act->r);

	if (err == 0 && !x.media_before)
		err = refuse(act->r, &mdm_say_mailing_file_first, x.title, NULL, NULL);
	if (err)
		return refusal_keep(act->r, err);
	was = x.media;
	x.media = x.media_before;
	x.media_before = was;
	err = change_put(m, act, a, &x);
	return err ? err
		   : file_audit(act, "mailing.file_undo", &x, name_of(act->txn, a, x.media),
			     name_of(act->txn, a, was));
}
