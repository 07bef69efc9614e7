/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * A round to the provider and back. What must be the same on both ways (state, nonce, the PKCE
 * verifier, where the person was going) is sealed into a cookie, so that a flood of beginnings
 * leaves nothing here, and only the browser that began can end it. The provider's description and
 * keys are kept in memory; a key that is not known is looked for again, but not more often than
 * each half minute.
 */
#include "web/oidc_int.h"

#include "base/file.h"
#include "base/log.h"
#include "base/random.h"
#include "base/text.h"

#include <stdlib.h>

#define KEPT_S 3600
#define KEYS_AGAIN_S 30
#define DOWN_S 15 /* after a failure nobody waits for the next one */
#define ROUND_S 600
#define CONNECT_S 5
#define TOTAL_S 10
#define CONTEXT "web.oidc/round"
#define SECRET_MOST 1024

struct web_oidc {
	pthread_mutex_t lock;
	char *provider, *keys; /* as they came; NULL: not fetched */
	int64_t provider_at, keys_at, failed_at;
};

bool web_oidc_options_ok(const struct web_oidc_options *o)
{
	if (text_empty(o->issuer))
		return true;
	return web_issuer_ok(o->issuer) && web_issuer_ok(o->url) && !text_empty(o->client) &&
	       o->url[strlen(o->url) - 1] != '/' && web_oidc_rows_ok(o->roles);
}

struct web_oidc *web_oidc_new(const struct web_options *o)
{
	struct web_oidc *x;

	if (text_empty(o->oidc.issuer))
		return NULL;
	x = mem_zalloc(sizeof(*x));
	pthread_mutex_init(&x->lock, NULL);
	return x;
}

void web_oidc_free(struct web_oidc *x)
{
	if (!x)
		return;
	free(x->provider);
	free(x->keys);
	pthread_mutex_destroy(&x->lock);
	free(x);
}

static int refused(const char *what, const char *why, int err)
{
	log_event(LOG_WARN, "oidc.refused", "what=%s why=%s", what, why);
	return err;
}

/* --- asking --- */

static int ask(struct web *w, const struct net_ask *form, struct arena *a, struct bytes *ret)
{
	struct net_ask x = *form;
	struct net_reply r;
	int err;

	x.reply_cap = WEB_OIDC_REPLY;
	x.connect_s = CONNECT_S;
	x.total_s = TOTAL_S;
	x.https_only = text_starts(w->o.oidc.issuer, "https:");
	err = w->o.net ? net_fetch(w->o.net, &x, a, &r) : ERR_NET;
	if (err == 0 && r.status != 200)
		err = refused("answer", arena_printf(a, "status-%d", r.status), ERR_NET);
	if (err == 0)
		*ret = r.body;
	return err;
}

/* The kept text in the arena; false: none, or too old. */
static bool kept(struct web_oidc *x, char *const *text, const int64_t *at, int64_t now,
	struct arena *a, struct bytes *ret)
{
	bool good;

	pthread_mutex_lock(&x->lock);
	good = *text && now >= *at && now - *at < KEPT_S;
	if (good)
		*ret = bytes_of_str(arena_strdup(a, *text));
	pthread_mutex_unlock(&x->lock);
	return good;
}

static void keep(struct web_oidc *x, char **text, int64_t *at, int64_t now, struct bytes b)
{
	char *copy = mem_zalloc(b.n + 1);

	memcpy(copy, b.p, b.n);
	pthread_mutex_lock(&x->lock);
	free(*text);
	*text = copy;
	*at = now;
	x->failed_at = 0;
	pthread_mutex_unlock(&x->lock);
}

static int failed(struct web_oidc *x, int64_t now, int err)
{
	pthread_mutex_lock(&x->lock);
	x->failed_at = now;
	pthread_mutex_unlock(&x->lock);
	return err;
}

static bool is_down(struct web_oidc *x, int64_t now)
{
	bool down;

	pthread_mutex_lock(&x->lock);
	down = x->failed_at && now - x->failed_at < DOWN_S;
	pthread_mutex_unlock(&x->lock);
	return down;
}

