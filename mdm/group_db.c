/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * MDM_GROUP, name -> group. MDM_MEMBER, (group, serial) and MDM_MEMBER_OF, (serial, group) ->
 * nothing. MDM_WALK, name -> how far the visits after a change have come. MDM_VISIT, (time,
 * serial) -> nothing: iPads to be visited.
 */
#include "mdm/desired_int.h"

#include "base/rec.h"
#include "base/text.h"

static const struct rec_field group_fields[] = {REC_STR(1, struct mdm_group, title),
	REC_I64(2, struct mdm_group, made_at), REC_STR(3, struct mdm_group, made_by),
	REC_I64(4, struct mdm_group, members), REC_END};
static const struct rec_type group_rec = REC_TYPE(struct mdm_group, 1, group_fields);

static const struct rec_field walk_fields[] = {REC_STR(1, struct mdm_walk, cursor),
	REC_I64(2, struct mdm_walk, since), REC_I64(3, struct mdm_walk, seen),
	REC_I64(4, struct mdm_walk, queued), REC_END};
static const struct rec_type walk_rec = REC_TYPE(struct mdm_walk, 1, walk_fields);

static int ignore_absent(int err)
{
	return err == ERR_NOTFOUND ? 0 : err;
}

/* --- groups --- */

static int group_decode(struct bytes v, const char *name, struct arena *a, struct mdm_group *ret)
{
	struct mdm_group g = {0};
	int err = rec_decode(&group_rec, v, a, &g);

	g.name = arena_strdup(a, name);
	if (err == 0)
		*ret = g;
	return err;
}

int mdm_group_get(struct store_txn *txn, struct arena *a, const char *name, struct mdm_group *ret)
{
	struct store_key k = store_key("s", name);
	struct bytes v;
	int err = store_get(txn, MDM_GROUP, &k, &v);

	if (err == ERR_NOTFOUND && text_equal(name, MDM_GROUP_ALL)) {
		*ret = (struct mdm_group){.name = MDM_GROUP_ALL};
		return store_count(txn, MDM_BY_SERIAL, &ret->members);
	}
	if (err)
		return err == ERR_BADINPUT ? ERR_NOTFOUND : err;
	return group_decode(v, name, a, ret);
}

int mdm_group_put(struct store_txn *txn, const struct mdm_group *g)
{
	struct store_key k = store_key("s", g->name);
	AUTO(buf) struct buf b = BUF_INIT(4096);

	rec_encode(&group_rec, g, &b);
	return buf_ok(&b) ? store_put(txn, MDM_GROUP, &k, buf_bytes(&b)) : ERR_TOOBIG;
}

int mdm_group_drop(struct store_txn *txn, const char *name)
{
	struct store_key k = store_key("s", name);

	return ignore_absent(store_del(txn, MDM_GROUP, &k));
}

static int group_take(const struct store_row *row, void *ret)
{
	const char *name;
	int err = store_key_parse(row->key, "s", &name);

	return err ? err : group_decode(row->value, name, row->a, ret);
}

int mdm_group_list(struct store_txn *txn, const struct store_piece *piece, struct mdm_group **ret,
	size_t *ret_n)
{
	static const struct store_list list = {
		.table = MDM_GROUP, .size = sizeof(struct mdm_group), .take = group_take};
	struct store_rows rows = {0};
	int err = store_list_read(txn, &list, NULL, piece, &rows);

	if (err == 0) {
		*ret = rows.at;
		*ret_n = rows.n;
	}
	return err;
}

/* --- members --- */

int mdm_member_put(struct store_txn *txn, const char *group, const char *serial, bool *ret_changed)
{
	struct store_key k = store_key("ss", group, serial), of = store_key("ss", serial, group);
	int err = store_add(txn, MDM_MEMBER, &k, bytes_of("", 0));

	*ret_changed = err == 0;
	if (err)
		return err == ERR_EXISTS ? 0 : err;
	err = store_put(txn, MDM_MEMBER_OF, &of, bytes_of("", 0));
	return err ? err : mdm_standing_member(txn, group, serial, true);
}

int mdm_member_drop(struct store_txn *txn, const char *group, const char *serial, bool *ret_changed)
{
	struct store_key k = store_key("ss", group, serial), of = store_key("ss", serial, group);
	int err = store_del(txn, MDM_MEMBER, &k);

	*ret_changed = err == 0;
	if (err == 0)
		err = store_del(txn, MDM_MEMBER_OF, &of);
	if (err == 0)
		err = mdm_standing_member(txn, group, serial, false);
	return ignore_absent(err);
}

int mdm_second_take(const struct store_row *row, void *ret)
{
	const char *first, *second;
	int err = store_key_parse(row->key, "ss", &first, &second);

	if (err == 0)
		*(const char **)ret = arena_strdup(row->a, second);
	return err;
}

static int first_take(const struct store_row *row, void *ret)
{
	const char *first;
	int err = store_key_parse(row->key, "s", &first);

	if (err == 0)
		*(const char **)ret = arena_strdup(row->a, first);
	return err;
}

