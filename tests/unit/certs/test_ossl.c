/* SPDX-License-Identifier: EUPL-1.2 */
#include "tests/unit/certs/client.h"

#include <criterion/criterion.h>
#include <openssl/err.h>
#include <openssl/pem.h>

Test(ossl, bytes_and_objects)
{
	AUTO(arena) struct arena *a = arena_new();
	AUTO(EVP_PKEY) EVP_PKEY *key = EVP_EC_gen("P-256"), *k1 = NULL, *k2 = NULL, *k3 = NULL;
	AUTO(X509) X509 *x = client_self_signed(key, "a"), *x1 = NULL, *x2 = NULL, *none = NULL;
	const char *pem, *key_pem;
	struct bytes der, key_der, spki;

	cr_assert_eq(cert_der_of(x, a, &der), 0);
	cr_assert_eq(cert_x509_parse(der, &x1), 0);
	cr_assert_eq(X509_cmp(x, x1), 0);
	cr_assert_eq(cert_x509_format_pem(x, a, &pem), 0);
	cr_assert_eq(cert_x509_parse_pem(bytes_of_str(pem), &x2), 0);
	cr_assert_eq(X509_cmp(x, x2), 0);
	cr_assert_eq(cert_key_format(key, a, &key_der), 0);
	cr_assert_eq(cert_key_parse(key_der, &k1), 0);
	cr_assert_eq(cert_key_format_pem(key, a, &key_pem), 0);
	cr_assert_eq(cert_key_parse_pem(bytes_of_str(key_pem), &k2), 0);
	cr_assert_eq(cert_key_spki(key, a, &spki), 0);
	cr_assert_eq(cert_spki_parse(spki, &k3), 0);
	cr_assert(EVP_PKEY_eq(key, k1) == 1 && EVP_PKEY_eq(key, k2) == 1 &&
		  EVP_PKEY_eq(key, k3) == 1);
	for (size_t n = 0; n < der.n; n += 7)
		cr_assert_eq(cert_x509_parse(bytes_of(der.p, n), &none), ERR_BADINPUT);
	cr_assert_eq(cert_x509_parse(bytes_of(arena_strndup(a, der.p, der.n), der.n + 1), &none),
		ERR_BADINPUT);
	cr_assert_eq(cert_x509_parse_pem(bytes_of_str("-----BEGIN CERTIFICATE-----\n"), &none),
		ERR_BADINPUT);
	cr_assert_eq(cert_key_parse_pem(bytes_of_str("nothing"), &k1), ERR_BADINPUT);
	cr_assert_eq(cert_key_parse(bytes_of_str("nothing"), &k1), ERR_BADINPUT);
	cr_assert_eq(cert_spki_parse(bytes_of(NULL, 0), &k1), ERR_BADINPUT);
	cr_assert_eq(ERR_peek_error(), 0ul, "OpenSSL's own queue is emptied");
}

Test(ossl, an_encrypted_key_does_not_ask_at_the_terminal)
{
	AUTO(EVP_PKEY) EVP_PKEY *key = EVP_EC_gen("P-256"), *got = NULL;
	AUTO(BIO) BIO *bio = BIO_new(BIO_s_mem());
	AUTO(arena) struct arena *a = arena_new();

	cr_assert_eq(
		PEM_write_bio_PKCS8PrivateKey(bio, key, EVP_aes_128_cbc(), "pw", 2, NULL, NULL), 1);
	cr_assert_eq(cert_key_parse_pem(cert_bio_bytes(bio, a), &got), ERR_BADINPUT);
}

Test(ossl, small_tools)
{
	static const uint8_t empty[4] = {0xe3, 0xb0, 0xc4, 0x42};
	uint8_t hash[32];
	int64_t t;
	ASN1_TIME *when = ASN1_TIME_set(NULL, 4102444800); /* 2100-01-01 */

	cert_sha256(bytes_of(NULL, 0), hash);
	cr_assert_arr_eq(hash, empty, 4);
	cr_assert(cert_secret_equal(bytes_of_str("ab"), bytes_of_str("ab")));
	cr_assert(!cert_secret_equal(bytes_of_str("ab"), bytes_of_str("ac")));
	cr_assert(!cert_secret_equal(bytes_of_str("ab"), bytes_of_str("abc")));
	cr_assert(cert_secret_equal(bytes_of(NULL, 0), bytes_of(NULL, 0)));
	cr_assert_eq(cert_time_of(when, &t), 0);
	cr_assert_eq(t, 4102444800);
	ASN1_TIME_free(when);
}
