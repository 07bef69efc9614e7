/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The push certificate: our key and request, the vendor's signature over the request, what came
 * back from Apple's portal, and the one in force.
 */
#include "certs/certs_int.h"
#include "certs/kept_int.h"
#include "certs/seal_int.h"

#include "base/text.h"

#include <openssl/pem.h>

#define RSA_BITS 2048u
#define TOPIC_MAX 255

/* --- request --- */

struct pending {
	struct certs *c;
	struct arena *arena;
	struct cert_kept kept;
};

static int load_pending(struct store_txn *txn, void *arg)
{
	struct pending *p = arg;

	return cert_kept_get(txn, p->arena, CERT_KEPT_PUSH_PENDING, &p->kept);
}

/* Keeps the key unless another call was quicker: then that one's is taken. */
static int keep_pending(struct store_txn *txn, void *arg)
{
	struct pending *p = arg;
	int err = load_pending(txn, arg);

	return err == ERR_NOTFOUND ? cert_kept_put(txn, CERT_KEPT_PUSH_PENDING, &p->kept) : err;
}

static int make_pending(struct pending *p, struct store *st)
{
	AUTO(EVP_PKEY) EVP_PKEY *key = EVP_RSA_gen(RSA_BITS);
	struct bytes der;
	int err;

	if (!key)
		return cert_fail(ERR_INTERNAL);
	/* the public half: tells when a certificate for this key is stored */
	err = cert_key_spki(key, p->arena, &p->kept.certificate);
	if (!err)
		err = cert_key_format(key, p->arena, &der);
	if (!err)
		err = cert_seal(p->c, CERT_PENDING_KEY_CONTEXT, der, p->arena, &p->kept.sealed_key);
	return err ? err : store_write(st, keep_pending, p);
}

static int open_key(
	struct certs *c, const char *context, struct bytes sealed, struct arena *a, EVP_PKEY **ret)
{
	struct bytes der;
	int err = cert_unseal(c, context, sealed, a, &der);

	if (err)
		return err;
	cert_wipe_later(a, der);
	/* the key in force is kept as the PEM text that connections take, the pending one as DER */
	err = der.n && der.p[0] == '-' ? cert_key_parse_pem(der, ret) : cert_key_parse(der, ret);
	return err ? ERR_CORRUPT : 0;
}

static int format_request(struct certs *c, EVP_PKEY *key, struct arena *a, const char **ret)
{
	AUTO(X509_REQ) X509_REQ *req = X509_REQ_new();
	AUTO(BIO) BIO *bio = BIO_new(BIO_s_mem());
	X509_NAME *name = req ? X509_REQ_get_subject_name(req) : NULL;

	if (!name || !bio || X509_REQ_set_version(req, X509_REQ_VERSION_1) != 1 ||
		X509_NAME_add_entry_by_NID(name, NID_commonName, MBSTRING_UTF8,
			(const uint8_t *)"Hylla push", -1, -1, 0) != 1 ||
		X509_NAME_add_entry_by_NID(name, NID_organizationName, MBSTRING_UTF8,
			(const uint8_t *)c->organisation, -1, -1, 0) != 1 ||
		X509_REQ_set_pubkey(req, key) != 1 ||
		X509_REQ_sign(req, key, c->md[CERT_SHA256]) <= 0 ||
		PEM_write_bio_X509_REQ(bio, req) != 1)
		return cert_fail(ERR_INTERNAL);
	*ret = (const char *)cert_bio_bytes(bio, a).p;
	return 0;
}

int cert_push_request(struct certs *c, struct store *st, struct arena *a, const char **ret_csr_pem)
{
	AUTO(EVP_PKEY) EVP_PKEY *key = NULL;
	struct pending p = {.c = c, .arena = a};
	int err = store_read(st, load_pending, &p);

	if (err == ERR_NOTFOUND)
		err = make_pending(&p, st);
	if (!err)
		err = open_key(c, CERT_PENDING_KEY_CONTEXT, p.kept.sealed_key, a, &key);
	return err ? err : format_request(c, key, a, ret_csr_pem);
}

/* --- the vendor's half --- */

