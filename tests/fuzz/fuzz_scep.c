/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * SCEP, bent at each of its layers: the message, the envelope in it, the request in that. The
 * first octet chooses: 0 to 0x3f a message that is bent and operated on (from 0x20 signed again
 * before), 0x40 to 0x7f an envelope,
 * 0x80 to 0xbf a request; from 0xc0 the rest is taken as it is for each of the three.
 */
#include "certs/cms_int.h"
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
	FUZZ_CHECK(cert_scep_parse(w->f.c, w->message[i], w->f.a, &m) == 0);
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

/* What the strict reader takes, OpenSSL must take with the same values. */
static void paths_agree(struct bytes in, struct arena *a)
{
	struct cert_scep_message m, g;
	AUTO(X509) X509 *x = NULL;

	if (cert_scep_parse_fast(world.f.c, in, a, &m))
		return;
	FUZZ_CHECK(cert_scep_parse_general(in, a, &g) == 0);
	FUZZ_CHECK(m.intact && g.intact && m.type == g.type && m.old_digest == g.old_digest);
	FUZZ_CHECK(bytes_equal(m.transaction_id, g.transaction_id));
	FUZZ_CHECK(bytes_equal(m.sender_nonce, g.sender_nonce));
	FUZZ_CHECK(!m.challenge == !g.challenge);
	FUZZ_CHECK(!m.challenge || strcmp(m.challenge, g.challenge) == 0);
	FUZZ_CHECK(bytes_equal(m.envelope, g.envelope));
	FUZZ_CHECK(bytes_equal(m.signer.der, g.signer.der));
	FUZZ_CHECK(bytes_equal(m.signer.sid.issuer, g.signer.sid.issuer));
	FUZZ_CHECK(bytes_equal(m.signer.sid.serial, g.signer.sid.serial));
	FUZZ_CHECK(cert_x509_parse(g.signer.der, &x) == 0);
	FUZZ_CHECK(client_pub_is(m.signer.key, X509_get0_pubkey(x)));
	FUZZ_CHECK(client_pub_is(g.signer.key, X509_get0_pubkey(x)));
}

/* Signs a bent message anew, so that what was bent behind the signature is read as well. */
static void sign_again(struct bytes in, struct arena *a)
{
	static const char *const names[CERT_DIGESTS] = {"SHA1", "SHA256", "SHA384", "SHA512"};
	AUTO(EVP_MD_CTX) EVP_MD_CTX *ctx = EVP_MD_CTX_new();
	uint8_t digest[EVP_MAX_MD_SIZE], *attrs;
	struct cert_cms_walk w;
	size_t n;

	if (cert_cms_walk_scep(in, &w) || !w.signed_attrs.n || w.signature.n != 256)
		return;
	FUZZ_CHECK(EVP_Digest(w.content.p, w.content.n, digest, NULL, world.f.c->md[w.digest],
			   NULL) == 1);
	/* the message is a copy of ours */
	memcpy((void *)(uintptr_t)w.attribute[CMS_MESSAGE_DIGEST].p, digest,
		w.attribute[CMS_MESSAGE_DIGEST].n);
	attrs = (uint8_t *)arena_strndup(a, w.signed_attrs.p, w.signed_attrs.n);
	attrs[0] = 0x31;
	n = w.signature.n;
	FUZZ_CHECK(EVP_DigestSignInit_ex(
			   ctx, NULL, names[w.digest], NULL, NULL, world.signer_key, NULL) == 1);
	FUZZ_CHECK(EVP_DigestSign(ctx, (void *)(uintptr_t)w.signature.p, &n, attrs,
			   w.signed_attrs.n) == 1);
}

/* An answer can always be read, and a certificate is only ever for the device's key. */
static void message(struct bytes in, const struct client_ask *ask)
{
	AUTO(arena) struct arena *a = arena_new();
	struct fixture *f = &world.f;
	struct cert_scep_answer out;
	struct client_answer got;
	int err;

	paths_agree(in, a);
	err = cert_scep_operate(f->c, f->st, in, f->now, a, &out);

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

/* Is the content's key the one that we sent? Else both paths go on with a key of chance. */
static bool key_is_ours(struct bytes in)
{
	for (size_t i = 0; i < GOOD; i++) {
		struct bytes e = world.envelope[i];
		const uint8_t *key = memmem(e.p, e.n, "\x04\x82\x01\x00", 4);

		if (key && memmem(in.p, in.n, key, 4 + 256))
			return true;
	}
	return false;
}

/* What the strict reader opens, OpenSSL opens to the same. */
static void openings_agree(struct bytes in, enum cert_scep_cipher cipher, struct arena *a)
{
	struct bytes fast, general;

	if (!key_is_ours(in) || cert_scep_open_fast(world.f.c, in, cipher, a, &fast))
		return;
	FUZZ_CHECK(cert_scep_open_general(world.f.c, in, cipher, a, &general) == 0);
	FUZZ_CHECK(bytes_equal(fast, general));
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
	openings_agree(in, cipher, a);
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
	FUZZ_CHECK(client_pub_is(csr.key, X509_REQ_get0_pubkey(r)));
	cert_fail(0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	AUTO(arena) struct arena *a = arena_new();
	struct world *w = &world;
	struct bytes bent;
	size_t i = n ? data[0] % GOOD : 0;

	if (!w->ready)
		make();
	if (n == 0)
		return 0;
	switch (data[0] >> 6) {
	case 0:
		bent = bend(a, w->message[i], data + 1, n - 1);
		if (data[0] & 0x20)
			sign_again(bent, a);
		message(bent, &w->ask[i]);
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
