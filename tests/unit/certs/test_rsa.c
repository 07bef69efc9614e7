/* SPDX-License-Identifier: EUPL-1.2 */
/* What verifies here verifies in OpenSSL, and nothing else does. */
#include "certs/cms_int.h"

#include "base/random.h"

#include <criterion/criterion.h>
#include <openssl/core_names.h>
#include <openssl/rsa.h>

static const char *const names[CERT_DIGESTS] = {"SHA1", "SHA256", "SHA384", "SHA512"};
static const size_t octets[CERT_DIGESTS] = {20, 32, 48, 64};

#define MOST 512

/* md NULL: the bytes as they are, without padding. */
static size_t sign(EVP_PKEY *key, const char *md, struct bytes in, uint8_t out[MOST])
{
	AUTO(EVP_PKEY_CTX) EVP_PKEY_CTX *ctx = EVP_PKEY_CTX_new_from_pkey(NULL, key, NULL);
	size_t n = MOST;

	cr_assert_eq(EVP_PKEY_sign_init(ctx), 1);
	cr_assert_eq(EVP_PKEY_CTX_set_rsa_padding(ctx, md ? RSA_PKCS1_PADDING : RSA_NO_PADDING), 1);
	if (md)
		cr_assert_eq(EVP_PKEY_CTX_set_signature_md(ctx, EVP_get_digestbyname(md)), 1);
	cr_assert_eq(EVP_PKEY_sign(ctx, out, &n, in.p, in.n), 1);
	return n;
}

static EVP_PKEY *rsa(unsigned bits, unsigned exponent)
{
	AUTO(EVP_PKEY_CTX) EVP_PKEY_CTX *ctx = EVP_PKEY_CTX_new_from_name(NULL, "RSA", NULL);
	OSSL_PARAM params[] = {OSSL_PARAM_construct_uint(OSSL_PKEY_PARAM_RSA_BITS, &bits),
		OSSL_PARAM_construct_uint(OSSL_PKEY_PARAM_RSA_E, &exponent),
		OSSL_PARAM_construct_end()};
	EVP_PKEY *key = NULL;

	cr_assert_eq(EVP_PKEY_keygen_init(ctx), 1);
	cr_assert_eq(EVP_PKEY_CTX_set_params(ctx, params), 1);
	cr_assert_eq(EVP_PKEY_generate(ctx, &key), 1);
	return key;
}

Test(rsa, verifies_what_openssl_signs)
{
	static const unsigned bits[] = {2048, 2056, 3072};

	for (size_t k = 0; k < 3; k++) {
		AUTO(EVP_PKEY) EVP_PKEY *key = rsa(bits[k], 65537);
		AUTO(cert_pub) struct cert_pub *pub = cert_pub_of_key(key);

		cr_assert_not_null(pub->rsa);
		for (int d = 0; d < CERT_DIGESTS; d++) {
			uint8_t digest[64], sig[MOST];
			struct bytes s, h = bytes_of(digest, octets[d]);

			random_bytes(digest, sizeof(digest));
			s = bytes_of(sig, sign(key, names[d], h, sig));
			cr_expect_eq(
				cert_rsa_verify(pub->rsa, d, h, s), 0, "%u %s", bits[k], names[d]);
			for (int other = 0; other < CERT_DIGESTS; other++) {
				if (other != d)
					cr_expect_neq(cert_rsa_verify(pub->rsa, other,
							      bytes_of(digest, octets[other]), s),
						0);
			}
			digest[3] ^= 1;
			cr_expect_eq(cert_rsa_verify(pub->rsa, d, h, s), ERR_CRYPTO);
			cr_expect_eq(
				cert_rsa_verify(pub->rsa, d, bytes_of(digest, 5), s), ERR_CRYPTO);
		}
	}
}

