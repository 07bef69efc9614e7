/* SPDX-License-Identifier: EUPL-1.2 */
/* What a provider sends: description, keys, the token endpoint's answer, tokens. */
#include "base/text.h"
#include "tests/fuzz/fuzz.h"
#include "web/oidc_int.h"

static void check_claims(const struct doc *claims)
{
	static const char *const rows[] = {"it=a", "admin=b%20c", NULL};
	const struct web_oidc_expect x = {
		.issuer = "https://id", .client = "hylla", .nonce = "n", .now = 1800000000};

	if (!web_id_token_why(claims, &x))
		FUZZ_CHECK(text_equal(doc_str(claims, "iss"), "https://id") &&
			   text_equal(doc_str(claims, "nonce"), "n"));
	if (!web_logout_token_why(claims, &x))
		FUZZ_CHECK(!doc_has(claims, "nonce"));
	FUZZ_CHECK(!(web_oidc_roles(claims, "groups", rows) & ~(uint32_t)(WEB_IT | WEB_ADMIN)));
	FUZZ_CHECK(!(web_oidc_roles(claims, "a.b.groups", rows) & ~(uint32_t)(WEB_IT | WEB_ADMIN)));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	AUTO(arena) struct arena *a = arena_new();
	const struct bytes in = bytes_of(data, n);
	struct web_jwks keys = {.n = 0};
	struct web_provider p;
	const char *token;
	struct web_jwt t;
	struct doc *d;

	if (web_provider_parse(a, in, "https://id", &p) == 0)
		FUZZ_CHECK(text_starts(p.token, "https://") && text_starts(p.jwks, "https://") &&
			   text_starts(p.authorize, "https://"));
	if (web_jwks_parse(a, in, &keys) == 0)
		FUZZ_CHECK(keys.n <= WEB_JWKS_MOST);
	if (web_token_reply_parse(a, in, &token) == 0)
		FUZZ_CHECK(token);
	if (web_jwt_parse(a, in, &t) == 0) {
		FUZZ_CHECK(t.alg && t.content.n < n && t.signature.n);
		FUZZ_CHECK(web_jwt_verify(&t, &keys) != 0);
		check_claims(t.claims);
	}
	if (doc_parse(a, in, &d) == 0 && doc_kind(d) == DOC_OBJECT)
		check_claims(d);
	return 0;
}
