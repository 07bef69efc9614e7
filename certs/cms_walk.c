/* SPDX-License-Identifier: EUPL-1.2 */
#include "certs/cms_int.h"
#include "certs/der_int.h"
#include "certs/oid_int.h"

/* The object identifiers of a digest, and of RSA and ECDSA together with it. */
struct digest_oids {
	uint8_t digest_n, digest[9], rsa_last, ecdsa_n, ecdsa[8];
	uint8_t octets;
};
static const struct digest_oids digests[CERT_DIGESTS] = {
	[CERT_SHA1] = {5, {0x2b, 0x0e, 0x03, 0x02, 0x1a}, 0x05, 7,
		{0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x01}, 20},
	[CERT_SHA256] = {9, {0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x01}, 0x0b, 8,
		{0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x02}, 32},
	[CERT_SHA384] = {9, {0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x02}, 0x0c, 8,
		{0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x03}, 48},
	[CERT_SHA512] = {9, {0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x03}, 0x0d, 8,
		{0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x04}, 64},
};
/* PKCS #1; the last octet is 1 for plain rsaEncryption, else the digest's rsa_last */
static const uint8_t pkcs1_oid[] = {0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01};

/* AlgorithmIdentifier: its OID, and whether NULL stands as its parameters. Others are refused. */
static int take_algorithm(struct cert_der *d, struct bytes *ret_oid, bool *ret_null)
{
	struct cert_der in;
	struct bytes null = {0};
	bool has_null;

	if (cert_der_enter(d, DER_SEQUENCE, &in) || in.open || cert_der_take(&in, DER_OID, ret_oid))
		return ERR_UNSUPPORTED;
	has_null = cert_der_peek(&in) == DER_NULL;
	if (has_null && (cert_der_take(&in, DER_NULL, &null) || null.n))
		return ERR_UNSUPPORTED;
	*ret_null = has_null;
	return cert_der_leave(d, &in) ? ERR_UNSUPPORTED : 0;
}

static int take_digest(struct cert_der *d, enum cert_digest *ret)
{
	struct bytes oid;
	bool null;

	if (take_algorithm(d, &oid, &null))
		return ERR_UNSUPPORTED;
	for (int i = 0; i < CERT_DIGESTS; i++) {
		if (bytes_equal(oid, bytes_of(digests[i].digest, digests[i].digest_n))) {
			*ret = (enum cert_digest)i;
			return 0;
		}
	}
	return ERR_UNSUPPORTED;
}

/* The signature's algorithm must agree with the digest's. */
static int take_signature_algorithm(struct cert_der *d, struct cert_cms_walk *w)
{
	const struct digest_oids *t = &digests[w->digest];
	struct bytes oid;
	bool null;

	if (take_algorithm(d, &oid, &null))
		return ERR_UNSUPPORTED;
	if (oid.n == sizeof(pkcs1_oid) + 1 && !memcmp(oid.p, pkcs1_oid, sizeof(pkcs1_oid))) {
		w->ec = false;
		return oid.p[oid.n - 1] == 1 || oid.p[oid.n - 1] == t->rsa_last ? 0
										: ERR_UNSUPPORTED;
	}
	w->ec = true;
	return !null && bytes_equal(oid, bytes_of(t->ecdsa, t->ecdsa_n)) ? 0 : ERR_UNSUPPORTED;
}

/* SET of one digest algorithm. */
static int take_digest_set(struct cert_der *d, enum cert_digest *ret)
{
	struct cert_der in;

	if (cert_der_enter(d, DER_SET, &in) || take_digest(&in, ret))
		return ERR_UNSUPPORTED;
	return cert_der_leave(d, &in) ? ERR_UNSUPPORTED : 0;
}

/* EncapsulatedContentInfo of plain data, whose content is elsewhere or, if wanted, in one piece
 * inside. */
