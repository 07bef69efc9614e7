/* SPDX-License-Identifier: EUPL-1.2 */
/* What a provider sends: its description, its keys, its tokens. Strict: what is not of the form is
 * refused whole. */
#include "web/oidc_int.h"

#include "base/text.h"

/* --- the description --- */

static bool has_word(const struct doc *list, const char *word)
{
	for (size_t i = 0; i < doc_list_size(list); i++) {
		if (text_equal(doc_list_str(list, i), word))
			return true;
	}
	return false;
}

/* An address that we would call; with a test provider on this machine by http. */
static const char *address(const struct doc *d, const char *key, const char *issuer)
{
	const char *s = doc_str(d, key);

	if (!s || strlen(s) > 1000 || net_url_check(s, text_starts(issuer, "https:")) != 0)
		return NULL;
	return text_starts(s, "https:") || web_issuer_ok(s) ? s : NULL;
}

int web_provider_parse(
	struct arena *a, struct bytes in, const char *issuer, struct web_provider *ret)
{
	const struct doc *ways;
	struct web_provider p;
	struct doc *d;

	if (in.n > WEB_OIDC_REPLY || doc_parse(a, in, &d) != 0 ||
		!text_equal(doc_str(d, "issuer"), issuer))
		return ERR_BADINPUT;
	ways = doc_list(d, "token_endpoint_auth_methods_supported");
	p = (struct web_provider){
		.issuer = doc_str(d, "issuer"),
		.authorize = address(d, "authorization_endpoint", issuer),
		.token = address(d, "token_endpoint", issuer),
		.jwks = address(d, "jwks_uri", issuer),
		.end_session = address(d, "end_session_endpoint", issuer),
		.post = ways && !has_word(ways, "client_secret_basic") &&
			has_word(ways, "client_secret_post"),
		.says_issuer = doc_bool(d, "authorization_response_iss_parameter_supported", false),
	};
	if (!p.authorize || !p.token || !p.jwks)
		return ERR_BADINPUT;
	*ret = p;
	return 0;
}

/* --- Base 64 as RFC 7515 has it: that alphabet, no padding, nothing else --- */

static int base64url(struct arena *a, struct bytes in, struct bytes *ret)
{
	for (size_t i = 0; i < in.n; i++) {
		uint8_t c = in.p[i];

		if (!((c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
			    c == '-' || c == '_'))
			return ERR_BADINPUT;
	}
	return in.n && in.n % 4 != 1 ? text_parse_base64(a, in, ret) : ERR_BADINPUT;
}

static int member(struct arena *a, const struct doc *d, const char *key, struct bytes *ret)
{
	const char *s = doc_str(d, key);

	return s ? base64url(a, bytes_of_str(s), ret) : ERR_BADINPUT;
}

/* --- keys --- */

static enum cert_jws alg_parse(const char *s)
{
	static const struct {
		const char *name;
		enum cert_jws alg;
	} rows[] = {
		{"RS256", CERT_JWS_RS256}, {"PS256", CERT_JWS_PS256}, {"ES256", CERT_JWS_ES256}};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		if (text_equal(s, rows[i].name))
			return rows[i].alg;
	}
	return 0;
}

/* ERR_UNSUPPORTED: a key, but none we would use. */
static int jwk_parse(struct arena *a, const struct doc *d, struct web_jwk *ret)
{
	const char *kind = doc_str(d, "kty"), *use = doc_str(d, "use"), *alg = doc_str(d, "alg");
	struct web_jwk k = {
		.kid = doc_str(d, "kid"), .alg = alg_parse(alg), .ec = text_equal(kind, "EC")};
	int err;

	if ((use && !text_equal(use, "sig")) || (alg && !k.alg))
		return ERR_UNSUPPORTED;
	if ((!k.ec && !text_equal(kind, "RSA")) ||
		(k.ec && !text_equal(doc_str(d, "crv"), "P-256")) ||
		(k.alg && k.ec != (k.alg == CERT_JWS_ES256)))
		return ERR_UNSUPPORTED;
	err = member(a, d, k.ec ? "x" : "n", k.ec ? &k.key.x : &k.key.n);
	if (err == 0)
		err = member(a, d, k.ec ? "y" : "e", k.ec ? &k.key.y : &k.key.e);
	if (err == 0)
		*ret = k;
	return err;
}

