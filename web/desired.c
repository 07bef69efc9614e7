/* SPDX-License-Identifier: EUPL-1.2 */
/* Acts on groups and sets, for people who name things by any of their codes. */
#include "web/web_int.h"

struct acting {
	struct web *w;
	const struct web_set_act *act;
	struct refusal *r;
};

typedef int act_fn(struct acting *x, struct store_txn *txn, struct arena *a);

static int group_add(struct acting *x, struct store_txn *txn, struct arena *a)
{
	const struct web_set_act *t = x->act;

	(void)a;
	return mdm_group_add(x->w->o.mdm, txn, t->who, t->group, t->title, t->now, x->r);
}

static int group_rename(struct acting *x, struct store_txn *txn, struct arena *a)
{
	const struct web_set_act *t = x->act;

	(void)a;
	return mdm_group_rename(x->w->o.mdm, txn, t->who, t->group, t->title, t->now, x->r);
}

static int group_remove(struct acting *x, struct store_txn *txn, struct arena *a)
{
	const struct web_set_act *t = x->act;

	(void)a;
	return mdm_group_del(x->w->o.mdm, txn, t->who, t->group, t->now, x->r);
}

/* A serial number may be in a group before its thing is here: what is no code of ours goes as it
 * is written. */
static int members_set(struct acting *x, struct store_txn *txn, struct arena *a)
{
	const struct web_set_act *t = x->act;
	int err = 0;

	for (size_t i = 0; err == 0 && i < t->code_n; i++) {
		const char *serial;

		err = inv_serial_find(txn, a, t->codes[i], &serial);
		if (err == 0)
			err = mdm_member_set(x->w->o.mdm, txn, t->who, t->group, serial,
				t->what == WEB_MEMBER_IN, t->now, x->r);
	}
	return err;
}

static int item_act(struct acting *x, struct store_txn *txn, struct arena *a)
{
	const struct web_set_act *t = x->act;
	struct mdm_item item = t->item;
	int err = 0;

	item.owner_kind = t->group ? MDM_OF_GROUP : MDM_OF_IPAD;
	item.owner = t->group;
	if (!t->group)
		err = inv_serial_find(txn, a, t->codes[0], &item.owner);
	if (err)
		return err;
	return t->what == WEB_ITEM_PUT
		       ? mdm_item_put(x->w->o.mdm, txn, t->who, &item, t->now, x->r)
		       : mdm_item_del(x->w->o.mdm, txn, t->who, &item, t->now, x->r);
}

static int ipad_again(struct acting *x, struct store_txn *txn, struct arena *a)
{
	const struct web_set_act *t = x->act;
	const char *serial;
	int err = inv_serial_find(txn, a, t->codes[0], &serial);

	return err ? err : mdm_desired_again(x->w->o.mdm, txn, t->who, serial, t->now, x->r);
}

static int ipad_move(struct acting *x, struct store_txn *txn, struct arena *a)
{
	const struct web_set_act *t = x->act;
	const char *from, *to;
	int err = inv_serial_find(txn, a, t->codes[0], &from);

	if (err == 0)
		err = inv_serial_find(txn, a, t->codes[1], &to);
	return err ? err : mdm_desired_move(x->w->o.mdm, txn, t->who, from, to, t->now, x->r);
}

static int act_in(struct store_txn *txn, void *arg)
{
	static act_fn *const acts[] = {[WEB_GROUP_ADD] = group_add,
		[WEB_GROUP_RENAME] = group_rename,
		[WEB_GROUP_REMOVE] = group_remove,
		[WEB_MEMBER_IN] = members_set,
		[WEB_MEMBER_OUT] = members_set,
		[WEB_ITEM_PUT] = item_act,
		[WEB_ITEM_REMOVE] = item_act,
		[WEB_DESIRED_AGAIN] = ipad_again,
		[WEB_DESIRED_MOVE] = ipad_move};
	AUTO(arena) struct arena *a = arena_new();
	struct acting *x = arg;

	*x->r = (struct refusal){0};
	return refusal_keep(x->r, acts[x->act->what](x, txn, a));
}

int web_set_act(struct web *w, const struct web_set_act *act, struct refusal *r)
{
	struct acting x = {.w = w, .act = act, .r = r};
	int err = 0;

	*r = (struct refusal){0};
	if (act->what == WEB_ITEM_PUT)
		err = mdm_item_vet(w->o.mdm, &act->item, act->now, r);
	if (err == 0)
		err = store_write(w->o.st, act_in, &x);

	if (err == 0)
		mdm_wake(w->o.mdm);
	return err;
}
