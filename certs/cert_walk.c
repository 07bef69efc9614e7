/* SPDX-License-Identifier: EUPL-1.2 */
#include "certs/cms_int.h"
#include "certs/der_int.h"

#include <openssl/core_names.h>

#define RSA_OCTETS_MIN 256
#define RSA_OCTETS_MAX 512
#define P256_POINT 65

static const uint8_t sha256_with_rsa[] = {
	0x30, 0x0d, 0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x0b, 0x05, 0x00};
static const uint8_t rsa_algorithm[] = {
	0x30, 0x0d, 0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01, 0x05, 0x00};
static const uint8_t p256_algorithm[] = {0x30, 0x13, 0x06, 0x07, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02,
	0x01, 0x06, 0x08, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07};
static const uint8_t version_3[] = {0xa0, 0x03, 0x02, 0x01, 0x02};
static const uint8_t key_id_oid[] = {0x55, 0x1d, 0x0e};

#define IS(b, table) bytes_equal((b), bytes_of((table), sizeof(table)))

/* A BIT STRING of whole octets. */
static int take_bits(struct cert_der *d, struct bytes *ret)
{
	struct bytes b;

	if (cert_der_take(d, DER_BIT_STRING, &b) || b.n < 2 || b.p[0] != 0)
		return ERR_BADINPUT;
	*ret = bytes_of(b.p + 1, b.n - 1);
	return 0;
}

/* An INTEGER in its shortest form, not negative; without the zero in front. */
static int take_unsigned(struct cert_der *d, struct bytes *ret)
{
	struct bytes b;

	if (cert_der_take(d, DER_INTEGER, &b) || b.n == 0 || b.p[0] & 0x80)
		return ERR_BADINPUT;
	if (b.n > 1 && b.p[0] == 0) {
		if (!(b.p[1] & 0x80))
			return ERR_BADINPUT;
		b = bytes_of(b.p + 1, b.n - 1);
	}
	*ret = b;
	return 0;
}

/* An object identifier as X.690 8.19 wants it: numbers that end, in their shortest form. */
static int take_oid(struct cert_der *d, struct bytes *ret)
{
	struct bytes b;
	bool first = true;

	if (cert_der_take(d, DER_OID, &b) || b.n == 0 || b.p[b.n - 1] & 0x80)
		return ERR_BADINPUT;
	for (size_t i = 0; i < b.n; i++) {
		if (first && b.p[i] == 0x80)
			return ERR_BADINPUT;
		first = !(b.p[i] & 0x80);
	}
	*ret = b;
	return 0;
}

static int take_serial(struct cert_der *d, struct bytes *ret_whole)
{
	struct cert_der look = *d;
	struct bytes number;

	return take_unsigned(&look, &number) ? ERR_BADINPUT
					     : cert_der_take_whole(d, DER_INTEGER, ret_whole);
}

static int take_validity(struct cert_der *d, struct cert_walk *w)
{
	struct cert_der in;

	if (cert_der_enter(d, DER_SEQUENCE, &in) || in.open ||
		cert_der_take_time(&in, &w->not_before) || cert_der_take_time(&in, &w->not_after))
		return ERR_BADINPUT;
	return cert_der_leave(d, &in);
}

/* One extension; remembers the subject key identifier. */
static int take_extension(struct cert_der *list, struct cert_walk *w)
{
	struct cert_der in, value;
	struct bytes oid, critical, octets;

	if (cert_der_enter(list, DER_SEQUENCE, &in) || in.open || take_oid(&in, &oid))
		return ERR_BADINPUT;
	if (cert_der_peek(&in) == DER_BOOLEAN &&
		(cert_der_take(&in, DER_BOOLEAN, &critical) || critical.n != 1))
		return ERR_BADINPUT;
	if (cert_der_take(&in, DER_OCTET_STRING, &octets))
		return ERR_BADINPUT;
	if (IS(oid, key_id_oid)) {
		value = cert_der_of_bytes(octets);
		if (w->key_id.n || cert_der_take(&value, DER_OCTET_STRING, &w->key_id) ||
			cert_der_more(&value) || w->key_id.n == 0)
			return ERR_BADINPUT;
	}
	return cert_der_leave(list, &in);
}

