/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The Activation Lock code that an iPad makes for itself: it tells it for 15 days after it became
 * supervised, and makes a new one when it is set up, so it is asked more than once in that time, and
 * people are told when the time runs out. And all the codes there are, for whoever stands before a locked iPad.
 */
#include "mdm/ade_int.h"

#include "base/text.h"

#define MOST 100

#define WANTED_S (12 * 86400)
#define OVER_S (15 * 86400)

static const int64_t asked_after_s[] = {600, 86400, WANTED_S};

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

/* What an earlier set-up told opens nothing now. */
static int is_told(struct tend *t, struct store_txn *txn, const struct mdm_enrollment *e, bool *ret)
{
	struct mdm_latest_value v = {0};
	int err = mdm_latest_get(txn, t->a, MDM_LATEST_BYPASS, e->serial, &v);

	if (err && err != ERR_NOTFOUND)
		return err;
	*ret = err == 0 && v.told_at >= e->enrolled_at;
	return 0;
}

/* The errands of an enrolment before this one are too early for this one. */
static int news_tell(struct tend *t, struct store_txn *txn, const struct mdm_enrollment *e,
	const struct mdm_errand_row *row)
{
	bool over = row->due_at - e->enrolled_at >= OVER_S, told;
	int err;

	if (row->due_at - e->enrolled_at < WANTED_S)
		return 0;
	err = is_told(t, txn, e, &told);
	if (err || told)
		return err;
	if (!over)
		err = mdm_errand_add(
			txn, MDM_ERRAND_BYPASS, e->enrolled_at + OVER_S, row->serial);
	return err || !t->m->ev.bypass
		       ? err
		       : t->m->ev.bypass(t->m->ev.ctx, txn, e->serial,
				 over ? MDM_BYPASS_OVER : MDM_BYPASS_WANTED, t->now);
}

static int ask_one(struct tend *t, struct store_txn *txn, const struct mdm_errand_row *row)
{
	struct mdm_enrollment e;
	int err = mdm_errand_del(txn, MDM_ERRAND_BYPASS, row->due_at, row->serial);

	if (err == 0)
		err = mdm_enrollment_by_serial(txn, t->a, row->serial, &e);
	if (err)
		return err == ERR_NOTFOUND ? 0 : err;
	if (e.state != MDM_ENROLLED || !e.trusted || e.erased_at || e.supervised == 1)
		return 0;
	err = news_tell(t, txn, &e, row);
	/* until it has told that it is supervised, it is not known to have a code */
	if (err || e.supervised != 2 || row->due_at - e.enrolled_at >= OVER_S)
		return err;
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
