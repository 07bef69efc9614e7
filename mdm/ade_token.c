/* SPDX-License-Identifier: EUPL-1.2 */
/* The key that Apple encrypts the server token to, the token itself, and asking for a round. */
#include "mdm/ade_int.h"

#include "base/text.h"

#define KEY_LIFE_S (5 * 365 * 86400L)

static const char *const key_name = "Hylla device assignment";

/* --- the key --- */

struct key_job {
	struct mdm *m;
	const struct audit_who *who;
	struct arena *a;
	int64_t now;
	struct ade_key key;
	bool found;
};

static int key_read(struct store_txn *txn, void *arg)
{
	struct key_job *j = arg;
	int err = ade_key_get(txn, j->a, &j->key);

	j->found = err == 0;
	return err == ERR_NOTFOUND ? 0 : err;
}

static int key_put(struct store_txn *txn, void *arg)
{
	struct key_job *j = arg;
	struct mdm_ade_state s;
	int err = ade_key_put(txn, &j->key);

	if (err == 0)
		err = mdm_ade_state_get(txn, j->a, &s);
	if (err)
		return err;
	s.has_key = true;
	err = ade_state_put(txn, &s);
	return err ? err : audit_add(txn, j->who, j->now, "ade.key", "ade", NULL);
}

int mdm_ade_key(struct mdm *m, const struct audit_who *who, bool again, int64_t now,
	struct arena *a, const char **ret_pem)
{
	struct key_job j = {.m = m, .who = who, .a = a, .now = now};
	struct cert_letter_key made;
	int err = store_read(m->st, key_read, &j);

	if (err == 0 && j.found && !(again && j.key.used)) {
		*ret_pem = j.key.cert_pem;
		return 0;
	}
	if (err == 0)
		err = cert_letter_key_make(m->certs, key_name, now, now + KEY_LIFE_S, a, &made);
	if (err)
		return err;
	j.key = (struct ade_key){.cert_pem = made.cert_pem, .made_at = now};
	err = cert_seal(m->certs, ADE_KEY_CONTEXT, made.key, a, &j.key.sealed_key);
	if (err == 0)
		err = store_write(m->st, key_put, &j);
	if (err == 0)
		*ret_pem = j.key.cert_pem;
	return err;
}

/* --- the token --- */

struct token_job {
	struct mdm *m;
	const struct audit_who *who;
	struct arena *a;
	int64_t now;
	struct ade_sealed_token token;
};

static int token_in(struct store_txn *txn, void *arg)
{
	struct token_job *j = arg;
	struct mdm_ade_state s;
	struct ade_key key;
	int err = ade_sealed_token_put(txn, &j->token);

	if (err == 0)
		err = ade_key_get(txn, j->a, &key);
	if (err == 0)
		err = mdm_ade_state_get(txn, j->a, &s);
	if (err)
		return err;
	key.used = true;
	s.has_token = true;
	s.token_at = j->now;
	s.token_expires_at = j->token.expires_at;
	s.asked_at = j->now > s.asked_at ? j->now : s.asked_at + 1;
	s.trouble = NULL;
	s.trouble_at = s.retry_at = s.failing_at = 0;
	s.failures = 0;
	err = ade_key_put(txn, &key);
	if (err == 0)
		err = ade_state_put(txn, &s);
	return err ? err : audit_add(txn, j->who, j->now, "ade.token", "ade", NULL);
}

static int letter_open(struct mdm *m, const struct ade_key *key, struct bytes file, struct arena *a,
	struct refusal *r, struct bytes *ret_json)
{
	struct cert_letter_key pair = {.cert_pem = key->cert_pem};
	struct bytes der, plain;
	int err = cert_unseal(m->certs, ADE_KEY_CONTEXT, key->sealed_key, a, &pair.key);

	if (err)
		return err;
	if (ade_token_envelope(file, a, &der) != 0)
		return refuse(r, &mdm_say_ade_token_form, NULL, NULL, NULL);
	err = cert_letter_open(&pair, der, a, &plain);
	if (err == ERR_CRYPTO)
		return refuse(r, &mdm_say_ade_token_key, NULL, NULL, NULL);
	if (err == ERR_BADINPUT || (err == 0 && ade_token_text(plain, a, ret_json) != 0))
		return refuse(r, &mdm_say_ade_token_form, NULL, NULL, NULL);
	return err;
}

int mdm_ade_token_import(struct mdm *m, const struct audit_who *who, struct bytes p7m, int64_t now,
	struct refusal *r)
{
	AUTO(arena) struct arena *a = arena_new();
	struct key_job k = {.m = m, .a = a};
	struct token_job j = {.m = m, .who = who, .a = a, .now = now};
	struct ade_token token;
	struct bytes json;
	int err = store_read(m->st, key_read, &k);

	*r = (struct refusal){0};
	if (err == 0 && !k.found)
		err = refuse(r, &mdm_say_ade_no_key, NULL, NULL, NULL);
	if (err == 0)
		err = letter_open(m, &k.key, p7m, a, r, &json);
	if (err == 0 && ade_token_parse(json, a, &token) != 0)
		err = refuse(r, &mdm_say_ade_token_form, NULL, NULL, NULL);
	if (err == 0 && token.expires_at <= now)
		err = refuse(r, &mdm_say_ade_token_old, NULL, NULL, NULL);
	if (err)
		return refusal_keep(r, err);
	j.token = (struct ade_sealed_token){.expires_at = token.expires_at, .imported_at = now};
	err = cert_seal(m->certs, ADE_TOKEN_CONTEXT, json, a, &j.token.sealed);
	if (err == 0)
		err = store_write(m->st, token_in, &j);
	if (err == 0)
		mdm_ade_wake(m);
	return err;
}

/* --- asking for a round --- */

struct sync_job {
	const struct audit_who *who;
	struct arena *a;
	bool full;
	int64_t now;
};

static int sync_in(struct store_txn *txn, void *arg)
{
	struct sync_job *j = arg;
	struct mdm_ade_state s;
	int err = mdm_ade_state_get(txn, j->a, &s);

	if (err)
		return err;
	if (!s.has_token)
		return ERR_NOTFOUND;
	s.asked_at = j->now > s.asked_at ? j->now : s.asked_at + 1;
	s.retry_at = 0;
	if (j->full) {
		s.server_uuid = NULL; /* another server's token is taken at its word now */
		s.cursor = NULL;
		s.fetched = false;
		s.sweeping = false;
		s.run++;
		s.run_at = j->now;
	}
	err = ade_state_put(txn, &s);
	return err ? err
		   : audit_add(txn, j->who, j->now, j->full ? "ade.sync.full" : "ade.sync", "ade",
			     NULL);
}

int mdm_ade_sync_ask(struct mdm *m, const struct audit_who *who, bool full, int64_t now)
{
	AUTO(arena) struct arena *a = arena_new();
	struct sync_job j = {.who = who, .a = a, .full = full, .now = now};
	int err = store_write(m->st, sync_in, &j);

	if (err == 0)
		mdm_ade_wake(m);
	return err;
}
