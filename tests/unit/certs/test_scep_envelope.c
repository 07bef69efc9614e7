/* SPDX-License-Identifier: EUPL-1.2 */
#include "certs/scep_int.h"
#include "tests/unit/certs/fixture.h"

#include <criterion/criterion.h>

/* A message's envelope, with chosen content inside. */
static struct bytes envelope(struct fixture *f, struct client_ask *ask, const char *cipher)
{
	struct cert_scep_message m;

	ask->cipher = cipher;
	ask->content = (const uint8_t *)"what is inside";
	ask->content_n = 14;
	cr_assert_eq(cert_scep_parse(f->c, client_scep_ask(f->a, f->c->ca_der, ask), f->a, &m), 0);
	return m.envelope;
}

static void opens(struct fixture *f, struct client_ask *ask)
{
	static const struct {
		const char *name;
		enum cert_scep_cipher cipher;
	} cases[] = {
		{"AES-128-CBC", SCEP_AES128},
		{"AES-192-CBC", SCEP_AES192},
		{"AES-256-CBC", SCEP_AES256},
		{"DES-EDE3-CBC", SCEP_DES3},
		{"DES-CBC", SCEP_DES},
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct bytes in = envelope(f, ask, cases[i].name), got;
		enum cert_scep_cipher cipher = SCEP_CIPHERS;

		cr_assert_eq(cert_scep_cipher(in, &cipher), 0, "%s", cases[i].name);
		cr_assert_eq(cipher, cases[i].cipher, "%s", cases[i].name);
		cr_assert_eq(cert_scep_open(f->c, in, cipher, f->a, &got), 0, "%s", cases[i].name);
		cr_assert(bytes_equal(got, bytes_of_str("what is inside")));
		/* single DES alone needs OpenSSL's own reader */
		cr_assert_eq(cert_scep_open_fast(f->c, in, cipher, f->a, &got),
			cipher == SCEP_DES ? ERR_UNSUPPORTED : 0, "%s", cases[i].name);
		cr_assert_eq(cert_scep_open_general(f->c, in, cipher, f->a, &got), 0);
		cr_assert(bytes_equal(got, bytes_of_str("what is inside")));
	}
	struct bytes other = envelope(f, ask, "CAMELLIA-128-CBC");
	enum cert_scep_cipher cipher;

	cr_assert_eq(cert_scep_cipher(other, &cipher), ERR_UNSUPPORTED);
	cr_assert_eq(cert_scep_cipher(bytes_of_str("0\x80"), &cipher), ERR_BADINPUT);
	cr_assert_eq(cert_scep_cipher(bytes_of(NULL, 0), &cipher), ERR_BADINPUT);
}

/* Whatever is wrong with it, the error is the same one: nothing leaks about the key. */
static void tells_nothing(struct fixture *f, struct client_ask *ask)
{
	struct bytes in = envelope(f, ask, "AES-128-CBC"), got;
	uint8_t *bent = (uint8_t *)arena_strndup(f->a, in.p, in.n);
	int opened = 0;

	for (size_t i = 0; i < in.n; i += 3) {
		int err;

		bent[i] ^= 0x10;
		err = cert_scep_open(f->c, bytes_of(bent, in.n), SCEP_AES128, f->a, &got);
		cr_assert(err == ERR_CRYPTO || err == 0, "octet %zu", i);
		if (!err && bytes_equal(got, bytes_of_str("what is inside")))
			opened++;
		bent[i] ^= 0x10;
	}
	/* only octets that mean nothing to the content may change */
	cr_assert_lt(opened, 20);
	cr_assert_eq(cert_scep_open(f->c, bytes_of(in.p, in.n / 2), SCEP_AES128, f->a, &got),
		ERR_CRYPTO);
}

/* What the strict path opens, OpenSSL opens to the same. Behind the transport of the key, that
 * is: where that is broken, both go on with a key of chance. */
static void paths_agree(struct fixture *f, struct client_ask *ask)
{
	struct bytes in = envelope(f, ask, "AES-256-CBC"), fast, general;
	uint8_t *bent = (uint8_t *)arena_strndup(f->a, in.p, in.n);
	size_t key = in.n - 256 - 64;
	unsigned taken = 0;

	while (key > 0 && !(in.p[key] == 0x04 && in.p[key + 1] == 0x82 && in.p[key + 2] == 1))
		key--;
	cr_assert_gt(key, 0);
	for (size_t i = 0; i < 8 * in.n; i++) {
		int err;

		if (i / 8 >= key + 4 && i / 8 < key + 4 + 256)
			continue;
		bent[i / 8] ^= (uint8_t)(1u << i % 8);
		err = cert_scep_open_fast(f->c, bytes_of(bent, in.n), SCEP_AES256, f->a, &fast);
		cr_assert(err == 0 || err == ERR_CRYPTO || err == ERR_UNSUPPORTED, "bit %zu", i);
		if (err == 0) {
			taken++;
			cr_assert_eq(cert_scep_open_general(f->c, bytes_of(bent, in.n), SCEP_AES256,
					     f->a, &general),
				0, "bit %zu", i);
			cr_assert(bytes_equal(fast, general), "bit %zu", i);
		}
		bent[i / 8] ^= (uint8_t)(1u << i % 8);
	}
	cr_assert_gt(taken, 100); /* the vector's: they bend the text */
	for (size_t n = 0; n < in.n; n++)
		cr_assert_eq(cert_scep_open_fast(f->c, bytes_of(in.p, n), SCEP_AES256, f->a, &fast),
			ERR_UNSUPPORTED);
}

/* A transport that does not open ends as a wrong key does: no error of its own. */
static void a_key_of_chance(struct fixture *f, struct client_ask *ask)
{
	struct bytes in = envelope(f, ask, "AES-128-CBC"), got;
	uint8_t *bent = (uint8_t *)arena_strndup(f->a, in.p, in.n);

	bent[in.n - 100] ^= 1; /* in the transport: what follows it is shorter */
	for (int i = 0; i < 40; i++) {
		int err = cert_scep_open_fast(f->c, bytes_of(bent, in.n), SCEP_AES128, f->a, &got);

		cr_assert(err == ERR_CRYPTO || (err == 0 && got.n < 16));
	}
}

Test(scep_envelope, ciphers)
{
	AUTO(EVP_PKEY) EVP_PKEY *key = EVP_EC_gen("P-256");
	AUTO(X509) X509 *signer = client_self_signed(key, "MDM SCEP SIGNER");
	struct client_ask ask = {.key = key, .signer = signer, .signer_key = key};
	struct fixture f;

	fixture_house(&f);
	opens(&f, &ask);
	tells_nothing(&f, &ask);
	paths_agree(&f, &ask);
	a_key_of_chance(&f, &ask);
	fixture_end(&f);
}
