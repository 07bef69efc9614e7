/* SPDX-License-Identifier: EUPL-1.2 */
#include "tests/fake/signed_token.h"
#include "web/oidc_int.h"

#include <criterion/criterion.h>

#define ISSUER "https://id.example.se/realm"
#define DISCOVERY(issuer, token)                                                             \
	"{\"issuer\":\"" issuer "\",\"authorization_endpoint\":\"https://id.example.se/a\"," \
	"\"token_endpoint\":\"" token "\",\"jwks_uri\":\"https://id.example.se/k\"}"

Test(oidc_msg, a_provider_describes_itself)
{
	AUTO(arena) struct arena *a = arena_new();
	struct web_provider p;

	cr_assert_eq(
		web_provider_parse(a, bytes_of_str(DISCOVERY(ISSUER, "https://other.example.se/t")),
			ISSUER, &p),
		0);
	cr_expect_str_eq(p.token, "https://other.example.se/t");
	cr_expect_null(p.end_session);
	cr_expect_not(p.post);
	cr_expect_not(p.says_issuer);
}

Test(oidc_msg, and_nobody_else)
{
	static const char *const bad[] = {"", "[]", "null", "{}",
		DISCOVERY("https://id.example.se/other", "https://id.example.se/t"),
		DISCOVERY(ISSUER, "http://id.example.se/t"),
		DISCOVERY(ISSUER, "file:///etc/passwd"), DISCOVERY(ISSUER, "http://localhost/t"),
		DISCOVERY(ISSUER, ""), DISCOVERY(ISSUER, "https://id.example.se/t") "x",
		"{\"issuer\":\"" ISSUER "\",\"issuer\":\"" ISSUER "\"}"};
	AUTO(arena) struct arena *a = arena_new();
	struct web_provider p;

	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		cr_expect_eq(web_provider_parse(a, bytes_of_str(bad[i]), ISSUER, &p), ERR_BADINPUT,
			"%s", bad[i]);
}

Test(oidc_msg, keys_of_other_kinds_are_passed_over)
{
	static const char set[] =
		"{\"keys\":[{\"kty\":\"oct\",\"k\":\"AAAA\"},"
		"{\"kty\":\"RSA\",\"use\":\"enc\",\"n\":\"AQAB\",\"e\":\"AQAB\"},"
		"{\"kty\":\"RSA\",\"alg\":\"RS512\",\"n\":\"AQAB\",\"e\":\"AQAB\"},"
		"{\"kty\":\"EC\",\"crv\":\"P-384\",\"x\":\"AQAB\",\"y\":\"AQAB\"},"
		"{\"kty\":\"EC\",\"crv\":\"P-256\",\"alg\":\"RS256\",\"x\":\"AQAB\",\"y\":\"AQAB\"}"
		","
		"{\"kty\":\"RSA\",\"kid\":\"ours\",\"n\":\"AQAB\",\"e\":\"AQAB\"}]}";
	static const char *const bad[] = {"{}", "{\"keys\":{}}", "{\"keys\":[1]}",
		"{\"keys\":[{\"kty\":\"RSA\",\"n\":\"AQ=B\",\"e\":\"AQAB\"}]}",
		"{\"keys\":[{\"kty\":\"RSA\",\"n\":\"AQ AB\",\"e\":\"AQAB\"}]}",
		"{\"keys\":[{\"kty\":\"RSA\",\"n\":\"AQAB\"}]}"};
	AUTO(arena) struct arena *a = arena_new();
	struct web_jwks keys;

	cr_assert_eq(web_jwks_parse(a, bytes_of_str(set), &keys), 0);
	cr_assert_eq(keys.n, 1);
	cr_expect_str_eq(keys.key[0].kid, "ours");
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		cr_expect_eq(
			web_jwks_parse(a, bytes_of_str(bad[i]), &keys), ERR_BADINPUT, "%s", bad[i]);
}

static int judge(struct arena *a, const char *token, const char *set)
{
	struct web_jwks keys;
	struct web_jwt t;
	int err = web_jwt_parse(a, bytes_of_str(token), &t);

	cr_assert_eq(web_jwks_parse(a, bytes_of_str(set), &keys), 0, "%s", set);
	return err ? err : web_jwt_verify(&t, &keys);
}