static int parse_request(const char *pem, struct arena *a, struct bytes *ret_der)
{
	AUTO(BIO) BIO *bio = BIO_new_mem_buf(pem, -1);
	AUTO(X509_REQ) X509_REQ *req = NULL;
	uint8_t *der = NULL;
	int n;

	req = bio ? PEM_read_bio_X509_REQ(bio, NULL, NULL, NULL) : NULL;
	if (!req || X509_REQ_verify(req, X509_REQ_get0_pubkey(req)) != 1)
		return cert_fail(ERR_BADINPUT);
	n = i2d_X509_REQ(req, &der);
	if (n <= 0)
		return cert_fail(ERR_INTERNAL);
	*ret_der = arena_bytes(a, bytes_of(der, (size_t)n));
	OPENSSL_free(der);
	return 0;
}

static int sign(EVP_PKEY *key, struct bytes in, struct arena *a, struct bytes *ret)
{
	AUTO(EVP_MD_CTX) EVP_MD_CTX *ctx = EVP_MD_CTX_new();
	size_t n = (size_t)EVP_PKEY_get_size(key);
	uint8_t *out = arena_alloc(a, n);

	if (!ctx || EVP_DigestSignInit(ctx, NULL, EVP_sha256(), NULL, key) != 1 ||
		EVP_DigestSign(ctx, out, &n, in.p, in.n) != 1)
		return cert_fail(ERR_CRYPTO);
	*ret = bytes_of(out, n);
	return 0;
}

int cert_push_vendor_sign(struct arena *a, const char *csr_pem, const char *vendor_cert_pem,
	const char *vendor_key_pem, const char **ret_csr_b64, const char **ret_signature_b64)
{
	AUTO(EVP_PKEY) EVP_PKEY *key = NULL;
	AUTO(X509) X509 *cert = NULL;
	struct bytes der, signature;
	int err = parse_request(csr_pem, a, &der);

	if (!err)
		err = cert_x509_parse_pem(bytes_of_str(vendor_cert_pem), &cert);
	if (!err)
		err = cert_key_parse_pem(bytes_of_str(vendor_key_pem), &key);
	if (err)
		return err;
	if (!EVP_PKEY_is_a(key, "RSA") || X509_check_private_key(cert, key) != 1)
		return cert_fail(ERR_CRYPTO);
	err = sign(key, der, a, &signature);
	if (err)
		return err;
	*ret_csr_b64 = text_base64(a, der);
	*ret_signature_b64 = text_base64(a, signature);
	return 0;
}

/* --- what came back --- */

/* The UID of the subject: printable, without blanks. */
static int topic_of(X509 *x, struct arena *a, const char **ret)
{
	X509_NAME *name = X509_get_subject_name(x);
	int at = X509_NAME_get_index_by_NID(name, NID_userId, -1);
	const ASN1_STRING *s;
	int n;

	if (at < 0)
		return ERR_BADINPUT;
	s = X509_NAME_ENTRY_get_data(X509_NAME_get_entry(name, at));
	n = ASN1_STRING_length(s);
	if (n < 1 || n > TOPIC_MAX)
		return ERR_BADINPUT;
	for (int i = 0; i < n; i++) {
		uint8_t c = ASN1_STRING_get0_data(s)[i];

		if (c <= ' ' || c > '~')
			return ERR_BADINPUT;
	}
	*ret = arena_strndup(a, ASN1_STRING_get0_data(s), (size_t)n);
	return 0;
}

static int read_certificate(X509 *x, struct arena *a, struct cert_push *p)
{
	int err = topic_of(x, a, &p->topic);

	if (!err)
		err = cert_time_of(X509_get0_notBefore(x), &p->not_before);
	return err ? err : cert_time_of(X509_get0_notAfter(x), &p->not_after);
}

struct held {
	struct certs *c;
	struct arena *arena;
	X509 *x;
	EVP_PKEY *key; /* the one that fits, owned */
};

/* Takes the key kept under `name` when it is the certificate's. */
static int try_kept(struct held *h, struct store_txn *txn, const char *name, const char *context)
{
	AUTO(EVP_PKEY) EVP_PKEY *key = NULL;
	struct cert_kept kept;
	int err = cert_kept_get(txn, h->arena, name, &kept);

	if (err || h->key)
		return err == ERR_NOTFOUND ? 0 : err;
	err = open_key(h->c, context, kept.sealed_key, h->arena, &key);
	if (!err && X509_check_private_key(h->x, key) == 1)
		h->key = TAKE(key);
	return cert_fail(err);
}

static int find_key(struct store_txn *txn, void *arg)
{
	struct held *h = arg;
	int err = try_kept(h, txn, CERT_KEPT_PUSH_PENDING, CERT_PENDING_KEY_CONTEXT);

	return err ? err : try_kept(h, txn, CERT_KEPT_PUSH, CERT_PUSH_KEY_CONTEXT);
}

