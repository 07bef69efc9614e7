/* SPDX-License-Identifier: EUPL-1.2 */
#include "tests/unit/fake/office.h"
#include "base/text.h"

#include <criterion/criterion.h>
#include <openssl/cms.h>
#include <openssl/err.h>
#include <openssl/pkcs7.h>
#include <openssl/x509v3.h>

static X509 *cert_make(EVP_PKEY *key, const char *name, X509 *issuer, EVP_PKEY *by, long days)
{
	static long serial = 1;
	X509 *cert = X509_new();
	X509V3_CTX ctx;

	X509_set_version(cert, 2);
	ASN1_INTEGER_set(X509_get_serialNumber(cert), serial++);
	X509_gmtime_adj(X509_getm_notBefore(cert), days < 0 ? 2 * 86400 * days : -60);
	X509_gmtime_adj(X509_getm_notAfter(cert), 86400 * days);
	X509_set_pubkey(cert, key);
	X509_NAME_add_entry_by_txt(X509_get_subject_name(cert), "CN", MBSTRING_UTF8,
		(const unsigned char *)name, -1, -1, 0);
	X509_set_issuer_name(cert, X509_get_subject_name(issuer ? issuer : cert));
	if (!issuer) {
		X509_EXTENSION *x;

		X509V3_set_ctx(&ctx, cert, cert, NULL, NULL, 0);
		x = X509V3_EXT_conf_nid(NULL, &ctx, NID_basic_constraints, "critical,CA:TRUE");
		X509_add_ext(cert, x, -1);
		X509_EXTENSION_free(x);
	}
	cr_assert(X509_sign(cert, by, EVP_sha256()) > 0);
	return cert;
}

static struct bytes taken(struct arena *a, unsigned char *der, int n)
{
	struct bytes out;

	cr_assert(n > 0);
	out = arena_bytes(a, bytes_of(der, (size_t)n));
	OPENSSL_free(der);
	return out;
}

static int office_send(
	void *ctx, const struct ipad_request *rq, struct arena *a, struct ipad_reply *ret);

static struct bytes cert_der(struct arena *a, X509 *cert)
{
	unsigned char *der = NULL;
	int n = i2d_X509(cert, &der);

	return taken(a, der, n);
}

static struct bytes cms_der(struct arena *a, CMS_ContentInfo *cms)
{
	unsigned char *der = NULL;
	int n = i2d_CMS_ContentInfo(cms, &der);

	CMS_ContentInfo_free(cms);
	return taken(a, der, n);
}

void office_open(struct office *o)
{
	o->arena = arena_new();
	pthread_mutex_init(&o->lock, NULL);
	o->transport = (struct ipad_transport){office_send, o};
	o->keys = ipad_keys_new(3);
	o->legacy = OSSL_LIB_CTX_new();
	o->providers[0] = OSSL_PROVIDER_load(o->legacy, "default");
	o->providers[1] = OSSL_PROVIDER_load(o->legacy, "legacy");
	o->ca_key = EVP_RSA_gen(2048);
	o->other_key = EVP_RSA_gen(2048);
	o->ca = cert_make(o->ca_key, "Office CA", NULL, o->ca_key, 3650);
	o->other_ca = cert_make(o->other_key, "Other CA", NULL, o->other_key, 3650);
	if (!o->caps)
		o->caps = "SHA-256\nAES\nPOSTPKIOperation\nSCEPStandard\nRenewal\n";
	if (!o->topic)
		o->topic = "com.apple.mgmt.External.11111111-2222-3333-4444-555555555555";
	if (!o->rights)
		o->rights = 7231;
	if (!o->identifier)
		o->identifier = "se.example.enrol";
}

void office_close(struct office *o)
{
	ipad_keys_free(o->keys);
	OSSL_PROVIDER_unload(o->providers[0]);
	OSSL_PROVIDER_unload(o->providers[1]);
	OSSL_LIB_CTX_free(o->legacy);
	EVP_PKEY_free(o->ca_key);
	EVP_PKEY_free(o->other_key);
	X509_free(o->ca);
	X509_free(o->other_ca);
	arena_free(o->arena);
}

#define XML_HEAD                                                  \
	"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"            \
	"<!DOCTYPE plist PUBLIC \"-//Apple//DTD PLIST 1.0//EN\" " \
	"\"http://www.apple.com/DTDs/PropertyList-1.0.dtd\">\n<plist version=\"1.0\">"

#define PAYLOAD(type, identifier, uuid)                               \
	"<key>PayloadType</key><string>" type "</string>"             \
	"<key>PayloadIdentifier</key><string>" identifier "</string>" \
	"<key>PayloadUUID</key><string>" uuid "</string>"             \
	"<key>PayloadVersion</key><integer>1</integer>"

