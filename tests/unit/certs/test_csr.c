/* SPDX-License-Identifier: EUPL-1.2 */
#include "certs/scep_int.h"
#include "tests/unit/certs/client.h"

#include <criterion/criterion.h>

struct form {
	const char *cn, *second_cn, *organisation, *challenge;
	const EVP_MD *(*digest)(void);
	long version;
	int challenge_type;
	bool bent;
};

static struct bytes make(struct arena *a, EVP_PKEY *key, const struct form *f)
{
	AUTO(X509_REQ) X509_REQ *r = X509_REQ_new();
	X509_NAME *name = X509_REQ_get_subject_name(r);
	const char *const names[] = {f->organisation, f->cn, f->second_cn};
	static const char *const kinds[] = {"O", "CN", "CN"};
	uint8_t *der = NULL;
	struct bytes out;
	int n;

	for (int i = 0; i < 3; i++) {
		if (names[i])
			cr_assert(X509_NAME_add_entry_by_txt(name, kinds[i], MBSTRING_UTF8,
				(const uint8_t *)names[i], -1, -1, 0));
	}
	if (f->challenge)
		cr_assert(X509_REQ_add1_attr_by_NID(r, NID_pkcs9_challengePassword,
			f->challenge_type ? f->challenge_type : MBSTRING_ASC,
			(const uint8_t *)f->challenge, (int)strlen(f->challenge)));
	cr_assert(X509_REQ_set_version(r, f->version) && X509_REQ_set_pubkey(r, key));
	cr_assert_gt(X509_REQ_sign(r, key, f->digest ? f->digest() : EVP_sha256()), 0);
	n = i2d_X509_REQ(r, &der);
	if (f->bent)
		der[n - 2] ^= 1;
	out = arena_bytes(a, bytes_of(der, (size_t)n));
	OPENSSL_free(der);
	return out;
}

Test(csr, reads_what_devices_send)
{
	static const struct {
		struct form form;
		const char *cn, *challenge;
		bool proved, old;
	} cases[] = {
		{{.cn = "a", .challenge = "w"}, "a", "w", true, false},
		{{.cn = "a", .challenge = "w", .version = 2}, "a", "w", true, false},
		{{.cn = "å", .organisation = "o"}, "å", NULL, true, false},
		{{.cn = "a", .challenge = "w", .digest = EVP_sha1}, "a", "w", true, true},
		{{.cn = "a", .digest = EVP_sha512}, "a", NULL, true, false},
		{{.cn = "a", .challenge = "w", .bent = true}, "a", "w", false, false},
		{{.cn = "a", .second_cn = "b", .challenge = "w"}, NULL, "w", true, false},
		{{.organisation = "o"}, NULL, NULL, true, false},
		{{.cn = "a", .challenge = "w", .challenge_type = V_ASN1_UTF8STRING}, "a", "w", true,
			false},
	};
	AUTO(arena) struct arena *a = arena_new();
	AUTO(EVP_PKEY) EVP_PKEY *ec = EVP_EC_gen("P-256"), *rsa = EVP_RSA_gen(2048);
	EVP_PKEY *keys[] = {ec, rsa};

	for (size_t i = 0; i < 2 * sizeof(cases) / sizeof(cases[0]); i++) {
		EVP_PKEY *key = keys[i % 2];
		struct bytes der = make(a, key, &cases[i / 2].form);
		struct cert_csr csr;

		cr_assert_eq(cert_csr_parse(der, a, &csr), 0, "case %zu", i / 2);
		cr_assert(client_pub_is(csr.key, key), "case %zu", i / 2);
		cr_assert(cert_csr_key_fits(&csr));
		cr_assert_eq(csr.proved, cases[i / 2].proved, "case %zu", i / 2);
		cr_assert_eq(csr.old_digest, cases[i / 2].old, "case %zu", i / 2);
		cr_assert(!cases[i / 2].cn == !csr.common_name, "case %zu", i / 2);
		cr_assert(!cases[i / 2].challenge == !csr.challenge, "case %zu", i / 2);
		if (csr.common_name)
			cr_assert_str_eq(csr.common_name, cases[i / 2].cn);
		if (csr.challenge)
			cr_assert_str_eq(csr.challenge, cases[i / 2].challenge);
	}
}

Test(csr, keys_that_do_not_fit_are_not_proved)
{
	AUTO(arena) struct arena *a = arena_new();
	AUTO(EVP_PKEY) EVP_PKEY *small = EVP_RSA_gen(1024), *p384 = EVP_EC_gen("P-384");
	AUTO(EVP_PKEY) EVP_PKEY *p521 = EVP_EC_gen("P-521");
	const struct {
		EVP_PKEY *key;
		bool fits;
	} keys[] = {{small, false}, {p384, true}, {p521, false}};
	static const struct form f = {.cn = "a"};

	for (size_t i = 0; i < 3; i++) {
		struct cert_csr csr;

		cr_assert_eq(cert_csr_parse(make(a, keys[i].key, &f), a, &csr), 0, "key %zu", i);
		cr_assert_eq(cert_csr_key_fits(&csr), keys[i].fits, "key %zu", i);
		cr_assert_eq(csr.proved, keys[i].fits, "key %zu", i);
	}
}

Test(csr, refuses_what_is_cut_or_longer)
{
	static const struct form f = {.cn = "a", .challenge = "word"};
	AUTO(arena) struct arena *a = arena_new();
	AUTO(EVP_PKEY) EVP_PKEY *key = EVP_EC_gen("P-256");
	struct bytes der = make(a, key, &f);
	struct cert_csr csr;

	for (size_t n = 0; n < der.n; n++) {
		uint8_t *cut = mem_alloc(n + 1);

		memcpy(cut, der.p, n);
		cr_assert_eq(cert_csr_parse(bytes_of(cut, n), a, &csr), ERR_BADINPUT, "%zu", n);
		free(cut);
	}
	struct bytes longer = bytes_of(arena_strndup(a, der.p, der.n), der.n + 1);

	cr_assert_eq(cert_csr_parse(longer, a, &csr), ERR_BADINPUT);
}
