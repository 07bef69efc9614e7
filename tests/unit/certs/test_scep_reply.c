/* SPDX-License-Identifier: EUPL-1.2 */
#include "certs/scep_int.h"
#include "tests/unit/certs/fixture.h"

#include <criterion/criterion.h>

/* Read and written again by OpenSSL it is the same to the last octet: so it is DER, with the
 * attributes in their order. */
static void is_der(struct bytes body)
{
	const uint8_t *p = body.p;
	AUTO(CMS_ContentInfo) CMS_ContentInfo *cms = d2i_CMS_ContentInfo(NULL, &p, (long)body.n);
	uint8_t *again = NULL;
	int n;

	cr_assert(cms && p == body.p + body.n);
	n = i2d_CMS_ContentInfo(cms, &again);
	cr_assert(bytes_equal(body, bytes_of(again, (size_t)n)));
	OPENSSL_free(again);
}

/* Signed when we say. */
static void tells_its_time(struct bytes body, int64_t now)
{
	const uint8_t *p = body.p;
	AUTO(CMS_ContentInfo) CMS_ContentInfo *cms = d2i_CMS_ContentInfo(NULL, &p, (long)body.n);
	CMS_SignerInfo *si = sk_CMS_SignerInfo_value(CMS_get0_SignerInfos(cms), 0);
	ASN1_TIME *t = CMS_signed_get0_data_by_OBJ(
		si, OBJ_nid2obj(NID_pkcs9_signingTime), -3, V_ASN1_UTCTIME);
	int64_t at;

	cr_assert_eq(cert_time_of(t, &at), 0);
	cr_assert_eq(at, now);
}

static void refuses(struct fixture *f, struct client_ask *ask)
{
	struct cert_scep_message m;
	struct client_answer got;

	cr_assert_eq(cert_scep_parse(f->c, client_scep_ask(f->a, f->c->ca_der, ask), f->a, &m), 0);
	for (int i = 0; i <= SCEP_BAD_CERT_ID; i++) {
		struct cert_scep_reply r = {.to = &m, .fail_info = i, .now = f->now};
		struct bytes body;

		cr_assert_eq(cert_scep_format(f->c, &r, f->a, &body), 0);
		is_der(body);
		tells_its_time(body, f->now);
		cr_assert_eq(client_scep_read(f->a, f->c->ca_der, body, ask, &got), 0);
		cr_assert_str_eq(got.status, "2");
		cr_assert_eq(got.fail_info[0] - '0', i);
		cr_assert_str_eq(got.transaction_id, CLIENT_TRANSACTION);
		cr_assert(bytes_equal(got.recipient_nonce, m.sender_nonce));
	}
}

static void gives(struct fixture *f, struct client_ask *ask, const char *name, int nid)
{
	struct cert_scep_reply r = {.now = f->now};
	struct cert_scep_message m;
	enum cert_scep_cipher cipher;
	struct client_answer got;
	struct bytes body;

	ask->cipher = name;
	cr_assert_eq(cert_scep_parse(f->c, client_scep_ask(f->a, f->c->ca_der, ask), f->a, &m), 0);
	cr_assert_eq(cert_scep_cipher(m.envelope, &cipher), 0);
	/* any certificate will do: the house's own */
	cr_assert_eq(cert_scep_seal(&m.signer, cipher, f->c->ca_der, f->a, &r.envelope), 0);
	is_der(r.envelope);
	r.to = &m;
	cr_assert_eq(cert_scep_format(f->c, &r, f->a, &body), 0);
	is_der(body);
	cr_assert_eq(client_scep_read(f->a, f->c->ca_der, body, ask, &got), 0, "%s", name);
	cr_assert_str_eq(got.status, "0");
	cr_assert(bytes_equal(got.certificate, f->c->ca_der), "%s", name);
	cr_assert_eq(got.cipher_nid, nid, "%s", name);
}

Test(scep_reply, is_read_by_openssl)
{
	static const struct {
		const char *asked;
		int nid;
	} ciphers[] = {
		{"AES-128-CBC", NID_aes_128_cbc},
		{"AES-192-CBC", NID_aes_192_cbc},
		{"AES-256-CBC", NID_aes_256_cbc},
		{"DES-EDE3-CBC", NID_des_ede3_cbc},
		{"DES-CBC", NID_des_ede3_cbc},
	};
	static const size_t nonces[] = {8, 16, 64};
	AUTO(EVP_PKEY) EVP_PKEY *key = EVP_RSA_gen(2048);
	AUTO(X509) X509 *signer = client_self_signed(key, "MDM SCEP SIGNER");
	struct client_ask ask = {.key = key, .signer = signer, .signer_key = key};
	struct fixture f;

	fixture_house(&f);
	for (size_t i = 0; i < 5; i++) {
		ask.nonce_octets = nonces[i % 3];
		gives(&f, &ask, ciphers[i].asked, ciphers[i].nid);
	}
	refuses(&f, &ask);
	fixture_end(&f);
}
