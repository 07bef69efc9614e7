/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What others write to us: a pair that they encrypt to (Apple's server token), and what a device
 * signed by its maker's CA says (MachineInfo). RFC 5652.
 */
#include "certs/certs_int.h"

#include <openssl/hmac.h>
#include <openssl/pem.h>
#include <stdlib.h>

#define RSA_BITS 2048u
#define ROOTS_MAX 16

int cert_letter_key_make(struct certs *c, const char *name, int64_t not_before, int64_t not_after,
	struct arena *a, struct cert_letter_key *ret)
{
	AUTO(EVP_PKEY) EVP_PKEY *key = EVP_RSA_gen(RSA_BITS);
	AUTO(X509) X509 *cert = NULL;
	uint8_t serial[CERT_SERIAL];
	struct cert_form form = {.role = CERT_ROLE_IDENTITY,
		.organisation = c->organisation,
		.common_name = name,
		.serial = serial,
		.not_before = not_before - CERT_BACKDATE_S,
		.not_after = not_after};
	struct cert_issuer self = {.key = key};
	struct bytes der;
	int err;

	if (!key)
		return cert_fail(ERR_INTERNAL);
	cert_serial_draw(serial);
	err = cert_key_spki(key, a, &form.spki);
	if (!err)
		err = cert_issue(&self, &form, a, &der);
	if (!err)
		err = cert_x509_parse(der, &cert);
	if (!err)
		err = cert_x509_format_pem(cert, a, &ret->cert_pem);
	return err ? err : cert_key_format(key, a, &ret->key);
}

int cert_letter_open(
	const struct cert_letter_key *k, struct bytes envelope, struct arena *a, struct bytes *ret)
{
	AUTO(EVP_PKEY) EVP_PKEY *key = NULL;
	AUTO(X509) X509 *cert = NULL;
	AUTO(BIO) BIO *out = BIO_new(BIO_s_secmem());
	AUTO(CMS_ContentInfo) CMS_ContentInfo *cms = NULL;
	const uint8_t *p = envelope.p;
	int err = cert_key_parse(k->key, &key);

	if (!err)
		err = cert_x509_parse_pem(bytes_of_str(k->cert_pem), &cert);
	if (err)
		return ERR_CORRUPT;
	if (envelope.n == 0 || envelope.n > CERT_INPUT_MAX || !out)
		return ERR_BADINPUT;
	cms = d2i_CMS_ContentInfo(NULL, &p, (long)envelope.n);
	if (!cms || p != envelope.p + envelope.n ||
		OBJ_obj2nid(CMS_get0_type(cms)) != NID_pkcs7_enveloped)
		return cert_fail(ERR_BADINPUT);
	if (CMS_decrypt(cms, key, cert, NULL, out, CMS_BINARY) != 1)
		return cert_fail(ERR_CRYPTO);
	*ret = cert_bio_bytes(out, a);
	cert_wipe_later(a, *ret);
	return 0;
}

/* --- signed by a device --- */

/* Every certificate of the text is an anchor, whether it signed itself or not. */
static int roots_read(struct bytes pem, X509_STORE *to)
{
	AUTO(BIO)
	BIO *bio = pem.n > 0 && pem.n <= CERT_INPUT_MAX ? BIO_new_mem_buf(pem.p, (int)pem.n) : NULL;
	int n = 0;

	while (bio && n < ROOTS_MAX) {
		AUTO(X509) X509 *x = PEM_read_bio_X509(bio, NULL, NULL, NULL);

		if (!x)
			break;
		if (X509_STORE_add_cert(to, x) != 1)
			return cert_fail(ERR_BADINPUT);
		n++;
	}
	/* the end of the text is an error to OpenSSL as well */
	return cert_fail(n > 0 ? 0 : ERR_BADINPUT);
}

/* Of the chain, not of its dates: Apple's device CA ended years ago and signs on. */
static int chain_verify(X509 *x, STACK_OF(X509) * others, X509_STORE *roots)
{
	AUTO(X509_STORE_CTX) X509_STORE_CTX *ctx = X509_STORE_CTX_new();
	X509_VERIFY_PARAM *param;

	if (!ctx || X509_STORE_CTX_init(ctx, roots, x, others) != 1)
		return cert_fail(ERR_INTERNAL);
	param = X509_STORE_CTX_get0_param(ctx);
	X509_VERIFY_PARAM_set_flags(param, X509_V_FLAG_NO_CHECK_TIME | X509_V_FLAG_PARTIAL_CHAIN);
	X509_VERIFY_PARAM_set_purpose(param, X509_PURPOSE_ANY);
	return X509_verify_cert(ctx) == 1 ? 0 : cert_fail(ERR_CRYPTO);
}

static int signer_verify(CMS_ContentInfo *cms, struct bytes roots_pem)
{
	STACK_OF(X509) *signers = CMS_get0_signers(cms), *others = CMS_get1_certs(cms);
	X509_STORE *roots = X509_STORE_new();
	int err = roots ? roots_read(roots_pem, roots) : ERR_INTERNAL;

	if (!err && (!signers || sk_X509_num(signers) != 1))
		err = ERR_BADINPUT;
	if (!err)
		err = chain_verify(sk_X509_value(signers, 0), others, roots);
	sk_X509_free(signers);
	sk_X509_pop_free(others, X509_free);
	X509_STORE_free(roots);
	return err;
}

int cert_letter_read(
	struct bytes message, struct bytes roots_pem, struct arena *a, struct bytes *ret)
{
	AUTO(CMS_ContentInfo) CMS_ContentInfo *cms = NULL;
	AUTO(BIO) BIO *out = BIO_new(BIO_s_mem());
	const uint8_t *p = message.p;
	int err;

	if (message.n == 0 || message.n > CERT_INPUT_MAX || !out)
		return ERR_BADINPUT;
	cms = d2i_CMS_ContentInfo(NULL, &p, (long)message.n);
	if (!cms || p != message.p + message.n ||
		OBJ_obj2nid(CMS_get0_type(cms)) != NID_pkcs7_signed || CMS_is_detached(cms) == 1)
		return cert_fail(ERR_BADINPUT);
	if (CMS_verify(cms, NULL, NULL, NULL, out, CMS_BINARY | CMS_NO_SIGNER_CERT_VERIFY) != 1)
		return cert_fail(ERR_CRYPTO);
	err = signer_verify(cms, roots_pem);
	if (!err)
		*ret = cert_bio_bytes(out, a);
	return err;
}

int cert_roots_check(struct bytes pem)
{
	X509_STORE *roots = X509_STORE_new();
	int err = roots ? roots_read(pem, roots) : ERR_INTERNAL;

	X509_STORE_free(roots);
	return err;
}

/* --- small tools that others' protocols ask for --- */

void cert_hmac_sha1(struct bytes key, struct bytes in, uint8_t out[20])
{
	unsigned n = 20;

	/* an empty key needs an address all the same */
	if (!HMAC(EVP_sha1(), key.n ? (const void *)key.p : "", (int)key.n, in.p, in.n, out, &n))
		abort();
}

void cert_pbkdf2_sha256(struct bytes secret, struct bytes salt, unsigned rounds, uint8_t out[32])
{
	if (PKCS5_PBKDF2_HMAC((const char *)secret.p, (int)secret.n, salt.p, (int)salt.n,
		    (int)rounds, EVP_sha256(), 32, out) != 1)
		abort();
}
