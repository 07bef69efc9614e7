/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What the files of this folder share: the open certs object, OpenSSL's types as AUTO variables,
 * and the certificate maker. Byte readers are in der_int.h, messages in cms_int.h and
 * scep_int.h, records in kept_int.h.
 */
#ifndef CERTS_CERTS_INT_H
#define CERTS_CERTS_INT_H

#include "certs/certs.h"

#include <openssl/cms.h>
#include <openssl/evp.h>
#include <openssl/x509.h>
#include <pthread.h>

/* AUTO(X509) X509 *x = NULL; and its like: freed at the end of the scope. */
#define CERT_AUTO_OSSL(type)                     \
	static inline void auto_##type(type **p) \
	{                                        \
		type##_free(*p);                 \
	}
CERT_AUTO_OSSL(BIO)
CERT_AUTO_OSSL(CMS_ContentInfo)
CERT_AUTO_OSSL(EVP_CIPHER_CTX)
CERT_AUTO_OSSL(EVP_MD_CTX)
CERT_AUTO_OSSL(EVP_PKEY)
CERT_AUTO_OSSL(EVP_PKEY_CTX)
CERT_AUTO_OSSL(X509)
CERT_AUTO_OSSL(X509_CRL)
CERT_AUTO_OSSL(X509_EXTENSION)
CERT_AUTO_OSSL(X509_REQ)
CERT_AUTO_OSSL(X509_STORE_CTX)

#define CERT_DAY_S ((int64_t)86400)
#define CERT_YEAR_S (365 * CERT_DAY_S)
/* Clocks of iPads fresh out of the box are wrong: certificates start a day ago. */
#define CERT_BACKDATE_S CERT_DAY_S
/* Bytes from outside that become an OpenSSL object may not be longer. */
#define CERT_INPUT_MAX ((size_t)1 << 20)

enum cert_digest { CERT_SHA1, CERT_SHA256, CERT_SHA384, CERT_SHA512, CERT_DIGESTS };

/* --- issue.c: the certificate maker --- */
enum cert_role { CERT_ROLE_CA, CERT_ROLE_SIGNER, CERT_ROLE_SERVER, CERT_ROLE_IDENTITY };

struct cert_form {
	enum cert_role role;
	const char *organisation, *common_name; /* to 64 octets; organisation may be NULL */
	struct bytes spki;                      /* the subject's public key, DER */
	const uint8_t *serial;                  /* CERT_SERIAL bytes */
	int64_t not_before, not_after;
	const char *const *hosts; /* names and addresses of a server, NULL-ended; else NULL */
};
/* Who signs: an RSA key, and the name and key identifier to refer to. Both empty: the subject
 * signs itself. `ready`, if there is one, has the key's signing begun, to be copied. */
struct cert_issuer {
	EVP_PKEY *key;
	EVP_MD_CTX *ready;
	struct bytes name, key_id;
};
/* Positive, not zero, from the CSPRNG. */
void cert_serial_draw(uint8_t out[CERT_SERIAL]);
/* Version 3, SHA-256. ERR_BADINPUT when a name or date cannot be written. */
int cert_issue(const struct cert_issuer *ca, const struct cert_form *form, struct arena *a,
	struct bytes *ret_der) MUST_CHECK;

struct cert_ring;
struct cert_peers;
struct cert_pub;

/* A certificate with its private key. */
struct cert_pair {
	X509 *cert;
	EVP_PKEY *key;
};

/* How CMS calls a certificate: its issuer's Name and its serial number, DER with headers. */
struct cert_sid {
	struct bytes issuer, serial;
};

struct certs {
	struct store *st; /* whose words are sealed by these keys */
	struct arena *keep; /* what has variable size and lives as long as this */
	struct cert_ring *ring;
	struct cert_pair ca, signer;
	struct bytes ca_der;
	struct cert_issuer issuer; /* borrows the CA's key and bytes */
	struct cert_pub *ca_pub;
	EVP_PKEY_CTX *opening; /* the CA's key, ready to open envelopes: to be copied */
	struct cert_sid ca_sid;
	uint8_t ca_fingerprint[CERT_FINGERPRINT];
	int64_t ca_not_after;
	const char *organisation;
	X509_STORE *trust; /* the CA alone, dates not judged */
	EVP_MD *md[CERT_DIGESTS];
	struct cert_peers *peers;
	/* Single DES lives in OpenSSL's legacy provider: a context of its own, for opening
	 * requests only, and made when the first one comes. */
	pthread_mutex_t legacy_lock;
	bool legacy_tried;
	OSSL_LIB_CTX *legacy;
	OSSL_PROVIDER *legacy_provider[2];
	struct cert_pair legacy_ca;
	int64_t identity_life_s;
	bool refuse_old_algorithms;
};

