/* SPDX-License-Identifier: EUPL-1.2 */
/* Acts on groups and sets: each in the caller's transaction, with its record in the audit log. */
#include "mdm/desired_int.h"

#include "base/clock.h"
#include "base/text.h"

static int act_audit(struct store_txn *txn, const struct audit_who *who, const char *act,
	const char *object, const char *key, const char *value, int64_t now)
{
	AUTO(arena) struct arena *a = arena_new();
	AUTO(buf) struct buf b = BUF_INIT(4096);
	struct doc *d = doc_new(a);

	if (key)
		doc_set_str(d, key, value);
	doc_format(d, &b);
	return audit_add(txn, who, now, act, object, buf_str(&b));
}

/* One row, however large the group. */
static int group_changed(struct store_txn *txn, const char *group, int64_t now)
{
	AUTO(arena) struct arena *a = arena_new();

	return mdm_walk_start(txn, arena_printf(a, "group/%s", group), now);
}

static int group_find(struct store_txn *txn, struct arena *a, const char *name, struct refusal *r,
	struct mdm_group *ret)
{
	int err = text_empty(name) || !mdm_group_name_ok(name) ? ERR_NOTFOUND
							       : mdm_group_get(txn, a, name, ret);

	return err == ERR_NOTFOUND ? refuse(r, &mdm_say_group_none, name ? name : "", NULL, NULL)
				   : err;
}

/* --- groups --- */

int mdm_group_add(struct mdm *m, struct store_txn *txn, const struct audit_who *who,
	const char *name, const char *title, int64_t now, struct refusal *r)
{
	AUTO(arena) struct arena *a = arena_new();
	struct mdm_group g = {.name = name,
		.title = text_empty(title) ? name : title,
		.made_at = now,
		.made_by = who->actor};
	struct mdm_group there;
	int err;

	(void)m;
	if (!mdm_group_name_ok(name))
		return refusal_keep(r, refuse(r, &mdm_say_group_name, NULL, NULL, NULL));
	if (strlen(g.title) > MDM_TITLE_MAX)
		return refuse(r, &mdm_say_group_title, NULL, NULL, NULL);
	err = mdm_group_get(txn, a, name, &there);
	if (err == 0)
		return refusal_keep(r, refuse(r, &mdm_say_group_there, name, NULL, NULL));
	if (err == ERR_NOTFOUND)
		err = mdm_group_put(txn, &g);
	return err ? err : act_audit(txn, who, "group.add", name, "title", g.title, now);
}

int mdm_group_rename(struct mdm *m, struct store_txn *txn, const struct audit_who *who,
	const char *name, const char *title, int64_t now, struct refusal *r)
{
	AUTO(arena) struct arena *a = arena_new();
	struct mdm_group g;
	int err = group_find(txn, a, name, r, &g);

	(void)m;
	if (err == 0 && text_equal(name, MDM_GROUP_ALL))
		err = refuse(r, &mdm_say_group_all, NULL, NULL, NULL);
	if (err == 0 && (text_empty(title) || strlen(title) > MDM_TITLE_MAX))
		err = refuse(r, &mdm_say_group_title, NULL, NULL, NULL);
	if (err)
		return refusal_keep(r, err);
	g.title = title;
	err = mdm_group_put(txn, &g);
	return err ? err : act_audit(txn, who, "group.rename", name, "title", title, now);
}

/* Members lose the group at once; each is visited in its turn. */
static int members_drop(struct store_txn *txn, const char *group, int64_t now)
{
	for (;;) {
		AUTO(arena) struct arena *a = arena_new();
		const char **serials;
		bool changed;
		size_t n;
		int err = mdm_member_list(txn, group, STORE_PIECE(a, NULL, 1000), &serials, &n);

		for (size_t i = 0; err == 0 && i < n; i++) {
			err = mdm_member_drop(txn, group, serials[i], &changed);
			if (err == 0)
				err = mdm_visit_put(txn, serials[i], now);
		}
		if (err || n == 0)
			return err;
	}
}

static int items_drop(
	struct mdm *m, struct store_txn *txn, enum mdm_owner_kind owner_kind, const char *owner)
{
	AUTO(arena) struct arena *a = arena_new();
	struct mdm_item *items;
	size_t n;
	int err = mdm_item_list(m, txn, a, owner_kind, owner, &items, &n);

	for (size_t i = 0; err == 0 && i < n; i++)
		err = mdm_item_drop(txn, &items[i]);
	return err;
}

int mdm_group_del(struct mdm *m, struct store_txn *txn, const struct audit_who *who,
	const char *name, int64_t now, struct refusal *r)
{
	AUTO(arena) struct arena *a = arena_new();
	struct mdm_group g;
	int err = group_find(txn, a, name, r, &g);

	if (err == 0 && text_equal(name, MDM_GROUP_ALL))
		err = refuse(r, &mdm_say_group_all, NULL, NULL, NULL);
	if (err == 0)
		err = items_drop(m, txn, MDM_OF_GROUP, name);
	if (err == 0)
		err = members_drop(txn, name, now);
	if (err == 0)
		err = mdm_walk_del(txn, arena_printf(a, "group/%s", name));
	if (err == 0)
		err = mdm_group_drop(txn, name);
	if (err == 0)
		err = act_audit(txn, who, "group.remove", name, NULL, NULL, now);
	return refusal_keep(r, err);
}

