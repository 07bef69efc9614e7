/* SPDX-License-Identifier: EUPL-1.2 */
/* Activation Lock of our own, as far as it is wanted: what stands in the store before Apple is asked. */
#include "mdm/ade_int.h"

#include "base/random.h"

static int activation_load(struct store_txn *txn, struct arena *a, const char *serial,
	struct mdm_activation *ret, bool *ret_known)
{
	int err = mdm_activation_get(txn, a, serial, ret);

	*ret_known = err == 0;
	if (err == ERR_NOTFOUND)
		*ret = (struct mdm_activation){.serial = serial};
	return err == ERR_NOTFOUND ? 0 : err;
}

static int code_draw(struct mdm *m, struct arena *a, struct mdm_activation *v)
{
	uint8_t code[MDM_ACTIVATION_CODE];
	int err;

	random_bytes(code, sizeof(code));
	v->code_before = v->code.n ? v->code : v->code_before;
	v->hash = bytes_of(NULL, 0);
	v->sent = NULL;
	err = cert_seal(m->certs, mdm_seal_context(a, MDM_ACTIVATION_CODE_CONTEXT, v->serial),
		bytes_of(code, sizeof(code)), a, &v->code);
	mem_wipe(code, sizeof(code));
	return err;
}

void mdm_activation_want(
	struct mdm_activation *v, enum mdm_activation_state what, const struct mdm_act *act)
{
	v->state = what;
	v->by = act->who->actor;
	v->asked_at = v->due_at = act->now;
	v->settled_at = 0;
	v->tries = 0;
	v->trouble = NULL;
}

int mdm_activation_lock(
	struct mdm *m, const struct mdm_act *act, const char *serial, const char *message)
{
	AUTO(arena) struct arena *a = arena_new();
	struct mdm_activation before, v;
	bool known;
	int err = activation_load(act->txn, a, serial, &before, &known);

	if (err || before.state == MDM_ACTIVATION_LOCK_WANTED ||
		before.state == MDM_ACTIVATION_LOCKED)
		return err;
	v = before;
	/* A lock that Apple may still have keeps its code. */
	if (before.state != MDM_ACTIVATION_UNLOCK_WANTED || before.code.n == 0)
		err = code_draw(m, a, &v);
	mdm_activation_want(&v, MDM_ACTIVATION_LOCK_WANTED, act);
	v.reason = NULL;
	v.message = message;
	if (err == 0)
		err = mdm_activation_put(act->txn, known ? &before : NULL, &v);
	return err ? err
		   : audit_add(
			     act->txn, act->who, act->now, "device.activation.lock", serial, NULL);
}

int mdm_activation_words(struct store_txn *txn, const char *serial, const char *message)
{
	AUTO(arena) struct arena *a = arena_new();
	struct mdm_activation before, v;
	bool known;
	int err = activation_load(txn, a, serial, &before, &known);

	if (err || before.state != MDM_ACTIVATION_LOCK_WANTED)
		return err;
	v = before;
	v.message = message;
	return mdm_activation_put(txn, &before, &v);
}

int mdm_activation_clear(struct mdm *m, struct store_txn *txn, const struct audit_who *who,
	const char *serial, int64_t now)
{
	AUTO(arena) struct arena *a = arena_new();
	struct mdm_activation before, v;
	bool known;
	int err = activation_load(txn, a, serial, &before, &known);

	if (err || (before.state != MDM_ACTIVATION_LOCK_WANTED &&
			   before.state != MDM_ACTIVATION_LOCKED))
		return err;
	v = before;
	/* One that was tried may stand at Apple although no answer told us so. */
	v.state = before.state == MDM_ACTIVATION_LOCKED || before.hash.n
			  ? MDM_ACTIVATION_UNLOCK_WANTED
			  : MDM_ACTIVATION_NONE;
	v.by = who->actor;
	v.asked_at = now;
	v.due_at = v.state == MDM_ACTIVATION_NONE ? 0 : now;
	v.tries = 0;
	v.trouble = NULL;
	err = mdm_activation_put(txn, &before, &v);
	return err ? err : audit_add(txn, who, now, "device.activation.clear", serial, NULL);
}
