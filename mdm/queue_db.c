/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * MDM_QUEUE, (UDID, part, order, piece): all commands of an iPad side by side, the finished ones
 * first, then the line. The newest of history and the whole line so stand on the same page of
 * the store, and an answer, which moves a command from one to the other, touches that page alone.
 * A walk of the line begins behind history and never sees it.
 *
 * A waiting command has two pieces, its head and its message, so that a NotNow rewrites only the
 * head; a finished one has its head with the answer. MDM_COMMAND, UUID -> place, is written once
 * and stays through both. MDM_COMMAND_DUE, (time, UUID) -> nothing, knows those that wait.
 */
#include "mdm/queue_int.h"

#include "base/rec.h"
#include "base/text.h"

enum part { PART_DONE = 0, PART_LANES = 1 }; /* and one for each lane */
enum piece { PIECE_HEAD = 0, PIECE_PLIST = 1 };

static const struct rec_field command_fields[] = {REC_STR(1, struct mdm_command, uuid),
	REC_STR(2, struct mdm_command, serial), REC_STR(3, struct mdm_command, request_type),
	REC_U32(4, struct mdm_command, request), REC_U32(5, struct mdm_command, state),
	REC_BOOL(6, struct mdm_command, sealed), REC_I64(7, struct mdm_command, made_at),
	REC_I64(8, struct mdm_command, expires_at), REC_I64(9, struct mdm_command, done_at),
	REC_STR(10, struct mdm_command, made_by), REC_I64(11, struct mdm_command, put_off_at),
	REC_U32(12, struct mdm_command, put_off_session),
	REC_U32(13, struct mdm_command, put_off_count), REC_I64(14, struct mdm_command, handed_at),
	REC_BYTES(15, struct mdm_command, answer),
	REC_BOOL(16, struct mdm_command, answer_unreadable), REC_STR(17, struct mdm_command, error),
	REC_I64(18, struct mdm_command, error_code), REC_STR(19, struct mdm_command, slot),
	REC_BOOL(20, struct mdm_command, although_locked), REC_END};
static const struct rec_type command_rec = REC_TYPE(struct mdm_command, 1, command_fields);

static const struct rec_field place_fields[] = {REC_STR(1, struct mdm_place, udid),
	REC_U32(2, struct mdm_place, lane), REC_I64(3, struct mdm_place, order), REC_END};
static const struct rec_type place_rec = REC_TYPE(struct mdm_place, 1, place_fields);

static enum part lane_part(enum mdm_lane lane)
{
	return PART_LANES + (int)lane;
}

static struct store_key piece_key(
	const char *udid, enum part part, uint64_t order, enum piece piece)
{
	return store_key("scqc", udid, (int)part, order, (int)piece);
}

static struct store_key line_key(const struct mdm_command *c, enum piece piece)
{
	return piece_key(c->udid, lane_part((enum mdm_lane)c->lane), c->order, piece);
}

static struct store_key done_key(const char *udid, uint64_t order)
{
	return piece_key(udid, PART_DONE, order, PIECE_HEAD);
}

/* A key read back; the UDID is borrowed from it. */
struct at {
	const char *udid;
	uint64_t order;
	int part, piece;
};

static int at_parse(struct bytes key, struct at *ret)
{
	return store_key_parse(key, "scqc", &ret->udid, &ret->part, &ret->order, &ret->piece);
}

static int head_put(struct store_txn *txn, const struct store_key *k, const struct mdm_command *c)
{
	AUTO(buf) struct buf b = BUF_INIT(MDM_ANSWER_MAX + 64 * 1024);

	rec_encode(&command_rec, c, &b);
	if (!buf_ok(&b))
		return ERR_TOOBIG;
	return store_put(txn, MDM_QUEUE, k, buf_bytes(&b));
}

static int head_decode(
	struct bytes v, const char *udid, uint64_t order, struct arena *a, struct mdm_command *ret)
{
	struct mdm_command c = {0};
	int err = rec_decode(&command_rec, v, a, &c);

	if (err)
		return err;
	c.udid = udid;
	c.order = order;
	c.lane = MDM_LANE_DONE; /* till somebody finds it in the line */
	*ret = c;
	return 0;
}

/* --- the next number --- */

