/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * RSA signatures of keys that are met again and again: RFC 8017 8.2.2 with OpenSSL's arithmetic
 * and what is known of the modulus kept beside the key. The way through EVP_PKEY_verify takes half
 * as long again. Nothing here is secret, so nothing has to take the same time.
 */
#include "certs/cms_int.h"

#include <openssl/bn.h>
#include <openssl/core_names.h>

#define EXPONENT 65537 /* 2^16 + 1 */
#define OCTETS_MIN 256
#define OCTETS_MAX 512

#define BIGNUM_free BN_free
CERT_AUTO_OSSL(BIGNUM)
CERT_AUTO_OSSL(BN_CTX)

struct modulus {
	BIGNUM *n;
	BN_MONT_CTX *mont;
	size_t octets;
};

/* DER of a DigestInfo up to the digest itself, 9.2 note 1. */
static const struct {
	uint8_t n, prefix[19], octets;
} infos[CERT_DIGESTS] = {
	[CERT_SHA1] = {15,
		{0x30, 0x21, 0x30, 0x09, 0x06, 0x05, 0x2b, 0x0e, 0x03, 0x02, 0x1a, 0x05, 0x00, 0x04,
			0x14},
		20},
	[CERT_SHA256] = {19,
		{0x30, 0x31, 0x30, 0x0d, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02,
			0x01, 0x05, 0x00, 0x04, 0x20},
		32},
	[CERT_SHA384] = {19,
		{0x30, 0x41, 0x30, 0x0d, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02,
			0x02, 0x05, 0x00, 0x04, 0x30},
		48},
	[CERT_SHA512] = {19,
		{0x30, 0x51, 0x30, 0x0d, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02,
			0x03, 0x05, 0x00, 0x04, 0x40},
		64},
};

/* --- what is kept beside a key, and ends with it --- */

static void modulus_free(struct modulus *m)
{
	if (!m)
		return;
	BN_free(m->n);
	BN_MONT_CTX_free(m->mont);
	free(m);
}

static void on_key_end(void *key, void *p, CRYPTO_EX_DATA *ad, int index, long argl, void *argp)
{
	modulus_free(p);
}

static _Atomic int ex_index;

static void ex_index_make(void)
{
	ex_index =
		CRYPTO_get_ex_new_index(CRYPTO_EX_INDEX_EVP_PKEY, 0, NULL, NULL, NULL, on_key_end);
}

static bool exponent_is_usual(EVP_PKEY *key)
{
	BIGNUM *e = NULL;
	bool ok = EVP_PKEY_get_bn_param(key, OSSL_PKEY_PARAM_RSA_E, &e) == 1 &&
		  BN_is_word(e, EXPONENT);

	BN_free(e);
	return ok;
}

static struct modulus *modulus_new(EVP_PKEY *key)
{
	AUTO(BN_CTX) BN_CTX *ctx = BN_CTX_new();
	struct modulus *m = mem_zalloc(sizeof(*m));

	m->mont = BN_MONT_CTX_new();
	if (ctx && m->mont && EVP_PKEY_get_bn_param(key, OSSL_PKEY_PARAM_RSA_N, &m->n) == 1 &&
		BN_MONT_CTX_set(m->mont, m->n, ctx) == 1) {
		m->octets = (size_t)BN_num_bytes(m->n);
		return m;
	}
	modulus_free(m);
	return NULL;
}

void cert_rsa_prepare(EVP_PKEY *key)
{
	static pthread_once_t once = PTHREAD_ONCE_INIT;
	struct modulus *m;

	(void)pthread_once(&once, ex_index_make);
	if (ex_index <= 0 || !EVP_PKEY_is_a(key, "RSA") || !exponent_is_usual(key))
		return;
	m = modulus_new(key);
	if (m && (m->octets < OCTETS_MIN || m->octets > OCTETS_MAX ||
			 EVP_PKEY_set_ex_data(key, ex_index, m) != 1))
		modulus_free(m);
	(void)cert_fail(0);
}

/* --- verifying --- */

/* The signature to the 65537th power. */
static int power(const struct modulus *m, struct bytes signature, uint8_t *out)
{
	AUTO(BN_CTX) BN_CTX *ctx = BN_CTX_new();
	AUTO(BIGNUM) BIGNUM *s = BN_bin2bn(signature.p, (int)signature.n, NULL), *x = BN_new();
	bool ok = ctx && s && x;

	if (ok && BN_ucmp(s, m->n) >= 0)
		return ERR_CRYPTO;
	ok = ok && BN_to_montgomery(x, s, m->mont, ctx) == 1;
	for (int i = 0; ok && i < 16; i++)
		ok = BN_mod_mul_montgomery(x, x, x, m->mont, ctx) == 1;
	/* times what is not in Montgomery's form, which ends it */
	ok = ok && BN_mod_mul_montgomery(x, x, s, m->mont, ctx) == 1 &&
	     BN_bn2binpad(x, out, (int)m->octets) == (int)m->octets;
	return ok ? 0 : cert_fail(ERR_INTERNAL);
}

/* EMSA-PKCS1-v1_5, 9.2: the whole of what the power must be. */
static void expect(enum cert_digest d, struct bytes digest, uint8_t *out, size_t octets)
{
	size_t info = infos[d].n + digest.n;

	memset(out, 0xff, octets);
	out[0] = 0;
	out[1] = 1;
	out[octets - info - 1] = 0;
	memcpy(out + octets - info, infos[d].prefix, infos[d].n);
	memcpy(out + octets - digest.n, digest.p, digest.n);
}

int cert_rsa_verify(EVP_PKEY *key, enum cert_digest d, struct bytes digest, struct bytes signature)
{
	int index = ex_index;
	const struct modulus *m = index > 0 ? EVP_PKEY_get_ex_data(key, index) : NULL;
	uint8_t is[OCTETS_MAX], must[OCTETS_MAX];
	int err;

	if (!m || digest.n != infos[d].octets)
		return ERR_UNSUPPORTED;
	if (signature.n != m->octets)
		return ERR_CRYPTO;
	err = power(m, signature, is);
	if (err)
		return err;
	expect(d, digest, must, m->octets);
	return memcmp(is, must, m->octets) == 0 ? 0 : ERR_CRYPTO;
}
