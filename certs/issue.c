/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The certificate maker, RFC 5280 4.1. It writes the DER itself: what OpenSSL needs to take a
 * request's key apart and put it together again costs as much as the signature.
 */
#include "certs/certs_int.h"
#include "certs/der_int.h"

#include "base/random.h"

#include <arpa/inet.h>

#define CERTIFICATE_MAX 65536
#define NAME_MAX_OCTETS 64
#define SHA1_OCTETS 20
#define BYTES(table) bytes_of((table), sizeof(table))

static const uint8_t sha256_with_rsa[] = {
	0x30, 0x0d, 0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x0b, 0x05, 0x00};
static const uint8_t version_3[] = {0xa0, 0x03, 0x02, 0x01, 0x02};
static const uint8_t organisation_oid[] = {0x55, 0x04, 0x0a};
static const uint8_t common_name_oid[] = {0x55, 0x04, 0x03};
static const uint8_t yes[] = {0xff};

/* Extensions, 4.2.1, by the last octet of 2.5.29.x. */
enum extension {
	EXT_SUBJECT_KEY_ID = 14,
	EXT_KEY_USAGE = 15,
	EXT_ALT_NAME = 17,
	EXT_BASIC_CONSTRAINTS = 19,
	EXT_AUTHORITY_KEY_ID = 35,
	EXT_EXTENDED_KEY_USAGE = 37,
};
static const uint8_t ca_true[] = {0x30, 0x06, 0x01, 0x01, 0xff, 0x02, 0x01, 0x00}; /* pathlen 0 */
static const uint8_t ca_false[] = {0x30, 0x00};
/* SCEP clients encrypt to the CA's key, hence its keyEncipherment */
static const uint8_t usage_ca[] = {0x03, 0x02, 0x01, 0xa6}; /* + keyCertSign, cRLSign */
static const uint8_t usage_sign[] = {0x03, 0x02, 0x07, 0x80};
static const uint8_t usage_sign_encipher[] = {0x03, 0x02, 0x05, 0xa0};
static const uint8_t server_auth[] = {
	0x30, 0x0a, 0x06, 0x08, 0x2b, 0x06, 0x01, 0x05, 0x05, 0x07, 0x03, 0x01};
static const uint8_t client_auth[] = {
	0x30, 0x0a, 0x06, 0x08, 0x2b, 0x06, 0x01, 0x05, 0x05, 0x07, 0x03, 0x02};

static const struct role {
	struct bytes constraints, usage, extended;
} roles[] = {
	[CERT_ROLE_CA] = {{ca_true, sizeof(ca_true)}, {usage_ca, sizeof(usage_ca)}, {NULL, 0}},
	[CERT_ROLE_SIGNER] = {{ca_false, sizeof(ca_false)}, {usage_sign, sizeof(usage_sign)},
		{NULL, 0}},
	[CERT_ROLE_SERVER] = {{ca_false, sizeof(ca_false)}, {usage_sign, sizeof(usage_sign)},
		{server_auth, sizeof(server_auth)}},
	[CERT_ROLE_IDENTITY] = {{ca_false, sizeof(ca_false)},
		{usage_sign_encipher, sizeof(usage_sign_encipher)},
		{client_auth, sizeof(client_auth)}},
};

void cert_serial_draw(uint8_t out[CERT_SERIAL])
{
	random_bytes(out, CERT_SERIAL);
	/* first octet 0x40 to 0x7f: positive, and always sixteen octets long */
	out[0] = (uint8_t)((out[0] & 0x3f) | 0x40);
}

static void put_attribute(struct buf *out, struct bytes oid, const char *text)
{
	size_t set = cert_der_begin(out, DER_SET), pair = cert_der_begin(out, DER_SEQUENCE);

	cert_der_put(out, DER_OID, oid);
	cert_der_put(out, DER_UTF8_STRING, bytes_of_str(text));
	cert_der_end(out, pair);
	cert_der_end(out, set);
}

static void put_subject(struct buf *out, const struct cert_form *f)
{
	size_t name = cert_der_begin(out, DER_SEQUENCE);

	if (f->organisation)
		put_attribute(out, BYTES(organisation_oid), f->organisation);
	put_attribute(out, BYTES(common_name_oid), f->common_name);
	cert_der_end(out, name);
}

static int put_validity(struct buf *out, const struct cert_form *f)
{
	size_t validity = cert_der_begin(out, DER_SEQUENCE);
	int err = cert_der_put_time(out, f->not_before);

	if (!err)
		err = cert_der_put_time(out, f->not_after);
	cert_der_end(out, validity);
	return err;
}

static void put_extension(struct buf *out, enum extension which, bool critical, struct bytes value)
{
	uint8_t oid[] = {0x55, 0x1d, (uint8_t)which};
	size_t begun;

	if (!value.n)
		return;
	begun = cert_der_begin(out, DER_SEQUENCE);
	cert_der_put(out, DER_OID, BYTES(oid));
	if (critical)
		cert_der_put(out, DER_BOOLEAN, BYTES(yes));
	cert_der_put(out, DER_OCTET_STRING, value);
	cert_der_end(out, begun);
}

