/* SPDX-License-Identifier: EUPL-1.2 */
/* A CertRep taken apart with suspicion (RFC 8894 3.3.2). */
#include "tests/fake/ipad_scep_int.h"
#include "base/text.h"

#include <openssl/pkcs7.h>

static CMS_ContentInfo *cms_parse(struct scep_run *r, struct bytes in)
{
	bool des = r->p->o.scep.cipher == IPAD_CIPHER_DES;
	CMS_ContentInfo *cms = CMS_ContentInfo_new_ex(des ? scep_legacy_ctx() : NULL, NULL);
	const uint8_t *p = in.p;

	if (!d2i_CMS_ContentInfo(&cms, &p, (long)in.n))
		return NULL;
	if (p != in.p + in.n) {
		CMS_ContentInfo_free(cms);
		return NULL;
	}
	return cms;
}

/* The value of a signed attribute of the given type; NULL when absent or of another type. */
static const ASN1_STRING *attribute_get(CMS_SignerInfo *si, const char *oid, int type)
{
	ASN1_OBJECT *obj = OBJ_txt2obj(oid, 1);
	const ASN1_STRING *s = CMS_signed_get0_data_by_OBJ(si, obj, -3, type);

	ASN1_OBJECT_free(obj);
	return s;
}

static bool attribute_is(CMS_SignerInfo *si, const char *oid, int type, struct bytes want)
{
	const ASN1_STRING *s = attribute_get(si, oid, type);

	return s &&
	       bytes_equal(bytes_of(ASN1_STRING_get0_data(s), (size_t)ASN1_STRING_length(s)), want);
}

static const char *attribute_text(struct scep_run *r, CMS_SignerInfo *si, const char *oid)
{
	const ASN1_STRING *s = attribute_get(si, oid, V_ASN1_PRINTABLESTRING);

	if (!s)
		return "missing";
	return arena_strndup(r->a, ASN1_STRING_get0_data(s), (size_t)ASN1_STRING_length(s));
}

static bool signer_is_inside(CMS_ContentInfo *cms, CMS_SignerInfo *si)
{
	STACK_OF(X509) *inside = CMS_get1_certs(cms);
	bool found = false;

	for (int i = 0; !found && i < sk_X509_num(inside); i++)
		found = CMS_SignerInfo_cert_cmp(si, sk_X509_value(inside, i)) == 0;
	sk_X509_pop_free(inside, X509_free);
	return found;
}

/* The order is a client's: whole, of our transaction, of our request, and only then its word. */
static int attributes_check(struct scep_run *r, CMS_ContentInfo *cms)
{
	CMS_SignerInfo *si = sk_CMS_SignerInfo_value(CMS_get0_SignerInfos(cms), 0);
	const ASN1_STRING *sender = attribute_get(si, SCEP_SENDER_NONCE, V_ASN1_OCTET_STRING);
	const char *status;

	if (!signer_is_inside(cms, si))
		return ipad_refuse(r->p, "CertRep: the signer's certificate is not inside");
	if (!attribute_is(si, SCEP_MESSAGE_TYPE, V_ASN1_PRINTABLESTRING, bytes_of_str("3")))
		return ipad_refuse(r->p, "CertRep: messageType is not 3");
	if (!attribute_is(
		    si, SCEP_TRANSACTION_ID, V_ASN1_PRINTABLESTRING, bytes_of_str(r->transaction)))
		return ipad_refuse(r->p, "CertRep: another transactionID");
	if (!attribute_is(
		    si, SCEP_RECIPIENT_NONCE, V_ASN1_OCTET_STRING, bytes_of(r->nonce, r->nonce_n)))
		return ipad_refuse(r->p, "CertRep: recipientNonce is not the nonce sent");
	if (!sender || ASN1_STRING_length(sender) < 1)
		return ipad_refuse(r->p, "CertRep: no senderNonce");
	status = attribute_text(r, si, SCEP_PKI_STATUS);
	if (text_equal(status, "0"))
		return 0;
	if (text_equal(status, "2"))
		return ipad_refuse(r->p, "CertRep: refused, failInfo %s",
			attribute_text(r, si, SCEP_FAIL_INFO));
	return ipad_refuse(r->p, "CertRep: pkiStatus %s", status);
}

