/* SPDX-License-Identifier: EUPL-1.2 */
/* Certificates for our own listeners, and how long others' last. */
#include "certs/certs_int.h"

#include "base/clock.h"

#include <arpa/inet.h>

/* Apple's systems refuse server certificates that live longer, whoever signs them. */
#define SERVER_DAYS_MAX 825
#define HOSTS_MAX 100
#define HOST_MAX 253

/* Letters, digits, and the signs of host names. */
static bool is_host(const char *s)
{
	size_t n = strlen(s);

	return n > 0 && n <= HOST_MAX &&
	       strspn(s, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-*") == n;
}

static bool is_address(const char *s)
{
	uint8_t raw[16];

	return inet_pton(AF_INET, s, raw) == 1 || inet_pton(AF_INET6, s, raw) == 1;
}

static int check_hosts(const char *const *hosts)
{
	size_t n = 0;

	while (hosts[n]) {
		if (n == HOSTS_MAX || (!is_address(hosts[n]) && !is_host(hosts[n])))
			return ERR_BADINPUT;
		n++;
	}
	return n ? 0 : ERR_BADINPUT;
}

static int make(struct certs *c, EVP_PKEY *key, const char *const *hosts, int days, struct arena *a,
	X509 **ret)
{
	int64_t now = clock_now();
	uint8_t serial[CERT_SERIAL];
	struct cert_form form = {
		.role = CERT_ROLE_SERVER,
		.organisation = c->organisation,
		.common_name = "Hylla server",
		.serial = serial,
		.not_before = now - CERT_BACKDATE_S,
		.not_after = now + days * CERT_DAY_S,
		.hosts = hosts,
	};
	struct bytes der;
	int err = cert_key_spki(key, a, &form.spki);

	if (form.not_after > form.not_before + SERVER_DAYS_MAX * CERT_DAY_S)
		form.not_after = form.not_before + SERVER_DAYS_MAX * CERT_DAY_S;
	if (form.not_after > c->ca_not_after)
		form.not_after = c->ca_not_after;
	cert_serial_draw(serial);
	if (!err)
		err = cert_issue(&c->issuer, &form, a, &der);
	return err ? err : cert_x509_parse(der, ret);
}

int cert_server_make(struct certs *c, const char *const *hosts, int days, struct arena *a,
	const char **ret_cert_pem, const char **ret_key_pem)
{
	AUTO(EVP_PKEY) EVP_PKEY *key = NULL;
	AUTO(X509) X509 *x = NULL;
	const char *cert_pem, *key_pem;
	int err;

	if (check_hosts(hosts) || days < 1)
		return ERR_BADINPUT;
	key = EVP_EC_gen("P-256");
	if (!key)
		return cert_fail(ERR_INTERNAL);
	err = make(c, key, hosts, days, a, &x);
	if (!err)
		err = cert_x509_format_pem(x, a, &cert_pem);
	if (!err)
		err = cert_key_format_pem(key, a, &key_pem);
	if (err)
		return err;
	*ret_cert_pem = cert_pem;
	*ret_key_pem = key_pem;
	return 0;
}

int cert_pem_expiry(struct bytes pem, int64_t *ret_not_after)
{
	AUTO(X509) X509 *x = NULL;
	int err = cert_x509_parse_pem(pem, &x);

	return err ? err : cert_time_of(X509_get0_notAfter(x), ret_not_after);
}
