/* SPDX-License-Identifier: EUPL-1.2 */
#include "certs/seal_int.h"

#include <criterion/criterion.h>

static struct cert_ring *ring(const char *text)
{
	struct cert_ring *r = NULL;

	cr_assert_eq(cert_ring_parse(bytes_of_str(text), &r), 0);
	return r;
}

#define KEY_1 "key 1 AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n"
#define KEY_2 "key 2 AQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n"
#define KEY_1_OTHER "key 1 AgAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n"

Test(seal, opens_what_it_sealed_and_nothing_else)
{
	AUTO(arena) struct arena *a = arena_new();
	AUTO(cert_ring) struct cert_ring *r = ring(KEY_1);
	struct bytes plain = bytes_of_str("push magic"), sealed, again, got;
	uint8_t *bent;

	cr_assert_eq(cert_ring_seal(r, "t/f", plain, a, &sealed), 0);
	cr_assert_eq(cert_ring_seal(r, "t/f", plain, a, &again), 0);
	cr_assert(!bytes_equal(sealed, again), "a nonce of its own each time");
	cr_assert_null(memmem(sealed.p, sealed.n, plain.p, plain.n));
	cr_assert_eq(cert_ring_unseal(r, "t/f", sealed, a, &got), 0);
	cr_assert(bytes_equal(got, plain));
	cr_assert_eq(got.p[got.n], 0);
	cr_assert_eq(cert_ring_unseal(r, "t/g", sealed, a, &got), ERR_CRYPTO, "moved");
	cr_assert_eq(cert_ring_unseal(r, "t/ff", sealed, a, &got), ERR_CRYPTO, "moved");
	bent = (uint8_t *)arena_strndup(a, sealed.p, sealed.n);
	for (size_t i = 0; i < sealed.n; i++) {
		bent[i] ^= 1;
		cr_assert_eq(cert_ring_unseal(r, "t/f", bytes_of(bent, sealed.n), a, &got),
			ERR_CRYPTO, "octet %zu", i);
		bent[i] ^= 1;
		cr_assert_eq(cert_ring_unseal(r, "t/f", bytes_of(bent, i), a, &got), ERR_CRYPTO,
			"cut at %zu", i);
	}
	cr_assert_eq(cert_ring_seal(r, "t/f", bytes_of(NULL, 0), a, &sealed), 0);
	cr_assert_eq(cert_ring_unseal(r, "t/f", sealed, a, &got), 0);
	cr_assert_eq(got.n, 0);
	cr_assert_eq(cert_ring_seal(r, "t/f", bytes_of(plain.p, CERT_INPUT_MAX + 1), a, &sealed),
		ERR_TOOBIG);
}

Test(seal, the_newest_key_seals_and_the_oldest_hashes)
{
	AUTO(arena) struct arena *a = arena_new();
	AUTO(cert_ring) struct cert_ring *one = ring(KEY_1), *both = ring(KEY_2 KEY_1);
	AUTO(cert_ring) struct cert_ring *two = ring(KEY_2), *other = ring(KEY_1_OTHER);
	struct bytes old, new, got;
	uint8_t h[5][32];

	cr_assert_eq(cert_ring_seal(one, "c", bytes_of_str("old"), a, &old), 0);
	cr_assert_eq(cert_ring_seal(both, "c", bytes_of_str("new"), a, &new), 0);
	cr_assert_eq(cert_ring_unseal(both, "c", old, a, &got), 0);
	cr_assert_eq(cert_ring_unseal(both, "c", new, a, &got), 0);
	cr_assert_eq(cert_ring_unseal(two, "c", new, a, &got), 0);
	cr_assert_eq(cert_ring_unseal(two, "c", old, a, &got), ERR_CRYPTO);
	cr_assert_eq(cert_ring_unseal(other, "c", old, a, &got), ERR_CRYPTO);
	cert_ring_hash(one, "c", bytes_of_str("x"), h[0]);
	cert_ring_hash(both, "c", bytes_of_str("x"), h[1]);
	cert_ring_hash(two, "c", bytes_of_str("x"), h[2]);
	cert_ring_hash(one, "d", bytes_of_str("x"), h[3]);
	cert_ring_hash(one, "c", bytes_of_str("y"), h[4]);
	cr_assert_arr_eq(h[0], h[1], 32);
	for (int i = 2; i < 5; i++)
		cr_assert_arr_neq(h[0], h[i], 32);
}
