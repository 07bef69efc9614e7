/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Locked and opened again. A PIN is hashed like a password and worth little alone: it opens a
 * session that was begun in full at that station within a shift, and after three wrong tries that
 * session ends. Each opening gives the session a new word, so an old cookie is worth nothing.
 */
#include "web/pin_int.h"

#include "base/random.h"
#include "base/text.h"

struct pin_job {
	const struct web_pin_ask *ask;
	struct arena *a;
	const char *hash;
	struct web_token t;
	uint8_t token_hash[32], word_hash[32];
	bool right, out;
	uint32_t roles;
	struct refusal *r;
};

/* --- one's own PIN --- */

static int set_in(struct store_txn *txn, void *arg)
{
	AUTO(arena) struct arena *a = arena_new();
	struct pin_job *j = arg;
	struct web_account u;
	struct web_token t;
	int err = web_account_get(txn, a, j->ask->account, &u);

	if (err == 0)
		err = web_token_by_id(txn, a, j->ask->token_id, &t);
	if (err)
		return err;
	/* Not whoever finds the desk left alone. */
	if (j->hash && !web_token_is_fresh(&t, j->ask->now))
		return refuse(j->r, &web_say_pin_not_fresh, NULL, NULL, NULL);
	u.pin_hash = j->hash;
	u.pin_at = j->hash ? j->ask->now : 0;
	err = web_account_put(txn, &u);
	return err ? err
		   : audit_add(txn, j->ask->who, j->ask->now, j->hash ? "pin.set" : "pin.drop",
			     u.name, NULL);
}

int web_pin_set(struct web *w, const struct web_pin_ask *ask, struct refusal *r)
{
	AUTO(arena) struct arena *a = arena_new();
	struct pin_job j = {.ask = ask, .r = r};
	int err;

	*r = (struct refusal){0};
	err = web_pin_decide(ask->pin, r);
	if (err == 0)
		err = cert_password_hash(a, ask->pin, &j.hash);
	return err ? err : store_write(w->o.st, set_in, &j);
}

int web_pin_drop(struct web *w, const struct web_pin_ask *ask)
{
	struct refusal r = {0};
	struct pin_job j = {.ask = ask, .r = &r};

	return store_write(w->o.st, set_in, &j);
}

/* --- locked --- */

static int lock_in(struct store_txn *txn, void *arg)
{
	AUTO(arena) struct arena *a = arena_new();
	const struct web_pin_ask *ask = arg;
	uint8_t hash[32];
	struct web_token t;
	int err = web_token_hash(txn, ask->token_id, hash);

	if (err == 0)
		err = web_token_get(txn, a, hash, &t);
	if (err || t.locked_at)
		return err;
	t.locked_at = ask->now;
	return web_token_put(txn, hash, &t);
}

int web_session_lock(struct web *w, const struct web_pin_ask *ask)
{
	return store_write(w->o.st, lock_in, (void *)(uintptr_t)ask);
}

/* --- who is at the station --- */

static int state_of(struct store_txn *txn, struct arena *a, const struct web_token *t, int64_t now,
	struct web_account *u, enum web_session_state *ret)
{
	struct web_sign_in_rules rules;
	int err = web_sign_in_rules_get(txn, a, &rules);

	if (err == 0)
		err = web_account_get(txn, a, t->account, u);
	if (err == 0)
		*ret = u->closed_at ? WEB_SESSION_OVER
				    : web_session_state(t, u->pin_hash != NULL, &rules, now);
	return err;
}

int web_station_accounts(struct store_txn *txn, struct arena *a, const char *station, int64_t now,
	const char *ret[WEB_STATION_MOST], size_t *ret_n)
{
	enum web_session_state state;
	struct web_account u;
	struct web_token *t;
	size_t n, found = 0;
	int err = web_token_list_at(txn, a, station, &t, &n);

	for (size_t i = 0; err == 0 && i < n && found < WEB_STATION_MOST; i++) {
		err = state_of(txn, a, &t[i], now, &u, &state);
		if (err == 0 && state != WEB_SESSION_OVER && u.pin_hash)
			ret[found++] = u.name;
	}
	*ret_n = err ? 0 : found;
	return err;
}

/* --- and opened --- */

