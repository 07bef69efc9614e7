/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What people ask of an iPad that they name by serial or item number. Each is one transaction, so
 * that the name and the act are settled together, and the push worker is woken after the commit.
 */
#include "inventory/inventory_int.h"

struct device_job {
	struct inv *inv;
	const struct inv_act *act;
	const struct mdm_ask *ask;
	const char *purpose;
	struct refusal *r;
	char uuid[MDM_UUID];
	struct arena *a; /* the caller's, where something is read */
	struct mdm_location location;
	struct mdm_bypass bypass;
};

int inv_serial_find(struct store_txn *txn, struct arena *a, const char *code, const char **ret)
{
	struct inv_unit u;
	int err = inv_unit_find(txn, a, code, &u);

	if (err && err != ERR_NOTFOUND)
		return err;
	*ret = err == 0 ? u.serial : code;
	return 0;
}

static int run(struct device_job *j, store_fn *fn, char *ret_uuid)
{
	int err;

	*j->r = (struct refusal){0};
	err = store_write(j->inv->st, fn, j);
	if (err)
		return err;
	if (ret_uuid)
		memcpy(ret_uuid, j->uuid, MDM_UUID);
	mdm_wake(j->inv->mdm);
	return 0;
}

static int command_in(struct store_txn *txn, void *arg)
{
	AUTO(arena) struct arena *a = arena_new();
	struct device_job *j = arg;
	const char *serial;
	int err = inv_serial_find(txn, a, j->act->code, &serial);

	if (err == 0)
		err = mdm_command_add(j->inv->mdm,
			&(struct mdm_act){txn, j->act->who, j->act->now, j->r}, serial, j->ask,
			j->uuid);
	return refusal_keep(j->r, err);
}

struct preview_job {
	struct inv *inv;
	const struct inv_act *act;
	const struct inv_preview *p;
	struct refusal *r;
};

static int preview_in(struct store_txn *txn, void *arg)
{
	struct preview_job *j = arg;
	const char *serial;
	int err = inv_serial_find(txn, j->p->a, j->act->code, &serial);

	return err ? err
		   : mdm_command_preview(j->inv->mdm, txn, serial, j->p->ask, j->p->lang, j->p->a,
			     j->p->d, j->r);
}

int inv_command_preview(
	struct inv *inv, const struct inv_act *act, const struct inv_preview *p, struct refusal *r)
{
	struct preview_job j = {.inv = inv, .act = act, .p = p, .r = r};

	*r = (struct refusal){0};
	return store_read(inv->st, preview_in, &j);
}

int inv_command_add(struct inv *inv, const struct inv_act *act, const struct mdm_ask *ask,
	struct refusal *r, char ret_uuid[MDM_UUID])
{
	struct device_job j = {.inv = inv, .act = act, .ask = ask, .r = r};

	return run(&j, command_in, ret_uuid);
}

static int cancel_in(struct store_txn *txn, void *arg)
{
	struct device_job *j = arg;

	return refusal_keep(j->r,
		mdm_command_cancel(j->inv->mdm,
			&(struct mdm_act){txn, j->act->who, j->act->now, j->r}, j->act->code));
}

int inv_command_cancel(struct inv *inv, const struct inv_act *act, struct refusal *r)
{
	struct device_job j = {.inv = inv, .act = act, .r = r};

	return run(&j, cancel_in, NULL);
}

/* The same, when it is theirs to touch. */
static int serial_admit(
	struct store_txn *txn, struct arena *a, struct device_job *j, const char **ret)
{
	int err = inv_serial_find(txn, a, j->act->code, ret);

	return err ? err : inv_zone_admit(txn, j->act->zones, *ret, j->r);
}

static int locate_ask_in(struct store_txn *txn, void *arg)
{
	AUTO(arena) struct arena *a = arena_new();
	struct device_job *j = arg;
	const char *serial;
	int err = serial_admit(txn, a, j, &serial);

	if (err == 0)
		err = mdm_locate_ask(j->inv->mdm,
			&(struct mdm_act){txn, j->act->who, j->act->now, j->r}, serial, j->purpose);
	return refusal_keep(j->r, err);
}