/* Only certificates that GetCACert gave may sign. A refusal has no content, but is signed. */
static bool signature_holds(struct scep_run *r, CMS_ContentInfo *cms, BIO *out)
{
	ASN1_OCTET_STRING **content = CMS_get0_content(cms);
	BIO *none = content && !*content ? BIO_new_mem_buf("", 0) : NULL;
	int ok = CMS_verify(cms, r->certs, NULL, none, out,
		CMS_NO_SIGNER_CERT_VERIFY | CMS_NOINTERN | CMS_BINARY);

	BIO_free(none);
	return ok == 1;
}

static int message_check(struct scep_run *r, CMS_ContentInfo *cms, BIO *out)
{
	if (!cms || OBJ_obj2nid(CMS_get0_type(cms)) != NID_pkcs7_signed)
		return ipad_refuse(r->p, "CertRep: not a SignedData");
	if (sk_CMS_SignerInfo_num(CMS_get0_SignerInfos(cms)) != 1)
		return ipad_refuse(r->p, "CertRep: not one signer");
	if (!signature_holds(r, cms, out))
		return ipad_refuse(r->p, "CertRep: its signature is not the CA's");
	return attributes_check(r, cms);
}

static struct bytes bio_content(struct arena *a, BIO *out)
{
	char *p;
	long n = BIO_get_mem_data(out, &p);

	return arena_bytes(a, bytes_of(p, (size_t)n));
}

static int message_open(struct scep_run *r, struct bytes in, struct bytes *ret_envelope)
{
	CMS_ContentInfo *cms = cms_parse(r, in);
	BIO *out = BIO_new(BIO_s_mem());
	int err = message_check(r, cms, out);

	if (!err)
		*ret_envelope = bio_content(r->a, out);
	BIO_free(out);
	CMS_ContentInfo_free(cms);
	return err;
}

static int envelope_open(struct scep_run *r, struct bytes in, struct bytes *ret)
{
	CMS_ContentInfo *cms = cms_parse(r, in);
	BIO *out = BIO_new(BIO_s_mem());
	int err = 0;

	if (!cms || CMS_decrypt(cms, r->signer.key, r->signer.cert, NULL, out, 0) != 1)
		err = ipad_refuse(r->p, "CertRep: not enveloped to the message's signer");
	if (!err)
		*ret = bio_content(r->a, out);
	BIO_free(out);
	CMS_ContentInfo_free(cms);
	return err;
}

/* Issued by the CA of GetCACert, to our key, for now. */
static int leaf_check(struct scep_run *r, X509 *leaf)
{
	time_t now = (time_t)ipad_now(r->p);

	if (X509_NAME_cmp(X509_get_issuer_name(leaf), X509_get_subject_name(r->ca)) != 0 ||
		X509_verify(leaf, X509_get0_pubkey(r->ca)) != 1)
		return ipad_refuse(r->p, "CertRep: the certificate is not by the CA");
	if (X509_cmp_time(X509_get0_notBefore(leaf), &now) > 0 ||
		X509_cmp_time(X509_get0_notAfter(leaf), &now) < 0)
		return ipad_refuse(r->p, "CertRep: the certificate is not valid now");
	return 0;
}

static int leaf_find(struct scep_run *r, struct bytes in, X509 **ret)
{
	const uint8_t *p = in.p;
	PKCS7 *p7 = d2i_PKCS7(NULL, &p, (long)in.n);
	STACK_OF(X509) *certs = p7 && PKCS7_type_is_signed(p7) ? p7->d.sign->cert : NULL;
	X509 *leaf = NULL;
	int err;

	for (int i = 0; !leaf && i < sk_X509_num(certs); i++) {
		X509 *one = sk_X509_value(certs, i);

		if (EVP_PKEY_eq(X509_get0_pubkey(one), r->key) == 1)
			leaf = one;
	}
	if (!leaf)
		err = ipad_refuse(r->p, "CertRep: no certificate for the requested key");
	else
		err = leaf_check(r, leaf);
	if (!err) {
		X509_up_ref(leaf);
		*ret = leaf;
	}
	PKCS7_free(p7);
	return err;
}

int scep_reply_read(struct scep_run *r, struct bytes in, X509 **ret)
{
	struct bytes envelope, certs;
	int err = message_open(r, in, &envelope);

	if (!err)
		err = envelope_open(r, envelope, &certs);
	return err ? err : leaf_find(r, certs, ret);
}
