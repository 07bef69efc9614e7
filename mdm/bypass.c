/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The Activation Lock code that an iPad makes for itself: it tells it for 15 days after it became
 * supervised, and makes a new one when it is set up, so it is asked more than once in that time.
 * And all the codes there are, for whoever stands before a locked iPad.
 */
#include "mdm/ade_int.h"

#include "base/text.h"

#define MOST 100

static const int64_t asked_after_s[] = {600, 86400, 12 * 86400};

int mdm_bypass_plan(struct store_txn *txn, const struct mdm_enrollment *e, int64_t now)
{
	int err = 0;

	for (size_t i = 0; err == 0 && i < sizeof(asked_after_s) / sizeof(asked_after_s[0]); i++)
		err = mdm_errand_add(txn, MDM_ERRAND_BYPASS, now + asked_after_s[i], e->serial);
	return err;
}

struct tend {
	struct mdm *m;
	struct arena *a;
	int64_t now;
	struct mdm_errand_row rows[MOST];
	size_t n;
};

static int due_in(struct store_txn *txn, void *arg)
{
	struct tend *t = arg;

	return mdm_errand_due(txn, t->a, MDM_ERRAND_BYPASS, t->now, t->rows, MOST, &t->n);
}

static int ask_one(struct tend *t, struct store_txn *txn, const struct mdm_errand_row *row)
{
	struct mdm_enrollment e;
	int err = mdm_errand_del(txn, MDM_ERRAND_BYPASS, row->due_at, row->serial);

	if (err == 0)
		err = mdm_enrollment_by_serial(txn, t->a, row->serial, &e);
	if (err)
		return err == ERR_NOTFOUND ? 0 : err;
	if (e.state != MDM_ENROLLED || !e.trusted || e.erased_at || e.supervised != 2)
		return 0;
	return mdm_queue_own_once(t->m, txn, &e, MDM_ACTIVATION_LOCK_BYPASS_CODE, t->now);
}

static int ask_in(struct store_txn *txn, void *arg)
{
	struct tend *t = arg;
	int err = 0;

	for (size_t i = 0; err == 0 && i < t->n; i++)
		err = ask_one(t, txn, &t->rows[i]);
	return err;
}

int mdm_bypass_tend(struct mdm *m, int64_t now)
{
	AUTO(arena) struct arena *a = arena_new();
	struct tend t = {.m = m, .a = a, .now = now};
	int err = store_read(m->st, due_in, &t);

	return err || !t.n ? err : store_write(m->st, ask_in, &t);
}

/* --- the codes --- */

static int told_open(
	struct mdm *m, const char *serial, struct bytes sealed, struct arena *a, const char **ret)
{
	struct bytes plain;
	int err;

	if (sealed.n == 0)
		return 0;
	err = cert_unseal(
		m->certs, mdm_seal_context(a, MDM_BYPASS_CONTEXT, serial), sealed, a, &plain);
	if (err == 0)
		*ret = arena_strndup(a, plain.p, plain.n);
	return err;
}

static int made_open(
	struct mdm *m, const char *serial, struct bytes sealed, struct arena *a, const char **ret)
{
	struct bytes code;
	int err;

	if (sealed.n == 0)
		return 0;
	err = cert_unseal(m->certs, mdm_seal_context(a, MDM_ACTIVATION_CODE_CONTEXT, serial),
		sealed, a, &code);
	if (err == 0 && code.n != MDM_ACTIVATION_CODE)
		err = ERR_CORRUPT;
	if (err == 0)
		*ret = mdm_activation_code_text(code.p, a);
	return err;
}

int mdm_bypass_codes(struct mdm *m, struct store_txn *txn, const char *serial, struct arena *a,
	struct mdm_bypass *ret)
{
	struct mdm_bypass b = {0};
	struct mdm_latest_value v = {0};
	struct mdm_activation lock = {0};
	int err = mdm_latest_get(txn, a, MDM_LATEST_BYPASS, serial, &v);
	int made = mdm_activation_get(txn, a, serial, &lock);

	if ((err && err != ERR_NOTFOUND) || (made && made != ERR_NOTFOUND))
		return err && err != ERR_NOTFOUND ? err : made;
	if (err && made)
		return ERR_NOTFOUND;
	err = told_open(m, serial, v.sealed, a, &b.code);
	if (err == 0)
		err = told_open(m, serial, v.sealed_before, a, &b.code_before);
	if (err == 0)
		err = made_open(m, serial, lock.code, a, &b.server_code);
	if (err == 0)
		err = made_open(m, serial, lock.code_before, a, &b.server_code_before);
	b.told_at = v.told_at;
	if (err == 0)
		*ret = b;
	return err;
}

int mdm_bypass_get(struct mdm *m, const struct mdm_act *act, const char *serial, struct arena *a,
	struct mdm_bypass *ret)
{
	struct mdm_bypass b;
	int err = mdm_bypass_codes(m, act->txn, serial, a, &b);

	if (err == 0)
		err = audit_add(act->txn, act->who, act->now, "device.bypass.read", serial, NULL);
	if (err == 0)
		*ret = b;
	return err;
}
