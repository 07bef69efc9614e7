/* SPDX-License-Identifier: EUPL-1.2 */
/* The pkcsPKIEnvelope of SCEP, RFC 8894 3.2.2: an EnvelopedData of RFC 5652 6. */
#include "certs/cms_int.h"
#include "certs/der_int.h"
#include "certs/oid_int.h"
#include "certs/scep_int.h"

#include "base/random.h"

#define BYTES(table) bytes_of((table), sizeof(table))
#define ZERO OID_BYTES("\x00")

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
	[SCEP_DES] = {5, {0x2b, 0x0e, 0x03, 0x02, 0x07}, NULL},
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
		!bytes_equal(type, OID_ENVELOPED_DATA) ||
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

/* --- opening: as nearly all write it --- */

/* An EnvelopedData for one recipient, its content in one piece. All borrowed. */
struct envelope {
	struct bytes issuer, serial; /* the recipient's, with headers */
	struct bytes key, oid, iv, content;
};

/* KeyTransRecipientInfo, RFC 5652 6.2.1. */
static int walk_recipient(struct cert_der *data, struct envelope *e)
{
	struct cert_der set, info, sid;
	struct bytes version, algorithm;

	if (cert_der_enter(data, DER_SET, &set) || set.open ||
		cert_der_enter(&set, DER_SEQUENCE, &info) || info.open ||
		cert_der_take(&info, DER_INTEGER, &version) || !bytes_equal(version, ZERO) ||
		cert_der_enter(&info, DER_SEQUENCE, &sid) || sid.open ||
		cert_der_take_whole(&sid, DER_SEQUENCE, &e->issuer) ||
		cert_der_take_whole(&sid, DER_INTEGER, &e->serial) || cert_der_leave(&info, &sid) ||
		cert_der_take_whole(&info, DER_SEQUENCE, &algorithm) ||
		!bytes_equal(algorithm, ALG_RSA) ||
		cert_der_take(&info, DER_OCTET_STRING, &e->key) || cert_der_leave(&set, &info))
		return ERR_UNSUPPORTED;
	return cert_der_leave(data, &set) ? ERR_UNSUPPORTED : 0;
}

static int walk_content(struct cert_der *data, struct envelope *e)
{
	struct cert_der info, algorithm;
	struct bytes type;

	if (cert_der_enter(data, DER_SEQUENCE, &info) || info.open ||
		cert_der_take(&info, DER_OID, &type) || !bytes_equal(type, OID_DATA) ||
		cert_der_enter(&info, DER_SEQUENCE, &algorithm) || algorithm.open ||
		cert_der_take(&algorithm, DER_OID, &e->oid) ||
		cert_der_take(&algorithm, DER_OCTET_STRING, &e->iv) ||
		cert_der_leave(&info, &algorithm) ||
		cert_der_take(&info, DER_CONTEXT_PRIMITIVE(0), &e->content))
		return ERR_UNSUPPORTED;
	return cert_der_leave(data, &info) ? ERR_UNSUPPORTED : 0;
}

static int walk_envelope(struct bytes in, struct envelope *e)
{
	struct cert_der whole = cert_der_of_bytes(in), info, body, data;
	struct bytes type, version;

	if (cert_der_enter(&whole, DER_SEQUENCE, &info) || info.open ||
		cert_der_take(&info, DER_OID, &type) || !bytes_equal(type, OID_ENVELOPED_DATA) ||
		cert_der_enter(&info, DER_CONTEXT(0), &body) || body.open ||
		cert_der_enter(&body, DER_SEQUENCE, &data) || data.open ||
		cert_der_take(&data, DER_INTEGER, &version) || !bytes_equal(version, ZERO) ||
		walk_recipient(&data, e) || walk_content(&data, e) ||
		cert_der_leave(&body, &data) || cert_der_leave(&info, &body) ||
		cert_der_leave(&whole, &info) || cert_der_more(&whole))
		return ERR_UNSUPPORTED;
	return 0;
}

/*
 * The content key. Where the transport does not open, or to a key of another length, it is a
 * random one, drawn beforehand, and nothing tells so: what follows fails as with any other wrong
 * key. Else who asks often enough could read what was meant for us ("million message attack",
 * RFC 3218). Of the padding itself OpenSSL takes care in constant time.
 */
static int transport_open(struct certs *c, struct bytes in, uint8_t *key, size_t n)
{
	AUTO(EVP_PKEY_CTX) EVP_PKEY_CTX *ctx = EVP_PKEY_CTX_dup(c->opening);
	uint8_t out[CERT_SIGNATURE_MAX] = {0}, good;
	size_t got = sizeof(out);

	if (!ctx)
		return cert_fail(ERR_INTERNAL);
	random_bytes(key, n);
	good = (uint8_t)((EVP_PKEY_decrypt(ctx, out, &got, in.p, in.n) == 1) & (got == n));
	good = (uint8_t)(0 - good);
	for (size_t i = 0; i < n; i++)
		key[i] = (uint8_t)((out[i] & good) | (key[i] & ~good));
	mem_wipe(out, sizeof(out));
	return cert_fail(0);
}

