/* SPDX-License-Identifier: EUPL-1.2 */
/* SCEP (RFC 8894) as an iPad does it: payload, GetCACaps, GetCACert, PKIOperation. */
#include "tests/fake/ipad_scep_int.h"
#include "base/text.h"

#include <openssl/err.h>
#include <openssl/pkcs7.h>
#include <openssl/x509v3.h>
#include <strings.h>

static int payload_read(struct scep_run *r, plist_t payload)
{
	struct ipad *p = r->p;
	plist_t content = NULL;
	int64_t bits = 1024;

	if (ipad_plist_dict(payload, "PayloadContent", &content))
		return ipad_refuse(p, "SCEP payload: no PayloadContent");
	if (ipad_plist_string(content, "URL", &r->url) || text_empty(r->url))
		return ipad_refuse(p, "SCEP payload: no URL");
	if (!text_equal(ipad_plist_string_or(content, "Key Type", "RSA"), "RSA"))
		return ipad_refuse(p, "SCEP payload: Key Type is not RSA");
	if (ipad_plist_int(content, "Keysize", &bits) == ERR_BADINPUT ||
		(bits != 1024 && bits != 2048 && bits != 4096))
		return ipad_refuse(p, "SCEP payload: Keysize is not 1024, 2048 or 4096");
	if (ipad_plist_int(content, "Key Usage", &r->usage) == ERR_BADINPUT || (r->usage & ~5) != 0)
		return ipad_refuse(p, "SCEP payload: Key Usage is not made of 1 and 4");
	if (ipad_plist_data(content, "CAFingerprint", &r->fingerprint) == ERR_BADINPUT)
		return ipad_refuse(p, "SCEP payload: CAFingerprint is not data");
	if (ipad_plist_array(content, "Subject", &r->subject) == ERR_BADINPUT)
		return ipad_refuse(p, "SCEP payload: Subject is not an array");
	if (ipad_plist_dict(content, "SubjectAltName", &r->alt_names) == ERR_BADINPUT)
		return ipad_refuse(p, "SCEP payload: SubjectAltName is not a dictionary");
	r->bits = (unsigned)bits;
	r->name = ipad_plist_string_or(content, "Name", "");
	r->challenge = ipad_plist_string_or(content, "Challenge", NULL);
	return 0;
}

static bool unreserved(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
	       strchr("-._~", c);
}

/* The payload's URL with operation and message behind whatever query it has. */
static const char *operation_url(struct scep_run *r, const char *operation, const char *message)
{
	AUTO(buf) struct buf b = BUF_INIT(256u << 10);

	buf_printf(&b, "%s%coperation=%s", r->url, strchr(r->url, '?') ? '&' : '?', operation);
	if (!text_empty(message))
		buf_add_str(&b, "&message=");
	for (; message && *message; message++) {
		if (unreserved(*message))
			buf_add_char(&b, *message);
		else
			buf_printf(&b, "%%%02X", (uint8_t)*message);
	}
	return arena_strdup(r->a, buf_str(&b));
}

static int fetch(struct scep_run *r, const char *what, const char *url, struct ipad_reply *ret)
{
	struct ipad_request rq = {.method = "GET", .url = url};
	int err = ipad_send(r->p, &rq, r->a, ret);

	if (err)
		return err;
	if (ret->status != 200)
		return ipad_refuse(r->p, "%s: HTTP status %d", what, ret->status);
	return 0;
}

static bool caps_have(const char *caps, const char *word)
{
	size_t n = strlen(word);

	while (*caps) {
		size_t line = strcspn(caps, "\r\n");

		if (line == n && strncasecmp(caps, word, n) == 0)
			return true;
		caps += line;
		caps += strspn(caps, "\r\n");
	}
	return false;
}

static int caps_get(struct scep_run *r)
{
	struct ipad_reply reply;
	const char *caps;
	int err = fetch(r, "GetCACaps", operation_url(r, "GetCACaps", r->name), &reply);

	if (err)
		return err;
	caps = arena_strndup(r->a, reply.body.p, reply.body.n);
	r->post = caps_have(caps, "POSTPKIOperation") || caps_have(caps, "SCEPStandard");
	r->aes = caps_have(caps, "AES") || caps_have(caps, "SCEPStandard");
	r->sha256 = caps_have(caps, "SHA-256") || caps_have(caps, "SCEPStandard");
	r->sha512 = caps_have(caps, "SHA-512");
	return 0;
}

