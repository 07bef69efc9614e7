/* SPDX-License-Identifier: EUPL-1.2 */
/* The messages of SCEP: what is asked, and the reply taken apart with suspicion. */
#include "tests/fake/ipad_scep_int.h"
#include "base/random.h"
#include "base/text.h"

#include <openssl/pkcs7.h>
#include <openssl/provider.h>
#include <openssl/rand.h>
#include <openssl/x509v3.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

static OSSL_LIB_CTX *legacy;
static pthread_once_t legacy_once = PTHREAD_ONCE_INIT;

static void legacy_load(void)
{
	legacy = OSSL_LIB_CTX_new();
	if (!legacy || !OSSL_PROVIDER_load(legacy, "default") ||
		!OSSL_PROVIDER_load(legacy, "legacy"))
		abort();
}

OSSL_LIB_CTX *scep_legacy_ctx(void)
{
	pthread_once(&legacy_once, legacy_load);
	return legacy;
}

/* Subject: an array of RDNs, each an array of pairs; pairs of one RDN belong together. */
static void subject_fill(X509_NAME *name, plist_t subject)
{
	uint32_t n = subject ? plist_array_get_size(subject) : 0;

	for (uint32_t i = 0; i < n; i++) {
		plist_t rdn = plist_array_get_item(subject, i);
		uint32_t pairs = PLIST_IS_ARRAY(rdn) ? plist_array_get_size(rdn) : 0;

		for (uint32_t j = 0; j < pairs; j++) {
			plist_t pair = plist_array_get_item(rdn, j);
			plist_t type = PLIST_IS_ARRAY(pair) ? plist_array_get_item(pair, 0) : NULL;
			plist_t value = type ? plist_array_get_item(pair, 1) : NULL;

			if (PLIST_IS_STRING(type) && PLIST_IS_STRING(value))
				X509_NAME_add_entry_by_txt(name, plist_get_string_ptr(type, NULL),
					MBSTRING_UTF8,
					(const unsigned char *)plist_get_string_ptr(value, NULL),
					-1, -1, j == 0 ? 0 : -1);
		}
	}
}

static void extension_push(STACK_OF(X509_EXTENSION) * list, int nid, const char *value)
{
	X509_EXTENSION *x = X509V3_EXT_conf_nid(NULL, NULL, nid, value);

	if (x)
		sk_X509_EXTENSION_push(list, x);
}

static void extensions_add(struct scep_run *r, X509_REQ *req)
{
	STACK_OF(X509_EXTENSION) *list = sk_X509_EXTENSION_new_null();
	const char *dns = ipad_plist_string_or(r->alt_names, "dNSName", NULL);

	if (r->usage)
		extension_push(list, NID_key_usage,
			r->usage == 5   ? "critical,digitalSignature,keyEncipherment"
			: r->usage == 4 ? "critical,keyEncipherment"
					: "critical,digitalSignature");
	if (dns)
		extension_push(list, NID_subject_alt_name, arena_printf(r->a, "DNS:%s", dns));
	if (sk_X509_EXTENSION_num(list) > 0)
		X509_REQ_add_extensions(req, list);
	sk_X509_EXTENSION_pop_free(list, X509_EXTENSION_free);
}

static struct bytes csr_make(struct scep_run *r)
{
	X509_REQ *req = X509_REQ_new();
	unsigned char *der = NULL;
	struct bytes out;
	int n;

	X509_REQ_set_version(req, r->p->o.scep.csr_version_2 ? 2 : 0);
	subject_fill(X509_REQ_get_subject_name(req), r->subject);
	X509_REQ_set_pubkey(req, r->key);
	if (r->challenge)
		X509_REQ_add1_attr_by_NID(req, NID_pkcs9_challengePassword, MBSTRING_UTF8,
			(const unsigned char *)r->challenge, -1);
	extensions_add(r, req);
	X509_REQ_sign(req, r->key, EVP_sha256());
	n = i2d_X509_REQ(req, &der);
	if (n < 0)
		abort();
	out = arena_bytes(r->a, bytes_of(der, (size_t)n));
	OPENSSL_free(der);
	X509_REQ_free(req);
	return out;
}

/* Real iPads sign with a key made for the purpose, under this name. */
static void signer_make(struct scep_run *r)
{
	bool own = !r->p->o.scep.one_key;
	X509 *cert = X509_new();
	X509_NAME *name = X509_get_subject_name(cert);
	time_t now = (time_t)ipad_now(r->p);

	r->signer.cert = cert;
	r->signer.key = own ? ipad_key_get(r->p->o.keys, 2048) : r->key;
	if (!own)
		EVP_PKEY_up_ref(r->key);
	X509_set_version(cert, 2);
	ASN1_INTEGER_set(X509_get_serialNumber(cert), 1);
	X509_time_adj(X509_getm_notBefore(cert), -60, &now);
	X509_time_adj(X509_getm_notAfter(cert), 365 * 86400, &now);
	if (own)
		X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC,
			(const unsigned char *)"MDM SCEP SIGNER", -1, -1, 0);
	else
		subject_fill(name, r->subject);
	X509_set_issuer_name(cert, name);
	X509_set_pubkey(cert, r->signer.key);
	if (X509_sign(cert, r->signer.key, EVP_sha256()) <= 0)
		abort();
}