Test(rsa, refuses_every_bent_signature)
{
	AUTO(EVP_PKEY) EVP_PKEY *key = EVP_RSA_gen(2048);
	AUTO(cert_pub) struct cert_pub *pub = cert_pub_of_key(key);
	uint8_t digest[32] = {7}, sig[MOST + 1];
	struct bytes h = bytes_of(digest, 32);
	size_t n = sign(key, "SHA256", h, sig);

	for (size_t i = 0; i < n; i++) {
		sig[i] ^= (uint8_t)(1u << i % 8);
		cr_expect_eq(
			cert_rsa_verify(pub->rsa, CERT_SHA256, h, bytes_of(sig, n)), ERR_CRYPTO);
		sig[i] ^= (uint8_t)(1u << i % 8);
	}
	cr_expect_eq(cert_rsa_verify(pub->rsa, CERT_SHA256, h, bytes_of(sig, n)), 0);
	cr_expect_eq(cert_rsa_verify(pub->rsa, CERT_SHA256, h, bytes_of(sig, n - 1)), ERR_CRYPTO);
	sig[n] = 0;
	cr_expect_eq(cert_rsa_verify(pub->rsa, CERT_SHA256, h, bytes_of(sig, n + 1)), ERR_CRYPTO);
	cr_expect_eq(cert_rsa_verify(pub->rsa, CERT_SHA256, h, bytes_of(sig, 0)), ERR_CRYPTO);
}

/* The same number and the modulus more is the same power, but no signature. */
Test(rsa, refuses_what_is_not_below_the_modulus)
{
	AUTO(EVP_PKEY) EVP_PKEY *key = EVP_RSA_gen(2048);
	AUTO(cert_pub) struct cert_pub *pub = cert_pub_of_key(key);
	uint8_t digest[32] = {1}, sig[MOST];
	struct bytes h = bytes_of(digest, 32);
	BIGNUM *n = NULL, *s = BN_new();

	cr_assert_eq(EVP_PKEY_get_bn_param(key, OSSL_PKEY_PARAM_RSA_N, &n), 1);
	do { /* until the sum has no octet more */
		digest[0]++;
		cr_assert_eq(sign(key, "SHA256", h, sig), 256);
		BN_bin2bn(sig, 256, s);
		BN_add(s, s, n);
	} while (BN_num_bytes(s) > 256);
	cr_expect_eq(cert_rsa_verify(pub->rsa, CERT_SHA256, h, bytes_of(sig, 256)), 0);
	cr_assert_eq(BN_bn2binpad(s, sig, 256), 256);
	cr_expect_eq(cert_rsa_verify(pub->rsa, CERT_SHA256, h, bytes_of(sig, 256)), ERR_CRYPTO);
	memset(sig, 0, 256);
	cr_expect_eq(cert_rsa_verify(pub->rsa, CERT_SHA256, h, bytes_of(sig, 256)), ERR_CRYPTO);
	BN_free(n);
	BN_free(s);
}

/* Paddings that careless verifiers take; the first is the right one. */
Test(rsa, takes_one_padding_only)
{
	static const uint8_t info[19] = {0x30, 0x31, 0x30, 0x0d, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01,
		0x65, 0x03, 0x04, 0x02, 0x01, 0x05, 0x00, 0x04, 0x20};
	static const uint8_t no_null[17] = {0x30, 0x2f, 0x30, 0x0b, 0x06, 0x09, 0x60, 0x86, 0x48,
		0x01, 0x65, 0x03, 0x04, 0x02, 0x01, 0x04, 0x20};
	AUTO(EVP_PKEY) EVP_PKEY *key = EVP_RSA_gen(2048);
	AUTO(cert_pub) struct cert_pub *pub = cert_pub_of_key(key);
	uint8_t digest[32] = {9}, em[256], sig[MOST];

	for (int k = 0; k < 8; k++) {
		struct bytes head = k == 1 ? bytes_of(no_null, 17) : bytes_of(info, 19);
		size_t tail = k == 2 ? 20 : 0, at = 256 - tail - 32 - head.n;

		memset(em, k == 3 ? 0 : 0xff, sizeof(em));
		em[0] = 0;
		em[1] = k == 4 ? 2 : k == 5 ? 0 : 1;
		em[at - 1] = k == 6 ? 0xff : 0;
		memcpy(em + at, head.p, head.n);
		memcpy(em + at + head.n, digest, 32);
		if (k == 7)
			em[100] = 0xfe;
		sign(key, NULL, bytes_of(em, 256), sig);
		cr_expect_eq(cert_rsa_verify(pub->rsa, CERT_SHA256, bytes_of(digest, 32),
				     bytes_of(sig, 256)),
			k == 0 ? 0 : ERR_CRYPTO, "padding %d", k);
	}
}