int mdm_member_list(struct store_txn *txn, const char *group, const struct store_piece *piece,
	const char ***ret, size_t *ret_n)
{
	static const struct store_list everybody = {
		.table = MDM_BY_SERIAL, .size = sizeof(char *), .take = first_take};
	static const struct store_list members = {
		.table = MDM_MEMBER, .size = sizeof(char *), .take = mdm_second_take};
	bool all = text_equal(group, MDM_GROUP_ALL);
	struct store_key of = store_key("s", group);
	struct store_rows rows = {0};
	int err = store_list_read(txn, all ? &everybody : &members, all ? NULL : &of, piece, &rows);

	if (err == 0) {
		*ret = rows.at;
		*ret_n = rows.n;
	}
	return err;
}

int mdm_groups_of(struct store_txn *txn, struct arena *a, const char *serial, const char ***ret,
	size_t *ret_n)
{
	static const struct store_list list = {
		.table = MDM_MEMBER_OF, .size = sizeof(char *), .take = mdm_second_take};
	struct store_key of = store_key("s", serial);
	struct store_rows rows = {0};
	int err = store_list_read(
		txn, &list, &of, STORE_PIECE(a, NULL, MDM_GROUPS_OF_IPAD_MAX), &rows);

	if (err == 0) {
		*ret = rows.at;
		*ret_n = rows.n;
	}
	return err;
}

/* --- walks --- */

static int walk_decode(struct bytes v, const char *name, struct arena *a, struct mdm_walk *ret)
{
	struct mdm_walk w = {0};
	int err = rec_decode(&walk_rec, v, a, &w);

	w.name = arena_strdup(a, name);
	if (err == 0)
		*ret = w;
	return err;
}

int mdm_walk_put(struct store_txn *txn, const struct mdm_walk *w)
{
	struct store_key k = store_key("s", w->name);
	AUTO(buf) struct buf b = BUF_INIT(4096);

	rec_encode(&walk_rec, w, &b);
	return buf_ok(&b) ? store_put(txn, MDM_WALK, &k, buf_bytes(&b)) : ERR_TOOBIG;
}

int mdm_walk_del(struct store_txn *txn, const char *name)
{
	struct store_key k = store_key("s", name);

	return ignore_absent(store_del(txn, MDM_WALK, &k));
}

int mdm_walk_get(struct store_txn *txn, struct arena *a, const char *name, struct mdm_walk *ret)
{
	struct store_key k = store_key("s", name);
	struct bytes v;
	int err = store_get(txn, MDM_WALK, &k, &v);

	return err ? err : walk_decode(v, name, a, ret);
}

int mdm_walk_next(struct store_txn *txn, struct arena *a, const char *after, struct mdm_walk *ret)
{
	AUTO(store_iter) struct store_iter it = {0};
	struct store_key behind = store_key("sc", after ? after : "", 0);
	struct bytes key, value;
	const char *name;
	int err = store_iter_init(&it, txn, MDM_WALK, NULL);

	if (err == 0 && after)
		store_iter_seek(&it, &behind);
	if (err == 0)
		err = store_iter_next(&it, &key, &value);
	if (err == 0)
		err = store_key_parse(key, "s", &name);
	return err ? err : walk_decode(value, name, a, ret);
}

int mdm_walk_start(struct store_txn *txn, const char *name, int64_t now)
{
	const struct mdm_walk w = {.name = name, .since = now};

	return mdm_walk_put(txn, &w);
}

int mdm_walk_of_group(
	struct store_txn *txn, struct arena *a, const char *group, struct mdm_walk *ret)
{
	return mdm_walk_get(txn, a, arena_printf(a, "group/%s", group), ret);
}

/* --- visits --- */

int mdm_visit_put(struct store_txn *txn, const char *serial, int64_t at)
{
	struct store_key k = store_key("ts", at, serial);

	return store_put(txn, MDM_VISIT, &k, bytes_of("", 0));
}

static int visit_first(struct store_txn *txn, int64_t now, struct bytes *ret_key)
{
	AUTO(store_iter) struct store_iter it = {0};
	struct bytes key, value;
	const char *serial;
	int64_t at;
	int err = store_iter_init(&it, txn, MDM_VISIT, NULL);

	if (err == 0)
		err = store_iter_next(&it, &key, &value);
	if (err == 0)
		err = store_key_parse(key, "ts", &at, &serial);
	if (err)
		return err;
	if (at > now)
		return ERR_NOTFOUND;
	*ret_key = key;
	return 0;
}

int mdm_visit_due(struct store_txn *txn, int64_t now)
{
	struct bytes key;

	return visit_first(txn, now, &key);
}

int mdm_visit_take(struct store_txn *txn, struct arena *a, int64_t now, const char **ret_serial)
{
	struct store_key k;
	struct bytes key;
	const char *serial;
	int64_t at;
	int err = visit_first(txn, now, &key);

	if (err == 0)
		err = store_key_parse(key, "ts", &at, &serial);
	if (err)
		return err;
	serial = arena_strdup(a, serial);
	k = store_key("ts", at, serial);
	err = store_del(txn, MDM_VISIT, &k);
	if (err == 0)
		*ret_serial = serial;
	return err;
}

int mdm_desired_touch(struct store_txn *txn, const char *serial, int64_t now)
{
	return mdm_visit_put(txn, serial, now);
}