static int member_check(struct store_txn *txn, const char *serial, bool in, struct refusal *r)
{
	AUTO(arena) struct arena *a = arena_new();
	const char **groups;
	size_t n;
	int err;

	if (text_empty(serial) || strlen(serial) > MDM_SERIAL_MAX || !mdm_id_is_plain(serial))
		return refuse(r, &mdm_say_serial_form, serial ? serial : "", NULL, NULL);
	if (!in)
		return 0;
	err = mdm_groups_of(txn, a, serial, &groups, &n);
	if (err == 0 && n >= MDM_GROUPS_OF_IPAD_MAX)
		err = refuse(r, &mdm_say_groups_many, serial, NULL, NULL);
	return err;
}

int mdm_member_set(struct mdm *m, struct store_txn *txn, const struct audit_who *who,
	const char *group, const char *serial, bool in, int64_t now, struct refusal *r)
{
	AUTO(arena) struct arena *a = arena_new();
	struct mdm_group g;
	bool changed = false;
	int err = group_find(txn, a, group, r, &g);

	(void)m;
	if (err == 0 && text_equal(group, MDM_GROUP_ALL))
		err = refuse(r, &mdm_say_group_all, NULL, NULL, NULL);
	if (err == 0)
		err = member_check(txn, serial, in, r);
	if (err == 0)
		err = in ? mdm_member_put(txn, group, serial, &changed)
			 : mdm_member_drop(txn, group, serial, &changed);
	if (err || !changed)
		return refusal_keep(r, err);
	g.members = in ? g.members + 1 : g.members - (g.members > 0);
	err = mdm_group_put(txn, &g);
	if (err == 0)
		err = mdm_visit_put(txn, serial, now);
	return err ? err
		   : act_audit(txn, who, in ? "group.member_in" : "group.member_out", serial,
			     "group", group, now);
}

/* --- sets --- */

static int owner_check(struct store_txn *txn, const struct mdm_item *item, struct refusal *r)
{
	AUTO(arena) struct arena *a = arena_new();
	struct mdm_group g;

	switch (item->owner_kind) {
	case MDM_OF_GROUP:
		return refusal_keep(r, group_find(txn, a, item->owner, r, &g));
	case MDM_OF_IPAD:
		return refusal_keep(r, member_check(txn, item->owner, false, r));
	default:
		return ERR_INTERNAL;
	}
}

static int room_check(
	struct mdm *m, struct store_txn *txn, const struct mdm_item *item, struct refusal *r)
{
	AUTO(arena) struct arena *a = arena_new();
	struct mdm_item there, *items;
	size_t n;
	int err = mdm_item_get(m, txn, a, item, &there);

	if (err != ERR_NOTFOUND)
		return err;
	err = mdm_item_list(
		m, txn, a, (enum mdm_owner_kind)item->owner_kind, item->owner, &items, &n);
	if (err == 0 && n >= MDM_SET_MAX)
		err = refuse(r, &mdm_say_item_many, NULL, NULL, NULL);
	return err;
}

/* Those whom a change of this owner concerns. */
static int owner_changed(
	struct mdm *m, struct store_txn *txn, const struct mdm_item *item, int64_t now)
{
	AUTO(arena) struct arena *a = arena_new();
	size_t queued = 0;

	if (item->owner_kind == MDM_OF_GROUP)
		return group_changed(txn, item->owner, now);
	return mdm_visit(mdm_round_new(m, txn, a, now), item->owner, false, &queued);
}

static const char *owner_object(struct arena *a, const struct mdm_item *item)
{
	return item->owner_kind == MDM_OF_GROUP ? arena_printf(a, "group/%s", item->owner)
						: item->owner;
}

static int item_audit(struct store_txn *txn, const struct audit_who *who, const char *act,
	const struct mdm_item *item, int64_t now)
{
	AUTO(arena) struct arena *a = arena_new();

	return act_audit(txn, who, act, owner_object(a, item), "item",
		mdm_slot_name(a, item->kind, item->id), now);
}

int mdm_item_vet(struct mdm *m, const struct mdm_item *item, int64_t now, struct refusal *r)
{
	AUTO(arena) struct arena *a = arena_new();
	const struct doc *carried;
	struct mdm_live_item x;

	if (!item->spec || strlen(item->spec) > MDM_SPEC_MAX || mdm_item_open(a, item, &x) != 0)
		return 0; /* mdm_item_put() says what is wrong */
	carried = doc_object(x.spec, "profile");
	return mdm_wifi_vet(m->certs, a, carried ? carried : x.spec, now, r);
}