static int certs_parse(struct scep_run *r, const struct ipad_reply *reply)
{
	const uint8_t *p = reply->body.p, *end = p + reply->body.n;

	if (text_equal(reply->content_type, "application/x-x509-ca-cert")) {
		X509 *one = d2i_X509(NULL, &p, (long)reply->body.n);

		r->certs = sk_X509_new_null();
		if (one)
			sk_X509_push(r->certs, one);
	} else if (text_equal(reply->content_type, "application/x-x509-ca-ra-cert")) {
		PKCS7 *p7 = d2i_PKCS7(NULL, &p, (long)reply->body.n);

		if (p7 && PKCS7_type_is_signed(p7) && p7->d.sign->cert)
			r->certs = X509_chain_up_ref(p7->d.sign->cert);
		PKCS7_free(p7);
	} else {
		return ipad_refuse(r->p, "GetCACert: content type is %s",
			reply->content_type ? reply->content_type : "missing");
	}
	if (sk_X509_num(r->certs) < 1 || p != end)
		return ipad_refuse(r->p, "GetCACert: no certificate");
	return 0;
}

static bool fingerprint_is(X509 *cert, struct bytes want)
{
	const EVP_MD *md = want.n == 16   ? EVP_md5()
			   : want.n == 20 ? EVP_sha1()
			   : want.n == 32 ? EVP_sha256()
			   : want.n == 64 ? EVP_sha512()
					  : NULL;
	uint8_t is[EVP_MAX_MD_SIZE];
	unsigned n = 0;

	return md && X509_digest(cert, md, is, &n) && bytes_equal(bytes_of(is, n), want);
}

/* Which of the certificates is the CA (by fingerprint when one is given), and which one takes
 * the envelope: an RA's that may encrypt keys, else the CA. */
static int certs_choose(struct scep_run *r)
{
	for (int i = 0; i < sk_X509_num(r->certs); i++) {
		X509 *one = sk_X509_value(r->certs, i);

		if (X509_check_ca(one)) {
			bool wanted = r->fingerprint.n == 0 || fingerprint_is(one, r->fingerprint);

			if (!r->ca && wanted)
				r->ca = one;
		} else if (X509_get_key_usage(one) & KU_KEY_ENCIPHERMENT) {
			r->recipient = one;
		}
	}
	if (!r->ca)
		return ipad_refuse(r->p, "GetCACert: no CA with the profile's fingerprint");
	if (!r->recipient)
		r->recipient = r->ca;
	if (EVP_PKEY_get_base_id(X509_get0_pubkey(r->recipient)) != EVP_PKEY_RSA)
		return ipad_refuse(r->p, "GetCACert: the CA's key is not RSA");
	return 0;
}

static int certs_get(struct scep_run *r)
{
	struct ipad_reply reply;
	int err = fetch(r, "GetCACert", operation_url(r, "GetCACert", r->name), &reply);

	if (!err)
		err = certs_parse(r, &reply);
	return err ? err : certs_choose(r);
}

static int operate(struct scep_run *r, struct bytes message, struct ipad_reply *ret)
{
	bool post = r->post && !r->p->o.scep.by_get;
	bool in_url = !post || r->p->o.scep.repeat_in_url;
	const char *text = in_url ? text_base64url(r->a, message) : NULL;
	struct ipad_request rq = {
		.method = post ? "POST" : "GET",
		.url = operation_url(r, "PKIOperation", text),
		.content_type = post ? "application/x-pki-message" : NULL,
		.body = post ? message : bytes_of(NULL, 0),
	};
	int err = ipad_send(r->p, &rq, r->a, ret);

	if (err)
		return err;
	if (ret->status != 200)
		return ipad_refuse(r->p, "PKIOperation: HTTP status %d", ret->status);
	if (!text_equal(ret->content_type, "application/x-pki-message"))
		return ipad_refuse(r->p, "PKIOperation: content type is %s",
			ret->content_type ? ret->content_type : "missing");
	return 0;
}

static int run(struct scep_run *r, plist_t payload, struct ipad_pair *ret)
{
	struct ipad_reply reply;
	X509 *cert = NULL;
	int err = payload_read(r, payload);

	if (!err)
		err = caps_get(r);
	if (!err)
		err = certs_get(r);
	if (err)
		return err;
	r->key = ipad_key_get(r->p->o.keys, r->bits);
	scep_request_prepare(r);
	err = operate(r, scep_request_make(r), &reply);
	if (!err)
		err = scep_reply_read(r, reply.body, &cert);
	if (err)
		return err;
	*ret = (struct ipad_pair){TAKE(r->key), cert};
	return 0;
}

int ipad_scep_get(struct ipad *p, struct arena *a, plist_t payload, struct ipad_pair *ret)
{
	struct scep_run r = {.p = p, .a = a};
	int err = run(&r, payload, ret);

	if (!err) {
		p->counters.identities++;
		ipad_tell(p, IPAD_EV_IDENTITY, "by SCEP");
	}
	EVP_PKEY_free(r.key);
	ipad_pair_release(&r.signer);
	sk_X509_pop_free(r.certs, X509_free);
	ERR_clear_error();
	return err;
}
