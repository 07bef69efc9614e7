/* SPDX-License-Identifier: EUPL-1.2 */
/* Devices and Activation Locks against their errands, and gates against enrolments. */
#include "mdm/ade_int.h"

#include "base/text.h"

struct check {
	struct store_txn *txn;
	store_fault *fault;
	void *arg;
	struct arena *a; /* of one record */
	uint64_t assigned;
};

static void tell(struct check *c, const char *what, const char *id)
{
	c->fault(c->arg, arena_printf(c->a, "mdm: %s: %s", id, what));
}

static int errand_there(
	struct check *c, enum mdm_errand kind, int64_t due_at, const char *serial, bool *ret)
{
	struct store_key k = store_key("cts", (int)kind, due_at, serial);
	struct bytes value;
	int err = store_get(c->txn, MDM_ERRAND, &k, &value);

	*ret = err == 0;
	return err == ERR_NOTFOUND ? 0 : err;
}

static int check_device(struct check *c, struct bytes key, struct bytes value)
{
	struct mdm_ade_device d;
	const char *serial;
	bool there;
	int err = store_key_parse(key, "s", &serial);

	if (err == 0)
		err = ade_device_decode(value, c->a, &d);
	if (err) {
		tell(c, "record cannot be read", "assigned device");
		return err == ERR_CORRUPT ? 0 : err;
	}
	if (!text_equal(d.serial, serial))
		tell(c, "record holds another serial number", serial);
	c->assigned += d.gone_at == 0;
	if (!d.due_at)
		return 0;
	err = errand_there(c, MDM_ERRAND_ASSIGN, d.due_at, serial, &there);
	if (err == 0 && !there)
		tell(c, "its profile is due, and nobody will see to it", serial);
	return err;
}

/* What an errand is for must know of it; those that stand for themselves only need to be read. */
static int check_errand(struct check *c, struct bytes key, struct bytes value)
{
	struct mdm_ade_device d;
	struct mdm_activation v;
	const char *serial;
	int64_t due_at;
	int kind, err = store_key_parse(key, "cts", &kind, &due_at, &serial);

	if (err) {
		tell(c, "key cannot be read", "errand");
		return 0;
	}
	if (kind == MDM_ERRAND_ASSIGN) {
		err = mdm_ade_device_get(c->txn, c->a, serial, &d);
		if (err == ERR_NOTFOUND || (err == 0 && d.due_at != due_at))
			tell(c, "an errand for a profile that is not due", serial);
	} else if (kind == MDM_ERRAND_LOCK || kind == MDM_ERRAND_UNLOCK) {
		err = mdm_activation_get(c->txn, c->a, serial, &v);
		if (err == ERR_NOTFOUND || (err == 0 && v.due_at != due_at))
			tell(c, "an errand for a lock that is not due", serial);
	} else if (kind < MDM_ERRAND_ASSIGN || kind > MDM_ERRAND_BYPASS) {
		tell(c, "an errand of no known kind", serial);
	}
	return err == ERR_NOTFOUND || err == ERR_CORRUPT ? 0 : err;
}

static int check_activation(struct check *c, struct bytes key, struct bytes value)
{
	struct mdm_activation v;
	const char *serial;
	bool there;
	int err = store_key_parse(key, "s", &serial);

	if (err == 0)
		err = mdm_activation_get(c->txn, c->a, serial, &v);
	if (err) {
		tell(c, "record cannot be read", "activation lock");
		return err == ERR_CORRUPT ? 0 : err;
	}
	if (!v.due_at)
		return 0;
	err = errand_there(c,
		v.state == MDM_ACTIVATION_UNLOCK_WANTED ? MDM_ERRAND_UNLOCK : MDM_ERRAND_LOCK,
		v.due_at, serial, &there);
	if (err == 0 && !there)
		tell(c, "its lock is due, and nobody will see to it", serial);
	return err;
}

static int check_gate(struct check *c, struct bytes key, struct bytes value)
{
	struct mdm_enrollment e;
	const char *udid;
	int part, err = store_key_parse(key, "cs", &part, &udid);

	if (err == 0)
		err = mdm_enrollment_get(c->txn, c->a, udid, &e);
	if (err == ERR_NOTFOUND || (err == 0 && e.state != MDM_ENROLLED))
		tell(c, "waits in Setup Assistant, but is not enrolled", udid);
	return err == ERR_NOTFOUND || err == ERR_CORRUPT ? 0 : err;
}

typedef int check_one(struct check *c, struct bytes key, struct bytes value);

static int walk(struct check *c, enum store_table t, check_one *fn)
{
	AUTO(store_iter) struct store_iter it = {0};
	struct bytes key, value;
	int err = store_iter_init(&it, c->txn, t, NULL);

	while (err == 0 && (err = store_iter_next(&it, &key, &value)) == 0) {
		err = fn(c, key, value);
		arena_reset(c->a);
	}
	return err == ERR_NOTFOUND ? 0 : err;
}

static int check_count(struct check *c)
{
	struct mdm_ade_state s;
	int err = mdm_ade_state_get(c->txn, c->a, &s);

	if (err == 0 && s.devices != c->assigned)
		tell(c, "the count of assigned devices is wrong", "device assignment");
	return err == ERR_CORRUPT ? 0 : err;
}

int mdm_ade_check(struct store_txn *txn, store_fault *fault, void *arg)
{
	static const struct {
		enum store_table table;
		check_one *fn;
	} walks[] = {
		{MDM_ADE_DEVICE, check_device},
		{MDM_ERRAND, check_errand},
		{MDM_ACTIVATION, check_activation},
		{MDM_GATE, check_gate},
	};
	AUTO(arena) struct arena *a = arena_new();
	struct check c = {.txn = txn, .fault = fault, .arg = arg, .a = a};
	int err = 0;

	for (size_t i = 0; err == 0 && i < sizeof(walks) / sizeof(walks[0]); i++)
		err = walk(&c, walks[i].table, walks[i].fn);
	return err ? err : check_count(&c);
}
