/* SPDX-License-Identifier: EUPL-1.2 */
/* A provider's signing keys and its tokens, for tests. Keys are made in the same run. */
#ifndef FAKE_SIGNED_TOKEN_H
#define FAKE_SIGNED_TOKEN_H

#include "base/text.h"

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/ecdsa.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/rsa.h>
#include <stdlib.h>

static inline EVP_PKEY *signed_token_rsa(unsigned bits)
{
	return EVP_RSA_gen(bits);
}

static inline EVP_PKEY *signed_token_ec(void)
{
	return EVP_EC_gen("P-256");
}

static inline struct bytes signed_token_number(
	struct arena *a, EVP_PKEY *key, const char *name, size_t least)
{
	BIGNUM *n = NULL;
	uint8_t *out;
	size_t size;

	if (EVP_PKEY_get_bn_param(key, name, &n) != 1)
		abort();
	size = (size_t)BN_num_bytes(n);
	size = size < least ? least : size;
	out = arena_alloc(a, size + 1);
	if (BN_bn2binpad(n, out, (int)size) < 0)
		abort();
	BN_free(n);
	return bytes_of(out, size);
}

/* {"keys":[…]} of one key. */
static inline const char *signed_token_jwk(struct arena *a, EVP_PKEY *key, const char *kid)
{
	bool ec = EVP_PKEY_get_base_id(key) == EVP_PKEY_EC;

	if (ec)
		return arena_printf(a,
			"{\"kty\":\"EC\",\"crv\":\"P-256\",\"use\":\"sig\",\"kid\":\"%s\","
			"\"x\":\"%s\",\"y\":\"%s\"}",
			kid,
			text_base64url(
				a, signed_token_number(a, key, OSSL_PKEY_PARAM_EC_PUB_X, 32)),
			text_base64url(
				a, signed_token_number(a, key, OSSL_PKEY_PARAM_EC_PUB_Y, 32)));
	return arena_printf(a,
		"{\"kty\":\"RSA\",\"use\":\"sig\",\"kid\":\"%s\",\"n\":\"%s\",\"e\":\"%s\"}", kid,
		text_base64url(a, signed_token_number(a, key, OSSL_PKEY_PARAM_RSA_N, 1)),
		text_base64url(a, signed_token_number(a, key, OSSL_PKEY_PARAM_RSA_E, 1)));
}

static inline struct bytes signed_token_raw_ec(struct arena *a, struct bytes der)
{
	const uint8_t *at = der.p;
	ECDSA_SIG *sig = d2i_ECDSA_SIG(NULL, &at, (long)der.n);
	uint8_t *out = arena_alloc(a, 64);

	if (!sig || BN_bn2binpad(ECDSA_SIG_get0_r(sig), out, 32) != 32 ||
		BN_bn2binpad(ECDSA_SIG_get0_s(sig), out + 32, 32) != 32)
		abort();
	ECDSA_SIG_free(sig);
	return bytes_of(out, 64);
}

/* By the name of RFC 7518: RS256, PS256 or ES256. */
static inline struct bytes signed_token_sign(
	struct arena *a, EVP_PKEY *key, const char *alg, struct bytes content)
{
	EVP_MD_CTX *md = EVP_MD_CTX_new();
	uint8_t *out = arena_alloc(a, 1024);
	EVP_PKEY_CTX *ctx;
	size_t n = 1024;

	if (EVP_DigestSignInit(md, &ctx, EVP_sha256(), NULL, key) != 1)
		abort();
	if (text_equal(alg, "PS256") &&
		(EVP_PKEY_CTX_set_rsa_padding(ctx, RSA_PKCS1_PSS_PADDING) != 1 ||
			EVP_PKEY_CTX_set_rsa_pss_saltlen(ctx, RSA_PSS_SALTLEN_DIGEST) != 1))
		abort();
	if (EVP_DigestSign(md, out, &n, content.p, content.n) != 1)
		abort();
	EVP_MD_CTX_free(md);
	return text_equal(alg, "ES256") ? signed_token_raw_ec(a, bytes_of(out, n))
					: bytes_of(out, n);
}

/* `header` and `claims` are JSON; the header says what it likes. */
static inline const char *signed_token(
	struct arena *a, EVP_PKEY *key, const char *alg, const char *header, const char *claims)
{
	const char *content = arena_printf(a, "%s.%s", text_base64url(a, bytes_of_str(header)),
		text_base64url(a, bytes_of_str(claims)));

	return arena_printf(a, "%s.%s", content,
		text_base64url(a, signed_token_sign(a, key, alg, bytes_of_str(content))));
}

#endif
