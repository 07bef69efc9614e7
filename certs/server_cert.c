/* SPDX-License-Identifier: EUPL-1.2 */
/* Certificates for our own listeners, and how long others' last. */
#include "certs/certs_int.h"

#include "base/clock.h"

#include <arpa/inet.h>
#include <openssl/x509v3.h>

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
	const char **ret_pem)
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
	AUTO(X509) X509 *x = NULL;
	struct bytes der;
	int err = cert_key_spki(key, a, &form.spki);

	if (form.not_after > form.not_before + SERVER_DAYS_MAX * CERT_DAY_S)
		form.not_after = form.not_before + SERVER_DAYS_MAX * CERT_DAY_S;
	if (form.not_after > c->ca_not_after)
		form.not_after = c->ca_not_after;
	cert_serial_draw(serial);
	if (!err)
		err = cert_issue(&c->issuer, &form, a, &der);
	if (!err)
		err = cert_x509_parse(der, &x);
	return err ? err : cert_x509_format_pem(x, a, ret_pem);
}

int cert_server_make(struct certs *c, const char *const *hosts, int days, struct arena *a,
	const char **ret_cert_pem, const char **ret_key_pem)
{
	AUTO(EVP_PKEY) EVP_PKEY *key = NULL;
	const char *cert_pem, *key_pem;
	int err;

	if (check_hosts(hosts) || days < 1)
		return ERR_BADINPUT;
	key = EVP_EC_gen("P-256");
	if (!key)
		return cert_fail(ERR_INTERNAL);
	err = make(c, key, hosts, days, a, &cert_pem);
	if (!err)
		err = cert_key_format_pem(key, a, &key_pem);
	if (err)
		return err;
	*ret_cert_pem = cert_pem;
	*ret_key_pem = key_pem;
	return 0;
}

/* A subject alternative name as `hosts` writes it; NULL for a kind we never issue. */
static const char *host_of(const GENERAL_NAME *name, struct arena *a)
{
	char text[INET6_ADDRSTRLEN];
	const ASN1_STRING *s;
	int type;

	s = GENERAL_NAME_get0_value(name, &type);
	if (type == GEN_DNS)
		return arena_strndup(a, ASN1_STRING_get0_data(s), (size_t)ASN1_STRING_length(s));
	if (type != GEN_IPADD || (ASN1_STRING_length(s) != 4 && ASN1_STRING_length(s) != 16))
		return NULL;
	type = ASN1_STRING_length(s) == 4 ? AF_INET : AF_INET6;
	return inet_ntop(type, ASN1_STRING_get0_data(s), text, sizeof(text)) ? arena_strdup(a, text)
									     : NULL;
}

static int hosts_of(const X509 *x, struct arena *a, const char *const **ret)
{
	GENERAL_NAMES *names = X509_get_ext_d2i(x, NID_subject_alt_name, NULL, NULL);
	int count = names ? sk_GENERAL_NAME_num(names) : 0;
	const char **hosts = ARENA_ARRAY(a, const char *, (size_t)(count < 0 ? 0 : count) + 1);
	size_t n = 0;

	for (int i = 0; i < count; i++) {
		const char *host = host_of(sk_GENERAL_NAME_value(names, i), a);

		if (host)
			hosts[n++] = host;
	}
	GENERAL_NAMES_free(names);
	*ret = hosts;
	return check_hosts(hosts);
}

int cert_server_renew(struct certs *c, struct bytes cert_pem, int days, struct arena *a,
	const char **ret_cert_pem)
{
	AUTO(X509) X509 *x = NULL;
	const char *const *hosts;
	int err = cert_x509_parse_pem(cert_pem, &x);

	if (err)
		return err;
	if (X509_verify(x, c->ca.key) != 1)
		return cert_fail(ERR_DENIED);
	err = days < 1 ? ERR_BADINPUT : hosts_of(x, a, &hosts);
	return err ? err : make(c, X509_get0_pubkey(x), hosts, days, a, ret_cert_pem);
}

int cert_pem_expiry(struct bytes pem, int64_t *ret_not_after)
{
	AUTO(X509) X509 *x = NULL;
	int err = cert_x509_parse_pem(pem, &x);

	return err ? err : cert_time_of(X509_get0_notAfter(x), ret_not_after);
}
