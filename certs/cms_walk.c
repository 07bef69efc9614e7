/* SPDX-License-Identifier: EUPL-1.2 */
#include "certs/cms_int.h"
#include "certs/der_int.h"

static const uint8_t signed_data_oid[] = {0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07, 0x02};
static const uint8_t data_oid[] = {0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07, 0x01};
static const uint8_t content_type_oid[] = {0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x09, 0x03};
static const uint8_t message_digest_oid[] = {0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x09, 0x04};
static const uint8_t signing_time_oid[] = {0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x09, 0x05};
static const uint8_t capabilities_oid[] = {0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x09, 0x0f};

#define IS(b, table) bytes_equal((b), bytes_of((table), sizeof(table)))

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

/* EncapsulatedContentInfo of plain data whose content is elsewhere. */
static int take_detached_data(struct cert_der *d)
{
	struct cert_der in;
	struct bytes oid;

	if (cert_der_enter(d, DER_SEQUENCE, &in) || cert_der_take(&in, DER_OID, &oid) ||
		!IS(oid, data_oid))
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

/* The attributes that signers write: which one, and the tag of its single value. */
enum attribute {
	ATTR_CONTENT_TYPE,
	ATTR_MESSAGE_DIGEST,
	ATTR_SIGNING_TIME,
	ATTR_CAPABILITIES,
	ATTRS
};
static const struct {
	const uint8_t *oid;
	uint8_t tag;
} attributes[ATTRS] = {
	[ATTR_CONTENT_TYPE] = {content_type_oid, DER_OID},
	[ATTR_MESSAGE_DIGEST] = {message_digest_oid, DER_OCTET_STRING},
	[ATTR_SIGNING_TIME] = {signing_time_oid, DER_UTC_TIME},
	[ATTR_CAPABILITIES] = {capabilities_oid, DER_SEQUENCE},
};

static int take_attribute(struct cert_der *list, struct bytes value[ATTRS])
{
	struct cert_der in, set;
	struct bytes oid;
	int i = 0;

	if (cert_der_enter(list, DER_SEQUENCE, &in) || in.open || cert_der_take(&in, DER_OID, &oid))
		return ERR_UNSUPPORTED;
	while (i < ATTRS && !bytes_equal(oid, bytes_of(attributes[i].oid, sizeof(data_oid))))
		i++;
	if (i == ATTRS || value[i].p || cert_der_enter(&in, DER_SET, &set) || set.open ||
		cert_der_take(&set, attributes[i].tag, &value[i]) || cert_der_leave(&in, &set))
		return ERR_UNSUPPORTED;
	return cert_der_leave(list, &in) ? ERR_UNSUPPORTED : 0;
}

/* RFC 5652 5.3 and 11: both content-type and message-digest, once, and fitting. */
static int take_signed_attributes(struct cert_der *signer, struct cert_cms_walk *w)
{
	struct bytes value[ATTRS] = {0};
	struct cert_der whole, list;

	if (cert_der_take_whole(signer, DER_CONTEXT(0), &w->signed_attrs))
		return ERR_UNSUPPORTED;
	whole = cert_der_of_bytes(w->signed_attrs);
	if (cert_der_enter(&whole, DER_CONTEXT(0), &list))
		return ERR_UNSUPPORTED;
	while (cert_der_more(&list)) {
		if (take_attribute(&list, value))
			return ERR_UNSUPPORTED;
	}
	w->message_digest = value[ATTR_MESSAGE_DIGEST];
	if (!IS(value[ATTR_CONTENT_TYPE], data_oid) ||
		w->message_digest.n != digests[w->digest].octets)
		return ERR_UNSUPPORTED;
	return 0;
}

static int take_signer(struct cert_der *d, struct cert_cms_walk *w)
{
	enum cert_digest listed = w->digest;
	struct cert_der in;
	struct bytes version;

	if (cert_der_enter(d, DER_SEQUENCE, &in) || in.open ||
		cert_der_take(&in, DER_INTEGER, &version) || version.n != 1 ||
		take_sid(&in, version.p[0], w) || take_digest(&in, &w->digest) ||
		w->digest != listed)
		return ERR_UNSUPPORTED;
	if (cert_der_peek(&in) == DER_CONTEXT(0) && take_signed_attributes(&in, w))
		return ERR_UNSUPPORTED;
	if (take_signature_algorithm(&in, w) ||
		cert_der_take(&in, DER_OCTET_STRING, &w->signature) || w->signature.n == 0)
		return ERR_UNSUPPORTED;
	return cert_der_leave(d, &in) ? ERR_UNSUPPORTED : 0;
}

static int take_one_signer(struct cert_der *d, struct cert_cms_walk *w)
{
	struct cert_der in;

	if (cert_der_enter(d, DER_SET, &in) || take_signer(&in, w))
		return ERR_UNSUPPORTED;
	return cert_der_leave(d, &in) ? ERR_UNSUPPORTED : 0;
}

static int take_signed_data(struct cert_der *d, struct cert_cms_walk *w)
{
	struct cert_der in;
	struct bytes version;

	if (cert_der_enter(d, DER_SEQUENCE, &in) || cert_der_take(&in, DER_INTEGER, &version) ||
		version.n != 1 || (version.p[0] != 1 && version.p[0] != 3) ||
		take_digest_set(&in, &w->digest) || take_detached_data(&in) ||
		take_one_certificate(&in, &w->certificate) || take_one_signer(&in, w))
		return ERR_UNSUPPORTED;
	return cert_der_leave(d, &in) ? ERR_UNSUPPORTED : 0;
}

int cert_cms_walk(struct bytes in, struct cert_cms_walk *ret)
{
	struct cert_der whole = cert_der_of_bytes(in), info, body;
	struct cert_cms_walk w = {0};
	struct bytes oid;

	if (cert_der_enter(&whole, DER_SEQUENCE, &info) || cert_der_take(&info, DER_OID, &oid) ||
		!IS(oid, signed_data_oid) || cert_der_enter(&info, DER_CONTEXT(0), &body) ||
		take_signed_data(&body, &w) || cert_der_leave(&info, &body) ||
		cert_der_leave(&whole, &info) || cert_der_more(&whole))
		return ERR_UNSUPPORTED;
	*ret = w;
	return 0;
}

bool cert_cms_names(const struct cert_cms_walk *signature, const struct cert_walk *certificate)
{
	if (signature->sid_key_id.n)
		return bytes_equal(signature->sid_key_id, certificate->key_id);
	return bytes_equal(signature->sid_issuer, certificate->issuer) &&
	       bytes_equal(signature->sid_serial, certificate->serial);
}
