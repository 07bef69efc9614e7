/* SPDX-License-Identifier: EUPL-1.2 */
#include "tests/unit/certs/client.h"

#include "base/random.h"
#include "certs/cms_int.h"
#include "certs/der_int.h"

#include <openssl/core_names.h>
#include <openssl/err.h>
#include <openssl/provider.h>
#include <stdlib.h>

uint8_t client_nonce[64];

#define OID(last) "2.16.840.1.113733.1.9." last

/* A slip in the tests' own code. */
static void must(bool ok)
{
	if (!ok) {
		ERR_print_errors_fp(stderr);
		abort();
	}
}

static struct bytes take(struct arena *a, uint8_t *der, int n)
{
	struct bytes b;

	must(n > 0);
	b = arena_bytes(a, bytes_of(der, (size_t)n));
	OPENSSL_free(der);
	return b;
}

static struct bytes x509_der(struct arena *a, X509 *x)
{
	uint8_t *der = NULL;
	int n = i2d_X509(x, &der);

	return take(a, der, n);
}

static X509 *parse(struct bytes der)
{
	const uint8_t *p = der.p;
	X509 *x = d2i_X509(NULL, &p, (long)der.n);

	must(x);
	return x;
}

X509 *client_self_signed(EVP_PKEY *key, const char *name)
{
	X509 *x = X509_new();
	X509_NAME *n = X509_get_subject_name(x);

	must(X509_set_version(x, 2) && ASN1_INTEGER_set(X509_get_serialNumber(x), 1) &&
		X509_gmtime_adj(X509_getm_notBefore(x), 0) &&
		X509_gmtime_adj(X509_getm_notAfter(x), 86400) &&
		X509_NAME_add_entry_by_txt(
			n, "CN", MBSTRING_ASC, (const uint8_t *)name, -1, -1, 0) &&
		X509_set_issuer_name(x, n) && X509_set_pubkey(x, key) &&
		X509_sign(x, key, EVP_sha256()));
	return x;
}

/* --- SCEP --- */

static struct bytes request(struct arena *a, const struct client_ask *ask, const EVP_MD *md)
{
	X509_REQ *r = X509_REQ_new();
	uint8_t *der = NULL;
	int n;

	must(X509_REQ_set_version(r, ask->version_2 ? 2 : 0) && X509_REQ_set_pubkey(r, ask->key));
	if (ask->common_name)
		must(X509_NAME_add_entry_by_txt(X509_REQ_get_subject_name(r), "CN", MBSTRING_ASC,
			(const uint8_t *)ask->common_name, -1, -1, 0));
	if (ask->challenge && !ask->challenge_outside)
		must(X509_REQ_add1_attr_by_NID(r, NID_pkcs9_challengePassword, MBSTRING_ASC,
			(const uint8_t *)ask->challenge, -1));
	must(X509_REQ_sign(r, ask->key, md));
	n = i2d_X509_REQ(r, &der);
	X509_REQ_free(r);
	if (ask->break_request)
		der[n - 1] ^= 1;
	return take(a, der, n);
}

static struct bytes envelope(struct arena *a, X509 *ca, const char *name, struct bytes content)
{
	OSSL_LIB_CTX *ctx = NULL;
	OSSL_PROVIDER *p[2] = {NULL, NULL};
	STACK_OF(X509) *to = sk_X509_new_null();
	BIO *bio = BIO_new_mem_buf(content.n ? (const void *)content.p : "", (int)content.n);
	EVP_CIPHER *cipher;
	CMS_ContentInfo *cms;
	uint8_t *der = NULL;
	int n;

	if (!strcmp(name, "DES-CBC")) {
		ctx = OSSL_LIB_CTX_new();
		p[0] = OSSL_PROVIDER_load(ctx, "default");
		p[1] = OSSL_PROVIDER_load(ctx, "legacy");
		must(p[0] && p[1]);
	}
	cipher = EVP_CIPHER_fetch(ctx, name, NULL);
	must(cipher && sk_X509_push(to, ca));
	cms = CMS_encrypt_ex(to, bio, cipher, CMS_BINARY, ctx, NULL);
	must(cms);
	n = i2d_CMS_ContentInfo(cms, &der);
	CMS_ContentInfo_free(cms);
	EVP_CIPHER_free(cipher);
	sk_X509_free(to);
	BIO_free(bio);
	for (int i = 1; i >= 0 && ctx; i--)
		OSSL_PROVIDER_unload(p[i]);
	OSSL_LIB_CTX_free(ctx);
	return take(a, der, n);
}

