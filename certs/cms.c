/* SPDX-License-Identifier: EUPL-1.2 */
/* Whose signature is this? RFC 5652, the strict path and the general one. */
#include "certs/cms_int.h"

#include <openssl/err.h>

/* --- proving that a certificate is our CA's --- */

/* The two parts one after the other; `out` has room for the digest. */
static int digest_of(const EVP_MD *md, struct bytes first, struct bytes rest, uint8_t *out)
{
	AUTO(EVP_MD_CTX) EVP_MD_CTX *ctx = EVP_MD_CTX_new();

	if (!ctx || EVP_DigestInit_ex2(ctx, md, NULL) != 1 ||
		EVP_DigestUpdate(ctx, first.p, first.n) != 1 ||
		EVP_DigestUpdate(ctx, rest.p, rest.n) != 1 ||
		EVP_DigestFinal_ex(ctx, out, NULL) != 1)
		return cert_fail(ERR_INTERNAL);
	return 0;
}

static size_t digest_size(const EVP_MD *md)
{
	return (size_t)EVP_MD_get_size(md);
}

/* A certificate not seen lately: the CA's signature over it, then its key. */
static int learn(struct certs *c, const struct cert_walk *w, struct cert_known *ret)
{
	const EVP_MD *md = c->md[CERT_SHA256];
	uint8_t digest[EVP_MAX_MD_SIZE];
	int err;

	if (!bytes_equal(w->issuer, c->issuer.name))
		return ERR_CRYPTO;
	err = digest_of(md, w->tbs, bytes_of(NULL, 0), digest);
	if (!err)
		err = cert_pub_verify(
			c->ca_pub, CERT_SHA256, bytes_of(digest, digest_size(md)), w->signature);
	if (!err)
		err = cert_pub_parse(w->spki, &ret->key);
	ret->not_before = w->not_before;
	ret->not_after = w->not_after;
	return err;
}

int cert_peer_fast(struct certs *c, struct bytes der, const struct cert_walk *walk,
	struct cert_peer *ret, struct cert_pub **ret_key)
{
	struct cert_peer peer = {.fast = true};
	struct cert_known known = {0};
	int err;

	if (digest_of(c->md[CERT_SHA256], der, bytes_of(NULL, 0), peer.fingerprint))
		return ERR_INTERNAL;
	if (cert_peers_get(c->peers, peer.fingerprint, &known)) {
		err = learn(c, walk, &known);
		if (err)
			return err;
		cert_peers_put(c->peers, peer.fingerprint, &known);
	}
	peer.not_before = known.not_before;
	peer.not_after = known.not_after;
	*ret = peer;
	*ret_key = known.key;
	return 0;
}

/* Fingerprint and dates, and nothing judged. */
static int peer_of(struct certs *c, X509 *x, struct cert_peer *ret)
{
	struct cert_peer peer = {0};
	unsigned n = 0;

	if (X509_digest(x, c->md[CERT_SHA256], peer.fingerprint, &n) != 1 || n != CERT_FINGERPRINT)
		return cert_fail(ERR_INTERNAL);
	if (cert_time_of(X509_get0_notBefore(x), &peer.not_before) ||
		cert_time_of(X509_get0_notAfter(x), &peer.not_after))
		return ERR_BADINPUT;
	*ret = peer;
	return 0;
}

int cert_peer_general(struct certs *c, X509 *x, struct cert_peer *ret)
{
	AUTO(X509_STORE_CTX) X509_STORE_CTX *ctx = X509_STORE_CTX_new();

	if (!ctx || X509_STORE_CTX_init(ctx, c->trust, x, NULL) != 1)
		return cert_fail(ERR_INTERNAL);
	if (X509_verify_cert(ctx) != 1)
		return cert_fail(ERR_CRYPTO);
	return peer_of(c, x, ret);
}

int cert_peer_any(struct certs *c, struct bytes der, struct cert_peer *ret)
{
	AUTO(X509) X509 *x = NULL;
	int err = cert_x509_parse(der, &x);

	return err ? err : peer_of(c, x, ret);
}

int cert_peer_verify(struct certs *c, struct bytes der, struct cert_peer *ret)
{
	AUTO(cert_pub) struct cert_pub *key = NULL;
	AUTO(X509) X509 *x = NULL;
	struct cert_walk walk;
	int err = cert_walk(der, &walk);

	if (!err)
		err = cert_peer_fast(c, der, &walk, ret, &key);
	if (err != ERR_UNSUPPORTED)
		return err;
	err = cert_x509_parse(der, &x);
	return err ? err : cert_peer_general(c, x, ret);
}

/* --- the signature --- */

int cert_cms_check(struct certs *c, const struct cert_cms_walk *w, struct bytes content,
	const struct cert_pub *key)
{
	static const uint8_t set_tag[] = {0x31};
	const EVP_MD *md = c->md[w->digest];
	uint8_t digest[EVP_MAX_MD_SIZE];
	int err = digest_of(md, content, bytes_of(NULL, 0), digest);

	if (err)
		return err;
	if (w->signed_attrs.n) {
		if (!bytes_equal(
			    w->attribute[CMS_MESSAGE_DIGEST], bytes_of(digest, digest_size(md))))
			return ERR_CRYPTO;
		/* signed as a SET OF, although sent as [0]: RFC 5652 5.4 */
		err = digest_of(md, bytes_of(set_tag, 1),
			bytes_of(w->signed_attrs.p + 1, w->signed_attrs.n - 1), digest);
		if (err)
			return err;
	}
	return cert_pub_verify(key, w->digest, bytes_of(digest, digest_size(md)), w->signature);
}

