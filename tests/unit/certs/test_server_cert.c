/* SPDX-License-Identifier: EUPL-1.2 */
#include "tests/unit/certs/fixture.h"

#include <criterion/criterion.h>
#include <openssl/x509v3.h>

static void names(struct fixture *f)
{
	static const char *const good[] = {"mdm.vaxjo.se", "10.0.0.9", "localhost", NULL};
	AUTO(EVP_PKEY) EVP_PKEY *key = NULL;
	AUTO(X509) X509 *x = NULL;
	const char *cert_pem, *key_pem;
	int64_t end;

	cr_assert_eq(cert_server_make(f->c, good, 90, f->a, &cert_pem, &key_pem), 0);
	cr_assert_eq(cert_x509_parse_pem(bytes_of_str(cert_pem), &x), 0);
	cr_assert_eq(cert_key_parse_pem(bytes_of_str(key_pem), &key), 0);
	cr_assert_eq(X509_check_private_key(x, key), 1);
	cr_assert_eq(X509_verify(x, f->c->ca.key), 1);
	cr_assert_eq(X509_check_host(x, "mdm.vaxjo.se", 0, 0, NULL), 1);
	cr_assert_eq(X509_check_host(x, "mdm.kalmar.se", 0, 0, NULL), 0);
	cr_assert_eq(X509_check_ip_asc(x, "10.0.0.9", 0), 1);
	cr_assert_eq(cert_pem_expiry(bytes_of_str(cert_pem), &end), 0);
	cr_assert(end > f->now + 89 * CERT_DAY_S && end < f->now + 91 * CERT_DAY_S);
	cr_assert_eq(cert_server_make(f->c, good, 4000, f->a, &cert_pem, &key_pem), 0);
	cr_assert_eq(cert_pem_expiry(bytes_of_str(cert_pem), &end), 0);
	cr_assert_lt(end, f->now + 826 * CERT_DAY_S, "Apple refuses longer ones");
	f->c->ca_not_after = f->now + 5 * CERT_DAY_S;
	cr_assert_eq(cert_server_make(f->c, good, 90, f->a, &cert_pem, &key_pem), 0);
	cr_assert_eq(cert_pem_expiry(bytes_of_str(cert_pem), &end), 0);
	cr_assert_eq(end, f->now + 5 * CERT_DAY_S, "never longer than the CA");
}

Test(server_cert, names_and_days)
{
	static const char *const bad[][2] = {{NULL}, {"a b"}, {""}, {"a,DNS:b"}, {"å.se"}, {"a/b"}};
	static const char *const good[] = {"localhost", NULL};
	const char *cert_pem, *key_pem;
	struct fixture f;
	int64_t end;

	fixture_house(&f);
	names(&f);
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		cr_assert_eq(cert_server_make(f.c, bad[i], 9, f.a, &cert_pem, &key_pem),
			ERR_BADINPUT, "case %zu", i);
	cr_assert_eq(cert_server_make(f.c, good, 0, f.a, &cert_pem, &key_pem), ERR_BADINPUT);
	cr_assert_eq(cert_pem_expiry(bytes_of_str("no PEM"), &end), ERR_BADINPUT);
	fixture_end(&f);
}

static const char *self_signed(struct fixture *f)
{
	AUTO(EVP_PKEY) EVP_PKEY *key = EVP_EC_gen("P-256");
	AUTO(X509) X509 *x = X509_new();
	const char *pem;

	X509_gmtime_adj(X509_getm_notBefore(x), 0);
	X509_gmtime_adj(X509_getm_notAfter(x), 86400);
	X509_set_pubkey(x, key);
	cr_assert_gt(X509_sign(x, key, EVP_sha256()), 0);
	cr_assert_eq(cert_x509_format_pem(x, f->a, &pem), 0);
	return pem;
}

Test(server_cert, renewed_with_its_names_and_its_key)
{
	static const char *const good[] = {"mdm.vaxjo.se", "10.0.0.9", "::1", NULL};
	const char *cert_pem, *key_pem, *renewed;
	AUTO(EVP_PKEY) EVP_PKEY *key = NULL;
	AUTO(X509) X509 *x = NULL;
	struct fixture f;
	int64_t end;

	fixture_house(&f);
	cr_assert_eq(cert_server_make(f.c, good, 9, f.a, &cert_pem, &key_pem), 0);
	cr_assert_eq(cert_server_renew(f.c, bytes_of_str(cert_pem), 90, f.a, &renewed), 0);
	cr_assert_eq(cert_x509_parse_pem(bytes_of_str(renewed), &x), 0);
	cr_assert_eq(cert_key_parse_pem(bytes_of_str(key_pem), &key), 0);
	cr_assert_eq(X509_check_private_key(x, key), 1);
	cr_assert_eq(X509_check_host(x, "mdm.vaxjo.se", 0, 0, NULL), 1);
	cr_assert_eq(X509_check_ip_asc(x, "10.0.0.9", 0), 1);
	cr_assert_eq(X509_check_ip_asc(x, "::1", 0), 1);
	cr_assert_eq(cert_pem_expiry(bytes_of_str(renewed), &end), 0);
	cr_assert_gt(end, f.now + 89 * CERT_DAY_S);
	cr_assert_eq(cert_server_renew(f.c, bytes_of_str(self_signed(&f)), 90, f.a, &renewed),
		ERR_DENIED);
	cr_assert_eq(
		cert_server_renew(f.c, bytes_of_str("no PEM"), 90, f.a, &renewed), ERR_BADINPUT);
	fixture_end(&f);
}