static void add(CMS_SignerInfo *si, const char *oid, int type, const void *p, size_t n)
{
	ASN1_OBJECT *obj = OBJ_txt2obj(oid, 1);

	must(CMS_signed_add1_attr_by_OBJ(si, obj, type, p, (int)n));
	ASN1_OBJECT_free(obj);
}

static void add_attributes(CMS_SignerInfo *si, const struct client_ask *ask)
{
	size_t nonce = ask->nonce_octets ? ask->nonce_octets : 16;
	char type[16];

	snprintf(type, sizeof(type), "%d", ask->type ? ask->type : 19);
	random_bytes(client_nonce, nonce);
	add(si, OID("2"), V_ASN1_PRINTABLESTRING, type, strlen(type));
	if (!ask->no_transaction_id)
		add(si, OID("7"), V_ASN1_PRINTABLESTRING, CLIENT_TRANSACTION,
			strlen(CLIENT_TRANSACTION));
	if (!ask->no_nonce)
		add(si, OID("5"), V_ASN1_OCTET_STRING, client_nonce, nonce);
	if (ask->challenge && ask->challenge_outside)
		add(si, "1.2.840.113549.1.9.7", V_ASN1_PRINTABLESTRING, ask->challenge,
			strlen(ask->challenge));
}

struct bytes client_scep_ask(struct arena *a, struct bytes ca_der, const struct client_ask *ask)
{
	const EVP_MD *md = EVP_get_digestbyname(ask->digest ? ask->digest : "SHA256");
	struct bytes inside =
		ask->content ? bytes_of(ask->content, ask->content_n) : request(a, ask, md);
	X509 *ca = parse(ca_der);
	struct bytes env = envelope(a, ca, ask->cipher ? ask->cipher : "AES-128-CBC", inside);
	BIO *bio = BIO_new_mem_buf(env.p, (int)env.n);
	CMS_ContentInfo *cms = CMS_sign(NULL, NULL, NULL, NULL, CMS_PARTIAL | CMS_BINARY);
	CMS_SignerInfo *si =
		CMS_add1_signer(cms, ask->signer, ask->signer_key, md, CMS_NOSMIMECAP | CMS_BINARY);
	uint8_t *der = NULL;
	int n;

	must(si);
	add_attributes(si, ask);
	must(CMS_final(cms, bio, NULL, CMS_BINARY));
	n = i2d_CMS_ContentInfo(cms, &der);
	CMS_ContentInfo_free(cms);
	BIO_free(bio);
	X509_free(ca);
	if (ask->break_message)
		der[n - 3] ^= 1;
	return take(a, der, n);
}

static struct bytes attribute(CMS_SignerInfo *si, const char *oid, int type)
{
	ASN1_OBJECT *obj = OBJ_txt2obj(oid, 1);
	ASN1_STRING *s = CMS_signed_get0_data_by_OBJ(si, obj, -3, type);

	ASN1_OBJECT_free(obj);
	if (!s)
		return bytes_of(NULL, 0);
	return bytes_of(ASN1_STRING_get0_data(s), (size_t)ASN1_STRING_length(s));
}

static void copy_text(char *to, size_t size, struct bytes b)
{
	size_t n = b.n < size - 1 ? b.n : size - 1;

	if (n)
		memcpy(to, b.p, n);
	to[n] = 0;
}

static struct bytes content_of(BIO *bio, struct arena *a)
{
	char *p = NULL;
	long n = BIO_get_mem_data(bio, &p);

	return n > 0 ? arena_bytes(a, bytes_of(p, (size_t)n)) : bytes_of(NULL, 0);
}