int cert_cms_verify_fast(
	struct certs *c, struct bytes signature, struct bytes content, struct cert_peer *ret)
{
	AUTO(cert_pub) struct cert_pub *key = NULL;
	struct cert_cms_walk message;
	struct cert_walk certificate;
	struct cert_peer peer;
	int err;

	if (cert_cms_walk(signature, &message) || cert_walk(message.certificate, &certificate) ||
		!cert_cms_names(&message, &certificate))
		return ERR_UNSUPPORTED;
	err = cert_peer_fast(c, message.certificate, &certificate, &peer, &key);
	if (err)
		return err;
	if (cert_pub_is_rsa(key) == message.ec)
		return ERR_UNSUPPORTED;
	err = cert_cms_check(c, &message, content, key);
	if (!err)
		*ret = peer;
	return err;
}

/* The only signer's certificate, borrowed from the message. */
static int only_signer(CMS_ContentInfo *cms, X509 **ret)
{
	STACK_OF(X509) *signers = CMS_get0_signers(cms);
	int n = signers ? sk_X509_num(signers) : 0;
	X509 *x = n == 1 ? sk_X509_value(signers, 0) : NULL;

	sk_X509_free(signers);
	if (!x)
		return ERR_BADINPUT;
	*ret = x;
	return 0;
}

static int parse_detached(struct bytes in, CMS_ContentInfo **ret)
{
	const uint8_t *p = in.p;
	AUTO(CMS_ContentInfo) CMS_ContentInfo *cms = NULL;

	if (in.n == 0 || in.n > CERT_INPUT_MAX)
		return ERR_BADINPUT;
	cms = d2i_CMS_ContentInfo(NULL, &p, (long)in.n);
	if (!cms || p != in.p + in.n || OBJ_obj2nid(CMS_get0_type(cms)) != NID_pkcs7_signed ||
		OBJ_obj2nid(CMS_get0_eContentType(cms)) != NID_pkcs7_data ||
		CMS_is_detached(cms) != 1)
		return cert_fail(ERR_BADINPUT);
	*ret = TAKE(cms);
	return 0;
}

/* ret_x is borrowed from the CMS. */
static int signature_verify(
	struct bytes signature, struct bytes content, CMS_ContentInfo **ret, X509 **ret_x)
{
	AUTO(BIO) BIO *bio = NULL;
	int err;

	if (content.n > INT32_MAX)
		return ERR_TOOBIG;
	err = parse_detached(signature, ret);
	if (err)
		return err;
	bio = BIO_new_mem_buf(content.n ? (const void *)content.p : "", (int)content.n);
	if (!bio)
		return cert_fail(ERR_INTERNAL);
	/* the chain is the caller's to judge */
	if (CMS_verify(*ret, NULL, NULL, bio, NULL, CMS_BINARY | CMS_NO_SIGNER_CERT_VERIFY) != 1)
		return cert_fail(ERR_CRYPTO);
	return only_signer(*ret, ret_x);
}

/* The chain must be ours, whatever its purpose and dates. */
int cert_cms_verify_general(
	struct certs *c, struct bytes signature, struct bytes content, struct cert_peer *ret)
{
	AUTO(CMS_ContentInfo) CMS_ContentInfo *cms = NULL;
	X509 *x;
	int err = signature_verify(signature, content, &cms, &x);

	return err ? err : cert_peer_general(c, x, ret);
}

int cert_cms_verify_any(
	struct certs *c, struct bytes signature, struct bytes content, struct cert_peer *ret)
{
	AUTO(CMS_ContentInfo) CMS_ContentInfo *cms = NULL;
	X509 *x;
	int err = signature_verify(signature, content, &cms, &x);

	return err ? err : peer_of(c, x, ret);
}

int cert_cms_verify(
	struct certs *c, struct bytes signature, struct bytes content, struct cert_peer *ret)
{
	int err = cert_cms_verify_fast(c, signature, content, ret);

	return err == ERR_UNSUPPORTED ? cert_cms_verify_general(c, signature, content, ret) : err;
}

/* --- signing profiles --- */

int cert_cms_sign(struct certs *c, struct bytes content, struct arena *a, struct bytes *ret)
{
	AUTO(CMS_ContentInfo) CMS_ContentInfo *cms = NULL;
	AUTO(BIO) BIO *bio = NULL;
	uint8_t *der = NULL;
	int n;

	if (content.n > INT32_MAX)
		return ERR_TOOBIG;
	bio = BIO_new_mem_buf(content.n ? (const void *)content.p : "", (int)content.n);
	cms = bio ? CMS_sign(NULL, NULL, NULL, NULL, CMS_PARTIAL | CMS_BINARY) : NULL;
	if (!cms ||
		!CMS_add1_signer(cms, c->signer.cert, c->signer.key, c->md[CERT_SHA256],
			CMS_NOSMIMECAP | CMS_BINARY) ||
		CMS_add1_cert(cms, c->ca.cert) != 1 || CMS_final(cms, bio, NULL, CMS_BINARY) != 1)
		return cert_fail(ERR_INTERNAL);
	n = i2d_CMS_ContentInfo(cms, &der);
	if (n <= 0)
		return cert_fail(ERR_INTERNAL);
	*ret = arena_bytes(a, bytes_of(der, (size_t)n));
	OPENSSL_free(der);
	return 0;
}
