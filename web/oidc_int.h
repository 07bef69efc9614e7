/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Signing in at a provider (OpenID Connect Core 1.0, authorization code with PKCE, RFC 7636).
 *
 * Words. Provider: who knows the person; found by its issuer's address. Round: one way there and
 * back, with state, nonce and verifier, which the browser carries sealed. Subject: the provider's
 * own, lasting name of a person; a name that people choose is never trusted for it.
 */
#ifndef WEB_OIDC_INT_H
#define WEB_OIDC_INT_H

#include "web/sign_in_int.h"

#define WEB_OIDC_REPLY (256u << 10)
#define WEB_JWT_MOST (32u << 10)
#define WEB_JWKS_MOST 64
#define WEB_SUBJECT 255

/* --- oidc_msg.c: bytes of a provider --- */
struct web_provider {
	const char *issuer;
	const char *authorize, *token, *jwks;
	const char *end_session; /* NULL: it has none */
	bool post;               /* wants its secret in the body */
	bool says_issuer;        /* RFC 9207: the way back names who sends */
};
/* The discovery document of that very issuer; every address must be one we would call. */
int web_provider_parse(
	struct arena *a, struct bytes in, const char *issuer, struct web_provider *ret) MUST_CHECK;
struct web_jwk {
	const char *kid;   /* or NULL */
	enum cert_jws alg; /* 0: any of its kind */
	bool ec;
	struct cert_jws_key key;
};
struct web_jwks {
	struct web_jwk key[WEB_JWKS_MOST];
	size_t n;
};
/* Keys of kinds and uses we do not know are passed over. ERR_BADINPUT: no set, or one with more. */
int web_jwks_parse(struct arena *a, struct bytes in, struct web_jwks *ret) MUST_CHECK;
struct web_jwt {
	enum cert_jws alg;
	const char *kid, *type;
	struct bytes content, signature; /* what is signed, and by what */
	struct doc *claims;              /* believe nothing of it before web_jwt_verify() */
};
/* Compact form alone. ERR_BADINPUT; ERR_UNSUPPORTED: signed in a way that is not ours (none, HMAC,
 * encrypted, extensions that must be understood). */
int web_jwt_parse(struct arena *a, struct bytes in, struct web_jwt *ret) MUST_CHECK;
/* By a key of the set. ERR_NOTFOUND: none is for it; ERR_CRYPTO. */
int web_jwt_verify(const struct web_jwt *t, const struct web_jwks *keys) MUST_CHECK;
/* The answer of the token endpoint: the ID token in the arena. ERR_BADINPUT. */
int web_token_reply_parse(struct arena *a, struct bytes in, const char **ret_id_token) MUST_CHECK;

/* --- oidc_rules.c (pure) --- */
struct web_oidc_expect {
	const char *issuer, *client, *nonce;
	int64_t now;
};
/* OpenID Connect Core section 3.1.3.7. NULL: good; else what is wrong, a word for the log. */
const char *web_id_token_why(const struct doc *claims, const struct web_oidc_expect *x);
/* Back-Channel Logout 1.0 section 2.6. */
const char *web_logout_token_why(const struct doc *claims, const struct web_oidc_expect *x);
/* The roles of what the claim names, by rows "it=group"; `path` may be "realm_access.roles". */
uint32_t web_oidc_roles(const struct doc *claims, const char *path, const char *const *rows);
/* Is each row "role=group"? */
bool web_oidc_rows_ok(const char *const *rows);
/* "Elsa.Test@kommun.se" is elsa.test; NULL: no name of ours can be made of it. */
const char *web_oidc_name(struct arena *a, const char *claim);
/* May a name of that domain be bound? "elsa@kommun.se" where "kommun.se" stands; without a list, any.
 * A name without a domain is none of them. */
bool web_oidc_domain_ok(const char *claim, const char *const *domains);
/* https, or http on this machine alone: for trials. */
bool web_issuer_ok(const char *issuer);

/* --- oidc.c --- */
struct web_oidc;
/* NULL: the options name no provider. */
struct web_oidc *web_oidc_new(const struct web_options *o);
void web_oidc_free(struct web_oidc *x);
struct web_round {
	const char *back;    /* where the person was going */
	const char *station; /* or NULL */
};
/* Where to send the browser, and what it must bring back. */
int web_oidc_begin(struct web *w, const struct web_round *round, int64_t now, struct arena *a,
	const char **ret_address, const char **ret_carried) MUST_CHECK;
struct web_back {
	const char *carried;            /* what the browser brought */
	const char *code, *state, *iss; /* of the address */
	int64_t now;
};
struct web_identity {
	struct web_round round;
	const char *issuer, *subject, *sid, *id_token;
	const struct doc *claims;
};
/* Who came back. ERR_DENIED: this round was not begun here, or its answer does not hold; ERR_NET
 * and its like: the provider does not answer as it should. The log tells (oidc.refused). */
int web_oidc_finish(struct web *w, const struct web_back *back, struct arena *a,
	struct web_identity *ret) MUST_CHECK;
/* A logout token: whose sessions are to end. */
int web_oidc_logout(struct web *w, struct bytes token, int64_t now, struct arena *a,
	struct web_identity *ret) MUST_CHECK;
/* Where the provider ends its own session; NULL: it cannot. */
const char *web_oidc_end_address(struct web *w, const char *id_token, int64_t now, struct arena *a);

/* --- oidc_account.c --- */
/* The account of that person: known by its subject, or bound or made now. ERR_REFUSED. */
int web_oidc_account(struct web *w, const struct web_identity *who, int64_t now, struct arena *a,
	struct web_account *ret, struct refusal *r) MUST_CHECK;
/* May it sign in by the provider (and nobody is bound yet)? Or no longer, and who was is not. */
int web_account_provider(struct store *st, const struct audit_who *who, const char *name,
	bool allowed, int64_t now, struct refusal *r) MUST_CHECK;
extern const struct say web_say_provider_down, web_say_provider_refused, web_say_provider_denied,
	web_say_provider_taken, web_say_provider_domain, web_say_provider_unknown, web_say_provider_name,
	web_say_provider_roles, web_say_provider_only;

#endif
