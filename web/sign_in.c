/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Signing in. The password is checked between two transactions, since hashing takes long. For a
 * name that no open account has the same is done, hash and count and commit, so that neither the
 * answer nor its time tells which names exist.
 */
#include "web/web_int.h"

#include "base/text.h"

#define NETWORK_KNOWN_S (90 * 86400)

struct sign_in {
	const struct web_sign_in *ask;
	struct arena *a;
	struct web_account u;
	bool nobody; /* no open account has that name */
	uint8_t network_key[WEB_NETWORK];
	bool right;
	const char *new_hash; /* NULL: keeps its password */
	struct refusal *r;
};

/* The count of where it comes from, if the account has signed in from there; else all zeros. */
static int load_network(struct store_txn *txn, struct sign_in *s, struct web_network *ret)
{
	int err = web_network_get(txn, s->a, s->ask->name, s->network_key, ret);

	if (err == ERR_NOTFOUND || (err == 0 && s->ask->now - ret->signed_in_at > NETWORK_KNOWN_S)) {
		*ret = (struct web_network){0};
		return 0;
	}
	return err;
}

static int64_t wait_of(const struct web_account *u, const struct web_network *p, int64_t now)
{
	return p->signed_in_at ? web_throttle_decide(p->wrong_count, p->wrong_at, now)
			       : web_throttle_decide(u->wrong_count, u->wrong_at, now);
}

/* ERR_REFUSED while one must wait. */
static int nobody_load(struct store_txn *txn, struct sign_in *s, struct web_guess *ret)
{
	int err = web_guess_get(txn, s->a, s->ask->name, ret);

	if (err == 0 && web_throttle_decide(ret->wrong_count, ret->wrong_at, s->ask->now) > 0)
		err = refuse(s->r, &web_say_wait, NULL, NULL, NULL);
	return err;
}

static int load_in(struct store_txn *txn, void *arg)
{
	struct sign_in *s = arg;
	struct web_guess unused;
	struct web_network p;
	int err = web_account_get(txn, s->a, s->ask->name, &s->u);

	s->nobody = err == ERR_NOTFOUND || (err == 0 && s->u.closed_at);
	if (s->nobody)
		return nobody_load(txn, s, &unused);
	if (err == 0)
		err = load_network(txn, s, &p);
	if (err)
		return err;
	return wait_of(&s->u, &p, s->ask->now) > 0 ? refuse(s->r, &web_say_wait, NULL, NULL, NULL)
						   : 0;
}

static int settle_nobody(struct store_txn *txn, struct sign_in *s)
{
	struct web_guess g;
	int err = nobody_load(txn, s, &g);

	if (err)
		return err;
	g.wrong_count = web_wrong_next(g.wrong_count, g.wrong_at, s->ask->now);
	g.wrong_at = s->ask->now;
	return web_guess_put(txn, s->ask->name, &g);
}

static int settle_wrong(
	struct store_txn *txn, struct sign_in *s, struct web_account *u, struct web_network *p)
{
	const struct audit_who who = {.actor = u->name, .via = "sign-in"};
	int err;

	if (p->signed_in_at) {
		p->wrong_count = web_wrong_next(p->wrong_count, p->wrong_at, s->ask->now);
		p->wrong_at = s->ask->now;
		err = web_network_put(txn, u->name, s->network_key, p);
	} else {
		u->wrong_count = web_wrong_next(u->wrong_count, u->wrong_at, s->ask->now);
		u->wrong_at = s->ask->now;
		err = web_account_put(txn, u);
	}
	return err ? err : audit_add(txn, &who, s->ask->now, "account.wrong", u->name, NULL);
}

static int settle_right(
	struct store_txn *txn, struct sign_in *s, struct web_account *u, struct web_network *p)
{
	const struct audit_who who = {.actor = u->name, .via = "sign-in"};
	int err;

	if (!p->signed_in_at)
		u->wrong_count = 0;
	*p = (struct web_network){.signed_in_at = s->ask->now};
	err = web_network_add(txn, u->name, s->network_key, p);
	if (err)
		return err;
	u->signed_in_at = s->ask->now;
	if (s->new_hash) {
		u->password_hash = s->new_hash;
		u->one_time = false;
		u->changed_at = s->ask->now;
	}
	err = web_account_put(txn, u);
	s->u.one_time = u->one_time;
	return err ? err
		   : audit_add(txn, &who, s->ask->now,
			     s->new_hash ? "account.password" : "account.sign-in", u->name, NULL);
}

