/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The strict path for signatures of known iPads. The walkers here know just the shapes that our
 * own certificates and the iPads' Mdm-Signature have; whatever is unusual is ERR_UNSUPPORTED and
 * goes to OpenSSL's general path, which has the last word on it. What the strict path accepts,
 * the general path must accept with the same result: tests/fuzz/fuzz_cms.c holds it to that.
 */
#ifndef CERTS_CMS_INT_H
#define CERTS_CMS_INT_H

#include "certs/certs_int.h"

#include <openssl/bn.h>
#include <stdatomic.h>

/* A certificate, RFC 5280 4.1. All bytes are borrowed. */
struct cert_walk {
	struct bytes tbs;             /* what is signed */
	struct bytes serial;          /* INTEGER, with header */
	struct bytes issuer, subject; /* Name, with header */
	struct bytes spki;            /* SubjectPublicKeyInfo, with header */
	struct bytes key_id; /* the subject key identifier's octets; empty when there is none */
	struct bytes signature;
	int64_t not_before, not_after;
};
/* Version 3, signed with SHA-256 and RSA, strict DER. ERR_UNSUPPORTED otherwise. Pure. Names are
 * taken unseen: before a certificate counts that nobody vouches for, cert_walk_names(). */
int cert_walk(struct bytes der, struct cert_walk *ret) MUST_CHECK;
/* Are issuer and subject names of a plain kind, each attribute one string of ASCII? Pure. */
bool cert_walk_names(const struct cert_walk *w);

/* The signed attributes that are understood: the plain ones everywhere, all in a SCEP message. */
enum cert_cms_attribute {
	CMS_CONTENT_TYPE,
	CMS_MESSAGE_DIGEST,
	CMS_SIGNING_TIME,
	CMS_CAPABILITIES,
	CMS_PLAIN_ATTRS,
	CMS_SCEP_MESSAGE_TYPE = CMS_PLAIN_ATTRS,
	CMS_SCEP_TRANSACTION_ID,
	CMS_SCEP_SENDER_NONCE,
	CMS_CHALLENGE,
	CMS_ATTRS
};
/* A SignedData with one signer, RFC 5652 5.1. All bytes are borrowed. */
struct cert_cms_walk {
	struct bytes content; /* of a SCEP message; empty when it is elsewhere */
	struct bytes certificate;
	struct bytes sid_issuer, sid_serial; /* with headers; empty when sid is a key identifier */
	struct bytes sid_key_id;
	enum cert_digest digest;
	bool ec;                   /* ECDSA; else RSA with PKCS #1 v1.5 */
	struct bytes signed_attrs; /* with header [0]; empty: the content itself is signed */
	struct bytes attribute[CMS_ATTRS]; /* their values; p NULL: it is not there */
	struct bytes signature;
};
/* A detached signature. ERR_UNSUPPORTED for any other shape. Pure. */
int cert_cms_walk(struct bytes in, struct cert_cms_walk *ret) MUST_CHECK;
/* The same for a message that carries its content and SCEP's attributes. Pure. */
int cert_cms_walk_scep(struct bytes in, struct cert_cms_walk *ret) MUST_CHECK;
/* Does the signer's name or key identifier mean this certificate? */
bool cert_cms_names(const struct cert_cms_walk *signature, const struct cert_walk *certificate);

/* --- rsa.c: public keys of RSA, 2048 to 4096 bits, exponent 65537 --- */
struct cert_rsa {
	BIGNUM *n;
	BN_MONT_CTX *mont;
	size_t octets;
};
/* `n` big-endian, shortest; NULL when it is no such modulus. */
struct cert_rsa *cert_rsa_new(struct bytes n);
void cert_rsa_free(struct cert_rsa *k);
/* ERR_CRYPTO when the signature is wrong. */
int cert_rsa_verify(const struct cert_rsa *k, enum cert_digest d, struct bytes digest,
	struct bytes signature) MUST_CHECK;
/* PKCS #1 v1.5; `out` has room for the modulus. ERR_TOOBIG. */
int cert_rsa_encrypt(const struct cert_rsa *k, struct bytes in, uint8_t *out) MUST_CHECK;

/* --- pub.c: public keys of others; any thread may use one --- */
struct cert_pub {
	atomic_int refs;
	struct cert_rsa *rsa; /* else evp */
	EVP_PKEY *evp;
};
static inline void auto_cert_pub(struct cert_pub **p)
{
	cert_pub_free(*p);
}
/* RSA of 2048 to 4096 bits or P-256, else ERR_UNSUPPORTED. */
int cert_pub_parse(struct bytes spki, struct cert_pub **ret) MUST_CHECK;
/* Whatever key it is. NULL: no memory. */
struct cert_pub *cert_pub_of_key(EVP_PKEY *key);
/* Lets go of it when the arena ends. */
void cert_pub_keep(struct cert_pub *p, struct arena *a);
bool cert_pub_is_rsa(const struct cert_pub *p);
bool cert_pub_is_curve(const struct cert_pub *p, const char *name);
int cert_pub_bits(const struct cert_pub *p);
const EVP_MD *cert_digest_md(enum cert_digest d);
/* ERR_CRYPTO when the signature is wrong. */
int cert_pub_verify(const struct cert_pub *p, enum cert_digest d, struct bytes digest,
	struct bytes signature) MUST_CHECK;
/* To an RSA key, PKCS #1 v1.5. */
int cert_pub_encrypt(const struct cert_pub *p, struct bytes in, uint8_t out[CERT_SIGNATURE_MAX],
	size_t *ret_n) MUST_CHECK;

/* Is `content` what the key signed? */
int cert_cms_check(struct certs *c, const struct cert_cms_walk *w, struct bytes content,
	const struct cert_pub *key) MUST_CHECK;

/* The two paths of cert_cms_verify(). Fast: ERR_UNSUPPORTED sends to the general one. */
int cert_cms_verify_fast(struct certs *c, struct bytes signature, struct bytes content,
	struct cert_peer *ret) MUST_CHECK;
int cert_cms_verify_general(struct certs *c, struct bytes signature, struct bytes content,
	struct cert_peer *ret) MUST_CHECK;
/* The same pair for a bare certificate; the key is the caller's to free. */
int cert_peer_fast(struct certs *c, struct bytes der, const struct cert_walk *walk,
	struct cert_peer *ret, struct cert_pub **ret_key) MUST_CHECK;
int cert_peer_general(struct certs *c, X509 *x, struct cert_peer *ret) MUST_CHECK;

#endif
