/* SPDX-License-Identifier: EUPL-1.2 */
#include "certs/cms_int.h"
#include "tests/unit/certs/fixture.h"

#include "base/file.h"

#include <criterion/criterion.h>
#include <openssl/err.h>
#include <stdio.h>
#include <stdlib.h>

static const struct client_sign usual[] = {
	{.digest = "SHA1", .no_attributes = true, .indefinite = true},
	{.digest = "SHA1"},
	{.digest = "SHA256"},
	{.digest = "SHA256", .no_attributes = true},
	{.digest = "SHA256", .by_key_id = true},
	{.digest = "SHA384", .capabilities = true},
	{.digest = "SHA512", .indefinite = true},
};
#define USUAL (sizeof(usual) / sizeof(usual[0]))

/* Both ways say the same of it; the fast one was enough when `fast`. */
static void accepts(struct fixture *f, struct bytes signature, struct bytes content,
	const struct fixture_identity *id, bool fast)
{
	struct cert_peer peer = {0}, general = {0};

	cr_assert_eq(cert_cms_verify(f->c, signature, content, &peer), 0);
	cr_assert_eq(peer.fast, fast);
	cr_assert_eq(cert_cms_verify_general(f->c, signature, content, &general), 0);
	cr_assert_arr_eq(peer.fingerprint, id->fingerprint, CERT_FINGERPRINT);
	cr_assert_arr_eq(general.fingerprint, id->fingerprint, CERT_FINGERPRINT);
	cr_assert_eq(peer.not_before, general.not_before);
	cr_assert_eq(peer.not_after, general.not_after);
}

static void refuses(struct fixture *f, struct bytes signature, struct bytes content, int err)
{
	struct cert_peer peer = {.not_after = 7};

	cr_assert_eq(cert_cms_verify(f->c, signature, content, &peer), err);
	cr_assert_neq(cert_cms_verify_general(f->c, signature, content, &peer), 0);
	cr_assert_eq(peer.not_after, 7, "outputs stay untouched on failure");
	cr_assert_eq(ERR_peek_error(), 0ul);
}

static void usual_messages(struct fixture *f, const struct fixture_identity *id)
{
	struct bytes content = bytes_of_str("<plist>…</plist>");

	for (size_t i = 0; i < USUAL; i++) {
		struct bytes s = client_cms(f->a, id->cert, id->key, content, &usual[i]);
		uint8_t *bent;

		accepts(f, s, content, id, true);
		refuses(f, s, bytes_of_str("<plist>,,,</plist>"), ERR_CRYPTO);
		bent = (uint8_t *)arena_strndup(f->a, s.p, s.n);
		bent[s.n - (usual[i].indefinite ? 12 : 2)] ^= 1; /* in the signature's value */
		refuses(f, bytes_of(bent, s.n), content, ERR_CRYPTO);
	}
}

/* Each single octet changed: never accepted as somebody else, never a crash. */
static void bent_messages(struct fixture *f, const struct fixture_identity *id)
{
	struct bytes content = bytes_of_str("body");

	for (size_t i = 0; i < 3; i += 2) {
		struct bytes s = client_cms(f->a, id->cert, id->key, content, &usual[i]);
		uint8_t *bent = (uint8_t *)arena_strndup(f->a, s.p, s.n);

		for (size_t at = 0; at < s.n; at++) {
			struct cert_peer peer, general;

			bent[at] ^= 0x41;
			if (!cert_cms_verify_fast(f->c, bytes_of(bent, s.n), content, &peer)) {
				cr_assert_eq(cert_cms_verify_general(
						     f->c, bytes_of(bent, s.n), content, &general),
					0, "octet %zu", at);
				cr_assert_arr_eq(peer.fingerprint, id->fingerprint, 32);
			}
			bent[at] ^= 0x41;
		}
	}
}

static void strangers(struct fixture *f, EVP_PKEY *rsa)
{
	struct bytes content = bytes_of_str("body");
	struct fixture_identity id, other;
	struct client_sign how = {0};
	AUTO(X509) X509 *self = client_self_signed(rsa, "stranger");

	fixture_identity(f, NULL, f->now + 100, &id);
	fixture_identity(f, NULL, f->now + 100, &other);
	/* a stranger's certificate; one of ours with another's key; one with the CA's name only */
	refuses(f, client_cms(f->a, self, rsa, content, &how), content, ERR_CRYPTO);
	X509_set_issuer_name(self, X509_get_subject_name(f->c->ca.cert));
	X509_sign(self, rsa, EVP_sha256());
	refuses(f, client_cms(f->a, self, rsa, content, &how), content, ERR_CRYPTO);
	refuses(f, bytes_of_str("0\x80no"), content, ERR_BADINPUT);
	refuses(f, bytes_of(NULL, 0), content, ERR_BADINPUT);
	how.attached = true;
	refuses(f, client_cms(f->a, id.cert, id.key, content, &how), content, ERR_BADINPUT);
	fixture_identity_free(&id);
	fixture_identity_free(&other);
}