static int take_extensions(struct cert_der *tbs, struct cert_walk *w)
{
	struct cert_der in, list;

	if (cert_der_enter(tbs, DER_CONTEXT(3), &in) || in.open ||
		cert_der_enter(&in, DER_SEQUENCE, &list) || list.open)
		return ERR_BADINPUT;
	while (cert_der_more(&list)) {
		if (take_extension(&list, w))
			return ERR_BADINPUT;
	}
	return cert_der_leave(&in, &list) || cert_der_leave(tbs, &in) ? ERR_BADINPUT : 0;
}

static int walk_tbs(struct cert_walk *w)
{
	struct cert_der whole = cert_der_of_bytes(w->tbs), tbs;
	struct bytes version, algorithm;

	if (cert_der_enter(&whole, DER_SEQUENCE, &tbs) || tbs.open ||
		cert_der_take_whole(&tbs, DER_CONTEXT(0), &version) || !IS(version, version_3) ||
		take_serial(&tbs, &w->serial) ||
		cert_der_take_whole(&tbs, DER_SEQUENCE, &algorithm) ||
		!IS(algorithm, sha256_with_rsa) ||
		cert_der_take_whole(&tbs, DER_SEQUENCE, &w->issuer) || take_validity(&tbs, w) ||
		cert_der_take_whole(&tbs, DER_SEQUENCE, &w->subject) ||
		cert_der_take_whole(&tbs, DER_SEQUENCE, &w->spki) ||
		(cert_der_more(&tbs) && take_extensions(&tbs, w)))
		return ERR_UNSUPPORTED;
	return cert_der_leave(&whole, &tbs) ? ERR_UNSUPPORTED : 0;
}

int cert_walk(struct bytes der, struct cert_walk *ret)
{
	struct cert_der in = cert_der_of_bytes(der), cert;
	struct cert_walk w = {0};
	struct bytes algorithm;

	if (cert_der_enter(&in, DER_SEQUENCE, &cert) || cert.open ||
		cert_der_take_whole(&cert, DER_SEQUENCE, &w.tbs) ||
		cert_der_take_whole(&cert, DER_SEQUENCE, &algorithm) ||
		!IS(algorithm, sha256_with_rsa) || take_bits(&cert, &w.signature) ||
		cert_der_leave(&in, &cert) || cert_der_more(&in))
		return ERR_UNSUPPORTED;
	if (walk_tbs(&w))
		return ERR_UNSUPPORTED;
	*ret = w;
	return 0;
}

static bool name_part_is_plain(struct cert_der *name)
{
	struct cert_der set, pair;
	struct bytes oid, text;
	uint8_t tag;

	if (cert_der_enter(name, DER_SET, &set) || set.open ||
		cert_der_enter(&set, DER_SEQUENCE, &pair) || pair.open || take_oid(&pair, &oid))
		return false;
	tag = cert_der_peek(&pair);
	if ((tag != DER_UTF8_STRING && tag != DER_PRINTABLE_STRING && tag != DER_IA5_STRING) ||
		cert_der_take(&pair, tag, &text))
		return false;
	for (size_t i = 0; i < text.n; i++) {
		if (text.p[i] < ' ' || text.p[i] > '~')
			return false;
	}
	return !cert_der_leave(&set, &pair) && !cert_der_leave(name, &set);
}

static bool name_is_plain(struct bytes name)
{
	struct cert_der whole = cert_der_of_bytes(name), in;

	if (cert_der_enter(&whole, DER_SEQUENCE, &in))
		return false;
	while (cert_der_more(&in)) {
		if (!name_part_is_plain(&in))
			return false;
	}
	return true;
}

