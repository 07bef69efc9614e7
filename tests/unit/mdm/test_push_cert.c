/* SPDX-License-Identifier: EUPL-1.2 */
/* The certificates themselves are tested in certs; here: what is refused, and the request. */
#include "base/text.h"
#include "tests/unit/mdm/ipads.h"

#include <openssl/pem.h>
#include <openssl/x509.h>

TestSuite(push_cert, .init = house_open, .fini = ipads_close);

static const struct audit_who anna = {.actor = "anna", .via = "cli"};

/* A certificate as Apple's portal would give, for a key of its own. */

static const char *pem_text(BIO *bio)
{
	char *p;
	long n = BIO_get_mem_data(bio, &p);
	const char *text = arena_strndup(house.a, p, (size_t)n);

	BIO_free(bio);
	return text;
}

static void certificate(const char *topic, int days, const char **cert, const char **key)
{
	EVP_PKEY *k = EVP_RSA_gen(2048);
	X509 *x = X509_new();
	X509_NAME *name = X509_get_subject_name(x);
	BIO *cert_bio = BIO_new(BIO_s_mem()), *key_bio = BIO_new(BIO_s_mem());

	X509_set_version(x, 2);
	ASN1_INTEGER_set(X509_get_serialNumber(x), 1);
	X509_NAME_add_entry_by_txt(name, "UID", MBSTRING_UTF8, (const uint8_t *)topic, -1, -1, 0);
	X509_NAME_add_entry_by_txt(
		name, "CN", MBSTRING_UTF8, (const uint8_t *)"APSP:test", -1, -1, 0);
	X509_set_issuer_name(x, name);
	ASN1_TIME_set(X509_getm_notBefore(x), HOUSE_NOW - 86400);
	ASN1_TIME_set(X509_getm_notAfter(x), HOUSE_NOW + (int64_t)days * 86400);
	X509_set_pubkey(x, k);
	cr_assert_gt(X509_sign(x, k, EVP_sha256()), 0);
	PEM_write_bio_X509(cert_bio, x);
	PEM_write_bio_PrivateKey(key_bio, k, NULL, NULL, 0, NULL, NULL);
	*cert = pem_text(cert_bio);
	*key = pem_text(key_bio);
	X509_free(x);
	EVP_PKEY_free(k);
}

Test(push_cert, request_without_a_vendor_is_the_csr)
{
	const char *one = NULL, *two = NULL;

	cr_assert_eq(mdm_push_request(
			     house.m, &(struct mdm_push_vendor){NULL, NULL, NULL}, house.a, &one),
		0);
	cr_assert_eq(strncmp(one, "-----BEGIN CERTIFICATE REQUEST-----", 35), 0);
	cr_assert_eq(mdm_push_request(
			     house.m, &(struct mdm_push_vendor){NULL, NULL, NULL}, house.a, &two),
		0);
	cr_assert_str_neq(one, "");
	cr_assert_str_neq(two, "");
}

Test(push_cert, request_with_a_vendor_is_what_the_portal_takes)
{
	const char *cert, *key, *text;
	struct bytes xml;
	struct mdm_plist *d;

	certificate("vendor", 10, &cert, &key);
	cr_assert_eq(
		mdm_push_request(house.m, &(struct mdm_push_vendor){cert, key, "-----CHAIN-----\n"},
			house.a, &text),
		0);
	cr_assert_eq(text_parse_base64(house.a, bytes_of_str(text), &xml), 0);
	cr_assert_eq(mdm_plist_parse(xml, NULL, house.a, &d), 0);
	cr_assert_eq(d->v.in.n, 3);
	cr_assert(mdm_plist_str(d, "PushCertRequestCSR"));
	cr_assert(mdm_plist_str(d, "PushCertSignature"));
	cr_assert_str_eq(mdm_plist_str(d, "PushCertCertificateChain"),
		arena_printf(house.a, "%s-----CHAIN-----\n", cert));
}

Test(push_cert, garbage_is_refused)
{
	struct refusal r = {NULL};
	struct cert_push p;

	cr_assert_neq(mdm_push_import(house.m,
			      &(struct mdm_push_ask){&anna, "hello", NULL, NULL, HOUSE_NOW},
			      house.a, &p, &r),
		0);
	cr_assert_neq(mdm_push_import(house.m,
			      &(struct mdm_push_ask){&anna, "hello", "key", NULL, HOUSE_NOW},
			      house.a, &p, &r),
		0);
}

