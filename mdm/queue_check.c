/* SPDX-License-Identifier: EUPL-1.2 */
/* The queue's records and indexes against each other, and the lost states. */
#include "mdm/check_int.h"
#include "mdm/queue_int.h"

#include "base/text.h"

/* A fault is told and the walk goes on; only trouble with the store ends it. */
static int told(struct mdm_checking *c, int err, const char *what, const char *id)
{
	if (err == 0 || (err != ERR_NOTFOUND && err != ERR_CORRUPT && err != ERR_NEWER))
		return err;
	mdm_check_tell(c, what, id);
	return 0;
}

static int due_check(struct mdm_checking *c, const struct mdm_command *cmd)
{
	struct store_key k = store_key("ts", cmd->expires_at, cmd->uuid);
	struct bytes v;

	return told(c, store_get(c->txn, MDM_COMMAND_DUE, &k, &v), "waits, but not for its end",
		cmd->uuid);
}

/* A waiting one: found by its UUID where it stands, with a message and an end. */
static int waiting_check(struct mdm_checking *c, const struct mdm_command *cmd)
{
	struct mdm_command same;
	struct bytes plist;
	int err = mdm_command_find(c->txn, c->a, cmd->uuid, &same);

	if (cmd->state != MDM_QUEUED)
		mdm_check_tell(c, "stands in the line, but has ended", cmd->uuid);
	if (err == 0 && (same.order != cmd->order || same.lane != cmd->lane))
		mdm_check_tell(c, "is found elsewhere than it stands", cmd->uuid);
	err = told(c, err, "stands in the line, but is not found", cmd->uuid);
	if (err == 0)
		err = told(
			c, mdm_line_plist(c->txn, cmd, c->a, &plist), "has no message", cmd->uuid);
	return err ? err : due_check(c, cmd);
}

static int line_check(struct mdm_checking *c, const char *udid)
{
	AUTO(mdm_line_walk) struct mdm_line_walk w = {0};
	int err = mdm_line_walk_init(&w, c->txn, udid);

	while (err == 0) {
		struct mdm_command cmd;

		err = mdm_line_walk_next(&w, c->a, &cmd);
		if (err == 0)
			err = waiting_check(c, &cmd);
	}
	return err == ERR_NOTFOUND ? 0 : told(c, err, "its line cannot be read", udid);
}

static int history_check(struct mdm_checking *c, const char *udid)
{
	uint64_t before = 0;
	size_t n;

	do {
		AUTO(arena) struct arena *a = arena_new();
		struct mdm_command *list;
		int err =
			mdm_command_history(c->txn, udid, STORE_PIECE_N(a, before, 100), &list, &n);

		if (err)
			return told(c, err, "its history cannot be read", udid);
		for (size_t i = 0; i < n; i++)
			if (list[i].state == MDM_QUEUED || list[i].state == 0)
				mdm_check_tell(c, "is history, but has not ended", list[i].uuid);
		before = n ? list[n - 1].order : 0;
	} while (n == 100);
	return 0;
}

/* By iPad: its history, then its line. */
static int queue_check(struct mdm_checking *c)
{
	AUTO(arena) struct arena *keep = arena_new();
	const char *udid = NULL;
	int err;

	while ((err = mdm_queue_next_udid(c->txn, keep, udid, &udid)) == 0) {
		err = history_check(c, udid);
		if (err == 0)
			err = line_check(c, udid);
		if (err)
			return err;
		arena_reset(c->a);
	}
	return told(c, err == ERR_NOTFOUND ? 0 : err, "a key of the queue is broken", NULL);
}

static int due_one(struct mdm_checking *c, struct bytes key, struct bytes value)
{
	struct mdm_command cmd;
	const char *uuid;
	int64_t at;
	int err = store_key_parse(key, "ts", &at, &uuid);

	if (err)
		return told(c, err, "a key of the due index is broken", NULL);
	err = mdm_command_find(c->txn, c->a, uuid, &cmd);
	if (err == 0 && (!mdm_command_is_live(&cmd) || cmd.expires_at != at))
		mdm_check_tell(c, "is due, but does not wait", uuid);
	return told(c, err, "is due, but unknown", uuid);
}

static int command_one(struct mdm_checking *c, struct bytes key, struct bytes value)
{
	struct mdm_command cmd;
	const char *uuid;
	int err = store_key_parse(key, "s", &uuid);

	if (err)
		return told(c, err, "a key of the command index is broken", NULL);
	err = mdm_command_find(c->txn, c->a, uuid, &cmd);
	if (err == 0 && !text_equal(cmd.uuid, uuid))
		mdm_check_tell(c, "its record is another's", uuid);
	return told(c, err, "has no record", uuid);
}

static int lost_one(struct mdm_checking *c, struct bytes key, struct bytes value)
{
	struct mdm_lost l;
	const char *serial;
	int err = store_key_parse(key, "s", &serial);

	if (err)
		return told(c, err, "a key of the lost states is broken", NULL);
	err = mdm_lost_get(c->txn, c->a, serial, &l);
	if (err == 0 && (!text_equal(l.serial, serial) || l.phase > MDM_LOST_LEAVING))
		mdm_check_tell(c, "its lost state is not right", serial);
	return told(c, err, "its lost state cannot be read", serial);
}

static int location_one(struct mdm_checking *c, struct bytes key, struct bytes value)
{
	struct mdm_location_row row;
	const char *serial;
	uint32_t phase = 0;
	int err = store_key_parse(key, "s", &serial);

	if (err)
		return told(c, err, "a key of the locations is broken", NULL);
	serial = arena_strdup(c->a, serial);
	err = mdm_location_row_get(c->txn, c->a, serial, &row);
	if (err)
		return told(c, err, "its location cannot be read", serial);
	err = mdm_lost_phase(c->txn, c->a, serial, &phase);
	if (err == 0 && phase == MDM_NOT_LOST)
		mdm_check_tell(c, "is not lost, but its location is kept", serial);
	return told(c, err, "its lost state cannot be read", serial);
}

int mdm_queue_check(struct store_txn *txn, store_fault *fault, void *arg)
{
	static const struct mdm_check_walk walks[] = {{MDM_COMMAND_DUE, due_one},
		{MDM_COMMAND, command_one}, {MDM_LOST, lost_one}, {MDM_LOCATION, location_one}};
	AUTO(arena) struct arena *a = arena_new();
	struct mdm_checking c = {.txn = txn, .fault = fault, .arg = arg, .a = a};
	int err = queue_check(&c);

	return err ? err : mdm_check_walks(&c, walks, sizeof(walks) / sizeof(walks[0]));
}
