/* SPDX-License-Identifier: EUPL-1.2 */
/* The pkcsPKIEnvelope of SCEP, RFC 8894 3.2.2: an EnvelopedData of RFC 5652 6. */
#include "certs/der_int.h"
#include "certs/scep_int.h"

static const uint8_t signed_data_oid[] = {0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07, 0x02};
static const uint8_t data_oid[] = {0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07, 0x01};
static const uint8_t enveloped_oid[] = {0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07, 0x03};

#define BYTES(table) bytes_of((table), sizeof(table))

static const struct {
	uint8_t n, oid[9];
	const EVP_CIPHER *(*cipher)(void);
} ciphers[SCEP_CIPHERS] = {
	[SCEP_AES128] = {9, {0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x01, 0x02},
		EVP_aes_128_cbc},
	[SCEP_AES192] = {9, {0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x01, 0x16},
		EVP_aes_192_cbc},
	[SCEP_AES256] = {9, {0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x01, 0x2a},
		EVP_aes_256_cbc},
	[SCEP_DES3] = {8, {0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x03, 0x07}, EVP_des_ede3_cbc},
	/* opened in the legacy context, answered with the next better */
	[SCEP_DES] = {5, {0x2b, 0x0e, 0x03, 0x02, 0x07}, EVP_des_ede3_cbc},
};

/* EncryptedContentInfo: the algorithm's OID. */
static int content_cipher(struct cert_der *d, struct bytes *ret)
{
	struct cert_der info, algorithm;
	struct bytes type;

	if (cert_der_enter(d, DER_SEQUENCE, &info) || cert_der_take(&info, DER_OID, &type) ||
		cert_der_enter(&info, DER_SEQUENCE, &algorithm) ||
		cert_der_take(&algorithm, DER_OID, ret))
		return ERR_BADINPUT;
	return 0;
}

int cert_scep_cipher(struct bytes envelope, enum cert_scep_cipher *ret)
{
	struct cert_der whole = cert_der_of_bytes(envelope), info, body, data;
	struct bytes type, version, oid;

	if (cert_der_enter(&whole, DER_SEQUENCE, &info) || cert_der_take(&info, DER_OID, &type) ||
		!bytes_equal(type, BYTES(enveloped_oid)) ||
		cert_der_enter(&info, DER_CONTEXT(0), &body) ||
		cert_der_enter(&body, DER_SEQUENCE, &data) ||
		cert_der_take(&data, DER_INTEGER, &version))
		return ERR_BADINPUT;
	if (cert_der_peek(&data) == DER_CONTEXT(0) && cert_der_skip(&data)) /* originatorInfo */
		return ERR_BADINPUT;
	if (cert_der_skip(&data) /* recipientInfos */ || content_cipher(&data, &oid))
		return ERR_BADINPUT;
	for (int i = 0; i < SCEP_CIPHERS; i++) {
		if (bytes_equal(oid, bytes_of(ciphers[i].oid, ciphers[i].n))) {
			*ret = (enum cert_scep_cipher)i;
			return 0;
		}
	}
	return ERR_UNSUPPORTED;
}

int cert_scep_open(struct certs *c, struct bytes envelope, enum cert_scep_cipher cipher,
	struct arena *a, struct bytes *ret)
{
	bool legacy = cipher == SCEP_DES;
	const struct cert_pair *ca = legacy ? cert_legacy_ca(c) : &c->ca;
	AUTO(BIO) BIO *out = BIO_new(BIO_s_secmem());
	AUTO(CMS_ContentInfo) CMS_ContentInfo *cms = NULL;
	const uint8_t *p = envelope.p;

	if (!ca)
		return ERR_UNSUPPORTED;
	if (envelope.n == 0 || envelope.n > CERT_INPUT_MAX || !out)
		return ERR_CRYPTO;
	cms = CMS_ContentInfo_new_ex(legacy ? c->legacy : NULL, NULL);
	if (!cms || !d2i_CMS_ContentInfo(&cms, &p, (long)envelope.n) ||
		/* with the certificate given, a wrong key length or padding looks no different
		 * from a wrong text: see "million message attack" in CMS_decrypt(3) */
		CMS_decrypt(cms, ca->key, ca->cert, NULL, out, CMS_BINARY) != 1)
		return cert_fail(ERR_CRYPTO);
	*ret = cert_bio_bytes(out, a);
	cert_wipe_later(a, *ret);
	return cert_fail(0);
}

/* SignedData without signers, RFC 5652 5.1: a bag for one certificate. */
static void put_certs_only(struct buf *out, struct bytes certificate)
{
	static const uint8_t version[] = {1};
	size_t info = cert_der_begin(out, DER_SEQUENCE), body, data, content;

	cert_der_put(out, DER_OID, BYTES(signed_data_oid));
	body = cert_der_begin(out, DER_CONTEXT(0));
	data = cert_der_begin(out, DER_SEQUENCE);
	cert_der_put(out, DER_INTEGER, BYTES(version));
	cert_der_put(out, DER_SET, bytes_of(NULL, 0)); /* digest algorithms: none */
	content = cert_der_begin(out, DER_SEQUENCE);
	cert_der_put(out, DER_OID, BYTES(data_oid));
	cert_der_end(out, content);
	cert_der_put(out, DER_CONTEXT(0), certificate);
	cert_der_put(out, DER_SET, bytes_of(NULL, 0)); /* signers: none */
	cert_der_end(out, data);
	cert_der_end(out, body);
	cert_der_end(out, info);
}

static int encrypt(
	X509 *to, const EVP_CIPHER *cipher, struct bytes in, struct arena *a, struct bytes *ret)
{
	STACK_OF(X509) *recipients = sk_X509_new_null();
	AUTO(BIO) BIO *bio = BIO_new_mem_buf(in.p, (int)in.n);
	AUTO(CMS_ContentInfo) CMS_ContentInfo *cms = NULL;
	uint8_t *der = NULL;
	int n;

	if (recipients && bio && sk_X509_push(recipients, to))
		cms = CMS_encrypt(recipients, bio, cipher, CMS_BINARY);
	sk_X509_free(recipients);
	n = cms ? i2d_CMS_ContentInfo(cms, &der) : 0;
	if (n <= 0)
		return cert_fail(ERR_CRYPTO);
	*ret = arena_bytes(a, bytes_of(der, (size_t)n));
	OPENSSL_free(der);
	return 0;
}

int cert_scep_seal(X509 *to, enum cert_scep_cipher cipher, struct bytes certificate,
	struct arena *a, struct bytes *ret)
{
	AUTO(buf) struct buf bag = BUF_INIT(CERT_INPUT_MAX);

	put_certs_only(&bag, certificate);
	if (!buf_ok(&bag))
		return ERR_TOOBIG;
	return encrypt(to, ciphers[cipher].cipher(), buf_bytes(&bag), a, ret);
}