int mdm_item_put(struct mdm *m, struct store_txn *txn, const struct audit_who *who,
	const struct mdm_item *item, int64_t now, struct refusal *r)
{
	struct mdm_item x = *item;
	int err = owner_check(txn, item, r);

	x.made_at = now;
	x.made_by = who->actor;
	if (err == 0)
		err = mdm_item_check(m, txn, &x, r);
	if (err == 0)
		err = room_check(m, txn, &x, r);
	if (err == 0)
		err = mdm_item_store(m, txn, &x);
	if (err == 0)
		err = owner_changed(m, txn, &x, now);
	return err ? err : item_audit(txn, who, "desired.put", &x, now);
}

int mdm_item_del(struct mdm *m, struct store_txn *txn, const struct audit_who *who,
	const struct mdm_item *slot, int64_t now, struct refusal *r)
{
	AUTO(arena) struct arena *a = arena_new();
	int err = owner_check(txn, slot, r);

	if (err == 0)
		err = mdm_item_drop(txn, slot);
	if (err == ERR_NOTFOUND)
		err = refuse(r, &mdm_say_item_none, mdm_slot_name(a, slot->kind, slot->id),
			slot->owner, NULL);
	if (err == 0)
		err = owner_changed(m, txn, slot, now);
	if (err == 0)
		err = item_audit(txn, who, "desired.remove", slot, now);
	return refusal_keep(r, err);
}

/* --- one iPad --- */

static int groups_move(struct store_txn *txn, const char *from, const char *to, int64_t now)
{
	AUTO(arena) struct arena *a = arena_new();
	const char **groups;
	bool changed;
	size_t n;
	int err = mdm_groups_of(txn, a, from, &groups, &n);

	for (size_t i = 0; err == 0 && i < n; i++) {
		struct mdm_group g;
		bool added = false;

		err = mdm_member_drop(txn, groups[i], from, &changed);
		if (err == 0)
			err = mdm_member_put(txn, groups[i], to, &added);
		if (err == 0 && !added) /* it was in the group already: one member less */
			err = mdm_group_get(txn, a, groups[i], &g);
		if (err == 0 && !added && g.members > 0) {
			g.members--;
			err = mdm_group_put(txn, &g);
		}
	}
	if (err == 0)
		err = mdm_visit_put(txn, from, now);
	return err ? err : mdm_visit_put(txn, to, now);
}

int mdm_desired_move(struct mdm *m, struct store_txn *txn, const struct audit_who *who,
	const char *from, const char *to, int64_t now, struct refusal *r)
{
	AUTO(arena) struct arena *a = arena_new();
	struct mdm_item *items;
	size_t n;
	int err = member_check(txn, from, false, r);

	if (err == 0)
		err = member_check(txn, to, true, r);
	if (err == 0 && text_equal(from, to))
		err = refuse(r, &mdm_say_desired_self, NULL, NULL, NULL);
	if (err == 0)
		err = mdm_item_list(m, txn, a, MDM_OF_IPAD, from, &items, &n);
	for (size_t i = 0; err == 0 && i < n; i++) {
		err = mdm_item_drop(txn, &items[i]);
		items[i].owner = to;
		if (err == 0)
			err = mdm_item_store(m, txn, &items[i]);
	}
	if (err == 0)
		err = groups_move(txn, from, to, now);
	if (err == 0)
		err = act_audit(txn, who, "desired.move", from, "to", to, now);
	return refusal_keep(r, err);
}

/* What it can tell of itself, asked again. */
static int reports_ask(
	struct mdm *m, struct store_txn *txn, const struct mdm_enrollment *e, int64_t now)
{
	int err = mdm_queue_own_once(m, txn, e, MDM_DEVICE_INFORMATION, now);

	return err ? err : mdm_queue_own_once(m, txn, e, MDM_PROFILE_LIST, now);
}

int mdm_desired_again(struct mdm *m, struct store_txn *txn, const struct audit_who *who,
	const char *serial, int64_t now, struct refusal *r)
{
	AUTO(arena) struct arena *a = arena_new();
	struct mdm_enrollment e;
	const struct say *hindrance;
	char erased[CLOCK_TEXT];
	bool enrolled;
	size_t queued = 0;
	int err = member_check(txn, serial, false, r);

	if (err == 0)
		err = mdm_visit_hindrance(txn, a, serial, &e, &enrolled, &hindrance);
	if (err == 0 && hindrance)
		err = refuse(r, hindrance, serial,
			enrolled && e.erased_at ? clock_format_local(e.erased_at, erased) : NULL,
			NULL);
	if (err == 0)
		err = mdm_visit(mdm_round_new(m, txn, a, now), serial, true, &queued);
	if (err == 0)
		err = reports_ask(m, txn, &e, now);
	if (err == 0)
		err = act_audit(txn, who, "desired.again", serial, NULL, NULL, now);
	return refusal_keep(r, err);
}