int web_jwks_parse(struct arena *a, struct bytes in, struct web_jwks *ret)
{
	struct web_jwks *all = ARENA_NEW(a, struct web_jwks);
	const struct doc *list;
	struct doc *d;

	if (in.n > WEB_OIDC_REPLY || doc_parse(a, in, &d) != 0)
		return ERR_BADINPUT;
	list = doc_list(d, "keys");
	if (!list || doc_list_size(list) > WEB_JWKS_MOST)
		return ERR_BADINPUT;
	for (size_t i = 0; i < doc_list_size(list); i++) {
		const struct doc *row = doc_list_object(list, i);
		int err = row ? jwk_parse(a, row, &all->key[all->n]) : ERR_BADINPUT;

		if (err == ERR_BADINPUT)
			return err;
		all->n += err == 0;
	}
	*ret = *all;
	return 0;
}

/* --- tokens --- */

/* The bytes up to the dot, which is passed; all when there is none. */
static struct bytes part(struct bytes *rest)
{
	const uint8_t *dot = rest->n ? memchr(rest->p, '.', rest->n) : NULL;
	struct bytes out = bytes_of(rest->p, dot ? (size_t)(dot - rest->p) : rest->n);

	*rest = dot ? bytes_of(dot + 1, rest->n - out.n - 1) : bytes_of(NULL, 0);
	return out;
}

static int object_parse(struct arena *a, struct bytes in, struct doc **ret)
{
	struct bytes json;
	int err = base64url(a, in, &json);

	if (err == 0 && doc_parse(a, json, ret) != 0)
		err = ERR_BADINPUT;
	return err == 0 && doc_kind(*ret) != DOC_OBJECT ? ERR_BADINPUT : err;
}

int web_jwt_parse(struct arena *a, struct bytes in, struct web_jwt *ret)
{
	struct bytes rest = in, head, body, end;
	struct web_jwt t = {0};
	struct doc *header;
	int err;

	if (in.n > WEB_JWT_MOST)
		return ERR_TOOBIG;
	head = part(&rest);
	body = part(&rest);
	end = rest;
	err = object_parse(a, head, &header);
	if (err)
		return err;
	t.alg = alg_parse(doc_str(header, "alg"));
	if (!t.alg || doc_has(header, "crit") || doc_has(header, "enc"))
		return ERR_UNSUPPORTED;
	t.kid = doc_str(header, "kid");
	t.type = doc_str(header, "typ");
	err = object_parse(a, body, &t.claims);
	if (err == 0)
		err = base64url(a, end, &t.signature);
	if (err)
		return err;
	t.content = bytes_of(in.p, head.n + 1 + body.n);
	*ret = t;
	return 0;
}

static bool is_for(const struct web_jwk *k, const struct web_jwt *t)
{
	if (k->ec != (t->alg == CERT_JWS_ES256) || (k->alg && k->alg != t->alg))
		return false;
	return !t->kid || text_equal(k->kid, t->kid);
}

int web_jwt_verify(const struct web_jwt *t, const struct web_jwks *keys)
{
	int err = ERR_NOTFOUND;

	for (size_t i = 0; i < keys->n && err; i++) {
		if (is_for(&keys->key[i], t))
			err = cert_jws_verify(t->alg, &keys->key[i].key, t->content, t->signature)
				      ? ERR_CRYPTO
				      : 0;
	}
	return err;
}

int web_token_reply_parse(struct arena *a, struct bytes in, const char **ret_id_token)
{
	const char *token;
	struct doc *d;

	if (in.n > WEB_OIDC_REPLY || doc_parse(a, in, &d) != 0)
		return ERR_BADINPUT;
	token = doc_str(d, "id_token");
	if (!token || !text_equal_case(doc_str(d, "token_type"), "Bearer"))
		return ERR_BADINPUT;
	*ret_id_token = token;
	return 0;
}