static int part_last(struct store_txn *txn, const char *udid, enum part part, uint64_t *last)
{
	AUTO(store_iter) struct store_iter it = {0};
	struct store_key prefix = store_key("sc", udid, (int)part);
	struct bytes key, value;
	struct at at;
	int err = store_iter_init(&it, txn, MDM_QUEUE, &prefix);

	if (err == 0)
		err = store_iter_prev(&it, &key, &value);
	if (err == 0)
		err = at_parse(key, &at);
	if (err == 0 && at.order > *last)
		*last = at.order;
	return err == ERR_NOTFOUND ? 0 : err;
}

static int order_last(struct store_txn *txn, const char *udid, uint64_t *ret)
{
	uint64_t last = 0;
	int err = part_last(txn, udid, PART_DONE, &last);

	if (err == 0)
		err = part_last(txn, udid, lane_part(MDM_LANE_HEAD), &last);
	if (err == 0)
		err = part_last(txn, udid, lane_part(MDM_LANE_LINE), &last);
	if (err == 0)
		*ret = last;
	return err;
}

/* --- the line --- */

static int place_add(struct store_txn *txn, const struct mdm_command *c, enum mdm_lane lane)
{
	AUTO(buf) struct buf b = BUF_INIT(1024);
	struct mdm_place p = {.udid = c->udid, .lane = lane, .order = (int64_t)c->order};
	struct store_key k = store_key("s", c->uuid);

	rec_encode(&place_rec, &p, &b);
	return store_add(txn, MDM_COMMAND, &k, buf_bytes(&b));
}

int mdm_line_add(struct store_txn *txn, struct mdm_command *c, enum mdm_lane lane)
{
	struct store_key head, plist, due = store_key("ts", c->expires_at, c->uuid);
	int err = order_last(txn, c->udid, &c->order);

	if (err)
		return err;
	c->order++;
	c->lane = lane;
	head = line_key(c, PIECE_HEAD);
	plist = line_key(c, PIECE_PLIST);
	err = head_put(txn, &head, c);
	if (err == 0)
		err = store_put(txn, MDM_QUEUE, &plist, c->plist);
	if (err == 0)
		err = place_add(txn, c, lane);
	if (err == 0)
		err = store_put(txn, MDM_COMMAND_DUE, &due, bytes_of("", 0));
	return err;
}

int mdm_line_put(struct store_txn *txn, const struct mdm_command *c)
{
	struct store_key k = line_key(c, PIECE_HEAD);

	return head_put(txn, &k, c);
}

static int del_if_there(struct store_txn *txn, enum store_table t, const struct store_key *k)
{
	int err = store_del(txn, t, k);

	return err == ERR_NOTFOUND ? 0 : err;
}

int mdm_due_del(struct store_txn *txn, int64_t expires_at, const char *uuid)
{
	struct store_key k = store_key("ts", expires_at, uuid);

	return del_if_there(txn, MDM_COMMAND_DUE, &k);
}

int mdm_line_finish(struct store_txn *txn, const struct mdm_command *c)
{
	struct store_key head = line_key(c, PIECE_HEAD);
	struct store_key plist = line_key(c, PIECE_PLIST);
	struct store_key done = done_key(c->udid, c->order);
	int err = store_del(txn, MDM_QUEUE, &head);

	if (err == 0)
		err = del_if_there(txn, MDM_QUEUE, &plist);
	if (err == 0)
		err = mdm_due_del(txn, c->expires_at, c->uuid);
	if (err == 0)
		err = head_put(txn, &done, c);
	return err;
}

int mdm_line_plist(
	struct store_txn *txn, const struct mdm_command *c, struct arena *a, struct bytes *ret)
{
	struct store_key k = line_key(c, PIECE_PLIST);
	struct bytes v;
	int err = store_get(txn, MDM_QUEUE, &k, &v);

	if (err)
		return err == ERR_NOTFOUND ? ERR_CORRUPT : err;
	*ret = arena_bytes(a, v);
	return 0;
}

int mdm_line_walk_init(struct mdm_line_walk *w, struct store_txn *txn, const char *udid)
{
	struct store_key all = store_key("s", udid);
	struct store_key from = store_key("sc", udid, PART_LANES);
	int err = store_iter_init(&w->it, txn, MDM_QUEUE, &all);

	if (err == 0)
		store_iter_seek(&w->it, &from);
	return err;
}

