/* SPDX-License-Identifier: EUPL-1.2 */
#include "certs/scep_int.h"

#include "base/random.h"
#include "base/text.h"

#include <stdlib.h>

#define ID_MAX 255
#define NONCE 16
#define NONCE_MAX 64
#define CHALLENGE_MAX 255

/* The attributes of RFC 8894 3.2.1, 2.16.840.1.113733.1.9.*, and PKCS #9's challengePassword. */
#define OID_MESSAGE_TYPE "2.16.840.1.113733.1.9.2"
#define OID_PKI_STATUS "2.16.840.1.113733.1.9.3"
#define OID_FAIL_INFO "2.16.840.1.113733.1.9.4"
#define OID_SENDER_NONCE "2.16.840.1.113733.1.9.5"
#define OID_RECIPIENT_NONCE "2.16.840.1.113733.1.9.6"
#define OID_TRANSACTION_ID "2.16.840.1.113733.1.9.7"
#define OID_CHALLENGE "1.2.840.113549.1.9.7"

/* --- reading --- */

/* The single value of a signed attribute, borrowed; false when absent or not just one string. */
static bool attribute(CMS_SignerInfo *si, const char *oid, struct bytes *ret)
{
	ASN1_OBJECT *obj = OBJ_txt2obj(oid, 1);
	int at = obj ? CMS_signed_get_attr_by_OBJ(si, obj, -1) : -1;
	X509_ATTRIBUTE *attr = at < 0 ? NULL : CMS_signed_get_attr(si, at);
	bool doubled = at >= 0 && CMS_signed_get_attr_by_OBJ(si, obj, at) >= 0;
	ASN1_TYPE *value;

	ASN1_OBJECT_free(obj);
	if (!attr || doubled || X509_ATTRIBUTE_count(attr) != 1)
		return false;
	value = X509_ATTRIBUTE_get0_type(attr, 0);
	switch (ASN1_TYPE_get(value)) {
	case V_ASN1_PRINTABLESTRING:
	case V_ASN1_UTF8STRING:
	case V_ASN1_IA5STRING:
	case V_ASN1_T61STRING:
	case V_ASN1_OCTET_STRING:
		*ret = bytes_of(ASN1_STRING_get0_data(value->value.asn1_string),
			(size_t)ASN1_STRING_length(value->value.asn1_string));
		return true;
	default:
		return false;
	}
}

static int parse_type(struct arena *a, struct bytes b)
{
	int64_t v;

	if (b.n > 9 || text_parse_i64(arena_strndup(a, b.p, b.n), &v) || v < 0)
		return -1;
	return (int)v;
}

static int read_attributes(CMS_SignerInfo *si, struct arena *a, struct cert_scep_message *m)
{
	struct bytes b;

	if (!attribute(si, OID_MESSAGE_TYPE, &b))
		return ERR_BADINPUT;
	m->type = parse_type(a, b);
	if (!attribute(si, OID_TRANSACTION_ID, &b) || b.n == 0 || b.n > ID_MAX)
		return ERR_BADINPUT;
	m->transaction_id = arena_bytes(a, b);
	if (attribute(si, OID_SENDER_NONCE, &b) && b.n <= NONCE_MAX)
		m->sender_nonce = arena_bytes(a, b);
	if (attribute(si, OID_CHALLENGE, &b) && b.n && b.n <= CHALLENGE_MAX && !memchr(b.p, 0, b.n))
		m->challenge = arena_strndup(a, b.p, b.n);
	return 0;
}

static bool digest_is_old(CMS_SignerInfo *si)
{
	X509_ALGOR *digest = NULL;
	const ASN1_OBJECT *obj = NULL;
	int nid;

	CMS_SignerInfo_get0_algs(si, NULL, NULL, &digest, NULL);
	X509_ALGOR_get0(&obj, NULL, NULL, digest);
	nid = OBJ_obj2nid(obj);
	return nid == NID_sha1 || nid == NID_md5;
}

static void free_x509(void *p)
{
	X509_free(p);
}

/* The signer's certificate, which must be inside: the answer is encrypted to it. */
static int find_signer(CMS_ContentInfo *cms, struct arena *a, struct cert_scep_message *m)
{
	STACK_OF(X509) * signers;

	if (CMS_set1_signers_certs(cms, NULL, 0) != 1)
		return cert_fail(ERR_BADINPUT);
	signers = CMS_get0_signers(cms);
	if (signers && sk_X509_num(signers) == 1) {
		m->signer = sk_X509_value(signers, 0);
		X509_up_ref(m->signer);
		arena_defer(a, free_x509, m->signer);
	}
	sk_X509_free(signers);
	return m->signer ? 0 : ERR_BADINPUT;
}

/* A signer with a giant key would cost us more than it costs them. */
static bool key_is_reasonable(X509 *signer)
{
	EVP_PKEY *key = X509_get0_pubkey(signer);

	return key && EVP_PKEY_get_bits(key) <= 4096;
}

