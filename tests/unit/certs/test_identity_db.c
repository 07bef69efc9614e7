/* SPDX-License-Identifier: EUPL-1.2 */
#include "certs/kept_int.h"
#include "tests/unit/certs/fixture.h"

#include <criterion/criterion.h>

static struct cert_identity make(uint8_t mark, int64_t not_after)
{
	struct cert_identity id = {
		.device_serial = "DMPXK0Q1",
		.invitation = "inv-1",
		.purpose = CERT_FOR_ENROLMENT,
		.issued_at = 100,
		.not_before = 50,
		.not_after = not_after,
	};

	memset(id.fingerprint, mark, sizeof(id.fingerprint));
	memset(id.serial, mark, sizeof(id.serial));
	return id;
}

static int add_and_get(struct store_txn *txn, struct fixture *f, void *arg)
{
	struct cert_identity id = make(1, 1000), got;

	cr_assert_eq(cert_identity_get(txn, f->a, id.fingerprint, &got), ERR_NOTFOUND);
	cr_assert_eq(cert_identity_add(txn, &id), 0);
	cr_assert_eq(cert_identity_add(txn, &id), ERR_EXISTS);
	cr_assert_eq(cert_identity_get(txn, f->a, id.fingerprint, &got), 0);
	cr_assert_arr_eq(got.fingerprint, id.fingerprint, CERT_FINGERPRINT);
	cr_assert_arr_eq(got.serial, id.serial, CERT_SERIAL);
	cr_assert_str_eq(got.device_serial, "DMPXK0Q1");
	cr_assert_str_eq(got.invitation, "inv-1");
	cr_assert_null(got.udid);
	cr_assert_eq(got.purpose, (uint32_t)CERT_FOR_ENROLMENT);
	cr_assert_eq(got.issued_at, 100);
	cr_assert_eq(got.not_before, 50);
	cr_assert_eq(got.not_after, 1000);
	return 0;
}

static int bind(struct store_txn *txn, struct fixture *f, void *arg)
{
	struct cert_identity id = make(1, 1000), got;
	uint8_t unknown[CERT_FINGERPRINT] = {9};

	cr_assert_eq(cert_identity_bind(txn, unknown, "U1"), ERR_NOTFOUND);
	cr_assert_eq(cert_identity_bind(txn, id.fingerprint, "U1"), 0);
	cr_assert_eq(cert_identity_bind(txn, id.fingerprint, "U1"), 0);
	cr_assert_eq(cert_identity_bind(txn, id.fingerprint, "U2"), ERR_CONFLICT);
	cr_assert_eq(cert_identity_get(txn, f->a, id.fingerprint, &got), 0);
	cr_assert_str_eq(got.udid, "U1");
	return 0;
}

/* In pages of two, as a worker walks it. */
static int expiring(struct store_txn *txn, struct fixture *f, void *arg)
{
	struct cert_identity *list, after;
	size_t n, all = 0;
	int64_t last = 0;

	for (uint8_t i = 2; i < 9; i++) {
		struct cert_identity id = make(i, i < 5 ? 500 : 100 * i);

		cr_assert_eq(cert_identity_add(txn, &id), 0);
	}
	cr_assert_eq(cert_identity_expiring(txn, f->a, 800, NULL, 2, &list, &n), 0);
	while (n) {
		for (size_t i = 0; i < n; i++) {
			cr_assert_geq(list[i].not_after, last);
			cr_assert_lt(list[i].not_after, 800);
			last = list[i].not_after;
			all++;
		}
		after = list[n - 1];
		cr_assert_eq(cert_identity_expiring(txn, f->a, 800, &after, 2, &list, &n), 0);
	}
	cr_assert_eq(all, 6); /* 500 four times (one is 5 * 100), 600, 700 */
	return 0;
}

static int revoke(struct store_txn *txn, struct fixture *f, void *arg)
{
	struct cert_identity id = make(2, 500), got, *list;
	struct cert_revoked *revoked;
	size_t n;

	cr_assert_eq(cert_identity_revoke(txn, id.fingerprint, 5, 300), 0);
	cr_assert_eq(cert_identity_revoke(txn, id.fingerprint, 1, 400), 0, "the first counts");
	cr_assert_eq(cert_identity_get(txn, f->a, id.fingerprint, &got), 0);
	cr_assert_eq(got.revoked_at, 300);
	cr_assert_eq(got.revoked_reason, 5u);
	cr_assert_eq(cert_identity_expiring(txn, f->a, 600, NULL, 10, &list, &n), 0);
	for (size_t i = 0; i < n; i++)
		cr_assert_neq(list[i].fingerprint[0], 2);
	cr_assert_eq(cert_revoked_list(txn, f->a, 400, &revoked, &n), 0);
	cr_assert_eq(n, 1);
	cr_assert_arr_eq(revoked[0].serial, id.serial, CERT_SERIAL);
	cr_assert_eq(revoked[0].at, 300);
	cr_assert_eq(revoked[0].reason, 5u);
	cr_assert_eq(cert_revoked_list(txn, f->a, 500, &revoked, &n), 0);
	cr_assert_eq(n, 0, "an expired one need not be listed");
	return 0;
}

static int adopt(struct store_txn *txn, struct fixture *f, void *arg)
{
	struct cert_identity id = make(20, 9000), got;

	id.udid = "OLD-UDID";
	cr_assert_eq(cert_identity_adopt(txn, &id), 0);
	id = make(21, 9000);
	id.revoked_at = 77;
	cr_assert_eq(cert_identity_adopt(txn, &id), 0);
	cr_assert_eq(cert_identity_get(txn, f->a, id.fingerprint, &got), 0);
	cr_assert_eq(got.revoked_at, 77);
	return 0;
}

Test(identity_db, life_of_identities)
{
	struct fixture f;

	fixture_store(&f);
	cr_assert_eq(fixture_write(&f, add_and_get, NULL), 0);
	cr_assert_eq(fixture_write(&f, bind, NULL), 0);
	cr_assert_eq(fixture_write(&f, expiring, NULL), 0);
	cr_assert_eq(fixture_write(&f, revoke, NULL), 0);
	cr_assert_eq(fixture_write(&f, adopt, NULL), 0);
	cr_assert_eq(fixture_faults(&f), 0);
	fixture_end(&f);
}
