/* SPDX-License-Identifier: EUPL-1.2 */
#include "certs/kept_int.h"
#include "tests/unit/certs/fixture.h"

#include "base/text.h"

#include <criterion/criterion.h>
#include <openssl/pem.h>

#define TOPIC "com.apple.mgmt.External.5a1e"

static X509_REQ *parse_request(const char *pem)
{
	AUTO(BIO) BIO *bio = BIO_new_mem_buf(pem, -1);

	return PEM_read_bio_X509_REQ(bio, NULL, NULL, NULL);
}

/* What the portal would give back for a key. */
static const char *portal(struct fixture *f, EVP_PKEY *public, EVP_PKEY *apple, const char *topic)
{
	AUTO(X509) X509 *x = X509_new();
	const char *pem;

	X509_set_version(x, 2);
	ASN1_TIME_set(X509_getm_notBefore(x), f->now - 60);
	ASN1_TIME_set(X509_getm_notAfter(x), f->now + CERT_YEAR_S);
	if (topic)
		X509_NAME_add_entry_by_NID(X509_get_subject_name(x), NID_userId, MBSTRING_UTF8,
			(const uint8_t *)topic, -1, -1, 0);
	X509_set_pubkey(x, public);
	X509_sign(x, apple, EVP_sha256());
	cr_assert_eq(cert_x509_format_pem(x, f->a, &pem), 0);
	return pem;
}

struct putting {
	struct cert_push push;
	struct bytes sealed;
};

static int put(struct store_txn *txn, struct fixture *f, void *arg)
{
	struct putting *p = arg;

	return cert_push_put(txn, &p->push, p->sealed);
}

static void import(struct fixture *f, const char *cert_pem, const char *key_pem)
{
	struct putting p;

	cr_assert_eq(cert_push_inspect(f->c, f->st, f->a, cert_pem, key_pem, &p.push), 0);
	cr_assert_eq(cert_seal(f->c, CERT_PUSH_KEY_CONTEXT, bytes_of_str(p.push.key_pem), f->a,
			     &p.sealed),
		0);
	cr_assert_eq(fixture_write(f, put, &p), 0);
}

static int get(struct store_txn *txn, struct fixture *f, void *arg)
{
	return cert_push_get(f->c, txn, f->a, true, arg);
}

static int get_without_key(struct store_txn *txn, struct fixture *f, void *arg)
{
	return cert_push_get(f->c, txn, f->a, false, arg);
}

static void in_force(struct fixture *f, const char *cert_pem, uint64_t generation)
{
	AUTO(EVP_PKEY) EVP_PKEY *key = NULL;
	AUTO(X509) X509 *x = NULL;
	struct cert_push p = {0};

	cr_assert_eq(fixture_read(f, get_without_key, &p), 0);
	cr_assert_null(p.key_pem);
	cr_assert_eq(fixture_read(f, get, &p), 0);
	cr_assert_str_eq(p.cert_pem, cert_pem);
	cr_assert_str_eq(p.topic, TOPIC);
	cr_assert_eq(p.generation, generation);
	cr_assert_eq(p.not_after, f->now + CERT_YEAR_S);
	cr_assert_eq(cert_key_parse_pem(bytes_of_str(p.key_pem), &key), 0);
	cr_assert_eq(cert_x509_parse_pem(bytes_of_str(p.cert_pem), &x), 0);
	cr_assert_eq(X509_check_private_key(x, key), 1);
	cert_push_wipe(&p);
	cr_assert_null(p.key_pem);
}

static void vendor(struct fixture *f, const char *csr_pem, EVP_PKEY *apple)
{
	AUTO(X509) X509 *cert = client_self_signed(apple, "vendor");
	AUTO(EVP_PKEY) EVP_PKEY *other = EVP_EC_gen("P-256");
	AUTO(EVP_MD_CTX) EVP_MD_CTX *ctx = EVP_MD_CTX_new();
	const char *cert_pem, *key_pem, *csr_b64, *signature_b64;
	struct bytes csr, signature;

	cr_assert_eq(cert_x509_format_pem(cert, f->a, &cert_pem), 0);
	cr_assert_eq(cert_key_format_pem(apple, f->a, &key_pem), 0);
	cr_assert_eq(
		cert_push_vendor_sign(f->a, csr_pem, cert_pem, key_pem, &csr_b64, &signature_b64),
		0);
	cr_assert_eq(text_parse_base64(f->a, bytes_of_str(csr_b64), &csr), 0);
	cr_assert_eq(text_parse_base64(f->a, bytes_of_str(signature_b64), &signature), 0);
	cr_assert_eq(EVP_DigestVerifyInit(ctx, NULL, EVP_sha256(), NULL, apple), 1);
	cr_assert_eq(EVP_DigestVerify(ctx, signature.p, signature.n, csr.p, csr.n), 1);
	cr_assert_eq(cert_push_vendor_sign(
			     f->a, "no request", cert_pem, key_pem, &csr_b64, &signature_b64),
		ERR_BADINPUT);
	cr_assert_eq(cert_key_format_pem(other, f->a, &key_pem), 0);
	cr_assert_eq(
		cert_push_vendor_sign(f->a, csr_pem, cert_pem, key_pem, &csr_b64, &signature_b64),
		ERR_CRYPTO);
}

