/* SPDX-License-Identifier: EUPL-1.2 */
#include "certs/certs_int.h"

#include <openssl/err.h>
#include <openssl/pem.h>
#include <time.h>

int cert_fail(int err)
{
	ERR_clear_error();
	return err;
}

/* Moves what an i2d function allocated into the arena. */
static int take_der(uint8_t *der, int n, struct arena *a, struct bytes *ret)
{
	if (n <= 0 || !der)
		return cert_fail(ERR_INTERNAL);
	*ret = arena_bytes(a, bytes_of(der, (size_t)n));
	OPENSSL_clear_free(der, (size_t)n);
	return 0;
}

int cert_der_of(X509 *x, struct arena *a, struct bytes *ret)
{
	uint8_t *der = NULL;
	int n = i2d_X509(x, &der);

	return take_der(der, n, a, ret);
}

int cert_sid_of(X509 *x, struct arena *a, struct cert_sid *ret)
{
	uint8_t *name = NULL, *number = NULL;
	int name_n = i2d_X509_NAME(X509_get_issuer_name(x), &name);
	int number_n = i2d_ASN1_INTEGER(X509_get0_serialNumber(x), &number), err;
	struct cert_sid sid;

	err = take_der(name, name_n, a, &sid.issuer);
	if (!err)
		err = take_der(number, number_n, a, &sid.serial);
	else
		OPENSSL_free(number);
	if (!err)
		*ret = sid;
	return err;
}

static int sign_begin(const struct cert_issuer *by, EVP_MD_CTX *ctx)
{
	if (by->ready)
		return EVP_MD_CTX_copy_ex(ctx, by->ready);
	return EVP_PKEY_is_a(by->key, "RSA") &&
	       EVP_DigestSignInit(ctx, NULL, EVP_sha256(), NULL, by->key) == 1;
}

int cert_sign(const struct cert_issuer *by, struct bytes in, uint8_t out[CERT_SIGNATURE_MAX],
	size_t *ret_n)
{
	AUTO(EVP_MD_CTX) EVP_MD_CTX *ctx = EVP_MD_CTX_new();
	size_t n = CERT_SIGNATURE_MAX;

	if (!ctx || sign_begin(by, ctx) != 1 || EVP_DigestSign(ctx, out, &n, in.p, in.n) != 1)
		return cert_fail(ERR_INTERNAL);
	*ret_n = n;
	return 0;
}

int cert_x509_parse(struct bytes der, X509 **ret)
{
	const uint8_t *p = der.p;
	AUTO(X509) X509 *x = NULL;

	if (der.n == 0 || der.n > CERT_INPUT_MAX)
		return ERR_BADINPUT;
	x = d2i_X509(NULL, &p, (long)der.n);
	if (!x || p != der.p + der.n)
		return cert_fail(ERR_BADINPUT);
	*ret = TAKE(x);
	return 0;
}

/* OpenSSL would ask at the terminal. */
static int no_password(char *out, int size, int writing, void *arg)
{
	return -1;
}

int cert_x509_parse_pem(struct bytes pem, X509 **ret)
{
	AUTO(BIO) BIO *bio = NULL;
	X509 *x;

	if (pem.n == 0 || pem.n > CERT_INPUT_MAX)
		return ERR_BADINPUT;
	bio = BIO_new_mem_buf(pem.p, (int)pem.n);
	x = bio ? PEM_read_bio_X509(bio, NULL, no_password, NULL) : NULL;
	if (!x)
		return cert_fail(ERR_BADINPUT);
	*ret = x;
	return 0;
}

int cert_key_parse_pem(struct bytes pem, EVP_PKEY **ret)
{
	AUTO(BIO) BIO *bio = NULL;
	EVP_PKEY *key;

	if (pem.n == 0 || pem.n > CERT_INPUT_MAX)
		return ERR_BADINPUT;
	bio = BIO_new_mem_buf(pem.p, (int)pem.n);
	key = bio ? PEM_read_bio_PrivateKey(bio, NULL, no_password, NULL) : NULL;
	if (!key)
		return cert_fail(ERR_BADINPUT);
	*ret = key;
	return 0;
}

