/* SPDX-License-Identifier: EUPL-1.2 */
#include "certs/kept_int.h"
#include "tests/unit/certs/fixture.h"

#include <criterion/criterion.h>

static int act(struct store_txn *txn, struct fixture *f, void *arg)
{
	struct cert_kept kept = {
		.certificate = bytes_of_str("der"),
		.sealed_key = bytes_of_str("sealed"),
		.name = "Växjö kommun",
		.not_before = -5,
		.not_after = 5000000000,
		.generation = 3,
	};
	struct cert_kept got = {0};

	cr_assert_eq(cert_kept_get(txn, f->a, "ca", &got), ERR_NOTFOUND);
	cr_assert_eq(cert_kept_put(txn, "ca", &kept), 0);
	cr_assert_eq(cert_kept_get(txn, f->a, "ca", &got), 0);
	cr_assert(bytes_equal(got.certificate, kept.certificate));
	cr_assert(bytes_equal(got.sealed_key, kept.sealed_key));
	cr_assert_str_eq(got.name, kept.name);
	cr_assert_eq(got.not_before, -5);
	cr_assert_eq(got.not_after, 5000000000);
	cr_assert_eq(got.generation, 3);
	cr_assert_eq(cert_kept_get(txn, f->a, "c", &got), ERR_NOTFOUND);
	cr_assert_eq(cert_kept_del(txn, "ca"), 0);
	cr_assert_eq(cert_kept_del(txn, "ca"), ERR_NOTFOUND);
	return 0;
}

Test(kept_db, round_trip)
{
	struct fixture f;

	fixture_store(&f);
	cr_assert_eq(fixture_write(&f, act, NULL), 0);
	fixture_end(&f);
}
