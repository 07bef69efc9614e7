/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Signing in. The password is checked between two transactions, since hashing takes long; the
 * answer for an account that does not exist takes as long as for one that does.
 */
#include "web/web_int.h"

#include "base/text.h"

struct sign_in {
	const char *name;
	struct arena *a;
	struct web_account u;
	bool right;
	const char *new_hash; /* NULL: keeps its password */
	int64_t now;
	struct refusal *r;
};

static int load_in(struct store_txn *txn, void *arg)
{
	struct sign_in *s = arg;

	return web_account_get(txn, s->a, s->name, &s->u);
}

static int settle_in(struct store_txn *txn, void *arg)
{
	AUTO(arena) struct arena *a = arena_new();
	struct sign_in *s = arg;
	struct audit_who who = {.actor = s->name, .via = "sign-in"};
	struct web_account u;
	int err = web_account_get(txn, a, s->name, &u);

	if (err)
		return err;
	/* Many guesses sent at once all passed the first look: only as many count as one by one. */
	if (web_throttle_decide(&u, s->now) > 0)
		return refuse(s->r, &web_say_wait, NULL, NULL, NULL);
	if (!s->right) {
		u.wrong_count++;
		u.wrong_at = s->now;
		err = web_account_put(txn, &u);
		return err ? err : audit_add(txn, &who, s->now, "account.wrong", s->name, NULL);
	}
	/* Reset or closed while we hashed: what was checked is not what is there. */
	if (u.closed_at || !text_equal(u.password_hash, s->u.password_hash))
		return ERR_CONFLICT;
	u.wrong_count = 0;
	u.signed_in_at = s->now;
	if (s->new_hash) {
		u.password_hash = s->new_hash;
		u.one_time = false;
		u.changed_at = s->now;
	}
	err = web_account_put(txn, &u);
	return err ? err
		   : audit_add(txn, &who, s->now,
			     s->new_hash ? "account.password" : "account.sign-in", s->name, NULL);
}

/* As slow as a real one, so that time does not tell which names exist. */
static int check_nobody(const char *password, struct refusal *r)
{
	AUTO(arena) struct arena *a = arena_new();
	const char *unused;
	int err = cert_password_hash(a, password, &unused);

	return err ? err : refuse(r, &web_say_wrong_password, NULL, NULL, NULL);
}

static int check_new_password(struct sign_in *s, const char *password, const char *new_password)
{
	int err;

	if (!new_password)
		return s->u.one_time ? refuse(s->r, &web_say_new_password, NULL, NULL, NULL) : 0;
	if (text_equal(password, new_password))
		return refuse(s->r, &web_say_same_password, NULL, NULL, NULL);
	err = web_password_decide(new_password, s->name, s->r);
	return err ? err : cert_password_hash(s->a, new_password, &s->new_hash);
}

int web_sign_in(struct store *st, const char *name, const char *password, const char *new_password,
	int64_t now, struct arena *a, struct web_account *ret, struct refusal *r)
{
	struct sign_in s = {.name = name, .a = a, .now = now, .r = r};
	int err = store_read(st, load_in, &s);

	*r = (struct refusal){0};
	if (err == ERR_NOTFOUND || (err == 0 && s.u.closed_at))
		return check_nobody(password, r);
	if (err)
		return err;
	if (web_throttle_decide(&s.u, now) > 0)
		return refuse(r, &web_say_wait, NULL, NULL, NULL);
	err = cert_password_verify(password, s.u.password_hash);
	if (err && err != ERR_DENIED)
		return err;
	s.right = err == 0;
	if (s.right) {
		err = check_new_password(&s, password, new_password);
		if (err)
			return err;
	}
	err = store_write(st, settle_in, &s);
	if (err == 0 && !s.right)
		return refuse(r, &web_say_wrong_password, NULL, NULL, NULL);
	if (err == 0)
		*ret = s.u;
	return err;
}
