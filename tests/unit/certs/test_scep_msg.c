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

static struct bytes der_of(struct fixture *f, X509 *x)
{
	struct bytes der;

	cr_assert_eq(cert_der_of(x, f->a, &der), 0);
	return der;
}

static void reads(struct fixture *f, struct client_ask *ask)
{
	struct cert_scep_message m;

	ask->type = 17;
	ask->nonce_octets = 8;
	ask->challenge = "outside";
	ask->challenge_outside = true;
	cr_assert_eq(cert_scep_parse(f->c, ask_of(f, ask), f->a, &m), 0);
	cr_assert_eq(m.type, SCEP_RENEWAL_REQ);
	cr_assert(bytes_equal(m.transaction_id, bytes_of_str(CLIENT_TRANSACTION)));
	cr_assert(bytes_equal(m.sender_nonce, bytes_of(client_nonce, 8)));
	cr_assert_str_eq(m.challenge, "outside");
	cr_assert(bytes_equal(m.signer.der, der_of(f, ask->signer)));
	cr_assert(m.intact && !m.old_digest && m.envelope.n > 0);
	ask->digest = "SHA1";
	ask->challenge_outside = false;
	ask->break_message = true;
	ask->no_nonce = true;
	ask->type = 99;
	cr_assert_eq(cert_scep_parse(f->c, ask_of(f, ask), f->a, &m), 0);
	cr_assert(!m.intact && m.old_digest && !m.challenge && m.sender_nonce.n == 0);
	cr_assert_eq(m.type, 99);
	ask->no_transaction_id = true;
	cr_assert_eq(cert_scep_parse(f->c, ask_of(f, ask), f->a, &m), ERR_BADINPUT);
}

static void garbage(struct fixture *f, struct client_ask *ask)
{
	struct cert_scep_message m;
	struct client_sign plain = {.attached = true};
	struct bytes in = ask_of(f, ask);

	for (size_t n = 0; n < in.n; n += 5) {
		uint8_t *cut = mem_alloc(n + 1);

		memcpy(cut, in.p, n);
		cr_assert_eq(
			cert_scep_parse(f->c, bytes_of(cut, n), f->a, &m), ERR_BADINPUT, "%zu", n);
		free(cut);
	}
	/* signed data, but no SCEP message */
	in = client_cms(f->a, ask->signer, ask->signer_key, bytes_of_str("x"), &plain);
	cr_assert_eq(cert_scep_parse(f->c, in, f->a, &m), ERR_BADINPUT);
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
	cr_assert_eq(cert_scep_parse(f->c, buf_bytes(&b), f->a, &m), 0);
	cr_assert(m.intact);
	cr_assert_eq(m.type, SCEP_PKCS_REQ);
	cr_assert_eq(m.sender_nonce.n, 8);
	cr_assert_not_null(m.challenge);
	cr_assert_eq(cert_scep_cipher(m.envelope, &cipher), 0);
	cr_assert_eq(cipher, SCEP_DES3);
	/* encrypted to another CA */
	cr_assert_eq(cert_scep_open(f->c, m.envelope, cipher, f->a, &inside), ERR_CRYPTO);
}

static void same(
	const struct cert_scep_message *a, const struct cert_scep_message *b, EVP_PKEY *key)
{
	cr_assert_eq(a->type, b->type);
	cr_assert(bytes_equal(a->transaction_id, b->transaction_id));
	cr_assert(bytes_equal(a->sender_nonce, b->sender_nonce));
	cr_assert_eq(!a->challenge, !b->challenge);
	cr_assert(!a->challenge || !strcmp(a->challenge, b->challenge));
	cr_assert(bytes_equal(a->envelope, b->envelope));
	cr_assert(bytes_equal(a->signer.der, b->signer.der));
	cr_assert(bytes_equal(a->signer.sid.issuer, b->signer.sid.issuer));
	cr_assert(bytes_equal(a->signer.sid.serial, b->signer.sid.serial));
	cr_assert(client_pub_is(a->signer.key, key));
	cr_assert(client_pub_is(b->signer.key, key));
	cr_assert(a->intact && b->intact);
	cr_assert_eq(a->old_digest, b->old_digest);
}

