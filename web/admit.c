/* SPDX-License-Identifier: EUPL-1.2 */
/* Who is asking: "Authorization: Bearer WORD" (RFC 6750) becomes an account or a program. */
#include "web/web_int.h"

#include "base/text.h"

#define USED_STEP_S 3600 /* "last used" is kept to the hour: no write a request */

struct admission {
	struct arena *a;
	uint8_t hash[32];
	struct web_token t;
	int64_t now;
};

/* The account behind a session may have been closed since. */
static int check_account(struct store_txn *txn, struct admission *ad)
{
	struct web_account u;
	int err;

	if (!ad->t.account)
		return 0;
	err = web_account_get(txn, ad->a, ad->t.account, &u);
	if (err)
		return err == ERR_NOTFOUND ? ERR_STRANGER : err;
	if (u.closed_at)
		return ERR_STRANGER;
	ad->t.roles &= u.roles;
	return 0;
}

static int load_in(struct store_txn *txn, void *arg)
{
	struct admission *ad = arg;
	int err = web_token_get(txn, ad->a, ad->hash, &ad->t);

	if (err)
		return err == ERR_NOTFOUND ? ERR_STRANGER : err;
	if (ad->t.closed_at || (ad->t.expires_at && ad->t.expires_at <= ad->now))
		return ERR_STRANGER;
	return check_account(txn, ad);
}

static int note_use_in(struct store_txn *txn, void *arg)
{
	AUTO(arena) struct arena *a = arena_new();
	struct admission *ad = arg;
	struct web_token t;
	int err = web_token_get(txn, a, ad->hash, &t);

	if (err)
		return err;
	t.used_at = ad->now;
	return web_token_put(txn, ad->hash, &t);
}

static const char *bearer(const struct http_request *rq)
{
	const char *h = http_header(rq, "Authorization");

	if (!h || strlen(h) < 8)
		return NULL;
	return text_equal_case(arena_strndup(rq->arena, h, 7), "Bearer ") ? h + 7 : NULL;
}

static void set_caller(struct http_request *rq, const struct admission *ad)
{
	struct web_caller *who = ARENA_NEW(rq->arena, struct web_caller);

	who->account = ad->t.account;
	who->token_id = ad->t.id;
	who->roles = ad->t.roles;
	who->who.actor =
		ad->t.account ? ad->t.account : arena_printf(rq->arena, "token:%s", ad->t.id);
	who->who.via = "api";
	who->who.request = rq->id;
	rq->who = who;
}

int web_admit_staff(struct http_request *rq, void *ctx)
{
	struct web *w = ctx;
	struct admission ad = {.a = rq->arena, .now = rq->now};
	const char *word = bearer(rq);
	int err;

	if (!word)
		return ERR_STRANGER;
	cert_sha256(bytes_of_str(word), ad.hash);
	err = store_read(w->o.st, load_in, &ad);
	if (err)
		return err;
	if (!(ad.t.roles & rq->route->roles))
		return ERR_DENIED;
	if (rq->now - ad.t.used_at >= USED_STEP_S) {
		err = store_write(w->o.st, note_use_in, &ad);
		/* A full disk must not shut out those who come to mend it. */
		if (err && err != ERR_NOSPACE)
			return err;
	}
	set_caller(rq, &ad);
	return 0;
}
