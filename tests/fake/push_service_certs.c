/* SPDX-License-Identifier: EUPL-1.2 */
#include "tests/fake/push_service.h"

#include <openssl/ec.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/x509v3.h>
#include <stdlib.h>
#include <string.h>

struct recipe {
	const char *name;
	const char *topic; /* UID of a client; else NULL */
	const char *const (*extensions)[2];
	int days;
	EVP_PKEY *key; /* of the subject */
	X509 *issuer;  /* NULL: itself */
	EVP_PKEY *issuer_key;
};

static const char *const ca_extensions[][2] = {{"basicConstraints", "critical,CA:TRUE"},
	{"keyUsage", "critical,keyCertSign,cRLSign"}, {"subjectKeyIdentifier", "hash"},
	{NULL, NULL}};
static const char *const server_extensions[][2] = {{"basicConstraints", "critical,CA:FALSE"},
	{"extendedKeyUsage", "serverAuth"}, {"subjectAltName", "DNS:localhost,IP:127.0.0.1,IP:::1"},
	{NULL, NULL}};
static const char *const client_extensions[][2] = {{"basicConstraints", "critical,CA:FALSE"},
	{"keyUsage", "critical,digitalSignature"}, {"extendedKeyUsage", "clientAuth"},
	{NULL, NULL}};

static bool name_add(X509_NAME *name, const char *field, const char *value)
{
	return X509_NAME_add_entry_by_txt(
		       name, field, MBSTRING_UTF8, (const unsigned char *)value, -1, -1, 0) == 1;
}

static bool subject_set(X509 *cert, const struct recipe *r)
{
	X509_NAME *name = X509_get_subject_name(cert);

	if (r->topic && !name_add(name, "UID", r->topic))
		return false;
	return name_add(name, "CN", r->name) && name_add(name, "C", "SE");
}

static bool serial_set(X509 *cert)
{
	uint64_t serial;

	if (RAND_bytes((unsigned char *)&serial, sizeof(serial)) != 1)
		return false;
	return ASN1_INTEGER_set_uint64(X509_get_serialNumber(cert), serial >> 1) == 1;
}

static bool extensions_add(X509 *cert, X509 *issuer, const char *const (*list)[2])
{
	X509V3_CTX ctx;

	X509V3_set_ctx(&ctx, issuer, cert, NULL, NULL, 0);
	for (; (*list)[0]; list++) {
		X509_EXTENSION *x = X509V3_EXT_conf(NULL, &ctx, (*list)[0], (*list)[1]);
		int ok = x && X509_add_ext(cert, x, -1);

		X509_EXTENSION_free(x);
		if (!ok)
			return false;
	}
	return true;
}

static X509 *cert_make(const struct recipe *r)
{
	long from = r->days < 0 ? r->days * 86400L - 86400L : -86400L;
	X509 *cert = X509_new();
	X509 *issuer = r->issuer ? r->issuer : cert;
	bool ok = cert && X509_set_version(cert, 2) && serial_set(cert) && subject_set(cert, r) &&
		  X509_set_issuer_name(cert, X509_get_subject_name(issuer)) &&
		  X509_gmtime_adj(X509_getm_notBefore(cert), from) &&
		  X509_gmtime_adj(X509_getm_notAfter(cert), r->days * 86400L) &&
		  X509_set_pubkey(cert, r->key) && extensions_add(cert, issuer, r->extensions) &&
		  X509_sign(cert, r->issuer_key, EVP_sha256()) > 0;

	if (ok)
		return cert;
	X509_free(cert);
	return NULL;
}

/* What a memory BIO holds, as an owned text. */
static char *bio_text(BIO *b)
{
	char *p, *text;
	long n = BIO_get_mem_data(b, &p);

	text = malloc((size_t)n + 1);
	if (text) {
		memcpy(text, p, (size_t)n);
		text[n] = '\0';
	}
	return text;
}

static char *cert_text(X509 *cert)
{
	BIO *b = BIO_new(BIO_s_mem());
	char *text = b && PEM_write_bio_X509(b, cert) == 1 ? bio_text(b) : NULL;

	BIO_free(b);
	return text;
}