/* --- certs.c --- */
/* The CA in the legacy context; NULL where OpenSSL's legacy provider is not installed. */
const struct cert_pair *cert_legacy_ca(struct certs *c);

/* --- ossl.c: OpenSSL's types and ours --- */
/* Forgets OpenSSL's own error queue and returns `err`. */
int cert_fail(int err);
/* The DER of an object in the arena. */
int cert_der_of(X509 *x, struct arena *a, struct bytes *ret) MUST_CHECK;
int cert_sid_of(X509 *x, struct arena *a, struct cert_sid *ret) MUST_CHECK;
/* RSA (PKCS #1 v1.5) with SHA-256; `out` has room for the largest. */
#define CERT_SIGNATURE_MAX 512
int cert_sign(const struct cert_issuer *by, struct bytes in, uint8_t out[CERT_SIGNATURE_MAX],
	size_t *ret_n) MUST_CHECK;
/* Whole input, nothing behind; ERR_BADINPUT. */
int cert_spki_parse(struct bytes der, EVP_PKEY **ret) MUST_CHECK;
int cert_x509_parse(struct bytes der, X509 **ret) MUST_CHECK;
/* The first certificate or private key of a PEM text; ERR_BADINPUT. Never asks for a password. */
int cert_x509_parse_pem(struct bytes pem, X509 **ret) MUST_CHECK;
int cert_key_parse_pem(struct bytes pem, EVP_PKEY **ret) MUST_CHECK;
int cert_key_parse(struct bytes der, EVP_PKEY **ret) MUST_CHECK;
/* PKCS #8 DER of a private key: a secret, for sealing; wiped when the arena ends. */
int cert_key_format(EVP_PKEY *key, struct arena *a, struct bytes *ret) MUST_CHECK;
int cert_x509_format_pem(X509 *x, struct arena *a, const char **ret) MUST_CHECK;
int cert_key_format_pem(EVP_PKEY *key, struct arena *a, const char **ret) MUST_CHECK;
/* What a memory BIO holds, copied with a NUL behind. */
struct bytes cert_bio_bytes(BIO *bio, struct arena *a);
/* Seconds UTC of a certificate's time; ERR_BADINPUT. */
int cert_time_of(const ASN1_TIME *t, int64_t *ret) MUST_CHECK;
/* SubjectPublicKeyInfo of a key. */
int cert_key_spki(EVP_PKEY *key, struct arena *a, struct bytes *ret) MUST_CHECK;
/* Wipes `b` when the arena ends. */
void cert_wipe_later(struct arena *a, struct bytes b);

/* --- establish.c --- */
int64_t cert_identity_life(const struct cert_options *o);
void cert_pair_release(struct cert_pair *p);
/* Name and key identifier in the arena; the key is borrowed. */
int cert_issuer_of(const struct cert_pair *ca, struct arena *a, struct cert_issuer *ret) MUST_CHECK;

/* --- pub.c; the rest of it in cms_int.h --- */
struct cert_pub;
struct cert_pub *cert_pub_up(struct cert_pub *p);
void cert_pub_free(struct cert_pub *p);

/* --- peer.c --- */
struct cert_walk;
struct cert_peers *cert_peers_new(void);
void cert_peers_free(struct cert_peers *p);
/* What is known of a certificate that our CA has signed; the key is the caller's to free. */
struct cert_known {
	struct cert_pub *key;
	int64_t not_before, not_after;
};
/* ERR_NOTFOUND. */
int cert_peers_get(struct cert_peers *p, const uint8_t fingerprint[CERT_FINGERPRINT],
	struct cert_known *ret) MUST_CHECK;
void cert_peers_put(struct cert_peers *p, const uint8_t fingerprint[CERT_FINGERPRINT],
	const struct cert_known *known);

#endif
