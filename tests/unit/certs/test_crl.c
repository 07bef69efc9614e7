/* SPDX-License-Identifier: EUPL-1.2 */
#include "certs/kept_int.h"
#include "tests/unit/certs/fixture.h"

#include <criterion/criterion.h>

static int revoke_two(struct store_txn *txn, struct fixture *f, void *arg)
{
	for (uint8_t i = 1; i <= 3; i++) {
		struct cert_identity id = {.not_after = i < 3 ? f->now + 1000 : f->now - 1};

		memset(id.fingerprint, i, sizeof(id.fingerprint));
		memset(id.serial, 0x40 + i, sizeof(id.serial));
		cr_assert_eq(cert_identity_add(txn, &id), 0);
		cr_assert_eq(cert_identity_revoke(txn, id.fingerprint, i == 1 ? 0 : 4, f->now), 0);
	}
	return 0;
}

static X509_CRL *read_list(struct fixture *f)
{
	struct bytes der;
	const uint8_t *p;
	X509_CRL *crl;

	cr_assert_eq(cert_crl(f->c, f->st, f->now, f->a, &der), 0);
	p = der.p;
	crl = d2i_X509_CRL(NULL, &p, (long)der.n);
	cr_assert_not_null(crl);
	cr_assert_eq(X509_CRL_verify(crl, f->c->ca.key), 1);
	cr_assert_eq(X509_CRL_get_version(crl), X509_CRL_VERSION_2);
	return crl;
}

Test(crl, lists_what_is_revoked_and_still_alive)
{
	AUTO(X509_CRL) X509_CRL *none = NULL, *two = NULL;
	STACK_OF(X509_REVOKED) * rows;
	struct fixture f;
	int64_t next;

	fixture_house(&f);
	none = read_list(&f);
	cr_assert_leq(sk_X509_REVOKED_num(X509_CRL_get_REVOKED(none)), 0);
	cr_assert_eq(fixture_write(&f, revoke_two, NULL), 0);
	two = read_list(&f);
	rows = X509_CRL_get_REVOKED(two);
	cr_assert_eq(sk_X509_REVOKED_num(rows), 2);
	for (int i = 0; i < 2; i++) {
		X509_REVOKED *row = sk_X509_REVOKED_value(rows, i);
		const ASN1_INTEGER *serial = X509_REVOKED_get0_serialNumber(row);

		cr_assert_eq(ASN1_STRING_length(serial), CERT_SERIAL);
		cr_assert_eq(ASN1_STRING_get0_data(serial)[7], 0x41 + i);
		cr_assert_eq(X509_REVOKED_get_ext_by_NID(row, NID_crl_reason, -1) >= 0, i == 1);
	}
	cr_assert_eq(cert_time_of(X509_CRL_get0_nextUpdate(two), &next), 0);
	cr_assert_gt(next, f.now);
	fixture_end(&f);
}