bool cert_walk_names(const struct cert_walk *w)
{
	return name_is_plain(w->issuer) && name_is_plain(w->subject);
}

static int key_from(const char *type, OSSL_PARAM *params, EVP_PKEY **ret)
{
	AUTO(EVP_PKEY_CTX) EVP_PKEY_CTX *ctx = EVP_PKEY_CTX_new_from_name(NULL, type, NULL);
	EVP_PKEY *key = NULL;

	if (!ctx || EVP_PKEY_fromdata_init(ctx) != 1 ||
		EVP_PKEY_fromdata(ctx, &key, EVP_PKEY_PUBLIC_KEY, params) != 1)
		return cert_fail(ERR_UNSUPPORTED);
	*ret = key;
	return 0;
}

static int rsa_key(struct bytes bits, EVP_PKEY **ret)
{
	struct cert_der in = cert_der_of_bytes(bits), pair;
	uint8_t native[RSA_OCTETS_MAX];
	struct bytes n, e;
	uint32_t exponent = 0;
	OSSL_PARAM params[3];

	if (cert_der_enter(&in, DER_SEQUENCE, &pair) || pair.open || take_unsigned(&pair, &n) ||
		take_unsigned(&pair, &e) || cert_der_leave(&in, &pair) || cert_der_more(&in))
		return ERR_UNSUPPORTED;
	if (n.n < RSA_OCTETS_MIN || n.n > RSA_OCTETS_MAX || !(n.p[0] & 0x80) ||
		!(n.p[n.n - 1] & 1) || e.n > 4)
		return ERR_UNSUPPORTED;
	for (size_t i = 0; i < e.n; i++)
		exponent = exponent << 8 | e.p[i];
	if (exponent < 3 || !(exponent & 1))
		return ERR_UNSUPPORTED;
	/* OSSL_PARAM carries numbers in the machine's own order */
	for (size_t i = 0; i < n.n; i++)
		native[__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__ ? n.n - 1 - i : i] = n.p[i];
	params[0] = OSSL_PARAM_construct_BN(OSSL_PKEY_PARAM_RSA_N, native, n.n);
	params[1] = OSSL_PARAM_construct_uint32(OSSL_PKEY_PARAM_RSA_E, &exponent);
	params[2] = OSSL_PARAM_construct_end();
	return key_from("RSA", params, ret);
}

static int p256_key(struct bytes bits, EVP_PKEY **ret)
{
	char group[] = "P-256";
	uint8_t point[P256_POINT];
	OSSL_PARAM params[3];

	if (bits.n != P256_POINT || bits.p[0] != 0x04)
		return ERR_UNSUPPORTED;
	memcpy(point, bits.p, sizeof(point));
	params[0] = OSSL_PARAM_construct_utf8_string(OSSL_PKEY_PARAM_GROUP_NAME, group, 0);
	params[1] =
		OSSL_PARAM_construct_octet_string(OSSL_PKEY_PARAM_PUB_KEY, point, sizeof(point));
	params[2] = OSSL_PARAM_construct_end();
	return key_from("EC", params, ret);
}

int cert_spki_key(struct bytes spki, EVP_PKEY **ret)
{
	struct cert_der in = cert_der_of_bytes(spki), body;
	struct bytes algorithm, bits;

	if (cert_der_enter(&in, DER_SEQUENCE, &body) || body.open ||
		cert_der_take_whole(&body, DER_SEQUENCE, &algorithm) || take_bits(&body, &bits) ||
		cert_der_leave(&in, &body) || cert_der_more(&in))
		return ERR_UNSUPPORTED;
	if (IS(algorithm, rsa_algorithm))
		return rsa_key(bits, ret);
	if (IS(algorithm, p256_algorithm))
		return p256_key(bits, ret);
	return ERR_UNSUPPORTED;
}