static int import(const char *topic, int days, const char *loss, struct refusal *r)
{
	struct cert_push p = {.topic = NULL};
	const char *cert, *key;
	int err;

	certificate(topic, days, &cert, &key);
	*r = (struct refusal){NULL};
	err = mdm_push_import(
		house.m, &(struct mdm_push_ask){&anna, cert, key, loss, HOUSE_NOW}, house.a, &p, r);
	if (err == 0)
		cr_assert_str_eq(p.topic, topic);
	return err;
}

static int topic_in(struct store_txn *txn, void *arg)
{
	struct cert_push p;
	int err = cert_push_get(house.certs, txn, house.a, false, &p);

	if (err == 0)
		*(const char **)arg = p.topic;
	return err;
}

static const char *topic_now(void)
{
	const char *topic = NULL;

	cr_assert_eq(store_read(house.st, topic_in, &topic), 0);
	return topic;
}

#define ELSE "com.apple.mgmt.External.else"

Test(push_cert, same_topic_is_a_renewal)
{
	struct refusal r;

	IPADS_IDENTITY(1);
	ipads_enrol(1, "U", "S");
	cr_assert_eq(import(HOUSE_TOPIC, 365, NULL, &r), 0);
	cr_assert_null(r.say);
}

Test(push_cert, another_topic_is_fine_while_nobody_is_enrolled)
{
	struct refusal r;

	cr_assert_eq(import(ELSE, 365, NULL, &r), 0);
	cr_assert_str_eq(topic_now(), ELSE);
}

Test(push_cert, another_topic_needs_the_loss_typed_out)
{
	static const char *const wrong[] = {
		"", "yes", "I give up 1 iPads", "I give up 2 iPads ", "i give up 2 ipads"};
	struct refusal r;

	IPADS_IDENTITY(1);
	IPADS_IDENTITY(2);
	ipads_enrol(1, "U-1", "S-1");
	ipads_enrol(2, "U-2", "S-2");
	cr_assert_eq(import(ELSE, 365, NULL, &r), ERR_REFUSED);
	cr_assert_str_eq(r.say->code, "push.other_topic");
	cr_assert_str_eq(r.kept[0], "2");
	cr_assert_str_eq(r.kept[1], HOUSE_TOPIC);
	cr_assert(strstr(refusal_text(house.a, SAY_EN, &r), "type: I give up 2 iPads"));
	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++)
		cr_expect_eq(import(ELSE, 365, wrong[i], &r), ERR_REFUSED, "%s", wrong[i]);
	cr_assert_str_eq(topic_now(), HOUSE_TOPIC);
	cr_assert_eq(import(ELSE, 365, "I give up 2 iPads", &r), 0);
	cr_assert_str_eq(topic_now(), ELSE);
	cr_assert_eq(import(ELSE ".2", 365, "jag överger 2 iPads", &r), 0, "in Swedish too");
}

Test(push_cert, one_that_has_ended_is_refused)
{
	struct refusal r;

	cr_assert_eq(import(HOUSE_TOPIC, 0, NULL, &r), 0);
	cr_assert_eq(import(HOUSE_TOPIC, -1, NULL, &r), ERR_REFUSED);
	cr_assert_str_eq(r.say->code, "push.ended");
}

Test(push_cert, key_that_is_not_its_own_is_refused)
{
	struct refusal r = {NULL};
	const char *cert, *key, *cert2, *key2;
	struct cert_push p;

	certificate(HOUSE_TOPIC, 365, &cert, &key);
	certificate(HOUSE_TOPIC, 365, &cert2, &key2);
	cr_assert_eq(
		mdm_push_import(house.m, &(struct mdm_push_ask){&anna, cert, key2, NULL, HOUSE_NOW},
			house.a, &p, &r),
		ERR_REFUSED);
	cr_assert_str_eq(r.say->code, "push.wrong_key");
	r = (struct refusal){NULL};
	cr_assert_eq(
		mdm_push_import(house.m, &(struct mdm_push_ask){&anna, cert, NULL, NULL, HOUSE_NOW},
			house.a, &p, &r),
		ERR_REFUSED, "and no request of ours is open");
}