static int provider_get(struct web *w, int64_t now, struct arena *a, struct web_provider *ret)
{
	struct web_oidc *x = w->oidc;
	const char *issuer = w->o.oidc.issuer;
	size_t n = strlen(issuer);
	struct net_ask q = {0};
	struct bytes text;
	int err;

	if (kept(x, &x->provider, &x->provider_at, now, a, &text))
		return web_provider_parse(a, text, issuer, ret);
	if (is_down(x, now))
		return ERR_BUSY;
	q.url = arena_printf(a, "%.*s/.well-known/openid-configuration",
		(int)(issuer[n - 1] == '/' ? n - 1 : n), issuer);
	err = ask(w, &q, a, &text);
	if (err == 0 && web_provider_parse(a, text, issuer, ret) != 0)
		err = refused("discovery", "form", ERR_NET);
	if (err)
		return failed(x, now, err);
	keep(x, &x->provider, &x->provider_at, now, text);
	return 0;
}

static int keys_fetch(struct web *w, const struct web_provider *p, int64_t now, struct arena *a,
	struct web_jwks *ret)
{
	const struct net_ask q = {.url = p->jwks};
	struct bytes text;
	int err = ask(w, &q, a, &text);

	if (err == 0 && web_jwks_parse(a, text, ret) != 0)
		err = refused("keys", "form", ERR_NET);
	if (err == 0)
		keep(w->oidc, &w->oidc->keys, &w->oidc->keys_at, now, text);
	return err;
}

static bool may_fetch_keys(struct web_oidc *x, int64_t now)
{
	bool may;

	pthread_mutex_lock(&x->lock);
	may = !x->keys || now < x->keys_at || now - x->keys_at >= KEYS_AGAIN_S;
	pthread_mutex_unlock(&x->lock);
	return may;
}

/* By the keys we have; when none of them is the token's, by those there are now: keys rotate. */
static int verify(struct web *w, const struct web_provider *p, const struct web_jwt *t, int64_t now,
	struct arena *a)
{
	struct web_oidc *x = w->oidc;
	struct web_jwks keys = {.n = 0};
	struct bytes text;
	int err = ERR_NOTFOUND;

	if (kept(x, &x->keys, &x->keys_at, now, a, &text) && web_jwks_parse(a, text, &keys) == 0)
		err = web_jwt_verify(t, &keys);
	if (err == 0 || !may_fetch_keys(x, now))
		return err;
	err = keys_fetch(w, p, now, a, &keys);
	return err ? err : web_jwt_verify(t, &keys);
}

/* --- there --- */

static int carry(struct web *w, struct doc *d, struct arena *a, const char **ret)
{
	AUTO(buf) struct buf text = BUF_INIT_SECRET(4096);
	struct bytes sealed;
	int err;

	doc_format(d, &text);
	if (!buf_ok(&text))
		return ERR_TOOBIG;
	err = cert_seal(w->o.certs, CONTEXT, buf_bytes(&text), a, &sealed);
	if (err == 0)
		*ret = text_base64url(a, sealed);
	return err;
}

static void add_query(struct buf *out, const char *name, const char *value)
{
	buf_printf(out, "&%s=", name);
	net_add_escaped(out, value);
}

static const char *back_address(const struct web *w, struct arena *a)
{
	return arena_printf(a, "%s/sign-in/provider/back", w->o.oidc.url);
}

static const char *authorize_address(
	struct web *w, const struct web_provider *p, const struct doc *d, struct arena *a)
{
	AUTO(buf) struct buf b = BUF_INIT(8192);
	uint8_t hash[32];

	cert_sha256(bytes_of_str(doc_str(d, "verifier")), hash);
	buf_printf(
		&b, "%s%cresponse_type=code", p->authorize, strchr(p->authorize, '?') ? '&' : '?');
	add_query(&b, "client_id", w->o.oidc.client);
	add_query(&b, "redirect_uri", back_address(w, a));
	add_query(&b, "scope", w->o.oidc.scopes ? w->o.oidc.scopes : "openid profile");
	add_query(&b, "state", doc_str(d, "state"));
	add_query(&b, "nonce", doc_str(d, "nonce"));
	add_query(&b, "code_challenge", text_base64url(a, bytes_of(hash, sizeof(hash))));
	add_query(&b, "code_challenge_method", "S256");
	return buf_ok(&b) ? arena_strdup(a, buf_str(&b)) : NULL;
}

