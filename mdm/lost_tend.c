/* SPDX-License-Identifier: EUPL-1.2 */
/* What an iPad refused is tried again: a lost state must not die of one odd answer. */
#include "mdm/queue_int.h"

#define EACH_S 600
#define MOST 200

struct tend {
	struct mdm *m;
	int64_t now;
};

/* Wanted, refused an hour ago or more, and no command on its way. *ret_e: the iPad to tell. */
static int lost_is_stuck(struct store_txn *txn, struct arena *a, const struct mdm_lost *l,
	int64_t now, struct mdm_enrollment *ret_e)
{
	enum mdm_request wanted =
		l->phase == MDM_LOST_LEAVING ? MDM_DISABLE_LOST_MODE : MDM_ENABLE_LOST_MODE;
	struct mdm_command c;
	int err;

	if (l->phase == MDM_LOST_ON || l->tried_at > now - MDM_LOST_RETRY_S)
		return ERR_NOTFOUND;
	err = mdm_enrollment_by_serial(txn, a, l->serial, ret_e);
	if (err)
		return err;
	if (ret_e->state != MDM_ENROLLED || ret_e->erased_at || !ret_e->trusted ||
		ret_e->supervised == 1)
		return ERR_NOTFOUND;
	err = mdm_line_find_type(txn, a, ret_e->udid, mdm_request_row(wanted)->type, &c);
	if (err == ERR_NOTFOUND)
		return 0;
	return err ? err : ERR_NOTFOUND;
}

static int tend_in(struct store_txn *txn, void *arg)
{
	AUTO(arena) struct arena *a = arena_new();
	const struct tend *t = arg;
	struct mdm_lost l = {0};

	for (size_t told = 0; told < MOST;) {
		struct mdm_enrollment e;
		int err = mdm_lost_next(txn, a, l.serial, &l);

		if (err)
			return err == ERR_NOTFOUND ? 0 : err;
		err = lost_is_stuck(txn, a, &l, t->now, &e);
		if (err == ERR_NOTFOUND)
			continue;
		if (err == 0)
			err = mdm_lost_reapply(t->m, txn, &e, t->now);
		if (err)
			return err;
		told++;
	}
	return 0;
}

int mdm_lost_tend(struct mdm *m, int64_t now)
{
	struct tend t = {.m = m, .now = now};
	int64_t *mark = mdm_line_lost_mark(m->line);

	if (now >= *mark && now < *mark + EACH_S)
		return 0;
	*mark = now;
	return store_write(m->st, tend_in, &t);
}
