/* SPDX-License-Identifier: EUPL-1.2 */
/* Two people decide where an iPad is looked for, who is erased and what of a protected identity
 * leaves the house: here it is seen that they are two. */
#include "web/web_int.h"

struct confirming {
	struct web *w;
	const struct inv_act *act;
	struct refusal *r;
};

int web_second_check(struct store_txn *txn, struct arena *a, const char *name, int64_t now,
	struct refusal *r)
{
	struct web_account u;
	int err = web_account_get(txn, a, name, &u);

	if (err)
		return err == ERR_NOTFOUND ? 0 : err;
	return web_second_decide(&u, now, r);
}

/* What is not there, or was asked by nobody, is for inv_locate_confirm() to refuse. */
static int people_in(struct store_txn *txn, void *arg)
{
	AUTO(arena) struct arena *a = arena_new();
	struct confirming *c = arg;
	struct mdm_location l;
	const char *serial;
	int err = inv_serial_find(txn, a, c->act->code, &serial);

	if (err == 0)
		err = mdm_location_get(c->w->o.mdm, txn, a, serial, &l);
	if (err)
		return err == ERR_NOTFOUND ? 0 : err;
	err = web_second_check(txn, a, c->act->who->actor, c->act->now, c->r);
	if (err == 0 && l.asked_by)
		err = web_second_check(txn, a, l.asked_by, c->act->now, c->r);
	return refusal_keep(c->r, err);
}

int web_locate_confirm(
	struct web *w, const struct inv_act *act, struct refusal *r, char ret_uuid[MDM_UUID])
{
	struct confirming c = {.w = w, .act = act, .r = r};
	int err;

	*r = (struct refusal){0};
	err = store_read(w->o.st, people_in, &c);
	return err ? err : inv_locate_confirm(w->o.inv, act, r, ret_uuid);
}