struct bytes office_sign(struct office *o, struct bytes content)
{
	BIO *in = BIO_new_mem_buf(content.p, (int)content.n);
	CMS_ContentInfo *cms = CMS_sign(o->ca, o->ca_key, NULL, in, CMS_BINARY | CMS_NOSMIMECAP);

	BIO_free(in);
	return cms_der(o->arena, cms);
}

static struct bytes profile_plain(struct office *o)
{
	uint8_t print[32];
	unsigned n = 0;

	X509_digest(o->ca, EVP_sha256(), print, &n);
	return bytes_of_str(arena_printf(o->arena,
		XML_HEAD
		"<dict>"
		"<key>PayloadType</key><string>Configuration</string>"
		"<key>PayloadIdentifier</key><string>%s</string>"
		"<key>PayloadUUID</key><string>U0</string>"
		"<key>PayloadVersion</key><integer>1</integer>"
		"<key>PayloadDisplayName</key><string>Enrolment</string>"
		"<key>PayloadContent</key><array>%s"
		"<dict>" PAYLOAD("com.apple.security.scep", "se.example.scep",
			"U1") "<key>PayloadContent</key><dict>"
			      "<key>URL</key><string>https://mdm.example.se/scep</string>"
			      "<key>Name</key><string>Office CA</string>"
			      "<key>Subject</key><array><array><array><string>CN</string><string>a "
			      "word</string>"
			      "</array></array></array>"
			      "<key>Challenge</key><string>once-only_word</string>"
			      "<key>Keysize</key><integer>2048</integer>"
			      "<key>Key Type</key><string>RSA</string>"
			      "<key>Key Usage</key><integer>5</integer>"
			      "<key>CAFingerprint</key><data>%s</data></dict></dict>"
			      "<dict>" PAYLOAD("com.apple.mdm", "se.example.mdm",
				      "U2") "<key>IdentityCertificateUUID</key><string>U1</string>"
					    "<key>Topic</key><string>%s</string>"
					    "<key>ServerURL</key><string>https://mdm.example.se/"
					    "mdm</string>"
					    "<key>CheckInURL</key><string>https://mdm.example.se/"
					    "checkin</string>"
					    "<key>AccessRights</key><integer>%d</integer>"
					    "<key>CheckOutWhenRemoved</key><%s/>%s</dict>"
					    "</array></dict></plist>",
		o->identifier, o->profile_root ? o->profile_root : "",
		text_base64(o->arena, bytes_of(print, n)), o->topic, (int)o->rights,
		o->check_out ? "true" : "false",
		o->profile_extra ? o->profile_extra : "<key>SignMessage</key><true/>"));
}

struct bytes office_profile(struct office *o)
{
	struct bytes plain = profile_plain(o);

	return o->sign_profile ? office_sign(o, plain) : plain;
}

struct bytes office_web_clip(struct office *o, const char *identifier)
{
	return bytes_of_str(arena_printf(o->arena,
		XML_HEAD "<dict><key>PayloadType</key><string>Configuration</string>"
			 "<key>PayloadIdentifier</key><string>%s</string>"
			 "<key>PayloadUUID</key><string>W0</string>"
			 "<key>PayloadVersion</key><integer>1</integer>"
			 "<key>PayloadContent</key><array><dict>" PAYLOAD(
				 "com.apple.webClip.managed", "se.example.clip",
				 "W1") "<key>URL</key><string>https://example.se/</string>"
				       "<key>Label</key><string>Survey</string></dict></array></"
				       "dict></plist>",
		identifier));
}

struct bytes office_command(
	struct office *o, const char *uuid, const char *type, const char *inside)
{
	return bytes_of_str(arena_printf(o->arena,
		XML_HEAD "<dict><key>CommandUUID</key><string>%s</string><key>Command</key><dict>"
			 "<key>RequestType</key><string>%s</string>%s</dict></dict></plist>",
		uuid, type, inside));
}

void office_add(struct office *o, const char *type, const char *inside)
{
	const char *uuid = arena_printf(o->arena, "C%u", o->queue_n + 1);

	cr_assert(o->queue_n < OFFICE_QUEUE);
	o->queue[o->queue_n++] = office_command(o, uuid, type, inside);
}

/* --- SCEP --- */

struct asked {
	X509_REQ *csr;
	X509 *signer;
	struct bytes transaction, nonce;
};

