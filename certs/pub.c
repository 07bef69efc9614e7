/* SPDX-License-Identifier: EUPL-1.2 */
/* Public keys of others: RSA as nearly all have it by rsa.c, the rest by OpenSSL. */
#include "certs/cms_int.h"
#include "certs/der_int.h"
#include "certs/oid_int.h"

#include <openssl/core_names.h>
#include <openssl/rsa.h>

#define EXPONENT 65537
#define RSA_OCTETS_MIN 256
#define RSA_OCTETS_MAX 512
#define P256_POINT 65

#define ALG_P256                                                                                 \
	OID_BYTES("\x30\x13\x06\x07\x2a\x86\x48\xce\x3d\x02\x01\x06\x08\x2a\x86\x48\xce\x3d\x03" \
		  "\x01\x07")

/* Takes over what is given. */
static struct cert_pub *pub_new(struct cert_rsa *rsa, EVP_PKEY *evp)
{
	struct cert_pub *p = mem_zalloc(sizeof(*p));

	p->refs = 1;
	p->rsa = rsa;
	p->evp = evp;
	return p;
}

struct cert_pub *cert_pub_up(struct cert_pub *p)
{
	atomic_fetch_add(&p->refs, 1);
	return p;
}

void cert_pub_free(struct cert_pub *p)
{
	if (!p || atomic_fetch_sub(&p->refs, 1) != 1)
		return;
	cert_rsa_free(p->rsa);
	EVP_PKEY_free(p->evp);
	free(p);
}

static void free_later(void *p)
{
	cert_pub_free(p);
}

void cert_pub_keep(struct cert_pub *p, struct arena *a)
{
	arena_defer(a, free_later, p);
}

/* --- of a SubjectPublicKeyInfo --- */

static int key_from(const char *type, OSSL_PARAM *params, struct cert_pub **ret)
{
	AUTO(EVP_PKEY_CTX) EVP_PKEY_CTX *ctx = EVP_PKEY_CTX_new_from_name(NULL, type, NULL);
	EVP_PKEY *key = NULL;

	if (!ctx || EVP_PKEY_fromdata_init(ctx) != 1 ||
		EVP_PKEY_fromdata(ctx, &key, EVP_PKEY_PUBLIC_KEY, params) != 1)
		return cert_fail(ERR_UNSUPPORTED);
	*ret = pub_new(NULL, key);
	return 0;
}

static int rsa_from(struct bytes n, uint32_t exponent, struct cert_pub **ret)
{
	uint8_t native[RSA_OCTETS_MAX];
	OSSL_PARAM params[3];

	if (exponent == EXPONENT) {
		struct cert_rsa *rsa = cert_rsa_new(n);

		if (rsa)
			*ret = pub_new(rsa, NULL);
		return rsa ? 0 : ERR_UNSUPPORTED;
	}
	/* OSSL_PARAM carries numbers in the machine's own order */
	for (size_t i = 0; i < n.n; i++)
		native[__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__ ? n.n - 1 - i : i] = n.p[i];
	params[0] = OSSL_PARAM_construct_BN(OSSL_PKEY_PARAM_RSA_N, native, n.n);
	params[1] = OSSL_PARAM_construct_uint32(OSSL_PKEY_PARAM_RSA_E, &exponent);
	params[2] = OSSL_PARAM_construct_end();
	return key_from("RSA", params, ret);
}

static int rsa_key(struct bytes bits, struct cert_pub **ret)
{
	struct cert_der in = cert_der_of_bytes(bits), pair;
	struct bytes n, e;
	uint32_t exponent = 0;

	if (cert_der_enter(&in, DER_SEQUENCE, &pair) || pair.open ||
		cert_der_take_unsigned(&pair, &n) || cert_der_take_unsigned(&pair, &e) ||
		cert_der_leave(&in, &pair) || cert_der_more(&in))
		return ERR_UNSUPPORTED;
	if (n.n < RSA_OCTETS_MIN || n.n > RSA_OCTETS_MAX || !(n.p[0] & 0x80) ||
		!(n.p[n.n - 1] & 1) || e.n > 4)
		return ERR_UNSUPPORTED;
	for (size_t i = 0; i < e.n; i++)
		exponent = exponent << 8 | e.p[i];
	return exponent < 3 || !(exponent & 1) ? ERR_UNSUPPORTED : rsa_from(n, exponent, ret);
}

static int p256_key(struct bytes bits, struct cert_pub **ret)
{
	char group[] = "P-256";
	uint8_t point[P256_POINT];
	OSSL_PARAM params[3];

	if (bits.n != P256_POINT || bits.p[0] != 0x04)
		return ERR_UNSUPPORTED;
	memcpy(point, bits.p, sizeof(point));
	params[0] = OSSL_PARAM_construct_utf8_string(OSSL_PKEY_PARAM_GROUP_NAME, group, 0);
	params[1] =
		OSSL_PARAM_construct_octet_string(OSSL_PKEY_PARAM_PUB_KEY, point, sizeof(point));
	params[2] = OSSL_PARAM_construct_end();
	return key_from("EC", params, ret);
}