void scep_request_prepare(struct scep_run *r)
{
	uint8_t digest[20];
	unsigned n = 0;

	signer_make(r);
	r->csr = csr_make(r);
	r->nonce_n = r->p->o.scep.long_nonce ? 16 : 8;
	random_bytes(r->nonce, r->nonce_n);
	EVP_Digest(r->csr.p, r->csr.n, digest, &n, EVP_sha1(), NULL);
	for (unsigned i = 0; i < n; i++)
		snprintf(r->transaction + 2 * i, 3, "%02X", digest[i]);
}

static struct bytes cms_taken(struct arena *a, CMS_ContentInfo *cms)
{
	unsigned char *der = NULL;
	int n = i2d_CMS_ContentInfo(cms, &der);
	struct bytes out;

	if (n < 0)
		abort();
	out = arena_bytes(a, bytes_of(der, (size_t)n));
	OPENSSL_free(der);
	CMS_ContentInfo_free(cms);
	return out;
}

static EVP_CIPHER *cipher_choose(struct scep_run *r)
{
	enum ipad_cipher want = r->p->o.scep.cipher;

	if (want == IPAD_CIPHER_DES)
		return EVP_CIPHER_fetch(scep_legacy_ctx(), "DES-CBC", NULL);
	if (want == IPAD_CIPHER_AES || (want == IPAD_CIPHER_BY_CAPS && r->aes))
		return EVP_CIPHER_fetch(NULL, "AES-128-CBC", NULL);
	return EVP_CIPHER_fetch(NULL, "DES-EDE3-CBC", NULL);
}

static struct bytes envelope_make(struct scep_run *r)
{
	bool des = r->p->o.scep.cipher == IPAD_CIPHER_DES;
	EVP_CIPHER *cipher = cipher_choose(r);
	STACK_OF(X509) *to = sk_X509_new_null();
	BIO *in = BIO_new_mem_buf(r->csr.p, (int)r->csr.n);
	CMS_ContentInfo *cms;

	sk_X509_push(to, r->recipient);
	cms = CMS_encrypt_ex(to, in, cipher, CMS_BINARY, des ? scep_legacy_ctx() : NULL, NULL);
	if (!cms)
		abort();
	BIO_free(in);
	sk_X509_free(to);
	EVP_CIPHER_free(cipher);
	return cms_taken(r->a, cms);
}

static const EVP_MD *digest_choose(const struct scep_run *r)
{
	switch (r->p->o.scep.digest) {
	case IPAD_DIGEST_SHA1:
		return EVP_sha1();
	case IPAD_DIGEST_SHA256:
		return EVP_sha256();
	case IPAD_DIGEST_SHA512:
		return EVP_sha512();
	default:
		return r->sha256 ? EVP_sha256() : EVP_sha1();
	}
}

static void attribute_add(CMS_SignerInfo *si, const char *oid, int type, struct bytes value)
{
	if (!CMS_signed_add1_attr_by_txt(si, oid, type, value.p, (int)value.n))
		abort();
}

struct bytes scep_request_make(struct scep_run *r)
{
	struct bytes envelope = envelope_make(r);
	BIO *in = BIO_new_mem_buf(envelope.p, (int)envelope.n);
	CMS_ContentInfo *cms = CMS_sign(NULL, NULL, NULL, in, CMS_PARTIAL | CMS_BINARY);
	CMS_SignerInfo *si = CMS_add1_signer(
		cms, r->signer.cert, r->signer.key, digest_choose(r), CMS_NOSMIMECAP);

	if (!si)
		abort();
	attribute_add(si, SCEP_MESSAGE_TYPE, V_ASN1_PRINTABLESTRING, bytes_of_str("19"));
	attribute_add(
		si, SCEP_TRANSACTION_ID, V_ASN1_PRINTABLESTRING, bytes_of_str(r->transaction));
	attribute_add(si, SCEP_SENDER_NONCE, V_ASN1_OCTET_STRING, bytes_of(r->nonce, r->nonce_n));
	if (r->p->o.scep.challenge_aside && r->challenge)
		attribute_add(
			si, "1.2.840.113549.1.9.7", V_ASN1_UTF8STRING, bytes_of_str(r->challenge));
	if (CMS_final(cms, in, NULL, CMS_BINARY) != 1)
		abort();
	BIO_free(in);
	return cms_taken(r->a, cms);
}