void mdm_line_walk_release(struct mdm_line_walk *w)
{
	store_iter_release(&w->it);
}

int mdm_line_walk_next(struct mdm_line_walk *w, struct arena *a, struct mdm_command *ret)
{
	struct bytes key, value;
	struct at at;
	int err;

	do {
		err = store_iter_next(&w->it, &key, &value);
		if (err == 0)
			err = at_parse(key, &at);
	} while (err == 0 && at.piece != PIECE_HEAD);
	if (err == 0)
		err = head_decode(value, arena_strdup(a, at.udid), at.order, a, ret);
	if (err == 0)
		ret->lane = (uint32_t)at.part - PART_LANES;
	return err;
}

/* --- by UUID --- */

int mdm_command_find(
	struct store_txn *txn, struct arena *a, const char *uuid, struct mdm_command *ret)
{
	struct store_key k = store_key("s", uuid);
	struct mdm_command at = {0};
	struct mdm_place p = {0};
	struct bytes v;
	bool live;
	int err = store_get(txn, MDM_COMMAND, &k, &v);

	if (err == 0)
		err = rec_decode(&place_rec, v, a, &p);
	if (err)
		return err;
	at.udid = p.udid;
	at.order = (uint64_t)p.order;
	at.lane = p.lane;
	k = line_key(&at, PIECE_HEAD);
	err = store_get(txn, MDM_QUEUE, &k, &v);
	live = err == 0;
	if (err == ERR_NOTFOUND) {
		k = done_key(at.udid, at.order);
		err = store_get(txn, MDM_QUEUE, &k, &v);
	}
	if (err == 0)
		err = head_decode(v, at.udid, at.order, a, ret);
	if (err == 0)
		ret->lane = live ? p.lane : MDM_LANE_DONE;
	return err;
}

int mdm_due_first(
	struct store_txn *txn, struct arena *a, int64_t now, const char **ret_uuid, int64_t *ret_at)
{
	AUTO(store_iter) struct store_iter it = {0};
	struct bytes key, value;
	const char *uuid;
	int64_t at;
	int err = store_iter_init(&it, txn, MDM_COMMAND_DUE, NULL);

	if (err == 0)
		err = store_iter_next(&it, &key, &value);
	if (err == 0)
		err = store_key_parse(key, "ts", &at, &uuid);
	if (err)
		return err;
	if (at > now)
		return ERR_NOTFOUND;
	*ret_uuid = arena_strdup(a, uuid);
	*ret_at = at;
	return 0;
}

/* --- history --- */

int mdm_done_add(struct store_txn *txn, struct mdm_command *c)
{
	struct store_key k;
	int err = order_last(txn, c->udid, &c->order);

	if (err)
		return err;
	c->order++;
	k = done_key(c->udid, c->order);
	err = head_put(txn, &k, c);
	/* A UUID that is somebody else's command keeps pointing there. */
	if (err == 0)
		err = place_add(txn, c, MDM_LANE_LINE);
	return err == ERR_EXISTS ? 0 : err;
}

int mdm_done_put(struct store_txn *txn, const struct mdm_command *c)
{
	struct store_key k = done_key(c->udid, c->order);

	return head_put(txn, &k, c);
}

/* Drops one finished record and what points at it. */
static int done_drop(struct store_txn *txn, const struct mdm_command *c, struct arena *a)
{
	struct store_key k = store_key("s", c->uuid), done = done_key(c->udid, c->order);
	struct mdm_place p = {0};
	struct bytes v;
	int err = store_del(txn, MDM_QUEUE, &done);

	if (err == 0 && c->uuid)
		err = store_get(txn, MDM_COMMAND, &k, &v);
	if (err == 0 && c->uuid)
		err = rec_decode(&place_rec, v, a, &p);
	if (err == 0 && c->uuid && strcmp(p.udid, c->udid) == 0 && (uint64_t)p.order == c->order)
		err = store_del(txn, MDM_COMMAND, &k);
	return err == ERR_NOTFOUND ? 0 : err;
}

