/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What is asked of those who sign in: three settings. An older program kept them as one record,
 *   WEB_SETTING  s "sign-in" -> struct web_sign_in_rules
 * which web_sign_in_rules_renew() makes settings of.
 */
#include "web/sign_in_int.h"
#include "web/pin_int.h"

#include "base/rec.h"

static const struct rec_field rules_fields[] = {
	REC_U32(1, struct web_sign_in_rules, totp_roles),
	REC_U32(2, struct web_sign_in_rules, lock_s),
	REC_U32(3, struct web_sign_in_rules, shift_s),
	REC_END,
};
static const struct rec_type rules_rec = REC_TYPE(struct web_sign_in_rules, 1, rules_fields);

int web_sign_in_rules_get(struct store_txn *txn, struct arena *a, struct web_sign_in_rules *ret)
{
	struct web_sign_in_rules x = {0};
	int64_t minutes, hours;
	const char *roles;
	int err = setting_text_in(txn, a, SETTING_TWO_STEP, &roles);

	if (err == 0 && *roles)
		err = web_roles_parse(roles, &x.totp_roles);
	if (err == 0)
		err = setting_number_in(txn, SETTING_LOCK_MINUTES, &minutes);
	if (err == 0)
		err = setting_number_in(txn, SETTING_SHIFT_HOURS, &hours);
	if (err)
		return err;
	x.lock_s = (uint32_t)minutes * 60;
	x.shift_s = (uint32_t)hours * 3600;
	*ret = x;
	return 0;
}

struct rule_change {
	struct settings *s;
	struct store_txn *txn;
	const struct audit_who *who;
	const char *why;
	int64_t now;
	struct refusal *r;
};

static int put_one(const struct rule_change *c, enum setting x, const char *value)
{
	const struct setting_ask ask = {.x = x, .value = value, .why = c->why};

	return settings_set_in(c->s, c->txn, c->who, &ask, c->now, c->r);
}

static int put_all(const struct rule_change *c, struct arena *a, const struct web_sign_in_rules *x)
{
	AUTO(buf) struct buf roles = BUF_INIT(128);
	int err;

	web_roles_format(x->totp_roles, &roles);
	err = put_one(c, SETTING_TWO_STEP, buf_str(&roles));
	if (err == 0)
		err = put_one(c, SETTING_LOCK_MINUTES,
			arena_printf(a, "%lld", (long long)(web_lock_s(x) / 60)));
	if (err == 0)
		err = put_one(c, SETTING_SHIFT_HOURS,
			arena_printf(a, "%lld", (long long)(web_shift_s(x) / 3600)));
	return err;
}

struct put_job {
	struct web *w;
	const struct web_sign_in_rules_ask *ask;
	struct refusal *r;
};

static int put_in(struct store_txn *txn, void *arg)
{
	AUTO(arena) struct arena *a = arena_new();
	struct put_job *j = arg;
	const struct rule_change c = {j->w->o.settings, txn, j->ask->who, j->ask->why, j->ask->now,
		j->r};

	return put_all(&c, a, j->ask->rules);
}

int web_sign_in_rules_set(struct web *w, const struct web_sign_in_rules_ask *ask, struct refusal *r)
{
	struct put_job j = {w, ask, r};
	int err;

	*r = (struct refusal){0};
	err = store_write(w->o.st, put_in, &j);
	return err ? err : settings_refresh(w->o.settings);
}

static int find_old(struct store_txn *txn, void *arg)
{
	struct store_key k = store_key("s", "sign-in");
	struct bytes v;

	(void)arg;
	return store_get(txn, WEB_SETTING, &k, &v);
}

static int renew_in(struct store_txn *txn, void *arg)
{
	static const struct audit_who server = {.actor = "server", .via = "server"};
	AUTO(arena) struct arena *a = arena_new();
	struct store_key k = store_key("s", "sign-in");
	struct rule_change *c = arg;
	struct web_sign_in_rules x;
	struct bytes v;
	int err = store_get(txn, WEB_SETTING, &k, &v);

	c->txn = txn;
	c->who = &server;
	if (err == 0)
		err = rec_decode(&rules_rec, v, a, &x);
	if (err == 0)
		err = put_all(c, a, &x);
	return err ? err : store_del(txn, WEB_SETTING, &k);
}

int web_sign_in_rules_renew(struct store *st, struct settings *s, int64_t now)
{
	struct refusal r = {0};
	struct rule_change c = {.s = s, .why = "Hylla", .now = now, .r = &r};
	int err = s ? store_read(st, find_old, NULL) : ERR_NOTFOUND;

	if (err == 0)
		err = store_write(st, renew_in, &c);
	if (err == 0)
		err = settings_refresh(s);
	return err == ERR_NOTFOUND ? 0 : err;
}
