/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The second step: a key is drawn and shown, proved by a first code, and from then on asked for. A
 * code opens once, and so does each recovery code. The key is sealed, recovery codes are kept as
 * keyed hashes alone.
 */
#include "web/pin_int.h"

#include "base/random.h"
#include "base/text.h"

#define PENDING_S 3600

struct totp_job {
	struct web *w;
	const struct web_totp_ask *ask;
	struct bytes sealed; /* a new key */
	const char *const *codes;
	bool right;
	struct refusal *r;
};

static const char *key_context(struct arena *a, const char *account)
{
	return arena_printf(a, "web.totp/key/%s", account);
}

static void recovery_hash(struct totp_job *j, struct arena *a, const char *plain, uint8_t out[32])
{
	const char *text = arena_printf(a, "%s\n%s", j->ask->account, plain);

	cert_keyed_hash(j->w->o.certs, "web.totp/recovery", bytes_of_str(text), out);
}

static int audit(struct store_txn *txn, const struct totp_job *j, const char *act)
{
	return audit_add(txn, j->ask->who, j->ask->now, act, j->ask->account, NULL);
}

/* --- a new key --- */

/* Whoever finds a desk left alone must not shut its owner out with a key of their own. */
static int fresh_check(struct store_txn *txn, struct arena *a, struct totp_job *j)
{
	struct web_token t;
	int err = web_token_by_id(txn, a, j->ask->token_id, &t);

	if (err == 0 && !web_token_is_fresh(&t, j->ask->now))
		return refuse(j->r, &web_say_totp_not_fresh, NULL, NULL, NULL);
	return err;
}

static int begin_in(struct store_txn *txn, void *arg)
{
	AUTO(arena) struct arena *a = arena_new();
	struct totp_job *j = arg;
	struct web_totp x;
	int err = fresh_check(txn, a, j);

	if (err == 0)
		err = web_totp_get(txn, a, j->ask->account, &x);
	if (err)
		return err;
	if (x.on_at)
		return ERR_CONFLICT;
	x.pending = j->sealed;
	x.pending_at = j->ask->now;
	return web_totp_put(txn, j->ask->account, &x);
}

int web_totp_begin(struct web *w, const struct web_totp_ask *ask, struct arena *a,
	struct bytes *ret_key, struct refusal *r)
{
	struct totp_job j = {.w = w, .ask = ask, .r = r};
	uint8_t key[WEB_TOTP_KEY];
	int err;

	*r = (struct refusal){0};
	random_bytes(key, sizeof(key));
	err = cert_seal(
		w->o.certs, key_context(a, ask->account), bytes_of(key, sizeof(key)), a, &j.sealed);
	if (err == 0)
		err = store_write(w->o.st, begin_in, &j);
	if (err == 0)
		*ret_key = arena_bytes(a, bytes_of(key, sizeof(key)));
	mem_wipe(key, sizeof(key));
	return err;
}

struct pending_job {
	const char *account;
	struct arena *a;
	struct web_totp x;
};

static int pending_in(struct store_txn *txn, void *arg)
{
	struct pending_job *j = arg;

	return web_totp_get(txn, j->a, j->account, &j->x);
}

int web_totp_pending(struct web *w, const char *account, struct arena *a, struct bytes *ret_key)
{
	struct pending_job j = {.account = account, .a = a};
	int err = store_read(w->o.st, pending_in, &j);

	if (err == 0 && !j.x.pending.n)
		err = ERR_NOTFOUND;
	return err ? err
		   : cert_unseal(w->o.certs, key_context(a, account), j.x.pending, a, ret_key);
}

/* --- recovery codes --- */

static void codes_draw(struct arena *a, const char *ret[WEB_RECOVERY_CODES])
{
	for (size_t i = 0; i < WEB_RECOVERY_CODES; i++)
		ret[i] = web_word_draw(a, 3);
}

static struct bytes codes_hash(struct totp_job *j, struct arena *a)
{
	uint8_t *all = arena_alloc(a, WEB_RECOVERY_CODES * 32);

	for (size_t i = 0; i < WEB_RECOVERY_CODES; i++)
		recovery_hash(j, a, web_recovery_plain(a, j->codes[i]), all + 32 * i);
	return bytes_of(all, WEB_RECOVERY_CODES * 32);
}

/* Takes it out of those that are left. */
static bool recovery_burn(
	struct totp_job *j, struct arena *a, const char *plain, struct web_totp *x)
{
	uint8_t hash[32], *left = arena_alloc(a, x->recovery.n + 1);
	bool found = false;
	size_t n = 0;

	recovery_hash(j, a, plain, hash);
	for (size_t i = 0; i + 32 <= x->recovery.n; i += 32) {
		if (!found &&
			cert_secret_equal(bytes_of(x->recovery.p + i, 32), bytes_of(hash, 32)))
			found = true;
		else
			memcpy(left + n, x->recovery.p + i, 32), n += 32;
	}
	x->recovery = bytes_of(left, n);
	return found;
}

/* --- is it right? --- */

static int judge(struct totp_job *j, struct arena *a, struct bytes sealed, struct web_totp *x,
	const char **ret_act)
{
	const char *plain = web_recovery_plain(a, j->ask->code);
	struct bytes key;
	int64_t step;
	int err;

	if (plain) {
		j->right = recovery_burn(j, a, plain, x);
		*ret_act = j->right ? "two-step.recovery" : "two-step.wrong";
		return 0;
	}
	err = cert_unseal(j->w->o.certs, key_context(a, j->ask->account), sealed, a, &key);
	if (err)
		return err;
	step = web_totp_step(key, j->ask->code, x->last_step, j->ask->now);
	j->right = step != 0;
	if (j->right)
		x->last_step = step;
	*ret_act = j->right ? "two-step.right" : "two-step.wrong";
	return 0;
}