static int done_get(struct store_txn *txn, struct arena *a, const char *udid, uint64_t order,
	struct mdm_command *ret)
{
	struct store_key k = done_key(udid, order);
	struct bytes v;
	int err = store_get(txn, MDM_QUEUE, &k, &v);

	return err ? err : head_decode(v, arena_strdup(a, udid), order, a, ret);
}

int mdm_done_is_strange(struct store_txn *txn, const char *udid, uint64_t order, bool *ret)
{
	AUTO(arena) struct arena *a = arena_new();
	struct mdm_command c;
	int err = done_get(txn, a, udid, order, &c);

	*ret = err == 0 && text_equal(c.made_by, MDM_STRANGE_BY);
	return err == ERR_NOTFOUND ? 0 : err;
}

int mdm_done_replace(struct store_txn *txn, struct mdm_command *c, uint64_t order)
{
	AUTO(arena) struct arena *a = arena_new();
	struct store_key k = done_key(c->udid, order);
	struct mdm_command old;
	int err = done_get(txn, a, c->udid, order, &old);

	if (err == 0 && !text_equal(old.made_by, MDM_STRANGE_BY))
		err = ERR_NOTFOUND;
	if (err == 0)
		err = done_drop(txn, &old, a);
	c->order = order;
	if (err == 0)
		err = head_put(txn, &k, c);
	if (err == 0)
		err = place_add(txn, c, MDM_LANE_LINE);
	return err == ERR_EXISTS ? 0 : err;
}

int mdm_done_oldest(
	struct store_txn *txn, const char *udid, struct arena *a, struct mdm_command *ret)
{
	AUTO(store_iter) struct store_iter it = {0};
	struct store_key prefix = store_key("sc", udid, PART_DONE);
	struct bytes key, value;
	struct at at;
	int err = store_iter_init(&it, txn, MDM_QUEUE, &prefix);

	if (err == 0)
		err = store_iter_next(&it, &key, &value);
	if (err == 0)
		err = at_parse(key, &at);
	return err ? err : head_decode(value, arena_strdup(a, at.udid), at.order, a, ret);
}

int mdm_done_prune(struct store_txn *txn, const char *udid, int64_t now, size_t most, size_t *ret_n)
{
	AUTO(arena) struct arena *a = arena_new();
	uint64_t last;
	size_t n = 0;
	int err = order_last(txn, udid, &last);

	while (err == 0 && n < most) {
		struct mdm_command c;

		err = mdm_done_oldest(txn, udid, a, &c);
		if (err)
			break;
		if (last - c.order < MDM_HISTORY_MAX && c.done_at >= now - MDM_HISTORY_LIFE_S)
			break;
		err = done_drop(txn, &c, a);
		n++;
		arena_reset(a);
	}
	if (err && err != ERR_NOTFOUND)
		return err;
	*ret_n = n;
	return 0;
}

int mdm_queue_next_udid(struct store_txn *txn, struct arena *a, const char *after, const char **ret)
{
	AUTO(store_iter) struct store_iter it = {0};
	struct store_key behind = store_key("sc", after ? after : "", 255);
	struct bytes key, value;
	struct at at;
	int err = store_iter_init(&it, txn, MDM_QUEUE, NULL);

	if (err)
		return err;
	if (after)
		store_iter_seek(&it, &behind);
	err = store_iter_next(&it, &key, &value);
	if (err == 0)
		err = at_parse(key, &at);
	if (err)
		return err;
	*ret = arena_strdup(a, at.udid);
	return 0;
}

static int done_take(const struct store_row *row, void *ret)
{
	struct at at;
	int err = at_parse(row->key, &at);

	return err ? err
		   : head_decode(row->value, arena_strdup(row->a, at.udid), at.order, row->a, ret);
}

int mdm_command_history(struct store_txn *txn, const char *udid, const struct store_piece *piece,
	struct mdm_command **ret, size_t *ret_n)
{
	static const struct store_list list = {.table = MDM_QUEUE,
		.newest_first = true,
		.size = sizeof(struct mdm_command),
		.take = done_take};
	struct store_key done = store_key("sc", udid, PART_DONE);
	struct store_rows rows = {0};
	int err = store_list_read(txn, &list, &done, piece, &rows);

	if (err == 0) {
		*ret = rows.at;
		*ret_n = rows.n;
	}
	return err;
}
