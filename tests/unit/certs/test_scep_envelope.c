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

Test(scep_envelope, ciphers)
{
	AUTO(EVP_PKEY) EVP_PKEY *key = EVP_EC_gen("P-256");
	AUTO(X509) X509 *signer = client_self_signed(key, "MDM SCEP SIGNER");
	struct client_ask ask = {.key = key, .signer = signer, .signer_key = key};
	struct fixture f;

	fixture_house(&f);
	opens(&f, &ask);
	tells_nothing(&f, &ask);
	fixture_end(&f);
}