static int decrypt(const EVP_CIPHER *cipher, const struct envelope *e, const uint8_t *key,
	struct arena *a, struct bytes *ret)
{
	AUTO(EVP_CIPHER_CTX) EVP_CIPHER_CTX *ctx = EVP_CIPHER_CTX_new();
	uint8_t *out = arena_alloc_raw(a, e->content.n + EVP_MAX_BLOCK_LENGTH);
	int n = 0, rest = 0;

	cert_wipe_later(a, bytes_of(out, e->content.n + EVP_MAX_BLOCK_LENGTH));
	if (!ctx || EVP_DecryptInit_ex2(ctx, cipher, key, e->iv.p, NULL) != 1 ||
		EVP_DecryptUpdate(ctx, out, &n, e->content.p, (int)e->content.n) != 1 ||
		EVP_DecryptFinal_ex(ctx, out + n, &rest) != 1)
		return cert_fail(ERR_CRYPTO);
	*ret = bytes_of(out, (size_t)n + (size_t)rest);
	return 0;
}

int cert_scep_open_fast(struct certs *c, struct bytes in, enum cert_scep_cipher cipher,
	struct arena *a, struct bytes *ret)
{
	const EVP_CIPHER *evp = ciphers[cipher].cipher ? ciphers[cipher].cipher() : NULL;
	uint8_t key[EVP_MAX_KEY_LENGTH];
	struct envelope e;
	int err;

	if (!evp || in.n > CERT_INPUT_MAX || walk_envelope(in, &e) ||
		!bytes_equal(e.issuer, c->ca_sid.issuer) ||
		!bytes_equal(e.serial, c->ca_sid.serial) ||
		!bytes_equal(e.oid, bytes_of(ciphers[cipher].oid, ciphers[cipher].n)) ||
		e.iv.n != (size_t)EVP_CIPHER_get_iv_length(evp))
		return ERR_UNSUPPORTED;
	err = transport_open(c, e.key, key, (size_t)EVP_CIPHER_get_key_length(evp));
	if (!err)
		err = decrypt(evp, &e, key, a, ret);
	mem_wipe(key, sizeof(key));
	return err;
}

/* --- opening: whatever else it is --- */

