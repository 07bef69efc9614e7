/* SPDX-License-Identifier: EUPL-1.2 */
#include "certs/cms_int.h"

#include <criterion/criterion.h>

static const uint8_t serial[CERT_SERIAL] = {
	0x41, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15};

/* A certificate of `key`, signed with `ca`. */
static struct bytes make(struct arena *a, EVP_PKEY *ca, EVP_PKEY *key)
{
	struct cert_issuer issuer = {.key = ca};
	struct cert_form f = {
		.role = CERT_ROLE_IDENTITY,
		.common_name = "hylla-1",
		.serial = serial,
		.not_before = 1700000000,
		.not_after = 3000000000,
	};
	struct bytes der;

	cr_assert_eq(cert_key_spki(key, a, &f.spki), 0);
	cr_assert_eq(cert_issue(&issuer, &f, a, &der), 0);
	return der;
}

/* Agrees with OpenSSL about everything it finds. */
static void agrees(struct arena *a, struct bytes der)
{
	AUTO(X509) X509 *x = NULL;
	AUTO(EVP_PKEY) EVP_PKEY *key = NULL;
	struct cert_walk w;
	int64_t t;
	struct bytes spki;
	uint8_t *name = NULL;
	const ASN1_OCTET_STRING *id;
	int n;

	cr_assert_eq(cert_walk(der, &w), 0);
	cr_assert_eq(cert_x509_parse(der, &x), 0);
	cr_assert_eq(w.serial.n, CERT_SERIAL + 2);
	cr_assert_arr_eq(w.serial.p + 2, serial, CERT_SERIAL);
	cr_assert_eq(cert_time_of(X509_get0_notBefore(x), &t), 0);
	cr_assert_eq(w.not_before, t);
	cr_assert_eq(cert_time_of(X509_get0_notAfter(x), &t), 0);
	cr_assert_eq(w.not_after, t);
	cr_assert_eq(cert_key_spki(X509_get0_pubkey(x), a, &spki), 0);
	cr_assert(bytes_equal(w.spki, spki));
	n = i2d_X509_NAME(X509_get_issuer_name(x), &name);
	cr_assert(bytes_equal(w.issuer, bytes_of(name, (size_t)n)));
	OPENSSL_free(name);
	id = X509_get0_subject_key_id(x);
	cr_assert(bytes_equal(
		w.key_id, bytes_of(ASN1_STRING_get0_data(id), (size_t)ASN1_STRING_length(id))));
}

Test(cert_walk, agrees_with_openssl_and_refuses_what_is_bent)
{
	AUTO(arena) struct arena *a = arena_new();
	AUTO(EVP_PKEY) EVP_PKEY *rsa = EVP_RSA_gen(2048), *ec = EVP_EC_gen("P-256");
	struct bytes der = make(a, rsa, ec);
	struct cert_walk w;

	agrees(a, make(a, rsa, rsa));
	agrees(a, der);
	for (size_t n = 0; n < der.n; n++) {
		/* in memory of its own, so that a sanitizer sees a step too far */
		uint8_t *cut = mem_alloc(n + 1);

		memcpy(cut, der.p, n);
		cr_assert_eq(cert_walk(bytes_of(cut, n), &w), ERR_UNSUPPORTED, "cut at %zu", n);
		free(cut);
	}
	struct bytes longer = bytes_of(arena_strndup(a, der.p, der.n), der.n + 1);

	cr_assert_eq(cert_walk(longer, &w), ERR_UNSUPPORTED);
}

/* Nobody vouches for the certificate that signs a SCEP message. */
Test(cert_walk, names_that_are_not_plain_are_told)
{
	static const struct {
		bool plain;
		const char *name;
		uint8_t n;
	} cases[] = {
		{true, "\x30\x00", 2},
		{true, "\x30\x0d\x31\x0b\x30\x09\x06\x03\x55\x04\x03\x0c\x02Hi", 15},
		{true, "\x30\x0d\x31\x0b\x30\x09\x06\x03\x55\x04\x03\x13\x02Hi", 15},
		/* another kind of string; not ASCII; an identifier that does not end; or is longer
		 * than it need be; two in one set; something behind; nothing inside */
		{false, "\x30\x0d\x31\x0b\x30\x09\x06\x03\x55\x04\x03\x14\x02Hi", 15},
		{false, "\x30\x0d\x31\x0b\x30\x09\x06\x03\x55\x04\x03\x0c\x02\xc3\xa4", 15},
		{false, "\x30\x0d\x31\x0b\x30\x09\x06\x03\x55\x04\x83\x0c\x02Hi", 15},
		{false, "\x30\x0d\x31\x0b\x30\x09\x06\x03\x55\x80\x03\x0c\x02Hi", 15},
		{false,
			"\x30\x18\x31\x16\x30\x09\x06\x03\x55\x04\x03\x0c\x02Hi"
			"\x30\x09\x06\x03\x55\x04\x03\x0c\x02Hi",
			26},
		{false, "\x30\x0e\x31\x0c\x30\x0a\x06\x03\x55\x04\x03\x0c\x02Hi\x05", 16},
		{false, "\x30\x02\x31\x00", 4},
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct bytes name = bytes_of(cases[i].name, cases[i].n);
		struct cert_walk w = {.issuer = name, .subject = bytes_of("\x30\x00", 2)};

		cr_assert_eq(cert_walk_names(&w), cases[i].plain, "case %zu", i);
		w.subject = name;
		w.issuer = bytes_of("\x30\x00", 2);
		cr_assert_eq(cert_walk_names(&w), cases[i].plain, "case %zu", i);
	}
}