static int settle_in(struct store_txn *txn, void *arg)
{
	AUTO(arena) struct arena *a = arena_new();
	struct sign_in *s = arg;
	struct web_account u;
	struct web_network p;
	int err;

	if (s->nobody)
		return settle_nobody(txn, s);
	err = web_account_get(txn, a, s->ask->name, &u);
	if (err == 0)
		err = load_network(txn, s, &p);
	if (err)
		return err;
	/* Many guesses sent at once all passed the first look: only as many count as one by one. */
	if (wait_of(&u, &p, s->ask->now) > 0)
		return refuse(s->r, &web_say_wait, NULL, NULL, NULL);
	if (!s->right)
		return settle_wrong(txn, s, &u, &p);
	/* Reset or closed while we hashed: what was checked is not what is there. */
	if (u.closed_at || !text_equal(u.password_hash, s->u.password_hash))
		return ERR_CONFLICT;
	return settle_right(txn, s, &u, &p);
}

static int check_password(struct sign_in *s)
{
	const char *unused;
	int err = s->nobody ? cert_password_hash(s->a, s->ask->password, &unused)
			    : cert_password_verify(s->ask->password, s->u.password_hash);

	s->right = err == 0 && !s->nobody;
	return err == ERR_DENIED ? 0 : err;
}

static int check_new_password(struct sign_in *s)
{
	const char *new_password = s->ask->new_password;
	int err;

	if (!new_password)
		return s->u.one_time && !s->ask->one_time_ok
			       ? refuse(s->r, &web_say_new_password, NULL, NULL, NULL)
			       : 0;
	if (text_equal(s->ask->password, new_password))
		return refuse(s->r, &web_say_same_password, NULL, NULL, NULL);
	err = web_password_decide(new_password, s->ask->name, s->r);
	return err ? err : cert_password_hash(s->a, new_password, &s->new_hash);
}

int web_sign_in(struct store *st, const struct web_sign_in *ask, struct arena *a,
	struct web_account *ret, struct refusal *r)
{
	struct sign_in s = {.ask = ask, .a = a, .r = r};
	int err;

	*r = (struct refusal){0};
	web_network_of(ask->name, ask->peer, s.network_key);
	err = store_read(st, load_in, &s);
	if (err == 0)
		err = check_password(&s);
	if (err == 0 && s.right)
		err = check_new_password(&s);
	if (err)
		return err;
	err = store_write(st, settle_in, &s);
	if (err == 0 && !s.right)
		return refuse(r, &web_say_wrong_password, NULL, NULL, NULL);
	if (err == 0)
		*ret = s.u;
	return err;
}

static int first_in(struct store_txn *txn, void *arg)
{
	AUTO(arena) struct arena *a = arena_new();
	struct sign_in *s = arg;
	const struct audit_who who = {.actor = s->ask->name, .via = "sign-in"};
	struct web_account u;
	int err = web_account_get(txn, a, s->ask->name, &u);

	if (err)
		return err;
	if (u.closed_at || !u.one_time || !text_equal(u.password_hash, s->u.password_hash))
		return ERR_CONFLICT;
	u.password_hash = s->new_hash;
	u.one_time = false;
	u.changed_at = s->ask->now;
	err = web_account_put(txn, &u);
	if (err == 0)
		err = web_token_close_all(txn, u.name, s->ask->now);
	return err ? err : audit_add(txn, &who, s->ask->now, "account.password", u.name, NULL);
}

static int load_account_in(struct store_txn *txn, void *arg)
{
	struct sign_in *s = arg;

	return web_account_get(txn, s->a, s->ask->name, &s->u);
}

int web_password_first(struct store *st, const struct web_sign_in *ask, struct refusal *r)
{
	AUTO(arena) struct arena *a = arena_new();
	struct sign_in s = {.ask = ask, .a = a, .r = r};
	int err;

	*r = (struct refusal){0};
	err = web_password_decide(ask->new_password, ask->name, r);
	if (err == 0)
		err = store_read(st, load_account_in, &s);
	if (err == 0)
		err = cert_password_verify(ask->new_password, s.u.password_hash);
	if (err == 0)
		return refuse(r, &web_say_same_password, NULL, NULL, NULL);
	if (err != ERR_DENIED)
		return err;
	err = cert_password_hash(a, ask->new_password, &s.new_hash);
	return err ? err : store_write(st, first_in, &s);
}