/* GeneralNames of hosts and addresses, 4.2.1.6. */
static int put_hosts(struct buf *out, const char *const *hosts)
{
	size_t names = cert_der_begin(out, DER_SEQUENCE);

	for (size_t i = 0; hosts[i]; i++) {
		uint8_t raw[16];

		if (inet_pton(AF_INET, hosts[i], raw) == 1)
			cert_der_put(out, DER_CONTEXT_PRIMITIVE(7), bytes_of(raw, 4));
		else if (inet_pton(AF_INET6, hosts[i], raw) == 1)
			cert_der_put(out, DER_CONTEXT_PRIMITIVE(7), bytes_of(raw, 16));
		else
			cert_der_put(out, DER_CONTEXT_PRIMITIVE(2), bytes_of_str(hosts[i]));
	}
	cert_der_end(out, names);
	return buf_ok(out) ? 0 : ERR_BADINPUT;
}

/* SHA-1 of the public key's bits, 4.2.1.2 (1): a name, not a proof. */
static int key_id_of(struct bytes spki, uint8_t out[SHA1_OCTETS])
{
	struct cert_der whole = cert_der_of_bytes(spki), in;
	struct bytes bits;

	if (cert_der_enter(&whole, DER_SEQUENCE, &in) || cert_der_skip(&in) ||
		cert_der_take(&in, DER_BIT_STRING, &bits) || bits.n < 2)
		return ERR_BADINPUT;
	if (EVP_Digest(bits.p + 1, bits.n - 1, out, NULL, EVP_sha1(), NULL) != 1)
		return cert_fail(ERR_INTERNAL);
	return 0;
}

static int put_key_ids(struct buf *out, const struct cert_issuer *ca, const struct cert_form *f)
{
	AUTO(buf) struct buf value = BUF_INIT(64);
	uint8_t id[SHA1_OCTETS];
	int err = key_id_of(f->spki, id);

	cert_der_put(&value, DER_OCTET_STRING, BYTES(id));
	put_extension(out, EXT_SUBJECT_KEY_ID, false, buf_bytes(&value));
	if (!err && ca->key_id.n) {
		size_t begun;

		buf_reset(&value);
		begun = cert_der_begin(&value, DER_SEQUENCE);
		cert_der_put(&value, DER_CONTEXT_PRIMITIVE(0), ca->key_id);
		cert_der_end(&value, begun);
		put_extension(out, EXT_AUTHORITY_KEY_ID, false, buf_bytes(&value));
	}
	return err;
}

static int put_extensions(struct buf *out, const struct cert_issuer *ca, const struct cert_form *f)
{
	size_t outer = cert_der_begin(out, DER_CONTEXT(3)), list;
	AUTO(buf) struct buf hosts = BUF_INIT(CERTIFICATE_MAX);
	const struct role *role = &roles[f->role];
	int err = f->hosts ? put_hosts(&hosts, f->hosts) : 0;

	list = cert_der_begin(out, DER_SEQUENCE);
	put_extension(out, EXT_BASIC_CONSTRAINTS, true, role->constraints);
	put_extension(out, EXT_KEY_USAGE, true, role->usage);
	put_extension(out, EXT_EXTENDED_KEY_USAGE, false, role->extended);
	put_extension(out, EXT_ALT_NAME, false, buf_bytes(&hosts));
	if (!err)
		err = put_key_ids(out, ca, f);
	cert_der_end(out, list);
	cert_der_end(out, outer);
	return err;
}

static int put_tbs(struct buf *out, const struct cert_issuer *ca, const struct cert_form *f)
{
	size_t begun = cert_der_begin(out, DER_SEQUENCE);
	int err;

	buf_add_bytes(out, BYTES(version_3));
	cert_der_put(out, DER_INTEGER, bytes_of(f->serial, CERT_SERIAL));
	buf_add_bytes(out, BYTES(sha256_with_rsa));
	if (ca->name.n)
		buf_add_bytes(out, ca->name);
	else
		put_subject(out, f);
	err = put_validity(out, f);
	put_subject(out, f);
	buf_add_bytes(out, f->spki);
	if (!err)
		err = put_extensions(out, ca, f);
	cert_der_end(out, begun);
	return err || !buf_ok(out) ? ERR_BADINPUT : 0;
}

/* The signature as a BIT STRING. */
static int put_signature(struct buf *out, const struct cert_issuer *by, struct bytes tbs)
{
	uint8_t bits[1 + CERT_SIGNATURE_MAX] = {0};
	size_t n;
	int err = cert_sign(by, tbs, bits + 1, &n);

	if (!err)
		cert_der_put(out, DER_BIT_STRING, bytes_of(bits, n + 1));
	return err;
}

static bool is_name(const char *s)
{
	return !s || (s[0] && strlen(s) <= NAME_MAX_OCTETS);
}

int cert_issue(
	const struct cert_issuer *ca, const struct cert_form *f, struct arena *a, struct bytes *ret)
{
	AUTO(buf) struct buf out = BUF_INIT(CERTIFICATE_MAX), tbs = BUF_INIT(CERTIFICATE_MAX);
	size_t begun;
	int err;

	if (!is_name(f->organisation) || !f->common_name || !is_name(f->common_name))
		return ERR_BADINPUT;
	err = put_tbs(&tbs, ca, f);
	if (err)
		return err;
	begun = cert_der_begin(&out, DER_SEQUENCE);
	buf_add_bytes(&out, buf_bytes(&tbs));
	buf_add_bytes(&out, BYTES(sha256_with_rsa));
	err = put_signature(&out, ca, buf_bytes(&tbs));
	cert_der_end(&out, begun);
	if (err || !buf_ok(&out))
		return err ? err : ERR_BADINPUT;
	*ret = arena_bytes(a, buf_bytes(&out));
	return 0;
}