static struct bytes attribute(struct office *o, CMS_SignerInfo *si, const char *oid, int type)
{
	ASN1_OBJECT *obj = OBJ_txt2obj(oid, 1);
	ASN1_STRING *s = CMS_signed_get0_data_by_OBJ(si, obj, -3, type);

	ASN1_OBJECT_free(obj);
	cr_assert_not_null(s, "the request lacks %s", oid);
	return arena_bytes(
		o->arena, bytes_of(ASN1_STRING_get0_data(s), (size_t)ASN1_STRING_length(s)));
}

static struct bytes drained(struct arena *a, BIO *b)
{
	char *p;
	long n = BIO_get_mem_data(b, &p);
	struct bytes out = arena_bytes(a, bytes_of(p, (size_t)n));

	BIO_free(b);
	return out;
}

static void request_read(struct office *o, struct bytes in, struct asked *ret)
{
	const uint8_t *p = in.p;
	CMS_ContentInfo *cms = d2i_CMS_ContentInfo(NULL, &p, (long)in.n), *inner;
	BIO *out = BIO_new(BIO_s_mem());
	STACK_OF(X509) * signers;
	CMS_SignerInfo *si;
	struct bytes envelope, csr;

	cr_assert_not_null(cms);
	cr_assert_eq(CMS_verify(cms, NULL, NULL, NULL, out, CMS_NO_SIGNER_CERT_VERIFY), 1);
	envelope = drained(o->arena, out);
	signers = CMS_get0_signers(cms);
	ret->signer = X509_dup(sk_X509_value(signers, 0));
	sk_X509_free(signers);
	si = sk_CMS_SignerInfo_value(CMS_get0_SignerInfos(cms), 0);
	ret->transaction = attribute(o, si, "2.16.840.1.113733.1.9.7", V_ASN1_PRINTABLESTRING);
	ret->nonce = attribute(o, si, "2.16.840.1.113733.1.9.5", V_ASN1_OCTET_STRING);
	cr_assert(bytes_equal(attribute(o, si, "2.16.840.1.113733.1.9.2", V_ASN1_PRINTABLESTRING),
		bytes_of_str("19")));
	CMS_ContentInfo_free(cms);
	p = envelope.p;
	inner = CMS_ContentInfo_new_ex(o->legacy, NULL);
	cr_assert_not_null(d2i_CMS_ContentInfo(&inner, &p, (long)envelope.n));
	out = BIO_new(BIO_s_mem());
	cr_assert_eq(CMS_decrypt(inner, o->ca_key, o->ca, NULL, out, 0), 1);
	CMS_ContentInfo_free(inner);
	csr = drained(o->arena, out);
	p = csr.p;
	ret->csr = d2i_X509_REQ(NULL, &p, (long)csr.n);
	cr_assert_not_null(ret->csr);
	cr_assert_eq(X509_REQ_verify(ret->csr, X509_REQ_get0_pubkey(ret->csr)), 1);
	cr_assert(X509_REQ_get_attr_by_NID(ret->csr, NID_pkcs9_challengePassword, -1) >= 0);
}

static struct bytes issued(struct office *o, const struct asked *q)
{
	bool other = o->fault == OFFICE_SCEP_OTHER_KEY;
	bool foreign = o->fault == OFFICE_SCEP_OTHER_CA;
	X509 *leaf = cert_make(other ? o->other_key : X509_REQ_get0_pubkey(q->csr), "a word", o->ca,
		foreign ? o->other_key : o->ca_key, o->fault == OFFICE_SCEP_OLD ? -1 : 365);
	PKCS7 *p7 = PKCS7_new();
	STACK_OF(X509) *to = sk_X509_new_null();
	unsigned char *der = NULL;
	struct bytes certs;
	BIO *in;
	CMS_ContentInfo *cms;
	int n;

	PKCS7_set_type(p7, NID_pkcs7_signed);
	PKCS7_content_new(p7, NID_pkcs7_data);
	PKCS7_add_certificate(p7, leaf);
	n = i2d_PKCS7(p7, &der);
	certs = taken(o->arena, der, n);
	in = BIO_new_mem_buf(certs.p, (int)certs.n);
	sk_X509_push(to, o->fault == OFFICE_SCEP_ENVELOPE ? o->other_ca : q->signer);
	cms = CMS_encrypt(to, in, EVP_aes_128_cbc(), CMS_BINARY);
	BIO_free(in);
	sk_X509_free(to);
	PKCS7_free(p7);
	X509_free(leaf);
	return cms_der(o->arena, cms);
}

static void attribute_add(CMS_SignerInfo *si, const char *oid, int type, struct bytes v)
{
	cr_assert(CMS_signed_add1_attr_by_txt(si, oid, type, v.p, (int)v.n));
}