static int find_cipher(struct bytes env)
{
	static const struct {
		int nid;
		uint8_t n, oid[11];
	} known[] = {
		{NID_aes_128_cbc, 11, {6, 9, 0x60, 0x86, 0x48, 1, 0x65, 3, 4, 1, 2}},
		{NID_aes_192_cbc, 11, {6, 9, 0x60, 0x86, 0x48, 1, 0x65, 3, 4, 1, 0x16}},
		{NID_aes_256_cbc, 11, {6, 9, 0x60, 0x86, 0x48, 1, 0x65, 3, 4, 1, 0x2a}},
		{NID_des_ede3_cbc, 10, {6, 8, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 3, 7}},
		{NID_des_cbc, 7, {6, 5, 0x2b, 0x0e, 3, 2, 7}},
	};

	for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++) {
		if (memmem(env.p, env.n, known[i].oid, known[i].n))
			return known[i].nid;
	}
	return NID_undef;
}

static int open_envelope(
	struct arena *a, struct bytes env, const struct client_ask *ask, struct client_answer *ret)
{
	const uint8_t *p = env.p;
	CMS_ContentInfo *cms = d2i_CMS_ContentInfo(NULL, &p, (long)env.n), *bag = NULL;
	BIO *out = BIO_new(BIO_s_mem());
	STACK_OF(X509) *certs = NULL;
	struct bytes inside;
	int ok = cms && CMS_decrypt(cms, ask->signer_key, ask->signer, NULL, out, CMS_BINARY) == 1;

	inside = content_of(out, a);
	p = inside.p;
	if (ok && inside.n)
		bag = d2i_CMS_ContentInfo(NULL, &p, (long)inside.n);
	if (bag && p == inside.p + inside.n)
		certs = CMS_get1_certs(bag);
	ok = certs && sk_X509_num(certs) == 1;
	if (ok)
		ret->certificate = x509_der(a, sk_X509_value(certs, 0));
	sk_X509_pop_free(certs, X509_free);
	CMS_ContentInfo_free(bag);
	CMS_ContentInfo_free(cms);
	BIO_free(out);
	ret->cipher_nid = find_cipher(env);
	return ok ? 0 : ERR_CRYPTO;
}

static int read_signed(struct arena *a, CMS_ContentInfo *cms, X509 *ca, struct bytes *ret_env)
{
	BIO *out = BIO_new(BIO_s_mem());
	int ok = CMS_verify(cms, NULL, NULL, NULL, out, CMS_BINARY | CMS_NO_SIGNER_CERT_VERIFY);
	STACK_OF(X509) *signers = ok == 1 ? CMS_get0_signers(cms) : NULL;

	/* signed with the CA's own certificate, which GetCACert gave */
	ok = signers && sk_X509_num(signers) == 1 && !X509_cmp(sk_X509_value(signers, 0), ca);
	sk_X509_free(signers);
	*ret_env = content_of(out, a);
	BIO_free(out);
	return ok ? 0 : ERR_CRYPTO;
}

int client_scep_read(struct arena *a, struct bytes ca_der, struct bytes body,
	const struct client_ask *ask, struct client_answer *ret)
{
	const uint8_t *p = body.p;
	CMS_ContentInfo *cms = d2i_CMS_ContentInfo(NULL, &p, (long)body.n);
	X509 *ca = parse(ca_der);
	CMS_SignerInfo *si;
	struct bytes env;
	char type[8];
	int err;

	memset(ret, 0, sizeof(*ret));
	must(cms && p == body.p + body.n);
	err = read_signed(a, cms, ca, &env);
	si = sk_CMS_SignerInfo_value(CMS_get0_SignerInfos(cms), 0);
	copy_text(type, sizeof(type), attribute(si, OID("2"), V_ASN1_PRINTABLESTRING));
	copy_text(
		ret->status, sizeof(ret->status), attribute(si, OID("3"), V_ASN1_PRINTABLESTRING));
	copy_text(ret->fail_info, sizeof(ret->fail_info),
		attribute(si, OID("4"), V_ASN1_PRINTABLESTRING));
	copy_text(ret->transaction_id, sizeof(ret->transaction_id),
		attribute(si, OID("7"), V_ASN1_PRINTABLESTRING));
	ret->recipient_nonce = arena_bytes(a, attribute(si, OID("6"), V_ASN1_OCTET_STRING));
	if (!err && strcmp(type, "3") != 0)
		err = ERR_BADINPUT;
	if (!err && !strcmp(ret->status, "0"))
		err = open_envelope(a, env, ask, ret);
	else if (!err && env.n)
		err = ERR_BADINPUT;
	CMS_ContentInfo_free(cms);
	X509_free(ca);
	return err;
}

