/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * SCEP, bent at each of its layers: the message, the envelope in it, the request in that. The
 * first octet chooses: 0 to 0x3f a message that is bent and operated on, 0x40 to 0x7f an envelope,
 * 0x80 to 0xbf a request; from 0xc0 the rest is taken as it is for each of the three.
 */
#include "certs/scep_int.h"
#include "tests/fuzz/bend.h"
#include "tests/fuzz/fuzz.h"
#include "tests/unit/certs/fixture.h"

#define GOOD 4

static struct world {
	bool ready;
	struct fixture f;
	EVP_PKEY *device, *signer_key;
	X509 *signer;
	struct client_ask ask[GOOD];
	struct bytes message[GOOD], envelope[GOOD], request[GOOD];
} world;

static void unmake(void)
{
	EVP_PKEY_free(world.device);
	EVP_PKEY_free(world.signer_key);
	X509_free(world.signer);
	fixture_end(&world.f);
}

static void make_one(struct world *w, size_t i)
{
	static const char *const ciphers[GOOD] = {
		"AES-128-CBC", "DES-EDE3-CBC", "DES-CBC", "AES-256-CBC"};
	const char *word = fixture_challenge(&w->f, "DMPXK0Q1", NULL, w->f.now + 3600);
	struct cert_scep_message m;

	w->ask[i] = (struct client_ask){
		.type = i == 3 ? 17 : 19,
		.cipher = ciphers[i],
		.digest = i % 2 ? "SHA1" : "SHA256",
		.challenge = word,
		.challenge_outside = i == 1,
		.version_2 = i == 2,
		.common_name = cert_challenge_subject(w->f.a, word),
		.key = w->device,
		.signer = w->signer,
		.signer_key = w->signer_key,
	};
	w->message[i] = client_scep_ask(w->f.a, w->f.c->ca_der, &w->ask[i]);
	FUZZ_CHECK(cert_scep_parse(w->message[i], w->f.a, &m) == 0);
	w->envelope[i] = m.envelope;
	FUZZ_CHECK(cert_scep_open(w->f.c, m.envelope, i == 2 ? SCEP_DES : SCEP_AES128, w->f.a,
			   &w->request[i]) == 0);
}

static void make(void)
{
	struct world *w = &world;

	fixture_house(&w->f);
	w->device = EVP_EC_gen("P-256");
	w->signer_key = EVP_RSA_gen(2048);
	w->signer = client_self_signed(w->signer_key, "MDM SCEP SIGNER");
	for (size_t i = 0; i < GOOD; i++)
		make_one(w, i);
	w->ready = true;
	atexit(unmake);
}

/* An answer can always be read, and a certificate is only ever for the device's key. */
static void message(struct bytes in, const struct client_ask *ask)
{
	AUTO(arena) struct arena *a = arena_new();
	struct fixture *f = &world.f;
	struct cert_scep_answer out;
	struct client_answer got;
	int err = cert_scep_operate(f->c, f->st, in, f->now, a, &out);

	FUZZ_CHECK(err == 0 || err == ERR_BADINPUT || err == ERR_CRYPTO);
	if (err)
		return;
	FUZZ_CHECK(out.issued == (out.fail_info == -1));
	FUZZ_CHECK(out.why && out.transaction_id);
	FUZZ_CHECK(client_scep_read(a, f->c->ca_der, out.body, ask, &got) == 0);
	FUZZ_CHECK(strcmp(got.status, out.issued ? "0" : "2") == 0);
	if (out.issued) {
		AUTO(X509) X509 *x = NULL;

		FUZZ_CHECK(cert_x509_parse(got.certificate, &x) == 0);
		FUZZ_CHECK(EVP_PKEY_eq(X509_get0_pubkey(x), world.device) == 1);
	}
}

static void envelope(struct bytes in)
{
	AUTO(arena) struct arena *a = arena_new();
	enum cert_scep_cipher cipher;
	struct bytes out;
	int err = cert_scep_cipher(in, &cipher);

	FUZZ_CHECK(err == 0 || err == ERR_BADINPUT || err == ERR_UNSUPPORTED);
	if (err)
		return;
	FUZZ_CHECK(cipher < SCEP_CIPHERS);
	err = cert_scep_open(world.f.c, in, cipher, a, &out);
	FUZZ_CHECK(err == 0 || err == ERR_CRYPTO);
}

/* What we call proved, OpenSSL must find signed by the same key. */
static void request(struct bytes in)
{
	AUTO(arena) struct arena *a = arena_new();
	AUTO(X509_REQ) X509_REQ *r = NULL;
	const uint8_t *p = in.p;
	struct cert_csr csr;

	if (cert_csr_parse(in, a, &csr))
		return;
	FUZZ_CHECK(!csr.proved || cert_csr_key_fits(&csr));
	if (!csr.proved)
		return;
	r = d2i_X509_REQ(NULL, &p, (long)in.n);
	FUZZ_CHECK(r && p == in.p + in.n);
	FUZZ_CHECK(EVP_PKEY_eq(csr.key, X509_REQ_get0_pubkey(r)) == 1);
	cert_fail(0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	AUTO(arena) struct arena *a = arena_new();
	struct world *w = &world;
	size_t i = n ? data[0] % GOOD : 0;

	if (!w->ready)
		make();
	if (n == 0)
		return 0;
	switch (data[0] >> 6) {
	case 0:
		message(bend(a, w->message[i], data + 1, n - 1), &w->ask[i]);
		break;
	case 1:
		envelope(bend(a, w->envelope[i], data + 1, n - 1));
		break;
	case 2:
		request(bend(a, w->request[i], data + 1, n - 1));
		break;
	default:
		message(bytes_of(data + 1, n - 1), &w->ask[0]);
		envelope(bytes_of(data + 1, n - 1));
		request(bytes_of(data + 1, n - 1));
	}
	return 0;
}
