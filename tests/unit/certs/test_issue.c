/* SPDX-License-Identifier: EUPL-1.2 */
#include "certs/certs_int.h"

#include <criterion/criterion.h>
#include <openssl/x509v3.h>

static X509 *issue(struct arena *a, const struct cert_issuer *ca, const struct cert_form *f)
{
	struct bytes der;
	X509 *x = NULL;

	cr_assert_eq(cert_issue(ca, f, a, &der), 0);
	cr_assert_eq(cert_x509_parse(der, &x), 0);
	return x;
}

static const uint8_t serial[CERT_SERIAL] = {0x7f, 0xff};

/* Each role, as OpenSSL understands it. */
Test(issue, roles)
{
	static const char *const hosts[] = {"mdm.example.se", "10.1.2.3", "fd00::1", NULL};
	static const struct {
		enum cert_role role;
		uint32_t usage, extended;
		bool is_ca;
	} cases[] = {
		{CERT_ROLE_CA,
			KU_KEY_CERT_SIGN | KU_CRL_SIGN | KU_DIGITAL_SIGNATURE | KU_KEY_ENCIPHERMENT,
			UINT32_MAX, true},
		{CERT_ROLE_SIGNER, KU_DIGITAL_SIGNATURE, UINT32_MAX, false},
		{CERT_ROLE_SERVER, KU_DIGITAL_SIGNATURE, XKU_SSL_SERVER, false},
		{CERT_ROLE_IDENTITY, KU_DIGITAL_SIGNATURE | KU_KEY_ENCIPHERMENT, XKU_SSL_CLIENT,
			false},
	};
	AUTO(arena) struct arena *a = arena_new();
	AUTO(EVP_PKEY) EVP_PKEY *rsa = EVP_RSA_gen(2048), *ec = EVP_EC_gen("P-256");
	struct cert_issuer self = {.key = rsa}, ca = {.key = rsa};
	struct cert_form f = {.organisation = "Växjö kommun",
		.common_name = "Hylla CA",
		.serial = serial,
		.not_before = 1700000000,
		.not_after = 2600000000};
	AUTO(X509) X509 *root = NULL;
	struct cert_pair pair;

	cr_assert_eq(cert_key_spki(rsa, a, &f.spki), 0);
	root = issue(a, &self, &f);
	pair = (struct cert_pair){root, rsa};
	cr_assert_eq(cert_issuer_of(&pair, a, &ca), 0);
	cr_assert_eq(cert_key_spki(ec, a, &f.spki), 0);
	for (size_t i = 0; i < 4; i++) {
		AUTO(X509) X509 *x = NULL;

		f.role = cases[i].role;
		f.common_name = "subject";
		f.hosts = f.role == CERT_ROLE_SERVER ? hosts : NULL;
		x = issue(a, &ca, &f);
		cr_assert_eq(X509_verify(x, rsa), 1);
		cr_assert_eq(X509_check_issued(root, x), X509_V_OK);
		cr_assert_eq(X509_get_key_usage(x), cases[i].usage, "role %zu", i);
		cr_assert_eq(X509_get_extended_key_usage(x), cases[i].extended, "role %zu", i);
		cr_assert_eq(X509_check_ca(x), cases[i].is_ca, "role %zu", i);
		cr_assert_eq(X509_get_version(x), X509_VERSION_3);
		cr_assert_eq(EVP_PKEY_eq(X509_get0_pubkey(x), ec), 1);
		cr_assert_eq(X509_check_host(x, "mdm.example.se", 0, 0, NULL) == 1, !!f.hosts);
		cr_assert_eq(X509_check_ip_asc(x, "10.1.2.3", 0) == 1, !!f.hosts);
		cr_assert_eq(X509_check_ip_asc(x, "fd00::1", 0) == 1, !!f.hosts);
	}
}

Test(issue, refuses_names_and_dates_that_cannot_be_written)
{
	char sixty_five[66];
	const struct {
		const char *organisation, *common_name;
		int64_t not_after;
		int err;
	} cases[] = {
		{NULL, "a", 2000000000, 0},
		{"o", sixty_five + 1, 2000000000, 0},
		{"o", sixty_five, 2000000000, ERR_BADINPUT},
		{sixty_five, "a", 2000000000, ERR_BADINPUT},
		{"", "a", 2000000000, ERR_BADINPUT},
		{"o", "", 2000000000, ERR_BADINPUT},
		{"o", NULL, 2000000000, ERR_BADINPUT},
		{"o", "a", 300000000000, ERR_BADINPUT},
		{"o", "a", 253402300799, 0},
	};
	AUTO(arena) struct arena *a = arena_new();
	AUTO(EVP_PKEY) EVP_PKEY *rsa = EVP_RSA_gen(1024);
	struct cert_issuer self = {.key = rsa};

	memset(sixty_five, 'x', 65);
	sixty_five[65] = 0;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct cert_form f = {.role = CERT_ROLE_IDENTITY,
			.serial = serial,
			.organisation = cases[i].organisation,
			.common_name = cases[i].common_name,
			.not_after = cases[i].not_after};
		struct bytes der;

		cr_assert_eq(cert_key_spki(rsa, a, &f.spki), 0);
		cr_assert_eq(cert_issue(&self, &f, a, &der), cases[i].err, "case %zu", i);
	}
}

Test(issue, serial_numbers_are_positive_and_differ)
{
	uint8_t before[CERT_SERIAL] = {0};

	for (int i = 0; i < 200; i++) {
		uint8_t now[CERT_SERIAL];

		cert_serial_draw(now);
		cr_assert(now[0] >= 0x40 && now[0] < 0x80);
		cr_assert_arr_neq(now, before, CERT_SERIAL);
		memcpy(before, now, CERT_SERIAL);
	}
}
