/* SPDX-License-Identifier: EUPL-1.2 */
/* One run of SCEP: from the payload to a certificate. */
#ifndef FAKE_IPAD_SCEP_INT_H
#define FAKE_IPAD_SCEP_INT_H

#include "tests/fake/ipad_int.h"

#include <openssl/cms.h>

/* Attributes of a SCEP message, RFC 8894 3.2.1. */
#define SCEP_MESSAGE_TYPE "2.16.840.1.113733.1.9.2"
#define SCEP_PKI_STATUS "2.16.840.1.113733.1.9.3"
#define SCEP_FAIL_INFO "2.16.840.1.113733.1.9.4"
#define SCEP_SENDER_NONCE "2.16.840.1.113733.1.9.5"
#define SCEP_RECIPIENT_NONCE "2.16.840.1.113733.1.9.6"
#define SCEP_TRANSACTION_ID "2.16.840.1.113733.1.9.7"

struct scep_run {
	struct ipad *p;
	struct arena *a;
	/* from the payload */
	const char *url, *name, *challenge;
	unsigned bits;
	int64_t usage;
	struct bytes fingerprint;
	plist_t subject, alt_names;
	/* from GetCACaps */
	bool post, aes, sha256, sha512;
	/* from GetCACert */
	STACK_OF(X509) * certs;
	X509 *ca, *recipient; /* in `certs` */
	/* ours */
	EVP_PKEY *key;           /* the identity's */
	struct ipad_pair signer; /* of the messages */
	struct bytes csr;
	uint8_t nonce[16];
	size_t nonce_n;
	char transaction[48];
};

/* The CSR, the key that signs, transaction and nonce. */
void scep_request_prepare(struct scep_run *r);
struct bytes scep_request_make(struct scep_run *r);
/* A CertRep: everything a client must check. The certificate is the caller's. */
int scep_reply_read(struct scep_run *r, struct bytes in, X509 **ret) MUST_CHECK;

/* NULL but for single DES, which OpenSSL 3 keeps in its legacy provider. */
OSSL_LIB_CTX *scep_legacy_ctx(void);

#endif