int cert_scep_open_general(struct certs *c, struct bytes envelope, enum cert_scep_cipher cipher,
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

int cert_scep_open(struct certs *c, struct bytes envelope, enum cert_scep_cipher cipher,
	struct arena *a, struct bytes *ret)
{
	int err = cert_scep_open_fast(c, envelope, cipher, a, ret);

	return err == ERR_UNSUPPORTED ? cert_scep_open_general(c, envelope, cipher, a, ret) : err;
}

/* --- sealing --- */

/* SignedData without signers, RFC 5652 5.1: a bag for one certificate. */
static void put_certs_only(struct buf *out, struct bytes certificate)
{
	static const uint8_t version[] = {1};
	size_t info = cert_der_begin(out, DER_SEQUENCE), body, data, content;

	cert_der_put(out, DER_OID, OID_SIGNED_DATA);
	body = cert_der_begin(out, DER_CONTEXT(0));
	data = cert_der_begin(out, DER_SEQUENCE);
	cert_der_put(out, DER_INTEGER, BYTES(version));
	cert_der_put(out, DER_SET, bytes_of(NULL, 0)); /* digest algorithms: none */
	content = cert_der_begin(out, DER_SEQUENCE);
	cert_der_put(out, DER_OID, OID_DATA);
	cert_der_end(out, content);
	cert_der_put(out, DER_CONTEXT(0), certificate);
	cert_der_put(out, DER_SET, bytes_of(NULL, 0)); /* signers: none */
	cert_der_end(out, data);
	cert_der_end(out, body);
	cert_der_end(out, info);
}

/* --- the envelope around it, RFC 5652 6.1 --- */

struct sealed {
	uint8_t iv[EVP_MAX_IV_LENGTH];
	struct bytes key; /* as only the asker can read it */
	struct bytes content;
};

static int encrypt_with(EVP_CIPHER_CTX *ctx, const uint8_t *key, struct bytes in, struct arena *a,
	struct sealed *ret)
{
	AUTO(buf) struct buf b = BUF_INIT(CERT_INPUT_MAX);
	uint8_t *out = buf_extend(&b, in.n + EVP_MAX_BLOCK_LENGTH);
	int n, rest;

	if (!out || EVP_EncryptInit_ex2(ctx, NULL, key, ret->iv, NULL) != 1 ||
		EVP_EncryptUpdate(ctx, out, &n, in.p, (int)in.n) != 1 ||
		EVP_EncryptFinal_ex(ctx, out + n, &rest) != 1)
		return cert_fail(ERR_CRYPTO);
	ret->content = arena_bytes(a, bytes_of(out, (size_t)n + (size_t)rest));
	return 0;
}

/* Triple DES alone is particular about its keys: each octet of odd parity. */
static int content_key(EVP_CIPHER_CTX *ctx, enum cert_scep_cipher cipher, uint8_t *key, size_t n)
{
	if (cipher == SCEP_DES3)
		return EVP_CIPHER_CTX_rand_key(ctx, key) == 1 ? 0 : cert_fail(ERR_CRYPTO);
	random_bytes(key, n);
	return 0;
}

static int encrypt(const struct cert_scep_signer *to, enum cert_scep_cipher cipher, struct bytes in,
	struct arena *a, struct sealed *ret)
{
	AUTO(EVP_CIPHER_CTX) EVP_CIPHER_CTX *ctx = EVP_CIPHER_CTX_new();
	const EVP_CIPHER *evp = ciphers[cipher].cipher();
	uint8_t key[EVP_MAX_KEY_LENGTH], out[CERT_SIGNATURE_MAX];
	size_t n = (size_t)EVP_CIPHER_get_key_length(evp), out_n = 0;
	int err;

	random_bytes(ret->iv, sizeof(ret->iv));
	if (!ctx || EVP_EncryptInit_ex2(ctx, evp, NULL, NULL, NULL) != 1)
		return cert_fail(ERR_CRYPTO);
	err = content_key(ctx, cipher, key, n);
	if (!err)
		err = cert_pub_encrypt(to->key, bytes_of(key, n), out, &out_n);
	ret->key = arena_bytes(a, bytes_of(out, out_n));
	if (!err)
		err = encrypt_with(ctx, key, in, a, ret);
	mem_wipe(key, sizeof(key));
	return err;
}

static void put_recipient(
	struct buf *out, const struct cert_scep_signer *to, const struct sealed *sealed)
{
	size_t set = cert_der_begin(out, DER_SET), info = cert_der_begin(out, DER_SEQUENCE), sid;

	cert_der_put(out, DER_INTEGER, ZERO);
	sid = cert_der_begin(out, DER_SEQUENCE);
	buf_add_bytes(out, to->sid.issuer);
	buf_add_bytes(out, to->sid.serial);
	cert_der_end(out, sid);
	buf_add_bytes(out, ALG_RSA);
	cert_der_put(out, DER_OCTET_STRING, sealed->key);
	cert_der_end(out, info);
	cert_der_end(out, set);
}

static void put_encrypted(
	struct buf *out, enum cert_scep_cipher cipher, const struct sealed *sealed)
{
	size_t info = cert_der_begin(out, DER_SEQUENCE), algorithm;
	int iv = EVP_CIPHER_get_iv_length(ciphers[cipher].cipher());

	cert_der_put(out, DER_OID, OID_DATA);
	algorithm = cert_der_begin(out, DER_SEQUENCE);
	cert_der_put(out, DER_OID, bytes_of(ciphers[cipher].oid, ciphers[cipher].n));
	cert_der_put(out, DER_OCTET_STRING, bytes_of(sealed->iv, (size_t)iv));
	cert_der_end(out, algorithm);
	cert_der_put(out, DER_CONTEXT_PRIMITIVE(0), sealed->content);
	cert_der_end(out, info);
}

int cert_scep_seal(const struct cert_scep_signer *to, enum cert_scep_cipher cipher,
	struct bytes certificate, struct arena *a, struct bytes *ret)
{
	AUTO(buf) struct buf bag = BUF_INIT(CERT_INPUT_MAX), out = BUF_INIT(CERT_INPUT_MAX);
	size_t info, body, data;
	struct sealed sealed;
	int err;

	if (cipher == SCEP_DES)
		cipher = SCEP_DES3;
	put_certs_only(&bag, certificate);
	if (!buf_ok(&bag))
		return ERR_TOOBIG;
	err = encrypt(to, cipher, buf_bytes(&bag), a, &sealed);
	if (err)
		return err;
	info = cert_der_begin(&out, DER_SEQUENCE);
	cert_der_put(&out, DER_OID, OID_ENVELOPED_DATA);
	body = cert_der_begin(&out, DER_CONTEXT(0));
	data = cert_der_begin(&out, DER_SEQUENCE);
	cert_der_put(&out, DER_INTEGER, ZERO);
	put_recipient(&out, to, &sealed);
	put_encrypted(&out, cipher, &sealed);
	cert_der_end(&out, data);
	cert_der_end(&out, body);
	cert_der_end(&out, info);
	if (!buf_ok(&out))
		return ERR_TOOBIG;
	*ret = arena_bytes(a, buf_bytes(&out));
	return 0;
}