/* What is sealed to a key, OpenSSL opens with it; each time it looks otherwise. */
Test(rsa, encrypts_what_openssl_opens)
{
	AUTO(EVP_PKEY) EVP_PKEY *key = EVP_RSA_gen(2048);
	AUTO(cert_pub) struct cert_pub *pub = cert_pub_of_key(key);
	uint8_t in[246] = {0}, sealed[2][MOST], out[MOST];

	for (size_t n = 0; n <= 245; n += n < 32 ? 8 : 107) {
		AUTO(EVP_PKEY_CTX) EVP_PKEY_CTX *ctx = EVP_PKEY_CTX_new_from_pkey(NULL, key, NULL);
		size_t got = sizeof(out);

		random_bytes(in, n);
		for (int i = 0; i < 2; i++)
			cr_assert_eq(cert_rsa_encrypt(pub->rsa, bytes_of(in, n), sealed[i]), 0);
		cr_expect_neq(memcmp(sealed[0], sealed[1], 256), 0);
		cr_assert_eq(EVP_PKEY_decrypt_init(ctx), 1);
		cr_assert_eq(EVP_PKEY_CTX_set_rsa_padding(ctx, RSA_PKCS1_PADDING), 1);
		cr_assert_eq(EVP_PKEY_decrypt(ctx, out, &got, sealed[1], 256), 1, "%zu", n);
		cr_assert_eq(got, n);
		cr_expect_eq(memcmp(out, in, n), 0);
	}
	cr_expect_eq(cert_rsa_encrypt(pub->rsa, bytes_of(in, 246), out), ERR_TOOBIG);
}

/* The padding ends at its first zero: there must be none before. */
Test(rsa, pads_with_anything_but_zero)
{
	AUTO(EVP_PKEY) EVP_PKEY *key = EVP_RSA_gen(2048);
	AUTO(cert_pub) struct cert_pub *pub = cert_pub_of_key(key);
	uint8_t sealed[MOST], out[MOST];

	for (int round = 0; round < 8; round++) { /* some 240 octets each */
		AUTO(EVP_PKEY_CTX) EVP_PKEY_CTX *ctx = EVP_PKEY_CTX_new_from_pkey(NULL, key, NULL);
		size_t got = sizeof(out);

		cr_assert_eq(
			cert_rsa_encrypt(pub->rsa, bytes_of_str("sixteen octets !"), sealed), 0);
		cr_assert_eq(EVP_PKEY_decrypt_init(ctx), 1);
		cr_assert_eq(EVP_PKEY_CTX_set_rsa_padding(ctx, RSA_NO_PADDING), 1);
		cr_assert_eq(EVP_PKEY_decrypt(ctx, out, &got, sealed, 256), 1);
		cr_assert_eq(got, 256);
		cr_expect(out[0] == 0 && out[1] == 2 && out[239] == 0);
		cr_expect_null(memchr(out + 2, 0, 237));
		cr_expect_eq(memcmp(out + 240, "sixteen octets !", 16), 0);
	}
}

Test(rsa, takes_no_other_modulus)
{
	static const uint8_t small[128] = {0x80, [127] = 1}, even[256] = {0x80};
	static const uint8_t long_zero[257] = {0, 0x80, [256] = 1}, huge[513] = {0x80, [512] = 1};

	cr_expect_null(cert_rsa_new(bytes_of(small, sizeof(small))));
	cr_expect_null(cert_rsa_new(bytes_of(even, sizeof(even))));
	cr_expect_null(cert_rsa_new(bytes_of(long_zero, sizeof(long_zero))));
	cr_expect_null(cert_rsa_new(bytes_of(huge, sizeof(huge))));
	cr_expect_null(cert_rsa_new(bytes_of(NULL, 0)));
	cert_rsa_free(NULL);
}