/* What an iPad usually sends never needs OpenSSL's general reader, and both read the same. */
static void paths_agree(struct fixture *f, struct client_ask *ask)
{
	static const char *const digests[] = {"SHA1", "SHA256", "SHA384", "SHA512"};
	struct cert_scep_message fast, general;

	for (size_t i = 0; i < 4; i++) {
		struct bytes in;

		ask->digest = digests[i];
		ask->challenge = "word";
		ask->challenge_outside = i == 1;
		ask->no_nonce = i == 2;
		in = ask_of(f, ask);
		cr_assert_eq(cert_scep_parse_fast(f->c, in, f->a, &fast), 0, "%s", digests[i]);
		cr_assert_eq(cert_scep_parse_general(in, f->a, &general), 0, "%s", digests[i]);
		same(&fast, &general, ask->signer_key);
	}
}

/* What is unusual is left to the general path: this one decides nothing but yes. */
static void leaves(struct fixture *f, struct client_ask ask, const char *what)
{
	struct cert_scep_message m = {.type = 77};

	cr_assert_eq(
		cert_scep_parse_fast(f->c, ask_of(f, &ask), f->a, &m), ERR_UNSUPPORTED, "%s", what);
	cr_assert_eq(m.type, 77, "%s", what);
}

static X509 *named(EVP_PKEY *key, int type, const char *name)
{
	X509 *x = client_self_signed(key, "x");
	X509_NAME *n = X509_NAME_new();

	cr_assert(X509_NAME_add_entry_by_txt(n, "CN", type, (const uint8_t *)name, -1, -1, 0));
	cr_assert(X509_set_subject_name(x, n) && X509_sign(x, key, EVP_sha256()));
	X509_NAME_free(n);
	return x;
}

static void strict_leaves_the_rest(struct fixture *f, const struct client_ask *usual)
{
	AUTO(EVP_PKEY) EVP_PKEY *ec = EVP_EC_gen("P-256"), *small = EVP_RSA_gen(1024);
	AUTO(X509)
	X509 *ec_cert = client_self_signed(ec, "x"), *small_cert = client_self_signed(small, "x"),
	     *odd = named(usual->signer_key, MBSTRING_UTF8, "Växjö"),
	     *old = named(usual->signer_key, V_ASN1_T61STRING, "old");
	struct client_ask ask = *usual;

	ask.break_message = true;
	leaves(f, ask, "a wrong signature");
	ask = *usual;
	ask.digest = "MD5";
	leaves(f, ask, "MD5");
	ask = *usual;
	ask.no_transaction_id = true;
	leaves(f, ask, "no transaction");
	ask = *usual;
	ask.signer = odd;
	leaves(f, ask, "a name that is not ASCII");
	ask.signer = old;
	leaves(f, ask, "a name of an old kind");
	ask.signer = small_cert;
	ask.signer_key = small;
	leaves(f, ask, "a small key");
	ask.signer = ec_cert;
	ask.signer_key = ec;
	leaves(f, ask, "a key that cannot be encrypted to");
}

Test(scep_msg, is_read_the_same_on_both_paths)
{
	AUTO(EVP_PKEY) EVP_PKEY *key = EVP_RSA_gen(2048);
	AUTO(X509) X509 *signer = client_self_signed(key, "MDM SCEP SIGNER");
	struct client_ask ask = {.key = key, .signer = signer, .signer_key = key};
	struct fixture f;

	fixture_house(&f);
	strict_leaves_the_rest(&f, &ask);
	paths_agree(&f, &ask);
	fixture_end(&f);
}

Test(scep_msg, is_read_whoever_signed)
{
	AUTO(EVP_PKEY) EVP_PKEY *key = EVP_EC_gen("P-256");
	AUTO(X509) X509 *signer = client_self_signed(key, "MDM SCEP SIGNER");
	struct client_ask ask = {.key = key, .signer = signer, .signer_key = key};
	struct fixture f;

	fixture_house(&f);
	garbage(&f, &ask);
	reads(&f, &ask);
	real_request(&f);
	fixture_end(&f);
}