int web_oidc_begin(struct web *w, const struct web_round *round, int64_t now, struct arena *a,
	const char **ret_address, const char **ret_carried)
{
	struct doc *d = doc_new(a);
	struct web_provider p;
	int err = provider_get(w, now, a, &p);

	if (err)
		return err;
	doc_set_str(d, "issuer", p.issuer);
	doc_set_str(d, "state", random_token(a, 24));
	doc_set_str(d, "nonce", random_token(a, 24));
	doc_set_str(d, "verifier", random_token(a, 48));
	doc_set_str(d, "back", strlen(round->back) < 1000 ? round->back : "/");
	if (round->station)
		doc_set_str(d, "station", round->station);
	doc_set_int(d, "until", now + ROUND_S);
	*ret_address = authorize_address(w, &p, d, a);
	return *ret_address ? carry(w, d, a, ret_carried) : ERR_TOOBIG;
}

/* --- and back --- */

static int carried_open(
	struct web *w, const struct web_back *back, struct arena *a, struct doc **ret)
{
	struct bytes sealed, plain;
	int64_t until;

	if (text_empty(back->carried) || strlen(back->carried) > 8192 ||
		text_parse_base64(a, bytes_of_str(back->carried), &sealed) != 0 ||
		cert_unseal(w->o.certs, CONTEXT, sealed, a, &plain) != 0 ||
		doc_parse(a, plain, ret) != 0)
		return refused("round", "no-cookie", ERR_DENIED);
	if (doc_int(*ret, "until", &until) != 0 || until < back->now)
		return refused("round", "too-old", ERR_DENIED);
	if (!back->state ||
		!cert_secret_equal(bytes_of_str(back->state), bytes_of_str(doc_str(*ret, "state"))))
		return refused("round", "state", ERR_DENIED);
	if (!text_equal(doc_str(*ret, "issuer"), w->o.oidc.issuer))
		return refused("round", "issuer", ERR_DENIED);
	return 0;
}

/* One mixed up with another provider's answer names another issuer (RFC 9207). */
static int sender_check(const struct web_provider *p, const struct web_back *back)
{
	if (back->iss ? !text_equal(back->iss, p->issuer) : p->says_issuer)
		return refused("round", "sender", ERR_DENIED);
	return text_empty(back->code) || strlen(back->code) > 4096
		       ? refused("round", "code", ERR_DENIED)
		       : 0;
}

static const char *secret_read(const struct web *w, struct arena *a)
{
	AUTO(buf) struct buf text = BUF_INIT_SECRET(SECRET_MOST);
	size_t n;

	if (text_empty(w->o.oidc.secret_path))
		return NULL;
	if (file_read(w->o.oidc.secret_path, &text) != 0) {
		log_event(LOG_ERROR, "oidc.secret", "path=%s why=cannot-be-read",
			w->o.oidc.secret_path);
		return NULL;
	}
	for (n = text.n; n && strchr("\r\n \t", buf_str(&text)[n - 1]); n--)
		;
	return arena_strndup(a, buf_str(&text), n);
}

static const char *basic(struct arena *a, const char *client, const char *secret)
{
	AUTO(buf) struct buf b = BUF_INIT_SECRET(8192);

	net_add_escaped(&b, client);
	buf_add_char(&b, ':');
	net_add_escaped(&b, secret);
	return arena_printf(a, "Basic %s", text_base64(a, buf_bytes(&b)));
}

