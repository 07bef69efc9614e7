/* SPDX-License-Identifier: EUPL-1.2 */
/* A PKCS #12 file such as a network's keeper hands out. */
#ifndef TESTS_CERTS_P12_H
#define TESTS_CERTS_P12_H

#include "base/mem.h"
#include "base/bytes.h"

#include <criterion/criterion.h>
#include <openssl/pem.h>
#include <openssl/pkcs12.h>
#include <openssl/x509v3.h>

static inline X509 *p12_cert(EVP_PKEY *key, int days)
{
	X509 *x = X509_new();

	ASN1_INTEGER_set(X509_get_serialNumber(x), 7);
	X509_gmtime_adj(X509_getm_notBefore(x), -86400);
	X509_gmtime_adj(X509_getm_notAfter(x), days * 86400L);
	X509_set_pubkey(x, key);
	X509_NAME_add_entry_by_txt(X509_get_subject_name(x), "CN", MBSTRING_UTF8,
		(const unsigned char *)"platta", -1, -1, 0);
	X509_set_issuer_name(x, X509_get_subject_name(x));
	cr_assert_gt(X509_sign(x, key, EVP_sha256()), 0);
	return x;
}

struct p12_how {
	const char *password;
	int days;
	int lock; /* NID of what locks the certificate; 0: as today */
	bool no_key;
	int rounds;      /* of the check sum */
	int lock_rounds; /* of the locks */
};

/* `ret_pem`, where it is not NULL: the certificate alone. */
static inline struct bytes p12_make(struct arena *a, const struct p12_how *how, const char **ret_pem)
{
	EVP_PKEY *key = EVP_EC_gen("P-256");
	X509 *x = p12_cert(key, how->days);
	PKCS12 *p12 = PKCS12_create(how->password, "platta", how->no_key ? NULL : key, x, NULL, how->lock,
		how->lock, how->lock_rounds, how->rounds ? how->rounds : 1000, 0);
	BIO *bio = BIO_new(BIO_s_mem());
	uint8_t *der = NULL;
	int n;
	struct bytes out;
	char *text;

	cr_assert(p12);
	n = i2d_PKCS12(p12, &der);
	out = arena_bytes(a, bytes_of(der, (size_t)n));
	PEM_write_bio_X509(bio, x);
	n = (int)BIO_get_mem_data(bio, &text);
	if (ret_pem)
		*ret_pem = arena_strndup(a, text, (size_t)n);
	BIO_free(bio);
	OPENSSL_free(der);
	PKCS12_free(p12);
	X509_free(x);
	EVP_PKEY_free(key);
	return out;
}

#endif