static int take_data(struct cert_der *d, bool inside, struct bytes *ret)
{
	struct cert_der in, content;
	struct bytes oid;

	if (cert_der_enter(d, DER_SEQUENCE, &in) || cert_der_take(&in, DER_OID, &oid) ||
		!bytes_equal(oid, OID_DATA))
		return ERR_UNSUPPORTED;
	if (inside && (cert_der_enter(&in, DER_CONTEXT(0), &content) ||
			      cert_der_take(&content, DER_OCTET_STRING, ret) ||
			      cert_der_leave(&in, &content)))
		return ERR_UNSUPPORTED;
	return cert_der_leave(d, &in) ? ERR_UNSUPPORTED : 0;
}

static int take_one_certificate(struct cert_der *d, struct bytes *ret)
{
	struct cert_der in;

	if (cert_der_enter(d, DER_CONTEXT(0), &in) || cert_der_take_whole(&in, DER_SEQUENCE, ret))
		return ERR_UNSUPPORTED;
	return cert_der_leave(d, &in) ? ERR_UNSUPPORTED : 0;
}

/* SignerIdentifier: issuer and serial number (version 1) or subject key identifier (3). */
static int take_sid(struct cert_der *d, uint8_t version, struct cert_cms_walk *w)
{
	struct cert_der in;

	if (version == 3) {
		if (cert_der_take(d, DER_CONTEXT_PRIMITIVE(0), &w->sid_key_id) ||
			w->sid_key_id.n == 0)
			return ERR_UNSUPPORTED;
		return 0;
	}
	if (version != 1 || cert_der_enter(d, DER_SEQUENCE, &in) || in.open ||
		cert_der_take_whole(&in, DER_SEQUENCE, &w->sid_issuer) ||
		cert_der_take_whole(&in, DER_INTEGER, &w->sid_serial))
		return ERR_UNSUPPORTED;
	return cert_der_leave(d, &in) ? ERR_UNSUPPORTED : 0;
}

/* The attributes that signers write: which one, and the tag of its single value; 0 stands for a
 * string of any kind. */
static const struct {
	struct bytes oid;
	uint8_t tag;
} attributes[CMS_ATTRS] = {
	[CMS_CONTENT_TYPE] = {OID_CONTENT_TYPE, DER_OID},
	[CMS_MESSAGE_DIGEST] = {OID_MESSAGE_DIGEST, DER_OCTET_STRING},
	[CMS_SIGNING_TIME] = {OID_SIGNING_TIME, DER_UTC_TIME},
	[CMS_CAPABILITIES] = {OID_CAPABILITIES, DER_SEQUENCE},
	[CMS_SCEP_MESSAGE_TYPE] = {OID_SCEP_MESSAGE_TYPE, 0},
	[CMS_SCEP_TRANSACTION_ID] = {OID_SCEP_TRANSACTION_ID, 0},
	[CMS_SCEP_SENDER_NONCE] = {OID_SCEP_SENDER_NONCE, 0},
	[CMS_CHALLENGE] = {OID_CHALLENGE, 0},
};

static int take_value(struct cert_der *set, uint8_t tag, struct bytes *ret)
{
	uint8_t is = cert_der_peek(set);

	if (tag == 0 && (is == DER_PRINTABLE_STRING || is == DER_UTF8_STRING ||
				is == DER_IA5_STRING || is == DER_OCTET_STRING))
		tag = is;
	return cert_der_take(set, tag, ret);
}

static int take_attribute(struct cert_der *list, int known, struct cert_cms_walk *w)
{
	struct cert_der in, set;
	struct bytes oid;
	int i = 0;

	if (cert_der_enter(list, DER_SEQUENCE, &in) || in.open || cert_der_take(&in, DER_OID, &oid))
		return ERR_UNSUPPORTED;
	while (i < known && !bytes_equal(oid, attributes[i].oid))
		i++;
	if (i == known || w->attribute[i].p || cert_der_enter(&in, DER_SET, &set) || set.open ||
		take_value(&set, attributes[i].tag, &w->attribute[i]) || cert_der_leave(&in, &set))
		return ERR_UNSUPPORTED;
	return cert_der_leave(list, &in) ? ERR_UNSUPPORTED : 0;
}

