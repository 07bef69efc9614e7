/* SPDX-License-Identifier: EUPL-1.2 */
/* Records and indexes of desired state against each other. */
#include "mdm/check_int.h"
#include "mdm/desired_int.h"

#include "base/text.h"

static int pair_check(
	struct mdm_checking *c, enum store_table other, struct bytes key, const char *what)
{
	const char *first, *second;
	struct store_key k;
	struct bytes v;
	int err = store_key_parse(key, "ss", &first, &second);

	if (err == 0) {
		k = store_key("ss", second, first);
		err = store_get(c->txn, other, &k, &v);
	}
	if (err == ERR_NOTFOUND || err == ERR_CORRUPT)
		mdm_check_tell(c, what, err == ERR_CORRUPT ? "member" : arena_strdup(c->a, first));
	return err == ERR_NOTFOUND || err == ERR_CORRUPT ? 0 : err;
}

static int check_member(struct mdm_checking *c, struct bytes key, struct bytes value)
{
	return pair_check(c, MDM_MEMBER_OF, key, "a member that does not know its group");
}

static int check_member_of(struct mdm_checking *c, struct bytes key, struct bytes value)
{
	return pair_check(c, MDM_MEMBER, key, "in a group that does not know it");
}

static int check_group(struct mdm_checking *c, struct bytes key, struct bytes value)
{
	AUTO(store_iter) struct store_iter it = {0};
	struct store_key all;
	struct mdm_group g;
	const char *name;
	struct bytes k, v;
	uint64_t n = 0;
	int err = store_key_parse(key, "s", &name);

	if (err == 0)
		err = mdm_group_get(c->txn, c->a, name, &g);
	if (err) {
		mdm_check_tell(c, "record cannot be read", "group");
		return err == ERR_CORRUPT ? 0 : err;
	}
	all = store_key("s", name);
	err = store_iter_init(&it, c->txn, MDM_MEMBER, &all);
	while (err == 0 && (err = store_iter_next(&it, &k, &v)) == 0)
		n++;
	if (n != g.members)
		mdm_check_tell(c, "its count of members is wrong", g.name);
	return err == ERR_NOTFOUND ? 0 : err;
}

static int check_item(struct mdm_checking *c, struct bytes key, struct bytes value)
{
	const char *owner, *id;
	int owner_kind, kind;
	struct mdm_group g;
	int err = store_key_parse(key, "cscs", &owner_kind, &owner, &kind, &id);

	if (err) {
		mdm_check_tell(c, "key cannot be read", "item");
		return 0;
	}
	if (owner_kind != MDM_OF_GROUP)
		return 0;
	err = mdm_group_get(c->txn, c->a, owner, &g);
	if (err == ERR_NOTFOUND)
		mdm_check_tell(c, "items of a group that is not there", arena_strdup(c->a, owner));
	return err == ERR_NOTFOUND ? 0 : err;
}

static int check_applied(struct mdm_checking *c, struct bytes key, struct bytes value)
{
	const char *serial, *id;
	struct mdm_applied x;
	struct mdm_command command;
	int kind;
	int err = store_key_parse(key, "scs", &serial, &kind, &id);

	if (err == 0)
		err = mdm_applied_get(c->txn, c->a, serial, (uint32_t)kind, id, &x);
	if (err) {
		mdm_check_tell(c, "record cannot be read", "applied");
		return err == ERR_CORRUPT ? 0 : err;
	}
	if (x.state != MDM_APPLIED_SENT)
		return 0;
	err = x.command ? mdm_command_get(c->txn, c->a, x.command, &command) : ERR_NOTFOUND;
	if (err == ERR_NOTFOUND || (err == 0 && command.state != MDM_QUEUED))
		mdm_check_tell(c, "waits for a command that is not in the line",
			arena_strdup(c->a, serial));
	return err == ERR_NOTFOUND ? 0 : err;
}

int mdm_desired_check(struct store_txn *txn, store_fault *fault, void *arg)
{
	static const struct mdm_check_walk walks[] = {
		{MDM_GROUP, check_group},
		{MDM_MEMBER, check_member},
		{MDM_MEMBER_OF, check_member_of},
		{MDM_ITEM, check_item},
		{MDM_APPLIED, check_applied},
	};
	AUTO(arena) struct arena *a = arena_new();
	struct mdm_checking c = {.txn = txn, .fault = fault, .arg = arg, .a = a};
	int err = mdm_check_walks(&c, walks, sizeof(walks) / sizeof(walks[0]));

	return err ? err : mdm_standing_check(txn, fault, arg);
}