static struct bytes reply_make(struct office *o, const struct asked *q)
{
	enum office_fault f = o->fault;
	bool stranger = f == OFFICE_SCEP_SIGNER;
	bool refused = f == OFFICE_SCEP_REFUSES || f == OFFICE_SCEP_PENDING;
	struct bytes content = refused ? bytes_of(NULL, 0) : issued(o, q);
	unsigned flags = CMS_PARTIAL | CMS_BINARY | (refused ? CMS_DETACHED : 0);
	BIO *in = BIO_new_mem_buf(content.p ? (const void *)content.p : "", (int)content.n);
	CMS_ContentInfo *cms = CMS_sign(NULL, NULL, NULL, in, flags);
	CMS_SignerInfo *si = CMS_add1_signer(cms, stranger ? o->other_ca : o->ca,
		stranger ? o->other_key : o->ca_key, EVP_sha256(),
		CMS_NOSMIMECAP | (f == OFFICE_SCEP_BARE ? CMS_NOCERTS : 0));

	attribute_add(si, "2.16.840.1.113733.1.9.2", V_ASN1_PRINTABLESTRING,
		bytes_of_str(f == OFFICE_SCEP_MESSAGE_TYPE ? "19" : "3"));
	attribute_add(si, "2.16.840.1.113733.1.9.3", V_ASN1_PRINTABLESTRING,
		bytes_of_str(f == OFFICE_SCEP_REFUSES   ? "2"
			     : f == OFFICE_SCEP_PENDING ? "3"
							: "0"));
	if (f == OFFICE_SCEP_REFUSES)
		attribute_add(
			si, "2.16.840.1.113733.1.9.4", V_ASN1_PRINTABLESTRING, bytes_of_str("2"));
	attribute_add(si, "2.16.840.1.113733.1.9.7", V_ASN1_PRINTABLESTRING,
		f == OFFICE_SCEP_TRANSACTION ? bytes_of_str("ABBA") : q->transaction);
	attribute_add(si, "2.16.840.1.113733.1.9.6", V_ASN1_OCTET_STRING,
		f == OFFICE_SCEP_NONCE ? bytes_of_str("12345678") : q->nonce);
	if (f != OFFICE_SCEP_NO_SENDER_NONCE)
		attribute_add(si, "2.16.840.1.113733.1.9.5", V_ASN1_OCTET_STRING,
			bytes_of_str("0123456789abcdef"));
	cr_assert_eq(CMS_final(cms, in, NULL, flags & ~(unsigned)CMS_PARTIAL), 1);
	BIO_free(in);
	return cms_der(o->arena, cms);
}

static void scep_operate(struct office *o, struct bytes message, struct ipad_reply *ret)
{
	struct asked q = {0};

	request_read(o, message, &q);
	ret->body = reply_make(o, &q);
	ret->content_type = o->fault == OFFICE_SCEP_TYPE
				    ? "application/x-pki-message; charset=UTF-8"
				    : "application/x-pki-message";
	if (o->fault == OFFICE_SCEP_500)
		ret->status = 500;
	X509_REQ_free(q.csr);
	X509_free(q.signer);
}

static void scep_answer(struct office *o, const struct ipad_request *rq, struct ipad_reply *ret)
{
	const char *message = strstr(rq->url, "operation=PKIOperation&message=");

	if (strstr(rq->url, "operation=GetCACaps")) {
		ret->content_type = "text/plain";
		ret->body = bytes_of_str(o->caps);
	} else if (strstr(rq->url, "operation=GetCACert")) {
		ret->content_type = o->fault == OFFICE_CA_TYPE
					    ? "application/x-x509-ca-cert; charset=UTF-8"
					    : "application/x-x509-ca-cert";
		ret->body = cert_der(o->arena, o->fault == OFFICE_CA_OTHER ? o->other_ca : o->ca);
	} else if (rq->body.n > 0) {
		o->scep_posts++;
		cr_assert_str_eq(rq->method, "POST");
		cr_assert_str_eq(rq->content_type, "application/x-pki-message");
		scep_operate(o, rq->body, ret);
	} else {
		struct bytes in;

		o->scep_gets++;
		cr_assert_not_null(message);
		cr_assert_eq(
			text_parse_base64(o->arena, bytes_of_str(strrchr(rq->url, '=') + 1), &in),
			0);
		scep_operate(o, in, ret);
	}
}

/* --- messages --- */

