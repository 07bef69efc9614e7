/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Mdm-Signatures, bent. Whatever the strict path accepts, OpenSSL's general path must accept as
 * the same signer. The first octet chooses a good signature to bend, 0xff takes the rest as the
 * signature itself, 0xfe as a bare certificate.
 */
#include "certs/cms_int.h"
#include "tests/fuzz/bend.h"
#include "tests/fuzz/fuzz.h"
#include "tests/unit/certs/fixture.h"

#define SIGNERS 3
#define GOOD (SIGNERS * SHAPES)

static const struct client_sign shapes[] = {
	{.digest = "SHA1", .no_attributes = true, .indefinite = true},
	{.digest = "SHA1"},
	{.digest = "SHA256"},
	{.digest = "SHA256", .by_key_id = true},
	{.digest = "SHA256", .capabilities = true, .indefinite = true},
	{.digest = "SHA512", .no_attributes = true},
	{.digest = "SHA256", .attached = true},
};
#define SHAPES (sizeof(shapes) / sizeof(shapes[0]))

static struct world {
	bool ready;
	struct fixture f;
	struct fixture_identity id[SIGNERS]; /* RSA, P-256, P-384 */
	struct bytes good[GOOD];
	struct bytes content;
} world;

static void unmake(void)
{
	for (size_t i = 0; i < SIGNERS; i++)
		fixture_identity_free(&world.id[i]);
	fixture_end(&world.f);
}

static void make(void)
{
	EVP_PKEY *keys[SIGNERS] = {EVP_RSA_gen(2048), EVP_EC_gen("P-256"), EVP_EC_gen("P-384")};
	struct world *w = &world;

	fixture_house(&w->f);
	w->content = bytes_of_str("<plist/>");
	for (size_t i = 0; i < SIGNERS; i++) {
		fixture_identity(&w->f, keys[i], w->f.now + 1000, &w->id[i]);
		EVP_PKEY_free(keys[i]);
		for (size_t j = 0; j < SHAPES; j++)
			w->good[i * SHAPES + j] = client_cms(
				w->f.a, w->id[i].cert, w->id[i].key, w->content, &shapes[j]);
	}
	w->ready = true;
	atexit(unmake);
}

static bool is_ours(const struct cert_peer *p)
{
	for (size_t i = 0; i < SIGNERS; i++) {
		if (!memcmp(p->fingerprint, world.id[i].fingerprint, CERT_FINGERPRINT))
			return true;
	}
	return false;
}

static void same(const struct cert_peer *a, const struct cert_peer *b)
{
	FUZZ_CHECK(memcmp(a->fingerprint, b->fingerprint, CERT_FINGERPRINT) == 0);
	FUZZ_CHECK(a->not_before == b->not_before && a->not_after == b->not_after);
}

static void signature(struct bytes in)
{
	struct certs *c = world.f.c;
	struct cert_peer fast, general, whole;
	int err = cert_cms_verify_fast(c, in, world.content, &fast);

	if (!err) {
		FUZZ_CHECK(cert_cms_verify_general(c, in, world.content, &general) == 0);
		FUZZ_CHECK(is_ours(&fast));
		same(&fast, &general);
	}
	err = cert_cms_verify(c, in, world.content, &whole);
	FUZZ_CHECK(err == 0 || err == ERR_CRYPTO || err == ERR_BADINPUT);
	FUZZ_CHECK(err || is_ours(&whole));
	FUZZ_CHECK(cert_cms_verify(c, in, bytes_of_str("another"), &whole) != 0);
}

static void certificate(struct bytes in)
{
	AUTO(X509) X509 *x = NULL;
	struct cert_peer peer, general;

	if (cert_peer_verify(world.f.c, in, &peer))
		return;
	FUZZ_CHECK(is_ours(&peer));
	FUZZ_CHECK(cert_x509_parse(in, &x) == 0);
	FUZZ_CHECK(cert_peer_general(world.f.c, x, &general) == 0);
	same(&peer, &general);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	AUTO(arena) struct arena *a = arena_new();

	if (!world.ready)
		make();
	if (n == 0)
		return 0;
	if (data[0] == 0xff)
		signature(bytes_of(data + 1, n - 1));
	else if (data[0] == 0xfe)
		certificate(bytes_of(data + 1, n - 1));
	else if (data[0] >= 0x80)
		certificate(bend(a, world.id[data[0] % SIGNERS].der, data + 1, n - 1));
	else
		signature(bend(a, world.good[data[0] % GOOD], data + 1, n - 1));
	return 0;
}
