/* SPDX-License-Identifier: EUPL-1.2 */
#include "tests/unit/certs/fixture.h"

#include "base/text.h"

#include <criterion/criterion.h>
#include <openssl/cms.h>
#include <openssl/pem.h>

static struct fixture f;
static struct cert_letter_key pair;

static void begin(void)
{
	fixture_house(&f);
	cr_assert_eq(cert_letter_key_make(f.c, "Letters", f.now, f.now + 86400, f.a, &pair), 0);
}

static void end(void)
{
	fixture_end(&f);
}

TestSuite(letter, .init = begin, .fini = end);

static struct bytes der_of(CMS_ContentInfo *cms)
{
	uint8_t *der = NULL;
	int n = i2d_CMS_ContentInfo(cms, &der);
	struct bytes out;

	cr_assert_gt(n, 0);
	out = arena_bytes(f.a, bytes_of(der, (size_t)n));
	OPENSSL_free(der);
	CMS_ContentInfo_free(cms);
	return out;
}

static struct bytes envelope(const char *cert_pem, const char *text)
{
	STACK_OF(X509) *to = sk_X509_new_null();
	AUTO(BIO) BIO *in = BIO_new_mem_buf(text, -1);
	AUTO(X509) X509 *x = NULL;
	CMS_ContentInfo *cms;

	cr_assert_eq(cert_x509_parse_pem(bytes_of_str(cert_pem), &x), 0);
	sk_X509_push(to, x);
	cms = CMS_encrypt(to, in, EVP_aes_256_cbc(), CMS_BINARY);
	sk_X509_free(to);
	cr_assert_not_null(cms);
	return der_of(cms);
}

Test(letter, opens_what_was_written_to_the_pair_and_nothing_else)
{
	struct bytes der = envelope(pair.cert_pem, "hemligt"), out, cut, bent;
	struct cert_letter_key other;
	uint8_t *bytes;

	cr_assert_eq(cert_letter_open(&pair, der, f.a, &out), 0);
	cr_expect(bytes_equal(out, bytes_of_str("hemligt")));
	cr_assert_eq(cert_letter_key_make(f.c, "Other", f.now, f.now + 86400, f.a, &other), 0);
	cr_expect_eq(cert_letter_open(&other, der, f.a, &out), ERR_CRYPTO);
	cut = bytes_of(der.p, der.n - 1);
	cr_expect_eq(cert_letter_open(&pair, cut, f.a, &out), ERR_BADINPUT);
	cr_expect_eq(cert_letter_open(&pair, bytes_of("x", 1), f.a, &out), ERR_BADINPUT);
	cr_expect_eq(cert_letter_open(&pair, bytes_of(NULL, 0), f.a, &out), ERR_BADINPUT);
	bytes = arena_alloc(f.a, der.n + 1);
	memcpy(bytes, der.p, der.n);
	bent = bytes_of(bytes, der.n + 1);
	cr_expect_eq(cert_letter_open(&pair, bent, f.a, &out), ERR_BADINPUT, "trailing bytes");
}

/* Signed by an identity of the fixture's CA, whatever its dates say. */
static struct bytes signed_by(struct fixture_identity *id, const char *text, unsigned flags)
{
	AUTO(BIO) BIO *in = BIO_new_mem_buf(text, -1);
	CMS_ContentInfo *cms = CMS_sign(id->cert, id->key, NULL, in, CMS_BINARY | flags);

	cr_assert_not_null(cms);
	return der_of(cms);
}

static const char *ca_pem(void)
{
	const char *pem;

	cr_assert_eq(cert_x509_format_pem(f.c->ca.cert, f.a, &pem), 0);
	return pem;
}

Test(letter, reads_what_a_device_of_that_ca_signed_whatever_the_dates)
{
	struct fixture_identity id;
	struct bytes roots = bytes_of_str(ca_pem()), message, out;
	const char *other;

	fixture_identity(&f, NULL, f.now - 86400 * 400L, &id);
	message = signed_by(&id, "MachineInfo", 0);
	cr_assert_eq(cert_letter_read(message, roots, f.a, &out), 0);
	cr_expect(bytes_equal(out, bytes_of_str("MachineInfo")));
	other = pair.cert_pem;
	cr_expect_eq(cert_letter_read(message, bytes_of_str(other), f.a, &out), ERR_CRYPTO);
	cr_expect_eq(cert_letter_read(message, bytes_of_str("no PEM"), f.a, &out), ERR_BADINPUT);
	cr_expect_eq(cert_letter_read(bytes_of(message.p, message.n - 1), roots, f.a, &out),
		ERR_BADINPUT);
	cr_expect_eq(cert_letter_read(signed_by(&id, "x", CMS_DETACHED), roots, f.a, &out),
		ERR_BADINPUT, "nothing is in it");
	((uint8_t *)(uintptr_t)message.p)[message.n - 5] ^= 1;
	cr_expect_eq(cert_letter_read(message, roots, f.a, &out), ERR_CRYPTO);
	cr_expect_eq(cert_roots_check(roots), 0);
	cr_expect_eq(cert_roots_check(bytes_of(NULL, 0)), ERR_BADINPUT);
	fixture_identity_free(&id);
}

/* RFC 2202, case 2; RFC 7914, 11. */
Test(letter, tools_give_what_the_standards_say)
{
	uint8_t mac[20], key[32];

	cert_hmac_sha1(bytes_of_str("Jefe"), bytes_of_str("what do ya want for nothing?"), mac);
	cr_expect_str_eq(
		text_hex(f.a, bytes_of(mac, 20)), "effcdf6ae5eb2fa2d27416d5f184df9c259a7c79");
	cert_pbkdf2_sha256(bytes_of_str("passwd"), bytes_of_str("salt"), 1, key);
	cr_expect_str_eq(text_hex(f.a, bytes_of(key, 32)),
		"55ac046e56e3089fec1691c22544b605f94185216dde0465e68b9d57c20dacbc");
}
