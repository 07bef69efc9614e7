/* SPDX-License-Identifier: EUPL-1.2 */
/* Signatures of JSON web tokens (RFC 7515, RFC 7518 section 3), by public keys alone. */
#include "certs/certs_int.h"

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/ecdsa.h>
#include <openssl/param_build.h>
#include <openssl/rsa.h>

#define COORDINATE 32
#define RSA_LEAST 256 /* octets: 2048 bits */
#define RSA_MOST 1024
#define EXPONENT_MOST 8

CERT_AUTO_OSSL(ECDSA_SIG)
CERT_AUTO_OSSL(OSSL_PARAM)
CERT_AUTO_OSSL(OSSL_PARAM_BLD)

static int key_make(const char *type, OSSL_PARAM *params, EVP_PKEY **ret)
{
	AUTO(EVP_PKEY_CTX) EVP_PKEY_CTX *ctx = EVP_PKEY_CTX_new_from_name(NULL, type, NULL);

	if (!ctx || !params || EVP_PKEY_fromdata_init(ctx) != 1 ||
		EVP_PKEY_fromdata(ctx, ret, EVP_PKEY_PUBLIC_KEY, params) != 1)
		return cert_fail(ERR_BADINPUT);
	return 0;
}

static struct bytes without_zeros(struct bytes b)
{
	while (b.n && b.p[0] == 0)
		b = bytes_of(b.p + 1, b.n - 1);
	return b;
}

static int rsa_key(struct bytes n, struct bytes e, EVP_PKEY **ret)
{
	AUTO(OSSL_PARAM_BLD) OSSL_PARAM_BLD *b = OSSL_PARAM_BLD_new();
	AUTO(OSSL_PARAM) OSSL_PARAM *params = NULL;
	BIGNUM *modulus, *exponent;
	int err = ERR_BADINPUT;

	n = without_zeros(n);
	e = without_zeros(e);
	if (!b || n.n < RSA_LEAST || n.n > RSA_MOST || !e.n || e.n > EXPONENT_MOST)
		return ERR_BADINPUT;
	modulus = BN_bin2bn(n.p, (int)n.n, NULL);
	exponent = BN_bin2bn(e.p, (int)e.n, NULL);
	if (modulus && exponent && OSSL_PARAM_BLD_push_BN(b, OSSL_PKEY_PARAM_RSA_N, modulus) &&
		OSSL_PARAM_BLD_push_BN(b, OSSL_PKEY_PARAM_RSA_E, exponent)) {
		params = OSSL_PARAM_BLD_to_param(b);
		err = key_make("RSA", params, ret);
	}
	BN_free(modulus);
	BN_free(exponent);
	return err;
}

/* OpenSSL looks that the point is on the curve. */
static int p256_key(struct bytes x, struct bytes y, EVP_PKEY **ret)
{
	char group[] = "P-256";
	uint8_t point[1 + 2 * COORDINATE] = {4};
	OSSL_PARAM params[] = {
		OSSL_PARAM_utf8_string(OSSL_PKEY_PARAM_GROUP_NAME, group, sizeof(group) - 1),
		OSSL_PARAM_octet_string(OSSL_PKEY_PARAM_PUB_KEY, point, sizeof(point)),
		OSSL_PARAM_END,
	};

	x = without_zeros(x);
	y = without_zeros(y);
	if (x.n > COORDINATE || y.n > COORDINATE)
		return ERR_BADINPUT;
	memcpy(point + 1 + COORDINATE - x.n, x.p, x.n);
	memcpy(point + 1 + 2 * COORDINATE - y.n, y.p, y.n);
	return key_make("EC", params, ret);
}

/* A JWS has r and s side by side (RFC 7518 section 3.4), OpenSSL wants them as DER. */
static int ecdsa_der(struct bytes signature, struct arena *a, struct bytes *ret)
{
	AUTO(ECDSA_SIG) ECDSA_SIG *sig = ECDSA_SIG_new();
	uint8_t *der = arena_alloc(a, 128), *at = der;
	BIGNUM *r, *s;
	int n;

	if (!sig || signature.n != 2 * COORDINATE)
		return ERR_CRYPTO;
	r = BN_bin2bn(signature.p, COORDINATE, NULL);
	s = BN_bin2bn(signature.p + COORDINATE, COORDINATE, NULL);
	if (!r || !s || ECDSA_SIG_set0(sig, r, s) != 1) {
		BN_free(r);
		BN_free(s);
		return cert_fail(ERR_CRYPTO);
	}
	n = i2d_ECDSA_SIG(sig, NULL);
	if (n <= 0 || n > 128)
		return cert_fail(ERR_CRYPTO);
	n = i2d_ECDSA_SIG(sig, &at);
	*ret = bytes_of(der, (size_t)n);
	return 0;
}

/* The salt is as long as the hash (RFC 7518 section 3.5). */
static bool pss_set(EVP_PKEY_CTX *ctx)
{
	return EVP_PKEY_CTX_set_rsa_padding(ctx, RSA_PKCS1_PSS_PADDING) == 1 &&
	       EVP_PKEY_CTX_set_rsa_pss_saltlen(ctx, RSA_PSS_SALTLEN_DIGEST) == 1;
}

static int verify(EVP_PKEY *key, bool pss, struct bytes content, struct bytes signature)
{
	AUTO(EVP_MD_CTX) EVP_MD_CTX *md = EVP_MD_CTX_new();
	EVP_PKEY_CTX *ctx;

	if (!md || EVP_DigestVerifyInit(md, &ctx, EVP_sha256(), NULL, key) != 1 ||
		(pss && !pss_set(ctx)) ||
		EVP_DigestVerify(md, signature.p, signature.n, content.p, content.n) != 1)
		return cert_fail(ERR_CRYPTO);
	return 0;
}

int cert_jws_verify(enum cert_jws alg, const struct cert_jws_key *k, struct bytes content,
	struct bytes signature)
{
	AUTO(arena) struct arena *a = arena_new();
	AUTO(EVP_PKEY) EVP_PKEY *key = NULL;
	bool ec = alg == CERT_JWS_ES256;
	int err = ec ? p256_key(k->x, k->y, &key) : rsa_key(k->n, k->e, &key);

	if (err == 0 && ec)
		err = ecdsa_der(signature, a, &signature);
	return err ? err : verify(key, alg == CERT_JWS_PS256, content, signature);
}
