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

/* A certificate, RFC 5280 4.1. All bytes are borrowed. */
struct cert_walk {
	struct bytes tbs;    /* what is signed */
	struct bytes serial; /* INTEGER, with header */
	struct bytes issuer, subject; /* Name, with header */
	struct bytes spki;   /* SubjectPublicKeyInfo, with header */
	struct bytes key_id; /* the subject key identifier's octets; empty when there is none */
	struct bytes signature;
	int64_t not_before, not_after;
};
/* Version 3, signed with SHA-256 and RSA, strict DER. ERR_UNSUPPORTED otherwise. Pure. Names are
 * taken unseen: before a certificate counts that nobody vouches for, cert_walk_names(). */
int cert_walk(struct bytes der, struct cert_walk *ret) MUST_CHECK;
/* Are issuer and subject names of a plain kind, each attribute one string of ASCII? Pure. */
bool cert_walk_names(const struct cert_walk *w);
/* A public key: RSA of 2048 to 4096 bits or P-256, else ERR_UNSUPPORTED. ret_bits may be NULL. */
int cert_spki_key(struct bytes spki, EVP_PKEY **ret) MUST_CHECK;

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

/* --- rsa.c --- */
/* Makes ready what cert_rsa_verify needs of a public RSA key; of others nothing. Before the key is
 * shared between threads. */
void cert_rsa_prepare(EVP_PKEY *key);
/* ERR_UNSUPPORTED when the key was not made ready, ERR_CRYPTO when the signature is wrong. */
int cert_rsa_verify(
	EVP_PKEY *key, enum cert_digest d, struct bytes digest, struct bytes signature) MUST_CHECK;

/* Is `content` what the key signed? */
int cert_cms_check(struct certs *c, const struct cert_cms_walk *w, struct bytes content,
	EVP_PKEY *key) MUST_CHECK;

/* The two paths of cert_cms_verify(). Fast: ERR_UNSUPPORTED sends to the general one. */
int cert_cms_verify_fast(struct certs *c, struct bytes signature, struct bytes content,
	struct cert_peer *ret) MUST_CHECK;
int cert_cms_verify_general(struct certs *c, struct bytes signature, struct bytes content,
	struct cert_peer *ret) MUST_CHECK;
/* The same pair for a bare certificate; the key is the caller's to free. */
int cert_peer_fast(struct certs *c, struct bytes der, const struct cert_walk *walk,
	struct cert_peer *ret, EVP_PKEY **ret_key) MUST_CHECK;
/* Fingerprint and dates, and nothing judged. */
int cert_peer_of(struct certs *c, X509 *x, struct cert_peer *ret) MUST_CHECK;
int cert_peer_general(struct certs *c, X509 *x, struct cert_peer *ret) MUST_CHECK;

#endif
