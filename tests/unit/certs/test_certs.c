/* SPDX-License-Identifier: EUPL-1.2 */
#include "certs/kept_int.h"
#include "certs/seal_int.h"
#include "tests/unit/certs/fixture.h"

#include "base/file.h"

#include <criterion/criterion.h>
#include <unistd.h>

static int read_kept(struct store_txn *txn, struct fixture *f, void *arg)
{
	struct cert_kept ca;

	cr_assert_eq(cert_kept_get(txn, f->a, CERT_KEPT_CA, &ca), 0);
	cr_assert_null(memmem(ca.sealed_key.p, ca.sealed_key.n, "\x02\x82\x01\x01", 4),
		"the key does not lie there as DER");
	return 0;
}

static void wrong_key_files(struct fixture *f)
{
	struct cert_options o = {.seal_key_path = f->key_path};
	AUTO(buf) struct buf right = BUF_INIT(4096);
	struct certs *c = NULL;

	cr_assert_eq(file_read(f->key_path, &right), 0);
	cr_assert_eq(unlink(f->key_path), 0);
	cr_assert_eq(certs_open(f->st, &o, &c), ERR_NOTFOUND);
	cr_assert_eq(cert_ring_create(f->key_path), 0); /* another store's */
	cr_assert_eq(certs_open(f->st, &o, &c), ERR_CRYPTO);
	cr_assert_null(c);
	/* the right one and a newer beside it */
	buf_add_str(&right, "key 9 AQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n");
	cr_assert_eq(file_write(f->key_path, buf_bytes(&right), 0600), 0);
	cr_assert_eq(certs_open(f->st, &o, &c), 0);
	certs_close(c);
}

Test(certs, founding_and_opening)
{
	struct fixture f;
	struct cert_options o = {0};
	struct certs *c = NULL;
	uint8_t print[32], hash[32];
	struct bytes sealed, plain;

	fixture_store(&f);
	o.seal_key_path = f.key_path;
	cr_assert_eq(certs_open(f.st, &o, &c), ERR_NOTFOUND);
	cr_assert_eq(cert_establish(f.st, &o, "", 20, f.now), ERR_BADINPUT);
	cr_assert_eq(access(f.key_path, F_OK), -1, "nothing was made");
	cr_assert_eq(cert_ring_create(f.key_path), 0); /* left by an interrupted founding */
	cr_assert_eq(certs_open(f.st, &o, &c), ERR_NOTFOUND);
	cr_assert_eq(cert_establish(f.st, &o, "Växjö kommun", 1, f.now), 0);
	cr_assert_eq(cert_establish(f.st, &o, "Växjö kommun", 1, f.now), ERR_EXISTS);
	fixture_reopen(&f, false);
	/* a year is less than an identity lives: the CA outlives it all the same */
	cr_assert_gt(cert_ca_not_after(f.c), f.now + 5 * CERT_YEAR_S);
	cr_assert_eq(fixture_read(&f, read_kept, NULL), 0);
	cr_assert_eq(cert_seal(f.c, "x/y", bytes_of_str("s"), f.a, &sealed), 0);
	fixture_reopen(&f, true);
	cr_assert_eq(cert_unseal(f.c, "x/y", sealed, f.a, &plain), 0);
	cr_assert(bytes_equal(plain, bytes_of_str("s")));
	cert_keyed_hash(f.c, "x", bytes_of_str("s"), hash);
	cert_keyed_hash(f.c, "y", bytes_of_str("s"), print);
	cr_assert_arr_neq(hash, print, 32);
	cr_assert_eq(fixture_faults(&f), 0);
	wrong_key_files(&f);
	certs_close(NULL);
	fixture_end(&f);
}
