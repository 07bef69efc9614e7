/* SPDX-License-Identifier: EUPL-1.2 */
/* SCEP's messages, RFC 8894 3, as scep.c needs them. */
#ifndef CERTS_SCEP_INT_H
#define CERTS_SCEP_INT_H

#include "certs/certs_int.h"

enum cert_scep_type {
	SCEP_CERT_REP = 3,
	SCEP_RENEWAL_REQ = 17,
	SCEP_PKCS_REQ = 19,
	SCEP_CERT_POLL = 20,
	SCEP_GET_CERT = 21,
	SCEP_GET_CRL = 22,
};
/* 3.2.1.4 */
enum cert_scep_fail {
	SCEP_BAD_ALG = 0,
	SCEP_BAD_MESSAGE_CHECK = 1,
	SCEP_BAD_REQUEST = 2,
	SCEP_BAD_TIME = 3,
	SCEP_BAD_CERT_ID = 4,
};

/* --- scep_msg.c --- */
/* Who signed a message, and so whom its answer is for. */
struct cert_scep_signer {
	struct bytes der; /* the certificate */
	struct cert_sid sid;
	struct cert_pub *key; /* the arena's */
};
/* A pkiMessage from outside. Bytes are the arena's or borrowed from the message. */
struct cert_scep_message {
	int type; /* messageType; -1 when it is not a number */
	struct bytes transaction_id;
	struct bytes sender_nonce; /* empty when absent */
	const char *challenge;     /* of the signed attributes; NULL when absent */
	struct bytes envelope;     /* the pkcsPKIEnvelope */
	struct cert_scep_signer signer;
	bool intact;     /* the signature holds */
	bool old_digest; /* MD5 or SHA-1 */
};
/* ERR_BADINPUT when no CertRep could answer it: no SignedData with one signer, its certificate,
 * a messageType and a transactionID. */
int cert_scep_parse(struct certs *c, struct bytes in, struct arena *a,
	struct cert_scep_message *ret) MUST_CHECK;
/* Its two paths, as those of cert_cms_verify(): the strict one takes only an intact message of a
 * usual shape by an RSA key of 2048 to 4096 bits; ERR_UNSUPPORTED sends to the general one. */
int cert_scep_parse_fast(struct certs *c, struct bytes in, struct arena *a,
	struct cert_scep_message *ret) MUST_CHECK;
int cert_scep_parse_general(
	struct bytes in, struct arena *a, struct cert_scep_message *ret) MUST_CHECK;

/* --- scep_reply.c --- */
/* A CertRep to `to`, signed by the CA. `envelope` empty: a refusal with `fail_info`. */
struct cert_scep_reply {
	const struct cert_scep_message *to;
	struct bytes envelope;
	int fail_info;
	int64_t now;
};
int cert_scep_format(struct certs *c, const struct cert_scep_reply *r, struct arena *a,
	struct bytes *ret) MUST_CHECK;

/* --- scep_envelope.c --- */
enum cert_scep_cipher { SCEP_AES128, SCEP_AES192, SCEP_AES256, SCEP_DES3, SCEP_DES, SCEP_CIPHERS };
/* Which content cipher an EnvelopedData uses. ERR_BADINPUT; ERR_UNSUPPORTED. Pure. */
int cert_scep_cipher(struct bytes envelope, enum cert_scep_cipher *ret) MUST_CHECK;
/* Opens it with the CA's key. One error for whatever went wrong, so that the answer tells
 * nothing about the key: ERR_CRYPTO. ERR_UNSUPPORTED: single DES without a provider for it. */
int cert_scep_open(struct certs *c, struct bytes envelope, enum cert_scep_cipher cipher,
	struct arena *a, struct bytes *ret) MUST_CHECK;
/* Its two paths. Fast: ERR_UNSUPPORTED sends to the general one. */
int cert_scep_open_fast(struct certs *c, struct bytes envelope, enum cert_scep_cipher cipher,
	struct arena *a, struct bytes *ret) MUST_CHECK;
int cert_scep_open_general(struct certs *c, struct bytes envelope, enum cert_scep_cipher cipher,
	struct arena *a, struct bytes *ret) MUST_CHECK;
/* The certificate as certs-only SignedData in an EnvelopedData for `to`. The cipher is the
 * asker's, but never single DES. */
int cert_scep_seal(const struct cert_scep_signer *to, enum cert_scep_cipher cipher,
	struct bytes certificate, struct arena *a, struct bytes *ret) MUST_CHECK;

/* --- csr.c --- */
/* A certificate request, RFC 2986. */
struct cert_csr {
	struct cert_pub *key;    /* the arena's */
	struct bytes spki;       /* SubjectPublicKeyInfo, as it was sent */
	uint8_t key_hash[32];    /* its SHA-256 */
	const char *common_name; /* NULL unless there is just one */
	const char *challenge;   /* NULL when absent */
	bool proved;             /* signed with its own key */
	bool old_digest;
};
/* DER alone. ERR_BADINPUT. The version field is not judged: real iPads send 2. */
int cert_csr_parse(struct bytes der, struct arena *a, struct cert_csr *ret) MUST_CHECK;
/* RSA of 2048 to 4096 bits, P-256 or P-384. */
bool cert_csr_key_fits(const struct cert_csr *csr);

#endif
