/* SPDX-License-Identifier: EUPL-1.2 */
/* What an iPad refused is tried again: a lost state must not die of one odd answer. */
#include "mdm/queue_int.h"

#define EACH_S 600
#define MOST 200

struct tend {
	struct mdm *m;
	struct arena *a;
	int64_t now;
	struct mdm_enrollment *e; /* those to be told again */
	size_t n;
};

/* Wanted, refused an hour ago or more, and no command on its way. */
static int lost_is_stuck(struct tend *t, struct store_txn *txn, const struct mdm_lost *l,
	struct mdm_enrollment *e, bool *ret)
{
	enum mdm_request wanted =
		l->phase == MDM_LOST_LEAVING ? MDM_DISABLE_LOST_MODE : MDM_ENABLE_LOST_MODE;
	struct mdm_command c;
	int err;

	*ret = false;
	if (l->phase == MDM_LOST_ON || l->tried_at > t->now - MDM_LOST_RETRY_S)
		return 0;
	err = mdm_enrollment_by_serial(txn, t->a, l->serial, e);
	if (err)
		return err == ERR_NOTFOUND ? 0 : err;
	if (e->state != MDM_ENROLLED || e->erased_at || !e->trusted || e->supervised == 1)
		return 0;
	err = mdm_line_find_type(txn, t->a, e->udid, mdm_request_row(wanted)->type, &c);
	*ret = err == ERR_NOTFOUND;
	return err == ERR_NOTFOUND ? 0 : err;
}

static int stuck_collect(struct store_txn *txn, void *arg)
{
	struct tend *t = arg;
	const char *after = NULL;

	t->n = 0;
	while (t->n < MOST) {
		struct mdm_lost l;
		bool stuck;
		int err = mdm_lost_next(txn, t->a, after, &l);

		if (err)
			return err == ERR_NOTFOUND ? 0 : err;
		after = l.serial;
		err = lost_is_stuck(t, txn, &l, &t->e[t->n], &stuck);
		if (err)
			return err;
		if (stuck)
			t->n++;
	}
	return 0;
}

static int stuck_tell(struct store_txn *txn, void *arg)
{
	struct tend *t = arg;

	for (size_t i = 0; i < t->n; i++) {
		int err = mdm_lost_reapply(t->m, txn, &t->e[i], t->now);

		if (err)
			return err;
	}
	return 0;
}

int mdm_lost_tend(struct mdm *m, int64_t now)
{
	AUTO(arena) struct arena *a = arena_new();
	struct tend t = {.m = m, .a = a, .now = now};
	int64_t *mark = mdm_line_lost_mark(m->line);
	int err;

	if (now >= *mark && now < *mark + EACH_S)
		return 0;
	*mark = now;
	t.e = ARENA_ARRAY(a, struct mdm_enrollment, MOST);
	err = store_read(m->st, stuck_collect, &t);
	if (err == 0 && t.n)
		err = store_write(m->st, stuck_tell, &t);
	return err;
}
