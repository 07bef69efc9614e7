/* SPDX-License-Identifier: EUPL-1.2 */
/* The open certs object. */
#include "certs/cms_int.h"
#include "certs/kept_int.h"
#include "certs/seal_int.h"

#include <openssl/err.h>
#include <openssl/provider.h>
#include <openssl/rsa.h>

struct opening {
	struct certs *c;
	struct arena *arena;
};

static int load_pair(struct opening *o, struct store_txn *txn, const char *name,
	const char *context, struct cert_pair *ret, struct cert_kept *ret_kept)
{
	struct bytes key;
	int err = cert_kept_get(txn, o->arena, name, ret_kept);

	if (!err)
		err = cert_ring_unseal(o->c->ring, context, ret_kept->sealed_key, o->arena, &key);
	if (err)
		return err;
	cert_wipe_later(o->arena, key);
	if (cert_key_parse(key, &ret->key) || cert_x509_parse(ret_kept->certificate, &ret->cert) ||
		X509_check_private_key(ret->cert, ret->key) != 1)
		return cert_fail(ERR_CORRUPT);
	return 0;
}

/* Is the key file this store's? */
static int check_ring(struct opening *o, struct store_txn *txn)
{
	struct cert_kept check;
	uint8_t hash[32];
	int err = cert_kept_get(txn, o->arena, CERT_KEPT_SEAL, &check);

	if (err)
		return err;
	cert_ring_hash(o->c->ring, CERT_SEAL_CHECK_CONTEXT, bytes_of(NULL, 0), hash);
	return cert_secret_equal(check.certificate, bytes_of(hash, sizeof(hash))) ? 0 : ERR_CRYPTO;
}

static int load_kept(struct store_txn *txn, void *arg)
{
	struct opening *o = arg;
	struct certs *c = o->c;
	struct cert_kept ca, signer;
	int err = check_ring(o, txn);

	if (!err)
		err = load_pair(o, txn, CERT_KEPT_CA, CERT_CA_KEY_CONTEXT, &c->ca, &ca);
	if (!err)
		err = load_pair(
			o, txn, CERT_KEPT_SIGNER, CERT_SIGNER_KEY_CONTEXT, &c->signer, &signer);
	if (err)
		return err;
	c->ca_der = arena_bytes(c->keep, ca.certificate);
	c->organisation = arena_strdup(c->keep, ca.name);
	return 0;
}

/* What does not change is computed once. */
static int settle_ca(struct certs *c)
{
	int err = cert_issuer_of(&c->ca, c->keep, &c->issuer);

	if (!err)
		err = cert_sid_of(c->ca.cert, c->keep, &c->ca_sid);
	if (err)
		return err;
	cert_sha256(c->ca_der, c->ca_fingerprint);
	/* dates are reported to the caller, who decides; an expired identity may ask for renewal */
	c->trust = X509_STORE_new();
	if (!c->trust || X509_STORE_add_cert(c->trust, c->ca.cert) != 1 ||
		X509_STORE_set_flags(c->trust, X509_V_FLAG_NO_CHECK_TIME) != 1)
		return cert_fail(ERR_INTERNAL);
	return cert_time_of(X509_get0_notAfter(c->ca.cert), &c->ca_not_after);
}

/* Each of these makes OpenSSL look for an implementation: once, and then only copied. */
static int make_ready(struct certs *c)
{
	c->ca_pub = cert_pub_of_key(c->ca.key);
	c->issuer.ready = EVP_MD_CTX_new();
	c->opening = EVP_PKEY_CTX_new_from_pkey(NULL, c->ca.key, NULL);
	if (!c->ca_pub || !c->issuer.ready || !c->opening ||
		EVP_DigestSignInit(c->issuer.ready, NULL, c->md[CERT_SHA256], NULL, c->ca.key) !=
			1 ||
		EVP_PKEY_decrypt_init(c->opening) != 1 ||
		EVP_PKEY_CTX_set_rsa_padding(c->opening, RSA_PKCS1_PADDING) != 1)
		return cert_fail(ERR_INTERNAL);
	return 0;
}

static int fetch_digests(struct certs *c)
{
	static const char *const names[CERT_DIGESTS] = {"SHA1", "SHA256", "SHA384", "SHA512"};

	for (size_t i = 0; i < CERT_DIGESTS; i++) {
		c->md[i] = EVP_MD_fetch(NULL, names[i], NULL);
		if (!c->md[i])
			return cert_fail(ERR_INTERNAL);
	}
	return 0;
}

