/* SPDX-License-Identifier: EUPL-1.2 */
#include "certs/scep_int.h"
#include "tests/unit/certs/fixture.h"

#include "base/file.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>

static struct bytes ask_of(struct fixture *f, struct client_ask *ask)
{
	return client_scep_ask(f->a, f->c->ca_der, ask);
}

static void reads(struct fixture *f, struct client_ask *ask)
{
	struct cert_scep_message m;

	ask->type = 17;
	ask->nonce_octets = 8;
	ask->challenge = "outside";
	ask->challenge_outside = true;
	cr_assert_eq(cert_scep_parse(ask_of(f, ask), f->a, &m), 0);
	cr_assert_eq(m.type, SCEP_RENEWAL_REQ);
	cr_assert(bytes_equal(m.transaction_id, bytes_of_str(CLIENT_TRANSACTION)));
	cr_assert(bytes_equal(m.sender_nonce, bytes_of(client_nonce, 8)));
	cr_assert_str_eq(m.challenge, "outside");
	cr_assert_eq(X509_cmp(m.signer, ask->signer), 0);
	cr_assert(m.intact && !m.old_digest && m.envelope.n > 0);
	ask->digest = "SHA1";
	ask->challenge_outside = false;
	ask->break_message = true;
	ask->no_nonce = true;
	ask->type = 99;
	cr_assert_eq(cert_scep_parse(ask_of(f, ask), f->a, &m), 0);
	cr_assert(!m.intact && m.old_digest && !m.challenge && m.sender_nonce.n == 0);
	cr_assert_eq(m.type, 99);
	ask->no_transaction_id = true;
	cr_assert_eq(cert_scep_parse(ask_of(f, ask), f->a, &m), ERR_BADINPUT);
}

static void garbage(struct fixture *f, struct client_ask *ask)
{
	struct cert_scep_message m;
	struct client_sign plain = {.attached = true};
	struct bytes in = ask_of(f, ask);

	for (size_t n = 0; n < in.n; n += 5) {
		uint8_t *cut = mem_alloc(n + 1);

		memcpy(cut, in.p, n);
		cr_assert_eq(cert_scep_parse(bytes_of(cut, n), f->a, &m), ERR_BADINPUT, "%zu", n);
		free(cut);
	}
	/* signed data, but no SCEP message */
	in = client_cms(f->a, ask->signer, ask->signer_key, bytes_of_str("x"), &plain);
	cr_assert_eq(cert_scep_parse(in, f->a, &m), ERR_BADINPUT);
}

static void real_request(struct fixture *f)
{
	AUTO(buf) struct buf b = BUF_INIT(65536);
	struct cert_scep_message m;
	enum cert_scep_cipher cipher;
	struct bytes inside;
	const char *src = getenv("top_srcdir"), *data = getenv("HYLLA_DEVICE_MESSAGES");
	char path[512];

	if (data)
		snprintf(path, sizeof(path), "%s/mdmclient-PKIOperation.der", data);
	else
		snprintf(path, sizeof(path), "%s/../shared/data/device-messages/%s",
			src ? src : ".", "mdmclient-PKIOperation.der");
	if (file_read(path, &b)) {
		fprintf(stderr, "SKIPPED: no %s\n", path);
		return;
	}
	cr_assert_eq(cert_scep_parse(buf_bytes(&b), f->a, &m), 0);
	cr_assert(m.intact);
	cr_assert_eq(m.type, SCEP_PKCS_REQ);
	cr_assert_eq(m.sender_nonce.n, 8);
	cr_assert_not_null(m.challenge);
	cr_assert_eq(cert_scep_cipher(m.envelope, &cipher), 0);
	cr_assert_eq(cipher, SCEP_DES3);
	/* encrypted to another CA */
	cr_assert_eq(cert_scep_open(f->c, m.envelope, cipher, f->a, &inside), ERR_CRYPTO);
}

Test(scep_msg, reads_and_writes)
{
	AUTO(EVP_PKEY) EVP_PKEY *key = EVP_EC_gen("P-256");
	AUTO(X509) X509 *signer = client_self_signed(key, "MDM SCEP SIGNER");
	struct client_ask ask = {.key = key, .signer = signer, .signer_key = key};
	struct cert_scep_message m;
	struct client_answer got;
	struct fixture f;

	fixture_house(&f);
	garbage(&f, &ask);
	cr_assert_eq(cert_scep_parse(ask_of(&f, &ask), f.a, &m), 0);
	for (int i = 0; i <= SCEP_BAD_CERT_ID; i++) {
		struct cert_scep_reply r = {.to = &m, .fail_info = i};
		struct bytes body;

		cr_assert_eq(cert_scep_format(f.c, &r, f.a, &body), 0);
		cr_assert_eq(client_scep_read(f.a, f.c->ca_der, body, &ask, &got), 0);
		cr_assert_str_eq(got.status, "2");
		cr_assert_eq(got.fail_info[0] - '0', i);
		cr_assert_str_eq(got.transaction_id, CLIENT_TRANSACTION);
		cr_assert(bytes_equal(got.recipient_nonce, m.sender_nonce));
	}
	reads(&f, &ask);
	real_request(&f);
	fixture_end(&f);
}
