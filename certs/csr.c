/* SPDX-License-Identifier: EUPL-1.2 */
#include "certs/scep_int.h"

#include <openssl/core_names.h>

#define TEXT_MAX 255
#define RSA_BITS_MIN 2048
#define RSA_BITS_MAX 4096

static void free_request(void *p)
{
	X509_REQ_free(p);
}

/* A string value without NUL in the arena; NULL when it is another kind, too long or empty. */
static const char *text_of(const ASN1_STRING *s, struct arena *a)
{
	const uint8_t *p = s ? ASN1_STRING_get0_data(s) : NULL;
	int n = s ? ASN1_STRING_length(s) : 0;

	if (n < 1 || n > TEXT_MAX || memchr(p, 0, (size_t)n))
		return NULL;
	return arena_strndup(a, p, (size_t)n);
}

/* The only common name of the subject. */
static const char *common_name(X509_REQ *req, struct arena *a)
{
	const X509_NAME *name = X509_REQ_get_subject_name(req);
	int at = X509_NAME_get_index_by_NID(name, NID_commonName, -1);

	if (at < 0 || X509_NAME_get_index_by_NID(name, NID_commonName, at) >= 0)
		return NULL;
	return text_of(X509_NAME_ENTRY_get_data(X509_NAME_get_entry(name, at)), a);
}

/* RFC 2985 5.4.1; a DirectoryString or IA5String. */
static const char *challenge(X509_REQ *req, struct arena *a)
{
	int at = X509_REQ_get_attr_by_NID(req, NID_pkcs9_challengePassword, -1);
	X509_ATTRIBUTE *attr = at < 0 ? NULL : X509_REQ_get_attr(req, at);
	const ASN1_TYPE *value;

	if (!attr || X509_ATTRIBUTE_count(attr) != 1)
		return NULL;
	value = X509_ATTRIBUTE_get0_type(attr, 0);
	switch (ASN1_TYPE_get(value)) {
	case V_ASN1_PRINTABLESTRING:
	case V_ASN1_UTF8STRING:
	case V_ASN1_IA5STRING:
	case V_ASN1_T61STRING:
		return text_of(value->value.asn1_string, a);
	default:
		return NULL;
	}
}

static bool is_old(X509_REQ *req)
{
	int digest = NID_undef;

	if (OBJ_find_sigid_algs(X509_REQ_get_signature_nid(req), &digest, NULL) != 1)
		return false;
	return digest == NID_sha1 || digest == NID_md5;
}

int cert_csr_parse(struct bytes der, struct arena *a, struct cert_csr *ret)
{
	const uint8_t *p = der.p;
	struct cert_csr csr = {0};
	X509_REQ *req;

	if (der.n == 0 || der.n > CERT_INPUT_MAX)
		return ERR_BADINPUT;
	req = d2i_X509_REQ(NULL, &p, (long)der.n);
	if (!req)
		return cert_fail(ERR_BADINPUT);
	arena_defer(a, free_request, req);
	csr.key = X509_REQ_get0_pubkey(req);
	if (p != der.p + der.n || !csr.key || cert_key_hash(csr.key, csr.key_hash))
		return cert_fail(ERR_BADINPUT);
	csr.common_name = common_name(req, a);
	csr.challenge = challenge(req, a);
	csr.old_digest = is_old(req);
	/* a key that does not fit is not worth the effort of proving (a huge one takes long) */
	csr.proved = cert_csr_key_fits(&csr) && X509_REQ_verify(req, csr.key) == 1;
	*ret = csr;
	return cert_fail(0);
}

bool cert_csr_key_fits(const struct cert_csr *csr)
{
	char group[32];
	int bits;

	if (EVP_PKEY_is_a(csr->key, "RSA")) {
		bits = EVP_PKEY_get_bits(csr->key);
		return bits >= RSA_BITS_MIN && bits <= RSA_BITS_MAX;
	}
	if (!EVP_PKEY_is_a(csr->key, "EC") ||
	    EVP_PKEY_get_utf8_string_param(csr->key, OSSL_PKEY_PARAM_GROUP_NAME, group,
		    sizeof(group), NULL) != 1)
		return false;
	return !strcmp(group, SN_X9_62_prime256v1) || !strcmp(group, SN_secp384r1);
}
