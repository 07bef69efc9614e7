/* SPDX-License-Identifier: EUPL-1.2 */
/* Devices and Activation Locks against their errands, and gates against enrolments. */
#include "mdm/ade_int.h"
#include "mdm/check_int.h"

#include "base/text.h"

static int errand_there(
	struct mdm_checking *c, enum mdm_errand kind, int64_t due_at, const char *serial, bool *ret)
{
	struct store_key k = store_key("cts", (int)kind, due_at, serial);
	struct bytes value;
	int err = store_get(c->txn, MDM_ERRAND, &k, &value);

	*ret = err == 0;
	return err == ERR_NOTFOUND ? 0 : err;
}

static int check_device(struct mdm_checking *c, struct bytes key, struct bytes value)
{
	struct mdm_ade_device d;
	const char *serial;
	bool there;
	int err = store_key_parse(key, "s", &serial);

	if (err == 0)
		err = ade_device_decode(value, c->a, &d);
	if (err) {
		mdm_check_tell(c, "record cannot be read", "assigned device");
		return err == ERR_CORRUPT ? 0 : err;
	}
	if (!text_equal(d.serial, serial))
		mdm_check_tell(c, "record holds another serial number", serial);
	c->count += d.gone_at == 0;
	if (!d.due_at)
		return 0;
	err = errand_there(c, MDM_ERRAND_ASSIGN, d.due_at, serial, &there);
	if (err == 0 && !there)
		mdm_check_tell(c, "its profile is due, and nobody will see to it", serial);
	return err;
}

/* What an errand is for must know of it; those that stand for themselves only need to be read. */
static int check_errand(struct mdm_checking *c, struct bytes key, struct bytes value)
{
	struct mdm_ade_device d;
	struct mdm_activation v;
	const char *serial;
	int64_t due_at;
	int kind, err = store_key_parse(key, "cts", &kind, &due_at, &serial);

	if (err) {
		mdm_check_tell(c, "key cannot be read", "errand");
		return 0;
	}
	if (kind == MDM_ERRAND_ASSIGN) {
		err = mdm_ade_device_get(c->txn, c->a, serial, &d);
		if (err == ERR_NOTFOUND || (err == 0 && d.due_at != due_at))
			mdm_check_tell(c, "an errand for a profile that is not due", serial);
	} else if (kind == MDM_ERRAND_LOCK || kind == MDM_ERRAND_UNLOCK) {
		err = mdm_activation_get(c->txn, c->a, serial, &v);
		if (err == ERR_NOTFOUND || (err == 0 && v.due_at != due_at))
			mdm_check_tell(c, "an errand for a lock that is not due", serial);
	} else if (kind < MDM_ERRAND_ASSIGN || kind > MDM_ERRAND_BYPASS) {
		mdm_check_tell(c, "an errand of no known kind", serial);
	}
	return err == ERR_NOTFOUND || err == ERR_CORRUPT ? 0 : err;
}

static int check_activation(struct mdm_checking *c, struct bytes key, struct bytes value)
{
	struct mdm_activation v;
	const char *serial;
	bool there;
	int err = store_key_parse(key, "s", &serial);

	if (err == 0)
		err = mdm_activation_get(c->txn, c->a, serial, &v);
	if (err) {
		mdm_check_tell(c, "record cannot be read", "activation lock");
		return err == ERR_CORRUPT ? 0 : err;
	}
	if (!v.due_at)
		return 0;
	err = errand_there(c,
		v.state == MDM_ACTIVATION_UNLOCK_WANTED ? MDM_ERRAND_UNLOCK : MDM_ERRAND_LOCK,
		v.due_at, serial, &there);
	if (err == 0 && !there)
		mdm_check_tell(c, "its lock is due, and nobody will see to it", serial);
	return err;
}

static int check_gate(struct mdm_checking *c, struct bytes key, struct bytes value)
{
	struct mdm_enrollment e;
	const char *udid;
	int part, err = store_key_parse(key, "cs", &part, &udid);

	if (err == 0)
		err = mdm_enrollment_get(c->txn, c->a, udid, &e);
	if (err == ERR_NOTFOUND || (err == 0 && e.state != MDM_ENROLLED))
		mdm_check_tell(c, "waits in Setup Assistant, but is not enrolled", udid);
	return err == ERR_NOTFOUND || err == ERR_CORRUPT ? 0 : err;
}

static int check_count(struct mdm_checking *c)
{
	struct mdm_ade_state s;
	int err = mdm_ade_state_get(c->txn, c->a, &s);

	if (err == 0 && s.devices != c->count)
		mdm_check_tell(c, "the count of assigned devices is wrong", "device assignment");
	return err == ERR_CORRUPT ? 0 : err;
}

int mdm_ade_check(struct store_txn *txn, store_fault *fault, void *arg)
{
	static const struct mdm_check_walk walks[] = {
		{MDM_ADE_DEVICE, check_device},
		{MDM_ERRAND, check_errand},
		{MDM_ACTIVATION, check_activation},
		{MDM_GATE, check_gate},
	};
	AUTO(arena) struct arena *a = arena_new();
	struct mdm_checking c = {.txn = txn, .fault = fault, .arg = arg, .a = a};
	int err = mdm_check_walks(&c, walks, sizeof(walks) / sizeof(walks[0]));

	return err ? err : check_count(&c);
}