/* Counts and burns in any case: whoever tries has tried. */
static int try_code(struct store_txn *txn, struct totp_job *j, struct arena *a, struct bytes sealed,
	struct web_totp *x)
{
	const char *act;
	int err;

	if (web_throttle_decide(x->wrong_count, x->wrong_at, j->ask->now) > 0)
		return refuse(j->r, &web_say_code_wait, NULL, NULL, NULL);
	err = judge(j, a, sealed, x, &act);
	if (err)
		return err;
	x->wrong_count = j->right ? 0 : x->wrong_count + 1;
	x->wrong_at = j->right ? 0 : j->ask->now;
	return audit(txn, j, act);
}

static int check_in(struct store_txn *txn, void *arg)
{
	AUTO(arena) struct arena *a = arena_new();
	struct totp_job *j = arg;
	struct web_totp x;
	int err = web_totp_get(txn, a, j->ask->account, &x);

	j->right = false;
	if (err == 0 && !x.on_at)
		return refuse(j->r, &web_say_totp_none, NULL, NULL, NULL);
	if (err == 0)
		err = try_code(txn, j, a, x.key, &x);
	if (err == 0 && j->right && j->codes)
		x.recovery = codes_hash(j, a);
	if (err == 0)
		err = web_totp_put(txn, j->ask->account, &x);
	return err || !j->right || !j->codes ? err : audit(txn, j, "two-step.codes");
}

static int right_or_not(const struct totp_job *j, int err)
{
	return err || j->right ? err : refuse(j->r, &web_say_code_wrong, NULL, NULL, NULL);
}

int web_totp_check(struct web *w, const struct web_totp_ask *ask, struct refusal *r)
{
	struct totp_job j = {.w = w, .ask = ask, .r = r};

	*r = (struct refusal){0};
	return right_or_not(&j, store_write(w->o.st, check_in, &j));
}

int web_totp_renew(struct web *w, const struct web_totp_ask *ask, struct arena *a,
	const char *ret_codes[WEB_RECOVERY_CODES], struct refusal *r)
{
	struct totp_job j = {.w = w, .ask = ask, .codes = ret_codes, .r = r};

	*r = (struct refusal){0};
	codes_draw(a, ret_codes);
	return right_or_not(&j, store_write(w->o.st, check_in, &j));
}

/* --- on and off --- */

static int confirm_in(struct store_txn *txn, void *arg)
{
	AUTO(arena) struct arena *a = arena_new();
	struct totp_job *j = arg;
	struct web_totp x;
	int err = web_totp_get(txn, a, j->ask->account, &x);

	j->right = false;
	if (err)
		return err;
	if (x.on_at || !x.pending.n || j->ask->now - x.pending_at > PENDING_S)
		return ERR_CONFLICT;
	err = try_code(txn, j, a, x.pending, &x);
	if (err == 0 && j->right) {
		x.key = x.pending;
		x.pending = (struct bytes){0};
		x.on_at = j->ask->now;
		x.recovery = codes_hash(j, a);
	}
	if (err == 0)
		err = web_totp_put(txn, j->ask->account, &x);
	return err || !j->right ? err : audit(txn, j, "two-step.on");
}

int web_totp_confirm(struct web *w, const struct web_totp_ask *ask, struct arena *a,
	const char *ret_codes[WEB_RECOVERY_CODES], struct refusal *r)
{
	struct totp_job j = {.w = w, .ask = ask, .codes = ret_codes, .r = r};

	*r = (struct refusal){0};
	codes_draw(a, ret_codes);
	return right_or_not(&j, store_write(w->o.st, confirm_in, &j));
}

static int may_end_in(struct store_txn *txn, struct arena *a, const struct totp_job *j)
{
	struct web_sign_in_rules rules;
	struct web_account u;
	int err = web_sign_in_rules_get(txn, a, &rules);

	if (err == 0)
		err = web_account_get(txn, a, j->ask->account, &u);
	if (err == 0 && (rules.totp_roles & u.roles))
		return refuse(j->r, &web_say_totp_required, NULL, NULL, NULL);
	return err;
}

static int end_in(struct store_txn *txn, void *arg)
{
	AUTO(arena) struct arena *a = arena_new();
	struct totp_job *j = arg;
	struct web_totp x;
	int err = may_end_in(txn, a, j);

	j->right = false;
	if (err == 0)
		err = web_totp_get(txn, a, j->ask->account, &x);
	if (err == 0 && !x.on_at)
		return refuse(j->r, &web_say_totp_none, NULL, NULL, NULL);
	if (err == 0)
		err = try_code(txn, j, a, x.key, &x);
	if (err)
		return err;
	if (!j->right)
		return web_totp_put(txn, j->ask->account, &x);
	err = web_totp_del(txn, j->ask->account);
	return err ? err : audit(txn, j, "two-step.off");
}

int web_totp_end(struct web *w, const struct web_totp_ask *ask, struct refusal *r)
{
	struct totp_job j = {.w = w, .ask = ask, .r = r};

	*r = (struct refusal){0};
	return right_or_not(&j, store_write(w->o.st, end_in, &j));
}
