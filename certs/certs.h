/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * certs: the OpenSSL door. Our certificate authority, the devices' identities, SCEP (RFC 8894),
 * CMS (RFC 5652), the push certificate, the sealing of fields, and password hashes.
 *
 * Words. Identity: a certificate we issued to one iPad, known for ever by its fingerprint, the
 * SHA-256 of its DER. Challenge: the one-time word in an enrolment profile that lets one key get
 * one identity. Seal: encryption of a field at rest with a key that is kept outside the store.
 * Kept: one of the few named things of the house (CA, profile signer, push certificate) in table
 * CERT_KEPT, private keys sealed.
 *
 * Sealing keys stand in a text file, one a line: `key NUMBER BASE64` (32 random bytes). The
 * highest number seals, all open, the lowest makes the keyed hashes and must stay. To change keys
 * add a line with a higher number; what an older one sealed stays so until it is written again, so all
 * stay. Whoever has the store without this file has none of the keys.
 *
 * Threads. struct certs may be used by all threads at once. Key generation and signing are slow
 * (0.3 to 200 ms) and are never done inside a transaction.
 */
#ifndef CERTS_CERTS_H
#define CERTS_CERTS_H

#include "store/store.h"

#define CERT_FINGERPRINT 32
#define CERT_SERIAL 16

struct certs;

struct cert_options {
	const char *seal_key_path;  /* file of sealing keys, mode 0600, outside the store */
	int64_t identity_life_s;    /* 0: five years */
	bool refuse_old_algorithms; /* SCEP: no single DES, 3DES, SHA-1, MD5 in requests */
};

/* `hylla init`: makes the sealing key file (never replaces one), the CA (RSA-2048, lives
 * `ca_years`, and longer than any identity it may issue) and the profile signer. ERR_EXISTS when
 * the store has a CA already. `organisation` is the CA's and the profiles' name, to 60 octets
 * (ERR_BADINPUT). Takes a good part of a second: two RSA keys. */
int cert_establish(struct store *st, const struct cert_options *o, const char *organisation,
	int ca_years, int64_t now) MUST_CHECK;
/* ERR_NOTFOUND without a CA or key file; ERR_CRYPTO when the key file is not this store's;
 * ERR_DENIED when others than its owner may read it. From now on words in records are sealed, and
 * opened (store_sealer_set()); certs_close(), which comes before store_close(), ends that: what is
 * sealed is then empty to who reads, and nothing with words can be written. */
int certs_open(struct store *st, const struct cert_options *o, struct certs **ret) MUST_CHECK;
void certs_close(struct certs *c);

/* --- small tools --- */
void cert_sha256(struct bytes in, uint8_t out[32]);
/* In constant time for equal lengths. */
bool cert_secret_equal(struct bytes a, struct bytes b);
/* HMAC-SHA-256 with a key derived for `context`: keyed index of sealed values. */
void cert_keyed_hash(struct certs *c, const char *context, struct bytes in, uint8_t out[32]);
/* The numbers of all sealing keys, rising; the last one seals. Returns how many. */
#define CERT_SEAL_KEYS 16
size_t cert_seal_keys(struct certs *c, uint32_t ret[CERT_SEAL_KEYS]);
/* cert_keyed_hash() with the sealing key of that number: for indexes that can be moved to a newer
 * key. ERR_NOTFOUND: there is no such key. */
int cert_keyed_hash_by(struct certs *c, uint32_t key, const char *context, struct bytes in,
	uint8_t out[32]) MUST_CHECK;
/* AES-256-GCM with the newest sealing key; `context` (table and field) is bound in, so a sealed
 * value cannot be moved elsewhere. Result in the arena. */
int cert_seal(struct certs *c, const char *context, struct bytes plain, struct arena *a,
	struct bytes *ret) MUST_CHECK;
/* ERR_CRYPTO when it was changed, moved, or sealed by a key we do not have. */
int cert_unseal(struct certs *c, const char *context, struct bytes sealed, struct arena *a,
	struct bytes *ret) MUST_CHECK;
/* Memory-hard (scrypt, about 32 MiB); few at a time, others wait; ERR_BUSY when too many do. The
 * text carries its settings. */
int cert_password_hash(struct arena *a, const char *password, const char **ret) MUST_CHECK;
/* ERR_DENIED; ERR_BUSY; ERR_CORRUPT when `hash` is no text of cert_password_hash(). */
int cert_password_verify(const char *password, const char *hash) MUST_CHECK;