int cert_key_parse(struct bytes der, EVP_PKEY **ret)
{
	const uint8_t *p = der.p;
	EVP_PKEY *key;

	if (der.n == 0 || der.n > CERT_INPUT_MAX)
		return ERR_BADINPUT;
	key = d2i_AutoPrivateKey(NULL, &p, (long)der.n);
	if (!key)
		return cert_fail(ERR_BADINPUT);
	*ret = key;
	return 0;
}

struct wipe {
	struct bytes b;
};

static void wipe_now(void *p)
{
	struct wipe *w = p;

	mem_wipe((void *)(uintptr_t)w->b.p, w->b.n);
}

void cert_wipe_later(struct arena *a, struct bytes b)
{
	struct wipe *w = ARENA_NEW(a, struct wipe);

	w->b = b;
	arena_defer(a, wipe_now, w);
}

int cert_key_format(EVP_PKEY *key, struct arena *a, struct bytes *ret)
{
	PKCS8_PRIV_KEY_INFO *info = EVP_PKEY2PKCS8(key);
	uint8_t *der = NULL;
	int n, err;

	if (!info)
		return cert_fail(ERR_INTERNAL);
	n = i2d_PKCS8_PRIV_KEY_INFO(info, &der);
	PKCS8_PRIV_KEY_INFO_free(info);
	err = take_der(der, n, a, ret);
	if (!err)
		cert_wipe_later(a, *ret);
	return err;
}

struct bytes cert_bio_bytes(BIO *bio, struct arena *a)
{
	char *p = NULL;
	long n = BIO_get_mem_data(bio, &p);

	return bytes_of(
		arena_strndup(a, n > 0 ? p : "", n > 0 ? (size_t)n : 0), n > 0 ? (size_t)n : 0);
}

int cert_x509_format_pem(X509 *x, struct arena *a, const char **ret)
{
	AUTO(BIO) BIO *bio = BIO_new(BIO_s_mem());

	if (!bio || PEM_write_bio_X509(bio, x) != 1)
		return cert_fail(ERR_INTERNAL);
	*ret = (const char *)cert_bio_bytes(bio, a).p;
	return 0;
}

int cert_key_format_pem(EVP_PKEY *key, struct arena *a, const char **ret)
{
	AUTO(BIO) BIO *bio = BIO_new(BIO_s_secmem());
	struct bytes pem;

	if (!bio || PEM_write_bio_PKCS8PrivateKey(bio, key, NULL, NULL, 0, NULL, NULL) != 1)
		return cert_fail(ERR_INTERNAL);
	pem = cert_bio_bytes(bio, a);
	cert_wipe_later(a, pem);
	*ret = (const char *)pem.p;
	return 0;
}

int cert_time_of(const ASN1_TIME *t, int64_t *ret)
{
	struct tm tm;

	if (!t || ASN1_TIME_to_tm(t, &tm) != 1)
		return cert_fail(ERR_BADINPUT);
	*ret = timegm(&tm);
	return 0;
}

int cert_key_spki(EVP_PKEY *key, struct arena *a, struct bytes *ret)
{
	uint8_t *der = NULL;
	int n = i2d_PUBKEY(key, &der);

	return take_der(der, n, a, ret);
}

int cert_spki_parse(struct bytes der, EVP_PKEY **ret)
{
	const uint8_t *p = der.p;
	AUTO(EVP_PKEY) EVP_PKEY *key = NULL;

	if (der.n == 0 || der.n > CERT_INPUT_MAX)
		return ERR_BADINPUT;
	key = d2i_PUBKEY(NULL, &p, (long)der.n);
	if (!key || p != der.p + der.n)
		return cert_fail(ERR_BADINPUT);
	*ret = TAKE(key);
	return 0;
}

void cert_sha256(struct bytes in, uint8_t out[32])
{
	unsigned n = 0;

	/* with a digest that is always there, only lack of memory can make this fail */
	if (EVP_Digest(in.p, in.n, out, &n, EVP_sha256(), NULL) != 1 || n != 32)
		abort();
}

bool cert_secret_equal(struct bytes a, struct bytes b)
{
	return a.n == b.n && (a.n == 0 || CRYPTO_memcmp(a.p, b.p, a.n) == 0);
}