static int read_content(CMS_ContentInfo *cms, struct arena *a, struct cert_scep_message *m)
{
	ASN1_OCTET_STRING **content = CMS_get0_content(cms);
	AUTO(BIO) BIO *out = BIO_new(BIO_s_mem());

	if (!content || !*content || !out)
		return ERR_BADINPUT;
	m->intact =
		key_is_reasonable(m->signer) &&
		CMS_verify(cms, NULL, NULL, NULL, out, CMS_BINARY | CMS_NO_SIGNER_CERT_VERIFY) == 1;
	m->envelope = cert_bio_bytes(out, a);
	return cert_fail(0);
}

static int read_message(CMS_ContentInfo *cms, struct arena *a, struct cert_scep_message *m)
{
	STACK_OF(CMS_SignerInfo) *infos = CMS_get0_SignerInfos(cms);
	CMS_SignerInfo *si;
	int err;

	if (!infos || sk_CMS_SignerInfo_num(infos) != 1)
		return ERR_BADINPUT;
	si = sk_CMS_SignerInfo_value(infos, 0);
	m->old_digest = digest_is_old(si);
	err = read_attributes(si, a, m);
	if (!err)
		err = find_signer(cms, a, m);
	return err ? err : read_content(cms, a, m);
}

int cert_scep_parse(struct bytes in, struct arena *a, struct cert_scep_message *ret)
{
	AUTO(CMS_ContentInfo) CMS_ContentInfo *cms = NULL;
	struct cert_scep_message m = {0};
	const uint8_t *p = in.p;
	int err;

	if (in.n == 0 || in.n > CERT_INPUT_MAX)
		return ERR_BADINPUT;
	cms = d2i_CMS_ContentInfo(NULL, &p, (long)in.n);
	if (!cms || p != in.p + in.n || OBJ_obj2nid(CMS_get0_type(cms)) != NID_pkcs7_signed)
		return cert_fail(ERR_BADINPUT);
	err = read_message(cms, a, &m);
	if (err)
		return cert_fail(err);
	*ret = m;
	return 0;
}

/* --- writing --- */

static int add(CMS_SignerInfo *si, const char *oid, int type, struct bytes value)
{
	ASN1_OBJECT *obj = OBJ_txt2obj(oid, 1);
	int ok = obj && CMS_signed_add1_attr_by_OBJ(si, obj, type, value.p, (int)value.n) == 1;

	ASN1_OBJECT_free(obj);
	return ok ? 0 : cert_fail(ERR_INTERNAL);
}

static int add_text(CMS_SignerInfo *si, const char *oid, const char *text)
{
	return add(si, oid, V_ASN1_PRINTABLESTRING, bytes_of_str(text));
}

static int add_attributes(CMS_SignerInfo *si, const struct cert_scep_reply *r)
{
	static const char *const digits[] = {"0", "1", "2", "3", "4"};
	bool good = r->envelope.n > 0;
	uint8_t nonce[NONCE];
	int err = add_text(si, OID_MESSAGE_TYPE, "3");

	random_bytes(nonce, sizeof(nonce));
	if (!err)
		err = add_text(si, OID_PKI_STATUS, good ? "0" : "2");
	if (!err && !good)
		err = add_text(si, OID_FAIL_INFO, digits[r->fail_info]);
	if (!err)
		err = add(si, OID_TRANSACTION_ID, V_ASN1_PRINTABLESTRING, r->to->transaction_id);
	if (!err)
		err = add(si, OID_SENDER_NONCE, V_ASN1_OCTET_STRING, bytes_of(nonce, NONCE));
	if (!err && r->to->sender_nonce.n)
		err = add(si, OID_RECIPIENT_NONCE, V_ASN1_OCTET_STRING, r->to->sender_nonce);
	return err;
}

int cert_scep_format(
	struct certs *c, const struct cert_scep_reply *r, struct arena *a, struct bytes *ret)
{
	AUTO(CMS_ContentInfo) CMS_ContentInfo *cms = NULL;
	AUTO(BIO)
	BIO *bio = BIO_new_mem_buf(
		r->envelope.n ? (const void *)r->envelope.p : "", (int)r->envelope.n);
	CMS_SignerInfo *si = NULL;
	uint8_t *der = NULL;
	int n;

	cms = bio ? CMS_sign(NULL, NULL, NULL, NULL, CMS_PARTIAL | CMS_BINARY) : NULL;
	if (cms)
		si = CMS_add1_signer(cms, c->ca.cert, c->ca.key, c->md[CERT_SHA256],
			CMS_NOSMIMECAP | CMS_BINARY);
	if (!si || add_attributes(si, r) || CMS_final(cms, bio, NULL, CMS_BINARY) != 1)
		return cert_fail(ERR_INTERNAL);
	n = i2d_CMS_ContentInfo(cms, &der);
	if (n <= 0)
		return cert_fail(ERR_INTERNAL);
	*ret = arena_bytes(a, bytes_of(der, (size_t)n));
	OPENSSL_free(der);
	return 0;
}
