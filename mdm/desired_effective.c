/* SPDX-License-Identifier: EUPL-1.2 */
/* What an iPad should have: the sets of all, of its groups, its own and its mailings, one over the
 * other. */
#include "mdm/media_int.h"

#include "base/text.h"

/* A set as read in this round. */
struct mdm_set {
	struct mdm_set *next;
	uint32_t owner_kind;
	const char *owner;
	struct mdm_live_item *items;
	size_t n;
};

struct mdm_round *mdm_round_new(struct mdm *m, struct store_txn *txn, struct arena *a, int64_t now)
{
	struct mdm_round *rd = ARENA_NEW(a, struct mdm_round);

	*rd = (struct mdm_round){.m = m, .txn = txn, .a = a, .now = now};
	return rd;
}

static int set_read(struct mdm_round *rd, struct arena *a, uint32_t owner_kind, const char *owner,
	struct mdm_set *ret)
{
	struct mdm_item *items;
	size_t n;
	int err = mdm_item_list(
		rd->m, rd->txn, a, (enum mdm_owner_kind)owner_kind, owner, &items, &n);

	if (err)
		return err;
	ret->owner_kind = owner_kind;
	ret->owner = arena_strdup(a, owner);
	ret->items = ARENA_ARRAY(a, struct mdm_live_item, n ? n : 1);
	ret->n = 0;
	for (size_t i = 0; i < n; i++) {
		struct mdm_live_item *x = &ret->items[ret->n];

		ret->n += mdm_item_open(a, &items[i], x) == 0 && !mdm_item_ended(x, rd->now);
	}
	return 0;
}

/* The set of a group or mailing is kept for the next iPad. */
static int set_shared(
	struct mdm_round *rd, uint32_t owner_kind, const char *owner, struct mdm_set **ret)
{
	struct mdm_set *s = rd->sets;
	int err;

	while (s && (s->owner_kind != owner_kind || !text_equal(s->owner, owner)))
		s = s->next;
	if (!s) {
		s = ARENA_NEW(rd->a, struct mdm_set);
		err = set_read(rd, rd->a, owner_kind, owner, s);
		if (err)
			return err;
		s->next = rd->sets;
		rd->sets = s;
	}
	*ret = s;
	return 0;
}

struct effective {
	struct mdm_live_item **list;
	size_t n, room;
};

static void effective_add(struct arena *a, struct effective *e, struct mdm_live_item *x)
{
	struct mdm_live_item **more;

	for (size_t i = 0; i < e->n; i++) {
		if (e->list[i]->item.kind != x->item.kind ||
			!text_equal(e->list[i]->item.id, x->item.id))
			continue;
		if (mdm_item_wins(&e->list[i]->item, &x->item))
			e->list[i] = x;
		return;
	}
	if (e->n == e->room) {
		e->room = e->room ? e->room * 2 : 16;
		more = ARENA_ARRAY(a, struct mdm_live_item *, e->room);
		if (e->n)
			memcpy(more, e->list, e->n * sizeof(*more));
		e->list = more;
	}
	e->list[e->n++] = x;
}

static void effective_add_set(struct arena *a, struct effective *e, struct mdm_set *s)
{
	for (size_t i = 0; i < s->n; i++)
		effective_add(a, e, &s->items[i]);
}

/* What it gets with mailings. */
static int mailings_add(
	struct mdm_round *rd, struct arena *a, const char *serial, struct effective *e)
{
	const char **mailings;
	struct mdm_set *s;
	size_t n;
	int err = mdm_mailings_of(rd->txn, a, serial, &mailings, &n);

	for (size_t i = 0; err == 0 && i < n; i++) {
		err = set_shared(rd, MDM_OF_MAILING, mailings[i], &s);
		if (err == 0)
			effective_add_set(a, e, s);
	}
	return err;
}

static int groups_add(
	struct mdm_round *rd, struct arena *a, const char *serial, struct effective *e)
{
	const char **groups;
	struct mdm_set *s;
	size_t n;
	int err = mdm_groups_of(rd->txn, a, serial, &groups, &n);

	for (size_t i = 0; err == 0 && i < n; i++) {
		err = set_shared(rd, MDM_OF_GROUP, groups[i], &s);
		if (err == 0)
			effective_add_set(a, e, s);
	}
	return err;
}

int mdm_effective(struct mdm_round *rd, struct arena *a, const char *serial,
	struct mdm_live_item ***ret, size_t *ret_n)
{
	struct effective e = {0};
	struct mdm_set *all, own;
	int err = set_shared(rd, MDM_OF_GROUP, MDM_GROUP_ALL, &all);

	if (err == 0) {
		effective_add_set(a, &e, all);
		err = groups_add(rd, a, serial, &e);
	}
	if (err == 0)
		err = set_read(rd, a, MDM_OF_IPAD, serial, &own);
	if (err)
		return err;
	effective_add_set(a, &e, &own);
	err = mailings_add(rd, a, serial, &e);
	if (err == 0) {
		*ret = e.list;
		*ret_n = e.n;
	}
	return err;
}
