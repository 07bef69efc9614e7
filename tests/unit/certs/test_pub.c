/* SPDX-License-Identifier: EUPL-1.2 */
/* Whichever way a public key is held, it answers as OpenSSL would. */
#include "certs/cms_int.h"
#include "tests/unit/certs/client.h"

#include "base/random.h"

#include <criterion/criterion.h>
#include <openssl/core_names.h>
#include <openssl/rsa.h>

static EVP_PKEY *rsa_with(unsigned exponent)
{
	AUTO(EVP_PKEY_CTX) EVP_PKEY_CTX *ctx = EVP_PKEY_CTX_new_from_name(NULL, "RSA", NULL);
	unsigned bits = 2048;
	OSSL_PARAM params[] = {OSSL_PARAM_construct_uint(OSSL_PKEY_PARAM_RSA_BITS, &bits),
		OSSL_PARAM_construct_uint(OSSL_PKEY_PARAM_RSA_E, &exponent),
		OSSL_PARAM_construct_end()};
	EVP_PKEY *key = NULL;

	cr_assert_eq(EVP_PKEY_keygen_init(ctx), 1);
	cr_assert_eq(EVP_PKEY_CTX_set_params(ctx, params), 1);
	cr_assert_eq(EVP_PKEY_generate(ctx, &key), 1);
	return key;
}

static void verifies(const struct cert_pub *pub, EVP_PKEY *key)
{
	AUTO(EVP_MD_CTX) EVP_MD_CTX *ctx = EVP_MD_CTX_new();
	struct bytes text = bytes_of_str("what is signed");
	uint8_t sig[512], digest[32];
	size_t n = sizeof(sig);

	cert_sha256(text, digest);
	cr_assert_eq(EVP_DigestSignInit(ctx, NULL, EVP_sha256(), NULL, key), 1);
	cr_assert_eq(EVP_DigestSign(ctx, sig, &n, text.p, text.n), 1);
	cr_expect_eq(cert_pub_verify(pub, CERT_SHA256, bytes_of(digest, 32), bytes_of(sig, n)), 0);
	cr_expect_eq(cert_pub_verify(pub, CERT_SHA384, bytes_of(digest, 32), bytes_of(sig, n)),
		ERR_CRYPTO);
	digest[7] ^= 1;
	cr_expect_eq(cert_pub_verify(pub, CERT_SHA256, bytes_of(digest, 32), bytes_of(sig, n)),
		ERR_CRYPTO);
}

static void seals(const struct cert_pub *pub, EVP_PKEY *key)
{
	AUTO(EVP_PKEY_CTX) EVP_PKEY_CTX *ctx = EVP_PKEY_CTX_new_from_pkey(NULL, key, NULL);
	uint8_t sealed[CERT_SIGNATURE_MAX], out[CERT_SIGNATURE_MAX];
	size_t n, got = sizeof(out);

	cr_assert_eq(cert_pub_encrypt(pub, bytes_of_str("a content key"), sealed, &n), 0);
	cr_assert_eq(EVP_PKEY_decrypt_init(ctx), 1);
	cr_assert_eq(EVP_PKEY_decrypt(ctx, out, &got, sealed, n), 1);
	cr_assert(bytes_equal(bytes_of(out, got), bytes_of_str("a content key")));
}

Test(pub, of_a_certificate_and_of_a_key)
{
	AUTO(EVP_PKEY)
	EVP_PKEY *usual = EVP_RSA_gen(2048), *three = rsa_with(3), *ec = EVP_EC_gen("P-256");
	EVP_PKEY *keys[] = {usual, three, ec};
	AUTO(arena) struct arena *a = arena_new();

	for (int i = 0; i < 3; i++) {
		AUTO(cert_pub) struct cert_pub *read = NULL, *made = cert_pub_of_key(keys[i]);
		struct bytes spki;

		cr_assert_eq(cert_key_spki(keys[i], a, &spki), 0);
		cr_assert_eq(cert_pub_parse(spki, &read), 0, "%d", i);
		cr_expect_eq(!read->rsa, i != 0);
		cr_expect_eq(!made->rsa, i != 0);
		cr_expect(client_pub_is(read, keys[i]) && client_pub_is(made, keys[i]));
		cr_expect_not(client_pub_is(read, keys[(i + 1) % 3]));
		cr_expect_eq(cert_pub_is_rsa(read), i != 2);
		cr_expect_eq(cert_pub_bits(read), i == 2 ? 256 : 2048);
		cr_expect_eq(cert_pub_is_curve(made, SN_X9_62_prime256v1), i == 2);
		cr_expect_not(cert_pub_is_curve(made, SN_secp384r1));
		verifies(read, keys[i]);
		verifies(made, keys[i]);
		if (i != 2)
			seals(read, keys[i]);
	}
}

Test(pub, kinds_that_are_left_to_openssl)
{
	AUTO(arena) struct arena *a = arena_new();
	AUTO(EVP_PKEY) EVP_PKEY *p384 = EVP_EC_gen("P-384"), *ec = EVP_EC_gen("P-256");
	AUTO(EVP_PKEY) EVP_PKEY *small = EVP_RSA_gen(1024);
	EVP_PKEY *kinds[] = {p384, small};
	struct cert_pub *none = NULL;
	struct bytes spki;
	uint8_t *off_curve;

	for (size_t i = 0; i < 2; i++) {
		AUTO(cert_pub) struct cert_pub *made = cert_pub_of_key(kinds[i]);

		cr_assert_eq(cert_key_spki(kinds[i], a, &spki), 0);
		cr_assert_eq(cert_pub_parse(spki, &none), ERR_UNSUPPORTED);
		cr_assert(made && !made->rsa);
		verifies(made, kinds[i]);
	}
	cr_assert_eq(cert_key_spki(ec, a, &spki), 0);
	off_curve = (uint8_t *)arena_strndup(a, spki.p, spki.n);
	off_curve[spki.n - 1] ^= 1;
	cr_assert_eq(cert_pub_parse(bytes_of(off_curve, spki.n), &none), ERR_UNSUPPORTED);
	for (size_t n = 0; n < spki.n; n++)
		cr_assert_eq(cert_pub_parse(bytes_of(spki.p, n), &none), ERR_UNSUPPORTED);
	cr_assert_null(none);
	cert_pub_free(NULL);
}