int cert_pub_parse(struct bytes spki, struct cert_pub **ret)
{
	struct cert_der in = cert_der_of_bytes(spki), body;
	struct bytes algorithm, bits;

	if (cert_der_enter(&in, DER_SEQUENCE, &body) || body.open ||
		cert_der_take_whole(&body, DER_SEQUENCE, &algorithm) ||
		cert_der_take_bits(&body, &bits) || cert_der_leave(&in, &body) ||
		cert_der_more(&in))
		return ERR_UNSUPPORTED;
	if (bytes_equal(algorithm, ALG_RSA))
		return rsa_key(bits, ret);
	if (bytes_equal(algorithm, ALG_P256))
		return p256_key(bits, ret);
	return ERR_UNSUPPORTED;
}

/* --- of a key that OpenSSL has read --- */

/* NULL for what rsa.c does not do. */
static struct cert_rsa *rsa_of(EVP_PKEY *key)
{
	BIGNUM *n = NULL, *e = NULL;
	uint8_t octets[RSA_OCTETS_MAX];
	struct cert_rsa *rsa = NULL;
	int size;

	if (EVP_PKEY_is_a(key, "RSA") &&
		EVP_PKEY_get_bn_param(key, OSSL_PKEY_PARAM_RSA_N, &n) == 1 &&
		EVP_PKEY_get_bn_param(key, OSSL_PKEY_PARAM_RSA_E, &e) == 1 &&
		BN_is_word(e, EXPONENT)) {
		size = BN_num_bytes(n);
		if (size <= RSA_OCTETS_MAX && BN_bn2bin(n, octets) == size)
			rsa = cert_rsa_new(bytes_of(octets, (size_t)size));
	}
	BN_free(n);
	BN_free(e);
	(void)cert_fail(0);
	return rsa;
}

struct cert_pub *cert_pub_of_key(EVP_PKEY *key)
{
	struct cert_rsa *rsa = rsa_of(key);

	if (rsa || EVP_PKEY_up_ref(key) != 1)
		return rsa ? pub_new(rsa, NULL) : NULL;
	return pub_new(NULL, key);
}

/* --- what it is, and what it can --- */

bool cert_pub_is_rsa(const struct cert_pub *p)
{
	return p->rsa || EVP_PKEY_is_a(p->evp, "RSA");
}

int cert_pub_bits(const struct cert_pub *p)
{
	return p->rsa ? BN_num_bits(p->rsa->n) : EVP_PKEY_get_bits(p->evp);
}

bool cert_pub_is_curve(const struct cert_pub *p, const char *name)
{
	char group[32];

	return !p->rsa && EVP_PKEY_is_a(p->evp, "EC") &&
	       EVP_PKEY_get_utf8_string_param(
		       p->evp, OSSL_PKEY_PARAM_GROUP_NAME, group, sizeof(group), NULL) == 1 &&
	       !strcmp(group, name);
}

const EVP_MD *cert_digest_md(enum cert_digest d)
{
	static const EVP_MD *(*const mds[CERT_DIGESTS])(void) = {
		EVP_sha1, EVP_sha256, EVP_sha384, EVP_sha512};

	return mds[d]();
}

int cert_pub_verify(
	const struct cert_pub *p, enum cert_digest d, struct bytes digest, struct bytes signature)
{
	AUTO(EVP_PKEY_CTX) EVP_PKEY_CTX *ctx = NULL;

	if (p->rsa)
		return cert_rsa_verify(p->rsa, d, digest, signature);
	ctx = EVP_PKEY_CTX_new_from_pkey(NULL, p->evp, NULL);
	if (!ctx || EVP_PKEY_verify_init(ctx) != 1 ||
		EVP_PKEY_CTX_set_signature_md(ctx, cert_digest_md(d)) != 1 ||
		EVP_PKEY_verify(ctx, signature.p, signature.n, digest.p, digest.n) != 1)
		return cert_fail(ERR_CRYPTO);
	return 0;
}

int cert_pub_encrypt(
	const struct cert_pub *p, struct bytes in, uint8_t out[CERT_SIGNATURE_MAX], size_t *ret_n)
{
	AUTO(EVP_PKEY_CTX) EVP_PKEY_CTX *ctx = NULL;
	size_t n = CERT_SIGNATURE_MAX;

	if (p->rsa) {
		*ret_n = p->rsa->octets;
		return cert_rsa_encrypt(p->rsa, in, out);
	}
	ctx = EVP_PKEY_CTX_new_from_pkey(NULL, p->evp, NULL);
	if (!ctx || EVP_PKEY_encrypt_init(ctx) != 1 ||
		EVP_PKEY_CTX_set_rsa_padding(ctx, RSA_PKCS1_PADDING) != 1 ||
		EVP_PKEY_encrypt(ctx, out, &n, in.p, in.n) != 1)
		return cert_fail(ERR_CRYPTO);
	*ret_n = n;
	return 0;
}
