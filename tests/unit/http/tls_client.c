/* SPDX-License-Identifier: EUPL-1.2 */
#include "base/clock.h"
#include "base/file.h"
#include "base/text.h"
#include "tests/unit/http/client.h"

#include <criterion/criterion.h>
#include <gnutls/x509.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static char dir[64];

const char *test_dir(void)
{
	if (!dir[0]) {
		text_copy(dir, sizeof(dir), "/tmp/hylla-http-XXXXXX");
		cr_assert(mkdtemp(dir));
	}
	return dir;
}

void test_dir_end(void)
{
	static const char *const files[] = {"cert.pem", "key.pem"};
	char path[128];

	for (size_t i = 0; i < 2; i++) {
		snprintf(path, sizeof(path), "%s/%s", dir, files[i]);
		unlink(path);
	}
	rmdir(dir);
	dir[0] = '\0';
}

void test_cert_make(struct test_cert *c, const char *cn)
{
	static unsigned char serial = 1;
	size_t n = 0;

	*c = (struct test_cert){.der = BUF_INIT(65536)};
	cr_assert_eq(gnutls_x509_privkey_init(&c->key), 0);
	cr_assert_eq(gnutls_x509_privkey_generate(c->key, GNUTLS_PK_ECDSA,
			     GNUTLS_CURVE_TO_BITS(GNUTLS_ECC_CURVE_SECP256R1), 0),
		0);
	cr_assert_eq(gnutls_x509_crt_init(&c->crt), 0);
	gnutls_x509_crt_set_version(c->crt, 3);
	serial++;
	gnutls_x509_crt_set_serial(c->crt, &serial, 1);
	gnutls_x509_crt_set_dn_by_oid(
		c->crt, GNUTLS_OID_X520_COMMON_NAME, 0, cn, (unsigned)strlen(cn));
	gnutls_x509_crt_set_activation_time(c->crt, (time_t)clock_now() - 60);
	gnutls_x509_crt_set_expiration_time(c->crt, (time_t)clock_now() + 3600);
	gnutls_x509_crt_set_key(c->crt, c->key);
	cr_assert_eq(gnutls_x509_crt_sign2(c->crt, c->crt, c->key, GNUTLS_DIG_SHA256, 0), 0);
	gnutls_x509_crt_export(c->crt, GNUTLS_X509_FMT_DER, NULL, &n);
	c->der.p = mem_alloc(n + 1);
	c->der.cap = n + 1;
	cr_assert_eq(gnutls_x509_crt_export(c->crt, GNUTLS_X509_FMT_DER, c->der.p, &n), 0);
	c->der.n = n;
}

void test_cert_write(const struct test_cert *c, const char *cert_path, const char *key_path)
{
	gnutls_datum_t pem;

	cr_assert_eq(gnutls_x509_crt_export2(c->crt, GNUTLS_X509_FMT_PEM, &pem), 0);
	cr_assert_eq(file_write(cert_path, bytes_of(pem.data, pem.size), 0600), 0);
	gnutls_free(pem.data);
	cr_assert_eq(gnutls_x509_privkey_export2(c->key, GNUTLS_X509_FMT_PEM, &pem), 0);
	cr_assert_eq(file_write(key_path, bytes_of(pem.data, pem.size), 0600), 0);
	gnutls_free(pem.data);
}

void test_cert_release(struct test_cert *c)
{
	gnutls_x509_crt_deinit(c->crt);
	gnutls_x509_privkey_deinit(c->key);
	buf_release(&c->der);
}

void tls_connect(struct tls_client *c, unsigned port, const char *priorities,
	const struct test_cert *cert, const gnutls_datum_t *resume)
{
	struct test_cert copy;

	*c = (struct tls_client){.fd = client_connect(port)};
	cr_assert_eq(gnutls_init(&c->session, GNUTLS_CLIENT | GNUTLS_NO_SIGNAL), 0);
	cr_assert_eq(gnutls_priority_set_direct(c->session, priorities, NULL), 0);
	cr_assert_eq(gnutls_certificate_allocate_credentials(&c->cred), 0);
	if (cert) {
		copy = *cert;
		cr_assert_eq(gnutls_certificate_set_x509_key(c->cred, &copy.crt, 1, copy.key), 0);
	}
	gnutls_credentials_set(c->session, GNUTLS_CRD_CERTIFICATE, c->cred);
	if (resume)
		cr_assert_eq(gnutls_session_set_data(c->session, resume->data, resume->size), 0);
	gnutls_transport_set_int(c->session, c->fd);
	gnutls_handshake_set_timeout(c->session, 20000);
	do
		c->code = gnutls_handshake(c->session);
	while (c->code < 0 && !gnutls_error_is_fatal(c->code));
}

void tls_send(struct tls_client *c, const char *s)
{
	size_t n = strlen(s);

	cr_assert_eq(gnutls_record_send(c->session, s, n), (ssize_t)n);
}

static ssize_t tls_take(struct tls_client *c, void *p, size_t n)
{
	ssize_t got;

	do
		got = gnutls_record_recv(c->session, p, n);
	while (got == GNUTLS_E_AGAIN || got == GNUTLS_E_INTERRUPTED);
	return got;
}

int tls_reply(struct tls_client *c, struct buf *out)
{
	const char *end, *length;
	char some[4096];
	size_t whole = SIZE_MAX;

	buf_reset(out);
	while (out->n < whole) {
		ssize_t n = tls_take(c, some, sizeof(some));

		if (n <= 0)
			return 0;
		buf_add(out, some, (size_t)n);
		end = strstr(buf_str(out), "\r\n\r\n");
		length = strcasestr(buf_str(out), "\r\nContent-Length:");
		if (end)
			whole = (size_t)(end + 4 - buf_str(out)) +
				(length ? strtoul(length + 17, NULL, 10) : 0);
	}
	return (int)strtol(buf_str(out) + 9, NULL, 10);
}

const char *tls_server_name(struct tls_client *c, char out[64])
{
	unsigned n = 0;
	const gnutls_datum_t *chain = gnutls_certificate_get_peers(c->session, &n);
	gnutls_x509_crt_t crt;
	size_t size = 64;

	out[0] = '\0';
	if (!chain || n == 0)
		return out;
	gnutls_x509_crt_init(&crt);
	if (gnutls_x509_crt_import(crt, chain, GNUTLS_X509_FMT_DER) == 0)
		gnutls_x509_crt_get_dn_by_oid(crt, GNUTLS_OID_X520_COMMON_NAME, 0, 0, out, &size);
	gnutls_x509_crt_deinit(crt);
	return out;
}

void tls_close(struct tls_client *c)
{
	gnutls_deinit(c->session);
	gnutls_certificate_free_credentials(c->cred);
	close(c->fd);
}