static void bare_certificates(struct fixture *f, EVP_PKEY *rsa)
{
	struct fixture_identity id;
	struct cert_peer peer;
	AUTO(EVP_PKEY) EVP_PKEY *p384 = EVP_EC_gen("P-384");
	AUTO(X509) X509 *self = client_self_signed(rsa, "stranger");
	struct bytes der;

	fixture_identity(f, NULL, f->now - 10, &id); /* expired: reported, not refused */
	for (int i = 0; i < 2; i++) {
		cr_assert_eq(cert_peer_verify(f->c, id.der, &peer), 0);
		cr_assert_arr_eq(peer.fingerprint, id.fingerprint, CERT_FINGERPRINT);
		cr_assert_eq(peer.not_after, f->now - 10);
		cr_assert(peer.fast);
	}
	fixture_identity_free(&id);
	fixture_identity(f, p384, f->now + 10, &id);
	cr_assert_eq(cert_peer_verify(f->c, id.der, &peer), 0);
	cr_assert(!peer.fast);
	cr_assert_arr_eq(peer.fingerprint, id.fingerprint, CERT_FINGERPRINT);
	accepts(f, client_cms(f->a, id.cert, id.key, bytes_of_str("x"), &usual[2]),
		bytes_of_str("x"), &id, false);
	fixture_identity_free(&id);
	cr_assert_eq(cert_der_of(self, f->a, &der), 0);
	cr_assert_eq(cert_peer_verify(f->c, der, &peer), ERR_CRYPTO);
	cr_assert_eq(cert_peer_verify(f->c, bytes_of_str("0\x03"), &peer), ERR_BADINPUT);
}

/* A profile: signed by the house, whole inside, with the CA. */
static void signs_profiles(struct fixture *f)
{
	struct bytes content = bytes_of_str("<plist>profile</plist>"), der;
	const uint8_t *p;
	AUTO(CMS_ContentInfo) CMS_ContentInfo *cms = NULL;
	AUTO(BIO) BIO *out = BIO_new(BIO_s_mem());
	X509_STORE *trust = X509_STORE_new();
	char *text;

	cr_assert_eq(cert_cms_sign(f->c, content, f->a, &der), 0);
	p = der.p;
	cms = d2i_CMS_ContentInfo(NULL, &p, (long)der.n);
	X509_STORE_add_cert(trust, f->c->ca.cert);
	X509_STORE_set_purpose(trust, X509_PURPOSE_ANY);
	cr_assert_eq(CMS_verify(cms, NULL, trust, NULL, out, CMS_BINARY), 1);
	cr_assert_eq((size_t)BIO_get_mem_data(out, &text), content.n);
	cr_assert_arr_eq(text, content.p, content.n);
	X509_STORE_free(trust);
}

static void real_signature(struct fixture *f)
{
	AUTO(buf) struct buf b = BUF_INIT(65536);
	const char *src = getenv("top_srcdir"), *data = getenv("HYLLA_DEVICE_MESSAGES");
	char path[512];

	if (data)
		snprintf(path, sizeof(path), "%s/apple-mdm-signature-1.der", data);
	else
		snprintf(path, sizeof(path),
			"%s/../shared/data/device-messages/apple-mdm-signature-1.der",
			src ? src : ".");
	if (file_read(path, &b)) {
		fprintf(stderr, "SKIPPED: no %s\n", path);
		return;
	}
	/* another CA's iPad: understood, and refused for what it is */
	refuses(f, buf_bytes(&b), bytes_of_str("body"), ERR_CRYPTO);
}

Test(cms, both_paths)
{
	AUTO(EVP_PKEY) EVP_PKEY *rsa = EVP_RSA_gen(2048);
	struct fixture_identity id;
	struct fixture f;

	fixture_house(&f);
	fixture_identity(&f, rsa, f.now + 1000, &id);
	usual_messages(&f, &id);
	bent_messages(&f, &id);
	fixture_identity_free(&id);
	fixture_identity(&f, NULL, f.now + 1000, &id);
	usual_messages(&f, &id);
	fixture_identity_free(&id);
	strangers(&f, rsa);
	bare_certificates(&f, rsa);
	signs_profiles(&f);
	real_signature(&f);
	fixture_end(&f);
}