/* --- the CA and certificates of the house --- */
struct bytes cert_ca_der(struct certs *c);
/* SHA-1 of the CA's DER, for the CAFingerprint of a SCEP payload: an iPad tells the digest by its
 * size and knows only MD5 and this one. Never for a decision of ours. */
void cert_ca_sha1(struct certs *c, uint8_t out[20]);
int64_t cert_ca_not_after(struct certs *c);
/* Of the certificate that signs profiles; 0: not known. */
int64_t cert_signer_not_after(struct certs *c);
/* A P-256 server certificate for our own listeners, signed by the CA; PEM texts in the arena. */
int cert_server_make(struct certs *c, const char *const *hosts, int days, struct arena *a,
	const char **ret_cert_pem, const char **ret_key_pem) MUST_CHECK;
/* The same names and the same key for another `days`, so that only the certificate's file changes.
 * ERR_DENIED when `cert_pem` is not from our CA: then it is somebody else's to renew. */
int cert_server_renew(struct certs *c, struct bytes cert_pem, int days, struct arena *a,
	const char **ret_cert_pem) MUST_CHECK;
/* The revocation list (RFC 5280), DER, made now. */
int cert_crl(struct certs *c, struct store *st, int64_t now, struct arena *a,
	struct bytes *ret) MUST_CHECK;
/* notAfter of the first certificate in a PEM text. */
int cert_pem_expiry(struct bytes pem, int64_t *ret_not_after) MUST_CHECK;

/* --- identities --- */
enum cert_purpose { CERT_FOR_ENROLMENT = 1, CERT_FOR_RENEWAL = 2 };

struct cert_identity {
	uint8_t fingerprint[CERT_FINGERPRINT];
	uint8_t serial[CERT_SERIAL];
	const char *device_serial; /* the only iPad that may use it; NULL: first of its batch */
	const char *udid;          /* bound by Authenticate; for a renewal from the start */
	const char *invitation;    /* what the challenge was made for */
	uint32_t purpose;
	int64_t issued_at, not_before, not_after;
	int64_t revoked_at;      /* 0: good */
	uint32_t revoked_reason; /* RFC 5280 5.3.1 */
	struct bytes unknown;
};
int cert_identity_get(struct store_txn *txn, struct arena *a,
	const uint8_t fingerprint[CERT_FINGERPRINT], struct cert_identity *ret) MUST_CHECK;
/* First use: ties it to a UDID for good. ERR_CONFLICT when tied to another. */
int cert_identity_bind(struct store_txn *txn, const uint8_t fingerprint[CERT_FINGERPRINT],
	const char *udid) MUST_CHECK;
int cert_identity_revoke(struct store_txn *txn, const uint8_t fingerprint[CERT_FINGERPRINT],
	uint32_t reason, int64_t now) MUST_CHECK;
/* Good identities that end before `before`, soonest first, at most `most`. `after` continues
 * from the last one seen (NULL: from the start). */
int cert_identity_expiring(struct store_txn *txn, struct arena *a, int64_t before,
	const struct cert_identity *after, size_t most, struct cert_identity **ret,
	size_t *ret_n) MUST_CHECK;
/* The bridge for identities made elsewhere (fingerprint and validity already known). */
int cert_identity_adopt(struct store_txn *txn, const struct cert_identity *id) MUST_CHECK;

/* --- challenges --- */
struct cert_challenge_ask {
	const char *device_serial; /* NULL: batch */
	const char *udid;          /* only for a renewal */
	const char *invitation;
	int64_t expires_at;
};
/* `secret` is 24 random bytes drawn before the transaction. The word for the profile lands in
 * the arena. Also drops a few expired challenges. */
int cert_challenge_add(struct store_txn *txn, struct arena *a, const struct cert_challenge_ask *ask,
	const uint8_t secret[24], int64_t now, const char **ret_word) MUST_CHECK;
/* The subject common name that a profile with this challenge must ask for, in the arena. */
const char *cert_challenge_subject(struct arena *a, const char *word);

