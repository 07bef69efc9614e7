/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The Mdm-Signature header: a detached CMS SignedData (RFC 5652) over the exact bytes of a body.
 * Apple's form is written by hand, since OpenSSL does not write it.
 */
#include "tests/fake/ipad_int.h"
#include "base/text.h"

#include <openssl/cms.h>
#include <stdlib.h>

#define SIGNATURE_MAX 16384

static void der_head(struct buf *b, uint8_t tag, size_t n)
{
	buf_add_char(b, (char)tag);
	if (n >= 0x100) {
		buf_add_char(b, (char)0x82);
		buf_add_char(b, (char)(n >> 8));
	} else if (n >= 0x80) {
		buf_add_char(b, (char)0x81);
	}
	buf_add_char(b, (char)n);
}

static void der_put(struct buf *b, uint8_t tag, struct bytes content)
{
	der_head(b, tag, content.n);
	buf_add_bytes(b, content);
}

/* OpenSSL's encoding of a thing, into the arena. */
static struct bytes taken(struct arena *a, unsigned char *der, int n)
{
	struct bytes copy;

	if (n < 0)
		abort();
	copy = arena_bytes(a, bytes_of(der, (size_t)n));
	OPENSSL_free(der);
	return copy;
}

static struct bytes issuer_and_serial(struct arena *a, X509 *cert)
{
	AUTO(buf) struct buf inner = BUF_INIT(SIGNATURE_MAX), outer = BUF_INIT(SIGNATURE_MAX);
	unsigned char *der = NULL;
	int n = i2d_X509_NAME(X509_get_issuer_name(cert), &der);

	buf_add_bytes(&inner, taken(a, der, n));
	der = NULL;
	n = i2d_ASN1_INTEGER(X509_get_serialNumber(cert), &der);
	buf_add_bytes(&inner, taken(a, der, n));
	der_put(&outer, 0x30, buf_bytes(&inner));
	return arena_bytes(a, buf_bytes(&outer));
}

static struct bytes rsa_sha1(struct arena *a, EVP_PKEY *key, struct bytes body)
{
	EVP_MD_CTX *ctx = EVP_MD_CTX_new();
	size_t n = (size_t)EVP_PKEY_get_size(key);
	uint8_t *sig = arena_alloc(a, n);

	if (!ctx || EVP_DigestSignInit(ctx, NULL, EVP_sha1(), NULL, key) != 1 ||
		EVP_DigestSign(ctx, sig, &n, body.p, body.n) != 1)
		abort();
	EVP_MD_CTX_free(ctx);
	return bytes_of(sig, n);
}

static const uint8_t oid_signed_data[] = {
	0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07, 0x02};
static const uint8_t oid_data[] = {
	0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07, 0x01};
static const uint8_t alg_sha1[] = {
	0x30, 0x09, 0x06, 0x05, 0x2b, 0x0e, 0x03, 0x02, 0x1a, 0x05, 0x00};
static const uint8_t alg_rsa[] = {
	0x30, 0x0d, 0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01, 0x05, 0x00};
static const uint8_t one[] = {0x02, 0x01, 0x01};

static struct bytes signer_info(struct arena *a, const struct ipad_pair *pair, struct bytes body)
{
	AUTO(buf) struct buf inner = BUF_INIT(SIGNATURE_MAX), outer = BUF_INIT(SIGNATURE_MAX);

	buf_add(&inner, one, sizeof(one));
	buf_add_bytes(&inner, issuer_and_serial(a, pair->cert));
	buf_add(&inner, alg_sha1, sizeof(alg_sha1));
	buf_add(&inner, alg_rsa, sizeof(alg_rsa));
	der_put(&inner, 0x04, rsa_sha1(a, pair->key, body));
	der_put(&outer, 0x30, buf_bytes(&inner));
	return arena_bytes(a, buf_bytes(&outer));
}

static struct bytes apple_form(struct arena *a, const struct ipad_pair *pair, struct bytes body)
{
	AUTO(buf) struct buf b = BUF_INIT(SIGNATURE_MAX);
	static const uint8_t ends[6];
	unsigned char *der = NULL;
	int n = i2d_X509(pair->cert, &der);

	buf_add(&b, "\x30\x80", 2);
	buf_add(&b, oid_signed_data, sizeof(oid_signed_data));
	buf_add(&b, "\xa0\x80\x30\x80", 4);
	buf_add(&b, one, sizeof(one));
	der_put(&b, 0x31, bytes_of(alg_sha1, sizeof(alg_sha1)));
	buf_add(&b, "\x30\x80", 2);
	buf_add(&b, oid_data, sizeof(oid_data));
	buf_add(&b, ends, 2);
	der_put(&b, 0xa0, taken(a, der, n));
	der_put(&b, 0x31, signer_info(a, pair, body));
	buf_add(&b, ends, 6);
	return arena_bytes(a, buf_bytes(&b));
}

/* By the iPad's own clock, which may be wrong. */
static void signing_time_add(CMS_SignerInfo *si, int64_t now)
{
	ASN1_TIME *at = ASN1_TIME_set(NULL, (time_t)now);

	if (!at || !CMS_signed_add1_attr_by_NID(
			   si, NID_pkcs9_signingTime, ASN1_STRING_type(at), at, -1))
		abort();
	ASN1_TIME_free(at);
}

static struct bytes der_form(
	const struct ipad *p, struct arena *a, const struct ipad_pair *pair, struct bytes body)
{
	const EVP_MD *md = p->o.signature == IPAD_SIGN_SHA1 ? EVP_sha1() : EVP_sha256();
	unsigned flags = CMS_DETACHED | CMS_BINARY | CMS_NOSMIMECAP;
	BIO *in = BIO_new_mem_buf(body.p, (int)body.n);
	CMS_ContentInfo *cms = CMS_sign(NULL, NULL, NULL, in, flags | CMS_PARTIAL);
	CMS_SignerInfo *si = CMS_add1_signer(cms, pair->cert, pair->key, md, flags);
	unsigned char *der = NULL;
	struct bytes out;
	int n;

	if (!si)
		abort();
	signing_time_add(si, ipad_now(p));
	if (CMS_final(cms, in, NULL, flags) != 1)
		abort();
	n = i2d_CMS_ContentInfo(cms, &der);
	out = taken(a, der, n);
	CMS_ContentInfo_free(cms);
	BIO_free(in);
	return out;
}

struct bytes ipad_cms_detached(
	const struct ipad *p, struct arena *a, const struct ipad_pair *pair, struct bytes body)
{
	if (p->o.signature == IPAD_SIGN_APPLE)
		return apple_form(a, pair, body);
	return der_form(p, a, pair, body);
}

const char *ipad_sign(struct ipad *p, struct arena *a, struct bytes body)
{
	if (!p->identity.cert)
		return NULL;
	return text_base64(a, ipad_cms_detached(p, a, &p->identity, body));
}
