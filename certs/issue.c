/* SPDX-License-Identifier: EUPL-1.2 */
#include "certs/certs_int.h"

#include "base/random.h"

#include <openssl/x509v3.h>

/* What each role's certificate says of itself, RFC 5280 4.2.1; NULL leaves an extension out. */
static const struct role {
	const char *basic_constraints, *key_usage, *extended_key_usage;
} roles[] = {
	/* SCEP clients encrypt to the CA's key, hence keyEncipherment */
	[CERT_ROLE_CA] = {"critical,CA:TRUE,pathlen:0",
		"critical,keyCertSign,cRLSign,digitalSignature,keyEncipherment", NULL},
	[CERT_ROLE_SIGNER] = {"critical,CA:FALSE", "critical,digitalSignature", NULL},
	[CERT_ROLE_SERVER] = {"critical,CA:FALSE", "critical,digitalSignature", "serverAuth"},
	[CERT_ROLE_IDENTITY] = {"critical,CA:FALSE", "critical,digitalSignature,keyEncipherment",
		"clientAuth"},
};

void cert_serial_draw(uint8_t out[CERT_SERIAL])
{
	random_bytes(out, CERT_SERIAL);
	/* first octet 0x40 to 0x7f: positive, and always sixteen octets long */
	out[0] = (uint8_t)((out[0] & 0x3f) | 0x40);
}

static int set_name(X509 *x, const struct cert_form *f)
{
	X509_NAME *name = X509_get_subject_name(x);

	if (f->organisation && X509_NAME_add_entry_by_NID(name, NID_organizationName, MBSTRING_UTF8,
				       (const uint8_t *)f->organisation, -1, -1, 0) != 1)
		return cert_fail(ERR_BADINPUT);
	if (X509_NAME_add_entry_by_NID(name, NID_commonName, MBSTRING_UTF8,
		    (const uint8_t *)f->common_name, -1, -1, 0) != 1)
		return cert_fail(ERR_BADINPUT);
	return 0;
}

static int set_serial(X509 *x, const uint8_t serial[CERT_SERIAL])
{
	ASN1_INTEGER *to = X509_get_serialNumber(x);

	return ASN1_STRING_set(to, serial, CERT_SERIAL) == 1 ? 0 : cert_fail(ERR_INTERNAL);
}

static int set_times(X509 *x, const struct cert_form *f)
{
	if (!ASN1_TIME_set(X509_getm_notBefore(x), (time_t)f->not_before) ||
	    !ASN1_TIME_set(X509_getm_notAfter(x), (time_t)f->not_after))
		return cert_fail(ERR_BADINPUT);
	return 0;
}

static int add_extension(X509 *x, X509V3_CTX *ctx, int nid, const char *value)
{
	AUTO(X509_EXTENSION) X509_EXTENSION *ext = NULL;

	if (!value)
		return 0;
	ext = X509V3_EXT_conf_nid(NULL, ctx, nid, value);
	if (!ext || X509_add_ext(x, ext, -1) != 1)
		return cert_fail(ERR_BADINPUT);
	return 0;
}

static int add_extensions(X509 *x, X509 *issuer, const struct cert_form *f)
{
	const struct role *role = &roles[f->role];
	X509V3_CTX ctx;
	int err;

	X509V3_set_ctx(&ctx, issuer ? issuer : x, x, NULL, NULL, 0);
	err = add_extension(x, &ctx, NID_basic_constraints, role->basic_constraints);
	if (!err)
		err = add_extension(x, &ctx, NID_key_usage, role->key_usage);
	if (!err)
		err = add_extension(x, &ctx, NID_ext_key_usage, role->extended_key_usage);
	if (!err)
		err = add_extension(x, &ctx, NID_subject_alt_name, f->alt_names);
	if (!err)
		err = add_extension(x, &ctx, NID_subject_key_identifier, "hash");
	if (!err && issuer)
		err = add_extension(x, &ctx, NID_authority_key_identifier, "keyid:always");
	return err;
}

int cert_issue(const struct cert_pair *ca, const struct cert_form *f, X509 **ret)
{
	AUTO(X509) X509 *x = X509_new();
	int err;

	if (!x || X509_set_version(x, X509_VERSION_3) != 1 || X509_set_pubkey(x, f->key) != 1)
		return cert_fail(ERR_INTERNAL);
	err = set_name(x, f);
	if (!err)
		err = set_serial(x, f->serial);
	if (!err)
		err = set_times(x, f);
	if (err)
		return err;
	if (X509_set_issuer_name(x, X509_get_subject_name(ca ? ca->cert : x)) != 1)
		return cert_fail(ERR_INTERNAL);
	err = add_extensions(x, ca ? ca->cert : NULL, f);
	if (err)
		return err;
	if (X509_sign(x, ca ? ca->key : f->key, EVP_sha256()) <= 0)
		return cert_fail(ERR_INTERNAL);
	*ret = TAKE(x);
	return 0;
}
