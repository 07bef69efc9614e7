/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * How an iPad stands against what it should have: worked out in each transaction that changes what
 * it is known to have, so that groups are counted without anybody going through them. What a
 * group's change asks for is known of an iPad when the walk has come to it.
 */
#include "mdm/ddm_int.h"

#include "base/text.h"

static enum mdm_stands applied_stands(const struct mdm_applied *x)
{
	switch (x->state) {
	case MDM_APPLIED_ON:
		return MDM_STANDS_DONE;
	case MDM_APPLIED_FAILED:
	case MDM_APPLIED_UNABLE:
		return MDM_STANDS_FAILED;
	default:
		return MDM_STANDS_WAITING;
	}
}

int mdm_standing_judge(
	struct store_txn *txn, struct arena *a, const char *serial, struct mdm_standing *x)
{
	enum mdm_stands worst = x->unable ? MDM_STANDS_FAILED
				: x->held ? MDM_STANDS_WAITING
					  : MDM_STANDS_DONE;
	enum mdm_stands declared = MDM_STANDS_DONE;
	struct mdm_applied *list;
	size_t n;
	int err = mdm_applied_list(txn, a, serial, &list, &n);

	if (err == 0)
		err = mdm_ddm_stands(txn, a, serial, &declared);
	if (err)
		return err;
	worst = declared > worst ? declared : worst;
	for (size_t i = 0; i < n; i++)
		worst = applied_stands(&list[i]) > worst ? applied_stands(&list[i]) : worst;
	x->stands = worst;
	return 0;
}

static int judge_put(
	struct store_txn *txn, struct arena *a, const char *serial, struct mdm_standing *x)
{
	int err = mdm_standing_judge(txn, a, serial, x);

	return err ? err : mdm_standing_put(txn, serial, x);
}

int mdm_standing_settle(struct store_txn *txn, const char *serial)
{
	AUTO(arena) struct arena *a = arena_new();
	struct mdm_standing x;
	int err = mdm_standing_get(txn, a, serial, &x);

	return err ? err : judge_put(txn, a, serial, &x);
}

int mdm_standing_forgotten(struct store_txn *txn, const char *serial)
{
	AUTO(arena) struct arena *a = arena_new();
	struct mdm_standing x = {.held = true};

	return judge_put(txn, a, serial, &x);
}

/* A declaration that is left out of its list is told nowhere else. */
static int unable_look(const struct mdm_round *rd, const char *serial,
	struct mdm_live_item *const *wanted, size_t n, bool *ret)
{
	AUTO(arena) struct arena *a = arena_new();
	bool holds = true;
	int err = 0;

	for (size_t i = 0; err == 0 && i < n && holds; i++) {
		if (wanted[i]->item.kind == MDM_ITEM_DECLARATION)
			err = mdm_ddm_holds(rd, a, serial, wanted[i]->item.id, &holds);
	}
	*ret = !holds;
	return err;
}

int mdm_standing_visited(const struct mdm_round *rd, const char *serial, bool hindered,
	struct mdm_live_item *const *wanted, size_t n)
{
	AUTO(arena) struct arena *a = arena_new();
	struct mdm_standing x;
	int err = mdm_standing_get(rd->txn, a, serial, &x);

	x.held = hindered && n > 0;
	x.unable = false;
	if (err == 0 && !hindered)
		err = unable_look(rd, serial, wanted, n, &x.unable);
	return err ? err : judge_put(rd->txn, a, serial, &x);
}

/* --- after an older program --- */

#define FILL_AT_ONCE 200

struct filling {
	struct mdm *m;
	char group[MDM_GROUP_NAME_MAX + 1], after[MDM_SERIAL_MAX + 1]; /* where to begin */
	/* what this run gives back */
	char next[MDM_SERIAL_MAX + 1], next_group[MDM_GROUP_NAME_MAX + 1];
	bool more;
};

static int ipad_fill(struct mdm_round *rd, const char *serial)
{
	AUTO(arena) struct arena *a = arena_new();
	struct mdm_live_item **wanted;
	struct mdm_enrollment e;
	const struct say *hindrance;
	bool enrolled;
	size_t n;
	int err = mdm_visit_hindrance(rd->txn, a, serial, &e, &enrolled, &hindrance);

	if (err == 0)
		err = mdm_effective(rd, a, serial, &wanted, &n);
	return err ? err : mdm_standing_visited(rd, serial, hindrance != NULL, wanted, n);
}

static int fill_in(struct store_txn *txn, void *arg)
{
	AUTO(arena) struct arena *a = arena_new();
	struct filling *f = arg;
	struct mdm_round *rd = mdm_round_new(f->m, txn, a, 0);
	const char **serials;
	size_t n;
	int err = mdm_member_list(txn, f->group,
		STORE_PIECE(a, f->after[0] ? f->after : NULL, FILL_AT_ONCE), &serials, &n);

	for (size_t i = 0; err == 0 && i < n; i++)
		err = ipad_fill(rd, serials[i]);
	f->more = err == 0 && n == FILL_AT_ONCE;
	if (f->more)
		text_copy(f->next, sizeof(f->next), serials[n - 1]);
	return err;
}

static int group_next_in(struct store_txn *txn, void *arg)
{
	AUTO(arena) struct arena *a = arena_new();
	struct filling *f = arg;
	struct mdm_group *g;
	const char *after = text_equal(f->group, MDM_GROUP_ALL) ? NULL : f->group;
	size_t n;
	int err = mdm_group_list(txn, STORE_PIECE(a, after, 1), &g, &n);

	if (err == 0)
		text_copy(f->next_group, sizeof(f->next_group), n ? g[0].name : "");
	return err;
}

static int group_fill(struct filling *f)
{
	int err = 0;

	f->after[0] = 0;
	f->more = true;
	while (err == 0 && f->more) {
		err = store_write(f->m->st, fill_in, f);
		text_copy(f->after, sizeof(f->after), f->next);
	}
	return err;
}

int mdm_standing_fill(struct mdm *m)
{
	struct filling f = {.m = m, .group = MDM_GROUP_ALL};
	int err = 0;

	while (err == 0 && f.group[0]) {
		err = group_fill(&f);
		if (err == 0)
			err = store_read(m->st, group_next_in, &f);
		text_copy(f.group, sizeof(f.group), f.next_group);
	}
	return err;
}
