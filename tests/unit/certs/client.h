/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The other side for the tests of certs: an iPad's keys, its SCEP requests and its signatures,
 * made with OpenSSL's general functions and none of ours.
 */
#ifndef TESTS_CERTS_CLIENT_H
#define TESTS_CERTS_CLIENT_H

#include "certs/certs_int.h"

/* --- SCEP --- */
struct client_ask {
	int type;           /* messageType; 0: PKCSReq */
	const char *cipher; /* "AES-128-CBC" when NULL; "DES-CBC" takes the legacy provider */
	const char *digest; /* of message and request; "SHA256" when NULL */
	const char *common_name;
	const char *challenge;  /* NULL: none */
	bool challenge_outside; /* as signed attribute, not in the request */
	bool version_2;         /* the request's version field is 2 */
	bool break_request;     /* the request is not signed by its key */
	bool break_message;     /* one octet of the message's signature is changed */
	size_t nonce_octets;    /* 0: 16 */
	bool no_nonce, no_transaction_id;
	const uint8_t *content; /* instead of a request inside the envelope */
	size_t content_n;
	EVP_PKEY *key; /* the request's */
	X509 *signer;  /* of the message */
	EVP_PKEY *signer_key;
};
#define CLIENT_TRANSACTION "4D2A-transaction-7"
struct bytes client_scep_ask(struct arena *a, struct bytes ca_der, const struct client_ask *ask);

struct client_answer {
	char status[8], fail_info[8], transaction_id[64];
	struct bytes recipient_nonce;
	struct bytes certificate; /* DER; empty for a refusal */
	int cipher_nid;           /* not known by OpenSSL's API: found by its name in the bytes */
};
/* 0 when it is a CertRep signed by the CA and, if it holds a certificate, opened with the key. */
int client_scep_read(struct arena *a, struct bytes ca_der, struct bytes body,
	const struct client_ask *ask, struct client_answer *ret);
/* What the nonce of a request was. */
extern uint8_t client_nonce[64];

X509 *client_self_signed(EVP_PKEY *key, const char *name);

struct cert_pub;
/* Is it the public part of this key? */
bool client_pub_is(const struct cert_pub *pub, EVP_PKEY *key);

/* --- Mdm-Signature --- */
struct client_sign {
	const char *digest; /* "SHA256" when NULL */
	bool no_attributes, by_key_id, indefinite, attached, capabilities;
};
struct bytes client_cms(struct arena *a, X509 *cert, EVP_PKEY *key, struct bytes content,
	const struct client_sign *how);
/* The outer elements of a DER ContentInfo with indefinite lengths, as iPads send it. */
struct bytes client_indefinite(struct arena *a, struct bytes der);

#endif