int cert_push_inspect(struct certs *c, struct store *st, struct arena *a, const char *cert_pem,
	const char *key_pem, struct cert_push *ret)
{
	AUTO(EVP_PKEY) EVP_PKEY *key = NULL;
	AUTO(X509) X509 *x = NULL;
	struct cert_push p = {.cert_pem = arena_strdup(a, cert_pem)};
	struct held held = {.c = c, .arena = a};
	int err = cert_x509_parse_pem(bytes_of_str(cert_pem), &x);

	if (!err)
		err = read_certificate(x, a, &p);
	if (!err && key_pem)
		err = cert_key_parse_pem(bytes_of_str(key_pem), &key);
	if (err)
		return err;
	held.x = x;
	if (!key) {
		err = store_read(st, find_key, &held);
		key = held.key;
	}
	if (err)
		return err;
	if (!key || X509_check_private_key(x, key) != 1)
		return cert_fail(ERR_CRYPTO);
	err = cert_key_format_pem(key, a, &p.key_pem);
	if (!err)
		*ret = p;
	return err;
}

/* --- the one in force --- */

/* The pending key is done with when this certificate is for it. */
static int drop_pending(struct store_txn *txn, struct arena *a, const char *cert_pem)
{
	AUTO(X509) X509 *x = NULL;
	struct cert_kept pending;
	struct bytes spki;
	int err = cert_kept_get(txn, a, CERT_KEPT_PUSH_PENDING, &pending);

	if (err)
		return err == ERR_NOTFOUND ? 0 : err;
	err = cert_x509_parse_pem(bytes_of_str(cert_pem), &x);
	if (!err)
		err = cert_key_spki(X509_get0_pubkey(x), a, &spki);
	if (err || !bytes_equal(pending.certificate, spki))
		return err;
	return cert_kept_del(txn, CERT_KEPT_PUSH_PENDING);
}

int cert_push_put(struct store_txn *txn, const struct cert_push *p, struct bytes sealed_key)
{
	AUTO(arena) struct arena *a = arena_new();
	struct cert_kept old = {0}, kept = {
					    .certificate = bytes_of_str(p->cert_pem),
					    .sealed_key = sealed_key,
					    .name = p->topic,
					    .not_before = p->not_before,
					    .not_after = p->not_after,
				    };
	int err = cert_kept_get(txn, a, CERT_KEPT_PUSH, &old);

	if (err && err != ERR_NOTFOUND)
		return err;
	kept.generation = old.generation + 1;
	err = drop_pending(txn, a, p->cert_pem);
	return err ? err : cert_kept_put(txn, CERT_KEPT_PUSH, &kept);
}

int cert_push_get(struct certs *c, struct store_txn *txn, struct arena *a, bool with_key,
	struct cert_push *ret)
{
	struct cert_kept kept;
	struct bytes key;
	struct cert_push p = {0};
	int err = cert_kept_get(txn, a, CERT_KEPT_PUSH, &kept);

	if (!err && with_key)
		err = cert_unseal(c, CERT_PUSH_KEY_CONTEXT, kept.sealed_key, a, &key);
	if (err)
		return err;
	if (with_key) {
		cert_wipe_later(a, key);
		p.key_pem = (const char *)key.p; /* cert_unseal puts a NUL behind */
	}
	p.cert_pem = arena_strndup(a, kept.certificate.p, kept.certificate.n);
	p.topic = kept.name;
	p.not_before = kept.not_before;
	p.not_after = kept.not_after;
	p.generation = (uint64_t)kept.generation;
	p.refused = kept.refused;
	*ret = p;
	return 0;
}

int cert_push_stand(struct store_txn *txn, uint64_t generation, const char *reason)
{
	AUTO(arena) struct arena *a = arena_new();
	struct cert_kept kept;
	int err = cert_kept_get(txn, a, CERT_KEPT_PUSH, &kept);

	if (err)
		return err == ERR_NOTFOUND ? 0 : err;
	if ((uint64_t)kept.generation != generation || text_equal(kept.refused, reason))
		return 0;
	kept.refused = reason;
	return cert_kept_put(txn, CERT_KEPT_PUSH, &kept);
}

void cert_push_wipe(struct cert_push *p)
{
	if (p->key_pem)
		mem_wipe((char *)(uintptr_t)p->key_pem, strlen(p->key_pem));
	p->key_pem = NULL;
}
