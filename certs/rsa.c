/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What is done with somebody's public RSA key: RFC 8017 8.2.2 and 7.2.1 with OpenSSL's arithmetic,
 * and what is known of the modulus kept beside it. Each EVP_PKEY_CTX that OpenSSL 3.0 makes goes
 * through all the names it knows, which costs more than the power itself when they are not in the
 * processor's cache. The exponent is 65537, and no private key comes here.
 */
#include "certs/cms_int.h"

#include "base/random.h"

#define OCTETS_MIN 256
#define OCTETS_MAX 512

#define PADDING_MIN 11 /* 7.2.1: two octets, eight of padding, one that ends it */

/* the numbers may hold a content key */
#define BIGNUM_free BN_clear_free
CERT_AUTO_OSSL(BIGNUM)
CERT_AUTO_OSSL(BN_CTX)

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

/* --- the key --- */

struct cert_rsa *cert_rsa_new(struct bytes n)
{
	AUTO(BN_CTX) BN_CTX *ctx = BN_CTX_new();
	struct cert_rsa *k = mem_zalloc(sizeof(*k));

	k->n = BN_bin2bn(n.p, (int)n.n, NULL);
	k->mont = BN_MONT_CTX_new();
	k->octets = n.n;
	if (n.n >= OCTETS_MIN && n.n <= OCTETS_MAX && ctx && k->n && k->mont &&
		BN_num_bytes(k->n) == (int)n.n && BN_is_odd(k->n) &&
		BN_MONT_CTX_set(k->mont, k->n, ctx) == 1)
		return k;
	cert_rsa_free(k);
	(void)cert_fail(0);
	return NULL;
}

void cert_rsa_free(struct cert_rsa *k)
{
	if (!k)
		return;
	BN_free(k->n);
	BN_MONT_CTX_free(k->mont);
	free(k);
}

/* The number to the 65537th power, that is 2^16 + 1. ERR_CRYPTO: it is not below the modulus. */
static int power(const struct cert_rsa *k, struct bytes number, uint8_t *out)
{
	AUTO(BN_CTX) BN_CTX *ctx = BN_CTX_new();
	AUTO(BIGNUM) BIGNUM *s = BN_bin2bn(number.p, (int)number.n, NULL), *x = BN_new();
	bool ok = ctx && s && x;

	if (ok && BN_ucmp(s, k->n) >= 0)
		return ERR_CRYPTO;
	ok = ok && BN_to_montgomery(x, s, k->mont, ctx) == 1;
	for (int i = 0; ok && i < 16; i++)
		ok = BN_mod_mul_montgomery(x, x, x, k->mont, ctx) == 1;
	/* times what is not in Montgomery's form, which ends it */
	ok = ok && BN_mod_mul_montgomery(x, x, s, k->mont, ctx) == 1 &&
	     BN_bn2binpad(x, out, (int)k->octets) == (int)k->octets;
	return ok ? 0 : cert_fail(ERR_INTERNAL);
}

/* --- verifying --- */

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

int cert_rsa_verify(
	const struct cert_rsa *k, enum cert_digest d, struct bytes digest, struct bytes signature)
{
	uint8_t is[OCTETS_MAX], must[OCTETS_MAX];
	int err;

	if (digest.n != infos[d].octets || signature.n != k->octets)
		return ERR_CRYPTO;
	err = power(k, signature, is);
	if (err)
		return err;
	expect(d, digest, must, k->octets);
	return memcmp(is, must, k->octets) == 0 ? 0 : ERR_CRYPTO;
}

/* --- sealing a content key to it --- */

static void fill_not_zero(uint8_t *p, size_t n)
{
	random_bytes(p, n);
	for (size_t i = 0; i < n; i++) {
		while (p[i] == 0)
			random_bytes(p + i, 1);
	}
}

int cert_rsa_encrypt(const struct cert_rsa *k, struct bytes in, uint8_t *out)
{
	uint8_t em[OCTETS_MAX];
	size_t at = k->octets - in.n;
	int err;

	if (in.n > k->octets - PADDING_MIN)
		return ERR_TOOBIG;
	em[0] = 0;
	em[1] = 2;
	fill_not_zero(em + 2, at - 3);
	em[at - 1] = 0;
	memcpy(em + at, in.p, in.n);
	err = power(k, bytes_of(em, k->octets), out);
	mem_wipe(em, sizeof(em));
	return err;
}