static bool signature_ok(struct office *o, const struct ipad_request *rq)
{
	struct bytes der;
	const uint8_t *p;
	CMS_ContentInfo *cms;
	X509_STORE *store = X509_STORE_new();
	X509_VERIFY_PARAM *param = X509_STORE_get0_param(store);
	BIO *in = BIO_new_mem_buf(rq->body.p, (int)rq->body.n);
	STACK_OF(X509) * signers;
	int ok;

	X509_STORE_add_cert(store, o->ca);
	X509_VERIFY_PARAM_set_purpose(param, X509_PURPOSE_ANY);
	cr_assert_eq(text_parse_base64(o->arena, bytes_of_str(rq->signature), &der), 0);
	p = der.p;
	cms = d2i_CMS_ContentInfo(NULL, &p, (long)der.n);
	ok = cms ? CMS_verify(cms, NULL, store, in, NULL, CMS_BINARY) : 0;
	if (ok == 1) {
		signers = CMS_get0_signers(cms);
		o->last_cert = sk_X509_value(signers, 0);
		X509_up_ref(o->last_cert);
		arena_defer(o->arena, (void (*)(void *))X509_free, o->last_cert);
		sk_X509_free(signers);
	}
	CMS_ContentInfo_free(cms);
	BIO_free(in);
	X509_STORE_free(store);
	ERR_clear_error();
	return ok == 1;
}

static void signature_count(struct office *o, const struct ipad_request *rq)
{
	if (!rq->signature)
		o->unsigned_messages++;
	else if (!signature_ok(o, rq))
		o->bad_signatures++;
}

static void result_answer(struct office *o, const struct ipad_request *rq, struct ipad_reply *ret)
{
	const char *body = arena_strndup(o->arena, rq->body.p, rq->body.n);

	o->results++;
	o->last_result = bytes_of_str(body);
	if (o->status)
		return;
	/* What was handed out is done with whatever came but Idle. */
	if (!strstr(body, "<string>Idle</string>") && o->queue_at < o->queue_n && !o->never_ends)
		o->queue_at++;
	if (o->queue_at < o->queue_n)
		ret->body = o->queue[o->queue_at];
	if (o->fault == OFFICE_EMPTY_PLIST)
		ret->body = bytes_of_str(XML_HEAD "<dict/></plist>");
	if (o->fault == OFFICE_NOT_A_PLIST)
		ret->body = bytes_of_str("OK");
}

static int answered(struct office *o, const struct ipad_request *rq, struct ipad_reply *ret)
{
	struct ipad_reply r = {.status = 200};

	if (o->fault == OFFICE_UNREACHABLE || rq->broken == IPAD_BREAK_REQUEST)
		return ERR_NET;
	if (strstr(rq->url, "/scep")) {
		scep_answer(o, rq, &r);
	} else if (strstr(rq->url, "/enrol")) {
		r.content_type = o->fault == OFFICE_PROFILE_TYPE
					 ? "application/xml"
					 : "application/x-apple-aspen-config";
		r.status = o->fault == OFFICE_PROFILE_404 ? 404 : 200;
		r.body = o->replaced_profile.n ? o->replaced_profile : office_profile(o);
		if (o->fault == OFFICE_PROFILE_BROKEN) {
			uint8_t *p = memmem(r.body.p, r.body.n, "Enrolment", 9);

			*p ^= 1;
		}
	} else {
		signature_count(o, rq);
		r.status = o->status ? o->status : 200;
		r.content_type = o->status_type;
		r.body = o->status_body;
		if (text_starts(rq->content_type, "application/x-apple-aspen-mdm-checkin")) {
			o->checkins++;
			o->last_checkin = arena_bytes(o->arena, rq->body);
			if (o->fault == OFFICE_CHECKIN_400)
				r.status = 400;
		} else {
			result_answer(o, rq, &r);
		}
	}
	if (rq->broken == IPAD_BREAK_REPLY)
		return ERR_NET;
	*ret = r;
	return 0;
}

static int office_send(
	void *ctx, const struct ipad_request *rq, struct arena *a, struct ipad_reply *ret)
{
	struct office *o = ctx;
	int err;

	pthread_mutex_lock(&o->lock);
	err = answered(o, rq, ret);
	pthread_mutex_unlock(&o->lock);
	return err;
}

struct ipad *office_ipad(struct office *o, const struct ipad_model *m)
{
	struct ipad_options options = {.keys = o->keys, .transport = &o->transport};
	struct ipad_model made;
	struct ipad *p;

	ipad_model_make(o->arena, 7, &made);
	p = ipad_new(m ? m : &made, &options);
	cr_assert_eq(ipad_enrol_url(p, "https://mdm.example.se/enrol"), 0, "%s", ipad_why(p));
	return p;
}