/* The code for the tokens, with the verifier that only this round knows. */
static int code_exchange(struct web *w, const struct web_provider *p, const struct doc *round,
	const char *code, struct arena *a, struct bytes *ret)
{
	AUTO(buf) struct buf body = BUF_INIT_SECRET(16384);
	const char *secret = secret_read(w, a);
	struct net_header auth = {"Authorization", NULL};
	struct net_ask q = {.url = p->token, .content_type = "application/x-www-form-urlencoded"};

	buf_add_str(&body, "grant_type=authorization_code");
	add_query(&body, "code", code);
	add_query(&body, "redirect_uri", back_address(w, a));
	add_query(&body, "code_verifier", doc_str(round, "verifier"));
	if (!secret || p->post)
		add_query(&body, "client_id", w->o.oidc.client);
	if (secret && p->post)
		add_query(&body, "client_secret", secret);
	if (secret && !p->post) {
		auth.value = basic(a, w->o.oidc.client, secret);
		q.headers = &auth;
		q.header_count = 1;
	}
	q.body = buf_bytes(&body);
	return buf_ok(&body) ? ask(w, &q, a, ret) : ERR_TOOBIG;
}

static int believe(struct web *w, const struct web_provider *p, struct bytes token,
	struct web_oidc_expect *x, struct arena *a, struct web_jwt *ret)
{
	const char *why;
	int err = web_jwt_parse(a, token, ret);

	if (err)
		return refused("token", err == ERR_UNSUPPORTED ? "algorithm" : "form", ERR_DENIED);
	err = verify(w, p, ret, x->now, a);
	if (err == ERR_NOTFOUND || err == ERR_CRYPTO)
		return refused("token", "signature", ERR_DENIED);
	if (err)
		return err;
	x->issuer = p->issuer;
	x->client = w->o.oidc.client;
	why = x->nonce ? web_id_token_why(ret->claims, x) : web_logout_token_why(ret->claims, x);
	return why ? refused("token", why, ERR_DENIED) : 0;
}

static struct web_identity identity_of(const struct web_provider *p, const struct web_jwt *t)
{
	return (struct web_identity){
		.issuer = p->issuer,
		.subject = doc_str(t->claims, "sub"),
		.sid = doc_str(t->claims, "sid"),
		.claims = t->claims,
	};
}

int web_oidc_finish(
	struct web *w, const struct web_back *back, struct arena *a, struct web_identity *ret)
{
	struct web_oidc_expect x = {.now = back->now};
	struct web_provider p;
	struct doc *round;
	struct bytes reply;
	struct web_jwt t;
	const char *token;
	int err = carried_open(w, back, a, &round);

	if (err == 0)
		err = provider_get(w, back->now, a, &p);
	if (err == 0)
		err = sender_check(&p, back);
	if (err == 0)
		err = code_exchange(w, &p, round, back->code, a, &reply);
	if (err)
		return err;
	if (web_token_reply_parse(a, reply, &token) != 0)
		return refused("answer", "form", ERR_NET);
	x.nonce = doc_str(round, "nonce");
	err = believe(w, &p, bytes_of_str(token), &x, a, &t);
	if (err)
		return err;
	*ret = identity_of(&p, &t);
	ret->id_token = token;
	ret->round = (struct web_round){doc_str(round, "back"), doc_str(round, "station")};
	return 0;
}

/* --- out --- */

int web_oidc_logout(
	struct web *w, struct bytes token, int64_t now, struct arena *a, struct web_identity *ret)
{
	struct web_oidc_expect x = {.now = now};
	struct web_provider p;
	struct web_jwt t;
	int err = w->oidc ? provider_get(w, now, a, &p) : ERR_NOTFOUND;

	if (err == 0)
		err = believe(w, &p, token, &x, a, &t);
	if (err == 0)
		*ret = identity_of(&p, &t);
	return err;
}

const char *web_oidc_end_address(struct web *w, const char *id_token, int64_t now, struct arena *a)
{
	AUTO(buf) struct buf b = BUF_INIT(WEB_JWT_MOST);
	struct web_provider p;

	if (!w->oidc || provider_get(w, now, a, &p) != 0 || !p.end_session)
		return NULL;
	buf_printf(&b, "%s%cclient_id=", p.end_session, strchr(p.end_session, '?') ? '&' : '?');
	net_add_escaped(&b, w->o.oidc.client);
	if (id_token)
		add_query(&b, "id_token_hint", id_token);
	add_query(&b, "post_logout_redirect_uri", arena_printf(a, "%s/sign-in", w->o.oidc.url));
	return buf_ok(&b) ? arena_strdup(a, buf_str(&b)) : NULL;
}
