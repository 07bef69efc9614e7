/* SPDX-License-Identifier: EUPL-1.2 */
/* The revocation list, RFC 5280 5. */
#include "certs/certs_int.h"
#include "certs/kept_int.h"

#include <openssl/x509v3.h>

#define NEXT_UPDATE_S (7 * CERT_DAY_S)

struct listing {
	struct arena *arena;
	int64_t now;
	struct cert_revoked *list;
	size_t n;
};

static int load(struct store_txn *txn, void *arg)
{
	struct listing *l = arg;

	return cert_revoked_list(txn, l->arena, l->now, &l->list, &l->n);
}

static int add_reason(X509_REVOKED *row, uint32_t reason)
{
	ASN1_ENUMERATED *value = ASN1_ENUMERATED_new();
	int ok = value && ASN1_ENUMERATED_set(value, (long)reason) == 1 &&
		 X509_REVOKED_add1_ext_i2d(row, NID_crl_reason, value, 0, 0) == 1;

	ASN1_ENUMERATED_free(value);
	return ok ? 0 : cert_fail(ERR_INTERNAL);
}

static int fill_row(X509_REVOKED *row, const struct cert_revoked *r)
{
	ASN1_INTEGER *serial = ASN1_INTEGER_new();
	ASN1_TIME *at = ASN1_TIME_set(NULL, (time_t)r->at);
	int ok = serial && at && ASN1_STRING_set(serial, r->serial, CERT_SERIAL) == 1 &&
		 X509_REVOKED_set_serialNumber(row, serial) == 1 &&
		 X509_REVOKED_set_revocationDate(row, at) == 1;

	ASN1_INTEGER_free(serial);
	ASN1_TIME_free(at);
	if (!ok)
		return cert_fail(ERR_INTERNAL);
	/* "unspecified" is said by leaving the reason out, RFC 5280 5.3.1 */
	return r->reason ? add_reason(row, r->reason) : 0;
}

static int add_row(X509_CRL *crl, const struct cert_revoked *r)
{
	X509_REVOKED *row = X509_REVOKED_new();

	if (!row)
		return cert_fail(ERR_INTERNAL);
	if (fill_row(row, r) || X509_CRL_add0_revoked(crl, row) != 1) {
		X509_REVOKED_free(row);
		return cert_fail(ERR_INTERNAL);
	}
	return 0;
}

static int set_times(X509_CRL *crl, int64_t now)
{
	ASN1_TIME *last = ASN1_TIME_set(NULL, (time_t)now);
	ASN1_TIME *next = ASN1_TIME_set(NULL, (time_t)(now + NEXT_UPDATE_S));
	int ok = last && next && X509_CRL_set1_lastUpdate(crl, last) == 1 &&
		 X509_CRL_set1_nextUpdate(crl, next) == 1;

	ASN1_TIME_free(last);
	ASN1_TIME_free(next);
	return ok ? 0 : cert_fail(ERR_INTERNAL);
}

/* The list's number must rise: the time does. */
static int add_extensions(X509_CRL *crl, X509 *ca, int64_t now)
{
	AUTO(X509_EXTENSION) X509_EXTENSION *issuer = NULL;
	ASN1_INTEGER *number = ASN1_INTEGER_new();
	X509V3_CTX ctx;
	int ok = number && ASN1_INTEGER_set_int64(number, now) == 1 &&
		 X509_CRL_add1_ext_i2d(crl, NID_crl_number, number, 0, 0) == 1;

	ASN1_INTEGER_free(number);
	X509V3_set_ctx(&ctx, ca, NULL, NULL, crl, 0);
	issuer = X509V3_EXT_conf_nid(NULL, &ctx, NID_authority_key_identifier, "keyid:always");
	if (!ok || !issuer || X509_CRL_add_ext(crl, issuer, -1) != 1)
		return cert_fail(ERR_INTERNAL);
	return 0;
}

static int make(struct certs *c, const struct listing *l, X509_CRL *crl)
{
	static const uint8_t none[CERT_SERIAL];
	int err;

	if (X509_CRL_set_version(crl, X509_CRL_VERSION_2) != 1 ||
		X509_CRL_set_issuer_name(crl, X509_get_subject_name(c->ca.cert)) != 1)
		return cert_fail(ERR_INTERNAL);
	err = set_times(crl, l->now);
	for (size_t i = 0; i < l->n && !err; i++) {
		/* an adopted identity is another CA's: the list speaks of ours */
		if (memcmp(l->list[i].serial, none, CERT_SERIAL) != 0)
			err = add_row(crl, &l->list[i]);
	}
	if (!err)
		err = add_extensions(crl, c->ca.cert, l->now);
	if (err)
		return err;
	if (X509_CRL_sort(crl) != 1 || X509_CRL_sign(crl, c->ca.key, c->md[CERT_SHA256]) <= 0)
		return cert_fail(ERR_INTERNAL);
	return 0;
}

int cert_crl(struct certs *c, struct store *st, int64_t now, struct arena *a, struct bytes *ret)
{
	AUTO(X509_CRL) X509_CRL *crl = X509_CRL_new();
	struct listing l = {.arena = a, .now = now};
	uint8_t *der = NULL;
	int n, err = store_read(st, load, &l);

	if (err)
		return err;
	if (!crl)
		return cert_fail(ERR_INTERNAL);
	err = make(c, &l, crl);
	if (err)
		return err;
	n = i2d_X509_CRL(crl, &der);
	if (n <= 0)
		return cert_fail(ERR_INTERNAL);
	*ret = arena_bytes(a, bytes_of(der, (size_t)n));
	OPENSSL_free(der);
	return 0;
}
