/* SPDX-License-Identifier: EUPL-1.2 */
#include "certs/cms_int.h"
#include "certs/der_int.h"
#include "certs/scep_int.h"

#define TEXT_MAX 255
#define RSA_BITS_MIN 2048
#define RSA_BITS_MAX 4096

static const uint8_t common_name_oid[] = {0x55, 0x04, 0x03};
static const uint8_t challenge_oid[] = {0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x09, 0x07};

#define IS(b, table) bytes_equal((b), bytes_of((table), sizeof(table)))

/* The signature algorithms that are understood: the OID's octets, its digest, and whether to
 * call it old. Parameters are not looked at: none of these has any that matter. */
static const struct signature {
	uint8_t n, oid[9];
	enum cert_digest digest;
	bool old;
} signatures[] = {
	{9, {0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x05}, CERT_SHA1, true},
	{9, {0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x0b}, CERT_SHA256, false},
	{9, {0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x0c}, CERT_SHA384, false},
	{9, {0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x0d}, CERT_SHA512, false},
	{7, {0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x01}, CERT_SHA1, true},
	{8, {0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x02}, CERT_SHA256, false},
	{8, {0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x03}, CERT_SHA384, false},
	{8, {0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x04}, CERT_SHA512, false},
};

struct walk {
	struct bytes info, name, spki, signature;
	struct bytes challenge; /* p NULL when absent */
	const struct signature *algorithm;
};

/* --- taking it apart --- */

/* The next element as text of a kind that holds one octet a letter, or UTF-8. */
static bool take_text(struct cert_der *d, struct bytes *ret)
{
	switch (cert_der_peek(d)) {
	case DER_UTF8_STRING:
	case DER_PRINTABLE_STRING:
	case DER_T61_STRING:
	case DER_IA5_STRING:
		return cert_der_take(d, cert_der_peek(d), ret) == 0;
	default:
		return false;
	}
}

static const char *keep_text(struct bytes b, struct arena *a)
{
	if (!b.p || b.n == 0 || b.n > TEXT_MAX || memchr(b.p, 0, b.n))
		return NULL;
	return arena_strndup(a, b.p, b.n);
}

/* One Attribute: SEQUENCE { OID, SET { value } }. Remembers a challenge; two make it ill-formed. */
static int take_attribute(struct cert_der *list, struct walk *w)
{
	struct cert_der in, set;
	struct bytes oid;

	if (cert_der_enter(list, DER_SEQUENCE, &in) || in.open ||
		cert_der_take(&in, DER_OID, &oid) || cert_der_enter(&in, DER_SET, &set) || set.open)
		return ERR_BADINPUT;
	if (IS(oid, challenge_oid)) {
		if (w->challenge.p || !take_text(&set, &w->challenge) || cert_der_more(&set))
			return ERR_BADINPUT;
	}
	set.p = set.end;
	return cert_der_leave(&in, &set) || cert_der_leave(list, &in) ? ERR_BADINPUT : 0;
}

static int walk_info(struct walk *w)
{
	struct cert_der whole = cert_der_of_bytes(w->info), info, list;
	struct bytes version;

	if (cert_der_enter(&whole, DER_SEQUENCE, &info) || info.open ||
		cert_der_take(&info, DER_INTEGER, &version) ||
		cert_der_take_whole(&info, DER_SEQUENCE, &w->name) ||
		cert_der_take_whole(&info, DER_SEQUENCE, &w->spki))
		return ERR_BADINPUT;
	if (!cert_der_more(&info)) /* attributes left out, against RFC 2986 but harmless */
		return 0;
	if (cert_der_enter(&info, DER_CONTEXT(0), &list) || list.open)
		return ERR_BADINPUT;
	while (cert_der_more(&list)) {
		if (take_attribute(&list, w))
			return ERR_BADINPUT;
	}
	return cert_der_leave(&info, &list) || cert_der_leave(&whole, &info) ? ERR_BADINPUT : 0;
}

static const struct signature *signature_by_oid(struct bytes oid)
{
	for (size_t i = 0; i < sizeof(signatures) / sizeof(signatures[0]); i++) {
		if (bytes_equal(oid, bytes_of(signatures[i].oid, signatures[i].n)))
			return &signatures[i];
	}
	return NULL;
}