/* Single DES for opening old clients' requests; where it cannot be had, they are refused. */
static void open_legacy(struct certs *c)
{
	AUTO(arena) struct arena *a = arena_new();
	const uint8_t *p;
	struct bytes key;

	c->legacy = OSSL_LIB_CTX_new();
	if (!c->legacy)
		return;
	c->legacy_provider[0] = OSSL_PROVIDER_load(c->legacy, "default");
	c->legacy_provider[1] = OSSL_PROVIDER_load(c->legacy, "legacy");
	if (c->legacy_provider[0] && c->legacy_provider[1] &&
		!cert_key_format(c->ca.key, a, &key)) {
		p = key.p;
		c->legacy_ca.key = d2i_AutoPrivateKey_ex(NULL, &p, (long)key.n, c->legacy, NULL);
		c->legacy_ca.cert = X509_dup(c->ca.cert);
	}
	ERR_clear_error(); /* of a provider that is not there */
}

const struct cert_pair *cert_legacy_ca(struct certs *c)
{
	pthread_mutex_lock(&c->legacy_lock);
	if (!c->legacy_tried)
		open_legacy(c);
	c->legacy_tried = true;
	pthread_mutex_unlock(&c->legacy_lock);
	return c->legacy_ca.key && c->legacy_ca.cert ? &c->legacy_ca : NULL;
}

static int words_seal(
	void *ctx, const char *context, struct bytes plain, struct arena *a, struct bytes *ret)
{
	return cert_seal(ctx, context, plain, a, ret);
}

static int words_open(
	void *ctx, const char *context, struct bytes sealed, struct arena *a, struct bytes *ret)
{
	return cert_unseal(ctx, context, sealed, a, ret);
}

static void words_hash(void *ctx, const char *context, struct bytes in, uint8_t out[32])
{
	cert_keyed_hash(ctx, context, in, out);
}

static void seal_words(struct store *st, struct certs *c)
{
	const struct rec_sealer sealer = {
		.ctx = c, .seal = words_seal, .open = words_open, .hash = words_hash};

	c->st = st;
	store_sealer_set(st, &sealer);
}

int certs_open(struct store *st, const struct cert_options *o, struct certs **ret)
{
	AUTO(arena) struct arena *a = arena_new();
	struct certs *c = mem_zalloc(sizeof(*c));
	struct opening opening = {.c = c, .arena = a};
	int err;

	c->keep = arena_new();
	pthread_mutex_init(&c->legacy_lock, NULL);
	c->identity_life_s = cert_identity_life(o);
	c->refuse_old_algorithms = o->refuse_old_algorithms;
	err = cert_ring_load(o->seal_key_path, &c->ring);
	if (!err)
		err = store_read(st, load_kept, &opening);
	if (!err)
		err = fetch_digests(c);
	if (!err)
		err = settle_ca(c);
	if (!err)
		err = make_ready(c);
	if (err) {
		certs_close(c);
		return err;
	}
	c->peers = cert_peers_new();
	seal_words(st, c);
	*ret = c;
	return 0;
}

void certs_close(struct certs *c)
{
	if (!c)
		return;
	if (c->st)
		store_sealer_set(c->st, &rec_blind);
	cert_peers_free(c->peers);
	cert_pair_release(&c->legacy_ca);
	for (int i = 1; i >= 0; i--) {
		if (c->legacy_provider[i])
			OSSL_PROVIDER_unload(c->legacy_provider[i]);
	}
	OSSL_LIB_CTX_free(c->legacy);
	X509_STORE_free(c->trust);
	cert_pub_free(c->ca_pub);
	EVP_MD_CTX_free(c->issuer.ready);
	EVP_PKEY_CTX_free(c->opening);
	for (size_t i = 0; i < CERT_DIGESTS; i++)
		EVP_MD_free(c->md[i]);
	cert_pair_release(&c->ca);
	cert_pair_release(&c->signer);
	pthread_mutex_destroy(&c->legacy_lock);
	cert_ring_free(c->ring);
	arena_free(c->keep);
	free(c);
}

/* --- the CA, told to others --- */

struct bytes cert_ca_der(struct certs *c)
{
	return c->ca_der;
}

void cert_ca_sha1(struct certs *c, uint8_t out[20])
{
	if (EVP_Digest(c->ca_der.p, c->ca_der.n, out, NULL, c->md[CERT_SHA1], NULL) != 1)
		abort(); /* in memory, with a digest that was fetched at start */
}

int64_t cert_signer_not_after(struct certs *c)
{
	int64_t end = 0;

	return cert_time_of(X509_get0_notAfter(c->signer.cert), &end) == 0 ? end : 0;
}

int64_t cert_ca_not_after(struct certs *c)
{
	return c->ca_not_after;
}
