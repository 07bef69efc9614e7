/* SPDX-License-Identifier: EUPL-1.2 */
#include "certs/certs.h"
#include "tests/fake/signed_token.h"

#include <criterion/criterion.h>

/* RFC 7515 appendix A.3: ES256. */
Test(jws, the_example_of_the_rfc)
{
	static const char content[] =
		"eyJhbGciOiJFUzI1NiJ9."
		"eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leG"
		"FtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ";
	AUTO(arena) struct arena *a = arena_new();
	struct cert_jws_key k = {0};
	struct bytes signature;
	uint8_t *bent;

	cr_assert_eq(text_parse_base64(
			     a, bytes_of_str("f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU"), &k.x),
		0);
	cr_assert_eq(text_parse_base64(
			     a, bytes_of_str("x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"), &k.y),
		0);
	cr_assert_eq(
		text_parse_base64(a,
			bytes_of_str("DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8IS"
				     "lSApmWQxfKTUJqPP3-Kg6NU1Q"),
			&signature),
		0);
	cr_expect_eq(cert_jws_verify(CERT_JWS_ES256, &k, bytes_of_str(content), signature), 0);
	cr_expect_eq(
		cert_jws_verify(CERT_JWS_ES256, &k, bytes_of_str("other"), signature), ERR_CRYPTO);
	bent = (uint8_t *)(uintptr_t)signature.p;
	bent[40] ^= 1;
	cr_expect_eq(
		cert_jws_verify(CERT_JWS_ES256, &k, bytes_of_str(content), signature), ERR_CRYPTO);
	memset(bent, 0, 64);
	cr_expect_eq(cert_jws_verify(CERT_JWS_ES256, &k, bytes_of_str(content), signature),
		ERR_CRYPTO, "nothing signs nothing");
	k.x = k.y;
	cr_expect_eq(cert_jws_verify(CERT_JWS_ES256, &k, bytes_of_str(content), signature),
		ERR_BADINPUT, "no point of the curve");
}

static struct cert_jws_key rsa_of(struct arena *a, EVP_PKEY *key)
{
	return (struct cert_jws_key){.n = signed_token_number(a, key, OSSL_PKEY_PARAM_RSA_N, 1),
		.e = signed_token_number(a, key, OSSL_PKEY_PARAM_RSA_E, 1)};
}

Test(jws, rsa_in_both_ways_and_never_one_for_the_other)
{
	AUTO(arena) struct arena *a = arena_new();
	EVP_PKEY *key = signed_token_rsa(2048), *other = signed_token_rsa(2048);
	const struct bytes content = bytes_of_str("head.body");
	struct cert_jws_key k = rsa_of(a, key), o = rsa_of(a, other);
	struct bytes plain = signed_token_sign(a, key, "RS256", content);
	struct bytes pss = signed_token_sign(a, key, "PS256", content);

	cr_expect_eq(cert_jws_verify(CERT_JWS_RS256, &k, content, plain), 0);
	cr_expect_eq(cert_jws_verify(CERT_JWS_PS256, &k, content, pss), 0);
	cr_expect_eq(cert_jws_verify(CERT_JWS_PS256, &k, content, plain), ERR_CRYPTO);
	cr_expect_eq(cert_jws_verify(CERT_JWS_RS256, &k, content, pss), ERR_CRYPTO);
	cr_expect_eq(cert_jws_verify(CERT_JWS_RS256, &o, content, plain), ERR_CRYPTO);
	cr_expect_eq(cert_jws_verify(CERT_JWS_RS256, &k, content, bytes_of(plain.p, plain.n - 1)),
		ERR_CRYPTO);
	k.e = bytes_of(NULL, 0);
	cr_expect_eq(cert_jws_verify(CERT_JWS_RS256, &k, content, plain), ERR_BADINPUT);
	EVP_PKEY_free(key);
	EVP_PKEY_free(other);
}

Test(jws, a_short_key_is_none)
{
	AUTO(arena) struct arena *a = arena_new();
	EVP_PKEY *key = signed_token_rsa(1024);
	struct cert_jws_key k = rsa_of(a, key);
	struct bytes content = bytes_of_str("head.body");

	cr_expect_eq(cert_jws_verify(CERT_JWS_RS256, &k, content,
			     signed_token_sign(a, key, "RS256", content)),
		ERR_BADINPUT);
	EVP_PKEY_free(key);
}