static int walk_request(struct bytes der, struct walk *w)
{
	struct cert_der whole = cert_der_of_bytes(der), in, algorithm;
	struct bytes oid, bits;

	if (cert_der_enter(&whole, DER_SEQUENCE, &in) || in.open ||
		cert_der_take_whole(&in, DER_SEQUENCE, &w->info) ||
		cert_der_enter(&in, DER_SEQUENCE, &algorithm) || algorithm.open ||
		cert_der_take(&algorithm, DER_OID, &oid))
		return ERR_BADINPUT;
	in.p = algorithm.end;
	if (cert_der_take(&in, DER_BIT_STRING, &bits) || bits.n < 2 || bits.p[0] != 0 ||
		cert_der_leave(&whole, &in) || cert_der_more(&whole))
		return ERR_BADINPUT;
	w->signature = bytes_of(bits.p + 1, bits.n - 1);
	w->algorithm = signature_by_oid(oid);
	return walk_info(w);
}

/* Counts the common names in one RelativeDistinguishedName. */
static int walk_rdn(struct cert_der *name, struct bytes *ret_text, int *count)
{
	struct cert_der set, pair;
	struct bytes oid;

	if (cert_der_enter(name, DER_SET, &set) || set.open)
		return ERR_BADINPUT;
	while (cert_der_more(&set)) {
		if (cert_der_enter(&set, DER_SEQUENCE, &pair) || pair.open ||
			cert_der_take(&pair, DER_OID, &oid))
			return ERR_BADINPUT;
		if (IS(oid, common_name_oid)) {
			++*count;
			if (!take_text(&pair, ret_text))
				*ret_text = bytes_of(NULL, 0);
		}
		pair.p = pair.end;
		if (cert_der_leave(&set, &pair))
			return ERR_BADINPUT;
	}
	return cert_der_leave(name, &set);
}

/* The only common name of a subject; *ret is NULL when there is none or more than one. */
static int common_name(struct bytes der, struct arena *a, const char **ret)
{
	struct cert_der whole = cert_der_of_bytes(der), name;
	struct bytes text = {0};
	int count = 0;

	if (cert_der_enter(&whole, DER_SEQUENCE, &name) || name.open)
		return ERR_BADINPUT;
	while (cert_der_more(&name)) {
		if (walk_rdn(&name, &text, &count))
			return ERR_BADINPUT;
	}
	*ret = count == 1 ? keep_text(text, a) : NULL;
	return 0;
}

/* --- the key, and its proof --- */

/* A kind of key that is not seen every day. */
static int load_by_openssl(struct bytes spki, struct cert_pub **ret)
{
	AUTO(EVP_PKEY) EVP_PKEY *key = NULL;
	int err = cert_spki_parse(spki, &key);
	struct cert_pub *pub = err ? NULL : cert_pub_of_key(key);

	if (pub)
		*ret = pub;
	return pub || err ? err : ERR_INTERNAL;
}

static int load_key(struct bytes spki, struct arena *a, struct cert_pub **ret)
{
	int err = cert_pub_parse(spki, ret);

	if (err)
		err = load_by_openssl(spki, ret);
	if (!err)
		cert_pub_keep(*ret, a);
	return err;
}

bool cert_csr_key_fits(const struct cert_csr *csr)
{
	int bits = cert_pub_bits(csr->key);

	if (cert_pub_is_rsa(csr->key))
		return bits >= RSA_BITS_MIN && bits <= RSA_BITS_MAX;
	return cert_pub_is_curve(csr->key, SN_X9_62_prime256v1) ||
	       cert_pub_is_curve(csr->key, SN_secp384r1);
}

static bool prove(const struct walk *w, const struct cert_pub *key)
{
	uint8_t digest[EVP_MAX_MD_SIZE];
	enum cert_digest d;
	unsigned n;

	if (!w->algorithm)
		return false;
	d = w->algorithm->digest;
	return EVP_Digest(w->info.p, w->info.n, digest, &n, cert_digest_md(d), NULL) == 1 &&
	       cert_pub_verify(key, d, bytes_of(digest, n), w->signature) == 0;
}

int cert_csr_parse(struct bytes der, struct arena *a, struct cert_csr *ret)
{
	struct cert_csr csr = {0};
	struct walk w = {0};

	if (walk_request(der, &w) || common_name(w.name, a, &csr.common_name) ||
		load_key(w.spki, a, &csr.key))
		return cert_fail(ERR_BADINPUT);
	csr.spki = arena_bytes(a, w.spki);
	cert_sha256(csr.spki, csr.key_hash);
	csr.challenge = keep_text(w.challenge, a);
	csr.old_digest = !w.algorithm || w.algorithm->old;
	/* a key that does not fit is not worth the effort of proving: a huge one takes long */
	csr.proved = cert_csr_key_fits(&csr) && prove(&w, csr.key);
	*ret = csr;
	return cert_fail(0);
}