/* --- SCEP, RFC 8894 --- */
struct cert_scep_answer {
	struct bytes body; /* a CertRep; also for a refusal (HTTP 200 both) */
	bool issued;
	int fail_info;                 /* RFC 8894 3.2.1.4 when not issued, else -1 */
	const char *why;               /* short English word for the log: "challenge-used" */
	const char *transaction_id;    /* printable, for the log */
	struct cert_identity identity; /* when issued */
};
const char *cert_scep_caps(struct certs *c); /* GetCACaps body */
/*
 * One PKIOperation, whole: open, check the challenge, issue, burn, answer. The same request sent
 * again (a lost reply) gets the same certificate; another key with a used challenge gets none.
 * ERR_BADINPUT when it is no SCEP message at all (no CertRep can be made). Types and digests are
 * taken as real devices send them: 3DES, single DES, SHA-1, a signer that is not the request's
 * key, the challenge as a signed attribute; the answer uses the asker's cipher, but 3DES for
 * single DES, and SHA-256.
 *
 * A challenge is always needed, and the subject that goes with it: so an identity that got into
 * wrong hands cannot renew itself for ever. A RenewalReq must besides be signed by an identity of
 * ours that is bound to the challenge's UDID and not revoked; it may have expired. A PKCSReq with
 * a challenge made for a UDID renews as well: that is how iPads do it.
 *
 * No more at once than there are processors; ERR_BUSY after five seconds of waiting.
 */
int cert_scep_operate(struct certs *c, struct store *st, struct bytes message, int64_t now,
	struct arena *a, struct cert_scep_answer *ret) MUST_CHECK;

/* --- CMS, RFC 5652 --- */
struct cert_peer {
	uint8_t fingerprint[CERT_FINGERPRINT]; /* of the signer's certificate */
	int64_t not_before, not_after;
	bool fast; /* the strict path for known keys was enough */
};
/*
 * Proves that `content` was signed (detached SignedData, DER or BER) by the key in the
 * certificate it carries, and that this certificate is from our CA. Who that is, whether revoked
 * or expired, is for the caller to decide by cert_identity_get(). ERR_CRYPTO, ERR_BADINPUT.
 *
 * What iPads usually send is read by a strict reader of our own, and the keys of the last 4096
 * certificates are remembered: 25 us instead of 230. Anything unusual goes to OpenSSL.
 */
int cert_cms_verify(struct certs *c, struct bytes signature, struct bytes content,
	struct cert_peer *ret) MUST_CHECK;
/* The signature alone, by whatever certificate is inside: no word of who that is. For one whose
 * fingerprint the caller has pinned, and nothing else. */
int cert_cms_verify_any(struct certs *c, struct bytes signature, struct bytes content,
	struct cert_peer *ret) MUST_CHECK;
/* The same of a bare certificate whose key was proved: fingerprint and dates. */
int cert_peer_any(struct certs *c, struct bytes der, struct cert_peer *ret) MUST_CHECK;
/* The same claim for a bare certificate whose key the TLS layer or a trusted proxy has proved. */
int cert_peer_verify(struct certs *c, struct bytes der, struct cert_peer *ret) MUST_CHECK;
/* A client certificate as a proxy hands it on: RFC 9440 ":base64:" or nginx's escaped PEM. */
int cert_proxy_header_parse(struct arena *a, const char *value, struct bytes *ret_der) MUST_CHECK;
/* Opaque (enveloping) SignedData with the house's profile signer and the CA inside. */
int cert_cms_sign(
	struct certs *c, struct bytes content, struct arena *a, struct bytes *ret) MUST_CHECK;

/* --- what others write to us --- */
/* A pair that others encrypt to: RSA-2048 and a certificate that signed itself. */
struct cert_letter_key {
	const char *cert_pem;
	struct bytes key; /* PKCS #8 DER, a secret: for sealing; wiped when the arena ends */
};
int cert_letter_key_make(struct certs *c, const char *name, int64_t not_before, int64_t not_after,
	struct arena *a, struct cert_letter_key *ret) MUST_CHECK;
/* Opens an EnvelopedData (DER) made for the pair. ERR_BADINPUT: none; ERR_CRYPTO: not for this
 * pair. What comes out is wiped when the arena ends. */
int cert_letter_open(const struct cert_letter_key *k, struct bytes envelope, struct arena *a,
	struct bytes *ret) MUST_CHECK;
/* The content of an opaque SignedData (DER, BER) whose only signer's chain leads to one of the
 * certificates in `roots_pem`; no date in the chain is judged. ERR_CRYPTO, ERR_BADINPUT. */
int cert_letter_read(struct bytes message, struct bytes roots_pem, struct arena *a,
	struct bytes *ret) MUST_CHECK;