int inv_locate_ask(
	struct inv *inv, const struct inv_act *act, const char *purpose, struct refusal *r)
{
	struct device_job j = {.inv = inv, .act = act, .purpose = purpose, .r = r};

	return run(&j, locate_ask_in, NULL);
}

static int locate_confirm_in(struct store_txn *txn, void *arg)
{
	AUTO(arena) struct arena *a = arena_new();
	struct device_job *j = arg;
	const char *serial;
	int err = serial_admit(txn, a, j, &serial);

	if (err == 0)
		err = mdm_locate_confirm(j->inv->mdm,
			&(struct mdm_act){txn, j->act->who, j->act->now, j->r}, serial, j->uuid);
	return refusal_keep(j->r, err);
}

int inv_locate_confirm(
	struct inv *inv, const struct inv_act *act, struct refusal *r, char ret_uuid[MDM_UUID])
{
	struct device_job j = {.inv = inv, .act = act, .r = r};

	return run(&j, locate_confirm_in, ret_uuid);
}

/* Looking at a position is itself an act that the audit log tells of. */
static int location_in(struct store_txn *txn, void *arg)
{
	struct device_job *j = arg;
	const char *serial;
	int err = serial_admit(txn, j->a, j, &serial);

	if (err == 0)
		err = mdm_location_get(j->inv->mdm, txn, j->a, serial, &j->location);
	if (err == 0)
		err = audit_add(
			txn, j->act->who, j->act->now, "device.location-read", serial, NULL);
	return refusal_keep(j->r, err);
}

int inv_location_read(struct inv *inv, const struct inv_act *act, struct arena *a,
	struct mdm_location *ret, struct refusal *r)
{
	struct device_job j = {.inv = inv, .act = act, .a = a, .r = r};
	int err;

	*r = (struct refusal){0};
	err = store_write(inv->st, location_in, &j);

	if (err == 0)
		*ret = j.location;
	return err;
}

static int bypass_in(struct store_txn *txn, void *arg)
{
	struct device_job *j = arg;
	const char *serial;
	int err = inv_serial_find(txn, j->a, j->act->code, &serial);

	return err ? err
		   : mdm_bypass_get(j->inv->mdm,
			     &(struct mdm_act){txn, j->act->who, j->act->now, NULL}, serial, j->a,
			     &j->bypass);
}

int inv_bypass_read(
	struct inv *inv, const struct inv_act *act, struct arena *a, struct mdm_bypass *ret)
{
	struct device_job j = {.inv = inv, .act = act, .a = a};
	int err = store_write(inv->st, bypass_in, &j);

	if (err == 0)
		*ret = j.bypass;
	return err;
}

/* A lock of somebody's own: opened at Apple by the code that the iPad told. */
static int open_in(struct store_txn *txn, void *arg)
{
	AUTO(arena) struct arena *a = arena_new();
	struct device_job *j = arg;
	const struct inv_event e = {
		.at = j->act->now, .actor = j->act->who->actor, .kind = "lock.open"};
	struct inv_unit before, u;
	int err = inv_unit_find(txn, a, j->act->code, &u);

	if (err == ERR_NOTFOUND)
		return refuse(j->r, &inv_say_no_unit, j->act->code, NULL, NULL);
	if (err == 0)
		err = inv_zone_admit(txn, j->act->zones, u.serial, j->r);
	if (err == 0)
		err = mdm_activation_open(j->inv->mdm,
			&(struct mdm_act){txn, j->act->who, j->act->now, j->r}, u.serial,
			j->purpose);
	if (err)
		return refusal_keep(j->r, err);
	before = u;
	err = inv_history_add(txn, &u, &e);
	return err ? err : inv_unit_put(txn, &before, &u);
}

int inv_activation_open(
	struct inv *inv, const struct inv_act *act, const char *reason, struct refusal *r)
{
	struct device_job j = {.inv = inv, .act = act, .purpose = reason, .r = r};

	return run(&j, open_in, NULL);
}
