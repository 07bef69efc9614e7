/* SPDX-License-Identifier: EUPL-1.2 */
#include "certs/cms_int.h"
#include "tests/unit/certs/fixture.h"

#include "base/file.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>

static const struct client_sign usual[] = {
	{.digest = "SHA1", .no_attributes = true, .indefinite = true},
	{.digest = "SHA1", .no_attributes = true},
	{.digest = "SHA1"},
	{.digest = "SHA256"},
	{.digest = "SHA256", .no_attributes = true},
	{.digest = "SHA256", .indefinite = true},
	{.digest = "SHA384"},
	{.digest = "SHA512", .indefinite = true},
	{.digest = "SHA256", .capabilities = true},
};
#define USUAL (sizeof(usual) / sizeof(usual[0]))

Test(cms_walk, finds_the_parts_of_usual_signatures)
{
	AUTO(arena) struct arena *a = arena_new();
	AUTO(EVP_PKEY) EVP_PKEY *key = EVP_EC_gen("P-256");
	AUTO(X509) X509 *x = client_self_signed(key, "iPad");
	struct bytes der;

	cr_assert_eq(cert_der_of(x, a, &der), 0);
	for (size_t i = 0; i < USUAL; i++) {
		struct client_sign how = usual[i];
		struct cert_cms_walk w;
		struct bytes in;

		in = client_cms(a, x, key, bytes_of_str("body"), &how);
		cr_assert_eq(cert_cms_walk(in, &w), 0, "case %zu", i);
		cr_assert(bytes_equal(w.certificate, der), "case %zu", i);
		cr_assert_eq(w.signed_attrs.n == 0, how.no_attributes, "case %zu", i);
		cr_assert(w.ec && w.signature.n > 60, "case %zu", i);
		/* every cut is refused, and looks at nothing behind it */
		for (size_t n = 0; n < in.n; n++) {
			uint8_t *cut = mem_alloc(n + 1);

			memcpy(cut, in.p, n);
			cr_assert_eq(cert_cms_walk(bytes_of(cut, n), &w), ERR_UNSUPPORTED,
				"case %zu cut at %zu", i, n);
			free(cut);
		}
	}
}

Test(cms_walk, leaves_unusual_ones_to_openssl)
{
	AUTO(arena) struct arena *a = arena_new();
	AUTO(EVP_PKEY) EVP_PKEY *key = EVP_EC_gen("P-256");
	AUTO(X509) X509 *x = client_self_signed(key, "iPad");
	struct client_sign attached = {.attached = true}, plain = {0};
	struct bytes in = client_cms(a, x, key, bytes_of_str("body"), &plain);
	struct cert_cms_walk w;
	uint8_t *longer = (uint8_t *)arena_strndup(a, in.p, in.n);

	cr_assert_eq(cert_cms_walk(in, &w), 0);
	cr_assert_eq(cert_cms_walk(bytes_of(longer, in.n + 1), &w), ERR_UNSUPPORTED);
	in = client_cms(a, x, key, bytes_of_str("body"), &attached);
	cr_assert_eq(cert_cms_walk(in, &w), ERR_UNSUPPORTED);
	cr_assert_eq(cert_cms_walk(bytes_of(NULL, 0), &w), ERR_UNSUPPORTED);
}

/* A SCEP message carries its content and attributes of its own; neither is for a signature. */
Test(cms_walk, finds_the_parts_of_a_scep_message)
{
	AUTO(EVP_PKEY) EVP_PKEY *key = EVP_RSA_gen(2048);
	AUTO(X509) X509 *x = client_self_signed(key, "iPad");
	struct client_ask ask = {.key = key,
		.signer = x,
		.signer_key = key,
		.challenge = "word",
		.challenge_outside = true};
	struct client_sign plain = {0};
	struct cert_cms_walk w;
	struct fixture f;
	struct bytes in;

	fixture_house(&f);
	in = client_scep_ask(f.a, f.c->ca_der, &ask);
	cr_assert_eq(cert_cms_walk_scep(in, &w), 0);
	cr_assert(w.content.n > 400 && w.content.p[0] == 0x30);
	cr_assert(bytes_equal(w.attribute[CMS_SCEP_MESSAGE_TYPE], bytes_of_str("19")));
	cr_assert(bytes_equal(
		w.attribute[CMS_SCEP_TRANSACTION_ID], bytes_of_str(CLIENT_TRANSACTION)));
	cr_assert(bytes_equal(w.attribute[CMS_SCEP_SENDER_NONCE], bytes_of(client_nonce, 16)));
	cr_assert(bytes_equal(w.attribute[CMS_CHALLENGE], bytes_of_str("word")));
	cr_assert_eq(cert_cms_walk(in, &w), ERR_UNSUPPORTED);
	for (size_t n = 0; n < in.n; n++) {
		uint8_t *cut = mem_alloc(n + 1);

		memcpy(cut, in.p, n);
		cr_assert_eq(cert_cms_walk_scep(bytes_of(cut, n), &w), ERR_UNSUPPORTED, "%zu", n);
		free(cut);
	}
	in = client_cms(f.a, x, key, bytes_of_str("body"), &plain);
	cr_assert_eq(cert_cms_walk_scep(in, &w), ERR_UNSUPPORTED);
	fixture_end(&f);
}

/* A signature that a real iPad made; its body is not known, its shape is what counts. */
Test(cms_walk, reads_the_signature_of_a_real_ipad)
{
	AUTO(buf) struct buf b = BUF_INIT(65536);
	struct cert_cms_walk w;
	struct cert_walk cert;
	char path[512];
	const char *src = getenv("top_srcdir"), *data = getenv("HYLLA_DEVICE_MESSAGES");

	if (data)
		snprintf(path, sizeof(path), "%s/apple-mdm-signature-1.der", data);
	else
		snprintf(path, sizeof(path),
			"%s/../shared/data/device-messages/apple-mdm-signature-1.der",
			src ? src : ".");
	if (file_read(path, &b))
		cr_skip_test("SKIPPED: no %s", path);
	cr_assert_eq(cert_cms_walk(buf_bytes(&b), &w), 0);
	cr_assert_eq(w.digest, CERT_SHA1);
	cr_assert_eq(w.signed_attrs.n, 0);
	cr_assert_eq(w.signature.n, 256);
	cr_assert_eq(cert_walk(w.certificate, &cert), 0);
	cr_assert(cert_cms_names(&w, &cert));
}