Test(oidc_msg, tokens_by_each_kind_of_key)
{
	AUTO(arena) struct arena *a = arena_new();
	EVP_PKEY *rsa = signed_token_rsa(2048), *ec = signed_token_ec();
	const char *set = arena_printf(a, "{\"keys\":[%s,%s]}", signed_token_jwk(a, rsa, "r"),
		signed_token_jwk(a, ec, "e"));
	const struct {
		EVP_PKEY *key;
		const char *alg, *header;
		int want;
	} rows[] = {
		{rsa, "RS256", "{\"alg\":\"RS256\",\"kid\":\"r\"}", 0},
		{rsa, "PS256", "{\"alg\":\"PS256\",\"kid\":\"r\"}", 0},
		{ec, "ES256", "{\"alg\":\"ES256\",\"kid\":\"e\"}", 0},
		{ec, "ES256", "{\"alg\":\"ES256\"}", 0},
		{rsa, "RS256", "{\"alg\":\"RS256\",\"kid\":\"other\"}", ERR_NOTFOUND},
		{rsa, "RS256", "{\"alg\":\"RS256\",\"kid\":\"e\"}", ERR_NOTFOUND},
		{rsa, "RS256", "{\"alg\":\"PS256\",\"kid\":\"r\"}", ERR_CRYPTO},
		{rsa, "RS256", "{\"alg\":\"none\"}", ERR_UNSUPPORTED},
		{rsa, "RS256", "{\"alg\":\"None\"}", ERR_UNSUPPORTED},
		{rsa, "RS256", "{\"alg\":\"HS256\",\"kid\":\"r\"}", ERR_UNSUPPORTED},
		{rsa, "RS256", "{\"alg\":\"RS512\",\"kid\":\"r\"}", ERR_UNSUPPORTED},
		{rsa, "RS256", "{\"alg\":[\"RS256\"]}", ERR_UNSUPPORTED},
		{rsa, "RS256", "{\"kid\":\"r\"}", ERR_UNSUPPORTED},
		{rsa, "RS256", "{\"alg\":\"RS256\",\"crit\":[\"b64\"],\"b64\":false}",
			ERR_UNSUPPORTED},
		{rsa, "RS256", "{\"alg\":\"RS256\",\"alg\":\"none\"}", ERR_BADINPUT},
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		cr_expect_eq(judge(a,
				     signed_token(a, rows[i].key, rows[i].alg, rows[i].header,
					     "{\"sub\":\"x\"}"),
				     set),
			rows[i].want, "%s", rows[i].header);
	EVP_PKEY_free(rsa);
	EVP_PKEY_free(ec);
}

/* The public key as the secret of an HMAC: an old trick. */
Test(oidc_msg, a_public_key_is_no_secret)
{
	AUTO(arena) struct arena *a = arena_new();
	EVP_PKEY *rsa = signed_token_rsa(2048);
	struct bytes n = signed_token_number(a, rsa, OSSL_PKEY_PARAM_RSA_N, 1);
	const char *content = arena_printf(a, "%s.%s",
		text_base64url(a, bytes_of_str("{\"alg\":\"HS256\",\"kid\":\"r\"}")),
		text_base64url(a, bytes_of_str("{\"sub\":\"x\"}")));
	const char *set = arena_printf(a, "{\"keys\":[%s]}", signed_token_jwk(a, rsa, "r"));
	unsigned mac_n = 32;
	uint8_t mac[32];

	cr_assert_not_null(HMAC(EVP_sha256(), n.p, (int)n.n, (const uint8_t *)content,
		strlen(content), mac, &mac_n));
	cr_expect_eq(
		judge(a, arena_printf(a, "%s.%s", content, text_base64url(a, bytes_of(mac, 32))),
			set),
		ERR_UNSUPPORTED);
	EVP_PKEY_free(rsa);
}

Test(oidc_msg, what_is_no_token)
{
	static const char *const bad[] = {"", ".", "..", "...", "e30.e30.e30.e30", "e30.e30",
		"eyJhbGciOiJSUzI1NiJ9.e30.",
		"eyJhbGciOiJSUzI1NiJ9.e30.AA==", "eyJhbGciOiJSUzI1NiJ9.e30.A A",
		"eyJhbGciOiJSUzI1NiJ9.W10.AAAA", "eyJhbGciOiJSUzI1NiJ9..AAAA",
		" eyJhbGciOiJSUzI1NiJ9.e30.AAAA"};
	AUTO(arena) struct arena *a = arena_new();
	char *big = arena_alloc(a, WEB_JWT_MOST + 2);
	struct web_jwt t;

	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		cr_expect_lt(web_jwt_parse(a, bytes_of_str(bad[i]), &t), 0, "%s", bad[i]);
	memset(big, 'A', WEB_JWT_MOST + 1);
	cr_expect_eq(web_jwt_parse(a, bytes_of_str(big), &t), ERR_TOOBIG);
}

Test(oidc_msg, the_token_endpoint_answers)
{
	AUTO(arena) struct arena *a = arena_new();
	const char *token;

	cr_assert_eq(
		web_token_reply_parse(a,
			bytes_of_str("{\"token_type\":\"bearer\",\"id_token\":\"a.b.c\"}"), &token),
		0);
	cr_expect_str_eq(token, "a.b.c");
	cr_expect_eq(web_token_reply_parse(a, bytes_of_str("{\"id_token\":\"a.b.c\"}"), &token),
		ERR_BADINPUT);
	cr_expect_eq(web_token_reply_parse(
			     a, bytes_of_str("{\"token_type\":\"Bearer\",\"id_token\":1}"), &token),
		ERR_BADINPUT);
}