/* The account's session there that a PIN may open. */
static int find(struct store_txn *txn, struct pin_job *j, struct arena *a, struct web_account *u)
{
	enum web_session_state state;
	struct web_token *t;
	size_t n;
	int err = web_token_list_at(txn, a, j->ask->station, &t, &n);

	for (size_t i = 0; err == 0 && i < n; i++) {
		if (!text_equal(t[i].account, j->ask->account))
			continue;
		err = state_of(txn, a, &t[i], j->ask->now, u, &state);
		if (err || state == WEB_SESSION_OVER || !u->pin_hash)
			continue;
		j->t = t[i];
		j->roles = t[i].roles & u->roles;
		return web_token_hash(txn, t[i].id, j->token_hash);
	}
	return err ? err : refuse(j->r, &web_say_pin_none, NULL, NULL, NULL);
}

static int look_in(struct store_txn *txn, void *arg)
{
	struct pin_job *j = arg;
	struct web_account u;
	int err = find(txn, j, j->a, &u);

	if (err == 0)
		j->hash = u.pin_hash;
	return err;
}

static int settle_wrong(struct store_txn *txn, struct pin_job *j)
{
	int err;

	j->t.pin_wrong++;
	j->out = j->t.pin_wrong >= WEB_PIN_TRIES;
	if (j->out)
		j->t.closed_at = j->ask->now;
	err = web_token_put(txn, j->token_hash, &j->t);
	return err ? err
		   : audit_add(txn, j->ask->who, j->ask->now, j->out ? "pin.out" : "pin.wrong",
			     j->ask->account, NULL);
}

static int lock_others(struct store_txn *txn, const struct pin_job *j, struct arena *a)
{
	struct web_token *t;
	size_t n;
	int err = web_token_list_at(txn, a, j->ask->station, &t, &n);

	for (size_t i = 0; err == 0 && i < n; i++) {
		uint8_t hash[32];

		if (t[i].locked_at || text_equal(t[i].id, j->t.id))
			continue;
		t[i].locked_at = j->ask->now;
		err = web_token_hash(txn, t[i].id, hash);
		if (err == 0)
			err = web_token_put(txn, hash, &t[i]);
	}
	return err;
}

static int settle_right(struct store_txn *txn, struct pin_job *j, struct arena *a)
{
	int err;

	j->t.locked_at = 0;
	j->t.pin_wrong = 0;
	j->t.used_at = j->ask->now;
	j->t.by_pin = true;
	err = web_token_move(txn, j->token_hash, j->word_hash, &j->t);
	if (err == 0)
		err = lock_others(txn, j, a);
	return err ? err
		   : audit_add(txn, j->ask->who, j->ask->now, "pin.open", j->ask->account, NULL);
}

static int unlock_in(struct store_txn *txn, void *arg)
{
	AUTO(arena) struct arena *a = arena_new();
	struct pin_job *j = arg;
	struct web_account u;
	int err = find(txn, j, a, &u);

	j->out = false;
	if (err)
		return err;
	/* Changed while we hashed. */
	if (!text_equal(u.pin_hash, j->hash))
		return ERR_CONFLICT;
	return j->right ? settle_right(txn, j, a) : settle_wrong(txn, j);
}

int web_pin_unlock(struct web *w, const struct web_pin_ask *ask, struct arena *a,
	const char **ret_word, uint32_t *ret_roles, struct refusal *r)
{
	struct pin_job j = {.ask = ask, .a = a, .r = r};
	const char *word = random_token(a, 32);
	int err;

	*r = (struct refusal){0};
	/* What no PIN can be, as a code that is scanned at a locked desk, is no try. */
	if (!web_pin_is_formed(ask->pin))
		return refuse(r, &web_say_pin_form, NULL, NULL, NULL);
	cert_sha256(bytes_of_str(word), j.word_hash);
	err = store_read(w->o.st, look_in, &j);
	if (err)
		return err;
	err = cert_password_verify(ask->pin, j.hash);
	if (err && err != ERR_DENIED)
		return err;
	j.right = err == 0;
	err = store_write(w->o.st, unlock_in, &j);
	if (err == 0 && j.out)
		return refuse(r, &web_say_pin_out, NULL, NULL, NULL);
	if (err == 0 && !j.right)
		return refuse(r, &web_say_pin_wrong, NULL, NULL, NULL);
	if (err)
		return err;
	*ret_word = word;
	*ret_roles = j.roles;
	return 0;
}