/* --- what somebody else made and an iPad gets: p12.c --- */
/* Key and certificate of a PKCS #12 file, tried and let go. ERR_BADINPUT: no such file; ERR_DENIED: another
 * password; ERR_NOTFOUND: no key, or not the certificate's; ERR_UNSUPPORTED: locked in a way nobody knows. Slow: not
 * in a transaction. */
int cert_p12_open(struct certs *c, struct bytes der, const char *password,
	int64_t *ret_not_after) MUST_CHECK;
#define CERT_ANCHORS_MAX 8
struct cert_anchor {
	struct bytes der;
	bool self; /* issued by itself: a root */
};
/* One certificate in DER, or one to eight in a PEM text. ERR_BADINPUT, ERR_TOOBIG. */
int cert_anchors_parse(struct bytes in, struct arena *a, struct cert_anchor **ret,
	size_t *ret_n) MUST_CHECK;
/* At least one certificate in a PEM text? */
int cert_roots_check(struct bytes pem) MUST_CHECK;
/* For protocols of others that ask for them: OAuth 1.0a; Activation Lock. */
void cert_hmac_sha1(struct bytes key, struct bytes in, uint8_t out[20]);
void cert_pbkdf2_sha256(struct bytes secret, struct bytes salt, unsigned rounds, uint8_t out[32]);

/* --- signatures of JSON web tokens, RFC 7515 and RFC 7518 section 3 --- */
enum cert_jws { CERT_JWS_RS256 = 1, CERT_JWS_PS256, CERT_JWS_ES256 };
struct cert_jws_key {
	struct bytes n, e; /* RSA, 2048 bits and more */
	struct bytes x, y; /* P-256 */
};
/* ERR_CRYPTO: not signed by that key; ERR_BADINPUT: it is no key. */
int cert_jws_verify(enum cert_jws alg, const struct cert_jws_key *k, struct bytes content,
	struct bytes signature) MUST_CHECK;

/* --- the push certificate --- */
struct cert_push {
	const char *cert_pem; /* leaf first */
	const char *key_pem;  /* a secret: wiped by cert_push_wipe */
	const char *topic;    /* UID 0.9.2342.19200300.100.1.1 of the subject */
	int64_t not_before, not_after;
	uint64_t generation; /* rises with each import */
	const char *refused; /* Apple's word for why nothing is sent under it; NULL: none is known */
};
/* Makes a key (kept sealed, pending) and its CSR; a second call keeps the pending key. */
int cert_push_request(
	struct certs *c, struct store *st, struct arena *a, const char **ret_csr_pem) MUST_CHECK;
/* The vendor's half: signs the DER of the CSR (SHA256withRSA). Base64 texts in the arena. */
int cert_push_vendor_sign(struct arena *a, const char *csr_pem, const char *vendor_cert_pem,
	const char *vendor_key_pem, const char **ret_csr_b64,
	const char **ret_signature_b64) MUST_CHECK;
/* Reads a certificate from the portal: topic and dates; ERR_BADINPUT without a topic. Its key must
 * be `key_pem`, or when that is NULL the pending one or the one in force: ERR_CRYPTO. Stores
 * nothing. */
int cert_push_inspect(struct certs *c, struct store *st, struct arena *a, const char *cert_pem,
	const char *key_pem, struct cert_push *ret) MUST_CHECK;
/* Stores what inspect returned, in the caller's transaction, and drops the pending key when it is
 * the one that is now in force; `sealed_key` is
 * cert_seal(c, CERT_PUSH_KEY_CONTEXT, key). */
#define CERT_PUSH_KEY_CONTEXT "cert.kept/push.key"
int cert_push_put(
	struct store_txn *txn, const struct cert_push *p, struct bytes sealed_key) MUST_CHECK;
/* The one in force; ERR_NOTFOUND before the first import. key_pem only when `with_key`. */
int cert_push_get(struct certs *c, struct store_txn *txn, struct arena *a, bool with_key,
	struct cert_push *ret) MUST_CHECK;
/* Apple refuses the one of this generation, for this reason; NULL: takes it again. Nothing happens to
 * a later one. */
int cert_push_stand(struct store_txn *txn, uint64_t generation, const char *reason) MUST_CHECK;
void cert_push_wipe(struct cert_push *p);

/* Checks records and indexes of this folder against each other; tells each fault. */
int cert_check(struct store_txn *txn, store_fault *fault, void *arg) MUST_CHECK;

#endif
