/* SPDX-License-Identifier: EUPL-1.2 */
#include "certs/cms_int.h"
#include "certs/der_int.h"

static const uint8_t sha256_with_rsa[] = {
	0x30, 0x0d, 0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x0b, 0x05, 0x00};
static const uint8_t version_3[] = {0xa0, 0x03, 0x02, 0x01, 0x02};
static const uint8_t key_id_oid[] = {0x55, 0x1d, 0x0e};

#define IS(b, table) bytes_equal((b), bytes_of((table), sizeof(table)))

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

	return cert_der_take_unsigned(&look, &number)
		       ? ERR_BADINPUT
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
		!IS(algorithm, sha256_with_rsa) || cert_der_take_bits(&cert, &w.signature) ||
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
