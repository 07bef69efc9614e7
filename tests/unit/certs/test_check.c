/* SPDX-License-Identifier: EUPL-1.2 */
#include "certs/kept_int.h"
#include "tests/unit/certs/fixture.h"

#include <criterion/criterion.h>

static struct cert_identity make(uint8_t mark)
{
	struct cert_identity id = {.not_after = 1000 + mark};

	memset(id.fingerprint, mark, sizeof(id.fingerprint));
	memset(id.serial, mark, sizeof(id.serial));
	return id;
}

static int fill(struct store_txn *txn, struct fixture *f, void *arg)
{
	struct cert_identity good = make(1), revoked = make(2);

	cr_assert_eq(cert_identity_add(txn, &good), 0);
	cr_assert_eq(cert_identity_add(txn, &revoked), 0);
	cr_assert_eq(cert_identity_revoke(txn, revoked.fingerprint, 1, 50), 0);
	return 0;
}

struct damage {
	enum store_table table;
	bool remove; /* the table's first row; else a foreign row is put in */
	int faults;
};

static int break_it(struct store_txn *txn, struct fixture *f, void *arg)
{
	AUTO(store_iter) struct store_iter it = {0};
	const struct damage *d = arg;
	struct bytes key, value;
	struct store_key k;

	if (!d->remove) {
		k = store_key("b", "0123456789abcdef0123456789abcdef", (size_t)32);
		return store_put(txn, d->table, &k, bytes_of_str("\xff rubbish"));
	}
	cr_assert_eq(store_iter_init(&it, txn, d->table, NULL), 0);
	cr_assert_eq(store_iter_next(&it, &key, &value), 0);
	k = store_key("b", key.p, key.n);
	return store_del(txn, d->table, &k);
}

Test(check, finds_what_is_missing_or_foreign)
{
	static const struct damage damages[] = {
		{CERT_IDENTITY, true, 1}, /* its row in the index is left */
		{CERT_IDENTITY, false, 1},
		{CERT_BY_EXPIRY, true, 1},
		{CERT_BY_EXPIRY, false, 1},
		{CERT_REVOKED, true, 1},
		{CERT_REVOKED, false, 1},
		{CERT_CHALLENGE, true, 1},
		{CERT_CHALLENGE, false, 1},
		{CERT_CHALLENGE_DUE, true, 1},
		{CERT_CHALLENGE_DUE, false, 1},
		{CERT_KEPT, false, 1},
	};

	for (size_t i = 0; i < sizeof(damages) / sizeof(damages[0]); i++) {
		struct fixture f;

		fixture_store(&f);
		cr_assert_eq(fixture_write(&f, fill, NULL), 0);
		fixture_challenge(&f, "DMPX", NULL, f.now + 5);
		cr_assert_eq(fixture_faults(&f), 0);
		cr_assert_eq(fixture_write(&f, break_it, (void *)&damages[i]), 0);
		cr_assert_eq(fixture_faults(&f), damages[i].faults, "case %zu", i);
		fixture_end(&f);
	}
}