/* --- Mdm-Signature --- */

struct bytes client_cms(struct arena *a, X509 *cert, EVP_PKEY *key, struct bytes content,
	const struct client_sign *how)
{
	const EVP_MD *md = EVP_get_digestbyname(how->digest ? how->digest : "SHA256");
	unsigned flags = CMS_BINARY | (how->attached ? 0 : CMS_DETACHED) |
			 (how->no_attributes ? CMS_NOATTR : 0) |
			 (how->by_key_id ? CMS_USE_KEYID : 0) |
			 (how->capabilities ? 0 : CMS_NOSMIMECAP);
	BIO *bio = BIO_new_mem_buf(content.n ? (const void *)content.p : "", (int)content.n);
	CMS_ContentInfo *cms = CMS_sign(NULL, NULL, NULL, NULL, CMS_PARTIAL | flags);
	uint8_t *der = NULL;
	struct bytes out;
	int n;

	must(cms && CMS_add1_signer(cms, cert, key, md, flags));
	must(CMS_final(cms, bio, NULL, flags));
	n = i2d_CMS_ContentInfo(cms, &der);
	CMS_ContentInfo_free(cms);
	BIO_free(bio);
	out = take(a, der, n);
	return how->indefinite ? client_indefinite(a, out) : out;
}

static void open_with(struct buf *out, uint8_t tag)
{
	buf_add_char(out, (char)tag);
	buf_add_char(out, (char)0x80);
}

static void copy_next(struct buf *out, struct cert_der *in)
{
	struct bytes whole;

	must(!cert_der_take_whole(in, cert_der_peek(in), &whole));
	buf_add_bytes(out, whole);
}

struct bytes client_indefinite(struct arena *a, struct bytes der)
{
	struct cert_der whole = cert_der_of_bytes(der), info, body, data, encap;
	AUTO(buf) struct buf out = BUF_INIT(1 << 20);

	must(!cert_der_enter(&whole, DER_SEQUENCE, &info));
	open_with(&out, DER_SEQUENCE);
	copy_next(&out, &info); /* signedData */
	must(!cert_der_enter(&info, DER_CONTEXT(0), &body));
	open_with(&out, DER_CONTEXT(0));
	must(!cert_der_enter(&body, DER_SEQUENCE, &data));
	open_with(&out, DER_SEQUENCE);
	copy_next(&out, &data); /* version */
	copy_next(&out, &data); /* digest algorithms */
	must(!cert_der_enter(&data, DER_SEQUENCE, &encap));
	open_with(&out, DER_SEQUENCE);
	while (cert_der_more(&encap))
		copy_next(&out, &encap);
	buf_add(&out, "\0\0", 2);
	must(!cert_der_leave(&data, &encap));
	while (cert_der_more(&data))
		copy_next(&out, &data); /* certificates and signers stay DER */
	buf_add(&out, "\0\0\0\0\0\0", 6);
	return arena_bytes(a, buf_bytes(&out));
}

bool client_pub_is(const struct cert_pub *pub, EVP_PKEY *key)
{
	BIGNUM *n = NULL, *e = NULL;
	bool same;

	if (!pub->rsa)
		return EVP_PKEY_eq(pub->evp, key) == 1;
	same = EVP_PKEY_get_bn_param(key, OSSL_PKEY_PARAM_RSA_N, &n) == 1 &&
	       EVP_PKEY_get_bn_param(key, OSSL_PKEY_PARAM_RSA_E, &e) == 1 &&
	       BN_cmp(n, pub->rsa->n) == 0 && BN_is_word(e, 65537);
	BN_free(n);
	BN_free(e);
	return same;
}
