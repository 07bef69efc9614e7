/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * WEB_SUBJECT_OF  s issuer, s subject -> the account's name
 *
 * Whose account it is, says the subject alone. A name counts once: when an administrator has let
 * that account sign in by the provider and nobody is bound to it yet, or when the account is made.
 */
#include "web/oidc_int.h"

#include "base/random.h"
#include "base/text.h"

struct oidc_job {
	struct web *w;
	const struct web_identity *who;
	const char *name; /* what the claim makes of it; or NULL */
	const char *hash; /* of a password that nobody knows: for a new account */
	bool of_ours;     /* its domain may be bound */
	bool mapped;      /* roles come from the provider */
	uint32_t roles;
	int64_t now;
	struct arena *a;
	struct web_account u;
	struct refusal *r;
};

static int by_subject(
	struct store_txn *txn, const struct oidc_job *j, struct arena *a, struct web_account *ret)
{
	struct store_key k = store_key("ss", j->who->issuer, j->who->subject);
	struct bytes v;
	int err = store_get(txn, WEB_SUBJECT_OF, &k, &v);

	return err ? err : web_account_get(txn, a, arena_strndup(a, v.p, v.n), ret);
}

static int bind(struct store_txn *txn, const struct oidc_job *j, struct web_account *u)
{
	struct store_key k = store_key("ss", j->who->issuer, j->who->subject);

	u->issuer = j->who->issuer;
	u->subject = j->who->subject;
	return store_put(txn, WEB_SUBJECT_OF, &k, bytes_of_str(u->name));
}

static int audit(struct store_txn *txn, const struct oidc_job *j, const char *act, const char *name)
{
	const struct audit_who who = {.actor = name, .via = "sign-in"};
	AUTO(arena) struct arena *a = arena_new();
	AUTO(buf) struct buf roles = BUF_INIT(128);

	web_roles_format(j->roles, &roles);
	return audit_add(txn, &who, j->now, act, name,
		arena_printf(a, "{\"by\":\"provider\",\"roles\":\"%s\"}", buf_str(&roles)));
}

static int make(struct store_txn *txn, struct oidc_job *j, struct web_account *ret)
{
	const bool create = j->w->o.oidc.create;

	if (!create || !j->roles)
		return create ? refuse(j->r, &web_say_provider_roles, j->name, NULL, NULL)
			      : refuse(j->r, &web_say_provider_unknown, j->name, NULL, NULL);
	*ret = (struct web_account){
		.name = j->name,
		.roles = j->roles,
		.password_hash = j->hash,
		.by_provider = true,
		.made_at = j->now,
		.changed_at = j->now,
	};
	return audit(txn, j, "account.add", j->name);
}

/* Nobody is known by that subject: the name is asked, once. */
static int by_name(
	struct store_txn *txn, struct oidc_job *j, struct arena *a, struct web_account *ret)
{
	int err;

	if (!j->name)
		return refuse(j->r, &web_say_provider_name, NULL, NULL, NULL);
	/* elsa@kommun.se and elsa@somewhere.else are not the same person, and one provider may know
	 * both. Who is bound stays so, whatever the name becomes. */
	if (!j->of_ours)
		return refuse(j->r, &web_say_provider_domain, NULL, NULL, NULL);
	err = web_account_get(txn, a, j->name, ret);
	if (err == ERR_NOTFOUND)
		err = make(txn, j, ret);
	else if (err == 0 && (!ret->by_provider || ret->subject))
		err = refuse(j->r, &web_say_provider_taken, j->name, NULL, NULL);
	if (err == 0)
		err = bind(txn, j, ret);
	return err ? err : audit(txn, j, "account.bound", j->name);
}

static int set_roles(struct store_txn *txn, struct oidc_job *j, struct web_account *u)
{
	int err;

	if (!j->mapped || j->roles == u->roles)
		return 0;
	if (!j->roles)
		return refuse(j->r, &web_say_provider_roles, u->name, NULL, NULL);
	u->roles = j->roles;
	u->changed_at = j->now;
	err = web_token_close_all(txn, u->name, j->now);
	return err ? err : audit(txn, j, "account.roles", u->name);
}

static int account_in(struct store_txn *txn, void *arg)
{
	AUTO(arena) struct arena *a = arena_new();
	struct oidc_job *j = arg;
	struct web_account u;
	int err = by_subject(txn, j, a, &u);

	if (err == ERR_NOTFOUND)
		err = by_name(txn, j, a, &u);
	if (err == 0 && u.closed_at)
		err = refuse(j->r, &web_say_closed, u.name, NULL, NULL);
	if (err == 0)
		err = set_roles(txn, j, &u);
	if (err)
		return refusal_keep(j->r, err);
	u.signed_in_at = j->now;
	err = web_account_put(txn, &u);
	j->u = (struct web_account){.name = arena_strdup(j->a, u.name), .roles = u.roles};
	return err ? err : audit(txn, j, "account.sign-in", u.name);
}

int web_oidc_account(struct web *w, const struct web_identity *who, int64_t now, struct arena *a,
	struct web_account *ret, struct refusal *r)
{
	const struct web_oidc_options *o = &w->o.oidc;
	struct oidc_job j = {.w = w, .who = who, .now = now, .a = a, .r = r};
	int err = 0;

	*r = (struct refusal){0};
	j.name = web_oidc_name(a, doc_str(who->claims, o->name_claim));
	j.of_ours = web_oidc_domain_ok(doc_str(who->claims, o->name_claim), o->domains);
	j.mapped = o->roles != NULL;
	j.roles = web_oidc_roles(who->claims, o->roles_claim, o->roles);
	if (o->create)
		err = cert_password_hash(a, random_token(a, 32), &j.hash);
	if (err == 0)
		err = store_write(w->o.st, account_in, &j);
	if (err == 0)
		*ret = j.u;
	return err;
}

/* --- what an administrator says of one account --- */

struct allow_job {
	const struct audit_who *who;
	const char *name;
	bool allowed;
	int64_t now;
	struct refusal *r;
};

static int unbind(struct store_txn *txn, struct web_account *u)
{
	struct store_key k = store_key("ss", u->issuer, u->subject);
	int err = store_del(txn, WEB_SUBJECT_OF, &k);

	u->issuer = NULL;
	u->subject = NULL;
	return err == ERR_NOTFOUND ? 0 : err;
}

static int allow_in(struct store_txn *txn, void *arg)
{
	AUTO(arena) struct arena *a = arena_new();
	struct allow_job *j = arg;
	struct web_account u;
	int err = web_account_get(txn, a, j->name, &u);

	if (err == ERR_NOTFOUND)
		return refuse(j->r, &web_say_no_account, j->name, NULL, NULL);
	if (err == 0 && u.subject && !j->allowed)
		err = unbind(txn, &u);
	if (err)
		return err;
	u.by_provider = j->allowed;
	u.changed_at = j->now;
	err = web_account_put(txn, &u);
	if (err == 0 && !j->allowed)
		err = web_token_close_all(txn, j->name, j->now);
	return err ? err
		   : audit_add(txn, j->who, j->now,
			     j->allowed ? "account.provider" : "account.no-provider", j->name,
			     NULL);
}

int web_account_provider(struct store *st, const struct audit_who *who, const char *name,
	bool allowed, int64_t now, struct refusal *r)
{
	struct allow_job j = {.who = who, .name = name, .allowed = allowed, .now = now, .r = r};

	*r = (struct refusal){0};
	return store_write(st, allow_in, &j);
}