/* RFC 5652 5.3 and 11: both content-type and message-digest, once, and fitting. */
static int take_signed_attributes(struct cert_der *signer, int known, struct cert_cms_walk *w)
{
	struct cert_der whole, list;

	if (cert_der_take_whole(signer, DER_CONTEXT(0), &w->signed_attrs))
		return ERR_UNSUPPORTED;
	whole = cert_der_of_bytes(w->signed_attrs);
	if (cert_der_enter(&whole, DER_CONTEXT(0), &list))
		return ERR_UNSUPPORTED;
	while (cert_der_more(&list)) {
		if (take_attribute(&list, known, w))
			return ERR_UNSUPPORTED;
	}
	if (!bytes_equal(w->attribute[CMS_CONTENT_TYPE], OID_DATA) ||
		w->attribute[CMS_MESSAGE_DIGEST].n != digests[w->digest].octets)
		return ERR_UNSUPPORTED;
	return 0;
}

static int take_signer(struct cert_der *d, int known, struct cert_cms_walk *w)
{
	enum cert_digest listed = w->digest;
	struct cert_der in;
	struct bytes version;

	if (cert_der_enter(d, DER_SEQUENCE, &in) || in.open ||
		cert_der_take(&in, DER_INTEGER, &version) || version.n != 1 ||
		take_sid(&in, version.p[0], w) || take_digest(&in, &w->digest) ||
		w->digest != listed)
		return ERR_UNSUPPORTED;
	if (cert_der_peek(&in) == DER_CONTEXT(0) && take_signed_attributes(&in, known, w))
		return ERR_UNSUPPORTED;
	if (take_signature_algorithm(&in, w) ||
		cert_der_take(&in, DER_OCTET_STRING, &w->signature) || w->signature.n == 0)
		return ERR_UNSUPPORTED;
	return cert_der_leave(d, &in) ? ERR_UNSUPPORTED : 0;
}

static int take_one_signer(struct cert_der *d, int known, struct cert_cms_walk *w)
{
	struct cert_der in;

	if (cert_der_enter(d, DER_SET, &in) || take_signer(&in, known, w))
		return ERR_UNSUPPORTED;
	return cert_der_leave(d, &in) ? ERR_UNSUPPORTED : 0;
}

static int take_signed_data(struct cert_der *d, bool scep, struct cert_cms_walk *w)
{
	struct cert_der in;
	struct bytes version;

	if (cert_der_enter(d, DER_SEQUENCE, &in) || cert_der_take(&in, DER_INTEGER, &version) ||
		version.n != 1 || (version.p[0] != 1 && version.p[0] != 3) ||
		take_digest_set(&in, &w->digest) || take_data(&in, scep, &w->content) ||
		take_one_certificate(&in, &w->certificate) ||
		take_one_signer(&in, scep ? CMS_ATTRS : CMS_PLAIN_ATTRS, w))
		return ERR_UNSUPPORTED;
	return cert_der_leave(d, &in) ? ERR_UNSUPPORTED : 0;
}

static int walk(struct bytes in, bool scep, struct cert_cms_walk *ret)
{
	struct cert_der whole = cert_der_of_bytes(in), info, body;
	struct cert_cms_walk w = {0};
	struct bytes oid;

	if (cert_der_enter(&whole, DER_SEQUENCE, &info) || cert_der_take(&info, DER_OID, &oid) ||
		!bytes_equal(oid, OID_SIGNED_DATA) ||
		cert_der_enter(&info, DER_CONTEXT(0), &body) || take_signed_data(&body, scep, &w) ||
		cert_der_leave(&info, &body) || cert_der_leave(&whole, &info) ||
		cert_der_more(&whole))
		return ERR_UNSUPPORTED;
	*ret = w;
	return 0;
}

int cert_cms_walk(struct bytes in, struct cert_cms_walk *ret)
{
	return walk(in, false, ret);
}

int cert_cms_walk_scep(struct bytes in, struct cert_cms_walk *ret)
{
	return walk(in, true, ret);
}

bool cert_cms_names(const struct cert_cms_walk *signature, const struct cert_walk *certificate)
{
	if (signature->sid_key_id.n)
		return bytes_equal(signature->sid_key_id, certificate->key_id);
	return bytes_equal(signature->sid_issuer, certificate->issuer) &&
	       bytes_equal(signature->sid_serial, certificate->serial);
}
