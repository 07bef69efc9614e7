/* SPDX-License-Identifier: EUPL-1.2 */
/* Certificates and keys that somebody else made and that go on to an iPad: PKCS #12 (RFC 7292), and
 * certificates as people have them, DER or PEM. */
#include "certs/p12_int.h"

#include <openssl/pem.h>

CERT_AUTO_OSSL(PKCS12)

/* What OpenSSL calls old it only knows in the legacy context. */
static int contents(struct bytes der, const char *password, OSSL_LIB_CTX *in, X509 **ret_cert)
{
	AUTO(PKCS12) PKCS12 *p12 = PKCS12_init_ex(NID_pkcs7_data, in, NULL);
	AUTO(EVP_PKEY) EVP_PKEY *key = NULL;
	const uint8_t *p = der.p;
	int err;

	if (!p12 || !d2i_PKCS12(&p12, &p, (long)der.n) || p != der.p + der.n)
		return cert_fail(ERR_BADINPUT);
	if (cert_p12_sum_check(p12) != 0)
		return ERR_BADINPUT;
	if (!PKCS12_verify_mac(p12, password, -1))
		return cert_fail(ERR_DENIED);
	err = cert_p12_locks_check(p12, password);
	if (err)
		return cert_fail(err);
	if (PKCS12_parse(p12, password, &key, ret_cert, NULL) != 1)
		return cert_fail(ERR_UNSUPPORTED);
	return key && *ret_cert && X509_check_private_key(*ret_cert, key) == 1
		       ? 0
		       : cert_fail(ERR_NOTFOUND);
}

int cert_p12_open(struct certs *c, struct bytes der, const char *password, int64_t *ret_not_after)
{
	AUTO(X509) X509 *cert = NULL;
	int err;

	if (der.n == 0 || der.n > CERT_INPUT_MAX)
		return ERR_BADINPUT;
	err = contents(der, password, NULL, &cert);
	if (err == ERR_UNSUPPORTED && cert_legacy_ca(c)) {
		X509_free(TAKE(cert));
		err = contents(der, password, c->legacy, &cert);
	}
	return err ? err : cert_time_of(X509_get0_notAfter(cert), ret_not_after);
}

/* --- certificates alone --- */

static int anchor_add(X509 *x, struct arena *a, struct cert_anchor *to)
{
	to->self = X509_check_issued(x, x) == X509_V_OK;
	return cert_der_of(x, a, &to->der);
}

static int pem_read(struct bytes pem, struct arena *a, struct cert_anchor *to, size_t *n)
{
	AUTO(BIO) BIO *bio = BIO_new_mem_buf(pem.p, (int)pem.n);
	int err = 0;

	while (bio && !err) {
		AUTO(X509) X509 *x = PEM_read_bio_X509(bio, NULL, NULL, NULL);

		if (!x)
			break;
		err = *n < CERT_ANCHORS_MAX ? anchor_add(x, a, &to[(*n)++]) : ERR_TOOBIG;
	}
	return cert_fail(err); /* the end of the text is an error to OpenSSL as well */
}

int cert_anchors_parse(struct bytes in, struct arena *a, struct cert_anchor **ret, size_t *ret_n)
{
	struct cert_anchor *to = ARENA_ARRAY(a, struct cert_anchor, CERT_ANCHORS_MAX);
	AUTO(X509) X509 *one = NULL;
	size_t n = 0;
	int err;

	if (in.n == 0 || in.n > CERT_INPUT_MAX)
		return ERR_BADINPUT;
	if (in.p[0] == 0x30) {
		err = cert_x509_parse(in, &one);
		if (!err)
			err = anchor_add(one, a, &to[n++]);
	} else {
		err = pem_read(in, a, to, &n);
	}
	if (err || n == 0)
		return err ? err : ERR_BADINPUT;
	*ret = to;
	*ret_n = n;
	return 0;
}