static char *key_text(EVP_PKEY *key)
{
	BIO *b = BIO_new(BIO_s_mem());
	char *text = b && PEM_write_bio_PrivateKey(b, key, NULL, NULL, 0, NULL, NULL) == 1
			     ? bio_text(b)
			     : NULL;

	BIO_free(b);
	return text;
}

/* Makes the certificate and writes it out; `r->issuer_key` NULL: its own key. */
static X509 *cert_write(struct recipe *r, char **ret_cert, char **ret_key)
{
	X509 *cert;

	if (!r->key)
		return NULL;
	if (!r->issuer_key)
		r->issuer_key = r->key;
	cert = cert_make(r);
	if (!cert)
		return NULL;
	*ret_cert = cert_text(cert);
	if (ret_key)
		*ret_key = key_text(r->key);
	return cert;
}

int push_service_make_certificates(const char *topic, struct push_service_certificates *ret)
{
	struct push_service_certificates c = {NULL};
	EVP_PKEY *ca_key = EVP_EC_gen("P-256"), *key = EVP_EC_gen("P-256");
	struct recipe root = {"Stand-in root", NULL, ca_extensions, 3650, ca_key, NULL, NULL};
	X509 *ca = cert_write(&root, &c.ca_pem, &c.ca_key_pem), *leaf = NULL;
	int rc = -1;

	if (ca) {
		struct recipe server = {
			"localhost", NULL, server_extensions, 3650, key, ca, ca_key};

		leaf = cert_write(&server, &c.server_cert_pem, &c.server_key_pem);
	}
	if (leaf)
		rc = push_service_make_client(
			&c, topic, 365, NULL, &c.client_cert_pem, &c.client_key_pem);
	X509_free(leaf);
	X509_free(ca);
	EVP_PKEY_free(key);
	EVP_PKEY_free(ca_key);
	if (rc)
		push_service_free_certificates(&c);
	else
		*ret = c;
	return rc;
}

static X509 *cert_read(const char *pem)
{
	BIO *b = BIO_new_mem_buf(pem, -1);
	X509 *cert = b ? PEM_read_bio_X509(b, NULL, NULL, NULL) : NULL;

	BIO_free(b);
	return cert;
}

static EVP_PKEY *key_read(const char *pem)
{
	BIO *b = BIO_new_mem_buf(pem, -1);
	EVP_PKEY *key = b ? PEM_read_bio_PrivateKey(b, NULL, NULL, NULL) : NULL;

	BIO_free(b);
	return key;
}

static EVP_PKEY *csr_key(const char *pem)
{
	BIO *b = BIO_new_mem_buf(pem, -1);
	X509_REQ *csr = b ? PEM_read_bio_X509_REQ(b, NULL, NULL, NULL) : NULL;
	EVP_PKEY *key = csr ? X509_REQ_get_pubkey(csr) : NULL;

	X509_REQ_free(csr);
	BIO_free(b);
	return key;
}

int push_service_make_client(const struct push_service_certificates *c, const char *topic, int days,
	const char *csr_pem, char **ret_cert_pem, char **ret_key_pem)
{
	struct recipe r = {"APSP:stand-in", topic, client_extensions, days,
		csr_pem ? csr_key(csr_pem) : EVP_EC_gen("P-256"), cert_read(c->ca_pem),
		key_read(c->ca_key_pem)};
	char *key = NULL;
	X509 *cert = r.issuer && r.issuer_key ? cert_write(&r, ret_cert_pem, csr_pem ? NULL : &key)
					      : NULL;
	int rc = cert ? 0 : -1;

	if (cert)
		*ret_key_pem = key;
	X509_free(cert);
	X509_free(r.issuer);
	EVP_PKEY_free(r.issuer_key);
	EVP_PKEY_free(r.key);
	return rc;
}

void push_service_free_certificates(struct push_service_certificates *c)
{
	free(c->ca_pem);
	free(c->ca_key_pem);
	free(c->server_cert_pem);
	free(c->server_key_pem);
	free(c->client_cert_pem);
	free(c->client_key_pem);
	*c = (struct push_service_certificates){NULL};
}
