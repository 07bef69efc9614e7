/* SPDX-License-Identifier: EUPL-1.2 */
/* A pkiMessage of SCEP is read, RFC 8894 3.2: strictly if it looks as usual, else by OpenSSL. */
#include "certs/cms_int.h"
#include "certs/scep_int.h"

#include "base/text.h"

#include <stdlib.h>

#define ID_MAX 255
#define NONCE_MAX 64
#define CHALLENGE_MAX 255

/* The attributes of RFC 8894 3.2.1, 2.16.840.1.113733.1.9.*, and PKCS #9's challengePassword. */
#define OID_MESSAGE_TYPE "2.16.840.1.113733.1.9.2"
#define OID_SENDER_NONCE "2.16.840.1.113733.1.9.5"
#define OID_TRANSACTION_ID "2.16.840.1.113733.1.9.7"
#define OID_CHALLENGE "1.2.840.113549.1.9.7"

/* --- what both paths share --- */

/* The values of the attributes; p NULL: there is none, or not just one string. */
struct values {
	struct bytes type, transaction_id, sender_nonce, challenge;
};

static int parse_type(struct arena *a, struct bytes b)
{
	int64_t v;

	if (b.n > 9 || text_parse_i64(arena_strndup(a, b.p, b.n), &v) || v < 0)
		return -1;
	return (int)v;
}

static int take_values(const struct values *v, struct arena *a, struct cert_scep_message *m)
{
	struct bytes word = v->challenge;

	if (!v->type.p || v->transaction_id.n == 0 || v->transaction_id.n > ID_MAX)
		return ERR_BADINPUT;
	m->type = parse_type(a, v->type);
	m->transaction_id = arena_bytes(a, v->transaction_id);
	if (v->sender_nonce.n && v->sender_nonce.n <= NONCE_MAX)
		m->sender_nonce = arena_bytes(a, v->sender_nonce);
	if (word.n && word.n <= CHALLENGE_MAX && !memchr(word.p, 0, word.n))
		m->challenge = arena_strndup(a, word.p, word.n);
	return 0;
}

/* --- the strict path --- */

static int fast_signer(const struct cert_cms_walk *w, struct arena *a, struct cert_scep_signer *ret)
{
	struct cert_walk x;

	if (cert_walk(w->certificate, &x) || !cert_walk_names(&x) || !cert_cms_names(w, &x) ||
		cert_pub_parse(x.spki, &ret->key))
		return ERR_UNSUPPORTED;
	cert_pub_keep(ret->key, a);
	ret->der = w->certificate;
	ret->sid = (struct cert_sid){x.issuer, x.serial};
	return cert_pub_is_rsa(ret->key) ? 0 : ERR_UNSUPPORTED;
}

int cert_scep_parse_fast(
	struct certs *c, struct bytes in, struct arena *a, struct cert_scep_message *ret)
{
	struct cert_scep_message m = {.intact = true};
	struct cert_cms_walk w;
	int err = cert_cms_walk_scep(in, &w);

	if (err || w.ec || fast_signer(&w, a, &m.signer) ||
		cert_cms_check(c, &w, w.content, m.signer.key))
		return ERR_UNSUPPORTED;
	m.envelope = w.content;
	m.old_digest = w.digest == CERT_SHA1;
	err = take_values(&(struct values){w.attribute[CMS_SCEP_MESSAGE_TYPE],
				  w.attribute[CMS_SCEP_TRANSACTION_ID],
				  w.attribute[CMS_SCEP_SENDER_NONCE], w.attribute[CMS_CHALLENGE]},
		a, &m);
	if (err)
		return ERR_UNSUPPORTED;
	*ret = m;
	return 0;
}

/* --- the general path --- */

/* The single value of a signed attribute, borrowed; p NULL when absent or not just one string. */
static struct bytes attribute(CMS_SignerInfo *si, const char *oid)
{
	ASN1_OBJECT *obj = OBJ_txt2obj(oid, 1);
	int at = obj ? CMS_signed_get_attr_by_OBJ(si, obj, -1) : -1;
	X509_ATTRIBUTE *attr = at < 0 ? NULL : CMS_signed_get_attr(si, at);
	bool doubled = at >= 0 && CMS_signed_get_attr_by_OBJ(si, obj, at) >= 0;
	ASN1_TYPE *value;

	ASN1_OBJECT_free(obj);
	if (!attr || doubled || X509_ATTRIBUTE_count(attr) != 1)
		return bytes_of(NULL, 0);
	value = X509_ATTRIBUTE_get0_type(attr, 0);
	switch (ASN1_TYPE_get(value)) {
	case V_ASN1_PRINTABLESTRING:
	case V_ASN1_UTF8STRING:
	case V_ASN1_IA5STRING:
	case V_ASN1_T61STRING:
	case V_ASN1_OCTET_STRING:
		return bytes_of(ASN1_STRING_get0_data(value->value.asn1_string),
			(size_t)ASN1_STRING_length(value->value.asn1_string));
	default:
		return bytes_of(NULL, 0);
	}
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

/* The arena's, which outlives the message. */
static int keep_signer(X509 *x, struct arena *a, struct cert_scep_signer *ret)
{
	EVP_PKEY *key = X509_get0_pubkey(x);
	int err = cert_der_of(x, a, &ret->der);

	if (!err)
		err = cert_sid_of(x, a, &ret->sid);
	if (!err && key)
		ret->key = cert_pub_of_key(key);
	if (ret->key)
		cert_pub_keep(ret->key, a);
	return err;
}

/* The signer's certificate, which must be inside: the answer is encrypted to it. */
static int find_signer(CMS_ContentInfo *cms, struct arena *a, struct cert_scep_message *m)
{
	STACK_OF(X509) * signers;
	int err = ERR_BADINPUT;

	if (CMS_set1_signers_certs(cms, NULL, 0) != 1)
		return cert_fail(ERR_BADINPUT);
	signers = CMS_get0_signers(cms);
	if (signers && sk_X509_num(signers) == 1)
		err = keep_signer(sk_X509_value(signers, 0), a, &m->signer);
	sk_X509_free(signers);
	return err;
}

/* A signer with a giant key would cost us more than it costs them. */
static bool key_is_reasonable(const struct cert_pub *key)
{
	return key && cert_pub_bits(key) <= 4096;
}

static int read_content(CMS_ContentInfo *cms, struct arena *a, struct cert_scep_message *m)
{
	ASN1_OCTET_STRING **content = CMS_get0_content(cms);
	AUTO(BIO) BIO *out = BIO_new(BIO_s_mem());

	if (!content || !*content || !out)
		return ERR_BADINPUT;
	m->intact =
		key_is_reasonable(m->signer.key) &&
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
	err = take_values(
		&(struct values){attribute(si, OID_MESSAGE_TYPE), attribute(si, OID_TRANSACTION_ID),
			attribute(si, OID_SENDER_NONCE), attribute(si, OID_CHALLENGE)},
		a, m);
	if (!err)
		err = find_signer(cms, a, m);
	return err ? err : read_content(cms, a, m);
}

int cert_scep_parse_general(struct bytes in, struct arena *a, struct cert_scep_message *ret)
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

int cert_scep_parse(
	struct certs *c, struct bytes in, struct arena *a, struct cert_scep_message *ret)
{
	int err = cert_scep_parse_fast(c, in, a, ret);

	return err == ERR_UNSUPPORTED ? cert_scep_parse_general(in, a, ret) : err;
}
