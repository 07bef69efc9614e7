/* SPDX-License-Identifier: EUPL-1.2 */
/* How iPads stand, their index and the counters of groups: each against what it is made from. */
#include "mdm/check_int.h"
#include "mdm/desired_int.h"

#include "base/text.h"

/* A serial number's record says what its slots say. */
static int check_ipad(struct mdm_checking *c, struct bytes key, struct bytes value)
{
	struct mdm_standing x, now;
	const char *serial;
	int err = store_key_parse(key, "s", &serial);

	serial = err ? NULL : arena_strdup(c->a, serial);
	if (err == 0)
		err = mdm_standing_get(c->txn, c->a, serial, &x);
	now = x;
	if (err == 0)
		err = mdm_standing_judge(c->txn, c->a, serial, &now);
	if (err && err != ERR_CORRUPT)
		return err;
	if (err || now.stands != x.stands)
		mdm_check_tell(c, "is counted otherwise than it stands", serial);
	return 0;
}

static int counted_look(
	struct mdm_checking *c, const char *group, const char *serial, uint32_t stands)
{
	int err = stands == MDM_STANDS_DONE ? 0 : mdm_standing_in(c->txn, group, stands, serial);

	if (err == ERR_NOTFOUND)
		mdm_check_tell(c, "is not counted in its group", serial);
	return err == ERR_NOTFOUND ? 0 : err;
}

static int check_everybody(struct mdm_checking *c, struct bytes key, struct bytes value)
{
	struct mdm_standing x;
	const char *serial;
	int err = store_key_parse(key, "s", &serial);

	if (err)
		return 0; /* told where it is looked after */
	serial = arena_strdup(c->a, serial);
	err = check_ipad(c, key, value);
	if (err == 0)
		err = mdm_standing_get(c->txn, c->a, serial, &x);
	if (err == 0)
		err = counted_look(c, MDM_GROUP_ALL, serial, x.stands);
	return err == ERR_CORRUPT ? 0 : err;
}

static int check_member(struct mdm_checking *c, struct bytes key, struct bytes value)
{
	struct mdm_standing x;
	const char *group, *serial;
	int err = store_key_parse(key, "ss", &group, &serial);

	if (err)
		return 0;
	group = arena_strdup(c->a, group);
	serial = arena_strdup(c->a, serial);
	err = mdm_standing_get(c->txn, c->a, serial, &x);
	if (err == 0)
		err = counted_look(c, group, serial, x.stands);
	return err == ERR_CORRUPT ? 0 : err;
}

static int member_look(struct mdm_checking *c, const char *group, const char *serial)
{
	bool all = text_equal(group, MDM_GROUP_ALL);
	struct store_key k = all ? store_key("s", serial) : store_key("ss", group, serial);
	struct bytes v;

	return store_get(c->txn, all ? MDM_BY_SERIAL : MDM_MEMBER, &k, &v);
}

static int check_in(struct mdm_checking *c, struct bytes key, struct bytes value)
{
	struct mdm_standing x;
	const char *group, *serial;
	uint64_t n = 0;
	int stands;
	int err = store_key_parse(key, "scs", &group, &stands, &serial);

	if (err) {
		mdm_check_tell(c, "key cannot be read", "standing");
		return 0;
	}
	group = arena_strdup(c->a, group);
	serial = arena_strdup(c->a, serial);
	err = member_look(c, group, serial);
	if (err == 0)
		err = mdm_standing_get(c->txn, c->a, serial, &x);
	if (err == 0)
		err = mdm_standing_counter(c->txn, group, (uint32_t)stands, &n);
	if (err == ERR_NOTFOUND || (err == 0 && (x.stands != (uint32_t)stands || n == 0)))
		mdm_check_tell(c, "is counted in a group, and should not be so", serial);
	return err == ERR_NOTFOUND || err == ERR_CORRUPT ? 0 : err;
}

static int check_counter(struct mdm_checking *c, struct bytes key, struct bytes value)
{
	AUTO(store_iter) struct store_iter it = {0};
	struct store_key all;
	struct bytes k, v;
	const char *group;
	uint64_t n = 0, told = 0;
	int stands;
	int err = store_key_parse(key, "sc", &group, &stands);

	if (err || store_key_parse(value, "q", &told) != 0) {
		mdm_check_tell(c, "counter cannot be read", "standing");
		return 0;
	}
	group = arena_strdup(c->a, group);
	if (text_equal(group, MDM_STANDING_LAYOUT))
		return 0;
	all = store_key("sc", group, stands);
	err = store_iter_init(&it, c->txn, MDM_STANDING_IN, &all);
	while (err == 0 && (err = store_iter_next(&it, &k, &v)) == 0)
		n++;
	if (n != told)
		mdm_check_tell(c, "its count of iPads by how they stand is wrong", group);
	return err == ERR_NOTFOUND ? 0 : err;
}

int mdm_standing_check(struct store_txn *txn, store_fault *fault, void *arg)
{
	static const struct mdm_check_walk walks[] = {
		{MDM_STANDING, check_ipad},
		{MDM_BY_SERIAL, check_everybody},
		{MDM_MEMBER, check_member},
		{MDM_STANDING_IN, check_in},
		{MDM_STANDING_COUNT, check_counter},
	};
	AUTO(arena) struct arena *a = arena_new();
	struct mdm_checking c = {.txn = txn, .fault = fault, .arg = arg, .a = a};
	bool done;
	int err = mdm_layout_done(txn, MDM_LAYOUT_STANDING, &done);

	/* not filled yet: the server does it at its start */
	if (err || !done)
		return err;
	return mdm_check_walks(&c, walks, sizeof(walks) / sizeof(walks[0]));
}
