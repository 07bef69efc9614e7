/* SPDX-License-Identifier: EUPL-1.2 */
/* The rules that span this folder's tables: each index and its records tell the same. */
#include "certs/kept_int.h"

#include "base/text.h"

struct checking {
	struct store_txn *txn;
	struct arena *arena; /* emptied after each row */
	store_fault *fault;
	void *arg;
};

/* What is wrong with one row; NULL when nothing is. */
typedef const char *row_fn(struct checking *c, struct bytes key, struct bytes value);

static int walk(struct checking *c, enum store_table t, const char *name, row_fn *fn)
{
	AUTO(store_iter) struct store_iter it = {0};
	struct bytes key, value;
	int err = store_iter_init(&it, c->txn, t, NULL);

	while (!err && !(err = store_iter_next(&it, &key, &value))) {
		const char *wrong = fn(c, key, value);

		if (wrong)
			c->fault(c->arg, arena_printf(c->arena, "%s %s: %s", name,
						 text_hex(c->arena, key), wrong));
		arena_reset(c->arena);
	}
	return err == ERR_NOTFOUND ? 0 : err;
}

static bool is_there(struct checking *c, enum store_table t, struct store_key key)
{
	struct bytes value;

	return store_get(c->txn, t, &key, &value) == 0;
}

static const char *check_kept(struct checking *c, struct bytes key, struct bytes value)
{
	struct cert_kept kept;
	const char *name;

	if (store_key_parse(key, "s", &name) || cert_kept_get(c->txn, c->arena, name, &kept))
		return "cannot be read";
	return NULL;
}

static const char *check_identity(struct checking *c, struct bytes key, struct bytes value)
{
	struct cert_identity id;

	if (key.n != CERT_FINGERPRINT || cert_identity_get(c->txn, c->arena, key.p, &id))
		return "cannot be read";
	if (id.revoked_at)
		return is_there(c, CERT_REVOKED, store_key("b", key.p, key.n))
			       ? NULL
			       : "is revoked but not in cert.revoked";
	return is_there(c, CERT_BY_EXPIRY, store_key("tb", id.not_after, key.p, key.n))
		       ? NULL
		       : "is not in cert.by_expiry";
}

static const char *check_expiry(struct checking *c, struct bytes key, struct bytes value)
{
	struct cert_identity id;
	struct bytes fingerprint;
	int64_t at;

	if (store_key_parse(key, "tb", &at, &fingerprint) || fingerprint.n != CERT_FINGERPRINT)
		return "cannot be read";
	if (cert_identity_get(c->txn, c->arena, fingerprint.p, &id))
		return "has no identity";
	return id.not_after == at && !id.revoked_at ? NULL : "does not fit its identity";
}

static const char *check_revoked(struct checking *c, struct bytes key, struct bytes value)
{
	struct cert_identity id;
	struct cert_revoked r;

	if (cert_revoked_decode(key, value, c->arena, &r))
		return "cannot be read";
	if (cert_identity_get(c->txn, c->arena, r.fingerprint, &id))
		return "has no identity";
	return id.revoked_at == r.at && !memcmp(id.serial, r.serial, CERT_SERIAL)
		       ? NULL
		       : "does not fit its identity";
}

static const char *check_challenge(struct checking *c, struct bytes key, struct bytes value)
{
	struct cert_challenge ch;

	if (cert_challenge_decode(value, c->arena, &ch) || key.n != CERT_CHALLENGE_KEY ||
		memcmp(key.p, ch.hash, key.n) != 0)
		return "cannot be read";
	return is_there(c, CERT_CHALLENGE_DUE, store_key("tb", ch.expires_at, key.p, key.n))
		       ? NULL
		       : "is not in cert.challenge_due";
}

static const char *check_challenge_due(struct checking *c, struct bytes key, struct bytes value)
{
	struct bytes hash;
	int64_t at;

	if (store_key_parse(key, "tb", &at, &hash) || hash.n != CERT_CHALLENGE_KEY)
		return "cannot be read";
	return is_there(c, CERT_CHALLENGE, store_key("b", hash.p, hash.n)) ? NULL
									   : "has no challenge";
}

int cert_check(struct store_txn *txn, store_fault *fault, void *arg)
{
	static const struct {
		enum store_table table;
		const char *name;
		row_fn *fn;
	} tables[] = {
		{CERT_KEPT, "cert.kept", check_kept},
		{CERT_IDENTITY, "cert.identity", check_identity},
		{CERT_BY_EXPIRY, "cert.by_expiry", check_expiry},
		{CERT_REVOKED, "cert.revoked", check_revoked},
		{CERT_CHALLENGE, "cert.challenge", check_challenge},
		{CERT_CHALLENGE_DUE, "cert.challenge_due", check_challenge_due},
	};
	AUTO(arena) struct arena *a = arena_new();
	struct checking c = {.txn = txn, .arena = a, .fault = fault, .arg = arg};
	int err = 0;

	for (size_t i = 0; i < sizeof(tables) / sizeof(tables[0]) && !err; i++)
		err = walk(&c, tables[i].table, tables[i].name, tables[i].fn);
	return err;
}