static void refusals(struct fixture *f, EVP_PKEY *public, EVP_PKEY *apple)
{
	AUTO(EVP_PKEY) EVP_PKEY *other = EVP_EC_gen("P-256");
	const char *other_pem;
	struct cert_push p;

	cr_assert_eq(cert_key_format_pem(other, f->a, &other_pem), 0);
	cr_assert_eq(cert_push_inspect(f->c, f->st, f->a, "no PEM", NULL, &p), ERR_BADINPUT);
	cr_assert_eq(cert_push_inspect(f->c, f->st, f->a, portal(f, other, apple, TOPIC), NULL, &p),
		ERR_CRYPTO, "a key we do not have");
	cr_assert_eq(cert_push_inspect(
			     f->c, f->st, f->a, portal(f, public, apple, TOPIC), other_pem, &p),
		ERR_CRYPTO, "the wrong key given");
	cr_assert_eq(cert_push_inspect(f->c, f->st, f->a, portal(f, public, apple, NULL), NULL, &p),
		ERR_BADINPUT, "no topic");
	cr_assert_eq(
		cert_push_inspect(f->c, f->st, f->a, portal(f, public, apple, "a b"), NULL, &p),
		ERR_BADINPUT);
}

Test(push, from_request_to_renewal)
{
	AUTO(EVP_PKEY) EVP_PKEY *apple = EVP_RSA_gen(2048), *own = EVP_EC_gen("P-256");
	AUTO(X509_REQ) X509_REQ *one = NULL, *two = NULL, *three = NULL;
	const char *csr_pem, *cert_pem, *own_pem;
	struct cert_push p = {0};
	struct fixture f;

	fixture_house(&f);
	cr_assert_eq(fixture_read(&f, get, &p), ERR_NOTFOUND);
	cr_assert_eq(cert_push_request(f.c, f.st, f.a, &csr_pem), 0);
	one = parse_request(csr_pem);
	cr_assert_eq(X509_REQ_verify(one, X509_REQ_get0_pubkey(one)), 1);
	cr_assert_eq(cert_push_request(f.c, f.st, f.a, &csr_pem), 0);
	two = parse_request(csr_pem);
	cr_assert_eq(EVP_PKEY_eq(X509_REQ_get0_pubkey(one), X509_REQ_get0_pubkey(two)), 1,
		"the pending key is kept");
	vendor(&f, csr_pem, apple);
	refusals(&f, X509_REQ_get0_pubkey(one), apple);
	cert_pem = portal(&f, X509_REQ_get0_pubkey(one), apple, TOPIC);
	import(&f, cert_pem, NULL);
	in_force(&f, cert_pem, 1);
	/* the same request taken to the portal again: the key in force fits */
	cert_pem = portal(&f, X509_REQ_get0_pubkey(one), apple, TOPIC);
	import(&f, cert_pem, NULL);
	in_force(&f, cert_pem, 2);
	cr_assert_eq(cert_push_request(f.c, f.st, f.a, &csr_pem), 0);
	three = parse_request(csr_pem);
	cr_assert_eq(EVP_PKEY_eq(X509_REQ_get0_pubkey(one), X509_REQ_get0_pubkey(three)), 0,
		"a key that is in use is no longer pending");
	/* a key from elsewhere */
	cr_assert_eq(cert_key_format_pem(own, f.a, &own_pem), 0);
	cert_pem = portal(&f, own, apple, TOPIC);
	import(&f, cert_pem, own_pem);
	in_force(&f, cert_pem, 3);
	cr_assert_eq(fixture_faults(&f), 0);
	fixture_end(&f);
}
