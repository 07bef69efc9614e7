/* SPDX-License-Identifier: EUPL-1.2 */
/* Certificates for our own listeners, and how long others' last. */
#include "certs/certs_int.h"

#include "base/clock.h"

#include <arpa/inet.h>
#include <stdio.h>

/* Apple's systems refuse server certificates that live longer, whoever signs them. */
#define SERVER_DAYS_MAX 825
#define NAMES_MAX 16384
#define HOST_MAX 253

/* Letters, digits, and the signs of host names: nothing that the list of names could break on. */
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

static int alt_names(const char *const *hosts, struct buf *out)
{
	for (size_t i = 0; hosts[i]; i++) {
		bool address = is_address(hosts[i]);

		if (!address && !is_host(hosts[i]))
			return ERR_BADINPUT;
		buf_printf(out, "%s%s:%s", i ? "," : "", address ? "IP" : "DNS", hosts[i]);
	}
	return out->n && buf_ok(out) ? 0 : ERR_BADINPUT;
}

int cert_server_make(struct certs *c, const char *const *hosts, int days, struct arena *a,
	const char **ret_cert_pem, const char **ret_key_pem)
{
	AUTO(buf) struct buf names = BUF_INIT(NAMES_MAX);
	AUTO(EVP_PKEY) EVP_PKEY *key = NULL;
	AUTO(X509) X509 *x = NULL;
	uint8_t serial[CERT_SERIAL];
	const char *cert_pem, *key_pem;
	int64_t now = clock_now();
	struct cert_form form = {
		.role = CERT_ROLE_SERVER,
		.organisation = c->organisation,
		.common_name = "Hylla server",
		.serial = serial,
		.not_before = now - CERT_BACKDATE_S,
		.not_after = now + days * CERT_DAY_S,
	};
	int err = alt_names(hosts, &names);

	if (err || days < 1)
		return ERR_BADINPUT;
	if (form.not_after > form.not_before + SERVER_DAYS_MAX * CERT_DAY_S)
		form.not_after = form.not_before + SERVER_DAYS_MAX * CERT_DAY_S;
	if (form.not_after > c->ca_not_after)
		form.not_after = c->ca_not_after;
	cert_serial_draw(serial);
	key = EVP_EC_gen("P-256");
	if (!key)
		return cert_fail(ERR_INTERNAL);
	form.key = key;
	form.alt_names = buf_str(&names);
	err = cert_issue(&c->ca, &form, &x);
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
